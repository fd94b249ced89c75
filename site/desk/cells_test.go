package desk

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// shelf is a Work on files that are held in memory.
type shelf struct {
	Work
	files    map[string]string
	problems problem.List
	checks   int
}

func (s *shelf) Check(context.Context) (problem.List, error) {
	s.checks++
	return s.problems, nil
}

func (s *shelf) Text(_ context.Context, file string) (Text, error) {
	data, is := s.files[file]
	return Text{File: file, Bytes: []byte(data), SHA256: bureau.SHA256([]byte(data)), There: is}, nil
}

func (s *shelf) File(ctx context.Context, file string) (Text, error) { return s.Text(ctx, file) }

func (s *shelf) Save(ctx context.Context, file, was string, data []byte) (Text, bool, error) {
	now, err := s.Text(ctx, file)
	if err != nil || now.SHA256 != was {
		return now, false, err
	}
	s.files[file] = string(data)
	now, err = s.Text(ctx, file)
	return now, true, err
}

func (s *shelf) Files(context.Context) (all []File, err error) {
	for name := range s.files {
		all = append(all, File{File: name, Title: "<" + name + ">"})
	}
	return all, nil
}

// page asks a desk for a page, with a form where there is one.
func (s *shelf) page(t *testing.T, address string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	return answered(newDesk(t.Context(), Options{Work: s, Language: problem.Chinese}), address, form)
}

func answered(h http.Handler, address string, form url.Values) *httptest.ResponseRecorder {
	address, _, _ = strings.Cut(address, "#") // a browser keeps that for itself
	got := httptest.NewRecorder()
	q := httptest.NewRequest("GET", address, nil)
	if form != nil {
		q = httptest.NewRequest("POST", address, strings.NewReader(form.Encode()))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	h.ServeHTTP(got, q)
	return got
}

const calls = "data/stats/calls.csv"

// field finds the fields of a page, as a browser would send them.
var field = regexp.MustCompile(`<input type="(?:text|hidden)" name="([^"]*)" value="([^"]*)"|(?s)<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>`)

func fields(page string) url.Values {
	form := url.Values{}
	plain := strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&")
	for _, m := range field.FindAllStringSubmatch(page, -1) {
		form.Set(m[1]+m[3], strings.ReplaceAll(plain.Replace(m[2]+m[4]), "\n", "\r\n"))
	}
	return form
}

// A page that is sent back as it came changes nothing; one with another cell changes that
// cell alone, in the encoding and with the line ends of the file.
func TestCells(t *testing.T) {
	source, err := simplifiedchinese.GBK.NewEncoder().String("某县一一〇警情\r\n单位：件\r\n\r\n期间,\"件数\",备注\r\n2026年1月, 120 ,\"一\n二\"\r\n2026年2月,13O,<b>&\"\r\n")
	if err != nil {
		t.Fatal(err)
	}
	source = strings.Replace(source, `<b>&"`, `"<b>&"""`, 1)
	s := &shelf{files: map[string]string{calls: source}}
	s.problems.Error(problem.Position{File: calls, Line: 6, Column: 9, Cell: "B6"}, problem.CSVNumber, problem.Say("“13O”不是数", "x"), problem.Say("改成数", "y"))
	s.problems.Error(problem.Position{File: calls}, problem.CSVEmpty, problem.Say("整张表的", "x"), problem.Text{})
	page := s.page(t, gridAt(calls, "B6"), nil)
	body := page.Body.String()
	for _, want := range []string{`id="B6" class="error"`, `aria-describedby="pB6-1"`, `id="pB6-1"`, "“13O”不是数", "改成数", "整张表的", `aria-label="B6 件数"`, "&lt;b&gt;&amp;&#34;", "autofocus", "空行"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if page.Code != http.StatusOK || strings.Contains(body, "<b>") || strings.Contains(body, "<script>") {
		t.Errorf("%d\n%s", page.Code, body)
	}
	form := fields(body)
	if got := s.page(t, "/grid", form); got.Code != http.StatusSeeOther || !strings.Contains(got.Header().Get("Location"), "same=1") || s.files[calls] != source {
		t.Errorf("a page that is sent back: %d %v %q", got.Code, got.Header(), s.files[calls])
	}
	form.Set("B6", "130")
	if got := s.page(t, "/grid", form); got.Code != http.StatusSeeOther || !strings.Contains(got.Header().Get("Location"), "saved=1") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if want := strings.Replace(source, "13O", "130", 1); s.files[calls] != want {
		t.Errorf("%q, want %q", s.files[calls], want)
	}

	// It was made of another file: both are shown, and nothing is written.
	now := s.files[calls]
	form.Set("B5", "125")
	got := s.page(t, "/grid", form)
	if got.Code != http.StatusConflict || !strings.Contains(got.Body.String(), "<td> 120 </td><td>125</td>") || s.files[calls] != now {
		t.Errorf("a conflict: %d %s", got.Code, got.Body)
	}

	// What cannot be written stays in its field.
	form = fields(s.page(t, gridAt(calls, ""), nil).Body.String())
	form.Set("B5", "1\x07")
	got = s.page(t, "/grid", form)
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "B5格") || s.files[calls] != now {
		t.Errorf("a control character: %d %s", got.Code, got.Body)
	}
}

// The grid is of tables that staff keep, and says why where a table has no cells.
func TestCellsRefused(t *testing.T) {
	s := &shelf{files: map[string]string{calls: "a,b\n\"1,2\n3,4\n", "data/releases/tables/1.csv": "a\n", "data/site.yaml": "a: 1\n"}}
	if got := s.page(t, gridAt(calls, ""), nil); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "A2格开始的引号没有结束") || !strings.Contains(got.Body.String(), "/edit?file=") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	for file, want := range map[string]int{"data/releases/tables/1.csv": 404, "data/site.yaml": 404, "data/stats/none.csv": 404, "../x.csv": 404, "": 404} {
		got := s.page(t, gridAt(file, ""), nil)
		if to := got.Header().Get("Location"); file == "data/stats/none.csv" && got.Code == http.StatusSeeOther && to == placeAt(file) {
			got = s.page(t, to, nil) // where it can be put
		}
		if got.Code != want {
			t.Errorf("%s: %d", file, got.Code)
		}
		if got := s.page(t, "/grid", url.Values{"file": {file}, "A1": {"x"}}); got.Code != want {
			t.Errorf("%s: %d", file, got.Code)
		}
	}
}

