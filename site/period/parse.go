package period

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/problem"
	"sunshine/site/text"
)

const (
	firstYear, lastYear = 1900, 2200
	maxLength           = 120 // bytes; no period is longer
)

// Options are what the bureau says of its periods.
type Options struct {
	FinancialYearStart time.Month // the first month of 2014/15; zero is April
}

// Parse reads a period as staff write it. The error is an *Error, which says in
// both languages what is wrong and what to write.
func Parse(text string, o Options) (Period, error) {
	if p, ok := common(text); ok {
		return p, nil
	}
	p, err := o.parse(text)
	switch {
	case err == unread:
		return Period{}, unreadable(text)
	case err != nil:
		return Period{}, err
	}
	if y, _, _ := p.Start.date(); y < firstYear {
		return Period{}, yearOutside(text)
	}
	if y, _, _ := p.End.date(); y > lastYear {
		return Period{}, yearOutside(text)
	}
	p.Text = text
	return p, nil
}

// ParseDay reads one day in any spelling: 2026-01-05, 2026年1月5日.
func ParseDay(text string) (Date, bool) {
	if d, ok := ParseDate(text); ok {
		return d, true
	}
	p, err := Parse(text, Options{})
	if err != nil || p.AsOf || p.Start != p.End {
		return 0, false
	}
	return p.Start, true
}

// Cut reads what names a row: a period, which may hold a slash itself, and the
// texts after it, each after a slash. The error is that of the period.
func Cut(text string, o Options) (p Period, rest string, err error) {
	parts := strings.Split(text, "/")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	for n := min(len(parts), 2); n > 0; n-- {
		if p, err = Parse(strings.Join(parts[:n], "/"), o); err == nil {
			return p, strings.Join(parts[n:], "/"), nil
		}
	}
	return Period{}, strings.Join(parts, "/"), err
}

// withoutMidnight drops the time that a spreadsheet writes after a date.
func withoutMidnight(text string) string {
	for _, midnight := range [...]string{" 0:00", " 00:00", " 0:00:00", " 00:00:00", "T00:00:00"} {
		if day, found := strings.CutSuffix(text, midnight); found {
			return day
		}
	}
	return text
}

// englishMonths are the months in English by their first three letters; english is one of them with
// its year, as a text is normalized.
const englishMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"

var english = regexp.MustCompile(`^(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:UARY|RUARY|CH|IL|E|Y|UST|T|TEMBER|OBER|EMBER)?[.,-]?([0-9]{4})$`)

// unread is the reason while no better one is known.
var unread = &Error{}

// common reads the forms that fill most tables, 2005年, 2006年5月, 2006-05,
// 2006-05-09 and 2005, without a second look at the text.
func common(text string) (Period, bool) {
	if len(text) < 4 {
		return Period{}, false
	}
	if day, ok := ParseDate(text); ok {
		return Period{Text: text, Start: day, End: day}, true
	}
	year, rest := digits(text[:4]), text[4:]
	if year < firstYear || year > lastYear {
		return Period{}, false
	}
	first, last := 1, 12
	switch {
	case rest == "" || rest == "年":
	case len(rest) == 3 && rest[0] == '-':
		first = digits(rest[1:])
		last = first
	case strings.HasPrefix(rest, "年") && strings.HasSuffix(rest, "月") && (len(rest) == 7 || len(rest) == 8):
		first = digits(rest[3 : len(rest)-3])
		last = first
	default:
		return Period{}, false
	}
	if first < 1 || last > 12 {
		return Period{}, false
	}
	return Period{Text: text, Start: NewDate(year, time.Month(first), 1), End: NewDate(year, time.Month(last)+1, 1) - 1}, true
}

