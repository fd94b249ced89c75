package render

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/text"
)

// This file lays out the tables of statistics.
//
//   - What is the same in every row stands in the caption.
//   - One figure by period and by one thing else is a cross-table: periods down, the
//     other across where there is room, else the other down and the periods across.
//     Any other table is a list, one row a line.
//   - Several years are a table each, the newest open and first.
//   - On a phone a table is tight where its figures fit, else its rows are short lists.

// Table is what figure-table.html shows: the rows of a statistic, in one table or in
// several.
type Table struct {
	Cut     string // a sentence, where not all rows are shown
	Filter  *Filter
	Parts   []TablePart
	Markers []MarkerView
}

// TablePart is one table. Year names a closed one.
type TablePart struct {
	Year            string
	Caption, Region string
	Field           string // the column whose value the caption is; may be empty
	Fixed           []FixedView
	Class           string // cross, tight, stack, marks-1
	Tall            bool   // it moves under its head
	InBlocks        bool   // on paper: it is wider than a sheet
	Of, Across      string // of a cross-table: what its cells hold, and what its columns are
	Prefix          string // of what the heads of its rows say: 2026年
	Head            []TableHead
	Rows            []TableRow
}

// FixedView is what is the same in every row; Field is the column that it was, and
// Name that with which it is said. Both may be empty.
type FixedView struct{ Name, Field, Text, Tag string }

// Filter narrows a list by what stands in some of its columns, where scripts run.
type Filter struct{ Columns []FilterColumn }

// FilterColumn is one column by its place.
type FilterColumn struct {
	Index int
	Title string
}

// TableHead is the head of one column. Class is n for numbers, p for periods,
// t for notes. Sort says how a script may put the rows in its order: period, text
// or number; empty for not at all. Again is what heads the names of rows where a block of
// columns begins with this one.
type TableHead struct{ Title, Unit, Tag, Class, Sort, Again string }

// TableRow is one row; Class is total or of-which.
type TableRow struct {
	ID, Class string
	Cells     []TableCell
}

// TableCell is one cell, of the class of its column. Mark holds the markers
// beside its text, [p]; Tag says that the period is partial. Label is the head of its
// column, where a phone shows the row as a list. Again names the row where a block of
// columns begins with this cell.
type TableCell struct {
	ID, Text, Mark, Tag, Class, Label, Again string
	Header                                   bool
}

// MarkerView is a marker with its meaning.
type MarkerView struct{ Mark, Meaning string }

const (
	longList  = 20    // entries above which a list can be narrowed: filtered, sorted, grouped
	tallTable = 30    // rows from which a table moves under its head
	foldFrom  = 12    // lines, of several years, from which years are folded
	mostCross = 12    // columns of a cross-table
	phone     = 19    // em, the width of a table on the smallest phone
	wideText  = 10    // em, of a text that takes lines of its own there
	maxLabels = 8_000 // bytes that the labels of a list on a phone may take
)

// anchorsOfRows gives the ids of rows, by row.
func anchorsOfRows(s *bureau.Statistic, rows []int) map[int]string {
	anchors := make(map[int]string, len(rows))
	for i, id := range figures.AnchorsOf(s, rows) {
		anchors[rows[i]] = id
	}
	return anchors
}

// newest chooses the rows that a page shows: all, or those with the latest
// periods, in the order of the file.
func newest(s *bureau.Statistic) []int {
	if len(s.Rows) <= bureau.LongTable {
		rows := make([]int, len(s.Rows))
		for i := range rows {
			rows[i] = i
		}
		return rows
	}
	days := map[period.Date]int{} // on which periods end, as numbers
	of := []int{0}                // by bureau.Row.When
	days[0] = 0
	for _, p := range s.Periods {
		if _, known := days[p.End]; !known {
			days[p.End] = len(days)
		}
		of = append(of, days[p.End])
	}
	ending := make([]int, len(days)) // how many rows
	for _, r := range s.Rows {
		ending[of[r.When]]++
	}
	left := bureau.LongTable
	for _, day := range slices.Backward(slices.Sorted(maps.Keys(days))) {
		n := &ending[days[day]]
		*n = min(*n, left) // of one day the first
		left -= *n
	}
	var rows []int
	for i, r := range s.Rows {
		if n := &ending[of[r.When]]; *n > 0 {
			*n--
			rows = append(rows, i)
		}
	}
	return rows
}

