// Package translate says in another language what a bureau publishes in its main one: the
// names and texts of statistics, units, registers and targets, by the rows of
// data/translations/<language>.csv. The figures are the same ones.
//
//   - A translation is of a whole text. Where the text changes, it holds no more, so that
//     no page says in one language what was corrected in the other.
//   - A name without one stands as it is; a longer text is left out, and the page says so.
//   - What names something for the program (a reference, a key of the descriptor, the date
//     of a row) is not touched.
package translate

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// Shown is a text that pages show.
type Shown struct {
	File string
	Text string
	At   problem.Position // where it stands; of a cell of a statistic, its first one
	Unit bool             // it is a unit of measure, which has plural forms
	Long bool             // it is left out where it is not translated
	Said bool             // it is translated

	Markdown bool // it is printed as Markdown

	found bool // pages show its translation
}

// Words are the translations into one language. Once Bureau and Targets are done, workers
// may share them: Say, Unit and At change nothing.
type Words struct {
	language *locale.Language
	main     *locale.Language
	rows     map[key]bureau.String
	stood    map[key]bureau.String  // as they were published
	stands   func(file string) bool // the file stands as it was published
	forms    map[string][]string    // of a unit of measure, by the last
	asked    map[key]int
	texts    []Shown
	used     map[use]bool
}

// key is a text, in a file or, with none, anywhere.
type key struct{ file, text string }

// New takes up the rows of a language. main is the language of the texts.
func New(b *bureau.Bureau, language, main *locale.Language) *Words {
	w := &Words{language: language, main: main, rows: map[key]bureau.String{}, stood: map[key]bureau.String{}, forms: map[string][]string{}, asked: map[key]int{}, used: map[use]bool{}}
	w.stands = func(file string) bool { _, is := b.Keeps(file); return is }
	for _, list := range b.Translations {
		if list.Language != language.Name {
			continue
		}
		rows := w.rows
		if list.Kept {
			rows = w.stood
		}
		for i, row := range list.Rows {
			k := key{row.File.V, Clean(row.Text.V)}
			switch _, twice := rows[k]; {
			case twice || row.Translation.V == "":
			case list.Faulty[i]:
				rows[k] = bureau.String{}
			default:
				rows[k] = row.Translation
			}
		}
	}
	return w
}

// Clean leaves out how a text is spaced and broken into lines.
func Clean(text string) string { return strings.Join(strings.Fields(text), " ") }

// Main is the language of the texts.
func (w *Words) Main() *locale.Language { return w.main }

// Texts are all that pages show of a bureau, by file, in the order in which Bureau meets
// them.
func (w *Words) Texts() []Shown {
	texts := slices.Clone(w.texts) // which are found by their places
	slices.SortStableFunc(texts, func(a, b Shown) int { return strings.Compare(a.File, b.File) })
	return texts
}

// Forms are the plural forms of the units of measure, in the order of the language, by the
// last of them.
func (w *Words) Forms() map[string][]string { return w.forms }

// Lacking tells whether a text of a file is not translated.
func (w *Words) Lacking() map[string]bool {
	files := map[string]bool{}
	for _, t := range w.texts {
		if !t.found {
			files[t.File] = true
		}
	}
	return files
}

// Say gives the translation of a text of a file; found is false where there is none. A text
// without a letter of the main language needs none.
func (w *Words) Say(file, text string) (said string, found bool) {
	of := w.of(file, text, false)
	return of.said.V, of.found
}

// Unit gives a unit of measure as it stands by itself, or as it is.
func (w *Words) Unit(file, text string) string {
	if of := w.of(file, text, true); of.found {
		unit, _ := bureau.UnitForms(of.said.V)
		return unit
	}
	return text
}

// Read notes that a page reads a text that is none of the bureau's tables and lists: the
// title of a chart in a document.
func (w *Words) Read(text string) {
	if of := w.of("", text, false); of.of != (use{}) {
		w.used[of.of] = true
	}
}

// At is where the translation of a text of a file stands; nowhere where there is none.
func (w *Words) At(file, text string) problem.Position {
	if of := w.of(file, text, false); of.of != (use{}) {
		return of.said.At
	}
	return problem.Position{}
}

// row is what the lists say of a text.
type row struct {
	said  bureau.String
	found bool
	given bool // it has a translation, which may not be one that can be used
	of    use  // the row that says it
}

// use is a row of a list: of today, or of what was published.
type use struct {
	key
	stood bool
}

