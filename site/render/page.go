package render

import (
	"bytes"
	"cmp"
	"html/template"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/say"
)

// page is one page before it is rendered. Its view is made in the worker that
// renders it, so that only the pages in hand are in memory.
type page struct {
	path     string // stats/cases/index.html
	file     string // source, for messages; empty for lists
	language *locale.Language
	section  string // stats, guides, notices, home, or empty
	template string
	trail    []Link // the pages above it
	others   []Link // the same page in the other languages; known when it is rendered
	head     Head
	modified period.Date       // for sitemap.xml; 0 where it is not known
	moved    string            // where it leads on, from the site's root; it is no page of its own
	view     func(p *page) any // may complete the head
}

// Head is what a page's head says about this page alone.
type Head struct {
	Title       string // with the site's name
	Description string
	// The meta names of government sites; empty ones are left out.
	Column, Article, Published, Source string
	Canonical                          string
	Refresh                            string // the address that a page which moved leads on to
	Alternates                         []Link // the versions in all languages, where there is more than one
	ChartStyle, ChartScript            string
	Script                             string      // of the page's own kind
	Image                              string      // the public address of its card
	Data                               template.JS // JSON-LD with < > & escaped
}

// Link is a link of a page: Href is relative to it.
type Link struct {
	Href     string
	Title    string
	Language string // of the target, where it differs
	Said     bool   // the title is in the language of the page all the same
}

// SourceView is where figures or rows come from; Detail is its author and its date.
type SourceView struct{ Href, Title, Detail string }

// Quote is a text of site.yaml; Language is given where it is not the page's.
type Quote struct{ Text, Language string }

// Date is a day as a machine and as a reader read it.
type Date struct {
	Label string // 发布, where the place needs one
	ISO   string
	Text  string
}

// Common is what most pages hold.
type Common struct {
	Other      []Link // this page in the other languages
	DataNotice *Quote
}

// Layout is what layout.html prints: the frame of a page.
type Layout struct {
	Tag           string // of the language: zh-CN
	RightToLeft   bool
	Root          string // from the page to the site's root: ../../
	HomePath      string
	SitemapPath   string
	SearchPath    string // empty on the page itself
	Style, Icon   string
	Reading       string // the script of the reader's own ways to read
	SiteName      Quote
	SiteDomain    string // empty where the address is not known
	Demonstration bool   // every page says that the site is one
	Sections      []Section
	Trail         []Link // from the site's root
	Pages         []Section
	Footer
	AsOf  *Date         // of the newest content of the site; nil where nothing is dated
	Head  template.HTML // the place of head.html
	Main  template.HTML // the place of the page's own template
	Paper template.HTML // the place of paper.html
}

// Section is an entry of the main navigation; Path is from the site's root.
type Section struct {
	Path, Title string
	Current     bool
}

// Footer is what stands at the foot of each page.
type Footer struct {
	Organizer, Address, Hours   Quote
	Email                       string
	Phones, Complaint           []Phone
	SiteCode, ICP, PoliceRecord string
	ICPLink, PoliceLink         string
	ReportError, AgencyMark     string
	Parent                      *Link
}

// Where the numbers at the foot of a page are looked up.
const (
	recordLink = "https://beian.miit.gov.cn/"
	policeBase = "https://beian.mps.gov.cn/#/query/webSearch?code="
)

var fourteen = regexp.MustCompile(`\d{14}`)

// policeLink is where a police record number is looked up; empty where it holds none.
func policeLink(written string) string {
	if number := fourteen.FindString(written); number != "" {
		return policeBase + number
	}
	return ""
}

// hostOf gives the host of an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// parent leads to the site above; nil where none is named.
func (s *site) parent(root string) *Link {
	p := s.Bureau.Site.Footer.Parent
	if p.Name.V == "" || p.URL.V == "" {
		return nil
	}
	return &Link{Href: s.link(root, p.URL.V), Title: p.Name.V}
}

