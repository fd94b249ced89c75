package figures

import (
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// promiseRow is a register of one promise or claim.
func promiseRow(figure, target, of, place, claim string) *bureau.Register {
	return register([]bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnFigure}, {Role: bureau.ColumnTarget}, {Role: bureau.ColumnPeriod}, {Role: bureau.ColumnPlace}, {Role: bureau.ColumnClaim}},
		[]string{"甲", figure, target, of, place, claim})
}

func TestPromises(t *testing.T) {
	visits := bureautest.Table(t, "visits", "quarterly", "期间:period,走访（次）:measure:次,答复率:measure:%,备注:note",
		"2026年第一季度,1,84.996,", "2026年第二季度,2 [p],85,", "2026年第三季度,0,85 [e],待核对", "2026年第四季度,9,99,")
	rough := bureautest.Table(t, "rough", "yearly", "期间:period,次数（次）:measure:次", "2023年,200余", "2024年,[c]", "2025年,[x]")
	thirds := bureautest.Table(t, "thirds", "yearly", "期间:period,甲:measure:件,乙:measure:件", "2025年,2,3")
	thirds.Descriptor.Derive = []bureau.Derive{{Name: bureautest.Text("率"), Value: bureautest.Text("甲 / 乙"), Format: bureautest.Text("percent")}}
	if problems := Derive(thirds); len(problems) > 0 {
		t.Fatal(problems)
	}
	b := measuredBureau()
	b.Statistics = []*bureau.Statistic{visits, rough, thirds}
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	for _, c := range []struct {
		name, figure, target, of, place string
		outcome                         Outcome
		why                             Why // of the first figure, or of the whole
	}{
		{"reached", "visits/2026年第二季度/走访（次）", "每季度1次", "", "", Holds, Sure},
		{"missed", "visits/2026年第三季度/走访（次）", "每季度1次", "", "", Unverifiable, Doubtful},
		{"missed by less than is shown", "visits/2026年第一季度/答复率", "≥85%", "", "", Fails, Sure},
		{"just reached", "visits/2026年第二季度/答复率", "不低于85%", "", "", Holds, Sure},
		{"an exact third", "thirds/率", "≥66.67%", "", "", Fails, Sure},
		{"and not above it", "thirds/率", "≤66.67%", "", "", Holds, Sure},
		{"estimated", "visits/2026年第三季度/答复率", "≥80%", "", "", Unverifiable, Doubtful},
		{"not ended", "visits/2026年第四季度/走访（次）", "每季度1次", "", "", Unverifiable, NotEnded},
		{"once a month is not once a quarter", "visits/2026年第二季度/走访（次）", "每月1次", "", "", Unverifiable, OtherPeriod},
		{"another period than its own", "visits/2026年第二季度/走访（次）", "≥1次", "2026年第一季度", "", Unverifiable, OtherPeriod},
		{"its own period", "visits/走访（次）", "≥2次", "2026Q2", "", Holds, Sure},
		{"a period that nobody counted", "visits/走访（次）", "≥2次", "2025Q2", "", Unverifiable, OtherPeriod},
		{"the newest that has ended", "visits/答复率", "≥85%", "", "", Unverifiable, Doubtful},
		{"200余", "rough/2023年/次数（次）", "≥100次", "", "", Unverifiable, Inexact},
		{"withheld", "rough/2024年/次数（次）", "≥100次", "", "", Unverifiable, Withheld},
		{"not available", "rough/2025年/次数（次）", "≥100次", "", "", Unverifiable, NoValue},
		{"another unit", "rough/2023年/次数（次）", "≥100%", "", "", Unverifiable, OtherUnit},
		{"no target", "thirds/率", "", "", "", Unverifiable, NoTarget},
		{"no figure", "", "≥100%", "", "", Unverifiable, NoFigure},
		{"a state that was found", "thirds/率", "现状为3个月至半年", "", "", Unverifiable, NoTarget},
		{"one of two is missed", "visits/2026年第二季度/答复率；thirds/率", "≥85%", "", "", Fails, Sure},
		{"one of two cannot be told", "visits/2026年第二季度/答复率；visits/2026年第四季度/答复率", "≥85%", "", "", Unverifiable, Sure},
		{"the site's own", "@suggestions/complete-share", "≥75%", "", "示范市", Holds, Sure},
		{"of this bureau", "@suggestions/complete-share", "≥75%", "", "示范市公安局", Holds, Sure},
		{"another place", "@suggestions/complete-share", "≥75%", "", "西安", Unverifiable, OtherPlace},
		{"a month of it", "@suggestions/complete-share", "≥75%", "2026年6月", "", Holds, Sure},
	} {
		j := Judge(b, promiseRow(c.figure, c.target, c.of, c.place, ""), 0, measuredOn)
		why := j.Why
		if len(j.Figures) > 0 {
			why = j.Figures[0].Why
		}
		if j.Outcome != c.outcome || why != c.why || j.Claim {
			t.Errorf("%s: %+v, want %d for %d", c.name, j, c.outcome, c.why)
		}
	}
	if j := Judge(b, register([]bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnFigure}}, []string{"甲", "thirds/率"}), 0, measuredOn); j.Outcome != Unjudged {
		t.Errorf("a register without targets is judged: %+v", j)
	}
	b.Site.Suggestions.Complete.V = false
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	for target, want := range map[string]Outcome{"≥100%": Fails, "≥75%": Unverifiable, "≥80%": Unverifiable} {
		if j := Judge(b, promiseRow("@suggestions/complete-share", target, "", "", ""), 0, measuredOn); j.Outcome != want || want == Unverifiable && j.Figures[0].Why != PartOnly {
			t.Errorf("of a part of the list, %s is %+v", target, j)
		}
	}
}

