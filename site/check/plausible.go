package check

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// The least figures that are asked about.
const (
	tenfoldBase = 20  // of the neighbours of one ten times as large
	sameBase    = 100 // of those that are the same in three periods
)

// stock are the names of what stands for long at one figure: stocks and targets.
var stock = regexp.MustCompile(`目标|计划|任务|指标值|定额|编制|人口|户籍|保有|存量|在册|实有|现有|期末|年末|月末|累计|总数量|面积|(?i:target|stock|population)`)

// plausible asks about figures that are possible and unlikely: each is answered once,
// by name, in answers.csv. It gives which answers were used.
func plausible(s *bureau.Statistic, a answers, asOf period.Date) (problems problem.List, used []int) {
	ask := func(severity problem.Severity, row, field int, rule problem.Rule, message, hint problem.Text) {
		if i := a.about(s, row, field, rule); i >= 0 {
			used = append(used, i)
			return
		}
		answer := answerRow(s, row, field, rule)
		line := answerLine(answer)
		hint = problem.Text{ZH: hint.ZH + line.ZH, EN: hint.EN + line.EN}
		if severity == problem.Error {
			problems.Error(s.Position(row, field), rule, message, hint)
		} else {
			problems.Warn(s.Position(row, field), rule, message, hint)
		}
		problems.Answerable(answer)
	}
	retitled := map[int]bool{} // rows that are asked about as a whole
	for _, c := range RetitledIn(s) {
		for _, r := range c.Rows {
			retitled[r] = true
		}
		ask(problem.Warning, c.Row, c.Field, problem.FiguresSame, c.Say(s), problem.Say("和报送单位核对；是那一期的表的，换成这一期的数", "ask who sent it; if it is the table of that period, put the figures of this one in their place"))
	}
	series := figures.Series(s)
	_, newest := s.Covered()
	for f := range s.Fields {
		field := s.Fields[f]
		if field.Role != bureau.RoleMeasure || field.Derived {
			continue
		}
		fraction(s, f, ask)
		for _, rows := range series {
			blank(s, f, rows, newest.End, ask)
		}
		for _, rows := range seriesOf(s, f, series) {
			tenfold(s, f, rows, ask)
			if !figures.Percentage(field.Unit) && field.Type != "percent" && !stock.MatchString(field.Name) && !field.Cumulative {
				unchanged(s, f, rows, retitled, ask)
			}
		}
		untimely(s, f, asOf, ask)
	}
	return problems, used
}

type asking func(severity problem.Severity, row, field int, rule problem.Rule, message, hint problem.Text)

// seriesOf gives the rows of each series of a field, in the order of their periods:
// those of data with a figure in one unit, of periods of one length.
func seriesOf(s *bureau.Statistic, field int, series [][]int) (list [][]int) {
	type kind struct {
		unit   string
		months int
		stock  bool
	}
	for _, rows := range series {
		at := map[kind]int{}
		for _, r := range rows {
			p := s.Period(r)
			if s.Rows[r].Kind != bureau.DataRow || !s.Cell(r, field).Has() {
				continue
			}
			k := kind{s.Unit(r, field), p.Months(), p.AsOf}
			i, known := at[k]
			if !known {
				i = len(list)
				at[k] = i
				list = append(list, nil)
			}
			list[i] = append(list[i], r)
		}
	}
	return list
}

// tenfold asks about a figure that is ten times its neighbours, or a tenth of them:
// a digit too many, or one too few.
func tenfold(s *bureau.Statistic, field int, rows []int, ask asking) {
	for n, r := range rows {
		var neighbours [4]float64
		around := neighbours[:0]
		for _, i := range [...]int{n - 2, n - 1, n + 1, n + 2} {
			if i >= 0 && i < len(rows) && (i >= n-1 && i <= n+1 || n == 0 || n == len(rows)-1) {
				around = append(around, math.Abs(s.Cell(rows[i], field).Number))
			}
		}
		c := s.Cell(r, field)
		if len(around) < 2 || c.Status&bureau.Break != 0 {
			continue
		}
		low, high, v := slices.Min(around), slices.Max(around), math.Abs(c.Number)
		switch {
		case low >= tenfoldBase && v >= 10*high*0.8:
			ask(problem.Warning, r, field, problem.FiguresTenfold,
				problem.Say("%[1]s的“%[2]s”是%[3]s，前后各期是%[4]s到%[5]s：多打了一位吗？", `"%[2]s" is %[3]s in %[1]s, and %[4]s to %[5]s in the periods around: is there a digit too many?`, problem.Quote(s.RowName(r)), problem.Quote(s.Fields[field].Name), digits(c.Number), digits(low), digits(high)),
				problem.Say("核对这个数值，打错了的改正", "check the figure, and correct it if it was mistyped"))
		case low >= 10*tenfoldBase && v > 0 && v <= low/10*1.25:
			ask(problem.Warning, r, field, problem.FiguresTenfold,
				problem.Say("%[1]s的“%[2]s”是%[3]s，前后各期是%[4]s到%[5]s：少打了一位吗？", `"%[2]s" is %[3]s in %[1]s, and %[4]s to %[5]s in the periods around: is there a digit too few?`, problem.Quote(s.RowName(r)), problem.Quote(s.Fields[field].Name), digits(c.Number), digits(low), digits(high)),
				problem.Say("核对这个数值，打错了的改正", "check the figure, and correct it if it was mistyped"))
		}
	}
}

