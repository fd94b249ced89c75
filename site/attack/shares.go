package attack

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
)

var (
	sharedName = regexp.MustCompile(`占|比例|比重|率$|率（|率\(|share|percent|proportion`)
	eventName  = regexp.MustCompile(`案|警情|火灾|起数|次数|事故率|满意|信访|办理|回复|及时|[人户]均|每[人户名]|件|增|降`)
	partOf     = regexp.MustCompile(`占|比例|比重|share|proportion`)
	sexShare   = regexp.MustCompile(`^[男女]`)
	perPeople  = regexp.MustCompile(`[万千百]`)
	peopleName = regexp.MustCompile(`人口|^总人数|population`)
)

// shares finds counts of persons that nobody published, of which a rate and its base
// are: 3% of 100. The base stands beside the rate, or is the population of the
// unit of the row. Every row must give a whole number.
func (w *world) shares(ti int, t *table) (out []Finding) {
	for k, f := range t.fields {
		name := fold(f.Name)
		if f.kind != rate || f.Risk == "event" || f.Risk == "none" || eventName.MatchString(name) {
			continue
		}
		per := perPeople.MatchString(f.Unit + f.base)
		if !sharedName.MatchString(name) && !(per && personName.MatchString(name)) {
			continue
		}
		for b, fb := range t.fields {
			people := peopleName.MatchString(fold(fb.base))
			if fb.kind != count || fb.round > 0 || per && !people || people && !per || !fb.person && !people || w.parted(ti, t, k, b) {
				continue
			}
			out = append(out, w.share(t, k, fb.Name, func(r row) (*big.Int, string) {
				if c := r.cells[b]; c.whole() {
					return c.value.Num(), t.cite(r, b)
				}
				return nil, ""
			})...)
		}
		if per && personName.MatchString(name) && !slices.ContainsFunc(t.fields, func(o field) bool { return o.kind == count }) {
			out = append(out, w.share(t, k, "人口", func(r row) (*big.Int, string) {
				for _, c := range r.cats {
					if n := w.people[c]; n > 0 {
						return big.NewInt(n), "units/units.csv " + c
					}
				}
				return nil, ""
			})...)
		}
	}
	return out
}

// parted tells whether what a rate is a share of a base of stands in a column, so
// that it is protected, or not, for itself.
func (w *world) parted(ti int, t *table, k, b int) bool {
	for a, fa := range t.fields {
		if a == b || (fa.kind != count && fa.kind != other) {
			continue
		}
		for _, factor := range factors(t.fields[k]) {
			p := &pair{factor: factor}
			p.part = func(ri int) (operand, bool) { return w.operand(ti, ri, a) }
			p.whole = func(ri int) (operand, bool) { return w.operand(ti, ri, b) }
			w.weigh(ti, t, k, p)
			if p.evidence > 0 {
				return true
			}
		}
	}
	return false
}

// share gives the small counts that a rate makes of a base in the rows of a table.
func (w *world) share(t *table, k int, by string, base func(row) (*big.Int, string)) (out []Finding) {
	f := t.fields[k]
	for _, factor := range factors(f) {
		var found []Finding
		fits, rows := true, 0
		for _, r := range t.rows {
			c := r.cells[k]
			if c.state != open {
				continue
			}
			n, from := base(r)
			if n == nil || n.Sign() <= 0 {
				continue
			}
			rows++
			low, high := c.share(n, factor)
			if low.Cmp(high) > 0 || (high.Cmp(n) > 0 && partOf.MatchString(fold(f.base))) || c.value.Sign() < 0 {
				fits = false
				break
			}
			cite := []string{t.cite(r, k), from}
			limit := big.NewInt(t.limit(r))
			small := func(a, b *big.Int, what string) {
				if a.Sign() > 0 && b.Cmp(limit) < 0 {
					found = append(found, Finding{File: t.file, Row: r.label, Field: f.Name + what, Low: a.Int64(), High: b.Int64(), From: cite, Kind: Derived})
				}
			}
			small(low, high, "×"+by)
			if sexShare.MatchString(fold(f.base)) {
				small(new(big.Int).Sub(n, high), new(big.Int).Sub(n, low), "（其余）")
			}
		}
		if fits && rows > 0 {
			slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(a.Row, b.Row) })
			return found
		}
	}
	return nil
}

// share gives the whole numbers that make a rate of a base to half a unit of its
// last digit.
func (c cell) share(base *big.Int, factor int64) (low, high *big.Int) {
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.decimals)), nil)
	half := new(big.Rat).SetFrac(one, new(big.Int).Mul(big.NewInt(2), scale))
	by := new(big.Rat).SetFrac(base, big.NewInt(factor))
	a := new(big.Rat).Mul(new(big.Rat).Sub(c.value, half), by)
	b := new(big.Rat).Mul(new(big.Rat).Add(c.value, half), by)
	low = new(big.Int).Neg(floorDiv(new(big.Int).Neg(a.Num()), a.Denom()))
	return low, floorDiv(b.Num(), b.Denom())
}

