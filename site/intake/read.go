package intake

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// Options are what a reader of tables knows of the bureau.
type Options struct {
	As, Recipe string              // the name that the command gives
	Recipes    []bureau.Recipe     // those that there are
	Units      map[string]bool     // the names of units.csv
	Ledgers    []string            // the ledgers of site.yaml
	Missing    map[string][]string // by statistic, texts instead of figures to which it gives a meaning
	AsOf       period.Date         // the day that it is: no figure is of a time that has not ended
	Answers    Answers
	Said       map[string]Saying // by the words of a header (Reading.Layout), of tables that are read for the first time
}

// tableReader reads one table of a sheet.
type tableReader struct {
	region
	becomes string // statistic, ledger, register
	options Options
	known   *bureau.Recipe // whose header and title it has
	setting setting
	title   string
	office  string
	unit    string   // of the whole table: 单位：起
	several []string // more than one of them: 单位：起、人

	columns   []column
	running   []running
	problems  problem.List
	questions []Question
	skipped   []table.Skipped
	totals    []Total
	marked    []Part           // of the lines above it
	odd       map[int]PartKind // rows of the sheet that are read as something else than their columns
	keys      []string         // the names of the key columns
	keysSaid  []Saying         // what was said of each
	entries   []entry          // one for each row
	latest    period.Period    // of those in the header
}

// entry is what names the figures of one row.
type entry struct {
	keys   []Cell
	when   period.Period // zero where the row says none
	unit   string
	serial string // of a row that 序号 tells from another
	total  bool
}

// observed is one cell of figures with all that names it.
type observed struct {
	*entry
	row    int // the row of the table, from 0: what stands together stays together
	column int // index in columns
	period period.Period
	value  table.Value
	at     spot
}

// figures gives every figure of the table, row by row.
func (t *tableReader) figures(yield func(observed) bool) {
	for n, i := range t.rows {
		for ci := range t.columns {
			c := &t.columns[ci]
			if c.kind != figure {
				continue
			}
			v, _ := t.at(i, c.index)
			if !yield(observed{&t.entries[n], n, ci, t.when(n, ci), v, t.spot(i, c.index)}) {
				return
			}
		}
	}
}

// when gives the period of a figure.
func (t *tableReader) when(row, column int) period.Period {
	c, whole := &t.columns[column], t.setting.period
	switch {
	case !c.period.IsZero():
		return crossed(c.period, t.entries[row].when, c.guessed)
	case !t.entries[row].when.IsZero():
		return t.entries[row].when
	case !t.latest.IsZero() && (whole.IsZero() || compared.MatchString(c.name())):
		return t.comparedIn(column) // of a comparison: the one that it is of
	}
	return whole
}

// crossed is the period of a figure at which two cross: months in the rows and years across, or the
// other way round.
func crossed(column, row period.Period, guessed bool) period.Period {
	switch n := row.Months(); {
	case row.IsZero():
	case column.Frequency() == period.Yearly && 0 < n && n < 12:
		return inYearOf(row, yearOf(column))
	case row.Frequency() == period.Yearly && guessed:
		return inYearOf(column, yearOf(row))
	}
	return column
}

func (t *tableReader) ask(at Place, rule problem.Rule, message, hint problem.Text) {
	t.questions = append(t.questions, Question{At: at, Rule: rule, Message: message, Hint: hint})
}

// year is that of periods that leave it out.
func (t *tableReader) year() int { return t.setting.year }

// read reads a region in its setting.
func (t *tableReader) read(inherited setting) {
	t.lines(inherited)
	t.headerOf()
	t.hear()
	t.broken()
	if t.sort(); t.becomes != bureau.RecipeStatistic {
		t.unsaid()
		return
	}
	t.answered()
	t.checkRunning()
	t.ahead()
	t.comparedTo()
	t.inUnits()
	t.observe()
	t.sums()
}

// lines reads the lines above a table, the name of its sheet and that of its file:
// title, period, unit, office.
func (t *tableReader) lines(inherited setting) {
	var labelled, titled []setting
	loose := "" // a period without its year
	for _, l := range t.above {
		label, labelAt := "", 0
		for _, v := range l.cells {
			at, from, as := t.place(l.row, v.Column), v.Column, PartOther
			s := narrowDigits(plainWord(v.Text))
			name, value, ok := cutLabel(s)
			if !ok && label != "" {
				name, value, ok, from = label, s, true, labelAt
			}
			label = ""
			if ok && value == "" {
				label, labelAt = name, v.Column
				continue
			}
			switch {
			case ok && fillLabel.MatchString(name):
			case ok && unitLabel.MatchString(name) && len(unitsOf(value)) > 0:
				t.unit, t.several = "", nil
				t.counts(unitsOf(value))
				as = PartUnit
			case ok && unitLabel.MatchString(name) && looksLikeUnits(value):
				t.ask(at, problem.ImportUnit, problem.Say("“%s”是什么单位，看不出来", "nothing says what unit %q is", problem.Quote(value)), problem.Say("写一个单位，例如“单位：起”；各列单位不同的，写在表头，例如“接警（起）”", "write one unit, as 单位：起; where columns have units of their own, give them in the header, as 接警（起）"))
			case ok && (office.MatchString(name) || unitLabel.MatchString(name)):
				t.office, as = value, PartOffice
			case ok && whenLabel.MatchString(name):
				as = PartPeriod
				if v.Kind == table.MonthValue {
					labelled = append(labelled, setting{monthOf(v.Day), at, yearOf(monthOf(v.Day))})
				} else if p, err := period.Parse(value, period.Options{}); err == nil {
					labelled = append(labelled, setting{p, at, yearOf(p)})
				} else if all := about(value, false); len(all) == 1 {
					labelled = append(labelled, all[0].setting(at))
				} else if m := partial.FindString(value); m != "" {
					loose = m
				} else {
					as = PartOther
				}
			case ok && (whoName.MatchString(name) || strings.HasSuffix(name, "人")):
			case v.Kind == table.DayValue || v.Kind == table.NumberValue:
			case v.Kind == table.MonthValue:
				titled = append(titled, setting{monthOf(v.Day), at, yearOf(monthOf(v.Day))})
				as = PartPeriod
			default:
				as = t.titleLine(s, at, &titled, &loose)
			}
			if as == PartTitle { // the one before it is none then
				for n := range t.marked {
					if t.marked[n].As == PartTitle {
						t.marked[n].As = PartOther
					}
				}
			}
			row := t.Rows[l.row].Row
			t.marked = append(t.marked, Part{Sheet: t.Name, Range: table.Range{Row: row, Column: from, LastRow: row, LastColumn: v.Column}, As: as})
		}
	}
	t.settle(labelled, titled, inherited, loose)
}

