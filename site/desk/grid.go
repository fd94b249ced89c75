package desk

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// parts are what a cell of an office file may be read as, in the order in which they are
// explained.
var parts = []struct {
	Part intake.PartKind
	Name problem.Text
}{
	{intake.PartTitle, problem.Text{ZH: "标题", EN: "title"}},
	{intake.PartOffice, problem.Text{ZH: "报送单位", EN: "who sent it"}},
	{intake.PartUnit, problem.Text{ZH: "计量单位", EN: "unit of measure"}},
	{intake.PartHeader, problem.Text{ZH: "表头", EN: "header"}},
	{intake.PartPeriod, problem.Text{ZH: "期间", EN: "period"}},
	{intake.PartCategory, problem.Text{ZH: "分类、单位名称", EN: "category, name of a unit"}},
	{intake.PartFigures, problem.Text{ZH: "数值", EN: "figures"}},
	{intake.PartText, problem.Text{ZH: "文字", EN: "text"}},
	{intake.PartTotal, problem.Text{ZH: "合计、小计", EN: "total"}},
	{intake.PartNote, problem.Text{ZH: "说明，不读入", EN: "note, not read"}},
	{intake.PartOut, problem.Text{ZH: "不读入", EN: "left out"}},
	{intake.PartOther, problem.Text{ZH: "其他文字，没有读", EN: "other text, read by nobody"}},
}

// window is how many rows of a sheet one page shows.
const window = 200

// long is how many characters a cell may have to be shown whole.
const long = 16

// grid is a sheet as a page shows it, from a row on. Rows that hold nothing are not shown.
type grid struct {
	Name     string
	Columns  []string // A, B, …
	Rows     []gridRow
	Parts    []namedPart // that its rows have
	Asked    bool        // something is asked about them
	At       int         // how many rows that hold something are before these
	All      int         // how many there are
	From, To int         // the first and the last row of these, as the sheet numbers them
	Before   int         // the row that the page before begins with; 0 for none
	After    int
}

type namedPart struct {
	Part intake.PartKind `json:"part"`
	Name string          `json:"name"`
}

type gridRow struct {
	Number int        `json:"n"`
	Cells  []gridCell `json:"c"`
}

type gridCell struct {
	Text   string          `json:"t,omitempty"`
	Part   intake.PartKind `json:"p,omitempty"`
	Name   string          `json:"-"`           // of the part, for who does not see its colour; behind it what is too long to be seen whole
	Held   bool            `json:"h,omitempty"` // something stands in it
	Number bool            `json:"d,omitempty"`
	Asked  bool            `json:"a,omitempty"`
	Form   int             `json:"f,omitempty"` // the form about the column that it heads
	ID     string          `json:"-"`           // of one that is asked about
}

type cell struct{ column, row int }

// partsOf tells what the cells of some rows of a sheet are read as, which count from 0.
func partsOf(sheet string, tables []Table, first, last int) map[cell]intake.Part {
	of := map[cell]intake.Part{}
	for _, t := range tables {
		for _, p := range t.Parts {
			if p.Sheet != sheet {
				continue
			}
			for row := max(first, p.Range.Row); row <= min(last, p.Range.LastRow); row++ {
				for column := p.Range.Column; column <= p.Range.LastColumn; column++ {
					of[cell{column, row}] = p
				}
			}
		}
	}
	return of
}

// askedIn gives the cells of a sheet that something is asked about.
func askedIn(sheet string, problems problem.List) map[cell]bool {
	asked := map[cell]bool{}
	for _, p := range problems {
		if column, row, ok := bureau.ParseCell(p.Cell); ok && p.Sheet == sheet {
			asked[cell{column, row}] = true
		}
	}
	return asked
}

// gridOf draws a window of the rows of a sheet that hold something: the one that a position
// among them is in.
func (d *desk) gridOf(shown *seen, sheet, at int) grid {
	s, tables := shown.read.Book.Sheets[sheet], shown.read.Tables
	g := grid{Name: s.Name, All: len(s.Rows)}
	wide := 0
	for _, r := range s.Rows {
		if n := len(r.Cells); n > 0 {
			wide = max(wide, r.Cells[n-1].Column+1)
		}
	}
	for c := range wide {
		g.Columns = append(g.Columns, strings.TrimRight(bureau.CellName(c, 0), "0123456789"))
	}
	g.At = min(max(at, 0), max(len(s.Rows)-1, 0)) / window * window
	end := min(g.At+window, len(s.Rows))
	if g.At == end {
		return g
	}
	rows := s.Rows[g.At:end]
	g.From, g.To = rows[0].Row+1, rows[len(rows)-1].Row+1
	if g.At > 0 {
		g.Before = s.Rows[max(0, g.At-window)].Row + 1
	}
	if end < len(s.Rows) {
		g.After = s.Rows[end].Row + 1
	}
	of, asked := partsOf(s.Name, tables, g.From-1, g.To-1), askedIn(s.Name, shown.asked)
	met, names := map[intake.PartKind]bool{}, map[intake.PartKind]string{}
	for _, p := range parts {
		names[p.Part] = p.Name.In(d.Language)
	}
	for _, r := range rows {
		row := gridRow{Number: r.Row + 1, Cells: make([]gridCell, wide)}
		for _, v := range r.Cells {
			at := cell{v.Column, r.Row}
			as := of[at].As
			is := gridCell{Text: v.Text, Part: as, Name: names[as], Held: true, Form: shown.forms[of[at].Of]}
			if as == intake.PartFigures || as == intake.PartTotal {
				_, err := number.Parse(v.Text, "")
				is.Number = err == nil
			}
			if len([]rune(v.Text)) > long {
				is.Name += d.say("：", ": ") + v.Text
			}
			row.Cells[v.Column] = is
			met[as] = true
		}
		for column := range row.Cells { // a cell that is empty may be asked about, too
			if asked[cell{column, r.Row}] {
				row.Cells[column].Asked, g.Asked = true, true
				row.Cells[column].ID = cellID(sheet, bureau.CellName(column, r.Row))
			}
		}
		g.Rows = append(g.Rows, row)
	}
	for _, p := range parts {
		if met[p.Part] {
			g.Parts = append(g.Parts, namedPart{p.Part, names[p.Part]})
		}
	}
	return g
}

// position gives where a row of a sheet, which counts from 1, stands among those that hold
// something: how many are before it.
func position(s table.Sheet, row int) int {
	n, _ := slices.BinarySearchFunc(s.Rows, row-1, func(r table.SheetRow, row int) int { return r.Row - row })
	return n
}
