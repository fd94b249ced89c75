package render

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// mark gives the runs of a page that are in the script of the main language, where the
// page's own language has another one, the tag of that language: names that are not
// translated are read aloud and broken as what they are.
func (v *version) mark(page *bytes.Buffer) {
	letters := v.main.Letters()
	if letters == v.language.Letters() || !bytes.ContainsFunc(page.Bytes(), func(r rune) bool { return unicode.Is(letters, r) }) {
		return
	}
	var out bytes.Buffer
	tokens := html.NewTokenizer(bytes.NewReader(page.Bytes()))
	var open []string // the elements around, as far as they say a language or hold no text
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Clone(tokens.Raw())
		switch kind {
		case html.TextToken:
			if len(open) == 0 {
				v.runs(&out, string(raw), letters)
				continue
			}
		case html.StartTagToken:
			token := tokens.Token()
			named := slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "lang" })
			if (len(open) > 0 || named || slices.Contains(unmarked, token.Data)) && !slices.Contains(voidElements, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if name, _ := tokens.TagName(); len(open) > 0 && open[len(open)-1] == string(name) {
				open = open[:len(open)-1]
			}
		}
		out.Write(raw)
	}
	page.Reset()
	page.Write(out.Bytes())
}

// unmarked are elements that hold no other.
var unmarked = []string{"svg", "option", "script", "style", "title", "textarea"}

// voidElements are those without an end.
var voidElements = []string{"br", "hr", "img", "input", "link", "meta", "path", "wbr"}

// runs writes a text with its runs of letters marked, each with what stands between them
// and the full-width punctuation that leads into it or closes it.
func (v *version) runs(out *bytes.Buffer, text string, letters *unicode.RangeTable) {
	for text != "" {
		from := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(letters, r) })
		if from < 0 {
			break
		}
		to := from
		for i, r := range text[from:] {
			if unicode.Is(letters, r) {
				to = from + i + utf8.RuneLen(r)
			} else if han := letters == unicode.Han; han && (!unicode.IsPunct(r) || r <= unicode.MaxASCII) || !han && r != ' ' {
				break
			}
		}
		if letters == unicode.Han { // its punctuation is its own, too
			wide := func(r rune) bool { return r >= 0x3000 && unicode.IsPunct(r) }
			from = len(strings.TrimRightFunc(text[:from], wide))
			to = len(text) - len(strings.TrimLeftFunc(text[to:], wide))
		}
		out.WriteString(text[:from] + `<span lang="` + v.main.Tag + `">` + text[from:to] + "</span>")
		text = text[to:]
	}
	out.WriteString(text)
}
