// Package figures decides what the figures of a bureau are, once for all who ask:
// the frequency of a statistic and its partial periods, derived fields and the
// identities of a descriptor, what a change may be taken from, which figure a
// reference names, targets and their verdicts, and what is due when. All of it
// comes from the rows alone; nothing is estimated or projected.
//
// The rules, after the Code of Practice for official statistics:
//
//   - A change is taken only between like periods (the same months of another
//     year), or between monthly averages where the latest period is partial. Across
//     a break in series [b] there is none.
//   - A base under 20 gets no percentage; one under 50 gets a note; site.yaml may
//     set other bases.
//   - A monthly average is the count over the number of whole months. A stock
//     (截至…), a percentage and a period of broken months have none.
//   - A marker instead of a value stays a marker in all that is computed from it.
package figures

import (
	"cmp"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Decide says of every statistic what its figures are, once for all who ask: its
// frequency, and which periods are partial. It is called on what load read,
// before anything else looks at it.
func Decide(b *bureau.Bureau) {
	for _, s := range b.Statistics {
		decideFrequency(s)
	}
}

// Fault says why something that staff wrote cannot be done, and the next step.
type Fault struct{ Message, Hint problem.Text }

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
	if p := s.Rows[row].Period; s.Fields[field].Role == bureau.RolePeriod && !p.IsZero() {
		return Key{start: p.Start, end: p.End, asOf: p.AsOf}
	}
	return Key{text: s.Row(row)[field].Text}
}

// CompareKeys orders periods by their start, then by their end.
func CompareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
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
