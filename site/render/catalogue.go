package render

import (
	"sunshine/site/opendata"
)

// dataset gives the dataset that a page shows, or nil.
func (s *site) dataset(path string) *opendata.Dataset {
	for i, d := range s.Catalogue.Datasets {
		if d.Page == path {
			return &s.Catalogue.Datasets[i]
		}
	}
	return nil
}

// published are the files of the dataset that a page shows.
func (s *site) published(p *page) []DownloadLink {
	d := s.dataset(p.path)
	if d == nil {
		return nil
	}
	to := root(p.path)
	return []DownloadLink{
		{to + d.CSV.Path, "CSV", d.Title, size(len(d.CSV.Bytes))},
		{to + d.JSON.Path, "JSON", d.Title, size(len(d.JSON.Bytes))},
	}
}
