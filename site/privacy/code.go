package privacy

import (
	"regexp"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// This file knows columns of codes: those of places begin with a letter as the number of
// a passport does (E06000023).

var (
	codes     = regexp.MustCompile(`(?i)(?:代码|编码|code)s?$`)
	documents = regexp.MustCompile(`(?i)护照|证件|通行证|passport|permit`)
)

// coded tells whether a column holds codes and no passports: its header says so and speaks
// of no document, and its cells are all of one form, or each goes with one name of another
// column. cell gives the text of a cell.
func coded(header string, columns, column, rows int, cell func(row, column int) string) bool {
	name, _, _ := cutUnit(strings.TrimSpace(header))
	if !codes.MatchString(strings.TrimSpace(name)) || documents.MatchString(header) {
		return false
	}
	first, one := "", true
	for r := range rows {
		switch form := formOf(cell(r, column)); {
		case form == "":
		case first == "":
			first = form
		default:
			one = one && form == first
		}
	}
	if one {
		return true
	}
	for other := range columns {
		if other != column && paired(rows, func(r int) (string, string) { return cell(r, column), cell(r, other) }) {
			return true
		}
	}
	return false
}

// formOf gives the form of a code: A for its letters, 9 for its digits.
func formOf(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '9'
		case unicode.IsLetter(r):
			return 'A'
		}
		return r
	}, code)
}

// paired tells whether two columns name the same things: each text of one stands beside
// one of the other, and at least one thing stands in more than one row.
func paired(rows int, both func(row int) (string, string)) bool {
	there, back, again := map[string]string{}, map[string]string{}, false
	for r := range rows {
		a, b := both(r)
		if a == "" || b == "" {
			continue
		}
		of, known := there[a]
		by, named := back[b]
		if known != named || known && (of != b || by != a) {
			return false
		}
		again = again || known
		there[a], back[b] = b, a
	}
	return again
}

// clearCodes clears what looks like passports in a column of codes.
func clearCodes(hits []Hit) []Hit {
	for i := range hits {
		if hits[i].Rule == passport && hits[i].Severity == problem.Warning {
			hits[i].Severity, hits[i].cleared = 0, true
		}
	}
	return hits
}

func codedColumn(s *bureau.Statistic, column int) bool {
	return coded(s.Fields[column].Name, len(s.Fields), column, len(s.Rows), func(r, c int) string { return s.Cell(r, c).Text })
}
