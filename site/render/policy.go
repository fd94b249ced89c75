package render

import (
	"cmp"
	"path"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// Policies is what policies.html shows: the documents and what explains them.
type Policies struct {
	Common
	Policies []NoticeLink
	Borrowed string // that some are in another language
	FeedHref string
}

// Policy is what policy.html shows: a policy document, or what explains one.
type Policy struct {
	Document
	Facts       []PolicyFact
	Callout     string // that it is no longer applied
	Reason      string
	ReplacedBy  *Link
	Replaces    []Link
	Explains    *Link
	Explained   []Link
	Attachments []PolicyFile
}

// PolicyFact is a line of what a document says of itself; a date has its ISO form.
type PolicyFact struct{ Label, Text, ISO string }

// PolicyFile is an attachment; Address is what is typed to open it.
type PolicyFile struct{ Href, Title, Address string }

// Disclosure is what disclosure.html shows: the catalogue of open government information,
// and the ways to everything else that the bureau publishes by itself.
type Disclosure struct {
	Common
	Region    string
	Rows      []PolicyRow
	Downloads []DownloadLink
	Groups    []Group
}

// PolicyRow is a document in the catalogue.
type PolicyRow struct {
	Summary string
	Link
	Index, Number, Validity string
	Ended                   bool // its term has, or it is not in force
	Made, Published         *Date
	Explained               []Link
}

// guideToDisclosure is the name of the page that tells how to find government information
// and how to ask for it (公开指南).
const guideToDisclosure = "guide-to-disclosure"

// catalogueID is the anchor of the catalogue.
const catalogueID = "catalogue"

// policiesFor gives the documents that a list in a language offers, as those of notices.
func (s *site) policiesFor(language *locale.Language) []*bureau.Policy {
	written := map[string]bool{}
	for _, p := range s.Bureau.Policies {
		written[p.Name] = written[p.Name] || p.Language == language.Name
	}
	var offered []*bureau.Policy
	for _, p := range s.Bureau.Policies {
		if p.Language == language.Name || s.speaks(language) && p.Language == s.main.Name && !written[p.Name] {
			offered = append(offered, p)
		}
	}
	return offered
}

// disclosureGuide is the guide to open government information in a language, or nil.
func (s *site) disclosureGuide(language *locale.Language) *bureau.Page {
	for _, p := range s.pagesIn(language) {
		if p.Name == guideToDisclosure {
			return p
		}
	}
	return nil
}

// hasDisclosure tells whether a language has a page of open government information.
func (s *site) hasDisclosure(language *locale.Language) bool {
	return s.speaks(language) && (len(s.policiesFor(language)) > 0 || s.hasAnnual(language) || s.hasRequests(language) || s.disclosureGuide(language) != nil)
}

// disclosureSection leads to the page of open government information, where there is one.
func (s *site) disclosureSection(language *locale.Language) []Link {
	if !s.hasDisclosure(language) {
		return nil
	}
	return []Link{s.section(language, string(bureau.DisclosureSection), locale.Disclosure)}
}

// policyPages are the page of open government information, the list of policy documents
// and the documents.
func (s *site) policyPages(language *locale.Language) []page {
	var pages []page
	if s.hasDisclosure(language) {
		pages = append(pages, s.disclosurePage(language))
	}
	if len(s.policiesFor(language)) > 0 {
		pages = append(pages, s.policiesPage(language))
	}
	for _, p := range s.Bureau.Policies {
		if p.Language == language.Name {
			pages = append(pages, s.policyPage(language, p))
		}
	}
	return pages
}

func (s *site) disclosurePage(language *locale.Language) page {
	title := language.Text(locale.Disclosure)
	p := page{
		path: s.prefix(language) + bureau.DisclosureSection.Page(), language: language, template: "disclosure.html", trail: s.trail(language),
		head: Head{Title: s.title(language, title), Description: language.Text(locale.DisclosureLead), Column: title},
	}
	p.view = func(p *page) any {
		v := Disclosure{Region: language.Text(locale.TableRegion, language.Text(locale.DisclosureCatalogue)), Groups: s.disclosureGroups(p)}
		v.Other = p.others
		for _, d := range s.policiesFor(language) {
			if !d.IsExplanation() {
				v.Rows = append(v.Rows, s.policyRow(p, d))
			}
		}
		v.Downloads = s.published(p)
		return v
	}
	return p
}

// disclosureGroups are the parts of the page after the catalogue.
func (s *site) disclosureGroups(p *page) []Group {
	language, to := p.language, root(p.path)
	regular := Group{Title: language.Text(locale.DisclosureRegular)}
	if len(s.policiesFor(language)) > 0 {
		regular.Links = append(regular.Links, Link{Href: to + s.prefix(language) + bureau.PoliciesSection.Page(), Title: language.Text(locale.Policies)})
	}
	if s.hasUnits(language) {
		regular.Links = append(regular.Links, Link{Href: to + s.prefix(language) + bureau.UnitsSection.Page(), Title: language.Text(locale.Units)})
	}
	for _, section := range s.sections(language)[1:] { // after the home page
		regular.Links = append(regular.Links, Link{Href: to + section.Path, Title: section.Title})
	}
	groups := []Group{regular}
	if guide := s.disclosureGuide(language); guide != nil {
		groups = append(groups, Group{Title: language.Text(locale.DisclosureGuide), Links: []Link{{Href: to + s.paths[guide.File], Title: guide.Title.V}}})
	}
	if s.hasRequests(language) {
		title := language.Text(locale.Requests)
		groups = append(groups, Group{Title: title, Links: []Link{{Href: to + bureau.RequestsSection.Page(), Title: title}}})
	}
	if reports := s.annualLinks(p); len(reports) > 0 {
		groups = append(groups, Group{Title: language.Text(locale.AnnualReports), Links: reports})
	}
	return groups
}

// disclosureLinks lead from the home page to what one looks for first.
func (s *site) disclosureLinks(p *page) []Link {
	language, to := p.language, root(p.path)
	if !s.hasDisclosure(language) {
		return nil
	}
	catalogue := to + s.prefix(language) + bureau.DisclosureSection.Page()
	links := []Link{{Href: catalogue + "#" + catalogueID, Title: language.Text(locale.DisclosureCatalogue)}}
	if len(s.policiesFor(language)) > 0 {
		links = append(links, Link{Href: to + s.prefix(language) + bureau.PoliciesSection.Page(), Title: language.Text(locale.Policies)})
	}
	if guide := s.disclosureGuide(language); guide != nil {
		links = append(links, Link{Href: to + s.paths[guide.File], Title: language.Text(locale.DisclosureGuide)})
	}
	if s.hasRequests(language) {
		links = append(links, Link{Href: to + bureau.RequestsSection.Page(), Title: language.Text(locale.Requests)})
	}
	if s.hasAnnual(language) {
		links = append(links, Link{Href: to + bureau.AnnualSection.Page(), Title: language.Text(locale.AnnualReports)})
	}
	if s.hasInquiries(language) {
		links = append(links, Link{Href: to + bureau.InquiriesSection.Page(), Title: language.Text(locale.Inquiries)})
	}
	return links
}

func (s *site) policyRow(p *page, d *bureau.Policy) PolicyRow {
	row := PolicyRow{Link: s.policyLink(p, d), Summary: d.Summary.V, Index: d.Index.V, Number: d.Number.V, Made: s.given(p.language, d.Made), Published: s.given(p.language, d.Published)}
	row.Validity, row.Ended = s.validityWord(p.language, d)
	for _, e := range s.explanationsOf(p.language, d) {
		row.Explained = append(row.Explained, s.policyLink(p, e))
	}
	return row
}

// validityWord says in a word how a document stands, and whether it is no longer applied.
func (s *site) validityWord(language *locale.Language, d *bureau.Policy) (word string, over bool) {
	validity, ended := d.Standing(s.AsOf)
	if ended {
		return language.Text(locale.ValidityEnded), true
	}
	key, known := locale.Validities[validity]
	if !known {
		return "", false
	}
	return language.Text(key), validity != bureau.InForce
}

// explanationsOf are those of a document that a list in a language offers.
func (s *site) explanationsOf(language *locale.Language, d *bureau.Policy) (explained []*bureau.Policy) {
	for _, e := range s.policiesFor(language) {
		if e.Explains.V == d.Name {
			explained = append(explained, e)
		}
	}
	return explained
}

func (s *site) policiesPage(language *locale.Language) page {
	title := language.Text(locale.Policies)
	p := page{
		path: s.prefix(language) + bureau.PoliciesSection.Page(), language: language, template: "policies.html", trail: s.trail(language, s.disclosureSection(language)...),
		head: Head{Title: s.title(language, title), Description: language.Text(locale.PoliciesLead), Column: title},
	}
	p.view = func(p *page) any {
		v := Policies{FeedHref: root(p.path) + bureau.FeedFile}
		v.Other = p.others
		for _, d := range s.policiesFor(language) {
			link := s.policyLink(p, d)
			line := NoticeLink{Href: link.Href, Title: link.Title, Language: link.Language, Said: link.Said, Date: s.date(language, d.Published.V)}
			switch word, over := s.validityWord(language, d); {
			case d.Language != language.Name:
				line.Kind = language.Text(locale.TagOtherLanguage, language.NameOf(s.in(d.Language)))
				v.Borrowed = language.Text(locale.PoliciesBorrowed, language.NameOf(s.main))
			case d.IsExplanation():
				line.Kind = language.Text(locale.PolicyExplanation)
			case over:
				line.Kind = word
			}
			v.Policies = append(v.Policies, line)
		}
		return v
	}
	return p
}

// policyLink leads to a document, which may be in another language than the page.
func (s *site) policyLink(p *page, d *bureau.Policy) Link {
	link := Link{Href: root(p.path) + s.paths[d.File], Title: d.Title.V}
	if d.Language != p.language.Name {
		link.Title, link.Said = s.titled(d.File, d.Title.V)
		link.Language = s.in(d.Language).Tag
	}
	return link
}

// policyNamed leads to the document of that name, to its version in the language of the
// page where there is one; nil where there is no such document.
func (s *site) policyNamed(p *page, name string) *Link {
	d := cmp.Or(s.Bureau.Policy(name, p.language.Name), s.Bureau.Policy(name, s.main.Name))
	if d == nil {
		return nil
	}
	link := s.policyLink(p, d)
	return &link
}

func (s *site) policyPage(language *locale.Language, d *bureau.Policy) page {
	column := language.Text(locale.PolicyDocument)
	if d.IsExplanation() {
		column = language.Text(locale.PolicyExplanation)
	}
	above := append(s.disclosureSection(language), s.section(language, string(bureau.PoliciesSection), locale.Policies))
	p := page{
		path: s.paths[d.File], file: d.File, language: language, template: "policy.html", modified: latest(d.Published), trail: s.trail(language, above...),
		head: Head{
			Title: s.title(language, d.Title.V), Column: column, Article: d.Title.V,
			Source: cmp.Or(d.Issuer.V, s.organization(language).Text),
		},
	}
	if d.Published.Given() {
		p.head.Published = d.Published.V.String()
	}
	p.view = func(p *page) any {
		var v Policy
		var excerpt string
		v.Document, excerpt = s.document(p, d.File, d.Summary.V)
		s.mu.Lock()
		s.excerpts[d.File] = excerpt
		s.mu.Unlock()
		v.Title, v.Summary = d.Title.V, d.Summary.V
		v.Facts = s.policyFacts(language, d, column)
		switch validity, ended := d.Standing(s.AsOf); {
		case ended:
			v.Callout = language.Text(locale.PolicyEnded, s.date(language, d.Until.V).Text)
		case validity == bureau.Lapsed:
			v.Callout = language.Text(locale.PolicyLapsed)
		case validity == bureau.Repealed:
			v.Callout = language.Text(locale.PolicyRepealed)
		}
		if d.Reason.V != "" {
			v.Reason = language.Text(locale.PolicyReason, d.Reason.V)
		}
		v.ReplacedBy, v.Explains = s.policyNamed(p, d.ReplacedBy.V), s.policyNamed(p, d.Explains.V)
		for _, other := range s.policiesFor(language) {
			if other.ReplacedBy.V == d.Name {
				v.Replaces = append(v.Replaces, s.policyLink(p, other))
			}
		}
		for _, e := range s.explanationsOf(language, d) {
			v.Explained = append(v.Explained, s.policyLink(p, e))
		}
		for _, a := range d.Attachments {
			v.Attachments = append(v.Attachments, PolicyFile{s.link(root(p.path), a.File.V), cmp.Or(a.Name.V, path.Base(a.File.V)), s.own(a.File.V)})
		}
		return v
	}
	return p
}

// policyFacts are the block of facts above a document.
func (s *site) policyFacts(language *locale.Language, d *bureau.Policy, kind string) (facts []PolicyFact) {
	if d.Normative.V {
		kind = language.Text(locale.PolicyNormative)
	}
	validity, _ := s.validityWord(language, d)
	form := ""
	if key, known := locale.ExplanationForms[d.Form.V]; known {
		form = language.Text(key)
	}
	for _, f := range []struct {
		label locale.Key
		text  string
		date  bureau.Date
	}{
		{locale.PolicyIndex, d.Index.V, bureau.Date{}}, {locale.PolicyNumber, d.Number.V, bureau.Date{}}, {locale.PolicyIssuer, d.Issuer.V, bureau.Date{}},
		{locale.PolicyMade, "", d.Made}, {locale.PolicyPublished, "", d.Published}, {locale.PolicySubject, d.Subject.V, bureau.Date{}},
		{locale.PolicyValidity, validity, bureau.Date{}}, {locale.PolicyUntil, "", d.Until}, {locale.PolicyKind, kind, bureau.Date{}}, {locale.PolicyForm, form, bureau.Date{}},
	} {
		fact := PolicyFact{Label: language.Text(f.label), Text: f.text}
		if f.date.Given() {
			day := s.date(language, f.date.V)
			fact.Text, fact.ISO = day.Text, day.ISO
		}
		if fact.Text != "" {
			facts = append(facts, fact)
		}
	}
	return facts
}

// policyEntries tell of each policy document on the day on which it was published.
func (s *site) policyEntries() []dated {
	var entries []dated
	for _, d := range s.Bureau.Policies {
		if d.Language != s.main.Name {
			continue
		}
		path := s.paths[d.File]
		entries = append(entries, dated{d.Published.V, atomEntry{
			ID: s.id(path), Title: d.Title.V, Updated: atomDate(d.Published.V), Link: atomLink{"alternate", s.address(path)}, Summary: s.excerpts[d.File],
		}})
	}
	return entries
}
