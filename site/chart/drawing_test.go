package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sunshine/site/bureau"
)

// element is one element of a drawing.
type element struct {
	name string
	attr map[string]string
	in   map[string]string // the attributes of the groups around it
	text string
}

// elements reads a drawing as XML, which is stricter than a page.
func elements(t testing.TB, svg []byte) []element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var all []element
	var open []int
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("not XML: %v in\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{token.Name.Local, map[string]string{}, map[string]string{}, ""}
			if len(open) > 0 {
				maps.Copy(e.in, all[open[len(open)-1]].in)
				maps.Copy(e.in, all[open[len(open)-1]].attr)
			}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				all[open[len(open)-1]].text += string(token)
			}
		}
	}
}

func textsOf(all []element) []string {
	var texts []string
	for _, e := range all {
		if e.name == "text" || e.name == "title" {
			texts = append(texts, e.text)
		}
	}
	return texts
}

func draw(t testing.TB, p Plot) Drawing {
	t.Helper()
	if p.Language == nil {
		p.Language = chinese
	}
	d, err := Draw("c", p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var rectangle = regexp.MustCompile(`^M([\d.-]+) ([\d.-]+)h([\d.]+)v([\d.]+)h-[\d.]+z$`)

// bar gives the box of a bar from its path: left, base, width, height upwards.
func bar(t *testing.T, e element) (x, y, w, h float64) {
	t.Helper()
	m := rectangle.FindStringSubmatch(e.attr["d"])
	if m == nil {
		t.Fatalf("no bar: %q", e.attr["d"])
	}
	var n [4]float64
	for i := range n {
		n[i], _ = strconv.ParseFloat(m[i+1], 64)
	}
	return n[0], n[1] + n[3], n[2], n[3]
}

// barsOf gives the bars of series k.
func barsOf(all []element, k string) []element {
	return slices.DeleteFunc(slices.Clone(all), func(e element) bool { return e.name != "path" || e.in["data-bars"] != k })
}

func TestBarsAreProportionalFromZero(t *testing.T) {
	d := draw(t, plot(Bar, "甲|乙|丙|丁", values("件数", 1000, 250, 0, 500)))
	for name, svg := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow, "file": d.File} {
		var heights []float64
		bases := map[float64]bool{}
		for _, e := range barsOf(elements(t, svg), "0") {
			_, y, w, h := bar(t, e)
			if w < 20 {
				t.Errorf("%s: a bar is %g wide", name, w)
			}
			bases[y] = true
			heights = append(heights, h)
		}
		if len(heights) != 4 || len(bases) != 1 {
			t.Fatalf("%s: heights %v on bases %v", name, heights, bases)
		}
		for i, share := range []float64{1, 0.25, 0, 0.5} {
			if math.Abs(heights[i]-share*heights[0]) > 0.15 {
				t.Errorf("%s: bar %d is %g high of %g, want %g of it", name, i, heights[i], heights[0], share)
			}
		}
		if !slices.Contains(textsOf(elements(t, svg)), "0") {
			t.Errorf("%s: zero is not written", name)
		}
	}
}

func TestPartialBarIsHatchedAndLabelled(t *testing.T) {
	d := draw(t, gallery()["01-bar"])
	for size, svg := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow} {
		all := elements(t, svg)
		var ids []string
		for _, e := range all {
			if e.name == "pattern" {
				ids = append(ids, e.attr["id"])
			}
		}
		if want := []string{"c-" + size + "-hatch-1"}; !slices.Equal(ids, want) {
			t.Fatalf("%s: patterns %q, want %q", size, ids, want)
		}
		painted := 0
		for _, e := range all {
			if e.attr["fill"] == "url(#"+ids[0]+")" {
				painted++
				if _, _, _, h := bar(t, e); h <= 0 || e.attr["stroke"] != seriesHex[0] {
					t.Errorf("%s: the hatched bar is %g high, outlined in %q", size, h, e.attr["stroke"])
				}
			}
		}
		if painted != 1 {
			t.Errorf("%s: %d bars are hatched, want the partial one", size, painted)
		}
		if texts := strings.Join(textsOf(all), ""); !strings.Contains(texts, "1—8月") {
			t.Errorf("%s: the partial period is not labelled with its months: %s", size, texts)
		}
	}
	if !strings.Contains(string(d.Legend), "不足一个统计周期") {
		t.Errorf("the legend does not explain the hatching: %s", d.Legend)
	}
	if !strings.Contains(string(d.Script), `"decal"`) {
		t.Error("the interactive chart has no hatching")
	}
}

