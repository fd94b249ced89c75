package figures

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

var measuredOn = period.NewDate(2026, 10, 31)

// measuredBureau has five matters of two ledgers, received on 1 June: two that are
// whole, one that lacks a step, one answered late, one open whose answer is overdue;
// guides of two areas, one of them transferred; and a register.
func measuredBureau() *bureau.Bureau {
	b := &bureau.Bureau{}
	b.Site.Language.V = "zh"
	b.Site.Organization.V = "示范市公安局"
	b.Site.Suggestions.Ledgers = []bureau.String{{V: "意见建议"}}
	b.Site.Suggestions.Complete.V = true
	b.Site.Suggestions.Days = bureau.MatterDays{Discuss: bureau.Int{V: 7}, Plan: bureau.Int{V: 15}, Supervise: bureau.Int{V: 30}, Answer: bureau.Int{V: 60}, Publish: bureau.Int{V: 70}}
	for i, m := range []*bureau.Matter{
		matterOf(bureau.CompletedMatter, 1, 2, 3, 40, 50), matterOf(bureau.CompletedMatter, 1, 2, 3, 41, 50), matterOf(bureau.CompletedMatter, 1, -1, 3, 60, 61),
		matterOf(bureau.CompletedMatter, 1, 2, 3, 61, 62), matterOf(bureau.OpenMatter, 1, 2, 3),
	} {
		m.Ledger.V = []string{"意见建议", "意见建议", "意见建议", "投诉举报", "投诉举报"}[i]
		b.Matters = append(b.Matters, *m)
	}
	text := func(v string) bureau.String { return bureau.String{V: v} }
	whole := &bureau.Guide{
		Language: "zh", Area: text("hukou"), Status: text("in-force"), Title: text("甲"), LegalBasis: make([]bureau.LegalBasis, 1), Conditions: make([]bureau.String, 1),
		Materials: make([]bureau.Material, 1), Places: []bureau.Place{{Name: text("乙"), Hours: text("丙"), Phone: text("110")}}, Steps: make([]bureau.Step, 1),
		TimeLimit: bureau.TimeLimit{Note: text("当场")}, Fee: bureau.Fee{Note: text("不收费")}, Result: text("丁"), Complaint: bureau.Complaint{Phone: text("110")}, Audience: make([]bureau.String, 1),
		Visits: bureau.Visits{Count: bureau.Int{At: problem.Position{Line: 1}}},
	}
	part := *whole
	part.Result = text("")
	moved := *whole
	moved.Area, moved.Status = text("fire"), text("transferred")
	b.Guides = []*bureau.Guide{whole, &part, &moved}
	list := register([]bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnDue}, {Role: bureau.ColumnState}},
		[]string{"一", "2026-01-01", "已完成"}, []string{"二", "2026-01-01", "进行中"}, []string{"三", "2026-12-01", "进行中"})
	b.Registers = []*bureau.Register{list}
	return b
}

func TestMeasures(t *testing.T) {
	b := measuredBureau()
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	for reference, want := range map[string]string{
		"@suggestions/received":                 "5",
		"@suggestions/合计/received":              "5",
		"@suggestions/投诉举报/收到件数":                "2",
		"@suggestions/completed":                "4",
		"@suggestions/open":                     "1",
		"@suggestions/overdue":                  "1",
		"@suggestions/complete":                 "3",
		"@suggestions/complete-share":           "75",
		"@suggestions/意见建议/五步齐全率":               "200/3",
		"@suggestions/投诉举报/五步齐全率":               "100",
		"@suggestions/completed-share":          "80",
		"@suggestions/due-answers":              "5",
		"@suggestions/in-time-share":            "60",
		"@suggestions/average-days":             "101/2", // 40 41 60 61
		"@suggestions/2026年6月/complete-share":   "75",
		"@suggestions/2026-07/received":         "0",
		"＠suggestions/ 2026年6月 / 投诉举报/received": "2",
		"@guides/guides":                        "2",
		"@guides/coverage":                      "50",
		"@guides/hukou/coverage":                "50",
		"@guides/complete-areas":                "0",
		"@guides/transferred-areas":             "1",
		"@guides/told-areas":                    "1",
		"@registers/r/rows":                     "3",
		"@registers/r/done-share":               "100/3",
		"registers/r/逾期条数":                      "1",
	} {
		s, row, field, fault := Find(b, reference)
		if fault != nil {
			t.Errorf("%s: %s", reference, fault.Message.EN)
			continue
		}
		if got := Fraction(s, row, field).RatString(); got != want {
			t.Errorf("%s is %s, want %s", reference, got, want)
		}
		if s.Fields[field].IsPersonal() || s.Fields[field].Unit == "" {
			t.Errorf("%s: %+v", reference, s.Fields[field])
		}
	}
	if s, row, field, _ := Find(b, "@suggestions/2026年7月/complete-share"); s.Cell(row, field).Status != bureau.NotApplicable {
		t.Error("a share of nothing is a number")
	}
	for reference, want := range map[string]string{
		"@suggestion/received":           "@suggestions",
		"@suggestions/complete-shares":   "没有名为“complete-shares”的数值字段",
		"@suggestions/2026年5月/received":  "没有“2026年5月”这一行",
		"@suggestions/2026年11月/received": "没有“2026年11月”这一行",
		"@registers/x/rows":              "没有名为“@registers/x”的统计",
	} {
		if _, _, _, fault := Find(b, reference); fault == nil || !strings.Contains(fault.Message.ZH+fault.Hint.ZH, want) {
			t.Errorf("%s: %v", reference, fault)
		}
	}
}

