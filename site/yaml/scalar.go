package yaml

import (
	"strconv"
	"strings"
	"time"

	"sunshine/site/period"
	"sunshine/site/text"
)

// integer reads a whole number in decimal digits. A leading zero is refused: 010
// is 8 to one reader and 10 to another.
func integer(word string) (int, bool) {
	word = text.NarrowAll(word)
	digits := strings.TrimPrefix(word, "-")
	if !decimal(digits) {
		return 0, false
	}
	i, err := strconv.Atoi(word)
	return i, err == nil && i < 1<<53 && i > -1<<53
}

// number reads a decimal number such as 12.5.
func number(word string) (float64, bool) {
	word = text.NarrowAll(word)
	whole, fraction, point := strings.Cut(strings.TrimPrefix(word, "-"), ".")
	if !decimal(whole) || point && !digits(fraction) || len(word) > 30 {
		return 0, false
	}
	x, err := strconv.ParseFloat(word, 64)
	return x, err == nil
}

func decimal(text string) bool {
	return digits(text) && (text[0] != '0' || len(text) == 1)
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

func boolean(text string) (value, ok bool) {
	switch strings.ToLower(text) {
	case "true", "yes", "on", "是":
		return true, true
	case "false", "no", "off", "否":
		return false, true
	}
	return false, false
}

// date reads 2026-01-05 and 2026年1月5日.
func date(word string) (period.Date, bool) {
	year, rest, ok := strings.Cut(text.NarrowAll(word), "-")
	month, day, more := strings.Cut(rest, "-")
	if !ok {
		if year, rest, ok = strings.Cut(year, "年"); !ok {
			return 0, false
		}
		month, day, more = strings.Cut(rest, "月")
		if day, ok = strings.CutSuffix(day, "日"); !ok {
			return 0, false
		}
	}
	if !more || len(year) != 4 || !digits(year) || !digits(month) || !digits(day) || len(month) > 2 || len(day) > 2 {
		return 0, false
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := period.NewDate(y, time.Month(m), d)
	gotYear, gotMonth, gotDay := date.Time().Date()
	return date, gotYear == y && int(gotMonth) == m && gotDay == d && y > 0
}
