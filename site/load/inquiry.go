package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// inquiryRow is one row of inquiries/*.csv as it stands.
type inquiryRow struct {
	ID       bureau.String `csv:"id,编号" also:"信件编号,来信编号"`
	Received bureau.String `csv:"received,收到日期" also:"收到时间,来信时间,提交时间,留言时间"`
	Subject  bureau.String `csv:"subject,标题,omitempty" also:"主题,信件标题"`
	Question bureau.String `csv:"question,问题,omitempty" also:"咨询内容,来信内容,留言内容"`
	Unit     bureau.String `csv:"unit,答复单位,omitempty" also:"承办单位,回复单位"`
	Answered bureau.String `csv:"answered,答复日期,omitempty" also:"答复时间,回复时间,回复日期"`
	Answer   bureau.String `csv:"answer,答复,omitempty" also:"答复内容,回复内容,回复"`
	Publish  bureau.String `csv:"publish,是否公开,omitempty" also:"公开"`
}

// Inquiries reads inquiries/<name>.csv. One of which it is not known in what words it may
// be published is not public.
func Inquiries(file string, data []byte) ([]bureau.Inquiry, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	rows, more := table.Decode[inquiryRow](t)
	problems = append(problems, more...)
	all := make([]bureau.Inquiry, 0, len(rows))
	for _, r := range rows {
		publish, known := bureau.YesNo.Of(r.Publish.V)
		if !known && r.Publish.V != "" {
			problems.Error(r.Publish.At, problem.InquiryPublish,
				problem.Say("“是否公开”写的是“%s”", "\"%s\" does not say whether it is public", problem.Quote(r.Publish.V)),
				problem.Say("写“是”或者“否”；来信人同意公开、内容里没有个人信息的，才写“是”", "write yes or no; yes only where whoever asked agrees and nothing tells who that is"))
		}
		all = append(all, bureau.Inquiry{
			Name: text.Slug(r.ID.V), ID: r.ID, Received: day(r.Received, &problems), Subject: r.Subject, Question: r.Question,
			Unit: r.Unit, Answered: day(r.Answered, &problems), Answer: r.Answer, Publish: r.Publish, Public: publish == bureau.YesNo[0].ID,
		})
	}
	return all, problems
}

// requestRow is one row of requests/*.csv as it stands.
type requestRow struct {
	ID        bureau.String `csv:"id,编号" also:"申请编号,登记号"`
	Received  bureau.String `csv:"received,收到日期" also:"收到时间,申请日期,收到申请日期"`
	Applicant bureau.String `csv:"applicant,申请人类别" also:"申请人类型"`
	Completed bureau.String `csv:"completed,补正日期,omitempty" also:"补正时间"`
	Extended  bureau.String `csv:"extended,延期告知日期,omitempty" also:"延期日期"`
	Answered  bureau.String `csv:"answered,答复日期,omitempty" also:"答复时间"`
	Result    bureau.String `csv:"result,答复结果,omitempty" also:"办理结果"`
}

// Requests reads requests/<name>.csv.
func Requests(file string, data []byte) ([]bureau.Request, problem.List) {
	t, problems := table.Read(file, data, table.Options{})
	rows, more := table.Decode[requestRow](t)
	problems = append(problems, more...)
	all := make([]bureau.Request, 0, len(rows))
	for _, r := range rows {
		all = append(all, bureau.Request{
			ID: r.ID, Received: day(r.Received, &problems), Applicant: r.Applicant, Completed: day(r.Completed, &problems),
			Extended: day(r.Extended, &problems), Answered: day(r.Answered, &problems), Result: r.Result,
		})
	}
	return all, problems
}
