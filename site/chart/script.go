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
	"sunshine/site/compute"
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

// decal is a texture that lies over a colour.
type decal struct {
	Symbol   string  `json:"symbol"`
	DashX    [2]int  `json:"dashArrayX"`
	DashY    [2]int  `json:"dashArrayY"`
	Rotation float64 `json:"rotation"`
	Colour   string  `json:"color"`
}

// decals are the textures of bars beside others, as in pattern.go.
var decals = [maxSeries]*decal{
	nil,
	{"rect", [2]int{1, 0}, [2]int{1, 7}, 0, "--chart-paper"},
	{"rect", [2]int{1, 0}, [2]int{1, 7}, math.Pi / 2, "--chart-paper"},
	{"circle", [2]int{2, 6}, [2]int{2, 6}, 0, "--chart-paper"},
	{"rect", [2]int{6, 2}, [2]int{6, 2}, 0, "--chart-paper"},
	{"rect", [2]int{1, 0}, [2]int{1, 3}, 0, "--chart-paper"},
}

// hatched is the texture of a partial period.
var hatched = &decal{"rect", [2]int{1, 0}, [2]int{4, 3}, -math.Pi / 4, "--chart-paper"}

// shown is a series with what the reader can point at.
type shown struct {
	charts.SingleSeries
	ItemStyle style    `json:"itemStyle"`
	Data      any      `json:"data"`
	Emphasis  disabled `json:"emphasis"`
}

// tooltip is drawn on the canvas: as HTML it would carry style attributes.
type tooltip struct {
	opts.Tooltip
	RenderMode string `json:"renderMode"`
	Confine    bool   `json:"confine"` // to the chart
}

type style struct {
	opts.ItemStyle
	Decal *decal `json:"decal,omitempty"`
}

type shownItem struct {
	Value     any   `json:"value"`
	ItemStyle style `json:"itemStyle"`
}

// shownAxis is an axis with the ticks of the drawing.
type shownAxis struct {
	opts.XAxis
	Interval float64 `json:"interval,omitempty"`
}

// slider lets the reader choose a stretch of a long time. The wheel is left to
// the page.
type slider struct {
	Type       string         `json:"type"`
	Height     int            `json:"height"`
	Bottom     int            `json:"bottom"`
	Shadow     bool           `json:"showDataShadow"`
	Background string         `json:"backgroundColor"`
	Border     string         `json:"borderColor"`
	Filler     string         `json:"fillerColor"`
	Text       opts.TextStyle `json:"textStyle"`
}

