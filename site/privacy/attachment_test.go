package privacy_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"sunshine/site/privacy"
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
		{"cut off", "a.jpg", jpegWith(t, exif("Zhang San", true))[:40], ""},
		{"no picture", "a.jpg", []byte("text"), ""},
		{"a name that tells", cell + ".jpg", jpegWith(t, nil), "privacy/mobile"},
	} {
		var got []string
		for _, f := range privacy.Attachment("data/static/"+c.file, c.data) {
			got = append(got, f.Rule.String())
			if masked := privacy.Mask(f.Rule, f.Value); strings.Contains(masked, f.Value) {
				t.Errorf("%s: the value is told", c.name)
			}
		}
		slices.Sort(got)
		if joined := strings.Join(got, " "); joined != c.want {
			t.Errorf("%s: %q, want %q", c.name, joined, c.want)
		}
	}
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
		{"program", "a.exe", "MZ\x00\x00" + cell, ""},
		{"split by its formatting", "a.docx", string(document(t, "word/document.xml", `<w:document><w:p w:id="`+other+`"><w:r><w:t>`+cell[:5]+`</w:t></w:r><w:r><w:t>`+cell[5:]+`</w:t></w:r></w:p></w:document>`)), "privacy/mobile a.docx"},
		{"paragraphs are apart", "a.docx", string(document(t, "word/document.xml", `<w:p><w:t>`+cell[:5]+`</w:t></w:p><w:p><w:t>`+cell[5:]+`</w:t></w:p>`)), ""},
		{"workbook", "a.xlsx", string(document(t, "xl/sharedStrings.xml", `<sst><si><t>证号</t></si><si><t>`+id+`</t></si><si><t>`+id+`</t></si></sst>`, "xl/worksheets/sheet1.xml", `<row><c><v>0</v></c><c><v>`+cell+`</v></c></row>`)), "privacy/resident-id a.xlsx privacy/mobile a.xlsx"},
		{"no archive", "a.xlsx", cell, ""},
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

func FuzzImage(f *testing.F) {
	f.Add("a.jpg", jpegWith(&testing.T{}, exif("Zhang San", true)))
	f.Add("a.png", pngWith(&testing.T{}, "eXIf", exif("Zhang San", true)))
	f.Add("a.tif", exif("Zhang San", true))
	f.Fuzz(func(t *testing.T, file string, data []byte) { privacy.Image(file, data) })
}
