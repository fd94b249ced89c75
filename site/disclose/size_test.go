package disclose

import (
	"math/rand/v2"
	"testing"
)

// cube makes the system of a three-way table with all its totals.
func cube(random *rand.Rand, n int) *system {
	s := &system{}
	at := func(a, b, c int) int32 { return int32((a*(n+1)+b)*(n+1) + c) }
	values := make([]int64, (n+1)*(n+1)*(n+1))
	for i := range n * n * n {
		a, b, c := i/n/n, i/n%n, i%n
		v := int64(random.IntN(60))
		for m := range 8 {
			x, y, z := a, b, c
			if m&1 > 0 {
				x = n
			}
			if m&2 > 0 {
				y = n
			}
			if m&4 > 0 {
				z = n
			}
			values[at(x, y, z)] += v
		}
	}
	for i, v := range values {
		small := 0 < v && v < 5
		s.cells = append(s.cells, cell{value: v, need: 5, hidden: small, primary: small, dear: i%(n+1) == n || i/(n+1)%(n+1) == n || i/(n+1)/(n+1) == n})
	}
	for x := range n + 1 {
		for y := range n + 1 {
			var parts [3][]int32
			for k := range n {
				parts[0], parts[1], parts[2] = append(parts[0], at(k, x, y)), append(parts[1], at(x, k, y)), append(parts[2], at(x, y, k))
			}
			s.add(at(n, x, y), parts[0], 0)
			s.add(at(x, n, y), parts[1], 1)
			s.add(at(x, y, n), parts[2], 2)
		}
	}
	return s
}

// BenchmarkSize protects tables of two and of three dimensions.
func BenchmarkSize(b *testing.B) {
	for name, make := range map[string]func() *system{
		"two-way-10^4":   func() *system { return twoWay(rand.New(rand.NewPCG(1, 1)), 99, 99, 2000, 20) },
		"two-way-10^5":   func() *system { return twoWay(rand.New(rand.NewPCG(1, 1)), 315, 315, 2000, 20) },
		"two-way-10^6":   func() *system { return twoWay(rand.New(rand.NewPCG(1, 1)), 999, 999, 2000, 20) },
		"three-way-10^4": func() *system { return cube(rand.New(rand.NewPCG(1, 1)), 21) },
		"three-way-10^5": func() *system { return cube(rand.New(rand.NewPCG(1, 1)), 46) },
		"three-way-10^6": func() *system { return cube(rand.New(rand.NewPCG(1, 1)), 99) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := make()
				b.StartTimer()
				first := len(s.guarded())
				exposed, coarse := s.protect()
				b.ReportMetric(float64(first), "small")
				b.ReportMetric(float64(len(s.guarded())-first), "others")
				b.ReportMetric(float64(len(exposed)), "exposed")
				if coarse {
					b.ReportMetric(1, "coarse")
				}
			}
		})
	}
}
