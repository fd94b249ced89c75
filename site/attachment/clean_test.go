package attachment_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"sunshine/site/attachment"
)

// parts gives what is in an archive.
func parts(t *testing.T, data []byte) map[string]string {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found[f.Name] = string(content)
		for d := xml.NewDecoder(bytes.NewReader(content)); strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels"); {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v in %s", f.Name, err, content)
			}
		}
	}
	return found
}

const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

// types lists parts as a document does.
func types(names ...string) string {
	s := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>`
	for _, n := range names {
		s += `<Override PartName="/` + n + `" ContentType="x"/>`
	}
	return s + `<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`
}

func cleaned(t *testing.T, file string, data []byte) attachment.Cleaned {
	t.Helper()
	c, fault := attachment.Clean(file, data)
	if fault != nil {
		t.Fatalf("%s: %s", file, fault.Message.EN)
	}
	again, _ := attachment.Clean(file, data)
	if !bytes.Equal(c.Bytes, again.Bytes) {
		t.Errorf("%s: the same file gives other bytes", file)
	}
	for place := range strings.SplitSeq(strings.Join(first(read("a"+c.Ext, c.Bytes)), "\n"), "\n") {
		if place != "" {
			t.Errorf("%s: the secret still stands in %s", file, place)
		}
	}
	return c
}

func first(a, _ []string) []string { return a }

func said(c attachment.Cleaned) string {
	var s []string
	for _, t := range c.Removed {
		s = append(s, t.ZH)
	}
	return strings.Join(s, "；")
}

// What readers do not see is taken out of a text, what they see stays.
func TestCleanText(t *testing.T) {
	const document = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w" xmlns:r="r" xmlns:o="o" xmlns:a="a"><w:body>` +
		`<w:p w:rsidR="00AB"><w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">申请 </w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>` +
		`<w:ins w:id="1" w:author="` + secret + `"><w:r><w:t>改后</w:t></w:r></w:ins><w:del w:id="2" w:author="` + secret + `"><w:r><w:delText>` + secret + `</w:delText></w:r></w:del></w:p>` +
		`<w:p><w:r><w:rPr><w:b/><w:rPrChange w:author="` + secret + `"><w:rPr/></w:rPrChange></w:rPr><w:object><v:shape xmlns:v="v"><v:imagedata r:id="rId4"/></v:shape><o:OLEObject r:id="rId3"/></w:object></w:r></w:p>` +
		`<w:p><w:control r:id="rId5"/><a:blip r:embed="rId4" r:link="rId7"/><w:hyperlink r:id="rId6"><w:r><w:t>网站</w:t></w:r></w:hyperlink></w:p></w:body></w:document>`
	data := pack(
		"[Content_Types].xml", types("docProps/core.xml", "word/comments.xml"),
		"_rels/.rels", rels+`<Relationship Id="rId1" Type="t/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="t/core" Target="docProps/core.xml"/><Relationship Id="rId3" Type="t/custom" Target="/docProps/custom.xml"/></Relationships>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>`+secret+`</dc:creator></cp:coreProperties>`,
		"docProps/custom.xml", `<p>`+secret+`</p>`,
		"word/document.xml", document,
		"word/_rels/document.xml.rels", rels+`<Relationship Id="rId2" Type="t/comments" Target="comments.xml"/><Relationship Id="rId3" Type="t/package" Target="embeddings/a.xlsx"/><Relationship Id="rId4" Type="t/image" Target="media/i.jpeg"/><Relationship Id="rId5" Type="t/control" Target="activeX/activeX1.xml"/><Relationship Id="rId6" Type="t/hyperlink" Target="https://example.org/" TargetMode="External"/><Relationship Id="rId7" Type="t/image" Target="file:///C:/`+secret+`/i.jpg" TargetMode="External"/><Relationship Id="rId8" Type="t/vba" Target="vbaProject.bin"/></Relationships>`,
		"word/settings.xml", `<w:settings xmlns:w="w" xmlns:r="r"><w:trackRevisions/><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="n" w:val="`+secret+`"/></w:docVars><w:zoom w:percent="100"/></w:settings>`,
		"word/comments.xml", `<w:comments xmlns:w="w"><w:comment w:author="x"><w:p>`+secret+`</w:p></w:comment></w:comments>`,
		"word/people.xml", `<p>`+secret+`</p>`,
		"word/embeddings/a.xlsx", string(office("xl/a.xml", secret)),
		"word/activeX/activeX1.xml", `<ocx/>`,
		"word/vbaProject.bin", secret,
		"word/media/i.jpeg", string(segment(pictureOf("jpeg"), 0xfe, secret)),
		"customXml/item1.xml", `<a>`+secret+`</a>`,
	)
	c := cleaned(t, "申请表.docm", data)
	found := parts(t, c.Bytes)
	if c.Ext != ".docx" || strings.Contains(found["[Content_Types].xml"], "macro") {
		t.Errorf("a text with macros stays one: %s", c.Ext)
	}
	names := []string{}
	for n := range found {
		names = append(names, n)
	}
	slices.Sort(names)
	if got, want := strings.Join(names, " "), "[Content_Types].xml _rels/.rels word/_rels/document.xml.rels word/document.xml word/media/i.jpeg word/settings.xml"; got != want {
		t.Errorf("parts %s\nwant  %s", got, want)
	}
	want := `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r" xmlns:o="o" xmlns:a="a"><w:body>` +
		`<w:p><w:r><w:t xml:space="preserve">申请 </w:t></w:r><w:r></w:r><w:r><w:t>改后</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:b/></w:rPr><w:object><v:shape xmlns:v="v"><v:imagedata r:id="rId4"/></v:shape></w:object></w:r></w:p>` +
		`<w:p><a:blip r:embed="rId4"/><w:hyperlink r:id="rId6"><w:r><w:t>网站</w:t></w:r></w:hyperlink></w:p></w:body></w:document>`
	if found["word/document.xml"] != want {
		t.Errorf("%s\nwant %s", found["word/document.xml"], want)
	}
	if got := found["word/settings.xml"]; got != `<w:settings xmlns:w="w" xmlns:r="r"><w:zoom w:percent="100"/></w:settings>` {
		t.Error(got)
	}
	if got := found["word/_rels/document.xml.rels"]; strings.Count(got, "<Relationship ") != 2 || !strings.Contains(got, "https://example.org/") {
		t.Error(got)
	}
	if got := found["[Content_Types].xml"]; strings.Contains(got, "core.xml") || strings.Contains(got, "comments") {
		t.Error(got)
	}
	for _, word := range []string{"文档属性", "自定义属性和数据", "批注", "修订", "嵌入文件", "宏和控件", "指向别的文件的链接", "图片的说明文字"} {
		if !strings.Contains(said(c), word) {
			t.Errorf("it does not say that it took out %s: %s", word, said(c))
		}
	}
}

