package say

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

const maxCards = 6 // on the home page; more are not looked at

// Card is one figure of the home page.
type Card struct {
	Of      string // the title of its statistic, where Title does not say it
	Title   string
	Path    string      // of the statistic's page, from the site's root, with the row's anchor
	Value   string      // formatted, without its unit
	Unit    string      // as it follows the value
	Period  string      // after the place, where that is another one than the bureau's
	Partial string      // 不满一年, 超过一个月, where the period is no full one of the frequency
	Marked  string      // 初步数, 修订数: what stands of the value besides it
	Change  string      // only where the periods may be compared
	Trend   []float64   // of the full periods up to it, NaN where one is missing; nil where they are few
	Next    bureau.Date // when its next figure is released
}

// Latest gives the figures of the home page: those of home_figures, or else the
// first measure of each statistic that has one row in its newest period, the
// newest first, six at most. A closed series is never the latest. said gives a statistic in
// the words of the language.
func Latest(b *bureau.Bureau, l *locale.Language, said func(*bureau.Statistic) *bureau.Statistic) []Card {
	var cards []Card
	cautioned := false // the page says once that monthly averages are of unlike months
	add := func(s *bureau.Statistic, row, field int) {
		k, unlike := card(said(s), row, field, l)
		if unlike && !cautioned {
			k.Change, cautioned = Season(k.Change, l), true
		}
		cards = append(cards, k)
	}
	if len(b.Site.HomeFigures) > 0 {
		for _, v := range b.Site.HomeFigures {
			if s, row, field, fault := figures.HomeFigure(b, v.V); fault == nil && !s.Descriptor.Historical.V {
				add(s, row, field)
			}
		}
		return cards
	}
	type newest struct {
		s          *bureau.Statistic
		row, field int
	}
	var found []newest
	for _, s := range b.Statistics {
		field := s.FieldOf(bureau.RoleMeasure)
		if row, fault := figures.NewestRow(s, field); fault == nil && !s.Descriptor.Historical.V {
			found = append(found, newest{s, row, field})
		}
	}
	slices.SortStableFunc(found, func(a, b newest) int {
		return cmp.Compare(b.s.Period(b.row).End, a.s.Period(a.row).End)
	})
	for _, n := range found[:min(len(found), maxCards)] {
		add(n.s, n.row, n.field)
	}
	return cards
}

// Newest gives the latest figure of a statistic: its first measure in the one row of its
// newest period; ok is false where there is no such row.
func Newest(s *bureau.Statistic, l *locale.Language) (c Card, ok bool) {
	field := s.FieldOf(bureau.RoleMeasure)
	row, fault := figures.NewestRow(s, field)
	if fault != nil {
		return Card{}, false
	}
	c, unlike := card(s, row, field, l)
	if unlike {
		c.Change = Season(c.Change, l)
	}
	return c, true
}

// card makes one; unlike tells that its change is of monthly averages of unlike months.
func card(s *bureau.Statistic, row, field int, l *locale.Language) (k Card, unlike bool) {
	all, at := figures.History(s, row, field)
	c := figures.ChangeTo(all, at)
	latest := all[at]
	k = Card{
		Title: cardTitle(s, row, field), Next: s.Descriptor.NextRelease, Trend: trend(all[:at+1]), Path: figures.RowPath(s, row),
		Value: locale.Figure(latest.Value, "", latest.Form, latest.Status&bureau.Instead, latest.Qualifier, l), Unit: l.Unit(latest.Unit, latest.Value), Period: s.AtPlace(l.Label(latest.Period)),
	}
	if s.Computed == nil && !strings.Contains(k.Title, s.Title()) {
		k.Of = s.Title()
	}
	if latest.Has() {
		k.Marked = locale.Meaning(latest.Status&^bureau.Instead, l)
	} else {
		k.Unit = ""
	}
	if latest.Span != period.Whole {
		k.Partial = l.LengthOf(latest.Span, s.Frequency)
	}
	k.Change, unlike = changeWords(c, l)
	return k, unlike
}

// changeWords say a change with what it is taken from, empty where there is none to say;
// unlike tells that it is of monthly averages of unlike months.
func changeWords(c figures.Change, l *locale.Language) (words string, unlike bool) {
	if !c.Latest.Has() || c.Basis == figures.NoBasis || c.Basis == figures.Broken {
		return "", false
	}
	base := l.DayOf(c.Base.Period)
	if none := unsaid(c, base, l); none != "" {
		if c.Basis == figures.Averages {
			none = l.Text(locale.CardAverageNone, none)
		}
		return none, seasonal(c)
	}
	change, equal := step(c, l)
	key := locale.CardChange
	switch {
	case c.Basis == figures.Averages && equal:
		key = locale.CardAverageEqual
	case c.Basis == figures.Averages:
		key = locale.CardAverage
	case equal:
		key = locale.CardEqual
	}
	return l.Text(key, base, change), seasonal(c)
}

// A trend has so many values.
const leastTrend, mostTrend = 4, 24

// trend gives the values of the full periods since the last break in series, oldest first.
func trend(all []figures.Observation) []float64 {
	var values []float64
	var last period.Period
	has := 0
	for _, o := range all {
		if o.Status&bureau.Break != 0 {
			values, has, last = nil, 0, period.Period{}
		}
		if o.Span != period.Whole {
			continue
		}
		if !last.IsZero() && o.Period.Start != last.End+1 {
			for range min(mostTrend, max(1, int(o.Period.Start-last.End-1)/last.Days())) { // the periods that are missing
				values = append(values, math.NaN())
			}
		}
		last = o.Period
		if !o.Has() || o.Qualifier != bureau.Exact {
			values = append(values, math.NaN())
			continue
		}
		values = append(values, o.Value)
		has++
	}
	if has < leastTrend {
		return nil
	}
	return values[max(0, len(values)-mostTrend):]
}

// cardTitle names a figure: its field, after the categories of its row.
func cardTitle(s *bureau.Statistic, row, field int) string {
	title := s.Fields[field].Label()
	if s.Computed != nil {
		title = s.Title() + " · " + title
	}
	if s.Rows[row].Kind == bureau.TotalRow {
		return title
	}
	var parts []string
	for _, k := range s.Keys() {
		if text := s.Cell(row, k).Text; s.Fields[k].Role != bureau.RolePeriod && text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(append(parts, title), " · ")
}
