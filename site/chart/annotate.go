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
	"sunshine/site/locale"
)

// A pen writes texts of one look.
type pen struct {
	b           *bytes.Buffer
	begin, body int // of its group
}

// texts begins a group of texts; done ends it. data says what the texts are, for
// the reading back. A halo in the colour of what a figure lies on, "paper" or the
// number of a look, keeps the lines of the grid or of a texture away from it.
func texts(b *bytes.Buffer, data, anchor, role, hex, halo string) pen {
	p := pen{b: b, begin: b.Len()}
	fmt.Fprintf(b, `<g%s text-anchor="%s" fill="%s"`, data, anchor, hex)
	if halo != "" {
		under := paperHex
		if number, err := strconv.Atoi(halo); err == nil {
			under = seriesHex[number-1]
		}
		fmt.Fprintf(b, ` stroke="%s" stroke-width="3" stroke-linejoin="round" paint-order="stroke" class="chart-fill-%s chart-stroke-%s">`, under, role, halo)
	} else {
		fmt.Fprintf(b, ` class="chart-fill-%s">`, role)
	}
	p.body = b.Len()
	return p
}

// done ends the group; one without a text is taken back.
func (p pen) done() {
	if p.b.Len() == p.body {
		p.b.Truncate(p.begin)
		return
	}
	p.b.WriteString("</g>")
}

// line writes one line; y is its baseline.
func (p pen) line(x, y float64, text string) { p.write(x, y, "", text) }

// name writes a label of a tick, each line of it under the one before.
func (p pen) name(x, y float64, n name) {
	for text := range strings.SplitSeq(n.text, "\n") {
		p.write(x, y, ` data-tick="`+strconv.Itoa(n.tick)+`"`, text)
		y += lineHeight
	}
}

func (p pen) write(x, y float64, data, text string) {
	p.b.WriteString(`<text` + data + ` x="`)
	writeTenths(p.b, tenths(x))
	p.b.WriteString(`" y="`)
	writeTenths(p.b, tenths(y))
	p.b.WriteString(`">`)
	escape(p.b, text)
	p.b.WriteString("</text>")
}

// half is how far the baseline stands below the middle of a figure.
const half = font * 0.36

func (s *sheet) sayEmpty(b *bytes.Buffer) {
	p := texts(b, "", "middle", "quiet", quietHex, "")
	p.line(float64(s.width)/2, float64(s.height)/2+half, s.plot.Language.Text(locale.ChartEmpty))
	p.done()
}

// drawGrid draws the lines to read values by, a path for each panel.
func (s *sheet) drawGrid(b *bytes.Buffer) {
	fmt.Fprintf(b, `<g data-grid="" fill="none" stroke="%s" class="chart-stroke-grid">`, gridHex)
	for _, p := range s.panels {
		b.WriteString(`<path d="`)
		for _, v := range s.scale.ticks() {
			s.rule(b, p, s.level(p, v))
		}
		b.WriteString(`"/>`)
	}
	b.WriteString(`</g>`)
}

// rule adds a line across a panel to a path, sharp on the pixels of a screen.
func (s *sheet) rule(b *bytes.Buffer, p panel, at float64) {
	at = math.Floor(at) + 0.5
	x, y, end := p.x, at, p.x+p.w
	direction := byte('H')
	if s.horizontal {
		x, y, end, direction = at, p.y, p.y+p.h, 'V'
	}
	b.WriteByte('M')
	writeTenths(b, tenths(x))
	b.WriteByte(' ')
	writeTenths(b, tenths(y))
	b.WriteByte(direction)
	writeTenths(b, tenths(end))
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
	if s.unlike() {
		s.writeEnds(b)
	}
	s.writeMarkers(b)
	if s.sides != nil {
		s.nameSeries(b)
	}
}

