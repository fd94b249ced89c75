package check

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Trends warns of sentences that say how a figure moved (上升 下降 逐年 增加 减少 …)
// where the data give no basis to compare: a partial period beside a full one, a
// break in series, a small base; or where the data say otherwise.
//
// Looked at are the description and the notes of each statistic, and in notices
// and pages the paragraphs that quote a figure and those beside a chart. A
// sentence must name a measure, or say 逐年 beside its own statistic; questions,
// quotations and what is denied, wished or supposed are passed over. A sentence
// that compares monthly averages (月均) is held against these.
func Trends(b *bureau.Bureau) problem.List {
	t := trends{Bureau: b, series: map[*bureau.Statistic][]series{}, options: period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}}
	for _, s := range b.Statistics {
		for _, text := range []bureau.String{s.Descriptor.Description, s.Descriptor.Notes} {
			if text.V != "" {
				t.body(s.Descriptor.Body(text), s)
			}
		}
	}
	for _, n := range b.Notices {
		t.body(n.Body, nil)
	}
	for _, p := range b.Pages {
		t.body(p.Body, nil)
	}
	return t.problems
}

type trends struct {
	*bureau.Bureau
	series   map[*bureau.Statistic][]series
	options  period.Options
	problems problem.List
}

// maxClaims is how many sentences of a text are looked at; no prose has more.
const maxClaims = 500

// The words of a trend. Those that say that each step went one way come with one
// that says which.
var (
	upWords    = []string{"上升", "增加", "增长", "提高", "增强", "上涨", "攀升"}
	downWords  = []string{"下降", "减少", "降低", "减弱", "下滑", "回落"}
	everyWords = []string{"逐年", "逐季", "逐月", "连年"}
)

// unsaid are the words of a clause that does not say that something moved.
var unsaid = []string{"不", "未", "无法", "没有", "没能", "是否", "如果", "假如", "若", "为了", "以便", "力争", "努力", "争取", "避免", "防止",
	"预计", "计划", "目标", "可能", "可以", "应当", "要求", "推动", "促进", "着力", "切实", "进一步", "怎样", "如何", "有利于",
	"为提高", "为减少", "为降低", "为增强", "为增加"}

// notDenials takes out the words that only look like some of these.
var notDenials = strings.NewReplacer("不断", "", "不满", "", "未成年", "")

// claim is what a sentence says of a trend.
type claim struct {
	sentence
	word     string // as the sentence has it
	every    bool   // each step
	up, down bool
	average  bool // of monthly averages
	periods  []period.Period
}

// body looks at the sentences of a text; own is the statistic that it belongs to.
func (t *trends) body(body bureau.Body, own *bureau.Statistic) {
	p := proseOf(body)
	claims := 0
	for _, s := range p.sentences {
		c, ok := claimOf(s)
		if !ok {
			continue
		}
		if claims++; claims > maxClaims {
			return
		}
		c.periods = t.periods(s)
		var subjects []subject
		references := s.own
		if len(references) == 0 {
			references = s.paragraph
		}
		for _, reference := range references[:min(len(references), maxClaims)] {
			if of, ok := t.quoted(reference); ok && !slices.Contains(subjects, of) {
				subjects = append(subjects, of)
			}
		}
		if len(subjects) == 0 {
			subjects = t.beside(c, own, p.charts)
		}
		t.judge(c, subjects)
	}
}

// claimOf finds the words of a trend in the clauses of a sentence.
func claimOf(s sentence) (claim, bool) {
	c := claim{sentence: s, average: strings.Contains(s.text, "月均") || strings.Contains(s.text, "按月平均")}
	if strings.HasSuffix(s.text, "？") || strings.HasSuffix(s.text, "?") {
		return c, false
	}
	for _, clause := range strings.FieldsFunc(unquoted(s.text), func(r rune) bool { return strings.ContainsRune("，、：,:", r) }) {
		said := notDenials.Replace(clause)
		if holdsOne(said, unsaid) != "" {
			continue
		}
		up, down, every := holdsOne(said, upWords), holdsOne(said, downWords), holdsOne(said, everyWords)
		if up+down+every == "" {
			continue
		}
		c.up, c.down, c.every = c.up || up != "", c.down || down != "", c.every || every != ""
		if c.word == "" {
			c.word = every + up + down
		}
	}
	return c, c.word != ""
}

