package disclose

import (
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// balance is an identity among fields, by their coordinates, which holds in every
// row that has them all.
type balance struct {
	why         bureau.Reason
	left, right []int32
}

// part tells whether the right is a part of the left, which has a rest.
func (b balance) part() bool { return b.why == bureau.OfWhich || b.why == bureau.ByDerive }

// both tells whether both sides are sums.
func (b balance) both() bool { return len(b.left) > 1 }

// addColumns takes the fields of a statistic that are reckoned with, those that
// count persons or organisations and their totals, and the identities among them
// that package figures found: 合计 of 男 and 女, whatever it is called. It tells
// whether there are any.
func (t *table) addColumns(s *bureau.Statistic, rules rules) (some bool) {
	fields := map[int]int32{}
	put := func(f int) int32 {
		id, ok := fields[f]
		if !ok {
			id = t.dims[0].id(rules.quantity(s, f))
			fields[f] = id
		}
		return id
	}
	for _, f := range personal(s) {
		put(f)
	}
	for _, id := range s.Identities {
		if id.Rows || !counted(s, id) {
			continue
		}
		right := slices.Clone(id.Right)
		if id.Why != bureau.OfWhich && id.Why != bureau.ByDerive {
			right = slices.DeleteFunc(right, func(p int) bool { return empty(s, p) })
		}
		c := balance{why: id.Why}
		for _, f := range id.Left {
			c.left = append(c.left, put(f))
		}
		for _, f := range right {
			c.right = append(c.right, put(f))
		}
		slices.Sort(c.right)
		t.addColumn(c)
		some = true
	}
	if whole, heads := rules.whole(s); len(heads) > 1 {
		c := balance{why: bureau.ByArithmetic, left: []int32{t.dims[0].id(whole)}}
		for _, f := range heads {
			c.right = append(c.right, put(f))
		}
		slices.Sort(c.right)
		if !slices.Contains(c.right, c.left[0]) {
			t.addColumn(c)
		}
	}
	t.fields[s] = fields
	return some
}

func (t *table) addColumn(c balance) {
	if !slices.ContainsFunc(t.columns, func(o balance) bool { return slices.Equal(o.left, c.left) && slices.Equal(o.right, c.right) }) {
		t.columns = append(t.columns, c)
	}
}

// compound adds the sums that the names of the quantities say: 伤亡 of 死亡 and 受伤.
func (t *table) compound() {
	for _, sum := range compounds {
		whole, is := t.dims[0].ids[sum.whole]
		a, one := t.dims[0].ids[sum.parts[0]]
		b, two := t.dims[0].ids[sum.parts[1]]
		if is && one && two {
			t.addColumn(balance{why: bureau.ByArithmetic, left: []int32{whole}, right: []int32{min(a, b), max(a, b)}})
		}
	}
}

// counted tells whether an identity of fields is one of counts of persons, and
// holds in every row that has them all, and not only of zeros.
func counted(s *bureau.Statistic, id bureau.Identity) bool {
	if !slices.ContainsFunc(slices.Concat(id.Left, id.Right), func(f int) bool { return s.Fields[f].IsPersonal() }) {
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
		if part := id.Why == bureau.OfWhich || id.Why == bureau.ByDerive; !part && math.Abs(sum.Left-sum.Right) > 1e-6 || part && sum.Right > sum.Left {
			return false
		}
		some = some || sum.Right > 0
	}
	return some
}

// empty tells whether a column has no count but zeros.
func empty(s *bureau.Statistic, field int) bool {
	for r := range s.Rows {
		if c := s.Cell(r, field); c.Has() && c.Number != 0 {
			return false
		}
	}
	return true
}

// across gives the sums that the columns of a layer keep. Those among columns are
// numbered as dimensions after the others.
func (t *table) across(l layer) (sums []sum) {
	at := make([]int32, len(t.dims))
	for n, c := range t.columns {
		if c.part() || c.both() {
			continue
		}
	next:
		for i, cell := range l.cells {
			if l.coordinates(t, i)[0] != c.left[0] {
				continue
			}
			copy(at, l.coordinates(t, i))
			parts := make([]int32, len(c.right))
			for j, f := range c.right {
				at[0] = f
				if parts[j] = lookup(l.index, at); parts[j] < 0 {
					continue next
				}
			}
			sums = append(sums, sum{cell, parts, len(t.dims) + n})
		}
	}
	return sums
}

// remainders adds what a count has beside its part (其中), in rows and in columns,
// and what both sides of a balance are, as cells of their own.
func (t *table) remainders() (sums []sum) {
	at := make([]int32, len(t.dims))
	beside := func(cell, field int32) int32 {
		copy(at, t.coordinates(cell))
		at[0] = field
		return t.find(at)
	}
	for _, c := range t.columns {
		if !c.part() && !c.both() {
			continue
		}
		for i := range int32(len(t.cells)) {
			copy(at, t.coordinates(i))
			if at[0] != c.right[0] || t.find(at) != i {
				continue
			}
			if c.part() {
				s := span{whole: beside(i, c.left[0])}
				for _, f := range c.right {
					s.parts = append(s.parts, beside(i, f))
				}
				if s.whole >= 0 && !slices.Contains(s.parts, -1) {
					t.spans = append(t.spans, s)
				}
				continue
			}
			parts := [2][]int32{}
			value, known := [2]int64{}, true
			for side, fields := range [2][]int32{c.left, c.right} {
				for _, f := range fields {
					p := beside(i, f)
					if known = known && p >= 0 && !t.cells[p].blank; known {
						parts[side] = append(parts[side], p)
						value[side] += t.cells[p].value
					}
				}
			}
			if known && value[0] == value[1] {
				both := t.loose(t.coordinates(i), cell{value: value[0], hidden: true, implied: true})
				sums = append(sums, sum{both, parts[0], -1}, sum{both, parts[1], -1})
			}
		}
	}
	for _, s := range t.spans {
		w := t.cells[s.whole]
		rest, known := w.value, !w.blank
		for _, p := range s.parts {
			rest -= t.cells[p].value
			known = known && !t.cells[p].blank
		}
		if !known || rest < 0 {
			continue
		}
		other := t.loose(t.coordinates(s.whole), cell{value: rest, need: w.need, hidden: true, implied: true, primary: 0 < rest && rest < w.need})
		sums = append(sums, sum{s.whole, append(slices.Clone(s.parts), other), -1})
	}
	return sums
}

// span is a count and parts of it, which leave a rest.
type span struct {
	whole int32
	parts []int32
}
