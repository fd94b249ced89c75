package figures

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
