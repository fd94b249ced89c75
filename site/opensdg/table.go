package opensdg

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/number"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/text"
)

// Table is a table of figures as a bureau has it.
type Table struct {
	Name    string
	Lines   []int // of the source, one for each row
	Figures int   // cells of figures that hold something
	Header  []string
	Rows    [][]string

	// How it is written, where the first way was refused.
	Unsummed bool // its blanks are no totals: they are called what they are
	Untold   bool // without what is said in prose

	about about
	from  string // the file of the source that it is of
	value int    // the column of figures
}

// about is what the descriptor says.
type about struct {
	title, description, place string
	scope, counting, compare  string
	notes                     string
	historical, yearly        bool
	sources                   []source
	fields                    []field
	missing                   []sign // in the order of the rows
	unbroken                  string // how a blank is called that is no total
	blanks                    bool   // some breakdown is blank
}

type field struct{ name, title, role, kind, unit, unitField, risk string }

type sign struct {
	text   string
	status bureau.Status
}

// What columns are for, by their names.
var (
	yearName   = regexp.MustCompile(`(?i)^year$`)
	valueName  = regexp.MustCompile(`(?i)^value$`)
	unitName   = regexp.MustCompile(`(?i)^(?:units?|units? of measure(?:ment)?|unit[ _]measure)$`)
	timesName  = regexp.MustCompile(`(?i)^unit[ _]mult(?:iplier)?$`)
	seriesName = regexp.MustCompile(`(?i)^series$`)
	geoName    = regexp.MustCompile(`(?i)^geo[ _]?code$`)
	statusName = regexp.MustCompile(`(?i)^(?:obs(?:ervation)?[ _]status|status)$`)
	percentage = regexp.MustCompile(`(?i)^(?:%|percent(?:age)?s?|per ?cent)(?:\s*\(%\))?$`)
	plainCount = regexp.MustCompile(`(?i)^(?:numbers?|counts?|total|units?)$`)
	rateUnit   = regexp.MustCompile(`(?i)^(?:rates?\b.*|.*\bper\b.*|index\b.*|.*\bindex|ratios?|score|proportion|[£$€¥].*|.*\b(?:pounds?|dollars?|euros?|gbp|usd|eur)\b.*|.*(?:kilo|mega|tera)?(?:watt|joule|gram|tonne|litre|liter|metre|meter)s?\b.*|km²?|kg|hectares?|years|hours|minutes|days)$`)
	oneTime    = regexp.MustCompile(`(?i)^(?:|units?|0|1|ones?)$`)
)

// sheet is a table of the source, with what its columns are for; -1 where there is none.
type sheet struct {
	*reading
	id, file string
	meta     map[string]string
	header   []string
	rows     []row
	years    *years

	year, value, unit, times, series, geo, status int
}

type row struct {
	cells []string
	line  int
	unit  string // with its multiplier
}

// indicator makes tables of an indicator.
func (r *reading) indicator(id string, meta map[string]string) {
	file := r.files.tables[id]
	about := r.about(id)
	switch {
	case strings.EqualFold(meta["published"], "false"):
		r.left(about, problem.Say("没有公布的指标（published: false）", "the indicator is not published there (published: false)"))
		return
	case strings.EqualFold(meta["data_non_statistical"], "true"):
		r.left(about, problem.Say("不是统计数据（data_non_statistical），只有文字；要的话写成 data/pages/ 下的网页", "it is no statistic (data_non_statistical), but a text; make it a page of data/pages/ where it is wanted"))
		return
	case file == "" && strings.EqualFold(meta["reporting_status"], "notapplicable"):
		r.left(about, problem.Say("对该地不适用（reporting_status: notapplicable）", "it does not apply to the place (reporting_status: notapplicable)"))
		return
	}
	if strings.HasPrefix(title(id, meta), untitled) {
		r.confirm(about, problem.Say("目录里没有标题的文字，先写成“%s”；请改说明文件的 title（标题）", "the words of its title are not in the folder; it is called \"%s\" until title is given in the descriptor", title(id, meta)))
	}
	s := &sheet{reading: r, id: id, file: file, meta: meta}
	if file != "" && !s.open() {
		return
	}
	s.unread()
	if file == "" {
		s.header = []string{"Year", "Value"}
		s.columns()
	}
	s.blankRows()
	if !s.periods() {
		return
	}
	s.repeats()
	for _, group := range s.apart() {
		s.make(group)
	}
}

