// Package attack reads what a bureau has published, as a stranger would, and says
// which withheld counts can be computed from it.
//
// It reads published files alone: the downloads and pages of statistics (CSV, JSON,
// XLSX, the tables of the pages, data/all.zip, data/sources.zip), the list of units, and
// the editions that came before: those that a site keeps in ledger/ and releases/, and
// those in data/releases. So one site tells its whole history. It trusts no manifest, needs
// none, and shares no code with what protects the figures or decides what they are.
// A figure that one form gives is known, whatever another withholds; one that was
// published once is known for ever.
//
// Of all statistics of all publications it makes one system of linear relations
// over whole numbers that are not negative: totals, by name and by arithmetic, of
// rows, blocks and columns; parts (其中); the same quantity in several tables, by
// concept, or else by name and unit, and by its keys; two breakdowns of one count;
// months in quarters, years and 1–N月; units under units; balances; rates and changes
// with their rounding; running totals, moving sums, averages and fixed multiples;
// outlines and rows that are the sum of some others; a kind that was split between
// two publications; figures rounded on their own. What open figures contradict is
// not supposed. Then it bounds each withheld count, exactly: by propagation, and by
// linear programmes in fractions. Where too many relations hang together, those
// nearest to a count are taken: what follows from some follows from all, so a finding
// always has a proof; what was not settled is counted in Report.
//
// A finding is a withheld count whose high − low is below the threshold (5, or what
// the page says), also if no withheld count is 0; a count of persons or
// organisations below it that nobody published and that follows exactly (August, of
// 1-8月 and 1-7月; 3% of 100; [x] among the parts of a total); and such a count that stands open.
package attack

import (
	"cmp"
	"fmt"
	"io/fs"
	"math/big"
	"slices"

	"sunshine/site/problem"
)

// Report is what a stranger found.
type Report struct {
	Findings   []Finding
	Unread     []Unread
	Files      int // files read
	Statistics int // of all publications
	Figures    int // published counts and rates
	Withheld   int // cells that are not published
	Relations  int
	Undecided  int // withheld quantities of which too large a component was not settled
	Torn       int // relations left out because the rest contradicts them
}

// Finding is one count that can be told.
type Finding struct {
	File  string   `json:"file"`
	Row   string   `json:"row"`
	Field string   `json:"field"`
	Low   int64    `json:"low"`
	High  int64    `json:"high"`
	From  []string `json:"from"` // the published cells that suffice, [1] of the oldest of several publications
	Kind  Kind     `json:"-"`
}

// Kind is what a finding is about.
type Kind uint8

const (
	Computed Kind = iota // a withheld cell
	Supposed             // a withheld cell, if no withheld count is 0
	Derived              // a count that nobody published
	Open                 // a small count that stands published
	Given                // withheld in one form and given in another
	Rounded              // a rounded cell whose true count follows
)

// Unread is a file that could not be read, and why.
type Unread struct {
	File string
	Why  problem.Text
}

// Clean tells whether nothing was found and everything was read.
func (r Report) Clean() bool { return len(r.Findings) == 0 && len(r.Unread) == 0 }

// Sites reads publications, the oldest first, each a built site, an archive of one,
// or a folder of records of releases.
func Sites(publications []fs.FS) Report {
	var report Report
	w := &world{last: -1}
	var all []publication
	for _, fsys := range publications {
		r := &reader{fsys: fsys}
		for _, p := range r.publications() {
			if i := slices.IndexFunc(all, func(o publication) bool { return o.record != "" && o.record == p.record }); i >= 0 {
				all[i].also(p)
			} else {
				all = append(all, p)
			}
		}
		report.Files += r.files
		report.Unread = append(report.Unread, r.unread...)
	}
	for _, p := range all {
		w.publish(p)
	}
	report.Statistics = len(w.tables)
	for _, t := range w.tables {
		for _, r := range t.rows {
			for k, c := range r.cells {
				if c.hidden != "" {
					report.Withheld++
				}
				switch c.state {
				case open:
					report.Figures++
					if f, ok := t.exposed(r, k); ok {
						report.Findings = append(report.Findings, f)
					}
				case withheld:
					report.Withheld++
				}
			}
		}
	}
	w.build()
	for ti, t := range w.tables {
		if !t.mixed {
			report.Findings = append(report.Findings, w.shares(ti, t)...)
		}
	}
	report.Relations = len(w.rels)
	w.attack(&report)
	if report.Torn > 0 && w.last > 0 {
		// A figure was revised: what the newest publication gives away by itself.
		alone := &world{parents: w.parents, people: w.people, last: w.last}
		for _, t := range w.tables {
			if t.pub == w.last {
				alone.tables = append(alone.tables, t)
			}
		}
		alone.build()
		more := Report{}
		alone.attack(&more)
		report.Findings = append(report.Findings, more.Findings...)
	}
	slices.SortStableFunc(report.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
	})
	report.Findings = slices.CompactFunc(report.Findings, func(a, b Finding) bool {
		return a.File == b.File && a.Row == b.Row && a.Field == b.Field
	})
	return report
}

