package render

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Releases is what releases.html shows: what was released, and what comes next.
type Releases struct {
	Common
	Latest   *Link
	Releases []ReleasedView // the latest first
	Coming   []Coming       // by day
	PutOff   []RevisionView
	Head     *DownloadLink // of the log
}

// ReleasedView is one release: release.html, and an entry of releases.html.
type ReleasedView struct {
	Common
	Link
	Dated  bool // its title is its day
	Lead   string
	Date   Date
	SHA256 string // of its entry in the log
	Entry  DownloadLink
	Tables []ReleasedTable
	Latest bool // the page at the address that does not change
}

// ReleasedTable is a table as it was released.
type ReleasedTable struct {
	DownloadLink
	Page   *Link // of the statistic as it is now
	SHA256 string
}

// Coming is a release that is announced.
type Coming struct {
	Link
	Date    Date
	Overdue bool
}

// releaseName is the label of a release, and where it is a day or a month that as readers
// write it.
func releaseName(language *locale.Language, label string) string {
	if p, err := period.Parse(label, period.Options{}); err == nil {
		return language.Label(p)
	}
	return label
}

func releaseTitle(language *locale.Language, label string) string {
	return language.Text(locale.Release, releaseName(language, label))
}

// hasReleases tells whether there is a page of releases: something was released, or is
// announced.
func (s *site) hasReleases(language *locale.Language) bool {
	return language == s.main && (len(s.Bureau.Releases) > 0 || len(s.coming(language, "")) > 0)
}

// coming are the releases that are announced, the next one first.
func (s *site) coming(language *locale.Language, to string) []Coming {
	var all []Coming
	for _, statistic := range s.Bureau.Statistics {
		// late where the freshness page says so; a closed series has no next release
		if due, ok := figures.Due(s.Bureau, statistic); ok && statistic.Descriptor.NextRelease.Given() {
			next := statistic.Descriptor.NextRelease
			all = append(all, Coming{Link: Link{Href: to + statistic.Page(), Title: statistic.Title()}, Date: s.date(language, next.V), Overdue: due < s.AsOf})
		}
	}
	slices.SortStableFunc(all, func(a, b Coming) int { return cmp.Compare(a.Date.ISO, b.Date.ISO) })
	return all
}

func (s *site) releasesPage(language *locale.Language) page {
	p := page{
		path: bureau.ReleasesSection.Page(), language: language, template: "releases.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Releases)), Description: language.Text(locale.ReleasesLead), Column: language.Text(locale.Releases)},
	}
	if n := len(s.Bureau.Releases); n > 0 {
		p.modified = s.Bureau.Releases[n-1].Date
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := Releases{Coming: s.coming(language, to)}
		v.Other, v.DataNotice = p.others, s.notice(language)
		for i, r := range slices.Backward(s.Bureau.Releases) {
			v.Releases = append(v.Releases, s.release(p, i, r.Label))
		}
		if len(v.Releases) > 0 {
			v.Latest = &Link{Href: to + bureau.ReleasePage(bureau.LatestRelease), Title: v.Releases[0].Title}
			v.Head = &DownloadLink{Href: to + bureau.LogFile(bureau.HeadName), Kind: "TXT", Title: language.Text(locale.LogHead)}
		}
		var off []ledger.Revision
		for _, r := range s.Changes.Revisions {
			if r.What == bureau.SaidNextRelease {
				off = append(off, r)
			}
		}
		v.PutOff = s.revisionList(p, off, true)
		return v
	}
	return p
}

// releasePages are those of every release, and of the last one at its own address.
func (s *site) releasePages(language *locale.Language) []page {
	var all []page
	for i := range s.Bureau.Releases {
		for _, folder := range ledger.Folders(s.Bureau.Releases, i) {
			all = append(all, s.releasePage(language, i, folder))
		}
	}
	return all
}

func (s *site) releasePage(language *locale.Language, i int, folder string) page {
	r := s.Bureau.Releases[i]
	title := releaseTitle(language, r.Label)
	return page{
		path: bureau.ReleasePage(folder), language: language, template: "release.html",
		trail: s.trail(language, Link{Href: bureau.ReleasesSection.Page(), Title: language.Text(locale.Releases)}),
		head: Head{
			Title: s.title(language, title), Description: language.Text(locale.ReleaseLead, language.Day(r.Date)), Column: language.Text(locale.Releases),
			Article: title, Published: r.Date.String(),
		},
		modified: r.Date,
		view: func(p *page) any {
			v := s.release(p, i, folder)
			v.Other = p.others
			return v
		},
	}
}