// titleLine takes what a title says: the name of the table or of the office, a unit
// at its end, periods. It tells what the line is by the most that it says.
func (t *tableReader) titleLine(s string, at Place, titled *[]setting, loose *string) (as PartKind) {
	if n := len(*titled); n > 0 && asOfLine.MatchString(s) && !(*titled)[n-1].period.IsZero() {
		t.until(s, at, (*titled)[n-1].period)
		return PartPeriod
	}
	if m := partOfMonth.FindString(s); m != "" {
		t.ask(at, problem.ImportPeriod, problem.Say("“%s”是从几日到几日，看不出来", "%q does not say from which day to which", problem.Quote(m)), problem.Say("写成起止日期，例如“2026年9月1日至7日”", "write the days, as 2026年9月1日至7日"))
	}
	if m := shortDated.FindString(s); m != "" {
		t.ask(at, problem.ImportPeriod, problem.Say("“%s”的年份只有两位数", "%q has a year of two digits", problem.Quote(m)), problem.Say("请写四位数的年份，例如“2026年9月”", "write the year in four digits, as in 2026年9月"))
	}
	for _, m := range about(s, false) {
		*titled = append(*titled, m.setting(at))
		as = PartPeriod
	}
	if len(*titled) > 0 && !(*titled)[len(*titled)-1].period.IsZero() && daysRange.MatchString(without(s)) && !daysRange.MatchString((*titled)[len(*titled)-1].period.Text) {
		t.ask(at, problem.ImportPeriod, problem.Say("这一行写了两个时间：%s，还有“%s”", "the line gives two times, %s and %q", written((*titled)[len(*titled)-1].period), daysRange.FindString(without(s))),
			problem.Say("只留一个，写全年份，例如“2026年8月26日至9月25日”", "keep one of them, with its year, as 2026年8月26日至9月25日"))
	}
	name, unit := cutUnits(s)
	if unit != "" {
		units := []string{unit}
		if before, inside, ok := number.CutBrackets(s); ok {
			said := unitsOf(strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(inside, "计量"), "单位"), "：: "))
			if len(said) > 0 {
				units, name = said, before
			}
		}
		t.counts(units)
		if as == PartOther {
			as = PartUnit
		}
	}
	if name = titleOf(name); name == "" {
		return as
	}
	if officeEnd.MatchString(name) && !strings.ContainsAny(name, "0123456789") {
		if t.office == "" {
			t.office, as = name, PartOffice
		}
		return as
	}
	if len(mentions(s)) == 0 {
		if parts := partsOf(name, false); len(parts) == 1 && parts[0].word != name {
			*loose, as = parts[0].word, PartPeriod
			name = titleOf(name[:parts[0].from] + name[parts[0].to:])
		}
	}
	if len([]rune(name)) > 60 || noteStart.MatchString(s) {
		return as
	}
	if t.title = name; name == "" {
		return as
	}
	return PartTitle
}

// until holds a line that says of which day the figures are against the period that the title gives.
func (t *tableReader) until(s string, at Place, of period.Period) {
	var day period.Period
	if all := mentions(s); len(all) > 0 {
		day = all[0].period
	} else if m := partial.FindString(s[strings.IndexAny(s, "0123456789"):]); m != "" {
		day, _ = inYear(m, yearOf(of))
	}
	if !day.IsZero() && day.End != of.End {
		t.ask(at, problem.ImportPeriod, problem.Say("标题写的是%s，这里写的是截至%s：%[1]s的数全不全？", "the title says %s, and this says that the figures are as of %s: are those of the title complete?", written(of), day.End),
			problem.Say("全的，删去这一行；不全的，把标题的时间写成实际的起止日期，例如“%[1]s至%[2]s”", "delete the line if they are; if not, write in the title from when until when they are, as %[1]s至%[2]s", written(dayOf(of.Start)), written(dayOf(day.End))))
	}
}

// titleOf is a title without its period, its number and the brackets around nothing.
func titleOf(s string) string {
	s = without(s)
	s = strings.NewReplacer("（）", "", "()", "", "（，", "（", "，）", "）").Replace(s)
	if m := sectionOf.FindString(s); m != "" && strings.HasPrefix(s, m) {
		s = s[len(m):]
	}
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("，,。、；;：:-—_·（(", r)
	})
	return strings.TrimPrefix(s, "份")
}

