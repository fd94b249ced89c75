package render

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/text"
)

// Guides is what guides.html shows: all areas.
type Guides struct {
	Common
	Areas        []AreaLink
	CoverageHref string // empty where there is no page of it
	Borrowed     string // that some guides are in the main language only
}

// AreaLink is an area with the number of its guides.
type AreaLink struct {
	ID, Href, Title, Count string
	Glyph                  Quote       // a sign of it, in the main language
	Guides                 []GuideLink // the first ones; on the list of all areas only
	Cut                    bool        // there are more
}

// Area is what area.html shows.
type Area struct {
	Common
	Title    string
	Groups   []GuideGroup
	Borrowed string // that some guides are in the main language only
	Finder   bool   // there are so many that the list can be narrowed
	Pager    *Pager
}

// GuideGroup are the guides of an area that have a subject; the title is empty where
// the list is not grouped.
type GuideGroup struct {
	ID, Title string
	Guides    []GuideLink
}

const guidesPerPage = 250 // of an area

// GuideLink is one guide in a list.
type GuideLink struct {
	Href, Title string
	Tag         string // 已移交, 已取消, 待核实, Chinese only
	Language    string // of the guide, where it is not the page's
	Said        bool   // its title is translated all the same
	Facts       string // 20个自然日 · 免费
}

