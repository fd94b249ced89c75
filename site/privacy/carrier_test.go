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
	"sync"
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
	{"template, bare character references", func(n int, text string) (string, string) {
		var b strings.Builder
		for _, r := range text {
			if '0' <= r && r <= '9' {
				fmt.Fprintf(&b, "&#x%x", r)
			} else {
				b.WriteString("&#8203;" + string(r))
			}
		}
		return "templates/404.html", "<p>" + b.String() + "</p>\n"
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

// folder writes a bureau of some files.
func folder(t *testing.T, files map[string]string) string {
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
	return dir
}

// check reports what is found in a bureau of some files.
func check(t *testing.T, files map[string]string) problem.List {
	t.Helper()
	problems, err := site.Check(context.Background(), site.Options{Dir: folder(t, files), AsOf: period.NewDate(2026, 10, 31), Jobs: 2})
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
		if strings.HasPrefix(p.Rule.String(), "privacy/") {
			list = append(list, p)
		}
		for _, h := range values {
			said := p.File + p.Message.ZH + p.Message.EN + p.Hint.ZH + p.Hint.EN
			if privacy.Mask(h.Rule, h.Value) != "" && h.Rule.String() != "privacy/name" && (strings.Contains(said, h.Value) || strings.Contains(said, text[h.Start:h.End])) {
				t.Errorf("%q is told by %v: %s", h.Value, p.Position, p.Message.EN)
			}
		}
	}
	return list
}

// TestCarriers puts every leak and every trap in every place: the table of
// detectors.
func TestCarriers(t *testing.T) {
	var mu sync.Mutex
	table := map[string]*[2]int{} // by detector: found, missed
	count := func(rule string, missed int) {
		mu.Lock()
		defer mu.Unlock()
		if table[rule] == nil {
			table[rule] = new([2]int)
		}
		table[rule][missed]++
	}
	t.Run("in", func(t *testing.T) {
		for _, c := range carriers {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				for n, l := range leaks {
					name, content := c.file(n, l.text)
					list := found(t, map[string]string{name: content}, l.text)
					i := slices.IndexFunc(list, func(p problem.Problem) bool { return p.Rule.String() == "privacy/"+l.rule && p.Severity == l.severity })
					if i < 0 {
						count(l.rule, 1)
						t.Errorf("%s %q is missed: %v", l.detector, l.text, list)
						continue
					}
					count(l.rule, 0)
					switch at := list[i].Position; {
					case strings.HasPrefix(name, "templates/"):
						if at.File != "404.html" || at.Line == 0 {
							t.Errorf("%q is found at %v", l.text, at)
						}
					case c.name == "file name": // the name is masked, too
					case at.File != name || at.Line == 0 || at.Column == 0 || path.Ext(name) == ".csv" && at.Cell == "":
						t.Errorf("%q is found at %v", l.text, at)
					}
					if len(list) > 1 && !strings.ContainsAny(l.text, "、与") {
						t.Errorf("%q is reported %d times: %v", l.text, len(list), list)
					}
				}
				files := map[string]string{} // as many traps in one bureau as stand in files of their own
				for n := 0; ; n++ {
					name, content := "", ""
					if n < len(traps) {
						name, content = c.file(n, traps[n].text)
					}
					if _, taken := files[name]; taken || n == len(traps) {
						for _, p := range found(t, files, "") {
							t.Errorf("up to %q: a trap is taken for %s: %v", traps[n-1].text, p.Rule.String(), p)
						}
						clear(files)
					}
					if n == len(traps) {
						break
					}
					files[name] = content
				}
			})
		}
	})
	for _, rule := range slices.Sorted(maps.Keys(table)) {
		t.Logf("%-16s %3d found, %d missed", rule, table[rule][0], table[rule][1])
	}
	t.Logf("%d traps in %d places", len(traps), len(carriers))
}
