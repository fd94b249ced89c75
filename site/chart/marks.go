package chart

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	"sunshine/site/bureau"
)

// writeMarks draws the series: a group for each, data-bars or data-lines with
// its number, and one element a mark.
func (s *sheet) writeMarks(b *bytes.Buffer, id string) {
	for _, p := range s.panels {
		for _, k := range p.series {
			if s.lines {
				s.writeLine(b, p, k)
			} else {
				s.writeBars(b, id, p, k)
			}
			b.WriteString("</g>")
		}
	}
}

// look is which colour, texture and dash series k has. The panels of small
// multiples look the same.
func (s *sheet) look(k int) int {
	if s.plot.Type == SmallMultiples {
		return 0
	}
	return k % maxSeries
}

// writeBars draws the bars of series k, from the axis or from what lies below
// them in a stack.
func (s *sheet) writeBars(b *bytes.Buffer, id string, p panel, k int) {
	look := s.look(k)
	colour := seriesHex[look]
	class := "chart-fill-" + strconv.Itoa(look+1)
	if look > 0 {
		colour, class = "url(#"+textureID(id, look)+")", ""
	}
	fmt.Fprintf(b, `<g data-bars="%d" fill="%s"`, k, colour)
	if s.stacked {
		fmt.Fprintf(b, ` stroke="%s"`, paperHex)
		class += " chart-stroke-paper"
	}
	if class != "" {
		fmt.Fprintf(b, ` class="%s"`, class)
	}
	b.WriteByte('>')
	for t, v := range s.plot.Series[k].Values {
		if math.IsNaN(v.Number) {
			continue
		}
		from := 0.0
		if s.stacked {
			from = s.below(k, t)
		}
		a, z := s.level(p, from), s.level(p, from+v.Number)
		side := s.centre(p, t) + s.beside(p, k) - s.barWidth/2
		if s.barWidth >= 4 {
			side = math.Round(side) // sharp on the pixels of a screen
		}
		x, y, w, h := tenths(side), tenths(min(a, z)), tenths(s.barWidth), tenths(max(a, z))-tenths(min(a, z))
		if s.horizontal {
			x, y, w, h = y, x, h, w
		}
		b.WriteString(`<path d="M`)
		writeTenths(b, x)
		b.WriteByte(' ')
		writeTenths(b, y)
		b.WriteByte('h')
		writeTenths(b, w)
		b.WriteByte('v')
		writeTenths(b, h)
		b.WriteByte('h')
		writeTenths(b, -w)
		b.WriteString(`z"`)
		if s.plot.Ticks[t].Partial {
			fmt.Fprintf(b, ` fill="url(#%s)"`, hatchID(id, look))
			if v.Number != 0 { // an outline alone would show more than there is
				fmt.Fprintf(b, ` stroke="%s" stroke-width="1.5" class="chart-stroke-%d"`, seriesHex[look], look+1)
			}
		}
		b.WriteString(`/>`)
	}
}

// writeLine draws series k as a line, with its symbols where there are few
// ticks, and the values that no line joins as points: full ones, and hollow ones
// for partial periods.
func (s *sheet) writeLine(b *bytes.Buffer, p panel, k int) {
	look := s.look(k)
	hex, role := seriesHex[look], look+1
	runs, alone := s.stretches(k)
	at := func(t int) (x, y int) {
		return tenths(s.centre(p, t)), tenths(s.level(p, s.plot.Series[k].Values[t].Number))
	}
	fmt.Fprintf(b, `<g data-lines="%d">`, k)
	if len(runs) > 0 {
		b.WriteString(`<path d="`)
		for _, r := range runs {
			for t := r.first; t <= r.last; t++ {
				if t == r.first {
					b.WriteByte('M')
				} else {
					b.WriteByte('L')
				}
				x, y := at(t)
				writeTenths(b, x)
				b.WriteByte(' ')
				writeTenths(b, y)
			}
		}
		fmt.Fprintf(b, `" fill="none" stroke="%s" stroke-width="%g" stroke-linejoin="round"%s class="chart-stroke-%d"/>`, hex, s.thick(look), dash(look), role)
	}
	if s.showsSymbols() && len(runs) > 0 {
		fmt.Fprintf(b, `<g fill="%s" class="chart-fill-%d">`, hex, role)
		for _, r := range runs {
			for t := r.first; t <= r.last; t++ {
				x, y := at(t)
				writeSymbol(b, look, x, y)
				b.WriteString(`/>`)
			}
		}
		b.WriteString(`</g>`)
	}
	symbol := 0 // a circle, where the series are not told apart by their symbols
	if s.showsSymbols() {
		symbol = look
	}
	for _, t := range alone {
		x, y := at(t)
		writeSymbol(b, symbol, x, y)
		if s.plot.Ticks[t].Partial {
			fmt.Fprintf(b, ` fill="%s" stroke="%s" stroke-width="2" class="chart-fill-paper chart-stroke-%d"/>`, paperHex, hex, role)
		} else {
			fmt.Fprintf(b, ` fill="%s" stroke="%[1]s" stroke-width="2" class="chart-fill-%d chart-stroke-%[2]d"/>`, hex, role)
		}
	}
}

