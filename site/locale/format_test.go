package locale

import (
	"math"
	"sunshine/site/bureau"
	"sunshine/site/bureau/bureautest"
	"testing"
)

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		number   float64
		unit     string
		zh, want string
	}{
		{0, "件", "0件", "0 件"},
		{403, "件", "403件", "403 件"},
		{1159, "件", "1159件", "1,159 件"},
		{17409, "个", "17,409个", "17,409 个"},
		{1234567, "", "1,234,567", "1,234,567"},
		{-1732, "件", "−1732件", "−1,732 件"},
		{83.68, "%", "83.68%", "83.68%"},
		{89.2, "%", "89.2%", "89.2%"},
		{10, "%", "10%", "10%"},
		{100 * 769.0 / 919.0, "%", "83.68%", "83.68%"},
		{120, "%", "120%", "120%"},
		{0.1 + 0.2, "", "0.3", "0.3"},
		{142.75, "件", "142.75件", "142.75 件"},
		{-0.00001, "", "0", "0"},
		{3.125, "%", "3.13%", "3.13%"}, // half, and away from zero
		{-83.685, "%", "−83.69%", "−83.69%"},
		{1.00005, "", "1.0001", "1.0001"},
		{9007199254740991, "", "9,007,199,254,740,991", "9,007,199,254,740,991"},
		{math.NaN(), "件", "", ""},
		{math.Inf(1), "件", "", ""},
	} {
		if a, b := Format(tt.number, tt.unit, zh), Format(tt.number, tt.unit, en); a != tt.zh || b != tt.want {
			t.Errorf("Format(%v, %q) = %q, %q", tt.number, tt.unit, a, b)
		}
	}
}

func TestNumberInItsForm(t *testing.T) {
	for _, tt := range []struct {
		number   float64
		unit     string
		form     bureau.Form
		zh, want string
	}{
		{7, "", bureau.Form{Decimals: 1}, "7.0", "7.0"},
		{46.4, "%", bureau.Form{Decimals: 2}, "46.40%", "46.40%"},
		{46.405, "%", bureau.Form{Decimals: 3}, "46.405%", "46.405%"},
		{3296000, "人", bureau.Form{Decimals: 1, Scale: bureau.TenThousands}, "329.6万人", "3,296,000 人"},
		{-3296000, "人", bureau.Form{Decimals: 2, Scale: bureau.TenThousands}, "−329.60万人", "−3,296,000 人"},
		{1.2, "", bureau.Form{Decimals: 5, Scale: bureau.TenThousands}, "0.00012万", "1.2"},
		{150000000, "元", bureau.Form{Decimals: 1, Scale: bureau.HundredMillions}, "1.5亿元", "150,000,000 元"},
		{1159, "件", bureau.Form{Grouped: true}, "1,159件", "1,159 件"},
		{0, "", bureau.Form{Decimals: 2}, "0.00", "0.00"},
	} {
		if a, b := Number(tt.number, tt.unit, tt.form, zh), Number(tt.number, tt.unit, tt.form, en); a != tt.zh || b != tt.want {
			t.Errorf("%v in %q: %q, %q; want %q, %q", tt.number, tt.unit, a, b, tt.zh, tt.want)
		}
	}
}

func TestCell(t *testing.T) {
	s := bureautest.Table(t, "x", "irregular", "指标:category,数值:measure,单位:category", "a,200余,人", "b,1732 [p],件", "c,[c],件", "d,[w],件")
	s.Fields[1].UnitField = 2
	for i, want := range [][2]string{
		{"200余人", "more than 200 人"}, {"1732件（初步数）", "1,732 件 (provisional)"}, {"不公布，以免认出具体的人", "withheld to protect people"}, {"尚未报送", "not yet reported"},
	} {
		if got := [2]string{Cell(s, i, 1, zh), Cell(s, i, 1, en)}; got != want {
			t.Errorf("row %d: %q", i, got)
		}
	}
}
