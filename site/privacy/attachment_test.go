package privacy_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// exif makes the metadata of a picture: an artist where there is one, and a
// place where located is set.
func exif(artist string, located bool) []byte {
	order := binary.LittleEndian
	type entry struct {
		tag, kind uint16
		count     uint32
		value     []byte
	}
	rational := func(n ...uint32) (b []byte) {
		for _, n := range n {
			b = order.AppendUint32(order.AppendUint32(b, n), 1)
		}
		return b
	}
	var out []byte
	directory := func(entries []entry) { // appends one at the end of out
		more := len(out) + 2 + 12*len(entries) + 4
		var data []byte
		out = order.AppendUint16(out, uint16(len(entries)))
		for _, e := range entries {
			out = order.AppendUint16(order.AppendUint16(out, e.tag), e.kind)
			out = order.AppendUint32(out, e.count)
			if len(e.value) <= 4 {
				out = append(out, append(slices.Clone(e.value), 0, 0, 0, 0)[:4]...)
			} else {
				out = order.AppendUint32(out, uint32(more+len(data)))
				data = append(data, e.value...)
			}
		}
		out = append(order.AppendUint32(out, 0), data...)
	}
	out = append([]byte("II"), 42, 0, 8, 0, 0, 0)
	entries := []entry{{0x010f, 2, 4, []byte("Cam\x00")}}
	if artist != "" {
		entries = append(entries, entry{0x013b, 2, uint32(len(artist) + 1), append([]byte(artist), 0)})
	}
	if located {
		size := 2 + 12*(len(entries)+1) + 4
		if len(artist) >= 4 {
			size += len(artist) + 1
		}
		entries = append(entries, entry{0x8825, 4, 1, order.AppendUint32(nil, uint32(8+size))})
	}
	directory(entries)
	if located {
		directory([]entry{
			{1, 2, 2, []byte("N\x00")}, {2, 5, 3, rational(30, 15, 20)},
			{3, 2, 2, []byte("E\x00")}, {4, 5, 3, rational(120, 9, 40)},
		})
	}
	return out
}

func jpegWith(t *testing.T, exif []byte) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4)), nil); err != nil {
		t.Fatal(err)
	}
	if exif == nil {
		return b.Bytes()
	}
	segment := append([]byte("Exif\x00\x00"), exif...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return slices.Concat(head, segment, b.Bytes()[2:])
}

func pngWith(t *testing.T, kind string, data []byte) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	const header = 8 + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	chunk = append(append(chunk, kind...), data...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return slices.Concat(b.Bytes()[:header], chunk, b.Bytes()[header:])
}

func TestImages(t *testing.T) {
	for _, c := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"plain", "a.jpg", jpegWith(t, nil), ""},
		{"camera", "a.jpg", jpegWith(t, exif("", false)), ""},
		{"place", "a.JPG", jpegWith(t, exif("", true)), "privacy/image-location"},
		{"author", "a.jpeg", jpegWith(t, exif("Zhang San", false)), "privacy/image-author"},
		{"both", "a.jpg", jpegWith(t, exif("Zhang San", true)), "privacy/image-author privacy/image-location"},
		{"PNG", "a.png", pngWith(t, "tEXt", []byte("Software\x00GIMP")), ""},
		{"PNG with an author", "a.png", pngWith(t, "tEXt", []byte("Author\x00Zhang San")), "privacy/image-author"},
		{"PNG with EXIF", "a.png", pngWith(t, "eXIf", exif("", true)), "privacy/image-location"},
		{"cut off", "a.jpg", jpegWith(t, exif("Zhang San", true))[:40], "privacy/not-inspected"},
		{"another extension", "a.jpg", pngWith(t, "tEXt", []byte("Author\x00Zhang San")), "privacy/image-author"},
		{"a number in a text of a PNG", "a.png", pngWith(t, "tEXt", []byte("Description\x00"+id)), "privacy/resident-id"},
		{"a number in a compressed text", "a.png", pngWith(t, "zTXt", append([]byte("Description\x00\x00"), deflated(id)...)), "privacy/resident-id"},
		{"a number in an international text", "a.png", pngWith(t, "iTXt", []byte("Description\x00\x00\x00zh\x00\x00"+id)), "privacy/resident-id"},
		{"a compressed text that is none", "a.png", pngWith(t, "zTXt", []byte("Description\x00\x00"+id)), "privacy/not-inspected"},
		{"a picture of another kind", "a.gif", []byte("GIF89a\x01\x00\x01\x00"), "privacy/not-inspected"},
		{"no picture", "a.jpg", []byte("text"), ""},
		{"a name that tells", cell + ".jpg", jpegWith(t, nil), "privacy/mobile"},
	} {
		var got []string
		for _, f := range privacy.Attachment("data/static/"+c.file, c.data) {
			got = append(got, f.Rule.String())
			if masked := privacy.Mask(f.Rule, f.Value); f.Value != "" && strings.Contains(masked, f.Value) {
				t.Errorf("%s: the value is told", c.name)
			}
		}
		slices.Sort(got)
		if joined := strings.Join(got, " "); joined != c.want {
			t.Errorf("%s: %q, want %q", c.name, joined, c.want)
		}
	}
}

