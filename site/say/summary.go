// Package say says figures in sentences, in the language of a page: what a chart
// shows, what a card of the home page tells, what a reader has to know before
// reading a table, and the figures that texts quote.
//
//   - A change is said with what it is taken from; a change of a percentage is in
//     percentage points.
//   - Highest and lowest are taken among full periods of the statistic's frequency.
//   - Nothing is sorted by value: no category is called the first or the last.
package say

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// maxSaid is how many values a sentence lists.
const maxSaid = 6

// Summary says in one or two sentences what a chart shows, from the same
// all: the latest value, its change, highest and lowest, and why a partial
// period is not compared, after the place where that is another one than the
// bureau's. The rules stand at the head of the package.
func Summary(p chart.Plot, s *bureau.Statistic, l *locale.Language) string {
	w := words{Language: l, frequency: s.Frequency}
	if !p.Drawable() {
		return l.Text(locale.NoValue, w.nothing(p.Series...))
	}
	var sentences []string
	switch {
	case p.Type == chart.SmallMultiples && len(p.Series) > 3:
		sentences = w.multiples(p, s)
	case !p.Time:
		sentences = []string{w.categories(p, s)}
	case len(p.Series) <= 3:
		for _, series := range p.Series {
			sentences = append(sentences, w.series(p, series, s)...)
		}
	default:
		sentences = w.together(p, s)
	}
	sentences = append(sentences, w.gaps(p, s)...)
	if p.Unit == "%" && slices.ContainsFunc(p.Series, over) {
		sentences = append(sentences, l.Text(locale.OverWhole))
	}
	said := strings.Join(sentences, l.Between)
	var about []string
	if s.Elsewhere != "" {
		about = append(about, s.Elsewhere)
	}
	if name := measure(p, s); name != "" && !strings.Contains(said, name) {
		about = append(about, name)
	}
	if len(about) > 0 {
		return w.list(about) + l.Text(locale.Separator) + said
	}
	return said
}

// measure names the one measure that a chart shows where the statistic has several, and
// the sentence names categories alone.
func measure(p chart.Plot, s *bureau.Statistic) string {
	measures, field := 0, -1
	for _, f := range s.Fields {
		if f.IsMeasure() {
			measures++
		}
	}
	for _, series := range p.Series {
		for _, v := range series.Values {
			if field >= 0 && v.Field != field {
				return ""
			}
			field = v.Field
		}
	}
	if measures < 2 || field < 0 || p.Time && p.Series[0].Name == s.Fields[field].Label() {
		return ""
	}
	return s.Fields[field].Label()
}

// gaps says which periods are missing, three at most.
func (w words) gaps(p chart.Plot, s *bureau.Statistic) []string {
	if !p.Time || len(s.Gaps) == 0 {
		return nil
	}
	var names []string
	for _, gap := range s.Gaps[:min(len(s.Gaps), 3)] {
		names = append(names, w.Label(gap))
	}
	key := locale.Gaps
	if len(names) < len(s.Gaps) {
		key = locale.GapsMore
	}
	return []string{w.Text(key, w.list(names))}
}

// over tells of a share of more than the whole.
func over(s chart.Series) bool {
	return slices.ContainsFunc(s.Values, func(v chart.PlotValue) bool { return v.Number > 100 })
}

// words writes in one language.
type words struct {
	*locale.Language
	frequency period.Frequency
	cautioned bool // that monthly averages are of unlike months, which is said once
}

func (w words) list(items []string) string { return strings.Join(items, w.Text(locale.Comma)) }

// nothing says why there is no value in some series.
func (w words) nothing(all ...chart.Series) string {
	var status bureau.Status
	for _, s := range all {
		for _, v := range s.Values {
			status |= v.Status & bureau.Instead
		}
	}
	return locale.Meaning(status, w.Language)
}

// observationsOf gives a series as observations.
func observationsOf(series chart.Series, s *bureau.Statistic) []figures.Observation {
	all := make([]figures.Observation, 0, len(series.Values))
	for _, v := range series.Values {
		if v.Row < 0 {
			continue
		}
		all = append(all, figures.ObservationAt(s, v.Row, v.Field))
	}
	return all
}

