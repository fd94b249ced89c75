package disclose

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// Explain says to a citizen what was done to the counts of a statistic and why.
// It is empty where nothing was.
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
	var sentences []string
	if d.Sensitive > 0 {
		sentences = append(sentences, l.Text(locale.WithheldInUnits, upTo(d.Threshold-1, l), upTo(d.Sensitive-1, l), d.Primary))
	} else {
		sentences = append(sentences, l.Text(locale.Withheld, upTo(d.Threshold-1, l), d.Primary))
	}
	if d.Secondary > 0 {
		sentences = append(sentences, l.Text(locale.WithheldBeside, d.Secondary))
	}
	sentences = append(sentences, l.Text(locale.WithheldRates))
	return strings.Join(sentences, l.Between)
}

// upTo writes the numbers from 1 to one.
func upTo(to int, l *locale.Language) string {
	if to <= 1 {
		return "1"
	}
	return l.Text(locale.Range, "1", strconv.Itoa(to))
}
