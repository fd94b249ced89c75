package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/text"
)

// Bounds of what is unpacked, in bytes. What lies beyond is named, not searched.
const (
	maxPart     = 16 << 20 // of one part of a document
	maxUnpacked = 64 << 20 // of all documents of a run
	maxParts    = 10_000   // of one document
)

// IsDocument tells by its name whether a file is an office document that is a
// ZIP archive of XML: word processing, spreadsheets and presentations of Office
// Open XML and OpenDocument.
func IsDocument(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods", ".odp":
		return true
	}
	return false
}

// Documents scans office documents, one after another. The zero value is ready;
// it is not safe for use by several goroutines, so that the bound on what is
// unpacked falls on the same document in every run.
type Documents struct{ unpacked int64 }

// documents scans those among the files of data/static.
func documents(static []bureau.File) []bureau.Finding {
	var run Documents
	var findings []bureau.Finding
	for _, f := range static {
		if IsDocument(f.Path) {
			findings = append(findings, run.Scan("data/"+f.Path, f.Bytes)...)
		}
	}
	return findings
}

// Scan searches the text of every part of a document, hidden sheets and comments
// too, and the metadata of its pictures. A part that is neither, that cannot be
// read or that is too large is named as not inspected: one finding for all.
func (d *Documents) Scan(file string, data []byte) []bureau.Finding {
	findings, at := Name(file), problem.Position{File: file}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return append(findings, unseen(at, problem.Say("文件打不开，可能已加密或损坏", "it cannot be opened: it is encrypted or damaged")))
	}
	parts := archive.File
	var why problem.Text // what of it was not inspected
	if len(parts) > maxParts {
		why = problem.Say("文件有%d个部分，太多了", "it has %d parts, which is too many", len(parts))
		parts = parts[:maxParts]
	}
	for _, part := range parts {
		content, err := d.open(part)
		if err != nil && why.EN == "" {
			name := problem.Quote(part.Name)
			why = problem.Text{ZH: "其中的“" + name + "”" + reason(err).ZH, EN: "its part " + name + " " + reason(err).EN}
		}
		found, is := Image(file, content)
		if !is {
			for _, h := range Scan(content, "") {
				found = append(found, h.finding(at))
			}
		}
		for _, f := range found {
			if !slices.Contains(findings, f) && !enough(&findings) {
				findings = append(findings, f)
			}
		}
	}
	if why.EN != "" {
		findings = append(findings, unseen(at, why))
	}
	return findings
}

var (
	errTooLarge = errors.New("too large")
	errKind     = errors.New("of a kind that is not searched")
)

// reason says in words why a part was not inspected.
func reason(err error) problem.Text {
	switch err {
	case errTooLarge:
		return problem.Say("太大", "is too large")
	case errKind:
		return problem.Say("不是文字，也不是图片", "is neither text nor a picture")
	}
	return problem.Say("读不出来", "cannot be read")
}

// open gives the text of a part, a picture as it is, and nothing for a part that
// says nothing.
func (d *Documents) open(part *zip.File) ([]byte, error) {
	if part.UncompressedSize64 == 0 && part.CompressedSize64 == 0 || part.Name == "mimetype" || part.Name == "layout-cache" {
		return nil, nil
	}
	limit := min(maxPart, maxUnpacked-d.unpacked)
	if part.UncompressedSize64 > uint64(limit) {
		return nil, errTooLarge
	}
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	d.unpacked += int64(len(content))
	switch {
	case err != nil:
		return nil, err
	case int64(len(content)) > limit:
		return nil, errTooLarge
	}
	if _, is := formatOf(content); is {
		return content, nil
	}
	switch name := path.Base(part.Name); {
	case strings.HasPrefix(name, "printerSettings"): // the names of a printer, in two bytes a character
		return bytes.ReplaceAll(content, []byte{0}, nil), nil
	case !slices.Contains(markups, path.Ext(name)):
		return nil, errKind
	}
	source, _, fault := text.Decode(content, "")
	if fault != nil {
		return nil, fault
	}
	return paragraphs(source)
}

// markups are the extensions of parts that are XML.
var markups = []string{".xml", ".rels", ".vml", ".rdf"}

// blocks are the elements of office documents that end a paragraph or a cell.
var blocks = []string{"p", "h", "si", "c", "tc", "table-cell", "comment"}

// paragraphs gives the text of a part, a line for each paragraph or cell. A
// number that its formatting splits is one again.
func paragraphs(part []byte) ([]byte, error) {
	out := make([]byte, 0, len(part)/4)
	d := xml.NewDecoder(bytes.NewReader(part))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it was decoded
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.CharData:
			out = append(out, t...)
		case xml.EndElement:
			if slices.Contains(blocks, t.Name.Local) {
				out = append(out, '\n')
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return nil, errKind // it could spell a text that stands nowhere
			}
		}
	}
}
