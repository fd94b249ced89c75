package intake

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// The columns of a ledger that are more than texts and days.
const (
	idColumn     = load.IDColumn
	answerColumn = load.AnswerColumn
	ledgerColumn = "账本"
	cameColumn   = "收到日期"
	aboutColumn  = "摘要"
	unitColumn   = "承办单位"
	stateColumn  = "状态"
)

// neededColumns are those without which a table is no ledger: what came in, when, and how
// it stands.
var neededColumns = []string{cameColumn, aboutColumn, stateColumn}

// columnID is the role of what tells the rows of a ledger or a register apart.
const columnID = bureau.Role(bureau.ColumnID)

// isDay tells whether a column of a ledger holds days.
func isDay(column string) bool {
	return column == cameColumn || slices.ContainsFunc(bureau.MatterSteps[:], func(s bureau.MatterStep) bool { return s.ZH == column })
}

// isStep tells whether a column holds the days of a step that an office may keep none of.
func isStep(column string) bool {
	return isDay(column) && column != cameColumn && column != bureau.MatterSteps[bureau.Answered].ZH
}

// ledger makes the matters of a group: its columns by their synonyms, read as load reads
// a list that an office keeps.
func (g *group) ledger(o Options, n int) *Reading {
	g.sheets = g.ofOneTime()
	r := g.begin(o, n)
	r.BySheet = g.sheets
	r.entitle()
	for _, name := range load.MatterColumns() {
		if load.IsNote(name) && !g.hasColumn(name) {
			continue
		}
		f := Field{Name: name, Type: "string"}
		switch {
		case name == idColumn:
			f.Role = columnID
		case isDay(name):
			f.Type = "date"
		}
		r.Fields = append(r.Fields, f)
	}
	for _, t := range g.tables {
		questions, skipped := len(t.questions), len(t.skipped)
		m := matters{tableReader: t, into: r, by: map[string]column{}, words: map[string]string{}}
		m.read()
		r.mark(t, m.as())
		r.Questions = append(r.Questions, t.questions[questions:]...)
		r.Skipped = append(r.Skipped, t.skipped[skipped:]...)
	}
	r.onceEach()
	return r
}

// hasColumn tells whether a table of the group has that column of a ledger.
func (g *group) hasColumn(name string) bool {
	return slices.ContainsFunc(g.tables, func(t *tableReader) bool {
		return slices.ContainsFunc(t.columns, func(c column) bool {
			of, _ := c.matterColumn()
			return of == name
		})
	})
}

// entitle gives a reading its title and its name where nothing else does.
func (r *Reading) entitle() {
	r.Title = cmp.Or(r.Title, titleOf(fileTitle(r.File)))
	r.Name = cmp.Or(r.Name, text.Slug(r.Title))
}

// ofOneTime tells whether two sheets of a group are of one time, so that the name of the
// sheet has to tell their rows apart.
func (g *group) ofOneTime() bool {
	for i, t := range g.tables {
		if slices.ContainsFunc(g.tables[:i], func(o *tableReader) bool { return same(o.setting.period, t.setting.period) }) {
			return true
		}
	}
	return false
}

// matters reads one table of a ledger.
type matters struct {
	*tableReader
	into   *Reading
	by     map[string]column // the office's columns by those of the ledger
	words  map[string]string // by which name of these
	header []string          // the columns of cells
	cells  [][]Cell          // as they stand, of each row that is a matter
}

func (m *matters) read() {
	m.choose()
	if !m.numbered() {
		return
	}
	m.heading()
	for n, i := range m.rows {
		if first := m.Rows[i].Cells[0]; bureau.KindOf(plainWord(first.Text)) == bureau.TotalRow {
			m.skipped = append(m.skipped, table.Skipped{Sheet: m.Name, Range: m.place(i, first.Column).Cell, Why: problem.Say("合计行，不是一件事项", "a total, and no matter")})
			m.rowAs(i, PartTotal)
			continue
		}
		if m.whole(i) {
			m.row(n, i)
		}
	}
	m.understand()
}

