package attack

import (
	"fmt"
	"math/big"
	"math/bits"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/period"
)

// maxSubset is how many columns are tried in every selection; of more, only runs
// of neighbours.
const maxSubset = 10

var (
	againstLast = regexp.MustCompile(`^(以)?(上年|去年)(同期)?(=|为)100$`)
	daily       = regexp.MustCompile(`日均|每[日天]|[天日]/|/[天日]|daily|perday`)
	lastYear    = regexp.MustCompile(`^(上年|去年)(同期|同月|同季)?(数|数值)?$|上年同期|去年同期`)
	opening     = regexp.MustCompile(`上年结转|上期结转|上月结转|期初|月初|年初|旧存|结转.*(上年|上期)|^(上期|上月末|上月底|上年末|上年底|上季末|上月在册|上期在册|上月现有)|^opening`)
	closing     = regexp.MustCompile(`结转下年|结转下期|结转下月|未结|未办结|期末|月末|月底|季末|年末|年底|结存|^(现有|在册)$|^closing`)
	income      = regexp.MustCompile(`新收|收案|受理|收集|收到|新增|增加|纳入|新入|列管|^(new|added|in)$`)
	outgo       = regexp.MustCompile(`办结|结案|审结|已结|减少|退出|解除|撤销|出所|^(closed|removed|out)$`)
)

// columnSums adds what the columns of a row say of each other: totals, parts,
// balances.
func (w *world) columnSums(ti int, t *table) {
	var counts, plain []int
	for k, f := range t.fields {
		if f.kind == count {
			counts = append(counts, k)
			if !partName.MatchString(fold(f.base)) {
				plain = append(plain, k)
			}
		}
	}
	total := func(k int) bool {
		b := fold(t.fields[k].base)
		return isTotal(b) || subtotal.MatchString(b)
	}
	for _, k := range counts {
		if partName.MatchString(fold(t.fields[k].base)) {
			w.partColumn(ti, t, k, plain)
			continue
		}
		var others, items []int
		for _, o := range plain {
			if o != k && (t.fields[o].Unit == t.fields[k].Unit || t.fields[o].Unit == "" || t.fields[k].Unit == "") {
				others = append(others, o)
				if !total(o) {
					items = append(items, o)
				}
			}
		}
		if total(k) {
			w.namedColumn(ti, t, k, items)
			continue
		}
		w.sumColumn(ti, t, k, others)
	}
	for n, k := range counts {
		var parts []int
		for _, o := range counts[n+1:] {
			if !partName.MatchString(fold(t.fields[o].base)) || t.fields[o].Unit != t.fields[k].Unit {
				break
			}
			parts = append(parts, o)
		}
		signs, order := signed(k, parts)
		if agree, differ := w.seen(ti, t, signs, order); len(parts) > 1 && agree >= 3 && differ == 0 && !partName.MatchString(fold(t.fields[k].base)) {
			w.columns(ti, t, w.family(fmt.Sprintf("%d/parted/%d", ti, k), bySum, 0), signs, order)
		}
	}
	w.balances(ti, t, plain)
}

// columns adds, for each row, that columns with their signs make nothing.
func (w *world) columns(ti int, t *table, f *family, signs map[int]int64, order []int) {
	for ri := range t.rows {
		s := w.sum()
		for _, k := range order {
			v, ok := w.at[occurrence{ti, ri, k}]
			if !ok {
				s = nil
				break
			}
			s.add(signs[k], v)
		}
		if s != nil {
			w.try(f, s)
		}
	}
}

// seen counts in how many rows of open cells columns with their signs make nothing,
// and in how many they do not. Rows of small numbers say little.
func (w *world) seen(ti int, t *table, signs map[int]int64, order []int) (agree, differ int) {
	sum, p := new(big.Int), new(big.Int)
rows:
	for ri := range t.rows {
		sum.SetInt64(0)
		large := false
		for _, k := range order {
			c := t.rows[ri].cells[k]
			if !c.whole() || t.fields[k].round > 0 {
				continue rows
			}
			sum.Add(sum, p.Mul(big.NewInt(signs[k]), c.value.Num()))
			large = large || c.value.Num().Cmp(big.NewInt(9)) > 0
		}
		switch {
		case sum.Sign() != 0:
			differ++
		case large:
			agree++
		}
	}
	return agree, differ
}

