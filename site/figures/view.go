package figures

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/text"
)

// Bounds of the views of one statistic.
const (
	maxViews = 2000
	maxSlug  = 120 // bytes of a value in an address
	mostView = 560 // figures on a page
	// MaxAcross is how many columns a view has beside its periods.
	MaxAcross = 12
)

// decideViews says which pages the rows of a long statistic are shown on: one for each
// unit and for each category, as long as they are not too many, the coarser fields
// first. Totals are on the page of the statistic itself.
func decideViews(s *bureau.Statistic, units []bureau.Unit, index map[string]int) {
	s.Views, s.Unviewed = nil, nil
	if len(s.Rows) <= bureau.LongTable {
		return
	}
	var families [][]bureau.View
	for _, k := range s.Keys() {
		if s.Fields[k].Role == bureau.RolePeriod || slices.ContainsFunc(families, func(f []bureau.View) bool { return sameParts(s, f, k) }) {
			continue
		}
		family, few := viewsBy(s, k, units, index)
		switch {
		case !few:
			s.Unviewed = append(s.Unviewed, k)
		case len(family) > 1 && len(s.Rows) >= 2*len(family): // a page a row is none
			families = append(families, family)
		}
	}
	folders := map[string]int{}
	for _, family := range families {
		folders[folderOf(s, family[0].Field)]++
	}
	for i, family := range families {
		folder := folderOf(s, family[0].Field)
		if folders[folder] > 1 {
			folder = distinct(folder, s.Fields[family[0].Field].Name)
		}
		for n := range family {
			family[n].Path = bureau.ViewPage(s.Name, folder, family[n].Path)
		}
		families[i] = early(s, family)
	}
	slices.SortStableFunc(families, func(a, b []bureau.View) int { return len(a) - len(b) })
	for _, family := range families {
		if len(s.Views)+len(family) > maxViews {
			s.Unviewed = append(s.Unviewed, family[0].Field)
			continue
		}
		s.Views = append(s.Views, family...)
	}
}

// folderOf is the folder of the views by a field, if no other field has it.
func folderOf(s *bureau.Statistic, field int) string {
	return slugOf(cmp.Or(s.Fields[field].Title, s.Fields[field].Name))
}

// distinct tells an address that two texts would share apart by the text alone, whatever the
// order of rows or columns.
func distinct(slug, text string) string {
	sum := sha256.Sum256([]byte(text))
	return strings.TrimSuffix(slug, "_") + "_" + hex.EncodeToString(sum[:5])
}

// viewsBy gives the views by one field, in the order in which their values stand in the
// table, their path no more than its last part; few is false where they are more than all
// may be.
func viewsBy(s *bureau.Statistic, field int, units []bureau.Unit, index map[string]int) (family []bureau.View, few bool) {
	at, ids, slugs := map[string]int{}, []string{}, map[string]int{}
	dated, opens := Across(s, field) != tooMany, s.Opening(field)
	for i := range s.Rows {
		value := s.Cell(i, field).Text
		if value == "" || opens(i) {
			continue
		}
		id := value
		if u, known := index[value]; known && s.Fields[field].Role == bureau.RoleUnit {
			value, id = units[u].Name.V, units[u].ID.V
		}
		n, known := at[value]
		if !known {
			if n = len(family); n == maxViews {
				return nil, false
			}
			at[value] = n
			ids = append(ids, id)
			slugs[slugOf(id)]++
			family = append(family, bureau.View{Field: field, Name: value, Dated: dated})
		}
		family[n].Rows = append(family[n].Rows, i)
	}
	for n, id := range ids {
		slug := slugOf(id)
		if slugs[slug] > 1 || text.Slug(id) == "" {
			slug = distinct(slug, id)
		}
		family[n].Path = slug
	}
	return family, true
}

// early gives early years of the views by a field pages of their own, as far as the newest
// ones fill a page. Such a page keeps its address.
func early(s *bureau.Statistic, family []bureau.View) []bureau.View {
	measures := 0
	for _, f := range s.Fields {
		if f.IsMeasure() {
			measures++
		}
	}
	var all, old []bureau.View
	for _, v := range family {
		if !v.Dated || len(v.Rows)*measures <= mostView {
			all = append(all, v)
			continue
		}
		of := map[int][]int{}
		for _, i := range v.Rows {
			year := s.Period(i).End.Time().Year()
			of[year] = append(of[year], i)
		}
		years := slices.Sorted(maps.Keys(of))
		front := v
		front.Rows = nil
		for n, year := range slices.Backward(years) {
			if n < len(years)-1 && (front.Early != nil || (len(front.Rows)+len(of[year]))*measures > mostView) {
				front.Early = append(front.Early, year)
				old = append(old, bureau.View{Field: v.Field, Name: v.Name, Path: v.Of(year), Rows: of[year], Dated: true, Year: year})
				continue
			}
			front.Rows = append(front.Rows, of[year]...)
		}
		slices.Sort(front.Rows)
		all = append(all, front)
	}
	return append(all, old...)
}