// choose finds the column of each field, and says of the others that they are left out.
func (m *matters) choose() {
	for _, c := range m.columns {
		name, word := m.columnOf(c)
		before, twice := m.by[name]
		switch {
		case name == "" && m.isPersonal(c):
			m.left(c, problem.Say("“%s”是个人信息，不读入", "%q is personal data and is not read", c.name()))
		case name == "" && len(c.words) == 0:
			m.left(c, problem.Say("没有表头的列", "a column without a header"))
		case name == "":
			m.left(c, problem.Say("“%s”不是台账的列，不读入", "%q is no column of a ledger, and is not read", c.name()))
		case twice:
			m.ask(c.at, problem.ImportHeader, problem.Say("“%s”和“%s”都是台账的“%s”", "%q and %q are both the column %q of a ledger", before.name(), c.name(), name),
				problem.Say("改一列的表头：写怎样答复的叫“答复”；不公开的换成别的名称，就不读入", "change one of the headers: what says the answer is called 答复; one that is not public is given any other name, and is left out"))
		default:
			m.by[name], m.words[name] = c, word
			if i := m.into.field(name); i >= 0 && m.into.Fields[i].Head == "" {
				m.into.Fields[i].Head, m.into.Fields[i].At = c.name(), c.at
			}
		}
	}
	// The answer may stand behind the status.
	if f := &m.into.Fields[m.into.field(answerColumn)]; f.Head == "" && load.Combines(m.words[stateColumn]) {
		f.Head, f.At = m.by[stateColumn].name(), m.by[stateColumn].at
	}
}

// columnOf gives the column of the ledger that a column is, and by which name. A column 编号
// of small numbers counts the rows: it begins anew.
func (m *matters) columnOf(c column) (name, word string) {
	name, word = c.matterColumn()
	counts := func(v table.Value) bool {
		return len(v.Text) <= 4 && strings.Trim(v.Text, "0123456789") == ""
	}
	if name == idColumn && m.all(c.index, counts) {
		return serialKey, serialKey
	}
	return name, word
}

// numbered tells whether the matters have numbers, of their own or of their rows, and
// whether all is there that makes a ledger.
func (m *matters) numbered() bool {
	for _, name := range neededColumns {
		if _, ok := m.by[name]; !ok {
			m.ask(m.into.Heads[0], problem.ImportHeader, problem.Say("读作台账，却没有“%s”这一列", "it is read as a ledger, and has no column %q", name),
				problem.Say("加上这一列；不是台账的，删去 data/imports/ 里它的读法，再导入", "add the column; if it is no ledger, delete its recipe in data/imports/ and import again"))
			return false
		}
	}
	_, own := m.by[idColumn]
	if _, serial := m.by[serialKey]; own || serial {
		return true
	}
	m.ask(m.into.Heads[0], problem.ImportHeader, problem.Say("台账没有“编号”，也没有“序号”，各件事项没有自己的名称", "the ledger has neither 编号 nor 序号, and its matters have no names"),
		problem.Say("加一列“编号”，一件事项一个，以后不变；没有编号的，加一列“序号”", "add a column 编号, one for each matter, that stays; or else a column 序号"))
	return false
}

// row takes the cells of a matter as they stand.
func (m *matters) row(n, i int) {
	cells := make([]Cell, len(m.header))
	for k, name := range m.header {
		c, ok := m.by[name]
		if !ok {
			if name == ledgerColumn {
				cells[k] = Cell{m.ledgerOf(n), m.spot(i, m.Rows[i].Cells[0].Column)}
			}
			continue
		}
		v, _ := m.cellOf(i, c.index)
		cells[k] = Cell{shown(v), m.spot(i, c.index)}
		switch {
		case isDay(name) && v.Kind == table.NumberValue:
			m.ask(cells[k].At(), problem.ImportPeriod, problem.Say("“%s”是数，看不出是哪一天", "%q is a number, and does not tell a day", problem.Quote(v.Text)),
				problem.Say("在表格软件里把这一格设为日期，或者写成“9月10日”这样的文字", "give the cell the format of a day in the office program, or write it as a text, such as 9月10日"))
		case name == idColumn && (v.Kind == table.DayValue || v.Kind == table.MonthValue):
			m.ask(cells[k].At(), problem.ImportName, problem.Say("编号成了日期“%s”", "the number has become a day, %q", problem.Quote(v.Text)),
				problem.Say("在表格软件里把这一列设为文本，再把编号重新填上", "give the column the format of text in the office program, and write the number again"))
		}
	}
	m.cells = append(m.cells, cells)
}

