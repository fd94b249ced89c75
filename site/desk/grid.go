package desk

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// part is what a cell of an office file is read as.
type part string

const (
	note     part = "note" // read by nobody
	title    part = "title"
	header   part = "header"
	when     part = "period"
	category part = "category"
	figures  part = "figures"
	total    part = "total"
	left     part = "out"
	asked    part = "asked"
)

// parts are all, in the order in which they are explained.
var parts = []struct {
	Part part
	Name problem.Text
}{
	{title, problem.Text{ZH: "标题", EN: "title"}},
	{header, problem.Text{ZH: "表头", EN: "header"}},
	{when, problem.Text{ZH: "期间", EN: "period"}},
	{category, problem.Text{ZH: "分类、单位", EN: "category, unit"}},
	{figures, problem.Text{ZH: "数值、文字", EN: "figures, texts"}},
	{total, problem.Text{ZH: "合计", EN: "total"}},
	{left, problem.Text{ZH: "不读入", EN: "left out"}},
	{asked, problem.Text{ZH: "有问题", EN: "asked about"}},
	{note, problem.Text{ZH: "其他文字", EN: "other text"}},
}

// window is how many rows of a sheet one page shows.
const window = 200

// grid is a sheet as a page shows it, from a row on.
type grid struct {
	Name     string
	Columns  []string // A, B, …
	Rows     []gridRow
	From, To int // rows of the sheet, from 1; the last one included
	All      int
	Before   int // the row that the page before begins with; 0 for none
	After    int
}

type gridRow struct {
	Number int
	Cells  []gridCell
}

type gridCell struct {
	Text   string
	Part   part
	Name   string // of the part, for who does not see its colour; empty for none
	Number bool
}

type cell struct{ column, row int }

// partsOf tells what each cell of a sheet is read as. What is asked about comes before all.
func partsOf(sheet string, tables []Table, problems problem.List) map[cell]part {
	of := map[cell]part{}
	mark := func(at problem.Position, p part) {
		if column, row, ok := bureau.ParseCell(at.Cell); ok && at.Sheet == sheet {
			of[cell{column, row}] = p
		}
	}
	for _, t := range tables {
		for _, at := range t.Heads {
			mark(at, header)
		}
		for _, f := range t.Fields {
			mark(f.At, header)
		}
		for _, r := range t.Rows {
			for i, c := range r.Cells {
				switch t.Fields[i].Role {
				case bureau.RolePeriod:
					mark(c.At(), when)
				case bureau.RoleUnit, bureau.RoleCategory:
					mark(c.At(), category)
				default:
					mark(c.At(), figures)
				}
			}
		}
		for _, t := range t.Totals {
			mark(t.At, total)
		}
		for _, s := range t.Skipped {
			if r, ok := rangeOf(s.Range); ok && s.Sheet == sheet {
				for row := r.Row; row <= r.LastRow; row++ {
					for column := r.Column; column <= r.LastColumn; column++ {
						of[cell{column, row}] = left
					}
				}
			}
		}
	}
	for _, p := range problems {
		mark(p.Position, asked)
	}
	for _, t := range tables {
		for _, q := range t.Questions {
			mark(q.At, asked)
		}
	}
	return of
}

// rangeOf reads the range of what was left out: B4, B4:D9. A whole column or row is none:
// it is hidden, and stands on no grid.
func rangeOf(text string) (table.Range, bool) {
	first, last, several := strings.Cut(text, ":")
	column, row, ok := bureau.ParseCell(first)
	r := table.Range{Row: row, Column: column, LastRow: row, LastColumn: column}
	if several && ok {
		r.LastColumn, r.LastRow, ok = bureau.ParseCell(last)
	}
	return r, ok && r.LastRow-r.Row <= 1<<20 && r.LastColumn-r.Column < table.MaxColumns
}

// gridOf draws a sheet from one of its rows on, which counts from 1.
func (d *desk) gridOf(s table.Sheet, tables []Table, problems problem.List, from int) grid {
	g := grid{Name: s.Name}
	of := partsOf(s.Name, tables, problems)
	wide := 0
	for _, r := range s.Rows {
		g.All = max(g.All, r.Row+1)
		for _, v := range r.Cells {
			wide = max(wide, v.Column+1)
		}
	}
	for c := range wide {
		g.Columns = append(g.Columns, strings.TrimRight(bureau.CellName(c, 0), "0123456789"))
	}
	from = min(max(from, 1), max(g.All, 1))
	g.From, g.To = from, min(from+window-1, g.All)
	if from > 1 {
		g.Before = max(1, from-window)
	}
	if g.To < g.All {
		g.After = g.To + 1
	}
	names := map[part]string{}
	for _, p := range parts {
		names[p.Part] = p.Name.In(d.Language)
	}
	titles := map[string]bool{}
	for _, t := range tables {
		titles[t.Title] = t.Title != ""
	}
	for _, r := range s.Rows {
		if r.Row+1 < g.From || r.Row+1 > g.To {
			continue
		}
		row := gridRow{Number: r.Row + 1, Cells: make([]gridCell, wide)}
		for _, v := range r.Cells {
			p, known := of[cell{v.Column, r.Row}]
			switch {
			case known:
			case titles[v.Text]:
				p = title
			default:
				p = note
			}
			_, err := strconv.ParseFloat(v.Digits, 64)
			row.Cells[v.Column] = gridCell{v.Text, p, names[p], err == nil}
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}
