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

import "embed"

// FS holds the templates, styles, scripts and message catalogues; in dist ECharts as
// make bundles it, in init the bureau that sunshine init writes, in new
// the skeletons of sunshine new.
//
//go:embed *.html *.css *.js *.svg messages.*.json all:dist all:init new
var FS embed.FS
