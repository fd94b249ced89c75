package render

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Coverage is what coverage.html shows: which elements the guides of each area
// have, what changed in them, and which are no longer the bureau's matters.
type Coverage struct {
	Common
	Areas                 []Link
	Rows                  []CoverageRow // the first one counts the guides
	Measures              *Measures
	Changes               []ChangeView
	Transferred, Repealed []GuideLink
}

// CoverageRow is one element, with its count in each area and in all.
type CoverageRow struct {
	Title string
	Cells []CoverageCell
}

// CoverageCell says how many guides have an element; Lack says how many do not,
// and is empty where none does not.
type CoverageCell struct{ Count, Lack string }

const coverageChanges = 50 // that the page lists

func (s *site) hasCoverage(language *locale.Language) bool {
	return language == s.main && len(s.guidesIn(language)) > 0
}

func (s *site) coveragePage(language *locale.Language) page {
	p := page{
		path: bureau.CoveragePage(), language: language, section: "guides", template: "coverage.html",
		trail: s.trail(language, s.section(language, "guides", locale.Guides)),
		head:  Head{Title: s.title(language, language.Text(locale.Coverage)), Description: language.Text(locale.CoverageLead), Column: language.Text(locale.Guides)},
	}
	changes := figures.GuideChanges(s.Bureau, coverageChanges)
	if len(changes) > 0 {
		p.modified = changes[0].Date
	}
	p.view = func(p *page) any {
		to := root(p.path)
		var v Coverage
		covered := figures.Covered(s.Bureau)
		all := 0
		guides := CoverageRow{Title: language.Text(locale.CoverageGuides)}
		for i, a := range covered.Areas {
			v.Areas = append(v.Areas, Link{Href: to + bureau.AreaPage(a.ID), Title: language.Text(locale.Areas[a.ID])})
			guides.Cells = append(guides.Cells, CoverageCell{Count: strconv.Itoa(covered.Guides[i])})
			all += covered.Guides[i]
		}
		guides.Cells = append(guides.Cells, CoverageCell{Count: strconv.Itoa(all)})
		v.Rows = append(v.Rows, guides)
		for i, e := range figures.Elements {
			row, sum := CoverageRow{Title: language.Text(e.Title)}, 0
			for a, n := range covered.Has[i] {
				row.Cells = append(row.Cells, s.coverageCell(language, n, covered.Guides[a]))
				sum += n
			}
			row.Cells = append(row.Cells, s.coverageCell(language, sum, all))
			v.Rows = append(v.Rows, row)
		}
		v.Measures = s.measures(p)
		for _, c := range changes {
			change := ChangeView{Date: s.date(language, c.Date), Href: to + s.paths[c.Guide.File], Title: c.Guide.Title.V, Text: c.Text}
			switch {
			case c.First:
				change.Text = language.Text(locale.GuidePublished)
			case c.Text == "":
				change.Text = language.Text(locale.GuideUpdated)
			}
			v.Changes = append(v.Changes, change)
		}
		for _, g := range s.guidesIn(language) {
			link := GuideLink{Href: to + s.paths[g.File], Title: g.Title.V, Facts: g.Authority.V}
			switch g.Status.V {
			case "transferred":
				v.Transferred = append(v.Transferred, link)
			case "repealed":
				v.Repealed = append(v.Repealed, link)
			}
		}
		return v
	}
	return p
}

func (s *site) coverageCell(language *locale.Language, has, of int) CoverageCell {
	c := CoverageCell{Count: strconv.Itoa(has)}
	if has < of {
		c.Lack = language.Text(locale.CoverageLack, of-has)
	}
	return c
}

// superseded gives the guides that others replace, and which replaces each in
// its own language, by the source file of the replaced.
func superseded(guides []*bureau.Guide) (old, successors map[string]*bureau.Guide) {
	old, successors = map[string]*bureau.Guide{}, map[string]*bureau.Guide{}
	for _, g := range guides {
		for _, name := range g.Supersedes {
			if strings.HasSuffix(name.V, ".md") && g.Status.V != "draft" {
				old[name.V] = nil
			}
		}
	}
	if len(old) == 0 {
		return old, successors
	}
	for _, g := range guides {
		if _, named := old[g.File]; named && g.Status.V != "draft" {
			old[g.File] = g
		}
	}
	for _, g := range guides {
		for _, name := range g.Supersedes {
			if replaced := old[name.V]; replaced != nil && replaced.Language == g.Language && g.Status.V != "draft" {
				successors[name.V] = g
			}
		}
	}
	return old, successors
}
