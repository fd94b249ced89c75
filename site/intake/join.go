package intake

import (
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// Join adds the rows of a ledger or a register to those that there are. What went forward
// of a row is filled in: an empty cell, a matter that is completed now, and what is answered
// of one that was not. What was there and is another now is a question of the reading; then
// the bytes are to be written nowhere. The cells of the reading become those of the rows as
// they then are.
func (r *Reading) Join(old *table.Table, source []byte) ([]byte, Change) {
	j := joiner{Reading: r, old: old, fill: map[[2]int]string{}, met: map[int]bool{}}
	if !j.columns() {
		return nil, j.Change
	}
	var rows []int // of the old table, for each row of the reading; -1 for a new one
	if r.Becomes == bureau.RecipeLedger {
		rows = j.matters()
	} else {
		rows = j.lines()
	}
	var added []Row
	for n, row := range rows {
		if row < 0 {
			added = append(added, r.Rows[n])
			j.count(r, r.Rows[n])
			continue
		}
		j.compare(r.Rows[n], row)
	}
	if len(added) == 0 && len(j.fill) == 0 {
		return source, j.Change
	}
	return rejoin(old, source, r, j.at, added, j.fill), j.Change
}

// joiner holds a reading against the rows that there are.
type joiner struct {
	*Reading
	Change
	old  *table.Table
	at   []int // the column of each field
	fill map[[2]int]string
	met  map[int]bool // old rows that the reading has
}

// columns finds the column of each field in the table that there is.
func (j *joiner) columns() bool {
	all := true
	for _, f := range j.Fields {
		i := slices.IndexFunc(j.old.Header, func(h table.Cell) bool {
			return h.Text == f.Name || j.Becomes == bureau.RecipeLedger && load.MatterColumn(h.Text) == f.Name
		})
		j.at = append(j.at, i)
		if i >= 0 {
			continue
		}
		all = false
		j.ask(j.Heads[0], problem.ImportLayout, problem.Say("%s 里没有“%s”这一列", "%s has no column %q", j.old.File, problem.Quote(f.Name)),
			problem.Say("在它的表头里加上这一列，再导入；是另一份表的，加 --as 另取一个名称", "add the column to its header and import again; if it is another table, give this one a name of its own with --as"))
	}
	return all
}

func (j *joiner) text(row, field int) string { return j.old.Row(row)[j.at[field]].Text }

// matters finds the matter of each row: by its number, or, where that is of its row alone,
// by its ledger, its day of receipt and its summary, which do not change.
func (j *joiner) matters() (rows []int) {
	id, came, about, unit, ledger := j.field(idColumn), j.field(cameColumn), j.field(aboutColumn), j.field(unitColumn), j.field(ledgerColumn)
	content := func(texts ...string) string { return strings.Join(texts, "\x00") }
	numbers, contents := map[string]int{}, map[string]int{}
	near := map[string][]int{}
	for row := range j.old.Rows() {
		day := j.text(row, came)
		if d, ok := period.ParseDay(day); ok {
			day = d.String()
		}
		numbers[text.Slug(j.text(row, id))] = row
		contents[content(j.text(row, ledger), day, j.text(row, about))] = row
		for _, key := range []string{content("unit", j.text(row, ledger), day, j.text(row, unit)), content("about", j.text(row, ledger), j.text(row, about))} {
			near[key] = append(near[key], row)
		}
	}
	own := j.ownNumbers()
	for _, r := range j.Rows {
		row, ok := numbers[text.Slug(r.Cells[id].Text)]
		if !own {
			row, ok = contents[j.content(r)]
		}
		if !ok {
			row = -1
		} else {
			j.met[row] = true
		}
		rows = append(rows, row)
	}
	for n, r := range j.Rows {
		switch cells := r.Cells; {
		case own && rows[n] >= 0:
			if row := rows[n]; !sameDay(j.text(row, came), cells[came].Text) && j.text(row, about) != cells[about].Text {
				j.renumbered(r, row)
				rows[n] = -1
			}
		case own: // it had another number, or that of its row
			if row, known := contents[j.content(r)]; known && !j.met[row] {
				j.numberedAnew(r, row)
			}
		case rows[n] >= 0: // it keeps the number that it had
		default:
			if row, taken := numbers[text.Slug(cells[id].Text)]; taken {
				j.renumbered(r, row)
				continue
			}
			for _, key := range []string{content("unit", cells[ledger].Text, cells[came].Text, cells[unit].Text), content("about", cells[ledger].Text, cells[about].Text)} {
				if i := slices.IndexFunc(near[key], func(row int) bool { return !j.met[row] }); i >= 0 {
					j.likely(r, near[key][i])
					break
				}
			}
		}
	}
	return rows
}

// renumbered asks about a matter whose number is that of another one.
func (j *joiner) renumbered(r Row, row int) {
	j.Changed++
	id, about := j.field(idColumn), j.field(aboutColumn)
	p := j.old.Position(row, j.at[about])
	anew := problem.Say("序号不要和以前的重复（每月从1编起的，在标题里写明年月），或者加一列“编号”", "give it a number that none had (where each month begins with 1, say the month in the title), or add a column 编号")
	if j.ownNumbers() {
		anew = problem.Say("另编一个编号", "give it a number of its own")
	}
	j.ask(r.Cells[about].At(), problem.ImportChanged, problem.Say("“%s”以前读入的是另一件：%s", "%q was another matter when it was read before: %s", problem.Quote(r.Cells[id].Text), problem.Quote(j.text(row, about))),
		problem.Say("是同一件、改了说法的，在 %[1]s 第%[2]d行把收到日期和摘要改成现在的，再导入；是另一件的，%[3]s", "if it is the same in other words, change its day of receipt and its summary in %[1]s, line %[2]d, and import again; if it is another, %[3]s", p.File, p.Line, anew))
}

// numberedAnew asks whether a matter is one that was read before with another number, of
// the same day and the same summary.
func (j *joiner) numberedAnew(r Row, row int) {
	j.Changed++
	id := j.field(idColumn)
	p, was, now := j.old.Position(row, j.at[id]), problem.Quote(j.text(row, id)), problem.Quote(r.Cells[id].Text)
	j.ask(r.Cells[id].At(), problem.ImportChanged, problem.Say("这一件现在的编号是“%s”，以前读入的“%s”收到日期和摘要都一样：是同一件吗？", "the number is %q, and %q, which was read before, has the same day of receipt and the same summary: is it the same matter?", now, was),
		problem.Say("是同一件的，报送的文件里编号写成“%[1]s”，再导入（改 %[2]s 第%[3]d行的编号，它的网址就变了）；是另一件的，在 %[2]s 里照样加一行，编号写“%[4]s”，再导入", "if it is, write %[1]q for its number in the file that was sent and import again (to change the number in %[2]s, line %[3]d, changes its address); if not, add it to %[2]s as a row with the number %[4]q, and import again", was, p.File, p.Line, now))
}

// likely asks whether a matter is one that was read before.
func (j *joiner) likely(r Row, row int) {
	j.Changed++
	about := j.field(aboutColumn)
	p := j.old.Position(row, j.at[about])
	j.ask(r.Cells[about].At(), problem.ImportChanged, problem.Say("和以前读入的“%s”很像（%s），是同一件吗？", "this is much like %q, which was read before (%s): is it the same matter?", problem.Quote(j.text(row, j.field(idColumn))), problem.Quote(j.text(row, about))),
		problem.Say("是同一件的，在 %[1]s 第%[2]d行把收到日期和摘要改成现在的，再导入；是另一件的，在 %[1]s 里照样加一行，编号自己取，再导入", "if it is, change its day of receipt and its summary in %[1]s, line %[2]d, and import again; if not, add it to %[1]s as a row with a number of your own, and import again", p.File, p.Line))
}

// lines finds the row of each row of a register, by the first columns that tell them apart.
func (j *joiner) lines() (rows []int) {
	var before [][]string
	for row := range j.old.Rows() {
		var line []string
		for i := range j.Fields {
			line = append(line, j.text(row, i))
		}
		before = append(before, line)
	}
	key := j.shortestKey(before, j.Reading.lines())
	j.keep(key)
	standing := map[string]int{}
	for row, line := range before {
		standing[strings.Join(line[:key], "\x00")] = row
	}
	for _, line := range j.Reading.lines() {
		row, ok := standing[strings.Join(line[:key], "\x00")]
		if !ok {
			row = -1
		} else {
			j.met[row] = true
		}
		rows = append(rows, row)
	}
	if len(j.met) == 0 { // a list of new rows alone
		j.renamed(before, key)
		return rows
	}
	for row, line := range before {
		if j.met[row] {
			continue
		}
		j.Gone++
		p := j.old.Position(row, 0)
		j.ask(j.Heads[0], problem.ImportChanged, problem.Say("以前有“%s”这一行，这次没有", "there was a row %q before, and there is none now", problem.Quote(strings.Join(line[:key], " "))),
			problem.Say("漏报的，请报送单位补上；确实没有了的，在 %s 删去第%d行，再导入", "if it was left out, have it added; if it is gone, delete it in %s, line %d, and import again", p.File, p.Line))
	}
	return rows
}

// renamed asks about a list of new rows whose names alone are new: all else of each, in two
// columns or more, is that of a row that there is.
func (j *joiner) renamed(before [][]string, key int) {
	standing := map[string]bool{}
	for _, line := range before {
		standing[strings.Join(line[key:], "\x00")] = true
	}
	for _, line := range j.Reading.lines() {
		rest := line[key:]
		if told := len(slices.DeleteFunc(slices.Clone(rest), func(s string) bool { return s == "" })); told < 2 || !standing[strings.Join(rest, "\x00")] {
			return
		}
	}
	j.Changed += len(j.Rows)
	j.ask(j.Rows[0].Cells[0].At(), problem.ImportChanged, problem.Say("各行的名称以前都没有，别的内容却都和 %s 里的一样：是不是只改了名称？", "none of the names of the rows was there before, and all else of them is what %s holds: were they only given other names?", j.old.File),
		problem.Say("是的，在 %s 里把名称改成现在的，再导入；是另一份清单的，加 --as 另取一个名称", "if so, change the names in %s and import again; if it is another list, give it a name of its own with --as", j.old.File))
}

// compare holds a row against the one that there is.
func (j *joiner) compare(r Row, row int) {
	open := false // the matter was not completed: what is said of it goes on
	for i, f := range j.Fields {
		was, now := j.text(row, i), r.Cells[i].Text
		if now == bureau.Unkept && r.Cells[i].at.in == nil { // it has no such column now
			now = ""
		}
		forward := was == "" || was == bureau.Unkept && isStep(f.Name) || f.Name == answerColumn && open
		if j.Becomes == bureau.RecipeLedger && f.Name == stateColumn {
			before, _ := bureau.MatterStates.Of(was)
			after, _ := bureau.MatterStates.Of(now)
			open = before == bureau.MatterStates[bureau.OpenMatter].ID
			forward = forward || open
			if before == after {
				now = was
			}
		}
		switch {
		case f.Role == columnID, was == now, f.Type == "date" && sameDay(was, now), now == "" && j.silent(f, r.Cells[i]):
			r.Cells[i].Text = was
		case forward && now != "":
			j.fill[[2]int{row, j.at[i]}] = now
			j.Filled++
		default:
			j.Changed++
			j.another(r, i, row, was, now)
		}
	}
}

// silent tells whether the office says nothing about a cell that it leaves empty: it has no
// such column, or one of the status where the answer may follow.
func (j *joiner) silent(f Field, c Cell) bool {
	return c.at.in == nil || f.Name == answerColumn && f.At == j.Fields[j.field(stateColumn)].At
}

// another asks about a text or a day that is another one than before.
func (j *joiner) another(r Row, i, row int, was, now string) {
	if now == "" {
		now = "（空）"
	}
	var name []string
	for k, f := range j.Fields {
		if f.names() && r.Cells[k].Text != "" {
			name = append(name, r.Cells[k].Text)
		}
	}
	p := j.old.Position(row, j.at[i])
	j.ask(r.Cells[i].At(), problem.ImportChanged, problem.Say("“%s”以前读入的是“%s”，现在是“%s”", "%q was %q when it was read before, and is %q", problem.Quote(strings.Join(name, " ")+" "+j.Fields[i].Name), problem.Quote(was), problem.Quote(now)),
		problem.Say("先核对哪一个对。以前的错了，在 %s 的%s格改成现在的，再导入；现在的错了，请报送单位改正", "see which one is right. If the one before was wrong, change it in %s, cell %s, and import again; if the one now is, have it corrected", p.File, p.Cell))
}

func sameDay(a, b string) bool {
	d, ok1 := period.ParseDay(a)
	e, ok2 := period.ParseDay(b)
	return ok1 && ok2 && d == e
}
