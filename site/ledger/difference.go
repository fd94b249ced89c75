package ledger

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
)

// What may have become of a figure from one publication to the next.
const (
	FigureNew       = "new"       // there was none, or a marker in its place
	FigureRevised   = "revised"   // another number stood there
	FigureWithdrawn = "withdrawn" // its row, its column or its number is gone
	FigureMarked    = "marked"    // the same number, or none, with other markers
	FigureWithheld  = "withheld"  // it was published, and is kept back to protect people
)

// Difference is one figure that a publication changes. Where it becomes withheld,
// nothing tells the number that it was.
type Difference struct {
	Statistic, Title string
	Key              string        // names the row, as a record does
	Period           period.Period // of the row; zero where it has none
	Label            string        // what the row says in the place of its period
	Categories       string        // that name the row beside it: 城关派出所/盗窃
	Field, Unit      string
	Form             bureau.Form // in which the figure is shown now
	Derived          bool        // it is computed from others
	Kind             string
	Old, New         *bureau.Figure // nil where there is none
	Reason           string         // as revisions.csv gives it

	small bool // the earlier number is one that would be withheld today
}

// Last gives what the last publication showed of statistics: what the one that was
// named as the one before shows, else the last release.
func Last(b *bureau.Bureau) []*bureau.Vintage {
	switch n := len(b.Releases); {
	case b.Previous != nil:
		return b.Previous.Statistics
	case n > 0:
		return b.Releases[n-1].Statistics
	}
	return nil
}

