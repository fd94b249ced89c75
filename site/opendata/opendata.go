// Package opendata writes a statistic for those who want to use it again: as
// CSV for spreadsheets and as JSON for programs, both as published.
//
// In both a number is plain digits with a point; a period stays as staff wrote
// it, with <field>_start and <field>_end (ISO dates) beside it; a marker that
// stands instead of a value stands in its cell, and one on a value in a column
// <field>_status, which is there when any row has one; a word that qualifies a
// number (约, 余) likewise in <field>_qualifier. Rows keep their order. Totals
// stay and are told apart by a column row_type, which is there when there are
// any. A text that a spreadsheet would run as a formula is made harmless.
package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// column is one column of a download.
type column struct {
	name  string
	field int
	value func(s *bureau.Statistic, row, field int) any // string, float64, or nil for an empty cell
}

// columns gives the columns of a statistic's download.
func columns(s *bureau.Statistic) []column {
	var cs []column
	for i, f := range s.Fields {
		switch f.Role {
		case bureau.RolePeriod:
			cs = append(cs, column{f.Name, i, text},
				column{f.Name + "_start", i, func(s *bureau.Statistic, row, _ int) any {
					if p := s.Rows[row].Period; !p.IsZero() && !p.AsOf {
						return p.Start.String()
					}
					return nil
				}},
				column{f.Name + "_end", i, func(s *bureau.Statistic, row, _ int) any {
					if p := s.Rows[row].Period; !p.IsZero() {
						return p.End.String()
					}
					return nil
				}})
		case bureau.RoleMeasure:
			cs = append(cs, column{f.Name, i, number})
			var marked, qualified bool
			for row := range s.Rows {
				c := &s.Row(row)[i]
				marked = marked || c.Has() && c.Status != 0
				qualified = qualified || c.Qualifier != bureau.Exact
			}
			if marked {
				cs = append(cs, column{f.Name + "_status", i, func(s *bureau.Statistic, row, field int) any {
					if c := s.Row(row)[field]; c.Has() && c.Status != 0 {
						return c.Status.String()
					}
					return nil
				}})
			}
			if qualified {
				cs = append(cs, column{f.Name + "_qualifier", i, func(s *bureau.Statistic, row, field int) any {
					if q := s.Row(row)[field].Qualifier; q != bureau.Exact {
						return q.String()
					}
					return nil
				}})
			}
		default:
			cs = append(cs, column{f.Name, i, text})
		}
	}
	for _, r := range s.Rows {
		if r.Kind != bureau.DataRow {
			cs = append(cs, column{"row_type", 0, func(s *bureau.Statistic, row, _ int) any {
				return s.Rows[row].Kind.String()
			}})
			break
		}
	}
	return cs
}

func text(s *bureau.Statistic, row, field int) any {
	if t := s.Row(row)[field].Text; t != "" {
		return t
	}
	return nil
}

func number(s *bureau.Statistic, row, field int) any {
	c := s.Row(row)[field]
	if c.Has() {
		return c.Number
	}
	return c.Status.String()
}

// CSV gives the statistic as UTF-8 with a byte-order mark, which is what makes
// a spreadsheet read it as Chinese.
func CSV(s *bureau.Statistic) []byte {
	cs := columns(s)
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true // RFC 4180
	record := make([]string, len(cs))
	for i, c := range cs {
		record[i] = harmless(c.name)
	}
	w.Write(record)
	for row := range s.Rows {
		for i, c := range cs {
			switch v := c.value(s, row, c.field).(type) {
			case string:
				record[i] = harmless(v)
			case float64:
				record[i] = strconv.FormatFloat(v, 'f', -1, 64)
			default:
				record[i] = ""
			}
		}
		w.Write(record)
	}
	w.Flush()
	return b.Bytes()
}

// harmless keeps a spreadsheet from running a text as a formula (OWASP, CSV
// injection): an apostrophe before it makes it text.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0]) {
		return "'" + s
	}
	return s
}

// JSON gives the same columns as an array of objects under "rows", with the
// title, unit and role of each field.
func JSON(s *bureau.Statistic) ([]byte, error) {
	type field struct {
		Name string `json:"name"`
		Role string `json:"role"`
		Unit string `json:"unit,omitempty"`
	}
	cs := columns(s)
	var b bytes.Buffer
	head := struct {
		Name        string  `json:"name"`
		Title       string  `json:"title"`
		Description string  `json:"description,omitempty"`
		Frequency   string  `json:"frequency"`
		Fields      []field `json:"fields"`
	}{s.Name, s.Title(), s.Descriptor.Description.V, s.Frequency.String(), nil}
	for _, f := range s.Fields {
		head.Fields = append(head.Fields, field{f.Name, string(f.Role), f.Unit})
	}
	start, err := json.Marshal(head)
	if err != nil {
		return nil, err
	}
	b.Write(start[:len(start)-1])
	b.WriteString(`,"rows":[`)
	names := make([][]byte, len(cs))
	for i, c := range cs {
		if names[i], err = json.Marshal(c.name); err != nil {
			return nil, err
		}
	}
	var scratch []byte
	for row := range s.Rows {
		if row > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n{")
		for i, c := range cs {
			if i > 0 {
				b.WriteByte(',')
			}
			b.Write(names[i])
			b.WriteByte(':')
			switch v := c.value(s, row, c.field).(type) {
			case string:
				quoted, err := json.Marshal(v)
				if err != nil {
					return nil, err
				}
				b.Write(quoted)
			case float64:
				if math.IsInf(v, 0) {
					b.WriteString("null")
					break
				}
				scratch = strconv.AppendFloat(scratch[:0], v, 'f', -1, 64)
				b.Write(scratch)
			default:
				b.WriteString("null")
			}
		}
		b.WriteByte('}')
	}
	b.WriteString("\n]}\n")
	return b.Bytes(), nil
}
