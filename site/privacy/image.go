package privacy

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
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

// Image looks into the metadata of a picture: EXIF, IPTC and XMP, and the text
// chunks of PNG. Metadata that cannot be read hold nothing.
func Image(file string, data []byte) []bureau.Finding {
	at := problem.Position{File: file}
	var findings []bureau.Finding
	add := func(rule problem.Rule, severity problem.Severity, value string) {
		for _, f := range findings {
			if f.Rule == rule {
				return
			}
		}
		findings = append(findings, bureau.Finding{At: at, Rule: rule, Severity: severity, Value: value})
	}
	tag := func(name string, value any) {
		text := strings.TrimSpace(fmt.Sprint(value))
		switch {
		case strings.Trim(text, "0 \x00[]") == "":
		case name == "GPSLatitude" || name == "GPSLongitude" || name == "GPSDestLatitude":
			add(imageLocation, problem.Error, text)
		case authors[name]:
			add(imageAuthor, problem.Warning, text)
		}
	}
	formats := map[string]imagemeta.ImageFormat{
		".jpg": imagemeta.JPEG, ".jpeg": imagemeta.JPEG, ".png": imagemeta.PNG, ".webp": imagemeta.WebP,
		".tif": imagemeta.TIFF, ".tiff": imagemeta.TIFF, ".heic": imagemeta.HEIF, ".heif": imagemeta.HEIF, ".avif": imagemeta.AVIF,
	}
	imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: formats[strings.ToLower(path.Ext(file))],
		Sources:         imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		ShouldHandleTag: func(imagemeta.TagInfo) bool { return true },
		HandleTag:       func(t imagemeta.TagInfo) error { tag(t.Tag, t.Value); return nil },
	})
	textChunks(data, tag)
	return findings
}

// textChunks gives the keyword and text of every text chunk of a PNG; a text
// that is compressed is not read, its keyword is enough.
func textChunks(data []byte, tag func(name string, value any)) {
	rest, ok := bytes.CutPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	if !ok {
		return
	}
	for len(rest) >= 12 {
		n := int(binary.BigEndian.Uint32(rest))
		if n > len(rest)-12 {
			return
		}
		switch string(rest[4:8]) {
		case "tEXt", "zTXt", "iTXt":
			keyword, text, _ := bytes.Cut(rest[8:8+n], []byte{0})
			tag(string(keyword), string(text))
		}
		rest = rest[12+n:]
	}
}
