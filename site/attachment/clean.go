package attachment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"strings"

	"sunshine/site/problem"
)

// Cleaned is a file without what its readers do not see.
type Cleaned struct {
	Bytes   []byte
	Ext     string         // .docx of what was a .docm
	Removed []problem.Text // what was taken out, each kind once
	Left    []problem.Text // what a person has to look at: hidden rows, what was not read
}

// Clean takes out of a document or picture what readers do not see and what names
// persons: properties, comments, tracked changes (the text stays as it is after
// them), hidden sheets, speaker's notes, macros, controls, embedded files, links to
// other files, metadata. The same file gives the same bytes. A file that cannot be
// cleaned is refused with the next step.
func Clean(file string, data []byte) (Cleaned, *problem.Fault) {
	ext := strings.ToLower(path.Ext(file))
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return cleanJPEG(data, ext)
	case bytes.HasPrefix(data, []byte(pngMagic)):
		return cleanPNG(data, ext)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return cleanOffice(data, ext)
	}
	hint := problem.Say("能清理的有 .docx、.xlsx、.pptx、JPEG 和 PNG；请另存为其中一种再清理", "Word, Excel and PowerPoint files (.docx, .xlsx, .pptx), JPEG and PNG can be cleaned; save it as one of these first")
	switch {
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return Cleaned{}, problem.Refuse(problem.Say("这是旧版Office文件，或者设有密码", "it is an old Office file, or protected by a password"),
			problem.Say("取消密码，另存为 .docx、.xlsx 或 .pptx，再清理", "take the password off, save it as .docx, .xlsx or .pptx, and clean that"))
	case bytes.HasPrefix(data, []byte("%PDF")):
		return Cleaned{}, problem.Refuse(problem.Say("这是PDF文件，不能直接清理", "it is a PDF, which is not cleaned itself"),
			problem.Say("清理它的源文件（.docx、.xlsx），再导出为PDF；导出时不选“文档属性”", "clean the document that it was made from, then export that as PDF without its properties"))
	case isPicture(data):
		return Cleaned{}, problem.Refuse(problem.Say("这种图片不能清理", "pictures of this kind are not cleaned"), problem.Say("另存为 PNG 或 JPEG，再清理", "save it as PNG or JPEG, and clean that"))
	}
	return Cleaned{}, problem.Refuse(problem.Say("这种文件不能清理", "files of this kind are not cleaned"), hint)
}

var brokenPicture = problem.Refuse(noMetadata, problem.Say("在图片软件里打开，另存一份再清理", "open it in a picture program, save it anew, and clean that"))

// cleanJPEG keeps the segments that draw the picture, the profile of its colours,
// and which way is up.
func cleanJPEG(data []byte, ext string) (Cleaned, *problem.Fault) {
	list, end, ok := segments(data)
	if !ok {
		return Cleaned{}, brokenPicture
	}
	var took tally
	out := []byte{0xff, 0xd8}
	if up := orientation(data); up > 1 {
		exif := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00")
		exif = append(exif, byte(up), 0, 0, 0, 0, 0, 0, 0)
		out = append(binary.BigEndian.AppendUint16(append(out, 0xff, 0xe1), uint16(len(exif)+2)), exif...)
	}
	for _, s := range list {
		content := s.content(data)
		switch m := s.marker; {
		case m == 0xe0 && bytes.HasPrefix(content, []byte("JFIF")), m == 0xe2 && bytes.HasPrefix(content, []byte("ICC_PROFILE")), m == 0xee && bytes.HasPrefix(content, []byte("Adobe")), m != 0xfe && (m < 0xe0 || m > 0xef):
			out = append(out, data[s.start:s.end]...)
		case m == 0xfe:
			took.add(problem.Say("图片的说明文字", "the comment of the picture"))
		case m == 0xe1 && len(content) == 32 && bytes.HasPrefix(content, []byte("Exif")) && content[14] == 1 && content[16] == 0x12: // what was left above
		default:
			took.add(problem.Say("图片信息（拍摄地点、作者、设备等）", "metadata (place, author, device)"))
		}
	}
	out = append(out, 0xff, 0xd9)
	if end < len(data) {
		took.add(behindPicture)
	}
	return Cleaned{Bytes: out, Ext: ext, Removed: took.list()}, nil
}

var behindPicture = problem.Say("图片后面的内容", "what stood behind the picture")

// orientation tells which way a picture is turned; 0 where it does not say.
func orientation(data []byte) int {
	up := 0
	format, _ := formatOf(data)
	decode(data, format, func(tag string, value any) {
		if tag == "Orientation" {
			fmt.Sscan(fmt.Sprint(value), &up)
		}
	})
	if up < 0 || up > 8 {
		return 0
	}
	return up
}

// cleanPNG keeps the chunks that draw the picture.
func cleanPNG(data []byte, ext string) (Cleaned, *problem.Fault) {
	var took tally
	out := []byte(pngMagic)
	for rest := data[len(pngMagic):]; ; {
		if len(rest) < 12 || int(binary.BigEndian.Uint32(rest)) > len(rest)-12 {
			return Cleaned{}, brokenPicture
		}
		n := 12 + int(binary.BigEndian.Uint32(rest))
		switch kind := string(rest[4:8]); {
		case kind == "eXIf" || kind == "tIME" || !strings.Contains(drawn, " "+kind+" "):
			took.add(problem.Say("图片信息（作者、说明等）", "metadata (author, description)"))
		default:
			out = append(out, rest[:n]...)
			if kind == "IEND" {
				if n < len(rest) {
					took.add(behindPicture)
				}
				return Cleaned{Bytes: out, Ext: ext, Removed: took.list()}, nil
			}
		}
		rest = rest[n:]
	}
}

// tally counts what was taken out, by kind, in the order of the first of each.
type tally struct {
	kinds  []problem.Text
	counts map[problem.Text]int
}

func (t *tally) add(kind problem.Text) {
	if t.counts == nil {
		t.counts = map[problem.Text]int{}
	}
	if t.counts[kind] == 0 {
		t.kinds = append(t.kinds, kind)
	}
	t.counts[kind]++
}

func (t *tally) list() (said []problem.Text) {
	for _, k := range t.kinds {
		if n := t.counts[k]; n > 1 {
			k = problem.Text{ZH: fmt.Sprintf("%s：%d处", k.ZH, n), EN: fmt.Sprintf("%s: %d", k.EN, n)}
		}
		said = append(said, k)
	}
	return said
}
