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
	s.Shown = usual(s)
	f, declared := period.ParseFrequency(s.Descriptor.Frequency.V)
	if !declared {
		f = s.Shown
	}
	s.Frequency = f
	spans := []period.Span{period.Period{}.Span(f)} // as Row.When has them
	for _, p := range s.Periods {
		spans = append(spans, p.Span(f))
	}
	for i := range s.Rows {
		s.Rows[i].Span = spans[s.Rows[i].When]
	}
	s.Gaps = gaps(s)
}

// FrequencyOf gives the frequency that some periods show, and whether times between them
// are missing.
func FrequencyOf(all []period.Period) (f period.Frequency, missing bool) {
	s := &bureau.Statistic{}
	for _, p := range all {
		s.Append(bureau.Row{}, p)
	}
	decideFrequency(s)
	return s.Shown, len(s.Gaps) > 0
}

// usual is the frequency that at least half of the periods of rows have, stocks (截至…)
// left out; none where two have as many, since nothing then tells which of them
// is meant.
func usual(s *bureau.Statistic) period.Frequency {
	rows := make([]int, len(s.Periods)+1) // of each period, as Row.When has them
	for _, r := range s.Rows {
		rows[r.When]++
	}
	var count [period.Daily + 1]int
	all := 0
	for i, p := range s.Periods {
		if !p.AsOf {
			count[p.Frequency()] += rows[i+1]
			all += rows[i+1]
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
func gaps(s *bureau.Statistic) (found []period.Period) {
	f := s.Frequency
	if f == period.Irregular {
		return nil
	}
	var times, longer []period.Period
	seen := make([]bool, len(s.Periods)+1) // as Row.When has them
	var before period.Period
	whole := 0
	for i, r := range s.Rows {
		p := s.Period(i)
		switch {
		case p.IsZero() || p.AsOf || r.Span != period.Longer && p == before:
			continue
		case r.Span == period.Longer && !seen[r.When]:
			longer = append(longer, p)
		case r.Span != period.Longer:
			if before = p; r.Span == period.Whole {
				whole++
			}
			if !seen[r.When] {
				times = append(times, p)
			}
		}
		seen[r.When] = true
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
