package check

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Quoted holds every text that staff wrote to the figures that disclosure control
// took out of the tables: notes, descriptions, titles of charts, guides, notices,
// pages, registers, answers. It comes after disclosure control.
//
// A number gives a withheld figure away where it is that figure, counts what the
// field counts (3人, 3 名, 三人, 3 people; 未成年：3), and its sentence names the
// field, by its name or the core of it, and the row: its period and its
// categories, in the clause of the number, or before it, or in the heading. So
// does a number of persons in a note of the withheld figure's own row. Both are
// errors. In a text of the statistic itself that names the field and leaves the
// period or a category open it is a warning: the reader may still find the cell.
//
// Not meant: a number that is a limit or a range (不足5人, 1至4人), persons who
// are counted for another reason (3名证人), and other texts that leave the period
// or a category open; a notice of one incident names no period of a table.
func Quoted(b *bureau.Bureau) problem.List {
	q := quoted{options: period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}}
	for _, s := range b.Statistics {
		if len(s.Hidden) > 0 {
			q.add(newVeil(s, b.Units))
		}
	}
	if len(q.veils) > 0 {
		passages(b, q.worth, q.passage)
		q.attachments(b.Static)
	}
	q.columns(b)
	return q.problems
}

type quoted struct {
	veils    []*veil
	numbers  map[float64]bool // that are withheld
	derived  map[float64]bool // that withheld figures follow from: differences, sums, whole per cent
	options  period.Options
	problems problem.List
	seen     corroborations
}

func (q *quoted) add(v *veil) {
	q.veils = append(q.veils, v)
	if q.numbers == nil {
		q.numbers, q.derived = map[float64]bool{}, map[float64]bool{}
	}
	for number := range v.hidden {
		q.numbers[number] = true
	}
	for number := range v.derived {
		q.derived[number] = true
	}
}

// worth tells whether a text may hold a withheld figure.
func (q *quoted) worth(text string) bool {
	derives := derivesWords.MatchString(text)
	return holds(text, func(number float64) bool {
		return q.numbers[number] || derives && (q.derived[number] || q.derived[math.Floor(number)])
	})
}

// veil is a statistic with the figures that are withheld of it, and the words by
// which its fields and the values of its keys are named.
type veil struct {
	*bureau.Statistic
	hidden  map[float64][]hiding
	places  map[[2]int]float64 // by row and field
	fields  terms
	generic map[int]bool // fields whose name says nothing: 人数
	keys    []int        // without the period
	values  []terms      // of each of keys, by the first row that has it
	title   string
	period  bool // its rows have a period
	single  bool // and all the same one
	derived map[float64][]derivation
}

// hiding is where a number is withheld in one field.
type hiding struct {
	field int
	rows  []int
	by    map[string][]int // the rows by their value of the last of the keys
	other period.Period    // the number is as much of this period
}

// place says where a withheld figure stands: its row and field.
func (v *veil) place(row, field int) string {
	return v.Title() + "/" + v.RowName(row) + "/" + v.Fields[field].Name
}

