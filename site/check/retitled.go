package check

import (
	"encoding/binary"
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// retitledFigures is how many figures a period has at least that is asked about because it has those
// of another one: fewer may agree by chance.
const retitledFigures = 6

// Retitled is a period of a statistic all figures of which are those of an earlier one as
// long: the table of that one may have been sent again with another title.
type Retitled struct {
	Row, Field int // its first figure that tells
	Rows       []int
	Before     int // a row of the earlier period
	Figures    int
}

// Say asks whether the table is that of the earlier period.
func (c Retitled) Say(s *bureau.Statistic) problem.Text {
	name := func(row int) string { return problem.Quote(s.Cell(row, s.FieldOf(bureau.RolePeriod)).Text) }
	return problem.Say("%[1]s的%[3]d个数与%[2]s的全部相同，是不是那一期的表改了标题？", "the %[3]d figures of %[1]s are all those of %[2]s: is it the table of that period with another title?", name(c.Row), name(c.Before), c.Figures)
}

// RetitledIn gives the periods of a statistic that have all figures of an earlier one, the latest of
// these. Figures of zero, of a stock or of a running total repeat for other reasons, and so do those that are all one
// value: where there are no others, nothing is asked.
func RetitledIn(s *bureau.Statistic) (all []Retitled) {
	type block struct {
		Retitled
		figures []byte
		telling int
		unlike  bool // its telling figures are more than one value
	}
	tells := make([]bool, len(s.Fields))
	for f, field := range s.Fields {
		tells[f] = !field.Cumulative && !stock.MatchString(field.Name)
	}
	blocks := map[period.Period]*block{}
	var order []period.Period
	for n, rows := range figures.Series(s) {
		for _, r := range rows {
			p := s.Period(r)
			if p.Text = ""; p.AsOf {
				continue
			}
			b := blocks[p]
			if b == nil {
				b = &block{Retitled: Retitled{Row: -1}}
				blocks[p], order = b, append(order, p)
			}
			b.Rows = append(b.Rows, r)
			b.figures = binary.AppendUvarint(b.figures, uint64(n))
			for f, field := range s.Fields {
				if field.Derived || field.Role != bureau.RoleMeasure {
					continue
				}
				c := s.Cell(r, f)
				if !c.Has() {
					b.figures = append(b.figures, 0)
					continue
				}
				b.figures = binary.BigEndian.AppendUint64(append(b.figures, 1), math.Float64bits(c.Number))
				b.Figures++
				if c.Number == 0 || !tells[f] {
					continue
				}
				if b.Row < 0 {
					b.Row, b.Field = r, f
				}
				b.telling++
				b.unlike = b.unlike || c.Number != s.Cell(b.Row, b.Field).Number
			}
		}
	}
	slices.SortStableFunc(order, period.Compare)
	type content struct {
		months  int
		figures string
	}
	known := map[content]int{} // a row of the last period with these figures
	for _, p := range order {
		b := blocks[p]
		if b.telling < retitledFigures || !b.unlike {
			continue
		}
		key := content{p.Months(), string(b.figures)}
		if before, ok := known[key]; ok {
			b.Before = before
			all = append(all, b.Retitled)
		}
		known[key] = b.Row
	}
	return all
}
