package check

import (
	"cmp"
	"regexp"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// standing are names of what stands at a day, which adds up over no periods.
var standing = regexp.MustCompile(`结转|结存|结余|在办|未结|待办|期初|年初|月初|留存|库存`)

// tile is one figure of a quantity, of one period.
type tile struct {
	counted
	row int
}

func (p tile) period() period.Period { return p.Period(p.row) }
func (p tile) number() float64       { return p.Cell(p.row, p.field).Number }
func (p tile) rounded() float64      { return rounding(p.Cell(p.row, p.field)) }
func (p tile) cell() string          { return p.File + " " + p.Position(p.row, p.field).Cell }

// tiles holds the counts of a longer period against those that make it up exactly:
// months against their quarter, halves against their year, 1-8月 and 9月 against
// 1-9月; and one that begins on the same day and ends later is no less. What is not
// exact, provisional, estimated, across a break or 待核对 is passed over.
func tiles(all []counted) problem.List {
	if !meet(all) {
		return nil
	}
	numbers := map[string]int{}
	var series [][]tile // by the numbers of their names
	for _, m := range all {
		f := m.Fields[m.field]
		if !f.Additive || !f.IsCount() || f.Cumulative || stock.MatchString(f.Name) || standing.MatchString(f.Name) {
			continue
		}
		keys := m.keys()
		for r := range m.Rows {
			c := m.Cell(r, m.field)
			key, ok := keys.of(r)
			if !ok || key.asOf || c.Status&(bureau.Provisional|bureau.Estimated|bureau.LowReliability|bureau.Break) != 0 {
				continue
			}
			n, known := numbers[key.names]
			if !known {
				n, series = len(series), append(series, nil)
				numbers[key.names] = n
			}
			series[n] = append(series[n], tile{m, r})
		}
	}
	var problems problem.List
	for _, all := range series {
		problems.Add(tiled(all))
	}
	return problems
}

// meet tells whether two periods of some counts begin on one day: others are no parts of
// each other, and none is less for it.
func meet(all []counted) bool {
	ends := map[period.Date]period.Date{} // by the day that it begins on
	for _, m := range all {
		for _, p := range m.Periods {
			if end, known := ends[p.Start]; known && end != p.End {
				return true
			}
			ends[p.Start] = p.End
		}
	}
	return false
}

// tiled holds the periods of one series against each other.
func tiled(all []tile) problem.List {
	slices.SortStableFunc(all, func(a, b tile) int {
		return cmp.Or(cmp.Compare(a.period().Start, b.period().Start), cmp.Compare(a.period().End, b.period().End))
	})
	all = slices.CompactFunc(all, func(a, b tile) bool { return samePeriod(a.period(), b.period()) })
	// Those that begin on a day, the shortest first.
	from := func(day period.Date) []tile {
		byStart := func(p tile, day period.Date) int { return cmp.Compare(p.period().Start, day) }
		first, _ := slices.BinarySearchFunc(all, day, byStart)
		next, _ := slices.BinarySearchFunc(all[first:], day+1, byStart)
		return all[first : first+next]
	}
	var problems problem.List
	for _, whole := range all {
		if parts, sum := unlikeParts(from, whole); parts != nil {
			problems.Error(whole.Position(whole.row, whole.field), problem.FiguresContradiction,
				problem.Say("“%[1]s %[2]s”这里是%[3]s，而组成它的%[4]d期（%[5]s 到 %[6]s）相加是%[7]s，同一件事有两个数值", `"%[1]s %[2]s" is %[3]s here, and the %[4]d periods that make it up (%[5]s to %[6]s) add up to %[7]s: one thing has two figures`,
					problem.Quote(whole.RowName(whole.row)), problem.Quote(whole.Fields[whole.field].Name), digits(whole.number()), len(parts), parts[0].cell(), parts[len(parts)-1].cell(), digits(sum)),
				problem.Say("核对台账，改正其中一个；初步数在数值后面写 [p]；一时核不清的，在备注里写“待核对”", `check the records and correct one; mark a provisional figure with [p]; write "待核对" in the note while it cannot be settled`))
		}
		same := from(whole.period().Start)
		n, _ := slices.BinarySearchFunc(same, whole.period().End, func(p tile, end period.Date) int { return cmp.Compare(p.period().End, end) })
		if n == 0 || said(same[n-1], whole) || same[n-1].number() <= whole.number()+whole.rounded()+same[n-1].rounded() {
			continue
		}
		problems.Error(whole.Position(whole.row, whole.field), problem.FiguresContradiction,
			problem.Say("“%[1]s %[2]s”这里是%[3]s，比同一天开始、更早结束的“%[4]s”的%[5]s（%[6]s）还少", `"%[1]s %[2]s" is %[3]s here, less than the %[5]s of "%[4]s" (%[6]s), which begins on the same day and ends earlier`,
				problem.Quote(whole.RowName(whole.row)), problem.Quote(whole.Fields[whole.field].Name), digits(whole.number()), problem.Quote(same[n-1].RowName(same[n-1].row)), digits(same[n-1].number()), same[n-1].cell()),
			problem.Say("核对这两期，改正其中一个；口径变了的，在数值后面写 [b]；一时核不清的，在备注里写“待核对”", `check the two periods and correct one; mark a changed definition with [b]; write "待核对" in the note while it cannot be settled`))
	}
	return problems
}

// said tells whether Cumulative says of two figures that the later one is less.
func said(a, b tile) bool {
	return a.counted == b.counted && figures.Cumulative(a.period().Text) && figures.Cumulative(b.period().Text)
}

// unlikeParts finds figures whose periods make up that of another one exactly, by the
// longest steps, else by the shortest ones, and whose sum is another.
func unlikeParts(from func(day period.Date) []tile, whole tile) (parts []tile, sum float64) {
	for _, longest := range []bool{true, false} {
		parts, sum = parts[:0], 0
		loose := whole.rounded()
		at := whole.period().Start
		for at <= whole.period().End {
			same := from(at)
			n, _ := slices.BinarySearchFunc(same, whole.period().End+1, func(p tile, end period.Date) int { return cmp.Compare(p.period().End, end) })
			if same = same[:n]; n > 0 && samePeriod(same[n-1].period(), whole.period()) {
				same = same[:n-1]
			}
			if len(same) == 0 {
				break
			}
			next := same[0]
			if longest {
				next = same[len(same)-1]
			}
			parts, sum, loose, at = append(parts, next), sum+next.number(), loose+next.rounded(), next.period().End+1
		}
		if difference := sum - whole.number(); at == whole.period().End+1 && len(parts) > 1 && max(difference, -difference) > loose {
			return parts, sum
		}
	}
	return nil, 0
}

func samePeriod(a, b period.Period) bool { return a.Start == b.Start && a.End == b.End }
