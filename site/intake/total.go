package intake

import (
	"math/big"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// exact gives the number that a cell holds; ok is false where it holds none.
func (t *tableReader) exact(i int, c *column) (n *big.Rat, decimals int, ok bool) {
	v, there := t.at(i, c.index)
	if !there {
		return nil, 0, false
	}
	digits := v.Digits
	if v.Kind == table.TextValue {
		p, err := number.Parse(v.Text, c.unit)
		if err != nil || p.Value != p.Value {
			return nil, 0, false
		}
		text, _, _ := number.Markers(v.Text)
		digits, _ = number.Digits(text, c.unit)
	}
	n, ok = new(big.Rat).SetString(digits)
	if ok {
		if v.Kind != table.TextValue && v.Shown >= 0 {
			decimals = int(v.Shown)
		} else if _, fraction, cut := strings.Cut(digits, "."); cut {
			decimals = len(fraction)
		}
	}
	return n, decimals, ok
}

// addsUp tells whether the figures of a column may be added up.
func addsUp(c *column) bool {
	name := c.name()
	return c.kind == figure && figures.Additive(bureau.Field{Role: bureau.RoleMeasure, Name: name, Unit: c.unit, Type: "integer"})
}

// sums holds every total of the table that names itself one against its parts.
func (t *tableReader) sums() {
	t.rowSums()
	t.columnSums()
	t.derived()
	t.spans()
	t.ofWhich()
	t.levels()
}

// rowSums holds the rows that are named totals against those that they may be of: the
// rows next to them up to another total, all rows that are none, or all other totals.
func (t *tableReader) rowSums() {
	isTotal, open := make([]bool, len(t.rows)), make([]bool, len(t.rows))
	names := make([]string, len(t.rows))
	some := false
	for n, i := range t.rows {
		for k := range t.columns {
			c := &t.columns[k]
			if c.kind != key && c.kind != when && c.kind != whenYear && c.kind != whenPart && !c.serial {
				continue
			}
			v, ok := t.at(i, c.index)
			if !ok {
				continue
			}
			word := plainWord(v.Text)
			switch bureau.KindOf(word) {
			case bureau.TotalRow:
				isTotal[n], some = true, true
				open[n] = bureau.IsWhole(word)
				names[n] = word
			case bureau.OfWhichRow:
				open[n] = true // no part of a sum
			}
		}
	}
	if !some {
		return
	}
	for n, i := range t.rows {
		if !isTotal[n] {
			continue
		}
		left := t.skipsTotal(n)
		t.totals = append(t.totals, Total{Name: names[n], At: t.place(i, t.columns[0].index), Left: left})
		if unseen := t.hidesRows(); open[n] && !unseen || left && unseen {
			continue // 全市 may be more than what is listed; what is left out gives nothing away
		}
		best := []int{}
		var wrong []*column
		most := 0
		if k := slices.IndexFunc(t.columns, func(c column) bool {
			_, _, ok := t.exact(i, &c)
			return ok && addsUp(&c)
		}); k >= 0 && t.hidesRows() && len(t.parts(n, names, isTotal, open)) == 0 {
			wrong = []*column{&t.columns[k]} // all its parts are hidden
		}
		for _, parts := range t.parts(n, names, isTotal, open) {
			agree, differ := t.agree(n, parts)
			if agree-len(differ) > most || len(best) == 0 {
				best, wrong, most = parts, differ, agree-len(differ)
			}
			if len(differ) == 0 {
				break
			}
		}
		for _, c := range wrong {
			t.wrong(i, c, best, nil)
		}
	}
}

// parts gives the rows that a total may be the sum of.
func (t *tableReader) parts(n int, names []string, isTotal, open []bool) (all [][]int) {
	add := func(parts []int) {
		if len(parts) > 0 {
			all = append(all, parts)
		}
	}
	var above, below, data, totals []int
	for m := n - 1; m >= 0 && !isTotal[m]; m-- {
		if !open[m] {
			above = append(above, m)
		}
	}
	for m := n + 1; m < len(t.rows) && !isTotal[m]; m++ {
		if !open[m] {
			below = append(below, m)
		}
	}
	for m := range t.rows {
		switch {
		case m == n:
		case isTotal[m] && !open[m]:
			totals = append(totals, m)
		case !isTotal[m] && !open[m]:
			data = append(data, m)
		}
	}
	add(above)
	add(data)
	add(below)
	add(totals)
	var lower []int // subtotals above it, up to a total of its own name
	for m := n - 1; m >= 0 && names[m] != names[n]; m-- {
		if isTotal[m] && !open[m] {
			lower = append(lower, m)
		}
	}
	add(lower)
	return all
}

// agree counts the columns in which a row is the sum of others, and gives those in
// which it is not.
func (t *tableReader) agree(n int, parts []int) (agree int, differ []*column) {
	for k := range t.columns {
		c := &t.columns[k]
		if !addsUp(c) {
			continue
		}
		whole, places, ok := t.exact(t.rows[n], c)
		if !ok {
			continue
		}
		sum, known, rounded := new(big.Rat), true, places
		for _, m := range parts {
			v, d, ok := t.exact(t.rows[m], c)
			if !ok {
				if _, there := t.at(t.rows[m], c.index); there {
					known = false
				}
				continue
			}
			rounded = max(rounded, d)
			sum.Add(sum, v)
		}
		if !known {
			continue
		}
		if near(whole, sum, rounded, len(parts)) {
			agree++
		} else {
			differ = append(differ, c)
		}
	}
	return agree, differ
}

// near tells whether a sum is that of its parts: exactly for whole numbers, and within
// their rounding for fractions.
func near(whole, sum *big.Rat, decimals, parts int) bool {
	d := new(big.Rat).Sub(whole, sum)
	d.Abs(d)
	if decimals == 0 {
		return d.Sign() == 0
	}
	bound := new(big.Rat).SetFrac(big.NewInt(int64(parts+1)), new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)))
	return d.Cmp(bound) <= 0
}

