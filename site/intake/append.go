package intake

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Change is what a reading does to the rows that there are.
type Change struct {
	Added   int // figures that are new; of a ledger or a register, rows
	Filled  int // cells of the rows of a ledger or a register that went forward, figures that are final now
	Changed int // figures that are others than before: each is a question, where no reason is given
	Gone    int // rows of its periods that it does not have any more: each is a question
	Periods []period.Period
}

// CSV writes a reading as a new table.
func (r *Reading) CSV() ([]byte, Change) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	record := make([]string, len(r.Fields))
	for i, f := range r.Fields {
		record[i] = f.Name
	}
	w.Write(record)
	var c Change
	for _, row := range r.Rows {
		for i, cell := range row.Cells {
			record[i] = cell.Text
		}
		w.Write(record)
		c.count(r, row)
	}
	w.Flush()
	return b.Bytes(), c
}

// Place gives where a cell of the table that CSV writes (B4) stood in the office file;
// where nothing says it, that is where the header begins.
func (r *Reading) Place(cell string) Place {
	column, row, ok := bureau.ParseCell(cell)
	var at Place
	switch {
	case !ok || column >= len(r.Fields) || row > len(r.Rows):
	case row == 0:
		at = r.Fields[column].At
	default:
		at = r.Rows[row-1].Cells[column].At()
	}
	if at.Cell == "" {
		return r.Heads[0]
	}
	return at
}

func (c *Change) count(r *Reading, row Row) {
	if r.Becomes != bureau.RecipeStatistic {
		c.Added++ // a row
		return
	}
	for i, cell := range row.Cells {
		if r.Fields[i].Role == bureau.RoleMeasure && cell.Text != "" {
			c.Added++
		}
	}
	p := row.Period
	p.Text = ""
	if !slices.Contains(c.Periods, p) {
		c.Periods = append(c.Periods, p)
	}
}

// Append adds the rows of a reading to a table that there is. A figure that is
// another one than before, and a row of one of its periods that is missing now, are
// questions of the reading; then the bytes are to be written nowhere.
func (r *Reading) Append(old *table.Table, source []byte) ([]byte, Change) {
	var c Change
	at := make([]int, len(r.Fields)) // the column of each field
	for i, f := range r.Fields {
		at[i] = slices.IndexFunc(old.Header, func(h table.Cell) bool { return h.Text == f.Name })
		if at[i] < 0 && !r.strange(f.Name) {
			place := f.At
			if place.Cell == "" {
				place = r.Heads[0]
			}
			r.ask(place, problem.ImportLayout, problem.Say("%s 里没有“%s”这一列", "%s has no column %q", old.File, problem.Quote(f.Name)),
				problem.Say("把两处的名称写成一样，或者加 --as 另取一个名称", "write both names the same way, or give the table a name of its own with --as"))
		}
	}
	if slices.Contains(at, -1) {
		return nil, c
	}
	standing := map[string]int{}
	units := map[string]bool{} // names of rows without their period
	for row := range old.Rows() {
		name, ok := r.oldName(old, row, at)
		if ok {
			standing[name] = row
			_, keys, _ := strings.Cut(name, "\x00")
			units[keys] = true
		}
	}
	fill := map[[2]int]string{}
	var added []Row
	met := map[string]bool{}
	known := len(standing) == 0
	for _, row := range r.Rows {
		name := r.name(row)
		met[name] = true
		_, keys, _ := strings.Cut(name, "\x00")
		known = known || units[keys]
		before, ok := standing[name]
		if !ok {
			added = append(added, row)
			c.count(r, row)
			continue
		}
		for i, f := range r.Fields {
			cell := row.Cells[i]
			if f.Role != bureau.RoleMeasure {
				continue
			}
			was := old.Row(before)[at[i]].Text
			switch {
			case r.settles(i, was, cell.Text):
				fill[[2]int{before, at[i]}] = cell.Text
				c.Filled++
			case cell.at.in == nil || sameFigure(was, cell.Text, f.Unit):
			case was == "" && cell.Text != "":
				fill[[2]int{before, at[i]}] = cell.Text
				c.Added++
			case r.answers.Changed && cell.Text != "":
				fill[[2]int{before, at[i]}] = cell.Text
				c.Changed++
			default:
				c.Changed++
				r.changed(row, i, old.Position(before, at[i]), was)
			}
		}
	}
	periods := map[string]bool{}
	for _, row := range r.Rows {
		periods[row.Period.Interval()] = true
	}
	for row := range old.Rows() {
		name, ok := r.oldName(old, row, at)
		if when, _, _ := strings.Cut(name, "\x00"); !ok || !periods[when] || met[name] || !r.holds(old, row, at) {
			continue
		}
		c.Gone++
		var words []string
		for i, f := range r.Fields {
			if f.Role != bureau.RoleMeasure {
				words = append(words, old.Row(row)[at[i]].Text)
			}
		}
		p := old.Position(row, 0)
		r.ask(r.Heads[0], problem.ImportChanged, problem.Say("以前有“%s”这一行，这次没有", "there was a row %q before, and there is none now", problem.Quote(strings.Join(words, " "))),
			problem.Say("漏报的，请报送单位补上；确实没有了的，先在 %s 第%d行删去，已经公布过的再运行 sunshine revise，然后再导入", "if it was left out, have it added; if it is gone, delete it in %s, line %d, run sunshine revise if it was published, and import again", p.File, p.Line))
	}
	if !known && len(r.Rows) > 0 {
		r.ask(r.Rows[0].Cells[0].At(), problem.ImportRecipe, problem.Say("各行的名称以前都没有出现过：是不是另一份报表？", "none of the names of the rows was there before: is it another table?"),
			problem.Say("是另一份，加 --as 另取一个名称；是同一份，核对各行的名称", "if it is, give it a name of its own with --as; if not, check the names of the rows"))
	}
	if len(added) == 0 && len(fill) == 0 {
		return source, c
	}
	return rejoin(old, source, r, at, added, fill), c
}

