package render

import (
	"cmp"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/say"
)

// ViewPage is what view.html shows: the rows of a long statistic that have one value of a
// unit or a category, each beside its own past.
type ViewPage struct {
	Common
	Title, Lead string
	Up          Link  // the statistic
	Unit        *Link // the page of the unit whose rows they are
	Strips      []say.Strip
	Whole       *Table // their total by period
	WholeNote   string
	Note        string // where not all rows are shown
	Tables      []ViewTable
	Early       []Link     // the pages of early years
	Parts       *ViewGroup // where the rows stand that are added up here
	Markers     []MarkerView
	Cautions    []string
	Sources     []SourceView
	Compiler    string
	Released    *Date
	Download    *DownloadLink
}

// ViewTable is the table of one measure; the title is empty where it holds all of them.
type ViewTable struct {
	ID, Title string
	Table     *Table
}

// ViewGroup is the views of a statistic by one field.
type ViewGroup struct {
	Title string
	Links []Link
}

const (
	mostViewCells  = 400 // figures that a view shows of what has too many values for a table
	mostViewTables = 6   // measures that have a table each
)

// tables puts the figures of a statistic on its page: its rows, or of a long one the total
// by period and the ways to its views.
func (s *site) tables(p *page, v *StatisticPage, statistic *bureau.Statistic, computed Statistic) {
	l, title := p.language, statistic.Title()
	if computed.Whole != nil {
		v.Strips = wholeStrips(computed.Whole, l)
	} else {
		v.Strips = say.Strips(statistic, l)
	}
	if statistic.Views == nil {
		v.Table = s.table(l, statistic, title, computed.Anchors)
		s.script(p, v.Table)
		return
	}
	v.TableNote = l.Text(locale.WholeNone)
	if computed.Whole != nil {
		v.Table, v.TableNote = s.wholeTable(l, statistic, computed.Whole, nil), ""
		if computed.Summed {
			v.TableNote = l.Text(locale.WholeSummed)
		}
	}
	s.script(p, v.Table)
	v.ViewsLead = l.Text(locale.ViewsLead, len(statistic.Rows))
	for _, view := range statistic.Views {
		if view.Year != 0 {
			continue
		}
		name := cmp.Or(statistic.Fields[view.Field].Title, statistic.Fields[view.Field].Name)
		name = l.Text(locale.ViewsBy, name)
		if n := len(v.Views); n == 0 || v.Views[n-1].Title != name {
			v.Views = append(v.Views, ViewGroup{Title: name})
		}
		g := &v.Views[len(v.Views)-1]
		g.Links = append(g.Links, Link{Href: root(p.path) + s.here(view.Path), Title: view.Name})
	}
}

// wholeStrips are those of a total.
func wholeStrips(whole *bureau.Statistic, l *locale.Language) []say.Strip {
	strips := say.Strips(whole, l)
	for i := range strips {
		strips[i].Title = l.Text(locale.Remark, strips[i].Title, l.Text(locale.WholeCaption))
	}
	return strips
}

// wholeTable is the total of some rows by period; that it is of all values of a field
// stands in the caption.
func (s *site) wholeTable(l *locale.Language, of, whole *bureau.Statistic, view *bureau.View) *Table {
	title := of.Title()
	if view != nil {
		title = view.Name
	}
	t := s.table(l, whole, title, anchorsOfRows(whole, newest(whole)))
	var fixed []FixedView
	for _, k := range of.Keys() {
		if view != nil && k == view.Field {
			for i := range t.Parts {
				t.Parts[i].Field = cmp.Or(of.Fields[k].Title, of.Fields[k].Name)
			}
		} else if of.Fields[k].Role != bureau.RolePeriod {
			name := cmp.Or(of.Fields[k].Title, of.Fields[k].Name)
			fixed = append(fixed, FixedView{Name: name, Field: name, Text: l.Text(locale.WholeValue)})
		}
	}
	for i := range t.Parts {
		t.Parts[i].Fixed = slices.Concat(t.Parts[i].Fixed, fixed)
	}
	return t
}

// viewOfUnit is the view of a unit's own rows, or nil.
func viewOfUnit(s *bureau.Statistic, u *bureau.Unit) *bureau.View {
	for i := range s.Views {
		if v := &s.Views[i]; v.Year == 0 && s.Fields[v.Field].Role == bureau.RoleUnit && v.Name == u.Name.V {
			return v
		}
	}
	return nil
}

