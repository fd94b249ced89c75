// Package number reads the numbers of office tables.
//
// A cell holds a number, a number with a marker of its observation status
// (1732 [p]), or a marker instead of one ([x]). An empty cell is [x], never 0.
//
// Read, exactly and with no rounding on the way: plain digits, a decimal point
// (.5 too), an exponent below zero as programs write it (5E-05), thousands in groups of three (1,234,567 or 12 345 with a no-break space),
// full-width forms (U+FF01 to U+FF5E and U+3000 only: never NFKC, which makes
// 123 of 12³), the minus signs of an office (-12 −12 －12 (12) ▲12), ¥ £ $ €
// where the unit is that money, % and ‰ where the unit is that, the column's own unit after the
// number (20件), 万 and 亿 (3.2万 is 32000), ↑12% ↓12% 持平 as a change, and the
// words of a rough number (约 近 余 多 以上 以下 不足 左右) as its qualifier.
//
// What a number says is its Value, the double nearest to it; the digits that were
// sent (7.0, 3296000 of 329.6万) are given by Digits, however many they are.
//
// Refused is what has two readings or has been mangled: scientific notation
// (1.10105E+17), a leading zero, a whole number of more than 15 digits, thousands in
// other groups, superscripts and fractions, the errors of a formula (#REF!), and
// signs of absence (— - / … *** 无) that nobody has given a meaning.
package number

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Number is what a cell says.
type Number struct {
	Value     float64 // NaN where a marker stands instead
	Text      string  // as staff wrote it, without its markers
	Status    bureau.Status
	Qualifier bureau.Qualifier
	Unit      string      // % ‰ 元 £: a sign that stands with the number; empty for none
	Whole     bool        // no fraction
	Form      bureau.Form // its decimals as sent, and its 万 or 亿
	Change    bool        // ↑ ↓ 持平: a change, not a level
}

// Error says why a text is no number, and what to write instead.
type Error struct {
	Rule          problem.Rule // csv/number, csv/scientific, ...
	Message, Hint problem.Text
	Unreadable    bool // it is like no number at all
}

// maxDigits is how many digits of a whole number a double, and so a spreadsheet,
// keeps. A program writes the fraction of a double with up to 17.
const maxDigits = 15

// maxExponent is how far an exponent may move the point; beyond it is noise.
const maxExponent = 30

// Parse reads the text of a cell in a column that counts in unit, which may be
// empty. The error is nil or says what is wrong.
func Parse(text, unit string) (Number, *Error) {
	if v, ok := plain(text); ok {
		return Number{Value: v, Text: text, Whole: true}, nil
	}
	written, status, err := Markers(text)
	if err != nil {
		return Number{}, err
	}
	n := Number{Value: math.NaN(), Text: written, Status: status}
	if written == "" {
		if status == 0 {
			n.Status = bureau.NotAvailable
		}
		return n, nil
	}
	if err := n.read(written, unit); err != nil {
		return Number{}, err
	}
	return n, nil
}

