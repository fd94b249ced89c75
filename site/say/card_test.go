package say

import (
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
)

func TestLatest(t *testing.T) {
	b := demonstration(t)
	cards := Latest(b, chinese)
	want := []Card{
		{"民间智库 · 到场人数 · 数值", "stats/mechanisms/index.html#r-2023-03-27-民间智库-到场人数", "200余", "人", "2023年3月27日", "", ""},
		{"破获刑事案件", "stats/cases-solved/index.html#r-2006-01-2006-08", "1732", "件", "2006年1—8月", "不满一年", "月均比2005年增长8.9%（各期月份不同，没有剔除季节影响）"},
		{"农村发刑案", "stats/rural-crime/index.html#r-2006-01-2006-08", "403", "件", "2006年1—8月", "不满一年", "月均比2005年下降19.7%"},
	}
	if !slices.Equal(cards, want) {
		t.Errorf("%q", cards)
	}
	b.Site.HomeFigures = []bureau.String{bureautest.Text("cases-solved/打击处理（人）"), bureautest.Text("three-ledgers/意见建议/办结率"), bureautest.Text("rural-crime")}
	cards = Latest(b, english)
	want = []Card{
		{"打击处理", "stats/cases-solved/index.html#r-2006-01-2006-08", "559", "人", "Jan–Aug 2006", "less than a year", "monthly average down 13.9% on 2005 (of unlike months, with no allowance for the season)"},
		{"意见建议 · 办结率", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议", "83.68", "%", "9 Jan – 17 Mar 2023", "", ""},
		{"农村发刑案", "stats/rural-crime/index.html#r-2006-01-2006-08", "403", "件", "Jan–Aug 2006", "less than a year", "monthly average down 19.7% on 2005"},
	}
	if !slices.Equal(cards, want) {
		t.Errorf("%q", cards)
	}
}

func TestLatestTakesTheTotal(t *testing.T) {
	b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2005年,甲,60", "2005年,合计,70", "2004年,合计,80", "2004年,甲,60", "2003年,合计,1", "2006年,甲,[w]"))
	cards := Latest(b, chinese)
	if len(cards) != 1 || cards[0].Value != "70" || cards[0].Change != "比2004年减少10件，下降12.5%" {
		t.Errorf("%q", cards)
	}
}

func TestLatestLeavesOutWhatHasTwoTotals(t *testing.T) {
	b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2005年,合计,70", "2005年,合计,80"))
	if cards := Latest(b, chinese); len(cards) != 0 {
		t.Errorf("%q", cards)
	}
}

func TestHomeFiguresRefuses(t *testing.T) {
	b := demonstration(t)
	for reference, hint := range map[string]string{
		"rural":                "rural-crime",
		"cases-solved/打击处理":    "打击处理（人）",
		"three-ledgers/收集件数":   "three-ledgers/意见建议/",
		"cases-solved/2005/打击": "打击处理（人）",
	} {
		b.Site.HomeFigures = []bureau.String{bureautest.Text(reference)}
		if _, _, _, fault := figures.HomeFigure(b, reference); fault == nil || !strings.Contains(fault.Hint.ZH, hint) {
			t.Errorf("%s: %v", reference, fault)
		}
		if cards := Latest(b, chinese); len(cards) != 0 {
			t.Errorf("%s gives %v", reference, cards)
		}
	}
}
