package disclose

import (
	"container/heap"
	"math"
)

// network is a system in which every cell stands in two sums at most, with
// opposite signs once some sums are turned round: a two-way table, of which one
// side may have levels. Its sums are the nodes and its cells the edges; what
// stands in one sum only leads to the ground. A change of hidden cells that
// leaves every sum as it is, is a circulation along their edges, so an edge
// that is a bridge is a cell that can be computed exactly.
type network struct {
	*system
	tail, head []int32   // of each cell's edge: more of the cell flows from tail to head
	edges      [][]int32 // the cells at each node
	open       [][]int32 // the hidden ones of them
	queue      []int32

	change  []int64 // of each cell, by the flow so far
	changed []int32

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
	ground := int32(len(s.sums))
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
	n = &network{system: s,
		tail: make([]int32, len(s.cells)), head: make([]int32, len(s.cells)),
		edges: make([][]int32, nodes), open: make([][]int32, nodes),
		change: make([]int64, len(s.cells)), dist: make([]int64, nodes), via: make([]step, nodes)}
	for i := range n.dist {
		n.dist[i] = math.MaxInt64
	}
	for i := range s.cells {
		c := &s.cells[i]
		if len(c.sums) == 0 {
			continue
		}
		tail, head := ground, ground
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
				n.unlock(int32(i))
			}
		}
	}
	return n, true
}

func (n *network) unlock(cell int32) {
	n.open[n.tail[cell]] = append(n.open[n.tail[cell]], cell)
	n.open[n.head[cell]] = append(n.open[n.head[cell]], cell)
}

// protect hides further cells until the interval of every guarded one is wide
// enough, and gives those for which that cannot be done.
func (n *network) protect(queue []int32) (exposed []int32) {
	n.queue = queue
	for len(n.queue) > 0 {
		c := n.queue[0]
		n.queue = n.queue[1:]
		if !n.widen(c) {
			exposed = append(exposed, c)
		}
	}
	return exposed
}

// widen makes the interval of a hidden cell as wide as it needs. Hiding more
// never makes an interval narrower, so each cell is looked at once.
func (n *network) widen(c int32) bool {
	cell := &n.cells[c]
	if len(cell.sums) == 0 {
		return true
	}
	below := cell.value - cell.floor
	up := n.flow(c, true, cell.need, false)
	if up >= cell.need {
		return true
	}
	down := n.flow(c, false, min(below, cell.need-up), false)
	if up+down >= cell.need {
		return true
	}
	if up = n.flow(c, true, cell.need-down, true); up+down >= cell.need {
		return true
	}
	down = n.flow(c, false, min(below, cell.need-up), true)
	return up+down >= cell.need
}

// flow gives by how much a cell can grow, or shrink, while the hidden cells take
// up the difference, up to a limit. With more it hides the cheapest further
// cells that let it reach the limit.
func (n *network) flow(c int32, up bool, limit int64, more bool) int64 {
	from, to := n.head[c], n.tail[c]
	if !up {
		from, to = to, from
	}
	total := int64(0)
	for total < limit && (n.search(c, from, to, 1, false) ||
		more && (n.search(c, from, to, limit-total, true) || n.search(c, from, to, 1, true))) {
		total += n.push(from, to, limit-total)
	}
	for _, i := range n.changed {
		n.change[i] = 0
	}
	n.changed = n.changed[:0]
	return total
}

// room is by how much the flow can change a cell further.
func (n *network) room(c int32, up bool) int64 {
	if up {
		return math.MaxInt64
	}
	return n.cells[c].value - n.cells[c].floor + n.change[c]
}

// search finds the cheapest way from one node to another on which every cell has
// some room. Hidden cells cost nothing; with more, others may be hidden.
func (n *network) search(except, from, to int32, room int64, more bool) bool {
	for _, node := range n.seen {
		n.dist[node] = math.MaxInt64
	}
	// The ground may have every cell of the table at it: begin at the other end.
	start, goal, backward := from, to, false
	if int(from) == len(n.sums) {
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
			cell := &n.cells[c]
			if c == except || !cell.hidden && cell.value == 0 {
				continue
			}
			up := (n.tail[c] == at.node) != backward
			if n.room(c, up) < room {
				continue
			}
			dist := at.dist
			if !cell.hidden {
				dist += cell.weight()
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

// push sends as much as the found way and the limit allow, and hides what on it
// is not.
func (n *network) push(from, to int32, limit int64) int64 {
	start, goal := from, to
	if int(from) == len(n.sums) {
		start, goal = to, from
	}
	amount := limit
	for at := goal; at != start; at = n.via[at].from {
		amount = min(amount, n.room(n.via[at].cell, n.via[at].up))
	}
	for at := goal; at != start; at = n.via[at].from {
		s := n.via[at]
		if s.up {
			n.change[s.cell] += amount
		} else {
			n.change[s.cell] -= amount
		}
		n.changed = append(n.changed, s.cell)
		if !n.cells[s.cell].hidden {
			n.hide(s.cell, &n.queue)
			n.unlock(s.cell)
		}
	}
	return amount
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
