package disclose_test

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/disclose"
	"sunshine/site/figures"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// FuzzDisclose protects any table that can be read. No small count is left, a
// hidden cell says so and nothing else, and what is not hidden is as it was.
func FuzzDisclose(f *testing.F) {
	for _, text := range []string{
		"期间,类别,人数\n2026年1-7月,甲,12\n2026年1-7月,乙,3\n2026年1-7月,合计,15\n2026年1-8月,甲,14\n2026年1-8月,合计,17\n",
		"类别,人数\n甲,4\n其中：外省,2\n乙,30\n小计,34\n丙,1\n丁,8\n小计,9\n合计,43\n",
		"街,类,人数\n东,甲,1\n东,乙,9\n东,合计,10\n西,甲,[c]\n西,合计,8\n合计,甲,\n合计,乙,9\n合计,合计,18\n",
		"年,男,女,合计\n2024,1,2,3\n2025,40,50,90\n2024/25,7,8,15\n",
		"单位,人数\n市局,30\n东分局,28\n东一所,3\n合计,30\n",
		"类,人数\n甲,0\n乙,20\n合计,20\n",
	} {
		f.Add(text, byte(5))
	}
	f.Fuzz(func(t *testing.T, text string, threshold byte) {
		if len(text) > 2000 {
			return
		}
		s, problems := load.Statistic("data/stats/x.csv", []byte(text), bureau.Descriptor{}, false, period.Options{FinancialYearStart: 4})
		if s == nil || problems.Errors() > 0 {
			return
		}
		for i := range s.Fields {
			if s.Fields[i].Role == bureau.RoleMeasure {
				s.Fields[i].Risk = "person"
			}
			if strings.Contains(s.Fields[i].Name, "单位") && s.Fields[i].Role == bureau.RoleCategory {
				s.Fields[i].Role = bureau.RoleUnit
			}
		}
		b := &bureau.Bureau{Statistics: []*bureau.Statistic{s}}
		figures.Decide(b)
		for _, u := range [][3]string{{"b", "市局", ""}, {"e", "东分局", "b"}, {"e1", "东一所", "e"}} {
			b.Units = append(b.Units, bureau.Unit{ID: bureau.String{V: u[0]}, Name: bureau.String{V: u[1]}, Parent: bureau.String{V: u[2]}})
		}
		b.Site.Disclosure.Threshold.V, b.Site.Disclosure.Sensitive.V = int(threshold), int(threshold)
		var before []bureau.Cell
		var places []problem.Position
		for r := range s.Rows {
			before = append(before, s.Row(r)...)
			for i := range s.Fields {
				places = append(places, s.Position(r, i))
			}
		}
		disclose.Bureau(b)
		hidden := 0
		for r := range s.Rows {
			for i, c := range s.Row(r) {
				was := before[r*len(s.Fields)+i]
				same := was.Text == c.Text && was.Status == c.Status && (was.Number == c.Number || !was.Has() && !c.Has())
				switch {
				case same:
					if s.Fields[i].Role == bureau.RoleMeasure && s.Fields[i].Type != "percent" && s.Fields[i].Unit != "%" && s.Fields[i].Unit != "‰" &&
						c.Number > 0 && c.Number == float64(int(c.Number)) && c.Number < float64(threshold) {
						t.Fatalf("%g is published", c.Number)
					}
				case c.Has() || c.Text != "" || c.Status != bureau.Confidential || c.Qualifier != bureau.Exact || s.Position(r, i) != places[r*len(s.Fields)+i]:
					t.Fatalf("%+v became %+v", was, c)
				default:
					hidden++
				}
			}
		}
		if d := s.Disclosure; d.Primary+d.Secondary != hidden {
			t.Fatalf("%d hidden, %+v", hidden, d)
		}
	})
}
