package check

import (
	"strings"
	"testing"

	"sunshine/site/load"
)

func TestNotice(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"a.md", "---\ntitle: a\ndate: 2026-10-31\n---\n", ""},
		{"2026-10-28-a.md", "---\ntitle: a\n---\n", ""},
		{"a.md", "---\ntitle: a\n---\n", "notice/date"},
		{"a.md", "---\ntitle: a\ndate: 2026-10-31\nstatus: 定稿\n---\n", "notice/waiting"},
		{"a.md", "---\ndate: 2026-10-31\n---\n", "notice/title"},
		{"a.md", "---\n---\n", "notice/title notice/date"},
		{"2026-10-28-a.md", "---\ntitle: a\ndate: 2026-10-29\n---\n", "notice/date"},
		{"2026-10-28-a.en.md", "---\ntitle: a\ndate: 2026-10-29\n---\n", ""},
	} {
		n, l := load.Notice("data/notices/"+c.file, []byte(c.text))
		if n == nil || len(l) > 0 {
			t.Fatal(c.text, l)
		}
		var rules []string
		for _, p := range Notice(n, "", asOf) {
			rules = append(rules, p.Rule.String())
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s %q: got %s, want %s", c.file, c.text, got, c.want)
		}
	}
}