// frontOf is the first page of a view.
func frontOf(s *bureau.Statistic, view *bureau.View) *bureau.View {
	for i := range s.Views {
		if v := &s.Views[i]; v.Field == view.Field && v.Name == view.Name && v.Year == 0 {
			return v
		}
	}
	return view
}

// everyRow gives the rows of a view with those of its early years.
func everyRow(s *bureau.Statistic, view *bureau.View) []int {
	var rows []int
	for _, v := range s.Views {
		if v.Field == view.Field && v.Name == view.Name {
			rows = append(rows, v.Rows...)
		}
	}
	slices.Sort(rows)
	return rows
}

// otherViews are the views by another field that show each row, or nil.
func (s *site) otherViews(p *page, of *bureau.Statistic, view *bureau.View) *ViewGroup {
	var g *ViewGroup
	for _, v := range of.Views {
		if v.Field == view.Field || !v.Dated || v.Year != 0 {
			continue
		}
		if g == nil {
			g = &ViewGroup{Title: p.language.Text(locale.ViewsBy, cmp.Or(of.Fields[v.Field].Title, of.Fields[v.Field].Name))}
		}
		g.Links = append(g.Links, Link{Href: root(p.path) + s.here(v.Path), Title: v.Name})
	}
	return g
}

func yearName(l *locale.Language, year int) string {
	return l.Label(period.Period{Start: period.NewDate(year, 1, 1), End: period.NewDate(year, 12, 31)})
}

// rowPath leads from a page to a row of a statistic, of a short one as it stands already.
func (s *site) rowPath(p *page, name string, row int, short string) string {
	for _, statistic := range s.Bureau.Statistics {
		if statistic.Name == name && len(statistic.Rows) > bureau.LongTable {
			return root(p.path) + s.here(figures.RowPath(statistic, row))
		}
	}
	return short
}

func (s *site) viewPage(language *locale.Language, statistic *bureau.Statistic, view *bureau.View) page {
	d, title := statistic.Descriptor, statistic.Title()
	lead := language.Text(locale.ViewLead, title, view.Name)
	unit := statistic.Fields[view.Field].Role == bureau.RoleUnit
	if unit {
		lead = language.Text(locale.ViewUnitLead, view.Name)
	}
	name, trail := view.Name, s.trail(language, s.section(language, "stats", locale.Statistics), Link{Href: s.here(statistic.Page()), Title: title})
	front := frontOf(statistic, view)
	if view.Year != 0 {
		name += " " + yearName(language, view.Year)
		trail = append(trail, Link{Href: s.here(front.Path), Title: view.Name})
	}
	heading := language.Text(locale.ViewTitle, title, name)
	p := page{
		path: s.here(view.Path), file: statistic.File, language: language, section: "stats", template: "view.html", modified: latest(d.Released),
		trail: trail,
		head:  Head{Title: s.title(language, heading), Description: lead, Column: language.Text(locale.Statistics), Article: heading, Source: s.compiler(language, d)},
	}
	if d.Released.Given() {
		p.head.Published = d.Released.V.String()
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := ViewPage{
			Title: heading, Lead: lead, Up: Link{Href: to + s.here(statistic.Page()), Title: language.Text(locale.ViewUp, title)},
			Cautions: s.Statistics[statistic.Name].Cautions, Sources: s.sources(p, d.Sources), Compiler: s.compiler(language, d), Released: s.given(language, d.Released),
		}
		v.Other, v.DataNotice = p.others, s.noticeOf(language, d.DataNotice)
		if i, known := s.units[view.Name]; known && unit {
			if v.Unit = s.unitLink(p, &s.Bureau.Units[i]); v.Unit != nil {
				v.Unit.Title = language.Text(locale.ViewUnit, view.Name)
			}
		}
		if data := s.dataset(statistic.Page()); data != nil {
			v.Download = &s.files(to, *data)[0]
		}
		for _, year := range front.Early {
			if year != view.Year {
				v.Early = append(v.Early, Link{Href: to + s.here(front.Of(year)), Title: yearName(language, year)})
			}
		}
		if view.Year != 0 {
			v.Up = Link{Href: to + s.here(front.Path), Title: language.Text(locale.ViewNewest, view.Name)}
		}
		s.viewTables(&v, p, statistic, view)
		for _, t := range append(v.Tables, ViewTable{Table: v.Whole}) {
			s.script(p, t.Table)
		}
		return v
	}
	return p
}

