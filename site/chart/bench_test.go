package chart

import "testing"

// BenchmarkDraw draws the whole gallery in both widths, and reads it back.
func BenchmarkDraw(b *testing.B) {
	g := gallery()
	b.ReportAllocs()
	for b.Loop() {
		for name, p := range g {
			if _, err := Draw("chart-1", p); err != nil {
				b.Fatalf("%s: %v", name, err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(g)), "µs/chart")
}

// BenchmarkDrawLine120 draws two lines of 120 points.
func BenchmarkDrawLine120(b *testing.B) {
	p := gallery()["06-line120"]
	for b.Loop() {
		if _, err := Draw("chart-1", p); err != nil {
			b.Fatal(err)
		}
	}
}
