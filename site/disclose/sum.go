package disclose

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// addUp finds the sums among the cells, dimension by dimension. What a period or
// a unit counts beside the periods or units in it is a cell of its own, which
// readers get by subtraction.
func (t *table) addUp() {
	order := make([]int, 0, len(t.dims)) // periods and units first: they have rests
	for _, role := range []bureau.Role{bureau.RolePeriod, bureau.RoleUnit} {
		for i := range t.dims {
			if t.dims[i].role == role {
				order = append(order, i)
			}
		}
	}
	for i := range t.dims {
		if !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	for _, d := range order {
		if role := t.dims[d].role; role == bureau.RolePeriod || role == bureau.RoleUnit {
			t.rests(d)
		}
	}
	type found struct {
		sum
		wrong bool
	}
	var sums []found
	for _, d := range order {
		for _, s := range t.along(d) {
			value, unknown := t.value(s)
			holds := t.cells[s.total].blank || t.cells[s.total].value == value || unknown > 0 && t.cells[s.total].value > value
			sums = append(sums, found{s, !holds})
		}
	}
	t.infer(func(yield func(sum) bool) {
		for _, f := range sums {
			if !f.wrong && !yield(f.sum) {
				return
			}
		}
	})
	wrong := map[int32]sum{}
	right := map[int32]bool{}
	var kept []sum
	for _, f := range sums {
		if f.wrong {
			wrong[f.total] = f.sum
		} else {
			right[f.total] = true
			kept = append(kept, f.sum)
		}
	}
	kept = append(kept, t.grandTotals(wrong, right)...)
	t.margins = kept
	for _, s := range t.needed(kept) {
		t.add(s.total, s.parts, s.dim)
		t.cells[t.dear(s)].dear = true
	}
}

// dear gives the cell of a sum that readers need most: its total, but of two
// periods that begin together the shorter one, which was published first.
func (t *table) dear(s sum) int32 {
	if s.dim >= 0 && t.dims[s.dim].role == bureau.RolePeriod {
		var seen []int32
		for _, p := range s.parts {
			if !t.cells[p].implied {
				seen = append(seen, p)
			}
		}
		if len(seen) == 1 {
			return seen[0]
		}
	}
	return s.total
}

// along finds the sums of one dimension: a cell and those that differ from it in
// that dimension only, by one level.
func (t *table) along(d int) []sum {
	parts := map[int32][]int32{}
	var totals []int32
	for i := range t.cells {
		above := t.coordinates(int32(i))[d]
		whole := int32(-1)
		for n := 0; whole < 0 && n < maxLevels; n++ {
			if above = t.dims[d].parent[above]; above < 0 {
				break
			}
			whole = t.beside(int32(i), d, above)
		}
		if whole < 0 || whole == int32(i) {
			continue
		}
		if parts[whole] == nil {
			totals = append(totals, whole)
		}
		parts[whole] = append(parts[whole], int32(i))
	}
	slices.Sort(totals)
	sums := make([]sum, len(totals))
	for i, total := range totals {
		sums[i] = sum{total, parts[total], d}
	}
	return sums
}

// rests adds what the periods, or the units, count beside those in them.
func (t *table) rests(d int) {
	named := make([]bool, len(t.cells)) // as a total, which has no rest
	for _, p := range t.places {
		named[p.cell] = named[p.cell] || p.statistic.Rows[p.row].Kind == bureau.TotalRow
	}
	for _, s := range t.along(d) {
		value, unknown := t.value(s)
		total := t.cells[s.total]
		at := slices.Clone(t.coordinates(s.total))
		if total.blank || unknown > 0 || total.value <= value || at[d] == all && int(s.total) < len(named) && named[s.total] {
			continue
		}
		at[d] = t.dims[d].restOf(at[d])
		need := total.need
		for _, p := range s.parts {
			need = max(need, t.cells[p].need)
		}
		rest := total.value - value
		t.put(at, cell{value: rest, need: need, hidden: true, implied: true, primary: rest < need})
	}
}

// value adds up what is known of the parts, and counts those that are not.
func (t *table) value(s sum) (value int64, unknown int) {
	for _, p := range s.parts {
		if t.cells[p].blank {
			unknown++
		}
		value += t.cells[p].value
	}
	return value, unknown
}

// infer gives the figures that staff left out, or hid, and that readers can tell
// from a sum all the same, their value, so that those they hid, and small ones,
// are guarded like others.
func (t *table) infer(sums func(func(sum) bool)) {
	set := func(c *cell, value int64) {
		c.value, c.blank = value, false
		c.primary = c.hidden || 0 < value && value < c.need
		c.implied, c.hidden = !c.hidden, true
	}
	for again := true; again; {
		again = false
		for s := range sums {
			value, unknown := t.value(s)
			total := &t.cells[s.total]
			switch {
			case total.blank && unknown == 0:
				set(total, value)
				again = true
			case !total.blank && unknown == 1 && total.value >= value:
				for _, p := range s.parts {
					if c := &t.cells[p]; c.blank {
						set(c, total.value-value)
						again = true
					}
				}
			}
		}
	}
}

// grandTotals gives the sums of totals that no single dimension gives, as where
// a table has a total of all but none of its rows, and reports the totals that
// contradict their cells.
func (t *table) grandTotals(wrong map[int32]sum, right map[int32]bool) []sum {
	// Every cell is under those that have totals of it as coordinates.
	under := func(c int32, yield func(above int32)) {
		at := slices.Clone(t.coordinates(c))
		var climb func(d int)
		climb = func(d int) {
			if d == len(at) {
				if i := t.find(at); i >= 0 && i != c {
					yield(i)
				}
				return
			}
			own := at[d]
			for at[d] = own; at[d] >= 0; at[d] = t.dims[d].parent[at[d]] {
				climb(d + 1)
			}
			at[d] = own
		}
		climb(0)
	}
	above := make([]bool, len(t.cells))
	for i := range t.cells {
		under(int32(i), func(i int32) { above[i] = true })
	}
	open := map[int32][]int32{} // the cells under each total without a sum
	for i := range t.cells {
		if c := int32(i); above[c] && !right[c] {
			open[c] = nil
		}
	}
	if len(open) == 0 {
		return nil
	}
	for i := range t.cells {
		if c := int32(i); !above[c] && !t.cells[c].implied {
			under(c, func(i int32) {
				if _, ok := open[i]; ok {
					open[i] = append(open[i], c)
				}
			})
		}
	}
	var sums []sum
	for i := range t.cells {
		total := int32(i)
		leaves, isOpen := open[total]
		if !isOpen {
			continue
		}
		s := sum{total, leaves, -1}
		value, unknown := t.value(s)
		short, isWrong := wrong[total]
		switch {
		case len(leaves) > 0 && (t.cells[total].blank || unknown > 0 || value == t.cells[total].value):
			sums = append(sums, s)
		case isWrong:
			if value, unknown = t.value(short); unknown == 0 {
				t.contradiction(total, value)
			}
		case len(leaves) > 0 && value > t.cells[total].value:
			t.contradiction(total, value)
		}
	}
	return sums
}

// contradiction reports a total that is not the sum of its cells.
func (t *table) contradiction(total int32, sum int64) {
	for _, p := range t.places {
		if p.cell != total {
			continue
		}
		scale := scaleOf(p.statistic.Unit(p.row, p.field))
		t.faults.Error(p.statistic.Position(p.row, p.field), "disclosure/margin",
			problem.Say("这个合计是 %s，而它的各项相加是 %s，无法判断隐去的数会不会被推算出来",
				"this total is %s and its parts add up to %s, so nobody can tell whether hidden figures could be computed",
				digits(float64(t.cells[total].value)/scale), digits(float64(sum)/scale)),
			problem.Say("核对合计和各项；有一项没有列出时补上", "check the total and its parts; add a part that is left out"))
		return
	}
}

// needed leaves out the sums that follow from others: where the parts of a total
// are split further, what holds of all the splits holds of the total. Of two
// dimensions the one with more levels is kept whole.
func (t *table) needed(sums []sum) []sum {
	depth := make([]int, len(t.dims))
	for d := range t.dims {
		for c := range t.dims[d].parent {
			n := 0
			for p := t.dims[d].parent[c]; p >= 0 && n < maxLevels; p = t.dims[d].parent[p] {
				n++
			}
			depth[d] = max(depth[d], n)
		}
	}
	deeper := func(a, b int) bool { return depth[a] > depth[b] || depth[a] == depth[b] && a < b }
	type of struct {
		total int32
		dim   int
	}
	at := make(map[of]int, len(sums))
	for i, s := range sums {
		if s.dim >= 0 {
			at[of{s.total, s.dim}] = i
		}
	}
	// split gives the parts of the cells, along a dimension, in their order.
	split := func(cells []int32, dim int) ([]int32, bool) {
		var parts []int32
		for _, c := range cells {
			i, ok := at[of{c, dim}]
			if !ok {
				return nil, false
			}
			parts = append(parts, sums[i].parts...)
		}
		slices.Sort(parts)
		return parts, true
	}
	var kept []sum
next:
	for _, s := range sums {
		for d := range t.dims {
			if s.dim < 0 || d == s.dim || !deeper(d, s.dim) {
				continue
			}
			i, ok := at[of{s.total, d}]
			if !ok {
				continue
			}
			across, ok := split(s.parts, d)
			if !ok {
				continue
			}
			along, ok := split(sums[i].parts, s.dim)
			if ok && slices.Equal(across, along) {
				continue next
			}
		}
		kept = append(kept, s)
	}
	return kept
}
