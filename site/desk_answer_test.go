package site_test

import (
	"os"
	"path/filepath"
	"testing"

	"sunshine/site/desk"
)

// An unusual figure keeps the sheet from being approved until somebody answers for it by name;
// the answer is a row as staff would have written it, and holds as long as the figure does.
func TestDeskAnswer(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		putFile(t, filepath.Join(dir, "data", name), text)
	}
	const answered = "file,key,field,rule,value,answer,by,date\ndata/stats/old.csv,2020年,案件,figures/same,5,对,王,2026-01-01\n"
	write("site.yaml", "title: 阳光警务\norganization: 清河县公安局\napproval: required\n")
	write("stats/calls.csv", "月份,接警（起）\n2026年1月,143\n2026年2月,146\n2026年3月,1460\n2026年4月,150\n")
	write("answers.csv", answered)
	work := workOn(dir)
	asked := func() (c desk.Changes, rows []string) {
		t.Helper()
		c, err := work.Changes(t.Context())
		if err != nil || c.Sheet == nil {
			t.Fatal(err, c.Problems)
		}
		for _, p := range c.Problems {
			rows = append(rows, p.Cure.Row)
		}
		return c, rows
	}
	c, rows := asked()
	if len(rows) != 1 || rows[0] != "data/stats/calls.csv,2026年3月,接警（起）,figures/tenfold,1460" {
		t.Fatalf("asked is %q", rows)
	}
	if done, err := work.Approve(t.Context(), c.Digest, "李局长"); done || err != nil {
		t.Errorf("approved while a figure is asked about: %v", err)
	}
	if err := work.Answer(t.Context(), rows[0], "核对过，“属实”, 当日有集会", "张三"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "data/answers.csv"))
	if want := answered + "data/stats/calls.csv,2026年3月,接警（起）,figures/tenfold,1460,\"核对过，“属实”, 当日有集会\",张三," + asOf.String() + "\n"; err != nil || string(data) != want {
		t.Errorf("%v\n%s\nis not\n%s", err, data, want)
	}
	if c, rows = asked(); len(rows) > 0 {
		t.Errorf("asked is still %q", rows)
	}
	if done, err := work.Approve(t.Context(), "another", "李局长"); done || err != nil {
		t.Errorf("another sheet is approved: %v", err)
	}
	if done, err := work.Approve(t.Context(), c.Digest, "李局长"); !done || err != nil {
		t.Errorf("not approved: %v", err)
	}
	write("stats/calls.csv", "月份,接警（起）\n2026年1月,143\n2026年2月,146\n2026年3月,1540\n2026年4月,150\n")
	if _, rows = asked(); len(rows) != 1 {
		t.Errorf("another figure is not asked about: %q", rows)
	}
}