// settle decides of when the whole table is. A label goes before a title, a title
// before the name of the sheet, that before the name of the file.
func (t *tableReader) settle(labelled, titled []setting, inherited setting, loose string) {
	distinct := func(all []setting) []setting {
		var kept []setting
		for _, s := range all {
			known := false
			for _, k := range kept {
				known = known || same(k.period, s.period)
			}
			if !known {
				kept = append(kept, s)
			}
		}
		return kept
	}
	labelled, titled = distinct(labelled), distinct(titled)
	sheetAt := Place{File: t.file, Sheet: t.Name}
	var named []setting // by the sheet, then the file
	part := ""
	for n, name := range []string{t.Name, fileBase(t.file)} {
		if all := about(name, n == 1); len(all) == 1 {
			at := sheetAt
			if n == 1 {
				at = Place{File: t.file}
			}
			named = append(named, all[0].setting(at))
		} else if m := partial.FindString(name); n == 0 && m != "" && strings.ContainsAny(m, "月季年QH") {
			part = m
		} else if n == 1 && part == "" && loose == "" {
			if i := strings.IndexAny(name, "0123456789一二三四五六七八九十上下"); i >= 0 {
				if m := partial.FindString(name[i:]); strings.ContainsAny(m, "月季年") {
					part = m
				}
			}
		}
	}
	all := labelled
	if len(all) == 0 {
		all = titled
	}
	if len(all) == 0 && !inherited.period.IsZero() {
		all = []setting{inherited}
	}
	if len(all) == 0 && len(named) > 0 {
		all = named[:1]
	}
	switch {
	case len(all) == 0:
		if inherited.year != 0 {
			t.setting.year = inherited.year
		}
	case len(all) == 1:
		t.setting = all[0]
	default:
		for _, s := range all { // several: which one it is, the header has to say
			t.setting.year = max(t.setting.year, s.year)
		}
		t.setting.at = all[0].at
	}
	// 4月 of the sheet's name in the year of the title.
	if loose == "" {
		loose = part
	}
	p, ok := inYear(loose, t.setting.year)
	switch {
	case loose == "" || t.setting.year == 0 || !ok || t.setting.at.Cell == "" && len(named) > 0 && same(named[0].period, t.setting.period):
	case t.setting.period.IsZero() || t.setting.period.Frequency() == period.Yearly && len(labelled) == 0:
		t.setting.period = p
	case loose == part && t.Name != "" && strings.HasPrefix(t.Name, part) && !same(p, t.setting.period) && p.Frequency() == t.setting.period.Frequency():
		t.ask(t.setting.at, problem.ImportPeriod, problem.Say("工作表名是“%s”，表上写的是%s", "the sheet is named %q, and the table says %s", t.Name, written(t.setting.period)),
			problem.Say("核对是哪一期，把两处改成一样", "check which one it is, and write both the same way"))
	}
	if len(labelled) > 0 && len(titled) == 1 && !labelled[0].period.IsZero() && !titled[0].period.IsZero() && !overlap(labelled[0].period, titled[0].period) {
		t.ask(labelled[0].at, problem.ImportPeriod, problem.Say("标题写的是%s，这里写的是%s", "the title says %s, and this says %s", written(titled[0].period), written(labelled[0].period)),
			problem.Say("核对是哪一期，把两处改成一样", "check which one it is, and write both the same way"))
	}
}

func overlap(a, b period.Period) bool { return a.Start <= b.End && b.Start <= a.End }

// broken reports every cell of the table that holds no figure though a formula stands
// in it.
func (t *tableReader) broken() {
	for _, i := range t.rows {
		for _, v := range t.Rows[i].Cells {
			at := t.place(i, v.Column)
			switch v.Kind {
			case table.ErrorValue:
				t.problems.Error(at, problem.ImportFormula, problem.Say("“%s”是公式出错的结果，不是数据", "%q is the result of a failed formula, not a figure", problem.Quote(v.Text)),
					problem.Say("请报送单位改正这个公式，重新保存后再发来；或者直接填上数值", "have the formula corrected and the workbook saved again, or type the figure"))
			case table.EmptyFormula:
				t.problems.Error(at, problem.ImportFormula, problem.Say("这一格是公式，文件里没有算出的值", "the cell holds a formula whose value is not in the file"),
					problem.Say("用表格软件打开，等它算好以后保存，再导入；或者直接填上数值", "open the file in the office program, save it once it has computed, and import it again; or type the figure"))
			}
		}
	}
}

// checkRunning holds what a header says of the months that it adds up against the
// period of the table: 1-8月累计 in August.
func (t *tableReader) checkRunning() {
	for _, r := range t.running {
		whole := t.setting.period
		if whole.IsZero() || r.period.End == whole.End && r.period.Start <= whole.Start {
			continue
		}
		t.ask(r.at, problem.ImportPeriod, problem.Say("这一列累计的是%s，表是%s的", "the column adds up %s, and the table is of %s", written(r.period), written(whole)),
			problem.Say("核对是累计到哪个月，改正表头或者标题", "check until when it adds up, and correct the header or the title"))
	}
}

// ahead asks about a column whose header leaves its year out, and which would be of a time behind
// that of the table: 12月 in a table of January.
func (t *tableReader) ahead() {
	whole := t.setting.period
	for i := range t.columns {
		c := &t.columns[i]
		if c.guessed && !whole.IsZero() && !whole.AsOf && whole.Days() < 360 && c.period.Start > whole.End && t.count(c.index).figures > 0 {
			t.ask(c.at, problem.ImportPeriod, problem.Say("这张表是%s的，这一列没有写年份：是%s的，还是%s的？", "the table is of %s, and this column gives no year: is it of %s, or of %s?", written(whole), written(c.period), written(c.period.LastYear())),
				problem.Say("在表头写明年份，例如“%s”", "give the year in the header, as %s", written(c.period.LastYear())))
			return
		}
	}
}

