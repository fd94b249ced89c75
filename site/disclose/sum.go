package disclose

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// addUp finds the sums among the cells, dimension by dimension, column by column,
// and in each earlier publication. Totals that a table leaves out, and what a
// period, a unit or a count in several files has beside its parts, are cells of
// their own, which readers get by adding and subtracting.
func (t *table) addUp() {
	var plain []int // the dimensions whose totals count no more than their parts
	for d := range t.dims {
		if role := t.dims[d].role; d > 0 && role != bureau.RolePeriod && role != bureau.RoleUnit {
			plain = append(plain, d)
		}
	}
	t.leftOut(plain)
	t.twice()
	var sums []sum
	l := t.now()
	for _, d := range plain {
		sums = append(sums, t.along(d, l)...)
	}
	t.infer(append(sums, t.across(l)...))
	t.standing()
	for d := range t.dims {
		if d > 0 {
			t.rests(d, l)
		}
	}
	others := append(t.remainders(), t.subsets...)
	l = t.now()
	sums = sums[:0]
	for d := range t.dims {
		if d > 0 {
			sums = append(sums, t.along(d, l)...)
		}
	}
	sums = append(sums, t.across(l)...)
	for _, past := range t.past {
		for d := range t.dims {
			if d > 0 {
				others = append(others, unnumbered(t.along(d, past))...)
			}
		}
		others = append(others, unnumbered(t.across(past))...)
	}
	t.infer(slices.Concat(sums, others))
	for _, s := range t.needed(t.holding(sums, true)) {
		t.add(s.total, s.parts, s.dim)
	}
	known := make(map[string]bool, len(t.sums))
	for _, s := range t.sums {
		known[s.name()] = true
	}
	for _, s := range t.holding(others, false) {
		if name := s.name(); !known[name] {
			known[name] = true
			t.add(s.total, s.parts, s.dim)
		}
	}
}

// unnumbered takes the dimension away from sums of an earlier publication.
func unnumbered(sums []sum) []sum {
	for i := range sums {
		sums[i].dim = -1
	}
	return sums
}

// name tells sums of the same cells.
func (s sum) name() string { return string(key(key(nil, []int32{s.total}), s.parts)) }

// holding gives the sums that readers can take. One that does not hold is no sum:
// where one table says now that it is, staff are told.
func (t *table) holding(sums []sum, now bool) (kept []sum) {
	for _, s := range sums {
		value, unknown, lost := t.value(s)
		total := &t.cells[s.total]
		switch {
		case lost || total.blank && total.implied: // nobody knows what it says
		case total.blank || total.value == value || unknown > 0 && total.value > value:
			kept = append(kept, s)
			t.margins = append(t.margins, s)
			if s.dim >= 0 {
				t.cells[t.dear(s)].dear = true
			}
		case now && t.together(s):
			t.contradiction(s.total, value)
		}
	}
	return kept
}

// standing notes in which statistics each cell stands.
func (t *table) standing() {
	t.in = make([][]int32, len(t.cells))
	index := map[*bureau.Statistic]int32{}
	for i, s := range t.statistics {
		index[s] = int32(i)
	}
	for _, p := range t.places {
		if i := index[p.statistic]; !slices.Contains(t.in[p.cell], i) {
			t.in[p.cell] = append(t.in[p.cell], i)
		}
	}
}

// together tells whether the total and the parts of a sum stand in one statistic
// of today, whose office is to know whether it holds.
func (t *table) together(s sum) bool {
	if int(s.total) >= len(t.in) {
		return false
	}
	for _, i := range t.in[s.total] {
		if !slices.ContainsFunc(s.parts, func(p int32) bool { return int(p) >= len(t.in) || !slices.Contains(t.in[p], i) }) {
			return true
		}
	}
	return false
}

// twice adds the total that no table has and two do imply: that of a count by sex
// and by age, where both add up to the same.
func (t *table) twice() {
	type implied struct {
		at    []int32
		need  int64
		sums  map[int]int64
		blank map[int]bool
		order []int
	}
	totals := map[string]*implied{}
	var order []string
	for i := range int32(len(t.cells)) {
		at := t.coordinates(i)
		if t.find(at) != i {
			continue
		}
		for d := range t.dims {
			dim := &t.dims[d]
			if d == 0 || dim.role == bureau.RolePeriod || at[d] == all || dim.parent[at[d]] != all {
				continue
			}
			above := slices.Clone(at)
			above[d] = all
			if t.find(above) >= 0 {
				continue
			}
			k := string(key(nil, above))
			total := totals[k]
			if total == nil {
				total = &implied{at: above, sums: map[int]int64{}, blank: map[int]bool{}}
				totals[k] = total
				order = append(order, k)
			}
			if _, ok := total.sums[d]; !ok {
				total.order = append(total.order, d)
			}
			total.sums[d] += t.cells[i].value
			total.need = max(total.need, t.cells[i].need)
			if c := t.cells[i]; c.blank {
				total.blank[d] = true
			}
		}
	}
	for _, k := range order {
		total := totals[k]
		for n, d := range total.order {
			if total.blank[d] || total.sums[d] == 0 {
				continue
			}
			if slices.ContainsFunc(total.order[:n], func(e int) bool { return !total.blank[e] && total.sums[e] == total.sums[d] }) {
				value := total.sums[d]
				t.put(total.at, cell{value: value, need: total.need, hidden: true, implied: true, primary: value < total.need})
				break
			}
		}
	}
}

