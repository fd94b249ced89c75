package number

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, unit string
		value      float64 // NaN: a marker instead
		status     bureau.Status
		qualifier  bureau.Qualifier
		whole      bool
	}{
		{"0", "", 0, 0, 0, true},
		{"1713", "件", 1713, 0, 0, true},
		{"999999999999999", "", 999999999999999, 0, 0, true},
		{"1713.0", "", 1713, 0, 0, true},
		{"0.5", "", 0.5, 0, 0, false},
		{"+12", "", 12, 0, 0, true},
		{".5", "", 0.5, 0, 0, false},
		{"-.25", "", -0.25, 0, 0, false},
		{"+3.1", "", 3.1, 0, 0, false},
		{"33.33333333333333", "%", 33.33333333333333, 0, 0, false},
		{"0.30000000000000004", "", 0.30000000000000004, 0, 0, false},
		{"5E-05", "%", 0.00005, 0, 0, false},
		{"1.986492e-05", "", 0.00001986492, 0, 0, false},
		{"-2E-1%", "%", -0.2, 0, 0, false},
		{"-0", "", 0, 0, 0, true},
		{"1,234,567", "", 1234567, 0, 0, true},
		{"1,234.5", "", 1234.5, 0, 0, false},
		{"12\u00a0345", "", 12345, 0, 0, true},
		{"１２，３４５．５", "", 12345.5, 0, 0, false},
		{"3.2万", "", 32000, 0, 0, true},
		{"3.00005万", "", 30000.5, 0, 0, false},
		{"1.1亿", "", 110000000, 0, 0, true},
		{"1.5万亿", "", 1500000000000, 0, 0, true},
		{"3.2万元", "元", 32000, 0, 0, true},
		{"3.2万元", "万元", 3.2, 0, 0, false},
		{"￥3", "", 3, 0, 0, true},
		{"-¥3", "元", -3, 0, 0, true},
		{"89.2%", "%", 89.2, 0, 0, false},
		{"89.2％", "", 89.2, 0, 0, false},
		{"3.5‰", "‰", 3.5, 0, 0, false},
		{"(3.5%)", "%", -3.5, 0, 0, false},
		{"（12）", "", -12, 0, 0, true},
		{"–12", "", -12, 0, 0, true},
		{"↓3.5%", "%", -3.5, 0, 0, false},
		{"约300余", "", 300, 0, bureau.About, true},
		{"3000余人", "人", 3000, 0, bureau.MoreThan, true},
		{"300多万", "", 3000000, 0, bureau.MoreThan, true},
		{"3万余件", "件", 30000, 0, bureau.MoreThan, true},
		{"近3万", "", 30000, 0, bureau.Nearly, true},
		{"300人以上", "人", 300, 0, bureau.AtLeast, true},
		{"不足300", "", 300, 0, bureau.LessThan, true},
		{"300人以下", "人", 300, 0, bureau.AtMost, true},
		{"300左右", "", 300, 0, bureau.About, true},
		{"1732 [p]", "", 1732, bureau.Provisional, 0, true},
		{"1732[P][r]", "", 1732, bureau.Provisional | bureau.Revised, 0, true},
		{"[z]", "", math.NaN(), bureau.NotApplicable, 0, false},
		{"", "", math.NaN(), bureau.NotAvailable, 0, false},
		{"  ", "", math.NaN(), bureau.NotAvailable, 0, false},
	} {
		n, err := Parse(c.text, c.unit)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		same := n.Value == c.value || math.IsNaN(n.Value) && math.IsNaN(c.value)
		if !same || n.Status != c.status || n.Qualifier != c.qualifier || n.Whole != c.whole || math.Signbit(n.Value) && n.Value == 0 {
			t.Errorf("%q in %q: %+v, want %v %v %v %v", c.text, c.unit, n, c.value, c.status, c.qualifier, c.whole)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ text, unit, rule string }{
		{"1,7x3", "", "csv/number"},
		{"1,23", "", "csv/number"},
		{"1,2345", "", "csv/number"},
		{"0,123", "", "csv/number"},
		{"1.234,5", "", "csv/number"},
		{"1 234", "", "csv/number"},
		{"1.2.3", "", "csv/number"},
		{"12.", "", "csv/number"},
		{"12-", "", "csv/number"},
		{"--12", "", "csv/number"},
		{"(-12)", "", "csv/number"},
		{"(12", "", "csv/number"},
		{"12)", "", "csv/number"},
		{"—12", "", "csv/number"},
		{"↑", "", "csv/number"},
		{"1732↑12%", "", "csv/number"},
		{"1亿2000万", "", "csv/number"},
		{"数百", "", "csv/number"},
		{"十二", "", "csv/number"},
		{"½", "", "csv/number"},
		{"0x10", "", "csv/number"},
		{"1e", "", "csv/number"},
		{"Inf", "", "csv/number"},
		{"NaN", "", "csv/number"},
		{"1_000", "", "csv/number"},
		{"20人", "件", "csv/unit"},
		{"12³", "", "csv/number"},
		{"12①", "", "csv/number"},
		{"010", "", "csv/leading-zero"},
		{"00", "", "csv/leading-zero"},
		{"1.10105E+17", "", "csv/scientific"},
		{"1e5", "", "csv/scientific"},
		{"1234567890123456", "", "csv/digits"},
		{"1234567890123456.5", "", "csv/digits"},
		{"5E-31", "", "csv/scientific"},
		{"1.5E-05万", "", "csv/number"},
		{"8-Jan", "", "csv/date"},
		{"Oct-19", "", "csv/date"},
		{"#N/A", "", "csv/formula"},
		{"#####", "", "csv/formula"},
		{"—", "", "csv/missing-value"},
		{"－", "", "csv/missing-value"},
		{"*", "", "csv/missing-value"},
		{"N/A", "", "csv/missing-value"},
		{"89.2%", "件", "csv/unit"},
		{"￥3", "万元", "csv/unit"},
		{"3.2万", "万元", "csv/unit"},
		{"3.2万", "万人", "csv/unit"},
		{"12 [q]", "", "csv/marker"},
		{"[p]", "", "csv/marker"},
		{"[x][z]", "", "csv/marker"},
		{"[x] [p]", "", "csv/marker"},
		{"12 [x]", "", "csv/marker"},
	} {
		n, err := Parse(c.text, c.unit)
		switch {
		case err == nil:
			t.Errorf("%q in %q is read as %+v", c.text, c.unit, n)
		case err.Rule.String() != c.rule:
			t.Errorf("%q in %q: %s: %v, want %s", c.text, c.unit, err.Rule.String(), err, c.rule)
		case err.Message.ZH == "" || err.Message.EN == "" || err.Hint.ZH == "" || err.Hint.EN == "":
			t.Errorf("%q: a message or a hint is missing: %+v", c.text, err)
		}
	}
}

