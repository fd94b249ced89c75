package locale

import (
	"testing"

	"sunshine/site/period"
	"sunshine/site/problem"
)

var zh, en = Builtin(problem.Chinese), Builtin(problem.English)

func parsePeriod(t *testing.T, text string) period.Period {
	t.Helper()
	p, err := period.Parse(text, period.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLabel(t *testing.T) {
	for _, tt := range []struct{ text, zh, shortZH, en, shortEN string }{
		{"2006", "2006年", "2006", "2006", "2006"},
		{"2006.1-8", "2006年1—8月", "06年1—8月", "Jan–Aug 2006", "Jan–Aug 06"},
		{"2006-05", "2006年5月", "06年5月", "May 2006", "May 06"},
		{"2006Q1", "2006年第一季度", "06年第一季度", "Q1 2006", "Q1 06"},
		{"2006H2", "2006年下半年", "06年下半年", "H2 2006", "H2 06"},
		{"2006-05-09", "2006年5月9日", "06年5月9日", "9 May 2006", "9 May 06"},
		{"2023-01-09/2023-03-17", "2023年1月9日—3月17日", "23年1月9日—3月17日", "9 Jan – 17 Mar 2023", "9 Jan – 17 Mar 23"},
		{"2003年1月至2006年8月", "2003年1月—2006年8月", "03年1月—06年8月", "Jan 2003 – Aug 2006", "Jan 03 – Aug 06"},
		{"2003-2005年", "2003—2005年", "2003—2005年", "2003–2005", "2003–2005"},
		{"截至2026年5月", "截至2026年5月31日", "截至26年5月31日", "as at 31 May 2026", "as at 31 May 26"},
	} {
		p := parsePeriod(t, tt.text)
		got := [4]string{zh.Label(p), zh.Short(p), en.Label(p), en.Short(p)}
		if got != [4]string{tt.zh, tt.shortZH, tt.en, tt.shortEN} {
			t.Errorf("%s is named %q", tt.text, got)
		}
	}
}

// What a partial period falls short of is said in words, whatever the frequency.
func TestPartial(t *testing.T) {
	for _, tt := range []struct {
		text      string
		span      period.Span
		frequency period.Frequency
		zh, en    string
	}{
		{"2006年1-8月", period.Partial, period.Yearly, "不满一年：1—8月", "less than a year: Jan–Aug"},
		{"2006年5月", period.Partial, period.Irregular, "不满一期：5月", "less than a period: May"},
		{"2006年上半年", period.Partial, period.Yearly, "不满一年：上半年", "less than a year: H1"},
		{"2005年11月至2006年2月", period.Partial, period.Yearly, "不满一年", "less than a year"},
		{"2006年1-8月", period.Longer, period.Monthly, "超过一个月：1—8月", "more than a month: Jan–Aug"},
	} {
		p := parsePeriod(t, tt.text)
		if got := [2]string{zh.Unlike(p, tt.span, tt.frequency), en.Unlike(p, tt.span, tt.frequency)}; got != [2]string{tt.zh, tt.en} {
			t.Errorf("%s: %q", tt.text, got)
		}
	}
}

// Parse reads a Chinese label back.
func FuzzLabel(f *testing.F) {
	for _, text := range []string{
		"2005", "2006年1-8月", "2006Q1", "2006-W05", "2023-01-09/2023-03-17", "截至2026年5月31日", "2014/15财年", "2003-2005年", "2200/01财年", "2006年5月1-7日",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := period.Parse(text, period.Options{})
		if err != nil {
			return
		}
		label := zh.Label(p)
		q, fault := period.Parse(label, period.Options{})
		if fault != nil || q.Start != p.Start || q.End != p.End || q.AsOf != p.AsOf {
			t.Fatalf("%q is named %q, which is %v to %v, %v", text, label, q.Start, q.End, fault)
		}
		zh.Short(p)
		en.Short(p)
		en.Label(p)
	})
}
