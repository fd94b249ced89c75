package table

import (
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

var saveAgain = problem.Text{ZH: "在表格软件中另存为“CSV UTF-8（逗号分隔）”", EN: "save it as “CSV UTF-8 (comma delimited)” in the spreadsheet"}

// decode gives the text of a file and the name of its encoding. It reports what
// is another format, and where no encoding fits or two do.
func decode(file string, data []byte, declared bureau.String) (decoded []byte, name string, problems problem.List) {
	if zh, en := otherFormat(data); zh != "" {
		problems.Error(problem.Position{File: file, Line: 1, Column: 1}, problem.CSVFormat, problem.Text{ZH: "这不是CSV，而是" + zh, EN: "this is not CSV but " + en}, saveAgain)
		return nil, "", problems
	}
	decoded, name, err := text.Decode(data, declared.V)
	if err == nil {
		return decoded, name, nil
	}
	at, rule, hint := err.At(file), problem.CSVEncoding, saveAgain
	switch err.Reason {
	case text.Undeclared:
		at, hint = declared.At, problem.Text{ZH: "可写 utf-8、gb18030 或 big5；不写的，自动识别", EN: "write utf-8, gb18030 or big5, or leave the key out"}
	case text.Binary:
		rule = problem.CSVFormat
	case text.Unclear:
		if bureau.KindAt(file) != bureau.StatisticKind {
			break // no descriptor declares an encoding
		}
		hint = problem.Text{ZH: "另存为“CSV UTF-8”；是繁体Big5的，在说明文件中写 encoding: big5", EN: "save it as CSV UTF-8; if it is Big5, write encoding: big5 in the descriptor"}
	case text.TwoReadings:
		if bureau.KindAt(file) != bureau.StatisticKind {
			break
		}
		hint = problem.Text{ZH: "哪种读法对，就在说明文件中写哪一种：encoding: utf-8 或 encoding: gb18030", EN: "write in the descriptor which is right: encoding: utf-8, or encoding: gb18030"}
	}
	problems.Error(at, rule, err.Message, hint)
	return nil, "", problems
}

// otherFormat names a format that is not CSV but is often renamed to it.
func otherFormat(data []byte) (zh, en string) {
	head := strings.ToLower(strings.TrimLeft(string(data[:min(len(data), 64)]), " \t\r\n\ufeff"))
	for _, f := range []struct{ prefix, zh, en string }{
		{"pk\x03\x04", "Excel工作簿（.xlsx）或压缩文件", "an Excel workbook (.xlsx) or a ZIP archive"},
		{"\xd0\xcf\x11\xe0", "旧版Excel工作簿（.xls）", "an old Excel workbook (.xls)"},
		{"%pdf", "PDF文件", "a PDF"}, {"\x89PNG", "图片", "a picture"}, {"\xff\xd8\xff", "图片", "a picture"}, {"gif8", "图片", "a picture"},
		{"rar!", "RAR压缩文件", "a RAR archive"}, {"7z\xbc\xaf", "7z压缩文件", "a 7z archive"},
		{"{\\rtf", "Word文件（RTF）", "a word processor's file (RTF)"},
		{"<html", "网页", "a web page"}, {"<!doctype", "网页", "a web page"}, {"<table", "网页", "a web page"}, {"<?xml", "XML文件", "an XML file"},
	} {
		if strings.HasPrefix(string(data[:min(len(data), 64)]), f.prefix) || strings.HasPrefix(head, f.prefix) {
			return f.zh, f.en
		}
	}
	return "", ""
}
