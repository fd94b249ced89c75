package check

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// This file holds the numbers of prose against the figures that they name.

// countOf is a number of a clause with what it counts.
type countOf struct {
	amount
	name string // the measure word, plain: 件, %, yuan; empty where none follows
	nth  int    // of so many that are given in turn: 分别为147起和139起
	of   int
	now  bool // to which something moved since a time: it may be of the latest period
}

var (
	countedNumber = regexp.MustCompile(`(\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(余|多)?\s*(万|亿|千|thousand|million|billion)?(余|多)?\s*(个?百分点|percentage points?|%|percent|per cent|元|件次|件|起|宗|例|人次|人|名|位|户|家|份|分钟|小时|天|次|处|条|个|辆|台|yuan|minutes?|people|persons|cases?|hours?|days?)?`)
	boundBefore   = regexp.MustCompile(`(?:(从未低于|从未跌破|未曾低于|未曾跌破|(?:never|not once) (?:fell|dropped|went|fallen|been|was|were) (?:below|under)|不低于|不少于|至少|不小于|at or above|at or over|at least|no fewer than|no less than|not less than)|(从未超过|从未高于|从未突破|(?:never|not once) (?:been|was|were|went) (?:above|over)|不超过|不高于|不多于|至多|at or below|at or under|at most|no more than)|(超过|超|逾|突破|高于|大于|多于|more than|over|exceed\w*|above|in excess of|passed)|(不足|不到|跌破|降到?至?低于|低于|少于|未到|小于|fewer than|less than|under|below|short of)|(近|接近|将近|nearly|almost|close to)|(约为?|大约|大概|about|around|some|roughly|approximately|just))\s*(?:了|为|\s)?$`)
	boundBehind   = regexp.MustCompile(`^\s*(?:(以上|及以上|or more|or higher)|(以下|以内|or less|or fewer)|(左右|上下))`)
	// a number of something else: a date, a law, a document, an age, a telephone
	noCount     = regexp.MustCompile(`^\s*(?:年|月|日|号|时|点|分(?:$|[^钟之])|岁|周岁|条|款|项|楼|层|室|届|期|级|页|集|路|版|度|公里|千米|米|%?\s*(?:的)?置信|st\b|nd\b|rd\b|th\b|:|/|-\d|kilomet|km|hours?\b|o'clock|january|february|march|april|may|june|july|august|september|october|november|december)`)
	noCountFrom = regexp.MustCompile(`(?:第|每|文号|编号|〔|电话|热线|拨打|no\.|article|section|\d[-/.:]|人均|户均|日均|平均每|抽样误差|上限|下限|阈值|限|离|距离?)\s*$`)
	// what differs from a figure on purpose
	differs         = regexp.MustCompile(`相差|还差|差额|之差|差距|其中|另有|涉及|包括|涉案|占|减少|增加|上升|下降|增长|线下|除|以外|\bof which\b|\bdiffer|\bgap\b|\bincluding\b|\bwhom\b`)
	rateNoun        = regexp.MustCompile(`(满意度|满意率|好评率|安全感|知晓率|知警率|[\p{Han}]{2,8}率)[^,;。%\d]{0,10}?(\d+(?:\.\d+)?\s*%|百分之百|百分百)`)
	rateNounEnglish = regexp.MustCompile(`\b(satisfaction|approval|clearance rate|detection rate|completion rate|\w+ rate)\b[^,;.%\d]{0,40}?\d+(?:\.\d+)?\s*(?:%|percent|per cent)`)
	adding          = regexp.MustCompile(`之和|合计|共|总共|累计|一共|\btogether\b|\bin all\b|\btotal\b|\bcombined\b`)
)

var unitFamilies = []string{"件 起 宗 例 案 次 个 cases case 件次 处 条", "人 名 位 people persons 人次", "元 yuan", "% percent 百分点", "分钟 minutes minute", "户 家", "份"}

// familyOf gives the family of a measure word: what it may be said instead of; -1 for none.
func familyOf(word string) int {
	for i, f := range unitFamilies {
		if slices.Contains(strings.Fields(f), word) {
			return i
		}
	}
	return -1
}