// A period that is longer than a month is not called shorter than one.
func TestLongerPeriodIsCalledLonger(t *testing.T) {
	for _, kind := range []ChartType{Bar, Line} {
		p := plot(kind, "2025年7月|2025年8月|2025年1—8月", values("件数", 3, 4, 27))
		p.Ticks[2].Longer = true
		d := draw(t, p)
		for _, text := range []string{string(d.Legend), string(d.Script)} {
			if !strings.Contains(text, "超过一个统计周期") || strings.Contains(text, "不足一个统计周期") {
				t.Errorf("%s: eight months among months are not said to be longer: %s", kind, text)
			}
		}
	}
}

// The outline of a hatched bar would make nothing look like more than a few.
func TestNothingHasNoOutline(t *testing.T) {
	for _, kind := range []ChartType{Bar, StackedBar, SmallMultiples} {
		d := draw(t, plot(kind, "2023年|2024年1—8月", values("抢劫", 9, 0), values("盗窃", 1003, 640)))
		for _, e := range elements(t, d.Wide) {
			if strings.HasPrefix(e.attr["fill"], "url(") && e.attr["stroke"] != "" && strings.Contains(e.attr["d"], "v0h") {
				t.Errorf("%s: a bar of nothing is outlined: %v", kind, e.attr)
			}
		}
		if strings.Contains(string(d.Script), `{"value":0,"itemStyle"`) {
			t.Errorf("%s: the explorer outlines nothing", kind)
		}
	}
}

// A break is written beyond the end of its bar, not on it.
func TestBreakStandsOnItsBar(t *testing.T) {
	d := draw(t, plot(SmallMultiples, "2021年|2022年|2023年", values("盗窃", 100, 90, 80), values("诈骗", 50, 60, "100b")))
	all := elements(t, d.Wide)
	bars := barsOf(all, "1")
	_, y, _, h := bar(t, bars[2])
	for _, e := range all {
		if at, _ := strconv.ParseFloat(e.attr["y"], 64); e.text == "[b]" && at > y-h {
			t.Errorf("[b] stands at %g, on the bar that ends at %g", at, y-h)
		}
	}
	if !slices.Contains(textsOf(all), "[b]") {
		t.Error("the drawing has no [b]")
	}
}

// A label that a bar of a phone cuts would read as another figure: 252 for 1252.
func TestLabelsWiderThanABarOfAPhoneAreForWideScreens(t *testing.T) {
	d := draw(t, plot(StackedBar, "2019年|2020年|2021年|2022年|2023年|2024年", values("盗窃", 1520, 1402, "1252r", 1100, 1003, 640), values("诈骗", 310, 420, 655, 700, 1180, 811)))
	for text, wide := range map[string]bool{"1252 [r]": true, "1402": true, "310": false} {
		label := `"label":{"show":true,"formatter":"` + text + `"`
		if wide {
			label += `,"wide":true`
		}
		if !strings.Contains(string(d.Script), label+"}") {
			t.Errorf("%s: its label is not %s in %s", text, label, d.Script)
		}
		drawn := slices.Contains(textsOf(elements(t, d.Narrow)), text)
		if drawn == wide {
			t.Errorf("%s: for wide screens alone %t, in the narrow drawing %t", text, wide, drawn)
		}
	}
}

