package bureau

import "strings"

// Origins is data/imports/<name>.csv: where the figures of data/stats/<name>.csv stood
// in office files. sunshine import writes it.
type Origins struct {
	File    string
	Name    string   // of the statistic
	Columns []string // of the table
	Sheets  []OfficeSheet
	Rows    []OriginRow
}

// OfficeSheet is one sheet of an office file that figures were taken from.
type OfficeSheet struct {
	File    String // its name, without folders
	Sheet   String // empty for a CSV
	SHA256  string // of the file; empty where it is not published
	Taken   string // the day
	LeftOut bool   // something of the file was not taken
}

// Name is 9月.xlsx!警情.
func (s OfficeSheet) Name() string {
	if s.Sheet.V == "" {
		return s.File.V
	}
	return s.File.V + "!" + s.Sheet.V
}

// OriginRow is what one sheet gave to one row of the table.
type OriginRow struct {
	Sheet int      // index in Sheets
	Line  int      // in the file
	Cells []string // for each column: the text that names the row, or C4=210 for a figure
}

// OriginColumns are the columns behind those of the table.
var OriginColumns = []string{"file", "sheet", "sha256", "taken", "left_out"}

// CutOrigin parts C4=210: the cell of a figure, and the figure as it was taken.
func CutOrigin(text string) (cell, figure string) {
	cell, figure, _ = strings.Cut(text, "=")
	return cell, figure
}

// Origin tells where a figure was taken from.
type Origin struct {
	Sheet  int    // index in Statistic.Sheets, from 1; 0 where nothing is known
	Cell   string // C4
	Edited bool   // it is another figure now than the one that was taken
}

// Origin gives that of a cell; the zero Origin where nothing is known.
func (s *Statistic) Origin(row, field int) Origin {
	if row >= len(s.Origins) || field >= len(s.Origins[row]) {
		return Origin{}
	}
	return s.Origins[row][field]
}

// CellsFile is where the site tells the cell of each figure of a statistic.
func CellsFile(statistic string) string { return StatisticFile(statistic, statistic+"-cells.csv") }
