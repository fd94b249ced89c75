package check

import (
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// Financial and calendar years in one series count some days twice.
func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"financial and calendar years", []string{"2023/24,甲,1", "2024/25,甲,2", "2025年,甲,3", "2023/24,乙,1", "2025年,乙,3"}, "A4"},
		{"financial years", []string{"2023/24,甲,1", "2024/25,甲,2"}, ""},
		{"in two categories", []string{"2024/25,甲,2", "2025年,乙,3", "2024年,乙,3"}, ""},
		{"a part of the year is no other year", []string{"2024年,甲,1", "2025年,甲,2", "2025年1-8月,甲,2"}, ""},
	} {
		s := bureautest.Table(t, "a", "yearly", append([]string{"期间:period,类:category,件数:measure:件"}, c.rows...)...)
		figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
		got := ""
		for _, p := range Periods(s) {
			if p.Rule == problem.FiguresOverlap && p.Severity == problem.Warning {
				got += p.Cell
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
