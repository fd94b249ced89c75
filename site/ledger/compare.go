package ledger

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// maxSame is how many unexplained changes of one statistic are listed; more
// help nobody.
const maxSame = 1000

// Report is what the site says of its own changes.
type Report struct {
	Revisions []Revision // the latest first
	Removed   []Removed  // by name
	Wanted    []Wanted   // the rows that revisions.csv lacks, as far as they can be filled in
}

// Wanted is a row that revisions.csv lacks: all of it but the reason, the day and who
// approved it.
type Wanted struct {
	Statistic, Period, Field, Old, New, Kind string

	What problem.Text // that changed, where it is no figure
}

// Compare holds what the bureau publishes now against its releases and its list
// of revisions, marks the revised figures with [r], and gives the public list.
// The rules stand in the package's doc comment.
func Compare(b *bureau.Bureau, asOf period.Date) (Report, problem.List) {
	var problems problem.List
	var report Report
	changes, restated := read(b, asOf, &problems)
	if n := len(changes) + len(restated); n > 0 && len(b.Releases) == 0 {
		// Nobody knows what was published; what was written of it stays for whoever brings
		// the records back, or makes them anew.
		problems.Warn(problem.Position{File: bureau.RevisionsKind.File(), Line: 1}, problem.RevisionUnpublished,
			problem.Say("还没有发布记录（data/releases/），修订记录无从核对，网站暂不显示", "no release is recorded (data/releases/), so the revisions cannot be held against one, and the site does not show them"),
			problem.Say("发布记录丢失的，用备份或版本库里的 data/releases/ 恢复；从来没有发布过的，运行 sunshine release，修订从下一次算起，删去这些行", "restore data/releases/ from a backup or the repository if it was lost; if nothing was ever published, run sunshine release, from which on there are revisions, and delete these rows"))
		return report, problems
	}
	now := map[string]*bureau.Statistic{}
	for _, s := range b.Statistics {
		now[s.Name] = s
	}
	past, written := vintages(b.Releases), intervals{}
	for _, name := range slices.Sorted(maps.Keys(past)) {
		c := comparison{name: name, written: written, past: past[name], now: now[name], changes: changes[name], last: b.Releases[len(b.Releases)-1].Date}
		delete(changes, name)
		revisions := c.compare()
		problems = append(problems, c.problems...)
		report.Wanted = append(report.Wanted, c.wanted...)
		report.Revisions = append(report.Revisions, revisions...)
		if c.now == nil {
			v := c.newest()
			report.Removed = append(report.Removed, Removed{Name: name, Title: v.Title, Last: v.last, Revisions: revisions})
		}
	}
	known := slices.Sorted(maps.Keys(past))
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		for _, ch := range changes[name] {
			unpublished(&problems, ch.Statistic, problem.Text{ZH: "统计", EN: "statistic"}, known)
		}
	}
	revisions, wanted, more := restatements(b, restated)
	report.Wanted = append(report.Wanted, wanted...)
	report.Revisions = append(report.Revisions, revisions...)
	problems.Add(more)
	slices.SortStableFunc(report.Revisions, func(a, b Revision) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(a.Statistic, b.Statistic))
	})
	return report, problems
}

// vintage is one that differs from the one before it, with the dates of the
// first and the last release that hold it.
type vintage struct {
	*bureau.Vintage
	first, last period.Date
}

// vintages gives the vintages of every statistic, the earliest first.
func vintages(releases []bureau.Release) map[string][]vintage {
	past := map[string][]vintage{}
	for _, r := range releases {
		for _, v := range r.Statistics {
			of := past[v.Name]
			if n := len(of); n > 0 && of[n-1].Vintage == v {
				of[n-1].last = r.Date
				continue
			}
			past[v.Name] = append(of, vintage{v, r.Date, r.Date})
		}
	}
	return past
}

// comparison holds one statistic against its past.
type comparison struct {
	name     string
	past     []vintage // never empty
	now      *bureau.Statistic
	changes  []*change
	last     period.Date // of the last release
	written  intervals
	problems problem.List

	rows    map[string]*published // by key, as the newest vintage that has it
	fields  map[string]bureau.Measure
	reasons map[cell][]*change // the earliest first
	here    map[string]int     // how many rows of a key stand now
	unread  bool               // the period of a row could not be read, and a problem says so
	columns [][]int            // of each measure, in each vintage
	values  []held             // that were published of one figure; used again
	wanted  []Wanted

	unexplained, withheld int // figures
}

