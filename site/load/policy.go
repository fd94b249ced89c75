package load

import (
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Policy reads a policy document, or the explanation of one. It is nil where the front
// matter cannot be read.
func Policy(file string, data []byte) (*bureau.Policy, problem.List) {
	p := &bureau.Policy{File: file}
	var problems problem.List
	p.Name, p.Language = nameOf(file, &problems)
	body, found := document(file, data, p)
	p.Body = body
	if problems = append(problems, found...); p.At.Line == 0 {
		return nil, problems
	}
	return p, problems
}