// unchanged asks about the same figure in three periods running: copied down, or
// carried over from the month before.
func unchanged(s *bureau.Statistic, field int, rows []int, retitled map[int]bool, ask asking) {
	for n := 0; n < len(rows); {
		v, end := s.Cell(rows[n], field).Number, n+1
		for end < len(rows) && s.Cell(rows[end], field).Number == v && s.Period(rows[end-1]).End+1 == s.Period(rows[end]).Start {
			end++
		}
		if last := rows[end-1]; end-n >= 3 && math.Abs(v) >= sameBase && !s.Period(last).AsOf && !retitled[last] {
			ask(problem.Warning, last, field, problem.FiguresSame,
				problem.Say("“%[2]s”连续%[3]d期都是%[4]s，到%[1]s为止：是照抄上期的吗？", `"%[2]s" is %[4]s in %[3]d periods running, up to %[1]s: was it copied from the period before?`, problem.Quote(s.RowName(last)), problem.Quote(s.Fields[field].Name), end-n, digits(v)),
				problem.Say("核对这几期的数值", "check the figures of these periods"))
		}
		n = end
	}
}

// blank asks about a cell of the newest period with nothing in it, not even a
// marker, where the periods before have figures: it was forgotten, or says what
// only staff can say.
func blank(s *bureau.Statistic, field int, rows []int, newest period.Date, ask asking) {
	before := slices.ContainsFunc(rows, func(r int) bool { return s.Cell(r, field).Has() })
	for _, r := range rows {
		if before && s.Cell(r, field).Blank && s.Period(r).End == newest {
			ask(problem.Warning, r, field, problem.FiguresBlank,
				problem.Say("最新一期%s的“%s”是空的，以前各期都有数值：是漏填了吗？", `"%[2]s" is blank in %[1]s, the newest period, and has figures before: was it forgotten?`, problem.Quote(s.RowName(r)), problem.Quote(s.Fields[field].Name)),
				problem.Say("补上数值；还没有报送的写 [w]，没有数据的写 [x]", "write the figure, [w] where it is not yet reported, or [x] where there is none"))
		}
	}
}

// fraction asks about a column of percentages in which every value is under 1, as a
// spreadsheet keeps them: 46.4 % as 0.464.
func fraction(s *bureau.Statistic, field int, ask asking) {
	f := s.Fields[field]
	if f.Type != "percent" && f.Unit != "%" || bureau.IsChange(f.Name) {
		return
	}
	values, largest := 0, 0.0
	for r := range s.Rows {
		c := s.Cell(r, field)
		if !c.Has() {
			continue
		}
		if strings.ContainsAny(c.Text, "%％") || math.Abs(c.Number) > 1 {
			return
		}
		values++
		largest = max(largest, math.Abs(c.Number))
	}
	if values < 2 || largest < 0.02 {
		return
	}
	ask(problem.Error, -1, field, problem.FiguresFraction,
		problem.Say("“%[1]s”以%%为单位，而每个数值都不超过1，最大的是%[2]s：是%[3]s%%还是%[2]s%%？", `"%[1]s" is in per cent, and no value is above 1; the largest is %[2]s: is that %[3]s%% or %[2]s%%?`, problem.Quote(f.Name), digits(largest), digits(figures.Ratio(100, largest, 1, 4))),
		problem.Say("表格软件里显示为百分比的，乘以100再写，或在每个数值后面写上%", "where the spreadsheet shows them as percentages, write them times 100, or with % behind each"))
}

// untimely asks about figures of a period that has not begun, and of one that had not
// ended when they were released.
func untimely(s *bureau.Statistic, field int, asOf period.Date, ask asking) {
	if stock.MatchString(s.Fields[field].Name) {
		return
	}
	released := s.Descriptor.Released
	future, early := -1, -1
	for r := range s.Rows {
		p := s.Period(r)
		if p.IsZero() || !s.Cell(r, field).Has() || s.Cell(r, field).Status&bureau.Estimated != 0 {
			continue
		}
		switch {
		case p.Start > asOf && future < 0:
			future = r
		case released.Given() && p.End > released.V && p.Start <= asOf && early < 0:
			early = r
		}
	}
	if future >= 0 {
		ask(problem.Error, future, field, problem.FiguresFuture,
			problem.Say("%[1]s还没有到，“%[2]s”却已有数值%[3]s", `%[1]s has not come, and "%[2]s" has a figure for it: %[3]s`, problem.Quote(s.RowName(future)), problem.Quote(s.Fields[field].Name), digits(s.Cell(future, field).Number)),
			problem.Say("改正期间；是目标或者预计的，列名写明“目标”，或在数值后面写 [e]", "correct the period; where it is a target or an estimate, say so in the name of the column or write [e] behind it"))
	}
	if early >= 0 {
		ask(problem.Error, early, field, problem.FiguresEarly,
			problem.Say("%[1]s到%[2]s才结束，数值在%[3]s已经发布", "%[1]s ends on %[2]s only, and its figure was released on %[3]s", problem.Quote(s.RowName(early)), s.Period(early).End, released.V),
			problem.Say("期间写实际统计的月份，例如“2026年1—9月”；发布日期写错的，改正 released（发布日期）", "give the months that were counted, such as 2026年1—9月, or correct released"))
	}
}
