package text

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	utf16 "golang.org/x/text/encoding/unicode"

	"sunshine/site/problem"
)

// Reason is why bytes are no text that can be relied on.
type Reason int

const (
	Undeclared  Reason = iota // no encoding has the name that is declared
	Binary                    // it is no text: it holds zero bytes
	Damaged                   // some bytes are no character of the encoding
	Unclear                   // it is likely in no encoding
	TwoReadings               // it is as likely in one as in another
)

// Error says why and where bytes are no text. Line and Column count from 1,
// Column in characters.
type Error struct {
	Reason       Reason
	Line, Column int
	Message      problem.Text
}

// Error gives the message in English.
func (e *Error) Error() string { return e.Message.EN }

// At gives the error's place in a file.
func (e *Error) At(file string) problem.Position {
	return problem.Position{File: file, Line: e.Line, Column: e.Column}
}

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
	utf16le     = charset{"UTF-16LE", utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM)}
	utf16be     = charset{"UTF-16BE", utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM)}
)

// charsets are the names that may be declared, in lower case without hyphens,
// underscores and spaces.
var charsets = map[string]charset{
	"utf8": utf8Charset, "utf8sig": utf8Charset,
	"gb18030": gb18030, "gbk": gb18030, "gb2312": gb18030, "cp936": gb18030,
	"big5": big5, "cp950": big5,
	"utf16le": utf16le, "utf16be": utf16be,
}

var marks = []struct {
	bytes string
	charset
}{{"\xef\xbb\xbf", utf8Charset}, {"\xff\xfe", utf16le}, {"\xfe\xff", utf16be}, {"\x84\x31\x95\x33", gb18030}}

// Decode gives the text of a file in UTF-8, without a mark and with \n for every
// line end, and the name of the encoding that it was in. declared is what the
// bureau says of it, or empty; a mark is believed before that. The text may
// share the bytes of data. It takes time and memory in the length of data alone.
func Decode(data []byte, declared string) (text []byte, name string, err *Error) {
	c, mark := marked(data)
	data = data[mark:]
	if mark == 0 {
		if c, err = choose(data, declared); err != nil {
			return nil, "", err
		}
	}
	text = data
	if c.name != utf8Charset.name {
		decoded, err := c.codec.NewDecoder().Bytes(data)
		if err != nil {
			return nil, "", &Error{Damaged, 1, 1, problem.Say("文件不是%s编码", "the file is not in %s", c.name)}
		}
		text = decoded
	}
	if i := damaged(text); i >= 0 {
		return nil, "", fault(Damaged, text, i,
			problem.Say("此处按%s编码读不出文字，文件已损坏或编码不对", "from here the text cannot be read as %s: the file is damaged or in another encoding", c.name))
	}
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return nil, "", fault(Binary, text, i, problem.Say("这不是文本文件，其中有空字节", "this is not a text file: it holds zero bytes"))
	}
	for bytes.HasPrefix(text, []byte("\ufeff")) { // files that were joined, or saved twice, have several
		text = text[len("\ufeff"):]
	}
	return newlines(text), c.name, nil
}

// fault is an error at a byte of text.
func fault(why Reason, text []byte, offset int, message problem.Text) *Error {
	before := text[:offset]
	line := bytes.Count(before, []byte("\n")) + 1
	if bytes.IndexByte(before, '\r') >= 0 { // rare: a place is in the text as it is given
		before = newlines(bytes.Clone(before))
		line = bytes.Count(before, []byte("\n")) + 1
	}
	return &Error{why, line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1, message}
}

// newlines makes \n of \r\n and of a lone \r.
func newlines(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	return text
}

// marked tells a file's encoding where its first bytes are a mark.
func marked(data []byte) (c charset, mark int) {
	for _, m := range marks {
		if bytes.HasPrefix(data, []byte(m.bytes)) {
			return m.charset, len(m.bytes)
		}
	}
	return charset{}, 0
}

// choose tells the encoding of a file without a mark: the declared one, UTF-16
// where every pair of bytes is a usual character, or what guess says.
func choose(data []byte, declared string) (charset, *Error) {
	if declared != "" {
		c, known := charsets[strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(declared))]
		if !known {
			return c, &Error{Undeclared, 1, 1, problem.Say("没有“%s”这种编码", "there is no encoding \"%s\"", problem.Quote(declared))}
		}
		return c, nil
	}
	zero := bytes.IndexByte(data, 0)
	if zero < 0 {
		c, err := guess(data)
		if err == nil || err.Reason == TwoReadings {
			return c, err
		}
		if c, is := wide(data); is { // Chinese alone, with not one ASCII character
			return c, nil
		}
		return c, err
	}
	if c, is := wide(data); is {
		return c, nil
	}
	return charset{}, fault(Binary, data, zero, problem.Say("这不是文本文件，其中有空字节", "this is not a text file: it holds zero bytes"))
}

