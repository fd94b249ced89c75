package bureau

import (
	"math"
	"slices"
	"testing"

	"sunshine/site/period"
)

// tableOf is a statistic of a key, a unit of measure and a figure.
func tableOf(rows ...[3]string) *Statistic {
	s := &Statistic{File: "data/stats/x.csv", Fields: []Field{
		{Name: "类别", Role: RoleCategory, UnitField: -1},
		{Name: "计量", Role: RoleCategory, UnitField: -1, Column: 1},
		{Name: "数值", Role: RoleMeasure, UnitField: 1, Column: 2},
	}}
	for n, row := range rows {
		s.Append(Row{Line: uint32(n + 2), Sheet: int32(n + 1)}, period.Period{},
			Cell{Text: row[0], Number: math.NaN()}, Cell{Text: row[1], Number: math.NaN()}, Cell{Text: row[2], Number: float64(len(row[2]))})
	}
	return s
}

func textsOf(s *Statistic, field int) (all []string) {
	for row := range s.Rows {
		all = append(all, s.Cell(row, field).Text)
	}
	return all
}

// What many rows say is held once, and is another one for each that is set.
func TestCells(t *testing.T) {
	s := tableOf([3]string{"甲", "件", "1"}, [3]string{"乙", "件", "1"}, [3]string{"甲", "人", "1"})
	for f, want := range []int{2, 2, 1} {
		if got := len(s.Columns[f].Each); got != want {
			t.Errorf("%d cells in field %d, not %d", got, f, want)
		}
	}
	other := *s
	other.Own()
	other.Set(0, 0, Cell{Text: "丙", Number: math.NaN()})
	if got := textsOf(&other, 0); !slices.Equal(got, []string{"丙", "乙", "甲"}) {
		t.Error(got)
	}
	other = *s
	other.Reword(0, func(text string) string { return text + "类" })
	if got := textsOf(&other, 0); !slices.Equal(got, []string{"甲类", "乙类", "甲类"}) {
		t.Error(got)
	}
	if got := textsOf(s, 0); !slices.Equal(got, []string{"甲", "乙", "甲"}) {
		t.Error("a copy changed the original:", got)
	}
	if units := other.Apart(2); !slices.Equal(units, []string{"件", "人"}) || len(other.Columns[2].Each) != 2 || len(s.Columns[2].Each) != 1 {
		t.Error(units, len(other.Columns[2].Each), len(s.Columns[2].Each))
	}
	if minus := math.Copysign(0, -1); (Cell{Number: minus}).same(Cell{}) || !(Cell{Number: math.NaN()}).same(Cell{Number: math.NaN()}) {
		t.Error("-0 is not 0, and nothing is nothing")
	}
}

// What was taken out of a statistic is nowhere in it.
func TestForget(t *testing.T) {
	s := tableOf([3]string{"甲", "件", "3"}, [3]string{"乙", "件", "17"})
	s.Hidden = []Withheld{{Row: 0, Field: 2, Number: 3}}
	s.Set(0, 2, Cell{Number: math.NaN(), Status: Confidential})
	s.Forget()
	if len(s.Hidden) > 0 || slices.ContainsFunc(s.Columns[2].Each, func(c Cell) bool { return c.Text == "3" }) {
		t.Errorf("%+v %+v", s.Hidden, s.Columns[2].Each)
	}
	if got := textsOf(s, 2); !slices.Equal(got, []string{"", "17"}) {
		t.Error(got)
	}
}

// A cell stands on the line of its row, or on another one, or far to the right.
func TestPlaces(t *testing.T) {
	var p Places
	p.Put(0, 2, 2, 1)
	p.Put(2, 5, 6, 3)
	p.Put(3, 7, 7, 1<<20)
	for row, want := range [][2]uint32{{2, 1}, {4, 0}, {6, 3}, {7, 1 << 20}} {
		if line, column := p.At(row, []uint32{2, 4, 5, 7}[row]); line != want[0] || column != want[1] {
			t.Errorf("row %d: %d:%d, not %v", row, line, column, want)
		}
	}
	p.Move(2, 1)
	p.Move(3, 2)
	p.Cut(3)
	if line, column := p.At(1, 5); line != 6 || column != 3 {
		t.Error(line, column)
	}
	if line, column := p.At(2, 7); line != 7 || column != 1<<20 {
		t.Error(line, column)
	}
}

// Pairs are numbered as they come, however many there may be.
func TestPairs(t *testing.T) {
	for _, questions := range []int{0, 1 << 20} {
		p := NewPairs(1000, 1000, questions)
		var got []int32
		for _, q := range [][2]int32{{3, 4}, {4, 3}, {3, 4}, {999, 999}, {0, 0}, {999, 999}} {
			got = append(got, p.Of(q[0], q[1]))
		}
		if !slices.Equal(got, []int32{0, 1, 0, 2, 3, 2}) || p.Count() != 4 {
			t.Error(got, p.Count())
		}
	}
}
