// Package sheet says what a publication would change for the public: the sheet of
// changes (公开变化单) that a leader reads and approves.
//
// It holds a site that was just made against the last publication. Figures that are
// new, revised, withdrawn, or marked otherwise stand with what they were; one that
// becomes withheld is named by its row and field alone, and while there is one no
// earlier number is told of any figure (package ledger). Then come other words about
// figures, other translations, pages, addresses that moved, what waits for its day and
// what is held back.
//
// A Sheet holds all of it, and is its JSON. A reader gets one page (View): what belongs
// together is one line (a month of a statistic, a row that is gone, the pages that only
// a common part changed), and when that is still too much the longest parts are cut,
// with how much more there is.
//
// Pages are compared by the hashes of their files. One whose own document changed is
// named; what all pages share (a footer, a style, the day) changes many of them, and
// those are counted. Of the last publication only what readers have is asked: its
// manifest, its figures, its log. The commit that pages print is no change.
//
// The digest (Digest) stands for everything that readers would get. It is what a leader
// approves, and what a release is held to.
package sheet

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/period"
)

// Sheet is what a publication would change.
type Sheet struct {
	Digest     string      `json:"digest"` // of what would be published
	Bureau     string      `json:"bureau"`
	AsOf       string      `json:"as_of"` // the day that the site is made for, ISO; with a time where something waits for a later one of that day
	Previous   Previous    `json:"previous"`
	Figures    []Figure    `json:"figures"`
	Untold     bool        `json:"earlier_values_omitted,omitempty"` // no earlier number is told, as it could give a withheld one away
	Concealed  int         `json:"figures_concealed,omitempty"`      // withdrawn ones of which the very name may be personal data
	Statements []Statement `json:"statements"`
	Wordings   []Wording   `json:"translations"`
	Letters    []Letter    `json:"inquiries"`
	Unread     bool        `json:"translations_unknown,omitempty"` // those of the last publication are not kept, so that none is told
	Pages      Pages       `json:"pages"`
	Moved      []Move      `json:"moved"`
	Waiting    []Waiting   `json:"waiting"`
	HeldBack   []HeldBack  `json:"held_back"`
}

// Previous is the publication that the sheet compares with.
type Previous struct {
	Place    string `json:"place,omitempty"`    // the folder or address that its pages were read at; empty where none was
	AsOf     string `json:"as_of,omitempty"`    // the day that those were made for
	Release  string `json:"release,omitempty"`  // the last one that was recorded
	Releases int    `json:"releases,omitempty"` // so many were
	Output   bool   `json:"output,omitempty"`   // Place is the output folder, which may hold what nobody published
}

// First tells whether nothing was ever published, as far as is known.
func (p Previous) First() bool { return p.Place == "" && p.Releases == 0 }

// Figure is one figure that changes.
type Figure struct {
	Statistic  string  `json:"statistic"`
	Title      string  `json:"title"`
	Key        string  `json:"key"` // of the row: the days of its period, then its categories
	Field      string  `json:"field"`
	Unit       string  `json:"unit,omitempty"`
	Old        *string `json:"old"`  // as staff write it: 1732[p]; null where there was none or it is not told
	New        *string `json:"new"`  // likewise
	Kind       string  `json:"kind"` // one of ledger's: new, revised, withdrawn, marked, withheld
	Derived    bool    `json:"derived,omitempty"`
	Reason     string  `json:"reason,omitempty"`
	difference ledger.Difference
}

// Named is what a figure is called, without its period.
func (f Figure) Named() string {
	return f.Title + "\n" + f.difference.Categories + "\n" + f.Field
}

// Figures are those of the ledger's differences.
func Figures(all []ledger.Difference) []Figure {
	figures := make([]Figure, len(all))
	text := func(f *bureau.Figure) *string {
		if f == nil {
			return nil
		}
		t := ledger.Text(f)
		return &t
	}
	for i, d := range all {
		figures[i] = Figure{
			Statistic: d.Statistic, Title: d.Title, Key: strings.TrimSpace(d.Key), Field: d.Field, Unit: d.Unit,
			Old: text(d.Old), New: text(d.New), Kind: d.Kind, Derived: d.Derived, Reason: d.Reason, difference: d,
		}
	}
	return figures
}

// Statement is one thing that is said of figures in other words.
type Statement struct {
	About string `json:"about"` // a statistic, registers/<name>, guides/<area>/<name>, units or site
	Row   string `json:"row,omitempty"`
	Field string `json:"field,omitempty"`
	What  string `json:"what"` // one of bureau.Saids
	Old   string `json:"old"`
	New   string `json:"new"`

	Title  string `json:"title,omitempty"` // of what it is about
	Untold bool   `json:"old_omitted,omitempty"`
}

// Move is an address that leads on to another one.
type Move struct {
	Old    string `json:"old"`
	New    string `json:"new"`
	Reason string `json:"reason,omitempty"`
}

// Waiting is a document that is not published yet. Of what it says nothing is told.
type Waiting struct {
	File string `json:"file"`
	From string `json:"from,omitempty"` // when it will be, ISO; empty for a draft
}

// HeldBack is a document that has an error, and stands as it was published or is left out.
type HeldBack struct {
	File  string `json:"file"`
	Since string `json:"since,omitempty"` // the day of what stands, ISO; empty where it is left out
}

// Waits lists the documents that wait, by their first file.
func Waits(held []bureau.Held) []Waiting {
	all := make([]Waiting, len(held))
	for i, h := range held {
		all[i].File = h.Files[0]
		switch m := h.From; {
		case m == (period.Moment{}):
		case m == (period.Moment{Day: m.Day}):
			all[i].From = m.Day.String()
		default:
			all[i].From = m.ISO()
		}
	}
	return all
}

// Count is how many things the sheet names: figures, statements, translations, inquiries,
// pages and addresses.
func (s *Sheet) Count() int {
	p := s.Pages
	return len(s.Figures) + len(s.Statements) + len(s.Wordings) + len(s.Letters) + len(p.Added) + len(p.Changed) + len(p.Removed) + p.Shared.Count + len(s.Moved)
}

// Same tells that nothing would change for the public. Where the pages of the last
// publication are not known, they may have.
func (s *Sheet) Same() bool {
	return s.Count() == 0 && s.Pages.Files == 0 && s.Previous.Place != ""
}
