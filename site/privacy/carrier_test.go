package privacy_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// carriers are the places where a text may stand in a bureau's folder. Each
// gives the file that holds the nth of some texts.
var carriers = []struct {
	name string
	file func(n int, text string) (name, content string)
}{
	{"CSV cell", func(n int, text string) (string, string) {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.WriteAll([][]string{{"期间", "件数", "摘录"}, {"2025年", "12", "无"}, {"2026年", "15", text}})
		return fmt.Sprintf("data/stats/t%03d.csv", n), b.String()
	}},
	{"list", func(n int, text string) (string, string) {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.WriteAll([][]string{{"id", "name", "hours"}, {fmt.Sprint(n), "示范派出所", text}})
		return "data/units.csv", b.String()
	}},
	{"Markdown", func(n int, text string) (string, string) {
		return fmt.Sprintf("data/pages/t%03d.md", n), "---\ntitle: 页面\n---\n正文第一行\n\n" + text + "\n"
	}},
	{"front matter", func(n int, text string) (string, string) {
		return fmt.Sprintf("data/pages/t%03d.md", n), "---\ntitle: 页面\nsummary: '" + text + "'\n---\n正文\n"
	}},
	{"descriptor", func(n int, text string) (string, string) {
		return "data/site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\ndescription: '" + text + "'\n"
	}},
	{"file name", func(n int, text string) (string, string) {
		return "data/static/附件" + fmt.Sprintf("%03d/", n) + strings.NewReplacer("/", "／", `"`, "").Replace(text) + ".pdf", "%PDF-1.7"
	}},
	{"attachment", func(n int, text string) (string, string) {
		return fmt.Sprintf("data/static/t%03d.txt", n), "第一行\n" + text
	}},
	{"template", func(n int, text string) (string, string) {
		return "templates/404.html", "<p>第一行</p>\n<p>" + text + "</p>\n"
	}},
	{"template, character references", func(n int, text string) (string, string) {
		var b strings.Builder
		for _, r := range text {
			if '0' <= r && r <= '9' {
				fmt.Fprintf(&b, "&#%d;", r)
			} else {
				b.WriteRune(r)
			}
		}
		return "templates/404.html", "<p>" + b.String() + "</p>\n"
	}},
}

// check reports what is found in a bureau of some files.
func check(t *testing.T, files map[string]string) problem.List {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	problems, err := site.Check(context.Background(), site.Options{Dir: dir, AsOf: period.NewDate(2026, 10, 31), Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

const settings = "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n"

// found gives the problems of this package, and holds every message of any to
// not naming the value.
func found(t *testing.T, files map[string]string, text string) problem.List {
	t.Helper()
	all := map[string]string{"data/site.yaml": settings}
	maps.Copy(all, files)
	var list problem.List
	values := privacy.Scan([]byte(text), "")
	for _, p := range check(t, all) {
		if strings.HasPrefix(p.Rule, "privacy/") {
			list = append(list, p)
		}
		for _, h := range values {
			said := p.File + p.Message.ZH + p.Message.EN + p.Hint.ZH + p.Hint.EN
			if privacy.Mask(h.Rule, h.Value) != "" && h.Rule != "privacy/name" && (strings.Contains(said, h.Value) || strings.Contains(said, text[h.Start:h.End])) {
				t.Errorf("%q is told by %v: %s", h.Value, p.Position, p.Message.EN)
			}
		}
	}
	return list
}

// TestCarriers puts every leak and every trap in every place: the table of
// detectors.
func TestCarriers(t *testing.T) {
	table := map[string]*[2]int{} // by detector: found, missed
	for _, c := range carriers {
		for n, l := range leaks {
			name, content := c.file(n, l.text)
			list := found(t, map[string]string{name: content}, l.text)
			row := table[l.rule]
			if row == nil {
				row = new([2]int)
				table[l.rule] = row
			}
			i := slices.IndexFunc(list, func(p problem.Problem) bool { return p.Rule == "privacy/"+l.rule && p.Severity == l.severity })
			if i < 0 {
				row[1]++
				t.Errorf("%s: %s %q is missed: %v", c.name, l.detector, l.text, list)
				continue
			}
			row[0]++
			at := list[i].Position
			if c.name == "template" || c.name == "template, character references" {
				if at.File != "404.html" || at.Line == 0 {
					t.Errorf("%s: %q is found at %v", c.name, l.text, at)
				}
			} else if c.name != "file name" && (at.File != name || at.Line == 0 || at.Column == 0 || path.Ext(name) == ".csv" && at.Cell == "") {
				t.Errorf("%s: %q is found at %v", c.name, l.text, at)
			}
			if len(list) > 1 && !strings.Contains(l.text, "、") && !strings.Contains(l.text, "与") {
				t.Errorf("%s: %q is reported %d times: %v", c.name, l.text, len(list), list)
			}
		}
		for n, trap := range traps {
			name, content := c.file(n, trap.text)
			for _, p := range found(t, map[string]string{name: content}, "") {
				t.Errorf("%s: %s %q is taken for %s", c.name, trap.what, trap.text, p.Rule)
			}
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(table)) {
		t.Logf("%-16s %3d found, %d missed", rule, table[rule][0], table[rule][1])
	}
	t.Logf("%d traps in %d places", len(traps), len(carriers))
}
