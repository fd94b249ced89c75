package site

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// Revising is what revisions.csv and addresses.csv lack for what changed since it was
// published.
type Revising struct {
	Figures []ledger.Wanted
	Moves   []ledger.Move
}

// Answer is what staff say of one thing that changed.
type Answer struct{ Reason, Kind, By, To string }

// Revise finds what changed without a reason. The problems are those that keep the
// changes from being seen.
func Revise(ctx context.Context, o Options) (Revising, problem.List, error) {
	o.Out = ""
	s, problems, err := Make(ctx, o)
	return Revising{s.wanted, s.gone}, problems, err
}

// Record adds the rows with their answers to data/revisions.csv and data/addresses.csv,
// with the day of the build, and gives the files that it wrote.
func (r Revising) Record(o Options, figures, moves []Answer) ([]string, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	day := o.AsOf.String()
	var rows [][]string
	for i, w := range r.Figures {
		a := figures[i]
		kind := a.Kind
		if w.Kind != "" {
			kind = w.Kind
		}
		rows = append(rows, []string{day, w.Statistic, w.Period, w.Field, w.Old, w.New, a.Reason, a.By, kind})
	}
	var written []string
	put := func(file string, columns []ledger.Column, rows [][]string) error {
		if len(rows) == 0 {
			return nil
		}
		source, err := root.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		b, err := ledger.AppendRows(source, columns, rows)
		if err != nil {
			return err
		}
		written = append(written, file)
		return write.File(root, file, b)
	}
	if err := put(bureau.RevisionsKind.File(), ledger.RevisionColumns, rows); err != nil {
		return written, err
	}
	rows = nil
	for i, m := range r.Moves {
		rows = append(rows, []string{m.Old, moves[i].To, day, moves[i].Reason})
	}
	return written, put(bureau.AddressesKind.File(), ledger.MoveColumns, rows)
}
