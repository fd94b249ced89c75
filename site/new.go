package site

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/templates"
)

// Kinds of document that New writes.
const (
	NewGuide     = "guide"
	NewNotice    = "notice"
	NewStatistic = "statistic"
)

// New writes the complete skeleton of a document into a bureau's folder, with
// each of its elements explained, and gives the files that it wrote. A guide's
// name is area/name; a notice's file begins with the day. The skeleton is what
// check accepts but for the elements that only staff can fill in.
//
// It reports fs.ErrInvalid where the name cannot be an address or the area is
// none, and fs.ErrExist, writing nothing, where the document is there already.
func New(dir, kind, name string, today period.Date) ([]string, error) {
	invalid := &fs.PathError{Op: "new", Path: name, Err: fs.ErrInvalid}
	area := ""
	if kind == NewGuide {
		var found bool
		if area, name, found = strings.Cut(name, "/"); !found {
			return nil, invalid
		}
		if !slices.ContainsFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == area }) {
			return nil, invalid
		}
	}
	if name == "" || load.Slug(name) != name {
		return nil, invalid
	}
	var files []string
	switch kind {
	case NewGuide:
		files = []string{bureau.GuideKind.File(area, name)}
	case NewNotice:
		files = []string{bureau.NoticeKind.File(today.String() + "-" + name)}
	case NewStatistic:
		files = []string{bureau.StatisticKind.File(name), bureau.StatisticDescriptorKind.File(name)}
	}

	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	stem := strings.TrimSuffix(files[0], path.Ext(files[0]))
	for _, ending := range []string{".md", ".csv", ".xlsx", ".yaml"} {
		if _, err := root.Lstat(stem + ending); err == nil {
			return nil, &fs.PathError{Op: "new", Path: stem + ending, Err: fs.ErrExist}
		}
	}
	if err := root.MkdirAll(path.Dir(stem), 0o755); err != nil {
		return nil, err
	}
	fill := strings.NewReplacer("@TODAY@", today.String(), "@NEXT@", (today + 31).String(), "@AREA@", area, "@NAME@", name)
	var written []string
	for _, file := range files {
		text, err := fs.ReadFile(templates.FS, "new/"+kind+path.Ext(file))
		if err != nil {
			return written, err
		}
		if err := root.WriteFile(file, []byte(fill.Replace(string(text))), 0o644); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	return written, nil
}
