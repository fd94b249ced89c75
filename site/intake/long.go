package intake

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// The names of columns that no header gives.
const (
	periodField = "期间"
	countField  = "数量"
	itemKey     = "项目"
	sheetKey    = "单位"
	serialKey   = "序号"
)

// group is the tables of several sheets that are one statistic.
type group struct {
	tables []*tableReader
	title  string
	sheets bool // the name of the sheet tells the rows apart
}

// together puts the tables that are alike and stand on different sheets into one: of
// other months, or of other units. Where their titles differ in the names of the sheets
// alone, the title is what is left without.
func together(all []*tableReader) []*group {
	var groups []*group
	for _, t := range all {
		layout := strings.Join(t.layout(), "\n")
		i := slices.IndexFunc(groups, func(g *group) bool {
			first := g.tables[0]
			return (g.title == t.title || first.titleWithout(first.Name) == t.titleWithout(t.Name)) && first.becomes == t.becomes && strings.Join(first.layout(), "\n") == layout &&
				!slices.ContainsFunc(g.tables, func(o *tableReader) bool {
					a, b := o.setting.period, t.setting.period
					return o.Name == t.Name && (a.IsZero() || b.IsZero() || overlap(a, b))
				})
		})
		if i < 0 {
			groups = append(groups, &group{tables: []*tableReader{t}, title: t.title})
			continue
		}
		g := groups[i]
		if g.tables = append(g.tables, t); g.title != t.title {
			g.title = t.titleWithout(t.Name)
		}
	}
	for _, g := range groups {
		g.parted()
	}
	return groups
}

// apart tells whether there is a table with the same header and another title, in the file or
// among the recipes: 刑事案件 and 治安案件, each with 立案.
func (g *group) apart(groups []*group, recipes []bureau.Recipe) bool {
	own := g.tables[0].layout()
	other := func(title string, layout []string) bool {
		return title != "" && g.title != "" && title != g.title && slices.Equal(layout, own)
	}
	return slices.ContainsFunc(groups, func(o *group) bool { return other(o.title, o.tables[0].layout()) }) ||
		slices.ContainsFunc(recipes, func(r bureau.Recipe) bool { return other(r.Title.V, header(r)) })
}

// titleWithout is the title of a table without the name of its sheet, where that is
// more than the whole of it.
func (t *tableReader) titleWithout(sheet string) string {
	title := t.title
	if sheet != "" && strings.Contains(title, sheet) {
		if left := titleOf(strings.Replace(title, sheet, "", 1)); left != "" {
			return left
		}
	}
	return title
}

// titled tells whether a table has the title of a recipe. Where that is of several
// sheets, one of them may come alone.
func (t *tableReader) titled(r bureau.Recipe) bool {
	return r.Title.V == t.title || r.BySheet.V && r.Title.V == t.titleWithout(t.Name)
}

// layout is what a recipe remembers of the columns of a table: their words, with
// columns that differ in their period alone as one.
func (t *tableReader) layout() (words []string) {
	words, _ = t.layoutAt()
	return words
}

func (t *tableReader) layoutAt() (words []string, at []Place) {
	for _, c := range t.columns {
		if c.layout == "" {
			continue
		}
		if strings.Contains(c.layout, AnyPeriod) && slices.Contains(words, c.layout) {
			continue
		}
		words, at = append(words, c.layout), append(at, c.at)
	}
	return words, at
}

// parted decides whether the name of the sheet has to tell the rows of a group apart:
// where two of its tables are of one period.
func (g *group) parted() {
	seen := map[period.Period]bool{}
	for _, t := range g.tables {
		own := map[period.Period]bool{}
		for o := range t.figures {
			p := o.period
			p.Text = ""
			own[p] = true
		}
		for p := range own {
			if seen[p] {
				g.sheets = true
			}
			seen[p] = true
		}
	}
	if len(g.tables) == 1 {
		g.sheets = false
	}
	for _, t := range g.tables {
		if g.sheets && summary.MatchString(t.Name) {
			t.ask(t.place(t.head[0], t.columns[0].index), problem.ImportTotal, problem.Say("工作表“%s”像是别的工作表加起来的，不是和它们并列的一个", "the sheet %q seems to be the sum of the others, and none beside them", problem.Quote(t.Name)),
				problem.Say("删去这张工作表，或者把它放在另一个文件里，另写标题", "delete the sheet, or put it into a file of its own, with another title"))
		}
	}
}

