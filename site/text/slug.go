package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug gives the address of a name: lower case, with only its letters (Chinese
// kept) and digits, and one hyphen for whatever stands between them. It is empty
// where the name holds neither. The same name typed on a system that stores
// accents apart has the same address.
func Slug(name string) string {
	name = norm.NFC.String(name)
	var b strings.Builder
	b.Grow(len(name))
	gap := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
