package disclose

import (
	"regexp"
	"slices"

	"sunshine/site/bureau"
)

// amounts are the units of sums of money, and public the names of those that a bureau
// has to publish of itself. Any other beside a count of organisations is taken for
// theirs.
var (
	amounts = regexp.MustCompile(`元|(?i:yuan|CNY|RMB)`)
	public  = regexp.MustCompile(`预算|决算|经费|拨款|采购|支出|(?i:budget|expenditure)`)
)

// magnitudes hides the amounts of few organisations: with fewer than the threshold
// in a row, one of them that knows its own share of the fines learns too much of
// another's (the p % rule, for which the single shares would have to be known; with
// so few it is taken to fail). With an amount, those that contain it are hidden, in
// rows that add it up and in longer periods, so that no difference gives it. The
// count is the nearest one before the amount.
func magnitudes(b *bureau.Bureau, rules rules, hidden map[*bureau.Statistic][]figure) {
	for _, s := range b.Statistics {
		if s.Descriptor.Disclosure.V == None {
			continue
		}
		var m *magnitude
		for f, field := range s.Fields {
			count := before(s, f, func(f bureau.Field) bool { return f.Role == bureau.RoleMeasure && f.Risk == "organisation" })
			if count < 0 || field.Role != bureau.RoleMeasure || field.Derived || !amounts.MatchString(field.Unit) || public.MatchString(field.Name) {
				continue
			}
			if m == nil {
				m = newMagnitude(s, rules)
			}
			for r := range s.Rows {
				if m.few(r, count) {
					hidden[s] = append(hidden[s], m.containing(r, f)...)
				}
			}
		}
	}
}

// few tells whether a row counts organisations, and fewer than the threshold, as it
// was before anything was hidden.
func (m *magnitude) few(row, count int) bool {
	need, scale := float64(m.rules.need(m.Statistic, row)), scaleOf(m.Unit(row, count))
	c := m.Cell(row, count)
	if c.Has() {
		return c.Number > 0 && c.Number*scale < need
	}
	n, known := m.was[[2]int{row, count}]
	return c.Status&bureau.Confidential != 0 && (!known || 0 < n && n*scale < need)
}

// magnitude is a statistic of amounts of organisations.
type magnitude struct {
	*bureau.Statistic
	rules   rules
	was     map[[2]int]float64 // what was hidden, by row and field
	wholes  map[int][]int      // the rows that a row is a part of
	periods map[string][]int   // the rows of one name, but for the period
	names   []string
}

func newMagnitude(s *bureau.Statistic, rules rules) *magnitude {
	m := &magnitude{s, rules, map[[2]int]float64{}, map[int][]int{}, map[string][]int{}, make([]string, len(s.Rows))}
	for _, w := range s.Hidden {
		m.was[[2]int{w.Row, w.Field}] = w.Number
	}
	for _, id := range s.Identities {
		if id.Rows {
			for _, r := range id.Right {
				m.wholes[r] = append(m.wholes[r], id.Left[0])
			}
		}
	}
	keys := slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
	for r := range s.Rows {
		m.names[r] = rules.key(s, r, keys, false)
		m.periods[m.names[r]] = append(m.periods[m.names[r]], r)
	}
	return m
}

// containing hides a figure of a row, and of the rows that contain it, and gives
// what it hid.
func (m *magnitude) containing(row, field int) (hidden []figure) {
	rows, seen := []int{row}, map[int]bool{row: true}
	add := func(r int) {
		if !seen[r] {
			seen[r] = true
			rows = append(rows, r)
		}
	}
	for n := 0; n < len(rows); n++ {
		r := rows[n]
		for _, whole := range m.wholes[r] {
			add(whole)
		}
		p := m.Period(r)
		if p.IsZero() || p.AsOf {
			continue
		}
		for _, o := range m.periods[m.names[r]] {
			if q := m.Period(o); !q.AsOf && !q.IsZero() && q != p && q.Start <= p.Start && p.End <= q.End {
				add(o)
			}
		}
	}
	for _, r := range rows {
		if c := m.Cell(r, field); c.Has() {
			hidden = append(hidden, figure{r, field, c.Number})
			hide(m.Statistic, r, field, false, m.rules)
		}
	}
	return hidden
}