// slugOf is the address of a value, which no disk refuses: it is short, and begins with
// what no device is called.
func slugOf(value string) string {
	slug := text.Slug(value)
	for len(slug) > maxSlug {
		_, size := utf8.DecodeLastRuneInString(slug)
		slug = slug[:len(slug)-size]
	}
	if slug == "" || len(slug) <= len("com1") && slug[0] < utf8.RuneSelf && slices.Contains([]string{"con", "prn", "aux", "nul", "com", "lpt"}, slug[:min(3, len(slug))]) {
		slug = "_" + slug
	}
	return slug
}

// sameParts tells whether a key parts the rows as a family does already, as the code of a
// unit does.
func sameParts(s *bureau.Statistic, family []bureau.View, key int) bool {
	seen := map[string]bool{}
	for _, v := range family {
		value := s.Cell(v.Rows[0], key).Text
		if seen[value] || slices.ContainsFunc(v.Rows, func(i int) bool { return s.Cell(i, key).Text != value }) {
			return false
		}
		seen[value] = true
	}
	return true
}

const (
	alone   = -1 // nothing but the period differs
	tooMany = -2
)

// Across gives the key whose values stand beside each other in the views by a field: the
// one that differs there besides the period, where it has few values and all rows have a
// period; -1 where none differs, -2 where there is no such table.
func Across(s *bureau.Statistic, field int) int {
	across := alone
	for _, k := range s.Keys() {
		if k == field || s.Fields[k].Role == bureau.RolePeriod {
			continue
		}
		seen := map[string]bool{}
		for i := 0; i < len(s.Rows) && len(seen) <= MaxAcross; i++ {
			seen[s.Cell(i, k).Text] = true
		}
		switch {
		case len(seen) < 2:
		case len(seen) > MaxAcross || across != alone:
			return tooMany
		default:
			across = k
		}
	}
	if s.FieldOf(bureau.RolePeriod) < 0 || slices.ContainsFunc(s.Rows, func(r bureau.Row) bool { return r.When == 0 }) {
		return tooMany
	}
	return across
}

// longPath is where a row of a long statistic is shown: on a view where its period has a
// line, else on any, else on the page of the statistic.
func longPath(s *bureau.Statistic, row int) string {
	path := s.Page()
	for _, v := range s.Views {
		if _, in := slices.BinarySearch(v.Rows, row); !in {
			continue
		}
		if path = v.Path; v.Dated {
			return path + "#" + PeriodAnchor(s, row)
		}
	}
	return path
}

// PeriodAnchor gives the id of the line of a row's period on a view: r-2026-09.
func PeriodAnchor(s *bureau.Statistic, row int) string {
	return string(appendPeriod([]byte("r-"), s.Period(row)))
}

// sumAmong tells whether a row that is no total by its name is the sum of others, as a
// sub-bureau is of its stations.
func sumAmong(s *bureau.Statistic) bool {
	return slices.ContainsFunc(s.Identities, func(id bureau.Identity) bool {
		return id.Rows && id.Why != bureau.OfWhich && id.Along >= 0 && s.Fields[id.Along].Role != bureau.RolePeriod &&
			slices.ContainsFunc(id.Left, func(i int) bool { return s.Rows[i].Kind == bureau.DataRow && !s.Opens(i, id.Along) })
	})
}

// decideNested says whether rows stand beside one that they are parts of: a row that is
// the sum of others, the bureau itself, a unit that others are below, or one that
// units.csv does not know. Then the rows do not add up.
func decideNested(s *bureau.Statistic, bureauName string, units []bureau.Unit, index map[string]int) {
	if s.Nested = sumAmong(s); s.Nested {
		return
	}
	field := s.FieldOf(bureau.RoleUnit)
	if field < 0 {
		return
	}
	names, unknown, opens := map[string]bool{}, false, s.Opening(field)
	in := map[int]bool{}
	for i := range s.Rows {
		if s.Rows[i].Kind != bureau.DataRow || opens(i) {
			continue
		}
		name := s.Cell(i, field).Text
		u, known := index[name]
		names[name], in[u] = true, true
		unknown = unknown || !known || name == bureauName // nothing tells what it is a part of, or everything is a part of it
	}
	if len(names) < 2 {
		return
	}
	if s.Nested = unknown; s.Nested {
		return
	}
	for u := range in {
		for range bureau.Levels { // deeper is an error, and so is a circle
			up, known := index[units[u].Parent.V]
			if !known {
				break
			}
			if u = up; in[u] {
				s.Nested = true
				return
			}
		}
	}
}
