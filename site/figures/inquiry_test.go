package figures_test

import (
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/period"
)

func TestAnswers(t *testing.T) {
	site, _ := load.Site("data/site.yaml", []byte("title: 甲\ncalendar: {holidays: [2026-10-01至2026-10-07]}\n"))
	b := &bureau.Bureau{Site: site}
	b.Inquiries, _ = load.Inquiries("data/inquiries/2026.csv", []byte("编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\n"+
		"1,2026-09-01,,,,2026-09-03,,否\n2,2026-09-28,,,,2026-10-08,,否\n3,2026-09-01,,,,2026-09-30,,否\n4,2026-09-14,,,,,,否\n5,2026-10-28,,,,,,否\n"))
	asOf := period.NewDate(2026, 10, 31)
	a := figures.CountInquiries(b, asOf)
	// 2, 3 (the holidays do not count) and 21 working days; 4 was due on 23 September.
	if a.Received != 5 || a.Answered != 3 || a.InTime != 2 || a.Open != 2 || a.Overdue != 1 || a.Median2 != 6 || a.Longest != 21 || a.From != period.NewDate(2026, 9, 1) {
		t.Errorf("%+v", a)
	}
	b.Requests, _ = load.Requests("data/requests/2026.csv", []byte("编号,收到日期,申请人类别,补正日期,延期告知日期,答复日期,答复结果\n"+
		"1,2025-12-30,自然人,,,2026-01-09,予以公开\n2,2026-03-02,自然人,,,2026-04-01,部分公开\n3,2026-03-02,自然人,,2026-03-20,2026-04-01,予以公开\n4,2026-03-02,自然人,2026-03-10,,2026-04-01,予以公开\n5,1900-01-01,自然人,,,,\n"))
	a = figures.CountRequests(b, 2026, asOf)
	// Twenty working days after 2 March end on 30 March.
	if a.Received != 3 || a.Answered != 3 || a.InTime != 2 || a.Median2 != 44 || a.Results[0] != 2 || a.Results[1] != 1 {
		t.Errorf("%+v", a)
	}
	if due := figures.RequestDue(b, &b.Requests[4]); due != period.NewDate(1900, 1, 29) {
		t.Errorf("an application of 1900 is due on %s", due)
	}
	q := bureau.Inquiry{Received: bureau.Date{V: period.NewDate(2026, 11, 30)}}
	if day := figures.InquiryNoAnswer(&q); day != period.NewDate(2027, 2, 28) {
		t.Errorf("three months after 30 November: %s", day)
	}
}
