package chart

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// A pen writes texts of one look.
type pen struct{ b *bytes.Buffer }

// texts begins a group of texts; done ends it. A halo in the paper's colour
// keeps lines of the grid away from a figure.
func texts(b *bytes.Buffer, anchor, role, hex string, halo bool) pen {
	fmt.Fprintf(b, `<g text-anchor="%s" fill="%s"`, anchor, hex)
	if halo {
		fmt.Fprintf(b, ` stroke="%s" stroke-width="3" stroke-linejoin="round" paint-order="stroke" class="chart-fill-%s chart-stroke-paper">`, paperHex, role)
	} else {
		fmt.Fprintf(b, ` class="chart-fill-%s">`, role)
	}
	return pen{b}
}

func (p pen) done() { p.b.WriteString("</g>") }

// line writes one line; y is its baseline.
func (p pen) line(x, y float64, text string) {
	p.b.WriteString(`<text x="`)
	p.b.Write(appendTenths(p.b.AvailableBuffer(), x))
	p.b.WriteString(`" y="`)
	p.b.Write(appendTenths(p.b.AvailableBuffer(), y))
	p.b.WriteString(`">`)
	escape(p.b, text)
	p.b.WriteString("</text>")
}

// half is how far the baseline stands below the middle of a figure.
const half = font * 0.36

func (s *sheet) sayEmpty(b *bytes.Buffer) {
	p := texts(b, "middle", "quiet", quietHex, false)
	p.line(float64(s.width)/2, float64(s.height)/2+half, wordsOf(s.plot.Language).empty)
	p.done()
}

