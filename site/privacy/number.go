package privacy

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// Rules of numbers.
var (
	residentID   = problem.PrivacyResidentID
	residentID15 = problem.PrivacyResidentID15
	mangledID    = problem.PrivacyMangledID
	mobile       = problem.PrivacyMobile
	bankCard     = problem.PrivacyBankCard
	passport     = problem.PrivacyPassport
	notInspected = problem.PrivacyNotInspected
)

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// number reads the digits at i and those joined to them by spaces or hyphens,
// and gives where they end.
func (s *scanner) number(i int) int {
	end := i + 1
	for end < len(s.text) && isDigit(s.text[end]) {
		end++
	}
	if end-i < shortestNumber && (end == len(s.text) || !joints[s.text[end]]) {
		if end-i == 2 && i > 0 && s.text[i-1] == '+' {
			s.mangled(span{i, end})
		}
		s.veil = s.veil || s.markup && !s.normal && tagsBetween(s.text[end:])
		return end
	}
	s.groups, s.loose = s.groups[:0], s.loose[:0]
	longest := 0
	for {
		start := i
		for i < len(s.text) && isDigit(s.text[i]) {
			i++
		}
		s.groups = append(s.groups, span{start, i})
		longest += i - start
		n, loose := joint(s.text[i:]), false
		if n == 0 {
			n, loose = looseJoint(s.text[i:], i-start), true
		}
		if n == 0 {
			break
		}
		s.loose = append(s.loose, loose)
		i += n
	}
	s.veil = s.veil || s.markup && !s.normal && tagsBetween(s.text[i:])
	if longest >= shortestSplit || len(s.groups) == 1 && longest >= shortestNumber {
		s.numbers()
	} else {
		s.mangled(s.groups[0])
	}
	return i
}

// How many digits the shortest number has that is looked for, that of a
// passport, and the shortest that may be split, that of a mobile phone.
const (
	shortestNumber = 7
	shortestSplit  = 11
)

// joints are the bytes with which what joins digits begins.
var joints = [256]bool{
	' ': true, '-': true, 0xc2: true, 0xe2: true, 0xe3: true, 0xef: true,
	'.': true, '_': true, '*': true, '/': true, '~': true, '+': true, '(': true, ')': true, '[': true, ']': true, '\'': true, '`': true,
}

// joint gives the length of what joins the digits before s to those in it:
// up to three spaces and hyphens. It is 0 where no digit follows.
func joint(s []byte) int {
	n := 0
	for range 3 {
		if n >= len(s) || !joints[s[n]] {
			return 0
		}
		r, size := utf8.DecodeRune(s[n:])
		if r != ' ' && r != '\u00a0' && r != '\u3000' && !text.IsHyphen(r) {
			return 0
		}
		n += size
		if n < len(s) && isDigit(s[n]) {
			return n
		}
	}
	return 0
}

// looseJoint gives the length of other signs that people put between the groups
// of a telephone number or a card: a dot, an underscore, the stars of bold digits,
// brackets. They join but groups of the usual lengths, since they stand in
// decimals, lists and formulas as well. before is the length of the group before.
func looseJoint(s []byte, before int) int {
	if before != 2 && before != 3 && before != 4 && before != 6 && before != 8 {
		return 0
	}
	n := 0
	for range 6 {
		if n >= len(s) || !joints[s[n]] {
			return 0
		}
		r, size := utf8.DecodeRune(s[n:])
		if !strings.ContainsRune(" ._*/~+()[]'`\u00a0\u3000·•・（）", r) && !text.IsHyphen(r) {
			return 0
		}
		n += size
		if n < len(s) && isDigit(s[n]) {
			if n+3 <= len(s) && isDigit(s[n+1]) && isDigit(s[n+2]) {
				return n
			}
			return 0
		}
	}
	return 0
}

// isLoose tells whether one of the signs between the groups i to j joins the usual
// lengths only.
func (s *scanner) isLoose(i, j int) bool { return slices.Contains(s.loose[i:j], true) }

// dotted tells whether a dot or a slash follows right behind digits, and then more.
func dotted(s []byte) bool {
	return len(s) > 1 && (s[0] == '.' || s[0] == '/') && isDigit(s[1])
}

// lengths writes how long the groups i to j are: 344.
func (s *scanner) lengths(i, j int) string {
	lengths := ""
	for _, g := range s.groups[i : j+1] {
		lengths += strconv.Itoa(g.end - g.start)
	}
	return lengths
}