// interactiveOption gives the sheet's series on axes that ECharts lays out in
// the reader's browser.
func (s *sheet) interactiveOption() map[string]any {
	c := charts.NewBar()
	multiples := s.plot.Type == compute.SmallMultiples
	zoom := len(s.plot.Ticks) >= zoomFrom && !s.horizontal && !multiples
	top := 8.0
	c.Legend.Show = opts.Bool(false)
	if len(s.plot.Series) > 1 && !multiples {
		c.Legend = opts.Legend{Show: opts.Bool(true), Type: "scroll", Left: "0", Top: "0", TextStyle: &opts.TextStyle{Color: "--chart-ink"}}
		top += 28
	}
	titles := []opts.Title{s.shownHead(top)}
	top += 28
	var xs, ys []shownAxis
	var grids []grid
	for i := range s.panels {
		g := grid{opts.Grid{Left: "0", Right: "16", Top: px(top), Bottom: "4"}, "same"}
		if zoom {
			g.Bottom = "44"
		}
		if multiples {
			y := top + float64(i/2*rowHeight)
			g.Left, g.Right, g.Width = strconv.Itoa(i%2*52)+"%", "", "48%"
			g.Top, g.Bottom, g.Height = px(y+26), "", px(rowHeight-46)
			titles = append(titles, opts.Title{Title: s.plot.Series[i].Name, Left: g.Left, Top: px(y),
				TitleStyle: &opts.TextStyle{Color: "--chart-ink", FontSize: int(font)}})
		}
		grids = append(grids, g)
		category, value := s.shownCategories(i), s.shownValues(i)
		if s.horizontal {
			xs, ys = append(xs, value), append(ys, category)
		} else {
			xs, ys = append(xs, category), append(ys, value)
		}
	}
	pointer := "shadow"
	if s.lines {
		pointer = "line"
	}
	option := c.JSON()
	delete(option, "toolbox")
	delete(option, "color")
	option["title"] = titles
	option["tooltip"] = tooltip{opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", AxisPointer: &opts.AxisPointer{Type: pointer}}, "richText", true}
	option["grid"], option["xAxis"], option["yAxis"], option["series"] = grids, xs, ys, s.shownSeries()
	if zoom {
		option["dataZoom"] = slider{"slider", 22, 8, false, "--chart-paper", "--chart-axis", "--chart-grid", opts.TextStyle{Color: "--chart-quiet"}}
	}
	return option
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

func (s *sheet) shownCategories(panel int) shownAxis {
	labels := make([]string, len(s.plot.Ticks))
	for t := range labels {
		labels[t] = fit(s.plot.Ticks[t].Label, labelMax, font)
		if len(s.panels) > 1 {
			labels[t] = s.plot.Ticks[t].Short
		}
	}
	a := opts.XAxis{Type: "category", GridIndex: panel, Data: labels,
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLine:  &opts.AxisLine{LineStyle: &opts.LineStyle{Color: "--chart-axis"}},
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font},
	}
	if s.horizontal {
		a.Inverse = opts.Bool(true)
	}
	return shownAxis{a, 0}
}

func (s *sheet) shownValues(panel int) shownAxis {
	return shownAxis{opts.XAxis{Type: "value", GridIndex: panel, Min: s.scale.min, Max: s.scale.max,
		AxisLabel: &opts.AxisLabel{Color: "--chart-quiet", FontSize: font, HideOverlap: opts.Bool(true)},
		SplitLine: &opts.SplitLine{LineStyle: &opts.LineStyle{Color: "--chart-grid"}},
	}, s.scale.step}
}

// shownSeries names the series of the drawing and puts the theme's colours and
// textures in the place of those that the drawing stands for. The id of each
// begins with the number of the plot's series.
func (s *sheet) shownSeries() []shown {
	var all []shown
	for k, series := range s.plot.Series {
		colour := "--chart-" + strconv.Itoa(s.look(k)+1)
		panel := 0
		if len(s.panels) > 1 {
			panel = k
		}
		for i, one := range s.seriesOf(k) {
			one.Id, one.Name = fmt.Sprintf("%d-%d", k, i), series.Name
			one.XAxisIndex, one.YAxisIndex = panel, panel
			if one.LineStyle != nil {
				one.LineStyle.Color = colour
			}
			whole := style{opts.ItemStyle{Color: colour, Opacity: opts.Float(1)}, nil}
			if one.ItemStyle.Color == paperHex { // a hollow mark
				whole.Color, whole.BorderColor, whole.BorderWidth = "--chart-paper", colour, 2
			}
			if !s.lines {
				one.BarWidth, one.BarMaxWidth = "", "72"
				whole.Decal = decals[s.look(k)]
				if s.stacked {
					whole.BorderColor, whole.BorderWidth = "--chart-paper", 1
				}
			}
			all = append(all, shown{one, whole, s.shownData(one.Data, colour), disabled{true}})
		}
	}
	return all
}

func (s *sheet) shownData(data any, colour string) any {
	bars, ok := data.([]any)
	if !ok {
		return data
	}
	shown := make([]any, len(bars))
	for t, v := range bars {
		shown[t] = v
		if part, ok := v.(item); ok {
			shown[t] = shownItem{part.Value, style{opts.ItemStyle{Color: colour, BorderColor: colour, BorderWidth: 1.5}, hatched}}
		}
	}
	return shown
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
				text = compute.Format(v.Number, s.plot.Unit, s.plot.Language)
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
