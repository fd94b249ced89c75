package site

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/folder"
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

// Revise makes the site without writing it and finds what changed since it was
// published without a row that says why. The problems are all that a build would tell:
// an error of another kind may keep changes from being seen.
func Revise(ctx context.Context, o Options) (Revising, problem.List, error) {
	o.Out, o.store = "", bureau.Forget{}
	s, problems, err := Make(ctx, o)
	return Revising{s.changes.Wanted, s.gone}, problems, err
}

// Explain records why the older figures changed that an import took, where they were
// published: of the statistics that it wrote, and no others, and not what had changed
// without a reason before it (known). What another error keeps from being seen is not
// recorded: a check asks for it.
func Explain(ctx context.Context, o Options, known Revising, tables []*Imported, a Answer) (explained []ledger.Wanted, err error) {
	changed := map[string]bool{}
	for _, t := range tables {
		changed[t.Name] = changed[t.Name] || !t.Refused && t.Change.Changed > 0
	}
	r, _, err := Revise(ctx, o)
	if err != nil {
		return nil, err
	}
	r.Moves = nil
	r.Figures = slices.DeleteFunc(r.Figures, func(w ledger.Wanted) bool {
		return !changed[w.Statistic] || w.Old == "" || slices.Contains(known.Figures, w)
	})
	answers := make([]Answer, len(r.Figures))
	for i, w := range r.Figures {
		answers[i] = a
		answers[i].Kind = cmp.Or(w.Kind, a.Kind)
	}
	_, err = r.Record(o, answers, nil)
	return r.Figures, err
}

// Record adds the rows with their answers to data/revisions.csv and data/addresses.csv,
// with the day of the build, and gives the files that it wrote. Where one of the lists
// cannot be added to, neither is touched, and the error is a *ListError.
func (r Revising) Record(o Options, figures, moves []Answer) ([]string, error) {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var files []bureau.File
	add := func(file string, more func(source []byte) ([]byte, error)) error {
		source, err := folder.Read(root.FS(), file, bureau.KindAt(file).Limit())
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		if err == nil {
			source, err = more(source)
		}
		files = append(files, bureau.File{Path: file, Bytes: source})
		if err != nil {
			return &ListError{file, err}
		}
		return nil
	}
	if len(r.Figures) > 0 {
		if err := add(bureau.RevisionsKind.File(), func(source []byte) ([]byte, error) {
			return ledger.AppendRevisions(source, o.AsOf.String(), r.Figures, func(i int) (reason, by, kind string) { return figures[i].Reason, figures[i].By, figures[i].Kind })
		}); err != nil {
			return nil, err
		}
	}
	if len(r.Moves) > 0 {
		if err := add(bureau.AddressesKind.File(), func(source []byte) ([]byte, error) {
			all := slices.Clone(r.Moves)
			for i := range all {
				all[i].New, all[i].Date, all[i].Reason = moves[i].To, o.AsOf, moves[i].Reason
			}
			return ledger.AppendMoves(source, all)
		}); err != nil {
			return nil, err
		}
	}
	var written []string
	for _, f := range files {
		if err := write.File(root, f.Path, f.Bytes); err != nil {
			return written, err
		}
		written = append(written, f.Path)
	}
	return written, nil
}

// ListError says that a list that staff keep cannot be added to.
type ListError struct {
	File string
	Err  error
}

func (e *ListError) Error() string { return e.File + ": " + e.Err.Error() }
func (e *ListError) Unwrap() error { return e.Err }
