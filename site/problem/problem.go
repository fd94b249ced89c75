// Package problem is how Sunshine tells the clerk what is wrong.
//
// A Problem states a fact, quotes the value, and gives the next step, in
// Chinese and in English, at the place where it stands. Packages collect
// problems in a List and go on: all of them are reported in one run, sorted by
// place; those that repeat down a column are told as one. An Error stops the build; a
// Warning does not.
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Position is a place in the bureau's folder. Line and Column count from 1,
// Column in characters of the decoded text; zero means unknown. Cell is the
// spreadsheet name of the cell (B4) where the file is a table, Sheet the name of
// its sheet where that is a workbook.
type Position struct {
	File   string // slash-separated, relative to the bureau's folder: data/stats/cases.csv
	Sheet  string
	Line   int
	Column int
	Cell   string
}

// Path gives the file, safe to print.
func (p Position) Path() string { return Visible(p.File) }

// InFile gives the cell, with its sheet where it is in a workbook (10月!B5), safe to
// print; empty where neither is known.
func (p Position) InFile() string {
	switch {
	case p.Sheet == "":
		return p.Cell
	case p.Cell == "":
		return Visible(p.Sheet)
	}
	return Visible(p.Sheet) + "!" + p.Cell
}

// String gives file:line:column (cell), or file!sheet!cell of a workbook, as far as
// it is known, safe to print.
func (p Position) String() string {
	if p.Sheet != "" {
		return p.Path() + "!" + p.InFile()
	}
	var b strings.Builder
	b.WriteString(p.Path())
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
	}
	if p.Cell != "" {
		fmt.Fprintf(&b, " (%s)", p.Cell)
	}
	return b.String()
}

// Severity tells whether a problem stops the build.
type Severity int

const (
	Warning Severity = iota
	Error
)

func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Language is a language that messages are written in.
type Language string

const (
	Chinese Language = "zh"
	English Language = "en"
)

// Fault says why something that staff wrote cannot be done, and the next step,
// before it is known where that stands.
type Fault struct{ Message, Hint Text }

// Refuse gives the fault with a message and the next step.
func Refuse(message, hint Text) *Fault { return &Fault{message, hint} }

// Text is one message in both languages.
type Text struct{ ZH, EN string }

// In gives the text in a language.
func (t Text) In(l Language) string {
	if l == Chinese {
		return t.ZH
	}
	return t.EN
}

// Say formats both languages with the same arguments, so both use the same
// verbs in the same order (or indexes, %[1]s). Values are quoted with “%s” in
// Chinese and "%s" in English, or shortened first with Quote.
func Say(zh, en string, args ...any) Text {
	if len(args) == 0 {
		return Text{zh, en}
	}
	in := func(language func(Text) string) []any {
		said := slices.Clone(args)
		for i, arg := range said {
			if t, ok := arg.(Text); ok {
				said[i] = language(t)
			}
		}
		return said
	}
	return Text{
		fmt.Sprintf(zh, in(func(t Text) string { return t.ZH })...),
		fmt.Sprintf(en, in(func(t Text) string { return t.EN })...),
	}
}

// Quote makes a value safe and short enough to stand in a message: what is
// invisible is escaped, and more than 60 characters are cut with an ellipsis.
func Quote(value string) string {
	n := 0
	for i := range value {
		if n++; n > 60 {
			return Visible(value[:i]) + "…"
		}
	}
	return Visible(value)
}

// Visible escapes control characters, direction marks and whatever else of a
// text is not seen, so that a terminal, a log or a page shows what is there and
// obeys none of it.
func Visible(text string) string {
	if utf8.ValidString(text) && strings.IndexFunc(text, unseen) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unseen(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case unseen(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unseen(r rune) bool { return !unicode.IsGraphic(r) }

// Problem is one thing that is wrong. Rule names what was held against the
// data, as area/noun (csv/number), and is stable from release to release.
type Problem struct {
	Position
	Severity Severity
	Rule     Rule
	Message  Text
	Hint     Text // the next step; may be empty
	Cure     Cure // what mends it, where one thing alone does; else zero
}

// Cure is what stands at the place of a problem, and what should stand there; or the Row of
// answers.csv that answers it, up to its answer.
type Cure struct{ Old, New, Row string }

// Said gives the message and the hint in a language, safe to print: a name that
// they quote may hold anything.
func (p Problem) Said(l Language) (message, hint string) {
	return Visible(p.Message.In(l)), Visible(p.Hint.In(l))
}

// List collects problems. The zero value is ready; it is not safe for use by
// several goroutines: each collects its own, and they are joined.
type List []Problem

// Error adds a problem that stops the build.
func (l *List) Error(at Position, rule Rule, message, hint Text) {
	*l = append(*l, Problem{Position: at, Severity: Error, Rule: rule, Message: message, Hint: hint})
}

// Warn adds a problem that does not.
func (l *List) Warn(at Position, rule Rule, message, hint Text) {
	*l = append(*l, Problem{Position: at, Severity: Warning, Rule: rule, Message: message, Hint: hint})
}

// Cure says of the problem that was added last what alone mends it: old, which stands at its
// place, becomes new.
func (l List) Cure(old, new string) { l[len(l)-1].Cure = Cure{Old: old, New: new} }

// Answerable says of the problem that was added last which row of answers.csv answers it.
func (l List) Answerable(row string) { l[len(l)-1].Cure = Cure{Row: row} }

// Add joins another list to this one.
func (l *List) Add(more List) { *l = append(*l, more...) }

// Errors counts the problems that stop the build.
func (l List) Errors() int {
	n := 0
	for _, p := range l {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// Sort orders the list by file, sheet, line, column, rule and message, and drops
// exact repeats, so that the same input gives the same report.
func (l *List) Sort() {
	slices.SortFunc(*l, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(row(a.Cell), row(b.Cell)), cmp.Compare(len(a.Cell), len(b.Cell)), cmp.Compare(a.Cell, b.Cell), cmp.Compare(a.Rule.id, b.Rule.id), cmp.Compare(a.Message.EN, b.Message.EN), cmp.Compare(b.Severity, a.Severity))
	})
	*l = slices.Compact(*l)
}

// row gives the number of a cell's row: 12 of B12.
func row(cell string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return n
}