// wrong asks about a total that is not the sum of its parts: rows of its column, or
// columns of its row.
func (t *tableReader) wrong(i int, c *column, rows []int, columns []*column) {
	sum := new(big.Rat)
	decimals := 0
	hidden := rows != nil && t.hidesRows() || columns != nil && t.hidesColumns()
	add := func(n *big.Rat, d int, ok bool) {
		if ok {
			sum.Add(sum, n)
			decimals = max(decimals, d)
		}
	}
	for _, m := range rows {
		add(t.exact(t.rows[m], c))
	}
	for _, part := range columns {
		add(t.exact(i, part))
	}
	v, _ := t.at(i, c.index)
	if whole, _, ok := t.exact(i, c); hidden && ok && whole.Cmp(sum) > 0 {
		t.ask(t.place(i, c.index), problem.ImportTotal, problem.Say("合计写的是%s，看得见的各项加起来是%s，差的在隐藏的行列里：公布了合计，就等于公布了隐藏的数", "the total says %s, and the parts that are seen add up to %s; what is missing is hidden, and whoever reads the total can compute it", problem.Quote(v.Text), sum.FloatString(min(decimals, 6))),
			problem.Say("可以公布的，取消隐藏再导入；不公布的，请报送单位删去隐藏的内容，再把合计改成不含它的数，或者连合计一起删去", "unhide it if it may be published; if not, have what is hidden deleted and the total given without it, or delete the total, too"))
		return
	}
	t.ask(t.place(i, c.index), problem.ImportTotal, problem.Say("合计写的是%s，各项加起来是%s", "the total says %s, and its parts add up to %s", problem.Quote(v.Text), sum.FloatString(min(decimals, 6))),
		problem.Say("请报送单位核对：改正合计，或者改正其中一项，再导入", "have it checked: correct the total or one of its parts, and import the file again"))
}

