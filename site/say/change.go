package say

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// text writes the figure; average that of one of its months.
func text(o figures.Observation, lang string) string {
	return locale.Figure(o.Value, o.Unit, o.Status, o.Qualifier, lang)
}

// inner writes the figure where it already stands in brackets.
func inner(o figures.Observation, lang string) string {
	text := locale.Qualified(o.Value, o.Unit, o.Qualifier, lang)
	if words := locale.Meaning(o.Status, lang); words != "" {
		return text + pick(lang == "zh", "，", ", ") + words
	}
	return text
}

// day names the period of a base; of a stock it is the day alone.
func day(o figures.Observation, lang string) string {
	return strings.TrimPrefix(strings.TrimPrefix(o.Period.Label(lang), "截至"), "as at ")
}

func averageText(o figures.Observation, lang string) string {
	return locale.Figure(math.Round(10*o.Average())/10, o.Unit, o.Status&^bureau.Instead, o.Qualifier, lang)
}

// step says the change in words: 增加337件，增长16.5%; up 337 件 (16.5%). For
// averages it says the percentage alone, as the averages stand beside it.
func step(c figures.Change, lang string) string {
	zh := lang == "zh"
	difference := c.Latest.Value - c.Base.Value
	if c.Basis == figures.Averages {
		difference = c.Latest.Average() - c.Base.Average()
	}
	size := math.Abs(difference)
	if size < 1e-9*max(1, math.Abs(c.Base.Value)) {
		return pick(zh, "持平", "unchanged")
	}
	up := difference > 0
	if figures.Percentage(c.Latest.Unit) {
		points := locale.Format(math.Round(100*size)/100, "", lang)
		mark := pick(c.Latest.Unit == "%", pick(zh, "个百分点", " percentage points"), pick(zh, "个千分点", " points per thousand"))
		return pick(zh, pick(up, "提高", "降低"), pick(up, "up ", "down ")) + points + mark
	}
	percent := locale.Format(math.Abs(c.Percent()), "%", lang)
	if c.Basis == figures.Averages {
		switch {
		case c.TooSmall():
			return pick(zh, pick(up, "增加", "减少")+"（基数较小，不计算百分比）", pick(up, "up", "down")+" (the base is too small for a percentage)")
		case c.Percent() == 0:
			return pick(zh, "基本持平", "almost unchanged")
		}
		return pick(zh, pick(up, "增长", "下降")+percent, pick(up, "up ", "down ")+percent) + note(c, lang)
	}
	text := pick(zh, pick(up, "增加", "减少"), pick(up, "up ", "down ")) + locale.Format(size, c.Latest.Unit, lang)
	switch {
	case c.TooSmall():
		return text + pick(zh, "（基数较小，不计算百分比）", " (the base is too small for a percentage)")
	case c.Percent() == 0:
		return text
	}
	return text + pick(zh, "，"+pick(up, "增长", "下降")+percent, " ("+percent+")") + note(c, lang)
}

// note is what is said beside a percentage on a base that is not large.
func note(c figures.Change, lang string) string {
	limit, noted := c.Noted()
	if !noted {
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
