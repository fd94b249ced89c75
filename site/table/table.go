// Package table reads one file of rows as an office exports it: bytes become a
// header and rows of text, or the sheets of a workbook, each cell with the place
// where it stands.
//
// # A table
//
// Read reads a CSV file that holds one table.
//
// Encodings: UTF-8 with or without a mark, UTF-16 with or without one, GB18030
// (and with it GBK and GB 2312), and Big5 where the descriptor says so. Lines end
// in CRLF, LF, a lone CR, or all of them. Cells are parted by commas, tabs,
// semicolons or upright strokes (|), and quoted as RFC 4180 says.
//
// A table begins with its header. Above it may stand a title and lines like
// 单位：件 and 填报日期：…, below it lines like 注：…; they are kept apart from
// the rows. A line that repeats the header, as where pages were joined, is passed
// over with a warning. What names a person (制表人：…) is left out of them, with a warning,
// since nobody agreed to be named on the site. Blank lines are no rows.
//
// Outer spaces and invisible characters are taken out of a cell: no-break and
// full-width spaces, zero-width characters, direction marks. Nothing else is
// changed; what a number may look like is the business of package number.
//
// Refused, each at its cell: a row that is longer or shorter than the header, a
// number that its thousands separators split over two cells, a header of two rows
// where nothing says that it has them, a second table under the first, a header cell that
// is empty (a merged one) or stands twice, a quote that is not closed or stands
// inside a cell, a control character, an encoding that is unclear, a file that is
// something else than a table. What is refused so is no row; it is kept aside as
// Loose, cell by cell or as it stands, since personal data are looked for in it, too.
//
// # A grid
//
// Part gives some rows of a CSV file as they stand, and Replace puts other texts into
// single cells of its bytes: encoding, mark, line ends, quotation marks and all other
// cells stay.
//
// # A workbook
//
// Open reads an office file as its readers see it: XLSX (XLSM, too, without its
// macros), or CSV and TSV in the encodings above, each line a row. It finds no
// header and reads no text as a number; that is the business of who imports.
//
// A cell is read by its type and by its number format: a figure is kept as it is
// stored, exactly, and as it is shown (0.30000000000000004 and 0.3); the serial of
// a day, of either system, is a day where it is shown as one, and a month where a
// year and a month, or a month, are shown; a fraction shown in per cent is per
// cent. Numbers typed as text stay text. Of a formula the value is taken that the
// office program computed; one without is EmptyFormula. Runs of rich text are
// joined, phonetic ones left out.
//
// What a reader of the file does not see is not in it: hidden sheets, rows (those
// that a filter or a closed group hides, too), columns, what merged cells cover,
// what a number format hides. It is named as skipped if it holds something.
// Comments, names and properties are not read at all.
//
// Refused: a file of another format, whatever its name says; a password; a lock
// file; a damaged file, which is one that office programs would have to mend; XML
// that declares entities; a figure that its format shows as another (in 万, or as
// a word); a workbook in which nothing is seen. What is unpacked and kept has
// bounds, and so has each piece of XML.
//
// The parts of the file are read one after another as a stream, since a library
// that makes a tree of a sheet needs more memory than there is, and gives a cell's
// type, format and stored value only one by one; number formats are taken apart by
// the library that excelize uses for them.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// MaxColumns is how many columns a table may have.
const MaxColumns = 1000

const (
	maxBytes    = 512 << 20
	maxCells    = 60_000_000
	maxProblems = 1000       // of one kind; more of the same help nobody
	maxText     = 32_767 * 3 // bytes of a cell; a spreadsheet holds 32,767 characters
	maxNotes    = 200        // lines above, and below
	headerLines = 40         // how far down a header may stand
)

// Options are what is known of a file before it is read.
type Options struct {
	Encoding bureau.String // as the descriptor declares it: big5
	Header   []string      // the field names that the descriptor expects
	Rows     int           // of the header; 0 and 1 are one
	Units    int           // which row, from the first of the header on, holds units; 0 for none
}

// Table is one file of rows.
type Table struct {
	File     string
	Encoding string         // UTF-8, GB18030, Big5, UTF-16LE or UTF-16BE
	Header   []Cell         // one for each column; where the header has several rows, its names joined by ·
	Head     [][]Cell       // the rows of the header and of units, as they stand
	Units    []Cell         // the row of units that the options name, as many as the header has
	Columns  []Column       // as many as the header has; use Row and Cell
	Lines    []uint32       // the line that each row begins on, from 1
	Sheet    []int32        // the spreadsheet row of each row, from 0
	Above    []Cell         // the title, unit and date lines above the header
	Below    []Cell         // the notes below the rows
	Loose    []bureau.Loose // what is none of these
	Plain    bool           // the file is the header and the rows, comma by comma and line by line, and nothing else

	headerSheet, unitSheet int
}

// Cell is the text of a cell and where it begins, both from 1; Column counts
// characters of the decoded line.
type Cell struct {
	Text         string
	Line, Column uint32
}

// Rows gives the number of rows, without the header.
func (t *Table) Rows() int { return len(t.Sheet) }

