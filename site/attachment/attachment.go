// Package attachment reads what is published as it is: the forms, documents and
// pictures of data/static.
//
// Reader.Read gives every text that a file holds, each with a place that a clerk
// understands, and names what of the file it could not read, with the reason.
// Nothing is passed unread: what is not given as a Text is told as an Unread, with
// the exceptions below. What a file is, its bytes tell and not its name.
//
//	text            in any encoding that package text reads; pages and drawings
//	                (HTML, SVG, XML) too, with the pictures embedded in them
//	OOXML           every part and its name: docx, xlsx, pptx, whatever their main
//	                part is called; properties, comments, headers, notes, the texts
//	                of attributes, hidden sheets, embedded files and pictures
//	ODF, OFD        every part of odt, ods, odp, ofd
//	ZIP             every member and its name, members within members
//	RTF             the text of every group, pictures
//	PDF             every object, also those that a later version replaced: text,
//	                properties, remarks, forms, embedded files
//	JPEG, PNG, GIF, TIFF, WebP, HEIF, AVIF, BMP
//	                their metadata, comments, and what stands behind their end
//	OLE             doc, xls, ppt, wps, et: the runs of text in every stream and in
//	                the file as a whole, and always an Unread: numbers of cells and
//	                packed text are not seen
//
// Named and not read is the rest: encrypted, damaged or unknown formats, scanned
// pages, fonts without a table of characters, programs, sound and films, and what
// lies beyond a bound. A pixel is not looked at, and no picture is named for that.
// Nor is told what says nothing: fonts, profiles of colours and the sample data of
// shadings within a PDF, and ids within office documents.
//
// Clean takes out of a document or picture what readers do not see.
package attachment

