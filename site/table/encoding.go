package table

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// charset is an encoding that a file may be in. GB18030 holds all of GBK and
// GB 2312.
type charset struct {
	name  string
	codec encoding.Encoding
}

var (
	utf8Charset = charset{"UTF-8", encoding.Nop}
	gb18030     = charset{"GB18030", simplifiedchinese.GB18030}
	big5        = charset{"Big5", traditionalchinese.Big5}
	utf16le     = charset{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16be     = charset{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
)

// charsets are the names that a descriptor may give, in lower case without
// hyphens, underscores and spaces.
var charsets = map[string]charset{
	"utf8": utf8Charset, "utf8sig": utf8Charset,
	"gb18030": gb18030, "gbk": gb18030, "gb2312": gb18030, "cp936": gb18030,
	"big5": big5, "cp950": big5,
	"utf16le": utf16le, "utf16be": utf16be,
}

var (
	marks = []struct {
		bytes string
		charset
	}{{"\xef\xbb\xbf", utf8Charset}, {"\xff\xfe", utf16le}, {"\xfe\xff", utf16be}, {"\x84\x31\x95\x33", gb18030}}

	saveAgain = problem.Text{ZH: "在表格软件中另存为“CSV UTF-8（逗号分隔）”", EN: "save it as “CSV UTF-8 (comma delimited)” in the spreadsheet"}
)

// decode gives the text of a file as UTF-8, without its byte-order mark, and the
// name of the encoding that it was in. It reports where no encoding fits or two do.
func decode(file string, data []byte, declared bureau.String) (text []byte, name string, problems problem.List) {
	start := problem.Position{File: file, Line: 1, Column: 1}
	if zh, en := otherFormat(data); zh != "" {
		problems.Error(start, problem.CSVFormat, problem.Text{ZH: "这不是CSV，而是" + zh, EN: "this is no CSV but " + en}, saveAgain)
		return nil, "", problems
	}
	c, mark := charsetOf(data)
	switch {
	case mark > 0:
		data = data[mark:]
	case declared.V != "":
		known, ok := charsets[strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(declared.V))]
		if !ok {
			problems.Error(declared.At, problem.CSVEncoding, problem.Say("不认识的编码“%s”", "unknown encoding \"%s\"", problem.Quote(declared.V)),
				problem.Text{ZH: "可写 utf-8、gb18030 或 big5；不写则自动识别", EN: "write utf-8, gb18030 or big5, or leave the key out"})
			return nil, "", problems
		}
		c = known
	case c.codec == nil:
		if bytes.IndexByte(data, 0) >= 0 {
			problems.Error(start, problem.CSVFormat, problem.Say("这不是文本文件，其中有空字节", "this is no text: it holds zero bytes"), saveAgain)
			return nil, "", problems
		}
		if c, problems = guess(file, data); len(problems) > 0 {
			return nil, "", problems
		}
	}
	text = data
	if c != utf8Charset {
		decoded, err := c.codec.NewDecoder().Bytes(data)
		if err != nil {
			problems.Error(start, problem.CSVEncoding, problem.Say("文件不是%s编码", "the file is not in %s", c.name), saveAgain)
			return nil, "", problems
		}
		text = decoded
	}
	if i := damaged(text); i >= 0 {
		problems.Error(place(file, text, i), problem.CSVEncoding,
			problem.Say("此处按%s编码读不出文字，文件已损坏或编码不对", "from here the text cannot be read as %s: the file is damaged or in another encoding", c.name), saveAgain)
		return nil, "", problems
	}
	return text, c.name, nil
}

// charsetOf tells a file's encoding where its first bytes do: by a mark, or by
// the zero bytes that UTF-16 without a mark has beside every ASCII character.
func charsetOf(data []byte) (c charset, mark int) {
	for _, m := range marks {
		if bytes.HasPrefix(data, []byte(m.bytes)) {
			return m.charset, len(m.bytes)
		}
	}
	if len(data)%2 == 0 && bytes.IndexByte(data, 0) >= 0 {
		zeros, head := [2]int{}, data[:min(len(data), 64<<10)]
		for i, b := range head {
			if b == 0 {
				zeros[i%2]++
			}
		}
		some := len(head) / 16 // tabs, line ends and digits are that many in any table
		switch {
		case zeros[0] == 0 && zeros[1] > some:
			return utf16le, 0
		case zeros[1] == 0 && zeros[0] > some:
			return utf16be, 0
		}
	}
	return charset{}, 0
}

// otherFormat names a format that is not CSV but is often renamed to it.
func otherFormat(data []byte) (zh, en string) {
	head := strings.ToLower(strings.TrimLeft(string(data[:min(len(data), 64)]), " \t\r\n\ufeff"))
	for _, f := range []struct{ prefix, zh, en string }{
		{"pk\x03\x04", "Excel工作簿（.xlsx）或压缩文件", "an Excel workbook (.xlsx) or a ZIP archive"},
		{"\xd0\xcf\x11\xe0", "旧版Excel工作簿（.xls）", "an old Excel workbook (.xls)"},
		{"%pdf", "PDF文件", "a PDF"},
		{"{\\rtf", "Word文件（RTF）", "a word processor's file (RTF)"},
		{"<html", "网页", "a web page"}, {"<!doctype", "网页", "a web page"}, {"<table", "网页", "a web page"}, {"<?xml", "XML文件", "an XML file"},
	} {
		if strings.HasPrefix(string(data[:min(len(data), 64)]), f.prefix) || strings.HasPrefix(head, f.prefix) {
			return f.zh, f.en
		}
	}
	return "", ""
}

// guess decides between UTF-8 and GB18030 over the whole file. Chinese text in
// GB18030 is hardly ever valid UTF-8, but a few words may be (职业 reads as ְҵ):
// then it is UTF-8 when it shows a character that such an office writes. What is
// likely in neither is refused, and so is what is as likely in both.
func guess(file string, data []byte) (charset, problem.List) {
	var problems problem.List
	if bad := invalidUTF8(data); bad >= 0 {
		common, rare := pairs(data)
		if broken(data) || rare > common {
			problems.Error(place(file, data, bad), problem.CSVEncoding,
				problem.Say("认不出文件的编码：从此处起既不像UTF-8，也不像GB18030", "the encoding is unclear: from here it is not UTF-8, and not likely GB18030"),
				problem.Text{ZH: "另存为“CSV UTF-8”；若是繁体Big5，在说明文件中写 encoding: big5", EN: "save it as CSV UTF-8; if it is Big5, say encoding: big5 in the descriptor"})
		}
		return gb18030, problems
	}
	foreign := -1 // the first character that is neither ASCII nor Latin
	latin := -1   // the first Latin one that stands apart from ASCII letters
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case chinese(r):
			return utf8Charset, nil
		case r > 0x17f && foreign < 0:
			foreign = i
		case r <= 0x17f && latin < 0 && !(i > 0 && isLetter(data[i-1])) && !(i+size < len(data) && isLetter(data[i+size])):
			latin = i
		}
		i += size
	}
	if common, rare := level1(data); rare > 0 || common == 0 {
		return utf8Charset, nil
	}
	switch {
	case foreign >= 0:
		return gb18030, nil
	case latin >= 0:
		read, _ := gb18030.codec.NewDecoder().Bytes(data[latin : latin+2])
		problems.Error(place(file, data, latin), problem.CSVEncoding,
			problem.Say("文件的编码有两种读法：此处按UTF-8读作“%s”，按GB18030读作“%s”", "the encoding has two readings: here it says \"%s\" in UTF-8 and \"%s\" in GB18030",
				problem.Quote(string(data[latin:latin+2])), problem.Quote(string(read))),
			problem.Text{ZH: "另存为“CSV UTF-8”，或在说明文件中写 encoding: gb18030", EN: "save it as CSV UTF-8, or say encoding: gb18030 in the descriptor"})
	}
	return utf8Charset, problems
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// chinese tells whether a character is one that Chinese offices write: the Han
// characters and marks that GB 2312 has, too.
func chinese(r rune) bool {
	switch {
	case 0x2010 <= r && r <= 0x2043, 0x3000 <= r && r <= 0x303f, 0xff00 <= r && r <= 0xffef:
		return true
	case 0x4e00 <= r && r <= 0x9fff:
		b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
		return err == nil && len(b) == 2 && b[0] >= 0xb0 && b[1] >= 0xa1
	}
	return false
}

