package table

import (
	"cmp"
	"encoding/xml"
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
	dark   map[int]bool     // hidden rows that hold something

	section string // of the sheet: cols, sheetData, mergeCells
	row     []Value
	at      int // the row that is being read, from 0
	column  int // of the cell that is being read
	unseen  bool
	cell    struct {
		kind, value            string
		style                  int
		formula, valued, typed bool
	}
	in   string // v or is
	text []byte
	runs words

	scaled map[int]bool // columns that a problem named
	blank  []Skipped    // cells whose format shows nothing
}

// sheet reads one sheet.
func (b *book) sheet(name, part string) error {
	l := &leaf{book: b, Sheet: Sheet{Name: name}, dark: map[int]bool{}, at: -1, scaled: map[int]bool{}}
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
		if l.Merged = append(l.Merged, r); len(l.Merged) > maxMerged {
			return errSize
		}
	case l.section != "sheetData":
	case depth == 3 && name == "row":
		next := l.at + 1
		var hidden, height string
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "r":
				n, err := strconv.Atoi(a.Value)
				if err != nil || n-1 < next || n > sheetRows {
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
		l.unseen = isTrue(hidden) || isZero(height)
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
		if l.unseen {
			l.dark[l.at] = true
		}
	}
	return nil
}

// isZero tells whether a width or height was given, and is none.
func isZero(size string) bool {
	n, err := strconv.ParseFloat(size, 64)
	return err == nil && n == 0
}

// finish makes a value of the cell that ends.
func (l *leaf) finish() error {
	c := &l.cell
	raw := string(l.text)
	var v Value
	switch {
	case c.formula && c.kind != "str" && c.kind != "inlineStr" && strings.TrimSpace(raw) == "":
		v = Value{Kind: EmptyFormula, Shown: -1}
	case !c.valued:
		return nil
	default:
		switch c.kind {
		case "s":
			i, err := strconv.Atoi(strings.TrimSpace(raw))
			if err != nil || i < 0 || i >= len(l.strings) {
				l.refuseCell(l.Name, l.at, l.column, problem.WorkbookDamaged, problem.Say("这一格指向的文字在文件里找不到", "the text that this cell points to is not in the file"), saveNew)
				return nil
			}
			v = Value{Text: l.strings[i], Shown: -1}
		case "inlineStr":
			v = Value{Text: l.runs.take(), Shown: -1}
		case "str":
			v = Value{Text: unescape(raw), Shown: -1}
		case "b":
			if v = (Value{Kind: TruthValue, Text: "FALSE", Shown: -1}); strings.TrimSpace(raw) == "1" {
				v.Text = "TRUE"
			}
		case "e":
			v = Value{Kind: ErrorValue, Text: strings.TrimSpace(raw), Shown: -1}
		case "d":
			day, ok := period.ParseDate(raw[:min(len(raw), len("2006-01-02"))])
			if v = (Value{Text: raw, Shown: -1}); ok {
				t := day.Time()
				v = Value{Kind: DayValue, Day: day, Text: strconv.Itoa(t.Year()) + "年" + strconv.Itoa(int(t.Month())) + "月" + strconv.Itoa(t.Day()) + "日", Shown: -1}
			}
		default:
			raw = strings.TrimSpace(raw)
			if raw == "" {
				return nil
			}
			f := general
			if c.style < len(l.formats) {
				f = l.formats[c.style]
			}
			var ok bool
			if v, ok = f.value(raw, l.epoch); !ok {
				l.refuseCell(l.Name, l.at, l.column, problem.WorkbookDamaged, problem.Say("这一格存的“%s”不是数", "what this cell stores, \"%s\", is no number", problem.Quote(raw)), saveNew)
				return nil
			}
			switch f.show {
			case asNothing:
				l.blank = append(l.blank, Skipped{l.Name, bureau.CellName(l.column, l.at), problem.Say("数字格式（;;;）把它隐藏了", "its number format (;;;) hides it")})
				return nil
			case asScaled:
				if !l.scaled[l.column] {
					l.scaled[l.column] = true
					l.refuseCell(l.Name, l.at, l.column, problem.WorkbookScaled, problem.Say("这一格存的是%s，数字格式却缩小了显示（如按千、按万），两种读法都有可能", "this cell stores %s, but its number format shows it scaled down, as in thousands or ten thousands: it has two readings", v.Digits),
						problem.Say("把这一列的单元格格式改为“常规”，按看到的数核对单位后保存，再导入", "set the number format of this column to General, see that the figures agree with their unit, save, and import again"))
				}
			}
		}
	}
	if len(v.Text) > maxText {
		l.refuseCell(l.Name, l.at, l.column, problem.WorkbookSize, problem.Say("这一格的文字太长，最多32767个字", "the text of this cell is too long; at most 32,767 characters are read"), problem.Say("把长文字移出报表，或分到几格", "move the long text out of the table, or divide it"))
		return nil
	}
	if v.Kind == TextValue {
		var control bool
		v.Text, control = clean(v.Text)
		if control {
			l.refuseCell(l.Name, l.at, l.column, problem.CSVCharacter, problem.Say("单元格“%s”里有控制字符", "the cell \"%s\" holds a control character", problem.Quote(v.Text)),
				problem.Say("重新输入这个单元格", "type the cell again"))
		}
		if v.Text == "" {
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

// parseCell reads the name of a cell: AB12, $AB$12.
func parseCell(name string) (row, column int, ok bool) {
	i := 0
	for ; i < len(name) && 'A' <= name[i] && name[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	if i == 0 || err != nil || row < 1 || row > sheetRows || column > sheetWidth || name[i] == '+' {
		return 0, 0, false
	}
	return row - 1, column - 1, true
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
	columns := map[int]bool{} // hidden, and not empty
	rows := l.Rows[:0]
	for _, r := range l.Rows {
		if l.dark[r.Row] {
			continue
		}
		cells := r.Cells[:0]
		for _, v := range r.Cells {
			if l.hidden[v.Column] {
				columns[v.Column] = true
				continue
			}
			cells = append(cells, v)
		}
		if r.Cells = cells; len(cells) > 0 {
			rows = append(rows, r)
		}
	}
	l.Rows = rows
	return nil
}
