package ledger

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// column is a column of a list that staff keep, by its names.
type column struct{ EN, ZH string }

// The columns of the lists, in the order in which a new one has them.
var (
	revisionColumns    = []column{{"date", "日期"}, {"statistic", "统计"}, {"period", "期间"}, {"field", "字段"}, {"old", "原值"}, {"new", "新值"}, {"reason", "原因"}, {"approved_by", "批准人"}, {"kind", "类型"}}
	approvalColumns    = []column{{"date", "日期"}, {"digest", "校验值"}, {"by", "批准人"}, {"previous", "上次发布"}, {"releases", "发布次数"}, {"changes", "变化数"}, {"parts", "各部分校验值"}}
	translationColumns = []column{{"text", "原文"}, {"translation", "译文"}, {"file", "文件"}}
	answerColumns      = []column{{"file", "文件"}, {"key", "对象"}, {"field", "字段"}, {"rule", "规则"}, {"value", "数值"}, {"answer", "答复"}, {"by", "答复人"}, {"date", "日期"}}
	moveColumns        = []column{{"old", "旧地址"}, {"new", "新地址"}, {"date", "日期"}, {"reason", "原因"}}
)

// ErrHeader says that a list has no header in its first line, or is not parted by
// commas.
var ErrHeader = errors.New("no header with commas in the first line")

// csvLine writes cells as the line of a CSV file that a clerk is to add.
func csvLine(cells ...string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write(cells)
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// row gives the cells of a row for RevisionColumns.
func (w Wanted) row(day, reason, by, kind string) []string {
	return []string{day, w.Statistic, w.Period, w.Field, w.Old, w.New, reason, by, cmp.Or(w.Kind, kind)}
}

// AppendRevisions adds the rows that a list of revisions lacks, one for each of
// wanted, with what staff said of it.
func AppendRevisions(source []byte, day string, wanted []Wanted, said func(i int) (reason, by, kind string)) ([]byte, error) {
	var rows [][]string
	for i, w := range wanted {
		reason, by, kind := said(i)
		rows = append(rows, w.row(day, reason, by, kind))
	}
	return appendRows(source, revisionColumns, rows)
}

// AppendAnswer adds what somebody answered to a question about a figure: row is what the
// question gave of it, file to value, as CSV (problem.Cure).
func AppendAnswer(source []byte, row, answer, by, day string) ([]byte, error) {
	cells, err := csv.NewReader(strings.NewReader(row)).Read()
	if err != nil {
		return nil, err
	}
	return appendRows(source, answerColumns, [][]string{append(cells, answer, by, day)})
}

// AppendMoves adds the rows that a list of addresses lacks.
func AppendMoves(source []byte, moves []Move) ([]byte, error) {
	var rows [][]string
	for _, m := range moves {
		rows = append(rows, []string{m.Old, m.New, m.Date.String(), m.Reason})
	}
	return appendRows(source, moveColumns, rows)
}

// AppendApproval adds a row to the list of approvals.
func AppendApproval(source []byte, a bureau.Approval) ([]byte, error) {
	return appendRows(source, approvalColumns, [][]string{{a.Date.V, a.Digest.V, a.By.V, a.Previous.V, a.Releases.V, a.Changes.V, a.Parts.V}})
}

// AppendTranslations adds texts that a list of translations lacks, to be translated.
func AppendTranslations(source []byte, texts []string) ([]byte, error) {
	var rows [][]string
	for _, text := range texts {
		rows = append(rows, []string{text, "", ""})
	}
	return appendRows(source, translationColumns, rows)
}

// appendRows gives a CSV file with rows more at its end, each cell in the column of its
// name, in whatever order the file has them. A column that it lacks is added; an empty
// file gets a header. What is not UTF-8 becomes it. The error is of a file that cannot
// be read as CSV.
func appendRows(source []byte, columns []column, rows [][]string) ([]byte, error) {
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
	named := func(c column) int {
		return slices.IndexFunc(all[0], func(name string) bool {
			name = strings.TrimSpace(name)
			return strings.EqualFold(name, c.EN) || name == c.ZH
		})
	}
	if len(all[0]) > 0 && !slices.ContainsFunc(columns, func(c column) bool { return named(c) >= 0 }) {
		return nil, ErrHeader
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = named(c); at[i] < 0 {
			at[i] = len(all[0])
			name := c.EN
			if len(all[0]) > 0 && slices.ContainsFunc(columns, func(o column) bool { return all[0][0] == o.ZH }) {
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
			lines := strings.Split(cell, "\n")
			for n := range lines {
				lines[n] = problem.Visible(lines[n])
			}
			cells[at[i]] = strings.Join(lines, "\n")
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
