package desk

import (
	"encoding/base64"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sunshine/site/problem"
)

var update = flag.Bool("update", false, "write the golden files anew")

// browser gives the values of a page's form, as a browser sends them.
func browser(t *testing.T, page string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{}
	attribute := func(n *html.Node, key string) (string, bool) {
		for _, a := range n.Attr {
			if a.Key == key {
				return a.Val, true
			}
		}
		return "", false
	}
	var walk func(n *html.Node, within bool)
	walk = func(n *html.Node, within bool) {
		name, named := attribute(n, "name")
		value, _ := attribute(n, "value")
		kind, _ := attribute(n, "type")
		_, checked := attribute(n, "checked")
		switch {
		case n.Type != html.ElementNode || !within || !named:
		case n.Data == "input" && (kind != "checkbox" || checked):
			form.Add(name, value)
		case n.Data == "textarea":
			text := ""
			if n.FirstChild != nil {
				text = n.FirstChild.Data // without its first end of line, which the parser takes away
			}
			form.Add(name, strings.ReplaceAll(text, "\n", "\r\n"))
		case n.Data == "select":
			chosen := ""
			for o := n.FirstChild; o != nil; o = o.NextSibling {
				if _, is := attribute(o, "selected"); is {
					chosen, _ = attribute(o, "value")
				}
			}
			form.Add(name, chosen)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, within || n.Data == "form")
		}
	}
	walk(root, false)
	return form
}