// heading takes the columns of cells: those of the office, then those that a list must
// have. Without 编号 it is made of 序号.
func (m *matters) heading() {
	for _, c := range m.columns {
		if name, _ := m.columnOf(c); name != "" && m.by[name].index == c.index {
			m.header = append(m.header, name)
		}
	}
	_, serial := m.by[serialKey]
	for _, name := range load.MatterColumns() {
		switch {
		case slices.Contains(m.header, name) || load.IsNote(name):
		case name == idColumn && serial:
		case name == answerColumn && load.Combines(m.words[stateColumn]):
		default:
			m.header = append(m.header, name)
		}
	}
	if _, ok := m.by[ledgerColumn]; ok {
		return
	}
	for n := range m.rows {
		if m.ledgerOf(n) == "" {
			m.ask(m.into.Heads[0], problem.ImportHeader, problem.Say("没有写是哪一本账（%s）", "nothing says which ledger it is (%s)", strings.Join(m.options.Ledgers, "、")),
				problem.Say("加一列“类别”，每一行写上；整张表是同一本账的，写在标题里", "add a column 类别 that says it in every row; where all of the table is of one ledger, say so in its title"))
			return
		}
	}
}

// ledgerOf gives the ledger of a row where no column does: that of the heading over it, of
// the sheet, of the title.
func (m *matters) ledgerOf(n int) string {
	for _, said := range []string{m.section[n], m.Name, m.title} {
		var named []string
		for _, l := range m.options.Ledgers {
			if strings.Contains(said, l) {
				named = append(named, l)
			}
		}
		if len(named) == 1 {
			return named[0]
		}
	}
	return ""
}

// of is the time that the table is of, for days that leave their year out.
func (m *matters) of() period.Period {
	p := m.setting.period
	if p.IsZero() && m.setting.year != 0 {
		p, _ = inYear("", m.setting.year)
	}
	return p
}

// prefix stands before 序号 in the number of a matter: it makes the first of one month
// another than that of the next.
func (m *matters) prefix() string {
	parts := []string{m.into.Name}
	switch p := m.of(); {
	case p.IsZero():
	case p.AsOf || p.Days() <= 31:
		parts = append(parts, p.End.String()[:len("2026-10")])
	case p.Frequency() == period.Yearly:
		parts = append(parts, fmt.Sprint(yearOf(p)))
	default:
		parts = append(parts, text.Slug(written(p)))
	}
	if m.into.BySheet && m.Name != "" {
		parts = append(parts, text.Slug(m.Name))
	}
	return strings.Join(parts, "-")
}

