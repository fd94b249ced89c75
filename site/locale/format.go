package locale

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Format writes a number that was computed, with its unit, for readers: 1159件,
// 17,409个, 83.68%. Thousands are grouped as the language has it: in English from
// 1,000 on, in Chinese from 10,000 on, as GB/T 15835—2011 leaves numbers of four
// digits whole. A percentage has two decimals at most, any other number four;
// closing zeros go.
func Format(number float64, unit string, l *Language) string {
	return Number(number, unit, bureau.Form{}, l)
}

// decimal writes a number with so many decimals, half away from zero, of the number as
// it was written: 1.005 is 1.01, though the float that holds it lies below.
func decimal(number float64, decimals int) string {
	written := strconv.FormatFloat(number, 'f', -1, 64)
	if _, fraction, _ := strings.Cut(written, "."); len(fraction) > decimals {
		if r, ok := new(big.Rat).SetString(written); ok {
			return r.FloatString(decimals)
		}
	}
	return strconv.FormatFloat(number, 'f', decimals, 64)
}

// Number writes a figure with its unit in the form of its column: 46.40%, 7.0,
// 329.6万人. In a language that has no such words, 万 and 亿 are written out.
func Number(number float64, unit string, form bureau.Form, l *Language) string {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return ""
	}
	decimals, least := 4, int(form.Decimals)
	if unit == "%" || unit == "‰" {
		decimals = 2
	}
	power, word := form.Scale.Power(), ""
	if power > 0 {
		if word = l.scaleWord(power); word == "" {
			power, least = 0, max(0, least-power)
		}
	}
	digits := decimal(math.Abs(number), max(0, max(decimals, least)-power))
	whole, fraction, _ := strings.Cut(digits, ".")
	if power > 0 {
		whole = strings.Repeat("0", max(0, power+1-len(whole))) + whole
		whole, fraction = whole[:len(whole)-power], whole[len(whole)-power:]+fraction
	}
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + len(unit) + 4)
	if number < 0 && strings.Trim(whole+fraction, "0") != "" {
		b.WriteString("−")
	}
	grouped := len(whole) >= l.numbers.GroupedFrom || len(whole) >= 4 && form.Grouped
	for i := range len(whole) {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(l.numbers.Separator)
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteString(l.numbers.Point)
		b.WriteString(fraction)
	}
	b.WriteString(word)
	b.WriteString(l.Unit(unit, number))
	return b.String()
}

// Unit writes a unit as it follows a number, in the form that the number wants.
func (l *Language) Unit(unit string, number float64) string {
	if unit == "" || unit == "%" || unit == "‰" {
		return unit
	}
	if forms := l.units[unit]; forms != nil {
		if at := slices.Index(l.forms, l.form(number)); at >= 0 {
			unit = forms[at]
		}
	}
	return l.numbers.BeforeUnit + unit
}

// scaleWord is the word for a power of ten, or empty.
func (l *Language) scaleWord(power int) string {
	for _, s := range l.numbers.Scales {
		if s.Unit == math.Pow10(power) {
			return s.Name
		}
	}
	return ""
}

// Scale is the word that numbers as large as this are counted in, as on an axis;
// its Unit is 0 where there is none.
func (l *Language) Scale(largest float64) Scale {
	var scale Scale
	for _, s := range l.numbers.Scales {
		if s.From > 0 && largest >= s.From {
			scale = s
		}
	}
	return scale
}

// Digits gives the plain digits of a number as it is written in the language, and
// what they count in.
func (l *Language) Digits(text string) (digits string, unit float64) {
	unit = 1
	text = strings.TrimSuffix(text, "%")
	word := ""
	for _, s := range l.numbers.Scales {
		if strings.HasSuffix(text, s.Name) && len(s.Name) > len(word) { // 万亿 ends in 亿
			word, unit = s.Name, s.Unit
		}
	}
	text = strings.TrimSuffix(text, word)
	text = strings.ReplaceAll(strings.Replace(text, "−", "-", 1), l.numbers.Separator, "")
	return strings.Replace(text, l.numbers.Point, ".", 1), unit
}

// Counted leaves the word of counting, and the unit before it, off the name of a
// count that its number follows: 收集件数 and 件 give 收集.
func (l *Language) Counted(name, unit string) string {
	if l.numbers.Counted == "" || unit == "" {
		return name
	}
	if short := strings.TrimSuffix(name, unit+l.numbers.Counted); short != "" {
		return short
	}
	return name
}

// Cell writes the figure of a cell with its unit, the word that staff put
// around it (约200人), and its markers in words (1732件（初步数）). Where a marker
// stands instead, it is the marker's Meaning.
func Cell(s *bureau.Statistic, row, field int, l *Language) string {
	c := s.Cell(row, field)
	return Figure(c.Number, s.Unit(row, field), c.Form, c.Status, c.Qualifier, l)
}

// Figure writes a figure with its unit and its markers in words; where a marker
// stands instead of it, the meaning of that.
func Figure(number float64, unit string, form bureau.Form, status bureau.Status, q bureau.Qualifier, l *Language) string {
	if math.IsNaN(number) {
		return Meaning(status&bureau.Instead, l)
	}
	text := Qualified(number, unit, form, q, l)
	if words := Meaning(status&^bureau.Instead, l); words != "" {
		return l.Text(Remark, text, words)
	}
	return text
}

// Qualified writes a figure with its unit and the word that staff put around it:
// 约200人, 300余次.
func Qualified(number float64, unit string, form bureau.Form, q bureau.Qualifier, l *Language) string {
	if q == bureau.Exact {
		return Number(number, unit, form, l)
	}
	key := [...]Key{bureau.About: About, bureau.MoreThan: MoreThan, bureau.AtLeast: OrMore, bureau.Nearly: Nearly, bureau.LessThan: LessThan, bureau.AtMost: OrLess}[q]
	return l.Text(key, Number(number, "", form, l), l.Unit(unit, number))
}

// Meaning spells out the markers of a status.
func Meaning(status bureau.Status, l *Language) string {
	var words []string
	for i, m := range bureau.Markers {
		if status&m.Status != 0 {
			words = append(words, l.Text(Markers[i]))
		}
	}
	return strings.Join(words, l.Text(InnerComma))
}