// publish adds a publication, the newest so far. A table that it shows as the one before
// did counts once.
func (w *world) publish(p publication) {
	w.last++
	if len(p.parents) > 0 { // a folder of records tells of no units
		w.parents, w.people = p.parents, p.people
	}
	for _, s := range p.sources {
		t := newTable(w.last, s, w.parents)
		if i := slices.IndexFunc(w.tables, func(o *table) bool { return o.pub == w.last-1 && t.same(o) }); i >= 0 {
			t.since = w.tables[i].since
			w.tables = slices.Delete(w.tables, i, i+1)
		}
		w.tables = append(w.tables, t)
	}
}

// exposed tells whether an open cell needs no computing at all.
func (t *table) exposed(r row, k int) (Finding, bool) {
	c, f := r.cells[k], t.fields[k]
	if !c.whole() || !c.value.Num().IsInt64() {
		return Finding{}, false
	}
	n := c.value.Num().Int64()
	finding := Finding{File: c.given, Row: r.label, Field: f.Name, Low: n, High: n, From: []string{t.cite(r, k)}}
	if c.hidden != "" {
		finding.Kind = Given
		finding.File = c.hidden
		return finding, true
	}
	person := f.person || (f.generic && personName.MatchString(r.label))
	if t.mixed && f.kind == count && f.Risk == "" {
		person = personUnit.MatchString(r.unit)
	}
	finding.Kind = Open
	return finding, person && f.round == 0 && n > 0 && n < t.limit(r)
}

// cite names a published cell for a reader.
func (t *table) cite(r row, k int) string {
	text := t.file
	if g := r.cells[k].given; g != "" {
		text = g
	}
	if r.label != "" {
		text += " " + r.label
	}
	text += " " + t.fields[k].Name
	if c := r.cells[k]; c.state == open {
		text += " = " + c.value.FloatString(c.decimals)
	}
	return text
}

// cite names a cell, and which publication it stands in where there are several.
func (w *world) cite(o occurrence) string {
	t := w.tables[o.t]
	text := t.cite(t.rows[o.r], o.k)
	if w.last > 0 {
		text = fmt.Sprintf("[%d] %s", t.pub+1, text)
	}
	return text
}

// attack asks for every withheld count how tightly it is bounded: as it is, and
// supposing that none is 0.
func (w *world) attack(report *Report) {
	var questions, rounded []question
	low := make([]*big.Int, len(w.quantities))
	high := make([]*big.Int, len(w.quantities))
	for v, q := range w.quantities {
		low[v], high[v] = q.low, q.high
		switch {
		case q.known != nil:
			for _, o := range q.withheld {
				report.Findings = append(report.Findings, w.finding(o, Computed, q.known, q.known, []string{q.source}))
			}
		case len(q.withheld) > 0:
			questions = append(questions, question{v, q.threshold})
		case q.rounded:
			rounded = append(rounded, question{v, 1})
		case q.derived && q.person:
			questions = append(questions, question{v, 1})
		}
	}
	s := &solver{rels: w.rels, low: low, high: high, effort: allEffort, gone: map[int]bool{}}
	found := map[int]bool{}
	for _, a := range s.answers(append(questions, rounded...)) {
		q := w.quantities[a.v]
		found[a.v] = true
		small := a.low.Sign() > 0 && a.low.Cmp(big.NewInt(q.threshold)) < 0
		if len(q.withheld) == 0 && !small && (!q.rounded || a.low.Sign() == 0) {
			continue
		}
		from := w.sources(s.least(a).use)
		if len(from) == 0 && q.source != "" {
			from = []string{q.source}
		}
		switch {
		case len(q.withheld) > 0:
			for _, o := range q.withheld {
				report.Findings = append(report.Findings, w.finding(o, Computed, a.low, a.high, from))
			}
		case q.rounded:
			report.Findings = append(report.Findings, w.finding(q.seen, Rounded, a.low, a.high, from))
		default:
			f := w.finding(q.seen, Derived, a.low, a.high, from)
			f.Row = q.label
			report.Findings = append(report.Findings, f)
		}
	}
	report.Undecided, report.Torn = s.undecided, s.torn
	one := big.NewInt(1)
	suppose := slices.Clone(low)
	var again []question
	for _, q := range questions {
		if len(w.quantities[q.v].withheld) > 0 {
			if suppose[q.v].Sign() == 0 {
				suppose[q.v] = one
			}
			if !found[q.v] {
				again = append(again, q)
			}
		}
	}
	s = &solver{rels: w.rels, low: suppose, high: high, effort: allEffort, strict: true, gone: s.gone}
	for _, a := range s.answers(again) {
		from := w.sources(s.least(a).use)
		for _, o := range w.quantities[a.v].withheld {
			report.Findings = append(report.Findings, w.finding(o, Supposed, a.low, a.high, from))
		}
	}
}

func (w *world) finding(o occurrence, kind Kind, low, high *big.Int, from []string) Finding {
	t := w.tables[o.t]
	f := Finding{File: t.file, Row: t.rows[o.r].label, Field: t.fields[o.k].Name, Low: low.Int64(), High: high.Int64(), From: from, Kind: kind}
	if g := t.rows[o.r].cells[o.k].given; g != "" {
		f.File = g
	}
	return f
}

// sources gives the published cells that relations were made of, each once.
func (w *world) sources(use []int) []string {
	var out []string
	for _, r := range use {
		for _, cell := range w.rels[r].from {
			if !slices.Contains(out, cell) {
				out = append(out, cell)
			}
		}
	}
	return out
}
