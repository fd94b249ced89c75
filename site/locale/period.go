package locale

import (
	"strconv"
	"time"

	"sunshine/site/period"
)

// Day writes a date: 2006年1月2日.
func (l *Language) Day(d period.Date) string {
	y, m, day := d.Time().Date()
	return l.Text(Date, strconv.Itoa(y), l.months[m-1], strconv.Itoa(day))
}

// Label names a period for readers: 2006年1—8月. Parse reads a Chinese label back.
func (l *Language) Label(p period.Period) string { return l.label(p, false) }

// Short names a period where there is little room, as under an axis: 2006,
// 06年5月, 06年1—8月.
func (l *Language) Short(p period.Period) string { return l.label(p, true) }

// DayOf names the period of a base: of a stock it is the day alone.
func (l *Language) DayOf(p period.Period) string {
	if p.AsOf {
		p = period.Period{Start: p.End, End: p.End}
	}
	return l.Label(p)
}

func (l *Language) label(p period.Period, short bool) string {
	if p.IsZero() {
		return ""
	}
	y1, m1, _ := p.Start.Time().Date()
	y2, _, _ := p.End.Time().Date()
	months := p.Months()
	years := months > 0 && months%12 == 0 && m1 == time.January
	switch {
	case p.AsOf:
		return l.Text(PeriodAsOf, l.inYear(period.Period{Start: p.End, End: p.End}, short))
	case years && y1 == y2 && short:
		return l.Text(PeriodYearShort, strconv.Itoa(y1))
	case years && y1 == y2:
		return l.Text(PeriodYear, strconv.Itoa(y1))
	case years:
		return l.Text(PeriodYears, strconv.Itoa(y1), strconv.Itoa(y2))
	case y1 == y2:
		return l.inYear(p, short)
	}
	short = short && !(months > 12 && months%12 == 0) // the years are all there is
	first, last := period.Period{Start: p.Start, End: p.Start}, period.Period{Start: p.End, End: p.End}
	if months > 0 {
		first, last = monthOf(p.Start), monthOf(p.End)
	}
	return l.Text(PeriodBetween, l.inYear(first, short), l.inYear(last, short))
}

func monthOf(d period.Date) period.Period {
	y, m, _ := d.Time().Date()
	return period.Period{Start: period.NewDate(y, m, 1), End: period.NewDate(y, m+1, 1) - 1}
}

// inYear names a period that lies within one year, but is less than it.
func (l *Language) inYear(p period.Period, short bool) string {
	year := strconv.Itoa(p.Start.Time().Year())
	if short { // years lie from 1900 to 2200
		year = year[2:]
	}
	return l.Text(PeriodInYear, year, l.Within(p))
}

// Within names a period that lies within one year without the year: 1—8月. It is
// empty for any other.
func (l *Language) Within(p period.Period) string {
	y1, m1, d1 := p.Start.Time().Date()
	y2, m2, d2 := p.End.Time().Date()
	if p.IsZero() || y1 != y2 || p.Months() == 12 {
		return ""
	}
	day := func(m time.Month, d int) string { return l.Text(SpanDay, l.short[m-1], strconv.Itoa(d)) }
	switch f := p.Frequency(); {
	case f == period.HalfYearly && m1 == time.January:
		return l.Text(SpanFirstHalf)
	case f == period.HalfYearly:
		return l.Text(SpanSecondHalf)
	case f == period.Quarterly:
		return l.Text([...]Key{SpanQuarter1, SpanQuarter2, SpanQuarter3, SpanQuarter4}[m1/3])
	case f == period.Monthly:
		return l.Text(SpanMonth, l.short[m1-1])
	case f == period.Daily:
		return day(m1, d1)
	case p.Months() > 0:
		return l.Text(SpanMonths, l.short[m1-1], l.short[m2-1])
	case m1 == m2:
		return l.Text(SpanDays, l.short[m1-1], strconv.Itoa(d1), strconv.Itoa(d2))
	}
	return l.Text(SpanDaysOfMonths, day(m1, d1), day(m2, d2))
}

// Unlike says that a period is shorter, or longer, than the frequency, 不满一年：1—8月.
func (l *Language) Unlike(p period.Period, span period.Span, f period.Frequency) string {
	text := l.LengthOf(span, f)
	if part := l.Within(p); part != "" {
		return l.Text(PartialSpan, text, part)
	}
	return text
}

// LengthOf says that a period is shorter, or longer, than the frequency: 不满一年.
func (l *Language) LengthOf(span period.Span, f period.Frequency) string {
	if span == period.Longer {
		return l.Text(LongerThan, l.Length(f))
	}
	return l.Text(Partial, l.Length(f))
}
