package compute

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Anchors gives each row an id for links: r-2005, r-2006-01-2006-08,
// r-2023-01-09-2023-03-17-意见建议. It is made of the period, the unit and the
// categories, so that it stays when rows are added; rows that are alike in these
// are numbered.
func Anchors(s *bureau.Statistic) []string {
	keys := keyFields(s)
	used := make(map[string]bool, len(s.Rows))
	again := map[string]int{}
	anchors := make([]string, len(s.Rows))
	var b strings.Builder
	for i := range s.Rows {
		b.Reset()
		b.WriteString("r")
		if p := s.Rows[i].Period; !p.IsZero() {
			b.WriteByte('-')
			b.WriteString(periodSlug(p))
		}
		row := s.Row(i)
		for _, k := range keys {
			if s.Fields[k].Role != bureau.RolePeriod || s.Rows[i].Period.IsZero() {
				slug(&b, row[k].Text)
			}
		}
		id := b.String()
		if id == "r" {
			id = "r-" + strconv.Itoa(i+1)
		}
		for base := id; used[id]; {
			again[base]++
			id = base + "-" + strconv.Itoa(again[base]+1)
		}
		used[id] = true
		anchors[i] = id
	}
	return anchors
}

// Anchor gives the id of one row. Anchors is quicker for many.
func Anchor(s *bureau.Statistic, row int) string { return Anchors(s)[row] }

// keyFields are the fields that name a row, without those that only give a unit.
func keyFields(s *bureau.Statistic) []int {
	var keys []int
	for i, f := range s.Fields {
		gives := false
		for _, m := range s.Fields {
			gives = gives || isMeasure(m) && m.UnitField == i
		}
		if isKey(f) && !gives {
			keys = append(keys, i)
		}
	}
	return keys
}

func periodSlug(p period.Period) string {
	start, end := p.Start.String(), p.End.String()
	months := p.Months()
	switch {
	case p.AsOf:
		return "as-of-" + end
	case months == 12 && start[5:7] == "01":
		return start[:4]
	case months == 1:
		return start[:7]
	case months > 0:
		return fmt.Sprintf("%s-%s", start[:7], end[:7])
	case p.Days() == 1:
		return start
	}
	return start + "-" + end
}

// slug adds a text as a part of an id: letters and digits, with single hyphens
// for all between them.
func slug(b *strings.Builder, text string) {
	gap := true
	for i, r := range text {
		if i > 90 {
			break
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
}
