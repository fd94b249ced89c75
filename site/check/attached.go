package check

import (
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"

	"sunshine/site/attachment"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

const (
	maxTold = 10      // problems of one attachment
	maxNear = 32      // cells on each side of one that are beside it
	maxKeys = 4       // cells that name the row, as they come first
	maxRows = 200_000 // of one attachment that are held to the figures
)

// attachments holds the files of data/static to the withheld figures: every line of
// their words, and every row of their tables under its header.
func (q *quoted) attachments(static []bureau.File) {
	var run attachment.Reader
	for _, f := range static {
		a := attached{q: q, file: "data/" + f.Path, name: strings.TrimSuffix(path.Base(f.Path), path.Ext(f.Path)), most: len(q.problems) + maxTold}
		run.Read(f.Path, f.Bytes, func(t attachment.Text) {
			switch {
			case t.Tag != "" || t.Name:
			case t.Cell != "":
				a.cell(t)
			default:
				a.flush()
				a.words(t)
			}
		})
		a.flush()
	}
}

// attached is an attachment that is read.
type attached struct {
	q          *quoted
	file, name string
	most       int // problems that there may be after it
	rows       int
	full       bool   // as many problems are told as there may be
	sheet      string // and row, of a workbook: Sheet1!5
	row        []gridCell
	above      []string // the rows above
}

type gridCell struct {
	head, text string
	at         problem.Position
}

// cell takes a cell of a workbook; a row is judged when it is whole.
func (a *attached) cell(t attachment.Text) {
	sheet, ref, _ := strings.Cut(t.Cell, "!")
	row := sheet + "!" + strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if row != a.sheet {
		a.flush()
		if before, _, _ := strings.Cut(a.sheet, "!"); before != sheet {
			a.above = []string{sheet}
		}
		a.sheet = row
	}
	words := t.Words[bytes.LastIndexByte(t.Words, '\n')+1:] // after its formula
	a.row = append(a.row, gridCell{t.Beside, strings.TrimSpace(string(words)), problem.Position{File: a.file, Cell: t.Cell}})
}

func (a *attached) flush() {
	if len(a.row) > 0 && !a.over() {
		a.grid(a.row, "", problem.Text{})
	}
	a.row = nil
}

// grid judges a row of a table.
func (a *attached) grid(row []gridCell, around string, in problem.Text) {
	var said []string
	for _, c := range row {
		said = append(said, c.head+"："+c.text)
	}
	for i, c := range row {
		if !a.q.worth(c.text) {
			continue
		}
		near := slices.Concat(said[i+1:min(len(said), i+1+maxNear)], said[max(0, i-maxNear):i], said[:min(maxKeys, max(0, i-maxNear))], []string{c.head})
		a.q.passage(passage{text: c.text, place: func(int) problem.Position { return c.at }, near: near, far: append([]string{a.name}, a.above...), row: -1, cell: true, around: around, in: in})
	}
	a.learn(strings.Join(said, " "))
}

// over counts a line, and tells whether there are more than are looked at; the first
// that is not is told.
func (a *attached) over() bool {
	if a.rows++; a.rows == maxRows+1 {
		a.q.problems.Warn(problem.Position{File: a.file}, problem.DisclosureQuoted,
			problem.Say("这个附件太大，%d行以后的没有和不公布的数值对照", "this attachment is so large that what follows %d lines was not held against the withheld figures", maxRows),
			problem.Say("把它分成几个文件，或者不放这个附件", "part it into several files, or leave it out"))
	}
	if len(a.q.problems) >= a.most && !a.full {
		a.full = true
		a.q.problems.Error(problem.Position{File: a.file}, problem.DisclosureQuoted,
			problem.Say("这个附件里已列出%d处，后面的没有再查", "of this attachment the first places are listed, and the rest was not looked at: %d", maxTold),
			problem.Say("先处理已列出的，再检查一遍；整张表都是原始数据的，不放这个附件", "mend what is listed and check again; leave the attachment out where all of it is raw data"))
	}
	return a.rows > maxRows || a.full
}

// learn keeps what stood above.
func (a *attached) learn(line string) {
	if a.above = append(a.above, line); len(a.above) > 2*maxFar { // the first lines hold title and header
		a.above = append(a.above[:maxFar/2:maxFar/2], a.above[len(a.above)-maxFar/2:]...)
	}
}

// words judges a text by its lines; lines of separated values are rows.
func (a *attached) words(t attachment.Text) {
	text := string(t.Words)
	if !a.q.worth(text) {
		return
	}
	a.above = nil
	var header []string
	number := 0
	for line := range strings.Lines(text) {
		number++
		if a.over() {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		at := problem.Position{File: a.file}
		if t.Place.EN == "" {
			at.Line = number
		}
		cells := separated(line)
		switch {
		case strings.TrimSpace(line) == "":
		case len(cells) < 2:
			header = nil
			near := a.above[max(0, len(a.above)-1):]
			a.q.passage(passage{text: line, place: func(int) problem.Position { return at }, near: near, far: append([]string{a.name}, a.above...), row: -1, around: text, in: t.Place})
			a.learn(line)
		case header == nil && filled(cells) < 2: // a title in a row of its own
			a.learn(line)
		case header == nil:
			header = cells
			a.learn(line)
		default:
			var row []gridCell
			for i, cell := range cells {
				c := gridCell{text: strings.TrimSpace(cell), at: at}
				if i < len(header) {
					c.head = strings.TrimSpace(header[i])
				}
				row = append(row, c)
			}
			a.grid(row, text, t.Place)
		}
	}
}

// filled counts the cells that are not empty.
func filled(cells []string) (n int) {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// separated parts a line of separated values; nothing where it is prose.
func separated(line string) []string {
	comma := ','
	switch {
	case strings.Contains(line, "\t"):
		comma = '\t'
	case !strings.Contains(line, ",") || strings.ContainsAny(line, "。，") && !strings.Contains(line, `"`) || strings.Contains(line, ", "):
		return nil
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	return cells
}