// Row copies the cells of row i, one for each of the header.
func (t *Table) Row(i int) []Cell {
	row := make([]Cell, len(t.Columns))
	for c := range row {
		row[c] = t.Cell(i, c)
	}
	return row
}

// Cell gives the cell of a column in a row.
func (t *Table) Cell(row, column int) Cell {
	c := &t.Columns[column]
	line, at := c.At(row, t.Lines[row])
	return Cell{Text: c.text(row), Line: line, Column: at}
}

// cut leaves the first rows.
func (t *Table) cut(rows int) {
	t.Lines, t.Sheet = t.Lines[:rows], t.Sheet[:rows]
	for c := range t.Columns {
		t.Columns[c].cut(rows)
	}
}

// move puts a row in the place of an earlier one.
func (t *Table) move(from, to int) {
	if from == to {
		return
	}
	t.Lines[to], t.Sheet[to] = t.Lines[from], t.Sheet[from]
	for c := range t.Columns {
		column := &t.Columns[c]
		column.Of[to] = column.Of[from]
		column.Move(from, to)
	}
}

// Behead takes the first row out of the table.
func (t *Table) Behead() {
	for row := range t.Rows() - 1 {
		t.move(row+1, row)
	}
	t.cut(t.Rows() - 1)
}

// Position gives the place of a cell. Row -1 is the header.
func (t *Table) Position(row, column int) problem.Position {
	if row < 0 {
		return t.place(t.Header[column], column, t.headerSheet)
	}
	return t.place(t.Cell(row, column), column, int(t.Sheet[row]))
}

// UnitPosition gives the place of a cell of the row of units.
func (t *Table) UnitPosition(column int) problem.Position {
	return t.place(t.Units[column], column, t.unitSheet)
}

func (t *Table) place(c Cell, column, sheet int) problem.Position {
	return problem.Position{File: t.File, Line: int(c.Line), Column: int(c.Column), Cell: bureau.CellName(column, sheet)}
}

// reading is a table that is being read: until its header is found, each line is a row.
type reading struct {
	*Table
	columns  []filling
	count    []uint16       // by line, how many cells it has
	beyond   map[int][]Cell // by line, those that stand beyond the columns
	problems problem.List
}

// Read reads a file. The table is never nil; where the problems hold an error it
// may lack rows, or be empty.
func Read(file string, data []byte, o Options) (*Table, problem.List) {
	r := &reading{Table: &Table{File: file}}
	start := problem.Position{File: file, Line: 1, Column: 1}
	if len(data) > maxBytes {
		r.problems.Error(start, problem.CSVSize, problem.Say("文件超过512 MiB", "the file is larger than 512 MiB"),
			problem.Text{ZH: "把它分成几个文件", EN: "split it into several files"})
		return r.Table, r.problems
	}
	decoded, encoding, problems := decode(file, data, o.Encoding)
	r.Encoding, r.problems = encoding, problems
	if len(problems) > 0 {
		return r.Table, r.problems
	}
	r.scan(decoded)
	if len(r.count) == 0 && len(r.problems) == 0 {
		r.problems.Error(start, problem.CSVEmpty, problem.Say("文件是空的", "the file is empty"),
			problem.Text{ZH: "第一行写表头，以下每行一条数据", EN: "write the header in the first line and the data below it"})
	}
	o.Rows = max(o.Rows, 1)
	if h := r.findHeader(o); h >= 0 {
		r.layOut(h, o)
	} else {
		r.none(0)
	}
	r.Plain = r.Plain && len(r.Above)+len(r.Below)+len(r.Loose)+len(r.problems) == 0 && !slices.ContainsFunc(r.columns, func(c filling) bool { return c.cleaned })
	return r.Table, r.problems
}

