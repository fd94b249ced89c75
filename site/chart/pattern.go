package chart

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A pattern stands in an option as a colour that nothing is painted in: the
// last digit is the series, the one before it what kind.
const (
	hatching = "#00000" // partial periods, followed by the series
	texture  = "#00001" // series that stand beside others, followed by the series
)

func partialHex(look int) string { return hatching + strconv.Itoa(look+1) }
func textureHex(look int) string { return texture + strconv.Itoa(look+1) }

func isPattern(hex string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(hex, "#"))
	return err == nil && len(hex) == 7 && n%10 >= 1 && n%10 <= maxSeries && n/10 <= 1
}

// patternID is unique in a page as long as the drawing's id is.
func patternID(id, hex string) string {
	kind := "-hatch-"
	if strings.HasPrefix(hex, texture) {
		kind = "-texture-"
	}
	return id + kind + hex[6:]
}

// textures lie over the colour of a series in lines of the paper's colour.
var textures = [maxSeries]string{
	"",
	`<path d="M0 4H8" %s/>`,
	`<path d="M4 0V8" %s/>`,
	`<path d="M2 2h1M6 6h1" %s/>`,
	`<path d="M0 4H8M4 0V8" %s/>`,
	`<path d="M0 2H8M0 6H8" %s/>`,
}

// decal is a texture as ECharts draws it in the browser.
type decal struct {
	Symbol   string  `json:"symbol"`
	DashX    [2]int  `json:"dashArrayX"`
	DashY    [2]int  `json:"dashArrayY"`
	Rotation float64 `json:"rotation"`
	Colour   string  `json:"color"`
}

// decals are the textures of the interactive chart.
var decals = [maxSeries]*decal{
	nil,
	{"rect", [2]int{1, 0}, [2]int{1, 7}, 0, "--chart-decal"},
	{"rect", [2]int{1, 0}, [2]int{1, 7}, math.Pi / 2, "--chart-decal"},
	{"circle", [2]int{2, 6}, [2]int{2, 6}, 0, "--chart-decal"},
	{"rect", [2]int{6, 2}, [2]int{6, 2}, 0, "--chart-decal"},
	{"rect", [2]int{1, 0}, [2]int{1, 3}, 0, "--chart-decal"},
}

// hatched is a partial period in the interactive chart.
var hatched = &decal{"rect", [2]int{1, 0}, [2]int{4, 3}, -math.Pi / 4, "--chart-paper"}

// writePatterns defines the patterns that a drawing paints with.
func writePatterns(b *bytes.Buffer, id string, used []string) {
	if len(used) == 0 {
		return
	}
	b.WriteString("<defs>")
	for _, hex := range used {
		k := int(hex[6] - '1')
		colour, role := seriesHex[k], k+1
		if strings.HasPrefix(hex, hatching) {
			fmt.Fprintf(b, `<pattern id="%s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`+
				`<path d="M0 0H6V6H0Z" fill="%s" class="chart-fill-paper"/><path d="M1 0V6" stroke="%s" stroke-width="2" class="chart-stroke-%d"/></pattern>`,
				patternID(id, hex), paperHex, colour, role)
			continue
		}
		fmt.Fprintf(b, `<pattern id="%s" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0H8V8H0Z" fill="%s" class="chart-fill-%d"/>`,
			patternID(id, hex), colour, role)
		if textures[k] != "" {
			fmt.Fprintf(b, textures[k], `fill="none" stroke="`+paperHex+`" class="chart-texture"`)
		}
		b.WriteString("</pattern>")
	}
	b.WriteString("</defs>")
}
