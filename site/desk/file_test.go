package desk

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sunshine/site/check"
	"sunshine/site/problem"
)

func (s *shelf) Put(ctx context.Context, file, was string, data []byte) (Text, bool, error) {
	return s.Save(ctx, file, was, data)
}

func (s *shelf) Move(ctx context.Context, file, was, name string) (bool, problem.List, error) {
	now, err := s.Text(ctx, file)
	if err != nil || now.SHA256 != was || name != "" {
		return false, nil, err
	}
	delete(s.files, file)
	return true, nil, nil
}

// What a release, an approval or an import wrote down stays, and so do the settings.
func TestPlaced(t *testing.T) {
	for file, want := range map[string]bool{
		"data/stats/a.csv": true, "data/stats/a.yaml": true, "data/guides/hukou/a.md": true, "data/static/a/b.pdf": true, "data/x.docx": true, "data/units.csv": true, "templates/site.css": true, "inbox/a.xlsx": true, "data/stats/a\x01.csv": true,
		"data/releases/2026-10.json": false, "data/releases/head.txt": false, "data/releases/tables/a.csv": false, "data/Releases/2026-10.json": false, "data/releases/notes.txt": false,
		"data/imports/a.csv": false, "data/imports/a.yaml": false, "data/approvals.csv": false, "data/site.yaml": false, "data/privacy.yaml": false,
		"data/SITE.yaml": false, "data/Approvals.csv": false, "data/Imports/a.csv": false, `data/stats/..\..\a.csv`: false,
		"data/../secret": false, "data/stats/../releases/head.txt": false, "/etc/passwd": false, "data": false, "inbox": false, ".sunshine/steps/1.json": false, ".git/config": false, "public/index.html": false, "": false,
	} {
		if got := Placed(file); got != want {
			t.Errorf("%q: %v", file, got)
		}
	}
}

// send sends a file in a form.
func put(h http.Handler, values url.Values, name, data string) *httptest.ResponseRecorder {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key := range values {
		w.WriteField(key, values.Get(key))
	}
	part, _ := w.CreateFormFile("with", name)
	part.Write([]byte(data))
	w.Close()
	got := httptest.NewRecorder()
	q := httptest.NewRequest("POST", "/file", &b)
	q.Header.Set("Content-Type", w.FormDataContentType())
	h.ServeHTTP(got, q)
	return got
}

// A file is replaced by one of its kind and taken away, where it still stands as it was shown.
func TestFile(t *testing.T) {
	s := &shelf{files: map[string]string{calls: "a,b\n1,2\n", "data/site.yaml": "title: 甲\n"}}
	s.problems.Error(problem.Position{File: calls, Line: 1, Column: 1}, problem.CSVFormat, problem.Say("这不是CSV，而是网页", "x"), problem.Say("另存", "x"))
	h := newDesk(t.Context(), Options{Work: s, Language: problem.Chinese})
	page := answered(h, placeAt(calls), nil).Body.String()
	if !strings.Contains(page, "这不是CSV，而是网页") || !strings.Contains(page, "把这个文件移走") || !strings.Contains(page, "/grid?file=") {
		t.Error(page)
	}
	form := url.Values{"file": {calls}, "was": {fields(page).Get("was")}, "do": {"put"}}
	if got := put(h, form, "calls.xlsx", "PK"); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "这里要的是.csv文件") || s.files[calls] != "a,b\n1,2\n" {
		t.Errorf("another kind of file: %d %q", got.Code, s.files[calls])
	}
	s.files[calls] = "a,b\n1,3\n" // meanwhile
	if got := put(h, form, "calls.csv", "a,b\n9,9\n"); got.Code != http.StatusConflict || !strings.Contains(got.Body.String(), "在别处改过了") || s.files[calls] != "a,b\n1,3\n" {
		t.Errorf("one that was changed: %d %q", got.Code, s.files[calls])
	}
	form.Set("do", "away")
	if got := answered(h, "/file", form); got.Code != http.StatusConflict || s.files[calls] == "" {
		t.Errorf("one that was changed: %d %q", got.Code, s.files[calls])
	}
	form.Set("was", fields(answered(h, placeAt(calls), nil).Body.String()).Get("was"))
	form.Set("do", "put")
	if got := put(h, form, "新.CSV", "a,b\n9,9\n"); got.Code != http.StatusSeeOther || s.files[calls] != "a,b\n9,9\n" {
		t.Errorf("%d %q", got.Code, s.files[calls])
	}
	form.Set("was", fields(answered(h, placeAt(calls), nil).Body.String()).Get("was"))
	form.Set("do", "away")
	if got := answered(h, "/file", form); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/mend" || s.files[calls] != "" {
		t.Errorf("%d %q", got.Code, s.files[calls])
	}
	if page := answered(h, "/mend", nil).Body.String(); !strings.Contains(page, "已经移走 "+calls) {
		t.Error("it is not told")
	}
	if got := answered(h, placeAt(calls), nil); got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "把文件放到这里") || strings.Contains(got.Body.String(), "移走</h2>") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	for _, do := range []string{"away", "name", "put", "make"} {
		if got := answered(h, "/file", url.Values{"file": {"data/site.yaml"}, "do": {do}, "name": {"x.yaml"}}); got.Code != http.StatusNotFound || s.files["data/site.yaml"] == "" {
			t.Errorf("the settings: %s: %d", do, got.Code)
		}
	}
	if got := answered(h, placeAt("data/site.yaml"), nil); got.Code != http.StatusNotFound {
		t.Errorf("the settings: %d", got.Code)
	}
}

