package chart

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth estimates how wide a text stands in pixels: a Han character is as
// wide as the font is high, Latin letters and digits a little over half of it.
// Layout needs an upper bound more than the exact width.
func textWidth(s string, font float64) float64 {
	em := 0.0
	for _, r := range s {
		switch {
		case r < 0x80:
			em += latinWidth(r)
		case unicode.Is(unicode.Mn, r):
		default:
			switch width.LookupRune(r).Kind() {
			case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
				em++
			default:
				em += 0.6
			}
		}
	}
	return em * font
}

func latinWidth(r rune) float64 {
	switch {
	case strings.ContainsRune(" .,:;'|!il[]()fjt-", r):
		return 0.34
	case r == 'W' || r == 'M' || r == 'm' || r == 'w' || r == '%' || r == '@':
		return 0.9
	case r >= 'A' && r <= 'Z':
		return 0.68
	}
	return 0.57
}

// fit cuts a text to a width and marks the cut with an ellipsis.
func fit(s string, limit, font float64) string {
	if textWidth(s, font) <= limit {
		return s
	}
	em := font
	for i, r := range s {
		w := textWidth(string(r), font)
		if em+w > limit {
			return strings.TrimRight(s[:i], " ") + "…"
		}
		em += w
	}
	return s
}

// fold breaks a text into two lines at the place that leaves both shortest:
// after 年, before an opening bracket, or at a space.
func fold(s string) string {
	best, at := len(s)+1, -1
	for i, r := range s {
		cut := -1
		switch r {
		case '年':
			cut = i + len("年")
		case '（', '(', ' ':
			cut = i
		}
		if longer := max(cut, len(s)-cut); cut > 0 && cut < len(s) && longer < best {
			best, at = longer, cut
		}
	}
	if at < 0 {
		return s
	}
	return s[:at] + "\n" + strings.TrimLeft(s[at:], " ")
}

// foldedWidth is the width of a text in at most two lines.
func foldedWidth(text string) float64 {
	w, line := 0.0, ""
	for _, r := range fold(text) + "\n" {
		if r != '\n' {
			line += string(r)
			continue
		}
		w, line = math.Max(w, textWidth(line, font)), ""
	}
	return w
}

// clean makes a text safe to stand in one line of XML: what is no character
// there, and any line end, becomes a space.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}
