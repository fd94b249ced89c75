package check

import (
	"fmt"
	"math"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/problem"
)

// Identities verifies what package figures found to add up, in every row and
// column: totals are the sum of their parts, a part 其中 is not more than its
// whole, what is carried over balances. What is the sum of others by arithmetic
// alone is asked for. A total of rates is no sum; it lies between them.
func Identities(s *bureau.Statistic) problem.List {
	v := verifier{Statistic: s, asked: map[int]bool{}}
	for _, id := range s.Identities {
		switch {
		case id.Why == bureau.ByDerive: // the derivation says it
		case id.Why == bureau.ByArithmetic || id.Why == bureau.ByCheck:
			v.ask(id)
		case id.Rows:
			for f := range s.Fields {
				v.hold(id, f, id.Left[0], f)
			}
		default:
			for row := range s.Rows {
				v.hold(id, row, row, id.Left[0])
			}
		}
	}
	return v.problems
}

type verifier struct {
	*bureau.Statistic
	asked    map[int]bool // by field
	problems problem.List
}

// hold verifies an identity in one place; its total stands in a row and field.
func (v *verifier) hold(id bureau.Identity, at, row, field int) {
	f := v.Fields[field]
	overTime := id.Rows && id.Along >= 0 && v.Fields[id.Along].Role == bureau.RolePeriod
	switch {
	case !f.Additive:
		if id.Rows && id.Why == bureau.ByName {
			v.between(id, row, field)
		}
	case id.Rows && overTime && f.Cumulative:
	case id.Why == bureau.OfWhich:
		v.ofWhich(id, at)
	default:
		if sum := figures.SumOf(v.Statistic, id, at); sum.Units[0] != sum.Units[1] {
			v.mixed(id, sum, row, field)
		} else if sum.Off > 0 && id.Why == bureau.Carried {
			v.unbalanced(id, row)
		} else if sum.Off > 0 {
			v.wrong(id, sum, row, field)
		}
	}
}

// named gives what a total is called.
func (v *verifier) named(id bureau.Identity, row, field int) string {
	if !id.Rows {
		return v.Fields[field].Name
	}
	return v.Cell(row, id.Along).Text
}

// wrong reports a total that is not the sum of its parts. One that is called 全市
// may take in more than what is listed.
func (v *verifier) wrong(id bureau.Identity, sum figures.Sum, row, field int) {
	name := problem.Quote(v.named(id, row, field))
	message := problem.Say("“%s”是%s，而%d个部分之和是%s", `"%s" is %s, but its %d parts add up to %s`, name, digits(sum.Left), sum.Parts, digits(sum.Right))
	if sum.Missing {
		message = problem.Say("“%s”是%s，小于已知各部分之和%s", `"%s" is %s, less than the sum of the known parts, %s`, name, digits(sum.Left), digits(sum.Right))
	}
	whole := v.named(id, row, field)
	if !id.Rows {
		whole = v.Fields[field].Bare()
	}
	switch {
	case bureau.IsWhole(whole) && (!id.Rows || sum.Left > sum.Right):
		v.problems.Warn(v.Position(row, field), problem.FiguresTotalAsked, message,
			problem.Say("是各项之和的，核对数值；有的部分没有列出的，补一行“其他”；不是合计的，换一个名称", `where it is their sum, check the figures; add a row "其他" for parts that are not listed; rename it where it is not a total`))
	case id.Rows:
		v.problems.Error(v.Position(row, field), problem.FiguresTotal, message,
			problem.Say("核对合计和各部分；只是某一行一部分的，名称写成“其中：…”；不是各行之和的，不要叫“%s”", `check the total and its parts; name a row that is part of another "其中：…"; do not call a row "%s" that is not the sum of the others`, name))
	default:
		v.problems.Error(v.Position(row, field), problem.FiguresTotal, message,
			problem.Say("核对这一行；只是某一列一部分的，列名写成“其中：…”；不是各列之和的，不要叫“%s”", `check this row; name a column that is part of another "其中：…"; do not call a column "%s" that is not the sum of the others`, name))
	}
}

// mixed reports a total of figures that do not count in one unit.
func (v *verifier) mixed(id bureau.Identity, sum figures.Sum, row, field int) {
	v.problems.Error(v.Position(row, field), problem.FiguresTotalUnit,
		problem.Say("“%s”把“%s”和“%s”两种计量单位的数值加在一起", `"%s" adds up figures in "%s" and in "%s"`, problem.Quote(v.named(id, row, field)), problem.Quote(sum.Units[0]), problem.Quote(sum.Units[1])),
		problem.Say("计量单位不同的数值不能相加；删去这个合计，或者每种单位各写一个合计", "figures in different units cannot be added up; remove this total, or write one for each unit"))
}