// leftOut adds the totals that some cells have in a dimension, and others have
// not.
func (t *table) leftOut(dims []int) {
	for i := 0; i < len(t.cells); i++ {
		for _, d := range dims {
			if !t.dims[d].covered {
				continue
			}
			at := slices.Clone(t.coordinates(int32(i)))
			if at[d] = t.dims[d].parent[at[d]]; at[d] >= 0 && t.find(at) < 0 {
				t.put(at, cell{need: t.cells[i].need, blank: true, hidden: true, implied: true})
			}
		}
	}
}

// dear gives the cell of a sum that readers need most: its total, but of two
// periods that begin together the shorter one, which was published first.
func (t *table) dear(s sum) int32 {
	if s.dim >= 0 && s.dim < len(t.dims) && t.dims[s.dim].role == bureau.RolePeriod {
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

// along finds the sums of one dimension in a layer: a cell and those that differ
// from it in that dimension only, by one level.
func (t *table) along(d int, l layer) []sum {
	parts := map[int32][]int32{}
	var totals []int32
	at := make([]int32, len(t.dims))
	for i, cell := range l.cells {
		copy(at, l.coordinates(t, i))
		above, whole := at[d], int32(-1)
		for n := 0; whole < 0 && n < maxLevels; n++ {
			if above = t.dims[d].parent[above]; above < 0 {
				break
			}
			at[d] = above
			whole = lookup(l.index, at)
		}
		if whole < 0 || whole == cell {
			continue
		}
		if parts[whole] == nil {
			totals = append(totals, whole)
		}
		parts[whole] = append(parts[whole], cell)
	}
	slices.Sort(totals)
	sums := make([]sum, len(totals))
	for i, total := range totals {
		sums[i] = sum{total, parts[total], d}
	}
	return sums
}

// rests adds what the periods, or the units, count beside those in them, and what
// a total of one table counts beside the parts that another has.
func (t *table) rests(d int, l layer) {
	named := make([]bool, len(t.cells)) // as a total, which has no rest
	for _, p := range t.places {
		named[p.cell] = named[p.cell] || p.statistic.Rows[p.row].Kind == bureau.TotalRow
	}
	plain := t.dims[d].role == bureau.RoleCategory
	for _, s := range t.along(d, l) {
		value, unknown, _ := t.value(s)
		total := t.cells[s.total]
		at := slices.Clone(t.coordinates(s.total))
		if total.blank || unknown > 0 || total.value <= value || t.together(s) && (plain || at[d] == all && named[s.total]) {
			continue
		}
		if plain && total.known && len(t.in[s.total]) == 0 {
			continue // a total of earlier, of other parts
		}
		at[d] = t.dims[d].restOf(at[d])
		if t.find(at) >= 0 {
			continue
		}
		need := total.need
		for _, p := range s.parts {
			need = max(need, t.cells[p].need)
		}
		rest := total.value - value
		t.put(at, cell{value: rest, need: need, hidden: true, implied: true, primary: rest < need})
	}
}

// value adds up what is known of the parts, and counts those that are not. It is
// lost where one is not known because no file gives it.
func (t *table) value(s sum) (value int64, unknown int, lost bool) {
	for _, p := range s.parts {
		if c := &t.cells[p]; c.blank {
			unknown++
			lost = lost || c.implied
		}
		value += t.cells[p].value
	}
	return value, unknown, lost
}

// infer gives the figures that staff left out, or hid, and that readers can tell
// from a sum all the same, their value, so that those they hid, and small ones,
// are guarded like others.
func (t *table) infer(sums []sum) {
	set := func(c *cell, value int64) {
		chosen := c.hidden && !c.implied // by staff
		c.value, c.blank, c.hidden, c.implied = value, false, true, !chosen
		c.primary = chosen || 0 < value && value < c.need
	}
	for again := true; again; {
		again = false
		for _, s := range sums {
			value, unknown, _ := t.value(s)
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

// contradiction reports a total that is not the sum of its cells.
func (t *table) contradiction(total int32, sum int64) {
	for _, p := range t.places {
		if p.cell != total {
			continue
		}
		scale := scaleOf(p.statistic.Unit(p.row, p.field))
		t.faults.Error(p.statistic.Position(p.row, p.field), problem.DisclosureMargin,
			problem.Say("这个合计是%s，而它的各项相加是%s，无法判断隐去的数值会不会被推算出来",
				"this total is %s and its parts add up to %s, so nobody can tell whether hidden figures could be computed",
				figures.Digits(float64(t.cells[total].value)/scale), figures.Digits(float64(sum)/scale)),
			problem.Say("核对合计和各项；有没列出的，补上", "check the total and its parts; add any part that is left out"))
		return
	}
}

// needed leaves out the sums that follow from others: where the parts of a total
// are split further, what holds of all the splits holds of the total. Of two
// dimensions the one with more levels is kept whole.
func (t *table) needed(sums []sum) []sum {
	kinds := len(t.dims) + len(t.columns)
	depth := make([]int, kinds)
	for c := range t.columns {
		depth[len(t.dims)+c] = 1
	}
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
	// split gives the parts of the cells, along a dimension, in their order. A zero
	// whose parts are left out has none, and stays a zero.
	split := func(cells []int32, dim int) ([]int32, bool) {
		var parts []int32
		for _, c := range cells {
			i, ok := at[of{c, dim}]
			if cell := &t.cells[c]; !ok && cell.value == 0 && !cell.hidden && !cell.blank {
				cell.known = true
				continue
			}
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
		for d := range kinds {
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
