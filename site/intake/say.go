package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Saying is what somebody said of a column. What is empty is left to the reading.
type Saying struct {
	Name string      // what it is called
	Role bureau.Role // period, unit, category, measure; note leaves it out
	Unit string      // that its figures count in
	Risk string      // what one of them is: person, organisation, event, none
}

// kept is what a recipe keeps of a saying; what figures count is kept by the descriptor.
func (s Saying) kept() Saying {
	s.Risk = ""
	return s
}

// Column is a column of the office's table, and what it is read as.
type Column struct {
	Header string      // its words, as Layout has them
	At     Place       // the first cell of these
	Role   bureau.Role // empty where it is left out, or only numbers the rows or gives their units
	Name   string      // of its field
	Unit   string
	Risk   string
	Said   Saying
}

// hear takes what was said of the columns of a table: by the recipe that it is read by,
// and, of columns that this does not have, by who looks at it now.
func (t *tableReader) hear() {
	t.known = t.own()
	known := t.known
	kept := map[string]Saying{}
	if known != nil {
		for _, s := range known.Said {
			role, _ := bureau.Roles.Of(s.Role.V)
			kept[s.Header.V] = Saying{Name: s.Name.V, Role: bureau.Role(role), Unit: number.NarrowPercent(s.Unit.V)}
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.layout == "" {
			continue
		}
		said := t.options.Said[c.layout]
		if known != nil && slices.Contains(header(*known), c.layout) {
			if now := said.kept(); said != (Saying{}) && (now != kept[c.layout] || now == Saying{}) {
				t.ask(c.at, problem.ImportRecipe, problem.Say("“%s”怎样读，读法“%s”里已经定了，和现在说的不一样", "how %q is read is kept in the recipe %q, and not as is said now", c.name(), known.Name),
					problem.Say("不用再说；定错了的，在 data/imports/%[1]s.yaml 的 said 和 data/stats/%[1]s.yaml 里改", "nothing has to be said; if it was wrong, change said in data/imports/%[1]s.yaml, and data/stats/%[1]s.yaml", known.Name))
			}
			said = kept[c.layout]
		} else if said != (Saying{}) && !t.sensible(c, &said) {
			continue
		}
		if c.said = said; said.Unit != "" {
			c.unit = said.Unit
		}
	}
}

// own is the recipe that a table will be read by, as group.recipe finds it; nil where
// there is none.
func (t *tableReader) own() (found *bureau.Recipe) {
	named, layout := t.options.named(0), t.layout()
	for i := range t.options.Recipes {
		r := &t.options.Recipes[i]
		ours := named == "" && t.titled(*r)
		if named != "" {
			n, numbered := strings.CutPrefix(r.Name, named+"-")
			ours = r.Name == named || numbered && strings.Trim(n, "0123456789") == "" && t.titled(*r)
		}
		if ours && (slices.Equal(layout, header(*r)) || t.options.Answers.Gained && holdsAll(layout, header(*r))) {
			if found == nil || r.Title.V == t.title { // a title in full goes before one without the sheet's name
				found = r
			}
		}
	}
	return found
}

// holdsAll tells whether words has all of was, in its order.
func holdsAll(words, was []string) bool {
	for _, w := range words {
		if len(was) > 0 && w == was[0] {
			was = was[1:]
		}
	}
	return len(was) == 0
}

// sensible tells whether what is said of a column can be, by its header alone, and asks
// where it cannot.
func (t *tableReader) sensible(c *column, said *Saying) bool {
	name := c.name()
	no := func(message, hint problem.Text) bool {
		t.ask(c.at, problem.ImportRecipe, message, hint)
		return false
	}
	said.Name = strings.TrimSpace(said.Name)
	if said.Role != "" {
		role, ok := bureau.Roles.Of(string(said.Role))
		if !ok {
			return no(problem.Say("说“%s”的角色是“%s”，没有这一种角色", "the role of %q is said to be %q, which is none", name, problem.Quote(string(said.Role))), bureau.Roles.Hint(string(said.Role)))
		}
		said.Role = bureau.Role(role)
	}
	if said.Risk != "" {
		risk, ok := bureau.Risks.Of(said.Risk)
		if !ok {
			return no(problem.Say("说“%s”数的是“%s”，没有这一种计数对象", "%q is said to count %q, which nothing counts", name, problem.Quote(said.Risk)), bureau.Risks.Hint(said.Risk))
		}
		said.Risk = risk
	}
	asFigures := said.Role == "" || said.Role == bureau.RoleMeasure
	switch unit := number.NarrowPercent(strings.TrimSpace(said.Unit)); {
	case said.Role == bureau.RoleNote && *said != (Saying{Role: bureau.RoleNote}):
		return no(problem.Say("“%s”说了不读入，又说了名称、单位或者数的是什么", "%q is said to be left out, and yet given a name, a unit, or what it counts", name),
			problem.Say("不读入的，别的都空着；要读入的，另选角色", "leave the rest empty if it is left out; else choose another role"))
	case said.Role == bureau.RolePeriod && said.Name != "":
		return no(problem.Say("“%s”说了是期间，又另起了名称", "%q is said to be the period, and yet given a name", name), problem.Say("期间一列总叫“期间”，名称空着", "the column of the period is always called 期间: leave the name empty"))
	case !asFigures && (unit != "" || said.Risk != ""):
		return no(problem.Say("“%s”说了不是数值，又说了单位或者数的是什么", "%q is said to be none of figures, and yet given a unit, or what it counts", name),
			problem.Say("是数值的，角色选“数值”；不是的，单位和计数对象空着", "choose the role of figures if it is; if not, leave the unit and what it counts empty"))
	case !c.period.IsZero() && !asFigures && said.Role != bureau.RoleNote:
		return no(problem.Say("“%s”的表头写的是时间，下面是那个时间的数，不能改作别的", "the header of %q is a time, and what stands below are its figures: it can be nothing else", cmp.Or(name, written(c.period))),
			problem.Say("角色选“数值”，或者不读入；表头写错的，在原文件里改", "choose the role of figures, or leave it out; if the header is wrong, correct it in the file"))
	case unit != "" && !number.IsUnit(unit):
		return no(problem.Say("说“%s”的单位是“%s”，不认得这个单位", "the unit of %q is said to be %q, which is not known", name, problem.Quote(said.Unit)),
			problem.Say("只写单位，例如“件”“人”“万元”“%”", "write a unit and nothing else, such as 件, 人, 万元, %"))
	case unit != "" && c.unit != "" && unit != c.unit:
		return no(problem.Say("说“%s”的单位是“%s”，表头写的是“%s”", "the unit of %q is said to be %q, and its header says %q", name, unit, c.unit),
			problem.Say("照表头的，单位空着；表头写错的，在原文件里改", "leave the unit empty if the header is right; if it is wrong, correct it in the file"))
	default:
		said.Unit = unit
	}
	if said.Name == "" {
		return true
	}
	_, unit := cutUnits(said.Name)
	switch {
	case unit != "":
		return no(problem.Say("名称“%s”里写了单位", "the name %q holds a unit", problem.Quote(said.Name)), problem.Say("单位写在“单位”一格，名称里不写", "give the unit as the unit, and not in the name"))
	case said.Name == periodField || len([]rune(said.Name)) > 60 || strings.ContainsFunc(said.Name, unicode.IsControl) || len(mentions(said.Name)) > 0 || plainWord(said.Name) != said.Name:
		return no(problem.Say("“%s”不能作一列的名称", "%q cannot be the name of a column", problem.Quote(said.Name)),
			problem.Say("写60个字以内的一行字，不写时间，也不叫“期间”", "write one line of up to 60 characters, without a time, and not 期间"))
	}
	return true
}

// saidPeriod tells whether somebody said which column is the period.
func (t *tableReader) saidPeriod() bool {
	return slices.ContainsFunc(t.columns, func(c column) bool { return c.said.Role == bureau.RolePeriod })
}

// decided gives a column the kind that its role asks for; false where nobody said any,
// or its cells do not allow it, which is asked about.
func (t *tableReader) decided(c *column, n counted) bool {
	name := c.name()
	no := func(message, hint problem.Text) bool {
		t.ask(c.at, problem.ImportRecipe, message, hint)
		c.said = Saying{}
		return false
	}
	who := whoName.MatchString(name) && !countsOf.MatchString(name) && !(c.said.Role == bureau.RoleMeasure && t.documents(c, name)) || postName.MatchString(name) && n.figures == 0 && t.all(c.index, personal)
	leave := problem.Say("角色空着，或者选“备注（不读入）”；表头写错的，在原文件里改", "leave the role empty, or choose that it is left out; if the header is wrong, correct it in the file")
	switch {
	case c.said.Role == "":
		return false
	case c.said.Role == bureau.RoleNote:
		at := c.at // what was asked of its header is asked no more
		t.questions = slices.DeleteFunc(t.questions, func(q Question) bool { return q.At == at })
		t.drop(c, problem.Say("“%s”说过不读入", "%q is said to be left out", cmp.Or(name, written(c.period))))
		return true
	case who:
		return no(problem.Say("“%s”是个人信息，说了也不读入", "%q is personal data, and is not read whatever is said", name), leave)
	case n.figures+n.others+n.days == 0 && t.known != nil:
		return false // it has nothing this time
	case n.figures+n.others+n.days == 0:
		return no(problem.Say("“%s”整列空着，说不了它是什么", "%q is empty throughout: nothing can be said of it", name), leave)
	case c.said.Role == bureau.RolePeriod:
		if !t.all(c.index, func(v table.Value) bool { return t.periodCell(v) || yearText(v) != 0 }) {
			return no(problem.Say("“%s”说了是期间，各格写的却不都是时间", "%q is said to be the period, and not all of its cells are times", name),
				problem.Say("角色改选“分类”；确实是期间的，在原文件里每一格写成“2026年9月”这样的形式", "choose a category; if it is the period, write each cell in the file as 2026年9月"))
		}
		c.kind = when
	case c.said.Role == bureau.RoleMeasure:
		switch {
		case ranked.MatchString(name):
			return no(problem.Say("“%s”是名次，不能读作数值：单位之间不排名", "%q is a rank, and cannot be read as figures: units are not ranked", name), leave)
		case n.figures == 0:
			return no(problem.Say("“%s”说了是数值，各格写的却不是数", "%q is said to hold figures, and its cells hold none", name),
				problem.Say("角色改选“分类”或者“备注（不读入）”；应当是数的，请报送单位写成数", "choose a category, or that it is left out; if these should be numbers, have them written so"))
		}
		c.kind = figure
	default:
		c.kind = key
	}
	return true
}

// answered asks about what was said of a column and does not go with what it is read as.
func (t *tableReader) answered() {
	periods := 0
	for i := range t.columns {
		c := &t.columns[i]
		said, name := c.said, cmp.Or(c.name(), c.layout)
		if c.kind == when || c.kind == whenYear {
			if periods++; periods > 1 && t.saidPeriod() {
				t.ask(c.at, problem.ImportRecipe, problem.Say("“%s”和前面的一列都是期间", "%q and a column before it are both the period", name), problem.Say("期间只选一列，另一列选“分类”或者“备注（不读入）”", "choose one of them as the period, and the other as a category, or as left out"))
			}
		}
		switch {
		case said == Saying{} || said.Role != "" || t.known != nil:
		case c.kind == dropped || c.kind == units:
			t.ask(c.at, problem.ImportRecipe, problem.Say("“%s”不是要读入的列，说了它的名称、单位或者数的是什么", "%q is not read, and was given a name, a unit, or what it counts", name),
				problem.Say("要读入的，先选它的角色；不读入的，都空着", "choose its role first if it is to be read; if not, leave all of it empty"))
		case c.kind != figure && (said.Unit != "" || said.Risk != ""), c.kind != figure && c.kind != key && said.Name != "":
			t.ask(c.at, problem.ImportRecipe, problem.Say("“%s”读作期间或者分类，说的单位、计数对象或者名称用不上", "%q is read as the period or a category: the unit, what it counts or the name does not apply", name),
				problem.Say("是数值的，角色选“数值”；不是的，这几格空着", "choose the role of figures if it is; if not, leave these empty"))
		}
	}
	if t.becomes == bureau.RecipeStatistic && hasKind(t.columns, units) {
		for _, c := range t.columns {
			if c.kind == figure && c.said.Unit != "" {
				t.ask(c.at, problem.ImportRecipe, problem.Say("各行有自己的单位，又说了“%s”的单位", "rows have units of their own, and yet a unit of %q is said", c.name()), problem.Say("单位空着，照各行写的读", "leave the unit empty: it is read from each row"))
			}
		}
	}
}

// unsaid asks about sayings of a table that has no use for them: the columns of ledgers
// and registers are known by their names.
func (t *tableReader) unsaid() {
	for _, c := range t.columns {
		if c.said == (Saying{}) {
			continue
		}
		message := problem.Say("这张表读成清单，“%s”怎样读不能另说", "the table is read as a register, and nothing can be said of %q", c.name())
		if t.becomes == bureau.RecipeLedger {
			message = problem.Say("这张表读成台账，“%s”怎样读不能另说", "the table is read as a ledger, and nothing can be said of %q", c.name())
		}
		t.ask(c.at, problem.ImportRecipe, message, problem.Say("各列凭表头认：在原文件里改表头；不公开的列，删去", "its columns are known by their headers: change these in the file; delete a column that is not public"))
	}
}

// called is what a column is called: by who said it, or else by its header.
func (c column) called() []string {
	if c.said.Name != "" {
		return []string{c.said.Name}
	}
	return c.words
}

// unheard asks about sayings of columns that no table has.
func (result *Result) unheard(file string, o Options, tables []*tableReader) {
	for _, words := range slices.Sorted(maps.Keys(o.Said)) {
		if o.Said[words] == (Saying{}) || slices.ContainsFunc(tables, func(t *tableReader) bool {
			return slices.ContainsFunc(t.columns, func(c column) bool { return c.layout == words })
		}) {
			continue
		}
		result.Questions = append(result.Questions, Question{At: Place{File: file}, Rule: problem.ImportRecipe, Message: problem.Say("说的“%s”这一列，文件里没有", "the file has no column %q, of which something was said", problem.Quote(words)),
			Hint: problem.Say("文件换过的，重新打开这一页，看过再说", "if the file is another one now, open the page anew and look at it")})
	}
}

// protection orders what one of a count may be by how much it is protected.
var protection = []string{"none", "event", "organisation", "person"}

// riskOf is what one unit of a measure is, by its name and, where somebody gave it that,
// by the office's own words, too: a new name does not take protection away.
func (b *builder) riskOf(i int, words []string) string {
	f := b.Fields[i]
	risk := figures.RiskOf(b.Title, f.Name, f.Unit, words...)
	if f.office == "" || f.office == f.Name {
		return risk
	}
	before := figures.RiskOf(b.Title, f.office, f.Unit, words...)
	if slices.Index(protection, before) > slices.Index(protection, risk) {
		return before
	}
	return risk
}

// protect gives a measure the risk that somebody said; less than what its name and its
// unit say is asked about.
func (b *builder) protect(i int, words []string) {
	f := &b.Fields[i]
	said := f.said.Risk
	if said == "" {
		return
	}
	natural := b.riskOf(i, words)
	if f.Type == "percent" {
		natural = "none"
	}
	ask := func(message, hint problem.Text) { b.ask(f.At, problem.ImportRecipe, message, hint) }
	zh := func(id string) string { return bureau.Risks[bureau.Risks.Index(id)].ZH }
	switch {
	case f.Type == "percent" && said != "none":
		ask(problem.Say("“%s”是百分数，不是数出来的，说了数的是“%s”", "%q is in per cent and counts nothing, and is said to count %q", f.Name, zh(said)), problem.Say("计数对象空着，或者选“无”", "leave what it counts empty, or choose none"))
	case b.pivot:
		ask(problem.Say("各行数的不是一样的东西，不能按列说数的是“%s”", "the rows count unlike things: what they count cannot be said of the column as %q", zh(said)), problem.Say("计数对象空着；读入以后在 data/stats/%s.yaml 里逐列写 risk", "leave what it counts empty, and write risk for each column of data/stats/%s.yaml once it is read", b.Name))
	case slices.Index(protection, said) < slices.Index(protection, natural):
		ask(problem.Say("“%s”的名称或者单位说的是“%s”，说了数的是“%s”，保护就少了", "the name or the unit of %[1]q says %[2]q, and it is said to count %[3]q: it would be protected less", f.Name, zh(natural), zh(said)),
			problem.Say("计数对象空着，照名称和单位保护；表头或者单位写错的，在原文件里改", "leave what it counts empty, and it is protected by its name and unit; if these are wrong, correct the file"))
	default:
		f.Risk = said
		name := f.Name
		b.Taken = slices.DeleteFunc(b.Taken, func(t Taken) bool { return t.Field == name })
	}
}

// unitsSaid asks about a column that somebody said to hold units, where it holds others.
func (b *builder) unitsSaid(i int) {
	f := &b.Fields[i]
	if f.Role != bureau.RoleUnit {
		return
	}
	if slices.ContainsFunc(b.Fields[:i], func(f Field) bool { return f.Role == bureau.RoleUnit }) {
		b.ask(b.Heads[0], problem.ImportRecipe, problem.Say("“%s”和前面的一列都说是单位", "%q and a column before it are both said to hold units", f.Name), problem.Say("单位只选一列，另一列选“分类”", "choose one of them, and the other as a category"))
		return
	}
	for _, r := range b.Rows {
		c := r.Cells[i]
		if c.Text == "" || bureau.KindOf(c.Text) != bureau.DataRow || b.options.Units[c.Text] {
			continue
		}
		b.ask(c.At(), problem.ImportRecipe, problem.Say("“%s”说了是单位，data/units.csv 里没有“%s”", "%q is said to hold units, and data/units.csv has no %q", f.Name, problem.Quote(c.Text)),
			problem.Say("在 data/units.csv 里加上它，或者角色改选“分类”", "add it to data/units.csv, or choose a category"))
		return
	}
}

// columnsOf tells what each column of the office's table was read as.
func (b *builder) columnsOf() {
	first := b.group.tables[0]
	keys, last := 1, 1+len(first.keys) // fields of the key columns
	if b.group.sheets {
		keys, last = keys+1, last+1
	}
	if first.sections {
		keys++
	}
	if b.pivot {
		last--
	}
	for _, c := range first.columns {
		of := Column{Header: c.layout, At: c.at, Unit: c.unit, Said: c.said}
		at := -1 // its field
		switch c.kind {
		case when, whenYear, whenPart:
			at, of.Unit = 0, ""
		case key:
			of.Role, of.Name = bureau.RoleCategory, join(c.called())
			if keys < last { // else its items are columns
				at = keys
			}
			keys++
		case figure:
			of.Role, of.Name = bureau.RoleMeasure, join(c.called())
			at = slices.IndexFunc(b.Fields, func(f Field) bool { return f.column == c.layout && f.Role == bureau.RoleMeasure })
			if b.pivot {
				at = -1
			}
		}
		if at >= 0 {
			f := b.Fields[at]
			of.Role, of.Name, of.Unit, of.Risk = f.Role, f.Name, f.Unit, f.Risk
		}
		if c.layout != "" && !slices.ContainsFunc(b.Columns, func(o Column) bool { return o.Header == c.layout }) {
			b.Columns = append(b.Columns, of)
		}
	}
}
