package markdown

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// env knows one figure, one chart and one page.
func env() Env {
	return Env{
		Title: "事项名称",
		Root:  "../../../",
		Resolve: func(source string) (string, bool) {
			return "stats/cases/", source == "data/stats/cases.csv"
		},
		Figure: func(reference string) (string, string, *problem.Fault) {
			if reference == "cases/2005/件" {
				return "1,732", "stats/cases/#r-2005", nil
			}
			return "", "", problem.Refuse(problem.Say("没有", "none"), problem.Say("看", "see"))
		},
		Chart: func(source []byte, at problem.Position) ([]byte, problem.List) {
			var l problem.List
			if strings.Contains(string(source), "bad") {
				l.Error(at, problem.ChartType, problem.Say("坏", "bad"), problem.Text{})
				return nil, l
			}
			return []byte("<figure class=\"chart\">" + html.EscapeString(strings.TrimSpace(string(source))) + "</figure>\n"), nil
		},
	}
}

func body(text string) bureau.Body {
	return bureau.Body{File: "data/guides/hukou/a.md", Line: 10, Text: []byte(text)}
}

// TestGolden renders testdata/*.md, each of pairs of Markdown and HTML: a line
// "---" parts the two, a line "===" one pair from the next.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, pair := range strings.Split(string(data), "\n===\n") {
			source, want, ok := strings.Cut(pair, "\n---\n")
			if !ok {
				t.Fatalf("%s: pair %d has no line ---", file, i)
			}
			d, l := Render(body(source), env())
			if got := strings.TrimSpace(d.HTML); got != strings.TrimSpace(want) || len(l) > 0 {
				t.Errorf("%s: pair %d: %q\ngot:\n%s\nwant:\n%s\nproblems: %v", file, i, source, got, want, l)
			}
		}
	}
}

// Each mistake gives exactly these problems, and this HTML.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, source, want, html string }{
		{"unknown figure", "共 {{cases/1999/件}} 件", "10:3 error markdown/figure", "<p>共 {{cases/1999/件}} 件</p>"},
		{"figure in a table", "| 年 | 件 |\n| --- | --- |\n| 1999 | {{no}} |", "12:10 error markdown/figure", ""},
		{"figure in a heading", "## 共 {{no}} 件", "10:6 error markdown/figure", "<h2 id=\"共-no-件\">共 {{no}} 件</h2>"},
		{"figure not closed", "共 {{cases 件", "10:3 error markdown/figure", "<p>共 {{cases 件</p>"},
		{"figure is escaped", "{{<b>}}", "10:1 error markdown/figure", "<p>{{&lt;b&gt;}}</p>"},
		{"script link", "见[这里](javascript:alert(1))。", "10:2 error markdown/link", "<p>见这里。</p>"},
		{"script by entity", "[a](javascript&colon;alert(1))", "10:1 error markdown/link", "<p>a</p>"},
		{"script by double entity", "[a](javascript&amp;colon;x)", "", "<p><a href=\"javascript&amp;colon;x\">a</a></p>"},
		{"script in capitals", "[a](JaVaScript:x)", "10:1 error markdown/link", "<p>a</p>"},
		{"script in an autolink", "<javascript:alert(1)>", "10:1 error markdown/link", "<p>javascript:alert(1)</p>"},
		{"data link", "[a](data:text/html,x)", "10:1 error markdown/link", "<p>a</p>"},
		{"file link", "[a](file:///etc/passwd)", "10:1 error markdown/link", "<p>a</p>"},
		{"no scheme", "[a](//example.org/x)", "10:1 error markdown/link", "<p>a</p>"},
		{"empty link", "[a]()", "10:1 error markdown/link", "<p>a</p>"},
		{"no such file", "[a](../../stats/none.csv)", "10:1 error markdown/link", "<p>a</p>"},
		{"out of the folder", "[a](../../../../../etc/passwd.md)", "10:1 error markdown/link", "<p>a</p>"},
		{"link by reference", "一\n\n[a][x]\n\n[x]: vbscript:x", "12:1 error markdown/link", "<p>一</p>\n<p>a</p>"},
		{"foreign image", "![图](https://example.org/a.png)", "10:1 error markdown/image", "<p>图</p>"},
		{"foreign image without scheme", "![图](//example.org/a.png)", "10:1 error markdown/image", "<p>图</p>"},
		{"data image", "![图](data:image/png;base64,AA)", "10:1 error markdown/image", "<p>图</p>"},
		{"image without text", "![](a.png)", "10:1 warning markdown/alt", "<p><img src=\"a.png\" alt=\"\"></p>"},
		{"tag", "一<b>二</b>三<br>", "10:2 warning markdown/html; 10:11 warning markdown/html", "<p>一二三</p>"},
		{"script block", "一\n\n<script>alert(1)</script>\n", "12:1 warning markdown/html", "<p>一</p>\n<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n</pre>"},
		{"text after a comment", "<!-- 备注 --> 正文", "10:1 warning markdown/html", "<pre>&lt;!-- 备注 --&gt; 正文</pre>"},
		{"another first heading", "# 甲\n\n## 乙", "10:1 warning markdown/heading", "<h2 id=\"甲\">甲</h2>\n<h3 id=\"乙\">乙</h3>"},
		{"first heading in a quote", "> # 甲", "10:3 warning markdown/heading", "<blockquote>\n<h2 id=\"甲\">甲</h2>\n</blockquote>"},
		{"title twice", "# 事项名称\n\n# 甲", "12:1 warning markdown/heading", "<h2 id=\"甲\">甲</h2>"},
		{"bad chart", "一\n\n```chart\nbad: 1\n```\n", "13:1 error chart/type", "<p>一</p>"},
		{"empty chart", "```chart\n```\n", "", "<figure class=\"chart\"></figure>"},
		{"all in one run", "{{x}}\n[a](ftp://x)\n<i>", "10:1 error markdown/figure; 11:1 error markdown/link; 12:1 warning markdown/html", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, l := Render(body(c.source), env())
			var got []string
			for _, p := range l {
				got = append(got, strings.TrimPrefix(p.Position.String(), "data/guides/hukou/a.md:")+" "+p.Severity.String()+" "+p.Rule.String())
				if strings.Contains(p.Message.ZH+p.Message.EN+p.Hint.ZH+p.Hint.EN, "%!") || p.Message.ZH == "" || p.Message.EN == "" {
					t.Errorf("bad text in %+v", p)
				}
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if html := strings.TrimSpace(d.HTML); c.html != "" && html != c.html {
				t.Errorf("got %s, want %s", html, c.html)
			}
		})
	}
}

