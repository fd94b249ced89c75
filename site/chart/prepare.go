package chart

import (
	"fmt"
	"math"
	"slices"
)

// prepare checks a plot and makes its texts fit to stand in a drawing. Shares
// become per cent of their bar.
func prepare(p Plot) (Plot, error) {
	switch p.Type {
	case Bar, GroupedBar, StackedBar, HorizontalBar, Line, ShareBar, SmallMultiples:
	default:
		return p, fmt.Errorf("chart: %q is no type of chart", p.Type)
	}
	p.Title, p.Unit = clean(p.Title), clean(p.Unit)
	p.Ticks, p.Series = slices.Clone(p.Ticks), slices.Clone(p.Series)
	for i := range p.Ticks {
		t := &p.Ticks[i]
		t.Label, t.Short = clean(t.Label), clean(t.Short)
		if t.Short == "" {
			t.Short = t.Label
		}
	}
	for i := range p.Series {
		s := &p.Series[i]
		s.Name = clean(s.Name)
		if len(s.Values) != len(p.Ticks) {
			return p, fmt.Errorf("chart: the series %q has %d values for %d ticks", s.Name, len(s.Values), len(p.Ticks))
		}
		s.Values = slices.Clone(s.Values)
		for _, v := range s.Values {
			if math.Abs(v.Number) > largest {
				return p, fmt.Errorf("chart: the series %q holds %g, which is too large to draw", s.Name, v.Number)
			}
		}
	}
	if p.Type == ShareBar {
		shares(p)
		p.Unit = "%"
	}
	return p, nil
}

// shares turns values into per cent of their tick's sum. Where a part is missing
// the sum is not known, and so is no share.
func shares(p Plot) {
	for t := range p.Ticks {
		sum := 0.0
		for _, s := range p.Series {
			sum += s.Values[t].Number
		}
		for _, s := range p.Series {
			v := &s.Values[t]
			if sum > 0 {
				v.Number *= 100 / sum
				continue
			}
			v.Number = math.NaN()
		}
	}
}
