package table

import (
	"cmp"
	"encoding/xml"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// leaf is a sheet that is being read.
type leaf struct {
	*book
	Sheet
	hidden [sheetWidth]bool // columns
	dark   []bool           // hidden rows

	section string // of the sheet: cols, sheetData, mergeCells
	row     []Value
	at      int // the row that is being read, from 0
	column  int // of the cell that is being read
	cell    struct {
		kind, value     string
		style           int
		formula, valued bool
	}
	in       string // v or is
	interned map[string]string
	text     []byte
	runs     words

	scaled map[int]bool // columns that a problem named
	blank  []Range      // cells whose format shows nothing
}

// sheet reads one sheet.
func (b *book) sheet(name, part string) error {
	l := &leaf{book: b, Sheet: Sheet{Name: name}, at: -1, interned: map[string]string{}, scaled: map[int]bool{}}
	if err := b.read(part, l.token); err != nil {
		return err
	}
	if err := l.see(); err != nil {
		return err
	}
	b.Sheets = append(b.Sheets, l.Sheet)
	return nil
}

func (l *leaf) token(depth int, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return l.start(depth, t)
	case xml.EndElement:
		return l.end(depth, t.Name.Local)
	case xml.CharData:
		switch {
		case l.in == "v" && len(l.text) <= maxText:
			l.text = append(l.text, t...)
		case l.in == "is":
			l.runs.token(t)
		}
	}
	return nil
}

func (l *leaf) start(depth int, e xml.StartElement) error {
	name := e.Name.Local
	switch {
	case depth == 2:
		l.section = name
		if width := attribute(e, "defaultColWidth"); name == "sheetFormatPr" && isZero(width) {
			for i := range l.hidden {
				l.hidden[i] = true
			}
		}
	case l.section == "cols" && depth == 3 && name == "col":
		first, err1 := strconv.Atoi(attribute(e, "min"))
		last, err2 := strconv.Atoi(attribute(e, "max"))
		if err1 != nil || err2 != nil || first < 1 || last < first || last > sheetWidth {
			return errDamaged
		}
		for i := first - 1; i < last; i++ {
			l.hidden[i] = isTrue(attribute(e, "hidden")) || isZero(attribute(e, "width"))
		}
	case l.section == "mergeCells" && depth == 3 && name == "mergeCell":
		r, ok := parseRange(attribute(e, "ref"))
		if !ok {
			return errDamaged
		}
		if l.merged++; l.merged > maxMerged {
			return errSize
		}
		l.Merged = append(l.Merged, r)
	case l.section != "sheetData":
	case depth == 3 && name == "row":
		next := l.at + 1
		var hidden, height string
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "r":
				n, err := strconv.Atoi(a.Value)
				if err != nil || n-1 < next {
					return errDamaged
				}
				next = n - 1
			case "hidden":
				hidden = a.Value
			case "ht":
				height = a.Value
			}
		}
		if next >= sheetRows {
			return errDamaged
		}
		l.at, l.column, l.row = next, -1, l.row[:0]
		if isTrue(hidden) || isZero(height) {
			l.dark = append(l.dark, make([]bool, l.at+1-len(l.dark))...)
			l.dark[l.at] = true
		}
	case depth == 4 && name == "c":
		next := l.column + 1
		l.cell.kind, l.cell.style, l.cell.formula, l.cell.valued = "", 0, false, false
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "r":
				row, column, ok := parseCell(a.Value)
				if !ok || row != l.at || column < next {
					return errDamaged
				}
				next = column
			case "s":
				n, err := strconv.Atoi(a.Value)
				if err != nil || n < 0 {
					return errDamaged
				}
				l.cell.style = n
			case "t":
				l.cell.kind = a.Value
			}
		}
		if next >= sheetWidth {
			return errDamaged
		}
		l.column, l.text = next, l.text[:0]
	case depth == 5 && name == "f":
		l.cell.formula = true
	case depth == 5 && (name == "v" || name == "is"):
		l.in, l.cell.valued = name, true
	case l.in == "is":
		l.runs.token(e)
	}
	return nil
}

