package attachment

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bep/imagemeta"

	"sunshine/site/problem"
)

var (
	noMetadata = problem.Say("图片信息读不出来，可能已损坏", "its metadata cannot be read: it is damaged")
	behind     = problem.Say("图片后面还有别的内容", "other bytes stand behind the end of the picture")
)

// formatOf tells by its first bytes what picture a file is, of those whose
// metadata the library reads. Its extension may be wrong.
func formatOf(data []byte) (format imagemeta.ImageFormat, is bool) {
	begins := func(at int, magic string) bool {
		return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
	}
	switch {
	case begins(0, "\xff\xd8\xff"):
		return imagemeta.JPEG, true
	case begins(0, pngMagic):
		return imagemeta.PNG, true
	case begins(0, "RIFF") && begins(8, "WEBP"):
		return imagemeta.WebP, true
	case begins(0, "II*\x00"), begins(0, "MM\x00*"):
		return imagemeta.TIFF, true
	case begins(4, "ftypavif"), begins(4, "ftypavis"):
		return imagemeta.AVIF, true
	case begins(4, "ftyp") && (begins(8, "hei") || begins(8, "hev") || begins(8, "mif1") || begins(8, "msf1")):
		return imagemeta.HEIF, true
	}
	return 0, false
}

const pngMagic = "\x89PNG\r\n\x1a\n"

func isPicture(data []byte) bool {
	_, is := formatOf(data)
	return is || isGIF(data) || isBMP(data)
}

func isGIF(data []byte) bool {
	return bytes.HasPrefix(data, []byte("GIF87a")) || bytes.HasPrefix(data, []byte("GIF89a"))
}

// isBMP wants more than two letters: its own length, and the reserved zeros.
func isBMP(data []byte) bool {
	return len(data) > 26 && bytes.HasPrefix(data, []byte("BM")) && binary.LittleEndian.Uint32(data[6:]) == 0
}

// longestComment is how many bytes of a comment in UTF-16 are read.
const longestComment = 4096

// picture reads the metadata of a picture: EXIF, IPTC and XMP, the text chunks of
// PNG, the comments of JPEG and GIF, and what stands behind its end.
func (j *job) picture(data []byte, at problem.Text, depth int) {
	tag := func(name string, value any) {
		var words []byte
		switch v := value.(type) {
		case []byte:
			words = runs(v)
		case string:
			if words = []byte(v); strings.ContainsRune(v, 0) || !utf8.ValidString(v) {
				words = runs(words)
			}
		default:
			words = []byte(fmt.Sprint(value))
		}
		if words = bytes.TrimSpace(words); len(words) > 0 {
			j.found(Text{Place: within(at, problem.Say("图片信息", "metadata")), Tag: name, Words: words})
		}
	}
	if format, is := formatOf(data); is {
		if decode(data, format, tag) != nil {
			j.fail(at, noMetadata)
		}
	}
	for rest := data; ; { // the library takes a comment in UTF-16 for bytes
		_, after, found := bytes.Cut(rest, []byte("UNICODE\x00"))
		if !found {
			break
		}
		tag("UserComment", after[:min(len(after), longestComment)])
		rest = after
	}
	end, ok := 0, true
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		end, ok = jpegEnd(data, tag)
	case bytes.HasPrefix(data, []byte(pngMagic)):
		end, ok = j.chunks(data, tag)
	case isGIF(data):
		end, ok = gifEnd(data, tag)
	case bytes.HasPrefix(data, []byte("RIFF")):
		end = int(binary.LittleEndian.Uint32(data[4:])) + 8
		end, ok = end+end%2, end <= len(data)
	case isBMP(data):
		end, ok = int(binary.LittleEndian.Uint32(data[2:])), true
	default: // TIFF and what is made of boxes have their texts where they say
		end = len(data)
	}
	if !ok {
		j.fail(at, noMetadata)
		return
	}
	rest := bytes.Trim(data[min(end, len(data)):], "\x00 \r\n")
	switch {
	case len(rest) == 0:
	case isPicture(rest): // cameras put a smaller one there
		if depth >= maxDepth {
			j.fail(at, tooDeep)
			return
		}
		j.picture(rest, at, depth+1)
	default:
		j.give(within(at, problem.Say("图片后面", "behind the picture")), runs(rest))
		j.fail(at, behind)
	}
}

// decode gives the tags of a picture. What is damaged may make the library panic.
func decode(data []byte, format imagemeta.ImageFormat, tag func(string, any)) (err error) {
	defer func() {
		if recover() != nil {
			err = io.ErrUnexpectedEOF
		}
	}()
	_, err = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       func(t imagemeta.TagInfo) error { tag(t.Tag, t.Value); return nil },
	})
	return err
}

// segment is one marker of a JPEG with what it holds. Of a scan it holds the
// header, and the picture that follows.
type segment struct {
	marker     byte
	start, end int // in the file, the marker and the length included
}

func (s segment) content(data []byte) []byte { return data[min(s.start+4, s.end):s.end] }

