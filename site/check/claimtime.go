package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sunshine/site/period"
)

// This file reads the times that a claim compares: 2005年比2004年, 今年上半年,
// 2003年以来, in the first eight months of 2006.

// moment of speech: a time that a clause names, and what for.
type when struct {
	span
	period.Period
	base     bool // what is compared with it stands elsewhere: 比2004年
	since    bool // from it on: 2003年以来
	before   bool // the same time of the year before what is spoken of: 上年同期
	whole    bool // several years, each of them: 2003年至2005年
	yearless bool // its year is that of what was said before
	ends     bool // from the first of its periods to the last: from March to July
	begins   bool // with it something sets in: 8月起
	listed   bool // each of its periods: 8、9月
	relative bool // 上年: of whatever is spoken of
}

var (
	yearText = `(?:(?:19|20)\d\d\s*(?:年(?:度|全年)?|全年)|去年|上一?年度?|前年|今年|本年度?|当年|同年)(?:全年)?`
	partText = `(?:[上下]半年|第[一二三四1-4]季度|[一二三四1-4]季度|前[一二三]季度|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月|\d{1,2}\s*月?\s*[-—–~至到]\s*\d{1,2}\s*月份?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:\s*\d{1,2}\s*日)?)`
	joinText = `\s*(?:[-—–~]+|至|到)\s*`
	// a time with its year, and where it goes on from one to another, the other
	chineseTime = regexp.MustCompile(`(?:截至|截止)?(` + yearText + `)\s*的?(` + partText + `)?(?:` + joinText + `(` + yearText + `)?(` + partText + `|\d{1,2}日)?)?|(?:19|20)\d\d` + joinText + `(?:19|20)\d\d\s*年`)
	// a time without its year
	chinesePart = regexp.MustCompile(`[上下]半年|第[一二三四1-4]季度|[一二三四1-4]季度|前[一二三]季度|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个月|\d{1,2}\s*月?\s*[-—–~至到]\s*\d{1,2}\s*月份?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:\s*\d{1,2}\s*日)?`)
	// 8、9月; 第二、三季度
	chineseList = regexp.MustCompile(`(?:(` + yearText + `)的?)?(?:(\d{1,2})月?(?:、\d{1,2}月?)*(?:、|和|及)(\d{1,2})(?:[两三四五六]个?)?月份?|第?([一二三])季?度?(?:、第?[二三]季?度?)*(?:、|和|及)第?([二三四])[两三]?个?季度)`)
	chineseNear = regexp.MustCompile(`[上前]一个月|[上前]一个?季度|上月|上季度|前一?月(?:[^\p{Han}]|$|[的多少增减上下升降持])|本月|本季度|上半年同期|(?:去年|上年|上一年|前一年|往年|历年)?同期|前一年|上一期|上期`)

	monthText   = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	englishYear = `((?:19|20)\d\d|last year|this year|the previous year|the year before|a year earlier|the preceding year|the prior year)`
	englishTime = []struct {
		find *regexp.Regexp
		read func(m []string, year func(string) int) (first, last period.Date)
	}{
		{regexp.MustCompile(`\b` + monthText + `\s*(?:[-—–]+|to|through|and|until)\s*` + monthText + `,?\s*(?:of |in )?` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[3]), monthOf(m[1]), monthOf(m[2]))
		}},
		{regexp.MustCompile(`\bfirst (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven) months of ` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[2]), 1, small(m[1]))
		}},
		{regexp.MustCompile(`\bfirst (two|three) quarters(?: of| in)? ` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[2]), 1, 3*small(m[1]))
		}},
		{regexp.MustCompile(`\b(first|second|third)(?: quarter)? (?:to|through|until|and)(?: the)? (second|third|fourth) quarters?(?: of| in)? ` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			p, _ := strconv.Atoi(ordinals[m[1]])
			q, _ := strconv.Atoi(ordinals[m[2]])
			return monthsOf(year(m[3]), 3*p-2, 3*q)
		}},
		{regexp.MustCompile(`\b(first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of| in)? ` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			q, _ := strconv.Atoi(ordinals[m[1]])
			return monthsOf(year(m[2]), 3*q-2, 3*q)
		}},
		{regexp.MustCompile(`\b(first|second) half(?: of| in)? ` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			q, _ := strconv.Atoi(ordinals[m[1]])
			return monthsOf(year(m[2]), 6*q-5, 6*q)
		}},
		{regexp.MustCompile(`\bq([1-4])[ ,/-]*(?:of )?` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[2]), 3*small(m[1])-2, 3*small(m[1]))
		}},
		{regexp.MustCompile(`\bh([12])[ ,/-]*(?:of )?` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[2]), 6*small(m[1])-5, 6*small(m[1]))
		}},
		{regexp.MustCompile(`\b((?:19|20)\d\d)[ /-]*q([1-4])\b`), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[1]), 3*small(m[2])-2, 3*small(m[2]))
		}},
		{regexp.MustCompile(`\b` + monthText + `,?\s*(?:of |in )?` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) {
			return monthsOf(year(m[2]), monthOf(m[1]), monthOf(m[1]))
		}},
		{regexp.MustCompile(`\b((?:19|20)\d\d)\s*(?:[-—–]+|to|through|and|until)\s*((?:19|20)\d\d)\b`), func(m []string, year func(string) int) (period.Date, period.Date) {
			first, _ := monthsOf(year(m[1]), 1, 12)
			_, last := monthsOf(year(m[2]), 1, 12)
			return first, last
		}},
		{regexp.MustCompile(`\b` + englishYear), func(m []string, year func(string) int) (period.Date, period.Date) { return monthsOf(year(m[1]), 1, 12) }},
	}

	englishMonth = regexp.MustCompile(`\b(january|february|march|april|may|june|july|august|september|october|november|december)\b(?:\s*(?:[-—–]+|to|through|until)\s*(january|february|march|april|may|june|july|august|september|october|november|december)\b)?(?:[^\s\d]|\s\D|\s\d+\.\d|\s\d{3}|\s\d{1,2},\d{3}|$)`)

	beforeBase = regexp.MustCompile(`(?:比|较|相较于?|相对于|对比|低于|高于|少于|多于|超过|不如|不及|从|由|自|(?:than|compared (?:with|to)|against|over|versus|vs\.?|relative to|more than|below|above|up from|down from|from|on)(?:\s(?:in|the|that of|those of|the figure for|the level of|the (?:same|corresponding) (?:period|quarters?|months?|time|half) (?:of|in)))*)\s*$`)
	withBase   = regexp.MustCompile(`(?:与|同|和|跟)\s*$`)
	likened    = regexp.MustCompile(`^(?:的?同期)?(?:全年)?\s*(?:的\S{0,12})?(?:相?(?:比|对照)|(?:总体|基本|大体|大致)?持平)`)
	sameAhead  = regexp.MustCompile(`(?:the )?(?:same|corresponding|like) (?:period|quarters?|months?|time|half|part)(?: (?:of|in))?(?: the year)?\s*$`)
	sinceAfter = regexp.MustCompile(`^(?:[底末]?\s*(?:以来|起|开始|至今|迄今|到现在))`)
	sinceAhead = regexp.MustCompile(`(?:since|from)(?: the)?(?: (?:end|start|beginning|middle) of)?\s*$`)
	lateYear   = regexp.MustCompile(`end of\s*$`)
	likeAfter  = regexp.MustCompile(`^的?(?:同期|同一时期|同比|相同月份|同月|同季)`)
)

