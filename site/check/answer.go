package check

import (
	"encoding/csv"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// answerable are the rules that an answer may be given to.
var answerable = []problem.Rule{problem.FiguresTenfold, problem.FiguresSame, problem.FiguresFraction, problem.FiguresFuture, problem.FiguresEarly, problem.FiguresBlank}

// answers are those of a bureau, by the figure that each is about, so that one dies
// with its value.
type answers map[string]int

func newAnswers(rows []bureau.Answer) answers {
	a := answers{}
	for i, r := range rows {
		if r.Text.V != "" && r.By.V != "" && r.Date.V != "" {
			a[question(r.File.V, r.Key.V, r.Field.V, r.Rule.V, r.Value.V)] = i
		}
	}
	return a
}

func question(parts ...string) string {
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, "\x00")
}

// about gives the index of the answer to a question about a figure, or -1. A figure
// of no row is a whole column.
func (a answers) about(s *bureau.Statistic, row, field int, rule problem.Rule) int {
	key, value := askedAbout(s, row, field)
	if i, ok := a[question(s.File, key, s.Fields[field].Name, rule.String(), value)]; ok {
		return i
	}
	return -1
}

func askedAbout(s *bureau.Statistic, row, field int) (key, value string) {
	if row < 0 {
		return "", ""
	}
	if c := s.Cell(row, field); c.Has() {
		value = digits(c.Number)
	}
	return s.RowName(row), value
}

// answerRow is the row of answers.csv that answers a question, up to its answer.
func answerRow(s *bureau.Statistic, row, field int, rule problem.Rule) string {
	key, value := askedAbout(s, row, field)
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write([]string{s.File, key, s.Fields[field].Name, rule.String(), value})
	w.Flush()
	return problem.Visible(strings.TrimSpace(b.String()))
}

// ByHand is how the hint of a question begins to say how it is answered in the file.
var ByHand = problem.Say("；核对过、没有错的，在 %s 加一行", "; where it was checked and is right, add to %s", bureau.AnswersKind.File())

// answerLine says how a question is answered by its row.
func answerLine(line string) problem.Text {
	return problem.Text{
		ZH: ByHand.ZH + "（表头 file,key,field,rule,value,answer,by,date）：" + line + ",答复,答复人,日期",
		EN: ByHand.EN + " (header file,key,field,rule,value,answer,by,date) the line " + line + ",answer,by,date",
	}
}

// Answers checks the rows of answers.csv themselves: each says all that it has to,
// and is about a figure that is still so. used are those that a question asked for.
func Answers(rows []bureau.Answer, used []int, asOf period.Date) problem.List {
	var problems problem.List
	for i, r := range rows {
		for _, missing := range []struct {
			name  string
			given bool
		}{{"answer", r.Text.V != ""}, {"by", r.By.V != ""}, {"date", r.Date.V != ""}} {
			if !missing.given {
				problems.Error(r.File.At, problem.FiguresAnswer, problem.Say("这条答复没有写 %s", "the answer does not say %s", missing.name),
					problem.Say("写全 answer（答复）、by（答复人）和 date（日期）；没有人答复的，删去这一行", "give answer, by and date; delete the row if nobody answered"))
			}
		}
		day, is := period.ParseDate(r.Date.V)
		switch {
		case r.Date.V == "":
		case !is:
			problems.Error(r.Date.At, problem.FiguresAnswer, problem.Say("“%s”不是日期", `"%s" is not a date`, problem.Quote(r.Date.V)), problem.Say("写成 2026-10-31", "write it as 2026-10-31"))
		case day > asOf:
			problems.Error(r.Date.At, problem.FiguresAnswer, problem.Say("答复的日期%s还没有到", "the date of the answer, %s, is in the future", r.Date.V), problem.Say("改正日期", "correct the date"))
		}
		known := slices.ContainsFunc(answerable, func(rule problem.Rule) bool { return rule.String() == strings.TrimSpace(r.Rule.V) })
		switch {
		case !known:
			problems.Error(r.Rule.At, problem.FiguresAnswer, problem.Say("“%s”不是可以答复的问题", `"%s" is no question that can be answered`, problem.Quote(r.Rule.V)),
				problem.Say("照消息末尾方括号里的规则名写", "write the rule that stands in brackets at the end of the message"))
		case !slices.Contains(used, i) && r.Text.V != "" && r.By.V != "" && r.Date.V != "":
			problems.Warn(r.Value.At, problem.FiguresAnswer, problem.Say("这条答复没有用上：那里没有这个数值，或者已经没有疑问", "the answer is not used: that figure is not there, or is not in doubt any more"),
				problem.Say("数值改了的，核对以后照新消息的提示再答复一次；不再需要的，删去这一行", "if the figure has changed, check it and answer anew as the new message says; else delete the row"))
		}
	}
	return problems
}
