package disclose

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// layer is what readers had at one time: cells by coordinates. A figure of an
// earlier publication that still stands, or that was hidden then, is the same
// cell; one that has changed since is another, which readers know.
type layer struct {
	at     []int32
	cells  []int32
	index  map[string]int32
	hidden map[int32]bool // what readers had no figure of
}

func (l *layer) coordinates(t *table, i int) []int32 {
	n := len(t.dims)
	return l.at[i*n : (i+1)*n : (i+1)*n]
}

// add puts a cell into a layer, unless one stands there.
func (l *layer) add(at []int32, cell int32) {
	k := string(key(nil, at))
	if _, ok := l.index[k]; !ok {
		l.index[k] = cell
		l.at, l.cells = append(l.at, at...), append(l.cells, cell)
	}
}

// now is the layer of all that the table holds by its coordinates.
func (t *table) now() layer {
	l := layer{index: t.index}
	for i := range int32(len(t.cells)) {
		if at := t.coordinates(i); t.find(at) == i {
			l.at, l.cells = append(l.at, at...), append(l.cells, i)
		}
	}
	return l
}

// edition is an earlier publication of one of the statistics, or of one that now
// has another name, with what its columns are in the table.
type edition struct {
	*bureau.Vintage
	release  int
	keys     []int   // the dimension of each key, -1 for none
	measures []int32 // the coordinate of each measure, -1 for none
	running  []bool  // whether each measure counts from the start of the year
}

// earlier gives what releases hold of the table's quantities, the newest first,
// and takes their periods and categories into the dimensions. Fields and files
// that were renamed are told by their figures.
func (t *table) earlier(releases []bureau.Release) (editions []edition) {
	seen := map[*bureau.Vintage]bool{}
	names := map[string]*bureau.Statistic{}
	for _, s := range t.statistics {
		names[s.Name] = s
	}
	for n, r := range slices.Backward(releases) {
		for _, v := range r.Statistics {
			if seen[v] {
				continue
			}
			seen[v] = true
			e := edition{Vintage: v, release: n, keys: make([]int, len(v.Keys)), measures: make([]int32, len(v.Measures)), running: make([]bool, len(v.Measures))}
			t.matchKeys(&e, names[v.Name])
			if t.matchMeasures(&e, names[v.Name]) {
				t.enrol(&e)
				editions = append(editions, e)
			}
		}
	}
	return editions
}

// gone takes in the categories of statistics that are published no more, and counted
// what the table counts.
func (t *table) gone(releases []bureau.Release) {
	names := map[string]bool{}
	for _, s := range t.statistics {
		names[s.Name] = true
	}
	for _, r := range releases {
		for _, v := range r.Statistics {
			if names[v.Name] || !slices.ContainsFunc(v.Measures, func(m bureau.Measure) bool { _, is := t.dims[0].ids[t.named(m.Name, m.Unit)]; return is }) {
				continue
			}
			for _, key := range v.Keys {
				known := slices.ContainsFunc(t.dims, func(d dim) bool { return d.role == bureau.RoleUnit && t.unitColumns[key] || d.name == key })
				if !known {
					t.dim(key, bureau.RoleCategory)
				}
			}
		}
	}
}

// matchKeys finds the dimensions of the keys of an edition, by name; one key that
// was renamed is the one that is left over.
func (t *table) matchKeys(e *edition, s *bureau.Statistic) {
	taken := map[int]bool{}
	lost := -1
	for k, name := range e.Keys {
		e.keys[k] = -1
		for d := range t.dims {
			if dim := &t.dims[d]; dim.role == bureau.RoleUnit && t.unitColumns[name] || dim.role == bureau.RoleCategory && dim.name == name {
				e.keys[k], taken[d] = d, true
			}
		}
		if e.keys[k] < 0 {
			lost = k
		}
	}
	if lost < 0 || s == nil {
		return
	}
	left := -1
	for _, k := range s.Keys() {
		d := t.dim(dimName(s.Fields[k]), s.Fields[k].Role)
		if t.dims[d].role != bureau.RolePeriod && !taken[d] {
			if left >= 0 {
				return
			}
			left = d
		}
	}
	e.keys[lost] = left
}

// matchMeasures finds the quantities of the measures of an edition: those of its
// statistic by their names, those of another by quantity; and what was renamed by
// its figures. It tells whether there are any.
func (t *table) matchMeasures(e *edition, s *bureau.Statistic) (some bool) {
	statistics := t.statistics
	if s != nil {
		statistics = []*bureau.Statistic{s}
	}
	for m, measure := range e.Measures {
		e.measures[m] = -1
		e.running[m] = figures.Cumulative(measure.Name)
		if s != nil {
			if id, ok := t.fields[s][s.Field(measure.Name)]; ok && s.Field(measure.Name) >= 0 {
				e.measures[m] = id
			}
			if f := s.Field(measure.Name); f >= 0 {
				e.running[m] = s.Fields[f].Cumulative
				continue
			}
		} else if id, ok := t.dims[0].ids[t.named(measure.Name, measure.Unit)]; ok {
			e.measures[m] = id
		} else if id, ok := t.dims[0].ids[t.named(figures.Accumulated(measure.Name), measure.Unit)]; ok && e.running[m] {
			e.measures[m] = id
		}
	}
	for m := range e.Measures {
		if e.measures[m] < 0 && (s == nil || s.Field(e.Measures[m].Name) < 0) {
			e.measures[m] = t.renamed(e, m, statistics)
		}
		some = some || e.measures[m] >= 0
	}
	return some
}

