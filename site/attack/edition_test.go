package attack_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"sunshine/site/attack"
)

// kept is a built site with the releases that it keeps: the first table is that of the
// page, the others those of the releases, the oldest first.
func kept(tables ...string) []string {
	files := []string{"x", download(tables[0])}
	for i, table := range tables[1:] {
		label, since := fmt.Sprintf("r%d", i+1), ""
		if i > 0 {
			since = fmt.Sprintf("r%d", i)
		}
		files = append(files, "releases/"+label+"/x.csv", download(table), fmt.Sprintf("ledger/%04d-%s.json", i+1, label), entry(label, since, table))
		if i == len(tables)-2 {
			files = append(files, "releases/latest/x.csv", download(table))
		}
	}
	return files
}

// download makes the CSV of a table of 类别=人数 in one year.
func download(table string) string {
	text := "年度,年度_start,年度_end,类别,人数（人）,row_type\n"
	for _, cell := range strings.Fields(table) {
		name, figure, _ := strings.Cut(cell, "=")
		kind := "data"
		if name == "合计" {
			kind = "total"
		}
		text += fmt.Sprintf("2025年,2025-01-01,2025-12-31,%s,%s,%s\n", name, figure, kind)
	}
	return text
}

// entry makes the record of a release with such a table.
func entry(label, since, table string) string {
	var periods, names, figures []string
	for _, cell := range strings.Fields(table) {
		name, figure, _ := strings.Cut(cell, "=")
		if strings.HasPrefix(figure, "[") {
			figure = `"` + figure + `"`
		}
		periods, names, figures = append(periods, `"2025-01-01/2025-12-31"`), append(names, `"`+name+`"`), append(figures, figure)
	}
	return fmt.Sprintf(`{"sha256":"0",
"format":2,"label":%q,"date":"2026-01-0%s","since":%q,
"statistics":[
{"name":"x","definition":{"title":"甲","frequency":"yearly","keys":["类别"],"measures":[{"name":"人数（人）","unit":"人"}]},"periods":[%s],"categories":[[%s]],"figures":[[%s]]}
],
"gone":[],"statements":[],"addresses":[],"tables":[{"name":"x","sha256":"0","size":1}],"inputs_sha256":"0"}`,
		label, label[1:], since, strings.Join(periods, ","), strings.Join(names, ","), strings.Join(figures, ","))
}

const safe = "盗窃=[c] 诈骗=[c] 抢劫=30 合计=53"

// What a release showed and the site does not is found in the site alone: it keeps its
// releases.
func TestEarlierEditionsOfOneSite(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		want  string // part of a finding; empty for none
	}{
		"the same":                     {kept(safe, safe, safe), ""},
		"given once, withheld now":     {kept(safe, "盗窃=3 诈骗=20 抢劫=30 合计=53"), "盗窃 人数（人） =3"},
		"given in the first of three":  {kept(safe, "盗窃=3 诈骗=20 抢劫=30 合计=53", safe, safe), "盗窃 人数（人） =3"},
		"another one withheld before":  {kept(safe, "盗窃=[c] 诈骗=20 抢劫=[c] 合计=53"), "盗窃 人数（人） =3"},
		"other figures, the same kept": {kept("盗窃=[c] 诈骗=[c] 抢劫=40 合计=70", safe), ""},
		"the record alone gives it": {append(kept(safe, safe), "ledger/0002-r2.json", entry("r2", "r1", "盗窃=3 诈骗=20 抢劫=30 合计=53")),
			"盗窃 人数（人） =3"},
		"the record alone gave it, all do now": {append(kept(safe, "盗窃=[c] 诈骗=[c] 抢劫=[c] 合计=53"), "ledger/0001-r1.json", entry("r1", "", safe)), "抢劫 人数（人） =30"},
		"the table alone gives it":             {append(kept(safe, safe), "releases/r1/x.csv", download("盗窃=3 诈骗=20 抢劫=30 合计=53")), "盗窃 人数（人） =3"},
		"the latest alone gives it": {append(kept(safe, safe), "releases/latest/x.csv", download("盗窃=3 诈骗=20 抢劫=30 合计=53")),
			"盗窃 人数（人） =3"},
		"a folder that no record tells of": {append(kept(safe, safe), "releases/r0/x.csv", download("盗窃=3 诈骗=20 抢劫=30 合计=53")), "盗窃 人数（人） =3"},
		"a statistic that was withdrawn":   {append(kept(safe, safe), "releases/r1/y.csv", download("甲=3 乙=20")), "y 2025年/甲 人数（人） =3"},
	} {
		t.Run(name, func(t *testing.T) {
			r := attack.Sites([]fs.FS{site(c.files...)})
			got := strings.Join(told(r), "\n")
			if len(r.Unread) > 0 || (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
				t.Errorf("found %q, want %q; not read %v", got, c.want, r.Unread)
			}
		})
	}
}

