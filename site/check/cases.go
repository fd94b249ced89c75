package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// cases holds the questions about a citizen's case against what is said for their
// answers: each sheet that they lead to helps whoever prints it.
func (c *guide) cases() {
	n := len(c.List)
	answers := map[string]int{} // with the question that each is of
	for i, q := range c.Cases {
		if q.At.Line > 0 {
			c.question(i, q, answers)
		}
		for _, a := range q.Answers {
			answers[a.V] = i
		}
	}
	c.entries(func(when []bureau.String) { c.named(when, answers) })
	for i, note := range c.CaseNotes {
		c.entry("case_notes[].note", i, note.Note.V != "", note.Note.At, note.At)
		c.notNegative(note.Visits)
		c.limit(note.TimeLimit)
	}
	if len(c.Cases) == 0 || len(c.List) > n || slices.ContainsFunc(c.Cases, func(q bureau.Case) bool { return len(q.Answers) < 2 }) {
		return // what follows from it would be said of every sheet
	}
	sheets, _ := c.Choices()
	if len(sheets) > bureau.MostChoices {
		c.Error(c.Cases[0].At, problem.GuideCases,
			problem.Say("各种答案合起来超过%d张办事单", "the answers make more than %d sheets together", bureau.MostChoices),
			problem.Say("减少 cases（情形）里的问题或者答案；只对一部分人才问的，用 when（适用情形）写明；还是太多的，分成两份指南", "have fewer questions or answers in cases; say with when for which answers a question is asked; where they are still too many, write two guides"))
		return
	}
	if c.differences(); len(c.List) == n { // else the sheets are not what was meant
		c.never(sheets)
		c.sheets(sheets)
	}
}

// question wants a question with at least two answers, none of which is that of another.
func (c *guide) question(i int, q bureau.Case, before map[string]int) {
	c.entry("cases[].question", i, q.Question.V != "", q.Question.At, q.At)
	if len(q.Answers) < 2 {
		c.Error(q.At, problem.GuideCases,
			problem.Say("“情形”第%[1]d项不足两个答案", "entry %[1]d of cases has fewer than two answers", i+1),
			problem.Say("写成“answers: [是, 否]”（答案），每个答案用完整的话；没有两种答案的，删去这一项", "write \"answers: [yes, no]\", each in plain words; remove the entry where there is one answer only"))
	}
	for n, a := range q.Answers {
		_, taken := before[a.V]
		if taken || slices.ContainsFunc(q.Answers[:n], func(b bureau.String) bool { return b.V == a.V }) {
			c.Error(a.At, problem.GuideCases,
				problem.Say("答案“%s”写了两次", "the answer \"%s\" is given twice", problem.Quote(a.V)),
				problem.Say("换一个说法，例如写明问的是什么：“本人申请”“本人领取”；when（适用情形）才知道指的是哪一个", "say it in other words, so that when can name one of the two"))
		}
	}
}

// entries visits what is said for some answers alone: for which.
func (c *guide) entries(visit func(when []bureau.String)) {
	for _, m := range c.Materials {
		visit(m.When)
	}
	for _, s := range c.Steps {
		visit(s.When)
	}
	for _, f := range c.Fees {
		visit(f.When)
	}
	for _, p := range c.Places {
		visit(p.When)
	}
	for _, n := range c.CaseNotes {
		visit(n.When)
	}
	for _, q := range c.Cases {
		visit(q.When)
	}
}

