package attachment_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"sunshine/site/attachment"
)

// secret is what every file of the tests holds; it is nobody's number.
const secret = "330106184002291235"

// pack makes an archive of names and contents.
func pack(parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		part, _ := w.Create(parts[i])
		part.Write([]byte(parts[i+1]))
	}
	w.Close()
	return b.Bytes()
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`

// office makes an office document.
func office(parts ...string) []byte {
	return pack(append([]string{"[Content_Types].xml", contentTypes}, parts...)...)
}

// book makes a workbook of a sheet that is seen and one that is hidden.
func book(shared, hidden string) []byte {
	return office(
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="汇总" sheetId="1" r:id="a"/><sheet name="明细" sheetId="2" state="veryHidden" r:id="b"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="t/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="c" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>12</v></c><c r="C1"><f>明细!B5</f><v>7</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row r="4"><c r="B4" t="inlineStr"><is><t>证件号码</t></is></c></row><row r="5">`+hidden+`</row></sheetData></worksheet>`,
		"xl/sharedStrings.xml", `<sst>`+shared+`</sst>`)
}

func wide(order binary.AppendByteOrder, s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func gbk(s string) string {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// compound makes an OLE file of one stream, its sectors in reverse, so that what
// stands over two of them is not in the file as it lies.
func compound(name, content string) []byte {
	const size = 512
	content += strings.Repeat("\x00", max(0, 4096-len(content))) // shorter ones lie elsewhere
	n := (len(content) + size - 1) / size
	le := binary.LittleEndian
	head := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16)...)
	for _, v := range []uint16{0x3e, 3, 0xfffe, 9, 6} {
		head = le.AppendUint16(head, v)
	}
	head = append(head, make([]byte, 6)...)
	for _, v := range []uint32{0, 1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0} {
		head = le.AppendUint32(head, v)
	}
	for len(head) < size {
		head = le.AppendUint32(head, 0xffffffff)
	}
	fat := le.AppendUint32(le.AppendUint32(nil, 0xfffffffd), 0xfffffffe)
	for i := range n { // sector 2+i follows the one behind it
		if next := uint32(1 + i); i == 0 {
			fat = le.AppendUint32(fat, 0xfffffffe)
		} else {
			fat = le.AppendUint32(fat, next)
		}
	}
	for len(fat) < size {
		fat = le.AppendUint32(fat, 0xffffffff)
	}
	entry := func(name string, kind byte, child, start uint32, length int) []byte {
		e := append([]byte(wide(le, name)), 0, 0)
		used := len(e)
		e = le.AppendUint16(append(e, make([]byte, 64-used)...), uint16(used))
		e = append(e, kind, 1)
		for _, v := range []uint32{0xffffffff, 0xffffffff, child} {
			e = le.AppendUint32(e, v)
		}
		e = append(e, make([]byte, 36)...)
		return le.AppendUint64(le.AppendUint32(e, start), uint64(length))
	}
	dir := append(entry("Root Entry", 5, 1, 0xfffffffe, 0), entry(name, 2, 0xffffffff, uint32(1+n), len(content))...)
	dir = append(dir, make([]byte, size-len(dir))...)
	out := slices.Concat(head, fat, dir)
	content += strings.Repeat("\x00", n*size-len(content))
	for i := range n {
		out = append(out, content[(n-1-i)*size:(n-i)*size]...)
	}
	return out
}

// object and stream make objects of a PDF.
func object(number int, content string) string {
	return fmt.Sprintf("%d 0 obj\n%s\nendobj\n", number, content)
}

