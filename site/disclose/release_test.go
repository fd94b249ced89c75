package disclose

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// released is what a release recorded of a statistic as readers saw it.
func released(label string, s *bureau.Statistic) bureau.Release {
	v := &bureau.Vintage{Name: s.Name}
	var keys, measures []int
	for i, f := range s.Fields {
		switch {
		case f.Role == bureau.RoleMeasure:
			measures = append(measures, i)
			v.Measures = append(v.Measures, bureau.Measure{Name: f.Name})
		case f.IsKey() && f.Role != bureau.RolePeriod:
			keys = append(keys, i)
			v.Keys = append(v.Keys, f.Name)
		}
	}
	for r := range s.Rows {
		row := &bureau.VintageRow{Period: s.Rows[r].Period}
		for _, k := range keys {
			row.Categories = append(row.Categories, s.Row(r)[k].Text)
		}
		for _, m := range measures {
			c := s.Row(r)[m]
			row.Figures = append(row.Figures, bureau.Figure{Number: c.Number, Status: c.Status})
		}
		v.Rows = append(v.Rows, row)
	}
	return bureau.Release{Label: label, Statistics: []*bureau.Vintage{v}}
}

// TestReleases publishes January to July, then January to August: the
// difference is August, and July cannot be taken back.
func TestReleases(t *testing.T) {
	july := statistic(t, "months", "期间:period,人数:person", "2026年1-7月,100")
	protected(t, july)
	for _, c := range []struct{ name, line, want string }{
		{"August is three", "2026年1-8月,103", "[c]"},
		{"August is thirty", "2026年1-8月,130", "130"},
		{"August is none", "2026年1-8月,100", "100"},
		{"August of another year", "2025年1-8月,103", "103"},
	} {
		t.Run(c.name, func(t *testing.T) {
			august := statistic(t, "months", "期间:period,人数:person", c.line)
			b := bureauOf(august)
			b.Releases = []bureau.Release{released("2026-07", july)}
			for _, p := range Bureau(b) {
				t.Error(p.Message.EN)
			}
			if got := column(august, "人数"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	t.Run("with categories", func(t *testing.T) {
		july := statistic(t, "kinds", "期间:period,类别:category,人数:person", "2026年1-7月,甲,60", "2026年1-7月,乙,40", "2026年1-7月,合计,100")
		protected(t, july)
		august := statistic(t, "kinds", "期间:period,类别:category,人数:person", "2026年1-8月,甲,80", "2026年1-8月,乙,43", "2026年1-8月,合计,123")
		b := bureauOf(august)
		b.Releases = []bureau.Release{released("2026-07", july)}
		for _, p := range Bureau(b) {
			t.Error(p.Message.EN)
		}
		if got := column(august, "人数"); got != "[c] [c] 123" {
			t.Error(got)
		}
	})
	t.Run("published before", func(t *testing.T) {
		before := statistic(t, "kinds", "类别:category,人数:person", "甲,60", "乙,3", "合计,63")
		now := statistic(t, "kinds", "类别:category,人数:person", "甲,60", "乙,3", "合计,63")
		b := bureauOf(now)
		b.Releases = []bureau.Release{released("old", before)}
		problems := Bureau(b)
		if len(problems) != 1 || problems[0].Rule != "disclosure/published" || problems[0].Severity != problem.Warning || problems[0].Cell != "B3" {
			t.Errorf("%+v", problems)
		}
		if got := column(now, "人数"); !strings.Contains(got, "[c]") {
			t.Error(got)
		}
	})
	t.Run("two releases", func(t *testing.T) {
		// August is 120 less 80, of the release of June, less July: two.
		august := statistic(t, "months", "期间:period,人数:person", "2026年7月,38", "2026年1-8月,120")
		b := bureauOf(august)
		b.Releases = []bureau.Release{released("2026-05", statistic(t, "months", "期间:period,人数:person", "2026年1-5月,70")),
			released("2026-06", statistic(t, "months", "期间:period,人数:person", "2026年1-6月,80"))}
		for _, p := range Bureau(b) {
			t.Error(p.Message.EN)
		}
		if got := column(august, "人数"); got != "[c] 120" {
			t.Error(got)
		}
	})
}
