package period

import (
	"strings"
	"time"
)

// Moment is a minute of a day, as the clock on the bureau's wall shows it. The zero
// Moment means none is known only where a doc comment says so.
type Moment struct {
	Day    Date
	Minute int // since midnight; 24*60 is the end of the day
}

// MomentOf gives the minute that a time lies in, in the time's own zone.
func MomentOf(t time.Time) Moment {
	return Moment{NewDate(t.Year(), t.Month(), t.Day()), t.Hour()*60 + t.Minute()}
}

// End is the end of the day.
func (d Date) End() Moment { return Moment{d, 24 * 60} }

// ParseMoment reads a day in any spelling of ParseDay, and a time after T or spaces:
// 2026-12-01T09:00, 2026-12-01 9:00, 2026年12月1日 9：00. A day alone is its first minute.
func ParseMoment(text string) (Moment, bool) {
	text = strings.TrimSpace(text)
	if day, ok := ParseDay(text); ok {
		return Moment{Day: day}, true
	}
	i := strings.LastIndexAny(text, "T \u3000")
	if i < 0 {
		return Moment{}, false
	}
	day, ok := ParseDay(strings.TrimSpace(text[:i]))
	clock, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimLeft(text[i:], "T \u3000"), "：", ":"))
	return Moment{day, clock.Hour()*60 + clock.Minute()}, ok && err == nil
}

// Before tells whether the moment is earlier than another.
func (m Moment) Before(other Moment) bool {
	return m.Day < other.Day || m.Day == other.Day && m.Minute < other.Minute
}

// ISO gives 2006-01-02T15:04.
func (m Moment) ISO() string {
	return m.Day.Time().Add(time.Duration(m.Minute) * time.Minute).Format("2006-01-02T15:04")
}

// String gives 2006-01-02 15:04, or the day alone for its first minute.
func (m Moment) String() string {
	if m.Minute == 0 {
		return m.Day.String()
	}
	return m.Day.Time().Add(time.Duration(m.Minute) * time.Minute).Format("2006-01-02 15:04")
}
