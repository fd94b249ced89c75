package load

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// fillEmpty gives the empty names of the rows what the descriptor says that they
// stand for. Nothing is filled where it says nothing.
func (f *reading) fillEmpty() {
	means := word[string](&f.problems, f.Descriptor.Layout.Empty, problem.StatsLayout, bureau.EmptyMeanings)
	if means == "" {
		return
	}
	named := f.KindsByName()
	f.Own() // what stands in the file is still asked for
	for i, field := range f.Fields {
		if !field.IsKey() || field.Role == bureau.RolePeriod && means != "fill-down" {
			continue
		}
		above := ""
		for row := range f.Rows {
			cell := f.Cell(row, i)
			switch {
			case cell.Text != "":
				above = cell.Text
			case means == "total":
				cell.Text = bureau.TotalName
				f.Set(row, i, cell)
			case means == "not-available":
				cell.Text, cell.Status = bureau.NotAvailable.String(), bureau.NotAvailable
				f.Set(row, i, cell)
			case named[row] == bureau.DataRow && above != "":
				cell.Text = above
				f.Set(row, i, cell)
			}
		}
	}
}

// head holds what the descriptor says of the rows of the header against what may be.
func (f *reading) head() {
	l := f.Descriptor.Layout
	if l.Header.Given() && int(l.Header.V) != l.HeaderRows() {
		f.problems.Error(l.Header.At, problem.StatsLayout, problem.Say("表头的行数是1至10，不能是%d", "a header has 1 to 10 rows, not %d", l.Header.V),
			problem.Say("写表头占几行，例如 layout: {header: 2}（版式：{表头行数: 2}）", "write how many rows the header takes, such as layout: {header: 2}"))
	}
	if l.Units.Given() && int(l.Units.V) != l.UnitRow() {
		f.problems.Error(l.Units.At, problem.StatsLayout, problem.Say("单位行是从表头第一行数起的第%d行，不在表头里，也不紧接在表头下面", "the row of units is said to be row %d from the top of the header, which is neither in the header nor just below it", l.Units.V),
			problem.Say("单位在表头下面一行的，写 units（单位行）: %d", "where the units stand just below the header, write units: %d", l.HeaderRows()+1))
	}
}

// unitRow takes a row of units off the top of a table: nothing, or 单位, under the
// names, and under each figure what it counts in. Where the descriptor names the row,
// whatever stands in it is a unit.
func (f *reading) unitRow() {
	f.units = map[int]string{}
	t := f.table
	for c, cell := range t.Units {
		if text := strings.Trim(cell.Text, "（）() "); text != "" && text != "单位" && text != "计量单位" {
			f.units[c] = number.NarrowPercent(text)
		}
	}
	if len(t.Units) > 0 {
		f.contradicted(f.units, t.UnitPosition)
		return
	}
	if t.Rows() < 2 {
		return
	}
	units := map[int]string{}
	for c, cell := range t.Row(0) {
		text := strings.Trim(cell.Text, "（）() ")
		switch {
		case text == "" || text == "单位" || text == "计量单位":
		case number.IsUnit(text):
			units[c] = number.NarrowPercent(text)
		default:
			return
		}
	}
	if len(units) == 0 || units[0] != "" {
		return
	}
	f.contradicted(units, func(c int) problem.Position { return t.Position(0, c) })
	f.units = units
	t.Behead()
}

// contradicted reports the units of a row that are others than the header's.
func (f *reading) contradicted(units map[int]string, at func(column int) problem.Position) {
	for c, h := range f.table.Header {
		_, named := number.SplitUnit(h.Text)
		if unit := units[c]; unit != "" && named != "" && named != unit {
			f.problems.Error(at(c), problem.CSVUnit, problem.Say("单位行写“%s”，表头写“%s”", "the row of units says \"%s\" and the header \"%s\"", unit, named),
				problem.Say("把两处写成一样", "write both the same way"))
		}
	}
}

var (
	acrossName = regexp.MustCompile(`^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月份?$|^第?[1-4一二三四]季度?$|^Q[1-4]$|^(?:19|20)[0-9]{2}年?$`)
	yearInside = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
)

// leastAcross is how many columns that are periods make a table that lies on its side.
const leastAcross = 3

