package render

import (
	"cmp"
	"html/template"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/period"
)

// Notices is what notices.html shows.
type Notices struct {
	Common
	Notices  []NoticeLink
	Borrowed string // that some are in another language
	FeedHref string
}

// NoticeLink is one notice in a list.
type NoticeLink struct {
	Href, Title, Kind string
	Language          string // of the notice, where it is not the page's
	Said              bool   // its title is translated all the same
	Date              Date
}

// Document is what document.html shows: a notice or a free page.
type Document struct {
	Common
	Title, Summary, Kind, Source string
	Date                         *Date
	Contents                     []markdown.Heading
	Body                         template.HTML
}

// Sitemap is what sitemap.html shows.
type Sitemap struct {
	Common
	Groups []Group
}

// Group is a heading with links; its Href, where all of them stand, may be empty.
type Group struct {
	Href, Title string
	Links       []Link
	Cut         bool // there are more
}

// NotFound is what 404.html shows.
type NotFound struct {
	Links  []Link
	Others []NotFoundIn // the same in the other languages
	Moved  []MovedFile  // attachments whose address leads nowhere now
}

// NotFoundIn says in another language that there is no such page.
type NotFoundIn struct {
	Language, Text string
	Home           Link
}

func (s *site) noticesPage(language *locale.Language) page {
	p := page{
		path: s.prefix(language) + bureau.NoticesSection.Page(), language: language, section: "notices", template: "notices.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Notices)), Description: language.Text(locale.NoticesLead), Column: language.Text(locale.Notices)},
	}
	p.view = func(p *page) any {
		v := Notices{FeedHref: root(p.path) + bureau.FeedFile}
		v.Other = p.others
		for _, n := range s.noticesFor(language) {
			v.Notices = append(v.Notices, s.noticeLink(p, n))
			if n.Language != language.Name {
				v.Borrowed = language.Text(locale.NoticesBorrowed, language.NameOf(s.main))
			}
		}
		return v
	}
	return p
}

func (s *site) noticeLink(p *page, n *bureau.Notice) NoticeLink {
	link := NoticeLink{Href: root(p.path) + s.paths[n.File], Title: n.Title.V, Kind: n.Kind.V, Date: s.date(p.language, n.Date.V)}
	if n.Language != p.language.Name {
		link.Title, link.Said = s.titled(n.File, n.Title.V)
		link.Language, link.Kind = s.in(n.Language).Tag, p.language.Text(locale.TagOtherLanguage, p.language.NameOf(s.in(n.Language)))
	}
	return link
}

func (s *site) noticePage(n *bureau.Notice) page {
	language := s.in(n.Language)
	p := page{
		path: s.paths[n.File], file: n.File, language: language, section: "notices", template: "document.html", modified: latest(n.Date),
		trail: s.trail(language, s.section(language, "notices", locale.Notices)),
		head: Head{
			Title: s.title(language, n.Title.V), Column: language.Text(locale.Notices), Article: n.Title.V,
			Source: cmp.Or(n.Source.V, s.organization(language).Text),
		},
	}
	if n.Date.Given() {
		p.head.Published = n.Date.V.String()
	}
	p.view = func(p *page) any {
		v, excerpt := s.document(p, n.File, n.Summary.V)
		s.mu.Lock()
		s.excerpts[n.File] = excerpt
		s.mu.Unlock()
		v.Title, v.Kind, v.Source, v.Summary = n.Title.V, n.Kind.V, n.Source.V, n.Summary.V
		if v.Date = s.given(language, n.Date); v.Date != nil {
			v.Date.Label = language.Text(locale.Published)
		}
		return v
	}
	return p
}

