package site_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/sweep"
)

// The descriptor of the case header-only.
const headerOnly = `title: 测试
frequency: yearly
sources: [{title: 测试}]
released: 2026-10-30
LAYOUT
schema:
  fields:
    - {name: 期间, type: string, role: period}
    - {name: 件数, type: integer, role: measure, unit: "件", risk: event}
`

// header-only: a table with a header alone is an error, and a page that says so where
// its descriptor says that nothing has been reported yet. What quotes it is told so.
func TestHeaderOnly(t *testing.T) {
	const quote = "---\ntitle: 关于本站\nupdated: 2026-10-01\n---\n共{{x/2025/件数}}件。\n\n```chart\nstatistic: x\ntype: bar\n```\n"
	for name, c := range map[string]struct {
		layout string
		files  map[string]string
		want   []string
	}{
		"nothing said":       {"", nil, []string{"data/stats/x.csv:1:1 (A1) error stats/no-rows there is a header but no data"}},
		"none yet":           {"layout: {rows: none-yet}", nil, nil},
		"in Chinese":         {"版式: {数据行: 尚未报送}", nil, nil},
		"with rows":          {"layout: {rows: none-yet}", map[string]string{"stats/x.csv": "期间,件数\n2025年,120\n"}, []string{"data/stats/x.yaml:5:16 error stats/no-rows it says that nothing has been reported yet, but the table has rows: 1"}},
		"another word":       {"layout: {rows: later}", nil, []string{"data/stats/x.yaml:5:16 error stats/layout"}},
		"quoted and drawn":   {"layout: {rows: none-yet}", map[string]string{"pages/about.md": quote}, []string{"data/pages/about.md:5:2 error markdown/figure the statistic \"x\" has not been reported yet", "data/pages/about.md:8:1 error chart/statistic the statistic \"x\" has not been reported yet"}},
		"on the home page":   {"layout: {rows: none-yet}", map[string]string{"site.yaml": caseSettings + "home_figures: [x]\n"}, []string{"data/site.yaml:4:16 error site/home-figures the statistic \"x\" has not been reported yet"}},
		"published, and now": {"layout: {rows: none-yet}", map[string]string{"releases/2026-09.json": ""}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"stats/x.csv": "期间,件数\n", "stats/x.yaml": strings.Replace(headerOnly, "LAYOUT", c.layout, 1)}
			for file, text := range c.files {
				files[file] = text
			}
			if _, released := files["releases/2026-09.json"]; released {
				dir := t.TempDir()
				putFile(t, filepath.Join(dir, "data", "site.yaml"), caseSettings)
				putFile(t, filepath.Join(dir, "data", "stats", "x.csv"), "期间,件数\n2025年,120\n")
				putFile(t, filepath.Join(dir, "data", "stats", "x.yaml"), strings.Replace(headerOnly, "LAYOUT", "", 1))
				if _, problems, err := site.Release(context.Background(), options(dir, ""), "2026-09"); err != nil || problems.Errors() > 0 {
					t.Fatal(err, problemsError(problems))
				}
				for file, text := range tree(t, filepath.Join(dir, "data", "releases")) {
					files["releases/"+file] = string(text)
				}
				c.want = []string{"data/stats/x.csv:1:1 (A1) error revision/removed"}
			}
			begins(t, verdict(t, files), c.want...)
		})
	}
}

// The page, the lists and the target say that it is not yet reported; there is no
// chart of it and nothing to take away.
func TestNoneYetPage(t *testing.T) {
	dir := t.TempDir()
	for file, text := range map[string]string{
		"site.yaml": caseSettings, "stats/x.csv": "期间,件数\n", "stats/x.yaml": strings.Replace(headerOnly, "LAYOUT", "layout: {rows: none-yet}", 1),
		"targets.csv": "统计,字段,单位,期间,目标,方向,制定,依据\nx,件数,,2026,90,不低于,某市人民政府,年度工作计划\n",
	} {
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(file)), text)
	}
	out := filepath.Join(dir, "public")
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	files := tree(t, out)
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
	page := string(files["stats/x/index.html"])
	for _, want := range []string{"尚未报送：这项统计还没有数字", "将公布的各列：期间、件数"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, no := range []string{"<table", "<figure", "download"} {
		if strings.Contains(page, no) {
			t.Errorf("the page has %q", no)
		}
	}
	for _, list := range []string{"stats/index.html", "targets/index.html"} {
		if !strings.Contains(string(files[list]), "尚未报送") {
			t.Errorf("%s does not say so", list)
		}
	}
	for file := range files {
		if strings.HasPrefix(file, "stats/x/") && file != "stats/x/index.html" {
			t.Errorf("there is %s", file)
		}
	}
	if strings.Contains(string(files["datapackage.json"]), `"x"`) {
		t.Error("datapackage.json lists a table without rows")
	}
}
