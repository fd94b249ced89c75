package disclose

import (
	"regexp"
	"slices"

	"sunshine/site/bureau"
)

// amounts are the units of sums of money, with what multiplies them.
var amounts = regexp.MustCompile(`^[十百千万亿]*(?:元|美元|欧元|yuan|CNY|RMB)$`)

// magnitudes hides the amounts of few organisations: with fewer than the threshold
// in a row, one of them that knows its own share of the fines learns too much of
// another's (the p % rule, for which the single shares would have to be known; with
// so few it is taken to fail). With an amount, those that contain it are hidden, in
// rows that add it up and in longer periods, so that no difference gives it.
func magnitudes(b *bureau.Bureau, rules rules) {
	for _, s := range b.Statistics {
		if s.Descriptor.Disclosure.V == None {
			continue
		}
		count, several := -1, false
		for f := range s.Fields {
			if s.Fields[f].Role == bureau.RoleMeasure && s.Fields[f].Risk == "organisation" && s.Fields[f].Kind != bureau.OfWhichRow {
				several = count >= 0
				if count < 0 {
					count = f
				}
			}
		}
		if count < 0 || several {
			continue
		}
		for f := range s.Fields {
			if s.Fields[f].Role != bureau.RoleMeasure || !amounts.MatchString(s.Fields[f].Unit) {
				continue
			}
			for r := range s.Rows {
				if few(s, r, count, rules) {
					containing(s, r, f, rules)
				}
			}
		}
	}
}

// few tells whether a row counts organisations, and fewer than the threshold, as it
// was before anything was hidden.
func few(s *bureau.Statistic, row, count int, rules rules) bool {
	c := s.Row(row)[count]
	if c.Has() {
		return c.Number > 0 && c.Number < float64(rules.need(s, row))
	}
	i := slices.IndexFunc(s.Hidden, func(w bureau.Withheld) bool { return w.Row == row && w.Field == count })
	return c.Status&bureau.Confidential != 0 && (i < 0 || 0 < s.Hidden[i].Number && s.Hidden[i].Number < float64(rules.need(s, row)))
}

// containing hides a figure of a row, and of the rows that contain it.
func containing(s *bureau.Statistic, row, field int, rules rules) {
	hidden := []int{row}
	for n := 0; n < len(hidden); n++ {
		r := hidden[n]
		for _, id := range s.Identities {
			if id.Rows && slices.Contains(id.Right, r) && !slices.Contains(hidden, id.Left[0]) {
				hidden = append(hidden, id.Left[0])
			}
		}
		p := s.Rows[r].Period
		if p.IsZero() || p.AsOf {
			continue
		}
		keys := slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
		name := rules.key(s, r, keys, false)
		for o, other := range s.Rows {
			q := other.Period
			if !q.AsOf && !q.IsZero() && q != p && q.Start <= p.Start && p.End <= q.End && !slices.Contains(hidden, o) && rules.key(s, o, keys, false) == name {
				hidden = append(hidden, o)
			}
		}
	}
	for _, r := range hidden {
		if s.Row(r)[field].Has() {
			hide(s, r, field, false, rules)
		}
	}
}
