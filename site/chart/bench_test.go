package chart

import (
	"fmt"
	"sync"
	"testing"
)

func benchmark(b *testing.B, p Plot) {
	s := studio(b)
	if _, err := s.Draw("chart-1", p); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Draw("chart-1", p); err != nil {
			b.Fatal(err)
		}
	}
}

// Each draws both widths.
func BenchmarkDrawBar(b *testing.B)     { benchmark(b, gallery()["01-bar"]) }
func BenchmarkDrawLine120(b *testing.B) { benchmark(b, gallery()["06-line120"]) }

// BenchmarkStudioCold starts a studio and draws 200 lines of 120 points in both
// widths on two machines.
func BenchmarkStudioCold(b *testing.B) {
	script, p := bundle(b), gallery()["06-line120"]
	for b.Loop() {
		s := NewStudio(script, "", 2)
		var wait sync.WaitGroup
		for worker := range 2 {
			wait.Go(func() {
				for i := worker; i < 200; i += 2 {
					p := p
					p.Title = fmt.Sprint(i)
					if _, err := s.Draw("chart-1", p); err != nil {
						b.Error(err)
					}
				}
			})
		}
		wait.Wait()
		s.Close()
	}
}

// BenchmarkCached is BenchmarkDrawLine120 with what ECharts drew in the cache.
func BenchmarkCached(b *testing.B) {
	p := gallery()["06-line120"]
	s := NewStudio(bundle(b), b.TempDir(), 1)
	defer s.Close()
	for b.Loop() {
		if _, err := s.Draw("chart-1", p); err != nil {
			b.Fatal(err)
		}
	}
}
