package render

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/say"
)

// Registers is what registers.html shows: what the bureau publishes besides
// figures, guides and notices.
type Registers struct {
	Common
	Registers []RegisterLink
	Reports   []Link // annual reports
}

// RegisterLink is one register in their list.
type RegisterLink struct {
	Href, Title, Description string
	Rows                     string
	Late                     string // how many rows are overdue; empty for none
	Updated                  *Date
}

// Register is what register.html shows: a list as cards, so that it is read on a
// phone without moving it sideways.
type Register struct {
	Common
	Title, Description string
	Rows, Late         string
	Verdicts           []string // how many of each; of groups, each has its own
	Updated            *Date
	Contents           []RegisterContent
	Groups             []RegisterGroup
	Measures           *Measures
	Notes              template.HTML
	Downloads          []DownloadLink
	Sources            []SourceView
}

// RegisterGroup is the rows under one heading; a register without groups has one
// with no title.
type RegisterGroup struct {
	ID, Title string
	Verdicts  []string
	Rows      []RegisterRow
}

// RegisterContent leads to a group, and says how its promises and claims stand.
type RegisterContent struct {
	Link
	Verdicts []string
}

// RegisterRow is one row; Number and Href, the page of its own, may be empty.
type RegisterRow struct {
	ID, Href, Number, Title string
	Level                   int    // of its heading
	State                   string // in words
	Verdict, VerdictClass   string // of a promise or a claim, in a word; kept, broken or open
	Late                    string // by how much it is overdue, or was late
	Overdue                 bool   // and still is
	Fields                  []RegisterField
}

// RegisterField is one column of a row.
type RegisterField struct {
	Label   string
	List    bool // several texts
	Missing bool // there is no figure yet
	Wide    bool // too long to stand beside another one
	Values  []RegisterValue
}

// RegisterValue is a text, a link or a figure with its title, period and note.
type RegisterValue struct{ Title, Text, Href, ISO, Period, Note string }

// RegisterItem is what register-item.html shows: one row on a page of its own.
type RegisterItem struct {
	Common
	Row     RegisterRow
	List    Link // the register
	Sources []SourceView
}

// hasRegisters tells whether there is a list of registers.
func (s *site) hasRegisters(language *locale.Language) bool {
	return s.speaks(language) && (len(s.Bureau.Registers) > 0 || s.hasAnnual(language))
}

// registerPages are the list of registers, each register, and the pages of rows
// that have one.
func (s *site) registerPages(language *locale.Language) []page {
	if !s.hasRegisters(language) {
		return nil
	}
	pages := []page{s.registersPage(language)}
	for _, r := range s.Bureau.Registers {
		pages = append(pages, s.registerPage(language, r))
		if r.Descriptor.Pages.V {
			anchors := figures.RegisterAnchors(s.source(r))
			for i := range r.Rows() {
				if s.hasItem(r, i) {
					pages = append(pages, s.registerItemPage(language, r, i, anchors[i]))
				}
			}
		}
	}
	return pages
}

// hasItem tells whether a row has a page of its own, where the rows of its register do: in
// another language only where its title is translated.
func (s *site) hasItem(r *bureau.Register, i int) bool {
	if s.version == nil {
		return true
	}
	_, found := s.version.words.Say(r.File, s.source(r).Row(i)[r.ColumnOf(bureau.ColumnTitle)].V)
	return found
}

func (s *site) registersPage(language *locale.Language) page {
	p := page{
		path: s.here(bureau.RegistersSection.Page()), language: language, section: "registers", template: "registers.html", trail: s.trail(language),
		head: Head{Title: s.title(language, language.Text(locale.Registers)), Description: language.Text(locale.RegistersLead), Column: language.Text(locale.Registers)},
	}
	p.view = func(p *page) any {
		var v Registers
		v.Other = p.others
		to := root(p.path)
		for _, r := range s.Bureau.Registers {
			link := RegisterLink{
				Href: to + s.here(r.Page()), Title: r.Title(), Description: r.Descriptor.Description.V,
				Rows: language.Text(locale.RegisterRows, r.Rows()), Late: s.lateRows(language, r), Updated: s.given(language, r.Descriptor.Updated),
			}
			v.Registers = append(v.Registers, link)
		}
		v.Reports = s.annualLinks(p)
		return v
	}
	return p
}

