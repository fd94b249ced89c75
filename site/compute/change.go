package compute

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// figure is one value of a series in time, with the cell that it is from.
type figure struct {
	period    period.Period
	value     float64 // as published, never an average; NaN where a marker stands instead
	unit      string
	status    bureau.Status
	qualifier bureau.Qualifier
	partial   bool
	bases     bureau.Figures
}

func (f figure) has() bool { return !math.IsNaN(f.value) }

func (f figure) average() float64 { return f.value / float64(f.period.Months()) }

// text writes the figure; average that of one of its months.
func (f figure) text(lang string) string {
	return figureText(f.value, f.unit, f.status, f.qualifier, lang)
}

// inner writes the figure where it already stands in brackets.
func (f figure) inner(lang string) string {
	text := Qualified(f.value, f.unit, f.qualifier, lang)
	if words := meaning(f.status, lang); words != "" {
		return text + pick(lang == "zh", "，", ", ") + words
	}
	return text
}

// day names the period of a base; of a stock it is the day alone.
func (f figure) day(lang string) string {
	return strings.TrimPrefix(strings.TrimPrefix(f.period.Label(lang), "截至"), "as at ")
}

func (f figure) averageText(lang string) string {
	return figureText(math.Round(10*f.average())/10, f.unit, f.status&^bureau.Instead, f.qualifier, lang)
}

// basis is what two figures are compared on.
type basis uint8

const (
	noBasis     basis = iota
	likePeriods       // the same months of another year
	averages          // monthly averages
	broken            // a break in series stands between them
)

// change is the step from base to latest.
type change struct {
	basis        basis
	base, latest figure
}

// latestOf gives the index of the last figure that is a value, or -1.
func latestOf(figures []figure) int {
	for i := len(figures) - 1; i >= 0; i-- {
		if figures[i].has() {
			return i
		}
	}
	return -1
}

// changeTo finds what the figure at i may be compared with: the like period
// nearest before it, else, where it is partial and a flow over whole months, the
// monthly average of the full period before it.
func changeTo(figures []figure, i int) change {
	c := change{latest: figures[i]}
	at := -1
	for j := i - 1; j >= 0 && at < 0; j-- {
		if figures[j].has() && figures[j].unit == c.latest.unit && period.Like(figures[j].period, c.latest.period) {
			at, c.basis = j, likePeriods
		}
	}
	if at < 0 && c.latest.partial && c.latest.period.Months() > 0 && !percentage(c.latest.unit) {
		for j := i - 1; j >= 0 && at < 0; j-- {
			f := figures[j]
			if f.has() && f.unit == c.latest.unit && !f.partial && f.period.Months() > 0 && f.period.End < c.latest.period.Start {
				at, c.basis = j, averages
			}
		}
	}
	if at < 0 {
		return c
	}
	c.base = figures[at]
	for _, f := range figures[at+1 : i+1] {
		if f.status&bureau.Break != 0 {
			c.basis = broken
		}
	}
	return c
}

func percentage(unit string) bool { return unit == "%" || unit == "‰" }

// percent is the change in per cent of the base, to one decimal.
func (c change) percent() float64 {
	a, b := c.base.value, c.latest.value
	if c.basis == averages {
		a, b = c.base.average(), c.latest.average()
	}
	return math.Round(1000*(b-a)/a) / 10
}

// step says the change in words: 增加337件，增长16.5%; up 337 件 (16.5%). For
// averages it says the percentage alone, as the averages stand beside it.
func (c change) step(lang string) string {
	zh := lang == "zh"
	difference := c.latest.value - c.base.value
	if c.basis == averages {
		difference = c.latest.average() - c.base.average()
	}
	size := math.Abs(difference)
	if size < 1e-9*max(1, math.Abs(c.base.value)) {
		return pick(zh, "持平", "unchanged")
	}
	up := difference > 0
	if percentage(c.latest.unit) {
		points := Format(math.Round(100*size)/100, "", lang)
		mark := pick(c.latest.unit == "%", pick(zh, "个百分点", " percentage points"), pick(zh, "个千分点", " points per thousand"))
		return pick(zh, pick(up, "提高", "降低"), pick(up, "up ", "down ")) + points + mark
	}
	percent := Format(math.Abs(c.percent()), "%", lang)
	if c.basis == averages {
		switch {
		case c.tooSmall():
			return pick(zh, pick(up, "增加", "减少")+"（基数较小，不计算百分比）", pick(up, "up", "down")+" (the base is too small for a percentage)")
		case c.percent() == 0:
			return pick(zh, "基本持平", "almost unchanged")
		}
		return pick(zh, pick(up, "增长", "下降")+percent, pick(up, "up ", "down ")+percent) + c.note(lang)
	}
	text := pick(zh, pick(up, "增加", "减少"), pick(up, "up ", "down ")) + Format(size, c.latest.unit, lang)
	switch {
	case c.tooSmall():
		return text + pick(zh, "（基数较小，不计算百分比）", " (the base is too small for a percentage)")
	case c.percent() == 0:
		return text
	}
	return text + pick(zh, "，"+pick(up, "增长", "下降")+percent, " ("+percent+")") + c.note(lang)
}

// tooSmall tells whether the base is too small for a percentage. It is the
// count, also where averages are compared.
func (c change) tooSmall() bool {
	return c.base.value < float64(c.base.bases.NoPercentBelow.V) || c.base.value == 0
}

// note is what is said beside a percentage on a base that is not large.
func (c change) note(lang string) string {
	limit := c.base.bases.NoteBelow.V
	if c.base.value >= float64(limit) {
		return ""
	}
	n := strconv.Itoa(limit)
	return pick(lang == "zh", "（基数不足"+n+"，百分比波动较大）", " (on a base under "+n+", where percentages swing widely)")
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}
