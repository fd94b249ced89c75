package render

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/markdown"
	"sunshine/site/period"
	"sunshine/site/problem"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func load(t testing.TB, own map[string]string) *Templates {
	t.Helper()
	templates, problems := loadOwn(t, own)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return templates
}

func build(t testing.TB, in Input) map[string][]byte {
	t.Helper()
	files, problems := pages(load(t, nil), in)
	for _, p := range problems {
		if p.Severity == problem.Error {
			t.Errorf("%v: %s", p.Position, p.Message.EN)
		}
	}
	return byPath(t, files)
}

func byPath(t testing.TB, files []bureau.File) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, f := range files {
		if _, twice := all[f.Path]; twice {
			t.Errorf("%s is written twice", f.Path)
		}
		all[f.Path] = f.Bytes
	}
	return all
}

// TestGolden holds the bytes of the first page of each template in each language,
// of every guide, since they differ most, and of what is no page.
func TestGolden(t *testing.T) {
	// Styles change more often than pages; the golden pages link an empty one.
	templates, in := load(t, map[string]string{"site.css": "", "icon.svg": ""}), fixture(t)
	files, problems := pages(templates, in)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := byPath(t, files)
	seen := map[string]bool{}
	for _, p := range newSite(templates, in).pages() {
		kind := p.template + " " + p.language.Name
		if seen[kind] && p.template != "guide.html" {
			delete(got, p.path)
		}
		seen[kind] = true
	}
	// Nobody reads a picture in a diff: package card holds what a card is.
	maps.DeleteFunc(got, func(name string, _ []byte) bool {
		return strings.HasPrefix(name, "assets/") || strings.HasSuffix(name, ".png")
	})
	const folder = "testdata/site"
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		for path, b := range got {
			name := filepath.Join(folder, path)
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, b, 0o666)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for path, b := range got {
		if want, err := os.ReadFile(filepath.Join(folder, path)); err != nil || !bytes.Equal(b, want) {
			t.Errorf("%s differs (%v); look at it with go test -update and git diff", path, err)
		}
	}
}

// The bytes depend on the input alone: not on how many pages are rendered at a
// time, nor on an earlier run.
func TestSameBytes(t *testing.T) {
	templates := load(t, nil)
	var want []bureau.File
	for _, jobs := range []int{1, 2, 8, 0} {
		in := fixture(t)
		in.Jobs = jobs
		got, _ := pages(templates, in)
		if want == nil {
			want = got
		}
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i].Path != want[i].Path || !bytes.Equal(got[i].Bytes, want[i].Bytes) {
				t.Fatalf("--jobs %d: file %d differs", jobs, i)
			}
		}
	}
}

// Without a base URL nothing claims an address, and the feed stays valid.
func TestNoBaseURL(t *testing.T) {
	in := fixture(t)
	in.BaseURL = ""
	files := build(t, in)
	if _, ok := files["sitemap.xml"]; ok {
		t.Error("sitemap.xml needs absolute addresses")
	}
	if feed := string(files["feed.xml"]); !strings.Contains(feed, "<id>urn:uuid:") || !strings.Contains(feed, `href="notices/2026-10-20-window/index.html"`) {
		t.Error(feed)
	}
	if page := string(files["guides/hukou/id-card/index.html"]); strings.Contains(page, "canonical") || !strings.Contains(page, `hreflang="en" href="../../../en/guides/hukou/id-card/index.html"`) {
		t.Error(page)
	}
	if page := string(files["404.html"]); !strings.Contains(page, `href="/assets/site.`) {
		t.Error(page)
	}
}

func TestBaseURL(t *testing.T) {
	files := build(t, fixture(t))
	for path, want := range map[string]string{
		"404.html":                        `href="/sunshine/assets/site.`,
		"robots.txt":                      "Sitemap: https://police.example/sunshine/sitemap.xml",
		"sitemap.xml":                     "<loc>https://police.example/sunshine/stats/cases-solved/</loc>\n  <lastmod>2006-09-10</lastmod>",
		"feed.xml":                        "<id>https://police.example/sunshine/notices/2026-10-20-window/</id>",
		"guides/hukou/id-card/index.html": `<link rel="canonical" href="https://police.example/sunshine/guides/hukou/id-card/">`,
	} {
		if !strings.Contains(string(files[path]), want) {
			t.Errorf("%s lacks %s:\n%s", path, want, files[path])
		}
	}
}

// A table of more than 500 rows shows the newest, in the order of the file,
// and says where the others are.
func TestLongTable(t *testing.T) {
	for _, descending := range []bool{false, true} {
		in := fixture(t)
		s := in.Bureau.Statistics[0]
		s.Rows, s.Columns, s.Periods = nil, nil, nil
		for i := range 600 {
			year := 1400 + i
			if descending {
				year = 1999 - i
			}
			p := period.Period{Text: strconv.Itoa(year), Start: period.NewDate(year, 1, 1), End: period.NewDate(year, 12, 31)}
			s.Append(bureau.Row{}, p, bureau.Cell{Text: p.Text, Number: math.NaN()}, bureau.Cell{Number: float64(year)}, bureau.Cell{Number: 1})
		}
		page := string(build(t, in)["stats/cases-solved/index.html"])
		if n := strings.Count(page, `<th scope="row">`); n != 500 {
			t.Errorf("%d rows", n)
		}
		if !strings.Contains(page, ">1999年<") || !strings.Contains(page, ">1500年<") || strings.Contains(page, ">1499年<") {
			t.Error("not the newest rows")
		}
		if before := strings.Index(page, ">1500年<") < strings.Index(page, ">1999年<"); before == descending {
			t.Error("not in the order of the file")
		}
		if !strings.Contains(page, "只列最近的500行，全部600行") {
			t.Error("the page does not say that rows are left out")
		}
	}
}