// numbers judges the numbers of a clause that are no part of what it asserts.
func (s *scene) numbers(i int) {
	c := s.clauses[i]
	text := s.plain[c.start:c.end]
	if !strings.ContainsAny(text, "0123456789") && !strings.Contains(text, "百分") {
		return
	}
	if perOne.MatchString(text) {
		return // so many for each of another
	}
	last := c.start
	judged := false
	all := inTurn(text, c.start, s.countedIn(c))
	for n, k := range all {
		next := c.end
		if n+1 < len(all) {
			next = all[n+1].start
		}
		inTime := slices.ContainsFunc(s.times[i], func(w when) bool { return k.start < w.end && w.start < k.end })
		inWord := slices.ContainsFunc(s.assertions[i], func(a assertion) bool { return k.start < a.end && a.start < k.end })
		inWord = inWord || slices.ContainsFunc(s.assertions[i], func(a assertion) bool { return a.compare && k.start >= a.end && len(s.amountsInTurn(i, a)) > 1 })
		if inTime || inWord {
			if inWord {
				last = k.end
			}
			continue
		}
		judged = s.number(i, k, span{last, k.start}, span{k.end, next}) || judged
		last = k.end
	}
	if judged {
		return
	}
	if s.shareOfPeople(i) {
		return
	}
	find := rateNoun
	if english(text) {
		find = rateNounEnglish
	}
	if m := find.FindStringIndex(text); m != nil && !sourced.MatchString(s.plain) && !s.limits() {
		at := span{c.start + m[0], c.start + m[1]}
		for _, a := range s.assertions[i] {
			if a.start < at.end && at.start < a.end && a.kind != portion {
				return
			}
		}
		if s.t.subjectsIn(s.plain, span{c.start, at.end}, s.inReach) == nil {
			s.unsupported(assertion{span: at}, "")
		}
	}
}

// inTurn numbers the numbers that are given one for each of several periods.
func inTurn(text string, start int, all []countOf) []countOf {
	m := inTurnWord.FindStringIndex(text)
	if m == nil {
		return all
	}
	first := slices.IndexFunc(all, func(k countOf) bool { return k.start >= start+m[0] || strings.HasPrefix(text[m[0]:], "resp") })
	for i := max(first, 0); first >= 0 && i < len(all); i++ {
		all[i].nth, all[i].of = i-first, len(all)-first
	}
	return all
}

var perOne = regexp.MustCompile(`每[^,;。\d]{1,8}\d+\s*(?:名|起|件|人|个|宗|户)[^,;。]*?(?:对应|相当于|平均有)`)

var inTurnWord = regexp.MustCompile(`分别|依次|\brespectively\b`)

// shareOfPeople reports a share of what is counted that nothing published is: 97%的警情
// 在五分钟内到达.
func (s *scene) shareOfPeople(i int) bool {
	c := s.clauses[i]
	m := shareOf.FindStringIndex(s.plain[c.start:c.end])
	if m == nil || sourced.MatchString(s.plain) || s.limits() {
		return false
	}
	s.unsupported(assertion{span: span{c.start + m[0], c.start + m[1]}}, "")
	return true
}

var shareOf = regexp.MustCompile(`\d+(?:\.\d+)?\s*%(?:以上|左右)?的(?:[\p{Han}]{0,6})(?:警情|案件|群众|市民|居民|受访者|投诉|诉求|来电|纠纷|事故|办件|业务|事项|申请人?|来信|求助|企业)|\b\d+(?:\.\d+)?\s*(?:%|percent|per cent) of (?:all |the |our )*(?:[a-z]+[ -]){0,3}(?:calls|cases|complaints|residents|respondents|people|citizens|visitors|applications|applicants|requests|suggestions|crimes|accidents|crashes|matters|disputes|thefts|incidents)\b`)

// tableCell judges a number alone in a cell of a table: under its measure, in the row
// of its period, or the other way round.
func (t *claims) tableCell(p passage) {
	if p.of != nil || p.repeats || len(p.near) < 2 {
		return
	}
	head := p.near[len(p.near)-1]
	_, first, _ := strings.Cut(p.near[0], "：")
	text := first + "，" + head + p.text
	c := clock{day: p.day, options: t.options}
	if plain, _ := plainOf(head); len(c.times(plain, span{0, len(plain)})) > 0 {
		text = head + "，" + first + p.text
	}
	if !t.spoken.in(text) {
		return
	}
	at := p.place(0)
	p.text, p.near, p.far, p.place = text, nil, nil, func(int) problem.Position { return at }
	s := scene{t: t, passage: p, said: map[int][][]subject{}}
	if s.read() && len(s.times) == 2 && len(s.times[0]) > 0 {
		s.numbers(1)
	}
}