// plain reads the cells that fill most tables: whole numbers of at most 15
// ASCII digits.
func plain(text string) (float64, bool) {
	if len(text) == 0 || len(text) > maxDigits || text[0] == '0' && len(text) > 1 {
		return 0, false
	}
	n := int64(0)
	for i := range len(text) {
		d := text[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int64(d)
	}
	return float64(n), true
}

// Markers cuts the shorthand markers from the end of a cell: a value may have
// several ([p] [r]), one stands alone instead of a value ([x]).
func Markers(cell string) (rest string, status bureau.Status, err *Error) {
	rest = strings.TrimSpace(cell)
	for strings.HasSuffix(rest, "]") || strings.HasSuffix(rest, "］") {
		open := strings.LastIndexAny(rest, "[［")
		if open < 0 {
			break
		}
		letter := strings.ToLower(strings.Trim(text.NarrowAll(rest[open:]), "[] "))
		found := bureau.Status(0)
		for _, known := range bureau.Markers {
			if known.Letter == letter {
				found = known.Status
			}
		}
		if found == 0 {
			return "", 0, refuse(problem.CSVMarker, rest[open:], "不是规定的标记", "is not one of the markers",
				problem.Text{ZH: "数值后可用 [p] [r] [e] [b] [u]，代替数值用 [x] [z] [c] [w]", EN: "after a value: [p] [r] [e] [b] [u]; instead of one: [x] [z] [c] [w]"})
		}
		status |= found
		rest = strings.TrimSpace(rest[:open])
	}
	instead := status & bureau.Instead
	switch {
	case instead != 0 && (rest != "" || status != instead || instead&(instead-1) != 0):
		return "", 0, refuse(problem.CSVMarker, cell, "把代替数值的标记与别的内容写在了一起", "combines a marker that stands instead of a value with something else",
			problem.Text{ZH: "[x] [z] [c] [w] 只能单独占一格", EN: "[x] [z] [c] [w] must stand alone in their cell"})
	case status != 0 && instead == 0 && rest == "":
		return "", 0, refuse(problem.CSVMarker, cell, "只有标记，没有数值", "is a marker on a value, without the value",
			problem.Text{ZH: "在标记前写上数值；没有数据的写 [x]", EN: "write the value before it, or [x] where there is none"})
	}
	return rest, status, nil
}

// shape is a number with all that an office writes around it.
var shape = regexp.MustCompile(`^(约为|大约|大概|约|将近|接近|近|超过|超|逾|不足|不到|至少|不少于)?\s*` + // 1 before it
	`([¥￥£￡$€])?\s*` + // 2 currency
	`([-+−–▲↑↓(])?\s*` + // 3 sign
	`([¥￥£￡$€])?` + // 4 currency
	`(\.?[0-9][0-9,.\x{00a0}\x{2009}\x{202f} ]*?)` + // 5 digits
	`(\))?` + // 6
	`\s*(余|多)?\s*(万亿|亿|万)?(余|多)?\s*` + // 7 8 9
	`(%|‰)?` + // 10
	`(\))?\s*` + // 11
	`(以上|以下|左右|上下)?$`) // 12 after it

// parts are a number and what stands around it.
type parts struct {
	before, currency, sign, digits, more, scale, unit, after string

	exponent int  // of ten, below zero: 5E-05
	ownUnit  bool // the column's unit stood after it
}

// split takes a text apart. The forms that fill most tables go the short way.
func split(written, unit string) (p parts, ok bool) {
	rest, negative := strings.CutPrefix(written, "-")
	rest, percent := strings.CutSuffix(rest, "%")
	if strings.Trim(rest, "0123456789,.") == "" {
		p.digits = rest
		if negative {
			p.sign = "-"
		}
		if percent {
			p.unit = "%"
		}
		return p, rest != ""
	}
	narrow, ownUnit := cutUnit(strings.TrimSpace(text.NarrowAll(written)), unit)
	if m := small.FindStringSubmatch(narrow); m != nil {
		exponent, _ := strconv.Atoi(m[3])
		return parts{sign: m[1], digits: m[2], unit: m[4], exponent: -exponent, ownUnit: ownUnit}, exponent <= maxExponent
	}
	m := shape.FindStringSubmatch(narrow)
	if m == nil {
		return p, false
	}
	brackets := (m[3] == "(") == (m[6]+m[11] == ")")
	once := (m[2] == "" || m[4] == "") && (m[7] == "" || m[9] == "") && (m[8] != "" || m[9] == "")
	return parts{m[1], m[2] + m[4], m[3], m[5], m[7] + m[9], m[8], m[10], m[12], 0, ownUnit}, brackets && once
}

// small is a number that a program wrote with an exponent below zero, which
// loses no digit.
var small = regexp.MustCompile(`^([-+−])?([0-9]+(?:\.[0-9]+)?)[eE]-([0-9]{1,3})(%|‰)?$`)

// unsigned reads digits, thousands in groups of three, and a point: what stands
// before the point without separators, and what stands behind it.
func unsigned(digits string) (whole, fraction string, ok bool) {
	whole, fraction, point := strings.Cut(digits, ".")
	if whole == "" {
		whole = "0" // .5
	}
	if digits == "" || point && fraction == "" || strings.Trim(fraction, "0123456789") != "" || whole[0] == '0' && len(whole) > 1 {
		return "", "", false
	}
	if strings.Trim(whole, "0123456789") == "" {
		return whole, fraction, true
	}
	var b strings.Builder
	length := 0 // of the group so far
	for _, r := range whole {
		switch {
		case '0' <= r && r <= '9':
			b.WriteRune(r)
			length++
		case (r == ',' || r == 0xa0 || r == 0x2009 || r == 0x202f) && (length == 3 || b.Len() == length && 0 < length && length < 3):
			length = 0
		default:
			return "", "", false
		}
	}
	return b.String(), fraction, length == 3
}

// read fills in the number that a text without markers says.
func (n *Number) read(written, unit string) *Error {
	if written == level {
		n.Value, n.Whole, n.Change = 0, true, true
		return nil
	}
	p, ok := split(written, unit)
	if !ok {
		return explain(written, strings.TrimSpace(text.NarrowAll(written)), unit)
	}
	whole, fraction, ok := unsigned(p.digits)
	if !ok {
		return explainDigits(written, p.digits)
	}
	if len(whole) > maxDigits {
		return refuse(problem.CSVDigits, written, "的整数部分超过15位，电子表格已不能准确保存", "has a whole part of more than 15 digits, which a spreadsheet cannot keep exactly",
			problem.Text{ZH: "核对原始数值；是证件号或者编号的，不要放在数值列里", EN: "check the original; an identifier does not belong in a column of numbers"})
	}
	scale := bureau.ScaleOf(p.scale)
	if scale > 0 && (strings.HasPrefix(unit, "万") || strings.HasPrefix(unit, "亿")) {
		return refuse(problem.CSVUnit, written, "带有“"+p.scale+"”，而本列单位已是“"+problem.Quote(unit)+"”，有两种读法", "carries "+p.scale+" in a column that already counts in "+problem.Quote(unit)+", so it has two readings",
			problem.Text{ZH: "只在一处写“万”或“亿”", EN: "write 万 or 亿 in one place only"})
	}
	n.Unit = p.unit
	if p.currency != "" {
		n.Unit = money(p.currency, unit)
	}
	if n.Unit != "" && (p.ownUnit || p.currency != "" && p.unit != "" || unit != "" && unit != n.Unit) {
		return refuse(problem.CSVUnit, written, "带有的“"+n.Unit+"”与本列单位“"+problem.Quote(unit)+"”不符", "carries "+n.Unit+" in a column that counts in "+problem.Quote(unit),
			problem.Text{ZH: "核对数值，或者在说明文件中改正这一列的计量单位", EN: "check the value, or correct the unit of the column in the descriptor"})
	}
	digits := shift(whole, fraction, scale.Power()+p.exponent)
	_, left, _ := strings.Cut(digits, ".")
	n.Whole = strings.Trim(left, "0") == ""
	n.Form = bureau.Form{Decimals: uint8(min(len(fraction)-p.exponent, math.MaxUint8)), Scale: scale}
	n.Value, _ = strconv.ParseFloat(digits, 64) // correctly rounded, so whole numbers are exact
	if p.negative() && n.Value != 0 {
		n.Value = -n.Value
	}
	n.Change = p.sign == "↑" || p.sign == "↓"
	n.Qualifier = qualifier(p.before, p.more, p.after)
	return nil
}

// moneys are the signs of money, each with the units that are the same, the one first
// that it says alone.
var moneys = []struct {
	signs string
	units []string
}{
	{"¥￥", []string{"元"}},
	{"£￡", []string{"£", "英镑", "GBP", "pounds"}},
	{"$", []string{"$", "美元", "US$", "USD", "dollars"}},
	{"€", []string{"€", "欧元", "EUR", "euros"}},
}

// money gives the unit that a sign of money says, as the column has it where that is
// the same money.
func money(sign, unit string) string {
	for _, m := range moneys {
		if !strings.Contains(m.signs, sign) {
			continue
		}
		if slices.Contains(m.units, unit) {
			return unit
		}
		return m.units[0]
	}
	return sign
}

// level says that a change is none.
const level = "持平"

// negative tells whether the sign is one of those of a number below zero.
func (p parts) negative() bool { return p.sign != "" && strings.Contains("-−–▲(↓", p.sign) }

// shift moves the point of whole.fraction to the right, or for a power below
// zero to the left, and keeps every digit that was written.
func shift(whole, fraction string, power int) string {
	for ; power > 0; power-- {
		if fraction == "" {
			fraction = "0"
		}
		whole, fraction = whole+fraction[:1], fraction[1:]
	}
	for ; power < 0; power++ {
		if whole == "" {
			whole = "0"
		}
		whole, fraction = whole[:len(whole)-1], whole[len(whole)-1:]+fraction
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// Digits gives a text that Parse took for a number as plain digits: every one
// that was sent, with a point and a minus sign, and nothing else: 7.0 is 7.0,
// １,234 is 1234, 329.6万 is 3296000. It tells whether that took a reading, which
// whoever checks the figure may want to see: of 万, an exponent, or a sign other
// than minus (▲12). Of a text that is no number it gives "".
func Digits(text, unit string) (digits string, read bool) {
	if _, ok := plain(text); ok {
		return text, false
	}
	if text == level {
		return "0", true
	}
	p, ok := split(text, unit)
	if !ok {
		return "", false
	}
	whole, fraction, ok := unsigned(p.digits)
	if !ok {
		return "", false
	}
	power := bureau.ScaleOf(p.scale).Power() + p.exponent
	digits = shift(whole, fraction, power)
	if p.negative() && strings.Trim(digits, "0.") != "" {
		digits = "-" + digits
	}
	return digits, power != 0 || p.sign != "" && !strings.Contains("-−–+", p.sign)
}

// cutUnit takes the column's own unit off the end of a number: 20件.
func cutUnit(text, unit string) (string, bool) {
	if unit == "" || unit == "%" || unit == "‰" {
		return text, false
	}
	for _, after := range []string{"", "以上", "以下", "左右", "上下"} {
		if number, found := strings.CutSuffix(text, unit+after); found {
			return number + after, true
		}
	}
	return text, false
}

// qualifier joins the words around a number. A word before it is the stronger
// one: 约300余 is about 300.
func qualifier(before, more, after string) bureau.Qualifier {
	switch before {
	case "约", "约为", "大约", "大概":
		return bureau.About
	case "近", "将近", "接近":
		return bureau.Nearly
	case "超", "超过", "逾":
		return bureau.MoreThan
	case "不足", "不到":
		return bureau.LessThan
	case "至少", "不少于":
		return bureau.AtLeast
	}
	switch after {
	case "以上":
		return bureau.AtLeast
	case "以下":
		return bureau.AtMost
	case "左右", "上下":
		return bureau.About
	}
	if more != "" {
		return bureau.MoreThan
	}
	return bureau.Exact
}

// formulaErrors are what a spreadsheet writes where a formula failed.
var formulaErrors = []string{"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

// Mangled tells whether a cell, of numbers or not, holds what a spreadsheet left
// of the data: the error of a formula (#REF!), a column too narrow (####), an
// identifier in scientific notation (1.10105E+17), a range taken for a date
// (8-Jan for 1-8).
func Mangled(text string) *Error {
	if text == "" || text[0] >= 0x80 && !strings.HasPrefix(text, "−") { // most names
		return nil
	}
	if rangeDate.MatchString(text) {
		return refuse(problem.CSVDate, text, "像是表格软件把“1-8”这样的内容改成的日期", "looks like a date that a spreadsheet made of something like 1-8",
			problem.Text{ZH: "在原表中把这一列设为“文本”，重新输入后再导出", EN: "format the column as text in the spreadsheet, type the cell again and export again"})
	}
	if scientific.MatchString(text) {
		return refuse(problem.CSVScientific, text, "是科学记数法，有的数字可能已经丢失", "is in scientific notation; the digits may be lost",
			problem.Text{ZH: "在原表中把这一列设为“数值”或“文本”格式，核对后重新导出", EN: "format the column as a number or as text in the spreadsheet, check it and export again"})
	}
	if !strings.HasPrefix(text, "#") {
		return nil
	}
	for _, e := range formulaErrors {
		if text == e {
			return refuse(problem.CSVFormula, text, "是公式出错的结果，不是数据", "is the result of a failed formula, not data",
				problem.Text{ZH: "在原表中改正公式，再重新导出", EN: "correct the formula in the spreadsheet and export again"})
		}
	}
	if strings.Trim(text, "#") == "" && len(text) > 1 {
		return refuse(problem.CSVFormula, text, "是列宽不够时显示的符号，不是数据", "is what a column that is too narrow shows, not data",
			problem.Text{ZH: "在原表中加宽这一列，再重新导出", EN: "widen the column in the spreadsheet and export again"})
	}
	return nil
}

const months = `Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec`

var (
	scientific = regexp.MustCompile(`^[-+−]?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+$`)
	rangeDate  = regexp.MustCompile(`^(?:[0-9]{1,2}-(?:` + months + `)|(?:` + months + `)-[0-9]{2})$`)
	raised     = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉①②③④⑤⑥⑦⑧⑨⑩"
)

// absences are the signs that stand for a missing figure, each office giving
// them its own meaning.
var absences = map[string]bool{"—": true, "——": true, "-": true, "--": true, "–": true, "−": true, "/": true, "\\": true, "…": true, "……": true, "...": true,
	"*": true, "**": true, "***": true, "无": true, "无数据": true, "暂无": true, "缺": true, "不详": true, "空": true, ".": true, "..": true, "N/A": true, "n/a": true, "NA": true,
	"null": true, "NULL": true, "nil": true, "x": true, "X": true, "×": true, "○": true, "、": true, "?": true, "？": true}

// explain says why a text is no number.
func explain(written, text, unit string) *Error {
	if e := Mangled(text); e != nil {
		return e
	}
	switch {
	case absences[text] || absences[written]:
		return refuse(problem.CSVMissingValue, written, "的含义没有写明：是零、无数据，还是不适用？", "has no meaning given: is it zero, not available or not applicable?",
			problem.Say(`在说明文件的 schema（结构）中写明，例如 missingValues: [{value: "%[1]s", label: "[x]"}]；是零的，填0`, `give it in the descriptor's schema, such as missingValues: [{value: "%[1]s", label: "[x]"}]; write 0 where it is zero`, problem.Quote(written)))
	case strings.ContainsAny(written, raised):
		return refuse(problem.CSVNumber, written, "带有上标或圈码，可能是脚注的编号", "has a superscript or circled digit, which may be the number of a footnote",
			problem.Text{ZH: "把脚注移到表下的“注：”中，单元格里只留数字", EN: "move the footnote to a line beginning with 注： under the table and leave only the number"})
	}
	if m := withUnit.FindStringSubmatch(text); m != nil {
		if unit == "" {
			return refuse(problem.CSVUnit, written, "带有单位“"+m[2]+"”，而这一列没有写计量单位", "carries "+m[2]+" in a column that has no unit",
				problem.Say("在说明文件中给这一列加上 unit: %[1]s（计量单位），或者格里只写数字 %[2]s", "give the column unit: %[1]s in the descriptor, or write only the number, %[2]s", m[2], m[1]))
		}
		return refuse(problem.CSVUnit, written, "带有的“"+m[2]+"”与本列单位“"+problem.Quote(unit)+"”不符", "carries "+m[2]+" in a column that counts in "+problem.Quote(unit),
			problem.Say("格里只写数字 %[2]s；本列单位写错的，改正列名或者说明文件里的 unit（计量单位）", "write only the number, %[2]s; where the unit of the column is wrong, correct its name or unit in the descriptor", m[2], m[1]))
	}
	return notANumber(written)
}

// withUnit is a number and a word that may be its unit.
var withUnit = regexp.MustCompile(`^([-+−]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(件|起|宗|次|场|处|条|个|人|名|口|户|人次|家|辆|台|部|份|元|公里|千米|米|分钟|小时|天|岁)$`)

// explainDigits says why a run of digits is no number.
func explainDigits(written, run string) *Error {
	switch {
	case len(run) > 1 && run[0] == '0' && '0' <= run[1] && run[1] <= '9':
		return refuse(problem.CSVLeadingZero, written, "以0开头，像是编号而不是数量", "starts with a zero, like an identifier rather than a count",
			problem.Text{ZH: "是数量的，去掉开头的0；是编号的，在说明文件中把这一列的 role（角色）写成 category（分类）", EN: "if it is a count, drop the 0; if it is an identifier, give the column the role category"})
	case strings.Contains(run, ","):
		return refuse(problem.CSVNumber, written, "的千分位分隔不是三位一组，有两种读法", "is not grouped in thousands, so it has two readings",
			problem.Text{ZH: "写成 1,234,567 或不加分隔的 1234567", EN: "write 1,234,567, or 1234567 without separators"})
	}
	return notANumber(written)
}

func notANumber(written string) *Error {
	e := refuse(problem.CSVNumber, written, "不是数字", "is not a number",
		problem.Text{ZH: "填写数值；没有数据的写 [x]，不适用的写 [z]", EN: "write a number, [x] where there is none, or [z] where none applies"})
	e.Unreadable = true
	return e
}

func refuse(rule problem.Rule, text, zh, en string, hint problem.Text) *Error {
	q := problem.Quote(text)
	return &Error{Rule: rule, Message: problem.Text{ZH: "“" + q + "”" + zh, EN: `"` + q + `" ` + en}, Hint: hint}
}
