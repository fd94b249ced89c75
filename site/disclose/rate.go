package disclose

import (
	"math"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// rateWords are what the names of figures have that are computed from others.
var rateWords = strings.Fields("率 比 占 均 每 倍 指数 系数 增 减 升 降 差 变化 变动 份额 构成 rate ratio share per average mean change index")

// computed tells whether staff may have computed a field from counts: a rate, a
// share, an average, a change.
func computed(f bureau.Field) bool {
	if f.Role != bureau.RoleMeasure || f.Derived || f.IsPersonal() && !bureau.IsChange(f.Name) {
		return false
	}
	if figures.Percentage(f.Unit) || f.Type == "percent" || strings.ContainsAny(f.Unit, "/倍") || bureau.IsChange(f.Name) {
		return true
	}
	name := strings.ToLower(f.Name)
	return slices.ContainsFunc(rateWords, func(word string) bool { return strings.Contains(name, word) })
}

// rates hides what staff computed from hidden counts: a share of 43, 2.5 in ten
// thousand of 12,000, 7 less than the year before. Derived fields are computed
// later, and need no care.
//
// A figure is taken to be computed from a count where its name has that of the
// count, or where the count and some figure of the same row, or of the same field
// in another period, give it as it is rounded.
func rates(statistics []*bureau.Statistic, hidden map[*bureau.Statistic][]figure, rules rules) {
	rows := map[string][]place{} // the rows that have some computed figure, by their names
	series := map[*bureau.Statistic]map[string][]int{}
	fields := map[*bureau.Statistic][]int{}
	for _, s := range statistics {
		for f := range s.Fields {
			if computed(s.Fields[f]) {
				fields[s] = append(fields[s], f)
			}
		}
		if len(fields[s]) == 0 {
			continue
		}
		keys := sorted(s)
		undated := slices.DeleteFunc(slices.Clone(keys), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
		series[s] = map[string][]int{}
		for r := range s.Rows {
			name := rules.key(s, r, keys)
			rows[name] = append(rows[name], place{statistic: s, row: r})
			name = rules.key(s, r, undated)
			series[s][name] = append(series[s][name], r)
		}
	}
	if len(rows) == 0 {
		return
	}
	for _, s := range statistics {
		if len(hidden[s]) == 0 {
			continue
		}
		keys := sorted(s)
		undated := slices.DeleteFunc(slices.Clone(keys), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
		for _, h := range hidden[s] {
			bare := s.Fields[h.field].Bare()
			for _, p := range rows[rules.key(s, h.row, keys)] {
				var bases []float64
				for _, q := range rows[rules.key(s, h.row, keys)] {
					bases = append(bases, measures(q.statistic, q.row)...)
				}
				bases = append(bases, measures(s, h.row)...)
				for _, g := range hidden[s] { // another that is hidden in its row
					if g.row == h.row && g.field != h.field {
						bases = append(bases, g.number)
					}
				}
				if p.statistic == s {
					for _, r := range series[s][rules.key(s, h.row, undated)] {
						if c := s.Row(r)[h.field]; c.Has() {
							bases = append(bases, c.Number)
						}
					}
					for _, g := range hidden[s] {
						if g.field == h.field && g.row != h.row {
							bases = append(bases, g.number)
						}
					}
				}
				for _, f := range fields[p.statistic] {
					if c := p.statistic.Row(p.row)[f]; c.Has() && !made(p.statistic, f, s.Fields[h.field].Name, false) && (mentions(p.statistic.Fields[f].Bare(), bare) || made(p.statistic, f, s.Fields[h.field].Name, true) || gives(c, figures.Percentage(p.statistic.Unit(p.row, f)), h.number, bases)) {
						hide(p.statistic, p.row, f, false, rules)
					}
				}
			}
			if series[s] == nil {
				continue
			}
			for _, r := range series[s][rules.key(s, h.row, undated)] {
				base := s.Row(r)[h.field]
				for _, f := range fields[s] {
					if c := s.Row(r)[f]; r != h.row && c.Has() && base.Has() && gives(c, figures.Percentage(s.Unit(r, f)), h.number, []float64{base.Number}) {
						hide(s, r, f, false, rules)
					}
				}
			}
		}
	}
}

// sorted gives the keys of a statistic in an order that all statistics share.
func sorted(s *bureau.Statistic) []int {
	keys := s.Keys()
	slices.SortFunc(keys, func(a, b int) int {
		return slices.Compare([]string{string(s.Fields[a].Role), s.Fields[a].Name}, []string{string(s.Fields[b].Role), s.Fields[b].Name})
	})
	return keys
}

// made tells whether the descriptor says that a rate is made of a field; with
// false, whether it says what it is made of and that is something else.
func made(s *bureau.Statistic, rate int, field string, of bool) bool {
	for _, spec := range s.Descriptor.Schema.Fields {
		if strings.TrimSpace(spec.Name.V) != s.Fields[rate].Name || len(spec.Of) == 0 {
			continue
		}
		return of == slices.ContainsFunc(spec.Of, func(name bureau.String) bool { return strings.TrimSpace(name.V) == field })
	}
	return false
}

// mentions tells whether the name of a rate has that of a count: 每万人被害人数 has
// 被害人.
func mentions(rate, count string) bool {
	count = strings.TrimSuffix(strings.TrimSuffix(count, "人数"), "数")
	return len([]rune(count)) >= 2 && strings.Contains(rate, count)
}

// measures gives the figures of a row.
func measures(s *bureau.Statistic, row int) (numbers []float64) {
	for i, c := range s.Row(row) {
		if s.Fields[i].Role == bureau.RoleMeasure && c.Has() {
			numbers = append(numbers, c.Number)
		}
	}
	return numbers
}

// gives tells whether a figure, as it is rounded, is what a count and some other
// make: their ratio, in any of the usual multiples, their difference, or by how
// much one is more than the other.
func gives(rate bureau.Cell, percent bool, count float64, others []float64) bool {
	half := figures.LastDigit(rate)/2 + 1e-9
	if figures.LastDigit(rate) == 1 {
		half = 0.5 + 1e-9
	}
	value := rate.Number
	near := func(x float64) bool { return math.Abs(x-value) <= half }
	for _, other := range others {
		if value == other && other == count {
			continue
		}
		if !percent && half <= 0.5+1e-6 && value == math.Trunc(value) && (near(count-other) || near(other-count)) && value != 0 {
			return true
		}
		for _, x := range [...][2]float64{{count, other}, {other, count}} {
			if x[1] == 0 {
				continue
			}
			for _, k := range [...]float64{1, 100, 1000, 1e4, 1e5} {
				if (value != 0 || x[0] == 0) && near(k*x[0]/x[1]) {
					return true
				}
			}
			if change := (x[0] - x[1]) / x[1] * 100; near(change) || near(-change) {
				return true
			}
		}
	}
	return false
}
