package figures

import (
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// What no reader sees moves no day: neither that of the guides' measures nor that of
// the site. A translation is news of the site, and none of the guides that are counted.
func TestDraftsMoveNoDay(t *testing.T) {
	day := func(month, day int) bureau.Date {
		return bureau.Date{V: period.NewDate(2026, 1, 1) + period.Date(30*(month-1)+day), At: problem.Position{Line: 1}}
	}
	b := measuredBureau()
	b.Guides[0].Updated = day(3, 1)
	draft, english := *b.Guides[0], *b.Guides[0]
	draft.Status.V, draft.Updated = "draft", day(8, 1)
	english.Language, english.Updated = "en", day(5, 1)
	b.Guides = append(b.Guides, &draft, &english)
	Measure(b, measuredOn, locale.Builtin(problem.Chinese))
	s, row, _, fault := Find(b, "@guides/guides")
	if fault != nil || s.Period(row).End != day(3, 1).V {
		t.Errorf("the guides stand as of %v (%v), want %v", s.Period(row).End, fault, day(3, 1).V)
	}
	b.Matters = nil // which are of a later day
	if got := Newest(b, measuredOn); got.V != day(5, 1).V {
		t.Errorf("the newest is of %v, want %v", got.V, day(5, 1).V)
	}
}