func stream(number int, keys, content string) string {
	return object(number, fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", keys, len(content), content))
}

// pdf makes a PDF. It has no table of objects, which no reader of it should need.
func pdf(objects ...string) []byte {
	return []byte("%PDF-1.7\n" + strings.Join(objects, "") + "trailer\n<</Root 1 0 R /Size 99>>\nstartxref\n0\n%%EOF\n")
}

// page makes a PDF of one page with some content and a font.
func page(content, font string, more ...string) []byte {
	return pdf(append([]string{
		object(1, "<</Type /Catalog /Pages 2 0 R>>"),
		object(2, "<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F1 5 0 R>> /XObject <</I 9 0 R>>>>>>"),
		object(3, "<</Type /Page /Parent 2 0 R /Contents 4 0 R>>"),
		stream(4, "/Filter /FlateDecode", deflated(content)),
		object(5, font),
	}, more...)...)
}

const latin = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"

// pictureOf makes a picture.
func pictureOf(kind string) []byte {
	var b bytes.Buffer
	img := image.NewGray(image.Rect(0, 0, 4, 4))
	switch kind {
	case "jpeg":
		jpeg.Encode(&b, img, nil)
	case "png":
		png.Encode(&b, img)
	case "gif":
		gif.Encode(&b, img, nil)
	}
	return b.Bytes()
}

// segment puts a segment behind the beginning of a JPEG.
func segment(jpeg []byte, marker byte, content string) []byte {
	s := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(content)+2))
	return slices.Concat(jpeg[:2], s, []byte(content), jpeg[2:])
}

// chunk puts a chunk behind the header of a PNG.
func chunk(png []byte, kind, content string) []byte {
	c := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	c = append(append(c, kind...), content...)
	return slices.Concat(png[:33], c, []byte("sum "), png[33:])
}

// gifComment puts a comment before the end of a GIF.
func gifComment(gif []byte, comment string) []byte {
	return slices.Concat(gif[:len(gif)-1], []byte{0x21, 0xfe, byte(len(comment))}, []byte(comment), []byte{0, 0x3b})
}

// read tells where the secret is found in a file, and why it was not read.
func read(file string, data []byte) (places, unread []string) {
	for _, u := range new(attachment.Reader).Read(file, data, func(t attachment.Text) {
		if bytes.Contains(t.Words, []byte(secret)) {
			place := t.Place.ZH
			if t.Cell != "" {
				place += " " + t.Cell
			}
			places = append(places, place+t.Tag)
		}
	}) {
		unread = append(unread, u.Place.ZH+u.Why.ZH)
	}
	return places, unread
}

