package chart

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// explored is what chart.js needs to let a reader step through a drawing, and to show its
// plot in the explorer. Colours are
// named by the custom properties of chart.css. The texts are written here, from
// the same figures in the same words as the drawing.
type explored struct {
	Heights [2]int         `json:"heights"` // pixels of the canvas: on a wide screen, on a phone
	Option  map[string]any `json:"option"`
	Names   [2][]string    `json:"names"`  // what stands at each tick of the category axis; none where ECharts chooses
	Values  []string       `json:"values"` // labels of the value axis
	answered
}

// zoomFrom is the number of ticks from which the reader can zoom.
const zoomFrom = 36

// rowHeight is that of a row of small panels, of which two stand side by side.
const rowHeight = 190

// explorer gives the explorer's chart as a classic script, which also works
// where a page is opened from disk. encoding/json escapes what could end it.
func explorer(id string, wide, narrow *sheet) ([]byte, error) {
	plot := explored{Heights: [2]int{380, 380}, Option: map[string]any{}}
	if !wide.empty() {
		e := &exploring{sheet: wide, narrow: narrow}
		plot.Option, plot.Values, plot.answered = e.option(), wide.scale.labels(wide.plot.Language), answers(wide, narrow)
		plot.Names, plot.Heights = e.names()
	}
	data, err := json.Marshal(plot)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "sunshineChart(%q, %s);\n", id, data)
	return b.Bytes(), nil
}

// exploring is a sheet on its way to an option of ECharts. It completes the
// option by the settings that go-echarts lacks.
type exploring struct {
	charts.BaseConfigurationVisitor
	*sheet
	narrow *sheet
	titles []opts.Title
}

// panelled tells that each series has a panel, and so axes of its own.
func (e *exploring) panelled() bool { return e.plot.Type == SmallMultiples }

// zooms tells that the reader may choose a stretch of a long time.
func (e *exploring) zooms() bool {
	return len(e.plot.Ticks) >= zoomFrom && !e.horizontal && !e.panelled()
}

// names gives the labels of the category axis as the drawings have them, and the
// height that they need. Beside lying bars there is less room on a phone than
// in the drawing, which puts them above.
func (e *exploring) names() (names [2][]string, heights [2]int) {
	for i, s := range []*sheet{e.sheet, e.narrow} {
		heights[i] = 380
		if e.zooms() {
			continue
		}
		names[i] = make([]string, len(s.plot.Ticks))
		if !e.horizontal {
			for _, n := range s.names {
				names[i][n.tick] = n.text
			}
		} else {
			lines := 1
			names[i] = wrapNames(s.tickNames(), 0.4*float64(s.width), 6)
			for _, text := range names[i] {
				lines = max(lines, strings.Count(text, "\n")+1)
			}
			band := 14 + 18*len(s.plot.Series)
			if e.stacked || len(s.plot.Series) == 1 {
				band = 32
			}
			heights[i] = 76 + len(s.plot.Ticks)*max(min(band, max(2400/len(s.plot.Ticks), 10)), lines*int(lineHeight)+4)
		}
		if e.panelled() {
			heights[i] = 36 + e.rowHeight()*((len(s.panels)+1)/2)
		}
	}
	return names, heights
}

// head is what the title of a panel takes.
func (e *exploring) head() int {
	lines := 1
	for _, p := range e.narrow.panels {
		lines = max(lines, strings.Count(p.title, "\n")+1)
	}
	return 9 + lines*int(lineHeight)
}

func (e *exploring) rowHeight() int {
	high := rowHeight - 46
	if e.horizontal {
		high = int(e.narrow.panels[0].h) + 30
	}
	return high + 20 + e.head()
}

// blank is a chart without series. To make one takes longer than all that is
// done with it.
var blank = charts.NewBar()