func (s *site) freePage(f *bureau.Page) page {
	language := s.in(f.Language)
	p := page{
		path: s.paths[f.File], file: f.File, language: language, template: "document.html", modified: latest(f.Updated),
		trail: s.trail(language),
		head:  Head{Title: s.title(language, f.Title.V), Column: f.Title.V, Article: f.Title.V, Source: s.organization(language).Text}, // a page is a section of its own
	}
	if f.Updated.Given() {
		p.head.Published = f.Updated.V.String()
	}
	p.view = func(p *page) any {
		v, _ := s.document(p, f.File, f.Summary.V)
		v.Title, v.Summary = f.Title.V, f.Summary.V
		if v.Date = s.given(language, f.Updated); v.Date != nil {
			v.Date.Label = language.Text(locale.Updated)
		}
		return v
	}
	return p
}

// document renders the body of a notice or a free page, and completes the page's
// head by it. The excerpt is the summary, or the beginning of the text.
func (s *site) document(p *page, file, summary string) (v Document, excerpt string) {
	d := s.Document(file)
	excerpt = cmp.Or(summary, d.Plain)
	p.head.Description = excerpt
	if d.HasChart {
		s.charts(&p.head, p.path)
	}
	v = Document{Contents: contents(d), Body: template.HTML(d.HTML)}
	v.Other = p.others
	if d.HasChart || d.HasFigure {
		v.DataNotice = s.notice(p.language)
	}
	return v, excerpt
}

const sitemapLinks = 50 // of one group; the others are a click away

// sitemapPage lists the pages of a language.
func (s *site) sitemapPage(language *locale.Language) page {
	p := page{
		path: s.prefix(language) + bureau.SitemapSection.Page(), language: language, template: "sitemap.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Sitemap)), Description: language.Text(locale.SitemapLead)},
	}
	p.view = func(p *page) any {
		v := Sitemap{Groups: s.groups(p)}
		v.Other = p.others
		return v
	}
	return p
}

