package privacy

import (
	"testing"

	"sunshine/site/bureau"
)

// Codes of places that begin with a letter are no passports, where their column says what
// they are.
func TestCodesAreNoPassports(t *testing.T) {
	const one, two = "privacy/passport warning", "privacy/passport warning, privacy/passport warning"
	for _, c := range []struct {
		header string
		cells  []string
		want   string
	}{
		{"GeoCode", []string{"E06000023", "E06000024"}, ""},
		{"GSS code", []string{"E06000023", "W06000024", ""}, ""},
		{"地区代码", []string{"E06000023"}, ""},
		{"编码（国标）", []string{"G06000023"}, ""},
		{"地区", []string{"E06000023", "E06000024"}, two},
		{"号码", []string{"E06000023"}, one},
		{"编码", []string{"E06000023", "甲"}, one},
		{"证件编码", []string{"E06000023"}, one},
		{"通行证代码", []string{"E06000023"}, "privacy/passport error"},
		{"Passport code", []string{"E06000023"}, "privacy/passport error"},
		{"代码", []string{"护照E06000023"}, "privacy/passport error"},
		{"代码", []string{"13812345678"}, "privacy/mobile error"},
	} {
		if got := found(Statistic(tableOf(c.header, "", false, c.cells...))); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.header, c.cells, got, c.want)
		}
		r := &bureau.Register{File: "data/registers/x.csv", Columns: []bureau.Column{{Name: c.header}}}
		for _, cell := range c.cells {
			r.Cells = append(r.Cells, bureau.String{V: cell})
		}
		if got := found(Register(r)); got != c.want {
			t.Errorf("register %s %s: %s, want %s", c.header, c.cells, got, c.want)
		}
	}
}

// A column of several forms is one of codes where each code stands for one name.
func TestCodesThatGoWithNames(t *testing.T) {
	rows := [][2]string{{"E06000023", "甲市"}, {"K2", "全国"}, {"E06000023", "甲市"}, {"K2", "全国"}}
	cell := func(r, c int) string { return rows[r][c] }
	if !coded("代码", 2, 0, len(rows), cell) {
		t.Error("codes that go with names are taken for passports")
	}
	rows[2][1] = "乙市"
	if coded("代码", 2, 0, len(rows), cell) {
		t.Error("a code stands for two names")
	}
	if coded("代码", 2, 0, 2, cell) {
		t.Error("rows of which each stands alone say nothing")
	}
}
