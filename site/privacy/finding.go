package privacy

import (
	"bytes"
	"math"
	"path"
	"reflect"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

func (h Hit) finding(at problem.Position) bureau.Finding {
	return bureau.Finding{At: at, Rule: h.Rule, Severity: h.Severity, Value: h.Value, Cleared: h.cleared}
}

// File scans a file of text as it was decoded: front matter, Markdown, settings
// and descriptors, line by line as they stand. Its name is scanned, too.
func File(file string, text []byte) []bureau.Finding {
	return append(Name(file), locate(file, text, scan(text, "", false))...)
}

// Name scans the name of a file and of its folders.
func Name(file string) []bureau.Finding {
	var findings []bureau.Finding
	for _, h := range scan([]byte(strings.TrimSuffix(file, path.Ext(file))), "", false) {
		findings = append(findings, h.finding(problem.Position{File: file}))
	}
	return findings
}

// Attachment scans a file that is published as it is: text of any kind as File
// does, office documents, and the metadata of images. What is none of them, such
// as PDF, is not looked into.
func Attachment(file string, data []byte) []bureau.Finding {
	switch strings.ToLower(path.Ext(file)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif":
		return append(Name(file), Image(file, data)...)
	case ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods", ".odp":
		return append(Name(file), Document(file, data)...)
	}
	text := decode(data)
	return append(Name(file), locate(file, text, scan(text, "", isMarkup(file)))...)
}

// decode gives data as UTF-8, nothing where they are no text: UTF-16 with a
// mark, GB18030, or UTF-8.
func decode(data []byte) []byte {
	codec := encoding.Encoding(simplifiedchinese.GB18030)
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		codec = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.IndexByte(data[:min(len(data), 8<<10)], 0) >= 0:
		return nil
	case utf8.Valid(data):
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	text, err := codec.NewDecoder().Bytes(data)
	if err != nil || bytes.Count(text, []byte("\ufffd")) > len(text)/100 {
		return nil
	}
	return text
}

func isMarkup(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".html", ".htm", ".svg", ".xml":
		return true
	}
	return false
}

// locate gives hits their line and column.
func locate(file string, text []byte, hits []Hit) []bureau.Finding {
	var findings []bureau.Finding
	line, start, done := 1, 0, 0
	for _, h := range hits {
		if h.Start < done { // of another detector, before the last hit
			line, start, done = 1, 0, 0
		}
		line += bytes.Count(text[done:h.Start], []byte("\n"))
		if i := bytes.LastIndexByte(text[done:h.Start], '\n'); i >= 0 {
			start = done + i + 1
		}
		done = h.Start
		at := problem.Position{File: file, Line: line, Column: utf8.RuneCount(text[start:h.Start]) + 1}
		findings = append(findings, h.finding(at))
	}
	return findings
}

// Statistic scans every cell of a statistic, beside its header, and the lines
// around the table.
func Statistic(s *bureau.Statistic) []bureau.Finding {
	var findings []bureau.Finding
	add := func(text, beside string, at problem.Position) {
		if len(findings) >= maxHits {
			return
		}
		for _, h := range scan([]byte(text), beside, false) {
			findings = append(findings, h.finding(at))
		}
	}
	for c, field := range s.Fields {
		if field.Derived {
			continue
		}
		add(field.Name, "", field.At)
		last := ""
		for r := range s.Rows {
			cell := &s.Row(r)[c]
			if len(cell.Text) < shortest || cell.Text == last || cell.Has() && math.Abs(cell.Number) < 1e10 {
				continue
			}
			last = cell.Text
			add(cell.Text, field.Name, s.Position(r, c))
		}
	}
	for _, note := range s.Notes {
		add(note.V, "", note.At)
	}
	return findings
}

// shortest is the length in bytes of the shortest value that a detector finds,
// 12岁.
const shortest = 5

// List scans the texts of a typed list, such as units.csv: every bureau.String
// in it. What stands beside a text are the names of its column.
func List(list any) []bureau.Finding {
	var findings []bureau.Finding
	var walk func(v reflect.Value, beside string)
	walk = func(v reflect.Value, beside string) {
		if len(findings) >= maxHits || !v.IsValid() {
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
					walk(v.Field(i), f.Tag.Get("csv"))
				}
			}
		}
	}
	walk(reflect.ValueOf(list), "")
	return findings
}
