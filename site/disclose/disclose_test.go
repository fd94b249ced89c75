package disclose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

func TestBureau(t *testing.T) {
	for _, c := range []struct {
		name, want string
		lines      []string
	}{
		{"no margin: small counts only", "12 [c] 0 [c] 5", []string{"类别:category,人数:person", "甲,12", "乙,4", "丙,0", "丁,1", "戊,5"}},
		{"events are not touched", "1 2 3", []string{"类别:category,人数:event", "甲,1", "乙,2", "合计,3"}},
		{"one margin: a lone hidden cell takes the cheapest with it", "40 [c] 0 [c] 57", []string{"类别:category,人数:person", "甲,40", "乙,4", "丙,0", "丁,13", "合计,57"}},
		{"two small ones whose sum is small take another", "[c] [c] [c] 57", []string{"类别:category,人数:person", "甲,53", "乙,2", "丙,2", "合计,57"}},
		{"periods in periods: August is a difference", "100 [c] 7", []string{"期间:period,人数:person", "2006年1-7月,100", "2006年1-8月,103", "2005年,7"}},
		{"a total of all in one category", "[c] [c] 0 25", []string{"类别:category,人数:person", "甲,0", "乙,25", "丙,0", "合计,25"}},
		{"a part whose remainder is small", "100 [c]", []string{"类别:category,人数:person", "甲,100", "其中：外省,98"}},
		{"what staff hid alone is guarded too", "40 [c] [c] 57", []string{"类别:category,人数:person", "甲,40", "乙,[c]", "丙,9", "合计,57"}},
		{"a total without row totals", "[c] 30 20 [c] 62", []string{"类别:category,性别:category,人数:person", "甲,男,4", "甲,女,30", "乙,男,20", "乙,女,8", "合计,合计,62"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := statistic(t, "x", c.lines...)
			problems := protected(t, s)
			for _, p := range problems {
				t.Error(p.Position, p.Message.EN)
			}
			if got := column(s, "人数"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestSharedMargins protects two statistics whose totals are the same figures.
func TestSharedMargins(t *testing.T) {
	sex := statistic(t, "by-sex", "期间:period,性别:category,人数:person", "2025年,男,30", "2025年,女,3", "2025年,合计,33", "2026年,男,40", "2026年,女,20", "2026年,合计,60")
	age := statistic(t, "by-age", "期间:period,年龄:category,人数:person", "2025年,少年,12", "2025年,成年,21", "2025年,合计,33", "2026年,少年,2", "2026年,成年,58", "2026年,合计,60")
	other := statistic(t, "other", "期间:period,地区:category,人数:person", "2025年,东,300", "2025年,西,3", "2025年,合计,303")
	for _, p := range protected(t, sex, age, other) {
		t.Error(p.Message.EN)
	}
	// Hiding the total in one table alone would hide nothing.
	for i, s := range []*bureau.Statistic{sex, age} {
		got := strings.Fields(column(s, "人数"))
		for year := range 2 {
			if got[3*year+2] == "[c]" {
				other := strings.Fields(column([]*bureau.Statistic{age, sex}[i], "人数"))
				if other[3*year+2] != "[c]" {
					t.Errorf("the total is hidden in one table only: %v, %v", got, other)
				}
			}
		}
	}
	if got := column(sex, "人数"); got != "[c] [c] 33 40 20 60" {
		t.Error(got)
	}
	if got := column(age, "人数"); got != "12 21 33 [c] [c] 60" {
		t.Error(got)
	}
	if got := column(other, "人数"); got != "[c] [c] 303" {
		t.Error(got)
	}
	// A total without its parts gives the parts of another table away.
	alone := statistic(t, "alone", "期间:period,人数:person", "2025年,33")
	small := statistic(t, "small", "期间:period,性别:category,人数:person", "2025年,男,29", "2025年,女,4", "2025年,合计,33")
	protected(t, alone, small)
	if a, b := column(alone, "人数"), column(small, "人数"); a != "33" || b != "[c] [c] 33" {
		t.Error(a, b)
	}
}

// units gives the bureau two sub-bureaus, each with two stations.
func withUnits(b *bureau.Bureau) *bureau.Bureau {
	for _, u := range []string{"b,市局,", "e,东分局,b", "w,西分局,b", "e1,东一所,e", "e2,东二所,e", "w1,西一所,w", "w2,西二所,w"} {
		parts := strings.Split(u, ",")
		b.Units = append(b.Units, bureau.Unit{ID: bureau.String{V: parts[0]}, Name: bureau.String{V: parts[1]}, Parent: bureau.String{V: parts[2]}})
	}
	return b
}

func TestUnits(t *testing.T) {
	// A station has the higher threshold; 8 is hidden there and not in a sub-bureau.
	s := statistic(t, "units", "单位:unit,人数:person", "市局,148", "东分局,98", "西分局,50", "东一所,90", "东二所,8", "西一所,26", "w2,24")
	Bureau(withUnits(bureauOf(s)))
	if got := column(s, "人数"); got != "148 98 50 [c] [c] 26 24" {
		t.Error(got)
	}
	if d := s.Disclosure; d.Threshold != 5 || d.Sensitive != 10 || d.Primary != 1 || d.Secondary != 1 {
		t.Errorf("%+v", d)
	}
	// A station that was renamed is the same one under its former name.
	s = statistic(t, "units", "单位:unit,人数:person", "市局,148", "东分局,98", "西分局,50", "东一所,90", "东老所,8", "西一所,26", "w2,24")
	b := withUnits(bureauOf(s))
	b.Units[4].Former.V = "东旧所、东老所"
	Bureau(b)
	if got := column(s, "人数"); got != "148 98 50 [c] [c] 26 24" {
		t.Error(got)
	}
	// What a sub-bureau counts beside its stations is a difference of two figures.
	s = statistic(t, "units", "单位:unit,人数:person", "市局,151", "东分局,101", "西分局,50", "东一所,60", "东二所,38", "西一所,26", "西二所,24")
	Bureau(withUnits(bureauOf(s)))
	if got := column(s, "人数"); strings.Count(got, "[c]") == 0 || !strings.HasPrefix(got, "151") {
		t.Error(got)
	}
	if s.Disclosure.Primary != 0 || s.Disclosure.Secondary == 0 {
		t.Errorf("%+v", s.Disclosure)
	}
}

// TestUnitLevels audits tables over three levels of units and a category.
func TestUnitLevels(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	parents := map[string]string{"东一所": "东分局", "东二所": "东分局", "西一所": "西分局", "西二所": "西分局", "东分局": "市局", "西分局": "市局"}
	names := []string{"市局", "东分局", "西分局", "东一所", "东二所", "西一所", "西二所"}
	for n := range 200 {
		categories := 2 + random.IntN(4)
		values := map[string][]int{}
		for _, u := range names {
			values[u] = make([]int, categories+1)
		}
		for _, u := range names[3:] {
			for c := range categories {
				v := random.IntN(60)
				for above := u; above != ""; above = parents[above] {
					values[above][c] += v
					values[above][categories] += v
				}
			}
		}
		lines := []string{"单位:unit,类别:category,人数:person"}
		var equations []equation
		at := func(u string, c int) int { return slices.Index(names, u)*(categories+1) + c }
		for _, u := range names {
			e := equation{at(u, categories)}
			for c := range categories + 1 {
				name := fmt.Sprint("类", c)
				if c == categories {
					name = "合计"
				} else {
					e = append(e, at(u, c))
				}
				lines = append(lines, fmt.Sprintf("%s,%s,%d", u, name, values[u][c]))
				down := equation{at(u, c)}
				for _, below := range names {
					if parents[below] == u {
						down = append(down, at(below, c))
					}
				}
				if len(down) > 1 {
					equations = append(equations, down)
				}
			}
			equations = append(equations, e)
		}
		s := statistic(t, "levels", lines...)
		for _, p := range Bureau(withUnits(bureauOf(s))) {
			t.Fatal(p.Position, p.Message.EN, lines)
		}
		_, hidden := counts(s)
		if got := exposedBy(equations, hidden); len(got) > 0 || s.Disclosure.Withheld {
			t.Errorf("table %d: %d exposed, %+v", n, len(got), s.Disclosure)
		}
	}
}

func TestMethods(t *testing.T) {
	lines := []string{"类别:category,人数:person,件数:event", "甲,12,1", "乙,3,2", "丙,2,3", "合计,17,6"}
	at := problem.Position{File: "data/stats/x.yaml", Line: 3, Column: 13}
	for _, c := range []struct{ method, want, rule string }{
		{"round", "10 5 0 15", ""},
		{"none", "12 3 2 17", "disclosure/none"},
		{"suppress", "[c] [c] [c] 17", ""},
		{"surpress", "12 3 2 17", "disclosure/method"},
	} {
		s := statistic(t, "x", lines...)
		s.Descriptor.Disclosure = bureau.String{V: c.method, At: at}
		problems := protected(t, s)
		if c.rule == "" && len(problems) > 0 || c.rule != "" && (len(problems) != 1 || problems[0].Rule.String() != c.rule || problems[0].Position != at) {
			t.Errorf("%s: %+v", c.method, problems)
		}
		if got := column(s, "人数"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.method, got, c.want)
		}
		if got := column(s, "件数"); got != "1 2 3 6" {
			t.Errorf("%s touched the events: %s", c.method, got)
		}
	}
}

// TestContradiction finds totals that are not the sum of their cells, at the
// total, and says nothing where they are.
func TestContradiction(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		cell  string
	}{
		"a row":                {[]string{"类别:category,人数:person", "甲,12", "乙,3", "合计,16"}, "B4"},
		"two margins":          {[]string{"街:category,类:category,人数:person", "东,甲,12", "东,乙,3", "东,合计,15", "西,甲,6", "西,乙,7", "西,合计,13", "合计,甲,18", "合计,乙,11", "合计,合计,28"}, "C9"},
		"less than its months": {[]string{"期间:period,人数:person", "2026年1-7月,110", "2026年1-8月,103"}, "B3"},
		"a sparse table":       {[]string{"街:category,类:category,人数:person", "东,甲,12", "东,合计,12", "西,乙,7", "西,合计,7", "合计,合计,19"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			problems := protected(t, statistic(t, "x", c.lines...))
			var cells []string
			for _, p := range problems {
				if p.Rule.String() != "disclosure/margin" || p.Severity != problem.Error {
					t.Errorf("%+v", p)
				}
				cells = append(cells, p.Cell)
			}
			if c.cell == "" && len(cells) > 0 || c.cell != "" && !slices.Contains(cells, c.cell) {
				t.Errorf("at %v, want %s", cells, c.cell)
			}
		})
	}
}

// TestWithheld holds a table that cannot be protected: every figure but the
// small one was published before.
func TestWithheld(t *testing.T) {
	before := statistic(t, "x", "类别:category,人数:person", "甲,60", "丙,17", "合计,80")
	s := statistic(t, "x", "类别:category,人数:person", "甲,60", "乙,3", "丙,17", "合计,80")
	b := bureauOf(s)
	b.Releases = []bureau.Release{released("2026-01", before)}
	problems := Bureau(b)
	if len(problems) != 1 || problems[0].Rule.String() != "disclosure/withheld" || problems[0].Position != s.Position(-1, 1) || problems[0].Severity != problem.Warning {
		t.Errorf("%+v", problems)
	}
	if got := column(s, "人数"); got != "[c] [c] [c] [c]" || !s.Disclosure.Withheld {
		t.Error(got)
	}
}

// What is withheld keeps its break in series, so that nothing is compared across it.
func TestBreakStays(t *testing.T) {
	s := statistic(t, "x", "类别:category,人数:person", "甲,60", "乙,3", "丙,17")
	broken := s.Cell(1, 1)
	broken.Status = bureau.Break | bureau.Provisional
	s.Set(1, 1, broken)
	protected(t, s)
	if got := s.Cell(1, 1).Status; got != bureau.Break|bureau.Confidential {
		t.Error(got)
	}
}

func TestColumns(t *testing.T) {
	s := statistic(t, "x", "期间:period,男:person,女:person,共计:person,未成年:person", "2024年,30,20,50,11", "2025年,40,3,43,2", "2026年,31,24,55,12")
	for _, p := range protected(t, s) {
		t.Error(p.Message.EN)
	}
	for field, want := range map[string]string{"男": "30 [c] 31", "女": "20 [c] 24", "共计": "50 43 55", "未成年": "11 [c] 12"} {
		if got := column(s, field); got != want {
			t.Errorf("%s: got %s, want %s", field, got, want)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		disclosure bureau.Disclosure
		zh, en     string
	}{
		{bureau.Disclosure{}, "", ""},
		{bureau.Disclosure{Method: None}, "", ""},
		{bureau.Disclosure{Method: Suppress, Threshold: 5, Primary: 3, Secondary: 2}, "1至4", "from 1 to 4"},
		{bureau.Disclosure{Method: Suppress, Threshold: 5, Sensitive: 10, Primary: 3}, "1至9", "from 1 to 9"},
		{bureau.Disclosure{Method: Suppress, Threshold: 5, Primary: 3, Withheld: true}, "全部不公布", "None of the counts"},
		{bureau.Disclosure{Method: Round, Rounded: 4}, "凑整", "rounded"},
	} {
		s := &bureau.Statistic{Disclosure: c.disclosure}
		if zh, en := Explain(s, chinese), Explain(s, english); !strings.Contains(zh, c.zh) || !strings.Contains(en, c.en) || (c.zh == "") != (zh == "") || (c.en == "") != (en == "") {
			t.Errorf("%+v: %s | %s", c.disclosure, zh, en)
		}
	}
}

// A figure beside a small count that is withheld with it is explained, and only there.
func TestExplainBeside(t *testing.T) {
	for lines, want := range map[string]bool{"年份:period,死亡:person,每万人死亡:none 2024年,3,0.25 2025年,12,1.5": true, "年份:period,死亡:person,破案:event 2024年,3,70 2025年,12,91": false} {
		s := statistic(t, "x", strings.Fields(lines)...)
		protected(t, s)
		if got := Explain(s, chinese); strings.Contains(got, "旁边的率、平均数、金额等") != want {
			t.Errorf("%s: %s", lines, got)
		}
	}
}

// TestExplainTellsNoKinds says the same of any two tables that show as many [c],
// whichever of the cells are small, and counts all that a reader sees.
func TestExplainTellsNoKinds(t *testing.T) {
	var said []string
	for _, lines := range [][]string{
		{"类别:category,人数:person", "甲,40", "乙,4", "丙,0", "丁,13", "合计,57"},
		{"类别:category,人数:person", "甲,40", "乙,4", "丙,0", "丁,3", "合计,47"},
		{"类别:category,人数:person", "甲,40", "乙,[c]", "丙,0", "丁,8", "合计,57"},
	} {
		s := statistic(t, "x", lines...)
		protected(t, s)
		if got := column(s, "人数"); strings.Count(got, "[c]") != 2 {
			t.Fatal(got)
		}
		said = append(said, Explain(s, chinese)+Explain(s, english))
	}
	if len(slices.Compact(said)) != 1 {
		t.Errorf("%q", said)
	}
	if want := "人数（或单位数）是1至4的不公布，以免认出具体的人。本表共有2格不公布，写作 [c]，原因有两种：有的数值小；有的数值不一定小，但公布了就能推算出那些小的数值。表中写0的，确实是0。"; !strings.HasPrefix(said[0], want) {
		t.Errorf("got %s\nwant %s", said[0], want)
	}
}

// TestColumnsTwice has one total of two sets of columns, by sex and by age, and
// a column of zeros.
func TestColumnsTwice(t *testing.T) {
	s := statistic(t, "x", "期间:period,合计:person,男:person,女:person,少年:person,成年:person,老年:person,空:person",
		"2024年,50,30,20,11,20,19,0", "2025年,43,40,3,20,13,10,0", "2026年,55,31,24,2,40,13,0")
	for _, p := range protected(t, s) {
		t.Error(p.Message.EN)
	}
	for field, want := range map[string]string{"合计": "50 43 55", "男": "30 [c] 31", "女": "20 [c] 24", "少年": "11 20 [c]", "成年": "20 13 40", "老年": "19 10 [c]"} {
		if got := column(s, field); got != want {
			t.Errorf("%s: got %s, want %s", field, got, want)
		}
	}
}

// TestRates hides the percentages that give a hidden count away, and no others.
func TestRates(t *testing.T) {
	s := statistic(t, "x", "期间:period,人数:person,户数:event,女:person,占比:measure,同比:measure,办结率:measure",
		"2024年,40,70,12,30,0,91.5", "2025年,43,80,3,7,-75,92.5")
	for _, name := range []string{"占比", "同比", "办结率"} {
		s.Fields[s.Field(name)].Type, s.Fields[s.Field(name)].Unit = "percent", "%"
	}
	for _, p := range protected(t, s) {
		t.Error(p.Message.EN)
	}
	for field, want := range map[string]string{"人数": "40 43", "女": "12 [c]", "占比": "30 [c]", "同比": "0 [c]", "办结率": "91.5 92.5"} {
		if got := column(s, field); got != want {
			t.Errorf("%s: got %s, want %s", field, got, want)
		}
	}
}

// TestBlankTotal leaves the figures alone whose total staff did not give.
func TestBlankTotal(t *testing.T) {
	s := statistic(t, "x", "类别:category,人数:person", "甲,12", "乙,30", "合计,[x]")
	protected(t, s)
	if got := column(s, "人数"); got != "12 30 [x]" {
		t.Error(got)
	}
	s = statistic(t, "x", "类别:category,人数:person", "甲,12", "乙,30", "丙,[x]", "合计,45")
	protected(t, s)
	if got := column(s, "人数"); got != "[c] 30 [x] 45" {
		t.Error(got)
	}
}

// TestCrossing withholds counts of periods that overlap, and says so.
func TestCrossing(t *testing.T) {
	s := statistic(t, "x", "期间:period,人数:person", "2026年1-8月,60", "2026年5-12月,70", "2026年1-4月,3")
	problems := protected(t, s)
	if len(problems) != 1 || !strings.Contains(problems[0].Message.ZH, "交叉") || column(s, "人数") != "[c] [c] [c]" {
		t.Errorf("%+v %s", problems, column(s, "人数"))
	}
}

// TestCheckedColumns has a sum of columns that stand apart, which a check names.
func TestCheckedColumns(t *testing.T) {
	s := statistic(t, "x", "期间:period,总人数（人）:person,男:person,少年:person,女:person", "2025年,43,40,11,3", "2026年,55,31,12,24")
	s.Descriptor.Checks = []bureau.Check{{Rule: bureau.String{V: `男 + 女 == $["总人数（人）"]`}}}
	protected(t, s)
	for field, want := range map[string]string{"总人数（人）": "43 55", "男": "[c] 31", "女": "[c] 24", "少年": "11 12"} {
		if got := column(s, field); got != want {
			t.Errorf("%s: got %s, want %s", field, got, want)
		}
	}
}

// TestUnitsInCircles has units that are above each other.
func TestUnitsInCircles(t *testing.T) {
	s := statistic(t, "units", "单位:unit,类别:category,人数:person", "甲,一,30", "甲,二,3", "甲,合计,33", "乙,一,3", "乙,二,40", "乙,合计,43", "丙,一,1", "丙,二,7", "丙,合计,8")
	b := bureauOf(s)
	for _, u := range [][2]string{{"甲", "乙"}, {"乙", "丙"}, {"丙", "甲"}} {
		b.Units = append(b.Units, bureau.Unit{Name: bureau.String{V: u[0]}, Parent: bureau.String{V: u[1]}})
	}
	Bureau(b)
	if got := column(s, "人数"); !strings.Contains(got, "[c]") || s.Disclosure.Primary == 0 {
		t.Error(got)
	}
}
