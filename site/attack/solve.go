package attack

import (
	"math/big"
	"slices"
)

// Effort is counted in steps, never in time, so that the same files give the
// same answer on any machine.
const (
	maxRows   = 600        // relations that one linear programme takes
	maxLocal  = 50         // relations around one quantity, where all together are too many
	maxEffort = 60_000_000 // products of fractions spent on one component
	allEffort = 600_000_000
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

// bounds are what is known of quantities: low, and high or nil. Most stay as they
// were given; only what moved is kept, with the relation that moved it.
type bounds struct {
	firstLow, firstHigh []*big.Int
	newLow, newHigh     map[int]*big.Int
	whyLow, whyHigh     map[int]int
}

func newBounds(low, high []*big.Int) *bounds {
	return &bounds{low, high, map[int]*big.Int{}, map[int]*big.Int{}, map[int]int{}, map[int]int{}}
}

func (b *bounds) low(v int) *big.Int {
	if n, ok := b.newLow[v]; ok {
		return n
	}
	return b.firstLow[v]
}

func (b *bounds) high(v int) *big.Int {
	if n, ok := b.newHigh[v]; ok {
		return n
	}
	return b.firstHigh[v]
}

func (b *bounds) fixed(v int) bool { return b.high(v) != nil && b.low(v).Cmp(b.high(v)) == 0 }

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
		bound := b.low(t.v)
		if c.Sign() < 0 {
			bound = b.high(t.v)
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
			bound := b.low(t.v)
			if c.Sign() < 0 {
				bound = b.high(t.v)
			}
			room.Add(room, p.Mul(c, bound))
		}
		if c.Sign() > 0 { // v ≤ floor(room / c)
			limit := floorDiv(room, c)
			if b.high(t.v) == nil || limit.Cmp(b.high(t.v)) < 0 {
				b.newHigh[t.v], b.whyHigh[t.v] = limit, self
				moved = append(moved, t.v)
			}
		} else { // v ≥ ceil(room / c)
			limit := new(big.Int).Neg(floorDiv(room, new(big.Int).Neg(c)))
			if limit.Cmp(b.low(t.v)) > 0 {
				b.newLow[t.v], b.whyLow[t.v] = limit, self
				moved = append(moved, t.v)
			}
		}
		if b.high(t.v) != nil && b.low(t.v).Cmp(b.high(t.v)) > 0 {
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

// program is a linear programme in exact fractions, kept at a vertex: the tableau
// of the simplex method. It takes the steepest column, and the first one (Bland's
// rule) while it stands still, so that it ends. gonum's simplex works with floating
// point and gives no proof; a finding must have one.
type program struct {
	vars    []int       // its quantities
	index   map[int]int // their columns
	shift   []*big.Int  // what each is at least
	a       [][]fraction
	b       []fraction
	cost    []fraction // how much each column would take from what is artificial, at first
	basis   []int
	tag     []int // column -> the relation it marks, -2-v the upper bound of v, or -1
	barred  []bool
	where   []int      // column -> the row in which it is basic, or -1
	least   []fraction // the smallest and the largest value seen at a vertex, by column
	most    []fraction
	endless []bool
	effort  int
	still   int  // steps since the vertex moved
	never   bool // nothing satisfies the relations
}

// newProgram sets the relations up over their quantities that are not fixed, and
// finds a first vertex, unless there is none. It is nil where the effort is spent.
func newProgram(rels []relation, use []int, b *bounds, caps map[int]bool, effort int) *program {
	p := &program{index: map[int]int{}, effort: effort}
	type line struct {
		terms []term
		rhs   *big.Int
		equal bool
		tag   int
	}
	var lines []line
	for _, r := range use {
		l := line{rhs: new(big.Int).Set(rels[r].rhs), equal: rels[r].equal, tag: r}
		for _, t := range rels[r].terms {
			l.rhs.Sub(l.rhs, new(big.Int).Mul(t.c, b.low(t.v)))
			if b.fixed(t.v) {
				continue
			}
			j, ok := p.index[t.v]
			if !ok {
				j = len(p.vars)
				p.index[t.v] = j
				p.vars = append(p.vars, t.v)
				p.shift = append(p.shift, b.low(t.v))
			}
			l.terms = append(l.terms, term{j, t.c})
		}
		if len(l.terms) > 0 {
			lines = append(lines, l)
		}
	}
	for j, v := range p.vars {
		if caps[v] && b.high(v) != nil {
			lines = append(lines, line{terms: []term{{j, one}}, rhs: new(big.Int).Sub(b.high(v), b.low(v)), tag: -2 - v})
		}
	}
	// A slack column for each inequality, an artificial one for each line that has
	// no basic column yet.
	columns := len(p.vars)
	slack, artificial := make([]int, len(lines)), make([]int, len(lines))
	for i, l := range lines {
		slack[i], artificial[i] = -1, -1
		if !l.equal {
			slack[i] = columns
			columns++
		}
		if l.equal || l.rhs.Sign() < 0 {
			artificial[i] = columns
			columns++
		}
	}
	p.effort -= len(lines) * columns
	if p.effort <= 0 {
		return nil
	}
	p.tag, p.barred, p.where = make([]int, columns), make([]bool, columns), make([]int, columns)
	for j := range columns {
		p.tag[j], p.where[j] = -1, -1
	}
	for i, l := range lines {
		row, rhs := make([]fraction, columns), fractionOf(new(big.Rat).SetInt(l.rhs))
		for _, t := range l.terms {
			row[t.v] = row[t.v].sub(fractionOf(new(big.Rat).SetInt(t.c)).neg())
		}
		if slack[i] >= 0 {
			row[slack[i]] = whole(1)
			p.tag[slack[i]] = l.tag
		}
		if rhs.sign() < 0 {
			rhs = rhs.neg()
			for j := range row {
				row[j] = row[j].neg()
			}
		}
		basic := slack[i]
		if artificial[i] >= 0 {
			basic = artificial[i]
			row[basic] = whole(1)
			p.barred[basic] = true
			if l.equal {
				p.tag[basic] = l.tag
			}
		}
		p.where[basic] = i
		p.a, p.b, p.basis = append(p.a, row), append(p.b, rhs), append(p.basis, basic)
	}
	if !p.first() {
		return nil
	}
	p.least, p.most = make([]fraction, len(p.vars)), make([]fraction, len(p.vars))
	p.endless = make([]bool, len(p.vars))
	for j := range p.vars {
		p.least[j] = p.value(j)
		p.most[j] = p.least[j]
	}
	return p
}

// first drives what is artificial to zero.
func (p *program) first() bool {
	p.cost = make([]fraction, len(p.tag))
	for i := range p.a {
		if p.barred[p.basis[i]] {
			for j, c := range p.a[i] {
				if !p.barred[j] {
					p.cost[j] = p.cost[j].sub(c.neg())
				}
			}
		}
	}
	for {
		enter := p.steepest(p.cost, 1, -1)
		if enter < 0 {
			break
		}
		if out := p.leaving(enter); out < 0 || !p.pivot(out, enter) {
			return false
		}
	}
	p.cost = nil
	for i := range p.a {
		if !p.barred[p.basis[i]] {
			continue
		}
		if p.b[i].sign() != 0 {
			p.never = true
			return true
		}
		for j, c := range p.a[i] {
			if c.sign() != 0 && !p.barred[j] && p.where[j] < 0 {
				if !p.pivot(i, j) {
					return false
				}
				break
			}
		}
	}
	return true
}

// steepest is the column of a row with the largest coefficient of a sign, the first
// such one while the vertex stands still, -1 for none.
func (p *program) steepest(row []fraction, sign, but int) int {
	best := -1
	for j, c := range row {
		if j == but || p.barred[j] || p.where[j] >= 0 || c.sign() != sign {
			continue
		}
		if p.still > 20 {
			return j
		}
		if best < 0 || c.sub(row[best]).sign() == sign {
			best = j
		}
	}
	return best
}

// leaving is the row that bounds a column's growth first, -1 for none.
func (p *program) leaving(enter int) int {
	out := -1
	var best fraction
	for i := range p.a {
		c := p.a[i][enter]
		if c.sign() <= 0 {
			continue
		}
		ratio := p.b[i].quo(c)
		if out < 0 {
			out, best = i, ratio
		} else if order := ratio.cmp(best); order < 0 || (order == 0 && p.basis[i] < p.basis[out]) {
			out, best = i, ratio
		}
	}
	if best.sign() == 0 {
		p.still++
	} else {
		p.still = 0
	}
	return out
}

// pivot brings a column into the basis in a row; false means the effort is spent.
func (p *program) pivot(row, enter int) bool {
	by := p.a[row][enter]
	var filled []int
	for j, c := range p.a[row] {
		if c.sign() != 0 {
			p.a[row][j] = c.quo(by)
			filled = append(filled, j)
		}
	}
	p.b[row] = p.b[row].quo(by)
	for i := range p.a {
		factor := p.a[i][enter]
		if i == row || factor.sign() == 0 {
			continue
		}
		p.effort -= len(filled)
		for _, j := range filled {
			p.a[i][j] = p.a[i][j].sub(factor.mul(p.a[row][j]))
		}
		p.b[i] = p.b[i].sub(factor.mul(p.b[row]))
	}
	if p.cost != nil {
		factor := p.cost[enter]
		for _, j := range filled {
			p.cost[j] = p.cost[j].sub(factor.mul(p.a[row][j]))
		}
	}
	p.where[p.basis[row]] = -1
	p.basis[row], p.where[enter] = enter, row
	p.effort -= len(p.tag)
	return p.effort > 0
}

// value is where a quantity stands at this vertex, above its lower bound.
func (p *program) value(j int) fraction {
	if i := p.where[j]; i >= 0 {
		return p.b[i]
	}
	return fraction{}
}

// look takes note of the vertex, which bears witness for every quantity at once.
func (p *program) look() {
	for j := range p.vars {
		v := p.value(j)
		if v.cmp(p.least[j]) < 0 {
			p.least[j] = v
		}
		if v.cmp(p.most[j]) > 0 {
			p.most[j] = v
		}
	}
}

// wide tells whether the vertices seen prove that a quantity stays uncertain.
func (p *program) wide(j int, width int64) bool {
	if p.endless[j] {
		return true
	}
	spread := new(big.Int).Sub(p.most[j].floor(), p.least[j].ceil())
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
		} else if up {
			enter = p.steepest(p.a[i], -1, j)
		} else {
			enter = p.steepest(p.a[i], 1, j)
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
		for k, c := range p.a[i] {
			if c.sign() != 0 && p.tag[k] != -1 {
				out = append(out, p.tag[k])
			}
		}
	}
	return out
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
	find := func(v int) int {
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
		if b.high(v) == nil {
			continue
		}
		a := answer{v: v, low: b.low(v), high: b.high(v)}
		if a.width().Cmp(big.NewInt(asked[v])) < 0 {
			a.use = s.trace([]int{v}, nil, b)
			out = append(out, a)
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
		found, left := s.program(use, b, ask, asked)
		if out = append(out, found...); len(left) == 0 {
			return out
		}
		ask = left
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
		found, _ := s.program(s.around(v, of, b, maxLocal), b, []int{v}, asked)
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

// program asks one linear programme, and gives what it had no effort left for.
func (s *solver) program(use []int, b *bounds, ask []int, asked map[int]int64) (out []answer, left []int) {
	effort := min(maxEffort, s.effort)
	p := newProgram(s.rels, use, b, s.caps(use, b), effort)
	if p == nil {
		s.effort -= effort
		return nil, ask
	}
	if p.never {
		return nil, ask
	}
	defer func() { s.effort -= effort - p.effort }()
	for i, v := range ask {
		j, ok := p.index[v]
		if !ok || p.wide(j, asked[v]) {
			continue
		}
		if !p.push(j, true, asked[v]) {
			return out, ask[i:]
		}
		why := p.proof(j)
		if p.endless[j] || p.wide(j, asked[v]) {
			continue
		}
		if !p.push(j, false, asked[v]) {
			return out, ask[i:]
		}
		why = append(why, p.proof(j)...)
		if p.wide(j, asked[v]) {
			continue
		}
		a := answer{v: v, low: new(big.Int).Add(p.least[j].ceil(), p.shift[j]), high: new(big.Int).Add(p.most[j].floor(), p.shift[j])}
		if b.low(v).Cmp(a.low) > 0 {
			a.low = b.low(v)
		}
		if b.high(v) != nil && b.high(v).Cmp(a.high) < 0 {
			a.high = b.high(v)
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
		out = append(out, a)
	}
	return out, nil
}

// trace gathers the relations that bounds rest on, back to what was published.
func (s *solver) trace(vars, rels []int, b *bounds) []int {
	taken, seen := map[int]bool{}, map[int]bool{}
	queue := vars
	take := func(r int) {
		if !taken[r] {
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
			if r, ok := b.whyLow[v]; ok {
				take(r)
			}
			if r, ok := b.whyHigh[v]; ok {
				take(r)
			}
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
	low, high := b.low(a.v), b.high(a.v)
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
	l, h := new(big.Int).Add(p.least[j].ceil(), p.shift[j]), new(big.Int).Add(p.most[j].floor(), p.shift[j])
	if low.Cmp(l) > 0 {
		l = low
	}
	if high != nil && high.Cmp(h) < 0 {
		h = high
	}
	return l.Cmp(a.low) >= 0 && h.Cmp(a.high) <= 0
}
