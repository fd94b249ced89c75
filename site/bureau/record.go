package bureau

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Record is one file of releases as it is written: what changed since the release
// before it. The file is this as JSON, after a first line with the hash.
type Record struct {
	File   string `json:"-"` // data/releases/2026-10.json
	Stated string `json:"-"` // the SHA-256 that its first line gives of all that follows
	SHA256 string `json:"-"` // the one that it has

	Format      int                 `json:"format"` // RecordFormat
	Label       string              `json:"label"`
	Date        period.Date         `json:"date"`
	Since       string              `json:"since,omitempty"`        // the label of the release before; empty for the first
	SinceSHA256 string              `json:"since_sha256,omitempty"` // that it stated then
	Statistics  []RecordedStatistic `json:"statistics,omitempty"`
	Gone        []string            `json:"gone,omitempty"`          // statistics that were taken off the site
	Statements  []Statement         `json:"statements,omitempty"`    // what else is said of figures, new or in other words; an empty text is gone
	Addresses   []string            `json:"addresses,omitempty"`     // pages and attachments that were not on the site before
	Tables      []RecordedTable     `json:"tables,omitempty"`        // all that were published, by name
	Inputs      string              `json:"inputs_sha256,omitempty"` // of the list of all inputs, each with its own

	Bytes []byte `json:"-"` // of the file, its lines ended as they were written
}

// Statement is one thing that a publication says of figures beside the figures
// themselves: the unit of a field, the target of a unit, the day of the next release.
type Statement struct {
	About string `json:"about"`           // a statistic, or registers/<name>
	Row   string `json:"row,omitempty"`   // the period and the categories, after slashes
	Field string `json:"field,omitempty"` // a column
	What  string `json:"what"`            // one of Saids
	Text  string `json:"text"`
}

// Of is what the statement is made of, without what it says.
func (s Statement) Of() Statement {
	s.Text = ""
	return s
}

// RecordedTable is a table as it was published: stats/<name>/<name>.csv.
type RecordedTable struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // of its bytes, and its name below data/releases/tables
	Size   int64  `json:"size"`
	Input  string `json:"input_sha256,omitempty"` // of the file that it was made from; empty where that is not told
}

// RecordedStatistic is what changed in one statistic, by column. With a definition
// it is the whole statistic.
type RecordedStatistic struct {
	Name       string            `json:"name"`
	Definition *Definition       `json:"definition,omitempty"`
	Periods    []string          `json:"periods,omitempty"`    // the interval of each row
	Categories [][]string        `json:"categories,omitempty"` // one list for each key
	Figures    []RecordedFigures `json:"figures,omitempty"`    // one list for each measure
	Gone       []string          `json:"gone,omitempty"`       // keys of rows
}

// Definition is what a statistic counts, and how.
type Definition struct {
	Title       string    `json:"title"`
	Description string    `json:"description,omitempty"`
	Frequency   string    `json:"frequency"`
	Keys        []string  `json:"keys,omitempty"`
	Measures    []Measure `json:"measures"`
}

// RecordFormat is the version of the files of releases that are written. Those of
// version 1 are read as well: they hold figures and definitions alone.
const RecordFormat = 2

// What stands around the hash in the first line of such a file.
const RecordHead, RecordTail = `{"sha256":"`, `",`

// RecordHash is the SHA-256 of all that follows the first line. A checkout may have
// turned the ends of the lines.
func RecordHash(rest []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(rest, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:])
}

// RecordedFigures are the figures of one measure. Each is a number, or a text where
// it has markers or a word beside it: 1732, "1732[p]", "300约", "[x]".
type RecordedFigures []Figure

// MarshalJSON writes plain digits; no figure is infinite.
func (all RecordedFigures) MarshalJSON() ([]byte, error) {
	text := []byte{'['}
	for i, f := range all {
		if i > 0 {
			text = append(text, ',')
		}
		if f.Has() && f.Status == 0 && f.Qualifier == Exact {
			text = strconv.AppendFloat(text, f.Number, 'f', -1, 64)
			continue
		}
		text = append(text, '"')
		if f.Has() {
			text = append(strconv.AppendFloat(text, f.Number, 'f', -1, 64), f.Status.String()...)
		} else {
			text = append(text, cmp.Or(f.Status&Instead, NotAvailable).String()...)
		}
		text = append(append(text, f.Qualifier.String()...), '"')
	}
	return append(text, ']'), nil
}

// UnmarshalJSON reads what MarshalJSON writes: no text in it holds a comma.
func (all *RecordedFigures) UnmarshalJSON(source []byte) error {
	inner, found := bytes.CutPrefix(bytes.TrimSuffix(source, []byte("]")), []byte("["))
	if !found {
		return fmt.Errorf("%s are no figures", problem.Quote(string(source)))
	}
	*all = (*all)[:0]
	if len(inner) == 0 {
		return nil
	}
	*all = make(RecordedFigures, 0, bytes.Count(inner, []byte(","))+1)
	for text := range bytes.SplitSeq(inner, []byte(",")) {
		f, ok := recordedFigure(string(bytes.TrimSpace(text)))
		if !ok {
			return fmt.Errorf("%s is no figure", problem.Quote(string(text)))
		}
		*all = append(*all, f)
	}
	return nil
}

func recordedFigure(text string) (f Figure, ok bool) {
	f.Number = math.NaN()
	if inner, quoted := strings.CutPrefix(text, `"`); quoted {
		text = strings.TrimSuffix(inner, `"`)
		for _, q := range Qualifiers {
			if rest, found := strings.CutSuffix(text, q.String()); found {
				text, f.Qualifier = rest, q
			}
		}
		for _, m := range slices.Backward(Markers) {
			if rest, found := strings.CutSuffix(text, m.Status.String()); found {
				text, f.Status = rest, f.Status|m.Status
			}
		}
		if instead := f.Status&Instead != 0; instead || text == "" {
			return f, instead && text == ""
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	f.Number = n
	return f, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}
