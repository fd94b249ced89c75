package render

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// How large revisions are: the median of an odd and of an even number of them, kinds
// apart, and nothing of rough figures, small bases, and what is no figure.
func TestSizes(t *testing.T) {
	s := &site{Input: Input{Bureau: &bureau.Bureau{}}}
	s.Bureau.Site.Figures.NoPercentBelow.V = 20
	l := locale.Builtin(problem.Chinese)
	one := func(kind string, old, now float64) ledger.Revision {
		return ledger.Revision{Kind: kind, Old: bureau.Figure{Number: old}, New: bureau.Figure{Number: now}, Unit: "件"}
	}
	rough := one(bureau.RevisionCorrection, 100, 200)
	rough.New.Qualifier = bureau.About
	date := ledger.Revision{Kind: bureau.RevisionDefinition, What: bureau.SaidNextRelease}
	all := []ledger.Revision{
		one(bureau.RevisionScheduled, 100, 101), one(bureau.RevisionScheduled, 100, 110), one(bureau.RevisionScheduled, 100, 98),
		one(bureau.RevisionCorrection, 100, 101), one(bureau.RevisionCorrection, 100, 104), one(bureau.RevisionCorrection, 5, 10), rough, date,
	}
	got := strings.Join(s.sizes(l, all), "\n")
	want := "定期修订3处，改动幅度的中位数2%，最大10%\n更正4处，改动幅度的中位数2.5%，最大4%"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if d := s.difference(l, all[2]); d != "-2件；-2%" && d != "−2件；−2%" {
		t.Error(d)
	}
	if d := s.difference(l, rough); d != "" {
		t.Error(d)
	}
}
