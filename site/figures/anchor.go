package figures

import (
	"slices"
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
	rows := make([]int, len(s.Rows))
	for i := range rows {
		rows[i] = i
	}
	return AnchorsOf(s, rows)
}

// AnchorsOf gives the ids of some rows alone.
func AnchorsOf(s *bureau.Statistic, rows []int) []string {
	anchors := make([]string, len(rows))
	if len(rows) == 0 {
		return anchors
	}
	id := anchorer(s)
	alike := make(map[string]int, len(rows)) // how many rows before have an id that is asked for
	for _, row := range rows {
		alike[string(id(row))] = 0
	}
	order := make([]int, len(rows))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return rows[a] - rows[b] })
	for row := 0; len(order) > 0; row++ {
		own := id(row)
		n, is := alike[string(own)]
		if !is {
			continue
		}
		n++
		alike[string(own)] = n
		for ; len(order) > 0 && rows[order[0]] == row; order = order[1:] {
			anchors[order[0]] = numbered(own, n)
		}
	}
	return anchors
}

// Anchor gives the id of one row.
func Anchor(s *bureau.Statistic, row int) string { return AnchorsOf(s, []int{row})[0] }

// numbered adds the number of a row among those that are alike; an underscore
// stands in no id otherwise.
func numbered(id []byte, n int) string {
	if n > 1 {
		return string(strconv.AppendInt(append(id, '_'), int64(n), 10))
	}
	return string(id)
}

// anchorer gives what the id of a row is before it is numbered; each call writes over
// what the one before gave.
func anchorer(s *bureau.Statistic) func(row int) []byte {
	if s.Original != nil {
		s = s.Original // a row has one address in all languages
	}
	periods := make([][]byte, len(s.Periods)+1) // as Row.When has them
	for i, p := range s.Periods {
		periods[i+1] = appendPeriod([]byte{'-'}, p)
	}
	type part struct {
		of    []uint32
		slugs [][]byte
		dated bool // it stands only where a row has no period
	}
	var parts []part
	for _, k := range s.Keys() {
		c := s.Column(k)
		slugs := make([][]byte, len(c.Each))
		for i := range c.Each {
			slugs[i] = appendSlug(nil, c.Each[i].Text)
		}
		parts = append(parts, part{c.Of, slugs, s.Fields[k].Role == bureau.RolePeriod})
	}
	var id []byte
	return func(row int) []byte {
		when := s.Rows[row].When
		id = append(append(id[:0], 'r'), periods[when]...)
		for _, p := range parts {
			if !p.dated || when == 0 {
				id = append(id, p.slugs[p.of[row]]...)
			}
		}
		if len(id) == 1 {
			id = strconv.AppendInt(append(id, '_'), int64(row+1), 10) // nothing names the row
		}
		return id
	}
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
