package disclose

import (
	"container/heap"
	"math"
)

// network finds moves in a system in which every cell stands in two sums at most,
// with opposite signs once some sums are turned round: a two-way table, of which
// one side may have levels. Its sums are the nodes and its cells the edges; what
// stands in one sum only leads to the ground. A change of hidden cells that
// leaves every sum as it is, is a circulation along their edges, so an edge that
// is a bridge is a cell that can be computed exactly.
type network struct {
	ground     int32
	tail, head []int32   // of each cell's edge: more of the cell flows from tail to head
	edges      [][]int32 // the cells at each node
	open       [][]int32 // the hidden ones of them, and some that were

	last   []int32 // of near: the cell from a node to the goal, where marked
	marked []int
	epoch  int

	// of the search
	dist []int64
	via  []step
	seen []int32
	heap frontier
}

// step is how a node was reached: along which cell, and whether that grows.
type step struct {
	cell int32
	from int32
	up   bool
}

// newNetwork gives the network of a system; ok is false where it is none.
func newNetwork(s *system) (n *network, ok bool) {
	nodes := len(s.sums) + 1
	turned := make([]int64, len(s.sums)) // 1, or -1 where it is turned round
	for first := range turned {
		if turned[first] != 0 {
			continue
		}
		turned[first] = 1
		todo := []int32{int32(first)}
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			sum := s.sums[at]
			for i := -1; i < len(sum.parts); i++ {
				c := sum.total
				if i >= 0 {
					c = sum.parts[i]
				}
				if c < 0 {
					continue
				}
				in := s.cells[c].sums
				if len(in) > 2 {
					return nil, false
				}
				for _, other := range in {
					if other == at {
						continue
					}
					want := -turned[at] * s.sign(c, at) * s.sign(c, other)
					if turned[other] == 0 {
						turned[other] = want
						todo = append(todo, other)
					} else if turned[other] != want {
						return nil, false
					}
				}
			}
		}
	}
	n = &network{ground: int32(len(s.sums)),
		tail: make([]int32, len(s.cells)), head: make([]int32, len(s.cells)),
		edges: make([][]int32, nodes), open: make([][]int32, nodes),
		last: make([]int32, nodes), marked: make([]int, nodes), dist: make([]int64, nodes), via: make([]step, nodes)}
	for i := range n.dist {
		n.dist[i] = math.MaxInt64
	}
	for i := range s.cells {
		c := &s.cells[i]
		if len(c.sums) == 0 {
			continue
		}
		tail, head := n.ground, n.ground
		for _, at := range c.sums {
			if turned[at]*s.sign(int32(i), at) > 0 {
				head = at
			} else {
				tail = at
			}
		}
		n.tail[i], n.head[i] = tail, head
		if c.free() {
			n.edges[tail] = append(n.edges[tail], int32(i))
			n.edges[head] = append(n.edges[head], int32(i))
			if c.hidden {
				n.opened(nil, int32(i))
			}
		}
	}
	return n, true
}

func (n *network) opened(_ *solver, cell int32) {
	n.open[n.tail[cell]] = append(n.open[n.tail[cell]], cell)
	n.open[n.head[cell]] = append(n.open[n.head[cell]], cell)
}

// find gives the way round from the head of a cell's edge to its tail on which
// the least is hidden.
func (n *network) find(s *solver, c int32, up bool, room int64, more bool) (move, bool) {
	from, to := n.head[c], n.tail[c]
	if !up {
		from, to = to, from
	}
	sign := int64(-1)
	if up {
		sign = 1
	}
	if from == to {
		return move{[]int32{c}, []int64{sign}}, true
	}
	if !more {
		if way, ok := n.near(s, c, from, to, room); ok {
			m := move{[]int32{c}, []int64{sign}}
			for _, w := range way {
				m.cells = append(m.cells, w.cell)
				m.signs = append(m.signs, 1)
				if !w.up {
					m.signs[len(m.signs)-1] = -1
				}
			}
			return m, true
		}
	}
	if !n.search(s, c, from, to, room, more) {
		return move{}, false
	}
	start, goal := from, to
	if from == n.ground {
		start, goal = to, from
	}
	m := move{[]int32{c}, []int64{sign}}
	for at := goal; at != start; at = n.via[at].from {
		m.cells = append(m.cells, n.via[at].cell)
		if n.via[at].up {
			m.signs = append(m.signs, 1)
		} else {
			m.signs = append(m.signs, -1)
		}
	}
	return m, true
}

