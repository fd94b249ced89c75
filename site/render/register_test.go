package render

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/locale"
	"sunshine/site/markdown"
	"sunshine/site/opendata"
	"sunshine/site/problem"
	"sunshine/site/sweep"
)

// promises is a register with a column of every role and type.
func promises() *bureau.Register {
	r := &bureau.Register{
		Name: "promises", File: "data/registers/promises.csv", Described: true,
		Descriptor: bureau.RegisterDescriptor{
			File: "data/registers/promises.yaml", Title: str("承诺"), Description: str("一条一项"), Updated: day(2026, 10, 26),
			Sources: []bureau.Source{{Title: str("转载文本")}}, DoneStates: strs("已完成"), Notes: str("说明"),
		},
		Columns: []bureau.Column{
			{Name: "编号", Role: bureau.ColumnID}, {Name: "承诺", Role: bureau.ColumnTitle}, {Name: "地区", Role: bureau.ColumnGroup},
			{Name: "期限", Title: "期限", Role: bureau.ColumnDue, Type: bureau.DateColumn}, {Name: "状态", Role: bureau.ColumnState},
			{Name: "经手人", Title: "经手人", Role: bureau.ColumnPerson}, {Name: "同意书", Title: "同意书", Role: bureau.ColumnConsent},
			{Name: "数字", Title: "数字", Type: bureau.FigureColumn}, {Name: "指南", Title: "指南", Type: bureau.GuideColumn},
			{Name: "网址", Title: "网址", Type: bureau.LinkColumn}, {Name: "组成", Title: "组成", Type: bureau.ListColumn},
		},
	}
	for _, row := range [][]string{
		{"P1", "按时公开 <b>", "东", "2026-10-01", "进行中", "某市民", "CONSENT-7", "cases-solved/2005年/破获刑事案件（件）", "hukou/id-card；fire", "/notices/；https://law.example/", "一；二 & 三"},
		{"P2", "逐件答复", "西", "2026-10-31", "进行中", "", "", "", "", "", ""},
		{"P3", "纠正差错", "东", "2026-10-01", "已完成", "", "", "cases-solved/1999年/打击处理（人）", "hukou/nothing", "", "只一项"},
		{"P4", "只有名称", "东", "", "", "", "", "[z]", "", "/stats/cases-solved/#r-2005", ""},
	} {
		for _, cell := range row {
			r.Cells = append(r.Cells, str(cell))
		}
	}
	return r
}

func TestRegister(t *testing.T) {
	in := fixture(t)
	in.Bureau.Registers = []*bureau.Register{promises()}
	withDocument(&in, "data/registers/promises.yaml", func(d *markdown.Document) { d.HTML = "<p>说明</p>" })
	in.Catalogue.Language = locale.Builtin(problem.Chinese)
	in.Catalogue.Datasets = []opendata.Dataset{{
		Table: opendata.Table{Page: "registers/promises/index.html"},
		CSV:   bureau.File{Path: "registers/promises/promises.csv", Bytes: make([]byte, 412)},
		JSON:  bureau.File{Path: "registers/promises/promises.json", Bytes: make([]byte, 500)},
	}}
	files := build(t, in)
	page := string(files["registers/promises/index.html"])
	for _, part := range []string{
		"<h1>承诺</h1>", "4条", `<span class="tag late">逾期1条</span>`, `class="callout data-notice"`,
		`<h2 id="g-1">东</h2>`, `<h2 id="g-2">西</h2>`, `<li id="r-p1">`, `<span class="number">P1</span> 按时公开 &lt;b&gt;</h3>`,
		`<span class="tag late">已逾期30天</span>`, `<time datetime="2026-10-01">2026年10月1日</time>`, "某市民",
		`破获刑事案件：<a class="figure" href="../../stats/cases-solved/index.html#r-2005">2385件</a> <span class="note">2005年</span>`,
		`<a href="../../guides/hukou/id-card/index.html">首次申领居民身份证</a>`, `<a href="../../guides/fire/index.html">消防</a>`,
		`<a href="../../notices/index.html">公告通报</a>`, `<a href="../../stats/cases-solved/index.html#r-2005">破获刑事案件</a>`, `<dd>不适用</dd>`, `<a href="https://law.example/">https://law.example/</a>`,
		"<li>一</li>\n<li>二 &amp; 三</li>", "<dd>只一项</dd>", `<span class="note">尚无数据</span>`, "<p>说明</p>", `href="../../registers/promises/promises.csv" download`,
	} {
		if !strings.Contains(page, part) {
			t.Errorf("no %s", part)
		}
	}
	// One group stands where its first row stands, and what is not public is nowhere.
	if first, second := strings.Index(page, `id="r-p3"`), strings.Index(page, `id="g-2"`); first > second || first < 0 {
		t.Error("the rows of a group do not stand together")
	}
	for name, file := range files {
		if strings.Contains(string(file), "CONSENT-7") || strings.Contains(string(file), "同意书") {
			t.Errorf("%s tells of the consent", name)
		}
	}
	for path, part := range map[string]string{
		"registers/index.html": `<h2><a href="../registers/promises/index.html">承诺</a></h2>`,
		"sitemap/index.html":   `<a href="../registers/promises/index.html">承诺</a>`,
		"index.html":           `<a href="registers/index.html">承诺与监督</a>`,
	} {
		if !strings.Contains(string(files[path]), part) {
			t.Errorf("%s: no %s", path, part)
		}
	}
	if strings.Contains(string(files["en/index.html"]), "registers/") {
		t.Error("English pages lead to a list that is not English")
	}
}