// A table that stands in several editions, in the record and in its table, in two
// folders, is one table.
func TestOneTableCountsOnce(t *testing.T) {
	alone := attack.Sites([]fs.FS{site("x", download(safe))})
	var records []string
	files := kept(safe, safe, safe)
	for i := 0; i < len(files); i += 2 {
		if base, ok := strings.CutPrefix(files[i], "ledger/"); ok {
			records = append(records, base[len("0001-"):], files[i+1])
		}
	}
	for name, r := range map[string]attack.Report{
		"one site":               attack.Sites([]fs.FS{site(files...)}),
		"the site twice":         attack.Sites([]fs.FS{site(files...), site(files...)}),
		"its records beside it":  attack.Sites([]fs.FS{site(records...), site(files...)}),
		"one record, then later": attack.Sites([]fs.FS{site(records[:2]...), site(files...)}),
	} {
		if len(r.Unread) > 0 || r.Statistics != 1 || r.Withheld != alone.Withheld || r.Figures != alone.Figures || r.Relations != alone.Relations {
			t.Errorf("%s: %d statistics, %d withheld, %d figures, %d relations; alone 1, %d, %d, %d; not read %v", name,
				r.Statistics, r.Withheld, r.Figures, r.Relations, alone.Withheld, alone.Figures, alone.Relations, r.Unread)
		}
	}
}

// What the page says of its table holds for the earlier ones too: how small a count is
// not published.
func TestPageSpeaksForEarlierEditions(t *testing.T) {
	for page, want := range map[string]string{"<main><p>1至9的不公布，写作 [c]</p></main>": "x 2025年/诈骗 人数（人） =7", "<main><p>1至4的不公布，写作 [c]</p></main>": ""} {
		r := attack.Sites([]fs.FS{site(append(kept("盗窃=20 抢劫=30", "盗窃=20 诈骗=7 抢劫=30"), "stats/x/index.html", page)...)})
		if got := strings.Join(told(r), "\n"); got != want || len(r.Unread) > 0 {
			t.Errorf("%s: found %q, want %q; not read %v", page, got, want, r.Unread)
		}
	}
}

// A row that was taken off is known from the edition that had it, and stands in no
// later one.
func TestGoneRowsStandInNoLaterEdition(t *testing.T) {
	later := `{"sha256":"0",
"format":2,"label":"r2","date":"2026-01-02","since":"r1",
"statistics":[
{"name":"x","periods":[],"categories":[[]],"figures":[[]],"gone":["2025-01-01/2025-12-31 诈骗"]}
],
"gone":[]}`
	files := []string{"r1.json", entry("r1", "", "盗窃=10 诈骗=20"), "r2.json", later}
	r := attack.Sites([]fs.FS{site(files...)})
	if !r.Clean() || r.Figures != 3 {
		t.Errorf("%d figures, not the 2 before and the 1 that stayed; %v %q", r.Figures, r.Unread, told(r))
	}
}

func TestAnEntryThatCannotBeReadIsNamed(t *testing.T) {
	for name, text := range map[string]string{"no JSON": "{", "of a later version": `{"format":3}`, "a label that leads elsewhere": `{"format":2,"label":"../x"}`} {
		r := attack.Sites([]fs.FS{site(append(kept(safe, safe), "ledger/0002-r2.json", text)...)})
		if !slices.ContainsFunc(r.Unread, func(u attack.Unread) bool { return u.File == "ledger/0002-r2.json" }) {
			t.Errorf("%s: not read %v", name, r.Unread)
		}
	}
}
