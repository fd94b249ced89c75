package load

import (
	"math"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// reading is a statistic that is being read from its table.
type reading struct {
	*bureau.Statistic
	table    *table.Table
	options  period.Options
	named    []bureau.RowKind         // what the names of each row say: a total may leave some of them empty
	missing  map[string]bureau.Status // texts that stand instead of a value
	units    map[int]string           // by column, of a row of units
	parts    []int                    // the fields that the period stands in, where they are several
	problems problem.List
}

// Statistic reads a table of figures as its descriptor says, or, where it says
// nothing of the fields, as the table itself shows, with the warning
// stats/no-descriptor. Each cell is held against the role and type of its field;
// each row against the others: one row for a period and its categories. The
// statistic is never nil; where the problems hold an error it is not whole.
func Statistic(file string, data []byte, d bureau.Descriptor, described bool, o period.Options) (*bureau.Statistic, problem.List) {
	names := make([]string, len(d.Schema.Fields))
	for i, f := range d.Schema.Fields {
		names[i] = f.Name.V
	}
	t, problems := table.Read(file, data, table.Options{Encoding: d.Encoding, Header: names, Rows: d.Layout.HeaderRows(), Units: d.Layout.UnitRow()})
	f := &reading{
		Statistic: &bureau.Statistic{File: file, Descriptor: d, Described: described},
		table:     t, options: o, problems: problems,
	}
	f.Loose, f.Plain = t.Loose, t.Plain
	for i := range t.Units {
		f.Loose = append(f.Loose, bureau.Loose{String: bureau.String{V: t.Units[i].Text, At: t.UnitPosition(i)}})
	}
	f.Name = slugOf(file, strings.TrimSuffix(path.Base(file), path.Ext(file)), &f.problems)
	f.aside()
	if len(t.Header) == 0 {
		return f.Statistic, f.problems
	}
	f.missingValues()
	f.head()
	f.unitRow()
	if len(d.Schema.Fields) > 0 {
		f.describe()
		f.spread()
	} else {
		f.infer()
	}
	f.noRows()
	f.rows()
	return f.Statistic, f.problems
}

// noRows holds what the descriptor says of a table without rows against the table.
func (f *reading) noRows() {
	said := f.Descriptor.Layout.Rows
	means := word[string](&f.problems, said, problem.StatsLayout, bureau.RowMeanings)
	switch n := f.table.Rows(); {
	case n == 0 && means == "" && f.problems.Errors() == 0:
		f.problems.Error(f.table.Position(-1, 0), problem.StatsNoRows, problem.Say("只有表头，没有数据", "there is a header but no data"),
			problem.Say("在表头下面填写数据；确实尚未报送的，在说明文件里写 layout: {rows: none-yet}（版式：{数据行: 尚未报送}）", "write the data below it; where nothing has been reported yet, write layout: {rows: none-yet} in the descriptor"))
	case n > 0 && means == bureau.NoneYet:
		f.problems.Error(said.At, problem.StatsNoRows, problem.Say("这里写尚未报送，表里却有%d行数据", "it says that nothing has been reported yet, but the table has rows: %d", n),
			problem.Say("删去 rows（数据行）这一项，数据就公布", "remove rows here, and the data are published"))
	}
}

// aside takes the lines around the table: the title, where the descriptor gives
// none, and the notes.
func (f *reading) aside() {
	for i, c := range slices.Concat(f.table.Above, f.table.Below) {
		text := bureau.String{V: c.Text, At: problem.Position{File: f.File, Line: int(c.Line), Column: int(c.Column)}}
		if i == 0 && len(f.table.Above) > 0 && !strings.ContainsAny(c.Text, "：:") {
			if f.Descriptor.Title.V == "" {
				f.Descriptor.Title = text
			}
			if f.Descriptor.Title.V == c.Text {
				continue
			}
		}
		f.Notes = append(f.Notes, text)
	}
}

// missingValues reads what the descriptor says of texts that stand instead of a
// value. One without a label is not available.
func (f *reading) missingValues() {
	f.missing = map[string]bureau.Status{}
	for _, m := range f.Descriptor.Schema.MissingValues {
		status := bureau.NotAvailable
		if m.Label.V != "" {
			rest, marked, err := number.Markers(m.Label.V)
			if err != nil || rest != "" || marked&bureau.Instead == 0 {
				f.problems.Error(m.Label.At, problem.StatsMissingValue, problem.Say("“%s”不是代替数值的标记", "\"%s\" is not a marker that stands instead of a value", problem.Quote(m.Label.V)),
					problem.Say("写 [x] 无数据、[z] 不适用、[c] 不公布（以免认出具体的人）或 [w] 尚未报送", "write [x] not available, [z] not applicable, [c] withheld to protect people or [w] not yet reported"))
				continue
			}
			status = marked
		}
		f.missing[strings.TrimSpace(m.Value.V)] = status
	}
}

// rows types every cell and holds the rows against each other.
func (f *reading) rows() {
	f.Rows = make([]bureau.Row, f.table.Rows())
	for i := range f.Rows {
		f.Rows[i].Line, f.Rows[i].Sheet = f.table.Lines[i], f.table.Sheet[i]
	}
	f.Columns = make([]bureau.Cells, len(f.table.Header))
	for i, c := range f.table.Columns { // each of whose texts a row says
		each := make([]bureau.Cell, len(c.Texts))
		for n, text := range c.Texts {
			each[n] = bureau.Cell{Text: text, Number: math.NaN()}
		}
		f.Columns[i] = bureau.Cells{Each: each, Of: c.Of, Places: c.Places}
	}
	f.fillEmpty()
	f.join()
	f.named = f.KindsByName()
	dated := f.FieldOf(bureau.RolePeriod)
	for i, field := range f.Fields {
		switch {
		case i == dated:
			f.periods(i)
		case slices.Contains(f.parts, i):
		case field.Role == bureau.RoleMeasure:
			f.measures(i)
		default:
			f.words(i)
		}
	}
	f.frequency()
	f.duplicates()
	f.drop()
}

// periods reads the column of periods. A total row may name itself there.
func (f *reading) periods(field int) {
	refused := refusals{reading: f, field: field}
	defer refused.close()
	c := f.Column(field)
	known := make([]uint32, len(c.Each)) // the period of each, as a row says it; 0 where it was not read yet
	financial, twoReadings := f.financialYears(field)
	if twoReadings {
		return
	}
	for i := range f.Rows {
		of := c.Of[i]
		if known[of] != 0 {
			f.Rows[i].When = known[of]
			continue
		}
		text := c.Each[of].Text
		if f.named[i] != bureau.DataRow && (text == "" || bureau.KindOf(text) != bureau.DataRow) {
			continue
		}
		if text == "" {
			refused.error(i, problem.CSVPeriod, problem.Say("没有填写期间，可能是合并单元格", "the period is empty; the cell may be merged"),
				problem.Say("取消合并，每一行都写上期间", "unmerge it and write the period in every row"))
			continue
		}
		var p period.Period
		if day, ok := period.ParseDate(text); ok {
			p = period.Period{Text: text, Start: day, End: day}
		} else {
			var err error
			p, err = period.Parse(text, f.options)
			if financial && twoYears.MatchString(text) {
				p, err = f.financialYear(field, text)
			}
			if err != nil {
				wrong := err.(*period.Error)
				refused.error(i, problem.CSVPeriod, wrong.Message, wrong.Hint)
				continue
			}
		}
		known[of] = f.When(p)
		f.Rows[i].When = known[of]
	}
}

// words reads a column of names or notes.
func (f *reading) words(field int) {
	refused := refusals{reading: f, field: field}
	defer refused.close()
	role := f.Fields[field].Role
	c := f.Column(field)
	wrong := make([]*number.Error, len(c.Each))
	look := false // at each row
	for i := range c.Each {
		cell := &c.Each[i]
		if status, missing := f.missing[cell.Text]; missing {
			cell.Status = status
		} else if cell.Text == "" {
			look = true
		} else if wrong[i] = number.Mangled(cell.Text); wrong[i] != nil {
			look = true
		}
	}
	if look {
		for i, of := range c.Of {
			_, missing := f.missing[c.Each[of].Text]
			switch {
			case wrong[of] != nil:
				refused.error(i, wrong[of].Rule, wrong[of].Message, wrong[of].Hint)
			case c.Each[of].Text == "" && !missing && role != bureau.RoleNote && f.named[i] == bureau.DataRow:
				refused.error(i, problem.CSVEmptyName, problem.Say("“%s”一格是空的，可能是合并单元格", "the cell of \"%s\" is empty; it may be merged", problem.Quote(f.Fields[field].Name)),
					problem.Say("取消合并，每一行都写上名称；空白都是合计的，在说明文件中写 layout: {empty: total}（版式）；空白都与上一行相同的，写 layout: {empty: fill-down}", "unmerge it and write the name in every row; if an empty cell means the total, write layout: {empty: total} in the descriptor; if it means the same as above, layout: {empty: fill-down}"))
			}
		}
	}
	if role != bureau.RoleNote {
		f.leadingZeros(field, &refused)
	}
}

// leadingZeros finds identifiers that a spreadsheet took for numbers: where some
// start with a zero all have the same length, and the codes of places and post
// offices have it always.
func (f *reading) leadingZeros(field int, refused *refusals) {
	longest, padded := 0, false
	for i := range f.Rows {
		text := f.Cell(i, field).Text
		if f.named[i] != bureau.DataRow || text == "" {
			continue
		}
		if strings.Trim(text, "0123456789") != "" {
			return
		}
		longest = max(longest, len(text))
		padded = padded || len(text) > 1 && text[0] == '0'
	}
	name := f.Fields[field].Name
	place := strings.Contains(name, "区划") || strings.Contains(name, "邮编") || strings.Contains(name, "邮政编码")
	for i := range f.Rows {
		text := f.Cell(i, field).Text
		if f.named[i] == bureau.DataRow && text != "" && (padded && len(text) < longest || place && (len(text) == 5 || len(text) == 11)) {
			refused.error(i, problem.CSVLeadingZero, problem.Say("编号“%s”比同列的其他编号短，开头的0可能被表格软件去掉了", "the identifier \"%s\" is shorter than the others; a spreadsheet may have dropped its leading zero", text),
				problem.Say("在原表中把这一列设为“文本”，补上0后重新导出", "format the column as text, put the 0 back and export again"))
		}
	}
}

// measures reads a column of figures.
func (f *reading) measures(field int) {
	refused := refusals{reading: f, field: field}
	defer refused.close()
	d := &f.Fields[field]
	units := f.Apart(field)
	c := f.Column(field)
	read := make([]figure, len(c.Each)) // every one of which a row has
	signed, whole, look := false, true, false
	for i := range c.Each {
		r := f.figure(d, units[i], &c.Each[i])
		read[i] = r
		signed, whole, look = signed || r.signed, whole && !r.fraction, look || r.wrong != nil || r.unsigned
	}
	if look {
		for i, of := range c.Of {
			if wrong := read[of].wrong; wrong != nil {
				refused.add(i, *wrong)
			}
		}
		for i, of := range c.Of {
			if signed && read[of].unsigned {
				refused.error(i, problem.CSVPercent, problem.Say("这一列有的带“%%”，有的不带，“%s”有两种读法", "some cells of this column carry %% and some do not, so \"%s\" has two readings", problem.Quote(c.Each[of].Text)),
					problem.Text{ZH: "这一列的每个数值后面都写上“%”", EN: "write % after every number of the column"})
			}
		}
	}
	if d.Type == "" {
		if d.Type = "number"; whole {
			d.Type = "integer"
		}
	}
	f.Align(field)
}

// figure is what a cell of a column of figures turns out to be.
type figure struct {
	wrong    *problem.Problem
	signed   bool // it carries its unit
	unsigned bool // it may be a share or a percentage
	fraction bool // it is no whole number
}

// figure reads a cell of a field, which counts in unit.
func (f *reading) figure(d *bureau.Field, unit string, cell *bureau.Cell) (read figure) {
	wrong := func(severity problem.Severity, rule problem.Rule, message, hint problem.Text) {
		read.wrong = &problem.Problem{Severity: severity, Rule: rule, Message: message, Hint: hint}
	}
	if status, missing := f.missing[cell.Text]; missing {
		cell.Status = status
		return read
	}
	n, refusal := number.Parse(cell.Text, unit)
	if refusal != nil {
		message := refusal.Message
		if refusal.Unreadable && d.Type == "integer" {
			message = problem.Say("“%s”不是整数", "\"%s\" is not a whole number", problem.Quote(cell.Text))
		}
		wrong(problem.Error, refusal.Rule, message, refusal.Hint)
		return read
	}
	cell.Blank = strings.TrimSpace(cell.Text) == ""
	cell.Text, cell.Status, cell.Qualifier, cell.Form = n.Text, n.Status, n.Qualifier, n.Form
	if math.IsNaN(n.Value) {
		return read
	}
	cell.Number = n.Value
	quoted := func() string { return problem.Quote(cell.Text) }
	count := d.IsCount() && (d.Risk != "" || !amountWord.MatchString(unit))
	switch {
	case d.Type == "integer" && !n.Whole:
		wrong(problem.Error, problem.CSVWhole, problem.Say("“%s”不是整数", "\"%s\" is not a whole number", quoted()),
			problem.Say("核对数值；这一列可以有小数的，在说明文件中写 type: number（类型）", "check the value; if the column may have fractions, write type: number in the descriptor"))
	case n.Change && !bureau.IsChange(d.Name):
		wrong(problem.Error, problem.CSVChange, problem.Say("“%s”是升降变化，不是数量", "\"%s\" is a change, not a level", quoted()),
			problem.Say("写本期的数值；升降写到名称带“同比”“环比”或者“增减”的列里", "write the figure itself, and put changes in a column named 同比, 环比 or 增减"))
	case count && n.Value < 0 && f.inferred() && unit == "": // nothing says that it is a count
		wrong(problem.Warning, problem.CSVNegative, problem.Say("这一列有负数，数量不能为负", "the column holds numbers below zero, and a count cannot be"),
			problem.Say("这一列不是数量的，在说明文件中写 risk: none（计数对象：无）；是数量的，核对数值", "if the column is not a count, write risk: none in the descriptor; else check the value"))
	case count && n.Value < 0:
		wrong(problem.Error, problem.CSVNegative, problem.Say("“%s”是负数，数量不能为负", "\"%s\" is negative, and a count cannot be", quoted()),
			problem.Say("核对数值；这一列可以为负的，在说明文件中写 risk: none（计数对象：无）", "check the value; if the column may be negative, write risk: none in the descriptor"))
	case math.Abs(n.Value) >= 1<<53:
		wrong(problem.Error, problem.CSVRange, problem.Say("“%s”太大，无法准确保存", "\"%s\" is too large to be kept exactly", quoted()),
			problem.Say("核对数值；确实这么大的，这一列的 unit（计量单位）换成大一些的，例如“亿元”，数值照新单位写", "check the value; if it is right, give the column a larger unit, such as 亿元, and write the values in it"))
	case n.Unit != "" && unit == "":
		wrong(problem.Error, problem.CSVUnit, problem.Say("“%s”带有“%s”，而这一列没有写计量单位", "\"%s\" carries %s in a column that has no unit", quoted(), n.Unit),
			problem.Say("在说明文件中写明这一列的 unit（计量单位）", "give the unit of the column in the descriptor"))
	case n.Unit != "":
		read.signed = true
	case unit == "%" && n.Value != 0 && math.Abs(n.Value) <= 1:
		read.unsigned = true
	}
	read.fraction = !n.Whole
	return read
}

// frequency holds the word of the descriptor against those there are. What the
// frequency of a statistic is, package figures decides.
func (f *reading) frequency() {
	declared := f.Descriptor.Frequency
	if _, ok := period.ParseFrequency(declared.V); declared.V != "" && !ok {
		f.problems.Error(declared.At, problem.StatsFrequency, problem.Say("没有“%s”这种频率", "there is no frequency \"%s\"", problem.Quote(declared.V)),
			bureau.Frequencies.Hint(declared.V))
	}
}

// duplicates finds rows of data for the same period and categories.
func (f *reading) duplicates() {
	var names []int
	for i, field := range f.Fields {
		if field.Role == bureau.RoleCategory || field.Role == bureau.RoleUnit {
			names = append(names, i)
		}
	}
	at := f.FieldOf(bureau.RolePeriod) // the column that a repeat is reported in
	if at < 0 && len(names) == 0 {
		return
	}
	if at < 0 {
		at = names[0]
	}
	// The rows are numbered by their names, then by their period, however it is written.
	of, count := f.Number(names)
	type span struct {
		start, end period.Date
		asOf       bool
	}
	spans := map[span]int32{{}: 0} // 0 for none
	when := make([]int32, len(f.Periods)+1)
	for i, p := range f.Periods {
		k := span{p.Start, p.End, p.AsOf}
		if _, known := spans[k]; !known {
			spans[k] = int32(len(spans))
		}
		when[i+1] = spans[k]
	}
	nameless := func(i int) bool {
		return slices.ContainsFunc(names, func(n int) bool { return f.Cell(i, n).Text == "" })
	}
	number := bureau.NewPairs(count, len(spans), len(f.Rows))
	var first []int32 // the row of each number
	repeats := refusals{reading: f, field: at}
	defer repeats.close()
	for i, row := range f.Rows {
		if f.named[i] != bureau.DataRow || nameless(i) || len(names) == 0 && when[row.When] == 0 {
			continue // without a name it was refused
		}
		n := number.Of(of[i], when[row.When])
		if int(n) == len(first) {
			first = append(first, int32(i))
			continue
		}
		earlier := first[n]
		earlierAt := f.table.Position(int(earlier), at)
		message := problem.Say("与第%d行（%s）的期间和分类相同", "has the same period and categories as line %d (%s)", earlierAt.Line, earlierAt.Cell)
		hint := problem.Say("核对是否重复；另有一列可以区分的，在说明文件中把那一列的 role（角色）写成 category（分类）", "check whether it is a repeat; if a column tells the two apart, give it the role category in the descriptor")
		if f.inferred() {
			repeats.warn(i, problem.StatsDuplicate, message, hint)
		} else {
			repeats.error(i, problem.StatsDuplicate, message, hint)
		}
	}
}

// inferred tells whether the fields are a guess.
func (f *reading) inferred() bool { return len(f.Descriptor.Schema.Fields) == 0 }
