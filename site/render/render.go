// Package render turns a bureau and what was computed from it into the pages
// of the site.
//
// Every kind of page is a small plain struct, made by one function and printed
// by one template of package templates. Whatever a page shows is in its struct;
// a template can reach nothing else. Text is escaped by html/template for the
// place where it stands; only Markdown and SVG, made by our own packages, pass
// as HTML. The first page of a kind is printed by html/template, the others by
// what a printer has made of that (printer.go).
//
// The frame of a page (head, header, the way to it, footer) depends on where the
// page stands and on its language alone. It is rendered once for each place and shared.
//
// Links are relative and end in index.html, so that the site works under any
// path and opened from disk. Canonical addresses, the feed and sitemap.xml
// leave index.html out.
//
// The main language of the site stands at its root. A document in another
// language (guides/<area>/<name>.en.md) stands in its folder (en/) with the
// interface in its own language, and the versions link to each other. All that a
// page says by itself comes from the catalogue of its language (package locale).
package render

import (
	"html/template"
	"path"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
	"sunshine/site/period"
	"sunshine/site/say"
)

// Input is everything that the site is made from.
type Input struct {
	Bureau    *bureau.Bureau
	AsOf      period.Date
	BaseURL   string // https://host/path/, or empty where it is not known
	Commit    string // that the data came from, or empty
	Targets   []figures.Target
	Catalogue opendata.Catalogue // what is published as open data
	Changes   ledger.Report      // of published figures
	Moves     []ledger.Move      // of addresses
	Jobs      int                // how many pages are rendered at a time; at least 1

	made // what Site makes of it before the first page
}

// made is what pages show besides the bureau itself.
type made struct {
	// Document renders the body of a source file; the notes of a statistic are
	// those of its descriptor's file. It is asked once for each, by the worker
	// that renders the page, so that only the pages in hand are in memory.
	Document   func(file string) markdown.Document
	Statistics map[string]Statistic    // by name
	Units      map[int][]UnitStatistic // by the unit's place in units.csv, in the order of the statistics
	Cards      []say.Card              // the latest figures
	Overdue    []figures.Overdue
}

// newest is the day of the newest content, revisions included.
func (in Input) newest() period.Date {
	day := figures.Newest(in.Bureau, in.AsOf).V
	for _, r := range in.Changes.Revisions {
		day = max(day, r.Date)
	}
	return day
}

// Statistic is what was computed and written from a statistic.
type Statistic struct {
	Charts    []Chart
	Anchors   map[int]string    // the ids of the rows that the page, or one of its charts, shows
	Whole     *bureau.Statistic // the total of its rows by period; nil where there is none
	Summed    bool              // that is a sum of ours
	Cautions  []string          // what a reader has to know before reading the table
	Downloads []Download
}

// Chart is one chart of a statistic with the sentences that say it in words.
type Chart struct {
	Drawing chart.Drawing
	Title   string
	Summary say.Summary
}

// bytes are those of a drawing, as they stand in pages and files.
func (c Chart) bytes() [][]byte {
	return [][]byte{c.Drawing.Wide, c.Drawing.Narrow, c.Drawing.File, c.Drawing.Script}
}

// files are those of a chart, beside the page that shows it.
func (c Chart) files(page string) []bureau.File {
	stem := path.Join(path.Dir(page), c.Drawing.ID)
	return []bureau.File{{Path: stem + ".svg", Bytes: c.Drawing.File}, {Path: stem + ".js", Bytes: c.Drawing.Script}}
}

// Download is one file that a reader may take away.
type Download struct {
	Path  string // from the site's root
	Kind  string // CSV, JSON, SVG
	Title string // what is in it; may be empty
	Size  int    // bytes
}

// drawings are the files of the charts of statistics and of units on the pages of a language.
func (s *site) drawings(language *locale.Language) []bureau.File {
	var files []bureau.File
	if !s.speaks(language) {
		return nil
	}
	for _, statistic := range s.Bureau.Statistics {
		for _, c := range s.Statistics[statistic.Name].Charts {
			files = append(files, c.files(s.here(statistic.Page()))...)
		}
	}
	for i, statistics := range s.Units {
		for _, u := range statistics {
			if u.Chart != nil {
				files = append(files, u.Chart.files(s.here(s.Bureau.Units[i].Page()))...)
			}
		}
	}
	return files
}

// trusted marks bytes made by our own packages as HTML.
func trusted(b []byte) template.HTML { return template.HTML(b) }
