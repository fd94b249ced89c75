package attack

import (
	"fmt"
	"math/big"
	"slices"
)

// couples adds what two columns of one table, men and women, make of a column of
// another.
func (w *world) couples() {
	for ti, t := range w.tables {
		if t.mixed {
			continue
		}
		for _, couple := range couples {
			a := slices.IndexFunc(t.fields, func(f field) bool { return f.kind == count && core(f.base) == couple[0] })
			b := slices.IndexFunc(t.fields, func(f field) bool { return f.kind == count && core(f.base) == couple[1] })
			if a < 0 || b < 0 {
				continue
			}
			for tj, o := range w.tables {
				if tj == ti || o.mixed || o.pub < t.since || t.pub < o.since {
					continue
				}
				for k, f := range o.fields {
					if f.kind == count && f.round == 0 && (couple[2] == "" && f.person || couple[2] != "" && core(f.base) == couple[2]) {
						w.couple(ti, a, b, tj, k, couple[2] != "")
					}
				}
			}
		}
	}
}

// couple says that two columns make a column of another table, if they do in a row
// at least (in all that can be seen), or their names say so.
func (w *world) couple(ti, a, b, tj, k int, named bool) {
	t, o := w.tables[ti], w.tables[tj]
	at := map[string]int{}
	for rj, r := range o.rows {
		if !r.ofWhich && !r.aside {
			at[o.place(r, -1)] = rj
		}
	}
	f := w.family(fmt.Sprintf("couple/%d/%d/%d/%d", ti, a, tj, k), bySum, 1)
	if named {
		f.need = 0
	}
	for ri, r := range t.rows {
		rj, ok := at[t.place(r, -1)]
		if !ok || r.when == "" || r.ofWhich || r.aside {
			continue
		}
		x, ok1 := w.at[occurrence{ti, ri, a}]
		y, ok2 := w.at[occurrence{ti, ri, b}]
		z, ok3 := w.at[occurrence{tj, rj, k}]
		if ok1 && ok2 && ok3 {
			w.try(f, w.sum().add(1, x).add(1, y).add(-1, z))
		}
	}
}

// splits says of a kind that an earlier publication had and the next has not, and of
// those that came in its place, that they are the same together, if what stands in
// both did not change.
func (w *world) splits() {
	for ti, t := range w.tables {
		var next *table
		tj := -1
		for i, o := range w.tables {
			if o.name == t.name && o.pub > t.pub && (next == nil || o.pub < next.pub) {
				next, tj = o, i
			}
		}
		if next == nil || t.mixed || next.mixed || len(next.dims) != len(t.dims) {
			continue
		}
		for d := range t.dims {
			later := map[string][]int{}
			for _, g := range next.groups(d) {
				later[next.place(next.rows[g[0]], d)] = g
			}
			for _, g := range t.groups(d) {
				h := later[t.place(t.rows[g[0]], d)]
				gone, come, both := w.exchange(t, next, d, g, h)
				if len(both) == 0 || min(len(gone), len(come)) != 1 {
					continue
				}
				for k, f := range t.fields {
					l := slices.IndexFunc(next.fields, func(o field) bool { return o.Name == f.Name && o.kind == count })
					if f.kind != count || l < 0 {
						continue
					}
					same, large := true, false
					for _, p := range both {
						x, y := t.rows[p[0]].cells[k], next.rows[p[1]].cells[l]
						if x.state == open && y.state == open {
							same = same && x.value.Cmp(y.value) == 0
							large = large || x.value.Cmp(big.NewRat(9, 1)) > 0
						}
					}
					s := w.sum()
					for _, i := range gone {
						v, ok := w.at[occurrence{ti, i, k}]
						same = same && ok
						s.add(1, v)
					}
					for _, i := range come {
						v, ok := w.at[occurrence{tj, i, l}]
						same = same && ok
						s.add(-1, v)
					}
					if same && large {
						w.try(w.family(fmt.Sprintf("split/%d/%d/%d", ti, d, k), byChange, 0), s)
					}
				}
			}
		}
	}
}

// exchange gives the rows of a group that went, those that came, and those that stayed.
func (w *world) exchange(t, next *table, d int, g, h []int) (gone, come []int, both [][2]int) {
	plain := func(t *table, i int) bool {
		r := t.rows[i]
		return !r.ofWhich && !r.aside && !t.totals[d][r.cats[d]] && !subtotal.MatchString(r.cats[d])
	}
	for _, i := range g {
		if !plain(t, i) {
			continue
		}
		j := slices.IndexFunc(h, func(j int) bool { return next.rows[j].cats[d] == t.rows[i].cats[d] })
		if j < 0 {
			gone = append(gone, i)
		} else {
			both = append(both, [2]int{i, h[j]})
		}
	}
	for _, j := range h {
		if plain(next, j) && !slices.ContainsFunc(g, func(i int) bool { return next.rows[j].cats[d] == t.rows[i].cats[d] }) {
			come = append(come, j)
		}
	}
	return gone, come, both
}

// outgrown tells whether a withheld total can no longer be what an earlier
// publication says: it was the sum of its rows, and rows have come since.
func (w *world) outgrown(o occurrence, v int) bool {
	q := w.quantities[v]
	next := w.tables[o.t]
	t := w.tables[q.seen.t]
	if q.known == nil || t.pub >= next.pub || t.name != next.name || len(t.dims) != len(next.dims) {
		return false
	}
	r := next.rows[o.r]
	for d := range next.dims {
		if !next.totals[d][r.cats[d]] {
			continue
		}
		group := func(t *table, i int) []int {
			for _, g := range t.groups(d) {
				if slices.Contains(g, i) {
					return g
				}
			}
			return nil
		}
		old := group(t, q.seen.r)
		gone, come, both := w.exchange(t, next, d, old, group(next, o.r))
		if len(come) == 0 || len(gone) > 0 || len(both) == 0 {
			continue
		}
		sum := new(big.Int)
		for _, p := range both {
			c := t.rows[p[0]].cells[q.seen.k]
			if !c.whole() {
				return false
			}
			sum.Add(sum, c.value.Num())
		}
		if sum.Cmp(q.known) == 0 {
			return true
		}
	}
	return false
}
