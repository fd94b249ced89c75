package say

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
)

// inWords leaves of cards what a reader reads, in the order title, path, value, unit,
// period, partial, change, statistic.
func inWords(cards []Card) (words [][8]string) {
	for _, c := range cards {
		words = append(words, [8]string{c.Title, c.Path, c.Value, c.Unit, c.Period, c.Partial, c.Change, c.Of})
	}
	return words
}

func TestLatest(t *testing.T) {
	b := demonstration(t)
	cards := Latest(b, chinese, same)
	want := [][8]string{
		{"民间智库 · 到场人数 · 数值", "stats/mechanisms/index.html#r-2023-03-27-民间智库-到场人数", "200余", "人", "2023年3月27日", "", "", "mechanisms"},
		{"破获刑事案件", "stats/cases-solved/index.html#r-2006-01-2006-08", "1732", "件", "2006年1—8月", "不满一年", "月均比2005年增长8.9%（各期月份不同，没有剔除季节影响）", "cases-solved"},
		{"农村发刑案", "stats/rural-crime/index.html#r-2006-01-2006-08", "403", "件", "2006年1—8月", "不满一年", "月均比2005年下降19.7%", "rural-crime"},
	}
	if !slices.Equal(inWords(cards), want) {
		t.Errorf("%q", inWords(cards))
	}
	b.Site.HomeFigures = []bureau.String{bureautest.Text("cases-solved/打击处理（人）"), bureautest.Text("three-ledgers/意见建议/办结率"), bureautest.Text("rural-crime")}
	cards = Latest(b, english, same)
	want = [][8]string{
		{"打击处理", "stats/cases-solved/index.html#r-2006-01-2006-08", "559", " 人", "Jan–Aug 2006", "less than a year", "monthly average down 13.9% on 2005 (different months, with no seasonal adjustment)", "cases-solved"},
		{"意见建议 · 办结率", "stats/three-ledgers/index.html#r-2023-01-09-2023-03-17-意见建议", "83.68", "%", "9 Jan – 17 Mar 2023", "", "", "three-ledgers"},
		{"农村发刑案", "stats/rural-crime/index.html#r-2006-01-2006-08", "403", " 件", "Jan–Aug 2006", "less than a year", "monthly average down 19.7% on 2005", "rural-crime"},
	}
	if !slices.Equal(inWords(cards), want) {
		t.Errorf("%q", inWords(cards))
	}
}

// A trend is of full periods since the last break, with a gap where one is missing.
func TestCardTrend(t *testing.T) {
	rows := []string{"期间:period,警情:measure:起", "2025-01,900", "2025-02,100 [b]", "2025-03,110", "2025-04,[x]", "2025-06,120", "2025-07,130", "2025-08-01至2025-08-09,40"}
	cards := Latest(bureautest.Bureau(bureautest.Table(t, "x", "monthly", rows...)), chinese, same)
	if got, want := fmt.Sprint(cards[0].Trend), "[100 110 NaN NaN 120 130]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if cards := Latest(bureautest.Bureau(bureautest.Table(t, "x", "monthly", rows[0], rows[3], rows[5])), chinese, same); cards[0].Trend != nil {
		t.Errorf("two values are no trend: %v", cards[0].Trend)
	}
}

func TestLatestTakesTheTotal(t *testing.T) {
	b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2005年,甲,60", "2005年,合计,70", "2004年,合计,80", "2004年,甲,60", "2003年,合计,1", "2006年,甲,[w]"))
	cards := Latest(b, chinese, same)
	if len(cards) != 1 || cards[0].Value != "70" || cards[0].Change != "比2004年减少10件，下降12.5%" {
		t.Errorf("%q", inWords(cards))
	}
}

func TestLatestLeavesOutWhatHasTwoTotals(t *testing.T) {
	b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", "期间:period,类别:category,数:measure:件", "2005年,合计,70", "2005年,合计,80"))
	if cards := Latest(b, chinese, same); len(cards) != 0 {
		t.Errorf("%q", inWords(cards))
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
		if cards := Latest(b, chinese, same); len(cards) != 0 {
			t.Errorf("%s gives %v", reference, cards)
		}
	}
}

// same is a statistic in the words of the main language.
func same(s *bureau.Statistic) *bureau.Statistic { return s }

// What stands of a figure besides it is no part of the number.
func TestCardMarked(t *testing.T) {
	for cell, want := range map[string][3]string{"90 [p]": {"90", "起", "初步数"}, "90": {"90", "起", ""}} {
		k, ok := Newest(bureautest.Table(t, "x", "yearly", "期间:period,数:measure:起", "2004年,80", "2005年,"+cell), chinese)
		if got := [3]string{k.Value, k.Unit, k.Marked}; !ok || got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}
