package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// readingWork reads one office file, and notes what it is asked for.
type readingWork struct {
	Work
	data     string
	recipes  []bureau.Recipe
	read     int
	imported int
	said     map[string]intake.Saying
	arrived  []Arrived
}

const officeFile = "inbox/报表.csv"

func (w *readingWork) Read(_ context.Context, _ string, a Answers) (Read, error) {
	w.read++
	w.said = a.Said
	book, problems := table.Open(officeFile, []byte(w.data))
	result := intake.Read(book, intake.Options{AsOf: period.NewDate(2026, 10, 31), Recipes: w.recipes, Answers: intake.Answers{Gained: a.Gained}, Said: a.Said})
	read := Read{Book: book, Problems: problems}
	read.Problems.Add(result.Problems)
	for _, q := range result.Questions {
		read.Problems.Error(q.At, q.Rule, q.Message, q.Hint)
	}
	for n, r := range result.Readings {
		if n == 0 {
			r.Parts = append(r.Parts, result.Parts...)
		}
		read.Tables = append(read.Tables, Table{Reading: r, New: r.Known == nil, Refused: true})
	}
	return read, nil
}

func (w *readingWork) Import(ctx context.Context, file string, a Answers) (Read, error) {
	read, err := w.Read(ctx, file, a)
	w.imported++
	for i := range read.Tables {
		read.Tables[i].Refused = false
	}
	return read, err
}

func (w *readingWork) Inbox(context.Context) ([]Arrived, error) { return w.arrived, nil }

func readingDesk(t *testing.T, data string, language problem.Language) (*desk, *readingWork) {
	t.Helper()
	work := &readingWork{data: data}
	return newDesk(t.Context(), Options{Work: work, Language: language}), work
}

const smallFile = "示范县2026年9月查处情况统计表,,,\n单位：起,,,\n派出所,治安案件,罚款金额,联系人\n城关<b>,15,3,张三\n西河,20,5,李四\n合计,35,8,\n注：<script>alert(1)</script>,,,\n"

var readingPage = "/reading?file=" + url.QueryEscape(officeFile)

