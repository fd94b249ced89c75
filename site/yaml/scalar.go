package yaml

import (
	"strconv"
	"strings"
	"time"

	"sunshine/site/period"
)

// narrow maps the full-width digits, signs and points that Chinese input methods
// type to ASCII.
func narrow(text string) string {
	for _, r := range text {
		if r >= 0xff01 && r <= 0xff5e || r == 0x3000 {
			return strings.Map(func(r rune) rune {
				switch {
				case r >= 0xff01 && r <= 0xff5e:
					return r - 0xfee0
				case r == 0x3000:
					return ' '
				}
				return r
			}, text)
		}
	}
	return text
}

// integer reads a whole number in decimal digits. A leading zero is refused: 010
// is 8 to one reader and 10 to another.
func integer(text string) (int, bool) {
	text = narrow(text)
	digits := strings.TrimPrefix(text, "-")
	if !decimal(digits) {
		return 0, false
	}
	i, err := strconv.Atoi(text)
	return i, err == nil && i < 1<<53 && i > -1<<53
}

// number reads a decimal number such as 12.5.
func number(text string) (float64, bool) {
	text = narrow(text)
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if !decimal(whole) || point && !digits(fraction) || len(text) > 30 {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
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
func date(text string) (period.Date, bool) {
	year, rest, ok := strings.Cut(narrow(text), "-")
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
