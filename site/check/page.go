package check

import (
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Page wants a title, and no date that is still to come.
func Page(p *bureau.Page, asOf period.Date) problem.List {
	var problems problem.List
	titled(&problems, p.File, p.Title, problem.PageTitle)
	future(&problems, p.Updated, asOf, problem.PageDate)
	documentState(&problems, p.Status)
	return problems
}
