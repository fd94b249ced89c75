// Package markdown turns the body of guides, notices and pages into HTML.
//
// It reads CommonMark with tables, strikethrough (~~), boxes (- [ ]), footnotes and
// bare https addresses, and two things of its own: a fenced block ```chart draws a
// chart, and {{statistic/…}} prints a published figure. Emphasis and line breaks follow
// what Chinese is written like: **注意：**请携带 is bold, and two Chinese lines join
// without a space.
//
// What was plainly meant as a heading, list, table, link, address or emphasis, and is
// printed as it was typed, is a warning with the line to paste: ＃ and （） of a Chinese
// keyboard, lists of a word processor, a table without its second line. An image that
// is not shown is an error.
//
// What comes out is safe to publish: raw HTML is not passed on, links have the
// schemes http, https, mailto, tel or none, images come from the site itself, no
// element carries a style. Headings begin at the second level, under the page's
// title, and have ids that keep Chinese and are the same in every build.
//
// It is the only package that imports goldmark.
package markdown

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Bounds of a body. Far more than prose needs; they keep hostile input from
// taking time and memory out of proportion.
const (
	MaxSize        = 1 << 20 // bytes
	maxDepth       = 60      // quotes and lists, one in another
	maxInLine      = 2 << 20 // square brackets of a line, times its bytes
	maxInParagraph = 64 << 20
	maxCells       = 200_000 // lines, times the bars of the line that has most
	maxDefinitions = 2_000   // of links: [a]: https://…
)

// Env is what a document may refer to, given by the caller. A function that is
// nil knows nothing: what asks for it is an error.
type Env struct {
	// Title is the page's title: a heading of the first level that only repeats it
	// is dropped.
	Title string
	// Root is the relative path from the page to the site's root, "../../../" or "".
	Root string
	// Resolve turns a link to a source file (cases.md, ../stats/cases.csv), given
	// as a path from the bureau's folder, into a path from the site's root; ok is
	// false where no such page exists.
	Resolve func(source string) (path string, ok bool)
	// Figure gives the formatted text of a published figure and its link from the
	// site's root (stats/cases-solved/#r-2005). The fault is nil where it is found.
	Figure func(reference string) (text, link string, fault *problem.Fault)
	// Terms are linked where the body first uses them; nil links none.
	Terms *Terms
	// Chart gives the HTML of a chart block. at is the first line of its YAML.
	Chart func(source []byte, at problem.Position) (html []byte, problems problem.List)
}

// Document is a rendered body.
type Document struct {
	HTML      string
	Headings  []Heading
	Links     []Link
	Plain     string // the text alone, its first 120 characters, for descriptions and search
	HasChart  bool
	HasFigure bool
}

// Heading is one entry of the contents list.
type Heading struct {
	Level    int
	ID, Text string
}

// Link is one link, to be held against the pages that exist.
type Link struct {
	Target  string // as it stands in the HTML
	Written string // as it stands in the source
	At      problem.Position
}

// Render turns a body into HTML and reports what is wrong with it. It may be
// called by several goroutines at once.
func Render(body bureau.Body, env Env) (Document, problem.List) {
	d := document{body: body, env: env, ids: map[string]int{}, column: 1}
	if !d.bounded() {
		return d.Document, d.problems
	}
	d.plain.Grow(min(len(body.Text), 3*excerptLength)) // as many as Chinese ones take
	pc := parser.NewContext()
	root := prose.Parser().Parse(text.NewReader(body.Text), parser.WithContext(pc))
	d.notes(pc)
	d.headings(root)
	d.walk(root, 0)
	d.Plain = d.plain.String()

	page := pages.Get().(*page)
	page.Reset()
	if err := prose.Renderer().Render(page, body.Text, root); err != nil {
		panic(err) // a buffer in memory does not fail
	}
	d.HTML = page.String()
	pages.Put(page)
	return d.Document, d.problems
}

// document is a body on its way.
type document struct {
	Document
	problems problem.List
	body     bureau.Body
	env      Env
	ids      map[string]int // how often each was wanted
	asked    int            // the offset last asked for, and its column
	column   int
	lines    []int // offset of the start of each line, made when first needed
	shift    int   // added to the level of headings
	plain    excerpt
	quiet    int    // how deep in what terms are not linked in
	used     []bool // by term, whether it is linked already
}

// page is the buffer that goldmark writes to without another one before it.
type page struct{ bytes.Buffer }

func (p *page) Buffered() int { return 0 }
func (p *page) Flush() error  { return nil }

var pages = sync.Pool{New: func() any { return new(page) }}

// bounded makes room for what is collected of a body, and refuses one that is larger,
// deeper or denser than prose is: what takes goldmark time or memory that grows with the
// square of it.
func (d *document) bounded() bool {
	if len(d.body.Text) > MaxSize {
		d.error(0, problem.MarkdownSize,
			problem.Say("正文过大（%d字节），上限为1 MiB", "the text is too large (%d bytes); the limit is 1 MiB", len(d.body.Text)),
			problem.Say("把它分成几个文件", "split it into several files"))
		return false
	}
	offset, lines, columns, definitions, notes := 0, 0, 0, 0, 0
	links, headings := 0, 0 // about as many as there are
	size, brackets := 0, 0  // of the paragraph so far
	for line := range bytes.Lines(d.body.Text) {
		if containers(line) > maxDepth {
			d.error(offset, problem.MarkdownDepth,
				problem.Say("引用或列表的层数太多", "quotes or lists are nested too deeply"),
				problem.Say("减少行首的“>”和“-”", "use fewer of the marks at the start of the line"))
			return false
		}
		if len(bytes.TrimSpace(line)) == 0 {
			size, brackets = 0, 0
		}
		n := bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("]"))
		size, brackets = size+len(line), brackets+n
		if n*len(line) > maxInLine || brackets*size > maxInParagraph {
			d.error(offset, problem.MarkdownBrackets,
				problem.Say("这一段太长，方括号也太多", "this paragraph is too long and has too many square brackets"),
				problem.Say("把它分成几段", "split it into several paragraphs"))
			return false
		}
		if n > 0 {
			links += bytes.Count(line, []byte("]("))
		}
		if line[0] == '#' {
			headings++
		}
		if n > 0 && bytes.Contains(line, []byte("]:")) {
			definitions++
			if bytes.Contains(line, []byte("[^")) {
				notes += bytes.Count(line, []byte("]:"))
			}
		}
		columns = max(columns, bytes.Count(line, []byte("|")))
		lines++
		if columns*lines > maxCells || definitions > maxDefinitions || notes > maxNotes {
			d.error(offset, problem.MarkdownSize,
				problem.Say("表格、链接定义或脚注太多", "there are too many table cells, link definitions or footnotes"),
				problem.Say("大的表格请放进 data/stats/ 作为统计发布；链接和脚注太多的，分成几个文件", "put a large table into data/stats/ and publish it as a statistic; split a text with too many links or footnotes into several files"))
			return false
		}
		offset += len(line)
	}
	d.Links, d.Headings = slices.Grow(d.Links, links), slices.Grow(d.Headings, headings)
	return true
}

// containers counts the marks of quotes and lists at the start of a line.
func containers(line []byte) int {
	n := 0
	for i, c := range line {
		switch {
		case c == '>':
			n++
		case c == '-' || c == '*' || c == '+' || c == '.' || c == ')':
			if i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t') {
				n++
			}
		case c == ' ' || c == '\t' || '0' <= c && c <= '9':
		default:
			return n
		}
	}
	return n
}