// A hidden sheet goes with its texts, its names and the formulas that ask it; what
// the sheets that stay show of it is its value.
func TestCleanWorkbook(t *testing.T) {
	data := pack(
		"[Content_Types].xml", types("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/calcChain.xml"),
		"_rels/.rels", rels+`<Relationship Id="a" Type="t/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="r"><bookViews><workbookView activeTab="1"/></bookViews><sheets><sheet name="明细" sheetId="1" state="hidden" r:id="a"/><sheet name="汇总" sheetId="2" r:id="b"/></sheets><definedNames><definedName name="x" localSheetId="0">1</definedName><definedName name="y" localSheetId="1">汇总!A1</definedName><definedName name="z">明细!A1</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels", rels+`<Relationship Id="a" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="t/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="c" Type="t/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="d" Type="t/calcChain" Target="calcChain.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c r="A1" t="s"><v>1</v></c></row></sheetData><drawing xmlns:r="r" r:id="a"/></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels", rels+`<Relationship Id="a" Type="t/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
		"xl/drawings/drawing1.xml", `<d>`+secret+`</d>`,
		"xl/worksheets/sheet2.xml", `<worksheet xmlns:r="r"><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f t="shared" si="0" ref="B1:B2">明细!A1</f><v>5</v></c></row><row r="2"><c r="B2"><f t="shared" si="0"/><v>6</v></c><c r="C2"><f>SUM(B1:B2)</f><v>11</v></c></row></sheetData><legacyDrawing r:id="v"/></worksheet>`,
		"xl/worksheets/_rels/sheet2.xml.rels", rels+`<Relationship Id="v" Type="t/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="c" Type="t/comments" Target="../comments1.xml"/></Relationships>`,
		"xl/drawings/vmlDrawing1.vml", `<xml>`+secret+`</xml>`,
		"xl/comments1.xml", `<comments>`+secret+`</comments>`,
		"xl/sharedStrings.xml", `<sst><si><t>数</t></si><si><t>`+secret+`</t></si></sst>`,
		"xl/calcChain.xml", `<calcChain><c r="B1"/></calcChain>`,
	)
	c := cleaned(t, "表.xlsx", data)
	found := parts(t, c.Bytes)
	for part, want := range map[string]string{
		"xl/workbook.xml":          `<workbook xmlns:r="r"><bookViews><workbookView/></bookViews><sheets><sheet name="汇总" sheetId="2" r:id="b"/></sheets><definedNames><definedName name="y" localSheetId="0">汇总!A1</definedName></definedNames></workbook>`,
		"xl/worksheets/sheet2.xml": `<worksheet xmlns:r="r"><sheetData><row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c></row><row r="2"><c r="B2"><v>6</v></c><c r="C2"><f>SUM(B1:B2)</f><v>11</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>数</t></si><si><t></t></si></sst>`,
	} {
		if found[part] != want {
			t.Errorf("%s:\n%s\nwant\n%s", part, found[part], want)
		}
	}
	for _, gone := range []string{"xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "xl/comments1.xml", "xl/calcChain.xml"} {
		if found[gone] != "" {
			t.Errorf("%s stays", gone)
		}
	}
	if !strings.Contains(said(c), "隐藏工作表") || !strings.Contains(said(c), "批注") {
		t.Error(said(c))
	}
	if len(c.Left) != 1 || !strings.Contains(c.Left[0].ZH, "工作表“汇总”") || !strings.Contains(c.Left[0].ZH, "隐藏的行") {
		t.Errorf("hidden rows are not told: %v", c.Left)
	}
}