// open reads the file of figures; it tells whether there is something to move.
func (s *sheet) open() bool {
	data, err := folder.Read(s.fsys, s.file, maxTable)
	if err != nil {
		s.left(s.file, folder.Problem(s.file, maxTable, err).Message)
		return false
	}
	t, problems := table.Read(s.file, data, table.Options{Header: []string{"Year", "Value"}, Encoding: encodingOf(data)})
	for _, p := range problems {
		if p.Severity == problem.Error {
			s.left(s.file, problem.Say("第%d行：%s", "line %d: %s", p.Position.Line, p.Message))
			return false
		}
	}
	for _, h := range t.Header {
		s.header = append(s.header, h.Text)
	}
	if !s.columns() {
		s.left(s.file, problem.Say("没有 Year 和 Value 两列", "it has no columns Year and Value"))
		return false
	}
	for i := range t.Rows() {
		cells := make([]string, len(s.header))
		for c, cell := range t.Row(i) {
			cells[c] = strings.Join(strings.Fields(cell.Text), " ")
			if c != s.value && c != s.year && c != s.geo {
				cells[c] = s.translate(cells[c])
			}
		}
		s.rows = append(s.rows, row{cells: cells, line: int(t.Row(i)[0].Line)})
	}
	for _, note := range slices.Concat(t.Above, t.Below) {
		s.left(s.file, problem.Say("表外的一行“%s”", "a line outside the table, \"%s\"", problem.Quote(note.Text)), int(note.Line))
	}
	return true
}

// encodingOf declares UTF-8, which Open SDG asks for, where the bytes are that: a
// lone £ would have two readings else.
func encodingOf(data []byte) bureau.String {
	if utf8.Valid(data) {
		return bureau.String{V: "utf-8"}
	}
	return bureau.String{}
}

// columns finds what the columns are for.
func (s *sheet) columns() bool {
	find := func(name *regexp.Regexp) int { return slices.IndexFunc(s.header, name.MatchString) }
	s.year, s.value, s.unit, s.times = find(yearName), find(valueName), find(unitName), find(timesName)
	s.series, s.geo, s.status = find(seriesName), find(geoName), find(statusName)
	return s.year >= 0 && s.value >= 0
}

// unread tells of what is said of the indicator and has no place.
func (s *sheet) unread() {
	var keys []string
	for key := range s.meta {
		if base, _, _ := strings.Cut(key, "."); !moved[key] && !moved[base] && key != "" && !strings.EqualFold(s.meta[key], "false") && !strings.HasPrefix(key, "source_") {
			if !slices.Contains(keys, base) {
				keys = append(keys, base)
			}
		}
	}
	if len(keys) == 0 || len(s.files.meta[s.id]) == 0 {
		return
	}
	slices.Sort(keys)
	s.left(s.files.meta[s.id][len(s.files.meta[s.id])-1], problem.Say("这些内容没有搬：%s", "these keys are not moved: %s", strings.Join(keys, " ")))
}