func (l *leaf) end(depth int, name string) error {
	switch {
	case l.section != "sheetData":
	case l.in == "is" && depth > 5:
		l.runs.token(xml.EndElement{})
	case depth == 5:
		l.in = ""
	case depth == 4 && name == "c":
		return l.finish()
	case depth == 3 && name == "row" && len(l.row) > 0:
		l.Rows = append(l.Rows, SheetRow{Row: l.at, Cells: slices.Clone(l.row)})
	}
	return nil
}

// isZero tells whether a width or height was given, and is none.
func isZero(size string) bool {
	if size == "" {
		return false
	}
	n, err := strconv.ParseFloat(size, 64)
	return err == nil && n == 0
}

// maxInterned is how many texts of cells are kept once for all cells that hold them.
const maxInterned = 1 << 16

// intern gives a text, the same one for the same bytes.
func (l *leaf) intern(b []byte) string {
	if s, ok := l.interned[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(s) <= maxStored && len(l.interned) < maxInterned {
		l.interned[s] = s
	}
	return s
}

// finish keeps the value of the cell that ends, if it holds one.
func (l *leaf) finish() error {
	f := general
	if l.cell.style < len(l.formats) {
		f = l.formats[l.cell.style]
	}
	v, ok := l.value(f)
	if !ok {
		return nil
	}
	if len(v.Text) > maxText {
		l.fault(problem.WorkbookSize, problem.Say("这一格的文字太长，最多32767个字", "the text of this cell is too long; at most 32,767 characters are read"), problem.Say("把长文字移出报表，或分到几格", "move the long text out of the table, or divide it"))
		return nil
	}
	if v.Kind == TextValue {
		var control bool
		if v.Text, control = clean(v.Text); control {
			l.fault(problem.CSVCharacter, problem.Say("单元格“%s”里有控制字符", "the cell \"%s\" holds a control character", problem.Quote(v.Text)),
				problem.Say("重新输入这个单元格", "type the cell again"))
		}
		switch {
		case v.Text == "":
			return nil
		case f.hidesText && v.Digits == "":
			l.blind()
			return nil
		}
	}
	if l.cells++; l.cells > maxFilled {
		return errSize
	}
	v.Column = l.column
	l.row = append(l.row, v)
	return nil
}

// value reads the cell by its type.
func (l *leaf) value(f format) (v Value, ok bool) {
	raw := l.intern(l.text)
	word := strings.TrimSpace(raw)
	v = Value{Text: word, Shown: -1}
	switch kind := l.cell.kind; {
	case l.cell.formula && word == "" && (kind != "str" || !l.cell.valued):
		v.Kind = EmptyFormula
	case !l.cell.valued:
		return Value{}, false
	case kind == "s":
		i, err := strconv.Atoi(word)
		if err != nil || i < 0 || i >= len(l.strings) {
			l.fault(problem.WorkbookDamaged, problem.Say("这一格指向的文字在文件里找不到", "the text that this cell points to is not in the file"), saveNew)
			return Value{}, false
		}
		v.Text = l.strings[i]
	case kind == "inlineStr":
		v.Text = unescape(l.intern(l.runs.text))
		l.runs.clear()
	case kind == "str":
		v.Text = unescape(raw)
	case kind == "b":
		if v.Kind, v.Text = TruthValue, "FALSE"; word == "1" {
			v.Text = "TRUE"
		}
	case kind == "e":
		v.Kind = ErrorValue
	case kind == "d":
		if day, ok := period.ParseDate(word[:min(len(word), len("2006-01-02"))]); ok {
			v.Kind, v.Day, v.Text = DayValue, day, written(day)
		}
	case word == "":
		return Value{}, false
	default:
		var hidden bool
		switch v, hidden, ok = f.value(word, l.epoch); {
		case !ok:
			l.fault(problem.WorkbookDamaged, problem.Say("这一格存的“%s”不是数", "what this cell stores, \"%s\", is not a number", problem.Quote(word)), saveNew)
			return v, false
		case hidden:
			l.blind()
			return v, false
		}
		l.otherwise(f, v)
	}
	return v, true
}

// unseen tells whether the cell that is being read is hidden.
func (l *leaf) unseen() bool { return l.hidden[l.column] || l.isDark(l.at) }

// fault reports the cell that is being read. What is hidden is in no message.
func (l *leaf) fault(rule problem.Rule, message, hint problem.Text) {
	if !l.unseen() && len(l.problems) < maxProblems {
		l.problems.Error(problem.Position{File: l.File, Sheet: l.Name, Cell: bureau.CellName(l.column, l.at)}, rule, message, hint)
	}
}

// blind notes that the number format of the cell shows nothing.
func (l *leaf) blind() {
	if len(l.blank) <= maxSkipped {
		l.blank = append(l.blank, Range{l.at, l.column, l.at, l.column})
	}
}

// otherwise refuses a figure that is shown as another, once a column.
func (l *leaf) otherwise(f format, v Value) {
	if f.show != asScaled && f.show != asWords || l.unseen() || l.scaled[l.column] {
		return
	}
	l.scaled[l.column] = true
	message := problem.Say("这一格存的是%s，数字格式却缩小了显示（如按千、按万），两种读法都有可能", "this cell stores %s, but its number format shows it scaled down, as in thousands or ten thousands: it has two readings", v.Digits)
	if f.show == asWords {
		message = problem.Say("这一格存的是%s，数字格式却把它显示成文字，两种读法都有可能", "this cell stores %s, but its number format shows words instead: it has two readings", v.Digits)
	}
	l.fault(problem.WorkbookShown, message,
		problem.Say("把这一列的单元格格式改为“常规”，按看到的内容核对、改正后保存，再导入", "set the number format of this column to General, correct what it then shows, save, and import again"))
}

// parseCell reads the name of a cell that a sheet has: AB12.
func parseCell(name string) (row, column int, ok bool) {
	column, row, ok = bureau.ParseCell(name)
	return row, column, ok && row < sheetRows && column < sheetWidth
}

// parseRange reads the name of a range: A1:B2.
func parseRange(name string) (r Range, ok bool) {
	first, last, found := strings.Cut(name, ":")
	if !found {
		last = first
	}
	var ok1, ok2 bool
	r.Row, r.Column, ok1 = parseCell(first)
	r.LastRow, r.LastColumn, ok2 = parseCell(last)
	return r, ok1 && ok2 && r.Row <= r.LastRow && r.Column <= r.LastColumn
}

// see leaves of the sheet what its readers see, and names what was hidden.
func (l *leaf) see() error {
	slices.SortFunc(l.Merged, func(a, b Range) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	merged, moved := l.visible()
	var cover [sheetWidth]int // of each column, the merged range that reached it last, from 1
	columns := map[int]bool{} // hidden ones that hold something
	var covered, dark []Range
	next := 0
	rows := l.Rows
	l.Rows = rows[:0]
	for _, r := range rows {
		for ; next < len(l.Merged) && l.Merged[next].Row <= r.Row; next++ {
			m := l.Merged[next]
			for c := m.Column; c <= m.LastColumn; c++ {
				if cover[c] > 0 && l.Merged[cover[c]-1].LastRow >= m.Row {
					return errDamaged // they overlap
				}
				cover[c] = next + 1
			}
		}
		cells := r.Cells
		r.Cells = cells[:0]
		for _, v := range cells {
			at := Range{r.Row, v.Column, r.Row, v.Column}
			switch m := cover[v.Column]; {
			case m > 0 && l.Merged[m-1].LastRow >= r.Row && (l.Merged[m-1].Row != r.Row || l.Merged[m-1].Column != v.Column):
				if len(covered) <= maxSkipped {
					covered = append(covered, at)
				}
			case m > 0 && moved[m-1] != nil && l.Merged[m-1].LastRow >= r.Row:
				moved[m-1].v = v
			case l.isDark(r.Row):
				if len(dark) == 0 || dark[len(dark)-1].LastRow < r.Row-1 {
					dark = append(dark, at)
				}
				dark[len(dark)-1].LastRow = r.Row
			case l.hidden[v.Column]:
				columns[v.Column] = true
			default:
				r.Cells = append(r.Cells, v)
			}
		}
		if len(r.Cells) > 0 {
			l.Rows = append(l.Rows, r)
		}
	}
	l.Merged = merged
	l.insert(moved)
	l.skip(columns, dark, covered)
	return nil
}

func (l *leaf) isDark(row int) bool { return row < len(l.dark) && l.dark[row] }

// move is a value that is seen elsewhere than where it stands.
type move struct {
	row, column int
	v           Value
}

// visible gives the part that is seen of each merged range; its value is seen
// there, even where the first row or column is hidden.
func (l *leaf) visible() (merged []Range, moved map[int]*move) {
	row, column := following(l.dark), following(l.hidden[:])
	moved = map[int]*move{}
	for i, m := range l.Merged {
		seen := Range{row(m.Row), column(m.Column), m.LastRow, m.LastColumn}
		if seen.Row > m.LastRow || seen.Column > m.LastColumn {
			continue
		}
		if seen != m {
			moved[i] = &move{row: seen.Row, column: seen.Column}
		}
		merged = append(merged, seen)
	}
	return merged, moved
}

// following tells of an index the first from it on that is not hidden.
func following(hidden []bool) func(int) int {
	next := make([]int32, len(hidden)+1)
	next[len(hidden)] = int32(len(hidden))
	for i := len(hidden) - 1; i >= 0; i-- {
		if next[i] = int32(i); hidden[i] {
			next[i] = next[i+1]
		}
	}
	return func(i int) int {
		if i >= len(hidden) {
			return i
		}
		return int(next[i])
	}
}

// insert puts values where they are seen.
func (l *leaf) insert(moved map[int]*move) {
	n := len(l.Rows)
	for _, i := range slices.Sorted(maps.Keys(moved)) {
		if m := moved[i]; m.v != (Value{}) {
			m.v.Column = m.column
			l.Rows = append(l.Rows, SheetRow{m.row, []Value{m.v}})
		}
	}
	if len(l.Rows) == n {
		return
	}
	slices.SortStableFunc(l.Rows, func(a, b SheetRow) int { return a.Row - b.Row })
	rows := l.Rows[:0]
	for _, r := range l.Rows {
		if last := len(rows) - 1; last >= 0 && rows[last].Row == r.Row {
			rows[last].Cells = append(rows[last].Cells, r.Cells...)
			continue
		}
		rows = append(rows, r)
	}
	for _, r := range rows {
		slices.SortFunc(r.Cells, func(a, b Value) int { return a.Column - b.Column })
	}
	l.Rows = rows
}

// maxSkipped is how many hidden places of a sheet are named.
const maxSkipped = 1000

// skip names what was left out.
func (l *leaf) skip(columns map[int]bool, dark, covered []Range) {
	n := 0
	add := func(place string, why problem.Text) {
		switch n++; {
		case n <= maxSkipped:
			l.Skipped = append(l.Skipped, Skipped{l.Name, place, why, true})
		case n == maxSkipped+1:
			l.Skipped = append(l.Skipped, Skipped{l.Name, "…", problem.Say("还有别的隐藏内容，未逐一列出", "more is hidden than is listed"), true})
		}
	}
	letter := func(column int) string { return strings.TrimRight(bureau.CellName(column, 0), "1") }
	for c := 0; c < sheetWidth; c++ {
		first := c
		for c+1 < sheetWidth && columns[c] && columns[c+1] {
			c++
		}
		if columns[c] {
			l.Hidden = append(l.Hidden, Range{0, first, sheetRows - 1, c})
		}
		switch {
		case !columns[c]:
		case first == c:
			add(letter(c), problem.Say("隐藏的列", "a hidden column"))
		default:
			add(letter(first)+":"+letter(c), problem.Say("隐藏的列", "hidden columns"))
		}
	}
	for _, r := range dark {
		l.Hidden = append(l.Hidden, Range{r.Row, 0, r.LastRow, sheetWidth - 1})
		place := strconv.Itoa(r.Row + 1)
		why := problem.Say("隐藏的行", "a hidden row")
		if r.LastRow > r.Row {
			place, why = place+":"+strconv.Itoa(r.LastRow+1), problem.Say("隐藏的行", "hidden rows")
		}
		add(place, why)
	}
	for _, r := range covered {
		l.Hidden = append(l.Hidden, r)
		add(r.String(), problem.Say("被合并单元格盖住，表里看不到", "covered by a merged cell, so that nobody sees it"))
	}
	for _, r := range l.blank {
		l.Hidden = append(l.Hidden, r)
		add(r.String(), problem.Say("数字格式（;;;）把它隐藏了", "its number format (;;;) hides it"))
	}
}
