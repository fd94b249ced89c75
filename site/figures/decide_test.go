package figures

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

func decided(t *testing.T, frequency string, lines ...string) *bureau.Statistic {
	t.Helper()
	s := bureautest.Table(t, "x", frequency, lines...)
	Decide(bureautest.Bureau(s))
	return s
}

func TestSpans(t *testing.T) {
	t.Run("figures/unlike-lengths-drawn-alike", func(t *testing.T) {
		s := decided(t, "quarterly", "期间:period,立案（件）:measure:件", "2025年,1200", "2025年第一季度,300", "2025年第二季度,320", "2026-01,90", "2026-02,80", "2026年第一季度,260")
		var got []period.Span
		for _, r := range s.Rows {
			got = append(got, r.Span)
		}
		if want := []period.Span{period.Longer, period.Whole, period.Whole, period.Partial, period.Partial, period.Whole}; !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		all, at := History(s, 5, 1)
		if at != len(all)-1 {
			t.Errorf("the quarter is at %d of %d: it came in after its months", at, len(all))
		}
		if c := ChangeTo(all, at); c.Basis != LikePeriods || c.Base.Value != 300 {
			t.Errorf("%+v", c)
		}
		all, at = History(s, 0, 1)
		if c := ChangeTo(all, at); c.Basis != NoBasis {
			t.Errorf("a year among quarters is compared with %v", c.Base.Period.Text)
		}
	})
}

