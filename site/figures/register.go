package figures

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/text"
)

// Items gives the parts of a cell that holds several, which stand between
// semicolons or on lines of their own.
func Items(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '；' || r == '\n' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// NothingToCount tells whether a cell for figures says that there is nothing to count
// (不适用), which is not the same as a figure that is missing.
func NothingToCount(text string) bool {
	return strings.TrimSpace(text) == bureau.NotApplicable.String()
}

// Progress is how far a row is that has to be done by a day.
type Progress struct {
	Due, Done period.Date // 0 where they are not given
	Finished  bool        // it has a day on which it was done, or a state that says so
	Late      int         // days that it is overdue, or was when it was done
}

// ProgressOf gives the progress of a row on the day asOf. A finished row without
// the day on which it was done is not called late.
func ProgressOf(r *bureau.Register, row int, asOf period.Date) Progress {
	var p Progress
	cells := r.Row(row)
	if c := r.ColumnOf(bureau.ColumnDue); c >= 0 {
		p.Due, _ = period.ParseDay(cells[c].V)
	}
	if c := r.ColumnOf(bureau.ColumnDone); c >= 0 {
		p.Done, _ = period.ParseDay(cells[c].V)
	}
	p.Finished = p.Done != 0
	if c := r.ColumnOf(bureau.ColumnState); c >= 0 {
		p.Finished = p.Finished || Finished(r, cells[c].V)
	}
	until := asOf
	if p.Finished {
		until = p.Done
	}
	if p.Due != 0 && until > p.Due {
		p.Late = int(until - p.Due)
	}
	return p
}

// Finished tells whether a state is one of those that the descriptor calls done.
func Finished(r *bureau.Register, state string) bool {
	return slices.ContainsFunc(r.Descriptor.DoneStates, func(s bureau.String) bool { return s.V == state })
}

const anchorLength = 30 // characters

// RegisterAnchors gives each row of a register an id for links, r-破案率, made of
// its number or else of its title; rows that are alike are numbered.
func RegisterAnchors(r *bureau.Register) []string {
	column := r.ColumnOf(bureau.ColumnID)
	if column < 0 {
		column = r.ColumnOf(bureau.ColumnTitle)
	}
	seen := make(map[string]int, r.Rows())
	anchors := make([]string, r.Rows())
	for i := range anchors {
		name := []rune(text.Slug(r.Row(i)[column].V))
		if len(name) == 0 {
			name = []rune(strconv.Itoa(i + 1)) // nothing names the row
		}
		id := "r-" + string(name[:min(len(name), anchorLength)])
		seen[id]++
		anchors[i] = numbered([]byte(id), seen[id])
	}
	return anchors
}

// Term is a word of the glossary that pages link.
type Term struct {
	Words []string // the term and its aliases
	Path  string   // of its explanation, from the site's root
}

// Terms gives the words of the glossary in its order; none where there is none.
func Terms(b *bureau.Bureau) []Term {
	r := b.Glossary()
	if r == nil {
		return nil
	}
	anchors := RegisterAnchors(r)
	var terms []Term
	for i := range r.Rows() {
		t := Term{Path: r.Page() + "#" + anchors[i], Words: []string{r.Row(i)[r.ColumnOf(bureau.ColumnTerm)].V}}
		if c := r.ColumnOf(bureau.ColumnAliases); c >= 0 {
			t.Words = append(t.Words, Items(r.Row(i)[c].V)...)
		}
		terms = append(terms, t)
	}
	return terms
}
