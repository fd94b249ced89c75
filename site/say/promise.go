package say

import (
	"math"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Verdict is a judgement in a word: 兑现, 未兑现, 成立, 不成立, 无从核验; empty where a row
// is neither a promise nor a claim.
func Verdict(o figures.Outcome, claim bool, l *locale.Language) string {
	switch {
	case o == figures.Holds && claim:
		return l.Text(locale.ClaimHolds)
	case o == figures.Holds:
		return l.Text(locale.PromiseKept)
	case o == figures.Fails && claim:
		return l.Text(locale.ClaimFails)
	case o == figures.Fails:
		return l.Text(locale.PromiseBroken)
	case o == figures.Unverifiable:
		return l.Text(locale.PromiseUnverifiable)
	}
	return ""
}

// whys are the reasons for which nothing can be said.
var whys = map[figures.Why]locale.Key{
	figures.NoTarget: locale.WhyNoTarget, figures.NoFigure: locale.WhyNoFigure, figures.NoValue: locale.WhyNoValue, figures.Withheld: locale.WhyWithheld,
	figures.Inexact: locale.WhyInexact, figures.Doubtful: locale.WhyDoubtful, figures.NotEnded: locale.WhyNotEnded, figures.OtherPeriod: locale.WhyOtherPeriod,
	figures.OtherUnit: locale.WhyOtherUnit, figures.Unlike: locale.WhyUnlike, figures.Interrupted: locale.WhyInterrupted, figures.TooFew: locale.WhyTooFew, figures.PartOnly: locale.WhyPart,
	figures.Closed: locale.WhyClosed, figures.NotDue: locale.WhyNotDue,
}

// Judgement says of a row, a sentence for each figure, by what it was judged: the figure
// with its formula, the target and the verdict, or the reason why there is none.
func Judgement(j figures.Judgement, l *locale.Language) []string {
	if j.Why != figures.Sure {
		return []string{l.Text(locale.JudgedReason, l.Text(whys[j.Why]), Verdict(j.Outcome, j.Claim, l))}
	}
	var all []string
	for _, f := range j.Figures {
		all = append(all, judged(f, j.Claim, l))
	}
	return all
}

func judged(j figures.Judged, claim bool, l *locale.Language) string {
	verdict := Verdict(j.Outcome, claim, l)
	if j.Provisional {
		verdict = l.Text(locale.Remark, verdict, l.Text(locale.StatusProvisional))
	}
	label := j.Of.Fields[j.Field].Label()
	statement := label
	switch {
	case claim && len(j.Series) > 0 && (j.Why == figures.Sure || j.Why == figures.Unlike):
		statement = series(j, label, l)
	case !claim && j.Row >= 0 && j.Of.Cell(j.Row, j.Field).Has():
		statement = figure(j, label, l)
	}
	switch {
	case j.Why == figures.OtherPlace:
		return l.Text(locale.JudgedFigure, statement, l.Text(locale.WhyOtherPlace, j.Place), verdict)
	case j.Why == figures.PartOnly || j.Why == figures.NotDue:
		return l.Text(locale.JudgedFigure, statement, l.Text(locale.Goal, goal(j, l))+l.Text(locale.Clause)+l.Text(whys[j.Why]), verdict)
	case j.Why != figures.Sure:
		return l.Text(locale.JudgedFigure, statement, l.Text(whys[j.Why]), verdict)
	case claim:
		return l.Text(locale.JudgedFigure, statement, l.Text(directions[j.Direction]), verdict)
	}
	reason := l.Text(locale.Goal, goal(j, l))
	if j.Part {
		reason += l.Text(locale.Clause) + l.Text(locale.WhyPartDecides)
	}
	if j.Earlier {
		reason += l.Text(locale.Clause) + l.Text(locale.WhyEarlier)
	}
	return l.Text(locale.JudgedFigure, statement, reason, verdict)
}

// directions are what claims say.
var directions = map[figures.Direction]locale.Key{
	figures.Rising: locale.ClaimRising, figures.Falling: locale.ClaimFalling, figures.Up: locale.ClaimUp, figures.Down: locale.ClaimDown,
}

// figure writes a figure with its period and its formula in words and numbers.
func figure(j figures.Judged, label string, l *locale.Language) string {
	value := locale.Cell(j.Of, j.Row, j.Field, l)
	if n, form, close := j.Target().Close(); close {
		value = locale.Number(n, j.Of.Unit(j.Row, j.Field), form, l)
	}
	if p := j.Of.Period(j.Row); !p.IsZero() {
		label = l.Text(locale.Remark, label, l.Label(p))
	}
	parts := []string{label}
	if words := Formula(j.Of, -1, j.Field, l); words != "" {
		parts = append(parts, words, Formula(j.Of, j.Row, j.Field, l))
	}
	return strings.Join(append(parts, value), " = ")
}

// goal writes a target: 不低于100%, 每季度不低于1次.
func goal(j figures.Judged, l *locale.Language) string {
	unit := j.Goal.Unit
	if unit == "" {
		unit = j.Of.Unit(max(j.Row, 0), j.Field)
	}
	return Goal(j.Goal, unit, l)
}

// Goal writes a target in words, with the unit that it counts in.
func Goal(g figures.Goal, unit string, l *locale.Language) string {
	key := locale.AtMost
	if g.AtLeast {
		key = locale.AtLeast
	}
	text := l.Text(key, locale.Number(g.Value, unit, g.Form, l))
	if g.Every != period.Irregular {
		text = l.Text(locale.GoalEvery, l.Text(locale.Frequencies[g.Every]), text)
	}
	return text
}

// series writes the figures of a claim in their order, or their monthly averages, with
// the caution that these may be of unlike months.
func series(j figures.Judged, label string, l *locale.Language) string {
	var steps []string
	for i, o := range j.Series {
		n := j.Level(i)
		text := locale.Number(n, o.Unit, bureau.Form{}, l)
		if math.IsNaN(n) {
			text = locale.Meaning(o.Status&bureau.Instead, l)
		}
		steps = append(steps, l.Text(locale.Remark, text, l.Label(o.Period)))
	}
	list := strings.Join(steps, l.Text(locale.Comma))
	if !j.Averages {
		return l.Text(locale.SeriesOf, label, list)
	}
	text := l.Text(locale.SeriesOfAverages, label, list)
	for _, o := range j.Series[1:] {
		if o.Period.Months() != j.Series[0].Period.Months() {
			return Season(text, l)
		}
	}
	return text
}
