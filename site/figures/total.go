package figures

import (
	"cmp"
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// decideTotals says of a statistic which rows and fields are totals, or parts of
// others, and what adds up to what. above are the units that others are below.
//
// A row named 合计 is of all rows that are like it but for the keys in which it
// names itself a total or says nothing; a 小计 is of the rows next to it, up to
// another total. A total of all may also be that of the rows next to it or of the
// other totals, as a table has blocks. Of these it is the sum of those that it
// equals in the most counts, or comes nearest to; where its figures do not tell,
// the last total is that of all, and any other that of the rows next to it.
//
// A value that equals the sum of all others of its key in every count, in three
// cells above 9 at least, is the whole of them, whatever it is called.
func decideTotals(s *bureau.Statistic, above map[string]bool) {
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Additive = additive(*f)
		f.Cumulative = f.Role == bureau.RoleMeasure && Cumulative(f.Name)
		f.Kind = bureau.DataRow
		if f.Role == bureau.RoleMeasure {
			f.Kind = bureau.KindOf(f.Bare())
		}
		f.Whole, f.Accumulates = "", ""
	}
	accumulate(s)
	s.Identities = nil
	if len(s.Rows) == 0 {
		return
	}
	t := totals{Statistic: s, keys: s.Keys(), groups: map[uint64]likes{}}
	t.read()
	for i, r := range s.Rows {
		switch r.Kind {
		case bureau.TotalRow:
			t.total(i)
		case bureau.OfWhichRow:
			t.ofWhich(i)
		}
	}
	for n := range t.keys {
		t.whole(n, above)
		t.subsets(n)
	}
	fieldSums(s)
}

// totals is a statistic whose totals are looked for.
type totals struct {
	*bureau.Statistic
	keys   []int
	ids    [][]int32        // key by key, what a row is called, as a number
	named  [][]bool         // key by key and number: it is empty, or the name of a total or a part
	adds   []int            // the fields that add up
	groups map[uint64]likes // by the keys that are left out
	series []int32          // the rows by their names but for the period
}

// likes is the rows in groups of those that are alike.
type likes struct {
	of     []int32 // the group of each row
	groups []group
}

// group is the rows that have the same names in some keys, in their order.
type group struct {
	rows   []int
	data   []int
	totals []int // those that are open in the other keys
	last   int   // the last of these that is not called a subtotal, -1 for none
}

// Far more keys than a table has, totals of the same rows, or parts of one row.
const (
	maxKeys   = 60
	maxTotals = 100
	maxParts  = 1000
)

// read numbers the names of the rows.
func (t *totals) read() {
	t.keys = t.keys[:min(len(t.keys), maxKeys)]
	for _, k := range t.keys {
		ids, named := make([]int32, len(t.Rows)), []bool{}
		known := map[Key]int32{}
		column, dated := t.Column(k), t.Fields[k].Role == bureau.RolePeriod
		seen := make([]int32, len(column.Each)+len(t.Periods)+1) // the ids of texts, then of periods, from 1
		for i, r := range t.Rows {
			at := &seen[column.Of[i]]
			if dated && r.When > 0 {
				at = &seen[len(column.Each)+int(r.When)]
			}
			if *at == 0 {
				key := KeyOf(t.Statistic, i, k)
				id, ok := known[key]
				if !ok {
					id = int32(len(named))
					known[key] = id
					text := t.Cell(i, k).Text
					named = append(named, text == "" || bureau.KindOf(text) != bureau.DataRow)
				}
				*at = id + 1
			}
			ids[i] = *at - 1
		}
		t.ids, t.named = append(t.ids, ids), append(t.named, named)
	}
	for i, f := range t.Fields {
		if f.Additive && f.IsCount() {
			t.adds = append(t.adds, i)
		}
	}
	if t.adds != nil {
		return
	}
	for i, f := range t.Fields { // amounts alone, which are rounded
		if f.Additive {
			t.adds = append(t.adds, i)
		}
	}
}

// open gives the keys in which a row names itself a total or a part, or says
// nothing, one bit each.
func (t *totals) open(row int) (mask uint64) {
	for n := range t.keys {
		if t.named[n][t.ids[n][row]] {
			mask |= 1 << n
		}
	}
	return mask
}

