package intake

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Place is a cell of an office file.
type Place = problem.Position

// Reading is one table of an office file as it is understood: the rows of
// data/stats/<name>.csv, or of a ledger or a register, before they are one.
type Reading struct {
	Becomes string // statistic, ledger, register

	File   string // as messages name it
	Sheets []string
	Range  string // of the table on its first sheet, header and rows
	Title  string // without period and unit, the same every month
	Office string // who sent it, where a line says so
	Name   string // of what it becomes; empty until somebody gives it
	Apart  bool   // a table with the same header and another title counts something else

	Titled  bool           // the title stands on the sheet
	BySheet bool           // the name of the sheet is the first category
	ByItem  bool           // the items are columns
	Known   *bureau.Recipe // that it was read by; nil where it is read for the first time
	Gained  []string       // columns that its recipe does not have, and that belong to it now

	Layout    []string // the words of the header, column by column, periods as {期间}
	Heads     []Place  // where these stand
	Columns   []Column // of a statistic, one for each of Layout
	Fields    []Field
	Rows      []Row
	Totals    []Total
	Skipped   []table.Skipped
	Questions []Question
	Taken     []Taken // what nobody said and was decided to be safe
	Parts     []Part  // what its cells were read as; a later one goes before those that it covers

	answers Answers
	sayings []saying // of its columns, as its recipe keeps it
}

// saying is what was said of the column with a header.
type saying struct {
	header string
	Saying
}

// Field is a column of what the table becomes.
type Field struct {
	Name string
	Head string      // what the office calls it, in a ledger
	Role bureau.Role // in a ledger or a register, id of the columns that tell its rows apart
	Type string      // string, integer, number, percent, date
	Unit string
	Risk string // of a measure
	At   Place  // its header, or the item that it is made of

	column string // its header in Layout
	office string // what its office calls it, where somebody gave it another name
	said   Saying
}

// names tells whether a column is part of what names its row; the others hold what is told
// of it.
func (f Field) names() bool { return f.Role != bureau.RoleMeasure && f.Role != "" }

// Row is a period and its categories with their figures, one cell for each field.
type Row struct {
	Period period.Period
	Cells  []Cell
	total  bool // it is named a total
}

// Cell is the text of a cell, as it will stand in the CSV, and where it was read.
type Cell struct {
	Text string
	at   spot
}

// At gives the place of a cell in the office file. It names no cell where the name of
// the sheet was read, and nothing where there was nothing to read.
func (c Cell) At() Place { return c.at.place() }

// spot is a Place in little memory: a table has millions of cells, and few of them are
// ever spoken of.
type spot struct {
	in          *source
	row, column int32 // from 1; 0 where it is the sheet as a whole
	line, char  int32 // in a CSV
}

// source is the sheet that spots are of.
type source struct{ file, sheet string }

func (s spot) place() Place {
	if s.in == nil {
		return Place{}
	}
	p := Place{File: s.in.file, Sheet: s.in.sheet, Line: int(s.line), Column: int(s.char)}
	if s.row > 0 {
		p.Cell = bureau.CellName(int(s.column)-1, int(s.row)-1)
	}
	return p
}

// Total is a total that the office gave, and that was held against its parts.
type Total struct {
	Name string
	At   Place
	Left bool // it does not stand in the statistic
}

// Question is what has two readings, or is not as it was: somebody has to answer it
// in the office file, or by an option of the command.
type Question struct {
	At            Place
	Rule          problem.Rule
	Message, Hint problem.Text
	Answer        Answer
}

// Answer is what answers a question (Answers).
type Answer uint8

// What answers a question: another file or table alone, a reason, or that new columns belong
// to the table.
const (
	AnswerElsewhere Answer = iota
	AnswerReason
	AnswerColumns
)

// Taken is a decision that nobody made.
type Taken struct {
	Field   string
	At      Place
	Message problem.Text
	Hint    problem.Text
}

// Periods gives the first and the last of the periods, and how often they come.
func (r *Reading) Periods() (first, last period.Period, f period.Frequency) {
	var all []period.Period
	seen := map[period.Period]bool{}
	for _, row := range r.Rows {
		p := row.Period
		if p.IsZero() || seen[p] {
			continue
		}
		seen[p] = true
		all = append(all, p)
		if first.IsZero() || p.Start < first.Start || p.Start == first.Start && p.End < first.End {
			first = row.Period
		}
		if last.IsZero() || period.Compare(p, last) > 0 {
			last = row.Period
		}
	}
	return first, last, usual(all)
}

// First gives the place of the first figure of a period.
func (r *Reading) First(p period.Period) Place {
	for _, row := range r.Rows {
		for i, c := range row.Cells {
			if row.Period.Interval() == p.Interval() && r.Fields[i].Role == bureau.RoleMeasure && c.Text != "" {
				return c.At()
			}
		}
	}
	return r.Heads[0]
}

// ask adds a question.
func (r *Reading) ask(at Place, rule problem.Rule, message, hint problem.Text) {
	r.Questions = append(r.Questions, Question{At: at, Rule: rule, Message: message, Hint: hint})
}

// answerable says what answers the question that was asked last.
func (r *Reading) answerable(a Answer) { r.Questions[len(r.Questions)-1].Answer = a }

// field gives the index of the field of that name, or -1.
func (r *Reading) field(name string) int {
	for i := range r.Fields {
		if r.Fields[i].Name == name {
			return i
		}
	}
	return -1
}
