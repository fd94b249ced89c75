package figures

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
)

// What a whole is made of, and when there is none.
func TestWhole(t *testing.T) {
	const head = "期间:period,单位:category,类别:category,立案:measure:件"
	two := []string{"2024年,甲,盗窃,1", "2024年,甲,诈骗,2", "2024年,乙,盗窃,3", "2024年,乙,诈骗,4", "2025年,甲,盗窃,10", "2025年,甲,诈骗,20", "2025年,乙,盗窃,30", "2025年,乙,诈骗,40", "2026年,甲,盗窃,100", "2026年,甲,诈骗,200", "2026年,乙,盗窃,300", "2026年,乙,诈骗,400"}
	change := func(i int, line string) []string {
		all := append([]string(nil), two...)
		all[i] = line
		return all
	}
	for _, c := range []struct {
		name, want string
		lines      []string
		alter      func(s *bureau.Statistic)
	}{
		{"sums", "10 100 1000 summed", two, nil},
		{"a part is withheld", "[c] 100 1000 summed", change(0, "2024年,甲,盗窃,[c]"), nil},
		{"a part has not come", "[w] 100 1000 summed", change(0, "2024年,甲,盗窃,[w]"), nil},
		{"a part is missing", "[x] 100 1000 summed", two[1:], nil},
		{"a part is rough", "[x] 100 1000 summed", change(0, "2024年,甲,盗窃,1余"), nil},
		{"a part is provisional", "10[p] 100 1000 summed", change(0, "2024年,甲,盗窃,1[p]"), nil},
		{"rows of totals", "11 101 1001", append(append([]string(nil), two...), "2024年,合计,合计,11", "2025年,合计,合计,101", "2026年,合计,合计,1001"), nil},
		{"a total of one year", "10 100 1000 summed", append(append([]string(nil), two...), "2025年,合计,合计,101"), nil},
		{"a total of one unit", "10 100 1000 summed", append(append([]string(nil), two...), "2025年,甲,合计,30"), nil},
		{"a median", "none", two, func(s *bureau.Statistic) { s.Fields[3].Name = "用时中位数" }},
		{"days", "none", two, func(s *bureau.Statistic) { s.Fields[3].Unit = "天" }},
		{"the longest", "none", two, func(s *bureau.Statistic) { s.Fields[3].Name = "最长等待" }},
		{"units below each other", "none", two, func(s *bureau.Statistic) { s.Nested = true }},
		{"rounded counts", "none", two, func(s *bureau.Statistic) { s.Disclosure.Rounded = 1 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bureautest.Table(t, "x", "yearly", append([]string{head}, c.lines...)...)
			if c.alter != nil {
				c.alter(s)
			}
			for j := range s.Fields {
				s.Fields[j].Additive = Additive(s.Fields[j])
			}
			rows := make([]int, len(s.Rows))
			for i := range rows {
				rows[i] = i
			}
			w, summed, ok := Whole(s, rows)
			var got []string
			for i := 0; w != nil && i < len(w.Rows); i++ {
				cell := w.Cell(i, 1)
				text := cell.Status.String()
				if cell.Has() {
					text = fmt.Sprint(cell.Number) + text
				}
				got = append(got, text)
			}
			switch {
			case !ok:
				got = []string{"none"}
			case summed:
				got = append(got, "summed")
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A long statistic has a view for each value, at an address that any disk can hold.
func TestViews(t *testing.T) {
	table := func(values int, name func(i int) string) *bureau.Statistic {
		lines := []string{"期间:period,单位:unit,类别:category,立案:measure:件"}
		for y := range 600/values + 2 {
			for i := range values {
				lines = append(lines, fmt.Sprintf("%d年,%s,盗窃,%d", 1950+y, name(i), y+i))
			}
		}
		return bureautest.Table(t, "x", "yearly", lines...)
	}
	units := []bureau.Unit{{ID: bureautest.Text("s01"), Name: bureautest.Text("东路派出所")}}
	index := bureau.UnitIndex(units)
	names := []string{"东路派出所", "con", "A/B", "A b", "", "合计", strings.Repeat("长", 200), "😀"}
	s := table(len(names), func(i int) string { return names[i] })
	decideViews(s, units, index)
	var got []string
	for _, v := range s.Views {
		if v.Year == 0 {
			got = append(got, strings.TrimSuffix(strings.TrimPrefix(v.Path, "stats/x/by-单位/"), "/index.html"))
		}
		for _, i := range v.Rows {
			if want := s.Cell(i, 1).Text; want != v.Name {
				t.Errorf("a row of %s is in the view of %s", want, v.Name)
			}
		}
	}
	// Names that give one address, and those that give none, are told apart by themselves,
	// not by the order of the rows.
	if want := []string{"s01", "_con", "a-b_998d3ed898", "a-b_a760b0e1e5", strings.Repeat("长", 40), "_f0443a342c"}; strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	other := table(len(names), func(i int) string { return names[len(names)-1-i] })
	decideViews(other, units, index)
	paths := map[string]string{}
	for _, v := range s.Views {
		paths[v.Path] = v.Name
	}
	for _, v := range other.Views {
		if paths[v.Path] != v.Name || len(other.Views) != len(s.Views) {
			t.Errorf("with the rows in another order %s is at %s", v.Name, v.Path)
		}
	}
	if at, want := RowPath(s, len(names)), "stats/x/by-单位/s01/index.html#r-1951"; at != want {
		t.Errorf("the row of 1951 is at %s, not %s", at, want)
	}
	s = table(maxViews+1, func(i int) string { return fmt.Sprint("站", i) })
	if decideViews(s, nil, nil); len(s.Views) != 0 || len(s.Unviewed) != 1 {
		t.Errorf("%d views of %d values", len(s.Views), maxViews+1)
	}
	one := table(600, func(i int) string { return fmt.Sprint("站", i) })
	one = Only(one, []int{0, 1})
	for i := range 600 {
		one.Append(one.Rows[0], one.Period(0), one.Row(0)...)
		cell := one.Cell(i, 1)
		cell.Text = fmt.Sprint("站", i)
		one.Set(i, 1, cell)
	}
	if decideViews(one, nil, nil); one.Views != nil {
		t.Errorf("%d pages of a row", len(one.Views))
	}
	if at := RowPath(s, 3); at != "stats/x/index.html" {
		t.Errorf("a row without a view is at %s", at)
	}
	lines := []string{"期间:period,单位:category,类别:category,立案:measure:件"}
	for i := range 3000 {
		lines = append(lines, fmt.Sprintf("2025年,单位%d,类别%d,%d", i%1500, i%1400, i))
	}
	s = bureautest.Table(t, "x", "yearly", lines...)
	if decideViews(s, nil, nil); len(s.Views) != 1400 || len(s.Unviewed) != 1 || s.Unviewed[0] != 1 {
		t.Errorf("%d views of two fields, without %v", len(s.Views), s.Unviewed)
	}
	s = table(maxViews, func(i int) string { return fmt.Sprint("站", i) })
	if decideViews(s, nil, nil); len(s.Views) != maxViews || s.Unviewed != nil {
		t.Errorf("%d views of %d values", len(s.Views), maxViews)
	}
}

// Units add up where units.csv knows each and puts none below another. The bureau itself,
// one that nobody knows and one that is the sum of others are nested.
func TestNested(t *testing.T) {
	units := []bureau.Unit{{ID: bureautest.Text("ju"), Name: bureautest.Text("示范市公安局")}, {ID: bureautest.Text("a"), Name: bureautest.Text("甲所")}, {ID: bureautest.Text("b"), Name: bureautest.Text("乙所")}, {ID: bureautest.Text("c"), Name: bureautest.Text("丙所"), Parent: bureautest.Text("乙所")}}
	for _, c := range []struct {
		want  bool
		units []string
	}{{false, []string{"甲所", "乙所"}}, {false, []string{"甲所", "乙所", "合计"}}, {false, []string{"示范市公安局"}}, {true, []string{"甲所", "乙所", "示范市公安局"}}, {true, []string{"甲所", "丁所"}}, {true, []string{"甲所", "乙所", "丙所"}}} {
		lines := []string{"期间:period,单位:unit,立案:measure:件"}
		for i, name := range c.units {
			lines = append(lines, fmt.Sprintf("2024年,%s,%d", name, 10+i))
		}
		b := bureautest.Bureau(bureautest.Table(t, "x", "yearly", lines...))
		b.Site.Organization, b.Units = bureautest.Text("示范市公安局"), units
		if Decide(b); b.Statistics[0].Nested != c.want {
			t.Errorf("%v: nested is %v", c.units, !c.want)
		}
	}
	// Persons of an area and of its stations, which nothing but their sum tells.
	lines := []string{"期间:period,片区:category,民警:measure:人"}
	for y := range 6 {
		a, b := 100+37*y%53, 210+91*y%77
		lines = append(lines, fmt.Sprintf("%d年,东片,%d", 2018+y, a+b), fmt.Sprintf("%d年,甲所,%d", 2018+y, a), fmt.Sprintf("%d年,乙所,%d", 2018+y, b), fmt.Sprintf("%d年,丙所,%d", 2018+y, 300+13*y%29))
	}
	s := bureautest.Table(t, "x", "yearly", lines...)
	if Decide(bureautest.Bureau(s)); !s.Nested {
		t.Errorf("a sum stands beside its parts: %v", s.Identities)
	}
}

// Columns whose titles give one address have folders of their own, whatever their order.
func TestViewsOfLikeColumns(t *testing.T) {
	views := func(first, second string) map[string]string {
		lines := []string{"期间:period," + first + ":category," + second + ":category,立案:measure:件"}
		for i := range 1200 {
			lines = append(lines, fmt.Sprintf("%d年,%c,%c,%d", 1950+i/9, 'a'+i%3, 'a'+i/3%3, i))
		}
		s := bureautest.Table(t, "x", "yearly", lines...)
		decideViews(s, nil, nil)
		paths := map[string]string{}
		for _, v := range s.Views {
			of := s.Fields[v.Field].Name + " " + v.Name + fmt.Sprint(v.Year)
			for _, known := range paths {
				if known == v.Path {
					t.Errorf("two views are at %s", v.Path)
				}
			}
			paths[of] = v.Path
		}
		return paths
	}
	one, other := views("案件/类别", "案件 类别"), views("案件 类别", "案件/类别")
	if len(one) < 6 || !maps.Equal(one, other) {
		t.Errorf("got %v and, in another order, %v", one, other)
	}
	for of, path := range views("案件/类别", "区域") {
		if strings.HasPrefix(of, "案件") && !strings.HasPrefix(path, "stats/x/by-案件-类别/") {
			t.Errorf("alone %s is at %s", of, path)
		}
	}
}
