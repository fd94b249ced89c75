package check

import (
	"math"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// TotalRows holds the rows named 合计 总计 小计 against the rows that they add
// up, and those named 其中 against the row that they are part of, in every column
// of counts.
//
// A total is of all rows that are like it but for the columns in which it names
// itself a total or says nothing; a 小计 is of the rows next to it, up to another
// total. A total of all may also be that of the rows next to it or of the other
// totals, as a table has blocks. Where a marker stands instead of a part, the
// total is at least the sum of the others.
func TotalRows(s *bureau.Statistic) problem.List {
	t := totals{Statistic: s, keys: s.Keys(), groups: map[string]map[string]*group{}}
	for i, r := range s.Rows {
		switch r.Kind {
		case bureau.TotalRow:
			t.total(i)
		case bureau.OfWhichRow:
			t.ofWhich(i)
		}
	}
	return t.problems
}

type totals struct {
	*bureau.Statistic
	keys     []int
	groups   map[string]map[string]*group // by the columns that are left out, then by the others' texts
	problems problem.List
}

// group is the rows that have the same names in some columns, in their order.
type group struct {
	rows   []int
	data   []int
	totals []int // those that are open in the other columns
}

// Far more totals of the same rows, or parts of one row, than a table has.
const (
	maxTotals = 100
	maxParts  = 1000
)

// open gives the columns in which a row names itself a total or a part, or says
// nothing.
func (t *totals) open(row int) []bool {
	open := make([]bool, len(t.keys))
	for n, k := range t.keys {
		text := t.Row(row)[k].Text
		open[n] = text == "" || bureau.KindOf(text) != bureau.DataRow
	}
	return open
}

// like gives the rows that have the same names as a row outside its open columns.
func (t *totals) like(row int, open []bool) *group {
	var mask strings.Builder
	for _, o := range open {
		if o {
			mask.WriteByte('o')
		} else {
			mask.WriteByte('.')
		}
	}
	groups := t.groups[mask.String()]
	if groups == nil {
		groups = map[string]*group{}
		for i, r := range t.Rows {
			k := t.key(i, open)
			g := groups[k]
			if g == nil {
				g = &group{}
				groups[k] = g
			}
			g.rows = append(g.rows, i)
			switch {
			case r.Kind == bureau.DataRow:
				g.data = append(g.data, i)
			case r.Kind == bureau.TotalRow && slices.Equal(t.open(i), open):
				g.totals = append(g.totals, i)
			}
		}
		t.groups[mask.String()] = groups
	}
	return groups[t.key(row, open)]
}

func (t *totals) key(row int, open []bool) string {
	var key strings.Builder
	for n, k := range t.keys {
		if open[n] {
			continue
		}
		if p := t.Rows[row].Period; t.Fields[k].Role == bureau.RolePeriod && !p.IsZero() {
			key.WriteString(p.Start.String() + p.End.String())
			if p.AsOf {
				key.WriteByte('.')
			}
		} else {
			key.WriteString(t.Row(row)[k].Text)
		}
		key.WriteByte(0)
	}
	return key.String()
}

// total holds one total row against its parts.
func (t *totals) total(row int) {
	open := t.open(row)
	name := ""
	for n, k := range t.keys {
		if text := t.Row(row)[k].Text; open[n] && text != "" && name == "" {
			name = text
		}
	}
	g := t.like(row, open)
	overTime := false
	for n, k := range t.keys {
		overTime = overTime || open[n] && t.Fields[k].Role == bureau.RolePeriod
	}
	if overTime && !t.apart(g.data) {
		return
	}
	at, _ := slices.BinarySearch(g.totals, row)
	from, to := -1, len(t.Rows) // the totals around it
	if at > 0 {
		from = g.totals[at-1]
	}
	if at+1 < len(g.totals) {
		to = g.totals[at+1]
	}
	between := func(from, to int) []int {
		a, _ := slices.BinarySearch(g.data, from)
		b, _ := slices.BinarySearch(g.data, to)
		return g.data[a:b]
	}
	candidates := [][]int{between(from, row), between(row, to)}
	if !strings.Contains(name, "小计") && len(g.totals) <= maxTotals {
		candidates = append(candidates, g.data, slices.Concat(g.totals[:at], g.totals[at+1:]))
	}
	for f, field := range t.Fields {
		if !additive(field) || !t.Row(row)[f].Has() || overTime && cumulative(field.Name) {
			continue
		}
		t.hold(row, f, name, candidates)
	}
}

// apart tells whether the periods of some rows do not overlap and are no stocks,
// so that their counts may be added up.
func (t *totals) apart(rows []int) bool {
	latest := map[string]int{} // the row of the latest period, by the names of its row
	names := make([]bool, len(t.keys))
	for n, k := range t.keys {
		names[n] = t.Fields[k].Role == bureau.RolePeriod
	}
	for _, i := range rows {
		p := t.Rows[i].Period
		if p.IsZero() {
			continue
		}
		if p.AsOf {
			return false
		}
		k := t.key(i, names)
		if j, ok := latest[k]; ok && t.Rows[j].Period.End >= p.Start {
			return false
		}
		latest[k] = i
	}
	return true
}

// hold reports a total that is the sum of none of the sets of rows.
func (t *totals) hold(row, field int, name string, candidates [][]int) {
	total := t.Row(row)[field]
	var sums []sum
	for _, rows := range candidates {
		if len(rows) == 0 {
			continue
		}
		unit := t.Unit(row, field)
		same := slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return t.Unit(i, field) != unit })
		if len(same) == 0 {
			same = rows
		}
		if i := slices.IndexFunc(same, func(i int) bool { return t.Unit(i, field) != t.Unit(same[0], field) }); i >= 0 {
			t.problems.Error(t.Position(row, field), problem.FiguresTotalUnit,
				problem.Say("“%s”把“%s”和“%s”两种单位的数加在一起", `"%s" adds up figures in "%s" and in "%s"`, problem.Quote(name), problem.Quote(t.Unit(same[0], field)), problem.Quote(t.Unit(same[i], field))),
				problem.Say("单位不同的数不能相加；删去这个合计，或者每个单位各写一行合计", "figures in unlike units do not add up: remove this total, or write one for each unit"))
			return
		}
		parts := make([]bureau.Cell, len(same))
		for n, i := range same {
			parts[n] = t.Row(i)[field]
		}
		sums = append(sums, add(total, parts))
	}
	wrong, ok := nearest(sums)
	if !ok {
		return
	}
	t.problems.Error(t.Position(row, field), problem.FiguresTotal, wrong.message(name, total),
		problem.Say("核对合计和各部分；只是某一行一部分的，名称写成“其中：…”；不是各行之和的，不要叫“%s”", `check the total and its parts; name a row that is part of another "其中：…"; do not call "%s" what is no sum of the rows`, problem.Quote(name)))
}