// of looks a text up. What stands as it was published is said as it was, too; so is what has
// a fault in the list of today. Where a unit of measure is a name as well, the name is its
// last form.
func (w *Words) of(file, text string, unit bool) (r row) {
	if text == "" || !w.main.Writes(text) {
		return row{said: bureau.String{V: text}, found: true}
	}
	now, given := w.in(w.rows, file, text, unit, false)
	if now.found && !w.stands(file) {
		return now
	}
	if given || w.stands(file) {
		if was, _ := w.in(w.stood, file, text, unit, true); was.found {
			return was
		}
	}
	now.given = given
	return now
}

// in looks a text up in the rows of today or of then. given tells that there is a row, which
// may not be one that can be used.
func (w *Words) in(rows map[key]bureau.String, file, text string, unit, stood bool) (r row, given bool) {
	for _, k := range []key{{file, Clean(text)}, {"", Clean(text)}} {
		said, is := rows[k]
		if !is {
			continue
		}
		if said.V == "" { // it has a fault
			return row{}, true
		}
		if last, forms := bureau.UnitForms(said.V); !unit && len(forms) == len(w.language.Forms()) && !strings.Contains(text, "|") {
			said.V = last
		}
		return row{said, true, true, use{k, stood}}, true
	}
	return row{}, false
}

// find gives the translation of a text, and remembers that it was asked for.
func (w *Words) find(file, text string, at problem.Position, unit, long bool) (bureau.String, bool) {
	of := w.of(file, text, unit)
	said := of.said
	if of.found && of.of == (use{}) { // it needs none
		return bureau.String{V: text, At: at}, true
	}
	if of.found {
		w.used[of.of] = true
	}
	k := key{file, Clean(text)}
	if n, known := w.asked[k]; !known {
		w.asked[k] = len(w.texts)
		w.texts = append(w.texts, Shown{File: file, Text: text, At: at, Unit: unit, Long: long, Said: of.given, found: of.found})
	} else if unit {
		w.texts[n].Unit = true
	}
	if !of.found {
		return bureau.String{V: text, At: at}, false
	}
	if last, forms := bureau.UnitForms(said.V); unit && forms != nil {
		said.V = last
		w.forms[last] = forms
	}
	return said, true
}

// name translates a short text, which stands as it is where it is not translated.
func (w *Words) name(file string, text *bureau.String) {
	*text, _ = w.find(file, text.V, text.At, false, false)
}

// prose translates a longer text, which is left out where it is not translated.
func (w *Words) prose(file string, text *bureau.String) {
	if said, found := w.find(file, text.V, text.At, false, true); found {
		*text = said
	} else {
		*text = bureau.String{}
	}
}

// markdown translates a longer text that is printed as Markdown.
func (w *Words) markdown(file string, text *bureau.String) {
	k := key{file, Clean(text.V)}
	w.prose(file, text)
	if n, known := w.asked[k]; known {
		w.texts[n].Markdown = true
	}
}

// text gives a short text of a file, or as it is.
func (w *Words) text(file, text string) string {
	said, _ := w.find(file, text, problem.Position{File: file, Line: 1}, false, false)
	return said.V
}

// Bureau gives a copy of the bureau as the pages of the language say it. The statistics,
// units and registers stand in it at the same places. measured are the statistics that the
// site computes, in the words of the language; none where only the texts are wanted.
func (w *Words) Bureau(b *bureau.Bureau, measured []*bureau.Statistic) *bureau.Bureau {
	said := *b
	w.site(b.Site)
	said.Units = slices.Clone(b.Units)
	names := bureau.UnitIndex(b.Units)
	for i := range said.Units {
		w.unit(&said.Units[i], b.Units, names)
	}
	units := map[string]string{}
	for name, i := range names {
		units[name] = name
		if name == b.Units[i].Name.V {
			units[name] = said.Units[i].Name.V
		}
	}
	said.Statistics = make([]*bureau.Statistic, len(b.Statistics))
	for i, s := range b.Statistics {
		said.Statistics[i] = w.statistic(s, units)
	}
	lists := map[string]string{} // files of registers, by their pages
	for _, r := range b.Registers {
		lists[r.Page()] = r.File
	}
	said.Computed = make([]*bureau.Statistic, len(b.Computed))
	for i, s := range b.Computed {
		words := s
		if i < len(measured) {
			words = measured[i]
		}
		said.Computed[i] = w.computed(s, words, lists[s.Page()])
	}
	w.documents(b)
	said.Registers = make([]*bureau.Register, len(b.Registers))
	for i, r := range b.Registers {
		said.Registers[i] = w.register(r)
	}
	return &said
}

