package render

import (
	"bytes"
	"html/template"
	"net/url"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/markdown"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// page is one page before it is rendered. Its view is made in the worker that
// renders it, so that only the pages in hand are in memory.
type page struct {
	path     string // stats/cases/index.html
	file     string // source, for messages; empty for lists
	language string
	section  string // stats, guides, notices, home, or empty
	template string
	trail    []Link // the pages above it
	head     Head
	modified period.Date // for sitemap.xml; 0 where it is not known
	view     func(p page) any
}

// Head is what a page's head says about this page alone.
type Head struct {
	Title       string // with the site's name
	Description string
	// The meta names of government sites; empty ones are left out.
	Column, Article, Published, Source string
	Canonical                          string
	Alternates                         []Link // the versions in all languages, where there is more than one
	ChartStyle, ChartScript            string
}

// Link is a link of a page: Href is relative to it.
type Link struct {
	Href     string
	Title    string
	Language string // of the target, where it differs
}

// Date is a day as a machine and as a reader read it.
type Date struct {
	Label string // 发布, where the place needs one
	ISO   string
	Text  string
}

// Common is what most pages hold.
type Common struct {
	Other      *Link // this page in the other language
	DataNotice string
}

// Layout is what layout.html prints: the frame of a page.
type Layout struct {
	Tag         string // of the language: zh-CN
	Root        string // from the page to the site's root: ../../
	HomePath    string
	SitemapPath string
	Style, Icon string
	SiteName    string
	NameTag     string // language of SiteName, where it is not the page's
	MainTag     string // language of what the footer quotes from site.yaml, likewise
	Sections    []Section
	Trail       []Link // from the site's root
	Pages       []Section
	Footer
	AsOf Date
	Head template.HTML // the place of head.html
	Main template.HTML // the place of the page's own template
}

// Section is an entry of the main navigation; Path is from the site's root.
type Section struct {
	Path, Title string
	Current     bool
}

// Footer is what stands at the foot of each page.
type Footer struct {
	Organizer, OrganizerTag     string // with its language, where it is not the page's
	Address, Hours, Email       string
	Phones, Complaint           []Phone
	SiteCode, ICP, PoliceRecord string
	ReportError                 string
}

// site is an Input in the course of rendering.
type site struct {
	Input
	*Templates
	base      string            // BaseURL with a slash at its end, or empty
	main      string            // the main language
	paths     map[string]string // of pages by source file
	guides    map[key]*bureau.Guide
	notices   map[key]*bureau.Notice
	free      map[key]*bureau.Page
	languages []string // main first, then the other where a document is written in it
	overdue   map[string]Overdue
	mu        sync.Mutex
	frames    map[frameKey]frame
}

// key names a document apart from its language.
type key struct{ language, name string }

// frameKey is all that a frame depends on. The last link of the trail stands
// for the whole of it.
type frameKey struct{ root, section, language, above string }

// frame is a rendered layout around its two places.
type frame struct{ open, between, end []byte }

func newSite(t *Templates, in Input) *site {
	s := &site{
		Input: in, Templates: t, main: in.Bureau.Site.MainLanguage(), paths: in.Bureau.PagePaths(),
		guides: map[key]*bureau.Guide{}, notices: map[key]*bureau.Notice{}, free: map[key]*bureau.Page{},
		overdue: map[string]Overdue{}, frames: map[frameKey]frame{},
	}
	if s.base = in.BaseURL; s.base != "" && !strings.HasSuffix(s.base, "/") {
		s.base += "/"
	}
	other := "en"
	if s.main == other {
		other = "zh"
	}
	bilingual := false
	for _, g := range in.Bureau.Guides {
		s.guides[key{g.Language, g.Area.V + "/" + g.Name}] = g
		bilingual = bilingual || g.Language == other && g.Status.V != "draft"
	}
	for _, n := range in.Bureau.Notices {
		s.notices[key{n.Language, n.Name}] = n
		bilingual = bilingual || n.Language == other
	}
	for _, p := range in.Bureau.Pages {
		s.free[key{p.Language, p.Name}] = p
		bilingual = bilingual || p.Language == other
	}
	s.languages = []string{s.main}
	if bilingual {
		s.languages = append(s.languages, other)
	}
	for _, o := range in.Overdue {
		if o.File != "" {
			s.overdue[o.File] = o
		}
	}
	return s
}

// prefix is the folder of a language, from the site's root.
func (s *site) prefix(language string) string {
	if language == s.main {
		return ""
	}
	return language + "/"
}

// root is the way from a page to the site's root.
func root(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// root of a page: 404.html is served at any depth, so its links begin at the
// path of the base URL.
func (s *site) root(path string) string {
	if path != "404.html" {
		return root(path)
	}
	if u, err := url.Parse(s.base); err == nil && u.Path != "" {
		return u.Path
	}
	return "/"
}

// absolute is the public address of a page, or empty where the base is not known.
func (s *site) absolute(path string) string {
	if s.base == "" {
		return ""
	}
	return s.base + (&url.URL{Path: strings.TrimSuffix(path, "index.html")}).EscapedPath()
}

func (s *site) text(language, key string, args ...any) string {
	return s.messages[language].Text(key, args...)
}

func (s *site) date(language string, d period.Date) Date {
	if language == "zh" {
		return Date{ISO: d.String(), Text: d.Time().Format("2006年1月2日")}
	}
	return Date{ISO: d.String(), Text: d.Time().Format("2 January 2006")}
}

// given is a date of a file, or nil.
func (s *site) given(language string, d bureau.Date) *Date {
	if !d.Given() {
		return nil
	}
	date := s.date(language, d.V)
	return &date
}

// tag is the language tag of the html element.
func tag(language string) string {
	if language == "zh" {
		return "zh-CN"
	}
	return language
}

// render prints one page.
func (s *site) render(p page) (bureau.File, problem.List) {
	f, problems := s.frame(p)
	if problems != nil {
		return bureau.File{}, problems
	}
	head, main := buffers.Get().(*limited), buffers.Get().(*limited)
	defer buffers.Put(head)
	defer buffers.Put(main)
	head.Reset()
	main.Reset()
	h := p.head
	h.Canonical = s.absolute(p.path)
	if p.path == "404.html" {
		h.Canonical = ""
	}
	problems = s.execute(head, p.language, "head.html", h)
	problems = append(problems, s.execute(main, p.language, p.template, p.view(p))...)
	out := make([]byte, 0, len(f.open)+head.Len()+len(f.between)+main.Len()+len(f.end))
	out = append(out, f.open...)
	out = append(out, head.Bytes()...)
	out = append(out, f.between...)
	out = append(out, main.Bytes()...)
	out = append(out, f.end...)
	return bureau.File{Path: p.path, Bytes: out}, problems
}

const headPlace, mainPlace = "<!--sunshine:head-->", "<!--sunshine:main-->"

// frame gives the rendered layout of a page, from the cache where it can.
func (s *site) frame(p page) (frame, problem.List) {
	k := frameKey{root: s.root(p.path), section: p.section, language: p.language}
	if n := len(p.trail); n > 0 {
		k.above = p.trail[n-1].Href
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if f, ok := s.frames[k]; ok {
		return f, nil
	}
	w := new(limited)
	if problems := s.execute(w, p.language, "layout.html", s.layout(k, p.trail)); problems != nil {
		return frame{}, problems
	}
	var f frame
	var hasHead, hasMain bool
	f.open, f.between, hasHead = bytes.Cut(w.Bytes(), []byte(headPlace))
	f.between, f.end, hasMain = bytes.Cut(f.between, []byte(mainPlace))
	if !hasHead || !hasMain {
		var problems problem.List
		problems.Error(problem.Position{File: "templates/layout.html"}, "template/layout",
			problem.Say("layout.html 没有依次输出 {{.Head}} 和 {{.Main}}", "layout.html does not print {{.Head}} and then {{.Main}}"),
			problem.Say("在 <head> 里写 {{.Head}}，在 <main> 里写 {{.Main}}", "Write {{.Head}} inside <head> and {{.Main}} inside <main>."))
		return frame{}, problems
	}
	s.frames[k] = f
	return f, nil
}

func (s *site) layout(k frameKey, trail []Link) Layout {
	b, prefix, names := s.Bureau.Site, s.prefix(k.language), s.names(k.language)
	l := Layout{
		Tag: tag(k.language), Root: k.root, Trail: trail,
		HomePath: prefix + "index.html", SitemapPath: prefix + "sitemap/index.html",
		Style: s.assets["site.css"].path, Icon: s.assets["icon.svg"].path,
		SiteName: names.title.V, NameTag: s.tagOf(names.title, k.language), MainTag: s.tagOf(b.Contact.Address, k.language),
		AsOf: s.date(k.language, s.AsOf),
		Head: headPlace, Main: mainPlace,
		Footer: Footer{
			Organizer: b.Footer.Organizer.V, Address: b.Contact.Address.V, Hours: b.Contact.Hours.V, Email: b.Contact.Email.V,
			Phones: phones(b.Contact.Phone.V), Complaint: phones(b.Contact.Complaint.V),
			SiteCode: b.Footer.SiteCode.V, ICP: b.Footer.ICP.V, PoliceRecord: b.Footer.PoliceRecord.V,
			ReportError: s.link(k.root, b.Footer.ReportError.V),
		},
	}
	if l.OrganizerTag = l.MainTag; l.MainTag != "" && s.tagOf(names.organization, k.language) == "" {
		l.Organizer, l.OrganizerTag = names.organization.V, ""
	}
	for _, section := range s.sections(k.language) {
		section.Current = section.name == k.section
		l.Sections = append(l.Sections, section.Section)
	}
	for _, p := range s.pagesIn(k.language) {
		l.Pages = append(l.Pages, Section{Path: s.paths[p.File], Title: p.Title.V})
	}
	return l
}

type namedSection struct {
	name string
	Section
}

// sections of a language that hold something, in the order of the navigation.
func (s *site) sections(language string) []namedSection {
	prefix := s.prefix(language)
	all := []namedSection{{"home", Section{Path: prefix + "index.html", Title: s.text(language, "home")}}}
	add := func(name, key string) {
		all = append(all, namedSection{name, Section{Path: prefix + name + "/index.html", Title: s.text(language, key)}})
	}
	if language == s.main {
		add("stats", "statistics")
	}
	if language == s.main || len(s.guidesIn(language)) > 0 {
		add("guides", "guides")
	}
	if language == s.main || len(s.noticesIn(language)) > 0 {
		add("notices", "notices")
	}
	return all
}

// names are what site.yaml says of the bureau, for pages in a language. Where
// there are none in that language they are in the main one.
type names struct{ title, organization, description bureau.String }

func (s *site) names(language string) names {
	b := s.Bureau.Site
	own := names{b.Title, b.Organization, b.Description}
	if own.title.V == "" {
		own.title = own.organization
	}
	if language != "en" || language == s.main {
		return own
	}
	for _, n := range []struct {
		name    *bureau.String
		english bureau.String
	}{{&own.title, b.English.Title}, {&own.organization, b.English.Organization}, {&own.description, b.English.Description}} {
		if n.english.V != "" {
			*n.name = n.english
		}
	}
	return own
}

// tagOf is the language of a name from site.yaml, where a page is in another.
func (s *site) tagOf(name bureau.String, language string) string {
	e := s.Bureau.Site.English
	if language == s.main || name == e.Title || name == e.Organization || name == e.Description {
		return ""
	}
	return tag(s.main)
}

// title of a page with the site's name after it.
func (s *site) title(language, title string) string {
	if name := s.names(language).title.V; name != "" && name != title {
		return title + " - " + name
	}
	return title
}

// link is an address that staff wrote: an external one as it stands, any other
// is a path from the site's root.
func (s *site) link(root, address string) string {
	if u, err := url.Parse(address); address == "" || err != nil || u.IsAbs() {
		return address
	}
	return root + strings.TrimPrefix(address, "/")
}

// trail is the way from the home page down to a page, which is itself left out.
// The links are from the site's root.
func (s *site) trail(language string, links ...Link) []Link {
	return append([]Link{{Href: s.prefix(language) + "index.html", Title: s.text(language, "home")}}, links...)
}

// section is the link to a section's list, from the site's root.
func (s *site) section(language, name, key string) Link {
	return Link{Href: s.prefix(language) + name + "/index.html", Title: s.text(language, key)}
}

// versions fills in the links between the versions of one document. exists
// tells whether it is written in a language; path is without the language's folder.
func (s *site) versions(p *page, path string, exists func(language string) bool) *Link {
	var other *Link
	var all []Link
	for _, language := range s.languages {
		if !exists(language) {
			continue
		}
		target := s.prefix(language) + path
		href := s.absolute(target)
		if href == "" {
			href = root(p.path) + target
		}
		all = append(all, Link{Href: href, Language: tag(language)})
		if language != p.language {
			other = &Link{Href: root(p.path) + target, Language: tag(language)}
		}
	}
	if other != nil {
		p.head.Alternates = all
	}
	return other
}

// contents are the headings of a contents list: the main ones, where there are
// enough to lose the way among them.
func contents(d markdown.Document) []markdown.Heading {
	var all []markdown.Heading
	for _, h := range d.Headings {
		if h.Level == 2 {
			all = append(all, h)
		}
	}
	if len(all) < 3 {
		return nil
	}
	return all
}

// charts links the chart's style and script in a page that holds one.
func (s *site) charts(head *Head, path string) {
	head.ChartStyle, head.ChartScript = root(path)+s.assets["chart.css"].path, root(path)+s.assets["chart.js"].path
}
