package table

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/nfp"

	"sunshine/site/period"
)

// format is what a number format makes of a number.
type format struct {
	show     show
	decimals int8 // that it shows, or -1

	hidesPositive, hidesNegative, hidesZero, hidesText bool // ;;;
}

type show uint8

const (
	asNumber  show = iota
	asPercent      // a fraction, in per cent
	asSigned       // a number of per cent, with the sign typed behind it
	asDay
	asMoment  // a day and a time
	asMonth   // a year and a month, or a month
	asYear    // of a day
	asTime    // of a day
	asElapsed // hours and minutes that passed
	asScaled  // in thousands or ten thousands
	asWords   // that stand for it
)

// builtIn are the formats that a workbook need not write down. Those from 27 to 36
// and from 50 to 58 are those of the Chinese version.
var builtIn = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "0", 6: "0", 7: "0.00", 8: "0.00", 9: "0%", 10: "0.00%",
	14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
	27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
	50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}

// maxFormat is how many bytes a number format may have; spreadsheets take 255
// characters.
const maxFormat = 1024

var general = format{decimals: -1}

// readFormat reads the code of a number format.
func readFormat(code string) format {
	if len(code) > maxFormat {
		return general
	}
	parser := nfp.NumberFormatParser()
	sections := parser.Parse(strings.ReplaceAll(code, "G/通用格式", "General"))
	empty := func(i int) bool { return len(sections) > i && len(sections[i].Items) == 0 }
	f := general
	for i := len(sections) - 1; i >= 0; i-- { // of positive numbers last
		if i < 2 && !empty(i) && sections[i].Type != nfp.TokenSectionText {
			if g := readSection(sections[i].Items); f.show != asScaled && f.show != asWords || g.show == f.show {
				f = g
			}
		}
	}
	if len(sections) > 1 {
		f.hidesPositive, f.hidesNegative = empty(0), empty(1)
		f.hidesZero = empty(0) && empty(1) && (len(sections) < 3 || empty(2))
		f.hidesText = empty(3)
	}
	return f
}

// hides tells whether the format shows nothing of a number.
func (f format) hides(n *big.Rat) bool {
	switch n.Sign() {
	case 1:
		return f.hidesPositive
	case -1:
		return f.hidesNegative
	}
	return f.hidesZero // alone it stands for a figure, as in 0;-0;
}

// readSection reads one section of a number format, as the one for negative
// numbers.
func readSection(items []nfp.Token) format {
	f := format{decimals: -1}
	var year, month, day, hour, second, elapsed, point, places, exponent, words, other bool
	percent, signed, commas, decimals := 0, false, 0, 0
	for i, t := range items {
		switch t.TType {
		case nfp.TokenTypeElapsedDateTimes:
			elapsed = true
		case nfp.TokenTypeDateTimes:
			switch w := strings.ToLower(t.TValue); {
			case strings.HasPrefix(w, "y") || strings.HasPrefix(w, "e") || strings.HasPrefix(w, "b"):
				year = true
			case strings.HasPrefix(w, "d") || strings.HasPrefix(w, "aaa"):
				day = true
			case strings.HasPrefix(w, "h"):
				hour = true
			case strings.HasPrefix(w, "s"):
				second = true
			case strings.HasPrefix(w, "m"):
				month = month || !minutes(items, i)
				hour = hour || minutes(items, i)
			}
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			places, commas = true, 0
			if point && !exponent {
				decimals += len(t.TValue)
			}
		case nfp.TokenTypeDecimalPoint:
			point = true
		case nfp.TokenTypeThousandsSeparator:
			commas++
		case nfp.TokenTypePercent:
			percent++
		case nfp.TokenTypeExponential, nfp.TokenTypeFraction:
			exponent = true
		case nfp.TokenTypeLiteral:
			signed = signed || strings.ContainsAny(t.TValue, "%％")
			words = words || strings.ContainsFunc(t.TValue, unicode.IsLetter)
		case nfp.TokenTypeGeneral, nfp.TokenTypeTextPlaceHolder, nfp.TokenTypeUnknown:
			other = true
		}
	}
	switch {
	case elapsed:
		f.show = asElapsed
	case (day || month || year) && (hour || second):
		f.show = asMoment
	case day:
		f.show = asDay
	case month:
		f.show = asMonth
	case year:
		f.show = asYear
	case hour || second:
		f.show = asTime
	case places && commas > 0 || percent > 1:
		f.show = asScaled
	case percent == 1:
		f.show = asPercent
	case places && signed:
		f.show = asSigned
	case words && !places && !other:
		f.show = asWords
	}
	if places && !exponent && f.show <= asSigned {
		f.decimals = int8(min(decimals, 30))
	}
	return f
}

// minutes tells whether the m at i stands for minutes: next to an hour or a second.
func minutes(items []nfp.Token, i int) bool {
	beside := func(step int, letters string) bool {
		for j := i + step; j >= 0 && j < len(items); j += step {
			switch items[j].TType {
			case nfp.TokenTypeDateTimes, nfp.TokenTypeElapsedDateTimes:
				return strings.ContainsAny(strings.ToLower(items[j].TValue[:1]), letters)
			}
		}
		return false
	}
	return beside(-1, "h") || beside(1, "s")
}

