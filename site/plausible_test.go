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
