package intake

import (
	"slices"
	"strings"

	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// headerLines is how many lines a header may have.
const headerLines = 6

// line is a row of cells that belongs to no table: a title, a unit, who filled it in.
type line struct {
	row   int // index in the sheet
	cells []table.Value
}

// region is one table on a sheet, before it is understood. The numbers are indexes
// of the sheet's rows.
type region struct {
	*sheet
	above    []line
	head     []int
	units    int // the row of units, or -1
	rows     []int
	section  []string // of each row: the heading that it stands under
	sections bool
	headings []line
}

// sheet is a sheet with what is asked of it.
type sheet struct {
	table.Sheet
	*source
	merged map[int][]table.Range // by each row that they cover
}

// mostMerged bounds the rows of all merged cells together.
const mostMerged = 4_000_000

// newSheet takes a sheet; ok is false where it has more merged cells than are kept.
func newSheet(file string, s table.Sheet) (all *sheet, ok bool) {
	all = &sheet{Sheet: s, source: &source{file, s.Name}, merged: map[int][]table.Range{}}
	n := 0
	for _, m := range s.Merged {
		first, _ := slices.BinarySearchFunc(s.Rows, m.Row, func(r table.SheetRow, row int) int { return r.Row - row })
		for i := first; i < len(s.Rows) && s.Rows[i].Row <= m.LastRow; i++ {
			if n++; n > mostMerged {
				return all, false
			}
			all.merged[s.Rows[i].Row] = append(all.merged[s.Rows[i].Row], m)
		}
	}
	return all, true
}

// at gives what stands in a column of a row.
func (s *sheet) at(row, column int) (table.Value, bool) {
	cells := s.Rows[row].Cells
	if len(cells) > 0 { // most rows have no gap before it
		if i := column - cells[0].Column; i >= 0 && i < len(cells) && cells[i].Column == column {
			return cells[i], true
		}
	}
	i, ok := slices.BinarySearchFunc(cells, column, func(v table.Value, c int) int { return v.Column - c })
	if !ok {
		return table.Value{}, false
	}
	return cells[i], true
}

// spot gives the place of a column of a row.
func (s *sheet) spot(row, column int) spot {
	at := spot{in: s.source, row: int32(s.Rows[row].Row) + 1, column: int32(column) + 1}
	if v, ok := s.at(row, column); ok {
		at.line, at.char = v.Line, v.At
	} else if cells := s.Rows[row].Cells; len(cells) > 0 {
		at.line = cells[0].Line
	}
	return at
}

func (s *sheet) place(row, column int) Place { return s.spot(row, column).place() }

// inMerged gives the merged cells that hold a cell.
func (s *sheet) inMerged(row, column int) (table.Range, bool) {
	for _, m := range s.merged[s.Rows[row].Row] {
		if m.Column <= column && column <= m.LastColumn {
			return m, true
		}
	}
	return table.Range{}, false
}

// found is what find makes of a sheet.
type found struct {
	regions   []region
	skipped   []table.Skipped
	questions []Question
	parts     []Part
}

// find parts a sheet into its tables and the lines between them.
func find(file string, s table.Sheet) found {
	whole, ok := newSheet(file, s)
	f := finder{sheet: whole}
	if !ok {
		f.questions = append(f.questions, Question{At: Place{File: file, Sheet: s.Name}, Rule: problem.ImportMerged,
			Message: problem.Say("合并的单元格太多，读不了", "there are too many merged cells to read"), Hint: problem.Say("取消数据里的合并，每一格填上自己的内容", "unmerge the cells of the data and give each its own content")})
		return f.found
	}
	f.run()
	return f.found
}

type finder struct {
	*sheet
	found
	pending []line
}

func (f *finder) run() {
	for i := 0; i < len(f.Rows); {
		switch {
		case f.isLine(i):
			f.pending = append(f.pending, line{i, f.Rows[i].Cells})
			i++
		case f.isHeader(i):
			i = f.table(i)
		default:
			f.orphan(i)
			i++
		}
	}
	f.skip(f.pending)
}

// skip tells of lines that were read for no table.
func (f *finder) skip(lines []line) {
	for _, l := range lines {
		first, last := l.cells[0].Column, l.cells[len(l.cells)-1].Column
		row := f.Rows[l.row].Row
		at := table.Range{Row: row, Column: first, LastRow: row, LastColumn: last}
		f.skipped = append(f.skipped, table.Skipped{Sheet: f.Name, Range: at.String(), Why: f.why(l)})
		as := PartOut
		if noteStart.MatchString(l.cells[0].Text) {
			as = PartNote
		}
		f.parts = append(f.parts, Part{Sheet: f.Name, Range: at, As: as})
	}
}

// why says what a line is that was read for no table.
func (f *finder) why(l line) problem.Text {
	switch {
	case f.fills(l):
		return problem.Say("填表人、审核人和他们的电话不读入", "who filled in and checked the table, and their telephones, are not read")
	case noteStart.MatchString(l.cells[0].Text):
		return problem.Say("表下的说明不读入；要公布的写进说明文件的 notes（说明）", "a note, which is not read; what is to be published goes into notes of the descriptor")
	}
	return problem.Say("不是表里的行", "no row of a table")
}

// orphan asks about figures that stand under no header.
func (f *finder) orphan(i int) {
	for _, v := range f.Rows[i].Cells {
		if numberish(v) {
			f.questions = append(f.questions, Question{At: f.place(i, v.Column), Rule: problem.ImportHeader,
				Message: problem.Say("“%s”上面没有表头，不知道是什么数", "nothing above \"%s\" says what it is", problem.Quote(v.Text)),
				Hint:    problem.Say("在它上面用一行写出各列的名称；不是数据的删去", "name the columns in a row above it; delete it if it is no figure")})
			return
		}
	}
	f.pending = append(f.pending, line{i, f.Rows[i].Cells})
}

// isLine tells whether a row is a title, a note or a label and not part of a table.
func (f *finder) isLine(i int) bool {
	cells := f.Rows[i].Cells
	if len(cells) == 1 {
		return true
	}
	if noteStart.MatchString(cells[0].Text) && !numberish(cells[0]) && f.columnsOf(i) == 1 {
		return true
	}
	labelled := false // the cell before is a label with nothing behind it
	all, signed := true, f.fills(line{i, cells})
	for _, v := range cells {
		name, value, ok := cutLabel(v.Text)
		ok = ok && v.Kind == table.TextValue
		if ok && unitLabel.MatchString(name) && number.IsUnit(value) || ok && fillLabel.MatchString(name) {
			return true
		}
		if word := plainWord(v.Text); !ok && signed && (fillLabel.MatchString(word) || whoName.MatchString(word)) {
			ok = true // 填表人：何静 and 制表时间, whose colon was forgotten
		}
		if !ok && !labelled && !(signed && isDate(v)) {
			all = false
		}
		labelled = ok && value == ""
	}
	return all
}

// isDate tells whether a cell holds a day.
func isDate(v table.Value) bool {
	_, day := period.ParseDay(plainWord(v.Text))
	return v.Kind == table.DayValue || day
}

// columnsOf counts the cells of a row that hold different texts.
func (f *finder) columnsOf(i int) int {
	seen := map[string]bool{}
	for _, v := range f.Rows[i].Cells {
		seen[v.Text] = true
	}
	return len(seen)
}

// words tells whether a row could be one of a header: texts, periods, years.
func (f *finder) words(i int) bool {
	years := 0
	for n, v := range f.Rows[i].Cells {
		switch {
		case yearish(v) && n > 0:
			years++
		case numberish(v) || v.Kind == table.TruthValue:
			return false
		}
	}
	return years == 0 || years >= 2 || years == len(f.Rows[i].Cells)-1
}

// isHeader tells whether a table begins in a row.
func (f *finder) isHeader(i int) bool {
	cells := f.Rows[i].Cells
	if len(cells) < 2 || !f.words(i) {
		return false
	}
	// A title with a period beside it stands above a header that is wider.
	if i+1 < len(f.Rows) && !f.isLine(i+1) && f.words(i+1) {
		next := f.Rows[i+1].Cells
		if _, ok := f.inMerged(i, cells[0].Column); len(next) > len(cells) && next[0].Column <= cells[0].Column && (!ok || f.Rows[i+1].Row > f.bottom(i)) && !f.cornered(i+1, i, cells[0].Column) {
			return false
		}
	}
	return true
}

// bottom is the last row of the sheet that cells merged downwards from a row reach.
func (f *finder) bottom(i int) int {
	last := f.Rows[i].Row
	for _, m := range f.merged[f.Rows[i].Row] {
		if m.Row == f.Rows[i].Row && m.LastRow-m.Row < headerLines {
			last = max(last, m.LastRow)
		}
	}
	return last
}

// unitRow tells whether a row says what the columns above it count in.
func (f *finder) unitRow(i, first int) bool {
	some := false
	for _, v := range f.Rows[i].Cells {
		word := strings.Trim(plainWord(v.Text), "（）()")
		switch {
		case unitName.MatchString(word):
		case v.Kind != table.TextValue || !number.IsUnit(word) || v.Column == first:
			return false
		default:
			some = true
		}
	}
	return some
}

// table reads one table from the first row of its header on, and gives the row after it.
func (f *finder) table(i int) (next int) {
	r := region{sheet: f.sheet, above: f.pending, head: []int{i}, units: -1}
	f.pending = nil
	first := f.Rows[i].Cells[0].Column
	bottom := f.bottom(i)
	for i++; i < len(f.Rows) && len(r.head) < headerLines; i++ {
		if f.Rows[i].Row > bottom && !f.stacked(i, r.head[len(r.head)-1], first) {
			break
		}
		if f.Rows[i].Row > bottom && f.unitRow(i, first) {
			break
		}
		r.head = append(r.head, i)
		bottom = max(bottom, f.bottom(i))
	}
	if i < len(f.Rows) && f.unitRow(i, first) {
		r.units = i
		i++
	}
	i = f.data(&r, i)
	if len(r.rows) == 0 {
		f.unread(r)
		f.skip(r.above)
		for _, h := range r.head {
			f.skip([]line{{h, f.Rows[h].Cells}})
		}
		return i
	}
	f.regions = append(f.regions, r)
	return i
}

// unread asks about a row of words right below a table, one of which stands under a figure: it may
// be a row whose figure cannot be read.
func (f *finder) unread(r region) {
	h := r.head[0]
	if len(f.regions) == 0 || len(r.above) > 0 {
		return
	}
	last := f.regions[len(f.regions)-1]
	if last.rows[len(last.rows)-1] != h-1 {
		return
	}
	if word := plainWord(f.Rows[h].Cells[0].Text); whoName.MatchString(word) && !document.MatchString(word) || fillLabel.MatchString(plainWord(f.Rows[h].Cells[0].Text)) {
		return
	}
	for _, v := range f.Rows[h].Cells[1:] {
		if above, ok := f.at(h-1, v.Column); ok && numberish(above) && v.Kind == table.TextValue {
			f.questions = append(f.questions, Question{At: f.place(h, v.Column), Rule: problem.ImportNumber,
				Message: problem.Say("“%s”不是数，这一行读不了", "%q is not a number, and the row cannot be read", problem.Quote(v.Text)),
				Hint:    problem.Say("只写数，单位写进表头；不是数据的行删去", "write only the number, and its unit in the header; delete the row if it is none")})
			return
		}
	}
}

// stacked tells whether a row goes on with a header: it parts what the row above
// gathers under one word, and begins no row of its own.
func (f *finder) stacked(i, above, first int) bool {
	if f.Rows[i].Row != f.Rows[above].Row+1 || !f.words(i) {
		return false
	}
	switch start := f.Rows[i].Cells[0].Column; {
	case start < first && !f.spread(i, above):
		return false
	case start == first && !f.cornered(i, above, first):
		return false
	}
	for _, v := range f.Rows[i].Cells {
		if _, ok := f.at(above, v.Column); !ok {
			return true
		}
	}
	return false
}

// cornered tells whether a header that begins above a row has nothing over the names: its first
// word gathers columns, and the rows below the header begin left of it, or there are no names at all
// and both rows are periods: years over months.
func (f *finder) cornered(i, above, first int) bool {
	_, beside := f.at(above, first+1)
	_, below := f.at(i, first+1)
	return !beside && below && i+1 < len(f.Rows) && (f.Rows[i+1].Cells[0].Column < first || f.periods(above) && f.periods(i))
}

// spread tells whether a row names the columns over which each word of the header above it is
// merged, and the names as well.
func (f *finder) spread(i, above int) bool {
	for _, v := range f.Rows[above].Cells {
		m, ok := f.inMerged(above, v.Column)
		if !ok || m.LastColumn == m.Column || m.LastRow > m.Row {
			return false
		}
		for c := m.Column; c <= m.LastColumn; c++ {
			if _, ok := f.at(i, c); !ok {
				return false
			}
		}
	}
	return true
}

// periods tells whether a row holds periods alone.
func (f *finder) periods(i int) bool {
	return !slices.ContainsFunc(f.Rows[i].Cells, func(v table.Value) bool {
		s := plainWord(v.Text)
		_, err := period.Parse(s, period.Options{})
		return v.Kind != table.MonthValue && err != nil && partial.FindString(s) != s
	})
}

// data takes the rows of a table up to the next one.
func (f *finder) data(r *region, i int) (next int) {
	figures := map[int]int{} // rows that have a figure in a column
	var held []line          // lines that may be notes, headings of rows, or titles of the next table
	section := ""
	take := func(row int) {
		for _, v := range f.Rows[row].Cells {
			if numberish(v) {
				figures[v.Column]++
			}
		}
		r.rows = append(r.rows, row)
		r.section = append(r.section, section)
	}
	for ; i < len(f.Rows); i++ {
		cells := f.Rows[i].Cells
		if f.isLine(i) && !(len(cells) == 1 && (numberish(cells[0]) && figures[cells[0].Column] > 0 || f.covered(i, figures))) { // a figure without a name is a row, and so is a name beside a merged figure
			held = append(held, line{i, cells})
			continue
		}
		if f.words(i) && f.repeats(r, i) {
			if f.titled(r, held) {
				break
			}
			again := table.Range{Row: f.Rows[i].Row, Column: cells[0].Column, LastRow: f.Rows[i].Row, LastColumn: cells[len(cells)-1].Column}
			f.skipped = append(f.skipped, table.Skipped{Sheet: f.Name, Range: again.String(), Why: problem.Say("重复的表头", "the header once more")})
			f.parts = append(f.parts, Part{Sheet: f.Name, Range: again, As: PartOut})
			continue
		}
		if f.another(i, figures) {
			break
		}
		// A row of data: what was held before it are headings of rows, or rows
		// without figures, where they look like either.
		var left []line
		for _, l := range held {
			word := plainWord(l.cells[0].Text)
			m := sectionOf.FindString(word)
			if len(l.cells) == 1 && saysPeriod(l.cells[0]) {
				f.questions = append(f.questions, Question{At: f.place(l.row, l.cells[0].Column), Rule: problem.ImportPeriod,
					Message: problem.Say("“%s”写在两行数的中间：下面的行是不是另一期的？", "%q stands between rows: are those below it of another period?", problem.Quote(l.cells[0].Text)),
					Hint:    problem.Say("加一列“期间”，每一行写上是哪一期，再删去这一行；或者每一期放在一张工作表里，各有标题和表头", "add a column 期间 that gives every row its period, and delete this row; or put each period on a sheet of its own, with its title and header")})
				continue
			}
			switch {
			case len(l.cells) == 1 && m != "":
				section = strings.Trim(strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(word, "："), ":"), m), " ")
				if section == "" {
					section = word
				}
				r.sections = true
				r.headings = append(r.headings, l)
			case len(l.cells) == 1 && l.cells[0].Column == f.Rows[r.head[0]].Cells[0].Column && !noteStart.MatchString(word) && len([]rune(word)) <= 20 && len(left) == 0 && l.cells[0].Kind == table.TextValue:
				take(l.row)
			default:
				left = append(left, l)
			}
		}
		if len(left) > 0 {
			held = left
			f.questions = append(f.questions, Question{At: f.place(i, cells[0].Column), Rule: problem.ImportHeader,
				Message: problem.Say("“%s”这些说明的下面还有数，不知道属不属于上面的表", "there are rows below \"%s\", which may or may not belong to the table above", problem.Quote(left[0].cells[0].Text)),
				Hint:    problem.Say("属于上面的表，就把说明移到表的最后；另是一张表，就给它写上表头", "if they do, move the note below them; if not, give them a header of their own")})
		}
		held = nil
		take(i)
	}
	// What begins as a title does may be the next table's; the notes are not.
	keep := len(held)
	if i < len(f.Rows) {
		for keep > 0 && !noteStart.MatchString(held[keep-1].cells[0].Text) && !f.fills(held[keep-1]) {
			keep--
		}
	}
	f.skip(held[:keep])
	f.pending = held[keep:]
	return i
}

