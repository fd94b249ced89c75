package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Page reads a free page. It is nil where the front matter cannot be read.
func Page(file string, data []byte) (*bureau.Page, problem.List) {
	p := &bureau.Page{File: file}
	var problems problem.List
	p.Name, p.Language = nameOf(file, &problems)
	body, found := document(file, data, p)
	p.Body = body
	if problems = append(problems, found...); p.At.Line == 0 {
		return nil, problems
	}
	return p, problems
}