// maxDigits is the length of the longest number that is looked for.
const maxDigits = 19

// numbers judges every run of whole groups: a date may stand before a number.
func (s *scanner) numbers() {
	var digits [maxDigits]byte
	for i := 0; i < len(s.groups) && !s.full; {
		n, next := 0, i+1
		for j := i; j < len(s.groups); j++ {
			g := s.groups[j]
			if n+g.end-g.start > maxDigits {
				break
			}
			n += copy(digits[n:], s.text[g.start:g.end])
			if n >= shortestNumber && s.judge(digits[:n], i, j) {
				next = j + 1
				break
			}
		}
		i = next
	}
}

// judge tells whether the digits of the groups i to j are a number that is
// looked for, and adds the hit.
func (s *scanner) judge(digits []byte, i, j int) bool {
	at := span{s.groups[i].start, s.groups[j].end}
	if i < j && s.isLoose(i, j) {
		switch s.lengths(i, j) {
		case "344", "443", "434", "2344", "4344", "2443", "4444", "44443", "684", "6444":
		default:
			return false
		}
		if dotted(s.text[at.end:]) || i > 0 && dotted(s.text[s.groups[i-1].end:]) { // a version, an address of the net
			return false
		}
	}
	switch len(digits) {
	case 7, 8:
		return i == j && s.passport(digits, at)
	case 11:
		return s.mobile(digits, i, j)
	case 13:
		return string(digits[:2]) == "86" && s.mobile(digits[2:], i, j)
	case 15:
		return string(digits[:4]) == "0086" && s.mobile(digits[4:], i, j) || s.oldResidentID(digits, at)
	case 17:
		x := bytes.TrimLeft(s.text[at.end:min(len(s.text), at.end+4)], " -")
		if len(x) > 0 && x[0]|0x20 == 'x' {
			end := span{at.start, at.end + bytes.IndexByte(s.text[at.end:], x[0]) + 1}
			if s.residentID(append(digits[:17:17], 'X'), end) {
				return true
			}
		}
		return s.bankCard(digits, i, j)
	case 18:
		return s.residentID(digits, at) || s.bankCard(digits, i, j)
	case 16, 19:
		return s.bankCard(digits, i, j)
	}
	return false
}

// alone tells whether no letter or digit touches a number, so that it is not
// part of a hash, a serial number or a decimal fraction. A word of up to six
// letters before it, as in ID110…, does not count where words is set.
func (s *scanner) alone(at span, words bool) bool {
	before := at.start
	for before > 0 && isLetter(s.text[before-1]) {
		before--
	}
	letters := at.start - before
	if letters > 0 && (!words || letters > 6 || before > 0 && isDigit(s.text[before-1])) {
		return false
	}
	if letters == 0 && before > 0 && isDigit(s.text[before-1]) {
		return false
	}
	return at.end == len(s.text) || !isLetter(s.text[at.end]) && !isDigit(s.text[at.end])
}

// fraction tells whether a number is a part of a decimal or dotted one: 0.139…
// and .139…, but not Tel.139….
func (s *scanner) fraction(at span) bool {
	if at.end+1 < len(s.text) && s.text[at.end] == '.' && isDigit(s.text[at.end+1]) {
		rest := bytes.TrimLeft(s.text[at.end+1:min(len(s.text), at.end+besideBehind)], "0")
		return len(rest) > 0 && isDigit(rest[0]) // an export writes 13800000000.0
	}
	if at.start == 0 || s.text[at.start-1] != '.' {
		return false
	}
	before, _ := utf8.DecodeLastRune(s.text[:at.start-1])
	return !unicode.IsLetter(before)
}

// How many bytes before and behind a value are beside it.
const (
	besideBefore = 60
	besideBehind = 24
)

// near tells whether one of the words stands beside a value.
func (s *scanner) near(at span, words ...string) bool {
	around := s.text[max(0, at.start-besideBefore):min(len(s.text), at.end+besideBehind)]
	for _, word := range words {
		if strings.Contains(s.beside, word) || bytes.Contains(around, []byte(word)) {
			return true
		}
	}
	return false
}

// called tells whether one of the words stands right before a value, with at
// most a few signs between.
func (s *scanner) called(at span, words ...string) bool {
	before := bytes.TrimRight(s.text[max(0, at.start-besideBefore):at.start], " :#=\"'.\u00a0")
	for _, sign := range []string{"：", "为", "是"} {
		before = bytes.TrimSuffix(before, []byte(sign))
	}
	header := strings.TrimSpace(s.beside)
	for _, word := range words {
		if strings.HasSuffix(header, word) || len(before) >= len(word) && strings.EqualFold(string(before[len(before)-len(word):]), word) {
			return true
		}
	}
	return false
}

