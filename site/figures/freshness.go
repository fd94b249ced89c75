package figures

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Overdue is something that should have been updated before the day of the build.
type Overdue struct {
	File  string // source of the guide or statistic; empty for a whole column
	Title string // empty for the whole column of notices
	Path  string // of its page from the site's root; may be empty
	Due   period.Date
}

// Freshness lists what is overdue on a day: statistics past next_release and its
// days of grace, guides past their verification, and the column of notices; the
// longest overdue first.
func Freshness(b *bureau.Bureau, asOf period.Date) []Overdue {
	var late []Overdue
	if due, ok := NoticesDue(b); ok && due < asOf {
		late = append(late, Overdue{Path: bureau.NoticesSection.Page(), Due: due})
	}
	for _, s := range b.Statistics {
		if due, ok := Due(b, s); ok && due < asOf {
			late = append(late, Overdue{s.File, s.Title(), s.Page(), due})
		}
	}
	for _, g := range b.Guides {
		if due, ok := VerifiedUntil(b, g); ok && due < asOf && g.Language == b.Site.MainLanguage() {
			late = append(late, Overdue{g.File, g.Title.V, g.Page(), due})
		}
	}
	slices.SortStableFunc(late, func(a, b Overdue) int { return int(a.Due) - int(b.Due) })
	return late
}

// Newest gives the day of the newest content of a bureau, up to the day that it is:
// what is published or changed, and not a closed series or what was only verified.
func Newest(b *bureau.Bureau, asOf period.Date) bureau.Date {
	var newest bureau.Date
	see := func(dates ...bureau.Date) { newest = later(newest, asOf, dates...) }
	for _, n := range b.Notices {
		see(n.Date)
	}
	for _, s := range b.Statistics {
		if !s.Descriptor.Historical.V {
			see(s.Descriptor.Released)
		}
	}
	for _, g := range b.Guides {
		see(changes(g)...)
	}
	for _, p := range b.Policies {
		see(p.Published)
	}
	for _, a := range b.Annual {
		see(a.Published)
	}
	for _, p := range b.Pages {
		see(p.Updated)
	}
	for _, r := range b.Registers {
		see(r.Descriptor.Updated)
	}
	for i := range b.Matters {
		see(b.Matters[i].Received)
		see(b.Matters[i].Steps[:]...)
	}
	for i := range b.Inquiries {
		if b.Inquiries[i].Public {
			see(b.Inquiries[i].Answered)
		}
	}
	return newest
}

// later gives the latest of some dates up to a day.
func later(newest bureau.Date, asOf period.Date, dates ...bureau.Date) bureau.Date {
	for _, d := range dates {
		if d.Given() && d.V <= asOf && (!newest.Given() || d.V > newest.V) {
			newest = d
		}
	}
	return newest
}

// changes are the days on which a reader could see a guide change: none for a draft.
func changes(g *bureau.Guide) []bureau.Date {
	if g.Status.V == "draft" { // no reader sees it
		return nil
	}
	return []bureau.Date{g.Date, g.Published, g.Updated}
}

// NewestNotice gives the day of the newest notice.
func NewestNotice(b *bureau.Bureau) bureau.Date {
	var newest bureau.Date
	for _, n := range b.Notices {
		if n.Date.Given() && (!newest.Given() || n.Date.V > newest.V) {
			newest = n.Date
		}
	}
	return newest
}

// NewestPolicy gives the day of the newest policy document.
func NewestPolicy(b *bureau.Bureau) bureau.Date {
	var newest bureau.Date
	for _, p := range b.Policies {
		if p.Published.Given() && p.Published.V > newest.V {
			newest = p.Published
		}
	}
	return newest
}

// NoticesDue is the last day on which the column of notices is not late.
func NoticesDue(b *bureau.Bureau) (period.Date, bool) {
	newest, limit := NewestNotice(b), b.Site.Freshness.Notices.V
	return newest.V + period.Date(limit), newest.Given() && limit > 0
}

// Due is the last day on which a statistic's next release is not late: that of
// the descriptor, or else one interval after the last release. A closed series has
// none.
func Due(b *bureau.Bureau, s *bureau.Statistic) (period.Date, bool) {
	grace := period.Date(b.Site.Freshness.Statistics.V)
	d := s.Descriptor
	if d.Historical.V {
		return 0, false
	}
	if d.NextRelease.Given() {
		return d.NextRelease.V + grace, true
	}
	f, _ := period.ParseFrequency(d.Frequency.V)
	if !d.Released.Given() || f == period.Irregular {
		return 0, false
	}
	y, m, day := d.Released.V.Time().Date()
	switch f {
	case period.Yearly:
		y++
	case period.HalfYearly:
		m += 6
	case period.Quarterly:
		m += 3
	case period.Monthly:
		m++
	case period.Weekly:
		day += 7
	case period.Daily:
		day++
	}
	return period.NewDate(y, m, day) + grace, true
}

// VerifiedUntil is the last day of a guide's verification; repealed guides and
// drafts need none, and one that was never verified is a matter of its elements.
func VerifiedUntil(b *bureau.Bureau, g *bureau.Guide) (period.Date, bool) {
	days := g.ReviewDays.V
	if !g.ReviewDays.Given() {
		days = b.Site.Freshness.Guides.V
	}
	if !g.Verified.Given() || days <= 0 || g.Status.V == "repealed" || g.Status.V == "draft" {
		return 0, false
	}
	return g.Verified.V + period.Date(days), true
}