// ofWhich reports a part that is more than what it is a part of.
func (v *verifier) ofWhich(id bureau.Identity, at int) {
	whole, part := id.Left[0], id.Right[0]
	if id.Rows {
		a, b := v.Cell(part, at), v.Cell(whole, at)
		if a.Has() && b.Has() && a.Number > b.Number && v.Unit(part, at) == v.Unit(whole, at) {
			v.problems.Error(v.Position(part, at), problem.FiguresOfWhich,
				problem.Say("“其中”的%s大于它所属的第%d行的%s", `%s, a part, is more than the %[3]s of line %[2]d that it is part of`, digits(a.Number), v.Position(whole, at).Line, digits(b.Number)),
				problem.Say("核对这两个数值；不属于上面那一行的，名称不要写“其中”", `check the two; do not use "其中" for what is not part of the row above`))
		}
		return
	}
	if a, b := v.Cell(at, part), v.Cell(at, whole); a.Has() && b.Has() && a.Number > b.Number {
		v.problems.Error(v.Position(at, part), problem.FiguresOfWhich,
			problem.Say("“%s”为%s，大于它所属的“%s”的%s", `"%s" is %s, more than "%s", which it is part of: %s`, problem.Quote(v.Fields[part].Name), digits(a.Number), problem.Quote(v.Fields[whole].Name), digits(b.Number)),
			problem.Say("核对这两个数值；不属于前面那一列的，列名不要写“其中”", `check the two; do not use "其中" for what is not part of the column before`))
	}
}

// unbalanced reports a row in which what came in and was carried over is not what
// was closed or carried on.
func (v *verifier) unbalanced(id bureau.Identity, row int) {
	cells := v.Row(row)
	received, before, closed, after := id.Left[0], id.Left[1], id.Right[0], id.Right[1]
	if !cells[closed].Has() || !cells[after].Has() {
		return
	}
	v.problems.Error(v.Position(row, after), problem.FiguresBalance,
		problem.Say("“%[1]s”%[5]s加“%[2]s”%[6]s是%[9]s，“%[3]s”%[7]s加“%[4]s”%[8]s是%[10]s，两边不相等", `"%[1]s" %[5]s and "%[2]s" %[6]s make %[9]s, but "%[3]s" %[7]s and "%[4]s" %[8]s make %[10]s`,
			problem.Quote(v.Fields[received].Name), problem.Quote(v.Fields[before].Name), problem.Quote(v.Fields[closed].Name), problem.Quote(v.Fields[after].Name),
			digits(cells[received].Number), digits(cells[before].Number), digits(cells[closed].Number), digits(cells[after].Number),
			digits(cells[received].Number+cells[before].Number), digits(cells[closed].Number+cells[after].Number)),
		problem.Say("核对这一行的四个数值；新收加结转进来的，应等于办结加结转出去的", "check the four figures of this row: what came in and what was carried over must equal what was closed and what is carried on"))
}

// between holds that the total of a percentage lies between its parts. Shares add
// up to 100, or to what is a share itself.
func (v *verifier) between(id bureau.Identity, row, field int) {
	f, total := v.Fields[field], v.Cell(row, field)
	if f.Role != bureau.RoleMeasure || f.Derived || !figures.Percentage(f.Unit) && f.Type != "percent" || bureau.IsChange(f.Name) || !total.Has() {
		return
	}
	low, high, sum, slack := math.Inf(1), math.Inf(-1), 0.0, 1e-9+figures.LastDigit(total)
	for _, i := range id.Right {
		c := v.Cell(i, field)
		if !c.Has() {
			return
		}
		low, high, sum = min(low, c.Number), max(high, c.Number), sum+c.Number
		slack += figures.LastDigit(c)
	}
	shares := figures.IsShare(f.Name) && math.Abs(sum-total.Number) <= slack
	if low-slack <= total.Number && total.Number <= high+slack || math.Abs(sum-100) <= slack && math.Abs(total.Number-100) <= slack || shares {
		return
	}
	v.problems.Error(v.Position(row, field), problem.FiguresRateTotal,
		problem.Say("“%s”的“%s”是%s，不在各部分的%s至%s之间；百分比不能相加", `"%s" of "%s" is %s, which is not between the %s and %s of its parts, and percentages do not add up`,
			problem.Quote(v.named(id, row, field)), problem.Quote(f.Name), digits(total.Number), digits(low), digits(high)),
		problem.Say("用合计的分子和分母重新计算；没有合计数的写 [z]；是占比的，列名写明“占比”", "compute it from the totals of its two counts; write [z] where there is none; call a column of shares 占比"))
}

// ask asks whether what equals the sum of others is their total; once for a key.
func (v *verifier) ask(id bureau.Identity) {
	if id.Why != bureau.ByArithmetic || id.Balance() || id.Shown < figures.LeastShown {
		return
	}
	row, field := -1, id.Left[0]
	if id.Rows {
		row, field = id.Left[0], id.Along
	} else if !v.likeUnits(id) || v.Fields[field].Kind == bureau.TotalRow {
		return
	}
	name := v.named(id, row, field)
	if v.asked[field] {
		return
	}
	v.asked[field] = true
	why := id.Why.Text()
	v.problems.Warn(v.Position(row, field), problem.FiguresTotalAsked, problem.Text{
		ZH: fmt.Sprintf("“%s”有%d格%s，它是合计吗？", problem.Quote(name), id.Shown, why.ZH),
		EN: fmt.Sprintf(`"%s": %s (cells: %d); is it their total?`, problem.Quote(name), why.EN, id.Shown)},
		problem.Say("是合计的，名称改成“合计”，图上就不与各部分画在一起；不是的，%s", `if it is, call it "合计", so that it is not drawn with its parts; if it is not, %s`, problem.Except(problem.FiguresTotalAsked, v.File)))
}

// likeUnits tells whether the fields of an identity are counts in one unit.
func (v *verifier) likeUnits(id bureau.Identity) bool {
	total := v.Fields[id.Left[0]]
	for _, i := range id.Right {
		if f := v.Fields[i]; !f.Additive || f.Unit != total.Unit || f.UnitField != total.UnitField {
			return false
		}
	}
	return total.Additive
}
