package disclose

import (
	"encoding/binary"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// table is the counts of all statistics of one thing, and of their earlier
// publications, as cells named by one coordinate in each dimension, and the sums
// among them.
type table struct {
	system
	dims    []dim
	at      []int32          // the coordinates, cell by cell
	index   map[string]int32 // what is published now, and earlier where it is not any more
	past    []layer
	columns []balance
	margins []sum     // all sums that hold, also those that follow from others
	spans   []span    // counts and what of them is named 其中
	places  []place   // where each cell stands; several figures may be one cell
	in      [][]int32 // by cell, the statistics in which it stands
	faults  problem.List

	subsets []sum // other sums that figures keep: rows that are the sum of some, totals that shares tell

	statistics  []*bureau.Statistic
	fields      map[*bureau.Statistic]map[int]int32 // the coordinate of each field that is reckoned with
	periods     map[string]period.Period
	unitColumns map[string]bool
	wholes      map[string]bool // columns and their values that are the sum of all others, whatever they are called
	alias       map[string]string
	crossing    bool              // periods overlap, so readers know more of it than is reckoned with
	covered     map[[3]int32]bool // quantity, period and dimension, -1 for any
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
func (t *table) find(at []int32) int32 { return lookup(t.index, at) }

func lookup(index map[string]int32, at []int32) int32 {
	var buffer [64]byte
	if i, ok := index[string(key(buffer[:0], at))]; ok {
		return i
	}
	return -1
}

func key(b []byte, at []int32) []byte {
	for _, c := range at {
		b = binary.LittleEndian.AppendUint32(b, uint32(c))
	}
	return b
}

// put adds a cell at some coordinates.
func (t *table) put(at []int32, c cell) int32 {
	i := t.loose(at, c)
	t.index[string(key(nil, at))] = i
	return i
}

// loose adds a cell that is not found by its coordinates.
func (t *table) loose(at []int32, c cell) int32 {
	i := int32(len(t.cells))
	t.cells = append(t.cells, c)
	t.at = append(t.at, at...)
	return i
}

// newTable gives the table of some statistics; figures that they share are one
// cell. It is nil where no figure is the sum of others.
func newTable(statistics []*bureau.Statistic, releases []bureau.Release, rules rules) *table {
	return tableOf(statistics, releases, rules, false)
}

// plainTable gives the table of some statistics even where nothing adds up.
func plainTable(statistics []*bureau.Statistic, rules rules) *table {
	return tableOf(statistics, nil, rules, true)
}

func tableOf(statistics []*bureau.Statistic, releases []bureau.Release, rules rules, covered bool) *table {
	t := &table{statistics: statistics, index: map[string]int32{}, periods: map[string]period.Period{}, alias: rules.alias, unitColumns: map[string]bool{}, wholes: map[string]bool{}, fields: map[*bureau.Statistic]map[int]int32{}}
	t.dim("", "") // the fields
	covered = covered || len(statistics) > 1
	for _, s := range statistics {
		covered = t.addColumns(s, rules) || len(sharesOf(s)) > 0 || slices.ContainsFunc(s.Fields, everRunning) || covered
		for _, k := range s.Keys() {
			t.dim(dimName(s.Fields[k]), s.Fields[k].Role)
			t.wholes[s.Fields[k].Name+"\x00"+s.Fields[k].Whole] = s.Fields[k].Whole != ""
			if s.Fields[k].Role == bureau.RoleUnit {
				t.unitColumns[s.Fields[k].Name] = true
			}
		}
		for _, id := range s.Identities {
			covered = covered || id.Rows && (id.Why == bureau.OfWhich || id.Why == bureau.ByArithmetic)
		}
	}
	t.compound()
	t.gone(releases)
	grids := make([][]int32, len(statistics)) // the coordinates of each row
	for i, s := range statistics {
		grids[i] = t.rows(s, rules)
	}
	t.runs()
	earlier := t.earlier(releases)
	t.unitLevels(rules)
	t.periodLevels()
	for i := range t.dims {
		covered = covered || t.dims[i].covered
	}
	if !covered && len(earlier) == 0 {
		return nil
	}
	for i, s := range statistics {
		start := len(t.places)
		t.fill(s, grids[i], rules)
		t.shared(s, grids[i], t.places[start:], rules)
		t.steps(s, t.places[start:])
	}
	for _, e := range earlier {
		t.publish(e, rules)
	}
	t.addUp()
	return t
}

// runs takes the periods from the start of the year to those of the rows into their
// dimension, where a field counts so.
func (t *table) runs() {
	for _, s := range t.statistics {
		if !slices.ContainsFunc(personal(s), func(f int) bool { return s.Fields[f].Cumulative }) {
			continue
		}
		for i := range s.Rows {
			t.enrolPeriod(since(s.Period(i), true))
		}
	}
}

// everRunning tells whether a field adds up another from the beginning on.
func everRunning(f bureau.Field) bool { return f.Accumulates != "" && !f.Cumulative }

// steps adds what such a field is in each period: what it was in the one before, and
// the other's figure.
func (t *table) steps(s *bureau.Statistic, places []place) {
	if !slices.ContainsFunc(s.Fields, everRunning) {
		return
	}
	cells := cellsOf(places)
	for f, field := range s.Fields {
		if !everRunning(field) {
			continue
		}
		part := s.Field(field.Accumulates)
		for _, step := range figures.Steps(s) {
			if step.Before >= 0 {
				t.subsets = append(t.subsets, sum{cells[[2]int{step.Row, f}], []int32{cells[[2]int{step.Before, f}], cells[[2]int{step.Row, part}]}, -1})
			}
		}
	}
}

// cellsOf gives the cells of a statistic by row and field.
func cellsOf(places []place) map[[2]int]int32 {
	cells := make(map[[2]int]int32, len(places))
	for _, p := range places {
		cells[[2]int{p.row, p.field}] = p.cell
	}
	return cells
}

// enrolPeriod takes a period into its dimension.
func (t *table) enrolPeriod(p period.Period) {
	for i := range t.dims {
		if d := &t.dims[i]; d.role == bureau.RolePeriod && !p.IsZero() {
			name := p.Interval()
			d.id(name)
			t.periods[name] = p
		}
	}
}

// move sets the period of some coordinates to that from the start of the year,
// where a figure counts so.
func (t *table) move(at []int32, p period.Period, cumulative bool) {
	if !cumulative || p.IsZero() {
		return
	}
	for i := range t.dims {
		if d := &t.dims[i]; d.role == bureau.RolePeriod {
			if id, ok := d.ids[since(p, true).Interval()]; ok {
				at[i] = id
			}
		}
	}
}

// dimName is the name that fields of the same meaning share. Periods and units
// are one dimension each, whatever they are called.
func dimName(f bureau.Field) string {
	if f.Role == bureau.RoleCategory {
		return f.Name
	}
	return ""
}

// fill puts the counts of a statistic into the table.
func (t *table) fill(s *bureau.Statistic, grid []int32, rules rules) {
	n := len(t.dims)
	at := make([]int32, n)
	cells := make([]int32, len(s.Rows))
	fields := t.fields[s]
	for f := range s.Fields {
		id, ok := fields[f]
		if !ok {
			continue
		}
		for r := range s.Rows {
			copy(at, grid[r*n:(r+1)*n])
			at[0] = id
			t.move(at, s.Period(r), s.Fields[f].Cumulative)
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
				i = t.loose(at, c) // two figures for one thing, which is reported: not the same cell
			default:
				t.cells[i].need = max(t.cells[i].need, c.need)
				t.cells[i].primary = t.cells[i].primary || c.primary
				t.cells[i].hidden = t.cells[i].hidden || c.hidden
			}
			t.places = append(t.places, place{i, s, r, f})
			cells[r] = i
		}
		for _, id := range s.Identities {
			switch {
			case !id.Rows:
			case id.Why == bureau.OfWhich:
				t.spans = append(t.spans, span{cells[id.Left[0]], []int32{cells[id.Right[0]]}})
			case s.Fields[id.Along].Role == bureau.RoleUnit && len(rules.above) > 0: // units.csv says it
			case id.Why == bureau.ByArithmetic && s.Fields[id.Along].Whole == "":
				s := sum{total: cells[id.Left[0]], dim: -1}
				for _, r := range id.Right {
					s.parts = append(s.parts, cells[r])
				}
				t.subsets = append(t.subsets, s)
			}
		}
	}
}