// small reads a small number in digits or in an English or a Chinese word.
func small(word string) int {
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	for i, w := range numberWords {
		if w == word {
			return i
		}
	}
	n, _ := characters(word)
	return n
}

func monthOf(word string) int {
	for name, m := range monthNames {
		if strings.HasPrefix(name, word[:3]) {
			return int(m)
		}
	}
	return 0
}

func monthsOf(year, first, last int) (period.Date, period.Date) {
	return period.NewDate(year, time.Month(first), 1), period.NewDate(year, time.Month(last)+1, 1) - 1
}

// clock reads times as of a day; known is the year that was named last, 0 where none was.
type clock struct {
	day     period.Date
	known   int
	options period.Options
}

// year gives the year that a word names.
func (c clock) year(word string) int {
	if n, err := strconv.Atoi(word[:min(4, len(word))]); err == nil {
		return n
	}
	now := c.now()
	switch {
	case strings.HasPrefix(word, "前年"):
		return now - 2
	case strings.HasPrefix(word, "去"), word == "last year":
		return now - 1
	case strings.HasPrefix(word, "上"), strings.HasPrefix(word, "the "), strings.HasPrefix(word, "a year"):
		if c.known != 0 {
			return c.known - 1
		}
		return now - 1
	case strings.HasPrefix(word, "当"), strings.HasPrefix(word, "同"):
		if c.known != 0 {
			return c.known
		}
	}
	return now
}

