package render

import (
	"cmp"
	"path"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/text"
)

// Matters is what matters.html shows: the lists of suggestions, claims and
// complaints in figures, what is overdue, and the ways to each matter.
type Matters struct {
	Common
	MattersNotice
	Rules     []MatterRule
	Ledgers   []MatterLedger
	Ages      *MatterAges
	Late      []MatterLink // the longest overdue first
	LateMore  *Link        // where not all of them are shown
	States    []CountLink
	Units     []CountLink
	Newest    []MatterLink
	Measures  *Measures
	Downloads []Link
}

// MattersNotice is what the site says of the lists as a whole.
type MattersNotice struct {
	Note      Quote
	Sample    bool  // the lists do not hold every matter
	Statistic *Link // that counts all of them
}

// MatterRule is one of the five steps with its time limit.
type MatterRule struct{ Name, Limit string }

// MatterLedger is one ledger in figures and words.
type MatterLedger struct {
	Href, Title, Count string
	Words              []string
}

// MatterAges is the table of the open matters by the time since receipt.
type MatterAges struct {
	Head []string
	Rows []MatterAge
}

// MatterAge is the row of a ledger, or that of the total.
type MatterAge struct {
	Title  string
	Total  bool
	Counts []string
}

// CountLink is a link to a list with the number of its matters.
type CountLink struct{ Href, Title, Count string }

// MatterGroup is what matter-group.html shows: one page of a list of matters.
type MatterGroup struct {
	Common
	MattersNotice
	Title, Count string
	Unit         *Link // the page of the unit whose list it is
	Matters      []MatterLink
	Pager        *Pager
}

// MatterLink is one matter in a list. State and Late say in words where it stands.
type MatterLink struct {
	Href, Title, ID, Ledger, Unit string
	Received                      Date
	State, Late                   string
}

const (
	mattersPerPage = 200
	mattersShown   = 20 // overdue ones on the first page
	mattersNewest  = 10 // newest ones there
)

// matters are those of the bureau with where each stands, and their lists.
type matters struct {
	progress               []figures.MatterProgress // by place in Bureau.Matters
	all                    figures.MatterCount
	ledgers, units, states []*matterList
	late                   *matterList // one of states
}

// matterList is a list of matters. Its pages stand in the folder.
type matterList struct {
	by, key, title string // its pages are those of bureau.MatterListPage
	unit           int    // the row of units.csv, or -1
	matters        []int  // places in Bureau.Matters
	figures.MatterCount
}

// path of the list's page, from 1.
func (l *matterList) path(page int) string {
	return bureau.MatterListPage(l.by, l.key, page)
}

func (l *matterList) pages() int { return (len(l.matters) + mattersPerPage - 1) / mattersPerPage }

// newMatters puts the matters into their lists: by ledger as site.yaml has them, by
// unit as units.csv has them, else as they first stand in the list, and by state.
func newMatters(s *site) *matters {
	b := s.Bureau
	m := &matters{progress: make([]figures.MatterProgress, len(b.Matters))}
	lists := map[string]*matterList{}
	list := func(in *[]*matterList, kind, key, title string, unit int) *matterList {
		l := lists[kind+key]
		if l == nil {
			l = &matterList{by: kind, key: key, title: title, unit: unit}
			lists[kind+key] = l
			*in = append(*in, l)
		}
		return l
	}
	for _, ledger := range b.Site.Suggestions.Ledgers {
		list(&m.ledgers, "ledger", text.Slug(ledger.V), ledger.V, -1)
	}
	for i, state := range bureau.MatterStates {
		list(&m.states, "state", state.ID, s.main.Text(locale.States[i]), -1)
	}
	m.late = list(&m.states, "state", "overdue", s.main.Text(locale.MattersOverdue), -1)
	days := b.Site.Suggestions.Days.List()
	for i := range b.Matters {
		matter := &b.Matters[i]
		p := figures.Follow(matter, days, s.AsOf)
		m.progress[i] = p
		in := []*matterList{list(&m.ledgers, "ledger", text.Slug(matter.Ledger.V), matter.Ledger.V, -1), m.states[matter.State]}
		if u, known := s.units[matter.Unit.V]; known {
			in = append(in, list(&m.units, "unit", text.Slug(b.Units[u].ID.V), b.Units[u].Name.V, u))
		} else if matter.Unit.V != "" {
			in = append(in, list(&m.units, "unit", text.Slug(matter.Unit.V), matter.Unit.V, -1))
		}
		if p.Late > 0 {
			in = append(in, m.late)
		}
		for _, l := range in {
			l.matters = append(l.matters, i)
			l.Add(matter, p)
		}
		m.all.Add(matter, p)
	}
	slices.SortStableFunc(m.units, func(x, y *matterList) int { return cmp.Compare(x.unit, y.unit) })
	slices.SortStableFunc(m.late.matters, func(x, y int) int { return cmp.Compare(m.progress[y].Late, m.progress[x].Late) })
	return m
}

