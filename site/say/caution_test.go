package say

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
)

func TestCautions(t *testing.T) {
	const (
		missing = "表中没有同期的立案数，“破获刑事案件”只是数量，不能当作破案率。"
		earlier = "当期破获的案件，可能是以前年度立的案。"
		over    = "有的比率超过100%：分子中可能含有以前各期结转的数量。"
		under20 = "表中有小于20的数，以它为基数不计算百分比变化。"
		under50 = "表中有小于50的数，以它为基数的百分比波动较大。"
	)
	ledgers := bureautest.ThreeLedgers(t)
	figures.Derive(ledgers)
	for _, tt := range []struct {
		name string
		s    *bureau.Statistic
		want []string
	}{
		{"cases solved", bureautest.CasesSolved(t), []string{missing, earlier}},
		{"with those recorded", bureautest.Table(t, "x", "yearly", "期间:period,立案数:measure:件,破案数:measure:件", "2004年,100,90", "2005年,100,95"), []string{earlier}},
		{"crime that is recorded", bureautest.RuralCrime(t), nil},
		{"no crime", ledgers, nil},
		{"a rate past 100%", bureautest.Table(t, "x", "yearly", "期间:period,办结率:measure:%", "2004年,102.5", "2005年,90"), []string{over}},
		{"a change past 100%", bureautest.Table(t, "x", "yearly", "期间:period,同比增长:measure:%", "2004年,102.5", "2005年,90"), nil},
		{"a small base", bureautest.Table(t, "x", "yearly", "期间:period,命案:measure:件", "2004年,19", "2005年,90"), []string{under20}},
		{"a base to be noted", bureautest.Table(t, "x", "yearly", "期间:period,命案:measure:件", "2004年,49", "2005年,90"), []string{under50}},
		{"a marker is no base", bureautest.Table(t, "x", "yearly", "期间:period,命案:measure:件", "2004年,[c]", "2005年,90"), nil},
		{"one period is no base", bureautest.Table(t, "x", "yearly", "期间:period,类别:category,命案:measure:件", "2004年,甲,3", "2004年,乙,4"), nil},
	} {
		if got := Cautions(tt.s, "zh"); strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
		english := Cautions(tt.s, "en")
		if len(english) != len(tt.want) || strings.ContainsAny(strings.Join(english, ""), "，。；（）、") {
			t.Errorf("%s: %q", tt.name, english)
		}
	}
}

func TestDoubts(t *testing.T) {
	patrol := bureautest.Table(t, "patrol", "irregular", "指标:category,数值:measure:人,备注:note", "首批招录,20,", "在编民警,19,待核对：与下一行不一致", "在编,25,待核对：同一篇文章")
	wide := bureautest.Table(t, "wide", "yearly", "期间:period,立案:measure:件,破案:measure:件,备注:note", "2005年,1,[c],待核对", "2006年,3,4,已核对")
	got := Doubts(bureautest.Bureau(bureautest.CasesSolved(t), patrol, wide), "zh")
	want := []Doubt{
		{patrol, "在编民警", "19人", "待核对：与下一行不一致", "stats/patrol/index.html#r-在编民警"},
		{patrol, "在编", "25人", "待核对：同一篇文章", "stats/patrol/index.html#r-在编"},
		{wide, "2005年", "立案 1件，破案 因保护隐私不公布", "待核对", "stats/wide/index.html#r-2005"},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
	if english := Doubts(bureautest.Bureau(wide), "en"); english[0].Title != "2005" || english[0].Figures != "立案 1 件, 破案 confidential" {
		t.Errorf("%+v", english)
	}
}