// documents asks for the titles of the guides, notices and policies that the language has no version
// of: its lists name them.
func (w *Words) documents(b *bureau.Bureau) {
	own := map[string]bool{} // pages
	for _, g := range b.Guides {
		if g.Language == w.language.Name {
			own[g.Page()] = true
		}
	}
	for _, n := range b.Notices {
		if n.Language == w.language.Name {
			own[n.Page()] = true
		}
	}
	for _, p := range b.Policies {
		if p.Language == w.language.Name {
			own[p.Page()] = true
		}
	}
	for _, g := range b.Guides {
		if g.Language == w.main.Name && !own[g.Page()] {
			w.find(g.File, g.Title.V, g.Title.At, false, false)
		}
	}
	for _, n := range b.Notices {
		if n.Language == w.main.Name && !own[n.Page()] {
			w.find(n.File, n.Title.V, n.Title.At, false, false)
		}
	}
	for _, p := range b.Policies {
		if p.Language == w.main.Name && !own[p.Page()] {
			w.find(p.File, p.Title.V, p.Title.At, false, false)
		}
	}
}

var siteFile = bureau.SiteKind.File()

// site asks for the texts of site.yaml, which pages take one by one. What stands there in
// the language already is not asked for.
func (w *Words) site(s bureau.Site) {
	own := s.Names(w.language.Name)
	for _, t := range []struct{ text, own bureau.String }{
		{s.Title, own.Title}, {s.Organization, own.Organization}, {s.Description, own.Description}, {s.DataNotice, own.DataNotice},
		{s.Contact.Address, bureau.String{}}, {s.Contact.Hours, bureau.String{}}, {s.Footer.Organizer, own.Organization}, {bureau.String{V: s.OwnPlace(), At: s.Title.At}, bureau.String{}},
	} {
		if t.own.V == "" {
			w.find(siteFile, t.text.V, t.text.At, false, false)
		}
	}
}

func (w *Words) unit(u *bureau.Unit, all []bureau.Unit, names map[string]int) {
	file := bureau.UnitsKind.File()
	if above, known := names[u.Parent.V]; known {
		u.Parent.V = all[above].ID.V
	}
	for _, text := range []*bureau.String{&u.Name, &u.Address, &u.Hours, &u.Source} {
		w.name(file, text)
	}
	w.prose(file, &u.Covers)
}

// statistic is a statistic in the words of the language. Its fields keep the names by which
// they are found.
func (w *Words) statistic(s *bureau.Statistic, units map[string]string) *bureau.Statistic {
	said := *s
	said.Original = s
	d := &said.Descriptor
	file := s.File
	w.name(file, &d.Title)
	w.markdown(file, &d.Notes)
	for _, text := range []*bureau.String{&d.Description, &d.DataNotice, &d.Quality.Scope, &d.Quality.Counting, &d.Quality.Comparability, &d.Quality.Provisional} {
		w.prose(file, text)
	}
	d.Sources = w.sources(file, d.Sources)
	d.Contributors = slices.Clone(d.Contributors)
	for i := range d.Contributors {
		w.name(file, &d.Contributors[i].Title)
		w.name(file, &d.Contributors[i].Organization)
	}
	w.name(file, &d.Coverage.Place)
	w.name(file, &d.Coverage.Organisation)
	said.Elsewhere = w.text(file, s.Elsewhere)
	d.Charts = slices.Clone(d.Charts)
	for i := range d.Charts {
		w.name(file, &d.Charts[i].Title)
	}
	said.Notes = nil
	for _, note := range s.Notes {
		if w.markdown(file, &note); note.V != "" {
			said.Notes = append(said.Notes, note)
		}
	}
	said.Fields = slices.Clone(s.Fields)
	counts := map[int]bool{} // fields whose texts are units of measure
	for i := range said.Fields {
		f := &said.Fields[i]
		title, _ := w.find(file, s.Fields[i].Label(), f.At, false, false)
		unit, _ := w.find(file, f.Unit, f.At, true, false)
		f.Title, f.Unit = title.V, unit.V
		if f.UnitField >= 0 {
			counts[f.UnitField] = true
		}
	}
	said.Views = slices.Clone(s.Views)
	for j, f := range s.Fields {
		if f.IsMeasure() || f.Role == bureau.RolePeriod || f.Role == bureau.RoleCode {
			continue
		}
		figures.Rename(&said, j, func(row int, text string) string {
			if name, known := units[text]; known && f.Role == bureau.RoleUnit {
				return name
			}
			t, _ := w.find(file, text, s.Position(row, j), counts[j], false)
			return t.V
		})
	}
	return &said
}