func TestStatisticPage(t *testing.T) {
	page := string(build(t, fixture(t))["stats/cases-solved/index.html"])
	for _, want := range []string{
		`<tr id="r-2005"><th scope="row">2005年</th><td class="n">2385</td><td class="n">[x]</td></tr>`,
		`不满一年：1—8月</span></th><td class="n">1732 <span class="mark">[p]</span></td>`,
		"<dt>[p]</dt><dd>初步数</dd>", "<dt>[x]</dt><dd>无数据</dd>",
		"本统计只含已报案并立案的案件", "示例数据，来源为转载文本，未经核实。",
		`<th scope="col" class="n">破获刑事案件<span class="unit">（件）</span></th>`,
		"已超过预定的发布日期", strings.Repeat("5e", 32), "0123456789abcdef", "注：2006年数字截至8月底。", "刑侦支队",
		`<a href="../../stats/cases-solved/cases-solved.csv" download>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestGuidePage(t *testing.T) {
	files := build(t, fixture(t))
	page := string(files["guides/hukou/id-card/index.html"])
	for _, want := range []string{
		"原件1份、复印件1份", "20个自然日", "承诺办结时限，法定办结时限为60个自然日", "20元", "发改价格〔2003〕2322号",
		`<a class="tel" href="tel:01001234567">0100-1234567</a>`, "、0100-7654322转8",
		"最近一次核实是2026年3月8日，已超过180天的核实周期", `<a href="../../../forms/id-card.pdf" data-address="https://police.example/sunshine/forms/id-card.pdf">`, "《中华人民共和国居民身份证法》第二条",
		`<meta name="ContentSource" content="示范市公安局治安支队">`, `<meta name="PubDate" content="2026-01-05">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if page := string(files["guides/fire/approval/index.html"]); !strings.Contains(page, "已划转") || !strings.Contains(page, `<a href="https://zjj.example/xfsc">`) {
		t.Error("a transferred matter names the office that handles it now:", page)
	}
	if page := string(files["en/guides/hukou/id-card/index.html"]); !strings.Contains(page, `<html lang="en">`) || !strings.Contains(page, "What to bring") || !strings.Contains(page, `hreflang="zh-CN" href="../../../../guides/hukou/id-card/index.html"`) {
		t.Error("English page:", page)
	}
	for path := range files {
		if strings.Contains(path, "draft") {
			t.Errorf("a draft is published: %s", path)
		}
	}
}

// English pages carry the English names; what has none is marked as Chinese.
func TestEnglishNames(t *testing.T) {
	in := fixture(t)
	in.Bureau.Site.English.Title = str("Sunshine Policing, Shifan")
	page := string(build(t, in)["en/index.html"])
	for _, want := range []string{"<title>Sunshine Policing, Shifan</title>", "<h1>Sunshine Policing, Shifan</h1>", `<p><span lang="zh-CN">公开警务数据和办事指南，接受社会监督。</span></p>`, `Published by: <span lang="zh-CN">示范市公安局</span>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	in.Bureau.Site.English.Organization = str("Shifan Public Security Bureau")
	if page := string(build(t, in)["en/index.html"]); !strings.Contains(page, "Published by: Shifan Public Security Bureau<") {
		t.Error(page)
	}
	if page := string(build(t, in)["index.html"]); strings.Contains(page, "Shifan") {
		t.Error("an English name on a Chinese page")
	}
}

// The data notice stands on every page that shows figures, whatever its kind.
func TestDataNotice(t *testing.T) {
	in := fixture(t)
	const body = "data/notices/2026-10-20-window.md"
	for _, d := range []string{body, "data/guides/hukou/id-card.md", "data/pages/about.md"} {
		withDocument(&in, d, func(document *markdown.Document) { document.HasFigure = true })
	}
	files := build(t, in)
	for path, want := range map[string]bool{
		"index.html": true, "stats/index.html": true, "stats/cases-solved/index.html": true,
		"notices/2026-10-20-window/index.html": true, "guides/hukou/id-card/index.html": true, "about/index.html": true,
		"notices/2026-09-30-fraud/index.html": false, "guides/vehicle/plate/index.html": false,
	} {
		if got := strings.Contains(string(files[path]), "示例数据，来源为转载文本，未经核实。"); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

// BenchmarkGuidePage renders 1,000 guides with every element and a body of
// 6 KB. Divide by 1,000 for one page.
func BenchmarkGuidePage(b *testing.B) {
	in := fixture(b)
	document := markdown.Document{Plain: "说明"}
	for i := range 4 {
		id := "h" + strconv.Itoa(i)
		document.Headings = append(document.Headings, markdown.Heading{Level: 2, ID: id, Text: "办理条件"})
		document.HTML += "<h2 id=\"" + id + "\">办理条件</h2>\n" + strings.Repeat("<p>申请人应当如实提供材料，并对材料的真实性负责。办理前请先打电话确认所需材料。</p>\n", 12)
	}
	for i := range 1000 {
		g := *idCard()
		g.Name = "guide-" + strconv.Itoa(i)
		g.File = "data/guides/hukou/" + g.Name + ".md"
		g.LegalBasis, g.Conditions, g.Materials, g.Steps, g.Places = g.LegalBasis[:1], g.Conditions[:1], g.Materials[1:2], g.Steps[1:3], g.Places[:1]
		in.Bureau.Guides = append(in.Bureau.Guides, &g)
	}
	in.Document = func(string) markdown.Document { return document }
	in.Jobs = 1
	templates := load(b, nil)
	b.ReportAllocs()
	for b.Loop() {
		files, _ := pages(templates, in)
		b.ReportMetric(float64(len(byPath(b, files)["guides/hukou/guide-1/index.html"])), "bytes/page")
	}
}
