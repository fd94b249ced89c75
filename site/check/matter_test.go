package check_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sunshine/site/check"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// matterBureau is a bureau with lists of matters; header and settings are added.
func matterBureau(settings, matters string) fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"data/site.yaml":            file("title: 阳光警务\norganization: 示范市公安局\n" + settings),
		"data/units.csv":            file("id,name,former\nchengdong,城东分局,\nchengxi,城西分局,西城分局\n"),
		"data/suggestions/2026.csv": file("编号,账本,收到日期,承办单位,摘要,商议,方案,督办,反馈,公开,状态,答复\n" + matters),
		"data/stats/ledgers.csv":    file("账本,期间,收集件数,办结件数\n意见建议,2026年6月,2,1\n利益诉求,2026年6月,0,0\n意见建议,2026年7月,1,1\n"),
	}
}

func matterProblems(t *testing.T, data fstest.MapFS) []string {
	t.Helper()
	b, problems := load.Bureau(context.Background(), data, 1, privacy.Input)
	figures.Decide(b)
	problems = append(problems, check.Matters(b, period.NewDate(2026, time.October, 31))...)
	problems.Sort()
	var found []string
	for _, p := range problems {
		if !strings.HasPrefix(p.Rule.String(), "matter/") {
			continue
		}
		if p.Message.ZH == "" || p.Message.EN == "" || p.Hint.ZH == "" || p.Hint.EN == "" || strings.Contains(p.Message.ZH+p.Message.EN, "%!") {
			t.Errorf("%+v", p)
		}
		severity := ""
		if p.Severity == problem.Warning {
			severity = " W"
		}
		found = append(found, strings.TrimSpace(p.Cell+" "+p.Rule.String())+severity)
	}
	return found
}

func TestMatters(t *testing.T) {
	const fine = "YJ-1,意见建议,2026-06-03,城东分局,建议增开窗口,2026-06-03,2026-06-10,2026-06-20,2026-06-28,2026-07-01,已办结,采纳\n"
	for _, c := range []struct{ name, matters, want string }{
		{"it is in order", fine, ""},
		{"a step is left out", "YJ-1,意见建议,2026-06-03,chengdong,建议,2026-06-03,,,2026-06-28,,已办结,采纳\n", ""},
		{"a former name of the unit", "YJ-1,意见建议,2026-06-03,西城分局,建议,,,,,,办理中,\n", ""},
		{"a step before receipt", "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-06-02,,,,,办理中,\n", "F2 matter/order"},
		{"a step before the one above it", "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-06-10,2026-06-09,2026-06-11,,,办理中,\n", "G2 matter/order"},
		{"a step before one that is not the last", "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-06-10,,2026-06-09,,,办理中,\n", "H2 matter/order"},
		{"a day that has not come", "YJ-1,意见建议,2026-06-03,城东分局,建议,2026-11-01,,,,,办理中,\n", "F2 matter/date"},
		{"a receipt that has not come", "YJ-1,意见建议,2026-11-03,城东分局,建议,,,,,,办理中,\n", "C2 matter/date"},
		{"no day of receipt", "YJ-1,意见建议,,城东分局,建议,,,,,,办理中,\n", "A2 matter/received"},
		{"an unknown ledger", "YJ-1,意见建仪,2026-06-03,城东分局,建议,,,,,,办理中,\n", "B2 matter/ledger"},
		{"an unknown unit", "YJ-1,意见建议,2026-06-03,城北分局,建议,,,,,,办理中,\n", "D2 matter/unit"},
		{"no unit", "YJ-1,意见建议,2026-06-03,,建议,,,,,,办理中,\n", "D2 matter/unit"},
		{"an unknown status", "YJ-1,意见建议,2026-06-03,城东分局,建议,,,,,,办完,\n", "K2 matter/status"},
		{"no summary", "YJ-1,意见建议,2026-06-03,城东分局,,,,,,,办理中,\n", "E2 matter/summary"},
		{"answered without an answer", "YJ-1,意见建议,2026-06-03,城东分局,建议,,,,2026-06-28,,办理中,\n", "L2 matter/answer"},
		{"completed without a day", "YJ-1,意见建议,2026-06-03,城东分局,建议,,,,,,已办结,\n", "K2 matter/status"},
		{"twice", fine + strings.Replace(fine, "YJ-1", "yj_1", 1), "A3 matter/id"},
		{"all at once", "YJ-1,意见,2026-06-03,城东,,2026-06-02,,,,,办理中,\n", "B2 matter/ledger, D2 matter/unit, E2 matter/summary, F2 matter/order"},
	} {
		if got := strings.Join(matterProblems(t, matterBureau("", c.matters)), ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The matters of ledgers.csv: in June two suggestions, one of them completed in
// June; in July one.
func TestMatterFigures(t *testing.T) {
	const names = "suggestions: {statistic: ledgers, ledger: 账本, received: 收集件数, completed: 办结件数, complete: %t}\n"
	row := func(id, ledger, received, answered string) string {
		if answered == "" {
			return fmt.Sprintf("%s,%s,%s,城东分局,建议,,,,,,办理中,\n", id, ledger, received)
		}
		return fmt.Sprintf("%s,%s,%s,城东分局,建议,,,,%s,,已办结,采纳\n", id, ledger, received, answered)
	}
	agree := row("A", "意见建议", "2026-06-01", "2026-06-30") + row("B", "意见建议", "2026-06-30", "2026-07-01") + row("C", "意见建议", "2026-07-05", "2026-07-31")
	for _, c := range []struct {
		name, settings, matters, want string
	}{
		{"the two agree", fmt.Sprintf(names, true), agree, ""},
		{"received after the last period", fmt.Sprintf(names, true), agree + row("D", "意见建议", "2026-08-01", ""), ""},
		{"one more was received", fmt.Sprintf(names, true), agree + row("D", "意见建议", "2026-06-09", ""), "C2 matter/figures"},
		{"one less, and not completed in time", fmt.Sprintf(names, true), row("A", "意见建议", "2026-06-01", "2026-07-01") + row("C", "意见建议", "2026-07-05", "2026-07-31"), "C2 matter/figures, D2 matter/figures"},
		{"a ledger that the statistic has none of", fmt.Sprintf(names, true), agree + row("D", "投诉举报", "2026-06-09", ""), "A5 matter/figures"},
		{"before the first period", fmt.Sprintf(names, true), agree + row("D", "意见建议", "2026-05-31", ""), "A5 matter/figures"},
		{"the lists are a sample", fmt.Sprintf(names, false), row("A", "意见建议", "2026-06-01", ""), ""},
		{"a sample with more than all", fmt.Sprintf(names, false), agree + row("D", "利益诉求", "2026-06-09", ""), "C3 matter/figures W"},
		{"no such statistic", "suggestions: {statistic: ledger}\n", agree, "matter/statistic"},
		{"no such columns", "suggestions: {statistic: ledgers, ledger: 收集件数, received: 收集数, completed: 办结件数}\n", agree, "matter/statistic, matter/statistic"},
	} {
		if got := strings.Join(matterProblems(t, matterBureau(c.settings, c.matters)), ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
