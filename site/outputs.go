package site

import (
	"cmp"
	"path/filepath"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// outputs tells what would keep the files from being written: names that clash or
// that no disk stores, each at the input that it is made from, and the folder that
// they go to. Of a page whose address is said to be taken already, nothing more is
// said.
func outputs(o Options, b *bureau.Bureau, files []bureau.File, known problem.List) problem.List {
	source, pages := b.Sources(), b.PagePaths()
	said := map[string]bool{} // pages
	for _, p := range known {
		if p.Rule == problem.FilesReservedName || p.Rule == problem.FilesSameAddress {
			said[pages[p.File]] = true
		}
	}
	found := write.Check(o.Out, filepath.Join(o.Dir, "data"), files, func(name string) problem.Position {
		return problem.Position{File: source(name)}
	}, o.Jobs)
	found.Add(write.Listed(cmp.Or(o.Out, "public"), files, b.Inputs))
	return slices.DeleteFunc(found, func(p problem.Problem) bool { return said[pages[p.File]] })
}
