package period

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar, as the number of days since
// 1970-01-01. The zero Date means none is known only where a doc comment says so.
type Date int32

// NewDate gives the day; month and day may lie outside their range, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate reads an ISO 8601 date, 2006-01-02, of the years 1900 to 2200.
func ParseDate(text string) (Date, bool) {
	if len(text) != len("2006-01-02") || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	y, m, d := digits(text[:4]), digits(text[5:7]), digits(text[8:])
	if y < firstYear || y > lastYear || !exists(y, m, d) {
		return 0, false
	}
	return NewDate(y, time.Month(m), d), true
}

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String gives the ISO form, 2006-01-02.
func (d Date) String() string {
	var b [len(time.DateOnly)]byte
	return string(d.Time().AppendFormat(b[:0], time.DateOnly))
}

// MarshalText gives the ISO date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO date.
func (d *Date) UnmarshalText(text []byte) error {
	day, ok := ParseDate(string(text))
	if !ok {
		return fmt.Errorf("%q is no date", text)
	}
	*d = day
	return nil
}

func (d Date) date() (year int, month time.Month, day int) { return d.Time().Date() }

// monday tells whether the day is a Monday; 1970-01-01 was a Thursday.
func (d Date) monday() bool { return (d+3)%7 == 0 }

// exists tells whether the calendar has that day.
func exists(year, month, day int) bool {
	return 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// isoWeek gives the Monday of an ISO 8601 week; ok is false where the year has
// no such week.
func isoWeek(year, week int) (monday Date, ok bool) {
	fourth := NewDate(year, time.January, 4) // always in week 1
	monday = fourth - Date((int(fourth.Time().Weekday())+6)%7) + Date(7*(week-1))
	y, w := monday.Time().ISOWeek()
	return monday, y == year && w == week
}

// digits reads ASCII digits; it is -1 for anything else.
func digits(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		n = n*10 + int(text[i]-'0')
	}
	return n
}
