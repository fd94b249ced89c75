package opendata

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/text"
)

// jsonRows is how many rows the JSON holds at most, as many as a sheet of a spreadsheet:
// programs read it whole, and a CSV row by row.
const jsonRows = 1 << 20

// Described tells whether the table has more rows than its JSON holds: that describes the
// columns and names the CSV, which has the rows.
func (t Table) Described() bool { return t.Rows > jsonRows }

// writeCSV writes the table as UTF-8 with a byte-order mark, which is what makes a
// spreadsheet read it as Chinese. The error is that of the writer.
func (t Table) writeCSV(out io.Writer, jobs int) error {
	head := []byte("\ufeff")
	for i, c := range t.Columns {
		if i > 0 {
			head = append(head, ',')
		}
		head = appendCSV(head, c.Name)
	}
	if _, err := out.Write(append(head, "\r\n"...)); err != nil { // RFC 4180
		return err
	}
	field := func(b []byte, v any) []byte {
		switch v := v.(type) {
		case string:
			return appendCSV(b, text.Harmless(v))
		case json.Number:
			return appendCSV(b, v.String())
		}
		return b
	}
	cells := make([]func(b []byte, row int) []byte, len(t.Columns))
	for i, c := range t.Columns {
		cells[i] = t.formatted(c, field)
	}
	return inPieces(out, jobs, t.Rows, func(b []byte, row int) []byte {
		for i, cell := range cells {
			if i > 0 {
				b = append(b, ',')
			}
			b = cell(b, row)
		}
		return append(b, "\r\n"...)
	})
}

// appendCSV adds a cell of a CSV file, in quotation marks where it needs them.
func appendCSV(b []byte, text string) []byte {
	if first, _ := utf8.DecodeRuneInString(text); text != `\.` && !unicode.IsSpace(first) && !strings.ContainsAny(text, ",\"\r\n") {
		return append(b, text...)
	}
	var quoted bytes.Buffer
	w := csv.NewWriter(&quoted)
	w.UseCRLF = true
	w.Write([]string{text}) // a bytes.Buffer takes all
	w.Flush()
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\r\n"))...)
}

// longTable is from how many rows on it pays to see which are alike.
const longTable = 2000

// formatted gives what adds the cell of a row as format writes its value, in a long table
// each value once.
func (t Table) formatted(c Column, format func(b []byte, value any) []byte) func(b []byte, row int) []byte {
	if c.Alike == nil || t.Rows < longTable {
		return func(b []byte, row int) []byte { return format(b, c.Value(row)) }
	}
	alike := c.Alike()
	each := make([][]byte, len(alike.First))
	for i, row := range alike.First {
		if row >= 0 {
			each[i] = format(nil, c.Value(row))
		}
	}
	return func(b []byte, row int) []byte { return append(b, each[alike.Kind(row)]...) }
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
	if _, err := out.Write(append(head[:len(head)-1], `,"data":[`...)); err != nil {
		return err
	}
	cells := make([]func(b []byte, row int) []byte, len(t.Columns))
	for i, c := range t.Columns {
		name, err := json.Marshal(c.Name)
		if err != nil {
			return err
		}
		cells[i] = t.formatted(c, func(b []byte, v any) []byte {
			b = append(append(b, name...), ':')
			switch v := v.(type) {
			case string:
				quoted, _ := json.Marshal(v) // of a string it never fails
				return append(b, quoted...)
			case json.Number:
				return append(b, cmp.Or(v.String(), "null")...)
			}
			return append(b, "null"...)
		})
	}
	err = inPieces(out, p.Jobs, t.Rows, func(b []byte, row int) []byte {
		if row > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{"...)
		for i, cell := range cells {
			if i > 0 {
				b = append(b, ',')
			}
			b = cell(b, row)
		}
		return append(b, '}')
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, "\n]}\n")
	return err
}
