package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/render"
)

// sheetWork has one sheet of changes.
type sheetWork struct {
	Work
	changes  Changes
	figures  map[int]Answer
	moves    map[int]Answer
	recorded int
	approved string
}

func (w *sheetWork) Changes(context.Context) (Changes, error) { return w.changes, nil }

func (w *sheetWork) Explain(_ context.Context, missing string, figures, moves map[int]Answer) (bool, error) {
	if missing != w.changes.Missing {
		return false, nil
	}
	w.recorded++
	w.figures, w.moves = figures, moves
	return true, nil
}

func (w *sheetWork) Approve(_ context.Context, digest, by string) (bool, error) {
	w.approved = by
	return digest == w.changes.Digest, nil
}

// What changed is explained with its kind and a name; what was filled in stays where something
// is missing, and is of no other change.
func TestExplain(t *testing.T) {
	work := &sheetWork{changes: Changes{Missing: "m", Unexplained: []Unexplained{{Number: 0, Statistic: "案件", Old: "17", New: "18"}, {Number: 1, Statistic: "单位", Old: "件", New: "起", Fixed: "definition"}}, Gone: []Gone{{Number: 0, Address: "guides/a/"}}}}
	d := newDesk(t.Context(), Options{Work: work, Language: problem.Chinese})
	form := url.Values{"missing": {"m"}, "by": {"张<三>"}, "reason-0": {"漏报"}, "kind-0": {""}, "reason-1": {"改了说法"}, "kind-1": {"definition"}, "to-0": {"guides/b/"}, "why-0": {"合并"}}
	got := answered(d, "/explain", form)
	for _, want := range []string{"类型也要选", `value="漏报"`, `value="改了说法"`, `value="guides/b/"`, `value="合并"`, `value="张&lt;三&gt;"`, `<input type="hidden" name="kind-1" value="definition">`} {
		if !strings.Contains(got.Body.String(), want) {
			t.Errorf("the page has no %s:\n%s", want, got.Body)
		}
	}
	if got.Code != http.StatusUnprocessableEntity || work.recorded > 0 {
		t.Errorf("%d, recorded %d", got.Code, work.recorded)
	}
	form.Set("kind-0", "correction")
	form.Set("by", " ")
	if got := answered(d, "/explain", form); got.Code != http.StatusUnprocessableEntity || work.recorded > 0 || !strings.Contains(got.Body.String(), `<option value="correction" selected>`) {
		t.Errorf("%d, recorded %d:\n%s", got.Code, work.recorded, got.Body)
	}
	form.Set("by", "张三")
	form.Set("missing", "other")
	if got := answered(d, "/explain", form); got.Code != http.StatusUnprocessableEntity || work.recorded > 0 || strings.Contains(got.Body.String(), "漏报") {
		t.Errorf("%d, recorded %d:\n%s", got.Code, work.recorded, got.Body)
	}
	form.Set("missing", "m")
	if got := answered(d, "/explain", form); got.Code != http.StatusSeeOther || work.figures[0] != (Answer{Reason: "漏报", Kind: "correction", By: "张三"}) || work.figures[1].Kind != "definition" || work.moves[0] != (Answer{To: "guides/b/", Reason: "合并"}) {
		t.Errorf("%d: %v %v", got.Code, work.figures, work.moves)
	}
}

