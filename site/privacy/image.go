package privacy

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bep/imagemeta"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Rules of images.
var (
	imageLocation = problem.PrivacyImageLocation
	imageAuthor   = problem.PrivacyImageAuthor
)

// authors are the tags of EXIF, IPTC and XMP that name a person.
var authors = map[string]bool{
	"Artist": true, "XPAuthor": true, "OwnerName": true, "CameraOwnerName": true, "By-line": true, "Byline": true, "Creator": true,
	"Author": true, "Credit": true, "Writer-Editor": true, "CaptionWriter": true, "PersonInImage": true,
}

// formatOf tells by its first bytes what picture a file is, of those whose
// metadata are looked into. Its extension may be wrong.
func formatOf(data []byte) (format imagemeta.ImageFormat, is bool) {
	begins := func(at int, magic string) bool {
		return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
	}
	switch {
	case begins(0, "\xff\xd8\xff"):
		return imagemeta.JPEG, true
	case begins(0, "\x89PNG\r\n\x1a\n"):
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

// serialTags number a device, in as many digits as a telephone has.
var serialTags = []string{"Serial", "Number", "UniqueID", "DocumentID", "InstanceID"}

// Image looks into the metadata of a picture: EXIF, IPTC and XMP, and the text
// chunks of PNG, for who made it, where, and for whatever Scan finds in a
// description. A picture that cannot be read is named as not inspected. It is
// false where the file is no picture that is known.
func Image(file string, data []byte) (findings []bureau.Finding, is bool) {
	format, is := formatOf(data)
	if !is {
		return nil, false
	}
	at := problem.Position{File: file}
	add := func(rule problem.Rule, severity problem.Severity, value string) {
		for _, f := range findings {
			if f.Rule == rule {
				return
			}
		}
		findings = append(findings, bureau.Finding{At: at, Rule: rule, Severity: severity, Value: value})
	}
	tag := func(name string, value any) {
		words := strings.TrimSpace(fmt.Sprint(value))
		switch {
		case strings.Trim(words, "0 \x00[]") == "":
		case name == "GPSLatitude" || name == "GPSLongitude" || name == "GPSDestLatitude":
			add(imageLocation, problem.Error, words)
		case authors[name]:
			add(imageAuthor, problem.Warning, words)
		case !slices.ContainsFunc(serialTags, func(s string) bool { return strings.Contains(name, s) }):
			for _, h := range Scan([]byte(words), "") {
				add(h.Rule, h.Severity, h.Value)
			}
		}
	}
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format,
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       func(t imagemeta.TagInfo) error { tag(t.Tag, t.Value); return nil },
	})
	if !textChunks(data, tag) || err != nil {
		findings = append(findings, unseen(at, problem.Say("图片信息读不出来，可能已损坏", "its metadata cannot be read: it is damaged")))
	}
	return findings, true
}

// maxChunk is how much of a compressed text of a picture is unpacked, in bytes.
const maxChunk = 1 << 20

// textChunks gives the keyword and text of every text chunk of a PNG. It is false
// where one cannot be read; what is no PNG has none.
func textChunks(data []byte, tag func(name string, value any)) bool {
	rest, ok := bytes.CutPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	if !ok {
		return true
	}
	for len(rest) >= 12 {
		n := int(binary.BigEndian.Uint32(rest))
		if n > len(rest)-12 {
			return false
		}
		keyword, words, _ := bytes.Cut(rest[8:8+n], []byte{0})
		packed := false
		switch string(rest[4:8]) {
		case "tEXt":
		case "zTXt":
			words, packed = words[min(1, len(words)):], true // a byte names the method
		case "iTXt":
			packed = len(words) > 0 && words[0] != 0
			words = words[min(2, len(words)):]
			_, words, _ = bytes.Cut(words, []byte{0}) // its language
			_, words, _ = bytes.Cut(words, []byte{0}) // the keyword in that
		default:
			keyword = nil
		}
		if packed {
			r, err := zlib.NewReader(bytes.NewReader(words))
			if err != nil {
				return false
			}
			if words, err = io.ReadAll(io.LimitReader(r, maxChunk+1)); err != nil || len(words) > maxChunk {
				return false
			}
		}
		if keyword != nil {
			tag(string(keyword), string(words))
		}
		rest = rest[12+n:]
	}
	return true
}