func signed(total int, parts []int) (map[int]int64, []int) {
	signs := map[int]int64{total: -1}
	for _, k := range parts {
		signs[k] = 1
	}
	return signs, append([]int{total}, parts...)
}

// namedColumn finds what a column that is called a total is the total of: all
// others, or a run of neighbours, whatever agrees best.
func (w *world) namedColumn(ti int, t *table, k int, items []int) {
	var runs [][]int
	runs = append(runs, items)
	for i := range items {
		for j := i + 2; j <= len(items); j++ {
			if before, after := items[j-1] < k, items[i] > k; before || after {
				runs = append(runs, items[i:j])
			}
		}
	}
	best, most := []int(nil), -1
	for _, run := range runs {
		if len(run) < 2 {
			continue
		}
		signs, order := signed(k, run)
		agree, differ := w.seen(ti, t, signs, order)
		if (differ == 0 || agree > 3*differ) && agree > most {
			best, most = run, agree
		}
	}
	if best != nil {
		signs, order := signed(k, best)
		w.columns(ti, t, w.family(fmt.Sprintf("%d/column/%d", ti, k), byName, 0), signs, order)
	}
}

// sumColumn finds columns whose sum a column is wherever all is open, in at least
// three rows.
func (w *world) sumColumn(ti int, t *table, k int, others []int) {
	var sets [][]int
	if len(others) <= maxSubset {
		for mask := 1; mask < 1<<len(others); mask++ {
			if bits.OnesCount(uint(mask)) < 2 {
				continue
			}
			var set []int
			for i, o := range others {
				if mask>>i&1 == 1 {
					set = append(set, o)
				}
			}
			sets = append(sets, set)
		}
	} else {
		for i := range others {
			for j := i + 2; j <= len(others); j++ {
				sets = append(sets, others[i:j])
			}
		}
	}
	for _, set := range sets {
		signs, order := signed(k, set)
		if agree, differ := w.seen(ti, t, signs, order); agree >= 3 && differ == 0 {
			w.columns(ti, t, w.family(fmt.Sprintf("%d/sum/%d/%v", ti, k, set), bySum, 0), signs, order)
		}
	}
}

// partColumn says of a column 其中：… that it is among the column before it.
func (w *world) partColumn(ti int, t *table, k int, plain []int) {
	whole := -1
	for _, o := range plain {
		if o < k && t.fields[o].Unit == t.fields[k].Unit {
			whole = o
		}
	}
	if whole < 0 {
		return
	}
	for ri := range t.rows {
		a, ok1 := w.at[occurrence{ti, ri, whole}]
		b, ok2 := w.at[occurrence{ti, ri, k}]
		if ok1 && ok2 {
			w.part(ti, t, k, ri, a, b, fmt.Sprintf("%d/of/%d/", ti, k))
		}
	}
}

// balances finds what comes in and was there to be what goes out and is left: by
// name, or by arithmetic in at least three rows.
func (w *world) balances(ti int, t *table, plain []int) {
	if len(plain) < 4 || len(plain) > 16 {
		return
	}
	is := func(k int, words *regexp.Regexp) bool {
		name := fold(t.fields[k].base)
		return words.MatchString(name) && (words == opening || !opening.MatchString(name))
	}
	for i, a := range plain {
		for _, b := range plain[i+1:] {
			for j, c := range plain[i+1:] {
				for _, d := range plain[i+1:][j+1:] {
					if b == c || b == d || t.fields[a].Unit != t.fields[b].Unit || t.fields[a].Unit != t.fields[c].Unit || t.fields[a].Unit != t.fields[d].Unit {
						continue
					}
					signs := map[int]int64{a: 1, b: 1, c: -1, d: -1}
					order := []int{a, b, c, d}
					agree, differ := w.seen(ti, t, signs, order)
					side := func(x, y int, in, out *regexp.Regexp) bool {
						return (is(x, in) && is(y, out)) || (is(y, in) && is(x, out))
					}
					named := (side(a, b, income, opening) && side(c, d, outgo, closing)) || (side(c, d, income, opening) && side(a, b, outgo, closing))
					if differ == 0 && (agree >= 3 || named) {
						soft := bySum
						if named {
							soft = byName
						}
						w.columns(ti, t, w.family(fmt.Sprintf("%d/balance/%v", ti, order), soft, 0), signs, order)
					}
				}
			}
		}
	}
	// What is left at the end of a year is there at the beginning of the next.
	for _, a := range plain {
		for _, b := range plain {
			if is(a, opening) && is(b, closing) {
				w.lag(ti, t, a, b, t.before)
			}
		}
	}
}