// lateRows says how many rows are overdue, or nothing.
func (s *site) lateRows(language *locale.Language, r *bureau.Register) string {
	n := 0
	for i := range r.Rows() {
		if progress := figures.ProgressOf(s.source(r), i, s.AsOf); progress.Late > 0 && !progress.Finished {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return language.Text(locale.RegisterLate, n)
}

func (s *site) registerPage(language *locale.Language, r *bureau.Register) page {
	d := &r.Descriptor
	p := page{
		path: s.here(r.Page()), file: r.File, language: language, section: "registers", template: "register.html", modified: latest(d.Updated),
		trail: s.trail(language, s.section(language, "registers", locale.Registers)),
		head:  Head{Title: s.title(language, r.Title()), Description: cmp.Or(d.Description.V, r.Title()), Column: language.Text(locale.Registers), Article: r.Title()},
	}
	if d.Updated.Given() {
		p.head.Published = d.Updated.V.String()
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := Register{
			Title: r.Title(), Description: d.Description.V, Sources: s.sources(p, d.Sources),
			Rows: language.Text(locale.RegisterRows, r.Rows()), Late: s.lateRows(language, r), Updated: s.given(language, d.Updated),
		}
		v.Other = p.others
		anchors := figures.RegisterAnchors(s.source(r))
		byTitle, in := map[string]int{}, []int{}
		by := r.ColumnOf(bureau.ColumnGroup)
		figures := false
		for i := range r.Rows() {
			title := ""
			if by >= 0 {
				title = r.Row(i)[by].V
			}
			g, known := byTitle[title]
			if !known {
				g = len(v.Groups)
				byTitle[title] = g
				v.Groups = append(v.Groups, RegisterGroup{ID: "g-" + strconv.Itoa(g+1), Title: title})
			}
			in = append(in, g)
			row := s.registerRow(p, r, i)
			row.ID, row.Level = anchors[i], 2
			if title != "" {
				row.Level = 3
			}
			if d.Pages.V && s.hasItem(r, i) {
				row.Href = to + s.here(registerItemPath(r, anchors[i]))
			}
			v.Groups[g].Rows = append(v.Groups[g].Rows, row)
			figures = figures || row.hasFigure()
		}
		if len(v.Groups) > 1 { // what we promised is not added to what others did
			for g := range v.Groups {
				v.Groups[g].Verdicts = s.verdicts(language, r, func(row int) bool { return in[row] == g })
			}
		} else {
			v.Verdicts = s.verdicts(language, r, func(int) bool { return true })
		}
		if by >= 0 && len(v.Groups) > 2 {
			for _, g := range v.Groups {
				if g.Title != "" {
					v.Contents = append(v.Contents, RegisterContent{Link{Href: "#" + g.ID, Title: g.Title}, g.Verdicts})
				}
			}
		}
		if d.Notes.V != "" {
			notes := s.Document(d.File)
			if notes.HasChart {
				s.charts(&p.head, p.path)
			}
			v.Notes = template.HTML(notes.HTML)
			figures = figures || notes.HasChart || notes.HasFigure
		}
		if figures || len(d.Sources) > 0 || d.DataNotice.V != "" {
			v.DataNotice = s.noticeOf(language, d.DataNotice)
		}
		v.Measures = s.measures(p)
		v.Downloads = s.published(p)
		s.describe(p)
		return v
	}
	return p
}

// verdicts say how many promises and claims of some rows of a register there are, and how
// they stand.
func (s *site) verdicts(language *locale.Language, r *bureau.Register, of func(row int) bool) []string {
	if !figures.Judges(r) {
		return nil
	}
	var words []string
	count := map[string]int{}
	for _, o := range []figures.Outcome{figures.Holds, figures.Fails, figures.Unverifiable} {
		for _, claim := range []bool{false, true} {
			word := say.Verdict(o, claim, language)
			if count[word] == 0 {
				words = append(words, word)
			}
			count[word] = 1
		}
	}
	clear(count)
	for i := range r.Rows() {
		if !of(i) {
			continue
		}
		j := s.judge(r, i)
		count[say.Verdict(j.Outcome, j.Claim, language)]++
	}
	var all []string
	for _, word := range words {
		if count[word] > 0 {
			all = append(all, language.Text(locale.RegisterVerdicts, word, count[word]))
		}
	}
	return all
}

func registerItemPath(r *bureau.Register, anchor string) string {
	return bureau.RegisterRowPage(r.Name, strings.TrimPrefix(anchor, "r-"))
}

func (s *site) registerItemPage(language *locale.Language, r *bureau.Register, i int, anchor string) page {
	title := r.Row(i)[r.ColumnOf(bureau.ColumnTitle)].V
	p := page{
		path: s.here(registerItemPath(r, anchor)), file: r.File, language: language, section: "registers", template: "register-item.html", modified: latest(r.Descriptor.Updated),
		trail: s.trail(language, s.section(language, "registers", locale.Registers), Link{Href: s.here(r.Page()), Title: r.Title()}),
		head:  Head{Title: s.title(language, title), Description: title + " - " + r.Title(), Column: r.Title(), Article: title},
	}
	p.view = func(p *page) any {
		to := root(p.path)
		v := RegisterItem{Row: s.registerRow(p, r, i), List: Link{Href: to + s.here(r.Page()) + "#" + anchor, Title: r.Title()}, Sources: s.sources(p, r.Descriptor.Sources)}
		v.Other = p.others
		if v.Row.hasFigure() || len(v.Sources) > 0 || r.Descriptor.DataNotice.V != "" {
			v.DataNotice = s.noticeOf(language, r.Descriptor.DataNotice)
		}
		return v
	}
	return p
}

func (r *RegisterRow) hasFigure() bool {
	for _, f := range r.Fields {
		for _, v := range f.Values {
			if v.Title != "" {
				return true
			}
		}
	}
	return false
}

const wideField = 30 // characters

// registerRow shows one row: its title, how it stands, and its other columns.
func (s *site) registerRow(p *page, r *bureau.Register, i int) RegisterRow {
	var row RegisterRow
	judgement := s.judge(r, i)
	progress := figures.ProgressOf(s.source(r), i, s.AsOf)
	row.Overdue = progress.Late > 0 && !progress.Finished
	switch {
	case row.Overdue:
		row.Late = p.language.Text(locale.RegisterOverdue, progress.Late)
	case progress.Late > 0:
		row.Late = p.language.Text(locale.RegisterDoneLate, progress.Late)
	}
	for n, cell := range r.Row(i) {
		column := r.Columns[n]
		switch column.Role {
		case bureau.ColumnTitle, bureau.ColumnTerm:
			row.Title = cell.V
			continue
		case bureau.ColumnID:
			row.Number = cell.V
			continue
		case bureau.ColumnState:
			row.State = cell.V
			continue
		case bureau.ColumnGroup, bureau.ColumnConsent:
			continue
		}
		f := s.registerField(p, column, cell.V)
		switch column.Role {
		case bureau.ColumnTarget:
			if goal, fault := figures.ParseGoal(cell.V); fault == nil && s.version != nil {
				f.Values = []RegisterValue{{Text: say.Goal(goal, s.version.words.Unit(r.File, goal.Unit), p.language)}}
			}
		case bureau.ColumnFigure:
			if judgement.Claim && cell.V == "" {
				continue
			}
			f = s.promisedField(p, r, i, n)
		case bureau.ColumnClaim:
			if !judgement.Claim {
				continue
			}
			f = s.claimField(p, column, judgement)
		}
		f.Wide = len(f.Values) > 1 || utf8.RuneCountInString(cell.V) > wideField || column.Type == bureau.LinkColumn // titles are long
		if len(f.Values) > 0 || f.Missing {
			row.Fields = append(row.Fields, f)
		}
		if column.Role == bureau.ColumnFigure && !judgement.Claim || column.Role == bureau.ColumnClaim {
			judge(p, &row, judgement)
		}
	}
	judge(p, &row, judgement)
	return row
}

// verdictClasses are those of the tags.
var verdictClasses = map[figures.Outcome]string{figures.Holds: "kept", figures.Fails: "broken", figures.Unverifiable: "open"}

// judge adds to a promise or a claim, once, how it stands against the figures, and by what.
func judge(p *page, row *RegisterRow, j figures.Judgement) {
	if j.Outcome == figures.Unjudged || row.Verdict != "" {
		return
	}
	row.Verdict, row.VerdictClass = say.Verdict(j.Outcome, j.Claim, p.language), verdictClasses[j.Outcome]
	f := RegisterField{Label: p.language.Text(locale.Judged), Wide: true}
	for _, text := range say.Judgement(j, p.language) {
		f.Values = append(f.Values, RegisterValue{Text: text})
	}
	f.List = len(f.Values) > 1
	row.Fields = append(row.Fields, f)
}

// promisedField shows the figures that a promise is held against: those of its period.
func (s *site) promisedField(p *page, r *bureau.Register, i, n int) RegisterField {
	f := RegisterField{Label: r.Columns[n].Title}
	for _, reference := range figures.Items(r.Row(i)[n].V) {
		statistic, row, field, fault := figures.PromisedBy(s.original(), s.source(r), i, reference, s.AsOf)
		if fault == nil && row >= 0 {
			figure := say.FigureAt(s.said(statistic), row, field, p.language)
			f.Values = append(f.Values, RegisterValue{Title: figure.Title, Text: figure.Text, Href: root(p.path) + s.place(statistic, figure.Link), Period: figure.Period, Note: figure.Note})
		}
	}
	if f.Missing = len(f.Values) == 0; figures.NothingToCount(r.Row(i)[n].V) {
		f.Missing = false
		f.Values = append(f.Values, RegisterValue{Text: p.language.Text(locale.StatusNotApplicable)})
	}
	return f
}

// claimField leads to the series that a claim is about.
func (s *site) claimField(p *page, column bureau.Column, j figures.Judgement) RegisterField {
	f := RegisterField{Label: column.Title}
	for _, c := range j.Figures {
		f.Values = append(f.Values, RegisterValue{Text: c.Of.Title() + " · " + c.Of.Fields[c.Field].Label(), Href: root(p.path) + s.place(c.Of, c.Of.Page())})
	}
	return f
}

// registerField shows one cell by the type of its column. What cannot be resolved
// is left out: it is an error already.
func (s *site) registerField(p *page, column bureau.Column, text string) RegisterField {
	f := RegisterField{Label: column.Title}
	to := root(p.path)
	add := func(v RegisterValue) { f.Values = append(f.Values, v) }
	switch column.Type {
	case bureau.DateColumn:
		if day, ok := period.ParseDay(text); ok {
			d := s.date(p.language, day)
			add(RegisterValue{Text: d.Text, ISO: d.ISO})
		}
	case bureau.FigureColumn:
		for _, reference := range figures.Items(text) {
			if statistic, row, field, fault := figures.Find(s.original(), reference); fault == nil {
				figure := say.FigureAt(s.said(statistic), row, field, p.language)
				add(RegisterValue{Title: figure.Title, Text: figure.Text, Href: to + s.place(statistic, figure.Link), Period: figure.Period, Note: figure.Note})
			}
		}
		if f.Missing = len(f.Values) == 0; figures.NothingToCount(text) {
			f.Missing = false
			add(RegisterValue{Text: p.language.Text(locale.StatusNotApplicable)})
		}
	case bureau.GuideColumn:
		for _, name := range figures.Items(text) {
			if link := s.guideNamed(p, name); link != nil {
				add(RegisterValue{Text: link.Title, Href: link.Href})
			}
		}
	case bureau.LinkColumn:
		for _, address := range figures.Items(text) {
			add(s.linkValue(p, address))
		}
	case bureau.ListColumn:
		for _, item := range figures.Items(text) {
			add(RegisterValue{Text: item})
		}
		f.List = len(f.Values) > 1
	default:
		if text != "" {
			add(RegisterValue{Text: text})
		}
	}
	return f
}

// linkValue is a link to an address. A page of the site is named by its title, in the
// language of the page that leads to it where it speaks that.
func (s *site) linkValue(p *page, address string) RegisterValue {
	v := RegisterValue{Text: address, Href: s.link(root(p.path), address)}
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" {
		return v
	}
	to := strings.TrimPrefix(u.Path, "/")
	if to == "" || strings.HasSuffix(to, "/") {
		to += "index.html"
	}
	if s.exists[s.here(to)] {
		to = s.here(to)
	}
	if title := s.titles[to]; title != "" {
		if v.Text, v.Href = title, s.root(p.path)+to; u.Fragment != "" {
			v.Href += "#" + u.EscapedFragment()
		}
	}
	return v
}

// guideNamed is the link to a guide, hukou/first-id-card, or to an area, hukou; it
// is nil where there is none.
func (s *site) guideNamed(p *page, name string) *Link {
	for _, g := range s.guidesFor(p.language) {
		if g.Area.V+"/"+g.Name == name {
			return &Link{Href: root(p.path) + s.paths[g.File], Title: g.Title.V}
		}
		if i := slices.IndexFunc(bureau.Areas, func(a bureau.Area) bool { return a.ID == name }); i >= 0 && g.Area.V == name {
			return &Link{Href: root(p.path) + s.here(bureau.AreaPage(name)), Title: p.language.Text(locale.Areas[bureau.Areas[i].ID])}
		}
	}
	return nil
}

// sources are where figures or rows come from.
func (s *site) sources(p *page, all []bureau.Source) []SourceView {
	var views []SourceView
	for _, source := range all {
		views = append(views, SourceView{
			Href: s.link(root(p.path), source.Path.V), Title: cmp.Or(source.Title.V, source.Path.V), Detail: sourceDetails(source, p.language),
		})
	}
	return views
}

// sourceDetails are who wrote a source, and when.
func sourceDetails(source bureau.Source, l *locale.Language) string {
	var details []string
	if source.Author.V != "" {
		details = append(details, source.Author.V)
	}
	if source.Issued.Given() {
		details = append(details, l.Day(source.Issued.V))
	}
	return strings.Join(details, l.Text(locale.InnerComma))
}
