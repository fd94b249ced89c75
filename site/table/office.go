package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"sunshine/site/period"
	"sunshine/site/problem"
)

const (
	MaxFile     = 64 << 20  // bytes of an office file
	maxUnpacked = 256 << 20 // bytes of its parts that are read: about four seconds
	maxParts    = 10_000
	maxRatio    = 100     // how much smaller than its content a part may be; office programs reach 30
	ratioFrom   = 1 << 20 // bytes of a part from which on that counts
	maxToken    = 1 << 20 // bytes of one piece of XML
	maxSheets   = 500
	maxStrings  = 2_000_000
	maxStyles   = 1 << 16
	maxFilled   = 3_000_000 // cells that hold something
	maxMerged   = 200_000
	sheetRows   = 1 << 20 // that a spreadsheet has
	sheetWidth  = 1 << 14
)

var (
	epoch1900 = period.NewDate(1899, 12, 30) // of days from 61 on
	epoch1904 = period.NewDate(1904, 1, 1)
)

var (
	errDamaged = errors.New("damaged")
	errSize    = errors.New("too large")
	errEntity  = errors.New("declares entities")
)

var (
	saveNew    = problem.Say("在表格软件中打开，核对内容，另存为“Excel 工作簿（.xlsx）”后再导入", "open it in the office program, see that all is there, save it as an Excel workbook (.xlsx), and import that")
	noPassword = problem.Say("在表格软件中输入密码打开，在“文件—信息—保护工作簿—用密码进行加密”（WPS：“文件—文档加密—密码加密”）里清空密码，保存后再导入", "open it with the password, clear that under File, Info, Protect Workbook, Encrypt with Password, save it, and import it again")
)

// bytesOfOffice tells whether a file begins as an archive does.
func bytesOfOffice(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// office reads an XLSX workbook.
func (b *book) office(data []byte) {
	if !bytesOfOffice(data) {
		b.foreign("", data)
		return
	}
	if bytes.Count(data, []byte("PK\x01\x02")) > maxParts {
		b.refuse(problem.WorkbookSize, problem.Say("文件里的部件超过%d个，不像报表", "the file has more than %d parts, as no workbook does", maxParts), saveNew)
		return
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		b.fail("", errDamaged)
		return
	}
	b.left = maxUnpacked
	parts := make(map[string]*zip.File, len(archive.File))
	for _, member := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(member.Name, "/"))
		if parts[name] != nil {
			b.fail("", errDamaged)
			return
		}
		if member.Flags&1 != 0 {
			b.refuse(problem.WorkbookPassword, problem.Say("文件设有密码，读不出来", "the file is protected by a password and cannot be read"), noPassword)
			return
		}
		parts[name] = member
	}
	b.parts = parts
	root, err := b.relations("", "_rels/.rels")
	main := ""
	for _, r := range root {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = r.Target
		}
	}
	switch {
	case err != nil && !errors.Is(err, errDamaged):
		b.fail("", err)
		return
	case parts[strings.ToLower(main)] == nil || !strings.HasSuffix(main, ".xml") || strings.HasPrefix(main, "word/") || strings.HasPrefix(main, "ppt/"):
		b.foreignParts()
		return
	}
	if err := b.workbook(main); err != nil {
		b.fail("", err)
	}
}

// fail reports what kept a part, or a sheet, from being read.
func (b *book) fail(sheet string, err error) {
	at := problem.Position{File: b.File, Sheet: sheet}
	switch {
	case errors.Is(err, errSize):
		b.problems.Error(at, problem.WorkbookSize, problem.Say("内容太多，超出能读的范围（有内容的单元格最多%d个，展开后最多%d MiB）", "there is more in it than can be read (at most %d filled cells, and %d MiB unpacked)", maxFilled, maxUnpacked>>20), splitUp)
	case errors.Is(err, errEntity):
		b.problems.Error(at, problem.WorkbookDamaged, problem.Say("文件里有表格软件不会写的内容（XML实体）", "the file holds what no office program writes (XML entities)"), saveNew)
	default:
		b.problems.Error(at, problem.WorkbookDamaged, problem.Say("文件已损坏，读不完整", "the file is damaged and cannot be read whole"), saveNew)
	}
}

// relation is what one part of the file says of another.
type relation struct{ ID, Type, Target string }

// relations reads the relations of a part that stands in folder.
func (b *book) relations(folder, name string) (list []relation, err error) {
	err = b.read(name, func(depth int, t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", folder, target)
			}
			list = append(list, relation{attribute(e, "Id"), attribute(e, "Type"), strings.TrimPrefix(path.Clean(target), "/")})
		}
		return nil
	})
	return list, err
}