import (
	"bytes"
	"encoding/base64"
	"path"
	"regexp"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

// Bounds of what is unpacked, in bytes; what lies beyond is named. An office
// document of a hundred pages unpacks to one or two MB, a workbook of 100,000 rows
// to 30: what needs more is packed to exhaust the machine, or belongs in stats/.
const (
	maxPart    = 16 << 20  // of one part of a file: it is held in memory
	maxFile    = 48 << 20  // of one file, with all that is embedded in it: about a second
	maxRun     = 512 << 20 // of all files of a run
	maxMembers = 10_000    // of one file, with all that is embedded in it
	maxDepth   = 5         // of files within files
)

// Text is one text of a file.
type Text struct {
	Place  problem.Text // where in the file; empty where it is the file itself
	Cell   string       // of a workbook: Sheet2!B5
	Beside string       // the header over that cell
	Tag    string       // of the metadata of a picture: their name, such as Artist
	Name   bool         // it is the name of a member
	Markup bool         // character references stand in it
	Words  []byte       // in UTF-8
}

// Unread is a part of a file that could not be read.
type Unread struct {
	Place, Why   problem.Text
	Line, Column int // of the file itself, where it is one of words
}

// Reader reads files one after another within the bounds of a run. The zero value
// is ready; it is not safe for use by several goroutines, so that the bound falls
// on the same file in every run.
type Reader struct{ unpacked int64 }

// Read gives found every text of a file but its own name, and tells what was not
// read. A Text is valid until found returns.
func (r *Reader) Read(file string, data []byte, found func(Text)) []Unread {
	j := job{reader: r, found: found, left: maxFile, members: maxMembers}
	j.inspect(file, data, problem.Text{}, 0)
	return j.unread
}

// job is one file that is read.
type job struct {
	reader  *Reader
	found   func(Text)
	unread  []Unread
	left    int64 // bytes that may still be unpacked of this file
	members int   // that may still be opened of it
}

func (j *job) fail(at, why problem.Text) { j.unread = append(j.unread, Unread{Place: at, Why: why}) }

// give hands on words that stand at a place.
func (j *job) give(at problem.Text, words []byte) {
	if len(bytes.TrimSpace(words)) > 0 {
		j.found(Text{Place: at, Words: words})
	}
}

// limit is how many bytes a part may have that is unpacked now.
func (j *job) limit() int64 {
	return max(0, min(maxPart, j.left, maxRun-j.reader.unpacked))
}

// spend counts unpacked bytes.
func (j *job) spend(n int) {
	j.left -= int64(n)
	j.reader.unpacked += int64(n)
}

// within says a place inside another.
func within(outer, inner problem.Text) problem.Text {
	switch {
	case outer.EN == "":
		return inner
	case inner.EN == "":
		return outer
	}
	return problem.Text{ZH: outer.ZH + " › " + inner.ZH, EN: outer.EN + " › " + inner.EN}
}

// named is the place of a member or an embedded file.
func named(name string) problem.Text {
	return problem.Text{ZH: "“" + problem.Quote(name) + "”", EN: `"` + problem.Quote(name) + `"`}
}

var (
	tooLarge  = problem.Say("解开后太大", "it unpacks to too much")
	tooMany   = problem.Say("里面的文件太多", "it holds too many files")
	tooDeep   = problem.Say("文件里套文件，层数太多", "files stand in files too deep")
	encrypted = problem.Say("设有密码，打不开", "it is protected by a password")
	damaged   = problem.Say("打不开，可能已损坏", "it cannot be opened: it is damaged")
	vector    = problem.Say("EMF或WMF图形，只查了其中成段的文字", "a drawing in EMF or WMF, of which only the runs of text were searched")
	oldOffice = problem.Say("旧版Office格式，只查了其中成段的文字", "it is in an old Office format, of which only the runs of text were searched")
	programs  = problem.Say("里面有宏或控件", "it holds macros or controls")
	notXML    = problem.Say("不是完好的XML", "it is not well-formed XML")
	hasEntity = problem.Say("里面有自定义的实体，可能另有文字", "it defines entities, which could spell other words")
)

// closed are formats that are known and not read.
var closed = []struct {
	magic string
	why   problem.Text
}{
	{"%!PS", problem.Say("PostScript文件", "a PostScript file")},
	{"Rar!", problem.Say("RAR压缩文件", "a RAR archive")},
	{"7z\xbc\xaf", problem.Say("7z压缩文件", "a 7z archive")},
	{"\x1f\x8b", problem.Say("gzip压缩文件", "a gzip file")},
}

// inspect reads a file, or what is embedded in one, at a place.
func (j *job) inspect(name string, data []byte, at problem.Text, depth int) {
	if depth > maxDepth {
		j.fail(at, tooDeep)
		return
	}
	begins := func(magic string) bool { return bytes.HasPrefix(data, []byte(magic)) }
	for _, f := range closed {
		if begins(f.magic) {
			j.fail(at, f.why)
			return
		}
	}
	switch {
	case isPicture(data):
		j.picture(data, at, depth)
	case begins("PK\x03\x04"), begins("PK\x05\x06"):
		j.archive(name, data, at, depth)
	case begins("\xd0\xcf\x11\xe0"):
		j.compound(data, at)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		j.pdf(data, at, depth)
	case begins(`{\rtf`):
		j.rtf(data, at, depth)
	default:
		j.text(name, data, at, depth)
	}
}

// transferred is a line of a mail, or of a page saved as one file, that says that
// a part is encoded.
var transferred = regexp.MustCompile(`(?im)^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)`)

// encodes tells whether a text has such a line. Only lines that begin as one are held
// against the expression: the texts of a large bureau have millions.
func encodes(source []byte) bool {
	for line := range bytes.Lines(source) {
		if line[0]|0x20 == 'c' && transferred.Match(line) {
			return true
		}
	}
	return false
}

// inlined is a file that stands in a page or drawing.
var inlined = regexp.MustCompile(`(?i);base64,([a-z0-9+/\s]+)`)

// text reads a file of words.
func (j *job) text(name string, data []byte, at problem.Text, depth int) {
	source, _, err := text.Decode(data, "")
	if err != nil {
		j.fail(at, err.Message)
		if depth == 0 && err.Reason != text.Binary {
			last := &j.unread[len(j.unread)-1]
			last.Line, last.Column = err.Line, err.Column
		}
		return
	}
	if encodes(source) { // what stands in it as it is, is given all the same
		j.fail(at, problem.Say("邮件或单个文件网页，其中的内容另有编码", "a mail or a page saved as one file, whose parts are encoded"))
	}
	markup := false
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".shtml", ".xhtml", ".xht", ".svg", ".xml":
		markup = true
		for _, m := range inlined.FindAllSubmatchIndex(source, maxMembers) {
			packed := bytes.Join(bytes.Fields(source[m[2]:m[3]]), nil)
			unpacked := make([]byte, base64.RawStdEncoding.DecodedLen(len(packed)))
			n, err := base64.RawStdEncoding.Decode(unpacked, packed)
			place := within(at, problem.Say("内嵌的文件", "a file in it"))
			if err != nil {
				j.fail(place, damaged)
				continue
			}
			j.inspect("", unpacked[:n], place, depth+1)
		}
	}
	j.found(Text{Place: at, Words: source, Markup: markup})
}