// inUnits gives each column of figures its unit: its own, or else that of the table
// where the column counts.
func (t *tableReader) inUnits() {
	for i := range t.columns {
		c := &t.columns[i]
		if c.kind != figure {
			continue
		}
		name := c.name()
		count := t.count(c.index)
		percent := count.percents > 0 && count.percents*2 >= count.figures
		switch {
		case percent && c.said.Unit != "" && c.unit != "%" && c.unit != "‰" && !strings.Contains(c.unit, "百分点"):
			t.ask(c.at, problem.ImportRecipe, problem.Say("说“%s”的单位是“%s”，各格写的却是百分数", "the unit of %q is said to be %q, and its cells are in per cent", name, c.unit),
				problem.Say("单位空着，或者写“%”", "leave the unit empty, or write %"))
		case percent && c.unit == "":
			c.unit = "%"
		case percent && c.unit != "%" && c.unit != "‰" && !strings.Contains(c.unit, "百分点"):
			if compared.MatchString(name) || strings.Contains(name, "同比") || strings.Contains(name, "环比") { // 立案（起）over 同比
				c.unit = "%"
			}
		case compared.MatchString(name) && (strings.Contains(name, "同比") || strings.Contains(name, "环比")) && count.figures > 0 && !t.saysUnit(c):
			t.ask(t.firstFigure(c), problem.ImportUnit, problem.Say("“%s”的数没有百分号：是百分比，还是增减的数？", "the figures of %q have no sign of per cent: are they per cent, or numbers?", name),
				problem.Say("在表头写明，例如“同比（%）”或者“同比增减（起）”", "say so in the header, as 同比（%） or 同比增减（起）"))
		case rateName.MatchString(name) && c.unit == "" && count.figures > 0:
			if t.fractions(c) {
				t.fraction(c)
			}
			c.unit = "%"
		case (c.unit == "%" || c.unit == "‰") && t.fractions(c):
			t.fraction(c)
		case c.unit == "" && !strings.Contains(name, "率") && !strings.Contains(name, "人均"):
			c.unit = t.unit
			t.unlike(c, name)
			if c.unit == "" && moneyName.MatchString(name) && count.figures > 0 && len(t.several) == 0 && !hasKind(t.columns, units) {
				t.ask(c.at, problem.ImportUnit, problem.Say("“%s”没有写单位：是元，还是万元？", "%q gives no unit: is it 元 or 万元?", name),
					problem.Say("在表头写明，例如“%[1]s（元）”或者“%[1]s（万元）”", "say so in the header, as %[1]s（元） or %[1]s（万元）", name))
			}
			if !t.differences(c) {
				t.ask(t.firstFigure(c), problem.ImportUnit, problem.Say("“%s”的数不是两期相减：是百分比吗？", "the figures of %q are not the differences of the two periods: are they per cent?", name),
					problem.Say("在表头写明，例如“%[1]s（%%）”；是增减的数的，核对数值", "say so in the header, as %[1]s（%%）; if they are differences, check them", name))
			}
		}
	}
}

// differences tells whether the figures of a change that says no unit may be those of its row less
// those of the period before: in one row at least, where both stand in it.
func (t *tableReader) differences(c *column) bool {
	if !strings.HasPrefix(c.name(), "增减") && !strings.HasPrefix(c.name(), "同比增减") {
		return true
	}
	var own, before *column
	for k := range t.columns {
		switch o := &t.columns[k]; {
		case o.index >= c.index:
		case o.kind != figure:
		case lastOne.MatchString(o.name()):
			before = o
		case !compared.MatchString(o.name()):
			own = o
		}
	}
	if own == nil || before == nil {
		return true
	}
	known := false
	for _, i := range t.rows {
		a, _, ok1 := t.exact(i, own)
		b, _, ok2 := t.exact(i, before)
		d, _, ok3 := t.exact(i, c)
		if !ok1 || !ok2 || !ok3 {
			continue
		}
		if known = true; d.Cmp(new(big.Rat).Sub(a, b)) == 0 {
			return true
		}
	}
	return !known
}

// unlike asks about a column whose unit only the table gives, where it gives several, or one
// that what the column is called does not count in.
func (t *tableReader) unlike(c *column, name string) {
	if compared.MatchString(name) || t.count(c.index).figures == 0 || len(c.words) == 0 || hasKind(t.columns, units) {
		return
	}
	switch {
	case len(t.several) > 0:
		t.ask(c.at, problem.ImportUnit, problem.Say("表上写的单位是“%s”，不知道“%s”用的是哪一个", "the table gives the units %q, and nothing says which %q counts in", strings.Join(t.several, "、"), name),
			problem.Say("在表头写明，例如“%[1]s（%[2]s）”或者“%[1]s（%[3]s）”", "say so in the header, as %[1]s（%[2]s） or %[1]s（%[3]s）", name, t.several[0], t.several[len(t.several)-1]))
	case t.unit != "" && t.unit != "%":
		t.mismatch(c.at, name)
	}
}

