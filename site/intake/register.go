package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

var (
	phoneName  = regexp.MustCompile(`(?:电话|热线|传真)(?:号码)?$`)
	numberName = regexp.MustCompile(`(?i)(?:编号|文号|案号)$|^(?:no\.?|id)$`)
)

// groupKey is the column of the headings that rows stand under.
const groupKey = "组别"

// register makes the rows of a group as they stand: texts and days.
func (g *group) register(o Options, n int) *Reading {
	r := g.begin(o, n)
	r.entitle()
	for _, t := range g.tables[1:] {
		r.ask(t.columns[0].at, problem.ImportTable, problem.Say("另一张工作表也是这样的表，各行没有写是哪一张的", "another sheet holds such a table, and its rows do not say which"),
			problem.Say("是一份清单的，合成一张表，加一列写明；是两份的，各写一个标题", "if they are one list, put them into one table with a column that tells them apart; if not, give each a title"))
	}
	t := g.tables[0]
	if t.sections {
		r.Fields = append(r.Fields, Field{Name: groupKey, Type: "string", At: r.Heads[0]})
	}
	questions, skipped := len(t.questions), len(t.skipped)
	t.besideHeader()
	kept := t.public()
	for _, c := range kept {
		if r.field(c.name()) >= 0 {
			t.ask(c.at, problem.ImportHeader, problem.Say("有两列都叫“%s”", "two columns are called %q", problem.Quote(c.name())), problem.Say("改一列的表头，使两列的名称不同", "give one of them another name"))
		}
		r.Fields = append(r.Fields, Field{Name: c.name(), Type: "string", At: c.at})
	}
	if len(kept) == 0 {
		t.ask(r.Heads[0], problem.ImportTable, problem.Say("除了序号和个人信息，没有别的列", "there are no columns but numbers and personal data"), problem.Say("核对是否发错了文件", "see whether it is the wrong file"))
	}
	t.texts(r, kept)
	r.Questions = append(r.Questions, t.questions[questions:]...)
	r.Skipped = append(r.Skipped, t.skipped[skipped:]...)
	if len(kept) == 0 {
		return r
	}
	r.days()
	r.keep(r.shortestKey(r.lines()))
	as := map[int]PartKind{}
	for n, c := range kept {
		as[c.index] = r.Fields[len(r.Fields)-len(kept)+n].part()
	}
	r.mark(t, as)
	r.sameColumns()
	r.alike()
	return r
}

// besideHeader asks about a row of several words right above the header: it may be the
// header, with a column that it does not name.
func (t *tableReader) besideHeader() {
	if len(t.above) == 0 {
		return
	}
	l := t.above[len(t.above)-1]
	f := finder{sheet: t.sheet}
	if len(l.cells) > 1 && !f.isLine(l.row) && t.Rows[l.row].Row+1 == t.Rows[t.head[0]].Row {
		t.ask(t.place(l.row, l.cells[0].Column), problem.ImportHeader, problem.Say("这一行和下一行，哪一行是表头？", "is the header this row, or the next?"),
			problem.Say("这一行是表头的，每一列都写上名称；不是的，删去", "if this is the header, name every column in it; if not, delete it"))
	}
}

// public gives the columns that are read. The telephones of offices are public, those
// beside the names of persons are not.
func (t *tableReader) public() (kept []column) {
	isPhone := func(c column) bool { return phoneName.MatchString(c.name()) }
	persons := slices.ContainsFunc(t.columns, func(c column) bool { return !isPhone(c) && t.isPersonal(c) })
	for _, c := range t.columns {
		name := c.name()
		switch {
		case len(c.words) == 0 && c.index != t.columns[0].index:
			t.left(c, problem.Say("没有表头的列", "a column without a header"))
		case serialName.MatchString(name) && !numberName.MatchString(name):
			t.left(c, problem.Say("“%s”只给各行编号", "%q only numbers the rows", name))
		case isPhone(c) && persons:
			t.left(c, problem.Say("“%s”和人名在一张表里，不读入；是单位的电话，请报送单位另列一张没有人名的表", "%q stands beside the names of persons, and is not read; if it is that of an office, have it sent in a table without names", name))
		case isPhone(c) && !strings.Contains(name, "手机"), !isPhone(c) && !t.isPersonal(c):
			if len(c.words) == 0 {
				c.words = []string{itemKey}
			}
			kept = append(kept, c)
		default:
			t.left(c, problem.Say("“%s”是个人信息，不读入", "%q is personal data and is not read", name))
		}
	}
	return kept
}

// texts takes the rows of a table as they stand.
func (t *tableReader) texts(r *Reading, kept []column) {
	for n, i := range t.rows {
		if !t.whole(i) {
			continue
		}
		var row Row
		if t.sections {
			row.Cells = append(row.Cells, Cell{t.section[n], t.spot(i, t.columns[0].index)})
		}
		for _, c := range kept {
			v, _ := t.cellOf(i, c.index)
			row.Cells = append(row.Cells, Cell{shown(v), t.spot(i, c.index)})
		}
		if slices.ContainsFunc(row.Cells[len(row.Cells)-len(kept):], func(c Cell) bool { return c.Text != "" }) {
			r.Rows = append(r.Rows, row)
		} else {
			t.skipped = append(t.skipped, table.Skipped{Sheet: t.Name, Range: t.place(i, t.columns[0].index).Cell, Why: problem.Say("要读的各列都空着", "the columns that are read are empty")})
			t.rowAs(i, PartOut)
		}
	}
}

