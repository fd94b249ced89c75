package check

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// maxContradictions is how many places of two statistics are listed.
const maxContradictions = 10

// Contradictions finds two figures for one thing that differ: in two statistics, of the
// same quantity, place, period, unit and categories. What is the same quantity the
// concept says where a statistic has one single measure of its risk, else the name of
// the field and its unit, of which 件, 起, 宗 and 案 are one; names that say nothing (数量)
// are never the same. The counts of a longer period are the sum of those that make it up. Rates are held to the fewer decimals of the two; what is not
// exact, or noted as 待核对, is passed over. Counts of persons and organisations are
// held against each other by disclosure control.
func Contradictions(b *bureau.Bureau) problem.List {
	of := map[string][]counted{}
	var quantities []string
	for _, s := range b.Statistics {
		for i, f := range s.Fields {
			if f.Role != bureau.RoleMeasure || f.Derived || f.IsPersonal() || bureau.IsChange(f.Name) {
				continue
			}
			for _, q := range quantitiesOf(s, i) {
				if of[q] == nil {
					quantities = append(quantities, q)
				}
				of[q] = append(of[q], counted{s, i})
			}
		}
	}
	var problems problem.List
	found := map[problem.Position]bool{} // a figure may be of a quantity by its concept and by its name
	add := func(some problem.List) {
		for _, p := range some {
			if !found[p.Position] {
				found[p.Position] = true
				problems = append(problems, p)
			}
		}
	}
	for _, q := range quantities {
		all := of[q]
		for n, m := range all {
			if slices.ContainsFunc(all[:n], func(o counted) bool { return o.Statistic != m.Statistic }) {
				add(contradictions(all[:n], m))
			}
		}
		add(tiles(all))
	}
	return problems
}

// counted is one field of figures of a statistic.
type counted struct {
	*bureau.Statistic
	field int
}

// saysNothing are names of fields that do not say what is counted.
var saysNothing = strings.Fields("数量 数值 数 值 数据 件数 起数 案件数 总数 合计 总计 小计 共计 本期 上期 本月 上月 今年 去年 本年 上年 当月 累计 次数 金额 占比 比例 比率 百分比 率 指标 count number value total amount share rate")

// quantitiesOf names what a field counts, and of which place: by its name, and by the
// concept alone where no other measure of the statistic has its risk. There is none where
// the name says nothing of it.
func quantitiesOf(s *bureau.Statistic, field int) []string {
	f := s.Fields[field]
	name := strings.ToLower(strings.Join(strings.Fields(f.Bare()), ""))
	concept := s.Descriptor.Concept.V
	quantity := func(name string) string {
		if f.Cumulative {
			name += "\x00cumulative"
		}
		return strings.Join([]string{name, oneCase(f.Unit), f.Type, s.Descriptor.Coverage.Place.V, s.Descriptor.Coverage.Organisation.V}, "\x00")
	}
	switch {
	case concept != "" && onlyOfRisk(s, f):
		return []string{quantity(concept), quantity(concept + "\x00" + name)}
	case concept != "":
		return []string{quantity(concept + "\x00" + name)}
	case slices.Contains(saysNothing, name):
		return nil
	}
	return []string{quantity(name)}
}

// onlyOfRisk tells whether a statistic has one single measure of the risk of a field.
func onlyOfRisk(s *bureau.Statistic, of bureau.Field) bool {
	n := 0
	for _, f := range s.Fields {
		if f.Role == bureau.RoleMeasure && !f.Derived && !bureau.IsChange(f.Name) && f.Risk == of.Risk {
			n++
		}
	}
	return n == 1
}

// oneCase gives one word for the measure words of cases, 件 起 宗 案, which count the same.
func oneCase(unit string) string {
	switch unit {
	case "起", "宗", "案":
		return "件"
	}
	return unit
}

