package site

import (
	"context"
	"path"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"sunshine/site/bureau"
	"sunshine/site/compute"
	"sunshine/site/markdown"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/yaml"
)

// source is one body of Markdown and the page that it stands in.
type source struct {
	file     string // the key under which a page finds it
	title    string // of the page
	body     bureau.Body
	page     string // stats/cases/index.html
	language string
	charts   int // the page's charts that are not in the body
}

// documents renders every body, side by side: the documents by source file,
// the files of the charts in them, and what is wrong.
func (a *artist) documents(ctx context.Context, b *bureau.Bureau, statistics map[string]render.Statistic) (map[string]markdown.Document, []bureau.File, problem.List) {
	pages := b.PagePaths()
	sources := sourcesOf(b, pages, statistics)
	type result struct {
		document markdown.Document
		files    []bureau.File
		problems problem.List
	}
	results := make([]result, len(sources))
	var next atomic.Int64
	var group errgroup.Group
	for range a.jobs {
		group.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(sources) || ctx.Err() != nil {
					return nil
				}
				r := &results[i]
				env := a.env(b, pages, sources[i], &r.files)
				r.document, r.problems = markdown.Render(sources[i].body, env)
			}
		})
	}
	group.Wait()
	documents := make(map[string]markdown.Document, len(sources))
	var files []bureau.File
	var problems problem.List
	for i, r := range results {
		documents[sources[i].file] = r.document
		files = append(files, r.files...)
		problems = append(problems, r.problems...)
	}
	return documents, files, problems
}

func sourcesOf(b *bureau.Bureau, pages map[string]string, statistics map[string]render.Statistic) []source {
	sources := make([]source, 0, len(b.Guides)+len(b.Notices)+len(b.Pages)+len(b.Statistics))
	add := func(body bureau.Body, title, language string, charts int) {
		sources = append(sources, source{body.File, title, body, pages[body.File], language, charts})
	}
	for _, g := range b.Guides {
		add(g.Body, g.Title.V, g.Language, 0)
	}
	for _, n := range b.Notices {
		add(n.Body, n.Title.V, n.Language, 0)
	}
	for _, p := range b.Pages {
		add(p.Body, p.Title.V, p.Language, 0)
	}
	for _, s := range b.Statistics {
		if notes := s.Descriptor.Notes; notes.V != "" {
			add(bureau.Body{File: s.Descriptor.File, Line: notes.At.Line, Text: []byte(notes.V)},
				s.Title(), b.Site.MainLanguage(), len(statistics[s.Name].Charts))
		}
	}
	return sources
}

// env is what the document may refer to. Charts that it holds are drawn into
// files, beside the page.
func (a *artist) env(b *bureau.Bureau, pages map[string]string, s source, files *[]bureau.File) markdown.Env {
	root := strings.Repeat("../", strings.Count(s.page, "/"))
	charts := s.charts
	return markdown.Env{
		Root:  root,
		Title: s.title,
		Resolve: func(file string) (string, bool) {
			if page, ok := pages[file]; ok {
				return page, true
			}
			if static, ok := strings.CutPrefix(file, "data/static/"); ok {
				return "static/" + static, true
			}
			return "", false
		},
		Figure: func(reference string) (text, link string, unknown *markdown.Unknown) {
			text, link, fault := compute.Lookup(b, reference, s.language)
			if fault != nil {
				unknown = &markdown.Unknown{Message: fault.Message, Hint: fault.Hint}
			}
			return text, link, unknown
		},
		Chart: func(block []byte, at problem.Position) ([]byte, problem.List) {
			var c bureau.Chart
			problems := yaml.Decode(at.File, at.Line, block, &c)
			c.At = at
			if problems.Errors() > 0 {
				return nil, problems
			}
			statistic, fault := compute.Statistic(b, c.Statistic.V)
			if fault != nil {
				problems.Error(at, "chart/statistic", fault.Message, fault.Hint)
				return nil, problems
			}
			plot, more := compute.PlotOf(statistic, c, s.language)
			problems = append(problems, more...)
			if problems.Errors() > 0 {
				return nil, problems
			}
			charts++
			drawing, err := a.draw(chartID(charts), plot)
			if err != nil {
				problems.Error(at, "chart/drawing",
					problem.Say("这张图画不出来：%s", "this chart cannot be drawn: %s", problem.Quote(err.Error())),
					problem.Say("先改用另一种图", "use another type of chart for now"))
				return nil, problems
			}
			*files = append(*files,
				bureau.File{Path: path.Join(path.Dir(s.page), drawing.ID+".svg"), Bytes: drawing.File},
				bureau.File{Path: path.Join(path.Dir(s.page), drawing.ID+".js"), Bytes: drawing.Script})
			html, err := a.templates.Figure(s.language, root, render.Chart{Drawing: drawing, Title: plot.Title, Summary: compute.Summary(plot, statistic, s.language)})
			if err != nil {
				problems = append(problems, problem.Problem{Position: at, Severity: problem.Error, Rule: "template/figure",
					Message: problem.Say("模板 figure.html 出错：%s", "the template figure.html fails: %s", problem.Quote(err.Error()))})
			}
			return html, problems
		},
	}
}

func chartID(n int) string { return "chart-" + strconv.Itoa(n) }