func TestDocument(t *testing.T) {
	d, l := Render(body("# 事项名称\n\n第一行，\n第二行 &amp; `a\\*b` {{cases/2005/件}}。\n\n## 办理 {{cases/2005/件}}\n\n- 甲\n- [乙](/notices/)\n\n## 办理 1,732\n\n### **粗** `码`\n\n![图](/static/a.png)\n\n[数据](../../stats/cases.csv#top) [此处](#办理-1-732) [电话](tel:110)\n\n```chart\ntype: bar\n```\n"), env())
	if len(l) > 0 {
		t.Fatal(l)
	}
	d.HTML = ""
	at := func(line, column int) problem.Position {
		return problem.Position{File: "data/guides/hukou/a.md", Line: line, Column: column}
	}
	want := Document{
		Headings: []Heading{{2, "办理-1-732", "办理 1,732"}, {2, "办理-1-732-2", "办理 1,732"}, {3, "粗-码", "粗 码"}},
		Links: []Link{
			{"../../../stats/cases/#r-2005", "../../../stats/cases/#r-2005", at(13, 18)},
			{"../../../stats/cases/#r-2005", "../../../stats/cases/#r-2005", at(15, 7)},
			{"../../../notices/index.html", "/notices/", at(18, 3)},
			{"../../../static/a.png", "/static/a.png", at(24, 1)},
			{"../../../stats/cases/index.html#top", "../../stats/cases.csv#top", at(26, 1)},
			{"#%E5%8A%9E%E7%90%86-1-732", "#办理-1-732", at(26, 33)},
			{"tel:110", "tel:110", at(26, 49)},
		},
		Plain:     "第一行，第二行 & a\\*b 1,732。 甲 乙 数据 此处 电话",
		HasChart:  true,
		HasFigure: true,
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got  %+v\nwant %+v", d, want)
	}
}

func TestPlainIsBounded(t *testing.T) {
	d, _ := Render(body(strings.Repeat("公开", 1000)), env())
	if d.Plain != strings.Repeat("公开", 60) {
		t.Errorf("%d characters", len([]rune(d.Plain)))
	}
}

// Without a title, a root or functions, everything still has an answer.
func TestEmptyEnv(t *testing.T) {
	d, l := Render(body("# 标题\n\n{{a}} [b](c.md) [d](/e/) [f](/) ![g](/h.png)\n\n```chart\ntype: bar\n```\n"), Env{})
	var rules []string
	for _, p := range l {
		rules = append(rules, p.Rule.String())
	}
	if got := strings.Join(rules, " "); got != "markdown/heading markdown/figure markdown/link markdown/chart" {
		t.Error(got)
	}
	for _, want := range []string{`href="e/index.html"`, `href="./index.html"`, `src="h.png"`} {
		if !strings.Contains(d.HTML, want) {
			t.Errorf("%s is missing in %s", want, d.HTML)
		}
	}
}