func (c clock) now() int {
	if c.day == 0 {
		return c.known
	}
	return c.day.Time().Year()
}

// times gives the times that a plain clause names, in their order.
func (c clock) times(plain string, in span) []when {
	text := plain[in.start:in.end]
	var all []when
	taken := func(from, to int) bool {
		return slices.ContainsFunc(all, func(w when) bool { return in.start+from < w.end && w.start < in.start+to })
	}
	add := func(from, to int, p period.Period, whole bool) {
		w := when{span: span{in.start + from, in.start + to}, Period: p, whole: whole}
		before, after := text[:from], text[to:]
		w.base = beforeBase.MatchString(before) || likened.MatchString(after) && (withBase.MatchString(before) || strings.HasPrefix(strings.TrimSpace(after), "相"))
		w.since = sinceAfter.MatchString(after) || sinceAhead.MatchString(before) && !strings.Contains(after, " to ")
		w.begins = w.since && beginsAfter.MatchString(after)
		w.relative = relativeYear.MatchString(text[from:to])
		w.listed = listedTime.MatchString(text[from:to]) && !fromAhead.MatchString(before) && (p.Months() <= 12 || p.Months() == 24)
		if joinedTime.MatchString(text[from:to]) && fromAhead.MatchString(before) {
			w.ends, w.base, w.since = true, false, false
		}
		if likeAfter.MatchString(after) || sameAhead.MatchString(before) {
			w.before, w.base = true, true
		}
		if w.since {
			w.base = false
			if p.Months() == 12 && (lateYear.MatchString(before) || strings.HasPrefix(after, "底") || strings.HasPrefix(after, "末")) {
				w.Start = period.NewDate(p.Start.Time().Year(), 10, 1)
			}
		}
		all = append(all, w)
		if !p.IsZero() {
			c.known = p.End.Time().Year()
		}
	}
	if strings.ContainsAny(text, "年月季") || strings.Contains(text, "同期") || strings.Contains(text, "期") {
		for _, m := range chineseList.FindAllStringSubmatchIndex(text, -1) {
			year := c.known
			if m[2] >= 0 {
				year = c.year(text[m[2]:m[3]])
			} else if year == 0 {
				year = c.now()
			}
			first, n := small(group(text, m, 2, 4)), 1
			last := small(group(text, m, 3, 5))
			if m[8] >= 0 {
				n = 3
			}
			if start, end := monthsOf(year, n*(first-1)+1, n*last); year > 0 && first > 0 && last > first && n*last <= 12 && (m[2] >= 0 || !unlikely.MatchString(text[:m[0]])) {
				add(m[0], m[1], period.Period{Start: start, End: end}, false)
			}
		}
		for _, m := range chineseTime.FindAllStringSubmatchIndex(text, -1) {
			if !taken(m[0], max(m[3], m[0]+1)) {
				c.chinese(text, m, add)
			}
		}
		for _, m := range chinesePart.FindAllStringIndex(text, -1) {
			if taken(m[0], m[1]) || unlikely.MatchString(text[:m[0]]) || strings.HasPrefix(text[m[1]:], "内") || text[m[0]:m[1]] == "前一个月" && beforeBase.MatchString(text[:m[0]]) {
				continue
			}
			year := c.known
			if year == 0 {
				year = c.now()
			}
			if year != 0 {
				if p, err := period.Parse(chineseMonths(strconv.Itoa(year)+"年"+strings.TrimSpace(text[m[0]:m[1]])), c.options); err == nil {
					add(m[0], m[1], p, false)
					all[len(all)-1].yearless = true
				}
			}
		}
		for _, m := range chineseNear.FindAllStringIndex(text, -1) {
			if !taken(m[0], m[1]) {
				w := when{span: span{in.start + m[0], in.start + m[1]}}
				word := text[m[0]:m[1]]
				switch {
				case strings.Contains(word, "同期"), word == "前一年":
					w.before, w.base = true, true
				case strings.HasPrefix(word, "前"):
					w.base = true
				case strings.HasPrefix(word, "上"), strings.HasPrefix(word, "本"):
					w.base = beforeBase.MatchString(text[:m[0]]) || likened.MatchString(text[m[1]:])
					if w.base && strings.HasPrefix(word, "上") || c.day == 0 || strings.HasSuffix(word, "期") {
						w.base = true
						break
					}
					y, month, _ := c.day.Time().Date()
					n := 1
					if strings.Contains(word, "季") {
						n = 3
					}
					first := (int(month)-1)/n*n + 1
					if strings.HasPrefix(word, "上") {
						first -= n
					}
					w.Period = period.Period{Start: period.NewDate(y, time.Month(first), 1), End: period.NewDate(y, time.Month(first+n), 1) - 1}
				default:
					continue
				}
				all = append(all, w)
			}
		}
	}
	if english(text) && (year.MatchString(text) || strings.Contains(text, "year") || englishMonth.MatchString(text) || englishPart.MatchString(text) || elliptic.MatchString(text) || strings.Contains(text, "last ") || strings.Contains(text, "previous ")) {
		for _, e := range englishTime {
			for _, at := range e.find.FindAllStringSubmatchIndex(text, -1) {
				if taken(at[0], at[1]) || startsHan(text[at[1]:]) {
					continue
				}
				m := make([]string, len(at)/2)
				for i := range m {
					if at[2*i] >= 0 {
						m[i] = text[at[2*i]:at[2*i+1]]
					}
				}
				first, last := e.read(m, c.year)
				if first > 0 && last > first {
					add(at[0], at[1], period.Period{Start: first, End: last}, last-first > 366)
					if w := &all[len(all)-1]; strings.HasPrefix(m[0], "the ") || strings.HasPrefix(m[0], "a year") {
						w.before, w.base = true, true
					}
				}
			}
		}
		for _, m := range englishMonth.FindAllStringSubmatchIndex(text, -1) {
			if taken(m[0], m[1]) || c.known == 0 && c.now() == 0 {
				continue
			}
			year := c.known
			if year == 0 {
				year = c.now()
			}
			first := monthOf(text[m[2]:m[3]])
			last, stop := first, m[3]
			if m[4] >= 0 {
				last, stop = monthOf(text[m[4]:m[5]]), m[5]
			}
			if start, end := monthsOf(year, first, last); end > start {
				add(m[0], stop, period.Period{Start: start, End: end}, false)
			}
		}
		for _, m := range englishPart.FindAllStringSubmatchIndex(text, -1) {
			year := c.known
			if year == 0 {
				year = c.now()
			}
			if taken(m[0], m[1]) || year == 0 {
				continue
			}
			n := 3
			if text[m[4]:m[5]] == "half" {
				n = 6
			}
			q, _ := strconv.Atoi(ordinals[text[m[2]:m[3]]])
			if start, end := monthsOf(year, n*(q-1)+1, n*q); q*n <= 12 {
				add(m[0], m[1], period.Period{Start: start, End: end}, false)
			}
		}
		if m := elliptic.FindStringSubmatchIndex(text); m != nil && !taken(m[0], m[1]) && c.known != 0 && strings.Contains(plain, "quarter") {
			q, _ := strconv.Atoi(ordinals[text[m[2]:m[3]]])
			start, end := monthsOf(c.known, 3*q-2, 3*q)
			add(m[0], m[1], period.Period{Start: start, End: end}, false)
		}
		for _, word := range [...]string{"the same period", "year on year", "year-on-year", "a year earlier"} {
			if i := strings.Index(text, word); i >= 0 && !taken(i, i+len(word)) {
				all = append(all, when{span: span{in.start + i, in.start + i + len(word)}, base: true, before: true})
			}
		}
	}
	for _, m := range englishLast.FindAllStringSubmatchIndex(text, -1) {
		if taken(m[0], m[1]) {
			continue
		}
		before := text[:m[0]]
		w := when{span: span{in.start + m[0], in.start + m[1]}, base: true}
		if m[2] >= 0 && c.day != 0 && !beforeBase.MatchString(before) {
			y, month, _ := c.day.Time().Date()
			w.base = false
			n := 1
			if text[m[2]:m[3]] == "quarter" {
				n = 3
			}
			first := (int(month)-1)/n*n + 1
			w.Period = period.Period{Start: period.NewDate(y, time.Month(first-n), 1), End: period.NewDate(y, time.Month(first), 1) - 1}
		}
		all = append(all, w)
	}
	slices.SortStableFunc(all, func(a, b when) int { return a.start - b.start })
	return partOfEach(joinedTimes(plain, in.start, all))
}

