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
	"strconv"
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
// period is not compared. The rules stand at the head of the package.
func Summary(p chart.Plot, s *bureau.Statistic, lang string) string {
	w := words{lang == "zh", lang, s.Frequency}
	if !p.Drawable() {
		return w.nothing(p.Series...)
	}
	var text string
	switch {
	case p.Type == chart.SmallMultiples && len(p.Series) > 3:
		text = w.multiples(p, s)
	case !p.Time:
		text = w.categories(p, s)
	case len(p.Series) <= 3:
		var parts []string
		for _, series := range p.Series {
			parts = append(parts, w.series(p, series, s))
		}
		text = strings.Join(parts, pick(w.zh, "", " "))
	default:
		text = w.together(p, s)
	}
	return text + w.gaps(p, s) + w.over(p)
}

// gaps says which periods are missing, three at most.
func (w words) gaps(p chart.Plot, s *bureau.Statistic) string {
	if !p.Time || len(s.Gaps) == 0 {
		return ""
	}
	var names []string
	for _, gap := range s.Gaps[:min(len(s.Gaps), 3)] {
		names = append(names, gap.Label(w.lang))
	}
	list := strings.Join(names, pick(w.zh, "、", ", "))
	if len(names) < len(s.Gaps) {
		list += pick(w.zh, "等", " and other times")
	}
	return pick(w.zh, "缺"+list+"的数据。", " There are no figures of "+list+".")
}

// over explains a share of more than the whole.
func (w words) over(p chart.Plot) string {
	if p.Unit != "%" {
		return ""
	}
	for _, s := range p.Series {
		for _, v := range s.Values {
			if v.Number > 100 {
				return pick(w.zh, "超过100%的，分子中可能含有以前各期结转的数量。", " Where it passes 100%, the numerator may hold matters carried over from earlier periods.")
			}
		}
	}
	return ""
}

// words writes in one language.
type words struct {
	zh        bool
	lang      string
	frequency period.Frequency
}

// nothing says why there is no value in some series.
func (w words) nothing(all ...chart.Series) string {
	var status bureau.Status
	for _, s := range all {
		for _, v := range s.Values {
			status |= v.Status & bureau.Instead
		}
	}
	reason := locale.Meaning(status, w.lang)
	return pick(w.zh, "没有可公布的数值（"+reason+"）。", "There is no value to publish ("+reason+").")
}

// observationsOf gives a series as observations.
func observationsOf(series chart.Series, s *bureau.Statistic) []figures.Observation {
	var all []figures.Observation
	for _, v := range series.Values {
		if v.Row < 0 {
			continue
		}
		all = append(all, figures.ObservationAt(s, v.Row, v.Field))
	}
	return all
}

// series says one series in time.
func (w words) series(p chart.Plot, series chart.Series, s *bureau.Statistic) string {
	all := observationsOf(series, s)
	last := figures.LastOf(all)
	if last < 0 {
		return pick(w.zh, series.Name, series.Name+": ") + w.nothing(series)
	}
	latest := all[last]
	c := figures.ChangeTo(all, last)
	label := latest.Period.Label(w.lang)

	var b strings.Builder
	if p.Average {
		w.averages(&b, series.Name, all[:last+1], c)
	} else {
		if w.zh {
			b.WriteString(label + "，" + w.named(series.Name, latest.Unit) + text(latest, w.lang))
		} else {
			b.WriteString(capital(label) + ": " + series.Name + " " + text(latest, w.lang))
		}
		if c.Basis == figures.LikePeriods {
			w.like(&b, c)
		}
		w.extremes(&b, all)
	}
	if c.Basis == figures.Broken {
		b.WriteString(pick(w.zh, "；其间口径有变化，不与"+c.Base.Period.Label(w.lang)+"比较", "; the series breaks in between, so it is not compared with "+c.Base.Period.Label(w.lang)))
	}
	b.WriteString(pick(w.zh, "。", "."))
	w.partials(&b, p, all, last, c)
	w.missing(&b, all[last+1:])
	return b.String()
}

