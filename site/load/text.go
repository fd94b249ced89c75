package load

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/problem"
)

// text decodes a file of prose: UTF-8 with or without a mark, UTF-16 with one, or
// GB18030, which a text editor of Chinese Windows writes. Line ends become \n.
func text(file string, data []byte) ([]byte, problem.List) {
	var problems problem.List
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		data = decoded(unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), data)
	case utf8.Valid(data):
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
	default:
		data = decoded(simplifiedchinese.GB18030, data)
	}
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	i := bytes.IndexByte(data, 0)
	if i < 0 {
		i = bytes.Index(data, []byte("\ufffd"))
	}
	if i >= 0 {
		start := bytes.LastIndexByte(data[:i], '\n') + 1
		problems.Error(problem.Position{
			File: file, Line: bytes.Count(data[:i], []byte("\n")) + 1, Column: utf8.RuneCount(data[start:i]) + 1,
		}, problem.TextEncoding,
			problem.Say("此处的文字无法识别，文件编码不明", "this text cannot be read: the file's encoding is unclear"),
			problem.Say("用记事本打开，另存为 UTF-8 编码", "open it in an editor and save it in the encoding UTF-8"))
		return nil, problems
	}
	return data, nil
}

// decoded gives data as UTF-8; what is no character becomes U+FFFD.
func decoded(e encoding.Encoding, data []byte) []byte {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return []byte("\ufffd")
	}
	return out
}
