package check

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Notice wants a title and a date. One whose day has not come is not here: it waits.
func Notice(n *bureau.Notice, main string, asOf period.Date) problem.List {
	var problems problem.List
	titled(&problems, n.File, n.Title, problem.NoticeTitle)
	if !n.Date.Given() {
		problems.Error(problem.Position{File: n.File, Line: 1, Column: 1}, problem.NoticeDate,
			problem.Say("公告没有日期", "the notice has no date"),
			problem.Say("加一行“date: %[1]s”（日期），或者在文件名开头写上日期，例如 %[1]s-名称.md", "add a line date: %[1]s, or begin the file name with it, such as %[1]s-name.md", asOf))
	}
	if named, ok := n.Dated(); ok && n.Date.Given() && n.Date.V != named && n.Language == main {
		problems.Warn(n.Date.At, problem.NoticeDate,
			problem.Say("日期写的是%s，文件名里却是%s", "the date is %s, but the file name says %s", n.Date.V, named),
			problem.Say("改成一致的日期；网页上显示的是%s", "make the two agree; the page shows %s", n.Date.V))
	}
	documentState(&problems, n.Status)
	return problems
}

// documentState wants a word that says whether a document is published.
func documentState(problems *problem.List, status bureau.String) {
	if _, known := bureau.DocumentStates.Of(status.V); status.Given() && !known {
		problems.Error(status.At, problem.NoticeWaiting, problem.Say("没有“%s”这种状态", `there is no state "%s"`, problem.Quote(status.V)), bureau.DocumentStates.Hint(status.V))
	}
}

// titled reports a document without a title.
func titled(problems *problem.List, file string, title bureau.String, rule problem.Rule) {
	if title.V != "" {
		return
	}
	at := title.At
	if !title.Given() {
		at = problem.Position{File: file, Line: 1, Column: 1}
	}
	problems.Error(at, rule,
		problem.Say("缺少标题（title）", "the title is missing"),
		problem.Say("加一行“title: …”", "add a line \"title: …\""))
}