// Differences are the figures of a bureau, after disclosure control, that are not as
// they stood in before, by statistic, row and field; revisions give the reasons.
//
// While any figure becomes withheld, or an earlier number is of persons and so small that
// it would be withheld today, no earlier number is told at all, of whichever statistic:
// with those that stay, or with each other, they could give the one away. told says that
// they are.
//
// The two have to be read alike: where before is what a site shows, shown is what this
// one does.
func Differences(b *bureau.Bureau, before []*bureau.Vintage, shown *bureau.Release, revisions []Revision) (all []Difference, told bool) {
	old := map[string]*bureau.Vintage{}
	for _, v := range before {
		old[v.Name] = v
	}
	small := max(b.Site.Disclosure.Threshold.V, b.Site.Disclosure.Sensitive.V)
	written, now := intervals{}, map[string]*bureau.Vintage{}
	if shown != nil {
		for _, v := range shown.Statistics {
			now[v.Name] = v
		}
	}
	for _, s := range b.Statistics {
		v := now[s.Name]
		if shown == nil || v == nil || len(v.Rows) != len(s.Rows) {
			v = vintageOf(s, written)
		}
		all = append(all, differences(old[s.Name], v, s, small, revisions)...)
		delete(old, s.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		all = append(all, differences(old[name], nil, nil, small, revisions)...)
	}
	slices.SortStableFunc(all, func(x, y Difference) int { return cmp.Compare(x.Statistic, y.Statistic) })
	told = !slices.ContainsFunc(all, func(d Difference) bool { return d.Kind == FigureWithheld || d.small })
	for i := range all {
		if !told {
			all[i].Old, all[i].Reason = nil, "" // a reason may tell the number, too
		}
	}
	return all, told
}

// isSmall tells whether a number of a field counts persons or organisations, as far as is
// known, and is less than most.
func isSmall(f *bureau.Figure, risk string, most int) bool {
	return f != nil && f.Has() && risk != "event" && risk != "none" && f.Number >= 1 && f.Number < float64(most)
}

// differences are those of one statistic. before or now is nil where there is none.
func differences(before, now *bureau.Vintage, s *bureau.Statistic, small int, revisions []Revision) []Difference {
	var all []Difference
	was := map[string]*bureau.VintageRow{}
	column := map[string]int{} // of a measure in before
	if before != nil {
		for _, r := range before.Rows {
			was[r.Key] = r
		}
		for i, m := range before.Measures {
			column[m.Name] = i
		}
	}
	type place struct {
		row   int
		field string
	}
	reasons, removals := map[place]string{}, []Revision(nil)
	for _, r := range revisions { // the latest first
		switch at := (place{r.Row, r.Field}); {
		case r.Statistic != cmp.Or(before, now).Name:
		case r.Removed:
			removals = append(removals, r)
		case reasons[at] == "":
			reasons[at] = r.Reason
		}
	}
	if now != nil {
		fields := tableOf(s, nil).measures
		for row, r := range now.Rows {
			past := was[r.Key]
			for i, m := range now.Measures {
				var old *bureau.Figure
				if at, there := column[m.Name]; past != nil && there {
					old = &past.Figures[at]
				}
				kind, changed := became(old, &r.Figures[i])
				if !changed {
					continue
				}
				cell := s.Cell(row, fields[i])
				d := Difference{
					Statistic: now.Name, Title: now.Title, Key: r.Key, Period: r.Period, Label: r.Interval, Categories: strings.Join(r.Categories, "/"),
					Field: m.Name, Unit: cmp.Or(m.Unit, s.Unit(row, fields[i])), Form: cell.Form, Derived: s.Fields[fields[i]].Derived, Kind: kind, Old: old, New: &r.Figures[i],
				}
				if kind != FigureWithheld {
					d.Reason = reasons[place{row, m.Name}]
				}
				risk := s.Fields[fields[i]].Risk
				d.small = !d.Derived && kind != FigureMarked && isSmall(old, cmp.Or(risk, figures.RiskOf(now.Title, m.Name, d.Unit)), small)
				all = append(all, d)
			}
			delete(was, r.Key)
		}
	}
	if before == nil {
		return all
	}
	stands := func(name string) bool {
		return now != nil && slices.ContainsFunc(now.Measures, func(m bureau.Measure) bool { return m.Name == name })
	}
	here := map[string]bool{}
	if now != nil {
		for _, r := range now.Rows {
			here[r.Key] = true
		}
	}
	for _, r := range before.Rows {
		for i, m := range before.Measures {
			if here[r.Key] && stands(m.Name) || !r.Figures[i].Has() {
				continue
			}
			d := Difference{
				Statistic: before.Name, Title: before.Title, Key: r.Key, Period: r.Period, Label: r.Interval, Categories: strings.Join(r.Categories, "/"),
				Field: m.Name, Unit: m.Unit, Derived: m.Value != "", Kind: FigureWithdrawn, Old: &r.Figures[i],
			}
			risk := figures.RiskOf(before.Title, m.Name, m.Unit)
			if s != nil && s.Field(m.Name) >= 0 {
				risk = cmp.Or(s.Fields[s.Field(m.Name)].Risk, risk)
			}
			d.small = !d.Derived && isSmall(d.Old, risk, small)
			for _, rev := range removals {
				if (rev.Field == "" || rev.Field == d.Field) &&
					(rev.Period.IsZero() || rev.Period.Interval() == r.Period.Interval()) && (rev.Categories == "" || rev.Categories == d.Categories) {
					d.Reason = rev.Reason
					break
				}
			}
			all = append(all, d)
		}
	}
	return all
}

// became says what became of a figure; old is nil where there was none.
func became(old, now *bureau.Figure) (kind string, changed bool) {
	switch {
	case old == nil:
		return FigureNew, true
	case isHidden(*now) && !isHidden(*old):
		return FigureWithheld, true
	case now.Has() && !old.Has():
		return FigureNew, true
	case !now.Has() && old.Has():
		return FigureWithdrawn, true
	case !old.Same(*now):
		return FigureRevised, true
	case old.Status != now.Status:
		return FigureMarked, true
	}
	return "", false
}

// Text writes a figure as staff would; nothing where there is none.
func Text(f *bureau.Figure) string {
	if f == nil {
		return ""
	}
	return textOf(*f)
}

// Restatement is what is said of figures in other words than it was published.
type Restatement struct {
	bureau.Statement // with the text as it stands; empty where it is no longer made
	Old              string
}

// Restated gives what a bureau says beside its figures that its releases did not say so,
// in the order of its files. Days of release and reasons of revisions are none: they
// come with every publication.
func Restated(b *bureau.Bureau) []Restatement {
	before, all := map[bureau.Statement]string{}, []Restatement(nil)
	for _, s := range b.Published.Statements {
		before[s.Of()] = s.Text
	}
	tells := func(s bureau.Statement, old string) {
		if s.What != bureau.SaidReleased && s.What != bureau.SaidReason && s.Text != old {
			all = append(all, Restatement{s, old})
		}
	}
	known := map[string]bool{} // what was published
	for of := range before {
		known[of.About] = true
	}
	for _, s := range statements(b) {
		old := before[s.Of()]
		delete(before, s.Of())
		if known[s.About] { // else all of it is new
			tells(s.Statement, old)
		}
	}
	there := map[string]bool{}
	for _, s := range b.Statistics {
		there[s.Name] = true
	}
	for _, s := range b.Published.Statements {
		if old, gone := before[s.Of()]; gone && (there[s.About] || !isStatistic(s.About)) {
			tells(s.Of(), old)
		}
	}
	return all
}
