// Package period reads the periods that official statistics are written for.
package period

import "time"

// Date is a day of the Gregorian calendar, as the number of days since
// 1970-01-01. The zero Date means none is known only where a doc comment says so.
type Date int32

// NewDate gives the day; month and day may lie outside their range, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String gives the ISO form, 2006-01-02.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// Frequency is how often a statistic is published.
type Frequency uint8

const (
	Irregular Frequency = iota
	Yearly
	HalfYearly
	Quarterly
	Monthly
	Weekly
	Daily
)

// Period is an interval of whole days, both ends included. The zero Period is none.
type Period struct {
	Text       string // as staff wrote it
	Start, End Date
	AsOf       bool // 截至…: a stock at End, not a flow; Start is End's day
}
