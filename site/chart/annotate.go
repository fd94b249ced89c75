package chart

import (
	"bytes"
	"fmt"
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/compute"
)

// words are what a drawing says of itself, by language.
type words struct{ unit, average, cut, empty, partial, joined, bar string }

var (
	zhWords = words{"单位：", "月均", "纵轴不从零开始", "没有可画的数据", "不足一个统计周期", "不与其他期间相连", "斜线"}
	enWords = words{"Unit: ", "monthly average", "The axis does not start at zero", "There is nothing to draw", "Part of a period", "", ""}
)

func wordsOf(language string) words {
	if language == "en" {
		return enWords
	}
	return zhWords
}

// write puts a text into a drawing; y is its baseline.
func write(b *bytes.Buffer, x, y float64, anchor, role, hex, text string) {
	b.WriteString(`<text x="`)
	b.Write(appendTenths(nil, x))
	b.WriteString(`" y="`)
	b.Write(appendTenths(nil, y))
	b.WriteString(`"`)
	if anchor != "start" {
		b.WriteString(` text-anchor="` + anchor + `"`)
	}
	b.WriteString(` fill="` + hex + `" class="chart-fill-` + role + `">`)
	escape(b, text)
	b.WriteString("</text>")
}

func quiet(b *bytes.Buffer, x, y float64, anchor, text string) {
	write(b, x, y, anchor, "quiet", quietHex, text)
}

func (s *sheet) sayEmpty(b *bytes.Buffer) {
	quiet(b, float64(s.width)/2, float64(s.height)/2+5, "middle", wordsOf(s.plot.Language).empty)
}

// annotate adds what ECharts does not draw: the unit, the remark on an axis
// that does not start at zero, the names of panels and lines, and the markers
// of values that are not there.
func (s *sheet) annotate(b *bytes.Buffer) {
	w := wordsOf(s.plot.Language)
	if unit := s.plot.Unit; unit != "" {
		if s.plot.Average {
			unit += "（" + w.average + "）"
			if s.plot.Language == "en" {
				unit = s.plot.Unit + ", " + w.average
			}
		}
		quiet(b, 0, font, "start", fit(w.unit+unit, float64(s.width)*0.6, font))
	}
	if s.cut() {
		quiet(b, float64(s.width), font, "end", w.cut)
	}
	for _, p := range s.panels {
		if p.title != "" {
			write(b, p.x, p.y-10, "start", "ink", inkHex, p.title)
		}
		s.writeMarkers(b, p)
	}
	if s.sideLabels() {
		s.nameSeries(b)
	}
}

// writeMarkers puts the letter of each missing value, and of each break, where
// its bar or point would stand; one that would touch another is left to the table.
func (s *sheet) writeMarkers(b *bytes.Buffer, p panel) {
	band := p.w / float64(len(s.plot.Ticks))
	if s.horizontal {
		band = p.h / float64(len(s.plot.Ticks))
	}
	var taken []span
	zero := s.scale.at(math.Max(0, s.scale.min))
	for t := range s.plot.Ticks {
		for i, k := range p.series {
			v := s.plot.Series[k].Values[t]
			shown := bureau.Instead
			if !s.barLabels() {
				shown |= bureau.Break
			}
			text := letters(v.Status & shown)
			if text == "" {
				continue
			}
			at := (float64(t) + 0.5) * band
			if !s.stacked && !s.lines && len(p.series) > 1 {
				at += (float64(i) - float64(len(p.series)-1)/2) * s.barWidth * 1.08
			}
			half := textWidth(text, font) / 2
			if s.horizontal {
				half = font / 2
			}
			place := span{at - half - 1, at + half + 1}
			if !place.free(taken) {
				continue
			}
			taken = append(taken, place)
			if s.horizontal {
				quiet(b, p.x+p.w*zero+4, p.y+at+font*0.36, "start", text)
			} else {
				quiet(b, p.x+at, p.y+p.h*(1-zero)-5, "middle", text)
			}
		}
	}
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
		k    int
		x, y float64
	}
	p := s.panels[0]
	band := p.w / float64(len(s.plot.Ticks))
	var all []label
	below := 0.0
	for k, series := range s.plot.Series {
		t := len(series.Values) - 1
		for t >= 0 && math.IsNaN(series.Values[t].Number) {
			t--
		}
		if t < 0 {
			continue
		}
		v := series.Values[t].Number
		l := label{k: k, x: p.x + (float64(t)+0.5)*band + 8}
		if s.stacked {
			if v = s.plot.Series[k].Values[len(series.Values)-1].Number; math.IsNaN(v) {
				continue
			}
			l.x = p.x + p.w - band/2 + s.barWidth/2 + 8
			below += v
			v = below - v/2
		}
		l.x = math.Max(l.x, p.x+p.w-band/2+8)
		l.y = p.y + p.h*(1-s.scale.at(v))
		all = append(all, l)
	}
	slices.SortStableFunc(all, func(a, b label) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return a.k - b.k
	})
	for i := 1; i < len(all); i++ {
		all[i].y = math.Max(all[i].y, all[i-1].y+lineHeight-1)
	}
	for i, limit := len(all)-1, p.y+p.h; i >= 0; i-- {
		all[i].y = math.Min(all[i].y, limit)
		limit = all[i].y - lineHeight + 1
	}
	for _, l := range all {
		text := fit(s.plot.Series[l.k].Name, float64(s.width)-l.x, font)
		write(b, l.x, l.y+font*0.36, "start", fmt.Sprint(l.k+1), seriesHex[l.k], text)
	}
}

// signs tells what a legend has to explain besides the series.
func signs(p compute.Plot) (partial bool, status bureau.Status) {
	for t, tick := range p.Ticks {
		partial = partial || tick.Partial
		for _, series := range p.Series {
			status |= series.Values[t].Status
		}
	}
	return partial, status
}
