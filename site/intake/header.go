package intake

import (
	"cmp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// kind is what a column of an office's table is.
type kind uint8

const (
	dropped kind = iota // 序号, 备注, 填报人, nothing
	key
	figure
	when     // a period in each row
	whenYear // its year
	whenPart // its month or quarter
	units    // 计量单位: what each row counts in
)

// column is a column of an office's table.
type column struct {
	index  int
	words  []string // from the top of the header down, without units and periods
	unit   string
	period period.Period // that the header says; zero where it says none
	layout string        // its words as the recipe remembers them
	at     Place         // the first cell of its header
	kind   kind
	serial bool // 序号: left out unless nothing else tells two rows apart
	who    bool // names of persons, left out

	guessed bool // the year of its period is that of the table
	said    Saying
}

// name is the header of the column without its unit and its period.
func (c column) name() string { return join(c.words) }

// join makes one name of the words of a stacked header. What compares or adds up
// stands right behind what it is of, 其中 before all and 合计 behind it, as the site
// reads them.
func join(words []string) string {
	s, part, sum := "", "", ""
	for i, w := range words {
		if i > 0 && bureau.KindOf(w) == bureau.OfWhichRow {
			part, w = bureau.OfWhichPrefix, bureau.Subject(w)
		}
		if i < len(words)-1 && isTotalWord(w) {
			sum = w
			continue
		}
		switch {
		case s == "" || w == "":
		case compared.MatchString(w) || runs.MatchString(w):
		default:
			s += "·"
		}
		s += w
	}
	if sum != "" {
		s += "·" + sum
	}
	return part + s
}

// AnyPeriod stands for any period in the words of a header (Reading.Layout).
const AnyPeriod = "{期间}"

// headerOf reads the header of a region into its columns.
func (t *tableReader) headerOf() {
	first, last := 1<<30, 0
	for _, i := range slices.Concat(t.head, t.rows) {
		cells := t.Rows[i].Cells
		first, last = min(first, cells[0].Column), max(last, cells[len(cells)-1].Column)
	}
	if last-first >= table.MaxColumns {
		t.ask(t.place(t.head[0], first), problem.ImportTable, problem.Say("表有%d列，最多%d列", "the table has %d columns, and %d are allowed", last-first+1, table.MaxColumns), problem.Say("分成几张表", "split it into several tables"))
		last = first + table.MaxColumns - 1
	}
	for c := first; c <= last; c++ {
		if col, ok := t.columnAt(c); ok {
			t.columns = append(t.columns, col)
		}
	}
}

// columnAt gathers what a header says above a column; ok is false where the column is
// empty throughout.
func (t *tableReader) columnAt(c int) (column, bool) {
	col := column{index: c}
	var raw []string
	for n, row := range t.head {
		v, ok := t.headCell(n, row, c)
		if !ok {
			continue
		}
		if col.at.Cell == "" {
			col.at = t.place(row, c)
		}
		word := plainWord(v.Text)
		if slices.Contains(raw, word) && n > 0 && raw[len(raw)-1] == word {
			continue
		}
		raw = append(raw, word)
		t.word(&col, v, word)
	}
	if t.units >= 0 {
		if v, ok := t.at(t.units, c); ok {
			if word := strings.Trim(plainWord(v.Text), "（）()"); number.IsUnit(word) {
				word = number.NarrowPercent(word)
				if col.unit != "" && col.unit != word {
					t.ask(t.place(t.units, c), problem.ImportUnit, problem.Say("表头写的单位是“%s”，单位行写的是“%s”", "the header gives the unit %q, the row of units %q", col.unit, word),
						problem.Say("把两处改成一样", "write both the same way"))
				}
				col.unit = word
			}
		}
	}
	holds := len(raw) > 0
	if !holds {
		for _, i := range t.rows {
			if _, ok := t.at(i, c); ok {
				holds = true
				break
			}
		}
		col.at = t.place(t.head[len(t.head)-1], c)
	}
	if len(raw) > 0 {
		t.layoutOf(&col)
	}
	return col, holds
}

// headCell gives the cell of a header that stands above a column: its own, that of
// cells merged over it, or, where a header is stacked without merging, the one to its
// left that gathers those below.
func (t *tableReader) headCell(n, row, c int) (table.Value, bool) {
	if v, ok := t.at(row, c); ok {
		return v, true
	}
	if m, ok := t.inMerged(row, c); ok {
		if m.Row != t.Rows[row].Row {
			return table.Value{}, false // taken in the row where it begins
		}
		return t.at(row, m.Column)
	}
	if n+1 >= len(t.head) {
		return table.Value{}, false
	}
	below := t.head[n+1]
	if _, ok := t.at(below, c); !ok {
		return table.Value{}, false
	}
	for left := c - 1; left >= 0 && left > c-200; left-- {
		if v, ok := t.at(row, left); ok {
			_, gathers := t.at(below, left)
			return v, gathers
		}
	}
	return table.Value{}, false
}

// word takes one word of a header: its unit, its period, and what is left of it.
func (t *tableReader) word(col *column, v table.Value, word string) {
	switch v.Kind {
	case table.DayValue:
		col.period = dayOf(v.Day)
		return
	case table.MonthValue:
		col.period = monthOf(v.Day)
		return
	}
	if yearish(v) && len(word) == 4 {
		word += "年"
	}
	name, unit := cutUnits(word)
	if unit != "" {
		col.unit = unit
	}
	if number.IsUnit(name) && len(col.words) > 0 && col.unit == "" { // a unit on a line of the header of its own
		col.unit = number.NarrowPercent(name)
		return
	}
	p, rest, ok := t.periodOf(col, name)
	if ok {
		col.period = p
		if rest != "" {
			col.words = append(col.words, rest)
		}
		return
	}
	col.words = append(col.words, rest)
}

// cutUnits takes the unit off a word: 检查（家次）, 来源（2026年9月，起）.
func cutUnits(word string) (name, unit string) {
	name, unit = number.SplitUnit(word)
	if unit != "" {
		return name, unit
	}
	if before, inside, ok := number.CutBrackets(word); ok {
		parts := strings.FieldsFunc(inside, func(r rune) bool { return strings.ContainsRune("，,、；;：:", r) })
		var left []string
		for _, part := range parts {
			part = strings.TrimSpace(part)
			if number.IsUnit(part) && unit == "" {
				unit = number.NarrowPercent(part)
			} else if part != "单位" && part != "计量单位" {
				left = append(left, part)
			}
		}
		if unit != "" {
			if len(left) > 0 {
				before += "（" + strings.Join(left, "，") + "）"
			}
			return before, unit
		}
	}
	for _, sign := range []string{"%", "％"} { // 增减%
		if before, ok := strings.CutSuffix(word, sign); ok && compared.MatchString(before) {
			return before, "%"
		}
	}
	if i := strings.LastIndexByte(word, '/'); i > 0 && number.IsUnit(word[i+1:]) { // 里程/公里
		return word[:i], number.NarrowPercent(word[i+1:])
	}
	return word, ""
}

// looksLikeUnits tells whether what stands behind 单位： is made of units, though it says none: 起（次）.
func looksLikeUnits(s string) bool {
	return len([]rune(s)) <= 8 && len(unitsOf(s)) == 0 && !strings.ContainsFunc(s, func(r rune) bool {
		return !number.IsUnit(string(r)) && !strings.ContainsRune("（）()次元万 ", r)
	})
}

// unitsOf parts what a table says that it counts in: 起、人. There are none where any of it is no
// unit.
func unitsOf(s string) (all []string) {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("，,、；;/和及 ", r) }) {
		if !number.IsUnit(part) {
			return nil
		}
		if part = number.NarrowPercent(part); !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	return all
}

