package disclose

import "sunshine/site/bureau"

// sharing puts statistics together that share figures: a field of the same name
// and unit that has, for the same period, unit and categories, the same counts.
func sharing(statistics []*bureau.Statistic, rules rules) [][]*bureau.Statistic {
	var groups [][]*bureau.Statistic
	for _, s := range statistics {
		groups = append(groups, []*bureau.Statistic{s})
	}
	return groups
}
