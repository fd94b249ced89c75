package disclose

import (
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// shared adds the totals that no row gives and that the shares beside the counts tell:
// with 21 as 25.3 % of it, it is 83. Such a total is known like one that is published.
// places are where the statistic's figures stand.
func (t *table) shared(s *bureau.Statistic, grid []int32, places []place, rules rules) {
	wholes := sharesOf(s)
	if len(wholes) == 0 {
		return
	}
	cells, n := cellsOf(places), len(t.dims)
	for _, w := range wholes {
		first := w.rows[0]
		at := append([]int32(nil), grid[first*n:(first+1)*n]...)
		at[0], at[t.dim(dimName(s.Fields[w.key]), s.Fields[w.key].Role)] = t.fields[s][w.count], all
		told := cell{value: scaled(w.number, scaleOf(s.Unit(first, w.count))), need: int64(rules.need(s, first)), known: true}
		total := t.find(at)
		switch {
		case total < 0:
			total = t.put(at, told)
		case t.cells[total].blank || t.cells[total].value != told.value: // that of another file
			total = t.loose(at, told)
		}
		whole := sum{total: total, dim: -1}
		for _, r := range w.rows {
			whole.parts = append(whole.parts, cells[[2]int{r, w.count}])
		}
		t.subsets = append(t.subsets, whole)
	}
}

// toldWhole is what the counts of some rows add up to, told by their shares: the rows,
// the key in which they differ, and the count.
type toldWhole struct {
	rows       []int
	key, count int
	number     float64
}

// sharesOf gives all such wholes of a statistic.
func sharesOf(s *bureau.Statistic) (wholes []toldWhole) {
	var shares []int
	for f, field := range s.Fields {
		if computed(field) {
			shares = append(shares, f)
		}
	}
	if len(shares) == 0 {
		return nil
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RolePeriod {
			continue
		}
		for _, rows := range figures.Alike(s, k) {
			rows = slices.DeleteFunc(rows, func(r int) bool { return s.Rows[r].Kind != bureau.DataRow })
			if len(rows) < 2 {
				continue
			}
			for _, c := range personal(s) {
				for _, f := range shares {
					if whole := wholeOf(s, rows, c, f); whole > 0 {
						wholes = append(wholes, toldWhole{rows, k, c, whole})
					}
				}
			}
		}
	}
	return wholes
}

// wholeOf gives what some counts add up to, where the figures beside them are their
// shares of it, as they are rounded: two at least, and every one that is there.
func wholeOf(s *bureau.Statistic, rows []int, count, share int) float64 {
	whole := 0.0
	for _, r := range rows {
		c := s.Cell(r, count)
		if !c.Has() {
			return 0
		}
		whole += c.Number
	}
	some := 0
	for _, r := range rows {
		c, n := s.Cell(r, share), s.Cell(r, count).Number
		if !c.Has() || n == 0 || whole == 0 {
			continue
		}
		half := figures.LastDigit(c)/2 + 1e-9
		if math.Abs(100*n/whole-c.Number) > half && math.Abs(n/whole-c.Number) > half {
			return 0
		}
		some++
	}
	if some < 2 {
		return 0
	}
	return whole
}
