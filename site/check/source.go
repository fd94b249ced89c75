package check

import (
	"regexp"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// fileName is a title that is the name of a file, a program's number of one, or an
// address: it tells a reader nothing.
var fileName = regexp.MustCompile(`(?i)^(?:.*\.(?:txt|csv|tsv|xlsx?|docx?|pptx?|wps|et|dps|ofd|pdf|rtf|html?|json|xml|md|zip|jpe?g|png)|[0-9a-f_-]{12,}|https?://\S+)$`)

// Sources wants a title of each source that a reader can make something of.
func Sources(sources []bureau.Source) problem.List {
	var problems problem.List
	for _, s := range sources {
		if s.Title.Given() && fileName.MatchString(s.Title.V) {
			problems.Warn(s.Title.At, problem.StatsSourceTitle,
				problem.Say("来源要写标题，“%s”是文件名或者网址", `a source needs a title, and "%s" is the name of a file or an address`, problem.Quote(s.Title.V)),
				problem.Say("在 title（标题）写报告、报表或者文章的名称，另写 author（作者）和 issued（日期），例如 {title: 示范市公安局2025年工作报告, author: 示范市公安局, issued: 2026-01-20}；网址写在 path（网址）", "write the name of the report or article as title, with author and issued, such as {title: Report of 2025, author: Police Bureau, issued: 2026-01-20}; its address goes into path"))
		}
	}
	return problems
}
