package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// Column is a column of a list that staff keep, by its names.
type Column struct{ EN, ZH string }

// The columns of the lists, in the order in which a new one has them.
var (
	RevisionColumns = []Column{{"date", "日期"}, {"statistic", "统计"}, {"period", "期间"}, {"field", "字段"}, {"old", "原值"}, {"new", "新值"}, {"reason", "原因"}, {"approved_by", "批准人"}, {"kind", "类型"}}
	MoveColumns     = []Column{{"old", "旧地址"}, {"new", "新地址"}, {"date", "日期"}, {"reason", "原因"}}
)

// AppendRows gives a CSV file with rows more at its end, each cell in the column of its
// name, in whatever order the file has them. A column that it lacks is added; an empty
// file gets a header. What is not UTF-8 becomes it. The error is of a file that cannot
// be read as CSV.
func AppendRows(source []byte, columns []Column, rows [][]string) ([]byte, error) {
	const mark = "\ufeff"
	var all [][]string
	marked := bytes.HasPrefix(source, []byte(mark))
	if len(bytes.TrimSpace(source)) > 0 {
		plain, encoding, fault := text.Decode(source, "")
		if fault != nil {
			return nil, fault
		}
		marked = marked || !strings.EqualFold(encoding, "utf-8") // as spreadsheets want it
		reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(plain, []byte(mark))))
		reader.FieldsPerRecord = -1
		var err error
		if all, err = reader.ReadAll(); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		all = [][]string{{}}
	}
	if len(all[0]) > 0 && !slices.ContainsFunc(columns, func(c Column) bool { return slices.Contains(all[0], c.EN) || slices.Contains(all[0], c.ZH) }) {
		return nil, errors.New("no header with commas")
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = slices.IndexFunc(all[0], func(name string) bool { return name == c.EN || name == c.ZH })
		if at[i] < 0 {
			at[i] = len(all[0])
			name := c.EN
			if len(all[0]) > 0 && slices.ContainsFunc(columns, func(o Column) bool { return all[0][0] == o.ZH }) {
				name = c.ZH
			}
			all[0] = append(all[0], name)
		}
	}
	for i := range all {
		for len(all[i]) < len(all[0]) {
			all[i] = append(all[i], "")
		}
	}
	for _, row := range rows {
		cells := make([]string, len(all[0]))
		for i, cell := range row {
			cells[at[i]] = problem.Visible(cell)
		}
		all = append(all, cells)
	}
	var b bytes.Buffer
	if marked {
		b.WriteString(mark)
	}
	w := csv.NewWriter(&b)
	if err := w.WriteAll(all); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