// ofWhich asks about rows below one that is named 其中, where they and it together are all of
// the row above: they are parts as it is, and no rows of their own.
func (t *tableReader) ofWhich() {
	c, names := t.names()
	if c == nil {
		return
	}
	for n := 1; n < len(names); n++ {
		if bureau.KindOf(names[n]) != bureau.OfWhichRow || bureau.KindOf(names[n-1]) != bureau.DataRow {
			continue
		}
		parts := []int{n}
		for m := n + 1; m < len(names) && names[m] != "" && bureau.KindOf(names[m]) != bureau.TotalRow; m++ {
			parts = append(parts, m)
			if bureau.KindOf(names[m]) == bureau.OfWhichRow {
				continue
			}
			if agree, differ := t.agree(n-1, parts); agree > 0 && len(differ) == 0 {
				for _, p := range parts[1:] {
					if bureau.KindOf(names[p]) == bureau.OfWhichRow {
						continue
					}
					t.ask(t.place(t.rows[p], c.index), problem.ImportTotal, problem.Say("“%s”和上面写着“其中”的行加起来，正好是“%s”：它是不是也是其中的一项？", "%q and the rows above it that are named 其中 add up to %q: is it one of its parts, too?", problem.Quote(names[p]), problem.Quote(names[n-1])),
						problem.Say("是的，写成“其中：%s”；不是的，把这一行移到“%s”的上面", "if it is, write 其中：%s; if not, move the row above that of %s", problem.Quote(names[p]), problem.Quote(names[n-1])))
				}
				break
			}
		}
	}
}

// names gives the last column of names and what stands in it.
func (t *tableReader) names() (c *column, names []string) {
	for k := range t.columns {
		if t.columns[k].kind == key {
			c = &t.columns[k]
		}
	}
	if c == nil {
		return nil, nil
	}
	for _, i := range t.rows {
		v, _ := t.at(i, c.index)
		names = append(names, plainWord(v.Text))
	}
	return c, names
}

// levels asks about 序号 that numbers rows on two levels, 一 and 1: the upper ones may be the
// sums of those below them.
func (t *tableReader) levels() {
	c, names := t.names()
	serial := slices.IndexFunc(t.columns, func(c column) bool { return c.serial })
	if c == nil {
		return
	}
	if serial < 0 {
		t.numbered(c, names)
		return
	}
	upper, lower := []int(nil), false
	for n, i := range t.rows {
		v, ok := t.at(i, t.columns[serial].index)
		switch s := plainWord(v.Text); {
		case ok && chineseNumber.MatchString(s):
			upper = append(upper, n)
		case ok:
			lower = true
		}
	}
	for _, n := range upper {
		if lower && names[n] != "" && bureau.KindOf(names[n]) == bureau.DataRow {
			t.ask(t.place(t.rows[n], c.index), problem.ImportTotal, problem.Say("序号分两级：“%s”是不是下面各项的合计？", "the rows are numbered on two levels: is %q the sum of those below it?", problem.Quote(names[n])),
				problem.Say("是的，写成“%[1]s小计”；不是的，序号不要分级，都用1、2、3", "if it is, write %[1]s小计; if not, number all rows on one level, 1, 2, 3", problem.Quote(names[n])))
		}
	}
}

// numbered does so where the names themselves are numbered: 刑事案件, 1.盗窃, 2.诈骗; 一、刑事案件, 盗窃.
func (t *tableReader) numbered(c *column, names []string) {
	level := func(n int) string { // how the name is numbered: 一、 （一） 1. (1)
		switch s := numbering.FindString(names[n]); {
		case s == "":
			return ""
		case strings.ContainsAny(s, "0123456789"):
			return "1" + strings.Trim(s, "0123456789")
		default:
			return "一" + strings.Trim(s, "一二三四五六七八九十")
		}
	}
	data := func(n int) bool { return names[n] != "" && bureau.KindOf(names[n]) == bureau.DataRow }
	if len(names) < 3 || !data(0) || !data(1) || level(0) == level(1) {
		return
	}
	for n := range len(names) - 1 {
		if data(n) && data(n+1) && level(n) == level(0) && level(n+1) == level(1) {
			t.ask(t.place(t.rows[n], c.index), problem.ImportTotal, problem.Say("名称的编号分两级：“%s”是不是下面各项的合计？", "the names are numbered on two levels: is %q the sum of those below it?", problem.Quote(names[n])),
				problem.Say("是的，写成“%[1]s小计”；不是的，各行都用一级编号，或者都不编号", "if it is, write %[1]s小计; if not, number all names on one level, or none", problem.Quote(names[n])))
		}
	}
}

