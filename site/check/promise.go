package check

import (
	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// promise holds what a row promises or claims to what can be computed: figures that
// there are, a target that is one and counts in their unit, a period, a claim about a
// series. Whether it was kept is no problem, and stands on the page.
func (c *register) promise(row int) {
	cells := c.Row(row)
	cell := func(role bureau.ColumnRole) bureau.String {
		if i := c.ColumnOf(role); i >= 0 {
			return cells[i]
		}
		return bureau.String{}
	}
	target, claims, of := cell(bureau.ColumnTarget), cell(bureau.ColumnClaim), cell(bureau.ColumnPeriod)
	period := figures.PeriodOf(c.bureau, of.V)
	if of.V != "" && period.IsZero() {
		c.Error(of.At, problem.RegistersPeriod,
			problem.Say("“%s”不是期间", `"%s" is not a period`, problem.Quote(of.V)),
			problem.Say("写成 2026年、2026年第三季度 或者 2026年9月；承诺不限期间的留空", "write 2026, 2026Q3 or 2026-09; leave it empty where the promise is for no period of its own"))
	}
	var goal figures.Goal
	if target.V != "" {
		var fault *problem.Fault
		if goal, fault = figures.ParseGoal(target.V); fault != nil {
			c.Error(target.At, problem.RegistersTarget, fault.Message, fault.Hint)
		}
	}
	for _, claim := range figures.Items(claims.V) {
		if _, fault := figures.Claimed(c.bureau, claim); fault != nil {
			c.Error(claims.At, problem.RegistersClaim, fault.Message, fault.Hint)
		}
	}
	if target.V != "" && claims.V != "" {
		c.Error(claims.At, problem.RegistersClaim,
			problem.Say("这一行既写了目标，又写了说法", "the row has both a target and a claim"),
			problem.Say("承诺和说法分成两行写", "write the promise and the claim in rows of their own"))
	}
	figure := cell(bureau.ColumnFigure)
	for _, reference := range figures.Items(figure.V) {
		s, at, field, fault := figures.Promised(c.bureau, reference, period, c.asOf)
		if fault != nil {
			c.Error(figure.At, problem.RegistersFigure, fault.Message, fault.Hint)
			continue
		}
		if unit := s.Unit(max(at, 0), field); !figures.UnitFits(goal.Unit, unit) {
			c.Error(target.At, problem.RegistersTarget,
				problem.Say("目标“%s”以%s计，“%s”以%s计，对不上", `the target "%s" counts in %s, and "%s" in %s`, problem.Quote(target.V), problem.Quote(goal.Unit), problem.Quote(reference), problem.Quote(unit)),
				problem.Say("改用与目标同一单位的数字，或者改正目标的单位", "name a figure that counts in the unit of the target, or correct that unit"))
		}
	}
}
