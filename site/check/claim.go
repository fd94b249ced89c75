package check

import (
	"context"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Claims holds every published text to the figures: notes, summaries, guides,
// notices, pages, cells of registers, answers, in Chinese and in English.
//
// A claim is what a sentence says of a figure in words: that it rose or fell, is the
// highest, doubled, is so much of a whole, ranks first; or a number beside what it
// counts. It speaks of the measures that its clause names, or else of those that are
// said just before it, quoted or drawn beside it, or of its own statistic; and of the
// times that it names, or that are named before it. It is judged on exact fractions,
// between like periods or monthly averages. What the figures deny, what rests on
// nothing that can be compared and what nothing published supports is a warning with
// the sentence that would be true; a number that names a published field and its
// period and is another is an error.
//
// Not meant: questions, quotations, what is denied, wished, planned, required or
// supposed, laws and documents by their names, and what cannot be told.
func Claims(b *bureau.Bureau) problem.List { return find(context.Background(), b, 1, newClaims(b))[0] }

func newClaims(b *bureau.Bureau) finder {
	t := claims{b: b, options: period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}, names: map[string]bool{}}
	t.measures = measuresOf(b)
	for _, s := range b.Statistics {
		for _, f := range s.Fields {
			t.names[f.Name], t.names[f.Title] = true, true
		}
		for _, spec := range s.Descriptor.Schema.Fields {
			t.names[spec.Title.V] = true
		}
	}
	t.namesOfMeasures()
	return func(found *problem.List) visitor {
		own := t
		own.problems = found
		return visitor{own.worth, own.passage}
	}
}

type claims struct {
	b        *bureau.Bureau
	measures []*measured
	names    map[string]bool // of fields: they claim nothing
	spoken   *wordSet        // what names a measure in prose
	headed   *wordSet        // and at the head of a table
	options  period.Options
	day      period.Date                  // of the text that is judged
	relative bool                         // what is judged says 去年
	means    func(*bureau.Statistic) bool // whether what is judged may speak of it, by its place
	problems *problem.List
}

// maxClaims is how many sentences of a text are looked at; no prose has more.
const maxClaims = 500

// scene is a sentence as it is judged.
type scene struct {
	t *claims
	passage
	plain      string // without what is quoted, named or printed
	offsets    []int
	clauses    []span
	times      [][]when
	references []reference
	assertions [][]assertion
	reach      []*bureau.Statistic
	skip       []bool      // clauses that do not say that something is so
	earlier    []when      // what the sentence before names
	before     [][]subject // and speaks of
	beforeText string
	said       map[int][][]subject // what each clause speaks of
	except     []period.Period     // of which it says nothing: 除2020年外
	excepted   string              // the words for them, and for categories
}

// reference is a figure that a sentence prints.
type reference struct {
	span
	of         *bureau.Statistic
	row, field int
}

var (
	quotedText  = regexp.MustCompile(`“[^”]*”|(?:说|称|道|讲|写着)[:,]?“[^”]*$|「[^」]*」|‘[^’]*’|"[^"]*"|《[^》]*》|〔[^〕]*〕|\[\[?[^\]]*\]\([^)]*\)|https?://\S+`)
	printedText = regexp.MustCompile(`\{\{[^}]*\}\}`)
	asks        = regexp.MustCompile(`[?？]\s*$|是否|有没有|吗[。.]?$|\bwhether\b`)
	supposes    = regexp.MustCompile(`如(?:遇|因|需|发生|发现|出现)|如果|假如|倘若|若(?:[^干])|一旦|超过(?:合理|规定|法定|正常)的?(?:范围|限度|期限|标准|次数)|\bif\b|\bunless\b|\bin case\b|\bwhen ?ever\b`)
	// a wish, a plan or a duty: it holds for what follows in the sentence as well
	wishes = regexp.MustCompile(`力争|争取|计划|确保|拟[于在]?|预计|希望|(?:^|[^的条项])建议(?:[^收,。]|$)|下一步|今后|未来|明年|下阶段|将(?:进一步|继续|持续|逐步|会|在|于|达|实现|努力|力争|把|从|由|向|对|以|加|开)|努力|目标(?:是|为|值)|要求|应当|应该|必须|需要|须|可能|可以|可(?:以|在|当|处|延)|为了|以便|避免|防止|旨在|有利于|有助于|号召|呼吁|力求|严禁|不得|(?:^|[,;:])\s*(?:还|就|更|也|都)?要|要(?:进一步|持续|不断|切实|着力|全面|坚持|加强|把)|推动|促进|着力|切实|怎样|如何|为(?:提高|减少|降低|增强|增加|提升|进一步|做好)|规定|依法|依照|按照|根据《|处[^,。]{0,16}罚款|最高(?:可处|罚款)|第[一二三四五六七八九十百\d]+条|\barticle \d+|\b(?:laws?|act|regulations?|rules|provisions)\b[^,;.]{0,60}\b(?:sets?|provides?|prescribes?|imposes?|allows?|limits?|requires?|punish\w*)\b|\bfines? of (?:up to|not more than|no more than|between)\b|\bpunish(?:ed|able) (?:by|with)\b|\bliable\b|\b(?:will|shall|should|must|may (?:be|have|not|also|well|take|vary|differ|still)|might|could|would|aims?|aimed|plans?|planned|intends?|hopes?|expects?|expected|seeks?|target(?:s|ed)? (?:to|is|of)|in order to|so as to|so that|to (?:reduce|increase|improve|raise|lower|cut|keep|strengthen)|please|asks?|ought|needs? to|wants? to|is to|are to)\b`)
	denies = regexp.MustCompile(`不|未|无法|没有|没能|并非|谈不上|尚无|\b(?:not|no|never|nor|neither|without|cannot|nothing|unable|hardly|none)\b|n't\b`)
	// words that only look like a denial
	noDenial  = regexp.MustCompile(`不断|不满(?:十|\d)|未成年|不足|不到|不低于|不少于|不高于|不超过|不超|不多于|不及|不仅|不但|不只|不同|不含|不包括|不少|不如|未结|未办结|未到|不止|不动产|不断|没有(?:违法|变化)|无一|without (?:interruption|a break|exception)|\bno\.|not only|no fewer than|no less than|no more than|not less than|no change|nothing (?:else )?but|` + neverBelow)
	past      = regexp.MustCompile(`此前|以前年度|曾经?|一度|原先|结束了|扭转|遏制|\b(?:after|following|despite|previously|formerly|used to|had been)\b`)
	aimMet    = regexp.MustCompile(`\b(?:targets?|goals?) (?:of|to|for) [^,;.]{0,80}?\b(?:was|were|has been|have been) (?:\w+ )?(?:exceeded|met|surpassed|fulfilled|achieved|reached|completed)\b`)
	stepWords = regexp.MustCompile(`\b(?:year after year|quarter after quarter|month after month)\b`)
	// that so many periods went a way says nothing of the others
	someOf   = regexp.MustCompile(`\bonly (?:one|two|three|four|\d+) (?:of|quarters?|months?|years?)\b|(?:只有|仅有?|有)[一二两三四五六\d]个(?:季度|月|年)`)
	reports  = regexp.MustCompile(`(?:网传|传言|有人说|有网民|来源称|据称|声称|称(?:[^快赞号职道呼]|$)|\b(?:post|rumou?rs?|someone|source) (?:says?|said|claims?|claimed)\b)`)
	monthly  = regexp.MustCompile(`(?:^|[^每各\d])月均|按月平均|平均每月|每月平均|monthly average|average (?:per|of each) month|a month on average|per month|averaged? monthly|monthly mean`)
	eachOf   = regexp.MustCompile(`各(?:年|季度?|月|期|个月|个季度)|每个?(?:年|季度?|月)|逐(?:月|季|年)(?:均|都)|[两三四五六七八九十\d]+个(?:季度|月)[^,]{0,10}(?:均|都)|\beach (?:of the )?(?:year|month|quarter)s?\b|\beach of (?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|first|second|third|20\d\d)\b|\beach of the (?:two|three|four|\d+) (?:quarters|months|years)\b|\ball (?:two|three|four|\w+ )?(?:\w+ )?(?:quarters|months|years)\b|\bevery (?:single )?(?:year|month|quarter)\b`)
	onYear   = regexp.MustCompile(`同比|年同比|year[- ]on[- ]year|over the year`)
	onPeriod = regexp.MustCompile(`环比|quarter[- ]on[- ]quarter|month[- ]on[- ]month`)
	// what a subject is wrapped in
	wrapping = regexp.MustCompile(`首次|首度|第一次|单月|单季度?|明显|显著|大幅|小幅|略有?|有所|稍有|进一步|继续|此后|之后|其后|随后|后来|转而|全(?:市|局|县|区|年|省|国)(?:公安机关|各级|范围内?)?|[我本](?:市|局|县|区|单位)|公安机关|市局|辖区内?|各(?:地|单位|派出所|分局)?|三个分局|两个分局|两局|其中|年来|近年来|以来|同期|期间|同比|环比|总体|整体|数量?|件数|起数|人数|人次|总数|总量|量|金额|资金|情况|案件|案|共计?|累计|合计|总计|为|是|达到?|到|至|约|近|仅|只|了|的|已|又|再|也|仍|还|均|都|分别|比|较|与|和|及|同|从|由|自|在|于|对|向|把|将|被|上|中|里|一直|有|呈|出现|实现|保持|继续|发生|造成|办理|办件|受理|成功|年|月|日|季度|半年|度|上年|去年|今年|本月|上月|截至|底|末|起|第|个|件|万|亿|元|之|所|您好|幅|可见|因此|据统计|统计|数据显示|显示|表明|看|来看|从.{0,6}看`)
	// subjects of which a trend is a claim, although no figure of them is known
	claimable        = regexp.MustCompile(`(?:案件?|发案|警情|事故|犯罪|伤亡|死亡|受伤|盗窃|诈骗|抢劫|命案|破案|抓获|打击|查处|立案|投诉|信访|纠纷|满意|安全感|知晓|效率|效能|质效|实效|成效|获得感|幸福感|公信力|体验|作用|力度|水平|质量|能力|秩序|治安|形势|率|数|业务量|办理量|度)`)
	claimableEnglish = regexp.MustCompile(`\b(?:crimes?|cases?|thefts?|burglar\w*|frauds?|deaths?|accidents?|satisfaction|complaints?|efficiency|safety|clearance|rates?|offences?|incidents?|calls?|service|quality|order|trust|confidence|numbers?)\b`)
)

