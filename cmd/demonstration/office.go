package main

import "fmt"

// An office knows on a day what it knows then: known gives a figure as it was counted
// before it was mended, until the day of the mending.
type mending struct {
	statistic, key string
	day            string // from which the figure is right
	off            int    // by how much it was wrong before
}

var mendings = []mending{
	{"emergency-calls", "刑事警情 2026年7月", "2026-09-10", +4},
	{"emergency-calls", "治安警情 2026年7月", "2026-09-10", -4},
	{"emergency-calls", "刑事警情 2026年8月", "2026-10-10", +3},
	{"emergency-calls", "治安警情 2026年8月", "2026-10-10", -3},
	{"unit-visits", "城关派出所 2026年8月", "2026-10-10", +27},
	{"cases-closed", "城西分局 2025年", "2026-09-10", +1},
	{"crime-recorded-rural", "城关派出所 诈骗 2026年第二季度", "2026-10-27", -2},
}

func known(day, statistic, key string, n int) int {
	for _, m := range mendings {
		if m.statistic == statistic && m.key == key && day < m.day {
			n += m.off
		}
	}
	return n
}

// provisional marks the figures of the month before, which may still change.
func provisional(day string, m month) string {
	var year, now int
	if _, err := fmt.Sscanf(day, "%d-%d", &year, &now); err == nil && m == on(year, now)-1 {
		return "[p]"
	}
	return ""
}

// callsBook has the months of a year across, the newest provisional.
func callsBook(day string, from, to month) workbook {
	s := sheet{name: "接警"}
	months := int(to-from) + 1
	s.title(fmt.Sprintf("指挥中心%d年接报警情统计表", from.year()), months+3)
	s.add("单位：起")
	head := []any{"序号", "警情类别"}
	for m := from; m <= to; m++ {
		head = append(head, fmt.Sprintf("%d月", m.number()))
	}
	s.add(append(head, "合计")...)
	sums := make([]int, months)
	for i, kind := range callings {
		row, all := []any{i + 1, kind}, 0
		for m := from; m <= to; m++ {
			n := known(day, "emergency-calls", kind+" "+m.String(), calls(kind, m))
			row = append(row, marked(n, provisional(day, m)))
			sums[m-from] += n
			all += n
		}
		s.add(append(row, all)...)
	}
	row, all := []any{nil, "合计"}, 0
	for i, n := range sums {
		row = append(row, marked(n, provisional(day, from+month(i))))
		all += n
	}
	s.add(append(row, all)...)
	if from.year() == 2026 {
		s.add(fmt.Sprintf("注：骚扰电话和重复报警不在内；%d月为初步数，下月核定。", to.number()))
	} else {
		s.add("注：骚扰电话和重复报警不在内。")
	}
	return workbook{fmt.Sprintf("指挥中心%d年接警情况（%d-%d月）", from.year(), from.number(), to.number()), "emergency-calls", []sheet{s}}
}

// visitsBook has a sheet a month.
func visitsBook(day string, from, to month) workbook {
	w := workbook{fmt.Sprintf("户政 窗口办件%s", spell(from, to)), "unit-visits", nil}
	for m := from; m <= to; m++ {
		s := sheet{name: fmt.Sprintf("%d月", m.number())}
		s.title(m.String()+"派出所户籍窗口办件情况", 4)
		s.add("序号", "单位", "窗口办件（件）", "备注")
		all := 0
		for i, station := range stations {
			n := known(day, "unit-visits", station+" "+m.String(), visits(station, m))
			s.add(i+1, station, n)
			all += n
		}
		s.add("合计", nil, all)
		s.merge(0, len(s.lines), 1, len(s.lines))
		s.add("制表：户政管理大队")
		w.sheets = append(w.sheets, s)
	}
	return w
}

// mattersBook has a sheet a month, with the units merged over their ledgers.
func mattersBook(_ string, from, to month) workbook {
	w := workbook{fmt.Sprintf("办公室 民意事项%s", spell(from, to)), "matters-handled", nil}
	for m := from; m <= to; m++ {
		s := sheet{name: fmt.Sprintf("%d月", m.number())}
		s.title(m.String()+"民意事项收办情况统计表", 6)
		s.add(nil, nil, nil, nil, nil, "单位：件")
		s.add("序号", "单位", "账本", "收到", "办结", "月末未结")
		var all book
		n := 0
		for _, station := range stations {
			for i, ledger := range ledgers {
				n++
				b := matters(station, ledger, m)
				name := any(station)
				if i > 0 {
					name = nil
				}
				s.add(n, name, ledger, b.received, b.closed, b.open)
				all = book{all.received + b.received, all.closed + b.closed, all.open + b.open}
			}
			s.merge(1, len(s.lines)-2, 1, len(s.lines))
		}
		s.add("合计", nil, nil, all.received, all.closed, all.open)
		s.merge(0, len(s.lines), 2, len(s.lines))
		s.add("填报单位：市局办公室")
		w.sheets = append(w.sheets, s)
	}
	return w
}

