package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"
)

// workbook is what one department sends once.
type workbook struct {
	name   string // of the file
	as     string // the table of the site that it is read into
	sheets []sheet
}

// sheet is one of its sheets, line by line: nil leaves a cell empty.
type sheet struct {
	name   string
	lines  [][]any
	merged [][2]string
}

func (s *sheet) add(cells ...any) { s.lines = append(s.lines, cells) }

// cell names one by its column, from 0, and its line, from 1.
func cell(column, line int) string {
	name, err := excelize.CoordinatesToCellName(column+1, line)
	if err != nil {
		panic(err) // the program's own mistake
	}
	return name
}

// title is the first line of a sheet, over all its columns.
func (s *sheet) title(text string, columns int) {
	s.add(text)
	s.merge(0, 1, columns-1, 1)
}

func (s *sheet) merge(column, line, toColumn, toLine int) {
	s.merged = append(s.merged, [2]string{cell(column, line), cell(toColumn, toLine)})
}

// write puts a workbook into a folder and gives its path.
func (w workbook) write(dir string) (string, error) {
	x := excelize.NewFile()
	defer x.Close()
	for i, s := range w.sheets {
		if _, err := x.NewSheet(s.name); err != nil {
			return "", err
		}
		for n, cells := range s.lines {
			if err := x.SetSheetRow(s.name, cell(0, n+1), &cells); err != nil {
				return "", err
			}
		}
		for _, m := range s.merged {
			if err := x.MergeCell(s.name, m[0], m[1]); err != nil {
				return "", err
			}
		}
		if i == 0 {
			if err := x.DeleteSheet("Sheet1"); err != nil {
				return "", err
			}
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	file := filepath.Join(dir, w.name+".xlsx")
	return file, x.SaveAs(file)
}

// marked is a figure with the marker of the field's own shorthand.
func marked(n int, mark string) any {
	if mark == "" {
		return n
	}
	return fmt.Sprintf("%d %s", n, mark)
}
