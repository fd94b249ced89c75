package period

import (
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	for text, want := range map[string]string{
		"2026-12-01T09:00":  "2026-12-01 09:00",
		"2026-12-01 9:05":   "2026-12-01 09:05",
		"2026年12月1日 9：00":   "2026-12-01 09:00",
		"2026-12-01":        "2026-12-01",
		"2026-12-01T23:59":  "2026-12-01 23:59",
		"2026-12-01T24:00":  "",
		"2026-12-01T9":      "",
		"2026-12-01T09:00Z": "", // no zone but the bureau's
		"2026-02-30T09:00":  "",
		"T09:00":            "",
		"明天9:00":            "",
	} {
		m, ok := ParseMoment(text)
		if got := m.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %s, %t; want %q", text, got, ok, want)
		}
	}
}

func TestMomentOrder(t *testing.T) {
	day := NewDate(2026, 12, 1)
	for _, c := range []struct {
		a, b   Moment
		before bool
	}{
		{Moment{day, 539}, Moment{day, 540}, true},
		{Moment{day, 540}, Moment{day, 540}, false},
		{Moment{day - 1, 1439}, Moment{Day: day}, true},
		{day.End(), Moment{day, 1439}, false},
		{day.End(), Moment{Day: day + 1}, true},
	} {
		if c.a.Before(c.b) != c.before {
			t.Errorf("%s before %s: %t", c.a, c.b, !c.before)
		}
	}
	if m := MomentOf(time.Unix(1795647900, 0).In(time.FixedZone("", 8*60*60))); m.String() != "2026-11-26 07:05" {
		t.Error(m)
	}
}
