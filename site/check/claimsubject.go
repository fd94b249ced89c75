package check

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// This file finds what a sentence speaks of: measures by their names, by the words
// that names of figures are made of in either language, and the values of categories.

// lexemes are the words that say what a figure counts, in a name and in a sentence.
// Those of things that many figures count (案件, 人) tell none from another.
var lexemes = []lexeme{
	{regexp.MustCompile(`破获|破案|侦破|告破|\bsolv\w+|\bclear(?:ed|ance|-up)`), false},
	{regexp.MustCompile(`打击|惩处|\bdealt with\b|\bpunish\w*`), false},
	{regexp.MustCompile(`发案|发刑案|案发|发生(?:的|刑事|的刑事)?案|\boccur\w+`), false},
	{regexp.MustCompile(`立案|共立|新立|\bfiled\b|\bregistered cases\b|\brecorded (?:crimes?|cases)\b`), false},
	{regexp.MustCompile(`农村|\brural\b`), false},
	{regexp.MustCompile(`死亡|亡人|身亡|\bdeaths?\b|\bkilled\b|\bdied\b|\bfatalit\w+`), false},
	{regexp.MustCompile(`受伤|伤人|\binjur\w+`), false},
	{regexp.MustCompile(`抓获|\barrest\w*|\bcaught\b`), false},
	{regexp.MustCompile(`逮捕`), false},
	{regexp.MustCompile(`拘留|\bdetain\w*|\bdetention\w*`), false},
	{regexp.MustCompile(`未结|未办结|\bunfinished\b|\bpending\b`), false},
	{regexp.MustCompile(`(?:^|[^未])办结|(?:^|[^未])结案|办理完毕|\bcomplet\w+|\bsettled\b`), false},
	{regexp.MustCompile(`收集|受理|接收|收到|搜集|\breceived\b|\bcollected\b|\bgathered\b`), false},
	{regexp.MustCompile(`窗口|\bwindows?\b|\bcounters?\b`), false},
	{regexp.MustCompile(`户政|户籍|\bhousehold[- ]registration\b`), false},
	{regexp.MustCompile(`网上|线上|\bonline\b`), false},
	{regexp.MustCompile(`时长|用时|耗时|办理时间|\btook\b[^,;.]{0,20}minutes|\b(?:handling|processing|waiting) times?\b`), false},
	{regexp.MustCompile(`盗窃|被盗|\bthefts?\b|\bburglar\w*|\bstolen\b`), false},
	{regexp.MustCompile(`诈骗|涉诈|被骗|电诈|\bfrauds?\b|\bscams?\b`), false},
	{regexp.MustCompile(`止付|\b(?:sums?|amounts?|money) stopped\b|\bpayments? stopped\b|\bstop(?:ped)?[- ]payments?\b|\bfrozen\b`), false},
	{regexp.MustCompile(`返还|\breturned\b|\brefund\w*`), false},
	{regexp.MustCompile(`追回|追赃|挽回|挽损|\brecovered\b`), false},
	{regexp.MustCompile(`抢劫|抢夺|\brobber\w*`), false},
	{regexp.MustCompile(`命案|杀人|\bhomicides?\b|\bmurders?\b`), false},
	{regexp.MustCompile(`伤害|\bassaults?\b`), false},
	{regexp.MustCompile(`赌博|涉赌|\bgambling\b`), false},
	{regexp.MustCompile(`毒品|涉毒|吸毒|\bdrugs?\b`), false},
	{regexp.MustCompile(`投诉|举报|\bcomplaints?\b`), false},
	{regexp.MustCompile(`意见|建议|\bsuggestions?\b|\bopinions?\b`), false},
	{regexp.MustCompile(`诉求|\bdemands?\b`), false},
	{regexp.MustCompile(`火灾|火警|\bfires?\b`), false},
	{regexp.MustCompile(`警情|接警|报警|接处警|\bcalls?\b|\bemergenc\w+`), false},
	{regexp.MustCompile(`纠纷|\bdisputes?\b`), false},
	{regexp.MustCompile(`化解|调解`), false},
	{regexp.MustCompile(`隐患|\bhazards?\b`), false},
	{regexp.MustCompile(`满意|\bsatisf\w+`), false},
	{regexp.MustCompile(`安全感|\bsense of (?:safety|security)\b|\bfe(?:el|lt) safe\b`), false},
	{regexp.MustCompile(`样本|\bresponses\b|\brespondents\b|\bsample\b`), false},
	{regexp.MustCompile(`回访|\bcalled back\b`), false},
	{regexp.MustCompile(`巡逻|巡防|\bpatrols?\b`), false},
	{regexp.MustCompile(`护照|\bpassports?\b`), false},
	{regexp.MustCompile(`身份证|\bidentity cards?\b|\bid cards?\b`), false},
	{regexp.MustCompile(`驾驶证|驾照|\bdriving licen[cs]es?\b`), false},
	{regexp.MustCompile(`罚款|\bfines?\b`), false},
	{regexp.MustCompile(`事故|\baccidents?\b|\bcollisions?\b|\bcrash\w*`), false},
	{regexp.MustCompile(`酒驾|醉驾|酒后驾|毒驾|超速|闯红灯|\bdrunk\b|\bdrink[- ]driv\w+|\bspeeding\b`), false},
	{regexp.MustCompile(`道路|交通|\btraffic\b|\broad\b`), true},
	{regexp.MustCompile(`刑事|\bcriminal\b`), true},
	{regexp.MustCompile(`案|\bcases?\b|\bcrimes?\b`), true},
	{regexp.MustCompile(`人|\bpersons?\b|\bpeople\b`), true},
	{regexp.MustCompile(`办件|办理量|业务|\bhandled\b|\bmatters\b`), true},
	{regexp.MustCompile(rateWord), true},
}

