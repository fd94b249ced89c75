package say

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/locale"
)

// Formula writes by what a derived field is computed, in the names of its fields
// (五步齐全件数 ÷ 办结件数), or of a row in their figures (12 ÷ 14). It is empty for a
// field that is not derived.
func Formula(s *bureau.Statistic, row, field int, l *locale.Language) string {
	_, formula := s.Definition(field)
	var b strings.Builder
	for formula != "" {
		name, of := nameAt(s, formula)
		switch {
		case name == "":
			r, rest := cutRune(formula)
			b.WriteString(signs.Replace(r))
			formula = rest
			continue
		case row < 0:
			b.WriteString(s.Fields[of].Label())
		default:
			c := s.Cell(row, of)
			b.WriteString(locale.Figure(c.Number, "", c.Form, c.Status&bureau.Instead, c.Qualifier, l))
		}
		formula = formula[len(name):]
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// signs are the operators as people write them.
var signs = strings.NewReplacer("/", " ÷ ", "*", " × ", "-", " − ", "+", " + ")

// nameAt is the name of a field that a formula begins with, as it stands there, and the
// field; the longest, and none where there is none.
func nameAt(s *bureau.Statistic, formula string) (name string, field int) {
	for i, f := range s.Fields {
		for _, text := range []string{f.Name, `$["` + f.Name + `"]`, `$['` + f.Name + `']`} {
			if f.IsMeasure() && len(text) > len(name) && strings.HasPrefix(formula, text) {
				name, field = text, i
			}
		}
	}
	return name, field
}

func cutRune(text string) (first, rest string) {
	for i := range text {
		if i > 0 {
			return text[:i], text[i:]
		}
	}
	return text, ""
}
