package figures

import (
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Whole gives the total of some rows of a statistic by period, as a statistic that
// has a row for each period and its measures; false where there is none.
//
// It is that of the rows of totals, where every period has one. Else it is the sum of all
// parts: of measures that add up, over rows none of which is a part of another one. A
// period that lacks a part which others have, or of which a part is not known or only
// roughly, has no sum: the marker of that part stands there, so that what is withheld
// never goes into one. Of rounded figures, of fewer than two sums, and where most
// periods have none, there is no whole.
func Whole(s *bureau.Statistic, rows []int) (whole *bureau.Statistic, summed, ok bool) {
	at := s.FieldOf(bureau.RolePeriod)
	if at < 0 || slices.ContainsFunc(rows, func(i int) bool { return s.Period(i).IsZero() }) {
		return nil, false, false
	}
	var keys []int // that differ
	var opens []func(row int) bool
	for _, k := range s.Keys() {
		if s.Fields[k].Role != bureau.RolePeriod && slices.ContainsFunc(rows, func(i int) bool { return s.Cell(i, k).Text != s.Cell(rows[0], k).Text }) {
			keys, opens = append(keys, k), append(opens, s.Opening(k))
		}
	}
	type rowsOf struct {
		period.Period
		totals, parts []int
	}
	var order []*rowsOf
	same := map[period.Period]*rowsOf{}       // in whatever words it is written
	when := make([]*rowsOf, len(s.Periods)+1) // as bureau.Row.When has them
	for _, i := range rows {
		of := &when[s.Rows[i].When]
		if *of == nil {
			p := s.Period(i)
			p.Text = ""
			if *of = same[p]; *of == nil {
				*of = &rowsOf{Period: p}
				same[p], order = *of, append(order, *of)
			}
		}
		open := 0
		for _, opens := range opens {
			if opens(i) {
				open++
			}
		}
		switch {
		case open == len(keys):
			(*of).totals = append((*of).totals, i)
		case open == 0 && s.Rows[i].Kind == bureau.DataRow:
			(*of).parts = append((*of).parts, i)
		}
	}
	slices.SortFunc(order, func(a, b *rowsOf) int { return period.Compare(a.Period, b.Period) })
	w := *s
	w.Original = nil
	w.Fields, w.Rows, w.Columns, w.Periods, w.Notes, w.Hidden, w.Origins, w.Identities, w.Views, w.Unviewed, w.Loose = []bureau.Field{s.Fields[at]}, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil
	w.Descriptor.Charts, w.Descriptor.ChartsGiven = nil, false

	if !slices.ContainsFunc(order, func(p *rowsOf) bool { return len(p.totals) != 1 }) {
		var fields []int
		for j, f := range s.Fields {
			if f.IsMeasure() && f.UnitField < 0 {
				fields = append(fields, j)
				w.Fields = append(w.Fields, f)
			}
		}
		for _, p := range order {
			i := p.totals[0]
			cells := []bureau.Cell{s.Cell(i, at)}
			for _, j := range fields {
				cells = append(cells, s.Cell(i, j))
			}
			w.Append(bureau.Row{Span: s.Rows[i].Span}, s.Period(i), cells...)
		}
		if len(fields) == 0 || len(w.Rows) < 2 {
			return nil, false, false
		}
		w.Gaps = gaps(&w)
		return &w, false, true
	}

	if s.Nested || s.Disclosure.Rounded > 0 || s.Disclosure.Method == "round" {
		return nil, false, false
	}
	names, count := s.Number(keys)
	is, all := make([]bool, count), 0 // the parts that there are
	for _, p := range order {
		for _, i := range p.parts {
			if !is[names[i]] {
				is[names[i]] = true
				all++
			}
		}
	}
	var fields []int
	for j, f := range s.Fields {
		if f.IsMeasure() && f.Additive && f.UnitField < 0 {
			fields = append(fields, j)
			w.Fields = append(w.Fields, f)
		}
	}
	known := 0
	for _, p := range order {
		rows := p.parts
		if len(rows) == 0 {
			continue
		}
		cells := []bureau.Cell{s.Cell(rows[0], at)}
		for _, j := range fields {
			c := sumOf(s, rows, j, len(rows) == all)
			if c.Has() {
				known++
			}
			cells = append(cells, c)
		}
		w.Append(bureau.Row{Span: s.Rows[rows[0]].Span}, s.Period(rows[0]), cells...)
	}
	for j := range fields {
		w.Align(j + 1)
	}
	if known < 2 || 2*known <= len(w.Rows)*len(fields) {
		return nil, false, false
	}
	w.Gaps = gaps(&w)
	return &w, true, true
}

// sumOf adds up a field of some rows, or gives the marker that stands in the sum's place.
func sumOf(s *bureau.Statistic, rows []int, field int, whole bool) bureau.Cell {
	sum, status, instead, rough := 0.0, bureau.Status(0), bureau.Status(0), !whole
	for _, i := range rows {
		c := s.Cell(i, field)
		status |= c.Status &^ bureau.Instead
		instead |= c.Status & bureau.Instead
		rough = rough || !c.Has() || c.Qualifier != bureau.Exact
		sum += c.Number
	}
	cell := bureau.Cell{Number: math.NaN(), Status: bureau.NotAvailable}
	switch {
	case instead&bureau.Confidential != 0:
		cell.Status = bureau.Confidential
	case instead&bureau.NotYetReported != 0:
		cell.Status = bureau.NotYetReported
	case !rough:
		cell.Number, cell.Status = math.Round(sum*1e6)/1e6, status
	}
	return cell
}
