package load

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// describe makes a field of every column as the descriptor says. The columns and
// the descriptor name the same fields, or that is a problem of the one that has more.
func (f *reading) describe() {
	specs := f.Descriptor.Schema.Fields
	if len(specs) > table.MaxColumns {
		f.problems.Error(f.fieldPosition(specs[:table.MaxColumns+1]), problem.StatsField, problem.Say("字段超过%d个", "there are more than %d fields", table.MaxColumns),
			problem.Say("把表分成几个", "split the table into several"))
		specs = specs[:table.MaxColumns]
	}
	var known []string
	headers := f.headers()
	for i, spec := range specs {
		name, at := strings.TrimSpace(spec.Name.V), f.fieldPosition(specs[:i+1])
		switch {
		case name == "":
			f.problems.Error(at, problem.StatsField, problem.Say("有一个字段没有写 name（名称）", "a field has no name"),
				problem.Say("写上表头中这一列的名称", "give it the name of its column in the header"))
		case slices.Contains(known, name):
			f.problems.Error(at, problem.StatsField, problem.Say("字段“%s”写了两次", "the field \"%s\" is given twice", problem.Quote(name)),
				problem.Say("删去其中一个", "delete one of the two"))
		case !slices.Contains(headers, name):
			near := problem.Nearest(name, headers)
			if near != "" && !slices.ContainsFunc(specs, func(s bureau.FieldSpec) bool { return strings.TrimSpace(s.Name.V) == near }) {
				break // one fault, reported at the header
			}
			f.problems.Error(at, problem.StatsField, problem.Say("表头中没有“%s”这一列", "the header has no field \"%s\"", problem.Quote(name)),
				problem.Say("在表头补上这一列，或者从说明文件中删去这个字段", "add the column to the table, or delete the field from the descriptor"))
		}
		known = append(known, name)
	}
	for c, h := range f.table.Header {
		field := f.field(c)
		i := slices.Index(known, h.Text)
		if i < 0 {
			hint := problem.Say("在说明文件的 schema.fields（结构的字段）中加上这一列", "add the column to schema.fields in the descriptor")
			if near := problem.Nearest(h.Text, known); near != "" && !slices.Contains(headers, near) {
				hint = problem.Say("说明文件中有“%s”，把两处写成一样", "the descriptor has \"%s\"; write both the same way", problem.Quote(near))
			}
			if h.Text != "" { // else the table said so
				f.problems.Error(f.table.Position(-1, c), problem.StatsField, problem.Say("说明文件中没有“%s”这一列", "the descriptor has no field \"%s\"", problem.Quote(h.Text)), hint)
			}
			field.Role = bureau.RoleNote
			f.Fields = append(f.Fields, field)
			continue
		}
		f.specify(&field, specs[i])
		f.Fields = append(f.Fields, field)
	}
	for c := range f.Fields {
		i := slices.Index(known, f.Fields[c].Name)
		if i < 0 || specs[i].UnitField.V == "" {
			continue
		}
		if f.Fields[c].UnitField = f.Field(specs[i].UnitField.V); f.Fields[c].UnitField < 0 {
			f.problems.Error(specs[i].UnitField.At, problem.StatsField, problem.Say("表头中没有“%s”这一列", "the header has no column \"%s\"", problem.Quote(specs[i].UnitField.V)), problem.Suggest(specs[i].UnitField.V, headers))
		} else {
			f.Fields[c].Unit = ""
		}
	}
}

// headers are the names of all columns.
func (f *reading) headers() []string {
	names := make([]string, len(f.table.Header))
	for i, h := range f.table.Header {
		names[i] = h.Text
	}
	return names
}

// fieldPosition gives the place of the last of some fields, or, where it gives
// nothing that has one, of the field before it.
func (f *reading) fieldPosition(specs []bureau.FieldSpec) problem.Position {
	for _, s := range slices.Backward(specs) {
		for _, v := range []bureau.String{s.Name, s.Type, s.Role, s.Title, s.Unit, s.Description} {
			if v.Given() {
				return v.At
			}
		}
	}
	return problem.Position{File: f.Descriptor.File, Line: 1, Column: 1}
}

