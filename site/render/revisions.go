package render

import (
	"cmp"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/period"
)

// Revisions is what revisions.html shows: every published figure that changed.
type Revisions struct {
	Common
	List []RevisionView
}

// RevisionView is one revision in revision-list.html. Old is empty where something was taken off the
// site: New then says so.
type RevisionView struct {
	Date       Date
	Href       string // of the row of the statistic
	Title      string // which figure
	Old, New   string
	Reason     string
	ApprovedBy string
}

// RemovedStatistic is what removed.html shows in the place of a statistic that
// is no longer published.
type RemovedStatistic struct {
	Common
	Title  string
	Last   Date           // of the last release that holds it
	Reason []string       // when and why, a sentence each
	List   []RevisionView // of its figures, before that
}

// hasRevisions tells whether there is a page of revisions: figures that may be
// revised are published, or once were.
func (s *site) hasRevisions(language string) bool {
	return language == s.main && len(s.Bureau.Statistics)+len(s.Changes.Removed) > 0
}

func (s *site) revisionsPage(language string) page {
	p := page{
		path: bureau.RevisionsSection.Page(), language: language, template: "revisions.html", trail: s.trail(language),
		head: Head{Title: s.title(language, s.text(language, "revisions")), Description: s.text(language, "revisions-lead"), Column: s.text(language, "revisions")},
	}
	if all := s.Changes.Revisions; len(all) > 0 {
		p.modified = all[0].Date
	}
	p.view = func(p *page) any {
		var v Revisions
		v.Other, v.DataNotice = p.other, s.notice(language)
		v.List = s.revisionList(p, s.Changes.Revisions, true)
		return v
	}
	return p
}

// removedPage stands where the page of a statistic stood.
func (s *site) removedPage(language string, r ledger.Removed) page {
	p := page{
		path: bureau.StatisticPage(r.Name), language: language, section: "stats", template: "removed.html",
		trail: s.trail(language, s.section(language, "stats", "statistics")),
		head:  Head{Title: s.title(language, r.Title), Description: s.text(language, "removed"), Column: s.text(language, "statistics"), Article: r.Title},
	}
	for _, revision := range r.Revisions {
		p.modified = max(p.modified, revision.Date)
	}
	p.view = func(p *page) any {
		v := RemovedStatistic{Title: r.Title, Last: s.date(language, r.Last)}
		v.Other = p.other
		var figures []ledger.Revision
		for _, revision := range r.Revisions {
			if revision.Whole() {
				v.Reason = append(v.Reason, s.text(language, "removed-reason", s.date(language, revision.Date).Text, revision.Reason))
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
			Old: value(p.language, r.Old, r.Unit), New: value(p.language, r.New, r.Unit), Reason: r.Reason, ApprovedBy: r.ApprovedBy,
		}
		if r.Removed {
			v.Old, v.New = "", s.text(p.language, "withdrawn")
		}
		if anchors := s.Statistics[r.Statistic].Anchors; 0 <= r.Row && r.Row < len(anchors) {
			v.Href += "#" + anchors[r.Row]
		}
		list = append(list, v)
	}
	return list
}

// revised names the figure that was revised: its statistic, where titled, then
// its period, its categories and its field.
func (s *site) revised(language string, r ledger.Revision, titled bool) string {
	var parts []string
	if !r.Period.IsZero() {
		parts = append(parts, r.Period.Label(language))
	}
	for _, part := range []string{r.Categories, r.Field} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	figure := strings.Join(parts, " ")
	switch {
	case figure == "":
		return r.Title
	case titled:
		return r.Title + s.text(language, "separator") + figure
	}
	return figure
}

// value writes a figure with its unit and its markers, as a table does.
func value(language string, f bureau.Figure, unit string) string {
	if !f.Has() {
		return marks(cmp.Or(f.Status, bureau.NotAvailable))
	}
	return locale.Qualified(f.Number, unit, f.Qualifier, language) + marks(f.Status)
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
				told = append(told, s.text(s.main, "more"))
			case i > feedChanges:
			case r.Removed:
				told = append(told, s.text(s.main, "revision-removal", figure, r.Reason))
			default:
				told = append(told, s.text(s.main, "revision-change", figure, value(s.main, r.Old, r.Unit), value(s.main, r.New, r.Unit), r.Reason))
			}
		}
		path := bureau.StatisticPage(k.statistic)
		entries = append(entries, dated{k.date, atomEntry{
			ID: s.id(bureau.RevisionsSection.Folder() + k.date.String() + "/" + k.statistic), Title: s.text(s.main, "revision-of", changes[k][0].Title),
			Updated: atomDate(k.date), Link: atomLink{"alternate", s.address(path)}, Summary: strings.Join(told, " "),
		}})
	}
	return entries
}
