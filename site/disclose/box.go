package disclose

import (
	"math"
	"slices"
)

// boxes guard the cells of tables that are no network, as those with totals in
// three dimensions. A box is what changes when one cell grows by one and every
// sum stays as it is: along each dimension either nothing moves, or one goes
// from a value to another, with the totals that have only one of the two. Its
// corners that shrink can do so until one is zero. A box of hidden cells proves
// that readers cannot tell its corners apart from other tables.
type boxes struct {
	*table
	cellAt   func(at []int32) int32 // or -1
	children [][][]int32            // by dimension and coordinate
	queue    []int32
	width    []int64 // that some box proves, by cell
	change   []int64 // of each cell by the boxes so far
	balance  []int64 // of each sum
	known    []map[int32][]move
	left     int // how many boxes may still be looked at
}

// box is cells and by how much each changes, 1 or -1; the guarded cell is first.
type box struct {
	cells []int32
	signs []int64
	cost  int64
	grow  int64 // by how much the guarded cell can grow
	fall  int64 // and shrink
}

// maxBoxes bounds how many boxes are looked at for one table, and so the time
// that it takes; a large table with many small counts needs a quarter of them.
const maxBoxes = 1 << 25

// maxIndex bounds the size of an index with a place for every coordinate.
const maxIndex = 1 << 22

func newBoxes(t *table) *boxes {
	b := &boxes{table: t, width: make([]int64, len(t.cells)), change: make([]int64, len(t.cells)), balance: make([]int64, len(t.sums)), left: maxBoxes}
	size := 1
	for d := range t.dims {
		children := make([][]int32, len(t.dims[d].names))
		for c, p := range t.dims[d].parent {
			if p >= 0 {
				children[p] = append(children[p], int32(c))
			}
		}
		b.children = append(b.children, children)
		b.known = append(b.known, map[int32][]move{})
		size = min(size*len(t.dims[d].names), maxIndex+1)
	}
	b.cellAt = t.find
	if size <= maxIndex {
		index := make([]int32, size) // the cell plus one
		offset := func(at []int32) int {
			n := 0
			for d, c := range at {
				n = n*len(t.dims[d].names) + int(c)
			}
			return n
		}
		for i := range t.cells {
			if at := t.coordinates(int32(i)); t.find(at) == int32(i) {
				index[offset(at)] = int32(i) + 1
			}
		}
		b.cellAt = func(at []int32) int32 { return index[offset(at)] - 1 }
	}
	return b
}

// protect hides further cells until every guarded one has boxes that are wide
// enough, and gives those for which there are none.
func (b *boxes) protect(queue []int32) (exposed []int32) {
	b.queue = queue
	for len(b.queue) > 0 {
		c := b.queue[0]
		b.queue = b.queue[1:]
		if len(b.cells[c].sums) > 0 && b.width[c] < b.cells[c].need && !b.widen(c) {
			exposed = append(exposed, c)
		}
	}
	return exposed
}

// widen makes the interval of a cell as wide as it needs: with one box, or with
// several one after another.
func (b *boxes) widen(c int32) bool {
	need := b.cells[c].need
	if best, ok := b.cheapest(c, func(x box) bool { return x.grow+x.fall >= need }); ok {
		b.unlock(best)
		for _, i := range best.cells {
			b.width[i] = max(b.width[i], best.grow+best.fall)
		}
		return true
	}
	grown := b.add(c, need, 1)
	return grown >= need || grown+b.add(c, need-grown, -1) >= need
}

// add puts boxes together until the cell has grown, or shrunk where sign is -1,
// by as much as is needed, and gives how much that is.
func (b *boxes) add(c int32, need, sign int64) (total int64) {
	var changed []int32
	const most = 100 // boxes for one cell
	for n := 0; total < need && n < most; n++ {
		best, ok := b.cheapest(c, func(x box) bool { return sign > 0 && x.grow > 0 || sign < 0 && x.fall > 0 })
		if !ok {
			break
		}
		amount := min(best.grow, need-total)
		if sign < 0 {
			amount = min(best.fall, need-total)
		}
		for i, cell := range best.cells {
			b.change[cell] += sign * best.signs[i] * amount
			changed = append(changed, cell)
		}
		b.unlock(best)
		total += amount
	}
	for _, cell := range changed {
		b.change[cell] = 0
	}
	return total
}

