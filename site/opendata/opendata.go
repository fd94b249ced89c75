// Package opendata publishes tables for those who want to use them again: each
// as CSV for spreadsheets and as JSON for programs, a statistic as XLSX, too, all together as a Data
// Package (version 2, datapackage.org) and in one archive, and described to
// search engines as schema.org Datasets.
//
// One list of columns is behind the CSV, the JSON, the XLSX, the Table Schema and the
// data dictionary, so that they cannot differ. The JSON is a Data Resource with
// its rows under "data"; of a very large table it describes the columns and names the CSV.
//
// In both a number is plain digits with a point, every one that was sent (7.0 is
// not 7), and one that was sent in 万 or 亿, or in another form that had to be
// read, stands so beside it in a column <field>_sent; a period stays as staff wrote
// it, with <field>_start and <field>_end (ISO dates) beside it; a marker that
// stands instead of a value stands in its cell and is declared in
// missingValues, and one on a value in a column <field>_status, which is there
// when any row has one; a word that qualifies a number (约, 余) likewise in
// <field>_qualifier. Where the figures are of another place than the bureau's, a last
// column place names it. Rows keep their order. Totals stay and are told apart by a
// column row_type, which is there when there are any. A text that a spreadsheet
// would run as a formula is made harmless in the CSV.
//
// Beside the statistics and lists stand tables of what was computed from them:
// changes, verdicts of targets, revisions. With the formulas and checks in
// datapackage.json, and verify.py, a reader computes all of it again.
package opendata

import (
	_ "embed"
	"io"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Table is one table that is published, of whatever kind.
type Table struct {
	Name        string // of the resource: cases-solved
	Title       string
	Path        string            // of its files from the site's root, without their ending: stats/cases-solved/cases-solved
	Page        string            // that shows it, from the site's root
	Descriptor  bureau.Descriptor // what staff say of it; may hold nothing
	Coverage    bureau.Coverage   // where its figures were counted; empty for a list
	First, Last period.Period     // that it covers; zero where its rows have no period
	Columns     []Column
	Rows        int
	Workbook    bool      // it is published as XLSX, too
	Key         []string  // the columns that name a row, each row another one; may be empty
	Missing     []Missing // what stands instead of a value
}

// Column is one column of the downloads, of the schema and of the dictionary.
type Column struct {
	Name        string // its header
	Title       string // the name without its unit
	Description string
	Type        string            // of a Table Schema: string integer number date
	Role        bureau.Role       // empty for a column that we set beside another
	Unit        string            // 件
	UnitField   string            // the column that gives the unit of each row, where Unit is empty
	Risk        string            // what a count of one points at
	Count       bool              // its numbers count something, so that none is below zero
	Categories  []Missing         // its values with their meaning, where they are few and known
	Key         string            // of a list, what it is called in every language: set_by
	Of          []string          // the columns that a typed rate or change is made of
	Formula     string            // of a derived field
	Scale       int               // that the formula's value is multiplied by: 100 for a percentage
	Decimals    int               // that a derived field is rounded to, half away from zero
	Value       func(row int) any // string, json.Number, or nil for an empty cell
	Alike       func() Alike      // which rows have the same value, where that is known; else nil
}

// Alike are the rows of a column in kinds, each of which has one value.
type Alike struct {
	First []int             // a row of each kind, or -1 where none is
	Kind  func(row int) int // of a row
}

// Missing is a text with its meaning.
type Missing struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// Dataset is a table with the files that it is published as.
type Dataset struct {
	Table
	CSV, JSON bureau.File
	XLSX      bureau.File // of a statistic; empty where it would be too large
	SHA256    string      // of the CSV, lower-case hexadecimal
}

// Publisher is who publishes the tables, and where.
type Publisher struct {
	Site     bureau.Site
	Language *locale.Language // of what we add to the tables
	BaseURL  string           // https://host/path/, or empty where it is not known
	AsOf     period.Date      // on which promises are judged
	Jobs     int              // how much is done side by side, tables and pieces of a large one; fewer than 2 are 1

	// Write takes over a file as it is written, as that of a bureau.Store; nil holds it in
	// memory. Several goroutines call it at a time.
	Write func(path string, write func(io.Writer) error) (bureau.File, error)
}

// write sets a file down.
func (p Publisher) write(path string, write func(io.Writer) error) (bureau.File, error) {
	if p.Write == nil {
		return bureau.Hold{}.Write(path, write)
	}
	return p.Write(path, write)
}

// Publish writes the files of a table.
func (p Publisher) Publish(t Table) (Dataset, error) {
	d := Dataset{Table: t}
	var err error
	if d.JSON, err = p.write(t.Path+".json", func(w io.Writer) error { return p.writeJSON(w, t) }); err != nil {
		return Dataset{}, err
	}
	if d.CSV, err = p.write(t.Path+".csv", func(w io.Writer) error { return t.writeCSV(w, p.Jobs) }); err != nil {
		return Dataset{}, err
	}
	d.SHA256 = d.CSV.SHA256()
	if t.Workbook && t.Rows <= workbookRows {
		d.XLSX, err = p.write(t.Path+".xlsx", t.writeXLSX)
	}
	return d, err
}

// LeftOut says which files of a large table there are not, or without rows, in the
// language of a page.
func (d Dataset) LeftOut(l *locale.Language) (said []string) {
	if d.Workbook && d.XLSX.Path == "" {
		said = append(said, l.Text(locale.LargeWorkbook, workbookRows))
	}
	if d.Described() {
		said = append(said, l.Text(locale.LargeJSON, jsonRows))
	}
	return said
}

// program is for readers: with the archive alone, and with no line of ours but
// this one file, they compute every figure again.
//
//go:embed verify.py
var program []byte

// Catalogue is everything that is published: the datasets, and what holds them
// together. Without datasets it has no files.
type Catalogue struct {
	Publisher
	Datasets []Dataset
	Package  bureau.File // datapackage.json
	Archive  bureau.File // data/all.zip; empty where it would be too large
	Program  bureau.File // data/verify.py, which recomputes what the archive holds
}

// Updated is the day of the newest release of a table; 0 where none is dated.
func (c Catalogue) Updated() period.Date { return newest(c.Datasets) }

func newest(datasets []Dataset) period.Date {
	var day period.Date
	for _, d := range datasets {
		if r := d.Descriptor.Released; r.Given() {
			day = max(day, r.V)
		}
	}
	return day
}

// Catalogue describes datasets together.
func (p Publisher) Catalogue(datasets []Dataset) (Catalogue, error) {
	c := Catalogue{Publisher: p, Datasets: datasets}
	if len(datasets) == 0 {
		return c, nil
	}
	var err error
	if c.Package, err = p.dataPackage(datasets); err != nil {
		return c, err
	}
	// In the site it stands plainly, too, for those who read before they run.
	c.Program = bureau.File{Path: bureau.VerifyFile, Bytes: program}
	if c.Archive, err = p.archive([]bureau.File{c.Package, c.Program}, datasets); err != nil {
		return c, err
	}
	for _, f := range []*bureau.File{&c.Package, &c.Program} {
		text := f.Bytes
		*f, err = p.write(f.Path, func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// Files are the files of the catalogue and of its datasets.
func (c Catalogue) Files() []bureau.File {
	var files []bureau.File
	add := func(f bureau.File) {
		if f.Path != "" {
			files = append(files, f)
		}
	}
	for _, d := range c.Datasets {
		add(d.CSV)
		add(d.JSON)
		add(d.XLSX)
	}
	add(c.Package)
	add(c.Archive)
	add(c.Program)
	return files
}
