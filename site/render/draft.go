package render

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/figures"
	"sunshine/site/problem"
	"sunshine/site/say"
	"sunshine/site/search"
)

// Draft is a site whose charts are drawn and whose pages are known, and none of them
// made. Either Site makes all of them, or File those that somebody asks for; each is
// made once.
type Draft struct {
	site     *site
	pages    []page
	bodies   *bodies
	versions []*version
	cards    []bureau.File

	listed sync.Once
	places map[string]int // of the pages, by path
	made   map[int]*asked
	mu     sync.Mutex
	beside sync.Once
	others map[string][]byte // what needs no page
	whole  sync.Once
	files  map[string][]byte // what needs all pages
}

// asked is a page that was asked for.
type asked struct {
	once  sync.Once
	bytes []byte
}

// Keep takes over a file of the site that was made, with the drawings that it holds, and gives it as
// it is listed: without its bytes, where it does not need them any more. Several
// goroutines call it at a time.
type Keep func(f bureau.File, drawings [][]byte) (bureau.File, error)

// Result is the site's pages with what they need, by path.
type Result struct {
	Files         []bureau.File
	Pages, Charts int

	bodies  *bodies
	whole   bool              // every page was rendered
	anchors map[string]string // of each page, and each attachment that is one, what a link may lead to
}

// NewDraft draws the charts and finds the pages. The problems are those of charts; the
// error is that of the context.
func NewDraft(ctx context.Context, t *Templates, in Input) (*Draft, problem.List, error) {
	b := in.Bureau
	var problems problem.List
	t, versions := versionsOf(t, in)
	statistics, more, err := drawStatistics(ctx, b, t.Main(b), in.Catalogue, in.Jobs)
	problems.Add(more)
	if err != nil {
		return nil, problems, err
	}
	units, more, err := drawUnits(ctx, b, t.Main(b), in.Jobs)
	problems.Add(more)
	if err != nil {
		return nil, problems, err
	}
	bodies := newBodies(t, b, statistics)
	in.made = made{bodies.render, statistics, units, say.Latest(b, t.Main(b), func(s *bureau.Statistic) *bureau.Statistic { return s }), figures.Freshness(b, in.AsOf)}
	for _, v := range versions {
		more, err := v.draw(ctx, bodies)
		problems.Add(slices.DeleteFunc(more, func(p problem.Problem) bool { // what the main language has is told
			return slices.ContainsFunc(problems, func(told problem.Problem) bool { return told.Position == p.Position && told.Rule == p.Rule })
		}))
		if err != nil {
			return nil, problems, err
		}
	}
	return newDraft(t, in, bodies, versions), problems, ctx.Err()
}

func newDraft(t *Templates, in Input, bodies *bodies, versions []*version) *Draft {
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
	return &Draft{site: s, pages: all, bodies: bodies, versions: versions, cards: s.cards()}
}

// Site makes all pages, the feed, the sitemaps, the index of the search, the assets and the files of the charts, and gives
// each to keep as it is made. The bytes depend on the input alone, not on Jobs. The
// problems are those of texts, of template overrides and of pages at the same path; the
// error is that of the context or of keep.
func (d *Draft) Site(ctx context.Context, keep Keep) (Result, problem.List, error) {
	s := d.site
	files, found, anchors := make([]bureau.File, len(d.pages)), make([]problem.List, len(d.pages)), make([]string, len(d.pages))
	var texts search.Texts
	read := make([]search.Text, len(d.pages))
	add := func(more ...bureau.File) error {
		err := each.Do(s.Jobs, len(more), func(i int) (err error) {
			more[i], err = keep(more[i], nil)
			return err
		})
		files = append(files, more...)
		return err
	}
	err := each.Do(s.Jobs, len(d.pages), func(i int) (err error) {
		if err := ctx.Err(); err != nil {
			return err
		}
		room := rooms.Get().(*[]byte)
		files[i], found[i] = s.renderIn(*room, d.pages[i])
		*room = files[i].Bytes
		anchors[i] = anchorsOf(files[i].Bytes)
		if searched(d.pages[i]) && found[i].Errors() == 0 { // a page that is wrong may be as large as a page can be
			read[i] = texts.Read(files[i].Bytes)
		}
		files[i], err = keep(files[i], d.bodies.drawings(d.pages[i].path))
		if files[i].Bytes == nil {
			rooms.Put(room)
		}
		return err
	})
	if err != nil {
		return Result{}, nil, err
	}
	r := Result{bodies: d.bodies, anchors: make(map[string]string, len(files))}
	for _, f := range s.Bureau.Static {
		if path.Ext(f.Path) == ".html" {
			r.anchors[f.Path] = anchorsOf(f.Bytes)
		}
	}
	for i, p := range d.pages {
		r.anchors[p.path] = anchors[i]
	}
	for _, language := range s.languages {
		p, index, err := s.of(language).searchPage(language, &texts, read, d.pages, func(f bureau.File) (bureau.File, error) { return keep(f, nil) })
		if err != nil {
			return Result{}, nil, err
		}
		files = append(files, index.Files...)
		file, more := s.render(p)
		r.anchors[p.path] = anchorsOf(file.Bytes)
		found = append(found, more)
		if err := add(file); err != nil {
			return Result{}, nil, err
		}
	}
	var problems problem.List
	for _, list := range found {
		problems = append(problems, list...)
	}
	r.whole = problems.Errors() == 0
	problems.Sort()
	if err := add(d.besides()...); err != nil {
		return Result{}, nil, err
	}
	r.Charts = len(d.Drawings()) / len(Chart{}.bytes())
	drawn, inBodies, more := d.bodies.gather()
	problems.Add(more)
	r.Charts += len(inBodies)
	for _, f := range drawn {
		if f, err = keep(f, [][]byte{f.Bytes}); err != nil {
			return Result{}, nil, err
		}
		files = append(files, f)
	}
	for _, f := range files {
		if path.Ext(f.Path) == ".html" {
			r.Pages++
		}
	}
	slices.SortStableFunc(files, func(a, b bureau.File) int { return cmp.Compare(a.Path, b.Path) })
	r.Files = files
	return r, problems, ctx.Err()
}