// named wants answers that a question has; a question may follow from those before it.
func (c *guide) named(when []bureau.String, answers map[string]int) {
	for _, w := range when {
		if _, known := answers[w.V]; known || w.V == "" {
			continue
		}
		var all []string
		for _, q := range c.Cases {
			for _, a := range q.Answers {
				all = append(all, a.V)
			}
		}
		hint := problem.Say("答案有：%[1]s；先在 cases（情形）里写问题和答案，这里照抄答案", "the answers are: %[2]s; write question and answers in cases, and here the answer as it stands there", strings.Join(all, "、"), strings.Join(all, ", "))
		if len(all) == 0 {
			hint = problem.Say("在 cases（情形）里写出问题和答案，这里照抄答案；人人适用的，删去 when（适用情形）", "write question and answers in cases, and here the answer as it stands there; remove when where it holds for everybody")
		}
		c.Error(w.At, problem.GuideWhen, problem.Say("“%s”不是哪个问题的答案", "\"%s\" is no answer of a question", problem.Quote(w.V)), hint)
	}
}

// differences wants answers that lead to different sheets: of each question, one at most
// is named nowhere.
func (c *guide) differences() {
	used := map[string]bool{}
	first := map[string]int{}
	for i, q := range c.Cases {
		for _, a := range q.Answers {
			first[a.V] = i
		}
	}
	c.entries(func(when []bureau.String) {
		for _, w := range when {
			used[w.V] = true
		}
	})
	for i, q := range c.Cases {
		for _, w := range q.When {
			if first[w.V] >= i {
				c.Error(w.At, problem.GuideWhen,
					problem.Say("“%s”是这一问或者后面一问的答案，问到这里时还没有选", "\"%s\" answers this question or a later one, and is not chosen yet", problem.Quote(w.V)),
					problem.Say("把那一问移到前面，或者改写前面问题的答案", "move that question before this one, or name an answer of one before it"))
			}
		}
		var same []string
		var at problem.Position
		for _, a := range q.Answers {
			if !used[a.V] {
				same, at = append(same, a.V), a.At
			}
		}
		if len(same) > 1 {
			c.Error(at, problem.GuideCases,
				problem.Say("答案“%[1]s”和“%[2]s”得出的办事单一样", "the answers \"%[1]s\" and \"%[2]s\" lead to the same sheet", problem.Quote(same[0]), problem.Quote(same[len(same)-1])),
				problem.Say("在只适用其中一种的材料、环节、收费或者地点旁边写“when: [%[1]s]”（适用情形）；没有区别的，合成一个答案，或者删去这一问", "write \"when: [%[1]s]\" beside the material, step, fee or place that it makes the difference for; without one, make them one answer, or remove the question", flow(same[len(same)-1:])))
		}
	}
}

// never finds what no way through the questions comes to: answers that are not given
// together.
func (c *guide) never(sheets []bureau.Choice) {
	c.entries(func(when []bureau.String) {
		if len(when) == 0 || slices.ContainsFunc(sheets, func(s bureau.Choice) bool { return c.Holds(when, s) }) {
			return
		}
		c.Error(when[0].At, problem.GuideWhen,
			problem.Say("没有一种情形同时选这几个答案，这一项印不出来", "no case has these answers together, and nobody sees this"),
			problem.Say("写几个问题的答案，要都选了才算；一个问题的几个答案，选一个就算。任选其一的，分成几项写，每项一个答案", "answers of several questions have to be given all, of several answers of one question one is enough; write an entry for each where either is meant"))
	})
}