// field makes a field of a column with what the header alone says.
func (f *reading) field(column int) bureau.Field {
	name := f.table.Header[column].Text
	title, unit := number.SplitUnit(name)
	if unit == "" {
		unit = f.units[column]
	}
	return bureau.Field{Name: name, Title: title, Unit: unit, UnitField: -1, Column: column, At: f.table.Position(-1, column)}
}

// specify fills a field in with what the descriptor says.
func (f *reading) specify(field *bureau.Field, spec bureau.FieldSpec) {
	field.Type = word[string](&f.problems, spec.Type, problem.StatsType, bureau.FieldTypes)
	field.Role = word[bureau.Role](&f.problems, spec.Role, problem.StatsRole, bureau.Roles)
	field.Risk = word[string](&f.problems, spec.Risk, problem.StatsRisk, bureau.Risks)
	if field.Role == "" {
		f.inferRole(field)
	}
	if field.Role == bureau.RolePeriod && !slices.ContainsFunc(f.Descriptor.Period, func(name bureau.String) bool { return strings.TrimSpace(name.V) == field.Name }) {
		if first := f.FieldOf(bureau.RolePeriod); first >= 0 {
			f.problems.Error(field.At, problem.StatsRole, problem.Say("“%s”和“%s”两列的 role（角色）都是 period（期间）", "two columns have the role period: \"%s\" and \"%s\"", f.Fields[first].Name, field.Name),
				problem.Say("只留一列为 period，另一列改为 category（分类）或 note（备注）；期间分在两列的，写 period: [%[1]s, %[2]s]", "keep one of them and make the other a category or a note; if the period is spread over both, write period: [%[1]s, %[2]s]", f.Fields[first].Name, field.Name))
			field.Role = bureau.RoleNote
		}
	}
	if field.Role == bureau.RoleMeasure {
		switch field.Type {
		case "", "integer", "number":
		case "percent":
			field.Unit = "%"
		default:
			f.problems.Error(spec.Type.At, problem.StatsType, problem.Say("数值列的 type（类型）不能是“%s”", "a measure cannot have the type \"%s\"", field.Type), problem.Suggest("", []string{"integer", "number", "percent"}))
		}
	} else {
		field.Title, field.Unit = field.Name, ""
	}
	if spec.Unit.V != "" {
		field.Unit, field.Forms = bureau.UnitForms(number.NarrowPercent(spec.Unit.V))
		if title, inName, ok := number.CutBrackets(field.Name); ok && number.NarrowPercent(inName) == field.Unit {
			field.Title = title
		}
	} else if field.Role == bureau.RoleMeasure && field.Unit == "" {
		// What a line says of the whole table, 单位：起, it says of its counts.
		if field.Unit = f.unitLine(); field.Unit != "" && f.most(field.Column, inPercent) {
			field.Unit = "%"
		}
	}
	if spec.Title.V != "" {
		field.Title = spec.Title.V
	}
}

