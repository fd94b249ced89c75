package disclose

import "math/bits"

// cell is one figure of a system: a count of persons or organisations, known to
// staff, that readers see or do not see.
type cell struct {
	value int64
	need  int64   // how wide the interval must be that readers can compute, where it is hidden
	sums  []int32 // that it stands in

	hidden  bool // readers do not see it
	primary bool // hidden for its own sake
	implied bool // not published, but readers may find it from figures that are
	dear    bool // readers need it more than others
	known   bool // readers have it from an earlier release, so that hiding it hides nothing
	blank   bool // staff have no value for it either
	settled bool // it was hidden in an earlier edition
}

// free tells whether a hidden cell could have another value, for all that
// readers know of it alone.
func (c *cell) free() bool { return !c.known && !c.blank }

// guarded tells whether the cell has to be kept from being computed.
func (c *cell) guarded() bool { return c.hidden && c.free() && (c.primary || !c.implied) }

// weight is what readers lose when the cell is hidden: more where it is larger,
// and far more where it is a total.
func (c *cell) weight() int64 {
	w := int64(bits.Len64(uint64(c.value)))
	if c.dear {
		w *= 16
	}
	return w
}

// sum says that a total is the sum of its parts.
type sum struct {
	total int32
	parts []int32
	dim   int // along which the parts differ
}

// system is cells and all the sums that readers can take of them.
type system struct {
	cells []cell
	sums  []sum
}

// add puts a sum into the system.
func (s *system) add(total int32, parts []int32, dim int) {
	i := int32(len(s.sums))
	s.sums = append(s.sums, sum{total, parts, dim})
	s.cells[total].sums = append(s.cells[total].sums, i)
	for _, p := range parts {
		s.cells[p].sums = append(s.cells[p].sums, i)
	}
}

// sign is how a cell stands in a sum: a part +1, the total -1.
func (s *system) sign(cell, sum int32) int64 {
	if s.sums[sum].total == cell {
		return -1
	}
	return 1
}

func (s *system) hide(i int32, queue *[]int32) {
	s.cells[i].hidden = true
	*queue = append(*queue, i)
}

// guarded lists the cells that have to be kept from being computed.
func (s *system) guarded() []int32 {
	var all []int32
	for i := range s.cells {
		if s.cells[i].guarded() {
			all = append(all, int32(i))
		}
	}
	return all
}
