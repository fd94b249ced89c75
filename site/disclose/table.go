package disclose

import (
	"encoding/binary"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// table is the counts of one statistic, or of several that share figures, as
// cells named by one coordinate in each dimension, and the sums among them.
type table struct {
	system
	dims   []dim
	at     []int32 // the coordinates, cell by cell
	index  map[string]int32
	places []place // where each cell stands; several figures may be one cell
	faults problem.List

	fields      map[string]spot
	margins     []sum // all that hold, also those that follow from others
	periods     map[string]period.Period
	unitColumns map[string]bool
	crossing    bool // periods overlap, so readers know more of it than is reckoned with
}

// dim is one way in which cells differ: period, unit, a category, or the field.
// Coordinate 0 is the total of all the others.
type dim struct {
	name    string
	role    bureau.Role // empty for the fields themselves
	names   []string
	ids     map[string]int32
	parent  []int32 // the coordinate that includes it, -1 for none
	rest    []int32 // what a coordinate counts beside those it includes, -1 where there is none yet
	covered bool    // some coordinate includes another
}

// place is a cell of a statistic.
type place struct {
	cell       int32
	statistic  *bureau.Statistic
	row, field int
}

const all = 0 // the coordinate of a total

// Marks before the names of coordinates that are no value of the column.
const (
	restMark  = "\x00"
	blockMark = "\x01"
	partMark  = "\x02"
)

const maxLevels = 64 // of periods in periods, or units in units

func (d *dim) id(name string) int32 {
	if i, ok := d.ids[name]; ok {
		return i
	}
	i := int32(len(d.names))
	d.ids[name] = i
	d.names = append(d.names, name)
	d.parent = append(d.parent, -1)
	d.rest = append(d.rest, -1)
	return i
}

// restOf gives the coordinate of what a coordinate counts beside its children.
func (d *dim) restOf(parent int32) int32 {
	if d.rest[parent] < 0 {
		i := d.id(restMark + d.names[parent])
		d.parent[i] = parent
		d.rest[parent] = i
	}
	return d.rest[parent]
}

func (t *table) dim(name string, role bureau.Role) int {
	for i := range t.dims {
		if t.dims[i].name == name && t.dims[i].role == role {
			return i
		}
	}
	d := dim{name: name, role: role, ids: map[string]int32{}}
	d.id("")
	t.dims = append(t.dims, d)
	return len(t.dims) - 1
}

func (t *table) coordinates(cell int32) []int32 {
	n := len(t.dims)
	return t.at[int(cell)*n : (int(cell)+1)*n : (int(cell)+1)*n]
}

// find gives the cell at some coordinates, or -1.
func (t *table) find(at []int32) int32 {
	if i, ok := t.index[string(key(at))]; ok {
		return i
	}
	return -1
}

// beside gives the cell that differs from another in one dimension only, or -1.
func (t *table) beside(cell int32, dim int, coordinate int32) int32 {
	var buffer [16]int32
	at := append(buffer[:0], t.coordinates(cell)...)
	at[dim] = coordinate
	return t.find(at)
}

func key(at []int32) []byte {
	b := make([]byte, 0, 64)
	for _, c := range at {
		b = binary.LittleEndian.AppendUint32(b, uint32(c))
	}
	return b
}

// put adds a cell at some coordinates.
func (t *table) put(at []int32, c cell) int32 {
	i := int32(len(t.cells))
	t.cells = append(t.cells, c)
	t.at = append(t.at, at...)
	t.index[string(key(at))] = i
	return i
}

// newTable gives the table of some statistics; figures that they share are one
// cell. It is nil where no figure is the sum of others.
func newTable(statistics []*bureau.Statistic, releases []bureau.Release, rules rules) *table {
	t := &table{index: map[string]int32{}, periods: map[string]period.Period{}, unitColumns: map[string]bool{}, fields: map[string]spot{}}
	t.dim("", "") // the fields
	for _, s := range statistics {
		t.fieldLevels(s)
		for _, k := range s.Keys() {
			t.dim(dimName(s.Fields[k]), s.Fields[k].Role)
			if s.Fields[k].Role == bureau.RoleUnit {
				t.unitColumns[s.Fields[k].Name] = true
			}
		}
	}
	grids := make([][]int32, len(statistics)) // the coordinates of each row
	for i, s := range statistics {
		grids[i] = t.rows(s, rules)
	}
	covered := len(statistics) > 1
	for _, s := range statistics {
		covered = t.pastPeriods(s, releases) || covered
	}
	t.unitLevels(rules)
	t.periodLevels()
	for i := range t.dims {
		covered = covered || t.dims[i].covered
	}
	if !covered {
		return nil
	}
	for i, s := range statistics {
		t.fill(s, grids[i], rules)
	}
	for _, s := range statistics {
		t.past(s, releases, rules)
	}
	t.addUp()
	return t
}

// dimName is the name that fields of the same meaning share. Periods and units
// are one dimension each, whatever they are called.
func dimName(f bureau.Field) string {
	if f.Role == bureau.RoleCategory {
		return f.Name
	}
	return ""
}

// rows gives each row its coordinates, and the values that a total of a block of
// rows includes their parent.
func (t *table) rows(s *bureau.Statistic, rules rules) []int32 {
	keys := s.Keys()
	n := len(t.dims)
	grid := make([]int32, n*len(s.Rows))
	dims := make([]int, len(keys))
	for i, k := range keys {
		dims[i] = t.dim(dimName(s.Fields[k]), s.Fields[k].Role)
	}
	blocks := t.blocks(s, keys)
	whole := -1 // the row that the rows 其中 are parts of
	for r := range s.Rows {
		cells := s.Row(r)
		at := grid[r*n : (r+1)*n]
		if s.Rows[r].Kind != bureau.OfWhichRow {
			whole = r
		}
		for i, k := range keys {
			d := &t.dims[dims[i]]
			text := strings.TrimSpace(cells[k].Text)
			switch {
			case s.Rows[r].Kind == bureau.TotalRow && (text == "" || bureau.KindOf(text) == bureau.TotalRow):
				at[dims[i]] = all
				if block := blocks[[2]int{r, k}]; block != "" {
					at[dims[i]] = d.id(block)
				}
				d.covered = true
			case s.Fields[k].Role == bureau.RolePeriod && !s.Rows[r].Period.IsZero():
				name := periodName(s.Rows[r].Period)
				at[dims[i]] = d.id(name)
				t.periods[name] = s.Rows[r].Period
			case s.Fields[k].Role == bureau.RoleUnit:
				if name := rules.unitName(text); name == rules.top {
					d.covered = true
				} else {
					at[dims[i]] = d.id(name)
				}
			case bureau.KindOf(text) == bureau.OfWhichRow && whole >= 0:
				at[dims[i]] = d.id(partMark + text + "\x00" + d.names[grid[whole*n+dims[i]]])
				d.covered = true
			case text != "":
				at[dims[i]] = d.id(text)
			}
		}
	}
	// A value belongs to the block that a total closes, and to the whole else.
	for i, k := range keys {
		if s.Fields[k].Role == bureau.RoleCategory {
			t.blockLevels(s, k, dims[i], grid, blocks)
		}
	}
	return grid
}

// blocks names the totals of a column of which there are several for rows that
// are otherwise alike: 小计 after 小计, and not the 合计 of them all.
func (t *table) blocks(s *bureau.Statistic, keys []int) map[[2]int]string {
	if !slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.Kind == bureau.TotalRow }) {
		return nil
	}
	names := map[[2]int]string{}
	for _, k := range keys {
		if s.Fields[k].Role != bureau.RoleCategory {
			continue
		}
		groups := map[string][]int{}
		for r := range s.Rows {
			text := s.Row(r)[k].Text
			if s.Rows[r].Kind == bureau.TotalRow && bureau.KindOf(text) == bureau.TotalRow {
				g := groupOf(s, keys, k, r)
				groups[g] = append(groups[g], r)
			}
		}
		for _, rows := range groups {
			if len(rows) < 2 {
				continue
			}
			whole := -1
			for _, r := range rows { // the last that is not called a subtotal
				if text := strings.ToLower(s.Row(r)[k].Text); !strings.Contains(text, "小计") && !strings.Contains(text, "sub") {
					whole = r
				}
			}
			seen := map[string]int{}
			for _, r := range rows {
				if r == whole {
					continue
				}
				text := s.Row(r)[k].Text
				seen[text]++
				names[[2]int{r, k}] = blockMark + text + strings.Repeat("'", seen[text])
			}
		}
	}
	return names
}

