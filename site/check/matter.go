package check

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Matters checks the lists of matters (suggestions/*.csv) as of a day: each matter
// has a known ledger and unit and a summary; no step is dated before the one above
// it or after the day; an answer has its day and its text. Where
// site.yaml names the statistic that counts the matters, the two are compared.
// That a step is overdue is no problem: the page says it.
func Matters(b *bureau.Bureau, asOf period.Date) problem.List {
	var problems problem.List
	units := bureau.UnitIndex(b.Units)
	for i := range b.Matters {
		m := &b.Matters[i]
		problems = append(problems, matterSteps(m, asOf)...)
		problems = append(problems, matterWords(m, b.Site.Suggestions.Ledgers, b.Units, units)...)
	}
	return append(problems, matterFigures(b)...)
}

// matterSteps holds the days of a matter against each other and against the day.
func matterSteps(m *bureau.Matter, asOf period.Date) problem.List {
	var problems problem.List
	above, day := problem.Say("收到日期", "the day of receipt"), m.Received
	future(&problems, m.Received, asOf, problem.MatterDate)
	for i, step := range bureau.MatterSteps {
		d := m.Steps[i]
		if !d.Given() {
			continue
		}
		future(&problems, d, asOf, problem.MatterDate)
		if day.Given() && d.V < day.V {
			problems.Error(d.At, problem.MatterOrder,
				problem.Text{
					ZH: "“" + step.ZH + "”的日期" + d.V.String() + "早于" + above.ZH + day.V.String(),
					EN: "\"" + step.ID + "\" is dated " + d.V.String() + ", before " + above.EN + ", " + day.V.String(),
				},
				problem.Say("核对这两个日期，后一步不能早于前一步", "check both dates: no step is earlier than the one before it"))
			continue // the wrong day says nothing about the next
		}
		above, day = problem.Text{ZH: "“" + step.ZH + "”的日期", EN: "\"" + step.ID + "\""}, d
	}
	return problems
}

// matterWords checks what a matter says beside its days.
func matterWords(m *bureau.Matter, ledgers []bureau.String, units []bureau.Unit, index map[string]int) problem.List {
	var problems problem.List
	var known []string
	found := false
	for _, l := range ledgers {
		known = append(known, l.V)
		found = found || l.V == m.Ledger.V
	}
	if !found {
		problems.Error(m.Ledger.At, problem.MatterLedger,
			problem.Say("没有“%s”这本账", "there is no ledger \"%s\"", problem.Quote(m.Ledger.V)), problem.Suggest(m.Ledger.V, known))
	}
	if _, ok := index[m.Unit.V]; m.Unit.V == "" {
		problems.Error(m.Unit.At, problem.MatterUnit, problem.Say("没有承办单位", "no unit deals with the matter"),
			problem.Say("写上承办单位的名称", "write the name of the office that deals with it"))
	} else if !ok && len(units) > 0 {
		known = known[:0]
		for i := range units {
			known = append(known, units[i].Name.V)
		}
		problems.Error(m.Unit.At, problem.MatterUnit,
			problem.Say("units.csv 里没有“%s”", "units.csv has no \"%s\"", problem.Quote(m.Unit.V)), problem.Suggest(m.Unit.V, known))
	}
	needed := func(given bool, at bureau.String, rule problem.Rule, message, hint problem.Text) {
		if !given {
			problems.Error(at.At, rule, message, hint)
		}
	}
	needed(m.Received.Given(), m.ID, problem.MatterReceived, problem.Say("没有收到日期，或者日期读不懂", "there is no day of receipt that can be read"),
		problem.Say("写上收到日期，例如 2026-10-31；各步期限从这一天起算", "write the day of receipt, such as 2026-10-31; the time limits count from it"))
	needed(m.Summary.V != "", m.Summary, problem.MatterSummary, problem.Say("没有摘要", "the matter has no summary"),
		problem.Say("用一句话写明是什么事，不写个人信息", "say in one sentence what it is about, without personal data"))
	answered := m.Steps[bureau.Answered]
	needed(!answered.Given() || m.Answer.V != "", m.Answer, problem.MatterAnswer, problem.Say("写了反馈日期，却没有答复", "the matter is answered, but there is no answer"),
		problem.Say("写上怎样答复的，或者删去反馈日期", "write the answer, or delete the day of it"))
	needed(m.State != bureau.CompletedMatter || answered.Given(), m.Status, problem.MatterStatus, problem.Say("状态是“已办结”，却没有反馈日期", "the matter is completed, but no day says when it was answered"),
		problem.Say("写上反馈日期，或者把状态改为“办理中”", "write the day of the answer, or change the status to open"))
	return problems
}

// matterFigures compares the matters with the statistic that counts them: for each
// row of it those of its ledger that were received in its period, and of these
// the completed ones that were answered in it. Where the lists hold every matter,
// each difference is an error, and so is a matter that falls in no row; what was
// received after the last period is not counted yet. Where they do not, only more
// matters than the statistic has are against reason, and warned of.
func matterFigures(b *bureau.Bureau) problem.List {
	var problems problem.List
	settings := b.Site.Suggestions
	if settings.Statistic.V == "" {
		return nil
	}
	s, fault := figures.Statistic(b, settings.Statistic.V)
	if fault != nil {
		problems.Error(settings.Statistic.At, problem.MatterStatistic, fault.Message, fault.Hint)
		return problems
	}
	if fault := figures.Misplaced(b, s, "", problem.Text{}); fault != nil {
		problems.Error(settings.Statistic.At, problem.MatterStatistic, fault.Message, fault.Hint)
		return problems
	}
	column := func(key string, name bureau.String, fits func(bureau.Field) bool) int {
		var known []string
		for _, f := range s.Fields {
			if fits(f) {
				known = append(known, f.Name)
			}
		}
		at := name.At
		if !name.Given() {
			at = settings.Statistic.At
		}
		if i := s.Field(name.V); i >= 0 && fits(s.Fields[i]) {
			return i
		}
		problems.Error(at, problem.MatterStatistic,
			problem.Say("suggestions.%s 写的“%s”不是统计“%s”里可用的列", "suggestions.%s is \"%s\", which is not a suitable column of the statistic \"%s\"", key, problem.Quote(name.V), s.Name), problem.Suggest(name.V, known))
		return -1
	}
	measure := func(f bureau.Field) bool { return f.Role == bureau.RoleMeasure }
	ledger := column("ledger", settings.Ledger, func(f bureau.Field) bool { return f.Role == bureau.RoleCategory })
	received := column("received", settings.Received, measure)
	completed := column("completed", settings.Completed, measure)
	for _, key := range s.Keys() {
		if f := s.Fields[key]; key != ledger && f.Role != bureau.RolePeriod && len(problems) == 0 {
			problems.Error(settings.Statistic.At, problem.MatterStatistic,
				problem.Say("统计“%s”还按“%s”分类，不能与台账核对", "the statistic \"%s\" is broken down by \"%s\" as well and cannot be compared with the lists", s.Name, problem.Quote(f.Name)),
				problem.Say("换成只按账本和期间分列的统计", "name a statistic broken down by ledger and period only"))
		}
	}
	if len(problems) > 0 || s.Descriptor.Disclosure.V == "round" {
		return problems // rounded figures differ from any count
	}
	severity := problem.Warning
	if settings.Complete.V {
		severity = problem.Error
	}
	report := func(at problem.Position, message, hint problem.Text) {
		problems = append(problems, problem.Problem{Position: at, Severity: severity, Rule: problem.MatterFigures, Message: message, Hint: hint})
	}
	var last period.Date // of all periods
	counted := make([]bool, len(b.Matters))
	byLedger := map[string][]int{}
	for i := range b.Matters {
		byLedger[b.Matters[i].Ledger.V] = append(byLedger[b.Matters[i].Ledger.V], i)
	}
	for row, r := range s.Rows {
		if r.Kind != bureau.DataRow || s.Period(row).IsZero() || s.Period(row).AsOf {
			continue
		}
		last = max(last, s.Period(row).End)
		var in, done int
		for _, i := range byLedger[s.Cell(row, ledger).Text] {
			m := &b.Matters[i]
			if !within(s.Period(row), m.Received) {
				continue
			}
			counted[i] = true
			in++
			if m.State == bureau.CompletedMatter && within(s.Period(row), m.Steps[bureau.Answered]) {
				done++
			}
		}
		for _, c := range []struct {
			field, count int
			zh, en       string
		}{{received, in, "收到", "received"}, {completed, done, "办结", "completed"}} {
			cell := s.Cell(row, c.field)
			if !cell.Has() || cell.Qualifier != bureau.Exact || float64(c.count) == cell.Number || !settings.Complete.V && float64(c.count) < cell.Number {
				continue
			}
			report(s.Position(row, c.field),
				problem.Say("“%[1]s”写的是%[2]s，台账里“%[3]s”在%[4]s至%[5]s%[6]s的是%[8]d件", "%[1]s is %[2]s, but matters of \"%[3]s\" in the lists that were %[7]s from %[4]s to %[5]s: %[8]d",
					problem.Quote(s.Fields[c.field].Name), digits(cell.Number), problem.Quote(s.Cell(row, ledger).Text), s.Period(row).Start, s.Period(row).End, c.zh, c.en, c.count),
				problem.Say("核对统计和 data/suggestions/，改正其中一个", "compare the statistic with data/suggestions/ and correct one of them"))
		}
	}
	if !settings.Complete.V {
		return problems
	}
	for i := range b.Matters {
		if m := &b.Matters[i]; !counted[i] && m.Received.Given() && m.Received.V <= last {
			report(m.ID.At,
				problem.Say("“%s”在台账里，却不在统计“%s”的任何一行：“%s”没有包含%s的期间", "\"%s\" is in the list, but in no row of the statistic \"%s\": none of \"%s\" has a period with %s", problem.Quote(m.ID.V), s.Name, problem.Quote(m.Ledger.V), m.Received.V),
				problem.Say("在统计里补上这一期间，或者改正收到日期和账本", "add that period to the statistic, or correct the day of receipt or the ledger"))
		}
	}
	return problems
}

// within tells whether a day is given and lies in a period.
func within(p period.Period, d bureau.Date) bool {
	return d.Given() && p.Start <= d.V && d.V <= p.End
}
