package attack

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// maxFile bounds one published file; a larger one is named as not read.
const maxFile = 256 << 20

// grid is one form of a statistic, as it stands in one file.
type grid struct {
	file     string
	header   []string
	rows     [][]string
	recorded bool // by a release: its first column is the period, whatever that is called
}

// schema is what a publication says of a column, where it says anything.
type schema struct {
	Name, Title, Role, Unit, Risk, Concept string
	Of                                     []string // what a typed rate is made of
}

// source is one statistic of one publication, in all the forms it was given in.
type source struct {
	name   string
	forms  []grid // the download first
	fields []schema
	prose  string // what the page says in words: its rules of protection, and figures
	page   string
}

// publication is what one folder shows at one time.
type publication struct {
	record  string // SHA-256 of the record that it is known by; empty where it is a site
	sources []source
	parents map[string]string // a unit's parent, by name
	people  map[string]int64  // a unit's population, by name
}

// reader collects what could not be read.
type reader struct {
	fsys   fs.FS
	files  int
	unread []Unread
}

func (r *reader) fail(name string, why problem.Text) {
	r.unread = append(r.unread, Unread{File: name, Why: why})
}

func (r *reader) bytes(name string) ([]byte, bool) {
	info, err := fs.Stat(r.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false
	case err == nil && !info.Mode().IsRegular():
		r.fail(name, problem.Say("不是普通文件", "it is no regular file"))
		return nil, false
	case err == nil && info.Size() > maxFile:
		r.fail(name, problem.Say("文件太大", "the file is too large"))
		return nil, false
	}
	data, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		r.fail(name, problem.Say("打不开", "it cannot be opened"))
		return nil, false
	}
	r.files++
	return data, true
}

// site reads a built site, or the archive of one.
func (r *reader) site(root string) publication {
	p := publication{parents: map[string]string{}, people: map[string]int64{}}
	resources := r.resources(path.Join(root, "datapackage.json"))
	names := map[string]bool{}
	for _, pattern := range []string{"stats/*/*.csv", "stats/*/*.json", "stats/*/*.xlsx", "stats/*/index.html", "stats/*/by-*/*/index.html", "stats/*/by-*/*/*/index.html", "stats/*.csv", "stats/*.json", "stats/*.xlsx"} {
		found, _ := fs.Glob(r.fsys, path.Join(root, pattern))
		for _, file := range found {
			names[file] = true
		}
	}
	of := map[string]*source{}
	order := slices.Sorted(maps.Keys(names))
	rank := map[string]int{".csv": 0, ".json": 1, ".xlsx": 2, ".html": 3}
	slices.SortStableFunc(order, func(a, b string) int { return rank[path.Ext(a)] - rank[path.Ext(b)] })
	for _, file := range order {
		name := strings.TrimSuffix(path.Base(file), path.Ext(file))
		if dir := path.Base(path.Dir(file)); dir != "stats" && strings.HasPrefix(path.Dir(file), path.Join(root, "stats")+"/") {
			name, _, _ = strings.Cut(strings.TrimPrefix(file, path.Join(root, "stats")+"/"), "/")
		}
		if strings.HasSuffix(file, "/"+name+"/"+name+"-cells.csv") { // it tells where figures stood, and none
			continue
		}
		data, ok := r.bytes(file)
		if !ok {
			continue
		}
		s := of[name]
		if s == nil {
			s = &source{name: name, fields: resources[name]}
			of[name] = s
		}
		r.form(s, file, data)
	}
	r.archive(path.Join(root, "data/all.zip"), "stats/", of)
	r.archive(path.Join(root, "data/sources.zip"), "data/stats/", of)
	for _, name := range slices.Sorted(maps.Keys(of)) {
		if len(of[name].forms) > 0 {
			p.sources = append(p.sources, *of[name])
		}
	}
	r.units(path.Join(root, "units/units.csv"), &p)
	return p
}

