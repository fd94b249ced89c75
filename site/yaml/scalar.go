package yaml

import (
	"strconv"
	"strings"

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
