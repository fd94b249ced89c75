package intake

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/table"
)

const officeCases = "../../../shared/cases/office"

// officeFile reads a file of the office cases.
func officeFile(t *testing.T, file string, o Options) (*table.Workbook, Result) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(officeCases, filepath.FromSlash(file)))
	if err != nil {
		t.Skip("the office cases are not here")
	}
	w, problems := table.Open(path.Base(file), data)
	if problems.Errors() > 0 {
		t.Fatal(problems)
	}
	o.AsOf = today
	return w, Read(w, o)
}

// partsOfAll gives what each cell of a file is read as, by its name with its sheet.
func partsOfAll(result Result) map[string]PartKind {
	of := map[string]PartKind{}
	all := slices.Clone(result.Parts)
	for _, r := range result.Readings {
		all = append(all, r.Parts...)
	}
	for _, p := range all {
		for row := p.Range.Row; row <= p.Range.LastRow; row++ {
			for c := p.Range.Column; c <= p.Range.LastColumn; c++ {
				of[problem.Position{Sheet: p.Sheet, Cell: bureau.CellName(c, row)}.InFile()] = p.As
			}
		}
	}
	return of
}

// What an office would ask about first: titles, all rows of a header, totals, notes.
func TestParts(t *testing.T) {
	for file, want := range map[string]map[PartKind]string{
		"01-title-and-filler/城关所警情9月.xlsx":      {PartOffice: "B1", PartTitle: "B2", PartPeriod: "B3", PartUnit: "D3", PartHeader: "B4 C4 D4", PartOut: "B10 B11 D10"},
		"02-two-row-header/刑侦8月.xlsx":           {PartTitle: "A1", PartHeader: "A2 B2 B3 C3 D3 E2 E3 F3 G3", PartCategory: "A4 A5 A6", PartTotal: "A7 B7 C7 D7 E7 F7 G7"},
		"03-three-row-header/交警中队.xlsx":         {PartPeriod: "A1", PartHeader: "A2 B2 B3 B4 C4 D3 E2 E3", PartCategory: "A5 A6"},
		"05-years-across-with-total/三年对比.csv":   {PartTitle: "A1", PartHeader: "A2 B2 C2 D2", PartTotal: "E2 E3 E4"},
		"08-two-tables/指挥中心9月.xlsx":             {PartTitle: "A1 A8", PartHeader: "A2 A9 B2 B9 C9", PartTotal: "A6 B6", PartNote: "A12"},
		"18-serial-column-and-unit-row/装备.xlsx": {PartUnit: "C3 D3", PartOut: "A2 A4 A5 A6", PartHeader: "B2 C2 D2", PartCategory: "B4 B5 B6"},
		"22-year-and-month-columns/车管.tsv":      {PartPeriod: "A2 A3 A4 A5 B2 B3 B4 B5", PartHeader: "A1 B1 C1 D1"},
		"24-ledger-with-dates/宣传活动.xlsx":        {PartPeriod: "B2 B3 B4", PartCategory: "C2 C3 C4 D2 D3 D4", PartFigures: "E2 E3 E4", PartOut: "A1 A2 A3 A4"},
		"15-blank-rows-and-columns/社区警务.xlsx":   {PartTitle: "A3", PartHeader: "A5 C5 E5", PartCategory: "A6 A8 A11"},
		"09-notes-with-figures/消防检查.xlsx":       {PartNote: "A7", PartOut: "A8 B9 C9"},
		"16-merged-categories/案件分级.xlsx":        {PartCategory: "A3 A6 B3 B4 B6 B7", PartTotal: "B5 B8 C5 C8 D5 D8"},
		"10-totals-by-formula/打击处理.xlsx":        {PartTotal: "A3 B3 C3 D3 E2 E3 E4 E5 E6"},
		"06-sheet-a-month/治安二季度.xlsx":           {PartTitle: "4月份!A1 5月份!A1 6月份!A1", PartUnit: "4月份!C2 5月份!C2 6月份!C2"},
		"21-gbk-csv/出入境窗口.csv":                  {PartTitle: "A1", PartPeriod: "A4 A5 A7", PartOut: "A8"},
		"12-percent-as-number/评价.xlsx":          {PartPeriod: "A1"},
		"17-hidden/涉案财物.xlsx":                   {PartCategory: "汇总!A3 汇总!A4 汇总!A6"},
		"28-month-after/法制7月.xlsx":              {PartTitle: "A1", PartHeader: "A2 B2 C2"},
	} {
		t.Run(file, func(t *testing.T) {
			w, result := officeFile(t, file, Options{})
			of := partsOfAll(result)
			got := map[PartKind][]string{}
			for _, s := range w.Sheets {
				for _, r := range s.Rows {
					for _, v := range r.Cells {
						cell := problem.Position{Sheet: s.Name, Cell: bureau.CellName(v.Column, r.Row)}.InFile()
						as := of[cell]
						if as == PartOther {
							t.Errorf("%s (%s): nobody reads it", cell, v.Text)
						}
						if len(w.Sheets) == 1 {
							cell = bureau.CellName(v.Column, r.Row)
						}
						got[as] = append(got[as], cell)
					}
				}
			}
			for as, cells := range want {
				slices.Sort(got[as])
				wanted := strings.Fields(cells)
				slices.Sort(wanted)
				if !slices.Equal(got[as], wanted) {
					t.Errorf("%s: %s, want %s", as, strings.Join(got[as], " "), strings.Join(wanted, " "))
				}
			}
		})
	}
}