// published is one row as a vintage has it.
type published struct {
	*bureau.VintageRow
	vintage int
	before  *published // as an earlier vintage has it, where that differs
}

// held is a published value with the day of the release that had it first.
type held struct {
	bureau.Figure
	since period.Date
}

func (c *comparison) newest() vintage { return c.past[len(c.past)-1] }

func (c *comparison) compare() []Revision {
	c.history()
	c.explain()
	if c.now == nil {
		c.gone(cell{}, problem.Position{File: bureau.StatisticKind.File(c.name)}, problem.Say("公开过的统计“%s”现在没有了", `the statistic "%s" was published and is gone`, problem.Quote(c.newest().Title)))
	} else if len(c.now.Rows) > 0 || c.now.NoneYet() { // else it could not be read
		c.figures()
		c.removals()
	}
	return c.revisions()
}

// history gathers every row and field that any release holds. Vintages share
// the rows that did not change, most often at the same place.
func (c *comparison) history() {
	c.rows = make(map[string]*published, len(c.newest().Rows))
	c.fields = map[string]bureau.Measure{}
	var before []*bureau.VintageRow
	for i, v := range c.past {
		for _, m := range v.Measures {
			c.fields[m.Name] = m
		}
		for j, r := range v.Rows {
			if j < len(before) && before[j] == r {
				continue
			}
			if earlier := c.rows[r.Key]; earlier == nil || earlier.VintageRow != r {
				c.rows[r.Key] = &published{r, i, earlier}
			}
		}
		before = v.Rows
	}
}

// explain puts every change to what it is about and refuses those of what was
// never published.
func (c *comparison) explain() {
	c.reasons = map[cell][]*change{}
	for _, ch := range c.changes {
		ch.cell.field = ch.Field.V
		if len(ch.keys) > 0 {
			i := slices.IndexFunc(ch.keys, func(key string) bool { return c.rows[key] != nil })
			if i < 0 {
				unpublished(&c.problems, ch.Period, problem.Text{ZH: "行", EN: "row"}, nil)
				continue
			}
			ch.cell.key = ch.keys[i]
		}
		if ch.cell.field != "" {
			m, found := c.fields[ch.cell.field]
			if !found {
				unpublished(&c.problems, ch.Field, problem.Text{ZH: "字段", EN: "field"}, slices.Sorted(maps.Keys(c.fields)))
				continue
			}
			ch.unit = m.Unit
		}
		if ch.removed || ch.figures(&c.problems) {
			ch.good = true
			c.reasons[ch.cell] = append(c.reasons[ch.cell], ch)
		}
	}
}

// unpublished refuses a revision of something that no release holds.
func unpublished(problems *problem.List, of bureau.String, what problem.Text, known []string) {
	hint := problem.Meant(of.V, known, problem.Say("只有公开过的数值才有修订；核对这一格的写法，没有公开过的，删去这一行", "only what was published can be revised; check how this cell is written, or delete the line"))
	problems.Error(of.At, problem.RevisionUnpublished, problem.Text{
		ZH: "没有公开过" + what.ZH + "“" + problem.Quote(of.V) + "”，无从修订",
		EN: "no " + what.EN + ` "` + problem.Quote(of.V) + `" was ever published, so it cannot be revised`,
	}, hint)
}

// figures holds every figure against what was published of it.
func (c *comparison) figures() {
	t := tableOf(c.now, c.written)
	c.here = t.seen
	c.columns = make([][]int, len(c.past))
	for i, v := range c.past {
		for _, m := range t.measures {
			c.columns[i] = append(c.columns[i], slices.IndexFunc(v.Measures, func(o bureau.Measure) bool { return o.Name == t.Fields[m].Name }))
		}
	}
	for row := range t.Rows {
		c.row(t, row)
	}
	if c.withheld > 0 {
		c.problems.Warn(problem.Position{File: c.now.File, Line: 1}, problem.RevisionWithheld,
			problem.Say("有%d个公开过的数值现在为保护个人隐私不公布", "figures that were published and are now hidden by disclosure control: %d", c.withheld),
			problem.Say("公开过的收不回来；risk（计数对象）、sensitive（敏感）或者 site.yaml 里的 disclosure（隐私保护）写错的，改回来；没有写错的，%s", "what was published stays known; correct risk, sensitive, or disclosure in site.yaml where they are wrong; where they are right, %s", problem.Except(problem.RevisionWithheld, c.now.File)))
	}
	if c.unexplained > maxSame {
		c.problems.Error(problem.Position{File: c.now.File, Line: 1}, problem.RevisionMore,
			problem.Say("还有%d个公开过的数值变了，未逐一列出", "more published figures that changed and are not listed: %d", c.unexplained-maxSame),
			problem.Say("先改正列出的，再运行一次", "correct those that are listed, then run again"))
	}
}

