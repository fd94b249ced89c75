// Package scaffold writes what staff start from: a whole small bureau (sunshine
// init), or one document with every element explained (sunshine new); beside a table
// that is there, the descriptor that it shows. The texts stand in templates/init and
// templates/new; @TODAY@, @NEXT@ (31 days on), @AREA@, @NAME@ and what the bureau says
// of itself (@ORG@, @PHONE@, @ADDRESS@, @COMPLAINT@) are filled in. Of the texts of a bureau, a line that begins with @OWN@ is only
// written for one that said who it is, and one with @SAMPLE@ only for one that did
// not. Nothing that is there is written over.
package scaffold

import (
	"cmp"
	"io/fs"
	"os"
	"strings"

	"sunshine/site/period"
	"sunshine/site/write"
	"sunshine/templates"
)

// Bureau writes a small bureau into a new or empty folder. It builds as it is. That of
// one's own has no placeholder in it: its guides and figures are drafts, and what
// nobody can know yet is left out. The sample has a warning for each of its
// placeholders. Its dates are counted from today, so that nothing in it is overdue.
// It reports fs.ErrExist where the folder holds anything already.
func Bureau(dir string, today period.Date, own Own) error {
	if err := Empty(dir); err != nil {
		return err
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
	kept, dropped := "@OWN@", "@SAMPLE@"
	if own == (Own{}) {
		own, kept, dropped = sample, dropped, kept
	}
	var todo strings.Builder
	for _, t := range ToDo {
		todo.WriteString("- [ ] " + t.ZH + "\n")
	}
	fill := filler(today, "@ORG@", own.Name, "@PHONE@", own.Phone, "@ADDRESS@", own.Address, "@COMPLAINT@", cmp.Or(own.Complaint, HotLine), "@TODO@\n", todo.String())
	return fs.WalkDir(texts, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(texts, name)
		if err != nil {
			return err
		}
		var lines strings.Builder
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(line, dropped) {
				lines.WriteString(strings.TrimPrefix(line, kept))
			}
		}
		return write.File(root, fill.Replace(name), []byte(fill.Replace(lines.String())))
	})
}

// Empty reports fs.ErrExist where a folder holds anything.
func Empty(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return &fs.PathError{Op: "init", Path: dir, Err: fs.ErrExist}
	}
	return nil
}

// filler puts the dates, and the pairs after them, in the place of their marks.
func filler(today period.Date, pairs ...string) *strings.Replacer {
	return strings.NewReplacer(append(pairs, "@TODAY@", today.String(), "@NEXT@", (today + 31).String())...)
}
