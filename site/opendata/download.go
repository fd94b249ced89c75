package opendata

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
)

// csv gives the table as UTF-8 with a byte-order mark, which is what makes a
// spreadsheet read it as Chinese.
func (t Table) csv() []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true // RFC 4180
	record := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		record[i] = c.Name
	}
	w.Write(record)
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
		w.Write(record)
	}
	w.Flush()
	return b.Bytes()
}

// json gives the table as a Data Resource with its rows under "data", each an
// object in the order of the columns.
func (p Publisher) json(t Table) ([]byte, error) {
	head, err := json.Marshal(p.resource(t))
	if err != nil {
		return nil, err
	}
	names := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		if names[i], err = json.Marshal(c.Name); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
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
					return nil, err
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
	return b.Bytes(), nil
}
