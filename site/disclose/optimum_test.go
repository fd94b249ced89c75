package disclose

import (
	"math/rand/v2"
	"testing"
)

// twoWay makes the system of a two-way table with both margins.
func twoWay(random *rand.Rand, rows, columns, largest, few int) *system {
	s := &system{}
	at := func(r, c int) int32 { return int32(r*(columns+1) + c) }
	values := make([]int64, (rows+1)*(columns+1))
	for r := range rows {
		for c := range columns {
			v := int64(random.IntN(largest))
			if random.IntN(few) == 0 {
				v = int64(random.IntN(6))
			}
			for _, i := range []int32{at(r, c), at(r, columns), at(rows, c), at(rows, columns)} {
				values[i] += v
			}
		}
	}
	for i, v := range values {
		small := 0 < v && v < 5
		s.cells = append(s.cells, cell{value: v, need: 5, hidden: small, primary: small, dear: i%(columns+1) == columns || i/(columns+1) == rows})
	}
	line := func(n int, f func(i int) int32) (parts []int32) {
		for i := range n {
			parts = append(parts, f(i))
		}
		return parts
	}
	for r := range rows + 1 {
		s.add(at(r, columns), line(columns, func(c int) int32 { return at(r, c) }), 1)
	}
	for c := range columns + 1 {
		s.add(at(rows, c), line(rows, func(r int) int32 { return at(r, c) }), 0)
	}
	return s
}

// possible tries every table that agrees with what is published and with some
// bounds, none of its counts above its own by more than a margin, and gives how
// far apart the values of each hidden cell are.
func possible(s *system, bounds func(c cell) (low, high int64), margin int64) map[int]int64 {
	var hidden []int32
	last := map[int32][]sum{}
	for i := range s.cells {
		if s.cells[i].hidden {
			hidden = append(hidden, int32(i))
		}
	}
	for _, e := range s.sums {
		for i := len(hidden) - 1; i >= 0; i-- {
			in := e.total == hidden[i]
			for _, p := range e.parts {
				in = in || p == hidden[i]
			}
			if in {
				last[hidden[i]] = append(last[hidden[i]], e)
				break
			}
		}
	}
	now := make([]int64, len(s.cells))
	for i, c := range s.cells {
		now[i] = c.value
	}
	low, high := map[int32]int64{}, map[int32]int64{}
	var try func(n int)
	try = func(n int) {
		if n == len(hidden) {
			for _, i := range hidden {
				if l, ok := low[i]; !ok || now[i] < l {
					low[i] = now[i]
				}
				high[i] = max(high[i], now[i])
			}
			return
		}
		i := hidden[n]
		l, h := bounds(s.cells[i])
	next:
		for v := l; v <= min(h, s.cells[i].value+margin); v++ {
			now[i] = v
			for _, e := range last[i] {
				total := int64(0)
				for _, p := range e.parts {
					total += now[p]
				}
				if total != now[e.total] {
					continue next
				}
			}
			try(n + 1)
		}
		now[i] = s.cells[i].value
	}
	try(0)
	widths := map[int]int64{}
	for _, i := range hidden {
		widths[int(i)] = high[i] - low[i]
	}
	return widths
}

// TestCriteria tries all tables that readers may think of: those with no negative
// count, those with no 0 among what is withheld, and those that agree with a guess
// of which are the small ones.
func TestCriteria(t *testing.T) {
	random := rand.New(rand.NewPCG(61, 62))
	checked := 0
	for checked < 400 {
		s := twoWay(random, 2+random.IntN(2), 2+random.IntN(2), 14, 4)
		if exposed, _ := s.protect(); len(exposed) > 0 {
			continue
		}
		n := 0
		for _, c := range s.cells {
			if c.hidden {
				n++
			}
		}
		if n == 0 || n > 7 {
			continue
		}
		checked++
		for name, c := range map[string]struct {
			bounds func(c cell) (int64, int64)
			want   int64
		}{
			"no negative count":      {func(cell) (int64, int64) { return 0, 1 << 40 }, 5},
			"no withheld count of 0": {func(c cell) (int64, int64) { return min(1, c.value), 1 << 40 }, 5},
			"the small ones guessed": {func(c cell) (int64, int64) {
				if c.primary {
					return 1, 4
				}
				return 5, 1 << 40
			}, 1},
		} {
			for i, width := range possible(s, c.bounds, 8) {
				if width < c.want {
					t.Errorf("%s: a count of %d lies within %d: %+v", name, s.cells[i].value, width, s.cells)
				}
			}
		}
	}
}

// TestOptimum holds how much is hidden against the least that is safe, found by
// trying all sets of further cells.
func TestOptimum(t *testing.T) {
	random := rand.New(rand.NewPCG(63, 64))
	hidden, least, worst := 0, 0, 1.0
	for n := 0; n < 60; {
		s := twoWay(random, 3, 3+n%2, 40, 4)
		before := &system{cells: append([]cell(nil), s.cells...), sums: s.sums}
		if exposed, _ := s.protect(); len(exposed) > 0 || len(before.guarded()) == 0 {
			continue
		}
		n++
		used := 0
		var open []int32
		for i, c := range s.cells {
			if c.hidden && !before.cells[i].hidden {
				used++
			}
			if !before.cells[i].hidden && c.value > 0 {
				open = append(open, int32(i))
			}
		}
		var enough func(from, left int) bool
		enough = func(from, left int) bool {
			if left == 0 {
				return len(before.unsafe()) == 0
			}
			for i := from; i+left <= len(open); i++ {
				before.cells[open[i]].hidden = true
				ok := enough(i+1, left-1)
				before.cells[open[i]].hidden = false
				if ok {
					return true
				}
			}
			return false
		}
		best := used
		for k := range used {
			if enough(0, k) {
				best = k
				break
			}
		}
		hidden, least = hidden+used, least+best
		if best > 0 {
			worst = max(worst, float64(used)/float64(best))
		}
	}
	t.Logf("60 tables: %d cells are hidden for others where %d would do, %.3f times as many; at worst %.2f times", hidden, least, float64(hidden)/float64(least), worst)
	if float64(hidden) > 1.25*float64(least) {
		t.Errorf("%d cells are hidden for others, %d would do", hidden, least)
	}
}
