package disclose

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// Explain says to a citizen what was done to the counts of a statistic and why.
// It is empty where nothing was. How many of the cells that show [c] are small,
// and how many only guard those, it does not say: who knew could tell more.
func Explain(s *bureau.Statistic, l *locale.Language) string {
	d := s.Disclosure
	switch {
	case d.Method == Round:
		return l.Text(locale.Rounded, roundingBase)
	case d.Method != Suppress:
		return ""
	case d.Withheld:
		return l.Text(locale.AllWithheld)
	}
	rule := l.Text(locale.Withheld, upTo(d.Threshold-1, l))
	if d.Sensitive > 0 {
		rule = l.Text(locale.WithheldInUnits, upTo(d.Threshold-1, l), upTo(d.Sensitive-1, l))
	}
	sentences := []string{rule, l.Text(locale.WithheldCells, withheld(s))}
	if slices.ContainsFunc(s.Fields, func(f bureau.Field) bool { return f.Derived || f.IsMeasure() && f.Type == "percent" }) {
		sentences = append(sentences, l.Text(locale.WithheldRates))
	}
	if beside(s) {
		sentences = append(sentences, l.Text(locale.WithheldBeside))
	}
	return strings.Join(sentences, l.Between)
}

// beside tells whether a figure that staff gave and that counts nobody shows [c].
func beside(s *bureau.Statistic) bool {
	return slices.ContainsFunc(s.Hidden, func(h bureau.Withheld) bool { return !s.Fields[h.Field].IsPersonal() })
}

// withheld counts the cells that show [c].
func withheld(s *bureau.Statistic) int {
	n := 0
	for f := range s.Fields {
		for row := range s.Rows {
			if s.Fields[f].IsMeasure() && s.Cell(row, f).Status&bureau.Confidential != 0 {
				n++
			}
		}
	}
	return n
}

// upTo writes the numbers from 1 to one.
func upTo(to int, l *locale.Language) string {
	if to <= 1 {
		return "1"
	}
	return l.Text(locale.Range, "1", strconv.Itoa(to))
}
