package attack

import (
	"math/big"
	"slices"
)

// Effort is counted in steps, never in time, so that the same files give the
// same answer on any machine.
const (
	maxRows   = 160       // relations that one linear programme takes
	maxEffort = 6_000_000 // products of fractions spent on one component
	allEffort = 120_000_000
)

// term is a coefficient and the quantity that it stands before.
type term struct {
	v int
	c *big.Int
}

// relation says that the terms together are rhs, or at most rhs.
type relation struct {
	terms []term
	rhs   *big.Int
	equal bool
	soft  softness
	from  []string // the published cells that it was made of
}

// bounds are what is known of quantities: low, and high or nil. why is the
// relation that gave a bound, or -1.
type bounds struct {
	low, high       []*big.Int
	whyLow, whyHigh []int
}

func newBounds(low, high []*big.Int) *bounds {
	b := &bounds{low: slices.Clone(low), high: slices.Clone(high), whyLow: make([]int, len(low)), whyHigh: make([]int, len(low))}
	for i := range low {
		b.whyLow[i], b.whyHigh[i] = -1, -1
	}
	return b
}

func (b *bounds) fixed(v int) bool { return b.high[v] != nil && b.low[v].Cmp(b.high[v]) == 0 }

// propagate narrows the bounds by one relation at a time until nothing moves. It
// gives the relation that cannot hold, or -1.
func propagate(rels []relation, use []int, b *bounds) int {
	of := map[int][]int{}
	queued := map[int]bool{}
	queue := slices.Clone(use)
	for _, r := range use {
		queued[r] = true
		for _, t := range rels[r].terms {
			of[t.v] = append(of[t.v], r)
		}
	}
	for steps := 0; len(queue) > 0 && steps < 60*len(use)+1000; steps++ {
		r := queue[0]
		queue = queue[1:]
		queued[r] = false
		moved, ok := rels[r].narrow(r, b, 1)
		if ok && rels[r].equal {
			var more []int
			more, ok = rels[r].narrow(r, b, -1)
			moved = append(moved, more...)
		}
		if !ok {
			return r
		}
		for _, v := range moved {
			for _, o := range of[v] {
				if !queued[o] {
					queued[o] = true
					queue = append(queue, o)
				}
			}
		}
	}
	return -1
}

// narrow takes the relation as sign·terms ≤ sign·rhs. It gives the quantities
// whose bounds moved, and false where it cannot hold.
func (r relation) narrow(self int, b *bounds, sign int64) (moved []int, ok bool) {
	s := big.NewInt(sign)
	rest := new(big.Int).Mul(s, r.rhs) // what is left if all others are as small as can be
	open, at := 0, -1
	c, p := new(big.Int), new(big.Int)
	for i, t := range r.terms {
		c.Mul(s, t.c)
		bound := b.low[t.v]
		if c.Sign() < 0 {
			bound = b.high[t.v]
		}
		if bound == nil {
			open++
			at = i
			continue
		}
		rest.Sub(rest, p.Mul(c, bound))
	}
	if open == 0 && rest.Sign() < 0 {
		return nil, false
	}
	if open > 1 {
		return nil, true
	}
	for i, t := range r.terms {
		if open == 1 && i != at {
			continue
		}
		c.Mul(s, t.c)
		room := new(big.Int).Set(rest)
		if open == 0 {
			bound := b.low[t.v]
			if c.Sign() < 0 {
				bound = b.high[t.v]
			}
			room.Add(room, p.Mul(c, bound))
		}
		if c.Sign() > 0 { // v ≤ floor(room / c)
			limit := floorDiv(room, c)
			if b.high[t.v] == nil || limit.Cmp(b.high[t.v]) < 0 {
				b.high[t.v], b.whyHigh[t.v] = limit, self
				moved = append(moved, t.v)
			}
		} else { // v ≥ ceil(room / c)
			limit := new(big.Int).Neg(floorDiv(room, new(big.Int).Neg(c)))
			if limit.Cmp(b.low[t.v]) > 0 {
				b.low[t.v], b.whyLow[t.v] = limit, self
				moved = append(moved, t.v)
			}
		}
		if b.high[t.v] != nil && b.low[t.v].Cmp(b.high[t.v]) > 0 {
			return nil, false
		}
	}
	return moved, true
}