// groupOf names the rows that differ in one column only.
func groupOf(s *bureau.Statistic, keys []int, but, row int) string {
	var b strings.Builder
	for _, k := range keys {
		if k != but {
			if p := s.Rows[row].Period; s.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
				b.WriteString(periodName(p))
			} else {
				b.WriteString(s.Row(row)[k].Text)
			}
			b.WriteByte(0)
		}
	}
	return b.String()
}

// blockLevels gives each value of a column its parent: the total of its block,
// which is the next below it, or the one above where a block begins with it.
func (t *table) blockLevels(s *bureau.Statistic, k, dim int, grid []int32, blocks map[[2]int]string) {
	d, n := &t.dims[dim], len(t.dims)
	keys := s.Keys()
	type group struct {
		waiting []int32
		above   int32
		closed  bool
	}
	groups := map[string]*group{}
	assign := func(values []int32, parent int32) {
		for _, v := range values {
			if v != parent && d.parent[v] < 0 {
				d.parent[v] = parent
			}
		}
	}
	if len(blocks) > 0 {
		for r, row := range s.Rows {
			g := groupOf(s, keys, k, r)
			if groups[g] == nil {
				groups[g] = &group{above: -1}
			}
			of := groups[g]
			value := grid[r*n+dim]
			block := blocks[[2]int{r, k}] != ""
			switch {
			case block && len(of.waiting) > 0 && of.above < 0:
				assign(of.waiting, value)
				of.waiting, of.closed = nil, true
			case block && !of.closed:
				assign(of.waiting, of.above)
				of.waiting, of.above = nil, value
			case row.Kind == bureau.DataRow:
				of.waiting = append(of.waiting, value)
			case !block && row.Kind == bureau.TotalRow && of.above >= 0:
				assign(of.waiting, of.above)
				of.waiting = nil
			}
		}
		for _, of := range groups {
			if of.above >= 0 {
				assign(of.waiting, of.above)
			}
		}
	}
	for i, name := range d.names {
		if i != all && d.parent[i] < 0 && !strings.HasPrefix(name, partMark) {
			d.parent[i] = all
		}
	}
}