// joinedTimes makes one of two times that are named as the first and the last:
// from the first quarter of 2024 to the third quarter of 2025.
func joinedTimes(plain string, start int, all []when) []when {
	for i := 0; i+1 < len(all); i++ {
		a, b := all[i], all[i+1]
		if a.Months() == 0 || a.Months() != b.Months() || b.Start <= a.End || a.whole || b.whole || !fromAhead.MatchString(plain[start:a.start]) || !joinBetween.MatchString(plain[a.end:b.start]) {
			continue
		}
		all[i] = when{span: span{a.start, b.end}, Period: period.Period{Start: a.Start, End: b.End}, ends: true, whole: b.End-a.Start > 366}
		all = slices.Delete(all, i+1, i+2)
	}
	return all
}

var (
	beginsAfter  = regexp.MustCompile(`^[底末]?\s*(?:起|开始)`)
	relativeYear = regexp.MustCompile(`^(?:上一?年|the (?:previous|preceding|prior) year|the year before)`)
	joinedTime   = regexp.MustCompile(`\S ?(?: (?:to|through|until|and) |至|到)`)
	fromAhead    = regexp.MustCompile(`(?:\b(?:from|between)(?: the)?|[从由自])\s*$`)
	listedTime   = regexp.MustCompile(`\S and \S|[、和及]`)
	joinBetween  = regexp.MustCompile(`^\s*(?:to|through|until|and|至|到)\s*(?:the )?$`)
)