// option gives the sheet's series on axes that ECharts lays out.
func (e *exploring) option() map[string]any {
	c := *blank
	c.Legend = opts.Legend{Show: opts.Bool(false)} // chart.js makes switches of the drawing's
	c.Tooltip = opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", AxisPointer: &opts.AxisPointer{Type: "shadow"}}
	if e.lines {
		c.Tooltip.AxisPointer.Type = "line"
	}
	const top = 36
	e.titles = []opts.Title{e.remark()}
	c.XAxisList, c.YAxisList = nil, nil
	for i := range e.panels {
		g := opts.Grid{Left: "0", Right: "16", Top: px(top), Bottom: "4"}
		if e.zooms() {
			g.Bottom = "44"
		}
		if e.panelled() {
			y := top + i/2*e.rowHeight()
			g = opts.Grid{Left: strconv.Itoa(i%2*52) + "%", Width: "48%", Top: px(float64(y + e.head())), Height: px(float64(e.rowHeight() - 20 - e.head()))}
			e.titles = append(e.titles, opts.Title{Title: e.narrow.panels[i].title, Left: g.Left, Top: px(float64(y)),
				TitleStyle: &opts.TextStyle{Color: "--chart-ink", FontSize: int(font)}})
		}
		c.GridList = append(c.GridList, g)
		e.addAxes(&c.XYAxis, i)
	}
	for k := range e.plot.Series {
		c.MultiSeries = append(c.MultiSeries, e.seriesOf(k)...)
	}
	if e.lines || e.stacked {
		for i, p := range e.panels {
			c.MultiSeries = append(c.MultiSeries, e.markersOf(i, p)...)
		}
	}
	c.Accept(e)
	return c.JSON()
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// remark says the unit, and that the axis does not start at zero.
func (e *exploring) remark() opts.Title {
	text := ""
	if e.plot.Unit != "" {
		text = e.plot.Language.Text(locale.ChartUnit, e.unit()) + "  "
	}
	if e.cut() {
		text += e.plot.Language.Text(locale.ChartCut)
	}
	return opts.Title{Title: strings.TrimSpace(text), Left: "0", Top: "8",
		TitleStyle: &opts.TextStyle{Color: "--chart-quiet", FontSize: int(font), FontWeight: "normal"}}
}

// addAxes adds the axes of one panel: the ticks lie along it, or run down it
// from the first on top.
func (e *exploring) addAxes(to *charts.XYAxis, panel int) {
	labels := make([]string, len(e.plot.Ticks))
	for t := range labels {
		labels[t] = e.plot.Ticks[t].Short
	}
	category := opts.XAxis{Type: "category", GridIndex: panel, Data: labels,
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: "--chart-axis"}},
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font, HideOverlap: opts.Bool(e.zooms()), ShowMaxLabel: opts.Bool(true)},
	}
	if !e.zooms() {
		category.AxisLabel.Interval = "0"
	}
	value := opts.XAxis{Type: "value", GridIndex: panel, Min: e.scale.min, Max: e.scale.max, MinInterval: e.scale.step, MaxInterval: e.scale.step,
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font, HideOverlap: opts.Bool(true)},
		SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: "--chart-grid"}},
	}
	if e.horizontal {
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

// item is one value of a series, a number or a place; none where it is not there.
// chart.js gives a bar that is not there the place of its marker.
type item struct {
	Value any        `json:"value"`
	Style *itemStyle `json:"itemStyle,omitempty"`
	Label *itemLabel `json:"label,omitempty"`
}

type itemLabel struct {
	Show  bool   `json:"show"`
	Text  string `json:"formatter"`
	Where string `json:"position,omitempty"`
	Ink   string `json:"color,omitempty"`
	Halo  string `json:"textBorderColor,omitempty"`
	Wide  bool   `json:"wide,omitempty"` // chart.js leaves it out on a phone, where it has no room
}

type itemStyle struct {
	opts.ItemStyle
	Decal *decal `json:"decal,omitempty"`
}

// none is how ECharts writes a value that is not there.
const none = "-"

// items are the values of a series. One of which there is no more to say is
// written as its value alone.
type items []item

func (all items) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 8*len(all)), '[')
	for i, one := range all {
		if i > 0 {
			b = append(b, ',')
		}
		var what any = one
		if one.Style == nil && one.Label == nil {
			if v, ok := one.Value.(float64); ok {
				b = strconv.AppendFloat(b, v, 'f', -1, 64)
				continue
			}
			what = one.Value
		}
		text, err := json.Marshal(what)
		if err != nil {
			return nil, err
		}
		b = append(b, text...)
	}
	return append(b, ']'), nil
}

// labelOf is what stands at the value of series k: the value as the drawing
// writes it, or the marker in its place.
func (e *exploring) labelOf(k, t int) *itemLabel {
	v := e.plot.Series[k].Values[t]
	if math.IsNaN(v.Number) {
		if text := (v.Status & bureau.Instead).String(); text != "" && !e.stacked {
			return &itemLabel{Show: true, Text: text, Ink: "--chart-quiet"}
		}
		return nil
	}
	text := (v.Status & bureau.Break).String()
	if e.showsValues() {
		text = e.figure(k, t)
	} else if text == "" || e.stacked {
		return nil
	}
	label := &itemLabel{Show: true, Text: text}
	if e.stacked {
		width := textWidth(text, font)
		if _, _, fits := e.inside(k, t, width); !fits {
			return nil
		}
		_, _, fits := e.narrow.inside(k, t, width)
		label.Wide = !fits
		if e.plot.Ticks[t].Partial { // on hatching
			label.Ink, label.Halo = "--chart-ink", "--chart-paper"
		}
		return label
	}
	if v.Number < 0 {
		label.Where = "bottom"
		if e.horizontal {
			label.Where = "left"
		}
	}
	return label
}

