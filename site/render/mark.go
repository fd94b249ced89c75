package render

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sunshine/site/locale"
)

// marking is how runs of letters are told apart from the text around them.
type marking struct {
	letters *unicode.RangeTable
	tag     string // of their language; empty where it is not known
	isolate bool   // they run the other way than the page
}

// mark gives the runs of a page that are in the script of the main language, where the
// page's own language has another one, the tag of that language: names that are not
// translated are read aloud and broken as what they are. Names that run the other way than
// the page are kept from turning around the numbers beside them.
func (s *site) mark(page *bytes.Buffer, language *locale.Language) {
	if s.version != nil && s.version.main.Letters() != language.Letters() {
		main := s.version.main
		marking{main.Letters(), main.Tag, main.RightToLeft != language.RightToLeft}.mark(page)
	}
	s.isolate(page, language)
}

// markAround does so for what stands around the main part of a page and holds addresses: these
// are in Latin letters, whatever the language.
func (s *site) markAround(part *bytes.Buffer, language *locale.Language) {
	if s.version != nil && s.version.main.Letters() == unicode.Latin {
		s.isolate(part, language)
	} else {
		s.mark(part, language)
	}
}

// isolate does so for names that run from right to left alone, in whatever language: texts
// that staff write in the language of the page need no other mark.
func (s *site) isolate(page *bytes.Buffer, language *locale.Language) {
	if !language.RightToLeft {
		marking{rightToLeft, "", true}.mark(page)
	}
}

// rightToLeft are the letters that are written so: Hebrew, Arabic and their neighbours.
var rightToLeft = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x05d0, Hi: 0x05ea, Stride: 1}, {Lo: 0x0620, Hi: 0x064a, Stride: 1}, {Lo: 0x066e, Hi: 0x06d3, Stride: 1}, {Lo: 0x06fa, Hi: 0x08c9, Stride: 1}}}

func (m marking) mark(page *bytes.Buffer) {
	if !holds(page.Bytes(), m.letters) {
		return
	}
	var out bytes.Buffer
	tokens := html.NewTokenizer(bytes.NewReader(page.Bytes()))
	var open []string // the elements around, as far as they say a language or hold no text
	var held []byte   // the tag of an element whose text is marked as a whole or not at all
	drawing, labels := 0, 0
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := bytes.Clone(tokens.Raw())
		if held != nil {
			if kind == html.TextToken && m.most(string(raw)) {
				held = []byte(strings.TrimSuffix(string(held), ">") + ` lang="` + m.tag + `">`)
			}
			out.Write(held)
			held = nil
			if kind == html.TextToken {
				out.Write(raw)
				continue
			}
		}
		switch kind {
		case html.TextToken:
			if len(open) == 0 {
				m.runs(&out, string(raw), drawing > 0)
				continue
			}
		case html.StartTagToken:
			token := tokens.Token()
			named := token.Data != "html" && slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "lang" })
			switch {
			case len(open) == 0 && !named && slices.Contains(wholes, token.Data) && m.tag != "":
				held = raw
				continue
			case (len(open) > 0 || named || slices.Contains(unmarked, token.Data)) && !slices.Contains(voidElements, token.Data):
				open = append(open, token.Data)
			case token.Data == "svg":
				drawing++
			case token.Data == "section" && m.tag != "":
				if tag, label, found := m.label(string(raw), labels+1); found {
					labels++
					out.WriteString(tag)
					m.runs(&out, label, false)
					out.WriteString("</span>")
					continue
				}
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) > 0 && open[len(open)-1] == string(name) {
				open = open[:len(open)-1]
			} else if string(name) == "svg" {
				drawing--
			}
		}
		out.Write(raw)
	}
	page.Reset()
	page.Write(out.Bytes())
}