// parse reads any spelling: it brings the text to one alphabet, then takes it
// as one point of time, or as two with a joint between them.
func (o Options) parse(text string) (Period, *Error) {
	if len(text) > maxLength {
		return Period{}, unread
	}
	plain, ok := normalize(withoutMidnight(text))
	if !ok || plain == "" {
		return Period{}, unread
	}
	if err := ambiguous(text, plain); err != nil {
		return Period{}, err
	}
	asOf := false
	for _, word := range [...]string{"截~", "截止"} { // 截至, 截止
		if rest, found := strings.CutPrefix(plain, word); found {
			plain, asOf = strings.TrimSuffix(strings.TrimPrefix(rest, "~"), "止"), true
			break
		}
	}
	if m := english.FindStringSubmatch(plain); m != nil {
		plain = m[2] + "-" + fmt.Sprintf("%02d", 1+strings.Index(englishMonths, m[1])/3)
	}
	if strings.HasSuffix(plain, "月累计") {
		plain = strings.TrimSuffix(plain, "累计")
	}
	p, err := o.point(text, plain, nil)
	if err == nil && p.loose {
		err = unread
	}
	if asOf || err == nil && p.stock {
		if err != nil {
			return Period{}, err
		}
		return Period{Start: p.end, End: p.end, AsOf: true}, nil
	}
	if err == nil {
		return Period{Start: p.start, End: p.end}, nil
	}

	if err != unread {
		return Period{}, err
	}

	// The joint is where both sides can be read.
	reason := unread
	var found *Period
	for i, r := range plain {
		if r != '~' && r != '-' && r != '/' {
			continue
		}
		q, err := o.between(text, plain[:i], plain[i+1:])
		switch {
		case err != nil && (reason == unread || r == '~'):
			reason = err
		case err != nil:
		case found != nil && *found != q:
			return Period{}, unread // two joints, two readings
		default:
			found = &q
		}
	}
	if found != nil {
		return *found, nil
	}
	return Period{}, reason
}

// between reads the period from one point to another. The right one may leave
// out what the left one says, the left one the unit that the right one says.
func (o Options) between(text, from, to string) (Period, *Error) {
	left, err := o.point(text, from, nil)
	if err != nil {
		return Period{}, err
	}
	right, err := o.point(text, to, &left)
	if err != nil {
		return Period{}, err
	}
	if left.loose {
		// 2006年1-8月: the 1 is what the 8 is.
		left.kind, left.loose = right.kind, false
		if left.kind == day && left.month == 0 || left.kind != day && left.month != 0 || !right.inherited {
			return Period{}, unread
		}
		if left, err = left.resolve(text); err != nil {
			return Period{}, err
		}
	}
	if right.loose || left.stock || right.stock || left.kind != right.kind || left.kind == cumulative {
		return Period{}, unread
	}
	if left.kind == year && right.year == left.year+1 && strings.HasSuffix(to, "年度") {
		return Period{}, twoYears(text, left.year)
	}
	if right.end < left.start || right.start < left.start {
		return Period{}, backwards(text)
	}
	return Period{Start: left.start, End: right.end}, nil
}

// kind is what a point of time is: one year, one month, one day.
type kind uint8

const (
	year kind = iota
	halfYear
	quarter
	month
	week
	day
	cumulative
	financial
)

// point is one point of time, as a reader understands it.
type point struct {
	kind       kind
	year       int
	month      int  // of a month or a day
	n          int  // the number of the half-year, quarter, month, week or day
	loose      bool // n has no unit yet
	inherited  bool // the year was not written
	stock      bool // 年底, 月末
	start, end Date
}

// resolve gives the days of the point.
func (p point) resolve(text string) (point, *Error) {
	if p.year < firstYear || p.year > lastYear {
		return p, yearOutside(text)
	}
	from, to := 1, 12
	switch p.kind {
	case halfYear:
		from, to = 6*p.n-5, 6*p.n
	case quarter:
		from, to = 3*p.n-2, 3*p.n
	case month:
		p.month = p.n
		from, to = p.n, p.n
	case week:
		monday, ok := isoWeek(p.year, p.n)
		if !ok {
			return p, noSuchDay(text)
		}
		p.start, p.end = monday, monday+6
		return p, nil
	case day:
		if !exists(p.year, p.month, p.n) {
			return p, noSuchDay(text)
		}
		p.start = NewDate(p.year, time.Month(p.month), p.n)
		p.end = p.start
		return p, nil
	case cumulative:
		to = p.n
	}
	if from < 1 || to < from || to > 12 {
		return p, noSuchDay(text)
	}
	p.start = NewDate(p.year, time.Month(from), 1)
	p.end = NewDate(p.year, time.Month(to+1), 1) - 1
	if p.stock {
		p.start = p.end
	}
	return p, nil
}