// infer makes a field of every column from its header and its first cells, and
// says what it took them for.
func (f *reading) infer() {
	if f.across() {
		return
	}
	units := -1
	for c, h := range f.table.Header {
		if (h.Text == "单位" || h.Text == "计量单位" || h.Text == "unit") && f.all(c, func(text string) bool { return number.IsUnit(text) }) {
			units = c
		}
	}
	for c := range f.table.Header {
		field := f.field(c)
		f.inferRole(&field)
		if field.Role == bureau.RoleMeasure {
			if field.Unit == "" && units >= 0 {
				field.UnitField = units
			} else if field.Unit == "" {
				field.Unit = f.unitLine()
			}
		} else {
			field.Title, field.Unit, field.Type = field.Name, "", "string"
		}
		f.Fields = append(f.Fields, field)
	}
	f.spread()
	f.askLabels()
	if f.Described && f.Descriptor.At.Line == 0 {
		return // there is one, and what is wrong with it was reported
	}
	var zh, en []string
	for i, field := range f.Fields {
		name, role := problem.Quote(field.Name), field.Role
		if slices.Contains(f.parts, i) {
			role = bureau.RolePeriod
		}
		zh = append(zh, "“"+name+"”是"+roleWords[role])
		en = append(en, `"`+name+`" `+string(role))
	}
	const listed = 8
	if len(zh) > listed {
		zh, en = append(zh[:listed], "……"), append(en[:listed], "...")
	}
	f.problems.Warn(f.table.Position(-1, 0), problem.StatsNoDescriptor,
		problem.Text{ZH: "没有说明各列的含义，按内容推断：" + strings.Join(zh, "，"), EN: "nothing says what the columns are; they are taken as: " + strings.Join(en, ", ")},
		f.toDescribe(strings.TrimSuffix(f.File, ".csv")+".yaml"))
}

// toDescribe is the hint to write a descriptor: with the line of the columns as they are
// taken, where one line holds them.
func (f *reading) toDescribe(file string) problem.Text {
	if len(f.parts) > 0 || len(f.Fields) > 12 {
		return problem.Say("在 %s 中写明 title（标题）、sources（来源）、released（发布日期）和 schema（各列）", "give its title, sources, released and schema in %s", file)
	}
	return problem.Say("在 %[1]s 中写明 title（标题）、sources（来源）、released（发布日期）和各列；各列推断得对的，照抄这一行：%[2]s", "give its title, sources, released and columns in %[1]s; where the columns are taken rightly, copy this line: %[2]s", file, f.schemaLine())
}

// labelLike is a text with a number in it that is none: 4 and over, 5岁及以上.
var labelLike = regexp.MustCompile(`[0-9０-９]`)

// askLabels asks of a column of numbers and such labels whether it holds figures
// or the classes of others: beside a column of figures alone it may be either.
func (f *reading) askLabels() {
	figures := func(text string) bool {
		_, err := number.Parse(text, "")
		return err == nil || !err.Unreadable
	}
	for i := range f.Fields {
		field := &f.Fields[i]
		clear := slices.ContainsFunc(f.Fields, func(other bureau.Field) bool {
			return other.Column != field.Column && other.IsMeasure() && f.all(other.Column, func(text string) bool { _, err := number.Parse(text, other.Unit); return err == nil })
		})
		if !field.IsMeasure() || !clear {
			continue
		}
		for row := range min(f.table.Rows(), sample) {
			text := f.table.Cell(row, i).Text
			if _, err := number.Parse(text, field.Unit); err == nil || !err.Unreadable || figures(text) || !labelLike.MatchString(text) {
				continue
			}
			field.Role, field.Title, field.Unit, field.Type, field.UnitField = bureau.RoleCategory, field.Name, "", "string", -1
			f.problems.Error(f.table.Position(row, i), problem.StatsRole,
				problem.Say("“%[1]s”一列多是数值，这里却是“%[2]s”：这一列是分类，还是数值？", "\"%[1]s\" holds numbers, but here \"%[2]s\": is the column a category, or are these figures?", problem.Quote(field.Name), problem.Quote(text)),
				problem.Say("是分类的，在 %[1]s 中写 %[2]s；是数值的，改正这一格", "if it is a category, write in %[1]s: %[2]s; if these are figures, correct the cell", strings.TrimSuffix(f.File, ".csv")+".yaml", f.schemaLine()))
			break
		}
	}
}

// schemaLine writes the fields as a descriptor would.
func (f *reading) schemaLine() string {
	var fields []string
	for _, field := range f.Fields {
		text := "{name: " + strconv.Quote(field.Name) + ", role: " + string(field.Role)
		if field.IsMeasure() {
			text += ", type: " + field.Type
			if field.UnitField >= 0 {
				text += ", unit_field: " + strconv.Quote(f.Fields[field.UnitField].Name)
			}
		}
		fields = append(fields, text+"}")
	}
	return "schema: {fields: [" + strings.Join(fields, ", ") + "]}"
}