// form adds what one file holds of a statistic.
func (r *reader) form(s *source, file string, data []byte) {
	switch path.Ext(file) {
	case ".csv":
		g, err := readCSV(file, data)
		if err != nil {
			r.fail(file, problem.Say("不是能读的 CSV", "it cannot be read as CSV"))
			return
		}
		s.forms = append(s.forms, g)
	case ".json":
		g, fields, err := readJSON(file, data)
		if err != nil {
			r.fail(file, problem.Say("不是能读的 JSON", "it cannot be read as JSON"))
			return
		}
		if len(fields) > 0 {
			s.fields = fields
		}
		if len(g.header) > 0 {
			s.forms = append(s.forms, g)
		}
	case ".xlsx":
		g, err := readXLSX(file, data)
		if err != nil {
			r.fail(file, problem.Say("不是能读的 XLSX", "it cannot be read as XLSX"))
			return
		}
		s.forms = append(s.forms, g)
	case ".html":
		grids, prose, err := readHTML(file, data)
		if err != nil {
			r.fail(file, problem.Say("网页里的表读不出来", "a table of the page cannot be read"))
		}
		s.forms = append(s.forms, grids...)
		s.prose += prose
		s.page = file
	}
}

// archive adds the tables that stand below a folder of an archive, which may hold what
// the files beside it do not.
func (r *reader) archive(name, below string, of map[string]*source) {
	data, ok := r.bytes(name)
	if !ok {
		return
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		r.fail(name, problem.Say("不是能读的 ZIP", "it cannot be read as ZIP"))
		return
	}
	for _, f := range z.File {
		if path.Ext(f.Name) != ".csv" || !strings.HasPrefix(f.Name, below) || f.UncompressedSize64 > maxFile {
			continue
		}
		stat := strings.TrimSuffix(path.Base(f.Name), ".csv")
		content, err := unzip(f)
		if err != nil {
			r.fail(name+"!"+f.Name, problem.Say("解不开", "it cannot be unpacked"))
			continue
		}
		if of[stat] == nil {
			of[stat] = &source{name: stat}
		}
		r.form(of[stat], name+"!"+f.Name, content)
	}
}

func unzip(f *zip.File) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = errors.New("too large")
	}
	return data, err
}

