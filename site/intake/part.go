package intake

import (
	"maps"
	"slices"

	"sunshine/site/table"
)

// PartKind is what a cell of an office file is read as.
type PartKind string

const (
	PartOther    PartKind = "" // nobody reads it
	PartTitle    PartKind = "title"
	PartOffice   PartKind = "office" // who sent it
	PartUnit     PartKind = "unit"   // what figures count in
	PartHeader   PartKind = "header"
	PartPeriod   PartKind = "period"
	PartCategory PartKind = "category" // a unit, a category, the number of a matter
	PartFigures  PartKind = "figures"
	PartText     PartKind = "text" // of a ledger or a register
	PartTotal    PartKind = "total"
	PartNote     PartKind = "note" // below a table; not read
	PartOut      PartKind = "out"  // left out, and said so
)

// Part is cells of an office file and what they were read as.
type Part struct {
	Sheet string
	Range table.Range
	As    PartKind
	Of    string // of the header: the column that it stands over, as Reading.Layout has it
}

// part is what the cells of a column of a ledger or a register are.
func (f Field) part() PartKind {
	if f.names() {
		return PartCategory
	}
	return PartText
}

// rowAs remembers of a row of the sheet that it is no row as others are.
func (t *tableReader) rowAs(i int, as PartKind) {
	if t.odd == nil {
		t.odd = map[int]PartKind{}
	}
	t.odd[i] = as
}

// mark records what the cells of a table were read as, by the columns of its sheet. A
// column that as does not have was left out.
func (r *Reading) mark(t *tableReader, as map[int]PartKind) {
	r.Parts = append(r.Parts, t.marked...)
	add := func(first, last, left, right int, as PartKind, of string) {
		r.Parts = append(r.Parts, Part{t.Name, table.Range{Row: t.Rows[first].Row, Column: left, LastRow: t.Rows[last].Row, LastColumn: right}, as, of})
	}
	for _, l := range t.headings {
		add(l.row, l.row, l.cells[0].Column, l.cells[0].Column, PartCategory, "")
	}
	// A word of the header may stand over several columns: it is left out with all of them.
	type cell struct{ row, column int }
	over := map[cell]Part{}
	for _, c := range t.columns {
		kind := PartHeader
		switch as[c.index] {
		case PartOther:
			kind = PartOut
		case PartTotal:
			kind = PartTotal
		}
		for n, row := range t.head {
			if v, ok := t.headCell(n, row, c.index); ok {
				at := cell{row, v.Column}
				before, known := over[at]
				if !known {
					before = Part{As: kind, Of: c.layout}
				} else if before.As != kind {
					before.As = PartHeader
				}
				over[at] = before
			}
		}
		if t.units >= 0 {
			if _, ok := t.at(t.units, c.index); ok {
				add(t.units, t.units, c.index, c.index, PartUnit, "")
			}
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(over), func(a, b cell) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.column - b.column
	}) {
		add(at.row, at.row, at.column, at.column, over[at].As, over[at].Of)
	}
	for n := 0; n < len(t.rows); {
		first := t.rows[n]
		odd, is := t.odd[first]
		last := first
		for n++; n < len(t.rows) && t.rows[n] == last+1; n++ {
			if next, too := t.odd[t.rows[n]]; too != is || next != odd {
				break
			}
			last = t.rows[n]
		}
		kindOf := func(c column) PartKind {
			switch kind := as[c.index]; {
			case kind == PartOther:
				return PartOut
			case is:
				return odd
			default:
				return kind
			}
		}
		for k := 0; k < len(t.columns); { // columns beside each other are one part: a table may have a total in every other row
			left, kind := k, kindOf(t.columns[k])
			for k++; k < len(t.columns) && kindOf(t.columns[k]) == kind; k++ {
			}
			add(first, last, t.columns[left].index, t.columns[k-1].index, kind, "")
		}
	}
}

// marks records it for each table of a statistic.
func (b *builder) marks() {
	for _, t := range b.group.tables {
		as := map[int]PartKind{}
		for _, c := range t.columns {
			switch c.kind {
			case key:
				as[c.index] = PartCategory
			case when, whenYear, whenPart:
				as[c.index] = PartPeriod
			case units:
				as[c.index] = PartUnit
			case figure:
				if as[c.index] = PartFigures; slices.ContainsFunc(c.words, isTotalWord) {
					as[c.index] = PartTotal
				}
			default:
				if c.serial && b.serial {
					as[c.index] = PartCategory
				}
			}
		}
		for n, i := range t.rows {
			switch {
			case t.entries[n].total || t.skipsTotal(n):
				t.rowAs(i, PartTotal)
			case !slices.ContainsFunc(t.columns, func(c column) bool {
				_, ok := t.at(i, c.index)
				return ok && c.kind == figure
			}):
				t.rowAs(i, PartOut) // there is nothing in it that a statistic holds
			}
		}
		b.mark(t, as)
	}
}

// as gives what the columns of a ledger are.
func (m *matters) as() map[int]PartKind {
	all := map[int]PartKind{}
	for name, c := range m.by {
		switch i := m.into.field(name); {
		case name == serialKey || name == ledgerColumn || name == unitColumn:
			all[c.index] = PartCategory
		case i >= 0:
			all[c.index] = m.into.Fields[i].part()
		}
	}
	if c, ok := m.by[serialKey]; ok {
		if _, own := m.by[idColumn]; own { // the matters have numbers of their own
			delete(all, c.index)
		}
	}
	return all
}
