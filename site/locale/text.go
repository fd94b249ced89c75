package locale

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
)

// Number is an argument that is written with the language's separators and picks
// the plural form, as a whole number does.
type Number float64

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
// number and a Number are written in the language's way. Arguments that are not
// those of the key are a mistake in the program.
func (l *Language) Text(k Key, args ...any) string {
	d := &definitions[k]
	if len(args) != len(d.args) {
		panic(fmt.Sprintf("locale: %s takes %d arguments, not %d", d.name, len(d.args), len(args)))
	}
	parts := l.texts[k].other
	if len(args) == 0 && len(parts) == 1 {
		return parts[0].literal
	}
	var written [8]string
	counted := false
	for i, a := range args {
		switch v := a.(type) {
		case string:
			written[i] = v
		case int:
			written[i] = Format(float64(v), "", l)
		case Number:
			written[i] = Format(float64(v), "", l)
		default:
			panic(fmt.Sprintf("locale: %s: %T is no argument of a message", d.name, a))
		}
		if _, plain := a.(string); plain == (d.args[i][0] == '#') {
			panic(fmt.Sprintf("locale: %s: {%s} is given a %T", d.name, strings.TrimPrefix(d.args[i], "#"), a))
		}
		if !plainText(a) && !counted {
			counted = true
			if form, ok := l.texts[k].forms[l.form(a)]; ok {
				parts = form
			}
		}
	}
	return join(parts, written[:])
}

func plainText(a any) bool { _, ok := a.(string); return ok }

func join(parts []part, written []string) string {
	var b strings.Builder
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

// form is the plural form of a number as it is written.
func (l *Language) form(a any) plural.Form {
	if n, whole := a.(int); whole {
		return plural.Cardinal.MatchPlural(l.code, max(n, -n), 0, 0, 0, 0)
	}
	digits := strconv.FormatFloat(max(float64(a.(Number)), -float64(a.(Number))), 'f', 4, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
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
		parts = append(parts, part{literal: lower, arg: at, capital: unicode.IsUpper(first)})
		message = after
	}
}
