package check

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

// A guide with two questions, the second of which is asked of those under sixteen alone.
const cased = `---
title: 首次申领居民身份证
area: hukou
authority: 示范市公安局治安支队
legal_basis: [{law: 中华人民共和国居民身份证法, article: 第二条}]
audience: [individual]
conditions: [中国公民]
cases:
  - {question: 申请人年满十六周岁了吗？, answers: [已满十六周岁, 未满十六周岁]}
  - {question: 谁去办？, answers: [父母, 其他监护人], when: [未满十六周岁]}
materials:
  - {name: 户口簿, original: 1}
  - {name: 监护关系证明, original: 1, when: [其他监护人]}
steps: [{action: 申请, actor: 申请人}, {action: 陪同到场, actor: 监护人, when: [未满十六周岁]}]
time_limit: {promised: 20, unit: natural-days}
fees:
  - {item: 工本费, amount: 20, basis: 甲, when: [已满十六周岁]}
  - {item: 工本费, amount: 0, when: [未满十六周岁]}
places: [{name: 户籍窗口, address: 示范路0号, hours: 周一至周五, phone: 000-00000010}]
visits: {count: 1, reason: 当场采集指纹}
result: 居民身份证
complaint: {phone: "12389"}
published: 2026-01-05
verified: 2026-10-08
---
`

