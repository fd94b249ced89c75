package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/problem"
	"sunshine/site/text"
	"sunshine/site/write"
)

const maxLabel = 60 // characters

// Release records what the bureau publishes on the day o.AsOf under a label, in
// data/releases, and gives the file's path from the bureau's folder. While the
// data have errors nothing is written. The error is fs.ErrInvalid for a label
// that is no file name of its own (Label makes one), fs.ErrExist for one that
// was given before. The path is empty where nothing was recorded.
func Release(ctx context.Context, o Options, label string) (string, problem.List, error) {
	name := ledger.Path(label)
	if label != Label(label) || label == "" {
		return "", nil, &fs.PathError{Op: "release", Path: name, Err: fs.ErrInvalid}
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	if _, err := root.Lstat(name); err == nil {
		return "", nil, &fs.PathError{Op: "release", Path: name, Err: fs.ErrExist}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", nil, err
	}
	o.copies, o.Out = o.Out, ""
	s, problems, err := Make(ctx, o)
	if err != nil || s.Stops {
		return "", problems, err
	}
	if more := early(s.bureau, o); len(more) > 0 {
		return "", append(problems, more...), nil
	}
	if more, err := s.Approved(ctx, o); err != nil || more.Errors() > 0 {
		return "", append(problems, more...), err
	}
	files, err := ledger.Release(s.bureau, label, o.AsOf, s.Files, o.Key)
	if err != nil {
		return "", problems, err
	}
	for _, f := range files { // the head last: a release without it is not whole
		if err := write.File(root, f.Path, f.Bytes); err != nil {
			return "", problems, err
		}
	}
	return name, problems, nil
}

// early refuses a release on a day before that of the last one.
func early(b *bureau.Bureau, o Options) (problems problem.List) {
	if n := len(b.Releases); n > 0 && b.Releases[n-1].Date > o.AsOf {
		last := b.Releases[n-1]
		problems.Error(problem.Position{File: last.File, Line: 1}, problem.ReleaseChain,
			problem.Say("今天（%s）早于上一次发布“%s”的日期%s", "today (%s) is before the day of the last release %s, %s", o.AsOf, last.Label, last.Date),
			problem.Say("核对电脑的日期，或者 --as-of", "check the date of this computer, or --as-of"))
	}
	return problems
}

// Label makes a label that is a file name everywhere: small letters, digits and
// hyphens.
func Label(typed string) string {
	label := text.Slug(typed)
	if label == bureau.LatestRelease || label != "" && !write.Storable(label) {
		label += "-1" // the site itself, or Windows, has another use for it
	}
	for utf8.RuneCountInString(label) > maxLabel {
		_, n := utf8.DecodeLastRuneInString(label)
		label = label[:len(label)-n]
	}
	return label
}
