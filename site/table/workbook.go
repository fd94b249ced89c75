package table

import (
	"archive/zip"
	"path"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Workbook is an office file as its readers see it, sheet by sheet: an XLSX
// workbook, or a CSV or TSV file as one sheet without a name. What a reader of the
// file does not see (hidden sheets, rows and columns, comments, properties) is not
// in it; Skipped names what was hidden.
type Workbook struct {
	File    string // as messages name it
	SHA256  string // of the file as it stands
	Sheets  []Sheet
	Skipped []Skipped
}

// Sheet is one sheet. Only cells that hold something are kept.
type Sheet struct {
	Name   string // empty for a CSV
	Rows   []SheetRow
	Merged []Range // merged cells; the value stands in the first one
	Hidden []Range // where something stands that no reader sees: columns, rows, cells
}

// SheetRow holds the filled cells of a row, from left to right.
type SheetRow struct {
	Row   int // from 0
	Cells []Value
}

// Value is a filled cell.
type Value struct {
	Text   string      // what a reader of the file sees, cleaned as the cells of a table are; a number without thousands separators, a day as 2026年9月20日
	Digits string      // of a number: what is stored, plain and exact (0.4642857142857143); of a Percent in per cent (46.42857142857143)
	Column int         // from 0
	Day    period.Date // of a Day
	Line   int32       // in a CSV, from 1, else 0
	At     int32       // in a CSV, the character of the line where the cell begins, from 1
	Shown  int8        // decimals that the number format shows; -1 where it does not say
	Kind   ValueKind
}

// ValueKind says what a cell holds, by its type and its number format.
type ValueKind uint8

const (
	TextValue    ValueKind = iota
	NumberValue            // a number stored as one
	PercentValue           // a number that its format shows with a sign of per cent
	DayValue               // the serial number of a day, shown as a day
	MonthValue             // the same, shown as a year and a month, or a month: Day is its first
	TruthValue             // TRUE or FALSE
	ErrorValue             // #REF!, #DIV/0! …, which Text holds
	EmptyFormula           // a formula whose value nobody computed
)

// Range is a rectangle of cells, both ends included, from 0.
type Range struct {
	Row, Column, LastRow, LastColumn int
}

// String gives the range as a spreadsheet does: B4, B4:D9.
func (r Range) String() string {
	first, last := bureau.CellName(r.Column, r.Row), bureau.CellName(r.LastColumn, r.LastRow)
	if first == last {
		return first
	}
	return first + ":" + last
}

// Skipped is a part of an office file that was left out, and why: a hidden sheet
// (no range), column (C), row (5) or a line of notes.
type Skipped struct {
	Sheet, Range string
	Why          problem.Text
	Hidden       bool // whoever looks at the file does not see it
}

// Said says that it was left out.
func (s Skipped) Said() problem.Text {
	return problem.Say("没有读 %s：%s", "not read: %s: %s", strings.Trim(s.Sheet+"!"+s.Range, "!"), s.Why)
}

// Open reads an office file. Its name tells the format that it is held to, and the
// content has to be of it. The workbook is never nil; where the problems hold an
// error it may lack cells, or be empty.
func Open(file string, data []byte) (*Workbook, problem.List) {
	b := book{Workbook: &Workbook{File: file, SHA256: bureau.SHA256(data)}}
	switch locked := lockOf(path.Base(file)); {
	case locked != "":
		b.refuse(problem.WorkbookFormat, problem.Say("这是表格软件打开文件时留下的临时文件，不是报表", "this is the lock file that an office program keeps while it has a workbook open, not the workbook"),
			problem.Say("在表格软件中保存并关闭“%s”，这个文件就会消失；再导入报表本身", "save and close \"%s\" in the office program, and this file is gone; then import the workbook itself", problem.Quote(locked)))
	case len(data) > MaxFile:
		b.refuse(problem.WorkbookSize, problem.Say("文件超过%d MiB", "the file is larger than %d MiB", MaxFile>>20), splitUp)
	case len(data) == 0:
		b.refuse(problem.WorkbookEmpty, problem.Say("文件是空的", "the file is empty"), problem.Say("请报送单位重新发一份；在表格软件中能打开后再导入", "ask for the file again; import it once it opens in the office program"))
	default:
		b.open(data)
	}
	return b.Workbook, b.problems
}

// lockOf gives the name of the workbook that a lock file of Excel, WPS or
// LibreOffice belongs to; empty for other files.
func lockOf(name string) string {
	for _, mark := range []string{"~$", ".~lock.", ".~"} {
		if locked, ok := strings.CutPrefix(name, mark); ok {
			return strings.TrimSuffix(locked, "#")
		}
	}
	return ""
}

// open reads by the ending of the file's name.
func (b *book) open(data []byte) {
	ending := strings.ToLower(path.Ext(b.File))
	switch ending {
	case ".csv", ".tsv", ".txt":
		b.text(data)
	case ".xlsx", ".xlsm":
		b.office(data)
	default:
		b.foreign(ending, data)
	}
	if len(b.problems) > 0 {
		return
	}
	for _, s := range b.Sheets {
		if len(s.Rows) > 0 {
			return
		}
	}
	message := problem.Say("没有表：看得见的工作表都是空的", "there is no table: every sheet that can be seen is empty")
	if len(b.Skipped) > 0 {
		message = problem.Say("没有表：有内容的部分都隐藏着", "there is no table: whatever holds something is hidden")
	}
	b.refuse(problem.WorkbookEmpty, message, problem.Say("打开文件核对：是否发错了文件，或者要报的表被隐藏了；取消隐藏并保存后再导入", "open the file and see whether it is the wrong one, or whether the table is hidden; unhide it, save, and import again"))
}

// text reads a CSV or TSV file, each line a row.
func (b *book) text(data []byte) {
	if bytesOfOffice(data) {
		b.disguised()
		return
	}
	r := &reading{Table: &Table{File: b.File}}
	decoded, _, problems := decode(b.File, data, bureau.String{})
	if b.problems.Add(problems); len(problems) > 0 {
		return
	}
	r.scan(decoded)
	b.problems.Add(r.problems)
	sheet := Sheet{Rows: make([]SheetRow, 0, len(r.count))}
	for l := range r.count {
		cells := r.of(l)
		row := SheetRow{Row: int(r.Sheet[l]), Cells: make([]Value, 0, filled(cells))}
		for i, c := range cells {
			if c.Text != "" {
				row.Cells = append(row.Cells, Value{Text: c.Text, Column: i, Line: int32(c.Line), At: int32(c.Column), Shown: -1})
			}
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	b.Sheets = []Sheet{sheet}
}

// book is a workbook that is being read.
type book struct {
	*Workbook
	problems problem.List

	parts   map[string]*zip.File
	left    int64 // bytes that may still be unpacked
	cells   int   // that were read
	merged  int   // ranges
	strings []string
	formats []format
	epoch   period.Date // the day of serial 0
}

var splitUp = problem.Say("把它分成几个文件，每个文件只留要报的表", "split it into several files that hold the tables and nothing else")

// refuse reports what makes the whole file unreadable.
func (b *book) refuse(rule problem.Rule, message, hint problem.Text) {
	b.problems.Error(problem.Position{File: b.File}, rule, message, hint)
}
