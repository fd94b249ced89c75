package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/period"
)

// Descriptor writes data/stats/<name>.yaml of a table that is read for the first time,
// released on a day by an organisation.
func (r *Reading) Descriptor(day period.Date, organisation string) []byte {
	var b strings.Builder
	b.WriteString("# 由 sunshine import 写下。请核对；写在这里的，以后读入时只改发布日期，别的不动。\n")
	title := r.Title
	if title == "" {
		title = r.Name
	}
	fmt.Fprintf(&b, "title: %s\n", strconv.Quote(title))
	if r.Apart {
		fmt.Fprintf(&b, "concept: %s\n", strconv.Quote(title)) // what another table counts under the same words is not the same
	}
	author := r.Office
	if author == "" {
		author = organisation
	}
	source := title
	if !named.MatchString(source) {
		source += "统计表"
	}
	fmt.Fprintf(&b, "sources:\n  - title: %s\n", strconv.Quote(source))
	if author != "" {
		fmt.Fprintf(&b, "    author: %s\n", strconv.Quote(author))
	}
	if r.Office != "" {
		fmt.Fprintf(&b, "contributors: [{title: %s, roles: [compiler]}]\n", strconv.Quote(r.Office))
	}
	_, _, f := r.Periods()
	fmt.Fprintf(&b, "frequency: %s\n", f)
	fmt.Fprintf(&b, "released: %s\n", day)
	if next := nextRelease(day, f); next != 0 {
		fmt.Fprintf(&b, "next_release: %s\n", next)
	}
	b.WriteString("schema:\n  fields:\n")
	for _, f := range r.Fields {
		fmt.Fprintf(&b, "    - %s\n", f.described())
	}
	return []byte(b.String())
}

// nextRelease is the day on which what comes with a frequency comes again; 0 for what
// comes each day, or as it may.
func nextRelease(day period.Date, f period.Frequency) period.Date {
	y, m, d := day.Time().Date()
	months := map[period.Frequency]int{period.Monthly: 1, period.Quarterly: 3, period.HalfYearly: 6, period.Yearly: 12}[f]
	switch {
	case months > 0:
		last := period.NewDate(y, m+time.Month(months)+1, 1) - 1
		return min(period.NewDate(y, m+time.Month(months), d), last)
	case f == period.Weekly:
		return day + 7
	}
	return 0
}

// named is how the title of a table ends that says what it is.
var named = regexp.MustCompile(`(?:表|报|统计|台账|清单|报告)$`)

var (
	releasedLine = regexp.MustCompile(`(?m)^(released|发布日期)([ \t]*:[ \t]*)(['"]?)([^\s'"#]+)(['"]?)`)
	nextLine     = regexp.MustCompile(`(?m)^(next_release|下次发布)([ \t]*:[ \t]*)(['"]?)([^\s'"#]+)(['"]?)`)
)

// Carry gives a descriptor that staff wrote the days of a new release: its lines alone,
// so that order and comments stay. A next release that was announced goes on by the
// frequency: the release of today is the one that was announced for today, or for a day
// not far ahead.
func Carry(source []byte, d bureau.Descriptor, day period.Date, f period.Frequency) []byte {
	if d.Historical.V || d.Released.V >= day && d.Released.Given() {
		return source
	}
	if word, ok := period.ParseFrequency(d.Frequency.V); ok {
		f = word
	}
	set := func(line *regexp.Regexp, to period.Date) {
		if m := line.FindSubmatchIndex(source); m != nil {
			source = append(append(append([]byte(nil), source[:m[8]]...), to.String()...), source[m[9]:]...)
		}
	}
	set(releasedLine, day)
	if !d.Released.Given() {
		if n := len(source); n > 0 && source[n-1] != '\n' {
			source = append(source, '\n')
		}
		source = append(source, "released: "+day.String()+"\n"...)
	}
	if next := d.NextRelease.V; d.NextRelease.Given() {
		for n := 0; n < 1000; n++ {
			step := nextRelease(next, f)
			if step == 0 || next > day+(step-next)/2 { // announced for a later one
				break
			}
			next = step
		}
		set(nextLine, next)
	}
	return source
}
