package markdown

import (
	"bytes"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// at gives the place of an offset in the body. It goes on from the last one asked
// for where both are in one line, so that many in a long line cost no more.
func (d *document) at(offset int) problem.Position {
	source := d.body.Text
	if d.lines == nil {
		d.lines = append(make([]int, 0, 64), 0)
		for i := 0; ; {
			n := bytes.IndexByte(source[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			d.lines = append(d.lines, i)
		}
	}
	offset = max(0, min(offset, len(source)))
	line := sort.SearchInts(d.lines, offset+1) - 1
	from, column := d.lines[line], 1
	if from <= d.asked && d.asked <= offset {
		from, column = d.asked, d.column
	}
	d.asked, d.column = offset, column+utf8.RuneCount(source[from:offset])
	return problem.Position{File: d.body.File, Line: d.body.Line + line, Column: d.column + d.body.Indent}
}

// error reports what stops the build, warn what does not. A body with a thousand
// problems is not prose, and reporting more of them helps nobody.
func (d *document) error(offset int, rule problem.Rule, message, hint problem.Text) {
	d.report(offset, problem.Error, rule, message, hint)
}

func (d *document) warn(offset int, rule problem.Rule, message, hint problem.Text) {
	d.report(offset, problem.Warning, rule, message, hint)
}

func (d *document) report(offset int, severity problem.Severity, rule problem.Rule, message, hint problem.Text) {
	const most = 1000
	switch {
	case len(d.problems) == most:
		severity, rule = problem.Error, problem.MarkdownMany
		message = problem.Say("问题太多，从这里起不再逐一列出", "there are too many problems; they are not listed from here on")
		hint = problem.Say("先改正上面的问题，再运行一次", "correct those above first, then run again")
	case len(d.problems) > most:
		return
	}
	d.problems = append(d.problems, problem.Problem{Position: d.at(offset), Severity: severity, Rule: rule, Message: message, Hint: hint})
}

// headings drops a first heading that repeats the page's title and decides how
// far the others move down, so that the highest is of the second level.
func (d *document) headings(root ast.Node) {
	if h, ok := root.FirstChild().(*ast.Heading); ok && h.Level == 1 && d.env.Title != "" && d.words(h) == d.env.Title {
		root.RemoveChild(root, h)
	}
	if h := highest(root); h != nil {
		d.shift = 1
		d.warn(h.Pos(), problem.MarkdownHeading,
			problem.Say("正文里用了一级标题“%s”，而一级标题是网页的标题", "the heading \"%s\" is of the first level, which is the page's title", problem.Quote(d.words(h))),
			problem.Say("改用两个井号“##”；目前各级标题依次降一级发布", "write it with \"##\"; for now all headings are published one level lower"))
	}
}

// highest finds the first heading of the first level, also in quotes and lists.
func highest(parent ast.Node) *ast.Heading {
	for n := parent.FirstChild(); n != nil && n.Type() == ast.TypeBlock; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			return h
		}
		if h := highest(n); h != nil {
			return h
		}
	}
	return nil
}

// walk rewrites what refers to something else, and collects what a page needs to
// know of its body.
func (d *document) walk(parent ast.Node, depth int) {
	if depth > maxDepth && parent.HasChildren() {
		d.error(parent.Pos(), problem.MarkdownDepth,
			problem.Say("这里的标记一层套一层，层数太多", "the marks are nested too deeply here"),
			problem.Say("把嵌套的引用、列表、强调拆开", "split the nested quotes, lists or emphasis"))
		parent.RemoveChildren(parent)
		return
	}
	d.typed(parent)
	for n, next := parent.FirstChild(), ast.Node(nil); n != nil; n = next {
		next = n.NextSibling()
		switch n := n.(type) {
		case *ast.Text:
			d.plain.write(d.shown(n), n.SoftLineBreak() || n.HardLineBreak())
			d.explain(n)
			continue
		case *ast.String:
			d.plain.write(n.Value, false)
			continue
		case *extended.TaskCheckBox:
			d.plain.write([]byte(shownBox(n)+" "), false)
			continue
		case *ast.Heading:
			d.heading(n)
			before := d.plain.muted
			d.plain.muted = true
			d.quiet++
			d.walk(n, depth+1)
			d.quiet--
			d.plain.muted = before
			continue
		case *ast.Link:
			n.Destination = d.link(n.Destination, n.Pos())
		case *ast.AutoLink:
			d.autolink(n)
			d.plain.write(n.Label(d.body.Text), false)
			continue
		case *ast.Image:
			if n.Destination = d.image(n); n.Destination != nil {
				continue // its text becomes an attribute
			}
		case *figure:
			d.figure(n)
		case *ast.FencedCodeBlock:
			if string(n.Language(d.body.Text)) == "chart" {
				d.chart(n)
			}
			continue
		case *ast.CodeBlock:
			continue
		case *ast.RawHTML:
			d.rawHTML(n.Segments.Value(d.body.Text), n.Segments.At(0).Start)
			continue
		case *ast.HTMLBlock:
			d.htmlBlock(n)
			continue
		}
		switch n.Kind() {
		case ast.KindLink, ast.KindImage, ast.KindCodeSpan, kindFigure:
			d.quiet++
			d.walk(n, depth+1)
			d.quiet--
		default:
			d.walk(n, depth+1)
		}
		if n.Type() == ast.TypeBlock {
			d.plain.space()
		}
	}
}

var idName = []byte("id")

func (d *document) heading(h *ast.Heading) {
	h.Level = min(h.Level+d.shift, 6)
	words := d.words(h)
	id := text.Slug(words)
	if id == "" {
		id = "section"
	}
	unique := id
	for d.ids[unique] > 0 {
		d.ids[id]++
		unique = id + "-" + strconv.Itoa(d.ids[id])
	}
	d.ids[unique] = 1
	h.SetAttribute(idName, []byte(unique))
	d.Headings = append(d.Headings, Heading{h.Level, unique, words})
}

// words gives the text of a node without its marks.
func (d *document) words(n ast.Node) string {
	var b strings.Builder
	d.collect(&b, n)
	return strings.TrimSpace(b.String())
}

func (d *document) collect(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(d.shown(c))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(d.body.Text))
		case *figure:
			d.figure(c)
			d.collect(b, c)
		default:
			d.collect(b, c)
		}
	}
}