// seriesOf gives series k as ECharts has it: one of bars; or a line, two where a
// break would otherwise be joined, and the points that stand alone. chart.js
// reads the number of the series from the id.
func (e *exploring) seriesOf(k int) []charts.SingleSeries {
	look := e.look(k)
	colour := "--chart-" + strconv.Itoa(look+1)
	n := len(e.plot.Ticks)
	values := e.plot.Series[k].Values
	var all []charts.SingleSeries
	add := func(one charts.SingleSeries) {
		one.Id, one.Name = fmt.Sprintf("%d-%d", k, len(all)), e.plot.Series[k].Name
		if e.panelled() {
			one.XAxisIndex, one.YAxisIndex = k, k
		}
		all = append(all, one)
	}
	if !e.lines {
		data := make(items, n)
		for t, v := range values {
			one := item{Value: v.Number, Label: e.labelOf(k, t)}
			if math.IsNaN(v.Number) {
				one.Value = none
			} else if e.plot.Ticks[t].Partial && v.Number != 0 {
				one.Style = &itemStyle{opts.ItemStyle{Color: colour, BorderColor: colour, BorderWidth: 1.5}, hatched}
			}
			data[t] = one
		}
		bars := charts.SingleSeries{Type: "bar", Data: data, BarGap: "8%", BarMaxWidth: "72", ItemStyle: &opts.ItemStyle{Color: colour}}
		bars.Label = &opts.Label{Position: "top", Color: "--chart-ink", FontSize: float32(font), Show: opts.Bool(false)}
		switch {
		case e.stacked:
			bars.Stack = "all"
			bars.ItemStyle.BorderColor, bars.ItemStyle.BorderWidth = "--chart-paper", 1
			bars.Label.Position, bars.Label.Color = "inside", "--chart-paper"
		case e.horizontal:
			bars.Label.Position = "right"
		}
		add(bars)
		return all
	}

	runs, alone := e.stretches(k)
	var lines []items
	end, on := -2, 0
	for _, r := range runs {
		if on = 0; r.first == end+1 { // across a break
			on = 1 - int(last(lines, end))
		}
		for len(lines) <= on {
			lines = append(lines, nones(n))
		}
		for t := r.first; t <= r.last; t++ {
			lines[on][t] = item{Value: values[t].Number, Label: e.labelOf(k, t)}
		}
		end = r.last
	}
	symbol, shape := "none", symbols[0] // of a line, of a point that stands alone
	if e.showsSymbols() {
		symbol = symbols[look%len(symbols)]
		shape = symbol
	}
	top := &opts.Label{Position: "top", Color: "--chart-ink", FontSize: float32(font), Show: opts.Bool(false)}
	for _, data := range lines {
		add(charts.SingleSeries{Type: "line", Data: data, Symbol: symbol, SymbolSize: 6, ShowSymbol: opts.Bool(symbol != "none" || e.showsValues()), Label: top,
			LineStyle: &opts.LineStyle{Color: colour, Width: float32(e.thick(look)), Type: dashes[look%len(dashes)]}, ItemStyle: &opts.ItemStyle{Color: colour}})
	}
	for _, partial := range []bool{false, true} {
		var data items
		for _, t := range alone {
			if e.plot.Ticks[t].Partial == partial {
				data = append(data, item{Value: [2]float64{float64(t), values[t].Number}, Label: e.labelOf(k, t)})
			}
		}
		if data == nil {
			continue
		}
		points := charts.SingleSeries{Type: "scatter", Data: data, Symbol: shape, SymbolSize: 6, Label: top,
			ItemStyle: &opts.ItemStyle{Color: colour, BorderColor: colour, BorderWidth: 2, Opacity: opts.Float(1)}}
		if partial {
			points.ItemStyle.Color, points.SymbolSize = "--chart-paper", 8
		}
		add(points)
	}
	return all
}

// last tells which of two lines holds the tick.
func last(lines []items, tick int) int {
	if len(lines) > 1 && lines[1][tick].Value != none {
		return 1
	}
	return 0
}

func nones(n int) items {
	all := make(items, n)
	for t := range all {
		all[t].Value = none
	}
	return all
}

