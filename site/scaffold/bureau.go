// Package scaffold writes what staff start from: a whole small bureau (sunshine
// init), or one document with every element explained (sunshine new). The texts
// stand in templates/init and templates/new; @TODAY@, @NEXT@ (31 days on), @AREA@
// and @NAME@ in them are filled in. Nothing that is there is written over.
package scaffold

import (
	"io/fs"
	"os"
	"strings"

	"sunshine/site/period"
	"sunshine/site/write"
	"sunshine/templates"
)

// Bureau writes a small bureau into a new or empty folder. It builds as it is, with a
// warning for each placeholder in it. Its dates are counted from today, so that nothing in it is overdue.
// It reports fs.ErrExist where the folder holds anything already.
func Bureau(dir string, today period.Date) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return &fs.PathError{Op: "init", Path: dir, Err: fs.ErrExist}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	texts, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return err
	}
	fill := filler(today)
	return fs.WalkDir(texts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(texts, name)
		if err != nil {
			return err
		}
		return write.File(root, fill.Replace(name), []byte(fill.Replace(string(text))))
	})
}

// filler puts the dates, and the pairs after them, in the place of their marks.
func filler(today period.Date, pairs ...string) *strings.Replacer {
	return strings.NewReplacer(append(pairs, "@TODAY@", today.String(), "@NEXT@", (today + 31).String())...)
}
