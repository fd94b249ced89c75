package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
)

// What the English version of a guide says otherwise than the Chinese one is an
// error at its place in the English file; all else may differ.
func TestLanguages(t *testing.T) {
	zh, _ := load.Guide("data/guides/hukou/first-id-card.md", []byte(complete))
	for _, c := range []struct{ name, old, new, want string }{
		{"the same", "正文", "text", ""},
		{"fee", "amount: 20", "amount: 40", "12:15 guide/languages"},
		{"free in one", "{amount: 20, basis: 发改价格〔2003〕2322号}", "{free: true}", "12:13 guide/languages"},
		{"no fee at all", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}\n", "", ""},
		{"promise", "promised: 20", "promised: 30", "11:39 guide/languages"},
		{"statutory limit in one", "statutory: 60, ", "", "11:13 guide/languages"},
		{"unit", "natural-days", "working-days", "11:49 guide/languages"},
		{"materials", "[{name: 户口簿, original: 1}]", "[{name: Register}, {name: Photograph}]", "9:13 guide/languages"},
		{"name of a paper", "户口簿", "Household register", ""},
		{"phone", "000-00000010", "000-00000011", "13:60 guide/languages"},
		{"phone written otherwise", "000-00000010", "000 0000 0010", ""},
		{"status", "in-force", "repealed", "4:9 guide/languages"},
		{"draft", "in-force", "draft", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			en, l := load.Guide("data/guides/hukou/first-id-card.en.md", []byte(strings.Replace(complete, c.old, c.new, 1)))
			if len(l) > 0 {
				t.Fatal(l)
			}
			var got []string
			for _, p := range Languages([]*bureau.Guide{zh, en}) {
				if p.File != en.File || !strings.Contains(p.Hint.EN, zh.File) {
					t.Errorf("%+v", p)
				}
				got = append(got, strings.TrimPrefix(p.Position.String(), en.File+":")+" "+p.Rule.String())
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestSupersedes(t *testing.T) {
	for _, c := range []struct{ name, replaces, status, want string }{
		{"a matter", "居民身份证首次申领须知", "in-force", ""},
		{"a file", "data/guides/hukou/old.md", "repealed", ""},
		{"a file in force", "data/guides/hukou/old.md", "in-force", "21:14 warning guide/supersedes"},
		{"no file", "data/guides/hukou/odl.md", "repealed", "21:14 error guide/supersedes"},
		{"itself", "data/guides/hukou/first-id-card.md", "repealed", "21:14 error guide/supersedes"},
	} {
		g, _ := load.Guide("data/guides/hukou/first-id-card.md", []byte(strings.Replace(complete, "居民身份证首次申领须知", c.replaces, 1)))
		old, _ := load.Guide("data/guides/hukou/old.md", []byte("---\ntitle: 旧指南\nstatus: "+c.status+"\n---\n"))
		var got []string
		for _, p := range Supersedes([]*bureau.Guide{g, old}) {
			got = append(got, strings.TrimPrefix(p.Position.String(), g.File+":")+" "+p.Severity.String()+" "+p.Rule.String())
			if strings.Contains(c.replaces, "odl") && !strings.Contains(p.Hint.EN, "old.md") {
				t.Error(p.Hint)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}
