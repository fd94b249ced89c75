package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/text"
)

var (
	// Where a period may begin inside a text, and what it may be made of.
	dated  = regexp.MustCompile(`(?:截至|截止)?(?:19|20)[0-9]{2}|二[〇○零O].{1,2}年|民国`)
	joined = "0123456789０１２３４５６７８９年月日号度季半上下底末第一二三四五六七八九十〇○零个前至到~～—–―-－./／份周QHWqhw全财 \u3000"

	// A month behind another one that gives its year.
	alsoMonth = regexp.MustCompile(`^[、，,和及与]([0-9]{1,2}月)`)

	// What of a month a table is of, of which the days are not said.
	partOfMonth = regexp.MustCompile(`(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?(?:第[一二三四五1-5]周|[上中下]旬)`)

	// A year of two digits, or a month that lost its zero.
	shortDated = regexp.MustCompile(`^(?:19|20)[0-9]{2}\.[0-9]$|(?:^|[^0-9年])[0-9]{2}年(?:[0-9]{1,2}[-—–~～至到])?[0-9]{1,2}月`)

	// A period without its year at the head of a word: 9月, 一季度, 1-8月.
	partial = regexp.MustCompile(`^(?:[0-9]{1,2}月?(?:[-—–~～－]|至|到)[0-9]{1,2}月份?|第?[一二三四1-4]季度?|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?:份|[0-9]{1,2}日)?|[一二三四1-4]?(?:至|[-—–~～－])[二三四2-4]季度|前(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})个?(?:月|季度)|上半年|下半年|全年|Q[1-4]|H[12])`)

	// A period that goes until a day of which the year stands elsewhere.
	untilThen = regexp.MustCompile(`截[至止]$`)
)

// narrowDigits gives a text with its full-width digits as plain ones.
func narrowDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '０' <= r && r <= '９' {
			return text.Narrow(r)
		}
		return r
	}, s)
}

// mention is a period that a text speaks of.
type mention struct {
	period   period.Period
	from, to int // where it stands in the text
	year     int // alone, where the text names several parts of it
}

// setting is what a mention says of a table that stands below it.
func (m mention) setting(at Place) setting {
	if m.period.IsZero() {
		return setting{year: m.year, at: at}
	}
	return setting{m.period, at, yearOf(m.period)}
}

// mentions gives the periods with a year that a text speaks of. The number of a year
// alone, without 年, is none: it may be that of a document.
func mentions(s string) (all []mention) {
	for at := 0; at < len(s); {
		m := dated.FindStringIndex(s[at:])
		if m == nil {
			return all
		}
		from := at + m[0]
		at += m[1]
		if r, _ := utf8.DecodeLastRuneInString(s[:from]); unicode.IsDigit(r) {
			continue
		}
		end := from
		for i, r := range s[from:] {
			if i >= m[1]-m[0] && !strings.ContainsRune(joined, r) || i > 60 {
				break
			}
			end = from + i + utf8.RuneLen(r)
		}
		for end > from+4 {
			word := strings.TrimRight(s[from:end], " \u3000")
			if p, err := period.Parse(word, period.Options{}); err == nil && len(strings.Trim(word, "0123456789")) > 0 {
				at = max(at, from+len(word))
				if since.MatchString(s[from+len(word):]) {
					break // 2026年1月至今: it ends nobody knows when
				}
				if m := partial.FindString(s[at:]); m != "" && p.Frequency() == period.Yearly && !since.MatchString(s[at+len(m):]) { // 2026年度1-9月
					if q, ok := inYear(m, yearOf(p)); ok {
						p, word = q, s[from:at+len(m)]
						at += len(m)
					}
				}
				p.Text = word
				all = append(all, mention{period: p, from: from, to: from + len(word)})
				for m := alsoMonth.FindStringSubmatch(s[at:]); m != nil; m = alsoMonth.FindStringSubmatch(s[at:]) { // 2026年8月、9月
					if q, ok := inYear(m[1], yearOf(p)); ok {
						all = append(all, mention{period: q, from: at, to: at + len(m[0])})
					}
					at += len(m[0])
				}
				break
			}
			_, size := utf8.DecodeLastRuneInString(s[from:end])
			end -= size
		}
	}
	return all
}

