package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/markdown"
	"sunshine/site/text"
)

// Guides is what guides.html shows: all areas.
type Guides struct {
	Common
	Areas        []AreaLink
	CoverageHref string // empty where there is no page of it
	Borrowed     bool   // some guides are in the main language only
}

// AreaLink is an area with the number of its guides.
type AreaLink struct {
	ID, Href, Title, Glyph, Count string
	Guides                        []GuideLink // the first ones; on the list of all areas only
	Cut                           bool        // there are more
}

// Area is what area.html shows.
type Area struct {
	Common
	Title    string
	Guides   []GuideLink
	Borrowed bool // some guides are in the main language only
}

// GuideLink is one guide in a list.
type GuideLink struct {
	Href, Title string
	Tag         string // 已移交, 已取消, 待核实, Chinese only
	Language    string // of the guide, where it is not the page's
	Facts       string // 20个自然日 · 免费
}

// Guide is what guide.html shows.
type Guide struct {
	Common
	Title, Summary        string
	Transferred, Repealed bool
	MovedTo               string
	Overdue               string // a sentence that says the guide is past its verification
	Materials             []Material
	Places                []Place
	Time                  *TimeLimit
	Fee                   *Fee
	Online                string
	Audience              string
	Conditions            []string
	Steps                 []Step
	Result                string
	Body                  template.HTML
	Contents              []markdown.Heading
	LegalBasis            []LegalBasis
	Authority             string
	ComplaintPhones       []Phone
	ComplaintURL          string
	Supersedes            []Reference
	SupersededBy          *Link // the guide that replaces this one
	Dates                 []Date
	History               []ChangeView
}

// Reference is a text that may have a page.
type Reference struct{ Text, Href string }

// ChangeView is one change of a guide; Href and Title are those of the guide, in
// lists of several.
type ChangeView struct {
	Date              Date
	Href, Title, Text string
}

// Material is one paper to bring; Count says how many, 原件 1 份、复印件 2 份.
type Material struct{ Name, Count, Form, Note string }

// Place is a window; Hours are its opening hours.
type Place struct {
	Name, Address, Hours, Map string
	Phones                    []Phone
}

// Phone is a number as written; Tel is its link, empty where it holds more than a number.
type Phone struct {
	Text string
	Tel  template.URL
}

// TimeLimit says how long the matter takes.
type TimeLimit struct{ Answer, Detail, Note string }

// Fee says what it costs.
type Fee struct{ Answer, Basis, Note string }

// Step is one step; Days says how long it may take.
type Step struct{ Action, Who, Days, Note string }

// LegalBasis is one article; Href may be empty.
type LegalBasis struct{ Text, Href string }

// areaCount is an area with its guides of one language.
type areaCount struct {
	bureau.Area
	count  int
	guides []*bureau.Guide
}

// areas gives every area of the site with its guides: those of a language, and
// what the main one offers in their place.
func (s *site) areas(language string) []areaCount {
	all := make([]areaCount, len(bureau.Areas))
	index := map[string]int{}
	for i, a := range bureau.Areas {
		all[i].Area = a
		index[a.ID] = i
	}
	for _, g := range s.guidesFor(language) {
		if i, ok := index[g.Area.V]; ok {
			all[i].guides = append(all[i].guides, g)
			all[i].count++
		}
	}
	return all
}

// guidesIn gives the guides of a language that are published.
func (s *site) guidesIn(language string) []*bureau.Guide {
	var in []*bureau.Guide
	for _, g := range s.Bureau.Guides {
		if g.Language == language && g.Status.V != "draft" {
			in = append(in, g)
		}
	}
	return in
}

// guidesFor gives the guides that a list in a language offers: its own, and those
// in force that are written in the main language alone.
func (s *site) guidesFor(language string) []*bureau.Guide {
	own := s.guidesIn(language)
	if language == s.main {
		return own
	}
	written := make(map[string]bool, len(own))
	for _, g := range own {
		written[s.paths[g.File]] = true
	}
	for _, g := range s.guidesIn(s.main) {
		if g.InForce() && !written[s.prefix(language)+s.paths[g.File]] {
			own = append(own, g)
		}
	}
	return own
}