// computed gives a statistic that the site computes its names in the words of the
// language; it is found by those that it has. list is the file of the register that it is
// computed of, which has a page in the language; empty for any other list.
func (w *Words) computed(s, words *bureau.Statistic, list string) *bureau.Statistic {
	said := *s
	said.Original = s
	said.Descriptor.Title = words.Descriptor.Title
	said.Fields = slices.Clone(s.Fields)
	for i := range min(len(said.Fields), len(words.Fields)) {
		f := &said.Fields[i]
		f.Title, f.Unit = words.Fields[i].Title, w.Unit("", f.Unit)
		if list != "" {
			unit, _ := w.find(list, s.Fields[i].Unit, problem.Position{File: list, Line: 1}, true, false)
			f.Unit = unit.V
		}
	}
	if list != "" {
		said.Descriptor.Title.V = w.text(list, said.Descriptor.Title.V)
	}
	if len(s.Rows) == len(words.Rows) && len(s.Columns) == len(words.Columns) {
		said.Own()
		for f, field := range s.Fields {
			for row := range s.Rows {
				cell := said.Cell(row, f)
				if !field.IsMeasure() {
					cell.Text = words.Cell(row, f).Text
				}
				if cell.Text == bureau.TotalName {
					cell.Text = w.language.Text(locale.WholeValue)
				}
				said.Set(row, f, cell)
			}
		}
	}
	return &said
}

func (w *Words) sources(file string, all []bureau.Source) []bureau.Source {
	said := slices.Clone(all)
	for i := range said {
		w.name(file, &said[i].Title)
		w.name(file, &said[i].Author)
	}
	return said
}

// register is a register in the words of the language. What a promise is judged by stays.
func (w *Words) register(r *bureau.Register) *bureau.Register {
	said := *r
	d := &said.Descriptor
	w.name(r.File, &d.Title)
	w.prose(r.File, &d.Description)
	w.prose(r.File, &d.DataNotice)
	w.markdown(r.File, &d.Notes)
	d.Sources = w.sources(r.File, d.Sources)
	said.Columns = slices.Clone(r.Columns)
	for i := range said.Columns {
		c := &said.Columns[i]
		c.Title = w.text(r.File, c.Title)
	}
	said.Cells = slices.Clone(r.Cells)
	for i := range r.Rows() {
		row := said.Row(i)
		for n, c := range r.Columns {
			w.cell(r.File, c, &row[n])
		}
	}
	return &said
}

// cell translates a cell of a register by what its column holds.
func (w *Words) cell(file string, c bureau.Column, text *bureau.String) {
	switch c.Role {
	case bureau.ColumnID, bureau.ColumnConsent, bureau.ColumnFigure, bureau.ColumnClaim:
		return
	}
	switch c.Type {
	case bureau.DateColumn, bureau.FigureColumn, bureau.GuideColumn, bureau.LinkColumn:
		return
	case bureau.ListColumn:
		if w.of(file, text.V, false).found { // the list as a whole
			w.name(file, text)
			return
		}
		var items []string
		for _, item := range figures.Items(text.V) {
			if said, found := w.find(file, item, text.At, false, len([]rune(item)) > shortName); found {
				items = append(items, said.V)
			} else if len([]rune(item)) <= shortName {
				items = append(items, item)
			}
		}
		text.V = strings.Join(items, ";")
		return
	}
	switch c.Role {
	case bureau.ColumnTarget:
		if goal, fault := figures.ParseGoal(text.V); fault == nil {
			w.find(file, goal.Unit, text.At, true, false) // the page writes it anew
			return
		}
		w.name(file, text)
	case bureau.ColumnTitle, bureau.ColumnTerm, bureau.ColumnState, bureau.ColumnGroup, bureau.ColumnPlace:
		w.name(file, text)
	default:
		if len([]rune(text.V)) <= shortName {
			w.name(file, text)
		} else {
			w.prose(file, text)
		}
	}
}

// shortName is how many characters of a cell of a register are a name.
const shortName = 12

// Targets are the targets as the pages of the language say them, of the statistics of said,
// which stand where those of b do.
func (w *Words) Targets(all []figures.Target, b, said *bureau.Bureau) []figures.Target {
	of := map[*bureau.Statistic]*bureau.Statistic{}
	for i, s := range b.Statistics {
		of[s] = said.Statistics[i]
	}
	for i, s := range b.Computed {
		of[s] = said.Computed[i]
	}
	file := bureau.TargetsKind.File()
	targets := slices.Clone(all)
	for i := range targets {
		t := &targets[i]
		parts := strings.Split(t.Categories, "/")
		for n := range parts {
			parts[n] = w.text(t.Of.File, parts[n])
		}
		t.Categories = strings.Join(parts, "/")
		t.Of = of[t.Of]
		w.name(file, &t.SetBy)
		w.prose(file, &t.Basis)
	}
	return targets
}
