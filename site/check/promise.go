package check

import (
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
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
	own := figures.PeriodOf(c.bureau, of.V)
	if of.V != "" && own.IsZero() {
		c.Error(of.At, problem.RegistersPeriod,
			problem.Say("“%s”不是期间", `"%s" is not a period`, problem.Quote(of.V)),
			problem.Say("写成 2026、2026Q3 或者 2026-09；承诺不限期间的留空", "write 2026, 2026Q3 or 2026-09; leave it empty where the promise is for no period of its own"))
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
	if figures.NothingToCount(figure.V) {
		return
	}
	for _, reference := range figures.Items(figure.V) {
		s, at, field, fault := figures.PromisedBy(c.bureau, c.Register, row, reference, c.asOf)
		if fault != nil {
			c.Error(figure.At, problem.RegistersFigure, fault.Message, fault.Hint)
			continue
		}
		if unit := s.Unit(max(at, 0), field); !figures.GoalFits(goal.Unit, s, max(at, 0), field) {
			c.Error(target.At, problem.RegistersTarget,
				problem.Say("目标“%s”以%s计，“%s”以%s计，对不上", `the target "%s" counts in %s, and "%s" in %s`, problem.Quote(target.V), problem.Quote(goal.Unit), problem.Quote(reference), problem.Quote(unit)),
				problem.Say("改用与目标同一单位的数字，或者改正目标的单位", "name a figure that counts in the unit of the target, or correct that unit"))
		}
	}
}

// promisesOfPart says once, at the first of them, that promises are held against what is
// computed of ledgers that are not said to be complete.
func promisesOfPart(b *bureau.Bureau, asOf period.Date) (problems problem.List) {
	count, first := 0, problem.Position{}
	for _, r := range b.Registers {
		for i := range r.Rows() {
			j := figures.Judge(b, r, i, asOf)
			if j.Claim || !slices.ContainsFunc(j.Figures, func(f figures.Judged) bool { return f.Of.Computed != nil && f.Of.Computed.Part }) {
				continue
			}
			if count++; count == 1 {
				first = r.Row(i)[r.ColumnOf(bureau.ColumnFigure)].At
			}
		}
	}
	if count > 0 {
		problems.Warn(first, problem.RegistersPart,
			problem.Say("有%d条承诺按意见建议台账核验，而台账没有写明登记了全部事项，多数只能写“无从核验”", "promises that are held against the ledgers of suggestions: %d; the ledgers are not said to hold every matter, so that most cannot be verified", count),
			problem.Say("台账登记了全部事项的，在 data/site.yaml 的 suggestions 下面写 complete: true（完整）；没有登记全的，补登以后再写", "where the ledgers hold every matter, write complete: true under suggestions in data/site.yaml; where they do not, enter the rest first"))
	}
	return problems
}
