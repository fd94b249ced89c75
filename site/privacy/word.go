package privacy

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
)

// Rules of words.
var (
	plate       = problem.PrivacyPlate
	email       = problem.PrivacyEmail
	homeAddress = problem.PrivacyAddress
	personName  = problem.PrivacyName
	consent     = problem.PrivacyConsent
	penalty     = problem.PrivacyPenalty
	minor       = problem.PrivacyMinor
	secret      = problem.PrivacySecret
)

// provinceLetters stand first on a vehicle's plate.
const provinceLetters = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"

// marked are the characters of three bytes at which a detector begins, and
// veiled those that are hidden: one bit each.
var marked, veiled = func() (m, v [1 << 10]uint64) {
	for _, r := range provinceLetters + "岁室元★料密书字案" {
		m[r>>6] |= 1 << (r & 63)
	}
	for r := range roleEnds {
		m[r>>6] |= 1 << (r & 63)
	}
	for r := rune(0x800); r <= 0xffff; r++ {
		if hidden(r) {
			v[r>>6] |= 1 << (r & 63)
		}
	}
	return m, v
}()

// word looks at what stands at a marked character.
func (s *scanner) word(r rune, i int) {
	if roles, is := roleEnds[r]; is {
		s.name(i+utf8.RuneLen(r), roles)
	}
	switch r {
	case '书':
		s.decision(i + len("书"))
	case '字':
		s.numberedDecision(i + len("字"))
	case '岁':
		s.minor(i)
	case '室':
		s.address(i, "室")
	case '元':
		if bytes.HasSuffix(s.text[:i], []byte("单")) {
			s.address(i-len("单"), "单元")
		}
	case '案':
		s.caseTitle(i)
	case '★':
		s.star(i)
	case '料':
		s.marking(i, "内部资料", "本材料为", "本文件为", "本资料为", "本表为", "此件为", "属于", "属")
	case '密':
		for _, degree := range []string{"绝密", "机密", "秘密", "警务工作秘密"} {
			s.marking(i, degree)
		}
	default:
		if strings.ContainsRune(provinceLetters, r) {
			s.plate(r, i)
		}
	}
}

// longestMark is how many bytes before and behind a mark tell whether it stands alone.
const longestMark = 400

// marking is a hit where the text up to and with the character at i is a mark of
// what stays inside: alone in its line, as a heading or a stamp, or behind the
// words that say so of the text itself. In a sentence it is none (涉及警务工作秘密的
// 不予公开).
func (s *scanner) marking(i int, mark string, behind ...string) {
	end := i + 3
	if !bytes.HasSuffix(s.text[:end], []byte(mark)) {
		return
	}
	start := end - len(mark)
	near := s.text[max(0, start-longestMark):start]
	line := near[bytes.LastIndexAny(near, "\n/>:")+1:]
	if i := bytes.LastIndex(line, []byte("：")); i >= 0 {
		line = line[i+len("："):]
	}
	rest := s.text[end:min(len(s.text), end+longestMark)]
	if i := bytes.IndexAny(rest, "\n<"); i >= 0 {
		rest = rest[:i]
	}
	const around = "#*_>【】[]（）()《》“”\"' \t\r　|，。,:：-"
	rest = bytes.Trim(rest, around)
	alone := len(bytes.Trim(line, around)) == 0 && (len(rest) == 0 || startsWith(rest, "注意保存", "请注意保存", "请勿", "不得", "严禁")) && (s.beside == "" || mark == "警务工作秘密" || mark == "内部资料")
	for _, words := range behind {
		alone = alone || bytes.HasSuffix(line, []byte(words)) && !bytes.HasPrefix(rest, []byte("的"))
	}
	if alone {
		s.hit(secret, problem.Error, start, end, mark)
	}
}

// star finds a degree of secrecy beside ★, as in 机密★10年.
func (s *scanner) star(i int) {
	before := bytes.TrimRight(s.text[:i], " \u3000")
	behind := bytes.TrimLeft(s.text[i+3:min(len(s.text), i+3+besideBehind)], " \u3000")
	for _, degree := range []string{"绝密", "机密", "秘密"} {
		if bytes.HasSuffix(before, []byte(degree)) {
			s.hit(secret, problem.Error, len(before)-len(degree), i+3, degree+"★")
		} else if bytes.HasPrefix(behind, []byte(degree)) {
			end := bytes.Index(s.text[i:], []byte(degree)) + i + len(degree)
			s.hit(secret, problem.Error, i, end, "★"+degree)
		}
	}
}

