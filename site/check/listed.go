package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
)

// This file judges numbers that stand in a list: 汽车31，摩托3，行人12. None says what
// it counts; the sentence or heading over the list does, or the list itself.

// packing are the words between the names and the numbers of a list.
var packing = regexp.MustCompile(`(?:其中|分别|[\s:=\-—~*人名个例位口车类者的骑为是有共计占约仅和及与在全市省区县年度死伤亡])|\b(?:in|the|of|and|were|was|are|is|people|persons?)\b`)

// listed tells whether the clause of a number says no more than the number, and
// whose it is: 摩托3人, 2024年：3; of a table, whether its cell does.
func (j judged) listed(clause int, n spoken, v *veil) bool {
	c := j.clauses[clause]
	if c.end-c.start > 2*window {
		return false
	}
	if j.cell && strings.Trim(j.plain, " =:-.") == j.plain[n.start:n.end] && !j.heads(v, -1) {
		return false
	}
	rest := []byte(j.plain[c.start:c.end])
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			rest[i-c.start] = ' '
		}
	}
	for _, of := range append([]*terms{&v.fields}, pointers(v.values)...) {
		for _, m := range j.in(clause, of) {
			blank(m.start, m.end)
		}
	}
	for _, pattern := range []*regexp.Regexp{dated, yearWords} {
		for _, m := range pattern.FindAllIndex(rest, -1) {
			if m[0]+c.start <= n.start && n.end <= m[1]+c.start {
				return false // the number of a year or month
			}
			blank(m[0]+c.start, m[1]+c.start)
		}
	}
	for _, m := range yearless.FindAllSubmatchIndex(rest, -1) {
		if m[4]+c.start <= n.start && n.end <= m[5]+c.start {
			return false
		}
		blank(m[4]+c.start, m[5]+c.start)
	}
	for _, o := range j.numbers[clause] {
		blank(o.start, o.end)
	}
	return strings.TrimSpace(packing.ReplaceAllString(string(rest), "")) == ""
}

func pointers(all []terms) []*terms {
	var to []*terms
	for i := range all {
		to = append(to, &all[i])
	}
	return to
}

// closest gives of the values that the clause of a number names the one before
// it, as those of a list stand, or else the one after it.
func closest(all []mention, n spoken, inClause bool) []mention {
	if !inClause || len(all) < 2 {
		return all
	}
	at := all[0]
	for _, m := range all {
		if m.end <= n.start && m.end >= at.end {
			at = m
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(m mention) bool { return m.start != at.start })
}

// only tells whether a field is the only measure, so that the title names it too.
func (v *veil) only(field int) bool {
	for i, f := range v.Fields {
		if i != field && f.Role == bureau.RoleMeasure {
			return false
		}
	}
	return true
}

// maxAround bounds what is looked through for other figures of a column.
const maxAround = 20_000

// corroborates tells whether the text around a number tells other figures of its
// column beside their categories, so that it is this table that it writes out: one
// that is no small number, or two.
func (j judged) corroborates(v *veil, c hiding) bool {
	key := aroundKey{v, c.field, c.rows[0]}
	if j.seen.found == nil || j.seen.around != j.around { // the same text for all that stands in it
		*j.seen = corroborations{j.around, map[aroundKey]bool{}}
	}
	is, known := j.seen.found[key]
	if !known {
		is = j.repeats(v, c)
		j.seen.found[key] = is
	}
	return is
}

// corroborations remembers what was found around the numbers of one text.
type corroborations struct {
	around string
	found  map[aroundKey]bool
}

type aroundKey struct {
	*veil
	field, row int
}

func (j judged) repeats(v *veil, c hiding) bool {
	around, _ := plainOf(j.around[:min(len(j.around), maxAround)])
	found, seen := 0, map[string]bool{}
	for row := range min(len(v.Rows), 400) {
		cell := v.Cell(row, c.field)
		number, hidden := v.places[[2]int{row, c.field}]
		if !hidden {
			number = cell.Number
		}
		if !(number > 0) || slices.Contains(c.rows, row) {
			continue
		}
		for _, k := range v.keys {
			name, _ := plainOf(v.Cell(row, k).Text)
			if bureau.KindOf(name) == bureau.TotalRow || seen[name] || utf8.RuneCountInString(name) < 2 || !beside(around, name, number) {
				continue
			}
			seen[name] = true
			if found++; found > 1 || number >= 10 {
				return true
			}
		}
	}
	return false
}

// beside tells whether a number stands after a name, in its line and near it.
func beside(text, name string, number float64) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		at += i + len(name)
		line, _, _ := strings.Cut(text[at:min(len(text), at+window)], "\n")
		for _, n := range numbersOf(line, span{0, len(line)}) {
			if n.value == number && !n.chinese {
				return true
			}
		}
	}
}
