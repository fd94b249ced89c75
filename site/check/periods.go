package check

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// frequencyWords name the lengths of periods for a clerk.
var frequencyWords = [...]problem.Text{
	period.Yearly: {ZH: "整年", EN: "years"}, period.HalfYearly: {ZH: "半年", EN: "half-years"},
	period.Quarterly: {ZH: "季度", EN: "quarters"}, period.Monthly: {ZH: "月份", EN: "months"}, period.Weekly: {ZH: "整周", EN: "weeks"}, period.Daily: {ZH: "单日", EN: "days"},
}

const listedGaps = 3

// Periods holds the periods of a table against the frequency that is declared,
// and says which of them are missing.
func Periods(s *bureau.Statistic) problem.List {
	var problems problem.List
	declared, shown := s.Descriptor.Frequency, s.Shown
	if f, ok := period.ParseFrequency(declared.V); ok && f != period.Irregular && shown != period.Irregular && f != shown && unlike(s, f) {
		problems.Error(declared.At, problem.FiguresFrequency,
			problem.Text{ZH: "频率写的是“" + problem.Quote(declared.V) + "”，而表中各期都是" + frequencyWords[shown].ZH, EN: `the frequency is "` + problem.Quote(declared.V) + `", but the periods of the table are ` + frequencyWords[shown].EN},
			problem.Say("写 frequency: %s（频率），或者改正表中的期间", "write frequency: %s, or correct the periods", shown))
		return problems
	}
	problems = append(problems, overlaps(s)...)
	if len(s.Gaps) == 0 {
		return problems
	}
	row := 0 // the first after the first gap
	for i := range s.Rows {
		if s.Period(i).Start == s.Gaps[0].End+1 {
			row = i
			break
		}
	}
	var zh, en []string
	for _, gap := range s.Gaps[:min(len(s.Gaps), listedGaps)] {
		zh, en = append(zh, locale.Builtin(problem.Chinese).Label(gap)), append(en, locale.Builtin(problem.English).Label(gap))
	}
	message := problem.Text{ZH: "缺" + strings.Join(zh, "、") + "的数据", EN: "there are no figures of " + strings.Join(en, ", ")}
	if more := strconv.Itoa(len(s.Gaps) - listedGaps); len(s.Gaps) > listedGaps {
		message.ZH, message.EN = message.ZH+"，另有"+more+"处", message.EN+" and "+more+" more times"
	}
	problems.Warn(s.Position(row, s.FieldOf(bureau.RolePeriod)), problem.FiguresGap, message,
		problem.Say("补上这些期间的数值；没有数据的写 [x]，尚未报送的写 [w]；本来不按期统计的，写 frequency: irregular（频率：不定期）", "add these periods; write [x] where there is no data and [w] where it has not been reported yet; write frequency: irregular where no period is due"))
	return problems
}

// overlaps finds whole periods that share days with one before them: 2024/25 and 2025年.
// They are compared by no highest and lowest.
func overlaps(s *bureau.Statistic) (problems problem.List) {
	if s.Frequency == period.Irregular {
		return nil
	}
	var rows []int
	for i, r := range s.Rows {
		if !s.Period(i).IsZero() && !s.Period(i).AsOf && r.Span == period.Whole {
			rows = append(rows, i)
		}
	}
	byPeriod := func(a, b int) int { return period.Compare(s.Period(a), s.Period(b)) }
	if !slices.IsSortedFunc(rows, byPeriod) {
		slices.SortStableFunc(rows, byPeriod)
	}
	series, count := s.Number(slices.DeleteFunc(s.Keys(), func(k int) bool { return s.Fields[k].Role == bureau.RolePeriod }))
	last, told := make([]int, count), map[period.Date]bool{} // the row before of each series, plus one
	for _, i := range rows {
		p, before := s.Period(i), last[series[i]]-1
		last[series[i]] = i + 1
		if before < 0 || p.Start > s.Period(before).End || samePeriod(p, s.Period(before)) || told[p.End] {
			continue
		}
		told[p.End] = true // once for all categories
		problems.Warn(s.Position(i, s.FieldOf(bureau.RolePeriod)), problem.FiguresOverlap,
			problem.Say("期间重叠：“%s”与“%s”有相同的日子，同一件事会算两次", `the periods overlap: "%s" and "%s" share days, so that one thing counts twice`, problem.Quote(p.Text), problem.Quote(s.Period(before).Text)),
			problem.Say("改用同一种年度；两种年度都要公布的，分成两个统计", "use one kind of year; where both are published, make two statistics of them"))
	}
	return problems
}

// unlike tells whether no period of a table, of two at least, has the length of a
// frequency.
func unlike(s *bureau.Statistic, f period.Frequency) bool {
	var first period.Period
	several := false
	for i := range s.Rows {
		if s.Period(i).IsZero() || s.Period(i).AsOf {
			continue
		}
		if s.Period(i).Frequency() == f {
			return false
		}
		if first.IsZero() {
			first = s.Period(i)
		}
		several = several || s.Period(i).Start != first.Start || s.Period(i).End != first.End
	}
	return several
}