// lag says that a column repeats another of an earlier row, if it does where both
// are open.
func (w *world) lag(ti int, t *table, later, earlier int, back func(int) int) {
	f := w.family(fmt.Sprintf("%d/lag/%d/%d", ti, later, earlier), byChange, 1)
	for ri := range t.rows {
		if old := back(ri); old >= 0 {
			a, ok1 := w.at[occurrence{ti, ri, later}]
			b, ok2 := w.at[occurrence{ti, old, earlier}]
			if ok1 && ok2 {
				w.try(f, w.sum().add(1, a).add(-1, b))
			}
		}
	}
}

// yearBefore is the row of the same words one year earlier, -1 for none.
func (t *table) yearBefore(ri int) int {
	r := t.rows[ri]
	if !r.span.ok {
		return -1
	}
	a, b := r.span.from.Time(), r.span.to.Time()
	from, to := period.NewDate(a.Year()-1, a.Month(), a.Day()), period.NewDate(b.Year()-1, b.Month(), b.Day())
	return t.rowAt(r, func(s span) bool { return s.to == to && (s.stock || s.from == from) })
}

// before is the row of the same words whose period ends where this one begins.
func (t *table) before(ri int) int {
	r := t.rows[ri]
	if !r.span.ok || r.span.stock {
		return -1
	}
	days := r.span.to - r.span.from
	return t.rowAt(r, func(s span) bool {
		gap := (s.to - s.from) - days
		return !s.stock && s.to == r.span.from && gap > -4 && gap < 4
	})
}

func (t *table) rowAt(r row, fits func(span) bool) int {
	t.lookup()
	for _, i := range t.index[strings.Join(r.cats, "\x00")] {
		if s := t.rows[i].span; s.ok && s.stock == r.span.stock && fits(s) {
			return i
		}
	}
	return -1
}

func (t *table) lookup() {
	if t.index != nil {
		return
	}
	t.index = map[string][]int{}
	for i, r := range t.rows {
		key := strings.Join(r.cats, "\x00")
		t.index[key] = append(t.index[key], i)
	}
}

// factors are what a typed rate may be per.
func factors(f field) []int64 {
	text := f.Unit + f.base
	switch {
	case strings.ContainsAny(f.Unit, "%％"):
		return []int64{100}
	case strings.Contains(f.Unit, "‰"), strings.Contains(text, "每千"), strings.Contains(text, "千人"):
		return []int64{1000}
	case strings.Contains(text, "十万"), strings.Contains(text, "10万"):
		return []int64{100000}
	case strings.Contains(text, "百万"):
		return []int64{1000000}
	case strings.Contains(text, "万"):
		return []int64{10000, 1}
	}
	return []int64{1, 100}
}

// operand is what a rate may be made of: a count, or a known number.
type operand struct {
	v     int // -1 for a known number
	value *big.Rat
	cite  string
}

func (w *world) operand(ti, ri, k int) (operand, bool) {
	t := w.tables[ti]
	if v, ok := w.at[occurrence{ti, ri, k}]; ok {
		return operand{v: v}, true
	}
	if c := t.rows[ri].cells[k]; c.state == open && t.fields[k].kind == other {
		return operand{v: -1, value: c.value, cite: w.cite(occurrence{ti, ri, k})}, true
	}
	return operand{}, false
}