// days says of each column whether it holds days, and writes these alike.
func (r *Reading) days() {
	for i := range r.Fields {
		some, all := false, true
		for _, row := range r.Rows {
			_, ok := period.ParseDay(row.Cells[i].Text)
			some = some || ok
			all = all && (ok || row.Cells[i].Text == "")
		}
		if !some || !all {
			continue
		}
		r.Fields[i].Type = "date"
		for _, row := range r.Rows {
			if day, ok := period.ParseDay(row.Cells[i].Text); ok {
				row.Cells[i].Text = day.String()
			}
		}
	}
}

// lines gives the texts of the rows.
func (r *Reading) lines() (lines [][]string) {
	for _, row := range r.Rows {
		line := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			line[i] = c.Text
		}
		lines = append(lines, line)
	}
	return lines
}

// shortestKey is how many of the first columns tell the rows apart, in each of these
// lists; all of them where none do.
func (r *Reading) shortestKey(lists ...[][]string) int {
	for n := 1; n < len(r.Fields); n++ {
		if !slices.ContainsFunc(lists, func(lines [][]string) bool {
			seen := map[string]bool{}
			for _, line := range lines {
				key := strings.Join(line[:n], "\x00")
				if seen[key] || line[n-1] == "" {
					return true
				}
				seen[key] = true
			}
			return false
		}) {
			return n
		}
	}
	return len(r.Fields)
}

// keep makes the first columns those that tell the rows apart.
func (r *Reading) keep(n int) {
	for i := range r.Fields {
		r.Fields[i].Role = ""
		if i < n {
			r.Fields[i].Role = columnID
		}
	}
}

// sameColumns holds the columns of a register against those of its recipe: which are left
// out depends on what they hold.
func (r *Reading) sameColumns() {
	if r.Known == nil || len(r.Questions) > 0 {
		return
	}
	for _, f := range r.Fields {
		if r.strange(f.Name) {
			r.ask(f.At, problem.ImportLayout, problem.Say("“%s”以前没有读入", "%q was not read before", problem.Quote(f.Name)),
				problem.Say("不公开的，删去这一列；要公开的，在 data/imports/%[1]s.yaml 的 columns、data/registers/%[1]s.csv 的表头和 data/registers/%[1]s.yaml 的 columns 里加上它，再导入", "if it is not public, delete the column; if it is, add it to columns in data/imports/%[1]s.yaml, to the header of data/registers/%[1]s.csv and to columns of data/registers/%[1]s.yaml, and import again", r.Known.Name))
		}
	}
	for _, c := range r.Known.Columns {
		if r.field(c.V) < 0 {
			r.ask(r.Heads[0], problem.ImportLayout, problem.Say("以前读入的“%s”这一列，现在像是个人信息，不读入", "the column %q, which was read before, looks like personal data now and is left out", problem.Quote(c.V)),
				problem.Say("核对这一列；确实是个人信息的，把它从 data/imports/%[1]s.yaml 的 columns、data/registers/%[1]s.csv 和 data/registers/%[1]s.yaml 里也删去", "look at the column; if it is personal data, take it out of columns in data/imports/%[1]s.yaml, of data/registers/%[1]s.csv and of data/registers/%[1]s.yaml, too", r.Known.Name))
		}
	}
}

// alike asks about two rows that are one.
func (r *Reading) alike() {
	seen := map[string]Cell{}
	for n, line := range r.lines() {
		key := strings.Join(line, "\x00")
		cell := r.Rows[n].Cells[len(r.Rows[n].Cells)-1]
		if first, twice := seen[key]; twice {
			r.ask(cell.At(), problem.ImportName, problem.Say("这一行和另一行（%s）完全一样", "the row is the same as another, at %s", first.At().Cell),
				problem.Say("重复的删去一行；是两件事的，加一列写明分别是什么", "delete one of them; if they are two things, add a column that says what each is"))
			continue
		}
		seen[key] = cell
	}
}

// RegisterDescriptor writes data/registers/<name>.yaml of a register that is read for the
// first time, on a day.
func (r *Reading) RegisterDescriptor(day period.Date, organisation string) []byte {
	var b strings.Builder
	b.WriteString("# 由 sunshine import 写下。请核对；写在这里的，以后读入时只改更新日期，别的不动。\n")
	fmt.Fprintf(&b, "title: %s\nupdated: %s\n", strconv.Quote(r.Title), day)
	fmt.Fprintf(&b, "sources:\n  - title: %s\n", strconv.Quote(r.Title))
	author := r.Office
	if author == "" {
		author = organisation
	}
	if author != "" {
		fmt.Fprintf(&b, "    author: %s\n", strconv.Quote(author))
	}
	b.WriteString("columns:\n")
	titled := false
	for i, f := range r.Fields {
		fmt.Fprintf(&b, "  - {name: %s", strconv.Quote(f.Name))
		switch {
		case i == 0 && f.Name == groupKey:
			b.WriteString(", role: group")
		case !titled && numberName.MatchString(f.Name) && i < len(r.Fields)-1:
			b.WriteString(", role: id")
		case !titled:
			b.WriteString(", role: title")
			titled = true
		}
		if f.Type == "date" {
			b.WriteString(", type: date")
		}
		b.WriteString("}\n")
	}
	return []byte(b.String())
}

var updatedLine = regexp.MustCompile(`(?m)^(updated|更新日期)([ \t]*:[ \t]*)(['"]?)([^\s'"#]+)(['"]?)`)

// Update gives the descriptor of a register the day of its change: that line alone.
func Update(source []byte, day period.Date) []byte {
	m := updatedLine.FindSubmatchIndex(source)
	if m == nil || string(source[m[8]:m[9]]) >= day.String() {
		return source
	}
	return slices.Concat(source[:m[8]], []byte(day.String()), source[m[9]:])
}