// quotations are the words of others, and what stands in {{…}}.
var quotations = regexp.MustCompile(`“[^”]*”|「[^」]*」|‘[^’]*’|\{\{[^}]*\}\}`)

func unquoted(text string) string { return quotations.ReplaceAllLiteralString(text, "〇") }

func holdsOne(text string, words []string) string {
	for _, word := range words {
		if strings.Contains(text, word) {
			return word
		}
	}
	return ""
}

// spans finds the periods that a sentence names.
var spans = regexp.MustCompile(`(?:19|20)\d\d年?[-—–～~至到](?:19|20)\d\d年|(?:19|20)\d\d年(?:前?\d{1,2}(?:[-—–～~至到]\d{1,2})?个?月份?|[上下]半年|前[一二三]季度|第?[一二三四1-4]季度)?`)

func (t *trends) periods(s sentence) []period.Period {
	var found []period.Period
	texts := spans.FindAllString(unquoted(s.text), -1)
	for _, reference := range s.own {
		texts = append(texts, strings.Split(reference, "/")...)
	}
	for _, text := range texts {
		if p, err := period.Parse(text, t.options); err == nil {
			found = append(found, p)
		}
	}
	return found
}

// subject is what a sentence speaks of: a measure, or any of them where field is -1.
type subject struct {
	*bureau.Statistic
	field int
}

// quoted gives the measure that a reference names.
func (t *trends) quoted(reference string) (subject, bool) {
	name, rest, _ := strings.Cut(reference, "/")
	for _, s := range t.Statistics {
		if s.Name != strings.TrimSpace(name) {
			continue
		}
		field := -1
		for i, f := range s.Fields {
			if f.Role == bureau.RoleMeasure && strings.HasSuffix(rest, f.Name) && (field < 0 || len(f.Name) > len(s.Fields[field].Name)) {
				field = i
			}
		}
		return subject{s, field}, field >= 0
	}
	return subject{}, false
}

