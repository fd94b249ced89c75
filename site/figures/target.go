package figures

import (
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Target is a row of targets.csv that was understood, with the figure that it is
// held against: that of the same unit, the same categories and exactly the same
// interval. A target for a year says nothing of eight months.
type Target struct {
	bureau.Target
	Of         *bureau.Statistic
	OfField    int
	Unit       int           // its place in units, or -1
	Interval   period.Period // zero where the statistic has no periods
	Categories string        // that name the row, after slashes
	Value      float64
	Form       bureau.Form // in which it was set
	AtLeast    bool
	Row        int // the figure's row, or -1 where there is none yet
	Past       int // the row of the like period a year before, else of the last one of the same length; or -1
}

// Verdict tells whether the figure, before it was rounded, reaches the target. It is
// not decided where there is no figure yet, or only a rounded one (约85%), or where it is
// computed of a part of the list that does not decide for all.
func (t Target) Verdict() (reached, decided bool) {
	if t.Row < 0 {
		return false, false
	}
	c := t.Of.Cell(t.Row, t.OfField)
	if !c.Has() || c.Qualifier != bureau.Exact {
		return false, false
	}
	d := Fraction(t.Of, t.Row, t.OfField).Cmp(Exact(t.Value))
	reached = t.AtLeast && d >= 0 || !t.AtLeast && d <= 0
	return reached, t.Of.Computed == nil || !t.Of.Computed.Part || t.tellsWhole(reached)
}

// tellsWhole tells whether what a part of a list says holds for all of it: one matter is
// enough to miss 100 %, and a count of all is no smaller than that of a part.
func (t Target) tellsWhole(reached bool) bool {
	if Percentage(t.ValueUnit()) {
		return !reached && t.AtLeast && t.Value == 100
	}
	return t.Of.Fields[t.OfField].Additive && reached == t.AtLeast
}

// Close gives the figure with as many decimals as tell it from the target, where as
// it is rounded they are the same and before it they are not: 84.996, that misses
// 85. It is empty elsewhere.
func (t Target) Close() (number float64, form bureau.Form, is bool) {
	if t.Row < 0 || !t.Of.Cell(t.Row, t.OfField).Has() || t.Of.Cell(t.Row, t.OfField).Number != t.Value {
		return 0, form, false
	}
	exact := Fraction(t.Of, t.Row, t.OfField)
	if exact.Cmp(Exact(t.Value)) == 0 {
		return 0, form, false
	}
	for decimals := 3; decimals <= maxDecimals; decimals++ {
		if text, n := Rounded(exact, decimals, decimals); n != t.Value {
			_, fraction, _ := strings.Cut(text, ".")
			form.Decimals = uint8(len(fraction))
			return n, form, true
		}
	}
	return 0, form, false
}

// maxDecimals is how many decimals at most tell a figure from its target.
const maxDecimals = 12

// ValueUnit is the unit that the target counts in.
func (t Target) ValueUnit() string {
	for _, row := range []int{t.Row, t.Past} {
		if row >= 0 {
			return t.Of.Unit(row, t.OfField)
		}
	}
	return t.Of.Fields[t.OfField].Unit
}

// Targets reads targets.csv against the statistics: a target of a statistic, a
// field, a unit or a row that is not there is an error at its cell, and so is one
// that does not say who set it.
func Targets(b *bureau.Bureau) ([]Target, problem.List) {
	if len(b.Targets) == 0 {
		return nil, nil
	}
	r := targetReader{bureau: b, units: bureau.UnitIndex(b.Units), rowsOf: map[*bureau.Statistic]map[int][]int{}}
	var targets []Target
	seen := map[targetKey]int{}
	for _, row := range b.Targets {
		before := r.problems.Errors()
		t := r.read(row)
		if r.problems.Errors() > before {
			continue
		}
		k := targetKey{t.Of, t.OfField, t.Unit, t.Interval.Start, t.Interval.End, t.Categories}
		if first, twice := seen[k]; twice {
			r.problems.Error(row.Period.At, problem.TargetTwice, problem.Say("同一目标在第%d行已经写过", "line %d sets this target already", first),
				problem.Say("只留一行；目标有调整的，在依据里写明", "keep one; if the target was changed, say so in the basis"))
			continue
		}
		seen[k] = row.Statistic.At.Line
		targets = append(targets, t)
	}
	return targets, r.problems
}

type targetKey struct {
	statistic   *bureau.Statistic
	field, unit int
	start, end  period.Date
	categories  string
}

type targetReader struct {
	bureau   *bureau.Bureau
	units    map[string]int
	rowsOf   map[*bureau.Statistic]map[int][]int // by unit; -1 has all
	problems problem.List
}

func (r *targetReader) read(row bureau.Target) Target {
	t := Target{Target: row, Unit: -1, Row: -1, Past: -1}
	if row.SetBy.V == "" {
		r.problems.Error(row.SetBy.At, problem.TargetSetBy, problem.Say("没有写明目标由谁制定", "does not say who set the target"),
			problem.Say("在“制定”一列写上单位或文件；没有出处的目标不公布", "name the office or the document in set_by; a target without a source is not published"))
	}
	n, err := number.Parse(row.Target.V, "")
	switch {
	case err != nil:
		r.problems.Error(row.Target.At, problem.TargetValue, err.Message, err.Hint)
	case n.Status != 0:
		r.problems.Error(row.Target.At, problem.TargetValue, problem.Say("“%s”不是数值", `"%s" is not a number`, problem.Quote(row.Target.V)), problem.Say("写上目标数值，例如 90", "write the target as a number, such as 90"))
	}
	t.Value, t.Form = n.Value, n.Form
	direction, known := bureau.Directions.Of(row.Direction.V)
	if t.AtLeast = direction == "at-least"; !known {
		r.problems.Error(row.Direction.At, problem.TargetDirection, problem.Say("“%s”没有说明方向", `"%s" is not a direction`, problem.Quote(row.Direction.V)),
			bureau.Directions.Hint(row.Direction.V))
	}
	var fault *problem.Fault
	if t.Of, fault = Statistic(r.bureau, row.Statistic.V); fault != nil {
		r.problems.Error(row.Statistic.At, problem.TargetStatistic, fault.Message, fault.Hint)
		return t
	}
	if fault := Misplaced(r.bureau, t.Of, row.Place.V, problem.Say("“地区”（place）一列", "the column place")); fault != nil {
		at := row.Place.At
		if !row.Place.Given() {
			at = row.Statistic.At // there is no such column, or the cell says nothing
		}
		r.problems.Error(at, problem.TargetPlace, fault.Message, fault.Hint)
		return t
	}
	if t.OfField = t.Of.Field(row.Field.V); t.OfField < 0 || !t.Of.Fields[t.OfField].IsMeasure() {
		r.problems.Error(row.Field.At, problem.TargetField, problem.Say("统计“%s”没有名为“%s”的数值字段", `the statistic "%s" has no field of numbers "%s"`, t.Of.Name, problem.Quote(row.Field.V)),
			problem.Suggest(row.Field.V, t.Of.FieldNames(bureau.Field.IsMeasure)))
		return t
	}
	if r.unit(&t) {
		r.rows(&t)
	}
	return t
}

// unit finds the unit of the target, and reports false where it cannot.
func (r *targetReader) unit(t *Target) bool {
	has, name := t.Of.FieldOf(bureau.RoleUnit) >= 0, t.Target.Unit
	switch {
	case name.V == "" && !has:
		return true
	case name.V == "":
		r.problems.Error(name.At, problem.TargetUnit, problem.Say("统计“%s”分单位，目标没有写是哪个单位的", `the statistic "%s" is given by unit, but the target names no unit`, t.Of.Name),
			problem.Say("在“单位”一列写上单位表里的名称", "name a unit of data/units.csv in the column unit"))
		return false
	case !has:
		r.problems.Error(name.At, problem.TargetUnit, problem.Say("统计“%s”不分单位", `the statistic "%s" is not given by unit`, t.Of.Name), problem.Say("“单位”一列留空", "leave the column unit empty"))
		return false
	}
	at, known := r.units[name.V]
	if !known {
		var names []string
		for i := range r.bureau.Units {
			names = append(names, r.bureau.Units[i].Name.V)
		}
		r.problems.Error(name.At, problem.TargetUnit, problem.Say("“%s”不在单位表 data/units.csv 里", `"%s" is not in data/units.csv`, problem.Quote(name.V)), problem.Suggest(name.V, names))
		return false
	}
	t.Unit = at
	return true
}

// rows finds the figure of the target and the one from before it.
func (r *targetReader) rows(t *Target) {
	s, at := t.Of, t.Target.Period
	if len(at.V) > maxReference {
		r.problems.Error(at.At, problem.TargetPeriod, problem.Say("期间和分类过长", "the period and the categories are too long"), problem.Say("写成“期间/分类”", "write period/category"))
		return
	}
	if s.Computed != nil {
		r.computed(t)
		return
	}
	timed := s.FieldOf(bureau.RolePeriod) >= 0
	t.Categories = at.V
	if timed {
		options := period.Options{FinancialYearStart: time.Month(r.bureau.Site.FinancialYearStart.V)}
		var fault error
		if t.Interval, t.Categories, fault = period.Cut(at.V, options); fault != nil {
			r.problems.Error(at.At, problem.TargetPeriod, problem.Say("“%s”不是期间", `"%s" is not a period`, problem.Quote(at.V)),
				problem.Say("写成 2026、2026-09 或者 2026年1-9月；分类写在后面，用“/”隔开", "write 2026, 2026-09 or 2026年1-9月, with any categories after slashes"))
			return
		}
	}
	k := keysOf(r.bureau, t.Categories)
	var keys []int // the categories that name the row
	for _, f := range s.Keys() {
		if s.Fields[f].Role == bureau.RoleCategory {
			keys = append(keys, f)
		}
	}
	var rows []int
	for _, i := range r.own(s, t.Unit) {
		if k.fit(s, i, keys, t.Categories) {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 && t.Categories != "" && !s.NoneYet() {
		r.problems.Error(at.At, problem.TargetRow, problem.Say("统计“%s”没有“%s”这一行", `the statistic "%s" has no row "%s"`, s.Name, problem.Quote(t.Categories)), problem.Suggest(t.Categories, references(s, "", nil)))
		return
	}
	var fits []int
	var past period.Period
	for _, i := range rows {
		of := s.Period(i)
		switch {
		case !timed || of.Start == t.Interval.Start && of.End == t.Interval.End && of.AsOf == t.Interval.AsOf:
			fits = append(fits, i)
		case s.Cell(i, t.OfField).Has() && of.End < t.Interval.Start && (past.IsZero() || nearer(of, past, t.Interval)) && period.SameLength(of, t.Interval):
			t.Past, past = i, of
		}
	}
	if len(fits) > 1 {
		r.problems.Error(at.At, problem.TargetRow, problem.Say("“%s”符合%d行，说不清是哪一行", `"%s" fits %d rows, and it is not clear which one is meant`, problem.Quote(at.V), len(fits)),
			problem.Text{ZH: "请写明是哪一行，如：" + problem.Names(references(s, t.Target.Field.V, fits), "；"), EN: "say which, such as: " + problem.Names(references(s, t.Target.Field.V, fits), "; ")})
		return
	}
	if len(fits) == 1 {
		t.Row = fits[0]
	}
}

// computed finds the figure that the site computes of its own lists: where no period is
// named, that of the whole as of today.
func (r *targetReader) computed(t *Target) {
	s, at := t.Of, t.Target.Period
	if rows := keysOf(r.bureau, areaNames(at.V)).rows(s); len(rows) > 0 {
		t.Row, t.Interval = rows[0], s.Period(rows[0])
		t.Categories = measuredOf(s, rows[0])
		return
	}
	r.problems.Error(at.At, problem.TargetRow, problem.Say("“%s”没有“%s”这一行", `"%s" has no row "%s"`, s.Name, problem.Quote(at.V)), problem.Suggest(at.V, references(s, "", nil)))
}

// own gives the rows of a unit, or all for -1.
func (r *targetReader) own(s *bureau.Statistic, unit int) []int {
	rows, known := r.rowsOf[s]
	if !known {
		if field := s.FieldOf(bureau.RoleUnit); field >= 0 {
			rows = unitRows(s, field, r.units)
		} else {
			all := make([]int, len(s.Rows))
			for i := range all {
				all[i] = i
			}
			rows = map[int][]int{-1: all}
		}
		r.rowsOf[s] = rows
	}
	return rows[unit]
}

// nearer tells whether a is a better past than b: the same months a year before,
// else the later one.
func nearer(a, b, of period.Period) bool {
	last := of.LastYear()
	if b.Start == last.Start && b.End == last.End {
		return false
	}
	return a.Start == last.Start && a.End == last.End || a.End > b.End
}
