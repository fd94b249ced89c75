package figures

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/problem"
)

// targetRows makes rows of targets.csv: statistic, field, unit, period, target,
// direction, set_by, basis. The columns are named A to H.
func targetRows(lines ...string) []bureau.Target {
	var rows []bureau.Target
	for n, line := range lines {
		var cells [8]bureau.String
		for i, text := range append(strings.Split(line, ","), make([]string, 8)...)[:8] {
			cells[i] = bureau.String{V: text, At: problem.Position{File: "data/targets.csv", Line: n + 2, Column: i + 1, Cell: bureau.CellName(i, n+1)}}
		}
		rows = append(rows, bureau.Target{Statistic: cells[0], Field: cells[1], Unit: cells[2], Period: cells[3], Target: cells[4], Direction: cells[5], SetBy: cells[6], Basis: cells[7]})
	}
	return rows
}

func targetBureau(t testing.TB, lines ...string) *bureau.Bureau {
	patrol := bureautest.Table(t, "patrol", "irregular", "指标:category,时点:category,数值:measure:%", "一线警力占全局,成文时,89.2", "在编民警,2006年,25", "在编民警,2006年5月,19", "协警员,2006年,20余")
	return &bureau.Bureau{
		Statistics: []*bureau.Statistic{bureautest.CasesSolved(t), patrol, bureautest.ThreeLedgers(t), bureautest.Visits(t)}, Units: bureautest.Units, Targets: targetRows(lines...),
	}
}

func TestTargets(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"patrol,数值,,一线警力占全局,85,at-least,公安局", "row 0 past -1 true true"},
		{"patrol,数值,,一线警力占全局,90,不低于,公安局", "row 0 past -1 false true"},
		{"patrol,数值,,在编民警/2006年5月,20,不高于,公安局", "row 2 past -1 true true"},
		{"patrol,数值,,协警员,20,at-least,公安局", "row 3 past -1 false false"}, // 20余 is no exact figure
		{"cases-solved,破获刑事案件（件）,,2005,2400,at-least,公安局", "row 2 past 1 false true"},
		// A target for a year is not held against eight months, and its past is the last whole year.
		{"cases-solved,破获刑事案件（件）,,2006年,2400,at-least,公安局", "row -1 past 2 false false"},
		{"cases-solved,破获刑事案件（件）,,2006年1-8月,1700,at-least,公安局", "row 3 past -1 true true"},
		{"three-ledgers,收集件数,,2023-01-09/2023-03-17/利益诉求,600,at-least,公安局", "row 1 past -1 true true"},
		// The past of a month is the same month a year before, else the last month there is.
		{"visits,窗口办件（件）,城东分局,2026-09,450,at-least,公安局", "row 3 past 0 true true"},
		{"visits,窗口办件（件）,cx,2026年9月,450,≤,公安局", "row 4 past 2 false true"},
		{"visits,窗口办件（件）,西郊分局,2026年,450,≤,公安局", "row -1 past -1 false false"},
	} {
		targets, problems := Targets(targetBureau(t, c.row))
		if len(problems) > 0 || len(targets) != 1 {
			t.Errorf("%s: %v", c.row, problems)
			continue
		}
		reached, decided := targets[0].Verdict()
		if got := fmt.Sprintf("row %d past %d %t %t", targets[0].Row, targets[0].Past, reached, decided); got != c.want {
			t.Errorf("%s: got %s, want %s", c.row, got, c.want)
		}
	}
}

func TestTargetProblems(t *testing.T) {
	for _, c := range []struct{ row, want, hint string }{
		{"cases-sloved,破获刑事案件（件）,,2005,2400,at-least,公安局", "A2 target/statistic", "cases-solved"},
		{"cases-solved,破获刑事案（件）,,2005,2400,at-least,公安局", "B2 target/field", "破获刑事案件（件）"},
		{"cases-solved,期间,,2005,2400,at-least,公安局", "B2 target/field", "破获刑事案件（件）"},
		{"cases-solved,破获刑事案件（件）,城东分局,2005,2400,at-least,公安局", "C2 target/unit", "empty"},
		{"visits,窗口办件（件）,,2026-09,450,at-least,公安局", "C2 target/unit", "name a unit"},
		{"visits,窗口办件（件）,城冬分局,2026-09,450,at-least,公安局", "C2 target/unit", "城东分局"},
		{"cases-solved,破获刑事案件（件）,,今年,2400,at-least,公安局", "D2 target/period", "2026-09"},
		{"cases-solved,破获刑事案件（件）,,,2400,at-least,公安局", "D2 target/period", "2026-09"},
		{"patrol,数值,,一线警力占全剧,85,at-least,公安局", "D2 target/row", "一线警力占全局"},
		{"patrol,数值,,在编民警,85,at-least,公安局", "D2 target/row", "在编民警/2006年5月"},
		{"three-ledgers,收集件数,,2023-01-09/2023-03-17,600,at-least,公安局", "D2 target/row", "利益诉求"},
		{"patrol,数值,," + strings.Repeat("在编民警/", 100) + ",85,at-least,公安局", "D2 target/period", "period/category"},
		{"patrol,数值,,一线警力占全局,很多,at-least,公安局", "E2 target/value", ""},
		{"patrol,数值,,一线警力占全局,[x],at-least,公安局", "E2 target/value", "number"},
		{"patrol,数值,,一线警力占全局,85,以上,公安局", "F2 target/direction", "at-least"},
		{"patrol,数值,,一线警力占全局,85,at-least,", "G2 target/set-by", "set_by"},
	} {
		targets, problems := Targets(targetBureau(t, c.row))
		if len(problems) != 1 || len(targets) != 0 {
			t.Errorf("%s: %d targets, %v", c.row, len(targets), problems)
			continue
		}
		p := problems[0]
		if got := p.Cell + " " + p.Rule.String(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.row, got, c.want)
		}
		if !strings.Contains(p.Hint.EN, c.hint) || p.Message.ZH == "" || p.Severity != problem.Error {
			t.Errorf("%s: %+v", c.row, p)
		}
	}
	row := "cases-solved,破获刑事案件（件）,,2005,2400,at-least,公安局"
	if targets, problems := Targets(targetBureau(t, row, strings.Replace(row, "2005", "2005年", 1))); len(targets) != 1 || len(problems) != 1 || problems[0].Rule.String() != "target/twice" {
		t.Errorf("twice: %v", problems)
	}
}

// FuzzTargets holds that no row of targets.csv panics or hangs, and that each is
// either understood or an error.
func FuzzTargets(f *testing.F) {
	f.Add("visits,窗口办件（件）,城东分局,2026-09,450,at-least,公安局")
	f.Add("three-ledgers,收集件数,,2023-01-09/2023-03-17/利益诉求,6e2,≤,公安局")
	f.Add("patrol,数值,,在编民警/2006年5月///,1,不高于,公安局")
	f.Fuzz(func(t *testing.T, row string) {
		targets, problems := Targets(targetBureau(t, row))
		if len(targets) == 0 && problems.Errors() == 0 {
			t.Errorf("%q is lost", row)
		}
		for _, target := range targets {
			target.Verdict()
			target.ValueUnit()
		}
	})
}