func TestGaps(t *testing.T) {
	for _, c := range []struct {
		name, frequency string
		periods         []string
		want            string
	}{
		{"figures/missing-month", "monthly", []string{"2025年5月", "2025年7月"}, "2025年6月"},
		{"in any order, each time once", "monthly", []string{"2025年7月", "2025年5月", "2025年7月", "2025年10月"}, "2025年6月 2025年8—9月"},
		{"covered by a longer period", "monthly", []string{"2024年12月", "2025年1-2月", "2025年3月"}, ""},
		{"a longer period beside its months covers none of them", "monthly", []string{"2025年1月", "2025年3月", "2025年4月", "2025年1-4月"}, "2025年2月"},
		{"covered by a partial one", "yearly", []string{"2004年", "2006年1-8月", "2007年"}, "2005年"},
		{"quarters", "quarterly", []string{"2024年第四季度", "2025年第二季度"}, "2025年第一季度"},
		{"weeks", "weekly", []string{"2026-W05", "2026-W07"}, "2026年2月2日—8日"},
		{"a weekend", "daily", []string{"2026-10-09", "2026-10-12"}, ""},
		{"a long weekend", "daily", []string{"2026-10-09", "2026-10-13"}, "2026年10月10日—12日"},
		{"stocks", "monthly", []string{"截至2025年5月", "截至2025年7月"}, ""},
		{"none is due", "irregular", []string{"2003年", "2006年"}, ""},
		{"financial years", "yearly", []string{"2014/15", "2016/17"}, "2015年4月—2016年3月"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := []string{"期间:period,件数"}
			for _, p := range c.periods {
				lines = append(lines, p+",1")
			}
			var got []string
			for _, gap := range decided(t, c.frequency, lines...).Gaps {
				got = append(got, locale.Builtin(problem.Chinese).Label(gap))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestCodes(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string // the keys
	}{
		{"figures/serial-number-as-axis", []string{"序号:category,单位名:category,件数", "1,甲所,5", "2,乙所,7"}, "单位名"},
		{"numbers under another name", []string{"次:category,单位名:category,件数", "1,甲所,5", "2,乙所,7"}, "单位名"},
		{"codes of what another column names", []string{"类别代码:category,类别:category,期间:period,件数", "A,甲,2024年,5", "A,甲,2025年,6", "B,乙,2025年,7"}, "类别 期间"},
		{"codes that tell rows apart", []string{"案件编号:category,类别:category,件数", "A,甲,5", "B,甲,7"}, "案件编号 类别"},
		{"the only key", []string{"区划:category,件数", "110101,5", "110102,7"}, "区划"},
		{"a remark in a table with a total", []string{"类别:category,说明:category,件数", "甲,一,5", "乙,二,7", "合计,三,12"}, "类别"},
		{"two columns of names", []string{"类别:category,性别:category,件数", "甲,男,5", "乙,女,7"}, "类别 性别"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := decided(t, "irregular", c.lines...)
			var got []string
			for _, k := range s.Keys() {
				got = append(got, s.Fields[k].Name)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestIdentities(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"a total and a part", []string{"类别:category,件数", "甲,5", "乙,7", "其中：丙,1", "合计,12"}, "rows [1]=[2] of-which; rows [3]=[0 1] name"},
		{"subtotals and their total", []string{"类别:category,件数", "甲,5", "乙,7", "一小计,12", "丙,1", "丁,2", "二小计,3", "总计,15"}, "rows [2]=[0 1] name; rows [5]=[3 4] name; rows [6]=[0 1 3 4] name"},
		{"columns, 其中 between them", []string{"期间:period,男:measure:人,其中：未成年:measure:人,女:measure:人,合计:measure:人", "2024年,4,1,2,6"}, "fields [1]=[2] of-which; fields [4]=[1 3] name"},
		{"columns of persons, equal by chance too", []string{"期间:period,男:measure:人,其中：未成年:measure:人,女:measure:人,合计:measure:人", "2024年,1,1,2,3"}, "fields [1]=[2] of-which; fields [3]=[1 2] arithmetic; fields [4]=[2 3] arithmetic; fields [4]=[1 3] name"},
		{"carried over", []string{"期间:period,上年结转,新收,办结,结转下年", "2024年,3,10,9,4"}, "fields [2 1]=[3 4] carried"},
		{"medians are no counts", []string{"类别:category,中位数", "甲,5", "乙,7", "合计,6"}, "rows [2]=[0 1] name"},
		{"what all the others make", []string{"期间:period,类别:category,件数", "2023年,甲,20", "2023年,乙,30", "2023年,丙,50", "2024年,甲,21", "2024年,乙,31", "2024年,丙,52", "2025年,甲,22", "2025年,乙,32", "2025年,丙,54"},
			"rows [2]=[0 1] arithmetic; rows [5]=[3 4] arithmetic; rows [8]=[6 7] arithmetic"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := decided(t, "irregular", c.lines...)
			var got []string
			for _, id := range s.Identities {
				of := "fields"
				if id.Rows {
					of = "rows"
				}
				why := [...]string{bureau.ByName: "name", bureau.ByArithmetic: "arithmetic", bureau.ByCheck: "check", bureau.OfWhich: "of-which", bureau.Carried: "carried"}[id.Why]
				got = append(got, fmt.Sprintf("%s %v=%v %s", of, id.Left, id.Right, why))
				if text := id.Why.Text(); text.ZH == "" || text.EN == "" {
					t.Errorf("%v has no reason", id)
				}
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}

func TestDerivedTooLarge(t *testing.T) {
	t.Run("publishing/check-passes-build-dies", func(t *testing.T) {
		for _, value := range []string{"甲 * 甲 * 甲 * 甲 * 甲 * 甲 * 甲", "甲 * 甲", strings.Repeat("甲 * ", 30) + "甲"} {
			s := bureautest.Table(t, "x", "yearly", "期间:period,甲", "2022年,1", "2023年,900000000000000", "2024年,910000000000000")
			s.Descriptor.Derive = []bureau.Derive{{Name: bureautest.Text("指数"), Value: bureautest.Text(value)}}
			problems := Derive(s)
			if len(problems) != 1 || problems[0].Rule.String() != "derive/range" || problems[0].Line != 9 || !strings.Contains(problems[0].Message.ZH, "2行") || !strings.Contains(problems[0].Message.ZH, "第3行（B3）") {
				t.Errorf("%v", problems)
			}
			if c := s.Cell(1, 2); c.Has() || c.Status != bureau.NotAvailable {
				t.Errorf("%+v", c)
			}
		}
	})
}

// What package figures decides, nobody else sets; and nobody else knows a total
// by its name.
func TestDecidedOnce(t *testing.T) {
	own := []string{"Frequency", "Span", "Gaps", "Shown", "Identities", "Additive", "Cumulative"}
	names := []string{"合计", "总计", "小计", "共计", "其中", "总数", "全部", "全市", "全局", "两性", "total", "subtotal", "overall"}
	exempt := map[string]bool{
		"bureau/total.go":            true, // the names
		"bureau/bureautest/table.go": true, // statistics for tests
		"check/report.go":            true, // 总计, a row of the prescribed annual report
	}
	other := map[string]string{ // fields of the same name, of other things
		"opendata/package.go": "Frequency", "render/freshness.go": "Frequency",
	}
	fset := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(filepath.ToSlash(path), "../")
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || exempt[name] {
			return err
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		figures := strings.HasPrefix(name, "figures/")
		set := func(at token.Pos, left ast.Expr) {
			s, ok := left.(*ast.SelectorExpr)
			if !ok || figures {
				return
			}
			of := s.X // s.Rows[i].Kind, f.Fields[i].Whole
			if index, ok := of.(*ast.IndexExpr); ok {
				of = index.X
			}
			element, _ := of.(*ast.SelectorExpr)
			decided := element != nil && (element.Sel.Name == "Rows" || element.Sel.Name == "Fields") && (s.Sel.Name == "Kind" || s.Sel.Name == "Whole")
			if decided || slices.Contains(own, s.Sel.Name) && other[name] != s.Sel.Name {
				t.Errorf("%s sets %s, which package figures decides", fset.Position(at), s.Sel.Name)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					set(n.Pos(), left)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && !figures && (f.Sel.Name == "Span" && len(n.Args) == 1) {
					t.Errorf("%s asks a period for its span; read Row.Span", fset.Position(n.Pos()))
				}
			case *ast.BasicLit:
				if n.Kind != token.STRING {
					return true
				}
				if text, err := strconv.Unquote(n.Value); err == nil && slices.Contains(names, strings.ToLower(strings.TrimRight(text, "：: "))) && text != "total" {
					t.Errorf("%s knows %q by its name; ask bureau.KindOf", fset.Position(n.Pos()), text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