// scan splits the text into lines and cells.
func (r *reading) scan(text []byte) {
	comma, skip := delimiter(text)
	c := csv.NewReader(bytes.NewReader(text[skip:]))
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = comma, -1, true
	text = text[skip:]
	firstLine := 1
	if skip > 0 {
		firstLine = 2
	}
	lines := min(bytes.Count(text, []byte("\n"))+1, maxCells)
	r.count, r.Lines, r.Sheet = make([]uint16, 0, lines), make([]uint32, 0, lines), make([]int32, 0, lines)
	cells := 0
	r.Plain = r.Encoding == "UTF-8" && skip == 0 && comma == ',' && !bytes.ContainsAny(text, "\"\r")
	sheet, next := int32(0), 1 // the spreadsheet row, and the line after the last record
	for {
		offset := int(c.InputOffset())
		record, err := c.Read()
		if err == io.EOF {
			break
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			offset += blank(text[offset:])
			goOn := r.badQuote(text[offset:], parse, comma, firstLine-1)
			end := len(text)
			if goOn {
				end = int(c.InputOffset())
			}
			r.raw(text[offset:end], parse.StartLine+firstLine-1)
			if !goOn {
				break
			}
			sheet += int32(parse.StartLine - next + 1)
			next = parse.Line + 1
			continue
		}
		start, _ := c.FieldPos(0)
		if len(record) > MaxColumns {
			r.problems.Error(problem.Position{File: r.File, Line: start + firstLine - 1, Column: 1}, problem.CSVSize,
				problem.Say("这一行有%d格，最多%d格", "cells in this line: %d, but at most %d are allowed", len(record), MaxColumns), problem.Text{ZH: "把它分成几个文件", EN: "split it into several files"})
			r.raw(text[offset+blank(text[offset:]):], start+firstLine-1)
			break
		}
		sheet += int32(start - next) // blank lines are rows of the spreadsheet
		offset += blank(text[offset:])
		row := len(r.count)
		var first Cell
		lineAt, lineNumber, column, done := offset, start, 1, offset // done: how far characters were counted in this line
		empty := true
		end := start
		for i, field := range record {
			l, byteColumn := c.FieldPos(i)
			for ; lineNumber < l; lineNumber++ {
				lineAt += bytes.IndexByte(text[lineAt:], '\n') + 1
				done, column = lineAt, 1
			}
			at := lineAt + byteColumn - 1
			column += utf8.RuneCount(text[done:at])
			done = at
			cell := Cell{Line: uint32(lineNumber + firstLine - 1), Column: uint32(column)}
			if i == 0 {
				first = cell
			}
			var control bool
			if i == len(r.columns) && row < manyLines {
				r.columns = append(r.columns, filling{})
			}
			if i < len(r.columns) && row > 2*len(r.columns[i].Of)+fewLines {
				r.retire(i)
			}
			if i < len(r.columns) {
				cell.Text, control = r.columns[i].add(row, field)
				r.columns[i].Put(row, first.Line, cell.Line, cell.Column)
			} else {
				cell.Text, control = clean(strings.Clone(field))
				if r.beyond == nil {
					r.beyond = map[int][]Cell{}
				}
				r.beyond[row] = append(r.beyond[row], cell)
			}
			if control && len(r.problems) < maxProblems {
				r.problems.Error(r.place(cell, i, int(sheet)), problem.CSVCharacter,
					problem.Say("单元格“%s”里有控制字符", "the cell \"%s\" holds a control character", problem.Quote(cell.Text)),
					problem.Text{ZH: "重新输入这个单元格", EN: "type the cell again"})
			}
			if len(field) > maxText && len(r.problems) < maxProblems {
				r.problems.Error(r.place(cell, i, int(sheet)), problem.CSVSize,
					problem.Say("单元格“%s”太长，可能少了一个引号", "the cell \"%s\" is too long; a quotation mark may be missing", problem.Quote(cell.Text)),
					problem.Text{ZH: "检查引号；一格最多32767个字", EN: "check the quotation marks; a cell may hold 32,767 characters"})
			}
			empty = empty && cell.Text == ""
			end = l
		}
		end += strings.Count(record[len(record)-1], "\n")
		if cells += len(record); cells > maxCells {
			r.problems.Error(r.place(first, 0, int(sheet)), problem.CSVSize,
				problem.Say("单元格超过%d个", "there are more than %d cells", maxCells), problem.Text{ZH: "把它分成几个文件", EN: "split it into several files"})
			r.raw(text[int(c.InputOffset()):], end+firstLine)
			break
		}
		if empty {
			r.drop(row)
			r.Plain = false
		} else {
			r.count = append(r.count, uint16(len(record)))
			r.Lines = append(r.Lines, first.Line)
			r.Sheet = append(r.Sheet, sheet)
		}
		sheet++
		next = end + 1
	}
}

// manyLines is after how many lines no column is added any more, which every line before
// it would have to have.
const manyLines = 100

// fewLines is how many lines may always be without a cell of a column.
const fewLines = 1 << 12

// retire puts the cells of columns that few lines have, from one on, beside the columns, in
// which every other line would have a place for them.
func (r *reading) retire(column int) {
	if r.beyond == nil {
		r.beyond = map[int][]Cell{}
	}
	for l, n := range r.count {
		if int(n) > column {
			r.beyond[l] = r.of(l)[column:]
		}
	}
	r.columns = r.columns[:column]
}

// drop forgets the last line.
func (r *reading) drop(row int) {
	for i := range r.columns {
		if c := &r.columns[i]; len(c.Of) > row {
			c.Of = c.Of[:row]
			c.Cut(row)
		}
	}
	delete(r.beyond, row)
}

// raw keeps lines that were not parted into cells; line is the first of them.
func (r *reading) raw(text []byte, line int) {
	r.Loose = append(r.Loose, bureau.Loose{String: bureau.String{V: string(text), At: problem.Position{File: r.File, Line: line, Column: 1}}, Raw: true})
}

// loosen keeps the cells of lines that are none of the table's rows.
func (r *reading) loosen(from, to int) {
	for l := from; l < to; l++ {
		for i, c := range r.of(l) {
			if c.Text != "" {
				r.loose(c, i, r.Sheet[l])
			}
		}
	}
}

func (r *reading) loose(c Cell, column int, sheet int32) {
	loose := bureau.Loose{String: bureau.String{V: c.Text, At: r.place(c, column, int(sheet))}}
	if column < len(r.Header) {
		loose.Beside = r.Header[column].Text
	}
	r.Loose = append(r.Loose, loose)
}

