package opendata

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sunshine/site/bureau/bureautest"
)

// The workbook holds what the CSV holds: numbers as numbers, all else as text that nothing
// runs; and the same table gives the same bytes.
func TestWorkbook(t *testing.T) {
	s := bureautest.Table(t, "x", "monthly", "月份:period,类别:category,件数:measure:件,率:measure", "2026年8月,=1+1,12 [p],0.5", "2026年9月,<甲> & \"乙\",[c],-3", "2026年9月, 丙 ,7,[x]")
	table := Statistic(s, chinese)
	data, err := inMemory(table.writeXLSX)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := inMemory(table.writeXLSX); !bytes.Equal(data, again) {
		t.Error("other bytes of the same table")
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(csvOf(t, table), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d rows, not %d", len(got), len(want))
	}
	for i, row := range want {
		for len(got[i]) < len(row) {
			got[i] = append(got[i], "") // empty cells at the end
		}
		for j := range row {
			row[j] = strings.TrimPrefix(row[j], "'") // before what a CSV would run
		}
		if !slices.Equal(got[i], row) {
			t.Errorf("row %d\n got %q\nwant %q", i+1, got[i], row)
		}
	}
	for j, name := range got[0] {
		cell, _ := excelize.CoordinatesToCellName(j+1, 2)
		kind, err := book.GetCellType("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		if number := name == "件数" || name == "率"; number != (kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber) && got[1][j] != "" {
			t.Errorf("%s of %s is of kind %d", cell, name, kind)
		}
		if formula, _ := book.GetCellFormula("Sheet1", cell); formula != "" {
			t.Errorf("%s is a formula", cell)
		}
	}
}
