package figures

import (
	"math"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
)

func TestDeriveThreeLedgers(t *testing.T) {
	s := bureautest.ThreeLedgers(t)
	if problems := Derive(s); len(problems) > 0 {
		t.Fatal(problems)
	}
	open, share := s.Field("未结件数"), s.Field("办结率")
	for i, want := range []struct{ open, share float64 }{{150, 83.68}, {95, 85.34}, {29, 90.94}} {
		row := s.Row(i)
		if row[open].Number != want.open || row[share].Number != want.share {
			t.Errorf("row %d: %v open, %v %%, want %v", i, row[open].Number, row[share].Number, want)
		}
	}
	if f := s.Fields[share]; !f.Derived || f.Type != "percent" || f.Unit != "%" || f.Role != bureau.RoleMeasure || f.UnitField != -1 {
		t.Errorf("%+v", f)
	}
	if got := s.Cell(2, 0).Text; got != "投诉举报" {
		t.Errorf("the cells are out of their rows: %s", got)
	}
}

func TestDeriveThatIsWrong(t *testing.T) {
	for want, d := range map[string]bureau.Derive{
		"derive/name":   {Name: bureautest.Text("立案"), Value: bureautest.Text("立案")},
		"derive/format": {Name: bureautest.Text("率"), Value: bureautest.Text("立案"), Format: bureautest.Text("pie")},
		"derive/value":  {Name: bureautest.Text("率"), Value: bureautest.Text("立案 /")},
	} {
		s := bureautest.Table(t, "x", "yearly", "期间:period,立案:measure:件", "2001年,100")
		s.Descriptor.Derive = []bureau.Derive{d}
		if problems := Derive(s); len(problems) != 1 || problems[0].Rule.String() != want || s.Field("率") >= 0 {
			t.Errorf("%s: %v", want, problems)
		}
	}
}

func TestDeriveMarkers(t *testing.T) {
	s := bureautest.Table(t, "x", "yearly", "期间:period,立案:measure:件,破案:measure:件",
		"2001年,100,120", "2002年,0,5", "2003年,100 [p],50", "2004年,[x],50", "2005年,[c],50", "2006年,[c],[x]", "2007年,[w],1", "2008年,[z],1", "2009年,3,200余", "2010年,[x],3 [b]", "2011年,0,3 [b]", "2012年,[c],3 [b]", "2013年,[b][x],3")
	s.Descriptor.Derive = []bureau.Derive{{Name: bureautest.Text("破案率"), Value: bureautest.Text("破案 / 立案"), Format: bureautest.Text("percent")}, {Name: bureautest.Text("差"), Value: bureautest.Text("立案 - 破案")}, {Name: bureautest.Text("倍数"), Value: bureautest.Text("破案 / 立案")}}
	problems := Derive(s)
	if len(problems) != 2 || problems.Errors() != 0 || problems[0].Rule.String() != "derive/zero" || problems[0].Cell != "B3" {
		t.Errorf("division by zero: %v", problems)
	}
	rate := s.Field("破案率")
	for i, want := range []struct {
		number float64
		status bureau.Status
	}{
		{120, 0}, {math.NaN(), bureau.NotApplicable}, {50, bureau.Provisional}, {math.NaN(), bureau.NotAvailable}, {math.NaN(), bureau.Confidential},
		{math.NaN(), bureau.Confidential}, {math.NaN(), bureau.NotAvailable}, {math.NaN(), bureau.NotAvailable}, {6666.67, 0},
		{math.NaN(), bureau.NotAvailable | bureau.Break}, {math.NaN(), bureau.NotApplicable | bureau.Break}, {math.NaN(), bureau.Confidential | bureau.Break},
		{math.NaN(), bureau.NotAvailable | bureau.Break}, // a break stays
	} {
		c := s.Cell(i, rate)
		if c.Status != want.status || c.Number != want.number && !(math.IsNaN(c.Number) && math.IsNaN(want.number)) {
			t.Errorf("row %d: %v %v, want %v", i, c.Number, c.Status, want)
		}
	}
	if c := s.Cell(8, rate); c.Qualifier != bureau.About {
		t.Errorf("a rough operand gives an exact %v", c)
	}
	if unit := s.Fields[s.Field("差")].Unit; unit != "件" {
		t.Errorf("the unit of a difference is %q", unit)
	}
	if unit := s.Fields[s.Field("倍数")].Unit; unit != "" {
		t.Errorf("the unit of a ratio is %q", unit)
	}
}

