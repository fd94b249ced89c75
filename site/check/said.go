package check

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sunshine/site/period"
	"sunshine/site/text"
)

// This file reads what prose says in words: numbers, and the times they are of.

// plainOf gives a text as its reader sees it: no invisible character, full-width
// forms as ASCII, small letters; and for each byte its offset in the text.
func plainOf(written string) (plain string, offsets []int) {
	var b strings.Builder
	for i, r := range written {
		if text.Invisible(r) {
			continue
		}
		r = text.Narrow(r)
		if r == 0xa0 {
			r = ' '
		}
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		for range utf8.RuneLen(r) {
			offsets = append(offsets, i)
		}
		b.WriteRune(r)
	}
	return b.String(), append(offsets, len(written))
}

// clausesOf parts a plain sentence; a comma in a number parts nothing.
func clausesOf(plain string) []span {
	var all []span
	start := 0
	for i, r := range plain {
		ends := strings.ContainsRune(",、;。!?\n()[]【】", r)
		if digit := func(at int) bool { return at >= 0 && at < len(plain) && '0' <= plain[at] && plain[at] <= '9' }; r == ',' && digit(i-1) && digit(i+1) {
			ends = false
		}
		if r == '.' && strings.HasPrefix(plain[i+1:], " ") {
			ends = true
		}
		if ends {
			all = append(all, span{start, i})
			start = i + utf8.RuneLen(r)
		}
	}
	return append(all, span{start, len(plain)})
}

type span struct{ start, end int }

// spoken is a number in prose.
type spoken struct {
	span
	value   float64
	chinese bool // written in characters
	english bool // written as a word
}

var (
	numbers     = regexp.MustCompile(`\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b`)
	numberWords = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
)

// numbersOf finds the numbers of a stretch of plain text.
func numbersOf(plain string, in span) []spoken {
	var all []spoken
	for _, m := range numbers.FindAllStringIndex(plain[in.start:in.end], -1) {
		n := spoken{span: span{in.start + m[0], in.start + m[1]}}
		word := plain[n.start:n.end]
		switch c := word[0]; {
		case '0' <= c && c <= '9':
			n.value, _ = strconv.ParseFloat(strings.ReplaceAll(word, ",", ""), 64)
		case c < utf8.RuneSelf:
			for i, w := range numberWords {
				if w == word {
					n.value, n.english = float64(i), true
				}
			}
		default:
			v, ok := characters(word)
			if !ok {
				continue
			}
			n.value, n.chinese = float64(v), true
		}
		all = append(all, n)
	}
	return all
}

// holds tells, fast, whether a text may hold one of the numbers, in digits or in
// words; it takes some for one that are none.
func holds(said string, wanted func(float64) bool) bool {
	for i := 0; i < len(said); {
		c, start := said[i], i
		switch {
		case '0' <= c && c <= '9':
			for i < len(said) && ('0' <= said[i] && said[i] <= '9' || said[i] == '.' || said[i] == ',') {
				i++
			}
			v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimRight(said[start:i], ".,"), ",", ""), 64)
			if err != nil || strings.Contains(said[start:i], ",") || wanted(v) {
				return true
			}
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			for i < len(said) && ('a' <= said[i] && said[i] <= 'z' || 'A' <= said[i] && said[i] <= 'Z') {
				i++
			}
			for v, word := range numberWords {
				if len(word) == i-start && strings.EqualFold(word, said[start:i]) && wanted(float64(v)) {
					return true
				}
			}
		case c < utf8.RuneSelf:
			i++
		default:
			r, size := utf8.DecodeRuneInString(said[i:])
			i += size
			if r == 0xa0 || text.Invisible(r) || '０' <= r && r <= '９' || strings.ContainsRune(beforeMeasure, r) && measures(said[i:]) {
				return true
			}
		}
	}
	return false
}

const beforeMeasure = "零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟"

// measures tells whether a text begins with a word that something is counted by.
func measures(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	return strings.ContainsRune("人名位口例员家户个所%次", r)
}

// plainCharacters writes numbers in the characters of everyday.
var plainCharacters = strings.NewReplacer("〇", "零", "两", "二", "壹", "一", "贰", "二", "叁", "三", "肆", "四", "伍", "五", "陆", "六", "柒", "七", "捌", "八", "玖", "九", "拾", "十", "佰", "百", "仟", "千")

// characters reads a whole number written in Chinese characters: 三, 十二, 一百零五.
func characters(word string) (value int, ok bool) {
	const digits = "零一二三四五六七八九"
	word = plainCharacters.Replace(word)
	section, digit := 0, -1
	for _, r := range word {
		power := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
		switch at := strings.IndexRune(digits, r); {
		case at >= 0 && digit > 0:
			return 0, false // 三四人: three or four
		case at >= 0:
			digit = at / len("零")
		case r == '万':
			value, section, digit = (value+section+max(digit, 0))*10000, 0, -1
		case digit < 0 && power > 10:
			return 0, false // 百余, 千人
		default:
			if digit < 0 {
				digit = 1
			}
			section, digit = section+digit*power, -1
		}
	}
	return value + section + max(digit, 0), true
}