// unitLevels gives each unit the one above it in units.csv that the table has,
// or the total.
func (t *table) unitLevels(rules rules) {
	for i := range t.dims {
		d := &t.dims[i]
		if d.role != bureau.RoleUnit {
			continue
		}
		for u := range d.names {
			if u == all {
				continue
			}
			d.parent[u] = all
			for above, n := rules.above[d.names[u]], 0; above != "" && n < len(rules.above); above, n = rules.above[above], n+1 {
				if p, ok := d.ids[above]; ok {
					d.parent[u] = p
					d.covered = true
					break
				}
			}
		}
	}
}

// fill puts the counts of a statistic into the table.
func (t *table) fill(s *bureau.Statistic, grid []int32, rules rules) {
	n := len(t.dims)
	at := make([]int32, n)
	for f := range s.Fields {
		if _, ok := t.fields[s.Fields[f].Name]; !ok || s.Fields[f].Role != bureau.RoleMeasure {
			continue
		}
		above := int32(-1)
		for r := range s.Rows {
			copy(at, grid[r*n:(r+1)*n])
			t.locateField(s.Fields[f].Name, at)
			c := rules.cell(s, r, f)
			i := t.find(at)
			switch {
			case i < 0:
				i = t.put(at, c)
			case t.cells[i].blank && !c.blank:
				c.hidden = true
				t.cells[i] = c
			case c.blank:
				t.cells[i].hidden = t.cells[i].hidden || c.hidden
			case t.cells[i].value != c.value:
				i = int32(len(t.cells)) // two figures for one thing: not the same cell
				t.cells = append(t.cells, c)
				t.at = append(t.at, at...)
			default:
				t.cells[i].need = max(t.cells[i].need, c.need)
				t.cells[i].primary = t.cells[i].primary || c.primary
				t.cells[i].hidden = t.cells[i].hidden || c.hidden
			}
			t.places = append(t.places, place{i, s, r, f})
			if s.Rows[r].Kind != bureau.OfWhichRow {
				above = i
			} else if above >= 0 {
				t.ofWhich(i, above)
			}
		}
	}
}

// ofWhich reckons with a row 其中, which is a part of the row above it: the others
// of that row are known by subtraction, so the part is hidden where they are few.
func (t *table) ofWhich(part, whole int32) {
	p, w := &t.cells[part], &t.cells[whole]
	if p.blank || w.blank || p.value > w.value {
		return
	}
	if rest := w.value - p.value; 0 < rest && rest < w.need {
		p.hidden, p.primary = true, true
	}
	w.floor = max(w.floor, p.value)
}

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
// from a sum all the same, their value, so that they are guarded like others.
func (t *table) infer(sums func(func(sum) bool)) {
	for again := true; again; {
		again = false
		for s := range sums {
			value, unknown := t.value(s)
			total := &t.cells[s.total]
			switch {
			case total.blank && unknown == 0:
				total.value, total.blank, total.hidden, again = value, false, true, true
				total.primary = true
			case !total.blank && unknown == 1 && total.value >= value:
				for _, p := range s.parts {
					if c := &t.cells[p]; c.blank {
						c.value, c.blank, c.hidden, again = total.value-value, false, true, true
						c.primary = true
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
