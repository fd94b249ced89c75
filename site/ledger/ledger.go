// Package ledger remembers what was published, and asks why it changed.
//
// A release is a file, data/releases/<label>.json, that records every published
// value: after disclosure control, with derived fields. It is written once and
// never edited. Its first line holds the SHA-256 of all that follows, and it
// names the release before it with that one's hash, so a file that was edited,
// replaced or lost is noticed. A release holds only what changed since the one
// before: a statistic whose definition changed stands in it whole, of any other
// only the rows that are new, changed or gone. (Ends of lines do not count for
// the hash, since a checkout on Windows may turn them.)
//
// A row is known by its interval, its unit and its categories, not by its place
// or by how its period is spelled.
//
// A number that was published and is now another one, or none, needs a row in
// data/revisions.csv with the reason and who approved it:
//
//   - old and new are the numbers before and after; where a figure was revised
//     more than once, the rows follow each other: the new one of each is the old
//     one of the next.
//   - A marker that becomes a number is a first publication, and a provisional
//     number that becomes final has not changed: neither is a revision.
//   - A derived figure follows those it is computed from: where one of its row
//     was revised, it needs no reason of its own.
//   - What disclosure control hides needs no reason: a warning says how much of it
//     was published before. A revision of a figure that is confidential now is
//     listed without its values.
//   - What is taken off the site needs a row, too, with 撤下 or removed as its
//     new value: a row of the table (period, no field), a column (field, no
//     period), or a whole statistic (neither).
//
// A release holds what is said of figures as well (statements): units, formulas, scope,
// place, sources, targets, promises, the day of the next release. Where one of these
// is another than it was published, a row of revisions.csv says why; other words for a
// title or a description are a warning that asks whether the meaning changed.
//
// The releases are a log: head.txt beside them holds how many there are and the root of
// the Merkle tree (RFC 6962) of their bytes, signed where the bureau has a key. A log
// that is shorter than its head, or other than it, was rewritten, the last release
// included. The site carries the log (Log), so that anybody who kept a head can tell,
// and the tables of every release byte for byte. The log of a site that is public
// already has to be the beginning of this one (Follows).
//
// An address that a release had leads somewhere for ever: to its page, or where
// addresses.csv says (Moves, Addresses).
package ledger

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// rowKey names a row. Rows that are alike in all that names them are numbered.
func rowKey(interval string, categories []string) string {
	return interval + " " + strings.Join(categories, "/")
}

// parseInterval reads what period.Interval writes; any other text is no period.
func parseInterval(text string) period.Period {
	text, _, _ = strings.Cut(text, "#")
	from, to, found := strings.Cut(text, "/")
	if !found {
		return period.Period{}
	}
	end, ok := period.ParseDate(to)
	if !ok {
		return period.Period{}
	}
	if from == ".." {
		return period.Period{Start: end, End: end, AsOf: true}
	}
	start, ok := period.ParseDate(from)
	if !ok || start > end {
		return period.Period{}
	}
	return period.Period{Start: start, End: end}
}

// table is how a statistic is read for the ledger: which fields name a row, and
// which hold its figures.
type table struct {
	*bureau.Statistic
	dated    int // the field of periods, or -1
	keys     []int
	measures []int
	written  intervals
	seen     map[string]int // how many rows had a key
}

func tableOf(s *bureau.Statistic, written intervals) *table {
	t := &table{Statistic: s, dated: s.FieldOf(bureau.RolePeriod), written: written, seen: make(map[string]int, len(s.Rows))}
	for _, k := range s.Keys() {
		if k != t.dated {
			t.keys = append(t.keys, k)
		}
	}
	for i, f := range s.Fields {
		if f.Role == bureau.RoleMeasure {
			t.measures = append(t.measures, i)
		}
	}
	return t
}

// key names a row; interval is what stands for its period, where it has one. The
// rows are asked for in their order.
func (t *table) key(row int) (key, interval string, categories []string) {
	cells := t.Row(row)
	p := t.Period(row)
	switch {
	case !p.IsZero():
		interval = t.written.of(p)
	case t.dated >= 0:
		interval = cells[t.dated].Text // a total names itself there
	}
	categories = make([]string, len(t.keys))
	for i, k := range t.keys {
		categories[i] = cells[k].Text
	}
	key = rowKey(interval, categories)
	if n := t.seen[key]; n > 0 {
		t.seen[key]++
		interval += "#" + strconv.Itoa(n+1)
		key = rowKey(interval, categories)
	} else {
		t.seen[key] = 1
	}
	return key, interval, categories
}

// intervals are those that were written before; many rows share a period.
type intervals map[period.Period]string

func (w intervals) of(p period.Period) string {
	p.Text = ""
	text, ok := w[p]
	if !ok {
		text = p.Interval()
		w[p] = text
	}
	return text
}

func figureOf(c bureau.Cell) bureau.Figure {
	f := bureau.Figure{Number: c.Number, Status: c.Status, Qualifier: c.Qualifier}
	if math.IsInf(f.Number, 0) { // no file can hold it
		f = bureau.Figure{Number: math.NaN(), Status: bureau.NotAvailable}
	}
	return f
}

// vintageOf is a statistic as it stands now.
func vintageOf(s *bureau.Statistic, written intervals) *bureau.Vintage {
	t := tableOf(s, written)
	v := &bureau.Vintage{Name: s.Name, Title: s.Title(), Description: s.Descriptor.Description.V, Frequency: s.Frequency.String()}
	for _, k := range t.keys {
		v.Keys = append(v.Keys, s.Fields[k].Name)
	}
	for _, m := range t.measures {
		v.Measures = append(v.Measures, measureOf(s, m))
	}
	v.Rows = make([]*bureau.VintageRow, len(s.Rows))
	for i := range s.Rows {
		r := &bureau.VintageRow{Period: s.Period(i), Figures: make([]bureau.Figure, len(t.measures))}
		r.Key, r.Interval, r.Categories = t.key(i)
		r.Period.Text = ""
		cells := s.Row(i)
		for j, m := range t.measures {
			r.Figures[j] = figureOf(cells[m])
		}
		v.Rows[i] = r
	}
	return v
}

// measureOf is the definition of a field.
func measureOf(s *bureau.Statistic, field int) bureau.Measure {
	f := s.Fields[field]
	description, formula := s.Definition(field)
	return bureau.Measure{Name: f.Name, Unit: f.Unit, Description: description, Value: formula}
}
