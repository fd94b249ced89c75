package site

import (
	"errors"
	"io/fs"

	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/templates"
)

// loadTemplates takes the bureau's own templates over ours, and the scripts and
// styles that are embedded.
func loadTemplates(bureauFolder fs.FS) (*render.Templates, problem.List, error) {
	var assets []render.Asset
	for name, file := range map[string]string{"chart.css": "chart.css", "chart.js": "chart.js", "matters.js": "matters.js", "echarts.js": "dist/echarts.js", "licenses.txt": "dist/LICENSES.txt"} {
		data, err := fs.ReadFile(templates.FS, file)
		if err != nil {
			return nil, nil, errNoECharts
		}
		assets = append(assets, render.Asset{Name: name, Bytes: data})
	}
	var overrides fs.FS
	var problems problem.List
	switch err := folder.Folder(bureauFolder, "templates"); {
	case err == nil:
		if overrides, err = fs.Sub(bureauFolder, "templates"); err != nil {
			return nil, nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		problems = append(problems, folder.Problem("templates", 0, err))
	}
	t, more := render.Load(overrides, assets)
	return t, append(problems, more...), nil
}

var errNoECharts = errors.New("this sunshine was built without ECharts; build it with make build")
