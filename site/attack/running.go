package attack

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"
)

// runs adds what a column says of another over the rows: running totals, moving
// sums and averages, and a fixed multiple.
func (w *world) runs(ti int, t *table) {
	var counts []int
	for k, f := range t.fields {
		if f.kind == count {
			counts = append(counts, k)
		}
	}
	if len(counts) > 24 {
		return
	}
	for k, f := range t.fields {
		n := months(f.base)
		for _, a := range counts {
			if a == k {
				continue
			}
			if f.kind == count {
				w.running(ti, t, a, k, cumulative.MatchString(fold(f.base)) && len(counts) == 2)
			}
			if f.kind != change {
				w.multiple(ti, t, a, k)
			}
			if n > 1 && n < 25 && f.kind != change {
				w.moving(ti, t, a, k, n)
			}
		}
	}
}

// running says that a column adds up another from row to row, each year anew or
// for ever, if it is seen three times, or once where its name says so.
func (w *world) running(ti int, t *table, a, b int, named bool) {
	for _, anew := range []bool{true, false} {
		line := func(ri int) []occurrence {
			r := t.rows[ri]
			if !r.span.ok || r.span.stock {
				return nil
			}
			cells := []occurrence{{ti, ri, b}, {ti, ri, a}}
			if anew && r.span.from.Time().Month() == time.January {
				return cells
			}
			if old := t.before(ri); old >= 0 {
				return append(cells, occurrence{ti, old, b})
			}
			return nil
		}
		agree, differ := 0, false
		for ri := range t.rows {
			cells := line(ri)
			sum, known := new(big.Int), len(cells) > 0
			for i, o := range cells {
				c := t.rows[o.r].cells[o.k]
				if known = known && c.whole() && t.fields[o.k].round == 0; !known {
					break
				}
				if i == 0 {
					sum.Add(sum, c.value.Num())
				} else {
					sum.Sub(sum, c.value.Num())
				}
			}
			if !known {
				continue
			}
			if differ = sum.Sign() != 0; differ {
				break
			}
			if len(cells) == 3 && t.rows[ri].cells[a].value.Sign() > 0 && t.rows[ri].cells[b].value.Cmp(big.NewRat(9, 1)) > 0 {
				agree++
			}
		}
		if differ || (agree < 3 && (!named || agree < 1)) {
			continue
		}
		f := w.family(fmt.Sprintf("%d/running/%d/%d/%v", ti, a, b, anew), bySum, 0)
		for ri := range t.rows {
			s := w.sum()
			for i, o := range line(ri) {
				v, ok := w.at[o]
				if !ok {
					s = w.sum()
					break
				}
				if i == 0 {
					s.add(1, v)
				} else {
					s.add(-1, v)
				}
			}
			if len(s.rel.terms) > 1 {
				w.try(f, s)
			}
		}
	}
}

// between says that quantities together are what a figure says to half a unit of
// its last digit, so many times over.
func (w *world) between(f *family, terms []term, at occurrence, times int64) {
	c := w.tables[at.t].rows[at.r].cells[at.k]
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.decimals)), nil)
	half := new(big.Rat).SetFrac(one, new(big.Int).Mul(big.NewInt(2), scale))
	n := new(big.Rat).SetInt64(times)
	high := new(big.Rat).Mul(n, new(big.Rat).Add(c.value, half))
	low := new(big.Rat).Mul(n, new(big.Rat).Sub(c.value, half))
	for _, side := range []int64{1, -1} {
		s := w.sum()
		s.rel.equal = false
		s.rel.from = []string{w.cite(at)}
		for _, t := range terms {
			s.addBig(new(big.Int).Mul(big.NewInt(side), t.c), t.v)
		}
		if side > 0 {
			s.rel.rhs = floorDiv(high.Num(), high.Denom())
		} else {
			s.rel.rhs = floorDiv(new(big.Int).Neg(low.Num()), low.Denom())
		}
		w.try(f, s)
	}
}

// moving says that a column is the sum, or the average, of the last rows of another.
func (w *world) moving(ti int, t *table, a, b, n int) {
	f := w.family(fmt.Sprintf("%d/moving/%d/%d", ti, a, b), bySum, 1)
	average := mean.MatchString(fold(t.fields[b].base))
	for ri, r := range t.rows {
		c := r.cells[b]
		if c.state != open {
			continue
		}
		var terms []term
		at := ri
		for range n {
			if at < 0 {
				break
			}
			v, ok := w.at[occurrence{ti, at, a}]
			if !ok {
				break
			}
			terms = append(terms, term{v, one})
			at = t.before(at)
		}
		if len(terms) < n {
			continue
		}
		if average {
			w.between(f, terms, occurrence{ti, ri, b}, int64(n))
			continue
		}
		s := w.sum()
		s.rel.terms = terms
		if c.whole() {
			s.rel.rhs = c.value.Num()
			s.rel.from = []string{w.cite(occurrence{ti, ri, b})}
			w.try(f, s)
		}
	}
}

// multiple says that a column is another times a plain number, if it is so in at
// least two rows that differ.
func (w *world) multiple(ti int, t *table, a, b int) {
	var by, first *big.Rat
	agree := false
	for _, r := range t.rows {
		x, y := r.cells[a], r.cells[b]
		if x.state != open || y.state != open || x.value.Sign() == 0 {
			continue
		}
		now := new(big.Rat).Quo(y.value, x.value)
		switch {
		case by == nil:
			by, first = now, x.value
		case by.Cmp(now) != 0:
			return
		case x.value.Cmp(first) != 0 && (x.value.Cmp(big.NewRat(9, 1)) > 0 || first.Cmp(big.NewRat(9, 1)) > 0):
			agree = true
		}
	}
	if !agree || by.Sign() <= 0 || by.Cmp(big.NewRat(1, 1)) == 0 || t.fields[a].round > 0 || t.fields[b].round > 0 {
		return
	}
	if !by.IsInt() && by.Num().Cmp(one) != 0 {
		return
	}
	f := w.family(fmt.Sprintf("%d/multiple/%d/%d", ti, a, b), bySum, 0)
	for ri, r := range t.rows {
		v, ok := w.at[occurrence{ti, ri, a}]
		if c := r.cells[b]; ok && c.state == open {
			s := w.sum().addBig(by.Num(), v)
			if rhs := new(big.Rat).Mul(c.value, new(big.Rat).SetInt(by.Denom())); rhs.IsInt() {
				s.rel.rhs = rhs.Num()
				s.rel.from = []string{w.cite(occurrence{ti, ri, b})}
				w.try(f, s)
			}
		}
	}
}

// indexed gives the row that an index is against: of the year that its name says,
// else the first of the same words.
func (t *table) indexed(name string) func(ri int) int {
	year := 0
	if m := baseYear.FindStringSubmatch(fold(name)); m != nil {
		year, _ = strconv.Atoi(m[1])
	}
	return func(ri int) int {
		if year > 0 {
			return t.rowAt(t.rows[ri], func(s span) bool { return s.from.Time().Year() == year && !s.stock })
		}
		return slices.IndexFunc(t.rows, func(o row) bool { return slices.Equal(o.cats, t.rows[ri].cats) })
	}
}

// days is how long the period of a row is.
func (t *table) days(ri int) (operand, bool) {
	s := t.rows[ri].span
	if !s.ok || s.stock {
		return operand{}, false
	}
	return operand{v: -1, value: new(big.Rat).SetInt64(int64(s.to - s.from)), cite: t.rows[ri].when}, true
}
