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

// interactive is what chart.js needs to show a plot in the browser. Colours are
// named by the custom properties of chart.css. The texts that the reader sees
// on pointing at a tick are written here, from the same figures in the same
// words as the drawing.
type interactive struct {
	Height int            `json:"height"` // pixels
	Option map[string]any `json:"option"`
	Values []string       `json:"values"` // labels of the value axis
	Tips   [][]string     `json:"tips"`   // for each tick its label, then a line for each series
}

// zoomFrom is the number of ticks from which the reader can zoom.
const zoomFrom = 36

// script gives the interactive chart as a classic script, which also works
// where a page is opened from disk. encoding/json escapes what could end it.
func script(id string, s *sheet) ([]byte, error) {
	plot := interactive{Height: 380, Option: map[string]any{}}
	if !s.empty() {
		plot.Option, plot.Values, plot.Tips = s.interactiveOption(), s.scale.labels(s.plot.Language), s.tips()
	}
	switch {
	case s.horizontal:
		plot.Height = min(s.height+60, 1200)
	case len(s.panels) > 1:
		plot.Height = rowHeight*((len(s.panels)+1)/2) + 36
	}
	data, err := json.Marshal(plot)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "sunshineChart(%q, %s);\n", id, data)
	return b.Bytes(), nil
}

// rowHeight is that of a row of small panels, of which two stand side by side.
const rowHeight = 190

// interactiveOption gives the sheet's series on axes that ECharts lays out in
// the reader's browser.
func (s *sheet) interactiveOption() map[string]any {
	c := charts.NewBar()
	multiples := s.plot.Type == SmallMultiples
	v := moving{zoom: len(s.plot.Ticks) >= zoomFrom && !s.horizontal && !multiples}
	top := 8.0
	c.Legend = opts.Legend{Show: opts.Bool(len(s.plot.Series) > 1 && !multiples), Type: "scroll", Left: "0", Top: "0",
		TextStyle: &opts.TextStyle{Color: "--chart-ink"}}
	if *c.Legend.Show {
		top += 28
	}
	v.titles = []opts.Title{s.shownHead(top)}
	top += 28
	c.Tooltip = opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", AxisPointer: &opts.AxisPointer{Type: "shadow"}}
	if s.lines {
		c.Tooltip.AxisPointer.Type = "line"
	}
	c.XAxisList, c.YAxisList = nil, nil
	for i := range s.panels {
		g := opts.Grid{Left: "0", Right: "16", Top: px(top), Bottom: "4"}
		if v.zoom {
			g.Bottom = "44"
		}
		if multiples {
			y := top + float64(i/2*rowHeight)
			g = opts.Grid{Left: strconv.Itoa(i%2*52) + "%", Width: "48%", Top: px(y + 26), Height: px(rowHeight - 46)}
			v.titles = append(v.titles, opts.Title{Title: s.plot.Series[i].Name, Left: g.Left, Top: px(y),
				TitleStyle: &opts.TextStyle{Color: "--chart-ink", FontSize: int(font)}})
		}
		c.GridList = append(c.GridList, g)
		s.addAxes(&c.XYAxis, s.shownCategories(i), s.shownValues(i))
	}
	for k, series := range s.plot.Series {
		colour := "--chart-" + strconv.Itoa(s.look(k)+1)
		for i, one := range s.seriesOf(k) {
			one.Id, one.Name = fmt.Sprintf("%d-%d", k, i), series.Name // chart.js reads the id
			if multiples {
				one.XAxisIndex, one.YAxisIndex = k, k
			}
			c.MultiSeries = append(c.MultiSeries, one)
			v.colours, v.decals = append(v.colours, colour), append(v.decals, decals[s.look(k)])
		}
	}
	c.Accept(v)
	return c.JSON()
}

// shownHead says the unit, and that the axis does not start at zero.
func (s *sheet) shownHead(y float64) opts.Title {
	w := wordsOf(s.plot.Language)
	text := ""
	if s.plot.Unit != "" {
		text = w.unit + s.unit() + "  "
	}
	if s.cut() {
		text += w.cut
	}
	return opts.Title{Title: strings.TrimSpace(text), Left: "0", Top: px(y),
		TitleStyle: &opts.TextStyle{Color: "--chart-quiet", FontSize: int(font), FontWeight: "normal"}}
}

