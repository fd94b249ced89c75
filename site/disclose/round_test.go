package disclose

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// Rounded counts that a total pins are hidden instead, and staff are told.
func TestRoundedTotals(t *testing.T) {
	for want, lines := range map[string][]string{
		"0 5 10 20": {"甲,2", "乙,6", "丙,10", "合计,18"},
		// Four counts of 2 at most that make 8 at least are all 2.
		"[c] [c] [c] [c] [c]": {"甲,2", "乙,2", "丙,2", "丁,2", "合计,8"},
		// Six of 7 at most that make 38 at least are 5 or more.
		"5 5 5 5 5 5 40": {"甲,6", "乙,6", "丙,7", "丁,7", "戊,6", "己,6", "合计,38"},
	} {
		s := statistic(t, "x", append([]string{"类别:category,人数:person"}, lines...)...)
		s.Descriptor.Disclosure.V = Round
		problems := protected(t, s)
		if got := column(s, "人数"); got != want {
			t.Errorf("%v: %s, want %s", lines, got, want)
		}
		told := len(problems) > 0 && problems[len(problems)-1].Rule.String() == "disclosure/round"
		if told != strings.Contains(want, "[c]") {
			t.Errorf("%v: %v", lines, problems)
		}
	}
}

// A rate beside rounded counts is published only where it is made of others.
func TestRateBesideRounded(t *testing.T) {
	for of, want := range map[string]string{"": "[c] [c]", "参加": "[c] [c]", "场次": "2.1 19.23"} {
		s := statistic(t, "x", "类别:category,参加:person,场次:event,受伤率:none", "甲,143,47,2.1", "乙,260,31,19.23")
		s.Fields[3].Unit = "%"
		s.Descriptor.Disclosure.V = Round
		if of != "" {
			s.Descriptor.Schema.Fields = []bureau.FieldSpec{{Name: bureau.String{V: "受伤率"}, Of: []bureau.String{{V: of}}}}
		}
		protected(t, s)
		if got := column(s, "受伤率"); got != want {
			t.Errorf("of %s: %s, want %s", of, got, want)
		}
	}
}

// The exact figures of one file tell the rounded ones of another.
func TestRoundedAndExact(t *testing.T) {
	rounded := statistic(t, "a", "期间:period,人数:person", "2025年,33")
	rounded.Descriptor.Disclosure.V = Round
	exact := statistic(t, "b", "期间:period,性别:category,人数:person", "2025年,男,13", "2025年,女,20")
	open := statistic(t, "c", "期间:period,人数:person", "2025年,33")
	open.Descriptor.Disclosure.V = None
	if problems := protected(t, open, exact); problems.Errors() != 1 || problems[len(problems)-1].Rule.String() != "disclosure/round" {
		t.Errorf("%v", problems)
	}
	problems := protected(t, rounded, exact)
	if len(problems) != 1 || problems[0].Rule.String() != "disclosure/round" || problems.Errors() != 1 {
		t.Errorf("%v", problems)
	}
}

// A table of more cells than are looked at closely is safe all the same, and says
// that it hides more.
func TestCoarse(t *testing.T) {
	const n = 31
	values := map[[3]int]int{}
	for i := range n * n * n {
		at := [3]int{i / n / n, i / n % n, i % n}
		v := 10 + i*7%50
		if i%997 == 0 {
			v = 3
		}
		for mask := range 8 {
			total := at
			for d := range 3 {
				if mask>>d&1 == 1 {
					total[d] = n
				}
			}
			values[total] += v
		}
	}
	name := func(i int) string {
		if i == n {
			return "合计"
		}
		return fmt.Sprint("值", i)
	}
	lines := []string{"街区:category,类别:category,性别:category,人数:person"}
	for i := range (n + 1) * (n + 1) * (n + 1) {
		at := [3]int{i / (n + 1) / (n + 1), i / (n + 1) % (n + 1), i % (n + 1)}
		lines = append(lines, fmt.Sprintf("%s,%s,%s,%d", name(at[0]), name(at[1]), name(at[2]), values[at]))
	}
	s := statistic(t, "x", lines...)
	problems := protected(t, s)
	if len(problems) != 1 || problems[0].Rule.String() != "disclosure/coarse" || s.Disclosure.Withheld {
		t.Errorf("%v", problems)
	}
}