func readCSV(file string, data []byte) (grid, error) {
	data = bytes.ToValidUTF8(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\ufffd"))
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	rows, err := in.ReadAll()
	if err != nil || len(rows) == 0 {
		return grid{}, errors.Join(err, errIf(len(rows) == 0, "empty"))
	}
	return grid{file: file, header: rows[0], rows: rows[1:]}, nil
}

func errIf(bad bool, why string) error {
	if bad {
		return errors.New(why)
	}
	return nil
}

type resource struct {
	Name   string `json:"name"`
	Schema struct {
		Fields []schema `json:"fields"`
	} `json:"schema"`
	Data []json.RawMessage `json:"data"`
}

// readJSON reads a Data Resource with its rows; numbers keep their digits.
func readJSON(file string, data []byte) (grid, []schema, error) {
	var res resource
	if err := json.Unmarshal(data, &res); err != nil {
		return grid{}, nil, err
	}
	g := grid{file: file}
	for _, f := range res.Schema.Fields {
		g.header = append(g.header, f.Name)
	}
	for _, raw := range res.Data {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		row := map[string]any{}
		if err := d.Decode(&row); err != nil {
			return grid{}, nil, err
		}
		if len(g.header) == 0 {
			g.header = slices.Sorted(maps.Keys(row))
		}
		cells := make([]string, len(g.header))
		for i, h := range g.header {
			if v, ok := row[h]; ok && v != nil {
				cells[i] = fmt.Sprint(v)
			}
		}
		g.rows = append(g.rows, cells)
	}
	if len(res.Data) == 0 {
		g.header = nil
	}
	return g, res.Schema.Fields, nil
}

// resources gives the schemas of the catalogue, by the name of the statistic.
func (r *reader) resources(name string) map[string][]schema {
	out := map[string][]schema{}
	data, ok := r.bytes(name)
	if !ok {
		return out
	}
	var catalogue struct {
		Resources []resource `json:"resources"`
	}
	if err := json.Unmarshal(data, &catalogue); err != nil {
		r.fail(name, problem.Say("不是能读的 JSON", "it cannot be read as JSON"))
		return out
	}
	for _, res := range catalogue.Resources {
		out[res.Name] = res.Schema.Fields
	}
	return out
}

// units reads who is under whom from the published list.
func (r *reader) units(name string, p *publication) {
	data, ok := r.bytes(name)
	if !ok {
		return
	}
	g, err := readCSV(name, data)
	if err != nil {
		r.fail(name, problem.Say("不是能读的 CSV", "it cannot be read as CSV"))
		return
	}
	id, unit, parent, people := -1, -1, -1, -1
	for i, h := range g.header {
		switch strings.ToLower(h) {
		case "编号", "id":
			id = i
		case "名称", "name":
			unit = i
		case "上级", "parent":
			parent = i
		case "人口", "population":
			people = i
		}
	}
	if unit < 0 || parent < 0 {
		return
	}
	names := map[string]string{}
	for _, row := range g.rows {
		if id >= 0 && len(row) > max(id, unit) {
			names[row[id]] = row[unit]
		}
	}
	for _, row := range g.rows {
		if n, err := strconv.ParseInt(text(row, people), 10, 64); err == nil {
			p.people[fold(text(row, unit))] = n
		}
		if len(row) > max(unit, parent) {
			up := row[parent]
			if n := names[up]; n != "" {
				up = n
			}
			p.parents[fold(row[unit])] = fold(up)
		}
	}
}

// readXLSX reads the first sheet with rows of a workbook: shared and inline texts
// and numbers as they are stored.
func readXLSX(file string, data []byte) (grid, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return grid{}, err
	}
	type rich struct {
		T string `xml:"t"`
		R []struct {
			T string `xml:"t"`
		} `xml:"r"`
	}
	join := func(t rich) string {
		s := t.T
		for _, r := range t.R {
			s += r.T
		}
		return s
	}
	var shared struct {
		SI []rich `xml:"si"`
	}
	var sheets []*zip.File
	for _, f := range z.File {
		if f.Name == "xl/sharedStrings.xml" {
			content, err := unzip(f)
			if err != nil {
				return grid{}, err
			}
			if err := xml.Unmarshal(content, &shared); err != nil {
				return grid{}, err
			}
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			sheets = append(sheets, f)
		}
	}
	slices.SortFunc(sheets, func(a, b *zip.File) int {
		return len(a.Name) - len(b.Name) + strings.Compare(a.Name, b.Name)
	})
	for _, f := range sheets {
		content, err := unzip(f)
		if err != nil {
			return grid{}, err
		}
		var sheet struct {
			Rows []struct {
				C []struct {
					R  string `xml:"r,attr"`
					T  string `xml:"t,attr"`
					V  string `xml:"v"`
					IS rich   `xml:"is"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		if err := xml.Unmarshal(content, &sheet); err != nil {
			return grid{}, err
		}
		var rows [][]string
		for _, row := range sheet.Rows {
			var cells []string
			for i, c := range row.C {
				at := i
				if c.R != "" {
					at = -1
					for _, letter := range strings.TrimRight(c.R, "0123456789") {
						at = (at+1)*26 + int(letter-'A')
					}
				}
				if at < 0 || at > 16384 {
					return grid{}, errors.New("no such column")
				}
				for len(cells) <= at {
					cells = append(cells, "")
				}
				cells[at] = c.V
				if c.T == "s" {
					n, err := strconv.Atoi(c.V)
					if err != nil || n < 0 || n >= len(shared.SI) {
						return grid{}, errors.New("no such text")
					}
					cells[at] = join(shared.SI[n])
				} else if c.T == "inlineStr" {
					cells[at] = join(c.IS)
				}
			}
			rows = append(rows, cells)
		}
		if len(rows) > 1 {
			return grid{file: file, header: rows[0], rows: rows[1:]}, nil
		}
	}
	return grid{}, errors.New("no rows")
}

var (
	tablePattern = regexp.MustCompile(`(?s)<table\b.*?</table>`)
	tagPattern   = regexp.MustCompile(`(?s)<script\b.*?</script>|<style\b.*?</style>|<svg\b.*?</svg>|<[^>]*>`)
)

// readHTML reads the tables of a page, and its words.
func readHTML(file string, data []byte) (grids []grid, prose string, err error) {
	page := string(data)
	for i, t := range tablePattern.FindAllString(page, -1) {
		g, e := htmlTable(t)
		if e != nil {
			err = e
			continue
		}
		g.file = file
		if i > 0 {
			g.file = fmt.Sprintf("%s#%d", file, i+1)
		}
		if len(g.header) > 0 {
			grids = append(grids, g)
		}
	}
	if i := strings.Index(page, "<main"); i >= 0 {
		page = page[i:]
	}
	return grids, tagPattern.ReplaceAllString(page, "\n"), err
}

// htmlTable reads one table. What its caption says of all its rows is a column of each;
// of a cross-table each cell becomes a row.
func htmlTable(markup string) (grid, error) {
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var g grid
	var row []string
	var cell strings.Builder
	head, inCell, skip := false, false, 0
	var c caption
	for {
		token, err := d.Token()
		if err == io.EOF {
			return c.whole(g), nil
		}
		if err != nil {
			return g, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			c.start(t)
			switch t.Name.Local {
			case "thead":
				head = true
			case "tr":
				row = nil
			case "th", "td":
				inCell = true
				cell.Reset()
			case "span", "a", "abbr", "sup":
				if skip > 0 {
					skip++
				} else {
					for _, a := range t.Attr {
						if a.Name.Local == "class" && (a.Value == "unit" || a.Value == "hidden" || a.Value == "tag partial") {
							skip = 1
						}
					}
				}
			}
		case xml.EndElement:
			if t.Name.Local == "span" {
				c.field = ""
			}
			switch t.Name.Local {
			case "thead":
				head = false
			case "tr":
				if head && g.header == nil {
					g.header = row
				} else if len(row) > 0 {
					g.rows = append(g.rows, row)
				}
			case "th", "td":
				inCell = false
				row = append(row, strings.TrimSpace(cell.String()))
			case "span", "a", "abbr", "sup":
				if skip > 0 {
					skip--
				}
			}
		case xml.CharData:
			if inCell && skip == 0 {
				cell.Write(t)
			}
			if c.field != "" {
				c.values[len(c.values)-1] += string(t)
			}
		}
	}
}

// caption is what a table says of all its cells.
type caption struct {
	of, across, prefix string // of a cross-table: the figure, what its columns are, how its rows begin
	fields, values     []string
	field              string // that is open
}

func (c *caption) start(t xml.StartElement) {
	for _, a := range t.Attr {
		switch value := strings.TrimSpace(a.Value); {
		case a.Name.Local == "data-of":
			c.of = value
		case a.Name.Local == "data-across":
			c.across = value
		case a.Name.Local == "data-prefix":
			c.prefix = value
		case a.Name.Local == "data-field" && t.Name.Local == "span" && value != "":
			c.field = value
			c.fields, c.values = append(c.fields, value), append(c.values, "")
		}
	}
}

// whole gives the table with all that its caption says in its rows.
func (c caption) whole(g grid) grid {
	if c.across != "" && len(g.header) > 0 {
		long := grid{file: g.file, header: []string{g.header[0], c.across, c.of}}
		for _, row := range g.rows {
			for i := 1; i < min(len(row), len(g.header)); i++ {
				if row[i] != "" {
					long.rows = append(long.rows, []string{c.prefix + row[0], g.header[i], row[i]})
				}
			}
		}
		g = long
	}
	for i := range g.rows {
		for len(g.rows[i]) < len(g.header) {
			g.rows[i] = append(g.rows[i], "")
		}
		g.rows[i] = append(g.rows[i], c.values...)
	}
	if len(g.header) > 0 {
		g.header = append(g.header, c.fields...)
	}
	return g
}

// text is that of a cell, "" where the line has none.
func text(line []string, i int) string {
	if i < 0 || i >= len(line) {
		return ""
	}
	return strings.TrimSpace(line[i])
}
