package text

import "golang.org/x/text/width"

// Width counts the columns of a terminal that a text takes: two for a Chinese
// character, none for what is invisible.
func Width(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			if !Invisible(r) {
				n++
			}
		}
	}
	return n
}