// near looks for a way of one or of three hidden cells, which there mostly is in a
// large table, before all others.
func (n *network) near(s *solver, except, from, to int32, room int64) ([]step, bool) {
	passes := func(c, at int32) bool {
		return c != except && s.cells[c].hidden && s.room(c, n.tail[c] == at) >= room
	}
	short := from
	if from == n.ground {
		short = to
	}
	for _, c := range n.open[short] {
		if n.tail[c]+n.head[c] == from+to && (n.tail[c] == from || n.head[c] == from) && passes(c, from) {
			return []step{{c, from, n.tail[c] == from}}, true
		}
	}
	if from == n.ground || to == n.ground {
		return nil, false
	}
	n.epoch++
	for _, c := range n.open[to] {
		if before := n.tail[c] + n.head[c] - to; before != n.ground && passes(c, before) {
			n.last[before], n.marked[before] = c, n.epoch
		}
	}
	const tries = 64
	for _, c := range n.open[from][:min(tries, len(n.open[from]))] {
		x := n.tail[c] + n.head[c] - from
		if x == n.ground || x == to || !passes(c, from) {
			continue
		}
		for _, d := range n.open[x][:min(tries, len(n.open[x]))] {
			y := n.tail[d] + n.head[d] - x
			if y != from && n.marked[y] == n.epoch && n.last[y] != d && n.last[y] != c && d != c && passes(d, x) {
				e := n.last[y]
				return []step{{c, from, n.tail[c] == from}, {d, x, n.tail[d] == x}, {e, y, n.tail[e] == y}}, true
			}
		}
	}
	return nil, false
}

// search finds the cheapest way from one node to another on which every cell has
// some room. Hidden cells cost nothing; with more, others may be hidden.
func (n *network) search(s *solver, except, from, to int32, room int64, more bool) bool {
	for _, node := range n.seen {
		n.dist[node] = math.MaxInt64
	}
	// The ground may have every cell of the table at it: begin at the other end.
	start, goal, backward := from, to, false
	if from == n.ground {
		start, goal, backward = to, from, true
	}
	n.seen = append(n.seen[:0], start)
	n.dist[start] = 0
	n.heap = append(n.heap[:0], reached{0, 0, start})
	edges := n.open
	if more {
		edges = n.edges
	}
	for len(n.heap) > 0 {
		at := heap.Pop(&n.heap).(reached)
		if at.dist > n.dist[at.node] {
			continue
		}
		if at.node == goal {
			return true
		}
		for _, c := range edges[at.node] {
			cell := &s.cells[c]
			if c == except || !cell.hidden && (!more || cell.value == 0) {
				continue
			}
			up := (n.tail[c] == at.node) != backward
			if s.room(c, up) < room {
				continue
			}
			dist := at.dist
			if !cell.hidden {
				dist += s.cost(c)
			}
			other := n.tail[c] + n.head[c] - at.node
			if other == goal && dist == at.dist { // nothing can be cheaper
				n.via[other] = step{c, at.node, up}
				return true
			}
			if dist < n.dist[other] {
				if n.dist[other] == math.MaxInt64 {
					n.seen = append(n.seen, other)
				}
				n.dist[other] = dist
				n.via[other] = step{c, at.node, up}
				heap.Push(&n.heap, reached{dist, len(n.seen), other})
			}
		}
	}
	return false
}

// reached is a node with the cost of the way to it, and how many nodes were
// known by then; frontier is a heap of them. Of those that cost the same the
// last comes first, which is soon at the goal where there are many ways.
type reached struct {
	dist int64
	turn int
	node int32
}

type frontier []reached

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].dist < f[j].dist || f[i].dist == f[j].dist && f[i].turn > f[j].turn
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(reached)) }
func (f *frontier) Pop() any {
	old := *f
	x := old[len(old)-1]
	*f = old[:len(old)-1]
	return x
}