// A point that no line joins is told apart by its symbol, not by colour alone.
func TestPointsAloneKeepTheirSymbol(t *testing.T) {
	d := draw(t, plot(Line, "2019年|2020年|2022年|2023年|2024年1—8月", values("盗窃", 54, 58, "x", 70, 75), values("诈骗", 33, 31, "x", 30, 32), values("抢劫", 100, 99, "x", 98, 97)))
	for k, want := range []string{"circle circle circle circle", "h6v6h-6z h6v6h-6z h6v6h-6z h6v6h-6z", "l4 7h-8z l4 7h-8z l4 7h-8z l4 7h-8z"} {
		var got []string
		for _, e := range elements(t, d.Wide) {
			if e.in["data-lines"] != strconv.Itoa(k) || e.name == "g" || e.attr["fill"] == "none" {
				continue
			}
			shape := e.name
			if i := strings.IndexAny(e.attr["d"], "hl"); i >= 0 {
				shape = e.attr["d"][i:]
			}
			got = append(got, shape)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("series %d is marked by %q, want %q", k, got, want)
		}
	}
	if n := strings.Count(string(d.Script), `"symbol":"triangle"`); n != 3 {
		t.Errorf("the explorer has %d parts of the third series with its symbol, want 3", n)
	}
}

// What is missing from a stack is not written on the part that is there.
func TestMarkerStandsOnTheStack(t *testing.T) {
	d := draw(t, plot(StackedBar, "2021年|2022年|2023年", values("盗窃", 100, 90, 80), values("其他", 50, 40, "x"), values("诈骗", 10, 20, 40)))
	all := elements(t, d.Wide)
	top := math.Inf(1)
	for _, e := range all {
		if strings.HasPrefix(e.attr["d"], "M") && strings.Contains(e.attr["d"], "h") && strings.Contains(e.attr["d"], "z") {
			if x, y, _, h := bar(t, e); x > 400 {
				top = math.Min(top, y-h)
			}
		}
	}
	found := false
	for _, e := range all {
		if e.text == "[x]" {
			found = true
			if y, _ := strconv.ParseFloat(e.attr["y"], 64); y > top {
				t.Errorf("[x] stands at %g, in the stack that ends at %g", y, top)
			}
		}
	}
	if !found {
		t.Error("the drawing has no [x]")
	}
	if !strings.Contains(string(d.Script), `{"value":[2,120],"label":{"show":true,"formatter":"[x]"}}`) {
		t.Errorf("the explorer's [x] stands in the stack: %s", d.Script)
	}
}

func TestMissingIsNotZero(t *testing.T) {
	d := draw(t, plot(Bar, "甲|乙|丙|丁", values("件数", 5, "x", "c", 0)))
	all := elements(t, d.Wide)
	texts := textsOf(all)
	for _, want := range []string{"[x]", "[c]", "0", "5"} {
		if !slices.Contains(texts, want) {
			t.Errorf("%q is not in the drawing: %q", want, texts)
		}
	}
	for _, want := range []string{"无数据", "不公布，以免认出具体的人"} {
		if !strings.Contains(string(d.Legend), want) || !strings.Contains(string(d.Script), want) {
			t.Errorf("%q is not explained", want)
		}
	}
	if !strings.Contains(string(d.Script), `{"value":"-","label":{"show":true,"formatter":"[x]"`) || !strings.Contains(string(d.Script), `{"value":0,"label":{"show":true,"formatter":"0"`) {
		t.Errorf("the interactive chart has other values: %s", d.Script)
	}
}

