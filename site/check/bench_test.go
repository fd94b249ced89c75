package check

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// BenchmarkFigures decides what a table of 60,000 rows is, and holds it against itself: 5,000 months and
// categories, with a total and a part in each, and cumulative and given columns.
func BenchmarkFigures(b *testing.B) {
	var text strings.Builder
	text.WriteString("期间,类别,立案,累计立案,立案同比（%）\n")
	for year := range 200 {
		for month := range 12 {
			sum := 0
			for k := range 23 {
				n := 100 + k
				sum += n
				fmt.Fprintf(&text, "%d年%d月,类别%d,%d,%d,0\n", 1950+year, month+1, k, n, n*(month+1))
			}
			fmt.Fprintf(&text, "%d年%d月,合计,%d,%d,0\n", 1950+year, month+1, sum, sum*(month+1))
			fmt.Fprintf(&text, "%d年%d月,其中：命案,%d,%d,0\n", 1950+year, month+1, 50, 50*(month+1))
		}
	}
	s := statistic(b, text.String(), "")
	all := &bureau.Bureau{Statistics: []*bureau.Statistic{s}}
	b.ReportAllocs()
	for b.Loop() {
		figures.Decide(all)
		if problems := Figures(s); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
}

// A table of nothing but totals, or of parts of one row, takes no time that grows
// with the square of it.
func TestManyTotals(t *testing.T) {
	for _, name := range []string{"合计", "小计", "其中：甲"} {
		var text strings.Builder
		text.WriteString("类别,件数\n甲,1\n")
		for range 100_000 {
			text.WriteString(name + ",1\n")
		}
		Figures(statistic(t, text.String(), categories))
	}
}
