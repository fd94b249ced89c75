package figures

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// decideFrequency gives a statistic the frequency that its descriptor declares,
// or else the one that its periods show; says of each row how long its period is
// against that; and finds the times that no row covers.
func decideFrequency(s *bureau.Statistic) {
	s.Shown = usual(s.Rows)
	f, declared := period.ParseFrequency(s.Descriptor.Frequency.V)
	if !declared {
		f = s.Shown
	}
	s.Frequency = f
	for i := range s.Rows {
		s.Rows[i].Span = s.Rows[i].Period.Span(f)
	}
	s.Gaps = gaps(s.Rows, f)
}

// FrequencyOf gives the frequency that the periods of some rows show, and whether
// times between them are missing.
func FrequencyOf(rows []bureau.Row) (f period.Frequency, missing bool) {
	f = usual(rows)
	for i := range rows {
		rows[i].Span = rows[i].Period.Span(f)
	}
	return f, len(gaps(rows, f)) > 0
}

// usual is the frequency that at least half of the periods have, stocks (截至…)
// left out; none where two have as many, since nothing then tells which of them
// is meant.
func usual(rows []bureau.Row) period.Frequency {
	var count [period.Daily + 1]int
	all := 0
	for _, r := range rows {
		if !r.Period.IsZero() && !r.Period.AsOf {
			count[r.Period.Frequency()]++
			all++
		}
	}
	most, alone := period.Irregular, true
	for f := period.Yearly; f <= period.Daily; f++ {
		switch {
		case count[f] > count[most] || most == period.Irregular && count[f] > 0:
			most, alone = f, true
		case count[f] == count[most]:
			alone = false
		}
	}
	if most == period.Irregular || !alone || 2*count[most] < all {
		return period.Irregular
	}
	return most
}

// shortest are the days of the shortest interval of a frequency.
var shortest = [...]int{period.Yearly: 365, period.HalfYearly: 181, period.Quarterly: 90, period.Monthly: 28, period.Weekly: 7, period.Daily: 1}

// gaps gives the times, of one interval at least, that lie between two whole
// periods and that no row covers. The days of a weekend are none. A longer period
// beside others that lie in it (1-8月 among months) covers none of those that are
// missing from it.
func gaps(rows []bureau.Row, f period.Frequency) (found []period.Period) {
	if f == period.Irregular {
		return nil
	}
	times := make([]period.Period, 0, len(rows))
	var longer []period.Period
	whole := 0
	for _, r := range rows {
		if r.Period.IsZero() || r.Period.AsOf {
			continue
		}
		if r.Span == period.Longer {
			longer = append(longer, r.Period)
			continue
		}
		if n := len(times); n > 0 && times[n-1] == r.Period {
			continue
		}
		times = append(times, r.Period)
		if r.Span == period.Whole {
			whole++
		}
	}
	if whole < 2 {
		return nil
	}
	byStart := func(a, b period.Period) int { return cmp.Compare(a.Start, b.Start) }
	slices.SortFunc(times, byStart)
	shorter := len(times)
	for _, p := range longer {
		at, _ := slices.BinarySearchFunc(times[:shorter], p, byStart)
		if at == shorter || times[at].Start > p.End {
			times = append(times, p)
		}
	}
	slices.SortFunc(times, byStart)
	covered := times[0].End
	for _, p := range times {
		gap := period.Period{Start: covered + 1, End: p.Start - 1}
		if gap.End >= gap.Start && gap.Days() >= shortest[f] && !(f == period.Daily && weekend(gap)) {
			found = append(found, gap)
		}
		covered = max(covered, p.End)
	}
	return found
}

// weekend tells whether all days of a time are a Saturday or a Sunday.
func weekend(p period.Period) bool {
	for d := p.Start; d <= p.End; d++ {
		if day := d.Time().Weekday(); day != 0 && day != 6 {
			return false
		}
		if d > p.Start+1 {
			return false
		}
	}
	return true
}