// attribute gives an attribute of an element by its name without a prefix.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// workbook reads the list of sheets, and them.
func (b *book) workbook(name string) error {
	type listed struct{ name, state, id string }
	var list []listed
	b.epoch = epoch1900
	err := b.read(name, func(depth int, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "workbookPr" && isTrue(attribute(e, "date1904")):
			b.epoch = epoch1904
		case ok && e.Name.Local == "sheet" && depth == 3:
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			if list = append(list, listed{attribute(e, "name"), attribute(e, "state"), id}); len(list) > maxSheets {
				return errSize
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	folder, base := path.Split(name)
	relations, err := b.relations(folder, folder+"_rels/"+base+".rels")
	if err != nil {
		return err
	}
	part := map[string]relation{}
	for _, r := range relations {
		part[r.ID] = r
		switch {
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			err = b.shared(r.Target)
		case strings.HasSuffix(r.Type, "/styles"):
			err = b.styles(r.Target)
		}
		if err != nil {
			return err
		}
	}
	for _, s := range list {
		r, ok := part[s.id]
		shown, _ := clean(s.name)
		switch {
		case s.state == "hidden" || s.state == "veryHidden":
			b.Skipped = append(b.Skipped, Skipped{shown, "", problem.Say("隐藏的工作表", "a hidden sheet"), true})
			continue
		case !ok:
			return errDamaged
		case !strings.HasSuffix(r.Type, "/worksheet"):
			b.Skipped = append(b.Skipped, Skipped{shown, "", problem.Say("不是表格的工作表（如图表页）", "a sheet that is no table, such as a chart"), false})
			continue
		}
		if err := b.sheet(shown, r.Target); err != nil {
			b.fail(shown, err)
			if errors.Is(err, errSize) {
				return nil // there is no room for the others
			}
		}
	}
	return nil
}

func isTrue(attribute string) bool { return attribute == "1" || attribute == "true" }

// shared reads the texts that cells share.
func (b *book) shared(name string) error {
	var text words
	return b.read(name, func(depth int, t xml.Token) error {
		if e, ok := t.(xml.EndElement); ok && depth == 2 && e.Name.Local == "si" {
			if b.strings = append(b.strings, text.take()); len(b.strings) > maxStrings {
				return errSize
			}
			return nil
		}
		text.token(t)
		return nil
	})
}

// words gathers the text of an item that has runs, without its phonetic ones.
type words struct {
	text   []byte
	in     bool // in an element t
	spoken int  // depth in a phonetic run
}

func (w *words) token(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		switch {
		case w.spoken > 0 || t.Name.Local == "rPh":
			w.spoken++
		case t.Name.Local == "t":
			w.in = true
		}
	case xml.EndElement:
		w.in = false
		w.spoken = max(0, w.spoken-1)
	case xml.CharData:
		if w.in && len(w.text) <= maxText {
			w.text = append(w.text, t...)
		}
	}
}

// take gives the text and is ready for the next.
func (w *words) take() string {
	s := unescape(string(w.text))
	w.clear()
	return s
}

func (w *words) clear() { *w = words{text: w.text[:0]} }

// unescape reads _x000D_, as office programs write what XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		before, after, found := strings.Cut(s, "_x")
		out.WriteString(before)
		if !found {
			break
		}
		if len(after) >= 5 && after[4] == '_' {
			if code, err := strconv.ParseUint(after[:4], 16, 16); err == nil {
				if code != '\r' { // it stands beside a line feed
					out.WriteRune(rune(code))
				}
				s = after[5:]
				continue
			}
		}
		out.WriteString("_x")
		s = after
	}
	return out.String()
}

// styles reads the number format of every style.
func (b *book) styles(name string) error {
	codes := map[int]string{}
	var section string
	read := map[int]format{}
	return b.read(name, func(depth int, t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		if depth == 2 {
			section = e.Name.Local
		}
		switch {
		case section == "numFmts" && e.Name.Local == "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				codes[id] = attribute(e, "formatCode")
			}
		case section == "cellXfs" && depth == 3 && e.Name.Local == "xf":
			id, _ := strconv.Atoi(attribute(e, "numFmtId"))
			f, known := read[id]
			if !known {
				code, own := codes[id]
				if !own {
					code = builtIn[id]
				}
				f = readFormat(code)
				read[id] = f
			}
			if b.formats = append(b.formats, f); len(b.formats) > maxStyles {
				return errSize
			}
		}
		return nil
	})
}

// read gives the tokens of a part, with the depth of the element that they open,
// close or stand in. Names come without what their prefixes stand for.
func (b *book) read(name string, give func(depth int, t xml.Token) error) error {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return errDamaged
	}
	if f.UncompressedSize64 > uint64(b.left) || f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		return errSize
	}
	b.left -= int64(f.UncompressedSize64) // which the archive is held to
	content, err := f.Open()
	if err != nil {
		return errDamaged
	}
	defer content.Close()
	in := &limited{from: content}
	d := xml.NewDecoder(in)
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			if in.err != nil {
				return in.err
			}
			return errDamaged
		}
		switch t.(type) {
		case xml.Directive:
			return errEntity
		case xml.StartElement:
			if depth++; depth > 1000 {
				return errDamaged
			}
		}
		if err := give(depth, t); err != nil {
			return err
		}
		if _, ok := t.(xml.EndElement); ok {
			if depth--; depth < 0 {
				return errDamaged
			}
		}
	}
}

// limited reads a part within the bound of one piece of XML: a decoder holds each
// in memory.
type limited struct {
	from io.Reader
	err  error

	run     int     // bytes since the last piece ended
	last    [2]byte // that were read
	special int     // where what begins with <! did, which ends otherwise
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	for _, c := range p[:n] {
		l.run++
		switch {
		case c == '!' && l.last[1] == '<' && l.special == 0:
			l.special = l.run
		case c == '>' && (l.special == 0 || l.run-l.special > len("----") && (string(l.last[:]) == "--" || string(l.last[:]) == "]]")):
			l.run, l.special = 0, 0
		}
		l.last = [2]byte{l.last[1], c}
	}
	if l.run > maxToken {
		l.err = errSize
		return 0, l.err
	}
	return n, err
}