func (b *boxes) unlock(x box) {
	for _, i := range x.cells {
		if !b.cells[i].hidden {
			b.hide(i, &b.queue)
		}
	}
}

// move is one way to change along one dimension.
type move struct {
	at    []int32
	signs []int64
}

// moves lists how a coordinate can grow along a dimension: by itself where
// nothing adds up there, or with one value under it, which is taken from another
// value or from nowhere.
func (b *boxes) moves(d int, at int32) []move {
	all := []move{{[]int32{at}, []int64{1}}}
	if !b.dims[d].covered {
		return all
	}
	parent, children := b.dims[d].parent, b.children[d]
	chain := func(c int32) (up []int32) {
		for ; c >= 0; c = parent[c] {
			up = append(up, c)
		}
		return up
	}
	var under, others []int32
	for c := range parent {
		if len(children[c]) > 0 {
			continue
		}
		if slices.Contains(chain(int32(c)), at) {
			under = append(under, int32(c))
		} else {
			others = append(others, int32(c))
		}
	}
	for _, x := range under {
		grows := chain(x)
		all = append(all, signed(grows, nil))
		for _, y := range others {
			falls := chain(y)
			both := func(c int32) bool { return slices.Contains(grows, c) && slices.Contains(falls, c) }
			g, f := slices.DeleteFunc(slices.Clone(grows), both), slices.DeleteFunc(falls, both)
			if slices.Contains(g, at) {
				all = append(all, signed(g, f))
			}
		}
	}
	return all
}

func signed(grow, fall []int32) move {
	m := move{at: slices.Concat(grow, fall)}
	for range grow {
		m.signs = append(m.signs, 1)
	}
	for range fall {
		m.signs = append(m.signs, -1)
	}
	return m
}

// cheapest finds the box around a cell that suits and hides the least.
func (b *boxes) cheapest(c int32, suits func(box) bool) (best box, found bool) {
	own := slices.Clone(b.coordinates(c))
	moves := make([][]move, len(own))
	for d, c := range own {
		if b.known[d][c] == nil {
			b.known[d][c] = b.moves(d, c)
		}
		moves[d] = b.known[d][c]
	}
	best.cost = math.MaxInt64
	at := slices.Clone(own)
	var x box
	// corner adds the cells of a choice of moves, dimension by dimension.
	var corner func(choice []move, d int, sign int64) bool
	corner = func(choice []move, d int, sign int64) bool {
		if d == len(choice) {
			i := b.cellAt(at)
			if i < 0 {
				return false
			}
			cell := &b.cells[i]
			if !cell.free() || !cell.hidden && cell.value == 0 {
				return false
			}
			if !cell.hidden {
				x.cost += cell.weight()
			}
			room := cell.value - cell.floor + b.change[i]
			if sign > 0 {
				x.fall = min(x.fall, room)
			} else {
				x.grow = min(x.grow, room)
			}
			x.cells, x.signs = append(x.cells, i), append(x.signs, sign)
			return x.cost < best.cost
		}
		for i, coordinate := range choice[d].at {
			at[d] = coordinate
			if !corner(choice, d+1, sign*choice[d].signs[i]) {
				return false
			}
		}
		return true
	}
	choice := make([]move, len(own))
	var choose func(d int)
	choose = func(d int) {
		if b.left <= 0 || best.cost == 0 {
			return
		}
		if d < len(own) {
			for _, m := range moves[d] {
				choice[d] = m
				choose(d + 1)
			}
			return
		}
		b.left--
		x = box{cells: x.cells[:0], signs: x.signs[:0], grow: math.MaxInt32, fall: math.MaxInt32}
		if corner(choice, 0, 1) && suits(x) && b.balanced(x) {
			best, found = x, true
			best.cells, best.signs = slices.Clone(x.cells), slices.Clone(x.signs)
		}
	}
	choose(0)
	return best, found
}

// balanced tells whether a box leaves every sum as it is.
func (b *boxes) balanced(x box) bool {
	for i, c := range x.cells {
		for _, s := range b.cells[c].sums {
			b.balance[s] += x.signs[i] * b.sign(c, s)
		}
	}
	even := true
	for _, c := range x.cells {
		for _, s := range b.cells[c].sums {
			even = even && b.balance[s] == 0
			b.balance[s] = 0
		}
	}
	return even
}
