// Package slug makes the names that stand in addresses: the folders of pages and
// the anchors of headings.
package slug

import (
	"strings"
	"unicode"
)

// Of gives text in lower case with only its letters (Chinese kept) and digits,
// and one hyphen for whatever stands between them. It is empty where text holds
// neither.
func Of(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
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