func newVeil(s *bureau.Statistic, units []bureau.Unit) *veil {
	v := &veil{Statistic: s, hidden: map[float64][]hiding{}, places: map[[2]int]float64{}, generic: map[int]bool{}, title: core(s.Title())}
	for _, w := range s.Hidden {
		v.places[[2]int{w.Row, w.Field}] = w.Number
		all := v.hidden[w.Number]
		i := slices.IndexFunc(all, func(c hiding) bool { return c.field == w.Field })
		if i < 0 {
			i, all = len(all), append(all, hiding{field: w.Field})
		}
		all[i].rows = append(all[i].rows, w.Row)
		v.hidden[w.Number] = all
	}
	v.derived = derivations(s, v.places)
	for i, f := range s.Fields {
		if f.Role != bureau.RoleMeasure {
			continue
		}
		if v.generic[i] = core(f.Bare()) == ""; !v.generic[i] {
			v.fields.add(i, f.Bare(), f.Title, act(f.Bare()))
		}
	}
	v.fields.roots()
	index := bureau.UnitIndex(units)
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RolePeriod {
			v.period = true
			continue
		}
		var all terms
		seen := map[string]bool{}
		for row := range s.Rows {
			text := s.Cell(row, k).Text
			if seen[text] || bureau.KindOf(text) == bureau.TotalRow {
				continue
			}
			seen[text] = true
			all.add(row, text)
			if i, found := index[text]; found {
				all.add(row, units[i].Names()...)
				all.add(row, short(units[i].Name.V))
			}
		}
		all.roots()
		v.keys, v.values = append(v.keys, k), append(v.values, all)
	}
	if last := len(v.keys) - 1; last >= 0 {
		for _, all := range v.hidden {
			for i := range all {
				all[i].by = map[string][]int{}
				for _, row := range all[i].rows {
					text := v.Cell(row, v.keys[last]).Text
					all[i].by[text] = append(all[i].by[text], row)
				}
			}
		}
	}
	v.single = v.period
	for i := range s.Rows {
		v.single = v.single && s.Period(i).Start == s.Period(0).Start && s.Period(i).End == s.Period(0).End
	}
	return v
}

// between is what stands between two numbers of a range.
var between = regexp.MustCompile(`(\d)(?:周?岁)?\s*[-—–~至到]+\s*(\d)`)

