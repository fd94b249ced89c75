package render

import (
	"fmt"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// The card of a statistic with many rows in its newest period shows their total, and
// says so; where it is not known, that of the period before.
func TestCardOfTheWhole(t *testing.T) {
	l := locale.Builtin(problem.Chinese)
	for name, c := range map[string]struct {
		last string // the newest figure of one part
		want string // value, unit and when
	}{
		"a total":            {"5", "75 件 立案（全部合计） · 2026年"},
		"a part is withheld": {"[c]", "45 件 立案（全部合计） · 2025年"},
	} {
		lines := []string{"年份:period,单位:category,立案:measure:件"}
		for year := 2024; year <= 2025; year++ {
			lines = append(lines, fmt.Sprintf("%d年,甲,%d", year, year-2000), fmt.Sprintf("%d年,乙,%d", year, year-2010), fmt.Sprintf("%d年,丙,5", year))
		}
		lines = append(lines, "2026年,甲,30", "2026年,乙,40", "2026年,丙,"+c.last)
		statistic := bureautest.Table(t, "x", "yearly", lines...)
		statistic.Fields[2].Additive = true
		var rows []int
		for i := range statistic.Rows {
			rows = append(rows, i)
		}
		whole, _, ok := figures.Whole(statistic, rows)
		if !ok {
			t.Fatal(name, "has no whole")
		}
		s := &site{Input: Input{BaseURL: "https://example.org/", Bureau: &bureau.Bureau{Statistics: []*bureau.Statistic{statistic}}}, main: l, language: l, languages: locale.Languages{l}}
		s.versions = map[*locale.Language]*site{l: s}
		s.Statistics = map[string]Statistic{"x": {Whole: whole}}
		cards := s.pictured()
		if len(cards) != 1 {
			t.Fatal(name, len(cards), "cards")
		}
		k := cards[0].card
		if got := k.Value + " " + k.Unit + " " + k.When; got != c.want {
			t.Errorf("%s: the card says %q, want %q", name, got, c.want)
		}
	}
}
