package search

import "slices"

// suffix is what stands from a place on, and what the place is in.
type suffix struct {
	key    uint64 // by which it is sorted: that of a place behind it
	at, in int32
}

// sorter sorts suffixes as far as is needed to tell those of more than a few pages apart.
type sorter struct {
	size   int32                    // of what a key tells
	key    func(at int32) uint64    // of what stands from a place on
	ends   func(key uint64) bool    // nothing stands behind what a key tells
	exceed func(some []suffix) bool // more than a few pages hold any of them

	suffixes, spare []suffix
}

// empty makes room for so many suffixes.
func (o *sorter) empty(n int) { o.suffixes = slices.Grow(o.suffixes[:0], n)[:n] }

// sort sorts suffixes that are alike in what stands before a depth. It tells which differ
// from the one before, and by which keys at which depth.
func (o *sorter) sort(from, to int, depth int32, differ func(k int, depth int32, last, key uint64)) {
	s := o.suffixes[from:to]
	if len(s) == 1 || !o.exceed(s) {
		return
	}
	for k := range s {
		s[k].key = o.key(s[k].at + depth)
	}
	o.spare = slices.Grow(o.spare[:0], len(s))
	sortByKey(s, o.spare[:len(s)])
	last := uint64(0)
	for start := from; start < to; {
		key, end := o.suffixes[start].key, start+1
		for end < to && o.suffixes[end].key == key {
			end++
		}
		if start > from {
			differ(start, depth, last, key)
		}
		if !o.ends(key) {
			o.sort(start, end, depth+o.size, differ)
		}
		start, last = end, key
	}
}

// sortByKey sorts suffixes; as many are spare.
func sortByKey(s, spare []suffix) {
	if len(s) < 16 {
		for k := 1; k < len(s); k++ {
			now, at := s[k], k
			for ; at > 0 && s[at-1].key > now.key; at-- {
				s[at] = s[at-1]
			}
			s[at] = now
		}
		return
	}
	if len(s) < 256 {
		slices.SortFunc(s, func(a, b suffix) int {
			switch {
			case a.key < b.key:
				return -1
			case a.key > b.key:
				return 1
			}
			return 0
		})
		return
	}
	var counts [8][256]int32
	for k := range s {
		for digit := range counts {
			counts[digit][byte(s[k].key>>(8*digit))]++
		}
	}
	from, to := s, spare
	for digit := range counts {
		count, shift := &counts[digit], 8*digit
		if count[byte(s[0].key>>shift)] == int32(len(s)) {
			continue
		}
		next := int32(0)
		for k, n := range count {
			count[k], next = next, next+n
		}
		for k := range from {
			n := &count[byte(from[k].key>>shift)]
			to[*n] = from[k]
			*n++
		}
		from, to = to, from
	}
	if &from[0] != &s[0] {
		copy(s, from)
	}
}