var bareNumber = regexp.MustCompile(`^\d+(?:,\d{3})*(?:\.\d+)?\s*[%％]?$`)

// limits tells whether a cell stands under a head of targets.
func (s *scene) limits() bool {
	return s.cell && len(s.near) > 0 && targetHead.MatchString(s.near[len(s.near)-1])
}

var targetHead = regexp.MustCompile(`目标|承诺|指标|标准|要求|target|standard`)

// countedIn reads the numbers of a clause.
func (s *scene) countedIn(c span) []countOf {
	text := s.plain[c.start:c.end]
	var all []countOf
	for _, m := range countedNumber.FindAllStringSubmatchIndex(text, -1) {
		if noCountFrom.MatchString(text[:m[0]]) || m[10] < 0 && noCount.MatchString(text[m[1]:]) {
			continue
		}
		word := group(text, m, 1)
		v := numeral(word)
		if v == nil {
			continue
		}
		k := countOf{amount: amount{span: span{c.start + m[0], c.start + m[1]}, value: v}, name: group(text, m, 5)}
		if at := strings.IndexByte(word, '.'); at >= 0 {
			k.decimals = len(word) - at - 1
		}
		for zeros, words := range map[int]string{3: "千 thousand", 4: "万", 6: "million", 8: "亿", 9: "billion"} {
			if w := group(text, m, 3); w != "" && slices.Contains(strings.Fields(words), w) {
				k.decimals -= zeros
				for range zeros {
					k.value.Mul(k.value, big.NewRat(10, 1))
				}
			}
		}
		if m[4] >= 0 || m[8] >= 0 {
			k.bound = 3
		}
		if b := boundBefore.FindStringSubmatchIndex(text[:m[0]]); b != nil {
			switch {
			case b[2] >= 0:
				k.bound = 2
			case b[4] >= 0:
				k.bound = -2
			case b[6] >= 0:
				k.bound = 1
			case b[8] >= 0:
				k.bound = -1
			case b[10] >= 0:
				k.bound = -3
			default:
				k.about = true
			}
			k.start = c.start + b[0]
		}
		if b := boundBehind.FindStringSubmatchIndex(text[m[1]:]); b != nil {
			switch {
			case b[2] >= 0:
				k.bound = 2
			case b[4] >= 0:
				k.bound = -2
			default:
				k.about = true
			}
		}
		switch k.name {
		case "percent", "per cent":
			k.name = "%"
		case "个百分点", "percentage point", "percentage points":
			k.name = "百分点"
		}
		all = append(all, k)
	}
	return all
}

