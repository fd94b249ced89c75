package table

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Workbook is an office file as its readers see it, sheet by sheet: an XLSX
// workbook, or a CSV or TSV file as one sheet without a name. What a reader of the
// file does not see (hidden sheets, rows and columns, comments, properties) is not
// in it; Skipped names it.
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
}

// SheetRow holds the filled cells of a row, from left to right.
type SheetRow struct {
	Row   int // from 0
	Cells []Value
}

// Value is a filled cell.
type Value struct {
	Column int    // from 0
	Text   string // what a reader of the file sees, cleaned as the cells of a table are
	Kind   ValueKind
	Digits string      // of a Number: what it is, plain and exact (0.4642857142857143); of a Percent in per cent (46.42857142857143)
	Shown  int         // decimals that the number format shows; -1 where it does not say
	Day    period.Date // of a Day
	Line   int         // in a CSV, from 1, else 0
}

// ValueKind says what a cell holds, by its type and its number format.
type ValueKind uint8

const (
	TextValue    ValueKind = iota
	NumberValue            // a number stored as one
	PercentValue           // a number stored as a fraction and shown in per cent
	DayValue               // the serial number of a day, shown as a day
	MonthValue             // the same, shown as a year and a month: Day is its first
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
}