func deflated(text string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(text))
	w.Close()
	return b.Bytes()
}

// document makes an office document of some parts.
func document(t *testing.T, parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(parts[i+1]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encoded(t *testing.T, order unicode.Endianness, text string) string {
	data, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// exposure/attachments-unread, and what else is not read: it is named.
func TestAttachments(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("编号\t电话\n1\t" + cell)
	if err != nil {
		t.Fatal(err)
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("编号,电话\n1," + cell)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, file, data, want string }{
		{"GB18030", "a.csv", gbk, "privacy/mobile a.csv:2:3"},
		{"UTF-16", "a.csv", utf16, "privacy/mobile a.csv:2:3"},
		{"web page", "a.html", "<p>&#49;" + cell[1:] + "</p>", "privacy/mobile a.html:1:4"},
		{"UTF-16LE without a mark", "a.txt", encoded(t, unicode.LittleEndian, "编号\r\n电话"+cell), "privacy/mobile a.txt:2:3"},
		{"UTF-16BE without a mark", "a.txt", encoded(t, unicode.BigEndian, "一律公开。\r\n证号"+id), "privacy/resident-id a.txt:2:3"},
		{"program", "a.exe", "MZ\x00\x00" + cell, "privacy/not-inspected a.exe"},
		{"text with a zero byte", "a.txt", "电话" + cell + "\x00", "privacy/not-inspected a.txt"},
		{"text of no encoding", "a.txt", "\xe4\xb8\xad\xe6\x96\x87\n\xe6" + cell, "privacy/not-inspected a.txt:2:1"},
		{"old document", "a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + cell, "privacy/mobile a.doc privacy/not-inspected a.doc"},
		{"PDF in ASCII", "a.pdf", "%PDF-1.4\n(" + cell + ")", "privacy/mobile a.pdf privacy/not-inspected a.pdf"},
		{"archive", "a.zip", string(document(t, "a.csv", cell)), "privacy/mobile a.zip"},
		{"RTF", "a.rtf", "{\\rtf1 \\'31{\\b " + cell[1:5] + "}{\\v " + cell[5:] + "}}", "privacy/mobile a.rtf"},
		{"a page saved as one file", "a.mht", "MIME-Version: 1.0\nContent-Transfer-Encoding: BASE64\n\nMTM4\n", "privacy/not-inspected a.mht"},
		{"another main part", "a.docx", string(document(t, "main/text.xml", `<w:p><w:t>`+cell+`</w:t></w:p>`)), "privacy/mobile a.docx"},
		{"an entity that XML has not", "a.docx", string(document(t, "word/document.xml", `<w:p>&nbsp;`+cell[:3]+`&nbsp;`+cell[3:7]+`&nbsp;`+cell[7:]+`</w:p>`)), "privacy/mobile a.docx"},
		{"an entity of its own", "a.docx", string(document(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY a "`+cell+`">]><w:p>&a;</w:p>`)), "privacy/not-inspected a.docx"},
		{"a part in UTF-16", "a.docx", string(document(t, "word/document.xml", encoded(t, unicode.LittleEndian, `<?xml version="1.0" encoding="UTF-16"?><w:p>`+cell+`</w:p>`))), "privacy/mobile a.docx"},
		{"a part that breaks off", "a.docx", string(document(t, "word/document.xml", `<w:p><w:t>`+cell+`</w:t><`)), "privacy/mobile a.docx privacy/not-inspected a.docx"},
		{"an embedded workbook", "a.docx", string(document(t, "word/document.xml", `<w:p>a</w:p>`, "word/embeddings/s.xlsx", string(document(t, "xl/a.xml", cell)))), "privacy/mobile a.docx"},
		{"a picture in it", "a.docx", string(document(t, "word/media/i.jpeg", string(jpegWith(t, exif("", true))))), "privacy/image-location a.docx"},
		{"the settings of a printer", "a.xlsx", string(document(t, "xl/printerSettings/printerSettings1.bin", encoded(t, unicode.LittleEndian, "HP LaserJet"))), ""},
		{"split by its formatting", "a.docx", string(document(t, "word/document.xml", `<w:document><w:p w:id="`+other+`"><w:r><w:t>`+cell[:5]+`</w:t></w:r><w:r><w:t>`+cell[5:]+`</w:t></w:r></w:p></w:document>`)), "privacy/mobile a.docx"},
		{"paragraphs are apart", "a.docx", string(document(t, "word/document.xml", `<w:p><w:t>`+cell[:5]+`</w:t></w:p><w:p><w:t>`+cell[5:]+`</w:t></w:p>`)), ""},
		{"workbook", "a.xlsx", string(document(t, "xl/sharedStrings.xml", `<sst><si><t>证号</t></si><si><t>`+id+`</t></si><si><t>`+id+`</t></si></sst>`, "xl/worksheets/sheet1.xml", `<row><c><v>0</v></c><c><v>`+cell+`</v></c></row>`)), "privacy/resident-id a.xlsx privacy/mobile a.xlsx"},
		{"no archive", "a.xlsx", cell, "privacy/mobile a.xlsx:1:1"},
	} {
		var got []string
		for _, f := range privacy.Attachment(c.file, []byte(c.data)) {
			got = append(got, f.Rule.String()+" "+f.At.String())
		}
		if joined := strings.Join(got, " "); joined != c.want {
			t.Errorf("%s: %q, want %q", c.name, joined, c.want)
		}
	}
}

// security/docx-bomb-memory: what is packed small and unpacks large is named, and
// not unpacked; all documents of a run have one bound.
func TestDocumentBounds(t *testing.T) {
	bomb := document(t, "word/document.xml", "<w:p>"+strings.Repeat("0", 40<<20)+cell+"</w:p>", "word/comments.xml", "<w:p>"+other+"</w:p>")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	findings := privacy.Attachment("a.docx", bomb)
	runtime.ReadMemStats(&after)
	if len(findings) != 2 || findings[0].Rule != problem.PrivacyMobile || findings[1].Rule != problem.PrivacyNotInspected || !strings.Contains(findings[1].Why.EN, "word/document.xml): it unpacks to too much") {
		t.Errorf("%v", findings)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 {
		t.Errorf("%d MB are allocated", grown>>20)
	}
}

// exposure/attachments-unread: each of the six is an error or a warning in that
// file, and its value is told by none.
func TestAttachmentsUnread(t *testing.T) {
	const value = "330106184002291235"
	files := map[string]string{
		"alt.docx":       string(document(t, "word/document.xml", `<w:p><wp:docPr descr="`+value+`"/></w:p>`)),
		"badentity.docx": string(document(t, "word/document.xml", `<w:p><w:t>&nbsp;</w:t></w:p><w:p><w:t>身份证`+value+`</w:t></w:p>`)),
		"embedded.docx":  string(document(t, "word/embeddings/s.xlsx", string(document(t, "xl/sharedStrings.xml", `<sst><si><t>`+value+`</t></si></sst>`)))),
		"c.png":          string(pngWith(t, "tEXt", []byte("Comment\x00"+value))),
		"a.zip":          string(document(t, "a.csv", value)),
		"sheet.xlsx": string(document(t, // named as a person
			"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="`+value+`" r:id="a"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml", `<worksheet><row r="1"><c r="A1" t="str"><v>`+value+`</v></c></row></worksheet>`)),
		"old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 512) + value,
	}
	inputs := map[string]string{"data/site.yaml": settings}
	for name, content := range files {
		inputs["data/static/"+name] = content
	}
	problems := personal(check(t, inputs))
	told(t, problems, value)
	for name := range files {
		if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
			return p.File == "data/static/"+name && p.Rule == problem.PrivacyResidentID && p.Severity == problem.Error
		}) {
			t.Errorf("%s: %v", name, problems)
		}
	}
	for _, p := range problems {
		if strings.Contains(p.Position.String(), value) {
			t.Errorf("the place tells the value: %s", p.Position)
		}
	}
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.File == "data/static/old.doc" && p.Rule == problem.PrivacyNotInspected && p.Severity == problem.Warning
	}) {
		t.Error("an old document is not named")
	}
}