// masked writes a plain text without some stretches of it, as long as it was.
func masked(plain string, what *regexp.Regexp, with byte) string {
	return what.ReplaceAllStringFunc(plain, func(s string) string { return strings.Repeat(string(rune(with)), len(s)) })
}

// passage judges one sentence or cell.
func (t *claims) passage(p passage) {
	if p.cell && bareNumber.MatchString(p.text) {
		t.tableCell(p)
		return
	}
	if p.cell && utf8.RuneCountInString(p.text) < 4 || t.names[p.text] || p.repeats || !t.worth(p.text) {
		return
	}
	if asks.MatchString(strings.TrimSpace(p.text)) || p.quote || p.code {
		return
	}
	s := scene{t: t, passage: p, said: map[int][][]subject{}}
	if !s.read() {
		return
	}
	for i := range s.clauses {
		s.clause(i)
	}
}

// read makes the sentence plain and parts it; it is false where it says nothing of its own.
func (s *scene) read() bool {
	p, t := s.passage, s.t
	plain, offsets := withDigits(plainOf(p.text))
	if supposes.MatchString(plain) || reports.MatchString(plain) {
		return false
	}
	s.offsets = offsets
	for _, m := range printedText.FindAllStringIndex(plain, -1) {
		text := p.text[offsets[m[0]]:offsets[m[1]]]
		of, row, field, fault := figures.Find(t.b, strings.Trim(text, "{} "))
		if fault == nil {
			s.references = append(s.references, reference{span{m[0], m[1]}, of, row, field})
		}
	}
	s.plain = masked(masked(plain, printedText, 1), quotedText, 2)
	t.day = p.day
	s.places()
	s.exceptions()
	s.clauses = claimClauses(s.plain)
	s.prepare()
	return true
}

// prepare reads the times of the clauses and what they say is so.
func (s *scene) prepare() {
	c := clock{day: s.day, options: s.t.options}
	if s.of != nil {
		s.reach = append(s.reach, s.of)
	}
	for _, r := range s.references {
		s.reach = append(s.reach, r.of)
	}
	for _, text := range s.quoted {
		name, _, _ := strings.Cut(text, "/")
		s.reachName(strings.TrimSpace(name))
	}
	for _, chart := range s.charts {
		s.reachName(chart.Statistic.V)
	}
	context := s.near
	if len(context) == 0 && len(s.far) > 0 && !s.cell {
		context = s.far[len(s.far)-1:]
	}
	if len(context) > 0 {
		s.beforeText, _ = withDigits(plainOf(strings.Join(context, ",")))
		s.beforeText = masked(masked(s.beforeText, printedText, 1), quotedText, 2)
		s.earlier = c.times(s.beforeText, span{0, len(s.beforeText)})
		for _, w := range s.earlier {
			if !w.IsZero() {
				c.known = w.End.Time().Year()
			}
		}
	}
	wished := s.duty()
	for _, at := range s.clauses {
		text := s.plain[at.start:at.end]
		times := c.times(s.plain, at)
		for _, r := range s.references {
			if at.start <= r.start && r.end <= at.end && !r.of.Period(r.row).IsZero() {
				times = append(times, when{span: r.span, Period: r.of.Period(r.row)})
			}
		}
		slices.SortStableFunc(times, func(a, b when) int { return a.start - b.start })
		for _, w := range times {
			if !w.IsZero() && !w.base && (!w.since || c.known == 0) { // 6月创2025年以来新高，7月
				c.known = w.End.Time().Year()
			}
		}
		s.times = append(s.times, times)
		wished = wished || wishes.MatchString(aimMet.ReplaceAllLiteralString(text, "")) || someOf.MatchString(text)
		denied := denies.MatchString(noDenial.ReplaceAllLiteralString(text, ""))
		s.skip = append(s.skip, wished || denied || past.MatchString(stepWords.ReplaceAllLiteralString(text, "")))
		s.assertions = append(s.assertions, assertionsOf(s.plain, at))
	}
}

// places decides of which statistics a sentence may speak: of those of another place
// only where it names the place, or is their own text, or prints or draws one and
// names no place; of the bureau's own not where it names another place alone.
func (s *scene) places() {
	here := ownWords.MatchString(s.plain)
	if own, _ := plainOf(s.t.b.Site.OwnPlace()); own != "" {
		here = here || strings.Contains(s.plain, own)
	}
	names := func(o *bureau.Statistic) bool {
		place, _ := plainOf(o.Elsewhere)
		return place != "" && strings.Contains(s.plain, place)
	}
	away := slices.ContainsFunc(s.t.b.Statistics, names)
	s.t.means = func(o *bureau.Statistic) bool {
		switch {
		case o == s.of || names(o):
			return true
		case o.Elsewhere == "":
			return here || !away
		}
		return !here && !away && s.shows(o)
	}
}

// shows tells whether a sentence, or what it stands beside, prints or draws a statistic.
func (s *scene) shows(o *bureau.Statistic) bool {
	return slices.ContainsFunc(s.references, func(r reference) bool { return r.of == o }) ||
		slices.ContainsFunc(s.charts, func(c bureau.Chart) bool { return c.Statistic.V == o.Name }) ||
		slices.ContainsFunc(s.quoted, func(text string) bool {
			name, _, _ := strings.Cut(text, "/")
			return strings.TrimSpace(name) == o.Name
		})
}

