package site

import (
	"context"
	"io/fs"
	"path"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/compute"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/templates"
)

// artist draws charts, for statistics and for charts in Markdown. Without a
// studio, as for a check, every plot is computed and nothing is drawn.
type artist struct {
	studio    *chart.Studio
	templates *render.Templates
	jobs      int
	drawn     atomic.Int64
}

func newArtist(o Options, t *render.Templates, draw bool) (*artist, error) {
	a := &artist{templates: t, jobs: o.Jobs}
	if !draw {
		return a, nil
	}
	script, err := fs.ReadFile(templates.FS, "dist/draw.js")
	if err != nil {
		return nil, errNoECharts
	}
	a.studio = chart.NewStudio(script, o.Cache, o.Jobs)
	return a, nil
}

func (a *artist) draw(id string, p compute.Plot) (chart.Drawing, error) {
	a.drawn.Add(1)
	if a.studio == nil {
		return chart.Drawing{ID: id}, nil
	}
	return a.studio.Draw(id, p)
}

func (a *artist) count() int { return int(a.drawn.Load()) }

// prune drops the drawings that earlier builds left and this one did not use. A
// cache that cannot be cleaned only takes room.
func (a *artist) prune() {
	if a.studio != nil {
		a.studio.Prune()
	}
}

func (a *artist) close() {
	if a.studio != nil {
		a.studio.Close()
	}
}

// statistics computes and draws every statistic: what its page shows, by name,
// and the files for download.
func (a *artist) statistics(ctx context.Context, b *bureau.Bureau) (map[string]render.Statistic, []bureau.File, problem.List, error) {
	type result struct {
		page     render.Statistic
		files    []bureau.File
		problems problem.List
	}
	results := make([]result, len(b.Statistics))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(a.jobs)
	for i, s := range b.Statistics {
		group.Go(func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r := &results[i]
			r.page, r.files, r.problems, err = a.statistic(s, b.Site.MainLanguage())
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, nil, err
	}
	pages := make(map[string]render.Statistic, len(results))
	var files []bureau.File
	var problems problem.List
	for i, r := range results {
		pages[b.Statistics[i].Name] = r.page
		files = append(files, r.files...)
		problems = append(problems, r.problems...)
	}
	return pages, files, problems, nil
}

func (a *artist) statistic(s *bureau.Statistic, language string) (render.Statistic, []bureau.File, problem.List, error) {
	plots, problems := compute.Plots(s, language)
	page := render.Statistic{Anchors: compute.Anchors(s)}
	for i, p := range plots {
		drawing, err := a.draw(chartID(i+1), p)
		if err != nil {
			return page, nil, problems, err
		}
		page.Charts = append(page.Charts, render.Chart{Drawing: drawing, Title: p.Title, Summary: compute.Summary(p, s, language)})
	}
	if a.studio == nil {
		return page, nil, problems, nil
	}
	json, err := opendata.JSON(s)
	if err != nil {
		return page, nil, problems, err
	}
	stem := path.Join("stats", s.Name, s.Name)
	files := []bureau.File{{Path: stem + ".csv", Bytes: opendata.CSV(s)}, {Path: stem + ".json", Bytes: json}}
	page.Downloads = []render.Download{
		{Path: files[0].Path, Kind: "CSV", Size: len(files[0].Bytes)},
		{Path: files[1].Path, Kind: "JSON", Size: len(files[1].Bytes)},
	}
	for _, c := range page.Charts {
		page.Downloads = append(page.Downloads, render.Download{
			Path: path.Join("stats", s.Name, c.Drawing.ID+".svg"), Kind: "SVG", Title: c.Title, Size: len(c.Drawing.File),
		})
	}
	return page, files, problems, nil
}
