package disclose

import (
	"cmp"
	"container/heap"
	"slices"
)

// search finds moves in any system of sums, as of three dimensions, of totals in
// totals both ways, of periods beside units. It balances one sum after another:
// of a sum that a change has put out of balance, another cell takes up the
// difference, which may put further sums out of balance; a cell that balances two
// at once is taken without asking for others. In a table of three dimensions with
// all totals that ends in a box of eight cells, of which three were chosen.
type search struct {
	queue states
	open  [][]int32 // the hidden cells of each sum, and some that were
	off   []int64   // by how much the state in hand is out of balance, by sum
	had   []int64   // and by how much it changes each cell
}

// state is a move in the making. It is out of balance in some sums. Few of those
// that are put into the queue leave it, so it is what it came from and one more
// change until then.
type state struct {
	from  *state
	more  option
	cells []int32
	signs []int64
	sums  []int32 // that are out of balance
	off   []int64 // and by how much
	cost  int64
	rank  int64
	turn  int
}

// What a search may take, how many ways it follows from one sum, and how many
// cells a move may have.
const (
	stepsHidden = 300
	stepsMore   = 600
	waysHidden  = 24
	waysMore    = 12
	longest     = 48
)

func newSearch(s *system) *search {
	f := &search{open: make([][]int32, len(s.sums)), off: make([]int64, len(s.sums)), had: make([]int64, len(s.cells))}
	for i := range s.sums {
		for _, c := range s.sums[i].parts {
			if s.cells[c].hidden {
				f.open[i] = append(f.open[i], c)
			}
		}
		if c := s.sums[i].total; c >= 0 && s.cells[c].hidden {
			f.open[i] = append(f.open[i], c)
		}
	}
	return f
}

func (f *search) opened(s *solver, c int32) {
	for _, m := range s.cells[c].sums {
		f.open[m] = append(f.open[m], c)
	}
}

// take has a state in hand, or none.
func (f *search) take(at *state, in bool) {
	for i, m := range at.sums {
		f.off[m] = 0
		if in {
			f.off[m] = at.off[i]
		}
	}
	for i, c := range at.cells {
		f.had[c] = 0
		if in {
			f.had[c] = at.signs[i]
		}
	}
}

// among calls yield with the cells that may take up what a sum is off by.
func (f *search) among(s *solver, m int32, more bool, yield func(c int32)) {
	cells := s.sums[m].parts
	if !more {
		cells = f.open[m]
	} else if c := s.sums[m].total; c >= 0 {
		yield(c)
	}
	for _, c := range cells {
		yield(c)
	}
}

func (f *search) find(s *solver, c int32, up bool, room int64, more bool) (move, bool) {
	sign := int64(1)
	if !up {
		sign = -1
	}
	first := &state{}
	first.change(s, c, sign)
	f.queue = append(f.queue[:0], first)
	steps, ways, turn := stepsHidden, waysHidden, 0
	if more {
		steps, ways = stepsMore, waysMore
	}
	switch n := len(s.cells); {
	case s.patient:
	case n > largePiece:
		steps /= 30
	case n > middlePiece:
		steps /= 15
	}
	var best *state
	for n := 0; n < steps && len(f.queue) > 0; n++ {
		at := heap.Pop(&f.queue).(*state)
		at.unfold(s)
		f.take(at, true)
		for len(at.sums) > 0 && len(at.cells) < longest && (best == nil || at.cost < best.cost) {
			o, ok := f.forced(s, at, c, room, more)
			if !ok {
				break
			}
			f.take(at, false)
			at.change(s, o.cell, o.sign)
			f.take(at, true)
		}
		if best != nil && at.cost >= best.cost || len(at.cells) >= longest {
			f.take(at, false)
			continue
		}
		if len(at.sums) == 0 {
			f.take(at, false)
			if best = at; at.cost == 0 {
				break
			}
			continue
		}
		for _, o := range f.options(s, at, c, room, more, ways) {
			turn++
			next := &state{from: at, more: o, cost: at.cost, turn: turn}
			cells := len(at.cells)
			if f.had[o.cell] == 0 {
				cells++
				if !s.cells[o.cell].hidden {
					next.cost += s.cost(o.cell)
				}
			}
			next.rank = next.cost + nearer*int64(len(at.sums)+f.unbalanced(s, o)) - deeper*int64(cells)
			heap.Push(&f.queue, next)
		}
		f.take(at, false)
	}
	if best == nil {
		return move{}, false
	}
	return move{best.cells, best.signs}, true
}

// nearer and deeper are what a sum out of balance and a cell count for, when it
// is asked which move in the making to go on with: a cell costs about 1,100.
const (
	nearer = 300
	deeper = 800
)

// option is a cell that can take up a difference.
type option struct {
	cell  int32
	sign  int64
	score int64
}

