package render

import (
	"cmp"
	"html/template"
	"strconv"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
)

// AnnualReports is what annual-list.html shows.
type AnnualReports struct {
	Common
	Reports []Link
}

// AnnualReport is what annual.html shows: an annual report on open government in its
// fixed form.
type AnnualReport struct {
	Common
	Title, Source string
	Date          *Date
	Contents      []markdown.Heading
	Parts         []AnnualPart
}

// AnnualPart is one of the six parts: a text, or tables.
type AnnualPart struct {
	ID, Title string
	Text      template.HTML
	Tables    []AnnualTable
	Note      string // how the table balances
	Downloads []DownloadLink
}

// AnnualTable is a table of the form. Its rows come in groups, of which each may have a
// head of its own.
type AnnualTable struct {
	Caption, Region string
	Wide            bool // it has columns in groups
	Corner          string
	Above           []AnnualHead // of the groups of columns
	Columns         []string
	Inner           []string // those below a group of columns
	Groups          []AnnualGroup
	Breadth         int // the columns with that of the heads
}

// AnnualHead is a head of columns; Down is 2 where it reaches over both rows of heads.
type AnnualHead struct {
	Text         string
	Across, Down int
}

// AnnualGroup is rows under one head.
type AnnualGroup struct {
	Title string
	Rows  []AnnualRow
}

// AnnualRow is a row of figures; a total is marked.
type AnnualRow struct {
	Label string
	Cells []string
	Total bool
}

// hasAnnual tells whether the annual reports have pages in a language: they are written
// in the main one.
func (s *site) hasAnnual(language *locale.Language) bool {
	return language == s.main && len(s.Bureau.Annual) > 0
}

// annualLinks lead from a page to the reports, the newest first.
func (s *site) annualLinks(p *page) (links []Link) {
	if s.hasAnnual(p.language) {
		for _, a := range s.Bureau.Annual {
			links = append(links, Link{Href: root(p.path) + s.paths[a.File], Title: opendata.AnnualTitle(s.Bureau.Site, a, p.language)})
		}
	}
	return links
}

func (s *site) annualPages(language *locale.Language) []page {
	above := s.trail(language, s.section(language, "registers", locale.Registers))
	list := page{
		path: bureau.AnnualSection.Page(), language: language, section: "registers", template: "annual-list.html", trail: above,
		head: Head{Title: s.title(language, language.Text(locale.AnnualReports)), Description: language.Text(locale.AnnualLead), Column: language.Text(locale.AnnualReports)},
	}
	list.view = func(p *page) any {
		v := AnnualReports{Reports: s.annualLinks(p)}
		v.Other = p.others
		return v
	}
	all := []page{list}
	above = append(above[:len(above):len(above)], s.section(language, string(bureau.AnnualSection), locale.AnnualReports))
	for _, a := range s.Bureau.Annual {
		title := opendata.AnnualTitle(s.Bureau.Site, a, language)
		p := page{
			path: s.paths[a.File], file: a.File, language: language, section: "registers", template: "annual.html", trail: above, modified: latest(a.Published),
			head: Head{Title: s.title(language, title), Column: language.Text(locale.AnnualReports), Article: title, Source: s.organization(language).Text},
		}
		if a.Published.Given() {
			p.head.Published = a.Published.V.String()
		}
		p.view = func(p *page) any { return s.annualView(p, a, title) }
		all = append(all, p)
	}
	return all
}

