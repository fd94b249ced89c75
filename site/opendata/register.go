package opendata

import (
	"bytes"
	"encoding/csv"

	"sunshine/site/bureau"
)

// RegisterCSV gives a register as it is published: its columns and rows in their
// order, without the references of consents.
func RegisterCSV(r *bureau.Register) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true // RFC 4180
	var record []string
	for _, c := range r.Columns {
		if c.Public() {
			record = append(record, harmless(c.Name))
		}
	}
	w.Write(record)
	for i := range r.Rows() {
		record = record[:0]
		for n, cell := range r.Row(i) {
			if r.Columns[n].Public() {
				record = append(record, harmless(cell.V))
			}
		}
		w.Write(record)
	}
	w.Flush()
	return b.Bytes()
}