var roleWords = map[bureau.Role]string{bureau.RolePeriod: "期间", bureau.RoleCategory: "分类", bureau.RoleMeasure: "数值", bureau.RoleNote: "备注"}

// sample is how many rows tell what a column is.
const sample = 1000

// all tells whether a column has a text, and all of its first are as told; most
// whether at least half of them are. Total rows do not count.
func (f *reading) all(column int, is func(text string) bool) bool {
	are, others := f.tally(column, is)
	return are > 0 && others == 0
}

func (f *reading) most(column int, is func(text string) bool) bool {
	are, others := f.tally(column, is)
	return are > 0 && are >= others
}

func (f *reading) tally(column int, is func(text string) bool) (are, others int) {
	for i := range min(f.table.Rows(), sample) {
		text := f.table.Cell(i, column).Text
		if text == "" || bureau.KindOf(text) != bureau.DataRow {
			continue
		}
		if is(text) {
			are++
		} else {
			others++
		}
	}
	return are, others
}

var (
	// A column of this name is the period, and a cell of it that is none is refused.
	periodHeader   = regexp.MustCompile(`(?i)^(?:统计|报告|填报)?(?:期间|时间|日期|时期|年份|年度|年月|月份|季度|期别|年|月)$|^(?:date|year|month|quarter|period)$`)
	meantAsPeriod  = regexp.MustCompile(`^(?:[0-9]{1,2}|[0-9]{4}|[0-9]{5}|[0-9]{4}[-–—][0-9]{2})$|[年月日季]`)
	periodName     = regexp.MustCompile(`(?i)期|时间|时点|年|月|季|日|date|year|month|quarter|period`)
	noteName       = regexp.MustCompile(`(?i)^(备注|说明|注释|注|备考|来源|数据来源|notes?|remarks?|source)$`)
	serialName     = regexp.MustCompile(`(?i)^(?:序号|行号|序|no\.?|#)$`)
	identifierName = regexp.MustCompile(`(?i)(编号|代码|编码|区划|邮编|电话|号码)$|^(id|code)$`)
	bareDigits     = regexp.MustCompile(`^[0-9]+$`)
)

// inferRole tells from the type, the name and the first cells of a column what
// it is, and of a column of figures the type and the unit.
func (f *reading) inferRole(field *bureau.Field) {
	c := field.Column
	switch field.Type {
	case "integer", "number", "percent":
		field.Role = bureau.RoleMeasure
		return
	case "year", "yearmonth", "date":
		field.Role = bureau.RolePeriod
		return
	}
	isPeriod := func(text string) bool {
		if bareDigits.MatchString(text) && c > 0 && !periodName.MatchString(field.Name) { // 1713 cases, not the year
			return false
		}
		if _, _, ok := overYears(text); ok {
			return true
		}
		_, err := period.Parse(text, f.options)
		return err == nil
	}
	switch {
	case serialName.MatchString(field.Name): // numbers the rows, names none
		field.Role = bureau.RoleNote
	case f.FieldOf(bureau.RolePeriod) < 0 && (f.all(c, isPeriod) || periodHeader.MatchString(field.Name) && f.most(c, func(text string) bool { return isPeriod(text) || meantAsPeriod.MatchString(text) })):
		field.Role = bureau.RolePeriod
	case noteName.MatchString(field.Name):
		field.Role = bureau.RoleNote
	case !identifierName.MatchString(field.Name) && f.inferMeasure(field):
		field.Role = bureau.RoleMeasure
	case f.all(c, func(string) bool { return true }):
		field.Role = bureau.RoleCategory
	default:
		field.Role = bureau.RoleNote // an empty column
	}
}