// Every cell says what it is read as, and what a file holds is text.
func TestReadingCells(t *testing.T) {
	d, _ := readingDesk(t, smallFile, problem.Chinese)
	w := answered(d, readingPage, nil)
	page := w.Body.String()
	for _, want := range []string{
		`<td class="k-title" title="标题`, `>示范县2026年9月查处情况统计表</td>`,
		`<td class="k-unit" title="计量单位">单位：起</td>`,
		`<td class="k-header" title="表头"><a href="#column-1">派出所</a></td>`,
		`<td id="cell-0-C3" class="k-header asked" title="表头；有问题"><a href="#column-3">罚款金额</a></td>`,
		`<td class="k-out" title="不读入"><a href="#column-4">联系人</a></td>`, `<td class="k-out" title="不读入">张三</td>`,
		`<td class="k-category" title="分类、单位名称">城关&lt;b&gt;</td>`, `<td class="k-figures number" title="数值">15</td>`,
		`<td class="k-total" title="合计、小计">合计</td>`, `<td class="k-total number" title="合计、小计">35</td>`,
		`<td class="k-note" title="说明，不读入`, `注：&lt;script&gt;alert(1)&lt;/script&gt;</td>`,
		`<li class="k-title" data-part="title">标题</li>`, `<li class="asked">有问题</li>`,
		`<a href="/reading?file=` + url.QueryEscape(officeFile) + `&amp;sheet=0&amp;from=3#cell-0-C3">`,
		`<fieldset id="column-3">`, `<option value="">照读法：数值</option>`, `<option value="note">备注（不读入）</option>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if w.Code != http.StatusOK || strings.Contains(page, "<script>alert") || strings.Contains(page, "<b>") || strings.Contains(page, "没有读</li>") {
		t.Errorf("%d: %s", w.Code, page)
	}
	d, _ = readingDesk(t, smallFile, problem.English)
	english := answered(d, readingPage, nil).Body.String()
	for _, want := range []string{`title="header; asked about"`, `as it is read: measure`, `Of a column that is not`, `note (left out)`} {
		if !strings.Contains(english, want) {
			t.Errorf("the English page has no %s", want)
		}
	}
}

// What is said of a column is looked at first, stays in the forms, and is what is imported.
func TestReadingSaid(t *testing.T) {
	d, work := readingDesk(t, smallFile, problem.Chinese)
	form := url.Values{"file": {officeFile}, "as": {"chachu"}, "do": {"look"},
		"column": {"派出所", "治安案件", "罚款金额", "联系人"}, "called": {"", "查处的案件", "", ""}, "role": {"", "", "", ""}, "unit": {"", "", "万元", ""}, "risk": {"", "event", "", ""}}
	w := answered(d, "/reading", form)
	page := w.Body.String()
	if want := (map[string]intake.Saying{"治安案件": {Name: "查处的案件", Risk: "event"}, "罚款金额": {Unit: "万元"}}); fmt.Sprint(work.said) != fmt.Sprint(want) || work.imported != 0 {
		t.Fatalf("said %v, imported %d", work.said, work.imported)
	}
	for _, want := range []string{`value="查处的案件"`, `value="万元"`, `<option value="event" selected>事</option>`, `查处的案件（起）：数值，单位起`, `照此读入`, `name="as" value="chachu"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if w.Code != http.StatusOK || strings.Contains(page, `class="asked"`) {
		t.Errorf("%d: what was said is asked still", w.Code)
	}
	form.Set("unit", "")
	form["unit"] = []string{"", "", "好多", ""}
	if page := answered(d, "/reading", form).Body.String(); !strings.Contains(page, "不认得这个单位") || !strings.Contains(page, `value="好多"`) || !strings.Contains(page, `<details class="column" open>`) || strings.Contains(page, "照此读入") {
		t.Errorf("a unit that is none is taken: %s", page)
	}
	form["unit"] = []string{"", "", "万元", ""}
	form.Del("do")
	if w := answered(d, "/reading", form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/inbox" || work.imported != 1 || work.said["罚款金额"].Unit != "万元" {
		t.Errorf("%d, imported %d, said %v", w.Code, work.imported, work.said)
	}
	form["risk"] = form["risk"][:2] // a form of another page
	answered(d, "/reading", form)
	if len(work.said) > 0 {
		t.Errorf("said %v", work.said)
	}
}

// Of a table that is known only the columns that it gained can be said something of.
func TestReadingGained(t *testing.T) {
	d, work := readingDesk(t, "2026年9月查处情况,,\n派出所,治安案件（起）,罚款金额\n城关,15,3\n西河,20,5\n", problem.Chinese)
	word := func(all ...string) (words []bureau.String) {
		for _, s := range all {
			words = append(words, bureau.String{V: s})
		}
		return words
	}
	work.recipes = []bureau.Recipe{{Name: "chachu", Title: bureau.String{V: "查处情况"}, Header: word("派出所", "治安案件（起）"), Columns: word("期间", "派出所", "治安案件（起）")}}
	page := answered(d, readingPage, nil).Body.String()
	if strings.Count(page, `name="column"`) != 1 || !strings.Contains(page, `name="column" value="罚款金额"`) || !strings.Contains(page, `name="gained" value="1">`) || strings.Contains(page, `name="as"`) {
		t.Errorf("the forms are of other columns: %s", page)
	}
	page = answered(d, "/reading", url.Values{"file": {officeFile}, "do": {"look"}, "gained": {"1"}, "column": {"罚款金额"}, "called": {""}, "role": {""}, "unit": {"元"}, "risk": {""}}).Body.String()
	if !strings.Contains(page, `name="gained" value="1" checked>`) || !strings.Contains(page, "照此读入") || !strings.Contains(page, `value="元"`) {
		t.Errorf("the answers are not kept: %s", page)
	}
}

// largeFile has 4,000 rows under its header; row 3,002 of the sheet holds no figure.
func largeFile() string {
	var b strings.Builder
	b.WriteString("2026年9月各所接警（起）\n所,社区,接警,处警\n")
	for i := range 4000 {
		figure := fmt.Sprint(i%90 + 3)
		if i == 2999 {
			figure = "1O"
		}
		fmt.Fprintf(&b, "第%d所,第<i>%d社区,%s,%d\n", i/200, i, figure, i%80+2)
	}
	return b.String()
}

// A large sheet comes in windows: as pages, and as rows for a page that is scrolled.
func TestReadingWindows(t *testing.T) {
	d, work := readingDesk(t, largeFile(), problem.Chinese)
	page := answered(d, readingPage+"&sheet=0&from=3002", nil).Body.String()
	if n := strings.Count(page, `<th scope="row">`); n != window {
		t.Errorf("the page has %d rows", n)
	}
	for _, want := range []string{`<td id="cell-0-C3002" class="k-figures asked"`, `<th scope="row">3001</th>`, `from=2801#grid">前面的行`, `from=3201#grid">后面的行`, `data-all="4002" data-at="3000"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	before := work.read
	get := func(query string) (got struct {
		At, Row int
		Parts   []namedPart
		Rows    []struct {
			N int
			C []struct {
				T, P string
				A    bool
				F    int
			}
		}
	}) {
		w := answered(d, "/rows?file="+url.QueryEscape(officeFile)+"&sheet=0&"+query, nil)
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v: %s", query, err, w.Body)
		}
		return got
	}
	got := get("reading=1&row=3002")
	if got.At != 3000 || got.Row != 3001 || len(got.Rows) != window || got.Rows[1].N != 3002 || !got.Rows[1].C[2].A || got.Rows[1].C[2].T != "1O" || got.Rows[1].C[1].T != "第<i>2999社区" || len(got.Parts) != 2 {
		t.Errorf("%d %d %d %+v", got.At, got.Row, len(got.Rows), got.Rows[1])
	}
	if got := get("reading=1&at=0"); got.Rows[1].C[2].F != 3 || got.Rows[1].C[2].P != "header" || got.Rows[0].C[0].P != "title" {
		t.Errorf("%+v", got.Rows[:2])
	}
	if got := get("reading=1&at=4001"); len(got.Rows) != 2 || got.Rows[1].N != 4002 {
		t.Errorf("the last window has %d rows", len(got.Rows))
	}
	if got := get("reading=1&at=99999999"); got.At != 4000 {
		t.Errorf("behind the last row: %d", got.At)
	}
	if work.read != before {
		t.Errorf("the file was read %d times more while it was scrolled", work.read-before)
	}
	if got := get("reading=77&row=3002"); work.read != before+1 || !got.Rows[1].C[2].A {
		t.Errorf("a page of before: read %d times", work.read-before)
	}
	for _, query := range []string{"sheet=1", "sheet=-1", "sheet=x", ""} {
		if w := answered(d, "/rows?reading=1&file="+url.QueryEscape(officeFile)+"&"+query, nil); w.Code != http.StatusNotFound {
			t.Errorf("%q: %d", query, w.Code)
		}
	}
}