var ownWords = regexp.MustCompile(`[我本全][局市县区]|\b(?:our|we|the city|citywide)\b`)

// duty tells whether a sentence says what is to be done: 持续提升群众满意度. It has no
// subject, no time and nothing that is done.
func (s *scene) duty() bool {
	if !dutyWords.MatchString(s.plain) && !(s.cell && dutyInCell.MatchString(s.plain)) {
		return s.cell && len(s.near) > 0 && planHead.MatchString(s.near[len(s.near)-1])
	}
	c := clock{day: s.day, options: s.t.options}
	return len(c.times(s.plain, span{0, len(s.plain)})) == 0 && !strings.ContainsAny(s.plain, "了已")
}

const dutyVerbs = `(?:提高|提升|增强|减少|降低|压降|压缩|缩短|加大|加快)[^至到为,;。\d]`

var (
	dutyWords  = regexp.MustCompile(`^[\s\d.、()一二三四五六七八九十是]*(?:进一步|持续|不断|逐步|稳步|大力|全面)+(?:全面|大力|有效|稳步|逐步)*` + dutyVerbs)
	dutyInCell = regexp.MustCompile(`(?:^|,|;)(?:加强|进一步|持续|不断|逐步|稳步|大力|全面|深入)+(?:全面|大力|有效)*` + dutyVerbs)
	planHead   = regexp.MustCompile(`计划|任务|目标|措施|要求|安排|打算|\bplan|\btask|\btarget|\bmeasures?\b`)
)

func (s *scene) reachName(name string) {
	for _, o := range s.t.b.Statistics {
		if o.Name == name && !slices.Contains(s.reach, o) {
			s.reach = append(s.reach, o)
		}
	}
}

func (s *scene) inReach(o *bureau.Statistic) bool {
	if slices.Contains(s.reach, o) {
		return true
	}
	for _, groups := range s.said {
		for _, g := range groups {
			if len(g) == 1 && g[0].Statistic == o {
				return true
			}
		}
	}
	return false
}

// claimClauses parts a plain sentence into clauses; what stands in brackets, and a
// list, parts nothing.
func claimClauses(plain string) []span {
	var all []span
	start := 0
	digit := func(at int) bool { return at >= 0 && at < len(plain) && '0' <= plain[at] && plain[at] <= '9' }
	for i, r := range plain {
		ends := strings.ContainsRune(",;:!?\n。", r) && !(r == ',' && digit(i-1) && digit(i+1)) && !(r == ':' && digit(i-1) && digit(i+1))
		ends = ends || r == '.' && (i+1 == len(plain) || plain[i+1] == ' ') && !strings.HasSuffix(plain[:i], "no")
		if ends {
			all = append(all, span{start, i})
			start = i + utf8.RuneLen(r)
		}
	}
	all = append(all, span{start, len(plain)})
	var parted []span
	for _, c := range all {
		from := c.start
		for _, m := range joints.FindAllStringIndex(plain[c.start:c.end], -1) {
			at := c.start + m[0] + 1
			if i := strings.LastIndex(plain[from:at], "between "); i >= 0 && strings.HasPrefix(plain[at:], "and ") && !strings.Contains(plain[from+i:at], " and ") {
				continue // between the third quarter of 2025 and the third of 2026
			}
			if stepAhead.MatchString(plain[from:at]) && strings.HasPrefix(plain[at:], "after ") {
				continue // quarter after quarter
			}
			if at > from {
				parted = append(parted, span{from, at})
				from = at
			}
		}
		parted = append(parted, span{from, c.end})
	}
	return parted
}

var stepAhead = regexp.MustCompile(`\b(?:year|quarter|month) $`)

var joints = regexp.MustCompile(` (?:while|whereas|but|though|although|after|and (?:then|was|were|is|are|has|have|in|the|rose|fell|people)|before (?:falling|rising|dropping|easing|declining|increasing|climbing|going|slipping|turning)) `)

// clause judges what a clause asserts, and its numbers.
func (s *scene) clause(i int) {
	c := s.clauses[i]
	from := c.start
	for n, a := range s.assertions[i] {
		next := c.end
		if n+1 < len(s.assertions[i]) {
			next = s.assertions[i][n+1].start
		}
		if !s.skip[i] {
			s.assertion(i, a, span{from, a.start}, span{a.end, next})
		}
		from = a.end
	}
	if !s.skip[i] {
		s.numbers(i)
	}
}

// saidIn is what a clause speaks of.
func (s *scene) saidIn(i int) [][]subject {
	groups, known := s.said[i]
	if !known {
		groups = s.t.subjectsIn(s.plain, s.clauses[i], s.inReach)
		s.said[i] = groups
	}
	return groups
}

// blankOut writes spaces over what of a stretch lies in a span.
func blankOut(stretch []byte, at, over span) {
	for n := max(over.start, at.start); n < min(over.end, at.end); n++ {
		stretch[n-at.start] = ' '
	}
}

// residue is what of a stretch is neither a time nor a word of everyday.
func (s *scene) residue(i int, at span) string {
	if at.start >= at.end {
		return ""
	}
	b := []byte(s.plain[at.start:at.end])
	for _, w := range s.times[i] {
		blankOut(b, at, w.span)
	}
	for _, a := range s.assertions[i] {
		blankOut(b, at, a.span)
	}
	text := strings.Map(func(r rune) rune {
		if r < 3 || '0' <= r && r <= '9' || r == '.' || r == '%' {
			return ' '
		}
		return r
	}, string(b))
	return strings.Join(strings.Fields(wrapping.ReplaceAllLiteralString(text, " ")), "")
}

// uncategorized leaves out of a residue the categories of what was spoken of before:
// 化解矛盾纠纷：城东分局3484起，城西分局2720起.
func (s *scene) uncategorized(i int, text string) string {
	for n := i - 1; n >= 0; n-- {
		groups := s.saidIn(n)
		if groups == nil {
			continue
		}
		b := []byte(text)
		at := span{0, len(text)}
		for _, g := range groups {
			for k := range g[0].values {
				for _, m := range g[0].values[k].in(text, at) {
					blankOut(b, at, m.span)
				}
			}
		}
		return strings.Join(strings.Fields(string(b)), "")
	}
	return text
}

