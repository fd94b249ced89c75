// Package compute derives what the site says of figures: derived fields and
// the identities of a descriptor, charts, sentences, the figures that pages
// quote, and what is overdue. All of it comes from the rows alone; nothing is
// estimated or projected.
//
// The rules, after the Code of Practice for official statistics:
//
//   - A change is said only between like periods (the same months of another
//     year), or between monthly averages where the latest period is partial, and
//     the sentence says which. Across a break in series [b] none is said.
//   - A change of a percentage is in percentage points. A base under 20 gets no
//     percentage; one under 50 gets a note; site.yaml may set other bases.
//   - Highest and lowest are taken among full periods of the statistic's frequency.
//   - A monthly average is the count over the number of whole months. A stock
//     (截至…), a percentage and a period of broken months have none.
//   - Values of unlike units never share a chart. Parts are stacked, or shown as
//     shares, only where the table holds the whole that they add up to. Totals are
//     never drawn with their parts. Nothing is sorted by value: the order is that
//     of the file, for periods that of time.
//   - A marker instead of a value stays a marker in all that is computed from it.
package compute

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// Fault says why something that staff wrote cannot be done, and the next step.
type Fault struct{ Message, Hint problem.Text }

// frequencyOf gives the descriptor's frequency, or that of most rows where it
// gives none.
func frequencyOf(s *bureau.Statistic) period.Frequency {
	if f, ok := period.ParseFrequency(s.Descriptor.Frequency.V); ok {
		return f
	}
	var count [period.Daily + 1]int
	for _, r := range s.Rows {
		count[r.Period.Frequency()]++
	}
	for f, n := range count {
		if 2*n > len(s.Rows) {
			return period.Frequency(f)
		}
	}
	return period.Irregular
}

// partial tells whether a row's period is shorter than the frequency.
func partial(r bureau.Row, f period.Frequency) bool { return r.Partial || r.Period.Partial(f) }

// titleOf names a field for readers.
func titleOf(f bureau.Field) string {
	if f.Title != "" {
		return f.Title
	}
	return f.Name
}

// titleOfStatistic names a statistic for readers.
func titleOfStatistic(s *bureau.Statistic) string {
	if s.Descriptor.Title.V != "" {
		return s.Descriptor.Title.V
	}
	return s.Name
}

// suggest is the hint that names the nearest of some names, or else the first
// few of them.
func suggest(text string, names []string) problem.Text {
	if near := problem.Nearest(text, names); near != "" {
		return problem.Say("是否为“%s”？", "did you mean \"%s\"?", problem.Quote(near))
	}
	if len(names) == 0 {
		return problem.Text{}
	}
	return problem.Text{ZH: "可用的有：" + list(names, "、"), EN: "there are: " + list(names, ", ")}
}

// list joins at most five names.
func list(names []string, separator string) string {
	var b strings.Builder
	for i, name := range names {
		if i == 5 {
			b.WriteString(separator + "…")
			break
		}
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(problem.Quote(name))
	}
	return b.String()
}

// fieldNames gives the names of the fields that pass.
func fieldNames(s *bureau.Statistic, pass func(bureau.Field) bool) []string {
	var names []string
	for _, f := range s.Fields {
		if pass(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

func isMeasure(f bureau.Field) bool { return f.Role == bureau.RoleMeasure }