// serials are the names of numbers that stand for things.
var serials = []string{"编号", "序列号", "流水号", "订单号", "单号", "案号", "文号", "档案号", "条码", "条形码", "备案号", "型号", "串号", "产品号", "批号", "机身码", "IMEI", "MEID", "S/N", "SN", "serial", "No"}

// provinces are the codes that a resident ID begins with (GB/T 2260; 81 to 83
// are residence permits of Hong Kong, Macao and Taiwan).
var provinces = func() (p [100]bool) {
	for _, code := range []int{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83} {
		p[code] = true
	}
	return p
}()

func value(digits []byte) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

// realDate tells whether a day exists.
func realDate(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Month() == time.Month(month) && t.Day() == day
}

// The weights and the check characters of a resident ID (GB 11643, ISO 7064 MOD 11-2).
var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const checkCharacters = "10X98765432"

func (s *scanner) residentID(id []byte, at span) bool {
	if !s.alone(at, true) {
		return false
	}
	year := value(id[6:10])
	sum := 0
	for i, w := range weights {
		sum += w * int(id[i]-'0')
	}
	valid := provinces[value(id[:2])] && 1800 <= year && year < 2100 && realDate(year, value(id[10:12]), value(id[12:14])) &&
		checkCharacters[sum%11] == id[17]
	switch {
	case valid && s.called(at, "信用代码"):
		s.clear(residentID, at.start, at.end, string(id))
	case valid:
		s.hit(residentID, problem.Error, at.start, at.end, string(id))
	case !s.fraction(at) && !same(id) && !s.called(at, "信用代码") && s.near(at, "身份证", "公民身份号码"):
		severity := problem.Warning
		if s.beside != "" { // in a cell of data it is one with a slip
			severity = problem.Error
		}
		s.hit(residentID, severity, at.start, at.end, string(id))
	default:
		return false
	}
	return true
}

// same tells whether all digits are the same, as in a placeholder.
func same(digits []byte) bool { return bytes.Count(digits, digits[:1]) == len(digits) }

func (s *scanner) oldResidentID(id []byte, at span) bool {
	if !provinces[value(id[:2])] || !realDate(1900+value(id[6:8]), value(id[8:10]), value(id[10:12])) || !s.alone(at, true) {
		return false
	}
	switch {
	case s.fraction(at):
		s.clear(residentID15, at.start, at.end, string(id))
	case s.near(at, "身份证", "证件号", "公民身份号码"):
		s.hit(residentID15, problem.Error, at.start, at.end, string(id))
	case s.called(at, serials...) || string(id[:2]) == "35" && luhn(id): // an IMEI
		s.clear(residentID15, at.start, at.end, string(id))
	case at.start > s.groups[0].start && s.last(residentID15, string(id)): // 1 1 1 …: one row of figures, one message
	default:
		s.hit(residentID15, problem.Warning, at.start, at.end, string(id))
	}
	return true
}

// last tells whether the last hit is of that rule and value.
func (s *scanner) last(rule problem.Rule, value string) bool {
	n := len(s.hits)
	return n > 0 && s.hits[n-1].Rule == rule && s.hits[n-1].Value == value
}

// mangled judges the exponent of what a spreadsheet makes of a resident ID:
// 1.10105E+17, or of a mobile number with all its digits: 1.3800000000E+10.
func (s *scanner) mangled(exponent span) {
	e := string(s.text[exponent.start:exponent.end])
	if e != "17" && e != "14" && e != "10" || exponent.start < 5 || s.text[exponent.start-1] != '+' || s.text[exponent.start-2]|0x20 != 'e' {
		return
	}
	point := exponent.start - 2
	for point > 0 && isDigit(s.text[point-1]) {
		point--
	}
	if point < 2 || exponent.start-2 == point || s.text[point-1] != '.' || !isDigit(s.text[point-2]) {
		return
	}
	at, decimals := span{point - 2, exponent.end}, s.text[point:exponent.start-2]
	if e == "10" {
		if number := string(s.text[point-2]) + string(decimals); len(decimals) >= 8 && s.alone(at, false) && !s.fraction(at) {
			if number += strings.Repeat("0", max(0, 10-len(decimals))); text.IsMobile(number) && !s.amount(at) && !s.called(at, serials...) {
				s.hit(mobile, problem.Error, at.start, at.end, number)
			}
		}
		return
	}
	if !provinces[value([]byte{s.text[point-2], s.text[point]})] {
		return
	}
	if s.alone(at, false) && !s.fraction(at) {
		s.hit(mangledID, problem.Error, at.start, at.end, strings.ToUpper(string(s.text[at.start:at.end])))
	}
}

