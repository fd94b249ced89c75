package period

import (
	"testing"
	"time"
)

// TestWorkdays counts over the National Day of 2026: seven days off, two weekend days that
// are worked.
func TestWorkdays(t *testing.T) {
	c := Calendar{Off: map[Date]bool{}, On: map[Date]bool{}}
	for day := 1; day <= 7; day++ {
		c.Off[NewDate(2026, time.October, day)] = true
	}
	c.On[NewDate(2026, time.September, 20)], c.On[NewDate(2026, time.October, 10)] = true, true
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-18", 1, "2026-09-20"}, // Friday; the Sunday is worked
		{"2026-09-30", 1, "2026-10-08"},
		{"2026-09-30", 3, "2026-10-10"}, // the Saturday is worked
		{"2026-09-30", 4, "2026-10-12"},
		{"2026-10-03", 1, "2026-10-08"}, // received on a holiday
		{"2026-10-16", 0, "2026-10-16"},
		{"2026-10-16", 20, "2026-11-13"},
	} {
		from, _ := ParseDate(tt.from)
		want, _ := ParseDate(tt.want)
		if got := c.After(from, tt.n); got != want {
			t.Errorf("%d working days after %s: %s, want %s", tt.n, from, got, want)
		}
		if got := c.Workdays(from, want); got != tt.n {
			t.Errorf("working days from %s to %s: %d, want %d", from, want, got, tt.n)
		}
	}
	if day := NewDate(2025, time.October, 1); c.Covers(day) || !c.Workday(day) {
		t.Error("holidays of 2025 are taken for known")
	}
}
