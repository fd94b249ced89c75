package locale

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
)

// Decimal is an argument that is written with the language's separators and picks
// the plural form, as a whole number does.
type Decimal float64

// text is a message in a form that is quickly filled.
type text struct {
	other []part                 // the only form, or that of plural.Other
	forms map[plural.Form][]part // where there are several
}

// part is a piece of a message: what stands there, or an argument.
type part struct {
	literal string
	arg     int // -1 for none
	capital bool
}

// Text writes a message with its arguments: a string stands as it is, a whole
// number and a Decimal are written in the language's way. Arguments that are not
// those of the key are a mistake in the program.
func (l *Language) Text(k Key, args ...any) string {
	d := &definitions[k]
	if len(args) != len(d.args) {
		panic("locale: " + d.name + " is given other arguments than it takes")
	}
	t := &l.texts[k]
	parts := t.other
	if len(args) == 0 && len(parts) == 1 {
		return parts[0].literal
	}
	var written [8]string // most have one or two
	counted := false
	for i, a := range args {
		var form plural.Form
		number := true
		switch v := a.(type) {
		case string:
			written[i], number = v, false
		case int:
			written[i] = Format(float64(v), "", l)
			form = plural.Cardinal.MatchPlural(l.code, max(v, -v), 0, 0, 0, 0)
		case Decimal:
			written[i] = Format(float64(v), "", l)
			form = l.form(float64(v))
		default:
			panic("locale: " + d.name + " is given something that is no argument")
		}
		if number != (d.args[i][0] == '#') {
			panic("locale: " + d.name + " is given a text for a number, or a number for a text")
		}
		if number && !counted {
			counted = true
			if of, ok := t.forms[form]; ok {
				parts = of
			}
		}
	}
	size := 0
	for _, p := range parts {
		if size += len(p.literal); p.arg >= 0 {
			size += len(written[p.arg])
		}
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range parts {
		switch {
		case p.arg < 0:
			b.WriteString(p.literal)
		case p.capital:
			b.WriteString(capital(written[p.arg]))
		default:
			b.WriteString(written[p.arg])
		}
	}
	return b.String()
}

// capital makes the first letter large.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// form is the plural form of a number as Format writes it.
func (l *Language) form(n float64) plural.Form {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'f', 4, 64), ".")
	fraction = strings.TrimRight(fraction, "0")
	i, _ := strconv.Atoi(whole)
	f, _ := strconv.Atoi(fraction)
	return plural.Cardinal.MatchPlural(l.code, i, len(fraction), len(fraction), f, f)
}

// parse takes a message apart at its placeholders, {name}. {Name} is the same one
// with a large first letter.
func parse(message string, place func(name string) int) ([]part, error) {
	var parts []part
	for {
		before, rest, found := strings.Cut(message, "{")
		if before != "" || !found && parts == nil {
			parts = append(parts, part{literal: before, arg: -1})
		}
		if !found {
			return parts, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" || strings.ContainsAny(name, "{ ") {
			return nil, fmt.Errorf("{%s", name)
		}
		first, size := utf8.DecodeRuneInString(name)
		lower := string(unicode.ToLower(first)) + name[size:]
		at := place(lower)
		if at < 0 {
			return nil, fmt.Errorf("{%s}", name)
		}
		parts = append(parts, part{arg: at, capital: unicode.IsUpper(first)})
		message = after
	}
}
