package opendata

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"time"

	"sunshine/site/bureau"
)

// workbookRows is how many rows a workbook holds at most; of more, the CSV is what can
// still be opened in good time.
const workbookRows = 100_000

// The parts of a workbook of one sheet, without styles (ECMA-376, part 1).
var workbookParts = []bureau.File{
	{Path: "[Content_Types].xml", Bytes: []byte(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)},
	{Path: "_rels/.rels", Bytes: []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
	{Path: "xl/workbook.xml", Bytes: []byte(xml.Header + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
	{Path: "xl/_rels/workbook.xml.rels", Bytes: []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)},
}

// xlsx gives the table as a workbook with the cells of the CSV: numbers as numbers, all
// else as text, which no program runs as a formula. The header stays in sight. The same
// table gives the same bytes.
func (t Table) xlsx() ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	// The first day that the format knows.
	create := func(path string) (io.Writer, error) {
		return w.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	for _, part := range workbookParts {
		entry, err := create(part.Path)
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(part.Bytes); err != nil {
			return nil, err
		}
	}
	entry, err := create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	sheet := bufio.NewWriter(entry)
	write := func(texts ...string) {
		for _, text := range texts {
			sheet.WriteString(text) // whose error Flush gives
		}
	}
	write(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	names := make([]string, len(t.Columns))
	for i := range names {
		names[i] = bureau.CellName(i, 0)
		names[i] = names[i][:len(names[i])-1]
	}
	row := func(number int, value func(i int) any) error {
		line := strconv.Itoa(number)
		write(`<row r="`, line, `">`)
		for i := range t.Columns {
			switch v := value(i).(type) {
			case json.Number:
				if v != "" {
					write(`<c r="`, names[i], line, `"><v>`, v.String(), `</v></c>`)
				}
			case string:
				write(`<c r="`, names[i], line, `" t="inlineStr"><is><t xml:space="preserve">`)
				if err := xml.EscapeText(sheet, []byte(v)); err != nil {
					return err
				}
				write(`</t></is></c>`)
			}
		}
		write(`</row>`)
		return nil
	}
	if err := row(1, func(i int) any { return t.Columns[i].Name }); err != nil {
		return nil, err
	}
	for n := range t.Rows {
		if err := row(n+2, func(i int) any { return t.Columns[i].Value(n) }); err != nil {
			return nil, err
		}
	}
	write(`</sheetData></worksheet>`)
	if err := errors.Join(sheet.Flush(), w.Close()); err != nil {
		return nil, err
	}
	return bytes.Clone(b.Bytes()), nil // what is kept has no room to spare
}