// lexeme is a word of the names of figures, in both languages.
type lexeme struct {
	find    *regexp.Regexp
	generic bool
}

const rateWord = `率|\brates?\b`

// begins are the beginnings of the words of all lexemes, and of each.
var begins, beginOf = func() (*wordSet, [][]string) {
	var each [][]string
	for _, l := range lexemes {
		each = append(each, literals(l.find.String()))
	}
	return newWordSet(slices.Concat(each...)...), each
}()

// needed are texts of which every match of a lexeme holds one; nil where none are known.
var needed = func() (all [][]string) {
	for _, l := range lexemes {
		parsed, err := syntax.Parse(l.find.String(), syntax.Perl)
		if err != nil {
			panic(err) // it was compiled
		}
		all = append(all, neededBy(parsed))
	}
	return all
}()

// neededBy gives texts of which every match of an expression holds one; nil where none
// are known.
func neededBy(e *syntax.Regexp) []string {
	switch e.Op {
	case syntax.OpLiteral:
		if e.Flags&syntax.FoldCase == 0 {
			return []string{string(e.Rune)}
		}
	case syntax.OpCharClass:
		var all []string
		for i := 0; i < len(e.Rune) && len(all) < 8; i += 2 {
			for r := e.Rune[i]; r <= e.Rune[i+1] && len(all) <= 8; r++ {
				all = append(all, string(r))
			}
		}
		if len(all) < 8 {
			return all
		}
	case syntax.OpCapture, syntax.OpPlus:
		return neededBy(e.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, part := range e.Sub {
			if of := neededBy(part); of != nil && (best == nil || len(of) < len(best)) {
				best = of
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, part := range e.Sub {
			of := neededBy(part)
			if of == nil {
				return nil
			}
			all = append(all, of...)
		}
		return all
	}
	return nil
}

// wordsIn tells which lexemes a text holds, one bit each.
func wordsIn(plain string) (content, generic uint64) {
	if !begins.in(plain) {
		return 0, 0
	}
	for i, l := range lexemes {
		if holdsOne(plain, beginOf[i]) != "" && l.find.MatchString(plain) {
			if l.generic {
				generic |= 1 << i
			} else {
				content |= 1 << i
			}
		}
	}
	return content, generic
}

// measured is a published measure with what names it.
type measured struct {
	*bureau.Statistic
	field            int
	names            []string
	content, generic uint64 // words of its name
	around           uint64 // words of its statistic's title
	beside           uint64 // words of the names of its statistic's other measures
	vague            bool   // its name says nothing: 数值
	over             int    // the measure that it is divided by, or -1
	titled           string // what its statistic is of, where its own name only says that it was recorded
	also, instead    uint64 // words that mean as much as others: 发案, where nothing else counts it
	part             int    // the measure that is divided: field itself, or the one that a published rate is made of
	computed         bool   // it is no field: 破案 over 立案
	values           []terms
	keys             []int // without the period
	earlier          []int // the fields that have its figures of a year before: 立案上年同期
}

// measuresOf gives every measure of a bureau.
func measuresOf(b *bureau.Bureau) []*measured {
	var all []*measured
	units := bureau.UnitIndex(b.Units)
	aliases := aliasesOf(b)
	for _, s := range b.Statistics {
		var keys []int
		var values []terms
		for _, k := range s.Keys() {
			if s.Fields[k].Role != bureau.RolePeriod {
				keys, values = append(keys, k), append(values, valuesOf(s, k, units, b.Units))
			}
		}
		measures := 0
		for _, f := range s.Fields {
			if f.Role == bureau.RoleMeasure && !f.Derived {
				measures++
			}
		}
		for i, f := range s.Fields {
			if earlier, _ := f.Earlier(); f.Role != bureau.RoleMeasure || bureau.IsChange(f.Name) || earlier {
				continue
			}
			m := &measured{Statistic: s, field: i, keys: keys, values: values, over: -1, part: -1}
			for j, o := range s.Fields {
				if earlier, last := o.Earlier(); earlier && !last && o.Unit == f.Unit && o.Type == f.Type && o.Timeless() == f.Timeless() {
					m.earlier = append(m.earlier, j)
				}
			}
			if isPercent(s, i) {
				m.part, m.over = madeOf(s, i)
			}
			m.vague = core(f.Bare()) == "" || strings.HasPrefix(f.Bare(), "数值") || f.Bare() == "件数" || f.Bare() == "value"
			texts := []string{f.Bare(), f.Title}
			if measures == 1 && !f.Derived || m.vague {
				texts = append(texts, bureau.Subject(s.Title()), s.Descriptor.Concept.V)
			}
			for _, t := range texts {
				plain, _ := plainOf(strings.TrimSpace(t))
				plain, _, _ = strings.Cut(plain, "(")
				for _, name := range []string{plain, core(t), act(plain)} {
					if utf8.RuneCountInString(name) > 1 && !m.nothing(name) && !slices.Contains(m.names, name) {
						m.names = append(m.names, name)
					}
				}
				for _, alias := range aliases[plain] {
					if !slices.Contains(m.names, alias) {
						m.names = append(m.names, alias)
					}
				}
			}
			slug := strings.ReplaceAll(s.Name, "-", " ")
			named := strings.Join(m.names, " ")
			if measures == 1 {
				named += " " + slug
			}
			m.content, m.generic = wordsIn(named)
			title, _ := plainOf(s.Title())
			content, generic := wordsIn(title + " " + slug)
			m.around = content | generic&^(personBit|rateBit)
			if m.content == filedBit && core(f.Bare()) != core(s.Title()) {
				m.titled, _ = plainOf(bureau.Subject(s.Title()))
			}
			all = append(all, m)
		}
		own := all[len(all)-inStatistic(all, s):]
		for _, m := range own {
			for _, o := range own {
				if o != m {
					m.beside |= o.content
				}
			}
		}
		all = append(all, ratesOf(s, own)...)
	}
	occurs := slices.ContainsFunc(all, func(m *measured) bool { return (m.content|m.around)&occurBit != 0 })
	for _, m := range all {
		if m.content&filedBit != 0 && !occurs {
			m.also, m.instead = occurBit, filedBit
		}
		if m.generic&handledBit != 0 && (m.content|m.beside)&doneBit == 0 {
			m.also |= doneBit
		}
		if m.content&settledBit != 0 && (m.content|m.beside)&doneBit == 0 { // disputes settled
			m.also, m.instead = m.also|doneBit, m.instead|settledBit
		}
	}
	return all
}

func inStatistic(all []*measured, s *bureau.Statistic) int {
	n := 0
	for _, m := range all {
		if m.Statistic == s {
			n++
		}
	}
	return n
}

func isPercent(s *bureau.Statistic, field int) bool {
	return s.Fields[field].Type == "percent" || s.Fields[field].Unit == "%"
}

// madeOf finds the two counts of a statistic that a percentage is made of in every
// row; -1 where none are.
func madeOf(s *bureau.Statistic, rate int) (part, over int) {
	for a := range s.Fields {
		for b := range s.Fields {
			if a == b || !s.Fields[a].IsMeasure() || !s.Fields[b].IsMeasure() || !s.Fields[a].Additive || !s.Fields[b].Additive || isPercent(s, a) || isPercent(s, b) {
				continue
			}
			some, fits := 0, true
			for r := range s.Rows {
				row := s.Row(r)
				if !row[a].Has() || !row[b].Has() || !row[rate].Has() || row[b].Number == 0 {
					continue
				}
				slack := max(figures.LastDigit(row[rate]), 0.01)/2 + 1e-9
				if d := 100*row[a].Number/row[b].Number - row[rate].Number; d > slack || d < -slack {
					fits = false
					break
				}
				some++
			}
			if fits && some > 1 {
				return a, b
			}
		}
	}
	return -1, -1
}

// rated are the counts whose share has a name of its own, and of what it is one.
var rated = []struct{ part, over, name string }{
	{"破案", "立案", "破案率"}, {"破获", "立案", "破案率"}, {"办结", "收集", "办结率"}, {"办结", "受理", "办结率"},
	{"solved", "filed", "clearance rate"}, {"solved", "recorded", "clearance rate"},
}

// ratesOf gives the shares that have a name and that a statistic has the parts of,
// but not themselves.
func ratesOf(s *bureau.Statistic, known []*measured) []*measured {
	var all []*measured
	for _, r := range rated {
		var part, over *measured
		for _, m := range known {
			name, _ := plainOf(m.Fields[m.field].Bare())
			switch {
			case strings.Contains(name, strings.TrimSuffix(r.name, "率")+"率"):
				return nil
			case !m.Fields[m.field].Additive:
			case part == nil && strings.Contains(name, r.part):
				part = m
			case over == nil && strings.Contains(name, r.over):
				over = m
			}
		}
		if part != nil && over != nil {
			m := *part
			m.part, m.over, m.computed = part.field, over.field, true
			m.generic |= rateBit
			m.names = nil
			for _, name := range part.names {
				if han.MatchString(r.name) {
					m.names = append(m.names, strings.TrimSuffix(strings.TrimSuffix(name, r.part), "案件")+r.name)
				}
			}
			all = append(all, &m)
			break
		}
	}
	return all
}

// unit is what the measure counts in.
func (m *measured) unit() string {
	if m.computed || isPercent(m.Statistic, m.field) {
		return "%"
	}
	if len(m.Rows) > 0 {
		return m.Unit(0, m.field)
	}
	return m.Fields[m.field].Unit
}

// nothing tells whether a name says nothing of what it counts.
func (m *measured) nothing(name string) bool {
	return bureau.KindOf(name) == bureau.TotalRow || slices.Contains([]string{"数值", "数量", "件数", "人数", "人次", "value", "number", "count", "数据", "情况"}, name)
}

// aliasesOf gives what the glossary calls a term by otherwise.
func aliasesOf(b *bureau.Bureau) map[string][]string {
	all := map[string][]string{}
	r := b.Glossary()
	if r == nil {
		return all
	}
	term, other := r.ColumnOf(bureau.ColumnTerm), r.ColumnOf(bureau.ColumnAliases)
	if other < 0 {
		return all
	}
	for i := range r.Rows() {
		row := r.Row(i)
		name, _ := plainOf(strings.TrimSpace(row[term].V))
		for _, alias := range strings.FieldsFunc(row[other].V, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
			alias, _ = plainOf(strings.TrimSpace(alias))
			if utf8.RuneCountInString(alias) > 1 && name != "" {
				all[name] = append(all[name], alias)
				all[alias] = append(all[alias], name)
			}
		}
	}
	return all
}

// valuesOf gives the words for the values of a key.
func valuesOf(s *bureau.Statistic, key int, index map[string]int, units []bureau.Unit) terms {
	var all terms
	seen := map[string]bool{}
	c := s.Column(key)
	first := c.First()
	order := make([]int, 0, len(first))
	for i, row := range first {
		if row >= 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return first[a] - first[b] })
	for _, i := range order {
		row, text := first[i], c.Each[i].Text
		if seen[text] || text == "" || bureau.KindOf(text) == bureau.TotalRow {
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
	known := map[int]bool{}
	for _, t := range slices.Clone(all.all) {
		if t.words != nil || known[t.value] {
			continue
		}
		known[t.value] = true
		for i, l := range lexemes {
			if !l.generic && (needed[i] == nil || holdsOne(t.text, needed[i]) != "") && l.find.MatchString(t.text) {
				all.all = append(all.all, term{words: l.find, value: t.value})
			}
		}
	}
	return all
}

// find tells how strongly a stretch names the measure, and where: more than 100 by
// its whole name, more than 50 by a part of it, less by its words, 0 not at all.
func (m *measured) find(plain string, in span, content, generic uint64, near bool) (strength int, at span) {
	text := plain[in.start:in.end]
	if content&m.also != 0 {
		content = content&^m.also | m.instead
	}
	if m.titled != "" && content&(m.content|m.beside) == 0 {
		if from, to := nameIn(text, m.titled); from >= 0 {
			return 60 + utf8.RuneCountInString(m.titled), span{in.start + from, in.start + to}
		}
	}
	for _, name := range m.names {
		if from, to := nameIn(text, name); from >= 0 {
			if n := 100 + utf8.RuneCountInString(name); n > strength {
				strength, at = n, span{in.start + from, in.start + to}
			}
		}
	}
	if strength > 0 && (m.generic&rateBit != 0 || !strings.HasPrefix(text[at.end-in.start:], "率")) {
		return strength, at
	}
	strength = 0
	if m.vague {
		best := 0
		for i := range m.values {
			for _, v := range m.values[i].in(plain, in) {
				if n := v.end - v.start; n > best && n >= 6 {
					best, at = n, v.span
				}
			}
		}
		if best > 0 {
			return 60 + best/3, at
		}
	}
	for _, name := range m.names {
		if from, to, n := common(text, name); n >= 3 && 50+n > strength {
			strength, at = 50+n, span{in.start + from, in.start + to}
		}
	}
	if rate := generic&rateBit != 0; rate != (m.generic&rateBit != 0) && (!rate || m.unit() != "%") {
		return 0, span{}
	}
	own := content & (m.content | m.around)
	foreign := content &^ (m.content | m.around)
	others := 0                                   // of its statistic that are named as well
	if near && content&m.content&^m.beside != 0 { // 立案数和破案数
		others = count(foreign & m.beside)
		foreign &^= m.beside
	}
	for i := range m.values { // a word that names a category is explained
		if foreign == 0 {
			break
		}
		for _, v := range m.values[i].in(plain, in) {
			c, _ := wordsIn(plain[v.start:v.end])
			foreign &^= c
		}
	}
	if foreign != 0 {
		return 0, span{}
	}
	if strength > 0 {
		return strength + count(content&m.content), at
	}
	switch {
	case content&m.content != 0:
		strength = 20 + 5*count(content&m.content) + 2*count(generic&m.generic) - count(m.content&^content) - 2*others
	case own != 0 && m.content == 0 && (m.generic&generic != 0 || near):
		strength = 12 + count(generic&m.generic)
	case near && content == 0 && generic&m.generic&^personBit != 0:
		strength = 6 + count(generic&m.generic)
	case content == 0 && m.content&filedBit != 0 && !m.computed:
		if c := anyCases.FindStringSubmatchIndex(text); c != nil {
			return 6, span{in.start + c[2], in.start + c[3]}
		}
		return 0, span{}
	default:
		return 0, span{}
	}
	for i, l := range lexemes {
		if (m.content|m.generic|m.around)&(1<<i) != 0 {
			if found := l.find.FindAllStringIndex(text, -1); found != nil {
				f := found[len(found)-1]
				if at.end == 0 || in.start+f[1] > at.end {
					if at.end == 0 {
						at.start = in.start + found[0][0]
					}
					at.end = in.start + f[1]
				}
			}
		}
	}
	return strength, at
}

// anyCases are cases of whatever kind: 我县案件, 案件数.
var anyCases = regexp.MustCompile(`(?:^|[^\p{Han}\x01-\x03]|[我本全各][市县区局省类]|[年月度来底期])(案件)(?:总?[数量])?`)

// The bits of the words for persons and for rates, and for what is recorded and what happens.
var (
	personBit  = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("人") })
	filedBit   = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("立案") })
	occurBit   = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("发案") })
	settledBit = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("化解") })
	doneBit    = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("办结") })
	handledBit = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("办件") })
	rateBit    = uint64(1) << slices.IndexFunc(lexemes, func(l lexeme) bool { return l.find.MatchString("率") })
)

