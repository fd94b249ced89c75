package bureau

import (
	"strconv"
	"strings"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Notice is a public notice: data/notices/<date>-<name>.md.
type Notice struct {
	Name     string // slug of the file name
	Language string
	File     string
	Body     Body
	At       problem.Position // of the front matter

	Title     String `yaml:"title,标题"`
	Date      Date   `yaml:"date,published,日期,发布日期"`
	Source    String `yaml:"source,来源"`
	Kind      String `yaml:"kind,类型"` // 公告, 警情通报, …
	Summary   String `yaml:"summary,摘要" text:"long"`
	Status    String `yaml:"status,状态" words:"document-state"`
	PublishAt Moment `yaml:"publish_at,公布时间"` // on the bureau's clock; until then it waits
	Consent   String `yaml:"consent,同意书"`     // reference of the written consent of the private persons named
}

// Dated gives the day at the start of the notice's file name; ok is false where it
// begins with none.
func (n *Notice) Dated() (day period.Date, ok bool) {
	base := n.File[strings.LastIndexByte(n.File, '/')+1:]
	if len(base) < len("2006-01-02") {
		return 0, false
	}
	return period.ParseDate(base[:len("2006-01-02")])
}

// Page is any other page: data/pages/<name>.md.
type Page struct {
	Name     string
	Language string
	File     string
	Body     Body
	At       problem.Position // of the front matter

	Title     String `yaml:"title,标题"`
	Summary   String `yaml:"summary,摘要" text:"long"`
	Updated   Date   `yaml:"updated,更新日期"`
	Order     Int    `yaml:"order,顺序"`
	Status    String `yaml:"status,状态" words:"document-state"`
	PublishAt Moment `yaml:"publish_at,公布时间"` // as of a notice
	Consent   String `yaml:"consent,同意书"`     // as of a notice
}

// AnnualReport gives the year of which a page is called the annual report on open
// government, annual-report-2025; 0 for any other. Such a report is an Annual.
func (p *Page) AnnualReport() int {
	year, found := strings.CutPrefix(p.Name, "annual-report-")
	if n, err := strconv.Atoi(year); found && err == nil && n > 0 {
		return n
	}
	return 0
}