// periods writes the years so that they are read; it leaves out the rows of which it
// cannot tell when they are, and those that are still to come.
func (s *sheet) periods() bool {
	var texts []string
	for _, row := range s.rows {
		texts = append(texts, row.cells[s.year])
	}
	years := readYears(texts, s.Periods)
	s.years = years
	var rows []row
	why := map[problem.Text][]int{}
	var order []problem.Text
	changed := map[string]string{}
	var changes []string
	for _, row := range s.rows {
		was := row.cells[s.year]
		written, reason, ok := years.read(was)
		if ok {
			if p, _ := years.period(written); p.Start > s.Today {
				reason, ok = problem.Say("“%s”还没有到", "\"%s\" is still to come", problem.Quote(was)), false
			}
		}
		if row.cells[s.value] == "" && !ok { // it says nothing
			reason = problem.Say("%s（没有数值）", "%s (without a figure)", reason)
		}
		if !ok {
			if why[reason] == nil {
				order = append(order, reason)
			}
			why[reason] = append(why[reason], row.line)
			continue
		}
		if written != was && changed[was] == "" {
			changed[was] = written
			changes = append(changes, was+" → "+written)
		}
		row.cells[s.year] = written
		rows = append(rows, row)
	}
	for _, reason := range order {
		s.left(s.file, reason, why[reason]...)
	}
	if len(changes) > 0 {
		list := strings.Join(changes[:min(len(changes), 5)], ", ")
		s.confirm(s.file, problem.Say("年份改写了写法：%s", "years are written anew: %s", list))
	}
	s.rows = rows
	if len(order) > 0 && len(rows) == 0 {
		s.left(s.file, problem.Say("没有一行的年份读得出", "no row has a year that can be read"))
		return false
	}
	return true
}

// blankRows drops the rows that only say that there are no figures.
func (s *sheet) blankRows() {
	for _, row := range s.rows {
		if text := row.cells[s.value]; text != "" && !noData.MatchString(text) {
			return
		}
	}
	for _, row := range s.rows {
		text := row.cells[s.value]
		if text == "" && !plainYear.MatchString(row.cells[s.year]) {
			text = row.cells[s.year] // This is a non-statistical indicator
		}
		if text != "" {
			s.left(s.file, problem.Say("“%s”不是数值，按尚未报送搬", "\"%s\" is no figure; the table is moved as one that has none yet", problem.Quote(text)), row.line)
		}
	}
	s.rows = nil
}

// repeats leaves out rows that say the same twice, and all of those that say two
// things of one.
func (s *sheet) repeats() {
	first := map[string]int{}
	drop := map[int]bool{}
	var same, other []int
	for i, row := range s.rows {
		var names []string
		for c, text := range row.cells {
			if c != s.value && c != s.status {
				names = append(names, text)
			}
		}
		key := strings.Join(names, "\x00")
		j, twice := first[key]
		switch {
		case !twice:
			first[key] = i
		case s.rows[j].cells[s.value] == row.cells[s.value]:
			drop[i] = true
			same = append(same, row.line)
		default:
			if !drop[j] {
				other = append(other, s.rows[j].line)
			}
			drop[i], drop[j] = true, true
			other = append(other, row.line)
		}
	}
	if len(same) > 0 {
		s.left(s.file, problem.Say("与前面一行完全相同", "the same as a row before"), same...)
	}
	if len(other) > 0 {
		s.left(s.file, problem.Say("同一年、同样的分类有不同的数值，不知道哪个对", "different figures for the same year and breakdown, and nothing tells which is right"), other...)
	}
	var rows []row
	for i, row := range s.rows {
		if !drop[i] {
			rows = append(rows, row)
		}
	}
	s.rows = rows
}

// part is the rows that make one table.
type part struct {
	rows        []row
	series      string // of which all are; empty where they are not of one
	unit        string
	split, many bool // it is one of several; its rows have several units
}

