package render

import (
	"html/template"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/opendata"
)

// Catalogue is what catalogue.html shows: every table that may be taken away.
type Catalogue struct {
	Common
	Licence        *Link
	DictionaryHref string
	Files          []DownloadLink // of all tables together
	Program        string         // what the program among them is for; empty where there is none
	Address        string         // of a statistic's file, with a word in place of its name
	Datasets       []DatasetView
}

// DatasetView is one table in the catalogue.
type DatasetView struct {
	Href, Title, Description, Period, Rows string
	DictionaryHref                         string
	Updated                                *Date
	Licence                                *Link
	Files                                  []DownloadLink
}

// Dictionary is what dictionary.html shows: what each column of each table
// means, and the markers and words that stand in all of them.
type Dictionary struct {
	Common
	CatalogueHref     string
	Markers, RowTypes []opendata.Missing
	Tables            []DictionaryTable
}

// DictionaryTable is one table; its ID is that of its heading.
type DictionaryTable struct {
	ID, Href, Title, Region string
	Figures                 bool // some columns hold figures
	Fields                  []DictionaryField
}

// DictionaryField is one column. Counts is what one of it points at.
type DictionaryField struct{ Name, Description, Role, Type, Unit, Counts string }

// hasCatalogue tells whether anything is published as open data.
func (s *site) hasCatalogue(language *locale.Language) bool {
	return language == s.main && len(s.Catalogue.Datasets) > 0
}

func (s *site) cataloguePage(language *locale.Language) page {
	p := page{
		path: bureau.CatalogueSection.Page(), language: language, section: "stats", template: "catalogue.html", modified: s.Catalogue.Updated(),
		trail: s.trail(language, s.section(language, "stats", locale.Statistics)),
		head:  Head{Title: s.title(language, language.Text(locale.OpenData)), Description: language.Text(locale.OpenDataLead), Column: language.Text(locale.Statistics)},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := Catalogue{
			Licence: s.licence(to, bureau.Descriptor{}), DictionaryHref: to + bureau.DictionaryPage(),
			Address: s.BaseURL + bureau.StatisticFile(language.Text(locale.TableName), language.Text(locale.TableName)+".csv"),
		}
		v.DataNotice = s.notice(language)
		if f := s.Catalogue.Archive; f.Path != "" {
			v.Files = append(v.Files, DownloadLink{to + f.Path, "ZIP", language.Text(locale.AllTables), size(int(f.Size()))})
		}
		if f := s.Catalogue.Package; f.Path != "" {
			v.Files = append(v.Files, DownloadLink{to + f.Path, "JSON", language.Text(locale.DataPackage), size(int(f.Size()))})
		}
		if f := s.Catalogue.Program; f.Path != "" {
			v.Files = append(v.Files, DownloadLink{to + f.Path, "PY", language.Text(locale.ProgramVerify), size(int(f.Size()))})
			v.Program = language.Text(locale.ProgramLead)
			if s.Catalogue.Archive.Path == "" {
				v.Program = language.Text(locale.ProgramLoose)
			}
		}
		for _, d := range s.Catalogue.Datasets {
			view := DatasetView{
				Href: to + d.Page, Title: d.Title, Description: d.Descriptor.Description.V,
				Rows: language.Text(locale.TableRows, d.Rows), DictionaryHref: to + bureau.DictionaryPage() + "#" + dictionaryID(d),
				Updated: s.given(language, d.Descriptor.Released), Licence: s.licence(to, d.Descriptor), Files: s.files(to, d),
			}
			if !d.Last.IsZero() {
				view.Period = s.covered(language, d.First, d.Last)
			}
			v.Datasets = append(v.Datasets, view)
		}
		data, err := s.Catalogue.CatalogueLD(language.Text(locale.OpenDataLead))
		if err != nil {
			panic(err) // plain structs of strings can be marshalled
		}
		p.head.Data = template.JS(data)
		return v
	}
	return p
}

func (s *site) dictionaryPage(language *locale.Language) page {
	p := page{
		path: bureau.DictionaryPage(), language: language, section: "stats", template: "dictionary.html", modified: s.Catalogue.Updated(),
		trail: s.trail(language, s.section(language, "stats", locale.Statistics), Link{Href: bureau.CatalogueSection.Page(), Title: language.Text(locale.OpenData)}),
		head:  Head{Title: s.title(language, language.Text(locale.Dictionary)), Description: language.Text(locale.DictionaryLead), Column: language.Text(locale.Statistics)},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := Dictionary{CatalogueHref: to + bureau.CatalogueSection.Page(), Markers: opendata.Markers(language), RowTypes: opendata.RowTypes(language)}
		for _, d := range s.Catalogue.Datasets {
			t := DictionaryTable{ID: dictionaryID(d), Href: to + d.Page, Title: d.Title, Region: language.Text(locale.DictionaryRegion, d.Title)}
			for _, c := range d.Columns {
				f := DictionaryField{Name: c.Name, Description: c.Description, Type: language.Text(locale.Types[c.Type]), Unit: c.Unit}
				if f.Description == "" && c.Role == "" && c.Title != c.Name {
					f.Description = c.Title
				}
				t.Figures = t.Figures || c.Role == bureau.RoleMeasure
				if c.UnitField != "" {
					f.Unit = language.Text(locale.FieldUnitOfRow, c.UnitField)
				}
				if c.Role != "" {
					f.Role = language.Text(locale.Roles[c.Role])
				}
				if c.Risk != "" {
					f.Counts = language.Text(locale.Risks[c.Risk])
				}
				t.Fields = append(t.Fields, f)
			}
			v.Tables = append(v.Tables, t)
		}
		return v
	}
	return p
}

func dictionaryID(d opendata.Dataset) string { return "table-" + d.Name }

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
	if d := s.dataset(p.path); d != nil {
		return s.files(root(p.path), *d)
	}
	return nil
}

// files are those of a dataset, by the way to the site's root.
func (s *site) files(to string, d opendata.Dataset) []DownloadLink {
	links := []DownloadLink{
		{to + d.CSV.Path, "CSV", d.Title, size(int(d.CSV.Size()))},
		{to + d.JSON.Path, "JSON", d.Title, size(int(d.JSON.Size()))},
	}
	if d.XLSX.Path != "" {
		links = append(links, DownloadLink{to + d.XLSX.Path, "XLSX", d.Title, size(int(d.XLSX.Size()))})
	}
	return links
}

// describe gives the page of a dataset its JSON-LD, and the way to its columns
// in the dictionary; empty where the page shows none.
func (s *site) describe(p *page) (dictionary string) {
	d := s.dataset(p.path)
	if d == nil {
		return ""
	}
	data, err := s.Catalogue.DatasetLD(*d)
	if err != nil {
		panic(err) // plain structs of strings can be marshalled
	}
	p.head.Data = template.JS(data)
	return root(p.path) + bureau.DictionaryPage() + "#" + dictionaryID(*d)
}
