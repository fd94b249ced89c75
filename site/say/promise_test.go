package say

import (
	"slices"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

func TestJudgement(t *testing.T) {
	ledgers, solved := bureautest.ThreeLedgers(t), bureautest.CasesSolved(t)
	if problems := figures.Derive(ledgers); len(problems) > 0 {
		t.Fatal(problems)
	}
	close := bureautest.Table(t, "close", "quarterly", "期间:period,率:measure:%,次数:measure:次", "2026年第一季度,84.996,1", "2026年第二季度,85,[c]")
	for i := range close.Rows {
		c := close.Cell(i, 1)
		c.Form.Decimals = 3 // as sent
		close.Set(i, 1, c)
	}
	b := &bureau.Bureau{Statistics: []*bureau.Statistic{ledgers, solved, close}}
	figures.Decide(b)
	for _, c := range []struct {
		figure, target, claim, verdict string
		want                           []string
		english                        string // of the first sentence
	}{
		{"three-ledgers/意见建议/办结率", "≥85%", "", "未兑现", []string{"办结率（2023年1月9日—3月17日） = 办结件数 ÷ 收集件数 = 769 ÷ 919 = 83.68%，目标不低于85%，未兑现"},
			"办结率 (9 Jan – 17 Mar 2023) = 办结件数 ÷ 收集件数 = 769 ÷ 919 = 83.68%; the target is at least 85%; not kept"},
		{"close/2026Q1/率", "85%以上", "", "未兑现", []string{"率（2026年第一季度） = 84.996%，目标不低于85%，未兑现"}, ""},
		{"close/2026Q1/次数", "每季度1次", "", "兑现", []string{"次数（2026年第一季度） = 1次，目标每季度不低于1次，兑现"}, ""},
		{"close/2026Q2/次数", "每季度1次", "", "无从核验", []string{"次数，这个数字不公布，以免认出具体的人，无从核验"}, ""},
		{"", "≥1次", "", "无从核验", []string{"没有可核验的数字，无从核验"}, "There is no figure to hold it against; cannot be verified"},
		{"", "", "cases-solved/打击处理（人） 逐期上升", "不成立",
			[]string{"打击处理的月均数：77.4人（2003年）、78.6人（2004年）、81.2人（2005年）、69.9人（2006年1—8月）（各期月份不同，没有剔除季节影响），说法是逐期上升，不成立"}, ""},
	} {
		r := &bureau.Register{Columns: []bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnFigure}, {Role: bureau.ColumnTarget}, {Role: bureau.ColumnClaim}}}
		for _, cell := range []string{"甲", c.figure, c.target, c.claim} {
			r.Cells = append(r.Cells, bureau.String{V: cell})
		}
		j := figures.Judge(b, r, 0, period.NewDate(2026, 10, 31))
		zh, en := locale.Builtin(problem.Chinese), locale.Builtin(problem.English)
		if got := Judgement(j, zh); !slices.Equal(got, c.want) || Verdict(j.Outcome, j.Claim, zh) != c.verdict {
			t.Errorf("%s %s: %q, want %q", c.figure+c.claim, Verdict(j.Outcome, j.Claim, zh), got, c.want)
		}
		if got := Judgement(j, en); c.english != "" && got[0] != c.english {
			t.Errorf("in English: %q, want %q", got[0], c.english)
		}
	}
}

// A first figure decides and is called one; what is computed of a part of the list says
// why it decides, or why it does not.
func TestJudgementReasons(t *testing.T) {
	calls := bureautest.Table(t, "calls", "yearly", "期间:period,接警:measure:件", "2024年,1000", "2025年,900 [p]")
	part := bureautest.Table(t, "part", "yearly", "期间:period,按期反馈率:measure:%,平均反馈天数:measure:天", "2025年,75,20")
	part.Computed = &bureau.Computed{Part: true, Table: true}
	b := &bureau.Bureau{Statistics: []*bureau.Statistic{calls, part}}
	figures.Decide(b)
	for _, c := range []struct{ figure, target, due, want string }{
		{"calls/接警", "≤950件", "", "接警（2025年） = 900件（初步数），目标不高于950件，兑现（初步数）"},
		{"calls/接警", "≤850件", "2026-12-31", "接警（2025年） = 900件（初步数），目标不高于850件；期限还没有到，目标尚未达到，无从核验"},
		{"part/按期反馈率", "≥100%", "", "按期反馈率（2025年） = 75%，目标不低于100%；台账只登记了一部分事项，但加上没有登记的，结论也不变，未兑现"},
		{"part/平均反馈天数", "≤30天", "", "平均反馈天数（2025年） = 20天，目标不高于30天；台账只登记了一部分事项，加上没有登记的，可能达到目标，也可能达不到，无从核验"},
	} {
		r := &bureau.Register{Columns: []bureau.Column{{Role: bureau.ColumnTitle}, {Role: bureau.ColumnFigure}, {Role: bureau.ColumnTarget}, {Role: bureau.ColumnDue}}}
		for _, cell := range []string{"甲", c.figure, c.target, c.due} {
			r.Cells = append(r.Cells, bureau.String{V: cell})
		}
		if got := Judgement(figures.Judge(b, r, 0, period.NewDate(2026, 10, 31)), locale.Builtin(problem.Chinese)); len(got) != 1 || got[0] != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
