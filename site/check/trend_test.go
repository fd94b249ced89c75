package check

import (
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
	return Trends(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
}

func TestTrendsInNotes(t *testing.T) {
	for _, c := range []struct{ name, data, notes, because string }{
		{"full years", cases, "2003年至2005年破获刑事案件逐年增加。", ""},
		{"eight months beside years", cases, "破获刑事案件逐年增加。", "长短不同"},
		{"the claim of the source", cases, "打击力度逐年增强。", "长短不同"},
		{"eight months on a year", cases, "2006年1—8月破获刑事案件比2005年下降。", "长短不同"},
		{"monthly averages that rise", cases, "破获刑事案件的月均逐年增加。", ""},
		{"monthly averages that do not", cases, "打击处理的月均逐年增加。", "2006年1—8月 69.9"},
		{"rural cases fell by month", rural, "农村发案月均逐年下降。", ""},
		{"rural cases fell", rural, "农村发案逐年下降。", "长短不同"},
		{"between full years", rural, "2005年农村发刑案比2004年下降。", ""},
		{"the other way", rural, "2005年农村发刑案比2004年上升。", "2004年 1159，2005年 753"},
		{"each year, but not each", cases, "2003年至2005年打击处理逐年减少。", "2003年 929"},
		{"since a year", cases, "2003年以来，打击处理上升。", "长短不同"},
		{"a break", "期间,立案（件）\n2004年,100\n2005年,200 [b]\n", "2005年立案上升。", "口径有变化"},
		{"a small base", "期间,命案（件）\n2004年,4\n2005年,2\n", "2005年命案下降。", "基数只有4"},
		{"one period", "期间,立案（件）\n2005年,200\n", "2005年立案上升。", "只有一期"},
		{"a category", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年盗窃立案下降。", ""},
		{"another category", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年诈骗立案下降。", "2005年 110"},
		{"no category is named", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,诈骗,100\n2005年,盗窃,90\n2005年,诈骗,110\n", "2005年立案下降。", ""},
		{"the total", "期间,类别,立案（件）\n2004年,盗窃,100\n2004年,合计,100\n2005年,盗窃,90\n2005年,合计,90\n", "2005年立案上升。", "2005年 90"},
		{"a year that the table lacks", rural, "2009年农村发刑案上升。", ""},
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
			if got := told(t, problems); got != " figures/trend?" || !strings.Contains(problems[0].Message.ZH, c.because) {
				t.Errorf("%s: %v, want %s", got, problems, c.because)
			}
		})
	}
}

func TestTrendNamesTheSentence(t *testing.T) {
	problems := trend(t, cases, "- 一行。\n- **说明。** 破获刑事案件**逐年增加**，见图。又一句。")
	if len(problems) != 1 || problems[0].String() != "data/stats/a.yaml:4:13" || !strings.Contains(problems[0].Message.ZH, "“破获刑事案件逐年增加，见图。”") {
		t.Error(problems)
	}
}

// In a page only what is quoted there, or drawn beside it, is looked at.
func TestTrendsInPages(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"---\ntitle: a\n---\n破获{{cases/2005年/破获刑事案件（件）}}，比上年增加。\n", ""},
		{"---\ntitle: a\n---\n破获{{cases/2006年1-8月/破获刑事案件（件）}}，比上年减少。\n", "4:1"},
		{"---\ntitle: a\n---\n{{cases/2005年/破获刑事案件（件）}}、{{cases/2006年1-8月/破获刑事案件（件）}}：逐年减少。\n", "4:1"},
		{"---\ntitle: a\n---\n破获刑事案件逐年增加。\n", ""},
		{"---\ntitle: a\n---\n一段。\n\n破获刑事案件逐年增加。\n\n```chart\nstatistic: cases\ny: [破获刑事案件（件）]\n```\n", "6:1"},
		{"---\ntitle: a\n---\n办事效率逐年提高。\n\n```chart\nstatistic: cases\n```\n", ""},
	} {
		page, problems := load.Page("data/pages/a.md", []byte(c.text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		s := statistic(t, cases, yearly)
		s.Name = "cases"
		problems = Trends(&bureau.Bureau{Statistics: []*bureau.Statistic{s}, Pages: []*bureau.Page{page}})
		got := ""
		for _, p := range problems {
			got += strings.TrimPrefix(p.Position.String(), "data/pages/a.md:")
		}
		if got != c.want {
			t.Errorf("%s\ngot %v, want %s", c.text, problems, c.want)
		}
	}
}
