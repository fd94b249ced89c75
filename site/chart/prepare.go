package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// Largest is the largest value that is drawn, either way from zero: beyond 2^53
// a number no longer holds its last digits, and no figure of a bureau is there.
const Largest = 1 << 53

// TooLarge is a value beyond Largest, or infinite.
type TooLarge struct {
	Series, Tick int // of the plot
	Value        float64
}

func (e *TooLarge) Error() string { return fmt.Sprintf("chart: %g is too large to draw", e.Value) }

// Alike is a name that two ticks, or two series, carry: a reader could not tell
// them apart.
type Alike struct {
	Name         string
	Series, Tick int // the second that carries it; the other of the two is -1
}

func (e *Alike) Error() string { return fmt.Sprintf("chart: two carry the name %q", e.Name) }

// prepare checks a plot and makes its texts fit to stand in a drawing. Shares
// become per cent of their bar.
func prepare(p Plot) (Plot, error) {
	if !slices.ContainsFunc(bureau.ChartTypes, func(w bureau.Word) bool { return w.ID == string(p.Type) }) {
		return p, fmt.Errorf("chart: %q is no type of chart", p.Type)
	}
	p.Title, p.Unit = clean(p.Title), clean(p.Unit)
	p.Ticks, p.Series = slices.Clone(p.Ticks), slices.Clone(p.Series)
	for t := range p.Ticks {
		tick := &p.Ticks[t]
		tick.Label, tick.Short = clean(tick.Label), clean(tick.Short)
		if tick.Short == "" {
			tick.Short = tick.Label
		}
	}
	if second := repeated(p.Ticks, func(t Tick) string { return t.Short }); second >= 0 {
		for t := range p.Ticks { // 1906年 beside 2006年
			p.Ticks[t].Short = p.Ticks[t].Label
		}
	}
	if second := repeated(p.Ticks, func(t Tick) string { return t.Label }); second >= 0 {
		return p, &Alike{p.Ticks[second].Label, -1, second}
	}
	for k := range p.Series {
		s := &p.Series[k]
		s.Name = clean(s.Name)
		if len(s.Values) != len(p.Ticks) {
			return p, fmt.Errorf("chart: the series %q has %d values for %d ticks", s.Name, len(s.Values), len(p.Ticks))
		}
		s.Values = slices.Clone(s.Values)
		for t, v := range s.Values {
			if math.Abs(v.Number) > Largest {
				return p, &TooLarge{k, t, v.Number}
			}
		}
	}
	if second := repeated(p.Series, func(s Series) string { return s.Name }); second >= 0 {
		return p, &Alike{p.Series[second].Name, second, -1}
	}
	if p.Type == StackedBar {
		for t := range p.Ticks {
			sum := 0.0
			for k, s := range p.Series {
				if sum += math.Abs(s.Values[t].Number); sum > Largest {
					return p, &TooLarge{k, t, sum}
				}
			}
		}
	}
	if p.Type == ShareBar {
		shares(p)
		p.Unit = "%"
	}
	return p, nil
}

// repeated gives the first of all whose name looks like that of one before it,
// or -1. What has no name is like nothing.
func repeated[T any](all []T, name func(T) string) int {
	seen := make(map[string]bool, len(all))
	for i, one := range all {
		text := visible(name(one))
		if text != "" && seen[text] {
			return i
		}
		seen[text] = true
	}
	return -1
}

// visible is what of a text an eye tells apart from another: not its spaces and
// not what has no width.
func visible(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// plain tells of most runes of names that they are seen, without a look into tables.
func plain(r rune) bool { return '!' <= r && r <= '~' || 0x4E00 <= r && r <= 0x9FFF }

// shares turns values into per cent of their tick's sum. Where a part is missing
// the sum is not known, and so is no share.
func shares(p Plot) {
	for t := range p.Ticks {
		parts := make([]float64, len(p.Series))
		for i, s := range p.Series {
			parts[i] = s.Values[t].Number
		}
		negative := slices.ContainsFunc(parts, func(part float64) bool { return part < 0 })
		for i, s := range p.Series {
			v := &s.Values[t]
			v.Number = math.NaN()
			if share := figures.Share(parts, i); share != nil && !negative {
				v.Number, _ = share.Float64()
			}
		}
	}
}
