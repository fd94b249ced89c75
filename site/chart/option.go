package chart

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"sunshine/site/bureau"
	"sunshine/site/compute"
)

// The types below add to those of go-echarts the few settings that it lacks.

// axis only places the marks: what it shows is drawn here.
type axis struct {
	opts.XAxis
	Animation bool `json:"animation"`
}

// series leaves out what a still picture has no use for.
type series struct {
	charts.SingleSeries
	Silent    bool     `json:"silent"`
	Clip      bool     `json:"clip"`
	Animation bool     `json:"animation"`
	Emphasis  disabled `json:"emphasis"`
	Sampling  string   `json:"sampling,omitempty"`
}

type disabled struct {
	Disabled bool `json:"disabled"`
}

// grid has no text that ECharts would have to make room for.
type grid struct {
	opts.Grid
	OuterBounds string `json:"outerBoundsMode"`
}

// item is the value of a bar that is not like its neighbours.
type item struct {
	Value     float64        `json:"value"`
	ItemStyle opts.ItemStyle `json:"itemStyle"`
}

// none is how ECharts writes a value that is not there.
const none = "-"

// option gives the sheet as an ECharts option in JSON.
func (s *sheet) option() ([]byte, error) {
	c := charts.NewBar()
	var xs, ys []axis
	var grids []grid
	var drawn []series
	for i, p := range s.panels {
		grids = append(grids, grid{opts.Grid{Left: px(p.x), Top: px(p.y), Width: px(p.w), Height: px(p.h)}, "none"})
		category, value := s.categoryAxis(i), s.valueAxis(i)
		if s.horizontal {
			xs, ys = append(xs, value), append(ys, category)
		} else {
			xs, ys = append(xs, category), append(ys, value)
		}
		for _, k := range p.series {
			for _, one := range s.seriesOf(k) {
				one.XAxisIndex, one.YAxisIndex = i, i
				still := series{SingleSeries: one, Silent: true, Emphasis: disabled{true}}
				if !s.stacked { // of several values on one pixel, the outermost
					still.Sampling = "minmax"
				}
				drawn = append(drawn, still)
			}
		}
	}
	option := c.JSON()
	for _, unused := range []string{"title", "legend", "tooltip", "toolbox", "color"} {
		delete(option, unused)
	}
	option["animation"] = false
	option["grid"], option["xAxis"], option["yAxis"], option["series"] = grids, xs, ys, drawn
	return json.Marshal(option)
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func (s *sheet) categoryAxis(panel int) axis {
	a := opts.XAxis{Type: "category", Show: opts.Bool(false), GridIndex: panel, Data: make([]int, len(s.plot.Ticks))}
	if s.horizontal {
		a.Inverse = opts.Bool(true) // the first tick on top
	}
	return axis{XAxis: a}
}

func (s *sheet) valueAxis(panel int) axis {
	return axis{XAxis: opts.XAxis{Type: "value", Show: opts.Bool(false), GridIndex: panel, Min: s.scale.min, Max: s.scale.max}}
}

// seriesOf gives what ECharts draws of series k: one of bars, or a line for
// each stretch that no break interrupts, and the points that stand alone.
func (s *sheet) seriesOf(k int) []charts.SingleSeries {
	if s.lines {
		return s.linesOf(k)
	}
	bars := charts.SingleSeries{
		Type:      "bar",
		BarWidth:  px(s.barWidth),
		BarGap:    barGap,
		ItemStyle: &opts.ItemStyle{Color: s.barPaint(k)},
	}
	if s.stacked {
		bars.Stack = "all"
		bars.ItemStyle.BorderColor, bars.ItemStyle.BorderWidth = paperHex, 1
	}
	data := make([]any, len(s.plot.Ticks))
	for t, v := range s.plot.Series[k].Values {
		if math.IsNaN(v.Number) {
			data[t] = none
			continue
		}
		data[t] = v.Number
		if s.plot.Ticks[t].Partial {
			look := s.look(k)
			data[t] = item{v.Number, opts.ItemStyle{Color: partialHex(look), BorderColor: seriesHex[look], BorderWidth: 1.5}}
		}
	}
	bars.Data = data
	return []charts.SingleSeries{bars}
}

// look is which colour, texture and dash series k has. The panels of small
// multiples look the same.
func (s *sheet) look(k int) int {
	if s.plot.Type == compute.SmallMultiples {
		return 0
	}
	return k % maxSeries
}

// barPaint gives the fill of series k: a plain colour for the first, a texture
// for those that stand beside it.
func (s *sheet) barPaint(k int) string {
	if s.look(k) == 0 {
		return seriesHex[0]
	}
	return textureHex(s.look(k))
}

// linesOf gives the lines of series k. A line joins neighbours that are whole
// periods with no break between; a value with no such neighbour, and a partial
// one, is a point.
func (s *sheet) linesOf(k int) []charts.SingleSeries {
	look := s.look(k)
	hex := seriesHex[look]
	style := &opts.LineStyle{Color: hex, Width: 2, Type: dashes[look%len(dashes)]}
	n := len(s.plot.Ticks)
	symbol, size := "none", any(nil)
	if n <= symbolMax && s.plot.Type != compute.SmallMultiples {
		symbol, size = symbols[look%len(symbols)], 6
	}
	lines, alone := s.stretches(k)
	var all []charts.SingleSeries
	for _, data := range lines {
		all = append(all, charts.SingleSeries{
			Type: "line", Data: data, Symbol: symbol, SymbolSize: size, ShowSymbol: opts.Bool(size != nil),
			LineStyle: style, ItemStyle: &opts.ItemStyle{Color: hex},
		})
	}
	for _, points := range alone {
		if len(points.data) > 0 {
			all = append(all, charts.SingleSeries{
				Type: "scatter", Data: points.data, Symbol: "circle", SymbolSize: points.size,
				ItemStyle: &opts.ItemStyle{Color: points.fill, BorderColor: hex, BorderWidth: 2, Opacity: opts.Float(1)},
			})
		}
	}
	return all
}

// points are values that no line joins.
type points struct {
	fill string
	size int
	data [][2]float64 // tick and value
}

// stretches gives the values of series k that lines join, as one array of all
// ticks, or two where a break would otherwise be joined; and those that stand
// alone: whole periods as full points, partial ones as hollow.
func (s *sheet) stretches(k int) (lines [][]any, alone [2]points) {
	alone = [2]points{{fill: seriesHex[s.look(k)], size: 6}, {fill: paperHex, size: 8}}
	values := s.plot.Series[k].Values
	joins := func(t int) bool { // with the tick before it
		return t > 0 && t < len(values) && values[t].Status&bureau.Break == 0 &&
			!math.IsNaN(values[t-1].Number) && !math.IsNaN(values[t].Number) &&
			!s.plot.Ticks[t-1].Partial && !s.plot.Ticks[t].Partial
	}
	add := func() {
		line := make([]any, len(values))
		for t := range line {
			line[t] = none
		}
		lines = append(lines, line)
	}
	on := 0
	for t, v := range values {
		if v.Status&bureau.Break != 0 {
			on = 1 - on
		}
		switch {
		case math.IsNaN(v.Number):
		case joins(t) || joins(t+1):
			for len(lines) <= on {
				add()
			}
			lines[on][t] = v.Number
		case s.plot.Ticks[t].Partial:
			alone[1].data = append(alone[1].data, [2]float64{float64(t), v.Number})
		default:
			alone[0].data = append(alone[0].data, [2]float64{float64(t), v.Number})
		}
	}
	return lines, alone
}