// plate judges what follows a province's character: letter, perhaps a dot, and
// five places, or six of a car with another drive than petrol (GA 36).
func (s *scanner) plate(province rune, i int) {
	rest := s.text[i+3:]
	if len(rest) < 6 || rest[0] < 'A' || rest[0] > 'Z' || rest[0] == 'I' {
		return
	}
	letter, end := rest[0], i+4
	rest = rest[1:]
	for _, dot := range []string{"·", "•", "・", " ", "-"} {
		if bytes.HasPrefix(rest, []byte(dot)) {
			rest, end = rest[len(dot):], end+len(dot)
			break
		}
	}
	n, digits := 0, 0
	for n < len(rest) && (isDigit(rest[n]) || 'A' <= rest[n] && rest[n] <= 'Z' && rest[n] != 'I' && rest[n] != 'O') {
		if isDigit(rest[n]) {
			digits++
		}
		n++
	}
	if n != 5 && n != 6 || digits < 3 || n == 6 && digits < 4 {
		return
	}
	end += n
	if end < len(s.text) {
		next, _ := utf8.DecodeRune(s.text[end:])
		if next < utf8.RuneSelf && (unicode.IsLetter(next) || unicode.IsDigit(next)) || strings.ContainsRune("型款系版式", next) {
			return
		}
	}
	if before, _ := utf8.DecodeLastRune(s.text[:i]); strings.ContainsRune("全最更创崭里为度讯有", before) && (province == '新' || province == '云') {
		return // 阿里云, 最新
	}
	if s.called(span{i, end}, "型号", "产品编号", "产品号", "规格") {
		return
	}
	s.hit(plate, problem.Error, i, end, string(province)+string(letter)+string(rest[:n]))
}

// email judges what stands around the sign at i.
func (s *scanner) email(i int) {
	text := s.text
	local := func(b byte) bool {
		return isLetter(b) || isDigit(b) || b == '.' || b == '_' || b == '-' || b == '+' || b == '%'
	}
	start := i
	for start > 0 && i-start < 64 && local(text[start-1]) {
		start--
	}
	start += len(text[start:i]) - len(bytes.TrimLeft(text[start:i], ".-%"))
	end, dot := i+1, -1
	for end < len(text) && end-i < 254 && (isLetter(text[end]) || isDigit(text[end]) || text[end] == '-' || text[end] == '.') {
		if text[end] == '.' {
			if dot = end; end+1 == len(text) || !isLetter(text[end+1]) && !isDigit(text[end+1]) {
				break // the end of a sentence
			}
		}
		end++
	}
	domain := text[i+1 : end]
	dot = bytes.LastIndexByte(domain, '.')
	if start == i || dot < 1 || len(domain)-dot < 3 {
		return
	}
	top := strings.ToLower(string(domain[dot+1:]))
	if strings.ContainsAny(top, "0123456789") {
		return
	}
	switch top {
	case "png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "json", "html": // icon@2x.png
		return
	}
	s.hit(email, problem.Warning, start, end, strings.ToLower(string(text[start:end])))
}

// Words of an address, and of offices, which have rooms too.
var (
	addressWords = []string{"路", "街", "巷", "弄", "胡同", "大道", "小区", "新村", "花园", "公寓", "家园", "苑", "里", "村", "号院", "号楼", "号", "栋", "幢", "楼"}
	officeWords  = []string{"办公", "大厅", "窗口", "政务", "服务中心", "公安", "派出所", "支队", "大队", "大厦", "会议", "接待", "检察", "法院", "医院", "学校", "机关", "行政中心"}
	homeWords    = []string{"家属", "宿舍", "小区", "公寓", "住", "家"}
)

const addressRunes = 40

