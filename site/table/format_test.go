package table

import (
	"strings"
	"testing"
	"time"

	"sunshine/site/period"
)

func TestFormats(t *testing.T) {
	day := func(y int, m time.Month, d int) period.Date { return period.NewDate(y, m, d) }
	for _, c := range []struct {
		code, stored string
		want         Value
	}{
		// Numbers: what is stored, exactly, and what is seen.
		{"", "402", Value{Text: "402", Digits: "402", Shown: -1, Kind: NumberValue}},
		{"", "-0", Value{Text: "0", Digits: "0", Shown: -1, Kind: NumberValue}},
		{"", "007", Value{Text: "7", Digits: "7", Shown: -1, Kind: NumberValue}},
		{"", "0.30000000000000004", Value{Text: "0.3", Digits: "0.30000000000000004", Shown: -1, Kind: NumberValue}},
		{"", "-1.4210854715202004E-14", Value{Text: "-0.000000000000014210854715202", Digits: "-0.000000000000014210854715202004", Shown: -1, Kind: NumberValue}},
		{"", "5.0E-5", Value{Text: "0.00005", Digits: "0.00005", Shown: -1, Kind: NumberValue}},
		{"", ".5", Value{Text: "0.5", Digits: "0.5", Shown: -1, Kind: NumberValue}},
		{"", "1.5E3", Value{Text: "1500", Digits: "1500", Shown: -1, Kind: NumberValue}},
		{"", "1.10105199003076E+17", Value{Text: "110105199003076000", Digits: "110105199003076000", Shown: -1, Kind: NumberValue}},
		{"", "1.1010519900307621E+17", Value{Text: "1.1010519900307621E+17", Digits: "110105199003076210", Shown: -1, Kind: NumberValue}},
		{"0", "110105199003076210", Value{Text: "110105199003076210", Digits: "110105199003076210", Shown: 0, Kind: NumberValue}},
		{"G/通用格式", "0.1", Value{Text: "0.1", Digits: "0.1", Shown: -1, Kind: NumberValue}},
		{"@", "12", Value{Text: "12", Digits: "12", Shown: -1, Kind: NumberValue}},
		{"0", "2.5", Value{Text: "3", Digits: "2.5", Shown: 0, Kind: NumberValue}},
		{"0.0", "-0.04", Value{Text: "0.0", Digits: "-0.04", Shown: 1, Kind: NumberValue}},
		{"#,##0.00", "1234.5", Value{Text: "1234.50", Digits: "1234.5", Shown: 2, Kind: NumberValue}},
		{`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, "0", Value{Text: "0.00", Digits: "0", Shown: 2, Kind: NumberValue}},
		{`0"件"`, "12", Value{Text: "12", Digits: "12", Shown: 0, Kind: NumberValue}},
		{`[$¥-804]#,##0.0`, "12", Value{Text: "12.0", Digits: "12", Shown: 1, Kind: NumberValue}},
		{`[红色]0.0;-0.0`, "12", Value{Text: "12.0", Digits: "12", Shown: 1, Kind: NumberValue}},
		{"0.00E+00", "12345", Value{Text: "12345", Digits: "12345", Shown: -1, Kind: NumberValue}},
		{"# ?/?", "0.5", Value{Text: "0.5", Digits: "0.5", Shown: -1, Kind: NumberValue}},
		{"0;-0;;@", "0", Value{Text: "0", Digits: "0", Shown: 0, Kind: NumberValue}},

		// Per cent.
		{"0.0%", "0.4642857142857143", Value{Text: "46.4%", Digits: "46.42857142857143", Shown: 1, Kind: PercentValue}},
		{"0.0%;-0.0%", "-0.030000000000000027", Value{Text: "-3.0%", Digits: "-3.0000000000000027", Shown: 1, Kind: PercentValue}},
		{"0%", "1", Value{Text: "100%", Digits: "100", Shown: 0, Kind: PercentValue}},
		{"0.00%", "9.9999999999999995E-4", Value{Text: "0.10%", Digits: "0.099999999999999995", Shown: 2, Kind: PercentValue}},
		{`0.0"%"`, "46.4", Value{Text: "46.4%", Digits: "46.4", Shown: 1, Kind: PercentValue}}, // the sign is typed: nothing to multiply
		{`0\%`, "46", Value{Text: "46%", Digits: "46", Shown: 0, Kind: PercentValue}},

		// Days.
		{"yyyy/m/d", "46285", Value{Text: "2026年9月20日", Digits: "46285", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{`m"月"d"日"`, "46268", Value{Text: "2026年9月3日", Digits: "46268", Shown: -1, Kind: DayValue, Day: day(2026, 9, 3)}},
		{`[$-804]yyyy"年"m"月"d"日";@`, "46285", Value{Text: "2026年9月20日", Digits: "46285", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "46285", Value{Text: "2026年9月20日", Digits: "46285", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{"aaaa", "46285", Value{Text: "2026年9月20日", Digits: "46285", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{"yyyy/m/d h:mm", "46285.604166666664", Value{Text: "2026年9月20日 14:30", Digits: "46285.604166666664", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{"yyyy/m/d h:mm:ss", "46285.999999999", Value{Text: "2026年9月21日 0:00", Digits: "46285.999999999", Shown: -1, Kind: DayValue, Day: day(2026, 9, 21)}},
		{"yyyy/m/d", "46285.604166666664", Value{Text: "2026年9月20日", Digits: "46285.604166666664", Shown: -1, Kind: DayValue, Day: day(2026, 9, 20)}},
		{"yyyy/m/d", "1", Value{Text: "1900年1月1日", Digits: "1", Shown: -1, Kind: DayValue, Day: day(1900, 1, 1)}},
		{"yyyy/m/d", "59", Value{Text: "1900年2月28日", Digits: "59", Shown: -1, Kind: DayValue, Day: day(1900, 2, 28)}},
		{"yyyy/m/d", "61", Value{Text: "1900年3月1日", Digits: "61", Shown: -1, Kind: DayValue, Day: day(1900, 3, 1)}},
		{"yyyy/m/d", "60", Value{Text: "1900-02-29", Digits: "60", Shown: -1, Kind: ErrorValue}},
		{"yyyy/m/d", "0", Value{Text: "1900-01-00", Digits: "0", Shown: -1, Kind: ErrorValue}},
		{"yyyy/m/d", "-3", Value{Text: "########", Digits: "-3", Shown: -1, Kind: ErrorValue}},
		{"yyyy/m/d", "2958466", Value{Text: "########", Digits: "2958466", Shown: -1, Kind: ErrorValue}},
		{`yyyy"年"m"月"`, "46285", Value{Text: "2026年9月", Digits: "46285", Shown: -1, Kind: MonthValue, Day: day(2026, 9, 1)}},
		{`yyyy"年"m"月";@`, "46266", Value{Text: "2026年9月", Digits: "46266", Shown: -1, Kind: MonthValue, Day: day(2026, 9, 1)}},
		{"mmm-yy", "46285", Value{Text: "2026年9月", Digits: "46285", Shown: -1, Kind: MonthValue, Day: day(2026, 9, 1)}},
		{`m"月"`, "46285", Value{Text: "2026年9月", Digits: "46285", Shown: -1, Kind: MonthValue, Day: day(2026, 9, 1)}},
		{`yyyy"年"`, "46285", Value{Text: "2026年", Digits: "46285", Shown: -1, Kind: TextValue}},

		// Times of a day, and times that passed, are texts.
		{"h:mm", "0.60416666666666663", Value{Text: "14:30", Digits: "0.60416666666666663", Shown: -1, Kind: TextValue}},
		{`上午/下午h"时"mm"分"`, "0.60416666666666663", Value{Text: "14:30", Digits: "0.60416666666666663", Shown: -1, Kind: TextValue}},
		{"mm:ss", "0.00087962962962962962", Value{Text: "0:01:16", Digits: "0.00087962962962962962", Shown: -1, Kind: TextValue}},
		{"[h]:mm", "1.25", Value{Text: "30:00", Digits: "1.25", Shown: -1, Kind: TextValue}},
	} {
		got, hidden, ok := readFormat(c.code).value(c.stored, epoch1900)
		if !ok || hidden || got != c.want {
			t.Errorf("%s under %s: %+v, want %+v", c.stored, c.code, got, c.want)
		}
	}
	for _, stored := range []string{"", "x", "1/2", "0x10", "1_000", "Inf", "NaN", "1e9999", "--1", "1 2", "１", strings.Repeat("1", maxStored+1)} {
		if got, _, ok := general.value(stored, epoch1900); ok {
			t.Errorf("%q is taken for a number: %+v", stored, got)
		}
	}
	if got, _, _ := readFormat("yyyy/m/d").value("0", epoch1904); got.Day != epoch1904 || got.Kind != DayValue {
		t.Errorf("day 0 of 1904: %+v", got)
	}
}

// What a number is shown as must not be another figure.
func TestFormatsThatShowAnother(t *testing.T) {
	for code, want := range map[string]show{
		`0!.0,"万"`: asScaled, "0.0,,": asScaled, `[>=10000]0.0,"万";0`: asScaled, "0;0.0,": asScaled, "0%%": asScaled,
		strings.Repeat(" ", maxFormat) + "0%%": asNumber, `"合格";"不合格"`: asWords, `[=1]"男";[=2]"女"`: asWords,
		"#,##0": asNumber, `0.0"万"`: asNumber, `General"件"`: asNumber, `"约"0`: asNumber, "@": asNumber, `"-"`: asNumber,
	} {
		if got := readFormat(code).show; got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

// What its number format hides is not seen.
func TestFormatsThatHide(t *testing.T) {
	for _, c := range []struct {
		code, stored string
		hidden       bool
	}{
		{";;;", "5", true}, {";;;", "-5", true}, {";;;", "0", true}, {";;", "5", true},
		{"0;;", "-5", true}, {"0;;", "5", false}, {";-0;0", "5", true}, {"0;-0;;@", "0", false}, {"0", "0", false},
	} {
		if _, hidden, ok := readFormat(c.code).value(c.stored, epoch1900); hidden != c.hidden || !ok {
			t.Errorf("%s under %s: hidden %t", c.stored, c.code, hidden)
		}
	}
	if !readFormat(";;;").hidesText || readFormat("0;-0;;@").hidesText {
		t.Error("text under ;;; is seen")
	}
}

// The formats of the Chinese version that no workbook writes down.
func TestBuiltInFormats(t *testing.T) {
	for id, want := range map[int]Value{
		0: {Kind: NumberValue, Text: "46285.5"}, 9: {Kind: PercentValue, Text: "4628550%"}, 14: {Kind: DayValue, Text: "2026年9月20日"}, 17: {Kind: MonthValue, Text: "2026年9月"},
		20: {Kind: TextValue, Text: "12:00"}, 22: {Kind: DayValue, Text: "2026年9月20日 12:00"}, 27: {Kind: MonthValue, Text: "2026年9月"}, 28: {Kind: DayValue, Text: "2026年9月20日"}, 30: {Kind: DayValue, Text: "2026年9月20日"},
		31: {Kind: DayValue, Text: "2026年9月20日"}, 32: {Kind: TextValue, Text: "12:00"}, 36: {Kind: MonthValue, Text: "2026年9月"}, 46: {Kind: TextValue, Text: "1110852:00"}, 49: {Kind: NumberValue, Text: "46285.5"},
		50: {Kind: MonthValue, Text: "2026年9月"}, 51: {Kind: DayValue, Text: "2026年9月20日"}, 52: {Kind: MonthValue, Text: "2026年9月"}, 53: {Kind: DayValue, Text: "2026年9月20日"}, 54: {Kind: DayValue, Text: "2026年9月20日"}, 55: {Kind: TextValue, Text: "12:00"}, 57: {Kind: MonthValue, Text: "2026年9月"}, 58: {Kind: DayValue, Text: "2026年9月20日"},
	} {
		if got, _, _ := readFormat(builtIn[id]).value("46285.5", epoch1900); got.Kind != want.Kind || got.Text != want.Text {
			t.Errorf("format %d: %+v", id, got)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, code := range []string{"General", `yyyy"年"m"月";@`, "[$-804]m/d", `[>=10000]0.0,"万";0`, ";;;", "[h]:mm:ss.0", `_ * #,##0_ `, "[DBNum1]0", `\`, `"`, "[", "上午/下午h"} {
		f.Add(code, "46285.5")
	}
	f.Fuzz(func(t *testing.T, code, stored string) {
		v, _, ok := readFormat(code).value(stored, epoch1900)
		if ok && v.Text == "" {
			t.Errorf("%q under %q has no text", stored, code)
		}
	})
}
