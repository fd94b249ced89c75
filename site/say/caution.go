package say

import (
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
)

// Cautions are what a reader has to know before reading the figures of a
// statistic, in sentences to stand beside its table:
//
//   - Cases that are solved, without those that were recorded, are a count and no
//     rate; and they may have been recorded in earlier years.
//   - A share may pass 100%.
//   - On a base that is not large a percentage swings widely, and on a small one
//     none is computed.
func Cautions(s *bureau.Statistic, lang string) []string {
	zh := lang == "zh"
	var cautions []string
	add := func(chinese, english string) { cautions = append(cautions, pick(zh, chinese, english)) }
	solved, recorded := solvedField(s), -1
	for i, f := range s.Fields {
		if f.IsMeasure() && has(f.Name, "立案", "发案", "受案", "接报") {
			recorded = i
		}
	}
	if solved >= 0 {
		if recorded < 0 {
			add("表中没有同期的立案数，“"+s.Fields[solved].Label()+"”只是数量，不能当作破案率。",
				"The number of cases recorded in the same periods is missing: "+s.Fields[solved].Label()+" is a count, and no clearance rate can be read from it.")
		}
		add("当期破获的案件，可能是以前年度立的案。", "Cases cleared in a period may have been recorded in earlier years.")
	}
	if passes(s) {
		add("有的比率超过100%：分子中可能含有以前各期结转的数量。", "Some rates pass 100%: the numerator may hold matters carried over from earlier periods.")
	}
	if base, ok := smallest(s); ok {
		none, note := s.Bases.NoPercentBelow.V, s.Bases.NoteBelow.V
		switch {
		case base < float64(none):
			n := strconv.Itoa(none)
			add("表中有小于"+n+"的数，以它为基数不计算百分比变化。", "Some figures are under "+n+": no percentage change is computed on them.")
		case base < float64(note):
			n := strconv.Itoa(note)
			add("表中有小于"+n+"的数，以它为基数的百分比波动较大。", "Some figures are under "+n+": percentage changes on them swing widely.")
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
	for i := range s.Rows {
		for f, c := range s.Row(i) {
			if s.Fields[f].IsMeasure() && c.Has() && c.Number > 100 && s.Unit(i, f) == "%" && !bureau.IsChange(s.Fields[f].Name) {
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
	for i, r := range s.Rows {
		if r.Period.IsZero() {
			continue
		}
		for f, c := range s.Row(i) {
			if s.Fields[f].IsMeasure() && !s.Fields[f].Derived && s.Fields[f].IsCount() && c.Has() && !figures.Percentage(s.Unit(i, f)) && (!ok || c.Number < base) {
				base, ok = c.Number, true
			}
		}
	}
	return base, ok
}