// row holds the figures of one row against what was published of them. Derived
// ones come last.
func (c *comparison) row(t *table, row int) {
	key, _, _ := t.key(row)
	past := c.rows[key]
	c.unread = c.unread || past == nil && t.dated >= 0 && t.Period(row).IsZero() && t.Rows[row].Kind == bureau.DataRow
	controlled := t.Disclosure.Primary+t.Disclosure.Secondary > 0
	revised, unread := false, false
	for i, m := range t.measures {
		figure, field := figureOf(t.Cell(row, m)), &t.Fields[m]
		if !figure.Has() && (figure.Status == 0 || unread && field.Derived) {
			unread = true // and a problem says so
			continue
		}
		values := c.values[:0]
		for p := past; p != nil; p = p.before {
			if column := c.columns[p.vintage][i]; column >= 0 {
				values = append(values, held{p.Figures[column], c.past[p.vintage].first})
			}
		}
		c.values = values
		slices.Reverse(values)
		wasHidden := len(values) > 0 && isHidden(values[len(values)-1].Figure)
		values = slices.DeleteFunc(values, func(h held) bool { return isHidden(h.Figure) })
		unchanged := same(values, figure) && (field.Derived || !lessSure(values, figure))

		var chain []*change
		if len(c.reasons) > 0 {
			chain = c.reasons[cell{key, field.Name}]
		}
		for _, ch := range chain {
			ch.row, ch.hidden = row, isHidden(figure)
		}
		var explained bool
		switch {
		case wasHidden && len(values) == 0 && figure.Has() && !field.Derived:
			c.opened(row, m)
			continue
		case isHidden(figure) && controlled:
			if !wasHidden && !unchanged {
				c.withheld++
			}
			continue
		case len(chain) > 0:
			explained, revised = c.follow(chain, values, figure, row, m), true
		case unchanged:
			continue
		default:
			explained = revised && field.Derived
		}
		if figure.Has() {
			now := t.Cell(row, m)
			now.Status |= bureau.Revised
			t.Set(row, m, now)
		}
		if !explained {
			c.wantReason(row, m, values, figure)
		}
	}
}

func isHidden(f bureau.Figure) bool { return f.Status&bureau.Confidential != 0 }

// same tells whether a figure was never another number than it is now. A marker
// that became a number was no published figure.
func same(values []held, now bureau.Figure) bool {
	for i, v := range values {
		next := now
		if i+1 < len(values) {
			next = values[i+1].Figure
		}
		if v.Has() && !v.Same(next) {
			return false
		}
	}
	return true
}

// unsure are the markers that take something from a figure.
const unsure = bureau.Provisional | bureau.Estimated | bureau.LowReliability

// lessSure tells whether a figure has a marker now that says less of it than was said
// when it was last published, or has lost the one that keeps it from being compared.
func lessSure(values []held, now bureau.Figure) bool {
	if len(values) == 0 || !values[len(values)-1].Has() {
		return false
	}
	was := values[len(values)-1].Status
	return now.Status&^was&unsure != 0 || was&^now.Status&bureau.Break != 0
}