// apartFrom numbers the rows by their names outside some keys: those that have the
// same number differ in these keys alone. It gives how many numbers there are.
func (t *totals) apartFrom(open uint64) (of []int32, count int) {
	of, count = make([]int32, len(t.Rows)), 1
	for n, ids := range t.ids {
		if open&(1<<n) != 0 {
			continue
		}
		values, next := len(t.named[n]), int32(0)
		known := map[int]int32{} // the number of a pair, plus one
		var dense []int32
		if count*values <= 8*len(of)+1024 {
			dense = make([]int32, count*values)
		}
		for i := range of {
			pair := int(of[i])*values + int(ids[i])
			number := int32(0)
			if dense != nil {
				number = dense[pair]
			} else {
				number = known[pair]
			}
			if number == 0 {
				next++
				if number = next; dense != nil {
					dense[pair] = number
				} else {
					known[pair] = number
				}
			}
			of[i] = number - 1
		}
		count = int(next)
	}
	return of, count
}

// like gives the rows that have the same names as a row outside its open keys.
func (t *totals) like(row int, open uint64) *group {
	l, ok := t.groups[open]
	if !ok {
		of, count := t.apartFrom(open)
		l = likes{of, make([]group, count)}
		for i := range l.groups {
			l.groups[i].last = -1
		}
		for i, r := range t.Rows {
			g := &l.groups[of[i]]
			g.rows = append(g.rows, i)
			switch {
			case r.Kind == bureau.DataRow:
				g.data = append(g.data, i)
			case r.Kind == bureau.TotalRow && t.open(i) == open:
				g.totals = append(g.totals, i)
				if _, name := t.along(i, open); !bureau.IsSubtotal(name) {
					g.last = i
				}
			}
		}
		t.groups[open] = l
	}
	return &l.groups[l.of[row]]
}

// along gives the first key in which a row is open, and what it says there.
func (t *totals) along(row int, open uint64) (key int, name string) {
	key = -1
	for n, k := range t.keys {
		if open&(1<<n) == 0 {
			continue
		}
		if key < 0 {
			key = k
		}
		if text := t.Cell(row, k).Text; text != "" {
			return k, text
		}
	}
	return key, ""
}

// total finds what a total row adds up.
func (t *totals) total(row int) {
	open := t.open(row)
	g := t.like(row, open)
	overTime := false
	for n, k := range t.keys {
		overTime = overTime || open&(1<<n) != 0 && t.Fields[k].Role == bureau.RolePeriod
	}
	data := g.data
	if overTime && !t.apart(data) { // with 1-8月 among the months, it is of the months
		if data = t.wholePeriods(data); !t.apart(data) {
			return
		}
	}
	at, _ := slices.BinarySearch(g.totals, row)
	from, to := -1, len(t.Rows) // the totals around it
	if at > 0 {
		from = g.totals[at-1]
	}
	if at+1 < len(g.totals) {
		to = g.totals[at+1]
	}
	between := func(from, to int) []int {
		a, _ := slices.BinarySearch(data, from)
		b, _ := slices.BinarySearch(data, to)
		return data[a:b:b]
	}
	key, name := t.along(row, open)
	candidates := [][]int{between(from, row), between(row, to)}
	switch {
	case bureau.IsSubtotal(name) || len(g.totals) > maxTotals:
	case row == g.last:
		candidates = append([][]int{data}, candidates...)
	default:
		candidates = append(candidates, data)
	}
	if !bureau.IsSubtotal(name) && 1 < len(g.totals) && len(g.totals) <= maxTotals {
		candidates = append(candidates, slices.Concat(g.totals[:at], g.totals[at+1:]))
	}
	id := bureau.Identity{Why: bureau.ByName, Rows: true, Left: []int{row}, Along: key}
	best, wrong, exact, off := -1, 0, 0, 0.0
	for n, rows := range candidates {
		if len(rows) == 0 || len(rows) == 1 && bureau.IsWhole(name) {
			continue
		}
		id.Right = rows
		differ, equal, by := 0, 0, 0.0
		for _, f := range t.adds {
			if overTime && t.Fields[f].Cumulative {
				continue
			}
			switch sum := SumOf(t.Statistic, id, f); {
			case sum.Off > 0:
				differ++
				by += sum.Off
			case sum.Known && !sum.Missing:
				equal++
			}
		}
		if best < 0 || cmp.Or(cmp.Compare(differ, wrong), cmp.Compare(exact, equal), cmp.Compare(by, off)) < 0 {
			best, wrong, exact, off = n, differ, equal, by
		}
	}
	if best >= 0 {
		id.Right = candidates[best]
		t.Identities = append(t.Identities, id)
	}
}

