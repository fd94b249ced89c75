package say

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Strip is what a reader looks for first of one measure in time.
type Strip struct {
	Title string // the measure
	Items []StripItem
	Over  string // the periods among which highest and lowest are found; may be empty
}

// StripItem is one of them: 最新, 637件, 2026年9月.
type StripItem struct{ Name, Value, Period string }

// maxStrips is how many measures are told of; a table of sixty columns has no main ones.
const maxStrips = 4

// Strips gives the latest value, its change, the highest and the lowest of the measures of
// a statistic that has one row a period, by the rules of the sentences; nothing of one of
// which there is only the latest to tell. Highest and lowest
// are those since the last break in series, where every one is known.
func Strips(s *bureau.Statistic, l *locale.Language) []Strip {
	var rows []int
	for i := range s.Rows {
		if !s.Period(i).IsZero() {
			rows = append(rows, i)
		}
	}
	if len(rows) < 2 || len(figures.Series(s)) != 1 {
		return nil
	}
	rows = figures.Series(s)[0]
	for n, i := range rows[1:] {
		if at := s.FieldOf(bureau.RolePeriod); figures.KeyOf(s, i, at) == figures.KeyOf(s, rows[n], at) {
			return nil // something else tells the rows apart
		}
	}
	w := words{Language: l, frequency: s.Frequency}
	var strips []Strip
	for field, f := range s.Fields {
		if !f.IsMeasure() || len(strips) == maxStrips {
			continue
		}
		all := make([]figures.Observation, 0, len(rows))
		for _, i := range rows {
			all = append(all, figures.ObservationAt(s, i, field))
		}
		last := figures.LastOf(all)
		if last < 0 {
			continue
		}
		latest := all[last]
		newest := locale.StripLatest
		if s.Descriptor.Historical.V {
			newest = locale.StripLast // a closed series is never the latest
		}
		strip := Strip{Title: f.Label(), Items: []StripItem{{l.Text(newest), text(latest, l), when(s, latest, l)}}}
		c := figures.ChangeTo(all, last)
		if change, unlike := changeWords(c, l); change != "" {
			if unlike {
				change = Season(change, l)
			}
			strip.Items = append(strip.Items, StripItem{l.Text(locale.StripChange), change, ""})
		}
		from := 0
		for i, o := range all {
			if o.Status&bureau.Break != 0 {
				from = i
			}
		}
		if full, high, low, ok := w.peaks(all[from:]); ok {
			highest, lowest, over := locale.StripHigh, locale.StripLow, locale.StripOver
			if figures.Duration(high.Unit) {
				highest, lowest, over = locale.StripLongest, locale.StripShortest, locale.StripOverTime
			}
			strip.Items = append(strip.Items, StripItem{l.Text(highest), text(high, l), w.alike(full, high)}, StripItem{l.Text(lowest), text(low, l), w.alike(full, low)})
			strip.Over = l.Text(over, w.over(full))
		}
		if len(strip.Items) > 1 {
			strips = append(strips, strip)
		}
	}
	return strips
}

// when names the period of an observation, and says where it is no whole one.
func when(s *bureau.Statistic, o figures.Observation, l *locale.Language) string {
	label := l.Label(o.Period)
	if o.Span != 0 {
		return l.Text(locale.Remark, label, l.LengthOf(o.Span, s.Frequency))
	}
	return label
}
