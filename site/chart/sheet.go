package chart

import (
	"math"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// size is what a drawing is laid out for.
type size struct {
	width  int
	narrow bool
}

var (
	wideSize   = size{720, false}
	narrowSize = size{320, true} // what a phone of 390 leaves inside a card
)

const (
	font        = 13.0 // pixels, as all text in a drawing
	lineHeight  = 17.0
	labelledMax = 24  // bars that may carry their value
	symbolMax   = 31  // ticks of a line whose points are marked
	lyingMax    = 60  // categories that lie down in small panels
	sideMax     = 130 // pixels of a name beside the last point

	barGap = 0.08 // of a bar's width, between those of one tick
)

// sheet is a plot laid out at a size: where everything stands, in pixels.
type sheet struct {
	plot          Plot
	narrow        bool
	width, height int
	lines         bool // lines, not bars
	stacked       bool
	horizontal    bool
	above         bool    // of lying bars: the label stands over its bar
	drop          float64 // of lying bars under labels: how far below the middle of its band a bar stands
	scale         scale
	names         []name   // the labelled ticks of the category axis
	sides         []string // the names of series as they stand beside the last point; nil where there are none
	panels        []panel
	barWidth      float64
}

// name is a label of the category axis, in one or several lines.
type name struct {
	tick int
	text string
}

// panel is one pair of axes with the series on it.
type panel struct {
	x, y, w, h float64
	title      string
	series     []int
	first      bool // in its row: carries the labels of the axis at the left
}

// empty tells that there is no value to draw.
func (s *sheet) empty() bool {
	for _, series := range s.plot.Series {
		for _, v := range series.Values {
			if !math.IsNaN(v.Number) || v.Status != 0 {
				return false
			}
		}
	}
	return true
}

// unit is what the value axis counts in.
func (s *sheet) unit() string {
	if s.plot.Average && s.plot.Unit != "" {
		return s.plot.Language.Text(locale.ChartAverage, s.plot.Unit)
	}
	return s.plot.Unit
}

// cut tells that the value axis does not start at zero.
func (s *sheet) cut() bool { return s.scale.min > 0 }

// valueWidth is the room that the labels of the value axis take.
func (s *sheet) valueWidth() float64 {
	w := 0.0
	for _, text := range s.scale.labels(s.plot.Language) {
		w = math.Max(w, textWidth(text, font))
	}
	return math.Ceil(w)
}

// label gives the text of a tick for this width.
func (s *sheet) label(t int) string {
	if s.narrow {
		return s.plot.Ticks[t].Short
	}
	return s.plot.Ticks[t].Label
}

// showsValues tells whether the drawing has room for its values: those of a few
// bars, or of the points of one short line.
func (s *sheet) showsValues() bool {
	n := len(s.plot.Ticks)
	switch {
	case s.plot.Type == SmallMultiples:
		return false
	case s.lines:
		return len(s.plot.Series) == 1 && n <= 12
	}
	return n*len(s.plot.Series) <= labelledMax
}

// figure is the value of series k at a tick as the drawing writes it, with its
// markers; empty where there is none.
func (s *sheet) figure(k, t int) string {
	v := s.plot.Series[k].Values[t]
	if math.IsNaN(v.Number) {
		return ""
	}
	text := locale.Number(v.Number, "", v.Form, s.plot.Language)
	if s.plot.Type == ShareBar {
		text = locale.Format(math.Round(v.Number), "%", s.plot.Language)
	}
	if marker := (v.Status &^ bureau.Instead).String(); marker != "" {
		text += " " + marker
	}
	return text
}

// barsHigh is how much of a band its bars take.
func (s *sheet) barsHigh(p panel) float64 {
	if s.stacked {
		return s.barWidth
	}
	return s.barWidth * (float64(len(p.series)) + barGap*float64(len(p.series)-1))
}

// centre is the middle of a tick's band on the category axis of a panel.
func (s *sheet) centre(p panel, tick int) float64 {
	if s.horizontal {
		return p.y + (float64(tick)+0.5)*p.h/float64(len(s.plot.Ticks)) + s.drop
	}
	return p.x + (float64(tick)+0.5)*p.w/float64(len(s.plot.Ticks))
}

// beside is how far the bar of series k stands from the middle of its band.
func (s *sheet) beside(p panel, k int) float64 {
	if s.lines || s.stacked || len(p.series) == 1 {
		return 0
	}
	return (float64(k) - float64(len(p.series)-1)/2) * s.barWidth * (1 + barGap)
}

// under is the middle of a label of that width under a tick: below the tick,
// but within the drawing, and within its panel where others stand beside it.
func (s *sheet) under(p panel, tick int, width float64) float64 {
	from, to := 0.0, float64(s.width)
	if s.plot.Type == SmallMultiples {
		from, to = p.x, p.x+p.w
	}
	return math.Max(from+width/2, math.Min(s.centre(p, tick), to-width/2))
}

// level is where a value stands on the value axis of a panel.
func (s *sheet) level(p panel, v float64) float64 {
	at := (v - s.scale.min) / (s.scale.max - s.scale.min)
	if s.horizontal {
		return p.x + p.w*at
	}
	return p.y + p.h*(1-at)
}

// base is where bars begin and the category axis stands.
func (s *sheet) base(p panel) float64 { return s.level(p, math.Max(0, s.scale.min)) }
