package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// What a promise may say, and what is refused at its cell; whether it was kept is no
// problem.
func TestPromise(t *testing.T) {
	const yaml = "title: 承诺\ncolumns:\n  - {name: 承诺, role: title}\n  - {name: 目标, role: 目标}\n  - {name: 现状, role: 现状}\n  - {name: 数字, role: 核验数字}\n" +
		"  - {name: 期间, role: 核验期间}\n  - {name: 地区, role: 地区}\n  - {name: 说法, role: 说法}\n"
	for _, c := range []struct{ name, row, want string }{
		{"kept or not is no problem", "甲,≥3000件,,cases-solved/2005年/破获刑事案件（件）,,,", ""},
		{"the period left open", "甲,≥3000件,,cases-solved/破获刑事案件（件）,,,", ""},
		{"its own period", "甲,≥3000件,,cases-solved/破获刑事案件（件）,2004年,,", ""},
		{"a period that there is no figure of", "甲,≥3000件,,cases-solved/破获刑事案件（件）,2026年,,", ""},
		{"no target and no figure", "甲,,3个月至半年,,,西安,", ""},
		{"a claim", "甲,,,,,,cases-solved/打击处理（人） 逐期上升；cases-solved/破获刑事案件（件） up", ""},
		{"a state that was found is no target", "甲,原文现状为3个月至半年,,,,,", "registers/target B2"},
		{"a number without a direction", "甲,6类,,,,,", "registers/target B2"},
		{"another unit", "甲,≥85%,,cases-solved/2005年/破获刑事案件（件）,,,", "registers/target B2"},
		{"no such figure", "甲,≥1件,,cases-solved/2005年/立案（件）,,,", "registers/figure D2"},
		{"no period", "甲,≥1件,,,去年,,", "registers/period E2"},
		{"a claim without a direction", "甲,,,,,,cases-solved/打击处理（人）", "registers/claim G2"},
		{"a claim about nothing", "甲,,,,,,cases-solved/立案（件） 上升", "registers/claim G2"},
		{"a target and a claim", "甲,≥1件,,,,,cases-solved/打击处理（人） 上升", "registers/claim G2"},
	} {
		d, problems := load.RegisterDescriptor("data/registers/a.yaml", []byte(yaml))
		r, more := load.Register("data/registers/a.csv", []byte("承诺,目标,现状,数字,期间,地区,说法\n"+c.row+"\n"), d, true)
		if problems = append(problems, more...); len(problems) > 0 {
			t.Fatal(problems)
		}
		b := &bureau.Bureau{Registers: []*bureau.Register{r}, Statistics: []*bureau.Statistic{bureautest.CasesSolved(t)}}
		var got []string
		for _, p := range Register(b, r, asOf) {
			if p.Severity != problem.Error || p.Message.ZH == "" || p.Message.EN == "" || p.Hint.ZH == "" || strings.Contains(p.Message.EN+p.Message.ZH, "%!") {
				t.Errorf("bad problem %+v", p)
			}
			got = append(got, p.Rule.String()+" "+p.Cell)
		}
		if all := strings.Join(got, "; "); all != c.want {
			t.Errorf("%s: %s, want %s", c.name, all, c.want)
		}
	}
}

// registers/part is said once, however many promises rest on the ledgers, and not where
// these are complete.
func TestPromisesOfPart(t *testing.T) {
	d, problems := load.RegisterDescriptor("data/registers/a.yaml", []byte("title: 承诺\ncolumns:\n  - {name: 承诺, role: title}\n  - {name: 目标, role: 目标}\n  - {name: 数字, role: 核验数字}\n"))
	r, more := load.Register("data/registers/a.csv", []byte("承诺,目标,数字\n甲,≥3000件,cases-solved/2005年/破获刑事案件（件）\n乙,≥100%,@suggestions/in-time-share\n丙,≤30天,@suggestions/average-days\n"), d, true)
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	for complete, want := range map[bool]string{false: "registers/part C3", true: ""} {
		b := &bureau.Bureau{Registers: []*bureau.Register{r}, Statistics: []*bureau.Statistic{bureautest.CasesSolved(t)}, Matters: make([]bureau.Matter, 1)}
		b.Site.Suggestions.Complete.V = complete
		figures.Measure(b, asOf, locale.Builtin(problem.Chinese))
		var got []string
		for _, p := range promisesOfPart(b, asOf) {
			got = append(got, p.Rule.String()+" "+p.Cell)
			if p.Severity != problem.Warning || !strings.Contains(p.Hint.ZH, "complete: true") || !strings.Contains(p.Message.ZH, "2条") {
				t.Errorf("%+v", p)
			}
		}
		if all := strings.Join(got, "; "); all != want {
			t.Errorf("complete: %v: %s, want %s", complete, all, want)
		}
	}
}
