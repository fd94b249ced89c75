package load

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/number"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/table"
)

// Origins reads data/imports/<name>.csv. One that cannot be understood tells of no
// figure where it stood, and that is a warning: the figures stand without it.
func Origins(file string, data []byte) (bureau.Origins, problem.List) {
	o := bureau.Origins{File: file, Name: strings.TrimSuffix(path.Base(file), path.Ext(file))}
	t, faults := table.Read(file, data, table.Options{})
	n := len(t.Header) - len(bureau.OriginColumns)
	whole := faults.Errors() == 0 && n > 0
	for i := 0; whole && i < len(bureau.OriginColumns); i++ {
		whole = t.Header[n+i].Text == bureau.OriginColumns[i]
	}
	if !whole {
		return o, lost(file)
	}
	for _, h := range t.Header[:n] {
		o.Columns = append(o.Columns, h.Text)
	}
	known := map[[5]string]int{}
	for i := range t.Rows() {
		row := t.Row(i)
		var of [5]string
		for j := range of {
			of[j] = row[n+j].Text
		}
		sheet, ok := known[of]
		if !ok {
			sheet = len(o.Sheets)
			known[of] = sheet
			o.Sheets = append(o.Sheets, bureau.OfficeSheet{
				File: bureau.String{V: of[0], At: t.Position(i, n)}, Sheet: bureau.String{V: of[1], At: t.Position(i, n+1)},
				SHA256: of[2], Taken: of[3], LeftOut: of[4] != "",
			})
		}
		r := bureau.OriginRow{Sheet: sheet, Line: int(row[0].Line), Cells: make([]string, n)}
		for j := range r.Cells {
			r.Cells[j] = row[j].Text
		}
		o.Rows = append(o.Rows, r)
	}
	return o, nil
}

// lost says that a record of cells is of no use.
func lost(file string) (problems problem.List) {
	problems.Warn(problem.Position{File: file, Line: 1}, problem.ImportOrigins, problem.Say("这个文件记的是导入的数值原来在哪一格，现在与表对不上，没有用", "this file records where imported figures stood; it does not fit the table any more, and is not used"),
		problem.Say("删去这个文件，把报来的文件再导入一次，它会重新写好；表不再由导入得来的，只删去它", "delete the file and import the office files once more, which writes it anew; where the table is not imported any more, delete it only"))
	return problems
}

// trace tells a statistic where its figures stood, and warns of those that are others
// now than those that were taken. A later line goes before an earlier one.
func trace(s *bureau.Statistic, o bureau.Origins, options period.Options) (problems problem.List) {
	if len(o.Columns) == 0 || len(s.Fields) == 0 {
		return nil
	}
	at := make([]int, len(o.Columns)) // the field of each column
	for i, name := range o.Columns {
		at[i] = slices.IndexFunc(s.Fields, func(f bureau.Field) bool { return f.Name == name })
		if at[i] < 0 {
			return lost(o.File)
		}
	}
	name := func(text func(column int) string, p period.Period) string {
		key := ""
		for i, f := range at {
			switch s.Fields[f].Role {
			case bureau.RoleMeasure:
			case bureau.RolePeriod:
				key += p.Interval() + "\x00"
			default:
				key += text(i) + "\x00"
			}
		}
		return key
	}
	rows := map[string]int{}
	for r := range s.Rows {
		key := name(func(i int) string { return s.Cell(r, at[i]).Text }, s.Period(r))
		if _, twice := rows[key]; !twice {
			rows[key] = r
		}
	}
	s.Sheets = slices.Clone(o.Sheets)
	s.Origins = make([][]bureau.Origin, len(s.Rows))
	taken := map[[2]int]string{}
	for _, line := range o.Rows {
		var p period.Period
		for i, f := range at {
			if s.Fields[f].Role == bureau.RolePeriod {
				p, _ = period.Parse(line.Cells[i], options)
			}
		}
		r, ok := rows[name(func(i int) string { return line.Cells[i] }, p)]
		if !ok {
			continue
		}
		if s.Origins[r] == nil {
			s.Origins[r] = make([]bureau.Origin, len(s.Fields))
		}
		for i, f := range at {
			if s.Fields[f].Role != bureau.RoleMeasure || line.Cells[i] == "" {
				continue
			}
			cell, figure := bureau.CutOrigin(line.Cells[i])
			s.Origins[r][f] = bureau.Origin{Sheet: line.Sheet + 1, Cell: cell}
			taken[[2]int{r, f}] = figure
		}
	}
	for r := range s.Origins {
		for f := range s.Origins[r] {
			from := &s.Origins[r][f]
			if from.Sheet == 0 || isTaken(s, r, f, taken[[2]int{r, f}]) {
				continue
			}
			from.Edited = true
			problems.Warn(s.Position(r, f), problem.ImportEdited,
				problem.Say("这个数值是从 %s 的%s格导入的，导入以后手工改过", "the figure was imported from %s, cell %s, and was changed by hand since", problem.Quote(s.Sheets[from.Sheet-1].Name()), from.Cell),
				problem.Say("不该改的，改回报来的数；该改的，请报送单位更正，把更正的文件再导入一次；没有更正的文件的，%s", "put back what was sent if it should not have been changed; else have the office file corrected and import it again; where there is no such file, %s", problem.Except(problem.ImportEdited, s.File)))
		}
	}
	return problems
}

