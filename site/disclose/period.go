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
