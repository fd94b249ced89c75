package chart

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"sunshine/site/bureau"
	"sunshine/site/compute"
)

// The types below add to those of go-echarts the few settings that it lacks.

// axis is an axis whose labels are chosen here, not measured by ECharts:
// Values are the places that get a label, and Labels their texts, which both
// bundles turn into a formatter.
type axis struct {
	opts.XAxis
	AxisLabel axisLabel `json:"axisLabel"`
	Interval  float64   `json:"interval,omitempty"`
	Animation bool      `json:"animation"`
}

type axisLabel struct {
	opts.AxisLabel
	Values any      `json:"customValues,omitempty"`
	Labels []string `json:"labels,omitempty"`
}

// series leaves out what a still picture has no use for.
type series struct {
	charts.SingleSeries
	Silent    bool     `json:"silent"`
	Clip      bool     `json:"clip"`
	Animation bool     `json:"animation"`
	Emphasis  disabled `json:"emphasis"`
}

type disabled struct {
	Disabled bool `json:"disabled"`
}

// grid has room for labels of its own; ECharts shall not look for more.
type grid struct {
	opts.Grid
	OuterBounds string `json:"outerBoundsMode"`
}

// item is the value of a bar that is not like its neighbours.
type item struct {
	Value     any             `json:"value"`
	ItemStyle *opts.ItemStyle `json:"itemStyle,omitempty"`
	Label     *label          `json:"label,omitempty"`
}

// label has a border that keeps it apart from a texture under it.
type label struct {
	opts.Label
	BorderColor string  `json:"textBorderColor,omitempty"`
	BorderWidth float64 `json:"textBorderWidth,omitempty"`
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
		category, value := s.categoryAxis(i), s.valueAxis(i, p.first)
		if s.horizontal {
			xs, ys = append(xs, value), append(ys, category)
		} else {
			xs, ys = append(xs, category), append(ys, value)
		}
		for _, k := range p.series {
			for _, one := range s.seriesOf(k) {
				one.XAxisIndex, one.YAxisIndex = i, i
				drawn = append(drawn, series{SingleSeries: one, Silent: true, Emphasis: disabled{true}})
			}
		}
	}
	option := c.JSON()
	for _, unused := range []string{"title", "legend", "tooltip", "toolbox"} {
		delete(option, unused)
	}
	option["animation"] = false
	option["grid"], option["xAxis"], option["yAxis"], option["series"] = grids, xs, ys, drawn
	return json.Marshal(option)
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func (s *sheet) categoryAxis(i int) axis {
	ticks := make([]int, len(s.names))
	labels := make([]string, len(s.names))
	for j, n := range s.names {
		ticks[j], labels[j] = n.tick, n.text
	}
	a := axis{
		XAxis: opts.XAxis{
			Type:      "category",
			GridIndex: i,
			Data:      make([]int, len(s.plot.Ticks)),
			AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
			AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: axisHex, Width: 1}},
		},
		AxisLabel: s.axisLabel(ticks, labels),
	}
	if s.horizontal {
		a.Inverse = opts.Bool(true) // the first tick on top
	}
	if s.plot.Type == compute.SmallMultiples && len(s.names) == 2 {
		a.AxisLabel.AlignMinLabel, a.AxisLabel.AlignMaxLabel = "left", "right"
	}
	return a
}

func (s *sheet) valueAxis(i int, labelled bool) axis {
	a := axis{
		XAxis: opts.XAxis{
			Type:      "value",
			GridIndex: i,
			Min:       s.scale.min,
			Max:       s.scale.max,
			AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
			AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
			SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: gridHex, Width: 1}},
		},
		AxisLabel: s.axisLabel(s.scale.ticks(), s.values),
		Interval:  s.scale.step,
	}
	a.AxisLabel.Show = opts.Bool(labelled)
	return a
}