// shown is what is published of an operand, rounded or not.
func (w *world) shown(o operand) *big.Rat {
	if o.v >= 0 && w.quantities[o.v].rounded {
		return new(big.Rat).SetInt(w.quantities[o.v].shown)
	}
	return w.known(o)
}

func (w *world) known(o operand) *big.Rat {
	if o.v < 0 {
		return o.value
	}
	if q := w.quantities[o.v]; q.known != nil {
		return new(big.Rat).SetInt(q.known)
	}
	return nil
}

// pair is a guess at what a rate is made of: part over whole, in each row.
type pair struct {
	part, whole func(ri int) (operand, bool)
	factor      int64
	less        int64 // 1: the change of part against whole
	named       bool
	sure        bool // the name of the rate says all
	evidence    float64
	informed    bool // it says more than the rounded figures do
	rels        []*sum
}

// rates says of each typed rate that it is, to half a unit of its last digit, what
// it is made of: the pair of counts that agrees wherever all is open.
func (w *world) rates(ti int, t *table) {
	for k, f := range t.fields {
		index := f.kind == other && !noneUnit.MatchString(f.Unit)
		if f.kind != rate && !index && (f.kind != change || !rateUnit.MatchString(f.Unit)) {
			continue
		}
		var pairs []*pair
		add := func(part, whole func(int) (operand, bool), less int64, named bool) {
			for _, factor := range factors(f) {
				pairs = append(pairs, &pair{part: part, whole: whole, factor: factor, less: less, named: named})
			}
		}
		cell := func(o int) func(int) (operand, bool) {
			return func(ri int) (operand, bool) { return w.operand(ti, ri, o) }
		}
		for a, fa := range t.fields {
			if fa.kind != count && fa.kind != other {
				continue
			}
			hint := len([]rune(fa.base)) > 0 && strings.Contains(f.base, strings.TrimSuffix(strings.TrimSuffix(fa.base, "人数"), "数")) || slices.Contains(f.Of, fa.Name)
			if f.kind == rate {
				for b, fb := range t.fields {
					if a != b && (fb.kind == count || fb.kind == other) && (fa.kind == count || fb.kind == count) {
						hinted := hint || strings.Contains(f.base, fb.base)
						add(cell(a), cell(b), 0, hinted)
					}
				}
				if fa.kind == count {
					for d := range t.dims {
						add(cell(a), func(ri int) (operand, bool) {
							if v := w.totalOf(ti, a, t.rows[ri], d); v >= 0 {
								return operand{v: v}, true
							}
							return operand{}, false
						}, 0, hint)
					}
				}
			}
			if fa.kind == count && f.kind != change { // an index, or so many a day
				for n, back := range []func(int) int{t.yearBefore, t.before, t.indexed(f.base)} {
					pairs = append(pairs, &pair{part: cell(a), whole: func(ri int) (operand, bool) {
						if old := back(ri); old >= 0 {
							return w.operand(ti, old, a)
						}
						return operand{}, false
					}, factor: 100, named: strings.Contains(f.base, "100"), sure: n == 0 && againstLast.MatchString(fold(f.base))})
				}
				if daily.MatchString(fold(f.Name)) {
					pairs = append(pairs, &pair{part: cell(a), whole: t.days, factor: 1, named: true}, &pair{part: t.days, whole: cell(a), factor: 1, named: true})
				}
			}
			if fa.kind == count && (f.kind == change || changeName.MatchString(f.base)) {
				for _, back := range []func(int) int{t.yearBefore, t.before} {
					add(cell(a), func(ri int) (operand, bool) {
						if old := back(ri); old >= 0 {
							return w.operand(ti, old, a)
						}
						return operand{}, false
					}, 1, true)
				}
				for b, fb := range t.fields {
					if b != a && fb.kind == count {
						add(cell(a), cell(b), 1, lastYear.MatchString(fb.base))
					}
				}
			}
		}
		best := 0.0
		for _, p := range pairs {
			w.weigh(ti, t, k, p)
			if !p.informed {
				continue // computed from what is published, it gives nothing away
			}
			if p.sure && p.evidence >= 0 {
				p.evidence = max(p.evidence, 2)
			}
			if p.named && p.evidence >= 1 {
				p.evidence += 2
			}
			best = max(best, p.evidence)
		}
		kept := 0
		for _, p := range pairs {
			if !p.informed || p.evidence < 2 || p.evidence < best-0.5 || kept == 3 {
				continue
			}
			kept++
			fam := w.family(fmt.Sprintf("%d/rate/%d/%d", ti, k, kept), byRate, 0)
			fam.evidence = int(10 * p.evidence)
			for _, s := range p.rels {
				w.try(fam, s)
			}
		}
	}
}