// number judges one number; it is false where nothing published is meant by it.
func (s *scene) number(i int, k countOf, ahead, behind span) bool {
	isEnglish := english(s.plain[s.clauses[i].start:s.clauses[i].end])
	if k.name == "百分点" || !isEnglish && k.name == "" && !s.cell {
		return false
	}
	stretches := []span{ahead, behind}
	if isEnglish {
		stretches = []span{behind, ahead, s.clauses[i]}
	}
	var groups [][]subject
	used := ahead
	for _, at := range stretches {
		found := s.t.subjectsIn(s.plain, at, s.inReach)
		for _, g := range found {
			if g = slices.DeleteFunc(slices.Clone(g), func(o subject) bool { return !k.counts(o.measured) }); len(g) > 0 {
				groups = append(groups, g)
			}
		}
		if len(groups) > 0 {
			used = at
			break
		}
	}
	if groups == nil && k.name == "%" && shareWords.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		if groups = s.t.subjectsIn(s.plain, s.clauses[i], s.inReach); groups != nil {
			return s.shareNumber(i, k, ahead, behind, groups)
		}
	}
	summing := isEnglish && k.name == "" && i > 0 && adding.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end])
	inherited := false
	if groups == nil && (isEnglish && (k.name != "" || s.averaged(i, ahead, behind) > 0 || summing) || !isEnglish && utf8.RuneCountInString(s.uncategorized(i, s.residue(i, ahead))) < 2) {
		for n := i; n >= 0 && groups == nil; n-- {
			if n == i && s.said[i] == nil {
				continue
			}
			for _, g := range s.saidIn(n) {
				if g = slices.DeleteFunc(slices.Clone(g), func(o subject) bool { return !k.counts(o.measured) }); len(g) > 0 {
					groups, inherited = append(groups, g), true
				}
			}
			if s.saidIn(n) != nil {
				break
			}
		}
	}
	if groups == nil {
		return false
	}
	if k.of > 1 && inherited {
		for n := i - 1; n >= 0; n-- { // 立案864起、破案635起，去年同期分别为1094起和690起
			before := s.countedIn(s.clauses[n])
			if len(before) == k.of {
				at := span{s.clauses[n].start, before[k.nth].start}
				if k.nth > 0 {
					at.start = before[k.nth-1].end
				}
				if its := s.t.subjectsIn(s.plain, at, s.inReach); its != nil {
					groups, k.of = its, 0
				}
			}
			if before != nil {
				break
			}
		}
	}
	if s.said[i] == nil && !inherited {
		s.said[i] = groups
	}
	text := s.plain[s.clauses[i].start:s.clauses[i].end]
	if differs.MatchString(s.partless(i, groups, s.plain[ahead.start:ahead.end])) && !strings.Contains(s.plain[ahead.start:ahead.end], "占比") || !isEnglish && s.unexplained(i, used, groups) {
		if k.name == "%" && !isEnglish && rateNoun.MatchString(text) && !shareWords.MatchString(text) && !differs.MatchString(s.plain[ahead.start:ahead.end]) && !sourced.MatchString(s.plain) && !s.limits() {
			return s.rateAnyTime(i, k, groups)
		}
		return s.partNumber(i, k, ahead, behind, groups)
	}
	times, each := s.timesOf(i, k)
	if summing && inherited && len(times) > 0 { // 355 in the first quarter, 368 in the second, 723 in all
		all := times[0]
		for _, before := range s.times[:i] {
			for _, w := range before {
				if !w.IsZero() && !w.base {
					all.Start, all.End = min(all.Start, w.Start), max(all.End, w.End)
				}
			}
		}
		times = []period.Period{all}
	}
	if k.bound != 0 && len(times) > 0 && times[0].Months() == 12 && firstTime.MatchString(s.plain[s.clauses[i].start:k.end]) {
		for _, before := range s.times[:i] { // 6月110.9万元，是当年单月首次突破百万元
			for _, w := range before {
				if w.Months() > 0 && w.Months() < 12 && times[0].Start <= w.Start && w.End <= times[0].End {
					times = []period.Period{w.Period}
				}
			}
		}
	}
	opens := s.opens(i, k)
	if opens != nil {
		times, each = opens, false
	}
	if len(times) == 0 {
		return k.name != "%" || s.cell || s.rateAnyTime(i, k, groups)
	}
	for _, w := range times {
		if w.Days() == 1 && !w.AsOf {
			return false // one incident
		}
	}
	months := s.averaged(i, ahead, behind)
	if months > 0 && each && (k.bound == 2 || k.bound == -2) && !strings.Contains(text, "均") && !strings.Contains(text, "average") {
		months = 0 // 每季度不低于92%: each of them
	}
	if months > 0 {
		each = false
	}
	g := groups[len(groups)-1]
	if isEnglish && used == behind {
		g = groups[0]
	}
	k.now = reaches.MatchString(s.plain[s.clauses[i].start:k.start]) && sinceWords.MatchString(s.plain)
	var worst verdict
	for _, sub := range g {
		v := s.numberOf(i, k, sub, times, each, months)
		if v.kind == borneOut || v.kind == unknown {
			return true
		}
		if worst.kind == unknown || v.kind == denied {
			worst = v
		}
	}
	if worst.kind == unpublished && (inherited || g[0].strength < 20 || sourced.MatchString(s.plain)) {
		return true
	}
	s.reportNumber(k, worst, g[0].strength >= 25 && !inherited && k.bound == 0 && !k.about && !each && opens == nil && k.of == 0)
	return true
}

// partless leaves out of what stands before a number the words for a part, where the
// part is a measure of its own: 户政业务12.9万件，其中网上办件6.7万件.
func (s *scene) partless(i int, groups [][]subject, text string) string {
	g := groups[len(groups)-1]
	if i == 0 || len(g) != 1 || g[0].strength < 20 {
		return text
	}
	for _, whole := range s.saidIn(i - 1) {
		if slices.ContainsFunc(whole, func(o subject) bool { return o.measured == g[0].measured }) {
			return text
		}
	}
	return ofWhich.ReplaceAllString(text, "")
}

