package render

import (
	"fmt"
	"strings"
	"testing"
)

// A table is parted where it is wider than a sheet, into as many columns as fit, each
// block with the names of the rows.
func TestInBlocks(t *testing.T) {
	wide := func(n int, value string) (head []TableHead, rows []TableRow) {
		head, row := []TableHead{{Title: "月份", Class: "p"}, {Title: "单位"}}, TableRow{Cells: []TableCell{{Text: "2026年1月"}, {Text: "东路派出所", Header: true}}}
		for i := range n {
			head, row.Cells = append(head, TableHead{Title: fmt.Sprint("第", i, "类"), Class: "n"}), append(row.Cells, TableCell{Text: value, Class: "n"})
		}
		return head, []TableRow{row}
	}
	for _, c := range []struct {
		columns int
		value   string
		want    string // the columns with which a block begins
	}{
		{5, "12,345", ""},
		{10, "12,345", ""},
		{11, "12,345", "12"},
		{30, "12,345", "12 22"},
		{30, "1,234,567,890", "7 12 17 22 27"},
		{25, "5", "12 22"},
		{3, strings.Repeat("9", 120), "3 4"}, // wider than the sheet by itself
	} {
		head, rows := wide(c.columns, c.value)
		var begin []string
		in := inBlocks(head, rows)
		for j := range head {
			if h, cell := head[j].Again, rows[0].Cells[j].Again; h != "" || cell != "" {
				begin = append(begin, fmt.Sprint(j))
				if h != "月份 单位" || cell != "2026年1月 东路派出所" {
					t.Errorf("%d columns: a block is headed %q, its row %q", c.columns, h, cell)
				}
			}
		}
		if got := strings.Join(begin, " "); got != c.want || in != (c.want != "") {
			t.Errorf("%d columns of %s: blocks begin with %q, want %q", c.columns, c.value, got, c.want)
		}
	}
}
