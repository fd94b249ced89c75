package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sunshine/site/problem"
)

// A footnote is [^1] in a text, and a line [^1]: … somewhere that explains it. The
// notes stand at the end of the text, in the order in which it names them. Their ids
// have a colon, which no heading's has.

// maxNotes are the footnotes of a text: goldmark looks through all of them for each
// that the text names.
const maxNotes = 200

var unusedNotesKey = parser.NewContextKey()

// unusedNotes collects the footnotes that no text names, before goldmark drops them.
type unusedNotes struct{}

func (unusedNotes) Transform(root *ast.Document, reader text.Reader, pc parser.Context) {
	if !bytes.Contains(reader.Source(), []byte("[^")) {
		return
	}
	var unused []*extended.Footnote
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // which gives only what the function gives
		if note, ok := n.(*extended.Footnote); ok && entering && note.Index < 0 {
			unused = append(unused, note)
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	pc.Set(unusedNotesKey, unused)
}

// notes reports the footnotes that no text names: they are not printed.
func (d *document) notes(pc parser.Context) {
	unused, _ := pc.Get(unusedNotesKey).([]*extended.Footnote)
	for _, note := range unused {
		mark := "[^" + string(note.Ref) + "]"
		d.warn(note.Pos(), problem.MarkdownFootnote,
			problem.Say("正文里没有引用注释“%s”，这条注释不会印出来", "no text names the footnote \"%s\", so that it is not printed", problem.Quote(mark)),
			problem.Say("在要加注的文字后面写上“%s”；不需要这条注释的，删去这一行", "write %s behind the words that it explains, or delete the line", pasted(mark)))
	}
}

func (writer) noteMark(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extended.FootnoteLink)
	if !entering {
		return ast.WalkContinue, nil
	}
	number := strconv.Itoa(n.Index)
	w.WriteString("<sup")
	if n.RefIndex == 0 {
		w.WriteString(` id="fnref:` + number + `"`)
	}
	w.WriteByte('>')
	if within(n, ast.KindLink) {
		w.WriteString("[" + number + "]")
	} else {
		w.WriteString(`<a href="#fn:` + number + `">[` + number + "]</a>")
	}
	w.WriteString("</sup>")
	return ast.WalkSkipChildren, nil
}

func (writer) noteList(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("<hr>\n<ol>\n")
	} else {
		w.WriteString("</ol>\n")
	}
	return ast.WalkContinue, nil
}

func (writer) note(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(`<li id="fn:` + strconv.Itoa(node.(*extended.Footnote).Index) + "\">\n")
	} else {
		w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

// noteBack leads back to where the text first names the footnote.
func (writer) noteBack(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n := node.(*extended.FootnoteBacklink); entering && n.RefIndex == 0 {
		w.WriteString(` <a href="#fnref:` + strconv.Itoa(n.Index) + `">↩</a>`)
	}
	return ast.WalkContinue, nil
}

// box is - [ ] or - [x] at the head of an item: nobody can tick it on a page.
func (writer) box(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(shownBox(node.(*extended.TaskCheckBox)) + " ")
	}
	return ast.WalkContinue, nil
}

func shownBox(n *extended.TaskCheckBox) string {
	if n.IsChecked {
		return "☑"
	}
	return "☐"
}
