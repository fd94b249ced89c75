package bureau

import (
	"path"
	"strings"
)

// RequestSettings say how information is applied for (依申请公开). The defaults of the
// days, 20 working days and 20 more, are those of article 33 of the regulation, and stand
// in load.
type RequestSettings struct {
	Days      Int       `yaml:"days,答复工作日"`
	Extension Int       `yaml:"extension,延长工作日"`
	Channels  []Channel `yaml:"channels,渠道"`
	Form      String    `yaml:"form,申请表"` // a page of data/pages by its file name, or an address
	Fee       String    `yaml:"fee,收费说明"`
}

// FormPage is the file of the page that the form stands on; empty where the form is no page.
func (s RequestSettings) FormPage() string {
	if name, is := strings.CutSuffix(path.Base(s.Form.V), PageKind.Extension()); is {
		return PageKind.File(name)
	}
	return ""
}

// Request is one row of requests/*.csv: an application for information. Only how many
// there were, what came of them and when is published.
type Request struct {
	ID        String // unique in all files
	Received  Date
	Applicant String // of RequestApplicants
	Completed Date   // when the applicant had made it complete: the time counts from then
	Extended  Date   // when the applicant was told that it takes longer
	Answered  Date
	Result    String // of RequestResults
}

// RequestApplicants are who applies, as the columns of an annual report have them.
var RequestApplicants = Words{
	{"persons", AnnualColumns[0], []string{"公民", "个人"}},
	{"enterprises", AnnualColumns[1], []string{"企业"}},
	{"research", AnnualColumns[2], nil},
	{"charities", AnnualColumns[3], nil},
	{"legal", AnnualColumns[4], nil},
	{"others", AnnualColumns[5], nil},
}

// RequestResults are what comes of an application, as the groups of an annual report
// have them.
var RequestResults = Words{
	{"granted", "予以公开", nil},
	{"partial", "部分公开", []string{"区分处理"}},
	{"refused", "不予公开", nil},
	{"unavailable", "无法提供", nil},
	{"unprocessed", "不予处理", nil},
	{"otherwise", "其他处理", nil},
}
