package site_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"sunshine/site"
	"sunshine/site/problem"
)

// What is done to an office file, as the office program of a clerk does it:
//
//	book /inbox/a.xlsx             a workbook of one sheet, a row a line, cells parted by commas;
//	| 类别,接警（起）               what begins with = is a formula, whose value is not stored
//	cell F B4 402                  a cell is typed; nothing behind it empties the cell
//	format F B2:B9 0.0%            the number format of cells, General where there is none
//	merge F A3:A4 · unmerge F A3:A4 · hide F B · unhide F B    (columns)
//	lock F PASSWORD · unlock F PASSWORD
//	save F G                       what cells show, saved anew under G
//	patch F xl/sharedStrings.xml   a part of the file says otherwise, as edit does
//	- old
//	+ new
//	case F office/NAME/FILE        the file of a case
//	import [--as N] [--recipe N] [--yes] F…       and run import …
var officeVerbs = strings.Fields("book cell format merge unmerge hide unhide lock unlock save patch case import approve")

func (s *stage) office(verb string, words []string, old, text string) error {
	file := s.path(words[0])
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	switch verb {
	case "case":
		data, err := os.ReadFile(filepath.Join("..", "..", "shared", "cases", filepath.FromSlash(words[1])))
		if err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	case "patch":
		return patch(file, words[1], old, text)
	case "book":
		f := excelize.NewFile()
		defer f.Close()
		for row, line := range strings.Split(text, "\n") {
			for column, value := range strings.Split(line, ",") {
				name, err := excelize.CoordinatesToCellName(column+1, row+1)
				if err != nil {
					return err
				}
				if err := typed(f, "Sheet1", name, value); err != nil {
					return err
				}
			}
		}
		return f.SaveAs(file)
	}
	var options []excelize.Options
	if verb == "unlock" {
		options = []excelize.Options{{Password: words[1]}}
	}
	f, err := excelize.OpenFile(file, options...)
	if err != nil {
		return err
	}
	defer f.Close()
	sheet := f.GetSheetName(0)
	switch verb {
	case "cell":
		err = typed(f, sheet, words[1], strings.Join(words[2:], " "))
	case "format":
		style := 0
		if len(words) > 2 {
			if style, err = f.NewStyle(&excelize.Style{CustomNumFmt: &words[2]}); err != nil {
				return err
			}
		}
		from, to, _ := strings.Cut(words[1], ":")
		err = f.SetCellStyle(sheet, from, to, style)
	case "merge", "unmerge":
		from, to, _ := strings.Cut(words[1], ":")
		if verb == "merge" {
			err = f.MergeCell(sheet, from, to)
		} else {
			err = f.UnmergeCell(sheet, from, to)
		}
	case "hide", "unhide":
		err = f.SetColVisible(sheet, words[1], verb == "unhide")
	case "lock":
		return f.SaveAs(file, excelize.Options{Password: words[1]})
	case "unlock":
		return f.SaveAs(file, excelize.Options{Password: ""})
	case "save":
		return anew(f, s.path(words[1]))
	}
	if err != nil {
		return err
	}
	return f.SaveAs(file)
}

// typed puts into a cell what somebody types there.
func typed(f *excelize.File, sheet, cell, value string) error {
	if formula, ok := strings.CutPrefix(value, "="); ok {
		return f.SetCellFormula(sheet, cell, formula)
	}
	if err := f.SetCellFormula(sheet, cell, ""); err != nil {
		return err
	}
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		return f.SetCellValue(sheet, cell, n)
	}
	if value == "" {
		return f.SetCellValue(sheet, cell, nil)
	}
	return f.SetCellStr(sheet, cell, value)
}

// anew saves what the cells of a workbook hold as a new one.
func anew(f *excelize.File, file string) error {
	g := excelize.NewFile()
	defer g.Close()
	for n, sheet := range f.GetSheetList() {
		if n == 0 {
			if err := g.SetSheetName("Sheet1", sheet); err != nil {
				return err
			}
		} else if _, err := g.NewSheet(sheet); err != nil {
			return err
		}
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return err
		}
		for row, cells := range rows {
			for column, value := range cells {
				name, err := excelize.CoordinatesToCellName(column+1, row+1)
				if err != nil {
					return err
				}
				if err := typed(g, sheet, name, value); err != nil {
					return err
				}
			}
		}
	}
	return g.SaveAs(file)
}

// patch changes a part of a workbook behind the back of every office program.
func patch(file, part, old, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	write := func(name string, content []byte) error {
		m, err := w.Create(name)
		if err == nil {
			_, err = m.Write(content)
		}
		return err
	}
	done := false
	for _, m := range r.File {
		in, err := m.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(in)
		if err := errors.Join(err, in.Close()); err != nil {
			return err
		}
		if m.Name == part && old != "" {
			if done = bytes.Contains(content, []byte(old)); !done {
				return fmt.Errorf("%s does not say %q:\n%s", part, old, content)
			}
			content = bytes.Replace(content, []byte(old), []byte(text), 1)
		}
		if err := write(m.Name, content); err != nil {
			return err
		}
	}
	if !done {
		return fmt.Errorf("no part %s", part)
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// imported imports as the command does, and gives what it tells of.
func (s *stage) imported(words []string) (problem.List, error) {
	o := site.Importing{Dir: s.dir, AsOf: s.o.AsOf, Confirm: func(*site.Imported) bool { return false }}
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "--as":
			i++
			o.As = words[i]
		case "--recipe":
			i++
			o.Recipe = words[i]
		case "--yes":
			o.Confirm = nil
		case "--add-columns":
			o.Answers.Gained = true
		case "--reason", "--kind", "--by":
			i++
			o.Answers.Changed = true
		default:
			o.Files = append(o.Files, s.path(words[i]))
		}
	}
	tables, problems, err := site.Import(o)
	for _, t := range tables {
		for _, q := range t.Questions {
			problems.Error(q.At, q.Rule, q.Message, q.Hint)
		}
		for _, k := range t.Taken {
			if t.New {
				problems.Warn(k.At, problem.ImportRisk, k.Message, k.Hint)
			}
		}
	}
	if err == nil && problems.Errors() == 0 && !slices.ContainsFunc(tables, func(t *site.Imported) bool { return len(t.Rows) > 0 }) {
		err = errors.New("nothing was read")
	}
	return problems, err
}
