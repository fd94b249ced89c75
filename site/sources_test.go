package site_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// grouped is where a page sets thousands apart.
var grouped = regexp.MustCompile(`([0-9]),([0-9]{3})`)

// TestSourceFigures finds every number of the source tables on the page of the
// demonstration that is made from them. The tables lie beside the repository;
// where they are not, the test says so.
func TestSourceFigures(t *testing.T) {
	const tables = "../../shared/figures"
	if _, err := os.Stat(tables); err != nil {
		t.Skip("the source tables are not beside the repository")
	}
	dir, err := demonstration()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for table, page := range map[string]string{
		"jiangjin_cases_solved.csv": "cases-solved", "jiangjin_rural_crime.csv": "rural-crime",
		"xian_sanbenzhang_2023.csv": "three-ledgers", "xian_mechanisms_2023.csv": "mechanisms",
	} {
		f, err := os.Open(filepath.Join(tables, table))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		html, err := os.ReadFile(filepath.Join(dir, "public", "stats", page, "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		_, text, _ := strings.Cut(string(html), "<tbody>") // the table itself, not the chart
		text = grouped.ReplaceAllString(text, "$1$2")
		for i, name := range rows[0] {
			if name != "数值" && !strings.Contains(name, "（件）") && !strings.Contains(name, "（人）") {
				continue
			}
			for _, row := range rows[1:] {
				if _, err := strconv.ParseFloat(row[i], 64); err != nil {
					t.Errorf("%s: %q is no number", table, row[i])
					continue
				}
				want := regexp.MustCompile(`(^|[^\d,.])` + regexp.QuoteMeta(row[i]) + `($|[^\d,.])`)
				if !want.MatchString(text) {
					t.Errorf("%s: %s is not on the page %s", table, row[i], page)
				}
				found++
			}
		}
	}
	t.Logf("%d numbers of the source tables stand on their pages", found)
}
