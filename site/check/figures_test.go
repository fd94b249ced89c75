package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// statistic loads a table, with a descriptor where one is given.
func statistic(t testing.TB, data, yaml string) *bureau.Statistic {
	t.Helper()
	d, problems := load.Descriptor("data/stats/a.yaml", []byte(yaml))
	s, more := load.Statistic("data/stats/a.csv", []byte(data), d, yaml != "", period.Options{FinancialYearStart: 4})
	if problems = append(problems, more...); problems.Errors() > 0 {
		t.Fatalf("not loaded: %v", problems)
	}
	figures.Decide(&bureau.Bureau{Statistics: []*bureau.Statistic{s}})
	s.Bases = bureau.Figures{NoPercentBelow: bureau.Int{V: 20}, NoteBelow: bureau.Int{V: 50}}
	return s
}

// told writes problems as "cell rule", a warning with a question mark, and holds
// that each says something in both languages.
func told(t testing.TB, problems problem.List) string {
	t.Helper()
	problems.Sort()
	var found []string
	for _, p := range problems {
		text := p.Cell + " " + p.Rule.String()
		if p.Severity == problem.Warning {
			text += "?"
		}
		found = append(found, text)
		for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
			if text == "" || strings.Contains(text, "%!") {
				t.Errorf("bad text in %+v", p)
			}
		}
		if strings.Contains(p.Message.ZH+p.Message.EN, "{") { // a text printed as a value
			t.Errorf("bad message in %+v", p)
		}
		if p.Line == 0 || p.Column == 0 || p.File == "" {
			t.Errorf("no place in %+v", p)
		}
	}
	return strings.Join(found, "; ")
}

// figuresCase is a table and what Figures says of it.
type figuresCase struct{ name, data, yaml, want string }

func testFigures(t *testing.T, cases []figuresCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := told(t, Figures(statistic(t, c.data, c.yaml))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