// changed asks about a figure that is another one than before. What is empty now is no
// figure to put in its place.
func (r *Reading) changed(row Row, field int, stands Place, was string) {
	cell, name := row.Cells[field], problem.Quote(r.said(row)+" "+r.Fields[field].Name)
	if cell.Text == "" {
		r.ask(cell.At(), problem.ImportChanged, problem.Say("“%s”以前读入的是%s，现在是空的", "%q was %s when it was read before, and is empty now", name, problem.Quote(was)),
			problem.Say("漏填的，请报送单位补上；以前的错了、现在没有数的，把 %s 里的%s（%s格）改成 [x]，已经公布过的再运行 sunshine revise 写明原因，报表里也写 [x] 再导入", "if it was left out, have it added; if the one before was wrong and there is none, change it in %s from %s (cell %s) to [x], run sunshine revise if it was published, write [x] in the table too, and import again", stands.File, problem.Quote(was), stands.Cell))
		return
	}
	r.ask(cell.At(), problem.ImportChanged, problem.Say("“%s”以前读入的是%s，现在是%s", "%q was %s when it was read before, and is %s", name, problem.Quote(was), problem.Quote(cell.Text)),
		problem.Say("先核对哪一个对。现在的对，写明原因再导入：%[1]s；以前的对，改正报表", "see which one is right. If this one is, import it again with the reason: %[2]s; if the one before is, correct the table",
			command(r.File, "--reason 原因 --kind correction --by 批准人"), command(r.File, "--reason TEXT --kind correction --by NAME")))
	r.answerable(AnswerReason)
}

// holds tells whether a row of the old table has a figure in the columns of a reading.
func (r *Reading) holds(old *table.Table, row int, at []int) bool {
	for i, f := range r.Fields {
		if f.Role == bureau.RoleMeasure && old.Row(row)[at[i]].Text != "" {
			return true
		}
	}
	return false
}