// series says one series in time.
func (w *words) series(p chart.Plot, series chart.Series, s *bureau.Statistic) []string {
	all := observationsOf(series, s)
	last := figures.LastOf(all)
	if last < 0 {
		return []string{w.Text(locale.NoValueOf, series.Name, w.nothing(series))}
	}
	latest := all[last]
	c := figures.ChangeTo(all, last)
	var said string
	if p.Average {
		said = w.averages(series.Name, all[:last+1], c)
	} else {
		said = w.Text(locale.Latest, w.Label(latest.Period), w.named(series.Name, latest.Unit, text(latest, w.Language)))
		if c.Basis == figures.LikePeriods {
			said = w.like(said, c)
		}
		said = w.extremes(said, all)
	}
	if c.Basis == figures.Broken {
		said = w.Text(locale.Broken, said, w.Label(c.Base.Period))
	}
	sentences := []string{w.Text(locale.Sentence, said)}
	sentences = append(sentences, w.partials(p, all, last, c)...)
	return append(sentences, w.missing(all[last+1:])...)
}

// named sets a value behind its name: 收集件数 and 919件 give 收集919件, 办结率 and
// 83.68% give 办结率为83.68%.
func (w words) named(name, unit, value string) string {
	name = w.Counted(name, unit)
	last, _ := utf8.DecodeLastRuneInString(name)
	if figures.Percentage(unit) || unit == "" || !unicode.Is(unicode.Han, last) {
		return w.Text(locale.NamedApart, name, value)
	}
	return w.Text(locale.Named, name, value)
}

func (w words) like(said string, c figures.Change) string {
	base := w.DayOf(c.Base.Period)
	change, equal := step(c, w.Language)
	if equal {
		return w.Text(locale.ComparedEqual, said, base, change)
	}
	return w.Text(locale.Compared, said, base, inner(c.Base, w.Language), change)
}

// averages lists the monthly averages of at most five periods, none from before a
// break in series, and their last step.
func (w *words) averages(name string, all []figures.Observation, c figures.Change) string {
	var items []string
	for _, f := range all {
		if f.Status&bureau.Break != 0 {
			items = items[:0]
		}
		if !f.Has() || f.Period.Months() == 0 {
			continue
		}
		key := locale.AverageAt
		if f.Period.Frequency() == period.Quarterly { // 第一季度 runs into a number
			key = locale.AverageAtApart
		}
		items = append(items, w.Text(key, w.Label(f.Period), average(f, w.Language)))
	}
	items = items[max(0, len(items)-5):]
	said := w.Text(locale.Averages, w.list(items))
	if name != "" {
		said = w.Text(locale.AveragesOf, name, w.list(items))
	}
	if len(items) < 2 || c.Basis != figures.Averages && c.Basis != figures.LikePeriods {
		return said
	}
	last := c
	if c.Basis == figures.LikePeriods && c.Base.Period.Months() > 0 && c.Latest.Period.Months() == c.Base.Period.Months() {
		last.Basis = figures.Averages
	}
	key := locale.AverageStep
	change, equal := step(last, w.Language)
	if equal {
		key = locale.AverageStepEqual
	}
	said = w.Text(key, said, w.Label(c.Base.Period), change)
	if seasonal(c) && !w.cautioned {
		w.cautioned = true
		said = Season(said, w.Language)
	}
	return said
}

// extremes says highest and lowest among the full periods, where there are any to say, no
// figure is withheld, which might be the highest, and the series has no break.
func (w words) extremes(said string, all []figures.Observation) string {
	if slices.ContainsFunc(all, func(f figures.Observation) bool { return f.Status&bureau.Break != 0 }) {
		return said // figures across a break are not compared
	}
	full, high, low, ok := w.peaks(all)
	if !ok {
		return said
	}
	highest, most, lowest, least := w.alike(full, high), inner(high, w.Language), w.alike(full, low), inner(low, w.Language)
	if len(full) == 2 {
		key := locale.Above
		if duration(high.Unit) {
			key = locale.Longer
		}
		return w.Text(key, said, highest, most, lowest, least)
	}
	key := locale.Most
	switch {
	case figures.Percentage(high.Unit):
		key = locale.Highest
	case duration(high.Unit):
		key = locale.Longest
	}
	return w.Text(key, said, w.over(full), highest, most, lowest, least)
}

// over names the periods of some observations.
func (w words) over(full []figures.Observation) string {
	return w.All(w.frequency, w.Label(full[0].Period), w.Label(full[len(full)-1].Period))
}