// blank gives the length of the blank lines at the front of text, which
// encoding/csv passes over.
func blank(text []byte) int {
	n := 0
	for {
		switch {
		case n < len(text) && text[n] == '\n':
			n++
		case n+1 < len(text) && text[n] == '\r' && text[n+1] == '\n':
			n += 2
		default:
			return n
		}
	}
}

// delimiter tells what parts the cells: what most of the first lines hold. A
// first line sep=; says it and is passed over.
func delimiter(text []byte) (comma rune, skip int) {
	if rest, ok := bytes.CutPrefix(text, []byte("sep=")); ok {
		if i := bytes.IndexByte(rest, '\n'); i > 0 && strings.ContainsRune(",;\t|", rune(rest[0])) && len(bytes.TrimRight(rest[:i], "\r")) == 1 {
			return rune(rest[0]), len("sep=") + i + 1
		}
	}
	const candidates = ",\t;|"
	var lines, here [len(candidates)]int // the lines that have it; how often this line has it
	commas, even := -1, true             // how often the lines before had a comma, and whether all had it as often
	tally := func() {
		if commas >= 0 && here[0] != commas {
			even = false
		}
		commas = here[0]
		for i, n := range here {
			lines[i] += min(n, 1)
		}
		here = [len(candidates)]int{}
	}
	quoted, seen := false, 0
	for _, b := range text {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			tally()
			seen++
		default:
			if i := strings.IndexByte(candidates, b); i >= 0 {
				here[i]++
			}
		}
		if seen == headerLines {
			break
		}
	}
	if here != [len(candidates)]int{} {
		tally()
	}
	best := 0
	for i := range candidates {
		if lines[i] > lines[best] || i == 1 && lines[1] == lines[0] && lines[1] > 0 && !even { // 1,234 with a comma, between tabs
			best = i
		}
	}
	return rune(candidates[best]), 0
}

// badQuote reports what encoding/csv could not read, where the quote began; it
// tells whether reading may go on, which it may not after lines were swallowed.
func (r *reading) badQuote(text []byte, e *csv.ParseError, comma rune, before int) (goOn bool) {
	at := problem.Position{File: r.File, Line: e.Line + before}
	if errors.Is(e.Err, csv.ErrBareQuote) {
		lineText := text
		for range e.Line - e.StartLine {
			lineText = lineText[bytes.IndexByte(lineText, '\n')+1:]
		}
		at.Column = utf8.RuneCount(lineText[:min(e.Column-1, len(lineText))]) + 1
		r.problems.Error(at, problem.CSVQuote, problem.Say("引号出现在单元格中间", "a quotation mark stands inside a cell that is not quoted"),
			problem.Text{ZH: "把整个单元格放进引号，里面的引号写两次；或改用中文引号“”", EN: "put the whole cell in quotation marks and double the one inside, or use “”"})
		return e.Line == e.StartLine && len(r.problems) < maxProblems
	}
	// The cell began at the last quote that opened one.
	open, quoted, start := 0, false, true
	line, lineAt := e.StartLine, 0
	openLine, openAt := line, 0
	for i, b := range text {
		switch {
		case b == '"' && quoted:
			quoted = false
		case b == '"' && (start || i > 0 && text[i-1] == '"'):
			quoted = true
			if start {
				open, openLine, openAt = i, line, lineAt
			}
		}
		start = !quoted && (b == byte(comma) || b == '\n')
		if b == '\n' {
			line++
			lineAt = i + 1
		}
		if line > e.Line {
			break
		}
	}
	at.Line = openLine + before
	at.Column = utf8.RuneCount(text[openAt:open]) + 1
	r.problems.Error(at, problem.CSVQuote, problem.Say("这里开始的引号没有正确结束", "the quotation mark that opens here is not closed properly"),
		problem.Text{ZH: "在单元格末尾补上引号；单元格里的引号写两次", EN: "close it at the end of the cell; a quotation mark inside is written twice"})
	return e.Line == e.StartLine && len(r.problems) < maxProblems
}

// clean takes outer spaces and invisible characters out of a cell, and tells
// whether it holds a control character.
func clean(s string) (cell string, control bool) {
	plain := true
	for i := range len(s) {
		if b := s[i]; b >= utf8.RuneSelf || b < ' ' || b == 0x7f {
			plain = false
			break
		}
	}
	if plain {
		if s == "" || s[0] != ' ' && s[len(s)-1] != ' ' {
			return s, false
		}
		return strings.Trim(s, " "), false
	}
	changed := false
	for _, r := range s {
		if r < 0xa0 {
			control = control || unicode.IsControl(r) && r != '\n' && r != '\t'
		}
		changed = changed || text.Invisible(r) || r == 0xa0
	}
	if changed {
		return text.Plain(s), control
	}
	return strings.TrimSpace(s), control // of Unicode: the no-break and full-width space, too
}

