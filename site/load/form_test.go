package load

import (
	"strings"
	"testing"

	"sunshine/site/figures"
	"sunshine/site/locale"
	"sunshine/site/problem"
)

// texts gives what a page shows of a column, cell by cell.
func texts(t *testing.T, data, yaml string, field int, lang string) string {
	t.Helper()
	s, _ := statistic(t, data, yaml)
	figures.Derive(s)
	var all []string
	for row := range s.Rows {
		all = append(all, locale.Cell(s, row, field, locale.Builtin(problem.Language(lang))))
	}
	return strings.Join(all, " ")
}

func TestAFigureKeepsItsForm(t *testing.T) {
	for _, c := range []struct{ name, data, yaml, lang, want string }{
		{"decimals as sent", "年份,数\n2024,7.0\n2025,8.0\n", "", "zh", "7.0 8.0"},
		{"one number of decimals a column", "年份,率\n2024,46.4%\n2025,46.45%\n2026,46%\n", "", "zh", "46.40% 46.45% 46.00%"},
		{"whole numbers", "年份,数\n2024,7\n2025,8\n", "", "zh", "7 8"},
		{"ten thousands", "年份,数（人）\n2024,329.6万\n2025,330万\n", "", "zh", "329.6万人 330.0万人"},
		{"ten thousands beside ones", "年份,数（人）\n2024,329.6万\n2025,9800\n", "", "zh", "329.6万人 9800人"},
		{"ten thousands in English", "年份,数（人）\n2024,329.6万\n2025,330万\n", "", "en", "3,296,000 人 3,300,000 人"},
		{"hundred millions", "年份,数（元）\n2024,约1.50亿\n", "", "zh", "约1.50亿元"},
		{"one rule of grouping", "年份,数\n2024,9800\n2025,17409\n2026,12\n", "", "zh", "9,800 17,409 12"},
		{"four digits", "年份,数\n2024,9800\n2025,7409\n", "", "zh", "9800 7409"},
		{"doubles out of a program", "年份,率\n2024,33.33333333333333%\n2025,7.000000000000001%\n", "", "zh", "33.333333% 7.000000%"},
		{"none reads as zero", "年份,率\n2024,5E-05\n2025,1.986492E-05\n2026,0\n", "", "zh", "0.0000500 0.0000199 0.0000000"},
		{"a column of units", "年份,数,单位\n2024,46.40,%\n2024,3,起\n2025,12.5,%\n", "", "zh", "46.40% 3起 12.50%"},
	} {
		if got := texts(t, c.data, c.yaml, 1, c.lang); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	derived := "schema: {fields: [{name: 年份, role: period}, {name: 甲, type: integer, role: measure, risk: event}, {name: 乙, type: integer, role: measure, risk: event}]}\nderive: [{name: 率, value: 甲 / 乙, format: percent}, {name: 均, value: 甲 / 4}]"
	if got := texts(t, "年份,甲,乙\n2024,10,10\n2025,30,40\n", derived, 3, "zh"); got != "100.00% 75.00%" {
		t.Errorf("a derived percentage: %s", got)
	}
	if got := texts(t, "年份,甲,乙\n2024,10,10\n2025,31,40\n", derived, 4, "zh"); got != "2.50 7.75" {
		t.Errorf("a derived number: %s", got)
	}
}
