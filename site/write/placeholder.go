package write

import "io/fs"

// placeholder keeps the site's folder in a repository before the first build.
const placeholder = ".gitkeep"

// Beside tells whether a file that stands in a site belongs there although its
// manifest does not name it: the manifest, its signature, an empty placeholder.
func Beside(path string, d fs.DirEntry) bool {
	return (path == ManifestName || path == SignatureName) && d.Type().IsRegular() || path == placeholder && isPlaceholder(d)
}

// isPlaceholder tells whether an entry at the top of the folder is that, and
// says nothing to a reader of the site.
func isPlaceholder(d fs.DirEntry) bool {
	if d.Name() != placeholder || !d.Type().IsRegular() {
		return false
	}
	info, err := d.Info()
	return err == nil && info.Size() == 0
}
