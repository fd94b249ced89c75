package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

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