// takenCell is a cell of a record that was taken: C4=已办结.
var takenCell = regexp.MustCompile(`^[A-Z]{1,3}[0-9]{1,7}=`)

// edited warns of the texts of a ledger or a register that are others now than those that
// were taken. A later line goes before an earlier one.
func edited(o bureau.Origins, columns []string, rows [][]bureau.String) (problems problem.List) {
	if len(o.Columns) == 0 || len(rows) == 0 {
		return nil
	}
	at := make([]int, len(o.Columns))
	for i, name := range o.Columns {
		if at[i] = slices.Index(columns, name); at[i] < 0 {
			return lost(o.File)
		}
	}
	// The cells of a line that are not taken name its row.
	index := map[string]map[string]int{}
	find := func(line bureau.OriginRow) (row int, ok bool) {
		by, name := "", ""
		for i, text := range line.Cells {
			if text != "" && !takenCell.MatchString(text) {
				by += columns[at[i]] + "\x00"
				name += text + "\x00"
			}
		}
		if index[by] == nil {
			index[by] = map[string]int{}
			for r, cells := range rows {
				key := ""
				for i, text := range line.Cells {
					if text != "" && !takenCell.MatchString(text) {
						key += cells[at[i]].V + "\x00"
					}
				}
				if _, twice := index[by][key]; !twice { // those that came later have more columns in their name
					index[by][key] = r
				}
			}
		}
		row, ok = index[by][name]
		return row, ok
	}
	type cell struct{ row, column int }
	type origin struct {
		sheet     int
		from, was string
	}
	taken := map[cell]origin{}
	for _, line := range o.Rows {
		r, ok := find(line)
		for i, text := range line.Cells {
			if ok && takenCell.MatchString(text) {
				from, was := bureau.CutOrigin(text)
				taken[cell{r, at[i]}] = origin{line.Sheet, from, was}
			}
		}
	}
	for r := range rows {
		for c := range columns {
			from, ok := taken[cell{r, c}]
			if !ok || rows[r][c].V == from.was {
				continue
			}
			where := rows[r][c].At
			if where.File == "" { // an empty day has no place
				where = rows[r][0].At
			}
			problems.Warn(where, problem.ImportEdited,
				problem.Say("“%s”是从 %s 的%s格导入的，导入以后手工改过", "%q was imported from %s, cell %s, and was changed by hand since", columns[c], problem.Quote(o.Sheets[from.sheet].Name()), from.from),
				problem.Say("不该改的，改回报来的内容；该改的，请报送单位更正，把更正的文件再导入一次；没有更正的文件的，%s", "put back what was sent if it should not have been changed; else have the office file corrected and import it again; where there is no such file, %s", problem.Except(problem.ImportEdited, where.File)))
		}
	}
	return problems
}

// isTaken tells whether a cell holds the figure that was taken.
func isTaken(s *bureau.Statistic, row, field int, figure string) bool {
	c := s.Cell(row, field)
	n, err := number.Parse(figure, s.Unit(row, field))
	switch {
	case err != nil: // a sign to which the descriptor gives a meaning
		return !c.Has() && c.Status != 0
	case c.Has():
		return n.Value == c.Number && n.Qualifier == c.Qualifier
	}
	return n.Value != n.Value && n.Status&bureau.Instead == c.Status&bureau.Instead && c.Status&bureau.Instead != 0
}