// floorDiv divides by a positive number and rounds down.
func floorDiv(a, b *big.Int) *big.Int {
	q, m := new(big.Int).DivMod(a, b, new(big.Int))
	_ = m // Euclidean: with a positive divisor this is the floor
	return q
}

// program is a linear programme in exact fractions, kept at a vertex: the
// tableau of the simplex method, with Bland's rule, so that it ends. gonum's
// simplex works with floating point and gives no proof; a finding must have one.
type program struct {
	vars    []int       // its quantities
	index   map[int]int // their columns
	shift   []*big.Int  // what each is at least
	a       []map[int]*big.Rat
	b       []*big.Rat
	basis   []int
	tag     []int // column -> the relation it marks, or -1
	barred  []bool
	where   []int // column -> the row in which it is basic, or -1
	inside  []map[int]bool
	least   []*big.Rat // the smallest and the largest value seen at a vertex, by column
	most    []*big.Rat
	endless []bool
	effort  int
	never   bool // nothing satisfies the relations
}

// newProgram sets the relations up over their quantities that are not fixed, and
// finds a first vertex, unless there is none. It is nil where the effort is spent.
func newProgram(rels []relation, use []int, b *bounds, caps map[int]bool, effort int) *program {
	p := &program{index: map[int]int{}, effort: effort}
	column := func(tag int) int {
		p.tag = append(p.tag, tag)
		p.barred = append(p.barred, false)
		p.where = append(p.where, -1)
		p.inside = append(p.inside, map[int]bool{})
		return len(p.tag) - 1
	}
	for _, r := range use {
		for _, t := range rels[r].terms {
			if _, ok := p.index[t.v]; !ok && !b.fixed(t.v) {
				p.index[t.v] = column(-1)
				p.vars = append(p.vars, t.v)
				p.shift = append(p.shift, b.low[t.v])
			}
		}
	}
	artificial := map[int]bool{}
	add := func(row map[int]*big.Rat, rhs *big.Rat, equal bool, tag int) {
		if !equal {
			row[column(tag)] = big.NewRat(1, 1)
		}
		if rhs.Sign() < 0 {
			rhs.Neg(rhs)
			for _, c := range row {
				c.Neg(c)
			}
		}
		basic := -1
		if !equal {
			if s := len(p.tag) - 1; row[s].Sign() > 0 {
				basic = s
			}
		}
		if basic < 0 {
			mark := tag
			if !equal {
				mark = -1
			}
			basic = column(mark)
			row[basic] = big.NewRat(1, 1)
			artificial[basic] = true
			p.barred[basic] = true
		}
		n := len(p.a)
		p.a, p.b, p.basis = append(p.a, row), append(p.b, rhs), append(p.basis, basic)
		p.where[basic] = n
		for j := range row {
			p.inside[j][n] = true
		}
	}
	for _, r := range use {
		row, rhs := map[int]*big.Rat{}, new(big.Int).Set(rels[r].rhs)
		for _, t := range rels[r].terms {
			rhs.Sub(rhs, new(big.Int).Mul(t.c, b.low[t.v]))
			if j, ok := p.index[t.v]; ok {
				if row[j] == nil {
					row[j] = new(big.Rat)
				}
				row[j].Add(row[j], new(big.Rat).SetInt(t.c))
			}
		}
		if len(row) > 0 {
			add(row, new(big.Rat).SetInt(rhs), rels[r].equal, r)
		}
	}
	for i, v := range p.vars {
		if caps[v] && b.high[v] != nil {
			add(map[int]*big.Rat{i: big.NewRat(1, 1)}, new(big.Rat).SetInt(new(big.Int).Sub(b.high[v], b.low[v])), false, -2-v)
		}
	}
	// Phase one: drive what is artificial to zero.
	for {
		enter := -1
		for j := range p.tag {
			if p.barred[j] || p.where[j] >= 0 {
				continue
			}
			sum := new(big.Rat)
			for i := range p.inside[j] {
				if artificial[p.basis[i]] {
					sum.Add(sum, p.a[i][j])
				}
			}
			if sum.Sign() > 0 {
				enter = j
				break
			}
		}
		if enter < 0 {
			break
		}
		out := p.leaving(enter)
		if out < 0 || !p.pivot(out, enter) {
			return nil
		}
	}
	for i := range p.a {
		if !artificial[p.basis[i]] {
			continue
		}
		if p.b[i].Sign() != 0 {
			p.never = true
			return p
		}
		for _, j := range p.columns(i) {
			if !p.barred[j] && p.where[j] < 0 {
				if !p.pivot(i, j) {
					return nil
				}
				break
			}
		}
	}
	p.least, p.most = make([]*big.Rat, len(p.vars)), make([]*big.Rat, len(p.vars))
	p.endless = make([]bool, len(p.vars))
	p.look()
	return p
}