// table shows a statistic, or its newest rows. The anchors are the ids of its rows.
func (s *site) table(language *locale.Language, statistic *bureau.Statistic, title string, anchors map[int]string) *Table {
	if len(statistic.Fields) == 0 || len(statistic.Rows) == 0 {
		return nil
	}
	rows := newest(statistic)
	l := layout{Statistic: statistic, language: language, title: title, anchors: anchors, rows: rows}
	l.lift()
	t := &Table{Parts: l.parts()}
	if len(rows) < len(statistic.Rows) {
		t.Cut = language.Text(locale.ShownFirst, len(rows), len(statistic.Rows))
		if statistic.FieldOf(bureau.RolePeriod) >= 0 {
			t.Cut = language.Text(locale.ShownNewest, len(rows), len(statistic.Rows))
		}
	}
	if l.listed && len(rows) > longList {
		t.Filter = l.filter()
	}
	t.Markers = markersOf(l.seen, language)
	return t
}

// moves tells whether a script has something to do with a table.
func (t *Table) moves() bool {
	return t != nil && (t.Filter != nil || slices.ContainsFunc(t.Parts, func(p TablePart) bool {
		return p.Year != "" || slices.ContainsFunc(p.Head, func(h TableHead) bool { return h.Sort != "" })
	}))
}

// script lets a page move its tables.
func (s *site) script(p *page, tables ...*Table) {
	if slices.ContainsFunc(tables, (*Table).moves) {
		p.head.Script = root(p.path) + s.assets["tables.js"].path
	}
}

// markersOf explains the markers of a status.
func markersOf(seen bureau.Status, language *locale.Language) []MarkerView {
	var all []MarkerView
	for _, m := range bureau.Markers {
		if seen&m.Status != 0 {
			all = append(all, MarkerView{"[" + m.Letter + "]", locale.Meaning(m.Status, language)})
		}
	}
	return all
}

// layout is some rows of a statistic on their way to tables.
type layout struct {
	*bureau.Statistic
	language *locale.Language
	title    string
	name     string             // of its one measure, where the page has a table for each
	anchors  map[int]string     // the ids of the rows; nil where they have none
	line     func(i int) string // the id of a line with this row; nil where the rows have theirs
	dated    bool               // each period has a line
	only     func(j int) bool   // the columns that are shown; nil for all
	rows     []int
	heading  int // the field, counted from 1, whose value is the title

	columns []int // the fields that differ
	fixed   []FixedView
	unit    string        // that all measures count in, where the caption says it
	seen    bureau.Status // in the cells so far
	listed  bool          // it became a list
}

// lift takes out of the columns what is the same in every row, save the one that heads
// the rows, and what says nothing.
func (l *layout) lift() {
	header := -1
	for j, f := range l.Fields {
		if l.only != nil && !l.only(j) {
			continue
		}
		if f.IsMeasure() || !l.same(j) {
			l.columns = append(l.columns, j)
			if f.IsKey() && header < 0 {
				header = j
			}
		}
	}
	if header < 0 { // one row, or rows that nothing tells apart
		l.columns = l.columns[:0]
		for j := range l.Fields {
			if l.only == nil || l.only(j) {
				l.columns = append(l.columns, j)
			}
		}
		return
	}
	for j, f := range l.Fields {
		if slices.Contains(l.columns, j) || l.only != nil && !l.only(j) {
			continue
		}
		if c := l.cell(l.rows[0], j); c.Text != "" && j != l.heading-1 {
			l.fixed = append(l.fixed, FixedView{Name: cmp.Or(f.Title, f.Name), Field: cmp.Or(f.Title, f.Name), Text: c.Text, Tag: c.Tag})
		}
	}
	var units []string
	for _, j := range l.columns {
		if l.Fields[j].IsMeasure() {
			units = append(units, l.Fields[j].Unit)
		}
	}
	if len(units) > 1 && units[0] != "" && len(slices.Compact(units)) == 1 {
		l.unit = units[0]
		l.fixed = append(l.fixed, FixedView{Name: l.language.Text(locale.MeasuredIn), Text: l.unit})
	}
}