// counts takes the units that the lines above a table give. Per cent is that of its rates alone.
func (t *tableReader) counts(units []string) {
	units = slices.DeleteFunc(units, func(unit string) bool { return unit == "%" && len(units) > 1 })
	switch {
	case t.unit != "" || len(t.several) > 0:
	case len(units) == 1:
		t.unit = units[0]
	default:
		t.several = units
	}
}

// periodOf reads the period at the head of a word. 累计 is a column of its own beside
// the period, whatever months it says.
func (t *tableReader) periodOf(col *column, word string) (p period.Period, rest string, ok bool) {
	p, err := period.Parse(word, period.Options{})
	if err == nil && len(word) > 3 {
		return t.checkYear(col, p), "", true
	}
	if before, inside, cut := number.CutBrackets(word); cut { // 接警（8月）
		if m := partial.FindString(inside); m == inside && m != "" || len(mentions(inside)) == 1 && mentions(inside)[0].to == len(inside) {
			if p, rest, ok := t.periodOf(col, inside); ok && rest == "" {
				return p, before, true
			}
		}
	}
	if m := ofYear.FindStringSubmatch(word); m != nil && t.year() != 0 { // 去年9月
		if q := partial.FindString(word[len(m[0]):]); q != "" {
			back := map[string]int{"今年": 0, "本年": 0, "去年": 1, "上年": 1, "前年": 2}[m[1]]
			if p, ok := inYear(q, t.year()-back); ok {
				return p, strings.Trim(word[len(m[0])+len(q):], " 的_-—·"), true
			}
		}
	}
	if e, ok := err.(*period.Error); ok && shortDated.MatchString(word) { // 2026.1, 26年9月
		t.ask(col.at, problem.ImportPeriod, e.Message, e.Hint)
		return period.Period{}, "", true
	}
	if all := mentions(word); len(all) > 0 && all[0].from == 0 {
		rest = strings.Trim(word[all[0].to:], " 的_-—·")
		p := all[0].period
		switch {
		case rest == "同期":
			return p, "上年同期", t.year() == 0 || yearOf(p)+1 != t.year() // of last year: a column beside its own
		case runs.MatchString(rest):
			t.running = append(t.running, running{p, col.at})
			return period.Period{}, rest, false
		}
		return t.checkYear(col, p), rest, true
	}
	on, asOf := strings.CutPrefix(strings.Replace(word, "截止", "截至", 1), "截至")
	if asOf = asOf && strings.ContainsAny(partial.FindString(on), "月年季"); asOf {
		word = on
	}
	m := partial.FindString(word)
	if m == "" || m == word && !strings.ContainsAny(word, "月季年QH") {
		return period.Period{}, word, false
	}
	rest = strings.Trim(word[len(m):], " 的_-—·")
	if asOf {
		rest = strings.TrimLeft(rest, "底末止，,")
	}
	if since.MatchString(rest) || strings.HasPrefix(rest, "次") || strings.HasPrefix(rest, "度报") { // 季度报告
		return period.Period{}, word, false
	}
	year := t.year()
	if !col.period.IsZero() {
		year = yearOf(col.period)
	}
	if down := t.yearsDown(); down != 0 {
		year = down
	}
	if runs.MatchString(rest) {
		if year != 0 {
			if p, ok := inYear(m, year); ok {
				t.running = append(t.running, running{p, col.at})
			}
		}
		return period.Period{}, rest, false
	}
	if year == 0 {
		t.ask(col.at, problem.ImportPeriod, problem.Say("“%s”没有写是哪一年", "%q has no year", problem.Quote(word)),
			problem.Say("在表的标题里写上年份，例如“2026年…统计表”，或者把表头写成“2026年%s”", "give the year in the title of the table, as 2026年…统计表, or write the header as 2026年%s", problem.Quote(m)))
		return period.Period{}, rest, true
	}
	p, ok = inYear(m, year)
	if !ok {
		return period.Period{}, word, false
	}
	if col.period.IsZero() {
		p = t.inside(m, p)
	}
	if asOf {
		p.Start, p.AsOf = p.End, true
	}
	col.guessed = col.period.IsZero()
	return p, rest, true
}