// understand reads the matters of the table as a build will read them, and takes what it
// understood: days with their years, the status and the answer apart.
func (m *matters) understand() {
	if len(m.cells) == 0 || len(m.questions) > 0 {
		return
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	record := make([]string, len(m.header))
	for k, name := range m.header {
		if record[k] = name; m.words[name] != "" {
			record[k] = m.words[name]
		}
	}
	w.Write(record)
	for _, cells := range m.cells {
		for k, c := range cells {
			record[k] = c.Text
		}
		w.Write(record)
	}
	w.Flush()
	read, problems := load.MattersOf(m.prefix()+".csv", b.Bytes(), m.of())
	place := func(cell string) Place {
		column, row, ok := bureau.ParseCell(cell)
		if !ok || column >= len(m.header) || row > len(m.cells) {
			return m.into.Heads[0]
		}
		if row > 0 {
			if at := m.cells[row-1][column].At(); at.Cell != "" {
				return at
			}
			return m.cells[row-1][0].At()
		}
		return m.by[m.header[column]].at
	}
	for _, p := range problems {
		if p.Severity == problem.Error {
			m.ask(place(p.Cell), p.Rule, p.Message, p.Hint)
		}
	}
	if len(m.questions) > 0 {
		return
	}
	row := map[int]*bureau.Matter{}
	for i := range read {
		_, n, _ := bureau.ParseCell(read[i].ID.At.Cell)
		row[n-1] = &read[i]
	}
	for n, cells := range m.cells {
		matter := row[n]
		if matter == nil {
			m.ask(cells[0].At(), problem.ImportName, problem.Say("这一行读不成一件事项", "the row cannot be read as a matter"),
				problem.Say("一件事项写成一行，各格填上；不是事项的删去", "write a matter in one row with its cells filled in; delete what is none"))
			continue
		}
		m.take(matter, cells)
	}
}

// take adds a matter to the reading.
func (m *matters) take(matter *bureau.Matter, cells []Cell) {
	spots := map[string]spot{}
	for k, name := range m.header {
		spots[name] = cells[k].at
	}
	if _, ok := spots[idColumn]; !ok {
		spots[idColumn] = spots[serialKey]
	}
	if _, ok := spots[answerColumn]; !ok {
		spots[answerColumn] = spots[stateColumn]
	}
	if p := m.of(); !p.IsZero() && matter.Received.V > p.End {
		m.ask(spots[cameColumn].place(), problem.ImportPeriod, problem.Say("这张表是%s的，这一件%s才收到", "the table is of %s, and this was received on %s", written(p), matter.Received.V),
			problem.Say("核对收到日期和标题，改正其中一个", "check the day and the title, and correct one of them"))
	}
	row := Row{}
	texts := map[string]string{}
	for i, cell := range load.MatterCells(matter) {
		texts[matterColumns[i]] = cell.V
	}
	for _, f := range m.into.Fields {
		cell := Cell{texts[f.Name], spots[f.Name]}
		if _, kept := m.by[f.Name]; !kept && isStep(f.Name) {
			cell.Text = bureau.Unkept
		}
		row.Cells = append(row.Cells, cell)
	}
	m.into.Rows = append(m.into.Rows, row)
}

// onceEach asks about two matters of one number, and, where their numbers are those of
// their rows, about two that nothing else tells apart.
func (r *Reading) onceEach() {
	numbers, same := map[string]Cell{}, map[string]Cell{}
	for _, row := range r.Rows {
		id := row.Cells[r.field(idColumn)]
		if first, twice := numbers[text.Slug(id.Text)]; twice {
			r.ask(id.At(), problem.ImportName, problem.Say("编号（序号）重复：另一件在%s", "the number is that of another matter, at %s", first.At().Cell),
				problem.Say("一件事项一行，编号和序号都不能重复；重复的删去一行", "write each matter once, with a number of its own; delete the row if it is the same"))
			continue
		}
		numbers[text.Slug(id.Text)] = id
		about := row.Cells[r.field(aboutColumn)]
		if first, twice := same[r.content(row)]; twice && !r.ownNumbers() {
			r.ask(about.At(), problem.ImportName, problem.Say("两件事项的收到日期和摘要都一样：另一件在%s", "two matters have one day of receipt and one summary: the other is at %s", first.At().Cell),
				problem.Say("是同一件的，删去一行；是两件的，在摘要里写明区别，或者加一列“编号”", "delete one of them if they are the same; if not, say in the summary how they differ, or add a column 编号"))
			continue
		}
		same[r.content(row)] = about
	}
}

// ownNumbers tells whether the office gives its matters numbers.
func (r *Reading) ownNumbers() bool { return r.Fields[r.field(idColumn)].Head != "" }

// Lacks tells whether the office has no such column in its ledger.
func (r *Reading) Lacks(column string) bool { return r.Fields[r.field(column)].Head == "" }

// Unkept tells whether the office keeps no days of a step in its ledger.
func (r *Reading) Unkept(column string) bool { return isStep(column) && r.Lacks(column) }

// content is what a matter is known by where it has no number of its own.
func (r *Reading) content(row Row) string {
	return row.Cells[r.field(ledgerColumn)].Text + "\x00" + row.Cells[r.field(cameColumn)].Text + "\x00" + row.Cells[r.field(aboutColumn)].Text
}

var matterColumns = load.MatterColumns()
