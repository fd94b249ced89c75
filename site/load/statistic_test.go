package load

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// statistic reads a table with a descriptor, and tells the problems, one a line.
func statistic(t *testing.T, data, yaml string) (*bureau.Statistic, string) {
	t.Helper()
	s, problems := readOffice(t, officeFile{data: data, yaml: yaml})
	problems.Sort()
	var b strings.Builder
	for _, p := range problems {
		if p.Message.ZH == "" || p.Message.EN == "" || strings.Contains(p.Message.EN+p.Message.ZH+p.Hint.EN+p.Hint.ZH, "%!") {
			t.Errorf("a problem without words: %+v", p)
		}
		fmt.Fprintf(&b, "%s %s %s\n", p.Severity, p.Rule.String(), strings.TrimPrefix(p.Position.String(), "data/stats/"))
	}
	return s, strings.TrimSpace(b.String())
}

func TestStatisticAsDescribed(t *testing.T) {
	s, problems := statistic(t, "期间,单位名称,破获（件）,数值,计量,备注\n2005年,城关所,2385,12,起,\n2006年1-8月,城关所,1732 [p],3.5,%,待核对\n", `
title: 破获
frequency: yearly
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 单位名称, role: unit}
    - {name: 破获（件）, title: 破获刑事案件, type: integer, role: measure, unit: 件, risk: event}
    - {name: 数值, type: number, role: measure, unit_field: 计量}
    - {name: 计量, role: category}
    - {name: 备注, role: note}`)
	if problems != "" {
		t.Fatal(problems)
	}
	if s.Name != "cases" || !s.Described || s.Frequency != period.Yearly || s.Rows[0].Span != period.Whole || s.Rows[1].Span != period.Partial || s.Rows[1].Sheet != 2 {
		t.Errorf("%s %v %v %+v", s.Name, s.Described, s.Frequency, s.Rows)
	}
	if f := s.Fields[2]; f.Title != "破获刑事案件" || f.Unit != "件" || f.Risk != "event" || f.UnitField != -1 || f.Role != bureau.RoleMeasure {
		t.Errorf("%+v", f)
	}
	if f := s.Fields[3]; f.UnitField != 4 || f.Type != "number" {
		t.Errorf("%+v", f)
	}
	if c := s.Cell(1, 2); c.Number != 1732 || c.Status != bureau.Provisional || c.Text != "1732" || s.Position(1, 2).String() != "data/stats/cases.csv:3:15 (C3)" {
		t.Errorf("%+v at %v", c, s.Position(1, 2))
	}
	if c := s.Cell(0, 5); c.Has() || c.Status != 0 {
		t.Errorf("an empty note: %+v", c)
	}
}

func TestStatisticInferred(t *testing.T) {
	s, problems := statistic(t, "城区立案情况\n单位：件,,,\n类别,2005,时间,完成率,备注\n盗窃,2048,2006年1月,89.2%,\n诈骗,1713,2006年2月,90%,待核对\n注：含移交\n", "")
	if want := "warning stats/no-descriptor cases.csv:3:1 (A3)"; problems != want {
		t.Errorf("%s\nwant %s", problems, want)
	}
	var got []string
	for _, f := range s.Fields {
		got = append(got, fmt.Sprintf("%s %s %s %s", f.Title, f.Role, f.Type, f.Unit))
	}
	if want := "类别 category string ; 2005 measure integer 件; 时间 period string ; 完成率 measure percent %; 备注 note string "; strings.Join(got, "; ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, "; "), want)
	}
	if s.Title() != "城区立案情况" || s.Frequency != period.Monthly || s.Cell(0, 3).Number != 89.2 {
		t.Errorf("%q %v %+v", s.Title(), s.Frequency, s.Row(0))
	}
	var notes []string
	for _, n := range s.Notes {
		notes = append(notes, n.V+" "+n.At.String())
	}
	if want := "单位：件 data/stats/cases.csv:2:1; 注：含移交 data/stats/cases.csv:6:1"; strings.Join(notes, "; ") != want {
		t.Errorf("notes %q", notes)
	}
	// A line that names an office is no unit of measure.
	if s, _ := statistic(t, "单位：城关所,\n类别,立案\n盗窃,3\n", ""); s.Fields[1].Unit != "" {
		t.Errorf("unit %q", s.Fields[1].Unit)
	}
}