// spell says for which months a workbook is.
func spell(from, to month) string {
	if from == to {
		return to.String()
	}
	return fmt.Sprintf("%d年%d-%d月", from.year(), from.number(), to.number())
}

var numerals = []string{"", "一", "二", "三", "四"}

func (q quarter) String() string {
	return fmt.Sprintf("%d年第%s季度", q.year(), numerals[q.number()])
}

// ruralBook has a sheet a quarter, with the kinds of cases across.
func ruralBook(day string, from, to quarter) workbook {
	name := fmt.Sprintf("示范县局 农村刑事案件%d年%s季度", to.year(), numerals[to.number()])
	if to > from+1 {
		name = fmt.Sprintf("示范县局 农村刑事案件%d年", to.year())
	}
	w := workbook{name, "crime-recorded-rural", nil}
	for q := from; q <= to; q++ {
		s := sheet{name: numerals[q.number()] + "季度"}
		s.title(q.String()+"农村地区刑事案件立案情况", len(thefts)+2)
		s.add("单位：起")
		head := []any{"单位"}
		for _, kind := range thefts {
			head = append(head, kind)
		}
		s.add(append(head, "合计")...)
		mark := provisional(day, q.months()[2])
		sums := make([]int, len(thefts)+1)
		for _, station := range villages {
			row, all := []any{station}, 0
			for i, kind := range thefts {
				n := known(day, "crime-recorded-rural", station+" "+kind+" "+q.String(), rural(station, kind, q))
				row = append(row, marked(n, mark))
				sums[i] += n
				all += n
			}
			sums[len(thefts)] += all
			s.add(append(row, marked(all, mark))...)
		}
		row := []any{"合计"}
		for _, n := range sums {
			row = append(row, marked(n, mark))
		}
		s.add(row...)
		if mark != "" {
			s.add("注：本季度为初步数，季末报案、补立的案件在下一季度补报。")
		}
		w.sheets = append(w.sheets, s)
	}
	return w
}

// hurtBook has a sheet a quarter, with a header of two lines.
func hurtBook(_ string, from, to quarter) workbook {
	name := fmt.Sprintf("交警支队 事故伤亡%d年%s季度", to.year(), numerals[to.number()])
	if from != to {
		name = fmt.Sprintf("交警支队 事故伤亡%d年", to.year())
	}
	w := workbook{name, "traffic-casualties", nil}
	for q := from; q <= to; q++ {
		s := sheet{name: numerals[q.number()] + "季度"}
		s.title(q.String()+"道路交通事故伤亡情况", 4)
		s.add("单位", "事故（起）", "伤亡（人）", nil)
		s.add(nil, nil, "死亡", "受伤")
		s.merge(0, 2, 0, 3)
		s.merge(1, 2, 1, 3)
		s.merge(2, 2, 3, 2)
		var sum [3]int
		for _, branch := range branches {
			accidents, killed, injured := hurt(branch, q)
			s.add(branch, accidents, killed, injured)
			sum = [3]int{sum[0] + accidents, sum[1] + killed, sum[2] + injured}
		}
		s.add("合计", sum[0], sum[1], sum[2])
		s.add("注：死亡指事故发生后7日内死亡。")
		w.sheets = append(w.sheets, s)
	}
	return w
}

// The year from which cases of fraud by telephone are counted at another place.
const breakYear = 2024

// solvedBook has the years across, each over two columns.
func solvedBook(day string, from, to int) workbook {
	s := sheet{name: "年度"}
	s.title("刑侦支队年度破案情况", 2*(to-from+1)+1)
	years, heads := []any{"单位"}, []any{nil}
	for y := from; y <= to; y++ {
		years = append(years, fmt.Sprintf("%d年", y), nil)
		heads = append(heads, "破案（起）", "移送起诉（人）")
	}
	s.add(years...)
	s.add(heads...)
	s.merge(0, 2, 0, 3)
	for i := range to - from + 1 {
		s.merge(1+2*i, 2, 2+2*i, 2)
	}
	sums := make([][2]int, to-from+1)
	mark := func(year int) string {
		if year == breakYear {
			return "[b]"
		}
		return ""
	}
	for _, branch := range branches {
		row := []any{branch}
		for y := from; y <= to; y++ {
			cases, persons := solved(branch, y)
			cases = known(day, "cases-closed", fmt.Sprintf("%s %d年", branch, y), cases)
			row = append(row, marked(cases, mark(y)), persons)
			sums[y-from] = [2]int{sums[y-from][0] + cases, sums[y-from][1] + persons}
		}
		s.add(row...)
	}
	row := []any{"合计"}
	for i, sum := range sums {
		row = append(row, marked(sum[0], mark(from+i)), sum[1])
	}
	s.add(row...)
	s.add(fmt.Sprintf("注：%d年起电信网络诈骗案件按被骗人报案地统计，与以前各年不完全可比。", breakYear))
	return workbook{fmt.Sprintf("刑侦支队 年度破案情况（%d-%d）", from, to), "cases-closed", []sheet{s}}
}
