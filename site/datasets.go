package site

import (
	"path"

	"sunshine/site/bureau"
	"sunshine/site/opendata"
	"sunshine/site/render"
)

// publish writes the files of a table; for a check it writes none.
func (a *artist) publish(p opendata.Publisher, t opendata.Table) (opendata.Dataset, error) {
	if a.studio == nil {
		return t.Unwritten(), nil
	}
	return p.Publish(t)
}

// downloads are the files that a statistic's page offers; none where none are written.
func downloads(d opendata.Dataset, charts []render.Chart) []render.Download {
	if d.CSV.Bytes == nil {
		return nil
	}
	files := []render.Download{
		{Path: d.CSV.Path, Kind: "CSV", Size: len(d.CSV.Bytes)},
		{Path: d.JSON.Path, Kind: "JSON", Size: len(d.JSON.Bytes)},
	}
	for _, c := range charts {
		files = append(files, render.Download{
			Path: path.Join(path.Dir(d.Page), c.Drawing.ID+".svg"), Kind: "SVG", Title: c.Title, Size: len(c.Drawing.File),
		})
	}
	return files
}

// catalogue is everything that is published as open data: the statistics'
// datasets, and the lists.
func (a *artist) catalogue(b *bureau.Bureau, p opendata.Publisher, datasets []opendata.Dataset) (opendata.Catalogue, error) {
	language := b.Site.MainLanguage()
	var lists []opendata.Table
	if len(b.Matters) > 0 {
		lists = append(lists, opendata.Matters(b.Matters, language))
	}
	for _, r := range b.Registers {
		lists = append(lists, opendata.Register(r, language))
	}
	if len(b.Units) > 0 {
		lists = append(lists, opendata.Units(b.Units, language))
	}
	if len(b.Targets) > 0 {
		lists = append(lists, opendata.Targets(b.Targets, language))
	}
	for _, t := range lists {
		d, err := a.publish(p, t)
		if err != nil {
			return opendata.Catalogue{}, err
		}
		datasets = append(datasets, d)
	}
	if a.studio == nil {
		return p.Unwritten(datasets), nil
	}
	return p.Catalogue(datasets)
}
