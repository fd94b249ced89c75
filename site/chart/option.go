package chart

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"sunshine/site/bureau"
)

// option gives the sheet as an ECharts option in JSON: the marks alone, at the
// places that the sheet gives them.
func (s *sheet) option() ([]byte, error) {
	c := charts.NewBar()
	c.Animation = opts.Bool(false)
	c.XAxisList, c.YAxisList = nil, nil
	for i, p := range s.panels {
		c.GridList = append(c.GridList, opts.Grid{Left: px(p.x), Top: px(p.y), Width: px(p.w), Height: px(p.h)})
		s.addAxes(&c.XYAxis, opts.XAxis{Show: opts.Bool(false), GridIndex: i, Data: make([]int, len(s.plot.Ticks))},
			opts.XAxis{Show: opts.Bool(false), GridIndex: i})
		for _, k := range p.series {
			for _, one := range s.seriesOf(k) {
				one.XAxisIndex, one.YAxisIndex = i, i
				c.MultiSeries = append(c.MultiSeries, one)
			}
		}
	}
	c.Accept(still{stacked: s.stacked})
	return json.Marshal(c.JSON())
}

// addAxes adds the axes of one panel: the ticks lie along it, or run down it
// from the first on top.
func (s *sheet) addAxes(to *charts.XYAxis, category, value opts.XAxis) {
	category.Type, value.Type = "category", "value"
	value.Min, value.Max = s.scale.min, s.scale.max
	value.MinInterval, value.MaxInterval = s.scale.step, s.scale.step
	if s.horizontal {
		category.Inverse = opts.Bool(true)
		category, value = value, category
	}
	to.XAxisList = append(to.XAxisList, category)
	to.YAxisList = append(to.YAxisList, opts.YAxis{
		Type: value.Type, Show: value.Show, GridIndex: value.GridIndex, Data: value.Data, Inverse: value.Inverse,
		Min: value.Min, Max: value.Max, MinInterval: value.MinInterval, MaxInterval: value.MaxInterval,
		AxisLabel: value.AxisLabel, AxisLine: value.AxisLine, SplitLine: value.SplitLine,
	})
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// still completes the option of a drawing by the settings that go-echarts lacks,
// and takes out what a still picture has no use for.
type still struct {
	charts.BaseConfigurationVisitor
	stacked bool
}

type stillSeries struct {
	charts.SingleSeries
	Silent   bool     `json:"silent"`
	Clip     bool     `json:"clip"`
	Emphasis disabled `json:"emphasis"`
	Sampling string   `json:"sampling,omitempty"`
}

type disabled struct {
	Disabled bool `json:"disabled"`
}

func (v still) VisitSeriesOpt(all charts.MultiSeries) any {
	sampling := "minmax" // of several values on one pixel, the outermost
	if v.stacked {
		sampling = ""
	}
	series := make([]stillSeries, len(all))
	for i, one := range all {
		series[i] = stillSeries{one, true, false, disabled{true}, sampling}
	}
	return series
}

// bounded is a grid with a rule for the labels of its axes: "none" leaves them
// out of account, "same" makes room for them within the grid.
type bounded struct {
	opts.Grid
	Bounds string `json:"outerBoundsMode"`
}

func bound(grids []opts.Grid, mode string) []bounded {
	all := make([]bounded, len(grids))
	for i, g := range grids {
		all[i] = bounded{g, mode}
	}
	return all
}

func (v still) VisitGrid(grids []opts.Grid) any { return bound(grids, "none") }

func (v still) Visit(option map[string]any) {
	for _, unused := range []string{"title", "legend", "tooltip", "toolbox", "color"} {
		delete(option, unused)
	}
}

// item is the value of a bar that is not like its neighbours.
type item struct {
	Value     float64        `json:"value"`
	ItemStyle opts.ItemStyle `json:"itemStyle"`
}

// none is how ECharts writes a value that is not there.
const none = "-"

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
	if s.plot.Type == SmallMultiples {
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
	if n <= symbolMax && s.plot.Type != SmallMultiples {
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
