package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
)

// Freshness is what freshness.html shows: when each column was last brought up to
// date, and when the next releases are due.
type Freshness struct {
	Common
	Columns  []ColumnView
	Calendar []ReleaseView
}

// ColumnView is one column of the site. State says what of it is overdue, and is
// empty where nothing is.
type ColumnView struct {
	Href, Title, Items, Last string
	Updated, Due             *Date
	State                    string
}

// ReleaseView is the next release of one statistic. Late says by how many days it
// is overdue, and is empty where it is not.
type ReleaseView struct {
	Date                   Date
	Href, Title, Frequency string
	Late                   string
}

// hasFreshness tells whether anything is dated.
func (s *site) hasFreshness(language string) bool {
	return language == s.main && len(s.Bureau.Statistics)+len(s.Bureau.Notices)+len(s.guidesIn(language)) > 0
}

func (s *site) freshnessPage(language string) page {
	p := page{
		path: bureau.FreshnessSection.Page(), language: language, template: "freshness.html", trail: s.trail(language), modified: s.AsOf,
		head: Head{Title: s.title(language, s.text(language, "freshness")), Description: s.text(language, "freshness-lead"), Column: s.text(language, "freshness")},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		var v Freshness
		v.Other = p.other
		for _, c := range figures.Columns(s.Bureau, s.AsOf) {
			view := ColumnView{Href: to + c.Kind + "/index.html", Items: s.text(language, "items", c.Items), Updated: s.given(language, c.Last)}
			switch c.Kind {
			case "statistics":
				view.Href = to + bureau.StatisticsSection.Page()
				view.Title = s.text(language, "statistics-of", s.text(language, "frequency-"+c.Frequency.String()))
				view.Last = s.text(language, "released-last")
			case "guides":
				view.Href = to + bureau.AreaPage(c.Area.ID)
				view.Title = s.text(language, "guides-of", areaTitle(c.Area, language))
				view.Last = s.text(language, "verified-last")
			default:
				view.Title, view.Last = s.text(language, "notices"), s.text(language, "published-last")
			}
			if c.Due != 0 {
				due := s.date(language, c.Due)
				view.Due = &due
			}
			if c.Late > 0 {
				view.State = s.text(language, "column-late", c.Late)
			}
			v.Columns = append(v.Columns, view)
		}
		for _, r := range figures.Calendar(s.Bureau) {
			view := ReleaseView{
				Date: s.date(language, r.Due), Href: to + s.paths[r.Statistic.File], Title: statisticTitle(r.Statistic),
			}
			if f, ok := period.ParseFrequency(r.Statistic.Descriptor.Frequency.V); ok {
				view.Frequency = s.text(language, "frequency-"+f.String())
			}
			if r.Due < s.AsOf {
				view.Late = s.text(language, "days-late", int(s.AsOf-r.Due))
			}
			v.Calendar = append(v.Calendar, view)
		}
		return v
	}
	return p
}