// wide tells whether data are UTF-16 without a mark, and of which order: the one
// in which three of four pairs of the head are characters that an office writes.
func wide(data []byte) (charset, bool) {
	if len(data)%2 != 0 || len(data) == 0 {
		return charset{}, false
	}
	head := data[:min(len(data), 64<<10)]
	units := len(head) / 2
	little, big := 0, 0
	for i := 0; i < len(head); i += 2 {
		if usual(rune(head[i]) | rune(head[i+1])<<8) {
			little++
		}
		if usual(rune(head[i+1]) | rune(head[i])<<8) {
			big++
		}
	}
	switch enough := units - units/4; {
	case little > big && little >= enough:
		return utf16le, true
	case big > little && big >= enough:
		return utf16be, true
	}
	return charset{}, false
}

// usual tells whether a character is one of a plain text of an office.
func usual(r rune) bool {
	return ' ' <= r && r < 0x7f || r == '\n' || r == '\r' || r == '\t' || r > 0x7f && chinese(r)
}

// guess decides between UTF-8 and GB18030 over the whole file. Chinese text in
// GB18030 is hardly ever valid UTF-8, but a few words may be (职业 reads as ְҵ):
// then it is UTF-8 when it shows a character that such an office writes. What is
// likely in neither is refused, and so is what is as likely in both.
func guess(data []byte) (charset, *Error) {
	if bad := invalidUTF8(data); bad >= 0 {
		if common, rare := pairs(data, 0xf7); broken(data) || rare > common {
			return gb18030, fault(Unclear, data, bad,
				problem.Say("认不出文件的编码：从此处起既不像UTF-8，也不像GB18030", "the encoding is unclear: from here on it is not UTF-8, and probably not GB18030"))
		}
		return gb18030, nil
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
		case r <= 0x17f && latin < 0 && !latinAt(data, r, i, i+size):
			latin = i
		}
		i += size
	}
	if common, rare := pairs(data, 0xd7); rare > 0 || common == 0 { // 0xd7: only the 3755 most usual
		return utf8Charset, nil
	}
	switch {
	case foreign >= 0:
		return gb18030, nil
	case latin >= 0:
		read, _ := gb18030.codec.NewDecoder().Bytes(data[latin : latin+2])
		return utf8Charset, fault(TwoReadings, data, latin,
			problem.Say("文件的编码有两种读法：此处按UTF-8读作“%s”，按GB18030读作“%s”", "the encoding has two readings: here it says \"%s\" in UTF-8 and \"%s\" in GB18030",
				problem.Quote(string(data[latin:latin+2])), problem.Quote(string(read))))
	}
	return utf8Charset, nil
}

// latinAt tells whether the Latin character r, from start to end, is one by what
// stands around it: a letter of an ASCII word (café), or a sign of money before a
// word or a sum (£ million, £5).
func latinAt(data []byte, r rune, start, end int) bool {
	letterBefore := start > 0 && isLetter(data[start-1])
	if letterBefore || end < len(data) && isLetter(data[end]) {
		return true
	}
	behind := bytes.TrimLeft(data[end:min(len(data), end+4)], " ")
	return unicode.Is(unicode.Sc, r) && len(behind) > 0 && (isLetter(behind[0]) || isDigit(behind[0])) && (start == 0 || !isDigit(data[start-1]))
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return '0' <= b && b <= '9' }

// chinese tells whether a character is one that Chinese offices write: the Han
// characters of GB 2312, and marks.
func chinese(r rune) bool {
	switch {
	case 0x2010 <= r && r <= 0x2043, 0x3000 <= r && r <= 0x303f, 0xff00 <= r && r <= 0xffef:
		return true
	case 0x4e00 <= r && r <= 0x9fff:
		return gb2312()[r-0x4e00]
	}
	return false
}

// gb2312 tells of each Han character from U+4E00 on whether GB 2312 has it.
var gb2312 = sync.OnceValue(func() *[0xa000 - 0x4e00]bool {
	var is [0xa000 - 0x4e00]bool
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := byte(0xb0); lead <= 0xf7; lead++ {
		for trail := byte(0xa1); trail <= 0xfe; trail++ {
			read, _ := decoder.Bytes([]byte{lead, trail})
			if r, _ := utf8.DecodeRune(read); 0x4e00 <= r && r <= 0x9fff {
				is[r-0x4e00] = true
			}
		}
	}
	return &is
})

// pairs counts, reading data as GB18030, the characters of GB 2312 up to the
// lead byte last, which make up nearly all of a Chinese text, and the others.
func pairs(data []byte, last byte) (common, rare int) {
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