// named is the quantity of a measure of an earlier publication.
func (t *table) named(name, unit string) string {
	q := named(name, unit)
	return cmp.Or(t.alias[q], q)
}

// renamed finds the field whose figures are those that a measure had in most of
// the rows that both have.
func (t *table) renamed(e *edition, m int, statistics []*bureau.Statistic) int32 {
	known := map[string]float64{}
	for _, row := range e.Rows {
		if f := row.Figures[m]; f.Has() {
			known[textKey(row.Period.Interval(), row.Categories)] = f.Number
		}
	}
	best, most := int32(-1), 0
	for _, s := range statistics {
		var texts []string
		keys := slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod })
		for f := range s.Fields {
			id, ok := t.fields[s][f]
			if !ok || slices.Contains(e.measures, id) {
				continue
			}
			score := 0
			for r := range s.Rows {
				texts = texts[:0]
				for _, k := range keys {
					texts = append(texts, s.Cell(r, k).Text)
				}
				old, ok := known[textKey(s.Period(r).Interval(), texts)]
				if c := s.Cell(r, f); ok && c.Has() {
					switch {
					case c.Number != old:
						score--
					case old > 0:
						score++
					}
				}
			}
			if score > most {
				best, most = id, score
			}
		}
	}
	return best
}

func textKey(interval string, categories []string) string {
	return interval + "\x00" + strings.Join(categories, "\x00")
}

// enrol takes the periods and the categories of an edition into the dimensions.
func (t *table) enrol(e *edition) {
	running := slices.Contains(e.running, true)
	for _, row := range e.Rows {
		t.enrolPeriod(row.Period)
		if running {
			t.enrolPeriod(since(row.Period, true))
		}
	}
	for k, d := range e.keys {
		if d < 0 || t.dims[d].role != bureau.RoleCategory {
			continue
		}
		for _, row := range e.Rows {
			if text := row.Categories[k]; t.single(e.Keys[k], text) {
				if id := t.dims[d].id(text); t.dims[d].parent[id] < 0 {
					t.dims[d].parent[id] = all
				}
			}
		}
	}
}

// single tells whether a text names one value of a column, and no total.
func (t *table) single(column, text string) bool {
	return text != "" && bureau.KindOf(text) == bureau.DataRow && !t.wholes[column+"\x00"+text]
}

// locate finds the coordinates of a row of an edition; it is false where the
// table cannot have it.
func (t *table) locate(e *edition, row *bureau.VintageRow, at []int32, rules rules) bool {
	clear(at)
	for d := range t.dims {
		if t.dims[d].role == bureau.RolePeriod && !row.Period.IsZero() {
			id, ok := t.dims[d].ids[row.Period.Interval()]
			if !ok {
				return false
			}
			at[d] = id
		}
	}
	for k, d := range e.keys {
		text := strings.TrimSpace(row.Categories[k])
		switch {
		case bureau.KindOf(text) == bureau.OfWhichRow || bureau.IsSubtotal(text):
			return false
		case !t.single(e.Keys[k], text):
		case d < 0: // a column that nothing is known of any more
			return false
		case t.dims[d].role == bureau.RoleUnit:
			if name := rules.unitName(text); name != rules.top {
				at[d] = t.dims[d].id(name)
			}
		default:
			at[d] = t.dims[d].id(text)
		}
	}
	return true
}