// sample is a file that somebody wrote, from testdata.
func sample(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "forms", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// diff tells the lines that differ between two texts: where, what went and what came.
func diff(was, now string) string {
	old, lines := linesOf(was), linesOf(now)
	// The longest common lines, of texts that are short.
	common := make([][]int, len(old)+1)
	for i := range common {
		common[i] = make([]int, len(lines)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(lines) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); old[i] == lines[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var b strings.Builder
	shown := func(sign string, n int, line string) {
		fmt.Fprintf(&b, "%s%3d %s\n", sign, n, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\r", "␍"))
	}
	i, j := 0, 0
	for i < len(old) || j < len(lines) {
		switch {
		case i < len(old) && j < len(lines) && old[i] == lines[j]:
			i, j = i+1, j+1
		case i < len(old) && (j == len(lines) || common[i+1][j] >= common[i][j+1]):
			shown("-", i+1, old[i])
			i++
		default:
			shown("+", j+1, lines[j])
			j++
		}
	}
	return b.String()
}

// Forms write files that a person would have written: of each of these edits the lines that
// differ stand in a golden file.
func TestEdits(t *testing.T) {
	const (
		statistic, site = "data/stats/calls.yaml", "data/site.yaml"
		guide, chinese  = "data/guides/hukou/guide.md", "data/guides/hukou/chinese.md"
		notice, list    = "data/notices/2026-09-28-notice.md", "data/registers/register.yaml"
	)
	samples := map[string]string{statistic: "calls.yaml", site: "site.yaml", guide: "guide.md", chinese: "chinese.md", notice: "notice.md", list: "register.yaml"}
	for _, e := range []struct {
		name, file string
		press      []string // buttons, one after another
		set        map[string]string
	}{
		{"the unit of a column", statistic, nil, map[string]string{"k.schema.fields[1].unit": "起", "k.schema.fields[2].unit": "个"}},
		{"one more source", statistic, []string{"add:sources"}, map[string]string{"k.sources[1].title": "值班日志: 9月", "k.sources[1].issued": "2026-10-08", "k.sources[0].author": "王科"}},
		{"the notes, and no next release", statistic, nil, map[string]string{"k.notes": "一起报警可能有几个电话。\r\n\r\n- 骚扰电话不计。\r\n- 演练不计。\r\n- 测试电话不计。", "k.next_release": "", "k.quality.scope": "全市"}},
		{"telephones and days", site, nil, map[string]string{"k.contact.phone": "12389", "k.contact.hours": "周一至周六 9:00—12:00", "k.freshness.policies": "90", "k.financial_year_start": "1"}},
		{"one more way to ask, one more language", site, []string{"add:inquiries.channels"}, map[string]string{"k.inquiries.channels[1].name": "来信", "k.inquiries.channels[1].to": "示范路0号, 办公室", "k.languages": "en\r\nbo", "k.inquiries.days": "7"}},
		{"steps, and why to come", guide, []string{"add:steps"}, map[string]string{"k.steps[1].days": "20", "k.steps[2].action": "领证", "k.steps[2].days": "0", "k.visits.reason": "拍照、采集指纹"}},
		{"whom it is for, a paper less, a condition more", guide, []string{"drop:materials[0]"}, map[string]string{"k.audience": "individual|organization", "k.conditions": "年满十六周岁\r\n户口在本市\r\n本人到场", "k.legal_basis[0].url": "https://example.org/law"}},
		{"Chinese keys in CRLF, and the text", chinese, nil, map[string]string{"k.status": "in-force", "k.places[0].hours": "周一至周五", "k.fee.free": "false", "k.fee.amount": "20", "k.published": "2026-11-28", "body": "第一段。\r\n\r\n补一段。\r\n\r\n第二段。\r\n"}},
		{"a notice", notice, nil, map[string]string{"k.title": "国庆节: 窗口照常", "k.summary": "窗口只在1日休息。\r\n其余照常。", "body": "10月1日放假。\r\n\r\n8日照常办理。\r\n"}},
		{"columns of a list", list, []string{"drop:columns[2]"}, map[string]string{"k.columns[0].role": "title", "k.columns[1].name": "应完成", "k.done_states": "已完成\r\n已办结"}},
	} {
		t.Run(e.name, func(t *testing.T) {
			before := sample(t, samples[e.file])
			s := &shelf{files: map[string]string{e.file: before}}
			got := s.page(t, "/form?file="+e.file, nil)
			if got.Code != http.StatusOK {
				t.Fatal(got.Code, got.Body)
			}
			// What nobody changed is not written.
			same := browser(t, got.Body.String())
			same.Set("do", "save")
			if r := s.page(t, "/form", same); r.Code != http.StatusSeeOther || !strings.Contains(r.Header().Get("Location"), "same=1") || s.files[e.file] != before {
				t.Fatalf("sent as it was: %d %s\n%s", r.Code, r.Body, diff(before, s.files[e.file]))
			}
			for _, button := range e.press {
				form := browser(t, got.Body.String())
				form.Set("do", button)
				if got = s.page(t, "/form", form); got.Code != http.StatusOK || s.files[e.file] != before {
					t.Fatal(button, got.Code, got.Body)
				}
			}
			form := browser(t, got.Body.String())
			for name, value := range e.set {
				if _, is := form[name]; !is {
					t.Fatalf("the form has no %s", name)
				}
				form[name] = strings.Split(value, "|")
			}
			form.Set("do", "save")
			if r := s.page(t, "/form", form); r.Code != http.StatusSeeOther || !strings.Contains(r.Header().Get("Location"), "saved=1") {
				t.Fatal(r.Code, r.Body)
			}
			if said := diff(before, s.files[e.file]); *update {
				if err := os.WriteFile(golden(e.name), []byte(said), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want, err := os.ReadFile(golden(e.name)); err != nil || string(want) != said {
				t.Errorf("%v\n%s\nwant\n%s", err, said, want)
			}
			// The form says now what was written.
			again := browser(t, s.page(t, "/form?file="+e.file, nil).Body.String())
			if len(e.press) == 0 {
				for name := range e.set {
					if !slices.Equal(again[name], form[name]) && strings.TrimSpace(strings.Join(again[name], "|")) != strings.TrimSpace(strings.Join(form[name], "|")) {
						t.Errorf("%s is %q now, not %q", name, again[name], form[name])
					}
				}
			}
		})
	}
}

// A form of any file of the demonstration bureau that is sent as it was changes nothing.
func TestFormsOfEveryFile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every file")
	}
	root := filepath.Join("..", "..")
	for _, pattern := range []string{"data/*.yaml", "data/stats/*.yaml", "data/registers/*.yaml", "data/guides/*/*.md", "data/notices/*.md", "data/pages/*.md", "data/policies/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, err := filepath.Rel(root, name)
			if err != nil {
				t.Fatal(err)
			}
			file = filepath.ToSlash(file)
			s := &shelf{files: map[string]string{file: string(data)}}
			got := s.page(t, "/form?file="+url.QueryEscape(file), nil)
			form := browser(t, got.Body.String())
			form.Set("do", "save")
			if r := s.page(t, "/form", form); !strings.Contains(r.Header().Get("Location"), "same=1") {
				t.Errorf("%s: %d\n%s", file, r.Code, diff(string(data), s.files[file]))
			}
		}
	}
}

func golden(name string) string {
	return filepath.Join("testdata", "forms", strings.NewReplacer(" ", "-", ",", "").Replace(name)+".diff")
}

// What cannot be written is refused at its key; nothing is saved, and nothing that was typed is lost.
func TestFormRefuses(t *testing.T) {
	const file = "data/guides/hukou/guide.md"
	before := sample(t, "guide.md")
	s := &shelf{files: map[string]string{file: before}}
	form := browser(t, s.page(t, "/form?file="+file, nil).Body.String())
	form.Set("k.steps[0].days", "半天")
	form.Set("k.published", "2026-02-30")
	form.Set("k.title", "改过的题目<b>")
	form.Set("body", "新的正文")
	got := s.page(t, "/form", form)
	page := got.Body.String()
	if got.Code != http.StatusUnprocessableEntity || s.files[file] != before {
		t.Fatal(got.Code, page)
	}
	for _, want := range []string{"有2处不能这样写", "应为整数，现为“半天”", "写成 2026-01-05", "改过的题目&lt;b&gt;", "新的正文"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if again := browser(t, page); again.Get("k.steps[0].days") != "半天" || again.Get("k.title") != "改过的题目<b>" || again.Get("body") != "新的正文" {
		t.Errorf("lost: %v", again)
	}
	for _, name := range []string{"k.prize", "k.steps[x].days", "k.title[0]", "k.steps.days", "n.title.x", "k.steps[0].prize", "k.steps[99999].days"} {
		form := browser(t, s.page(t, "/form?file="+file, nil).Body.String())
		form.Set(name, "x")
		form.Set("k.title", "新")
		if got := s.page(t, "/form", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "没有名为") || s.files[file] != before {
			t.Errorf("%s: %d %s", name, got.Code, got.Body)
		}
	}
}

// A file that changed since its form was made is not written over: both versions are shown.
func TestFormConflict(t *testing.T) {
	const file = "data/site.yaml"
	s := &shelf{files: map[string]string{file: sample(t, "site.yaml")}}
	form := browser(t, s.page(t, "/form?file="+file, nil).Body.String())
	s.files[file] = strings.Replace(s.files[file], "阳光警务", "警务公开", 1)
	there := s.files[file]
	form.Set("k.contact.phone", "12389")
	got := s.page(t, "/form", form)
	if page := got.Body.String(); got.Code != http.StatusConflict || s.files[file] != there || !strings.Contains(page, "警务公开") || !strings.Contains(page, "&#34;12389&#34;") {
		t.Errorf("%d %s", got.Code, page)
	}
	// What was brought together in the text is saved.
	merged := browser(t, got.Body.String())
	merged.Set("text", strings.Replace(merged.Get("text"), "阳光警务", "警务公开", 1))
	if got := s.page(t, "/edit", merged); got.Code != http.StatusSeeOther || s.files[file] != strings.Replace(there, `"110"`, `"12389"`, 1) {
		t.Errorf("%d %s", got.Code, diff(there, s.files[file]))
	}
}

// Problems stand at their keys, those of the text above it, and what the reader came for is open.
func TestFormProblems(t *testing.T) {
	const file = "data/guides/hukou/guide.md"
	s := &shelf{files: map[string]string{file: sample(t, "guide.md")}}
	at := func(line, column int, said string) {
		s.problems.Error(problem.Position{File: file, Line: line, Column: column}, problem.GuideDate, problem.Text{ZH: said, EN: said}, problem.Text{ZH: said + "的改法", EN: said})
	}
	at(17, 34, "天数不对")
	at(13, 60, "说明不对")
	at(1, 1, "缺少收费（fee）")
	at(28, 1, "正文不对")
	at(1, 1, "整个文件不对")
	s.problems.Error(problem.Position{File: "data/site.yaml", Line: 1}, problem.GuideDate, problem.Text{ZH: "别处不对"}, problem.Text{})
	page := s.page(t, "/form?file="+file+"&line=17&column=34#here", nil).Body.String()
	order := []string{"整个文件不对", `name="k.materials[0].note"`, "说明不对", `name="k.steps[0].days"`, "天数不对", "缺少收费", "正文不对", `id="body"`}
	last := -1
	for _, want := range order {
		i := strings.Index(page, want)
		if i < last {
			t.Errorf("%q is not after what is before it in %q", want, order)
		}
		last = max(last, i)
	}
	if strings.Contains(page, "别处不对") || strings.Count(page, `id="here"`) != 1 {
		t.Errorf("problems of another file, or no place: %d", strings.Count(page, `id="here"`))
	}
	if before, after, _ := strings.Cut(page, `id="here"`); !strings.Contains(after[:strings.Index(after, "</div>")], `name="k.steps[0].days"`) {
		t.Errorf("here is %s", before[len(before)-200:])
	}
}

// A form is one of what a file has: what cannot be read is shown as its text, with why.
func TestNoForm(t *testing.T) {
	for file, text := range map[string]string{
		"data/site.yaml":              "title: [a\n",
		"data/notices/a.md":           "没有键值部分\n",
		"data/pages/b.md":             "---\ntitle: &a x\n---\n",
		"data/stats/calls.csv":        "期间,件\n",
		"data/registers/promise.yaml": "title: \xb9\xab\n",
		"data/pages/gbk.md":           "---\ntitle: Passport\n---\n\xbb\xa4\xd5\xd5\xb0\xec\xc0\xed\xd6\xa4\xbc\xfe\n",
		"data/pages/nul.md":           "---\ntitle: Passport\n---\na\x00b\n",
	} {
		s := &shelf{files: map[string]string{file: text}}
		got := s.page(t, "/form?file="+file, nil)
		if page := got.Body.String(); got.Code != http.StatusOK || !strings.Contains(page, `role="alert"`) || !strings.Contains(page, `name="text"`) {
			t.Errorf("%s: %d %s", file, got.Code, page)
		}
	}
}

// A text that a browser would send back as another is not edited: what stands below the keys of
// a form in another encoding, or with a NUL, would be lost with the first key that is changed.
func TestBrowsersKeepIt(t *testing.T) {
	for _, text := range []string{"---\ntitle: Passport\n---\n\xbb\xa4\xd5\xd5\xb0\xec\xc0\xed\xd6\xa4\xbc\xfe\n", "---\ntitle: Passport\n---\na\x00b\n"} {
		const file = "data/pages/a.md"
		s := &shelf{files: map[string]string{file: text}}
		got := s.page(t, "/form", url.Values{"file": {file}, "origin": {base64.StdEncoding.EncodeToString([]byte(text))}, "do": {"save"}, "k.title": {"New"}, "body": {"\ufffd\r\n"}})
		if got.Code != http.StatusUnprocessableEntity || s.files[file] != text {
			t.Errorf("%q: %d %q", text, got.Code, s.files[file])
		}
	}
	for _, file := range []string{"data/pages/a.md", "data/site.yaml", "data/stats/calls.csv"} {
		const text = "a\x00b\nc\n"
		s := &shelf{files: map[string]string{file: text}}
		form := browser(t, s.page(t, "/edit?file="+file, nil).Body.String())
		if got := s.page(t, "/edit", form); got.Code != http.StatusUnprocessableEntity || s.files[file] != text {
			t.Errorf("%s: %d %q", file, got.Code, s.files[file])
		}
	}
}

// A form that is sent as it came changes nothing, whatever ends the lines of its values.
func TestFormOfReturns(t *testing.T) {
	const file = "data/pages/a.md"
	const text = "---\ntitle: \"a\\r\\nb\\rc  \"\nupdated: 2026-10-01\n---\nx\n"
	s := &shelf{files: map[string]string{file: text}}
	if got := s.page(t, "/form", browser(t, s.page(t, "/form?file="+file, nil).Body.String())); got.Code != http.StatusSeeOther || s.files[file] != text {
		t.Errorf("%d %q", got.Code, s.files[file])
	}
}

// Every key of every kind of file that has a form is explained in both languages.
func TestKeysAreExplained(t *testing.T) {
	for kind := range forms {
		for _, l := range []problem.Language{problem.Chinese, problem.English} {
			var walk func([]key)
			walk = func(keys []key) {
				for _, k := range keys {
					if len(k.Meaning) == 0 && k.Label == k.Name && l == problem.Chinese {
						t.Errorf("%s: nothing says what %s is", kind.File(), k.Path)
					}
					walk(k.Below)
				}
			}
			walk(keysOf(kind, l))
		}
	}
}

// The text of a file keeps its encoding and the ends of its lines.
func TestTextKeepsItsBytes(t *testing.T) {
	for name, c := range map[string]struct{ was, change, by, want string }{
		"CRLF":    {"a\r\nb\r\nc", "b", "新", "a\r\n新\r\nc"},
		"mixed":   {"a\r\nb\nc\r\n", "c", "d", "a\r\nb\nd\r\n"},
		"a mark":  {"\ufeffa\nb\n", "b", "c", "\ufeffa\nc\n"},
		"GB18030": {"\xc6\xda\xbc\xe4,\xbc\xfe\r\n2026\xc4\xea,1\r\n", ",1", ",2", "\xc6\xda\xbc\xe4,\xbc\xfe\r\n2026\xc4\xea,2\r\n"},
	} {
		const file = "data/units.csv"
		s := &shelf{files: map[string]string{file: c.was}}
		form := browser(t, s.page(t, "/edit?file="+file, nil).Body.String())
		form.Set("text", strings.Replace(form.Get("text"), c.change, c.by, 1))
		if got := s.page(t, "/edit", form); got.Code != http.StatusSeeOther || s.files[file] != c.want {
			t.Errorf("%s: %d %q", name, got.Code, s.files[file])
		}
	}
	const file = "data/units.csv"
	s := &shelf{files: map[string]string{file: "\xff\xfea\x00\n\x00"}}
	if got := s.page(t, "/edit?file="+file, nil); !strings.Contains(got.Body.String(), "readonly") {
		t.Errorf("%s", got.Body)
	}
}
