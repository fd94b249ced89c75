package check

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
)

func TestSite(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"title: a\norganisation: b\n", ""},
		{"", "1:1 site/title; 1:1 site/organization"},
		{"title: a\n", "1:1 site/organization"},
		{"title: a\norganization:\n", "1:1 site/organization"},
		{"title：a\n", ""}, // could not be read
		{"title: a\norganization: b\nbase_url: example.org\n", "3:11 site/base-url"},
		{"title: a\norganization: b\nbase_url: javascript:x\n", "3:11 site/base-url"},
		{"title: a\norganization: b\nfreshness: {notices: -1}\n", "3:22 site/threshold"},
		{"title: a\norganization: b\nfigures: {no_percent_below: -20}\n", "3:29 site/threshold"},
		{"title: a\norganization: b\ndisclosure: {threshold: -5}\n", "3:25 site/threshold"},
		{"title: a\norganization: b\nsuggestions: {days: {answer: -5}}\n", "3:30 site/threshold"},
	} {
		s, _ := load.Site("data/site.yaml", []byte(c.text))
		var found []string
		for _, p := range Site(s) {
			found = append(found, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Rule))
		}
		if got := strings.Join(found, "; "); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestRegisterWithoutDescriptor(t *testing.T) {
	r, problems := load.Register("data/registers/a.csv", []byte("事项,说明\n甲,乙\n"), bureau.RegisterDescriptor{}, false)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l := Register(&bureau.Bureau{}, r, asOf)
	if len(l) != 1 || l[0].Rule.String() != "registers/no-descriptor" || l[0].Position.String() != "data/registers/a.csv:1:1 (A1)" {
		t.Error(l)
	}
}