// begin gives what every reading of a group has, whatever it becomes.
func (g *group) begin(o Options, n int) *Reading {
	first := g.tables[0]
	known, questions := g.recipe(o, n)
	if known != nil && first.titled(*known) {
		g.title = known.Title.V
	}
	r := &Reading{Becomes: first.becomes, File: first.file, Title: g.title, Titled: g.title != "", Office: first.office, Range: first.area().String(), Known: known, Questions: questions, answers: o.Answers}
	if known != nil {
		r.Name = known.Name
		g.sheets = g.sheets || known.BySheet.V
	} else {
		r.Name = o.named(n)
	}
	r.Layout, r.Heads = first.layoutAt()
	for _, c := range first.columns {
		if s := (saying{c.layout, c.said.kept()}); s.Saying != (Saying{}) && !slices.Contains(r.sayings, s) {
			r.sayings = append(r.sayings, s)
		}
	}
	for _, t := range g.tables {
		if t.Name != "" {
			r.Sheets = append(r.Sheets, t.Name)
		}
		r.Questions = append(r.Questions, t.questions...)
		r.Skipped = append(r.Skipped, t.skipped...)
		r.Totals = append(r.Totals, t.totals...)
	}
	return r
}

// statistic makes the long table of a group.
func (g *group) statistic(o Options, n int) *Reading {
	r := g.begin(o, n)
	b := builder{Reading: r, group: g, options: o, rows: map[string]int{}, fields: map[string]int{}}
	b.items()
	b.keyFields()
	b.fill()
	b.types()
	b.propose()
	b.ended()
	b.columns()
	b.columnsOf()
	b.marks()
	return r
}

// area is the range of a table, header and rows.
func (t *tableReader) area() table.Range {
	r := table.Range{Row: t.Rows[t.head[0]].Row, Column: 1 << 30, LastRow: t.Rows[t.rows[len(t.rows)-1]].Row}
	for _, c := range t.columns {
		r.Column, r.LastColumn = min(r.Column, c.index), max(r.LastColumn, c.index)
	}
	return r
}

// builder makes one long table.
type builder struct {
	*Reading
	group   *group
	options Options

	pivot  bool   // the items of the last key become columns
	unit   string // of all items, where their names give one and the same
	serial bool   // 序号 tells rows apart
	rows   map[string]int
	fields map[string]int // measures by name
	first  int            // the first field that is a measure
}

// items decides whether the names of the rows are things of unlike units, each a
// column of its own, or categories of one.
func (b *builder) items() {
	found, risks := map[string]bool{}, map[string]bool{}
	named := false
	for _, t := range b.group.tables {
		for o := range t.figures {
			if len(o.keys) == 0 || o.total {
				continue
			}
			name, unit := cutUnits(o.keys[len(o.keys)-1].Text)
			if unit == "" {
				unit = cmp.Or(o.unit, t.columns[o.column].unit)
			} else {
				named = true
			}
			found[unit] = true
			if len(t.columns[o.column].words) == 0 { // the item alone says what is counted
				risks[figures.RiskOf(b.Title, name, unit)] = true
			}
		}
		named = named || hasKind(t.columns, units)
	}
	switch {
	case b.Known != nil && len(b.Questions) == 0:
		b.pivot = b.Known.ByItem.V
	case named && len(found) > 1:
		b.pivot = true
	case len(risks) > 1:
		b.pivot = true
	}
	if named && !b.pivot && len(found) == 1 {
		for unit := range found {
			b.unit = unit
		}
	}
	b.pivot = b.pivot && len(b.group.tables[0].keys) > 0
	b.ByItem, b.BySheet = b.pivot, b.group.sheets
}