// ofWhich holds a part against the row that it is part of: the last one above it
// that is like it and no such part itself.
func (t *totals) ofWhich(row int) {
	rows := t.like(row, t.open(row)).rows
	at, _ := slices.BinarySearch(rows, row)
	for _, i := range slices.Backward(rows[max(0, at-maxParts):at]) {
		if t.Rows[i].Kind == bureau.OfWhichRow {
			continue
		}
		for f, field := range t.Fields {
			part, whole := t.Row(row)[f], t.Row(i)[f]
			if additive(field) && part.Has() && whole.Has() && part.Number > whole.Number && t.Unit(row, f) == t.Unit(i, f) {
				t.problems.Error(t.Position(row, f), problem.FiguresOfWhich,
					problem.Say("“其中”的%s大于它所属的第%d行的%s", `%s, a part, is more than the %[3]s of line %[2]d that it is part of`, digits(part.Number), t.Position(i, f).Line, digits(whole.Number)),
					problem.Say("核对这两个数；不属于上面那一行的，名称不要写“其中”", `check the two; do not name "其中" what is no part of the row above`))
			}
		}
		return
	}
}

// TotalColumns holds the columns named 合计 总计 小计 against the columns that they
// add up, row by row, and those named 其中 against the column before them. The
// parts are the other counts in the same unit, two at least: all of them, or
// those next to the total, or the other totals.
func TotalColumns(s *bureau.Statistic) problem.List {
	var problems problem.List
	for f, field := range s.Fields {
		if !additive(field) {
			continue
		}
		switch field.Kind() {
		case bureau.TotalRow:
			problems = append(problems, totalColumn(s, f)...)
		case bureau.OfWhichRow:
			problems = append(problems, ofWhichColumn(s, f)...)
		}
	}
	return problems
}

