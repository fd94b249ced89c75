package site

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/check"
	"sunshine/site/compute"
	"sunshine/site/markdown"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/yaml"
)

// source is one body of Markdown, the page that it stands in, and what came of it.
type source struct {
	body     bureau.Body
	title    string // of the page
	page     string // stats/cases/index.html
	language string
	charts   int // the page's charts that are not in the body

	files    []bureau.File // of the charts in the body
	links    []markdown.Link
	headings []markdown.Heading
	problems problem.List
}

// documents are the bodies of a bureau, taken out of it. Each is rendered when
// its page is and then let go, so that not all are in memory at a time; what came
// of it is kept beside it.
type documents struct {
	artist  *artist
	bureau  *bureau.Bureau
	pages   map[string]string // source file to page
	sources map[string]*source

	terms    *markdown.Terms // of the glossary; nil where there is none
	glossary string          // its page
}

func newDocuments(a *artist, b *bureau.Bureau, statistics map[string]render.Statistic) *documents {
	d := &documents{artist: a, bureau: b, pages: b.PagePaths()}
	d.sources = sourcesOf(b, d.pages, statistics)
	if glossary := b.Glossary(); glossary != nil {
		d.glossary, d.terms = d.pages[glossary.File], &markdown.Terms{}
		for _, t := range compute.Terms(b) {
			d.terms.Add(t.Path, t.Words...)
		}
	}
	return d
}

// render renders one body. Several goroutines may ask at a time, each for other files.
func (d *documents) render(file string) markdown.Document {
	s := d.sources[file]
	if s == nil {
		return markdown.Document{}
	}
	env := d.artist.env(d.bureau, d.pages, s)
	if s.language == d.bureau.Site.MainLanguage() && s.page != d.glossary {
		env.Terms = d.terms
	}
	document, problems := markdown.Render(s.body, env)
	s.body.Text = nil
	s.links, s.headings, s.problems = document.Links, document.Headings, problems
	return document
}

// gather gives the files of the charts in all bodies that were rendered, and
// what is wrong with the bodies. files are the other files of the site; when they
// are complete, the links are held against them.
func (d *documents) gather(files []bureau.File, complete bool) ([]bureau.File, problem.List) {
	var charts []bureau.File
	var problems problem.List
	exists := make(map[string]bool, len(files))
	for _, f := range files {
		exists[f.Path] = true
	}
	if complete {
		problems = append(problems, check.RegisterLinks(d.bureau.Registers, exists)...)
	}
	for _, file := range slices.Sorted(maps.Keys(d.sources)) {
		s := d.sources[file]
		charts = append(charts, s.files...)
		problems = append(problems, s.problems...)
		if complete {
			problems = append(problems, check.Links(s.page, s.links, s.headings, exists)...)
		}
	}
	return charts, problems
}

func sourcesOf(b *bureau.Bureau, pages map[string]string, statistics map[string]render.Statistic) map[string]*source {
	sources := make(map[string]*source, len(b.Guides)+len(b.Notices)+len(b.Pages)+len(b.Statistics))
	add := func(body *bureau.Body, title, language string, charts int) {
		sources[body.File] = &source{body: *body, title: title, page: pages[body.File], language: language, charts: charts}
		body.Text = nil
	}
	for _, g := range b.Guides {
		add(&g.Body, g.Title.V, g.Language, 0)
	}
	for _, n := range b.Notices {
		add(&n.Body, n.Title.V, n.Language, 0)
	}
	for _, p := range b.Pages {
		add(&p.Body, p.Title.V, p.Language, 0)
	}
	for _, s := range b.Statistics {
		if notes := s.Descriptor.Notes; notes.V != "" {
			body := s.Descriptor.Body(notes)
			add(&body, s.Title(), b.Site.MainLanguage(), len(statistics[s.Name].Charts))
		}
	}
	for _, r := range b.Registers {
		if r.Descriptor.Notes.V != "" {
			body := r.Descriptor.Body()
			add(&body, r.Title(), b.Site.MainLanguage(), 0)
		}
	}
	return sources
}

// env is what the document may refer to. Charts that it holds are drawn into
// files beside the page.
func (a *artist) env(b *bureau.Bureau, pages map[string]string, s *source) markdown.Env {
	root := strings.Repeat("../", strings.Count(s.page, "/"))
	charts := s.charts
	return markdown.Env{
		Root:  root,
		Title: s.title,
		Resolve: func(file string) (string, bool) {
			if page, ok := pages[file]; ok {
				return page, true
			}
			return bureau.StaticFile(file)
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
				problems.Error(at, problem.ChartStatistic, fault.Message, fault.Hint)
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
				problems.Error(at, problem.ChartDrawing,
					problem.Say("这张图画不出来：%s", "this chart cannot be drawn: %s", problem.Quote(err.Error())),
					problem.Say("先改用另一种图", "use another type of chart for now"))
				return nil, problems
			}
			s.files = append(s.files,
				bureau.File{Path: path.Join(path.Dir(s.page), drawing.ID+".svg"), Bytes: drawing.File},
				bureau.File{Path: path.Join(path.Dir(s.page), drawing.ID+".js"), Bytes: drawing.Script})
			html, err := a.templates.Figure(s.language, root, render.Chart{Drawing: drawing, Title: plot.Title, Summary: compute.Summary(plot, statistic, s.language)})
			if err != nil {
				problems = append(problems, problem.Problem{Position: at, Severity: problem.Error, Rule: problem.TemplateFigure,
					Message: problem.Say("模板 figure.html 出错：%s", "the template figure.html fails: %s", problem.Quote(err.Error()))})
			}
			return html, problems
		},
	}
}

func chartID(n int) string { return "chart-" + strconv.Itoa(n) }
