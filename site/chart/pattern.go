package chart

import (
	"bytes"
	"fmt"
	"math"
)

// textures lie over the colour of a series in lines of the paper's colour.
var textures = [maxSeries]string{
	"",
	`<path d="M0 4H8" %s/>`,
	`<path d="M4 0V8" %s/>`,
	`<path d="M2 2h1M6 6h1" %s/>`,
	`<path d="M0 4H8M4 0V8" %s/>`,
	`<path d="M0 2H8M0 6H8" %s/>`,
}

// The ids of patterns are unique in a page as long as the drawing's id is.
func textureID(id string, look int) string { return fmt.Sprintf("%s-texture-%d", id, look+1) }
func hatchID(id string, look int) string   { return fmt.Sprintf("%s-hatch-%d", id, look+1) }

// writePatterns defines what the bars are painted with: the texture of each look
// but the first, and the hatching of partial periods.
func (s *sheet) writePatterns(b *bytes.Buffer, id string) {
	var textured, hatched [maxSeries]bool
	for k, series := range s.plot.Series {
		if look := s.look(k); !s.lines {
			textured[look] = look > 0
			for t, tick := range s.plot.Ticks {
				hatched[look] = hatched[look] || tick.Partial && !math.IsNaN(series.Values[t].Number)
			}
		}
	}
	none := [maxSeries]bool{}
	if textured == none && hatched == none {
		return
	}
	b.WriteString("<defs>")
	for look, hex := range seriesHex {
		if hatched[look] {
			fmt.Fprintf(b, `<pattern id="%s" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`+
				`<path d="M0 0H6V6H0Z" fill="%s" class="chart-fill-paper"/><path d="M1 0V6" stroke="%s" stroke-width="2" class="chart-stroke-%d"/></pattern>`,
				hatchID(id, look), paperHex, hex, look+1)
		}
		if textured[look] {
			fmt.Fprintf(b, `<pattern id="%s" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0H8V8H0Z" fill="%s" class="chart-fill-%d"/>`+textures[look]+`</pattern>`,
				textureID(id, look), hex, look+1, `fill="none" stroke="`+paperHex+`" class="chart-texture"`)
		}
	}
	b.WriteString("</defs>")
}
