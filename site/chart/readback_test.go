package chart

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// shift moves the n-th number of the first tag that the pattern finds by one pixel.
func shift(svg []byte, pattern string, by float64) []byte {
	at := regexp.MustCompile(pattern).FindSubmatchIndex(svg)
	if at == nil {
		return svg
	}
	v, err := strconv.ParseFloat(string(svg[at[2]:at[3]]), 64)
	if err != nil {
		return svg
	}
	return bytes.Join([][]byte{svg[:at[2]], strconv.AppendFloat(nil, v+by, 'f', -1, 64), svg[at[3]:]}, nil)
}

func swap(svg []byte, old, new string) []byte {
	return bytes.Replace(svg, []byte(old), []byte(new), 1)
}

// A drawing that shows another figure is not given out: each of these changes
// one thing in a finished drawing.
func TestReadBackFindsWhatIsWrong(t *testing.T) {
	g := gallery()
	drop := func(pattern string) func([]byte) []byte {
		return func(svg []byte) []byte {
			at := regexp.MustCompile(pattern).FindIndex(svg)
			if at == nil {
				return svg
			}
			return append(append([]byte{}, svg[:at[0]]...), svg[at[1]:]...)
		}
	}
	const bars = `<g data-bars="0"[^>]*>`
	path := `<path d="M[^"]*"[^>]*stroke-linejoin="round"[^>]*>`
	for name, c := range map[string]struct {
		plot   string
		change func(svg []byte) []byte
	}{
		"a bar one pixel too high": {"01-bar", func(svg []byte) []byte {
			return shift(shift(svg, bars+`<path d="M\S+ ([\d.]+)h`, -1), bars+`<path d="M\S+ \S+h[\d.]+v([\d.]+)h`, 1)
		}},
		"a bar one pixel too low": {"01-bar", func(svg []byte) []byte { return shift(svg, bars+`<path d="M\S+ \S+h[\d.]+v([\d.]+)h`, -1) }},
		"a bar beside its place":  {"01-bar", func(svg []byte) []byte { return shift(svg, bars+`<path d="M([\d.]+) `, 170) }},
		"a part of a stack":       {"03-stacked", func(svg []byte) []byte { return shift(svg, `<g data-bars="2"[^>]*><path d="M\S+ ([\d.]+)h`, 1) }},
		"a share":                 {"07-share", func(svg []byte) []byte { return shift(svg, `<g data-bars="1"[^>]*><path d="M\S+ ([\d.]+)h`, 1) }},
		"a lying bar":             {"04-horizontal", func(svg []byte) []byte { return shift(svg, bars+`<path d="M\S+ \S+h([\d.]+)v`, 1) }},
		"a bar of a small panel":  {"08-multiples", func(svg []byte) []byte { return shift(svg, `<g data-bars="3"[^>]*><path d="M\S+ ([\d.]+)h`, -1) }},
		"a bar is missing":        {"01-bar", drop(bars[1 : len(bars)-1][:0] + `<path d="M\d+ [\d.]+h\d+v[\d.]+h-\d+z"/>`)},
		"a bar too many": {"04-horizontal", func(svg []byte) []byte {
			return swap(svg, `</g>`, `</g>`+`<g data-bars="0"><path d="M0 0h9v9h-9z"/></g>`)
		}},
		"the hatching is gone": {"01-bar", func(svg []byte) []byte {
			return swap(svg, `fill="url(#c-wide-hatch-1)"`, `fill="url(#c-wide-texture-1)"`)
		}},
		"a value says something else":   {"01-bar", func(svg []byte) []byte { return swap(svg, `>2385<`, `>2386<`) }},
		"a value lost its marker":       {"01-bar", func(svg []byte) []byte { return swap(svg, `>753 [p]<`, `>753<`) }},
		"the scale says something else": {"01-bar", func(svg []byte) []byte { return swap(svg, `>1500<`, `>1600<`) }},
		"the whole scale is another": {"01-bar", func(svg []byte) []byte {
			return regexp.MustCompile(`>(\d00|\d000|\d500)<`).ReplaceAll(svg, []byte(`>${1}0<`))
		}},
		"a tick has another name": {"01-bar", func(svg []byte) []byte { return swap(svg, `>2004年<`, `>2014年<`) }},
		"two ticks have each other's": {"01-bar", func(svg []byte) []byte {
			return swap(swap(swap(svg, `>2004年<`, `>@<`), `>2003年<`, `>2004年<`), `>@<`, `>2003年<`)
		}},
		"the newest has no name":          {"06-line120", drop(`<text data-tick="119"[^>]*>[^<]*</text>`)},
		"a point is moved":                {"05-line", func(svg []byte) []byte { return shift(svg, `<path d="M\S+ ([\d.]+)L`, 1) }},
		"a point of a long line is moved": {"06-line120", func(svg []byte) []byte { return shift(svg, `<g data-lines="1"><path d="M\S+ \S+L\S+ ([\d.]+)L`, 1) }},
		"a symbol is moved":               {"05-line", func(svg []byte) []byte { return shift(svg, `<circle cx="[\d.]+" cy="([\d.]+)" r="3"`, 1) }},
		"a hollow point is full": {"05-line", func(svg []byte) []byte {
			return swap(svg, `chart-fill-paper chart-stroke-1`, `chart-fill-1 chart-stroke-1`)
		}},
		"a hollow point is missing":      {"05-line", drop(`<circle[^>]*chart-fill-paper[^>]*>`)},
		"a line across a break":          {"32-line-markers", func(svg []byte) []byte { return bytes.ReplaceAll(svg, []byte(`M`), []byte(`L`)) }},
		"a line that leaves a tick out":  {"06-line120", drop(`L[\d.]+ [\d.]+`)},
		"a short line is not drawn":      {"05-line", drop(path)},
		"a line across a gap is not":     {"11-cut", drop(path)},
		"one of six lines is not drawn":  {"13-six", drop(path)},
		"a long line is not drawn":       {"06-line120", drop(path)},
		"a line of a panel is not drawn": {"09-multi-lines", drop(path)},
		"a bar among lines": {"09-multi-lines", func(svg []byte) []byte {
			return swap(svg, `<g data-lines="2">`, `<g data-bars="2"><path d="M0 0h9v9h-9z"/></g><g data-lines="2">`)
		}},
		"a panel of bars among lines": {"09-multi-lines", func(svg []byte) []byte {
			return swap(svg, `<g data-lines="2">`, `<g data-bars="2">`)
		}},
		"a point among bars": {"01-bar", func(svg []byte) []byte {
			return swap(svg, `<g data-bars="0"`, `<g data-lines="0"><circle cx="100" cy="100" r="3"/></g><g data-bars="0"`)
		}},
		"a missing marker":            {"04-horizontal", drop(`<text[^>]*>\[x\]</text>`)},
		"another marker":              {"04-horizontal", func(svg []byte) []byte { return swap(svg, `>[x]<`, `>[c]<`) }},
		"another title":               {"01-bar", func(svg []byte) []byte { return swap(svg, `>示例<`, `>样例<`) }},
		"a panel has another's name":  {"08-multiples", func(svg []byte) []byte { return swap(svg, `>西城派出所<`, `>东城派出所<`) }},
		"a series has another's name": {"05-line", func(svg []byte) []byte { return swap(svg, `>城区<`, `>农村<`) }},
		"it ends in the middle":       {"01-bar", func(svg []byte) []byte { return svg[:len(svg)/2] }},
	} {
		d, err := Draw("c", g[c.plot])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		changed := c.change(bytes.Clone(d.Wide))
		if bytes.Equal(changed, d.Wide) {
			t.Errorf("%s: the test changes nothing", name)
			continue
		}
		if err := readBack(changed, g[c.plot]); err == nil {
			t.Errorf("%s: not found", name)
		}
	}
}