// columnSums holds the columns that are named totals against those beside them, under
// the same words and in the same unit.
func (t *tableReader) columnSums() {
	for k := range t.columns {
		c := &t.columns[k]
		if c.kind != figure {
			continue
		}
		at := slices.IndexFunc(c.words, isTotalWord)
		if at < 0 {
			continue
		}
		stem, tail := c.words[:at], c.words[at+1:]
		crosses := c.period.IsZero() && t.across()
		t.totals = append(t.totals, Total{Name: c.name(), At: c.at, Left: crosses})
		if unseen := t.hidesColumns(); bureau.IsWhole(c.words[at]) && !unseen || crosses && unseen || !addsUp(c) {
			continue
		}
		var beside, before, after []*column
		stop := false
		for m := range t.columns {
			p := &t.columns[m]
			last := ""
			if len(p.words) > 0 {
				last = p.words[len(p.words)-1]
			}
			if m == k {
				stop = true
				continue
			}
			under := len(p.words) >= len(stem) && slices.Equal(p.words[:len(stem)], stem) && (len(tail) == 0 || len(p.words) == len(c.words) && slices.Equal(p.words[at+1:], tail))
			if len(tail) == 0 && slices.ContainsFunc(p.words, isTotalWord) {
				last = c.words[at] // a total below another word
			}
			if len(tail) > 0 && at < len(p.words) {
				last = p.words[at]
			}
			if p.kind != figure || !under || p.unit != c.unit && !(crosses && c.unit == "") || isTotalWord(last) || bureau.KindOf(last) == bureau.OfWhichRow || compared.MatchString(last) || runs.MatchString(last) || !addsUp(p) ||
				!c.period.IsZero() && !same(p.period, c.period) {
				if isTotalWord(last) && p.kind == figure {
					if !stop {
						before = nil
					} else {
						break
					}
				}
				continue
			}
			beside = append(beside, p)
			if stop {
				after = append(after, p)
			} else {
				before = append(before, p)
			}
		}
		t.holdColumn(c, finest(beside), beside, before, after)
	}
}

// spans holds a column of a longer time against those of the times that it is made of: a quarter
// against its months. What is no sum of them in any row is a stock, or no such total.
func (t *tableReader) spans() {
	for k := range t.columns {
		c := &t.columns[k]
		if c.period.IsZero() || !addsUp(c) {
			continue
		}
		var parts []*column
		days := 0
		for m := range t.columns {
			p := &t.columns[m]
			if m != k && !p.period.IsZero() && !same(p.period, c.period) && slices.Equal(p.words, c.words) && p.unit == c.unit && addsUp(p) && c.period.Start <= p.period.Start && p.period.End <= c.period.End {
				parts = append(parts, p)
			}
		}
		parts = finest(parts)
		for _, p := range parts {
			days += p.period.Days()
		}
		if days == c.period.Days() || t.hidesColumns() {
			t.holdSpan(c, parts)
		}
	}
}

// holdSpan asks about the rows in which a column is not the sum of others, where it is in most.
func (t *tableReader) holdSpan(c *column, parts []*column) {
	var agree int
	var differ []int
	for _, i := range t.rows {
		whole, places, ok := t.exact(i, c)
		sum := new(big.Rat)
		for _, p := range parts {
			n, d, read := t.exact(i, p)
			if ok = ok && read; ok {
				sum.Add(sum, n)
				places = max(places, d)
			}
		}
		switch {
		case !ok:
		case near(whole, sum, places, len(parts)):
			agree++
		default:
			differ = append(differ, i)
		}
	}
	if len(parts) > 1 && agree > 0 && agree >= len(differ) || len(parts) > 0 && t.hidesColumns() {
		for _, i := range differ {
			t.wrong(i, c, nil, parts)
		}
	}
}