func TestLineJoinsOnlyWhatCompares(t *testing.T) {
	p := plot(Line, "2001年|2002年|2003年1—8月|2004年|2005年|2006年|2007年|2008年|2009年",
		values("件数", 5, 6, 4, 7, 8, "9b", 8, "x", 7))
	d := draw(t, p)
	var lines, hollow, solid int
	for _, e := range elements(t, d.Wide) {
		class := " " + e.attr["class"] + " "
		switch {
		case e.name == "path" && strings.Contains(class, " chart-stroke-1 ") && e.attr["fill"] == "none":
			lines += strings.Count(e.attr["d"], "M")
			if strings.Count(e.attr["d"], "L") != strings.Count(e.attr["d"], "M") {
				t.Errorf("a stretch joins more or less than two points: %s", e.attr["d"])
			}
		case strings.Contains(class, " chart-fill-paper ") && strings.Contains(class, " chart-stroke-1 "):
			hollow++
		case strings.Contains(class, " chart-fill-1 ") && strings.Contains(class, " chart-stroke-1 "):
			solid++
		}
	}
	// 2001–02, 2004–05, 2006–07 are joined; 2003 is partial; 2009 stands after a gap.
	if lines != 3 || hollow != 1 || solid != 1 {
		t.Errorf("%d stretches, %d hollow and %d single points, want 3, 1, 1", lines, hollow, solid)
	}
}

func TestAxisThatDoesNotStartAtZeroIsNoted(t *testing.T) {
	note := "纵轴不从零开始"
	for name, c := range map[string]struct {
		p    Plot
		want bool
	}{
		"line high up":  {plot(Line, "甲|乙", values("率", 91, 95)), true},
		"line from low": {plot(Line, "甲|乙", values("率", 5, 95)), false},
		"bars high up":  {plot(Bar, "甲|乙", values("率", 91, 95)), false},
	} {
		d := draw(t, c.p)
		for part, bytes := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow, "file": d.File, "script": d.Script} {
			if got := strings.Contains(string(bytes), note); got != c.want {
				t.Errorf("%s, %s: noted %v, want %v", name, part, got, c.want)
			}
		}
	}
}

func TestSharesAreOfTheirBar(t *testing.T) {
	p := plot(ShareBar, "甲|乙", values("大", 3, 5), values("小", 1, "x"))
	all := textsOf(elements(t, draw(t, p).Wide))
	for _, want := range []string{"75%", "25%", "[x]", "单位：%"} {
		if !slices.Contains(all, want) {
			t.Errorf("%q is not in %q", want, all)
		}
	}
	if p.Series[0].Values[0].Number != 3 {
		t.Error("drawing changed the plot")
	}
}

func TestSmallMultiplesShareTheirAxes(t *testing.T) {
	p := plot(SmallMultiples, "2001年|2002年", values("乙所", 100, 50), values("甲所", 10, 5), values("丙所", 1, 0), values("丁所", 50, 20))
	d := draw(t, p)
	for _, c := range []struct {
		svg     []byte
		columns int
	}{{d.Wide, 3}, {d.Narrow, 2}} {
		all := elements(t, c.svg)
		var titles []string
		columns := map[string]bool{}
		for _, e := range all {
			if e.name == "text" && strings.HasSuffix(e.text, "所") {
				titles = append(titles, e.text)
				columns[e.attr["x"]] = true
			}
		}
		if want := []string{"乙所", "甲所", "丙所", "丁所"}; !slices.Equal(titles, want) {
			t.Errorf("panels %q, want the plot's order %q", titles, want)
		}
		if len(columns) != c.columns {
			t.Errorf("%d columns, want %d", len(columns), c.columns)
		}
		_, _, _, first := bar(t, barsOf(all, "0")[0])
		_, _, _, tenth := bar(t, barsOf(all, "1")[0])
		if math.Abs(first/10-tenth) > 0.15 {
			t.Errorf("bars of 100 and 10 are %g and %g high: the axes differ", first, tenth)
		}
	}
}

// What may not stand in a drawing, whatever it draws.
var (
	forbidden = regexp.MustCompile(`(?i)<style|<script|\sstyle=|ecmeta|<!\[CDATA|\son\w+=|href|@import|javascript:`)
	digits    = regexp.MustCompile(`\d\.\d\d`)
	foreign   = regexp.MustCompile(`(?i)https?://|url\([^#]`)
)