// What would take a naive reader time or stack out of proportion.
func TestHostile(t *testing.T) {
	const size = MaxSize / 4
	many := func(s string) string { return strings.Repeat(s, size/len(s)) }
	half := func(s, t string) string {
		return strings.Repeat(s, size/2/len(s)) + strings.Repeat(t, size/2/len(t))
	}
	for name, source := range map[string]string{
		"too large": strings.Repeat("a", MaxSize+1),
		"quotes":    many("> "),
		"lists":     many("- "),
		"deeper lists": func() string {
			s := ""
			for i := range 700 {
				s += strings.Repeat("  ", i) + "- a\n"
			}
			return s
		}(),
		"open emphasis":   many("*a **a "),
		"nested emphasis": half("*a **a ", " a** a*"),
		"open brackets":   many("["),
		"open images":     many("!["),
		"nested images":   half("![", "](a)"),
		"links":           many("[a](b"),
		"backquotes": func() string {
			s := ""
			for i := range 1400 {
				s += "e" + strings.Repeat("`", i)
			}
			return s
		}(),
		"same headings":    many("## a\n"),
		"open figures":     many("{{"),
		"open tags":        many("<a b='"),
		"open comments":    many("<!-- a "),
		"open processing":  many("<?"),
		"addresses":        many("https://"),
		"colons":           many("://"),
		"table":            "| a |\n| - |\n" + many("|\n"),
		"wide table":       many("|a") + "\n" + many("|-") + "\n" + many("x\n"),
		"references":       many("[a]: b\n"),
		"entities":         many("&#1114112;"),
		"NUL":              many("\x00"),
		"not UTF-8":        many("\xff*"),
		"parentheses":      "[a](" + many("("),
		"fences":           many("```\n"),
		"strikethrough":    many("~~a~ "),
		"chart with quote": many("> ```chart\n"),
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := Render(body(source), env())
			if len(d.HTML) > 10*len(source) {
				t.Errorf("%d bytes became %d", len(source), len(d.HTML))
			}
		})
	}
}

var allowed = func() map[string]bool {
	m := map[string]bool{}
	for tag := range strings.FieldsSeq("html head body p h2 h3 h4 h5 h6 a em strong del code pre ul ol li blockquote hr br table thead tbody tr th td div img figure") {
		m[tag] = true
	}
	return m
}()

var attributes = map[string]bool{"id": true, "href": true, "class": true, "tabindex": true, "scope": true, "src": true, "alt": true, "title": true, "start": true}

func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		guideBody, "# a\n<script>alert(1)</script>\n[a](javascript:x)", "{{cases/2005/件}} ![a](b \"c\")\n<a@b.c> https://a.b/c(d)。",
		"| a | b |\n|:-:|--:|\n| `x|y` | **中“文”** |", "```chart\na: b\n```\n> - 1. a\n\n<!-- x -->\n<?php ?>\n[x]: <a b> 'c'\n[x]",
		"a\n===\n&lt;&#60;\\<b\n~~x~~  \n***a***中", "[a](<b&#x0a;c>) [d](\\javascript:e) <https://x&y>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		d, l := Render(body(source), env())
		lower := strings.ToLower(d.HTML)
		if strings.Contains(lower, "<script") || strings.Contains(lower, `="javascript:`) {
			t.Fatalf("%q gives %s", source, d.HTML)
		}
		for _, p := range l {
			if p.Line < 10 || p.Column < 1 {
				t.Errorf("%q: %+v", source, p)
			}
		}
		root, err := html.Parse(strings.NewReader(d.HTML))
		if err != nil {
			t.Fatalf("%q: %v", source, err)
		}
		for n := range root.Descendants() {
			if n.Type == html.CommentNode || n.Type == html.ElementNode && !allowed[n.Data] {
				t.Fatalf("%q gives <%s>: %s", source, n.Data, d.HTML)
			}
			for _, a := range n.Attr {
				if !attributes[a.Key] {
					t.Fatalf("%q gives %s=%q: %s", source, a.Key, a.Val, d.HTML)
				}
				if scheme := bureau.Scheme(strings.TrimLeft(a.Val, "\x00\t\n\f\r ")); (a.Key == "href" || a.Key == "src") && scheme != "" && scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel" {
					t.Fatalf("%q gives %s=%q", source, a.Key, a.Val)
				}
			}
		}
	})
}

