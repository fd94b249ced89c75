package check

import (
	"math"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Bounds of Repeats: a smaller number, or a round one, stands twice by chance,
// and so does any among many.
const (
	leastDistinctive = 100
	maxIndicators    = 60
)

// Repeats finds the same number twice for different things: in a table of unlike
// indicators, where each row gives its own unit, and within one period. One of
// the two may be a slip of the pen, unless a note of one says 待核对.
func Repeats(s *bureau.Statistic) problem.List {
	type place struct {
		start, end period.Date
		field      int
		number     float64
	}
	var problems problem.List
	for f, field := range s.Fields {
		if field.Role != bureau.RoleMeasure || field.UnitField < 0 || field.Derived {
			continue
		}
		of := map[[2]period.Date]int{} // rows of each period
		for i := range s.Rows {
			of[[2]period.Date{s.Period(i).Start, s.Period(i).End}]++
		}
		first := map[place]int{}
		for i, r := range s.Rows {
			c := s.Cell(i, f)
			if !c.Has() || c.Number < leastDistinctive || math.Mod(c.Number, 100) == 0 || c.Qualifier != bureau.Exact || r.Kind != bureau.DataRow || of[[2]period.Date{s.Period(i).Start, s.Period(i).End}] > maxIndicators {
				continue
			}
			at := place{s.Period(i).Start, s.Period(i).End, f, c.Number}
			before, twice := first[at]
			if !twice {
				first[at] = i
				continue
			}
			if len(s.Doubts(i))+len(s.Doubts(before)) > 0 {
				continue
			}
			problems.Warn(s.Position(i, f), problem.FiguresRepeat,
				problem.Say("与第%d行（%s）的数值相同，都是%s，而两行说的不是一件事", "is the same number as in line %d (%s), %s, though the two rows are about different things", s.Position(before, f).Line, s.Position(before, f).Cell, digits(c.Number)),
				problem.Say("核对原始台账；一时核不清的，在备注里写“待核对”", `check both against the records; write "待核对" in the note while that cannot be settled`))
		}
	}
	return problems
}