// Has tells whether there is a page at a path.
func (d *Draft) Has(path string) bool {
	d.list()
	_, is := d.places[path]
	return is
}

// list makes the places of the pages known.
func (d *Draft) list() {
	d.listed.Do(func() {
		d.places = make(map[string]int, len(d.pages))
		for i, p := range d.pages {
			d.places[p.path] = i
		}
		d.made = map[int]*asked{}
	})
}

// Pages is how many pages the draft has, without those of the search.
func (d *Draft) Pages() int { return len(d.pages) }

// Drawings are the drawings of statistics and of units, as they stand in the files: what
// was computed, and no text of anybody's. Those of texts are drawn with their pages.
func (d *Draft) Drawings() (all [][]byte) {
	add := func(c Chart) { all = append(all, c.bytes()...) }
	made := []made{d.site.made}
	for _, v := range d.versions {
		made = append(made, v.made)
	}
	for _, m := range made {
		for _, s := range m.Statistics {
			for _, c := range s.Charts {
				add(c)
			}
		}
		for _, unit := range m.Units {
			for _, s := range unit {
				if s.Chart != nil {
					add(*s.Chart)
				}
			}
		}
	}
	return all
}

// rooms are those of pages that were set down.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// besides are the files beside the pages that need none of them.
func (d *Draft) besides() []bureau.File {
	s := d.site
	files := append(slices.Clone(d.cards), s.feed(), s.robots())
	if s.BaseURL != "" {
		files = append(files, s.sitemap(d.pages))
	}
	for name := range s.assets {
		files = append(files, bureau.File{Path: s.assets[name].path, Bytes: s.assets[name].bytes})
	}
	for _, language := range s.languages {
		files = append(files, s.of(language).drawings(language)...)
	}
	return append(files, s.beside()...)
}

// File makes one file of the site, where it was not asked for before; ok is false where
// the site has none at that path. What is wrong with it Site tells.
func (d *Draft) File(name string) (file []byte, ok bool) {
	d.list()
	if i, is := d.places[name]; is {
		return d.page(i), true
	}
	d.beside.Do(func() {
		d.others = map[string][]byte{}
		for i, p := range d.pages { // the feed says how they begin
			if k := bureau.KindAt(p.file); k == bureau.NoticeKind || k == bureau.PolicyKind {
				d.page(i)
			}
		}
		for _, f := range d.besides() {
			d.others[f.Path] = f.Bytes
		}
	})
	if file, ok = d.others[name]; ok {
		return file, true
	}
	folder, base := path.Split(name)
	switch {
	case folder == bureau.IndexFolder || strings.HasSuffix(name, bureau.SearchSection.Page()):
		d.whole.Do(d.index) // no other name waits for it, and looks where it writes
		file, ok = d.files[name]
		return file, ok
	case strings.HasPrefix(base, "chart-"): // of a text, which is drawn when its page is
		i, is := d.places[folder+"index.html"]
		if !is {
			break
		}
		d.page(i)
		for _, f := range d.bodies.drawn(d.pages[i].path) {
			if f.Path == name {
				return f.Bytes, true
			}
		}
	}
	return nil, false
}

// page makes the page of that place.
func (d *Draft) page(i int) []byte {
	d.mu.Lock()
	p := d.made[i]
	if p == nil {
		p = new(asked)
		d.made[i] = p
	}
	d.mu.Unlock()
	p.once.Do(func() {
		f, _ := d.site.render(d.pages[i])
		p.bytes = f.Bytes
	})
	return p.bytes
}

// index makes the index of the search, and its pages.
func (d *Draft) index() {
	s := d.site
	d.files = map[string][]byte{}
	var texts search.Texts
	read := make([]search.Text, len(d.pages))
	each.Do(s.Jobs, len(d.pages), func(i int) error {
		if searched(d.pages[i]) {
			read[i] = texts.Read(d.page(i))
		}
		return nil
	})
	for _, language := range s.languages {
		p, index, err := s.of(language).searchPage(language, &texts, read, d.pages, func(f bureau.File) (bureau.File, error) { return f, nil })
		if err != nil {
			panic(err) // that of keeping a file, which gives none
		}
		file, _ := s.render(p)
		for _, f := range append(index.Files, file) {
			d.files[f.Path] = f.Bytes
		}
	}
}

// Links holds every link of the texts against all files of the site. Where some
// page is missing for a fault of its own, nothing is said.
func (r Result) Links(files []bureau.File) problem.List {
	if !r.whole {
		return nil
	}
	return r.bodies.links(files, r.anchors)
}
