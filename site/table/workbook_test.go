package table

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// seen writes a workbook as "sheet: A1=text kind …", a sheet a line.
func seen(w *Workbook) string {
	var b strings.Builder
	kinds := map[ValueKind]string{TextValue: "", NumberValue: "n", PercentValue: "%", DayValue: "d", MonthValue: "m", TruthValue: "t", ErrorValue: "e", EmptyFormula: "f"}
	for _, s := range w.Sheets {
		b.WriteString(s.Name + ":")
		for _, r := range s.Rows {
			for _, v := range r.Cells {
				b.WriteString(" " + bureau.CellName(v.Column, r.Row) + "=" + v.Text)
				if k := kinds[v.Kind]; k != "" {
					b.WriteString("/" + k)
				}
			}
		}
		for _, m := range s.Merged {
			b.WriteString(" [" + m.String() + "]")
		}
		b.WriteString("\n")
	}
	for _, s := range w.Skipped {
		b.WriteString("- " + s.Sheet + " " + s.Range + " " + s.Why.ZH + "\n")
	}
	return b.String()
}

// made is a workbook as the library makes it.
func made(t testing.TB, fill func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// What an office program writes is read: several sheets, merged cells, styles,
// formulas, rich and broken texts, and nothing of what is hidden.
func TestOpenWorkbook(t *testing.T) {
	data := made(t, func(f *excelize.File) {
		code := `yyyy"年"m"月"`
		month, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		chinese, _ := f.NewStyle(&excelize.Style{NumFmt: 31})
		share, _ := f.NewStyle(&excelize.Style{NumFmt: 10})
		f.SetSheetName("Sheet1", "10月")
		f.SetSheetRow("10月", "A1", &[]any{"\u3000警情\u200b统计 ", nil, "单位：起\n（含移交）"})
		f.MergeCell("10月", "A1", "B1")
		f.SetSheetRow("10月", "A2", &[]any{46285, 46285, 0.125, 1204, true, "00123"})
		f.SetCellStyle("10月", "A2", "A2", month)
		f.SetCellStyle("10月", "B2", "B2", chinese)
		f.SetCellStyle("10月", "C2", "C2", share)
		f.SetCellFormula("10月", "A3", "SUM(D2:D2)")
		f.SetCellRichText("10月", "B3", []excelize.RichTextRun{{Text: "城"}, {Text: "关"}})
		f.AddComment("10月", excelize.Comment{Cell: "D2", Author: "何晓芸", Text: "秘密批注"})
		f.SetDefinedName(&excelize.DefinedName{Name: "秘密名称", RefersTo: "'10月'!$A$1"})
		f.SetDocProps(&excelize.DocProperties{Creator: "何晓芸"})
		for _, name := range []string{"隐", "深隐"} {
			f.NewSheet(name)
			f.SetCellValue(name, "A1", "秘密")
		}
		f.SetSheetVisible("隐", false)
		f.SetSheetVisible("深隐", false, true)
		f.NewSheet("列与行")
		for r := range 9 {
			f.SetSheetRow("列与行", fmt.Sprintf("A%d", r+1), &[]any{"a", "秘密", "秘密", "d", "e"})
		}
		f.SetColVisible("列与行", "B:C", false)
		f.SetColVisible("列与行", "H:XFD", false) // nothing is in them
		f.SetRowVisible("列与行", 3, false)
		f.SetRowVisible("列与行", 5, false)
		f.SetRowVisible("列与行", 6, false)
		f.SetRowVisible("列与行", 20, false)
		f.RemoveRow("列与行", 9)
	})
	w, problems := Open("inbox/a.xlsx", data)
	want := `10月: A1=警情统计 C1=单位：起
（含移交） A2=2026年9月/m B2=2026年9月20日/d C2=12.50%/% D2=1204/n E2=TRUE/t F2=00123 A3=/f B3=城关 [A1:B1]
列与行: A1=a D1=d E1=e A2=a D2=d E2=e A4=a D4=d E4=e A7=a D7=d E7=e A8=a D8=d E8=e
- 隐  隐藏的工作表
- 深隐  隐藏的工作表
- 列与行 B:C 隐藏的列
- 列与行 3 隐藏的行
- 列与行 5:6 隐藏的行
`
	if got := seen(w); got != want || len(problems) > 0 {
		t.Errorf("got\n%s\nwant\n%s\n%s", got, want, told(problems))
	}
	if len(w.SHA256) != 64 {
		t.Errorf("SHA-256 %q", w.SHA256)
	}
	for _, secret := range []string{"秘密", "何晓芸"} {
		if strings.Contains(fmt.Sprintf("%+v", *w), secret) {
			t.Errorf("the workbook tells %s", secret)
		}
	}
	if again, _ := Open("inbox/a.xlsm", data); seen(again) != want { // macros are left where they are
		t.Error("an .xlsm is read otherwise")
	}
}

func TestOpenText(t *testing.T) {
	for data, want := range map[string]string{
		"\ufeff类别,件\r\n\r\n盗窃,\"1,204\"\r\n":                                       ": A1=类别 B1=件 A3=盗窃 B3=1,204\n",
		"年\t月\n2025\t 12\n":                                                        ": A1=年 B1=月 A2=2025 B2=12\n",
		"\xff\xfe\x74\x5e\x09\x00\x08\x67\x0a\x00\x31\x00\x09\x00\x32\x00\x0a\x00": ": A1=年 B1=月 A2=1 B2=2\n",
		"标题\n类别,件\n盗窃,1,2\n":                                                       ": A1=标题 A2=类别 B2=件 A3=盗窃 B3=1 C3=2\n", // a ragged row is for who finds the tables
	} {
		w, problems := Open("inbox/a.csv", []byte(data))
		if got := seen(w); got != want || len(problems) > 0 {
			t.Errorf("%q: %s, want %s, %s", data, got, want, told(problems))
		}
	}
	w, _ := Open("inbox/a.csv", []byte("类别,件\n盗,12\n"))
	if v := w.Sheets[0].Rows[1].Cells[1]; v.Line != 2 || v.At != 3 || v.Column != 1 {
		t.Error(v)
	}
	if _, problems := Open("a.csv", []byte("a,\"b\n")); told(problems) != "csv/quote a.csv:1:3" {
		t.Error(told(problems))
	}
}

// What is no workbook is refused by what it is, and told what to do.
func TestOpenRefuses(t *testing.T) {
	book := made(t, func(f *excelize.File) { f.SetCellValue("Sheet1", "A1", "x") })
	locked, err := excelize.Encrypt(book, &excelize.Options{Password: "1"})
	if err != nil {
		t.Fatal(err)
	}
	ole := func(stream string) string {
		return string(compound) + strings.Repeat("\x00", 600) + string(utf16(stream))
	}
	for _, c := range []struct{ file, data, rule, message, hint string }{
		{"~$报表.xlsx", "\x05何晓芸", "workbook/format", "临时文件", "关闭“报表.xlsx”"},
		{".~lock.报表.xlsx#", ",何晓芸", "workbook/format", "临时文件", "关闭“报表.xlsx”"},
		{".~报表.xlsx", "何晓芸", "workbook/format", "临时文件", "关闭“报表.xlsx”"},
		{"a.xlsx", "", "workbook/empty", "空的", "重新发"},
		{"a.xlsx", string(locked), "workbook/password", "密码", "清空密码"},
		{"a.xls", string(locked), "workbook/password", "密码", "清空密码"},
		{"a.xls", ole("Workbook"), "workbook/format", "旧版Excel工作簿（.xls）", "另存为“Excel 工作簿（.xlsx）”"},
		{"a.xlsx", ole("Workbook"), "workbook/format", "旧版Excel工作簿（.xls）", "另存为"},
		{"a.et", ole("Workbook"), "workbook/format", "WPS表格自己的格式", "另存为"},
		{"a.wps", ole("WordDocument"), "workbook/format", "文字处理", "复制到新的工作簿"},
		{"a.xls", string(book), "workbook/format", "结尾却不是.xlsx", "改为.xlsx"},
		{"a.csv", string(book), "workbook/format", "“a.csv”的结尾却不是.xlsx", "改为.xlsx"},
		{"a.xls", "<html><table>", "workbook/format", "网页", "另存为"},
		{"a.xlsx", "\ufeff <!DOCTYPE html>", "workbook/format", "网页", "另存为"},
		{"a.xls", "<?xml version=\"1.0\"?><Workbook>", "workbook/format", "XML", "另存为"},
		{"a.xlsx", "类别,件\n盗窃,1\n", "workbook/format", "可能是CSV", "改为.csv"},
		{"a.xlsx", "\x89PNG\r\n\x1a\n", "workbook/format", "图片", "请报送单位发表格文件"},
		{"a.xlsx", "%PDF-1.7", "workbook/format", "PDF", "请报送单位发表格文件"},
		{"a.xlsx", "Rar!\x1a\x07", "workbook/format", "RAR", "解压"},
		{"报表", string(book), "workbook/format", "结尾却不是.xlsx", "改为.xlsx"},
		{"a.xlsx", pack("报表.xlsx", string(book)), "workbook/format", "压缩文件", "解压"},
		{"a.xlsx", pack("word/document.xml", "<w/>", "[Content_Types].xml", "<a/>"), "workbook/format", "文字处理", "复制"},
		{"a.docx", pack("word/document.xml", "<w/>"), "workbook/format", "文字处理", "复制"},
		{"a.ods", pack("content.xml", "<a/>"), "workbook/format", "OpenDocument", "另存为"},
		{"a.xlsx", pack("content.xml", "<a/>"), "workbook/format", "OpenDocument", "另存为"},
		{"a.numbers", pack("Index/Document.iwa", "x"), "workbook/format", "Numbers", "另存为"},
		{"a.xlsb", pack("xl/workbook.bin", "x"), "workbook/format", ".xlsb", "另存为"},
		{"a.xlsx", pack("xl/workbook.bin", "x", "_rels/.rels", relation1("officeDocument", "xl/workbook.bin")), "workbook/format", ".xlsb", "另存为"},
		{"a.zip", pack("a.txt", "x"), "workbook/format", "压缩文件", "解压"},
		{"a.xlsx", "\x00\x00\x00\x00", "workbook/damaged", "已损坏", "另存为"},
		{"a.xlsx", withPassword(), "workbook/password", "密码", "清空密码"},
		{"a.xlsx", string(book[:len(book)/2]), "workbook/damaged", "已损坏", "另存为"},
		{"a.xlsx", string(made(t, func(f *excelize.File) {})), "workbook/empty", "没有表", "核对"},
		{"a.xlsx", string(made(t, func(f *excelize.File) { f.SetCellValue("Sheet1", "A1", "x"); f.SetRowVisible("Sheet1", 1, false) })), "workbook/empty", "都隐藏着", "取消隐藏"},
		{"a.csv", "", "workbook/empty", "空的", "重新发"},
		{"a.csv", "\n\n", "workbook/empty", "没有表", "核对"},
	} {
		w, problems := Open("inbox/"+c.file, []byte(c.data))
		if len(problems) != 1 || problems[0].Rule.String() != c.rule || !strings.Contains(problems[0].Message.ZH, c.message) || !strings.Contains(problems[0].Hint.ZH, c.hint) {
			t.Errorf("%s %.20q: %+v", c.file, c.data, problems)
			continue
		}
		if p := problems[0]; p.Message.EN == "" || p.Hint.EN == "" || p.File != "inbox/"+c.file || p.Severity != problem.Error {
			t.Errorf("%s: %+v", c.file, p)
		}
		for _, s := range w.Sheets {
			if len(s.Rows) > 0 {
				t.Errorf("%s: something is read", c.file)
			}
		}
	}
}

// The office files of the cases: what each holds by kind, and what is refused here.
func TestOfficeCases(t *testing.T) {
	const dir = "../../../shared/cases/office"
	folders, err := os.ReadDir(dir)
	if err != nil {
		t.Skip("the cases are not beside the project")
	}
	refused := map[string]string{"25-empty-workbook": "workbook/empty", "26-html-called-xlsx": "workbook/format", "27-with-a-password": "workbook/password"}
	holds := map[string]string{
		"01-title-and-filler": "D3=单位：起", "02-two-row-header": "[B2:D2]", "03-three-row-header": "[D3:D4]", "04-months-under-years": "[E2:F2]", "05-years-across-with-total": "E3=1740",
		"06-sheet-a-month": "5月份: A1=", "07-sheet-a-station": "南山派出所: A1=", "08-two-tables": "B10=6.5/n", "09-notes-with-figures": "C9=2026/n", "10-totals-by-formula": "E3=300/n",
		"11-change-as-percent-format": "D3=46.4%/%", "12-percent-as-number": "C4=96.25/n", "13-dates-as-serials": "A3=2026年9月20日/d", "14-numbers-as-text": "C5=１２．６万元", "15-blank-rows-and-columns": "E11=22/n",
		"16-merged-categories": "[A3:A5]", "17-hidden": "- 汇总 C 隐藏的列\n- 汇总 5 隐藏的行\n- 嫌疑人明细  隐藏的工作表", "18-serial-column-and-unit-row": "A4=1/n", "19-formula-without-value": "C4=/f",
		"20-error-value": "C3=#DIV/0!/e A4=乙班 B4=#REF!/e", "21-gbk-csv": "C9=", "22-year-and-month-columns": "A2=2025 B2=12", "23-cumulative": "C3=211/n", "24-ledger-with-dates": "B2=2026年9月3日/d",
		"28-month-after": "B3=", "29-older-figure-changed": "C4=", "30-layout-changed": "B3=", "31-small-counts-of-persons": "C4=3/n", "32-a-million-blank-rows": "B4=188/n", "33-wrong-total": "9月: A1=",
	}
	holds["21-gbk-csv"] = "B4=1,102"
	for _, folder := range folders {
		name := folder.Name()
		if !folder.IsDir() {
			continue
		}
		files, _ := filepath.Glob(filepath.Join(dir, name, "*.*"))
		files = slices.DeleteFunc(files, func(f string) bool {
			return filepath.Base(f) == "want.json" || filepath.Base(f) == "units.csv"
		})
		var want struct{ Secret, Hidden []string }
		source, _ := os.ReadFile(filepath.Join(dir, name, "want.json"))
		if err := json.Unmarshal(source, &want); err != nil || len(files) == 0 {
			t.Fatal(name, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			w, problems := Open("inbox/"+filepath.Base(file), data)
			if rule := refused[name]; rule != "" {
				if len(problems) != 1 || problems[0].Rule.String() != rule {
					t.Errorf("%s: %s, want %s", name, told(problems), rule)
				}
				continue
			}
			if got := seen(w); len(problems) > 0 || holds[name] == "" || !strings.Contains(got, holds[name]) {
				t.Errorf("%s: %s\nlacks %s\n%s", name, got, holds[name], told(problems))
			}
			for _, hidden := range want.Hidden {
				if !slices.ContainsFunc(w.Skipped, func(s Skipped) bool { return s.Range == hidden || s.Range == "" && s.Sheet == hidden }) {
					t.Errorf("%s: %s is not named", name, hidden)
				}
			}
			if name == "17-hidden" {
				for _, secret := range want.Secret {
					if strings.Contains(fmt.Sprintf("%+v", *w), secret) {
						t.Errorf("%s: %s is read", name, secret)
					}
				}
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, sheet := range []string{
		`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46285</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`,
		`<cols><col min="1" max="2" hidden="1"/></cols><sheetData><row hidden="1"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>`,
		`<sheetData><row r="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>A1</f></c><c t="d"><v>2026-09-20</v></c></row></sheetData>`,
	} {
		f.Add(sheet, `<si><t>甲</t></si><si><r><t>_x000D_</t></r><rPh><t>jia</t></rPh></si>`, `<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>`)
	}
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		w, problems := Open("a.xlsx", []byte(xlsx(sheet, shared, styles)))
		if problems.Errors() == 0 && !slices.ContainsFunc(w.Sheets, func(s Sheet) bool { return len(s.Rows) > 0 }) {
			t.Error("nothing is read, and nobody told")
		}
		for _, s := range w.Sheets {
			row := -1
			for _, r := range s.Rows {
				if r.Row <= row || len(r.Cells) == 0 {
					t.Fatalf("row %d follows %d, with %d cells", r.Row, row, len(r.Cells))
				}
				row = r.Row
				for i, v := range r.Cells {
					if i > 0 && v.Column <= r.Cells[i-1].Column || v.Text == "" && v.Kind != EmptyFormula {
						t.Fatalf("%+v", r)
					}
				}
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	data := made(b, func(f *excelize.File) {
		code := "0.0%"
		share, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		w, _ := f.NewStreamWriter("Sheet1")
		for r := 1; r <= 200_000; r++ {
			row := []any{fmt.Sprintf("单位%d", r%300), 46000 + r%365}
			for c := 2; c < 9; c++ {
				row = append(row, r*c%977)
			}
			if err := w.SetRow(fmt.Sprintf("A%d", r), append(row, excelize.Cell{Value: float64(r%1000) / 977, StyleID: share})); err != nil {
				b.Fatal(err)
			}
		}
		w.Flush()
	})
	b.ReportAllocs()
	for b.Loop() {
		if w, problems := Open("a.xlsx", data); len(w.Sheets[0].Rows) != 200_000 || len(problems) > 0 {
			b.Fatal(told(problems))
		}
	}
}