// ledgerPath is the list of the ledger that a matter stands in.
func ledgerPath(m *bureau.Matter) string {
	return bureau.MatterListPage("ledger", text.Slug(m.Ledger.V), 1)
}

// hasMatters tells whether there are pages of matters.
func (s *site) hasMatters(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Matters) > 0
}

// matterPages are the first page, the lists, and the page of each matter.
func (s *site) matterPages(language *locale.Language) []page {
	if !s.hasMatters(language) {
		return nil
	}
	pages := []page{s.mattersPage(language)}
	for _, lists := range [][]*matterList{s.matters.ledgers, s.matters.states, s.matters.units} {
		for _, l := range lists {
			for n := 1; n <= max(1, l.pages()); n++ {
				pages = append(pages, s.matterListPage(language, l, n))
			}
		}
	}
	for i := range s.Bureau.Matters {
		pages = append(pages, s.matterPage(language, i))
	}
	return pages
}

func (s *site) mattersSection(language *locale.Language) Link {
	return s.section(language, "suggestions", locale.Suggestions)
}

// keptList is the first list of a kind that stands as it was published; empty where none does.
func (s *site) keptList(kind bureau.Kind) string {
	for _, k := range s.Bureau.Kept {
		if bureau.KindAt(k.File) == kind && k.Since != 0 {
			return k.File
		}
	}
	return ""
}

func (s *site) mattersPage(language *locale.Language) page {
	p := page{
		path: bureau.MattersSection.Page(), file: s.keptList(bureau.MattersKind), language: language, section: "suggestions", template: "matters.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Suggestions)), Description: language.Text(locale.SuggestionsLead), Column: language.Text(locale.Suggestions)},
	}
	for i := range s.Bureau.Matters {
		p.modified = max(p.modified, lastStep(&s.Bureau.Matters[i]))
	}
	p.view = func(p *page) any {
		var v Matters
		v.Other, v.DataNotice = p.others, s.mattersData(language)
		v.MattersNotice = s.mattersNotice(p)
		days := s.Bureau.Site.Suggestions.Days.List()
		for i, step := range locale.Steps {
			v.Rules = append(v.Rules, MatterRule{language.Text(locale.MatterStep, language.Text(step)), language.Text(locale.MatterLimit, days[i])})
		}
		to := root(p.path)
		for _, l := range s.matters.ledgers {
			v.Ledgers = append(v.Ledgers, MatterLedger{to + l.path(1), l.title, language.Text(locale.MatterCount, len(l.matters)), s.countWords(language, l.MatterCount)})
		}
		v.Ages = s.matterAges(language)
		for i, matter := range s.matters.late.matters {
			if i == mattersShown {
				v.LateMore = &Link{Href: to + s.matters.late.path(1), Title: language.Text(locale.MattersOverdueAll, len(s.matters.late.matters))}
				break
			}
			v.Late = append(v.Late, s.matterLink(p, matter))
		}
		v.States, v.Units = s.countLinks(p, s.matters.states), s.countLinks(p, s.matters.units)
		for i := range min(mattersNewest, len(s.Bureau.Matters)) {
			v.Newest = append(v.Newest, s.matterLink(p, i))
		}
		v.Measures = s.measures(p)
		v.Downloads = []Link{{Href: path.Base(bureau.MattersSection.ListFile()) + ".csv", Title: "CSV"}, {Href: path.Base(bureau.MattersSection.ListFile()) + ".json", Title: "JSON"}}
		return v
	}
	return p
}

// mattersData is what the site says of all figures, where the lists have no note of their own.
func (s *site) mattersData(language *locale.Language) *Quote {
	if s.Bureau.Site.Suggestions.Note.V != "" {
		return nil
	}
	return s.notice(language)
}

// mattersNotice is what a page of matters says of all of them.
func (s *site) mattersNotice(p *page) MattersNotice {
	settings := s.Bureau.Site.Suggestions
	v := MattersNotice{Note: s.quote(p.language, settings.Note, bureau.String{}), Sample: !settings.Complete.V}
	for _, statistic := range s.Bureau.Statistics {
		if statistic.Name == settings.Statistic.V {
			v.Statistic = &Link{Href: root(p.path) + s.paths[statistic.File], Title: p.language.Text(locale.MattersStatistic, statistic.Title())}
		}
	}
	return v
}