// markersOf gives the markers of lines, or of stacks, in a panel: one place for
// all series of a tick, at the axis or on the stack.
func (e *exploring) markersOf(i int, p panel) []charts.SingleSeries {
	var data items
	shown := bureau.Instead
	if e.stacked && !e.showsValues() {
		shown |= bureau.Break
	}
	for t := range e.plot.Ticks {
		status := bureau.Status(0)
		for _, k := range p.series {
			status |= e.plot.Series[k].Values[t].Status
		}
		if text := (status & shown).String(); text != "" {
			place := [2]float64{float64(t), math.Max(e.stackEnd(t), e.scale.min)}
			if e.horizontal {
				place[0], place[1] = place[1], place[0]
			}
			data = append(data, item{Value: place, Label: &itemLabel{Show: true, Text: text}})
		}
	}
	if data == nil {
		return nil
	}
	label := &opts.Label{Position: "top", Color: "--chart-quiet", FontSize: float32(font), BorderWidth: 0}
	if e.horizontal {
		label.Position = "right"
	}
	return []charts.SingleSeries{{Type: "scatter", Id: fmt.Sprintf("markers-%d", i), Data: data, XAxisIndex: i, YAxisIndex: i,
		SymbolSize: 0.01, Symbol: "circle", Label: label}}
}

// exploredSeries is a series with what go-echarts has no word for.
type exploredSeries struct {
	charts.SingleSeries
	Style    *itemStyle      `json:"itemStyle,omitempty"`
	Emphasis map[string]bool `json:"emphasis"`
	Layout   map[string]bool `json:"labelLayout"`
}

func (e *exploring) VisitSeriesOpt(all charts.MultiSeries) any {
	series := make([]exploredSeries, len(all))
	for i, one := range all {
		series[i] = exploredSeries{SingleSeries: one, Emphasis: map[string]bool{"disabled": true}, Layout: map[string]bool{"hideOverlap": true}}
		if one.ItemStyle == nil {
			continue
		}
		series[i].Style = &itemStyle{ItemStyle: *one.ItemStyle}
		if one.Type == "bar" {
			k, _, _ := strings.Cut(one.Id, "-")
			n, _ := strconv.Atoi(k)
			series[i].Style.Decal = decals[e.look(n)]
		}
	}
	return series
}

// bounded is a grid that makes room for the labels of its axes within itself.
type bounded struct {
	opts.Grid
	Bounds string `json:"outerBoundsMode"`
}

func (e *exploring) VisitGrid(grids []opts.Grid) any {
	all := make([]bounded, len(grids))
	for i, g := range grids {
		all[i] = bounded{g, "same"}
	}
	return all
}

// pointing moves the pointer of the axis; what it points at stands under the
// chart, where no box covers it. As HTML the box would carry style attributes.
type pointing struct {
	opts.Tooltip
	RenderMode  string `json:"renderMode"`
	ShowContent bool   `json:"showContent"`
}

func (e *exploring) VisitTooltipOpt(t opts.Tooltip) any { return pointing{t, "richText", false} }

// slider lets the reader choose a stretch of a long time. The wheel is left to
// the page.
type slider struct {
	opts.DataZoom
	Height     int            `json:"height"`
	Bottom     int            `json:"bottom"`
	Shadow     bool           `json:"showDataShadow"`
	Background string         `json:"backgroundColor"`
	Border     string         `json:"borderColor"`
	Filler     string         `json:"fillerColor"`
	Text       opts.TextStyle `json:"textStyle"`
}

func (e *exploring) Visit(option map[string]any) {
	delete(option, "toolbox")
	delete(option, "color")
	option["title"] = e.titles
	if e.zooms() {
		option["dataZoom"] = slider{opts.DataZoom{Type: "slider"}, 22, 8, false,
			"--chart-paper", "--chart-axis", "--chart-grid", opts.TextStyle{Color: "--chart-quiet"}}
	}
}

// decal is a texture as ECharts draws it.
type decal struct {
	Symbol   string  `json:"symbol"`
	DashX    [2]int  `json:"dashArrayX"`
	DashY    [2]int  `json:"dashArrayY"`
	Rotation float64 `json:"rotation"`
	Colour   string  `json:"color"`
}

// decals are the textures of series that stand beside others.
var decals = [maxSeries]*decal{
	nil,
	{"rect", [2]int{1, 0}, [2]int{1, 7}, 0, "--chart-decal"},
	{"rect", [2]int{1, 0}, [2]int{1, 7}, math.Pi / 2, "--chart-decal"},
	{"circle", [2]int{2, 6}, [2]int{2, 6}, 0, "--chart-decal"},
	{"rect", [2]int{6, 2}, [2]int{6, 2}, 0, "--chart-decal"},
	{"rect", [2]int{1, 0}, [2]int{1, 3}, 0, "--chart-decal"},
}

// hatched is a partial period.
var hatched = &decal{"rect", [2]int{1, 0}, [2]int{4, 3}, -math.Pi / 4, "--chart-paper"}