// Every problem leads to the room in which it is mended.
func TestWaysOf(t *testing.T) {
	d := newDesk(t.Context(), Options{Language: problem.Chinese})
	guide := "data/guides/hukou/a.md"
	for _, c := range []struct {
		at      problem.Position
		rule    problem.Rule
		message string
		hint    string
		edit    string
		ways    []string
	}{
		{problem.Position{File: "data/addresses.csv"}, problem.AddressGone, "x", "x", "/changes", []string{"/changes"}},
		{problem.Position{File: calls, Line: 2, Cell: "B2"}, problem.RevisionUnexplained, "x", "x", gridAt(calls, "B2"), []string{"/changes"}},
		{problem.Position{File: "data/stats/calls.yaml"}, problem.StatsNoTable, "x", "x", placeAt(calls), []string{placeAt("data/stats/calls.yaml")}},
		{problem.Position{File: calls, Line: 1, Column: 1, Cell: "A1"}, problem.StatsNoDescriptor, "x", "在说明文件里写", gridAt(calls, "A1"), []string{placeAt("data/stats/calls.yaml")}},
		{problem.Position{File: calls, Line: 1, Column: 1, Cell: "B1"}, problem.StatsField, "x", "在说明文件里写", gridAt(calls, "B1"), []string{"/form?file=data%2Fstats%2Fcalls.yaml"}},
		{problem.Position{File: calls, Line: 1, Column: 1}, problem.CSVEncoding, "x", "x", placeAt(calls), nil},
		{problem.Position{File: calls, Line: 1, Column: 3}, problem.PrivacyMobile, "x", "x", textAt(calls, 1), nil},
		{problem.Position{File: "data/stats/calls (1).csv"}, problem.FilesCopy, "x", "x", placeAt("data/stats/calls (1).csv"), nil},
		{problem.Position{File: "data/static/a.txt", Line: 3, Column: 1}, problem.PrivacyMobile, "x", "在 data/privacy.yaml 里登记", placeAt("data/static/a.txt"), []string{"/form?file=data%2Fprivacy.yaml"}},
		{problem.Position{File: "templates/a.html", Line: 3}, problem.TemplateParse, "x", "x", placeAt("templates/a.html"), nil},
		{problem.Position{File: "data/releases/2026-10.json", Line: 1}, problem.ReleaseEdited, "x", "x", "", nil},
		{problem.Position{File: guide, Line: 1, Column: 1}, problem.GuideElement, "缺少申请条件（conditions）", "x", "/form?file=data%2Fguides%2Fhukou%2Fa.md&key=conditions#here", nil},
		{problem.Position{File: guide, Line: 1, Column: 1}, problem.GuideElement, "缺少（nothing）", "x", formAt(problem.Position{File: guide, Line: 1, Column: 1}), nil},
		{problem.Position{File: guide, Line: 7, Column: 3}, problem.GuideFee, "没有写依据（fee）", "x", formAt(problem.Position{File: guide, Line: 7, Column: 3}), nil},
		{problem.Position{File: guide, Line: 3, Column: 1}, problem.YAMLKey, "x", "x", textAt(guide, 3), nil},
		{problem.Position{File: guide, Line: 3, Column: 1}, problem.YAMLType, "“fee”应分项填写，现为“20”", "x", textAt(guide, 3), nil},
		{problem.Position{File: guide, Line: 3, Column: 1}, problem.YAMLType, "“days”应为整数", "x", formAt(problem.Position{File: guide, Line: 3, Column: 1}), nil},
	} {
		edit, ways := d.waysOf(problem.Problem{Position: c.at, Rule: c.rule, Message: problem.Text{ZH: c.message}, Hint: problem.Text{ZH: c.hint}})
		var to []string
		for _, w := range ways {
			to = append(to, w.Href)
		}
		if edit != c.edit || !slices.Equal(to, c.ways) {
			t.Errorf("%s of %v: %q %q", c.rule, c.at, edit, to)
		}
	}
	for hint, want := range map[string]string{
		"录错的，改回130；确需修订的，运行 sunshine revise，或者加一行": "录错的，改回130",
		"改回；在 data/revisions.csv 加一行；不能比的加 [b]":    "改回；不能比的加 [b]",
		"运行 sunshine revise":                           "运行 sunshine revise",
		"put it back; run sunshine revise; or add [b]": "put it back; or add [b]",
	} {
		if got := atDesk(hint); got != want {
			t.Errorf("%q", got)
		}
	}
}