// borrowed tells whether a list has a guide in another language than the page's.
func borrowed(links []GuideLink) bool {
	return slices.ContainsFunc(links, func(l GuideLink) bool { return l.Language != "" })
}

func areaTitle(a bureau.Area, language string) string {
	if language == "zh" {
		return a.ZH
	}
	return a.EN
}

func (s *site) areaLink(p *page, a areaCount) AreaLink {
	glyph, _ := utf8.DecodeRuneInString(a.ZH)
	return AreaLink{
		ID: "area-" + a.ID, Href: root(p.path) + s.prefix(p.language) + bureau.AreaPage(a.ID),
		Title: areaTitle(a.Area, p.language), Glyph: string(glyph), Count: s.text(p.language, "matters", a.count),
	}
}

const guidesOfArea = 10 // that the list of all areas shows

func (s *site) guidesPage(language string) page {
	p := page{
		path: s.prefix(language) + bureau.GuidesSection.Page(), language: language, section: "guides", template: "guides.html", trail: s.trail(language),
		head: Head{Title: s.title(language, s.text(language, "guides")), Description: s.text(language, "guides-lead"), Column: s.text(language, "guides")},
	}
	p.view = func(p *page) any {
		v := Guides{}
		v.Other = p.other
		for _, a := range s.areas(language) {
			link := s.areaLink(p, a)
			for i, g := range a.guides {
				if link.Cut = i == guidesOfArea; link.Cut {
					break
				}
				link.Guides = append(link.Guides, s.guideLink(p, g))
			}
			v.Borrowed = v.Borrowed || borrowed(link.Guides)
			v.Areas = append(v.Areas, link)
		}
		if s.hasCoverage(language) {
			v.CoverageHref = root(p.path) + bureau.CoveragePage()
		}
		return v
	}
	return p
}

func (s *site) areaPage(language string, a areaCount) page {
	title := areaTitle(a.Area, language)
	p := page{
		path: s.prefix(language) + bureau.AreaPage(a.ID), language: language, section: "guides", template: "area.html",
		trail: s.trail(language, s.section(language, "guides", "guides")),
		head:  Head{Title: s.title(language, title), Description: title + s.text(language, "separator") + s.text(language, "matters", a.count), Column: s.text(language, "guides")},
	}
	p.view = func(p *page) any {
		v := Area{Title: title, Guides: make([]GuideLink, len(a.guides))}
		v.Other = p.other
		for i, g := range a.guides {
			v.Guides[i] = s.guideLink(p, g)
		}
		v.Borrowed = borrowed(v.Guides)
		return v
	}
	return p
}

func (s *site) guideLink(p *page, g *bureau.Guide) GuideLink {
	link := GuideLink{Href: root(p.path) + s.paths[g.File], Title: g.Title.V}
	if g.Language != p.language {
		link.Language, link.Tag = tag(g.Language), s.text(p.language, "tag-other-language")
		return link
	}
	_, overdue := s.overdue[g.File]
	switch {
	case g.Status.V == "transferred":
		link.Tag = s.text(p.language, "tag-transferred")
		return link
	case g.Status.V == "repealed":
		link.Tag = s.text(p.language, "tag-repealed")
		return link
	case overdue:
		link.Tag = s.text(p.language, "tag-unverified")
	}
	if t := s.timeLimit(g); t != nil {
		link.Facts = t.Answer
	}
	if f := s.fee(g); f != nil {
		if link.Facts != "" {
			link.Facts += " · "
		}
		link.Facts += f.Answer
	}
	return link
}