// mismatch asks about a name that counts in something else than the table does.
func (t *tableReader) mismatch(at Place, name string) {
	as := ""
	switch by := figures.UnitRisk(t.unit); {
	case moneyName.MatchString(name) && !strings.Contains(t.unit, "元"):
		as = "元"
	case by != "person" && by != "" && figures.RiskOf("", name, "") == "person":
		as = "人"
	}
	if as != "" {
		t.ask(at, problem.ImportUnit, problem.Say("表上写的单位是“%s”，“%s”像是数别的", "the table counts in %[1]q, and %[2]q seems to count something else", t.unit, name),
			problem.Say("在表头或者名称后面写明单位，例如“%[1]s（%[2]s）”或者“%[1]s（%[3]s）”", "give the unit in the header or behind the name, as %[1]s（%[2]s） or %[1]s（%[3]s）", name, as, t.unit))
	}
}

// beyond asks about rows that compare or average the others: they are no category beside
// them. A table whose rows are 本月, 上年同期 and 同比 has no others.
func (t *tableReader) beyond(keys []int) {
	if len(keys) == 0 {
		return
	}
	var odd []Cell
	own := false
	for _, i := range t.rows {
		name, special := Cell{}, false
		for _, k := range keys {
			c := t.columns[k].index
			v, ok := t.at(i, c)
			if s := plainWord(v.Text); ok && name.Text == "" && (comparing.MatchString(s) || average.MatchString(s)) {
				name = Cell{s, t.spot(i, c)}
			} else if ok && current.MatchString(s) {
				special = true
			}
		}
		switch {
		case name.Text != "":
			odd = append(odd, name)
		case !special && !t.totalRow(i, keys):
			own = true
		}
	}
	if !own {
		return
	}
	for _, name := range odd {
		t.ask(name.At(), problem.ImportName, problem.Say("“%s”这一行是和别的行比较、或者平均出来的数，不是和它们并列的一类", "the row %q compares or averages the others, and is none of them", problem.Quote(name.Text)),
			problem.Say("删去这一行；上年同期、同比要公布的，做成单独的列", "delete the row; what is to be published of last year and of changes goes into columns of its own"))
	}
}

func (t *tableReader) totalRow(i int, keys []int) bool {
	return slices.ContainsFunc(keys, func(k int) bool {
		v, ok := t.at(i, t.columns[k].index)
		return ok && bureau.KindOf(plainWord(v.Text)) == bureau.TotalRow
	})
}

// inWords asks about changes that are written in words: 上升5%.
func (t *tableReader) inWords(keys []int) {
	for _, k := range keys {
		c := &t.columns[k]
		if !compared.MatchString(c.name()) {
			continue
		}
		for _, i := range t.rows {
			if v, ok := t.at(i, c.index); ok && strings.ContainsAny(v.Text, "0123456789") {
				t.ask(t.place(i, c.index), problem.ImportNumber, problem.Say("“%s”是用文字写的增减，不是数", "%q is a change in words, and no number", problem.Quote(v.Text)),
					problem.Say("整列改写成数：上升的写5%或者5，下降的写-5%或者-5，持平的写0", "write numbers in the whole column: 5% or 5 for a rise, -5% or -5 for a fall, 0 for neither"))
				break
			}
		}
	}
}

// unlikeItems asks about the names of rows that alone say what is counted, as unlike does about
// columns.
func (t *tableReader) unlikeItems(keys []int) {
	if len(keys) == 0 || t.unit == "" && len(t.several) == 0 || hasKind(t.columns, units) {
		return
	}
	if !slices.ContainsFunc(t.columns, func(c column) bool {
		return c.kind == figure && c.unit == t.unit && (len(c.words) == 0 || anyCount.MatchString(c.name()) || figures.RiskOf("", c.name(), "") == "")
	}) {
		return
	}
	for _, i := range t.rows {
		c := t.columns[keys[len(keys)-1]].index
		v, ok := t.at(i, c)
		if name, unit := cutUnits(plainWord(v.Text)); ok && unit == "" && t.unit != "" {
			t.mismatch(t.place(i, c), name)
		}
	}
}

// saysUnit tells whether the header of a comparison says what it counts in.
func (t *tableReader) saysUnit(c *column) bool {
	if c.said.Unit != "" {
		return true
	}
	for n, row := range t.head {
		if v, ok := t.headCell(n, row, c.index); ok && compared.MatchString(plainWord(v.Text)) {
			_, unit := cutUnits(plainWord(v.Text))
			return unit != ""
		}
	}
	return strings.Contains(c.name(), "增减")
}

// firstFigure is the place of the first figure of a column.
func (t *tableReader) firstFigure(c *column) Place {
	for _, i := range t.rows {
		if _, ok := t.at(i, c.index); ok {
			return t.place(i, c.index)
		}
	}
	return c.at
}

var one = big.NewRat(1, 1)

// fractions tells whether all figures of a column are numbers between -1 and 1, some
// of them fractions.
func (t *tableReader) fractions(c *column) bool {
	some := false
	for _, i := range t.rows {
		v, ok := t.at(i, c.index)
		if !ok {
			continue
		}
		n, _, read := t.exact(i, c)
		if v.Kind == table.PercentValue || strings.HasSuffix(v.Text, "%") || !read || n.Cmp(one) > 0 || n.Cmp(new(big.Rat).Neg(one)) < 0 {
			return false
		}
		some = some || !n.IsInt()
	}
	return some
}

func (t *tableReader) fraction(c *column) {
	t.ask(t.firstFigure(c), problem.ImportUnit, problem.Say("“%s”填的是小数：0.46是46%%，还是0.46%%？", "the figures of %q are fractions: is 0.46 46 per cent, or 0.46 per cent?", c.name()),
		problem.Say("在表格软件里把这一列的格式设为百分比，或者改填46.4这样的数，保存后再导入", "give the column the format of per cent in the office program, or write 46.4, save it and import it again"))
}

