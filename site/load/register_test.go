package load

import (
	"context"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// toldOf gives "severity rule file:line:column (cell)" of every problem.
func toldOf(problems problem.List) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Severity.String()+" "+p.Rule.String()+" "+strings.TrimPrefix(p.Position.String(), "data/registers/"))
	}
	return strings.Join(all, "\n")
}

func TestRegister(t *testing.T) {
	d, problems := RegisterDescriptor("data/registers/a.yaml", []byte("标题: 承诺\n列:\n  - {名称: 期限, 角色: due, 必填: 是}\n  - {名称: 承诺, 角色: title, 标题: 承诺了什么}\n  - {名称: 又称, 角色: aliases}\n  - 编号\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r, problems := Register("data/registers/承诺 A.csv", []byte("编号,承诺,期限,又称\n一,按时公开,2026-09-30,\n二,\"多行\n的\",,x；y\n"), d, true)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []bureau.Column{
		{Name: "编号", Title: "编号", Type: bureau.TextColumn},
		{Name: "承诺", Title: "承诺了什么", Role: bureau.ColumnTitle, Type: bureau.TextColumn},
		{Name: "期限", Title: "期限", Role: bureau.ColumnDue, Type: bureau.DateColumn, Required: true},
		{Name: "又称", Title: "又称", Role: bureau.ColumnAliases, Type: bureau.ListColumn},
	}
	for i, c := range r.Columns {
		if c.At.Line != 1 || c.At.Column == 0 {
			t.Errorf("column %d stands at %s", i, c.At)
		}
		if c.At = (problem.Position{}); c != want[i] {
			t.Errorf("column %d is %+v, want %+v", i, c, want[i])
		}
	}
	if r.Name != "承诺-a" || r.Title() != "承诺" || r.Rows() != 2 {
		t.Errorf("%q, %q, %d rows", r.Name, r.Title(), r.Rows())
	}
	if cell := r.Row(1)[3]; cell.V != "x；y" || cell.At.Line != 4 || cell.At.Cell != "D3" {
		t.Errorf("cell %+v", cell)
	}
}

func TestRegisterWithoutDescriptor(t *testing.T) {
	r, problems := Register("data/registers/a.csv", []byte("事项,说明\n甲,乙\n"), bureau.RegisterDescriptor{}, false)
	if got := toldOf(problems); got != "" {
		t.Error(got)
	}
	if r.ColumnOf(bureau.ColumnTitle) != 0 || r.Row(0)[1].V != "乙" {
		t.Errorf("%+v", r)
	}
}

func TestRegisterRefuses(t *testing.T) {
	const table = "编号,承诺,期限\n一,按时公开,2026-09-30\n"
	for _, c := range []struct{ name, descriptor, want string }{
		{"a role that is not known", "columns: [{name: 期限, role: deadline}, {name: 编号}, {name: 承诺}]", "error registers/role a.yaml:1:28"},
		{"a type that is not known", "columns: [{name: 期限, type: day}, {name: 编号}, {name: 承诺}]", "error registers/type a.yaml:1:28"},
		{"a role twice", "columns: [{name: 期限, role: due}, {name: 编号, role: due}, {name: 承诺}]", "error registers/role a.yaml:1:51"},
		{"a column twice", "columns: [{name: 期限}, {name: 期限}, {name: 编号}, {name: 承诺}]", "error registers/column a.yaml:1:30"},
		{"a column that is not there", "columns: [{name: 日期}, {name: 期限}, {name: 编号}, {name: 承诺}]", "error registers/column a.yaml:1:18"},
		{"a column that is not described", "columns: [编号, 期限]", "warning registers/column a.csv:1:4 (B1)"},
		{"a key that is not known", "colums: [编号, 承诺, 期限]", "error yaml/key a.yaml:1:1"},
	} {
		d, problems := RegisterDescriptor("data/registers/a.yaml", []byte(c.descriptor+"\n"))
		_, more := Register("data/registers/a.csv", []byte(table), d, true)
		problems = append(problems, more...)
		if got := toldOf(problems); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		for _, p := range problems {
			for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
				if text == "" || strings.Contains(text, "%!") {
					t.Errorf("%s: bad text in %+v", c.name, p)
				}
			}
		}
	}
}

// A file without a table, and one that holds personal data, are told of.
func TestRegisterFolder(t *testing.T) {
	b, problems := Bureau(context.Background(), mapFS(map[string]string{
		"data/site.yaml":            siteYAML,
		"data/registers/empty.csv":  "",
		"data/registers/empty.yaml": "title: 空\n",
		"data/registers/b.csv":      "事项,经办电话\n甲,13800138000\n",
		"data/registers/b.yaml":     "title: 乙\norder: 2\ncolumns: [事项, 经办电话]\n",
		"data/registers/c.csv":      "事项\n甲\n",
		"data/registers/c.yaml":     "title: 丙\norder: 1\ncolumns: [事项]\n",
	}), 2, privacy.Input)
	if len(b.Registers) != 2 || b.Registers[0].Name != "c" {
		t.Errorf("registers %v", b.Registers)
	}
	if !found(problems, "data/registers/empty.csv", "csv/empty") {
		t.Error(problems)
	}
	if len(b.Findings) != 1 || b.Findings[0].Rule.String() != "privacy/mobile" || b.Findings[0].At.Cell != "B2" {
		t.Errorf("findings %+v", b.Findings)
	}
}
