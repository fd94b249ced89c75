package site_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
)

// largeBureau writes a bureau of that many sub-bureaus and stations, with ten years
// of monthly figures of each and that many matters.
func largeBureau(t testing.TB, dir string, subBureaus, stations, matters int) {
	t.Helper()
	put := func(name, text string) { putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n")
	var units strings.Builder
	units.WriteString("id,name,level,parent,population,source,address,phone\nsj,示范市公安局,bureau,,,,,\n")
	var names []string
	for i := range subBureaus {
		name := fmt.Sprintf("第%02d分局", i+1)
		names = append(names, name)
		fmt.Fprintf(&units, "fj%02d,%s,sub-bureau,sj,%d,合成数据,示范路%d号,000-1%07d\n", i+1, name, 200000+i*1000, i+1, i)
	}
	for i := range stations {
		name := fmt.Sprintf("第%03d派出所", i+1)
		names = append(names, name)
		fmt.Fprintf(&units, "s%03d,%s,station,fj%02d,%d,合成数据,示范街%d号,000-2%07d\n", i+1, name, i%subBureaus+1, 20000+i*10, i+1, i)
	}
	put("units.csv", units.String())
	var rows, targets strings.Builder
	rows.WriteString("期间,单位,窗口办件\n")
	targets.WriteString("statistic,field,unit,period,target,direction,set_by\n")
	for m := range 120 {
		for i, name := range names {
			fmt.Fprintf(&rows, "%d-%02d,%s,%d\n", 2016+m/12, 1+m%12, name, 300+(m*37+i*101)%400)
		}
	}
	for _, name := range names {
		fmt.Fprintf(&targets, "visits,窗口办件,%s,2025-12,400,at-least,示范市公安局\n", name)
	}
	put("stats/visits.csv", rows.String())
	put("stats/visits.yaml", `title: 窗口办件
frequency: monthly
sources: [{title: 合成数据}]
released: 2026-10-05
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 单位, type: string, role: unit}
    - {name: 窗口办件, type: integer, role: measure, unit: 件, risk: event}
`)
	put("targets.csv", targets.String())
	rows.Reset()
	rows.WriteString("id,ledger,received,unit,summary,discussed,planned,supervised,answered,published,status,answer\n")
	for i := range matters {
		fmt.Fprintf(&rows, "m%05d,意见建议,2026-%02d-%02d,%s,关于第%d号事项的建议,2026-09-25,2026-09-26,2026-09-27,2026-09-28,2026-09-29,已办结,已经答复\n",
			i+1, 1+i%9, 1+i%24, names[i%len(names)], i+1)
	}
	put("suggestions/2026.csv", rows.String())
}

// A bureau of the size of a large city is built, its statistic of all units
// draws no hundreds of panels, and every unit has its own page.
func TestLargeBureau(t *testing.T) {
	dir := t.TempDir()
	largeBureau(t, dir, 4, 40, 50)
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	if _, drawn := files["stats/visits/chart-1.svg"]; drawn {
		t.Error("the statistic of all units draws them beside each other")
	}
	if page := string(files["stats/visits/index.html"]); !strings.Contains(page, `href="../../units/index.html"`) {
		t.Error("the statistic does not lead to its units")
	}
	for i := range 40 {
		folder := fmt.Sprintf("units/s%03d/", i+1)
		page := string(files[folder+"index.html"])
		for _, other := range []string{fmt.Sprintf("第%03d派出所", (i+1)%40+1), "排第"} {
			if strings.Contains(page, other) {
				t.Errorf("%s speaks of %s", folder, other)
			}
		}
		if files[folder+"chart-1.svg"] == nil || files[folder+"chart-2.svg"] != nil {
			t.Errorf("%s has not one chart", folder)
		}
	}
}

// BenchmarkLargeBureau builds 22 sub-bureaus and 224 stations with 29,520 rows and
// 5,000 matters, with and without the output of a build before.
func BenchmarkLargeBureau(b *testing.B) {
	for _, again := range []bool{false, true} {
		name := "cold"
		if again {
			name = "again"
		}
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			largeBureau(b, dir, 22, 224, 5000)
			o := options(dir, filepath.Join(dir, "public"))
			build := func() {
				if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
					b.Fatal(err, problemsError(problems))
				}
			}
			if again {
				build()
			}
			for b.Loop() {
				build()
			}
		})
	}
}

// Of a table that is too large for a workbook, and for a page of each value, the page
// says so; its CSV and JSON have all rows.
func TestLargeTable(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) { putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\n")
	var rows strings.Builder
	rows.WriteString("期间,路口,事件（件）\n")
	const crossings, months = 2100, 48
	for m := range months {
		for i := range crossings {
			fmt.Fprintf(&rows, "%d-%02d,第%d路口,%d\n", 2022+m/12, 1+m%12, i+1, 300+(m*37+i*101)%400)
		}
	}
	put("stats/crossings.csv", rows.String())
	put("stats/crossings.yaml", `title: 路口事件
frequency: monthly
sources: [{title: 合成数据}]
released: 2026-10-05
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 路口, type: string, role: category}
    - {name: 事件（件）, type: integer, role: measure, unit: 件, risk: event}
`)
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	page := string(files["stats/crossings/index.html"])
	for _, said := range []string{"行，没有XLSX", "“路口”一列的取值太多"} {
		if !strings.Contains(page, said) {
			t.Errorf("the page does not say: %s", said)
		}
	}
	if strings.Contains(page, "JSON只说明各列") || strings.Contains(page, ".xlsx") {
		t.Error("the page speaks of what is, or links to what is not")
	}
	if files["stats/crossings/crossings.xlsx"] != nil {
		t.Error("there is a workbook")
	}
	if n := strings.Count(string(files["stats/crossings/crossings.csv"]), "\n"); n != crossings*months+1 {
		t.Errorf("%d lines of CSV", n)
	}
	if n := strings.Count(string(files["stats/crossings/crossings.json"]), "\n{"); n != crossings*months {
		t.Errorf("%d rows of JSON", n)
	}
}
