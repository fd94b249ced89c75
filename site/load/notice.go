package load

import (
	"sunshine/site/bureau"
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

	if named, ok := n.Dated(); ok && !n.Date.Given() {
		n.Date = bureau.Date{V: named, At: problem.Position{File: file, Line: 1, Column: 1}}
	}
	return n, problems
}
