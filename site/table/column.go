package table

import (
	"strings"

	"sunshine/site/bureau"
)

// Column is a column of a table. What many of its cells say is held once.
type Column struct {
	Texts []string // those that there are; the same may be there twice
	Of    []uint32 // by row, which of them its cell says
	bureau.Places
}

// text gives what the cell of a row says: nothing in one that the row does not have.
func (c *Column) text(row int) string {
	if row >= len(c.Of) {
		return ""
	}
	return c.Texts[c.Of[row]]
}

// cut leaves the first rows, and those texts alone that they say, in the order in which
// they do.
func (c *Column) cut(rows int) {
	c.Of = c.Of[:rows]
	c.Cut(rows)
	var texts []string
	now := make([]uint32, len(c.Texts)) // where each stands, from 1
	for i, of := range c.Of {
		if now[of] == 0 {
			texts = append(texts, c.Texts[of])
			now[of] = uint32(len(texts))
		}
		c.Of[i] = now[of] - 1
	}
	c.Texts = texts
}

// filling is a column that cells are added to.
type filling struct {
	Column
	last    string // the text of the cell before, if it stands so in the file, and which it is
	of      uint32
	known   map[string]uint32 // by what stands in the file
	refused bool              // some text holds a control character
	cleaned bool              // some text stands otherwise in the file, or would be quoted there
}

// knownTexts is how many texts of a column are looked for again, so that the memory for
// one of which no two are alike is bounded.
const knownTexts = 1 << 17

// add adds what stands in the cell of a row, which need not outlive the call.
func (f *filling) add(row int, field string) (cell string, control bool) {
	if f.Texts == nil {
		f.Texts = []string{""} // of the rows that do not have the column
	}
	for len(f.Of) < row {
		f.Of = append(f.Of, 0)
	}
	of := f.of
	if field != f.last {
		known := field == ""
		if of = f.of + 1; !known && !f.refused && int(of) < len(f.Texts) && f.Texts[of] == field {
			known = true // as where every period has the same names, in one order
		} else if of = 0; !known {
			of, known = f.known[field]
		}
		if !known {
			field = strings.Clone(field)
			cell, control = clean(field)
			f.cleaned = f.cleaned || cell != field || cell == `\.`
			of = uint32(len(f.Texts))
			f.Texts = append(f.Texts, cell)
			if control {
				f.refused = true
				f.Of = append(f.Of, of) // whose like is told of again
				return cell, control
			}
			if f.known == nil {
				f.known = map[string]uint32{}
			}
			if len(f.known) < knownTexts {
				f.known[field] = of
			}
		}
		if f.Texts[of] == field {
			f.last, f.of = f.Texts[of], of
		}
	}
	f.Of = append(f.Of, of)
	return f.Texts[of], false
}
