package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"unicode/utf8"

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
// was given before.
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
	o.Out = ""
	s, problems, err := Make(ctx, o)
	if err != nil || stops(problems, o) {
		return "", problems, err
	}
	file, err := ledger.Release(s.bureau, label, o.AsOf)
	if err != nil {
		return "", problems, err
	}
	return name, problems, write.File(root, name, file.Bytes)
}

// Label makes a label that is a file name everywhere: small letters, digits and
// hyphens.
func Label(typed string) string {
	label := text.Slug(typed)
	for utf8.RuneCountInString(label) > maxLabel {
		_, n := utf8.DecodeLastRuneInString(label)
		label = label[:len(label)-n]
	}
	return label
}