// finest gives the columns whose period holds that of no other: of months and their quarters,
// the months.
func finest(all []*column) []*column {
	return slices.DeleteFunc(slices.Clone(all), func(c *column) bool {
		return slices.ContainsFunc(all, func(p *column) bool {
			return !c.period.IsZero() && !p.period.IsZero() && !same(c.period, p.period) && c.period.Start <= p.period.Start && p.period.End <= c.period.End
		})
	})
}

func (t *tableReader) holdColumn(c *column, all ...[]*column) {
	var best []*column
	var wrong []int
	most := 0
	for _, parts := range all {
		if len(parts) < 2 && !(len(parts) == 1 && t.hidesColumns()) {
			continue
		}
		agree := 0
		var differ []int
		for _, i := range t.rows {
			whole, places, ok := t.exact(i, c)
			if !ok {
				continue
			}
			sum, known := new(big.Rat), true
			for _, p := range parts {
				n, d, ok := t.exact(i, p)
				if !ok {
					_, there := t.at(i, p.index)
					known = known && !there
					continue
				}
				places = max(places, d)
				sum.Add(sum, n)
			}
			switch {
			case !known:
			case near(whole, sum, places, len(parts)):
				agree++
			default:
				differ = append(differ, i)
			}
		}
		if best == nil || agree-len(differ) > most {
			best, wrong, most = parts, differ, agree-len(differ)
		}
	}
	for _, i := range wrong {
		t.wrong(i, c, nil, best)
	}
}

// hidesRows tells whether rows or cells of the table are hidden: they may be parts of its totals.
func (t *tableReader) hidesRows() bool {
	first, last := t.Rows[t.head[0]].Row, t.Rows[t.rows[len(t.rows)-1]].Row
	return slices.ContainsFunc(t.Hidden, func(r table.Range) bool {
		return r.Row > 0 && first <= r.LastRow && r.Row <= last+1
	})
}

// hidesColumns tells it of columns or cells beside those of the table.
func (t *tableReader) hidesColumns() bool {
	first, last := t.columns[0].index, t.columns[len(t.columns)-1].index
	top, bottom := t.Rows[t.head[0]].Row, t.Rows[t.rows[len(t.rows)-1]].Row
	return slices.ContainsFunc(t.Hidden, func(r table.Range) bool {
		return r.LastColumn-r.Column < last+2 && first <= r.LastColumn && r.Column <= last+1 && top <= r.LastRow && r.Row <= bottom+1
	})
}

// derived asks about a hidden column between those of the table, where a rate or a balance gives away
// what may be in it.
func (t *tableReader) derived() {
	first, last := t.columns[0].index, t.columns[len(t.columns)-1].index
	bottom := t.Rows[t.rows[len(t.rows)-1]].Row
	if !slices.ContainsFunc(t.Hidden, func(r table.Range) bool {
		return first < r.Column && r.LastColumn < last && r.LastRow >= bottom
	}) {
		return
	}
	for _, c := range t.columns {
		if c.kind == figure && (rateName.MatchString(c.name()) && c.unit == "%" || carried.MatchString(c.name())) {
			t.ask(c.at, problem.ImportTotal, problem.Say("表里有隐藏的列，由“%s”和别的列也许能算出来", "a column of the table is hidden, and may be computed from %q and the others", c.name()),
				problem.Say("可以公布的，取消隐藏再导入；不公布的，请报送单位把隐藏的列和能算出它的列一起删去", "unhide it if it may be published; if not, have it deleted together with the column that gives it away"))
			return
		}
	}
}

// isTotalWord tells whether a word of a header names a total: 合计, 小计, 三年合计.
func isTotalWord(word string) bool { return bureau.KindOf(word) == bureau.TotalRow }

// across tells whether the table has its periods across.
func (t *tableReader) across() bool {
	for _, c := range t.columns {
		if c.kind == figure && !c.period.IsZero() {
			return true
		}
	}
	return false
}
