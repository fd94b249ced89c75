package site

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sunshine/site/period"
	"sunshine/templates"
)

// Init writes a small bureau that builds without a problem into a new or empty
// folder. Its dates are counted from today, so that nothing in it is overdue.
// It reports fs.ErrExist where the folder holds anything already.
func Init(dir string, today period.Date) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return &fs.PathError{Op: "init", Path: dir, Err: fs.ErrExist}
	}
	skeleton, err := fs.Sub(templates.FS, "init")
	if err != nil {
		return err
	}
	fill := strings.NewReplacer("@TODAY@", today.String(), "@NEXT@", (today + 31).String())
	return fs.WalkDir(skeleton, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(strings.ReplaceAll(name, "@TODAY@", today.String())))
		if d.IsDir() {
			return os.MkdirAll(path, 0o755)
		}
		text, err := fs.ReadFile(skeleton, name)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(fill.Replace(string(text))), 0o644)
	})
}