// columns gives the columns of a row in order.
func (p *program) columns(i int) []int {
	out := make([]int, 0, len(p.a[i]))
	for j := range p.a[i] {
		out = append(out, j)
	}
	slices.Sort(out)
	return out
}

// leaving is the row that bounds a column's growth first, -1 for none.
func (p *program) leaving(enter int) int {
	out := -1
	best := new(big.Rat)
	rows := make([]int, 0, len(p.inside[enter]))
	for i := range p.inside[enter] {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	for _, i := range rows {
		c := p.a[i][enter]
		if c.Sign() <= 0 {
			continue
		}
		ratio := new(big.Rat).Quo(p.b[i], c)
		if order := ratio.Cmp(best); out < 0 || order < 0 || (order == 0 && p.basis[i] < p.basis[out]) {
			out, best = i, ratio
		}
	}
	return out
}

// pivot brings a column into the basis in a row; false means the effort is spent.
func (p *program) pivot(row, enter int) bool {
	inverse := new(big.Rat).Inv(p.a[row][enter])
	for _, c := range p.a[row] {
		c.Mul(c, inverse)
	}
	p.b[row].Mul(p.b[row], inverse)
	product := new(big.Rat)
	for i := range p.inside[enter] {
		if i == row {
			continue
		}
		factor := new(big.Rat).Set(p.a[i][enter])
		p.effort -= len(p.a[row])
		for j, c := range p.a[row] {
			product.Mul(factor, c)
			if was := p.a[i][j]; was == nil {
				p.a[i][j] = new(big.Rat).Neg(product)
				p.inside[j][i] = true
			} else if was.Sub(was, product); was.Sign() == 0 {
				delete(p.a[i], j)
				if j != enter {
					delete(p.inside[j], i)
				}
			}
		}
		p.b[i].Sub(p.b[i], product.Mul(factor, p.b[row]))
	}
	p.inside[enter] = map[int]bool{row: true}
	p.where[p.basis[row]] = -1
	p.basis[row], p.where[enter] = enter, row
	return p.effort > 0
}

// value is where a quantity stands at this vertex, above its lower bound.
func (p *program) value(j int) *big.Rat {
	if i := p.where[j]; i >= 0 {
		return p.b[i]
	}
	return new(big.Rat)
}

// look takes note of the vertex, which bears witness for every quantity at once.
func (p *program) look() {
	for j := range p.vars {
		v := p.value(j)
		if p.least[j] == nil || v.Cmp(p.least[j]) < 0 {
			p.least[j] = new(big.Rat).Set(v)
		}
		if p.most[j] == nil || v.Cmp(p.most[j]) > 0 {
			p.most[j] = new(big.Rat).Set(v)
		}
	}
}

// wide tells whether the vertices seen prove that a quantity stays uncertain.
func (p *program) wide(j int, width int64) bool {
	if p.endless[j] {
		return true
	}
	spread := new(big.Int).Sub(floorRat(p.most[j]), ceilRat(p.least[j]))
	return spread.Cmp(big.NewInt(width)) >= 0
}

// push moves a quantity as far up, or down, as it goes, unless it is soon seen to
// be wide. done is false where the effort was spent on the way.
func (p *program) push(j int, up bool, width int64) (done bool) {
	for !p.wide(j, width) {
		enter := -1
		if i := p.where[j]; i < 0 {
			if !up {
				return true // it stands at its lower bound
			}
			enter = j
		} else {
			for _, k := range p.columns(i) {
				if k == j || p.barred[k] {
					continue
				}
				if s := p.a[i][k].Sign(); (up && s < 0) || (!up && s > 0) {
					enter = k
					break
				}
			}
		}
		if enter < 0 {
			return true
		}
		out := p.leaving(enter)
		if out < 0 {
			p.endless[j] = up
			return true
		}
		if !p.pivot(out, enter) {
			return false
		}
		p.look()
	}
	return true
}

// proof gives the relations that the bound just reached by push rests on.
func (p *program) proof(j int) []int {
	var out []int
	if i := p.where[j]; i >= 0 {
		for _, k := range p.columns(i) {
			if p.tag[k] != -1 {
				out = append(out, p.tag[k])
			}
		}
	}
	return out
}

func floorRat(r *big.Rat) *big.Int { return floorDiv(r.Num(), r.Denom()) }

func ceilRat(r *big.Rat) *big.Int {
	return new(big.Int).Neg(floorDiv(new(big.Int).Neg(r.Num()), r.Denom()))
}

// answer is what was found of one quantity.
type answer struct {
	v         int
	low, high *big.Int // high nil: without end
	use       []int    // relations that suffice
}

func (a answer) width() *big.Int { return new(big.Int).Sub(a.high, a.low) }

// question asks whether a quantity stays uncertain by at least a width.
type question struct {
	v     int
	width int64
}

// solver is one system of relations with the first bounds of its quantities.
type solver struct {
	rels      []relation
	low, high []*big.Int
	effort    int
	strict    bool // a component that cannot hold is passed over: the supposition is wrong there
	undecided int  // questions whose component was too large to settle
	torn      int  // relations left out since the others contradict them
	gone      map[int]bool
}

// components parts the relations by the quantities that are still open.
func components(rels []relation, use []int, b *bounds) [][]int {
	parent := map[int]int{}
	var find func(int) int
	find = func(v int) int {
		for parent[v] != v {
			parent[v] = parent[parent[v]]
			v = parent[v]
		}
		return v
	}
	first := make([]int, len(use))
	for i, r := range use {
		first[i] = -1
		for _, t := range rels[r].terms {
			if b != nil && b.fixed(t.v) {
				continue
			}
			if _, ok := parent[t.v]; !ok {
				parent[t.v] = t.v
			}
			if first[i] < 0 {
				first[i] = t.v
			} else {
				parent[find(t.v)] = find(first[i])
			}
		}
	}
	at := map[int]int{}
	var out [][]int
	for i, r := range use {
		if first[i] < 0 {
			continue
		}
		root := find(first[i])
		n, ok := at[root]
		if !ok {
			n = len(out)
			at[root] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], r)
	}
	return out
}

