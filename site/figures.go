package site

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"sync/atomic"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/disclose"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/say"
)

// artist draws charts, for statistics and for charts in Markdown, and publishes
// tables where files are wanted: for a check it does not.
type artist struct {
	templates *render.Templates
	jobs      int
	publishes bool
	drawn     atomic.Int64
}

func newArtist(o Options, t *render.Templates, publishes bool) *artist {
	return &artist{templates: t, jobs: o.Jobs, publishes: publishes}
}

// draw draws the n-th chart of a page. at is where the chart is asked for; a
// plot of it that cannot be drawn is a problem there, or at the figure or the
// row that is to blame.
func (a *artist) draw(n int, s *bureau.Statistic, p chart.Plot, at problem.Position) (render.Chart, problem.List) {
	a.drawn.Add(1)
	drawing, err := chart.Draw("chart-"+strconv.Itoa(n), p)
	if err != nil {
		return render.Chart{}, problem.List{undrawn(s, p, at, err)}
	}
	return render.Chart{Drawing: drawing, Title: p.Title, Summary: say.Summary(p, s, p.Language)}, nil
}

func (a *artist) count() int { return int(a.drawn.Load()) }

// undrawn says why a plot of a statistic cannot be drawn.
func undrawn(s *bureau.Statistic, p chart.Plot, at problem.Position, err error) problem.Problem {
	if at.File == "" {
		at.File = s.File
	}
	one := problem.Problem{Position: at, Severity: problem.Error, Rule: problem.ChartDrawing,
		Message: problem.Say("这张图画不出来：%s", "this chart cannot be drawn: %s", problem.Quote(err.Error())),
		Hint:    problem.Say("这是程序的错，请报告；在此之前用 charts: [] 不画图", "this is a fault of sunshine, please report it; until then charts: [] draws none")}
	var large *chart.TooLarge
	var alike *chart.Alike
	switch {
	case errors.As(err, &large):
		v := p.Series[large.Series].Values[large.Tick]
		if v.Row >= 0 {
			one.Position = s.Position(v.Row, v.Field)
			if s.Fields[v.Field].Derived { // it has no cell of its own
				one.Position.Column, one.Position.Cell = 0, ""
			}
		}
		value := strconv.FormatFloat(large.Value, 'g', 4, 64)
		most := locale.Format(chart.Largest, "", "zh")
		one.Message = problem.Say("“%[1]s”在“%[2]s”的值是%[3]s，大得画不出来（最大%[4]s）", `"%[1]s" at "%[2]s" is %[3]s, too large to draw (at most %[4]s)`,
			problem.Quote(s.Fields[v.Field].Name), problem.Quote(p.Ticks[large.Tick].Label), value, most)
		if math.IsInf(large.Value, 0) {
			one.Message = problem.Say("“%[1]s”在“%[2]s”的值大得算不出来", `"%[1]s" at "%[2]s" is too large to compute`,
				problem.Quote(s.Fields[v.Field].Name), problem.Quote(p.Ticks[large.Tick].Label))
		}
		one.Hint = problem.Say("核对这个数，以及算出它的式子（derive）；确实这么大时换用大一些的单位", "check the figure, and the formula in derive that gives it; where it is right, count in a larger unit")
	case errors.As(err, &alike):
		one.Rule = problem.ChartLabels
		row := -1
		if alike.Tick >= 0 {
			row = p.Ticks[alike.Tick].Row
		} else if values := p.Series[alike.Series].Values; p.Ticks[0].Row >= 0 && len(values) > 0 {
			for _, v := range values {
				if row = v.Row; row >= 0 {
					break
				}
			}
		}
		if row >= 0 {
			one.Position = s.Position(row, 0)
			one.Position.Column, one.Position.Cell = 0, ""
		}
		one.Message = problem.Say("图上有两项都叫“%s”，读者分不清", `two things in the chart are called "%s", and a reader cannot tell them apart`, problem.Quote(alike.Name))
		one.Hint = problem.Say("改名，让两项的名称看得出不同（只差空格的不算）", "rename one so that the two look different; a space alone does not do")
	}
	return one
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
	err := each.Do(a.jobs, len(results), func(i int) (err error) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r, s := &results[i], b.Statistics[i]
		r.page, r.problems = a.statistic(s, b.Site.MainLanguage())
		if r.dataset, err = a.publish(p, opendata.Statistic(s, b.Site.MainLanguage())); err != nil {
			return err
		}
		r.page.Downloads = downloads(r.dataset, r.page.Charts)
		return nil
	})
	if err != nil {
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

func (a *artist) statistic(s *bureau.Statistic, language string) (render.Statistic, problem.List) {
	plots, problems := chart.Plots(s, language)
	page := render.Statistic{Anchors: figures.Anchors(s), Cautions: say.Cautions(s, language)}
	if hidden := disclose.Explain(s, language); hidden != "" {
		page.Cautions = append(page.Cautions, hidden)
	}
	for i, p := range plots {
		c, found := a.draw(i+1, s, p, p.At)
		problems.Add(found)
		if len(found) == 0 {
			page.Charts = append(page.Charts, c)
		}
	}
	return page, problems
}

// units computes and draws each unit's own past: one chart for each statistic
// that has rows of it.
func (a *artist) units(ctx context.Context, b *bureau.Bureau) (map[int][]render.UnitStatistic, problem.List, error) {
	language := b.Site.MainLanguage()
	units := map[int][]render.UnitStatistic{}
	for _, s := range b.Statistics {
		parts := figures.ByUnit(s, b.Units)
		for i := range b.Units {
			if part, ok := parts[i]; ok {
				units[i] = append(units[i], render.UnitStatistic{Of: s, Part: part})
			}
		}
	}
	problems := make([]problem.List, len(b.Units))
	err := each.Do(a.jobs, len(b.Units), func(unit int) error {
		statistics, charts := units[unit], 0
		for i := range statistics {
			part := statistics[i].Part
			plot, ok := chart.Trend(part.Statistic, language)
			if !ok {
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			charts++
			c, found := a.draw(charts, part.Statistic, plot, plot.At)
			problems[unit].Add(found)
			if len(found) == 0 {
				statistics[i].Chart = &c
			}
		}
		return nil
	})
	return units, slices.Concat(problems...), err
}
