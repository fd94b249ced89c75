package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// oddBook writes a workbook: sheets of rows, the cells of a row parted by spaces, "." for an empty
// one.
func oddBook(t *testing.T, file string, sheets ...string) {
	t.Helper()
	book := excelize.NewFile()
	for n, sheet := range sheets {
		lines := strings.Split(strings.TrimSpace(sheet), "\n")
		name := lines[0]
		if n == 0 {
			book.SetSheetName("Sheet1", name)
		} else if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, line := range lines[1:] {
			for c, text := range strings.Fields(line) {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case text == ".":
					continue
				case strings.Trim(text, "0123456789") == "":
					err = book.SetCellDefault(name, cell, text)
				default:
					err = book.SetCellStr(name, cell, text)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
}

// The second month of a table of an odd layout is read by the recipe of the first, and the site is
// built from both.
func TestOddMonths(t *testing.T) {
	for _, c := range []struct {
		name          string
		first, second []string
		want          string // the rows of the second month
	}{
		{"a month more across",
			[]string{"表\n2026年各所接警（起）\n所 7月 8月\n城关 116 117\n东关 126 127"},
			[]string{"表\n2026年各所接警（起）\n所 7月 8月 9月\n城关 116 117 118\n东关 126 127 128"},
			"2026年9月,城关,118\n2026年9月,东关,128\n"},
		{"other months across",
			[]string{"表\n2026年各所接警（起）\n所 7月 8月\n城关 116 117\n东关 126 127"},
			[]string{"表\n2026年各所接警（起）\n所 8月 9月\n城关 117 118\n东关 127 128"},
			"2026年9月,城关,118\n2026年9月,东关,128\n"},
		{"last year across",
			[]string{"表\n2026年8月各所接警（起）\n所 8月 去年8月\n城关 116 106\n东关 126 136"},
			[]string{"表\n2026年9月各所接警（起）\n所 9月 去年9月\n城关 117 107\n东关 127 137"},
			"2026年9月,城关,117\n2025年9月,城关,107\n2026年9月,东关,127\n2025年9月,东关,137\n"},
		{"a sheet a month",
			[]string{"7月\n2026年7月各所接警（起）\n所 接警 有效\n城关 116 57", "8月\n2026年8月各所接警（起）\n所 接警 有效\n城关 117 58"},
			[]string{"7月\n2026年7月各所接警（起）\n所 接警 有效\n城关 116 57", "8月\n2026年8月各所接警（起）\n所 接警 有效\n城关 117 58", "9月\n2026年9月各所接警（起）\n所 接警 有效\n城关 118 59"},
			"2026年9月,城关,118,59\n"},
		{"a sheet a station",
			[]string{"城关所\n2026年8月接警（起）\n类别 接警\n盗窃 51\n诈骗 61", "东关所\n2026年8月接警（起）\n类别 接警\n盗窃 71\n诈骗 81"},
			[]string{"城关所\n2026年9月接警（起）\n类别 接警\n盗窃 52\n诈骗 62", "东关所\n2026年9月接警（起）\n类别 接警\n盗窃 72\n诈骗 82"},
			"2026年9月,城关所,盗窃,52\n2026年9月,城关所,诈骗,62\n2026年9月,东关所,盗窃,72\n2026年9月,东关所,诈骗,82\n"},
		{"by item",
			[]string{"表\n2026年8月工作情况\n项目 本月 累计\n接警（起） 100 800\n罚款（元） 2000 16000"},
			[]string{"表\n2026年9月工作情况\n项目 本月 累计\n接警（起） 110 910\n罚款（元） 2500 18500"},
			"2026年9月,110,910,2500,18500\n"},
		{"two tables a sheet",
			[]string{"表\n2026年8月刑事案件（起）\n所 立案\n城关 52\n\n2026年8月治安案件（起）\n所 立案\n城关 50"},
			[]string{"表\n2026年9月刑事案件（起）\n所 立案\n城关 53\n\n2026年9月治安案件（起）\n所 立案\n城关 51"},
			"2026年9月,城关,53\n2026年9月,城关,51\n"},
		{"year and month in two columns",
			[]string{"表\n接警情况（起）\n年 月 所 接警\n2026 7 城关 110\n2026 8 城关 111"},
			[]string{"表\n接警情况（起）\n年 月 所 接警\n2026 8 城关 111\n２０２６ ９ 城关 112"},
			"2026年9月,城关,112\n"},
		{"nothing over the names",
			[]string{"表\n2026年8月各所情况\n. 盗窃（起） . 诈骗（起） .\n. 本月 上年同期 本月 上年同期\n城关 15 16 17 18"},
			[]string{"表\n2026年9月各所情况\n. 盗窃（起） . 诈骗（起） .\n. 本月 上年同期 本月 上年同期\n城关 25 26 27 28"},
			"2026年9月,城关,25,26,27,28\n"},
		{"in a column as of its end",
			[]string{"表\n2026年各所人口\n所 截至8月底户籍人口（人）\n城关 5000\n东关 6000"},
			[]string{"表\n2026年各所人口\n所 截至9月底户籍人口（人）\n城关 5001\n东关 6001"},
			"截至2026年9月30日,城关,5001\n截至2026年9月30日,东关,6001\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "data/site.yaml"), []byte("title: 阳光警务\norganization: 示范县公安局\nbase_url: https://example.org/\n"))
			imports := func(file string, sheets []string, args ...string) {
				t.Helper()
				file = filepath.Join(t.TempDir(), file)
				oddBook(t, file, sheets...)
				if code, stdout, stderr := runOffice(append(append([]string{"import", "--dir", dir}, args...), file)...); code != 0 {
					t.Fatalf("exit %d\n%s%s", code, stdout, stderr)
				}
			}
			rows := func() (all map[string]string) {
				all = map[string]string{}
				for name, text := range snapshot(t, dir) {
					if strings.HasPrefix(name, "data/stats/") && strings.HasSuffix(name, ".csv") {
						all[name] = text
					}
				}
				return all
			}
			imports("8月.xlsx", c.first, "--yes")
			before := rows()
			imports("9月.xlsx", c.second)
			got := ""
			for _, name := range []string{"各所接警", "接警", "工作情况", "刑事案件", "治安案件", "接警情况", "各所情况", "各所人口"} {
				now, old := rows()["data/stats/"+name+".csv"], before["data/stats/"+name+".csv"]
				if !strings.HasPrefix(now, old) {
					t.Errorf("rows of the first month changed:\n%s\n%s", old, now)
				}
				got += strings.TrimPrefix(now, old)
			}
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			if code, stdout, stderr := runOffice("build", "--as-of", "2026-10-31", dir); code != 0 {
				t.Errorf("build: exit %d\n%s%s", code, stdout, stderr)
			}
		})
	}
}
