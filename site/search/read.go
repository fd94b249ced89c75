package search

import (
	"bytes"
	"encoding/binary"
	"iter"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// class is where a text stands, the best last.
type class uint8

const (
	body class = iota
	heading
	title
	classes
)

// Texts holds the blocks of the pages that were read, each once: many pages share
// headings and labels, and phrases. Several may read at a time.
type Texts struct {
	mu      sync.Mutex
	phrases set
	blocks  set    // each as the numbers of its phrases
	block   []byte // in hand
}

// add gives the number of a block.
func (t *Texts) add(block []byte) uint32 {
	t.block = t.block[:0]
	for phrase := range phrasesOf(block) {
		t.block = binary.AppendUvarint(t.block, uint64(t.phrases.add(phrase)))
	}
	return t.blocks.add(t.block)
}

// sequence gives the phrases of a block.
func (t *Texts) sequence(block uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for rest := t.blocks.of(block); len(rest) > 0; {
			phrase, size := binary.Uvarint(rest)
			if rest = rest[size:]; !yield(uint32(phrase)) {
				return
			}
		}
	}
}

// append appends the text of a block; white space is collapsed.
func (t *Texts) append(to []byte, block uint32) []byte {
	for phrase := range t.sequence(block) {
		to = append(to, t.phrases.of(phrase)...)
	}
	return to
}

// size is how many bytes the text of a block has.
func (t *Texts) size(block uint32) (n int) {
	for phrase := range t.sequence(block) {
		n += len(t.phrases.of(phrase))
	}
	return n
}

// Text is what is searched of a page: its blocks in order, the number of each above
// two bits for its class, as varints. It belongs to the Texts that it was read with.
type Text []byte

// blocks gives the blocks, each with where it stands.
func (t Text) blocks() iter.Seq2[uint32, class] {
	return func(yield func(uint32, class) bool) {
		for rest := t; len(rest) > 0; {
			n, size := binary.Uvarint(rest)
			if rest = rest[size:]; !yield(uint32(n>>classBits), class(n&(1<<classBits-1))) {
				return
			}
		}
	}
}

const classBits = 2

// unlisted asks not to be found, in the head of a page.
var unlisted = []byte(`<meta name="robots" content="noindex`)

var mainStart, mainEnd, hidden = []byte("<main"), []byte("</main>"), []byte("hidden")

// Read reads the text that a reader sees in <main>; nil is that of a page that says
// noindex, which is not searched.
func (t *Texts) Read(page []byte) Text {
	head, _, _ := bytes.Cut(page, mainStart)
	if bytes.Contains(head, unlisted) {
		return nil
	}
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.read(mainOf(page, len(head)))
	t.mu.Lock()
	defer t.mu.Unlock()
	r.all = r.all[:0]
	for _, b := range r.blocks {
		r.all = binary.AppendUvarint(r.all, uint64(t.add(r.text[b.start:b.end]))<<classBits|uint64(b.class))
	}
	return append(Text{}, r.all...)
}

// mainOf gives what stands in <main>, which begins at a place of the page; empty where
// it does not end.
func mainOf(page []byte, start int) []byte {
	return page[start:max(start, bytes.LastIndex(page, mainEnd))]
}

// reader reads the blocks of one page. A block is the text of an element that stands
// apart from what is beside it.
type reader struct {
	text   []byte // of the blocks, and of the one in hand
	blocks []span
	start  int // of the block in hand
	class  class
	space  bool   // a white space waits
	hidden string // the element that hides what is in it
	open   int    // how many of its name are open
	all    Text   // of the page
}

// span is a block in the text of the reader.
type span struct {
	start, end int
	class      class
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// read reads the blocks of HTML. Our own pages are read by fast; what that does not
// know, a general tokenizer does.
func (r *reader) read(page []byte) {
	r.begin()
	if !r.fast(page) {
		r.begin()
		r.general(page)
	}
	r.end()
}

func (r *reader) begin() { *r = reader{text: r.text[:0], blocks: r.blocks[:0], all: r.all} }

// end ends the block in hand.
func (r *reader) end() {
	if len(r.text) > r.start {
		r.blocks = append(r.blocks, span{r.start, len(r.text), r.class})
	}
	r.start, r.space = len(r.text), false
}

// general reads any HTML.
func (r *reader) general(page []byte) {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			r.see(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			hides := false
			for more {
				var key []byte
				key, _, more = z.TagAttr()
				hides = hides || bytes.Equal(key, hidden)
			}
			r.tag(name, kind, hides)
		}
	}
}

