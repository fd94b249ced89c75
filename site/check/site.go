package check

import (
	"net/url"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Site holds the settings against what every site needs: who it is of, an address
// that is one, and thresholds that can be crossed.
func Site(s bureau.Site) problem.List {
	var problems problem.List
	top := problem.Position{File: bureau.SiteKind.File(), Line: 1, Column: 1}
	if s.At.Line > 0 { // else the file could not be read
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
			problem.Say("网站地址“%s”不是完整的网址", "the base URL \"%s\" is not a complete address", problem.Quote(s.BaseURL.V)),
			problem.Say("写成完整的网址，例如 https://www.example.gov.cn/", "write a complete address, such as https://www.example.gov.cn/"))
	}
	if _, ok := s.Zone(); !ok {
		problems.Error(s.TimeZone.At, problem.SiteTimeZone,
			problem.Say("没有“%s”这个时区", "there is no time zone \"%s\"", problem.Quote(s.TimeZone.V)),
			problem.Say("写 Asia/Shanghai、Asia/Urumqi 这样的时区名称；删去这一行，就是 Asia/Shanghai", "write the name of a zone, such as Asia/Shanghai or Asia/Urumqi; without this line it is Asia/Shanghai"))
	}
	if _, known := bureau.ApprovalWords.Of(s.Approval.V); s.Approval.Given() && !known {
		problems.Error(s.Approval.At, problem.SiteApproval,
			problem.Say("公开前审批写了“%s”", `approval is "%s"`, problem.Quote(s.Approval.V)), bureau.ApprovalWords.Hint(s.Approval.V))
	}
	f, d := s.Freshness, s.Suggestions.Days
	for _, v := range []bureau.Int{
		f.Notices, f.Guides, f.Statistics, f.Newest, f.Notice, f.Together, s.Figures.NoPercentBelow, s.Figures.NoteBelow,
		s.Disclosure.Threshold, s.Disclosure.Sensitive, d.Discuss, d.Plan, d.Supervise, d.Answer, d.Publish,
	} {
		if v.V < 0 {
			problems.Error(v.At, problem.SiteThreshold,
				problem.Say("界限不能小于0，现为%d", "a threshold cannot be below 0: %d", v.V),
				problem.Say("写0或更大的整数", "write 0 or more"))
		}
	}
	return problems
}