func (s *site) guidePage(g *bureau.Guide) page {
	language := g.Language
	p := page{
		path: s.paths[g.File], file: g.File, language: language, section: "guides", template: "guide.html",
		trail: s.trail(language, s.section(language, "guides", "guides"), s.areaOf(g)), modified: latest(g.Published, g.Date, g.Updated, g.Verified),
		head: Head{
			Title:  s.title(language, g.Title.V),
			Column: s.text(language, "guides"), Article: g.Title.V, Source: g.Authority.V,
		},
	}
	published := g.Published
	if !published.Given() {
		published = g.Date
	}
	if published.Given() {
		p.head.Published = published.V.String()
	}
	p.view = func(p *page) any {
		document := s.Document(g.File)
		p.head.Description = firstOf(g.Summary.V, document.Plain)
		if document.HasChart {
			s.charts(&p.head, p.path)
		}
		to := root(p.path)
		v := Guide{
			Title: g.Title.V, Summary: g.Summary.V,
			Transferred: g.Status.V == "transferred", Repealed: g.Status.V == "repealed", MovedTo: s.link(to, g.MovedTo.V),
			Overdue: s.guideOverdue(g),
			Time:    s.timeLimit(g), Fee: s.fee(g),
			Online: s.link(to, g.Online.V), Audience: s.audience(g), Result: g.Result.V,
			Body: template.HTML(document.HTML), Contents: contents(document),
			Authority: g.Authority.V, ComplaintPhones: phones(g.Complaint.Phone.V), ComplaintURL: s.link(to, g.Complaint.URL.V),
		}
		v.Other = p.other
		if document.HasChart || document.HasFigure {
			v.DataNotice = s.notice(language)
		}
		v.Materials = make([]Material, len(g.Materials))
		for i, m := range g.Materials {
			v.Materials[i] = Material{m.Name.V, s.count(language, m), s.link(to, m.Form.V), m.Note.V}
		}
		v.Places = make([]Place, len(g.Places))
		for i, place := range g.Places {
			v.Places[i] = Place{place.Name.V, place.Address.V, place.Hours.V, s.link(to, place.Map.V), phones(place.Phone.V)}
		}
		v.Conditions = make([]string, len(g.Conditions))
		for i, c := range g.Conditions {
			v.Conditions[i] = c.V
		}
		v.Steps = make([]Step, len(g.Steps))
		for i, step := range g.Steps {
			v.Steps[i] = Step{Action: step.Action.V, Who: step.Actor.V, Note: step.Note.V}
			if step.Days.V > 0 {
				v.Steps[i].Days = s.text(language, "step-days", step.Days.V)
			}
		}
		v.LegalBasis = make([]LegalBasis, len(g.LegalBasis))
		for i, l := range g.LegalBasis {
			v.LegalBasis[i] = LegalBasis{lawText(language, l), l.URL.V}
		}
		v.Supersedes, v.SupersededBy = s.replaces(to, g), s.replacedBy(to, g)
		for _, h := range g.History {
			v.History = append(v.History, ChangeView{Date: s.date(language, h.Date.V), Text: h.Change.V})
		}
		if g.InForce() {
			data, err := s.Catalogue.ServiceLD(g, p.path, s.areaOf(g).Title)
			if err != nil {
				panic(err) // plain structs of strings can be marshalled
			}
			p.head.Data = template.JS(data)
		}
		for _, d := range []struct {
			label string
			date  bureau.Date
		}{
			{s.text(language, "published"), published},
			{s.text(language, "updated"), g.Updated},
			{s.text(language, "verified"), g.Verified},
		} {
			if date := s.given(language, d.date); date != nil {
				date.Label = d.label
				v.Dates = append(v.Dates, *date)
			}
		}
		return v
	}
	return p
}

// replaces names what a guide replaces, with the page where there is one.
func (s *site) replaces(to string, g *bureau.Guide) []Reference {
	var all []Reference
	for _, name := range g.Supersedes {
		r := Reference{Text: name.V}
		if old := s.guides[name.V]; old != nil {
			r = Reference{old.Title.V, to + s.paths[old.File]}
		}
		all = append(all, r)
	}
	return all
}

// replacedBy is the guide that replaces this one, or nil.
func (s *site) replacedBy(to string, g *bureau.Guide) *Link {
	newer := s.successors[g.File]
	if newer == nil {
		return nil
	}
	return &Link{Href: to + s.paths[newer.File], Title: newer.Title.V}
}

