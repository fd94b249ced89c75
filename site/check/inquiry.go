package check

import (
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Inquiries checks the inquiries as of a day: each has a number of its own and its day, a
// published one its words, an answer its day; and says which are answered late, or by
// nobody. A bureau that has any of this has ways to ask.
func Inquiries(b *bureau.Bureau, asOf period.Date) problem.List {
	var problems problem.List
	ids := serials{problem.InquiryID, map[string]problem.Position{}}
	units := bureau.UnitIndex(b.Units)
	for i := range b.Inquiries {
		q := &b.Inquiries[i]
		ids.once(&problems, q.ID, q.Name != "")
		answerDays(&problems, problem.InquiryDate, q.ID, q.Received, q.Answered, asOf)
		if q.Public {
			inquiryText(&problems, q)
		}
		if q.Answer.V != "" && !q.Answered.Given() {
			problems.Error(q.Answer.At, problem.InquiryDate, problem.Say("写了答复，却没有答复日期", "there is an answer, but no day of it"),
				problem.Say("写上答复日期，例如 %s", "write the day of the answer, such as %s", asOf))
		}
		if _, known := units[q.Unit.V]; !known && q.Unit.V != "" && len(b.Units) > 0 {
			problems.Error(q.Unit.At, problem.InquiryUnit,
				problem.Say("units.csv 里没有“%s”", "units.csv has no \"%s\"", problem.Quote(q.Unit.V)), unitHint(q.Unit.V, b.Units))
		}
		if q.Received.Given() {
			inquiryLate(&problems, b, q, asOf)
		}
	}
	problems = append(problems, channels(b)...)
	return problems
}

// inquiryText asks for what a published inquiry says.
func inquiryText(problems *problem.List, q *bureau.Inquiry) {
	var zh, en []string
	for _, part := range []struct {
		text   bureau.String
		zh, en string
	}{{q.Subject, "标题", "subject"}, {q.Question, "问题", "question"}, {q.Answer, "答复", "answer"}} {
		if strings.TrimSpace(part.text.V) == "" {
			zh, en = append(zh, part.zh), append(en, part.en)
		}
	}
	if len(zh) > 0 {
		problems.Error(q.Publish.At, problem.InquiryText,
			problem.Text{ZH: "这一件写明公开，却没有" + strings.Join(zh, "、"), EN: "it is to be published, but has no " + strings.Join(en, ", ")},
			problem.Say("补上；还没有答复的，“是否公开”先写“否”", "add it; as long as there is no answer, write no under publish"))
	}
}

// inquiryLate says that an inquiry waits, or waited, too long for its answer.
func inquiryLate(problems *problem.List, b *bureau.Bureau, q *bureau.Inquiry, asOf period.Date) {
	due, nobody := figures.InquiryDue(b, q), figures.InquiryNoAnswer(q)
	answer := problem.Say("答复以后，写上答复日期和答复", "answer it, and write the day and the answer")
	switch {
	case q.Answered.Given():
		if q.Answered.V > due && asOf-q.Answered.V <= 365 {
			problems.Warn(q.Answered.At, problem.InquiryTardy,
				problem.Say("%s才答复，应在%s前答复（%d个工作日），晚了%d天%s", "it was answered on %s, and due by %s (working days: %d); days late: %d%s", q.Answered.V, due, b.Site.Inquiries.Days.V, int(q.Answered.V-due), weekdays(b, due)),
				problem.Say("核对这两个日期；确实晚了的，照实保留，%s", "check both days; where it was late indeed, leave it as it is; %s", problem.Except(problem.InquiryTardy, q.ID.At.File)))
		}
	case asOf >= nobody:
		problems.Warn(q.ID.At, problem.InquiryLate,
			problem.Say("%s收到的咨询满三个月没有答复，网站检查时按“互动回应差”单项否决", "the inquiry of %s has had no answer for three months, which fails an inspection by itself", q.Received.V), answer)
	case due < asOf:
		problems.Warn(q.ID.At, problem.InquiryLate,
			problem.Say("%s收到的咨询应在%s前答复（%d个工作日），已逾期%d天%s", "the inquiry of %s was to be answered by %s (working days: %d); days overdue: %d%s", q.Received.V, due, b.Site.Inquiries.Days.V, int(asOf-due), weekdays(b, due)), answer)
	}
}

// WebChannel is the hint that says how to offer a way to ask on the web.
var WebChannel = problem.Say("在 site.yaml 的 inquiries（咨询建言）下面，channels（渠道）里加一项 {name: 网上信箱, to: 网址或者邮箱}；没有 inquiries 的，写一行 inquiries: {channels: [{name: 网上信箱, to: 网址或者邮箱}]}", "add {name: Letters, to: a web or mail address} to channels under inquiries of site.yaml; where there is none, write inquiries: {channels: [{name: Letters, to: a web or mail address}]}")

// channels asks for the ways to put a question, one of them on the web, and that each
// says where it leads.
func channels(b *bureau.Bureau) problem.List {
	var problems problem.List
	web := false
	for _, list := range [][]bureau.Channel{b.Site.Inquiries.Channels, b.Site.Requests.Channels} {
		for _, c := range list {
			if c.Name.V == "" || c.To.V == "" {
				problems.Error(c.At, problem.InquiryChannels, problem.Say("渠道缺少名称（name）或者联系方式（to）", "a channel lacks its name or where it leads (to)"),
					problem.Say("两样都写上，例如 {name: 电子邮箱, to: gongkai@shifan.gov.cn}", "write both, such as {name: Mail, to: gongkai@shifan.gov.cn}"))
			}
			if href := c.Href(); href != "" {
				address(&problems, problem.AddressForm, bureau.String{V: href, At: c.To.At})
			}
		}
	}
	for _, c := range b.Site.Inquiries.Channels {
		web = web || c.Href() != ""
	}
	used := len(b.Inquiries)+len(b.Requests)+len(b.Site.Inquiries.Channels) > 0
	if used && !web {
		problems.Warn(problem.Position{File: bureau.SiteKind.File(), Line: 1, Column: 1}, problem.InquiryChannels,
			problem.Say("没有网上的咨询建言渠道，网站检查时单项否决", "there is no way to ask on the web, which fails an inspection by itself"),
			WebChannel)
	}
	return problems
}

// Requests checks the applications for information as of a day: numbers, days, words;
// which were answered late; and whether an annual report says the same of its year.
func Requests(b *bureau.Bureau, asOf period.Date) problem.List {
	var problems problem.List
	ids := serials{problem.RequestID, map[string]problem.Position{}}
	for i := range b.Requests {
		r := &b.Requests[i]
		ids.once(&problems, r.ID, text.Slug(r.ID.V) != "")
		answerDays(&problems, problem.RequestDate, r.ID, r.Received, r.Answered, asOf)
		for _, d := range []bureau.Date{r.Completed, r.Extended} {
			future(&problems, d, asOf, problem.RequestDate)
			if d.Given() && r.Received.Given() && (d.V < r.Received.V || r.Answered.Given() && d.V > r.Answered.V) {
				problems.Error(d.At, problem.RequestDate,
					problem.Say("%s不在收到申请和答复之间", "%s is not between the application and its answer", d.V),
					problem.Say("核对这几个日期", "check these days"))
			}
		}
		requestWord(&problems, r.Applicant, bureau.RequestApplicants, r.ID, "申请人类别", "applicant")
		if r.Answered.Given() || r.Result.V != "" {
			requestWord(&problems, r.Result, bureau.RequestResults, r.ID, "答复结果", "result")
		}
		if r.Result.V != "" && !r.Answered.Given() {
			problems.Error(r.Result.At, problem.RequestDate, problem.Say("写了答复结果，却没有答复日期", "there is a result, but no day of the answer"),
				problem.Say("写上答复日期，例如 %s", "write the day of the answer, such as %s", asOf))
		}
		if r.Received.Given() {
			requestLate(&problems, b, r, asOf)
		}
	}
	requestForm(&problems, b)
	return append(problems, requestReports(b)...)
}

// requestForm holds the form against the pages of the bureau, where it is one of them; other
// addresses are those of settings.
func requestForm(problems *problem.List, b *bureau.Bureau) {
	form, page := b.Site.Requests.Form, b.Site.Requests.FormPage()
	if page == "" || slices.ContainsFunc(b.Pages, func(p *bureau.Page) bool { return p.File == page }) {
		return
	}
	problems.Error(form.At, problem.LinkDead, problem.Say("申请表的页面“%s”不存在", "there is no page \"%s\" for the form", problem.Quote(form.V)),
		problem.Say("写 data/pages/ 里一页的文件名，例如 guide-to-disclosure.md；申请表是文件的，放到 data/static/，写 /static/文件名", "name a page of data/pages, such as guide-to-disclosure.md; put a file into data/static and write /static/ with its name"))
}

func requestWord(problems *problem.List, v bureau.String, words bureau.Words, id bureau.String, zh, en string) {
	if words.Index(v.V) >= 0 {
		return
	}
	at, message := v.At, problem.Say("%[1]s里没有“%[2]s”", "of %[1]s there is no \"%[2]s\"", problem.Text{ZH: zh, EN: en}, problem.Quote(v.V))
	if v.V == "" {
		message = problem.Text{ZH: "没有写" + zh, EN: "there is no " + en}
		if !v.Given() {
			at = id.At
		}
	}
	problems.Error(at, problem.RequestWord, message, words.Hint(v.V))
}

// requestLate says of an application that its answer, or the word that it takes longer,
// came too late, or is still to come.
func requestLate(problems *problem.List, b *bureau.Bureau, r *bureau.Request, asOf period.Date) {
	first := *r
	first.Extended = bureau.Date{}
	limit, due := figures.RequestDue(b, &first), figures.RequestDue(b, r)
	switch {
	case r.Extended.Given() && r.Extended.V > limit: // the time had run out
		problems.Warn(r.Extended.At, problem.RequestLate,
			problem.Say("%s才告知延期，原来的期限是%s%s", "the applicant was told on %s that it takes longer, after the time limit, %s%s", r.Extended.V, limit, weekdays(b, limit)),
			problem.Say("延期须在原期限内告知；核对日期，确实晚了的，照实保留", "check the days; where it was late indeed, leave it as it is"))
	case r.Answered.Given() && r.Answered.V > due:
		problems.Warn(r.Answered.At, problem.RequestLate,
			problem.Say("%s才答复，期限是%s，逾期%d天%s", "it was answered on %s, and due by %s; days late: %d%s", r.Answered.V, due, int(r.Answered.V-due), weekdays(b, due)),
			problem.Say("核对日期；延长了期限的，写上延期告知日期；确实晚了的，照实保留", "check the days; where it was extended, write when the applicant was told; where it was late indeed, leave it as it is"))
	case !r.Answered.Given() && due < asOf:
		problems.Warn(r.ID.At, problem.RequestLate,
			problem.Say("应在%s前答复，已逾期%d天%s", "it was to be answered by %s; days overdue: %d%s", due, int(asOf-due), weekdays(b, due)),
			problem.Say("答复以后，写上答复日期和答复结果；延长了期限的，写上延期告知日期", "answer it, and write the day and the result; where it was extended, write when the applicant was told"))
	}
}

// weekdays says that no holidays of the year of a day are known, so that what is late may
// not be; empty where they are.
func weekdays(b *bureau.Bureau, due period.Date) problem.Text {
	if b.Site.Calendar.Days.Covers(due) {
		return problem.Text{}
	}
	return problem.Say("；site.yaml 没有写%d年的节假日，按周一至周五计算", "; site.yaml has no holidays of %d, so Monday to Friday are counted", due.Time().Year())
}

// requestReports holds the annual reports against the applications of their years, column
// by column, where the list has any of that year.
func requestReports(b *bureau.Bureau) problem.List {
	var problems problem.List
	for _, a := range b.Annual {
		var in, out []int
		end := period.NewDate(a.Year+1, 1, 1) - 1
		for i := range bureau.RequestApplicants {
			received, left := 0, 0
			for _, r := range b.Requests {
				if bureau.RequestApplicants.Index(r.Applicant.V) != i || !r.Received.Given() || r.Received.V > end {
					continue
				}
				if r.Received.V.Time().Year() == a.Year {
					received++
				}
				if !r.Answered.Given() || r.Answered.V > end {
					left++
				}
			}
			in, out = append(in, received), append(out, left)
		}
		if !slices.ContainsFunc(in, func(n int) bool { return n > 0 }) {
			continue
		}
		for _, row := range []struct {
			cells  []bureau.Int
			listed []int
			zh, en string
		}{{a.Requests.New.Cells(), in, "本年新收", "new"}, {a.Requests.CarriedOut.Cells(), out, "结转下年度", "carried over"}} {
			for i, c := range row.cells {
				if c.Given() && c.V != row.listed[i] {
					problems.Warn(c.At, problem.RequestReport,
						problem.Say("“%s”一列%s写的是%d件，申请台账里是%d件", "in the column \"%s\" of the report the number %s is %d, in the list of applications %d", annualColumn(i), problem.Text{ZH: row.zh, EN: row.en}, c.V, row.listed[i]),
						problem.Say("核对年度报告和 %s，改正其中一个", "compare the report with %s, and correct one of them", bureau.RequestsKind.File(strconv.Itoa(a.Year))))
				}
			}
		}
	}
	return problems
}

// serials are those that the rows of a list go by.
type serials struct {
	rule problem.Rule
	seen map[string]problem.Position
}

func (n serials) once(problems *problem.List, id bureau.String, usable bool) {
	if !usable {
		problems.Error(id.At, n.rule, problem.Say("没有编号", "there is no number"), problem.Say("写上编号，例如 2026-001", "write a number, such as 2026-001"))
		return
	}
	name := text.Slug(id.V)
	if first, taken := n.seen[name]; taken {
		problems.Error(id.At, n.rule, problem.Say("编号“%s”重复，已用于 %s", "the number \"%s\" is that of %s already", problem.Quote(id.V), first),
			problem.Say("改成没有用过的编号（大小写和标点的差别不算）", "write one that is not used yet; case and punctuation make no difference"))
		return
	}
	n.seen[name] = id.At
}

// answerDays holds the days of receipt and of the answer against each other and the day.
func answerDays(problems *problem.List, rule problem.Rule, id bureau.String, received, answered bureau.Date, asOf period.Date) {
	if !received.Given() {
		problems.Error(id.At, rule, problem.Say("没有收到日期，或者日期读不懂", "there is no day of receipt that can be read"),
			problem.Say("写上收到日期，例如 %s；期限从这一天起算", "write the day of receipt, such as %s; the time limit counts from it", asOf))
		return
	}
	future(problems, received, asOf, rule)
	future(problems, answered, asOf, rule)
	if answered.Given() && answered.V < received.V {
		problems.Error(answered.At, rule, problem.Say("答复日期%s早于收到日期%s", "it is answered on %s, before it was received, %s", answered.V, received.V),
			problem.Say("核对这两个日期", "check both days"))
	}
}
