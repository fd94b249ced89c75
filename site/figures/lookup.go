package figures

import (
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const (
	maxReference  = 500 // bytes
	maxReferences = 400 // rows that a hint chooses from
)

// RowPath is the place of a row from the site's root.
func RowPath(s *bureau.Statistic, row int) string {
	if s.Original != nil {
		s = s.Original
	}
	switch {
	case s.Computed != nil && !s.Computed.Table:
		return s.Page()
	case len(s.Rows) > bureau.LongTable:
		return longPath(s, row)
	}
	return s.Page() + "#" + Anchor(s, row)
}

// Find finds the published figure that a reference names, as
// cases-solved/2005/破获刑事案件（件）: the statistic, the period and categories
// that name the row, the field. A period is matched by its interval, so 2005 is
// 2005年; categories stand in the order of the fields, and those that are not
// needed to tell the row apart may be left out. What the site computes of its own
// lists begins with an @, as @suggestions/2026年9月/五步齐全率, and what is left out
// there is the whole. A reference that names no figure, or several, is a Fault that
// lists what there is.
func Find(b *bureau.Bureau, reference string) (s *bureau.Statistic, row, field int, fault *problem.Fault) {
	s, rows, field, fault := rowsOf(b, reference)
	switch {
	case fault != nil:
		return nil, 0, 0, fault
	case len(rows) == 1 || s.Computed != nil: // of which the whole comes first
		return s, rows[0], field, nil
	}
	choices := references(s, s.Fields[field].Name, rows)
	return nil, 0, 0, problem.Refuse(problem.Say("“%s”符合%d行，说不清是哪一行", `"%s" fits %d rows, and it is not clear which one is meant`, problem.Quote(reference), len(rows)),
		problem.Text{ZH: "请写明是哪一行，如：" + problem.Names(choices, "；"), EN: "say which, such as: " + problem.Names(choices, "; ")})
}

// rowsOf finds the field that a reference names, and the rows that have all that it says:
// one at least.
func rowsOf(b *bureau.Bureau, reference string) (s *bureau.Statistic, rows []int, field int, fault *problem.Fault) {
	if len(reference) > maxReference {
		return nil, nil, 0, problem.Refuse(problem.Say("引用过长", "the reference is too long"), problem.Say("写成“统计/期间/字段”，例如 cases-solved/2005年/破获刑事案件（件）", "write statistic/period/field, such as cases-solved/2005/破获刑事案件（件）"))
	}
	name, rest := cutName(b, reference)
	if s, fault = Statistic(b, name); fault == nil {
		fault = Reported(s)
	}
	if fault != nil {
		return nil, nil, 0, fault
	}
	field, before := lastField(s, strings.TrimSpace(rest))
	if field < 0 {
		last := rest[strings.LastIndexByte(rest, '/')+1:]
		return nil, nil, 0, problem.Refuse(problem.Say("统计“%s”没有名为“%s”的数值字段", `the statistic "%s" has no field of numbers "%s"`, s.Name, problem.Quote(last)), problem.Suggest(last, s.FieldNames(bureau.Field.IsMeasure)))
	}
	if s.Computed != nil {
		before = areaNames(before)
	}
	keys := keysOf(b, before)
	if rows = keys.rows(s); len(rows) == 0 {
		return nil, nil, 0, problem.Refuse(problem.Say("统计“%s”没有“%s”这一行", `the statistic "%s" has no row "%s"`, s.Name, problem.Quote(before)), keys.suggest(s))
	}
	return s, rows, field, nil
}

// Statistic finds a statistic by its name, or one of those that the site computes; the
// sign of these may be left out where no statistic has the name.
func Statistic(b *bureau.Bureau, name string) (*bureau.Statistic, *problem.Fault) {
	var names []string
	for _, s := range slices.Concat(b.Statistics, b.Computed) {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	for _, s := range b.Computed {
		if s.Name == bureau.Own+name {
			return s, nil
		}
	}
	for _, r := range b.Registers {
		if measured(r.Name) == name && personal(r) {
			return nil, problem.Refuse(problem.Say("清单“%s”写的是个人，不计条数", `the register "%s" is of persons, and nothing is counted of it`, r.Name),
				problem.Say("不引用它的条数；人数按 data/stats 里的统计公布", "do not quote it; counts of persons are published as a statistic of data/stats"))
		}
	}
	return nil, problem.Refuse(problem.Say("没有名为“%s”的统计", `there is no statistic "%s"`, problem.Quote(name)), problem.Suggest(name, names))
}

// cutName takes the name of a statistic off the front of a reference; that of a
// register's measures has a slash in it.
func cutName(b *bureau.Bureau, reference string) (name, rest string) {
	reference = strings.TrimSpace(reference)
	if after, wide := strings.CutPrefix(reference, "＠"); wide {
		reference = bureau.Own + after
	}
	name, rest, _ = strings.Cut(reference, "/")
	name = strings.TrimSpace(name)
	folder := strings.TrimPrefix(name, bureau.Own)
	if folder != string(bureau.RegistersSection) || folder == name && slices.ContainsFunc(b.Statistics, func(s *bureau.Statistic) bool { return s.Name == name }) {
		return name, rest
	}
	register, rest, _ := strings.Cut(rest, "/")
	return name + "/" + strings.TrimSpace(register), rest
}

// areaNames gives the areas of guides that a text names by their words, vehicle, by the
// names that the measures have, 车辆入户.
func areaNames(text string) string {
	parts := strings.Split(text, "/")
	for i, part := range parts {
		for _, area := range bureau.Areas {
			if strings.TrimSpace(part) == area.ID {
				parts[i] = area.ZH
			}
		}
	}
	return strings.Join(parts, "/")
}

// Reported refuses a statistic of which nothing has been reported yet.
func Reported(s *bureau.Statistic) *problem.Fault {
	if !s.NoneYet() {
		return nil
	}
	return problem.Refuse(problem.Say("统计“%s”尚未报送，还没有数字", `the statistic "%s" has not been reported yet and has no figures`, s.Name),
		problem.Say("报送以后再引用；现在先删去这处引用", "refer to it once it is reported, and remove this reference until then"))
}

// lastField finds the measure that a text ends in; its name may hold slashes, so
// the longest one counts.
func lastField(s *bureau.Statistic, text string) (field int, keys string) {
	field = -1
	longest := ""
	for i, f := range s.Fields {
		for _, name := range []string{f.Name, f.ID} {
			before, found := strings.CutSuffix(text, name)
			before = strings.TrimSpace(before)
			if !f.IsMeasure() || !found || name == "" || before != "" && !strings.HasSuffix(before, "/") {
				continue
			}
			if len(name) > len(longest) {
				field, keys, longest = i, strings.TrimSuffix(before, "/"), name
			}
		}
	}
	return field, keys
}

// keys are what a reference says of its row, 2005/意见建议: the text, and all of
// its parts that can be read as a period. A period may hold a slash itself
// (2014/15, 2023-01-09/2023-03-17), and so may a category.
type keys struct {
	text    string
	periods map[string]period.Period
}

func keysOf(b *bureau.Bureau, text string) keys {
	parts := strings.Split(text, "/")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	k := keys{strings.Join(parts, "/"), map[string]period.Period{}}
	options := readPeriods(b)
	for i, part := range parts {
		if p, err := period.Parse(part, options); err == nil {
			k.periods[part] = p
		}
		if i > 0 {
			two := parts[i-1] + "/" + part
			if p, err := period.Parse(two, options); err == nil {
				k.periods[two] = p
			}
		}
	}
	return k
}

// readPeriods are the options with which the bureau's periods are read.
func readPeriods(b *bureau.Bureau) period.Options {
	return period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}
}

// suggest names the rows that there are: a period that is not there is no slip
// of the pen, so the nearest row is named only for a category.
func (k keys) suggest(s *bureau.Statistic) problem.Text {
	if len(k.periods) > 0 {
		return problem.Suggest("", references(s, "", nil))
	}
	return problem.Suggest(k.text, references(s, "", nil))
}

// rows gives the rows that have all that the keys say.
func (k keys) rows(s *bureau.Statistic) []int {
	fields := s.Keys()
	var rows []int
	for i := range s.Rows {
		if k.fit(s, i, fields, k.text) {
			rows = append(rows, i)
		}
	}
	return rows
}

// fit tells whether a row has what a text says; fields are the keys that its
// categories may still match.
func (k keys) fit(s *bureau.Statistic, row int, fields []int, text string) bool {
	if text == "" {
		return true
	}
	for part, p := range k.periods {
		rest, found := cutPart(text, part)
		if of := s.Period(row); found && p.Start == of.Start && p.End == of.End && p.AsOf == of.AsOf && k.fit(s, row, fields, rest) {
			return true
		}
	}
	for n, f := range fields {
		if rest, found := cutPart(text, s.Cell(row, f).Text); found && k.fit(s, row, fields[n+1:], rest) {
			return true
		}
	}
	return false
}

// cutPart takes a part off the front of a text of parts.
func cutPart(text, part string) (rest string, found bool) {
	rest, found = strings.CutPrefix(text, part)
	if !found || part == "" || rest != "" && rest[0] != '/' {
		return text, false
	}
	return strings.TrimPrefix(rest, "/"), true
}

// references writes what names some rows, all where rows is nil; with a field,
// as whole references.
func references(s *bureau.Statistic, field string, rows []int) []string {
	if rows == nil {
		for i := range min(len(s.Rows), maxReferences) {
			rows = append(rows, i)
		}
	}
	keys := s.Keys()
	var all []string
	for _, i := range rows {
		if field != "" && len(all) == 5 {
			break
		}
		var parts []string
		if field != "" {
			parts = append(parts, s.Name)
		}
		for _, k := range keys {
			parts = append(parts, s.Cell(i, k).Text)
		}
		if field != "" {
			parts = append(parts, field)
		}
		all = append(all, strings.Join(parts, "/"))
	}
	return all
}
