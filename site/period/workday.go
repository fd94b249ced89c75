package period

// Calendar tells working days from others: Monday to Friday, but for the public holidays
// and the days that are worked instead, as a government gives them for each year.
type Calendar struct {
	Off, On map[Date]bool // holidays; Saturdays and Sundays that are worked
}

// Workday tells whether a day is worked.
func (c Calendar) Workday(d Date) bool {
	switch {
	case c.On[d]:
		return true
	case c.Off[d]:
		return false
	}
	return ((d+3)%7+7)%7 < 5 // 1970-01-01 was a Thursday; days before it are negative
}

// After gives the day on which so many working days have passed since a day, which itself
// does not count.
func (c Calendar) After(d Date, workdays int) Date {
	for workdays > 0 {
		if d++; c.Workday(d) {
			workdays--
		}
	}
	return d
}

// Workdays counts the working days after a day up to and with another; 0 where that is
// not later.
func (c Calendar) Workdays(from, to Date) (n int) {
	for d := from + 1; d <= to; d++ {
		if c.Workday(d) {
			n++
		}
	}
	return n
}

// Covers tells whether holidays of the year of a day are known.
func (c Calendar) Covers(d Date) bool {
	for off := range c.Off {
		if off.Time().Year() == d.Time().Year() {
			return true
		}
	}
	return false
}
