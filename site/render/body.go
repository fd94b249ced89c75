package render

import (
	"bytes"
	"cmp"
	"html"
	"maps"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/chart"
	"sunshine/site/check"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/say"
	"sunshine/site/yaml"
)

// source is one body of Markdown, the page that it stands in, and what came of it.
type source struct {
	body     bureau.Body
	title    string // of the page
	page     string // stats/cases/index.html
	language *locale.Language
	charts   int // the page's charts that are not in the body

	drawn    []Chart // the charts in the body
	links    []markdown.Link
	headings []markdown.Heading
	problems problem.List
}

// bodies are the Markdown texts of a bureau, taken out of it. Each is rendered when
// its page is and then let go, so that not all are in memory at a time; what came
// of it is kept beside it.
type bodies struct {
	templates *Templates
	bureau    *bureau.Bureau
	pages     map[string]string // source file to page
	sources   map[string]*source
	sorted    sync.Once
	on        map[string][]*source          // by page
	versions  map[*locale.Language]*version // what texts in their languages name

	terms    *markdown.Terms // of the glossary; nil where there is none
	glossary string          // its page
}

// newBodies takes the texts out of a bureau. statistics are those with which
// their pages show charts already.
func newBodies(t *Templates, b *bureau.Bureau, statistics map[string]Statistic) *bodies {
	d := &bodies{templates: t, bureau: b, pages: b.PagePaths(), versions: map[*locale.Language]*version{}}
	d.sources = sourcesOf(t, b, d.pages, statistics)
	if glossary := b.Glossary(); glossary != nil {
		d.glossary, d.terms = d.pages[glossary.File], &markdown.Terms{}
		for _, t := range figures.Terms(b) {
			d.terms.Add(t.Path, t.Words...)
		}
	}
	return d
}

// add takes up the texts of statistics and registers of a version.
func (d *bodies) add(v *version, statistics map[string]Statistic) {
	d.versions[v.language] = v
	tables := *v.Bureau
	tables.Guides, tables.Notices, tables.Policies, tables.Pages, tables.Annual = nil, nil, nil, nil, nil // which are written in their languages
	for file, s := range sourcesOf(d.templates, &tables, d.pages, statistics) {
		s.language, s.page = v.language, v.path(file, s.page)
		d.sources[v.key(file)] = s
	}
}

// key is that of the text of a file in the version.
func (v *version) key(file string) string { return v.language.Name + ":" + file }

// in renders the bodies of the pages of a version.
func (d *bodies) in(v *version) func(file string) markdown.Document {
	return func(file string) markdown.Document {
		if _, own := d.sources[v.key(file)]; own {
			return d.render(v.key(file))
		}
		return d.render(file)
	}
}

// render renders one body. Several goroutines may ask at a time, each for other files.
func (d *bodies) render(file string) markdown.Document {
	s := d.sources[file]
	if s == nil {
		return markdown.Document{}
	}
	env := d.env(s)
	if s.language == d.templates.Main(d.bureau) && s.page != d.glossary {
		env.Terms = d.terms
	}
	document, problems := markdown.Render(s.body, env)
	s.body.Text = nil
	s.links, s.headings, s.problems = document.Links, document.Headings, problems
	return document
}

// gather gives the charts in all bodies that were rendered, with their files, and
// what is wrong with the bodies.
func (d *bodies) gather() (files []bureau.File, charts []Chart, problems problem.List) {
	for _, file := range slices.Sorted(maps.Keys(d.sources)) {
		s := d.sources[file]
		for _, c := range s.drawn {
			files = append(files, c.files(s.page)...)
		}
		charts = append(charts, s.drawn...)
		problems = append(problems, s.problems...)
	}
	return files, charts, problems
}

// of are the texts of a page.
func (d *bodies) of(page string) []*source {
	d.sorted.Do(func() {
		d.on = make(map[string][]*source, len(d.sources))
		for _, s := range d.sources {
			d.on[s.page] = append(d.on[s.page], s)
		}
	})
	return d.on[page]
}

// drawn are the files of the charts in the texts of a page that is rendered.
func (d *bodies) drawn(page string) (files []bureau.File) {
	for _, s := range d.of(page) {
		for _, c := range s.drawn {
			files = append(files, c.files(page)...)
		}
	}
	return files
}

// drawings are those of the texts of a page that is rendered.
func (d *bodies) drawings(page string) (all [][]byte) {
	for _, s := range d.of(page) {
		for _, c := range s.drawn {
			all = append(all, c.bytes()...)
		}
	}
	return all
}

// links holds the links of all that staff wrote against the files of the site; anchors are
// what anchorsOf gives of each page.
func (d *bodies) links(files []bureau.File, anchors map[string]string) problem.List {
	exists := make(map[string]bool, len(files))
	for _, f := range files {
		exists[f.Path] = true
	}
	ids := func(page, id string) bool {
		return !strings.Contains(id, " ") && strings.Contains(anchors[page], " "+id+" ")
	}
	problems := check.Local(d.bureau, exists)
	for _, file := range slices.Sorted(maps.Keys(d.sources)) {
		s := d.sources[file]
		problems = append(problems, check.Links(s.page, s.links, s.headings, exists, ids)...)
	}
	return problems
}

