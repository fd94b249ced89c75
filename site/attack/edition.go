package attack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/problem"
)

// An edition is an earlier publication that a folder keeps: a release, with its record
// in ledger/ and its tables in releases/<label>/ of a site, or in data/releases.

// record is what a release says of itself: what changed since the one before it.
type record struct {
	file, sum string // where it stands, and the SHA-256 of its bytes

	Label, Date, Since string
	Format             int
	Statistics         []struct {
		Name       string
		Definition *struct {
			Keys     []string
			Measures []struct{ Name, Unit, Risk string }
		}
		Periods    []string
		Categories [][]string
		Figures    [][]any
		Gone       []string
	}
	Gone   []string
	Tables []struct{ Name, SHA256 string }
}

// publications reads one folder: the editions that it keeps, the oldest first, then
// the site itself. Archived figures are as public as the newest.
func (r *reader) publications() []publication {
	now := r.site(".")
	all := r.editions(now)
	whole, _ := fs.Glob(r.fsys, "releases/*/stats") // an edition that is kept as a site
	for _, stats := range whole {
		if path.Base(path.Dir(stats)) != latest {
			all = append(all, r.site(path.Dir(stats)))
		}
	}
	if len(now.sources) > 0 {
		all = append(all, now)
	}
	return all
}

// latest is the folder of the tables of the last release.
const latest = "latest"

// editions reads the releases that a folder keeps. What a column of them means, the
// site says as it is now, where its record does not.
func (r *reader) editions(now publication) []publication {
	records := r.records()
	var all []publication
	current := map[string]source{}
	read := map[string]bool{} // folders of tables
	for i, rec := range records {
		r.apply(rec, current)
		p := publication{record: rec.sum, parents: now.parents, people: now.people}
		folders := []string{path.Join("releases", rec.Label)}
		if i == len(records)-1 {
			folders = append(folders, path.Join("releases", latest))
		}
		tables := map[string][]grid{}
		for _, folder := range folders {
			read[folder] = true
			r.tables(folder, tables)
		}
		for _, t := range rec.Tables {
			if file := path.Join(path.Dir(rec.file), "tables", t.SHA256+".csv"); len(tables[t.Name]) == 0 {
				r.table(file, t.Name, tables)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(current)) {
			s := current[name]
			s.forms = append(tables[name], s.forms...)
			delete(tables, name)
			p.sources = append(p.sources, s)
		}
		p.add(tables)
		all = append(all, p)
	}
	folders, _ := fs.Glob(r.fsys, "releases/*") // those that no record tells of
	for _, folder := range folders {
		tables := map[string][]grid{}
		if r.tables(folder, tables); !read[folder] && len(tables) > 0 {
			p := publication{parents: now.parents, people: now.people}
			p.add(tables)
			all = append(all, p)
		}
	}
	for _, p := range all {
		for i := range p.sources {
			p.sources[i].explain(now)
		}
	}
	return all
}

// tables reads the tables of a folder, by the names of the statistics.
func (r *reader) tables(folder string, into map[string][]grid) {
	files, _ := fs.Glob(r.fsys, path.Join(folder, "*.csv"))
	for _, file := range files {
		r.table(file, strings.TrimSuffix(path.Base(file), ".csv"), into)
	}
}

func (r *reader) table(file, name string, into map[string][]grid) {
	data, ok := r.bytes(file)
	if !ok {
		return
	}
	g, err := readCSV(file, data)
	if err != nil {
		r.fail(file, problem.Say("不是能读的 CSV", "it cannot be read as CSV"))
		return
	}
	if !slices.ContainsFunc(into[name], func(other grid) bool {
		return slices.Equal(other.header, g.header) && slices.EqualFunc(other.rows, g.rows, slices.Equal[[]string])
	}) {
		into[name] = append(into[name], g)
	}
}

// add adds tables as statistics of their own.
func (p *publication) add(tables map[string][]grid) {
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		p.sources = append(p.sources, source{name: name, forms: tables[name]})
	}
}

// explain takes over from a publication what it says of columns of the same name, and
// in words.
func (s *source) explain(from publication) {
	i := slices.IndexFunc(from.sources, func(o source) bool { return o.name == s.name })
	if i < 0 {
		return
	}
	fields := slices.Clone(s.fields)
	for _, f := range from.sources[i].fields {
		at := slices.IndexFunc(fields, func(o schema) bool { return o.Name == f.Name })
		switch {
		case at < 0:
			fields = append(fields, f)
		case fields[at].Unit == f.Unit || fields[at].Unit == "":
			fields[at] = f
		}
	}
	s.fields, s.prose, s.page = fields, from.sources[i].prose, from.sources[i].page
}

