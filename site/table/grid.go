package table

import (
	"bytes"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Grid is a part of a CSV file as its cells stand, to be edited one by one.
type Grid struct {
	Encoding string
	Rows     [][]string // as many cells in each as it has; a blank line has none
	From     int        // the spreadsheet row of the first, from 0
	All      int        // rows of the file
	Wide     int        // cells of its widest row
	Header   []string   // the first row that is as wide, or nearly; nil where none is
}

// Part gives up to n rows of a CSV file from a spreadsheet row on, which counts from 0.
// declared is the encoding that its descriptor names, or empty. A file that is no CSV, in
// no encoding or with a quotation mark that is not closed is refused: it has no cells.
func Part(data []byte, declared string, from, n int) (*Grid, *problem.Fault) {
	s, fault := cellsOf(data, declared)
	if fault != nil {
		return nil, fault
	}
	g := &Grid{Encoding: s.encoding, From: max(from, 0)}
	for _, r := range s.rows {
		g.Wide = max(g.Wide, len(r))
	}
	g.All = len(s.rows)
	for i, r := range s.rows[:min(len(s.rows), headerLines)] {
		if g.Header == nil && len(r) == g.Wide && g.Wide > 0 && s.filled(r)*2 > g.Wide {
			g.Header = s.texts(i)
		}
	}
	g.From = min(g.From, max(g.All-1, 0))
	for i := g.From; i < min(g.From+n, g.All); i++ {
		g.Rows = append(g.Rows, s.texts(i))
	}
	return g, nil
}

// Place is a cell of a file: the spreadsheet row and the column, from 0.
type Place struct{ Row, Column int }

// Replace gives a CSV file in which some cells hold another text. Every other byte stays: the
// encoding and its mark, line ends, quotation marks and spaces of the other cells. A cell
// that was in quotation marks stays so; another gets them where it needs them. A row that is
// too short is filled up to the cell.
func Replace(data []byte, declared string, cells map[Place]string) ([]byte, *problem.Fault) {
	s, fault := cellsOf(data, declared)
	if fault != nil {
		return nil, fault
	}
	wide := map[int]int{} // cells that a row has to have
	for p := range cells {
		wide[p.Row] = max(wide[p.Row], p.Column+1)
	}
	var made bytes.Buffer
	done, changed := 0, 0
	for i, row := range s.rows {
		if wide[i] == 0 {
			continue
		}
		for at := range row {
			said, is := cells[Place{i, at}]
			if !is {
				continue
			}
			changed++
			if said = lines(said); said == s.text(row[at]) {
				continue
			}
			written, fault := s.written(said, row[at].quoted, Place{i, at})
			if fault != nil {
				return nil, fault
			}
			made.Write(data[done:row[at].from])
			made.Write(written)
			done = row[at].to
		}
		end := min(wide[i], MaxColumns)
		if len(row) == 0 || end <= len(row) {
			continue
		}
		made.Write(data[done:row[len(row)-1].to])
		done = row[len(row)-1].to
		for at := len(row); at < end; at++ {
			said, is := cells[Place{i, at}]
			if is {
				changed++
			}
			comma, _ := text.Encode(string(s.comma), s.encoding)
			written, fault := s.written(lines(said), false, Place{i, at})
			if fault != nil {
				return nil, fault
			}
			made.Write(comma)
			made.Write(written)
		}
	}
	made.Write(data[done:])
	if changed != len(cells) {
		return nil, problem.Refuse(problem.Say("表里没有要改的格", "the table has no such cell"), problem.Say("重新打开这一页，再改", "open the page again, and edit it there"))
	}
	if fault := s.holds(made.Bytes(), declared, cells); fault != nil {
		return nil, fault
	}
	return made.Bytes(), nil
}

// lines makes one kind of line end of all: forms send CRLF.
func lines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// holds tells why a file is not the one from which it was made with other texts in some
// cells; nil where it is.
func (s *cellSource) holds(made []byte, declared string, cells map[Place]string) *problem.Fault {
	now, fault := cellsOf(made, declared)
	if fault != nil {
		return fault
	}
	same := now.encoding == s.encoding && now.comma == s.comma && len(now.rows) == len(s.rows)
	for i := 0; same && i < len(s.rows); i++ {
		same = len(now.rows[i]) >= len(s.rows[i])
		for at := 0; same && at < len(now.rows[i]); at++ {
			c := now.rows[i][at]
			if said, is := cells[Place{i, at}]; is {
				same = now.text(c) == lines(said)
			} else if at < len(s.rows[i]) {
				old := s.rows[i][at]
				same = bytes.Equal(made[c.from:c.to], s.data[old.from:old.to])
			}
		}
	}
	if !same {
		return otherwise()
	}
	return nil
}

// Drop gives a CSV file without one of its spreadsheet rows, which count from 0. Every other
// byte stays.
func Drop(data []byte, declared string, row int) ([]byte, *problem.Fault) {
	return spliced(data, declared, row, false)
}

// Insert gives a CSV file with one row more, of empty cells, below a spreadsheet row. Every
// other byte stays; the row ends as the one above it.
func Insert(data []byte, declared string, row int) ([]byte, *problem.Fault) {
	return spliced(data, declared, row, true)
}

// spliced takes a row out of a file, or puts one below it.
func spliced(data []byte, declared string, row int, more bool) ([]byte, *problem.Fault) {
	s, fault := cellsOf(data, declared)
	if fault != nil {
		return nil, fault
	}
	if row < 0 || row >= len(s.rows) {
		return nil, problem.Refuse(problem.Say("表里没有第%d行", "the table has no row %d", row+1), problem.Say("重新打开这一页，再改", "open the page again, and edit it there"))
	}
	from, to := s.starts[row], s.starts[row+1]
	var put []byte
	rows := slices.Concat(s.rows[:row], s.rows[row+1:])
	if more {
		end := "\n"
		if crlf, _ := text.Encode("\r\n", s.encoding); bytes.HasSuffix(data[from:to], crlf) || !s.ended && bytes.HasSuffix(data[:from], crlf) {
			end = "\r\n"
		}
		wide := 1
		for _, r := range s.rows {
			wide = max(wide, len(r))
		}
		empty := strings.Repeat(string(rune(s.comma)), wide-1)
		if wide == 1 {
			empty = `""` // else it would be a blank line
		}
		if from = to; row == len(s.rows)-1 && !s.ended {
			put, _ = text.Encode(end+empty, s.encoding)
		} else {
			put, _ = text.Encode(empty+end, s.encoding)
		}
		rows = slices.Insert(slices.Clone(s.rows), row+1, nil)
	}
	made := slices.Concat(data[:from], put, data[to:])
	now, fault := cellsOf(made, declared)
	if fault != nil {
		return nil, fault
	}
	same := now.encoding == s.encoding && now.comma == s.comma && len(now.rows) == len(rows)
	for i := 0; same && i < len(rows); i++ {
		same = more && i == row+1 || slices.EqualFunc(now.rows[i], rows[i], func(a, b cellBytes) bool { return bytes.Equal(made[a.from:a.to], data[b.from:b.to]) })
	}
	if !same {
		return nil, otherwise()
	}
	return made, nil
}

// otherwise says that other cells would change.
func otherwise() *problem.Fault {
	return problem.Refuse(problem.Say("照这样改，别的格会读成别的内容", "written so, other cells would be read otherwise"),
		problem.Say("用表格软件打开，改好以后另存为“CSV UTF-8（逗号分隔）”", "edit it in the spreadsheet, and save it as “CSV UTF-8 (comma delimited)”"))
}

// cellSource is a file with the bytes of its cells.
type cellSource struct {
	data     []byte
	encoding string
	comma    byte
	rows     [][]cellBytes
	starts   []int // of the rows, and behind them the end of all
	ended    bool  // the last row has its end of line
}

// cellBytes is where a cell stands, its quotation marks included.
type cellBytes struct {
	from, to int
	quoted   bool
}

// cellsOf finds the cells of a file.
func cellsOf(data []byte, declared string) (*cellSource, *problem.Fault) {
	decoded, encoding, problems := decode("", data, bureau.String{V: declared})
	if len(problems) > 0 {
		return nil, &problem.Fault{Message: problems[0].Message, Hint: problems[0].Hint}
	}
	comma, skip := delimiter(decoded)
	s := &cellSource{data: data, encoding: encoding, comma: byte(comma)}
	at := text.MarkLength(data)
	for bytes.HasPrefix(data[at:], []byte("\ufeff")) && encoding == "UTF-8" { // files that were joined, or saved twice, have several
		at += len("\ufeff")
	}
	next := func() (size int, c byte) { return text.First(data[at:], encoding) }
	for skip > 0 && at < len(data) { // the line sep=; is no row
		size, c := next()
		if at += size; c == '\n' {
			break
		}
	}
	var row []cellBytes
	s.starts = []int{at}
	for at < len(data) {
		c := cellBytes{from: at}
		if size, first := next(); first == '"' {
			c.quoted = true
			at += size
			closed := false
			for at < len(data) && !closed {
				size, b := next()
				if at += size; b != '"' {
					continue
				}
				if at < len(data) {
					if size, b = next(); b == '"' {
						at += size
						continue
					}
				}
				closed = true
			}
			if !closed {
				return nil, problem.Refuse(problem.Say("%s格开始的引号没有结束，分不出以后的各格", "the quotation mark that opens at %s is not closed; the cells after it cannot be told apart", bureau.CellName(len(row), len(s.rows))),
					problem.Say("在原文里补上引号，再来改格子", "close it in the text first"))
			}
		}
		ended := false // the row
		for c.to = at; at < len(data); c.to = at {
			size, b := next()
			if b == s.comma {
				at += size
				break
			}
			if b == '\n' || b == '\r' {
				ended = true
				if at += size; b == '\r' && at < len(data) {
					if size, b = next(); b == '\n' {
						at += size
					}
				}
				break
			}
			at += size
		}
		row = append(row, c)
		if ended {
			if len(row) == 1 && c.from == c.to {
				row = nil // a blank line
			}
			s.rows, row, s.starts, s.ended = append(s.rows, row), nil, append(s.starts, at), true
		} else if at == len(data) && c.to < at { // it ends with a comma
			row = append(row, cellBytes{from: at, to: at})
		}
	}
	if row != nil {
		s.rows, s.starts, s.ended = append(s.rows, row), append(s.starts, at), false
	}
	return s, nil
}

// text is what a cell says.
func (s *cellSource) text(c cellBytes) string {
	said, _, err := text.Decode(s.data[c.from:c.to], s.encoding)
	if err != nil {
		return ""
	}
	if !c.quoted {
		return string(said)
	}
	inner, rest, _ := strings.Cut(strings.ReplaceAll(string(said[1:]), `""`, "\x00"), `"`)
	return strings.ReplaceAll(inner+rest, "\x00", `"`)
}

// texts are what the cells of a row say.
func (s *cellSource) texts(row int) (all []string) {
	for _, c := range s.rows[row] {
		all = append(all, s.text(c))
	}
	return all
}

// filled counts the cells of a row that say something.
func (s *cellSource) filled(row []cellBytes) (n int) {
	for _, c := range row {
		if strings.TrimSpace(s.text(c)) != "" {
			n++
		}
	}
	return n
}

// written is a text as a cell of the file.
func (s *cellSource) written(said string, quoted bool, at Place) ([]byte, *problem.Fault) {
	if i := strings.IndexFunc(said, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }); i >= 0 {
		return nil, problem.Refuse(problem.Say("%[1]s格的“%[2]s”里有控制字符", "the text %[2]q of cell %[1]s holds a control character", bureau.CellName(at.Column, at.Row), problem.Quote(said)),
			problem.Say("重新输入这一格", "type the cell again"))
	}
	if len(said) > maxText {
		return nil, problem.Refuse(problem.Say("%s格太长", "the text of cell %s is too long", bureau.CellName(at.Column, at.Row)), problem.Say("一格最多32767个字", "a cell may hold 32,767 characters"))
	}
	if quoted || strings.ContainsAny(said, "\"\n"+string(s.comma)) {
		said = `"` + strings.ReplaceAll(said, `"`, `""`) + `"`
	}
	data, ok := text.Encode(said, s.encoding)
	if !ok {
		return nil, problem.Refuse(problem.Say("%[1]s格的“%[2]s”里有%[3]s编码没有的字", "the text %[2]q of cell %[1]s has a character that %[3]s has not", bureau.CellName(at.Column, at.Row), problem.Quote(said), s.encoding),
			problem.Say("换一个写法，或者用表格软件另存为“CSV UTF-8（逗号分隔）”，再来改", "write it otherwise, or save the file as “CSV UTF-8 (comma delimited)” in the spreadsheet first"))
	}
	return data, nil
}