// A picture keeps its pixels and which way is up, and nothing else.
func TestCleanPicture(t *testing.T) {
	up := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00"
	for _, c := range []struct {
		name, file string
		data, want []byte
	}{
		{"PNG", "a.png", append(chunk(pictureOf("png"), "tEXt", "Author\x00"+secret), secret...), pictureOf("png")},
		{"JPEG", "a.jpg", append(segment(segment(pictureOf("jpeg"), 0xfe, secret), 0xed, "Photoshop 3.0\x00"+secret), secret...), pictureOf("jpeg")},
		{"JPEG on its side", "a.jpg", segment(segment(pictureOf("jpeg"), 0xfe, secret), 0xe1, up), segment(pictureOf("jpeg"), 0xe1, up)},
		{"JPEG that is clean", "a.jpg", pictureOf("jpeg"), pictureOf("jpeg")},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := cleaned(t, c.file, c.data)
			if !bytes.Equal(got.Bytes, c.want) {
				t.Errorf("%q\nwant %q", got.Bytes, c.want)
			}
			if (len(got.Removed) == 0) != bytes.Equal(c.data, c.want) {
				t.Errorf("it says: %v", got.Removed)
			}
		})
	}
}

// What cannot be cleaned is refused, with the next step.
func TestCleanRefuses(t *testing.T) {
	for _, c := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"PDF", "a.pdf", page("", latin), "PDF"},
		{"old Office", "a.doc", compound("WordDocument", ""), "旧版Office"},
		{"GIF", "a.gif", pictureOf("gif"), "这种图片"},
		{"text", "a.txt", []byte("a"), "这种文件"},
		{"archive", "a.zip", pack("a.txt", "a"), "不是Word"},
		{"a binary workbook", "a.xlsb", office("xl/workbook.bin", "x"), "不是Word"},
		{"a broken part", "a.docx", office("word/document.xml", "<w:p><"), "不是完好的XML"},
		{"a part that unpacks to too much", "a.docx", office("word/document.xml", strings.Repeat(" ", 20<<20)), "太大"},
		{"a pivot table", "a.xlsx", office("xl/workbook.xml", "<a/>", "xl/pivotCache/pivotCacheRecords1.xml", "<a/>"), "透视表"},
		{"hidden sheets alone", "a.xlsx", office("xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="a" state="hidden" r:id="a"/></sheets></workbook>`), "全是隐藏的"},
		{"a JPEG that breaks off", "a.jpg", pictureOf("jpeg")[:60], "图片信息读不出来"},
		{"a PNG that breaks off", "a.png", pictureOf("png")[:40], "图片信息读不出来"},
	} {
		_, fault := attachment.Clean(c.file, c.data)
		if fault == nil || !strings.Contains(fault.Message.ZH, c.want) || fault.Hint.ZH == "" || fault.Hint.EN == "" {
			t.Errorf("%s: %v", c.name, fault)
		}
	}
}