// across refuses a table whose columns are periods, with its first figure as a
// row of the table that it should be.
func (f *reading) across() bool {
	var found []int
	for c, h := range f.table.Header {
		if _, err := period.Parse(h.Text, f.options); acrossName.MatchString(h.Text) || err == nil {
			found = append(found, c)
		}
	}
	if len(found) < leastAcross {
		return false
	}
	first, last := f.table.Header[found[0]].Text, f.table.Header[found[len(found)-1]].Text
	when := first
	if !yearInside.MatchString(first) {
		year := "2026"
		for _, c := range f.table.Above {
			if y := yearInside.FindString(c.Text); y != "" {
				year = y
			}
		}
		when = year + "年" + first
	}
	example := when
	if f.table.Rows() > 0 {
		row := f.table.Row(0)
		example = row[0].Text + "," + when + "," + row[found[0]].Text
	}
	f.problems.Error(f.table.Position(-1, found[0]), problem.CSVHeader,
		problem.Say("有%[1]d列是期间，从“%[2]s”到“%[3]s”：表是横排的，每个期间占了一列", "%[1]d columns are periods, \"%[2]s\" to \"%[3]s\": the table has its periods across, one in each column", len(found), problem.Quote(first), problem.Quote(last)),
		problem.Say("改成每个期间一行，表头写“项目,期间,数值”，例如一行“%s”；合计列不用写", "give each period a row of its own under the header 项目,期间,数值, such as %s; leave out the column of totals", problem.Quote(example)))
	for c := range f.table.Header {
		field := f.field(c)
		field.Role, field.Title, field.Unit, field.Type = bureau.RoleNote, field.Name, "", "string"
		f.Fields = append(f.Fields, field)
	}
	return true
}

var (
	yearText    = regexp.MustCompile(`^([0-9]{4})(?:年度?)?$`)
	partText    = regexp.MustCompile(`^[0-9]{1,2}(?:月份?|季度?)?$`)
	partName    = regexp.MustCompile(`(?i)^(?:月份?|季度?|month|quarter)$`)
	monthName   = regexp.MustCompile(`(?i)月|month`)
	quarterName = regexp.MustCompile(`(?i)季|quarter`)
	dayName     = regexp.MustCompile(`(?i)日|day`)
)

// spread finds a period that stands in several columns: those that the
// descriptor names, or else a column of years with one of months or quarters.
func (f *reading) spread() {
	if named := f.Descriptor.Period; len(named) > 0 {
		for _, name := range named {
			i := f.Field(strings.TrimSpace(name.V))
			if i < 0 {
				f.problems.Error(name.At, problem.StatsField, problem.Say("表头中没有“%s”这一列", "the header has no column \"%s\"", problem.Quote(name.V)), problem.Suggest(name.V, f.headers()))
				f.parts = nil
				return
			}
			f.parts = append(f.parts, i)
		}
		for i := range f.Fields {
			if f.Fields[i].Role == bureau.RolePeriod && i != f.parts[0] {
				f.Fields[i].Role = bureau.RoleCategory
			}
		}
		f.Fields[f.parts[0]].Role = bureau.RolePeriod
	} else if year := f.FieldOf(bureau.RolePeriod); year >= 0 && f.all(f.Fields[year].Column, yearText.MatchString) {
		for i := range f.Fields {
			part := &f.Fields[i]
			if !partName.MatchString(part.Name) {
				continue
			}
			if f.most(part.Column, func(text string) bool { return partText.MatchString(text) || f.joins("2000", i, text) }) {
				f.parts = []int{year, i}
				break
			}
			if f.all(part.Column, func(text string) bool { _, err := period.Parse(text, f.options); return err == nil }) { // 2025-01, the year again
				f.Fields[year].Role, part.Role = bureau.RoleCategory, bureau.RolePeriod
				part.Title, part.Unit, part.UnitField, part.Type = part.Name, "", -1, "string"
				break
			}
		}
	}
	var names []string
	for n, i := range f.parts {
		field := &f.Fields[i]
		names = append(names, field.Name)
		field.Unit, field.UnitField, field.Type = "", -1, "string"
		if n > 0 {
			field.Role = bureau.RoleCategory // until its rows are read
		}
	}
	if len(names) > 0 && f.Fields[f.parts[0]].Title == names[0] {
		f.Fields[f.parts[0]].Title = strings.Join(names, "、")
	}
}

// joins tells whether a text, in the column of that field, makes a period with a year.
func (f *reading) joins(year string, field int, text string) bool {
	_, err := period.Parse(year+"年"+f.part(field, text), f.options)
	return err == nil
}

// part writes one part of a period as it stands in a whole one: 1 under 月份 is 1月.
func (f *reading) part(field int, text string) string {
	name := f.Fields[field].Name
	_, err := strconv.Atoi(text)
	switch {
	case text == "全年" || bureau.KindOf(text) != bureau.DataRow:
		return ""
	case err != nil:
		return strings.TrimSuffix(text, "份")
	case monthName.MatchString(name):
		return text + "月"
	case quarterName.MatchString(name):
		return "第" + text + "季度"
	case dayName.MatchString(name):
		return text + "日"
	}
	return text
}