// follow holds the revisions of one figure against its published values and
// each other. It reports false where they do not tell of the last change at all.
func (c *comparison) follow(chain []*change, values []held, now bureau.Figure, row, field int) bool {
	last := chain[len(chain)-1]
	if len(values) == 0 {
		unpublished(&c.problems, last.Old, problem.Text{ZH: "数值", EN: "figure"}, nil)
		return true
	}
	published := values[len(values)-1].Figure
	if published.Has() && !published.Same(now) && last.new.Same(published) {
		return false
	}
	if stood := c.newest().last; published.Has() && !published.Same(now) && last.date < stood {
		c.early(last, stood)
	}
	var before *change
	for n, ch := range chain {
		switch {
		case ch.old.Same(ch.new) && ch.old.Status == ch.new.Status:
			c.problems.Error(ch.New.At, problem.RevisionValue, problem.Say("原值和新值都是%s，没有修订", "old and new are both %s: nothing was revised", textOf(ch.new)),
				problem.Say("改正其中一个，或者删去这一行", "correct one of the two, or delete the line"))
		case before != nil && ch.old.Same(before.old) && ch.new.Same(before.new):
			c.twice(ch, before)
			continue
		case before != nil && !ch.old.Same(before.new):
			c.problems.Error(ch.Old.At, problem.RevisionOld, problem.Say("原值是%s，而上一次修订（第%d行）改成了%s", "the old value is %s, but the revision before (line %d) made it %s", textOf(ch.old), before.Old.At.Line, textOf(before.new)),
				problem.Say("把原值改成上一次修订的新值；同一个数值的几次修订要首尾相接", "write as the old value what the revision before made it; the revisions of one figure follow each other"))
		case before == nil && ch.date >= c.past[0].first && !slices.ContainsFunc(values, func(h held) bool { return ch.old.Same(h.Figure) }):
			c.problems.Error(ch.Old.At, problem.RevisionOld, problem.Say("原值是%s，而公开过的是%s", "the old value is %s, but %s was published", textOf(ch.old), textOf(published)),
				problem.Say("把原值改成%s", "write %s as the old value", textOf(published)))
		default:
			if i := slices.IndexFunc(values, func(h held) bool { return ch.old.Same(h.Figure) }); i >= 0 && ch.date < values[i].since && (ch != last || ch.date >= c.newest().last) {
				c.early(ch, values[i].since)
			}
		}
		if n+1 < len(chain) && chain[n+1].old.Same(ch.new) && !ch.new.Same(now) && ch.date >= c.past[0].first && !slices.ContainsFunc(values, func(h held) bool { return ch.new.Same(h.Figure) }) {
			c.problems.Error(ch.New.At, problem.RevisionUnpublished, problem.Say("%s没有公开过，不是一次修订", "%s was never published, so this is no revision", textOf(ch.new)),
				problem.Say("两次发布之间改过又改的，只写一行：原值是公开过的，新值是现在的", "what changed between two releases and changed again is one line: old as it was published, new as it is now"))
		}
		before = ch
	}
	for _, v := range values {
		if v.Has() && !v.Same(now) && !slices.ContainsFunc(chain, func(ch *change) bool { return ch.old.Same(v.Figure) || ch.new.Same(v.Figure) }) {
			c.problems.Error(last.Old.At, problem.RevisionOld, problem.Say("没有提到公开过的%s", "%s, which was published, is not mentioned", textOf(v.Figure)),
				problem.Say("原值写错的，改成%[1]s；修订过几次的，从%[1]s写起，每次修订写一行", "write %[1]s where the old value is wrong; where it was revised several times, begin with %[1]s, one line for each revision", textOf(v.Figure)))
		}
	}
	if !last.new.Same(now) {
		c.problems.Error(last.New.At, problem.RevisionNew, problem.Say("新值是%s，而数据（%s）是%s", "the new value is %s, but the data (%s) say %s", textOf(last.new), c.place(row, field), textOf(now)),
			problem.Say("改正其中一个", "correct one of the two"))
	}
	return true
}

// opened refuses a figure that was withheld when it was published: whoever has seen
// the table without it would know that it was small.
func (c *comparison) opened(row, field int) {
	c.problems.Error(c.place(row, field), problem.DisclosureOpened,
		problem.Say("“%s”公开时是不公布的 [c]，现在却是数值", `"%s" was withheld [c] when it was published, and is a number now`, problem.Quote(c.now.Fields[field].Name)),
		problem.Say("不公布过的数值以后也不公布：说明文件里的 risk（计数对象）、disclosure（隐私保护）和 title（标题）改回发布时的写法，或者在这一格写 [c]", "what was withheld stays withheld: put risk, disclosure and title of the descriptor back as they were at the release, or write [c] into the cell"))
}

// early refuses the day of a revision that lies before a release which still held
// the old value.
func (c *comparison) early(ch *change, held period.Date) {
	c.problems.Error(ch.Date.At, problem.RevisionDate, problem.Say("修订日期%s早于%s的发布，那次公开的还是原值%s", "the revision's date %s is before the release of %s, which still had the old value %s", ch.date, held, textOf(ch.old)),
		problem.Say("写实际公开修订的日期，不早于%s", "write the day on which the revision was really published, not before %s", held))
}