// complements notes what is left of a count of persons beside the men, or the women,
// alone.
func (w *world) complements(ti int, t *table) {
	sex := func(word string) int {
		switch c := core(word); {
		case male.MatchString(fold(word)), male.MatchString(c):
			return 1
		case female.MatchString(fold(word)), female.MatchString(c):
			return 2
		}
		return 0
	}
	here := map[int][]int{}
	for k, f := range t.fields {
		if f.kind == count {
			here[sex(f.base)] = append(here[sex(f.base)], k)
		}
	}
	if one := append(slices.Clone(here[1]), here[2]...); len(one) == 1 && len(here[0]) == 1 {
		k, whole := one[0], here[0][0]
		if t.fields[whole].person {
			for ri := range t.rows {
				a, ok1 := w.at[occurrence{ti, ri, whole}]
				b, ok2 := w.at[occurrence{ti, ri, k}]
				if ok1 && ok2 {
					w.part(ti, t, whole, ri, a, b, "complement")
				}
			}
		}
	}
	for d := range t.dims {
		for _, group := range t.groups(d) {
			total, alone, n := -1, -1, 0
			for _, i := range group {
				switch c := t.rows[i].cats[d]; {
				case t.totals[d][c]:
					total = i
				case sex(c) > 0:
					alone = i
					n++
				default:
					n++
				}
			}
			if total < 0 || alone < 0 || n != 1 {
				continue
			}
			for k, f := range t.fields {
				a, ok1 := w.at[occurrence{ti, total, k}]
				b, ok2 := w.at[occurrence{ti, alone, k}]
				if f.person && ok1 && ok2 {
					w.part(ti, t, k, total, a, b, "complement")
				}
			}
		}
	}
}

// sharedTotals says what counts add up to of which no row is the total and which
// have their shares beside them: where 21 is 25.3 %, 83. Two rows at least have to
// agree.
func (w *world) sharedTotals(ti int, t *table) {
	for k, f := range t.fields {
		if f.kind != rate || !partOf.MatchString(fold(f.Name)) {
			continue
		}
		for b, fb := range t.fields {
			if fb.kind != count || !fb.person || fb.round > 0 {
				continue
			}
			for d := range t.dims {
				for g, group := range t.groups(d) {
					for _, factor := range factors(f) {
						w.sharedTotal(ti, t, k, b, d, group, factor, fmt.Sprintf("%d/shares/%d/%d/%d/%d/%d", ti, d, g, k, b, factor))
					}
				}
			}
		}
	}
}

func (w *world) sharedTotal(ti int, t *table, k, b, d int, group []int, factor int64, name string) {
	var terms []term
	var from []string
	var low, high *big.Rat
	for _, i := range group {
		r := t.rows[i]
		if r.aside || r.ofWhich {
			continue
		}
		v, ok := w.at[occurrence{ti, i, b}]
		if !ok || t.totals[d][r.cats[d]] || subtotal.MatchString(r.cats[d]) {
			return // there is a total, or nobody knows what a cell is
		}
		terms = append(terms, term{v, one})
		c, n := r.cells[k], r.cells[b]
		if c.state != open || !n.whole() || c.value.Sign() <= 0 {
			continue
		}
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.decimals)), nil)
		half := new(big.Rat).SetFrac(one, new(big.Int).Mul(big.NewInt(2), scale))
		times := new(big.Rat).Mul(n.value, new(big.Rat).SetInt64(factor))
		least, most := new(big.Rat).Add(c.value, half), new(big.Rat).Sub(c.value, half)
		if most.Sign() <= 0 {
			continue
		}
		if a := new(big.Rat).Quo(times, least); low == nil || a.Cmp(low) > 0 {
			low = a
		}
		if a := new(big.Rat).Quo(times, most); high == nil || a.Cmp(high) < 0 {
			high = a
		}
		from = append(from, w.cite(occurrence{ti, i, k}))
	}
	if len(from) < 2 || len(terms) <= len(from) || low.Cmp(high) > 0 {
		return
	}
	family := w.family(name, bySum, 0)
	for _, side := range []int64{1, -1} {
		s := w.sum()
		s.rel.equal, s.rel.from = false, from
		for _, t := range terms {
			s.addBig(new(big.Int).Mul(big.NewInt(side), t.c), t.v)
		}
		if side > 0 {
			s.rel.rhs = floorDiv(high.Num(), high.Denom())
		} else {
			s.rel.rhs = floorDiv(new(big.Int).Neg(low.Num()), low.Denom())
		}
		w.try(family, s)
	}
}
