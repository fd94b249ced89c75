package chart

import (
	"math"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Bounds of one chart. A reader tells six colours apart; what is wider than
// this is a table, not a picture.
const (
	maxPanels = 36
	maxTicks  = 400
	maxBars   = 12 // more periods than that are inferred as a line
	maxPlots  = 3  // that are inferred
)

// Plots gives the charts of a statistic: those of its descriptor, or where it
// says nothing of charts, those that its fields suggest.
func Plots(s *bureau.Statistic, lang *locale.Language) ([]Plot, problem.List) {
	if !s.Descriptor.ChartsGiven && len(s.Descriptor.Charts) == 0 {
		return inferred(s, lang), nil
	}
	var plots []Plot
	var problems problem.List
	for _, c := range s.Descriptor.Charts {
		p, found := PlotOf(s, c, lang)
		problems = append(problems, found...)
		if found.Errors() == 0 {
			plots = append(plots, p)
		}
	}
	return plots, problems
}

// inferred chooses charts from the roles of the fields; what PlotOf would
// refuse is left out.
//
//	period and measures        bars, or a line for more than twelve periods
//	categories, one period     horizontal bars, or groups of them
//	categories and periods     groups of bars or lines, one series a category
//	units and periods          small multiples: each beside its own past
//
// Measures of unlike units get a chart each, and figures of the time before that of their
// row (上年同期) none over several periods. What these leave out is drawn for the latest
// period, as when it was the only one. Units of one period alone get none: that would only
// rank them.
func inferred(s *bureau.Statistic, lang *locale.Language) []Plot {
	if len(s.Rows) == 0 {
		return nil
	}
	periods := 0
	if p := s.FieldOf(bureau.RolePeriod); p >= 0 {
		periods = figures.Distinct(s, p, 1)
	}
	groups := likeMeasures(s)
	plots, left := suggested(s, groups, period.Period{}, periods, lang)
	if periods > 1 {
		var last period.Period
		for _, r := range figures.DataRows(s) {
			if p := s.Period(r); last.IsZero() || period.Compare(last, p) < 0 {
				last = p
			}
		}
		more, _ := suggested(s, left, last, 1, lang)
		for _, p := range more {
			if len(p.Ticks) > 1 {
				plots = append(plots, p)
			}
		}
	}
	return plots
}

// suggested gives the charts of groups of measures, of all rows or of those of one period,
// and the groups that have a measure which is in none.
func suggested(s *bureau.Statistic, groups [][]bureau.String, only period.Period, periods int, lang *locale.Language) (plots []Plot, left [][]bureau.String) {
	var x, by string
	if p := s.FieldOf(bureau.RolePeriod); p >= 0 && periods > 1 {
		x = s.Fields[p].Name
	}
	units := false
	for _, k := range s.Keys() {
		f := s.Fields[k]
		if f.Role == bureau.RolePeriod || figures.Distinct(s, k, 1) < 2 {
			continue
		}
		switch {
		case x == "":
			x = f.Name
		case by == "":
			by = f.Name
		default:
			return nil, groups
		}
		units = units || f.Role == bureau.RoleUnit
	}
	if x == "" {
		if p := s.FieldOf(bureau.RolePeriod); p >= 0 {
			x = s.Fields[p].Name
		} else if keys := s.Keys(); len(keys) > 0 {
			x = s.Fields[keys[0]].Name
		} else {
			return nil, groups
		}
	}
	if units && periods < 2 {
		return nil, groups
	}
	for _, group := range groups {
		all := group
		if periods > 1 && by != "" {
			group = slices.DeleteFunc(slices.Clone(group), func(y bureau.String) bool {
				earlier, _ := s.Fields[s.Field(y.V)].Earlier()
				return earlier
			})
		}
		charts := []bureau.Chart{{X: bureau.String{V: x}, By: bureau.String{V: by}, Y: group}}
		if by != "" {
			charts = charts[:0]
			for _, y := range group {
				charts = append(charts, bureau.Chart{X: bureau.String{V: x}, By: bureau.String{V: by}, Y: []bureau.String{y}})
			}
		}
		missed := false
		for _, c := range charts {
			if units {
				c.Type.V = string(SmallMultiples)
			}
			if len(plots) == maxPlots {
				missed = true
				break
			}
			p, found := plotOf(s, c, only, lang)
			if found.Errors() == 0 && p.Drawable() {
				plots = append(plots, p)
			} else {
				missed = true
			}
		}
		if missed {
			left = append(left, all)
		}
	}
	return plots, left
}

// Trend gives the one chart of a unit's own past from its own rows, or reports false where there is
// none: fewer than two periods, or figures that no chart can hold. The unit stands
// beside no other, so that nothing is ranked.
func Trend(s *bureau.Statistic, lang *locale.Language) (Plot, bool) {
	for _, plot := range inferred(s, lang) {
		if plot.Time && len(plot.Ticks) > 1 {
			return plot, true
		}
	}
	return Plot{}, false
}

// likeMeasures groups the measures by unit, in the order of the fields. One whose
// unit is not known is like no other.
func likeMeasures(s *bureau.Statistic) [][]bureau.String {
	var units []string
	var groups [][]bureau.String
	for i, f := range s.Fields {
		if !f.IsMeasure() || besideParts(s, i) {
			continue
		}
		unit := s.Unit(0, i)
		at := slices.Index(units, unit)
		if at < 0 || unit == "" {
			at = len(units)
			units, groups = append(units, unit), append(groups, nil)
		}
		groups[at] = append(groups[at], bureau.String{V: f.Name})
	}
	return groups
}

// besideParts tells whether a measure is a total, or a part of another, and the
// table has others that count the same: it is not drawn with these.
func besideParts(s *bureau.Statistic, field int) bool {
	if s.Fields[field].Kind == bureau.DataRow || len(s.Rows) == 0 {
		return false
	}
	for i, f := range s.Fields {
		if f.IsMeasure() && f.Kind == bureau.DataRow && s.Unit(0, i) == s.Unit(0, field) {
			return true
		}
	}
	return false
}

func (p Plot) Drawable() bool {
	for _, s := range p.Series {
		for _, v := range s.Values {
			if !math.IsNaN(v.Number) {
				return true
			}
		}
	}
	return false
}

// nameOf gives the name of a tick or a series.
func nameOf(s *bureau.Statistic, row, field int, lang *locale.Language) (label, short string) {
	if p := s.Period(row); s.Fields[field].Role == bureau.RolePeriod && !p.IsZero() {
		return lang.Label(p), lang.Short(p)
	}
	text := s.Cell(row, field).Text
	return text, text
}

// PlotOf gives one chart of a descriptor or of a Markdown block. Where the list
// holds an error the chart cannot be drawn, and the plot is not to be used.
func PlotOf(s *bureau.Statistic, c bureau.Chart, lang *locale.Language) (Plot, problem.List) {
	return plotOf(s, c, period.Period{}, lang)
}

// plotOf gives a chart of all rows, or of those of one period.
func plotOf(s *bureau.Statistic, c bureau.Chart, only period.Period, lang *locale.Language) (Plot, problem.List) {
	d := draft{s: s, c: c, only: only, x: -1, by: -1, plot: Plot{Language: lang, Type: ChartType(c.Type.V), Average: c.Average.V, At: c.At}}
	d.fields()
	if d.problems.Errors() == 0 {
		d.fill()
	}
	if d.problems.Errors() == 0 {
		d.judge()
	}
	if d.problems.Errors() > 0 {
		return Plot{}, d.problems
	}
	return d.plot, d.problems
}

// draft is a chart on its way to a plot.
type draft struct {
	s        *bureau.Statistic
	c        bureau.Chart
	only     period.Period // what it is drawn of; zero for all
	x, by    int
	y        []int
	plot     Plot
	problems problem.List
}

// refuse adds an error at the place of a value, or of the chart where the value
// is not given.
func (d *draft) refuse(at problem.Position, rule problem.Rule, message, hint problem.Text) {
	if at.Line == 0 {
		at = d.c.At
	}
	d.problems.Error(at, rule, message, hint)
}

// fields finds the fields that the chart names.
func (d *draft) fields() {
	s := d.s
	_, known := bureau.ChartTypes.Of(d.c.Type.V)
	switch t := d.c.Type.V; {
	case t == "":
	case t == "pie" || t == "饼图" || t == "doughnut":
		d.refuse(d.c.Type.At, problem.ChartType, problem.Say("不提供饼图", "pie charts are not supported"),
			problem.Say("人眼难以比较扇形的大小；请用 share-bar（各部分加起来是整体）或 horizontal-bar", "sectors are hard to compare; use share-bar if the parts make a whole, or else horizontal-bar"))
	case !known:
		d.refuse(d.c.Type.At, problem.ChartType, problem.Say("没有“%s”这种图", `there is no chart type "%s"`, problem.Quote(t)), bureau.ChartTypes.Hint(t))
	}

	keys := s.FieldNames(bureau.Field.IsKey)
	find := func(v bureau.String, what string) int {
		i := s.Field(v.V)
		if i < 0 {
			d.refuse(v.At, problem.ChartField, problem.Say("没有“%s”这个字段", `there is no field "%s"`, problem.Quote(v.V)), problem.Suggest(v.V, keys))
		} else if !s.Fields[i].IsKey() {
			d.refuse(v.At, problem.ChartField, problem.Say("“%[1]s”不能作 %[2]s：它不是期间、单位或分类", `"%[1]s" cannot be %[2]s: it is not a period, unit or category`, problem.Quote(v.V), what), problem.Suggest("", keys))
			return -1
		}
		return i
	}
	if d.c.X.V != "" {
		d.x = find(d.c.X, "x")
	} else {
		for _, role := range []bureau.Role{bureau.RolePeriod, bureau.RoleUnit, bureau.RoleCategory} {
			if d.x < 0 {
				d.x = s.FieldOf(role)
			}
		}
		if d.x < 0 {
			d.refuse(d.c.At, problem.ChartField, problem.Say("没有期间、单位或分类可作横轴", "there is no period, unit or category for the axis"), problem.Say("在说明文件里注明哪一列是期间、单位或分类（schema 下 fields 的 role）", "say in the descriptor which column is the period, the unit or the category (role, under schema.fields)"))
		}
	}
	if d.c.By.V != "" {
		if d.by = find(d.c.By, "by"); d.by >= 0 && d.by == d.x {
			d.refuse(d.c.By.At, problem.ChartField, problem.Say("x 与 by 是同一个字段", "x and by are the same field"), problem.Say("by 改用另一个字段", "use another field for by"))
		}
	}

	measures := s.FieldNames(bureau.Field.IsMeasure)
	for _, v := range d.c.Y {
		i := s.Field(v.V)
		switch {
		case i < 0:
			d.refuse(v.At, problem.ChartField, problem.Say("没有“%s”这个字段", `there is no field "%s"`, problem.Quote(v.V)), problem.Suggest(v.V, measures))
		case !s.Fields[i].IsMeasure():
			d.refuse(v.At, problem.ChartField, problem.Say("“%s”不是数值字段，不能作 y", `"%s" cannot be y: it is not a field of numbers`, problem.Quote(v.V)), problem.Suggest("", measures))
		case slices.Contains(d.y, i):
			d.refuse(v.At, problem.ChartField, problem.Say("y 里“%s”写了两次", `y names "%s" twice`, problem.Quote(v.V)), problem.Say("删去其中一个", "remove one of them"))
		default:
			d.y = append(d.y, i)
		}
	}
	if len(d.c.Y) == 0 {
		for i, f := range s.Fields {
			if f.IsMeasure() && !besideParts(s, i) && (len(d.y) == 0 || d.by < 0 && len(s.Rows) > 0 && s.Unit(0, i) == s.Unit(0, d.y[0])) {
				d.y = append(d.y, i)
			}
		}
		if len(d.y) == 0 {
			d.refuse(d.c.At, problem.ChartField, problem.Say("没有数值字段可画", "there is no field of numbers to draw"), problem.Say("在说明文件里注明哪一列是数值（schema 下 fields 的 role 写 measure）", "say in the descriptor which column holds the figures (role: measure, under schema.fields)"))
		}
	}
	part := func(i int) bool { return s.Fields[i].Kind == bureau.DataRow }
	for _, v := range d.c.Y {
		y := s.Field(v.V)
		if y >= 0 && s.Fields[y].Kind == bureau.TotalRow && besideParts(s, y) && slices.ContainsFunc(d.y, part) {
			d.refuse(v.At, problem.ChartTotal, problem.Say("“%s”是合计，不与它的各部分画在一起", `"%s" is a total and is not drawn with its parts`, problem.Quote(s.Fields[y].Name)),
				problem.Say("从 y 中删去它，或者给它单独画一张图", "remove it from y, or draw it in a chart of its own"))
		}
	}
	if d.by >= 0 && len(d.y) > 1 {
		d.refuse(d.c.By.At, problem.ChartField, problem.Say("有 by 时 y 只能有一个字段", "with by, y can be one field only"), problem.Say("每个字段各画一张图", "draw a chart for each field"))
	}
}

// fill takes the values of the rows into ticks and series.
func (d *draft) fill() {
	s := d.s
	rows := figures.DataRows(s)
	if !d.only.IsZero() {
		rows = slices.DeleteFunc(rows, func(r int) bool { return s.Period(r) != d.only })
	}
	d.like(rows)
	if d.problems.Errors() > 0 {
		return
	}
	tickAt, seriesAt := map[figures.Key]int{}, map[figures.Key]int{}
	var ticks, series []int // one row of each
	for _, i := range rows {
		if k := figures.KeyOf(s, i, d.x); tickAt[k] == 0 {
			ticks = append(ticks, i)
			tickAt[k] = len(ticks)
		}
		if d.by >= 0 {
			if k := figures.KeyOf(s, i, d.by); seriesAt[k] == 0 {
				series = append(series, i)
				seriesAt[k] = len(series)
			}
		}
		if len(ticks) > maxTicks || len(series) > maxTicks {
			d.refuse(d.c.At, problem.ChartSize, problem.Say("要画的项目超过%[1]d个，图上看不清", "there are more than %[1]d items to draw, too many to see", maxTicks), problem.Say("换一个取值较少的字段作 x 或 by；没有的，写 charts: []（图表），只公布表格", "use a field with fewer values for x or by; where there is none, write charts: [] to publish only the table"))
			return
		}
	}
	inTime := func(field int, some []int, at map[figures.Key]int) {
		if s.Fields[field].Role == bureau.RolePeriod {
			slices.SortStableFunc(some, func(a, b int) int { return figures.CompareKeys(figures.KeyOf(s, a, field), figures.KeyOf(s, b, field)) })
			for n, i := range some {
				at[figures.KeyOf(s, i, field)] = n + 1
			}
		}
	}
	inTime(d.x, ticks, tickAt)
	d.plot.Time = s.Fields[d.x].Role == bureau.RolePeriod
	if d.plot.Time {
		ticks = d.gaps(ticks)
		for t, i := range ticks {
			if i >= 0 {
				tickAt[figures.KeyOf(s, i, d.x)] = t + 1
			}
		}
	}
	for _, i := range ticks {
		if i < 0 {
			gap := s.Gaps[-i-1]
			d.plot.Ticks = append(d.plot.Ticks, Tick{Label: d.plot.Language.Label(gap), Short: d.plot.Language.Short(gap), Row: -1, Year: gap.Start.Time().Year()})
			continue
		}
		label, short := nameOf(s, i, d.x, d.plot.Language)
		d.plot.Ticks = append(d.plot.Ticks, Tick{Label: label, Short: short, Row: i, Year: s.Period(i).Start.Time().Year(),
			Partial: d.plot.Time && s.Rows[i].Span != period.Whole, Longer: d.plot.Time && s.Rows[i].Span == period.Longer})
	}
	if d.by >= 0 {
		inTime(d.by, series, seriesAt)
		for _, i := range series {
			name, _ := nameOf(s, i, d.by, d.plot.Language)
			d.plot.Series = append(d.plot.Series, Series{Name: name})
		}
	} else {
		for _, y := range d.y {
			d.plot.Series = append(d.plot.Series, Series{Name: s.Fields[y].Label()})
		}
	}
	for n := range d.plot.Series {
		field := d.y[0]
		if d.by < 0 {
			field = d.y[n]
		}
		values := make([]PlotValue, len(ticks))
		for t := range values {
			values[t] = PlotValue{Number: math.NaN(), Status: bureau.NotAvailable, Row: -1, Field: field}
		}
		d.plot.Series[n].Values = values
	}
	for _, i := range rows {
		t := tickAt[figures.KeyOf(s, i, d.x)] - 1
		for n := range d.plot.Series {
			if d.by >= 0 && n != seriesAt[figures.KeyOf(s, i, d.by)]-1 {
				continue
			}
			v := &d.plot.Series[n].Values[t]
			if v.Row >= 0 {
				d.twice(t, n, i)
				return
			}
			c := s.Cell(i, v.Field)
			v.Number, v.Form, v.Status, v.Qualifier, v.Row = c.Number, c.Form, c.Status, c.Qualifier, i
			if d.plot.Average && c.Has() {
				v.Number, v.Form = figures.Ratio(1, c.Number, float64(s.Period(i).Months()), 1), bureau.Form{}
			}
		}
	}
	defer func() { d.plot.Title = s.Placed(d.plot.Title) }()
	d.plot.Title = d.c.Title.V
	if d.plot.Title == "" {
		d.plot.Title = s.Title()
		if len(d.y) == 1 {
			d.plot.Title = s.Fields[d.y[0]].Label()
		}
		if !d.only.IsZero() {
			d.plot.Title = d.plot.Language.Label(d.only) + d.plot.Language.Text(locale.Separator) + d.plot.Title
		}
		if d.plot.Average {
			d.plot.Title = d.plot.Language.Text(locale.ChartAverageTitle, d.plot.Title)
		}
	}
}

// gaps puts a place for each missing time among the ticks, -1 for the first and so
// on, so that no line joins over it.
func (d *draft) gaps(ticks []int) []int {
	var all []int
	n := 0
	for _, i := range ticks {
		for ; n < len(d.s.Gaps) && d.s.Gaps[n].End < d.s.Period(i).End; n++ {
			if len(all) > 0 {
				all = append(all, -n-1)
			}
		}
		all = append(all, i)
	}
	return all
}

// like holds that all values count in one unit and, for monthly averages, that
// all of them are flows of whole months.
func (d *draft) like(rows []int) {
	s := d.s
	unit, from := "", ""
	for n, y := range d.y {
		at := d.c.At
		if n < len(d.c.Y) {
			at = d.c.Y[n].At
		}
		for m, i := range rows {
			u := s.Unit(i, y)
			if n == 0 && m == 0 {
				unit, from = u, s.Fields[y].Label()
			}
			if u == unit {
				if s.Fields[y].UnitField < 0 {
					break // every row has the unit of the field
				}
				continue
			}
			if n > 0 {
				d.refuse(at, problem.ChartUnits, problem.Say("“%s”的单位是“%s”，“%s”的单位是“%s”，不能画在同一根轴上", `"%s" counts in "%s" and "%s" in "%s": they cannot share an axis`,
					problem.Quote(from), problem.Quote(unit), problem.Quote(s.Fields[y].Label()), problem.Quote(u)), problem.Say("每个单位各画一张图", "draw a chart for each unit"))
			} else {
				d.refuse(at, problem.ChartUnits, problem.Say("“%s”各行的单位不同（%s、%s），不能画在同一根轴上", `the rows of "%s" count in different units (%s, %s): they cannot share an axis`,
					problem.Quote(from), problem.Quote(unit), problem.Quote(u)), problem.Say("写 charts: []（图表），只公布表格", "write charts: [] to publish only the table"))
			}
			return
		}
	}
	d.plot.Unit = unit
	if !d.plot.Average {
		return
	}
	if unit == "%" || unit == "‰" {
		d.refuse(d.c.Average.At, problem.ChartAverage, problem.Say("百分比没有月均", "a percentage has no monthly average"), problem.Say("删去 monthly_average（月均）", "remove monthly_average"))
		return
	}
	for _, i := range rows {
		if p := s.Period(i); p.Months() == 0 {
			d.refuse(d.c.Average.At, problem.ChartAverage, problem.Text{
				ZH: "“" + problem.Quote(locale.Builtin(problem.Chinese).Label(p)) + "”不是整月的流量，没有月均", EN: `"` + problem.Quote(locale.Builtin(problem.English).Label(p)) + `" is not a flow over whole months and has no monthly average`},
				problem.Say("删去 monthly_average（月均）", "remove monthly_average"))
			return
		}
	}
}

// twice refuses a second value for one place.
func (d *draft) twice(tick, series, row int) {
	var others []string
	for _, k := range d.s.Keys() {
		if k != d.x && k != d.by && figures.Distinct(d.s, k, 1) > 1 {
			others = append(others, d.s.Fields[k].Name)
		}
	}
	hint := problem.Say("删去重复的行", "remove the repeated row")
	if len(others) > 0 {
		hint = problem.Text{ZH: "在图里写上 by（分组），可用的有：" + problem.Names(others, "、"), EN: "add by to the chart, with one of: " + problem.Names(others, ", ")}
		if d.by >= 0 {
			hint = problem.Say("这张表的分类多于图能表示的，换一张只含所需各行的表", "the table has more categories than a chart can show; use a table with only the rows that matter")
		}
	}
	if d.s.Computed != nil { // no row of it has a line
		d.refuse(d.c.At, problem.ChartRows, problem.Say("“%s”有不止一行数据（如“%s”），图上只能画一个值", `"%s" has more than one row (such as "%s"), and a chart shows one value`,
			problem.Quote(d.plot.Ticks[tick].Label), problem.Quote(d.s.RowName(row))), hint)
		return
	}
	d.refuse(d.c.At, problem.ChartRows, problem.Say("“%s”有不止一行数据（如第%d行），图上只能画一个值", `"%s" has more than one row (such as line %d), and a chart shows one value`,
		problem.Quote(d.plot.Ticks[tick].Label), d.s.Position(row, d.x).Line), hint)
}

// judge chooses the type where none is given, and holds it against the rules.
func (d *draft) judge() {
	p := &d.plot
	n := len(p.Series)
	switch {
	case p.Type == "" && n > maxSeries && p.Time:
		p.Type = SmallMultiples
	case p.Type == "" && p.Time && len(p.Ticks) > maxBars:
		p.Type = Line
	case (p.Type == "" || p.Type == Bar) && n > 1:
		p.Type = GroupedBar
	case p.Type == "" && p.Time:
		p.Type = Bar
	case p.Type == "":
		p.Type = HorizontalBar
	}
	at := d.c.Type.At
	fewer := problem.Say("换一个值较少的字段作 by", "take a field of fewer values for by")
	if d.by < 0 {
		fewer = problem.Say("分成几张图，每张的 y 少写几列", "make several charts of it, each with fewer columns in y")
	}
	smaller := fewer
	if n <= maxPanels {
		smaller = problem.Say("改用 type: small-multiples（类型），每个系列一幅小图", "use type: small-multiples, a small chart for each")
	}
	switch {
	case p.Type == SmallMultiples && n > maxPanels:
		d.refuse(at, problem.ChartSize, problem.Say("小图有%d幅，最多%d幅", "there would be %d small charts, but at most %d are drawn", n, maxPanels), fewer)
	case p.Type != SmallMultiples && n > maxSeries:
		d.refuse(at, problem.ChartSize, problem.Say("一张图里有%d个系列，最多%d个", "the chart would have %d series, but at most %d are drawn", n, maxSeries), smaller)
	case p.Type == Line && !p.Time:
		d.refuse(at, problem.ChartType, problem.Say("折线只能连接先后的期间，“%s”不是期间", `a line joins periods in order of time, and "%s" is not a period`, problem.Quote(d.s.Fields[d.x].Name)), problem.Say("改用 bar 或 horizontal-bar", "use bar or horizontal-bar"))
	case (p.Type == StackedBar || p.Type == ShareBar) && n < 2:
		d.refuse(at, problem.ChartParts, problem.Say("%s 至少要有两个部分", "%s needs at least two parts", string(p.Type)), problem.Say("改用 bar", "use bar"))
	case p.Type == StackedBar || p.Type == ShareBar:
		d.parts()
	}
}

// parts holds that the series are the parts of a whole that the table gives:
// a column that equals their sum in every row, a total row, or 100%.
func (d *draft) parts() {
	p := &d.plot
	sums := make([]float64, len(p.Ticks))
	for _, s := range p.Series {
		for t, v := range s.Values {
			if v.Number < 0 {
				d.refuse(d.c.Type.At, problem.ChartParts, problem.Say("有负数，不能看作整体的一部分", "there are negative numbers, which cannot be parts of a whole"), problem.Say("改用 grouped-bar", "use grouped-bar"))
				return
			}
			sums[t] += v.Number
		}
	}
	if d.whole(sums) {
		return
	}
	names := make([]string, len(p.Series))
	for i, s := range p.Series {
		names[i] = s.Name
	}
	d.refuse(d.c.Type.At, problem.ChartParts, problem.Text{
		ZH: "“" + problem.Names(names, "”“") + "”不是一个整体的全部部分：表中没有等于它们之和的字段或合计行",
		EN: problem.Names(names, ", ") + " are not all the parts of a whole: the table has no column or total row that equals their sum"},
		problem.Say("并列比较的，用 grouped-bar；要看构成的，先补齐其余部分（可以用 derive 计算）", "use grouped-bar to set them side by side; to show a composition add the missing part (derive can compute it)"))
}

func (d *draft) whole(sums []float64) bool {
	near := func(a, b, by float64) bool { return math.Abs(a-b) <= by*max(1, math.Abs(b)) }
	// holds tells whether a value of each tick equals the sum; some must be known.
	holds := func(value func(tick int) float64, by float64) bool {
		known := 0
		for t, sum := range sums {
			v := value(t)
			if math.IsNaN(sum) || math.IsNaN(v) {
				continue
			}
			if !near(sum, v, by) {
				return false
			}
			known++
		}
		return known > 0
	}
	if !slices.ContainsFunc(sums, func(v float64) bool { return !math.IsNaN(v) }) {
		return true // every bar lacks a part: nothing is drawn that could mislead
	}
	if d.plot.Average {
		return false // averages are rounded; draw the counts
	}
	if d.plot.Unit == "%" && holds(func(int) float64 { return 100 }, 0.005) {
		return true
	}
	if d.by < 0 {
		for i, f := range d.s.Fields {
			if !f.IsMeasure() || slices.Contains(d.y, i) || d.s.Unit(d.plot.Ticks[0].Row, i) != d.plot.Unit {
				continue
			}
			if holds(func(t int) float64 {
				if row := d.plot.Ticks[t].Row; row >= 0 {
					return d.s.Cell(row, i).Number
				}
				return math.NaN()
			}, 1e-9) {
				return true
			}
		}
		return false
	}
	totals := map[figures.Key]float64{}
	for i, r := range d.s.Rows {
		if r.Kind == bureau.TotalRow {
			totals[figures.KeyOf(d.s, i, d.x)] = d.s.Cell(i, d.y[0]).Number
		}
	}
	return holds(func(t int) float64 {
		if row := d.plot.Ticks[t].Row; row >= 0 {
			if v, ok := totals[figures.KeyOf(d.s, row, d.x)]; ok {
				return v
			}
		}
		return math.NaN()
	}, 1e-9)
}
