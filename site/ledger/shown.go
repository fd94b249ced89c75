package ledger

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"path"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/text"
)

// Shown gives what a site shows of its statistics, as a release would hold it: readers
// may have it, whether or not a release says so. names are its JSON files, and read gives
// the bytes of one, or of the CSV beside it that has the rows. One that is none of ours is
// passed over; the first error of read ends it.
func Shown(names []string, read func(name string) ([]byte, error)) (*bureau.Release, error) {
	r := &bureau.Release{}
	for _, name := range names {
		if path.Base(path.Dir(name))+".json" != path.Base(name) {
			continue
		}
		b, err := read(name)
		if err != nil {
			return nil, err
		}
		var t shownTable
		if json.Unmarshal(b, &t) != nil {
			continue
		}
		if t.Path != "" { // the CSV has the rows of a very large one
			if b, err = read(path.Join(path.Dir(name), t.Path)); err != nil {
				return nil, err
			}
			if !t.rows(b) {
				continue
			}
		}
		r.Statistics = append(r.Statistics, t.vintage())
	}
	return r, nil
}

// shownTable is the JSON download of a statistic, as far as it is asked.
type shownTable struct {
	Name   string
	Title  string
	Path   string // of the CSV, beside it, where that has the rows
	Schema struct {
		Fields []struct{ Name, Role, Unit, Type string }
	}
	Data []map[string]any
}

// rows takes the rows of the CSV; ok is false where they cannot be read.
func (t *shownTable) rows(data []byte) (ok bool) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil || len(header) != len(t.Schema.Fields) {
		return false
	}
	for {
		record, err := r.Read()
		if err != nil {
			return err == io.EOF
		}
		row := make(map[string]any, len(record))
		for i, cell := range record {
			f := t.Schema.Fields[i]
			if number, err := strconv.ParseFloat(cell, 64); err == nil && (f.Type == "integer" || f.Type == "number") {
				row[f.Name] = number
			} else if cell != "" {
				row[f.Name] = text.Unguarded(cell)
			}
		}
		t.Data = append(t.Data, row)
	}
}

func (t *shownTable) vintage() *bureau.Vintage {
	v := &bureau.Vintage{Name: t.Name, Title: t.Title}
	dated := ""
	for _, f := range t.Schema.Fields {
		switch bureau.Role(f.Role) {
		case bureau.RolePeriod:
			dated = f.Name
		case bureau.RoleUnit, bureau.RoleCategory:
			v.Keys = append(v.Keys, f.Name)
		case bureau.RoleMeasure:
			v.Measures = append(v.Measures, bureau.Measure{Name: f.Name, Unit: f.Unit})
		}
	}
	seen := map[string]int{}
	text := func(row map[string]any, name string) string {
		s, _ := row[name].(string)
		return s
	}
	for _, row := range t.Data {
		r := &bureau.VintageRow{Interval: text(row, dated)}
		start, ok := period.ParseDate(text(row, dated+"_start"))
		if end, whole := period.ParseDate(text(row, dated+"_end")); whole {
			r.Period = period.Period{Start: start, End: end, AsOf: !ok}
			if !ok {
				r.Period.Start = end
			}
			r.Interval = r.Period.Interval()
		}
		for _, k := range v.Keys {
			r.Categories = append(r.Categories, text(row, k))
		}
		for _, m := range v.Measures {
			f := bureau.Figure{Number: math.NaN(), Status: bureau.NotAvailable}
			switch value := row[m.Name].(type) {
			case float64:
				f = bureau.Figure{Number: value, Status: statusOf(text(row, m.Name+"_status"))}
				for _, q := range bureau.Qualifiers {
					if text(row, m.Name+"_qualifier") == q.String() {
						f.Qualifier = q
					}
				}
			case string:
				f.Status = cmp.Or(statusOf(value), bureau.NotAvailable)
			}
			r.Figures = append(r.Figures, f)
		}
		if r.Key = rowKey(r.Interval, r.Categories); seen[r.Key] > 0 { // as the ledger numbers rows that are alike
			r.Interval += "#" + strconv.Itoa(seen[r.Key]+1)
			seen[r.Key]++
			r.Key = rowKey(r.Interval, r.Categories)
		} else {
			seen[r.Key] = 1
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

// statusOf reads the markers that a download has beside a figure or in its place.
func statusOf(text string) (status bureau.Status) {
	for _, m := range bureau.Markers {
		if strings.Contains(text, m.Status.String()) {
			status |= m.Status
		}
	}
	return status
}
