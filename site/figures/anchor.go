package figures

import (
	"bytes"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Anchors gives each row an id for links: r-2005, r-2006-01-2006-08,
// r-2023-01-09-2023-03-17-意见建议. It is made of the period, the unit and the
// categories, so that it stays when rows are added; rows that are alike in these
// are numbered, r-2005_2.
func Anchors(s *bureau.Statistic) []string {
	if s.Original != nil {
		s = s.Original // a row has one address in all languages
	}
	keys := s.Keys()
	seen := make(map[string]int, len(s.Rows))
	anchors := make([]string, len(s.Rows))
	var id []byte
	for i := range s.Rows {
		id = appendAnchor(id[:0], s, i, keys)
		n := seen[string(id)] + 1
		anchors[i] = numbered(id, n)
		seen[anchors[i][:len(id)]] = n
	}
	return anchors
}

// Anchor gives the id of one row, without those of the others.
func Anchor(s *bureau.Statistic, row int) string {
	if s.Original != nil {
		s = s.Original
	}
	keys := s.Keys()
	id := appendAnchor(nil, s, row, keys)
	n := 1
	var other []byte
	for i := range row {
		if other = appendAnchor(other[:0], s, i, keys); bytes.Equal(id, other) {
			n++
		}
	}
	return numbered(id, n)
}

// numbered adds the number of a row among those that are alike; an underscore
// stands in no id otherwise.
func numbered(id []byte, n int) string {
	if n > 1 {
		return string(strconv.AppendInt(append(id, '_'), int64(n), 10))
	}
	return string(id)
}

func appendAnchor(id []byte, s *bureau.Statistic, row int, keys []int) []byte {
	id = append(id, 'r')
	p := s.Period(row)
	if !p.IsZero() {
		id = appendPeriod(append(id, '-'), p)
	}
	for _, k := range keys {
		if s.Fields[k].Role != bureau.RolePeriod || p.IsZero() {
			id = appendSlug(id, s.Cell(row, k).Text)
		}
	}
	if len(id) == 1 {
		id = strconv.AppendInt(append(id, '_'), int64(row+1), 10) // nothing names the row
	}
	return id
}

func appendPeriod(id []byte, p period.Period) []byte {
	start, end := p.Start.Time(), p.End.Time()
	months := p.Months()
	switch {
	case p.AsOf:
		return end.AppendFormat(append(id, "as-of-"...), time.DateOnly)
	case months == 12 && start.Month() == time.January:
		return strconv.AppendInt(id, int64(start.Year()), 10)
	case months > 0:
		id = start.AppendFormat(id, "2006-01")
		if months > 1 {
			id = end.AppendFormat(append(id, '-'), "2006-01")
		}
		return id
	}
	id = start.AppendFormat(id, time.DateOnly)
	if p.Start != p.End {
		id = end.AppendFormat(append(id, '-'), time.DateOnly)
	}
	return id
}

// appendSlug adds a text as a part of an id: its letters and digits in small
// letters, with a hyphen before it and single ones for all between them.
func appendSlug(id []byte, text string) []byte {
	gap := true
	for i, r := range text {
		switch {
		case i > 90:
			return id
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = true
			continue
		case gap:
			id = append(id, '-')
			gap = false
		}
		id = utf8.AppendRune(id, unicode.ToLower(r))
	}
	return id
}
