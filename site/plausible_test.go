package site_test

import (
	"fmt"
	"strings"
	"testing"
)

const plausibleDescriptor = "title: 立案\nsources: [{title: 业务系统}]\ncontributors: [{title: 指挥中心, roles: [compiler]}]\nfrequency: monthly\nreleased: 2026-10-12\nnext_release: 2026-11-12\nschema: {fields: [{name: 月份, role: period}, {name: 立案, role: measure, type: %s, unit: %s, risk: %s}]}\n"

// months writes a table of figures by month, from January 2026.
func months(figures ...string) string {
	text := "月份,立案\n"
	for i, f := range figures {
		text += fmt.Sprintf("2026年%d月,%s\n", i+1, f)
	}
	return text
}

// What is unlikely is asked about, and answered once by the line of the hint: the
// cases tenfold and percent-as-fraction, and the rest of rule 10.
func TestQuestions(t *testing.T) {
	for name, c := range map[string]struct{ table, kind, want string }{
		"tenfold":                     {months("143", "146", "1180", "139", "150"), "integer", "data/stats/x.csv:4:9 (B4) warning figures/tenfold"},
		"tenfold, the last":           {months("143", "146", "139", "1500"), "integer", "data/stats/x.csv:5:9 (B5) warning figures/tenfold"},
		"a digit too few":             {months("1430", "1460", "139", "1500"), "integer", "data/stats/x.csv:4:9 (B4) warning figures/tenfold"},
		"small neighbours":            {months("3", "2", "31", "4"), "integer", ""},
		"twice as many":               {months("143", "146", "290", "139"), "integer", ""},
		"a marked break":              {months("143", "146", "1500[b]", "1480"), "integer", ""},
		"figures/same":                {months("143", "251", "251", "251", "190"), "integer", "data/stats/x.csv:5:9 (B5) warning figures/same"},
		"the same twice":              {months("143", "251", "251", "190"), "integer", ""},
		"the same and small":          {months("7", "7", "7", "7"), "integer", ""},
		"percent-as-fraction":         {months("0.464", "0.512", "0.47"), "percent", "data/stats/x.csv:1:4 (B1) error figures/fraction"},
		"percentages, one above 1":    {months("0.464", "1.512", "0.47"), "percent", ""},
		"percentages with their sign": {months("0.464%", "0.512%", "0.47%"), "percent", ""},
		"figures/blank":               {months("143", "146", "139", ""), "integer", "data/stats/x.csv:5:9 (B5) warning figures/blank"},
		"not yet reported":            {months("143", "146", "139", "[w]"), "integer", ""},
		"said to be not available":    {months("143", "146", "139", "[x]"), "integer", ""},
		"a blank before the newest":   {months("143", "146", "", "139"), "integer", ""},
		"figures/future":              {months("143", "146", "139", "150", "151", "152", "153", "154", "155", "156", "157"), "integer", "data/stats/x.csv:12:10 (B12) error figures/future"},
		"figures/early":               {months("143", "146", "139", "150", "151", "152", "153", "154", "155", "156"), "integer", "data/stats/x.csv:11:10 (B11) error figures/early"},
	} {
		unit, risk := "起", "event"
		if c.kind == "percent" {
			unit, risk = "'%'", "none"
		}
		files := map[string]string{"stats/x.csv": c.table, "stats/x.yaml": fmt.Sprintf(plausibleDescriptor, c.kind, unit, risk)}
		if name == "figures/future" {
			files["stats/x.yaml"] = strings.Replace(files["stats/x.yaml"], "2026-10-12", "2026-10-31", 1)
		}
		ask := func(answers string) (lines []string) {
			if answers != "" {
				files["answers.csv"] = "file,key,field,rule,value,answer,by,date\n" + answers
			}
			for _, l := range verdict(t, files) {
				if strings.Contains(l, " figures/") {
					lines = append(lines, l)
				}
			}
			return lines
		}
		lines := ask("")
		if c.want == "" {
			if len(lines) > 0 {
				t.Errorf("%s: %v", name, lines)
			}
			continue
		}
		if len(lines) == 0 || !strings.HasPrefix(lines[0], c.want) {
			t.Errorf("%s: %v, want %s", name, lines, c.want)
			continue
		}
		_, row, _ := strings.Cut(lines[0], " the line ")
		row = strings.TrimSuffix(row, ",answer,by,date")
		var others []string
		for _, l := range ask(row + ",核对无误,张三,2026-10-30\n") {
			if strings.HasPrefix(l, c.want) || strings.Contains(l, "figures/answer") {
				others = append(others, l)
			}
		}
		if len(others) > 0 {
			t.Errorf("%s: %q does not cure it: %v", name, row, others)
		}
		if lines := ask(row + ",核对无误,,2026-10-30\n"); len(lines) < 2 || !strings.Contains(strings.Join(lines, "\n"), "error figures/answer") {
			t.Errorf("%s: an answer that nobody gave counts: %v", name, lines)
		}
		files["stats/x.csv"] = strings.Replace(c.table, "1180", "1190", 1)
		if lines := ask(row + ",核对无误,张三,2026-10-30\n"); name == "tenfold" && !strings.Contains(strings.Join(lines, "\n"), "warning figures/answer") {
			t.Errorf("an answer outlives its figure: %v", lines)
		}
	}
}

