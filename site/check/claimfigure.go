package check

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
)

// This file finds the figures that a claim is held against, exactly.

// track is one measure in time: of one category, of the total, or of all categories
// added up.
type track struct {
	*measured
	points []point // by their end
	row    int     // one of its rows, -1 where several are added up
	label  string  // the categories that it is of
	adds   bool    // what it counts in several periods may be added up
}

// point is the figure of one period.
type point struct {
	period.Period
	value     *big.Rat // nil where there is none
	part      *big.Rat // of a share, what is divided
	over      *big.Rat // and by what
	status    bureau.Status
	qualifier bureau.Qualifier
	span      period.Span
}

// finding is why there is a figure, or none.
type finding uint8

const (
	found   finding = iota
	absent          // the table does not have the period
	missing         // a marker stands instead of it
)

// tracksOf gives the tracks that the named values of the keys choose: for each of
// them one; where a key has no value named, its total, else the sum.
func (m *measured) tracksOf(named [][]mention) []*track {
	total := true // no category is named
	for i := range m.keys {
		total = total && len(named[i]) == 0
	}
	var chosen, totals, rest [][]int
	for _, rows := range figures.Series(m.Statistic) {
		fits, whole := true, true
		for i, k := range m.keys {
			text := m.Cell(rows[0], k).Text
			isTotal := bureau.KindOf(text) == bureau.TotalRow || text == m.Fields[k].Whole && text != ""
			if len(named[i]) > 0 {
				if !slices.ContainsFunc(named[i], func(o mention) bool { return m.Cell(o.value, k).Text == text }) {
					fits = false
				}
				continue
			}
			whole = whole && (isTotal || text == "")
		}
		switch {
		case !fits:
		case whole:
			totals = append(totals, rows)
			chosen = append(chosen, rows)
		default:
			rest = append(rest, rows)
		}
	}
	switch {
	case len(m.keys) == 0 || len(totals) > 0 && (!total || len(totals) == 1):
		var all []*track
		for _, rows := range chosen {
			all = append(all, m.track(rows))
		}
		return all
	case len(rest) == 1:
		return []*track{m.track(rest[0])}
	case len(rest) > 1 && (m.Fields[m.field].Additive || m.over >= 0) && !m.vague:
		return []*track{m.sum(rest)}
	}
	return nil
}

// every gives a track for each value of the only key that has several.
func (m *measured) every() []*track {
	var all []*track
	for _, rows := range figures.Series(m.Statistic) {
		if m.Rows[rows[0]].Kind != bureau.TotalRow {
			all = append(all, m.track(rows))
		}
	}
	return all
}

func (m *measured) track(rows []int) *track {
	t := &track{measured: m, row: rows[0], adds: m.Fields[m.field].Additive && !m.Fields[m.field].Cumulative}
	var labels []string
	for _, k := range m.keys {
		if text := m.Cell(rows[0], k).Text; text != "" && bureau.KindOf(text) != bureau.TotalRow {
			labels = append(labels, text)
		}
	}
	t.label = strings.Join(labels, "")
	t.points = m.points(rows)
	return t
}

// points gives the figures of some rows, with those of a year before that stand beside them
// where no row has that period.
func (m *measured) points(rows []int) []point {
	var own, before []point
	for _, r := range rows {
		own = append(own, m.point(r))
	}
	for _, f := range m.earlier {
		for _, r := range rows {
			p := point{Period: m.Period(r).LastYear(), status: m.Cell(r, f).Status, qualifier: m.Cell(r, f).Qualifier, span: m.Rows[r].Span}
			if p.IsZero() || slices.ContainsFunc(own, func(o point) bool { return o.Start == p.Start && o.End == p.End }) {
				continue
			}
			if m.Cell(r, f).Has() {
				p.value = figures.Fraction(m.Statistic, r, f)
			}
			before = append(before, p)
		}
	}
	all := append(before, own...)
	if len(before) > 0 {
		slices.SortStableFunc(all, func(a, b point) int { return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Start, b.Start)) })
	}
	return all
}

func (m *measured) point(row int) point {
	c := m.Cell(row, m.field)
	p := point{Period: m.Period(row), status: c.Status, qualifier: c.Qualifier, span: m.Rows[row].Span}
	if m.over >= 0 {
		a, b := m.Cell(row, m.part), m.Cell(row, m.over)
		p.status |= (a.Status | b.Status) &^ bureau.Instead
		if a.Has() && b.Has() && b.Number != 0 {
			p.part, p.over = figures.Exact(a.Number), figures.Exact(b.Number)
			p.value = percentOf(p.part, p.over)
			return p
		}
	}
	if !m.computed && c.Has() {
		p.value = figures.Fraction(m.Statistic, row, m.field)
	}
	return p
}

func percentOf(part, over *big.Rat) *big.Rat {
	r := new(big.Rat).Quo(part, over)
	return r.Mul(r, big.NewRat(100, 1))
}