// segments gives the segments of a JPEG up to its end.
func segments(data []byte) (list []segment, end int, ok bool) {
	for i := 2; i+1 < len(data); {
		if data[i] != 0xff {
			return list, i, false
		}
		marker := data[i+1]
		switch {
		case marker == 0xff: // a byte that fills
			i++
			continue
		case marker == 0xd9:
			return list, i + 2, true
		case marker >= 0xd0 && marker <= 0xd8 || marker == 0x01:
			list = append(list, segment{marker, i, i + 2})
			i += 2
			continue
		}
		if i+4 > len(data) {
			break
		}
		next := i + 2 + int(binary.BigEndian.Uint16(data[i+2:]))
		if next < i+4 || next > len(data) {
			break
		}
		if marker == 0xda { // up to the next marker that is none of the picture's own
			for next+1 < len(data) && !(data[next] == 0xff && data[next+1] != 0 && data[next+1] != 0xff && (data[next+1] < 0xd0 || data[next+1] > 0xd7)) {
				next++
			}
		}
		list = append(list, segment{marker, i, next})
		i = next
	}
	return list, len(data), false
}

// jpegEnd gives the comments of a JPEG, and the runs of text in segments whose
// makers alone know them; and tells where it ends.
func jpegEnd(data []byte, tag func(string, any)) (end int, ok bool) {
	list, end, ok := segments(data)
	for _, s := range list {
		switch {
		case s.marker == 0xfe:
			tag("Comment", s.content(data))
		case s.marker > 0xe2 && s.marker <= 0xef && s.marker != 0xed && s.marker != 0xee:
			tag("APP"+fmt.Sprint(s.marker-0xe0), s.content(data))
		case s.marker == 0xe1:
			if c := s.content(data); !bytes.HasPrefix(c, []byte("Exif")) && !bytes.HasPrefix(c, []byte("http://ns.adobe.com/xap/1.0/\x00")) {
				tag("APP1", c)
			}
		}
	}
	return end, ok
}

// maxChunk is how much of a compressed text of a picture is unpacked, in bytes.
const maxChunk = 1 << 20

// drawn are the chunks of a PNG that make the picture, and that hold no words.
const drawn = " IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI pHYs bKGD hIST sBIT sPLT tIME eXIf acTL fcTL fdAT oFFs "

// chunks gives the keyword and text of every text chunk of a PNG, and the runs of
// text in those that are not known.
func (j *job) chunks(data []byte, tag func(string, any)) (end int, ok bool) {
	for i := len(pngMagic); ; {
		rest := data[i:]
		if len(rest) < 12 {
			return i, false
		}
		n := int(binary.BigEndian.Uint32(rest))
		if n > len(rest)-12 {
			return i, false
		}
		i += 12 + n
		kind := string(rest[4:8])
		keyword, words, _ := bytes.Cut(rest[8:8+n], []byte{0})
		packed := false
		switch kind {
		case "IEND":
			return i, true
		case "tEXt":
		case "zTXt":
			words, packed = words[min(1, len(words)):], true // a byte names the method
		case "iTXt":
			packed = len(words) > 0 && words[0] != 0
			words = words[min(2, len(words)):]
			_, words, _ = bytes.Cut(words, []byte{0}) // its language
			_, words, _ = bytes.Cut(words, []byte{0}) // the keyword in that
		default:
			if !strings.Contains(drawn, " "+kind+" ") {
				tag(kind, rest[8:8+n])
			}
			continue
		}
		if packed {
			r, err := zlib.NewReader(bytes.NewReader(words))
			if err != nil {
				return i, false
			}
			limit := min(maxChunk, j.limit())
			words, err = io.ReadAll(io.LimitReader(r, limit+1))
			j.spend(len(words))
			if err != nil || int64(len(words)) > limit {
				return i, false
			}
		}
		tag(string(keyword), string(words))
	}
}

// gifEnd gives the comments and other extensions of a GIF, and tells where it ends.
func gifEnd(data []byte, tag func(string, any)) (end int, ok bool) {
	if len(data) < 13 {
		return len(data), false
	}
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	i := 13 + table(data[10])
	blocks := func() (content []byte, ok bool) {
		for i < len(data) {
			n := int(data[i])
			if i++; n == 0 {
				return content, true
			}
			if i+n > len(data) {
				break
			}
			content = append(content, data[i:i+n]...)
			i += n
		}
		return content, false
	}
	for i < len(data) {
		switch data[i] {
		case 0x3b:
			return i + 1, true
		case 0x21: // an extension
			if i+1 >= len(data) {
				return i, false
			}
			label := data[i+1]
			i += 2
			content, ok := blocks()
			if !ok {
				return i, false
			}
			if label != 0xf9 { // the time that a frame stands
				tag("Comment", content)
			}
		case 0x2c: // a frame
			if i+10 >= len(data) {
				return i, false
			}
			i += 10 + table(data[i+9]) + 1
			if _, ok := blocks(); !ok {
				return i, false
			}
		default:
			return i, false
		}
	}
	return i, false
}
