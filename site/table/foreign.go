package table

import (
	"bytes"
	"path"
	"strings"

	"sunshine/site/problem"
	"sunshine/site/text"
)

var (
	oldBook  = problem.Say("旧版Excel工作簿（.xls）", "an old Excel workbook (.xls)")
	document = problem.Say("文字处理软件的文档", "a word processor's document")
)

// endings are the formats of office programs that are not read, by the ending of
// their names.
var endings = map[string]problem.Text{
	".xls": oldBook, ".xlt": oldBook,
	".et": problem.Say("WPS表格自己的格式（.et）", "a workbook in the format of WPS (.et)"), ".ett": problem.Say("WPS表格的模板（.ett）", "a template of WPS (.ett)"),
	".ods": problem.Say("OpenDocument表格（.ods）", "an OpenDocument spreadsheet (.ods)"), ".numbers": problem.Say("苹果Numbers表格（.numbers）", "a spreadsheet of Apple Numbers (.numbers)"),
	".xlsb": problem.Say("二进制的Excel工作簿（.xlsb）", "a binary Excel workbook (.xlsb)"), ".xltx": problem.Say("Excel模板（.xltx）", "a template of Excel (.xltx)"), ".xltm": problem.Say("Excel模板（.xltm）", "a template of Excel (.xltm)"),
	".doc": document, ".docx": document, ".wps": document, ".rtf": document,
}

var compound = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// foreign refuses a file that is no workbook, by what it holds and is called.
func (b *book) foreign(ending string, data []byte) {
	zh, en := otherFormat(data)
	named, known := endings[ending]
	switch {
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, utf16("EncryptedPackage")):
		b.refuse(problem.WorkbookPassword, problem.Say("工作簿设有打开密码，读不出来", "the workbook is protected by a password and cannot be read"), noPassword)
	case bytes.HasPrefix(data, compound) && bytes.Contains(data, utf16("WordDocument")):
		b.refuseAs(document, copyOver)
	case bytes.HasPrefix(data, compound) && ending != ".et" && ending != ".ett":
		b.refuseAs(oldBook, saveNew)
	case zh == "" && len(bytes.TrimLeft(data, "\x00")) == 0: // as a broken transfer leaves it
		b.fail("", errDamaged)
	case zh == "" && readable(data):
		b.refuseAs(problem.Say("文本文件（可能是CSV）", "a text file, perhaps CSV"), problem.Say("各列用逗号或制表符分开的，把文件名的结尾改为.csv再导入；否则在表格软件中打开，另存为“Excel 工作簿（.xlsx）”", "if commas or tabs part its columns, let its name end in .csv and import it again; else open it in the office program and save it as an Excel workbook (.xlsx)"))
	case bytesOfOffice(data) && (ending == ".xls" || !known && bytes.Contains(data, []byte("xl/workbook.xml"))):
		b.disguised()
	case zh != "" && !bytesOfOffice(data) && !bytes.HasPrefix(data, compound):
		hint := copyOver
		switch {
		case strings.HasSuffix(zh, "压缩文件"):
			hint = unpack
		case strings.HasPrefix(zh, "网页") || strings.HasPrefix(zh, "XML"): // which spreadsheets open
			hint = saveNew
		}
		b.refuseAs(problem.Text{ZH: zh, EN: en}, hint)
	case known && named == document:
		b.refuseAs(named, copyOver)
	case known:
		b.refuseAs(named, saveNew)
	case bytesOfOffice(data):
		b.refuseAs(problem.Say("压缩文件，或别的软件的文件", "an archive, or a file of another program"), problem.Say("是压缩文件的，解压后导入里面的报表；不是的，在表格软件中另存为“Excel 工作簿（.xlsx）”", "unpack an archive and import the workbook in it; save anything else as an Excel workbook (.xlsx) in the office program"))
	default:
		b.fail("", errDamaged)
	}
}

var unpack = problem.Say("解压后导入里面的报表", "unpack it and import the workbook in it")

var copyOver = problem.Say("请报送单位发表格文件；或把其中的表复制到新的工作簿，另存为“Excel 工作簿（.xlsx）”后再导入", "ask for the workbook; or copy the table into a new one, save that as an Excel workbook (.xlsx), and import it")

// refuseAs refuses a file by what it is.
func (b *book) refuseAs(what, hint problem.Text) {
	b.refuse(problem.WorkbookFormat, problem.Say("这不是.xlsx工作簿，而是%s", "this is no .xlsx workbook but %s", what), hint)
}

// archives are the files that are archives, too, by a part that each has.
var archives = []struct {
	part string
	what problem.Text
	hint problem.Text
}{
	{"xl/workbook.bin", endings[".xlsb"], saveNew},
	{"word/document.xml", document, copyOver},
	{"ppt/presentation.xml", problem.Say("演示文稿", "a presentation"), copyOver},
	{"content.xml", endings[".ods"], saveNew},
	{"index/document.iwa", endings[".numbers"], saveNew},
}

// foreignParts refuses an archive that is no workbook, by what is in it.
func (b *book) foreignParts() {
	for _, a := range archives {
		if b.parts[a.part] != nil {
			b.refuseAs(a.what, a.hint)
			return
		}
	}
	if b.parts["[content_types].xml"] != nil {
		b.fail("", errDamaged)
		return
	}
	b.refuseAs(problem.Say("压缩文件", "an archive"), unpack)
}

// readable tells whether a file is text.
func readable(data []byte) bool {
	_, _, err := text.Decode(data, "")
	return err == nil || err.Reason == text.TwoReadings
}

// utf16 writes a name as compound files do.
func utf16(name string) []byte {
	return []byte(strings.Join(strings.Split(name, ""), "\x00") + "\x00")
}

// disguised refuses a workbook whose name does not say so.
func (b *book) disguised() {
	b.refuse(problem.WorkbookFormat, problem.Say("这是工作簿，文件名“%s”的结尾却不是.xlsx", "this is a workbook, though its name, \"%s\", does not end in .xlsx", problem.Quote(path.Base(b.File))),
		problem.Say("把文件名的结尾改为.xlsx，再导入", "let its name end in .xlsx and import it again"))
}