// point reads one point of time. Where left is given, the year (and the month)
// may be missing and are then those of left.
func (o Options) point(text, plain string, left *point) (point, *Error) {
	r := reader{plain}
	if r.word("民国") {
		n, width := r.number()
		if width == 0 || width > 3 || n == 0 || !r.word("年") {
			return point{}, unread
		}
		return o.within(text, point{year: 1911 + n}, &r)
	}
	n, width := r.number()
	switch {
	case width == 8 && r.rest == "":
		return point{kind: day, year: n / 10000, month: n / 100 % 100, n: n % 100}.resolve(text)
	case width == 6 && r.rest == "":
		return point{kind: month, year: n / 100, n: n % 100}.resolve(text)
	case width == 4:
		p := point{year: n}
		if rest, ok := strings.CutPrefix(r.rest, "年"); ok {
			r.rest = rest
			return o.within(text, p, &r)
		}
		return o.written(text, p, &r)
	case width == 1 || width == 2:
		if r.rest == "年" || strings.HasPrefix(r.rest, "年") {
			return point{}, shortYear(text)
		}
	case width > 0:
		return point{}, unread
	}
	if left == nil {
		if width > 0 || strings.ContainsAny(plain, "月季周半") {
			return point{}, noYear(text)
		}
		return point{}, unread
	}
	p := point{year: left.year, month: left.month, inherited: true}
	if width > 0 && r.rest == "" { // 2006.1-8: the 8 is what the 1 is
		if left.loose || left.kind != month && left.kind != day {
			return point{}, unread
		}
		p.kind, p.n = left.kind, n
		return p.resolve(text)
	}
	if width > 0 && r.rest == "日" {
		p.kind, p.n = day, n
		if p.month == 0 {
			return point{}, unread
		}
		return p.resolve(text)
	}
	if width > 0 && (strings.HasPrefix(r.rest, "-") || strings.HasPrefix(r.rest, ".")) { // 2023-01-09/03-17
		r.rest = fmt.Sprintf("%s%d%s", r.rest[:1], n, r.rest)
		p.month = 0
		return o.written(text, p, &r)
	}
	r.rest = plain
	p.month = 0
	return o.within(text, p, &r)
}

// within reads what follows 2006年.
func (o Options) within(text string, p point, r *reader) (point, *Error) {
	first := r.word("前")
	ordinal := !first && r.word("第")
	n, width := r.number()
	p.n = n
	switch rest := r.rest; {
	case first && width > 0:
		p.kind = cumulative
		switch rest {
		case "个月", "月":
		case "个季度", "季度":
			p.n *= 3
		default:
			return p, unread
		}
	case width > 0 && (rest == "季度" || rest == "季"):
		p.kind = quarter
	case width > 0 && (rest == "周" || rest == "星期"):
		p.kind = week
	case width > 2:
		return p, unread
	case ordinal && width > 0 && rest == "": // 第1 of 第1-3季度
		p.loose = true
		return p, nil
	case ordinal || first:
		return p, unread
	case width > 0 && rest == "":
		p.loose = true
		return p, nil
	case width > 0 && (rest == "月" || rest == "月份"):
		p.kind = month
	case width > 0 && (rest == "月底" || rest == "月末"):
		p.kind, p.stock = month, true
	case width > 0 && strings.HasPrefix(rest, "月"):
		d := reader{rest[len("月"):]}
		n, width := d.number()
		if width == 0 || width > 2 || p.n > 12 || p.n < 1 {
			return p, unread
		}
		p.month, p.n = p.n, n
		if d.rest == "" {
			p.loose = true
			return p, nil
		}
		if d.rest != "日" {
			return p, unread
		}
		p.kind = day
	case width > 0:
		return p, unread
	default:
		return o.named(text, p, rest)
	}
	return p.resolve(text)
}

