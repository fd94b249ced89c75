package scaffold

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/text"
	"sunshine/site/write"
	"sunshine/templates"
)

// Kinds of document.
const (
	Guide     = "guide"
	Notice    = "notice"
	Statistic = "statistic"
)

// Document writes the complete skeleton of a document into a bureau's folder, with
// each of its elements explained, and gives the files that it wrote. A guide's
// name is area/name; a notice's file begins with the day. The skeleton is what
// check accepts but for the elements that only staff can fill in.
//
// It reports fs.ErrInvalid where the name cannot be an address or the area is
// none, and fs.ErrExist, writing nothing, where the document is there already.
func Document(dir, kind, name string, today period.Date) ([]string, error) {
	invalid := &fs.PathError{Op: "new", Path: name, Err: fs.ErrInvalid}
	area := ""
	if kind == Guide {
		var found bool
		if area, name, found = strings.Cut(name, "/"); !found {
			return nil, invalid
		}
		if !slices.ContainsFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == area }) {
			return nil, invalid
		}
	}
	if name == "" || text.Slug(name) != name {
		return nil, invalid
	}
	var files []string
	switch kind {
	case Guide:
		files = []string{bureau.GuideKind.File(area, name)}
	case Notice:
		files = []string{bureau.NoticeKind.File(today.String() + "-" + name)}
	case Statistic:
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
	fill := filler(today, "@AREA@", area, "@NAME@", name)
	var written []string
	for _, file := range files {
		text, err := fs.ReadFile(templates.FS, "new/"+kind+path.Ext(file))
		if err != nil {
			return written, err
		}
		if err := write.File(root, file, []byte(fill.Replace(string(text)))); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	return written, nil
}