func (c *comparison) twice(ch, before *change) {
	c.problems.Error(ch.Reason.At, problem.RevisionTwice, problem.Say("与第%d行是同一次修订，写了两个原因", "is the same change as in line %d, with two reasons", before.Reason.At.Line),
		problem.Say("只留一行", "keep one of the two lines"))
}

// place is where a figure stands; a derived one stands in no column.
func (c *comparison) place(row, field int) problem.Position {
	at := c.now.Position(row, field)
	if c.now.Fields[field].Derived {
		at.Column, at.Cell = 0, ""
	}
	return at
}

// wantReason reports a figure that changed without a reason.
func (c *comparison) wantReason(row, field int, values []held, now bureau.Figure) {
	if c.unexplained++; c.unexplained > maxSame {
		return
	}
	old := values[len(values)-1].Figure // where a marker was added
	for i, v := range values {          // the last one that changed
		next := now
		if i+1 < len(values) {
			next = values[i+1].Figure
		}
		if v.Has() && !v.Same(next) {
			old = v.Figure
		}
	}
	name := c.now.Fields[field].Name
	line := csvLine(c.name, c.now.RowName(row), name, textOf(old), textOf(now))
	if !c.now.Fields[field].Derived { // which follows those that it is computed from
		c.wanted = append(c.wanted, Wanted{Statistic: c.name, Period: c.now.RowName(row), Field: name, Old: textOf(old), New: textOf(now)})
	}
	c.problems.Error(c.place(row, field), problem.RevisionUnexplained,
		problem.Say("“%s”公开过的是%s，现在是%s，没有说明原因", `"%s" was published as %s and is now %s, without a reason`, problem.Quote(name), textOf(old), textOf(now)),
		problem.Say("录错的，改回%[1]s；确需修订的，运行 sunshine revise，或者在 data/revisions.csv（表头 statistic,period,field,old,new,date,reason,approved_by）加一行 %[2]s,日期,原因,批准人", "put back %[1]s; or, where it is a revision, run sunshine revise, or add to data/revisions.csv (header statistic,period,field,old,new,date,reason,approved_by) the line %[2]s,date,reason,approved_by", textOf(old), line))
}