// No drawing is given out that shows another figure, be it the wide one or the narrow.
func TestWrongDrawingIsRefused(t *testing.T) {
	right := drawn
	defer func() { drawn = right }()
	for _, size := range []string{"wide", "narrow"} {
		drawn = func(s *sheet, id string) image {
			m := right(s, id)
			if s.narrow == (size == "narrow") {
				m.body = bytes.Replace(m.body, []byte("</text>"), []byte("9</text>"), 1)
			}
			return m
		}
		if _, err := Draw("c", gallery()["01-bar"]); err == nil {
			t.Errorf("a wrong %s drawing is given out", size)
		}
	}
}

// Every mark of every kind is held: moved by one pixel along the values, or left
// out, it is found.
func TestReadBackHoldsEveryMark(t *testing.T) {
	marks := regexp.MustCompile(`<path d="(M[\d.-]+ )([\d.-]+)(h[\d.]+v[\d.]+h-[\d.]+z)"[^>]*>`)
	lying := regexp.MustCompile(`<path d="(M)([\d.-]+)( [\d.-]+h[\d.]+v[\d.]+h-[\d.]+z)"[^>]*>`)
	held := 0
	for name, p := range gallery() {
		d, err := Draw("c", p)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for size, svg := range map[string][]byte{"wide": d.Wide, "narrow": d.Narrow} {
			begin := bytes.Index(svg, []byte(`<g data-bars`))
			if begin < 0 || len(p.Ticks) > 100 {
				continue
			}
			q, err := prepare(p)
			if err != nil {
				t.Fatal(err)
			}
			sheet := layOut(q, map[string]struct {
				width  int
				narrow bool
			}{"wide": wideSize, "narrow": narrowSize}[size])
			pattern := marks
			if sheet.horizontal {
				pattern = lying
			}
			for _, at := range pattern.FindAllSubmatchIndex(svg[begin:], -1) {
				for i := range at {
					at[i] += begin
				}
				v, _ := strconv.ParseFloat(string(svg[at[4]:at[5]]), 64)
				moved := fmt.Appendf(nil, "%s%g%s", svg[:at[4]], v+1, svg[at[5]:])
				gone := append(bytes.Clone(svg[:at[0]]), svg[at[1]:]...)
				if readBack(moved, p) == nil || readBack(gone, p) == nil {
					t.Fatalf("%s, %s: %s may be moved or go", name, size, svg[at[0]:at[1]])
				}
				held++
			}
		}
	}
	if held < 400 {
		t.Errorf("only %d bars were held", held)
	}
}