// pairs counts, reading data as GB18030, the characters of GB 2312's marks and
// Han characters, which make up nearly all of a Chinese text, and the others.
func pairs(data []byte) (common, rare int) {
	return count(data, 0xf7)
}

// level1 counts as pairs does, with only the 3755 most usual Han characters.
func level1(data []byte) (common, rare int) {
	return count(data, 0xd7)
}

func count(data []byte, last byte) (common, rare int) {
	for i := 0; i < len(data); {
		switch {
		case data[i] < utf8.RuneSelf:
			i++
			continue
		case i+1 == len(data):
			rare++
		case data[i+1] >= 0xa1 && (0xa1 <= data[i] && data[i] <= 0xa3 || 0xb0 <= data[i] && data[i] <= last):
			common++
		default:
			rare++
		}
		i += 2
	}
	return common, rare
}

// invalidUTF8 gives the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
}

// broken tells whether data is UTF-8 with some bytes damaged, and not in
// another encoding.
func broken(data []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case 0x4e00 <= r && r <= 0x9fff:
			good++
		}
		i += size
	}
	return good > 0 && good >= bad
}

// damaged gives the offset of the first trace of a failed conversion, or -1: the
// replacement character, what GBK makes of two of them, or half a character.
func damaged(text []byte) int {
	first := invalidUTF8(text)
	for _, trace := range []string{"\ufffd", "锟斤拷"} {
		if i := bytes.Index(text, []byte(trace)); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	return first
}

// place gives the position of a byte of text.
func place(file string, text []byte, offset int) problem.Position {
	line := bytes.Count(text[:offset], []byte("\n")) + 1
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	return problem.Position{File: file, Line: line, Column: utf8.RuneCount(text[start:offset]) + 1}
}