// figure looks a reference up, once.
func (d *document) figure(f *figure) {
	if f.HasChildren() {
		return
	}
	shown := "{{" + f.reference + "}}"
	unknown := problem.Refuse(problem.Say("这里不能引用数值", "figures cannot be printed here"),
		problem.Say("把“{{…}}”放进反引号即按原样显示", "put {{…}} between backquotes to show it as it is"))
	switch {
	case !f.closed:
		shown = "{{"
		unknown = problem.Refuse(problem.Say("“{{”没有用“}}”结束", "\"{{\" is not closed with \"}}\""),
			problem.Say("在同一行补上“}}”；只想显示花括号时放进反引号", "add \"}}\" on the same line, or put the braces between backquotes to show them"))
	case d.env.Figure != nil:
		text, link, missing := d.env.Figure(f.reference)
		if unknown = missing; missing == nil {
			shown = text
			d.HasFigure = true
			if link != "" && !within(f, ast.KindLink) {
				f.link = d.env.Root + link
				d.Links = append(d.Links, Link{f.link, f.link, d.at(f.Pos())})
			}
		}
	}
	if unknown != nil {
		d.error(f.Pos(), problem.MarkdownFigure, unknown.Message, unknown.Hint)
	}
	text := ast.NewString([]byte(shown))
	text.SetRaw(true)
	f.AppendChild(f, text)
}

