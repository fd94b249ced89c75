package disclose

import (
	"cmp"
	"math"
	"slices"
)

// scenario is what a reader takes the hidden counts to be, beside what follows
// from the published ones.
type scenario uint8

const (
	positive scenario = iota // none of those withheld is 0; whoever supposes nothing knows less
	guessed                  // those that are small are known, and only their values are not
	scenarios
)

// solver hides further cells of a system until no guarded one can be told: under
// each scenario, tables must exist that agree with all that is published and
// differ in that cell by what it needs. Such tables are found as changes of
// hidden cells that leave every sum as it is, so that what the solver takes for
// safe is safe; in a network it also misses none.
type solver struct {
	*system
	finder   finder
	scenario scenario
	change   []int64 // of each cell, by the moves so far
	changed  []int32
	queue    []int32
	kept     []bool    // hidden before: never shown again
	witness  [][]int32 // the cells that the moves for a guarded cell use
	turn     uint64    // of the trial, which breaks ties
	patient  bool      // a search may take its time
	slack    int64     // more than what is needed, for the zeros that are hidden: who supposes that there are none errs by one, either way
}

// finder finds the cheapest move, in which a cell grows by one, or shrinks, and
// every cell has some room. With more, it may use cells that are not hidden yet.
type finder interface {
	find(s *solver, cell int32, up bool, room int64, more bool) (move, bool)
	opened(s *solver, cell int32)
}

// move is cells and by how much each changes.
type move struct {
	cells []int32
	signs []int64
}

const infinite = math.MaxInt64 / 4

// room is by how much a cell can change further under the scenario.
func (s *solver) room(c int32, up bool) int64 {
	cell := &s.cells[c]
	low, high := int64(0), int64(infinite)
	if !cell.implied {
		switch {
		case s.scenario == positive:
			low = min(1, cell.value)
		case cell.primary && 0 < cell.value && cell.value < cell.need:
			low, high = 1, cell.need-1
		case cell.value >= cell.need:
			low = cell.need
		}
	}
	if up {
		return high - cell.value - s.change[c]
	}
	return cell.value + s.change[c] - low
}

// cost is what hiding a cell costs readers: one more cell counts for most, then
// whether it is a total, then its size.
func (s *solver) cost(c int32) int64 {
	cell := &s.cells[c]
	w := int64(1024) + 4*cell.weight()
	if s.turn > 0 {
		h := (uint64(c) + 1) * (s.turn + 0x9E3779B97F4A7C15)
		h ^= h >> 29
		h *= 0xBF58476D1CE4E5B9
		w += int64(h >> 54)
	}
	return w
}

// protect hides further cells until every guarded one is safe, and gives those
// that are not whatever is hidden. coarse tells that the table is so large that
// it looked for no less to hide.
func (s *system) protect() (exposed []int32, coarse bool) {
	for _, p := range s.pieces() {
		if p.settled() {
			continue
		}
		again, rough := p.solve()
		coarse = coarse || rough
		for i, c := range p.cells {
			if c.hidden {
				s.cells[p.from[i]].hidden = true
			}
		}
		for _, c := range again {
			exposed = append(exposed, p.from[c])
		}
	}
	slices.Sort(exposed)
	return exposed, coarse
}

// unsafe gives the guarded cells that are not safe as the system stands.
func (s *system) unsafe() (exposed []int32) {
	for _, p := range s.pieces() {
		if p.settled() {
			continue
		}
		v := newSolver(&p.system, 0)
		for _, c := range p.guarded() {
			if !v.widen(c, false) {
				exposed = append(exposed, p.from[c])
			}
		}
	}
	slices.Sort(exposed)
	return exposed
}

// piece is a part of a system that nothing joins to the others, without what
// readers know and what is never hidden.
type piece struct {
	system
	from  []int32
	fresh bool // a figure that no edition had, and that is not hidden, stands in its sums
}

// settled tells whether an edition had the piece as it is: all that is left to hide was
// hidden then, and readers have all the rest. It was proved safe when it was published;
// the proof is not to be found anew, since nothing more can be hidden.
func (p *piece) settled() bool {
	return !p.fresh && !slices.ContainsFunc(p.cells, func(c cell) bool { return !c.settled && !c.implied })
}

