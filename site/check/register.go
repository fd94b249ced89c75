package check

import (
	"net/url"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Register holds every cell of a register against the role and the type of its
// column, as of a day.
func Register(b *bureau.Bureau, r *bureau.Register, asOf period.Date) problem.List {
	c := register{bureau: b, Register: r, asOf: asOf}
	if !r.Described && len(r.Columns) > 0 {
		c.Warn(r.Columns[0].At, problem.RegistersNoDescriptor,
			problem.Say("这份清单没有说明文件，各列按文字发布", "the register has no descriptor, so all its columns are published as text"),
			problem.Say("新建 %s，写上 title（标题）和 columns（列）", "create %s with title and columns", bureau.RegisterDescriptorKind.Beside(r.File)))
	}
	documentState(&c.List, r.Descriptor.Status)
	if r.Described && r.Descriptor.Title.V == "" {
		c.Warn(problem.Position{File: r.Descriptor.File, Line: 1}, problem.RegistersTitle,
			problem.Say("没有写标题（title）", "the title is missing"),
			problem.Say("加一行“title: …”；现在用文件名代替", "add a line title: …; the file name is used for now"))
	}
	c.List = append(c.List, Sources(r.Descriptor.Sources)...)
	future(&c.List, r.Descriptor.Updated, asOf, problem.RegistersFuture)
	for i := range r.Rows() {
		for n, column := range r.Columns {
			c.cell(column, r.Row(i)[n])
		}
		c.place(i)
		c.consent(i)
		c.progress(i)
		c.promise(i)
	}
	c.terms()
	c.closed()
	return c.List
}

// closed refuses a list that is kept elsewhere: one that says of some of its rows that they
// are not public, and the applications for information, of which only the number is.
func (c *register) closed() {
	names := map[string]bool{}
	for n, column := range c.Columns {
		names[column.Name] = true
		if column.Name != "是否公开" && column.Name != "publish" {
			continue
		}
		for i := range c.Rows() {
			if cell := c.Row(i)[n]; cell.V != "" && bureau.YesNo.Index(cell.V) != 0 {
				c.Error(cell.At, problem.InquiryPublish,
					problem.Say("这一行写明不公开，放在这里却会照样公布", "this row is not to be published, and here it would be"),
					problem.Say("咨询建言放到 %s（sunshine new inquiries）；其他清单删去不公开的行，再删去这一列", "inquiries belong into %s (sunshine new inquiries); of another list delete the rows that are not public, and then this column", bureau.InquiriesKind.Folder()))
				return
			}
		}
	}
	if names["申请人类别"] && (names["答复结果"] || names["延期告知日期"]) {
		c.Error(c.Columns[0].At, problem.InquiryPublish,
			problem.Say("这是信息公开申请的台账，逐件不公布", "these are applications for information, which are not published one by one"),
			problem.Say("放到 %s（sunshine new requests），网页只列件数", "put it into %s (sunshine new requests); the page gives their number alone", bureau.RequestsKind.Folder()))
	}
}

type register struct {
	problem.List
	*bureau.Register
	bureau *bureau.Bureau
	asOf   period.Date
}

// cell holds one cell against its column.
func (c *register) cell(column bureau.Column, cell bureau.String) {
	if cell.V == "" {
		if column.Required || column.Role == bureau.ColumnTitle || column.Role == bureau.ColumnTerm {
			c.Error(cell.At, problem.RegistersRequired,
				problem.Say("“%s”一格没有填", "the cell of \"%s\" is empty", problem.Quote(column.Name)),
				problem.Say("填上这一格，或者删去这一行", "fill it in, or delete the row"))
		}
		return
	}
	switch column.Type {
	case bureau.DateColumn:
		if _, ok := period.ParseDay(cell.V); !ok {
			c.Error(cell.At, problem.RegistersDate,
				problem.Say("“%s”不是一个日期", "\"%s\" is not a date", problem.Quote(cell.V)),
				problem.Say("写成 2026-01-05 或者 2026年1月5日，并确认有这一天", "write it as 2026-01-05, and make sure that the day exists"))
		}
	case bureau.FigureColumn:
		if figures.NothingToCount(cell.V) {
			return
		}
		if column.Role == bureau.ColumnFigure {
			return // promise looks at it, with the period of its row
		}
		for _, reference := range figures.Items(cell.V) {
			if _, _, _, fault := figures.Find(c.bureau, reference); fault != nil {
				c.Error(cell.At, problem.RegistersFigure, fault.Message, fault.Hint)
			}
		}
	case bureau.GuideColumn:
		for _, name := range figures.Items(cell.V) {
			c.guide(name, cell.At)
		}
	case bureau.LinkColumn:
		for _, address := range figures.Items(cell.V) {
			message, hint, ok := bureau.AddressFault(address)
			if u, err := url.Parse(address); ok && (err != nil || u.Scheme == "" && u.Path == "") {
				message, ok = problem.Say("“%s”不是可用的地址", "\"%s\" is not an address that can be linked", problem.Quote(address)), false
				hint = problem.Say("写 https:// 开头的网址，或者从网站根目录起的站内地址，如 /guides/hukou/", "write an address that begins with https://, or one from the site's root, /guides/hukou/")
			}
			if !ok {
				c.Error(cell.At, problem.RegistersLink, message, hint)
			}
		}
	}
}

// place wants the figures of a row to be those of the place that the row is of.
func (c *register) place(row int) {
	cells, at := c.Row(row), c.ColumnOf(bureau.ColumnPlace)
	place := ""
	if at >= 0 {
		place = cells[at].V
	}
	for i, column := range c.Columns {
		of := func(string) (*bureau.Statistic, *problem.Fault) { return nil, nil }
		switch {
		case column.Role == bureau.ColumnClaim:
			of = func(text string) (*bureau.Statistic, *problem.Fault) { return figures.Claimed(c.bureau, text) }
		case column.Type == bureau.FigureColumn: // of a promise, the period may be left open
			of = func(text string) (*bureau.Statistic, *problem.Fault) {
				s, _, _, fault := figures.Promised(c.bureau, text, period.Period{}, c.asOf)
				return s, fault
			}
		}
		for _, reference := range figures.Items(cells[i].V) {
			s, fault := of(reference)
			if s == nil || fault != nil {
				continue // said already
			}
			if fault := figures.Misplaced(c.bureau, s, place, problem.Say("角色为 place（地区）的一列", "the column with the role place")); fault != nil {
				c.Error(cells[i].At, problem.RegistersPlace, fault.Message, fault.Hint)
			}
		}
	}
}

// guide wants a guide, or an area of guides, that is published.
func (c *register) guide(name string, at problem.Position) {
	var known []string
	for _, g := range c.bureau.Guides {
		if g.Status.V == "draft" {
			continue
		}
		full := g.Area.V + "/" + g.Name
		if name == full || name == g.Area.V {
			return
		}
		if !slices.Contains(known, full) {
			known = append(known, full)
		}
	}
	hint := problem.Meant(name, known, problem.Say("改正名称，写成“类别/文件名”，例如 hukou/first-id-card；还没有这份指南的，写到 data/guides/ 里", "correct the name, which is area/file name, such as hukou/first-id-card; a guide that does not exist yet is written into data/guides/"))
	c.Error(at, problem.RegistersGuide,
		problem.Say("这里写着有办事指南“%s”，网站上却没有", "the guide \"%s\" is named here but is not on the site", problem.Quote(name)), hint)
}

// consent wants the reference of a written consent in a row that names a private
// person.
func (c *register) consent(row int) {
	cells := c.Row(row)
	consent := c.ColumnOf(bureau.ColumnConsent)
	for i, column := range c.Columns {
		if column.Role != bureau.ColumnPerson || cells[i].V == "" || consent >= 0 && cells[consent].V != "" {
			continue
		}
		c.Error(cells[i].At, problem.RegistersConsent,
			problem.Say("“%s”写了个人姓名，却没有本人书面同意的编号", "\"%s\" names a private person without the reference of a written consent", problem.Quote(column.Name)),
			problem.Say("在角色为 consent（同意书）的一列写上同意书编号（该列不公布），或者只写职务、单位", "give the reference in the column with the role consent, which is not published, or write the office instead"))
	}
}

// progress holds the day on which a row was done against the day that it is and
// against the state of the row.
func (c *register) progress(row int) {
	done, state := c.ColumnOf(bureau.ColumnDone), c.ColumnOf(bureau.ColumnState)
	if done < 0 {
		return
	}
	cells := c.Row(row)
	day, ok := period.ParseDay(cells[done].V)
	if ok && day > c.asOf {
		c.Error(cells[done].At, problem.RegistersFuture,
			problem.Say("办结日期%s晚于今天（%s）", "the day of completion, %s, is after today (%s)", day, c.asOf),
			problem.Say("还没有办结的，这一格留空", "leave the cell empty until it is completed"))
	}
	if ok && state >= 0 && cells[state].V != "" && len(c.Descriptor.DoneStates) > 0 && !figures.Finished(c.Register, cells[state].V) {
		c.Error(cells[state].At, problem.RegistersState,
			problem.Say("状态是“%s”，却写了办结日期%s", "the state is \"%s\", but a day of completion is given, %s", problem.Quote(cells[state].V), day),
			problem.Say("核对状态和办结日期，改正写错的一处", "check the state and the day, and correct the wrong one"))
	}
}

// terms refuses a word that two rows of a glossary explain.
func (c *register) terms() {
	term, aliases := c.ColumnOf(bureau.ColumnTerm), c.ColumnOf(bureau.ColumnAliases)
	if term < 0 {
		return
	}
	first := map[string]string{} // where a word is explained
	for i := range c.Rows() {
		cells := c.Row(i)
		words := []string{cells[term].V}
		at := []problem.Position{cells[term].At}
		if aliases >= 0 {
			for _, alias := range figures.Items(cells[aliases].V) {
				words, at = append(words, alias), append(at, cells[aliases].At)
			}
		}
		for n, word := range words {
			key := strings.ToLower(word)
			if other := first[key]; other != "" {
				c.Error(at[n], problem.RegistersTerm,
					problem.Say("“%s”在 %s 里已有解释", "\"%s\" is explained in %s already", problem.Quote(word), other),
					problem.Say("一个名词只解释一次，删去其中一处", "explain a term once; delete one of the two"))
			} else if word != "" {
				first[key] = at[n].Cell
			}
		}
	}
}

// registerLinks holds the addresses of the site itself in registers against the
// files of the site, by their paths.
func registerLinks(registers []*bureau.Register, files map[string]bool) problem.List {
	var problems problem.List
	for _, r := range registers {
		for i := range r.Rows() {
			for n, cell := range r.Row(i) {
				if r.Columns[n].Type != bureau.LinkColumn {
					continue
				}
				for _, address := range figures.Items(cell.V) {
					local(&problems, cell.At, address, files)
				}
			}
		}
	}
	return problems
}
