package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

const (
	yearly = "frequency: yearly\n"
	cases  = "期间,破获刑事案件（件）,打击处理（人）\n2003年,1713,929\n2004年,2048,943\n2005年,2385,974\n2006年1-8月,1732,559\n"
	rural  = "期间,农村发刑案（件）\n2004年,1159\n2005年,753\n2006年1-8月,403\n"
)

// trend says something of a statistic in its notes and gives what Trends says of it.
func trend(t *testing.T, data, notes string) problem.List {
	t.Helper()
	s := statistic(t, data, yearly+"notes: |\n  "+strings.ReplaceAll(notes, "\n", "\n  ")+"\n")
	s.Name = "cases"
	return Claims(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
}

func TestClaimsInNotes(t *testing.T) {
	for _, c := range []struct{ name, data, notes, because string }{
		{"full years", cases, "2003年至2005年破获刑事案件逐年增加。", ""},
		{"eight months beside years", cases, "破获刑事案件逐年增加。", "长短不同"},
		{"the claim of the source", cases, "打击力度逐年增强。", "长短不同"},
		{"eight months on a year", cases, "2006年1—8月破获刑事案件比2005年下降。", "长短不同"},
		{"monthly averages that rise", cases, "破获刑事案件的月均逐年增加。", ""},
		{"monthly averages that do not", cases, "打击处理的月均逐年增加。", "2006年1—8月 69.9人"},
		{"rural cases fell by month", rural, "农村发案月均逐年下降。", ""},
		{"rural cases fell", rural, "农村发案逐年下降。", "长短不同"},
		{"between full years", rural, "2005年农村发刑案比2004年下降。", ""},
		{"the other way", rural, "2005年农村发刑案比2004年上升。", "2004年 1159件，2005年 753件"},
		{"each year, but not each", cases, "2003年至2005年打击处理逐年减少。", "2003年 929人"},
		{"since a year", cases, "2003年以来，打击处理上升。", "长短不同"},
		{"a break", "期间,立案（件）\n2004年,100\n2005年,200 [b]\n", "2005年立案上升。", "口径有变化"},
		{"a small base", "期间,命案（件）\n2004年,4\n2005年,2\n", "2005年命案下降。", "基数只有4"},
		{"one period", "期间,立案（件）\n2005年,200\n", "2005年立案上升。", "只有一期"},
		{"a category", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年盗窃立案下降。", ""},
		{"another category", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年诈骗立案下降。", "2005年 110件"},
		{"no category is named", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年立案下降。", "2005年 200件"},
		{"the total", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,合计,100\n2005年,盗窃,90\n2005年,合计,90\n", "2005年立案上升。", "2005年 90件"},
		{"a year that the table lacks", rural, "2009年农村发刑案上升。", "没有公布的数值支持"},
		{"denied", cases, "不能说破获刑事案件逐年增加。", ""},
		{"wished", cases, "力争破获刑事案件逐年增加。", ""},
		{"meant to be", cases, "为减少农村发案，2006年增加了巡逻。", ""},
		{"asked", cases, "破获刑事案件逐年增加？", ""},
		{"quoted", cases, "来源称破获刑事案件“逐年增加”。", ""},
		{"no measure is named", cases, "本站增加了英文页面。", ""},
		{"in a block of code", cases, "```\n破获刑事案件逐年增加。\n```", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			problems := trend(t, c.data, c.notes)
			if c.because == "" {
				if len(problems) > 0 {
					t.Error(problems)
				}
				return
			}
			if got := told(t, problems); got != " claims/basis?" && got != " claims/figures?" && got != " claims/source?" || !strings.Contains(problems[0].Message.ZH, c.because) {
				t.Errorf("%s: %v, want %s", got, problems, c.because)
			}
		})
	}
}

func TestClaimNamesTheSentence(t *testing.T) {
	problems := trend(t, cases, "- 一行。\n- **说明。** 破获刑事案件**逐年增加**，见图。又一句。")
	if len(problems) != 1 || problems[0].String() != "data/stats/a.yaml:4:13" || !strings.Contains(problems[0].Message.ZH, "“破获刑事案件逐年增加，见图。”") {
		t.Error(problems)
	}
}

func TestClaimsInPages(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"---\ntitle: a\n---\n破获{{cases/2005年/破获刑事案件（件）}}，比上年增加。\n", ""},
		{"---\ntitle: a\n---\n破获{{cases/2006年1-8月/破获刑事案件（件）}}，比上年减少。\n", "4:1"},
		{"---\ntitle: a\n---\n{{cases/2005年/破获刑事案件（件）}}、{{cases/2006年1-8月/破获刑事案件（件）}}：逐年减少。\n", "4:1"},
		{"---\ntitle: a\n---\n破获刑事案件逐年增加。\n", "4:1"},
		{"---\ntitle: a\n---\n一段。\n\n破获刑事案件逐年增加。\n\n```chart\nstatistic: cases\ny: [破获刑事案件（件）]\n```\n", "6:1"},
		{"---\ntitle: a\n---\n办事效率逐年提高。\n\n```chart\nstatistic: cases\n```\n", "4:1"},
		{"---\ntitle: a\n---\n本站增加了英文页面。\n\n```chart\nstatistic: cases\n```\n", ""},
	} {
		page, problems := load.Page("data/pages/a.md", []byte(c.text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s := statistic(t, cases, yearly)
		s.Name = "cases"
		problems = Claims(&bureau.Bureau{Statistics: []*bureau.Statistic{s}, Pages: []*bureau.Page{page}})
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Position.String(), "data/pages/a.md:")
		}
		if got != c.want {
			t.Errorf("%s\ngot %v, want %s", c.text, problems, c.want)
		}
	}
}

// noticeOf gives what Claims says of a notice beside a statistic, by line.
func noticeOf(t *testing.T, data, descriptor, notice string) (lines []string, problems problem.List) {
	t.Helper()
	n, problems := load.Notice("data/notices/2026-10-30-claims.md", []byte(notice))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s := statistic(t, data, descriptor)
	s.Name = "cases-solved"
	problems = Claims(&bureau.Bureau{Statistics: []*bureau.Statistic{s}, Notices: []*bureau.Notice{n}})
	problems.Sort()
	for _, p := range problems {
		lines = append(lines, fmt.Sprint(p.Line, " ", p.Rule))
	}
	return lines, problems
}

const solved = "title: 破获刑事案件\nfrequency: yearly\nreleased: 2026-10-12\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 破获刑事案件（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 打击处理（人）, type: integer, role: measure, unit: 人, risk: person}\n"

// The case figures/claims-in-notice.
func TestClaimsInANotice(t *testing.T) {
	notice := `---
title: 打防工作情况
date: 2026-10-30
source: 示范市公安局办公室
kind: 公告
summary: 打击力度逐年增强。
---
2006年1—8月打击处理{{cases-solved/2006年1-8月/打击处理（人）}}，再创新高，成效显著提升。

打击处理人数节节攀升，破案数翻了一番，案件数腰斩。

每年均超额完成破案任务，群众满意度达98%。
`
	lines, problems := noticeOf(t, cases, solved, notice)
	want := []string{"6 claims/basis", "8 claims/basis", "8 claims/source", "10 claims/basis", "10 claims/basis", "10 claims/basis", "12 claims/source", "12 claims/source"}
	if !slices.Equal(lines, want) {
		t.Errorf("got %v, want %v: %v", lines, want, problems)
	}
	said := ""
	for _, p := range problems {
		said += p.Message.ZH + p.Hint.ZH + "\n"
	}
	for _, word := range []string{"创新高", "成效显著提升", "节节攀升", "翻了一番", "腰斩", "超额完成", "98%", "比表中其他各期短", "月均69.9人", "月均的81.2人"} {
		if !strings.Contains(said, word) {
			t.Errorf("nothing says %s:\n%s", word, said)
		}
	}
}

// A number that names a field and its period is the published one, or an error that
// gives it, and the reference to paste.
func TestClaimedNumbers(t *testing.T) {
	for _, c := range []struct{ text, rule, says string }{
		{"2005年破获刑事案件2385件。", "", ""},
		{"2005年破获刑事案件2358件。", "claims/number", "2385件"},
		{"2005年破获刑事案件2358件。", "claims/number", "{{cases-solved/2005年/破获刑事案件（件）}}"},
		{"2005年，全市破获刑事案件2,385件，打击处理947人。", "claims/number", "974人"},
		{"2005年破获刑事案件约2400件。", "", ""},
		{"2005年破获刑事案件近2000件。", "claims/figures", "2385件"},
		{"2005年破获刑事案件0.24万件。", "", ""},
		{"2003年至2005年共破获刑事案件6146件。", "", ""},
		{"2003年至2005年共破获刑事案件6164件。", "claims/number", "6146件"},
		{"2005年破获刑事案件2385件，同比上升16.5%。", "", ""},
		{"2005年破获刑事案件2385件，同比上升15.6%。", "claims/figures", "16.5%"},
		{"2005年破获刑事案件2385件，比上年增加337件。", "", ""},
		{"2005年破获刑事案件2385件，比上年增加373件。", "claims/figures", "2004年"},
		{"2006年1—8月破获刑事案件比2005年下降27.4%。", "claims/basis", "月均216.5件"},
		{"2005年破获命案12件。", "", ""},
		{"2005年破获刑事案件2385件，其中命案12件。", "", ""},
		{"2005年3月2日破获一起案件，抓获3人。", "", ""},
		{"破获刑事案件须在15日内报送材料2份。", "", ""},
		{"In 2005, 974 people were dealt with.", "", ""},
		{"In 2005, 947 people were dealt with.", "claims/number", "974"},
	} {
		t.Run(c.text, func(t *testing.T) {
			lines, problems := noticeOf(t, cases, solved, "---\ntitle: 通报\ndate: 2006-10-30\n---\n"+c.text+"\n")
			switch {
			case c.rule == "" && len(lines) > 0:
				t.Error(problems)
			case c.rule != "" && (len(lines) != 1 || lines[0] != "5 "+c.rule || !strings.Contains(problems[0].Message.ZH+problems[0].Hint.ZH, c.says)):
				t.Errorf("%v %v, want %s with %s", lines, problems, c.rule, c.says)
			}
			if len(problems) > 0 && (problems[0].Severity == problem.Error) != (c.rule == "claims/number") {
				t.Error("a number that is not the published one is an error, all else a warning: ", problems)
			}
		})
	}
}

// What a hint says to write is true: in place of the sentence it is left alone.
func TestHintsOfClaimsCure(t *testing.T) {
	cured := 0
	for _, text := range []string{
		"2005年破获刑事案件下降。", "2004年打击处理人数比2003年减少。", "2006年1—8月打击处理人数再创新高。", "打击力度逐年增强。",
		"2005年破获刑事案件同比上升15.6%。", "破案数翻了一番。", "2006年1—8月破获刑事案件比2005年下降27.4%。", "2005年破获刑事案件2358件。",
		"People dealt with reached a record high in the first eight months of 2006.",
	} {
		_, problems := noticeOf(t, cases, solved, "---\ntitle: 通报\ndate: 2006-10-30\n---\n"+text+"\n")
		if len(problems) == 0 {
			t.Errorf("%s: nothing is said", text)
		}
		for _, p := range problems {
			for _, hint := range []string{p.Hint.ZH, p.Hint.EN} {
				_, after, found := strings.Cut(hint, "改写为“")
				instead, _, _ := strings.Cut(after, "”")
				if !found {
					if _, after, found = strings.Cut(hint, `write "`); !found || !strings.Contains(hint, "delete the sentence") {
						continue
					}
					instead, _, _ = strings.Cut(after, `"`)
				}
				cured++
				if _, again := noticeOf(t, cases, solved, "---\ntitle: 通报\ndate: 2006-10-30\n---\n"+instead+"。\n"); len(again) > 0 {
					t.Errorf("%s: the hint %s is no cure: %v", text, instead, again[0].Message.ZH)
				}
			}
		}
	}
	if cured < 10 {
		t.Errorf("only %d hints give a sentence", cured)
	}
}

// What lists keep of older figures, and targets, claim nothing of today's.
func TestOlderFiguresClaimNothing(t *testing.T) {
	s := statistic(t, cases, solved)
	s.Name = "cases-solved"
	at := problem.Position{File: "data/revisions.csv", Line: 2, Column: 7}
	b := &bureau.Bureau{Statistics: []*bureau.Statistic{s}, Revisions: []bureau.Revision{{Reason: bureau.String{V: "2005年破获刑事案件2358件", At: at}}}}
	if problems := Claims(b); len(problems) > 0 {
		t.Error(problems)
	}
}

// What stands against what is named with its own figure, and a record that the table
// is too short for with the period from which it may be said.
func TestClaimsSayOfWhat(t *testing.T) {
	folder := corpusBureau(t)
	for _, c := range []struct{ text, says string }{
		{"2026年第三季度，城西分局接处警数超过城东分局。", "城西分局 3951起，城东分局 4312起"},
		{"2026年第三季度，城西分局化解矛盾纠纷的同比增幅大于临湖分局。", "城西分局 3.5%，临湖分局 4.2%"},
		{"2025年户政业务网上办件占比达52.0%，比2022年提高21.8个百分点。", "“2022年”占比40.2%"},
		{"2026年第二季度，三个分局接处警数均同比下降。", "城西分局接处警：2025年第二季度 3741起"},
		{"2026年2月，电信网络诈骗立案数创近十年新低。", "写成“2024年4月以来”"},
	} {
		problems := Claims(bureauOf(t, sentenceOf{Text: c.text, Place: "notice", Day: "2026-10-30"}.in(folder)))
		if len(problems) != 1 || !strings.Contains(problems[0].Message.ZH+problems[0].Hint.ZH, c.says) {
			t.Errorf("%s: %v, want %s", c.text, problems, c.says)
		}
	}
}

// What tells quickly that a text holds a word of a lexeme finds all that the lexeme does.
func TestBegins(t *testing.T) {
	for _, text := range []string{"共立120起", "新立3起", "立案5起", "已办结", "结案率", "侦破命案", "two registered cases", "30 recorded crimes", "was filed", "率"} {
		for _, l := range lexemes {
			if l.find.MatchString(text) && !begins.in(text) {
				t.Errorf("%q holds %s, and is passed over", text, l.find)
			}
		}
	}
}
