package opendata

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"path"
)

// jsonRows is how many rows the JSON holds at most, as many as a sheet of a spreadsheet:
// programs read it whole, and a CSV row by row.
const jsonRows = 1 << 20

// Described tells whether the table has more rows than its JSON holds: that describes the
// columns and names the CSV, which has the rows.
func (t Table) Described() bool { return t.Rows > jsonRows }

// writeCSV writes the table as UTF-8 with a byte-order mark, which is what makes a
// spreadsheet read it as Chinese. The error is that of the writer.
func (t Table) writeCSV(out io.Writer) error {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true // RFC 4180
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	if err := w.Write(record); err != nil {
		return err
	}
	for row := range t.Rows {
		for i, c := range t.Columns {
			switch v := c.Value(row).(type) {
			case string:
				record[i] = Harmless(v)
			case json.Number:
				record[i] = v.String()
			default:
				record[i] = ""
			}
		}
		if err := w.Write(record); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// writeJSON writes the table as a Data Resource: with its rows under "data", each an
// object in the order of the columns, or, where they are too many, with the path of the
// CSV. The error is that of the writer.
func (p Publisher) writeJSON(out io.Writer, t Table) error {
	r := p.resource(t)
	if t.Described() {
		r.inCSV(path.Base(t.Path) + ".csv")
	}
	head, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if t.Described() {
		_, err = out.Write(append(head, '\n'))
		return err
	}
	names := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		if names[i], err = json.Marshal(c.Name); err != nil {
			return err
		}
	}
	b := bufio.NewWriter(out)
	b.Write(head[:len(head)-1])
	b.WriteString(`,"data":[`)
	for row := range t.Rows {
		if row > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		for i, c := range t.Columns {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(names[i])
			b.WriteByte(':')
			switch v := c.Value(row).(type) {
			case string:
				quoted, err := json.Marshal(v)
				if err != nil {
					return err
				}
				b.Write(quoted)
			case json.Number:
				b.WriteString(cmp.Or(v.String(), "null"))
			default:
				b.WriteString("null")
			}
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]}\n")
	return b.Flush() // which tells what any of them met
}