// pieces takes a system apart. Only those with a guarded cell are of interest.
func (s *system) pieces() (pieces []*piece) {
	live := func(c int32) bool { return s.cells[c].free() && (s.cells[c].hidden || s.cells[c].value > 0) }
	piece0 := make([]int32, len(s.sums))
	for i := range piece0 {
		piece0[i] = -1
	}
	each := func(i int32, yield func(c int32)) {
		yield(s.sums[i].total)
		for _, p := range s.sums[i].parts {
			yield(p)
		}
	}
	for first := range s.sums {
		if piece0[first] >= 0 {
			continue
		}
		p := &piece{}
		local := map[int32]int32{}
		var own []int32
		todo := []int32{int32(first)}
		piece0[first] = int32(first)
		guarded := false
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			own = append(own, at)
			each(at, func(c int32) {
				if !live(c) {
					p.fresh = p.fresh || s.cells[c].free() && !s.cells[c].hidden
					return
				}
				if _, ok := local[c]; ok {
					return
				}
				local[c] = int32(len(p.from))
				p.from = append(p.from, c)
				guarded = guarded || s.cells[c].guarded()
				for _, other := range s.cells[c].sums {
					if piece0[other] < 0 {
						piece0[other] = int32(first)
						todo = append(todo, other)
					}
				}
			})
		}
		if !guarded {
			continue
		}
		slices.Sort(p.from)
		slices.Sort(own)
		for i, c := range p.from {
			local[c] = int32(i)
			copied := s.cells[c]
			copied.sums = nil
			p.cells = append(p.cells, copied)
		}
		for _, at := range own {
			n := int32(len(p.sums))
			of := sum{total: -1, dim: s.sums[at].dim}
			if live(s.sums[at].total) {
				of.total = local[s.sums[at].total]
				p.cells[of.total].sums = append(p.cells[of.total].sums, n)
			}
			for _, c := range s.sums[at].parts {
				if live(c) {
					of.parts = append(of.parts, local[c])
					p.cells[local[c]].sums = append(p.cells[local[c]].sums, n)
				}
			}
			p.sums = append(p.sums, of)
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// How large a piece may be, in cells, for several trials and for pruning; and
// where it is no network, for being looked at at all.
const (
	smallPiece   = 150
	middlePiece  = 1500
	largePiece   = 30000
	largestPiece = 200000
	mostZeros    = 3
	desperate    = 6 // trials, where the others left a cell exposed
)

// solve hides cells of a piece, in several trials where it is small, and keeps
// the trial that hides the least.
func (p *piece) solve() (exposed []int32, coarse bool) {
	trials := 1
	switch n := len(p.cells); {
	case n <= smallPiece:
		trials = 6
	case n <= middlePiece:
		trials = 4
	}
	var best []cell
	var bestCost int64
	_, network := newNetwork(&p.system)
	if !network {
		trials = (trials + 2) / 3
	}
	for turn := 0; turn < trials || len(exposed) > 0 && turn < desperate && len(p.cells) <= middlePiece; turn++ {
		trial := &system{cells: slices.Clone(p.cells), sums: p.sums}
		s := newSolver(trial, uint64(turn))
		if !network && len(p.cells) > largestPiece {
			return p.guarded(), true
		}
		out := s.run(s.guarded())
		if len(out) > 0 {
			s.patient = true
			out = s.run(out)
			s.patient = false
		}
		coarse = len(p.cells) > largePiece && (!network || len(p.cells) > largestPiece)
		if len(out) == 0 && !coarse {
			s.prune()
		}
		cost := s.total() + int64(len(out))<<40
		if best == nil || cost < bestCost {
			best, bestCost, exposed = trial.cells, cost, out
		}
		if s.extra() == 0 {
			break
		}
	}
	copy(p.cells, best)
	return exposed, coarse
}

func newSolver(sys *system, turn uint64) *solver {
	s := &solver{system: sys, turn: turn, change: make([]int64, len(sys.cells)), kept: make([]bool, len(sys.cells)), witness: make([][]int32, len(sys.cells))}
	for i, c := range sys.cells {
		s.kept[i] = c.hidden
		if c.hidden && !c.implied && c.value == 0 && s.slack < 2*mostZeros {
			s.slack += 2
		}
	}
	if n, ok := newNetwork(sys); ok {
		s.finder = n
	} else {
		s.finder = newSearch(sys)
	}
	return s
}

// run hides cells until every one of the queue, and of those that it hides, is
// safe, and gives those that are not.
func (s *solver) run(queue []int32) (exposed []int32) {
	s.queue = queue
	if s.turn%2 == 1 {
		slices.Reverse(s.queue)
	}
	if s.turn > 1 {
		slices.SortStableFunc(s.queue, func(a, b int32) int { return cmp.Compare(s.cost(a)&1023, s.cost(b)&1023) })
	}
	for len(s.queue) > 0 {
		c := s.queue[0]
		s.queue = s.queue[1:]
		if !s.widen(c, true) {
			exposed = append(exposed, c)
		}
	}
	return exposed
}

// extra counts the cells that are hidden for others.
func (s *solver) extra() (n int) {
	for i := range s.cells {
		if s.cells[i].hidden && !s.kept[i] {
			n++
		}
	}
	return n
}

// total is what all that is hidden for others costs.
func (s *solver) total() (cost int64) {
	for i := range s.cells {
		if s.cells[i].hidden && !s.kept[i] {
			cost += 1024 + 4*s.cells[i].weight()
		}
	}
	return cost
}

// widen makes a guarded cell safe under every scenario, hiding further cells with
// more, and tells whether it is.
func (s *solver) widen(c int32, more bool) bool {
	cell := &s.cells[c]
	if len(cell.sums) == 0 {
		return true
	}
	used := s.witness[c][:0:0]
	for s.scenario = 0; s.scenario < scenarios; s.scenario++ {
		need := cell.need
		if s.scenario == guessed {
			need = 1
		} else {
			need += s.slack
		}
		up := s.grow(c, true, need, 0, &used)
		down := s.grow(c, false, need-up, 0, &used)
		for again := true; up+down < need; {
			if !more || !again {
				return false
			}
			// One further move at a time, each way in turn.
			before := up + down
			for way := range 2 {
				if (way == 0) == (s.turn%4 < 2) && up+down < need {
					up = s.grow(c, true, need-down, 1, &used)
				} else if up+down < need {
					down = s.grow(c, false, need-up, 1, &used)
				}
				if up+down < need {
					up = s.grow(c, true, need, 0, &used)
					down = s.grow(c, false, need-up, 0, &used)
				}
			}
			again = up+down > before
		}
	}
	slices.Sort(used)
	s.witness[c] = slices.Compact(used)
	return true
}

// grow gives by how much a cell can grow, or shrink, while hidden cells take up
// the difference, up to a limit. With extra moves it hides the cheapest further
// cells that let it grow more.
func (s *solver) grow(c int32, up bool, limit int64, extra int, used *[]int32) (total int64) {
	limit = min(limit, s.room(c, up))
	try := func(room int64, more bool) bool {
		m, ok := s.finder.find(s, c, up, room, more)
		if !ok {
			return false
		}
		amount := limit - total
		for i, cell := range m.cells {
			if k := m.signs[i]; k > 0 {
				amount = min(amount, s.room(cell, true)/k)
			} else {
				amount = min(amount, s.room(cell, false)/-k)
			}
		}
		if amount <= 0 {
			return false
		}
		for i, cell := range m.cells {
			s.change[cell] += m.signs[i] * amount
			s.changed = append(s.changed, cell)
			if !s.cells[cell].hidden {
				s.hide(cell, &s.queue)
				s.finder.opened(s, cell)
			}
		}
		total += amount
		return true
	}
	for total < limit {
		if try(1, false) {
			continue
		}
		if extra == 0 || !(s.turn%2 == 0 && try(limit-total, true) || try(1, true)) {
			break
		}
		extra--
	}
	for _, i := range s.changed {
		s.change[i] = 0
	}
	*used = append(*used, s.changed...)
	s.changed = s.changed[:0]
	return total
}

// prune shows cells again that nothing needs, the dearest first.
func (s *solver) prune() {
	users := make(map[int32][]int32)
	for c := range s.witness {
		for _, i := range s.witness[c] {
			users[i] = append(users[i], int32(c))
		}
	}
	var extra []int32
	for i := range s.cells {
		if c := &s.cells[i]; c.hidden && !s.kept[i] {
			extra = append(extra, int32(i))
		}
	}
	slices.SortStableFunc(extra, func(a, b int32) int { return cmp.Compare(s.cost(b), s.cost(a)) })
	for _, i := range extra {
		s.cells[i].hidden = false
		var redone []int32
		old := map[int32][]int32{}
		ok := true
		for _, c := range users[i] {
			if c == i || !s.cells[c].guarded() || !slices.Contains(s.witness[c], i) {
				continue
			}
			old[c] = s.witness[c]
			redone = append(redone, c)
			if ok = s.widen(c, false); !ok {
				break
			}
		}
		if !ok {
			s.cells[i].hidden = true
			for _, c := range redone {
				s.witness[c] = old[c]
			}
			continue
		}
		for _, c := range redone {
			for _, j := range s.witness[c] {
				users[j] = append(users[j], c)
			}
		}
	}
}