// mobile judges eleven digits, the last of the groups i to j.
func (s *scanner) mobile(digits []byte, i, j int) bool {
	at := span{s.groups[i].start, s.groups[j].end}
	if !text.IsMobile(string(digits)) || !s.alone(at, s.called(at, "tel", "phone", "mobile", "mob", "wechat", "wx", "cell")) || i < j && !s.grouped(i, j) {
		return false
	}
	if s.fraction(at) || s.called(at, serials...) || s.amount(at) || s.numbered(at) {
		s.clear(mobile, at.start, at.end, string(digits))
		return false
	}
	s.hit(mobile, problem.Error, at.start, at.end, string(digits))
	return true
}

// phones are the words beside a telephone number.
var phones = []string{"电话", "手机", "致电", "拨打", "联系", "号码", "微信", "回电", "来电", "短信"}

// numbered tells whether a number goes on letters and a hyphen, as that of a product
// does: LX-138-….
func (s *scanner) numbered(at span) bool {
	if at.start < 2 || s.text[at.start-1] != '-' || !isLetter(s.text[at.start-2]) {
		return false
	}
	return !s.called(span{at.start - 1, at.end}, "tel", "phone", "mobile", "mob", "wechat", "wx", "cell")
}

// grouped tells whether digits in several groups are written as people write
// one number, and not as a range, a table or a longer number: no hyphen joins
// them to more, what parts them is the same, and the groups are of three digits
// and more, or all of the digits stand alone or in pairs.
func (s *scanner) grouped(i, j int) bool {
	of := func(g span) string { return string(s.text[g.start:g.end]) }
	hyphen := func(before, behind span) bool { return bytes.IndexByte(s.text[before.end:behind.start], '-') >= 0 }
	groups := s.groups[i : j+1]
	if first := of(groups[0]); first == "86" || first == "0086" {
		groups, i = groups[1:], i+1
	}
	first, last := i == 0, j+1 == len(s.groups)
	if !first {
		before := of(s.groups[i-1])
		first = before == "86" || before == "0086"
	}
	if !first && hyphen(s.groups[i-1], groups[0]) || !last && hyphen(s.groups[j], s.groups[j+1]) {
		return false
	}
	even, short := true, true
	shortest, lengths := maxDigits, ""
	for n, g := range groups {
		length := g.end - g.start
		shortest = min(shortest, length)
		short = short && length <= 2 && (length == groups[0].end-groups[0].start || n == len(groups)-1)
		if n > 1 {
			even = even && bytes.Equal(s.text[groups[n-1].end:g.start], s.text[groups[0].end:groups[1].start])
		}
		lengths += strconv.Itoa(length)
	}
	return lengths == "344" || even && (shortest >= 3 || short && first && last || first && last && s.near(span{groups[0].start, groups[len(groups)-1].end}, phones...))
}

// money are the whole names of columns of amounts, and what the names of such
// columns end in.
var money = []string{"金额", "产值", "收入", "支出", "资产", "余额", "总额", "价款", "流量", "字节数"}

// moneyUnits are the units of amounts, as they stand in brackets behind a name and
// right behind a number.
var moneyUnits = []string{"元", "美元", "万元", "亿元", "千元", "百万元", "字节"}

// amount tells whether a number is a sum of money or another quantity: by the
// unit right behind it, or by the unit or the whole name of its column. A
// character inside a word (单元, 元旦) says nothing.
func (s *scanner) amount(at span) bool {
	behind := string(s.text[at.end:min(len(s.text), at.end+besideBehind)])
	behind = strings.TrimPrefix(strings.TrimLeft(behind, " "), "余")
	for _, unit := range moneyUnits {
		if rest, ok := strings.CutPrefix(behind, unit); ok && !startsWith([]byte(rest), "旦", "月", "宵", "素", "首", "件", "老", "勋", "帅") {
			return true
		}
	}
	header := strings.TrimSpace(s.beside)
	if name, unit, ok := cutUnit(header); ok {
		if slices.Contains(moneyUnits, unit) || unit == "分" || unit == "角" {
			return true
		}
		header = name
	}
	for _, word := range []string{"电话", "手机", "号码", "联系"} { // 流量咨询电话收入
		if strings.Contains(header, word) {
			return false
		}
	}
	for _, word := range money {
		if strings.HasSuffix(header, word) {
			return true
		}
	}
	return false
}

