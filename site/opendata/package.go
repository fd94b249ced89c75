package opendata

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// The profiles of version 2.
const (
	packageProfile  = "https://datapackage.org/profiles/2.0/datapackage.json"
	resourceProfile = "https://datapackage.org/profiles/2.0/dataresource.json"
)

// dataPackage is datapackage.json.
type dataPackage struct {
	Profile      string        `json:"$schema"`
	Name         string        `json:"name,omitempty"` // the host that it is published at
	ID           string        `json:"id,omitempty"`
	Title        string        `json:"title,omitempty"`
	Description  string        `json:"description,omitempty"`
	Homepage     string        `json:"homepage,omitempty"`
	Created      string        `json:"created,omitempty"`
	Contributors []contributor `json:"contributors,omitempty"`
	Licenses     []license     `json:"licenses,omitempty"`
	Figures      bases         `json:"figures"`
	Resources    []resource    `json:"resources"`
}

// bases are those under which a percentage says little.
type bases struct {
	NoPercentBelow int `json:"no_percent_below"`
	NoteBelow      int `json:"note_below"`
}

// resource is a Data Resource. What follows Schema are keys of ours, those of
// the descriptor among them.
type resource struct {
	Profile      string        `json:"$schema,omitempty"`
	Name         string        `json:"name"`
	Type         string        `json:"type"` // table
	Path         string        `json:"path,omitempty"`
	Title        string        `json:"title"`
	Description  string        `json:"description,omitempty"`
	Homepage     string        `json:"homepage,omitempty"`
	Sources      []source      `json:"sources,omitempty"`
	Contributors []contributor `json:"contributors,omitempty"`
	Licenses     []license     `json:"licenses,omitempty"`
	Format       string        `json:"format,omitempty"`
	Mediatype    string        `json:"mediatype,omitempty"`
	Encoding     string        `json:"encoding,omitempty"`
	Bytes        int           `json:"bytes,omitempty"`
	Hash         string        `json:"hash,omitempty"` // sha256:…
	Dialect      *dialect      `json:"dialect,omitempty"`
	Schema       schema        `json:"schema"`
	Rows         int           `json:"rows"`
	Frequency    string        `json:"frequency,omitempty"`
	Released     string        `json:"released,omitempty"`
	NextRelease  string        `json:"next_release,omitempty"`
	Temporal     string        `json:"temporal,omitempty"` // an ISO 8601 interval
	Quality      *quality      `json:"quality,omitempty"`
	Coverage     *coverage     `json:"coverage,omitempty"`
	Historical   bool          `json:"historical,omitempty"` // a closed series
	Disclosure   string        `json:"disclosure,omitempty"` // round, where small counts are
	Checks       []check       `json:"checks,omitempty"`     // what holds in every row
}

// quality is how the figures were counted, in the words of the descriptor.
type quality struct {
	Scope         string `json:"scope,omitempty"`
	Counting      string `json:"counting,omitempty"`
	Comparability string `json:"comparability,omitempty"`
	Provisional   string `json:"provisional,omitempty"`
}

// dialect is a Table Dialect; byteOrderMark is ours.
type dialect struct {
	LineTerminator string `json:"lineTerminator"`
	ByteOrderMark  bool   `json:"byteOrderMark"`
}

type schema struct {
	Fields        []field   `json:"fields"`
	PrimaryKey    []string  `json:"primaryKey,omitempty"`
	MissingValues []Missing `json:"missingValues,omitempty"`
}

type check struct {
	Rule string `json:"rule"`
	Hint string `json:"hint,omitempty"`
}

