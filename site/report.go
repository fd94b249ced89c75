package site

import (
	"os"
	"path/filepath"

	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/render"
)

// Report writes what Check found to a file for staff: each rule, its state, and
// the place of each problem. The file is whole at every moment.
func Report(file string, problems problem.List, asOf period.Date, language problem.Language) (problem.List, error) {
	page, faults := render.StaffReport(problems, asOf, language)
	if len(faults) > 0 {
		return faults, nil
	}
	begun, err := os.CreateTemp(filepath.Dir(file), ".report-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(begun.Name())
	if _, err := begun.Write(page); err != nil {
		begun.Close()
		return nil, err
	}
	if err := begun.Close(); err != nil {
		return nil, err
	}
	if err := os.Chmod(begun.Name(), 0o644); err != nil {
		return nil, err
	}
	return nil, os.Rename(begun.Name(), file)
}
