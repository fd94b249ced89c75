package text

import "strings"

// formulas begin what a spreadsheet runs, as they stand and in full width.
const formulas = "=+-@\t\r＝＋－＠"

// Harmless keeps a spreadsheet from running a text as a formula (OWASP, CSV injection): an
// apostrophe before it makes it text. One that begins so already gets another one, so that
// Unguarded gives it back.
func Harmless(s string) string {
	if strings.IndexAny(strings.TrimLeft(s, "'"), formulas) == 0 {
		return "'" + s
	}
	return s
}

// Unguarded is the text that Harmless was given.
func Unguarded(s string) string {
	if rest, is := strings.CutPrefix(s, "'"); is && strings.IndexAny(strings.TrimLeft(rest, "'"), formulas) == 0 {
		return rest
	}
	return s
}
