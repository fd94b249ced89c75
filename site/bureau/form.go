package bureau

import (
	"math"
	"slices"
)

// Form is how a figure is written for readers: as it was sent, and as the others
// of its column are. The zero Form is that of a figure that was computed: no
// more decimals than it has.
type Form struct {
	Decimals uint8 // at least so many behind the point, which stands before the 万 or 亿
	Scale    Scale
	Grouped  bool // thousands are set apart from 1,000 on, since longer numbers stand in the column
}

// Scale is the word that counts a figure in larger ones.
type Scale uint8

const (
	Ones            Scale = iota
	TenThousands          // 万
	HundredMillions       // 亿
	Trillions             // 万亿
)

var scaleWords = [...]string{Ones: "", TenThousands: "万", HundredMillions: "亿", Trillions: "万亿"}

// String gives the word, empty for ones.
func (s Scale) String() string { return scaleWords[s] }

// Power is the power of ten that the word stands for.
func (s Scale) Power() int { return 4 * int(s) }

// ScaleOf gives the scale of a word; of any other text it is Ones.
func ScaleOf(word string) Scale { return Scale(max(0, slices.Index(scaleWords[:], word))) }

// maxDecimals is how many decimals a page shows of what a program wrote with
// more (33.33333333333333), as long as three digits of the smallest are seen.
const maxDecimals = 6

// groupedFrom is what a Chinese page begins to group thousands at: a number of
// four digits is left whole (GB/T 15835—2011).
const groupedFrom = 10_000

// Align gives the figures of a field, each in the form that it was sent in, one
// form: the most decimals of any that counts in the same unit and scale, and
// grouping in all where one is long enough for it.
func (s *Statistic) Align(field int) {
	type kind struct {
		unit  string
		scale Scale
	}
	type widest struct {
		decimals uint8
		smallest float64 // but not zero
	}
	units := s.Apart(field)
	c := s.Column(field)
	of := make([]*widest, len(c.Each))
	all := map[kind]*widest{}
	grouped := false
	for i, first := range c.First() {
		cell := c.Each[i]
		if first < 0 || !cell.Has() {
			continue
		}
		k := kind{units[i], cell.Form.Scale}
		w := all[k]
		if w == nil {
			w = &widest{smallest: math.Inf(1)}
			all[k] = w
		}
		shown := math.Abs(cell.Number) / math.Pow10(cell.Form.Scale.Power())
		of[i], w.decimals = w, max(w.decimals, cell.Form.Decimals)
		if shown > 0 {
			w.smallest = min(w.smallest, shown)
		}
		grouped = grouped || shown >= groupedFrom
	}
	for _, w := range all {
		if w.decimals > maxDecimals {
			seen := max(maxDecimals, min(2-math.Floor(math.Log10(w.smallest)), math.MaxUint8)) // three digits of it
			w.decimals = min(w.decimals, uint8(seen))
		}
	}
	for i, w := range of {
		if w != nil {
			c.Each[i].Form.Decimals, c.Each[i].Form.Grouped = w.decimals, grouped
		}
	}
}
