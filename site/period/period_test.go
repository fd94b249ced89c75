package period

import (
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct{ text, start, end string }{
		{"2005", "2005-01-01", "2005-12-31"},
		{"2005年", "2005-01-01", "2005-12-31"},
		{"2004 年", "2004-01-01", "2004-12-31"},
		{"2006年度", "2006-01-01", "2006-12-31"},
		{"2006年全年", "2006-01-01", "2006-12-31"},
		{"2006全年", "2006-01-01", "2006-12-31"},
		{"２００５年", "2005-01-01", "2005-12-31"},
		{"二〇〇五年", "2005-01-01", "2005-12-31"},
		{"二○○五年", "2005-01-01", "2005-12-31"},
		{"2006年1-8月", "2006-01-01", "2006-08-31"},
		{"2006年1–8月", "2006-01-01", "2006-08-31"},
		{"2006年1—8月", "2006-01-01", "2006-08-31"},
		{"2006年1——8月", "2006-01-01", "2006-08-31"},
		{"2006年1~8月", "2006-01-01", "2006-08-31"},
		{"2006年1～8月", "2006-01-01", "2006-08-31"},
		{"2006年1－8月", "2006-01-01", "2006-08-31"},
		{"2006年1至8月", "2006-01-01", "2006-08-31"},
		{"2006年1到8月", "2006-01-01", "2006-08-31"},
		{"2006年1月至8月", "2006-01-01", "2006-08-31"},
		{"2006年1 - 8月份", "2006-01-01", "2006-08-31"},
		{"2006年一至八月", "2006-01-01", "2006-08-31"},
		{"2006.1-8", "2006-01-01", "2006-08-31"},
		{"2006.01-08", "2006-01-01", "2006-08-31"},
		{"2006-01/2006-08", "2006-01-01", "2006-08-31"},
		{"2006-01-2006-08", "2006-01-01", "2006-08-31"},
		{"2006年前8个月", "2006-01-01", "2006-08-31"},
		{"2006年前八个月", "2006-01-01", "2006-08-31"},
		{"2006年前三季度", "2006-01-01", "2006-09-30"},
		{"2006年1-3季度", "2006-01-01", "2006-09-30"},
		{"2006年第一至三季度", "2006-01-01", "2006-09-30"},
		{"2006年上半年", "2006-01-01", "2006-06-30"},
		{"2006年下半年", "2006-07-01", "2006-12-31"},
		{"2006H1", "2006-01-01", "2006-06-30"},
		{"2006-H2", "2006-07-01", "2006-12-31"},
		{"2006年第一季度", "2006-01-01", "2006-03-31"},
		{"2006年一季度", "2006-01-01", "2006-03-31"},
		{"2006年1季度", "2006-01-01", "2006-03-31"},
		{"2006年四季度", "2006-10-01", "2006-12-31"},
		{"2006Q1", "2006-01-01", "2006-03-31"},
		{"2006q2", "2006-04-01", "2006-06-30"},
		{"2006-Q4", "2006-10-01", "2006-12-31"},
		{"2006年Q4", "2006-10-01", "2006-12-31"},
		{"2006-05", "2006-05-01", "2006-05-31"},
		{"2004-05", "2004-05-01", "2004-05-31"},
		{"2006/05", "2006-05-01", "2006-05-31"},
		{"2006/5", "2006-05-01", "2006-05-31"},
		{"2006.05", "2006-05-01", "2006-05-31"},
		{"200605", "2006-05-01", "2006-05-31"},
		{"2006年5月", "2006-05-01", "2006-05-31"},
		{"2006年05月", "2006-05-01", "2006-05-31"},
		{"2006 年 5 月", "2006-05-01", "2006-05-31"},
		{"2006年12月", "2006-12-01", "2006-12-31"},
		{"2006年元月", "2006-01-01", "2006-01-31"},
		{"二〇〇六年五月", "2006-05-01", "2006-05-31"},
		{"二〇〇六年十二月", "2006-12-01", "2006-12-31"},
		{"2008年2月", "2008-02-01", "2008-02-29"},
		{"2006-05-09", "2006-05-09", "2006-05-09"},
		{"2006/5/9", "2006-05-09", "2006-05-09"},
		{"2006.5.9", "2006-05-09", "2006-05-09"},
		{"20060509", "2006-05-09", "2006-05-09"},
		{"2006年5月9日", "2006-05-09", "2006-05-09"},
		{"2006年5月9号", "2006-05-09", "2006-05-09"},
		{"二〇〇六年十月二十一日", "2006-10-21", "2006-10-21"},
		{"2023-01-09/2023-03-17", "2023-01-09", "2023-03-17"},
		{"2023-01-09/03-17", "2023-01-09", "2023-03-17"},
		{"2023年1月9日至3月17日", "2023-01-09", "2023-03-17"},
		{"2023年1月9日—2024年3月17日", "2023-01-09", "2024-03-17"},
		{"2023年1月9日至17日", "2023-01-09", "2023-01-17"},
		{"2023年1月9-17日", "2023-01-09", "2023-01-17"},
		{"2003年1月至2006年8月", "2003-01-01", "2006-08-31"},
		{"2003-2005年", "2003-01-01", "2005-12-31"},
		{"2003年—2005年", "2003-01-01", "2005-12-31"},
		{"2014-2015年", "2014-01-01", "2015-12-31"},
		{"2014/15", "2014-07-01", "2015-06-30"},
		{"2014/15财年", "2014-07-01", "2015-06-30"},
		{"2014-15财年", "2014-07-01", "2015-06-30"},
		{"2010/11财年", "2010-07-01", "2011-06-30"},
		{"2014/2015财政年度", "2014-07-01", "2015-06-30"},
		{"2014—2015财年", "2014-07-01", "2015-06-30"},
		{"2014—15财年", "2014-07-01", "2015-06-30"},
		{"2006年1-8月累计", "2006-01-01", "2006-08-31"},
		{"2006.1-2006.8", "2006-01-01", "2006-08-31"},
		{"2006.1.1-8.31", "2006-01-01", "2006-08-31"},
		{"200601-200608", "2006-01-01", "2006-08-31"},
		{"2006年第1-4周", "2006-01-02", "2006-01-29"},
		{"2006/5/9 0:00", "2006-05-09", "2006-05-09"},
		{"2006-05-09 00:00:00", "2006-05-09", "2006-05-09"},
		{"民国112年", "2023-01-01", "2023-12-31"},
		{"民國112年5月", "2023-05-01", "2023-05-31"},
		{"民国一百一十二年", "2023-01-01", "2023-12-31"},
		{"民国元年", "1912-01-01", "1912-12-31"},
		{"2006-W05", "2006-01-30", "2006-02-05"},
		{"2006W05", "2006-01-30", "2006-02-05"},
		{"2006年第5周", "2006-01-30", "2006-02-05"},
		{"2020-W53", "2020-12-28", "2021-01-03"},
		{"2006\u200b年\ufeff", "2006-01-01", "2006-12-31"},
	} {
		p, err := Parse(tt.text, Options{FinancialYearStart: 7})
		if err != nil {
			t.Errorf("Parse(%q): %v", tt.text, err)
			continue
		}
		if p.Start.String() != tt.start || p.End.String() != tt.end || p.Text != tt.text || p.AsOf {
			t.Errorf("Parse(%q) = %v to %v %+v, want %s to %s", tt.text, p.Start, p.End, p, tt.start, tt.end)
		}
	}
}