func within(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// drawing is a chart in place of its fenced block.
type drawing struct {
	ast.BaseBlock
	html []byte
}

var kindDrawing = ast.NewNodeKind("Drawing")

func (*drawing) Kind() ast.NodeKind           { return kindDrawing }
func (c *drawing) IsRaw() bool                { return true }
func (c *drawing) Dump(source []byte, at int) { ast.DumpHelper(c, source, at, nil, nil) }

func (d *document) chart(n *ast.FencedCodeBlock) {
	offset := n.Pos()
	if n.Lines().Len() > 0 {
		offset = n.Lines().At(0).Start
	}
	if d.env.Chart == nil {
		d.error(offset, problem.MarkdownChart,
			problem.Say("这里不能画图", "charts cannot be drawn here"),
			problem.Say("把图表写在指南、公告或页面里，或写进统计的 charts", "draw it in a guide, a notice or a page, or under charts of a statistic"))
		return
	}
	html, problems := d.env.Chart(n.Lines().Value(d.body.Text), d.at(offset))
	d.problems = append(d.problems, problems...)
	d.HasChart = true
	n.Parent().ReplaceChild(n.Parent(), n, &drawing{html: html})
}

// rawHTML reports a tag in a line; the writer leaves it out. A comment is a note
// among staff, and a closing tag says nothing that its opening one does not.
func (d *document) rawHTML(tag []byte, offset int) {
	if bytes.HasPrefix(tag, []byte("<!--")) || bytes.HasPrefix(tag, []byte("</")) {
		return
	}
	d.warn(offset, problem.MarkdownHTML,
		problem.Say("HTML标签不会发布：“%s”", "HTML tags are not published: \"%s\"", problem.Quote(string(tag))),
		problem.Say("改用Markdown，例如 **加粗**；要显示标签本身的，放进反引号", "write it in Markdown, such as **bold**; put a tag between backquotes to show it"))
}

// htmlBlock reports a block of HTML, which the writer shows as text so that
// nothing is lost; a block that is only a comment goes.
func (d *document) htmlBlock(n *ast.HTMLBlock) {
	source := bytes.TrimSpace(htmlSource(n, d.body.Text))
	if bytes.HasPrefix(source, []byte("<!--")) && bytes.Index(source, []byte("-->")) == len(source)-3 {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	first, _, _ := bytes.Cut(source, []byte("\n"))
	d.warn(n.Pos(), problem.MarkdownHTML,
		problem.Say("HTML不会发布，这一段将按原文显示：“%s”", "HTML is not published; this block is shown as text: \"%s\"", problem.Quote(string(first))),
		problem.Say("改用Markdown书写", "write it in Markdown"))
}

func htmlSource(n *ast.HTMLBlock, source []byte) []byte {
	text := n.Lines().Value(source)
	if n.HasClosure() {
		text = append(text, n.ClosureLine.Value(source)...)
	}
	return text
}

// shown gives a text as the reader sees it, its escapes and entities resolved.
func (d *document) shown(n *ast.Text) []byte {
	text := n.Value(d.body.Text)
	if n.IsRaw() || bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		return text
	}
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(text)))
}

const excerptLength = 120 // characters, about what a search engine shows

// excerpt is the beginning of a text.
type excerpt struct {
	strings.Builder
	count int
	last  rune
	gap   byte // 0, '\n' for a line break, ' ' for the end of a block
	muted bool // in a heading
}

func (e *excerpt) space() { e.gap = ' ' }

func (e *excerpt) write(text []byte, lineBreak bool) {
	if e.muted {
		return
	}
	for len(text) > 0 && e.count < excerptLength {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		if e.gap != 0 && e.count > 0 && !(e.gap == '\n' && joined(e.last, r)) {
			e.WriteByte(' ')
			e.count++
		}
		e.gap, e.last = 0, r
		e.WriteRune(r)
		e.count++
	}
	if lineBreak {
		e.gap = '\n'
	}
}

// joined tells whether two lines join without a space: Chinese is written without
// spaces, its punctuation in quotes and dashes that other scripts share.
func joined(before, after rune) bool {
	x, y := chinese(before), chinese(after)
	return x && (y || shared(after)) || y && shared(before)
}

func chinese(r rune) bool {
	return r > 0x2e7f && (util.IsEastAsianWideRune(r) || 0xff00 <= r && r <= 0xffef)
}

func shared(r rune) bool { return strings.ContainsRune("“”‘’—…·", r) }
