package figures

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/each"
	"sunshine/site/problem"
)

// DeriveAll computes the derived fields of every statistic, side by side.
func DeriveAll(b *bureau.Bureau, jobs int) problem.List {
	found := make([]problem.List, len(b.Statistics))
	each.Do(jobs, len(found), func(i int) error {
		found[i] = Derive(b.Statistics[i])
		return nil
	})
	return slices.Concat(found...)
}

// Derive adds the derived fields of the descriptor to a statistic, each computed
// row by row from the fields before it, totals too. A percent is the ratio times
// 100 to two decimals and may pass 100; days are kept to one, any other value to four. It
// carries the markers of its operands; run gives those that stand instead. What is
// too large to be kept exactly, or to be computed, is an error.
func Derive(s *bureau.Statistic) problem.List {
	var problems problem.List
	for _, d := range s.Descriptor.Derive {
		derive(s, d, &problems)
	}
	return problems
}

// maxDerived is what a derived figure stays below, as every figure does: larger
// ones are not kept exactly.
const maxDerived = 1 << 53

func derive(s *bureau.Statistic, d bureau.Derive, problems *problem.List) {
	at := d.Value.At
	name := strings.TrimSpace(d.Name.V)
	switch {
	case name == "":
		problems.Error(at, problem.DeriveName, problem.Say("派生字段没有名称", "the derived field has no name"), problem.Say("补上 name（名称）", "add a name"))
		return
	case s.Field(name) >= 0:
		problems.Error(d.Name.At, problem.DeriveName, problem.Say("已有“%s”这个字段", `there is a field "%s" already`, problem.Quote(name)), problem.Say("给派生字段另起一个名称", "give the derived field another name"))
		return
	case d.Format.V != "" && d.Format.V != "percent" && d.Format.V != "number":
		problems.Error(d.Format.At, problem.DeriveFormat, problem.Say("没有“%s”这种格式", `there is no format "%s"`, problem.Quote(d.Format.V)), bureau.DerivedFormats.Hint(d.Format.V))
		return
	}
	e, fault := compile(s, d.Value.V, false)
	if fault != nil {
		problems.Error(at, problem.DeriveValue, fault.Message, fault.Hint)
		return
	}
	if e.unlike != nil {
		problems.Error(at, problem.DeriveUnit, e.unlike.Message, e.unlike.Hint)
		return
	}
	field := bureau.Field{Name: name, Role: bureau.RoleMeasure, Type: "number", UnitField: -1, Column: -1, At: d.Name.At, Derived: true}
	field.Unit, field.Forms = bureau.UnitForms(d.Unit.V)
	least := -1
	if d.Format.V == "percent" {
		field.Type, field.Unit = "percent", "%"
		least = 2
	}
	times, decimals := Precision(field)
	scale := float64(times)

	if field.Unit == "" && !e.scaled {
		field.Unit, field.UnitField = commonUnit(s, e.fields)
	}
	field.Kind = bureau.KindOf(field.Bare())
	field.Title = strings.TrimSuffix(strings.TrimSuffix(name, "（"+field.Unit+"）"), "("+field.Unit+")")

	n := len(s.Fields)
	derived := bureau.Cells{Of: make([]uint32, 0, len(s.Rows))}
	zeros, firstZero := 0, 0
	large, firstLarge := 0, 0
	for i := range s.Rows {
		o := e.run(s, i)
		c := bureau.Cell{Number: o.value, Status: o.status, Qualifier: o.qualifier}
		if o.status&bureau.NotApplicable != 0 && o.exact == nil && !o.lost {
			if zeros == 0 {
				firstZero = i
			}
			zeros++
		}
		if o.lost || math.Abs(c.Number*scale) >= maxDerived {
			if large == 0 {
				firstLarge = i
			}
			large++
			c = bureau.Cell{Number: math.NaN(), Status: bureau.NotAvailable}
		}
		if c.Has() {
			c.Text, c.Number = Rounded(new(big.Rat).Mul(o.exact, Exact(scale)), decimals, least)
			_, fraction, _ := strings.Cut(c.Text, ".")
			c.Form.Decimals = uint8(len(fraction))
		}
		derived.Add(c)
	}
	if large > 0 {
		at := s.Position(firstLarge, e.fields[0])
		problems.Error(d.Value.At, problem.DeriveRange,
			problem.Say("“%s”有%d行的结果太大，无法准确保存，如第%d行（%s）", `"%s" is too large to be kept exactly; rows: %d, such as line %d (%s)`, problem.Quote(name), large, at.Line, at.Cell),
			problem.Say("核对算式；结果不能超过9千万亿，算式没有错的，在后面加上 / 100000000，名称里写明“亿”", "check the formula; results must stay below 9 quadrillion: where it is right, put / 100000000 behind it and say so in the name"))
	}
	if zeros > 0 {
		problems.Warn(s.Position(firstZero, e.fields[len(e.fields)-1]), problem.DeriveZero,
			problem.Say("“%[1]s”有%[2]d行的除数是零，记作不适用 [z]", `rows of "%[1]s" that divide by zero: %[2]d; they are given as not applicable, [z]`, problem.Quote(name), zeros),
			problem.Say("核对作除数的数值；没有数据的写 [x]", "check the divisor; write [x] where it is not available"))
	}
	s.Columns, s.Fields = append(slices.Clip(s.Columns), derived), append(s.Fields[:n:n], field)
	s.Align(n)
}