// address judges a home address that ends with the word at i: a number before
// it, and before that a street, an estate or a building.
func (s *scanner) address(i int, word string) {
	end := i + len(word)
	if next, _ := utf8.DecodeRune(s.text[end:]); word == "单元" && strings.ContainsRune("格测素楼卷", next) && next != '楼' {
		return
	}
	head := s.text[:i]
	number := bytes.TrimRight(head, "0123456789")
	if len(number) == len(head) {
		if number = bytes.TrimRight(head, "一二三四五六七八九十甲乙丙丁ABCDEFGH"); len(number) == len(head) || word == "室" && utf8.RuneCount(head[len(number):]) < 2 {
			return
		}
	} else if word == "室" && len(head)-len(number) < 2 {
		return
	}
	if bytes.HasSuffix(number, []byte("第")) { // a chapter
		return
	}
	start := i
	for n := 0; start > 0 && n < addressRunes; n++ {
		r, size := utf8.DecodeLastRune(s.text[:start])
		if !unicode.Is(unicode.Han, r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '#' {
			break
		}
		start -= size
	}
	found := false
	for _, w := range addressWords {
		found = found || bytes.Contains(s.text[start:len(number)], []byte(w))
	}
	if !found {
		return
	}
	if s.counted(start, end) {
		return
	}
	if at := s.text[start:end]; slices.ContainsFunc(officeWords, func(w string) bool { return bytes.Contains(at, []byte(w)) }) &&
		!slices.ContainsFunc(homeWords, func(w string) bool { return bytes.Contains(at, []byte(w)) }) {
		return
	}
	if n := len(s.hits); n > 0 && s.hits[n-1].Rule == homeAddress && s.hits[n-1].End > start {
		if last := &s.hits[n-1]; end-last.Start <= addressRunes*utf8.UTFMax {
			last.End, last.Value = end, string(s.text[last.Start:end]) // 2单元, then 301室
		}
		return
	}
	s.hit(homeAddress, problem.Error, start, end, string(s.text[start:end]))
}

// counted tells whether an address is one of flats that are counted (12号楼3单元共24户),
// or that of a window.
func (s *scanner) counted(start, end int) bool {
	behind := bytes.TrimLeft(s.text[end:min(len(s.text), end+besideBehind)], " ，,、：:")
	if startsWith(behind, "窗口", "柜台", "等", "共", "住户", "楼道", "加装", "门口", "门前", "大门", "入口", "楼下", "楼前", "楼顶", "外墙", "电梯", "路灯") {
		return true
	}
	rest := bytes.TrimLeft(behind, "0123456789")
	if len(rest) < len(behind) && startsWith(rest, "户", "套", "层", "间", "人", "个") {
		return true
	}
	_, unit, ok := cutUnit(strings.TrimSpace(s.beside))
	return ok && (unit == "户" || unit == "套" || unit == "户次") || bytes.Contains(s.text[start:end], []byte("窗口"))
}

// harms are the words that make an age that of a minor in a case.
var harms = []string{"被害", "受害", "违法", "拘留", "嫌疑", "犯罪", "侵害", "猥亵", "强奸", "性侵", "被拐", "遇害"}

// longestSentence is how many bytes of a sentence before and behind an age are looked at.
const longestSentence = 180

// sentence gives what stands in one sentence, or cell, with the bytes from start to end.
func (s *scanner) sentence(start, end int) []byte {
	before, behind := s.text[max(0, start-longestSentence):start], s.text[end:min(len(s.text), end+longestSentence)]
	for _, stop := range []string{"。", "！", "？", "\n", "<", ">"} {
		if i := bytes.LastIndex(before, []byte(stop)); i >= 0 {
			before = before[i+len(stop):]
		}
		if i := bytes.Index(behind, []byte(stop)); i >= 0 {
			behind = behind[:i]
		}
	}
	return s.text[start-len(before) : end+len(behind)]
}

// harmed tells whether a word of harm stands in one sentence with the bytes from
// start to end.
func (s *scanner) harmed(start, end int) bool {
	around := s.sentence(start, end)
	return slices.ContainsFunc(harms, func(word string) bool {
		return bytes.Contains(around, []byte(word)) || strings.Contains(s.beside, word)
	})
}

// minor judges the age before the character at i: under 18, of a person and not
// of a law, beside a word of harm.
func (s *scanner) minor(i int) {
	head := bytes.TrimSuffix(s.text[:i], []byte("周"))
	rest := bytes.TrimRight(head, "0123456789")
	age := 0
	if len(rest) < len(head) && len(head)-len(rest) <= 2 {
		age = value(head[len(rest):])
	} else if rest = bytes.TrimRight(head, "一二三四五六七八九十"); len(rest) < len(head) {
		age = chineseAge(string(head[len(rest):]))
	}
	behind := s.text[i+len("岁"):]
	if age < 1 || age > 17 || endsWith(rest, "满", "至", "到", "～", "~", "-", "—", "–", "、", "或", "过", "于", ".", "第") ||
		startsWith(behind, "以", "至", "到", "～", "~", "-", "—", "–", "、", "或", "不满", "未满") {
		return
	}
	around := s.sentence(len(rest), i+3)
	if !slices.ContainsFunc(harms, func(word string) bool {
		return bytes.Contains(around, []byte(word)) || strings.Contains(s.beside, word)
	}) {
		return
	}
	clause := strings.TrimSpace(string(s.text[i-len(clauseBefore(s.text[:i])) : i+3]))
	s.hit(minor, problem.Warning, len(rest), i+3, clause)
}

// clauseBefore gives the end of text after its last punctuation mark.
func clauseBefore(text []byte) []byte {
	start := len(text)
	for n := 0; start > 0 && n < addressRunes; n++ {
		r, size := utf8.DecodeLastRune(text[:start])
		if !unicode.Is(unicode.Han, r) && !unicode.IsDigit(r) {
			break
		}
		start -= size
	}
	return text[start:]
}

func endsWith(text []byte, ends ...string) bool {
	for _, e := range ends {
		if bytes.HasSuffix(text, []byte(e)) {
			return true
		}
	}
	return false
}

func startsWith(text []byte, starts ...string) bool {
	for _, e := range starts {
		if bytes.HasPrefix(text, []byte(e)) {
			return true
		}
	}
	return false
}

// chineseAge reads 三, 十五 and 二十一.
func chineseAge(text string) int {
	digit := func(r string) int { return strings.Index("一二三四五六七八九", r)/3 + 1 }
	tens, ones, ok := strings.Cut(text, "十")
	switch {
	case !ok && len(text) == 3:
		return digit(text)
	case !ok || len(tens) > 3 || len(ones) > 3:
		return 0
	}
	age := 10
	if tens != "" {
		age = 10 * digit(tens)
	}
	if ones != "" {
		age += digit(ones)
	}
	return age
}