// elliptic is a quarter without the word: in the third
var elliptic = regexp.MustCompile(`\bin the (first|second|third|fourth)\s*$`)

var englishPart = regexp.MustCompile(`\bthe (first|second|third|fourth) (quarter|half)\b`)

var englishLast = regexp.MustCompile(`\b(?:last|the previous|the preceding|the month before|the quarter before)\s?(month|quarter)?\b`)

// startsHan tells whether a text begins with a Chinese character: 2048件 is no year.
func startsHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r)
}

// partOfEach gives the part of a year that is named once to the years that follow it:
// 第三季度由2024年的3845起升至2026年的3951起.
func partOfEach(all []when) []when {
	if len(all) < 2 || !all[0].yearless || all[0].Months() == 0 {
		return all
	}
	part := all[0].Period
	for i := range all[1:] {
		w := &all[i+1]
		if w.Months() != 12 || w.whole || w.since {
			return all
		}
		n := w.Start.Time().Year()
		_, m1, _ := part.Start.Time().Date()
		_, m2, _ := part.End.Time().Date()
		w.Start, w.End = monthsOf(n, int(m1), int(m2))
	}
	return all[1:]
}

// What stands before a number of months that is no month of a year.
var unlikely = regexp.MustCompile(`(?:[\d第.上下]|满|每|近|共|历时|为期|不足|不满|超过|以上)$`)

// chinese adds a time that chineseTime found.
func (c clock) chinese(text string, m []int, add func(from, to int, p period.Period, whole bool)) {
	from, to := m[0], m[1]
	if m[2] < 0 { // 2003—2005年
		if p, err := period.Parse(text[from:to], c.options); err == nil {
			add(from, to, p, p.Months() > 12)
		}
		return
	}
	if m[6] < 0 && m[8] < 0 { // nothing is joined: what looks like a join belongs to what follows
		to = m[3]
		if m[5] > 0 {
			to = m[5]
		}
	}
	written := text[m[2]:m[3]]
	year := c.year(written)
	if year == 0 {
		return
	}
	first := strconv.Itoa(year) + "年"
	if m[4] >= 0 {
		first += text[m[4]:m[5]]
	}
	last := ""
	if m[6] >= 0 {
		last = strconv.Itoa(clock{c.day, year, c.options}.year(text[m[6]:m[7]])) + "年"
	}
	if m[8] >= 0 {
		last += text[m[8]:m[9]]
	}
	if strings.HasPrefix(text[from:to], "截") {
		first = "截至" + first
	}
	if last != "" {
		if p, err := period.Parse(chineseMonths(first+"至"+last), c.options); err == nil {
			add(from, to, p, p.Months() > 12 || m[6] >= 0)
			return
		}
		to = m[3]
		if m[5] > 0 {
			to = m[5]
		}
	}
	if p, err := period.Parse(chineseMonths(first), c.options); err == nil {
		add(from, to, p, false)
	}
}

// chineseMonths writes the months that are named in characters, and quarters, as
// package period reads them: 前八个月, 三月, 一季度.
func chineseMonths(text string) string {
	return characterMonth.ReplaceAllStringFunc(strings.ReplaceAll(text, " ", ""), func(word string) string {
		i := strings.IndexAny(word, "个月")
		n, _ := characters(word[:i])
		return strconv.Itoa(n) + word[i:]
	})
}

var characterMonth = regexp.MustCompile(`[一二三四五六七八九十]{1,2}(?:个月|月)`)
