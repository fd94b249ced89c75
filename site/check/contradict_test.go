package check_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"sunshine/site/check"
	"sunshine/site/figures"
	"sunshine/site/load"
)

// Two statistics with 900 and 990 for one figure.
func TestContradictions(t *testing.T) {
	const one = "期间,单位,立案（件）,破案率（%）\n2024年,合计,900,45.3\n2024年,城关,500,40\n"
	for _, c := range []struct {
		name, other, concept string
		want                 string // cells of the second
	}{
		{"another figure", "期间,立案（件）\n2024年,990\n", "", "B2"},
		{"the same figure", "期间,立案（件）\n2024年,900\n", "", ""},
		{"another period", "期间,立案（件）\n2023年,990\n", "", ""},
		{"another row", "期间,单位,立案（件）\n2024年,河口,990\n", "", ""},
		{"the same row, spelled with another total", "年份,所,立案（件）\n2024,全局,900\n2024,城关,501\n", "", "C3"},
		{"another unit", "期间,立案（起）\n2024年,990\n", "", ""},
		{"a rate with fewer decimals", "期间,破案率（%）\n2024年,45\n", "", ""},
		{"another rate", "期间,破案率（%）\n2024年,46\n", "", "B2"},
		{"not exact", "期间,立案（件）\n2024年,约990\n", "", ""},
		{"still to be verified", "期间,立案（件）,备注\n2024年,990,待核对\n", "", ""},
		{"another concept", "期间,立案（件）\n2024年,990\n", "economic", ""},
		{"a name that says nothing", "期间,数量（件）\n2024年,990\n", "", ""},
	} {
		files := fstest.MapFS{
			"data/site.yaml":    {Data: []byte("title: 甲\norganization: 某县公安局\n")},
			"data/stats/a.csv":  {Data: []byte(one + "2023年,合计,800,44\n")},
			"data/stats/a.yaml": {Data: []byte("title: 甲\n")},
			"data/stats/b.csv":  {Data: []byte(c.other)},
			"data/stats/b.yaml": {Data: []byte("title: 乙\n")},
		}
		if c.concept != "" {
			files["data/stats/b.yaml"] = &fstest.MapFile{Data: []byte("title: 乙\nconcept: " + c.concept + "\n")}
		}
		if c.name == "another period" {
			files["data/stats/a.csv"] = &fstest.MapFile{Data: []byte(one)}
		}
		b, _ := load.Bureau(context.Background(), files, 1, nil)
		figures.Decide(b)
		var got []string
		for _, p := range check.Contradictions(b) {
			got = append(got, fmt.Sprint(p.Cell))
			if p.Rule.String() != "figures/contradiction" {
				t.Error(p.Rule)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}