// covered tells whether a figure of a row above is merged over a row.
func (f *finder) covered(i int, figures map[int]int) bool {
	return slices.ContainsFunc(f.merged[f.Rows[i].Row], func(m table.Range) bool {
		return m.Row < f.Rows[i].Row && figures[m.Column] > 0
	})
}

// titled tells whether lines above a header that stands once more give it another title than the
// table has: it begins another table then.
func (f *finder) titled(r *region, held []line) bool {
	if len(held) == 0 {
		return false
	}
	word := plainWord(held[len(held)-1].cells[0].Text)
	if joinedPages.MatchString(word) || noteStart.MatchString(word) {
		return false
	}
	return !slices.ContainsFunc(r.above, func(l line) bool { return plainWord(l.cells[0].Text) == word })
}

// saysPeriod tells whether a line between rows speaks of a period.
func saysPeriod(v table.Value) bool {
	if v.Kind == table.MonthValue || v.Kind == table.DayValue {
		return true
	}
	s := plainWord(v.Text)
	if noteStart.MatchString(s) {
		return false
	}
	s = s[len(sectionOf.FindString(strings.TrimRight(s, "：:"))):]
	return len(mentions(s)) > 0 || partial.MatchString(s) && strings.ContainsAny(partial.FindString(s), "月季年")
}

