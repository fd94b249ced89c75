package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/problem"
)

const promisesYAML = `title: 承诺
done_states: [已完成]
columns:
  - {name: 编号, role: id, required: true}
  - {name: 承诺, role: title}
  - {name: 经手人, role: person}
  - {name: 同意书, role: consent}
  - {name: 期限, role: due}
  - {name: 状态, role: state}
  - {name: 完成, role: done}
  - {name: 指南, type: guide}
  - {name: 网址, type: link}
`

// registerProblems loads and checks a register of one row, and gives the rules
// and cells of what is wrong.
func registerProblems(t testing.TB, row string) string {
	t.Helper()
	d, problems := load.RegisterDescriptor("data/registers/a.yaml", []byte(promisesYAML))
	r, more := load.Register("data/registers/a.csv", []byte("编号,承诺,经手人,同意书,期限,状态,完成,指南,网址\n"+row+"\n"), d, true)
	if problems = append(problems, more...); len(problems) > 0 {
		t.Fatal(problems)
	}
	b := &bureau.Bureau{Registers: []*bureau.Register{r}, Guides: []*bureau.Guide{
		{Name: "first-id-card", Language: "zh", Area: bureau.String{V: "hukou"}, Status: bureau.String{V: "in-force"}},
		{Name: "later", Language: "zh", Area: bureau.String{V: "fire"}, Status: bureau.String{V: "draft"}},
	}}
	problems = Register(b, r, asOf)
	problems = append(problems, registerLinks(b.Registers, map[string]bool{"guides/hukou/index.html": true, "static/a.pdf": true})...)
	var all []string
	for _, p := range problems {
		if p.Severity != problem.Error || p.Message.ZH == "" || p.Hint.EN == "" || strings.Contains(p.Message.EN+p.Message.ZH, "%!") {
			t.Errorf("bad problem %+v", p)
		}
		all = append(all, p.Rule.String()+" "+p.Cell)
	}
	return strings.Join(all, "; ")
}

func TestRegister(t *testing.T) {
	for _, c := range []struct{ name, row, want string }{
		{"right", "一,按时公开,,,2026-12-31,进行中,,hukou/first-id-card；hukou,/guides/hukou/；/static/a.pdf；https://example.org/；tel:110", ""},
		{"what is overdue is published, not a problem", "一,按时公开,,,2026-01-31,进行中,,,", ""},
		{"done", "一,按时公开,,,2026-01-31,已完成,2026-10-31,,", ""},
		{"a cell that is required", ",按时公开,,,,,,,", "registers/required A2"},
		{"a row without a name", "一,,,,,,,,", "registers/required B2"},
		{"a person without a consent", "一,按时公开,市民甲,,,,,,", "registers/consent C2"},
		{"a person with one", "一,按时公开,市民甲,同意书7号,,,,,", ""},
		{"a day that does not exist", "一,按时公开,,,2026-02-30,,,,", "registers/date E2"},
		{"a month is no day", "一,按时公开,,,2026年2月,,,,", "registers/date E2"},
		{"done on a day to come", "一,按时公开,,,,,2026-11-01,,", "registers/future G2"},
		{"done, and not done", "一,按时公开,,,,进行中,2026-10-01,,", "registers/state F2"},
		{"a guide that is not there", "一,按时公开,,,,,,hukou/first-id-cart,", "registers/guide H2"},
		{"a guide that is a draft", "一,按时公开,,,,,,fire/later；fire,", "registers/guide H2; registers/guide H2"},
		{"a script for an address", "一,按时公开,,,,,,,javascript:alert(1)", "registers/link I2"},
		{"an address without a scheme", "一,按时公开,,,,,,,//example.org/", "registers/link I2"},
		{"a page that is not there", "一,按时公开,,,,,,,/guides/../nowhere/", "link/dead I2"},
	} {
		if got := registerProblems(t, c.row); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzRegister(f *testing.F) {
	f.Add("编号,承诺\n一,按时公开\n")
	f.Add("编号,承诺,期限,完成,网址\n一,\"a\nb\",2026-02-30,9999-99-99,%zz；//；?\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, _ := load.RegisterDescriptor("data/registers/a.yaml", []byte(promisesYAML))
		r, _ := load.Register("data/registers/a.csv", []byte(text), d, true)
		if r == nil {
			return
		}
		b := &bureau.Bureau{Registers: []*bureau.Register{r}}
		Register(b, r, asOf)
		registerLinks(b.Registers, nil)
		for i := range r.Rows() {
			if len(r.Row(i)) != len(r.Columns) {
				t.Fatalf("row %d has %d cells", i, len(r.Row(i)))
			}
		}
	})
}

// TestNothingToCount holds that [z] stands for figures that there cannot be, of a promise
// and of anything else, and that it stands alone.
func TestNothingToCount(t *testing.T) {
	for _, role := range []string{"type: figure", "role: figure"} {
		for cell, want := range map[string]string{"[z]": "", " [z] ": "", "": "", "[z]；cases/2025年/件": "registers/figure", "[y]": "registers/figure"} {
			d, problems := load.RegisterDescriptor("data/registers/a.yaml", []byte("title: 机制\ncolumns:\n  - {name: 名称, role: title}\n  - {name: 目标, role: target}\n  - {name: 数值, "+role+"}\n"))
			r, more := load.Register("data/registers/a.csv", []byte("名称,目标,数值\n三下,,"+cell+"\n"), d, true)
			if problems = append(problems, more...); len(problems) > 0 {
				t.Fatal(problems)
			}
			got := Register(&bureau.Bureau{Registers: []*bureau.Register{r}}, r, asOf)
			if want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0].Rule.String() != want) {
				t.Errorf("%s, %q: %v, want %q", role, cell, got, want)
			}
		}
	}
}