// sum adds up tracks, period by period; a period that one of them lacks has no figure.
func (m *measured) sum(series [][]int) *track {
	t := &track{measured: m, row: -1, adds: m.Fields[m.field].Additive && !m.Fields[m.field].Cumulative}
	at := map[[2]period.Date]int{}
	counts := map[int]int{}
	for _, rows := range series {
		for _, p := range m.points(rows) {
			key := [2]period.Date{p.Start, p.End}
			i, known := at[key]
			if !known {
				at[key] = len(t.points)
				counts[len(t.points)] = 1
				t.points = append(t.points, p)
				continue
			}
			o := &t.points[i]
			counts[i]++
			o.status |= p.status
			switch {
			case o.value == nil || p.value == nil:
				o.value = nil
			case m.over >= 0:
				o.part, o.over = new(big.Rat).Add(o.part, p.part), new(big.Rat).Add(o.over, p.over)
				o.value = percentOf(o.part, o.over)
			default:
				o.value = new(big.Rat).Add(o.value, p.value)
			}
		}
	}
	for i := range t.points {
		if counts[i] < len(series) {
			t.points[i].value = nil
		}
	}
	slices.SortStableFunc(t.points, func(a, b point) int { return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Start, b.Start)) })
	return t
}

// at gives the figure of a period: its own, or the sum of those that make it up.
func (t *track) at(p period.Period) (point, finding) {
	for _, o := range t.points {
		if o.Start == p.Start && o.End == p.End {
			if o.value == nil {
				return o, missing
			}
			return o, found
		}
	}
	if p.AsOf || !t.adds && t.over < 0 {
		return point{Period: p}, absent
	}
	sum := point{Period: p, span: period.Longer}
	how := absent
	for from := p.Start; from <= p.End; {
		best := -1
		for i, o := range t.points {
			if o.Start == from && o.End <= p.End && !o.AsOf && (best < 0 || o.End > t.points[best].End) {
				best = i
			}
		}
		if best < 0 {
			return point{Period: p}, absent
		}
		o := t.points[best]
		sum.status |= o.status
		switch {
		case o.value == nil:
			how = missing
		case sum.value == nil && how != missing:
			sum.value, sum.part, sum.over, how = o.value, o.part, o.over, found
		case how == missing:
		case t.over >= 0:
			if o.part == nil || sum.part == nil {
				return point{Period: p}, absent
			}
			sum.part, sum.over = new(big.Rat).Add(sum.part, o.part), new(big.Rat).Add(sum.over, o.over)
			sum.value = percentOf(sum.part, sum.over)
		default:
			sum.value = new(big.Rat).Add(sum.value, o.value)
		}
		from = o.End + 1
	}
	if how != found {
		sum.value = nil
	}
	return sum, how
}

// reached is a year that is not over, as far as the table has it: 今年, 2026年以来.
func (t *track) reached(p period.Period) (period.Period, bool) {
	if len(t.points) == 0 || p.AsOf {
		return p, false
	}
	last := t.points[len(t.points)-1]
	if p.Months() < 12 || last.End >= p.End || last.End < p.Start {
		return p, false
	}
	first := t.points[0].Start
	for _, o := range t.points {
		first = min(first, o.Start)
	}
	return period.Period{Start: max(p.Start, first), End: last.End}, true
}

// length is how many months one of its periods has, most of them; 0 where they are
// no months.
func (t *track) length() int {
	counts := map[int]int{}
	best := 0
	for _, o := range t.points {
		n := o.Months()
		if counts[n]++; counts[n] > counts[best] || best == 0 {
			best = n
		}
	}
	return best
}

// within gives the points of a span that are of the track's own length, and of
// others those that lie outside every such.
func (t *track) within(from, to period.Date) []point {
	length := t.length()
	var all []point
	for _, o := range t.points {
		if o.Start < from || o.End > to || o.AsOf {
			continue
		}
		if length > 0 && o.Months() != length {
			covered := slices.ContainsFunc(t.points, func(b point) bool {
				return b.Months() == length && b.Start <= o.End && o.Start <= b.End
			})
			if covered {
				continue
			}
		}
		all = append(all, o)
	}
	return all
}

// stepped gives the figures of a span, so many months each; nil where the table does
// not go so.
func (t *track) stepped(from, to period.Date, months int) []point {
	length := t.length()
	if months == 0 || months == length {
		return t.within(from, to)
	}
	if length == 0 || months < length || !t.adds && t.over < 0 {
		return nil
	}
	var all []point
	year := from.Time().Year()
	for start := period.NewDate(year, 1, 1); start <= to; {
		end := period.NewDate(start.Time().Year(), start.Time().Month()+time.Month(months), 1) - 1
		if start >= from && end <= to {
			if p, how := t.at(period.Period{Start: start, End: end}); how != absent {
				all = append(all, p)
			}
		}
		start = end + 1
	}
	return all
}

// perMonth is the monthly average of a point.
func (p point) perMonth() *big.Rat { return p.per(1) }

// per is the average of a point over so many months.
func (p point) per(months int) *big.Rat {
	if p.value == nil || p.Months() == 0 {
		return nil
	}
	return new(big.Rat).Mul(p.value, big.NewRat(int64(months), int64(p.Months())))
}

// like tells whether two points may be compared as they are.
func like(a, b period.Period) bool { return period.Like(a, b) || period.SameLength(a, b) }

// breaks gives the first point after one and up to another that begins a new series.
func (t *track) breaks(from, to period.Date) (point, bool) {
	for _, o := range t.points {
		if o.End > from && o.End <= to && o.status&bureau.Break != 0 {
			return o, true
		}
	}
	return point{}, false
}