// observe takes what names the figures of the table, row by row.
func (t *tableReader) observe() {
	var keys []int
	unitColumn, serial := -1, -1
	for i, c := range t.columns {
		switch {
		case c.kind == key:
			keys = append(keys, i)
			t.keys = append(t.keys, join(c.called()))
			t.keysSaid = append(t.keysSaid, c.said)
		case c.kind == units:
			unitColumn = c.index
		case c.serial:
			serial = c.index
		}
	}
	if t.sections {
		t.keys = append([]string{"组别"}, t.keys...)
		t.keysSaid = append([]Saying{{}}, t.keysSaid...)
	}
	t.unlikeItems(keys)
	t.beyond(keys)
	t.inWords(keys)
	periods := t.rowPeriods()
	for _, c := range t.columns {
		if !c.period.IsZero() && (t.latest.IsZero() || period.Compare(c.period, t.latest) > 0) {
			t.latest = c.period
		}
	}
	stood := false
	asked, inRows := false, hasKind(t.columns, when) || hasKind(t.columns, whenYear)
	t.comparesAcross()
	t.entries = make([]entry, len(t.rows))
	for n, i := range t.rows {
		e := &t.entries[n]
		e.when = periods[n]
		e.keys, e.total = t.keysOf(n, i, keys)
		if s, ok := t.at(i, serial); ok {
			e.serial = plainWord(s.Text)
		}
		if u, ok := t.at(i, unitColumn); ok {
			e.unit = number.NarrowPercent(strings.Trim(plainWord(u.Text), "（）()"))
		}
		for ci := range t.columns {
			c := &t.columns[ci]
			if c.kind != figure {
				continue
			}
			if _, ok := t.at(i, c.index); !ok {
				if m, merged := t.inMerged(i, c.index); merged && (m.Row != t.Rows[i].Row || m.Column != c.index) {
					t.ask(t.place(i, c.index), problem.ImportMerged, problem.Say("这一格和别的格合并了，不知道里面的数是谁的", "the cell is merged with others, so that nothing says whose figure it is"),
						problem.Say("取消合并，每一格填上自己的数", "unmerge the cells and give each its own figure"))
				}
			}
			of := t.when(n, ci)
			if of.AsOf && !stood {
				stood = t.flow(n, ci, e.keys)
			}
			if of.IsZero() && !asked && !inRows {
				asked = true
				at := t.place(t.head[0], t.columns[0].index)
				if t.setting.at.Cell != "" {
					at = t.setting.at
				}
				t.ask(at, problem.ImportPeriod, problem.Say("没有写明这张表是哪个时期的数", "nothing says which period the figures are of"),
					problem.Say("在表的上方写一行，例如“统计时间：2026年9月”，保存后再导入", "write a line above the table, such as 统计时间：2026年9月, save it and import it again"))
			}
		}
	}
}

// flow asks about a figure as of a day that seems to count what happened: it may be what was added up
// since January. It tells whether it asked.
func (t *tableReader) flow(n, ci int, keys []Cell) bool {
	c := &t.columns[ci]
	said := t.title + c.name()
	for _, k := range keys {
		said += k.Text
	}
	if standing.MatchString(said) && !strings.Contains(said, "新增") || !happens.MatchString(c.unit) && !happened.MatchString(said) {
		return false
	}
	of := t.when(n, ci)
	at := c.at
	switch {
	case !c.period.IsZero():
	case !t.entries[n].when.IsZero():
		if i := slices.IndexFunc(t.columns, func(c column) bool { return c.kind == when || c.kind == whenYear }); i >= 0 {
			at = t.place(t.rows[n], t.columns[i].index)
		}
	case t.setting.at.File != "":
		at = t.setting.at
	}
	whole := written(period.Period{Start: period.NewDate(yearOf(of), 1, 1), End: of.End})
	t.ask(at, problem.ImportPeriod, problem.Say("“%[1]s”有两种读法：“%[2]s”是从年初累计到这时的，还是这时还有的？", "%[1]q has two readings: was %[2]q added up since January, or is it what there was on that day?", written(of), cmp.Or(c.name(), t.title, countField)),
		problem.Say("累计的，把时间写成“%[1]s”，或者写在表头前面：“%[1]s%[2]s”；这时还有的，在表头写明，例如“期末%[2]s”", "if it was added up, write the time as %[1]s, or in the header, as %[1]s%[2]s; if not, say so in the header, as 期末%[2]s", whole, cmp.Or(c.name(), countField)))
	return true
}