func count(bits uint64) int {
	n := 0
	for ; bits != 0; bits &= bits - 1 {
		n++
	}
	return n
}

// holdsOne gives the first of some words that a text holds, empty where it holds none.
func holdsOne(text string, words []string) string {
	for _, word := range words {
		if strings.Contains(text, word) {
			return word
		}
	}
	return ""
}

// nameIn finds a name in a text: in Chinese as it is, in English by its words.
func nameIn(text, name string) (from, to int) {
	if han.MatchString(name) {
		i := strings.LastIndex(text, name)
		return i, i + len(name)
	}
	i := strings.LastIndex(text, name)
	if i < 0 || i > 0 && isLetter(text[i-1]) {
		return -1, 0
	}
	return i, i + len(name)
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }

// common finds the longest stretch of Chinese characters, of three at least, that a
// text shares with a name.
func common(text, name string) (from, to, n int) {
	runes := []rune(name)
	for i := 0; i+3 <= len(runes); i++ {
		for j := i + max(3, n+1); j <= len(runes) && runes[j-1] >= 0x2e80; j++ {
			part := string(runes[i:j])
			at := strings.LastIndex(text, part)
			if at < 0 {
				break
			}
			from, to, n = at, at+len(part), j-i
		}
	}
	if n > 0 && strings.ContainsFunc(text[from:to], func(r rune) bool { return r < 0x2e80 }) {
		return 0, 0, 0
	}
	return from, to, n
}

