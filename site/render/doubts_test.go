package render

import (
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// patrol is a statistic with a figure that is still to be verified.
func patrol() *bureau.Statistic {
	s := &bureau.Statistic{
		Name: "patrol", File: "data/stats/patrol.csv", Descriptor: bureau.Descriptor{Title: str("街面巡逻")},
		Fields: []bureau.Field{
			{Name: "指标", Title: "指标", Role: bureau.RoleCategory, UnitField: -1},
			{Name: "数值", Title: "数值", Role: bureau.RoleMeasure, Type: "integer", Unit: "人", UnitField: -1},
			{Name: "备注", Title: "备注", Role: bureau.RoleNote, UnitField: -1},
		},
	}
	for i, row := range []struct {
		name   string
		number float64
		note   string
	}{{"在编民警", 19, "待核对：另一处写25人 & <b>"}, {"协警员", 20, ""}} {
		s.Append(bureau.Row{Sheet: int32(i + 1)}, period.Period{}, bureau.Cell{Text: row.name, Number: math.NaN()}, bureau.Cell{Number: row.number}, bureau.Cell{Text: row.note, Number: math.NaN()})
	}
	return s
}

func TestDoubts(t *testing.T) {
	in := fixture(t)
	templates := load(t, nil)
	files, _ := pages(templates, in)
	before := byPath(t, files)
	if _, ok := before["doubts/index.html"]; ok {
		t.Error("a page of doubtful figures without any")
	}
	if strings.Contains(string(before["sitemap/index.html"]), "doubts/") {
		t.Error("the sitemap leads to no page")
	}

	in.Bureau.Statistics = append(in.Bureau.Statistics, patrol())
	in.Statistics["patrol"] = Statistic{Anchors: map[int]string{0: "r-在编民警", 1: "r-协警员"}}
	files, problems := pages(templates, in)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	all := byPath(t, files)
	for path, parts := range map[string][]string{
		"doubts/index.html": {
			`<h2 id="doubts-patrol"><a href="../stats/patrol/index.html">街面巡逻</a></h2>`,
			`<a href="../stats/patrol/index.html#r-%e5%9c%a8%e7%bc%96%e6%b0%91%e8%ad%a6">在编民警</a>`,
			`<strong>19人</strong> 待核对：另一处写25人 &amp; &lt;b&gt;`,
		},
		"stats/patrol/index.html": {`<a href="../../doubts/index.html#doubts-patrol">表中有1行数值待核对</a>`},
		"sitemap/index.html":      {`<a href="../doubts/index.html">待核对的数值</a>`},
	} {
		for _, part := range parts {
			if !strings.Contains(string(all[path]), part) {
				t.Errorf("%s lacks %s:\n%s", path, part, all[path])
			}
		}
	}
	if strings.Contains(string(all["doubts/index.html"]), "协警员") || strings.Contains(string(all["stats/cases-solved/index.html"]), "doubts/") {
		t.Error("what is not doubtful is listed")
	}
}