func totalColumn(s *bureau.Statistic, total int) problem.List {
	f := s.Fields[total]
	unlike := func(i int) bool {
		return s.Fields[i].Unit != f.Unit || s.Fields[i].UnitField != f.UnitField || !additive(s.Fields[i])
	}
	var whole, before, after, others []int
	for i := range s.Fields {
		switch {
		case i == total || unlike(i):
		case s.Fields[i].Kind() == bureau.DataRow:
			whole = append(whole, i)
		case s.Fields[i].Kind() == bureau.TotalRow:
			others = append(others, i)
		}
	}
	for i := total - 1; i >= 0 && !unlike(i) && s.Fields[i].Kind() != bureau.TotalRow; i-- {
		if s.Fields[i].Kind() == bureau.DataRow {
			before = append(before, i)
		}
	}
	for i := total + 1; i < len(s.Fields) && !unlike(i) && s.Fields[i].Kind() != bureau.TotalRow; i++ {
		if s.Fields[i].Kind() == bureau.DataRow {
			after = append(after, i)
		}
	}
	var problems problem.List
	for row := range s.Rows {
		cells := s.Row(row)
		if !cells[total].Has() {
			continue
		}
		var sums []sum
		for _, fields := range [][]int{whole, before, after, others} {
			if len(fields) < 2 {
				continue
			}
			parts := make([]bureau.Cell, len(fields))
			for n, i := range fields {
				parts[n] = cells[i]
			}
			sums = append(sums, add(cells[total], parts))
		}
		if wrong, ok := nearest(sums); ok {
			problems.Error(s.Position(row, total), problem.FiguresTotal, wrong.message(f.Name, cells[total]),
				problem.Say("核对这一行；只是某一列一部分的，列名写成“其中：…”；不是各列之和的，不要叫“%s”", `check this row; name a column that is part of another "其中：…"; do not call "%s" what is no sum of the columns`, problem.Quote(f.Name)))
		}
	}
	return problems
}

func ofWhichColumn(s *bureau.Statistic, part int) problem.List {
	of := part - 1
	for of >= 0 && (!additive(s.Fields[of]) || s.Fields[of].Kind() == bureau.OfWhichRow) {
		of--
	}
	if of < 0 || s.Fields[of].Unit != s.Fields[part].Unit {
		return nil
	}
	var problems problem.List
	for row := range s.Rows {
		if a, b := s.Row(row)[part], s.Row(row)[of]; a.Has() && b.Has() && a.Number > b.Number {
			problems.Error(s.Position(row, part), problem.FiguresOfWhich,
				problem.Say("“%s”为%s，大于它所属的“%s”的%s", `"%s" is %s, more than "%s", which it is part of: %s`, problem.Quote(s.Fields[part].Name), digits(a.Number), problem.Quote(s.Fields[of].Name), digits(b.Number)),
				problem.Say("核对这两个数；不属于前面那一列的，列名不要写“其中”", `check the two; do not name "其中" what is no part of the column before`))
		}
	}
	return problems
}

// sum is what some parts add up to, held against a total.
type sum struct {
	parts   int
	value   float64
	missing bool    // a marker stands instead of some part
	off     float64 // by how much the total differs; 0 where it holds
}

// add holds a total against parts. Rounded figures may miss their total by half
// of their last digit each.
func add(total bureau.Cell, parts []bureau.Cell) sum {
	a := sum{parts: len(parts)}
	slack := 1e-9 + rounding(total)
	for _, p := range parts {
		if p.Qualifier != bureau.Exact || total.Qualifier != bureau.Exact {
			return sum{} // about 300 is no exact sum
		}
		if !p.Has() {
			a.missing = true
			continue
		}
		a.value += p.Number
		slack += rounding(p)
	}
	a.value = math.Round(a.value*1e6) / 1e6
	a.off = math.Abs(total.Number - a.value)
	if a.off <= slack || a.missing && total.Number > a.value {
		a.off = 0
	}
	return a
}

// nearest gives the sum that comes nearest to the total; ok is false where one
// holds, or there is none.
func nearest(sums []sum) (wrong sum, ok bool) {
	for n, a := range sums {
		if a.off == 0 {
			return sum{}, false
		}
		if n == 0 || a.off < wrong.off {
			wrong = a
		}
	}
	return wrong, len(sums) > 0
}

func (a sum) message(name string, total bureau.Cell) problem.Text {
	if a.missing {
		return problem.Say("“%s”是%s，小于已知各部分之和%s", `"%s" is %s, less than the sum of the known parts, %s`, problem.Quote(name), digits(total.Number), digits(a.value))
	}
	return problem.Say("“%s”是%s，而%d个部分之和是%s", `"%s" is %s, but its %d parts add up to %s`, problem.Quote(name), digits(total.Number), a.parts, digits(a.value))
}
