package site

import (
	"fmt"
	"strings"

	"sunshine/site/bureau"
)

// This file keeps texts from telling what the old copy of a statistic withholds. The copy
// has no figure to hold them to; the new version may have it, or may not be readable.

// remember keeps the figures that a document which is held back shows in its new version
// and its copy may withhold. What disclosure control took out of that one the texts were
// held to.
func (h *holding) remember(document string, b *bureau.Bureau) {
	for _, s := range b.Statistics {
		if s.File != document {
			continue
		}
		all := map[string][]float64{}
		for r := range s.Rows {
			for f, c := range s.Row(r) {
				if s.Fields[f].IsMeasure() && c.Has() {
					name := figureName(s, r, f)
					all[name] = append(all[name], c.Number)
				}
			}
		}
		h.figures[document] = all
	}
}

// veil tells the check of the texts what the copies withhold: each number that is small
// enough to be hidden, as the figure may be that or may have been, and the one of the
// new version.
func (h *holding) veil(b *bureau.Bureau) {
	for _, s := range b.Statistics {
		if _, is := b.Keeps(s.File); !is {
			continue
		}
		known := map[[2]int]bool{}
		for _, w := range s.Hidden {
			known[[2]int{w.Row, w.Field}] = true
		}
		small := max(s.Disclosure.Threshold, s.Disclosure.Sensitive)
		for r := range s.Rows {
			for f, c := range s.Row(r) {
				field := s.Fields[f]
				if c.Status&bureau.Confidential == 0 || !field.IsMeasure() || field.Derived || known[[2]int{r, f}] {
					continue
				}
				for n := 1; n < small && field.IsPersonal(); n++ {
					s.Hidden = append(s.Hidden, bureau.Withheld{Row: r, Field: f, Number: float64(n)})
				}
				for _, n := range h.figures[s.File][figureName(s, r, f)] {
					s.Hidden = append(s.Hidden, bureau.Withheld{Row: r, Field: f, Number: n})
				}
			}
		}
	}
}

// figureName is what a figure is of, in whatever words its period is written.
func figureName(s *bureau.Statistic, row, field int) string {
	name := []string{s.Fields[field].Name}
	if p := s.Period(row); !p.IsZero() {
		name = append(name, fmt.Sprint(p.Start, p.End))
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role != bureau.RolePeriod {
			name = append(name, s.Cell(row, k).Text)
		}
	}
	return strings.Join(name, "/")
}
