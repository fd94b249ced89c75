package render

import (
	"html/template"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/say"
)

// Home is what home.html shows.
type Home struct {
	Title, Description          Quote
	AsOf                        *Date // of the newest content; nil where nothing is dated
	Other                       []Link
	DataNotice                  *Quote
	Wanted                      []GuideLink // the guides that are wanted most
	Areas                       []AreaLink
	Units                       *UnitFinder
	Cards                       []CardView
	Notices                     []NoticeLink
	Disclosure                  []Link
	DisclosureHref              string
	Overdue                     []OverdueView
	StatisticsHref, NoticesHref string
}

// CardView is one of the latest figures with its link.
type CardView struct {
	say.Card
	Href string
	Line template.HTML // its trend; may be empty
	Next *Date         // when its next figure is released
}

// OverdueView is one line of what is overdue; Href may be empty.
type OverdueView struct{ Href, Title, Due string }

const homeNotices = 5

func (s *site) homePage(language *locale.Language) page {
	name, description := s.name(language), s.quote(language, s.Bureau.Site.Description, s.Bureau.Site.Names(language.Name).Description)
	p := page{
		path: s.prefix(language) + "index.html", language: language, section: "home", template: "home.html",
		head: Head{Title: name.Text, Description: description.Text},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := Home{
			Title: name, Description: description, AsOf: s.updated(language), Other: p.others,
			StatisticsHref: to + s.here(bureau.StatisticsSection.Page()), NoticesHref: to + s.prefix(language) + bureau.NoticesSection.Page(),
		}
		for _, a := range s.areas(language) {
			if a.count > 0 {
				v.Areas = append(v.Areas, s.areaLink(p, a))
			}
		}
		guides := s.guidesFor(language)
		for _, wanted := range s.Bureau.Site.HomeGuides {
			if i := slices.IndexFunc(guides, func(g *bureau.Guide) bool { return g.Reference() == wanted.V }); i >= 0 {
				v.Wanted = append(v.Wanted, s.guideLink(p, guides[i]))
			}
		}
		for i, n := range s.noticesFor(language) {
			if i == homeNotices {
				break
			}
			v.Notices = append(v.Notices, s.noticeLink(p, n))
		}
		v.Disclosure, v.DisclosureHref = s.disclosureLinks(p), to+s.prefix(language)+bureau.DisclosureSection.Page()
		if !s.speaks(language) {
			return v
		}
		v.Units = s.unitFinder(p)
		v.DataNotice = s.notice(language)
		for _, c := range s.Cards {
			card := CardView{Card: c, Href: to + c.Path}
			if page, _, _ := strings.Cut(s.here(c.Path), "#"); s.exists[page] {
				card.Href = to + s.here(c.Path)
			}
			if c.Trend != nil {
				card.Line = trusted(chart.Spark(c.Trend))
			}
			if c.Next.V >= s.AsOf { // else it is overdue, and said to be below
				card.Next = s.given(language, c.Next)
			}
			v.Cards = append(v.Cards, card)
		}
		for _, o := range s.Overdue {
			if o.Path = s.here(o.Path); !s.exists[o.Path] {
				continue // it is said in the main language
			}
			line := OverdueView{Title: o.Title, Due: s.due(language, o.Due)}
			if o.Title == "" {
				line.Title = language.Text(locale.Notices)
			}
			line.Href = to + o.Path
			v.Overdue = append(v.Overdue, line)
		}
		return v
	}
	return p
}

func (s *site) due(language *locale.Language, d period.Date) string {
	return language.Text(locale.Due, s.date(language, d).Text)
}

// pages are all pages of the site in the order in which they are made.
func (s *site) pages() []page {
	all := make([]page, 0, len(s.paths)+100) // those of files, and lists of them
	for _, language := range s.languages {
		s := s.of(language)
		all = append(all, s.homePage(language))
		if s.speaks(language) && len(s.Bureau.Statistics) > 0 || language == s.main {
			all = append(all, s.statisticsPage(language))
			for _, statistic := range s.Bureau.Statistics {
				all = append(all, s.statisticPage(language, statistic))
				for i := range statistic.Views {
					all = append(all, s.viewPage(language, statistic, &statistic.Views[i]))
				}
			}
		}
		if s.hasUnits(language) {
			all = append(all, s.unitPages(language)...)
		}
		if s.hasTargets(language) {
			all = append(all, s.targetsPage(language))
		}
		if language == s.main {
			for _, removed := range s.Changes.Removed {
				all = append(all, s.removedPage(language, removed))
			}
		}
		if guides := s.guidesIn(language); len(guides) > 0 || s.speaks(language) && len(s.guidesFor(language)) > 0 || language == s.main {
			all = append(all, s.guidesPage(language))
			for _, a := range s.areas(language) {
				all = append(all, s.areaPages(language, a)...)
			}
			for _, g := range guides {
				all = append(all, s.guidePage(g))
				all = append(all, s.casePages(g)...)
			}
			if s.hasCoverage(language) {
				all = append(all, s.coveragePage(language))
			}
		}
		if s.hasAnnual(language) {
			all = append(all, s.annualPages(language)...)
		}
		all = append(all, s.inquiryPages(language)...)
		all = append(all, s.policyPages(language)...)
		if notices := s.noticesIn(language); len(s.noticesFor(language)) > 0 || language == s.main {
			all = append(all, s.noticesPage(language))
			for _, n := range notices {
				all = append(all, s.noticePage(n))
			}
		}
		all = append(all, s.registerPages(language)...)
		all = append(all, s.matterPages(language)...)
		for _, f := range s.pagesIn(language) {
			all = append(all, s.freePage(f))
		}
		if s.hasFreshness(language) {
			all = append(all, s.freshnessPage(language))
		}
		if s.hasRevisions(language) {
			all = append(all, s.revisionsPage(language))
		}
		if s.hasReleases(language) {
			all = append(append(all, s.releasesPage(language)), s.releasePages(language)...)
		}
		if s.hasDoubts(language) {
			all = append(all, s.doubtsPage(language))
		}
		if s.hasCatalogue(language) {
			all = append(all, s.cataloguePage(language), s.dictionaryPage(language))
		}
		all = append(all, s.sitemapPage(language))
	}
	return append(all, s.notFoundPage())
}

func (s *site) noticesIn(language *locale.Language) []*bureau.Notice {
	var in []*bureau.Notice
	for _, n := range s.Bureau.Notices {
		if n.Language == language.Name {
			in = append(in, n)
		}
	}
	return in
}

// noticesFor gives the notices that a list in a language offers: its own, and those that are
// written in the main language alone; the newest first.
func (s *site) noticesFor(language *locale.Language) []*bureau.Notice {
	if language == s.main || !s.speaks(language) {
		return s.noticesIn(language)
	}
	written := map[string]bool{}
	for _, n := range s.noticesIn(language) {
		written[n.Name] = true
	}
	var offered []*bureau.Notice
	for _, n := range s.Bureau.Notices {
		if n.Language == language.Name || n.Language == s.main.Name && !written[n.Name] {
			offered = append(offered, n)
		}
	}
	return offered
}

func (s *site) pagesIn(language *locale.Language) []*bureau.Page {
	var in []*bureau.Page
	for _, p := range s.Bureau.Pages {
		if p.Language == language.Name {
			in = append(in, p)
		}
	}
	return in
}