// stored is how a workbook writes a number.
var stored = regexp.MustCompile(`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$`)

const (
	maxDigits  = 15        // that a spreadsheet shows
	maxStored  = 64        // bytes of a stored number
	lastSerial = 2_958_465 // 9999-12-31
	secondsDay = 24 * 60 * 60
)

// value gives what a number is under a number format, and whether that hides it;
// false where it is no number.
func (f format) value(raw string, epoch period.Date) (v Value, hidden, ok bool) {
	if whole := len(raw) < maxDigits && raw != "" && strings.Trim(raw, "0123456789") == "" && (raw[0] != '0' || raw == "0"); whole && f.show == asNumber && f.decimals <= 0 && !f.hidesPositive {
		return Value{Kind: NumberValue, Text: raw, Digits: raw, Shown: f.decimals}, false, true
	}
	if len(raw) > maxStored || !stored.MatchString(raw) {
		return Value{}, false, false
	}
	n, ok := new(big.Rat).SetString(raw)
	if !ok {
		return Value{}, false, false
	}
	hidden = f.hides(n)
	v = Value{Kind: NumberValue, Digits: plain(raw, n), Shown: f.decimals}
	switch f.show {
	case asPercent, asSigned:
		v.Kind = PercentValue
		if f.show == asPercent {
			v.Digits = plain(raw, n.Mul(n, big.NewRat(100, 1)))
		}
		v.Text = shown(n, v.Digits, f.decimals) + "%"
	case asDay, asMoment, asMonth, asYear, asTime, asElapsed:
		v.calendar(f, n, epoch)
	default:
		if v.Text = shown(n, v.Digits, f.decimals); f.decimals < 0 && significant(v.Digits) > maxDigits && strings.ContainsAny(raw, "eE") && n.IsInt() {
			v.Text = raw // 1.10105E+17
		}
	}
	return v, hidden, true
}

// plain writes a number out, exactly.
func plain(raw string, n *big.Rat) string {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(raw), "e")
	_, fraction, _ := strings.Cut(mantissa, ".")
	e, _ := strconv.Atoi(exponent)
	return trimmed(n.FloatString(max(0, len(fraction)-e)))
}

// trimmed takes the zeros from the end of a fraction, and the sign from zero.
func trimmed(digits string) string {
	if strings.Contains(digits, ".") {
		digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	}
	if digits == "-0" {
		return "0"
	}
	return digits
}

// significant counts the digits from the first that is not 0 to the last.
func significant(digits string) int {
	return len(strings.TrimRight(strings.TrimLeft(strings.ReplaceAll(digits, ".", ""), "-0"), "0"))
}

// shown gives a number as it is seen: with the decimals of its format, rounded half
// away from zero, or with 15 digits.
func shown(n *big.Rat, digits string, decimals int8) string {
	if decimals >= 0 {
		if text := n.FloatString(int(decimals)); strings.Trim(text, "-0.") != "" {
			return text
		}
		return new(big.Rat).FloatString(int(decimals)) // not -0.0
	}
	if significant(digits) <= maxDigits {
		return digits
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(digits, "-"), ".")
	keep := maxDigits - len(whole)
	if whole == "0" {
		keep = maxDigits + len(fraction) - len(strings.TrimLeft(fraction, "0"))
	}
	if keep < 0 {
		return digits
	}
	return trimmed(n.FloatString(keep))
}

// calendar makes a day, or a text of time, of a serial number.
func (v *Value) calendar(f format, n *big.Rat, epoch period.Date) {
	seconds := new(big.Rat).Mul(n, big.NewRat(secondsDay, 1))
	whole, err := strconv.ParseInt(seconds.FloatString(0), 10, 64)
	day := period.Date(whole / secondsDay)
	old := epoch == epoch1900
	switch {
	case err != nil || n.Sign() < 0 || whole/secondsDay > lastSerial:
		v.Kind, v.Text = ErrorValue, "########" // as spreadsheets show it
		return
	case f.show == asElapsed || f.show == asTime:
		if f.show == asTime {
			whole %= secondsDay
		}
		v.Kind, v.Text = TextValue, clock(whole)
		return
	case old && (day == 0 || day == 60): // 1900-01-00 and 1900-02-29, which there never were
		v.Kind, v.Text = ErrorValue, "1900-01-00"
		if day == 60 {
			v.Text = "1900-02-29"
		}
		return
	case old && day < 60:
		day++
	}
	v.Kind, v.Day = DayValue, epoch+day
	t := v.Day.Time()
	switch v.Text = written(v.Day); f.show {
	case asMoment:
		v.Text += " " + clock(whole%secondsDay)
	case asMonth:
		v.Kind, v.Text, v.Day = MonthValue, fmt.Sprintf("%d年%d月", t.Year(), t.Month()), period.NewDate(t.Year(), t.Month(), 1)
	case asYear:
		v.Kind, v.Text, v.Day = TextValue, fmt.Sprintf("%d年", t.Year()), 0
	}
}

// written gives a day as offices write it.
func written(d period.Date) string {
	t := d.Time()
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}

// clock gives hours and minutes, and seconds where there are any.
func clock(seconds int64) string {
	if s := seconds % 60; s > 0 {
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, s)
	}
	return fmt.Sprintf("%d:%02d", seconds/3600, seconds/60%60)
}
