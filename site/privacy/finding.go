package privacy

import (
	"bytes"
	"cmp"
	"math"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

func (h Hit) finding(at problem.Position) bureau.Finding {
	f := bureau.Finding{At: at, Rule: h.Rule, Severity: h.Severity, Value: h.Value, Cleared: h.cleared}
	if h.Rule == notInspected {
		f.Why = tooMany
	}
	return f
}

// File scans a file of text as it was decoded: front matter, Markdown, settings
// and descriptors, line by line as they stand. Its name is scanned, too.
func File(file string, source []byte) []bureau.Finding {
	return append(Name(file), locate(file, source, scan(source, "", false))...)
}

// Name scans the name of a file and of its folders.
func Name(file string) []bureau.Finding {
	var findings []bureau.Finding
	for _, h := range scan([]byte(strings.TrimSuffix(file, path.Ext(file))), "", false) {
		f := h.finding(problem.Position{File: file})
		f.InName = true
		findings = append(findings, f)
	}
	return findings
}

func isMarkup(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".html", ".htm", ".svg", ".xml":
		return true
	}
	return false
}

// locate gives hits their line and column, in their order.
func locate(file string, source []byte, hits []Hit) []bureau.Finding {
	slices.SortStableFunc(hits, func(a, b Hit) int { return a.Start - b.Start })
	var findings []bureau.Finding
	at, done := problem.Position{File: file, Line: 1, Column: 1}, 0
	for _, h := range hits {
		passed := source[done:h.Start]
		if i := bytes.LastIndexByte(passed, '\n'); i >= 0 {
			at.Line += bytes.Count(passed, []byte("\n"))
			at.Column, passed = 1, passed[i+1:]
		}
		at.Column += utf8.RuneCount(passed)
		done = h.Start
		findings = append(findings, h.finding(at))
	}
	return findings
}

// enough tells whether there are as many findings as are looked at, and says so
// once in them: what follows is not searched.
func enough(findings *[]bureau.Finding) bool {
	n := len(*findings)
	if n < maxHits {
		return false
	}
	if last := &(*findings)[n-1]; last.Rule != notInspected {
		last.Rule, last.Severity, last.Value, last.Cleared, last.Why = notInspected, problem.Error, "", false, tooMany
	}
	return true
}

// Statistic scans every cell of a statistic, beside its header, and the lines
// around the table.
func Statistic(s *bureau.Statistic) []bureau.Finding {
	var findings []bureau.Finding
	add := func(words, beside string, at problem.Position, code bool) {
		if enough(&findings) {
			return
		}
		hits := scan([]byte(words), beside, false)
		if code {
			hits = clearCodes(hits)
		}
		for _, h := range hits {
			findings = append(findings, h.finding(at))
		}
	}
	for c, field := range s.Fields {
		if field.Derived {
			continue
		}
		add(field.Name, "", field.At, false)
		if h, ok := headed(s, c); ok {
			findings = append(findings, h.finding(field.At))
			continue
		}
		beside := field.Name
		if _, _, said := cutUnit(beside); field.Unit != "" && !said {
			beside += "（" + field.Unit + "）"
		}
		column, last, code := s.Column(c), "", codedColumn(s, c)
		nothing := make([]bool, len(column.Each)) // was found in it
		for r, of := range column.Of {
			cell := &column.Each[of]
			if len(cell.Text) < shortest || cell.Text == last || cell.Has() && math.Abs(cell.Number) < 1e10 {
				continue
			}
			if last = cell.Text; nothing[of] {
				continue
			}
			before := len(findings)
			add(cell.Text, beside, s.Position(r, c), code)
			nothing[of] = len(findings) == before
		}
	}
	for _, note := range s.Notes {
		add(note.V, "", note.At, false)
	}
	if title := s.Descriptor.Title; title.At.File == s.File { // the line above the table
		add(title.V, "", title.At, false)
	}
	return loose(findings, s.Loose)
}

// loose scans what of a file of rows stands in none of them. Lines that were not parted
// into cells are scanned as if every comma parted two, so that figures beside each other
// make no number.
func loose(findings []bureau.Finding, texts []bureau.Loose) []bureau.Finding {
	for _, t := range texts {
		if len(t.V) < shortest {
			continue
		}
		if enough(&findings) {
			break
		}
		if !t.Raw {
			for _, h := range scan([]byte(t.V), t.Beside, false) {
				findings = append(findings, h.finding(t.At))
			}
			continue
		}
		parted := bytes.ReplaceAll([]byte(t.V), []byte(","), []byte("\n"))
		for _, f := range locate(t.At.File, []byte(t.V), scan(parted, "", false)) {
			f.At.Line += t.At.Line - 1
			findings = append(findings, f)
		}
	}
	return findings
}

// Table scans every cell of a list beside its header, also those of rows and columns that
// the list does not take. What the digits of a hash are is nobody's.
func Table(t *table.Table) []bureau.Finding {
	var findings []bureau.Finding
	add := func(words, beside string, at problem.Position) {
		if len(words) < shortest || hash.MatchString(words) || enough(&findings) {
			return
		}
		for _, h := range scan([]byte(words), beside, false) {
			findings = append(findings, h.finding(at))
		}
	}
	for c, h := range t.Header {
		add(h.Text, "", t.Position(-1, c))
	}
	for r := range t.Rows() {
		for c, cell := range t.Row(r) {
			add(cell.Text, t.Header[c].Text, t.Position(r, c))
		}
	}
	for _, around := range [][]table.Cell{t.Above, t.Below} {
		for _, c := range around {
			add(c.Text, "", problem.Position{File: t.File, Line: int(c.Line), Column: int(c.Column)})
		}
	}
	return loose(findings, t.Loose)
}

// hash is a digest, or several of parts, in hexadecimal.
var hash = regexp.MustCompile(`^(?:(?:[a-z]+=)?(?:[0-9a-f]{64}|[0-9a-f]{12})(?: |$))+$`)

// shortest is the length in bytes of the shortest value that a detector finds,
// 12岁.
const shortest = 5

// List scans the texts of a typed list, such as units.csv: every bureau.String
// in it. What stands beside a text are the names of its column.
func List(list any) []bureau.Finding {
	var findings []bureau.Finding
	var walk func(v reflect.Value, beside string)
	walk = func(v reflect.Value, beside string) {
		if enough(&findings) || !v.IsValid() {
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			walk(v.Elem(), beside)
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i), beside)
			}
		case reflect.Struct:
			if text, ok := v.Interface().(bureau.String); ok {
				if len(text.V) >= shortest {
					for _, h := range scan([]byte(text.V), beside, false) {
						findings = append(findings, h.finding(text.At))
					}
				}
				return
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(v.Field(i), cmp.Or(f.Tag.Get("csv"), f.Name))
				}
			}
		}
	}
	walk(reflect.ValueOf(list), "")
	return findings
}
