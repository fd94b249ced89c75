package load

import (
	"path"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Notice reads a public notice. Where its date is missing, the one at the start
// of its file name stands for it. The notice is nil where the front matter cannot
// be read.
func Notice(file string, data []byte) (*bureau.Notice, problem.List) {
	n := &bureau.Notice{File: file}
	var problems problem.List
	n.Name, n.Language = nameOf(file, &problems)
	body, found := document(file, data, n)
	n.Body = body
	if problems = append(problems, found...); n.At.Line == 0 {
		return nil, problems
	}

	base := path.Base(file)
	if len(base) < len("2006-01-02") {
		return n, problems
	}
	named, ok := period.ParseDate(base[:len("2006-01-02")])
	switch {
	case !ok:
	case !n.Date.Given():
		n.Date = bureau.Date{V: named, At: problem.Position{File: file, Line: 1, Column: 1}}
	case n.Date.V != named && !strings.HasSuffix(base, ".en.md"):
		problems.Warn(n.Date.At, problem.NoticeDate,
			problem.Say("日期写的是 %s，文件名里却是 %s", "the date is %s, but the file name says %s", n.Date.V, named),
			problem.Say("改成一致的日期；网页上显示的是 %s", "make the two agree; the page shows %s", n.Date.V))
	}
	return n, problems
}
