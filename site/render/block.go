package render

import (
	"strconv"
	"strings"

	"sunshine/site/text"
)

// A table that is wider than a sheet of paper is printed in blocks of columns, below
// each other. No style can part a table so, but it can put the cells of one in another
// order; what names the row stands once more before each block, hidden on screens. To
// write the cells themselves a second time makes a page half as large again.

// A sheet holds so many half-width characters beside each other, and a column takes
// some more than its longest text. What can be broken counts up to a limit.
const (
	sheetWidth  = 104
	columnSpace = 2
	markSpace   = 4
	headWidth   = 8
	leastName   = 13
	wordsWidth  = 16
	mostColumns = 13 // that the style has room for, names included
)

// inBlocks marks the cells before which a block begins, and tells whether there are any.
func inBlocks(head []TableHead, rows []TableRow) bool {
	widths, all := make([]int, len(head)), 0
	for j, h := range head {
		widths[j] = columnWidth(h, rows, j)
		all += widths[j]
	}
	if all <= sheetWidth {
		return false
	}
	first, name := 0, 0 // columns of the first block, and how wide the name of a row is
	for first < len(head) && named(head[first]) {
		name = min(name+widths[first], 2*wordsWidth)
		first++
	}
	count := perBlock(widths[first:], mostColumns-first, sheetWidth-max(name, leastName))
	title := nameOf(len(head), func(j int) string { return head[j].Title }, head)
	for j := first + count; j < len(head); j += count {
		head[j].Again = title
		for i, row := range rows {
			row.Cells[j].Again = nameOf(len(head), func(j int) string { return row.Cells[j].Text }, head)
			if row.Cells[j].Again == "" {
				row.Cells[j].Again = strconv.Itoa(i + 1)
			}
		}
	}
	return true
}

// named tells whether a column says what its rows are of.
func named(h TableHead) bool { return h.Class != "n" && h.Class != "t" }

// nameOf puts together what names a row.
func nameOf(columns int, text func(int) string, head []TableHead) string {
	var names []string
	for j := range columns {
		if named(head[j]) {
			names = append(names, text(j))
		}
	}
	return strings.Join(names, " ")
}

// perBlock is how many columns stand beside each other where each place has the width
// of its widest column.
func perBlock(widths []int, most, room int) int {
	for n := min(most, len(widths)); n > 1; n-- {
		places := make([]int, n)
		for j, w := range widths {
			places[j%n] = max(places[j%n], w)
		}
		sum := 0
		for _, w := range places {
			sum += w
		}
		if sum <= room {
			return n
		}
	}
	return 1
}

// columnWidth is how wide a column has to be, in half-width characters.
func columnWidth(head TableHead, rows []TableRow, column int) int {
	width, mark := min(headWidth, text.Width(head.Title)), 0
	for _, word := range strings.Fields(head.Title) {
		if text.Width(word) == len(word) { // Latin, which is not broken
			width = max(width, len(word))
		}
	}
	for _, row := range rows {
		cell := row.Cells[column]
		w := text.Width(cell.Text)
		if head.Class != "n" {
			w = min(w, wordsWidth)
		}
		width = max(width, w)
		if cell.Mark != "" {
			mark = markSpace
		}
	}
	return width + mark + columnSpace
}