// inferMeasure tells whether at least half of a column's first texts are
// numbers, and gives the field their unit and type. The other texts are refused
// when the column is read.
func (f *reading) inferMeasure(field *bureau.Field) bool {
	numbers, others, whole := 0, 0, true
	if field.Unit == "" {
		field.Unit = f.unitBehind(field.Column)
	}
	for i := range min(f.table.Rows(), sample) {
		text := f.table.Cell(i, field.Column).Text
		n, err := number.Parse(text, field.Unit)
		switch {
		case err != nil && err.Rule == problem.CSVNumber:
			others++
		case err != nil: // a number that went wrong, or a sign of absence
		case n.Unit != "" && field.Unit == "":
			field.Unit = n.Unit
			fallthrough
		case n.Value == n.Value:
			numbers++
			whole = whole && n.Whole
		}
	}
	switch {
	case numbers == 0 || numbers < others:
		if _, unit := number.SplitUnit(field.Name); countUnit.MatchString(unit) || unit != "" && others == 0 { // figures, whatever the cells hold
			field.Type = "integer"
			return true
		}
		return f.all(field.Column, countedIn.MatchString) // in several units, which the cells are refused for
	case field.Unit == "%":
		field.Type = "percent"
	case !whole:
		field.Type = "number"
	default:
		field.Type = "integer"
	}
	return true
}

// countedIn is a number with its unit behind it: 3人, 约1.2万件. What is counted in
// days or years may be a category, as ages are.
var (
	countedIn = regexp.MustCompile(`^[约近超逾]?[0-9０-９][0-9０-９,.，．]*[余多]?[万亿]*[余多]?(` + counts + `)(?:以上|以下|左右)?$`)
	countUnit = regexp.MustCompile(`^(?:` + counts + `)$`)
)

const counts = `件|起|人|人次|户|户次|个|次|名|份|宗|例|台|家|辆|辆次|元|吨|公斤|千克|克|场|场次|件次`

// unitBehind gives the unit that stands behind the numbers of a column, where all
// that carry one carry the same.
func (f *reading) unitBehind(column int) string {
	unit := ""
	for i := range min(f.table.Rows(), sample) {
		text, _, _ := number.Markers(f.table.Cell(i, column).Text)
		m := countedIn.FindStringSubmatch(text)
		switch {
		case m == nil:
		case unit != "" && unit != m[1]:
			return ""
		default:
			unit = m[1]
		}
	}
	return unit
}

// unitLine gives the unit that a line above or below the table says for all of
// it: 单位：件.
func (f *reading) unitLine() string {
	for _, lines := range [][]table.Cell{f.table.Above, f.table.Below} {
		for _, c := range lines {
			m := unitLabel.FindStringSubmatch(c.Text)
			if m != nil && number.IsUnit(m[1]) {
				return number.NarrowPercent(m[1])
			}
		}
	}
	return ""
}

var (
	unitLabel = regexp.MustCompile(`^[（(]?(?:计量)?单位\s*[：:]\s*(\S+?)[）)]?$`)
)

// amountWord is a unit of what is measured and not counted: money, time, length,
// weight, degrees, parts of a whole. Such an amount may be below zero.
var amountWord = regexp.MustCompile(`^(?:[十百千]?[万亿]|千|百)?(?:元|美元|英镑|欧元|港元|日元|天|日|小时|分钟|秒|米|公里|千米|平方米|平方公里|公顷|亩|吨|公斤|千克|克|升|度|℃|百分点|个百分点)(?:/\S{1,6})?$|^[%％‰£￡$€¥￥]|(?i:^(?:rate )?per |\b(?:usd|gbp|eur|dollars|pounds|euros|yuan|index|ratio)\b)`)

// inPercent tells whether a figure is written with its percent sign.
func inPercent(text string) bool {
	text, _, _ = number.Markers(text)
	return strings.HasSuffix(text, "%") || strings.HasSuffix(text, "％")
}
