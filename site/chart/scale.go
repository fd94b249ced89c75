package chart

import (
	"math"
	"strconv"

	"sunshine/site/locale"
)

// scale is a value axis: where it begins and ends, and the step of its ticks.
type scale struct {
	min, max, step float64
}

// newScale gives a scale over low to high in steps of 1, 2 or 5 times a power
// of ten, about n of them. Steps of whole values stay whole.
func newScale(low, high float64, n int, whole bool) scale {
	if low == high {
		if low == 0 {
			high = 1
		} else {
			low, high = math.Min(low, 0), math.Max(high, 0)
		}
	}
	rough := (high/float64(n) - low/float64(n))
	pow := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * pow
	for _, f := range []float64{1, 2, 5} {
		if f*pow >= rough*0.999 {
			step = f * pow
			break
		}
	}
	if whole {
		step = math.Max(step, 1)
	}
	return scale{round(math.Floor(low/step+1e-9)*step, step), round(math.Ceil(high/step-1e-9)*step, step), step}
}

// round drops the noise that binary fractions leave behind a multiple of step.
func round(v, step float64) float64 {
	digits := int(math.Max(0, math.Ceil(-math.Log10(step))))
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'f', digits, 64), 64)
	if err != nil || r == 0 {
		return 0
	}
	return r
}

// ticks gives the places of the scale that are labelled.
func (s scale) ticks() []float64 {
	var all []float64
	for i := 0; ; i++ {
		v := s.min + float64(i)*s.step
		if v > s.max+s.step/2 || i > 20 {
			return all
		}
		all = append(all, round(v, s.step))
	}
}

// labels gives the texts of the ticks; large ones count in 万 and 亿, or in
// million and billion, so that they stay short.
func (s scale) labels(language string) []string {
	large := math.Max(math.Abs(s.min), math.Abs(s.max))
	unit, name := 1.0, ""
	switch {
	case language == "en" && large >= 1e9:
		unit, name = 1e9, " bn"
	case language == "en" && large >= 1e6:
		unit, name = 1e6, " m"
	case language != "en" && large >= 1e8:
		unit, name = 1e8, "亿"
	case language != "en" && large >= 1e5:
		unit, name = 1e4, "万"
	}
	if s.step/unit < 1e-4 { // locale.Format would cut what tells two labels apart
		unit, name = 1, ""
	}
	var all []string
	for _, v := range s.ticks() {
		text := locale.Format(round(v/unit, s.step/unit), "", language)
		if s.step < 1e-4 { // finer than what figures of a bureau are
			text = strconv.FormatFloat(v, 'g', 12, 64)
		}
		if v != 0 {
			text += name
		}
		all = append(all, text)
	}
	return all
}
