package attack_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"sunshine/site/attack"
)

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const withheld = "类别,人数（人）\n甲,[c]\n乙,20\n"

func TestWhatAnyFormGivesIsKnown(t *testing.T) {
	workbook := func(value string) string {
		return zipped(t, "xl/sharedStrings.xml", `<sst><si><t>类别</t></si><si><r><t>人数</t></r><r><t>（人）</t></r></si><si><t>甲</t></si></sst>`,
			"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row><c r="A2" t="s"><v>2</v></c>`+value+`</row></sheetData></worksheet>`)
	}
	for name, c := range map[string]struct{ file, gives, keeps string }{
		"a workbook":          {"stats/x/x.xlsx", workbook(`<c r="B2"><v>3</v></c>`), workbook(`<c r="B2" t="inlineStr"><is><t>[c]</t></is></c>`)},
		"the archive":         {"data/all.zip", zipped(t, "stats/x/x.csv", "类别,人数（人）\n甲,3\n乙,20\n"), zipped(t, "stats/x/x.csv", withheld)},
		"the sources":         {"data/sources.zip", zipped(t, "data/stats/x.csv", "类别,人数（人）\n甲,3\n乙,20\n"), zipped(t, "data/stats/x.csv", withheld)},
		"an earlier release":  {"releases/2026-09/stats/x/x.csv", "类别,人数（人）\n甲,3\n乙,20\n", withheld},
		"a table of the page": {"stats/x/index.html", `<table><thead><tr><th>类别</th><th>人数</th></tr></thead><tbody><tr><td>甲</td><td>3</td></tr></tbody></table>`, `<table><thead><tr><th>类别</th><th>人数</th></tr></thead><tbody><tr><td>甲</td><td>[c]</td></tr></tbody></table>`},
	} {
		t.Run(name, func(t *testing.T) {
			got := attack.Sites([]fs.FS{site("x", withheld, c.file, c.gives)})
			if len(got.Findings) == 0 || got.Findings[0].Low != 3 || got.Findings[0].High != 3 {
				t.Errorf("found %q", told(got))
			}
			got = attack.Sites([]fs.FS{site("x", withheld, c.file, c.keeps)})
			if !got.Clean() || got.Withheld == 0 {
				t.Errorf("found %q, not read %v, withheld %d", told(got), got.Unread, got.Withheld)
			}
		})
	}
}

func TestWhatCannotBeReadIsNamed(t *testing.T) {
	for _, file := range []string{"stats/x/x.json", "stats/x/x.xlsx", "data/all.zip", "data/sources.zip", "datapackage.json"} {
		got := attack.Sites([]fs.FS{site("x", withheld, file, "{")})
		if got.Clean() || len(got.Unread) != 1 || got.Unread[0].File != file {
			t.Errorf("%s: not read %v", file, got.Unread)
		}
	}
	got := attack.Sites([]fs.FS{site("x", "")})
	if got.Clean() || got.Unread[0].File != "stats/x/x.csv" {
		t.Errorf("an empty file: not read %v", got.Unread)
	}
}

// Two runs say the same, word for word.
func TestSameFilesSameReport(t *testing.T) {
	say := func() string {
		var b strings.Builder
		for _, l := range leaks {
			r := attack.Sites(l.leaky)
			for _, f := range r.Findings {
				b.WriteString(f.Text().ZH + "\n" + f.Text().EN + "\n")
			}
			b.WriteString(r.Summary().ZH + r.Summary().EN + "\n")
		}
		return b.String()
	}
	first := say()
	for range 5 {
		if say() != first {
			t.Fatal("two runs differ")
		}
	}
}

// FuzzSites: whatever is published, the audit ends and does not panic.
func FuzzSites(f *testing.F) {
	for _, l := range leaks {
		data, err := fs.ReadFile(l.leaky[0], "stats/x/x.csv")
		if err == nil {
			f.Add(string(data), "<table><tr><td>甲", "1至9 [c] 凑整为5的倍数")
		}
	}
	f.Fuzz(func(t *testing.T, table, page, prose string) {
		if len(table) > 4000 {
			return
		}
		for _, finding := range attack.Sites([]fs.FS{site("x", table), site("x", table, "y", table, "stats/x/index.html", prose+page)}).Findings {
			if finding.Low > finding.High {
				t.Errorf("%+v", finding)
			}
		}
	})
}

// A cross-table, a table of one year, and a view of a long one are read as the rows that
// they are; a total that only a page has, with what it adds up.
func TestTablesOfPages(t *testing.T) {
	const download = "月份,类别,人数（人）\n2025年1月,甲,[c]\n2025年1月,乙,20\n2025年1月,丙,30\n2025年2月,甲,40\n2025年2月,乙,50\n2025年2月,丙,60\n"
	cross := func(value string) string {
		return `<table class="cross" data-of="人数" data-across="类别" data-prefix="2025年"><caption>人数 <span class="fixed">2025年</span></caption><thead><tr><th>月份</th><th>甲</th><th>乙</th></tr></thead>` +
			`<tbody><tr><th>1月</th><td>` + value + `</td><td>20</td></tr><tr><th>2月</th><td>40</td><td></td></tr></tbody></table>`
	}
	view := func(value string) string {
		return `<table><caption><span data-field="类别">甲</span></caption><thead><tr><th>月份</th><th>人数</th></tr></thead><tbody><tr><th>2025年1月</th><td>` + value + `</td></tr></tbody></table>`
	}
	whole := func(value string) string {
		return `<table><caption>人数 <span class="fixed">类别：<span data-field="类别">全部</span></span></caption><thead><tr><th>月份</th><th>人数</th></tr></thead><tbody><tr><th>2025年1月</th><td>` + value + `</td></tr></tbody></table>`
	}
	for name, c := range map[string]struct{ file, gives, keeps string }{
		"a cross-table":      {"stats/x/index.html", cross("3"), cross("[c]")},
		"a view":             {"stats/x/by-类别/甲/index.html", view("3"), view("[c]")},
		"a year of a view":   {"stats/x/by-类别/甲/2025/index.html", view("3"), view("[c]")},
		"a total of a page":  {"stats/x/index.html", whole("53"), whole("[c]")},
		"a total of a whole": {"stats/x/index.html", whole("53") + cross("[c]"), whole("[x]")},
	} {
		t.Run(name, func(t *testing.T) {
			got := attack.Sites([]fs.FS{site("x", download, c.file, c.gives)})
			if len(got.Findings) == 0 || got.Findings[0].Low != 3 || got.Findings[0].High != 3 {
				t.Errorf("found %q", told(got))
			}
			got = attack.Sites([]fs.FS{site("x", download, c.file, c.keeps)})
			if !got.Clean() || got.Withheld != 1 {
				t.Errorf("found %q, not read %v, withheld %d", told(got), got.Unread, got.Withheld)
			}
		})
	}
}