// exposure/attachments-unread, and other ways in which a file holds a text: it is
// found, in a place that is named; or the file is named.
func TestRead(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	cut := func(s string, sep string) string { return s[:9] + sep + s[9:] }
	hexed := func(s string) string { return "<" + hex.EncodeToString([]byte(s)) + ">" }
	encryptedZip := pack("a.txt", "text")
	encryptedZip[6] |= 1
	encryptedZip[bytes.Index(encryptedZip, []byte("PK\x01\x02"))+8] |= 1
	digits := ""
	for i := range 10 {
		digits += fmt.Sprintf("<%04x> <%04x>\n", 0x20+i, '0'+i)
	}
	coded := "" // secret in the codes of that table
	for _, d := range secret {
		coded += fmt.Sprintf("%04x", 0x20+d-'0')
	}
	deep := []byte(secret)
	for range 8 {
		deep = pack("a.zip", string(deep))
	}
	for _, c := range []struct {
		name, file string
		data       []byte
		place      string // of the first text with the secret; empty where there is none
		unread     string // why the file is named, or part of that
	}{
		{"a text", "a.txt", []byte("证号" + secret), "·", ""},
		{"GBK", "a.csv", []byte(gbk("姓名,证件号码\n张某," + secret)), "·", ""},
		{"a picture within a drawing", "a.svg", []byte(`<svg><image href="data:image/png;base64,iVBORw0KGgo="/></svg>`), "", "图片信息读不出来"},
		{"a text of no encoding", "a.txt", []byte("\xe4\xb8\xad\xe6\x96\x87\n\xe6" + secret), "", "编码"},
		{"a program", "a.exe", []byte("MZ\x00\x00" + secret), "", "空字节"},

		{"alt.docx of the case: an attribute", "alt.docx", pack("word/document.xml", `<w:p><wp:docPr descr="`+secret+`"/></w:p>`), "正文（word/document.xml）", ""},
		{"another main part", "a.docx", office("main/text.xml", `<w:p><w:t>`+secret+`</w:t></w:p>`), "“main/text.xml”", ""},
		{"badentity.docx of the case", "badentity.docx", pack("word/document.xml", `<w:p><w:t>&nbsp;</w:t></w:p><w:p><w:t>`+secret+`</w:t></w:p>`), "正文（word/document.xml）", ""},
		{"an entity that nobody knows", "a.docx", office("word/document.xml", `<w:p><w:t>`+cut(secret, "&gap;")+`</w:t></w:p>`), "", "不是完好的XML"},
		{"an entity of its own", "a.docx", office("word/document.xml", `<!DOCTYPE d [<!ENTITY a "x">]><w:p>`+secret+`</w:p>`), "正文（word/document.xml）", "实体"},
		{"embedded.docx of the case", "embedded.docx", pack("word/embeddings/s.xlsx", string(pack("xl/sharedStrings.xml", `<sst><si><t>`+secret+`</t></si></sst>`))), "嵌入文件 › “s.xlsx” › 单元格的文字（xl/sharedStrings.xml）", ""},
		{"a part in UTF-16", "a.docx", office("word/header1.xml", wide(be, `<?xml version="1.0" encoding="UTF-16"?><w:hdr><w:p>`+secret+`</w:p></w:hdr>`)), "页眉（word/header1.xml）", ""},
		{"split by its formatting", "a.docx", office("word/footnotes.xml", `<w:p><w:r w:rsidR="00AB12CD"><w:t>`+cut(secret, `</w:t></w:r><w:r w:val="other words"><w:t>`)+`</w:t></w:r></w:p>`), "脚注（word/footnotes.xml）", ""},
		{"a comment", "a.docx", office("word/comments.xml", `<w:comment w:author="x"><w:p>`+secret+`</w:p></w:comment>`), "批注（word/comments.xml）", ""},
		{"a custom property", "a.docx", office("docProps/custom.xml", `<property name="n"><vt:lpwstr>`+secret+`</vt:lpwstr></property>`), "自定义属性（docProps/custom.xml）", ""},
		{"an address of a link", "a.docx", office("word/_rels/document.xml.rels", `<Relationships><Relationship Id="a" Target="https://example.org/?id=`+secret+`" TargetMode="External"/></Relationships>`), "链接（word/_rels/document.xml.rels）", ""},
		{"an XML comment", "a.docx", office("word/document.xml", `<w:p/><!--`+secret+`-->`), "正文（word/document.xml）", ""},
		{"slide", "a.pptx", office("ppt/slides/slide3.xml", `<a:p>`+secret+`</a:p>`), "第3张幻灯片", ""},
		{"speaker's notes", "a.pptx", office("ppt/notesSlides/notesSlide1.xml", `<a:p>`+secret+`</a:p>`), "演讲者备注（ppt/notesSlides/notesSlide1.xml）", ""},
		{"a hidden sheet", "a.xlsx", book("", `<c r="B5" t="inlineStr"><is><t>`+secret+`</t></is></c>`), "隐藏工作表“明细” 明细!B5", ""},
		{"a hidden sheet, a shared text", "a.xlsx", book(`<si><t>数</t></si><si><r><t>`+cut(secret, `</t></r><r><t>`)+`</t></r></si>`, `<c r="B5" t="s"><v>1</v></c>`), "隐藏工作表“明细” 明细!B5", ""},
		{"a cell without a name", "a.xlsx", book("", `<c/><c t="str"><v>`+secret+`</v></c>`), "隐藏工作表“明细” 明细!B5", ""},
		{"a formula", "a.xlsx", book("", `<c r="B5"><f>"`+secret+`"</f><v>1</v></c>`), "隐藏工作表“明细” 明细!B5", ""},
		{"the text of a deleted cell", "a.xlsx", book(`<si><t>数</t></si><si><t>`+secret+`</t></si>`, ""), "已删除的单元格留下的文字", ""},
		{"how a text is pronounced", "a.xlsx", book(`<si><t>数</t><rPh><t>`+secret+`</t></rPh></si>`, ""), "单元格的文字（xl/sharedStrings.xml）", ""},
		{"macros", "a.docm", office("word/vbaProject.bin", "\x01\x02"+secret), "“word/vbaProject.bin”", "宏"},
		{"a picture in it", "a.docx", office("word/media/i.png", string(chunk(pictureOf("png"), "tEXt", "Title\x00"+secret))), "图片 › “i.png” › 图片信息Title", ""},
		{"an unknown part", "a.docx", office("word/fonts/f.odttf", "\x00\x01"), "", "“word/fonts/f.odttf”"},
		{"OpenDocument", "a.odt", pack("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<text:p>`+cut(secret, `<text:span/>`)+`</text:p>`), "正文（content.xml）", ""},
		{"OFD", "a.ofd", pack("OFD.xml", `<ofd:OFD/>`, "Doc_0/Pages/Page_0/Content.xml", `<ofd:TextObject><ofd:TextCode>`+cut(secret, `</ofd:TextCode><ofd:TextCode>`)+`</ofd:TextCode></ofd:TextObject>`), "“Doc_0/Pages/Page_0/Content.xml”", ""},

		{"a.zip of the case", "a.zip", pack("a.csv", secret), "“a.csv”", ""},
		{"an archive in an archive", "a.zip", pack("内/b.zip", string(pack("c.docx", string(office("word/document.xml", `<w:p>`+secret+`</w:p>`))))), "“内/b.zip” › “c.docx” › 正文（word/document.xml）", ""},
		{"the name of a member", "a.zip", pack(secret+".txt", ""), "里面的文件名", ""},
		{"an archive with a password", "a.zip", encryptedZip, "", "“a.txt”设有密码"},
		{"archives in archives", "a.zip", deep, "", "层数太多"},
		{"a member that is no text", "a.zip", pack("a.rar", "Rar!"+secret), "", "“a.rar”RAR"},
		{"bytes before an archive", "a.zip", append([]byte("PK\x03\x04"+strings.Repeat(secret, 1000)), pack("a.txt", "x")...), "", "夹有别的内容"},
		{"a broken archive", "a.zip", []byte("PK\x03\x04" + secret), "", "已损坏"},

		{"old.doc of the case", "old.doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500) + secret), "成段的文字", "已损坏"},
		{"an old document, UTF-16", "a.doc", compound("WordDocument", strings.Repeat("\x01", 1006)+wide(le, secret)), "成段的文字", "旧版Office"},
		{"WPS, GBK", "a.wps", compound("WpsDocument", strings.Repeat("\x01", 1003)+gbk("证号"+secret)), "成段的文字", "旧版Office"},
		{"properties of an old document", "a.xls", compound("\x05SummaryInformation", strings.Repeat("\x01", 1010)+secret), "文档属性", "旧版Office"},
		{"a document with a password", "a.docx", compound("EncryptedPackage", "\x01\x02"), "", "设有密码"},

		{"RTF", "a.rtf", []byte(`{\rtf1{\info{\author ` + cut(secret, `}{\v `) + `}}}`), "正文", ""},
		{"RTF in code", "a.rtf", []byte(`{\rtf1 \'` + hex.EncodeToString([]byte(secret[:1])) + `\u` + fmt.Sprint(secret[1]) + `?` + secret[2:] + `}`), "正文", ""},
		{"RTF with an object", "a.rtf", []byte(`{\rtf1{\object{\*\objdata ` + hex.EncodeToString([]byte("\x00"+secret)) + `}}}`), "嵌入文件", "旧版Office"},
		{"RTF that breaks off", "a.rtf", []byte(`{\rtf1 {a}`), "", "已损坏"},

		{"PDF", "a.pdf", page("BT /F1 12 Tf ("+secret+") Tj ET", latin), "第1页 › 正文", ""},
		{"PDF, a character at a time", "a.pdf", page("BT /F1 12 Tf [("+cut(secret, ") -50 (")+")] TJ ET", latin), "第1页 › 正文", ""},
		{"PDF with a table of characters", "a.pdf", page("BT /F1 12 Tf <"+coded+"> Tj ET", "<</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R>>", stream(6, "", "begincmap\n10 beginbfchar\n"+digits+"endbfchar\n")), "第1页 › 正文", ""},
		{"PDF with a range of characters", "a.pdf", page("BT /F1 12 Tf <"+coded+"> Tj ET", "<</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R>>", stream(6, "", "begincmap\n1 beginbfrange\n<0020> <0029> <0030>\nendbfrange\n")), "第1页 › 正文", ""},
		{"PDF without a table of characters", "a.pdf", page("BT /F1 12 Tf <"+coded+"> Tj ET", "<</Type /Font /Subtype /Type0 /Encoding /Identity-H>>"), "", "没有文字编码"},
		{"PDF in GBK", "a.pdf", page("BT /F1 12 Tf "+hexed(gbk("证号"+secret))+" Tj ET", "<</Type /Font /Subtype /Type0 /Encoding /GBK-EUC-H>>"), "第1页 › 正文", ""},
		{"PDF in UCS-2", "a.pdf", page("BT /F1 12 Tf "+hexed(wide(be, "证号"+secret))+" Tj ET", "<</Type /Font /Subtype /Type0 /Encoding /UniGB-UCS2-H>>"), "第1页 › 正文", ""},
		{"PDF with names of characters", "a.pdf", page("BT /F1 12 Tf (abcd"+secret[4:]+") Tj ET", "<</Type /Font /Subtype /Type1 /Encoding <</Differences [97 /three /three /zero /uni0031]>>>>"), "第1页 › 正文", ""},
		{"PDF, properties", "a.pdf", pdf(object(1, "<</Author "+hexed("\xfe\xff"+wide(be, secret))+">>")), "文档属性", ""},
		{"PDF, metadata", "a.pdf", pdf(stream(1, "/Type /Metadata", "<x:xmpmeta><rdf:li>"+secret+"</rdf:li></x:xmpmeta>")), "文档属性", ""},
		{"PDF, a comment", "a.pdf", pdf(object(1, `<</Type /Annot /Contents (\(`+cut(secret, "\\\n")+`\))>>`)), "批注", ""},
		{"PDF, packed objects", "a.pdf", pdf(stream(1, "/Type /ObjStm /N 2 /First 8 /Filter /FlateDecode", deflated("7 0 8 4 "+"null<</Title ("+secret+")>>"))), "文档属性", ""},
		{"PDF, a version before", "a.pdf", page("BT /F1 12 Tf (new) Tj ET", latin, stream(4, "", "BT /F1 12 Tf (later) Tj ET"), stream(8, "", "BT /F1 9 Tf ("+secret+") Tj ET")), "正文", ""},
		{"PDF, an earlier text of the same object", "a.pdf", page("BT /F1 12 Tf ("+secret+") Tj ET", latin, stream(4, "", "BT /F1 12 Tf (later) Tj ET")), "正文", ""},
		{"PDF, an embedded file", "a.pdf", pdf(stream(1, "/Type /EmbeddedFile", string(pack("a.txt", secret)))), "嵌入文件 › “a.txt”", ""},
		{"PDF, a scan", "a.pdf", page("q 1 0 0 1 0 0 cm /I Do Q", latin, stream(9, "/Type /XObject /Subtype /Image /Filter /CCITTFaxDecode", "\x00")), "", "第1页只有图片"},
		{"PDF, a form of graphics", "a.pdf", page("/I Do", latin, stream(9, "/Type /XObject /Subtype /Form /Resources <</Font <</F1 5 0 R>>>>", "BT /F1 9 Tf ("+secret+") ' ET")), "正文", ""},
		{"PDF with a password", "a.pdf", []byte("%PDF-1.4\ntrailer\n<</Root 1 0 R /Encrypt 2 0 R>>\n%%EOF"), "", "设有密码"},
		{"PDF packed otherwise", "a.pdf", pdf(stream(1, "/Filter /LZWDecode", "\x80")), "", "别的方法"},
		{"PDF that breaks off", "a.pdf", []byte("%PDF-1.4\n1 0 obj\n<</A (" + secret), "文档对象", "已损坏"},
		{"behind the end of a PDF", "a.pdf", append(page("", latin), "PK\x03\x04 "+secret...), "文件末尾之后", "读不出"},

		{"c.png of the case", "c.png", chunk(pictureOf("png"), "tEXt", "Comment\x00"+secret), "图片信息Comment", ""},
		{"PNG, packed", "a.png", chunk(pictureOf("png"), "zTXt", "Comment\x00\x00"+deflated(secret)), "图片信息Comment", ""},
		{"PNG, a chunk of somebody's", "a.png", chunk(pictureOf("png"), "prVt", "\x00\x00"+secret), "图片信息prVt", ""},
		{"PNG, behind its end", "a.png", append(pictureOf("png"), secret...), "图片后面", "图片后面"},
		{"PNG that breaks off", "a.png", pictureOf("png")[:40], "", "图片信息读不出来"},
		{"JPEG, a comment", "a.jpg", segment(pictureOf("jpeg"), 0xfe, secret), "图片信息Comment", ""},
		{"JPEG, a segment of a maker's", "a.jpg", segment(pictureOf("jpeg"), 0xe5, "\x00\x01"+secret), "图片信息APP5", ""},
		{"JPEG, behind its end", "a.jpg", append(pictureOf("jpeg"), "\x00\x01 "+secret...), "图片后面", "图片后面"},
		{"JPEG, another behind it", "a.jpg", append(pictureOf("jpeg"), segment(pictureOf("jpeg"), 0xfe, secret)...), "图片信息Comment", ""},
		{"GIF, a comment", "a.gif", gifComment(pictureOf("gif"), secret), "图片信息Comment", ""},
		{"GIF, behind its end", "a.gif", append(pictureOf("gif"), secret...), "图片后面", "图片后面"},
		{"7z", "a.7z", []byte("7z\xbc\xaf" + secret), "", "7z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			places, unread := read(c.file, c.data)
			if c.place == "·" {
				c.place = "" // the file itself
				if len(places) == 0 {
					t.Fatalf("not found; not read: %v", unread)
				}
			}
			switch {
			case c.place != "" && !slices.Contains(places, c.place):
				t.Errorf("found in %q, not in %q; not read: %v", places, c.place, unread)
			case c.unread == "" && len(unread) > 0:
				t.Errorf("not read: %v", unread)
			case c.unread != "" && !strings.Contains(strings.Join(unread, " "), c.unread):
				t.Errorf("not read: %q, want %q", unread, c.unread)
			}
		})
	}
}

// What an office writes every day is read whole: nothing is named.
func TestReadWhole(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.jpg": pictureOf("jpeg"), "a.png": pictureOf("png"), "a.gif": pictureOf("gif"),
		"a.xlsx": book(`<si><t>数</t></si>`, ""), "a.pdf": page("BT /F1 12 Tf (form) Tj ET", latin),
		"a.txt": []byte("说明"), "a.svg": []byte("<svg><text>图</text></svg>"),
	} {
		if places, unread := read(name, data); len(places)+len(unread) > 0 {
			t.Errorf("%s: %v %v", name, places, unread)
		}
	}
}

// The header over a cell is told beside it.
func TestHeaderBesideCell(t *testing.T) {
	beside := ""
	new(attachment.Reader).Read("a.xlsx", book("", `<c r="B5" t="inlineStr"><is><t>`+secret+`</t></is></c>`), func(t attachment.Text) {
		if t.Cell == "明细!B5" {
			beside = t.Beside
		}
	})
	if beside != "证件号码" {
		t.Errorf("%q", beside)
	}
}

// security/docx-bomb-memory: what unpacks without end costs no more than two
// seconds and 300 MB, is named, and the bound holds for a run as for a file.
func TestBounds(t *testing.T) {
	large := strings.Repeat("0", 40<<20)
	many := []string{}
	for i := range 40 {
		many = append(many, fmt.Sprintf("word/p%d.xml", i), "<w:p>"+strings.Repeat("<w:t>一二三</w:t>", 14<<20/24)+"</w:p>")
	}
	bombs := map[string][]byte{
		"one part":              office("word/document.xml", large),
		"many parts":            office(many...),
		"a stream of a PDF":     pdf(stream(1, "/Filter /FlateDecode", deflated(large))),
		"a PDF within a PDF":    pdf(stream(1, "/Filter [/FlateDecode /FlateDecode]", deflated(deflated(large)))),
		"members of an archive": pack(slices.Repeat([]string{"a.txt", ""}, 20_000)...),
		"archives in archives":  pack("a.zip", string(pack("a.zip", string(pack("a.txt", large)))), "b.zip", string(pack("b.txt", large))),
		"an array of arrays":    pdf(stream(1, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", deflated("7 0 ["+strings.Repeat("[]", 7<<20)+"]"))),
		"attributes":            office("word/document.xml", "<w:p "+strings.Repeat(`a="" `, 3<<20)+"/>"),
		"a list of members":     append([]byte("PK\x03\x04"), bytes.Repeat([]byte("PK\x01\x02"+strings.Repeat("\x00", 42)), 1<<20)...),
		"a text of a picture":   chunk(pictureOf("png"), "zTXt", "a\x00\x00"+deflated(large)),
	}
	for name, data := range bombs {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		_, unread := read("a", data)
		taken := time.Since(start)
		runtime.ReadMemStats(&after)
		if len(unread) == 0 {
			t.Errorf("%s: nothing is named", name)
		}
		if grown := after.HeapSys - min(after.HeapSys, before.HeapSys); grown > 300<<20 || taken > 30*time.Second { // that it ends; how fast is a matter of the benchmarks
			t.Errorf("%s: %v, %d MB", name, taken, grown>>20)
		}
		t.Log(name, taken, (after.TotalAlloc-before.TotalAlloc)>>20, "MB in all")
	}
	if testing.Short() {
		return
	}
	part := office("word/document.xml", "<w:p>"+strings.Repeat("一", 5<<20)+"</w:p>") // 15 MB
	var run attachment.Reader
	named := 0
	for range 36 {
		named += len(run.Read("a.docx", part, func(attachment.Text) {}))
	}
	if named != 2 {
		t.Errorf("%d of 36 documents of 15 MB are beyond 512 MB, not 2", named)
	}
}

// What stands within each other costs what it is long.
func TestNested(t *testing.T) {
	start := time.Now()
	read("a.pdf", pdf(object(1, strings.Repeat("[1 ", 90)), object(2, strings.Repeat("<</A 1", 90))))
	read("a.pdf", pdf(object(1, "<</Type /Catalog /Pages 2 0 R>>"), object(2, "<</Type /Pages /Kids [2 0 R 2 0 R 2 0 R]>>")))
	read("a.rtf", []byte(strings.Repeat("{", 1<<20)))
	if taken := time.Since(start); taken > 2*time.Second {
		t.Error(taken)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.xlsx", book(`<si><t>数</t></si>`, `<c r="B5"><f>"`+secret+`"</f><v>1</v></c>`))
	f.Add("a.docx", office("word/document.xml", `<w:document><w:p w:rsidR="1"><w:ins><w:t>a</w:t></w:ins><w:del/></w:p></w:document>`))
	f.Add("a.doc", compound("WordDocument", secret))
	f.Add("a.pdf", page("BT /F1 12 Tf [("+secret+") 5] TJ ET", latin))
	f.Add("a.rtf", []byte(`{\rtf1 {\pict ffd8ff}\'31\u49?\bin2 ab}`))
	f.Add("a.png", chunk(pictureOf("png"), "iTXt", "a\x00\x01\x00zh\x00\x00"+deflated(secret)))
	f.Add("a.gif", gifComment(pictureOf("gif"), secret))
	f.Add("a.jpg", segment(pictureOf("jpeg"), 0xfe, secret))
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		late := time.AfterFunc(10*time.Second, func() { panic("it does not end") })
		defer late.Stop()
		told := func() (words int, unread []attachment.Unread) {
			unread = new(attachment.Reader).Read(file, data, func(t attachment.Text) { words += len(t.Words) })
			return words, unread
		}
		words, unread := told()
		if again, more := told(); again != words || !slices.Equal(unread, more) {
			t.Error("two readings differ")
		}
		if cleaned, fault := attachment.Clean(file, data); fault == nil && cleaned.Bytes == nil {
			t.Error("neither cleaned nor refused")
		}
	})
}