// countWords say a count in sentences. A share stands only on a base that is large enough.
func (s *site) countWords(language *locale.Language, c figures.MatterCount) []string {
	if c.Received == 0 {
		return nil
	}
	share := func(text string, part, whole int) string {
		if whole < max(1, s.Bureau.Site.Figures.NoPercentBelow.V) {
			return text
		}
		return language.Text(locale.MattersShare, text, locale.Format(figures.Ratio(100, float64(part), float64(whole), 2), "%", language))
	}
	words := []string{share(language.Text(locale.MattersCompleted, c.Completed), c.Completed, c.Received)}
	if c.Open > 0 {
		words = append(words, language.Text(locale.MattersOpen, c.Open), language.Text(locale.MattersOldest, c.Oldest))
	}
	if c.Overdue > 0 {
		words = append(words, language.Text(locale.MattersLate, c.Overdue))
	}
	if c.Completed > 0 {
		words = append(words, share(language.Text(locale.MattersWhole, c.Whole), c.Whole, c.Completed))
	}
	return words
}

// matterAges counts the open matters by the time since receipt; nil for none.
func (s *site) matterAges(language *locale.Language) *MatterAges {
	if s.matters.all.Open == 0 {
		return nil
	}
	var v MatterAges
	from := 0
	for _, bound := range figures.Ages {
		v.Head = append(v.Head, language.Text(locale.MattersAge, from, bound))
		from = bound + 1
	}
	v.Head = append(v.Head, language.Text(locale.MattersAgeOver, from-1))
	row := func(title string, total bool, c figures.MatterCount) {
		r := MatterAge{Title: title, Total: total}
		for _, n := range c.Ages {
			r.Counts = append(r.Counts, strconv.Itoa(n))
		}
		v.Rows = append(v.Rows, r)
	}
	for _, l := range s.matters.ledgers {
		row(l.title, false, l.MatterCount)
	}
	if len(s.matters.ledgers) > 1 {
		row(language.Text(locale.MattersTotal), true, s.matters.all)
	}
	return &v
}

func (s *site) countLinks(p *page, lists []*matterList) []CountLink {
	var links []CountLink
	for _, l := range lists {
		links = append(links, CountLink{root(p.path) + l.path(1), l.title, p.language.Text(locale.MatterCount, len(l.matters))})
	}
	return links
}

func (s *site) matterListPage(language *locale.Language, l *matterList, number int) page {
	heading := language.Text(locale.MattersOf, l.title)
	if number > 1 {
		heading = language.Text(locale.MattersOfPage, l.title, number)
	}
	p := page{
		path: l.path(number), language: language, section: "suggestions", template: "matter-group.html",
		trail: s.trail(language, s.mattersSection(language)),
		head:  Head{Title: s.title(language, heading), Description: language.Text(locale.SuggestionsLead), Column: language.Text(locale.Suggestions)},
	}
	if number > 1 {
		p.trail = append(p.trail, Link{Href: l.path(1), Title: l.title})
	}
	p.view = func(p *page) any {
		v := MatterGroup{Title: l.title, Count: language.Text(locale.MatterCount, len(l.matters))}
		v.Other, v.DataNotice = p.others, s.mattersData(language)
		v.MattersNotice = s.mattersNotice(p)
		if l.unit >= 0 {
			v.Unit = s.unitLink(p, &s.Bureau.Units[l.unit])
		}
		first := (number - 1) * mattersPerPage
		for _, i := range l.matters[first:min(first+mattersPerPage, len(l.matters))] {
			v.Matters = append(v.Matters, s.matterLink(p, i))
		}
		p.head.Script = root(p.path) + s.assets["matters.js"].path
		v.Pager = newPager(p, number, l.pages(), l.path)
		return v
	}
	return p
}

// unitLink leads to the page of a unit, or is nil where there is none.
func (s *site) unitLink(p *page, u *bureau.Unit) *Link {
	path := s.here(u.Page())
	if !s.exists[path] {
		return nil
	}
	return &Link{Href: root(p.path) + path, Title: u.Name.V}
}

// unitMatters leads to the matters that a row of units.csv deals with, or is nil.
func (s *site) unitMatters(p *page, unit int) *CountLink {
	for _, l := range s.matters.units {
		if l.unit == unit && s.hasMatters(p.language) {
			return &CountLink{root(p.path) + l.path(1), p.language.Text(locale.MattersUnit), p.language.Text(locale.MatterCount, len(l.matters))}
		}
	}
	return nil
}

func (s *site) matterLink(p *page, i int) MatterLink {
	m, progress := &s.Bureau.Matters[i], &s.matters.progress[i]
	link := MatterLink{
		Href: root(p.path) + m.Page(), Title: m.Summary.V, ID: m.ID.V, Ledger: m.Ledger.V, Unit: m.Unit.V,
		Received: s.date(p.language, m.Received.V), State: p.language.Text(locale.States[m.State]),
	}
	if progress.Late > 0 {
		link.Late = p.language.Text(locale.MatterLate, p.language.Text(locale.Steps[progress.Next]), progress.Late)
	}
	return link
}

// lastStep is the day on which something was last done in a matter.
func lastStep(m *bureau.Matter) period.Date { return max(m.Received.V, latest(m.Steps[:]...)) }
