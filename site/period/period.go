// Package period reads the periods that official statistics are written for.
//
// A period is an interval of whole days, both ends included. Parse reads every
// spelling that an office uses, and refuses with a reason what has two readings:
//
//	2005  2005年  2005年度  2005年全年        a calendar year
//	2006年上半年  2006H1  2006-H1            a half-year
//	2006年第一季度  2006年1季度  2006Q1       a quarter, also 2006-Q1
//	2006年5月  2006年05月  2006年5月份        a month
//	2006-05  2006/05  2006.05  200605       a month
//	May 2006  Sept 2006  September 2006     the same
//	2006年5月9日  2006-05-09  20060509       a day, also with / and . and the time 0:00
//	2006-W05  2006W05  2006年第5周           an ISO 8601 week, Monday to Sunday
//	2006年1-8月  2006年1-8月累计  2006.1-8      from a month to a month
//	2006年前8个月  2006年前三季度              from January on
//	2006年1-3季度  2006年5月1-7日             from a quarter, a day to another
//	2003-2005年  2003年1月至2006年8月         across years
//	2023-01-09/2023-03-17                  an ISO 8601 interval
//	2023年1月9日至3月17日                     what is not said again is as before
//	2014/15  2014-15财年  2014/2015财年        a financial year; its first month is in Options
//	截至2026年5月  截至2026年5月31日            a stock at the end of that day
//	2026年底  2026年5月末                    the same
//	民国112年  民国112年5月                    a year of the Republic, 1911 + 112
//
// From and to are joined by - – — ― ~ ～ 〜 － / 至 or 到. Digits may be
// full-width or Chinese (二〇〇六年十二月); spaces and invisible characters do
// not count, save between two digits. Years lie from 1900 to 2200.
//
// Refused, because it could be read in two ways or in none: a period without a
// year (05, 1-8月), a year of two digits (06年), the serial number of a date
// (44927), a day first (01/02/2006), 2014-15 (a financial year or a slip of the
// pen), 2010/11 (a financial year or November), 2014-2015 (two years or a
// financial one), 2006.1 (January, or October whose zero a spreadsheet dropped), a
// day that does not exist, an end before its start.
package period

import (
	"cmp"
	"time"
)

// Period is an interval of whole days, both ends included. The zero Period is none.
type Period struct {
	Text       string // as staff wrote it
	Start, End Date
	AsOf       bool // 截至…: a stock at End, not a flow; Start is End's day
}

// IsZero tells whether there is no period.
func (p Period) IsZero() bool { return p.Start == 0 && p.End == 0 && !p.AsOf && p.Text == "" }

// Interval writes the period as an ISO 8601 interval; a stock has no start.
func (p Period) Interval() string {
	if p.AsOf {
		return "../" + p.End.String()
	}
	return p.Start.String() + "/" + p.End.String()
}

// Days counts the days, both ends included.
func (p Period) Days() int { return int(p.End-p.Start) + 1 }

// Months counts the months where the period consists of whole ones, else it is 0.
func (p Period) Months() int {
	if p.AsOf {
		return 0
	}
	y1, m1, d1 := p.Start.date()
	y2, m2, d2 := (p.End + 1).date()
	if d1 != 1 || d2 != 1 {
		return 0
	}
	return (y2-y1)*12 + int(m2-m1)
}

// Frequency is Yearly for a whole year (calendar or financial), HalfYearly and
// Quarterly for a half-year and a quarter of the calendar, Monthly for a month,
// Weekly for a week from Monday, Daily for a day, and Irregular for any other
// length and for a stock.
func (p Period) Frequency() Frequency {
	if p.AsOf || p.IsZero() {
		return Irregular
	}
	_, month, _ := p.Start.date()
	switch p.Months() {
	case 12:
		return Yearly
	case 6:
		if month%6 == 1 {
			return HalfYearly
		}
	case 3:
		if month%3 == 1 {
			return Quarterly
		}
	case 1:
		return Monthly
	}
	switch {
	case p.Days() == 7 && p.Start.monday():
		return Weekly
	case p.Days() == 1:
		return Daily
	}
	return Irregular
}

