package check

import (
	"math"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// GivenChanges computes the changes that a table gives (同比, with the same period
// of last year; 环比, with the period before) once more, where it has the period
// that they are on. A difference beyond the rounding of the given decimals is an
// error. A count changes by per cent or by a number in its own unit, a percentage
// by percentage points (百分点).
func GivenChanges(s *bureau.Statistic) problem.List {
	var problems problem.List
	var at map[moment]int
	for i, f := range s.Fields {
		kind := "同比"
		if !strings.Contains(f.Name, kind) {
			kind = "环比"
		}
		if f.Role != bureau.RoleMeasure || f.Derived || !strings.Contains(f.Name, kind) {
			continue
		}
		level := levelOf(s, f.Name, kind)
		if level < 0 || s.FieldOf(bureau.RolePeriod) < 0 {
			continue
		}
		if at == nil {
			at = moments(s)
		}
		g := given{s, i, level, kind, s.Keys(), at, &problems}
		if g.unit() {
			g.rows()
		}
	}
	return problems
}

// levelOf finds the measure that a given change is of: the one whose name stands
// before 同比 or 环比, or, where none does, the only one there is. It is -1 where that
// is not plain.
func levelOf(s *bureau.Statistic, name, kind string) int {
	stem := func(name string) string {
		for _, end := range []string{"数", "件", "人", "量"} {
			name = strings.TrimSuffix(name, end)
		}
		return name
	}
	before, _, _ := strings.Cut(name, kind)
	before = stem(strings.TrimRight(before, " （(_-—的"))
	only, found := -1, -1
	for i, f := range s.Fields {
		if f.Role != bureau.RoleMeasure || bureau.IsChange(f.Name) {
			continue
		}
		switch {
		case f.Derived:
		case only == -1:
			only = i
		default:
			only = -2
		}
		if stem(f.Bare()) == before {
			found = i
		}
	}
	if found < 0 && only >= 0 && (before == "" || strings.HasPrefix(before, "比") || strings.HasPrefix(before, "较") || strings.HasPrefix(before, "与")) {
		return only
	}
	return found
}

// moment names a row by its period and categories.
type moment struct {
	start, end period.Date
	asOf       bool
	names      string
}

func moments(s *bureau.Statistic) map[moment]int {
	at, keys := make(map[moment]int, len(s.Rows)), s.Keys()
	for i := range s.Rows {
		at[moment{s.Period(i).Start, s.Period(i).End, s.Period(i).AsOf, names(s, keys, i)}] = i
	}
	return at
}

type given struct {
	*bureau.Statistic
	field, level int
	kind         string // 同比 or 环比
	keys         []int
	at           map[moment]int
	problems     *problem.List
}

func (g given) percentage() bool {
	unit := g.Fields[g.level].Unit
	return unit == "%" || unit == "‰" || g.Fields[g.level].Type == "percent"
}

func points(f bureau.Field) bool { return strings.Contains(f.Unit+f.Name, "百分点") }

// unit holds that a percentage changes by percentage points and a count does not.
func (g given) unit() bool {
	f := g.Fields[g.field]
	switch {
	case g.percentage() && f.Unit == "%" && !points(f):
		g.problems.Error(f.At, problem.FiguresPoints,
			problem.Say("“%s”是百分比，它的%s应当用百分点，不用百分比", `"%s" is a percentage, so its change, %s, must be in percentage points, not per cent`, problem.Quote(g.Fields[g.level].Name), g.kind),
			problem.Say("改填两期相减的百分点，把单位写成“百分点”", "give the difference of the two periods and the unit 百分点"))
		return false
	case !g.percentage() && points(f):
		g.problems.Error(f.At, problem.FiguresPoints,
			problem.Say("“%s”不是百分比，它的%s不能用百分点", `"%s" is not a percentage, so its change, %s, cannot be in percentage points`, problem.Quote(g.Fields[g.level].Name), g.kind),
			problem.Text{ZH: "改填百分比，把单位写成“%”", EN: "give the change per cent and the unit %"})
		return false
	}
	return true
}

// base gives the row that the change of a row is on.
func (g given) base(row int) (int, bool) {
	p := g.Period(row)
	var on period.Period
	switch {
	case p.IsZero():
		return 0, false
	case g.kind == "同比":
		on = p.LastYear()
	case p.AsOf:
		return 0, false
	case p.Months() > 0:
		first := p.Start.Time()
		on = period.Period{Start: period.NewDate(first.Year(), first.Month()-time.Month(p.Months()), 1), End: p.Start - 1}
	default:
		on = period.Period{Start: p.Start - period.Date(p.Days()), End: p.Start - 1}
	}
	i, ok := g.at[moment{on.Start, on.End, on.AsOf, names(g.Statistic, g.keys, row)}]
	return i, ok
}

func (g given) rows() {
	f := g.Fields[g.field]
	small, firstSmall := 0, 0
	for row := range g.Rows {
		c, latest := g.Cell(row, g.field), g.Cell(row, g.level)
		on, ok := g.base(row)
		if !ok || !c.Has() || !latest.Has() || (latest.Status|c.Status)&bureau.Break != 0 {
			continue
		}
		base := g.Cell(on, g.level)
		if !base.Has() || latest.Qualifier != bureau.Exact || base.Qualifier != bureau.Exact || c.Qualifier != bureau.Exact || g.Unit(row, g.level) != g.Unit(on, g.level) {
			continue
		}
		value := c.Number
		if falls(f.Name) {
			value = -value
		}
		difference := latest.Number - base.Number
		slack := rounding(latest) + rounding(base) + 1e-9
		percent := !g.percentage() && (f.Unit == "%" || f.Unit == "" && math.Abs(value-difference) > slack)
		if percent && base.Number < float64(g.Bases.NoPercentBelow.V) {
			if small++; small == 1 {
				firstSmall = row
			}
		}
		if !percent {
			if math.Abs(value-difference) > slack+rounding(c) {
				g.differs(row, on, digits(math.Round(difference*1e6)/1e6)+unitWord(f))
			}
			continue
		}
		if base.Number <= 0 {
			continue
		}
		least := 100 * ((latest.Number-rounding(latest))/(base.Number+rounding(base)) - 1)
		most := 100 * ((latest.Number+rounding(latest))/(base.Number-rounding(base)) - 1)
		if half := figures.LastDigit(c)/2 + 1e-9; value < least-half || value > most+half {
			g.differs(row, on, digits(figures.Ratio(100, difference, base.Number, 2))+"%")
		}
	}
	if small > 0 {
		g.problems.Warn(g.Position(firstSmall, g.field), problem.FiguresSmallBase,
			problem.Say("“%s”有%d行的基数小于%d，百分比说明不了问题", `"%s" rests on a base under %[3]d, where a percentage says little; rows: %[2]d`, problem.Quote(f.Name), small, g.Bases.NoPercentBelow.V),
			problem.Say("这些行改写 [z]，只公布数值", "write [z] in these rows and publish only the counts"))
	}
}

// falls tells whether a name says that what it gives is a fall: 同比下降.
func falls(name string) bool {
	for _, word := range [...]string{"增", "升", "涨", "提高"} {
		if strings.Contains(name, word) {
			return false
		}
	}
	for _, word := range [...]string{"下降", "降幅", "减少", "降低"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func unitWord(f bureau.Field) string {
	if points(f) {
		return "个百分点"
	}
	return f.Unit
}

// differs reports a change that is not what the figures say.
func (g given) differs(row, on int, computed string) {
	c, f := g.Cell(row, g.field), g.Fields[g.field]
	if falls(f.Name) {
		computed = strings.TrimPrefix("-"+computed, "--")
	}
	g.problems.Error(g.Position(row, g.field), problem.FiguresChange,
		problem.Say("“%s”写的是“%s”，按表中的数值计算是%s（%s的%s，%s的%s）", `"%s" says "%s", but the figures give %s (%s: %s, %s: %s)`,
			problem.Quote(f.Name), problem.Quote(c.Text), computed, problem.Quote(g.Period(on).Text), digits(g.Cell(on, g.level).Number), problem.Quote(g.Period(row).Text), digits(g.Cell(row, g.level).Number)),
		problem.Say("核对这一格，以及它所比较的两个数值；口径变了的，在数值后面写 [b]", "check this cell and the two figures that it compares; mark a changed definition with [b]"))
}