// subjects finds what an assertion speaks of; own is what its own clause says of it,
// where no measure is named.
func (s *scene) subjects(i int, a assertion, ahead, behind span) (groups [][]subject, own string) {
	t := s.t
	isEnglish := english(s.plain[s.clauses[i].start:s.clauses[i].end])
	stretches := []span{ahead}
	if a.object || isEnglish || a.kind == tops || a.kind == portion {
		stretches = []span{ahead, behind}
		if a.inside {
			stretches = []span{s.clauses[i]}
		}
		if a.object {
			stretches = []span{behind, ahead}
		}
	}
	for _, at := range stretches {
		for _, r := range s.references {
			if at.start <= r.start && r.end <= at.end {
				for _, m := range t.measures {
					if m.Statistic == r.of && m.field == r.field && !m.computed {
						if named := t.subjectsIn(s.plain, at, s.inReach); named == nil || named[0][0].strength < 50 {
							return [][]subject{{{m, r.span, 200}}}, ""
						}
					}
				}
			}
		}
		if groups = t.subjectsIn(s.plain, at, s.inReach); groups != nil {
			if i > 0 && len(groups) == 1 && bothWords.MatchString(s.plain[at.start:a.end]) && len(s.assertions[i-1]) == 0 {
				groups = append(groups, s.saidIn(i-1)...)
			}
			return groups, ""
		}
		if a.object {
			break
		}
	}
	own = s.residue(i, ahead)
	if !isEnglish && own != "" {
		own = s.uncategorized(i, own)
	}
	if content, _ := wordsIn(s.plain[ahead.start:max(ahead.start, ahead.end)]); content != 0 || a.object || !isEnglish && utf8.RuneCountInString(own) > 1 || isEnglish && claimableEnglish.MatchString(s.plain[ahead.start:ahead.end]) && !pronoun.MatchString(s.plain[ahead.start:ahead.end]) {
		return nil, own
	}
	for n := i; n >= 0; n-- {
		if n == i && s.said[i] == nil {
			continue
		}
		if groups := s.saidIn(n); groups != nil {
			return groups, ""
		}
	}
	if s.before == nil && s.beforeText != "" {
		s.before = t.subjectsIn(s.beforeText, span{0, len(s.beforeText)}, s.inReach)
	}
	if len(s.references) > 0 {
		for _, r := range s.references {
			for _, m := range t.measures {
				if m.Statistic == r.of && m.field == r.field && !m.computed {
					groups = append(groups, []subject{{m, r.span, 200}})
				}
			}
		}
		return groups, ""
	}
	if s.before != nil {
		return s.before, ""
	}
	for _, text := range s.quoted {
		of, _, field, fault := figures.Find(t.b, text)
		for _, m := range t.measures {
			if fault == nil && m.Statistic == of && t.means(of) && m.field == field && !m.computed {
				groups = append(groups, []subject{{m, span{}, 100}})
			}
		}
	}
	if groups == nil && s.of != nil {
		var any []subject
		for _, m := range t.measures {
			if m.Statistic == s.of && m.Fields[m.field].Additive && !m.computed {
				any = append(any, subject{m, span{}, 10})
			}
		}
		if len(any) > 0 && (a.every || len(any) == 1) {
			groups = [][]subject{any}
		}
	}
	return groups, own
}

var (
	bothWords = regexp.MustCompile(`均|都|双双|\bboth\b|分别`)
	pronoun   = regexp.MustCompile(`\b(?:it|they|the figure|the number|this|which|that|the total)\b`)
)

// named gives the values that are named of each key of a measure: by the clause, or
// before it.
func (s *scene) named(m *measured, i int, at span) [][]mention {
	all := make([][]mention, len(m.keys))
	for k := range m.keys {
		for _, r := range s.references {
			if r.of == m.Statistic && s.clauses[i].start <= r.start && r.end <= s.clauses[i].end && bureau.KindOf(m.Cell(r.row, m.keys[k]).Text) != bureau.TotalRow {
				all[k] = append(all[k], mention{r.span, r.row})
			}
		}
		if len(all[k]) > 0 {
			continue
		}
		all[k] = m.values[k].in(s.plain, at)
		if len(all[k]) == 0 && !wholeWords.MatchString(s.plain[at.start:at.end]) {
			for n := i; n >= 0 && len(all[k]) == 0; n-- {
				if all[k] = m.values[k].in(s.plain, s.clauses[n]); len(all[k]) == 0 && n < i && wholeWords.MatchString(s.plain[s.clauses[n].start:s.clauses[n].end]) {
					break
				}
			}
			if len(all[k]) == 0 && s.beforeText != "" && !wholeWords.MatchString(s.plain) {
				all[k] = m.values[k].in(s.beforeText, span{0, len(s.beforeText)})
			}
		}
	}
	return all
}

// wholeWords say that all of a place is meant.
var wholeWords = regexp.MustCompile(`全[市局县区]|[我本]市|三个分局|各分局|公安机关|合计|总计|共计|in all\b|\btotal\b|\ball (?:the )?(?:sub-bureaus|stations)|\bthree sub-bureaus|\bcity\b|\bcitywide\b`)

// comparisonOf reads what times a clause compares for an assertion.
func (s *scene) comparisonOf(i int, a assertion) comparison {
	text := s.plain[s.clauses[i].start:s.clauses[i].end]
	c := comparison{average: monthly.MatchString(text), each: eachOf.MatchString(text), except: s.except}
	var latest []when
	var sets period.Date // since when
	moved := false       // the base is the same time of its year
	s.t.relative = strings.Contains(text, "去年") || strings.Contains(text, "上年") || strings.Contains(text, "上一年") || strings.Contains(text, "year")
	read := func(all []when, inherited bool) {
		for _, w := range all {
			if (a.kind == portion || a.kind == times) && (w.end < a.start && s.plain[w.end:a.start] == "的" || a.start <= w.start && w.end < a.end && ofIt.MatchString(s.plain[w.end:])) {
				w.base = true // 为2014年的三分之二, 是2021年的1.6倍
			}
			switch {
			case w.since && w.begins && a.kind == moves && w.Months() < 12:
				c.after, c.asked = w.Start-1, true
			case w.since:
				c.from, c.to, sets = w.Start, 0, w.Start
				if a.kind == moves && !a.every && !c.each && s.day != 0 && w.Months() == 12 && w.Start.Time().Year() == s.day.Time().Year() {
					latest = append(latest, w)
					c.from, c.before = 0, c.base.IsZero()
				} else if a.kind == moves && !a.every && !c.each || a.kind == times {
					c.base, c.asked = w.Period, true
				} else if a.every && w.Months() > 0 && w.Months() < 12 {
					c.from = preceding(w.Period).Start // the first step leads to it
				}
			case w.listed && !w.base && a.kind == moves && a.amount == nil:
				c.from, c.to, c.each = w.Start, w.End, true
				if !c.asked && !onYear.MatchString(text) {
					c.previous, c.asked = true, true
				}
			case w.ends && !(w.whole && w.Months()%12 == 0):
				c.from, c.to = w.Start, w.End
				if !inherited && (a.kind == moves || a.kind == times) {
					c.ends = w.Period
				}
			case w.whole && !w.base:
				c.from, c.to = w.Start, w.End
				if inherited {
					continue
				}
				if a.kind == times || a.kind == moves && !a.every && !c.each {
					n := w.Start.Time().Year()
					m := w.End.Time().Year()
					c.base = period.Period{Start: period.NewDate(n, 1, 1), End: period.NewDate(n+1, 1, 1) - 1}
					latest = append(latest, when{Period: period.Period{Start: period.NewDate(m, 1, 1), End: period.NewDate(m+1, 1, 1) - 1}})
				}
			case w.base && inherited && !likened.MatchString(s.plain[w.end:]):
			case w.before && w.IsZero():
				c.before, c.asked = true, true
			case w.before:
				c.base, c.asked, c.previous, moved = w.Period, true, false, true
			case w.base && w.IsZero():
				c.previous, c.asked = true, true
			case w.base && w.relative && (c.each || a.compare && eachWord.MatchString(text)):
				c.before, c.asked = true, true // 各年均低于上年
			case w.base:
				c.base, c.asked = w.Period, true
			case !w.IsZero():
				latest = append(latest, w)
			}
		}
	}
	read(s.times[i], false)
	if onYear.MatchString(text) {
		c.before, c.asked = true, true
	}
	if onPeriod.MatchString(text) {
		c.previous, c.asked = true, true
	}
	if i > 0 && len(s.assertions[i-1]) == 0 && !c.asked && len(latest) > 0 { // 与2015年相比，
		for _, w := range s.times[i-1] {
			if w.base && likened.MatchString(s.plain[w.end:]) {
				read([]when{w}, true)
			}
		}
	}
	if i > 0 && len(s.times[i]) == 0 && a.kind == moves && thereafter.MatchString(text) {
		for n := i - 1; n >= 0 && c.after == 0; n-- {
			for _, w := range s.times[n] {
				if !w.base && !w.IsZero() {
					c.after, c.asked = w.End, true
				}
			}
		}
	}
	if c.after != 0 {
		return c
	}
	if i > 0 && len(s.times[i]) == 0 && sinceThen.MatchString(text) { // 由…提高到…，累计提高
		read(s.times[i-1], false)
	}
	for n := i - 1; n >= 0 && len(latest) == 0 && (c.from == 0 || c.asked || a.kind == tops); n-- {
		if n == i-1 && len(s.assertions[n]) == 0 && !c.asked {
			read(s.times[n], true)
		} else {
			for _, w := range s.times[n] {
				switch {
				case !w.base && !w.IsZero() && !w.since && !w.whole:
					if w.End > sets {
						latest = append(latest, w)
					}
				case w.since && c.from == 0:
					c.from = w.Start
				case w.whole && !w.base && c.from == 0 && (a.every || c.each):
					c.from, c.to = w.Start, w.End
				}
			}
		}
	}
	if i > 0 && !c.asked && c.from == 0 && len(s.times[i]) == 0 && (a.kind == moves || a.kind == times) && !a.compare && !a.back && len(s.assertions[i-1]) > 0 {
		// 立案数比去年同期减少一半，破案数翻番: both against the year before
		before := s.plain[s.clauses[i-1].start:s.clauses[i-1].end]
		if onYear.MatchString(before) || slices.ContainsFunc(s.times[i-1], func(w when) bool { return w.before }) {
			c.before, c.asked = true, true
		}
	}
	if a.compare && c.asked && c.from != 0 && eachWord.MatchString(text) {
		c.each = true // 2024年以来均高于上一季度
	}
	if len(latest) == 0 && c.from == 0 && !a.every {
		for _, w := range s.earlier {
			if !w.base && !w.IsZero() && !w.since && !w.whole {
				latest = append(latest, w)
			}
		}
		if len(latest) == 0 && s.row >= 0 && !s.period.IsZero() {
			latest = append(latest, when{Period: s.period})
		}
	}
	if a.kind == tops && c.from == 0 {
		latest = s.ofTheYear(i, text, latest, &c)
	}
	if n := len(latest); n > 0 {
		c.latest = latest[n-1].Period
		sameParts := n > 1 && latest[0].Months() > 0 && latest[0].Months() < 12 && period.Like(latest[0].Period, c.latest)
		if n > 1 && a.kind == moves && !c.asked && !(sameParts && a.every) && like(latest[0].Period, c.latest) && latest[0].End < c.latest.Start {
			if a.every || c.each {
				c.from, c.to = latest[0].Start, c.latest.End
			} else if again.MatchString(text) {
				for _, w := range latest[:n-1] {
					c.others = append(c.others, w.Period)
				}
			} else {
				c.base, c.asked = latest[0].Period, true
			}
		}
		if moved && !like(c.base, c.latest) {
			same := c.latest
			for same.End > c.base.End {
				same = same.LastYear()
			}
			c.base = same
		}
		if a.every && !c.base.IsZero() && c.base.End < c.latest.Start && c.from == 0 && !(period.Like(c.base, c.latest) && c.latest.Months() < 12) {
			c.from, c.to = c.base.Start, c.latest.End
		}
	}
	if i > 0 && c.base.IsZero() && originally.MatchString(text) { // 从2015年…降到2025年…，不足当初的一半
		for n := i - 1; n >= 0 && c.base.IsZero(); n-- {
			for _, w := range s.times[n] {
				if !w.IsZero() {
					c.base, c.asked = w.Period, true
					break
				}
			}
		}
	}
	if m := lastYears.FindStringSubmatch(text); m != nil && c.from == 0 && c.base.IsZero() {
		c.years = small(m[1] + m[2] + m[3] + m[4])
	}
	return c
}