// TestMeasuresCountNoPersons holds that a register that names persons has none.
func TestMeasuresCountNoPersons(t *testing.T) {
	for _, role := range []bureau.ColumnRole{bureau.ColumnPerson, bureau.ColumnConsent} {
		b := measuredBureau()
		b.Registers[0].Columns[2].Role = role
		Measure(b, measuredOn, locale.Builtin(problem.Chinese))
		if _, _, _, fault := Find(b, "@registers/r/rows"); fault == nil || !strings.Contains(fault.Message.ZH, "写的是个人") {
			t.Errorf("%s: %v", role, fault)
		}
	}
}

// TestMeasuresOfTheLastMonths holds that a month is counted when it has ended, and that
// a page has three years of them.
func TestMeasuresOfTheLastMonths(t *testing.T) {
	for _, c := range []struct {
		from, until period.Date
		want        int
		last        string
	}{
		{period.NewDate(2026, 6, 1), period.NewDate(2026, 10, 30), 4, "2026-09-30"},
		{period.NewDate(2026, 6, 30), period.NewDate(2026, 10, 31), 5, "2026-10-31"},
		{period.NewDate(2026, 11, 1), period.NewDate(2026, 11, 2), 0, ""},
		{period.NewDate(2025, 12, 31), period.NewDate(2026, 2, 28), 3, "2026-02-28"},
	} {
		all := months(c.from, c.until)
		if len(all) != c.want || c.want > 0 && all[len(all)-1].End.String() != c.last {
			t.Errorf("from %s until %s: %v", c.from, c.until, all)
		}
	}
	b := measuredBureau()
	b.Matters[0].Received.V = period.NewDate(2020, time.January, 1)
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	if n := len(b.Computed[0].Rows); n != 3*(1+maxMonths) {
		t.Errorf("%d rows", n)
	}
}

// A target of what the site computes is decided on the exact value, and on a part of the
// list only where that tells for all of it.
func TestTargetOfMeasures(t *testing.T) {
	for _, c := range []struct {
		field, at, target, direction string
		part                         bool
		want                         string
	}{
		{"complete-share", "", "75", "at-least", false, "true true"},
		{"五步齐全率", "意见建议", "66.67", "at-least", false, "false true"}, // 200/3
		{"五步齐全率", "2026年6月", "75", "at-least", false, "true true"},
		{"五步齐全率", "", "100", "at-least", true, "false true"},
		{"五步齐全率", "", "70", "at-least", true, "true false"},
		{"五步齐全率", "", "80", "at-least", true, "false false"},
		{"received", "", "5", "at-least", true, "true true"},
		{"received", "", "6", "at-least", true, "false false"},
		{"received", "", "4", "at-most", true, "false true"},
		{"received", "", "5", "at-most", true, "true false"},
		{"average-days", "", "60", "at-most", true, "true false"},
	} {
		b := measuredBureau()
		b.Site.Suggestions.Complete.V = !c.part
		Measure(b, measuredOn, locale.Builtin(problem.Chinese))
		text := func(v string) bureau.String { return bureau.String{V: v} }
		b.Targets = []bureau.Target{{Statistic: text("@suggestions"), Field: text(c.field), Period: text(c.at), Target: text(c.target), Direction: text(c.direction), SetBy: text("甲")}}
		targets, problems := Targets(b)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		reached, decided := targets[0].Verdict()
		if got := fmt.Sprint(reached, decided); decided && got != c.want || !decided && !strings.HasSuffix(c.want, "false") {
			t.Errorf("%+v: %s", c, got)
		}
	}
	b := measuredBureau()
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	b.Targets = []bureau.Target{{Statistic: bureau.String{V: "@suggestions"}, Field: bureau.String{V: "received"}, Period: bureau.String{V: "2030年"}, Target: bureau.String{V: "1"}, Direction: bureau.String{V: "at-least"}, SetBy: bureau.String{V: "甲"}}}
	if _, problems := Targets(b); !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule == problem.TargetRow }) {
		t.Error(problems)
	}
}
