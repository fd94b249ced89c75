package problem

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/width"
)

// Nearest gives the known name that takes the fewest edits to reach from name,
// for a hint; nothing where none is near. About a third of the letters may
// differ. Case, outer space and full-width forms make no difference.
func Nearest(name string, known []string) string {
	best, least := "", 0
	typed := strings.ToLower(width.Fold.String(strings.TrimSpace(name)))
	letters := utf8.RuneCountInString(typed)
	if letters > 100 {
		return ""
	}
	for _, k := range known {
		length := utf8.RuneCountInString(k)
		longer := max(letters, length)
		limit := max(1, (longer+1)/3)
		if longer-min(letters, length) > limit {
			continue
		}
		if n := levenshtein.ComputeDistance(typed, strings.ToLower(width.Fold.String(k))); n <= limit && n < longer && (best == "" || n < least) {
			best, least = k, n
		}
	}
	return best
}

// Meant is the hint that names the nearest of some names, or else another one.
func Meant(name string, known []string, otherwise Text) Text {
	if near := Nearest(name, known); near != "" {
		return Say("您是不是要写“%s”？", "did you mean \"%s\"?", Quote(near))
	}
	return otherwise
}

// Suggest is the hint that names the nearest of some names, or else the first
// few of them; where there are none, something else went wrong before.
func Suggest(name string, known []string) Text {
	if len(known) == 0 {
		return Say("没有可用的；先改正前面指出的问题", "there is none; mend what else is reported first")
	}
	return Meant(name, known, Text{ZH: "可用的有：" + Names(known, "、"), EN: "available: " + Names(known, ", ")})
}

// Names joins at most five names, quoted for a message.
func Names(names []string, separator string) string {
	var b strings.Builder
	for i, name := range names {
		if i == 5 {
			b.WriteString(separator + "…")
			break
		}
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(Quote(name))
	}
	return b.String()
}
