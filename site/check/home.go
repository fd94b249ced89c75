package check

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// HomeGuides reports the home_guides that name no guide.
func HomeGuides(b *bureau.Bureau) problem.List {
	var problems problem.List
	var names []string
	if len(b.Site.HomeGuides) > 0 {
		for _, g := range b.Guides {
			if g.Status.V != "draft" {
				names = append(names, g.Reference())
			}
		}
	}
	for _, v := range b.Site.HomeGuides {
		if slices.Contains(names, v.V) {
			continue
		}
		problems.Warn(v.At, problem.SiteHomeGuides,
			problem.Say("常办事项里的“%s”不在公布的指南中，首页不列它", `there is no published guide "%s", and the home page leaves it out`, problem.Quote(v.V)),
			problem.Meant(v.V, names, problem.Say("写成“类别/文件名”，如 hukou/id-card；没有这份指南的，从 home_guides（常办事项）中删去", "write area/name, such as hukou/id-card; take it out of home_guides where there is no such guide")))
	}
	return problems
}

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