// keyFields gives the statistic its period and its categories.
func (b *builder) keyFields() {
	first := b.group.tables[0]
	b.Fields = append(b.Fields, Field{Name: periodField, Role: bureau.RolePeriod, Type: "string"})
	if b.group.sheets {
		b.Fields = append(b.Fields, Field{Name: sheetKey, Role: bureau.RoleCategory, Type: "string"})
	}
	keys := first.keys
	if b.pivot {
		keys = keys[:len(keys)-1]
	}
	for n, name := range keys {
		if name == "" {
			name = itemKey
		}
		said := first.keysSaid[n]
		if said.Name != "" && b.field(name) >= 0 {
			b.ask(b.Heads[0], problem.ImportRecipe, problem.Say("有两列都叫“%s”", "two columns are called %q", problem.Quote(name)), problem.Say("给其中一列另起名称", "give one of them another name"))
		}
		if name == periodField || b.field(name) >= 0 {
			name += "名称"
		}
		b.Fields = append(b.Fields, Field{Name: name, Role: cmp.Or(said.Role, bureau.RoleCategory), Type: "string", said: said})
	}
	b.serial = b.collide()
	if b.serial {
		b.Fields = append(b.Fields, Field{Name: serialKey, Role: bureau.RoleCategory, Type: "string"})
	}
	b.first = len(b.Fields)
}

// nameless gives the column of names of persons that was left out; empty where there is none.
func (b *builder) nameless() string {
	for _, t := range b.group.tables {
		for _, c := range t.columns {
			if c.who {
				return c.name()
			}
		}
	}
	return ""
}

// collide tells whether two rows have one name that their numbers part. Where the names of persons
// were left out, a row is one person's, and no number makes it another thing.
func (b *builder) collide() bool {
	if b.nameless() != "" || !slices.ContainsFunc(b.group.tables, func(t *tableReader) bool {
		return slices.ContainsFunc(t.columns, func(c column) bool { return c.serial })
	}) {
		return false
	}
	type figure struct{ row, column int }
	seen := map[figure]string{} // the serial of the row where it stood first
	rows, columns := index{}, index{}
	parted := false
	for n, t := range b.group.tables {
		for o := range t.figures {
			if !t.stays(o) {
				continue
			}
			name, _ := b.measureOf(t, o)
			key := figure{rows.of(b.nameOf(n, o)), columns.of(name)}
			before, known := seen[key]
			if known && (o.serial == "" || before == o.serial) {
				return false
			}
			parted = parted || known
			seen[key] = o.serial
		}
	}
	return parted
}

// index numbers names in the order in which they come.
type index map[string]int

func (x index) of(name string) int {
	n, known := x[name]
	if !known {
		n = len(x)
		x[name] = n
	}
	return n
}

// stays tells whether a figure stands in the long table: a total over periods does not.
func (t *tableReader) stays(o observed) bool {
	c := t.columns[o.column]
	if t.skipsTotal(o.row) {
		return false
	}
	return !(c.period.IsZero() && t.across() && len(c.words) > 0 && isTotalWord(c.words[len(c.words)-1]))
}

// keysOf gives the texts that name the row of a figure.
func (b *builder) keysOf(n int, o observed) []Cell {
	var keys []Cell
	t := b.group.tables[n]
	if b.group.sheets {
		keys = append(keys, Cell{t.Name, spot{in: t.source}})
	}
	keys = append(keys, o.keys...)
	if b.pivot {
		keys = keys[:len(keys)-1]
	} else if len(o.keys) > 0 && b.unit != "" {
		last := &keys[len(keys)-1]
		last.Text, _ = cutUnits(last.Text)
	}
	if b.serial {
		keys = append(keys, Cell{o.serial, o.at})
	}
	return keys
}

// nameOf names the row of a figure.
func (b *builder) nameOf(n int, o observed) string {
	name := o.period.Start.String() + o.period.End.String()
	if o.period.AsOf {
		name += "."
	}
	for _, k := range b.keysOf(n, o) {
		name += "\x00" + k.Text
	}
	return name
}

// measureOf names the column that a figure stands in, and gives its unit.
func (b *builder) measureOf(t *tableReader, o observed) (name, unit string) {
	c := t.columns[o.column]
	words := c.called()
	unit = c.unit
	if b.pivot {
		item, own := cutUnits(o.keys[len(o.keys)-1].Text)
		switch {
		case own != "":
			unit = own
		case o.unit != "":
			unit = o.unit
		}
		if c.unit == "%" && compared.MatchString(c.name()) {
			unit = "%"
		}
		if c.name() == countField || c.name() == "数值" || c.name() == "数" {
			words = nil
		}
		words = append([]string{item}, words...)
	} else if b.unit != "" && unit != "%" {
		unit = b.unit
	} else if o.unit != "" && unit != "%" {
		unit = o.unit
	}
	if name = join(words); name == "" {
		name = countField
	}
	if unit != "" {
		name += "（" + unit + "）"
	}
	return name, unit
}