// fills tells whether a line says who filled in a table, and when.
func (f *finder) fills(l line) bool {
	name, _, ok := cutLabel(l.cells[0].Text)
	return ok && (whoName.MatchString(name) || strings.Contains(name, "电话") || fillLabel.MatchString(name) || strings.HasSuffix(name, "人") || strings.HasPrefix(name, "填") || strings.HasPrefix(name, "审") || strings.HasPrefix(name, "制表"))
}

// repeats tells whether a row is the header again, as where pages were joined.
func (f *finder) repeats(r *region, i int) bool {
	for _, h := range r.head {
		if slices.EqualFunc(f.Rows[h].Cells, f.Rows[i].Cells, func(a, b table.Value) bool { return a.Column == b.Column && a.Text == b.Text }) {
			return true
		}
	}
	return false
}

// another tells whether a row begins another table: words stand where the rows
// before have figures.
func (f *finder) another(i int, figures map[int]int) bool {
	if !f.words(i) || len(figures) == 0 || len(f.Rows[i].Cells) < 2 {
		return false
	}
	for _, v := range f.Rows[i].Cells {
		if figures[v.Column] == 0 || v.Kind != table.TextValue {
			continue
		}
		if isWord(v.Text) {
			return true
		}
	}
	return false
}

// isWord tells whether a text is more than a sign that stands for a missing figure.
func isWord(s string) bool {
	s = plainWord(s)
	if _, err := period.Parse(s, period.Options{}); err == nil {
		return true
	}
	_, err := number.Parse(s, "")
	return err != nil && err.Rule == problem.CSVNumber && len([]rune(s)) > 1
}
