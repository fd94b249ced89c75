package check

import (
	"fmt"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
)

func unitsOf(t testing.TB, rows string) []bureau.Unit {
	t.Helper()
	units, problems := load.Rows[bureau.Unit]("data/units.csv", []byte(rows))
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	return units
}

func TestUnits(t *testing.T) {
	const header = "编号,名称,级别,上级,人口,户数,来源,地址,电话,办公时间\n"
	for _, c := range []struct{ name, rows, want string }{
		{"as it should be", "sj,示范市公安局,市局,,300000,100000,统计公报（2025年末）,示范市示范路0号,000-00000000,9:00—17:00\n" +
			"cd,城东分局,分县局,sj,,,,,000-00000001、110,\nzh,振华派出所,派出所,城东分局,,,,,(000)00000002,\n", ""},
		{"no id, no name", ",甲局,,,,,,,,\nb,,,,,,,,,\n", "A2 unit/id; B3 unit/name"},
		{"an id that is no address", "城 东,甲局,,,,,,,,\nA1,乙局,,,,,,,,\n", "A2 unit/id; A3 unit/id"},
		{"twice", "a,甲局,,,,,,,,\na,乙局,,,,,,,,\nc,甲局,,,,,,,,\n", "A3 unit/id; B4 unit/name"},
		{"unknown level", "a,甲局,派出斫,,,,,,,\n", "C2 unit/level"},
		{"no such parent", "a,甲局,,,,,,,,\nb,乙所,,甲居,,,,,,\n", "D3 unit/parent"},
		{"its own parent", "a,甲局,,甲局,,,,,,\n", "D2 unit/cycle"},
		{"its own ancestor", "a,甲局,,c,,,,,,\nb,乙局,,a,,,,,,\nc,丙局,,b,,,,,,\nd,丁所,,c,,,,,,\n", "D2 unit/cycle; D3 unit/cycle; D4 unit/cycle"},
		{"telephone and address", "a,甲局,,,,,,东,白天打,\nb,乙局,,,,,,000-00000000,12,\n", "H2 unit/address?; I2 unit/phone?; H3 unit/address?; I3 unit/phone?"},
		{"people", "a,甲局,,,多,,公报,,,\nb,乙局,,,1.5,,公报,,,\nc,丙局,,,3000,1000,,,,\n", "E2 unit/population; E3 unit/population; E4 unit/source?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(t, Units(&bureau.Bureau{Units: unitsOf(t, header+c.rows)})); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestUnitHints(t *testing.T) {
	b := &bureau.Bureau{Units: unitsOf(t, "id,name,level,parent\na,示范市公安局,市剧,\nb,城东分局,,示范市公安剧\n")}
	var hints []string
	for _, p := range Units(b) {
		hints = append(hints, p.Hint.EN)
	}
	if got, want := strings.Join(hints, "; "), `did you mean "bureau"?; did you mean "示范市公安局"?`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A guide that every unit of a level handles wants one of them.
func TestUnitsOfGuide(t *testing.T) {
	b := &bureau.Bureau{Units: unitsOf(t, "id,name,level,parent\na,示范市公安局,市局,\n")}
	for status, want := range map[string]int{"in-force": 1, "": 1, "draft": 0} {
		b.Guides = []*bureau.Guide{{Status: bureau.String{V: status}, Places: []bureau.Place{{Units: bureau.String{V: "station"}}, {Units: bureau.String{V: "bureau"}}}}}
		if got := len(Units(b)); got != want {
			t.Errorf("%s: %d problems, want %d", status, got, want)
		}
	}
}

func TestUnitFields(t *testing.T) {
	const yaml = "title: 甲\nschema:\n  fields:\n    - {name: 月份, role: period}\n    - {name: 单位, role: unit}\n    - {name: 件数, role: measure}\n"
	units := unitsOf(t, "id,name,former\nsj,示范市公安局,\ncd,城东分局,东城分局、老城分局\n")
	for _, c := range []struct{ name, rows, want, hint string }{
		{"name, id, former name, total", "2026-01,城东分局,1\n2026-02,cd,2\n2026-03,东城分局,3\n2026-04,老城分局,4\n2026-04,合计,4\n", "", ""},
		{"unknown, told once", "2026-01,城冬分局,1\n2026-02,城冬分局,2\n2026-03,城东分局,3\n", "B2 unit/unknown", `did you mean "城东分局"?`},
		{"renamed", "2026-01,开发区分局,1\n", "B2 unit/unknown", "column former"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &bureau.Bureau{Units: units, Statistics: []*bureau.Statistic{statistic(t, "月份,单位,件数\n"+c.rows, yaml)}}
			problems := UnitFields(b)
			if got := told(t, problems); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if c.hint != "" && !strings.Contains(problems[0].Hint.EN, c.hint) {
				t.Errorf("hint %q", problems[0].Hint.EN)
			}
			b.Units = nil
			if problems := UnitFields(b); len(problems) > 0 {
				t.Errorf("without a list of units: %v", problems)
			}
		})
	}
}

// A long chain, and a long way into a circle, are walked over once.
func TestManyUnits(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("id,name,parent\n")
	const n = 50_000
	for i := range n {
		fmt.Fprintf(&rows, "u%d,单位%d,u%d\n", i, i, min(i+1, n-1))
	}
	if problems := Units(&bureau.Bureau{Units: unitsOf(t, rows.String())}); len(problems) != 1 || problems[0].Rule.String() != "unit/cycle" || problems[0].Line != n+1 {
		t.Errorf("%d problems: %v", len(problems), problems[:min(3, len(problems))])
	}
}
