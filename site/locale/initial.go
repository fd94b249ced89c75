package locale

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// initials are the letters that a syllable of Chinese begins with, and the first
// character of each in the order of pinyin.
const (
	initials = "ABCDEFGHJKLMNOPQRSTWXYZ"
	firsts   = "阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀"
)

// Initials sorts titles under the letters that they begin with, Chinese ones by
// pinyin. It is not safe for use by several goroutines.
type Initials struct{ *collate.Collator }

// NewInitials makes ready to sort.
func NewInitials() Initials { return Initials{collate.New(language.MustParse("zh-u-co-pinyin"))} }

// Of gives the letter of a title, # where it begins with none.
func (c Initials) Of(title string) string {
	title = strings.TrimLeftFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	first, _ := utf8.DecodeRuneInString(title)
	switch upper := unicode.ToUpper(first); {
	case 'A' <= upper && upper <= 'Z':
		return string(upper)
	case unicode.Is(unicode.Han, first):
		all := []rune(firsts)
		n := sort.Search(len(all), func(i int) bool { return c.CompareString(string(all[i]), string(first)) > 0 })
		if n > 0 {
			return initials[n-1 : n]
		}
	}
	return "#"
}
