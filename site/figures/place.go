package figures

import (
	"cmp"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Misplaced says why the figures of a statistic answer nothing that is said of a
// place, or of the bureau itself where that is empty: they are another place's. It
// is nil where they are of the same. column names where the place is said, if anywhere.
func Misplaced(b *bureau.Bureau, s *bureau.Statistic, place string, column problem.Text) *problem.Fault {
	if b.Site.Counts(s, place) {
		return nil
	}
	own := problem.Say("本单位", "the bureau")
	if name := cmp.Or(b.Site.OwnPlace(), b.Site.Organization.V); name != "" {
		own = problem.Say("本单位（%s）", "the bureau (%s)", problem.Quote(name))
	}
	of, held := problem.Text{ZH: "“" + problem.Quote(place) + "”", EN: `"` + problem.Quote(place) + `"`}, own
	if place == "" || b.Site.OwnPlace() == place || b.Site.Organization.V == place {
		of = own
	}
	if s.Elsewhere != "" {
		held = problem.Text{ZH: "“" + problem.Quote(s.Elsewhere) + "”", EN: `"` + problem.Quote(s.Elsewhere) + `"`}
	}
	hint := problem.Text{ZH: "换成" + of.ZH + "自己的统计，或者删去", EN: "refer to a statistic of " + of.EN + " itself, or take it out"}
	switch {
	case column.ZH == "":
	case s.Elsewhere != "":
		hint.ZH += "；说的本来就是" + held.ZH + "的，在" + column.ZH + "写上" + held.ZH
		hint.EN += "; where it is about " + held.EN + ", write that in " + column.EN
	default:
		hint.ZH += "；说的本来就是本单位的，" + column.ZH + "留空"
		hint.EN += "; where it is about the bureau, leave " + column.EN + " empty"
	}
	return problem.Refuse(problem.Text{
		ZH: "这里说的是" + of.ZH + "，统计“" + s.Name + "”却是" + held.ZH + "的数值，不能拿来对照",
		EN: "this is about " + of.EN + `, and the figures of the statistic "` + s.Name + `" are those of ` + held.EN + ": one is not held against the other",
	}, hint)
}