// fill puts every figure into its row and column.
func (b *builder) fill() {
	for n, t := range b.group.tables {
		row, last := 0, observed{}
		for o := range t.figures {
			if !t.stays(o) || o.period.IsZero() {
				continue
			}
			name, unit := b.measureOf(t, o)
			f, known := b.fields[name]
			if !known {
				f = len(b.Fields)
				b.fields[name] = f
				at := t.columns[o.column].at
				if b.pivot {
					at = o.keys[len(o.keys)-1].At()
				}
				c := &t.columns[o.column]
				field := Field{Name: name, Role: bureau.RoleMeasure, Unit: unit, At: at, column: c.layout, said: c.said}
				if c.said.Name != "" {
					field.office = c.name()
				}
				b.Fields = append(b.Fields, field)
				if b.field(name) < f {
					b.ask(at, problem.ImportHeader, problem.Say("有两列都叫“%s”", "two columns are called %q", problem.Quote(name)), problem.Say("改一列的表头，使两列的名称不同", "give one of them another name"))
				}
			}
			if o.entry != last.entry || o.period != last.period {
				row, last = b.rowOf(n, o), o
			}
			cells := &b.Rows[row].Cells
			for len(*cells) < len(b.Fields) {
				*cells = append(*cells, Cell{})
			}
			if before := (*cells)[f]; before.at.in != nil {
				b.twice(o, before.at, name)
				continue
			}
			(*cells)[f] = Cell{b.textOf(o, unit), o.at}
		}
	}
	width := len(b.Fields)
	rows := b.Rows[:0]
	for _, r := range b.Rows {
		for len(r.Cells) < width {
			r.Cells = append(r.Cells, Cell{})
		}
		if !slices.ContainsFunc(r.Cells[b.first:], func(c Cell) bool { return c.Text != "" }) {
			why := []string{r.Cells[0].Text}
			for _, k := range r.Cells[1:b.first] {
				why = append(why, k.Text)
			}
			b.Skipped = append(b.Skipped, table.Skipped{Sheet: r.Cells[0].At().Sheet, Range: r.Cells[0].At().Cell, Why: problem.Say("没有数：%s", "there are no figures: %s", problem.Quote(strings.Join(why, " ")))})
			continue
		}
		rows = append(rows, r)
	}
	b.Rows = rows
}

// rowOf gives the row that a figure stands in, which it begins where there is none.
func (b *builder) rowOf(n int, o observed) int {
	name := b.nameOf(n, o)
	i, known := b.rows[name]
	if !known {
		i = len(b.Rows)
		b.rows[name] = i
		o.period.Text = written(o.period)
		cells := make([]Cell, 0, len(b.Fields)) // as many as there will be, but in the first rows
		cells = append(append(cells, Cell{o.period.Text, o.at}), b.keysOf(n, o)...)
		b.Rows = append(b.Rows, Row{Period: o.period, Cells: cells, total: o.total})
	}
	return i
}

// twice asks about two figures for one thing.
func (b *builder) twice(o observed, first spot, field string) {
	before := first.place()
	if first.in == o.at.in && first.row == o.at.row {
		b.ask(o.at.place(), problem.ImportName, problem.Say("有两列都叫“%s”：另一列的数在%s", "two columns are called %q: the figure of the other one is at %s", problem.Quote(field), before.Cell),
			problem.Say("改一列的表头，使两列的名称不同", "give one of them another name"))
		return
	}
	name := written(o.period)
	for _, k := range o.keys {
		name += " " + k.Text
	}
	if who := b.nameless(); who != "" {
		b.ask(o.at.place(), problem.ImportName, problem.Say("“%s”有两行：另一行在%s；能分清各行的“%s”写的是谁，不读入", "%q stands twice: the other one is at %s; what tells the rows apart, %q, says who it is, and is not read", problem.Quote(name), before.Cell, who),
			problem.Say("按单位或者班组汇总，一个单位一行；要分开公布的，加一列不是人名的名称，例如“班组”", "add the rows up by unit or team, one row each; if they are to be published apart, add a column with names that are none of persons, such as 班组"))
		return
	}
	b.ask(o.at.place(), problem.ImportName, problem.Say("“%s”有两行：另一行在%s", "%q stands twice: the other one is at %s", problem.Quote(name), before.Cell),
		problem.Say("重复的删去一行；是两件事的，加一列写明分别是什么，或者加一列“序号”", "delete one of them; if they are two things, add a column that says what each is, or one of numbers, 序号"))
}

