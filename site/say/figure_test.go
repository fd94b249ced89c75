package say

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

func demonstration(t testing.TB) *bureau.Bureau {
	ledgers := bureautest.ThreeLedgers(t)
	if problems := figures.Derive(ledgers); len(problems) > 0 {
		t.Fatal(problems)
	}
	mechanisms := bureautest.Table(t, "mechanisms", "irregular", "机制:category,指标:category,数值:measure,单位:category,期间:period",
		"警社共治,化解矛盾纠纷,692,起,截至2023年3月17日", "暖心警务会客厅,化解矛盾纠纷,548,起,截至2023年3月17日", "民间智库,到场人数,200余,人,2023年3月27日", "其他,走访/慰问,3,次,2014/15")
	mechanisms.Fields[2].UnitField = 3
	return bureautest.Bureau(bureautest.CasesSolved(t), mechanisms, bureautest.RuralCrime(t), ledgers)
}

func TestLookup(t *testing.T) {
	b := demonstration(t)
	for _, tt := range []struct{ reference, text, link string }{
		{"cases-solved/2005/破获刑事案件（件）", "2385件", "stats/cases-solved/index.html#r-2005"},
		{"cases-solved/2005年/破获刑事案件（件）", "2385件", "stats/cases-solved/index.html#r-2005"},
		{" cases-solved / 2005 / 打击处理（人） ", "974人", "stats/cases-solved/index.html#r-2005"},
		{"cases-solved/2006年前8个月/破获刑事案件（件）", "1732件", "stats/cases-solved/index.html#r-2006-01-2006-08"},
		{"three-ledgers/意见建议/收集件数", "919件", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议"},
		{"three-ledgers/意见建议/2023-01-09/2023-03-17/收集件数", "919件", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议"},
		{"three-ledgers/2023年1月9日至3月17日/意见建议/办结率", "83.68%", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议"},
		{"mechanisms/警社共治/化解矛盾纠纷/数值", "692起", "stats/mechanisms/index.html#r-as-of-2023-03-17-警社共治-化解矛盾纠纷"},
		{"mechanisms/到场人数/数值", "200余人", "stats/mechanisms/index.html#r-2023-03-27-民间智库-到场人数"},
		{"mechanisms/走访/慰问/数值", "3次", "stats/mechanisms/index.html#r-2014-04-2015-03-其他-走访-慰问"},
		{"mechanisms/2014/15/数值", "3次", "stats/mechanisms/index.html#r-2014-04-2015-03-其他-走访-慰问"},
	} {
		text, link, fault := lookup(b, tt.reference, chinese)
		if fault != nil {
			t.Errorf("%s: %+v", tt.reference, *fault)
		} else if text != tt.text || link != tt.link {
			t.Errorf("%s is %s at %s", tt.reference, text, link)
		}
	}
}

func TestLookupTakesTheLongestField(t *testing.T) {
	b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", "期间:period,数:measure:件,甲/数:measure:件", "2005年,1,2"))
	if text, _, fault := lookup(b, "x/2005/甲/数", chinese); fault != nil || text != "2件" {
		t.Error(text, fault)
	}
}

func TestLookupRefuses(t *testing.T) {
	b := demonstration(t)
	for _, tt := range []struct{ reference, message, hint string }{
		{"case-solved/2005/破获刑事案件（件）", "没有名为“case-solved”", "cases-solved"},
		{"cases-solved/2005/破获刑事案件", "没有名为“破获刑事案件”", "破获刑事案件（件）"},
		{"cases-solved/2007/破获刑事案件（件）", "没有“2007”", "2003年"},
		{"cases-solved/破获刑事案件（件）", "4行", "cases-solved/2003年/破获刑事案件（件）"},
		{"mechanisms/化解矛盾纠纷/数值", "2行", "mechanisms/暖心警务会客厅/化解矛盾纠纷/"},
		{"mechanisms/化解矛盾纠纷/警社共治/数值", "没有“化解矛盾纠纷/警社共治”", ""}, // categories stand in the order of the fields
		{"three-ledgers/意见和建议/收集件数", "没有“意见和建议”", ""},
		{"", "没有名为“”", "cases-solved"},
		{"cases-solved", "没有名为“”", "破获刑事案件（件）"},
		{"cases-solved/2005/期间", "没有名为“期间”", ""},
		{strings.Repeat("a/", 400), "过长", ""},
	} {
		text, _, fault := lookup(b, tt.reference, chinese)
		if fault == nil {
			t.Errorf("%s is %s", tt.reference, text)
		} else if !strings.Contains(fault.Message.ZH, tt.message) || !strings.Contains(fault.Hint.ZH, tt.hint) || fault.Hint.EN == "" {
			t.Errorf("%s: %+v", tt.reference, *fault)
		}
	}
}

func TestLookupFigure(t *testing.T) {
	b := demonstration(t)
	noted := bureautest.Table(t, "noted", "irregular", "机制:category,数值:measure,备注:note,时点:period", "甲,3,待核对：另一处是4,截至2023年3月17日")
	b.Statistics = append(b.Statistics, noted)
	for _, c := range []struct {
		reference string
		want      Figure
	}{
		{"cases-solved/2005年/打击处理（人）", Figure{"打击处理", "974人", "2005年", "", "stats/cases-solved/index.html#r-2005"}},
		{"three-ledgers/意见建议/办结率", Figure{"意见建议 · 办结率", "83.68%", "2023年1月9日—3月17日", "", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议"}},
		{"mechanisms/警社共治/化解矛盾纠纷/数值", Figure{"警社共治 · 化解矛盾纠纷", "692起", "截至2023年3月17日", "", "stats/mechanisms/index.html#r-as-of-2023-03-17-警社共治-化解矛盾纠纷"}},
		{"noted/甲/数值", Figure{"甲", "3", "截至2023年3月17日", "待核对：另一处是4", "stats/noted/index.html#r-as-of-2023-03-17-甲"}},
	} {
		got, fault := lookupFigure(b, c.reference, chinese)
		if fault != nil || got != c.want {
			t.Errorf("%s: %+v %+v", c.reference, got, fault)
		}
	}
	if _, fault := lookupFigure(b, "cases-solved/1999年/打击处理（人）", chinese); fault == nil {
		t.Error("a figure that is not there was found")
	}
}

func lookup(b *bureau.Bureau, reference string, l *locale.Language) (text, link string, fault *problem.Fault) {
	s, row, field, fault := figures.Find(b, reference)
	if fault != nil {
		return "", "", fault
	}
	return Inline(s, row, field, l), figures.RowPath(s, row), nil
}

func lookupFigure(b *bureau.Bureau, reference string, l *locale.Language) (Figure, *problem.Fault) {
	s, row, field, fault := figures.Find(b, reference)
	if fault != nil {
		return Figure{}, fault
	}
	return FigureAt(s, row, field, l), nil
}