// field is a field of a Table Schema; role, unit, unit_field, risk and of are
// the descriptor's. The value of a derived field is that of the formula, times scale,
// rounded once to decimals, half away from zero.
type field struct {
	Name        string       `json:"name"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Type        string       `json:"type"`
	Categories  []Missing    `json:"categories,omitempty"`
	Constraints *constraints `json:"constraints,omitempty"`
	Role        bureau.Role  `json:"role,omitempty"`
	Unit        string       `json:"unit,omitempty"`
	UnitField   string       `json:"unit_field,omitempty"`
	Risk        string       `json:"risk,omitempty"`
	Key         string       `json:"key,omitempty"`
	Of          []string     `json:"of,omitempty"`
	Formula     string       `json:"formula,omitempty"`
	Scale       int          `json:"scale,omitempty"`
	Decimals    int          `json:"decimals,omitempty"`
}

type constraints struct {
	Minimum int `json:"minimum"`
}

// source is one of a Data Resource; author and issued are ours.
type source struct {
	Title  string `json:"title,omitempty"`
	Path   string `json:"path,omitempty"`
	Email  string `json:"email,omitempty"`
	Author string `json:"author,omitempty"`
	Issued string `json:"issued,omitempty"`
}

// coverage says where figures were counted, and by which organisation.
type coverage struct {
	Place        string `json:"place,omitempty"`
	Organisation string `json:"organisation,omitempty"`
}

type contributor struct {
	Title        string   `json:"title,omitempty"`
	Organization string   `json:"organization,omitempty"`
	Path         string   `json:"path,omitempty"`
	Email        string   `json:"email,omitempty"`
	Roles        []string `json:"roles,omitempty"`
}

type license struct {
	Name  string `json:"name,omitempty"`
	Path  string `json:"path,omitempty"`
	Title string `json:"title,omitempty"`
}

// dataPackage describes all datasets by their CSV files.
func (p Publisher) dataPackage(datasets []Dataset) (bureau.File, error) {
	d := dataPackage{
		Profile: packageProfile, Title: cmp.Or(p.Site.Title.V, p.Site.Organization.V),
		Homepage: p.BaseURL, Licenses: p.licenses(bureau.Descriptor{}),
		Figures: bases{p.Site.Figures.NoPercentBelow.V, p.Site.Figures.NoteBelow.V},
	}
	if day := newest(datasets); day > 0 {
		d.Created = day.String() + "T00:00:00Z"
	}
	d.Description = strings.TrimSpace(p.Site.Description.V + "\n\n" + p.Site.DataNotice.V)
	if p.Site.Demonstration.V {
		d.Description = strings.TrimSpace(p.Language.Text(locale.Demonstration) + "\n\n" + d.Description)
	}
	if u, err := url.Parse(p.BaseURL); err == nil && u.Hostname() != "" {
		d.Name, d.ID = strings.ToLower(u.Hostname()), p.BaseURL+bureau.PackageFile
	}
	if name := p.Site.Organization.V; name != "" {
		d.Contributors = []contributor{{Title: name, Path: p.BaseURL, Roles: []string{"publisher"}}}
	}
	for _, dataset := range datasets {
		r := p.resource(dataset.Table)
		r.Profile = ""
		r.inCSV(dataset.CSV.Path)
		r.Bytes, r.Hash = int(dataset.CSV.Size()), "sha256:"+dataset.SHA256
		d.Resources = append(d.Resources, r)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", " ")
	err := encoder.Encode(d)
	return bureau.File{Path: bureau.PackageFile, Bytes: b.Bytes()}, err
}

// inCSV says that the rows are in the CSV at a path.
func (r *resource) inCSV(path string) {
	r.Path, r.Format, r.Mediatype, r.Encoding = path, "csv", "text/csv", "utf-8"
	r.Dialect = &dialect{LineTerminator: "\r\n", ByteOrderMark: true}
}

// resource is what holds for a table in either form.
func (p Publisher) resource(t Table) resource {
	d := t.Descriptor
	r := resource{
		Profile: resourceProfile, Name: t.Name, Type: "table", Title: t.Title, Description: strings.TrimSpace(d.Description.V + "\n\n" + d.DataNotice.V), Licenses: p.licenses(d),
		Frequency: d.Frequency.V, Rows: t.Rows, Temporal: t.temporal(),
		Schema: schema{PrimaryKey: t.Key, MissingValues: t.Missing},
	}
	if f, ok := period.ParseFrequency(d.Frequency.V); ok {
		r.Frequency = f.String()
	}
	if p.BaseURL != "" {
		r.Homepage = p.address("", t.Page)
	}
	if q := (quality{d.Quality.Scope.V, d.Quality.Counting.V, d.Quality.Comparability.V, d.Quality.Provisional.V}); q != (quality{}) {
		r.Quality = &q
	}
	if d.Released.Given() {
		r.Released = d.Released.V.String()
	}
	if d.NextRelease.Given() {
		r.NextRelease = d.NextRelease.V.String()
	}
	if c := (coverage{t.Coverage.Place.V, t.Coverage.Organisation.V}); c != (coverage{}) {
		r.Coverage = &c
	}
	r.Historical = d.Historical.V
	for _, s := range d.Sources {
		one := source{Title: s.Title.V, Path: pathOf(s.Path.V), Email: emailOf(s.Email.V), Author: s.Author.V}
		if s.Issued.Given() {
			one.Issued = s.Issued.V.String()
		}
		if one != (source{}) {
			r.Sources = append(r.Sources, one)
		}
	}
	for _, c := range d.Contributors {
		one := contributor{Title: c.Title.V, Organization: c.Organization.V, Path: pathOf(c.Path.V), Email: emailOf(c.Email.V)}
		for _, role := range c.Roles {
			one.Roles = append(one.Roles, role.V)
		}
		if one.Title+one.Organization+one.Path+one.Email != "" {
			r.Contributors = append(r.Contributors, one)
		}
	}
	if d.Disclosure.V == "round" {
		r.Disclosure = d.Disclosure.V
	}
	for _, c := range d.Checks {
		r.Checks = append(r.Checks, check{c.Rule.V, c.Hint.V})
	}
	for _, c := range t.Columns {
		f := field{
			Name: c.Name, Description: c.Description, Type: c.Type, Categories: c.Categories,
			Role: c.Role, Unit: c.Unit, UnitField: c.UnitField, Risk: c.Risk,
			Key: c.Key, Of: c.Of, Formula: c.Formula, Scale: c.Scale, Decimals: c.Decimals,
		}
		if c.Title != c.Name {
			f.Title = c.Title
		}
		if c.Count {
			f.Constraints = &constraints{Minimum: 0}
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	return r
}

// temporal is the time that the table covers, as an ISO 8601 interval; open
// where only its end is known.
func (t Table) temporal() string {
	if t.Last.IsZero() {
		return ""
	}
	return period.Period{Start: t.First.Start, End: t.Last.End, AsOf: t.First.AsOf}.Interval()
}

// Licence is one licence: what to call it and where its text is. Both may be empty.
type Licence struct{ Title, URL string }

// Licence gives the terms of a table: its own, or the site's.
func (p Publisher) Licence(d bureau.Descriptor) Licence {
	for _, l := range d.Licenses {
		return Licence{cmp.Or(l.Title.V, l.Name.V, l.Path.V), l.Path.V}
	}
	return Licence{cmp.Or(p.Site.License.Name.V, p.Site.License.URL.V), p.Site.License.URL.V}
}

var licenseName = regexp.MustCompile(`^[-a-zA-Z0-9._]+$`)

// licenses are the licences of a descriptor, or the site's, in the form of a
// Data Package: a name is an identifier, anything else is a title.
func (p Publisher) licenses(d bureau.Descriptor) []license {
	given := d.Licenses
	if len(given) == 0 {
		given = []bureau.LicenseRef{{Name: p.Site.License.Name, Path: p.Site.License.URL}}
	}
	var all []license
	for _, l := range given {
		one := license{Name: l.Name.V, Path: pathOf(l.Path.V), Title: l.Title.V}
		if !licenseName.MatchString(one.Name) {
			one.Title, one.Name = cmp.Or(one.Title, one.Name), ""
		}
		if one.Name != "" || one.Path != "" {
			all = append(all, one)
		}
	}
	return all
}

// pathOf is an address in the form that a Data Package allows, or empty: a URL,
// or a path that does not lead out of the folder.
func pathOf(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return ""
	case u.Scheme == "http" || u.Scheme == "https":
		return address
	case u.Scheme != "" || strings.ContainsAny(address, `\`) || strings.Contains(address, "/../") || strings.ContainsAny(address[:min(1, len(address))], "./~"):
		return ""
	}
	return address
}

// emailOf is an e-mail address, or empty where it is none.
func emailOf(text string) string {
	if a, err := mail.ParseAddress(text); err == nil && a.Address == text {
		return text
	}
	return ""
}