// wholePeriods gives those of some rows whose periods are as long as the frequency.
func (t *totals) wholePeriods(rows []int) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return t.Rows[i].Span != period.Whole })
}

// apart tells whether the periods of some rows do not overlap and are no stocks,
// so that their counts may be added up.
func (t *totals) apart(rows []int) bool {
	if t.series == nil {
		var periods uint64
		for n, k := range t.keys {
			if t.Fields[k].Role == bureau.RolePeriod {
				periods |= 1 << n
			}
		}
		t.series, _ = t.apartFrom(periods)
	}
	latest := map[int32]int{} // the row of the latest period, by the names of its row
	for _, i := range rows {
		p := t.Period(i)
		if p.IsZero() {
			continue
		}
		if p.AsOf {
			return false
		}
		if j, ok := latest[t.series[i]]; ok && t.Period(j).End >= p.Start {
			return false
		}
		latest[t.series[i]] = i
	}
	return true
}

// ofWhich finds the row that a row is part of: the last one above it that is like
// it and no such part itself.
func (t *totals) ofWhich(row int) {
	open := t.open(row)
	rows := t.like(row, open).rows
	at, _ := slices.BinarySearch(rows, row)
	for _, i := range slices.Backward(rows[max(0, at-maxParts):at]) {
		if t.Rows[i].Kind != bureau.OfWhichRow {
			key, _ := t.along(row, open)
			t.Identities = append(t.Identities, bureau.Identity{Why: bureau.OfWhich, Rows: true, Left: []int{i}, Right: []int{row}, Along: key})
			return
		}
	}
}

// LeastShown is in how many cells above 9 a sum by arithmetic alone has to hold.
const LeastShown = 3

const chance = 9 // what is not above it may be equal by chance

// whole finds the value of a key that is the sum of all others, where no row is
// named a total in it. Periods within periods are found by their days, and units
// by units.csv.
func (t *totals) whole(n int, above map[string]bool) {
	k := t.keys[n]
	values := len(t.named[n])
	if t.Fields[k].Role == bureau.RolePeriod || values < 3 || len(t.adds) == 0 || slices.Contains(t.named[n], true) {
		return
	}
	width := len(t.adds)
	of, count := t.apartFrom(1 << n)     // which rows each stands among
	sums := make([]float64, count*width) // of these, in each field that adds up
	some := make([]int32, count*width)   // how many of them are above nothing
	for i, r := range t.Rows {
		if r.Kind != bureau.DataRow {
			continue
		}
		for m, f := range t.adds {
			at := int(of[i])*width + m
			sums[at] += t.Cell(i, f).Number // NaN where one is not known
			if t.Cell(i, f).Number > 0 {
				some[at]++
			}
		}
	}
	shown := make([]int, values)
	for i, r := range t.Rows {
		id := t.ids[n][i]
		if r.Kind != bureau.DataRow || shown[id] < 0 {
			continue
		}
		for m, f := range t.adds {
			at := int(of[i])*width + m
			c := t.Cell(i, f)
			if !c.Has() || math.IsNaN(sums[at]) {
				continue
			}
			if math.Abs(2*c.Number-sums[at]) > 1e-6 || c.Qualifier != bureau.Exact {
				shown[id] = -1
				break
			}
			if c.Number > chance && some[at] >= 3 {
				shown[id]++
			}
		}
	}
	id := int32(slices.IndexFunc(shown, func(n int) bool { return n >= LeastShown }))
	if id < 0 {
		return
	}
	first := slices.Index(t.ids[n], id)
	text := t.Cell(first, k).Text
	if t.Fields[k].Role == bureau.RoleUnit && above[text] {
		return
	}
	t.Fields[k].Whole = text
	parts := map[int32][]int{}
	for i, r := range t.Rows {
		if r.Kind == bureau.DataRow && t.ids[n][i] != id {
			parts[of[i]] = append(parts[of[i]], i)
		}
	}
	for i, r := range t.Rows {
		if r.Kind == bureau.DataRow && t.ids[n][i] == id && len(parts[of[i]]) > 0 {
			t.Identities = append(t.Identities, bureau.Identity{Why: bureau.ByArithmetic, Rows: true, Left: []int{i}, Right: parts[of[i]], Along: k, Shown: shown[id]})
		}
	}
}
