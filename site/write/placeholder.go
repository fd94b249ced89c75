package write

import "io/fs"

// placeholder keeps the site's folder in a repository before the first build.
const placeholder = ".gitkeep"

// isPlaceholder tells whether an entry at the top of the folder is that, and
// says nothing to a reader of the site.
func isPlaceholder(d fs.DirEntry) bool {
	if d.Name() != placeholder || !d.Type().IsRegular() {
		return false
	}
	info, err := d.Info()
	return err == nil && info.Size() == 0
}