func (s *sheet) shownCategories(panel int) opts.XAxis {
	labels := make([]string, len(s.plot.Ticks))
	for t := range labels {
		labels[t] = fit(s.plot.Ticks[t].Label, labelMax, font)
		if len(s.panels) > 1 {
			labels[t] = s.plot.Ticks[t].Short
		}
	}
	return opts.XAxis{GridIndex: panel, Data: labels,
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: "--chart-axis"}},
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font},
	}
}

func (s *sheet) shownValues(panel int) opts.XAxis {
	return opts.XAxis{GridIndex: panel,
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font, HideOverlap: opts.Bool(true)},
		SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: "--chart-grid"}},
	}
}

// moving completes the option of an interactive chart by the settings that
// go-echarts lacks, and puts the theme's colours and textures in the place of
// those that a drawing carries.
type moving struct {
	charts.BaseConfigurationVisitor
	zoom    bool
	titles  []opts.Title
	colours []string // of each series of the option
	decals  []*decal
}

type movingSeries struct {
	charts.SingleSeries
	ItemStyle style    `json:"itemStyle"`
	Data      any      `json:"data"`
	Emphasis  disabled `json:"emphasis"`
}

type movingItem struct {
	Value     float64 `json:"value"`
	ItemStyle style   `json:"itemStyle"`
}

type style struct {
	opts.ItemStyle
	Decal *decal `json:"decal,omitempty"`
}

func (v moving) VisitSeriesOpt(all charts.MultiSeries) any {
	series := make([]movingSeries, len(all))
	for i, one := range all {
		look := style{ItemStyle: *one.ItemStyle}
		look.Color = v.colours[i]
		if one.ItemStyle.Color == paperHex { // a hollow mark
			look.Color = "--chart-paper"
		}
		if one.ItemStyle.BorderWidth > 0 {
			look.BorderColor = v.colours[i]
			if one.Stack != "" {
				look.BorderColor = "--chart-paper"
			}
		}
		if one.Type == "bar" {
			one.BarWidth, one.BarMaxWidth = "", "72"
			look.Decal = v.decals[i]
		}
		if one.LineStyle != nil {
			one.LineStyle.Color = v.colours[i]
		}
		series[i] = movingSeries{one, look, v.data(one.Data, v.colours[i]), disabled{true}}
	}
	return series
}

func (v moving) data(data any, colour string) any {
	values, ok := data.([]any)
	if !ok {
		return data
	}
	all := make([]any, len(values))
	for t, value := range values {
		all[t] = value
		if partial, ok := value.(item); ok {
			all[t] = movingItem{partial.Value, style{opts.ItemStyle{Color: colour, BorderColor: colour, BorderWidth: 1.5}, hatched}}
		}
	}
	return all
}

func (v moving) VisitGrid(grids []opts.Grid) any { return bound(grids, "same") }

func (v moving) VisitTooltipOpt(t opts.Tooltip) any { return tooltip{t, "richText", true} }

// tooltip is drawn on the canvas: as HTML it would carry style attributes.
type tooltip struct {
	opts.Tooltip
	RenderMode string `json:"renderMode"`
	Confine    bool   `json:"confine"` // to the chart
}

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

func (v moving) Visit(option map[string]any) {
	delete(option, "toolbox")
	delete(option, "color")
	option["title"] = v.titles
	if v.zoom {
		option["dataZoom"] = slider{opts.DataZoom{Type: "slider"}, 22, 8, false,
			"--chart-paper", "--chart-axis", "--chart-grid", opts.TextStyle{Color: "--chart-quiet"}}
	}
}

// tips says each tick in words.
func (s *sheet) tips() [][]string {
	w := wordsOf(s.plot.Language)
	all := make([][]string, len(s.plot.Ticks))
	for t, tick := range s.plot.Ticks {
		head := tick.Label
		if tick.Partial {
			head += w.apart(w.partial)
		}
		all[t] = []string{plainTip(head)}
		for _, series := range s.plot.Series {
			v := series.Values[t]
			text := ""
			if !math.IsNaN(v.Number) {
				text = locale.Number(v.Number, s.plot.Unit, v.Form, s.plot.Language)
			}
			for _, m := range bureau.Markers {
				if v.Status&m.Status != 0 {
					text = strings.TrimSpace(text + " [" + m.Letter + "] " + w.of(m))
				}
			}
			if text == "" {
				text = "–"
			}
			if series.Name != "" {
				text = series.Name + w.colon + text
			}
			all[t] = append(all[t], plainTip(text))
		}
	}
	return all
}

// plainTip keeps a text from being read as ECharts' markup for rich text.
func plainTip(text string) string { return braces.Replace(text) }

var braces = strings.NewReplacer("{", "（", "}", "）")