// named ends a name so that a value can follow: 收集件数 and 919件 give 收集919件,
// 办结率 and 83.68% give 办结率为83.68%.
func (w words) named(name, unit string) string {
	if !w.zh {
		return name + " "
	}
	if short := strings.TrimSuffix(name, unit+"数"); unit != "" && short != name && short != "" {
		name = short
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	if figures.Percentage(unit) || unit == "" || !unicode.Is(unicode.Han, last) {
		return name + "为"
	}
	return name
}

func (w words) like(b *strings.Builder, c figures.Change) {
	base, step := day(c.Base, w.lang), step(c, w.lang)
	switch {
	case w.zh && step == "持平":
		b.WriteString("，与" + base + "持平")
	case w.zh:
		b.WriteString("，比" + base + "（" + inner(c.Base, w.lang) + "）" + step)
	default:
		b.WriteString(", " + step + " on " + base + " (" + inner(c.Base, w.lang) + ")")
	}
}

// averages lists the monthly averages of at most five periods, none from before a
// break in series, and their last step.
func (w words) averages(b *strings.Builder, name string, all []figures.Observation, c figures.Change) {
	var said []string
	for _, f := range all {
		if f.Status&bureau.Break != 0 {
			said = said[:0]
		}
		if !f.Has() || f.Period.Months() == 0 {
			continue
		}
		if w.zh {
			said = append(said, f.Period.Label(w.lang)+w.separate(f)+averageText(f, w.lang))
		} else {
			said = append(said, averageText(f, w.lang)+" in "+f.Period.Label(w.lang))
		}
	}
	said = said[max(0, len(said)-5):]
	if w.zh {
		b.WriteString(pick(name == "", "按月平均，", name+"月均：") + strings.Join(said, "、"))
	} else {
		b.WriteString(pick(name == "", "the monthly averages are ", "Monthly averages, "+name+": ") + strings.Join(said, ", "))
	}
	if len(said) > 1 && (c.Basis == figures.Averages || c.Basis == figures.LikePeriods) {
		last := c
		if c.Basis == figures.LikePeriods && c.Base.Period.Months() > 0 && c.Latest.Period.Months() == c.Base.Period.Months() {
			last.Basis = figures.Averages
		}
		text, base := step(last, w.lang), c.Base.Period.Label(w.lang)
		switch {
		case w.zh && strings.HasSuffix(text, "持平"):
			b.WriteString("，最后一期的月均与" + base + text)
		case w.zh:
			b.WriteString("，最后一期的月均比" + base + text)
		default:
			b.WriteString("; the last average is " + text + " on " + base)
		}
	}
}

// separate keeps a label that ends in a digit off its value.
func (w words) separate(f figures.Observation) string {
	if strings.HasSuffix(f.Period.Label(w.lang), "年") || strings.HasSuffix(f.Period.Label(w.lang), "月") {
		return ""
	}
	return "为"
}

// extremes says highest and lowest among the full periods, where there are at
// least three, or two beside a partial one, all of one length.
func (w words) extremes(b *strings.Builder, all []figures.Observation) {
	var full []figures.Observation
	for _, f := range all {
		if f.Has() && !f.Period.AsOf && (w.frequency == period.Irregular || f.Period.Frequency() == w.frequency) {
			full = append(full, f)
		}
		if f.Status&bureau.Break != 0 {
			return // figures across a break are not compared
		}
	}
	enough := 3
	if len(full) < len(all) && len(full) == 2 && all[len(all)-1].Span != period.Whole {
		enough = 2
	}
	if len(full) < enough {
		return
	}
	high, low := full[0], full[0]
	for _, f := range full {
		if f.Unit != high.Unit || w.frequency == period.Irregular && (f.Period.Months() != high.Period.Months() || f.Period.Months() == 0 && f.Period.Days() != high.Period.Days()) {
			return
		}
		if f.Value > high.Value {
			high = f
		}
		if f.Value < low.Value {
			low = f
		}
	}
	if high.Value == low.Value {
		return
	}
	which := w.which(full)
	if w.zh {
		most, least := "最多", "最少"
		if figures.Percentage(high.Unit) {
			most, least = "最高", "最低"
		}
		b.WriteString("；" + which + "中，" + w.alike(full, high) + most + "（" + inner(high, w.lang) + "），" + w.alike(full, low) + least + "（" + inner(low, w.lang) + "）")
	} else {
		b.WriteString("; of " + which + " the highest is " + text(high, w.lang) + " in " + w.alike(full, high) + ", the lowest " + text(low, w.lang) + " in " + w.alike(full, low))
	}
}

// alike names the periods that have a value, three at most.
func (w words) alike(full []figures.Observation, like figures.Observation) string {
	var names []string
	for _, f := range full {
		if f.Value == like.Value {
			names = append(names, f.Period.Label(w.lang))
		}
	}
	if len(names) > 3 {
		return pick(w.zh, names[0]+"等"+strconv.Itoa(len(names))+"期", strconv.Itoa(len(names))+" periods")
	}
	return strings.Join(names, pick(w.zh, "、", ", "))
}

// which names the full periods: 各整年, the full years.
func (w words) which(full []figures.Observation) string {
	from, to := full[0].Period.Label(w.lang), full[len(full)-1].Period.Label(w.lang)
	names := [...][2]string{
		period.Irregular: {"各期", "the periods"}, period.Yearly: {"各整年", "the full years"}, period.HalfYearly: {"各半年", "the half-years"},
		period.Quarterly: {"各季度", "the quarters"}, period.Monthly: {"各月", "the months"}, period.Weekly: {"各周", "the weeks"}, period.Daily: {"各日", "the days"}}
	n := names[w.frequency]
	if len(full) == 2 {
		return pick(w.zh, n[0], n[1]+" "+from+" and "+to)
	}
	return pick(w.zh, from+"至"+to+n[0], n[1]+" "+from+" to "+to)
}

// lengths are what a partial period falls short of, and a longer one passes:
// 不满一年, 全年.
var lengths = [...][4]string{
	period.Yearly: {"一年", "全年", "a year", "full years"}, period.HalfYearly: {"半年", "整半年", "a half-year", "full half-years"},
	period.Quarterly: {"一个季度", "整季度", "a quarter", "full quarters"}, period.Monthly: {"一个月", "整月", "a month", "full months"},
	period.Weekly: {"一周", "整周", "a week", "full weeks"}, period.Daily: {"一日", "整日", "a day", "full days"}}

// unlike says how periods differ from the frequency in length: 不满一年, longer than
// a month.
func (w words) unlike(partial, longer bool) string {
	l := lengths[w.frequency]
	switch {
	case partial && longer:
		return pick(w.zh, "不满或超过"+l[0], "shorter or longer than "+l[2])
	case longer:
		return pick(w.zh, "超过"+l[0], "longer than "+l[2])
	}
	return pick(w.zh, "不满"+l[0], "shorter than "+l[2])
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

// partials says which periods are shorter or longer than the frequency and what follows from it.
func (w words) partials(b *strings.Builder, p chart.Plot, all []figures.Observation, last int, c figures.Change) {
	var names []string
	partial, longer := false, false
	for _, f := range all {
		if f.Span != period.Whole {
			names = append(names, f.Period.Label(w.lang))
			partial, longer = partial || f.Span == period.Partial, longer || f.Span == period.Longer
		}
	}
	if len(names) == 0 || w.frequency == period.Irregular {
		return
	}
	some := names[max(0, len(names)-3):]
	l := lengths[w.frequency]
	if w.zh {
		b.WriteString(strings.Join(some, "、") + pick(len(some) < len(names), "等"+strconv.Itoa(len(names))+"期", "") + "为" + w.unlike(partial, longer) + "的数据，不与" + l[1] + "直接比较")
	} else {
		b.WriteString(" " + capital(strings.Join(some, ", ")) + pick(len(some) < len(names), " and "+strconv.Itoa(len(names)-len(some))+" more", "") + pick(len(some) == 1, " is", " are") + " " + w.unlike(partial, longer) + " and not compared with " + l[3] + " directly")
	}
	if c.Basis == figures.Averages && !p.Average {
		b.WriteString(pick(w.zh, "；", "; "))
		w.averages(b, "", all[:last+1], c)
	}
	b.WriteString(pick(w.zh, "。", "."))
}

// missing says why there is no value after the latest one.
func (w words) missing(b *strings.Builder, after []figures.Observation) {
	if len(after) == 0 {
		return
	}
	f := after[len(after)-1]
	reason := locale.Meaning(f.Status&bureau.Instead, w.lang)
	if reason == "" {
		return
	}
	if w.zh {
		b.WriteString(f.Period.Label(w.lang) + "的数值：" + reason + "。")
	} else {
		b.WriteString(" " + capital(f.Period.Label(w.lang)) + ": " + reason + ".")
	}
}

// together says the latest values of more than three series.
func (w words) together(p chart.Plot, s *bureau.Statistic) string {
	last := -1
	for t := range p.Ticks {
		for _, series := range p.Series {
			if !math.IsNaN(series.Values[t].Number) {
				last = t
			}
		}
	}
	var b strings.Builder
	b.WriteString(pick(w.zh, p.Ticks[last].Label+"，", capital(p.Ticks[last].Label)+": ") + w.permonth(p))
	w.list(&b, p, last, s)
	b.WriteString(pick(w.zh, "。", "."))
	if p.Ticks[last].Partial && w.frequency != period.Irregular {
		l := lengths[w.frequency]
		longer := s.Rows[p.Ticks[last].Row].Span == period.Longer
		b.WriteString(pick(w.zh, "该期为"+w.unlike(!longer, longer)+"的数据，不与"+l[1]+"直接比较。", " This period is "+w.unlike(!longer, longer)+" and not compared with "+l[3]+"."))
	}
	return b.String()
}

// permonth says that the values that follow are monthly averages.
func (w words) permonth(p chart.Plot) string {
	return pick(p.Average, pick(w.zh, "按月平均，", "per month, "), "")
}

// list says the value of each series at a tick, in their order.
func (w words) list(b *strings.Builder, p chart.Plot, tick int, s *bureau.Statistic) {
	sum := 0.0
	for _, series := range p.Series {
		sum += series.Values[tick].Number
	}
	for i, series := range p.Series {
		if i == maxSaid {
			break
		}
		if i > 0 {
			b.WriteString(pick(w.zh, "、", ", "))
		}
		v := series.Values[tick]
		value := w.value(p, v, s)
		if w.zh && math.IsNaN(v.Number) {
			b.WriteString(series.Name + value)
			continue
		}
		b.WriteString(w.named(series.Name, p.Unit) + value)
		if p.Type == chart.ShareBar && sum > 0 {
			share := locale.Format(100*v.Number/sum, "%", w.lang)
			b.WriteString(pick(w.zh, "（占"+share+"）", " ("+share+")"))
		}
	}
}

// value writes one value of a plot with its unit and the words around it.
func (w words) value(p chart.Plot, v chart.PlotValue, s *bureau.Statistic) string {
	q := bureau.Exact
	if v.Row >= 0 {
		q = s.Row(v.Row)[v.Field].Qualifier
	}
	return locale.Figure(v.Number, p.Unit, v.Status, q, w.lang)
}

// categories says the values of each category, in the order of the file: no
// category is called the first or the last.
func (w words) categories(p chart.Plot, s *bureau.Statistic) string {
	var b strings.Builder
	if when := w.when(p, s); when != "" {
		b.WriteString(pick(w.zh, when+"，", capital(when)+": "))
	}
	b.WriteString(w.permonth(p))
	if len(p.Ticks) > 8 {
		b.WriteString(pick(w.zh, p.Title+"分"+strconv.Itoa(len(p.Ticks))+"类列出，各类数值见下表。", p.Title+", in "+strconv.Itoa(len(p.Ticks))+" categories; the table below gives their values."))
		return b.String()
	}
	for t, tick := range p.Ticks {
		if t > 0 {
			b.WriteString(pick(w.zh, "；", "; "))
		}
		b.WriteString(tick.Label)
		if len(p.Series) == 1 {
			v := p.Series[0].Values[t]
			b.WriteString(pick(w.zh, "", " ") + w.value(p, v, s))
			continue
		}
		b.WriteString(pick(w.zh, "", ": "))
		w.list(&b, p, t, s)
	}
	b.WriteString(pick(w.zh, "。", "."))
	return b.String()
}

// when names the one period that all values of a chart are of.
func (w words) when(p chart.Plot, s *bureau.Statistic) string {
	var one period.Period
	for _, series := range p.Series {
		for _, v := range series.Values {
			if v.Row < 0 {
				continue
			}
			of := s.Rows[v.Row].Period
			if !one.IsZero() && (of.Start != one.Start || of.End != one.End || of.AsOf != one.AsOf) {
				return ""
			}
			one = of
		}
	}
	return one.Label(w.lang)
}

// multiples says what many small charts show; they are not ranked.
func (w words) multiples(p chart.Plot, s *bureau.Statistic) string {
	n := strconv.Itoa(len(p.Series))
	if !p.Time {
		return pick(w.zh, p.Title+"，共"+n+"幅小图，同一坐标，各项数值见下表。", p.Title+": "+n+" small charts on the same axes; the table below gives the values.")
	}
	from, to := p.Ticks[0].Label, p.Ticks[len(p.Ticks)-1].Label
	text := pick(w.zh, p.Title+"，"+from+"至"+to+"，共"+n+"幅小图，同一坐标；各自与本身往期相比，不作排名。",
		p.Title+", "+from+" to "+to+": "+n+" small charts on the same axes, each beside its own past; they are not ranked.")
	if partial, longer := spans(p, s); (partial || longer) && w.frequency != period.Irregular {
		l := lengths[w.frequency]
		text += pick(w.zh, "斜线所示为"+w.unlike(partial, longer)+"的数据，不与"+l[1]+"直接比较。", " Hatched periods are "+w.unlike(partial, longer)+" and not compared with "+l[3]+".")
	}
	return text
}

// capital makes the first letter of a sentence large.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}
