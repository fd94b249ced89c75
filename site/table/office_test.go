package table

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// pack is an archive of parts, each with its name and its content.
func pack(parts ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		p, _ := w.CreateHeader(&zip.FileHeader{Name: parts[i]}) // as it is, so that no ratio tells of it
		p.Write([]byte(parts[i+1]))
	}
	w.Close()
	return b.String()
}

// withPassword is a workbook, a part of which is encrypted.
func withPassword() string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p := parts(row1(`<c><v>1</v></c>`), "", "")
	for i := 0; i < len(p); i += 2 {
		m, _ := w.CreateHeader(&zip.FileHeader{Name: p[i], Flags: 1})
		m.Write([]byte(p[i+1]))
	}
	w.Close()
	return b.String()
}

func relation1(kind, target string) string {
	return `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"/></Relationships>`
}

// parts are those of a workbook with one sheet.
func parts(sheet, shared, styles string) []string {
	return []string{
		"_rels/.rels", relation1("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="10月" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-8"?><worksheet>` + sheet + `</worksheet>`,
		"xl/sharedStrings.xml", `<sst>` + shared + `</sst>`,
		"xl/styles.xml", `<styleSheet>` + styles + `</styleSheet>`,
	}
}

func xlsx(sheet, shared, styles string) string { return pack(parts(sheet, shared, styles)...) }

func row1(cells string) string { return `<sheetData><row r="1">` + cells + `</row></sheetData>` }

// What a sheet says in XML, and what its readers see of it.
func TestSheet(t *testing.T) {
	const a1 = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`
	for _, c := range []struct{ name, sheet, shared, want string }{
		{"rich text without its phonetic runs", row1(`<c r="A1" t="s"><v>0</v></c>`), `<si><r><t>城</t></r><r><t xml:space="preserve">关 </t></r><rPh sb="0" eb="1"><t>chéng</t></rPh><phoneticPr/></si>`, "10月: A1=城关\n"},
		{"an inline text", row1(`<c r="B1" t="inlineStr"><is><r><t>甲</t></r><t>乙</t></is></c><c r="C1" t="inlineStr"><is><t>丙</t></is></c>`), "", "10月: B1=甲乙 C1=丙\n"},
		{"a broken line", row1(`<c r="A1" t="s"><v>0</v></c>`), "<si><t>甲_x000D_&#10;乙_x4E19_ _xZZ</t></si>", "10月: A1=甲\n乙丙 _xZZ\n"},
		{"invisible characters", row1(`<c r="A1" t="str"><v>` + "\u3000\u200b甲\u00a0" + `</v></c><c r="B1" t="str"><v> </v></c>`), "", "10月: A1=甲\n"},
		{"cells without names", `<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row></sheetData>`, "", "10月: A1=1/n B1=2/n B2=3/n\n"},
		{"formulas", row1(`<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>X</f></c><c r="C1"><f>X</f><v></v></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>"a"</f><v>a</v></c><c r="F1" t="n"><f t="shared" si="0"/><v/></c>`), "", "10月: A1=2/n B1=/f C1=/f E1=a F1=/f\n"},
		{"errors, truths, days", row1(`<c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="d"><v>2026-09-20T00:00:00</v></c>`), "", "10月: A1=#REF!/e B1=FALSE/t C1=2026年9月20日/d\n"},
		{"a row of no height, a column of no width", `<cols><col min="2" max="2" width="0"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="0"><c r="A2"><v>3</v></c></row></sheetData>`, "", "10月: A1=1/n\n- 10月 B 隐藏的列\n- 10月 2 隐藏的行\n"},
		{"columns of no width but one", `<sheetFormatPr defaultColWidth="0"/><cols><col min="2" max="2" width="9"/></cols>` + row1(`<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>`), "", "10月: B1=2/n\n- 10月 A 隐藏的列\n"},
		{"a format that hides", row1(`<c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c><c r="C1" s="1" t="str"><v>秘密</v></c>`), "", "10月: A1=1/n\n- 10月 B1 数字格式（;;;）把它隐藏了\n- 10月 C1 数字格式（;;;）把它隐藏了\n"},
		{"what a merged cell covers", row1(`<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c>`) + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, "", "10月: A1=1/n C1=3/n [A1:B2]\n- 10月 B1 被合并单元格盖住，表里看不到\n"},
		{"a merged cell whose first column is hidden", `<cols><col min="1" max="1" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="str"><v>标题</v></c></row><row r="2"><c r="B2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells>`, "", "10月: B1=标题 B2=1/n [B1:C1]\n"},
		{"merged cells whose first row is hidden", `<sheetData><row r="1" hidden="1"><c r="A1" t="str"><v>甲</v></c><c r="C1" t="str"><v>乙</v></c><c r="D1" t="str"><v>秘密</v></c></row><row r="2"><c r="B2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="C1:C3"/><mergeCell ref="A1:A2"/><mergeCell ref="D1:E1"/></mergeCells>`, "", "10月: A2=甲 B2=1/n C2=乙 [A2] [C2:C3]\n- 10月 1 隐藏的行\n"},
		{"the place of a button", a1 + `<controls><from><col>3</col><row>9</row></from></controls><mc:AlternateContent><c r="Z9"><v>9</v></c></mc:AlternateContent>`, "", "10月: A1=1/n\n"},
		{"blank rows and cells with a format", `<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576" s="1"><c r="A1048576" s="1"/></row></sheetData>`, "", "10月: A1=1/n\n"},
		{"prefixes", `<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>`, "", "10月: A1=1/n\n"},
		{"a comment", `<!-- > -->` + a1, "", "10月: A1=1/n\n"},
	} {
		w, problems := Open("a.xlsx", []byte(xlsx(c.sheet, c.shared, `<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`)))
		if got := seen(w); got != c.want || len(problems) > 0 {
			t.Errorf("%s:\n%s\nwant\n%s\n%s", c.name, got, c.want, told(problems))
		}
	}
}

// Days count from another one where the workbook says so.
func TestDate1904(t *testing.T) {
	p := parts(row1(`<c r="A1" s="0"><v>44823</v></c>`), "", `<cellXfs><xf numFmtId="14"/></cellXfs>`)
	p[3] = strings.Replace(p[3], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	if w, _ := Open("a.xlsx", []byte(pack(p...))); seen(w) != "10月: A1=2026年9月20日/d\n" {
		t.Error(seen(w))
	}
}

// A faulty cell is named; what is hidden is in no message.
func TestFaultyCells(t *testing.T) {
	styles := `<numFmts><numFmt numFmtId="164" formatCode="0!.0,&quot;万&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`
	sheet := func(hidden string) string {
		return `<sheetData><row r="5"` + hidden + `><c r="A5" t="s"><v>7</v></c><c r="B5"><v>一</v></c><c r="C5" s="1"><v>12345</v></c><c r="D5" t="str"><v>_x0007_</v></c><c r="E5" t="str"><v>` + strings.Repeat("长", maxText/3+1) + `</v></c></row><row r="6"><c r="C6" s="1"><v>54321</v></c></row></sheetData>`
	}
	w, problems := Open("inbox/报表.xlsx", []byte(xlsx(sheet(""), "", styles)))
	if got, want := told(problems), "workbook/damaged inbox/报表.xlsx!10月!A5\nworkbook/damaged inbox/报表.xlsx!10月!B5\nworkbook/shown inbox/报表.xlsx!10月!C5\ncsv/character inbox/报表.xlsx!10月!D5\nworkbook/size inbox/报表.xlsx!10月!E5"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if last := w.Sheets[0].Rows[len(w.Sheets[0].Rows)-1]; last.Row != 5 || last.Cells[0].Column != 2 || last.Cells[0].Line != 0 {
		t.Error(last)
	}
	if _, problems = Open("a.xlsx", []byte(xlsx(sheet(` hidden="1"`), "", styles))); told(problems) != "workbook/shown a.xlsx!10月!C6" {
		t.Error(told(problems))
	}
}

// What no office program writes is refused, at its sheet where it has one.
func TestDamaged(t *testing.T) {
	cell := row1(`<c r="A1"><v>1</v></c>`)
	for name, sheet := range map[string]string{
		"a cell in another row":         row1(`<c r="A2"><v>1</v></c>`),
		"a cell twice":                  row1(`<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>`),
		"rows out of order":             `<sheetData><row r="2"/><row r="1"/></sheetData>`,
		"a row beyond the last":         `<sheetData><row r="1048577"/></sheetData>`,
		"a row after the last":          `<sheetData><row r="1048576"/><row/></sheetData>`,
		"a column beyond the last":      row1(`<c r="XFE1"><v>1</v></c>`),
		"a column after the last":       row1(`<c r="XFD1"/><c><v>1</v></c>`),
		"no name of a cell":             row1(`<c r="1A"><v>1</v></c>`),
		"a style below the first":       row1(`<c s="-1"><v>1</v></c>`),
		"columns from behind":           `<cols><col min="3" max="2"/></cols>` + cell,
		"columns beyond the last":       `<cols><col min="1" max="99999999"/></cols>` + cell,
		"a merged range of nothing":     cell + `<mergeCells><mergeCell ref="B2:A1"/></mergeCells>`,
		"merged ranges that overlap":    `<sheetData><row r="9"><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="B3:D4"/></mergeCells>`,
		"an entity that nobody defined": row1(`<c r="A1" t="str"><v>&x;</v></c>`),
		"an element too many closed":    cell + `</worksheet></worksheet>`,
		"an element closed before":      cell + `</worksheet></a><a><worksheet>`,
		"an element not closed":         cell + `<a>`,
		"elements in elements":          strings.Repeat("<a>", 2000) + strings.Repeat("</a>", 2000),
	} {
		if _, problems := Open("a.xlsx", []byte(xlsx(sheet, "", ""))); told(problems) != "workbook/damaged a.xlsx!10月" {
			t.Errorf("%s: %s", name, told(problems))
		}
	}
	for name, change := range map[string]func(p []string) []string{
		"a sheet that is missing":       func(p []string) []string { return append(p[:6:6], p[8:]...) },
		"relations that are missing":    func(p []string) []string { return append(p[:4:4], p[6:]...) },
		"a part twice":                  func(p []string) []string { return append(p, "XL/worksheets/Sheet1.xml", p[7]) },
		"a sheet that nothing leads to": func(p []string) []string { p[5] = strings.Replace(p[5], "rId1", "rId9", 1); return p },
		"entities in the strings": func(p []string) []string {
			p[9] = `<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + p[9]
			return p
		},
		"entities in the workbook": func(p []string) []string {
			p[3] = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + p[3]
			return p
		},
	} {
		_, problems := Open("a.xlsx", []byte(pack(change(parts(cell, "", ""))...)))
		if len(problems) != 1 || problems[0].Rule.String() != "workbook/damaged" {
			t.Errorf("%s: %s", name, told(problems))
		}
	}
}

// bomb is a workbook, one part of which holds a text over and over.
func bomb(t *testing.T, name, before, again string, times int, after string) []byte {
	t.Helper()
	var packed bytes.Buffer
	f, _ := flate.NewWriter(&packed, flate.BestCompression)
	sum, size := crc32.NewIEEE(), 0
	put := func(s string) {
		f.Write([]byte(s))
		sum.Write([]byte(s))
		size += len(s)
	}
	put(before)
	chunk := strings.Repeat(again, 1024)
	for range times / 1024 {
		put(chunk)
	}
	put(after)
	f.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p := parts(row1(`<c r="A1"><v>1</v></c>`), "", "")
	for i := 0; i < len(p); i += 2 {
		if p[i] != name {
			m, _ := w.Create(p[i])
			m.Write([]byte(p[i+1]))
			continue
		}
		m, _ := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum.Sum32(), CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(size)})
		m.Write(packed.Bytes())
	}
	w.Close()
	return b.Bytes()
}

// What unpacks without an end, or has more in it than any report, is refused before
// it fills the memory.
func TestBombs(t *testing.T) {
	const sheet, shared = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	of := func(sheet, shared, styles string) func() []byte {
		return func() []byte { return []byte(xlsx(sheet, shared, styles)) }
	}
	long := strings.Repeat("a", maxToken+1<<16)
	for name, data := range map[string]func() []byte{
		"a sheet of spaces": func() []byte { return bomb(t, sheet, "<worksheet>", " ", 300<<20, "</worksheet>") },
		"a sheet of rows": func() []byte {
			return bomb(t, sheet, "<worksheet><sheetData>", "<row/>", 4<<20, "</sheetData></worksheet>")
		},
		"a ratio": func() []byte {
			return bomb(t, sheet, "<worksheet>", "<a/>", 1<<20, "</worksheet>")
		},
		"strings without end": func() []byte { return bomb(t, shared, "<sst>", "<si/>", 4<<20, "</sst>") },
		"a large part": func() []byte { // that packs as reports do
			var b strings.Builder
			for i := 0; b.Len() <= maxUnpacked/1024; i++ {
				fmt.Fprintf(&b, "<a b=\"%08x\"/>%100s", crc32.ChecksumIEEE([]byte{byte(i), byte(i >> 8)}), "")
			}
			return bomb(t, sheet, "<worksheet>", b.String(), 1024, "</worksheet>")
		},
		"one long text":      of(row1(`<c t="inlineStr"><is><t>`+long+`</t></is></c>`), "", ""),
		"one long attribute": of(row1(`<c r="`+long+`"/>`), "", ""),
		"one long comment":   of(`<!--`+strings.Repeat(">", len(long))+`-->`, "", ""),
		"one long CDATA":     of(row1(`<c t="str"><v><![CDATA[`+strings.Repeat(">", len(long))+`]]></v></c>`), "", ""),
		"many sheets":        func() []byte { return []byte(pack(manySheets(maxSheets + 1)...)) },
		"many styles":        of("", "", "<cellXfs>"+strings.Repeat("<xf/>", maxStyles+1)+"</cellXfs>"),
		"many strings":       of("", strings.Repeat("<si/>", maxStrings+1), ""),
		"many merged cells":  of("<mergeCells>"+strings.Repeat(`<mergeCell ref="A1"/>`, maxMerged+1)+"</mergeCells>", "", ""),
		"many parts": func() []byte {
			p := parts(row1(`<c><v>1</v></c>`), "", "")
			for i := range maxParts {
				p = append(p, fmt.Sprint("a", i), "")
			}
			return []byte(pack(p...))
		},
		"a large file": func() []byte { return append(make([]byte, MaxFile), xlsx(row1(`<c><v>1</v></c>`), "", "")...) },
	} {
		t.Run(name, func(t *testing.T) {
			content := data()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			w, problems := Open("a.xlsx", content)
			runtime.ReadMemStats(&after)
			if len(problems) != 1 || problems[0].Rule.String() != "workbook/size" || len(w.Sheets) > 0 {
				t.Fatalf("%s", told(problems))
			}
			if p := problems[0]; strings.Contains(p.Message.ZH+p.Message.EN+p.Hint.ZH+p.Hint.EN, "%!") {
				t.Errorf("%+v", p)
			}
			if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 400 { // of which less is there at a time
				t.Errorf("%d MiB were made", made)
			}
		})
	}
}

// Filled cells have a bound over all sheets.
func TestManyCells(t *testing.T) {
	row := "<row>" + strings.Repeat("<c><v>1</v></c>", 10_000) + "</row>"
	if _, problems := Open("a.xlsx", []byte(xlsx("<sheetData>"+strings.Repeat(row, maxFilled/10_000)+"</sheetData>", "", ""))); len(problems) > 0 {
		t.Error(told(problems))
	}
	if _, problems := Open("a.xlsx", []byte(xlsx("<sheetData>"+strings.Repeat(row, maxFilled/10_000)+"<row><c><v>1</v></c></row></sheetData>", "", ""))); told(problems) != "workbook/size a.xlsx!10月" {
		t.Error(told(problems))
	}
}

// Messages and what was skipped are not endless.
func TestListsAreBounded(t *testing.T) {
	_, problems := Open("a.xlsx", []byte(xlsx(row1(strings.Repeat(`<c><v>x</v></c>`, 3000)), "", "")))
	if len(problems) != maxProblems {
		t.Errorf("%d problems", len(problems))
	}
	for name, cells := range map[string]string{"covered": strings.Repeat(`<c><v>1</v></c>`, 3000), "blank": `<c><v>1</v></c>` + strings.Repeat(`<c s="1"><v>1</v></c>`, 3000)} {
		w, _ := Open("a.xlsx", []byte(xlsx(row1(cells)+`<mergeCells><mergeCell ref="A1:DZZ1"/></mergeCells>`, "", `<numFmts><numFmt numFmtId="164" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`)))
		if len(w.Skipped) != maxSkipped+1 || w.Skipped[maxSkipped].Range != "…" {
			t.Errorf("%s: %d are named", name, len(w.Skipped))
		}
	}
}

func manySheets(n int) []string {
	p := parts(row1(`<c><v>1</v></c>`), "", "")
	p[3] = `<workbook xmlns:r="r"><sheets><sheet name="10月" r:id="rId1"/>` + strings.Repeat(`<sheet name="a" state="hidden"/>`, n) + `</sheets></workbook>`
	return p
}

// What no reader sees is named with its place, so that a total can be held against it.
func TestHiddenPlaces(t *testing.T) {
	sheet := `<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>` +
		`<row r="2" hidden="1"><c r="A2"><v>3</v></c></row><row r="4"><c r="A4" s="1"><v>4</v></c><c r="D4"><v>5</v></c><c r="E4"><v>6</v></c></row></sheetData><mergeCells><mergeCell ref="D4:E4"/></mergeCells>`
	w, problems := Open("a.xlsx", []byte(xlsx(sheet, "", `<numFmts><numFmt numFmtId="200" formatCode=";;;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>`)))
	want := []Range{{0, 1, sheetRows - 1, 1}, {1, 0, 1, sheetWidth - 1}, {3, 4, 3, 4}, {3, 0, 3, 0}}
	if got := w.Sheets[0].Hidden; !slices.Equal(got, want) || len(problems) > 0 {
		t.Errorf("%v, want %v\n%s", got, want, told(problems))
	}
}
