package disclose

import (
	"math/rand/v2"
	"testing"
)

// regular is the levels of a side: n under each, as often as there are levels.
func regular(levels, n int) (parent []int) {
	parent = []int{-1}
	first := 0
	for range levels {
		last := len(parent)
		for p := first; p < last; p++ {
			for range n {
				parent = append(parent, p)
			}
		}
		first = last
	}
	return parent
}

// BenchmarkDense protects tables of which about one inner count in ten or more is
// small: of two ways, of three, and of levels one way and both ways.
func BenchmarkDense(b *testing.B) {
	for _, c := range []struct {
		name string
		make func(r *rand.Rand) *system
	}{
		{"two-way-10^4", func(r *rand.Rand) *system { return twoWay(r, 99, 99, 2000, 7) }},
		{"two-way-10^5", func(r *rand.Rand) *system { return twoWay(r, 315, 315, 2000, 7) }},
		{"two-way-10^6", func(r *rand.Rand) *system { return twoWay(r, 999, 999, 2000, 7) }},
		{"levels-10^4", func(r *rand.Rand) *system { return crossed(r, 100, regular(3, 6), flat(38)) }},
		{"levels-10^5", func(r *rand.Rand) *system { return crossed(r, 100, regular(3, 10), flat(90)) }},
		{"levels-10^6", func(r *rand.Rand) *system { return crossed(r, 100, regular(3, 20), flat(118)) }},
		{"levels-both-ways-10^4", func(r *rand.Rand) *system { return crossed(r, 100, regular(2, 9), regular(2, 10)) }},
		{"levels-both-ways-10^5", func(r *rand.Rand) *system { return crossed(r, 100, regular(2, 17), regular(2, 17)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := c.make(rand.New(rand.NewPCG(1, 1)))
				b.StartTimer()
				first := len(s.guarded())
				exposed, coarse := s.protect()
				b.ReportMetric(float64(len(s.cells)), "cells")
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
