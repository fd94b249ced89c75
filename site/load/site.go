package load

import (
	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// What holds where site.yaml does not say it.
const (
	defaultFinancialYearStart = 4   // April
	defaultNoticeDays         = 14  // without a new notice
	defaultPolicyDays         = 180 // without a new policy document
	defaultDisclosure         = 5   // counts of persons from 1 to 4 are hidden
	defaultSensitive          = 10
	defaultReviewDays         = 180 // between two verifications of a guide
	defaultNewestDays         = 14  // without anything new
	defaultFirstNotice        = 10  // days, before that
	defaultTogether           = 5   // columns
	defaultNoPercentBelow     = 20
	defaultNoteBelow          = 50
	defaultDiscussDays        = 7 // from the receipt of a matter
	defaultPlanDays           = 15
	defaultSuperviseDays      = 30
	defaultAnswerDays         = 60
	defaultPublishDays        = 70
	defaultInquiryDays        = 7  // working days
	defaultRequestDays        = 20 // working days: article 33 of the regulation
	defaultExtension          = 20
)

// Site reads site.yaml and fills in what it leaves out.
func Site(file string, data []byte) (bureau.Site, problem.List) {
	var s bureau.Site
	problems := settings(file, data, &s)

	if s.Language.V == "" {
		s.Language.V = locale.Reference
	}
	if !s.FinancialYearStart.Given() {
		s.FinancialYearStart.V = defaultFinancialYearStart
	} else if m := s.FinancialYearStart.V; m < 1 || m > 12 { // no period of such a year could be read
		problems.Error(s.FinancialYearStart.At, problem.SiteMonth,
			problem.Say("财政年度起始月应为1至12，现为%d", "the first month of the financial year is 1 to 12, not %d", m),
			problem.Say("写1至12的一个数，例如4表示四月", "write a number from 1 to 12; 4 stands for April"))
		s.FinancialYearStart.V = defaultFinancialYearStart
	}
	threshold(&s.Freshness.Notices, defaultNoticeDays)
	threshold(&s.Freshness.Guides, defaultReviewDays)
	threshold(&s.Freshness.Policies, defaultPolicyDays)
	threshold(&s.Freshness.Statistics, 0)
	threshold(&s.Freshness.Newest, defaultNewestDays)
	threshold(&s.Freshness.Notice, min(defaultFirstNotice, s.Freshness.Newest.V))
	threshold(&s.Freshness.Together, defaultTogether)
	threshold(&s.Figures.NoPercentBelow, defaultNoPercentBelow)
	threshold(&s.Figures.NoteBelow, max(defaultNoteBelow, s.Figures.NoPercentBelow.V))
	threshold(&s.Disclosure.Threshold, defaultDisclosure)
	threshold(&s.Disclosure.Sensitive, max(defaultSensitive, s.Disclosure.Threshold.V))
	days := &s.Suggestions.Days
	threshold(&days.Discuss, defaultDiscussDays)
	threshold(&days.Plan, defaultPlanDays)
	threshold(&days.Supervise, defaultSuperviseDays)
	threshold(&days.Answer, defaultAnswerDays)
	threshold(&days.Publish, defaultPublishDays)
	threshold(&s.Inquiries.Days, defaultInquiryDays)
	threshold(&s.Requests.Days, defaultRequestDays)
	threshold(&s.Requests.Extension, defaultExtension)
	for _, days := range []*bureau.Int{&s.Inquiries.Days, &s.Requests.Days, &s.Requests.Extension} {
		if days.V < 1 || days.V > longestAnswer {
			problems.Error(days.At, problem.SiteThreshold, problem.Say("期限应为1至%[2]d个工作日，现为%[1]d", "a time limit is 1 to %[2]d working days, not %[1]d", days.V, longestAnswer),
				problem.Say("写1至%d的一个数", "write a number from 1 to %d", longestAnswer))
			days.V = 1
		}
	}
	calendar(&s.Calendar, &problems)
	form(&s.Rules.SiteCode, defaultSiteCode)
	form(&s.Rules.ICP, defaultICP)
	form(&s.Rules.PoliceRecord, defaultPoliceRecord)
	if len(s.Suggestions.Ledgers) == 0 {
		for _, name := range defaultLedgers {
			s.Suggestions.Ledgers = append(s.Suggestions.Ledgers, bureau.String{V: name})
		}
	}
	return s, problems
}

// The forms of the numbers at the foot of a page, as regular expressions.
const (
	defaultSiteCode     = `bm\d{8}|\d{10}`
	defaultICP          = `.ICP备\d{8}号(-\d+)?`
	defaultPoliceRecord = `.公网安备\s?\d{14}号`
)

// form gives a regular expression its default.
func form(v *bureau.String, standard string) {
	if !v.Given() {
		v.V = standard
	}
}

// defaultLedgers are the three ledgers (三本账).
var defaultLedgers = [...]string{"意见建议", "利益诉求", "投诉举报"}

// calendar reads the days of the calendar, which may be written as periods.
func calendar(c *bureau.CalendarSettings, problems *problem.List) {
	days := func(said []bureau.String) map[period.Date]bool {
		all := map[period.Date]bool{}
		for _, v := range said {
			p, err := period.Parse(v.V, period.Options{})
			if err != nil || p.AsOf || p.End-p.Start > longestHoliday {
				problems.Error(v.At, problem.SiteCalendar,
					problem.Say("“%s”不是一天，也不是几天的起止", "\"%s\" is neither a day nor a few days", problem.Quote(v.V)),
					problem.Say("写成 2026-10-01，或者 2026-10-01至2026-10-07", "write it like 2026-10-01, or 2026-10-01至2026-10-07"))
				continue
			}
			for d := p.Start; d <= p.End; d++ {
				all[d] = true
			}
		}
		return all
	}
	c.Days = period.Calendar{Off: days(c.Holidays), On: days(c.Workdays)}
}

// longestAnswer is the most working days within which something is answered.
const longestAnswer = 250

// longestHoliday is the most days, less one, that are written at once; a month is none.
const longestHoliday = 20

// threshold gives a number its default.
func threshold(v *bureau.Int, standard int) {
	if !v.Given() {
		v.V = standard
	}
}