// apart brings figures of unlike units apart. Series that have units of their own are
// tables of their own; units that count nothing may stand beside each other.
func (s *sheet) apart() []part {
	if len(s.rows) == 0 {
		return []part{{unit: s.unitOf("")}}
	}
	units := map[string][]string{} // by series
	for i, row := range s.rows {
		unit := ""
		if s.unit >= 0 {
			unit = row.cells[s.unit]
		}
		if s.times >= 0 && !oneTime.MatchString(row.cells[s.times]) {
			unit = strings.TrimSpace(row.cells[s.times] + " " + unit)
		}
		s.rows[i].unit = s.unitOf(unit)
		series := ""
		if s.series >= 0 {
			series = row.cells[s.series]
		}
		if !slices.Contains(units[series], s.rows[i].unit) {
			units[series] = append(units[series], s.rows[i].unit)
		}
	}
	bySeries := false
	var all []string
	for _, some := range units {
		slices.Sort(some)
		all = append(all, some...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, some := range units {
		bySeries = bySeries || len(units) > 1 && !slices.Equal(some, all)
	}
	countsNothing := func(unit string) bool { return riskOf(unit) == "none" && unit != "%" }
	together := len(all) > 1 && !bySeries && !slices.ContainsFunc(all, func(u string) bool { return !countsNothing(u) })
	var parts []part
	at := map[string]int{}
	for _, row := range s.rows {
		p := part{unit: row.unit, split: !together && len(all) > 1 || bySeries, many: together}
		if together {
			p.unit = ""
		}
		if bySeries {
			p.series = row.cells[s.series]
		}
		key := p.series + "\x00" + p.unit
		i, known := at[key]
		if !known {
			i = len(parts)
			at[key] = i
			parts = append(parts, p)
		}
		parts[i].rows = append(parts[i].rows, row)
	}
	return parts
}

// unitOf gives the unit of a text of theirs: %, or what it says; empty where it only
// says that things are counted.
func (s *sheet) unitOf(unit string) string {
	if unit == "" {
		unit = oneLine(cmp.Or(s.meta["computation_units"], s.meta["UNIT_MEASURE"]))
		if len([]rune(unit)) > 40 {
			unit = ""
		}
	}
	switch {
	case percentage.MatchString(unit):
		return "%"
	case plainCount.MatchString(unit):
		return ""
	}
	return unit
}

// riskOf tells what one of a unit is, as far as the unit tells.
func riskOf(unit string) string {
	if risk := figures.UnitRisk(unit); risk != "" {
		return risk
	}
	if rateUnit.MatchString(unit) {
		return "none"
	}
	return ""
}

// make makes a table of a part.
func (s *sheet) make(p part) {
	t := &Table{Header: s.header, from: s.reading.about(s.id), value: s.value}
	want := s.id
	if p.split {
		want += "-" + cmp.Or(text.Slug(strings.TrimSpace(p.series+" "+p.unit)), map[bool]string{true: "percent", false: "number"}[p.unit == "%"])
		if p.series != "" && p.unit == "%" {
			want += "-percent"
		}
	}
	t.Name = s.name(short(want))
	for _, row := range p.rows {
		t.Rows = append(t.Rows, row.cells)
		t.Lines = append(t.Lines, row.line)
	}
	s.describe(t, p)
	s.move.Tables = append(s.move.Tables, t)
}

// short keeps a name below what a folder bears.
func short(name string) string {
	if runes := []rune(name); len(runes) > 60 {
		return strings.Trim(string(runes[:60]), "-")
	}
	return name
}

// describe says what the columns of a table are, and what is known of it.
func (s *sheet) describe(t *Table, p part) {
	a := &t.about
	a.title = title(s.id, s.meta)
	if p.split {
		counted, open, shut := "Number", " (", ")"
		if s.settings.Language == problem.Chinese {
			counted, open, shut = "数量", "（", "）"
		}
		kind := p.series
		if p.series == "" {
			kind = cmp.Or(p.unit, counted)
		} else if p.unit != "" {
			kind += ", " + p.unit
		}
		a.title += open + kind + shut
	}
	s.say(a)
	names := map[string]bool{}
	for _, row := range t.Rows {
		var key []string
		for c, text := range row {
			if c != s.value && c != s.status && c != s.geo {
				key = append(key, text)
			}
		}
		names[strings.Join(key, "\x00")] = true
	}
	geoTells := len(names) < len(t.Rows) // rows differ in it alone
	for c, name := range s.header {
		f := field{name: name, role: "category", kind: "string"}
		if words := s.translate(name); words != name {
			f.title = words
		}
		distinct := map[string]bool{}
		blank := false
		for _, row := range t.Rows {
			distinct[row[c]] = true
			blank = blank || row[c] == ""
		}
		switch {
		case c == s.year:
			f.role = "period"
		case c == s.value:
			f.role = "measure"
			s.measure(t, c, p, &f)
		case c == s.unit && p.many:
		case c == s.status, c == s.geo && !geoTells, c == s.unit, c == s.times, len(distinct) < 2:
			f.role = "note"
		default:
			a.blanks = a.blanks || blank
		}
		a.fields = append(a.fields, f)
	}
	a.yearly = len(t.Rows) > 0
	some := false
	for _, row := range t.Rows {
		at, ok := s.years.period(row[s.year])
		days := int(at.End-at.Start) + 1
		a.yearly = a.yearly && ok && days >= 365
		some = some || days <= 366
	}
	a.yearly = a.yearly && some
	s.mark(t)
}

// measure says what the figures are.
func (s *sheet) measure(t *Table, c int, p part, f *field) {
	f.kind, f.unit = "integer", p.unit
	if p.many {
		f.unitField = s.header[s.unit]
	}
	negative, some := false, false
	var signs, lost []sign
	lines := map[string][]int{}
	for i, row := range t.Rows {
		text := row[c]
		if text == "" {
			continue
		}
		v := valueOf(text, p.unit)
		if v.known {
			if n, _ := number.Parse(text, p.unit); n.Status&bureau.Instead == 0 {
				t.Figures++
				some = true
				negative = negative || n.Value < 0
				if !n.Whole {
					f.kind = "number"
				}
			}
			continue
		}
		if !v.sign {
			row[c] = bureau.NotAvailable.String()
		}
		lines[text] = append(lines[text], t.Lines[i])
		if len(lines[text]) > 1 {
			continue
		}
		to := &lost
		if v.sign {
			to = &signs
		}
		*to = append(*to, sign{text, v.status})
	}
	t.about.missing = signs
	for _, m := range signs {
		s.confirm(s.file, problem.Say("“%s”按 %s（%s）搬；第%s行", "\"%s\" is taken for %s (%s); lines %s", problem.Quote(m.text), m.status.String(), meaning(m.status), listed(lines[m.text])))
	}
	for _, m := range lost {
		s.left(s.file, problem.Say("“%s”不是能读的数值，写成 [x] 无数据", "\"%s\" is no figure that can be read; it stands as [x], not available", problem.Quote(m.text)), lines[m.text]...)
	}
	switch {
	case p.unit == "%":
		f.kind = "percent"
	case negative:
		f.kind = "number"
	}
	if some && (negative || riskOf(p.unit) == "none" && p.unit != "%" && figures.UnitRisk(p.unit) == "") || p.many {
		f.risk = "none"
		why := problem.Say("计量单位是“%s”", "the unit is \"%s\"", problem.Quote(p.unit))
		if negative {
			why = problem.Say("有负数", "there are numbers below zero")
		}
		if p.many {
			why = problem.Say("各行的计量单位都不计数", "none of the units of its rows counts anything")
		}
		s.confirm(bureau.StatisticDescriptorKind.File(t.Name), problem.Say("计数对象写了 risk: none（不是数人、数事、数单位的）：%s", "risk: none (it counts no persons, events or organisations): %s", why))
	}
}

// listed names some lines.
func listed(lines []int) string {
	var names []string
	for _, l := range lines[:min(len(lines), 10)] {
		names = append(names, itoa(l))
	}
	if len(lines) > len(names) {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// meaning says a marker in words.
func meaning(s bureau.Status) problem.Text {
	switch s {
	case bureau.Confidential:
		return problem.Say("不公布，以免认出具体的人", "withheld to protect people")
	case bureau.NotApplicable:
		return problem.Say("不适用", "not applicable")
	}
	return problem.Say("无数据", "not available")
}

// mark puts the marker of an observation status beside its figure.
func (s *sheet) mark(t *Table) {
	if s.status < 0 {
		return
	}
	unknown := map[string][]int{}
	var order []string
	for i, cells := range t.Rows {
		said, ok := observation(cells[s.status])
		figure := cells[s.value]
		_, written, wrong := number.Markers(figure)
		switch {
		case !ok:
			if unknown[cells[s.status]] == nil {
				order = append(order, cells[s.status])
			}
			unknown[cells[s.status]] = append(unknown[cells[s.status]], t.Lines[i])
		case said == 0, wrong != nil, written != 0:
		case figure == "" && said&bureau.Instead != 0:
			cells[s.value] = said.String()
		case figure != "" && said&bureau.Instead == 0 && valueOf(figure, "").known:
			cells[s.value] = figure + " " + said.String()
		}
	}
	for _, text := range order {
		s.confirm(s.file, problem.Say("观测状态“%s”没有对应的标记，原样写在备注列；第%s行", "the observation status \"%s\" has no marker here and stays as a note; lines %s", problem.Quote(text), listed(unknown[text])))
	}
}

// say fills in what is said of an indicator in prose.
func (s *sheet) say(a *about) {
	meta := s.meta
	number := strings.ReplaceAll(strings.TrimPrefix(s.id, "archived-"), "-", ".")
	name := numbering.ReplaceAllString(oneLine(cmp.Or(meta["indicator_name"], meta["SDG_INDICATOR"])), "")
	if unresolved(name) || name == a.title {
		name = ""
	}
	description := oneLine(cmp.Or(meta["national_indicator_description"], meta["indicator_description"]))
	a.description = strings.TrimSpace("SDG " + strings.TrimSpace(number+" "+strings.TrimSuffix(name, ".")) + ". " + description)
	a.description = strings.TrimSuffix(strings.ReplaceAll(a.description, ".. ", ". "), " ")
	if place := oneLine(meta["national_geographical_coverage"]); place != s.settings.Place {
		a.place = place
	}
	a.historical = strings.HasPrefix(s.id, "archived-") || strings.EqualFold(meta["archived"], "true")
	a.sources = s.sourcesOf(s.id, meta)
	a.scope = s.limited(plain(meta["COVERAGE"]))
	a.counting = s.limited(join(" ", plain(cmp.Or(meta["computation_definitions"], meta["indicator_definition"], meta["STAT_CONC_DEF"])), plain(cmp.Or(meta["computation_calculations"], meta["DATA_COMP"]))))
	a.compare = s.limited(plain(meta["COMPARABILITY"]))
	custodian := oneLine(cmp.Or(meta["un_custodian_agency"], meta["SDG_CUSTODIAN_AGENCIES"]))
	if custodian != "" {
		custodian = "UN custodian agency: " + custodian
	}
	link := address(meta["goal_meta_link"])
	if link != "" {
		link = "<" + link + ">"
	}
	a.notes = join("\n\n", prose(cmp.Or(meta["comments_limitations"], meta["REC_USE_LIM"])), prose(meta["other_info"]), prose(cmp.Or(meta["data_footnote"], meta["footnote"])), prose(meta[""]), custodian, link)
	a.unbroken = "Not broken down"
	if s.settings.Language == problem.Chinese {
		a.unbroken = "未细分"
	}
}

func join(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(t string) bool { return t == "" }), separator)
}

// limited cuts a text that is too long for a line of a page, and says so.
func (s *sheet) limited(text string) string {
	if runes := []rune(text); len(runes) > maxProse {
		s.left(s.about(s.id), problem.Say("文字太长，只搬了前%d字：“%s”", "a text is too long; only its first %d characters are moved: \"%s\"", maxProse, problem.Quote(text)))
		return string(runes[:maxProse]) + "…"
	}
	return text
}

const maxProse = 2000 // characters

// CSV gives the table as a file.
func (t *Table) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(t.Header)
	for _, cells := range t.Rows {
		if t.Unsummed {
			cells = slices.Clone(cells)
			for c, f := range t.about.fields {
				if f.role == "category" && cells[c] == "" {
					cells[c] = t.about.unbroken
				}
			}
		}
		_ = w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}
