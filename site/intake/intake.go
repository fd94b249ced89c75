// Package intake reads the tables of an office file as statistics, ledgers and registers
// (sunshine import).
//
// A workbook goes in, plain values come out: it opens no file and writes none. The way
// is one:
//
//	find     a sheet becomes tables and the lines between them
//	header   the words above a column become its path, its unit, its period, its kind
//	say      what somebody said of a column goes before what its header says
//	read     title, office and period of a table; every figure with all that names it
//	kind     what the table becomes: a statistic, a ledger, a register
//	total    what names itself a total is held against its parts
//	long     tables of one statistic become one: a row a period and its categories
//	propose  roles, types, and of each count what one of it is (package figures)
//	recipe   the reading that was confirmed, and whether a table still has its layout
//	append   the rows that are new; what changed is a question
//	widen    columns that a table gained, once somebody said that they belong to it
//	ledger   matters: columns by their synonyms, read as package load reads such a list
//	register rows of texts, as they stand
//	join     the rows of both that are new, and those that went forward
//	describe the descriptor of a new statistic, and the days of one that goes on
//	part     what each cell of the file was read as, for who looks at it beside the reading
//
// A table begins with a row of at least two words, under which figures stand; a row
// that fills what the row above leaves open goes on with the header. One cell alone is
// a title, a heading of the rows below it, or a note. The period of a figure is that
// of its header, else of its row, else of the table: of a line such as 统计时间：…, of
// the title, of the sheet's name, of the file's name, in this order. A period that
// leaves its year out takes that of the table. The day on which a report
// was sent, printed or mended is no period, nor is what has only begun (1月至今); a period
// on a line between rows is asked about.
//
// Items in unlike units become columns of their own, as columns that count unlike
// things are; items in one unit are a category. Sheets with one title and one header
// are one statistic; where they are of one period the sheet's name is a category.
//
// What has two readings is a Question at its cell, and is answered in the office file
// or by an option of the command, or by what somebody says of the column (Options.Said),
// which its recipe then keeps; never by a guess. What names persons is left out,
// and all that is left out is said; what is hidden, and can be computed from what is
// seen, is asked about. The text of a figure is what the office shows of
// it; an empty cell stays empty. Every cell knows where it stood.
package intake

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Result is what an office file holds.
type Result struct {
	Readings  []*Reading
	Skipped   []table.Skipped // of no table
	Parts     []Part          // of no table
	Questions []Question      // about no table
	Problems  problem.List
}

// Read reads every table of an office file.
func Read(w *table.Workbook, o Options) Result {
	result := Result{Skipped: w.Skipped}
	var tables, all []*tableReader
	for _, s := range w.Sheets {
		f := find(w.File, s)
		result.Skipped = append(result.Skipped, f.skipped...)
		result.Questions = append(result.Questions, f.questions...)
		result.Parts = append(result.Parts, f.parts...)
		var before setting
		for _, r := range f.regions {
			t := &tableReader{region: r, options: o}
			t.read(before)
			if !t.setting.period.IsZero() || t.setting.year != 0 {
				before = t.setting
			}
			result.Problems.Add(t.problems)
			all = append(all, t)
			if t.becomes == bureau.RecipeStatistic && !hasKind(t.columns, figure) {
				result.Questions = append(result.Questions, t.questions...) // what kept its figures from being read
				result.Skipped = append(result.Skipped, t.skipped...)
				result.without(t)
				continue
			}
			tables = append(tables, t)
		}
	}
	result.unheard(w.File, o, all)
	tables = result.beside(tables)
	groups := together(tables)
	for n, g := range groups {
		r := g.reading(o, n)
		r.Apart = g.apart(groups, o.Recipes)
		result.Readings = append(result.Readings, r)
	}
	return result
}
