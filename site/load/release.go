package load

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Release reads one file of releases. Whether its hash holds, and whether it
// follows another, is judged by the ledger. It is nil where the file cannot be
// understood; of one whose hash does not hold, the content may be missing.
func Release(file string, source []byte) (*bureau.Record, problem.List) {
	var problems problem.List
	at := problem.Position{File: file, Line: 1}
	first, rest, _ := bytes.Cut(source, []byte("\n"))
	stated, found := strings.CutPrefix(strings.TrimSuffix(string(first), "\r"), bureau.RecordHead)
	stated, ended := strings.CutSuffix(stated, bureau.RecordTail)
	if !found || !ended {
		problems.Error(at, problem.ReleaseFormat, problem.Say("这不是 sunshine release 写出的文件", "is not a file that sunshine release wrote"), restoreRelease)
		return nil, problems
	}
	r := &bureau.Record{File: file, Stated: stated, SHA256: bureau.RecordHash(rest)}
	if r.Stated != r.SHA256 {
		return r, nil
	}
	if err := decodeRelease(rest, r); err != nil {
		problems.Error(at, problem.ReleaseFormat, problem.Say("这份发布记录读不懂：%s", "the record cannot be read: %s", problem.Quote(err.Error())), restoreRelease)
		return nil, problems
	}
	return r, nil
}

var restoreRelease = problem.Say("用备份或版本库里的原文件恢复；改正数值要改 data/stats/ 里的表，并在 data/revisions.csv 写明原因", "restore the file from a backup or the repository; correct figures in data/stats/ and give the reason in data/revisions.csv")

// decodeRelease reads what follows the first line, and holds the lengths of the
// columns against each other.
func decodeRelease(rest []byte, r *bureau.Record) error {
	var content struct {
		Format      int    `json:"format"`
		Label       string `json:"label"`
		Date        string `json:"date"`
		Since       string `json:"since"`
		SinceSHA256 string `json:"since_sha256"`
		Statistics  []struct {
			Name       string             `json:"name"`
			Definition *bureau.Definition `json:"definition"`
			Periods    []string           `json:"periods"`
			Categories [][]string         `json:"categories"`
			Figures    []recordedFigures  `json:"figures"`
			Gone       []string           `json:"gone"`
		} `json:"statistics"`
		Gone []string `json:"gone"`
	}
	if err := json.Unmarshal(slices.Concat([]byte("{"), rest), &content); err != nil {
		return err
	}
	date, ok := period.ParseDate(content.Date)
	switch {
	case content.Format != bureau.RecordFormat:
		return fmt.Errorf("format %d", content.Format)
	case !ok:
		return fmt.Errorf("date %s", problem.Quote(content.Date))
	}
	r.Label, r.Date, r.Since, r.SinceSHA256, r.Gone = content.Label, date, content.Since, content.SinceSHA256, content.Gone
	for _, e := range content.Statistics {
		s := bureau.RecordedStatistic{Name: e.Name, Definition: e.Definition, Periods: e.Periods, Categories: e.Categories, Gone: e.Gone}
		for _, column := range e.Categories {
			if len(column) != len(e.Periods) {
				return fmt.Errorf("%s: columns of unlike length", problem.Quote(e.Name))
			}
		}
		for _, column := range e.Figures {
			if len(column) != len(e.Periods) {
				return fmt.Errorf("%s: columns of unlike length", problem.Quote(e.Name))
			}
			s.Figures = append(s.Figures, column)
		}
		if d := e.Definition; d != nil && (len(d.Keys) != len(s.Categories) || len(d.Measures) != len(s.Figures)) {
			return fmt.Errorf("%s: columns without a definition", problem.Quote(e.Name))
		}
		r.Statistics = append(r.Statistics, s)
	}
	return nil
}

// recordedFigures are the figures of one measure. Each is a number, or a text where
// it has markers or a word beside it: 1732, "1732[p]", "300约", "[x]".
type recordedFigures []bureau.Figure

// UnmarshalJSON reads what the ledger writes: no text in it holds a comma.
func (c *recordedFigures) UnmarshalJSON(source []byte) error {
	inner, found := bytes.CutPrefix(bytes.TrimSuffix(source, []byte("]")), []byte("["))
	if !found {
		return fmt.Errorf("%s are no figures", problem.Quote(string(source)))
	}
	*c = (*c)[:0]
	if len(inner) == 0 {
		return nil
	}
	*c = make(recordedFigures, 0, bytes.Count(inner, []byte(","))+1)
	for text := range bytes.SplitSeq(inner, []byte(",")) {
		f, err := parseFigure(bytes.TrimSpace(text))
		if err != nil {
			return err
		}
		*c = append(*c, f)
	}
	return nil
}

func parseFigure(source []byte) (bureau.Figure, error) {
	f := bureau.Figure{Number: math.NaN()}
	if quoted, found := bytes.CutPrefix(source, []byte(`"`)); found {
		text := string(bytes.TrimSuffix(quoted, []byte(`"`)))
		for q := bureau.About; q <= bureau.LessThan; q++ {
			if rest, found := strings.CutSuffix(text, q.String()); found {
				text, f.Qualifier = rest, q
			}
		}
		rest, status, fault := number.Markers(text)
		if fault != nil {
			return f, fault
		}
		if f.Status = status; rest == "" {
			return f, nil
		}
		source = []byte(rest)
	}
	n, err := strconv.ParseFloat(string(source), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return f, fmt.Errorf("%s is no figure", problem.Quote(string(source)))
	}
	f.Number = n
	return f, nil
}
