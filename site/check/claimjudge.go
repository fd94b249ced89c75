package check

import (
	"math/big"
	"slices"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// This file judges an assertion by the figures of a track.

// comparison is what times a clause compares.
type comparison struct {
	latest   period.Period // zero where the clause names none
	base     period.Period // what it is compared with
	before   bool          // with the same time of the year before: 同比
	previous bool          // with the period before: 环比
	from, to period.Date   // the span that it speaks of; 0 for no end
	each     bool          // of each period in that span: 各月均
	average  bool          // of monthly averages
	years    int           // of the last so many years: 近五年
	asked    bool          // a base was named, in whatever way
	ends     period.Period // from the first of its periods to the last
	after    period.Date   // from the period that ends on that day on: 8月起, 此后
	except   []period.Period
	others   []period.Period // of which the same is said: in 2020 and again in 2025
}

// verdict is what the figures say of an assertion.
type verdict struct {
	kind   verdictKind
	reason problem.Text // why there is nothing to compare, or the figures in words
	advice problem.Text // what to do, where no sentence can be given
	shown  []point      // the figures that tell
	base   point        // of a pair
	latest point
	of     *track
}

type verdictKind uint8

const (
	unknown     verdictKind = iota // cannot be told: it is left alone
	borneOut                       // the figures bear it out
	denied                         // they say otherwise
	baseless                       // they cannot be compared
	unpublished                    // there are none
)

// judge holds an assertion against a track.
func (t *claims) judge(a assertion, of *track, c comparison) verdict {
	if c.years > 0 && c.from == 0 && (a.kind == moves && (a.every || c.latest.IsZero()) || a.kind == times) {
		end := c.latest.End
		for i := len(of.points) - 1; i >= 0 && end == 0; i-- {
			if p := of.points[i]; p.Months() == 12 {
				end = p.End
			}
		}
		if end != 0 {
			y := end.Time().Year()
			c.from, c.to = period.NewDate(y-c.years+1, 1, 1), end
			if !a.every {
				c.latest = period.Period{Start: period.NewDate(y, 1, 1), End: end}
				if c.base.IsZero() && !c.before && !c.previous {
					c.base = period.Period{Start: period.NewDate(y-c.years+1, 1, 1), End: period.NewDate(y-c.years+2, 1, 1) - 1}
					if p, how := of.at(period.Period{Start: period.NewDate(y-c.years, 1, 1), End: period.NewDate(y-c.years+1, 1, 1) - 1}); how == found && a.kind == times {
						c.base = p.Period
					}
				}
			}
		}
	}
	if !c.ends.IsZero() && !a.every && !c.each && a.kind != tops {
		points := of.within(c.ends.Start, c.ends.End)
		if len(points) < 2 {
			return verdict{kind: unpublished, of: of}
		}
		c.base, c.latest = points[0].Period, points[len(points)-1].Period
	}
	if c.after != 0 && a.kind == moves {
		return t.from(a, of, c)
	}
	if a.debut && c.from != 0 && a.kind == moves {
		return firstMove(a, of, c)
	}
	if a.compare && a.run > 0 && (c.asked || c.before) { // 连续18个月低于上年同月
		from, to := of.points[0].Start, of.points[len(of.points)-1].End
		if !c.latest.IsZero() {
			to = c.latest.End
		}
		points := of.within(from, to)
		if len(points) < a.run {
			return verdict{kind: unpublished, of: of}
		}
		c.from, c.to, c.latest, c.ends = points[len(points)-a.run].Start, to, period.Period{}, period.Period{}
		c.before = c.before || !c.previous
		return eachAgainst(a, of, c)
	}
	switch a.kind {
	case moves, stays:
		switch {
		case c.each && (c.before || c.asked):
			return eachAgainst(a, of, c)
		case a.every || c.each && a.kind == moves:
			return everyStep(a, of, c)
		}
		return t.step(a, of, c)
	case times:
		return t.step(a, of, c)
	case tops:
		v := highest(a, of, c)
		if a.either && v.kind == denied {
			a.up = !a.up
			if w := highest(a, of, c); w.kind != denied {
				return w
			}
		}
		return v
	}
	return verdict{}
}

// from judges a move that set in after a day: the first period after it and the last
// of the table are held against the one that ends on it; each step, where the words
// say so.
func (t *claims) from(a assertion, of *track, c comparison) verdict {
	i := slices.IndexFunc(of.points, func(p point) bool { return p.End == c.after && p.value != nil })
	if i < 0 {
		return verdict{}
	}
	base := of.points[i]
	var after []point
	for _, p := range of.points {
		if p.Start > c.after && p.value != nil && like(base.Period, p.Period) {
			after = append(after, p)
		}
	}
	if len(after) == 0 {
		return verdict{}
	}
	if a.every || c.each {
		c.from, c.to, c.latest, c.after = base.Start, after[len(after)-1].End, period.Period{}, 0
		return everyStep(a, of, c)
	}
	first := a
	first.amount = nil
	if v := t.pair(first, of, c, base, after[0]); v.kind != borneOut {
		return v
	}
	return t.pair(a, of, c, base, after[len(after)-1])
}

// firstMove judges that a figure moved one way for the first time since a time.
func firstMove(a assertion, of *track, c comparison) verdict {
	_, to := of.spanOf(c)
	if !c.latest.IsZero() {
		to = c.latest.End
	}
	points := of.within(c.from, to)
	for n := 1; n < len(points); n++ {
		x, y := points[n-1], points[n]
		if x.value == nil || y.value == nil || !like(x.Period, y.Period) {
			return verdict{}
		}
		d := y.value.Cmp(x.value)
		if moved := a.up && d > 0 || !a.up && d < 0; moved != (n == len(points)-1) {
			return verdict{kind: denied, of: of, base: x, latest: y, shown: []point{x, y}}
		}
	}
	return verdict{kind: borneOut}
}

// excepts tells whether a period is among those of which nothing is said: 除2020年外.
func (c comparison) excepts(p period.Period) bool {
	return slices.ContainsFunc(c.except, func(o period.Period) bool { return o.Start <= p.Start && p.End <= o.End })
}

var smallestStrong, smallestSlight = big.NewRat(10, 1), big.NewRat(10, 1)

// step judges a move from one period to another.
func (t *claims) step(a assertion, of *track, c comparison) verdict {
	if a.amount != nil && a.amount.to {
		p, v := of.latestOf(c)
		if v.kind != borneOut {
			return v
		}
		if !fits(a.amount, p.value, of.unit()) {
			return verdict{kind: denied, of: of, shown: []point{p}, latest: p}
		}
	}
	pairs, v := t.pairs(a, of, c)
	if len(pairs) == 0 {
		return v
	}
	var worst verdict
	for _, p := range pairs {
		v := t.pair(a, of, c, p[0], p[1])
		if v.kind == borneOut || v.kind == unknown {
			return v
		}
		if worst.kind == unknown {
			worst = v
		}
	}
	return worst
}

// latestOf finds the figure that a comparison ends with.
func (of *track) latestOf(c comparison) (point, verdict) {
	if c.latest.IsZero() {
		for i := len(of.points) - 1; i >= 0; i-- {
			if p := of.points[i]; p.value != nil && (c.to == 0 || p.End <= c.to) {
				return p, verdict{kind: borneOut}
			}
		}
		return point{}, verdict{kind: unpublished, of: of}
	}
	p, how := of.at(c.latest)
	if how == absent {
		if so, is := of.reached(c.latest); is {
			p, how = of.at(so)
		}
	}
	switch how {
	case absent:
		return p, verdict{kind: unpublished, of: of, latest: p}
	case missing:
		return p, verdict{kind: baseless, of: of, latest: p, reason: problem.Say("“%s”没有公布数值", `no figure of "%s" is published`, labelOf(p.Period))}
	}
	return p, verdict{kind: borneOut}
}

// pairs finds what may be meant to be compared: base and latest.
func (t *claims) pairs(a assertion, of *track, c comparison) ([][2]point, verdict) {
	latest, v := of.latestOf(c)
	if v.kind != borneOut {
		return nil, v
	}
	var bases []period.Period
	switch {
	case c.before:
		bases = append(bases, latest.LastYear())
	case !c.base.IsZero():
		bases = append(bases, c.base)
		if !like(c.base, latest.Period) && c.base.Months() == 12 {
			moved := latest.Period
			for moved.End > c.base.End {
				moved = moved.LastYear()
			}
			if _, how := of.at(moved); how == found && t.day != 0 && c.base.Start.Time().Year() == t.day.Time().Year()-1 && t.relative {
				bases = []period.Period{moved}
			}
		}
	case c.previous:
		bases = append(bases, preceding(latest.Period))
	default:
		if p, is := of.pointBefore(latest); is {
			if p.value == nil {
				return nil, verdict{kind: baseless, of: of, latest: latest, reason: problem.Say("“%s”没有公布数值", `no figure of "%s" is published`, labelOf(p.Period))}
			}
			bases = append(bases, p.Period)
		}
		if a.kind == times && c.from == 0 && len(of.points) > 0 {
			bases = append(bases, of.points[0].Period)
		}
		if l := latest.LastYear(); !l.IsZero() && !(a.back && len(bases) > 0 && latest.span != period.Longer) {
			if _, how := of.at(l); how == found && !slices.ContainsFunc(bases, func(p period.Period) bool { return p.Start == l.Start && p.End == l.End }) {
				bases = append(bases, l)
			}
		}
		if len(bases) == 0 {
			return nil, verdict{kind: baseless, of: of, latest: latest, shown: []point{latest}, reason: problem.Say("表中只有一期", "the table has one period")}
		}
	}
	var all [][2]point
	for _, b := range bases {
		p, how := of.at(b)
		if how == found {
			all = append(all, [2]point{p, latest})
			continue
		}
		if v.kind == borneOut {
			v = verdict{kind: baseless, of: of, latest: latest, shown: []point{latest}, reason: problem.Say("没有公布“%s”的数值", `no figure of "%s" is published`, labelOf(b))}
		}
	}
	return all, v
}

// pointBefore is the point that ends last before a point begins; where the latest is
// a sum over points, the same length before it.
func (of *track) pointBefore(latest point) (point, bool) {
	if latest.span == period.Longer && latest.Months() > 0 {
		if p, how := of.at(preceding(latest.Period)); how == found {
			return p, true
		}
	}
	for i := len(of.points) - 1; i >= 0; i-- {
		p := of.points[i]
		if p.End < latest.Start || latest.AsOf && p.AsOf && p.End < latest.End {
			return p, true
		}
	}
	return point{}, false
}

// preceding is as much time before a period.
func preceding(p period.Period) period.Period {
	if n := p.Months(); n > 0 {
		y, m, _ := p.Start.Time().Date()
		return period.Period{Start: period.NewDate(y, m-time.Month(n), 1), End: p.Start - 1}
	}
	return period.Period{Start: p.Start - period.Date(p.Days()), End: p.Start - 1}
}

// pair judges a move from a base to the latest.
func (t *claims) pair(a assertion, of *track, c comparison, base, latest point) verdict {
	v := verdict{of: of, base: base, latest: latest, shown: []point{base, latest}}
	from, to := base.value, latest.value
	unlike := !like(base.Period, latest.Period)
	if c.average && base.Months() > 0 && latest.Months() > 0 {
		from, to = base.perMonth(), latest.perMonth()
	} else if unlike && (of.unit() != "%" || of.over >= 0) && !base.AsOf && of.Fields[of.field].Additive {
		v.kind = baseless
		v.reason = problem.Say("“%s”与“%s”长短不同", `"%s" and "%s" are not of the same length`, labelOf(base.Period), labelOf(latest.Period))
		return v
	}
	if b, is := of.breaks(base.End, latest.End); is {
		v.kind = baseless
		v.reason = problem.Say("“%s”起口径有变化 [b]", `the series breaks at "%s", [b]`, labelOf(b.Period))
		return v
	}
	f := of.Fields[of.field]
	if limit := int64(of.Bases.NoPercentBelow.V); f.Additive && f.IsCount() && of.over < 0 && base.value.Cmp(big.NewRat(limit, 1)) < 0 && (a.amount == nil || a.amount.unit == "%") && a.kind != stays {
		v.kind = baseless
		v.reason = problem.Say("“%s”的基数只有%s", `the base of "%s" is %s only`, labelOf(base.Period), plainNumber(base.value))
		return v
	}
	d := new(big.Rat).Sub(to, from)
	v.kind = denied
	if a.kind == times {
		if from.Sign() == 0 {
			v.kind = unknown
			return v
		}
		if inBounds(new(big.Rat).Quo(to, from), a.least, a.most) {
			v.kind = borneOut
		}
		return v
	}
	percent := new(big.Rat)
	if from.Sign() != 0 {
		percent.Quo(d, from).Mul(percent, big.NewRat(100, 1))
		percent.Abs(percent)
	} else {
		percent.SetInt64(1000)
	}
	if a.kind == stays {
		if percent.Cmp(big.NewRat(3, 1)) <= 0 {
			v.kind = borneOut
		}
		return v
	}
	if a.up && d.Sign() <= 0 || !a.up && d.Sign() >= 0 {
		return v
	}
	switch {
	case a.least != nil && !inBounds(new(big.Rat).Quo(percent, big.NewRat(100, 1)), a.least, a.most):
		return v
	case a.strong && percent.Cmp(smallestStrong) < 0 && of.unit() != "%":
		return v
	case a.slight && percent.Cmp(smallestSlight) > 0:
		return v
	}
	if m := a.amount; m != nil && !m.to {
		var actual *big.Rat
		unit := of.unit()
		switch m.unit {
		case "%":
			actual = percent
		case "points":
			actual = new(big.Rat).Abs(d)
		case "倍", "times":
			actual = new(big.Rat).Quo(percent, big.NewRat(100, 1))
		default:
			actual = new(big.Rat).Abs(d)
			if !fits(m, actual, unit) {
				return v
			}
			v.kind = borneOut
			return v
		}
		if m.unit == "points" && unit != "%" && unit != "‰" {
			return v
		}
		if !fits(&amount{value: m.value, decimals: m.decimals, bound: m.bound, about: m.about}, actual, "") {
			return v
		}
	}
	v.kind = borneOut
	return v
}

func inBounds(x, least, most *big.Rat) bool {
	return (least == nil || x.Cmp(least) >= 0) && (most == nil || x.Cmp(most) <= 0)
}

// scaleOfUnit parts a unit into what it counts and how many of it: 万元.
func scaleOfUnit(unit string) (*big.Rat, string) {
	runes := []rune(unit)
	if len(runes) > 0 {
		switch runes[0] {
		case '万':
			return big.NewRat(10000, 1), string(runes[1:])
		case '亿':
			return big.NewRat(100000000, 1), string(runes[1:])
		case '千':
			return big.NewRat(1000, 1), string(runes[1:])
		}
	}
	return big.NewRat(1, 1), unit
}

// fits tells whether a number that was written is a figure, after the rounding that
// it shows; unit is that of the figure.
func fits(m *amount, actual *big.Rat, unit string) bool {
	scale, _ := scaleOfUnit(unit)
	v := new(big.Rat).Set(m.value)
	x := new(big.Rat).Mul(actual, scale)
	slack := halfUnit(max(0, m.decimals))
	for i := m.decimals; i < 0; i++ {
		slack.Mul(slack, big.NewRat(10, 1))
	}
	if m.decimals >= 0 && m.value.IsInt() && x.IsInt() && m.decimals == 0 {
		slack = new(big.Rat)
	}
	d := new(big.Rat).Sub(x, v)
	rounded := new(big.Rat).Abs(d).Cmp(slack) <= 0
	fifth := new(big.Rat).Add(v, new(big.Rat).Quo(new(big.Rat).Abs(v), big.NewRat(5, 1)))
	switch m.bound {
	case 1:
		return d.Sign() > 0
	case 2:
		return d.Sign() >= 0
	case 3:
		return d.Sign() > 0 && x.Cmp(fifth) <= 0
	case -1:
		return d.Sign() < 0
	case -2:
		return d.Sign() <= 0
	case -3:
		return d.Sign() <= 0 && new(big.Rat).Mul(x, big.NewRat(10, 1)).Cmp(new(big.Rat).Mul(v, big.NewRat(9, 1))) >= 0
	}
	if m.about {
		twentieth := new(big.Rat).Quo(new(big.Rat).Abs(v), big.NewRat(20, 1))
		return rounded || new(big.Rat).Abs(d).Cmp(twentieth) <= 0
	}
	return rounded
}

// span gives from where to where a comparison goes on a track.
func (of *track) spanOf(c comparison) (from, to period.Date) {
	if len(of.points) == 0 {
		return 0, 0
	}
	from, to = of.points[0].Start, of.points[len(of.points)-1].End
	for _, p := range of.points {
		from = min(from, p.Start)
	}
	switch {
	case c.from != 0 || c.to != 0:
		if c.from != 0 {
			from = c.from
		}
		if c.to != 0 {
			to = c.to
		}
	case !c.latest.IsZero():
		if n := c.latest.Months(); n > of.length() && of.length() > 0 || c.each {
			from, to = c.latest.Start, c.latest.End
		} else {
			to = c.latest.End
		}
	}
	return from, to
}

// everyStep judges that each step of a span went one way.
func everyStep(a assertion, of *track, c comparison) verdict {
	if n := c.latest.Months(); a.run > 0 && a.months == n && n > of.length() && n%12 == 0 && c.from == 0 { // 2025年连续第二年
		c.from, c.to = period.NewDate(c.latest.Start.Time().Year()-a.run*n/12, 1, 1), c.latest.End
	}
	from, to := of.spanOf(c)
	points := of.stepped(from, to, a.months)
	if a.months == 12 && of.length() > 0 && of.length() < 12 && (c.from == 0 || c.to-c.from < 366) && !c.latest.IsZero() && c.latest.Months() < 12 {
		// the same quarter of every year
		points = nil
		for p := c.latest; ; p = p.LastYear() {
			o, how := of.at(p)
			if how == absent {
				break
			}
			points = append([]point{o}, points...)
		}
	}
	v := verdict{of: of, shown: points}
	if points == nil && len(of.points) > 0 {
		return verdict{kind: unpublished, of: of}
	}
	if a.run > 0 && (c.from != 0 && (c.to != 0 || a.run == len(points)) || c.latest.Months() > of.length()) && len(points) > 0 && a.months == of.length() {
		if len(points) == a.run { // the first of so many rose as well
			if p, how := of.at(preceding(points[0].Period)); how == found {
				points = append([]point{p}, points...)
			}
		} else if len(points) < a.run {
			return verdict{kind: denied, of: of, shown: points}
		}
	}
	if a.run > 0 && len(points) > a.run+1 {
		points = points[len(points)-a.run-1:]
		v.shown = points
	}
	if len(points) < 2 {
		v.kind, v.reason = baseless, problem.Say("表中只有一期", "the table has one period")
		if len(points) == 0 {
			v.kind = unpublished
		}
		return v
	}
	if a.run > 0 && len(points) < a.run+1 {
		v.kind, v.reason = baseless, problem.Say("表中只有%d期", "the table has %d periods only", len(points))
		return v
	}
	value := func(p point) *big.Rat {
		if c.average {
			return p.perMonth()
		}
		return p.value
	}
	if a.overall {
		points = []point{points[0], points[len(points)-1]}
	}
	var fault *verdict
	for n := 1; n < len(points); n++ {
		x, y := points[n-1], points[n]
		if c.excepts(y.Period) {
			continue
		}
		var reason problem.Text
		f := of.Fields[of.field]
		switch {
		case x.value == nil || y.value == nil:
			lost := x
			if x.value != nil {
				lost = y
			}
			reason = problem.Say("“%s”没有公布数值", `no figure of "%s" is published`, labelOf(lost.Period))
		case n == len(points)-1 && c.from != 0 && c.to == 0 && y.span == period.Partial && x.perMonth() != nil && y.perMonth() != nil && a.up == (y.perMonth().Cmp(x.perMonth()) > 0):
			continue // the rest of a year goes the same way, month by month
		case !like(x.Period, y.Period) && !(c.average && x.Months() > 0 && y.Months() > 0):
			reason = problem.Say("“%s”与“%s”长短不同", `"%s" and "%s" are not of the same length`, labelOf(x.Period), labelOf(y.Period))
		case y.status&bureau.Break != 0:
			reason = problem.Say("“%s”起口径有变化 [b]", `the series breaks at "%s", [b]`, labelOf(y.Period))
		case f.Additive && f.IsCount() && of.over < 0 && x.value.Cmp(big.NewRat(int64(of.Bases.NoPercentBelow.V), 1)) < 0 && len(points) == 2:
			reason = problem.Say("“%s”的基数只有%s", `the base of "%s" is %s only`, labelOf(x.Period), plainNumber(x.value))
		default:
			p, q := value(x), value(y)
			if p == nil || q == nil {
				continue
			}
			if d := q.Cmp(p); a.up && d <= 0 || !a.up && d >= 0 {
				v.kind = denied
				v.base, v.latest = x, y
				if fault == nil {
					continue
				}
			}
			continue
		}
		if fault == nil {
			fault = &verdict{kind: baseless, of: of, shown: points, reason: reason, base: x, latest: y}
		}
	}
	switch {
	case fault != nil:
		return *fault
	case v.kind == denied:
		return v
	}
	v.kind = borneOut
	return v
}

// eachAgainst judges that each period of a span is more, or less, than the same of
// the year before.
func eachAgainst(a assertion, of *track, c comparison) verdict {
	from, to := of.spanOf(c)
	points := of.stepped(from, to, 0)
	v := verdict{of: of}
	if len(points) == 0 {
		v.kind = unpublished
		return v
	}
	for _, p := range points {
		if c.excepts(p.Period) {
			continue
		}
		on := p.LastYear()
		if c.previous {
			on = preceding(p.Period)
		} else if !c.before && !c.base.IsZero() {
			on = c.base
			if c.base.Months() == 12 && p.Months() < 12 {
				on = p.LastYear()
			}
		}
		b, how := of.at(on)
		if how != found || p.value == nil {
			v.kind, v.latest = baseless, p
			v.reason = problem.Say("没有公布“%s”的数值", `no figure of "%s" is published`, labelOf(on))
			return v
		}
		if d := p.value.Cmp(b.value); a.up && d <= 0 || !a.up && d >= 0 {
			v.kind, v.base, v.latest, v.shown = denied, b, p, []point{b, p}
			return v
		}
	}
	v.kind = borneOut
	return v
}

// highest judges that a figure is the highest, or the lowest, of a time.
func highest(a assertion, of *track, c comparison) verdict {
	latest, v := of.latestOf(c)
	if v.kind != borneOut {
		return v
	}
	if c.latest.IsZero() && !a.fresh {
		return verdict{}
	}
	v = verdict{of: of, latest: latest}
	length := latest.Months()
	if !c.average && length > 0 && of.length() > 0 && length < of.length() {
		v.kind, v.shown = baseless, []point{latest}
		if b, is := of.pointBefore(latest); is {
			v.base, v.shown = b, []point{b, latest}
		}
		v.reason = problem.Say("“%s”比表中其他各期短", `"%s" is shorter than the other periods of the table`, labelOf(latest.Period))
		return v
	}
	from, to := of.points[0].Start, of.points[len(of.points)-1].End
	for _, p := range of.points {
		from = min(from, p.Start)
	}
	first, begins := from, c.from // of the table, and of what is spoken of
	if c.from != 0 {
		from = c.from
	}
	if a.window > 0 {
		begins = period.NewDate(latest.End.Time().Year()-a.window+1, 1, 1)
	}
	if c.to != 0 && c.to > latest.End {
		to = c.to
	}
	if a.fresh {
		to = latest.End
	}
	if a.window > 0 {
		from = max(from, period.NewDate(latest.End.Time().Year()-a.window+1, 1, 1))
	}
	var others []point
	if length == of.length() || length == 0 || c.average {
		others = of.within(from, to)
	} else if length%12 == 0 {
		others = of.stepped(from, to, length)
	} else { // the same part of every year
		for p := latest.Period; ; {
			p = p.LastYear()
			o, how := of.at(p)
			if how == absent || p.Start < from {
				break
			}
			others = append(others, o)
		}
	}
	if c.latest.Months() > 0 && of.length() > 0 && c.latest.Months() > of.length() && c.each {
		return verdict{}
	}
	if a.nth > 0 {
		above := 0
		for _, o := range others {
			if o.value == nil || !like(o.Period, latest.Period) {
				return verdict{}
			}
			if d := o.value.Cmp(latest.value); d > 0 && a.up || d < 0 && !a.up {
				above++
			}
		}
		v.kind, v.shown = borneOut, []point{latest}
		if above != a.nth-1 {
			v.kind = denied
		}
		return v
	}
	alone := true
	value := latest.value
	if c.average {
		value = latest.perMonth()
	}
	var gap *point
	for _, o := range others {
		if o.Start == latest.Start && o.End == latest.End || c.excepts(o.Period) {
			continue
		}
		alone = false
		if o.value == nil {
			gap = &o
			continue
		}
		x := o.value
		if c.average {
			if x = o.perMonth(); x == nil {
				continue
			}
		} else if !like(o.Period, latest.Period) {
			continue
		}
		if d := x.Cmp(value); a.up && (d > 0 || d == 0 && a.fresh) || !a.up && (d < 0 || d == 0 && a.fresh) {
			if v.kind != denied || a.up == (x.Cmp(v.base.value) > 0) {
				v.kind, v.base, v.shown = denied, o, []point{o, latest}
			}
		}
	}
	switch {
	case v.kind == denied:
	case begins > 0 && begins < first:
		v.kind, v.shown = baseless, []point{latest}
		v.reason = problem.Say("表中没有“%s”以前的数值", `the table has nothing before "%s"`, labelOf(of.points[0].Period))
		v.advice = problem.Say("写成“%s以来”，核对后再公布；不能这样写的，删去这句话", `write "since %s", and check again; delete the sentence where that is not meant`, labelOf(of.points[0].Period))
	case alone:
		v.kind, v.shown, v.reason = baseless, []point{latest}, problem.Say("表中只有一期", "the table has one period")
	case gap != nil:
		v.kind, v.shown = baseless, []point{latest}
		v.reason = problem.Say("“%s”没有公布数值", `no figure of "%s" is published`, labelOf(gap.Period))
	default:
		if b, is := of.breaks(others[0].End, latest.End); is && b.Start > from {
			v.kind, v.shown = baseless, []point{latest}
			v.reason = problem.Say("“%s”起口径有变化 [b]", `the series breaks at "%s", [b]`, labelOf(b.Period))
			return v
		}
		v.kind = borneOut
	}
	return v
}

// labelOf names a period in both languages.
func labelOf(p period.Period) problem.Text {
	return problem.Text{ZH: locale.Builtin(problem.Chinese).Label(p), EN: locale.Builtin(problem.English).Label(p)}
}

// plainNumber writes a figure as a clerk would find it, averages and shares rounded to
// one decimal.
func plainNumber(r *big.Rat) string {
	if r.IsInt() {
		return r.RatString()
	}
	text, _ := figures.Rounded(r, 2, 1)
	return text
}
