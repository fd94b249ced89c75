package attachment

import (
	"archive/zip"
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// workbook is what the sheets of a spreadsheet need to be read: their names and
// the texts that cells share.
type workbook struct {
	sheets map[string]worksheet // by the name of their part
	shared []string
	seen   []bool // of the shared texts, those that stand in a cell

	extra []byte       // what the part of the shared texts says besides
	why   problem.Text // why that part was not read
	read  bool         // that part, here
}

type worksheet struct {
	name   string
	hidden bool
}

// place says what a sheet is called.
func (s worksheet) place() problem.Text {
	if s.hidden {
		return problem.Text{ZH: "隐藏工作表" + named(s.name).ZH, EN: "the hidden sheet " + named(s.name).EN}
	}
	return problem.Text{ZH: "工作表" + named(s.name).ZH, EN: "the sheet " + named(s.name).EN}
}

const (
	bookPart   = "xl/workbook.xml"
	bookLinks  = "xl/_rels/workbook.xml.rels"
	sharedPart = "xl/sharedStrings.xml"
)

// workbook reads what the sheets need; nil where the document is no spreadsheet,
// or one that names its parts otherwise: then its sheets are read as other parts.
func (j *job) workbook(files []*zip.File) *workbook {
	parts := map[string][]byte{}
	for _, f := range files {
		switch f.Name {
		case bookPart, bookLinks, sharedPart:
			content, why := j.open(f)
			if source, _, fault := text.Decode(content, ""); why.EN == "" && fault == nil {
				parts[f.Name] = source
			} // else it is told when its turn comes
		}
	}
	if parts[bookPart] == nil || parts[bookLinks] == nil {
		return nil
	}
	book := &workbook{sheets: map[string]worksheet{}}
	targets := map[string]string{}
	walk(parts[bookLinks], func(token xml.Token) {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			targets[attribute(e, "Id")] = path.Clean(target)[1:]
		}
	})
	walk(parts[bookPart], func(token xml.Token) {
		if e, is := token.(xml.StartElement); is && e.Name.Local == "sheet" {
			id := ""
			for _, a := range e.Attr { // r:id, beside sheetId
				if a.Name.Local == "id" {
					id = a.Value
				}
			}
			book.sheets[targets[id]] = worksheet{attribute(e, "name"), attribute(e, "state") != "" && attribute(e, "state") != "visible"}
		}
	})
	var item []byte
	phonetic := false
	book.read = parts[sharedPart] != nil
	book.why = walk(parts[sharedPart], func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			phonetic = phonetic || t.Name.Local == "rPh"
			if t.Name.Local == "si" {
				item = item[:0]
			}
		case xml.CharData:
			if phonetic {
				book.extra = append(book.extra, t...)
			} else {
				item = append(item, t...)
			}
		case xml.EndElement:
			if t.Name.Local == "rPh" {
				phonetic = false
				book.extra = append(book.extra, '\n')
			}
			if t.Name.Local == "si" {
				book.shared = append(book.shared, string(item))
			}
		}
	})
	book.seen = make([]bool, len(book.shared))
	return book
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// sheet tells whether a part is a sheet whose cells can be named.
func (b *workbook) sheet(part string) (worksheet, bool) {
	if b == nil {
		return worksheet{}, false
	}
	s, is := b.sheets[part]
	return s, is
}

func (b *workbook) place(part string) problem.Text {
	if s, is := b.sheet(part); is {
		return s.place()
	}
	return placeOf(part)
}

// cells reads a sheet cell by cell, and what else it holds.
func (j *job) cells(part []byte, sheet worksheet, book *workbook, at problem.Text) {
	source, _, fault := text.Decode(part, "")
	if fault != nil {
		j.fail(at, fault.Message)
		return
	}
	var words, rest, attributes []byte
	headers := map[string]string{} // of the columns, by their letters
	ref, kind, inCell, inValue := "", "", false, false
	row, column := 0, 0
	called := strings.ReplaceAll(problem.Quote(sheet.name), `"`, "'") // it stands in the line of a waiver
	why := walk(source, func(token xml.Token) {
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				row, column = row+1, 0
				if n, err := strconv.Atoi(attribute(t, "r")); err == nil {
					row = n
				}
			case "c":
				inCell, words = true, words[:0]
				ref, kind = attribute(t, "r"), attribute(t, "t")
				column++
				if ref == "" { // a cell without a name stands after the one before
					ref = letters(column) + strconv.Itoa(row)
				}
			case "v", "f":
				inValue = t.Name.Local == "v"
				if len(words) > 0 {
					words = append(words, '\n')
				}
			default:
				attributes = appendAttributes(attributes, t)
			}
		case xml.CharData:
			switch {
			case inCell && inValue && kind == "s":
				if i, err := strconv.Atoi(string(t)); err == nil && i >= 0 && i < len(book.shared) {
					book.seen[i] = true
					words = append(words, book.shared[i]...)
				}
			case inCell:
				words = append(words, t...)
			default:
				rest = append(rest, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "f":
				inValue = false
			case "c":
				inCell = false
				letter := strings.TrimRight(ref, "0123456789")
				header, known := headers[letter]
				if !known && kind != "n" && len(words) > 0 {
					headers[letter] = string(words)
				}
				if len(words) > 0 {
					j.found(Text{Place: at, Cell: called + "!" + problem.Quote(ref), Beside: header, Words: words})
				}
			case "row":
			default:
				rest = append(rest, '\n')
			}
		case xml.Comment:
			attributes = append(append(attributes, t...), '\n')
		}
	})
	j.give(at, rest)
	j.give(at, attributes)
	if why.EN != "" {
		j.fail(at, why)
	}
}

// rest gives the shared texts that stand in no cell: those of cells that were
// deleted.
func (b *workbook) rest(j *job, at problem.Text) {
	j.give(within(at, placeOf(sharedPart)), b.extra)
	if b.why.EN != "" {
		j.fail(within(at, placeOf(sharedPart)), b.why)
	}
	place := within(at, problem.Say("已删除的单元格留下的文字", "texts that deleted cells left behind"))
	for i, s := range b.shared {
		if !b.seen[i] && len(s) >= shortest {
			j.give(place, []byte(s))
		}
	}
}

// letters names a column: 1 is A, 27 is AA.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