// ofTheYear parts what is called the highest from the year of which it is that:
// 2026年7月为今年最高, 当年最多, the highest of the year.
func (s *scene) ofTheYear(i int, text string, latest []when, c *comparison) []when {
	within := func(w, year when) bool {
		return year.Months() == 12 && w.Months() > 0 && w.Months() < 12 && year.Start <= w.Start && w.End <= year.End
	}
	set := func(year when) { c.from, c.to = year.Start, year.End }
	switch n := len(latest); {
	case n == 1 && latest[0].Months() == 12:
		for o := i - 1; o >= 0; o-- {
			for _, w := range s.times[o] {
				if within(w, latest[0]) && !w.base {
					set(latest[0])
					return []when{w}
				}
			}
		}
	case n > 1:
		for _, year := range latest {
			var parts []when
			for _, w := range latest {
				if within(w, year) {
					parts = append(parts, w)
				}
			}
			if parts != nil {
				set(year)
				return parts
			}
		}
	}
	if n := len(latest); n == 1 && latest[0].Months() < 12 {
		for o := range i {
			for _, year := range s.times[o] { // 2025年各月中，7月最多，2月最少
				if within(latest[0], year) && eachOf.MatchString(s.plain[s.clauses[o].start:s.clauses[o].end]) {
					set(year)
					return latest
				}
			}
		}
	}
	if n := len(latest); n > 0 && latest[n-1].Months() < 12 && inItsYear.MatchString(text) {
		y := latest[n-1].Start.Time().Year()
		c.from, c.to = period.NewDate(y, 1, 1), period.NewDate(y+1, 1, 1)-1
	}
	return latest
}

var again = regexp.MustCompile(`再次|再度|又一次|\band (?:again|once more) in\b`)

var originally = regexp.MustCompile(`当初|最初|起初|当时|彼时|那时`)

var inItsYear = regexp.MustCompile(`年内|当年|全年(?:各[月季]|单[月季])?(?:中|里)?(?:之)?最|\bof (?:the|that|this) year\b`)

// exceptions takes out of a sentence what it does not speak of: 除2020年外.
func (s *scene) exceptions() {
	c := clock{day: s.day, options: s.t.options}
	for _, find := range [...]*regexp.Regexp{exceptZH, exceptEN} {
		for _, m := range find.FindAllStringIndex(s.plain, -1) {
			at := span{m[0], m[1]}
			times := c.times(s.plain, at)
			is := len(times) > 0
			for _, m := range s.t.measures {
				for k := range m.values {
					is = is || len(m.values[k].in(s.plain, at)) > 0
				}
			}
			if !is {
				continue
			}
			for _, w := range times {
				s.except = append(s.except, w.Period)
			}
			s.excepted += s.plain[at.start:at.end] + ","
			s.plain = s.plain[:at.start] + strings.Repeat(" ", at.end-at.start) + s.plain[at.end:]
		}
	}
}

var (
	exceptZH   = regexp.MustCompile(`除(?:了)?[^,;。]{2,40}?(?:以外|之外|外)|(?:^|[,;(])[^,;。(]{2,20}除外`)
	exceptEN   = regexp.MustCompile(`\b(?:except(?:ing)?(?: for| in| during)?|apart from|with the exception of|excluding)\b[^,;.]*`)
	eachWord   = regexp.MustCompile(`全部|悉数|(?:^|[^平人年月日])(?:均|都)(?:[^值价]|$)`)
	thereafter = regexp.MustCompile(`此后|之后|其后|随后|后来|\bsince(?: then)?\s*$|\bthereafter\b|\bafterwards?\b|\bsubsequently\b|\bthen\b`)
)

var ofIt = regexp.MustCompile(`^(?:[\d.,]+[^,\d]{0,6}?)?的`)

var sinceThen = regexp.MustCompile(`累计|共(?:上升|下降|提高|增加|减少|降低)|in all|altogether|in total`)