// totalOf is the quantity of a place without one dimension, where it is there.
func (w *world) totalOf(ti, k int, r row, without int) int {
	t := w.tables[ti]
	when, _ := t.spanOf(r, k)
	key := w.class[[2]int{ti, k}] + "|" + t.placeAt(r, without, when)
	for _, x := range w.keys[key] {
		if x.pub == t.pub {
			return x.v
		}
	}
	if t.pub != w.last {
		key += fmt.Sprintf("@%d", t.pub)
	}
	if list := w.keys[key]; len(list) > 0 {
		return list[0].v
	}
	return -1
}

// weigh holds a pair against every row where all is known, and writes down what it
// would say of the others. Evidence is in digits that agree; 0 where one does not.
func (w *world) weigh(ti int, t *table, k int, p *pair) {
	for ri, r := range t.rows {
		c := r.cells[k]
		if c.state != open {
			continue
		}
		part, ok1 := p.part(ri)
		whole, ok2 := p.whole(ri)
		if !ok1 || !ok2 || (part.v == whole.v && part.v >= 0) {
			continue
		}
		scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.decimals)), nil)
		half := new(big.Rat).SetFrac(one, new(big.Int).Mul(big.NewInt(2), scale))
		base := new(big.Rat).SetInt64(p.less * p.factor)
		low := new(big.Rat).Sub(new(big.Rat).Add(c.value, base), half)
		high := new(big.Rat).Add(new(big.Rat).Add(c.value, base), half)
		a, b := w.known(part), w.known(whole)
		digits, _ := new(big.Rat).Mul(new(big.Rat).Abs(c.value), new(big.Rat).SetInt(scale)).Float64()
		if a != nil && b != nil {
			if b.Sign() <= 0 {
				continue
			}
			got := new(big.Rat).Quo(new(big.Rat).Mul(a, new(big.Rat).SetInt64(p.factor)), b)
			if got.Cmp(low) < 0 || got.Cmp(high) > 0 {
				p.evidence = -1
				return
			}
			p.evidence += log10(digits)
			continue
		}
		// factor·part − high·whole ≤ 0 and low·whole − factor·part ≤ 0
		for _, side := range []struct {
			sign  int64
			bound *big.Rat
		}{{1, high}, {-1, low}} {
			s := w.sum()
			s.rel.equal = false
			s.rel.from = []string{w.cite(occurrence{ti, ri, k})}
			rhs := new(big.Rat)
			coefficients := map[int]*big.Rat{}
			put := func(o operand, c *big.Rat) {
				if o.v < 0 {
					rhs.Sub(rhs, new(big.Rat).Mul(c, o.value))
					s.rel.from = append(s.rel.from, o.cite)
				} else {
					coefficients[o.v] = c
				}
			}
			put(part, new(big.Rat).SetInt64(side.sign*p.factor))
			put(whole, new(big.Rat).Mul(new(big.Rat).SetInt64(-side.sign), side.bound))
			common := new(big.Int).Set(rhs.Denom())
			for _, c := range coefficients {
				common.Mul(common, new(big.Int).Div(c.Denom(), new(big.Int).GCD(nil, nil, common, c.Denom())))
			}
			for _, o := range []operand{part, whole} {
				if o.v >= 0 {
					c := coefficients[o.v]
					s.addBig(new(big.Int).Mul(c.Num(), new(big.Int).Div(common, c.Denom())), o.v)
				}
			}
			s.rel.rhs = new(big.Int).Mul(rhs.Num(), new(big.Int).Div(common, rhs.Denom()))
			p.rels = append(p.rels, s)
		}
		if !(part.v >= 0 && w.quantities[part.v].rounded) && !(whole.v >= 0 && w.quantities[whole.v].rounded) {
			p.informed = true
		}
		if (part.v >= 0 && w.quantities[part.v].rounded) || (whole.v >= 0 && w.quantities[whole.v].rounded) {
			possible, bounded := w.possible(part, whole, p.factor, low, high)
			if !possible {
				p.evidence = -1
				return
			}
			if bounded {
				p.evidence += log10(digits) / 2
			}
			if a, b := w.shown(part), w.shown(whole); a != nil && b != nil && b.Sign() > 0 {
				got := new(big.Rat).Quo(new(big.Rat).Mul(a, new(big.Rat).SetInt64(p.factor)), b)
				p.informed = p.informed || got.Cmp(low) < 0 || got.Cmp(high) > 0
				continue
			}
		}
	}
}

