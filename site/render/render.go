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
	"cmp"
	"context"
	"html/template"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
	"sunshine/site/period"
	"sunshine/site/problem"
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

// Result is the site's pages with what they need, by path.
type Result struct {
	Files         []bureau.File
	Pages, Charts int
	Drawings      [][]byte // as they stand in the files: what was computed, and no text of anybody's

	bodies *bodies
	whole  bool // every page was rendered
}

// Site draws the charts and renders the texts, all pages, the feed, the sitemaps
// and the assets. The bytes depend on the input alone, not on Jobs. The problems
// are those of charts, of texts, of template overrides and of pages at the same
// path; the error is that of the context.
func Site(ctx context.Context, t *Templates, in Input) (Result, problem.List, error) {
	b := in.Bureau
	var problems problem.List
	t, versions := versionsOf(t, in)
	statistics, more, err := drawStatistics(ctx, b, t.Main(b), in.Catalogue, in.Jobs)
	problems.Add(more)
	if err != nil {
		return Result{}, problems, err
	}
	units, more, err := drawUnits(ctx, b, t.Main(b), in.Jobs)
	problems.Add(more)
	if err != nil {
		return Result{}, problems, err
	}
	bodies := newBodies(t, b, statistics)
	in.made = made{bodies.render, statistics, units, say.Latest(b, t.Main(b), func(s *bureau.Statistic) *bureau.Statistic { return s }), figures.Freshness(b, in.AsOf)}
	for _, v := range versions {
		more, err := v.draw(ctx, bodies)
		problems.Add(slices.DeleteFunc(more, func(p problem.Problem) bool { // what the main language has is told
			return slices.ContainsFunc(problems, func(told problem.Problem) bool { return told.Position == p.Position && told.Rule == p.Rule })
		}))
		if err != nil {
			return Result{}, problems, err
		}
	}
	files, faults := pages(t, in, versions...)
	problems.Add(faults)
	drawn, inBodies, found := bodies.gather()
	problems.Add(found)
	r := Result{Files: append(files, drawn...), bodies: bodies, whole: faults.Errors() == 0}
	r.count(in.made, inBodies)
	for _, v := range versions {
		r.draws(v.made)
	}
	return r, problems, ctx.Err()
}

// newest is the day of the newest content, revisions included.
func (in Input) newest() period.Date {
	day := figures.Newest(in.Bureau, in.AsOf).V
	for _, r := range in.Changes.Revisions {
		day = max(day, r.Date)
	}
	return day
}

// count takes up what was drawn: for statistics, for units, and in texts.
func (r *Result) count(m made, inBodies []Chart) {
	r.draws(m)
	for _, c := range inBodies {
		r.draw(c)
	}
	for _, f := range r.Files {
		if path.Ext(f.Path) == ".html" {
			r.Pages++
		}
	}
}

func (r *Result) draw(c Chart) {
	r.Charts++
	r.Drawings = append(r.Drawings, c.Drawing.Wide, c.Drawing.Narrow, c.Drawing.File, c.Drawing.Script)
}

// draws takes up what was drawn for statistics and for units.
func (r *Result) draws(m made) {
	for _, s := range m.Statistics {
		for _, c := range s.Charts {
			r.draw(c)
		}
	}
	for _, unit := range m.Units {
		for _, s := range unit {
			if s.Chart != nil {
				r.draw(*s.Chart)
			}
		}
	}
}

// Links holds every link of the texts against all files of the site. Where some
// page is missing for a fault of its own, nothing is said.
func (r Result) Links(files []bureau.File) problem.List {
	if !r.whole {
		return nil
	}
	return r.bodies.links(files)
}

// Statistic is what was computed and written from a statistic.
type Statistic struct {
	Charts    []Chart
	Anchors   []string          // the id of each row
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

// pages renders all pages, the feed, the sitemaps, the assets and the files of
// the statistics' charts, by path.
func pages(t *Templates, in Input, versions ...*version) ([]bureau.File, problem.List) {
	s := newSite(t, in)
	for _, v := range versions {
		s.versions[v.language] = v.site(s)
	}
	all := s.pages()
	for _, language := range s.languages {
		s.exists[s.prefix(language)+bureau.SearchSection.Page()] = true
	}
	for _, p := range all {
		title := strings.TrimSuffix(p.head.Title, " - "+s.name(p.language).Text) // of a list, which has no article
		s.exists[p.path], s.titles[p.path] = true, cmp.Or(p.head.Article, title)
	}
	for _, p := range s.movedPages() {
		s.exists[p.path] = true
		all = append(all, p)
	}
	cards := s.cards()
	files := make([]bureau.File, len(all))
	found := make([]problem.List, len(all))
	each.Do(in.Jobs, len(all), func(i int) error {
		files[i], found[i] = s.render(all[i])
		return nil
	})

	read := slices.Clone(files) // a page that is wrong may be as large as a page can be, and is not searched
	for i := range read {
		if found[i].Errors() > 0 {
			read[i].Bytes = nil
		}
	}
	for _, language := range s.languages {
		p, index := s.of(language).searchPage(language, read, all)
		file, more := s.render(p)
		files, found = append(append(files, file), index.Files...), append(found, more)
	}

	var problems problem.List
	for _, list := range found {
		problems = append(problems, list...)
	}
	problems.Sort()
	files = append(append(files, cards...), s.feed(), s.robots())
	if s.BaseURL != "" {
		files = append(files, s.sitemap(all))
	}
	for name := range t.assets {
		files = append(files, bureau.File{Path: t.assets[name].path, Bytes: t.assets[name].bytes})
	}
	for _, language := range s.languages {
		files = append(files, s.of(language).drawings(language)...)
	}
	files = append(files, s.beside()...)
	slices.SortStableFunc(files, func(a, b bureau.File) int { return cmp.Compare(a.Path, b.Path) })
	return files, problems
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