// writeHead writes the unit, the remark on an axis that does not start at zero,
// and the names of panels.
func (s *sheet) writeHead(b *bytes.Buffer) {
	if unit := s.unit(); unit != "" {
		p := texts(b, ` data-texts="unit"`, "start", "quiet", quietHex, "")
		p.line(0, font, cut(s.plot.Language.Text(locale.ChartUnit, unit), float64(s.width)*0.6))
		p.done()
	}
	if s.cut() {
		p := texts(b, ` data-texts="cut"`, "end", "quiet", quietHex, "")
		p.line(float64(s.width), font, s.plot.Language.Text(locale.ChartCut))
		p.done()
	}
	if s.plot.Type == SmallMultiples {
		p := texts(b, ` data-texts="panels"`, "start", "ink", inkHex, "")
		for _, panel := range s.panels {
			up := float64(strings.Count(panel.title, "\n")) * lineHeight
			p.name(panel.x, panel.y-10-up, name{panel.series[0], panel.title})
		}
		p.done()
	}
}

// writeAxes writes the labels of both axes.
func (s *sheet) writeAxes(b *bytes.Buffer) {
	ticks, labels := s.scale.ticks(), s.scale.labels(s.plot.Language)
	left, below := ` data-texts="scale"`, ` data-texts="names"`
	if s.horizontal {
		left, below = below, left
	}
	anchor := "end"
	if s.above {
		anchor = "start"
	}
	halo := ""
	if s.above {
		halo = "paper"
	}
	at := texts(b, left, anchor, "quiet", quietHex, halo)
	for _, p := range s.panels {
		if !p.first {
			continue
		}
		if s.horizontal {
			for _, n := range s.names {
				lines := float64(strings.Count(n.text, "\n"))
				if s.above {
					at.name(p.x, s.centre(p, n.tick)-s.barsHigh(p)/2-5-lines*lineHeight, n)
				} else {
					at.name(p.x-8, s.centre(p, n.tick)+half-lines*lineHeight/2, n)
				}
			}
			continue
		}
		for i, v := range ticks {
			at.line(p.x-8, s.level(p, v)+half, labels[i])
		}
	}
	at.done()
	at = texts(b, below, "middle", "quiet", quietHex, "")
	for _, p := range s.panels {
		y := p.y + p.h + lineHeight
		if s.horizontal {
			for i, v := range ticks {
				at.line(s.level(p, v), y, labels[i])
			}
			continue
		}
		for _, n := range s.names {
			at.name(s.under(p, n.tick, linesWidth(n.text)), y+2, n)
		}
	}
	at.done()
}

// writeValues writes the value of each bar at its end, of each part of a stack
// inside it, and of each point above it, where there is room.
func (s *sheet) writeValues(b *bytes.Buffer) {
	p := s.panels[0]
	for k, series := range s.plot.Series {
		anchor, role, hex, halo := "middle", "ink", inkHex, "paper"
		if s.stacked {
			role, hex, halo = "paper", paperHex, strconv.Itoa(s.look(k)+1)
		} else if s.horizontal {
			anchor = "start"
		}
		data := fmt.Sprintf(` data-values="%d"`, k)
		at := texts(b, data, anchor, role, hex, halo)
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
				if x, y, ok := s.inside(k, t, width); ok && !s.plot.Ticks[t].Partial {
					at.line(x, y+half, text)
				}
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
		if !s.stacked {
			continue
		}
		at = texts(b, data, "middle", "ink", inkHex, "paper") // on hatching, which is mostly paper
		for t, tick := range s.plot.Ticks {
			if text := s.figure(k, t); tick.Partial && text != "" {
				if x, y, ok := s.inside(k, t, textWidth(text, font)); ok {
					at.line(x, y+half, text)
				}
			}
		}
		at.done()
	}
}

// mostUnlike is how many times as high the highest panel may be as the lowest before their
// common scale leaves some of them flat.
const mostUnlike = 4

// unlike tells whether panels on one scale are of such unlike size that some show hardly
// more than a flat line. Their first and last values are then written.
func (s *sheet) unlike() bool {
	if s.plot.Type != SmallMultiples || s.horizontal {
		return false
	}
	highest, lowest := 0.0, math.Inf(1)
	for _, series := range s.plot.Series {
		high := 0.0
		for _, v := range series.Values {
			if !math.IsNaN(v.Number) {
				high = math.Max(high, math.Abs(v.Number))
			}
		}
		if high > 0 { // else there is nothing to tell
			highest, lowest = math.Max(highest, high), math.Min(lowest, high)
		}
	}
	return highest > mostUnlike*lowest
}