// Span is how long a period is against the interval of a frequency.
type Span uint8

const (
	Whole   Span = iota // one interval, or nothing that is held against one
	Partial             // shorter, or not from where intervals begin: 2006年1-8月 among years
	Longer              // a year among quarters, 1-8月 among months
)

// Span tells how long the period is against the full interval of a frequency.
// Half-years and quarters may begin with any quarter and years with any month,
// as financial ones do. A stock has no length.
func (p Period) Span(f Frequency) Span {
	if p.AsOf || p.IsZero() {
		return Whole
	}
	_, month, _ := p.Start.date()
	whole, days := true, 0 // days of the longest interval
	switch months := p.Months(); f {
	case Yearly:
		whole, days = months == 12, 366
	case HalfYearly:
		whole, days = months == 6 && month%3 == 1, 184
	case Quarterly:
		whole, days = months == 3 && month%3 == 1, 92
	case Monthly:
		whole, days = months == 1, 31
	case Weekly:
		whole, days = p.Start.monday() && p.Days() == 7, 7
	case Daily:
		whole, days = p.Days() == 1, 1
	}
	switch {
	case whole:
		return Whole
	case p.Days() > days:
		return Longer
	}
	return Partial
}

// Compare orders periods by their end, as their figures come in, and those that
// end together from the shortest to the longest: a year follows its quarters.
func Compare(a, b Period) int {
	return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(b.Start, a.Start))
}

// Like tells whether two periods are the same months, or the same days, or the
// same ISO week, of two different years, so that their counts may be compared.
func Like(a, b Period) bool {
	if a.AsOf != b.AsOf || a.IsZero() || b.IsZero() || a.Start == b.Start {
		return false
	}
	if a.Frequency() == Weekly && b.Frequency() == Weekly {
		_, w1 := a.Start.Time().ISOWeek()
		_, w2 := b.Start.Time().ISOWeek()
		return w1 == w2
	}
	y1, _, _ := a.Start.date()
	y2, _, _ := b.Start.date()
	moved := a.moved(y2 - y1)
	return moved.Start == b.Start && moved.End == b.End
}

// SameLength tells whether two periods have as many whole months, or else days, so
// that what they count may be compared in time; a stock is like a stock alone.
func SameLength(a, b Period) bool {
	if a.Months() > 0 || b.Months() > 0 {
		return a.Months() == b.Months()
	}
	return a.Days() == b.Days() && a.AsOf == b.AsOf
}

// LastYear gives the same interval of the year before: the same months, the
// same days, the same ISO week. It is the zero Period for a week 53 where the
// year before had none, and for the zero Period.
func (p Period) LastYear() Period {
	if p.IsZero() {
		return p
	}
	if p.Frequency() == Weekly {
		year, week := p.Start.Time().ISOWeek()
		start, ok := isoWeek(year-1, week)
		if !ok {
			return Period{}
		}
		return Period{Start: start, End: start + 6}
	}
	return p.moved(-1)
}

// moved gives the same interval some years on; the end of February stays the
// end of February.
func (p Period) moved(years int) Period {
	move := func(d Date) Date {
		y, m, day := d.date()
		if moved := NewDate(y+years, m, day); m != time.February || day != 29 {
			return moved
		}
		return NewDate(y+years, time.March, 1) - 1
	}
	q := Period{Start: move(p.Start), AsOf: p.AsOf}
	if _, m, d := (p.End + 1).date(); d == 1 {
		y, _, _ := (p.End + 1).date()
		q.End = NewDate(y+years, m, 1) - 1
	} else {
		q.End = move(p.End)
	}
	if p.AsOf {
		q.Start = q.End
	}
	return q
}