func TestCases(t *testing.T) {
	for _, c := range []struct {
		name string
		edit []string // old and new, in turn
		want string
	}{
		{"whole", []string{"title: 首次", "title: 初次"}, ""},
		{"in Chinese keys", []string{"cases:\n  - {question: 申请人", "情形:\n  - {问题: 申请人"}, ""},
		{"no question", []string{"question: 谁去办？, ", ""}, "10:5 error guide/element"},
		{"one answer", []string{"answers: [父母, 其他监护人]", "answers: [其他监护人]"}, "10:5 error guide/cases"},
		{"the same answer twice", []string{"answers: [父母, 其他监护人]", "answers: [其他监护人, 其他监护人]"}, "10:39 error guide/cases"},
		{"the same answer to two questions", []string{"answers: [父母,", "answers: [未满十六周岁,"}, "10:32 error guide/cases"},
		{"answers without a difference", []string{"answers: [父母,", "answers: [父母, 祖父母,"}, "10:36 error guide/cases"},
		{"a question without a difference", []string{", when: [其他监护人]", ""}, "10:36 error guide/cases"},
		{"no such answer", []string{"when: [其他监护人]", "when: [别的监护人]"}, "13:40 error guide/when"},
		{"a question that follows from itself", []string{"when: [未满十六周岁]}\nmaterials", "when: [父母]}\nmaterials"}, "10:51 error guide/when"},
		{"answers that are never given together", []string{"when: [其他监护人]", "when: [其他监护人, 已满十六周岁]"}, "13:40 error guide/when"},
		{"answers of two questions", []string{"when: [其他监护人]", "when: [其他监护人, 未满十六周岁]"}, ""},
		{"no papers", []string{"{name: 户口簿, original: 1}", "{name: 户口簿, original: 1, when: [已满十六周岁]}"}, "9:5 error guide/case-empty"},
		{"no papers, and a word", []string{"{name: 户口簿, original: 1}", "{name: 户口簿, original: 1, when: [已满十六周岁]}", "materials:", "case_notes: [{when: [父母], note: 不需要带材料}]\nmaterials:"}, ""},
		{"no place", []string{"phone: 000-00000010}", "phone: 000-00000010, when: [父母, 其他监护人]}"}, "9:5 error guide/case-empty"},
		{"no fee", []string{"  - {item: 工本费, amount: 0, when: [未满十六周岁]}\n", ""}, "17:5 error guide/total"},
		{"a fee in words", []string{"fees:\n  - {item: 工本费, amount: 20, basis: 甲, when: [已满十六周岁]}\n  - {item: 工本费, amount: 0, when: [未满十六周岁]}\n", "fee: {note: 按标准收取}\n"}, "16:6 error guide/total"},
		{"a fee twice", []string{"amount: 0, when: [未满十六周岁]", "amount: 0"}, "18:12 error guide/total"},
		{"a word without a word", []string{"materials:", "case_notes: [{when: [父母]}]\nmaterials:"}, "11:14 error guide/element"},
		{"visits of a case", []string{"materials:", "case_notes: [{when: [父母], note: 要来两次, visits: 2}]\nmaterials:"}, ""},
		{"visits of a case below 0", []string{"materials:", "case_notes: [{when: [父母], note: 要来两次, visits: -2}]\nmaterials:"}, "11:47 error guide/number"},
		{"a time limit of a case", []string{"materials:", "case_notes: [{when: [父母], note: 快, time_limit: {promised: 5, unit: working-days}, result: 证}]\nmaterials:"}, ""},
		{"a case promised longer than by law", []string{"materials:", "case_notes: [{when: [父母], note: 慢, time_limit: {statutory: 5, promised: 6, unit: working-days}}]\nmaterials:"}, "11:73 error guide/time-limit"},
		{"steps of a case", []string{"materials:", "case_notes: [{when: [父母], note: 快, time_limit: {promised: 5, unit: working-days}}]\nmaterials:",
			"{action: 陪同到场, actor: 监护人, when: [未满十六周岁]}", "{action: 制证, actor: 派出所, days: 5, unit: working-days, when: [父母]}"}, ""},
		{"steps of a case that do not add up", []string{"materials:", "case_notes: [{when: [父母], note: 快, time_limit: {promised: 5, unit: working-days}}]\nmaterials:",
			"{action: 陪同到场, actor: 监护人, when: [未满十六周岁]}", "{action: 制证, actor: 派出所, days: 4, unit: working-days, when: [父母]}"}, "11:59 warning guide/steps"},
		{"no such unit of a case", []string{"materials:", "case_notes: [{when: [父母], note: 快, time_limit: {promised: 5, unit: 年}}]\nmaterials:"}, "11:68 error guide/word"},
		{"no such level of units", []string{"phone: 000-00000010}", "phone: 000-00000010, units: 居委会}"}, "19:81 error guide/word"},
		{"not handled", []string{"materials:", "case_notes: [{when: [父母], note: 不能办, stop: true}]\nmaterials:"}, ""},
		{"24 sheets", []string{"answers: [父母, 其他监护人]", "answers: [父母, 其他监护人" + moreAnswers(21) + "]", "materials:", "materials:" + morePapers(21)}, ""},
		{"25 sheets", []string{"answers: [父母, 其他监护人]", "answers: [父母, 其他监护人" + moreAnswers(22) + "]", "materials:", "materials:" + morePapers(22)}, "9:5 error guide/cases"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := cased
			for i := 0; i < len(c.edit); i += 2 {
				before := text
				if text = strings.Replace(text, c.edit[i], c.edit[i+1], 1); text == before {
					t.Fatal("nothing changed")
				}
			}
			if got, _ := problems(t, text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// moreAnswers are n more of them, morePapers what each of them has to bring.
func moreAnswers(n int) (all string) {
	for i := range n {
		all += fmt.Sprintf(", 第%d种", i)
	}
	return all
}

func morePapers(n int) (all string) {
	for i := range n {
		all += fmt.Sprintf("\n  - {name: 第%d种的证明, when: [第%d种]}", i, i)
	}
	return all
}

// Both versions of a guide lead to the same sheets.
func TestSameCases(t *testing.T) {
	guide := func(file, text string) *bureau.Guide {
		g, l := load.Guide(file, []byte(text))
		if g == nil || len(l) > 0 {
			t.Fatal(l)
		}
		g.Language = cmp.Or(g.Language, "zh")
		return g
	}
	for edit, want := range map[[2]string]int{
		{"", ""}: 0,
		{"when: [其他监护人]", "when: [父母]"}:                          1,
		{"answers: [父母, 其他监护人]", "answers: [父母, 其他监护人, 无]"}:      1,
		{"basis: 甲, when: [已满十六周岁]", "basis: 甲, when: [未满十六周岁]"}: 1,
	} {
		zh := guide("data/guides/hukou/a.md", cased)
		en := guide("data/guides/hukou/a.en.md", strings.Replace(cased, edit[0], edit[1], 1))
		if l := Languages([]*bureau.Guide{zh, en}, "zh"); len(l) != want {
			t.Errorf("%s: %v", edit, l)
		}
	}
	zh, en := guide("data/guides/hukou/a.md", cased), guide("data/guides/hukou/a.en.md", cased)
	en.Cases = nil // readers of it would bring every paper
	if l := Languages([]*bureau.Guide{zh, en}, "zh"); len(l) != 1 || l[0].Rule != problem.GuideLanguages {
		t.Errorf("a version without the questions: %v", l)
	}
}