// named reads what follows the year where it is a word.
func (o Options) named(text string, p point, rest string) (point, *Error) {
	if p.inherited && rest == "" {
		return p, unread
	}
	switch rest {
	case "", "度", "全年":
		p.kind = year
	case "财年", "财政年度", "度财年":
		return p, twoReadings(text, problem.Say("这一年开始的财政年度", "the financial year that starts in it"), problem.Say("这一年结束的财政年度", "the one that ends in it"),
			fmt.Sprintf("%d/%02d财年, %d/%02d财年", p.year, (p.year+1)%100, p.year-1, p.year%100))
	case "底", "末":
		p.kind, p.stock = year, true
	case "上半年", "H1":
		p.kind, p.n = halfYear, 1
	case "下半年", "H2":
		p.kind, p.n = halfYear, 2
	default:
		if len(rest) == 2 && rest[0] == 'Q' {
			p.kind, p.n = quarter, digits(rest[1:])
		} else if len(rest) == 3 && rest[0] == 'W' {
			p.kind, p.n = week, digits(rest[1:])
		} else {
			return p, unread
		}
	}
	return p.resolve(text)
}

// written reads what follows a year without 年: 2006-05, 2006/5/9, 2006.05,
// 2006Q1, 2014/15, 2014-15财年.
func (o Options) written(text string, p point, r *reader) (point, *Error) {
	if r.rest == "" || !strings.Contains("-/.~", r.rest[:1]) {
		return o.named(text, p, r.rest)
	}
	mark := r.rest[:1]
	r.rest = r.rest[1:]
	n, width := r.number()
	follows := mark != "." && (width == 2 && n == (p.year+1)%100 || width == 4 && n == p.year+1)
	switch {
	case width == 0 && mark == "-":
		if r.rest == "" || !strings.Contains("QHW", r.rest[:1]) {
			return p, unread
		}
		return o.named(text, p, r.rest)
	case follows && (r.rest == "财年" || r.rest == "财政年度"), follows && mark == "/" && width == 2 && n > 12 && r.rest == "":
		return o.financialYear(text, p)
	case follows && r.rest == "" && width == 4 && mark != "~":
		return p, twoYears(text, p.year)
	case follows && r.rest == "" && mark == "-" && n > 12:
		return p, twoReadings(text, problem.Say("一个财政年度", "a financial year"), problem.Say("月份有误", "a month that does not exist"),
			fmt.Sprintf("%d/%02d财年, %d年12月", p.year, n, p.year))
	case follows && r.rest == "" && mark == "/":
		return p, twoReadings(text, problem.Say("一个财政年度", "a financial year"), problem.Say("一个月份", "a month"),
			fmt.Sprintf("%d/%02d财年, %d年%d月", p.year, n, p.year, n))
	case width == 0 || width > 2 || mark == "~":
		return p, unread
	case r.rest == "":
		p.kind, p.n = month, n
		return p.resolve(text)
	case !strings.HasPrefix(r.rest, mark):
		return p, unread
	}
	r.rest = r.rest[1:]
	d, width := r.number()
	if width == 0 || width > 2 || r.rest != "" {
		return p, unread
	}
	p.kind, p.month, p.n = day, n, d
	return p.resolve(text)
}

func (o Options) financialYear(text string, p point) (point, *Error) {
	p.kind = year
	p, err := p.resolve(text)
	if err != nil {
		return p, err
	}
	first := o.FinancialYearStart
	if first < time.January || first > time.December {
		first = time.April
	}
	p.kind = financial
	p.start = NewDate(p.year, first, 1)
	p.end = NewDate(p.year+1, first, 1) - 1
	return p, nil
}

