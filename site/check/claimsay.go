package check

import (
	"math/big"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// This file says what is wrong with a claim, and what would be true.

func notPublished(p period.Period) problem.Text {
	return problem.Say("“%s”没有公布数值", `no figure of "%s" is published`, labelOf(p))
}

// seriesWith gives the rows of the series that holds a row.
func seriesWith(s *bureau.Statistic, row int) [][]int {
	for _, rows := range figures.Series(s) {
		if rows[0] == row {
			return [][]int{rows}
		}
	}
	return nil
}

// word is what of the text as it was written makes a claim.
func (s *scene) word(at span) string {
	if at.start >= at.end || at.end >= len(s.offsets) {
		return ""
	}
	return s.text[s.offsets[at.start]:s.offsets[at.end]]
}

// at is where the sentence stands.
func (s *scene) at() problem.Position { return s.place(0) }

// unsupported warns of a claim that nothing published bears out.
func (s *scene) unsupported(a assertion, own string) {
	s.t.problems.Warn(s.at(), problem.ClaimsSource, s.inside(
		problem.Say("“%s”写的“%s”没有公布的数值支持", `"%s" says "%s", which no published figure supports`, problem.Quote(s.text), problem.Quote(s.word(a.span)))),
		problem.Say("引用公布的数值，写成{{统计/期间/字段}}，或者写明是谁、什么时候测得的；都没有的，删去这句话", "print a published figure, {{statistic/period/field}}, or say who measured it and when; delete the sentence where there is neither"))
}

// report warns of a claim that the figures deny or do not bear.
func (s *scene) report(a assertion, v verdict, c comparison) {
	sentence, word := problem.Quote(s.text), problem.Quote(s.word(a.span))
	switch v.kind {
	case unpublished:
		s.unsupported(a, "")
	case baseless:
		s.t.problems.Warn(s.at(), problem.ClaimsBasis, s.inside(
			problem.Say("“%s”写的“%s”没有可比的基础：%s%s", `"%s" says "%s" without a basis to compare: %s%s`, sentence, word, v.reason, listed(v, c))), v.hint(c))
	case denied:
		figures := listed(v, c)
		if v.reason.ZH != "" {
			figures = problem.Text{ZH: "（" + v.reason.ZH + "）", EN: " (" + v.reason.EN + ")"}
		}
		s.t.problems.Warn(s.at(), problem.ClaimsFigures, s.inside(
			problem.Say("“%s”写的“%s”与公布的数值不符%s", `"%s" says "%s", and the published figures say otherwise%s`, sentence, word, figures)), v.hint(c))
	}
}

// reportNumber reports a number that is not the published one.
func (s *scene) reportNumber(k countOf, v verdict, strict bool) {
	sentence, word := problem.Quote(s.text), problem.Quote(s.word(k.span))
	switch v.kind {
	case baseless:
		s.t.problems.Warn(s.at(), problem.ClaimsSource, s.inside(
			problem.Say("“%s”写了“%s”，而%s", `"%s" says "%s", but %s`, sentence, word, v.reason)),
			problem.Say("删去这个数字，或者写明它的来源", "delete the number, or say where it is from"))
	case unpublished:
		s.t.problems.Warn(s.at(), problem.ClaimsSource, s.inside(
			problem.Say("“%s”写的“%s”没有公布的数值支持：统计“%s”没有这一期", `"%s" says "%s", which no published figure supports: the statistic "%s" does not have that period`, sentence, word, problem.Quote(v.of.Title()))),
			problem.Say("写明它的来源，或者删去这个数字", "say where it is from, or delete the number"))
	case denied:
		message := s.inside(problem.Say("“%s”写的“%s”与公布的数值不符%s", `"%s" says "%s", and the published figure is another%s`, sentence, word, listed(v, comparison{})))
		hint := problem.Say("改成“%s”", `write "%s"`, v.of.valueText(v.latest.value))
		if reference, is := v.of.reference(v.latest); is {
			hint = problem.Say("改成“%s”，或者直接引用：%s", `write "%s", or print the figure itself: %s`, v.of.valueText(v.latest.value), "{{"+reference+"}}")
		}
		if strict {
			s.t.problems.Error(s.at(), problem.ClaimsNumber, message, hint)
		} else {
			s.t.problems.Warn(s.at(), problem.ClaimsFigures, message, hint)
		}
	}
}

// reference is what prints a figure of a track, where it stands in a cell.
func (of *track) reference(p point) (string, bool) {
	if of.row < 0 || of.computed {
		return "", false
	}
	for _, rows := range seriesWith(of.Statistic, of.row) {
		for _, r := range rows {
			if o := of.Period(r); o.Start == p.Start && o.End == p.End {
				return of.Name + "/" + of.RowName(r) + "/" + of.Fields[of.field].Name, true
			}
		}
	}
	return "", false
}

// valueText writes a figure with its unit.
func (of *track) valueText(v *big.Rat) problem.Text {
	if v == nil {
		return problem.Text{}
	}
	text := plainNumber(v)
	if of.over >= 0 || of.unit() == "%" {
		text, _ = figures.Rounded(v, 1, 1)
	}
	return problem.Text{ZH: text + of.unit(), EN: strings.TrimSpace(text + of.unit())}
}

// listed writes the figures that tell, the last six.
func listed(v verdict, c comparison) problem.Text {
	var zh, en []string
	for _, p := range v.shown[max(0, len(v.shown)-6):] {
		value := p.value
		if c.average && p.perMonth() != nil {
			value = p.perMonth()
		}
		label, text := labelOf(p.Period), problem.Text{ZH: "没有公布", EN: "not published"}
		if value != nil {
			text = v.of.valueText(value)
			if c.average {
				n, _ := figures.Rounded(value, 1, -1)
				text = problem.Text{ZH: n + v.of.unit(), EN: n + v.of.unit()}
			}
		}
		zh, en = append(zh, label.ZH+" "+text.ZH), append(en, label.EN+" "+text.EN)
	}
	if zh == nil {
		return problem.Text{}
	}
	name := problem.Quote(v.of.Fields[v.of.field].Label())
	if v.of.computed {
		name = problem.Quote(v.of.Fields[v.of.part].Label()) + "/" + problem.Quote(v.of.Fields[v.of.over].Label())
	}
	if v.of.label != "" {
		name = problem.Quote(v.of.label) + name
	}
	month := problem.Text{}
	if c.average {
		month = problem.Text{ZH: "月均", EN: " a month"}
	}
	return problem.Text{ZH: "（" + name + month.ZH + "：" + strings.Join(zh, "，") + "）", EN: " (" + name + month.EN + ": " + strings.Join(en, ", ") + ")"}
}

// hint gives the sentence that would be true, where the figures give one.
func (v verdict) hint(c comparison) problem.Text {
	if v.advice.ZH != "" {
		return v.advice
	}
	if v.of != nil && v.base.value != nil && v.latest.value != nil && v.base.End < v.latest.End {
		if t := v.of.compared(v.base, v.latest, c); t.ZH != "" {
			if !like(v.base.Period, v.latest.Period) {
				return problem.Say("改写为“%s”，并注明月份不同、季节有影响；或者删去这句话", `write "%s", and note that the months differ and seasons matter, or delete the sentence`, t)
			}
			return problem.Say("改写为“%s”，或者删去这句话", `write "%s", or delete the sentence`, t)
		}
	}
	if v.kind == baseless {
		return problem.Say("改用相同月份或者月均来比，并写明用的是哪一种；不能比的，删去这句话", "compare the same months, or monthly averages, and say which; delete the sentence where neither is possible")
	}
	return problem.Say("按公布的数值改写，或者删去这句话", "write it as the figures are, or delete the sentence")
}

// compared says how a figure moved, between like periods or by monthly averages.
func (of *track) compared(base, latest point, c comparison) problem.Text {
	from, to := base.value, latest.value
	per := problem.Text{}
	if !like(base.Period, latest.Period) || c.average {
		if from, to = base.perMonth(), latest.perMonth(); from == nil || to == nil || !of.Fields[of.field].Additive || of.over >= 0 {
			return problem.Text{}
		}
		per = problem.Text{ZH: "月均", EN: " a month on average"}
	}
	if _, broken := of.breaks(base.End, latest.End); broken {
		return problem.Text{}
	}
	value := func(r *big.Rat) string {
		if per.ZH != "" || of.over >= 0 {
			text, _ := figures.Rounded(r, 1, -1)
			return text
		}
		return plainNumber(r)
	}
	unit := of.unit()
	d := new(big.Rat).Sub(to, from)
	name := of.label + of.Fields[of.field].Label()
	if of.computed {
		name = of.label + of.Fields[of.part].Label() + "占" + of.Fields[of.over].Label()
	}
	move, moveEN := "上升", "up"
	if d.Sign() < 0 {
		move, moveEN = "下降", "down"
	}
	d.Abs(d)
	by := ""
	byEN := ""
	limit := big.NewRat(int64(of.Bases.NoPercentBelow.V), 1)
	switch {
	case d.Sign() == 0:
		move, moveEN = "持平", "unchanged"
	case unit == "%":
		n, _ := figures.Rounded(d, 1, -1)
		by, byEN = n+"个百分点", " "+n+" percentage points"
	case from.Sign() > 0 && base.value.Cmp(limit) >= 0:
		n, _ := figures.Rounded(new(big.Rat).Quo(new(big.Rat).Mul(d, big.NewRat(100, 1)), from), 1, -1)
		by, byEN = n+"%", " "+n+"%"
	default:
		by, byEN = plainNumber(d)+unit, " "+plainNumber(d)+unit
	}
	last, first := labelOf(latest.Period), labelOf(base.Period)
	zh := last.ZH + name + per.ZH + value(to) + unit + "，比" + first.ZH + per.ZH + "的" + value(from) + unit + move + by
	if d.Sign() == 0 {
		zh = last.ZH + name + per.ZH + value(to) + unit + "，与" + first.ZH + "持平"
	}
	en := name + " was " + value(to) + unit + per.EN + " in " + last.EN + ", " + moveEN + byEN + " compared with " + first.EN + " (" + value(from) + unit + per.EN + ")"
	return problem.Text{ZH: zh, EN: en}
}