// possible tells whether a rate can hold between quantities that are known roughly,
// and whether that says anything: both are bounded.
func (w *world) possible(part, whole operand, factor int64, low, high *big.Rat) (possible, bounded bool) {
	ends := func(o operand) (*big.Rat, *big.Rat) {
		if o.v < 0 {
			return o.value, o.value
		}
		q := w.quantities[o.v]
		if q.high == nil {
			return new(big.Rat).SetInt(q.low), nil
		}
		return new(big.Rat).SetInt(q.low), new(big.Rat).SetInt(q.high)
	}
	a, b := ends(part)
	c, d := ends(whole)
	f := new(big.Rat).SetInt64(factor)
	if b != nil && new(big.Rat).Mul(f, b).Cmp(new(big.Rat).Mul(low, c)) < 0 {
		return false, true
	}
	if d != nil && new(big.Rat).Mul(f, a).Cmp(new(big.Rat).Mul(high, d)) > 0 {
		return false, true
	}
	return true, b != nil && d != nil
}

// log10 counts digits, roughly and always alike.
func log10(x float64) float64 {
	n := 0.0
	for ; x >= 10; x /= 10 {
		n++
	}
	if x >= 1 {
		n += (x - 1) / 9
	}
	return n
}

// changes says of each typed difference what it is the difference of.
func (w *world) changes(ti int, t *table) {
	var counts []int
	for k, f := range t.fields {
		if f.kind == count {
			counts = append(counts, k)
		}
	}
	for k, f := range t.fields {
		if f.kind == count && lastYear.MatchString(f.base) {
			for _, a := range counts {
				if a != k {
					w.lag(ti, t, k, a, t.yearBefore)
				}
			}
			continue
		}
		if f.kind != change || rateUnit.MatchString(f.Unit) {
			continue
		}
		differ := func(name string, later func(int) (int, bool), earlier func(int) (int, bool)) {
			fam := w.family(name, byChange, 1)
			for ri, r := range t.rows {
				c := r.cells[k]
				a, ok1 := later(ri)
				b, ok2 := earlier(ri)
				if !c.whole() || !ok1 || !ok2 {
					continue
				}
				s := w.sum().add(1, a).add(-1, b)
				s.rel.rhs = c.value.Num()
				s.rel.from = []string{w.cite(occurrence{ti, ri, k})}
				w.try(fam, s)
			}
		}
		for _, a := range counts {
			same := func(ri int) (int, bool) { v, ok := w.at[occurrence{ti, ri, a}]; return v, ok }
			for n, back := range []func(int) int{t.yearBefore, t.before} {
				differ(fmt.Sprintf("%d/change/%d/%d/%d", ti, k, a, n), same, func(ri int) (int, bool) {
					v, ok := w.at[occurrence{ti, back(ri), a}]
					return v, ok
				})
			}
			for _, b := range counts {
				if a != b {
					differ(fmt.Sprintf("%d/change/%d/%d-%d", ti, k, a, b), same, func(ri int) (int, bool) { v, ok := w.at[occurrence{ti, ri, b}]; return v, ok })
				}
			}
		}
	}
}