// yearsDown gives the first of the years that stand down the first column of the table; 0 where other
// things do.
func (t *tableReader) yearsDown() (first int) {
	c := t.Rows[t.head[0]].Cells[0].Column
	for _, i := range t.rows {
		v, ok := t.at(i, c)
		if !ok || bureau.KindOf(plainWord(v.Text)) != bureau.DataRow {
			continue
		}
		y := yearText(v)
		if y == 0 {
			return 0
		}
		first = cmp.Or(first, y)
	}
	return first
}

// checkYear asks about a year over a table that is of a shorter time.
func (t *tableReader) checkYear(col *column, p period.Period) period.Period {
	whole := t.setting.period
	if p.Frequency() == period.Yearly && !whole.IsZero() && whole.Days() < 360 && len(t.head) == 1 {
		t.ask(col.at, problem.ImportPeriod, problem.Say("这张表是%s的，这一列写的是%s：是全年的数，还是当年同一段时间的数？", "the table is of %s and this column of %s: is it the whole year, or the same part of it?", written(whole), written(p)),
			problem.Say("把表头写全，例如“%s”", "write the header in full, such as %s", written(movedTo(whole, yearOf(p)))))
	}
	return p
}

// movedTo is the same time of another year.
func movedTo(p period.Period, year int) period.Period {
	for yearOf(p) > year && !p.IsZero() {
		p = p.LastYear()
	}
	return p
}

