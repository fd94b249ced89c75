package disclose

import (
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
	rounded := statistic(t, "rounded", "类别:category,人数:person", "甲,12", "乙,40")
	rounded.Descriptor.Disclosure.V = Round
	shown := statistic(t, "shown", "类别:category,人数:person", "甲,12", "乙,40")
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
