package chart

import (
	"bytes"
	"fmt"
	"math"
)

// The size of a trend line.
const (
	sparkWidth, sparkHeight = 120, 32
	sparkEdge               = 3 // that the line keeps clear of
)

// Spark draws the trend of a figure as a line without axes, for a card that says the
// figure itself: from zero up, so that a small change looks small, with a gap where a
// value is missing (NaN) and a dot on the last one. It is decoration, and hidden from
// readers of the accessibility tree.
func Spark(values []float64) []byte {
	low, high := 0.0, 0.0
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if low == high {
		high = low + 1
	}
	step := float64(sparkWidth-2*sparkEdge) / float64(max(1, len(values)-1))
	var path bytes.Buffer
	var x, y float64
	drawn := false // up to the value before
	for i, v := range values {
		if math.IsNaN(v) {
			drawn = false
			continue
		}
		x, y = sparkEdge+float64(i)*step, sparkHeight-sparkEdge-(v-low)/(high-low)*(sparkHeight-2*sparkEdge)
		command := byte('M')
		if drawn {
			command = 'L'
		}
		fmt.Fprintf(&path, "%c%.1f %.1f", command, x, y)
		drawn = true
	}
	return fmt.Appendf(nil, `<svg class="trend" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" aria-hidden="true" focusable="false"><path d="%[3]s"/><circle cx="%.1[4]f" cy="%.1[5]f" r="2.5"/></svg>`,
		sparkWidth, sparkHeight, path.Bytes(), x, y)
}
