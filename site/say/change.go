package say

import (
	"math"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// text writes the figure; average that of one of its months.
func text(o figures.Observation, l *locale.Language) string {
	return locale.Figure(o.Value, o.Unit, o.Form, o.Status, o.Qualifier, l)
}

// inner writes the figure where it already stands in brackets.
func inner(o figures.Observation, l *locale.Language) string {
	text := locale.Qualified(o.Value, o.Unit, o.Form, o.Qualifier, l)
	if words := locale.Meaning(o.Status, l); words != "" {
		return text + l.Text(locale.InnerComma) + words
	}
	return text
}

func average(o figures.Observation, l *locale.Language) string {
	return locale.Figure(figures.Ratio(1, o.Value, float64(o.Period.Months()), 1), o.Unit, bureau.Form{}, o.Status&^bureau.Instead, o.Qualifier, l)
}

// Season is the caution beside monthly averages of unlike months, in brackets.
func Season(text string, l *locale.Language) string {
	return l.Text(locale.Remark, text, l.Text(locale.UnlikeMonths))
}

// seasonal tells whether a change is one of monthly averages of unlike months.
func seasonal(c figures.Change) bool {
	return c.Basis == figures.Averages && c.Base.Period.Months() != c.Latest.Period.Months()
}

// unsaid says why no change on the base is computed: a figure that is not exact, or shares
// of so few that points say nothing. It is empty where step says one.
func unsaid(c figures.Change, base string, l *locale.Language) string {
	if c.Latest.Qualifier != bureau.Exact || c.Base.Qualifier != bureau.Exact {
		return l.Text(locale.NoChange, base, l.Text(locale.ChangeRough))
	}
	said, _ := c.Shown()
	if none := !said && figures.Percentage(c.Latest.Unit) && math.Abs(c.Difference(9)) >= 1e-9*max(1, math.Abs(c.Base.Value)); none {
		return l.Text(locale.NoChange, base, l.Text(locale.RateSmall, c.Latest.Bases.NoPercentBelow.V))
	}
	return ""
}

// step says the change in words: 增加337件，增长16.5%. For averages it says the
// percentage alone, as the averages stand beside it. equal says that there is
// none, or almost none.
func step(c figures.Change, l *locale.Language) (words string, equal bool) {
	_, inPercent := c.Shown()
	difference := c.Difference(9)
	size := math.Abs(difference)
	if size < 1e-9*max(1, math.Abs(c.Base.Value)) {
		return l.Text(locale.Equal), true
	}
	either := func(up, down locale.Key) locale.Key {
		if difference > 0 {
			return up
		}
		return down
	}
	if figures.Percentage(c.Latest.Unit) {
		key := either(locale.UpPoints, locale.DownPoints)
		if c.Latest.Unit != "%" {
			key = either(locale.UpMillePoints, locale.DownMillePoints)
		}
		words = l.Text(key, locale.Decimal(math.Abs(c.Difference(2))))
		bases := c.Latest.Bases
		if count, known := c.Divisor(); known && count < float64(bases.NoteBelow.V) {
			words = l.Text(locale.OnSmallBase, words, bases.NoteBelow.V)
		}
		return words, false
	}
	percent := locale.Format(math.Abs(c.Percent()), "%", l)
	amount := locale.Format(size, c.Latest.Unit, l)
	switch averages := c.Basis == figures.Averages; {
	case averages && !inPercent:
		return l.Text(either(locale.UpSmall, locale.DownSmall)), false
	case averages && c.Percent() == 0:
		return l.Text(locale.AlmostEqual), true
	case averages:
		words = l.Text(either(locale.UpPercent, locale.DownPercent), percent)
	case !inPercent:
		return l.Text(either(locale.UpBySmall, locale.DownBySmall), amount), false
	case c.Percent() == 0:
		return l.Text(either(locale.UpBy, locale.DownBy), amount), false
	default:
		words = l.Text(either(locale.UpByPercent, locale.DownByPercent), amount, percent)
	}
	if limit, noted := c.Noted(); noted {
		words = l.Text(locale.OnSmallBase, words, limit)
	}
	return words, false
}
