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

// Summary says in words what a chart shows.
type Summary struct {
	Headline string   // the latest, and how it changed against what
	Points   []string // what else is to be known, a sentence each, one a measure or a panel
}

// String gives the whole as running text.
func (s Summary) String(l *locale.Language) string {
	return strings.Join(append([]string{s.Headline}, s.Points...), l.Between)
}

// Summarize says what a chart shows, from the same figures: first the latest value and
// its change, after the place where that is another one than the bureau's; then highest
// and lowest, and why a partial period is not compared. The rules stand at the head of
// the package.
func Summarize(p chart.Plot, s *bureau.Statistic, l *locale.Language) Summary {
	w := words{Language: l, frequency: s.Frequency}
	if !p.Drawable() {
		return Summary{Headline: l.Text(locale.NoValue, w.nothing(p.Series...))}
	}
	var said Summary
	switch {
	case p.Type == chart.SmallMultiples && len(p.Series) > 3:
		said = w.multiples(p, s)
	case !p.Time:
		said.Headline = w.categories(p, s)
	case len(p.Series) == 1:
		said = w.one(p, s)
	default:
		said = w.together(p, s)
	}
	said.Points = append(said.Points, w.gaps(p, s)...)
	if p.Unit == "%" && slices.ContainsFunc(p.Series, over) {
		said.Points = append(said.Points, l.Text(locale.OverWhole))
	}
	var about []string
	if s.Elsewhere != "" {
		about = append(about, s.Elsewhere)
	}
	if name := measure(p, s); name != "" && !strings.Contains(said.String(l), name) {
		about = append(about, name)
	}
	if len(about) > 0 {
		said.Headline = w.list(about) + l.Text(locale.Separator) + said.Headline
	}
	return said
}

// Once leaves out what the page has said already, which it remembers in told: points that
// stand beside an earlier chart, and the caution about the season.
func (s Summary) Once(told map[string]bool, l *locale.Language) Summary {
	season := Season("", l)
	unseasoned := func(text string) string {
		if told[season] {
			return strings.Replace(text, season, "", 1)
		}
		told[season] = strings.Contains(text, season)
		return text
	}
	once := Summary{Headline: unseasoned(s.Headline)}
	for _, point := range s.Points {
		if point = unseasoned(point); !told[point] {
			once.Points = append(once.Points, point)
		}
		told[point] = true
	}
	return once
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

// one says one series in time.
func (w *words) one(p chart.Plot, s *bureau.Statistic) Summary {
	series := p.Series[0]
	all := observationsOf(series, s)
	last := figures.LastOf(all)
	if last < 0 {
		return Summary{Headline: w.Text(locale.NoValueOf, series.Name, w.nothing(series))}
	}
	latest, c := all[last], figures.ChangeTo(all, last)
	var said Summary
	if p.Average {
		said.Headline = w.clauses(w.averages(series.Name, all[:last+1], c), w.broken(c))
	} else {
		said.Headline = w.changed(w.Text(locale.LatestNamed, w.Label(latest.Period), w.named(series.Name, latest.Unit, text(latest, w.Language))), c)
		if which, extremes := w.extremes(all); which != "" {
			said.Points = append(said.Points, w.Text(locale.Sentence, w.Text(locale.Among, which, extremes)))
		} else if extremes != "" {
			said.Points = append(said.Points, w.Text(locale.Sentence, extremes))
		}
	}
	said.Headline = w.Text(locale.Sentence, said.Headline)
	said.Points = append(said.Points, w.partials(p, all, last, c)...)
	said.Points = append(said.Points, w.missing(all[last+1:])...)
	return said
}

// clauses joins what is not empty.
func (w words) clauses(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), w.Text(locale.Clause))
}

// changed adds to a latest value how it changed, or why that is not said.
func (w words) changed(said string, c figures.Change) string {
	if c.Basis == figures.LikePeriods {
		said += w.Text(locale.InnerComma) + w.against(c)
	}
	return w.clauses(said, w.broken(c))
}

// against says a change between like periods; where the earlier one is the first after a
// break in series, that what lies before is not compared.
func (w words) against(c figures.Change) string {
	after := ""
	if c.Base.Status&bureau.Break != 0 {
		after = w.Text(locale.BrokenBefore, w.DayOf(c.Base.Period))
		c.Base.Status &^= bureau.Break
	}
	return w.clauses(w.compared(c), after)
}

func (w words) compared(c figures.Change) string {
	base, value := w.DayOf(c.Base.Period), inner(c.Base, w.Language)
	if none := unsaid(c, w.Text(locale.Remark, base, value), w.Language); none != "" {
		return none
	}
	change, equal := step(c, w.Language)
	if equal {
		return w.Text(locale.AgainstEqual, base, change)
	}
	return w.Text(locale.Against, base, value, change)
}