// also adds what another folder keeps of the same edition.
func (p *publication) also(q publication) {
	for _, s := range q.sources {
		i := slices.IndexFunc(p.sources, func(o source) bool { return o.name == s.name })
		if i < 0 {
			p.sources = append(p.sources, s)
			continue
		}
		p.sources[i].forms = append(p.sources[i].forms, s.forms...)
	}
}

// records reads the records of releases that stand in the folder, the oldest first.
func (r *reader) records() []record {
	var names []string
	for _, pattern := range []string{"*.json", "data/releases/*.json", "releases/*.json", "ledger/*.json"} {
		found, _ := fs.Glob(r.fsys, pattern)
		names = append(names, found...)
	}
	var records []record
	for _, name := range names {
		if name == "manifest.json" || name == "datapackage.json" {
			continue
		}
		data, ok := r.bytes(name)
		if !ok {
			continue
		}
		sum := sha256.Sum256(data)
		rec := record{file: name, sum: hex.EncodeToString(sum[:])}
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		if err := d.Decode(&rec); err != nil {
			r.fail(name, problem.Say("不是能读的 JSON", "it cannot be read as JSON"))
			continue
		}
		switch {
		case slices.ContainsFunc(records, func(o record) bool { return o.sum == rec.sum }):
			continue
		case rec.Format != 1 && rec.Format != 2 || !fs.ValidPath(rec.Label):
			r.fail(name, problem.Say("不是发布记录", "it is no record of a release"))
			continue
		}
		records = append(records, rec)
	}
	slices.SortStableFunc(records, func(a, b record) int { return strings.Compare(a.Date, b.Date) })
	var chain []record // each follows the one that it names, as far as they go
	for since := ""; ; since = chain[len(chain)-1].Label {
		i := slices.IndexFunc(records, func(r record) bool { return r.Since == since })
		if i < 0 {
			return append(chain, records...)
		}
		chain, records = append(chain, records[i]), slices.Delete(records, i, i+1)
	}
}

// apply brings the statistics of the release before up to this one.
func (r *reader) apply(rec record, current map[string]source) {
	for _, name := range rec.Gone {
		delete(current, name)
	}
	for _, s := range rec.Statistics {
		src := source{name: s.Name}
		g := grid{file: rec.file + "!" + s.Name, recorded: true}
		before, known := current[s.Name]
		switch {
		case s.Definition != nil:
			g.header = []string{"期间"}
			src.fields = []schema{{Name: "期间", Role: "period"}}
			for _, k := range s.Definition.Keys {
				src.fields = append(src.fields, schema{Name: k, Role: "category"})
				g.header = append(g.header, k)
			}
			for _, m := range s.Definition.Measures {
				src.fields = append(src.fields, schema{Name: m.Name, Unit: m.Unit, Risk: m.Risk, Role: "measure"})
				g.header = append(g.header, m.Name)
			}
		case known:
			src.fields, g.header = before.fields, before.forms[0].header
		default:
			r.fail(rec.file, problem.Say("“%s”缺更早的记录", "the record before it of %q is missing", problem.Quote(s.Name)))
			continue
		}
		keys := 1 + len(s.Categories)
		for i := range s.Periods {
			row := []string{s.Periods[i]}
			for _, c := range s.Categories {
				row = append(row, text(c, i))
			}
			for _, f := range s.Figures {
				figure := ""
				if i < len(f) && f[i] != nil {
					figure = fmt.Sprint(f[i])
				}
				row = append(row, figure)
			}
			g.rows = append(g.rows, row)
		}
		if s.Definition == nil {
			name := func(row []string) string {
				return row[0] + " " + strings.Join(row[1:min(keys, len(row))], "/")
			}
			newer := map[string]bool{}
			for _, row := range g.rows {
				newer[name(row)] = true
			}
			for _, row := range before.forms[0].rows {
				if k := name(row); !newer[k] && !slices.Contains(s.Gone, k) {
					g.rows = append(g.rows, row)
				}
			}
		}
		src.forms = []grid{g}
		current[s.Name] = src
	}
}

// numbered ends the interval of a row that is like another in all that names it.
var numbered = regexp.MustCompile(`#\d+$`)
