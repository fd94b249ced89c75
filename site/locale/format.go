package locale

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Format writes a number with its unit for readers: 1159件, 17,409个, 83.68%.
// Thousands are grouped as the language has it: in English from 1,000 on, in Chinese
// from 10,000 on, as GB/T 15835—2011 leaves numbers of four digits whole. A
// percentage has two decimals at most, any other number four; closing zeros go.
func Format(number float64, unit string, l *Language) string {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return ""
	}
	decimals := 4
	if unit == "%" || unit == "‰" {
		decimals = 2
	}
	digits := strconv.FormatFloat(math.Abs(number), 'f', decimals, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	fraction = strings.TrimRight(fraction, "0")
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + len(unit) + 4)
	if number < 0 && strings.Trim(whole+fraction, "0") != "" {
		b.WriteString("−")
	}
	grouped := len(whole) >= l.numbers.GroupedFrom
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
	b.WriteString(l.unit(unit))
	return b.String()
}

// unit writes a unit as it follows a number.
func (l *Language) unit(unit string) string {
	if unit == "" || unit == "%" || unit == "‰" {
		return unit
	}
	return l.numbers.BeforeUnit + unit
}

// Scale is the word that numbers as large as this are counted in, as on an axis;
// its Unit is 0 where there is none.
func (l *Language) Scale(largest float64) Scale {
	var scale Scale
	for _, s := range l.numbers.Scales {
		if largest >= s.From {
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
	for _, s := range l.numbers.Scales {
		if rest, ok := strings.CutSuffix(text, s.Name); ok {
			text, unit = rest, s.Unit
			break
		}
	}
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
	c := s.Row(row)[field]
	return Figure(c.Number, s.Unit(row, field), c.Status, c.Qualifier, l)
}

// Figure writes a number with its unit and its markers in words; where a marker
// stands instead of it, the meaning of that.
func Figure(number float64, unit string, status bureau.Status, q bureau.Qualifier, l *Language) string {
	if math.IsNaN(number) {
		return Meaning(status&bureau.Instead, l)
	}
	text := Qualified(number, unit, q, l)
	if words := Meaning(status&^bureau.Instead, l); words != "" {
		return l.Text(Remark, text, words)
	}
	return text
}

// Qualified writes a number with its unit and the word that staff put around it:
// 约200人, 300余次.
func Qualified(number float64, unit string, q bureau.Qualifier, l *Language) string {
	if q == bureau.Exact {
		return Format(number, unit, l)
	}
	key := [...]Key{bureau.About: About, bureau.MoreThan: MoreThan, bureau.AtLeast: OrMore, bureau.Nearly: Nearly, bureau.LessThan: LessThan}[q]
	return l.Text(key, Format(number, "", l), l.unit(unit))
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
