package check

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// HomeFigures reports the home_figures that name no figure.
func HomeFigures(b *bureau.Bureau) problem.List {
	var problems problem.List
	for _, v := range b.Site.HomeFigures {
		if _, _, _, fault := figures.HomeFigure(b, v.V); fault != nil {
			problems.Error(v.At, problem.SiteHomeFigures, fault.Message, fault.Hint)
		}
	}
	return problems
}