// drawGrid draws the lines to read values by.
func (s *sheet) drawGrid(b *bytes.Buffer) {
	b.WriteString(`<path d="`)
	for _, p := range s.panels {
		for _, v := range s.scale.ticks() {
			s.rule(b, p, s.level(p, v))
		}
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" class="chart-stroke-grid"/>`, gridHex)
}

// rule adds a line across a panel to a path, sharp on the pixels of a screen.
func (s *sheet) rule(b *bytes.Buffer, p panel, at float64) {
	at = math.Floor(at) + 0.5
	if s.horizontal {
		fmt.Fprintf(b, "M%g %gV%g", at, p.y, p.y+p.h)
	} else {
		fmt.Fprintf(b, "M%g %gH%g", p.x, at, p.x+p.w)
	}
}

// annotate adds what stands over the marks: the category axis and all text.
func (s *sheet) annotate(b *bytes.Buffer) {
	b.WriteString(`<path d="`)
	for _, p := range s.panels {
		s.rule(b, p, s.base(p))
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" class="chart-stroke-axis"/>`, axisHex)
	s.writeHead(b)
	s.writeAxes(b)
	if s.showsValues() {
		s.writeValues(b)
	}
	s.writeMarkers(b)
	if s.sideLabels() {
		s.nameSeries(b)
	}
}

// writeHead writes the unit, the remark on an axis that does not start at zero,
// and the names of panels.
func (s *sheet) writeHead(b *bytes.Buffer) {
	w := wordsOf(s.plot.Language)
	if unit := s.unit(); unit != "" {
		p := texts(b, "start", "quiet", quietHex, false)
		p.line(0, font, fit(w.unit(unit), float64(s.width)*0.6, font))
		p.done()
	}
	if s.cut() {
		p := texts(b, "end", "quiet", quietHex, false)
		p.line(float64(s.width), font, w.cut)
		p.done()
	}
	if s.plot.Type == SmallMultiples {
		p := texts(b, "start", "ink", inkHex, false)
		for _, panel := range s.panels {
			p.line(panel.x, panel.y-10, panel.title)
		}
		p.done()
	}
}

// writeAxes writes the labels of both axes.
func (s *sheet) writeAxes(b *bytes.Buffer) {
	ticks, labels := s.scale.ticks(), s.scale.labels(s.plot.Language)
	anchor := "end"
	if s.above {
		anchor = "start"
	}
	at := texts(b, anchor, "quiet", quietHex, s.above)
	for _, p := range s.panels {
		switch {
		case s.above:
			for _, n := range s.names {
				at.line(p.x, s.centre(p, n.tick)-s.barsHigh(p)/2-5, n.text)
			}
		case s.horizontal:
			for _, n := range s.names {
				at.line(p.x-8, s.centre(p, n.tick)+half, n.text)
			}
		case p.first:
			for i, v := range ticks {
				at.line(p.x-8, s.level(p, v)+half, labels[i])
			}
		}
	}
	at.done()
	at = texts(b, "middle", "quiet", quietHex, false)
	for _, p := range s.panels {
		if s.horizontal {
			for i, v := range ticks {
				at.line(s.level(p, v), p.y+p.h+lineHeight, labels[i])
			}
			continue
		}
		for _, n := range s.names {
			y := p.y + p.h + lineHeight + 2
			for text := range strings.SplitSeq(n.text, "\n") {
				at.line(s.under(p, n.tick, textWidth(text, font)), y, text)
				y += lineHeight
			}
		}
	}
	at.done()
}

// writeValues writes the value of each bar at its end, of each part of a stack
// inside it, and of each point above it, where there is room.
func (s *sheet) writeValues(b *bytes.Buffer) {
	p := s.panels[0]
	for k, series := range s.plot.Series {
		anchor, role, hex, halo := "middle", "ink", inkHex, true
		if s.stacked {
			role, hex, halo = "paper", paperHex, false
		} else if s.horizontal {
			anchor = "start"
		}
		at := texts(b, anchor, role, hex, halo)
		for t, v := range series.Values {
			text := s.figure(k, t)
			if text == "" {
				continue
			}
			width := textWidth(text, font)
			middle := s.centre(p, t) + s.beside(p, k)
			end := s.level(p, v.Number)
			switch {
			case s.stacked:
				s.writePart(at, k, t, text, width)
			case s.horizontal && v.Number < 0:
				at.line(end-width-4, middle+half, text)
			case s.horizontal:
				if s.barWidth >= font-1 {
					at.line(end+5, middle+half, text)
				}
			case width+2 <= p.w/float64(len(s.plot.Ticks)*len(s.plot.Series)):
				switch {
				case s.lines:
					at.line(middle, end-9, text)
				case v.Number < 0:
					at.line(middle, end+font+2, text)
				default:
					at.line(middle, end-6, text)
				}
			}
		}
		at.done()
	}
}

// writePart writes the value of one part of a stack, if it fits inside.
func (s *sheet) writePart(at pen, k, t int, text string, width float64) {
	p := s.panels[0]
	v := s.plot.Series[k].Values[t].Number
	from := s.below(k, t)
	a, z := s.level(p, from), s.level(p, from+v)
	long, high := s.barWidth, math.Abs(z-a)
	if s.horizontal {
		long, high = high, long
	}
	if width+4 > long || font+2 > high {
		return
	}
	x, y := s.centre(p, t), (a+z)/2
	if s.horizontal {
		x, y = y, x
	}
	if s.plot.Ticks[t].Partial { // on the hatching, which is mostly paper
		at.done()
		over := texts(at.b, "middle", "ink", inkHex, true)
		over.line(x, y+half, text)
		over.done()
		texts(at.b, "middle", "paper", paperHex, false)
		return
	}
	at.line(x, y+half, text)
}

// below is the sum of what lies between the axis and series k in a stack.
func (s *sheet) below(k, t int) float64 {
	sum := 0.0
	negative := s.plot.Series[k].Values[t].Number < 0
	for _, series := range s.plot.Series[:k] {
		if v := series.Values[t].Number; v < 0 == negative && !math.IsNaN(v) {
			sum += v
		}
	}
	return sum
}

// writeMarkers puts the letter of each missing value, and of each break, where
// its bar or point would stand. Where two would touch, the first stands for both.
func (s *sheet) writeMarkers(b *bytes.Buffer) {
	shown := bureau.Instead
	if !s.showsValues() {
		shown |= bureau.Break
	}
	anchor := "middle"
	if s.horizontal {
		anchor = "start"
	}
	at := texts(b, anchor, "quiet", quietHex, true)
	for _, p := range s.panels {
		var taken []span
		for t := range s.plot.Ticks {
			for i, k := range p.series {
				status := s.plot.Series[k].Values[t].Status
				if s.lines || s.stacked { // one place for all series
					if i > 0 {
						break
					}
					for _, k := range p.series[1:] {
						status |= s.plot.Series[k].Values[t].Status
					}
				}
				text := letters(status & shown)
				if text == "" {
					continue
				}
				middle := s.centre(p, t) + s.beside(p, i)
				reach := textWidth(text, font)/2 + 1
				if s.horizontal {
					reach = font / 2
				}
				place := span{middle - reach, middle + reach}
				if !place.free(taken) {
					continue
				}
				taken = append(taken, place)
				if s.horizontal {
					at.line(s.base(p)+5, middle+half, text)
				} else {
					at.line(middle, s.base(p)-6, text)
				}
			}
		}
	}
	at.done()
}

// letters writes markers as staff do: [x].
func letters(status bureau.Status) string {
	text := ""
	for _, m := range bureau.Markers {
		if status&m.Status != 0 {
			text += "[" + m.Letter + "]"
		}
	}
	return text
}

// nameSeries writes the name of each series beside its last value, moved apart
// where they would touch.
func (s *sheet) nameSeries(b *bytes.Buffer) {
	type label struct {
		k int
		y float64
	}
	p := s.panels[0]
	last := len(s.plot.Ticks) - 1
	var all []label
	for k, series := range s.plot.Series {
		t := last
		for t >= 0 && math.IsNaN(series.Values[t].Number) {
			t--
		}
		if t < 0 || s.stacked && t < last {
			continue
		}
		v := series.Values[t].Number
		if s.stacked {
			v = s.below(k, t) + v/2
		}
		all = append(all, label{k, s.level(p, v)})
	}
	slices.SortStableFunc(all, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	for i := 1; i < len(all); i++ {
		all[i].y = math.Max(all[i].y, all[i-1].y+lineHeight-1)
	}
	for i, limit := len(all)-1, p.y+p.h-font/2; i >= 0; i-- {
		all[i].y = math.Min(all[i].y, limit)
		limit = all[i].y - lineHeight + 1
	}
	x := s.centre(p, last) + 8
	if s.stacked {
		x += s.barWidth / 2
	}
	for _, l := range all {
		at := texts(b, "start", strconv.Itoa(s.look(l.k)+1), seriesHex[s.look(l.k)], false)
		at.line(x, l.y+half, fit(s.plot.Series[l.k].Name, float64(s.width)-x, font))
		at.done()
	}
}

// signs tells what a legend has to explain besides the series.
func signs(p Plot) (partial bool, status bureau.Status) {
	for t, tick := range p.Ticks {
		partial = partial || tick.Partial
		for _, series := range p.Series {
			status |= series.Values[t].Status
		}
	}
	return partial, status
}