// writeEnds writes the first and the last value of each panel over its mark, or the last
// alone where both have no room.
func (s *sheet) writeEnds(b *bytes.Buffer) {
	for _, p := range s.panels {
		k := p.series[0]
		values := s.plot.Series[k].Values
		first, last := -1, -1
		for t := range values {
			if s.figure(k, t) != "" {
				if first < 0 {
					first = t
				}
				last = t
			}
		}
		if last < 0 {
			continue
		}
		write := func(t int, anchor string) {
			at := texts(b, fmt.Sprintf(` data-values="%d"`, k), anchor, "ink", inkHex, "paper")
			at.line(s.centre(p, t), s.clear(p, k, t, anchor), s.figure(k, t))
			at.done()
		}
		if first < last && textWidth(s.figure(k, first), font)+textWidth(s.figure(k, last), font)+10 <= s.centre(p, last)-s.centre(p, first) {
			write(first, "start")
		}
		write(last, "end")
	}
}

// clear is where the value at tick t of series k stands clear of the series: over all that
// is drawn where it stands, or under it at the top of the panel.
func (s *sheet) clear(p panel, k, t int, anchor string) float64 {
	from, to := s.centre(p, t), s.centre(p, t)
	if width := textWidth(s.figure(k, t), font); anchor == "end" {
		from -= width
	} else {
		to += width
	}
	band := p.w / float64(len(s.plot.Ticks))
	top, bottom := math.Inf(1), math.Inf(-1)
	for n, v := range s.plot.Series[k].Values {
		if x := s.centre(p, n); !math.IsNaN(v.Number) && x >= from-band && x <= to+band {
			y := s.level(p, v.Number)
			top, bottom = math.Min(top, y), math.Max(bottom, y)
			if !s.lines {
				top, bottom = math.Min(top, s.base(p)), math.Max(bottom, s.base(p))
			}
		}
	}
	switch {
	case top-6-font >= p.y-font/2:
		return top - 6
	case s.lines:
		return bottom + font + 2
	}
	return p.y + half
}

// inside gives the middle of a part of a stack, and whether a text of that width
// has room in it.
func (s *sheet) inside(k, t int, width float64) (x, y float64, ok bool) {
	p := s.panels[0]
	v := s.plot.Series[k].Values[t].Number
	from := s.below(k, t)
	a, z := s.level(p, from), s.level(p, from+v)
	long, high := s.barWidth, math.Abs(z-a)
	if s.horizontal {
		long, high = high, long
	}
	x, y = s.centre(p, t), (a+z)/2
	if s.horizontal {
		x, y = y, x
	}
	return x, y, width+4 <= long && font+2 <= high
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

// stackEnd is the sum of what is stacked at a tick, 0 where nothing is.
func (s *sheet) stackEnd(t int) float64 {
	sum := 0.0
	for _, series := range s.plot.Series {
		if v := series.Values[t].Number; s.stacked && v > 0 {
			sum += v
		}
	}
	return sum
}

// writeMarkers puts the letter of each missing value, and of each break, where
// its bar or point would stand, and beyond the end of a bar or stack that is there.
// Where two would touch, the first stands for both.
func (s *sheet) writeMarkers(b *bytes.Buffer) {
	shown := bureau.Instead
	if !s.showsValues() {
		shown |= bureau.Break
	}
	anchor := "middle"
	if s.horizontal {
		anchor = "start"
	}
	at := texts(b, ` data-texts="markers"`, anchor, "quiet", quietHex, "paper")
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
				text := (status & shown).String()
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
				from := s.base(p)
				if end := s.stackEnd(t); end > 0 {
					from = s.level(p, end)
				} else if v := s.plot.Series[k].Values[t].Number; v > 0 && !s.lines { // a break, of a bar that is there
					from = s.level(p, v)
				}
				if s.horizontal {
					at.line(min(from+5, float64(s.width)-textWidth(text, font)), middle+half, text)
				} else {
					at.line(middle, from-6, text)
				}
			}
		}
	}
	at.done()
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
		at := texts(b, ` data-texts="series"`, "start", strconv.Itoa(s.look(l.k)+1), seriesHex[s.look(l.k)], "")
		at.name(x, l.y+half, name{l.k, s.sides[l.k]})
		at.done()
	}
}