// same tells whether a column says the same in every row, shortly.
func (l *layout) same(j int) bool {
	first := figures.KeyOf(l.Statistic, l.rows[0], j)
	if text := l.Cell(l.rows[0], j).Text; utf8.RuneCountInString(text) > 80 {
		return false
	}
	return !slices.ContainsFunc(l.rows, func(i int) bool {
		return figures.KeyOf(l.Statistic, i, j) != first
	})
}

// cell writes a cell.
func (l *layout) cell(i, j int) TableCell {
	when, f, c := l.Period(i), l.Fields[j], l.Cell(i, j)
	cell := TableCell{Text: c.Text, Class: columnClass(f)}
	switch {
	case f.IsMeasure() && c.Has():
		cell.Text = number(l.language, c, f)
	case f.IsMeasure():
		cell.Text = c.Status.String()
	case f.Role == bureau.RolePeriod && !when.IsZero():
		cell.Text = l.language.Label(when)
		if span := l.Rows[i].Span; span != period.Whole {
			cell.Tag = l.language.Unlike(when, span, l.Frequency)
		}
	}
	if c.Status&bureau.Instead == 0 {
		cell.Mark = c.Status.String()
	}
	l.seen |= c.Status
	return cell
}

func (l *layout) anchor(i int) string {
	return l.anchors[i]
}

// parts lays the rows out: as a cross-table where they are one, else as a list.
func (l *layout) parts() []TablePart {
	if c, is := l.cross(); is {
		return c.parts()
	}
	l.listed = true
	var parts []TablePart
	years, folded := l.years(l.rows, longList)
	for n, y := range years {
		p := l.part(y, folded, n > 0)
		p.Head = l.heads(len(y.rows))
		header := l.header()
		for _, i := range y.rows {
			row := TableRow{ID: l.anchor(i), Cells: make([]TableCell, 0, len(l.columns))}
			if l.line != nil {
				row.ID = l.line(i)
			}
			switch l.Rows[i].Kind {
			case bureau.TotalRow:
				row.Class = "total"
			case bureau.OfWhichRow:
				row.Class = "of-which"
			}
			for _, j := range l.columns {
				cell := l.cell(i, j)
				cell.Header = j == header
				row.Cells = append(row.Cells, cell)
			}
			p.Rows = append(p.Rows, row)
		}
		parts = append(parts, p)
	}
	for i := range parts {
		parts[i].InBlocks = inBlocks(parts[i].Head, parts[i].Rows)
	}
	fit(parts)
	return parts
}

// header is the column that heads a row: the first of those that name it.
func (l *layout) header() int {
	for _, j := range l.columns {
		if l.Fields[j].IsKey() {
			return j
		}
	}
	return -1
}

// heads are those of a list. Rows are put in order by what names them; by a figure only
// where all are of one thing in time, so that nothing is ranked.
func (l *layout) heads(rows int) []TableHead {
	keys, still := 0, false
	for _, j := range l.columns {
		if l.Fields[j].IsKey() && l.Fields[j].Role != bureau.RolePeriod {
			keys++
		}
	}
	for _, i := range l.rows {
		still = still || l.Rows[i].Kind != bureau.DataRow // it belongs below others
	}
	var heads []TableHead
	for _, j := range l.columns {
		f := l.Fields[j]
		h := TableHead{Title: cmp.Or(f.Title, f.Name), Unit: bracketed(f.Unit, l.language), Class: columnClass(f)}
		if f.IsMeasure() && l.unit != "" {
			h.Unit = ""
		}
		switch {
		case still || rows <= longList:
		case f.Role == bureau.RolePeriod && l.anchors != nil:
			h.Sort = "period"
		case f.IsKey() && f.Role != bureau.RolePeriod:
			h.Sort = "text"
		case f.IsMeasure() && keys == 0:
			h.Sort = "number"
		}
		heads = append(heads, h)
	}
	return heads
}

