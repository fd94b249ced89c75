package render

import (
	"bytes"
	"encoding/csv"
	"slices"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/text"
)

// shownSheets is how many of the newest sheets a page names; the others stand in
// the file of cells.
const shownSheets = 12

// ImportedView is a sheet of an office file that figures were imported from. SHA256 is
// empty where something of the file is not published.
type ImportedView struct{ Name, SHA256 string }

// importedViews gives the newest sheets that figures of a statistic stand in.
func importedViews(s *bureau.Statistic) (views []ImportedView) {
	used := make([]bool, len(s.Sheets))
	for r := range s.Origins {
		for _, from := range s.Origins[r] {
			if from.Sheet > 0 {
				used[from.Sheet-1] = true
			}
		}
	}
	for i := len(s.Sheets) - 1; i >= 0 && len(views) < shownSheets; i-- {
		if used[i] {
			views = append(views, ImportedView{s.Sheets[i].Name(), s.Sheets[i].SHA256})
		}
	}
	return views
}

// takenFrom says where a figure was imported from; nothing where that is not known.
func takenFrom(l *locale.Language, s *bureau.Statistic, row, field int) string {
	from := s.Origin(row, field)
	switch {
	case from.Sheet == 0:
		return ""
	case from.Edited:
		return l.Text(locale.ImportedEdited)
	}
	return s.Sheets[from.Sheet-1].Name() + " " + from.Cell
}

// cells is the file of bureau.CellsFile: a line for each row of the table and each sheet that gave figures
// of it, with the cell in the place of the figure. A figure that is withheld has its
// cell as every other.
func (s *site) cells(language *locale.Language, of *bureau.Statistic) (bureau.File, bool) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	var header []string
	for _, f := range of.Fields {
		if !f.Derived {
			header = append(header, text.Harmless(f.Name))
		}
	}
	w.Write(append(header, "file", "sheet"))
	any := false
	for r := range of.Origins {
		row := of.Row(r)
		var sheets []int // that gave figures of the row
		for _, o := range of.Origins[r] {
			if o.Sheet > 0 && !slices.Contains(sheets, o.Sheet) {
				sheets = append(sheets, o.Sheet)
			}
		}
		slices.Sort(sheets)
		for _, n := range sheets {
			sheet := of.Sheets[n-1]
			var line []string
			for f, field := range of.Fields {
				o := of.Origin(r, f)
				switch {
				case field.Derived:
				case !field.IsMeasure():
					line = append(line, text.Harmless(row[f].Text))
				case o.Sheet != n:
					line = append(line, "")
				case o.Edited:
					line = append(line, language.Text(locale.ImportedEdited))
				default:
					line = append(line, text.Harmless(o.Cell))
				}
			}
			w.Write(append(line, text.Harmless(sheet.File.V), text.Harmless(sheet.Sheet.V)))
			any = true
		}
	}
	w.Flush()
	return bureau.File{Path: bureau.CellsFile(of.Name), Bytes: b.Bytes()}, any
}
