package disclose

import (
	"math"

	"sunshine/site/bureau"
)

// figure is a count that was hidden, as it stood.
type figure struct {
	row, field int
	number     float64
}

// hideRates hides the percentages that staff wrote beside a hidden count where
// they and a figure that is published give it: 7% of 43, or 92.5% less than the
// 40 of another row. Derived fields are computed later, and need no care.
func hideRates(s *bureau.Statistic, hidden []figure, rules rules) {
	var rates []int
	for i, f := range s.Fields {
		if f.Role == bureau.RoleMeasure && (f.Type == "percent" || f.Unit == "%" || f.Unit == "‰") {
			rates = append(rates, i)
		}
	}
	if len(rates) == 0 || len(hidden) == 0 {
		return
	}
	others := map[int]map[float64]bool{} // the published figures of each field
	for _, h := range hidden {
		if others[h.field] == nil {
			others[h.field] = map[float64]bool{}
			for r := range s.Rows {
				others[h.field][s.Row(r)[h.field].Number] = true
			}
		}
		row := s.Row(h.row)
		for _, rate := range rates {
			if !row[rate].Has() {
				continue
			}
			share := row[rate].Number / 100
			if s.Fields[rate].Unit == "‰" {
				share /= 10
			}
			gives := false
			for i := range row {
				if i != rate && s.Fields[i].Role == bureau.RoleMeasure && row[i].Has() {
					gives = gives || math.Abs(row[i].Number*share-h.number) <= 0.5 || math.Abs(row[i].Number*(1+share)-h.number) <= 0.5
				}
			}
			if base := h.number / (1 + share); !math.IsInf(base, 0) {
				slack := math.Ceil(base/100 + 0.5) // a percentage is rounded
				for n := math.Floor(base) - slack; n <= math.Ceil(base)+slack && slack < 1000; n++ {
					gives = gives || others[h.field][n] && math.Round(n*(1+share)) == h.number
				}
			}
			if gives {
				hide(s, h.row, rate, false, rules)
			}
		}
	}
}
