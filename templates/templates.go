// Package templates holds what a page is made with: the HTML templates, the
// styles, the scripts and the message catalogues. They are embedded in the
// command; a bureau overrides one by a file of the same name in its templates
// folder.
//
// layout.html is the whole page; it prints {{.Head}} and {{.Main}} once each, and
// {{.Paper}}, the foot of each printed sheet, last.
// The other files are the main part of one kind of page, or a piece that
// several share. A template is given a small struct of package render and
// nothing else; {{msg "key"}} prints a message of the page's language from its
// catalogue, messages.<language>.json.
package templates

import (
	"embed"
	"encoding/csv"
	"sync"

	"sunshine/site/problem"
)

// FS holds the templates, styles, scripts and message catalogues; in dist ECharts as
// make bundles it, in init the bureau that sunshine init writes, in new
// the skeletons of sunshine new, in keys.csv what each key of a file means.
//
//go:embed *.html *.css *.js *.svg messages.*.json keys.csv all:dist all:init new
var FS embed.FS

// Meanings says what the keys of a kind of file mean, by their paths, such as
// places[].hours; the kind is named by where its files stand, data/guides/*/*.md. A word
// between backquotes stands in a file as it is. The documentation prints the same.
func Meanings(file string) map[string]problem.Text { return meanings()[file] }

var meanings = sync.OnceValue(func() map[string]map[string]problem.Text {
	f, err := FS.Open("keys.csv")
	if err != nil {
		panic(err) // it is part of the program
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(err)
	}
	all := map[string]map[string]problem.Text{}
	for _, row := range rows[1:] {
		if all[row[0]] == nil {
			all[row[0]] = map[string]problem.Text{}
		}
		all[row[0]][row[1]] = problem.Text{ZH: row[2], EN: row[3]}
	}
	return all
})