// assertion judges one assertion of a clause.
func (s *scene) assertion(i int, a assertion, ahead, behind span) {
	t := s.t
	switch a.kind {
	case ranks:
		if !sourced.MatchString(s.plain) {
			s.unsupported(a, "")
		}
		return
	case meets:
		if len(t.b.Targets) == 0 {
			s.unsupported(a, "")
		}
		return
	}
	if v, is := s.against(i, a, ahead, behind); is {
		if v.kind != borneOut && v.kind != unknown {
			s.report(a, v, s.comparisonOf(i, a))
		}
		return
	}
	groups, own := s.subjects(i, a, ahead, behind)
	if groups == nil {
		isEnglish := english(s.plain[s.clauses[i].start:s.clauses[i].end])
		switch {
		case a.kind == praise:
		case a.kind == portion && rateOf.MatchString(s.plain[ahead.start:ahead.end]):
		case a.kind == portion && strings.HasSuffix(s.plain[a.start:a.end], "破"):
		case a.kind == portion && peopleNext.MatchString(s.plain[behind.start:behind.end]):
		case a.kind == tops && !a.fresh && !(a.ever && claimable.MatchString(own)), a.kind == portion:
			return
		case a.object && !(a.strong || a.every):
			return
		case a.object && !claimable.MatchString(s.plain[behind.start:behind.end]):
			return
		case a.object:
		case a.kind == tops:
		case isEnglish && !claimableEnglish.MatchString(s.plain[ahead.start:ahead.end]):
			return
		case !isEnglish && !claimable.MatchString(own) && !unheld.MatchString(s.plain[ahead.start:ahead.end]) && !strings.Contains(strings.ReplaceAll(s.plain[ahead.start:ahead.end], "数据", ""), "数") && !strings.Contains(s.plain[ahead.start:ahead.end], "\x02"):
			return
		}
		if !sourced.MatchString(s.plain) && !s.hasFigures(a) {
			s.unsupported(a, own)
		}
		return
	}
	if a.kind == praise {
		if !s.hasFigures(a) {
			s.unsupported(a, "")
		}
		return
	}
	if s.said[i] == nil {
		s.said[i] = groups
	}
	c := s.comparisonOf(i, a)
	turns := s.amountsInTurn(i, a)
	if len(turns) > 1 {
		if s.listedInTurn(i, a, turns, groups, ahead, behind, c) {
			return
		}
		a.amount, a.turns = nil, turns
		if len(groups) == len(turns) {
			slices.SortStableFunc(groups, func(x, y []subject) int { return x[0].start - y[0].start })
		}
	}
	for n, g := range groups {
		if len(groups) > 1 && len(groups) == len(turns) {
			a.amount, a.turns = turns[n], nil
		}
		var worst verdict
		for n, sub := range g {
			v := s.judgeSubject(i, a, ahead, behind, sub, c)
			if v.kind == borneOut || v.kind == unknown {
				worst = v
				break
			}
			if n == 0 || v.kind == denied && worst.kind != denied {
				worst = v
			}
		}
		if worst.kind != borneOut && worst.kind != unknown {
			s.report(a, worst, c)
			return
		}
	}
}

// listedInTurn judges amounts that are given one for each of the periods listed before
// them: 一、二、三季度…，比上年同季分别少12起、11起、17起.
func (s *scene) listedInTurn(i int, a assertion, turns []*amount, groups [][]subject, ahead, behind span, c comparison) bool {
	if !c.asked || len(groups) != 1 {
		return false
	}
	for n := i; n >= 0; n-- {
		for _, w := range s.times[n] {
			months := w.Months() / len(turns)
			if !w.listed || months == 0 || months*len(turns) != w.Months() {
				continue
			}
			for k, turn := range turns {
				y, m, _ := w.Start.Time().Date()
				a.amount, a.turns, c.each, c.from, c.to = turn, nil, false, 0, 0
				c.latest = period.Period{Start: period.NewDate(y, m+time.Month(k*months), 1), End: period.NewDate(y, m+time.Month((k+1)*months), 1) - 1}
				if !c.previous {
					c.base, c.before = period.Period{}, true
				}
				if v := s.judgeSubject(i, a, ahead, behind, groups[0][0], c); v.kind != borneOut && v.kind != unknown {
					s.report(a, v, c)
					break
				}
			}
			return true
		}
	}
	return false
}

// hasFigures tells whether the sentence gives a figure for what it says.
func (s *scene) hasFigures(a assertion) bool {
	for _, all := range s.assertions {
		for _, o := range all {
			if o.start != a.start && o.amount != nil {
				return true
			}
		}
	}
	return false
}

var unheld = regexp.MustCompile(`(?:案件?|事故|警情|纠纷|犯罪|投诉|举报)(?:数量?|总量)?(?:同比|环比|比[^,]{1,12}|明显|大幅|持续|均|都|也)*$`)

var peopleNext = regexp.MustCompile(`^(?:以上|左右|多)?的?(?:受访|办事|全市)?(?:群众|市民|居民|受访者|企业)|^ (?:of )?(?:the |all |our |local )*(?:residents|respondents|people|citizens|visitors|drivers)\b`)

var rateOf = regexp.MustCompile(`[\p{Han}]{2,8}(?:率|满意度|占比|比重)|\brates?\b`)

var sourced = regexp.MustCompile(`据[^,。]{2,20}(?:调查|统计|通报|测评|报告|数据)|来源[:为]|统计局|according to|source:`)

// judgeSubject judges an assertion of one measure.
func (s *scene) judgeSubject(i int, a assertion, ahead, behind span, sub subject, c comparison) verdict {
	if a.kind == portion || a.kind == times && !c.asked && a.least != nil {
		if v, is := s.partOf(i, a, ahead, behind, sub, c); is {
			return v
		}
		if a.kind == portion {
			return verdict{}
		}
	}
	share := a.amount != nil && a.amount.unit == "points" && shareNoun.MatchString(s.plain[:a.start])
	share = share || a.kind == moves && a.amount == nil && shareOfWhole.MatchString(s.plain[ahead.start:max(ahead.start, ahead.end)])
	if share && sub.unit() != "%" {
		return s.shareMoved(i, a, sub, c)
	}
	whole := span{ahead.start, behind.end}
	named := s.named(sub.measured, i, whole)
	if a.kind == tops && (c.latest.IsZero() || strings.Contains(s.plain[s.clauses[i].start:s.clauses[i].end], "均")) && slices.ContainsFunc(s.times[i], func(w when) bool { return w.whole }) {
		return verdict{}
	}
	if a.kind == tops {
		among := named
		if amongWords.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
			for k := range sub.keys {
				for n := i; n >= 0 && len(among[k]) == 0; n-- {
					among[k] = sub.values[k].in(s.plain, s.clauses[n])
				}
			}
		}
		if v, is := s.topCategory(a, sub, among, c, i); is {
			return v
		}
	}
	if a.kind == moves && a.compare {
		if v, is := s.beats(i, a, ahead, behind, sub, c); is {
			return v
		}
		if !c.asked || a.growth {
			return verdict{}
		}
	}
	if a.kind == tops && c.from == 0 && eachYear.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		for _, before := range s.times[:i] {
			for _, w := range before {
				if w.whole && !w.base {
					c.from, c.to = w.Start, w.End
				}
			}
		}
	}
	if a.kind == tops && c.from != 0 && c.latest.Months() > 0 && c.latest.Months() < 12 && eachYear.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		return everyYear(a, sub.tracksOf(named), c)
	}
	tracks := s.eachCategory(i, sub.measured, named)
	if tracks == nil {
		tracks = sub.tracksOf(named)
	}
	if len(tracks) == 0 {
		return verdict{}
	}
	v := verdict{kind: borneOut}
	inOrder := len(a.turns) == len(tracks) && len(tracks) > 1 && len(sub.keys) == 1 && len(named[0]) == len(tracks)
	for _, of := range tracks {
		if inOrder { // 城东、临湖分局分别下降3.6%和1.8%
			a.amount = a.turns[slices.IndexFunc(named[0], func(o mention) bool { return sub.Cell(o.value, sub.keys[0]).Text == of.label })]
		}
		if v = s.t.judge(a, of, c); v.kind != borneOut {
			return v
		}
		for _, other := range c.others {
			o := c
			o.latest = other
			if v = s.t.judge(a, of, o); v.kind != borneOut {
				return v
			}
		}
	}
	return v
}