var ofWhich = regexp.MustCompile(`其中|\bof which\b`)

// rateAnyTime judges a rate without a time: one of the published ones, or a warning.
func (s *scene) rateAnyTime(i int, k countOf, groups [][]subject) bool {
	var last verdict
	always := alwaysWords.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end])
	for _, sub := range groups[len(groups)-1] {
		for _, of := range sub.tracksOf(s.named(sub.measured, i, s.clauses[i])) {
			for _, p := range of.points {
				if p.value == nil {
					continue
				}
				fit := fits(&k.amount, p.value, of.unit())
				if fit && !always {
					return true
				}
				if fit {
					continue
				}
				last = verdict{kind: denied, of: of, latest: p, shown: []point{p}}
			}
		}
	}
	if last.kind == denied {
		s.reportNumber(k, last, false)
	}
	return true
}

var sinceWords = regexp.MustCompile(`以来|\bsince\b`)

var alwaysWords = regexp.MustCompile(`从未|未曾|\bnever\b|\bnot once\b|始终|一直|历年|(?:^|[^平月日人年])均(?:[^值价]|$)|各[年月季]|\balways\b|\bconsistently\b`)

// counts tells whether a number's measure word can be that of a measure.
func (k countOf) counts(m *measured) bool {
	_, unit := scaleOfUnit(m.unit())
	if k.name == "" {
		return unit != "%" && familyOf(unit) != familyOf("元")
	}
	if k.name == unit {
		return true
	}
	if unit == "" {
		return k.name != "%" && k.name != "元" && k.name != "yuan"
	}
	f := familyOf(k.name)
	return f >= 0 && f == familyOf(unit) || k.name == "个" && familyOf(unit) == familyOf("人")
}

// unexplained tells whether a stretch before a number says more of what it counts
// than the measure does: 入室盗窃案件.
func (s *scene) unexplained(i int, at span, groups [][]subject) bool {
	b := []byte(s.plain[at.start:at.end])
	for _, w := range s.times[i] {
		blankOut(b, at, w.span)
	}
	for _, a := range s.assertions[i] {
		blankOut(b, at, a.span)
	}
	for _, g := range groups {
		for _, o := range g {
			blankOut(b, at, o.span)
			for k := range o.values {
				for _, m := range o.values[k].in(s.plain, at) {
					blankOut(b, at, m.span)
				}
			}
		}
	}
	text := string(b)
	if fulfilled.MatchString(s.plain) { // 承诺每季度不低于92%，全部兑现
		text = strings.ReplaceAll(text, "承诺", " ")
	}
	if place, _ := plainOf(groups[0][0].Elsewhere); place != "" {
		text = strings.ReplaceAll(text, place, " ")
	}
	for _, l := range lexemes {
		content, generic := wordsIn(l.find.FindString(text))
		for _, g := range groups {
			if (content|generic)&(g[0].content|g[0].generic|g[0].around) != 0 {
				text = l.find.ReplaceAllLiteralString(text, " ")
			}
		}
	}
	text = strings.Map(func(r rune) rune {
		if r < 0x2e80 {
			return ' '
		}
		return r
	}, measureFillers.ReplaceAllLiteralString(wrapping.ReplaceAllLiteralString(text, " "), " "))
	for _, word := range strings.Fields(text) {
		if utf8.RuneCountInString(word) > 1 {
			return true
		}
	}
	return false
}

// fulfilled says that what was promised is so.
var fulfilled = regexp.MustCompile(`(?:全部|全面|均已?|都已?|悉数|如期|按期)(?:得到)?兑现`)

var measureFillers = regexp.MustCompile(`违法犯罪人员|违法犯罪|犯罪嫌疑人|人员|始终|一直|稳定|调查|回收|接到|群众|全部|各级|按照|经核实|继续|持续|首次|已经|截至目前|公安|政务|服务|适用|一般程序|处理|涉诈|被骗|向|收集到|完成|办结|破获|立案|共立|登记|数值|水平|突破|达到|超过|低于|不低于|以上|有效|约为|接近|将近|大约|不足|不到|未到|逾|超|单月|单季|当月|当季|其|起|案|刑事`)

