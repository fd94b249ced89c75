package bureau

import (
	"regexp"
	"strconv"
	"strings"

	"sunshine/site/problem"
)

// Inquiry is one row of inquiries/*.csv: a question or a suggestion that somebody put to
// the bureau, and its answer (咨询建言). Only what is marked as public is published in its
// words; of the others no more than their number and how long the answer took.
type Inquiry struct {
	Name     string // slug of its number
	ID       String // unique in all files
	Received Date
	Subject  String
	Question String
	Unit     String // the office that answers
	Answered Date
	Answer   String
	Publish  String // as staff wrote it
	Public   bool   // left out: it is not
}

// YesNo are the words for whether something holds.
var YesNo = Words{{"yes", "是", []string{"公开", "可公开"}}, {"no", "否", []string{"不公开", "不宜公开"}}}

// InquirySettings say where citizens ask, and in how many working days they are answered.
// The default of the days stands in load.
type InquirySettings struct {
	Days     Int       `yaml:"days,答复工作日"`
	Channels []Channel `yaml:"channels,渠道"`
}

// Channel is one way to reach the bureau.
type Channel struct {
	At    problem.Position
	Name  String `yaml:"name,名称"`
	To    String `yaml:"to,联系方式"` // a web or mail address, a telephone number, a place
	Hours String `yaml:"hours,时间"`
}

var mailbox = regexp.MustCompile(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`)

// Href is the address that a channel on the web leads to; empty for another.
func (c Channel) Href() string {
	switch v := c.To.V; {
	case strings.Contains(v, "//") || strings.HasPrefix(v, "mailto:"):
		return v
	case mailbox.MatchString(v):
		return "mailto:" + v
	}
	return ""
}

// InquiryPage is a page, counted from 1, of the published inquiries.
func InquiryPage(page int) string {
	if page == 1 {
		return InquiriesSection.Page()
	}
	return InquiriesSection.page("list", strconv.Itoa(page))
}
