package render

import (
	"regexp"
	"strings"
	"testing"
)

// beside are two texts with nothing between their elements: read aloud, copied or indexed,
// they are one word.
var beside = regexp.MustCompile(`[^\s>]</(?:span|a|time|b|button|label)>(?:</(?:span|a)>)*<(?:span|a|time|b|button|label)\b[^>]*>([^<]+)`)

// intoUnit is a name or a number that runs into its unit.
var intoUnit = regexp.MustCompile(`[^\s<>]<span class="unit">([^\s<（(][^<]*)`)

// Names, counts and units that the style sets apart stand apart in the text, too. A Chinese
// unit follows its number as it is.
func TestTextsStandApart(t *testing.T) {
	for name, page := range build(t, fixture(t)) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, m := range beside.FindAllStringSubmatch(string(page), -1) {
			if !strings.HasPrefix(m[1], "：") && !strings.HasPrefix(m[1], ":") && !strings.HasPrefix(m[1], "；") && !strings.HasPrefix(m[1], ";") && !strings.Contains(m[0], `class="term"`) {
				t.Errorf("%s: %s", name, m[0])
			}
		}
		for _, m := range intoUnit.FindAllStringSubmatch(string(page), -1) {
			if strings.HasPrefix(name, "en/") || m[0][0] > '9' {
				t.Errorf("%s: %s", name, m[0])
			}
		}
	}
}