// publish puts an edition into the table. What it shows is known, what it hides
// stays hidden.
func (t *table) publish(e edition, rules rules) {
	l := layer{index: map[string]int32{}, hidden: map[int32]bool{}}
	own := make([]int32, len(t.dims))
	missing := t.renamedRows(&e, rules)
	for n, row := range e.Rows {
		if !t.locate(&e, row, own, rules) {
			continue
		}
		for m, id := range e.measures {
			at := slices.Clone(own)
			t.move(at, row.Period, e.running[m])
			f := row.Figures[m]
			if at[0] = id; id < 0 || f.Has() && (f.Qualifier != bureau.Exact || f.Number < 0) {
				continue
			}
			i := t.find(at)
			if i < 0 && missing[n] >= 0 {
				own := slices.Clone(t.coordinates(missing[n]))
				own[0] = id
				i = t.find(own)
			}
			withheld := f.Status&bureau.Confidential != 0
			if !f.Has() && !withheld {
				continue
			}
			value := scaled(f.Number, scaleOf(e.Measures[m].Unit))
			if i >= 0 {
				c := &t.cells[i]
				switch {
				case withheld:
					c.hidden, c.settled = true, true
				case !c.blank && c.value == value:
					c.known = true
				default: // it was revised since, or was hidden then
					i = t.loose(at, cell{value: value, need: int64(rules.threshold), known: true})
				}
			} else {
				c := cell{value: value, need: int64(rules.threshold), known: true}
				if withheld {
					c = cell{need: int64(rules.threshold), blank: true, hidden: true, settled: true}
				}
				if t.covers(at) {
					i = t.loose(at, c)
				} else {
					i = t.put(at, c)
				}
			}
			l.add(at, i)
			l.hidden[i] = withheld
		}
	}
	if len(l.cells) > 1 {
		t.past = append(t.past, l)
		t.totals(l, rules)
	}
}

// totals adds what the figures of an edition added up to in a category, where no
// publication gives it: categories that are split later add up to the same.
func (t *table) totals(l layer, rules rules) {
	for d := range t.dims {
		if t.dims[d].role != bureau.RoleCategory {
			continue
		}
		type whole struct {
			at     []int32
			value  int64
			parts  int
			broken bool
		}
		sums := map[string]*whole{}
		var order []string
		for i, c := range l.cells {
			at := slices.Clone(l.coordinates(t, i))
			if at[d] == all {
				continue
			}
			broken := t.cells[c].blank || l.hidden[c] || t.dims[d].parent[at[d]] != all
			at[d] = all
			k := string(key(nil, at))
			w := sums[k]
			if w == nil {
				w = &whole{at: at}
				sums[k] = w
				order = append(order, k)
			}
			w.value += t.cells[c].value
			w.parts++
			w.broken = w.broken || broken
		}
		for _, k := range order {
			if w := sums[k]; !w.broken && w.parts > 1 && w.value > 0 && t.find(w.at) < 0 {
				t.put(w.at, cell{value: w.value, need: int64(rules.threshold), known: true})
			}
		}
	}
}

// covers tells whether the statistics of today have other figures of the same
// quantity and period, parted in the same way: what they leave out of it is then no
// part of its totals.
func (t *table) covers(at []int32) bool {
	if t.covered == nil {
		t.covered = map[[3]int32]bool{}
		for _, p := range t.places {
			own := t.coordinates(p.cell)
			of := t.dated(own)
			t.covered[[3]int32{of[0], of[1], -1}] = true
			for d := range own {
				if own[d] != all {
					t.covered[[3]int32{of[0], of[1], int32(d)}] = true
				}
			}
		}
	}
	of, parted := t.dated(at), false
	for d := range at {
		if d == 0 || at[d] == all || t.dims[d].role != bureau.RoleCategory {
			continue
		}
		parted = true
		if t.covered[[3]int32{of[0], of[1], int32(d)}] {
			return true
		}
	}
	return !parted && t.covered[[3]int32{of[0], of[1], -1}]
}

// dated gives the quantity and the period of some coordinates.
func (t *table) dated(at []int32) [2]int32 {
	for d := range t.dims {
		if t.dims[d].role == bureau.RolePeriod {
			return [2]int32{at[0], at[d]}
		}
	}
	return [2]int32{at[0], 0}
}

// renamedRows finds, for rows of an edition whose names are gone, the row of today
// that the edition did not have and that has the same figures: a category that
// was renamed. It gives a cell of that row, or -1.
func (t *table) renamedRows(e *edition, rules rules) []int32 {
	found := make([]int32, len(e.Rows))
	at := make([]int32, len(t.dims))
	old := map[string]bool{}
	gone := false
	for n, row := range e.Rows {
		found[n] = -1
		if !t.locate(e, row, at, rules) {
			continue
		}
		at[0] = 0
		old[string(key(nil, at))] = true
		gone = true
	}
	if !gone {
		return found
	}
	fresh := map[[2]int32][]int32{} // the cells of rows that the edition did not have, by quantity and period
	for i := range int32(len(t.cells)) {
		copy(at, t.coordinates(i))
		when := t.dated(at)
		at[0] = 0
		if c := t.cells[i]; !c.blank && !c.implied && !c.known && !old[string(key(nil, at))] {
			fresh[when] = append(fresh[when], i)
		}
	}
	for n, row := range e.Rows {
		if !t.locate(e, row, at, rules) {
			continue
		}
		for m, id := range e.measures {
			f := row.Figures[m]
			if at[0] = id; id < 0 || !f.Has() || f.Number <= 0 || t.find(at) >= 0 {
				continue
			}
			for _, i := range fresh[t.dated(at)] {
				if t.cells[i].value == scaled(f.Number, scaleOf(e.Measures[m].Unit)) {
					found[n] = i
				}
			}
		}
	}
	return found
}