// A period that has all the figures of an earlier one is asked about as a whole, once, and
// answered as every question; few figures, zeros and stocks repeat without one.
func TestRetitled(t *testing.T) {
	const descriptor = "title: 警情\nsources: [{title: 业务系统}]\ncontributors: [{title: 指挥中心, roles: [compiler]}]\nfrequency: monthly\nreleased: 2026-10-12\nnext_release: 2026-11-12\nschema: {fields: [{name: 月份, role: period}, {name: 辖区, role: category}, {name: 接警（起）, role: measure, unit: 起, risk: event}, {name: %s, role: measure, unit: 起, risk: event}]}\n"
	for name, c := range map[string]struct {
		second string // the column beside 接警（起）
		months []string
		want   []string
	}{
		"all of two months": {"处警（起）", []string{"112,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,1"}, []string{
			"data/stats/x.csv:6:12 (C6) warning figures/same the 8 figures of 2026年2月 are all those of 2026年1月: is it the table of that period with another title?"}},
		"a month between": {"处警（起）", []string{"112,101 93,0 75,70 8,1", "113,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,1"}, []string{
			"data/stats/x.csv:10:12 (C10) warning figures/same the 8 figures of 2026年3月 are all those of 2026年1月: is it the table of that period with another title?"}},
		"three months, each once": {"处警（起）", []string{"112,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,1"}, []string{
			"data/stats/x.csv:6:12 (C6) warning figures/same the 8 figures of 2026年2月 are all those of 2026年1月: is it the table of that period with another title?",
			"data/stats/x.csv:10:12 (C10) warning figures/same the 8 figures of 2026年3月 are all those of 2026年2月: is it the table of that period with another title?"}},
		"one figure is another":       {"处警（起）", []string{"112,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,2"}, nil},
		"one is not there":            {"处警（起）", []string{"112,101 93,0 75,70 8,1", "112,101 93,0 75,70 8,[x]"}, nil},
		"five figures that are not 0": {"处警（起）", []string{"12,11 9,0 0,0 8,1", "12,11 9,0 0,0 8,1"}, nil},
		"one value":                   {"处警（起）", []string{"2,2 2,2 2,2 2,0", "2,2 2,2 2,2 2,0"}, nil},
		"what there is":               {"现有积案（起）", []string{"12,31 9,17 0,9 8,4", "12,31 9,17 0,9 8,4"}, nil},
	} {
		table := "月份,辖区,接警（起）," + c.second + "\n"
		for i, m := range c.months {
			for n, figures := range strings.Fields(m) {
				table += fmt.Sprintf("2026年%d月,%c区,%s\n", i+1, []rune("东南西北")[n], figures)
			}
		}
		files := map[string]string{"stats/x.csv": table, "stats/x.yaml": fmt.Sprintf(descriptor, c.second)}
		asked := func() (lines []string) {
			for _, l := range verdict(t, files) {
				if strings.Contains(l, " figures/same ") {
					lines = append(lines, l)
				}
			}
			return lines
		}
		lines := asked()
		answers := "file,key,field,rule,value,answer,by,date\n"
		for i, l := range lines {
			if i >= len(c.want) || !strings.HasPrefix(l, c.want[i]) {
				t.Errorf("%s: %q", name, l)
			}
			_, row, _ := strings.Cut(l, " the line ")
			answers += strings.TrimSuffix(row, ",answer,by,date") + ",核对无误,张三,2026-10-30\n"
		}
		if len(lines) != len(c.want) {
			t.Errorf("%s: asked %d times, want %d", name, len(lines), len(c.want))
		}
		if files["answers.csv"] = answers; len(asked()) > 0 {
			t.Errorf("%s: %q does not cure it", name, answers)
		}
	}
}
