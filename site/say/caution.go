package say

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
)

// Cautions are what a reader has to know before reading the figures of a
// statistic, in sentences to stand beside its table:
//
//   - Cases that are solved, without those that were recorded, are a count and no
//     rate; and they may have been recorded in earlier years.
//   - A share may pass 100%.
//   - On a base that is not large a percentage swings widely, and on a small one
//     none is computed.
func Cautions(s *bureau.Statistic, l *locale.Language) []string {
	var cautions []string
	add := func(key locale.Key, args ...any) { cautions = append(cautions, l.Text(key, args...)) }
	solved, recorded := solvedField(s), -1
	for i, f := range s.Fields {
		if f.IsMeasure() && has(f.Name, "立案", "发案", "受案", "接报") {
			recorded = i
		}
	}
	if solved >= 0 {
		if recorded < 0 {
			add(locale.CautionNoRecorded, s.Fields[solved].Label())
		}
		add(locale.CautionEarlierYears)
	}
	if passes(s) {
		add(locale.CautionOverWhole)
	}
	if base, ok := smallest(s); ok {
		none, note := s.Bases.NoPercentBelow.V, s.Bases.NoteBelow.V
		switch {
		case base < float64(none):
			add(locale.CautionNoPercent, none)
		case base < float64(note):
			add(locale.CautionWidePercent, note)
		}
	}
	return cautions
}

// solvedField is the field that counts cases solved, or -1. A row may count them
// too, in a table of unlike indicators; there the measure's name says nothing.
func solvedField(s *bureau.Statistic) int {
	for i, f := range s.Fields {
		if f.IsMeasure() && f.IsCount() && has(f.Name, "破案", "破获", "侦破", "告破") {
			return i
		}
	}
	return -1
}

func has(name string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// passes tells whether a share of the table is more than the whole. Changes may
// be, and need no word.
func passes(s *bureau.Statistic) bool {
	for f, field := range s.Fields {
		if !field.IsMeasure() || bureau.IsChange(field.Name) {
			continue
		}
		for i := range s.Rows {
			if c := s.Cell(i, f); c.Has() && c.Number > 100 && s.Unit(i, f) == "%" {
				return true
			}
		}
	}
	return false
}

// smallest gives the smallest count that another period may be compared with;
// ok is false where there is none, as in a table of one period.
func smallest(s *bureau.Statistic) (base float64, ok bool) {
	p := s.FieldOf(bureau.RolePeriod)
	if p < 0 || figures.Distinct(s, p, 1) < 2 {
		return 0, false
	}
	for f, field := range s.Fields {
		if !field.IsMeasure() || field.Derived || !field.IsCount() {
			continue
		}
		for i, r := range s.Rows {
			if c := s.Cell(i, f); r.When > 0 && c.Has() && (!ok || c.Number < base) && !figures.Percentage(s.Unit(i, f)) {
				base, ok = c.Number, true
			}
		}
	}
	return base, ok
}