// removals asks for a reason for each row and field that was published and is
// gone, and refuses the reasons for what is still there.
func (c *comparison) removals() {
	header := problem.Position{File: c.now.File, Line: 1}
	if len(c.now.Fields) > 0 {
		header = c.now.Fields[0].At
	}
	for of, chain := range c.reasons {
		if of.field != "" && c.now.Field(of.field) < 0 || of.key != "" && c.here[of.key] == 0 {
			continue
		}
		for _, ch := range chain {
			if ch.removed && ch.date > c.last {
				c.problems.Error(ch.New.At, problem.RevisionStillThere, problem.Say("写的是“%s”，但数据还在", `it says "%s", but the data is still there`, problem.Quote(ch.New.V)),
					problem.Say("删去数据，或者删去这一行", "delete the data, or this line"))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.fields)) {
		if f := c.now.Field(name); f < 0 || c.now.Fields[f].Role != bureau.RoleMeasure {
			c.gone(cell{field: name}, header, problem.Say("公开过的字段“%s”现在没有了", `the field "%s" was published and is gone`, problem.Quote(name)))
		}
	}
	var missing []string
	for key := range c.rows {
		if c.here[key] == 0 && !c.unread {
			missing = append(missing, key)
		}
	}
	slices.Sort(missing)
	before := len(c.problems)
	together := vanished(missing, c.rows, func(key string) bool { return len(c.reasons[cell{key: key}]) == 0 })
	for _, g := range together {
		c.goneTogether(g, header)
		missing = slices.DeleteFunc(missing, func(key string) bool { return g.in[key] })
	}
	for i, key := range missing {
		if len(c.problems)-before == maxSame {
			c.problems.Error(header, problem.RevisionMore, problem.Say("还有%d行可能也没有了，未逐一列出", "more rows that are gone and are not listed, at most: %d", len(missing)-i),
				problem.Say("先改正列出的，再运行一次", "correct those that are listed, then run again"))
			break
		}
		c.gone(cell{key: key}, header, problem.Say("公开过的一行“%s”现在没有了", `the row "%s" was published and is gone`, problem.Quote(strings.TrimSpace(key))))
	}
}

// goneTogether asks once for the reason of many rows; sunshine revise writes a line for each.
func (c *comparison) goneTogether(g together, at problem.Position) {
	c.problems.Error(at, problem.RevisionRemoved,
		problem.Say("“%[1]s”公开过的%[2]d行（%[3]s至%[4]s）现在没有了", `rows of "%[1]s" that were published and are gone: %[2]d, %[3]s to %[4]s`, problem.Quote(cmp.Or(g.name, c.newest().Title)), len(g.in), g.first, g.last),
		problem.Say("请放回来；单位或类别改了名的，旧的行照旧写原来的名称（单位在 units.csv 的“曾用名”里写上）；确要撤下的，运行 sunshine revise --reason 原因 --kind definition --by 批准人（数值有误的写 correction），它在 data/revisions.csv 里给每行加一行", "put them back; where a unit or a category has another name now, leave the old one in old rows (a unit's in the column former of units.csv, too); or, to withdraw them, run sunshine revise --reason WHY --kind definition --by WHO (correction where they were wrong), which adds a line for each to data/revisions.csv"))
	for _, key := range slices.Sorted(maps.Keys(g.in)) {
		c.wanted = append(c.wanted, Wanted{Statistic: c.name, Period: rowOf(key), New: removedWords[1]})
	}
}

// rowOf names a row as revisions.csv does.
func rowOf(key string) string {
	if interval, categories, named := strings.Cut(key, " "); named && categories != "" {
		return interval + "/" + categories
	}
	return strings.TrimSpace(key)
}

// gone asks for the reason of a removal.
func (c *comparison) gone(of cell, at problem.Position, message problem.Text) {
	chain := c.reasons[of]
	if len(chain) == 0 {
		row := rowOf(of.key)
		c.problems.Error(at, problem.RevisionRemoved, message,
			problem.Say("请放回来；单位改了名的，旧的行照旧写原来的名称，在 units.csv 的“曾用名”里写上；确要撤下的，运行 sunshine revise，或者在 data/revisions.csv（表头 statistic,period,field,old,new,date,reason,approved_by）加一行 %s,日期,原因,批准人", "put it back; where a unit has another name now, leave the old one in old rows and name it in the column former of units.csv; or, to withdraw it, run sunshine revise, or add to data/revisions.csv (header statistic,period,field,old,new,date,reason,approved_by) the line %s,date,reason,approved_by",
				csvLine(c.name, row, of.field, "", removedWords[1])))
		c.wanted = append(c.wanted, Wanted{Statistic: c.name, Period: row, Field: of.field, New: removedWords[1]})
	}
	for i := 1; i < len(chain); i++ {
		if !c.held(of, chain[i-1].date, chain[i].date) {
			c.twice(chain[i], chain[i-1])
		}
	}
}

// held tells whether a release between two days holds something.
func (c *comparison) held(of cell, from, to period.Date) bool {
	return slices.ContainsFunc(c.past, func(v vintage) bool {
		return v.last > from && v.first <= to &&
			(of.field == "" || slices.ContainsFunc(v.Measures, func(m bureau.Measure) bool { return m.Name == of.field })) &&
			(of.key == "" || slices.ContainsFunc(v.Rows, func(r *bureau.VintageRow) bool { return r.Key == of.key }))
	})
}

// revisions gives the changes for the public list.
func (c *comparison) revisions() []Revision {
	var all []Revision
	for _, ch := range c.changes {
		if !ch.good {
			continue
		}
		r := Revision{
			Date: ch.date, Statistic: c.name, Title: c.newest().Title, Period: ch.period, Categories: ch.categories, Row: ch.row,
			Field: ch.Field.V, Unit: ch.unit, Old: ch.old, New: ch.new, Removed: ch.removed, Reason: ch.Reason.V, ApprovedBy: ch.ApprovedBy.V, Kind: ch.kind,
		}
		if ch.hidden { // what is hidden is hidden everywhere
			r.Old = bureau.Figure{Number: math.NaN(), Status: bureau.Confidential}
			r.New = r.Old
		}
		if ch.Unit.V != "" {
			r.Categories = strings.TrimPrefix(r.Categories+"/"+ch.Unit.V, "/")
		}
		if c.now != nil {
			r.Title = c.now.Title()
		}
		all = append(all, r)
	}
	return all
}
