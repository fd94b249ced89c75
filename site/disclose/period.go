package disclose

import (
	"cmp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// periodLevels gives each period the shortest one that includes it: a month its
// year, and January to July January to August, so that August is the rest of
// the second. Stocks add up to nothing. Where periods overlap and neither
// includes the other, readers may know more than that.
func (t *table) periodLevels() {
	for i := range t.dims {
		d := &t.dims[i]
		if d.role != bureau.RolePeriod {
			continue
		}
		type interval struct {
			period.Period
			id int32
		}
		var flows []interval
		for id, name := range d.names {
			if p, ok := t.periods[name]; ok && !p.AsOf {
				flows = append(flows, interval{p, int32(id)})
			}
		}
		slices.SortFunc(flows, func(a, b interval) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
		})
		var around []interval
		for _, f := range flows {
			for len(around) > 0 && around[len(around)-1].End < f.Start {
				around = around[:len(around)-1]
			}
			for _, a := range slices.Backward(around) {
				if a.End >= f.End {
					d.parent[f.id] = a.id
					d.covered = true
					break
				}
				t.crossing = true
			}
			if d.parent[f.id] < 0 {
				d.parent[f.id] = all
			}
			around = append(around, f)
		}
	}
}

// past adds to a table the figures of its statistic that earlier releases hold,
// and marks those that they hold and the table has still: hiding them now hides
// nothing. The first pass, before the levels are known, only takes the periods.
func (t *table) past(s *bureau.Statistic, releases []bureau.Release, rules rules) {
	at := make([]int32, len(t.dims))
	seen := map[string]bool{}
	eachPast(s, releases, func(v *bureau.Vintage, row *bureau.VintageRow) {
		if !t.locate(v, row, at, rules) {
			return
		}
		for m, f := range row.Figures {
			field := s.Field(v.Measures[m].Name)
			if !f.Has() || f.Qualifier != bureau.Exact || field < 0 || !s.Fields[field].IsPersonal() {
				continue
			}
			if !t.locateField(s.Fields[field].Name, at) {
				continue
			}
			value := scaled(f.Number, scaleOf(s.Fields[field].Unit))
			if i := t.find(at); i >= 0 {
				if c := &t.cells[i]; !c.blank && c.value == value {
					c.known = true
				}
				continue
			}
			if k := string(key(at)); !seen[k] {
				seen[k] = true
				t.put(at, cell{value: value, need: int64(rules.threshold), known: true})
			}
		}
	})
}

// pastPeriods takes the periods that earlier releases hold, before the levels of
// the periods are known. It tells whether there are any.
func (t *table) pastPeriods(s *bureau.Statistic, releases []bureau.Release) (any bool) {
	for i := range t.dims {
		d := &t.dims[i]
		if d.role != bureau.RolePeriod {
			continue
		}
		eachPast(s, releases, func(_ *bureau.Vintage, row *bureau.VintageRow) {
			any = true
			if !row.Period.IsZero() {
				name := row.Period.Interval()
				d.id(name)
				t.periods[name] = row.Period
			}
		})
	}
	return any
}

// eachPast gives the rows of a statistic in its releases, the newest first, each
// that they share once.
func eachPast(s *bureau.Statistic, releases []bureau.Release, yield func(*bureau.Vintage, *bureau.VintageRow)) {
	vintages := map[*bureau.Vintage]bool{}
	rows := map[*bureau.VintageRow]bool{}
	for _, r := range slices.Backward(releases) {
		for _, v := range r.Statistics {
			if v.Name != s.Name || vintages[v] {
				continue
			}
			vintages[v] = true
			for _, row := range v.Rows {
				if !rows[row] {
					rows[row] = true
					yield(v, row)
				}
			}
		}
	}
}

// locate finds the coordinates of a row of a release; it is false where the
// table has none of its names.
func (t *table) locate(v *bureau.Vintage, row *bureau.VintageRow, at []int32, rules rules) bool {
	clear(at)
	for d := range t.dims {
		switch dim := &t.dims[d]; dim.role {
		case "":
		case bureau.RolePeriod:
			if !row.Period.IsZero() {
				id, ok := dim.ids[row.Period.Interval()]
				if !ok {
					return false
				}
				at[d] = id
			}
		default:
			for k, name := range v.Keys {
				text := row.Categories[k]
				if name != dim.name && !(dim.role == bureau.RoleUnit && t.unitColumns[name]) || text == "" || bureau.KindOf(text) == bureau.TotalRow || t.wholes[name+"\x00"+text] {
					continue
				}
				if dim.role == bureau.RoleUnit {
					if text = rules.unitName(text); text == rules.top {
						continue
					}
				}
				id, ok := dim.ids[text]
				if !ok {
					return false
				}
				at[d] = id
			}
		}
	}
	return true
}