// beside gives the measures that a sentence without a quoted figure names, among
// those of its own statistic or of the charts beside it.
func (t *trends) beside(c claim, own *bureau.Statistic, charts []bureau.Chart) []subject {
	statistics := []*bureau.Statistic{own}
	if own == nil {
		statistics = nil
		for _, chart := range charts {
			for _, s := range t.Statistics {
				if s.Name == chart.Statistic.V && !slices.Contains(statistics, s) {
					statistics = append(statistics, s)
				}
			}
		}
	}
	var subjects []subject
	for _, s := range statistics {
		for i, f := range s.Fields {
			if f.Role == bureau.RoleMeasure && (named(c.text, f.Bare()) || named(c.text, f.Title)) {
				subjects = append(subjects, subject{s, i})
			}
		}
	}
	if len(subjects) == 0 && own != nil && c.every {
		subjects = []subject{{own, -1}}
	}
	return subjects
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

// judge warns of a claim that none of its subjects bears out. A claim of which
// nothing is known is left alone.
func (t *trends) judge(c claim, subjects []subject) {
	var fault, denied *problem.Text
	for _, of := range subjects {
		for i, f := range of.Fields {
			if f.Role != bureau.RoleMeasure || of.field >= 0 && of.field != i || of.field < 0 && !(f.Additive && f.IsCount()) {
				continue
			}
			rows := t.rows(c, of.Statistic, i)
			if rows == nil {
				return
			}
			reason := c.basis(of.Statistic, i, rows)
			switch {
			case reason != nil && fault == nil:
				fault = reason
			case reason == nil && c.agrees(of.Statistic, i, rows):
				return
			case reason == nil && denied == nil:
				denied = c.figures(of.Statistic, i, rows)
			}
		}
	}
	text := problem.Quote(c.text)
	switch {
	case fault != nil:
		t.problems.Warn(c.at, problem.FiguresTrend,
			problem.Text{ZH: "“" + text + "”讲到“" + c.word + "”，但没有可比的基础：" + fault.ZH, EN: `"` + text + `" speaks of a trend ("` + c.word + `") without a basis to compare: ` + fault.EN},
			problem.Say("改用相同月份或者月均来比，并写明用的是哪一种；不能比的，删去这句话", "compare the same months, or monthly averages, and say which; remove the sentence where neither is possible"))
	case denied != nil:
		t.problems.Warn(c.at, problem.FiguresTrend,
			problem.Text{ZH: "“" + text + "”讲到“" + c.word + "”，表中的数值不是这样：" + denied.ZH, EN: `"` + text + `" speaks of a trend ("` + c.word + `") that the figures do not show: ` + denied.EN},
			problem.Say("核对文字和数值，改正其中一个", "check the sentence and the figures, and correct one of them"))
	}
}

// series is the rows of one category, in order of time.
type series []int

// seriesOf parts the rows of a statistic into series, in the order of the file.
func (t *trends) seriesOf(s *bureau.Statistic) []series {
	if all, known := t.series[s]; known {
		return all
	}
	keys := s.Keys()
	at := map[string]int{}
	var all []series
	for i, r := range s.Rows {
		if r.Period.IsZero() {
			continue
		}
		k := names(s, keys, i)
		n, known := at[k]
		if !known {
			n = len(all)
			at[k], all = n, append(all, nil)
		}
		all[n] = append(all[n], i)
	}
	for _, rows := range all {
		slices.SortStableFunc(rows, func(a, b int) int { return period.Compare(s.Rows[a].Period, s.Rows[b].Period) })
	}
	t.series[s] = all
	return all
}

// rows gives the rows that a claim compares: those of the category that it names,
// or of the total, that have a value, in the periods that it names. It is nil
// where that is not plain.
func (t *trends) rows(c claim, s *bureau.Statistic, field int) []int {
	keys, all := s.Keys(), t.seriesOf(s)
	var chosen, total series
	for _, rows := range all {
		switch {
		case c.about(s, keys, rows[0]) || len(all) == 1:
			if chosen != nil {
				return nil
			}
			chosen = rows
		case total == nil && s.Rows[rows[0]].Kind == bureau.TotalRow:
			total = rows
		}
	}
	if chosen == nil {
		chosen = total
	}
	var known []int
	for _, i := range chosen {
		if s.Row(i)[field].Has() {
			known = append(known, i)
		}
	}
	if known == nil {
		return nil
	}
	return c.within(s, known)
}

// about tells whether a claim names all that names a row beside its period.
func (c claim) about(s *bureau.Statistic, keys []int, row int) bool {
	some := false
	for _, k := range keys {
		if s.Fields[k].Role == bureau.RolePeriod {
			continue
		}
		if text := s.Row(row)[k].Text; text == "" || !strings.Contains(c.text, text) {
			return false
		}
		some = true
	}
	return some
}

// within gives the rows of the periods that a claim names, all where it names
// none. One row is joined by the one that it is compared with: the same months of
// another year where it says so (同比, 同期), or else the row before it.
func (c claim) within(s *bureau.Statistic, rows []int) []int {
	if len(c.periods) == 0 {
		return rows
	}
	from, to := c.periods[0].Start, c.periods[0].End
	for _, p := range c.periods {
		from, to = min(from, p.Start), max(to, p.End)
	}
	if strings.Contains(c.text, "以来") {
		to = s.Rows[rows[len(rows)-1]].Period.End
	}
	first, last := -1, -1
	for n, i := range rows {
		if p := s.Rows[i].Period; p.Start >= from && p.End <= to {
			if first < 0 {
				first = n
			}
			last = n
		}
	}
	switch {
	case first < 0:
		return nil // it speaks of other periods than the table
	case first < last:
		return rows[first : last+1]
	}
	for _, i := range rows[:first] {
		if period.Like(s.Rows[i].Period, s.Rows[rows[first]].Period) && strings.Contains(c.text, "同") {
			return []int{i, rows[first]}
		}
	}
	return rows[max(0, first-1) : first+1]
}

// basis says why the figures cannot be compared, or gives nil.
func (c claim) basis(s *bureau.Statistic, field int, rows []int) *problem.Text {
	if len(rows) < 2 {
		reason := problem.Say("表中只有一期", "the table has one period")
		return &reason
	}
	for n := 1; n < len(rows); n++ {
		a, b := s.Rows[rows[n-1]].Period, s.Rows[rows[n]].Period
		alike := period.Like(a, b) || period.SameLength(a, b) || c.average && a.Months() > 0 && b.Months() > 0
		base, latest := s.Row(rows[n-1])[field], s.Row(rows[n])[field]
		var reason problem.Text
		chinese, english := locale.Builtin(problem.Chinese), locale.Builtin(problem.English)
		switch {
		case !alike:
			reason = problem.Text{
				ZH: "“" + problem.Quote(chinese.Label(a)) + "”与“" + problem.Quote(chinese.Label(b)) + "”长短不同",
				EN: `"` + problem.Quote(english.Label(a)) + `" and "` + problem.Quote(english.Label(b)) + `" are not of the same length`}
		case latest.Status&bureau.Break != 0:
			reason = problem.Text{
				ZH: "“" + problem.Quote(chinese.Label(b)) + "”起口径有变化 [b]",
				EN: `the series breaks at "` + problem.Quote(english.Label(b)) + `", [b]`}
		case s.Fields[field].Additive && s.Fields[field].IsCount() && base.Number < float64(s.Bases.NoPercentBelow.V):
			reason = problem.Text{
				ZH: "“" + problem.Quote(chinese.Label(a)) + "”的基数只有" + digits(base.Number),
				EN: `the base of "` + problem.Quote(english.Label(a)) + `" is ` + digits(base.Number) + " only"}
		default:
			continue
		}
		return &reason
	}
	return nil
}

// agrees tells whether figures that can be compared move as a claim says.
func (c claim) agrees(s *bureau.Statistic, field int, rows []int) bool {
	if c.up == c.down {
		return true // both ways, or none: not to be decided
	}
	value := func(n int) float64 {
		v := valueOf(s, rows[n], field, c.average)
		if c.down {
			return -v
		}
		return v
	}
	last := len(rows) - 1
	if !c.every {
		return value(last) > value(0) || value(last) > value(last-1)
	}
	for n := range last {
		if value(n+1) <= value(n) {
			return false
		}
	}
	return true
}

func valueOf(s *bureau.Statistic, row, field int, average bool) float64 {
	v := s.Row(row)[field].Number
	if average {
		return figures.Ratio(1, v, float64(s.Rows[row].Period.Months()), 1)
	}
	return v
}

// figures writes those that deny a claim, the last six.
func (c claim) figures(s *bureau.Statistic, field int, rows []int) *problem.Text {
	var zh, en []string
	chinese, english := locale.Builtin(problem.Chinese), locale.Builtin(problem.English)
	for _, i := range rows[max(0, len(rows)-6):] {
		v, p := digits(valueOf(s, i, field, c.average)), s.Rows[i].Period
		zh, en = append(zh, chinese.Label(p)+" "+v), append(en, english.Label(p)+" "+v)
	}
	return &problem.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}
