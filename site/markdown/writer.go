package markdown

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// writer writes the nodes that goldmark's own renderer would write otherwise.
type writer struct{}

func (w writer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindText, w.text)
	r.Register(ast.KindLink, w.link)
	r.Register(ast.KindAutoLink, w.autolink)
	r.Register(ast.KindImage, w.image)
	r.Register(ast.KindRawHTML, w.nothing)
	r.Register(ast.KindHTMLBlock, w.htmlBlock)
	r.Register(extended.KindTable, w.table)
	r.Register(extended.KindTableCell, w.cell)
	r.Register(kindFigure, w.figure)
	r.Register(kindDrawing, w.drawing)
	r.Register(kindTerm, w.term)
	r.Register(extended.KindTaskCheckBox, w.box)
	r.Register(extended.KindFootnoteLink, w.noteMark)
	r.Register(extended.KindFootnoteBacklink, w.noteBack)
	r.Register(extended.KindFootnote, w.note)
	r.Register(extended.KindFootnoteList, w.noteList)
}

// text joins two lines without a space where both sides are Chinese.
func (writer) text(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	value := n.Value(source)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(w, value)
		return ast.WalkContinue, nil
	}
	if asIs(value) {
		w.Write(value)
	} else {
		html.DefaultWriter.Write(w, value)
	}
	switch {
	case n.HardLineBreak():
		w.WriteString("<br>\n")
	case n.SoftLineBreak():
		if !joined(last(n, source), first(n.NextSibling(), source)) {
			w.WriteByte('\n')
		}
	}
	return ast.WalkContinue, nil
}

// asIs tells whether HTML holds a text as it stands in Markdown.
func asIs(text []byte) bool {
	for _, b := range text {
		switch b {
		case 0, '"', '&', '<', '>', '\\':
			return false
		}
	}
	return true
}

// last gives the last character that a text shows, or what stands before it
// where it is empty; 0 where there is none.
func last(n ast.Node, source []byte) rune {
	for n != nil {
		t, ok := n.(*ast.Text)
		switch {
		case !ok && n.Kind() != kindTerm:
			return 0
		case !ok:
			n = n.LastChild()
		case t.Segment.Len() == 0:
			n = n.PreviousSibling()
		default:
			r, _ := utf8.DecodeLastRune(t.Value(source))
			return r
		}
	}
	return 0
}

// first gives the first character that a node shows, 0 where it shows none.
func first(n ast.Node, source []byte) rune {
	for n != nil {
		if t, ok := n.(*ast.Text); ok {
			r, _ := utf8.DecodeRune(t.Value(source))
			return r
		}
		n = n.FirstChild()
	}
	return 0
}

func (writer) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	switch {
	case n.Destination == nil:
	case entering:
		w.WriteString(`<a href="`)
		w.Write(util.EscapeHTML(n.Destination))
		w.WriteByte('"')
		title(w, n.Title)
		w.WriteByte('>')
	default:
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func title(w util.BufWriter, text []byte) {
	if text != nil {
		w.WriteString(` title="`)
		html.DefaultWriter.Write(w, text)
		w.WriteByte('"')
	}
}

func (writer) autolink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	label := util.EscapeHTML(n.Label(source))
	href, _ := n.AttributeString("href")
	if address, _ := href.([]byte); address != nil {
		w.WriteString(`<a href="`)
		w.Write(util.EscapeHTML(address))
		w.WriteString(`">`)
		w.Write(label)
		w.WriteString("</a>")
	} else {
		w.Write(label)
	}
	return ast.WalkContinue, nil
}

func (wr writer) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Image)
	if !entering || n.Destination == nil {
		return ast.WalkContinue, nil // without an address its text is shown
	}
	w.WriteString(`<img src="`)
	w.Write(util.EscapeHTML(n.Destination))
	w.WriteString(`" alt="`)
	alternative(w, source, n)
	w.WriteByte('"')
	title(w, n.Title)
	w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// alternative writes the text below a node without its marks.
func alternative(w util.BufWriter, source []byte, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			html.DefaultWriter.Write(w, c.Value(source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				w.WriteByte(' ')
			}
		case *ast.String:
			html.DefaultWriter.RawWrite(w, c.Value)
		case *ast.AutoLink:
			w.Write(util.EscapeHTML(c.Label(source)))
		default:
			alternative(w, source, c)
		}
	}
}

func (writer) nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func (writer) htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<pre>")
		html.DefaultWriter.RawWrite(w, htmlSource(node.(*ast.HTMLBlock), source))
		w.WriteString("</pre>\n")
	}
	return ast.WalkContinue, nil
}

// table stands in a box that scrolls where the screen is too narrow for it.
func (writer) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<div class=\"scroll\" tabindex=\"0\">\n<table>\n")
	} else {
		w.WriteString("</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

// cell says its alignment in a class: n for figures, to the right, c for centred.
func (writer) cell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extended.TableCell)
	tag := "td"
	if n.Parent().Kind() == extended.KindTableHeader {
		tag = "th"
	}
	if !entering {
		w.WriteString("</")
		w.WriteString(tag)
		w.WriteString(">\n")
		return ast.WalkContinue, nil
	}
	w.WriteByte('<')
	w.WriteString(tag)
	if tag == "th" {
		w.WriteString(` scope="col"`)
	}
	switch n.Alignment {
	case extended.AlignRight:
		w.WriteString(` class="n"`)
	case extended.AlignCenter:
		w.WriteString(` class="c"`)
	}
	w.WriteByte('>')
	return ast.WalkContinue, nil
}

func (writer) figure(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*figure)
	switch {
	case n.link == "":
	case entering:
		w.WriteString(`<a class="figure" href="`)
		w.Write(util.EscapeHTML([]byte(n.link)))
		w.WriteString(`">`)
	default:
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (writer) term(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(`<a class="term" href="`)
		w.Write(util.EscapeHTML(util.URLEscape([]byte(node.(*term).link), false)))
		w.WriteString(`">`)
	} else {
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (writer) drawing(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.Write(node.(*drawing).html)
	}
	return ast.WalkContinue, nil
}
