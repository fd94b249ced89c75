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
		{"another unit", "期间,立案（次）\n2024年,990\n", "", ""},
		{"another word for its unit", "期间,立案（起）\n2024年,990\n", "", "B2"},
		{"a case by another word", "期间,立案（宗）\n2024年,900\n", "", ""},
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

// contradicted loads statistics and gives the cells that contradict others, with their
// messages.
func contradicted(t *testing.T, statistics map[string]string) (cells, messages []string) {
	t.Helper()
	files := fstest.MapFS{"data/site.yaml": {Data: []byte("title: 甲\norganization: 某县公安局\n")}}
	for name, text := range statistics {
		files["data/stats/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, _ := load.Bureau(context.Background(), files, 1, nil)
	figures.Decide(b)
	for _, p := range check.Contradictions(b) {
		if p.Rule.String() != "figures/contradiction" || strings.Contains(p.Message.ZH+p.Message.EN, "%!") {
			t.Errorf("%+v", p)
		}
		cells, messages = append(cells, p.File+" "+p.Cell), append(messages, p.Message.ZH)
	}
	return cells, messages
}

// One concept is one quantity, whatever its column is called, where it is the only one.
func TestContradictionsOfConcept(t *testing.T) {
	for _, c := range []struct{ name, other, concept, want string }{
		{"another name", "期间,接警数（件）\n2024年,300\n", "cc", "data/stats/b.csv B2"},
		{"the same figure", "期间,接警数（件）\n2024年,100\n", "cc", ""},
		{"another concept", "期间,接警数（件）\n2024年,300\n", "dd", ""},
		{"two measures of that risk", "期间,出警（件）,立案（件）\n2024年,300,5\n", "cc", ""},
		{"two measures, one of the same name", "期间,接警（件）,立案（件）\n2024年,300,5\n", "cc", "data/stats/b.csv B2"},
		{"the same name is said once", "期间,接警（件）\n2024年,300\n", "cc", "data/stats/b.csv B2"},
	} {
		got, _ := contradicted(t, map[string]string{
			"a.csv": "期间,接警（件）\n2024年,100\n", "a.yaml": "title: 甲\nconcept: cc\n",
			"b.csv": c.other, "b.yaml": "title: 乙\nconcept: " + c.concept + "\n",
		})
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// Periods that make up a longer one add up to its figure.
func TestContradictionsOverPeriods(t *testing.T) {
	for _, c := range []struct{ name, one, other, want string }{
		{"months of a quarter", "期间,立案（件）\n2026年1月,10\n2026年2月,20\n2026年3月,30\n2026年第一季度,61\n", "", "data/stats/a.csv B5"},
		{"that add up", "期间,立案（件）\n2026年1月,10\n2026年2月,20\n2026年3月,30\n2026年第一季度,60\n", "", ""},
		{"one is missing", "期间,立案（件）\n2026年1月,10\n2026年3月,30\n2026年第一季度,61\n", "", ""},
		{"halves of a year, in two statistics", "期间,立案（件）\n2024年,900\n2025年,1000\n", "期间,立案（起）\n2025年上半年,400\n2025年下半年,500\n", "data/stats/a.csv B3"},
		{"1-8月 and 9月", "期间,立案（件）\n2026年1-8月,80\n2026年9月,10\n2026年1-9月,95\n", "", "data/stats/a.csv B4"},
		{"the shortest steps", "期间,立案（件）\n2026年1月,10\n2026年2月,20\n2026年1-2月,30\n2026年3月,30\n2026年第一季度,60\n2026年2-3月,55\n", "", "data/stats/a.csv B7"},
		{"the shortest steps, where the longest lead nowhere", "期间,立案（件）\n2026年1月,10\n2026年1-2月,30\n2026年2-3月,50\n2026年第一季度,61\n", "", "data/stats/a.csv B5"},
		{"in one of two categories", "期间,所,立案（件）\n2026年上半年,甲,10\n2026年上半年,乙,20\n2026年下半年,甲,11\n2026年下半年,乙,21\n2026年,甲,21\n2026年,乙,42\n", "", "data/stats/a.csv C7"},
		{"provisional", "期间,立案（件）\n2026年1-8月,80\n2026年9月,10 [p]\n2026年1-9月,95\n", "", ""},
		{"estimated", "期间,立案（件）\n2026年1-8月,80\n2026年9月,10\n2026年1-9月,95 [e]\n", "", ""},
		{"about", "期间,立案（件）\n2026年1-8月,约80\n2026年9月,10\n2026年1-9月,95\n", "", ""},
		{"still to be verified", "期间,立案（件）,备注\n2026年1-8月,80,\n2026年9月,10,\n2026年1-9月,95,待核对\n", "", ""},
		{"a rate", "期间,破案率（%）\n2026年1-8月,80\n2026年9月,10\n2026年1-9月,70\n", "", ""},
		{"what stands at a day", "期间,在办案件（件）\n2026年1-8月,80\n2026年9月,10\n2026年1-9月,95\n", "", ""},
		{"less in a longer time", "期间,立案（件）\n2026年1-8月,80\n2026年1-9月,79\n", "", "data/stats/a.csv B3"},
		{"less, in two statistics", "期间,立案（件）\n2026年1-8月,80\n", "期间,立案（件）\n2026年1-9月,79\n", "data/stats/b.csv B2"},
		{"less across a break", "期间,立案（件）\n2026年1-8月,80\n2026年1-9月,79 [b]\n", "", ""},
		{"as much", "期间,立案（件）\n2026年1-8月,80\n2026年1-9月,80\n", "", ""},
	} {
		files := map[string]string{"a.csv": c.one, "a.yaml": "title: 甲\n"}
		if c.other != "" {
			files["b.csv"], files["b.yaml"] = c.other, "title: 乙\n"
		}
		if got, messages := contradicted(t, files); strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %q %q, want %s", c.name, got, messages, c.want)
		}
	}
	_, messages := contradicted(t, map[string]string{"a.csv": "期间,立案（件）\n2026年1-8月,80\n2026年9月,10\n2026年1-9月,95\n", "a.yaml": "title: 甲\n"})
	if want := "“2026年1-9月 立案（件）”这里是95，而组成它的2期（data/stats/a.csv B2 到 data/stats/a.csv B3）相加是90，同一件事有两个数值"; len(messages) != 1 || messages[0] != want {
		t.Errorf("%q, want %q", messages, want)
	}
}
