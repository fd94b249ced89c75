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
		case '0' <= r && r <= '9':
			em += 0.57
		case r < 0x80:
			em += latinWidth(r)
		case 0x4E00 <= r && r <= 0x9FFF: // Han, as most are
			em++
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

// cut shortens a text to a width by an ellipsis in its middle: names that are
// alike for long mostly differ at an end.
func cut(s string, limit float64) string {
	if textWidth(s, font) <= limit {
		return s
	}
	runes := []rune(s)
	room, from, to := limit-textWidth("…", font), 0, len(runes)
	for from < to {
		next := runes[from]
		head := 2*from <= len(runes)-(to-from)
		if !head {
			next = runes[to-1]
		}
		if room -= textWidth(string(next), font); room < 0 {
			break
		}
		if head {
			from++
		} else {
			to--
		}
	}
	return strings.TrimRight(string(runes[:from]), " ") + "…" + strings.TrimLeft(string(runes[to:]), " ")
}

// shorten cuts texts to a width and tells whether they can still be told apart.
// Those that a cut in the middle would make alike keep the place where they
// differ.
func shorten(texts []string, limit float64) (short []string, ok bool) {
	short = make([]string, len(texts))
	same := map[string][]int{}
	for i, text := range texts {
		short[i] = cut(text, limit)
		same[short[i]] = append(same[short[i]], i)
	}
	seen := map[string]bool{}
	for i := range short {
		if alike := same[short[i]]; len(alike) > 1 {
			short[i] = cutAround(texts[i], differ(texts, alike), limit)
		}
		if seen[short[i]] && texts[i] != "" {
			return texts, false
		}
		seen[short[i]] = true
	}
	return short, true
}

// differ counts the runes with which those texts all begin.
func differ(texts []string, which []int) int {
	first := []rune(texts[which[0]])
	for at, r := range first {
		for _, i := range which[1:] {
			if other := []rune(texts[i]); at >= len(other) || other[at] != r {
				return at
			}
		}
	}
	return len(first)
}

// cutAround cuts a text to a width so that its beginning and what stands at a
// place in it stay.
func cutAround(s string, place int, limit float64) string {
	runes := []rune(s)
	dots := textWidth("…", font)
	head := 0
	for w := 0.0; head < place; head++ {
		if w += textWidth(string(runes[head]), font); w > limit/4 {
			break
		}
	}
	from := max(head, place-1)
	to, room := from, limit-textWidth(string(runes[:head]), font)-2*dots
	for to < len(runes) {
		if room -= textWidth(string(runes[to]), font); room < 0 {
			break
		}
		to++
	}
	text := string(runes[:head])
	if from > head {
		text += "…"
	}
	text += string(runes[from:to])
	if to < len(runes) {
		text += "…"
	}
	return text
}

// wrap breaks a text into as few lines of at most that width as it takes, and
// these into lines of about one length.
func wrap(s string, limit float64) string {
	best := breakLines(s, limit)
	lines := strings.Count(best, "\n")
	for lines > 0 {
		limit -= font
		closer := breakLines(s, limit)
		if strings.Count(closer, "\n") > lines {
			break
		}
		best = closer
	}
	return best
}

// breakLines breaks a text at a space, after a stroke or a comma, before an
// opening bracket, or else between any two characters.
func breakLines(s string, limit float64) string {
	var b strings.Builder
	line := []rune{}
	width, good := 0.0, 0 // good is how much of the line may stand by itself
	for _, r := range s {
		w := textWidth(string(r), font)
		if width+w > limit && len(line) > 0 {
			inWord := r < 0x80 && line[len(line)-1] < 0x80
			if good == 0 || 2*good < len(line) && !inWord {
				good = len(line)
			}
			b.WriteString(strings.TrimRight(string(line[:good]), " ") + "\n")
			line = []rune(strings.TrimLeft(string(line[good:]), " "))
			width, good = textWidth(string(line), font), 0
			if len(line) == 0 && r == ' ' {
				continue
			}
		}
		if strings.ContainsRune("（( ", r) && len(line) > 0 {
			good = len(line)
		}
		line, width = append(line, r), width+w
		if strings.ContainsRune("、，-/ ）)", r) {
			good = len(line)
		}
	}
	return b.String() + string(line)
}

// wrapNames breaks names into lines of at most that width. One that would take
// more lines than most is cut in its middle first, unless two would be alike.
func wrapNames(names []string, limit float64, most int) []string {
	short, _ := shorten(names, limit*(float64(most)-0.5))
	all := make([]string, len(names))
	for i, text := range short {
		all[i] = wrap(text, limit)
	}
	return all
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
func foldedWidth(text string) float64 { return linesWidth(fold(text)) }

// linesWidth is the width of the longest line of a text.
func linesWidth(text string) float64 {
	w := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		w = math.Max(w, textWidth(line, font))
	}
	return w
}

// clean makes a text safe to stand in one line of XML: what is no character
// there, and any line end, becomes a space.
func clean(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
}
