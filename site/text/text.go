// Package text holds what a text is, apart from what it says: bytes become
// UTF-8, characters that look alike become one, a name becomes an address, a
// line of telephone numbers becomes numbers.
//
// Decode reads UTF-8 with and without a mark, UTF-16 with and without one,
// GB18030 (and with it GBK and GB 2312), and Big5 where it is declared. Every
// line end becomes \n. What has two readings, what is damaged and what is no
// text at all is an error with its place: it is never taken for an empty text.
//
// Narrow and Invisible say which characters are one to a reader. Neither is
// NFKC, which makes 123 of 12³.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Narrow gives the ASCII character of a full-width one (U+FF01 to U+FF5E and
// U+3000); any other stays.
func Narrow(r rune) rune {
	switch {
	case 0xff01 <= r && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r == 0x3000:
		return ' '
	}
	return r
}

// NarrowAll does so for a text.
func NarrowAll(text string) string { return strings.Map(Narrow, text) }

// Invisible tells whether a character takes no place on the page and changes no
// word: zero-width ones, direction marks, soft hyphens, variation selectors,
// fillers, and the frame that emoji put around a digit.
func Invisible(r rune) bool {
	if r < 0xad {
		return false
	}
	return r == 0x20e3 || unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// joiner makes one emoji of two: without it a pirate flag is a flag and a skull.
const joiner = 0x200d

// Plain gives a text without outer space and without what is invisible: the text
// that a reader sees. A joiner between two emoji is seen, as they are one.
func Plain(text string) string {
	if strings.IndexFunc(text, Invisible) < 0 {
		return strings.TrimSpace(text)
	}
	var last rune // of those that are seen
	var b strings.Builder
	b.Grow(len(text))
	for i, r := range text {
		if !Invisible(r) {
			last = r
			b.WriteRune(r)
		} else if r == joiner && emoji(last) {
			if next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(joiner):]); emoji(next) {
				b.WriteRune(joiner)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// emoji tells of a rune that it is one, or one of the signs and tones of skin that emoji are
// put together with.
func emoji(r rune) bool {
	return 0x2190 <= r && r <= 0x2bff && unicode.IsSymbol(r) || 0x1f000 <= r && r <= 0x1faff
}

// IsHyphen tells whether a character is a hyphen, a dash or a minus sign.
func IsHyphen(r rune) bool {
	switch {
	case r == '-', 0x2010 <= r && r <= 0x2015, r == '−', r == '﹣', r == '－', r == '─':
		return true
	}
	return false
}
