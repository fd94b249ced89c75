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