// join writes the period of every row into its first column.
func (f *reading) join() {
	if len(f.parts) == 0 {
		return
	}
	first := f.parts[0]
	of := make([]uint32, len(f.Rows)) // what stands in the file is still asked for
	var each []bureau.Cell
	known := map[string]uint32{}
	for row := range f.Rows {
		cell := f.Cell(row, first)
		if cell.Text != "" && bureau.KindOf(cell.Text) == bureau.DataRow {
			text := cell.Text
			if m := yearText.FindStringSubmatch(text); m != nil {
				text = m[1] + "年"
			}
			for _, i := range f.parts[1:] {
				part := f.Cell(row, i).Text
				if part == "" {
					text = "" // reported as an empty period
					break
				}
				text += f.part(i, part)
			}
			cell.Text = text
		}
		at, is := known[cell.Text]
		if !is {
			at = uint32(len(each))
			each, known[cell.Text] = append(each, cell), at
		}
		of[row] = at
	}
	f.Columns[first].Each, f.Columns[first].Of = each, of
}

// drop takes the columns away whose texts have become part of the period.
func (f *reading) drop() {
	if len(f.parts) < 2 {
		return
	}
	gone := f.parts[1:]
	var fields []bureau.Field
	at := make([]int, len(f.Fields)) // where each field goes
	for i, field := range f.Fields {
		at[i] = len(fields)
		if slices.Contains(gone, i) {
			f.Joined = append(f.Joined, field)
			continue
		}
		fields = append(fields, field)
	}
	for row := range f.Rows {
		if !f.Period(row).IsZero() {
			continue
		}
		for i := range f.Fields { // nobody read it
			if !slices.Contains(gone, i) {
				continue
			}
			f.Loose = append(f.Loose, bureau.Loose{String: bureau.String{V: f.Cell(row, i).Text, At: f.table.Position(row, i)}, Beside: f.Fields[i].Name})
		}
	}
	var columns []bureau.Cells
	for i, c := range f.Columns {
		if !slices.Contains(gone, i) {
			columns = append(columns, c)
		}
	}
	for i := range fields {
		if u := fields[i].UnitField; u >= 0 {
			fields[i].UnitField = at[u]
		}
	}
	f.Fields, f.Columns = fields, columns
}

var (
	twoYears      = regexp.MustCompile(`^([0-9]{4})[-–—/]([0-9]{2})$`)
	financialName = regexp.MustCompile(`(?i)财年|财政年|会计年|年度|financial|fiscal`)
	schoolName    = regexp.MustCompile(`(?i)学年|school|academic`)
)

// financialYears tells whether the periods of a column run from one year to the
// next, 2008-09, 2009-10, which as months they would not. What is not certain is
// refused, once, as having two readings; then it is neither.
func (f *reading) financialYears(field int) (read, refused bool) {
	texts, certain := map[string]bool{}, false
	first := -1
	for i := range f.Rows {
		text := f.Cell(i, field).Text
		if text == "" || f.named[i] != bureau.DataRow && bureau.KindOf(text) != bureau.DataRow {
			continue
		}
		_, next, ok := overYears(text)
		if !ok {
			return false, false
		}
		if first < 0 {
			first = i
		}
		certain = certain || next > 12 || next == 0
		texts[text] = true
	}
	name := f.Fields[field].Name
	frequency, known := period.ParseFrequency(f.Descriptor.Frequency.V)
	certain = certain || frequency == period.Yearly && known || financialName.MatchString(name) || schoolName.MatchString(name)
	switch {
	case certain && first >= 0:
		return true, false
	case len(texts) < 2 || known:
		return false, false // one month may be any, and a monthly table has months
	}
	text := f.Cell(first, field).Text
	f.problems.Error(f.table.Position(first, field), problem.CSVPeriod,
		problem.Say("这一列的期间有两种读法：“%s”可以是一个月，也可以是跨年的年度", "the periods of this column have two readings: \"%s\" may be a month, or a year that runs into the next", text),
		problem.Say("在说明文件中写明频率：按月的写 frequency: monthly，按年度的写 frequency: yearly", "give the frequency in the descriptor: frequency: monthly for months, frequency: yearly for such years"))
	return false, true
}

// overYears reads 2008-09: a year and the last two digits of the one after it.
func overYears(text string) (year, next int, ok bool) {
	m := twoYears.FindStringSubmatch(text)
	if m == nil {
		return 0, 0, false
	}
	year, _ = strconv.Atoi(m[1])
	next, _ = strconv.Atoi(m[2])
	return year, next, (year+1)%100 == next
}

// financialYear reads one of them.
func (f *reading) financialYear(field int, text string) (period.Period, error) {
	o := f.options
	if schoolName.MatchString(f.Fields[field].Name) {
		o.FinancialYearStart = time.September
	}
	m := twoYears.FindStringSubmatch(text)
	p, err := period.Parse(m[1]+"/"+m[2]+"财年", o)
	p.Text = text
	return p, err
}
