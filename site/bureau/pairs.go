package bureau

// Pairs numbers pairs of numbers in the order in which they are asked for.
type Pairs struct {
	width int           // how many seconds there are
	all   []int32       // the numbers of the pairs, from 1; 0 for one that was not asked for
	some  map[int]int32 // in its place where there may be far more pairs than are asked for
	count int32         // that were asked for
}

// NewPairs prepares to be asked about so many times.
func NewPairs(firsts, seconds, questions int) *Pairs {
	p := &Pairs{width: seconds}
	if size := firsts * seconds; size <= 2*questions+1<<10 {
		p.all = make([]int32, size)
	} else {
		p.some = map[int]int32{}
	}
	return p
}

// Of gives the number of a pair, from 0.
func (p *Pairs) Of(first, second int32) int32 {
	at := int(first)*p.width + int(second)
	if p.all != nil {
		if p.all[at] == 0 {
			p.count++
			p.all[at] = p.count
		}
		return p.all[at] - 1
	}
	n, known := p.some[at]
	if !known {
		n = p.count
		p.some[at] = n
		p.count++
	}
	return n
}

// Count tells how many pairs were asked for.
func (p *Pairs) Count() int { return int(p.count) }