// partsOf gives the years, quarters or months that a list of them names.
func partsOf(p period.Period) (parts []period.Period) {
	for _, n := range [...]int{12, 3, 1} {
		for start := p.Start; p.Months()%n == 0 && start < p.End; {
			end := period.NewDate(start.Time().Year(), start.Time().Month()+time.Month(n), 1) - 1
			parts = append(parts, period.Period{Start: start, End: end})
			start = end + 1
		}
	}
	return parts
}

// endsOf gives the first and the last year, quarter and month of a span.
func endsOf(p period.Period) (ends []period.Period) {
	for _, n := range [...]int{12, 3, 1} {
		if p.Months() > n {
			y, m, _ := p.Start.Time().Date()
			z, k, _ := p.End.Time().Date()
			ends = append(ends, period.Period{Start: p.Start, End: period.NewDate(y, m+time.Month(n), 1) - 1}, period.Period{Start: period.NewDate(z, k+1-time.Month(n), 1), End: p.End})
		}
	}
	return ends
}

// timesOf gives the times that a number is of: those before it in its clause, or
// after it, or of what was said before.
func (s *scene) timesOf(i int, k countOf) (times []period.Period, each bool) {
	text := s.plain[s.clauses[i].start:s.clauses[i].end]
	each = eachOf.MatchString(text) || alwaysWords.MatchString(text)
	var latest period.Period
	for n := i; n >= 0 && latest.IsZero(); n-- {
		for _, w := range s.times[n] {
			if !w.IsZero() && !w.base && !w.before {
				latest = w.Period
			}
		}
	}
	if latest.IsZero() {
		for _, w := range s.earlier {
			if !w.IsZero() && !w.base {
				latest = w.Period
			}
		}
	}
	resolve := func(w when) (period.Period, bool) {
		switch {
		case w.IsZero() && w.before && !latest.IsZero():
			return latest.LastYear(), true
		case w.IsZero() && !latest.IsZero():
			return preceding(latest), true
		case w.IsZero():
			return period.Period{}, false
		case w.before && !latest.IsZero() && !like(w.Period, latest):
			moved := latest
			for moved.End > w.End {
				moved = moved.LastYear()
			}
			return moved, true
		case w.since:
			return period.Period{Start: w.Start, End: max(w.End, period.NewDate(w.Start.Time().Year()+1, 1, 1)-1)}, true
		}
		return w.Period, true
	}
	own := s.times[i]
	at := -1
	for n, w := range own {
		if w.start < k.start {
			at = n
		}
	}
	if at < 0 && len(own) > 0 {
		at = 0
	}
	if english(text) { // 139 in September
		for n, w := range own {
			if w.start >= k.end {
				if between := s.plain[k.end:w.start]; !strings.ContainsAny(between, "0123456789") && !strings.Contains(between, ",") {
					at = n
				}
				break
			}
		}
	}
	if at >= 0 {
		if p, ok := resolve(own[at]); ok {
			times = append(times, p)
			if own[at].listed {
				times = append(times, partsOf(p)...)
			}
			if own[at].ends {
				times = append(times, endsOf(p)...)
			}
			for n := at - 1; n >= 0; n-- { // 截至9月底，今年; 8月、9月
				if q, ok := resolve(own[n]); ok && !own[n].base {
					times = append(times, q)
				}
			}
			return times, each || own[at].since && each
		}
		return nil, each
	}
	for n := i - 1; n >= 0; n-- {
		for m := len(s.times[n]) - 1; m >= 0; m-- {
			if w := s.times[n][m]; !w.base && !w.before {
				if p, ok := resolve(w); ok {
					times = append(times, p)
					if w.listed {
						times = append(times, partsOf(p)...)
					}
				}
			}
		}
		if len(times) > 0 {
			return times, each
		}
	}
	for m := len(s.earlier) - 1; m >= 0; m-- {
		if w := s.earlier[m]; !w.base && !w.IsZero() {
			return append(times, w.Period), each
		}
	}
	if s.row >= 0 && !s.period.IsZero() {
		times = append(times, s.period)
	}
	return times, each
}