var (
	// What is done to a report on a day, which is not the day that it is about.
	sentAfter  = regexp.MustCompile(`^[\s（(]*(?:报送|上报|填报|填表|制表|制作|报出|印发|签发|修改|修订|更新|定稿|导出|打印|生成|提交|发送|稿|版|[0-9]{1,2}[时点:：])`)
	sentBefore = regexp.MustCompile(`(?:报送|上报|填报|填表|制表|制作|报出|印发|签发|修改|修订|更新|导出|打印|生成|提交|发送)(?:日期|时间|于|[:：\s])*$`)
	since      = regexp.MustCompile(`^\s*份?(?:至今|以来|及?以后|及?以前|之前|之后|起至|开始)`)
	longer     = regexp.MustCompile(`[周旬月季年](?:报|度)`)
	ofDay      = regexp.MustCompile(`日报|每日|当日|单日`)
)

// about gives the periods that a title or a name says its table is of. A day on which a
// report was sent or mended is none, nor is the day at a report of a longer time, nor
// one that says hours: it may end on another day. A year and a month that stand apart
// are one period, 9月破案情况（2026年）; a year with several months gives none.
func about(s string, file bool) (all []mention) {
	for _, m := range mentions(s) {
		if m.period.Frequency() == period.Daily && !m.period.AsOf {
			rest := s[:m.from] + s[m.to:]
			if sentAfter.MatchString(s[m.to:]) || sentBefore.MatchString(s[:m.from]) || longer.MatchString(rest) || file && !ofDay.MatchString(rest) {
				continue
			}
		}
		all = append(all, m)
	}
	if len(all) != 1 || all[0].period.Frequency() != period.Yearly || all[0].period.AsOf {
		return all
	}
	m := &all[0]
	m.year = yearOf(m.period)
	switch parts := partsOf(s[:m.from]+s[m.to:], file); len(parts) {
	case 0:
	case 1:
		m.period, _ = inYear(parts[0].word, m.year)
		if parts[0].until {
			m.period, _ = period.Parse("截至"+written(m.period), period.Options{})
		}
	default:
		m.period = period.Period{}
	}
	return all
}

// part is a period that leaves its year out.
type part struct {
	word     string
	from, to int // where it stands in the text
	until    bool
}

// partsOf gives the periods that a text speaks of without their year: 9月 in 禁毒大队9月情况.
// They are more than one, too, where nothing says of when a table is: 9月至今.
func partsOf(s string, file bool) (all []part) {
	for at := 0; at < len(s); {
		m := partial.FindString(s[at:])
		if days := daysRange.FindStringIndex(s[at:]); days != nil && days[0] == 0 {
			m = s[at : at+days[1]]
		}
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, _ := utf8.DecodeRuneInString(s[at+len(m):])
		_, size := utf8.DecodeRuneInString(s[at:])
		whole, ok := inYear(m, 2000)
		switch {
		case m == "" || !ok || strings.ContainsRune("0123456789一二三四五六七八九十", before),
			m == "四季" && unicode.Is(unicode.Han, after), // 四季青, a place
			strings.ContainsAny(m, "QH") && (unicode.IsLetter(before) && before < unicode.MaxASCII || unicode.IsDigit(after) || unicode.IsLetter(after) && after < unicode.MaxASCII):
			at += size
			continue
		}
		from := at
		at += len(m)
		switch {
		case sentAfter.MatchString(s[at:]) || sentBefore.MatchString(s[:from]) || whole.Frequency() == period.Daily && (file || longer.MatchString(s)):
			continue
		case since.MatchString(s[at:]), whole.Frequency() == period.Daily && from > 0 && !ofDay.MatchString(s):
			all = append(all, part{}, part{}) // it does not tell when: as good as several
			continue
		}
		all = append(all, part{m, from, at, untilThen.MatchString(s[:from])})
	}
	return all
}

// without gives a text without the periods that it speaks of, and without the
// brackets that then hold nothing.
func without(s string) string {
	all := mentions(s)
	for _, m := range slices.Backward(all) {
		s = s[:m.from] + s[m.to:]
	}
	if len(all) == 1 && all[0].period.Frequency() == period.Yearly {
		if parts := partsOf(s, false); len(parts) == 1 {
			s = s[:parts[0].from] + s[parts[0].to:]
		}
	}
	return s
}