// site is an Input in the course of rendering, as the pages of one language say it: that of
// the main language, which makes the pages of documents in any language, or a version.
type site struct {
	Input
	*Templates
	main       *locale.Language // of the site
	language   *locale.Language // in which its names and texts are
	version    *version         // nil for the main language
	versions   map[*locale.Language]*site
	paths      map[string]string // of pages by source file
	languages  locale.Languages  // main first, then those that a document is written in
	exists     map[string]bool   // pages by path
	titles     map[string]string // of the pages, by path
	newest     period.Date       // content; 0 where nothing is dated
	overdue    map[string]figures.Overdue
	doubts     []say.Doubt
	guides     map[string]*bureau.Guide // that others replace, by source file
	successors map[string]*bureau.Guide // the guide that replaces one, by the source file of the replaced
	matters    *matters
	units      map[string]int // places in units.csv by every name
	mu         *sync.Mutex
	frames     map[frameKey]frame
	excerpts   map[string]string // of the notices and policies, by file; for the feed
	carded     map[string]bool   // the pages that have a card, by path
}

// frameKey is all that a frame depends on. The last link of the trail stands
// for the whole of it.
type frameKey struct {
	root, section, above string
	language             *locale.Language
}

// frame is a rendered layout around its three places.
type frame struct{ open, between, foot, end []byte }

func newSite(t *Templates, in Input) *site {
	s := &site{
		Input: in, Templates: t, main: t.Languages.Named(in.Bureau.Site.MainLanguage()), paths: in.Bureau.PagePaths(),
		exists: map[string]bool{}, titles: map[string]string{}, overdue: map[string]figures.Overdue{}, frames: map[frameKey]frame{}, excerpts: map[string]string{}, carded: map[string]bool{}, newest: in.newest(),
		mu: new(sync.Mutex), versions: map[*locale.Language]*site{},
	}
	s.language, s.versions[s.main] = s.main, s
	s.guides, s.successors = superseded(in.Bureau.Guides)
	s.doubts = say.Doubts(in.Bureau, s.main)
	s.units = bureau.UnitIndex(in.Bureau.Units)
	s.matters = newMatters(s)
	for _, language := range t.Languages {
		if language == s.main {
			s.languages = slices.Insert(s.languages, 0, language)
		} else if in.Bureau.Site.Speaks(language.Name) || len(s.guidesIn(language))+len(s.noticesIn(language))+len(s.pagesIn(language)) > 0 || slices.ContainsFunc(in.Bureau.Policies, func(p *bureau.Policy) bool { return p.Language == language.Name }) {
			s.languages = append(s.languages, language)
		}
	}
	for _, o := range in.Overdue {
		if o.File != "" {
			s.overdue[o.File] = o
		}
	}
	return s
}

// prefix is the folder of a language, from the site's root.
func (s *site) prefix(language *locale.Language) string {
	if language == s.main {
		return ""
	}
	return language.Name + "/"
}

// here is the path of a page that the language has a version of.
func (s *site) here(path string) string { return s.prefix(s.language) + path }

// speaks tells whether statistics, units and registers have pages in a language.
func (s *site) speaks(language *locale.Language) bool { return s.versions[language] != nil }

// of gives the site as the pages of a language say it.
func (s *site) of(language *locale.Language) *site {
	if version := s.versions[language]; version != nil {
		return version
	}
	return s
}