const guideBody = `
居民身份证或者户口簿，现场核查，公示无异议，申请人应当提交下列材料，法定节假日除外，出入境证件，不予受理的应当书面说明理由，车辆管理所。

## 办理条件

1. 受理机关自收到申请之日起作出决定，收费依据和标准，材料齐全、符合法定形式的。
2. 派出所户籍窗口，可以通过网上办理，投诉监督渠道。
3. 居民身份证或者户口簿，机动车登记证书，出入境证件。
4. 工作日上午九时至下午五时，法定节假日除外，民警应当当场告知。
5. 依照有关规定办理，办理结果以短信通知，予以受理。

## 申请材料

| 材料 | 份数 | 要求 |
| --- | ---: | --- |
| 居民身份证或者户口簿 | 2 | **原件**及复印件 |
| 机动车登记证书 | 1 | **原件**及复印件 |
| 出入境证件 | 3 | **原件**及复印件 |
| 收费依据和标准 | 1 | **原件**及复印件 |
| 派出所户籍窗口 | 2 | **原件**及复印件 |
| 车辆管理所 | 2 | **原件**及复印件 |

## 办理流程

居民身份证或者户口簿，现场核查，公示无异议，申请人应当提交下列材料，法定节假日除外，出入境证件，不予受理的应当书面说明理由，车辆管理所，受理机关自收到申请之日起作出决定，予以受理。

- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)
- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)
- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)
- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)
- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)
- 民警应当当场告知，依照有关规定办理，办理结果以短信通知。 [详情](#办理条件)

## 办理时限

> 受理机关自收到申请之日起作出决定，收费依据和标准，材料齐全、符合法定形式的，予以受理。

居民身份证或者户口簿，现场核查，公示无异议，申请人应当提交下列材料，法定节假日除外，出入境证件，不予受理的应当书面说明理由，车辆管理所，受理机关自收到申请之日起作出决定，予以受理，车辆管理所，现场核查。
`

func BenchmarkRenderGuide(b *testing.B) {
	b.ReportAllocs()
	e := env()
	source := body(guideBody)
	for b.Loop() {
		if _, l := Render(source, e); len(l) > 0 {
			b.Fatal(l)
		}
	}
}

// Just beyond each bound a body is refused, just within it is not.
func TestBounds(t *testing.T) {
	emphasis := func(n int) string { return strings.Repeat("*a **a ", n) + strings.Repeat(" a** a*", n) }
	table := func(columns, lines int) string {
		return strings.Repeat("|", columns) + strings.Repeat("\n", lines)
	}
	for _, c := range []struct {
		name, beyond, within string
		want                 problem.Rule
	}{
		{"bytes", strings.Repeat("a", MaxSize+1), strings.Repeat("a", MaxSize), problem.MarkdownSize},
		{"quotes", strings.Repeat("> ", maxDepth+1) + "a", strings.Repeat("> ", maxDepth-2) + "a", problem.MarkdownDepth},
		{"emphasis", emphasis(maxDepth), emphasis(maxDepth / 4), problem.MarkdownDepth},
		{"brackets", strings.Repeat("[", 1500), strings.Repeat("[", 1400), problem.MarkdownBrackets},
		{"cells", table(500, 401), table(500, 399), problem.MarkdownSize},
		{"definitions", strings.Repeat("[a]: b\n", maxDefinitions+1), strings.Repeat("[a]: b\n", maxDefinitions), problem.MarkdownSize},
	} {
		for source, refused := range map[string]bool{c.beyond: true, c.within: false} {
			d, problems := Render(body(source), env())
			if refused && c.name != "emphasis" && d.HTML != "" {
				t.Errorf("%s: %d bytes were parsed", c.name, len(source))
			}
			said := slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule == c.want })
			if said != refused {
				t.Errorf("%s: %d bytes, refused: %v", c.name, len(source), said)
			}
		}
	}
}

// A link stays in the bureau's folder, whatever the caller would find.
func TestLinkOutOfTheFolder(t *testing.T) {
	e := env()
	e.Resolve = func(source string) (string, bool) { return "found/", true }
	for source, refused := range map[string]bool{"../../../a.csv": false, "../../../../a.md": true, "../../../..": false, "../../a.csv": false} {
		d, problems := Render(body("[a]("+source+")"), e)
		if (problems.Errors() > 0) != refused {
			t.Errorf("%s: %v, %q", source, problems, d.HTML)
		}
	}
}
