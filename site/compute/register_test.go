package compute

import (
	"slices"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// register makes a register of columns, given as name and role, and rows.
func register(columns []bureau.Column, rows ...[]string) *bureau.Register {
	r := &bureau.Register{Name: "r", Columns: columns}
	r.Descriptor.DoneStates = []bureau.String{{V: "已完成"}}
	for _, row := range rows {
		for _, cell := range row {
			r.Cells = append(r.Cells, bureau.String{V: cell})
		}
	}
	return r
}

func TestProgress(t *testing.T) {
	columns := []bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnDue}, {Role: bureau.ColumnState}, {Role: bureau.ColumnDone}}
	asOf := period.NewDate(2026, 10, 31)
	for _, c := range []struct {
		name             string
		due, state, done string
		finished         bool
		late             int
	}{
		{"overdue", "2026-10-01", "进行中", "", false, 30},
		{"due today", "2026-10-31", "进行中", "", false, 0},
		{"due tomorrow", "2026年11月1日", "进行中", "", false, 0},
		{"done in time", "2026-10-01", "已完成", "2026-10-01", true, 0},
		{"done late", "2026-10-01", "已完成", "2026-10-03", true, 2},
		{"done, nobody knows when", "2026-10-01", "已完成", "", true, 0},
		{"done by its day alone", "2026-10-01", "", "2026-10-02", true, 1},
		{"no day", "", "进行中", "", false, 0},
	} {
		p := ProgressOf(register(columns, []string{"x", c.due, c.state, c.done}), 0, asOf)
		if p.Finished != c.finished || p.Late != c.late {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

func TestDay(t *testing.T) {
	want := period.NewDate(2026, 1, 5)
	for text, ok := range map[string]bool{"2026-01-05": true, "2026年1月5日": true, "2026": false, "2026年1月": false, "截至2026年1月5日": false, "2026-02-30": false, "明天": false} {
		if d, got := Day(text); got != ok || ok && d != want {
			t.Errorf("%q: %v %v", text, d, got)
		}
	}
}

func TestRegisterAnchors(t *testing.T) {
	columns := []bureau.Column{{Role: bureau.ColumnTitle}}
	got := RegisterAnchors(register(columns, []string{"破案率"}, []string{"破 案 率！"}, []string{"破案率"}, []string{"——"}))
	if want := []string{"r-破案率", "r-破-案-率", "r-破案率_2", "r-4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	columns = append(columns, bureau.Column{Role: bureau.ColumnID})
	if got := RegisterAnchors(register(columns, []string{"破案率", "P01"})); got[0] != "r-p01" {
		t.Errorf("%q", got)
	}
}

func TestTerms(t *testing.T) {
	columns := []bureau.Column{{Role: bureau.ColumnTerm}, {Role: bureau.ColumnAliases}}
	b := &bureau.Bureau{}
	if Terms(b) != nil {
		t.Error("terms without a glossary")
	}
	b.Registers = []*bureau.Register{register([]bureau.Column{{Role: bureau.ColumnTitle}}, []string{"x"}), register(columns, []string{"破案", "侦破； 破获\n"})}
	got := Terms(b)
	if len(got) != 1 || got[0].Path != "registers/r/index.html#r-破案" || !slices.Equal(got[0].Words, []string{"破案", "侦破", "破获"}) {
		t.Errorf("%+v", got)
	}
}

func TestLookupFigure(t *testing.T) {
	b := demonstration(t)
	noted := table(t, "noted", "irregular", "机制:category,数值:measure,备注:note,时点:period", "甲,3,待核对：另一处是4,截至2023年3月17日")
	b.Statistics = append(b.Statistics, noted)
	for _, c := range []struct {
		reference string
		want      Figure
	}{
		{"cases-solved/2005年/打击处理（人）", Figure{"打击处理", "974人", "2005年", "", "stats/cases-solved/index.html#r-2005"}},
		{"three-ledgers/意见建议/办结率", Figure{"意见建议 · 办结率", "83.68%", "2023年1月9日—3月17日", "", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议"}},
		{"mechanisms/警社共治/化解矛盾纠纷/数值", Figure{"警社共治 · 化解矛盾纠纷", "692起", "截至2023年3月17日", "", "stats/mechanisms/index.html#r-as-of-2023-03-17-警社共治-化解矛盾纠纷"}},
		{"noted/甲/数值", Figure{"甲", "3", "截至2023年3月17日", "待核对：另一处是4", "stats/noted/index.html#r-as-of-2023-03-17-甲"}},
	} {
		got, fault := LookupFigure(b, c.reference, "zh")
		if fault != nil || got != c.want {
			t.Errorf("%s: %+v %+v", c.reference, got, fault)
		}
	}
	if _, fault := LookupFigure(b, "cases-solved/1999年/打击处理（人）", "zh"); fault == nil {
		t.Error("a figure that is not there was found")
	}
}