// opens gives the times that a number may be of from which something moved without
// their being named: 2021年以来由1310件降到753件; nil where they are, or it is no such number.
func (s *scene) opens(i int, k countOf) []period.Period {
	if !opening.MatchString(s.plain[s.clauses[i].start:k.start]) {
		return nil
	}
	if slices.ContainsFunc(s.times[i], func(w when) bool { return w.start >= k.end && (w.base || w.before) }) {
		return nil // from 331 a year earlier
	}
	var all []period.Period
	for n := i; n >= 0; n-- {
		for _, w := range s.times[n] {
			switch {
			case w.IsZero() || n == i && w.start < k.start && !w.since:
			case w.since || w.base:
				all = append(all, w.Period)
			default:
				all = append(append(all, w.Period, preceding(w.Period), w.LastYear()), endsOf(w.Period)...)
				if w.whole || w.ends {
					y := w.Start.Time().Year()
					all = append(all, period.Period{Start: period.NewDate(y, 1, 1), End: period.NewDate(y+1, 1, 1) - 1})
				}
			}
		}
	}
	return all
}

var reaches = regexp.MustCompile(`(?:\bto|[至到为])\s*$`)

var firstTime = regexp.MustCompile(`首次|首度|第一次|\bfor the first time\b`)

var opening = regexp.MustCompile(`(?:[由从自]|\bfrom)(?:约|的|\s)*$`)

// numberOf judges a number of one measure.
func (s *scene) numberOf(i int, k countOf, sub subject, times []period.Period, each bool, months int) verdict {
	named := s.named(sub.measured, i, s.clauses[i])
	tracks := sub.tracksOf(named)
	if len(tracks) == 0 {
		return verdict{}
	}
	if adding.MatchString(s.plain) || len(tracks) > 1 {
		var rows [][]int
		for _, of := range tracks {
			if of.row >= 0 {
				rows = append(rows, seriesWith(sub.Statistic, of.row)...)
			}
		}
		if len(rows) > 1 && sub.Fields[sub.field].Additive {
			tracks = append(tracks, sub.sum(rows))
		}
		if adding.MatchString(s.plain) && len(tracks) > 0 {
			tracks = append(tracks, sub.tracksOf(make([][]mention, len(sub.keys)))...)
		}
	}
	var shown []point
	first := verdict{kind: unpublished, of: tracks[0]}
	for _, of := range tracks {
		if k.now && len(of.points) > 0 {
			p := of.points[len(of.points)-1].Period
			times = append(times[:len(times):len(times)], p)
		}
		for n, p := range times {
			if points := of.within(p.Start, p.End); k.of > 1 && len(points) == k.of {
				o := points[k.nth]
				if o.value == nil || o.qualifier != bureau.Exact || fits(&k.amount, o.value, of.unit()) {
					return verdict{kind: borneOut}
				}
				return verdict{kind: denied, of: of, latest: o, shown: []point{o}}
			}
			if each || strings.Contains(s.plain, "均") && p.Months() > of.length() && of.unit() == "%" {
				to := p.End
				if n == 0 && each && sinceWords.MatchString(s.plain) {
					to = of.points[len(of.points)-1].End
				}
				points := of.within(p.Start, to)
				if len(points) == 0 {
					continue
				}
				for _, o := range points {
					if o.value != nil && !(comparison{except: s.except}).excepts(o.Period) && !fits(&k.amount, o.value, of.unit()) {
						return verdict{kind: denied, of: of, latest: o, shown: []point{o}}
					}
				}
				return verdict{kind: borneOut}
			}
			o, how := of.at(p)
			if how == absent {
				if so, is := of.reached(p); is {
					o, how = of.at(so)
				}
			}
			switch how {
			case missing:
				if o.status&bureau.Confidential != 0 && (k.bound < 0 || k.value.Cmp(big.NewRat(int64(max(of.Disclosure.Threshold, of.Disclosure.Sensitive)), 1)) < 0) {
					return verdict{} // disclosure control looks after it: Quoted
				}
				if n == 0 && len(shown) == 0 {
					first = verdict{kind: baseless, of: of, latest: o, reason: notPublished(p)}
				}
				continue
			case absent:
				if n == 0 && len(shown) == 0 {
					first.latest = point{Period: p}
				}
				continue
			}
			if months > 0 && of.Fields[of.field].Additive && of.over < 0 {
				if months > o.Months() {
					return verdict{}
				}
				o.value = o.per(months)
			}
			if fits(&k.amount, o.value, of.unit()) {
				if k.bound != 0 && firstTime.MatchString(s.plain[s.clauses[i].start:k.end]) {
					from := of.points[0].Start
					if inItsYear.MatchString(s.plain) {
						from = period.NewDate(o.Start.Time().Year(), 1, 1)
					}
					for _, earlier := range of.within(from, o.Start-1) {
						if like(earlier.Period, o.Period) && earlier.value != nil && fits(&k.amount, earlier.value, of.unit()) {
							return verdict{kind: denied, of: of, latest: earlier, shown: []point{earlier, o}}
						}
					}
				}
				return verdict{kind: borneOut}
			}
			if o.qualifier != bureau.Exact {
				return verdict{}
			}
			if len(shown) == 0 {
				shown = append(shown, o)
				first = verdict{kind: denied, of: of, latest: o, shown: shown}
			}
		}
	}
	return first
}

