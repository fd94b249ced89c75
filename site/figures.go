package site

import (
	"context"
	"io/fs"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/compute"
	"sunshine/site/disclose"
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

	mu       sync.Mutex
	drawings [][]byte // what was drawn, as it stands in pages and files
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
	d, err := a.studio.Draw(id, p)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.drawings = append(a.drawings, d.Wide, d.Narrow, d.File, d.Script)
	return d, err
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
// and the tables that are published.
func (a *artist) statistics(ctx context.Context, b *bureau.Bureau, p opendata.Publisher) (map[string]render.Statistic, []opendata.Dataset, problem.List, error) {
	type result struct {
		page     render.Statistic
		dataset  opendata.Dataset
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
			r.page, r.problems, err = a.statistic(s, b.Site.MainLanguage())
			if err != nil {
				return err
			}
			if r.dataset, err = a.publish(p, opendata.Statistic(s, b.Site.MainLanguage())); err != nil {
				return err
			}
			r.page.Downloads = downloads(r.dataset, r.page.Charts)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, nil, nil, err
	}
	pages := make(map[string]render.Statistic, len(results))
	datasets := make([]opendata.Dataset, len(results))
	var problems problem.List
	for i, r := range results {
		pages[b.Statistics[i].Name] = r.page
		datasets[i] = r.dataset
		problems = append(problems, r.problems...)
	}
	return pages, datasets, problems, nil
}

func (a *artist) statistic(s *bureau.Statistic, language string) (render.Statistic, problem.List, error) {
	plots, problems := compute.Plots(s, language)
	page := render.Statistic{Anchors: compute.Anchors(s), Cautions: compute.Cautions(s, language)}
	if hidden := disclose.Explain(s, language); hidden != "" {
		page.Cautions = append(page.Cautions, hidden)
	}
	for i, p := range plots {
		drawing, err := a.draw(chartID(i+1), p)
		if err != nil {
			return page, problems, err
		}
		page.Charts = append(page.Charts, render.Chart{Drawing: drawing, Title: p.Title, Summary: compute.Summary(p, s, language)})
	}
	return page, problems, nil
}

// units computes and draws each unit's own past: one chart for each statistic
// that has rows of it.
func (a *artist) units(ctx context.Context, b *bureau.Bureau) (map[int][]render.UnitStatistic, error) {
	language := b.Site.MainLanguage()
	units := map[int][]render.UnitStatistic{}
	for _, s := range b.Statistics {
		parts := compute.ByUnit(s, b.Units)
		for i := range b.Units {
			if part, ok := parts[i]; ok {
				units[i] = append(units[i], render.UnitStatistic{Of: s, Part: part})
			}
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(a.jobs)
	for _, statistics := range units {
		group.Go(func() error {
			charts := 0
			for i := range statistics {
				part := statistics[i].Part
				plot, ok := part.Trend(language)
				if !ok {
					continue
				}
				if ctx.Err() != nil {
					return ctx.Err()
				}
				charts++
				drawing, err := a.draw(chartID(charts), plot)
				if err != nil {
					return err
				}
				statistics[i].Chart = &render.Chart{Drawing: drawing, Title: plot.Title, Summary: compute.Summary(plot, part.Statistic, language)}
			}
			return nil
		})
	}
	return units, group.Wait()
}
