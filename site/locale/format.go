// Package locale writes what a page shows in its language: numbers with their
// units and markers.
package locale

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Format writes a number with its unit for readers: 1159件, 17,409个, 83.68%.
// Thousands are grouped by commas: in English from 1,000 on, in Chinese from
// 10,000 on, as GB/T 15835—2011 leaves numbers of four digits whole. A percentage
// has two decimals at most, any other number four; closing zeros go.
func Format(number float64, unit, lang string) string {
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
	grouped := len(whole) > 4 || len(whole) == 4 && lang != "zh"
	for i := range len(whole) {
		if grouped && i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteByte('.')
		b.WriteString(fraction)
	}
	if lang != "zh" && unit != "" && unit != "%" && unit != "‰" {
		b.WriteByte(' ')
	}
	b.WriteString(unit)
	return b.String()
}

// Cell writes the figure of a cell with its unit, the word that staff put
// around it (约200人), and its markers in words (1732件（初步数）). Where a marker
// stands instead, it is the marker's Meaning.
func Cell(s *bureau.Statistic, row, field int, lang string) string {
	c := s.Row(row)[field]
	return Figure(c.Number, s.Unit(row, field), c.Status, c.Qualifier, lang)
}

// Figure writes a number with its unit and its markers in words; where a marker
// stands instead of it, the meaning of that.
func Figure(number float64, unit string, status bureau.Status, q bureau.Qualifier, lang string) string {
	if math.IsNaN(number) {
		return Meaning(status&bureau.Instead, lang)
	}
	text := Qualified(number, unit, q, lang)
	if words := Meaning(status&^bureau.Instead, lang); words != "" {
		if lang == "zh" {
			return text + "（" + words + "）"
		}
		return text + " (" + words + ")"
	}
	return text
}

// Qualified writes a number with its unit and the word that staff put around it:
// 约200人, 300余次.
func Qualified(number float64, unit string, q bureau.Qualifier, lang string) string {
	text := Format(number, unit, lang)
	if lang != "zh" {
		return [...]string{"", "about ", "more than ", "at least ", "nearly ", "less than "}[q] + text
	}
	switch q {
	case bureau.About:
		return "约" + text
	case bureau.Nearly:
		return "近" + text
	case bureau.MoreThan:
		return Format(number, "", lang) + "余" + unit
	case bureau.AtLeast:
		return text + "以上"
	case bureau.LessThan:
		return text + "以下"
	}
	return text
}

// Meaning spells out the markers of a status.
func Meaning(status bureau.Status, lang string) string {
	var words []string
	for _, m := range bureau.Markers {
		switch {
		case status&m.Status == 0:
		case lang == "zh":
			words = append(words, m.ZH)
		default:
			words = append(words, m.EN)
		}
	}
	if lang == "zh" {
		return strings.Join(words, "，")
	}
	return strings.Join(words, ", ")
}