// showsSymbols tells whether the points of a line are marked.
func (s *sheet) showsSymbols() bool {
	return len(s.plot.Ticks) <= symbolMax && s.plot.Type != SmallMultiples
}

// run is a stretch of ticks that a line joins.
type run struct{ first, last int }

// stretches gives what of series k lines join: neighbours that are whole periods
// with no break between. A value with no such neighbour, and a partial one,
// stands alone.
func (s *sheet) stretches(k int) (runs []run, alone []int) {
	values := s.plot.Series[k].Values
	whole := func(t int) bool { return !math.IsNaN(values[t].Number) && !s.plot.Ticks[t].Partial }
	for t := 0; t < len(values); t++ {
		if math.IsNaN(values[t].Number) {
			continue
		}
		last := t
		for whole(last) && last+1 < len(values) && whole(last+1) && values[last+1].Status&bureau.Break == 0 {
			last++
		}
		if last == t {
			alone = append(alone, t)
			continue
		}
		runs = append(runs, run{t, last})
		t = last
	}
	return runs, alone
}

// writeSymbol begins the element of the symbol of a look, for its colours to follow.
func writeSymbol(b *bytes.Buffer, look, x, y int) {
	var shape string
	switch symbols[look%len(symbols)] {
	case "circle":
		b.WriteString(`<circle cx="`)
		writeTenths(b, x)
		b.WriteString(`" cy="`)
		writeTenths(b, y)
		b.WriteString(`" r="3"`)
		return
	case "rect":
		x, y, shape = x-30, y-30, "h6v6h-6z"
	case "triangle":
		y, shape = y-35, "l4 7h-8z"
	case "diamond":
		y, shape = y-40, "l4 4-4 4-4-4z"
	}
	b.WriteString(`<path d="M`)
	writeTenths(b, x)
	b.WriteByte(' ')
	writeTenths(b, y)
	b.WriteString(shape + `"`)
}

// thick is how broad the line of a look is: one whose dashes another look has too is told
// apart from it by its symbols or, where none are drawn, by its breadth.
func (s *sheet) thick(look int) float64 {
	if look >= len(dashes) && !s.showsSymbols() {
		return 3.5
	}
	return 2
}

// dash tells the lines of a look apart without colour.
func dash(look int) string {
	switch dashes[look%len(dashes)] {
	case "dashed":
		return ` stroke-dasharray="8 4"`
	case "dotted":
		return ` stroke-dasharray="2 2"`
	}
	return ""
}

// tenths rounds pixels to tenths, in which a drawing is written.
func tenths(px float64) int { return int(math.Round(px * 10)) }

func writeTenths(b *bytes.Buffer, tenths int) {
	out := b.AvailableBuffer()
	if tenths < 0 {
		out, tenths = append(out, '-'), -tenths
	}
	out = strconv.AppendInt(out, int64(tenths/10), 10)
	if tenths%10 != 0 {
		out = append(out, '.', byte('0'+tenths%10))
	}
	b.Write(out)
}