// root is the way from a page to the site's root.
func root(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// root of a page: 404.html is served at any depth, so its links begin at the
// path of the base URL.
func (s *site) root(path string) string {
	if path != bureau.NotFoundPage {
		return root(path)
	}
	if u, err := url.Parse(s.BaseURL); err == nil && u.Path != "" {
		return u.Path
	}
	return "/"
}

// way leads from a page to an address of the site, a folder or a file.
func (s *site) way(from, to string) string {
	if to == "" || strings.HasSuffix(to, "/") {
		to += "index.html"
	}
	return s.root(from) + to
}

// absolute is the public address of a page, or empty where the base is not known.
func (s *site) absolute(path string) string {
	if s.BaseURL == "" {
		return ""
	}
	return s.BaseURL + (&url.URL{Path: strings.TrimSuffix(path, "index.html")}).EscapedPath()
}

func (s *site) date(language *locale.Language, d period.Date) Date {
	return Date{ISO: d.String(), Text: language.Day(d)}
}

// in is the language of a document.
func (s *site) in(name string) *locale.Language { return s.Languages.Named(name) }

// given is a date of a file, or nil.
func (s *site) given(language *locale.Language, d bureau.Date) *Date {
	if !d.Given() {
		return nil
	}
	date := s.date(language, d.V)
	return &date
}

// updated is the day of the newest content of the site, which is not that of the
// build: a page that says the same on another day has the same bytes.
func (s *site) updated(language *locale.Language) *Date {
	if s.newest == 0 {
		return nil
	}
	date := s.date(language, s.newest)
	return &date
}

// render prints one page.
func (s *site) render(p page) (bureau.File, problem.List) { return s.renderIn(nil, p) }

// renderIn prints one page into the room of another one that is not needed any more.
func (s *site) renderIn(room []byte, p page) (bureau.File, problem.List) {
	s = s.of(p.language)
	f, problems := s.frame(p)
	if problems != nil {
		return bureau.File{Path: p.path}, problems
	}
	head, main, paper := buffer(), buffer(), buffer()
	defer func() {
		buffers.Put(head)
		buffers.Put(main)
		buffers.Put(paper)
	}()
	switch {
	case p.moved != "":
		p.head.Refresh = p.moved
		if !strings.HasPrefix(p.moved, "http") {
			p.head.Refresh = s.way(p.path, p.moved)
			p.head.Canonical = s.absolute(p.moved)
		}
	case p.path != bureau.NotFoundPage:
		p.head.Canonical, p.head.Image = s.absolute(p.path), s.picture(p.path)
		p.head.Alternates, p.others = s.alternates(p)
	}
	if k, is := s.Bureau.Keeps(p.file); is {
		problems = s.execute(main, p.language, "kept.html", p.language.Text(locale.Kept, p.language.Day(k.Since)))
	}
	view := p.view(&p)
	if s.lacks(p) {
		problems = append(problems, s.execute(main, p.language, "untranslated.html", s.untranslated(p))...)
	}
	problems = append(problems, s.execute(main, p.language, p.template, view)...)
	if bureau.KindAt(p.file).IsDocument() { // staff write it in its language
		s.isolate(&main.Buffer, p.language)
	} else {
		s.mark(&main.Buffer, p.language)
	}
	problems = append(problems, s.execute(head, p.language, "head.html", p.head)...)
	s.markAround(&head.Buffer, p.language)
	if p.moved == "" && p.path != bureau.NotFoundPage {
		problems = append(problems, s.execute(paper, p.language, "paper.html", s.paper(p))...)
		s.markAround(&paper.Buffer, p.language)
	}
	whole := slices.Grow(room[:0], len(f.open)+head.Len()+len(f.between)+main.Len()+len(f.foot)+paper.Len()+len(f.end))
	for _, part := range [][]byte{f.open, head.Bytes(), f.between, main.Bytes(), f.foot, paper.Bytes(), f.end} {
		whole = append(whole, part...)
	}
	return bureau.File{Path: p.path, Bytes: whole}, problems
}

const headPlace, mainPlace, paperPlace = "<!--sunshine:head-->", "<!--sunshine:main-->", "<!--sunshine:paper-->"

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
	s.markAround(&w.Buffer, p.language)
	var f frame
	var hasHead, hasMain bool
	f.open, f.between, hasHead = bytes.Cut(w.Bytes(), []byte(headPlace))
	f.between, f.foot, hasMain = bytes.Cut(f.between, []byte(mainPlace))
	f.foot, f.end, _ = bytes.Cut(f.foot, []byte(paperPlace)) // a layout of the bureau's own may print none
	if !hasHead || !hasMain {
		var problems problem.List
		problems.Error(problem.Position{File: "templates/layout.html"}, problem.TemplateLayout,
			problem.Say("layout.html 没有依次输出 {{.Head}} 和 {{.Main}}", "layout.html does not print {{.Head}} and then {{.Main}}"),
			problem.Say("在 <head> 里写 {{.Head}}，在 <main> 里写 {{.Main}}", "write {{.Head}} inside <head> and {{.Main}} inside <main>"))
		return frame{}, problems
	}
	s.frames[k] = f
	return f, nil
}