// The page around a cell far below has that cell, and leads to the rows beside it.
func TestCellsFarBelow(t *testing.T) {
	var b strings.Builder
	b.WriteString("期间,件数\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%d年,%d\n", i, i)
	}
	s := &shelf{files: map[string]string{calls: b.String()}}
	for range 15 {
		s.problems.Warn(problem.Position{File: calls, Line: 9, Cell: "B9"}, problem.CSVNumber, problem.Say("甲", "x"), problem.Text{})
	}
	body := s.page(t, gridAt(calls, "B4321"), nil).Body.String()
	for _, want := range []string{`id="B4321"`, "第4311到4350行，共5001行", "from=4271", "from=4351", "别的行里还有5处"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if len(body) > 30<<10 {
		t.Errorf("the page has %d bytes", len(body))
	}
}

// However much is wrong, the page of it stays small, and each problem is on some page.
func TestMendMany(t *testing.T) {
	long := strings.Repeat("这一格的数与合计不符，", 12)
	s := &shelf{}
	for i := range 20_000 {
		file := fmt.Sprintf("data/stats/t%03d.csv", i%400)
		rule := []problem.Rule{problem.CSVNumber, problem.CSVCharacter, problem.CSVSize, problem.CSVEmpty}[i/400%4]
		s.problems.Warn(problem.Position{File: file, Line: i, Column: 1, Cell: bureau.CellName(1, i)}, rule, problem.Say(long+"%d", long+"%d", i), problem.Text{ZH: long, EN: long})
	}
	s.problems.Error(problem.Position{File: "data/site.yaml", Line: 3, Column: 1}, problem.YAMLKey, problem.Say("没有名为“titel”的键", "x"), problem.Text{})
	s.problems.Sort()
	desk := newDesk(t.Context(), Options{Work: s, Language: problem.Chinese})
	body := answered(desk, "/mend", nil).Body.String()
	if len(body) > 300<<10 {
		t.Errorf("the page has %d bytes", len(body))
	}
	for _, want := range []string{"错误1个", "提醒20000个", "没有名为“titel”的键", "/edit?file=data%2Fsite.yaml&amp;line=3#here", "/grid?file=data%2Fstats%2Ft000.csv&amp;cell=B", "还有"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Index(body, "site.yaml") > strings.Index(body, "t000.csv") {
		t.Error("what stops the publication is not first")
	}
	if got := answered(desk, "/mend?file=data/stats/t399.csv", nil).Body.String(); strings.Count(got, `<li class="warning">`) != 40 || !strings.Contains(got, "还有3处") {
		t.Errorf("%d in one file", strings.Count(got, `<li class="warning">`))
	}
	if got := answered(desk, "/mend?file=data/stats/t399.csv&rule=csv/number&from=11", nil).Body.String(); !strings.Contains(got, "第11到13处，共13处") || strings.Count(got, `<li class="warning">`) != 3 {
		t.Errorf("of one rule: %s", got)
	}
	if got := answered(desk, "/mend?file=data/none.csv&rule=csv/number", nil); got.Code != http.StatusOK {
		t.Errorf("a file without problems: %d", got.Code)
	}
	if s.checks != 1 {
		t.Errorf("checked %d times", s.checks)
	}
}

// Every place leads to where it is mended.
func TestPlaceOf(t *testing.T) {
	for _, c := range []struct {
		at   problem.Position
		want string
	}{
		{problem.Position{File: calls, Line: 3, Column: 4, Cell: "B3"}, "/grid?file=data%2Fstats%2Fcalls.csv&cell=B3#B3"},
		{problem.Position{File: calls}, "/grid?file=data%2Fstats%2Fcalls.csv"},
		{problem.Position{File: calls, Line: 3, Column: 4}, "/edit?file=data%2Fstats%2Fcalls.csv&line=3#here"},
		{problem.Position{File: "data/releases/tables/1.csv", Cell: "B3"}, ""},
		{problem.Position{File: "data/imports/calls.csv", Cell: "B3"}, ""},
		{problem.Position{File: "data/static/a.pdf", Line: 3}, ""},
		{problem.Position{File: "inbox/a.xlsx", Sheet: "9月", Cell: "B3"}, ""},
		{problem.Position{File: "templates/a.html", Line: 3}, ""},
		{problem.Position{}, ""},
	} {
		if got := placeOf(c.at); got != c.want {
			t.Errorf("%v is at %q", c.at, got)
		}
	}
	for _, file := range []string{"data/site.yaml", "data/guides/hukou/a.md", "data/annual/2025.yaml"} {
		if got := placeOf(problem.Position{File: file, Line: 3}); !strings.Contains(got, url.QueryEscape(file)) || !strings.Contains(got, "line=3") {
			t.Errorf("%s is at %q", file, got)
		}
	}
}

// What was found serves until something is done.
func TestFound(t *testing.T) {
	s := &shelf{files: map[string]string{calls: "a,b\n1,2\n"}}
	desk := newDesk(t.Context(), Options{Work: s, Language: problem.Chinese})
	form := fields(answered(desk, gridAt(calls, ""), nil).Body.String())
	answered(desk, gridAt(calls, ""), nil)
	if s.checks != 1 {
		t.Errorf("checked %d times", s.checks)
	}
	answered(desk, "/grid", form)
	answered(desk, gridAt(calls, ""), nil)
	answered(desk, gridAt(calls, ""), nil)
	if s.checks != 2 {
		t.Errorf("checked %d times", s.checks)
	}
}