// filter offers the units and categories of a list.
func (l *layout) filter() *Filter {
	f := &Filter{}
	for n, j := range l.columns {
		if role := l.Fields[j].Role; role == bureau.RoleUnit || role == bureau.RoleCategory {
			f.Columns = append(f.Columns, FilterColumn{n, cmp.Or(l.Fields[j].Title, l.Fields[j].Name)})
		}
	}
	if f.Columns == nil {
		return nil
	}
	return f
}

// year is the lines of one year. The name is empty where there are no years.
type year struct {
	number int
	name   string
	rows   []int // one of each line
}

// years parts lines, of each of which one row is given, by year, the newest first, where
// there are more than some and a year has several.
func (l *layout) years(lines []int, more int) (all []year, folded bool) {
	whole := []year{{rows: lines}}
	if len(lines) <= more || !slices.ContainsFunc(l.columns, func(j int) bool { return l.Fields[j].Role == bureau.RolePeriod }) {
		return whole, false
	}
	for _, i := range lines {
		p := l.Period(i)
		if p.IsZero() {
			return whole, false
		}
		number := p.End.Time().Year()
		at := slices.IndexFunc(all, func(y year) bool { return y.number == number })
		if at < 0 {
			at = len(all)
			all = append(all, year{number: number, name: yearName(l.language, number)})
		}
		all[at].rows = append(all[at].rows, i)
	}
	if len(lines) < 3*len(all) || len(all) < 2 {
		return whole, false
	}
	slices.SortFunc(all, func(a, b year) int { return b.number - a.number })
	return all, true
}

// oneYear names the year that all lines are of, where each can be named within it.
func (l *layout) oneYear(lines []int) (all []year, named bool) {
	first := l.Period(lines[0])
	y := year{number: first.End.Time().Year(), rows: lines}
	if first.IsZero() || slices.ContainsFunc(lines, func(i int) bool {
		p := l.Period(i)
		return p.IsZero() || p.End.Time().Year() != y.number || l.language.Within(p) == ""
	}) {
		return []year{y}, false
	}
	y.name = yearName(l.language, y.number)
	return []year{y}, true
}

// part is a table without its rows.
func (l *layout) part(y year, folded, closed bool) TablePart {
	p := TablePart{Caption: l.title, Fixed: l.fixed}
	if l.heading > 0 {
		p.Field = cmp.Or(l.Fields[l.heading-1].Title, l.Fields[l.heading-1].Name)
	}
	region := l.title
	if folded {
		region += " " + y.name
		p.Fixed = append([]FixedView{{Text: y.name}}, l.fixed...)
	}
	if closed {
		p.Year = y.name
	}
	p.Region = l.language.Text(locale.TableRegion, region)
	return p
}

// cross is a layout as a cross-table.
type cross struct {
	*layout
	period, other, measure int
	periods, others        []int          // one row of each
	at                     map[[2]int]int // the row of a pair of these
	down                   bool           // the others stand below each other
}