// everyYear judges that a part of the year is the highest of each of several years.
func everyYear(a assertion, tracks []*track, c comparison) verdict {
	if len(tracks) != 1 {
		return verdict{}
	}
	from, to := tracks[0].spanOf(c)
	for p := c.latest; p.Start >= from; p = p.LastYear() {
		if p.End > to {
			continue
		}
		y := p.Start.Time().Year()
		year := c
		year.latest, year.from, year.to = p, period.NewDate(y, 1, 1), period.NewDate(y+1, 1, 1)-1
		if v := highest(a, tracks[0], year); v.kind != borneOut {
			return v
		}
	}
	return verdict{kind: borneOut}
}

var eachYear = regexp.MustCompile(`每一?年|各年|历年|年年|\b(?:each|every) year\b`)

// amountsInTurn gives the amounts that a verb has one for each of what moved:
// 分别下降4.8%和6.0%.
func (s *scene) amountsInTurn(i int, a assertion) []*amount {
	if a.kind != moves || a.amount == nil || !inTurnWord.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		return nil
	}
	all := []*amount{a.amount}
	for at := a.end; ; {
		m := andAmount.FindStringIndex(s.plain[at:s.clauses[i].end])
		if m == nil {
			return all
		}
		next := amountAfter(s.plain[:s.clauses[i].end], at+m[1])
		if next == nil {
			return all
		}
		all = append(all, next)
		at = next.end
	}
}

var (
	andAmount = regexp.MustCompile(`^\s*(?:、|和|及|与|and)\s*`)
	// the share of one measure in another: 破案数占立案数的比例
	shareOfWhole = regexp.MustCompile(`占[^,]{1,20}(?:比例|比重)[^,]{0,4}$`)
	shareNoun    = regexp.MustCompile(`占比|比重|比例|占[^,]{0,20}(?:%|成)|\bshare\b`)
)

// shareMoved judges by how many points the share of one measure in another moved.
func (s *scene) shareMoved(i int, a assertion, sub subject, c comparison) verdict {
	base := c.base
	if base.IsZero() && !c.latest.IsZero() {
		base = c.latest.LastYear()
	}
	if base.IsZero() || c.latest.IsZero() {
		return verdict{}
	}
	for n := i; n >= 0; n-- {
		was := c
		was.latest = base
		x, y, of, is := s.two(n, s.clauses[n], sub, c)
		u, v, _, also := s.two(n, s.clauses[n], sub, was)
		if !is || !also {
			continue
		}
		now, before := x, u
		now.value, before.value = percentOf(x.value, y.value), percentOf(u.value, v.value)
		if b, broken := of.breaks(before.End, now.End); broken {
			return verdict{kind: baseless, of: of, latest: x, reason: problem.Say("“%s”起口径有变化 [b]", `the series breaks at "%s", [b]`, labelOf(b.Period))}
		}
		d := new(big.Rat).Sub(now.value, before.value)
		if a.up == (d.Sign() > 0) && d.Sign() != 0 && (a.amount == nil || a.amount.to || fits(a.amount, d.Abs(d), "")) {
			return verdict{kind: borneOut}
		}
		from, _ := figures.Rounded(before.value, 1, -1)
		to, _ := figures.Rounded(now.value, 1, -1)
		return verdict{kind: denied, of: of, reason: problem.Say("“%s”占比%s%%，“%s”%s%%", `share in "%s" %s%%, in "%s" %s%%`, labelOf(before.Period), from, labelOf(now.Period), to)}
	}
	return verdict{}
}

// eachCategory gives the tracks of all categories where a clause speaks of each:
// 三个分局均下降. Those that are excepted are left out.
func (s *scene) eachCategory(i int, m *measured, named [][]mention) []*track {
	text := s.plain[s.clauses[i].start:s.clauses[i].end]
	if len(m.keys) != 1 || len(named[0]) > 0 || !(everyUnit.MatchString(text) || unitsTogether.MatchString(text) && eachWord.MatchString(text)) {
		return nil
	}
	left := m.values[0].in(s.excepted, span{0, len(s.excepted)})
	return slices.DeleteFunc(m.every(), func(of *track) bool {
		return slices.ContainsFunc(left, func(o mention) bool { return m.Cell(o.value, m.keys[0]).Text == of.label })
	})
}

var (
	everyUnit     = regexp.MustCompile(`(?:^|[^据])各(?:个)?(?:分局|派出所|大队|单位|辖区|窗口|类|区|县)(?:[^共]{0,12}$|[^共])|\b(?:all|each of the|every one of the|at all|in all) (?:the )?(?:two|three|four|five|\d+) (?:sub-bureaus|stations|units)|\b(?:every|each) (?:sub-bureau|station|unit)\b`)
	unitsTogether = regexp.MustCompile(`[二两三四五六七八九十\d]个?(?:分局|派出所|大队|单位|辖区)|\bthree sub-bureaus\b`)
)

// beats judges that one category has more than another.
func (s *scene) beats(i int, a assertion, ahead, behind span, sub subject, c comparison) (verdict, bool) {
	for k := range sub.keys {
		left, right := sub.values[k].in(s.plain, ahead), sub.values[k].in(s.plain, behind)
		if len(right) == 0 {
			right = sub.values[k].in(s.plain, a.span) // 比城东分局多
		}
		if len(left) == 0 || len(right) == 0 || c.latest.IsZero() {
			continue
		}
		sum := func(all []mention) (point, finding) {
			total := point{value: new(big.Rat)}
			for _, m := range all {
				named := make([][]mention, len(sub.keys))
				named[k] = []mention{m}
				tracks := sub.tracksOf(named)
				if len(tracks) != 1 {
					return total, absent
				}
				p, how := tracks[0].at(c.latest)
				if how != found {
					return total, how
				}
				if a.growth {
					base := c.latest.LastYear()
					if c.previous {
						base = preceding(c.latest)
					}
					b, how := tracks[0].at(base)
					if how != found || b.value.Sign() == 0 || len(all) > 1 {
						return total, absent
					}
					if _, broken := tracks[0].breaks(b.End, p.End); broken {
						return total, absent
					}
					p.value = percentOf(new(big.Rat).Sub(p.value, b.value), b.value)
					if a.falls {
						p.value.Neg(p.value)
					}
				}
				total.Period, total.value = p.Period, new(big.Rat).Add(total.value, p.value)
			}
			return total, found
		}
		x, how := sum(left)
		y, also := sum(right)
		if how != found || also != found {
			return verdict{kind: unknown}, true
		}
		v := verdict{kind: denied, of: sub.every()[0], reason: s.sideBySide(sub, k, a, left, x, right, y)}
		d := x.value.Cmp(y.value)
		if a.growth && (x.value.Sign() <= 0 || y.value.Sign() <= 0) {
			return v, true
		}
		if a.up && d > 0 || !a.up && d < 0 {
			v.kind = borneOut
			if a.amount != nil && a.amount.unit != "%" && !fits(a.amount, new(big.Rat).Abs(new(big.Rat).Sub(x.value, y.value)), sub.unit()) {
				v.kind = denied
			}
			if a.least != nil {
				r := new(big.Rat).Quo(x.value, y.value)
				r.Sub(r, big.NewRat(1, 1)).Abs(r)
				if !inBounds(r, a.least, a.most) {
					v.kind = denied
				}
			}
		}
		return v, true
	}
	return verdict{}, false
}

// sideBySide writes two figures, each with what it is of.
func (s *scene) sideBySide(sub subject, key int, a assertion, left []mention, x point, right []mention, y point) problem.Text {
	of := func(all []mention, p point) problem.Text {
		var names []string
		for _, m := range all {
			names = append(names, sub.Cell(m.value, sub.keys[key]).Text)
		}
		value := sub.every()[0].valueText(p.value)
		if a.growth {
			change := new(big.Rat).Set(p.value)
			if a.falls {
				change.Neg(change)
			}
			n, _ := figures.Rounded(change, 1, 1)
			value = problem.Text{ZH: n + "%", EN: n + "%"}
		}
		name := strings.Join(names, "、")
		return problem.Text{ZH: name + " " + value.ZH, EN: strings.Join(names, ", ") + " " + value.EN}
	}
	l, r := of(left, x), of(right, y)
	when := labelOf(x.Period)
	return problem.Text{ZH: when.ZH + "：" + l.ZH + "，" + r.ZH, EN: when.EN + ": " + l.EN + "; " + r.EN}
}

