package table

import (
	"bytes"
	"path"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// foreign refuses a file that is no workbook, by what it is.
func (b *book) foreign(ending string, data []byte) {
	b.refuse(problem.WorkbookFormat, problem.Say("这不是.xlsx工作簿", "this is no .xlsx workbook"), saveNew)
}

// foreignParts refuses an archive that is no workbook.
func (b *book) foreignParts() {
	b.refuse(problem.WorkbookFormat, problem.Say("这不是.xlsx工作簿", "this is no .xlsx workbook"), saveNew)
}

var _ = bytes.Contains
var _ = path.Ext
var _ = text.Plain