// subject is a measure that a stretch names, among others that may be meant as well.
type subject struct {
	*measured
	span
	strength int
}

// subjectsIn gives the measures that a stretch names: group by group, those of one
// group being meant by the same words.
func (t *claims) subjectsIn(plain string, in span, near func(*bureau.Statistic) bool) [][]subject {
	if in.start >= in.end {
		return nil
	}
	var all []subject
	content, generic := wordsIn(plain[in.start:in.end])
	for _, m := range t.measures {
		if t.means != nil && !t.means(m.Statistic) {
			continue
		}
		is := near(m.Statistic)
		strength, at := m.find(plain, in, content, generic, is)
		if strength == 0 {
			continue
		}
		if is {
			strength += 3
		}
		all = append(all, subject{m, at, strength})
	}
	slices.SortStableFunc(all, func(a, b subject) int { return b.strength - a.strength })
	var groups [][]subject
next:
	for _, s := range all {
		for i := range groups {
			g := &groups[i]
			if s.start < (*g)[0].end && (*g)[0].start < s.end {
				if s.strength == (*g)[0].strength {
					*g = append(*g, s)
				}
				continue next
			}
		}
		if s.strength >= 20 || len(groups) == 0 {
			groups = append(groups, []subject{s})
		}
	}
	return groups
}
