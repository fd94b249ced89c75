package bureau

import (
	"math"
	"slices"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Cells are those of one field, from the first row to the last. What many rows say is held
// once, so that it can be looked at once, too.
type Cells struct {
	Each []Cell   // those that there are; the same may be there twice
	Of   []uint32 // by row, which of these it has
	Places
}

// Cell is one cell of a statistic.
type Cell struct {
	Text      string  // as staff wrote it, without its marker; a category's name
	Number    float64 // of a measure; NaN where there is none
	Status    Status
	Qualifier Qualifier
	Form      Form // how it is shown; of a text the zero Form
	Blank     bool // of a measure: nothing stood in the cell, not even a marker
}

// Has tells whether the cell holds a number.
func (c Cell) Has() bool { return !math.IsNaN(c.Number) }

// same tells whether two cells are one; no number is the same as no number.
func (c Cell) same(d Cell) bool {
	if math.Float64bits(c.Number) != math.Float64bits(d.Number) && (c.Has() || d.Has()) {
		return false // as 0 and -0 are
	}
	c.Number, d.Number = 0, 0
	return c == d
}

// Row is what holds for all cells of a row.
type Row struct {
	When  uint32 // its period among those of the statistic, from 1; 0 for none. Period gives it
	Line  uint32 // where it begins in the file, from 1
	Sheet int32  // its row in the spreadsheet, from 0

	// What package figures decides of it.
	Kind RowKind
	Span period.Span // how long the period is, against the statistic's frequency
}

// Row copies the cells of row i, one for each field.
func (s *Statistic) Row(i int) []Cell {
	row := make([]Cell, len(s.Columns))
	for f := range row {
		row[f] = s.Cell(i, f)
	}
	return row
}

// Column gives the cells of a field; none where there are no rows.
func (s *Statistic) Column(field int) *Cells {
	if field < len(s.Columns) {
		return &s.Columns[field]
	}
	return &Cells{}
}

// Cell gives the cell of a field in a row.
func (s *Statistic) Cell(row, field int) Cell {
	c := &s.Columns[field]
	return c.Each[c.Of[row]]
}

// Set puts another cell in the place of one. Copies of a statistic share its cells: they are
// made after it, or have cells of their own.
func (s *Statistic) Set(row, field int, cell Cell) {
	c := &s.Columns[field]
	c.Of[row] = c.add(cell)
}

// add tells which of its cells one is that is set now; most are as one that was set just
// before.
func (c *Cells) add(cell Cell) uint32 {
	const near = 16
	for i := len(c.Each) - 1; i >= max(0, len(c.Each)-near); i-- {
		if c.Each[i].same(cell) {
			return uint32(i)
		}
	}
	c.Each = append(c.Each, cell)
	return uint32(len(c.Each) - 1)
}

// Apart gives a field a cell for every unit that one counts in, so that what is said of a
// cell may depend on its unit, and gives these units by cell.
func (s *Statistic) Apart(field int) (units []string) {
	c := s.Column(field)
	f := s.Fields[field]
	if f.Unit == "" && f.Type != "percent" && f.UnitField >= 0 && f.UnitField != field {
		by := s.Column(f.UnitField)
		number := NewPairs(len(c.Each), len(by.Each), len(s.Rows))
		var each []Cell
		of := make([]uint32, len(c.Of))
		for row := range of {
			n := number.Of(int32(c.Of[row]), int32(by.Of[row]))
			if int(n) == len(each) {
				each, units = append(each, c.Each[c.Of[row]]), append(units, s.Unit(row, field))
			}
			of[row] = uint32(n)
		}
		c.Each, c.Of = each, of
		return units
	}
	units = make([]string, len(c.Each))
	for i := range units {
		units[i] = s.Unit(0, field)
	}
	return units
}

// First tells of each of Each the first row that has it; -1 of one that no row has any more.
func (c *Cells) First() []int {
	first := make([]int, len(c.Each))
	for i := range first {
		first[i] = -1
	}
	for row, of := range c.Of {
		if first[of] < 0 {
			first[of] = row
		}
	}
	return first
}

// Texts numbers the texts of the cells, from 0: of says which each of Each has, count how
// many there are.
func (c *Cells) Texts() (of []int32, count int) {
	of = make([]int32, len(c.Each))
	known := make(map[string]int32, len(c.Each))
	for i := range c.Each {
		n, is := known[c.Each[i].Text]
		if !is {
			n = int32(len(known))
			known[c.Each[i].Text] = n
		}
		of[i] = n
	}
	return of, len(known)
}

// Append adds a row. The statistic has its fields by then.
func (s *Statistic) Append(row Row, p period.Period, cells ...Cell) {
	if s.Columns == nil {
		s.Columns = make([]Cells, len(s.Fields))
	}
	row.When = s.When(p)
	s.Rows = append(s.Rows, row)
	for f, cell := range cells {
		s.Columns[f].Add(cell)
	}
}

// Add adds the cell of the next row.
func (c *Cells) Add(cell Cell) { c.Of = append(c.Of, c.add(cell)) }

// Own gives the statistic cells of its own in the place of those that it shares with the
// one that it is a copy of, so that Set changes them in it alone.
func (s *Statistic) Own() {
	s.Columns = slices.Clone(s.Columns)
	for f := range s.Columns {
		c := &s.Columns[f]
		c.Each, c.Of = slices.Clone(c.Each), slices.Clone(c.Of)
	}
}

// Forget takes out of memory what was withheld, and the cells that no row has any more.
func (s *Statistic) Forget() {
	s.Hidden = nil
	s.Columns = slices.Clone(s.Columns)
	for f := range s.Columns {
		c := &s.Columns[f]
		first := c.First()
		if !slices.Contains(first, -1) {
			continue
		}
		each, now := []Cell(nil), make([]uint32, len(c.Each))
		for i, row := range first {
			if row >= 0 {
				now[i] = uint32(len(each))
				each = append(each, c.Each[i])
			}
		}
		of := make([]uint32, len(c.Of))
		for row, i := range c.Of {
			of[row] = now[i]
		}
		c.Each, c.Of = each, of
	}
}

// Reword gives every cell of a field the text that other gives for its own. Those of a
// statistic that it shares its cells with stay as they are.
func (s *Statistic) Reword(field int, other func(text string) string) {
	s.Columns = slices.Clone(s.Columns)
	c := s.Column(field)
	c.Each = slices.Clone(c.Each)
	for i := range c.Each {
		c.Each[i].Text = other(c.Each[i].Text)
	}
}

// Period gives the period of a row; zero where it has none.
func (s *Statistic) Period(row int) period.Period {
	if at := s.Rows[row].When; at > 0 {
		return s.Periods[at-1]
	}
	return period.Period{}
}

// When adds a period to those of the rows, and tells what a Row says that has it.
func (s *Statistic) When(p period.Period) uint32 {
	switch n := len(s.Periods); {
	case p.IsZero():
		return 0
	case n == 0 || s.Periods[n-1] != p:
		s.Periods = append(s.Periods, p)
	}
	return uint32(len(s.Periods))
}

// Position gives the place of a cell in its file. Row -1 is the header.
func (s *Statistic) Position(row, field int) problem.Position {
	if row < 0 {
		return s.Fields[field].At
	}
	r := s.Rows[row]
	line, column := s.Columns[field].At(row, r.Line)
	return problem.Position{File: s.File, Line: int(line), Column: int(column), Cell: CellName(s.Fields[field].Column, int(r.Sheet))}
}