func TestDrawingsArePlain(t *testing.T) {
	ids := map[string]bool{}
	for name, p := range gallery() {
		d, err := Draw("chart-"+strings.ReplaceAll(name, "-", ""), p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, svg := range [][]byte{d.Wide, d.Narrow} {
			all := elements(t, svg)
			if all[0].name != "svg" || all[0].attr["role"] != "img" || all[1].name != "title" || all[1].text != p.Title ||
				all[0].attr["aria-labelledby"] != all[1].attr["id"] {
				t.Errorf("%s: the drawing is not named: %v %v", name, all[0], all[1])
			}
			used := map[string]bool{}
			for _, e := range all {
				if id := e.attr["id"]; id != "" {
					if ids[id] {
						t.Errorf("%s: the id %q stands twice", name, id)
					}
					ids[id], used[id] = true, true
				}
				for key, value := range e.attr {
					if key == "fill" || key == "stroke" {
						if id, ok := strings.CutPrefix(value, "url(#"); ok && !used[strings.TrimSuffix(id, ")")] {
							t.Errorf("%s: %s is not in the drawing", name, value)
						}
					}
					if key != "class" && key != "id" && digits.MatchString(value) {
						t.Errorf("%s: %s=%q is not rounded", name, key, value)
					}
				}
			}
		}
		for part, bytes := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow, "legend": d.Legend, "file": d.File} {
			text := strings.Replace(string(bytes), `xmlns="http://www.w3.org/2000/svg"`, "", 1)
			text = regexp.MustCompile(`>[^<]*<`).ReplaceAllString(text, "><") // labels may say anything
			if found := forbidden.FindString(text) + foreign.FindString(text); found != "" {
				t.Errorf("%s, %s: %q", name, part, found)
			}
		}
		elements(t, append(append([]byte("<div>"), d.Legend...), "</div>"...))
		elements(t, d.File)
	}
}

func TestSamePlotSameBytes(t *testing.T) {
	var wait sync.WaitGroup
	for name, p := range gallery() {
		first, err := Draw("c", p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for range 4 {
			wait.Go(func() {
				if again, _ := Draw("c", p); !reflect.DeepEqual(first, again) {
					t.Errorf("%s: the drawings differ", name)
				}
			})
		}
	}
	wait.Wait()
}

func TestHostileTextStaysText(t *testing.T) {
	evil := `</script><img src=x onerror=alert(1)>"'&` + "\x00\x1b\u2028\ufffe\xff" + `{a|b}]]><!--`
	p := plot(GroupedBar, "甲|乙", values(evil, 1, 2), values("b"+evil, 3, 4))
	p.Title, p.Unit, p.Ticks[0].Label, p.Ticks[0].Short = evil, evil, evil, evil
	d := draw(t, p)
	for part, bytes := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow, "legend": d.Legend, "file": d.File, "script": d.Script} {
		if strings.Contains(string(bytes), "</script") || strings.Contains(string(bytes), "<img") || strings.Contains(string(bytes), "\u2028") {
			t.Errorf("%s lets text out: %s", part, bytes)
		}
		if part != "script" {
			elements(t, append(append([]byte("<div>"), bytes...), "</div>"...))
		}
	}
}

