package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Terms are the words of a glossary. Where a body first uses one, it becomes a
// link to its explanation: in plain text only, never in a heading, a link, code,
// or what the source writes with an escape or a character reference. Where
// several words begin at the same place the longest counts. A word of Latin
// letters stands by itself. Terms are safe for use by several goroutines.
type Terms struct {
	paths []string             // by term, from the site's root
	words map[rune][]word      // by their first character, the longest first
	first [1 << 16 / 64]uint64 // a bit for each first character that there is
}

// word is one spelling of a term.
type word struct {
	text []byte
	term int
}

// Add adds a term with all its spellings; path is its explanation's, from the
// site's root.
func (t *Terms) Add(path string, spellings ...string) {
	if t.words == nil {
		t.words = map[rune][]word{}
	}
	for _, s := range spellings {
		r, _ := utf8.DecodeRuneInString(s)
		if s == "" || r >= 1<<16 {
			continue
		}
		t.first[r/64] |= 1 << (r % 64)
		t.words[r] = append(t.words[r], word{[]byte(s), len(t.paths)})
		slices.SortStableFunc(t.words[r], func(a, b word) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	t.paths = append(t.paths, path)
}

// next finds the first word in a text, from an offset on, of a term that is not
// used yet.
func (t *Terms) next(source []byte, from int, used []bool) (start, end, term int) {
	for i := from; i < len(source); {
		r, size := rune(source[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(source[i:])
		}
		if r < 1<<16 && t.first[r/64]&(1<<(r%64)) != 0 {
			for _, w := range t.words[r] {
				if !bytes.HasPrefix(source[i:], w.text) || !alone(source, i, i+len(w.text)) {
					continue
				}
				if used[w.term] {
					size = len(w.text) // a shorter word in it means this one
					break
				}
				return i, i + len(w.text), w.term
			}
		}
		i += size
	}
	return 0, 0, -1
}

// alone tells whether no Latin word goes on at either end.
func alone(source []byte, start, end int) bool {
	return !(start > 0 && util.IsAlphaNumeric(source[start-1]) && util.IsAlphaNumeric(source[start])) &&
		!(end < len(source) && util.IsAlphaNumeric(source[end]) && util.IsAlphaNumeric(source[end-1]))
}

// term is a word that links its explanation. Its only child is the word.
type term struct {
	ast.BaseInline
	link string
}

var kindTerm = ast.NewNodeKind("Term")

func (*term) Kind() ast.NodeKind           { return kindTerm }
func (t *term) Dump(source []byte, at int) { ast.DumpHelper(t, source, at, nil, nil) }

// explain links the terms that a text uses for the first time.
func (d *document) explain(n *ast.Text) {
	terms := d.env.Terms
	if terms == nil || d.quiet > 0 || n.IsRaw() {
		return
	}
	segment := n.Segment
	shown := segment.Value(d.body.Text)
	if segment.Padding > 0 || bytes.IndexByte(shown, '\\') >= 0 || bytes.IndexByte(shown, '&') >= 0 {
		return
	}
	if d.used == nil {
		d.used = make([]bool, len(terms.paths))
	}
	parent, done := n.Parent(), 0
	for {
		start, end, which := terms.next(shown, done, d.used)
		if which < 0 {
			break
		}
		d.used[which] = true
		if start > done {
			parent.InsertBefore(parent, n, ast.NewTextSegment(text.NewSegment(segment.Start+done, segment.Start+start)))
		}
		link := &term{link: d.env.Root + terms.paths[which]}
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(segment.Start+start, segment.Start+end)))
		parent.InsertBefore(parent, n, link)
		done = end
	}
	// What follows stays in the node itself, which knows of the line's end.
	n.Segment = segment.WithStart(segment.Start + done)
}
