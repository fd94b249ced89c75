package bureau

import (
	"cmp"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// Statistic is a table of figures: data/stats/<name>.csv with its descriptor.
type Statistic struct {
	Name       string // slug of the file name; stats/<name>/ in the site
	File       string // data/stats/cases.csv
	SHA256     string // of the file as it stands
	Descriptor Descriptor
	Described  bool    // a descriptor was given; otherwise the fields are inferred
	Bases      Figures // the small bases that the site sets
	Elsewhere  string  // the place, or else the organisation, that its figures are of where it is not the bureau itself
	Fields     []Field
	Joined     []Field // columns whose texts are part of the period's
	Rows       []Row
	Columns    []Cells         // by field; use Cell
	Periods    []period.Period // of the rows; the same may be there twice; use Period
	Disclosure Disclosure
	Hidden     []Withheld    // what disclosure control took out; in memory until the texts were held to it, never rendered
	Original   *Statistic    // that it says in another language, row by row; nil for one in the main language
	Computed   *Computed     // of the site's own lists; nil for a file
	Sheets     []OfficeSheet // that figures were imported from
	Origins    [][]Origin    // by row and field; nil where none is known
	Notes      []String      // the lines above and under the table (注：…, 单位：件)
	Loose      []Loose       // what of its file stands in no row
	Plain      bool          // its file is the names of the fields and the rows, and would be written again as it is

	// What package figures decides of it, for all who ask.
	Frequency  period.Frequency // as declared, or as the periods show
	Shown      period.Frequency // as the periods show
	Gaps       []period.Period  // times between its periods that no row covers
	Identities []Identity       // that its figures keep, or should
	Nested     bool             // a row stands in it beside one that it is a part of, or may be
	Views      []View           // the pages of a long one; nil for a short one
	Unviewed   []int            // fields that have too many values for that
}

// LongTable is how many rows a page shows. A statistic with more has views.
const LongTable = 500

// View is a page of the rows that have one value of a unit or a category.
type View struct {
	Field int
	Name  string // the value, as readers know it
	Path  string // its page
	Rows  []int
	Dated bool  // a period has a line of its own there, with an id
	Year  int   // of an early one that has a page of its own; else 0
	Early []int // the years that have, the newest first
}

// Disclosure is what disclosure control did to the counts of persons and
// organisations of a statistic. The zero Disclosure: nothing.
type Disclosure struct {
	Method    string // suppress or round; none where staff decided so
	Threshold int    // counts from 1 to one below it are hidden
	Sensitive int    // the higher threshold, where some cells have that one; else 0
	Primary   int    // cells hidden because they are small
	Secondary int    // cells hidden because a hidden one could be computed from them
	Rounded   int    // cells that were rounded
	Withheld  bool   // all the counts are hidden, because nothing less would do
}

// Withheld is a figure that is not published, as it stood.
type Withheld struct {
	Row, Field int
	Number     float64
	Primary    bool // for its own sake, and not to keep another from being computed
}

// Title gives the descriptor's title, or the file's name where there is none. A
// statistic of another place says so wherever its title stands, in brackets unless
// the title names the place already.
func (s *Statistic) Title() string { return s.Placed(cmp.Or(s.Descriptor.Title.V, s.Name)) }

// Placed adds the place of the statistic to a title, where it is another one than
// the bureau's and the title does not name it.
func (s *Statistic) Placed(title string) string {
	switch {
	case s.Elsewhere == "" || strings.Contains(title, s.Elsewhere):
		return title
	case strings.ContainsFunc(title+s.Elsewhere, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return title + "（" + s.Elsewhere + "）"
	}
	return title + " (" + s.Elsewhere + ")"
}

// AtPlace puts the place of the statistic before a period, where it is another one
// than the bureau's: 江津 · 2003年.
func (s *Statistic) AtPlace(period string) string {
	if s.Elsewhere == "" || period == "" {
		return s.Elsewhere + period
	}
	return s.Elsewhere + " · " + period
}

// Covered gives the earliest and the latest of its periods; zero where there is none.
func (s *Statistic) Covered() (first, last period.Period) {
	before := uint32(0)
	for i, row := range s.Rows {
		if row.When == before {
			continue
		}
		before = row.When
		p := s.Period(i)
		if p.IsZero() {
			continue
		}
		if first.IsZero() || p.Start < first.Start || p.Start == first.Start && p.End < first.End {
			first = p
		}
		if last.IsZero() || p.End > last.End || p.End == last.End && p.Start > last.Start {
			last = p
		}
	}
	return first, last
}

// Body gives a text of the descriptor as Markdown with its place.
func (d *Descriptor) Body(text String) Body {
	return Body{Folder: path.Dir(d.File), File: cmp.Or(text.At.File, d.File), Line: text.At.Line, Indent: max(0, text.At.Column-1), Text: []byte(text.V)}
}

// Field gives the index of the field of that name, or -1.
func (s *Statistic) Field(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name || s.Fields[i].ID == name && name != "" {
			return i
		}
	}
	return -1
}

// Definition gives what the descriptor says of a field: what it counts, and the
// expression that a derived one is computed by.
func (s *Statistic) Definition(field int) (description, formula string) {
	f := &s.Fields[field]
	for _, spec := range s.Descriptor.Schema.Fields {
		if strings.TrimSpace(spec.Name.V) == f.Name {
			description = spec.Description.V
		}
	}
	for _, d := range s.Descriptor.Derive {
		if f.Derived && strings.TrimSpace(d.Name.V) == f.Name {
			formula = d.Value.V
		}
	}
	return description, formula
}

// FieldNames gives the names of the fields that pass.
func (s *Statistic) FieldNames(pass func(Field) bool) []string {
	var names []string
	for _, f := range s.Fields {
		if pass(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// FieldOf gives the index of the first field with that role, or -1.
func (s *Statistic) FieldOf(role Role) int {
	for i := range s.Fields {
		if s.Fields[i].Role == role {
			return i
		}
	}
	return -1
}

// Number numbers the rows by their texts in some fields, from 0, in the order in which
// the texts first stand: rows with the same texts have the same number. count is how many
// numbers there are.
func (s *Statistic) Number(fields []int) (of []int32, count int) {
	of, count = make([]int32, len(s.Rows)), min(1, len(s.Rows))
	for _, f := range fields {
		texts, distinct := s.Column(f).Texts()
		number := NewPairs(count, distinct, len(of))
		in := s.Column(f).Of
		for i := range of {
			of[i] = number.Of(of[i], texts[in[i]])
		}
		count = number.Count()
	}
	return of, count
}

// Groups gives the rows that have the same texts in some fields, group by group, in the
// order of the table.
func (s *Statistic) Groups(fields []int) [][]int {
	of, count := s.Number(fields)
	sizes := make([]int32, count)
	for _, n := range of {
		sizes[n]++
	}
	groups, all := make([][]int, count), make([]int, len(of))
	for n, size := range sizes {
		groups[n], all = all[:0:size], all[size:]
	}
	for i, n := range of {
		groups[n] = append(groups[n], i)
	}
	return groups
}

// Unit gives the unit that a cell counts in: 件, %; empty where none is said.
func (s *Statistic) Unit(row, field int) string {
	f := s.Fields[field]
	switch {
	case f.Unit != "":
		return f.Unit
	case f.Type == "percent":
		return "%"
	case f.UnitField >= 0 && s.Fields[f.UnitField].Role != RoleMeasure:
		return s.Cell(row, f.UnitField).Text
	}
	return ""
}

// Keys are the fields that name a row: its period, unit and categories, without
// those that only say what a measure counts in.
func (s *Statistic) Keys() []int {
	var keys []int
	for i, f := range s.Fields {
		gives := false
		for _, m := range s.Fields {
			gives = gives || m.Role == RoleMeasure && m.UnitField == i
		}
		if f.IsKey() && !gives {
			keys = append(keys, i)
		}
	}
	return keys
}

// doubtful is the word that staff write in the note of a figure that they could
// not verify. It is published as it stands, with the note.
const doubtful = "待核对"

// Doubts gives the notes of a row that say that its figures are still to be
// verified (待核对).
func (s *Statistic) Doubts(row int) []string {
	var notes []string
	for i := range s.Fields {
		if s.Fields[i].Role != RoleNote {
			continue
		}
		if text := s.Cell(row, i).Text; strings.Contains(text, doubtful) {
			notes = append(notes, text)
		}
	}
	return notes
}

// RowName names a row by its period, and after slashes by what else names it, as the
// lists of staff do: 2025年7月/城关派出所.
func (s *Statistic) RowName(row int) string {
	var parts []string
	if f := s.FieldOf(RolePeriod); f >= 0 {
		parts = append(parts, s.Cell(row, f).Text)
	}
	for _, k := range s.Keys() {
		if s.Fields[k].Role != RolePeriod {
			parts = append(parts, s.Cell(row, k).Text)
		}
	}
	return strings.Join(parts, "/")
}

// CellName gives the spreadsheet's name of a cell, B4; both count from 0.
func CellName(column, row int) string {
	name := ""
	for c := column + 1; c > 0; c = (c - 1) / 26 {
		name = string(rune('A'+(c-1)%26)) + name
	}
	return name + strconv.Itoa(row+1)
}

// ParseCell reads what CellName writes; ok is false for what is no such name.
func ParseCell(name string) (column, row int, ok bool) {
	i := 0
	for ; i < len(name) && 'A' <= name[i] && name[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(name[i]-'A') + 1
	}
	row, err := strconv.Atoi(name[i:])
	if i == 0 || err != nil || row < 1 || name[i] == '+' {
		return 0, 0, false
	}
	return column - 1, row - 1, true
}

// Role is what a field is for.
type Role string

const (
	RolePeriod   Role = "period"
	RoleUnit     Role = "unit" // a row of units.csv
	RoleCategory Role = "category"
	RoleMeasure  Role = "measure"
	RoleNote     Role = "note"
	RoleCode     Role = "code" // numbers the rows, or says in a code what another field says; figures decides it
)

// Field is one column of a statistic.
type Field struct {
	Name      string // the header, as staff wrote it, outer space trimmed
	Title     string // the name without its unit: 破获刑事案件
	ID        string // its other name, where the site computes it: complete-share
	Role      Role
	Type      string   // string, integer, number, percent
	Unit      string   // 件, 人, %; empty where the unit stands in UnitField
	Forms     []string // plural forms of Unit, which is the last; none where it has no others
	UnitField int      // index of the category that gives the unit of each row, or -1
	Risk      string   // person event organisation none; of a measure figures decides it where staff did not say
	Column    int      // its place in the file, from 0
	At        problem.Position
	Derived   bool // computed by a derive of the descriptor

	// What package figures decides of it.
	Taken      bool    // the risk is taken from names and units: staff did not say it
	Unsaid     bool    // neither did these: it is protected as persons are
	Kind       RowKind // a total of other fields, 合计（件）, or a part of the one before it, 其中：命案
	Additive   bool    // its figures may be added up: counts and amounts, no rates or medians
	Cumulative bool    // it counts from the start of the year
	// Accumulates is the name of the field that it adds up, where there is one: from the
	// start of the year where it is cumulative, else from the beginning on.
	Accumulates string
	Whole       string // of a key: the value whose rows are the sum of those of all others
}

// IsKey tells whether a field names a row, as a period, a unit or a category does.
func (f Field) IsKey() bool {
	return f.Role == RolePeriod || f.Role == RoleUnit || f.Role == RoleCategory
}

// IsMeasure tells whether a field holds figures.
func (f Field) IsMeasure() bool { return f.Role == RoleMeasure }

// Label names a field for readers.
func (f Field) Label() string {
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

// IsCount tells whether a field counts persons, events or organisations. One
// whose risk staff did not say does where it holds whole numbers that are no changes.
func (f Field) IsCount() bool {
	switch {
	case f.Risk == "person" || f.Risk == "event" || f.Risk == "organisation":
		return true
	case f.Risk == "none" && !f.Taken:
		return false
	}
	return f.Type == "integer" && !IsChange(f.Name)
}

// UnitForms takes apart the plural forms of a unit of measure that a descriptor gives,
// case|cases: by the last one the unit is called.
func UnitForms(written string) (unit string, forms []string) {
	forms = strings.Split(written, "|")
	for i := range forms {
		forms[i] = strings.TrimSpace(forms[i])
	}
	if unit = forms[len(forms)-1]; len(forms) == 1 {
		return unit, nil
	}
	return unit, forms
}

// SaidRisk is the risk that staff said; empty where it was taken from names.
func (f Field) SaidRisk() string {
	if f.Taken {
		return ""
	}
	return f.Risk
}

// IsPersonal tells whether a field counts persons or organisations.
func (f Field) IsPersonal() bool {
	return f.Role == RoleMeasure && (f.Risk == "person" || f.Risk == "organisation") && f.Type != "percent" && f.Unit != "%" && f.Unit != "‰"
}

// IsChange tells by its name whether a field holds changes and not levels.
func IsChange(name string) bool {
	for _, word := range [...]string{"同比", "环比", "增减", "增长", "增幅", "降幅", "升降", "变化", "变动", "比上", "较上", "差额", "净增", "+/-", "＋/－", "±", "增（减）", "增(减)", "升（降）", "升(降)"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return changeName.MatchString(name)
}

// changeName is how the name of a change begins in English: what is about a change,
// as victims of climate change, is none.
var changeName = regexp.MustCompile(`(?i)^(?:(?:annual|yearly|monthly|quarterly|net|percentage|percent|year-on-year) )?(?:change|growth)\b`)

// earlier is how a field is named whose figures are of the time before that of their row:
// 立案上年同期, 上月破案. What was left over from it (上年结转) is of the row's own time.
var (
	earlier = regexp.MustCompile(`(?:上年|去年|上一年|前一年)(?:同期|同月|同季)|^(?:上年|去年|上月|上季度?|上期)|(?:上年|去年|上月|上季度?|上期)(?:数|数值)?$|(?i:\b(?:(?:same|previous|prior|last) (?:period|month|quarter|year)(?: (?:of )?(?:last|the previous) year)?|(?:a )?year (?:before|earlier))\b)`)
	onLast  = regexp.MustCompile(`^(?:上月|上季度?|上期)|(?:上月|上季度?|上期)(?:数|数值)?$|(?i:\b(?:previous|prior|last) (?:period|month|quarter)\b)`)
	carried = regexp.MustCompile(`结转|结存|结余|余额|[年月季期][末底初]`)
	current = regexp.MustCompile(`[本当今][年月季期]度?`)
)

// Earlier tells whether the figures of a field are of the year before that of their row
// (上年同期), or of the period before it (last: 上月).
func (f Field) Earlier() (is, last bool) {
	name := f.Bare()
	is = f.Role == RoleMeasure && earlier.MatchString(name) && !IsChange(name) && !carried.MatchString(name)
	return is, is && onLast.MatchString(name)
}

// Timeless is the name without what it says of the time: 立案 of 立案·本月 and of 立案上年同期.
func (f Field) Timeless() string {
	name := current.ReplaceAllString(earlier.ReplaceAllString(f.Bare(), ""), "")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// Bare is the name without what stands in brackets.
func (f Field) Bare() string {
	name, _, _ := strings.Cut(f.Name, "（")
	name, _, _ = strings.Cut(name, "(")
	return strings.TrimSpace(name)
}

// Status is the observation status of a cell: the shorthand markers of official
// statistics. The first five stand beside a value, the last four instead of one.
type Status uint16

const (
	Provisional    Status = 1 << iota // [p]
	Revised                           // [r]
	Estimated                         // [e]
	Break                             // [b] break in series
	LowReliability                    // [u]
	NotAvailable                      // [x]
	NotApplicable                     // [z]
	Confidential                      // [c]
	NotYetReported                    // [w]
)

// Marker is one shorthand marker; package locale has its meaning.
type Marker struct {
	Status Status
	Letter string
}

// Markers in the order in which they are written and explained.
var Markers = []Marker{
	{Provisional, "p"},
	{Revised, "r"},
	{Estimated, "e"},
	{Break, "b"},
	{LowReliability, "u"},
	{NotAvailable, "x"},
	{NotApplicable, "z"},
	{Confidential, "c"},
	{NotYetReported, "w"},
}

// String gives the markers in their order: "[p][r]"; nothing for none.
func (s Status) String() string {
	text := ""
	for _, m := range Markers {
		if s&m.Status != 0 {
			text += "[" + m.Letter + "]"
		}
	}
	return text
}

// Instead are the markers that stand instead of a value.
const Instead = NotAvailable | NotApplicable | Confidential | NotYetReported

// Qualifier is a word that staff wrote around a number.
type Qualifier uint8

const (
	Exact    Qualifier = iota
	About              // 约 大约 左右
	MoreThan           // 余 多: somewhat more than
	AtLeast            // 以上
	Nearly             // 近
	LessThan           // 不足 不到
	AtMost             // 以下, which may be the number itself
)

// Qualifiers are all but Exact.
var Qualifiers = []Qualifier{About, MoreThan, AtLeast, Nearly, LessThan, AtMost}

var qualifierWords = [...]string{Exact: "", About: "约", MoreThan: "余", AtLeast: "以上", Nearly: "近", LessThan: "不足", AtMost: "以下"}

// String gives the word, empty for an exact number.
func (q Qualifier) String() string { return qualifierWords[q] }

// Descriptor is data/stats/<name>.yaml: the keys of a Data Resource and a Table
// Schema, version 2, and ours.
type Descriptor struct {
	File         string
	At           problem.Position // zero where the file is no YAML at all
	Name         String           `yaml:"name"`
	Path         String           `yaml:"path"`
	Title        String           `yaml:"title,标题"`
	Description  String           `yaml:"description,指标说明" text:"long"`
	DataNotice   String           `yaml:"data_notice,数据说明" text:"long"` // in the place of that of site.yaml
	Concept      String           `yaml:"concept,指标代号"`                 // the same quantity in several files carries the same word
	Coverage     Coverage         `yaml:"coverage,范围"`
	Historical   Bool             `yaml:"historical,历史数据"` // a closed series: never the latest, and no next release
	Sources      []Source         `yaml:"sources,来源"`
	Contributors []Contributor    `yaml:"contributors,编制"`
	Licenses     []LicenseRef     `yaml:"licenses,许可"`
	Encoding     String           `yaml:"encoding,编码"`
	Format       String           `yaml:"format"`
	Mediatype    String           `yaml:"mediatype"`
	Homepage     String           `yaml:"homepage"`
	Frequency    String           `yaml:"frequency,频率" words:"frequency"`
	Released     Date             `yaml:"released,发布日期"`
	Status       String           `yaml:"status,状态" words:"document-state"`
	PublishAt    Moment           `yaml:"publish_at,公布时间"` // as of a notice
	NextRelease  Date             `yaml:"next_release,下次发布"`
	Period       []String         `yaml:"period,期间" names:"column"` // the columns that the period stands in, where they are several
	Layout       Layout           `yaml:"layout,版式"`
	Schema       Schema           `yaml:"schema,结构"`
	Checks       []Check          `yaml:"checks,勾稽"`
	Derive       []Derive         `yaml:"derive,派生"`
	Charts       []Chart          `yaml:"charts,图表"`
	ChartsGiven  bool             `yaml:"-"` // charts: [] means none; no key means one that is inferred
	Notes        String           `yaml:"notes,说明" text:"long"`
	Sensitive    Bool             `yaml:"sensitive,敏感"`
	Disclosure   String           `yaml:"disclosure,隐私保护" words:"disclosure"`
	Crime        Bool             `yaml:"crime,犯罪统计"` // say beside it what recorded crime measures
	Quality      Quality          `yaml:"quality,质量说明"`
	Blank        []Blank          // keys that are written without a value, or with one that cannot be read
}

// Quality is what a reader has to know of how figures were counted.
type Quality struct {
	Scope         String `yaml:"scope,统计范围" text:"long"`        // whom and what they count, and not
	Counting      String `yaml:"counting,计数方法" text:"long"`     // when and how one is counted
	Comparability String `yaml:"comparability,可比性" text:"long"` // with other years, other places
	Provisional   String `yaml:"provisional,初步数" text:"long"`   // until when figures may change
}

// Layout is what an office means by the form of its table, the same in every file.
type Layout struct {
	Empty  String `yaml:"empty,空白" words:"empty"` // what an empty category stands for
	Rows   String `yaml:"rows,数据行" words:"rows"`  // that there are none yet
	Header Int    `yaml:"header,表头行数"`            // how many rows the header has
	Units  Int    `yaml:"units,单位行"`              // which row, from the first of the header on, holds units
}

// maxHeader is how many rows a header may have.
const maxHeader = 10

// HeaderRows is how many rows the header has: one where nothing, or nothing possible,
// is said.
func (l Layout) HeaderRows() int {
	if l.Header.V < 1 || l.Header.V > maxHeader {
		return 1
	}
	return int(l.Header.V)
}

// UnitRow is which row holds units, from the first of the header on; 0 where none is
// said, or one that is not at the header.
func (l Layout) UnitRow() int {
	if l.Units.V < 1 || int(l.Units.V) > l.HeaderRows()+1 {
		return 0
	}
	return int(l.Units.V)
}

// NoneYet tells whether the table has its columns and no row, and its descriptor says
// that nothing has been reported yet.
func (s *Statistic) NoneYet() bool {
	return len(s.Rows) == 0 && s.Descriptor.Layout.Rows.V == NoneYet
}

// Source is where figures come from.
type Source struct {
	Title  String `yaml:"title,标题"`
	Author String `yaml:"author,作者"`
	Issued Date   `yaml:"issued,日期"` // day of the report, or of the reprint that was used
	Path   String `yaml:"path,网址"`
	Email  String `yaml:"email,邮箱"`
}

// Contributor is who worked on the figures.
type Contributor struct {
	Title        String   `yaml:"title"`
	Organization String   `yaml:"organization"`
	Roles        []String `yaml:"roles"`
	Path         String   `yaml:"path"`
	Email        String   `yaml:"email"`
}

// LicenseRef is a licence in the form of a Data Resource.
type LicenseRef struct {
	Name  String `yaml:"name"`
	Path  String `yaml:"path"`
	Title String `yaml:"title"`
}

// Schema is a Table Schema.
type Schema struct {
	Fields        []FieldSpec    `yaml:"fields,字段"`
	MissingValues []MissingValue `yaml:"missingValues,缺失值"`
	PrimaryKey    []String       `yaml:"primaryKey" names:"column"`
}

// FieldSpec describes one field.
type FieldSpec struct {
	Name        String   `yaml:"name,名称" names:"column"`
	Title       String   `yaml:"title,标题"`
	Type        String   `yaml:"type,类型" words:"field-type"`
	Description String   `yaml:"description,说明"`
	Role        String   `yaml:"role,角色" words:"role"`
	Unit        String   `yaml:"unit,计量单位"`
	UnitField   String   `yaml:"unit_field,单位列" names:"column"` // the category that gives each row's unit
	Risk        String   `yaml:"risk,计数对象" words:"risk"`
	Of          []String `yaml:"of,算自" names:"column"` // what a rate, a change or a difference is made of
	Format      String   `yaml:"format"`
	Example     String   `yaml:"example"`
}

// MissingValue gives a text of the office a marker: {value: "—", label: "[x]"}.
type MissingValue struct {
	Value String `yaml:"value,scalar"`
	Label String `yaml:"label"`
}

// Check is an identity that holds row by row.
type Check struct {
	Rule String `yaml:"rule,规则" names:"column"`
	Hint String `yaml:"hint,提示"`
}

// Derive is a field computed from the others of its row.
type Derive struct {
	Name   String `yaml:"name,名称" names:"column"`
	Value  String `yaml:"value,算式" names:"column"`
	Format String `yaml:"format,格式" words:"format"`
	Unit   String `yaml:"unit,计量单位"`
}

// Chart is one chart of a statistic.
type Chart struct {
	At        problem.Position
	Statistic String   `yaml:"statistic,统计"` // in Markdown only
	Type      String   `yaml:"type,类型" words:"chart"`
	Title     String   `yaml:"title,标题"`
	X         String   `yaml:"x" names:"column"`
	Y         []String `yaml:"y" names:"column"`
	By        String   `yaml:"by,分组" names:"column"` // the field whose values become series, or small multiples
	Average   Bool     `yaml:"monthly_average,月均"`   // draw monthly averages, so that unlike periods compare
}

// Computed is how the site came by a statistic that is no file: of its own lists.
type Computed struct {
	Page  string // that shows it
	Table bool   // in a table, with a place for each row
	Part  bool   // the list does not hold all that there is
}

// Own is the sign that the name of such a statistic begins with: @suggestions.
const Own = "@"