func (s *site) layout(k frameKey, trail []Link) Layout {
	b, prefix := s.Bureau.Site, s.prefix(k.language)
	l := Layout{
		Tag: k.language.Tag, RightToLeft: k.language.RightToLeft, Root: k.root, Trail: trail,
		HomePath: prefix + "index.html", SitemapPath: prefix + bureau.SitemapSection.Page(), SearchPath: prefix + bureau.SearchSection.Page(),
		Style: s.assets["site.css"].path, Icon: s.assets["icon.svg"].path, Reading: s.assets["reading.js"].path,
		SiteName: s.name(k.language), SiteDomain: hostOf(s.BaseURL), Demonstration: b.Demonstration.V,
		AsOf: s.updated(k.language),
		Head: headPlace, Main: mainPlace, Paper: paperPlace,
		Footer: Footer{
			Organizer: s.quote(k.language, b.Footer.Organizer, b.Names(k.language.Name).Organization),
			Address:   s.quote(k.language, b.Contact.Address, bureau.String{}),
			Hours:     s.quote(k.language, b.Contact.Hours, bureau.String{}), Email: b.Contact.Email.V,
			Phones: phones(b.Contact.Phone.V), Complaint: phones(b.Contact.Complaint.V),
			SiteCode: b.Footer.SiteCode.V, ICP: b.Footer.ICP.V, PoliceRecord: b.Footer.PoliceRecord.V,
			ReportError: s.link(k.root, b.Footer.ReportError.V), AgencyMark: s.link(k.root, b.Footer.AgencyMark.V), Parent: s.parent(k.root),
			ICPLink: recordLink, PoliceLink: policeLink(b.Footer.PoliceRecord.V),
		},
	}
	if k.section == string(bureau.SearchSection) {
		l.SearchPath = "" // its own field is better
	}
	for _, section := range s.sections(k.language) {
		section.Current = section.name == k.section
		l.Sections = append(l.Sections, section.Section)
	}
	if s.hasDisclosure(k.language) {
		l.Pages = append(l.Pages, Section{Path: prefix + bureau.DisclosureSection.Page(), Title: k.language.Text(locale.Disclosure)})
	}
	for _, p := range s.pagesIn(k.language) {
		l.Pages = append(l.Pages, Section{Path: s.paths[p.File], Title: p.Title.V})
	}
	if s.hasAnnual(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.AnnualSection.Page(), Title: k.language.Text(locale.AnnualReports)})
	}
	if s.hasInquiries(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.InquiriesSection.Page(), Title: k.language.Text(locale.Inquiries)})
	}
	if s.hasRequests(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.RequestsSection.Page(), Title: k.language.Text(locale.Requests)})
	}
	if s.hasUnits(k.language) {
		l.Pages = append(l.Pages, Section{Path: prefix + bureau.UnitsSection.Page(), Title: k.language.Text(locale.Units)})
	}
	if s.hasCatalogue(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.CatalogueSection.Page(), Title: k.language.Text(locale.OpenData)})
	}
	if s.hasFreshness(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.FreshnessSection.Page(), Title: k.language.Text(locale.Freshness)})
	}
	if s.hasRevisions(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.RevisionsSection.Page(), Title: k.language.Text(locale.Revisions)})
	}
	if s.hasReleases(k.language) {
		l.Pages = append(l.Pages, Section{Path: bureau.ReleasesSection.Page(), Title: k.language.Text(locale.Releases)})
	}
	return l
}

type namedSection struct {
	name string
	Section
}

// sections of a language that hold something, in the order of the navigation.
func (s *site) sections(language *locale.Language) []namedSection {
	prefix := s.prefix(language)
	all := []namedSection{{"home", Section{Path: prefix + "index.html", Title: language.Text(locale.Home)}}}
	add := func(name string, key locale.Key) {
		all = append(all, namedSection{name, Section{Path: prefix + bureau.Section(name).Page(), Title: language.Text(key)}})
	}
	if language == s.main && len(s.Bureau.Statistics)+len(s.Changes.Removed) > 0 || s.speaks(language) && len(s.Bureau.Statistics) > 0 {
		add("stats", locale.Statistics)
	}
	if len(s.guidesIn(language)) > 0 || s.speaks(language) && len(s.guidesFor(language)) > 0 {
		add("guides", locale.Guides)
	}
	if len(s.noticesFor(language)) > 0 {
		add("notices", locale.Notices)
	}
	if s.hasMatters(language) {
		add("suggestions", locale.Suggestions)
	}
	if s.hasRegisters(language) {
		add("registers", locale.Registers)
	}
	return all
}