// answers gives the questions whose quantity is bounded too tightly.
func (s *solver) answers(questions []question) []answer {
	all := make([]int, len(s.rels))
	for i := range all {
		all[i] = i
	}
	all = slices.DeleteFunc(all, func(r int) bool { return s.gone[r] })
	asked := map[int]int64{}
	for _, q := range questions {
		asked[q.v] = q.width
	}
	var out []answer
	for _, part := range components(s.rels, all, nil) {
		out = append(out, s.part(part, asked)...)
	}
	return out
}

// part settles one component. What contradicts the rest goes: the softest
// supposition first.
func (s *solver) part(use []int, asked map[int]int64) []answer {
	var ask []int
	seen := map[int]bool{}
	for _, r := range use {
		for _, t := range s.rels[r].terms {
			if _, ok := asked[t.v]; ok && !seen[t.v] {
				seen[t.v] = true
				ask = append(ask, t.v)
			}
		}
	}
	if len(ask) == 0 {
		return nil
	}
	var b *bounds
	for {
		b = newBounds(s.low, s.high)
		if propagate(s.rels, use, b) < 0 && s.feasible(use, b) {
			break
		}
		if s.strict {
			return nil
		}
		worst := softness(0)
		for _, r := range use {
			worst = max(worst, s.rels[r].soft)
		}
		kept := slices.DeleteFunc(slices.Clone(use), func(r int) bool { return s.rels[r].soft == worst })
		s.torn += len(use) - len(kept)
		for _, r := range use {
			if s.rels[r].soft == worst {
				s.gone[r] = true
			}
		}
		if len(kept) == 0 {
			s.undecided += len(ask)
			return nil
		}
		use = kept
	}
	var out []answer
	narrow := map[int]bool{}
	for _, v := range ask {
		if b.high[v] == nil {
			continue
		}
		a := answer{v: v, low: b.low[v], high: b.high[v]}
		if a.width().Cmp(big.NewInt(asked[v])) < 0 {
			a.use = s.trace([]int{v}, nil, b)
			out = append(out, s.least(a))
			narrow[v] = true
		}
	}
	for _, piece := range components(s.rels, use, b) {
		var left []int
		mine := map[int]bool{}
		for _, r := range piece {
			for _, t := range s.rels[r].terms {
				if seen[t.v] && !narrow[t.v] && !mine[t.v] && !b.fixed(t.v) {
					mine[t.v] = true
					left = append(left, t.v)
				}
			}
		}
		out = append(out, s.programs(piece, b, left, asked)...)
	}
	return out
}