// comparesAcross asks of a table with more than two periods across what its
// comparison is of: of the last of them, or of all together.
func (t *tableReader) comparesAcross() {
	seen := map[period.Period]bool{}
	for _, c := range t.columns {
		if c.kind == figure && !c.period.IsZero() {
			p := c.period
			p.Text = ""
			seen[p] = true
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		if len(seen) == 0 || c.kind != figure || !c.period.IsZero() || len(c.words) == 0 || isTotalWord(c.words[len(c.words)-1]) {
			continue
		}
		afterTotal := i > 0 && len(t.columns[i-1].words) > 0 && isTotalWord(t.columns[i-1].words[len(t.columns[i-1].words)-1]) && t.columns[i-1].period.IsZero()
		switch {
		case afterTotal:
			t.drop(c, problem.Say("“%s”是合计的，合计不读入", "%q is of the total, which is not read", c.name()))
		case len(seen) > 2 || len(seen) == 2 && !slices.ContainsFunc(c.words, compared.MatchString):
			t.ask(c.at, problem.ImportPeriod, problem.Say("“%s”是哪一期的，看不出来", "nothing says which of the periods %q is of", c.name()),
				problem.Say("在表头写明，例如“9月%s”；不要的，删去这一列", "say so in the header, as 9月%s; or delete the column", c.name()))
		}
	}
}

// comparedTo asks about a comparison that says not what it compares, behind both the figures of a
// time and those added up since January.
func (t *tableReader) comparedTo() {
	own, sum := false, false
	for i := range t.columns {
		c := &t.columns[i]
		name := c.name()
		switch {
		case c.kind != figure:
		case comparison.MatchString(name) && own && sum:
			t.ask(c.at, problem.ImportName, problem.Say("“%s”是当期的，还是累计的，看不出来", "nothing says whether %q is of this period or of what was added up", name),
				problem.Say("在表头写明，例如“累计%[1]s（%%）”或者“本月%[1]s（%%）”", "say so in the header, as 累计%[1]s（%%） or 本月%[1]s（%%）", name))
			return
		case comparison.MatchString(name):
			own, sum = false, false // of what stands before it
		case runs.MatchString(name):
			sum = true
		case !compared.MatchString(name):
			own = true
		}
	}
}

// comparedIn is the period of a comparison that says none, in a table with periods across: that
// of the figures to its left, in the last of the years that stand beside each other.
func (t *tableReader) comparedIn(column int) period.Period {
	for i := column - 1; i >= 0; i-- {
		c := t.columns[i]
		if c.kind != figure || compared.MatchString(c.name()) {
			continue
		}
		if c.period.IsZero() {
			if whole := t.setting.period; !whole.IsZero() {
				return whole
			}
			return t.latest
		}
		best := c.period
		for _, o := range t.columns {
			if !o.period.IsZero() && same(movedTo(o.period, yearOf(c.period)), movedTo(c.period, yearOf(o.period))) && yearOf(o.period) > yearOf(best) {
				best = o.period
			}
		}
		return best
	}
	return t.latest
}

// skipsTotal tells whether a row is the total of all periods, which stands in none.
func (t *tableReader) skipsTotal(n int) bool {
	for _, c := range t.columns {
		if c.kind != when && c.kind != whenYear {
			continue
		}
		if v, ok := t.at(t.rows[n], c.index); ok && bureau.KindOf(plainWord(v.Text)) == bureau.TotalRow {
			return true
		}
	}
	return false
}

// keysOf gives the names of a row, and whether it is a total. What is merged downwards
// holds for every row that it covers.
func (t *tableReader) keysOf(n, i int, keys []int) (cells []Cell, total bool) {
	if t.sections {
		cells = append(cells, Cell{t.section[n], t.spot(i, t.columns[0].index)})
	}
	named := make([]bool, len(keys))
	for k, ci := range keys {
		c := t.columns[ci]
		v, ok := t.at(i, c.index)
		at := t.spot(i, c.index)
		if !ok {
			v, ok = t.mergedDown(i, c.index)
		}
		if s := t.serialTotal(i); k == 0 && !ok && s.Text != "" { // 合计 under 序号
			v, ok = s, true
		}
		s := plainWord(v.Text)
		if named[k] = ok && bureau.KindOf(s) == bureau.TotalRow; named[k] {
			total = true
		}
		cells = append(cells, Cell{s, at})
	}
	own := cells[len(cells)-len(keys):]
	for _, name := range own {
		if noteRow.MatchString(name.Text) {
			t.ask(name.At(), problem.ImportName, problem.Say("“%s”像是说明，同一行里却有数", "%q looks like a note, and there is a figure in its row", problem.Quote(name.Text)),
				problem.Say("是说明的，全写在一格里，删去同一行的数；是数据的，改写名称", "if it is a note, write it in one cell and delete the figure beside it; if it is a row, give it a name"))
		}
	}
	for k, ci := range keys {
		if own[k].Text != "" || total {
			continue
		}
		above := ""
		if n > 0 {
			if v, ok := t.at(t.rows[n-1], t.columns[ci].index); ok {
				above = v.Text
			}
		}
		message := problem.Say("“%s”这一格空着", "the cell of %q is empty", t.columns[ci].name())
		if above != "" && len(keys) > 1 {
			message = problem.Say("“%s”这一格空着：是不是和上一格的“%s”一样？", "the cell of %q is empty: is it %q as in the one above?", t.columns[ci].name(), problem.Quote(above))
		}
		t.ask(own[k].At(), problem.ImportName, message, problem.Say("把名称填上，或者和上一格合并；不是数据的行删去", "fill in the name, or merge the cell with the one above; delete the row if it is none"))
	}
	return cells, total
}

// serialTotal is the word of a total that stands in the column of numbers of a row.
func (t *tableReader) serialTotal(i int) table.Value {
	for _, c := range t.columns {
		if v, ok := t.at(i, c.index); ok && c.serial && isTotalWord(plainWord(v.Text)) {
			return v
		}
	}
	return table.Value{}
}

// mergedDown gives what a cell merged downwards over this one holds.
func (t *tableReader) mergedDown(i, c int) (table.Value, bool) {
	m, ok := t.inMerged(i, c)
	if !ok || m.Column != c && m.Row == t.Rows[i].Row {
		return table.Value{}, false
	}
	for j := i; j >= 0 && t.Rows[j].Row >= m.Row; j-- {
		if t.Rows[j].Row == m.Row {
			return t.at(j, m.Column)
		}
	}
	return table.Value{}, false
}

// rowPeriods reads the period of each row, where a column says it.
func (t *tableReader) rowPeriods() []period.Period {
	all := make([]period.Period, len(t.rows))
	var year, part, whole *column
	for i := range t.columns {
		switch c := &t.columns[i]; c.kind {
		case whenYear:
			year = c
		case whenPart:
			part = c
		case when:
			if whole == nil {
				whole = c
			}
		}
	}
	if year == nil && whole == nil {
		return all
	}
	cell := func(n int, c *column) (table.Value, bool) {
		v, ok := t.at(t.rows[n], c.index)
		if !ok {
			v, ok = t.mergedDown(t.rows[n], c.index)
		}
		return v, ok
	}
	for n, i := range t.rows {
		if year != nil {
			y, ok := cell(n, year)
			if ok && bureau.KindOf(plainWord(y.Text)) == bureau.TotalRow {
				continue
			}
			word := ""
			if part != nil {
				v, _ := cell(n, part)
				if word = text.NarrowAll(plainWord(v.Text)); bureau.KindOf(word) == bureau.TotalRow || word == "全年" {
					word = "全年"
				} else if word != "" && strings.Trim(word, "0123456789") == "" {
					switch {
					case strings.ContainsAny(part.name(), "季") || strings.Contains(strings.ToLower(part.name()), "quarter"):
						word = "第" + word + "季度"
					default:
						word += "月"
					}
				}
				if word == "" && ok {
					t.ask(t.place(i, part.index), problem.ImportPeriod, problem.Say("月份空着", "the month is missing"), problem.Say("填上是哪个月；全年的写“全年”", "fill in the month, or 全年 for the whole year"))
					continue
				}
			}
			if !ok {
				t.ask(t.place(i, year.index), problem.ImportPeriod, problem.Say("年份空着：是不是和上一行一样？", "the year is missing: is it that of the row above?"), problem.Say("填上年份，或者和上一格合并；不是数据的行删去", "fill in the year, or merge the cell with the one above; delete the row if it is none"))
				continue
			}
			p, read := inYear(word, yearText(y))
			if !read {
				t.ask(t.place(i, year.index), problem.ImportPeriod, problem.Say("看不懂是哪个时期：“%s”“%s”", "the period cannot be read: %q %q", problem.Quote(y.Text), problem.Quote(word)),
					problem.Say("年份写四位数，月份写1到12", "write the year in four digits and the month as 1 to 12"))
				continue
			}
			all[n] = p
			continue
		}
		v, ok := cell(n, whole)
		s := text.NarrowAll(plainWord(v.Text))
		if !ok || bureau.KindOf(s) == bureau.TotalRow {
			if !ok {
				t.ask(t.place(i, whole.index), problem.ImportPeriod, problem.Say("这一行没有写是哪个时期", "the row has no period"), problem.Say("填上期间；不是数据的行删去", "fill it in, or delete the row if it is none"))
			}
			continue
		}
		all[n] = t.cellPeriod(v, s, t.place(i, whole.index), whole)
	}
	return all
}

// cellPeriod reads the period of one cell.
func (t *tableReader) cellPeriod(v table.Value, s string, at Place, c *column) period.Period {
	switch v.Kind {
	case table.DayValue:
		return dayOf(v.Day)
	case table.MonthValue:
		return monthOf(v.Day)
	}
	if y := yearText(v); y != 0 && !partName.MatchString(c.name()) {
		p, _ := inYear("", y)
		return p
	}
	if n, err := strconv.Atoi(s); err == nil && 1 <= n && n <= 12 && partName.MatchString(c.name()) && t.year() != 0 {
		if strings.Contains(c.name(), "季") {
			s = "第" + s + "季度"
		} else {
			s += "月"
		}
	}
	p, err := period.Parse(s, period.Options{})
	if err == nil {
		return p
	}
	if whole := t.setting.period; dayName.MatchString(s) && whole.Frequency() == period.Monthly && strings.ContainsAny(c.name()+s, "日号") {
		if day, ok := inYear(written(whole)[len("2026年"):]+strings.TrimRight(s, "日号")+"日", yearOf(whole)); ok { // 1日 in the month of the title
			return day
		}
	}
	if i := slices.IndexFunc(t.columns, func(c column) bool { return c.kind == figure && c.period.Frequency() == period.Yearly }); i >= 0 && partial.MatchString(s) {
		if q, ok := inYear(s, yearOf(t.columns[i].period)); ok { // years across
			return q
		}
	}
	if partial.MatchString(s) && t.year() != 0 {
		if q, ok := inYear(s, t.year()); ok {
			q = t.inside(s, q)
			if whole := t.setting.period; !whole.IsZero() && !whole.AsOf && whole.Days() < 360 && q.Start > whole.End {
				t.ask(at, problem.ImportPeriod, problem.Say("这张表是%s的，这一行没有写年份：是%s的，还是%s的？", "the table is of %s, and this row gives no year: is it of %s, or of %s?", written(whole), written(q), written(q.LastYear())),
					problem.Say("写上年份，例如“%s”", "give the year, as in %s", written(q.LastYear())))
			}
			return q
		}
	}
	refused := problem.Say("请写成“2026年9月”这样的形式", "write it as 2026年9月")
	message := problem.Say("“%s”不是能识别的期间", "%q is not a period that can be read", problem.Quote(s))
	if e, ok := err.(*period.Error); ok {
		message, refused = e.Message, e.Hint
	}
	t.ask(at, problem.ImportPeriod, message, refused)
	return period.Period{}
}