// holds tells whether a text has one of the letters. Few pages do, so that it decodes only
// what begins with a byte that one of them may begin with.
func holds(text []byte, letters *unicode.RangeTable) bool {
	var first [256]bool
	mark := func(from, to rune) {
		a, b := utf8.AppendRune(nil, from)[0], utf8.AppendRune(nil, to)[0]
		for i := int(a); i <= int(b); i++ {
			first[i] = true
		}
	}
	for _, r := range letters.R16 {
		mark(rune(r.Lo), rune(r.Hi))
	}
	for _, r := range letters.R32 {
		mark(rune(r.Lo), rune(r.Hi))
	}
	for i, b := range text {
		if first[b] {
			if r, _ := utf8.DecodeRune(text[i:]); unicode.Is(letters, r) {
				return true
			}
		}
	}
	return false
}

// unmarked are elements whose texts are nobody's to read.
var unmarked = []string{"script", "style", "textarea", "bdi"}

// wholes are elements that hold no other.
var wholes = []string{"title", "desc", "option"}

// voidElements are those without an end.
var voidElements = strings.Fields("area base br col embed hr img input link meta source track wbr path")

// label takes the label out of the tag of an element, where runs of it are to be marked, and
// gives the tag with the element that labels it, up to the label's text. An attribute has one
// language.
func (m marking) label(tag string, n int) (open, label string, found bool) {
	before, rest, found := strings.Cut(tag, ` aria-label="`)
	label, after, closed := strings.Cut(rest, `"`)
	if !found || !closed || !strings.ContainsFunc(label, func(r rune) bool { return unicode.Is(m.letters, r) }) {
		return "", "", false
	}
	id := "label-" + strconv.Itoa(n)
	return before + ` aria-labelledby="` + id + `"` + after + `<span id="` + id + `" hidden>`, label, true
}

// most tells whether more than half of a text's letters are those.
func (m marking) most(text string) bool {
	these, others := 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(m.letters, r):
			these++
		case unicode.IsLetter(r):
			others++
		}
	}
	return these > others
}

// within tells of a text that it may go on in a name that is isolated, whose numbers would
// else change sides: 示ICP备12345678号, 示公网安备 12345678号.
func within(text string) bool {
	word := func(b byte) bool { return '0' <= b && b <= '9' || 'A' <= b&^0x20 && b&^0x20 <= 'Z' }
	return word(text[0]) || text[0] == ' ' && len(text) > 1 && '0' <= text[1] && text[1] <= '9'
}

// runs writes a text with its runs of letters marked, each with what stands between them
// and the full-width punctuation that leads into it or closes it.
func (m marking) runs(out *bytes.Buffer, text string, drawn bool) {
	element := "span"
	switch {
	case drawn && m.tag == "": // a drawing has no such element; each of its texts is one name
		out.WriteString(text)
		return
	case drawn:
		element = "tspan"
	case m.isolate:
		element = "bdi"
	}
	lang := ""
	if m.tag != "" {
		lang = ` lang="` + m.tag + `"`
	}
	for text != "" {
		from := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(m.letters, r) })
		if from < 0 {
			break
		}
		to := from
		for i, r := range text[from:] {
			if unicode.Is(m.letters, r) {
				to = from + i + utf8.RuneLen(r)
			} else if m.isolate && within(text[from+i:]) {
				continue
			} else if han := m.letters == unicode.Han; han && (!unicode.IsPunct(r) || r <= unicode.MaxASCII) || !han && r != ' ' && !unicode.Is(unicode.Mn, r) {
				break
			}
		}
		if m.letters == unicode.Han { // its punctuation is its own, too
			wide := func(r rune) bool { return r >= 0x3000 && unicode.IsPunct(r) }
			from = len(strings.TrimRightFunc(text[:from], wide))
			to = len(text) - len(strings.TrimLeftFunc(text[to:], wide))
		}
		out.WriteString(text[:from] + "<" + element + lang + ">" + text[from:to] + "</" + element + ">")
		text = text[to:]
	}
	out.WriteString(text)
}
