package figures

import (
	"regexp"
	"slices"
	"strconv"

	"sunshine/site/bureau"
)

// codeName is what columns are called that number the rows, or give a code for
// what another column names.
var codeName = regexp.MustCompile(`(?i)(编号|代码|编码|序号|区划|邮编|项次|行次)$|^(id|code|no\.?|#)$`)

// decideCodes finds the categories that name no row: those that number the rows,
// or give codes, or, in a table with totals, differ in every row; where the other
// keys tell the same rows apart without them. They part no total from its parts,
// and are no axis. It tells whether there are any.
func decideCodes(s *bureau.Statistic, kinds []bureau.RowKind) (some bool) {
	for k := range s.Fields {
		f := &s.Fields[k]
		if f.Role != bureau.RoleCategory || !codeName.MatchString(f.Name) && !counts(s, k) && !apart(s, k, kinds) {
			continue
		}
		others := slices.DeleteFunc(s.Keys(), func(key int) bool { return key == k })
		if len(others) > 0 && len(others) < len(s.Keys()) && told(s, others, k, kinds) {
			f.Role, some = bureau.RoleCode, true
		}
	}
	return some
}

// counts tells whether a column holds 1, 2, 3 and so on.
func counts(s *bureau.Statistic, field int) bool {
	n := 0
	for i := range s.Rows {
		if text := s.Cell(i, field).Text; text != "" {
			if n++; text != strconv.Itoa(n) {
				return false
			}
		}
	}
	return n > 1
}

// apart tells whether no two rows have the same text in a column, in a table with
// a total that another column names.
func apart(s *bureau.Statistic, field int, kinds []bureau.RowKind) bool {
	named := false
	for i := range s.Rows {
		named = named || kinds[i] == bureau.TotalRow && bureau.KindOf(s.Cell(i, field).Text) == bureau.DataRow
	}
	if !named {
		return false
	}
	seen := make(map[string]bool, len(s.Rows))
	for i := range s.Rows {
		text := s.Cell(i, field).Text
		if text == "" || seen[text] {
			return false
		}
		seen[text] = true
	}
	return true
}

// told tells whether rows of data that have the same texts in some keys have the
// same in a further field.
func told(s *bureau.Statistic, keys []int, field int, kinds []bureau.RowKind) bool {
	first := map[string]string{}
	var name []byte
	for i := range s.Rows {
		if kinds[i] != bureau.DataRow {
			continue
		}
		name = name[:0]
		for _, k := range keys {
			name = append(append(name, s.Cell(i, k).Text...), 0)
		}
		text := s.Cell(i, field).Text
		if before, known := first[string(name)]; !known {
			first[string(name)] = text
		} else if before != text {
			return false
		}
	}
	return true
}
