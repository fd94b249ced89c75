package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// prose is the one configured goldmark. It is safe for concurrent use.
var prose = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(), util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(emphasisParser{}, 500),
			util.Prioritized(strikeParser{}, 500),
			util.Prioritized(figureParser{}, 600),
			util.Prioritized(addressParser{}, 700),
		),
		parser.WithParagraphTransformers(util.Prioritized(definitions{}, 100)),
		parser.WithASTTransformers(
			util.Prioritized(unusedNotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)),
	goldmark.WithRenderer(renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(writer{}, 100),
	))),
	goldmark.WithExtensions(extension.Table),
)

// definitions reads the definitions of links, [a]: https://…, with which a paragraph may
// begin. What begins otherwise is not looked at, for which goldmark makes a reader of it.
type definitions struct{}

func (definitions) Transform(paragraph *ast.Paragraph, reader text.Reader, pc parser.Context) {
	source := reader.Source()
	if lines := paragraph.Lines(); lines.Len() == 0 || bytes.HasPrefix(util.TrimLeftSpace(source[lines.At(0).Start:]), []byte("[")) {
		parser.LinkReferenceParagraphTransformer.Transform(paragraph, reader, pc)
	}
}

// emphasisParser reads * and _ as CommonMark does, except that a Chinese
// character beside a run of them counts like a space. CommonMark expects words to
// be set apart by spaces, so that it would leave the asterisks of **注意：**请携带.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

func (emphasisParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	return delimiter(block, pc, emphasis{})
}

// strikeParser reads ~~ likewise. One tilde strikes nothing: it stands between two
// numbers (5~10天), and more than two are a line that somebody drew.
type strikeParser struct{}

func (strikeParser) Trigger() []byte { return []byte{'~'} }

func (strikeParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if n := len(line) - len(bytes.TrimLeft(line, "~")); n != 2 || block.PrecendingCharacter() == '~' {
		return nil
	}
	return delimiter(block, pc, strike{})
}

func delimiter(block text.Reader, pc parser.Context, processor parser.DelimiterProcessor) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	run := parser.ScanDelimiter(line, before, 1, processor)
	if run == nil {
		return nil
	}
	if run.Char != '_' {
		after := ' '
		if run.OriginalLength < len(line) {
			after = util.ToRune(line, run.OriginalLength)
		}
		run.CanOpen = run.CanOpen || util.IsEastAsianWideRune(before) && !util.IsSpaceRune(after)
		run.CanClose = run.CanClose || util.IsEastAsianWideRune(after) && !util.IsSpaceRune(before)
	}
	run.Segment = segment.WithStop(segment.Start + run.OriginalLength)
	block.Advance(run.OriginalLength)
	pc.PushDelimiter(run)
	return run
}

type emphasis struct{}

func (emphasis) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasis) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

type strike struct{}

func (strike) IsDelimiter(b byte) bool { return b == '~' }

func (strike) CanOpenCloser(opener, closer *parser.Delimiter) bool { return opener.Char == closer.Char }

func (strike) OnMatch(int) ast.Node { return extended.NewStrikethrough() }

// figure is {{statistic/period/field}}. Its only child is the text that is shown.
type figure struct {
	ast.BaseInline
	reference string
	closed    bool   // the closing braces are there
	link      string // empty: the text stands alone
}

var kindFigure = ast.NewNodeKind("Figure")

func (*figure) Kind() ast.NodeKind           { return kindFigure }
func (f *figure) Dump(source []byte, at int) { ast.DumpHelper(f, source, at, nil, nil) }

type figureParser struct{}

// maxReference is the longest figure that is looked for, in bytes.
const maxReference = 1000

func (figureParser) Trigger() []byte { return []byte{'{'} }

func (figureParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	f := &figure{}
	inside := line[2:min(len(line), maxReference)]
	end := bytes.Index(inside, []byte("}}"))
	if f.closed = end >= 0; f.closed {
		inside = inside[:end]
		block.Advance(2 + end + 2)
	} else {
		inside = nil
		block.Advance(2)
	}
	f.SetPos(segment.Start)
	f.reference = string(bytes.TrimSpace(inside))
	return f
}

// addressParser makes a link of a bare https:// address. Unlike goldmark's
// linkify it needs no space before the address, which Chinese does not write, and
// it ends at the first character that is not ASCII.
type addressParser struct{}

func (addressParser) Trigger() []byte { return []byte{':'} }

func (addressParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("://")) || pc.IsInLinkLabel() {
		return nil
	}
	scheme, ok := parent.LastChild().(*ast.Text)
	if !ok || scheme.Segment.Stop != segment.Start || scheme.SoftLineBreak() || scheme.HardLineBreak() {
		return nil
	}
	before := scheme.Segment.Value(block.Source())
	name := []byte("https")
	if !bytes.HasSuffix(before, name) {
		if name = name[:4]; !bytes.HasSuffix(before, name) {
			return nil
		}
	}
	if before = before[:len(before)-len(name)]; len(before) > 0 && util.IsAlphaNumeric(before[len(before)-1]) {
		return nil
	}
	end := address(line)
	if end <= len("://") {
		return nil
	}
	start := segment.Start - len(name)
	if len(before) == 0 {
		parent.RemoveChild(parent, scheme)
	} else {
		scheme.Segment = scheme.Segment.WithStop(start)
	}
	block.Advance(end)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(start, segment.Start+end)))
	link.SetPos(start)
	return link
}

// address gives the length of the address that line begins with, without the
// punctuation that ends a sentence.
func address(line []byte) int {
	end, open := 0, 0
	for end < len(line) && line[end] > ' ' && line[end] < 0x7f && bytes.IndexByte([]byte("<>\"`{}|\\^*"), line[end]) < 0 {
		if line[end] == '(' {
			open++
		}
		if line[end] == ')' {
			if open == 0 {
				break
			}
			open--
		}
		end++
	}
	for end > 0 && bytes.IndexByte([]byte(".,:;!?'_~"), line[end-1]) >= 0 {
		end--
	}
	return end
}