// running is what a header says that a column adds up.
type running struct {
	period period.Period
	at     Place
}

// layoutOf is what a recipe remembers of a column.
func (t *tableReader) layoutOf(col *column) {
	s := strings.Join(col.words, " / ")
	if !col.period.IsZero() {
		s = strings.TrimPrefix(s+" / "+AnyPeriod, " / ")
	}
	if col.unit != "" {
		s += "（" + col.unit + "）"
	}
	col.layout = s
}

// kinds decides what each column is.
func (t *tableReader) kinds() {
	hasPeriod := t.saidPeriod()
	for i := range t.columns {
		c := &t.columns[i]
		name := c.name()
		count := t.count(c.index)
		first := t.columns[0].index == c.index
		if t.decided(c, count) {
			continue
		}
		switch {
		case !c.period.IsZero() && first && count.figures == 0 && count.others > 0: // 2026年9月 over the names
			if t.setting.period.IsZero() {
				t.setting = setting{c.period, c.at, yearOf(c.period)}
			}
			c.kind, c.period = key, period.Period{}
			if len(c.words) == 0 {
				c.words = []string{"项目"}
			}
		case !c.period.IsZero():
			c.kind = figure
		case len(c.words) == 0 && count.figures > 0:
			if !slices.ContainsFunc(t.questions, func(q Question) bool { return q.At == c.at }) { // its year is asked for
				t.ask(c.at, problem.ImportHeader, problem.Say("这一列有数，没有表头", "this column has figures and no header"), problem.Say("在表头里写明这一列是什么", "say in the header what it is"))
			}
		case len(c.words) == 0 && first && t.all(c.index, t.periodCell):
			c.kind, hasPeriod = when, true
		case len(c.words) == 0 && first:
			c.words, c.kind = []string{"项目"}, key
		case len(c.words) == 0:
			t.drop(c, problem.Say("没有表头的列", "a column without a header"))
		case serialName.MatchString(name):
			c.serial = true
			t.drop(c, problem.Say("“%s”只给各行编号", "%q only numbers the rows", name))
		case whoName.MatchString(name) && t.documents(c, name):
			c.kind = figure
			if c.unit == "" && (t.unit == "" && len(t.several) == 0 || short.MatchString(name)) {
				t.ask(c.at, problem.ImportUnit, problem.Say("“%s”这一列是数了多少，还是号码？", "does %q count, or does it hold numbers that belong to somebody?", name),
					problem.Say("是数量的，在表头写明单位，例如“%[1]s（件）”；是号码的，删去这一列", "if it counts, give the unit in the header, as %[1]s（件）; if not, delete the column", name))
			}
		case whoName.MatchString(name) && !((c.unit != "" || countsOf.MatchString(name)) && count.others == 0 && count.figures > 0):
			c.who = true
			t.drop(c, problem.Say("“%s”是个人信息，不读入", "%q is personal data and is not read", name))
		case postName.MatchString(name) && count.figures == 0 && t.all(c.index, personal):
			c.who = true
			t.drop(c, problem.Say("“%s”这一列是人名，不读入", "%q holds names of persons and is not read", name))
		case noteName.MatchString(name):
			t.drop(c, problem.Say("“%s”不读入；要公布的写进说明文件的 notes（说明）", "%q is not read; what is to be published goes into notes of the descriptor", name))
		case ranked.MatchString(name):
			t.drop(c, problem.Say("“%s”不读入：单位之间不排名", "%q is not read: units are not ranked", name))
		case first && namesRows.MatchString(name) && c.unit == "":
			c.kind = key
		case codeName.MatchString(name) && c.unit == "":
			t.drop(c, problem.Say("“%s”是代码，不是数", "%q is a code and no figure", name))
		case unitName.MatchString(name) && t.allUnits(c.index):
			c.kind = units
		case yearName.MatchString(name) && t.all(c.index, func(v table.Value) bool { return yearText(v) != 0 }):
			c.kind, hasPeriod = whenYear, true
		case strings.HasSuffix(name, "年份") && !first && c.period.IsZero() && t.all(c.index, func(v table.Value) bool { return yearText(v) != 0 }) && !t.setting.period.IsZero():
			c.kind = key // 成立年份
		case partName.MatchString(name) && !hasKind(t.columns[:i], when):
			c.kind, hasPeriod = whenPart, true
		case !hasPeriod && (periodName.MatchString(name) && !(name == "时间" && timeUnit.MatchString(cmp.Or(c.unit, t.unit))) || t.all(c.index, t.periodCell) && c.unit == "" && (first || count.figures == 0)):
			c.kind, hasPeriod = when, true
		case count.figures > 0 && count.figures >= count.others && !(count.days > 0):
			c.kind = figure
		case c.unit != "" && count.others == 0:
			c.kind = figure
		case count.others+count.days == 0:
			t.drop(c, problem.Say("“%s”整列空着", "%q is empty throughout", name))
		default:
			c.kind = key
			if hasKind(t.columns[:i], key) || hasPeriod {
				t.slipped(c, count.figures)
			}
		}
	}
	t.beside()
	t.bare()
	if hasKind(t.columns, whenPart) && !hasKind(t.columns, whenYear) {
		for i := range t.columns {
			if t.columns[i].kind == whenPart {
				t.columns[i].kind = when // 1月, 2月 in the year of the title
			}
		}
	}
	if hasKind(t.columns, whenYear) && !hasKind(t.columns, whenPart) {
		for i := range t.columns {
			if t.columns[i].kind == whenYear {
				t.columns[i].kind = when
			}
		}
	}
}

