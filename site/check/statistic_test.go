package check

import (
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// What a descriptor says of the release is held against the day it is.
func TestRelease(t *testing.T) {
	today := period.NewDate(2026, 10, 31)
	for _, c := range []struct {
		released, next period.Date // 0 is not given
		want           string
	}{
		{today, 0, ""},
		{today + 1, 0, "stats/future"},
		{today - 30, today, ""},
		{today - 30, today - 30, "stats/next-release"},
		{0, today, "stats/no-release-date"},
	} {
		s := &bureau.Statistic{Described: true, Descriptor: bureau.Descriptor{File: "data/stats/a.yaml"}}
		s.Descriptor.At.Line, s.Descriptor.Sources = 1, []bureau.Source{{}}
		date := func(d period.Date) (given bureau.Date) {
			if d != 0 {
				given.V, given.At.Line = d, 3
			}
			return given
		}
		s.Descriptor.Released, s.Descriptor.NextRelease = date(c.released), date(c.next)
		said := ""
		for _, p := range Statistic(s, today) {
			said += p.Rule.String()
		}
		if said != c.want {
			t.Errorf("released %v, next %v: %q, want %q", c.released, c.next, said, c.want)
		}
	}
	if said := Statistic(&bureau.Statistic{Described: true}, today); len(said) != 0 {
		t.Errorf("of a descriptor that could not be read: %v", said)
	}
}