// peaks gives the highest and the lowest of the full periods, where there are at
// least three, or two beside a partial one, all of one length, and none is withheld.
func (w words) peaks(all []figures.Observation) (full []figures.Observation, high, low figures.Observation, ok bool) {
	for _, f := range all {
		if f.Has() && !f.Period.AsOf && (w.frequency == period.Irregular || f.Period.Frequency() == w.frequency) {
			full = append(full, f)
		}
		if f.Status&bureau.Confidential != 0 {
			return nil, high, low, false // it might be the highest
		}
	}
	enough := 3
	if len(full) < len(all) && len(full) == 2 && all[len(all)-1].Span != period.Whole {
		enough = 2
	}
	if len(full) < enough {
		return nil, high, low, false
	}
	high, low = full[0], full[0]
	for i, f := range full {
		if i > 0 && f.Period.Start <= full[i-1].Period.End {
			return nil, high, low, false // 2024/25 and 2025: one thing counts in both
		}
		if f.Unit != high.Unit || w.frequency == period.Irregular && (f.Period.Months() != high.Period.Months() || f.Period.Months() == 0 && f.Period.Days() != high.Period.Days()) {
			return nil, high, low, false
		}
		if f.Value > high.Value {
			high = f
		}
		if f.Value < low.Value {
			low = f
		}
	}
	return full, high, low, high.Value != low.Value
}

// duration tells of a unit of time, in which a figure is long and not much.
func duration(unit string) bool {
	return slices.Contains([]string{"秒", "分钟", "小时", "天", "日", "工作日", "个工作日", "周", "个月", "年"}, unit)
}

// alike names the periods that have a value, three at most.
func (w words) alike(full []figures.Observation, like figures.Observation) string {
	var names []string
	for _, f := range full {
		if f.Value == like.Value {
			names = append(names, w.Label(f.Period))
		}
	}
	if len(names) > 3 {
		return w.Text(locale.SeveralPeriods, names[0], len(names))
	}
	return w.list(names)
}

// unlike says how periods differ from the frequency in length: 不满一年, longer than
// a month.
func (w words) unlike(partial, longer bool) string {
	key := locale.UnlikeShorter
	switch {
	case partial && longer:
		key = locale.UnlikeBoth
	case longer:
		key = locale.UnlikeLonger
	}
	return w.Text(key, w.Length(w.frequency))
}

// spans tells whether a plot has periods shorter, and longer, than the frequency.
func spans(p chart.Plot, s *bureau.Statistic) (partial, longer bool) {
	for _, t := range p.Ticks {
		if p.Time && t.Row >= 0 {
			partial = partial || s.Rows[t.Row].Span == period.Partial
			longer = longer || s.Rows[t.Row].Span == period.Longer
		}
	}
	return partial, longer
}

// partials says which periods are shorter or longer than the frequency and what
// follows from it.
func (w *words) partials(p chart.Plot, all []figures.Observation, last int, c figures.Change) []string {
	var names []string
	partial, longer := false, false
	for _, f := range all {
		if f.Span != period.Whole {
			names = append(names, w.Label(f.Period))
			partial, longer = partial || f.Span == period.Partial, longer || f.Span == period.Longer
		}
	}
	if len(names) == 0 {
		return nil
	}
	some := w.list(names[max(0, len(names)-3):])
	if len(names) > 3 {
		some = w.Text(locale.Several, some, len(names))
	}
	said := w.Text(locale.Partials, len(names), some, w.unlike(partial, longer), w.Full(w.frequency))
	if c.Basis == figures.Averages && !p.Average {
		said += w.Text(locale.Clause) + w.averages("", all[:last+1], c)
	}
	return []string{w.Text(locale.Sentence, said)}
}

// missing says why there is no value after the latest one.
func (w words) missing(after []figures.Observation) []string {
	if len(after) == 0 {
		return nil
	}
	f := after[len(after)-1]
	reason := locale.Meaning(f.Status&bureau.Instead, w.Language)
	if reason == "" {
		return nil
	}
	return []string{w.Text(locale.MissingAt, w.Label(f.Period), reason)}
}

