package opendata

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"encoding/xml"
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

// writeXLSX writes the table as a workbook with the cells of the CSV: numbers as numbers,
// all else as text, which no program runs as a formula. The header stays in sight. The same
// table gives the same bytes. The error is that of the writer.
func (t Table) writeXLSX(out io.Writer) error {
	w := zip.NewWriter(out)
	part := func(name string) (io.Writer, error) {
		// The first day that the format knows.
		return w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
	}
	for _, p := range workbookParts {
		entry, err := part(p.Path)
		if err != nil {
			return err
		}
		if _, err := entry.Write(p.Bytes); err != nil {
			return err
		}
	}
	entry, err := part("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	if err := t.writeSheet(entry); err != nil {
		return err
	}
	return w.Close()
}

// writeSheet writes the sheet of the workbook.
func (t Table) writeSheet(out io.Writer) error {
	sheet := bufio.NewWriterSize(out, 1<<16)
	sheet.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	names := make([]string, len(t.Columns))
	for i := range names {
		names[i] = bureau.CellName(i, 0)
		names[i] = names[i][:len(names[i])-1]
	}
	cell := func(column int, line []byte) {
		sheet.WriteString(`<c r="`)
		sheet.WriteString(names[column])
		sheet.Write(line)
	}
	var digits [20]byte
	row := func(number int, value func(i int) any) {
		line := strconv.AppendInt(digits[:0], int64(number), 10)
		sheet.WriteString(`<row r="`)
		sheet.Write(line)
		sheet.WriteString(`">`)
		for i := range t.Columns {
			switch v := value(i).(type) {
			case json.Number:
				if v != "" {
					cell(i, line)
					sheet.WriteString(`"><v>`)
					sheet.WriteString(v.String())
					sheet.WriteString(`</v></c>`)
				}
			case string:
				cell(i, line)
				sheet.WriteString(`" t="inlineStr"><is><t xml:space="preserve">`)
				xml.EscapeText(sheet, []byte(v))
				sheet.WriteString(`</t></is></c>`)
			}
		}
		sheet.WriteString(`</row>`)
	}
	row(1, func(i int) any { return t.Columns[i].Name })
	for n := range t.Rows {
		row(n+2, func(i int) any { return t.Columns[i].Value(n) })
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	return sheet.Flush() // which tells what any of them met
}
