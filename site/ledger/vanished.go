package ledger

import (
	"cmp"
	"slices"
	"strings"
)

// fewTogether is from how many rows on a removal is told once for all of them.
const fewTogether = 3

// together are rows that went together: all of a category or, where the category still
// stands, those of one row's categories in several periods.
type together struct {
	name        string // the category, or the categories; empty where the rows have none
	in          map[string]bool
	first, last string // where their periods begin and end
}

// vanished groups the missing rows that nothing explains, the largest groups first. A row
// that is in none stays alone.
func vanished(missing []string, rows map[string]*published, open func(key string) bool) []together {
	type column struct {
		k     int // -1: all of them
		value string
	}
	published, of := map[column]int{}, map[column][]string{}
	for _, r := range rows {
		for k, value := range r.Categories {
			published[column{k, value}]++
		}
	}
	for _, key := range slices.Sorted(slices.Values(missing)) {
		if !open(key) {
			continue
		}
		for k, value := range rows[key].Categories {
			of[column{k, value}] = append(of[column{k, value}], key)
		}
		all := column{-1, strings.Join(rows[key].Categories, "/")}
		of[all] = append(of[all], key)
	}
	var columns []column
	for c, keys := range of {
		if len(keys) >= fewTogether && (c.k < 0 || len(keys) == published[c]) {
			columns = append(columns, c)
		}
	}
	slices.SortFunc(columns, func(a, b column) int {
		return cmp.Or(cmp.Compare(len(of[b]), len(of[a])), cmp.Compare(b.k, a.k), cmp.Compare(a.value, b.value))
	})
	var all []together
	taken := map[string]bool{}
	for _, c := range columns {
		g := together{name: c.value, in: map[string]bool{}}
		for _, key := range of[c] {
			if !taken[key] {
				g.in[key] = true
			}
		}
		if len(g.in) < fewTogether {
			continue
		}
		for key := range g.in {
			taken[key] = true
			begin, end, _ := strings.Cut(rows[key].Interval, "/")
			if end = cmp.Or(end, begin); g.last < end {
				g.last = end
			}
			if g.first == "" || begin < g.first {
				g.first = begin
			}
		}
		all = append(all, g)
	}
	return all
}
