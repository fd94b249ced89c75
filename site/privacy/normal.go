package privacy

import (
	"bytes"
	"html"
	"strings"
	"unicode/utf8"

	"sunshine/site/text"
)

// hidden tells whether a character is taken out or folded before anything is
// compared.
func hidden(r rune) bool { return fold(r) != r }

// fold gives the ASCII form of a full-width or mathematical digit or letter and
// of the signs of numbers and addresses, and -1 for what is invisible. Other
// characters stay: NFKC would change numbers.
func fold(r rune) rune {
	switch {
	case r < 0xad:
		return r
	case text.Invisible(r):
		return -1
	case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ', r == '＋', r == '－', r == '．', r == '＠', r == '＿':
		return text.Narrow(r)
	case 0x1d7ce <= r && r <= 0x1d7ff:
		return '0' + (r-0x1d7ce)%10
	}
	return r
}

// normalize gives the text without what is hidden in it, and for each byte of
// it, and its end, the offset in the text as it stands.
func normalize(written []byte, markup bool) (plain []byte, offsets []uint32) {
	plain = make([]byte, 0, len(written))
	offsets = make([]uint32, 0, len(written)+1)
	for i := 0; i < len(written); {
		r, size := utf8.DecodeRune(written[i:])
		if markup && r == '<' {
			if n := inlineTag(written[i:]); n > 0 {
				i += n
				continue
			}
		}
		decoded := string(written[i : i+size])
		if markup && r == '&' {
			if entity, n := entityAt(written[i:]); n > 0 {
				decoded, size = entity, n
			}
		}
		if f := fold(r); f != r || size != len(decoded) {
			decoded = strings.Map(fold, decoded) // nothing, where it is invisible
		}
		for range len(decoded) {
			offsets = append(offsets, uint32(i))
		}
		plain = append(plain, decoded...)
		i += size
	}
	return plain, append(offsets, uint32(len(written)))
}

const longestEntity = 24 // &ZeroWidthSpace; and numbers with some leading zeros

// entityAt decodes the character reference at the front of text; n is its
// length, 0 where there is none. A browser reads &#49 without a semicolon, too.
func entityAt(text []byte) (decoded string, n int) {
	n = 1
	for n < min(len(text), longestEntity) && (isLetter(text[n]) || isDigit(text[n]) || n == 1 && text[n] == '#') {
		n++
	}
	if n < len(text) && text[n] == ';' {
		n++
	}
	reference := string(text[:n])
	if decoded = html.UnescapeString(reference); decoded == reference {
		return "", 0
	}
	return decoded, n
}

// hidesEntity tells whether text begins with a character reference that could
// hide a value. Those that every template writes (&#39; &#34; &#43; &amp;) cannot.
func hidesEntity(text []byte) bool {
	if bytes.HasPrefix(text, []byte("&amp;")) || bytes.HasPrefix(text, []byte("&lt;")) || bytes.HasPrefix(text, []byte("&gt;")) {
		return false
	}
	decoded, n := entityAt(text)
	if n == 0 {
		return false
	}
	switch decoded {
	case "\"", "'", "+", "&", "<", ">", "`", "=":
		return false
	}
	return true
}

// inlineTags change how text looks and not where it ends.
var inlineTags = map[string]bool{"b": true, "i": true, "em": true, "strong": true, "u": true, "s": true, "mark": true, "font": true, "small": true, "span": true, "tspan": true, "wbr": true}

const longestTag = 200

// inlineTag gives the length of the tag at the front of text that a reader does
// not see: 0 where there is none, or where the tag itself holds a number.
func inlineTag(text []byte) int {
	n := bytes.IndexByte(text[:min(len(text), longestTag)], '>')
	if n < 0 {
		return 0
	}
	name := bytes.TrimPrefix(text[1:n], []byte("/"))
	if i := bytes.IndexAny(name, " \t\n/"); i >= 0 {
		name = name[:i]
	}
	if !inlineTags[string(bytes.ToLower(name))] {
		return 0
	}
	digits := 0
	for _, b := range text[:n] {
		if digits++; !isDigit(b) {
			digits = 0
		}
		if digits >= shortestNumber {
			return 0
		}
	}
	return n + 1
}

// tagsBetween tells whether nothing but such tags parts what stands before text
// from a digit.
func tagsBetween(text []byte) bool {
	n := 0
	for n < len(text) && text[n] == '<' {
		size := inlineTag(text[n:])
		if size == 0 {
			return false
		}
		n += size
	}
	return n > 0 && n < len(text) && isDigit(text[n])
}
