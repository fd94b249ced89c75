package intake

import (
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Origins writes where the figures, or the texts, of a reading stood, behind what is known of those
// before: data/imports/<name>.csv. A figure that is known with the same text stays
// with the file that it came from first. sum is that of the office file; leftOut says
// that something of it was not taken.
func (r *Reading) Origins(before bureau.Origins, sum string, day period.Date, leftOut bool) []byte {
	columns := slices.Clone(before.Columns)
	at := make([]int, len(r.Fields)) // the column of each field
	for i, f := range r.Fields {
		if at[i] = slices.Index(columns, f.Name); at[i] < 0 {
			at[i] = len(columns)
			columns = append(columns, f.Name)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(slices.Concat(columns, bureau.OriginColumns))
	left := func(yes bool) string {
		if yes {
			return "yes"
		}
		return ""
	}
	named := func(cells []string) string {
		key := ""
		for i, f := range r.Fields {
			if f.names() {
				key += cells[at[i]] + "\x00"
			}
		}
		return key
	}
	type figure struct {
		row   string
		field int
	}
	known := map[figure]string{}
	for _, row := range before.Rows {
		s := before.Sheets[row.Sheet]
		cells := append(slices.Clone(row.Cells), make([]string, len(columns)-len(row.Cells))...)
		w.Write(append(cells, s.File.V, s.Sheet.V, s.SHA256, s.Taken, left(s.LeftOut)))
		key := named(cells)
		for i, f := range r.Fields {
			if !f.names() && cells[at[i]] != "" {
				_, known[figure{key, i}] = bureau.CutOrigin(cells[at[i]])
			}
		}
	}
	file := problem.Visible(path.Base(r.File)) // a name may hold what no table may
	for _, row := range r.Rows {
		names := make([]string, len(columns))
		for i, f := range r.Fields {
			if f.names() {
				names[at[i]] = row.Cells[i].Text
			}
		}
		key := named(names)
		var sheets []string
		lines := map[string][]string{}
		for i, f := range r.Fields {
			cell := row.Cells[i]
			if f.names() || cell.Text == "" || cell.at.in == nil {
				continue
			}
			if was, ok := known[figure{key, i}]; ok && was == cell.Text {
				continue
			}
			from := cell.At()
			if lines[from.Sheet] == nil {
				sheets = append(sheets, from.Sheet)
				lines[from.Sheet] = slices.Clone(names)
			}
			lines[from.Sheet][at[i]] = from.Cell + "=" + strings.TrimSpace(cell.Text)
		}
		for _, sheet := range sheets {
			w.Write(append(lines[sheet], file, sheet, sum, day.String(), left(leftOut)))
		}
	}
	w.Flush()
	return b.Bytes()
}