func (s *site) annualView(p *page, a *bureau.Annual, title string) AnnualReport {
	v := AnnualReport{Title: title, Source: p.head.Source}
	v.Other = p.others
	if v.Date = s.given(p.language, a.Published); v.Date != nil {
		v.Date.Label = p.language.Text(locale.Published)
	}
	var parts [6]AnnualPart
	for i, name := range bureau.AnnualSections {
		parts[i].ID, parts[i].Title = "part-"+strconv.Itoa(i+1), name
		v.Contents = append(v.Contents, markdown.Heading{Level: 2, ID: parts[i].ID, Text: name})
	}
	for i, part := range a.Texts() {
		d := s.Document(part.Key)
		if d.HasChart {
			s.charts(&p.head, p.path)
		}
		if d.HasChart || d.HasFigure {
			v.DataNotice = s.notice(p.language)
		}
		parts[[]int{0, 4, 5}[i]].Text = template.HTML(d.HTML)
		p.head.Description = cmp.Or(p.head.Description, d.Plain)
	}
	shown := func(figure string) string {
		n, err := strconv.ParseFloat(figure, 64)
		if err != nil {
			panic(err) // we wrote it ourselves
		}
		return locale.Format(n, "", p.language)
	}
	region := func(t AnnualTable) AnnualTable {
		for _, g := range t.Groups {
			for _, r := range g.Rows {
				for i := range r.Cells {
					r.Cells[i] = shown(r.Cells[i])
				}
			}
		}
		t.Region, t.Breadth = p.language.Text(locale.TableRegion, t.Caption), 1+len(t.Columns)
		return t
	}
	for _, t := range a.Disclosed.Tables() {
		table := AnnualTable{Caption: t.Article, Corner: "信息内容", Columns: t.Columns, Groups: make([]AnnualGroup, 1)}
		for _, r := range t.Rows {
			table.Groups[0].Rows = append(table.Groups[0].Rows, AnnualRow{Label: r.Label, Cells: r.Figures})
		}
		parts[1].Tables = append(parts[1].Tables, region(table))
	}
	parts[2].Tables = []AnnualTable{region(requestsTable(&a.Requests))}
	r := &a.Requests
	sum := func(n int) string { return shown(strconv.Itoa(n)) }
	parts[2].Note = p.language.Text(locale.AnnualBalance, sum(bureau.AnnualSum(r.New.Cells())), sum(bureau.AnnualSum(r.CarriedIn.Cells())), sum(r.Results.Whole()), sum(bureau.AnnualSum(r.CarriedOut.Cells())))
	review := AnnualTable{Caption: bureau.AnnualSections[3], Corner: "类别", Columns: append(bureau.AnnualOutcome[:len(bureau.AnnualOutcome):len(bureau.AnnualOutcome)], bureau.AnnualWhole)}
	for _, kind := range a.Review.Kinds() {
		row := AnnualRow{Label: cmp.Or(kind.Label, kind.Name), Cells: bureau.AnnualFigures(kind.Of.Cells())}
		review.add(kind.Name, kind.Label != "", row)
	}
	parts[3].Tables = []AnnualTable{region(review)}
	for _, d := range s.Catalogue.Datasets {
		for i, name := range []string{opendata.AnnualDisclosed, opendata.AnnualRequests, opendata.AnnualReview} {
			if d.Path == a.AnnualTable(name) {
				parts[1+i].Downloads = s.files(root(p.path), d)
			}
		}
	}
	v.Parts = parts[:]
	return v
}

// add puts a row at the end of a table: under the head of its group, where it has one.
func (t *AnnualTable) add(group string, headed bool, row AnnualRow) {
	if !headed {
		group = ""
	}
	if n := len(t.Groups); n == 0 || t.Groups[n-1].Title != group {
		t.Groups = append(t.Groups, AnnualGroup{Title: group})
	}
	last := &t.Groups[len(t.Groups)-1]
	last.Rows = append(last.Rows, row)
}

// requestsTable is the table of the applications in the words of the form.
func requestsTable(r *bureau.AnnualRequests) AnnualTable {
	t := AnnualTable{
		Caption: bureau.AnnualSections[2], Wide: true, Corner: "申请人情况", Columns: append(bureau.AnnualColumns[:len(bureau.AnnualColumns):len(bureau.AnnualColumns)], bureau.AnnualWhole),
		Inner: bureau.AnnualColumns[1:],
		Above: []AnnualHead{{bureau.AnnualColumns[0], 1, 2}, {bureau.AnnualOrganised, len(bureau.AnnualColumns) - 1, 1}, {bureau.AnnualWhole, 1, 2}},
	}
	add := func(label string, of *bureau.AnnualApplicants) {
		t.add("", false, AnnualRow{Label: label, Cells: bureau.AnnualFigures(of.Cells())})
	}
	add(bureau.AnnualNew, &r.New)
	add(bureau.AnnualCarriedIn, &r.CarriedIn)
	for _, result := range r.Results.Rows() {
		group := cmp.Or(result.Group, bureau.AnnualResultsHead)
		if result.Label == "" {
			group = bureau.AnnualResultsHead
		}
		t.add(group, true, AnnualRow{Label: cmp.Or(result.Label, result.Group), Cells: bureau.AnnualFigures(result.Row.Cells())})
	}
	t.add("", false, AnnualRow{Label: bureau.AnnualTotal, Cells: r.Results.Figures(), Total: true})
	add(bureau.AnnualCarriedOut, &r.CarriedOut)
	return t
}

// annualEntries tell of each annual report on the day on which it was published.
func (s *site) annualEntries() []dated {
	var entries []dated
	for _, a := range s.Bureau.Annual {
		path := s.paths[a.File]
		entries = append(entries, dated{a.Published.V, atomEntry{
			ID: s.id(path), Title: opendata.AnnualTitle(s.Bureau.Site, a, s.main), Updated: atomDate(a.Published.V), Link: atomLink{"alternate", s.address(path)},
		}})
	}
	return entries
}
