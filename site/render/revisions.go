package render

import (
	"cmp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Revisions is what revisions.html shows: every published figure that changed.
type Revisions struct {
	Common
	Sizes      []string // of each kind, a sentence each
	List       []RevisionView
	Unreleased bool // nothing was ever released, and nothing can be held against it
}

// RevisionView is one revision in revision-list.html. Old is empty where something was taken off the
// site: New then says so.
type RevisionView struct {
	Date       Date
	Href       string // of the row of the statistic
	Title      string // which figure
	Old, New   string
	Difference string // where both are numbers
	Kind       string
	Reason     string
	ApprovedBy string
}

// RemovedStatistic is what removed.html shows in the place of a statistic that
// is no longer published.
type RemovedStatistic struct {
	Common
	Title  string
	State  string         // that it was withdrawn, or is left out for now
	Last   Date           // of the last release that holds it
	Reason []string       // when and why, a sentence each
	List   []RevisionView // of its figures, before that
}

// hasRevisions tells whether there is a page of revisions: figures that may be
// revised are published, or once were.
func (s *site) hasRevisions(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Statistics)+len(s.Changes.Removed) > 0
}

func (s *site) revisionsPage(language *locale.Language) page {
	p := page{
		path: bureau.RevisionsSection.Page(), language: language, template: "revisions.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Revisions)), Description: language.Text(locale.RevisionsLead), Column: language.Text(locale.Revisions)},
	}
	if all := s.Changes.Revisions; len(all) > 0 {
		p.modified = all[0].Date
	}
	p.view = func(p *page) any {
		var v Revisions
		v.Other, v.DataNotice = p.others, s.notice(language)
		v.Sizes = s.sizes(language, s.Changes.Revisions)
		v.List = s.revisionList(p, s.Changes.Revisions, true)
		v.Unreleased = len(s.Bureau.Releases) == 0
		return v
	}
	return p
}

// removedPage stands where the page of a statistic stood.
func (s *site) removedPage(language *locale.Language, r ledger.Removed) page {
	state := locale.Removed
	if s.Bureau.LeavesOut(bureau.StatisticKind.File(r.Name)) {
		state = locale.LeftOut
	}
	p := page{
		path: bureau.StatisticPage(r.Name), language: language, section: "stats", template: "removed.html",
		trail: s.trail(language, s.section(language, "stats", locale.Statistics)),
		head:  Head{Title: s.title(language, r.Title), Description: language.Text(state), Column: language.Text(locale.Statistics), Article: r.Title},
	}
	for _, revision := range r.Revisions {
		p.modified = max(p.modified, revision.Date)
	}
	p.view = func(p *page) any {
		v := RemovedStatistic{Title: r.Title, State: language.Text(state), Last: s.date(language, r.Last)}
		v.Other = p.others
		var figures []ledger.Revision
		for _, revision := range r.Revisions {
			if revision.Whole() {
				v.Reason = append(v.Reason, language.Text(locale.RemovedReason, s.date(language, revision.Date).Text, revision.Reason))
			} else {
				figures = append(figures, revision)
			}
		}
		v.List = s.revisionList(p, figures, false)
		return v
	}
	return p
}

// revisionsOf are those of one statistic.
func (s *site) revisionsOf(name string) []ledger.Revision {
	var of []ledger.Revision
	for _, r := range s.Changes.Revisions {
		if r.Statistic == name {
			of = append(of, r)
		}
	}
	return of
}

// revisionList shows revisions; titled names their statistics.
func (s *site) revisionList(p *page, revisions []ledger.Revision, titled bool) []RevisionView {
	var list []RevisionView
	for _, r := range revisions {
		v := RevisionView{
			Date: s.date(p.language, r.Date), Href: root(p.path) + bureau.StatisticPage(r.Statistic), Title: s.revised(p.language, r, titled),
			Old: s.value(p.language, r, r.Old), New: s.value(p.language, r, r.New), Reason: r.Reason, ApprovedBy: r.ApprovedBy,
			Kind: kindText(r, p.language), Difference: s.difference(p.language, r),
		}
		if r.What != "" {
			v.Old, v.New, v.Href = s.says(p.language, r.Said), cmp.Or(s.says(p.language, r.SaysNow), p.language.Text(locale.Withdrawn)), s.aboutPage(p, r)
		}
		if r.Removed {
			v.Old, v.New = "", p.language.Text(locale.Withdrawn)
		}
		if anchors := s.Statistics[r.Statistic].Anchors; 0 <= r.Row && anchors != nil {
			v.Href = s.rowPath(p, r.Statistic, r.Row, v.Href+"#"+anchors[r.Row])
		}
		list = append(list, v)
	}
	return list
}

