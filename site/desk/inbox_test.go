package desk

import (
	"net/http"
	"strings"
	"testing"

	"sunshine/site/intake"
	"sunshine/site/problem"
)

// arrivals are files of the inbox: one that is ready, one that is asked about, one that is
// read for the first time, one that was taken before.
func arrivals() []Arrived {
	table := func(title string, change intake.Change) Table {
		return Table{Reading: &intake.Reading{Title: title}, Change: change}
	}
	asked := table("乙", intake.Change{Added: 3})
	asked.Questions = []intake.Question{{Rule: problem.ImportChanged}}
	first := table("丙", intake.Change{Added: 3})
	first.New = true
	return []Arrived{
		{File: "inbox/a.csv", Read: Read{Tables: []Table{table("甲", intake.Change{Added: 3})}}},
		{File: "inbox/b.csv", Read: Read{Tables: []Table{asked}}},
		{File: "inbox/c.csv", Read: Read{Tables: []Table{first}}},
		{File: "inbox/d.csv", Read: Read{Tables: []Table{table("丁", intake.Change{})}}},
	}
}

// All that is ready is taken at once, and nothing that is asked about or was never read.
func TestTakeReady(t *testing.T) {
	d, work := readingDesk(t, "2026年9月接警情况,\n所,接警（起）\n城关,15\n西河,20\n", problem.Chinese)
	work.arrived = arrivals()
	page := answered(d, "/inbox", nil).Body.String()
	for _, want := range []string{"没有问题的1份，一起读入", "有1个问题要答", "第一次读", "已经读入过"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s:\n%s", want, page)
		}
	}
	if w := answered(d, "/inbox/ready", map[string][]string{}); w.Code != http.StatusSeeOther || work.imported != 1 {
		t.Errorf("%d, imported %d", w.Code, work.imported)
	}
	work.arrived = work.arrived[1:]
	if page := answered(d, "/inbox", nil).Body.String(); strings.Contains(page, "一起读入") || !strings.Contains(page, `role="status"`) {
		t.Errorf("there is one that is ready still:\n%s", page)
	}
	if page := answered(d, "/inbox", nil).Body.String(); strings.Contains(page, `role="status"`) {
		t.Errorf("what was done is told twice:\n%s", page)
	}
}

// After a file comes the next that waits, the one that was first again after the last.
func TestNext(t *testing.T) {
	d, work := readingDesk(t, smallFile, problem.Chinese)
	work.arrived = arrivals()
	for after, want := range map[string]string{"inbox/a.csv": "/reading?file=inbox%2Fb.csv", "inbox/c.csv": "/reading?file=inbox%2Fa.csv", "inbox/none.csv": "/reading?file=inbox%2Fa.csv"} {
		if got := d.next(t.Context(), after); got != want {
			t.Errorf("after %s comes %s", after, got)
		}
	}
	work.arrived = work.arrived[3:]
	if got := d.next(t.Context(), "inbox/d.csv"); got != "/inbox" {
		t.Error(got)
	}
}
