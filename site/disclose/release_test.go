package disclose

import (
	"fmt"
	"math/rand/v2"
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
		row := &bureau.VintageRow{Period: s.Period(r)}
		for _, k := range keys {
			row.Categories = append(row.Categories, s.Cell(r, k).Text)
		}
		for _, m := range measures {
			c := s.Cell(r, m)
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
		if len(problems) != 1 || problems[0].Rule.String() != "disclosure/published" || problems[0].Severity != problem.Warning || problems[0].Cell != "B3" {
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

// TestCumulative audits tables of periods that go on from January, by category:
// neither a hidden cell nor a small count of one month may be computed.
func TestCumulative(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	exposed, withheld := 0, 0
	for n := range 300 {
		categories, months := 2+random.IntN(4), 2+random.IntN(4)
		lines := []string{"期间:period,类别:category,人数:person"}
		values := make([][]int, months)
		var equations []equation
		at := func(m, c int) int { return m*(categories+1) + c }
		monthly := map[[2]int]int{} // what each month adds
		for m := range months {
			values[m] = make([]int, categories+1)
			e := equation{at(m, categories)}
			for c := range categories {
				v := random.IntN(30)
				if random.IntN(3) == 0 {
					v = random.IntN(6)
				}
				monthly[[2]int{m, c}] += v
				monthly[[2]int{m, categories}] += v
				e = append(e, at(m, c))
			}
			equations = append(equations, e)
			for c := range categories + 1 {
				values[m][c] = monthly[[2]int{m, c}]
				name := fmt.Sprint("类", c)
				if c == categories {
					name = "合计"
				}
				if m > 0 {
					values[m][c] += values[m-1][c]
				}
				lines = append(lines, fmt.Sprintf("2026年1-%d月,%s,%d", m+2, name, values[m][c]))
			}
		}
		s := statistic(t, "cumulative", lines...)
		for _, p := range protected(t, s) {
			if p.Rule.String() != "disclosure/withheld" {
				t.Fatal(p.Message.EN, lines)
			}
		}
		if s.Disclosure.Withheld {
			withheld++
			continue
		}
		_, hidden := counts(s)
		small := map[int]bool{}
		for m := 1; m < months; m++ {
			for c := range categories + 1 {
				v := monthly[[2]int{m, c}]
				equations = append(equations, equation{at(m, c), at(m-1, c), len(hidden)})
				small[len(hidden)] = 0 < v && v < 5
				hidden = append(hidden, true)
			}
		}
		for _, c := range exposedBy(equations, hidden) {
			if c < months*(categories+1) || small[c] {
				exposed++
				t.Errorf("table %d: cell %d can be computed\n%s\n%v", n, c, column(s, "人数"), lines)
			}
		}
	}
	if withheld > 30 {
		t.Errorf("%d of 300 tables are withheld", withheld)
	}
	t.Logf("300 tables, %d exposed, %d withheld", exposed, withheld)
}

// TestTypedLater types a count that was not available when the total and the other
// parts were published: it could be computed then, so that another part guards it in
// both publications, whatever it is.
func TestTypedLater(t *testing.T) {
	for _, c := range []struct{ name, missing, typed, total, first, then string }{
		{"a small count", "[x]", "3", "80", "60 [x] [c] 80", "60 [c] [c] 80"},
		{"a small count left out again", "[x]", "[x]", "80", "60 [x] [c] 80", "60 [x] [c] 80"},
		{"a count that is not small", "[x]", "33", "110", "60 [x] 17 110", "60 33 17 110"},
	} {
		t.Run(c.name, func(t *testing.T) {
			made := func(of string) *bureau.Statistic {
				return statistic(t, "d", "年份:period,类别:category,人数:person", "2025年,甲,60", "2025年,乙,"+of, "2025年,丙,17", "2025年,合计,"+c.total)
			}
			first := made(c.missing)
			protected(t, first)
			if got := column(first, "人数"); got != c.first {
				t.Errorf("first %s, want %s", got, c.first)
			}
			then := made(c.typed)
			b := bureauOf(then)
			b.Releases = []bureau.Release{released("first", first)}
			for _, p := range Bureau(b) {
				t.Error(p.Message.EN)
			}
			if got := column(then, "人数"); got != c.then {
				t.Errorf("then %s, want %s", got, c.then)
			}
		})
	}
}