// quote gives a text of site.yaml for pages in a language: its version in that
// language, where there is one.
func (s *site) quote(language *locale.Language, own, version bureau.String) Quote {
	switch {
	case language == s.main || own.V == "":
		return Quote{Text: own.V}
	case version.V != "":
		return Quote{Text: version.V}
	}
	if v := s.of(language).version; v != nil {
		if said, found := v.words.Say(bureau.SiteKind.File(), own.V); found {
			return Quote{Text: said}
		}
	}
	return Quote{own.V, s.main.Tag}
}

// name is the site's name, which heads every page: its title, or else who
// publishes it.
func (s *site) name(language *locale.Language) Quote {
	b := s.Bureau.Site
	switch {
	case b.Title.V != "":
		return s.quote(language, b.Title, b.Names(language.Name).Title)
	case b.Organization.V != "":
		return s.organization(language)
	}
	return Quote{Text: language.Text(locale.Home)}
}

func (s *site) organization(language *locale.Language) Quote {
	return s.quote(language, s.Bureau.Site.Organization, s.Bureau.Site.Names(language.Name).Organization)
}

// notice is what the site says of all its figures, or nil.
func (s *site) notice(language *locale.Language) *Quote {
	q := s.quote(language, s.Bureau.Site.DataNotice, s.Bureau.Site.Names(language.Name).DataNotice)
	if q.Text == "" {
		return nil
	}
	return &q
}

// noticeOf is what a table says of its own figures, or what the site says of all.
func (s *site) noticeOf(language *locale.Language, own bureau.String) *Quote {
	if own.V != "" {
		return &Quote{Text: own.V}
	}
	return s.notice(language)
}

// title of a page with the site's name after it.
func (s *site) title(language *locale.Language, title string) string {
	if name := s.name(language).Text; name != "" && name != title {
		return title + " - " + name
	}
	return title
}

// link is an address that staff wrote: an external one as it stands, any other
// is a path from the site's root.
func (s *site) link(root, address string) string {
	if address == "" {
		return ""
	}
	if u, err := url.Parse(address); err != nil || u.IsAbs() {
		return address
	}
	return root + strings.TrimPrefix(address, "/")
}

// trail is the way from the home page down to a page, which is itself left out.
// The links are from the site's root.
func (s *site) trail(language *locale.Language, links ...Link) []Link {
	return append([]Link{{Href: s.prefix(language) + "index.html", Title: language.Text(locale.Home)}}, links...)
}

// section is the link to a section's list, from the site's root.
func (s *site) section(language *locale.Language, name string, key locale.Key) Link {
	return Link{Href: s.prefix(language) + bureau.Section(name).Page(), Title: language.Text(key)}
}

// above is the nearest list in a language above where a page of another one stands.
func (s *site) above(language *locale.Language, bare string) string {
	for folder := path.Dir(bare); folder != "."; folder = path.Dir(folder) {
		if list := s.prefix(language) + folder + "/index.html"; s.exists[list] && list != s.prefix(language)+bare {
			return list
		}
	}
	return s.prefix(language) + "index.html"
}

// alternates gives the links of a page to itself in every language, where there
// are several, and those to the other languages: to the list above it in one that it is
// not in. Who speaks none of them is led to the main language.
func (s *site) alternates(p page) (all, others []Link) {
	if len(s.languages) == 1 {
		return nil, nil
	}
	bare := strings.TrimPrefix(p.path, s.prefix(p.language))
	for _, language := range s.languages {
		path := s.prefix(language) + bare
		if !s.exists[path] {
			if s.Bureau.Site.Speaks(language.Name) && language != p.language { // back to where a reader came from
				others = append(others, Link{Href: root(p.path) + s.above(language, bare), Title: language.OwnName, Language: language.Tag})
			}
			continue
		}
		href := root(p.path) + path
		if language != p.language {
			others = append(others, Link{Href: href, Title: language.OwnName, Language: language.Tag})
		}
		all = append(all, Link{Href: cmp.Or(s.absolute(path), href), Language: language.Tag})
	}
	if len(all) < 2 {
		return nil, others
	}
	if s.exists[bare] {
		all = append(all, Link{Href: cmp.Or(s.absolute(bare), root(p.path)+bare), Language: "x-default"})
	}
	return all, others
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
