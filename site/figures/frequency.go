package figures

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
)

// decideFrequency gives a statistic the frequency that its descriptor declares,
// or else the one that at least half of its periods have, stocks (截至…) left
// out; and says of each row whether its period is shorter than that.
//
// Nothing else infers a frequency: pages, sentences, charts and checks read
// Statistic.Frequency and Row.Partial.
func decideFrequency(s *bureau.Statistic) {
	f, declared := period.ParseFrequency(s.Descriptor.Frequency.V)
	if !declared {
		f = usual(s.Rows)
	}
	s.Frequency = f
	for i := range s.Rows {
		s.Rows[i].Partial = s.Rows[i].Period.Partial(f)
	}
}

// usual is the frequency that at least half of the periods have; none where two
// have as many, since nothing then tells which of them is meant.
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
