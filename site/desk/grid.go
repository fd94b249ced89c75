package desk

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/intake"
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
	{intake.PartTotal, problem.Text{ZH: "合计", EN: "total"}},
	{intake.PartNote, problem.Text{ZH: "说明，不读入", EN: "note, not read"}},
	{intake.PartOut, problem.Text{ZH: "不读入", EN: "left out"}},
	{intake.PartOther, problem.Text{ZH: "其他文字，没有读", EN: "other text, read by nobody"}},
}

// window is how many rows of a sheet one page shows.
const window = 200

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
	Part intake.PartKind
	Name string
}

type gridRow struct {
	Number int        `json:"n"`
	Cells  []gridCell `json:"c"`
}

type gridCell struct {
	Text   string          `json:"t,omitempty"`
	Part   intake.PartKind `json:"p,omitempty"`
	Name   string          `json:"-"`           // of the part, for who does not see its colour
	Held   bool            `json:"h,omitempty"` // something stands in it
	Number bool            `json:"d,omitempty"`
	Asked  bool            `json:"a,omitempty"`
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

// gridOf draws the rows of a sheet that hold something, from a position among them on.
func (d *desk) gridOf(s table.Sheet, tables []Table, problems problem.List, at int) grid {
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
	g.At = min(max(at, 0), max(len(s.Rows)-1, 0))
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
	of, asked := partsOf(s.Name, tables, g.From-1, g.To-1), askedIn(s.Name, problems)
	met, names := map[intake.PartKind]bool{}, map[intake.PartKind]string{}
	for _, p := range parts {
		names[p.Part] = p.Name.In(d.Language)
	}
	for _, r := range rows {
		row := gridRow{Number: r.Row + 1, Cells: make([]gridCell, wide)}
		for _, v := range r.Cells {
			at := cell{v.Column, r.Row}
			_, err := strconv.ParseFloat(v.Digits, 64)
			row.Cells[v.Column] = gridCell{Text: v.Text, Part: of[at].As, Name: names[of[at].As], Held: true, Number: err == nil}
			met[of[at].As] = true
		}
		for column := range row.Cells { // a cell that is empty may be asked about, too
			if asked[cell{column, r.Row}] {
				row.Cells[column].Asked, g.Asked = true, true
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