func TestAwkwardPlots(t *testing.T) {
	many := func(n int) Plot {
		p := plot(Bar, "x")
		p.Ticks = nil
		p.Series = []Series{{Name: "件数"}}
		for i := range n {
			p.Ticks = append(p.Ticks, Tick{Label: fmt.Sprintf("第%d号", i), Partial: i%7 == 0})
			p.Series[0].Values = append(p.Series[0].Values, PlotValue{Number: float64(i % 97)})
		}
		return p
	}
	long := plot(Bar, strings.Repeat("很长", 500)+"|乙", values("件数", 1, 2))
	twenty := plot(GroupedBar, "甲")
	for k := range 20 {
		twenty.Series = append(twenty.Series, values(fmt.Sprint(k), 1))
	}
	for name, p := range map[string]Plot{
		"400 bars":      many(400),
		"one bar":       many(1),
		"all zero":      plot(Bar, "甲|乙", values("件数", 0, 0)),
		"negative":      plot(HorizontalBar, "甲|乙", values("件数", -5, -3)),
		"huge":          plot(Line, "甲|乙", values("件数", 1<<52, -(1<<52))),
		"huge and flat": plot(Line, "甲|乙", values("件数", 9e15+1, 9e15+2)),
		"tiny":          plot(Line, "甲|乙", values("件数", 1e-300, 2e-300)),
		"long label":    long,
		"markers alone": plot(Bar, "甲|乙", values("件数", "x", "c")),
		"no label":      plot(Line, "|", values("", 1, 2)),
		"20 series":     twenty,
	} {
		for _, kind := range []ChartType{p.Type, Line, HorizontalBar, StackedBar, ShareBar, SmallMultiples} {
			p.Type = kind
			d := draw(t, p)
			for _, svg := range [][]byte{d.Wide, d.Narrow} {
				for _, e := range elements(t, svg) {
					for key, value := range e.attr {
						if strings.Contains(value, "NaN") || strings.Contains(value, "Inf") || strings.Contains(value, "e+") {
							t.Errorf("%s as %s: %s=%q", name, kind, key, value)
						}
					}
				}
				if len(svg) > 128<<10 {
					t.Errorf("%s as %s: %d bytes", name, kind, len(svg))
				}
			}
		}
	}
}