func TestFigureOfLabel(t *testing.T) {
	for text, want := range map[string]float64{
		"2,385": 2385, "−10万": -1e5, "1.5亿": 1.5e8, "2万亿": 2e12, "2 m": 2e6, "3 bn": 3e9, "83.68%": 83.68, "753 [p]": 753, "2e-05": 2e-5,
		locale.Format(9007199254740992, "", chinese): 9007199254740992,
	} {
		l := chinese
		if strings.HasSuffix(text, " m") || strings.HasSuffix(text, " bn") {
			l = english
		}
		if got, _, err := figure(text, l); err != nil || got != want {
			t.Errorf("figure(%q) = %g, %v, want %g", text, got, err, want)
		}
	}
	if _, _, err := figure("无", chinese); err == nil || !strings.Contains(err.Error(), "no figure") {
		t.Errorf("无 is a figure: %v", err)
	}
}

// Whatever a plot holds, the drawing shows it: no plot that can be drawn fails
// the reading back.
func TestRandomPlotsAreReadBack(t *testing.T) {
	kinds := bureau.ChartTypes
	magnitudes := []float64{0.001, 0.3, 1, 90, 4000, 3e5, 8e7, 5e10, 1e13}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := Plot{Type: ChartType(kinds[r.IntN(len(kinds))].ID), Title: "随机", Unit: "件", Language: []*locale.Language{chinese, english}[r.IntN(2)], Time: r.IntN(2) == 0}
		n := 1 + r.IntN(1+[]int{5, 12, 60, 399}[r.IntN(4)])
		for i := range n {
			label := fmt.Sprintf("%d年%d月", 1990+i/12, i%12+1)
			if !p.Time {
				label = fmt.Sprintf("第%d类", i)
				if r.IntN(3) == 0 {
					label = strings.Repeat([]string{"很长的名称", "long name "}[r.IntN(2)], r.IntN(9)) + label
				}
			}
			p.Ticks = append(p.Ticks, Tick{Label: label, Short: strings.TrimPrefix(label, "20"), Partial: p.Time && r.IntN(9) == 0, Row: -1})
		}
		series := 1 + r.IntN(6)
		if p.Type == SmallMultiples {
			series = 1 + r.IntN(36)
		}
		magnitude, offset := magnitudes[r.IntN(len(magnitudes))], float64(r.IntN(3)*r.IntN(40))
		for k := range series {
			s := Series{Name: strings.Repeat("系列", r.IntN(8)) + fmt.Sprint(k)}
			for range n {
				v := PlotValue{Number: (offset + r.Float64()) * magnitude, Row: -1}
				if magnitude > 1 && r.IntN(2) == 0 {
					v.Number = math.Round(v.Number)
				}
				if p.Type != ShareBar && p.Type != StackedBar && r.IntN(12) == 0 {
					v.Number = -v.Number
				}
				switch m := bureau.Markers[r.IntN(len(bureau.Markers))]; {
				case r.IntN(8) > 0:
				case m.Status&bureau.Instead != 0:
					v = PlotValue{Number: math.NaN(), Status: m.Status, Row: -1}
				default:
					v.Status = m.Status
				}
				if r.IntN(20) == 0 && v.Status == 0 {
					v.Number = []float64{0, math.NaN()}[r.IntN(2)]
				}
				s.Values = append(s.Values, v)
			}
			p.Series = append(p.Series, s)
		}
		if _, err := Draw("c", p); err != nil {
			t.Errorf("seed %d, %s of %d ticks and %d series: %v", seed, p.Type, n, series, err)
		}
	}
}