// Guide is what guide.html shows.
type Guide struct {
	Common
	QR                    *QR
	Title, Summary, Plain string
	Transferred, Repealed bool
	MovedTo               string
	Overdue               string // a sentence that says the guide is past its verification
	Validity              string // a sentence that says it holds no longer, or not yet
	Expired               bool
	Visits                *Visits
	Channels, Reach       string
	Booking, Delivery     string
	Kind, Code            string
	Materials             []Material
	Places                []Place
	Time                  *TimeLimit
	Fee                   *Fee
	Online                string
	Website               string // in its place, where the matter is not handled online
	Audience              string
	Conditions            []string
	Ask                   *Ask // the first question about the reader's case
	Steps                 []Step
	Result, Sample        string // Sample is a link
	SampleAddress         string // as it is typed, where it is a file of the site
	Remedies              []string
	FAQ                   []Question
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

// Visits says how often one has to come in person: 1 次, and why.
type Visits struct{ Answer, Reason string }

// Question is one of those that citizens ask.
type Question struct{ Question, Answer string }

// Material is one paper to bring; Count says how many, 原件 1 份、复印件 2 份. Form and
// Sample are links.
type Material struct {
	Name, Count, Form, Sample, Source, Note string
	When                                    string // the answers for which it holds; so in those below
	Optional                                bool   // only in the case that the note names
	FormAddress, SampleAddress              string // as they are typed, where they are files of the site
}

// Place is a window; Hours are its opening hours.
type Place struct {
	Name, Address, Hours, Route, Access, Map string
	When                                     string
	Phones                                   []Phone
	Units                                    []UnitNode // which handle it, too
}

// Phone is a number as written; Tel is its link, empty where it holds more than a number.
type Phone struct {
	Text string
	Tel  template.URL
}

// TimeLimit says how long the matter takes.
type TimeLimit struct{ Answer, Detail, Note string }

// Fee says what it costs: at once, or item by item and all together.
type Fee struct {
	Answer, Basis, Note string
	Total               string
	Whole               bool // the answer is what all items are together
	Items               []FeeItem
}

// FeeItem is one of several fees.
type FeeItem struct{ Item, Answer, Basis, Note, When string }

// Step is one step; Days says how long it may take.
type Step struct{ Action, Who, Days, Note, When string }

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
func (s *site) areas(language *locale.Language) []areaCount {
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
func (s *site) guidesIn(language *locale.Language) []*bureau.Guide {
	var in []*bureau.Guide
	for _, g := range s.Bureau.Guides {
		if g.Language == language.Name && g.Status.V != "draft" {
			in = append(in, g)
		}
	}
	return in
}

// guidesFor gives the guides that a list in a language offers: its own, and those
// in force or transferred that are written in the main language alone.
func (s *site) guidesFor(language *locale.Language) []*bureau.Guide {
	own := s.guidesIn(language)
	if language == s.main {
		return own
	}
	written := make(map[string]bool, len(own))
	for _, g := range own {
		written[s.paths[g.File]] = true
	}
	for _, g := range s.guidesIn(s.main) {
		if (g.InForce() || g.Status.V == "transferred") && !written[s.prefix(language)+s.paths[g.File]] {
			own = append(own, g)
		}
	}
	return own
}

// borrowed tells whether a list has a guide in another language than the page's.
func borrowed(links []GuideLink) bool {
	return slices.ContainsFunc(links, func(l GuideLink) bool { return l.Language != "" })
}

func (s *site) borrowed(language *locale.Language) string {
	return language.Text(locale.GuidesBorrowed, language.NameOf(s.main))
}

func (s *site) areaLink(p *page, a areaCount) AreaLink {
	sign, _ := utf8.DecodeRuneInString(s.main.Text(locale.Areas[a.ID]))
	glyph := Quote{Text: string(sign)}
	if p.language != s.main {
		glyph.Language = s.main.Tag
	}
	return AreaLink{
		ID: "area-" + a.ID, Href: root(p.path) + s.prefix(p.language) + bureau.AreaPage(a.ID),
		Title: p.language.Text(locale.Areas[a.ID]), Glyph: glyph, Count: p.language.Text(locale.Matters, a.count),
	}
}

const guidesOfArea = 10 // that the list of all areas shows

func (s *site) guidesPage(language *locale.Language) page {
	p := page{
		path: s.prefix(language) + bureau.GuidesSection.Page(), language: language, section: "guides", template: "guides.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Guides)), Description: language.Text(locale.GuidesLead), Column: language.Text(locale.Guides)},
	}
	p.view = func(p *page) any {
		v := Guides{}
		v.Other = p.others
		for _, a := range s.areas(language) {
			link := s.areaLink(p, a)
			for i, g := range a.guides {
				if link.Cut = i == guidesOfArea; link.Cut {
					break
				}
				link.Guides = append(link.Guides, s.guideLink(p, g))
			}
			if borrowed(link.Guides) {
				v.Borrowed = s.borrowed(language)
			}
			v.Areas = append(v.Areas, link)
		}
		if s.hasCoverage(language) {
			v.CoverageHref = root(p.path) + bureau.CoveragePage()
		}
		return v
	}
	return p
}

// areaPages are the pages of the list of an area.
func (s *site) areaPages(language *locale.Language, a areaCount) []page {
	slices.SortStableFunc(a.guides, bySubject(a.guides))
	all := []page{s.areaPage(language, a, 1)}
	for number := 2; number <= a.pages(); number++ {
		all = append(all, s.areaPage(language, a, number))
	}
	return all
}

func (a areaCount) pages() int { return (len(a.guides) + guidesPerPage - 1) / guidesPerPage }

// bySubject orders guides by their subjects, these as they first stand, and those without
// one last; a short list stays as it is.
func bySubject(guides []*bureau.Guide) func(a, b *bureau.Guide) int {
	rank := map[string]int{"": len(guides)}
	if len(guides) > longList {
		for i, g := range guides {
			if _, known := rank[g.Subject.V]; !known {
				rank[g.Subject.V] = i
			}
		}
	}
	return func(a, b *bureau.Guide) int { return cmp.Compare(rank[a.Subject.V], rank[b.Subject.V]) }
}

func (s *site) areaPage(language *locale.Language, a areaCount, number int) page {
	title := language.Text(locale.Areas[a.ID])
	path := func(number int) string { return s.prefix(language) + bureau.AreaListPage(a.ID, number) }
	p := page{
		path: path(number), language: language, section: "guides", template: "area.html",
		trail: s.trail(language, s.section(language, "guides", locale.Guides)),
		head:  Head{Title: s.title(language, title), Description: title + language.Text(locale.Separator) + language.Text(locale.Matters, a.count), Column: language.Text(locale.Guides)},
	}
	p.view = func(p *page) any {
		v := Area{Title: title, Finder: len(a.guides) > longList, Pager: newPager(p, number, a.pages(), path)}
		v.Other = p.others
		first := (number - 1) * guidesPerPage
		grouped := v.Finder && slices.ContainsFunc(a.guides, func(g *bureau.Guide) bool { return g.Subject.V != "" })
		for _, g := range a.guides[first:min(first+guidesPerPage, len(a.guides))] {
			heading := ""
			if grouped {
				heading = cmp.Or(g.Subject.V, language.Text(locale.OtherSubjects))
			}
			if n := len(v.Groups); n == 0 || v.Groups[n-1].Title != heading {
				v.Groups = append(v.Groups, GuideGroup{ID: "subject-" + strconv.Itoa(n+1), Title: heading})
			}
			group := &v.Groups[len(v.Groups)-1]
			group.Guides = append(group.Guides, s.guideLink(p, g))
			if g.Language != language.Name {
				v.Borrowed = s.borrowed(language)
			}
		}
		if v.Finder {
			p.head.Script = root(p.path) + s.assets["find.js"].path
		}
		return v
	}
	return p
}

func (s *site) guideLink(p *page, g *bureau.Guide) GuideLink {
	link := GuideLink{Href: root(p.path) + s.paths[g.File], Title: g.Title.V}
	if own := s.in(g.Language); own != p.language {
		link.Title, link.Said = s.titled(g.File, g.Title.V)
		link.Language, link.Tag = own.Tag, p.language.Text(locale.TagOtherLanguage, p.language.NameOf(own))
		return link
	}
	_, overdue := s.overdue[g.File]
	switch {
	case g.Status.V == "transferred":
		link.Tag = p.language.Text(locale.TagTransferred)
		return link
	case g.Status.V == "repealed":
		link.Tag = p.language.Text(locale.TagRepealed)
		return link
	case g.Expired(s.AsOf):
		link.Tag = p.language.Text(locale.TagExpired)
	case overdue:
		link.Tag = p.language.Text(locale.TagUnverified)
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
	language := s.in(g.Language)
	p := page{
		path: s.paths[g.File], file: g.File, language: language, section: "guides", template: "guide.html",
		trail: s.guideTrail(g), modified: latest(g.Published, g.Date, g.Updated, g.Verified),
		head: Head{
			Title:  s.title(language, g.Title.V),
			Column: language.Text(locale.Guides), Article: g.Title.V, Published: published(g), Source: g.Authority.V,
		},
	}
	p.view = func(p *page) any {
		document := s.Document(g.File)
		p.head.Description = cmp.Or(g.Summary.V, document.Plain)
		if document.HasChart {
			s.charts(&p.head, p.path)
		}
		to := root(p.path)
		v := s.guideView(p, g)
		v.Overdue = s.guideOverdue(g)
		v.Body, v.Contents = template.HTML(document.HTML), contents(document)
		if document.HasChart || document.HasFigure {
			v.DataNotice = s.notice(language)
		}
		v.Ask = s.ask(p, g, nil)
		v.LegalBasis = make([]LegalBasis, len(g.LegalBasis))
		for i, l := range g.LegalBasis {
			v.LegalBasis[i] = LegalBasis{lawText(language, l), l.URL.V}
		}
		v.Supersedes, v.SupersededBy = s.replaces(to, g), s.replacedBy(to, g)
		for _, h := range g.History {
			v.History = append(v.History, ChangeView{Date: s.date(language, h.Date.V), Text: h.Change.V})
		}
		if v.Transferred { // another office handles it, and says how
			v = Guide{Common: v.Common, QR: v.QR, Title: v.Title, Summary: v.Summary, Transferred: true, MovedTo: v.MovedTo, Authority: v.Authority, Body: v.Body, Contents: v.Contents, LegalBasis: v.LegalBasis, SupersededBy: v.SupersededBy, Supersedes: v.Supersedes, Dates: v.Dates, History: v.History}
		}
		if g.InForce() && !v.Expired {
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
			{language.Text(locale.Published), firstPublished(g)},
			{language.Text(locale.Updated), g.Updated},
			{language.Text(locale.Verified), g.Verified},
			{language.Text(locale.GuideEffective), g.Effective},
			{language.Text(locale.GuideExpires), g.Expires},
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

// guideTrail leads to the list that a guide stands in.
func (s *site) guideTrail(g *bureau.Guide) []Link {
	language := s.in(g.Language)
	return s.trail(language, s.section(language, "guides", locale.Guides), s.areaOf(g))
}

func firstPublished(g *bureau.Guide) bureau.Date {
	if g.Published.Given() {
		return g.Published
	}
	return g.Date
}

// published is that day for the head of a page; empty where it is not known.
func published(g *bureau.Guide) string {
	if d := firstPublished(g); d.Given() {
		return d.V.String()
	}
	return ""
}

// guideView is what pages of a guide show of it: all of it, or what holds for a choice.
func (s *site) guideView(p *page, g *bureau.Guide) Guide {
	language, to := p.language, root(p.path)
	v := Guide{
		Title: g.Title.V, Summary: g.Summary.V, Plain: g.Plain.V,
		Transferred: g.Status.V == "transferred", Repealed: g.Status.V == "repealed", MovedTo: s.link(to, g.MovedTo.V),
		Time: s.timeLimit(g), Fee: s.fee(g),
		Online: s.link(to, g.Online.V), Audience: s.audience(g), Result: g.Result.V,
		Authority: g.Authority.V, ComplaintPhones: phones(g.Complaint.Phone.V), ComplaintURL: s.link(to, g.Complaint.URL.V),
	}
	if len(g.Channels) > 0 && !g.By("online") {
		v.Online, v.Website = "", v.Online
	}
	v.Other, v.QR = p.others, s.qr(p.path)
	v.Validity, v.Expired = s.validity(g), g.Expired(s.AsOf)
	v.Visits, v.Channels, v.Reach, v.Booking, v.Delivery = s.visits(g), s.channels(g), g.Reach.V, g.Booking.V, g.Delivery.V
	v.Code, v.Sample, v.SampleAddress = g.Code.V, s.link(to, g.Sample.V), s.own(g.Sample.V)
	if key, known := locale.GuideKinds[g.Kind.V]; known {
		v.Kind = language.Text(key)
	}
	for _, r := range g.Remedies {
		v.Remedies = append(v.Remedies, r.V)
	}
	for _, q := range g.FAQ {
		v.FAQ = append(v.FAQ, Question{q.Question.V, q.Answer.V})
	}
	v.Materials = make([]Material, len(g.Materials))
	for i, m := range g.Materials {
		v.Materials[i] = Material{
			Name: m.Name.V, Count: s.count(language, m), Form: s.link(to, m.Form.V), Sample: s.link(to, m.Sample.V), Source: m.Source.V, Note: m.Note.V, When: when(language, g, m.When),
			Optional: m.Required.Given() && !m.Required.V, FormAddress: s.own(m.Form.V), SampleAddress: s.own(m.Sample.V),
		}
	}
	v.Places = make([]Place, len(g.Places))
	for i, place := range g.Places {
		v.Places[i] = Place{Name: place.Name.V, Address: place.Address.V, Hours: place.Hours.V, Route: place.Route.V, Access: place.Access.V, Map: s.link(to, place.Map.V), When: when(language, g, place.When), Phones: phones(place.Phone.V), Units: s.of(language).unitsOf(p, place)}
	}
	v.Conditions = make([]string, len(g.Conditions))
	for i, c := range g.Conditions {
		v.Conditions[i] = c.V
	}
	v.Steps = make([]Step, len(g.Steps))
	for i, step := range g.Steps {
		v.Steps[i] = Step{Action: step.Action.V, Who: step.Actor.V, Note: step.Note.V, When: when(language, g, step.When)}
		if step.Days.V > 0 {
			v.Steps[i].Days = s.stepTime(language, step.Days, g.StepUnit(step))
		}
	}
	return v
}

// validity says that a guide no longer holds, or not yet.
func (s *site) validity(g *bureau.Guide) string {
	language := s.in(g.Language)
	switch {
	case !g.InForce():
		return ""
	case g.Expired(s.AsOf):
		return language.Text(locale.GuideExpired, language.Day(g.Expires.V))
	case g.Effective.Given() && g.Effective.V > s.AsOf:
		return language.Text(locale.GuideNotYet, language.Day(g.Effective.V))
	}
	return ""
}

func (s *site) visits(g *bureau.Guide) *Visits {
	language := s.in(g.Language)
	switch n := g.Visits.Count; {
	case !n.Given():
		return nil
	case n.V == 0:
		return &Visits{language.Text(locale.NoVisit), g.Visits.Reason.V}
	default:
		return &Visits{language.Text(locale.Visits, n.V), g.Visits.Reason.V}
	}
}

func (s *site) channels(g *bureau.Guide) string {
	language := s.in(g.Language)
	var names []string
	for _, c := range g.Channels {
		if key, known := locale.Channels[c.V]; known {
			names = append(names, language.Text(key))
		}
	}
	return strings.Join(names, language.Text(locale.Comma))
}

// stepTime says how long a step may take.
func (s *site) stepTime(language *locale.Language, n bureau.Int, unit string) string {
	switch unit {
	case "working-days":
		return language.Text(locale.StepWorkingDays, n.V)
	case "hours", "minutes":
		return s.duration(language, n, unit)
	}
	return language.Text(locale.StepNaturalDays, n.V)
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
	language := s.in(g.Language)
	for _, a := range bureau.Areas {
		if a.ID == g.Area.V {
			return Link{Href: s.prefix(language) + bureau.AreaPage(a.ID), Title: language.Text(locale.Areas[a.ID])}
		}
	}
	return s.section(language, "guides", locale.Guides)
}

// guideOverdue tells the reader that a guide is past its verification, and since when.
func (s *site) guideOverdue(g *bureau.Guide) string {
	language := s.in(g.Language)
	_, overdue := s.overdue[g.File]
	switch {
	case !overdue || g.Status.V == "transferred" || g.Status.V == "repealed":
		return ""
	case !g.Verified.Given():
		return language.Text(locale.NeverVerified)
	case g.ReviewDays.V > 0:
		return language.Text(locale.UnverifiedSince, s.date(language, g.Verified.V).Text, g.ReviewDays.V)
	}
	return language.Text(locale.Unverified)
}

func (s *site) count(language *locale.Language, m bureau.Material) string {
	var parts []string
	if m.Original.V > 0 {
		parts = append(parts, language.Text(locale.Originals, m.Original.V))
	}
	if m.Copies.V > 0 {
		parts = append(parts, language.Text(locale.Copies, m.Copies.V))
	}
	return strings.Join(parts, language.Text(locale.Comma))
}

// timeLimit says the promised time first: it is what the citizen may expect.
func (s *site) timeLimit(g *bureau.Guide) *TimeLimit {
	language := s.in(g.Language)
	t := g.TimeLimit
	promised, statutory := s.duration(language, t.Promised, t.Unit.V), s.duration(language, t.Statutory, t.Unit.V)
	switch {
	case promised == "" && statutory == "" && t.Note.V == "":
		return nil
	case promised == "" && statutory == "":
		return &TimeLimit{Answer: t.Note.V}
	case promised == "":
		return &TimeLimit{statutory, language.Text(locale.Statutory), t.Note.V}
	case statutory == "":
		return &TimeLimit{promised, language.Text(locale.Promised), t.Note.V}
	}
	return &TimeLimit{promised, language.Text(locale.PromisedStatutory, statutory), t.Note.V}
}

// duration says a time limit with its unit in words; the default is calendar days.
func (s *site) duration(language *locale.Language, n bureau.Int, unit string) string {
	if !n.Given() {
		return ""
	}
	switch unit {
	case "working-days":
		return language.Text(locale.WorkingDays, n.V)
	case "hours":
		return language.Text(locale.TimeHours, n.V)
	case "minutes":
		return language.Text(locale.TimeMinutes, n.V)
	}
	return language.Text(locale.NaturalDays, n.V)
}

func (s *site) fee(g *bureau.Guide) *Fee {
	language := s.in(g.Language)
	f := g.Fee
	fee := Fee{Basis: f.Basis.V, Note: f.Note.V}
	for _, item := range g.Fees {
		line := FeeItem{Item: item.Item.V, Basis: item.Basis.V, Note: item.Note.V, When: when(language, g, item.When), Answer: language.Text(locale.Free)}
		if item.Amount.V > 0 {
			line.Answer = language.Text(locale.Yuan, fmt.Sprintf("%.10g", item.Amount.V))
		}
		fee.Items = append(fee.Items, line)
	}
	switch total, known := g.Total(); {
	case known && total == 0 && len(fee.Items) == 1: // 手续费：免费, where something else may be due
		fee.Answer, fee.Basis = fee.Items[0].Item+language.Text(locale.Separator)+fee.Items[0].Answer, cmp.Or(fee.Basis, fee.Items[0].Basis)
		fee.Note, fee.Items = cmp.Or(fee.Note, fee.Items[0].Note), nil
	case len(fee.Items) > 0:
		fee.Answer = language.Text(locale.FeeItems, len(fee.Items))
		if known && len(fee.Items) > 1 && len(g.Cases) == 0 {
			fee.Total = language.Text(locale.FeeAll, fmt.Sprintf("%.10g", total))
		} else if known && len(fee.Items) > 1 && !slices.ContainsFunc(g.Fees, func(f bureau.FeeItem) bool { return len(f.When) > 0 }) {
			fee.Total = language.Text(locale.FeeTotal, fmt.Sprintf("%.10g", total))
		}
	case f.Free.V, f.Amount.Given() && f.Amount.V == 0:
		fee.Answer = language.Text(locale.Free)
	case f.Amount.Given():
		fee.Answer = language.Text(locale.Yuan, fmt.Sprintf("%.10g", f.Amount.V))
	case f.Note.V != "":
		return &Fee{Answer: f.Note.V, Basis: f.Basis.V}
	default:
		return nil
	}
	return &fee
}

func (s *site) audience(g *bureau.Guide) string {
	language := s.in(g.Language)
	var names []string
	for _, a := range g.Audience {
		name := a.V
		if key, known := locale.Audiences[name]; known {
			name = language.Text(key)
		}
		names = append(names, name)
	}
	return strings.Join(names, language.Text(locale.Comma))
}

// lawText gives 《法律》第二条 in Chinese, "Law, Article 2" in English.
func lawText(language *locale.Language, l bureau.LegalBasis) string {
	law := l.Law.V
	if law != "" && !strings.HasPrefix(law, "《") {
		law = language.Text(locale.LawTitle, law)
	}
	if l.Article.V == "" {
		return law
	}
	return language.Text(locale.LawArticle, law, l.Article.V)
}

// phones splits a text into its numbers. A number that is plain gets a link.
func phones(written string) []Phone {
	var all []Phone
	for _, p := range text.Phones(written) {
		all = append(all, Phone{p.Written, template.URL(p.Link())})
	}
	return all
}
