package disclose

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// What a count is of decides whether it is protected, and how sensitive the
// statistic is decides from which number on it is published.
func TestThresholds(t *testing.T) {
	for _, c := range []struct {
		risk      string
		sensitive bool
		want      string
	}{
		{"person", false, "[c] 5 9 10"},
		{"organisation", false, "[c] 5 9 10"},
		{"person", true, "[c] [c] [c] 10"},
		{"organisation", true, "[c] [c] [c] 10"},
		{"event", true, "4 5 9 10"},
	} {
		s := statistic(t, "x", "类别:category,数:"+c.risk, "甲,4", "乙,5", "丙,9", "丁,10")
		s.Descriptor.Sensitive.V = c.sensitive
		protected(t, s)
		if got := column(s, "数"); got != c.want {
			t.Errorf("%s, sensitive %v: %s, want %s", c.risk, c.sensitive, got, c.want)
		}
	}
}

// Who has the hash of a file could try which small figures give it.
func TestHashIsWithheld(t *testing.T) {
	hidden := statistic(t, "hidden", "类别:category,人数:person", "甲,12", "乙,4")
	rounded := statistic(t, "rounded", "类别:category,救助:person", "甲,12", "乙,40")
	rounded.Descriptor.Disclosure.V = Round
	shown := statistic(t, "shown", "类别:category,走访:person", "甲,12", "乙,40")
	b := bureauOf(hidden, rounded, shown)
	for _, s := range b.Statistics {
		s.SHA256 = "abc"
		b.Inputs = append(b.Inputs, bureau.Input{Path: s.File, SHA256: "abc", Size: 40})
	}
	Bureau(b)
	for i, s := range b.Statistics {
		in, gone := b.Inputs[i], s != shown
		if gone != (s.SHA256 == "") || gone != (in.SHA256 == "") || gone != (in.Size == 0) {
			t.Errorf("%s: %q, %q, %d bytes", s.Name, s.SHA256, in.SHA256, in.Size)
		}
	}
}

// A figure in 万人 is rounded as the persons that it counts.
func TestRoundedInItsUnit(t *testing.T) {
	s := statistic(t, "x", "类别:category,人数:person", "甲,1.2343", "乙,0.0002")
	s.Fields[1].Unit = "万人"
	s.Descriptor.Disclosure.V = Round
	protected(t, s)
	if got := column(s, "人数"); got != "1.2345 0" {
		t.Errorf("rounded to %s", got)
	}
}

// In a table of two by two by two with all its totals, every table that agrees
// with them differs in all eight cells by the same. Where that is at most four,
// totals have to be hidden as well.
func TestNarrowBox(t *testing.T) {
	for smallest, enough := range map[int]bool{3: false, 4: true} {
		cell := map[[3]int]int{{0, 0, 0}: 3, {1, 1, 1}: smallest}
		lines := []string{"所:category,性别:category,年龄:category,人数:person"}
		names := [3][3]string{{"甲", "乙", "合计"}, {"男", "女", "合计"}, {"少", "老", "合计"}}
		for i := range 27 {
			at, sum := [3]int{i / 9, i / 3 % 3, i % 3}, 0
			for c := range 8 {
				part := [3]int{c / 4, c / 2 % 2, c % 2}
				inside := true
				for d := range 3 {
					inside = inside && (at[d] == 2 || at[d] == part[d])
				}
				if v, ok := cell[part]; inside && ok {
					sum += v
				} else if inside {
					sum += 9
				}
			}
			lines = append(lines, fmt.Sprintf("%s,%s,%s,%d", names[0][at[0]], names[1][at[1]], names[2][at[2]], sum))
		}
		s := statistic(t, "x", lines...)
		protected(t, s)
		if hidden := strings.Count(column(s, "人数"), "[c]"); enough != (hidden == 8) {
			t.Errorf("a cell between 0 and %d: %d are hidden", 3+smallest, hidden)
		}
	}
}
