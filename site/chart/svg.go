package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// image is a finished drawing: the content of an svg element, and what its
// opening tag says.
type image struct {
	id, title     string
	width, height int
	body          []byte
}

// inline gives the drawing as it stands in a page. Its font is the page's.
func (m image) inline() []byte { return m.bytes(``, ``) }

// file gives the drawing as a file of its own, on paper of its own.
func (m image) file() []byte {
	return m.bytes(` xmlns="http://www.w3.org/2000/svg" font-family="system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"`,
		`<rect width="100%" height="100%" fill="`+paperHex+`"/>`)
}

func (m image) bytes(attributes, background string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg%s class="chart-svg" viewBox="0 0 %d %d" width="%d" height="%d" font-size="%g" role="img" aria-labelledby="%s-title">`,
		attributes, m.width, m.height, m.width, m.height, font, m.id)
	fmt.Fprintf(&b, `<title id="%s-title">`, m.id)
	escape(&b, m.title)
	b.WriteString(`</title>`)
	b.WriteString(background)
	b.Write(m.body)
	b.WriteString("</svg>")
	return b.Bytes()
}

func escape(b *bytes.Buffer, text string) { xml.EscapeText(b, []byte(text)) }

// finish turns the marks that ECharts drew into the finished drawing: the grid
// goes under them, and all text over them.
func (s *sheet) finish(id string, raw []byte) (image, error) {
	m := image{id: id, title: s.plot.Title, width: s.width, height: s.height}
	var b bytes.Buffer
	if s.empty() {
		s.sayEmpty(&b)
	} else {
		r, err := restyle(raw, id)
		if err != nil {
			return image{}, err
		}
		writePatterns(&b, id, r.patterns)
		s.drawGrid(&b)
		b.Write(r.out.Bytes())
		s.annotate(&b)
	}
	m.body = b.Bytes()
	return m, nil
}

// kept are the elements that a drawing may hold.
var kept = map[string]bool{
	"g": true, "path": true, "rect": true, "circle": true, "line": true,
	"polyline": true, "polygon": true, "text": true, "tspan": true,
}

// plain are the attributes that are copied where their value is a number, a
// list of numbers or a word.
var plain = map[string]bool{
	"d": true, "x": true, "y": true, "width": true, "height": true, "cx": true, "cy": true, "r": true,
	"x1": true, "y1": true, "x2": true, "y2": true, "points": true, "transform": true,
	"dominant-baseline": true, "text-anchor": true, "stroke-width": true, "stroke-dasharray": true,
	"stroke-linejoin": true, "stroke-linecap": true, "fill-opacity": true, "stroke-opacity": true,
}

// restyler copies a drawing of ECharts through an allow-list: style, script,
// identifiers and what only ECharts in a browser needs stay behind, coordinates
// are rounded to a tenth of a pixel, and colours get their class.
type restyler struct {
	id       string
	out      bytes.Buffer
	open     []string // elements, the svg itself first
	skip     int      // depth inside an element that is left out
	unclosed bool     // the last start tag lacks its end, > or />
	patterns []string // that the drawing paints with, by first use
}

// restyle gives the content of the svg element of a drawing, restyled. An error
// means that raw is no drawing.
func restyle(raw []byte, id string) (*restyler, error) {
	r := &restyler{id: id}
	r.out.Grow(len(raw))
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) && len(r.open) == 0 && r.skip == 0 {
			return r, nil
		}
		if err != nil {
			return nil, fmt.Errorf("chart: the drawing cannot be read: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if r.skip > 0 || len(r.open) > 0 && !kept[t.Name.Local] || len(r.open) == 0 && t.Name.Local != "svg" {
				r.skip++
				continue
			}
			if len(r.open) > 0 {
				r.close(">")
				r.start(t)
			}
			r.open = append(r.open, t.Name.Local)
		case xml.EndElement:
			if r.skip > 0 {
				r.skip--
				continue
			}
			last := len(r.open) - 1
			if last < 0 || r.open[last] != t.Name.Local {
				return nil, errors.New("chart: the drawing cannot be read: its elements do not nest")
			}
			r.open = r.open[:last]
			if last > 0 && !r.close("/>") {
				r.out.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if last := len(r.open) - 1; r.skip == 0 && last > 0 && (r.open[last] == "text" || r.open[last] == "tspan") {
				r.close(">")
				escape(&r.out, string(t))
			}
		}
	}
}

// close ends a start tag that is not ended yet, and tells whether there was one.
func (r *restyler) close(end string) bool {
	was := r.unclosed
	if was {
		r.out.WriteString(end)
		r.unclosed = false
	}
	return was
}

func (r *restyler) start(t xml.StartElement) {
	r.out.WriteString("<" + t.Name.Local)
	class := ""
	for _, a := range t.Attr {
		name, value := a.Name.Local, a.Value
		switch {
		case a.Name.Space != "":
		case name == "fill" || name == "stroke":
			if isPattern(value) {
				value = r.pattern(value)
			} else if role, ok := roles[value]; ok {
				class += " chart-" + name + "-" + role
			} else if value != "none" {
				continue
			}
			r.attribute(name, value)
		case plain[name]:
			if value = rounded(value); isPlain(value) {
				r.attribute(name, value)
			}
		}
	}
	if class != "" {
		r.attribute("class", class[1:])
	}
	r.unclosed = true
}

func (r *restyler) attribute(name, value string) {
	r.out.WriteString(" " + name + `="` + value + `"`)
}

// pattern gives the reference to the pattern that a colour stands for.
func (r *restyler) pattern(hex string) string {
	if !slices.Contains(r.patterns, hex) {
		r.patterns = append(r.patterns, hex)
	}
	return "url(#" + patternID(r.id, hex) + ")"
}

// isPlain tells that a value can neither end its attribute nor refer anywhere.
func isPlain(value string) bool {
	for _, c := range []byte(value) {
		switch {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case strings.IndexByte(" .,-+()%", c) >= 0:
		default:
			return false
		}
	}
	return !strings.Contains(value, "url")
}

// rounded rounds the numbers in a value to one decimal.
func rounded(value string) string {
	if strings.IndexByte(value, '.') < 0 {
		return value
	}
	out := make([]byte, 0, len(value))
	for i := 0; i < len(value); {
		j := i
		for j < len(value) && (value[j] >= '0' && value[j] <= '9' || value[j] == '.' || j == i && value[j] == '-') {
			j++
		}
		if strings.IndexByte(value[i:j], '.') >= 0 {
			if v, err := strconv.ParseFloat(value[i:j], 64); err == nil {
				out = appendTenths(out, v)
				i = j
				continue
			}
		}
		j = max(j, i+1)
		out = append(out, value[i:j]...)
		i = j
	}
	return string(out)
}

func appendTenths(out []byte, v float64) []byte {
	v = math.Round(v*10) / 10
	if v == 0 {
		v = 0 // not -0
	}
	return strconv.AppendFloat(out, v, 'f', -1, 64)
}
