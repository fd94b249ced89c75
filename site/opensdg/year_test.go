package opensdg

import (
	"strings"
	"testing"

	"sunshine/site/period"
)

// A text is read by what the others of its column tell; - is one that has two readings.
func TestYears(t *testing.T) {
	for column, want := range map[string]string{
		"2015|2016.0|2017":                       "2015|2016|2017",
		"2014/15|2015/16":                        "2014/15|2015/16",
		"2010-11|2011-12":                        "-|-",
		"2010-11|2011-12|2012-13":                "2010-11|2011-12|2012-13",
		"2010-11|2012-13|2013":                   "2010/11财年|2012/13|2013",
		"2010-11|2015-01":                        "2010-11|2015-01", // months
		"2010-11|2015-01|2018/19":                "2010-11|2015-01|2018/19",
		"2007/08|2014":                           "-|2014",
		"2000 - 02|2011-13":                      "2000-2002|2011-2013",
		"2010 - 12|2011-13":                      "2010-2012|2011-2013",
		"2009-11|2010-12|2011-13":                "2009-2011|2010-2012|2011-2013",
		"2013-2014|2014-2015":                    "2013/14财年|2014/15财年",
		"2013-2014":                              "-",
		"2014 to 2016|2015–2017":                 "2014-2016|2015-2017",
		"Q3 2019|2019 Q4|Jan 2020|December 2020": "2019Q3|2019Q4|2020-01|2020-12",
		"Year ending March 2019|2019":            "2018-04-01/2019-03-31|2019",
		"01/02/2003":                             "-",
		"01/02/2003|31/12/2003":                  "2003-02-01|2003-12-31",
		"02/01/2003|12/31/2003":                  "2003-02-01|2003-12-31",
		"1 February 2003|2003-02-01":             "2003-02-01|2003-02-01",
		"about 2003||1850|FY2014|2015*":          "-|-|-|-|-",
	} {
		texts := strings.Split(column, "|")
		y := readYears(texts, period.Options{})
		var got []string
		for _, text := range texts {
			written, why, ok := y.read(text)
			if !ok {
				if written = "-"; why.EN == "" || why.ZH == "" {
					t.Errorf("%q of %s is refused without a reason", text, column)
				}
			} else if _, read := y.period(written); !read {
				t.Errorf("%q of %s is written as %q, which is not read", text, column, written)
			}
			got = append(got, written)
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s is %s, not %s", column, got, want)
		}
	}
}
