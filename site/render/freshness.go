package render

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
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
func (s *site) hasFreshness(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Statistics)+len(s.Bureau.Notices)+len(s.guidesIn(language)) > 0
}

func (s *site) freshnessPage(language *locale.Language) page {
	p := page{
		path: bureau.FreshnessSection.Page(), language: language, template: "freshness.html", trail: s.trail(language), modified: s.newest,
		head: Head{Title: s.title(language, language.Text(locale.Freshness)), Description: language.Text(locale.FreshnessLead), Column: language.Text(locale.Freshness)},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		var v Freshness
		v.Other = p.others
		for _, c := range figures.Columns(s.Bureau, s.AsOf) {
			view := ColumnView{Href: to + c.Kind + "/index.html", Items: language.Text(locale.Items, c.Items), Updated: s.given(language, c.Last)}
			switch c.Kind {
			case "statistics":
				view.Href = to + bureau.StatisticsSection.Page()
				view.Title = language.Text(locale.StatisticsOf, language.Text(locale.Frequencies[c.Frequency]))
				view.Last = language.Text(locale.ReleasedLast)
			case "guides":
				view.Href = to + bureau.AreaPage(c.Area.ID)
				view.Title = language.Text(locale.GuidesOf, language.Text(locale.Areas[c.Area.ID]))
				view.Last = language.Text(locale.VerifiedLast)
			default:
				view.Title, view.Last = language.Text(locale.Notices), language.Text(locale.PublishedLast)
			}
			if c.Due != 0 {
				due := s.date(language, c.Due)
				view.Due = &due
			}
			if c.Late > 0 {
				view.State = language.Text(locale.ColumnLate, c.Late)
			}
			v.Columns = append(v.Columns, view)
		}
		for _, r := range figures.Calendar(s.Bureau) {
			view := ReleaseView{
				Date: s.date(language, r.Due), Href: to + s.paths[r.Statistic.File], Title: r.Statistic.Title(),
			}
			if f, ok := period.ParseFrequency(r.Statistic.Descriptor.Frequency.V); ok {
				view.Frequency = language.Text(locale.Frequencies[f])
			}
			if r.Due < s.AsOf {
				view.Late = language.Text(locale.DaysLate, int(s.AsOf-r.Due))
			}
			v.Calendar = append(v.Calendar, view)
		}
		return v
	}
	return p
}
