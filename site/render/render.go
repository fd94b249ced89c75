// Package render turns a bureau and what was computed from it into the pages
// of the site.
//
// Every kind of page is a small plain struct, made by one function and printed
// by one template of package templates. Whatever a page shows is in its struct;
// a template can reach nothing else. Text is escaped by html/template for the
// place where it stands; only Markdown and SVG, made by our own packages, pass
// as HTML.
//
// The frame of a page (head, header, the way to it, footer) depends on where the
// page stands and on its language alone. It is rendered once for each place and shared.
//
// Links are relative and end in index.html, so that the site works under any
// path and opened from disk. Canonical addresses, the feed and sitemap.xml
// leave index.html out.
//
// The main language of the site stands at its root. A document in the other
// language (guides/<area>/<name>.en.md) stands under en/ with the interface in
// its own language, and the two versions link to each other.
package render

import (
	"cmp"
	"html/template"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/compute"
	"sunshine/site/ledger"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Input is everything that the site is made from.
type Input struct {
	Bureau  *bureau.Bureau
	AsOf    period.Date
	BaseURL string // https://host/path/, or empty where it is not known
	Commit  string // that the data came from, or empty
	// Document renders the body of a source file; the notes of a statistic are
	// those of its descriptor's file. It is asked once for each, by the worker
	// that renders the page, so that only the pages in hand are in memory.
	Document   func(file string) markdown.Document
	Statistics map[string]Statistic    // by name
	Units      map[int][]UnitStatistic // by the unit's place in units.csv, in the order of the statistics
	Targets    []compute.Target
	Catalogue  opendata.Catalogue // what is published as open data
	Cards      []compute.Card     // the latest figures
	Overdue    []compute.Overdue
	Changes    ledger.Report // of published figures
	Jobs       int           // how many pages are rendered at a time; 0 means one a processor
}

// Statistic is what was computed and written from a statistic.
type Statistic struct {
	Charts    []Chart
	Anchors   []string // the id of each row
	Cautions  []string // what a reader has to know before reading the table
	Downloads []Download
}

// Chart is one chart of a statistic with the sentence that says it in words.
type Chart struct {
	Drawing chart.Drawing
	Title   string
	Summary string
}

// Download is one file that a reader may take away.
type Download struct {
	Path  string // from the site's root
	Kind  string // CSV, JSON, SVG
	Title string // what is in it; may be empty
	Size  int    // bytes
}

// Site renders all pages, the feed, the sitemaps, the assets and the files of
// the statistics' charts, by path. The bytes depend on the input alone, not on Jobs.
// The problems are those of template overrides.
func Site(t *Templates, in Input) ([]bureau.File, problem.List) {
	s := newSite(t, in)
	pages := s.pages()
	for _, p := range pages {
		s.exists[p.path] = true
	}
	files := make([]bureau.File, len(pages))
	found := make([]problem.List, len(pages))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range cmp.Or(in.Jobs, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(pages) {
					return
				}
				files[i], found[i] = s.render(pages[i])
			}
		})
	}
	workers.Wait()

	var problems problem.List
	for _, list := range found {
		problems = append(problems, list...)
	}
	problems.Sort()
	files = append(files, s.feed(), s.robots())
	if s.base != "" {
		files = append(files, s.sitemap(pages))
	}
	for name := range t.assets {
		files = append(files, bureau.File{Path: t.assets[name].path, Bytes: t.assets[name].bytes})
	}
	for _, statistic := range in.Bureau.Statistics {
		for _, c := range in.Statistics[statistic.Name].Charts {
			stem := bureau.StatisticFile(statistic.Name, c.Drawing.ID)
			files = append(files, bureau.File{Path: stem + ".svg", Bytes: c.Drawing.File}, bureau.File{Path: stem + ".js", Bytes: c.Drawing.Script})
		}
	}
	for i, statistics := range in.Units {
		for _, u := range statistics {
			if u.Chart != nil {
				stem := bureau.UnitFile(in.Bureau.Units[i].ID.V, u.Chart.Drawing.ID)
				files = append(files, bureau.File{Path: stem + ".svg", Bytes: u.Chart.Drawing.File}, bureau.File{Path: stem + ".js", Bytes: u.Chart.Drawing.Script})
			}
		}
	}
	slices.SortStableFunc(files, func(a, b bureau.File) int { return cmp.Compare(a.Path, b.Path) })
	return files, problems
}

// trusted marks bytes made by our own packages as HTML.
func trusted(b []byte) template.HTML { return template.HTML(b) }
