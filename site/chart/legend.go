package chart

import (
	"bytes"
	"fmt"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// legend gives the key to a drawing as HTML: its series where there are
// several, and the signs of partial periods and markers where there are any.
func legend(p Plot, s *sheet) []byte {
	if s.empty() {
		return nil
	}
	var b bytes.Buffer
	if len(p.Series) > 1 && p.Type != SmallMultiples {
		b.WriteString(`<ul class="chart-key chart-series">`)
		for k, series := range p.Series {
			entry(&b, s.swatch(s.look(k)), series.Name)
		}
		b.WriteString("</ul>")
	}
	listed := b.Len()
	b.WriteString(`<ul class="chart-key">`)
	empty := b.Len()
	lengths, status := signs(p)
	for _, length := range lengths {
		entry(&b, partialSwatch(s.lines), length)
	}
	for _, m := range bureau.Markers {
		if status&m.Status != 0 {
			entry(&b, `<span class="chart-marker">`+m.Status.String()+`</span> `, locale.Meaning(m.Status, p.Language))
		}
	}
	if b.Len() == empty {
		b.Truncate(listed)
	} else {
		b.WriteString("</ul>")
	}
	return b.Bytes()
}

// signs tells what a legend has to explain besides the series: in words, how the
// periods that are no whole ones differ from one, and the markers.
func signs(p Plot) (lengths []string, status bureau.Status) {
	for t, tick := range p.Ticks {
		if tick.Partial {
			if text := tick.length(p.Language); !slices.Contains(lengths, text) {
				lengths = append(lengths, text)
			}
		}
		for _, series := range p.Series {
			status |= series.Values[t].Status
		}
	}
	return lengths, status
}

// length says of a tick that is no whole period how it differs from one.
func (t Tick) length(l *locale.Language) string {
	if t.Longer {
		return l.Text(locale.ChartLonger)
	}
	return l.Text(locale.ChartPartial)
}

func entry(b *bytes.Buffer, sign, text string) {
	b.WriteString("<li>" + sign)
	escape(b, text)
	b.WriteString("</li>")
}

const swatchTag = `<svg class="chart-swatch" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">`

// swatch shows the colour of a look with its dashes and its symbol, or with its texture.
func (s *sheet) swatch(look int) string {
	hex, role := seriesHex[look], look+1
	if s.lines {
		var b bytes.Buffer
		fmt.Fprintf(&b, `<path d="M1 7H27" fill="none" stroke="%s" stroke-width="%g"%s class="chart-stroke-%d"/>`, hex, s.thick(look), dash(look), role)
		if s.showsSymbols() {
			fmt.Fprintf(&b, `<g fill="%s" class="chart-fill-%d">`, hex, role)
			writeSymbol(&b, look, 140, 70)
			b.WriteString(`/></g>`)
		}
		return swatchTag + b.String() + "</svg>"
	}
	over := ""
	if t := textures[look]; t != "" {
		style := `fill="none" stroke="` + paperHex + `" class="chart-texture"`
		for x := 4; x < 20; x += 8 {
			over += fmt.Sprintf(`<g transform="translate(%d 3)">`+t+`</g>`, x, style)
		}
	}
	return swatchTag + fmt.Sprintf(`<path d="M4 1H24V13H4Z" fill="%s" class="chart-fill-%d"/>%s</svg>`, hex, role, over)
}

// partialSwatch shows how a partial period looks.
func partialSwatch(line bool) string {
	if line {
		return swatchTag + fmt.Sprintf(`<circle cx="14" cy="7" r="4" fill="%s" stroke="%s" stroke-width="2" class="chart-fill-paper chart-stroke-quiet"/></svg>`, paperHex, quietHex)
	}
	return swatchTag + fmt.Sprintf(`<path d="M4 1H24V13H4Z" fill="%s" stroke="%s" stroke-width="1.5" class="chart-fill-paper chart-stroke-quiet"/>`+
		`<path d="M4 9L12 1M8 13L20 1M16 13L24 5" fill="none" stroke="%s" stroke-width="2" class="chart-stroke-quiet"/></svg>`, paperHex, quietHex, quietHex)
}