// together says the latest values of more than three series.
func (w words) together(p chart.Plot, s *bureau.Statistic) []string {
	last := -1
	for t := range p.Ticks {
		for _, series := range p.Series {
			if !math.IsNaN(series.Values[t].Number) {
				last = t
			}
		}
	}
	said := w.Text(locale.Latest, p.Ticks[last].Label, w.perMonth(p, w.values(p, last, s)))
	sentences := []string{w.Text(locale.Sentence, said)}
	if p.Ticks[last].Partial {
		longer := s.Rows[p.Ticks[last].Row].Span == period.Longer
		sentences = append(sentences, w.Text(locale.PartialLatest, w.unlike(!longer, longer), w.Full(w.frequency)))
	}
	return sentences
}

// perMonth says that the values are monthly averages.
func (w words) perMonth(p chart.Plot, said string) string {
	if !p.Average {
		return said
	}
	return w.Text(locale.PerMonth, said)
}

// values says the value of each series at a tick, in their order.
func (w words) values(p chart.Plot, tick int, s *bureau.Statistic) string {
	parts := make([]float64, len(p.Series))
	for i, series := range p.Series {
		parts[i] = series.Values[tick].Number
	}
	var items []string
	for i, series := range p.Series[:min(len(p.Series), maxSaid)] {
		v := series.Values[tick]
		value := w.value(p, v, s)
		if math.IsNaN(v.Number) {
			items = append(items, w.Text(locale.Remark, series.Name, value))
			continue
		}
		item := w.named(series.Name, p.Unit, value)
		if share := figures.Share(parts, i); p.Type == chart.ShareBar && share != nil {
			_, share := figures.Rounded(share, 2, -1)
			item = w.Text(locale.Share, item, locale.Format(share, "%", w.Language))
		}
		items = append(items, item)
	}
	return w.list(items)
}

// value writes one value of a plot with its unit and the words around it.
func (w words) value(p chart.Plot, v chart.PlotValue, s *bureau.Statistic) string {
	q := bureau.Exact
	if v.Row >= 0 {
		q = s.Row(v.Row)[v.Field].Qualifier
	}
	return locale.Figure(v.Number, p.Unit, v.Form, v.Status, q, w.Language)
}

// categories says the values of each category, in the order of the file: no
// category is called the first or the last.
func (w words) categories(p chart.Plot, s *bureau.Statistic) string {
	said := ""
	if many := len(p.Ticks) > 8; many {
		said = w.Text(locale.Categories, p.Title, len(p.Ticks))
	} else {
		var items []string
		for t, tick := range p.Ticks {
			if len(p.Series) == 1 {
				v := p.Series[0].Values[t]
				key := locale.AtCategory
				if last, _ := utf8.DecodeLastRuneInString(tick.Label); unicode.IsDigit(last) { // 街1 and 49 are not 街149
					key = locale.NamedApart
				}
				if math.IsNaN(v.Number) {
					key = locale.Remark
				}
				items = append(items, w.Text(key, tick.Label, w.value(p, v, s)))
			} else {
				items = append(items, w.Text(locale.AtCategoryList, tick.Label, w.values(p, t, s)))
			}
		}
		said = w.Text(locale.Sentence, strings.Join(items, w.Text(locale.Clause)))
	}
	said = w.perMonth(p, said)
	if when := w.when(p, s); !when.IsZero() {
		return w.Text(locale.Latest, w.Label(when), said)
	}
	return said
}

// when is the one period that all values of a chart are of.
func (w words) when(p chart.Plot, s *bureau.Statistic) period.Period {
	var one period.Period
	for _, series := range p.Series {
		for _, v := range series.Values {
			if v.Row < 0 {
				continue
			}
			of := s.Rows[v.Row].Period
			if !one.IsZero() && (of.Start != one.Start || of.End != one.End || of.AsOf != one.AsOf) {
				return period.Period{}
			}
			one = of
		}
	}
	return one
}

// multiples says what many small charts show; they are not ranked.
func (w words) multiples(p chart.Plot, s *bureau.Statistic) []string {
	if !p.Time {
		return []string{w.Text(locale.Multiples, p.Title, len(p.Series))}
	}
	sentences := []string{w.Text(locale.MultiplesInTime, p.Title, p.Ticks[0].Label, p.Ticks[len(p.Ticks)-1].Label, len(p.Series))}
	if partial, longer := spans(p, s); partial || longer {
		sentences = append(sentences, w.Text(locale.PartialHatched, w.unlike(partial, longer), w.Full(w.frequency)))
	}
	return sentences
}
