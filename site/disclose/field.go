package disclose

import (
	"math"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// spot is where a field stands among the fields: its coordinate in a dimension,
// and, where that is not the first one, the field that it is a part of.
type spot struct {
	dim   int
	id    int32
	whole string
}

// fieldLevels takes the columns that package figures found to be the sum of
// others: 合计 of 男 and 女, whatever it is called. Where one is the sum of several
// sets of columns, by sex and by age, each set after the first is a dimension of
// its own.
func (t *table) fieldLevels(s *bureau.Statistic) {
	var fields []int
	for i, f := range s.Fields {
		if s.Fields[i].IsPersonal() || f.Role == bureau.RoleMeasure && f.Risk == "" && f.Type != "percent" {
			fields = append(fields, i)
		}
	}
	sets := map[int][][]int{} // of columns that add up to one
	within := map[int]int{}
	for _, id := range s.Identities {
		if id.Rows || id.Why == bureau.OfWhich || id.Why == bureau.Carried || !slices.Contains(fields, id.Left[0]) || !addsUp(s, id) {
			continue
		}
		total := id.Left[0]
		parts := slices.DeleteFunc(slices.Clone(id.Right), func(p int) bool { return empty(s, p) })
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
		if _, ok := within[f]; ok || sets[f] != nil || s.Fields[f].IsPersonal() {
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

// addsUp tells whether a column is the sum of others, some of which count persons,
// in every row that has them all, and not only of zeros.
func addsUp(s *bureau.Statistic, id bureau.Identity) bool {
	if !slices.ContainsFunc(id.Right, func(p int) bool { return s.Fields[p].IsPersonal() }) {
		return false
	}
	if id.Why == bureau.ByArithmetic {
		return true
	}
	some := false
	for r := range s.Rows {
		sum := figures.SumOf(s, id, r)
		if !sum.Known || sum.Missing {
			continue
		}
		if math.Abs(sum.Left-sum.Right) > 1e-6 {
			return false
		}
		some = some || sum.Right > 0
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
