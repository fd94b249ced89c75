package check

import (
	"strings"
	"testing"

	"sunshine/site/load"
)

func TestPage(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: a\n---\n":                      "",
		"---\ntitle: \"\"\n---\n":                   "page/title",
		"---\ntitle: a\nupdated: 2026-11-01\n---\n": "page/date",
	} {
		p, _ := load.Page("data/pages/a.md", []byte(text))
		var rules []string
		for _, p := range Page(p, asOf) {
			rules = append(rules, p.Rule.String())
		}
		if got := strings.Join(rules, " "); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
