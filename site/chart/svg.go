package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// image is a finished drawing: the content of an svg element, and what its
// opening tag says.
type image struct {
	id, title     string
	width, height int
	body          []byte
}

// inline gives the drawing as it stands in a page. Its font is the page's, and the
// element of the page with the id said tells what it shows.
func (m image) inline(said string) []byte {
	return m.bytes(` aria-describedby="`+said+`"`, ``)
}

// file gives the drawing as a file of its own, on paper of its own.
func (m image) file() []byte {
	return m.bytes(` xmlns="http://www.w3.org/2000/svg" font-family="system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"`,
		`<rect width="100%" height="100%" fill="`+paperHex+`"/>`)
}

func (m image) bytes(attributes, background string) []byte {
	var b bytes.Buffer
	b.Grow(len(m.body) + 512)
	fmt.Fprintf(&b, `<svg%s class="chart-svg" viewBox="0 0 %d %d" width="%d" height="%d" font-size="%g" role="img" aria-labelledby="%s-title">`,
		attributes, m.width, m.height, m.width, m.height, font, m.id)
	fmt.Fprintf(&b, `<title id="%s-title">`, m.id)
	escape(&b, m.title)
	b.WriteString(`</title>`)
	b.WriteString(background)
	// Its texts without their places say nothing: who cannot see them has the title, the
	// description and the table.
	b.WriteString(`<g aria-hidden="true">`)
	b.Write(m.body)
	b.WriteString("</g></svg>")
	return b.Bytes()
}

func escape(b *bytes.Buffer, text string) { xml.EscapeText(b, []byte(text)) }

// draw writes the sheet: the grid, the marks over it, and all text over them.
func (s *sheet) draw(id string) image {
	var b bytes.Buffer
	if s.empty() {
		s.sayEmpty(&b)
	} else {
		s.writePatterns(&b, id)
		s.drawGrid(&b)
		s.writeMarks(&b, id)
		s.annotate(&b)
	}
	return image{id, s.plot.Title, s.width, s.height, b.Bytes()}
}