// topCategory judges that one category is the highest of all.
func (s *scene) topCategory(a assertion, sub subject, named [][]mention, c comparison, i int) (verdict, bool) {
	if a.nth > 0 || a.fresh || a.window > 0 || c.from != 0 || timely.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
		return verdict{}, false
	}
	for k := range sub.keys {
		if len(named[k]) != 1 || len(sub.keys) != 1 {
			continue
		}
		var mine *track
		var others []*track
		for _, of := range sub.every() {
			if of.label == sub.Cell(named[k][0].value, sub.keys[k]).Text {
				mine = of
			} else {
				others = append(others, of)
			}
		}
		if mine == nil || len(others) == 0 {
			return verdict{}, true
		}
		x, v := mine.latestOf(c)
		if v.kind != borneOut {
			return v, true
		}
		for _, o := range others {
			y, how := o.at(x.Period)
			if how == missing {
				return verdict{kind: baseless, of: mine, latest: x, shown: []point{x}, reason: problem.Say("“%s”的“%s”没有公布数值", `no figure of "%s" is published for "%s"`, labelOf(x.Period), problem.Quote(o.label))}, true
			}
			if how == found {
				if d := y.value.Cmp(x.value); a.up && d > 0 || !a.up && d < 0 {
					return verdict{kind: denied, of: o, base: y, latest: x, shown: []point{y}}, true
				}
			}
		}
		return verdict{kind: borneOut}, true
	}
	return verdict{}, false
}

var amongWords = regexp.MustCompile(`(?:分局|派出所|单位|类|项|者|其|之)中|\bof (?:the|all)\b|\bamong\b`)

var timely = regexp.MustCompile(`历史|历年|以来|纪录|近[\d一二三四五六七八九十]+年|单月|季度中|各月|各季|各年|全年|on record|ever|since`)

// partOf judges what part of a whole something is: a category of all, one measure of
// another, a rate, or one period of another.
func (s *scene) partOf(i int, a assertion, ahead, behind span, sub subject, c comparison) (verdict, bool) {
	whole := span{ahead.start, behind.end}
	judge := func(of *track, p point, ratio *big.Rat) (verdict, bool) {
		v := verdict{kind: denied, of: of, latest: p, shown: []point{p}}
		if inBounds(ratio, a.least, a.most) {
			v.kind = borneOut
		}
		return v, true
	}
	if a.kind == portion && c.asked && (!c.base.IsZero() || c.before) { // 不到2024年同月的一半
		if tracks := sub.tracksOf(s.named(sub.measured, i, whole)); len(tracks) > 0 {
			b := a
			b.kind = times
			if b.least == nil {
				b.least = new(big.Rat)
			}
			return s.t.step(b, tracks[0], c), true
		}
	}
	// two categories: the one of the other
	for k := range sub.keys {
		left, right := sub.values[k].in(s.plain, ahead), sub.values[k].in(s.plain, behind)
		if len(left)+len(right) == 0 {
			left = sub.values[k].in(s.plain, s.clauses[i])
		}
		get := func(m mention) (*track, point, finding) {
			named := make([][]mention, len(sub.keys))
			named[k] = []mention{m}
			if tracks := sub.tracksOf(named); len(tracks) == 1 {
				p, v := tracks[0].latestOf(c)
				if v.kind == borneOut {
					return tracks[0], p, found
				}
			}
			return nil, point{}, absent
		}
		all := append(slices.Clone(left), right...)
		if a.kind == times {
			in := sub.values[k].in(s.plain, span{ahead.start, a.end})
			if len(in) == 2 {
				of, x, how := get(in[0])
				_, y, also := get(in[1])
				if how == found && also == found && y.value.Sign() != 0 {
					return judge(of, x, new(big.Rat).Quo(x.value, y.value))
				}
			}
			continue
		}
		if len(all) == 1 && len(sub.keys) == 1 {
			of, x, how := get(all[0])
			if how != found || !sub.Fields[sub.field].Additive {
				continue
			}
			total := sub.tracksOf(make([][]mention, len(sub.keys)))
			if len(total) != 1 {
				continue
			}
			y, how := total[0].at(x.Period)
			if how == found && y.value.Sign() != 0 {
				return judge(of, x, new(big.Rat).Quo(x.value, y.value))
			}
		}
	}
	if a.kind != portion {
		return verdict{}, false
	}
	if sub.unit() == "%" {
		for _, of := range sub.tracksOf(s.named(sub.measured, i, whole)) {
			if from, to := of.spanOf(c); c.from != 0 && alwaysWords.MatchString(s.plain[s.clauses[i].start:s.clauses[i].end]) {
				for _, p := range of.within(from, to) { // 一直保持在九成以上
					if p.value != nil && !inBounds(new(big.Rat).Quo(p.value, big.NewRat(100, 1)), a.least, a.most) {
						return verdict{kind: denied, of: of, latest: p, shown: []point{p}}, true
					}
				}
			}
			if p, v := of.latestOf(c); v.kind == borneOut {
				return judge(of, p, new(big.Rat).Quo(p.value, big.NewRat(100, 1)))
			}
		}
		return verdict{}, true
	}
	// one measure of another, or what has a rate
	for _, m := range s.t.measures {
		if m.Statistic != sub.Statistic || m.over < 0 {
			continue
		}
		if m.part == sub.field && !c.latest.IsZero() {
			for _, of := range m.tracksOf(s.named(m, i, whole)) {
				if p, v := of.latestOf(c); v.kind == borneOut {
					return judge(of, p, new(big.Rat).Quo(p.value, big.NewRat(100, 1)))
				}
			}
		}
	}
	if x, y, of, is := s.two(i, whole, sub, c); is {
		return judge(of, x, new(big.Rat).Quo(x.value, y.value))
	}
	return verdict{}, true
}

// two gives the figures of two measures of one statistic that a stretch names, the
// smaller first, in one period.
func (s *scene) two(i int, at span, sub subject, c comparison) (x, y point, of *track, is bool) {
	if c.latest.IsZero() {
		for _, of := range sub.tracksOf(s.named(sub.measured, i, at)) {
			if p, v := of.latestOf(c); v.kind == borneOut {
				c.latest = p.Period
			}
		}
	}
	content, _ := wordsIn(s.plain[s.clauses[i].start:s.clauses[i].end])
	var points []point
	var tracks []*track
	for _, m := range s.t.measures {
		f := m.Fields[m.field]
		if m.Statistic != sub.Statistic || m.computed || !f.Additive || m.unit() != sub.unit() || m.content&content == 0 && (m.around&content == 0 || m.content != 0) {
			continue
		}
		for _, o := range m.tracksOf(s.named(m, i, at)) {
			if p, how := o.at(c.latest); how == found {
				points, tracks = append(points, p), append(tracks, o)
			}
		}
	}
	if len(points) == 1 && shareNoun.MatchString(s.plain) { // of what all of it is
		for _, m := range s.t.measures {
			if m.Statistic != sub.Statistic || m.field == sub.field || m.computed || !m.Fields[m.field].Additive || m.unit() != sub.unit() {
				continue
			}
			for _, o := range m.tracksOf(s.named(m, i, at)) {
				if p, how := o.at(c.latest); how == found {
					points, tracks = append(points, p), append(tracks, o)
				}
			}
		}
	}
	if len(points) != 2 || points[0].value.Sign() == 0 || points[1].value.Sign() == 0 {
		return
	}
	if points[0].value.Cmp(points[1].value) > 0 {
		points[0], points[1] = points[1], points[0]
		tracks[0] = tracks[1]
	}
	return points[0], points[1], tracks[0], true
}
