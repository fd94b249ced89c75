package figures

import (
	"math"
	"math/big"
	"slices"

	"github.com/expr-lang/expr/ast"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Observation is one value of a series in time, with what has to be known of it.
type Observation struct {
	Period    period.Period
	Value     float64 // as published, never an average; NaN where a marker stands instead
	Unit      string
	Status    bureau.Status
	Qualifier bureau.Qualifier
	Form      bureau.Form
	Span      period.Span     // against the frequency of its statistic
	Bases     *bureau.Figures // the small bases that the site sets

	Row   int               // where it stands
	of    *bureau.Statistic // where it is derived
	field int
}

// ObservationAt gives a cell as an observation.
func ObservationAt(s *bureau.Statistic, row, field int) Observation {
	c := s.Cell(row, field)
	o := Observation{Period: s.Period(row), Value: c.Number, Unit: s.Unit(row, field), Status: c.Status, Qualifier: c.Qualifier, Form: c.Form, Span: s.Rows[row].Span, Bases: &s.Bases, Row: row}
	if s.Fields[field].Derived {
		o.of, o.field = s, field
	}
	return o
}

// exact is the value before it was rounded.
func (o Observation) exact() *big.Rat {
	if o.of != nil {
		return Fraction(o.of, o.Row, o.field)
	}
	return Exact(o.Value)
}

// sides gives both values before they were rounded; of averages, those.
func (c Change) sides() (base, latest *big.Rat) {
	base, latest = c.Base.exact(), c.Latest.exact()
	if c.Basis == Averages {
		base.Quo(base, big.NewRat(int64(c.Base.Period.Months()), 1))
		latest.Quo(latest, big.NewRat(int64(c.Latest.Period.Months()), 1))
	}
	return base, latest
}

// Difference is the latest value less the base, or their averages, rounded once to
// some decimals.
func (c Change) Difference(decimals int) float64 {
	a, b := c.sides()
	_, n := Rounded(b.Sub(b, a), decimals, -1)
	return n
}

// Has tells whether there is a value.
func (o Observation) Has() bool { return !math.IsNaN(o.Value) }

// Average is the value of one of its months.
func (o Observation) Average() float64 { return o.Value / float64(o.Period.Months()) }

// Basis is what two observations are compared on.
type Basis uint8

const (
	NoBasis     Basis = iota
	LikePeriods       // the same months of another year
	Averages          // monthly averages
	Broken            // a break in series stands between them
)

// Change is the step from Base to Latest.
type Change struct {
	Basis        Basis
	Base, Latest Observation
}

// LastOf gives the index of the last observation that is a value, or -1.
func LastOf(all []Observation) int {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Has() {
			return i
		}
	}
	return -1
}

// ChangeTo finds what the observation at i may be compared with: the like period
// nearest before it, else, where it is partial and a flow over whole months, the
// monthly average of the full period that ended before it. What is longer than the
// frequency is compared with its like alone.
func ChangeTo(all []Observation, i int) Change {
	c := Change{Latest: all[i]}
	at := -1
	for j := i - 1; j >= 0 && at < 0; j-- {
		if all[j].Has() && all[j].Unit == c.Latest.Unit && period.Like(all[j].Period, c.Latest.Period) {
			at, c.Basis = j, LikePeriods
		}
	}
	if at < 0 && c.Latest.Span == period.Partial && c.Latest.Period.Months() > 0 && !Percentage(c.Latest.Unit) {
		for j := i - 1; j >= 0 && at < 0; j-- {
			o := all[j]
			if o.Has() && o.Unit == c.Latest.Unit && o.Span == period.Whole && o.Period.Months() > 0 && o.Period.End < c.Latest.Period.Start {
				at, c.Basis = j, Averages
			}
		}
	}
	if at < 0 {
		return c
	}
	c.Base = all[at]
	for _, o := range all[at+1 : i+1] {
		if o.Status&bureau.Break != 0 {
			c.Basis = Broken
		}
	}
	return c
}

// Shown tells what of a change may be said: how much it is, how much it is in per
// cent, both, or neither. A rate changes in points and averages in per cent alone;
// of about 30 and on a small base there is no per cent.
func (c Change) Shown() (difference, percent bool) {
	switch {
	case c.Basis != LikePeriods && c.Basis != Averages || c.Latest.Qualifier != bureau.Exact || c.Base.Qualifier != bureau.Exact:
		return false, false
	case Percentage(c.Latest.Unit):
		count, known := c.Divisor()
		return !known || count >= float64(c.Latest.Bases.NoPercentBelow.V), false
	}
	return c.Basis == LikePeriods, !c.TooSmall()
}

// FieldChange is the change of the newest figure of a series: of one field and of
// all rows that differ in their period alone.
type FieldChange struct {
	Change
	Field int
}

// Changes gives the changes of a statistic that are said, by field and in the order
// of the rows.
func Changes(s *bureau.Statistic) []FieldChange {
	if s.FieldOf(bureau.RolePeriod) < 0 {
		return nil
	}
	series := s.Groups(slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod }))
	byPeriod := func(a, b int) int { return period.Compare(s.Period(a), s.Period(b)) }
	for _, rows := range series {
		if !slices.IsSortedFunc(rows, byPeriod) {
			slices.SortStableFunc(rows, byPeriod)
		}
	}
	var changes []FieldChange
	var all []Observation
	for field := range s.Fields {
		if !s.Fields[field].IsMeasure() {
			continue
		}
		for _, rows := range series {
			all = all[:0]
			for _, i := range rows {
				all = append(all, ObservationAt(s, i, field))
			}
			if last := LastOf(all); last >= 0 {
				c := ChangeTo(all, last)
				if difference, percent := c.Shown(); difference || percent {
					changes = append(changes, FieldChange{c, field})
				}
			}
		}
	}
	return changes
}

// Percentage tells whether a unit is that of a rate.
func Percentage(unit string) bool { return unit == "%" || unit == "‰" }

// Percent is the change in per cent of the base, to one decimal.
func (c Change) Percent() float64 {
	a, b := c.sides()
	if a.Sign() == 0 {
		return math.NaN()
	}
	r := new(big.Rat).Quo(b.Sub(b, a), a)
	_, n := Rounded(r.Mul(r, big.NewRat(100, 1)), 1, -1)
	return n
}

// Divisor is the smaller of the counts that two rates are shares of, where a formula
// of the descriptor says what that is.
func (c Change) Divisor() (count float64, known bool) {
	a, one := c.Base.divisor()
	b, two := c.Latest.divisor()
	return min(a, b), one && two
}

func (o Observation) divisor() (count float64, known bool) {
	if o.of == nil {
		return 0, false
	}
	e := derivation(o.of, o.field)
	if e == nil {
		return 0, false
	}
	quotient, is := e.root.(*ast.BinaryNode)
	if !is || quotient.Operator != "/" {
		return 0, false
	}
	v, ok := evaluate(quotient.Right, func(field int) *big.Rat { return Exact(o.of.Cell(o.Row, field).Number) })
	if !ok || v.number == nil {
		return 0, false
	}
	count, _ = v.number.Float64()
	return count, true
}

// TooSmall tells whether the base is too small for a percentage. It is the
// count, also where averages are compared.
func (c Change) TooSmall() bool {
	return c.Base.Value < float64(c.Base.Bases.NoPercentBelow.V) || c.Base.Value == 0
}

// Noted tells whether a percentage on the base wants a note, and gives the base
// under which it does.
func (c Change) Noted() (limit int, noted bool) {
	limit = c.Base.Bases.NoteBelow.V
	return limit, c.Base.Value < float64(limit)
}
