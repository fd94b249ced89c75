package check

import (
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// heard makes a bureau with a list of inquiries or of applications.
func heard(t *testing.T, settings, inquiries, requests string) *bureau.Bureau {
	t.Helper()
	site, problems := load.Site("data/site.yaml", []byte("title: 甲\ninquiries: {channels: [{name: 网上信箱, to: a@b.gov.cn}]}\n"+settings))
	b := &bureau.Bureau{Site: site, Units: []bureau.Unit{{ID: bureau.String{V: "dong"}, Name: bureau.String{V: "东路派出所"}}}}
	var more problem.List
	b.Inquiries, more = load.Inquiries("data/inquiries/2026.csv", []byte("编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\n"+inquiries))
	problems = append(problems, more...)
	b.Requests, more = load.Requests("data/requests/2026.csv", []byte("编号,收到日期,申请人类别,补正日期,延期告知日期,答复日期,答复结果\n"+requests))
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	return b
}

// heardFaults gives each problem as its place, severity and rule, with the words that are asked for.
func heardFaults(problems problem.List) string {
	var lines []string
	for _, p := range problems {
		lines = append(lines, strings.TrimPrefix(p.Position.String(), "data/")+" "+p.Severity.String()+" "+p.Rule.String()+" "+p.Message.ZH)
	}
	return strings.Join(lines, "\n")
}

func TestInquiries(t *testing.T) {
	asOf := period.NewDate(2026, time.October, 31)
	for _, tt := range []struct{ name, rows, want string }{
		{"answered, not public", "1,2026-10-12,,,,2026-10-14,,否", ""},
		{"nothing said is not public", "1,2026-10-12,,,,2026-10-14,,", ""},
		{"open in time", "1,2026-10-23,,,,,,", ""},                      // Friday; the seventh working day is 3 November
		{"the last day", "1,2026-10-22,,,,,,", ""},                      // the seventh is 2 November
		{"overdue", "1,2026-10-20,,,,,,", "2026-10-29前答复（7个工作日），已逾期2天"}, // the seventh is 29 October
		{"three months", "1,2026-07-31,,,,,,", "单项否决"},
		{"a day less", "1,2026-08-01,,,,,,", "已逾期"},
		{"public without words", "1,2026-10-28,换领,,,,,是", "没有问题、答复"},
		{"unknown office", "1,2026-10-28,,,西路派出所,2026-10-29,,否", "units.csv 里没有“西路派出所”"},
		{"known office", "1,2026-10-28,,,东路派出所,2026-10-29,,否", ""},
		{"answered before", "1,2026-10-28,,,,2026-10-27,,否", "早于收到日期"},
		{"answered to come", "1,2026-10-28,,,,2026-11-27,,否", "晚于今天"},
		{"answer without a day", "1,2026-10-28,,,,,可以,否", "没有答复日期"},
		{"one number twice", "1,2026-10-28,,,,2026-10-29,,否\n1,2026-10-28,,,,2026-10-29,,否", "重复"},
	} {
		got := heardFaults(Inquiries(heard(t, "", tt.rows, ""), asOf))
		if got == "" != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %q", tt.name, got, tt.want)
		}
	}
	b := heard(t, "", "1,2026-10-12,,,,2026-10-14,,否", "")
	b.Site.Inquiries.Channels[0].To.V = "示范路1号"
	if got := heardFaults(Inquiries(b, asOf)); !strings.Contains(got, "没有网上的咨询建言渠道") {
		t.Errorf("no channel on the web: %s", got)
	}
	b.Site.Inquiries.Channels[0].To.V = "javascript://x"
	if got := heardFaults(Inquiries(b, asOf)); !strings.Contains(got, "address/form") {
		t.Errorf("an address that is none: %s", got)
	}
}

func TestRequests(t *testing.T) {
	asOf := period.NewDate(2026, time.October, 31)
	const holidays = "calendar: {holidays: [2026-10-01至2026-10-07], workdays: [2026-10-10]}\n"
	for _, tt := range []struct{ name, rows, want string }{
		{"in time", "1,2026-09-01,自然人,,,2026-09-29,予以公开", ""},
		{"late", "1,2026-09-01,自然人,,,2026-09-30,予以公开", "逾期1天"},
		{"holidays do not count", "1,2026-09-25,自然人,,,2026-10-29,予以公开", ""},
		{"the day after", "1,2026-09-25,自然人,,,2026-10-30,予以公开", "逾期1天"},
		{"extended", "1,2026-09-01,自然人,,2026-09-20,2026-10-27,予以公开", ""},
		{"extended too late", "1,2026-09-01,自然人,,2026-09-30,2026-10-10,予以公开", "才告知延期"},
		{"complete later", "1,2026-09-01,自然人,2026-09-10,,2026-10-13,予以公开", ""},
		{"open", "1,2026-10-12,自然人,,,,", ""},
		{"overdue", "1,2026-09-01,自然人,,,,", "已逾期"},
		{"no result", "1,2026-10-12,自然人,,,2026-10-13,", "没有写答复结果"},
		{"no day", "1,2026-10-12,自然人,,,,予以公开", "没有答复日期"},
		{"who is that", "1,2026-10-12,外星人,,,,", "没有“外星人”"},
		{"completed before", "1,2026-10-12,自然人,2026-10-10,,,", "不在收到申请和答复之间"},
	} {
		got := heardFaults(Requests(heard(t, holidays, "", tt.rows), asOf))
		if got == "" != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s, want %q", tt.name, got, tt.want)
		}
	}
	if got := heardFaults(Requests(heard(t, "", "", "1,2026-09-01,自然人,,,2026-09-30,予以公开"), asOf)); !strings.Contains(got, "没有写2026年的节假日") {
		t.Errorf("no holidays: %s", got)
	}
	b := heard(t, "", "", "1,2025-09-01,自然人,,,2025-09-08,予以公开\n2,2025-12-30,商业企业,,,2026-01-08,予以公开")
	b.Annual = annuals(t, map[string]string{"2025": annualReport}).Annual
	got := heardFaults(Requests(b, asOf))
	for _, want := range []string{"“自然人”一列本年新收写的是12件，申请台账里是1件", "“商业企业”一列本年新收写的是2件，申请台账里是1件", "“自然人”一列结转下年度写的是1件，申请台账里是0件", "“商业企业”一列结转下年度写的是0件，申请台账里是1件"} {
		if !strings.Contains(got, want) {
			t.Errorf("the annual report: %s, want %s", got, want)
		}
	}
}