// A header is one in all of its rows, and a word of it stands over the column that it begins.
func TestPartsOfHeader(t *testing.T) {
	result, _ := read(t, "报表.csv", "2026年9月案件（起）,,,,\n案别,立案,,备注,\n,本月,上年同期,来源,说明\n盗窃,5,6,甲,乙\n诈骗,7,8,,丙\n", Options{}, "B2:C2", "D2:E2", "A2:A3")
	of := partsOfAll(result)
	for cell, want := range map[string]PartKind{"A1": PartTitle, "A2": PartHeader, "B2": PartHeader, "B3": PartHeader, "C3": PartHeader, "B4": PartFigures, "A5": PartCategory} {
		if of[cell] != want {
			t.Errorf("%s is told to be %q, want %q", cell, of[cell], want)
		}
	}
	over := map[string]string{}
	for _, p := range result.Readings[0].Parts {
		if p.Of != "" {
			over[p.Range.String()] = p.Of
		}
	}
	if over["B2"] != "立案 / 本月" || over["C3"] != "立案 / 上年同期" || over["A2"] != "案别" {
		t.Errorf("the header stands over %v", over)
	}
}

// What stands in the rows of a reading is told to be read, and what was left out is not.
func TestPartsAgree(t *testing.T) {
	for _, name := range []string{"readings", "lists"} {
		archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".csv") {
				continue
			}
			w, _ := table.Open("报表.csv", f.Data)
			result, _ := read(t, "报表.csv", string(f.Data), Options{Ledgers: []string{"意见建议", "利益诉求", "投诉举报"}})
			of := partsOfAll(result)
			skipped := slices.Clone(result.Skipped)
			for _, r := range result.Readings {
				skipped = append(skipped, r.Skipped...)
				for _, row := range r.Rows {
					for i, c := range row.Cells {
						if c.Text == "" || c.At().Cell == "" || r.Fields[i].Role == bureau.RolePeriod || r.Fields[i].Name == groupKey {
							continue
						}
						switch as := of[c.At().InFile()]; as {
						case PartFigures, PartText, PartCategory, PartPeriod, PartTotal:
						default:
							t.Errorf("%s: %s (%s) is read, and told to be %q", f.Name, c.At().InFile(), c.Text, as)
						}
					}
				}
				for i, at := range r.Heads {
					if column, row, _ := bureau.ParseCell(at.Cell); !holds(w, column, row) {
						continue // what gathers it stands to the left
					}
					if as := of[at.InFile()]; as != PartHeader && as != PartOut && as != PartTotal {
						t.Errorf("%s: %s, over the column %s, is told to be %q", f.Name, at.InFile(), r.Layout[i], as)
					}
				}
			}
			for _, s := range skipped {
				first, _, _ := strings.Cut(s.Range, ":")
				if column, row, ok := bureau.ParseCell(first); ok {
					if as := of[bureau.CellName(column, row)]; as != PartOut && as != PartNote && as != PartTotal && !strings.HasPrefix(s.Why.EN, "there are no figures") {
						t.Errorf("%s: %s is told to be %q, and was left out: %s", f.Name, first, as, s.Why.EN)
					}
				}
			}
		}
	}
}

// holds tells whether something stands in a cell of the first sheet.
func holds(w *table.Workbook, column, row int) bool {
	return slices.ContainsFunc(w.Sheets[0].Rows, func(r table.SheetRow) bool {
		return r.Row == row && slices.ContainsFunc(r.Cells, func(v table.Value) bool { return v.Column == column })
	})
}
