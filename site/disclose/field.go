package disclose

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// spot is where a field stands among the fields: its coordinate in a dimension,
// and, where that is not the first one, the field that it is a part of.
type spot struct {
	dim   int
	id    int32
	whole string
}

// manyFields is how many columns may be held against each other in all runs;
// of more, only those next to a total are.
const manyFields = 64

// fieldLevels finds the columns that are the sum of others: 合计 of 男 and 女. They
// are told by the numbers, whatever they are called, where the parts stand next to
// each other; others by a check of the descriptor, "合计 == 男 + 女". Where one is the sum
// of several sets of columns, by sex and by age, each set after the first is a
// dimension of its own.
func (t *table) fieldLevels(s *bureau.Statistic) {
	var fields []int
	for i, f := range s.Fields {
		if isCount(s, i) || f.Role == bureau.RoleMeasure && f.Risk == "" && f.Type != "percent" {
			fields = append(fields, i)
		}
	}
	sets := map[int][][]int{} // of columns that add up to one
	within := map[int]int{}
	for n, total := range fields {
		for _, parts := range slices.Concat(runs(fields, n), checked(s, total)) {
			if !addsUp(s, total, parts) {
				continue
			}
			parts = slices.DeleteFunc(slices.Clone(parts), func(p int) bool { return empty(s, p) })
			taken := 0
			for _, p := range parts {
				if of, ok := within[p]; ok {
					taken++
					t.crossing = t.crossing || of != total
				}
			}
			if taken == len(parts) {
				continue
			}
			t.crossing = t.crossing || taken > 0
			for _, p := range parts {
				within[p] = total
			}
			sets[total] = append(sets[total], parts)
		}
	}
	var put func(f int)
	put = func(f int) {
		name := s.Fields[f].Name
		if _, done := t.fields[name]; done {
			return
		}
		total, ok := within[f]
		if !ok {
			t.fields[name] = spot{id: t.dims[0].id(name)}
			return
		}
		put(total)
		of := t.fields[s.Fields[total].Name]
		if n := slices.IndexFunc(sets[total], func(set []int) bool { return slices.Contains(set, f) }); n > 0 {
			d := t.dim(strconv.Itoa(n), "")
			t.dims[d].covered = true
			t.fields[name] = spot{d, t.dims[d].id(name), s.Fields[total].Name}
			t.dims[d].parent[t.fields[name].id] = all
			return
		}
		d := of.dim
		t.dims[d].covered = true
		t.fields[name] = spot{d, t.dims[d].id(name), of.whole}
		t.dims[d].parent[t.fields[name].id] = of.id
	}
	for _, f := range fields {
		if _, ok := within[f]; ok || sets[f] != nil || isCount(s, f) {
			put(f)
		}
	}
}

// locateField sets the coordinates of a field; ok is false where the table has none.
func (t *table) locateField(name string, at []int32) bool {
	f, ok := t.fields[name]
	if !ok {
		return false
	}
	for d := range t.dims {
		if t.dims[d].role == "" {
			at[d] = all
		}
	}
	for ; ; f = t.fields[f.whole] {
		if at[f.dim] == all {
			at[f.dim] = f.id
		}
		if f.whole == "" {
			return true
		}
	}
}

// checked gives the sets of columns that the checks of the descriptor say a
// column is the sum of.
func checked(s *bureau.Statistic, total int) (sets [][]int) {
	field := func(text string) int {
		text = strings.TrimSpace(text)
		if name, ok := strings.CutPrefix(text, `$["`); ok {
			text = strings.TrimSuffix(name, `"]`)
		}
		return s.Field(text)
	}
	for _, c := range s.Descriptor.Checks {
		left, right, ok := strings.Cut(c.Rule.V, "==")
		if !ok {
			continue
		}
		if field(left) != total {
			left, right = right, left
		}
		var parts []int
		for text := range strings.SplitSeq(right, "+") {
			parts = append(parts, field(text))
		}
		if field(left) == total && len(parts) > 1 && !slices.Contains(parts, -1) {
			sets = append(sets, parts)
		}
	}
	return sets
}

// runs gives the sets of columns that one of them may be the sum of, long ones
// first: all the others, and those that stand next to each other.
func runs(fields []int, total int) [][]int {
	var sets [][]int
	add := func(from, to int) {
		if to-from >= 2 {
			sets = append(sets, fields[from:to])
		}
	}
	if 0 < total && total < len(fields)-1 {
		sets = append(sets, slices.Concat(fields[:total], fields[total+1:]))
	}
	for _, side := range [][2]int{{0, total}, {total + 1, len(fields)}} {
		for from := side[0]; from < side[1]; from++ {
			for to := from + 2; to <= side[1]; to++ {
				if len(fields) <= manyFields || from == total+1 || to == total {
					add(from, to)
				}
			}
		}
	}
	slices.SortStableFunc(sets, func(a, b []int) int { return len(b) - len(a) })
	return sets
}

// addsUp tells whether a column is the sum of others in every row that has them
// all, and not only of zeros.
func addsUp(s *bureau.Statistic, total int, parts []int) bool {
	if !slices.ContainsFunc(parts, func(p int) bool { return isCount(s, p) }) {
		return false
	}
	some := false
	for r := range s.Rows {
		cells := s.Row(r)
		sum, others, known := 0.0, 0, cells[total].Has()
		for _, p := range parts {
			known = known && cells[p].Has()
			sum += cells[p].Number
			if cells[p].Number > 0 {
				others++
			}
		}
		if !known {
			continue
		}
		if d := sum - cells[total].Number; d > 1e-6 || d < -1e-6 {
			return false
		}
		some = some || others >= 2
	}
	return some
}

// empty tells whether a column has no count but zeros.
func empty(s *bureau.Statistic, field int) bool {
	for r := range s.Rows {
		if c := s.Row(r)[field]; c.Has() && c.Number != 0 {
			return false
		}
	}
	return true
}
