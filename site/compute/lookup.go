package compute

import (
	"slices"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const maxReference = 500 // bytes

// Lookup finds the published figure that a reference names, as
// cases-solved/2005/破获刑事案件（件）: the statistic, the period and categories
// that name the row, the field. A period is matched by its interval, so 2005 is
// 2005年; categories stand in the order of the fields, and those that are not
// needed to tell the row apart may be left out. text is the figure with its unit
// and its markers in words, link its row from the site's root. A reference that
// names no figure, or several, is a Fault that lists what there is.
func Lookup(b *bureau.Bureau, reference, lang string) (text, link string, fault *Fault) {
	s, row, field, fault := find(b, reference)
	if fault != nil {
		return "", "", fault
	}
	return FormatCell(s, row, field, lang), rowPath(s, row), nil
}

// rowPath is the place of a row from the site's root.
func rowPath(s *bureau.Statistic, row int) string {
	return "stats/" + s.Name + "/index.html#" + Anchor(s, row)
}

func find(b *bureau.Bureau, reference string) (s *bureau.Statistic, row, field int, fault *Fault) {
	if len(reference) > maxReference {
		return nil, 0, 0, &Fault{problem.Say("引用过长", "the reference is too long"), problem.Say("写成“统计/期间/字段”", "write statistic/period/field")}
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(reference), "/")
	name = strings.TrimSpace(name)
	if s = statistic(b, name); s == nil {
		var names []string
		for _, s := range b.Statistics {
			names = append(names, s.Name)
		}
		return nil, 0, 0, &Fault{problem.Say("没有“%s”这个统计", `there is no statistic "%s"`, problem.Quote(name)), suggest(name, names)}
	}
	field, keys := lastField(s, strings.TrimSpace(rest))
	if field < 0 {
		_, last, found := lastCut(rest)
		if !found {
			last = rest
		}
		return nil, 0, 0, &Fault{problem.Say("统计“%s”没有“%s”这个数值字段", `the statistic "%s" has no field of numbers "%s"`, s.Name, problem.Quote(last)), suggest(last, fieldNames(s, isMeasure))}
	}
	rows := matching(s, wanted(b, s, keys))
	switch len(rows) {
	case 1:
		return s, rows[0], field, nil
	case 0:
		return nil, 0, 0, &Fault{problem.Say("统计“%s”没有“%s”这一行", `the statistic "%s" has no row "%s"`, s.Name, problem.Quote(keys)), suggest(keys, references(s, "", nil))}
	}
	choices := references(s, s.Fields[field].Name, rows)
	return nil, 0, 0, &Fault{problem.Say("“%s”符合%d行，说不清是哪一行", `"%s" fits %d rows`, problem.Quote(reference), len(rows)),
		problem.Text{ZH: "请写明是哪一行，如：" + list(choices, "；"), EN: "say which, such as: " + list(choices, "; ")}}
}

func statistic(b *bureau.Bureau, name string) *bureau.Statistic {
	for _, s := range b.Statistics {
		if s.Name == name {
			return s
		}
	}
	return nil
}

func lastCut(text string) (before, after string, found bool) {
	i := strings.LastIndexByte(text, '/')
	if i < 0 {
		return "", text, false
	}
	return text[:i], text[i+1:], true
}

// lastField finds the measure that a text ends in; its name may hold slashes, so
// the longest one counts.
func lastField(s *bureau.Statistic, text string) (field int, keys string) {
	field = -1
	for i, f := range s.Fields {
		before, found := strings.CutSuffix(text, f.Name)
		before = strings.TrimSpace(before)
		if !isMeasure(f) || !found || before != "" && !strings.HasSuffix(before, "/") {
			continue
		}
		if field < 0 || len(f.Name) > len(s.Fields[field].Name) {
			field, keys = i, strings.TrimSuffix(before, "/")
		}
	}
	return field, keys
}

// want is one part of the keys of a row.
type want struct {
	text   string
	period period.Period // zero where the text is a category
}

// wanted splits keys into a period and categories. A period may hold a slash
// itself (2014/15, 2023-01-09/2023-03-17), unless its parts are categories.
func wanted(b *bureau.Bureau, s *bureau.Statistic, keys string) []want {
	if keys == "" {
		return nil
	}
	parts := strings.Split(keys, "/")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	options := period.Options{FinancialYearStart: time.Month(b.Site.FinancialYearStart.V)}
	var wants []want
	for i := 0; i < len(parts); i++ {
		w := want{text: parts[i]}
		if s.FieldOf(bureau.RolePeriod) >= 0 {
			if i+1 < len(parts) {
				joined := parts[i] + "/" + parts[i+1]
				if p, err := period.Parse(joined, options); err == nil {
					wants = append(wants, want{joined, p})
					i++
					continue
				}
			}
			w.period, _ = period.Parse(parts[i], options)
		}
		wants = append(wants, w)
	}
	return wants
}

// matching gives the rows that have all that is wanted.
func matching(s *bureau.Statistic, wants []want) []int {
	keys := keyFields(s)
	var rows []int
	for i := range s.Rows {
		if fits(s, i, keys, wants) {
			rows = append(rows, i)
		}
	}
	return rows
}

func fits(s *bureau.Statistic, row int, keys []int, wants []want) bool {
	cells := s.Row(row)
	next := 0 // the first key that a category may still match
	for _, w := range wants {
		if p := s.Rows[row].Period; !w.period.IsZero() && w.period.Start == p.Start && w.period.End == p.End && w.period.AsOf == p.AsOf {
			continue
		}
		at := slices.IndexFunc(keys[next:], func(k int) bool { return cells[k].Text == w.text })
		if at < 0 {
			return false
		}
		next += at + 1
	}
	return true
}

// references writes what names some rows, all where rows is nil; with a field,
// as whole references.
func references(s *bureau.Statistic, field string, rows []int) []string {
	if rows == nil {
		for i := range min(len(s.Rows), maxTicks) {
			rows = append(rows, i)
		}
	}
	keys := keyFields(s)
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
			parts = append(parts, s.Row(i)[k].Text)
		}
		if field != "" {
			parts = append(parts, field)
		}
		all = append(all, strings.Join(parts, "/"))
	}
	return all
}
