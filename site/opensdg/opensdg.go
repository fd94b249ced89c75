// Package opensdg reads the data folder of an Open SDG site, and makes of it what a
// bureau writes: tables of figures with their descriptors, and the settings of a site.
//
// Read: each indicator's CSV, wherever in the folder it stands (data/indicator_1-1-1.csv,
// data/indicators/1-1-1.csv, data/archived-1-1-1.csv): a column Year, one of Value, and
// between them what the figures are broken down by, Units, Series, GeoCode, an
// observation status. What is said of the indicator, in the front matter of Markdown or
// in YAML (meta, global-meta, indicator-config, by the name of the indicator; of two
// files the one in meta counts), in the words of translations/<language>/*.yml where a
// text is the key of one. The languages, the title and the place of the site.
//
// A blank breakdown is the total, as in Open SDG. Each figure keeps the digits that
// were sent; nothing is computed and nothing is rounded. A year that has one reading is
// written so that it is read (2015.0, Jan 2015, 2014 to 2016); observation codes become
// markers ([p], [e], [b], [u], [c]). Figures of unlike units go into tables of their
// own, each with its unit, since nobody can protect persons among percentages; those
// that count nothing may stand in one, with the column that gives their unit.
//
// What cannot be moved is never dropped in silence: every figure of the source stands
// in one table once, or is named in Left with its line and the reason. What was taken
// for something stands in Confirm. An indicator without figures becomes a table that
// says so. Not moved: metadata in Excel or CSV, charts, maps, contacts of persons.
package opensdg

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Options are what is known of where the folder is moved to.
type Options struct {
	Language problem.Language // of the site; of the source's own where it is empty
	Place    string           // the place of the bureau; the source's own where it is empty
	Today    period.Date
	Taken    func(name string) bool // tells which names of statistics are given away
	Periods  period.Options
}

// Move is what is made of a folder.
type Move struct {
	Tables   []*Table // by name
	Settings Settings
	Left     []Left // by file and line
	Confirm  []Remark
}

// Left is what is not moved, and why.
type Left struct {
	File  string
	Lines []int // of the figures in it; none where it is the whole file
	Why   problem.Text
}

// Remark is what somebody has to confirm.
type Remark struct {
	File string // that it is about, of the source or of the bureau
	Text problem.Text
}

// Settings are what the source says of its site.
type Settings struct {
	Title, Organization, Place string
	Language                   problem.Language
	English                    string // its title in English, where the site is in Chinese
	Foreign                    []string
}

// reading is a folder that is being read.
type reading struct {
	Options
	fsys         fs.FS
	files        sources
	translations map[string]map[string]string // by language and key, data.female
	settings     Settings
	move         Move
	names        map[string]bool
}

// Read reads a folder. The error is one of reading the folder itself.
func Read(fsys fs.FS, o Options) (Move, error) {
	r := &reading{Options: o, fsys: fsys, names: map[string]bool{}}
	var err error
	if r.files, err = r.find(); err != nil {
		return Move{}, err
	}
	r.configure()
	all := map[string]map[string]string{}
	places := map[string]int{}
	organisations := map[string]int{}
	for _, id := range r.files.ids() {
		all[id] = r.metadata(id)
		places[all[id]["national_geographical_coverage"]]++
		organisations[cmp.Or(all[id]["CONTACT_ORGANISATION"], all[id]["source_organisation_1"])]++
	}
	r.settings.Place = cmp.Or(r.Place, r.settings.Place, most(places))
	r.settings.Organization = cmp.Or(r.settings.Organization, most(organisations), r.settings.Title)
	for _, id := range r.files.ids() {
		r.indicator(id, all[id])
	}
	r.elsewhere(all)
	m := r.move
	m.Settings = r.settings
	slices.SortFunc(m.Tables, func(a, b *Table) int { return strings.Compare(a.Name, b.Name) })
	m.Sort()
	return m, nil
}

// Sort puts what is said of the move in the order of the files.
func (m *Move) Sort() {
	slices.SortStableFunc(m.Left, func(a, b Left) int { return strings.Compare(a.File, b.File) })
	slices.SortStableFunc(m.Confirm, func(a, b Remark) int { return strings.Compare(a.File, b.File) })
}

// most gives the text that is counted most, the first by its spelling among equals.
func most(counts map[string]int) string {
	best := ""
	for text, n := range counts {
		if text != "" && (best == "" || n > counts[best] || n == counts[best] && text < best) {
			best = text
		}
	}
	return best
}

func (r *reading) left(file string, why problem.Text, lines ...int) {
	r.move.Left = append(r.move.Left, Left{file, lines, why})
}

func (r *reading) confirm(file string, text problem.Text) {
	r.move.Confirm = append(r.move.Confirm, Remark{file, text})
}

// name gives an indicator's table a name that no other has.
func (r *reading) name(want string) string {
	name := want
	for n := 2; r.names[name] || r.Taken != nil && r.Taken(name); n++ {
		name = want + "-" + itoa(n)
	}
	r.names[name] = true
	return name
}

// File gives site.yaml, as far as the source tells.
func (s Settings) File() bureau.File {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + quoted(value) + "\n")
		}
	}
	title := cmp.Or(s.Title, s.Organization, "Open SDG")
	line("title", title)
	line("organization", cmp.Or(s.Organization, title))
	line("place", s.Place)
	line("language", string(s.Language))
	if s.English != "" {
		b.WriteString("languages: [en]\nenglish:\n  title: " + quoted(s.English) + "\n")
	}
	return bureau.File{Path: bureau.SiteKind.File(), Bytes: []byte(b.String())}
}
