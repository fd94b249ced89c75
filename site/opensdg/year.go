package opensdg

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"sunshine/site/period"
	"sunshine/site/problem"
)

// years reads a column of years: what is written as this site reads it, or why a
// text is no period that has one reading. What one text leaves open the others of the
// column may tell: 2001-02 is a year beside 1998-99, and a day comes first where one
// is above 12.
type years struct {
	options    period.Options
	spans      map[span]bool // 2013-14 is 1, 2013-16 is 3: lengths that the column has without doubt
	months     bool          // 2015-01 is a month, and so is 2010-11 beside it
	overYears  bool          // the whole column is written as 2010-11, which is read as it is
	dayFirst   bool
	monthFirst bool
	financial  bool // every text runs from one year into the next, as 2013-2014
}

// span is how many years one text runs over, as it is written: with a stroke or a hyphen.
type span struct {
	years  int
	stroke bool
}

var (
	decimalYear = regexp.MustCompile(`^((?:19|20|21)[0-9]{2})\.0+$`)
	shortSpan   = regexp.MustCompile(`^([0-9]{4})\s*[-–—/]\s*([0-9]{2})$`)
	longSpan    = regexp.MustCompile(`^([0-9]{4})\s*(?:[-–—/]|to|and)\s*([0-9]{4})$`)
	quarterOf   = regexp.MustCompile(`(?i)^(?:Q([1-4])[ -]*([0-9]{4})|([0-9]{4})[ -]*Q([1-4]))$`)
	yearEnding  = regexp.MustCompile(`(?i)^(?:(?:12 months|year) )?(?:ending|ended|to) (?:end )?([A-Za-z]+) ([0-9]{4})$`)
	compact     = regexp.MustCompile(`^[0-9]{4}[-/][0-9]{2}$`)
	plainYear   = regexp.MustCompile(`^[0-9]{4}$`)
)

// longest is how many years 2013-16 may run over; 2015-01 is a month.
const longest = 20

func readYears(texts []string, o period.Options) *years {
	y := &years{options: o, spans: map[span]bool{}, overYears: true, financial: true}
	seen, starts := false, map[string]bool{}
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		seen = true
		if m := slashed.FindStringSubmatch(text); m != nil {
			a, _ := strconv.Atoi(m[1])
			b, _ := strconv.Atoi(m[2])
			y.dayFirst, y.monthFirst = y.dayFirst || a > 12, y.monthFirst || b > 12
		}
		if m := shortSpan.FindStringSubmatch(text); m != nil {
			n, years := numbers(m[1], m[2])
			y.overYears = y.overYears && years == 1 && compact.MatchString(text)
			switch last := (n + years) % 100; {
			case years == 0 || years > longest:
				y.months = y.months || last > 0 && last <= 12 && !strings.Contains(text, "/")
			case last > 12 || last == 0:
				y.spans[span{years, strings.Contains(text, "/")}] = true
			}
		} else {
			y.overYears = false
		}
		if m := longSpan.FindStringSubmatch(text); m == nil {
			y.financial = false
		} else if a, b := whole(m[1]), whole(m[2]); b != a+1 {
			y.financial = false
		} else {
			starts[m[1]] = true
		}
	}
	// 2013-2014 alone may be both years; beside 2014-2015 it runs into the next.
	y.financial = y.financial && seen && len(starts) > 1
	y.overYears = y.overYears && seen && len(y.spans) > 0
	return y
}

func whole(text string) int { n, _ := strconv.Atoi(text); return n }

// numbers gives a year and how many years later one ends that is written with its last
// two digits.
func numbers(year, end string) (first, span int) {
	first = whole(year)
	return first, (whole(end) - first%100 + 100) % 100
}

// read gives a text as it is read here.
func (y *years) read(text string) (written string, why problem.Text, ok bool) {
	text = strings.TrimSpace(text)
	if m := decimalYear.FindStringSubmatch(text); m != nil {
		return m[1], why, true
	}
	if plainYear.MatchString(text) {
		return y.parse(text, text)
	}
	if m := shortSpan.FindStringSubmatch(text); m != nil {
		first, years := numbers(m[1], m[2])
		stroke := strings.Contains(text, "/")
		certain := y.spans[span{years, stroke}]
		last := (first + years) % 100
		month := last > 0 && last <= 12 && !stroke
		switch {
		case y.overYears:
			return text, why, true
		case month && certain && y.months, month && !certain && !y.months && years > 0 && years <= longest, !month && !certain:
			return "", problem.Say("“%s”有两种读法：一个月，或者跨年的年度", "\"%s\" has two readings: a month, or a year that runs into the next", problem.Quote(text)), false
		case !certain:
			return y.parse(text, text)
		case years > 1:
			return y.parse(m[1]+"-"+itoa(first+years), text)
		case last > 12:
			return y.parse(m[1]+"/"+m[2], text)
		}
		return y.parse(m[1]+"/"+m[2]+"财年", text)
	}
	if m := longSpan.FindStringSubmatch(text); m != nil {
		if y.financial {
			return y.parse(m[1]+"/"+m[2][2:]+"财年", text)
		}
		return y.parse(m[1]+"-"+m[2], text)
	}
	if m := quarterOf.FindStringSubmatch(text); m != nil {
		return y.parse(m[2]+m[3]+"Q"+m[1]+m[4], text)
	}
	for _, layout := range []string{"Jan 2006", "January 2006", "Jan-2006", "January-2006", "Sept 2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return y.parse(t.Format("2006-01"), text)
		}
	}
	if m := yearEnding.FindStringSubmatch(text); m != nil {
		for _, layout := range []string{"January 2006", "Jan 2006"} {
			if t, err := time.Parse(layout, m[1]+" "+m[2]); err == nil {
				last := time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
				first := time.Date(t.Year()-1, t.Month()+1, 1, 0, 0, 0, 0, time.UTC)
				return y.parse(first.Format("2006-01-02")+"/"+last.Format("2006-01-02"), text)
			}
		}
	}
	if day, known := dayOf(text); known {
		return y.parse(day.String(), text)
	}
	if m := slashed.FindStringSubmatch(text); m != nil && y.dayFirst != y.monthFirst {
		day, month := whole(m[1]), whole(m[2])
		if y.monthFirst {
			day, month = month, day
		}
		return y.parse(m[3]+"-"+two(month)+"-"+two(day), text)
	}
	return y.parse(text, text)
}

// parse tells whether what is written is read.
func (y *years) parse(written, text string) (string, problem.Text, bool) {
	if written == "" {
		return "", problem.Say("没有写年份", "no year is given"), false
	}
	if _, err := period.Parse(written, y.options); err != nil {
		return "", err.(*period.Error).Message, false
	}
	return written, problem.Text{}, true
}

// period gives the period of a text that read wrote.
func (y *years) period(written string) (period.Period, bool) {
	if y.overYears {
		written = written[:4] + "/" + written[5:] + "财年"
	}
	p, err := period.Parse(written, y.options)
	return p, err == nil
}
