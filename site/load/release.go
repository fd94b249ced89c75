package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sunshine/site/bureau"
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
	r := &bureau.Record{File: file, Stated: stated, SHA256: bureau.RecordHash(rest), Bytes: bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))}
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
	if err := json.Unmarshal(slices.Concat([]byte("{"), rest), r); err != nil {
		return err
	}
	switch {
	case r.Format < 1 || r.Format > bureau.RecordFormat:
		return fmt.Errorf("format %d", r.Format)
	case r.Date == 0:
		return errors.New("no date")
	}
	for _, s := range r.Statistics {
		unlike := false
		for _, column := range s.Categories {
			unlike = unlike || len(column) != len(s.Periods)
		}
		for _, column := range s.Figures {
			unlike = unlike || len(column) != len(s.Periods)
		}
		if unlike {
			return fmt.Errorf("%s: columns of unlike length", problem.Quote(s.Name))
		}
		if d := s.Definition; d != nil && (len(d.Keys) != len(s.Categories) || len(d.Measures) != len(s.Figures)) {
			return fmt.Errorf("%s: columns without a definition", problem.Quote(s.Name))
		}
	}
	return nil
}

// Head reads the head of the log, as it stands: the ledger judges it.
func Head(file string, source []byte) (bureau.Head, problem.List) {
	return bureau.Head{File: file, Text: strings.ReplaceAll(string(source), "\r\n", "\n")}, nil
}
