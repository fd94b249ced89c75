package main

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strings"

	"sunshine/site/bureau"
)

// ledgerHead are the columns of the ledger as the office keeps it, for those of
// data/suggestions in their order.
var ledgerHead = []any{"序号", "编号", "类别", "收到时间", "承办单位", "反映事项", "商议时间", "方案时间", "督办时间", "反馈时间", "公开时间", "办理状态", "答复内容", "商议情况", "方案内容", "督办情况"}

// The columns of data/suggestions that hold days, and what follows them.
const (
	receivedColumn = 2
	firstStep      = 5
	answeredColumn = 8
	lastStep       = 9
	statusColumn   = 10
	answerColumn   = 11
	firstNote      = 12 // beside the days of the first steps, in their order
	openMatter     = "办理中"
)

// ledgerBook is the ledger as it stood on the day: what came later, and what was done
// later, is not yet in it.
func (f *folder) ledgerBook() workbook {
	day := f.day.String()
	s := sheet{name: "台账"}
	s.title("民意事项台账（"+day[:4]+"年）", len(ledgerHead))
	s.lines = append(s.lines, ledgerHead)
	rows, err := csv.NewReader(strings.NewReader(f.read(f.from, bureau.MattersKind.File(ledger)))).ReadAll()
	if f.err == nil {
		f.err = err
	}
	rows = rows[min(1, len(rows)):]
	slices.SortFunc(rows, func(a, b []string) int { // as they come in
		return cmp.Or(cmp.Compare(a[receivedColumn], b[receivedColumn]), cmp.Compare(a[0], b[0]))
	})
	for _, row := range rows {
		if row[receivedColumn] > day {
			continue
		}
		row = slices.Clone(row)
		if row[answeredColumn] > day {
			row[statusColumn], row[answerColumn] = openMatter, ""
		}
		for i := firstStep; i <= lastStep; i++ {
			if row[i] > day {
				row[i] = ""
				if note := firstNote + i - firstStep; note < len(row) {
					row[note] = ""
				}
			}
		}
		line := []any{len(s.lines) - 1}
		for _, text := range row {
			if text == "" {
				line = append(line, nil)
			} else {
				line = append(line, text)
			}
		}
		s.add(line...)
	}
	s.add("填报单位：市局办公室")
	return workbook{"办公室 民意事项台账" + day, ledger, []sheet{s}}
}