// broken says that a series breaks before its latest value.
func (w words) broken(c figures.Change) string {
	if c.Basis != figures.Broken {
		return ""
	}
	return w.Text(locale.Broken, w.Label(c.Base.Period))
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
	base := w.Label(c.Base.Period)
	if none := unsaid(last, base, w.Language); none != "" {
		said = w.Text(locale.AverageStepNone, said, none)
	} else if change, equal := step(last, w.Language); equal {
		said = w.Text(locale.AverageStepEqual, said, base, change)
	} else {
		said = w.Text(locale.AverageStep, said, base, change)
	}
	if seasonal(c) && !w.cautioned {
		w.cautioned = true
		said = Season(said, w.Language)
	}
	return said
}

// extremes says highest and lowest among the full periods, where there are any to say, no
// figure is withheld, which might be the highest, and the series has no break; which names
// the periods, where there are more than two.
func (w words) extremes(all []figures.Observation) (which, said string) {
	if slices.ContainsFunc(all, func(f figures.Observation) bool { return f.Status&bureau.Break != 0 }) {
		return "", "" // figures across a break are not compared
	}
	full, high, low, ok := w.peaks(all)
	if !ok {
		return "", ""
	}
	highest, most, lowest, least := w.alike(full, high), inner(high, w.Language), w.alike(full, low), inner(low, w.Language)
	if len(full) == 2 {
		key := locale.Above
		if figures.Duration(high.Unit) {
			key = locale.Longer
		}
		return "", w.Text(key, highest, most, lowest, least)
	}
	key := locale.Most
	switch {
	case figures.Percentage(high.Unit):
		key = locale.Highest
	case figures.Duration(high.Unit):
		key = locale.Longest
	}
	return w.over(full), w.Text(key, highest, most, lowest, least)
}

// over names the periods of some observations.
func (w words) over(full []figures.Observation) string {
	return w.All(w.frequency, w.Label(full[0].Period), w.Label(full[len(full)-1].Period))
}