// cross tells whether the rows hold one figure for a period and one thing else, with few
// gaps, and are few enough in one direction.
func (l *layout) cross() (c cross, is bool) {
	c = cross{layout: l, period: -1, other: -1, measure: -1, at: map[[2]int]int{}}
	for _, j := range l.columns {
		switch f := l.Fields[j]; {
		case f.IsMeasure() && c.measure < 0:
			c.measure = j
		case f.Role == bureau.RolePeriod && c.period < 0:
			c.period = j
		case f.IsKey() && f.Role != bureau.RolePeriod && c.other < 0:
			c.other = j
		default:
			return c, false
		}
	}
	if c.measure < 0 || c.period < 0 || c.other < 0 {
		return c, false
	}
	number := func(field int) (one []int, of map[figures.Key]int) {
		of = map[figures.Key]int{}
		for _, i := range l.rows {
			k := figures.KeyOf(l.Statistic, i, field)
			if _, known := of[k]; !known {
				of[k] = len(one)
				one = append(one, i)
			}
		}
		return one, of
	}
	periods, ofPeriod := number(c.period)
	others, ofOther := number(c.other)
	c.periods, c.others = periods, others
	for _, i := range l.rows {
		pair := [2]int{ofPeriod[figures.KeyOf(l.Statistic, i, c.period)], ofOther[figures.KeyOf(l.Statistic, i, c.other)]}
		if _, twice := c.at[pair]; twice || l.Cell(i, c.other).Text == "" {
			return c, false
		}
		c.at[pair] = i
	}
	short := !slices.ContainsFunc(others, func(i int) bool { return utf8.RuneCountInString(l.Cell(i, c.other).Text) > mostCross })
	c.down = len(others) > mostCross || !short
	return c, len(periods) > 1 && len(others) > 1 && 3*len(l.rows) > 2*len(periods)*len(others) && (!c.down || !l.dated && len(periods) <= mostCross)
}

func (c cross) parts() []TablePart {
	f := c.Fields[c.measure]
	what := f.Label()
	if f.Unit != "" {
		what = c.language.Text(locale.Remark, what, f.Unit)
	}
	c.fixed = append([]FixedView{{Text: what}}, c.fixed...)
	if f.UnitField < 0 && f.Label() == c.title && f.Unit == "" {
		c.fixed = c.fixed[1:]
	}
	down, across := c.period, c.other
	lines, columns := c.periods, c.others
	if c.down {
		down, across = across, down
		lines, columns = columns, lines
	}
	place := map[int]int{}
	for n, i := range lines {
		place[i] = n
	}
	years, dated := []year{{rows: lines}}, false
	if !c.down {
		if years, dated = c.years(lines, foldFrom); !dated {
			years, dated = c.oneYear(lines)
		}
	}
	var parts []TablePart
	for n, y := range years {
		p := c.part(y, dated, n > 0)
		if p.Region = c.title + " " + y.name + " " + f.Label(); f.Label() == c.title {
			p.Region = c.title + " " + y.name
		}
		p.Region = c.language.Text(locale.TableRegion, strings.Join(strings.Fields(p.Region), " "))
		p.Class, p.Of, p.Across = "cross", cmp.Or(f.Title, f.Name), cmp.Or(c.Fields[across].Title, c.Fields[across].Name)
		p.Head = append(p.Head, TableHead{Title: cmp.Or(c.Fields[down].Title, c.Fields[down].Name)})
		for _, i := range columns {
			cell := c.cell(i, across)
			h := TableHead{Title: cell.Text, Tag: cell.Tag}
			if !c.down && c.Rows[i].Kind == bureau.TotalRow {
				h.Class = "sum"
			}
			p.Head = append(p.Head, h)
		}
		within := dated && !slices.ContainsFunc(y.rows, func(i int) bool { return c.language.Within(c.Period(i)) == "" })
		if within {
			p.Prefix = y.name
		}
		for _, line := range y.rows {
			head := c.cell(line, down)
			head.Header, head.Class = true, ""
			if within {
				head.Text = c.language.Within(c.Period(line))
			}
			row := TableRow{Cells: []TableCell{head}}
			if c.line != nil && !c.down {
				row.ID = c.line(line)
			}
			k := bureau.KindOf(c.Cell(line, down).Text)
			if whole := c.Fields[down].Whole; whole != "" && c.Cell(line, down).Text == whole {
				k = bureau.TotalRow // by a name in another language, too
			}
			if c.down || c.Period(line).IsZero() {
				row.Class = [...]string{bureau.DataRow: "", bureau.TotalRow: "total", bureau.OfWhichRow: "of-which"}[k]
			}
			for column := range columns {
				pair := [2]int{place[line], column}
				if c.down {
					pair[0], pair[1] = pair[1], pair[0]
				}
				cell := TableCell{}
				if i, there := c.at[pair]; there {
					cell = c.cell(i, c.measure)
					cell.ID = c.anchor(i)
				}
				cell.Class = p.Head[column+1].Class
				row.Cells = append(row.Cells, cell)
			}
			p.Rows = append(p.Rows, row)
		}
		parts = append(parts, p)
	}
	fit(parts)
	return parts
}

