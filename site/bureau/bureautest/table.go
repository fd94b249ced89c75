// Package bureautest makes statistics for tests.
package bureautest

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Table makes a statistic of lines as a file has them: the header, then a row a
// line. A header is name, or name:role, or name:measure:unit; without a role it
// is a measure. "1732 [p]" carries its marker, "[x]" stands alone. A row with 合计
// among its categories is a total.
func Table(t testing.TB, name, frequency string, lines ...string) *bureau.Statistic {
	t.Helper()
	s := &bureau.Statistic{Name: name, File: "data/stats/" + name + ".csv", Described: true}
	s.Bases = bureau.Figures{NoPercentBelow: bureau.Int{V: 20}, NoteBelow: bureau.Int{V: 50}}
	s.Descriptor.Title = bureau.String{V: name}
	s.Descriptor.Frequency = bureau.String{V: frequency, At: problem.Position{File: "data/stats/" + name + ".yaml", Line: 1, Column: 1}}
	f, _ := period.ParseFrequency(frequency)
	s.Frequency = f
	for i, h := range strings.Split(lines[0], ",") {
		parts := strings.Split(h, ":")
		field := bureau.Field{Name: parts[0], Role: bureau.RoleMeasure, Type: "integer", UnitField: -1, Column: i, At: problem.Position{File: s.File, Line: 1, Column: i + 1}}
		if len(parts) > 1 {
			field.Role = bureau.Role(parts[1])
		}
		if len(parts) > 2 {
			field.Unit = parts[2]
		}
		field.Title = strings.TrimSuffix(field.Name, "（"+field.Unit+"）")
		if field.IsMeasure() {
			field.Kind = bureau.KindOf(field.Bare())
		}
		s.Fields = append(s.Fields, field)
	}
	for n, line := range lines[1:] {
		row := bureau.Row{Line: uint32(n + 2), Sheet: int32(n + 1)}
		var when period.Period
		var cells []bureau.Cell
		for i, text := range strings.Split(line, ",") {
			cell := bureau.Cell{Text: text, Number: math.NaN()}
			switch s.Fields[i].Role {
			case bureau.RolePeriod:
				p, err := period.Parse(text, period.Options{})
				if err != nil {
					t.Fatal(err)
				}
				when, row.Span = p, p.Span(f)
			case bureau.RoleMeasure:
				value, marker, marked := strings.Cut(text, "[")
				for _, m := range bureau.Markers {
					if marked && strings.HasPrefix(marker, m.Letter) {
						cell.Status |= m.Status
					}
				}
				if value, more := strings.CutSuffix(strings.TrimSpace(value), "余"); value != "" {
					if more {
						cell.Qualifier = bureau.MoreThan
					}
					v, err := strconv.ParseFloat(value, 64)
					if err != nil {
						t.Fatal(err)
					}
					cell.Number = v
				}
			case bureau.RoleCategory:
				row.Kind = max(row.Kind, bureau.KindOf(text))
			}
			cells = append(cells, cell)
		}
		s.Append(row, when, cells...)
		for i := range cells {
			s.Columns[i].Put(n, row.Line, row.Line, uint32(i+1))
		}
	}
	return s
}

// Text is a value of a descriptor with its place.
func Text(v string) bureau.String {
	return bureau.String{V: v, At: problem.Position{File: "data/stats/x.yaml", Line: 9, Column: 3}}
}

// Chart is a chart of a descriptor.
func Chart(kind, x string, y ...string) bureau.Chart {
	c := bureau.Chart{At: problem.Position{File: "data/stats/x.yaml", Line: 8, Column: 5}}
	if kind != "" {
		c.Type = Text(kind)
	}
	if x != "" {
		c.X = Text(x)
	}
	for _, name := range y {
		c.Y = append(c.Y, Text(name))
	}
	return c
}

// CasesSolved is a yearly series of cases and persons whose last period is eight months.
func CasesSolved(t testing.TB) *bureau.Statistic {
	return Table(t, "cases-solved", "yearly", "期间:period,破获刑事案件（件）:measure:件,打击处理（人）:measure:人",
		"2003年,1713,929", "2004年,2048,943", "2005年,2385,974", "2006年1-8月,1732,559")
}

// RuralCrime is a yearly series whose last period is eight months.
func RuralCrime(t testing.TB) *bureau.Statistic {
	return Table(t, "rural-crime", "yearly", "期间:period,农村发刑案（件）:measure:件", "2004年,1159", "2005年,753", "2006年1-8月,403")
}

// ThreeLedgers is a table of one period with derived fields.
func ThreeLedgers(t testing.TB) *bureau.Statistic {
	s := Table(t, "three-ledgers", "irregular", "账本:category,期间:period,收集件数:measure:件,办结件数:measure:件",
		"意见建议,2023年1月9日至3月17日,919,769", "利益诉求,2023年1月9日至3月17日,648,553", "投诉举报,2023年1月9日至3月17日,320,291")
	s.Descriptor.Derive = []bureau.Derive{
		{Name: Text("未结件数"), Value: Text("收集件数 - 办结件数"), Unit: Text("件")},
		{Name: Text("办结率"), Value: Text("办结件数 / 收集件数"), Format: Text("percent")},
	}
	return s
}

// Bureau is a bureau of some statistics.
func Bureau(statistics ...*bureau.Statistic) *bureau.Bureau {
	return &bureau.Bureau{Statistics: statistics}
}

// Unit is a row of units.csv.
func Unit(id, name, former string) bureau.Unit {
	return bureau.Unit{ID: Text(id), Name: Text(name), Former: Text(former)}
}

// Visits is a monthly series of two units, the second under three names, with a
// total and a month that is not over.
func Visits(t testing.TB) *bureau.Statistic {
	return Table(t, "visits", "monthly", "月份:period,单位:unit,窗口办件（件）:measure:件",
		"2025-09,城东分局,380", "2026-08,城东分局,400", "2026-08,城西分局,900", "2026-09,cd,500", "2026-09,老西分局,1000", "2026-09,合计,1500", "2026年10月1-9日,城东分局,77")
}

// Units are a bureau and the two units of Visits.
var Units = []bureau.Unit{Unit("sj", "示范市公安局", ""), Unit("cd", "城东分局", ""), Unit("cx", "城西分局", "老西分局、西郊分局")}
