package check

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// This file holds two measures of one statistic against each other: 破案数超过立案数.

// against judges that one measure is more, or less, than another, in the latest period
// or in each of those that are named; false where a clause names no two of one unit.
func (s *scene) against(i int, a assertion, ahead, behind span) (verdict, bool) {
	if a.kind != moves || a.growth {
		return verdict{}, false
	}
	text := s.plain[behind.start:behind.end]
	if english(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		at := strings.Index(text, "than ")
		if at < 0 {
			return verdict{}, false
		}
		if at > 1 { // more cases were filed than were solved
			ahead, behind = span{a.end, behind.start + at}, span{behind.start + at, behind.end}
		}
	} else if !a.compare {
		return verdict{}, false
	}
	left := s.t.subjectsIn(s.plain, ahead, s.inReach)
	if len(left) != 1 {
		return verdict{}, false
	}
	near := func(o *bureau.Statistic) bool { return s.inReach(o) || o == left[0][0].Statistic }
	right := s.t.subjectsIn(s.plain, behind, near)
	if right == nil {
		right = s.t.subjectsIn(s.plain, a.span, near) // 比立案数多
	}
	if len(right) != 1 || half.MatchString(text) || partOf.MatchString(text) {
		return verdict{}, false
	}
	for _, x := range left[0] {
		for _, y := range right[0] {
			if x.Statistic != y.Statistic || x.field == y.field && x.computed == y.computed || x.unit() != y.unit() {
				continue
			}
			whole := span{ahead.start, behind.end}
			p, q := x.tracksOf(s.named(x.measured, i, whole)), y.tracksOf(s.named(y.measured, i, whole))
			if len(p) == 1 && len(q) == 1 {
				return s.sidesOf(i, a, p[0], q[0], s.comparisonOf(i, a)), true
			}
		}
	}
	return verdict{}, false
}

// partOf is a part, or a multiple, of a measure: 超过办件总量的一半.
var partOf = regexp.MustCompile(`的?(?:一半|半数|[一二两三四五六七八九]成|分之|倍)|\b(?:half|twice|third|quarter|times)\b`)

// sidesOf holds the figures of two tracks against each other.
func (s *scene) sidesOf(i int, a assertion, x, y *track, c comparison) verdict {
	var all []point
	if text := s.plain[:s.clauses[i].end]; eachOf.MatchString(text) || alwaysWords.MatchString(text) {
		from, to := x.spanOf(c)
		all = x.within(from, to)
	} else {
		p, v := x.latestOf(c)
		if v.kind != borneOut {
			return v
		}
		all = []point{p}
	}
	for _, p := range all {
		q, how := y.at(p.Period)
		if c.excepts(p.Period) || p.value == nil || how != found {
			continue
		}
		d := new(big.Rat).Sub(p.value, q.value)
		right := a.up == (d.Sign() > 0) && d.Sign() != 0
		if right && a.amount != nil && (a.amount.unit != "%" || x.unit() == "%") {
			m := *a.amount
			if m.unit == "points" || m.unit == "%" {
				m.unit = ""
			}
			right = fits(&m, d.Abs(d), x.unit())
		}
		if right && a.least != nil && q.value.Sign() != 0 {
			r := new(big.Rat).Quo(p.value, q.value)
			right = inBounds(r.Sub(r, big.NewRat(1, 1)).Abs(r), a.least, a.most)
		}
		if !right {
			when, l, r := labelOf(p.Period), x.valueText(p.value), y.valueText(q.value)
			one, other := x.Fields[x.field], y.Fields[y.field]
			return verdict{kind: denied, of: x, latest: p, reason: problem.Text{
				ZH: when.ZH + "：" + one.Bare() + " " + l.ZH + "，" + other.Bare() + " " + r.ZH,
				EN: when.EN + ": " + one.Bare() + " " + l.EN + "; " + other.Bare() + " " + r.EN,
			}}
		}
	}
	if !slices.ContainsFunc(all, func(p point) bool { return p.value != nil }) {
		return verdict{}
	}
	return verdict{kind: borneOut}
}
