package site

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// outputs holds the names of the files of the site against each other and against
// what every disk can store, at the inputs that they are made from. Of a page whose
// address is said to be taken already, nothing more is said.
func outputs(b *bureau.Bureau, files []bureau.File, known problem.List) problem.List {
	source, pages := b.Sources(), b.PagePaths()
	said := map[string]bool{} // pages
	for _, p := range known {
		if p.Rule == problem.FilesReservedName || p.Rule == problem.FilesSameAddress {
			said[pages[p.File]] = true
		}
	}
	found := write.Names(files, func(path string) problem.Position { return problem.Position{File: source(path)} })
	return slices.DeleteFunc(found, func(p problem.Problem) bool { return said[pages[p.File]] })
}