// averaged tells over how many months a number is an average: those of the words
// beside it, or of the words that open the sentence; 0 where it is none.
func (s *scene) averaged(i int, ahead, behind span) int {
	text := s.plain[ahead.start:ahead.end]
	if english(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		text += "|" + s.plain[behind.start:behind.end]
	}
	for _, a := range averages {
		if a.find.MatchString(text) {
			return a.months
		}
	}
	for n := range i {
		if c := s.clauses[n]; len(s.countedIn(c)) == 0 && !adding.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
			for _, a := range averages {
				if a.opening.MatchString(s.plain[c.start:c.end]) {
					return a.months
				}
			}
		}
	}
	return 0
}

var averages = []struct {
	find, opening *regexp.Regexp
	months        int
}{
	{regexp.MustCompile(`(?:^|[^每各\d])月均|(?:平均|均)每月|每月平均|每月(?:约|近|为)?\s*$|\b(?:a|per|each|every) month(?:[^a-z ]|$| (?:on average|in|and|or|over|during|between)\b)|\baveraged?\b[^,;.]* month\b|\bmonthly (?:average|mean)\b`), regexp.MustCompile(`月均|按月平均|\bmonthly averages?\b`), 1},
	{regexp.MustCompile(`(?:^|[^每各])季均|(?:平均|均)每(?:个)?季度?|每季度?平均|每季度(?:约|近|为)?\s*$|\b(?:a|per) quarter(?:[^a-z ]|$| (?:on average|in|and|or|over|during|between)\b)|\bquarterly average\b`), regexp.MustCompile(`季均|按季度?平均|\bquarterly averages?\b`), 3},
	{regexp.MustCompile(`(?:^|[^每各\d])年均|(?:平均|均)每年|每年平均|每年(?:约|近|为)?\s*$|\b(?:a|per) year(?:[^a-z ]|$| (?:on average|in|and|or|over|during|between)\b)|\b(?:annual|yearly) average\b`), regexp.MustCompile(`年均|按年平均|\b(?:annual|yearly) averages?\b`), 12},
}

// partNumber judges a number of per cent that says what part of a whole something is.
func (s *scene) partNumber(i int, k countOf, ahead, behind span, groups [][]subject) bool {
	if k.name != "%" || !shareWords.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		return k.name != "%" || !shareOf.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end])
	}
	return s.shareNumber(i, k, ahead, behind, groups)
}

var shareWords = regexp.MustCompile(`占|比例|比重|\baccount\w* for\b|\bshare\b|\bmade up\b|\bwere handled\b`)

func (s *scene) shareNumber(i int, k countOf, ahead, behind span, groups [][]subject) bool {
	hundred := big.NewRat(100, 1)
	slack := halfUnit(max(0, k.decimals))
	least, most := new(big.Rat).Sub(k.value, slack), new(big.Rat).Add(k.value, slack)
	a := assertion{kind: portion, span: k.span, least: least.Quo(least, hundred), most: most.Quo(most, hundred)}
	switch k.bound {
	case 1, 2:
		a.most = nil
		a.least = new(big.Rat).Quo(k.value, hundred)
	case -1, -2:
		a.least = nil
		a.most = new(big.Rat).Quo(k.value, hundred)
	}
	c := s.comparisonOf(i, a)
	v, is := s.partOf(i, a, ahead, behind, groups[0][0], c)
	if is && v.kind != borneOut && v.kind != unknown {
		s.reportNumber(k, v, false)
	}
	return true
}
