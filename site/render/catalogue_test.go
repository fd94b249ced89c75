package render

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/sweep"
)

// withCatalogue publishes the statistics of the fixture.
func withCatalogue(t *testing.T, in Input) Input {
	t.Helper()
	p := opendata.Publisher{Site: in.Bureau.Site, Language: locale.Builtin(problem.Chinese), BaseURL: "https://police.example/sunshine/"}
	var datasets []opendata.Dataset
	for _, s := range in.Bureau.Statistics {
		d, err := p.Publish(opendata.Statistic(s, locale.Builtin(problem.Chinese)))
		if err != nil {
			t.Fatal(err)
		}
		datasets = append(datasets, d)
	}
	var err error
	if in.Catalogue, err = p.Catalogue(datasets); err != nil {
		t.Fatal(err)
	}
	return in
}

// sweepPublished holds the pages against what all must be, with what other
// packages write beside them.
func sweepPublished(t *testing.T, in Input, files map[string][]byte) {
	t.Helper()
	files["forms/id-card.pdf"] = nil
	for _, f := range in.Catalogue.Files() {
		files[f.Path] = f.Bytes
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
}

func TestCatalogue(t *testing.T) {
	in := fixture(t)
	if files := build(t, in); files["data/index.html"] != nil || files["data/dictionary/index.html"] != nil || bytes.Contains(files["index.html"], []byte("data/index.html")) {
		t.Error("a catalogue of nothing")
	}
	in.Bureau.Site.License = bureau.License{Name: str("CC0-1.0"), URL: str("https://cc.example/0")}
	in = withCatalogue(t, in)
	files := build(t, in)
	sweepPublished(t, in, files)
	for path, parts := range map[string][]string{
		"data/index.html": {
			`<a href="https://cc.example/0">CC0-1.0</a>`, `<a href="../data/all.zip" download>`, `<a href="../datapackage.json" download>`,
			`<code>https://police.example/sunshine/stats/名称/名称.csv</code>`, `<h3><a href="../stats/cases-solved/index.html">破获刑事案件</a></h3>`,
			"数据期间：2004年 至 2006年1—8月", "3行", `<time datetime="2006-09-10">`, `<a href="../stats/cases-solved/cases-solved.csv" download>`,
			`<a href="../data/dictionary/index.html#table-cases-solved">`,
		},
		"data/dictionary/index.html": {
			`<dt>[c]</dt><dd>不公布，以免认出具体的人</dd>`, `<dt>total</dt>`, `<h3 id="table-cases-solved">`,
			`<tr><th scope="row">破获刑事案件（件）</th><td>整数</td><td>数值</td><td>件</td><td></td>`,
			`<tr><th scope="row">期间_end</th><td>日期</td><td></td><td></td><td></td><td class="t">“期间”的最后一天</td></tr>`,
			`<tr><th scope="row">破获刑事案件（件）_status</th>`,
		},
		"stats/cases-solved/index.html": {`<script type="application/ld+json">{"@context":"https://schema.org/","@type":"Dataset",`, `<a href="../../data/dictionary/index.html#table-cases-solved">各列的含义</a>`},
		"stats/index.html":              {`<a href="../data/index.html">开放数据</a>`},
		"sitemap/index.html":            {`<a href="../data/index.html">开放数据</a>`, `<a href="../data/dictionary/index.html">数据字典</a>`},
	} {
		for _, part := range parts {
			if !strings.Contains(string(files[path]), part) {
				t.Errorf("%s lacks %s:\n%s", path, part, files[path])
			}
		}
	}
	if bytes.Contains(files["guides/index.html"], []byte("ld+json")) {
		t.Error("a page without a dataset describes one")
	}
	if bytes.Contains(files["data/index.html"], []byte("太大，没有打包")) {
		t.Error("an archive that is there is said to be left out")
	}
	in.Catalogue.Archive = bureau.File{}
	if page := string(build(t, in)["data/index.html"]); strings.Contains(page, "all.zip") || !strings.Contains(page, "数据表合在一起太大，没有打包。") {
		t.Errorf("tables too large for an archive are not said to be: %s", page)
	}
}

// A site without a licence says so, and a text that staff wrote stays a text.
func TestCatalogueHostile(t *testing.T) {
	in := fixture(t)
	const nasty = `</script><script>alert(1)</script>"'<!-- & <b>`
	s := in.Bureau.Statistics[0]
	s.Descriptor.Title, s.Descriptor.Description, s.Fields[1].Name, s.Fields[1].Title = str(nasty), str(nasty), nasty, nasty
	in = withCatalogue(t, in)
	files := build(t, in)
	sweepPublished(t, in, files)
	if !strings.Contains(string(files["data/index.html"]), "没有写明数据的使用许可") {
		t.Error("nothing is said of the licence")
	}
	for _, name := range []string{"stats/cases-solved/index.html", "data/index.html"} {
		root, err := html.Parse(bytes.NewReader(files[name]))
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "script" && n.FirstChild != nil {
				found++
				var v map[string]any
				if err := json.Unmarshal([]byte(n.FirstChild.Data), &v); err != nil {
					t.Errorf("%s: %v in %s", name, err, n.FirstChild.Data)
				} else if list, ok := v["dataset"].([]any); ok {
					v = list[0].(map[string]any)
					if v["name"] != nasty {
						t.Errorf("%s: name %v", name, v["name"])
					}
				} else if v["description"] != nasty {
					t.Errorf("%s: description %v", name, v["description"])
				}
			}
		}
		if found != 1 {
			t.Errorf("%s: %d scripts hold something", name, found)
		}
	}
}
