package load

import (
	"net/url"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// What holds where site.yaml does not say it.
const (
	defaultLanguage           = "zh-CN"
	defaultFinancialYearStart = 4  // April
	defaultNoticeDays         = 14 // without a new notice
	defaultDisclosure         = 5  // counts of persons from 1 to 4 are hidden
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
)

// Site reads site.yaml and fills in what it leaves out.
func Site(file string, data []byte) (bureau.Site, problem.List) {
	var s bureau.Site
	problems := settings(file, data, &s)

	top := problem.Position{File: file, Line: 1, Column: 1}
	if s.At.Line > 0 {
		if s.Title.V == "" {
			problems.Error(top, problem.SiteTitle,
				problem.Say("没有网站名称", "the site has no title"),
				problem.Say("加一行“title: 某某市公安局阳光警务”", "add a line \"title: …\""))
		}
		if s.Organization.V == "" {
			problems.Error(top, problem.SiteOrganization,
				problem.Say("没有单位名称", "the site names no organization"),
				problem.Say("加一行“organization: 某某市公安局”", "add a line \"organization: …\""))
		}
	}
	if u, err := url.Parse(s.BaseURL.V); s.BaseURL.V != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		problems.Error(s.BaseURL.At, problem.SiteBaseURL,
			problem.Say("网站地址“%s”不是完整的网址", "the base URL \"%s\" is no complete address", problem.Quote(s.BaseURL.V)),
			problem.Say("写成 https://www.example.gov.cn/ 的样子", "write it like https://www.example.gov.cn/"))
	}
	if s.Language.V == "" {
		s.Language.V = defaultLanguage
	}
	if !s.FinancialYearStart.Given() {
		s.FinancialYearStart.V = defaultFinancialYearStart
	} else if m := s.FinancialYearStart.V; m < 1 || m > 12 {
		problems.Error(s.FinancialYearStart.At, problem.SiteMonth,
			problem.Say("财政年度起始月应为 1 到 12，现为 %d", "the first month of the financial year is 1 to 12, not %d", m),
			problem.Say("例如 4 表示四月", "4 stands for April"))
		s.FinancialYearStart.V = defaultFinancialYearStart
	}
	threshold(&s.Freshness.Notices, defaultNoticeDays, &problems)
	threshold(&s.Freshness.Guides, defaultReviewDays, &problems)
	threshold(&s.Freshness.Statistics, 0, &problems)
	threshold(&s.Freshness.Newest, defaultNewestDays, &problems)
	threshold(&s.Freshness.Notice, min(defaultFirstNotice, s.Freshness.Newest.V), &problems)
	threshold(&s.Freshness.Together, defaultTogether, &problems)
	threshold(&s.Figures.NoPercentBelow, defaultNoPercentBelow, &problems)
	threshold(&s.Figures.NoteBelow, max(defaultNoteBelow, s.Figures.NoPercentBelow.V), &problems)
	threshold(&s.Disclosure.Threshold, defaultDisclosure, &problems)
	threshold(&s.Disclosure.Sensitive, max(defaultSensitive, s.Disclosure.Threshold.V), &problems)
	days := &s.Suggestions.Days
	threshold(&days.Discuss, defaultDiscussDays, &problems)
	threshold(&days.Plan, defaultPlanDays, &problems)
	threshold(&days.Supervise, defaultSuperviseDays, &problems)
	threshold(&days.Answer, defaultAnswerDays, &problems)
	threshold(&days.Publish, defaultPublishDays, &problems)
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

// threshold gives a number its default and refuses a negative one.
func threshold(v *bureau.Int, standard int, problems *problem.List) {
	if !v.Given() {
		v.V = standard
	} else if v.V < 0 {
		problems.Error(v.At, problem.SiteThreshold,
			problem.Say("界限不能小于 0，现为 %d", "a threshold is not below 0: %d", v.V),
			problem.Say("写 0 或更大的整数", "write 0 or more"))
		v.V = standard
	}
}