// inYear reads a period that leaves its year out; ok is false for what is none.
func inYear(word string, year int) (period.Period, bool) {
	if word == "全年" {
		word = ""
	}
	p, err := period.Parse(strconv.Itoa(year)+"年"+word, period.Options{})
	return p, err == nil
}

// inside gives a period that leaves its year out the year in which it lies in the time of the table:
// 11月 in one from 2025年9月 to 2026年2月.
func (t *tableReader) inside(word string, p period.Period) period.Period {
	whole := t.setting.period
	if whole.IsZero() || whole.Start <= p.Start && p.End <= whole.End {
		return p
	}
	for y := yearOf(p) - 1; y >= whole.Start.Time().Year(); y-- {
		if q, ok := inYear(word, y); ok && whole.Start <= q.Start && q.End <= whole.End {
			return q
		}
	}
	return p
}

// inYearOf is the same months of another year.
func inYearOf(p period.Period, year int) period.Period {
	if _, m, _ := p.Start.Time().Date(); p.Months() > 0 {
		return period.Period{Start: period.NewDate(year, m, 1), End: period.NewDate(year, m+time.Month(p.Months()), 1) - 1}
	}
	return p
}

// dayOf is the period of one day, and monthOf that of its month.
func dayOf(d period.Date) period.Period { return period.Period{Start: d, End: d} }

func monthOf(d period.Date) period.Period {
	y, m, _ := d.Time().Date()
	return period.Period{Start: period.NewDate(y, m, 1), End: period.NewDate(y, m+1, 1) - 1}
}

func yearOf(p period.Period) int { return p.End.Time().Year() }

// same tells whether two periods are the same days.
func same(a, b period.Period) bool {
	return a.Start == b.Start && a.End == b.End && a.AsOf == b.AsOf
}

// written writes a period as the statistics of an office do: 2026年9月.
func written(p period.Period) string {
	if p.IsZero() {
		return ""
	}
	y, m, d := p.Start.Time().Date()
	y2, m2, d2 := p.End.Time().Date()
	s := ""
	switch f := p.Frequency(); {
	case p.AsOf:
		s = fmt.Sprintf("截至%d年%d月%d日", y2, m2, d2)
	case f == period.Yearly && m == time.January:
		s = fmt.Sprintf("%d年", y)
	case f == period.HalfYearly && m == time.January:
		s = fmt.Sprintf("%d年上半年", y)
	case f == period.HalfYearly && m == time.July:
		s = fmt.Sprintf("%d年下半年", y)
	case f == period.Quarterly:
		s = fmt.Sprintf("%d年第%d季度", y, (m+2)/3)
	case f == period.Monthly:
		s = fmt.Sprintf("%d年%d月", y, m)
	case f == period.Daily:
		s = fmt.Sprintf("%d年%d月%d日", y, m, d)
	case p.Months() > 0 && y == y2:
		s = fmt.Sprintf("%d年%d-%d月", y, m, m2)
	default:
		s = p.Start.String() + "/" + p.End.String()
	}
	if back, err := period.Parse(s, period.Options{}); err != nil || !same(back, p) {
		return p.Start.String() + "/" + p.End.String()
	}
	return s
}

// usual is how often periods come. Days and weeks that do not follow each other are
// those of events.
func usual(all []period.Period) period.Frequency {
	f, gaps := figures.FrequencyOf(all)
	if (f == period.Daily || f == period.Weekly) && (gaps || len(all) < 2) {
		return period.Irregular
	}
	return f
}

// setting is what stands around a table and says when it was: the lines above it, the
// name of the sheet, the name of the file.
type setting struct {
	period period.Period // of the whole table; zero where nothing says it
	at     Place
	year   int // for periods that leave it out; 0 where nothing says it
}

// fileBase is the name of a file without folders and ending.
func fileBase(file string) string {
	file = file[strings.LastIndexAny(file, `/\`)+1:]
	if i := strings.LastIndexByte(file, '.'); i > 0 {
		file = file[:i]
	}
	return text.Plain(file)
}