// release gives release i with its tables in the folder of its label, or in the one of
// the last release.
func (s *site) release(p *page, i int, folder string) ReleasedView {
	r, to := s.Bureau.Releases[i], root(p.path)
	v := ReleasedView{
		Link: Link{Href: to + bureau.ReleasePage(folder), Title: releaseTitle(p.language, r.Label)}, Dated: releaseName(p.language, r.Label) == p.language.Day(r.Date), Lead: p.language.Text(locale.ReleaseLead, p.language.Day(r.Date)), Date: s.date(p.language, r.Date), SHA256: r.SHA256,
		Entry:  DownloadLink{to + bureau.LogFile(ledger.EntryName(i, r.Label)), "JSON", p.language.Text(locale.LogEntry), size(len(r.Record))},
		Latest: folder == bureau.LatestRelease,
	}
	titles := map[string]string{}
	for _, t := range r.Statistics {
		titles[t.Name] = t.Title
	}
	for _, t := range r.Tables {
		table := ReleasedTable{
			DownloadLink: DownloadLink{to + bureau.ReleaseFile(folder, t.Name+".csv"), "CSV", cmp.Or(titles[t.Name], t.Name), size(int(t.Size))},
			SHA256:       t.SHA256,
		}
		if s.exists[bureau.StatisticPage(t.Name)] {
			table.Page = &Link{Href: to + bureau.StatisticPage(t.Name), Title: table.Title}
		}
		v.Tables = append(v.Tables, table)
	}
	return v
}

// releaseEntries are the entries of the feed, one for each release.
func (s *site) releaseEntries() []dated {
	var entries []dated
	for _, r := range s.Bureau.Releases {
		path := bureau.ReleasePage(r.Label)
		entries = append(entries, dated{r.Date, atomEntry{
			ID: s.id(path), Title: releaseTitle(s.main, r.Label), Updated: atomDate(r.Date), Link: atomLink{"alternate", s.address(path)},
			Summary: s.main.Text(locale.ReleaseLead, s.main.Day(r.Date)),
		}})
	}
	return entries
}

// Moved is what moved.html shows at an address from which something went.
type Moved struct {
	To     Link
	Date   *Date
	Reason string
}

// translated are the sections that have pages in a language without documents in it: where
// the site is no longer in that, they lead to the same pages in the main one.
var translated = map[bureau.Section]bool{bureau.StatisticsSection: true, bureau.UnitsSection: true, bureau.RegistersSection: true, bureau.TargetsSection: true}

// movedPages stand at the addresses that lead on: those of addresses.csv, and those
// which the site itself no longer has anything for, as a section that is empty now.
func (s *site) movedPages() []page {
	var all []page
	for _, m := range s.Moves {
		if m.IsPage() {
			all = append(all, s.movedPage(m))
		}
	}
	moved, on := map[string]bool{}, map[string]string{}
	for _, p := range all {
		moved[p.path] = true
		on[strings.TrimSuffix(p.path, "index.html")] = p.moved
	}
	for _, address := range s.Bureau.Published.Addresses {
		if s.exists[address+"index.html"] || moved[address+"index.html"] {
			continue
		}
		folder, bare, _ := strings.Cut(address, "/")
		section, _, _ := strings.Cut(bare, "/")
		if !s.Bureau.Site.Speaks(folder) && translated[bureau.Section(section)] && s.exists[bare+"index.html"] {
			all = append(all, s.movedPage(ledger.Move{Old: address, New: bare}))
			continue
		}
		if !ledger.Own(s.Bureau, address) {
			continue
		}
		to, leads := address, ""
		for to != "" && !s.exists[to+"index.html"] && leads == "" {
			to = strings.TrimSuffix(to, "/")
			to = to[:strings.LastIndexByte(to, '/')+1]
			leads = on[to]
		}
		to = cmp.Or(leads, to)
		all = append(all, s.movedPage(ledger.Move{Old: address, New: to}))
	}
	return all
}

func (s *site) movedPage(m ledger.Move) page {
	language := s.main
	for _, l := range s.languages {
		if prefix := s.prefix(l); prefix != "" && strings.HasPrefix(m.Old, prefix) {
			language = l
		}
	}
	return page{
		path: m.Old + "index.html", language: language, template: "moved.html", moved: cmp.Or(m.New, "index.html"),
		head: Head{Title: s.title(language, language.Text(locale.Moved))},
		view: func(p *page) any {
			v := Moved{To: s.movedTo(p, m), Reason: m.Reason}
			if m.Date != 0 {
				date := s.date(language, m.Date)
				v.Date = &date
			}
			return v
		},
	}
}

// movedTo is the link to where something went.
func (s *site) movedTo(p *page, m ledger.Move) Link {
	if m.Elsewhere() {
		return Link{Href: m.New, Title: m.New}
	}
	to := m.New
	if to == "" || strings.HasSuffix(to, "/") {
		to += "index.html"
	}
	return Link{Href: s.way(p.path, to), Title: cmp.Or(s.titles[to], m.New)}
}

// movedFiles are the attachments that went, for the page that is shown in their place.
func (s *site) movedFiles(p *page) []MovedFile {
	var all []MovedFile
	for _, m := range s.Moves {
		if !m.IsPage() {
			all = append(all, MovedFile{Old: "/" + m.Old, To: s.movedTo(p, m)})
		}
	}
	return all
}

// MovedFile is an attachment that went, in 404.html.
type MovedFile struct {
	Old string
	To  Link
}
