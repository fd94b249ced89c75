package check

import (
	"math"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Balance holds every row of a table that has the four columns against the
// identity of cases that are carried over: 新收 + 上年结转 = 办结 + 结转下年. The
// columns are told by their names, those of a quarter or a month too (上月结转).
func Balance(s *bureau.Statistic) problem.List {
	carried := func(words ...string) func(string) bool {
		return func(name string) bool {
			for _, word := range words {
				if strings.Contains(name, "结转") && strings.Contains(name, word) {
					return true
				}
			}
			return false
		}
	}
	before := account(s, carried("上年", "上期", "上季", "上月"))
	after := account(s, carried("下年", "下期", "下季", "下月"))
	received := account(s, oneWord("新收"), oneWord("新受理"), oneWord("受理"), oneWord("收案"))
	closed := account(s, oneWord("办结"), oneWord("结案"))
	if before < 0 || after < 0 || received < 0 || closed < 0 {
		return nil
	}
	unit := s.Fields[before].Unit
	if s.Fields[after].Unit != unit || s.Fields[received].Unit != unit || s.Fields[closed].Unit != unit {
		return nil
	}
	var problems problem.List
	for row := range s.Rows {
		cells := s.Row(row)
		in, out := []bureau.Cell{cells[received], cells[before]}, []bureau.Cell{cells[closed], cells[after]}
		known, slack := true, 1e-9
		for _, c := range append(in, out...) {
			known = known && c.Has() && c.Qualifier == bureau.Exact
			slack += rounding(c)
		}
		a, b := in[0].Number+in[1].Number, out[0].Number+out[1].Number
		if !known || math.Abs(a-b) <= slack {
			continue
		}
		problems.Error(s.Position(row, after), problem.FiguresBalance,
			problem.Say("“%[1]s”%[5]s加“%[2]s”%[6]s是%[9]s，“%[3]s”%[7]s加“%[4]s”%[8]s是%[10]s，两边不相等", `"%[1]s" %[5]s and "%[2]s" %[6]s make %[9]s, but "%[3]s" %[7]s and "%[4]s" %[8]s make %[10]s`,
				problem.Quote(s.Fields[received].Name), problem.Quote(s.Fields[before].Name), problem.Quote(s.Fields[closed].Name), problem.Quote(s.Fields[after].Name),
				digits(in[0].Number), digits(in[1].Number), digits(out[0].Number), digits(out[1].Number), digits(a), digits(b)),
			problem.Say("核对这一行的四个数；新收加结转进来的，应等于办结加结转出去的", "check the four figures of this row: what came in and was carried over is closed or carried on"))
	}
	return problems
}

func oneWord(word string) func(string) bool {
	return func(name string) bool { return strings.Contains(name, word) && !strings.Contains(name, "结转") }
}

// account gives the one count whose name fits the first of the tests that any
// fits, or -1. Where several fit, it is the one with the shortest name, which
// the others narrow down (办结, 按期办结).
func account(s *bureau.Statistic, fits ...func(name string) bool) int {
	for _, fit := range fits {
		found, ties := -1, false
		for i, f := range s.Fields {
			if !additive(f) || cumulative(f.Name) || !fit(f.Bare()) {
				continue
			}
			switch {
			case found < 0 || len(f.Bare()) < len(s.Fields[found].Bare()):
				found, ties = i, false
			case len(f.Bare()) == len(s.Fields[found].Bare()):
				ties = true
			}
		}
		if ties {
			return -1
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}
