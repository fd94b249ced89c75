package site_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const caseSettings = "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n"

// verdict writes a bureau, checks it and builds it, and gives the problems, which
// are the same of both. Those that an almost empty bureau has are left out.
func verdict(t *testing.T, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	if files["site.yaml"] == "" {
		files["site.yaml"] = caseSettings
	}
	for name, text := range files {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
	checked, err := site.Check(context.Background(), options(dir, ""))
	if err != nil {
		t.Fatal(err)
	}
	_, built, err := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
	if err != nil {
		t.Fatal(err)
	}
	said := func(list problem.List) []string {
		var lines []string
		for _, p := range list {
			switch p.Rule.Area() {
			case "freshness", "footer":
				continue
			}
			lines = append(lines, p.Position.String()+" "+p.Severity.String()+" "+p.Rule.String()+" "+p.Message.EN+" | "+p.Hint.EN)
		}
		return lines
	}
	if a, b := said(checked), said(built); !slices.Equal(a, b) {
		t.Errorf("check and build differ:\n%s\n\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	return said(checked)
}

// begins holds lines against what each of them has to begin with.
func begins(t *testing.T, lines []string, want ...string) {
	t.Helper()
	ok := len(lines) == len(want)
	for i := range min(len(lines), len(want)) {
		ok = ok && strings.HasPrefix(lines[i], want[i])
	}
	if !ok {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

const casePage = "---\ntitle: 本局说明\nupdated: 2026-10-01\n---\n正文\n"

func TestClashes(t *testing.T) {
	t.Run("messages/page-named-freshness", func(t *testing.T) {
		lines := verdict(t, map[string]string{"pages/freshness.md": casePage})
		begins(t, lines, "data/pages/freshness.md error files/reserved-name")
		if len(lines) > 0 && !strings.Contains(lines[0], " freshness ") {
			t.Error("the names that are reserved are not said")
		}
	})
	for _, name := range []string{"stats", "Sitemap", "search", "data", "zh", "doubts"} {
		t.Run(name, func(t *testing.T) {
			begins(t, verdict(t, map[string]string{"pages/" + name + ".md": casePage}), "data/pages/"+name+".md error files/reserved-name")
		})
	}
	t.Run("two documents", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/About-us.md": casePage, "pages/about_us.md": casePage}),
			"data/pages/about_us.md error files/same-address would become the same page as data/pages/About-us.md: about-us/")
	})
	t.Run("names that differ in case", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/straße.md": casePage, "pages/strasse.md": casePage}), "data/pages/straße.md error write/name")
	})
	t.Run("attachments that differ in case", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"static/Form.txt": "a", "static/form.txt": "b"}), "data/static/form.txt error write/name")
	})
	t.Run("an attachment in a folder that is a file elsewhere", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"static/Form": "a", "static/form/b.txt": "b"}), "data/static/form/b.txt error write/name")
	})
	t.Run("a name of Windows", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"pages/con.md": casePage}), "data/pages/con.md error write/name")
	})
	t.Run("a name that is too long with its ending", func(t *testing.T) {
		name := strings.Repeat("a", 251)
		lines := verdict(t, map[string]string{"stats/" + name + ".csv": "期间,件数（件）\n2025年,12\n2026年,13\n"})
		begins(t, slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, " warning ") }), "data/stats/"+name+".csv error write/name")
	})
}

// A link to a download holds in a check as it does in a build.
func TestDownloadLinked(t *testing.T) {
	lines := verdict(t, map[string]string{
		"stats/a.csv":    "期间,件数（件）\n2025年,12\n2026年,13\n",
		"stats/a.yaml":   "title: 甲\nsources: [{title: 报表}]\nreleased: 2026-10-01\nschema: {fields: [{name: 期间, role: period}, {name: 件数（件）, role: measure, type: integer, risk: event}]}\n",
		"pages/about.md": "---\ntitle: 本局说明\nupdated: 2026-10-01\n---\n[下载](/stats/a/a.csv) [全部](/data/all.zip)\n",
	})
	begins(t, lines)
}

// The top of what the demonstration publishes is either reserved or a page of staff.
func TestReservedNames(t *testing.T) {
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	for name := range tree(t, filepath.Join(dir, "public")) {
		top, _, folder := strings.Cut(name, "/")
		pages, err := filepath.Glob(filepath.Join(dir, "data", "pages", top+".*"))
		if err != nil {
			t.Fatal(err)
		}
		if folder && !bureau.Reserved(top) && len(pages) == 0 {
			t.Errorf("a page of staff may be named %s, and the site has %s", top, name)
		}
	}
}

func TestAddressesOfSettings(t *testing.T) {
	t.Run("security/settings-addresses", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"site.yaml": caseSettings + "footer: {report_error: \"javascript:alert(1)\"}\nlicense: {name: x, url: \"//host.example\"}\n"}),
			"data/site.yaml:4:24 error address/form", "data/site.yaml:5:25 error address/form")
	})
	descriptor := "title: 甲\nsources: [{title: 报表, path: \"%s\"}]\nreleased: 2026-10-01\nschema: {fields: [{name: 期间, role: period}, {name: 件数（件）, role: measure, type: integer, risk: event}]}\n"
	for _, c := range []struct{ address, rule string }{
		{"https://example.org/a", ""}, {"mailto:a@example.org", ""}, {"/static/a.txt", ""}, {"static/a.txt", ""}, {"tel:110", ""},
		{"JavaScript:alert(1)", "address/form"}, {"data:text/html,x", "address/form"}, {"vbscript:x", "address/form"}, {"//example.org", "address/form"},
		{`/\\example.org`, "address/form"}, {`java\tscript:alert(1)`, "address/form"}, {"www.example.org", "address/form"}, {"file:///etc/passwd", "address/form"},
	} {
		t.Run(c.address, func(t *testing.T) {
			lines := verdict(t, map[string]string{
				"stats/a.csv": "期间,件数（件）\n2025年,12\n2026年,13\n", "stats/a.yaml": fmt.Sprintf(descriptor, c.address), "static/a.txt": "x",
			})
			if c.rule == "" {
				begins(t, lines)
			} else {
				begins(t, lines, "data/stats/a.yaml:2:29 error "+c.rule)
			}
		})
	}
}

func TestUnitsChain(t *testing.T) {
	chain := func(n int) string {
		var b strings.Builder
		b.WriteString("id,name,parent\n")
		for i := range n {
			above := ""
			if i > 0 {
				above = fmt.Sprintf("u%d", i-1)
			}
			fmt.Fprintf(&b, "u%d,单位%d,%s\n", i, i, above)
		}
		return b.String()
	}
	begins(t, verdict(t, map[string]string{"units.csv": chain(4)}))
	t.Run("security/units-chain", func(t *testing.T) {
		begins(t, verdict(t, map[string]string{"units.csv": chain(1000)}), "data/units.csv:6:8 (C6) error unit/depth")
	})
	t.Run("cost", func(t *testing.T) {
		start := time.Now()
		verdict(t, map[string]string{"units.csv": chain(5000)})
		if took := time.Since(start); took > 30*time.Second { // linear: about 1 s; with the cube, many minutes
			t.Errorf("5,000 units in a chain take %v", took)
		}
	})
}