// fast reads HTML as our templates and goldmark write it, names in small letters and
// attributes in double quotes. It gives false where it meets anything else.
func (r *reader) fast(page []byte) bool {
	for len(page) > 0 {
		if page[0] != '<' {
			to := bytes.IndexByte(page, '<')
			if to < 0 {
				to = len(page)
			}
			text := page[:to]
			if bytes.IndexByte(text, '&') >= 0 {
				text = []byte(html.UnescapeString(string(text)))
			}
			r.see(text)
			page = page[to:]
			continue
		}
		kind, at := html.StartTagToken, 1
		if len(page) > 1 && page[1] == '/' {
			kind, at = html.EndTagToken, 2
		}
		from := at
		for at < len(page) && ('a' <= page[at] && page[at] <= 'z' || at > from && '0' <= page[at] && page[at] <= '9') {
			at++
		}
		name, hides := page[from:at], false
		if len(name) == 0 {
			return false
		}
		for kind != html.SelfClosingTagToken {
			before := at
			for at < len(page) && (page[at] == ' ' || page[at] == '\n') {
				at++
			}
			if at == len(page) {
				return false
			}
			if page[at] == '>' {
				break
			}
			if page[at] == '/' && kind == html.StartTagToken {
				kind, at = html.SelfClosingTagToken, at+1
				break
			}
			from := at
			for at < len(page) && attribute[page[at]] {
				at++
			}
			if from == before || from == at || kind == html.EndTagToken || at+1 >= len(page) {
				return false
			}
			hides = hides || bytes.EqualFold(page[from:at], hidden)
			if page[at] == '=' {
				size := bytes.IndexByte(page[at+2:], '"')
				if page[at+1] != '"' || size < 0 {
					return false
				}
				at += size + len(`=""`)
			}
		}
		if at == len(page) || page[at] != '>' {
			return false
		}
		r.tag(name, kind, hides)
		page = page[at+1:]
		switch string(name) { // what has no tags in it
		case "iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp":
			if kind == html.EndTagToken {
				continue
			}
			if kind == html.SelfClosingTagToken || string(name) != "title" && string(name) != "style" {
				return false
			}
			to := bytes.Index(page, []byte("</"))
			if to < 0 || !bytes.HasPrefix(page[to+2:], name) || !bytes.HasPrefix(page[to+2+len(name):], []byte(">")) {
				return false
			}
			page = page[to:]
		}
	}
	return true
}

// attribute are the characters of the names of attributes.
var attribute = func() (is [256]bool) {
	for c := range is {
		is[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == ':' || c == '_'
	}
	return is
}()

// see takes up text.
func (r *reader) see(text []byte) {
	if r.hidden != "" {
		return
	}
	for len(text) > 0 {
		n, size := blank(text)
		if n > 0 && r.space {
			r.text = append(r.text, ' ')
		}
		r.text = append(r.text, text[:n]...)
		r.space = (r.space && n == 0 || size > 0) && len(r.text) > r.start
		text = text[n+size:]
	}
}

// tag takes up a tag; hides tells whether it has the attribute hidden.
func (r *reader) tag(name []byte, kind html.TokenType, hides bool) {
	if r.hidden != "" {
		if string(name) == r.hidden && kind == html.StartTagToken {
			r.open++
		} else if string(name) == r.hidden && kind == html.EndTagToken {
			if r.open--; r.open == 0 {
				r.hidden = ""
			}
		}
		return
	}
	starts := kind == html.StartTagToken
	switch string(name) {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "ruby",
		"s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr": // do not end a block
	case "script", "style", "template", "title", "desc", "noscript": // their text no reader sees; the title is that of a drawing
		r.end()
		hides = true
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.end()
		if starts && hides {
			break
		}
		r.class = heading
		if name[1] == '1' {
			r.class = title
		}
		if kind == html.EndTagToken {
			r.class = body
		}
	default:
		r.end()
	}
	if starts && hides {
		r.end()
		r.hidden, r.open = string(name), 1
	}
}

// blank finds the first white space or control character of a text, and its size.
func blank(text []byte) (at, size int) {
	for at < len(text) {
		c := text[at]
		switch {
		case !mayBlank[c]:
			at++
		case c <= ' ' || c == 0x7f:
			return at, 1
		default:
			r, size := utf8.DecodeRune(text[at:])
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				return at, size
			}
			at += size
		}
	}
	return at, 0
}

// mayBlank are the bytes with which white space and control characters begin.
var mayBlank = func() (is [256]bool) {
	for c := range is {
		is[c] = c <= ' ' || c == 0x7f || c == 0xc2 || c >= 0xe1 && c <= 0xe3
	}
	return is
}()
