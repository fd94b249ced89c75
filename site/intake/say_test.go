package intake

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// fields gives the columns of a statistic: name role unit risk.
func fieldsOf(r *Reading) string {
	var all []string
	for _, f := range r.Fields {
		s := f.Name + " " + string(f.Role)
		if f.Role == bureau.RoleMeasure {
			s += " " + f.Unit + " " + f.Risk
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

// recipeOf reads the recipe that a reading would leave behind.
func recipeOf(t *testing.T, r *Reading) bureau.Recipe {
	t.Helper()
	r.Name = "t"
	recipe, problems := load.Recipe("data/imports/t.yaml", r.Recipe())
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, r.Recipe())
	}
	return recipe
}

// nextMonth gives a file again as that of the month after.
func nextMonth(w *table.Workbook, from, to string) *table.Workbook {
	for _, s := range w.Sheets {
		for _, r := range s.Rows {
			for i := range r.Cells {
				r.Cells[i].Text = strings.ReplaceAll(r.Cells[i].Text, from, to)
			}
		}
	}
	return w
}

// What somebody says of a column changes that column alone, and the month after is read so
// without a question.
func TestSaid(t *testing.T) {
	for _, c := range []struct {
		file, from, to string
		said           map[string]Saying
		plain, want    string
	}{
		{"28-month-after/法制7月.xlsx", "7月", "8月",
			map[string]Saying{"受理（件）": {Name: "受理的案件"}, "事项": {Name: "业务"}},
			"期间 period; 事项 category; 受理（件） measure 件 event; 办结（件） measure 件 event",
			"期间 period; 业务 category; 受理的案件（件） measure 件 event; 办结（件） measure 件 event"},
		{"18-serial-column-and-unit-row/装备.xlsx", "2026年9月", "2026年10月",
			map[string]Saying{"里程（公里）": {Role: bureau.RoleNote}},
			"期间 period; 装备 category; 使用（次） measure 次 event; 里程（公里） measure 公里 none",
			"期间 period; 装备 category; 使用（次） measure 次 event"},
		{"01-title-and-filler/城关所警情9月.xlsx", "2026年9月1日至30日", "2026年10月1日至31日",
			map[string]Saying{"处警数": {Unit: "人次", Risk: "person"}},
			"期间 period; 分类 category; 接警数（起） measure 起 event; 处警数（起） measure 起 event",
			"期间 period; 分类 category; 接警数（起） measure 起 event; 处警数（人次） measure 人次 person"},
		{"24-ledger-with-dates/宣传活动.xlsx", "2026年9月", "2026年10月",
			map[string]Saying{"主题": {Role: bureau.RoleNote}, "序号": {Role: bureau.RoleCategory, Name: "场次"}},
			"期间 period; 承办单位 category; 主题 category; 参加（人次） measure 人次 person",
			"期间 period; 场次 category; 承办单位 category; 参加（人次） measure 人次 person"},
		{"02-two-row-header/刑侦8月.xlsx", "2026年8月", "2026年9月",
			map[string]Saying{"立案数 / 上年同期": {Role: bureau.RoleNote}, "破案数 / {期间}": {Name: "破获", Risk: "person"}},
			"期间 period; 案别 category; 立案数（起） measure 起 event; 立案数上年同期（起） measure 起 event; 立案数同比（%） measure % none; 破案数（起） measure 起 event; 破案数上年同期（起） measure 起 event; 破案数同比（%） measure % none",
			"期间 period; 案别 category; 立案数（起） measure 起 event; 立案数同比（%） measure % none; 破获（起） measure 起 person; 破案数上年同期（起） measure 起 event; 破案数同比（%） measure % none"},
		{"31-small-counts-of-persons/强制措施.xlsx", "2026年9月", "2026年10月",
			map[string]Saying{"监视居住（人）": {Name: "措施"}},
			"期间 period; 派出所 category; 取保候审（人） measure 人 person; 监视居住（人） measure 人 person; 刑事拘留（人） measure 人 person",
			"期间 period; 派出所 category; 取保候审（人） measure 人 person; 措施（人） measure 人 person; 刑事拘留（人） measure 人 person"},
	} {
		t.Run(c.file, func(t *testing.T) {
			_, plain := officeFile(t, c.file, Options{})
			if got := fieldsOf(plain.Readings[0]); got != c.plain {
				t.Fatalf("without a word it is read as\n%s\nwant\n%s", got, c.plain)
			}
			w, result := officeFile(t, c.file, Options{Said: c.said})
			r := result.Readings[0]
			if len(r.Questions) > 0 || len(result.Questions) > 0 {
				t.Fatalf("asked: %v %v", r.Questions, result.Questions)
			}
			if got := fieldsOf(r); got != c.want {
				t.Fatalf("read as\n%s\nwant\n%s", got, c.want)
			}
			same := 0 // columns of which nothing was said hold what they held
			for _, f := range r.Fields {
				before := plain.Readings[0].field(f.Name)
				if before < 0 || len(r.Rows) != len(plain.Readings[0].Rows) {
					continue
				}
				for n, row := range r.Rows {
					if got, was := row.Cells[r.field(f.Name)].Text, plain.Readings[0].Rows[n].Cells[before].Text; got != was {
						t.Errorf("%s of row %d: %s, was %s", f.Name, n, got, was)
					}
				}
				same++
			}
			if same == 0 {
				t.Error("no column is what it was")
			}
			recipe := recipeOf(t, r)
			for _, said := range []map[string]Saying{nil, c.said} { // who sends the form again says what is kept
				later := Read(nextMonth(w, c.from, c.to), Options{Recipes: []bureau.Recipe{recipe}, Said: said, AsOf: period.NewDate(2026, 12, 31)})
				again := later.Readings[0]
				if again.Known == nil || len(again.Questions) > 0 || len(later.Questions) > 0 {
					t.Fatalf("the month after: known %v, asked %v %v", again.Known != nil, again.Questions, later.Questions)
				}
				names := func(r *Reading) (all []string) {
					for _, f := range r.Fields {
						all = append(all, f.Name)
					}
					return all
				}
				if strings.Join(names(again), " ") != strings.Join(names(r), " ") {
					t.Errorf("the month after is read as %v, want %v", names(again), names(r))
				}
				if string(again.Recipe()) != string(r.Recipe()) {
					t.Errorf("the recipe became\n%s\nfrom\n%s", again.Recipe(), r.Recipe())
				}
			}
		})
	}
}

// What cannot be is refused at the header, and nothing of it is taken.
func TestSaidNonsense(t *testing.T) {
	const file = "2026年9月查处,,,,\n所,治安案件（起）,金额,联系人,情况\n甲,15,3,张三,好\n乙,20,4.5,李四,中\n"
	for _, c := range []struct {
		name, column string
		said         Saying
		at, want     string
	}{
		{"a role that is none", "所", Saying{Role: "figure"}, "A2", "which is none"},
		{"what nothing counts", "治安案件（起）", Saying{Risk: "cats"}, "B2", "which nothing counts"},
		{"a unit that is none", "金额", Saying{Unit: "好多"}, "C2", "not known"},
		{"another unit than the header's", "治安案件（起）", Saying{Unit: "人"}, "B2", "its header says"},
		{"left out and named", "金额", Saying{Role: "note", Name: "钱"}, "C2", "and yet given a name"},
		{"a category in a unit", "所", Saying{Role: "category", Unit: "件"}, "A2", "none of figures"},
		{"names that have a unit, without a role", "所", Saying{Unit: "件"}, "A2", "does not apply"},
		{"the period by another name", "所", Saying{Role: "period", Name: "时间段"}, "A2", "leave the name empty"},
		{"names as a period", "所", Saying{Role: "period"}, "A2", "not all of its cells are times"},
		{"words as figures", "情况", Saying{Role: "measure"}, "E2", "its cells hold none"},
		{"persons read", "联系人", Saying{Role: "category"}, "D2", "whatever is said"},
		{"a name with a unit", "金额", Saying{Name: "金额（元）"}, "C2", "holds a unit"},
		{"a name that is a period", "金额", Saying{Name: "期间"}, "C2", "cannot be the name"},
		{"a name of two lines", "金额", Saying{Name: "金\n额"}, "C2", "cannot be the name"},
		{"a unit of what is no unit", "所", Saying{Role: "unit"}, "A3", "data/units.csv has no"},
		{"a column that is not there", "别的", Saying{Name: "x"}, "", "the file has no column"},
		{"less protected than its unit says", "治安案件（起）", Saying{Risk: "none"}, "B2", "protected less"},
	} {
		result, _ := read(t, "报表.csv", file, Options{Said: map[string]Saying{c.column: c.said, "金额": with(c.column, "金额", c.said, Saying{Unit: "万元"})}})
		var asked []Question
		asked = append(asked, result.Questions...)
		for _, r := range result.Readings {
			asked = append(asked, r.Questions...)
		}
		found := false
		for _, q := range asked {
			if q.Rule == problem.ImportRecipe && q.At.Cell == c.at && strings.Contains(q.Message.EN+q.Hint.EN, c.want) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: asked %v", c.name, asked)
		}
	}
	all := map[string]Saying{"治安案件（起）": {Role: "note"}, "金额": {Role: "note"}}
	if _, got := read(t, "报表.csv", file, Options{Said: all}); !strings.Contains(got, "? A2 import/recipe") {
		t.Errorf("all figures are left out: %s", got)
	}
	if _, got := read(t, "报表.csv", file, Options{Said: map[string]Saying{"金额": {Unit: "万元"}}}); strings.Contains(got, "?") {
		t.Errorf("what was asked about was said: %s", got)
	}
	if _, got := read(t, "报表.csv", file, Options{}); !strings.Contains(got, "? C2 import/unit") {
		t.Errorf("nothing was said: %s", got)
	}
}

// with gives a saying of a column, or another one where it is of another.
func with(column, of string, said, other Saying) Saying {
	if column == of {
		return said
	}
	return other
}

// What was said is kept by the recipe: the month after asks nothing, and a column that is new
// by then may be said something of.
func TestSaidIsKept(t *testing.T) {
	const file = "2026年9月查处,,\n所,抓获人员,罚款金额\n甲,15,3\n乙,20,4.5\n"
	said := map[string]Saying{"罚款金额": {Unit: "万元", Name: "罚没款"}, "抓获人员": {Name: "办结案件"}}
	result, _ := read(t, "报表.csv", file, Options{Said: said})
	r := result.Readings[0]
	if got, want := fieldsOf(r), "期间 period; 所 category; 办结案件 measure  person; 罚没款（万元） measure 万元 none"; got != want {
		t.Fatalf("read as %s, want %s", got, want)
	}
	recipe := recipeOf(t, r)
	october := strings.ReplaceAll(file, "9月", "10月")
	o := Options{Recipes: []bureau.Recipe{recipe}, AsOf: period.NewDate(2026, 12, 31)}
	later, told := read(t, "报表.csv", october, o)
	if again := later.Readings[0]; again.Known == nil || strings.Contains(told, "?") || string(again.Recipe()) != string(r.Recipe()) {
		t.Errorf("the month after: %s\n%s", told, again.Recipe())
	}
	o.Said = map[string]Saying{"罚款金额": {Unit: "元"}}
	if _, told := read(t, "报表.csv", october, o); !strings.Contains(told, "? C2 import/recipe") {
		t.Errorf("another unit than the recipe keeps: %s", told)
	}
	wide := strings.NewReplacer("罚款金额", "罚款金额,追缴金额", ",3\n", ",3,7\n", ",4.5\n", ",4.5,8\n").Replace(october)
	o.Said, o.Answers.Gained = map[string]Saying{"追缴金额": {Unit: "元"}}, true
	later, told = read(t, "报表.csv", wide, o)
	if again := later.Readings[0]; strings.Contains(told, "?") || !strings.Contains(string(again.Recipe()), `{header: "追缴金额", unit: "元"}`) || !strings.Contains(string(again.Recipe()), `{header: "罚款金额", name: "罚没款", unit: "万元"}`) {
		t.Errorf("a column that is new: %s\n%s", told, again.Recipe())
	}
}
