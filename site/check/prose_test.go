package check

import (
	"strings"
	"testing"
	"unicode/utf8"

	"sunshine/site/bureau"
)

func TestProse(t *testing.T) {
	p := proseOf(bureau.Body{File: "a.md", Line: 5, Text: []byte("# 标题\n\n甲，{{a/2005年/立案}}。乙\n接着！\n- 丙；丁\n1. 戊\n> 己\n\n| 表 | 格 |\n\n```\n码。\n```\n~~~chart\nstatistic: a\n~~~\n**庚**。\n")})
	var got []string
	for _, s := range p.sentences {
		got = append(got, s.at.String()+" "+s.text+" "+strings.Join(s.own, "+")+"/"+strings.Join(s.paragraph, "+"))
	}
	want := []string{
		"a.md:5:3 标题 /", "a.md:7:1 甲，{{a/2005年/立案}}。 a/2005年/立案/a/2005年/立案", "a.md:7:18 乙接着！ /a/2005年/立案",
		"a.md:9:3 丙； /", "a.md:9:5 丁 /", "a.md:10:1 1. 戊 /", "a.md:11:3 己 /", "a.md:21:3 庚。 /",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(p.charts) != 1 || p.charts[0].Statistic.V != "a" {
		t.Errorf("%+v", p.charts)
	}
}

func FuzzClaims(f *testing.F) {
	f.Add("破获刑事案件逐年增加。\n\n```chart\nstatistic: a\n```\n")
	f.Add("- **{{a/2005年/立案}}**比2004年至2006年下降“逐年{{")
	f.Add("1) 2003年以来，盗窃立案逐月上升；月均下降？")
	s := statistic(f, "期间,类别,立案（件）\n2004年,盗窃,100\n2005年,盗窃,90\n2005年,合计,90\n2006年1-8月,盗窃,[c]\n截至2006年5月,盗窃,7\n", "frequency: yearly\n")
	s.Name = "a"
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // load lets no such text through
		}
		body := bureau.Body{File: "a.md", Line: 3, Indent: 2, Text: []byte(text)}
		b := &bureau.Bureau{Statistics: []*bureau.Statistic{s}, Pages: []*bureau.Page{{Body: body}}}
		s.Descriptor.Notes.V = text
		for _, p := range Claims(b) {
			if p.File == "a.md" && (p.Line < 3 || p.Line > 3+strings.Count(text, "\n") || p.Column < 3) {
				t.Errorf("%q: no such place: %v", text, p.Position)
			}
		}
	})
}