// Precision tells what the formula of a derived field is multiplied by, and to how
// many decimals it is then rounded.
func Precision(f bureau.Field) (scale, decimals int) {
	switch {
	case f.Type == "percent":
		return 100, 2
	case f.Unit == "天": // a ten-thousandth of a day tells nobody anything
		return 1, 1
	}
	return 1, 4
}

// commonUnit gives the unit of a sum or difference of fields, or the column that
// gives it in each row: theirs, where it is one.
func commonUnit(s *bureau.Statistic, fields []int) (unit string, unitField int) {
	first := s.Fields[fields[0]]
	for _, f := range fields {
		if s.Fields[f].Unit != first.Unit || s.Fields[f].UnitField != first.UnitField {
			return "", -1
		}
	}
	return first.Unit, first.UnitField
}

// Checks holds every row against the identities of the descriptor. A row with a
// marker instead of one of the values is passed over.
func Checks(s *bureau.Statistic) problem.List {
	var problems problem.List
	for _, c := range s.Descriptor.Checks {
		e, fault := compile(s, c.Rule.V, true)
		if fault != nil {
			problems.Error(c.Rule.At, problem.CheckRule, fault.Message, fault.Hint)
			continue
		}
		if e.unlike != nil {
			problems.Error(c.Rule.At, problem.CheckUnit, e.unlike.Message, e.unlike.Hint)
			continue
		}
		cell := 0 // of the row, where the rule names derived fields alone
		for _, f := range e.fields {
			if !s.Fields[f].Derived {
				cell = f
				break
			}
		}
		hint := problem.Text{ZH: c.Hint.V, EN: c.Hint.V}
		if c.Hint.V == "" {
			hint = problem.Say("核对这一行的数值", "check the figures of this row")
		}
		for i := range s.Rows {
			o := e.run(s, i)
			if o.holds || o.status&bureau.Instead != 0 {
				continue
			}
			var values []string
			for _, f := range e.fields {
				values = append(values, s.Fields[f].Label()+" = "+strconv.FormatFloat(s.Cell(i, f).Number, 'f', -1, 64))
			}
			rule := problem.Quote(c.Rule.V)
			problems.Error(s.Position(i, cell), problem.CheckRow,
				problem.Text{ZH: "“" + rule + "”不成立：" + strings.Join(values, "，"), EN: `"` + rule + `" does not hold: ` + strings.Join(values, ", ")}, hint)
		}
	}
	return problems
}
