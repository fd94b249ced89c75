package site_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"sunshine/site"
	"sunshine/site/problem"
	"sunshine/templates"
)

// messagesOf are those of an embedded catalogue, all forms of each.
func messagesOf(t *testing.T, name string) (catalogue, messages map[string]any) {
	t.Helper()
	data, err := templates.FS.ReadFile("messages." + name + ".json")
	if err == nil {
		err = json.Unmarshal(data, &catalogue)
	}
	if err != nil {
		t.Fatal(err)
	}
	return catalogue, catalogue["messages"].(map[string]any)
}

var braced = regexp.MustCompile(`\{\w+\}`)

// strange writes the Chinese of a text in Greek letters, and keeps its placeholders.
func strange(text string) string {
	var b strings.Builder
	last := 0
	foreign := func(s string) {
		for _, r := range s {
			if unicode.Is(unicode.Han, r) {
				r = 'α' + r%24
			}
			b.WriteRune(r)
		}
	}
	for _, m := range braced.FindAllStringIndex(text, -1) {
		foreign(text[last:m[0]])
		b.WriteString(text[m[0]:m[1]])
		last = m[1]
	}
	foreign(text[last:])
	return b.String()
}

// greek is a catalogue that is made from the Chinese one.
func greek(t *testing.T) []byte {
	t.Helper()
	catalogue, messages := messagesOf(t, "zh")
	catalogue["language"] = map[string]any{"name": "Ελληνικά", "tag": "el", "direction": "ltr", "names": map[string]string{"zh": "Ω", "en": "Ξ"}}
	numbers := catalogue["numbers"].(map[string]any)
	numbers["separator"], numbers["point"], numbers["grouped-from"], numbers["counted"], numbers["before-unit"] = ".", ",", 4, "", " "
	numbers["scales"] = []any{map[string]any{"from": 1000, "unit": 1000, "name": " χιλ."}}
	for key, text := range messages {
		messages[key] = strange(text.(string))
	}
	data, err := json.MarshalIndent(catalogue, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// bureauIn copies the demonstration into a folder, in another language.
func bureauIn(t *testing.T, language string, catalogue []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("../data")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "data", "site.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, file, strings.Replace(string(text), "\nlanguage: zh\n", "\nlanguage: "+language+"\n", 1))
	putFile(t, filepath.Join(dir, "templates", "messages."+language+".json"), string(catalogue))
	return dir
}

var otherLanguage = regexp.MustCompile(`<p lang="en">.*</p>`)

// A third language is one file: the whole demonstration is built in it, and the
// pages hold no interface text of the languages that are built in.
func TestThirdLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the demonstration")
	}
	dir := bureauIn(t, "el", greek(t))
	for _, name := range []string{"annual", "releases"} { // the form of the one is fixed in Chinese, and the others hold its address
		if err := os.RemoveAll(filepath.Join(dir, "data", name)); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	var written strings.Builder // by staff
	for name, text := range tree(t, filepath.Join(dir, "data")) {
		if utf8.Valid(text) && !strings.HasPrefix(name, "static/") {
			written.Write(text)
		}
	}
	var interfaces []string // that staff wrote nowhere
	for _, name := range []string{"zh", "en"} {
		_, messages := messagesOf(t, name)
		for _, message := range messages {
			forms, several := message.(map[string]any)
			if !several {
				forms = map[string]any{"other": message}
			}
			for _, form := range forms {
				for _, piece := range braced.Split(form.(string), -1) {
					piece = strings.TrimSpace(piece)
					if least := map[string]int{"zh": 4, "en": 12}[name]; utf8.RuneCountInString(piece) >= least && !strings.Contains(written.String(), piece) {
						interfaces = append(interfaces, piece)
					}
				}
			}
		}
	}
	slices.Sort(interfaces)
	if interfaces = slices.Compact(interfaces); len(interfaces) < 300 {
		t.Fatalf("only %d texts are looked for", len(interfaces))
	}
	pages := 0
	for name, text := range tree(t, out) {
		if strings.HasPrefix(name, "en/") || strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "static/") || name == "manifest.json" || strings.HasSuffix(name, ".zip") || strings.HasSuffix(name, ".py") {
			continue
		}
		if strings.HasSuffix(name, ".html") {
			pages++
			if !strings.Contains(string(text), `<html lang="el">`) {
				t.Errorf("%s is in another language", name)
			}
		}
		if name == "404.html" { // which says it in every language of the site
			text = otherLanguage.ReplaceAll(text, nil)
		}
		for _, piece := range interfaces {
			if strings.Contains(string(text), piece) {
				t.Errorf("%s holds %q", name, piece)
			}
		}
	}
	if coverage, err := os.ReadFile(filepath.Join(out, "guides", "coverage", "index.html")); err != nil || strings.Contains(string(coverage), ">户口办理</th>") {
		t.Error("the areas of guides have their Chinese names", err)
	}
	if pages < 100 {
		t.Errorf("%d pages", pages)
	}
}