func TestDeriveRefuses(t *testing.T) {
	for _, d := range []bureau.Derive{
		{Name: bureautest.Text("收集件数"), Value: bureautest.Text("办结件数 + 1")},
		{Name: bureautest.Text("率"), Value: bureautest.Text("办结件数 / 收集数")},
		{Name: bureautest.Text("率"), Value: bureautest.Text("办结件数 / 收集件数"), Format: bureautest.Text("per cent")},
		{Value: bureautest.Text("办结件数")},
	} {
		s := bureautest.ThreeLedgers(t)
		s.Descriptor.Derive = []bureau.Derive{d}
		problems := Derive(s)
		if problems.Errors() != 1 || problems[0].Line != 9 || len(s.Fields) != 4 || len(s.Columns) != 4 || len(s.Rows) != 3 {
			t.Errorf("%+v: %v, %d fields", d, problems, len(s.Fields))
		}
	}
}

// Figures in unlike units are not added up: 件 and 起 are two things.
func TestDeriveUnits(t *testing.T) {
	for value, rule := range map[string]string{
		"立案 + 破案":           "",
		"立案 + 抓获":           "derive/unit",
		"立案 - 抓获":           "derive/unit",
		"立案 + (破案 + 抓获)":    "derive/unit",
		"立案 + 2 * 抓获":       "derive/unit",
		"-抓获 + 立案":          "derive/unit",
		"抓获 / 立案":           "",
		"抓获 * 立案":           "",
		"(破案 - 立案) / 立案":    "",
		"抓获 / 立案 + 抓获 / 破案": "",
		"(立案 + 抓获) / 2":     "derive/unit",
		"立案 + 1":            "",
		"立案 + 破案率":          "derive/unit",
		"立案 > 0 ? 破案 : 立案":  "",
		"立案 + 不知单位":         "",
	} {
		s := bureautest.Table(t, "x", "yearly", "期间:period,立案:measure:件,破案:measure:件,抓获:measure:人,破案率:measure:%,不知单位", "2005年,1,2,3,4,5")
		s.Descriptor.Derive = []bureau.Derive{{Name: bureautest.Text("新"), Value: bureautest.Text(value)}}
		problems := Derive(s)
		got := ""
		if len(problems) > 0 {
			got = problems[0].Rule.String()
		}
		if got != rule {
			t.Errorf("%s: %q, want %q: %v", value, got, rule, problems)
		}
	}
	mixed := bureautest.Table(t, "x", "irregular", "指标:category,数值,上期,单位:category,立案:measure:件", "甲,1,2,件,5", "乙,1,2,起,5")
	mixed.Fields[1].UnitField, mixed.Fields[2].UnitField = 3, 3
	mixed.Descriptor.Derive = []bureau.Derive{{Name: bureautest.Text("新"), Value: bureautest.Text("数值 - 上期")}, {Name: bureautest.Text("坏"), Value: bureautest.Text("数值 + 立案")}}
	if problems := Derive(mixed); len(problems) != 1 || problems[0].Rule.String() != "derive/unit" || mixed.Unit(1, mixed.Field("新")) != "起" || mixed.Field("坏") >= 0 {
		t.Errorf("units that change from row to row: %v", problems)
	}
	s := bureautest.Table(t, "x", "yearly", "期间:period,立案:measure:件,抓获:measure:人", "2005年,1,2")
	s.Descriptor.Checks = []bureau.Check{{Rule: bureautest.Text("立案 + 抓获 > 0")}}
	if problems := Checks(s); len(problems) != 1 || problems[0].Rule.String() != "check/unit" || problems[0].Line != 9 {
		t.Error(problems)
	}
}

func TestChecks(t *testing.T) {
	s := bureautest.Table(t, "x", "irregular", "账本:category,收集件数:measure:件,办结件数:measure:件", "意见建议,919,769", "利益诉求,553,648", "投诉举报,[x],291")
	s.Descriptor.Checks = []bureau.Check{{Rule: bureautest.Text("办结件数 <= 收集件数"), Hint: bureautest.Text("办结不能多于收集")}, {Rule: bureautest.Text("办结件数 <= 收集"), Hint: bureautest.Text("")}}
	problems := Checks(s)
	if len(problems) != 2 || problems.Errors() != 2 {
		t.Fatal(problems)
	}
	p := problems[0]
	if p.Line != 3 || p.Cell != "C3" || p.Hint.ZH != "办结不能多于收集" || !strings.Contains(p.Message.ZH, "办结件数 = 648") || !strings.Contains(p.Message.EN, "收集件数 = 553") {
		t.Errorf("%+v", p)
	}
	if problems[1].Line != 9 || !strings.Contains(problems[1].Hint.ZH, "收集件数") {
		t.Errorf("%+v", problems[1])
	}
}