// The worked case of the rules: people dealt with per month went 77.4, 78.6, 81.2, 69.9, so
// that 打击力度逐年增强 does not hold; cases solved per month rose each time.
func TestClaims(t *testing.T) {
	solved, rural := bureautest.CasesSolved(t), bureautest.RuralCrime(t)
	for _, s := range []*bureau.Statistic{solved, rural} {
		for i := range s.Fields {
			s.Fields[i].Additive = s.Fields[i].IsMeasure()
		}
	}
	months := bureautest.Table(t, "months", "monthly", "期间:period,类:category,件数（件）:measure:件", "2026年1月,甲,1", "2026年1月,乙,9", "2026年2月,甲,2", "2026年2月,乙,8", "2026年3月,甲,3", "2026年3月,乙,8", "2026年12月,甲,0")
	gap := bureautest.Table(t, "gap", "yearly", "期间:period,件数（件）:measure:件", "2020年,1", "2021年,2", "2023年,3")
	broken := bureautest.Table(t, "broken", "yearly", "期间:period,件数（件）:measure:件", "2023年,3", "2024年,4 [b]", "2025年,5")
	decideFrequency(gap)
	odd := bureautest.Table(t, "odd", "yearly", "期间:period,率:measure:%,约数（件）:measure:件,隐:measure:件", "2024年,1,1,1", "2025年,2,200余,[c]", "2026年1-8月,3,3,3")
	doubted := bureautest.Table(t, "doubted", "yearly", "期间:period,件数（件）:measure:件,备注:note", "2024年,1,", "2025年,2,待核对")
	b := measuredBureau()
	b.Statistics = []*bureau.Statistic{solved, rural, months, gap, broken, odd, doubted}
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	for _, c := range []struct {
		claim   string
		outcome Outcome
		why     Why
	}{
		{"cases-solved/打击处理（人） 逐期上升", Fails, Sure},
		{"cases-solved/打击处理（人）　rising", Fails, Sure},
		{"cases-solved/破获刑事案件（件） 逐期上升", Holds, Sure},
		{"rural-crime/农村发刑案（件） 逐期下降", Holds, Sure},
		{"cases-solved/打击处理（人） 下降", Holds, Sure},
		{"cases-solved/打击处理（人） 上升", Fails, Sure},
		{"months/甲/件数（件） 逐期上升", Holds, Sure}, // December has not come
		{"months/乙/件数（件） 逐期下降", Fails, Sure}, // 8, then 8
		{"months/甲/件数（件） 上升", Unverifiable, Unlike},
		{"gap/件数（件） 逐期上升", Unverifiable, Interrupted},
		{"broken/件数（件） 逐期上升", Unverifiable, Interrupted},
		{"broken/件数（件） 上升", Holds, Sure}, // from 2024 on
		{"odd/率 逐期上升", Unverifiable, Unlike},
		{"odd/约数（件） 逐期上升", Unverifiable, Inexact},
		{"odd/隐 逐期上升", Unverifiable, Withheld},
		{"doubted/件数（件） 上升", Unverifiable, Doubtful},
		{"@suggestions/received 逐期下降", Fails, Sure}, // nothing after June, month by month
	} {
		j := Judge(b, promiseRow("", "", "", "", c.claim), 0, measuredOn)
		if len(j.Figures) != 1 || j.Outcome != c.outcome || j.Figures[0].Why != c.why || !j.Claim {
			t.Errorf("%s: %+v, want %d for %d", c.claim, j, c.outcome, c.why)
		}
	}
	j := Judge(b, promiseRow("", "", "", "", "cases-solved/打击处理（人） 逐期上升；cases-solved/破获刑事案件（件） 逐期上升"), 0, measuredOn)
	if j.Outcome != Fails || len(j.Figures) != 2 || !j.Figures[0].Averages || j.Figures[0].Step != 3 {
		t.Errorf("%+v", j)
	}
	for i, want := range []float64{77.4, 78.6, 81.2, 69.9} {
		if got := j.Figures[0].Level(i); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	for _, wrong := range []string{"cases-solved/打击处理（人）", "cases-solved/打击处理（人） 增强", "cases/打击处理（人） 上升", "months/件数（件） 上升", "上升"} {
		if _, fault := Claimed(b, wrong); fault == nil || fault.Hint.ZH == "" {
			t.Errorf("%s: %v", wrong, fault)
		}
	}
}

// A promise without a period is held against the newest whole one, against nothing that
// is closed, and is not broken before its day.
func TestPromisesWithoutPeriod(t *testing.T) {
	const fields = "期间:period,接警（件）:measure:件"
	calls := bureautest.Table(t, "calls", "yearly", fields, "2024年,1000", "2025年,1100", "2026年1-10月,900")
	young := bureautest.Table(t, "young", "yearly", fields, "2026年1-10月,900")
	closed := bureautest.Table(t, "closed", "yearly", fields, "2024年,1000", "2025年,900")
	closed.Descriptor.Historical.V = true
	first := bureautest.Table(t, "first", "yearly", fields, "2024年,1000", "2025年,900 [p]")
	quarters := bureautest.Table(t, "quarters", "quarterly", "期间:period,走访（次）:measure:次,电话（次）:measure:次",
		"2025年第2季度,1,0", "2025年第3季度,0,1", "2025年第4季度,1,1", "2026年第1季度,0,1", "2026年第2季度,1,1")
	b := measuredBureau()
	b.Statistics = []*bureau.Statistic{calls, young, closed, first, quarters}
	for _, s := range b.Statistics {
		decideFrequency(s)
	}
	for _, c := range []struct {
		title, figure, target, of, due string
		outcome                        Outcome
		why                            Why
		row                            int
	}{
		{"每年接警不超过950件", "calls/接警（件）", "不超过950件", "", "", Fails, Sure, 1},
		{"每年接警不超过950件", "calls/接警（件）", "每年不超过950件", "", "", Fails, Sure, 1},
		{"今年接警不超过950件", "calls/接警（件）", "不超过950件", "", "", Unverifiable, NotEnded, -1},
		{"2026年接警不超过950件", "calls/接警（件）", "不超过950件", "", "", Unverifiable, NotEnded, -1},
		{"接警不超过950件", "calls/接警（件）", "不超过950件", "2026年", "", Unverifiable, NotEnded, -1},
		{"接警不超过950件", "calls/接警（件）", "不超过950件", "2023年", "", Unverifiable, OtherPeriod, -1},
		{"接警不超过950件", "calls/接警（件）", "不超过950件", "2026年1-10月", "", Holds, Sure, 2},
		{"接警不超过950件", "young/接警（件）", "不超过950件", "", "", Unverifiable, NotEnded, -1},
		{"接警不超过950件", "closed/接警（件）", "不超过950件", "", "", Unverifiable, Closed, 1},
		{"接警不超过950件", "closed/接警（件）", "不超过950件", "2025年", "", Holds, Sure, 1},
		{"接警不超过950件", "calls/接警（件）", "不超过950件", "", "2026-12-31", Unverifiable, NotDue, 1},
		{"接警不超过950件", "calls/接警（件）", "不超过950件", "", "2026-06-30", Fails, Sure, 1},
		{"每季度走访1次", "quarters/走访（次）", "每季度1次", "", "", Fails, Sure, 3},          // once in the last one, and not in the one before
		{"每季度走访1次", "quarters/走访（次）", "每季度1次", "2026年第2季度", "", Holds, Sure, 4}, // of that one alone
		{"走访1次", "quarters/走访（次）", "≥1次", "", "", Holds, Sure, 4},
		{"每季度走访1次", "quarters/电话（次）", "每季度1次", "", "", Holds, Sure, 4}, // missed more than a year ago
		{"接警不超过1200件", "calls/接警（件）", "不超过1200件", "", "2026-12-31", Holds, Sure, 1},
		{"接警不超过950件", "first/接警（件）", "不超过950件", "", "", Holds, Sure, 1},
	} {
		r := register([]bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnFigure}, {Role: bureau.ColumnTarget}, {Role: bureau.ColumnPeriod}, {Role: bureau.ColumnDue}},
			[]string{c.title, c.figure, c.target, c.of, c.due})
		j := Judge(b, r, 0, measuredOn)
		if len(j.Figures) != 1 || j.Outcome != c.outcome || j.Figures[0].Why != c.why || j.Figures[0].Row != c.row || j.Figures[0].Provisional != (j.Figures[0].Of == first) {
			t.Errorf("%s, %s %s %s %s: %+v, want %d for %d of row %d", c.title, c.figure, c.target, c.of, c.due, j, c.outcome, c.why, c.row)
		}
	}
}
