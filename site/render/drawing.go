package render

import (
	"context"
	"errors"
	"math"
	"path"
	"slices"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/disclose"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/say"
)

// drawStatistics computes and draws what the page of each statistic shows, by its
// name. The error is that of the context.
func drawStatistics(ctx context.Context, b *bureau.Bureau, language *locale.Language, catalogue opendata.Catalogue, jobs int) (map[string]Statistic, problem.List, error) {
	all, problems := make([]Statistic, len(b.Statistics)), make([]problem.List, len(b.Statistics))
	err := each.Do(jobs, len(all), func(i int) error {
		s, page := b.Statistics[i], &all[i]
		var plots []chart.Plot
		told := map[string]bool{}
		plots, problems[i] = chart.Plots(s, language)
		of := s
		page.whole(s)
		if page.Whole != nil && s.Views != nil && !s.Descriptor.ChartsGiven && len(s.Descriptor.Charts) == 0 {
			if whole, _ := chart.Plots(page.Whole, language); len(whole) > 0 {
				of, plots = page.Whole, whole
				for n := range plots {
					plots[n].Title = language.Text(locale.Whole, plots[n].Title)
				}
			}
		}
		if of == s {
			page.anchor(s, plots)
		} else {
			page.anchor(s, nil)
		}
		page.Cautions = say.Cautions(s, language)
		if hidden := disclose.Explain(s, language); hidden != "" {
			page.Cautions = append(page.Cautions, hidden)
		}
		for n, p := range plots {
			if of == s {
				p.Anchors = page.Anchors
			}
			c, found := draw(n+1, of, p, p.At)
			if problems[i].Add(found); len(found) == 0 {
				c.Summary = c.Summary.Once(told, language)
				page.Charts = append(page.Charts, c)
			}
		}
		if n := slices.IndexFunc(catalogue.Datasets, func(d opendata.Dataset) bool { return d.Page == s.Page() }); n >= 0 {
			page.Downloads = downloads(catalogue.Datasets[n], page.Charts)
		}
		return ctx.Err()
	})
	byName := make(map[string]Statistic, len(all))
	for i, page := range all {
		byName[b.Statistics[i].Name] = page
	}
	return byName, slices.Concat(problems...), err
}

// anchor gives ids to the rows of a statistic that its page or one of these plots shows.
func (page *Statistic) anchor(s *bureau.Statistic, plots []chart.Plot) {
	var rows []int
	if s.Views == nil {
		rows = newest(s)
	}
	for _, p := range plots {
		for _, series := range p.Series {
			for _, v := range series.Values {
				if v.Row >= 0 && len(s.Rows) > bureau.LongTable {
					rows = append(rows, v.Row)
				}
			}
		}
	}
	page.Anchors = anchorsOfRows(s, rows)
}

// whole takes up the total of a statistic whose rows tell more than their period.
func (page *Statistic) whole(s *bureau.Statistic) {
	if len(figures.Series(s)) < 2 {
		return
	}
	rows := make([]int, len(s.Rows))
	for i := range rows {
		rows[i] = i
	}
	if whole, summed, ok := figures.Whole(s, rows); ok {
		page.Whole, page.Summed = whole, summed
	}
}

// downloads are the files that a statistic's page offers.
func downloads(d opendata.Dataset, charts []Chart) []Download {
	files := []Download{
		{Path: d.CSV.Path, Kind: "CSV", Size: int(d.CSV.Size())},
		{Path: d.JSON.Path, Kind: "JSON", Size: int(d.JSON.Size())},
	}
	if d.XLSX.Path != "" {
		files = slices.Insert(files, 1, Download{Path: d.XLSX.Path, Kind: "XLSX", Size: int(d.XLSX.Size())})
	}
	for _, c := range charts {
		files = append(files, Download{
			Path: path.Join(path.Dir(d.Page), c.Drawing.ID+".svg"), Kind: "SVG", Title: c.Title, Size: len(c.Drawing.File),
		})
	}
	return files
}

// drawUnits computes and draws each unit's own past, by the unit's place in
// units.csv: one chart for each statistic that has rows of it. The error is that
// of the context.
func drawUnits(ctx context.Context, b *bureau.Bureau, language *locale.Language, jobs int) (map[int][]UnitStatistic, problem.List, error) {
	units := map[int][]UnitStatistic{}
	for _, s := range b.Statistics {
		parts := figures.ByUnit(s, b.Units)
		for i := range b.Units {
			if part, ok := parts[i]; ok {
				units[i] = append(units[i], UnitStatistic{Of: s, Part: part})
			}
		}
	}
	problems := make([]problem.List, len(b.Units))
	err := each.Do(jobs, len(b.Units), func(unit int) error {
		charts := 0
		for i := range units[unit] {
			u := &units[unit][i]
			plot, ok := chart.Trend(u.Part.Statistic, language)
			if !ok {
				continue
			}
			charts++
			c, found := draw(charts, u.Part.Statistic, plot, plot.At)
			if problems[unit].Add(found); len(found) == 0 {
				u.Chart = &c
			}
		}
		return ctx.Err()
	})
	return units, slices.Concat(problems...), err
}

// draw draws the n-th chart of a page. at is where the chart is asked for; a
// plot of it that cannot be drawn is a problem there, or at the figure or the
// row that is to blame.
func draw(n int, s *bureau.Statistic, p chart.Plot, at problem.Position) (Chart, problem.List) {
	drawing, err := chart.Draw("chart-"+strconv.Itoa(n), p)
	if err != nil {
		return Chart{}, problem.List{undrawn(s, p, at, err)}
	}
	return Chart{Drawing: drawing, Title: p.Title, Summary: say.Summarize(p, s, p.Language)}, nil
}

// undrawn says why a plot of a statistic cannot be drawn.
func undrawn(s *bureau.Statistic, p chart.Plot, at problem.Position, err error) problem.Problem {
	if at.File == "" {
		at.File = s.File
	}
	one := problem.Problem{Position: at, Severity: problem.Error, Rule: problem.ChartDrawing,
		Message: problem.Say("这张图画不出来：%s", "this chart cannot be drawn: %s", problem.Quote(err.Error())),
		Hint:    problem.Say("这是程序的错误，请报告；在此之前，写 charts: []（图表）不画图", "this is a fault of sunshine, please report it; until it is fixed, write charts: [] to draw none")}
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
		most := locale.Format(chart.Largest, "", locale.Builtin(problem.Chinese))
		one.Message = problem.Say("“%[1]s”在“%[2]s”的数值是%[3]s，太大，画不出来（最大%[4]s）", `"%[1]s" at "%[2]s" is %[3]s, too large to draw (at most %[4]s)`,
			problem.Quote(s.Fields[v.Field].Name), problem.Quote(p.Ticks[large.Tick].Label), value, most)
		if math.IsInf(large.Value, 0) {
			one.Message = problem.Say("“%[1]s”在“%[2]s”的数值太大，算不出来", `"%[1]s" at "%[2]s" is too large to compute`,
				problem.Quote(s.Fields[v.Field].Name), problem.Quote(p.Ticks[large.Tick].Label))
		}
		one.Hint = problem.Say("核对这个数值，以及得出它的算式（derive）；确实这么大的，换用大一些的单位", "check the figure, and any formula in derive that gives it; if it is right, use a larger unit")
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
		one.Message = problem.Say("图上有两项都叫“%s”，读者分不清", `two items in the chart are called "%s", and a reader cannot tell them apart`, problem.Quote(alike.Name))
		one.Hint = problem.Say("改名，让两项的名称看得出不同（只差空格的不算）", "rename one so that the two look different; a space is not enough")
	}
	return one
}