// beside asks about a second column of names behind an empty column, or one that is called as the
// first is: it may be that of another table.
func (t *tableReader) beside() {
	figures := false
	for i, c := range t.columns {
		again := slices.ContainsFunc(t.columns[:i], func(o column) bool { return o.kind == key && o.name() == c.name() })
		if c.kind == key && figures && (again || c.index > t.columns[i-1].index+1) {
			t.ask(c.at, problem.ImportHeader, problem.Say("数的右边又有一列名称“%s”：是另一张表吗？", "a second column of names, %q, stands right of the figures: is it another table?", c.name()),
				problem.Say("是另一张表的，移到下面或者另一张工作表；是同一张表的，移到数的左边，和各列连着，各有各的表头", "if it is, move it below or to a sheet of its own; if not, move it left of the figures, with no empty column between, and a header of its own"))
			return
		}
		figures = figures || c.kind == figure
	}
}

// documents tells whether a column counts what somebody has, identity cards or telephones: every
// figure of it is too small to be the number of one.
func (t *tableReader) documents(c *column, name string) bool {
	return document.MatchString(name) && !identifies.MatchString(name) && t.all(c.index, func(v table.Value) bool {
		digits, _ := number.Digits(cmp.Or(digitsOf(v), v.Text), "")
		return len(digits) < 7 && (strings.Trim(digits, "0123456789") == "" && digits != "" || !strings.ContainsAny(text.NarrowAll(v.Text), "0123456789"))
	})
}