// A row is taken out or put in with what was typed into the cells.
func TestRows(t *testing.T) {
	source := "期间,件数\r\n2026年1月,120\r\n2026年2月,130\r\n"
	s := &shelf{files: map[string]string{calls: source}}
	form := fields(s.page(t, gridAt(calls, "B3"), nil).Body.String())
	if form.Get("row") != "3" {
		t.Errorf("row %q", form.Get("row"))
	}
	form.Set("do", "drop")
	form.Set("B2", "121")
	got := s.page(t, "/grid", form)
	if want := "期间,件数\r\n2026年1月,121\r\n"; got.Code != http.StatusSeeOther || s.files[calls] != want {
		t.Errorf("%d %q", got.Code, s.files[calls])
	}
	form = fields(s.page(t, gridAt(calls, "B2"), nil).Body.String())
	form.Set("do", "add")
	got = s.page(t, "/grid", form)
	if want := "期间,件数\r\n2026年1月,121\r\n,\r\n"; s.files[calls] != want || !strings.HasSuffix(got.Header().Get("Location"), "#A3") {
		t.Errorf("%s %q", got.Header().Get("Location"), s.files[calls])
	}
	now := s.files[calls]
	form = fields(s.page(t, gridAt(calls, "B2"), nil).Body.String())
	form.Set("do", "drop")
	form.Set("row", "9")
	if got = s.page(t, "/grid", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "没有第9行") || s.files[calls] != now {
		t.Errorf("%d %q", got.Code, s.files[calls])
	}
	s.files[calls] = source // meanwhile
	form.Set("row", "2")
	if got = s.page(t, "/grid", form); got.Code != http.StatusConflict || s.files[calls] != source {
		t.Errorf("%d %q", got.Code, s.files[calls])
	}
}

// An attachment goes into its folder under its own name, without the folders that a browser
// may send, and takes no other's place.
func TestAttach(t *testing.T) {
	work := &attachWork{files: map[string]string{"data/static/old.pdf": "old"}}
	d := newDesk(t.Context(), Options{Work: work, Language: problem.Chinese})
	for name, want := range map[string]string{"表格.pdf": "data/static/表格.pdf", `C:\a\b.pdf`: "data/static/b.pdf", "../../site.yaml": "data/static/site.yaml", "old.pdf": ""} {
		work.put = ""
		got := put(d, url.Values{"do": {"attach"}}, name, "new")
		if work.put != want || (got.Code == http.StatusSeeOther) != (want != "") {
			t.Errorf("%s: %d, put %q", name, got.Code, work.put)
		}
	}
}

type attachWork struct {
	Work
	files map[string]string
	put   string
}

func (w *attachWork) Put(_ context.Context, file, was string, _ []byte) (Text, bool, error) {
	if _, there := w.files[file]; there && was == "" {
		return Text{}, false, nil
	}
	w.put = file
	return Text{}, true, nil
}

func (w *attachWork) File(_ context.Context, file string) (Text, error) {
	text, there := w.files[file]
	return Text{File: file, Bytes: []byte(text), There: there}, nil
}

func (w *attachWork) Check(context.Context) (problem.List, error) { return nil, nil }

// A hint that names a command leads to the page that does it, on every other page; one of a
// question leaves out how it is answered in the file, for which there is a form.
func TestHintsAtDesk(t *testing.T) {
	d := newDesk(t.Context(), Options{Language: problem.Chinese})
	var list problem.List
	list.Warn(problem.Position{File: calls, Line: 2, Cell: "B2"}, problem.FiguresTenfold, problem.Say("多打了一位吗？", "a digit too many?"), problem.Text{ZH: "核对这个数值" + check.ByHand.ZH + "（表头…", EN: "check it" + check.ByHand.EN})
	list.Answerable("row")
	list.Error(problem.Position{File: "data/approvals.csv"}, problem.PublishForeign, problem.Say("没有批准", "not approved"), problem.Say("运行 sunshine approve --by 姓名，再运行 sunshine publish", "run sunshine approve"))
	shown := d.shownAt("/mend", list)
	if shown[0].Hint != "核对这个数值" || len(shown[0].Ways) > 0 || shown[0].Row != "row" {
		t.Errorf("a question is shown as %+v", shown[0])
	}
	if !slices.Contains(shown[1].Ways, way{"/changes", "不用打命令，到“变化单”里做"}) {
		t.Errorf("a command is shown as %+v", shown[1])
	}
	if there := d.shownAt("/changes", list)[1]; slices.ContainsFunc(there.Ways, func(one way) bool { return one.Href == "/changes" }) {
		t.Errorf("a page leads to itself: %+v", there)
	}
	for name, page := range commands {
		if !slices.ContainsFunc(steps, func(s step) bool { return s.Path == page }) {
			t.Errorf("sunshine %s leads to %s, which is none of the pages", name, page)
		}
	}
}
