package docs_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// samples are the office files that the documentation offers and its commands
// read, by their names without the month: the reports of six departments of a
// bureau that does not exist, in two months. A cell that is a number is one in the
// workbook, too.
var samples = map[string]func(month int) [][]string{
	"calls.xlsx": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("云水县公安局2026年%d月接处警情况", m)}, {"单位：起"},
			{"类别", "接警（起）", "处警（起）"},
			{"刑事警情", of(m, 131, 126), of(m, 131, 126)}, {"治安警情", of(m, 422, 409), of(m, 420, 407)},
			{"交通警情", of(m, 655, 671), of(m, 655, 671)}, {"群众求助", of(m, 903, 948), of(m, 890, 941)},
			{"合计", of(m, 2111, 2154), of(m, 2096, 2145)},
		}
	},
	"cases.xlsx": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("刑侦大队2026年%d月破案情况", m)},
			{"类别", "立案（起）", "破案（起）"},
			{"盗窃", of(m, 62, 57), of(m, 35, 38)}, {"诈骗", of(m, 48, 51), of(m, 17, 21)}, {"其他", of(m, 21, 18), of(m, 16, 15)},
		}
	},
	"traffic.xlsx": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("交警大队2026年%d月道路交通事故", m)},
			{"道路", "事故（起）", "受伤（人）"},
			{"国省道", of(m, 44, 39), of(m, 23, 17)}, {"县乡道", of(m, 61, 66), of(m, 28, 31)}, {"城区道路", of(m, 87, 92), of(m, 19, 24)},
		}
	},
	"windows.xlsx": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("户籍窗口2026年%d月办件量", m)},
			{"事项", "受理（件）", "办结（件）"},
			{"居民身份证", of(m, 812, 870), of(m, 812, 870)}, {"户口登记", of(m, 264, 251), of(m, 264, 251)}, {"居住证", of(m, 133, 158), of(m, 130, 155)},
		}
	},
	"exit-entry.csv": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("出入境管理大队2026年%d月受理情况", m), ""},
			{"证件", "受理（件）"},
			{"普通护照", of(m, 318, 297)}, {"港澳通行证", of(m, 402, 455)}, {"台湾通行证", of(m, 36, 41)},
		}
	},
	"cases-corrected.xlsx": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("刑侦大队2026年%d月破案情况", m)},
			{"类别", "立案（起）", "破案（起）"},
			{"盗窃", of(m, 62, 57), of(m, 35, 38)}, {"诈骗", of(m, 48, 51), of(m, 18, 21)}, {"其他", of(m, 21, 18), of(m, 16, 15)},
		}
	},
	"petitions.csv": func(m int) [][]string {
		return [][]string{
			{fmt.Sprintf("信访室2026年%d月意见建议", m), "", ""},
			{"来源", "收到（件）", "办结（件）"},
			{"来信来访", of(m, 27, 31), of(m, 24, 29)}, {"网上", of(m, 45, 38), of(m, 41, 38)}, {"电话", of(m, 52, 49), of(m, 52, 47)},
		}
	},
}

// of gives the figure of August or that of September.
func of(month, august, september int) string {
	if month == 8 {
		return strconv.Itoa(august)
	}
	return strconv.Itoa(september)
}

// TestSamples holds the office files of the documentation against the tables
// above; -update writes them.
func TestSamples(t *testing.T) {
	for name, rows := range samples {
		base, kind, _ := strings.Cut(name, ".")
		for _, month := range []int{8, 9} {
			if base == "cases-corrected" && month != 8 {
				continue
			}
			var content []byte
			if kind == "xlsx" {
				content = workbook(t, rows(month))
			} else {
				var text strings.Builder
				for _, row := range rows(month) {
					text.WriteString(strings.Join(row, ",") + "\n")
				}
				content = []byte(text.String())
			}
			hold(t, filepath.Join("site", "data", "static", "samples", fmt.Sprintf("%s-2026-%02d.%s", base, month, kind)), content)
		}
	}
}

// hold fails where a file of the documentation is not what it is made from;
// -update writes it.
func hold(t *testing.T, file string, content []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if stands, err := os.ReadFile(file); err != nil || !bytes.Equal(stands, content) {
		t.Errorf("%s is not what it is made from: go test ./docs -update (%v)", file, err)
	}
}

// workbook makes the smallest workbook that holds the rows; the cell of a title
// goes over all columns.
func workbook(t *testing.T, rows [][]string) []byte {
	t.Helper()
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	var sheet, merged strings.Builder
	merges := 0
	for r, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, r+1)
		for c, cell := range row {
			at := string(rune('A'+c)) + strconv.Itoa(r+1)
			if _, err := strconv.Atoi(cell); err == nil {
				fmt.Fprintf(&sheet, `<c r="%s"><v>%s</v></c>`, at, cell)
				continue
			}
			fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>`, at)
			if err := xml.EscapeText(&sheet, []byte(cell)); err != nil {
				t.Fatal(err)
			}
			sheet.WriteString(`</t></is></c>`)
		}
		sheet.WriteString(`</row>`)
		if len(row) == 1 {
			merges++
			fmt.Fprintf(&merged, `<mergeCell ref="A%d:%c%d"/>`, r+1, 'A'+width-1, r+1)
		}
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const office = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	const kinds = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kinds + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + kinds + `worksheet+xml"/></Types>`},
		{"_rels/.rels", relations + `<Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + office + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", relations + `<Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData>` + sheet.String() + `</sheetData><mergeCells count="` + strconv.Itoa(merges) + `">` + merged.String() + `</mergeCells></worksheet>`},
	} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(head + part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
