package search

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
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

// block is the text of one element that stands apart from what is beside it.
type block struct {
	text  string // white space is collapsed
	class class
}

// inline are the elements that do not end a block.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "data": true, "del": true, "dfn": true,
	"em": true, "i": true, "ins": true, "kbd": true, "mark": true, "q": true, "ruby": true, "s": true, "samp": true, "small": true,
	"span": true, "strong": true, "sub": true, "sup": true, "time": true, "tspan": true, "u": true, "var": true, "wbr": true,
}

// unseen are the elements whose text no reader sees. The titles and descriptions of
// drawings are among them: a page has no <title> in its <main>.
var unseen = map[string]bool{"script": true, "style": true, "template": true, "title": true, "desc": true, "noscript": true}

var (
	mainStart, mainEnd = []byte("<main"), []byte("</main>")
	noindex            = []byte(`<meta name="robots" content="noindex`)
	hiddenKey          = []byte("hidden")
)

// unlisted tells whether a page asks not to be found.
func unlisted(page []byte) bool {
	head, _, _ := bytes.Cut(page, mainStart)
	return bytes.Contains(head, noindex)
}

// blocks reads the text that a reader sees in <main>.
func blocks(page []byte) (all []block) {
	start, end := bytes.Index(page, mainStart), bytes.LastIndex(page, mainEnd)
	if start < 0 || end < start {
		return nil
	}
	z := html.NewTokenizer(bytes.NewReader(page[start:end]))
	var text []byte
	hidden, open := "", 0   // the element that hides what is in it, and how many of its name are open
	at, span := body, false // a white space waits
	flush := func() {
		if len(text) > 0 {
			all = append(all, block{string(text), at})
		}
		text, span = text[:0], false
	}
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			flush()
			return all
		case html.TextToken:
			if hidden != "" {
				continue
			}
			for rest := z.Text(); len(rest) > 0; {
				n, size := blank(rest)
				if n > 0 && span {
					text = append(text, ' ')
				}
				text = append(text, rest[:n]...)
				span = (span && n == 0 || size > 0) && len(text) > 0
				rest = rest[n+size:]
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			mayHide := kind == html.StartTagToken && bytes.Contains(z.Raw(), hiddenKey)
			name, _ := z.TagName()
			if hidden != "" {
				if string(name) == hidden && kind == html.StartTagToken {
					open++
				} else if string(name) == hidden && kind == html.EndTagToken {
					if open--; open == 0 {
						hidden = ""
					}
				}
				continue
			}
			if !inline[string(name)] {
				flush()
			}
			if kind == html.StartTagToken && (unseen[string(name)] || mayHide && isHidden(z)) {
				flush()
				hidden, open = string(name), 1
				continue
			}
			switch string(name) {
			case "h1":
				at = title
			case "h2", "h3", "h4", "h5", "h6":
				at = heading
			default:
				continue
			}
			if kind == html.EndTagToken {
				at = body
			}
		}
	}
}

// blank finds the first white space or control character of a text, and its size.
func blank(text []byte) (at, size int) {
	for at < len(text) {
		switch c := text[at]; {
		case c <= ' ' || c == 0x7f:
			return at, 1
		case c == 0xc2 || c >= 0xe1 && c <= 0xe3: // where all others begin
			r, size := utf8.DecodeRune(text[at:])
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				return at, size
			}
			at += size
		default:
			at++
		}
	}
	return at, 0
}

// isHidden tells whether the element at hand has the attribute hidden.
func isHidden(z *html.Tokenizer) bool {
	for more := true; more; {
		var key []byte
		if key, _, more = z.TagAttr(); bytes.Equal(key, hiddenKey) {
			return true
		}
	}
	return false
}

// Fold makes texts alike that are searched as one: full width becomes half, capitals
// become small, and dashes and the minus sign become the hyphen of the keyboard. The script of the
// search page does the same.
func Fold(text string) string { return strings.Map(foldRune, text) }

func foldRune(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z' || '一' <= r && r <= '鿿':
		return r
	case '！' <= r && r <= '～':
		r -= '！' - '!'
	case '‐' <= r && r <= '—' || r == '−':
		return '-'
	}
	if r == 'İ' { // becomes two characters in scripts
		return r
	}
	if small := unicode.ToLower(r); utf16.RuneLen(small) == utf16.RuneLen(r) {
		return small
	}
	return r
}

// ungroup drops the commas from the grouped digits of a folded text: 102,460 becomes
// 102460. The script of the search page does the same.
func ungroup(text string) string {
	var out []byte
	from := 0
	for at := range len(text) {
		if text[at] == ',' && at > 0 && digits(text[at-1:at]) == 1 && digits(text[at+1:]) == 3 {
			out, from = append(out, text[from:at]...), at+1
		}
	}
	return string(append(out, text[from:]...))
}

// digits is how many digits a text begins with.
func digits(text string) (n int) {
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return n
}

// withUngrouped is a folded text and after it each of its words that has grouped
// digits, without their commas: both are found.
func withUngrouped(text string) string {
	if !strings.Contains(text, ",") {
		return text
	}
	all := text
	for word := range strings.FieldsSeq(text) {
		if other := ungroup(word); other != word {
			all += " " + other
		}
	}
	return all
}

// compare orders texts as scripts do, by UTF-16.
func compare(a, b string) int {
	if isBasic(a) && isBasic(b) {
		return strings.Compare(a, b)
	}
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

// isBasic tells whether the order of the bytes of a text is that of its UTF-16: it
// has no character from U+E000.
func isBasic(text string) bool {
	for i := range len(text) {
		if text[i] >= 0xee {
			return false
		}
	}
	return true
}
