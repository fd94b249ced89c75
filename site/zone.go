package site

import (
	"os"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/folder"
	"sunshine/site/load"
)

// Zone gives the time zone of the bureau in a folder, before anything else of it is
// read: what the clock shows there is the day that it is built for. Where site.yaml
// cannot be read or names no zone that there is, which Make reports, it is the default.
func Zone(dir string) *time.Location {
	var s bureau.Site
	if root, err := os.OpenRoot(dir); err == nil {
		defer root.Close()
		file := bureau.SiteKind.File()
		if data, err := folder.Read(root.FS(), file, bureau.SiteKind.Limit()); err == nil {
			s, _ = load.Site(file, data)
		}
	}
	zone, _ := s.Zone()
	return zone
}