// feasible tells whether the relations can hold together, as far as that is known.
func (s *solver) feasible(use []int, b *bounds) bool {
	for _, piece := range components(s.rels, use, b) {
		if len(piece) > maxRows {
			continue
		}
		effort := maxEffort
		p := newProgram(s.rels, piece, b, s.caps(piece, b), effort)
		if p != nil && p.never {
			return false
		}
	}
	return true
}

// caps are the quantities whose upper bound is more than the relations say by
// themselves: it was given, or rounded to a whole number.
func (s *solver) caps(use []int, b *bounds) map[int]bool {
	caps := map[int]bool{}
	for _, r := range use {
		uneven := false
		for _, t := range s.rels[r].terms {
			uneven = uneven || !t.c.IsInt64() || (t.c.Int64() != 1 && t.c.Int64() != -1)
		}
		for _, t := range s.rels[r].terms {
			if uneven || s.high[t.v] != nil {
				caps[t.v] = true
			}
		}
	}
	return caps
}

// programs settles what propagation left open, by linear programmes: one for the
// whole component, or, where it is too large, one around each quantity, which can
// only find less.
func (s *solver) programs(use []int, b *bounds, ask []int, asked map[int]int64) []answer {
	var out []answer
	if len(ask) == 0 {
		return nil
	}
	if len(use) <= maxRows {
		found, done := s.program(use, b, ask, asked)
		out = append(out, found...)
		if done {
			return out
		}
		s.undecided += len(ask) - len(found)
		return out
	}
	of := map[int][]int{}
	for _, r := range use {
		for _, t := range s.rels[r].terms {
			if !b.fixed(t.v) {
				of[t.v] = append(of[t.v], r)
			}
		}
	}
	for _, v := range ask {
		if s.effort <= 0 {
			s.undecided++
			continue
		}
		found, _ := s.program(s.around(v, of, b, maxRows/3), b, []int{v}, asked)
		out = append(out, found...)
		if len(found) == 0 {
			s.undecided++
		}
	}
	return out
}

