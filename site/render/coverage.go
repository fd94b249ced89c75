package render

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// Coverage is what coverage.html shows: which elements the guides of each area
// have, what changed in them, and which are no longer the bureau's matters.
type Coverage struct {
	Common
	Areas                 []Link
	Rows                  []CoverageRow // the first one counts the guides
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

func (s *site) hasCoverage(language string) bool {
	return language == s.main && len(s.guidesIn(language)) > 0
}

func (s *site) coveragePage(language string) page {
	p := page{
		path: bureau.CoveragePage(), language: language, section: "guides", template: "coverage.html",
		trail: s.trail(language, s.section(language, "guides", "guides")),
		head:  Head{Title: s.title(language, s.text(language, "coverage")), Description: s.text(language, "coverage-lead"), Column: s.text(language, "guides")},
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
		guides := CoverageRow{Title: s.text(language, "coverage-guides")}
		for i, a := range covered.Areas {
			v.Areas = append(v.Areas, Link{Href: to + bureau.AreaPage(a.ID), Title: areaTitle(a, language)})
			guides.Cells = append(guides.Cells, CoverageCell{Count: strconv.Itoa(covered.Guides[i])})
			all += covered.Guides[i]
		}
		guides.Cells = append(guides.Cells, CoverageCell{Count: strconv.Itoa(all)})
		v.Rows = append(v.Rows, guides)
		for i, e := range figures.Elements {
			row, sum := CoverageRow{Title: e.ZH}, 0
			if language != "zh" {
				row.Title = e.EN
			}
			for a, n := range covered.Has[i] {
				row.Cells = append(row.Cells, s.coverageCell(language, n, covered.Guides[a]))
				sum += n
			}
			row.Cells = append(row.Cells, s.coverageCell(language, sum, all))
			v.Rows = append(v.Rows, row)
		}
		for _, c := range changes {
			change := ChangeView{Date: s.date(language, c.Date), Href: to + s.paths[c.Guide.File], Title: c.Guide.Title.V, Text: c.Text}
			switch {
			case c.First:
				change.Text = s.text(language, "guide-published")
			case c.Text == "":
				change.Text = s.text(language, "guide-updated")
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

func (s *site) coverageCell(language string, has, of int) CoverageCell {
	c := CoverageCell{Count: strconv.Itoa(has)}
	if has < of {
		c.Lack = s.text(language, "coverage-lack", of-has)
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
