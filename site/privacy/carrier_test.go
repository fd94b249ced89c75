package privacy_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/load"
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
		return "data/static/附件" + fmt.Sprintf("%03d/", n) + strings.NewReplacer("/", "／", `"`, "").Replace(text) + ".txt", "正文"
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

// judge gives what is found in some files of a bureau, without making its site.
// A template is judged as a page that it made.
func judge(files map[string]string) problem.List {
	inputs, pages := fstest.MapFS{"data/site.yaml": {Data: []byte(settings)}}, []bureau.File(nil)
	for name, content := range files {
		if page, is := strings.CutPrefix(name, "templates/"); is {
			pages = append(pages, bureau.File{Path: page, Bytes: []byte(content)})
			continue
		}
		inputs[name] = &fstest.MapFile{Data: []byte(content)}
	}
	b, _ := load.Bureau(context.Background(), inputs, 1, privacy.Input)
	guard := privacy.New(b, period.NewDate(2026, 10, 31))
	problems := guard.Inputs()
	var seen []privacy.Sight
	for _, p := range pages {
		seen = append(seen, guard.Look(p, privacy.Sketches{}))
	}
	return append(problems, guard.Output(seen)...)
}

// told holds every message to naming none of the values that are in some texts.
func told(t *testing.T, list problem.List, texts ...string) {
	t.Helper()
	for _, text := range texts {
		for _, h := range privacy.Scan([]byte(text), "") {
			if privacy.Mask(h.Rule, h.Value) == "" || h.Rule == problem.PrivacyName {
				continue
			}
			for _, p := range list {
				said := p.File + p.Message.ZH + p.Message.EN + p.Hint.ZH + p.Hint.EN
				if strings.Contains(said, h.Value) || strings.Contains(said, text[h.Start:h.End]) {
					t.Errorf("%q is told by %v: %s", h.Value, p.Position, p.Message.EN)
				}
			}
		}
	}
}

func personal(list problem.List) problem.List {
	return slices.DeleteFunc(slices.Clone(list), func(p problem.Problem) bool { return p.Rule.Area() != "privacy" })
}

// holds holds what was found of one leak to its rule and its place.
func (l leak) holds(t *testing.T, carrier, name string, list problem.List) {
	t.Helper()
	severity := l.severity
	if l.detector == "resident ID, wrong check" && path.Ext(name) == ".csv" {
		severity = problem.Error // in a cell of data
	}
	i := slices.IndexFunc(list, func(p problem.Problem) bool { return p.Rule.String() == "privacy/"+l.rule && p.Severity == severity })
	if i < 0 {
		t.Errorf("%s %q is missed: %v", l.detector, l.text, list)
		return
	}
	switch at := list[i].Position; {
	case strings.HasPrefix(name, "templates/"):
		if at.File != "404.html" || at.Line == 0 {
			t.Errorf("%q is found at %v", l.text, at)
		}
	case carrier == "file name": // the name is masked, too
	case at.File != name || at.Line == 0 || at.Column == 0 || path.Ext(name) == ".csv" && at.Cell == "":
		t.Errorf("%q is found at %v", l.text, at)
	}
	if len(list) > 1 && !strings.ContainsAny(l.text, "、与") {
		t.Errorf("%q is reported %d times: %v", l.text, len(list), list)
	}
}

// TestCarriers puts every leak and every trap in every place, and holds the
// judgement to finding the leak, once and where it stands, and no trap.
func TestCarriers(t *testing.T) {
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for n, l := range leaks {
				name, content := c.file(n, l.text)
				if problem.Visible(name) != name {
					continue // refused for its name
				}
				list := judge(map[string]string{name: content})
				l.holds(t, c.name, name, list)
				told(t, list, l.text)
			}
			for n, trap := range traps {
				name, content := c.file(n, trap.text)
				for _, p := range judge(map[string]string{name: content}) {
					t.Errorf("%q is taken for %s: %v", trap.text, p.Rule.String(), p)
				}
			}
		})
	}
}

// TestCarriersInSite does so with the whole site, as many texts in one bureau as
// stand in files of their own: what every other rule says names no value, either.
func TestCarriersInSite(t *testing.T) {
	if testing.Short() {
		t.Skip("makes sites")
	}
	for _, c := range carriers {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files, of, texts := map[string]string{"data/site.yaml": settings}, map[string]leak{}, []string(nil)
			first := ""
			for n, l := range leaks {
				name, content := c.file(n, l.text)
				if n == 0 {
					first = name
				}
				if of[name].text == "" {
					files[name], of[name] = content, l
					texts = append(texts, l.text)
				}
			}
			list := check(t, files)
			told(t, list, texts...)
			if c.name == "file name" {
				refused := 0
				for _, p := range list {
					if p.Rule == problem.FileName {
						refused++
					}
				}
				if n := len(personal(list)); refused == 0 || n+refused < len(texts) {
					t.Errorf("%d of %d are found, %d are refused", n, len(texts), refused)
				}
				return
			}
			for name, l := range of {
				l.holds(t, c.name, name, slices.DeleteFunc(personal(list), func(p problem.Problem) bool {
					return p.File != name && !strings.HasPrefix(first, "templates/")
				}))
			}
			clear(files)
			files["data/site.yaml"] = settings
			for n, trap := range traps {
				name, content := c.file(n, trap.text)
				files[name] = content
			}
			for _, p := range personal(check(t, files)) {
				t.Errorf("a trap is taken for %s: %v", p.Rule.String(), p)
			}
		})
	}
}