// bare asks about a column whose header says a period and nothing else, beside columns whose header
// says what they count: it may be of any of them.
func (t *tableReader) bare() {
	named := ""
	for _, c := range t.columns {
		if c.kind == figure && len(c.words) > 0 && !compared.MatchString(c.name()) && !isTotalWord(c.words[len(c.words)-1]) && c.period.IsZero() {
			named = c.name()
		}
		if c.kind == figure && len(c.words) == 0 && !c.period.IsZero() && named != "" {
			t.ask(c.at, problem.ImportHeader, problem.Say("这一列只写了时间，没有写数的是什么", "the header of this column says a time, and not what it counts"),
				problem.Say("在表头写全，例如“%[1]s%[2]s”", "write the header in full, as %[1]s%[2]s", written(c.period), named))
			return
		}
	}
}

func hasKind(columns []column, k kind) bool {
	return slices.ContainsFunc(columns, func(c column) bool { return c.kind == k })
}

// drop leaves a column out and says so.
func (t *tableReader) drop(c *column, why problem.Text) {
	c.kind = dropped
	letters := strings.TrimRight(bureau.CellName(c.index, 0), "0123456789")
	t.skipped = append(t.skipped, table.Skipped{Sheet: t.Name, Range: letters, Why: why})
}

// counted is what the cells of a column hold.
type counted struct{ figures, others, days, percents int }

func (t *tableReader) count(c int) (n counted) {
	for _, i := range t.rows {
		v, ok := t.at(i, c)
		switch {
		case !ok:
		case v.Kind == table.DayValue || v.Kind == table.MonthValue:
			n.days++
		case numberish(v):
			n.figures++
			if v.Kind == table.PercentValue || strings.HasSuffix(v.Text, "%") || strings.HasSuffix(v.Text, "％") {
				n.percents++
			}
		default:
			n.others++
		}
	}
	return n
}

// all tells whether a column has cells, and all of them but those of totals are as told.
func (t *tableReader) all(c int, is func(table.Value) bool) bool {
	some := false
	for _, i := range t.rows {
		v, ok := t.at(i, c)
		if !ok || bureau.KindOf(plainWord(v.Text)) != bureau.DataRow {
			continue
		}
		if !is(v) {
			return false
		}
		some = true
	}
	return some
}

func (t *tableReader) allUnits(c int) bool {
	return t.all(c, func(v table.Value) bool { return number.IsUnit(strings.Trim(plainWord(v.Text), "（）()")) })
}

// yearText reads a year: 2025, 2025年, 2025年度; 0 for anything else.
func yearText(v table.Value) int {
	s := strings.TrimSuffix(strings.TrimSuffix(text.NarrowAll(plainWord(cmp.Or(digitsOf(v), v.Text))), "度"), "年")
	if len(s) != 4 || s < "1900" || s > "2200" || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n := 0
	for _, r := range s {
		n = 10*n + int(r-'0')
	}
	return n
}

func digitsOf(v table.Value) string {
	if v.Kind == table.NumberValue {
		return v.Digits
	}
	return ""
}

// periodCell tells whether a cell says a period, with its year or in that of the table.
func (t *tableReader) periodCell(v table.Value) bool {
	switch v.Kind {
	case table.DayValue, table.MonthValue:
		return true
	case table.TextValue:
		s := plainWord(v.Text)
		if _, err := period.Parse(s, period.Options{}); err == nil && strings.Trim(s, "0123456789") != "" {
			return true
		}
		return partial.FindString(s) == s && strings.ContainsAny(s, "月季年QH")
	}
	return false
}