func TestNothingToDraw(t *testing.T) {
	for name, p := range map[string]Plot{
		"no ticks":  {Type: Bar, Title: "甲"},
		"no values": gallery()["14-empty"],
		"no series": plot(Line, "甲|乙"),
	} {
		d := draw(t, p)
		if !strings.Contains(string(d.Wide), "没有可画的数据") || !strings.Contains(string(d.Narrow), "没有可画的数据") {
			t.Errorf("%s: the drawing does not say that it is empty: %s", name, d.Wide)
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	good := plot(Bar, "甲|乙", values("件数", 1, 2))
	pie := good
	pie.Type = "pie"
	for name, c := range map[string]struct {
		id   string
		p    Plot
		want string
	}{
		"a type it has not":  {"c", pie, `"pie" is no type of chart`},
		"values amiss":       {"c", plot(Bar, "甲|乙", values("件数", 1)), `has 1 values for 2 ticks`},
		"an id with a quote": {`c"`, good, "cannot be an id"},
	} {
		if _, err := Draw(c.id, c.p); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

// What the clerk can mend says where it is.
func TestWhatCannotBeDrawnIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		p            Plot
		series, tick int
	}{
		"infinite":  {plot(Bar, "甲|乙", values("件数", 1, math.Inf(1))), 0, 1},
		"too large": {plot(Line, "甲|乙", values("件数", 1, 2), values("人数", -1e16, 2)), 1, 0},
		"in a sum":  {plot(StackedBar, "甲|乙", values("件数", 1, 9e15), values("人数", 1, 9e15)), 1, 1},
	} {
		var large *TooLarge
		if _, err := Draw("c", c.p); !errors.As(err, &large) || large.Series != c.series || large.Tick != c.tick {
			t.Errorf("%s: %v, want series %d and tick %d", name, err, c.series, c.tick)
		}
	}
	for name, c := range map[string]struct {
		p            Plot
		series, tick int
	}{
		"two ticks":          {plot(Bar, "甲|乙|甲", values("件数", 1, 2, 3)), -1, 2},
		"but for a space":    {plot(Bar, "甲 乙|甲乙", values("件数", 1, 2)), -1, 1},
		"but for no width":   {plot(Bar, "甲\u200b乙|甲乙", values("件数", 1, 2)), -1, 1},
		"two series":         {plot(GroupedBar, "甲|乙", values("件数", 1, 2), values("件数", 3, 4)), 1, -1},
		"two of many panels": {plot(SmallMultiples, "甲|乙", values("a", 1, 2), values("b", 3, 4), values("a", 3, 4)), 2, -1},
	} {
		var alike *Alike
		if _, err := Draw("c", c.p); !errors.As(err, &alike) || alike.Series != c.series || alike.Tick != c.tick {
			t.Errorf("%s: %v, want series %d and tick %d", name, err, c.series, c.tick)
		}
	}
}

// Two centuries have the same short year: then the whole year is written.
func TestShortNamesThatAreAlikeAreWrittenWhole(t *testing.T) {
	p := plot(Bar, "1906年|2006年", values("件数", 1, 2))
	p.Ticks[0].Short, p.Ticks[1].Short = "06", "06"
	if texts := textsOf(elements(t, draw(t, p).Narrow)); !slices.Contains(texts, "1906年") || !slices.Contains(texts, "2006年") {
		t.Errorf("the years are not told apart: %q", texts)
	}
}

func TestLegendNamesSeriesOnlyWhereThereAreSeveral(t *testing.T) {
	if d := draw(t, plot(Bar, "甲|乙", values("件数", 1, 2))); len(d.Legend) != 0 {
		t.Errorf("a legend of one series: %s", d.Legend)
	}
	d := draw(t, plot(Line, "甲|乙", values("立<案", 1, 2), values("破案", 2, 3)))
	if !strings.Contains(string(d.Legend), "立&lt;案") || strings.Count(string(d.Legend), "<svg") != 2 {
		t.Errorf("legend: %s", d.Legend)
	}
	for _, m := range bureau.Markers {
		if strings.Contains(string(d.Legend), "["+m.Letter+"]") {
			t.Errorf("the legend explains %s, which is not there", m.Letter)
		}
	}
}

// TestOneColour takes the colours out of legends, as a reader with colours of their own
// has them: no two series look alike, whether points are marked or not.
func TestOneColour(t *testing.T) {
	all := gallery()
	six := all["13-six"]
	for _, kind := range []ChartType{GroupedBar, StackedBar, Line} {
		six.Type = kind
		all[fmt.Sprint("six as ", kind)] = six
	}
	all["six long lines"] = plot(Line, months(60), wave("甲", 60, 0), wave("乙", 60, 1), wave("丙", 60, 2), wave("丁", 60, 3), wave("戊", 60, 4), wave("己", 60, 5))
	colours := regexp.MustCompile(`#[0-9a-f]{6}|chart-(fill|stroke)-[0-9]`)
	swatches := regexp.MustCompile(`(?s)<svg class="chart-swatch".*?</svg>`)
	for name, p := range all {
		if len(p.Series) < 2 || p.Type == SmallMultiples {
			continue
		}
		list, _, _ := strings.Cut(string(draw(t, p).Legend), "</ul>")
		seen := map[string]bool{}
		for _, s := range swatches.FindAllString(list, -1) {
			seen[colours.ReplaceAllString(s, "")] = true
		}
		if len(seen) != min(len(p.Series), maxSeries) {
			t.Errorf("%s: %d series have %d looks without colour:\n%s", name, len(p.Series), len(seen), list)
		}
	}
}

// TestFigureOnTexture holds that what is written into a part of a stack has a halo of the
// part's own colour: the lines of its texture are of the colour of the figure.
func TestFigureOnTexture(t *testing.T) {
	svg := string(draw(t, gallery()["03-stacked"]).Wide)
	for k, hex := range seriesHex[:3] {
		if want := fmt.Sprintf(`<g data-values="%d" text-anchor="middle" fill="%s" stroke="%s"`, k, paperHex, hex); !strings.Contains(svg, want) {
			t.Errorf("the drawing lacks %s", want)
		}
	}
}
