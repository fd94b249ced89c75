package intake

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// sort decides what a table becomes: what the recipe with its header says; else a ledger
// where its columns say what came in, when, and how it stands; else a statistic where
// figures stand under a header, and a register where none do.
func (t *tableReader) sort() {
	if r := t.remembered(); r != nil {
		t.becomes = r.Becomes()
	} else if t.isLedger() {
		t.becomes = bureau.RecipeLedger
	}
	if t.becomes == bureau.RecipeLedger || t.becomes == bureau.RecipeRegister {
		return
	}
	known, skipped := t.becomes != "", t.skipped
	columns := slices.Clone(t.columns)
	t.becomes = bureau.RecipeStatistic
	t.kinds()
	if !hasKind(t.columns, figure) && slices.ContainsFunc(columns, func(c column) bool { return c.said.Role != "" }) {
		t.skipped, t.columns = skipped, slices.Clone(columns)
		for i := range t.columns {
			t.columns[i].said = Saying{}
		}
		t.kinds()
		t.ask(t.columns[0].at, problem.ImportRecipe, problem.Say("照说的读，就没有一列是数值了", "read as is said, no column would be one of figures"), problem.Say("至少留一列数值；这张表不要的，从收件夹里拿走", "leave one column of figures at least; if the table is not wanted, take the file out of the inbox"))
	}
	if !known && t.isRegister() {
		t.becomes, t.skipped, t.columns = bureau.RecipeRegister, skipped, columns
	}
}

// remembered gives the recipe that has the header of a table: the one that the command
// names, or has its title, before any other.
func (t *tableReader) remembered() (found *bureau.Recipe) {
	layout, rank := t.layout(), 0
	for i, r := range t.options.Recipes {
		n := 1
		switch {
		case !slices.Equal(layout, header(r)):
			continue
		case r.Name == t.options.As || r.Name == t.options.Recipe:
			n = 3
		case t.titled(r):
			n = 2
		}
		if n > rank {
			found, rank = &t.options.Recipes[i], n
		}
	}
	return found
}

// isRegister tells whether a table is one of texts: it has no column of figures, nothing
// says what its figures would count in, and nothing was asked that may keep them from being
// read.
func (t *tableReader) isRegister() bool {
	return len(t.questions) == 0 && !hasKind(t.columns, figure) && t.unit == "" && len(t.several) == 0 &&
		!slices.ContainsFunc(t.columns, func(c column) bool { return c.unit != "" || !c.period.IsZero() }) &&
		slices.ContainsFunc(t.columns, func(c column) bool { return c.kind != dropped })
}

// matterColumn gives the column of a ledger that a column is by one of its names, and the
// name; both are empty where it is none.
func (c column) matterColumn() (name, word string) {
	if len(c.words) == 0 {
		return "", ""
	}
	for _, w := range []string{c.name(), c.words[len(c.words)-1]} {
		before, _, _ := number.CutBrackets(w) // 收到时间（年月日）
		for _, w := range []string{w, before} {
			if name := load.MatterColumn(w); name != "" {
				return name, w
			}
		}
	}
	if serialName.MatchString(c.name()) {
		return serialKey, serialKey
	}
	return "", ""
}

// isLedger tells whether a table has columns for what came in, for the day on which it
// did, and for how it stands.
func (t *tableReader) isLedger() bool {
	needed := slices.Clone(neededColumns)
	for _, c := range t.columns {
		name, _ := c.matterColumn()
		needed = slices.DeleteFunc(needed, func(n string) bool { return n == name })
	}
	return len(needed) == 0
}

// without says of a table that nothing is made of it.
func (result *Result) without(t *tableReader) {
	result.Skipped = append(result.Skipped, table.Skipped{Sheet: t.Name, Range: t.area().String(), Why: problem.Say("没有数的表", "a table without figures")})
	result.Parts = append(result.Parts, Part{Sheet: t.Name, Range: t.area(), As: PartOut})
}