func (s *site) areaOf(g *bureau.Guide) Link {
	for _, a := range bureau.Areas {
		if a.ID == g.Area.V {
			return Link{Href: s.prefix(g.Language) + bureau.AreaPage(a.ID), Title: areaTitle(a, g.Language)}
		}
	}
	return s.section(g.Language, "guides", "guides")
}

// guideOverdue tells the reader that a guide is past its verification, and since when.
func (s *site) guideOverdue(g *bureau.Guide) string {
	_, overdue := s.overdue[g.File]
	switch {
	case !overdue || g.Status.V == "transferred" || g.Status.V == "repealed":
		return ""
	case !g.Verified.Given():
		return s.text(g.Language, "never-verified")
	case g.ReviewDays.V > 0:
		return s.text(g.Language, "unverified-since", s.date(g.Language, g.Verified.V).Text, g.ReviewDays.V)
	}
	return s.text(g.Language, "unverified")
}

func (s *site) count(language string, m bureau.Material) string {
	var parts []string
	if m.Original.V > 0 {
		parts = append(parts, s.text(language, "originals", m.Original.V))
	}
	if m.Copies.V > 0 {
		parts = append(parts, s.text(language, "copies", m.Copies.V))
	}
	return strings.Join(parts, s.text(language, "comma"))
}

// timeLimit says the promised time first: it is what the citizen may expect.
func (s *site) timeLimit(g *bureau.Guide) *TimeLimit {
	t := g.TimeLimit
	promised, statutory := s.duration(g.Language, t.Promised, t.Unit.V), s.duration(g.Language, t.Statutory, t.Unit.V)
	switch {
	case promised == "" && statutory == "" && t.Note.V == "":
		return nil
	case promised == "" && statutory == "":
		return &TimeLimit{Answer: t.Note.V}
	case promised == "":
		return &TimeLimit{statutory, s.text(g.Language, "statutory"), t.Note.V}
	case statutory == "":
		return &TimeLimit{promised, s.text(g.Language, "promised"), t.Note.V}
	}
	return &TimeLimit{promised, s.text(g.Language, "promised-statutory", statutory), t.Note.V}
}

// duration says a time limit with its unit in words; the default is calendar days.
func (s *site) duration(language string, n bureau.Int, unit string) string {
	if !n.Given() {
		return ""
	}
	switch unit {
	case "working-days":
		return s.text(language, "working-days", n.V)
	case "hours":
		return s.text(language, "time-hours", n.V)
	case "minutes":
		return s.text(language, "time-minutes", n.V)
	}
	return s.text(language, "natural-days", n.V)
}

func (s *site) fee(g *bureau.Guide) *Fee {
	f := g.Fee
	fee := Fee{Basis: f.Basis.V, Note: f.Note.V}
	switch {
	case f.Free.V, f.Amount.Given() && f.Amount.V == 0:
		fee.Answer = s.text(g.Language, "free")
	case f.Amount.Given():
		fee.Answer = s.text(g.Language, "yuan", fmt.Sprintf("%.10g", f.Amount.V))
	case f.Note.V != "":
		return &Fee{Answer: f.Note.V, Basis: f.Basis.V}
	default:
		return nil
	}
	return &fee
}

func (s *site) audience(g *bureau.Guide) string {
	var names []string
	for _, a := range g.Audience {
		name, known := s.messages[g.Language]["audience-"+a.V]
		if !known {
			name = a.V
		}
		names = append(names, name)
	}
	return strings.Join(names, s.text(g.Language, "comma"))
}

// lawText gives 《法律》第二条 in Chinese, "Law, Article 2" in English.
func lawText(language string, l bureau.LegalBasis) string {
	law := l.Law.V
	if language != "zh" {
		if l.Article.V == "" {
			return law
		}
		return law + ", " + l.Article.V
	}
	if law != "" && !strings.HasPrefix(law, "《") {
		law = "《" + law + "》"
	}
	return law + l.Article.V
}

// phones splits a text into its numbers. A number that is plain gets a link.
func phones(written string) []Phone {
	var all []Phone
	for _, p := range text.Phones(written) {
		all = append(all, Phone{p.Written, template.URL(p.Link())})
	}
	return all
}