// sheets wants of each way through the questions what a citizen goes there with. Ways that
// lack the same are one problem.
func (c *guide) sheets(all []bureau.Choice) {
	lacking := map[string][][]string{} // the answers of the ways, by the key that they lack
	var twice bureau.FeeItem
	for _, choice := range all {
		of := c.For(choice)
		var answers []string
		for i, n := range choice {
			if n > 0 {
				answers = append(answers, c.Cases[i].Answers[n-1].V)
			}
		}
		lacks := func(key string) { lacking[key] = append(lacking[key], answers) }
		for _, part := range []struct {
			key  string
			some bool
		}{{"materials", len(of.Materials) > 0}, {"steps", len(of.Steps) > 0}, {"places", len(of.Places) > 0}} {
			if !part.some && len(of.CaseNotes) == 0 && !bureau.Unread(c.Blank, part.key) {
				lacks(part.key)
			}
		}
		if of.Stops() || !c.SaysFee() || bureau.Unread(c.Blank, "fees") || bureau.Unread(c.Blank, "fee") {
			continue
		}
		again, is := repeated(of.Fees)
		_, known := of.Total()
		switch unread := slices.ContainsFunc(of.Fees, func(f bureau.FeeItem) bool { return !f.Amount.Given() }); {
		case unread: // which is said of the fee
		case is:
			lacks("twice")
			twice = again
		case !known:
			lacks("total")
		}
	}
	for _, key := range []string{"materials", "steps", "places"} {
		if of := lacking[key]; len(of) > 0 {
			zh, en := theseCases(of)
			c.Error(c.Cases[0].At, problem.GuideCaseEmpty,
				problem.Say("%[1]s没有%[3]s，也没有说明", "%[2]s: no %[4]s, and no word", zh, en, spelled(key), key),
				problem.Say("补上一项；不需要的，在 case_notes（情形说明）里写一句，例如“- {when: [%[1]s], note: 不需要带材料}”；不能办的，再写 stop: true（不能办）", "add one; where none is needed say so in case_notes, such as \"- {when: [%[1]s], note: 不需要带材料}\", with stop: true where the matter is not handled", flow(of[0])))
		}
	}
	if of := lacking["twice"]; len(of) > 0 {
		zh, en := theseCases(of)
		c.Error(twice.Item.At, problem.GuideTotal,
			problem.Say("%[1]s要交两次“%[3]s”，合计不出来", "%[2]s: the fee \"%[3]s\" stands twice, and has no total", zh, en, problem.Quote(twice.Item.V)),
			problem.Say("只对一种情形收的，写上 when（适用情形）；确实收两项的，写成两个名称", "say with when for which answers each is charged, or give the two their own names"))
	}
	if of := lacking["total"]; len(of) > 0 {
		zh, en := theseCases(of)
		var first problem.Position
		if len(c.Fees) > 0 {
			first = c.Fees[0].At
		}
		c.Error(c.place("fees", c.Fee.At, first), problem.GuideTotal,
			problem.Say("%[1]s收多少，没有写成数值，合计不出来", "%[2]s: what it costs is not said as a number, and has no total", zh, en),
			problem.Say("写成 fees（收费项目）里的一项；不收费的也写一项，例如“- {item: 工本费, amount: 0, when: [%[1]s]}”", "write it as an item of fees, with amount: 0 where nothing is charged, such as \"- {item: 工本费, amount: 0, when: [%[1]s]}\"", flow(of[0])))
	}
}

// theseCases names ways through the questions, the first and how many more.
func theseCases(of [][]string) (zh, en string) {
	first := problem.Quote(strings.Join(of[0], " + "))
	if len(of) == 1 {
		return fmt.Sprintf("“%s”这种情形", first), fmt.Sprintf("the case \"%s\"", first)
	}
	return fmt.Sprintf("“%s”等%d种情形", first, len(of)), fmt.Sprintf("%d cases, such as \"%s\"", len(of), first)
}

// flow writes answers as the items of a list in YAML: one that would end its item is quoted.
func flow(answers []string) string {
	items := make([]string, len(answers))
	for i, a := range answers {
		if items[i] = problem.Quote(a); strings.ContainsAny(a, ",:#[]{}\"'") {
			items[i] = strconv.Quote(items[i])
		}
	}
	return strings.Join(items, ", ")
}

// repeated gives the second item of a name.
func repeated(fees []bureau.FeeItem) (bureau.FeeItem, bool) {
	for i, f := range fees {
		if f.Item.V != "" && slices.ContainsFunc(fees[:i], func(g bureau.FeeItem) bool { return g.Item.V == f.Item.V }) {
			return f, true
		}
	}
	return bureau.FeeItem{}, false
}
