package privacy

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// maxDocument is how much text of an office document is looked into, in bytes.
const maxDocument = 64 << 20

// blocks are the elements of office documents that end a paragraph or a cell.
var blocks = []string{"p", "h", "si", "c", "tc", "table-cell", "comment"}

// Document scans the text of an office document, of the formats that are ZIP
// archives of XML: word processing, spreadsheets and presentations of Office
// Open XML and OpenDocument. Hidden sheets and comments count, too. What cannot
// be read holds nothing.
func Document(file string, data []byte) []bureau.Finding {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	var text bytes.Buffer
	for _, part := range archive.File {
		dir := path.Dir(part.Name)
		if path.Ext(part.Name) != ".xml" || dir != "." && !strings.HasPrefix(dir, "word") && !strings.HasPrefix(dir, "xl") && !strings.HasPrefix(dir, "ppt/") {
			continue
		}
		if r, err := part.Open(); err == nil {
			paragraphs(&text, io.LimitReader(r, maxDocument))
			r.Close()
		}
	}
	var findings []bureau.Finding
	for _, h := range Scan(text.Bytes(), "") {
		f := h.finding(problem.Position{File: file})
		if !slices.Contains(findings, f) {
			findings = append(findings, f)
		}
	}
	return findings
}

// paragraphs appends the text of a part, a line for each paragraph or cell. A
// number that its formatting splits is one again.
func paragraphs(text *bytes.Buffer, part io.Reader) {
	d := xml.NewDecoder(part)
	for text.Len() < maxDocument {
		token, err := d.RawToken()
		if err != nil {
			return
		}
		switch t := token.(type) {
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if slices.Contains(blocks, t.Name.Local) {
				text.WriteByte('\n')
			}
		}
	}
}