// viewTables puts the rows of a view into tables: a table a measure where one key stands
// beside the periods, one for all measures where none does. Where there is too much for
// that, their total, and the newest of them.
func (s *site) viewTables(v *ViewPage, p *page, statistic *bureau.Statistic, view *bureau.View) {
	language := p.language
	named := func(rows []int) (*bureau.Statistic, []int) {
		part, all := figures.Only(statistic, rows), make([]int, len(rows))
		for i := range all {
			all[i] = i
		}
		part.Reword(view.Field, func(string) string { return view.Name })
		return part, all
	}
	if view.Year == 0 {
		every, all := named(everyRow(statistic, view))
		if len(figures.Series(every)) == 1 {
			v.Strips = say.Strips(every, language)
		} else if whole, summed, ok := figures.Whole(every, all); ok {
			v.Strips = wholeStrips(whole, language)
			if summed {
				v.WholeNote = language.Text(locale.WholeSummed)
			}
			if !view.Dated {
				v.Whole = s.wholeTable(language, statistic, whole, view)
				if v.Parts = s.otherViews(p, statistic, view); v.Parts != nil {
					return // the rows stand there
				}
			}
		}
	}
	part, all := named(view.Rows)
	rows := all
	measures := 0
	for _, f := range part.Fields {
		if f.IsMeasure() {
			measures++
		}
	}
	if !view.Dated {
		if rows = newestWhole(part, mostViewCells/max(1, measures)); len(rows) < len(all) {
			last := part.Period(rows[len(rows)-1])
			first := last
			for _, i := range rows {
				if p := part.Period(i); period.Compare(p, first) < 0 {
					first = p
				} else if period.Compare(p, last) > 0 {
					last = p
				}
			}
			if v.Note = language.Text(locale.ViewsLatest, s.covered(language, first, last)); first.IsZero() {
				v.Note = language.Text(locale.ShownFirst, len(rows), len(all))
			}
		}
	}
	layouts := byMeasure(layout{Statistic: part, language: language, title: view.Name, rows: rows, heading: view.Field + 1, dated: view.Dated})
	var seen bureau.Status
	taken := map[string]bool{} // a period has its id once
	for n := range layouts {
		l := &layouts[n]
		if view.Dated {
			l.line = func(i int) string {
				id := figures.PeriodAnchor(part, i)
				if taken[id] {
					return ""
				}
				taken[id] = true
				return id
			}
		}
		t := ViewTable{Table: &Table{Parts: l.parts()}}
		if len(layouts) > 1 {
			t.ID, t.Title = "measure-"+strconv.Itoa(n+1), l.name
		}
		seen |= l.seen
		v.Tables = append(v.Tables, t)
	}
	v.Markers = markersOf(seen, language)
}

// byMeasure gives a layout for each measure, where each is a cross-table and nothing is
// lost, else the one that holds all.
func byMeasure(whole layout) []layout {
	var all []layout
	for j, f := range whole.Fields {
		if f.Role == bureau.RoleNote && !whole.same(j) {
			all = nil
			break
		}
		if !f.IsMeasure() {
			continue
		}
		one := whole
		one.name, one.only = f.Label(), func(k int) bool { return k == j || whole.Fields[k].IsKey() }
		one.lift()
		if _, is := one.cross(); !is || len(all) == mostViewTables {
			all = nil
			break
		}
		all = append(all, one)
	}
	if all == nil {
		whole.lift()
		return []layout{whole}
	}
	return all
}

// newestWhole gives the rows of the newest periods, as many whole periods as have no more
// rows than some; one at least.
func newestWhole(s *bureau.Statistic, most int) []int {
	rows := make([]int, len(s.Rows))
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int { return period.Compare(s.Period(b), s.Period(a)) })
	end, periods := 0, 0
	for end < len(rows) && periods < mostCross {
		next := end
		for next < len(rows) && period.Compare(s.Period(rows[next]), s.Period(rows[end])) == 0 {
			next++
		}
		if end > 0 && next > most {
			break
		}
		end = next
		periods++
	}
	rows = rows[:min(end, bureau.LongTable)]
	slices.Sort(rows)
	return rows
}
