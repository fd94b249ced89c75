// Package locale writes what a page shows in its language: numbers with their
// units and markers.
package locale

import (
	"math"
	"strconv"
	"strings"

	"sunshine/site/bureau"
)

// Format writes a number that was computed, with its unit, for readers: 1159件,
// 17,409个, 83.68%. Thousands are grouped by commas: in English from 1,000 on, in
// Chinese from 10,000 on, as GB/T 15835—2011 leaves numbers of four digits whole.
// A percentage has two decimals at most, any other number four; closing zeros go.
func Format(number float64, unit, lang string) string {
	return Number(number, unit, bureau.Form{}, lang)
}

// Number writes a figure with its unit in the form of its column: 46.40%, 7.0,
// 329.6万人. In English, which has no such words, 万 and 亿 are written out.
func Number(number float64, unit string, form bureau.Form, lang string) string {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return ""
	}
	decimals, least := 4, int(form.Decimals)
	if unit == "%" || unit == "‰" {
		decimals = 2
	}
	power := form.Scale.Power()
	if lang != "zh" {
		power, least = 0, max(0, least-power)
	}
	digits := strconv.FormatFloat(math.Abs(number), 'f', max(0, max(decimals, least)-power), 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	if power > 0 {
		whole = strings.Repeat("0", max(0, power+1-len(whole))) + whole
		whole, fraction = whole[:len(whole)-power], whole[len(whole)-power:]+fraction
		unit = form.Scale.String() + unit
	}
	for len(fraction) > least && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	var b strings.Builder
	b.Grow(len(digits) + len(digits)/3 + len(unit) + 4)
	if number < 0 && strings.Trim(whole+fraction, "0") != "" {
		b.WriteString("−")
	}
	grouped := len(whole) > 4 || len(whole) == 4 && (lang != "zh" || form.Grouped)
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
	return Figure(c.Number, s.Unit(row, field), c.Form, c.Status, c.Qualifier, lang)
}

// Figure writes a figure with its unit and its markers in words; where a marker
// stands instead of it, the meaning of that.
func Figure(number float64, unit string, form bureau.Form, status bureau.Status, q bureau.Qualifier, lang string) string {
	if math.IsNaN(number) {
		return Meaning(status&bureau.Instead, lang)
	}
	text := Qualified(number, unit, form, q, lang)
	if words := Meaning(status&^bureau.Instead, lang); words != "" {
		if lang == "zh" {
			return text + "（" + words + "）"
		}
		return text + " (" + words + ")"
	}
	return text
}

// Qualified writes a figure with its unit and the word that staff put around it:
// 约200人, 300余次.
func Qualified(number float64, unit string, form bureau.Form, q bureau.Qualifier, lang string) string {
	text := Number(number, unit, form, lang)
	if lang != "zh" {
		return [...]string{"", "about ", "more than ", "at least ", "nearly ", "less than "}[q] + text
	}
	switch q {
	case bureau.About:
		return "约" + text
	case bureau.Nearly:
		return "近" + text
	case bureau.MoreThan:
		return Number(number, "", form, lang) + "余" + unit
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
