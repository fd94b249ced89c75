// Package figures decides once what the figures of a statistic are, and computes
// from them: derived fields, changes, the figures that pages quote, and what is
// overdue. All of it comes from the rows alone; nothing is estimated or projected.
//
// Decide says of each statistic, with a reason that whoever shows it cites:
//
//   - its frequency, which periods are shorter or longer than that, and which are
//     missing: Statistic.Frequency, Shown and Gaps, Row.Span;
//   - which columns name no row, because they number them: the role code;
//   - what one unit of a measure is, where staff did not say: Field.Risk, Taken
//     and Unsaid;
//   - which rows and columns are totals, or parts of others, and which counts add
//     up: Row.Kind, Field.Kind, Additive, Cumulative and Whole;
//   - the identities that hold among them: Statistic.Identities;
//   - which pages the rows of a long one are shown on: Statistic.Views.
//
// Nobody else decides any of it. Judged it is in package check.
//
// The rules, after the Code of Practice for official statistics:
//
//   - A change is said only between like periods (the same months of another
//     year), or between monthly averages where the latest period is partial, and
//     the sentence says which. Across a break in series [b] none is said.
//   - A change of a percentage is in percentage points. A base under 20 gets no
//     percentage; one under 50 gets a note; site.yaml may set other bases.
//   - Highest and lowest are taken among full periods of the statistic's frequency.
//     A period that is shorter or longer stands apart, and no line joins it.
//   - A monthly average is the count over the number of whole months. A stock
//     (截至…), a percentage and a period of broken months have none.
//   - A marker instead of a value stays a marker in all that is computed from it.
package figures

import (
	"cmp"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Decide says of every statistic what its figures are, once for all who ask. It
// is called on what load read, before anything else looks at it.
func Decide(b *bureau.Bureau) {
	above := map[string]bool{} // units that others are below, by their names
	index := bureau.UnitIndex(b.Units)
	parents := map[int]bool{}
	for _, u := range b.Units {
		if i, ok := index[u.Parent.V]; ok {
			parents[i] = true
		}
	}
	for name, i := range index {
		above[name] = parents[i]
	}
	for _, s := range b.Statistics {
		decideFrequency(s)
		kinds := s.KindsByName()
		if decideCodes(s, kinds) {
			kinds = s.KindsByName()
		}
		for i := range s.Rows {
			s.Rows[i].Kind = kinds[i]
		}
		decideRisk(s)
		decideTotals(s, above)
		decideNested(s, b.Site.Organization.V, b.Units, index)
		decideViews(s, b.Units, index)
	}
}

// DataRows gives the rows that are neither totals nor parts of others: what a
// chart shows. Where a table holds totals alone, it gives those.
func DataRows(s *bureau.Statistic) []int {
	rows := make([]int, 0, len(s.Rows))
	for i, r := range s.Rows {
		if r.Kind == bureau.DataRow {
			rows = append(rows, i)
		}
	}
	if len(rows) > 0 {
		return rows
	}
	for i := range s.Rows {
		rows = append(rows, i)
	}
	return rows
}

// Key is what tells the values of a key field apart: an interval or a text.
type Key struct {
	start, end period.Date
	asOf       bool
	text       string
}

// KeyOf gives what a row is called in a key field.
func KeyOf(s *bureau.Statistic, row, field int) Key {
	if p := s.Period(row); s.Fields[field].Role == bureau.RolePeriod && !p.IsZero() {
		return Key{start: p.Start, end: p.End, asOf: p.AsOf}
	}
	return Key{text: s.Cell(row, field).Text}
}

// CompareKeys orders periods as period.Compare does.
func CompareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.end, b.end), cmp.Compare(b.start, a.start))
}

// Distinct counts the values of a key field among the data rows; it stops where
// they are more than most.
func Distinct(s *bureau.Statistic, field, most int) int {
	seen := map[Key]bool{}
	for _, i := range DataRows(s) {
		if seen[KeyOf(s, i, field)] = true; len(seen) > most {
			break
		}
	}
	return len(seen)
}
