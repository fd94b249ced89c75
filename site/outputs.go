package site

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// outputs holds the names of the files of the site against each other and against
// what every disk can store, at the inputs that they are made from. Of an input
// whose address is said to be taken already, nothing more is said.
func outputs(b *bureau.Bureau, files []bureau.File, known problem.List) problem.List {
	source := b.Sources()
	found := write.Names(files, func(path string) problem.Position { return problem.Position{File: source(path)} })
	return slices.DeleteFunc(found, func(p problem.Problem) bool {
		return slices.ContainsFunc(known, func(k problem.Problem) bool {
			return k.File == p.File && (k.Rule == problem.FilesReservedName || k.Rule == problem.FilesSameAddress)
		})
	})
}