// of gives the cells of a line.
func (r *reading) of(l int) []Cell {
	n := int(r.count[l])
	cells := make([]Cell, 0, n)
	for i := range min(n, len(r.columns)) {
		c := &r.columns[i]
		line, column := c.At(l, r.Lines[l])
		cells = append(cells, Cell{Text: c.text(l), Line: line, Column: column})
	}
	return append(cells, r.beyond[l]...)
}

// findHeader gives the line of the header, or -1 where there is none: with a
// descriptor the line that has the most of its names, else the first line that is
// neither a title nor a note.
func (r *reading) findHeader(o Options) int {
	head := min(len(r.count), headerLines)
	expected := map[string]bool{}
	for _, name := range o.Header {
		expected[name] = name != ""
	}
	best, most := -1, 0
	for i := range head {
		n := 0
		for _, c := range r.joined(i, o) {
			if expected[oneLine(c.Text)] {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if best >= 0 {
		return best
	}
	wide := 0
	for l := range head {
		wide = max(wide, filled(r.of(l)))
	}
	for i := range head {
		if cells := r.of(i); !isNote(cells) && (filled(cells) > 1 || wide == 1) {
			return i
		}
	}
	if len(r.count) > 0 {
		r.problems.Error(r.place(r.of(0)[0], 0, int(r.Sheet[0])), problem.CSVHeader,
			problem.Say("找不到表头", "there is no header"), problem.Text{ZH: "在数据上方用一行写出各列的名称", EN: "name the columns in one line above the data"})
	}
	return -1
}

// filled counts the cells that hold something.
func filled(cells []Cell) int {
	n := 0
	for _, c := range cells {
		if c.Text != "" {
			n++
		}
	}
	return n
}

// note is how a line begins that stands above or below a table.
var note = regexp.MustCompile(`^[（(]?(?:` +
	`(?:计量单位|填报单位|编制单位|报送单位|制表单位|单位|填报日期|填报时间|填表日期|填表时间|制表日期|制表时间|报送日期|报表日期|统计时间|统计期间|统计口径|统计范围|数据来源|资料来源|来源|审核|审核日期|备注|附注|注释|说明|注|` +
	personLabel + `)\s*[0-9一二三四五六七八九]?\s*[：:]` +
	`|注\s*[0-9一二三四五六七八九]\s*[、.．]|注[ 　]|[※＊*]\s*[\p{Han}])`)

const personLabel = `制表人|制表|填表人|填报人|审核人|复核人|负责人|主管领导|单位负责人|统计负责人|经办人|统计人|统计员|联系人|联系电话|手机`

// person is where a line names a person.
var person = regexp.MustCompile(`(?:` + personLabel + `)\s*[：:]`)

// isNote tells whether every cell of a line that holds something begins as a
// note does, or follows one that names a person.
func isNote(cells []Cell) bool {
	named, any := false, false
	for _, c := range cells {
		if c.Text == "" {
			continue
		}
		if !named && !(strings.ContainsAny(c.Text, "：:注※＊*") && note.MatchString(c.Text)) {
			return false
		}
		named = bare(c.Text)
		any = true
	}
	return any
}

// bare tells whether a cell is a person's label with nothing behind it: the name
// stands in the next cell.
func bare(text string) bool {
	m := person.FindStringIndex(text)
	return m != nil && m[1] == len(text)
}

// aside keeps a line that is not part of the table, without the persons it names.
func (r *reading) aside(l int, to *[]Cell) {
	named := false
	for i, c := range r.of(l) {
		if c.Text == "" {
			continue
		}
		if len(*to) > maxNotes {
			r.loose(c, i, r.Sheet[l])
			continue
		}
		if len(*to) == maxNotes {
			r.problems.Error(r.place(c, i, int(r.Sheet[l])), problem.CSVSize, problem.Say("表外的说明超过%d条", "there are more than %d notes around the table", maxNotes),
				problem.Text{ZH: "把说明写到说明文件的 notes（说明）里", EN: "write them into notes in the descriptor"})
		}
		m := person.FindStringIndex(c.Text)
		if m != nil || named {
			label := "制表人"
			if m != nil {
				label = strings.TrimRight(c.Text[m[0]:m[1]], "：: ")
			}
			if !named {
				r.problems.Warn(r.place(c, i, int(r.Sheet[l])), problem.CSVPerson,
					problem.Say("“%s”一栏写有个人信息，已从公布内容中去掉", "the entry \"%s\" names a person and is not published", label),
					problem.Text{ZH: "在文件里删去这一栏", EN: "delete the entry from the file"})
			}
			named = m != nil && m[1] == len(c.Text)
			if m == nil {
				continue
			}
			c.Text = strings.TrimRight(c.Text[:m[0]], " 　\u00a0（(，,；;")
			if c.Text == "" {
				continue
			}
		}
		*to = append(*to, c)
	}
}

// layOut makes a table of the lines from header line h on.
func (r *reading) layOut(h int, o Options) {
	for l := range h {
		r.aside(l, &r.Above)
	}
	if o.Rows == 1 && o.Units == 0 && r.twoRows(h) {
		r.none(h)
		return
	}
	header := r.joined(h, o) // with empty cells at its end
	if header == nil {
		r.problems.Error(r.place(r.of(h)[0], 0, int(r.Sheet[h])), problem.CSVHeader,
			problem.Say("表头写明有%d行，表里没有那么多", "the header is said to have %d rows, and the table has fewer", o.Rows),
			problem.Say("核对说明文件的 layout（版式）：header（表头行数）是表头的行数，units（单位行）是单位在第几行", "check layout in the descriptor: header is the number of its rows, and units says which of them holds units"))
		r.none(h)
		return
	}
	for l := h; l < h+o.head(); l++ {
		r.Head = append(r.Head, r.of(l))
	}
	r.header(header, int(r.Sheet[h]))
	width := len(r.Header)
	if o.Units > 0 {
		r.Units, r.unitSheet = make([]Cell, width), int(r.Sheet[h+o.Units-1])
		for i, c := range r.Head[o.Units-1][:min(len(r.Head[o.Units-1]), width)] {
			r.Units[i] = c
		}
	}
	h += o.head() - 1
	r.Columns = make([]Column, min(width, len(r.columns)))
	for i := range r.Columns {
		r.Columns[i] = r.columns[i].Column
	}
	rare := make([]filling, width-len(r.Columns)) // the columns that were retired
	plain := r.plain()
	rows := 0 // that were kept: they move to the front
	ragged, below := 0, false
	var repeated []problem.Position
	for l := h + 1; l < len(r.count); l++ {
		if !below && plain(l) && (rows == 0 || r.Sheet[l] == r.Sheet[l-1]+1) {
			r.move(l, rows)
			rows++
			continue
		}
		cells := r.of(l)
		if rows > 0 && r.anotherTable(l, rows-1) {
			r.problems.Error(r.place(cells[0], 0, int(r.Sheet[l])), problem.CSVHeader,
				problem.Say("从这一行起是另一张表：“%s”", "a second table begins here: \"%s\"", problem.Quote(firstText(cells))),
				problem.Text{ZH: "一个文件只放一张表；把这一行和下面的内容移到另一个文件", EN: "a file holds one table; move this line and what follows to a file of its own"})
			r.loosen(l, len(r.count))
			break
		}
		if r.repeatsHeader(cells) {
			repeated = append(repeated, r.place(cells[0], 0, int(r.Sheet[l])))
			continue
		}
		if below = isNote(cells) || below && filled(cells) == 1 && width > 1; below {
			r.aside(l, &r.Below)
			continue
		}
		if len(cells) < width || filled(cells[width:]) > 0 {
			if isNote(cells[:1]) { // with commas in it
				r.aside(l, &r.Below)
				below = true
				continue
			}
			if ragged++; ragged <= maxProblems {
				r.ragged(l, header)
			}
			r.loosen(l, l+1)
			continue
		}
		r.Plain = r.Plain && len(cells) == width
		r.move(l, rows)
		for i := range rare {
			c := cells[len(r.Columns)+i]
			rare[i].add(rows, c.Text)
			rare[i].Put(rows, cells[0].Line, c.Line, c.Column)
		}
		rows++
	}
	for i := range rare {
		r.Columns = append(r.Columns, rare[i].Column)
	}
	r.cut(rows)
	if len(repeated) > 0 {
		var lines []string
		for _, at := range repeated[:min(len(repeated), 5)] {
			lines = append(lines, strconv.Itoa(at.Line))
		}
		zh, en := strings.Join(lines, "、"), strings.Join(lines, ", ")
		if len(lines) < len(repeated) {
			zh, en = zh+"等", en+" and others"
		}
		r.problems.Warn(repeated[0], problem.CSVHeader,
			problem.Text{ZH: "第" + zh + "行重复了表头，已跳过", EN: "the header is repeated on line " + en + " and skipped there"},
			problem.Text{ZH: "删去重复的表头", EN: "delete the repeated header"})
	}
	if ragged > maxProblems {
		r.problems.Error(r.Position(-1, 0), problem.CSVMore, problem.Say("还有%d行有同样的问题，未逐一列出", "more rows with the same problem that are not listed: %d", ragged-maxProblems),
			problem.Say("先改正列出的，再运行一次", "correct those that are listed, then run again"))
	}
}

// none keeps what stands from line h on as loose, in a table without rows.
func (r *reading) none(h int) {
	r.loosen(h, len(r.count))
	r.Lines, r.Sheet = nil, nil
}

// plain tells of a line that it is surely a row: it has as many cells as the header, and
// begins neither as a note nor as the header does. What a cell says is looked at once.
func (r *reading) plain() func(line int) bool {
	seen := make([][]int8, len(r.Columns)) // by text: 1 for a plain one, -1 for another
	for i := range seen {
		seen[i] = make([]int8, len(r.Columns[i].Texts))
	}
	return func(line int) bool {
		if int(r.count[line]) != len(r.Header) || len(r.Columns) < len(r.Header) || r.Header[0].Text == "" {
			return false
		}
		for i := range r.Columns {
			of := r.Columns[i].Of[line]
			text := r.Columns[i].Texts[of]
			if text == "" {
				continue
			}
			if seen[i][of] == 0 {
				if seen[i][of] = 1; isNote([]Cell{{Text: text}}) || i == 0 && oneLine(text) == r.Header[0].Text {
					seen[i][of] = -1
				}
			}
			return seen[i][of] > 0
		}
		return false
	}
}

// head is how many lines the header and the row of units take.
func (o Options) head() int {
	if o.Units > 0 {
		return o.Rows + 1
	}
	return o.Rows
}

// joined gives the header that begins at line h. Of several rows the names that stand
// over each other are joined by ·; an empty cell above others goes on with the one to
// its left, as a merged cell does. It is nil where there are not so many lines.
func (r *reading) joined(h int, o Options) []Cell {
	if h+o.head() > len(r.count) {
		return nil
	}
	if o.Rows == 1 {
		if o.Units == 1 {
			h++ // the units stand above the names
		}
		return r.of(h)
	}
	var rows [][]Cell
	width := 0
	for i := range o.head() {
		if i != o.Units-1 {
			rows = append(rows, r.of(h+i))
			width = max(width, len(rows[len(rows)-1]))
		}
	}
	header := make([]Cell, width)
	var left []string // what the column to the left goes on with, by row
	for c := range header {
		names, on := []string{}, make([]string, len(rows))
		same := c > 0 // as the column to the left, in all rows above
		for i, row := range rows {
			text := ""
			if c < len(row) {
				text = oneLine(row[c].Text)
				if header[c].Line == 0 || text != "" && len(names) == 0 {
					header[c].Line, header[c].Column = row[c].Line, row[c].Column
				}
			}
			below := slices.ContainsFunc(rows[i+1:], func(r []Cell) bool { return c < len(r) && r[c].Text != "" })
			if text == "" && same && below {
				text = left[i]
			}
			same = same && text == left[i]
			if on[i] = text; text != "" && (len(names) == 0 || names[len(names)-1] != text) {
				names = append(names, text)
			}
		}
		header[c].Text = strings.Join(names, "·")
		left = on
	}
	return header
}

// repeatsHeader tells whether a line holds what the header holds.
func (r *reading) repeatsHeader(cells []Cell) bool {
	if len(cells) < len(r.Header) || len(r.Header) < 2 || filled(cells[len(r.Header):]) > 0 {
		return false
	}
	for i, h := range r.Header {
		if oneLine(cells[i].Text) != h.Text {
			return false
		}
	}
	return true
}

// anotherTable tells whether line i, after a row, begins a second table: after a gap, a
// title or nothing above a line of names, where figures stood before.
func (r *reading) anotherTable(i, row int) bool {
	if r.Sheet[i] == r.Sheet[i-1]+1 || isNote(r.of(i)) {
		return false
	}
	if filled(r.of(i)) == 1 {
		i++
	}
	if i+1 >= len(r.count) {
		return false
	}
	names, first, before := r.of(i), r.of(i+1), r.Row(row)
	if filled(names) < 2 || isNote(names) {
		return false
	}
	figures := false // stood, and stand, under a name
	for c, name := range names {
		switch {
		case name.Text == "":
		case !named(name.Text):
			return false
		case c < len(first) && c < len(before):
			figures = figures || numeric(first[c].Text) && numeric(before[c].Text)
		}
	}
	return figures
}

// named tells whether a text may name a column: it has a letter, and is neither
// a figure nor a marker.
func named(text string) bool {
	return !numeric(text) && text[0] != '[' && strings.ContainsFunc(text, unicode.IsLetter)
}

// numeric tells whether a text is written in digits, and so is no name.
func numeric(text string) bool {
	return text != "" && strings.Trim(text, "0123456789０１２３４５６７８９.,，．%％‰-−－+()（）万亿年月日 ") == ""
}

func firstText(cells []Cell) string {
	for _, c := range cells {
		if c.Text != "" {
			return c.Text
		}
	}
	return ""
}

// twoRows refuses a header of two rows, merged cells above their parts, with the
// names that one row would have.
func (r *reading) twoRows(h int) bool {
	if h+2 >= len(r.count) {
		return false
	}
	above, below := r.of(h), r.of(h+1)
	if len(below) != len(above) || below[0].Text != "" {
		return false
	}
	var names []string
	parts, group := 0, ""
	for i, c := range below {
		over := oneLine(above[i].Text)
		if numeric(c.Text) || c.Text == "" && over == "" {
			return false
		}
		if over != "" {
			group = over
		}
		switch {
		case c.Text == "":
			names = append(names, over)
		default:
			names = append(names, group+"·"+oneLine(c.Text))
			if over == "" {
				parts++
			}
		}
	}
	if parts == 0 {
		return false
	}
	empty := max(0, slices.IndexFunc(above, func(c Cell) bool { return c.Text == "" }))
	r.problems.Error(r.place(above[empty], empty, int(r.Sheet[h])), problem.CSVHeader,
		problem.Text{ZH: "表头有两行，上一行的合并单元格下面分成几列", EN: "the header has two rows: merged cells stand above several columns"},
		problem.Say("用一行写全各列的名称：%s；或者在说明文件里写 layout: {header: 2}（版式：{表头行数: 2}）", "name the columns in one row: %s; or write layout: {header: 2} in the descriptor", strings.Join(names, ",")))
	return true
}

// header takes the header and checks its names.
func (r *reading) header(cells []Cell, sheet int) {
	for len(cells) > 1 && cells[len(cells)-1].Text == "" {
		cells = cells[:len(cells)-1]
	}
	for i := range cells {
		cells[i].Text = oneLine(cells[i].Text)
	}
	r.Header, r.headerSheet = cells, sheet
	if len(cells) == 1 && strings.ContainsAny(cells[0].Text, "，；｜") {
		r.problems.Error(r.Position(-1, 0), problem.CSVDelimiter,
			problem.Say("表头只有一格“%s”，各列可能用了全角逗号等符号分隔", "the header is one cell, \"%s\"; the columns may be separated by full-width commas", problem.Quote(cells[0].Text)),
			problem.Text{ZH: "各列之间用半角逗号“,”分隔", EN: "separate the columns with half-width commas, \",\""})
	}
	seen := map[string]int{}
	for i, c := range cells {
		if c.Text == "" {
			r.unnamed(c, i)
			continue
		}
		name := text.NarrowAll(c.Text) // which is all that a chart and a reader see
		if first, twice := seen[name]; twice {
			r.problems.Error(r.Position(-1, i), problem.CSVHeader,
				problem.Say("表头“%s”重复，已出现在%s", "the header \"%s\" is given twice, first at %s", problem.Quote(c.Text), r.Position(-1, first).Cell),
				problem.Text{ZH: "给每一列起不同的名称", EN: "give every column a name of its own"})
			continue
		}
		seen[name] = i
	}
}

// oneLine joins the lines of a header cell that was broken to make its column
// narrow: Chinese without a space, other words with one.
func oneLine(text string) string {
	if strings.IndexByte(text, '\n') < 0 {
		return strings.TrimSpace(text)
	}
	lines := strings.Split(text, "\n")
	joined := lines[0]
	for _, next := range lines[1:] {
		next = strings.TrimSpace(next)
		if last, _ := utf8.DecodeLastRuneInString(joined); last < utf8.RuneSelf && next != "" && next[0] < utf8.RuneSelf {
			joined += " "
		}
		joined += next
	}
	return strings.TrimSpace(joined)
}

// unnamed reports an empty cell of the header.
func (r *reading) unnamed(c Cell, column int) {
	r.problems.Error(r.place(c, column, r.headerSheet), problem.CSVHeader,
		problem.Say("表头有一格是空的，可能是合并单元格或两行表头", "a cell of the header is empty; it may be merged, or the header may have two rows"),
		problem.Text{ZH: "取消合并，用一行表头写全每一列的名称，例如“立案（件）”", EN: "unmerge it and name every column in one row, such as 立案（件）"})
}

var group = regexp.MustCompile(`^[0-9]{3}(?:\.[0-9]+)?$`)
var lead = regexp.MustCompile(`^[-−]?[1-9][0-9]{0,2}$`)

// ragged reports a row that does not fit the header, at the cell where it went
// wrong as far as that can be told.
func (r *reading) ragged(l int, header []Cell) {
	cells, width := r.of(l), len(r.Header)
	if len(cells) > width {
		for i := 1; i < len(cells); i++ {
			if lead.MatchString(cells[i-1].Text) && group.MatchString(cells[i].Text) {
				r.problems.Error(r.place(cells[i-1], i-1, int(r.Sheet[l])), problem.CSVRagged,
					problem.Say("这一行有%d格，表头只有%d格：“%s”和“%s”像是被千分位逗号分开的一个数", "cells in this row: %d, in the header: %d; \"%s\" and \"%s\" look like one number split by its comma",
						len(cells), width, cells[i-1].Text, cells[i].Text),
					problem.Text{ZH: "去掉数字里的逗号，或者把整个数字放进引号", EN: "take the commas out of the number, or put it in quotation marks"})
				return
			}
		}
		i := width
		for cells[i].Text == "" {
			i++
		}
		if i < len(header) {
			r.unnamed(header[i], i)
			return
		}
		r.problems.Error(r.place(cells[i], i, int(r.Sheet[l])), problem.CSVRagged,
			problem.Say("这一行有%d格，表头只有%d格，“%s”没有对应的列", "cells in this row: %d, in the header: %d; \"%s\" stands under no column", len(cells), width, problem.Quote(cells[i].Text)),
			problem.Text{ZH: "补上表头，或者把含逗号的内容放进引号；表外的说明以“注：”开头", EN: "name the column, or put a text with commas in quotation marks; begin a note with 注："})
		return
	}
	at := r.place(cells[len(cells)-1], len(cells), int(r.Sheet[l]))
	r.problems.Error(at, problem.CSVRagged,
		problem.Say("这一行只有%d格，表头有%d格，缺“%s”", "cells in this row: %d, in the header: %d; \"%s\" is missing", len(cells), width, problem.Quote(r.Header[len(cells)].Text)),
		problem.Text{ZH: "补齐这一行的单元格；表外的说明以“注：”开头", EN: "fill in the missing cells; begin a note with 注："})
}
