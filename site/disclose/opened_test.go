package disclose

import (
	"strings"
	"testing"
)

// A column in 人 of which the descriptor says that it counts none is warned of, where
// that opens a small count.
func TestOpened(t *testing.T) {
	for name, c := range map[string]struct{ header, rows, want string }{
		"persons called none":    {"年份:period,死亡（人）:none", "2024年,3 2025年,12", "disclosure/none"},
		"no small count":         {"年份:period,死亡（人）:none", "2024年,30 2025年,12", ""},
		"events called so":       {"年份:period,拘留（起）:event", "2024年,3 2025年,12", ""},
		"persons called persons": {"年份:period,死亡（人）:person", "2024年,3 2025年,12", ""},
	} {
		s := statistic(t, "x", append([]string{c.header}, strings.Fields(c.rows)...)...)
		s.Fields[1].Unit = strings.TrimSuffix(strings.Split(s.Fields[1].Name, "（")[1], "）")
		got := ""
		for _, p := range protected(t, s) {
			got += p.Rule.String()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