// The very sheet that is shown is approved, by name, and only where no figure is asked about.
func TestApprove(t *testing.T) {
	sheet := &render.ChangeSheet{Digest: "d"}
	work := &sheetWork{changes: Changes{Sheet: sheet, Digest: "d"}}
	d := newDesk(t.Context(), Options{Work: work, Language: problem.Chinese})
	if page := answered(d, "/changes", nil).Body.String(); !strings.Contains(page, "批准这些变化") {
		t.Errorf("it cannot be approved:\n%s", page)
	}
	for by, want := range map[string]int{"": http.StatusUnprocessableEntity, " ": http.StatusUnprocessableEntity, "李局长": http.StatusSeeOther} {
		work.approved = ""
		if got := answered(d, "/approve", url.Values{"digest": {"d"}, "by": {by}}); got.Code != want || work.approved != strings.TrimSpace(by) {
			t.Errorf("by %q: %d, %q", by, got.Code, work.approved)
		}
	}
	if got := answered(d, "/approve", url.Values{"digest": {"old"}, "by": {"李局长"}}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("an older sheet: %d", got.Code)
	}
	work.changes.Approved = []bureau.Approval{{Digest: bureau.String{V: "d"}, By: bureau.String{V: "李局长"}}}
	if page := answered(d, "/changes", nil).Body.String(); !strings.Contains(page, "李局长已经批准") || strings.Contains(page, "批准这些变化") {
		t.Errorf("it was approved:\n%s", page)
	}
	work.changes.Approved = nil
	work.changes.Problems.Warn(problem.Position{File: "data/stats/a.csv", Line: 2}, problem.FiguresTenfold, problem.Say("多打了一位吗？", "a digit too many?"), problem.Text{})
	work.changes.Problems.Answerable("data/stats/a.csv,2026年,案件,figures/tenfold,100")
	if page := answered(d, "/changes", nil).Body.String(); strings.Contains(page, "批准这些变化") || !strings.Contains(page, `name="row" value="data/stats/a.csv,2026年,案件,figures/tenfold,100"`) {
		t.Errorf("a figure is asked about:\n%s", page)
	}
}

// answerWork is asked about one figure.
type answerWork struct {
	Work
	problems problem.List
	answered [3]string
}

func (w *answerWork) Check(context.Context) (problem.List, error) { return w.problems, nil }
func (w *answerWork) Answer(_ context.Context, row, said, by string) error {
	w.answered = [3]string{row, said, by}
	return nil
}

// A question is answered as it stands, with a name; no other row gets into the list.
func TestAnswer(t *testing.T) {
	work := &answerWork{}
	work.problems.Warn(problem.Position{File: "data/stats/a.csv", Line: 2}, problem.FiguresTenfold, problem.Say("多打了一位吗？", "a digit too many?"), problem.Text{})
	work.problems.Answerable("data/stats/a.csv,2026年,案件,figures/tenfold,100")
	d := newDesk(t.Context(), Options{Work: work, Language: problem.Chinese})
	row := work.problems[0].Cure.Row
	for name, c := range map[string]struct {
		form url.Values
		want int
		to   string
	}{
		"by nobody":     {url.Values{"row": {row}, "said": {"对"}, "by": {" "}}, http.StatusUnprocessableEntity, ""},
		"nothing said":  {url.Values{"row": {row}, "said": {""}, "by": {"张三"}}, http.StatusUnprocessableEntity, ""},
		"another row":   {url.Values{"row": {"data/stats/b.csv,,,,"}, "said": {"对"}, "by": {"张三"}}, http.StatusUnprocessableEntity, ""},
		"no row":        {url.Values{"said": {"对"}, "by": {"张三"}}, http.StatusUnprocessableEntity, ""},
		"from the list": {url.Values{"row": {row}, "said": {"对"}, "by": {"张三"}}, http.StatusSeeOther, "/mend"},
		"the sheet":     {url.Values{"row": {row}, "said": {"对"}, "by": {"张三"}, "back": {"/changes"}}, http.StatusSeeOther, "/changes"},
		"elsewhere":     {url.Values{"row": {row}, "said": {"对"}, "by": {"张三"}, "back": {"https://example.org/"}}, http.StatusSeeOther, "/mend"},
	} {
		work.answered = [3]string{}
		got := answered(d, "/answer", c.form)
		if got.Code != c.want || got.Header().Get("Location") != c.to || (work.answered == [3]string{row, "对", "张三"}) != (c.to != "") {
			t.Errorf("%s: %d to %q, answered %q", name, got.Code, got.Header().Get("Location"), work.answered)
		}
	}
}