// fits gives how a cell takes up what a sum is off by; ok is false where it cannot.
func (f *search) fits(s *solver, m, c, first int32, room int64, more bool) (o option, ok bool) {
	cell := &s.cells[c]
	if c == first || !cell.hidden && (!more || cell.value == 0) {
		return o, false
	}
	sign := -s.sign(c, m)
	if f.off[m] < 0 {
		sign = -sign
	}
	had := f.had[c]
	if total := had + sign; had*sign < 0 || s.room(c, total > 0)/max(total, -total) < room {
		return o, false
	}
	o = option{cell: c, sign: sign}
	if !cell.hidden && had == 0 {
		o.score = s.cost(c)
	}
	return o, true
}

// balance counts the sums that a change balances, and those that it puts out.
func (f *search) balance(s *solver, c int32, sign int64) (in, out int) {
	for _, m := range s.cells[c].sums {
		if off := f.off[m]; off != 0 && (off > 0) == (s.sign(c, m)*sign < 0) {
			in++
		} else {
			out++
		}
	}
	return in, out
}

// forced gives the cheapest cell that balances two sums at least, and more than
// it puts out.
func (f *search) forced(s *solver, at *state, first int32, room int64, more bool) (best option, found bool) {
	gain := 0
	for i, m := range at.sums {
		f.among(s, m, more, func(c int32) {
			off := 0
			for _, m := range s.cells[c].sums {
				if f.off[m] != 0 {
					off++
				}
			}
			if off < 2 {
				return
			}
			o, ok := f.fits(s, m, c, first, room, more)
			if !ok {
				return
			}
			if in, out := f.balance(s, c, o.sign); in >= 2 && in > out && (!found || in-out > gain || in-out == gain && o.score < best.score) {
				best, gain, found = o, in-out, true
			}
		})
		if found && i > 0 {
			break
		}
	}
	return best, found
}

// options gives the cheapest cells that can balance the smallest sum.
func (f *search) options(s *solver, at *state, first int32, room int64, more bool, ways int) (found []option) {
	n, fewest := at.sums[0], 1<<30
	for _, m := range at.sums {
		size := len(s.sums[m].parts)
		if !more {
			size = len(f.open[m])
		}
		if size < fewest {
			n, fewest = m, size
		}
	}
	f.among(s, n, more, func(c int32) {
		if o, ok := f.fits(s, n, c, first, room, more); ok {
			_, out := f.balance(s, c, o.sign)
			o.score = o.score*4 + int64(out)
			found = append(found, o)
		}
	})
	slices.SortStableFunc(found, func(a, b option) int { return cmp.Compare(a.score, b.score) })
	return found[:min(len(found), ways)]
}

// unbalanced is how many more sums are out of balance after a change.
func (f *search) unbalanced(s *solver, o option) (n int) {
	for _, m := range s.cells[o.cell].sums {
		switch f.off[m] {
		case 0:
			n++
		case -o.sign * s.sign(o.cell, m):
			n--
		}
	}
	return n
}

// unfold makes the last change to what a state came from.
func (at *state) unfold(s *solver) {
	from := at.from
	if from == nil {
		return
	}
	const further = 8 // cells and sums that are likely to come
	at.cells = append(make([]int32, 0, len(from.cells)+further), from.cells...)
	at.signs = append(make([]int64, 0, len(from.cells)+further), from.signs...)
	at.sums = append(make([]int32, 0, len(from.sums)+further), from.sums...)
	at.off = append(make([]int64, 0, len(from.sums)+further), from.off...)
	at.cost = from.cost
	at.from = nil
	at.change(s, at.more.cell, at.more.sign)
}

// change lets a cell change by one.
func (at *state) change(s *solver, c int32, sign int64) {
	if i := slices.Index(at.cells, c); i >= 0 {
		if at.signs[i] += sign; at.signs[i] == 0 {
			at.cells, at.signs = slices.Delete(at.cells, i, i+1), slices.Delete(at.signs, i, i+1)
		}
	} else {
		at.cells, at.signs = append(at.cells, c), append(at.signs, sign)
		if !s.cells[c].hidden {
			at.cost += s.cost(c)
		}
	}
	for _, m := range s.cells[c].sums {
		by := sign * s.sign(c, m)
		i := slices.Index(at.sums, m)
		switch {
		case i < 0:
			at.sums, at.off = append(at.sums, m), append(at.off, by)
		case at.off[i]+by == 0:
			at.sums, at.off = slices.Delete(at.sums, i, i+1), slices.Delete(at.off, i, i+1)
		default:
			at.off[i] += by
		}
	}
}

type states []*state

func (q states) Len() int { return len(q) }
func (q states) Less(i, j int) bool {
	return q[i].rank < q[j].rank || q[i].rank == q[j].rank && q[i].turn > q[j].turn
}
func (q states) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *states) Push(x any)   { *q = append(*q, x.(*state)) }
func (q *states) Pop() any {
	old := *q
	x := old[len(old)-1]
	old[len(old)-1] = nil
	*q = old[:len(old)-1]
	return x
}
