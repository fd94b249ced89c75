package check

import (
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
			q.veils = append(q.veils, newVeil(s, b.Units))
		}
	}
	if len(q.veils) > 0 {
		passages(b, q.passage)
	}
	return q.problems
}

type quoted struct {
	veils    []*veil
	options  period.Options
	problems problem.List
}

// veil is a statistic with the figures that are withheld of it, and the words by
// which its fields and the values of its keys are named.
type veil struct {
	*bureau.Statistic
	hidden  map[float64][]bureau.Withheld
	fields  terms
	generic map[int]bool // fields whose name says nothing: 人数
	keys    []int        // without the period
	values  []terms      // of each of keys, by the first row that has it
	title   string
	period  bool // its rows have a period
	single  bool // and all the same one
}

// places says where the withheld figure stands, in a text: the field and the row.
func (v *veil) places(w bureau.Withheld) string {
	all := []string{}
	for _, k := range v.Keys() {
		all = append(all, v.Row(w.Row)[k].Text)
	}
	return v.Title() + "/" + strings.Join(append(all, v.Fields[w.Field].Name), "/")
}

func newVeil(s *bureau.Statistic, units []bureau.Unit) *veil {
	v := &veil{Statistic: s, hidden: map[float64][]bureau.Withheld{}, generic: map[int]bool{}, title: core(s.Title())}
	for _, w := range s.Hidden {
		v.hidden[w.Number] = append(v.hidden[w.Number], w)
	}
	for i, f := range s.Fields {
		if f.Role != bureau.RoleMeasure {
			continue
		}
		if v.generic[i] = core(f.Bare()) == ""; !v.generic[i] {
			v.fields.add(i, f.Bare(), f.Title)
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
			text := s.Row(row)[k].Text
			if seen[text] || bureau.KindOf(text) == bureau.TotalRow {
				continue
			}
			seen[text] = true
			all.add(row, text)
			if i, found := index[text]; found && s.Fields[k].Role == bureau.RoleUnit {
				all.add(row, units[i].Names()...)
				all.add(row, short(units[i].Name.V))
			}
		}
		all.roots()
		v.keys, v.values = append(v.keys, k), append(v.values, all)
	}
	v.single = v.period
	for i := range s.Rows {
		v.single = v.single && s.Rows[i].Period.Start == s.Rows[0].Period.Start && s.Rows[i].Period.End == s.Rows[0].Period.End
	}
	return v
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
type terms []term

type term struct {
	text  string
	words *regexp.Regexp // instead of text
	value int
}

// add takes names of a value, each with its core.
func (n *terms) add(value int, texts ...string) {
	for _, text := range texts {
		plain, _ := plainOf(strings.TrimSpace(text))
		for _, t := range [...]string{plain, core(text)} {
			if t != "" && !slices.ContainsFunc(*n, func(o term) bool { return o.text == t && o.value == value }) {
				*n = append(*n, term{text: t, value: value})
			}
		}
	}
}

// roots are words that many names of counts have in them, what else is said for
// each, and in English.
var roots = []struct {
	in    string
	words *regexp.Regexp
}{
	{"拘留", regexp.MustCompile(`拘留|被拘|\bdetain\w*|\bdetention\w*`)},
	{"逮捕", regexp.MustCompile(`逮捕|被捕|\barrest\w*`)},
	{"死亡", regexp.MustCompile(`死亡|身亡|遇难|死者|\bdied?\b|\bdead\b|\bdeaths?\b|\bkilled\b|\bfatalit\w+`)},
	{"受伤", regexp.MustCompile(`受伤|伤者|\binjur\w+|\bhurt\b|\bwounded\b`)},
	{"未成年", regexp.MustCompile(`未成年|\bminors?\b|\bjuveniles?\b|\bunderage\b`)},
	{"儿童", regexp.MustCompile(`儿童|\bchild(?:ren)?\b`)},
	{"嫌疑", regexp.MustCompile(`嫌疑人|\bsuspects?\b`)},
	{"被害", regexp.MustCompile(`被害|受害|\bvictims?\b`)},
	{"受害", regexp.MustCompile(`被害|受害|\bvictims?\b`)},
	{"失踪", regexp.MustCompile(`失踪|走失|\bmissing\b`)},
	{"吸毒", regexp.MustCompile(`吸毒|\bdrug (?:users?|addicts?)\b`)},
	{"外国", regexp.MustCompile(`外国|外籍|\bforeign\w*`)},
	{"女", regexp.MustCompile(`女性|妇女|\bwom[ae]n\b|\bfemales?\b`)},
	{"男", regexp.MustCompile(`男性|男子|\bm[ae]n\b|\bmales?\b`)},
}

// roots adds the words of a root where one value alone has it.
func (n *terms) roots() {
	for _, r := range roots {
		of := -1
		for _, o := range *n {
			if o.words != nil || !strings.Contains(o.text, r.in) {
				continue
			}
			if of >= 0 && of != o.value {
				of = -2
				break
			}
			of = o.value
		}
		if of >= 0 {
			*n = append(*n, term{words: r.words, value: of})
		}
	}
}

// core is a name without brackets and without the words that all counts have;
// empty where it is nothing else: 拘留 of 拘留人数（人）.
func core(name string) string {
	name, _ = plainOf(name)
	name, _, _ = strings.Cut(name, "(")
	name = strings.TrimSpace(name)
	for _, word := range [...]string{"其中", ":", "number of ", "count of "} {
		name = strings.TrimPrefix(name, word)
	}
	for cut := true; cut; {
		cut = false
		for _, word := range [...]string{"总人数", "人数", "人次", "总数", "数量", "人员", "户数", "数", "人", "量", "合计", "情况", "统计", " persons", " people", "persons", "people", "number", "total", "count"} {
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
func (n terms) in(plain string, at span) []mention {
	var all []mention
	text := plain[at.start:at.end]
	found := func(from, to, value int) {
		for _, no := range [...]string{"未", "非", "无"} {
			if strings.HasSuffix(text[:from], no) {
				return
			}
		}
		all = append(all, mention{span{at.start + from, at.start + to}, value})
	}
	for _, o := range n {
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
			if utf8.RuneCountInString(o.text) > 1 || alone.MatchString(text[to:]) || counted.MatchString(text[:from]) {
				found(from, to, o.value)
			}
			from = to
		}
	}
	return slices.DeleteFunc(all, func(m mention) bool {
		return slices.ContainsFunc(all, func(o mention) bool {
			return o.start <= m.start && m.end <= o.end && o.end-o.start > m.end-m.start
		})
	})
}

// A name of one character is one only beside its number: 男3人, 男性3人, 3名男.
var (
	alone   = regexp.MustCompile(`^(?:性|士|生|童|孩)?\s*[:为有]?\s*[\d一二两三四五六七八九十]|^$`)
	counted = regexp.MustCompile(`[人名]$`)
)

// judged is a passage as it is judged: its plain text and its clauses.
type judged struct {
	passage
	plain   string
	offsets []int
	clauses []span
	numbers [][]spoken // of each clause
}

func (q *quoted) passage(p passage) {
	j := judged{passage: p}
	j.plain, j.offsets = plainOf(p.text)
	j.clauses = clausesOf(j.plain)
	interesting := false
	for _, c := range j.clauses {
		found := numbersOf(j.plain, c)
		for _, n := range found {
			interesting = interesting || slices.ContainsFunc(q.veils, func(v *veil) bool { return v.hidden[n.value] != nil })
		}
		j.numbers = append(j.numbers, found)
	}
	if !interesting {
		return
	}
	for i := range j.near {
		j.near[i], _ = plainOf(j.near[i])
	}
	j.far = slices.Clone(j.far)
	for i := range j.far {
		j.far[i], _ = plainOf(j.far[i])
	}
	for i := range j.clauses {
		for _, n := range j.numbers[i] {
			q.number(j, i, n)
		}
	}
}

// number judges one number.
func (q *quoted) number(j judged, clause int, n spoken) {
	var open *bureau.Withheld
	var of *veil
	for _, v := range q.veils {
		for _, w := range v.hidden[n.value] {
			switch q.says(j, clause, n, v, w) {
			case tells:
				q.problems.Error(j.place(j.offsets[n.start]), problem.DisclosureQuoted,
					problem.Say("这里的数字是“%s”不公布的数值，表里隐去了，文字却写了出来", `the number here is the withheld figure "%s": the table hides it and the text tells it`, problem.Quote(v.places(w))),
					problem.Say("删去这个数字，或者改写成“不公布”或“不足%d人”", `delete the number, or write "withheld" or "fewer than %d"`, v.Disclosure.Threshold))
				return
			case maybe:
				if open == nil {
					open, of = &w, v
				}
			}
		}
	}
	if open != nil {
		q.problems.Warn(j.place(j.offsets[n.start]), problem.DisclosureQuoted,
			problem.Say("这里的数字与“%s”不公布的数值相同，讲的又是同一列，可能会让人认出来", `the number here equals the withheld figure "%s" and speaks of the same column; readers may find the cell by it`, problem.Quote(of.places(*open))),
			problem.Say("删去这个数字；讲的不是这一格的，写明是哪个期间、哪一类", "delete the number, or say which period and category it is of where it is another"))
	}
}

// telling is how much a number gives away.
type telling uint8

const (
	nothing telling = iota
	maybe
	tells
)

// says tells whether a number is the withheld figure to a reader.
func (q *quoted) says(j judged, clause int, n spoken, v *veil, w bureau.Withheld) telling {
	measured, counts := j.counts(clause, n, v, w)
	if !counts {
		return nothing
	}
	own := j.of == v.Statistic
	if own && j.row == w.Row && measured && len(timesOf(j.plain, "", 0, q.options)) == 0 && !yearWords.MatchString(j.plain) {
		return tells // whatever it names: a number of persons in the note of this very row
	}

	// The field.
	said, titled := j.mentions(clause, v.fields, false), j.titled(v.title)
	switch {
	case len(said) > 0:
		if !slices.ContainsFunc(said, func(m mention) bool { return m.value == w.Field }) {
			return nothing
		}
	case !v.generic[w.Field]:
		return nothing
	case !own && !titled && !j.categories(clause, v, w):
		return nothing
	}
	if !measured && !j.beside(clause, n, v, w) {
		return nothing
	}

	// The row.
	missing, certain := false, 0
	for i, k := range v.keys {
		text := v.Row(w.Row)[k].Text
		total := bureau.KindOf(text) == bureau.TotalRow || v.Rows[w.Row].Kind == bureau.TotalRow
		said := j.mentions(clause, v.values[i], true)
		switch {
		case len(said) == 0 && !total:
			missing = true
		case len(said) == 0:
		case !slices.ContainsFunc(said, func(m mention) bool { return v.Row(m.value)[k].Text == text }):
			return nothing
		default:
			certain++
		}
	}
	if v.period {
		times, row := j.times(clause, q.options), v.Rows[w.Row].Period
		switch {
		case len(times) > 0 && !row.IsZero():
			if !slices.ContainsFunc(times, func(p period.Period) bool { return p.Start == row.Start && p.End == row.End }) {
				return nothing
			}
			certain++
		case len(times) > 0:
			return nothing
		case own && (v.single || row.IsZero()):
		case own && j.row >= 0 && j.period.Start == row.Start && j.period.End == row.End:
		case own && j.row >= 0:
			return nothing
		default:
			missing = true
		}
	}
	switch {
	case missing && own:
		return maybe
	case missing, certain == 0 && !own && !titled:
		return nothing
	}
	return tells
}

// categories tells whether the clause or what is before it names a category of the row.
func (j judged) categories(clause int, v *veil, w bureau.Withheld) bool {
	for i, k := range v.keys {
		if v.Fields[k].Role == bureau.RoleCategory && slices.ContainsFunc(j.mentions(clause, v.values[i], false), func(m mention) bool { return v.Row(m.value)[k].Text == v.Row(w.Row)[k].Text }) {
			return true
		}
	}
	return false
}

// titled tells whether the passage, or what is known before it, names the title.
func (j judged) titled(title string) bool {
	if utf8.RuneCountInString(title) < 2 {
		return false
	}
	return named(j.plain, title) || slices.ContainsFunc(slices.Concat(j.near, j.far), func(t string) bool { return named(t, title) })
}

// mentions gives the values that the clause of a number names; where it names
// none, those of the nearest clause before it and of the one after it, if that has
// no number of its own; or of what was said before, near, and far if so wanted.
func (j judged) mentions(clause int, n terms, far bool) []mention {
	if strings.Contains(j.plain, "分别") || strings.Contains(j.plain, "respectively") {
		if all := n.in(j.plain, span{0, len(j.plain)}); len(all) > 0 {
			return all
		}
	} else if own := n.in(j.plain, j.clauses[clause]); len(own) > 0 {
		return own
	}
	var all []mention
	for i := clause - 1; i >= 0 && len(all) == 0; i-- {
		all = n.in(j.plain, j.clauses[i])
	}
	if next := clause + 1; next < len(j.clauses) && len(j.numbers[next]) == 0 {
		all = append(all, n.in(j.plain, j.clauses[next])...)
	}
	before := j.near
	if far {
		before = slices.Concat(j.far, j.near)
	}
	for i := len(before) - 1; i >= 0 && len(all) == 0; i-- {
		all = n.in(before[i], span{0, len(before[i])})
	}
	return all
}

// times gives the periods that a number is of, in the same way.
func (j judged) times(clause int, o period.Options) []period.Period {
	at := func(i int) []period.Period {
		c := j.clauses[i]
		return timesOf(j.plain[c.start:c.end], j.plain[:c.start], j.day, o)
	}
	for i := clause; i >= 0; i-- {
		if all := at(i); len(all) > 0 {
			return all
		}
	}
	for i := clause + 1; i < len(j.clauses); i++ {
		if all := at(i); len(all) > 0 {
			return all
		}
	}
	before := slices.Concat(j.far, j.near)
	for i := len(before) - 1; i >= 0; i-- {
		if all := timesOf(before[i], strings.Join(before[:i], " "), j.day, o); len(all) > 0 {
			return all
		}
	}
	return nil
}

var (
	// before a number: it is a limit, an ordinal, one of several, or the end of a range
	bounds = regexp.MustCompile(`(?:不足|不到|少于|低于|不满|未满|小于|不超过|至多|最多|至少|最少|超过|多于|大于|第|每|每隔|不少于|限|(?:\d|[一二两三四五六七八九十])(?:人|名|位|户|家)?(?:至|到|-|~|—|–|或)|fewer than|less than|more than|at least|at most|up to|under|over|below|above|every|each|no\.|article|page|section|aged?|window)\s*$`)
	// after its measure word: the same
	limits = regexp.MustCompile(`^\s*(?:以上|以下|以内|及以|一(?:人|档|策|案|户)|(?:至|到|-|~|—|–|或)\s*[\d一二两三四五六七八九十])`)
	// persons who are there for another reason
	others = regexp.MustCompile(`^\s*(?:以?[^,，]{0,4})?(?:民警|辅警|警察|警员|交警|工作人员|证人|见证|监护|负责人|代表人|联系人|申请人|代办|志愿者|律师|检察|记者|专家|领导|干部|讲解|翻译|医生|教师|家长|家属)`)
	// words between a name and its number that say nothing
	fillers = regexp.MustCompile(`^[:=\s]*(?:为|是|共|有|计|达|仅|只|约|了|的|人数|数|人|名|均|各|were|was|are|is|\s|:|=)*$`)
	// English words that say what the number counts is something else
	things      = regexp.MustCompile(`^\s*-?(?:st|nd|rd|th|years?|days?|months?|weeks?|hours?|minutes?|times|officers?|police\w*|witness\w*|staff|guardians?|copies|originals?|windows?|cases?|vehicles?|steps?|per ?cent|yuan|km|stations?|units?|quarters?|%|\d|:|\.\d)\b`)
	personWords = regexp.MustCompile(`^\s*(?:[a-z]+ ){0,2}?(?:persons?|people|individuals?|detainees|residents?|citizens?|men|women|minors?|children|suspects?|victims?|juveniles?)\b`)
)

// counts tells whether a number can count what the field counts: by a measure
// word, or, where none follows it, by nothing that says otherwise.
func (j judged) counts(clause int, n spoken, v *veil, w bureau.Withheld) (measured, counts bool) {
	before, after := j.plain[:n.start], j.plain[n.end:]
	if r, _ := utf8.DecodeLastRuneInString(before); r < utf8.RuneSelf && (r == '.' || r == '-' && strings.TrimSpace(before) != "-" || 'a' <= r && r <= 'z' || '0' <= r && r <= '9') {
		return false, false
	}
	if bounds.MatchString(before) {
		return false, false
	}
	field, unit := v.Fields[w.Field], v.Unit(w.Row, w.Field)
	rest, ok := measure(after, field, unit)
	if ok {
		if limits.MatchString(rest) {
			return false, false
		}
		if o := others.FindString(rest); o != "" && !slices.ContainsFunc(v.fields.in(o, span{0, len(o)}), func(m mention) bool { return m.value == w.Field }) {
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
// the field, or is all that a cell says.
func (j judged) beside(clause int, n spoken, v *veil, w bureau.Withheld) bool {
	c := j.clauses[clause]
	if j.cell && strings.TrimSpace(j.plain[c.start:n.start]+j.plain[n.end:c.end]) == "" {
		return true
	}
	isEnglish := n.english || strings.IndexFunc(j.plain[c.start:c.end], func(r rune) bool { return r > 0x2e80 }) < 0
	for _, m := range v.fields.in(j.plain, c) {
		if m.value != w.Field {
			continue
		}
		switch {
		case isEnglish && m.end <= n.start:
			if len(strings.Fields(j.plain[m.end:n.start])) <= 3 {
				return true
			}
		case isEnglish && n.end <= m.start:
			if len(strings.Fields(j.plain[n.end:m.start])) <= 3 {
				return true
			}
		case m.end <= n.start:
			next, _ := utf8.DecodeRuneInString(strings.TrimLeft(j.plain[n.end:c.end], " "))
			if fillers.MatchString(j.plain[m.end:n.start]) && (next == utf8.RuneError || next < utf8.RuneSelf && next != '%') {
				return true
			}
		}
	}
	return false
}