func TestStatisticProblems(t *testing.T) {
	field := func(rest string) string {
		return "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure, " + rest + "}]}"
	}
	const data = "期间,立案\n2005年,12\n"
	for _, c := range []struct{ data, yaml, want string }{
		{data, field("type: integer"), ""},
		{data, field("type: interger"), "error stats/type cases.yaml:1:77"},
		{data, field("type: date"), "error stats/type cases.yaml:1:77"},
		{data, field("risk: persons"), "error stats/risk cases.yaml:1:77"},
		{data, field("unit_field: 单位"), "error stats/field cases.yaml:1:83"},
		{data, "schema: {fields: [{name: 期间, role: date}, {name: 立案, role: measure}]}", "error stats/role cases.yaml:1:36"},
		{data, "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: period}]}", "error stats/role cases.csv:1:4 (B1)"},
		{data, "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure}, {name: 备注, role: note}]}", "error stats/field cases.yaml:1:79"},
		{data, "schema: {fields: [{name: 期间, role: period}]}", "error stats/field cases.csv:1:4 (B1)"},
		{data, "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure}, {name: 立案, role: note}]}", "error stats/field cases.yaml:1:79"},
		{data, "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure}, {type: integer}]}", "error stats/field cases.yaml:1:79"},
		{data, "frequency: yearli\n" + field("type: integer"), "error stats/frequency cases.yaml:1:12"},
		{data, "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure}], missingValues: [{value: 无, label: 没有}]}", "error stats/missing-value cases.yaml:1:107"},
		{"期间,立案\n2005年,12\n2005,13\n", "", "warning stats/no-descriptor cases.csv:1:1 (A1)\nwarning stats/duplicate cases.csv:3:1 (A3)"},
		{"期间,类别,立案\n2005年,盗窃,12\n2005年,诈骗,13\n", "", "warning stats/no-descriptor cases.csv:1:1 (A1)"},
		{"期间,立案\n2005年,12\n2006年,-3\n2007年,9x\n", field("type: integer"), "error csv/negative cases.csv:3:7 (B3)\nerror csv/number cases.csv:4:7 (B4)"},
		{"期间,比上年增减\n2005年,12\n2006年,-3\n", "", "warning stats/no-descriptor cases.csv:1:1 (A1)"},
		{"期间,立案\n2005年,9007199254740\n2006年,9999999万\n2007年,100000000亿\n", field("type: integer"), "error csv/range cases.csv:4:7 (B4)"},
	} {
		if _, got := statistic(t, c.data, c.yaml); got != c.want {
			t.Errorf("%s\n%s\n got %s\nwant %s", c.data, c.yaml, got, c.want)
		}
	}
}

// A column that is wrong from top to bottom is one problem.
func TestStatisticTellsAColumnOnce(t *testing.T) {
	var b strings.Builder
	b.WriteString("期间,立案\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%s,x%d\n", period.NewDate(2000, 1, 1+i), i)
	}
	_, problems := readOffice(t, officeFile{data: b.String(), yaml: "schema: {fields: [{name: 期间, role: period}, {name: 立案, role: measure, type: integer}]}"})
	if want := `"x0" is not a whole number (5000 cells of the column: B2 to B5001, such as B2, B3, B4, B5, B6)`; len(problems) != 1 || problems[0].Message.EN != want {
		t.Errorf("%d problems, the first %+v", len(problems), problems[0])
	}
}

func FuzzStatistic(f *testing.F) {
	for _, c := range officeFiles() {
		f.Add([]byte(c.data), c.yaml)
	}
	f.Fuzz(func(t *testing.T, data []byte, yaml string) {
		var d bureau.Descriptor
		if yaml != "" {
			var problems problem.List
			if d, problems = Descriptor("data/stats/cases.yaml", []byte(yaml)); len(problems) > 0 {
				return
			}
		}
		s, problems := Statistic("data/stats/cases.csv", data, d, yaml != "", period.Options{})
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Column < 1 || p.Rule.String() == "" || p.Message.ZH == "" || p.Message.EN == "" {
				t.Fatalf("a problem without a place or words: %+v", p)
			}
		}
		if problems.Errors() > 0 {
			return
		}
		if len(s.Rows) == 0 || len(s.Columns) != len(s.Fields) {
			t.Fatalf("%d columns in %d rows of %d", len(s.Columns), len(s.Rows), len(s.Fields))
		}
		for _, c := range s.Columns {
			if len(c.Of) != len(s.Rows) {
				t.Fatalf("%d cells in %d rows", len(c.Of), len(s.Rows))
			}
		}
		for i := range s.Rows {
			for j, c := range s.Row(i) {
				if s.Fields[j].Role != bureau.RoleMeasure {
					continue
				}
				if c.Has() == (c.Status&bureau.Instead != 0) || math.IsInf(c.Number, 0) {
					t.Fatalf("%v: %+v", s.Position(i, j), c)
				}
				if want, ok := new(big.Rat).SetString(c.Text); ok && c.Has() && !strings.ContainsAny(c.Text, "/_xXbBoOpP") {
					if value, _ := want.Float64(); value != c.Number {
						t.Fatalf("%v: %q is read as %v", s.Position(i, j), c.Text, c.Number)
					}
				}
			}
		}
	})
}

// daily gives a statistic of that many rows: the days from 1900 on, then again
// for the next station.
func daily(rows int) []byte {
	var b strings.Builder
	b.WriteString("period,station,received,done\n")
	for i := range rows {
		fmt.Fprintf(&b, "%s,城关%d所,%d,%d\n", period.NewDate(1900, 1, 1)+period.Date(i%100_000), i/100_000, i%900, i%700)
	}
	return []byte(b.String())
}

const dailyYAML = "frequency: daily\nschema: {fields: [{name: period, role: period}, {name: station, role: category}, {name: received, type: integer, role: measure}, {name: done, type: integer, role: measure}]}"

// BenchmarkRows reads statistics of growing length, up to a million rows: the
// time for a row stays the same.
func BenchmarkRows(b *testing.B) {
	d, problems := Descriptor("data/stats/daily.yaml", []byte(dailyYAML))
	if len(problems) > 0 {
		b.Fatal(problems)
	}
	for _, rows := range []int{1_000, 100_000, 1_000_000} {
		data := daily(rows)
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			if rows > 100_000 && testing.Short() {
				b.Skip("a million rows")
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, problems := Statistic("data/stats/daily.csv", data, d, true, period.Options{}); len(problems) > 0 {
					b.Fatal(problems[0])
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
		})
	}
}