// fit chooses how tables show on a phone, all of them alike: tight where all columns can
// be seen at once, else each row as a list. Where the labels of that would weigh too
// much, they move sideways.
func fit(parts []TablePart) {
	var widths []float64
	labels, long, marks := 0, false, 0
	for n := range parts {
		p := &parts[n]
		p.Tall = len(p.Rows) > tallTable
		widths = append(widths, make([]float64, max(0, len(p.Head)-len(widths)))...)
		for _, row := range p.Rows {
			for j, cell := range row.Cells {
				w := em(cell.Text + cell.Mark)
				marks = max(marks, min(len(cell.Mark)/len("[p]"), 2))
				if cell.Header || cell.Class == "p" || cell.Class == "t" || cell.Class == "" && p.Of == "" {
					long = long || w > 2*wideText && !cell.Header
					w = min(w, 5)
				}
				widths[j] = max(widths[j], w, 1.9)
				if !cell.Header {
					labels += len(p.Head[j].Title) + len(` data-label=""`)
				}
			}
		}
	}
	width := 0.0
	for j, w := range widths {
		for word := range strings.FieldsFuncSeq(parts[0].Head[j].Title, func(r rune) bool { return r == ' ' || r >= 0x2e80 }) {
			w = max(w, .85*em(word)) // it is not broken
		}
		width += w
	}
	class := ""
	switch {
	case width <= phone && !long:
		class = "tight"
	case labels <= maxLabels:
		class = "stack"
	}
	for n := range parts {
		p := &parts[n]
		for _, c := range []string{class, marksClass(marks)} {
			p.Class = strings.TrimSpace(p.Class + " " + c)
		}
		if class != "stack" {
			continue
		}
		for _, row := range p.Rows {
			for j := range row.Cells {
				if c := &row.Cells[j]; !c.Header {
					c.Label = p.Head[j].Title
				}
			}
		}
	}
}

// em is about how wide a cell with a text is.
func em(s string) float64 { return .53*float64(text.Width(s)) + .6 }

// marksClass makes room for the markers beside values.
func marksClass(most int) string {
	if most == 0 {
		return ""
	}
	return "marks-" + strconv.Itoa(most)
}

func tableHead(s *bureau.Statistic, language *locale.Language) []TableHead {
	var head []TableHead
	for _, f := range s.Fields {
		head = append(head, TableHead{Title: cmp.Or(f.Title, f.Name), Unit: bracketed(f.Unit, language), Class: columnClass(f)})
	}
	return head
}

// bracketed is a unit as it stands behind the name of its column: 破案（件）.
func bracketed(unit string, language *locale.Language) string {
	if unit == "" {
		return ""
	}
	return language.Text(locale.Remark, "", unit)
}

func columnClass(f bureau.Field) string {
	switch f.Role {
	case bureau.RoleMeasure:
		return "n"
	case bureau.RolePeriod:
		return "p"
	case bureau.RoleNote:
		return "t"
	}
	return ""
}

// number writes a figure with the word that staff put around it. Its unit
// stands in the head of the column, but a percentage keeps its sign.
func number(language *locale.Language, c bureau.Cell, f bureau.Field) string {
	unit := ""
	if f.Unit == "%" || f.Type == "percent" {
		unit = "%"
	}
	return locale.Qualified(c.Number, unit, c.Form, c.Qualifier, language)
}