// said names a row in a message.
func (r *Reading) said(row Row) string {
	var words []string
	for i, f := range r.Fields {
		if f.Role != bureau.RoleMeasure && row.Cells[i].Text != "" {
			words = append(words, row.Cells[i].Text)
		}
	}
	return strings.Join(words, " ")
}

// name names a row by its period and its categories.
func (r *Reading) name(row Row) string {
	name := row.Period.Interval()
	for i, f := range r.Fields {
		if f.Role != bureau.RoleMeasure && f.Role != bureau.RolePeriod {
			name += "\x00" + row.Cells[i].Text
		}
	}
	return name
}

// oldName does so for a row of the table that there is; ok is false where its period
// cannot be read.
func (r *Reading) oldName(old *table.Table, row int, at []int) (string, bool) {
	name := ""
	for i, f := range r.Fields {
		text := old.Row(row)[at[i]].Text
		switch f.Role {
		case bureau.RolePeriod:
			p, err := period.Parse(text, period.Options{})
			if err != nil {
				return "", false
			}
			name = p.Interval()
		case bureau.RoleMeasure:
		default:
			name += "\x00" + text
		}
	}
	return name, true
}

// sameFigure tells whether two texts are one figure: 1,056 and 1056, 31.5万 and 315000.
func sameFigure(a, b, unit string) bool {
	if a == b {
		return true
	}
	m, err1 := number.Parse(a, unit)
	n, err2 := number.Parse(b, unit)
	if err1 != nil || err2 != nil {
		return false
	}
	const told = bureau.Provisional | bureau.Revised | bureau.Estimated | bureau.Break | bureau.LowReliability
	if m.Value != m.Value || n.Value != n.Value { // a marker, or nothing
		return m.Value != m.Value && n.Value != n.Value && a != "" && b != "" && m.Status == n.Status
	}
	return m.Value == n.Value && m.Qualifier == n.Qualifier && m.Status&^told == n.Status&^told
}

// settles tells whether a figure that was provisional is final now, and the same one. An
// office says so only where it marks the figures of that column that still are: of a file
// without a mark nobody knows.
func (r *Reading) settles(field int, was, now string) bool {
	unit := r.Fields[field].Unit
	if now == "" || !isProvisional(was, unit) || isProvisional(now, unit) || !sameFigure(was, now, unit) {
		return false
	}
	return slices.ContainsFunc(r.Rows, func(row Row) bool { return isProvisional(row.Cells[field].Text, unit) })
}

func isProvisional(text, unit string) bool {
	n, err := number.Parse(text, unit)
	return err == nil && n.Status&bureau.Provisional != 0
}

// rejoin writes the table that there is with what is new in it. Its own lines stay as
// they are, unless one of them changes or the file is no plain CSV.
func rejoin(old *table.Table, source []byte, r *Reading, at []int, added []Row, fill map[[2]int]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	names := make([]string, len(old.Header))
	for i, h := range old.Header {
		names[i] = h.Text
	}
	w.Write(names)
	w.Flush()
	plain := old.Encoding == "UTF-8" && len(old.Below) == 0 && len(fill) == 0 && bytes.Contains(source, bytes.TrimRight(b.Bytes(), "\n"))
	b.Reset()
	if plain {
		b.Write(source)
		if n := len(source); n > 0 && source[n-1] != '\n' {
			b.WriteByte('\n')
		}
		w.UseCRLF = bytes.Contains(source, []byte("\r\n"))
	} else {
		for _, c := range old.Above {
			w.Write([]string{c.Text})
		}
		w.Write(names)
		for row := range old.Rows() {
			record := make([]string, len(old.Header))
			for i, c := range old.Row(row) {
				record[i] = c.Text
				if text, ok := fill[[2]int{row, i}]; ok {
					record[i] = text
				}
			}
			w.Write(record)
		}
	}
	for _, row := range added {
		record := make([]string, len(old.Header))
		for i, cell := range row.Cells {
			record[at[i]] = cell.Text
		}
		w.Write(record)
	}
	if !plain {
		for _, c := range old.Below {
			w.Write([]string{c.Text})
		}
	}
	w.Flush()
	return b.Bytes()
}