// cutUnit parts the name of a column from what stands in brackets at its end.
func cutUnit(header string) (name, unit string, ok bool) {
	for _, brackets := range [][2]string{{"（", "）"}, {"(", ")"}} {
		if inner, found := strings.CutSuffix(header, brackets[1]); found {
			if i := strings.LastIndex(inner, brackets[0]); i >= 0 {
				return strings.TrimSpace(inner[:i]), strings.TrimSpace(inner[i+len(brackets[0]):]), true
			}
		}
	}
	return header, "", false
}

func (s *scanner) bankCard(digits []byte, i, j int) bool {
	at := span{s.groups[i].start, s.groups[j].end}
	if !cardPrefix(digits) || !luhn(digits) || same(digits[1:]) || !s.alone(at, false) {
		return false
	}
	if i < j && (j+1 < len(s.groups) || !s.grouped(i, j) || i > 0 && j-i < 3) {
		return false
	}
	if s.fraction(at) || s.called(at, serials...) || s.amount(at) || s.ownAccount(at) {
		s.clear(bankCard, at.start, at.end, string(digits))
		return false
	}
	s.hit(bankCard, problem.Error, at.start, at.end, string(digits))
	return true
}

// besideAccount is how many bytes before an account its holder stands.
const besideAccount = 200

// ownAccount tells whether an account is that of an office, by the holder named
// right before it: 户名：示范市公安局，开户行：…，账号：….
func (s *scanner) ownAccount(at span) bool {
	before := s.text[max(0, at.start-besideAccount):at.start]
	holder := -1
	for _, word := range []string{"户名", "户　名", "户 名", "开户名称", "账户名称", "收款单位", "收款人", "单位名称"} {
		if i := bytes.LastIndex(before, []byte(word)); i >= 0 {
			holder = max(holder, i+len(word))
		}
	}
	if holder < 0 {
		return false
	}
	name := bytes.TrimLeft(before[holder:], " :：为是|\t\r\n\u00a0　*")
	if i := bytes.IndexAny(name, "，,；;。|\t\r\n "); i >= 0 {
		name = name[:i]
	}
	for _, office := range []string{"公安局", "公安分局", "公安厅", "财政局", "财政专户", "财政厅", "国库", "派出所", "支队", "大队", "人民法院", "人民检察院", "人民政府", "分局", "税务局"} {
		if bytes.Contains(name, []byte(office)) {
			return true
		}
	}
	return false
}

// cardPrefix tells whether a card of that length is issued under the first
// digits (ISO/IEC 7812): UnionPay and the older cards of the big banks, and
// the foreign brands.
func cardPrefix(d []byte) bool {
	two, four := value(d[:2]), value(d[:4])
	switch {
	case two == 62, four == 9558, four == 6013, four == 6227:
		return true
	case len(d) == 16:
		return d[0] == '4' || 51 <= two && two <= 55 || two == 35
	}
	return false
}

// luhn tells whether the last digit is the check digit of the others.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// passport judges seven or eight digits behind one or two letters.
func (s *scanner) passport(digits []byte, at span) bool {
	start := at.start
	for start > 0 && at.start-start < 3 && isLetter(s.text[start-1]) {
		start--
	}
	letters := string(s.text[start:at.start])
	whole := span{start, at.end}
	if letters == "" || strings.ToUpper(letters) != letters || len(letters) > 2 || len(letters)+len(digits) > 9 || len(letters)+len(digits) < 8 ||
		!s.alone(whole, false) || s.fraction(whole) || same(digits) {
		return false
	}
	if before, _ := utf8.DecodeLastRune(s.text[:start]); before == '-' || before == '_' {
		return false
	}
	number := letters + string(digits)
	switch {
	case s.near(whole, "护照", "通行证", "passport", "Passport"):
		s.hit(passport, problem.Error, start, at.end, number)
	case len(number) == 9 && (letters == "E" || letters == "G" || letters[0] == 'E' && len(letters) == 2) && !s.called(whole, serials...):
		s.hit(passport, problem.Warning, start, at.end, number)
	default:
		return false
	}
	return true
}