func (s *sheet) axisLabel(values any, labels []string) axisLabel {
	return axisLabel{opts.AxisLabel{
		Color:        quietHex,
		FontSize:     font,
		ShowMinLabel: opts.Bool(true),
		ShowMaxLabel: opts.Bool(true),
	}, values, labels}
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
		BarGap:    "8%",
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
		it := item{Value: v.Number}
		if s.plot.Ticks[t].Partial {
			it.ItemStyle = &opts.ItemStyle{Color: partialHex(k), BorderColor: seriesHex[k%maxSeries], BorderWidth: 1.5}
		}
		it.Label = s.barLabel(k, t)
		if it.ItemStyle == nil && it.Label == nil {
			data[t] = v.Number
		} else {
			data[t] = it
		}
	}
	bars.Data = data
	return []charts.SingleSeries{bars}
}

// barPaint gives the fill of series k: a colour where it is alone, a texture
// where it stands beside others.
func (s *sheet) barPaint(k int) string {
	if len(s.plot.Series) == 1 || s.plot.Type == compute.SmallMultiples {
		return seriesHex[0]
	}
	return textureHex(k)
}

// barLabel gives the value at the end of its bar, or none where there is no room.
func (s *sheet) barLabel(k, t int) *label {
	v := s.plot.Series[k].Values[t]
	if !s.barLabels() {
		return nil
	}
	text := figure(v.Number)
	if s.plot.Type == compute.ShareBar {
		text = fmt.Sprintf("%.0f%%", v.Number)
	}
	l := &label{Label: opts.Label{Show: opts.Bool(true), Formatter: text + beside(v.Status), Color: inkHex, FontSize: font}}
	p := s.panels[0]
	extent, across := p.h, p.w
	if s.horizontal {
		extent, across = p.w, p.h
	}
	length := math.Abs(v.Number) / (s.scale.max - s.scale.min) * extent
	width := textWidth(l.Formatter, font)
	room := across / float64(len(s.plot.Ticks))
	if !s.stacked {
		room = math.Max(s.barWidth*1.08, room/float64(len(s.plot.Series))*0.98)
	}
	switch {
	case s.stacked && s.horizontal:
		if length < width+6 || s.barWidth < font+2 {
			return nil
		}
	case s.stacked:
		if length < font+6 || s.barWidth < width+4 {
			return nil
		}
	case s.horizontal:
		if s.barWidth < font-1 {
			return nil
		}
	case room < width+2:
		return nil
	}
	switch {
	case s.stacked:
		l.Position, l.BorderWidth = "inside", 3
		l.Color, l.BorderColor = paperHex, seriesHex[k%maxSeries]
		if s.plot.Ticks[t].Partial {
			l.Color, l.BorderColor = inkHex, paperHex
		}
	case s.horizontal && v.Number < 0:
		l.Position = "left"
	case s.horizontal:
		l.Position = "right"
	case v.Number < 0:
		l.Position = "bottom"
	default:
		l.Position = "top"
	}
	return l
}

// beside gives the markers of a value as they are written after it.
func beside(status bureau.Status) string {
	text := ""
	for _, m := range bureau.Markers {
		if status&m.Status != 0 && !m.Instead {
			text += " [" + m.Letter + "]"
		}
	}
	return text
}

// linesOf gives the lines of series k. A line joins neighbours that are whole
// periods with no break between; a value with no such neighbour, and a partial
// one, is a point.
func (s *sheet) linesOf(k int) []charts.SingleSeries {
	hex := seriesHex[k%maxSeries]
	if s.plot.Type == compute.SmallMultiples {
		hex, k = seriesHex[0], 0
	}
	style := &opts.LineStyle{Color: hex, Width: 2, Type: dashes[k%len(dashes)]}
	n := len(s.plot.Ticks)
	symbol, size := "none", any(nil)
	if n <= symbolMax && s.plot.Type != compute.SmallMultiples {
		symbol, size = symbols[k%len(symbols)], 6
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
				Type: "scatter", Data: points.data, Symbol: points.symbol, SymbolSize: 8,
				ItemStyle: &opts.ItemStyle{Color: hex},
			})
		}
	}
	return all
}

// points are values that no line joins.
type points struct {
	symbol string
	data   [][2]float64 // tick and value
}

// stretches gives the values of series k that lines join, as one array of all
// ticks, or two where a break would otherwise be joined; and those that stand
// alone: whole periods as full points, partial ones as hollow.
func (s *sheet) stretches(k int) (lines [][]any, alone [2]points) {
	alone[0].symbol, alone[1].symbol = "circle", "emptyCircle"
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