func TestMangled(t *testing.T) {
	for text, want := range map[string]string{
		"盗窃": "", "110": "", "1-8": "", "MayDay": "", "May": "", "Jan-Feb": "", "E5": "", "#1": "", "": "",
		"#VALUE!": "csv/formula", "###": "csv/formula", "1.10105E+17": "csv/scientific", "−1E5": "csv/scientific", "8-Jan": "csv/date",
	} {
		rule := ""
		if err := Mangled(text); err != nil {
			rule = err.Rule.String()
		}
		if rule != want {
			t.Errorf("%q: %q, want %q", text, rule, want)
		}
	}
}

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// FuzzNumber holds the numbers against an exact reading of their own: what is
// accepted and plain has that value, and 万 and 亿 move the point and no more.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1713", "1,713", "3.2万", "1.5亿", "0.1", "-12", "(12)", "▲12", "约300余", "89.2%", "１２３", "12³", "1.10105E+17", "010", "1732 [p]", "[x]", "—", "￥1,200.50", "9007199254740993", "1234567890.12345万", "5E-05", ".5", "-0.0", "↓3.0%", "持平", "3.14159265358979323846"} {
		f.Add(s, "")
		f.Add(s, "件")
	}
	f.Fuzz(func(t *testing.T, text, unit string) {
		n, err := Parse(text, unit)
		if err != nil {
			if err.Rule.String() == "" || err.Message.ZH == "" || err.Message.EN == "" {
				t.Fatalf("%q: an error without words: %+v", text, err)
			}
			return
		}
		if math.IsInf(n.Value, 0) || math.IsNaN(n.Value) != (n.Status&bureau.Instead != 0) {
			t.Fatalf("%q: %+v", text, n)
		}
		if digits, _ := Digits(n.Text, unit); math.IsNaN(n.Value) != (digits == "") {
			t.Fatalf("%q: its digits are %q, its value %v", text, digits, n.Value)
		} else if value, _ := strconv.ParseFloat(digits, 64); digits != "" && (value != n.Value || !plainNumber.MatchString(digits)) {
			t.Fatalf("%q: its digits are %q, its value %v", text, digits, n.Value)
		}
		exact, power := text, int64(0)
		for _, suffix := range []struct {
			word  string
			power int64
		}{{"万", 4}, {"亿", 8}} {
			if rest, ok := strings.CutSuffix(text, suffix.word); ok && !strings.HasSuffix(unit, suffix.word) {
				exact, power = rest, suffix.power
			}
		}
		if !plainNumber.MatchString(exact) {
			return
		}
		want, _ := new(big.Rat).SetString(exact)
		want.Mul(want, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(power), nil)))
		if value, _ := want.Float64(); value != n.Value || want.IsInt() != n.Whole {
			t.Fatalf("%q: %+v, want %v", text, n, value)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{"plain": "1713", "thousands": "1,713", "marked": "1713 [p]", "wan": "3.2万"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Parse(text, "件")
			}
		})
	}
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		text, unit, digits string
		read               bool
	}{
		{"1713", "", "1713", false},
		{"7.0", "", "7.0", false},
		{"46.40%", "%", "46.40", false},
		{"1,234.50", "", "1234.50", false},
		{"１２，３４５．５０", "", "12345.50", false},
		{"−12", "", "-12", false},
		{"-0.0", "", "0.0", false},
		{".50", "", "0.50", false},
		{"+3.1", "", "3.1", false},
		{"约300余人", "人", "300", false},
		{"329.6万", "人", "3296000", true},
		{"约329.6万人", "人", "3296000", true},
		{"0.00012万", "", "1.2", true},
		{"0.000123万", "", "1.23", true},
		{"1.10亿", "", "110000000", true},
		{"3.14159265358979323846264338", "", "3.14159265358979323846264338", false},
		{"123456789012345.678901234567", "", "123456789012345.678901234567", false},
		{"5E-05", "", "0.00005", true},
		{"1.986492E-05", "", "0.00001986492", true},
		{"12.5e-1", "", "1.25", true},
		{"▲12", "", "-12", true},
		{"(12.50)", "", "-12.50", true},
		{"↓3.0%", "%", "-3.0", true},
		{"持平", "", "0", true},
		{"", "", "", false},
		{"甲", "", "", false},
	} {
		if digits, read := Digits(c.text, c.unit); digits != c.digits || read != c.read {
			t.Errorf("%q in %q: %q, read %v; want %q, %v", c.text, c.unit, digits, read, c.digits, c.read)
		}
	}
}