func TestParseAsOf(t *testing.T) {
	for text, day := range map[string]string{
		"截至2026年5月":     "2026-05-31",
		"截至2026年5月31日":  "2026-05-31",
		"截止2026-05-31":  "2026-05-31",
		"截止到2026年5月30日": "2026-05-30",
		"截至2025年底":      "2025-12-31",
		"2025年底":        "2025-12-31",
		"2026年5月末":      "2026-05-31",
	} {
		p, err := Parse(text, Options{})
		if err != nil || !p.AsOf || p.End.String() != day || p.Start != p.End {
			t.Errorf("Parse(%q) = %v to %v, as of %v, %v; want %s", text, p.Start, p.End, p.AsOf, err, day)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ text, zh, en string }{
		{"", "不是能识别的期间", "not a period"},
		{"合计", "不是能识别的期间", "not a period"},
		{"05", "没有写明年份", "no year"},
		{"1-8月", "没有写明年份", "no year"},
		{"第一季度", "没有写明年份", "no year"},
		{"06年", "两位数", "two digits"},
		{"06年5月", "两位数", "two digits"},
		{"44927", "序列号", "serial number"},
		{"2006-13", "不存在", "not exist in the calendar"},
		{"2006年13月", "不存在", "not exist in the calendar"},
		{"2006年2月30日", "不存在", "not exist in the calendar"},
		{"20060230", "不存在", "not exist in the calendar"},
		{"2006年第五季度", "不存在", "not exist in the calendar"},
		{"2005-W53", "不存在", "not exist in the calendar"},
		{"2006年8-1月", "早于", "before it starts"},
		{"2023-03-17/2023-01-09", "早于", "before it starts"},
		{"2014-15", "两种读法", "two readings"},
		{"2010/11", "两种读法", "two readings"},
		{"2014-2015", "两种读法", "two readings"},
		{"2014-2015年度", "两种读法", "two readings"},
		{"2014—2015年度", "两种读法", "two readings"},
		{"2014/2015", "两种读法", "two readings"},
		{"2006.1", "10月", "October"},
		{"2014~15", "不是能识别的期间", "not a period"},
		{"2006/5/9 8:30", "不是能识别的期间", "not a period"},
		{"2014财年", "两种读法", "two readings"},
		{"01/02/2006", "两种读法", "two readings"},
		{"1850年", "1900年至2200年", "outside 1900 to 2200"},
		{"2201", "1900年至2200年", "outside 1900 to 2200"},
		{"2006 05", "不是能识别的期间", "not a period"},
		{"2006年1-8", "不是能识别的期间", "not a period"},
		{"2006年1月-2季度", "不是能识别的期间", "not a period"},
		{"2006~05", "不是能识别的期间", "not a period"},
		{strings.Repeat("2006年", 100), "不是能识别的期间", "not a period"},
	} {
		p, err := Parse(tt.text, Options{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%q) = %v to %v, want an *Error", tt.text, p.Start, p.End)
			continue
		}
		if !strings.Contains(e.Message.ZH, tt.zh) || !strings.Contains(e.Message.EN, tt.en) {
			t.Errorf("Parse(%q) says %q / %q, want %q / %q", tt.text, e.Message.ZH, e.Message.EN, tt.zh, tt.en)
		}
		if e.Hint.ZH == "" || e.Hint.EN == "" {
			t.Errorf("Parse(%q) has no hint", tt.text)
		}
	}
	if _, err := Parse("44927", Options{}); !strings.Contains(err.(*Error).Hint.ZH, "2023-01-01") {
		t.Errorf("the hint does not say which day: %v", err.(*Error).Hint)
	}
}

func parse(t *testing.T, text string) Period {
	t.Helper()
	p, err := Parse(text, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPartial(t *testing.T) {
	for _, tt := range []struct {
		text string
		f    Frequency
		want Span
	}{
		{"2005年", Yearly, Whole},
		{"2006年1-8月", Yearly, Partial},
		{"2014/15", Yearly, Whole},
		{"2003-2005年", Yearly, Longer},
		{"2003年1月至2006年8月", Yearly, Longer},
		{"2005年", Monthly, Longer},
		{"2005年5月", Monthly, Whole},
		{"2005年5月1-30日", Monthly, Partial},
		{"2005年5月1-31日", Monthly, Whole},
		{"2005年1-2月", Quarterly, Partial},
		{"2005年2-4月", Quarterly, Partial},
		{"2005年上半年", Quarterly, Longer},
		{"2005年第一季度", HalfYearly, Partial},
		{"2006-W05", Weekly, Whole},
		{"2006年2月1-7日", Weekly, Partial},
		{"2006年2月1日", Daily, Whole},
		{"2006年1-8月", Irregular, Whole},
		{"2006年1-8月", Monthly, Longer},
		{"2006年5月", Weekly, Longer},
		{"2006-W05", Daily, Longer},
		{"2006年1-2月", HalfYearly, Partial},
		{"截至2006年5月", Yearly, Whole},
	} {
		if got := parse(t, tt.text).Span(tt.f); got != tt.want {
			t.Errorf("%s among %v: %v, want %v", tt.text, tt.f, got, tt.want)
		}
	}
}

func TestMeasures(t *testing.T) {
	for _, tt := range []struct {
		text         string
		f            Frequency
		months, days int
	}{
		{"2005年", Yearly, 12, 365},
		{"2014/15", Yearly, 12, 365},
		{"2006年1-8月", Irregular, 8, 243},
		{"2003年1月至2006年8月", Irregular, 44, 1339},
		{"2023-01-09/2023-03-17", Irregular, 0, 68},
		{"2006年下半年", HalfYearly, 6, 184},
		{"2006年第二季度", Quarterly, 3, 91},
		{"2006年5月", Monthly, 1, 31},
		{"2006-W05", Weekly, 0, 7},
		{"2006-05-09", Daily, 0, 1},
		{"截至2026年5月", Irregular, 0, 1},
	} {
		p := parse(t, tt.text)
		if p.Frequency() != tt.f || p.Months() != tt.months || p.Days() != tt.days {
			t.Errorf("%s: %v, %d months, %d days", tt.text, p.Frequency(), p.Months(), p.Days())
		}
	}
}

func TestLike(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"2005年", "2006年", true},
		{"2005年", "2003年", true},
		{"2005年", "2005年", false},
		{"2005年", "2006年1-8月", false},
		{"2005年1-8月", "2006年1-8月", true},
		{"2005年1-7月", "2006年1-8月", false},
		{"2007年2月", "2008年2月", true},
		{"2006年5月", "2006年6月", false},
		{"2006年5月9日", "2007年5月9日", true},
		{"2006-W05", "2007-W05", true},
		{"2006-W05", "2007-W06", false},
		{"截至2005年5月", "截至2006年5月", true},
		{"截至2005年5月", "2006年5月31日", false},
	} {
		a, b := parse(t, tt.a), parse(t, tt.b)
		if Like(a, b) != tt.want || Like(b, a) != tt.want {
			t.Errorf("Like(%s, %s) is not %v", tt.a, tt.b, tt.want)
		}
	}
}

func TestLastYear(t *testing.T) {
	for text, want := range map[string]string{
		"2006年": "2005年", "2006年1-8月": "2005年1—8月", "2008年2月": "2007年2月", "2009年2月": "2008年2月",
		"2008年2月29日": "2007年2月28日", "2006-W05": "2005年1月31日—2月6日", "2020-W53": "", "截至2026年5月": "截至2025年5月31日",
	} {
		got := parse(t, text).LastYear()
		if want == "" && got.IsZero() {
			continue
		}
		if want := parse(t, want); got.Start != want.Start || got.End != want.End || got.AsOf != want.AsOf {
			t.Errorf("the year before %s is %v, want %v", text, got, want)
		}
	}
}

func TestParseFrequency(t *testing.T) {
	for f := Irregular; f <= Daily; f++ {
		if got, ok := ParseFrequency(f.String()); !ok || got != f {
			t.Errorf("ParseFrequency(%q) = %v, %v", f, got, ok)
		}
	}
	if _, ok := ParseFrequency("anually"); ok {
		t.Error("anually is read")
	}
}

func TestParseDate(t *testing.T) {
	if d, ok := ParseDate("2024-02-29"); !ok || d.String() != "2024-02-29" {
		t.Error(d, ok)
	}
	for _, text := range []string{"", "2023-02-29", "2023-2-09", "2023/02/09", "2023-02-09 ", "1899-01-01", "2023-+2-09"} {
		if d, ok := ParseDate(text); ok {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

func TestParseDay(t *testing.T) {
	want := NewDate(2026, 1, 5)
	for text, ok := range map[string]bool{"2026-01-05": true, "2026年1月5日": true, "2026": false, "2026年1月": false, "截至2026年1月5日": false, "2026-02-30": false, "明天": false} {
		if d, got := ParseDay(text); got != ok || ok && d != want {
			t.Errorf("%q: %v %v", text, d, got)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string][2]string{
		"2026/盗窃":                    {"2026-01-01/2026-12-31", "盗窃"},
		"2014/15 / 城关 /盗窃":           {"2014-04-01/2015-03-31", "城关/盗窃"},
		"2023-01-09/2023-03-17/意见建议": {"2023-01-09/2023-03-17", "意见建议"},
		"截至2026年5月31日":               {"../2026-05-31", ""},
	} {
		p, rest, err := Cut(text, Options{FinancialYearStart: 4})
		if err != nil || p.Interval() != want[0] || rest != want[1] {
			t.Errorf("%q: %v %q %v", text, p, rest, err)
		}
	}
	if p, rest, err := Cut("合计 / 盗窃", Options{}); err == nil || !p.IsZero() || rest != "合计/盗窃" {
		t.Errorf("no period: %v %q %v", p, rest, err)
	}
}

func TestCommonFormsDoNotAllocate(t *testing.T) {
	for _, text := range []string{"2005", "2005年", "2006年5月", "2006年12月", "2006-05", "2006-05-09"} {
		if n := testing.AllocsPerRun(100, func() { Parse(text, Options{}) }); n != 0 {
			t.Errorf("%s: %v allocations", text, n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"2005", "2005年", "2006年1-8月", "2006年1～8月", "2006年前8个月", "2006年前三季度", "2006Q1", "2006-W05", "2006年第5周",
		"2023-01-09/2023-03-17", "2023年1月9日至3月17日", "截至2026年5月31日", "2014/15财年", "民国112年5月", "二〇〇六年十二月二十一日",
		"2003-2005年", "44927", "01/02/2006", "2010/11", "２００６年１２月", "2200/01财年", "2006年5月1-7日",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text, Options{})
		if err != nil {
			if e := err.(*Error); e.Message.ZH == "" || e.Message.EN == "" || e.Hint.ZH == "" || e.Hint.EN == "" {
				t.Fatalf("%q is refused without a word", text)
			}
			return
		}
		if p.Start > p.End || p.AsOf && p.Start != p.End {
			t.Fatalf("%q is %v to %v", text, p.Start, p.End)
		}
		if last := p.LastYear(); !last.IsZero() && !Like(last, p) && p.Start.String()[5:] != "02-29" && p.End.String()[5:] != "02-29" {
			t.Fatalf("%q is not like the year before, %v to %v", text, last.Start, last.End)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"2006-05", "2005年", "2006年5月", "2006-05-09", "2006年1-8月", "2023年1月9日至3月17日"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(text, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