// anchorsOf gives the ids of a page, with a space before and after each.
func anchorsOf(page []byte) string {
	ids := []byte{' '}
	for {
		i := bytes.Index(page, []byte("id="))
		if i < 0 {
			break
		}
		own := i > 0 && strings.IndexByte(" \t\r\n\f", page[i-1]) >= 0
		page = bytes.TrimPrefix(page[i+len("id="):], []byte{'"'})
		if end := bytes.IndexAny(page, "\" \t\r\n\f>"); own && end > 0 {
			ids = append(append(ids, html.UnescapeString(string(page[:end]))...), ' ')
		}
	}
	return string(ids)
}

func sourcesOf(t *Templates, b *bureau.Bureau, pages map[string]string, statistics map[string]Statistic) map[string]*source {
	sources := make(map[string]*source, len(b.Guides)+len(b.Notices)+len(b.Pages)+len(b.Statistics))
	add := func(file string, body *bureau.Body, title string, language *locale.Language, charts int) {
		sources[file] = &source{body: *body, title: title, page: pages[file], language: language, charts: charts}
		body.Text = nil
	}
	for _, g := range b.Guides {
		add(g.File, &g.Body, g.Title.V, t.Languages.Named(g.Language), 0)
	}
	for _, n := range b.Notices {
		add(n.File, &n.Body, n.Title.V, t.Languages.Named(n.Language), 0)
	}
	for _, p := range b.Policies {
		add(p.File, &p.Body, p.Title.V, t.Languages.Named(p.Language), 0)
	}
	for _, a := range b.Annual {
		for _, part := range a.Texts() {
			if body := a.Body(part.Text); len(body.Text) > 0 {
				add(part.Key, &body, opendata.AnnualTitle(b.Site, a, t.Main(b)), t.Main(b), 0)
				sources[part.Key].page = pages[a.File]
			}
		}
	}
	for _, p := range b.Pages {
		add(p.File, &p.Body, p.Title.V, t.Languages.Named(p.Language), 0)
	}
	for _, s := range b.Statistics {
		if notes := s.Descriptor.Notes; notes.V != "" {
			body := s.Descriptor.Body(notes)
			add(s.Descriptor.File, &body, s.Title(), t.Main(b), len(statistics[s.Name].Charts))
		}
	}
	for _, r := range b.Registers {
		if r.Descriptor.Notes.V != "" {
			body := r.Descriptor.Body()
			add(r.Descriptor.File, &body, r.Title(), t.Main(b), 0)
		}
	}
	return sources
}

// env is what the document may refer to. Charts that it holds are drawn into
// files beside the page.
func (d *bodies) env(s *source) markdown.Env {
	b := d.bureau
	root := root(s.page)
	charts, language := s.charts, s.language
	version := d.versions[language]
	place := func(file, path string) string {
		if version != nil {
			return version.path(file, path)
		}
		return path
	}
	return markdown.Env{
		Root:  root,
		Title: s.title,
		Resolve: func(file string) (string, bool) {
			if page, ok := d.pages[file]; ok {
				return place(file, page), true
			}
			return bureau.StaticFile(file)
		},
		Figure: func(reference string) (text, link string, fault *problem.Fault) {
			of, row, field, fault := figures.Find(b, reference)
			if fault != nil {
				return "", "", fault
			}
			link = figures.RowPath(of, row)
			if version != nil {
				link = version.place(of, link)
				of = cmp.Or(version.said[of], of)
			}
			return say.Inline(of, row, field, language), link, nil
		},
		Chart: func(block []byte, at problem.Position) ([]byte, problem.List) {
			var c bureau.Chart
			problems := yaml.Decode(at.File, at.Line, block, &c)
			c.At = at
			if problems.Errors() > 0 {
				return nil, problems
			}
			statistic, fault := figures.Statistic(b, c.Statistic.V)
			if fault == nil {
				fault = figures.Reported(statistic)
			}
			if fault != nil {
				problems.Error(at, problem.ChartStatistic, fault.Message, fault.Hint)
				return nil, problems
			}
			if version != nil {
				if title, found := version.words.Say(statistic.File, c.Title.V); found {
					c.Title.V = title
				}
				statistic = cmp.Or(version.said[statistic], statistic)
			}
			plot, more := chart.PlotOf(statistic, c, language)
			problems = append(problems, more...)
			if problems.Errors() > 0 {
				return nil, problems
			}
			charts++
			drawn, more := draw(charts, statistic, plot, at)
			if problems.Add(more); len(more) > 0 {
				return nil, problems
			}
			s.drawn = append(s.drawn, drawn)
			html, err := d.templates.Figure(language, root, drawn)
			if version != nil && version.main.Letters() != language.Letters() {
				figure := bytes.NewBuffer(html)
				marking{version.main.Letters(), version.main.Tag, version.main.RightToLeft != language.RightToLeft}.mark(figure)
				html = figure.Bytes()
			}
			if err != nil {
				problems = append(problems, problem.Problem{Position: at, Severity: problem.Error, Rule: problem.TemplateFigure,
					Message: problem.Say("模板 figure.html 出错：%s", "the template figure.html fails: %s", problem.Quote(err.Error())),
					Hint:    problem.Say("改正 templates/figure.html，或者删除它，使用自带的模板", "correct templates/figure.html, or delete it to use the built-in template")})
			}
			return html, problems
		},
	}
}
