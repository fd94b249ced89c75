package search

import (
	"errors"
	"math"
	"math/bits"
	"slices"

	"sunshine/site/each"
)

// grams names what stands at each place of the text: the next characters of its word,
// four where that are so few that two bytes name them all, else three, two or one.
// Names are in the order of what they name; 0 is the end of a word.
type grams struct {
	size  int32    // characters of a gram
	units []uint64 // by name, 16 bits a character, the first highest; none after the end of the word
	goes  []uint64 // by name: all bits where the word goes on behind it, else none
	names []uint16 // by place; 12 more can be read
	order []int32  // all places but the ends of words, by the name there
	first []int32  // of each name among them
}

var errMany = errors.New("too many grams")

// naming finds the names of the grams of a part of the text.
type naming struct {
	units []uint64 // by name
	slots []uint16 // of a hash table: names, 0 where it is free
	shift int
}

// name names a gram; false where there are too many.
func (n *naming) name(gram uint64) (uint16, bool) {
	for slot := gram * 0x9e3779b97f4a7c15 >> n.shift; ; slot = (slot + 1) & uint64(len(n.slots)-1) {
		name := n.slots[slot]
		if name == 0 {
			break
		}
		if n.units[name] == gram {
			return name, true
		}
	}
	if len(n.units) == 1<<16 {
		return 0, false
	}
	if 2*len(n.units) >= len(n.slots) {
		n.grow()
	}
	n.units = append(n.units, gram)
	n.place(len(n.units) - 1)
	return uint16(len(n.units) - 1), true
}

func (n *naming) grow() {
	n.slots, n.shift = make([]uint16, 2*len(n.slots)), n.shift-1
	for name := 1; name < len(n.units); name++ {
		n.place(name)
	}
}

// place puts a name into the table.
func (n *naming) place(name int) {
	slot := n.units[name] * 0x9e3779b97f4a7c15 >> n.shift
	for ; n.slots[slot] != 0; slot = (slot + 1) & uint64(len(n.slots)-1) {
	}
	n.slots[slot] = uint16(name)
}

// newGrams names the grams of a text.
func newGrams(c *corpus, jobs int) *grams {
	g := &grams{size: 4, names: make([]uint16, len(c.text)+12)}
	for !g.name(c, jobs) {
		g.size--
	}
	c.text = nil // a name tells its first character
	g.sort(c, jobs)
	return g
}

// character gives the rank of the character at a place.
func (g *grams) character(at int32) uint16 { return uint16(g.units[g.names[at]] >> 48) }

// name names the grams; false where there are too many of this size.
func (g *grams) name(c *corpus, jobs int) bool {
	local := make([]naming, len(c.shares))
	rest := 64 - 16*g.size
	err := each.Do(jobs, len(c.shares), func(i int) error {
		n := &local[i]
		*n = naming{make([]uint64, 1), make([]uint16, 1<<10), 64 - 10}
		gram := uint64(0)
		for at := c.begins[c.shares[i].to] - 1; at >= c.begins[c.shares[i].from]; at-- {
			if c.text[at] == 0 {
				g.names[at], gram = 0, 0
				continue
			}
			gram = (uint64(c.text[at])<<48 | gram>>16) >> rest << rest
			name, is := n.name(gram)
			if !is {
				return errMany
			}
			g.names[at] = name
		}
		return nil
	})
	if err != nil {
		return false
	}
	g.units = []uint64{0}
	for _, n := range local {
		g.units = append(g.units, n.units...)
	}
	slices.Sort(g.units)
	g.units = slices.Compact(g.units)
	if len(g.units) > 1<<16 {
		return false
	}
	g.goes = make([]uint64, len(g.units))
	for name, gram := range g.units {
		if uint16(gram>>rest) != 0 {
			g.goes[name] = math.MaxUint64
		}
	}
	each.Do(jobs, len(c.shares), func(i int) error {
		names := make([]uint16, len(local[i].units))
		for k, gram := range local[i].units {
			name, _ := slices.BinarySearch(g.units, gram)
			names[k] = uint16(name)
		}
		for at := c.begins[c.shares[i].from]; at < c.begins[c.shares[i].to]; at++ {
			g.names[at] = names[g.names[at]]
		}
		return nil
	})
	return true
}

// sort puts the places in the order of the names there.
func (g *grams) sort(c *corpus, jobs int) {
	next := make([][]int32, len(c.shares)) // by share and name: how many, and then where the next one goes
	each.Do(jobs, len(c.shares), func(i int) error {
		next[i] = make([]int32, len(g.units))
		for _, name := range g.names[c.begins[c.shares[i].from]:c.begins[c.shares[i].to]] {
			next[i][name]++
		}
		next[i][0] = 0
		return nil
	})
	total := int32(0)
	g.first = make([]int32, len(g.units)+1)
	for name := range g.units {
		g.first[name] = total
		for i := range next {
			next[i][name], total = total, total+next[i][name]
		}
	}
	g.first[len(g.units)] = total
	g.order = make([]int32, total)
	each.Do(jobs, len(c.shares), func(i int) error {
		for at := c.begins[c.shares[i].from]; at < c.begins[c.shares[i].to]; at++ {
			if name := g.names[at]; name != 0 {
				g.order[next[i][name]] = at
				next[i][name]++
			}
		}
		return nil
	})
}

// next gives the names of the next four grams at a place, none after the end of the word.
func (g *grams) next(at int32) uint64 {
	t := g.names[at : at+3*g.size+1]
	a, b, c, d := t[0], t[g.size], t[2*g.size], t[3*g.size]
	goes := g.goes[a] // without a branch, so that many are read from memory at a time
	key := uint64(a)<<48 | uint64(b)<<32&goes
	goes &= g.goes[b]
	key |= uint64(c) << 16 & goes
	return key | uint64(d)&goes&g.goes[c]
}

// same tells how many characters two different keys share at their beginning.
func (g *grams) same(a, b uint64) int32 {
	n := bits.LeadingZeros64(a^b) / 16
	shift := 48 - 16*n
	return int32(n)*g.size + int32(bits.LeadingZeros64(g.units[uint16(a>>shift)]^g.units[uint16(b>>shift)])/16)
}