// groups are the pages of a language, by what they belong to.
func (s *site) groups(p *page) []Group {
	language := p.language
	to := root(p.path)
	var all []Group
	if s.speaks(language) && len(s.Bureau.Statistics) > 0 || language == s.main {
		g := Group{Href: to + s.here(bureau.StatisticsSection.Page()), Title: language.Text(locale.Statistics)}
		for _, statistic := range s.Bureau.Statistics {
			g.Links = append(g.Links, Link{Href: to + s.paths[statistic.File], Title: statistic.Title()})
		}
		if s.hasCatalogue(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.CatalogueSection.Page(), Title: language.Text(locale.OpenData)},
				Link{Href: to + bureau.DictionaryPage(), Title: language.Text(locale.Dictionary)})
		}
		if s.hasFreshness(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.FreshnessSection.Page(), Title: language.Text(locale.Freshness)})
		}
		if s.hasCoverage(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.CoveragePage(), Title: language.Text(locale.Coverage)})
		}
		if s.hasRevisions(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.RevisionsSection.Page(), Title: language.Text(locale.Revisions)})
		}
		if s.hasReleases(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.ReleasesSection.Page(), Title: language.Text(locale.Releases)})
		}
		if s.hasDoubts(language) {
			g.Links = append(g.Links, Link{Href: to + bureau.DoubtsSection.Page(), Title: language.Text(locale.Doubts)})
		}
		if s.hasTargets(language) {
			g.Links = append(g.Links, Link{Href: to + s.here(bureau.TargetsSection.Page()), Title: language.Text(locale.Targets)})
		}
		all = append(all, g)
	}
	if s.hasUnits(language) {
		g := Group{Href: to + s.here(bureau.UnitsSection.Page()), Title: language.Text(locale.Units)}
		for i := range s.Bureau.Units {
			if g.Cut = i == sitemapLinks; g.Cut {
				break
			}
			g.Links = append(g.Links, Link{Href: to + s.here(s.Bureau.Units[i].Page()), Title: s.Bureau.Units[i].Name.V})
		}
		all = append(all, g)
	}
	if s.hasMatters(language) {
		g := Group{Href: to + bureau.MattersSection.Page(), Title: language.Text(locale.Suggestions)}
		for _, lists := range [][]*matterList{s.matters.ledgers, s.matters.states} {
			for _, l := range lists {
				g.Links = append(g.Links, Link{Href: to + l.path(1), Title: l.title})
			}
		}
		all = append(all, g)
	}
	for _, a := range s.areas(language) {
		if a.count == 0 {
			continue
		}
		area := s.areaLink(p, a)
		g := Group{Href: area.Href, Title: area.Title}
		for i, guide := range a.guides {
			if g.Cut = i == sitemapLinks; g.Cut {
				break
			}
			link := Link{Href: to + s.paths[guide.File], Title: guide.Title.V}
			if guide.Language != language.Name {
				link.Title, link.Said = s.titled(guide.File, guide.Title.V)
				link.Language = s.in(guide.Language).Tag
			}
			g.Links = append(g.Links, link)
		}
		all = append(all, g)
	}
	if notices := s.noticesFor(language); len(notices) > 0 {
		g := Group{Href: to + s.prefix(language) + bureau.NoticesSection.Page(), Title: language.Text(locale.Notices)}
		for i, n := range notices {
			if g.Cut = i == sitemapLinks; g.Cut {
				break
			}
			link := Link{Href: to + s.paths[n.File], Title: n.Title.V}
			if n.Language != language.Name {
				link.Title, link.Said = s.titled(n.File, n.Title.V)
				link.Language = s.in(n.Language).Tag
			}
			g.Links = append(g.Links, link)
		}
		all = append(all, g)
	}
	if s.hasDisclosure(language) {
		g := Group{Href: to + s.prefix(language) + bureau.DisclosureSection.Page(), Title: language.Text(locale.Disclosure)}
		if policies := s.policiesFor(language); len(policies) > 0 {
			g.Links = append(g.Links, Link{Href: to + s.prefix(language) + bureau.PoliciesSection.Page(), Title: language.Text(locale.Policies)})
			for i, d := range policies {
				if g.Cut = i == sitemapLinks; g.Cut {
					break
				}
				g.Links = append(g.Links, s.policyLink(p, d))
			}
		}
		all = append(all, g)
	}
	if s.hasRegisters(language) {
		g := Group{Href: to + s.here(bureau.RegistersSection.Page()), Title: language.Text(locale.Registers)}
		for _, r := range s.Bureau.Registers {
			g.Links = append(g.Links, Link{Href: to + s.here(r.Page()), Title: r.Title()})
		}
		all = append(all, g)
	}
	if s.hasAnnual(language) {
		all = append(all, Group{Href: to + bureau.AnnualSection.Page(), Title: language.Text(locale.AnnualReports), Links: s.annualLinks(p)})
	}
	if free := s.pagesIn(language); len(free) > 0 {
		g := Group{Title: language.Text(locale.Pages)}
		for _, f := range free {
			g.Links = append(g.Links, Link{Href: to + s.paths[f.File], Title: f.Title.V})
		}
		all = append(all, g)
	}
	return all
}

func (s *site) notFoundPage() page {
	return page{
		path: bureau.NotFoundPage, language: s.main, template: "404.html",
		head: Head{Title: s.title(s.main, s.main.Text(locale.NotFound))},
		view: func(p *page) any {
			v := NotFound{Moved: s.movedFiles(p)}
			for _, section := range s.sections(s.main) {
				v.Links = append(v.Links, Link{Href: s.root(p.path) + section.Path, Title: section.Title})
			}
			for _, language := range s.languages[1:] {
				v.Others = append(v.Others, NotFoundIn{language.Tag, language.Text(locale.NotFound), Link{Href: s.root(p.path) + s.prefix(language) + bureau.HomePage, Title: language.Text(locale.Home)}})
			}
			v.Links = append(v.Links, Link{Href: s.root(p.path) + bureau.SitemapSection.Page(), Title: s.main.Text(locale.Sitemap)})
			return v
		},
	}
}

// latest is the last of the dates that a file gives, or 0.
func latest(dates ...bureau.Date) period.Date {
	var last period.Date
	for _, d := range dates {
		if d.Given() {
			last = max(last, d.V)
		}
	}
	return last
}