// around gives the relations nearest to a quantity.
func (s *solver) around(v int, of map[int][]int, b *bounds, limit int) []int {
	var out []int
	taken, seen := map[int]bool{}, map[int]bool{v: true}
	for queue := []int{v}; len(queue) > 0 && len(out) < limit; queue = queue[1:] {
		for _, r := range of[queue[0]] {
			if taken[r] || len(out) >= limit {
				continue
			}
			taken[r] = true
			out = append(out, r)
			for _, t := range s.rels[r].terms {
				if !seen[t.v] && !b.fixed(t.v) {
					seen[t.v] = true
					queue = append(queue, t.v)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// program asks one linear programme; done is false where the effort ran out.
func (s *solver) program(use []int, b *bounds, ask []int, asked map[int]int64) (out []answer, done bool) {
	p := newProgram(s.rels, use, b, s.caps(use, b), min(maxEffort, s.effort))
	if p == nil || p.never {
		return nil, false
	}
	defer func(before int) { s.effort -= before - p.effort }(min(maxEffort, s.effort))
	for _, v := range ask {
		j, ok := p.index[v]
		if !ok || p.wide(j, asked[v]) {
			continue
		}
		if !p.push(j, true, asked[v]) {
			return out, false
		}
		why := p.proof(j)
		if p.endless[j] || p.wide(j, asked[v]) {
			continue
		}
		if !p.push(j, false, asked[v]) {
			return out, false
		}
		why = append(why, p.proof(j)...)
		if p.wide(j, asked[v]) {
			continue
		}
		a := answer{v: v, low: new(big.Int).Add(ceilRat(p.least[j]), p.shift[j]), high: new(big.Int).Add(floorRat(p.most[j]), p.shift[j])}
		if b.low[v].Cmp(a.low) > 0 {
			a.low = b.low[v]
		}
		if b.high[v] != nil && b.high[v].Cmp(a.high) < 0 {
			a.high = b.high[v]
		}
		var rels, vars []int
		for _, r := range why {
			if r >= 0 {
				rels = append(rels, r)
			} else {
				vars = append(vars, -2-r)
			}
		}
		a.use = s.trace(append(vars, v), rels, b)
		out = append(out, s.least(a))
	}
	return out, true
}

// trace gathers the relations that bounds rest on, back to what was published.
func (s *solver) trace(vars, rels []int, b *bounds) []int {
	taken, seen := map[int]bool{}, map[int]bool{}
	queue := vars
	take := func(r int) {
		if r >= 0 && !taken[r] {
			taken[r] = true
			for _, t := range s.rels[r].terms {
				queue = append(queue, t.v)
			}
		}
	}
	for _, r := range rels {
		take(r)
	}
	for len(queue) > 0 {
		v := queue[0]
		queue = queue[1:]
		if !seen[v] {
			seen[v] = true
			take(b.whyLow[v])
			take(b.whyHigh[v])
		}
	}
	out := make([]int, 0, len(taken))
	for r := range taken {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// least leaves out, one after the other, the relations that the answer does not
// need.
func (s *solver) least(a answer) answer {
	if len(a.use) > 60 {
		return a
	}
	if !s.holds(a, a.use) {
		return a
	}
	for i := len(a.use) - 1; i >= 0; i-- {
		fewer := slices.Delete(slices.Clone(a.use), i, i+1)
		if s.holds(a, fewer) {
			a.use = fewer
		}
	}
	return a
}

// holds proves the answer again from some of the relations alone.
func (s *solver) holds(a answer, use []int) bool {
	b := newBounds(s.low, s.high)
	if propagate(s.rels, use, b) >= 0 {
		return false
	}
	low, high := b.low[a.v], b.high[a.v]
	if high != nil && low.Cmp(a.low) >= 0 && high.Cmp(a.high) <= 0 {
		return true
	}
	p := newProgram(s.rels, use, b, s.caps(use, b), maxEffort/20)
	if p == nil || p.never {
		return false
	}
	j, ok := p.index[a.v]
	if !ok {
		return false
	}
	const never = 1 << 60
	if !p.push(j, true, never) || p.endless[j] || !p.push(j, false, never) {
		return false
	}
	l, h := new(big.Int).Add(ceilRat(p.least[j]), p.shift[j]), new(big.Int).Add(floorRat(p.most[j]), p.shift[j])
	if low.Cmp(l) > 0 {
		l = low
	}
	if high != nil && high.Cmp(h) < 0 {
		h = high
	}
	return l.Cmp(a.low) >= 0 && h.Cmp(a.high) <= 0
}
