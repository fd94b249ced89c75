package chart

import (
	"math"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// answered is what a drawing answers to a reader who points at it or steps through it.
type answered struct {
	Tips   [][]string      `json:"tips"`            // for each tick its label, then a line for each series
	Rows   [][]string      `json:"rows,omitempty"`  // for each tick the ids of the rows that its values stand in: one for all series, or one a series
	Years  []int           `json:"years,omitempty"` // in which each tick begins
	Lying  [2]bool         `json:"lying"`           // the ticks of the wide drawing, of the narrow one, run down
	Panels [2][][4]float64 `json:"panels"`          // of the two drawings: x, y, width, height of each panel, which its ticks share evenly
}

func answers(wide, narrow *sheet) answered {
	a := answered{Tips: wide.tips(), Rows: wide.rows()}
	if wide.plot.Time {
		for _, tick := range wide.plot.Ticks {
			a.Years = append(a.Years, tick.Year)
		}
	}
	for i, s := range []*sheet{wide, narrow} {
		a.Lying[i] = s.horizontal
		for _, p := range s.panels {
			a.Panels[i] = append(a.Panels[i], [4]float64{p.x, p.y, p.w, p.h})
		}
	}
	return a
}

// rows gives the ids of the rows of each tick.
func (s *sheet) rows() [][]string {
	if s.plot.Anchors == nil {
		return nil
	}
	all := make([][]string, len(s.plot.Ticks))
	for t := range all {
		one := true
		for _, series := range s.plot.Series {
			id := ""
			if row := series.Values[t].Row; row >= 0 {
				id = s.plot.Anchors[row]
			}
			all[t] = append(all[t], id)
			one = one && id == all[t][0]
		}
		if one {
			all[t] = all[t][:1]
		}
	}
	return all
}

// tips says each tick in words.
func (s *sheet) tips() [][]string {
	l := s.plot.Language
	all := make([][]string, len(s.plot.Ticks))
	for t, tick := range s.plot.Ticks {
		head := tick.Label
		if tick.Partial {
			head = l.Text(locale.Remark, head, tick.length(l))
		}
		all[t] = []string{head}
		for _, series := range s.plot.Series {
			v := series.Values[t]
			text := ""
			if !math.IsNaN(v.Number) {
				text = locale.Qualified(v.Number, s.plot.Unit, v.Form, v.Qualifier, l)
			}
			for _, m := range bureau.Markers {
				if v.Status&m.Status != 0 {
					text = strings.TrimSpace(text + " " + m.Status.String() + " " + locale.Meaning(m.Status, l))
				}
			}
			if text == "" {
				text = "–"
			}
			if series.Name != "" {
				text = l.Text(locale.ChartValue, series.Name, text)
			}
			all[t] = append(all[t], text)
		}
	}
	return all
}