// A message that a catalogue lacks, and a language without one, are errors with
// their place, from check and build alike.
func TestLanguageFaults(t *testing.T) {
	whole := string(greek(t))
	lines := strings.Split(whole, "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, `    "skip":`) })
	lacking := strings.Join(slices.Delete(slices.Clone(lines), at, at+1), "\n")
	const small = "title: 阳光警务\norganization: 示范市公安局\n"
	const page = "---\ntitle: 页面\n---\n正文\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a missing message", map[string]string{"data/site.yaml": small + "language: el\n", "templates/messages.el.json": lacking}, "templates/messages.el.json:" + "END template/message"},
		{"no such language", map[string]string{"data/site.yaml": small + "language: fr\n"}, "data/site.yaml:3:11 site/language"},
		{"no such other language", map[string]string{"data/site.yaml": small + "languages: [en, fr]\n"}, "data/site.yaml:3:17 site/language"},
		{"a document in no such language", map[string]string{"data/site.yaml": small, "data/pages/x.fr.md": page}, "data/pages/x.fr.md:1:1 file/language"},
		{"written otherwise", map[string]string{"data/site.yaml": small + "language: zh_CN\nlanguages: [EN]\n", "data/pages/x.en-GB.md": page, "data/pages/y.zh-CN.md": page}, ""},
		{"the main language twice", map[string]string{"data/site.yaml": small, "data/pages/x.md": page, "data/pages/x.zh.md": page}, "data/pages/x.zh.md files/same-address"},
		{"a page in the place of a language", map[string]string{"data/site.yaml": small, "data/pages/en.md": page}, "data/pages/en.md files/reserved-name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range c.files {
				putFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
			}
			want := strings.Replace(c.want, "END", lineOf(lacking, "\n  },\n  \"months\""), 1)
			o := options(dir, filepath.Join(dir, "public"))
			_, built, err := site.Build(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			checked, err := site.Check(context.Background(), o)
			if err != nil {
				t.Fatal(err)
			}
			for _, list := range []problem.List{built, checked} {
				var errors []string
				for _, p := range list {
					if p.Severity == problem.Error {
						errors = append(errors, p.Position.String()+" "+p.Rule.String())
					}
				}
				if got := strings.Join(errors, "; "); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
}

// lineOf is the line that follows the start of a text.
func lineOf(text, part string) string {
	return strconv.Itoa(2 + strings.Count(text[:strings.Index(text, part)], "\n"))
}

// The cases that were found in the words of pages.
func TestWords(t *testing.T) {
	const settings = "title: 阳光警务\norganization: 示范市公安局\n"
	const guide = "---\ntitle: %s\nsummary: x\nmaterials: [{name: Register, original: 1, copies: 2}]\nsteps: [{action: a, days: 1}, {action: b, days: 2}]\ntime_limit: {statutory: 2, promised: 1, unit: working-days}\n---\n"
	for _, c := range []struct {
		name, page string
		files      map[string]string
		want, not  []string
	}{
		{"reach/english-plural", "en/guides/vehicle/x/index.html",
			map[string]string{"guides/vehicle/x.md": guide, "guides/vehicle/x.en.md": guide},
			[]string{"within 1 working day<", "within 2 working days<", ">1 working day<", "the law allows 2 working days", "1 original, 2 copies"}, []string{"1 days", "1 working days", "originals: 1"}},
		{"figures/partial-of-irregular", "stats/x/index.html",
			map[string]string{"stats/x.csv": "期间,破获案件（件）\n2004年,1159\n2005年,753\n2006年1-8月,403\n", "stats/x.yaml": "title: 破获案件\n"},
			[]string{`<span class="tag partial">不满一年：1—8月</span>`, "不满一年"}, []string{"[partial", "partial-irregular"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			putFile(t, filepath.Join(dir, "data", "site.yaml"), settings)
			for name, text := range c.files {
				putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), strings.Replace(text, "%s", "Registration", 1))
			}
			made, problems, err := siteOf(dir)
			if err != nil {
				t.Fatal(err)
			}
			page := made[c.page]
			if page == "" {
				t.Fatal(problems)
			}
			for _, want := range c.want {
				if !strings.Contains(page, want) {
					t.Errorf("no %s in %s", want, page)
				}
			}
			for _, not := range c.not {
				if strings.Contains(page, not) {
					t.Errorf("%s stands in %s", not, page)
				}
			}
		})
	}
}

// siteOf makes a site in memory, whatever is wrong with it.
func siteOf(dir string) (map[string]string, problem.List, error) {
	made, problems, err := site.Make(context.Background(), options(dir, ""))
	files := map[string]string{}
	for _, f := range made.Files {
		files[f.Path] = string(f.Bytes)
	}
	return files, problems, err
}