// revised names the figure that was revised: its statistic, where titled, then
// its period, its categories and its field.
func (s *site) revised(language *locale.Language, r ledger.Revision, titled bool) string {
	var parts []string
	if !r.Period.IsZero() {
		parts = append(parts, language.Label(r.Period))
	}
	if r.Categories != "" {
		for _, part := range strings.Split(r.Categories, "/") {
			if bureau.KindOf(part) == bureau.TotalRow { // 合计 立案合计 is all, of all
				part = language.Text(locale.WholeValue)
			}
			parts = append(parts, part)
		}
	}
	field := r.Field
	if f := s.field(r); f != nil { // its unit stands beside the figures
		field = f.Label()
	}
	for _, part := range []string{field, s.what(language, r)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	figure := strings.Join(parts, " ")
	switch {
	case figure == "":
		return r.Title
	case titled:
		return r.Title + language.Text(locale.Separator) + figure
	}
	return figure
}

// field is the one that was revised, as it is called now; nil where there is none of that
// name any more.
func (s *site) field(r ledger.Revision) *bureau.Field {
	for _, of := range s.Bureau.Statistics {
		if field := of.Field(r.Field); of.Name == r.Statistic && r.Field != "" && field >= 0 {
			return &of.Fields[field]
		}
	}
	return nil
}

// says writes what a statement said: a day as readers write it.
func (s *site) says(language *locale.Language, text string) string {
	if day, ok := period.ParseDate(text); ok {
		return language.Day(day)
	}
	return text
}

// what names what a statement says, where a statement changed and no figure.
func (s *site) what(language *locale.Language, r ledger.Revision) string {
	for _, w := range bureau.Saids {
		if w.What == r.What {
			return w.Name.In(problem.Language(language.Name))
		}
	}
	return ""
}

// aboutPage is the page of what a statement is of.
func (s *site) aboutPage(p *page, r ledger.Revision) string {
	page := bureau.StatisticPage(r.Statistic)
	if name, is := strings.CutPrefix(r.Statistic, bureau.RegistersSection.Folder()); is {
		page = bureau.RegisterPage(name)
	}
	if !s.exists[page] {
		page = bureau.RevisionsSection.Page()
	}
	return root(p.path) + page
}

// form is how the figure that stands now is shown.
func (s *site) form(r ledger.Revision) bureau.Form {
	for _, of := range s.Bureau.Statistics {
		if field := of.Field(r.Field); of.Name == r.Statistic && 0 <= r.Row && r.Row < len(of.Rows) && field >= 0 {
			return of.Cell(r.Row, field).Form
		}
	}
	return bureau.Form{}
}

// value writes a figure of a revision with its unit and its markers, as the table
// shows the one that stands there now.
func (s *site) value(language *locale.Language, r ledger.Revision, f bureau.Figure) string {
	if !f.Has() {
		return cmp.Or(f.Status, bureau.NotAvailable).String()
	}
	return locale.Qualified(f.Number, r.Unit, s.form(r), f.Qualifier, language) + f.Status.String()
}

const feedChanges = 5 // that one entry of the feed tells of

// revisionEntries are the entries of the feed, one for all that was revised in a
// statistic on one day.
func (s *site) revisionEntries() []dated {
	type key struct {
		date      period.Date
		statistic string
	}
	var order []key
	changes := map[key][]ledger.Revision{}
	for _, r := range s.Changes.Revisions {
		k := key{r.Date, r.Statistic}
		if changes[k] == nil {
			order = append(order, k)
		}
		changes[k] = append(changes[k], r)
	}
	var entries []dated
	for _, k := range order {
		var told []string
		for i, r := range changes[k] {
			figure := s.revised(s.main, r, false)
			switch {
			case i == feedChanges:
				told = append(told, s.main.Text(locale.More))
			case i > feedChanges:
			case r.What != "":
				told = append(told, s.main.Text(locale.RevisionChange, figure, s.says(s.main, r.Said), cmp.Or(s.says(s.main, r.SaysNow), s.main.Text(locale.Withdrawn)), r.Reason))
			case r.Removed:
				told = append(told, s.main.Text(locale.RevisionRemoval, figure, r.Reason))
			default:
				told = append(told, s.main.Text(locale.RevisionChange, figure, s.value(s.main, r, r.Old), s.value(s.main, r, r.New), r.Reason))
			}
		}
		path := bureau.StatisticPage(k.statistic)
		if !s.exists[path] {
			path = bureau.RevisionsSection.Page()
		}
		entries = append(entries, dated{k.date, atomEntry{
			ID: s.id(bureau.RevisionsSection.Folder() + k.date.String() + "/" + k.statistic), Title: s.main.Text(locale.RevisionOf, changes[k][0].Title),
			Updated: atomDate(k.date), Link: atomLink{"alternate", s.address(path)}, Summary: strings.Join(told, " "),
		}})
	}
	return entries
}