// peaks gives the highest and the lowest of the full periods, where there are at
// least three, or two beside a partial one, all of one length and one after the other.
// One without a value between them, one that is missing and a figure that is withheld or
// rough might be the highest: then there is none.
func (w words) peaks(all []figures.Observation) (full []figures.Observation, high, low figures.Observation, ok bool) {
	unknown := false // since the last full one
	full = make([]figures.Observation, 0, len(all))
	for _, f := range all {
		if f.Status&bureau.Confidential != 0 {
			return nil, high, low, false
		}
		if f.Period.AsOf || w.frequency != period.Irregular && f.Period.Frequency() != w.frequency {
			continue
		}
		if !f.Has() {
			unknown = len(full) > 0
			continue
		}
		if unknown || f.Qualifier != bureau.Exact {
			return nil, high, low, false
		}
		full = append(full, f)
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
		if i > 0 && w.frequency != period.Irregular && f.Period.Start != full[i-1].Period.End+1 {
			return nil, high, low, false // a period is missing
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

// partialNote says which periods are shorter or longer than the frequency; empty where
// none is.
func (w words) partialNote(all []figures.Observation) string {
	var names []string
	partial, longer := false, false
	for _, f := range all {
		if f.Span != period.Whole {
			names = append(names, w.Label(f.Period))
			partial, longer = partial || f.Span == period.Partial, longer || f.Span == period.Longer
		}
	}
	if len(names) == 0 {
		return ""
	}
	some := w.list(names[max(0, len(names)-3):])
	if len(names) > 3 {
		some = w.Text(locale.Several, some, len(names))
	}
	return w.Text(locale.Partials, len(names), some, w.unlike(partial, longer), w.Full(w.frequency))
}

// partials says which periods are partial and what follows from it.
func (w *words) partials(p chart.Plot, all []figures.Observation, last int, c figures.Change) []string {
	said := w.partialNote(all)
	if said == "" {
		return nil
	}
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

// together says the latest values of several series, and of three at most how each of
// them changed.
func (w *words) together(p chart.Plot, s *bureau.Statistic) Summary {
	last := -1
	for t := range p.Ticks {
		for _, series := range p.Series {
			if !math.IsNaN(series.Values[t].Number) {
				last = t
			}
		}
	}
	said := Summary{Headline: w.Text(locale.Sentence, w.Text(locale.LatestNamed, p.Ticks[last].Label, w.perMonth(p, w.values(p, last, locale.BetweenNamed))))}
	if len(p.Series) <= 3 {
		said.Points = w.each(p, last, s)
	} else if p.Ticks[last].Partial {
		longer := s.Rows[p.Ticks[last].Row].Span == period.Longer
		said.Points = append(said.Points, w.Text(locale.PartialLatest, w.unlike(!longer, longer), w.Full(w.frequency)))
	}
	return said
}

// each says of each series how its latest value changed, which one that is where it is
// not the one at the tick, and its highest and lowest. The periods that these are of, and
// the partial ones, are said once.
func (w *words) each(p chart.Plot, tick int, s *bureau.Statistic) (points []string) {
	type told struct{ name, change, which, extremes string }
	var all []told
	var notes []string
	var ranges []string
	for _, series := range p.Series {
		values := observationsOf(series, s)
		last := figures.LastOf(values)
		if last < 0 {
			notes = append(notes, w.Text(locale.NoValueOf, series.Name, w.nothing(series)))
			continue
		}
		t, c := told{name: series.Name}, figures.ChangeTo(values, last)
		latest := ""
		if math.IsNaN(series.Values[tick].Number) {
			latest = w.Text(locale.Latest, w.Label(values[last].Period), text(values[last], w.Language))
		}
		switch {
		case p.Average:
			notes = append(notes, w.Text(locale.Sentence, w.averages(series.Name, values[:last+1], c)))
		case c.Basis == figures.LikePeriods && latest == "":
			t.change = w.against(c)
		case c.Basis == figures.Averages:
			t.change = w.clauses(latest, w.averages("", values[:last+1], c))
		default:
			t.change = w.changed(latest, c)
		}
		if !p.Average {
			t.which, t.extremes = w.extremes(values)
		}
		if t.which != "" && !slices.Contains(ranges, t.which) {
			ranges = append(ranges, t.which)
		}
		all = append(all, t)
		if note := w.partialNote(values); note != "" {
			if note = w.Text(locale.Sentence, note); !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	for _, t := range all {
		if t.which != "" && len(ranges) > 1 {
			t.extremes = w.Text(locale.Among, t.which, t.extremes)
		}
		if told := w.clauses(t.change, t.extremes); told != "" {
			points = append(points, w.Text(locale.Sentence, t.name+w.Text(locale.Separator)+told))
		}
	}
	if len(ranges) == 1 {
		points = append(points, w.Text(locale.AmongAll, ranges[0]))
	}
	return append(points, notes...)
}

// perMonth says that the values are monthly averages.
func (w words) perMonth(p chart.Plot, said string) string {
	if !p.Average {
		return said
	}
	return w.Text(locale.PerMonth, said)
}

// values says the value of each series at a tick, in their order, with what stands between them.
func (w words) values(p chart.Plot, tick int, between locale.Key) string {
	parts := make([]float64, len(p.Series))
	for i, series := range p.Series {
		parts[i] = series.Values[tick].Number
	}
	var items []string
	for i, series := range p.Series[:min(len(p.Series), maxSaid)] {
		v := series.Values[tick]
		value := w.value(p, v)
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
	return strings.Join(items, w.Text(between))
}

// value writes one value of a plot with its unit and the words around it.
func (w words) value(p chart.Plot, v chart.PlotValue) string {
	return locale.Figure(v.Number, p.Unit, v.Form, v.Status, v.Qualifier, w.Language)
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
				items = append(items, w.Text(key, tick.Label, w.value(p, v)))
			} else {
				items = append(items, w.Text(locale.AtCategoryList, tick.Label, w.values(p, t, locale.Comma)))
			}
		}
		said = w.Text(locale.Sentence, strings.Join(items, w.Text(locale.Clause)))
	}
	said = w.perMonth(p, said)
	if when := w.when(p, s); !when.IsZero() {
		return w.Text(locale.LatestNamed, w.Label(when), said)
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
			of := s.Period(v.Row)
			if !one.IsZero() && (of.Start != one.Start || of.End != one.End || of.AsOf != one.AsOf) {
				return period.Period{}
			}
			one = of
		}
	}
	return one
}

// multiples says what many small charts show, a line each; they are not ranked.
func (w *words) multiples(p chart.Plot, s *bureau.Statistic) Summary {
	if !p.Time {
		return Summary{Headline: w.Text(locale.Multiples, p.Title, len(p.Series))}
	}
	said := Summary{Headline: w.Text(locale.MultiplesInTime, p.Title, p.Ticks[0].Label, p.Ticks[len(p.Ticks)-1].Label, len(p.Series))}
	for _, series := range p.Series {
		all := observationsOf(series, s)
		last := figures.LastOf(all)
		if last < 0 {
			said.Points = append(said.Points, w.Text(locale.NoValueOf, series.Name, w.nothing(series)))
			continue
		}
		latest, c := all[last], figures.ChangeTo(all, last)
		line := w.Text(locale.Latest, w.Label(latest.Period), text(latest, w.Language))
		switch {
		case p.Average:
			said.Points = append(said.Points, w.Text(locale.Sentence, w.averages(series.Name, all[:last+1], c)))
			continue
		case c.Basis == figures.Averages:
			line = w.clauses(line, w.averages("", all[:last+1], c))
		default:
			line = w.changed(line, c)
		}
		said.Points = append(said.Points, w.Text(locale.Sentence, series.Name+w.Text(locale.Separator)+line))
	}
	if partial, longer := spans(p, s); partial || longer {
		said.Points = append(said.Points, w.Text(locale.PartialHatched, w.unlike(partial, longer), w.Full(w.frequency)))
	}
	return said
}
