package figures

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Column is one column of the site with its freshness on a day: the notices, the
// statistics of one frequency, or the guides of one area.
type Column struct {
	Kind      string // notices, statistics, guides
	Frequency period.Frequency
	Area      bureau.Area
	Items     int
	Late      int         // of them, or all where the whole column is
	Last      bureau.Date // its newest: notice, release, verification
	Due       period.Date // when the next is due: of all, the first; 0 where nothing says
}

// Columns gives the columns of a bureau that hold something, in the order of the
// site.
func Columns(b *bureau.Bureau, asOf period.Date) []Column {
	var all []Column
	see := func(c *Column, last bureau.Date, due period.Date, known bool) {
		c.Items++
		if last.Given() && last.V > c.Last.V {
			c.Last = last
		}
		if known {
			if due < asOf {
				c.Late++
			}
			if c.Due == 0 || due < c.Due {
				c.Due = due
			}
		}
	}
	notices := Column{Kind: "notices", Items: len(b.Notices), Last: NewestNotice(b)}
	if due, ok := NoticesDue(b); ok {
		if notices.Due = due; due < asOf {
			notices.Late = notices.Items
		}
	}
	all = append(all, notices)
	for _, f := range []period.Frequency{period.Daily, period.Weekly, period.Monthly, period.Quarterly, period.HalfYearly, period.Yearly, period.Irregular} {
		c := Column{Kind: "statistics", Frequency: f}
		for _, s := range b.Statistics {
			if s.Frequency == f && !s.Descriptor.Historical.V {
				due, ok := Due(b, s)
				see(&c, s.Descriptor.Released, due, ok)
			}
		}
		all = append(all, c)
	}
	for _, a := range bureau.Areas {
		c := Column{Kind: "guides", Area: a}
		for _, g := range b.Guides {
			if g.Area.V == a.ID && g.Language == b.Site.MainLanguage() && g.Status.V != "draft" {
				due, ok := VerifiedUntil(b, g)
				see(&c, g.Verified, due, ok)
			}
		}
		all = append(all, c)
	}
	return slices.DeleteFunc(all, func(c Column) bool { return c.Items == 0 })
}

// Release is a release of a statistic that is expected.
type Release struct {
	Statistic *bureau.Statistic
	Due       period.Date // with its days of grace
}

// Calendar lists the next release of each statistic, by day.
func Calendar(b *bureau.Bureau) []Release {
	var all []Release
	for _, s := range b.Statistics {
		if due, ok := Due(b, s); ok {
			all = append(all, Release{s, due})
		}
	}
	slices.SortStableFunc(all, func(a, b Release) int { return cmp.Compare(a.Due, b.Due) })
	return all
}