// The times that prose names: with their year; by a word that says which year;
// without a year.
var (
	yearWords = regexp.MustCompile(`(?:去年|上年度?|上一年|前年|今年|本年度?|当年)(?:全年)?`)
	partWords = `(?:第?[一二三四1-4]季度|[上下]半年|前[一二三]季度|前?\d{1,2}(?:[-—–～~至到]\d{1,2})?个?月份?(?:\d{1,2}日)?)`
	dated     = regexp.MustCompile(`(?:19|20)\d\d年?[-—–～~至到](?:19|20)\d\d年|(?:19|20)\d\d年(?:度|全年)?` + partWords + `?|\b(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])\b|\b(?:19|20)\d\d\b`)
	yearless  = regexp.MustCompile(`(^|[^\d年度\-—–～~至到])(第?[一二三四1-4]季度|[上下]半年|前[一二三]季度|前\d{1,2}个月|\d{1,2}(?:[-—–～~至到]\d{1,2})?月份?(?:\d{1,2}日)?)`) // 3个月 is a length
	spaced    = regexp.MustCompile(`\s*(\p{Han})\s*`)
	year      = regexp.MustCompile(`(19|20)\d\d`)
)

// The same in English, with what it is in Chinese.
var englishTimes = []struct {
	find  *regexp.Regexp
	write func(m []string) string
}{
	{regexp.MustCompile(`\b(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th) (quarter|half) of ((?:19|20)\d\d|last year|this year)`), func(m []string) string { return m[3] + ordinals[m[1]] + halves[m[2]] }},
	{regexp.MustCompile(`\bq([1-4])[ ,/-]*(?:of )?((?:19|20)\d\d|last year|this year)`), func(m []string) string { return m[2] + "年第" + m[1] + "季度" }},
	{regexp.MustCompile(`\b((?:19|20)\d\d)[ /-]*q([1-4])\b`), func(m []string) string { return m[1] + "年第" + m[2] + "季度" }},
	{regexp.MustCompile(`\b(?:(\d{1,2}) )?(january|february|march|april|may|june|july|august|september|october|november|december)(?: (\d{1,2}),?)?(?: of)? ((?:19|20)\d\d|last year|this year)`), func(m []string) string {
		text := m[4] + "年" + strconv.Itoa(int(monthNames[m[2]])) + "月"
		if d := m[1] + m[3]; d != "" {
			text += d + "日"
		}
		return text
	}},
	{regexp.MustCompile(`\blast year\b`), func([]string) string { return "去年" }},
	{regexp.MustCompile(`\bthis year\b`), func([]string) string { return "今年" }},
}

var (
	ordinals   = map[string]string{"first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3", "fourth": "4", "4th": "4"}
	halves     = map[string]string{"quarter": "季度", "half": "半年"}
	monthNames = func() map[string]time.Month {
		all := map[string]time.Month{}
		for m := time.January; m <= time.December; m++ {
			all[strings.ToLower(m.String())] = m
		}
		return all
	}()
)

// timesOf gives the periods that a stretch of plain text names. A year that it
// leaves out is that of known, a text before it, or of the day of its document.
func timesOf(plain, known string, day period.Date, o period.Options) []period.Period {
	if !strings.ContainsAny(plain, "年月季半") && !year.MatchString(plain) && !strings.Contains(plain, "year") {
		return nil
	}
	for _, e := range englishTimes {
		plain = e.find.ReplaceAllStringFunc(plain, func(found string) string {
			return " " + chineseOrder(e.write(e.find.FindStringSubmatch(found))) + " "
		})
	}
	plain = spaced.ReplaceAllString(plain, "$1") // 2025 年
	if day != 0 {
		now := day.Time().Year()
		plain = yearWords.ReplaceAllStringFunc(plain, func(word string) string {
			switch {
			case strings.HasPrefix(word, "前"):
				return strconv.Itoa(now-2) + "年"
			case strings.HasPrefix(word, "去"), strings.HasPrefix(word, "上"):
				return strconv.Itoa(now-1) + "年"
			}
			return strconv.Itoa(now) + "年"
		})
	}
	base := ""
	if all := year.FindAllString(plain, -1); len(all) > 0 {
		base = all[0]
	} else if all := year.FindAllString(known, -1); len(all) > 0 {
		base = all[len(all)-1]
	} else if day != 0 {
		base = strconv.Itoa(day.Time().Year())
	}
	if base != "" {
		plain = yearless.ReplaceAllString(plain, "${1}"+base+"年${2}")
	}
	var found []period.Period
	for _, word := range dated.FindAllString(plain, -1) {
		if p, err := period.Parse(word, o); err == nil {
			found = append(found, p)
		}
	}
	return found
}

// chineseOrder writes 2025 1季度 and last year年3月 as 2025年第1季度, 去年3月.
func chineseOrder(text string) string {
	text = strings.NewReplacer("last year年", "去年", "this year年", "今年", "last year", "去年", "this year", "今年", "1半年", "上半年", "2半年", "下半年").Replace(text)
	if m := regexp.MustCompile(`^((?:19|20)\d\d)(上|下|\d季)`).FindStringSubmatchIndex(text); m != nil {
		text = text[:m[3]] + "年" + text[m[3]:]
	}
	return text
}
