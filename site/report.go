package site

import (
	"os"
	"path/filepath"

	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/write"
)

// Report writes what Check found to a file for staff: each rule, its state, and
// the place of each problem. A file that is a link or a device is fs.ErrInvalid.
func Report(file string, problems problem.List, asOf period.Date, language problem.Language) (problem.List, error) {
	page, faults, err := render.StaffReport(problems, asOf, language)
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return nil, write.File(root, filepath.Base(file), page)
}