// contradictions holds a measure against those of other statistics before it.
func contradictions(before []counted, m counted) problem.List {
	type place struct {
		counted
		row int
	}
	known := map[figureKey]place{}
	for _, o := range before {
		if o.Statistic == m.Statistic {
			continue
		}
		keys := o.keys()
		for r := range o.Rows {
			if key, ok := keys.of(r); ok {
				if _, twice := known[key]; !twice {
					known[key] = place{o, r}
				}
			}
		}
	}
	var problems problem.List
	found, keys := 0, m.keys()
	for r := range m.Rows {
		key, ok := keys.of(r)
		if !ok {
			continue
		}
		o, there := known[key]
		if !there || alike(o.Cell(o.row, o.field), m.Cell(r, m.field), m.Fields[m.field].Type) {
			continue
		}
		if found++; found > maxContradictions {
			continue
		}
		problems.Error(m.Position(r, m.field), problem.FiguresContradiction,
			problem.Say("“%[1]s %[2]s”这里是%[3]s，%[4]s 的 %[5]s 是%[6]s，同一件事有两个数值", `"%[1]s %[2]s" is %[3]s here and %[6]s in %[4]s %[5]s: one thing has two figures`,
				problem.Quote(m.RowName(r)), problem.Quote(m.Fields[m.field].Name), digits(m.Cell(r, m.field).Number), o.File, o.Position(o.row, o.field).Cell, digits(o.Cell(o.row, o.field).Number)),
			problem.Say("核对台账，改正其中一个；一时核不清的，在备注里写“待核对”；两处统计的不是一回事的，在说明文件里各写一个 concept（指标代号）", `check the records and correct one; write "待核对" in the note while that cannot be settled; where the two count different things, give each a concept in its descriptor`))
	}
	if found > maxContradictions {
		problems.Error(problem.Position{File: m.File, Line: 1}, problem.FiguresContradiction,
			problem.Say("还有%d处与别的统计不同，未逐一列出", "more figures that differ from another statistic and are not listed: %d", found-maxContradictions),
			problem.Say("先改正列出的，再运行一次", "correct those that are listed, then run again"))
	}
	return problems
}

// figureKey names the figure of a row by its period, and by its unit and its categories,
// without those that it is a total of.
type figureKey struct {
	start, end period.Date
	asOf       bool
	names      string
}

// figureKeys are those of the rows of a measure. Rows that are alike in unit and
// categories share their names.
type figureKeys struct {
	counted
	number []int32 // of the names of each row
	names  []string
	noted  bool
}

func (m counted) keys() figureKeys {
	keys := m.Keys()
	fields := slices.DeleteFunc(slices.Clone(keys), func(k int) bool { return m.Fields[k].Role == bureau.RolePeriod })
	names := fields
	if unit := m.Fields[m.field].UnitField; unit >= 0 {
		fields = append(fields[:len(fields):len(fields)], unit)
	}
	all := figureKeys{counted: m, noted: m.FieldOf(bureau.RoleNote) >= 0}
	var count int
	all.number, count = m.Number(fields)
	all.names = make([]string, 0, count)
	for r, n := range all.number {
		if int(n) < len(all.names) {
			continue
		}
		said := []string{oneCase(m.Unit(r, m.field))}
		for _, k := range names {
			if text := m.Cell(r, k).Text; text != "" && text != m.Fields[k].Whole && bureau.KindOf(text) != bureau.TotalRow {
				said = append(said, text)
			}
		}
		slices.Sort(said)
		all.names = append(all.names, strings.Join(said, "\x00"))
	}
	return all
}

// of gives the key of a row; ok is false where there is nothing to hold against.
func (k *figureKeys) of(row int) (key figureKey, ok bool) {
	if c := k.Cell(row, k.field); !c.Has() || c.Qualifier != bureau.Exact || k.Rows[row].When == 0 || k.Rows[row].Kind == bureau.OfWhichRow || k.noted && len(k.Doubts(row)) > 0 {
		return figureKey{}, false
	}
	p := k.Period(row)
	return figureKey{p.Start, p.End, p.AsOf, k.names[k.number[row]]}, true
}

// alike tells whether two figures are the same, those of percentages to the fewer
// decimals of the two.
func alike(a, b bureau.Cell, kind string) bool {
	if a.Number == b.Number {
		return true
	}
	if kind != "percent" {
		return false
	}
	decimals := int(min(a.Form.Decimals, b.Form.Decimals))
	round := func(n float64) string {
		text, _ := figures.Rounded(new(big.Rat).Set(figures.Exact(n)), decimals, decimals)
		return text
	}
	return round(a.Number) == round(b.Number) || math.Abs(a.Number-b.Number) < math.Pow10(-decimals)/2
}