// ambiguous refuses what could be something else than a period.
func ambiguous(text, plain string) *Error {
	whole := strings.TrimSuffix(plain, ".0")
	if n := digits(whole); len(whole) == 5 && n >= 10000 && n < 80000 {
		return serial(text, NewDate(1899, time.December, 30)+Date(n)) // day 1 is 1900-01-01, with the 29 February that 1900 did not have
	}
	if year, found := strings.CutSuffix(plain, ".1"); found && len(year) == 4 && digits(year) > 0 {
		return twoReadings(text, problem.Say("1月", "January"), problem.Say("表格丢了末尾0的10月", "October, whose zero a spreadsheet dropped"), year+"年1月, "+year+"年10月")
	}
	for _, mark := range [...]string{"/", "-", "."} {
		parts := strings.Split(plain, mark)
		if len(parts) == 3 && len(parts[0]) <= 2 && len(parts[2]) == 4 && digits(parts[0]) >= 0 && digits(parts[1]) >= 0 && digits(parts[2]) >= 0 {
			return dayFirst(text)
		}
	}
	return nil
}

// reader takes a text from its front.
type reader struct{ rest string }

func (r *reader) word(w string) bool {
	rest, ok := strings.CutPrefix(r.rest, w)
	r.rest = rest
	return ok
}

// number takes digits, eight at most, and tells how many there were.
func (r *reader) number() (n, width int) {
	for width < len(r.rest) && width < 8 && '0' <= r.rest[width] && r.rest[width] <= '9' {
		n = n*10 + int(r.rest[width]-'0')
		width++
	}
	r.rest = r.rest[width:]
	return n, width
}

// normalize brings a text to one alphabet: ASCII digits and marks, capital
// letters, ~ for every joint that is no hyphen, no spaces. It is false where a
// space stands between two digits, which could be one number or two.
func normalize(written string) (string, bool) {
	var b strings.Builder
	spaced := false
	var last rune
	for i := 0; i < len(written); {
		r, size := utf8.DecodeRuneInString(written[i:])
		if value, length := chineseNumber(written[i:]); length > 0 {
			if spaced && isDigit(last) {
				return "", false
			}
			b.WriteString(value)
			i, last, spaced = i+length, '0', false
			continue
		}
		i += size
		if text.Invisible(r) {
			continue
		}
		switch r = text.Narrow(r); r {
		case ' ', '\t', '\u00a0', '\u2009', '\u202f':
			spaced = true
			continue
		case '‐', '‑', '−', '﹣':
			r = '-'
		case '–', '—', '―', '─', '〜', '∼', '至', '到', '迄':
			r = '~'
		case '號', '号':
			r = '日'
		case '國':
			r = '国'
		case '週':
			r = '周'
		case '個':
			r = '个'
		case '財':
			r = '财'
		}
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		if r == '~' && last == '~' { // ——
			continue
		}
		if spaced && isDigit(r) && isDigit(last) {
			return "", false
		}
		b.WriteRune(r)
		last, spaced = r, false
	}
	return b.String(), true
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

var chineseDigits = map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '元': 1}

// chineseNumber reads a number in Chinese digits at the start of a text, digit
// by digit (二〇〇六) or with 十 and 百 (二十一, 一百一十二), and gives its ASCII digits.
func chineseNumber(text string) (value string, length int) {
	var b strings.Builder
	sum, digit, spoken := 0, -1, false
	for _, r := range text {
		d, ok := chineseDigits[r]
		switch {
		case ok:
			digit = d
			b.WriteByte(byte('0' + d))
		case r == '十' || r == '百':
			weight := 10
			if r == '百' {
				weight = 100
			}
			sum += weight * max(digit, 1)
			digit, spoken = 0, true
		default:
			return spokenOr(spoken, sum+max(digit, 0), b.String()), length
		}
		length += utf8.RuneLen(r)
	}
	return spokenOr(spoken, sum+max(digit, 0), b.String()), length
}

func spokenOr(spoken bool, n int, written string) string {
	if spoken {
		return fmt.Sprint(n)
	}
	return written
}