// act is the name of a count without whom it is of, as a sentence says it: 抓获 of
// 抓获嫌疑人.
func act(name string) string {
	for _, whom := range [...]string{"犯罪嫌疑人", "嫌疑人", "违法行为人", "违法人员", "涉案人员", "人员"} {
		if rest, found := strings.CutSuffix(name, whom); found && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return ""
}

// short is the name of a unit without its kind: 城东 of 城东分局.
func short(name string) string {
	for _, kind := range [...]string{"公安局", "派出所", "分局", "支队", "大队", "中队"} {
		if rest, found := strings.CutSuffix(name, kind); found && utf8.RuneCountInString(rest) > 1 {
			return rest
		}
	}
	return ""
}

// terms are the words for the values of one thing: the fields of a table, its units.
type terms struct{ all []term }

type term struct {
	text  string
	words *regexp.Regexp // instead of text
	value int
}

// add takes names of a value, each with its core.
func (n *terms) add(value int, texts ...string) {
	for _, text := range texts {
		plain, _ := plainOf(strings.TrimSpace(text))
		names := []string{plain, core(text)}
		if between.MatchString(plain) { // 46-60岁 is said 46至60岁
			for _, word := range [...]string{"-", "至", "到", "~", "—"} {
				names = append(names, between.ReplaceAllString(plain, "${1}"+word+"${2}"))
			}
		}
		for _, t := range names {
			if t != "" && !slices.ContainsFunc(n.all[max(0, len(n.all)-16):], func(o term) bool { return o.text == t && o.value == value }) {
				n.all = append(n.all, term{text: t, value: value})
			}
		}
	}
}

// roots are words that many names of counts have in them, what else is said for
// each, and in English.
var roots = []struct{ in, words string }{
	{"拘留", `拘留|被拘|\bdetain\w*|\bdetention\w*`},
	{"逮捕", `逮捕|被捕|\barrest\w*`},
	{"死亡", `死亡|身亡|遇难|死者|死了|致死|死伤|[\d一二两三四五六七八九十]人?死|\bdied?\b|\bdead\b|\bdeaths?\b|\bkilled\b|\bfatalit\w+`},
	{"受伤", `受伤|伤者|[\d一二两三四五六七八九十]人?伤|\binjur\w+|\bhurt\b|\bwounded\b`},
	{"未成年", `未成年|\bminors?\b|\bjuveniles?\b|\bunderage\b`},
	{"18岁以下", `未成年|\bminors?\b`},
	{"不满18", `未成年|\bminors?\b`},
	{"未满18", `未成年|\bminors?\b`},
	{"儿童", `儿童|\bchild(?:ren)?\b`},
	{"嫌疑", `嫌疑人|\bsuspects?\b`},
	{"被害", `被害|受害|\bvictims?\b`},
	{"受害", `被害|受害|\bvictims?\b`},
	{"失踪", `失踪|走失|\bmissing\b`},
	{"吸毒", `吸毒|\bdrug (?:users?|addicts?)\b`},
	{"外国", `外国|外籍|\bforeign\w*`},
	{"女", `女性|妇女|\bwom[ae]n\b|\bfemales?\b`},
	{"男", `男性|\bm[ae]n\b|\bmales?\b`},
	{"摩托", `摩托|\bmotor(?:cycl|bik)\w*`},
	{"行人", `行人|\bpedestrians?\b`},
	{"自行车", `自行车|\bcyclists?\b|\bbicycles?\b`},
	{"汽车", `汽车|\bcars?\b`},
}

// roots adds the words of the roots that a value has, near each other where they
// are two, unless another value has them too.
func (n *terms) roots() {
	of := map[string][]int{} // the values that a pattern stands for
	var patterns []string
	values := map[int]bool{}
	for _, o := range n.all {
		if values[o.value] {
			continue
		}
		values[o.value] = true
		pattern := ""
		for _, r := range roots {
			switch {
			case !strings.Contains(o.text, r.in):
			case pattern == "":
				pattern = r.words
			default:
				pattern = "(?:" + pattern + ").{0,18}(?:" + r.words + ")|(?:" + r.words + ").{0,18}(?:" + pattern + ")"
			}
		}
		if pattern == "" {
			continue
		}
		if of[pattern] == nil {
			patterns = append(patterns, pattern)
		}
		of[pattern] = append(of[pattern], o.value)
	}
	for _, pattern := range patterns {
		if len(of[pattern]) == 1 {
			n.all = append(n.all, term{words: regexp.MustCompile(pattern), value: of[pattern][0]})
		}
	}
}

// core is a name without brackets and without the words that all counts have;
// empty where it is nothing else: 拘留 of 拘留人数（人）.
func core(name string) string {
	name, _ = plainOf(bureau.Subject(strings.TrimSpace(name)))
	name, _, _ = strings.Cut(name, "(")
	name = strings.TrimSpace(name)
	for _, word := range [...]string{"number of ", "count of "} {
		name = strings.TrimPrefix(name, word)
	}
	for cut := true; cut; {
		cut = false
		for _, word := range [...]string{"人数", "人次", "数量", "人员", "户数", "数", "总", "人", "量", "情况", "统计", "persons", "people", "number", "count"} {
			if rest, found := strings.CutSuffix(name, word); found {
				name, cut = strings.TrimSpace(rest), true
			}
		}
	}
	return name
}

// mention is a place where a value is named.
type mention struct {
	span
	value int
}

// in finds the values that a stretch names, without what is part of a longer name
// (成年 in 未成年) or denied by the character before it.
func (n *terms) in(plain string, at span) []mention {
	var all []mention
	text := plain[at.start:at.end]
	found := func(from, to, value int) {
		for _, no := range [...]string{"未", "非", "无", "无人", "没有", "没有人", "未有", "no ", "nobody "} {
			if strings.HasSuffix(text[:from], no) {
				return
			}
		}
		all = append(all, mention{span{at.start + from, at.start + to}, value})
	}
	for _, o := range n.all {
		if o.words != nil {
			for _, m := range o.words.FindAllStringIndex(text, -1) {
				found(m[0], m[1], o.value)
			}
			continue
		}
		for from := 0; ; {
			i := strings.Index(text[from:], o.text)
			if i < 0 {
				break
			}
			from += i
			to := from + len(o.text)
			if utf8.RuneCountInString(o.text) > 1 || alone.MatchString(text[to:min(len(text), to+window)]) || strings.HasSuffix(text[:from], "人") || strings.HasSuffix(text[:from], "名") {
				found(from, to, o.value)
			}
			from = to
		}
	}
	slices.SortStableFunc(all, func(a, b mention) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	kept, wide := all[:0], span{}
	for _, m := range all {
		switch {
		case m.end <= wide.end && m.end-m.start < wide.end-wide.start:
			continue // within a longer one
		case m.end > wide.end:
			wide = m.span
		}
		kept = append(kept, m)
	}
	return kept
}

// A name of one character is one only beside its number: 男3人, 男性3人, 3名男.
var alone = regexp.MustCompile(`^(?:性|士|生|子|童|孩)?\s*[:为有]?\s*[\d一二两三四五六七八九十]|^$`)

// judged is a passage as it is judged: its plain text, its clauses, and what was
// found in them.
type judged struct {
	passage
	plain   string
	offsets []int
	clauses []span
	numbers [][]spoken // of each clause
	options period.Options
	seen    *corroborations
	each    bool // its numbers are of its names in their order: 分别
	named   map[asked][]mention
	titles  map[string]bool
	timed   map[int][]period.Period // by clause; what was said before under -1
}

type asked struct {
	of     *terms
	clause int // what was said before under -1, with what is far under -2
}

// reach is how many clauses back a clause is still understood by.
const reach = 8

func (q *quoted) passage(p passage) {
	if !q.worth(p.text) {
		return
	}
	j := judged{passage: p, options: q.options, seen: &q.seen}
	j.plain, j.offsets = plainOf(p.text)
	j.clauses = clausesOf(j.plain)
	interesting := false
	for _, c := range j.clauses {
		found := numbersOf(j.plain, c)
		for _, n := range found {
			interesting = interesting || q.numbers[n.value] || q.derived[n.value] || q.derived[math.Floor(n.value)]
		}
		j.numbers = append(j.numbers, found)
	}
	if !interesting {
		return
	}
	j.titles = map[string]bool{}
	j.named, j.timed = map[asked][]mention{}, map[int][]period.Period{}
	j.near, j.far = plainAll(j.near), plainAll(j.far)
	j.each = strings.Contains(j.plain, "分别") || strings.Contains(j.plain, "respectively")
	for i := range j.clauses {
		for _, n := range j.numbers[i][:min(len(j.numbers[i]), maxClaims)] {
			q.number(j, i, n)
		}
	}
}

func plainAll(texts []string) []string {
	all := make([]string, len(texts))
	for i := range texts {
		all[i], _ = plainOf(texts[i])
	}
	return all
}

// number judges one number.
func (q *quoted) number(j judged, clause int, n spoken) {
	var open *veil
	var row, field int
	for _, v := range q.veils {
		for _, c := range v.hidden[n.value] {
			switch how, at := v.says(j, clause, n, c); {
			case how == tells:
				q.tell(j, n, problem.Say("这里的数字是“%s”不公布的数值，表里隐去了，文字却写了出来", `the number here is the withheld figure "%s": the table hides it and the text tells it`, problem.Quote(v.place(at, c.field))),
					v.instead(n.value, at, c.field))
				return
			case how == maybe && open == nil:
				open, row, field = v, at, c.field
			}
		}
		if d, found := v.derives(j, clause, n); found {
			q.tell(j, n, problem.Say("从这里的数字可以算出“%s”不公布的数值", `the withheld figure "%s" can be computed from the number here`, problem.Quote(v.place(d.row, d.field))),
				problem.Say("删去这个数字", "delete the number"))
			return
		}
	}
	if open != nil {
		q.problems.Warn(j.place(j.offsets[n.start]), problem.DisclosureQuoted, j.inside(
			problem.Say("这里的数字与“%s”不公布的数值相同，讲的又是同一列，可能会让人认出来", `the number here equals the withheld figure "%s" and speaks of the same column; readers may find the cell by it`, problem.Quote(open.place(row, field)))),
			problem.Say("删去这个数字；讲的不是这一格的，写明是哪个期间、哪一类", "delete the number, or say which period and category it is of where it is another"))
	}
}

// tell reports a number that gives a withheld figure away.
func (q *quoted) tell(j judged, n spoken, message, hint problem.Text) {
	q.problems.Error(j.place(j.offsets[n.start]), problem.DisclosureQuoted, j.inside(message), hint)
}

// inside adds to a message where in an attachment it is.
func (p passage) inside(message problem.Text) problem.Text {
	if p.in.EN == "" {
		return message
	}
	return problem.Text{ZH: message.ZH + "（在" + p.in.ZH + "里）", EN: message.EN + " (in " + p.in.EN + ")"}
}

// instead says what to write in place of a withheld figure.
func (v *veil) instead(number float64, row, field int) problem.Text {
	if unit := v.Unit(row, field); v.Fields[field].IsPersonal() && number < float64(v.Disclosure.Threshold) {
		if unit == "" {
			unit = "人"
		}
		return problem.Say("删去这个数字，或者改写成“不公布”或“不足%[1]d%[2]s”", `delete the number, or write "withheld" or "fewer than %[1]d"`, v.Disclosure.Threshold, problem.Quote(unit))
	}
	return problem.Say("删去这个数字，或者改写成“不公布”", `delete the number, or write "withheld"`)
}

// telling is how much a number gives away.
type telling uint8

const (
	nothing telling = iota
	maybe
	tells
)

// says tells whether a number is a withheld figure of a column to a reader, and
// in which row.
func (v *veil) says(j judged, clause int, n spoken, c hiding) (telling, int) {
	measured, counts := j.counts(clause, n, v, c)
	if !counts {
		return nothing, 0
	}
	own := j.of == v.Statistic
	if number, hidden := v.places[[2]int{j.row, c.field}]; own && hidden && number == n.value && measured && len(timesOf(j.plain, "", 0, j.options)) == 0 && !yearWords.MatchString(j.plain) {
		return tells, j.row // whatever it names: a number of persons in the note of this very row
	}

	listed := j.listed(clause, n, v)
	if !measured && !listed && !j.beside(clause, n, v, c.field) {
		return nothing, 0
	}
	return v.finds(j, clause, n, c, listed)
}

// finds tells whether what a text says around a number names a withheld figure of
// a column, and in which row.
func (v *veil) finds(j judged, clause int, n spoken, c hiding, listed bool) (telling, int) {
	own := j.of == v.Statistic

	// The field.
	said, titled := j.mentions(clause, &v.fields, listed), j.titled(v.title)
	if len(said) > 0 && !slices.ContainsFunc(said, func(m mention) bool { return m.value == c.field }) {
		return nothing, 0
	}
	if len(said) == 0 && !v.generic[c.field] && !(listed && (own || titled && v.only(c.field) || j.corroborates(v, c))) {
		return nothing, 0
	}
	generic := len(said) == 0 && !own && !titled // then a category has to say what is counted

	// The row.
	var times []period.Period
	if v.period {
		times = j.times(clause)
	}
	named := make([][]mention, len(v.keys))
	for i := range v.keys {
		named[i] = j.mentions(clause, &v.values[i], true)
		if listed {
			named[i] = closest(named[i], n, len(j.in(clause, &v.values[i])) > 0)
		}
	}
	rows := c.rows
	if last := len(v.keys) - 1; last >= 0 && c.by != nil && len(named[last]) > 0 {
		rows = nil
		for i, m := range named[last] {
			text := v.Cell(m.value, v.keys[last]).Text
			if !slices.ContainsFunc(named[last][:i], func(o mention) bool { return v.Cell(o.value, v.keys[last]).Text == text }) {
				rows = append(rows, c.by[text]...)
			}
		}
	}
	open := -1
rows:
	for _, row := range rows {
		missing, certain, category := false, 0, false
		for i, k := range v.keys {
			text := v.Cell(row, k).Text
			switch {
			case len(named[i]) > 0:
				if !slices.ContainsFunc(named[i], func(m mention) bool { return v.Cell(m.value, k).Text == text }) {
					continue rows
				}
				certain++
				category = category || v.Fields[k].Role == bureau.RoleCategory
			case v.Rows[row].Kind != bureau.TotalRow && bureau.KindOf(text) != bureau.TotalRow:
				missing = true
			}
		}
		if of := v.Period(row); v.period {
			same := func(p period.Period) bool {
				return p.Start == of.Start && p.End == of.End || !c.other.IsZero() && p.Start == c.other.Start && p.End == c.other.End
			}
			switch {
			case len(times) > 0 && !slices.ContainsFunc(times, same):
				continue rows
			case len(times) > 0:
				certain++
			case !own:
				missing = true
			case j.row >= 0 && !same(j.period):
				continue rows
			case j.row < 0 && !v.single && !of.IsZero():
				missing = true
			}
		}
		switch {
		case generic && !category:
		case missing && own && open < 0:
			open = row
		case missing, certain == 0 && !own && !titled:
		default:
			return tells, row
		}
	}
	if open >= 0 {
		return maybe, open
	}
	return nothing, 0
}

// titled tells whether the passage, or what is known before it, names the title.
func (j judged) titled(title string) bool {
	if utf8.RuneCountInString(title) < 2 {
		return false
	}
	is, known := j.titles[title]
	if !known {
		is = named(j.plain, title) || slices.ContainsFunc(slices.Concat(j.near, j.far), func(t string) bool { return named(t, title) })
		j.titles[title] = is
	}
	return is
}

// named tells whether a sentence names a measure: it holds three characters of
// its name in a row, or all of a shorter one.
func named(text, name string) bool {
	runes := []rune(name)
	n := min(3, len(runes))
	for i := 0; n > 1 && i+n <= len(runes); i++ {
		if strings.Contains(text, string(runes[i:i+n])) {
			return true
		}
	}
	return false
}

// mentions gives the values that the clause of a number names; where it names
// none, those of the nearest clause before it and of the one after it, if that has
// no number of its own; or of what was said before, near, and far if so wanted.
func (j judged) mentions(clause int, n *terms, far bool) []mention {
	if j.each {
		var all []mention
		for i := range j.clauses[:min(len(j.clauses), 4*reach)] {
			all = append(all, j.in(i, n)...)
		}
		if len(all) > 0 {
			return all
		}
	} else if own := j.in(clause, n); len(own) > 0 {
		return own
	}
	var all []mention
	for i := clause - 1; i >= max(0, clause-reach) && len(all) == 0; i-- {
		all = j.in(i, n)
	}
	if next := clause + 1; next < len(j.clauses) && len(j.numbers[next]) == 0 {
		all = slices.Concat(all, j.in(next, n))
	}
	if len(all) > 0 {
		return all
	}
	before, key := j.near, asked{n, -1}
	if far {
		before, key.clause = slices.Concat(j.far, j.near), -2
	}
	all, known := j.named[key]
	for i := len(before) - 1; !known && i >= 0 && len(all) == 0; i-- {
		all = n.in(before[i], span{0, len(before[i])})
	}
	j.named[key] = all
	return all
}

// in gives the values that a clause names.
func (j judged) in(clause int, n *terms) []mention {
	all, known := j.named[asked{n, clause}]
	if !known {
		all = n.in(j.plain, j.clauses[clause])
		j.named[asked{n, clause}] = all
	}
	return all
}

// times gives the periods that a number is of, in the same way.
func (j judged) times(clause int) []period.Period {
	for i := clause; i >= max(0, clause-reach); i-- {
		if all := j.at(i); len(all) > 0 {
			return all
		}
	}
	for i := clause + 1; i < min(len(j.clauses), clause+reach); i++ {
		if all := j.at(i); len(all) > 0 {
			return all
		}
	}
	all, known := j.timed[-1]
	before := slices.Concat(j.far, j.near)
	for i := len(before) - 1; !known && i >= 0 && len(all) == 0; i-- {
		all = timesOf(before[i], strings.Join(before[:i], " "), j.day, j.options)
	}
	j.timed[-1] = all
	return all
}

// at gives the periods that a clause names.
func (j judged) at(clause int) []period.Period {
	all, known := j.timed[clause]
	if !known {
		c := j.clauses[clause]
		all = timesOf(j.plain[c.start:c.end], j.plain[j.clauses[max(0, clause-reach)].start:c.start], j.day, j.options)
		j.timed[clause] = all
	}
	return all
}

// window is how many bytes around a number are looked at.
const window = 120

var (
	// before a number: it is a limit, an ordinal, one of several, or the end of a range
	bounds = regexp.MustCompile(`(?:无|没有|未有|按|作为|算作|计为|记为|视为|只计|仅计|(?:由|须|需|应|应当)(?:由|有)?|不足|不到|少于|低于|不满|未满|小于|不超过|至多|最多|至少|最少|超过|多于|大于|第|每|每隔|不少于|限|(?:\d|[一二两三四五六七八九十])(?:人|名|位|户|家)?(?:至|到|-|~|—|–|或)|fewer than|less than|more than|at least|at most|up to|under|over|below|above|every|each|no\.|article|page|section|aged?|window)\s*$`)
	// after its measure word: the same
	limits = regexp.MustCompile(`^\s*(?:以上|以下|以内|及以|多次|数次|两次|几次|一(?:人|档|策|案|户)|(?:至|到|-|~|—|–|或)\s*[\d一二两三四五六七八九十])`)
	// persons who are there for another reason
	others = regexp.MustCompile(`^\s*(?:以?[^,，]{0,4})?(?:民警|辅警|警察|警员|交警|工作人员|证人|见证|监护|负责人|代表人|联系人|申请人|代办|志愿者|律师|检察|记者|专家|领导|干部|讲解|翻译|医生|教师|家长|家属)`)
	// words between a name and its number that say nothing
	fillers = regexp.MustCompile(`^[:=\s]*(?:为|是|由|从|共|有|计|达|仅|只|约|了|的|人数|数|人|名|均|各|were|was|are|is|\s|:|=)*$`)
	// after the number of an item
	numbering = regexp.MustCompile(`^(?:[、)]|\.(?:\s|$))`)
	// English words that say what the number counts is something else
	things      = regexp.MustCompile(`^\s*-?(?:st|nd|rd|th|years?|days?|months?|weeks?|hours?|minutes?|times|officers?|police\w*|witness\w*|staff|guardians?|copies|originals?|windows?|cases?|vehicles?|steps?|per ?cent|yuan|km|stations?|units?|quarters?|parts?|lines?|rooms?)\b|^\s*%|^[:.]\d`)
	personWords = regexp.MustCompile(`^\s*(?:[a-z]+ ){0,2}?(?:persons?|people|individuals?|detainees|residents?|citizens?|men|women|minors?|children|suspects?|victims?|juveniles?)\b`)
)

// counts tells whether a number can count what the field counts: by a measure
// word, or, where none follows it, by nothing that says otherwise.
func (j judged) counts(clause int, n spoken, v *veil, in hiding) (measured, counts bool) {
	before, after := j.plain[max(j.clauses[clause].start, n.start-window):n.start], j.plain[n.end:min(len(j.plain), n.end+window)]
	if n.start < 4 && strings.Trim(j.plain[:n.start], " (") == "" && numbering.MatchString(after) {
		return false, false
	}
	if r, _ := utf8.DecodeLastRuneInString(before); r < utf8.RuneSelf && (r == '.' || r == '-' && strings.TrimSpace(before) != "-" || 'a' <= r && r <= 'z' || '0' <= r && r <= '9') {
		return false, false
	}
	if bounds.MatchString(before) {
		return false, false
	}
	field, unit := v.Fields[in.field], v.Unit(in.rows[0], in.field)
	rest, ok := measure(after, field, unit)
	if ok {
		if limits.MatchString(rest) {
			return false, false
		}
		if o := others.FindString(rest); o != "" && !slices.ContainsFunc(v.fields.in(o, span{0, len(o)}), func(m mention) bool { return m.value == in.field }) {
			return false, false
		}
		return true, true
	}
	if n.chinese || limits.MatchString(after) || things.MatchString(after) {
		return false, false
	}
	if !field.IsPersonal() {
		return false, false
	}
	if personWords.MatchString(after) {
		return true, true
	}
	return false, true
}

// measure cuts the measure word of what a field counts.
func measure(after string, f bureau.Field, unit string) (rest string, ok bool) {
	after = strings.TrimLeft(after, " ")
	unit, _ = plainOf(unit)
	var all []string
	switch {
	case f.Type == "percent" || unit == "%":
		all = []string{"%", "percent", "per cent"}
	case unit == "‰":
		all = []string{"‰"}
	case f.Risk == "organisation":
		all = []string{unit, "家", "户", "个企业", "个单位", "所"}
	default:
		all = []string{unit, "个人", "人", "名", "位", "口", "例"}
	}
	for _, word := range all {
		if rest, found := strings.CutPrefix(after, word); found && word != "" {
			return rest, word != "人" || !strings.HasPrefix(rest, "次")
		}
	}
	return "", false
}

// beside tells whether a number without a measure word stands beside the name of
// the field, or is all that its clause or cell says.
func (j judged) beside(clause int, n spoken, v *veil, field int) bool {
	c := j.clauses[clause]
	if c.end-c.start < window && strings.Trim(dated.ReplaceAllLiteralString(j.plain[c.start:n.start], "")+j.plain[n.end:c.end], " :=-.") == "" {
		return !j.cell || j.heads(v, field)
	}
	isEnglish := n.english || strings.IndexFunc(j.plain[c.start:c.end], func(r rune) bool { return r > 0x2e80 }) < 0
	for _, m := range j.in(clause, &v.fields) {
		if m.value != field {
			continue
		}
		next := strings.TrimLeft(j.plain[n.end:c.end], " ")
		switch {
		case isEnglish && m.end <= n.start:
			if len(strings.Fields(j.plain[m.end:n.start])) <= 4 && ends.MatchString(next) {
				return true
			}
		case isEnglish && n.end <= m.start:
			between := j.plain[n.end:m.start]
			count := len(strings.Fields(between))
			if count <= 3 && !prepositions.MatchString(between) || count <= 8 && strings.HasPrefix(next, "of ") {
				return true
			}
		case m.start <= n.start && n.end <= m.end: // 3死
			return true
		case m.end <= n.start:
			between := dated.ReplaceAllLiteralString(j.plain[m.end:n.start], "")
			other := slices.ContainsFunc(j.in(clause, &v.fields), func(o mention) bool { return o.start == c.end-len(next) }) // 未成年 2 成年 13
			r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(next, "个"))
			if fillers.MatchString(between) && (other || r == utf8.RuneError || r < utf8.RuneSelf && r != '%' || between != j.plain[m.end:n.start] && changes.MatchString(next)) {
				return true
			}
		}
	}
	return false
}

// heads tells whether the head of a cell leaves open that it holds the figure: a
// number under 序号 or 份数 counts something else.
func (j judged) heads(v *veil, field int) bool {
	if len(j.near) == 0 || j.near[len(j.near)-1] == "" {
		return true
	}
	head := j.near[len(j.near)-1]
	at := span{0, len(head)}
	if core(head) == "" || dated.MatchString(head) || yearless.MatchString(head) || heads.MatchString(head) {
		return true
	}
	if slices.ContainsFunc(v.fields.in(head, at), func(m mention) bool { return m.value == field }) {
		return true
	}
	return slices.ContainsFunc(v.values, func(n terms) bool { return len(n.in(head, at)) > 0 })
}

var (
	changes      = regexp.MustCompile(`^(?:增|减|升|降|上升|下降)`) // 由2024年的3增至2025年的7
	heads        = regexp.MustCompile(`^(?:数值|数字|数据|值|count|number|figure|persons?|value)$`)
	ends         = regexp.MustCompile(`^(?:$|[^a-z0-9]|(?:in|of|and|this|during|for|among)\b)`)
	prepositions = regexp.MustCompile(`\b(?:for|with|to|about|by|from|on|at|near|had|asked?)\b`)
)