func TestRegisterSweep(t *testing.T) {
	in := fixture(t)
	r := promises()
	r.Descriptor.Pages = bureau.Bool{V: true}
	r.Cells[9] = str("/notices/index.html")
	in.Bureau.Registers = []*bureau.Register{r}
	files := build(t, in)
	for _, name := range []string{"forms/id-card.pdf", "stats/cases-solved/cases-solved.csv", "stats/cases-solved/cases-solved.json"} {
		files[name] = nil
	}
	for _, fault := range sweep.Site(files) {
		t.Error(fault)
	}
	for path, part := range map[string]string{
		"registers/promises/p1/index.html": `<p class="more"><a href="../../../registers/promises/index.html#r-p1">承诺</a></p>`,
		"registers/promises/index.html":    `<a href="../../registers/promises/p1/index.html">按时公开`,
	} {
		if !strings.Contains(string(files[path]), part) {
			t.Errorf("%s: no %s", path, part)
		}
	}
}

// What one group promised is not counted together with what another did.
func TestVerdictsOfGroups(t *testing.T) {
	in := fixture(t)
	r := &bureau.Register{
		Name: "promises", File: "data/registers/promises.csv", Described: true,
		Descriptor: bureau.RegisterDescriptor{File: "data/registers/promises.yaml", Title: str("承诺")},
		Columns:    []bureau.Column{{Name: "承诺", Role: bureau.ColumnTitle}, {Name: "类别", Role: bureau.ColumnGroup}, {Name: "目标", Role: bureau.ColumnTarget}, {Name: "数字", Role: bureau.ColumnFigure}},
	}
	for _, cell := range []string{"甲", "本市", "≥100%", "", "乙", "本市", "", "", "丙", "外地", "", ""} {
		r.Cells = append(r.Cells, str(cell))
	}
	in.Bureau.Registers = []*bureau.Register{r}
	in.Catalogue.Language = locale.Builtin(problem.Chinese)
	page := string(build(t, in)["registers/promises/index.html"])
	for part, times := range map[string]int{
		"<h2 id=\"g-1\">本市</h2>\n<p class=\"facts\"><span>无从核验2条</span></p>": 1,
		"<h2 id=\"g-2\">外地</h2>\n<p class=\"facts\"><span>无从核验1条</span></p>": 1, "无从核验3条": 0,
	} {
		if strings.Count(page, part) != times {
			t.Errorf("%q stands %d times, want %d", part, strings.Count(page, part), times)
		}
	}
}