// textOf is the text of a figure as it stands in the CSV: what the office shows.
func (b *builder) textOf(o observed, unit string) string {
	v := o.value
	switch v.Kind {
	case table.NumberValue, table.PercentValue:
		s := v.Text
		if v.Shown < 0 || s == "" {
			if s = v.Digits; v.Kind == table.PercentValue && s != "" {
				s += "%"
			}
		}
		if n, err := number.Parse(s, unit); err == nil && n.Value == n.Value {
			return s
		}
		return v.Digits
	case table.ErrorValue, table.EmptyFormula:
		return ""
	case table.DayValue, table.MonthValue, table.TruthValue:
		b.ask(o.at.place(), problem.ImportNumber, problem.Say("“%s”不是数", "%q is not a number", problem.Quote(v.Text)), problem.Say("填上数值；单元格的格式是日期的，改成常规再填", "write the figure; if the cell has the format of a date, change that first"))
		return ""
	}
	s := strings.TrimSpace(v.Text)
	if s == "" || b.Known != nil && slices.Contains(b.options.Missing[b.Known.Name], s) {
		return s
	}
	if _, err := number.Parse(s, unit); err != nil {
		hint := err.Hint
		if err.Rule == problem.CSVMissingValue {
			hint = problem.Say("没有数据的写 [x]，不适用的写 [z]，尚未报送的写 [w]，是零的写0；或者清空这一格", "write [x] where there are no data, [z] where it does not apply, [w] where it is not yet reported, 0 for zero; or empty the cell")
		}
		message := err.Message
		if err.Rule == problem.CSVDigits { // it may be an identity number, which no message quotes
			message = problem.Say("这个数超过15位，电子表格已不能准确保存；也可能是证件号", "the number has more than 15 digits, which a spreadsheet cannot keep exactly; it may be an identity number")
		}
		b.ask(o.at.place(), problem.ImportNumber, message, hint)
	}
	return s
}

// ended asks about figures of a time that has not ended yet.
func (b *builder) ended() {
	for _, r := range b.Rows {
		if b.options.AsOf == 0 || r.Period.End <= b.options.AsOf {
			continue
		}
		at := r.Cells[0].At()
		for _, c := range r.Cells[b.first:] {
			if c.Text != "" {
				at = c.At()
				break
			}
		}
		b.ask(at, problem.ImportPeriod, problem.Say("%s还没有结束（今天是%s），已经有数了", "%s has not ended (it is %s), and there are figures of it", r.Cells[0].Text, b.options.AsOf),
			problem.Say("核对是哪一期的数；数没有错的，等这一期结束以后再导入", "check which period they are of; if they are right, import them once it has ended"))
		return
	}
}

// columns holds the columns against those of the recipe: one that is new, an item of
// another name, is asked about.
func (b *builder) columns() {
	if b.Known == nil || len(b.Questions) > 0 {
		return
	}
	for _, f := range b.Fields {
		if !b.strange(f.Name) {
			continue
		}
		if b.options.Answers.Gained && f.Role == bureau.RoleMeasure {
			b.Gained = append(b.Gained, f.Name)
			continue
		}
		at := f.At
		if at.Cell == "" {
			at = b.Heads[0]
		}
		b.ask(at, problem.ImportLayout, problem.Say("多了“%s”，以前没有这一项", "%q is new: it was not there before", problem.Quote(f.Name)),
			problem.Say("名称写错的，改正；确实是新的数，核对以后加 --add-columns 再导入：%s；是新的分类，加 --as 另取一个名称读成新的统计", "correct the name if it is wrong; if they are new figures, look them over and import the file again with --add-columns: %s; if it is a new category, read it as a new statistic with --as", command(b.File, "--add-columns")))
		b.answerable(AnswerColumns)
	}
}

// strange tells whether a column is one that the recipe does not have.
func (r *Reading) strange(name string) bool {
	return r.Known != nil && !slices.ContainsFunc(r.Known.Columns, func(c bureau.String) bool { return c.V == name })
}
