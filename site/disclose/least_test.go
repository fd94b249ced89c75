package disclose

import (
	"math/rand/v2"
	"testing"
)

// fewest finds how few further cells make a system safe by the judge, up to a
// number. It branches on the others of a sum with one hidden cell, and on all
// cells where there is none; sure is false where it had to stop before that.
type fewest struct {
	*system
	banned []bool
	nodes  int
}

func (f *fewest) open(i int32) bool {
	c := &f.cells[i]
	return !c.hidden && c.value > 0 && !c.known && !c.blank && !f.banned[i]
}

// choices gives the cells of which one at least has to be hidden; done tells that
// none has to.
func (f *fewest) choices() (choices []int32, done bool) {
	found := false
	for _, e := range f.sums {
		hidden, guarded := 0, false
		var others []int32
		for i := -1; i < len(e.parts); i++ {
			c := e.total
			if i >= 0 {
				c = e.parts[i]
			}
			if cell := &f.cells[c]; cell.hidden && cell.free() {
				hidden++
				guarded = guarded || cell.guarded()
			} else if f.open(c) {
				others = append(others, c)
			}
		}
		if hidden == 1 && guarded && (!found || len(others) < len(choices)) {
			choices, found = others, true
		}
	}
	if found {
		return choices, false
	}
	if i, _ := judged(f.system); i < 0 {
		return nil, true
	}
	for i := range f.cells {
		if f.open(int32(i)) {
			choices = append(choices, int32(i))
		}
	}
	return choices, false
}

func (f *fewest) within(left int) bool {
	if f.nodes--; f.nodes < 0 {
		return false
	}
	choices, done := f.choices()
	if done || left == 0 {
		return done
	}
	defer func() {
		for _, c := range choices {
			f.banned[c] = false
		}
	}()
	for _, c := range choices {
		f.cells[c].hidden = true
		ok := f.within(left - 1)
		f.cells[c].hidden = false
		if ok {
			return true
		}
		f.banned[c] = true
	}
	return false
}

// TestLeast holds how much is hidden in systems of every kind against the least
// that is safe, or against what is known to be too little.
func TestLeast(t *testing.T) {
	for _, kind := range []struct {
		name string
		make func(r *rand.Rand) *system
	}{
		{"two ways", func(r *rand.Rand) *system { return crossed(r, 40, flat(3+r.IntN(2)), flat(3+r.IntN(3))) }},
		{"three ways", func(r *rand.Rand) *system { return crossed(r, 40, flat(2), flat(2), flat(3)) }},
		{"levels", func(r *rand.Rand) *system { return crossed(r, 40, tree(r, 2, 2), flat(2+r.IntN(2))) }},
		{"levels both ways", func(r *rand.Rand) *system { return crossed(r, 40, tree(r, 2, 2), []int{-1, 0, 0, 1, 1}) }},
		{"any sums", anySums},
	} {
		t.Run(kind.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(81, 82))
			hidden, least, worst, unsure := 0, 0, 1.0, 0
			tables := 50
			if testing.Short() {
				tables = 15
			}
			for n := 0; n < tables; {
				s := kind.make(random)
				f := &fewest{system: &system{cells: append([]cell(nil), s.cells...), sums: s.sums}, banned: make([]bool, len(s.cells))}
				small := len(s.guarded())
				if out, _ := s.protect(); len(out) > 0 || small == 0 {
					continue
				}
				n++
				used := len(s.guarded()) - small
				best := 0
				for f.nodes = 20000; best < used && !f.within(best); best++ {
				}
				if f.nodes < 0 { // what was tried last is the least that may do
					unsure++
					best = f.reached(used)
				}
				hidden, least = hidden+used, least+best
				if best > 0 {
					worst = max(worst, float64(used)/float64(best))
				}
			}
			t.Logf("%d tables: %d cells are hidden for others, %d would do: %.3f times as many, at worst %.2f; unsure of %d", tables, hidden, least, float64(hidden)/float64(least), worst, unsure)
			if float64(hidden) > 1.25*float64(least) {
				t.Errorf("%d cells are hidden for others, %d would do", hidden, least)
			}
		})
	}
}

// reached is the least number that a search with the same steps did not refuse.
func (f *fewest) reached(used int) (n int) {
	for f.nodes = 20000; n < used; n++ {
		if f.within(n) || f.nodes < 0 {
			return n
		}
	}
	return n
}