// beside leaves out the tables of texts that nobody ever took for registers, where they
// stand beside others: they may be instructions, or who signed.
func (result *Result) beside(tables []*tableReader) []*tableReader {
	unasked := func(t *tableReader) bool {
		return t.becomes == bureau.RecipeRegister && !slices.ContainsFunc(t.options.Recipes, func(r bureau.Recipe) bool {
			return r.Becomes() == bureau.RecipeRegister && (slices.Equal(t.layout(), header(r)) || t.title != "" && t.titled(r))
		})
	}
	if !slices.ContainsFunc(tables, func(t *tableReader) bool { return !unasked(t) }) {
		return tables
	}
	return slices.DeleteFunc(tables, func(t *tableReader) bool {
		left := unasked(t)
		if left {
			result.without(t)
		}
		return left
	})
}

// reading makes of a group what it becomes.
func (g *group) reading(o Options, n int) *Reading {
	switch g.tables[0].becomes {
	case bureau.RecipeLedger:
		return g.ledger(o, n)
	case bureau.RecipeRegister:
		return g.register(o, n)
	}
	return g.statistic(o, n)
}

// left says of a column that it is not read, and why.
func (t *tableReader) left(c column, why problem.Text) {
	letters := strings.TrimRight(bureau.CellName(c.index, 0), "0123456789")
	t.skipped = append(t.skipped, table.Skipped{Sheet: t.Name, Range: letters, Why: why})
}

// isPersonal tells whether a column says who somebody is.
func (t *tableReader) isPersonal(c column) bool {
	return whoName.MatchString(c.name()) || postName.MatchString(c.name()) && t.all(c.index, personal)
}

// cellOf gives the cell of a column, or the one that is merged downwards over it.
func (t *tableReader) cellOf(i, column int) (table.Value, bool) {
	v, ok := t.at(i, column)
	if !ok {
		v, ok = t.mergedDown(i, column)
	}
	return v, ok
}

// shown is the text of a cell in a list: a day is written out.
func shown(v table.Value) string {
	if v.Kind == table.DayValue {
		return v.Day.String()
	}
	return strings.TrimSpace(v.Text)
}

// whole tells whether a row holds more than its number. One that fills a single cell is
// asked about: it may be a heading, a note, or the title of another table.
func (t *tableReader) whole(i int) bool {
	cells := t.Rows[i].Cells
	if len(t.columns) < 2 || len(cells) > 1 {
		return true
	}
	v := cells[0]
	if n := slices.IndexFunc(t.columns, func(c column) bool { return c.index == v.Column }); n >= 0 && numberish(v) && serialName.MatchString(t.columns[n].name()) {
		t.skipped = append(t.skipped, table.Skipped{Sheet: t.Name, Range: t.place(i, v.Column).Cell, Why: problem.Say("只有序号的行", "a row that holds its number alone")})
		t.rowAs(i, PartOut)
		return false
	}
	if _, merged := t.inMerged(i, t.columns[0].index); !merged {
		t.ask(t.place(i, v.Column), problem.ImportHeader, problem.Say("这一行只有“%s”一格：是小标题、说明，还是另一张表？", "the row holds %q alone: is it a heading, a note, or another table?", problem.Quote(v.Text)),
			problem.Say("是这张表的一行的，把别的格填上；小标题写成“一、…”，或者另加一列；说明移到表的最后，以“注：”开头；另一张表放到别的工作表", "if it is a row, fill in its cells; write a heading as 一、…, or as a column; move a note to the end and begin it with 注：; put another table on a sheet of its own"))
	}
	return true
}

// relayout says what to do about a ledger or a register whose layout is another one.
func relayout(r bureau.Recipe) problem.Text {
	if r.Becomes() == bureau.RecipeLedger {
		return problem.Say("表确实改了的，在 data/imports/%s.yaml 的 header 里照新的表头改好，再导入；没有改的，请报送单位按原来的表式重报", "if the table did change, change header in data/imports/%s.yaml to the new one and import again; if not, ask for it in the old layout", r.Name)
	}
	return problem.Say("表确实改了的，在 data/imports/%[1]s.yaml 的 header 里照新的表头改好（要公开的新列，还要加进它的 columns、data/registers/%[1]s.csv 的表头和 data/registers/%[1]s.yaml 的 columns），再导入；没有改的，请报送单位按原来的表式重报", "if the table did change, change header in data/imports/%[1]s.yaml to the new one (and add a new column that is public to columns there, to the header of data/registers/%[1]s.csv and to columns of data/registers/%[1]s.yaml), and import again; if not, ask for it in the old layout", r.Name)
}
