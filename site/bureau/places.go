package bureau

import "math"

// Places are where the cells of a column begin in their file: on which line, and at which
// of its characters, both from 1. The line of a row, on which most of its cells begin, is
// kept with the row.
type Places struct {
	at  []uint16         // by row, the character of the row's line; 0 where it is none
	far map[int]farPlace // those that begin on another line, or further right
}

type farPlace struct{ line, column uint32 }

// Put says where the cell of a row begins whose line is first. Rows are put in their order.
func (p *Places) Put(row int, first, line, column uint32) {
	for len(p.at) <= row {
		p.at = append(p.at, 0)
	}
	if line == first && column <= math.MaxUint16 {
		p.at[row] = uint16(column)
		return
	}
	if p.far == nil {
		p.far = map[int]farPlace{}
	}
	p.far[row] = farPlace{line, column}
}

// At gives the place of the cell of a row whose line is first; the column is 0 where it
// stands in no file.
func (p *Places) At(row int, first uint32) (line, column uint32) {
	if far, is := p.far[row]; is {
		return far.line, far.column
	}
	if row < len(p.at) {
		return first, uint32(p.at[row])
	}
	return first, 0
}

// Move gives a row the place of a later one.
func (p *Places) Move(from, to int) {
	p.at[to] = p.at[from]
	if far, is := p.far[from]; is {
		delete(p.far, from)
		p.far[to] = far
	} else if p.far != nil {
		delete(p.far, to)
	}
}

// Cut leaves the places of the first rows.
func (p *Places) Cut(rows int) {
	p.at = p.at[:min(rows, len(p.at))]
	for row := range p.far {
		if row >= rows {
			delete(p.far, row)
		}
	}
}
