package disclose

import (
	"slices"

	"sunshine/site/bureau"
)

// sharing puts statistics together that share figures: counts of the same name
// and unit for the same period, unit and categories, all of them alike, as the
// totals of one table by sex and one by age are. What is hidden in one is then
// hidden in the other. Statistics that share none stand alone.
func sharing(statistics []*bureau.Statistic, rules rules) [][]*bureau.Statistic {
	var groups [][]*bureau.Statistic
	figures := make(map[*bureau.Statistic]map[string]int64)
	of := func(s *bureau.Statistic) map[string]int64 {
		if figures[s] == nil {
			figures[s] = figuresOf(s, rules)
		}
		return figures[s]
	}
	for _, s := range statistics {
		with := -1 // the group that it joins
		for g := 0; g < len(groups); g++ {
			if !slices.ContainsFunc(groups[g], func(o *bureau.Statistic) bool { return sameCount(s, o) && alike(of(s), of(o)) }) {
				continue
			}
			if with < 0 {
				with = g
				groups[g] = append(groups[g], s)
				continue
			}
			groups[with] = append(groups[with], groups[g]...)
			groups = slices.Delete(groups, g, g+1)
			g--
		}
		if with < 0 {
			groups = append(groups, []*bureau.Statistic{s})
		}
	}
	return groups
}

// sameCount tells whether two statistics have a count of the same name and unit.
func sameCount(a, b *bureau.Statistic) bool {
	for _, f := range a.Fields {
		if i := b.Field(f.Name); i >= 0 && f.IsPersonal() && b.Fields[i].IsPersonal() && f.Unit == b.Fields[i].Unit {
			return true
		}
	}
	return false
}

// alike tells whether two statistics have a figure in common, and none that
// differs.
func alike(a, b map[string]int64) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for name, value := range a {
		if other, ok := b[name]; ok {
			if other != value {
				return false
			}
			if value > 0 {
				common++
			}
		}
	}
	return common > 0
}

// figuresOf names every count of a statistic by its field, period, unit and
// categories, without those that it is a total of.
func figuresOf(s *bureau.Statistic, rules rules) map[string]int64 {
	figures := map[string]int64{}
	keys := s.Keys()
	slices.SortFunc(keys, func(a, b int) int {
		return slices.Compare([]string{string(s.Fields[a].Role), s.Fields[a].Name}, []string{string(s.Fields[b].Role), s.Fields[b].Name})
	})
	for r := range s.Rows {
		name := ""
		for _, k := range keys {
			text := s.Row(r)[k].Text
			switch p := s.Rows[r].Period; {
			case s.Fields[k].Role == bureau.RolePeriod && !p.IsZero():
				text = p.Interval()
			case s.Opens(r, k):
				continue
			case s.Fields[k].Role == bureau.RoleUnit:
				if text = rules.unitName(text); text == rules.top {
					continue
				}
			}
			name += dimName(s.Fields[k]) + "\x00" + text + "\x00"
		}
		for f := range s.Fields {
			if c := rules.cell(s, r, f); s.Fields[f].IsPersonal() && !c.blank {
				figures[s.Fields[f].Name+"\x00"+s.Unit(r, f)+"\x00"+name] = c.value
			}
		}
	}
	return figures
}
