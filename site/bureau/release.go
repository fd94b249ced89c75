package bureau

import (
	"math"
	"slices"

	"sunshine/site/period"
)

// Release is what stood on the site when it was recorded under a label:
// data/releases/<label>.json, after disclosure control, with derived fields.
type Release struct {
	Label      string
	File       string // data/releases/2026-10.json
	SHA256     string // that the file gives of its own content
	Date       period.Date
	Statistics []*Vintage // by name
	Tables     []RecordedTable
	Record     []byte // the file that it was read from
}

// Editions are all publications that readers may have: the releases, the one that was
// named as the one before, and what stands of an earlier one.
func (b *Bureau) Editions() []Release {
	all := slices.Clip(b.Releases)
	for _, r := range []*Release{b.Previous, b.KeptShown} {
		if r != nil && len(r.Statistics) > 0 {
			all = append(all, *r)
		}
	}
	return all
}

// Published is what was ever said and shown, beside figures, by the releases.
type Published struct {
	Statements []Said   // in the order in which they were first made
	Addresses  []string // in the order of the releases; each once
}

// Said is a statement as the releases made it, one text after the other.
type Said struct {
	Statement          // with the latest text; empty where it is no longer made
	Before    []string // the texts before that, the earliest first
}

// Head is data/releases/head.txt: how many releases there are, and the hash that
// stands for all of them, as a note that may be signed.
type Head struct {
	File, Text string
}

// Vintage is a statistic as it stood in a release. Releases between which
// nothing of it changed share one, and vintages share the rows that did not
// change, so neither is ever written to.
type Vintage struct {
	Name        string
	Title       string
	Description string
	Frequency   string
	Keys        []string // the names of the fields that name a row beside its period
	Measures    []Measure
	Rows        []*VintageRow
}

// Measure is a field of figures with its definition.
type Measure struct {
	Name        string `json:"name"`
	Unit        string `json:"unit,omitempty"`
	Description string `json:"description,omitempty"`
	Value       string `json:"value,omitempty"` // the expression that a derived field is computed by
}

// VintageRow is one row of a vintage.
type VintageRow struct {
	Key        string        // names the row: its interval and its categories
	Interval   string        // 2006-01-01/2006-08-31; what the row says where it has no period
	Period     period.Period // without its text; zero where the row has none
	Categories []string      // one for each of Keys
	Figures    []Figure      // one for each of Measures
}

// Figure is a published value: a number, or a marker instead of one.
type Figure struct {
	Number    float64 // NaN where there is none
	Status    Status
	Qualifier Qualifier
}

// Has tells whether it is a number.
func (f Figure) Has() bool { return !math.IsNaN(f.Number) }

// Same tells whether two figures say the same number, or are both none. The
// markers beside a number may differ: a provisional one becomes final.
func (f Figure) Same(g Figure) bool {
	if f.Has() && g.Has() {
		return f.Number == g.Number && f.Qualifier == g.Qualifier
	}
	return f.Has() == g.Has()
}
