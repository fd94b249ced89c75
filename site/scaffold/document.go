package scaffold

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sunshine/site/text"

	"sunshine/site/bureau"
	"sunshine/site/period"
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
	area, folder := "", "data/"+kind+"s"
	if kind == Guide {
		var found bool
		if area, name, found = strings.Cut(name, "/"); !found {
			return nil, invalid
		}
		if !slices.ContainsFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == area }) {
			return nil, invalid
		}
		folder += "/" + area
	}
	if name == "" || text.Slug(name) != name {
		return nil, invalid
	}
	stem, kinds := name, []string{".md"}
	switch kind {
	case Notice:
		stem = today.String() + "-" + name
	case Statistic:
		folder, kinds = "data/stats", []string{".csv", ".yaml"}
	}

	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	for _, ending := range []string{".md", ".csv", ".xlsx", ".yaml"} {
		if _, err := root.Lstat(path.Join(folder, stem+ending)); err == nil {
			return nil, &fs.PathError{Op: "new", Path: path.Join(folder, stem+ending), Err: fs.ErrExist}
		}
	}
	fill := filler(today, "@AREA@", area, "@NAME@", name)
	var written []string
	for _, ending := range kinds {
		text, err := fs.ReadFile(templates.FS, "new/"+kind+ending)
		if err != nil {
			return written, err
		}
		file := path.Join(folder, stem+ending)
		if err := write.File(root, file, []byte(fill.Replace(string(text)))); err != nil {
			return written, err
		}
		written = append(written, file)
	}
	return written, nil
}
