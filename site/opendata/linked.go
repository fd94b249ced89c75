package opendata

import (
	"cmp"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

const schemaOrg = "https://schema.org/"

// linkedCatalog is a schema.org DataCatalog.
type linkedCatalog struct {
	Context     string          `json:"@context,omitempty"`
	Type        string          `json:"@type"`
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	URL         string          `json:"url"`
	Language    string          `json:"inLanguage,omitempty"`
	License     any             `json:"license,omitempty"`
	Publisher   *organization   `json:"publisher,omitempty"`
	Modified    string          `json:"dateModified,omitempty"`
	Free        bool            `json:"isAccessibleForFree,omitempty"`
	Datasets    []linkedDataset `json:"dataset,omitempty"`
}

// linkedDataset is a schema.org Dataset.
type linkedDataset struct {
	Context      string         `json:"@context,omitempty"`
	Type         string         `json:"@type"`
	ID           string         `json:"@id"`
	Name         string         `json:"name"`
	Description  string         `json:"description"`
	URL          string         `json:"url"`
	Language     string         `json:"inLanguage"`
	License      any            `json:"license,omitempty"`
	Creator      []organization `json:"creator,omitempty"`
	Publisher    *organization  `json:"publisher,omitempty"`
	Temporal     string         `json:"temporalCoverage,omitempty"`
	Spatial      *place         `json:"spatialCoverage,omitempty"`
	Modified     string         `json:"dateModified,omitempty"`
	Free         bool           `json:"isAccessibleForFree"`
	Variables    []variable     `json:"variableMeasured,omitempty"`
	Distribution []distribution `json:"distribution,omitempty"`
	Catalog      *linkedCatalog `json:"includedInDataCatalog,omitempty"`
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type creativeWork struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type variable struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Unit        string `json:"unitText,omitempty"`
}

type distribution struct {
	Type   string `json:"@type"`
	Format string `json:"encodingFormat"`
	URL    string `json:"contentUrl"`
	Size   string `json:"contentSize,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
}

// DatasetLD is the JSON-LD of a dataset for its page. It may stand in a script
// element as it is: <, > and & are escaped.
func (p Publisher) DatasetLD(d Dataset) ([]byte, error) {
	l := p.linkedDataset(d, d.Page)
	l.Context = schemaOrg
	l.Catalog = &linkedCatalog{Type: "DataCatalog", Name: p.name(), URL: p.address(d.Page, bureau.CatalogueSection.Page())}
	l.Distribution = []distribution{
		{"DataDownload", "text/csv", p.address(d.Page, d.CSV.Path), bytesOf(d.CSV), d.SHA256},
	}
	if !d.Described() {
		l.Distribution = append(l.Distribution, distribution{"DataDownload", "application/json", p.address(d.Page, d.JSON.Path), bytesOf(d.JSON), ""})
	}
	for _, c := range d.Columns {
		if c.Role == bureau.RoleMeasure {
			l.Variables = append(l.Variables, variable{"PropertyValue", c.Title, c.Description, c.Unit})
		}
	}
	return json.Marshal(l)
}

// CatalogueLD is the JSON-LD of the catalogue for its page, likewise escaped.
func (c Catalogue) CatalogueLD(description string) ([]byte, error) {
	l := linkedCatalog{
		Context: schemaOrg, Type: "DataCatalog", Name: c.name(), Description: description, URL: c.address(bureau.CatalogueSection.Page(), bureau.CatalogueSection.Page()),
		Language: c.Language.Tag, License: c.linkedLicense(bureau.Descriptor{}), Publisher: c.publisher(), Free: true,
	}
	if day := c.Updated(); day > 0 {
		l.Modified = day.String()
	}
	for _, d := range c.Datasets {
		l.Datasets = append(l.Datasets, c.linkedDataset(d, bureau.CatalogueSection.Page()))
	}
	return json.Marshal(l)
}

// linkedDataset is what is said of a dataset on every page, here on the one at from.
func (p Publisher) linkedDataset(d Dataset, from string) linkedDataset {
	page := p.address(from, d.Page)
	l := linkedDataset{
		Type: "Dataset", ID: page, Name: d.Title, Description: cmp.Or(d.Descriptor.Description.V, d.Title), URL: page, Language: p.Language.Tag,
		License: p.linkedLicense(d.Descriptor), Publisher: p.publisher(), Temporal: d.temporal(), Free: true,
	}
	if d.Descriptor.Released.Given() {
		l.Modified = d.Descriptor.Released.V.String()
	}
	if name := cmp.Or(d.Coverage.Place.V, d.Coverage.Organisation.V); name != "" {
		l.Spatial = &place{Type: "Place", Name: name}
	}
	for _, c := range d.Descriptor.Contributors {
		if name := cmp.Or(c.Title.V, c.Organization.V); name != "" {
			l.Creator = append(l.Creator, organization{"Organization", name, ""})
		}
	}
	if l.Creator == nil && l.Publisher != nil {
		l.Creator = []organization{*l.Publisher}
	}
	return l
}

func (p Publisher) publisher() *organization {
	name := cmp.Or(p.Site.Organization.V, p.Site.Title.V)
	if name == "" {
		return nil
	}
	return &organization{"GovernmentOrganization", name, p.BaseURL}
}

// linkedLicense is the address of a licence's text, or its name.
func (p Publisher) linkedLicense(d bureau.Descriptor) any {
	switch l := p.Licence(d); {
	case l.URL != "":
		return l.URL
	case l.Title != "":
		return creativeWork{"CreativeWork", l.Title}
	}
	return nil
}

func (p Publisher) name() string { return cmp.Or(p.Site.Title.V, p.Site.Organization.V) }

// address is the public address of a file, or the way to it from a page where
// the site's own address is not known.
func (p Publisher) address(from, path string) string {
	if p.BaseURL != "" {
		return p.BaseURL + escape(strings.TrimSuffix(path, "index.html"))
	}
	return strings.Repeat("../", strings.Count(from, "/")) + escape(path)
}

func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }

func bytesOf(f bureau.File) string { return strconv.FormatInt(f.Size(), 10) + " B" }
