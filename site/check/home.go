package check

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// HomeFigures reports the home_figures that name no figure, or one of a closed
// series: the home page shows the latest.
func HomeFigures(b *bureau.Bureau) problem.List {
	var problems problem.List
	for _, v := range b.Site.HomeFigures {
		s, _, _, fault := figures.HomeFigure(b, v.V)
		if fault == nil && s.Descriptor.Historical.V {
			fault = problem.Refuse(problem.Say("“%s”是历史数据，首页只放最新数据", `"%s" is a closed series, and the home page shows the latest figures`, problem.Quote(s.Title())),
				problem.Say("从 home_figures（首页指标）中删去这一项；还在更新的，从 %s 中删去 historical（历史数据）", "take it out of home_figures; where the series goes on, take historical out of %s", s.Descriptor.File))
		}
		if fault != nil {
			problems.Error(v.At, problem.SiteHomeFigures, fault.Message, fault.Hint)
		}
	}
	return problems
}
