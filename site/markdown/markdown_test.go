package markdown

import (
	"bufio"
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	goldmarktext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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

// What was meant as a mark and is printed as it was typed is said at its place, with
// the line to paste; what people write on purpose is let stand.
func TestTyped(t *testing.T) {
	for _, c := range []struct{ name, source, want, hint string }{
		{"a full-width heading", "＃注意事项", "10:1 warning markdown/typed-heading", "## 注意事项"},
		{"a full-width heading with a space", "＃＃＃ 注意事项", "10:1 warning markdown/typed-heading", "### 注意事项"},
		{"a heading without a space", "##没有空格的标题##", "10:1 warning markdown/typed-heading", "## 没有空格的标题"},
		{"a heading of the first level without a space", "正文。\n#办理条件", "11:1 warning markdown/typed-heading", "## 办理条件"},
		{"an indented heading", "\u3000\u3000## 办理条件", "10:1 warning markdown/typed-heading", "## 办理条件"},
		{"a heading of seven marks", "####### 办理条件", "10:1 warning markdown/typed-heading", "###### 办理条件"},
		{"a topic", "#平安春运#\n\n＃平安春运＃\n\n#1号楼\n\n「#1」\n\n#main\n\n##\n", "", ""},
		{"an escaped heading", "\\##不是标题", "", ""},

		{"numbers of a list", "1、带齐材料\n2、到窗口取号", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list", "1. 带齐材料"},
		{"numbers below a line that announces them", "请携带：\n1．身份证", "11:1 warning markdown/typed-list", "1. 身份证"},
		{"numbers without a space", "1.身份证\n2.照片", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list", "1. 身份证"},
		{"numbers in brackets", "（1）身份证\n(2)照片\n3）户口簿", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list; 12:1 warning markdown/typed-list", "1. 身份证"},
		{"numbers in circles", "①身份证\n②照片", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list", "1. 身份证"},
		{"numbers in a list", "- 材料：\n  1、身份证\n  2、照片", "11:3 warning markdown/typed-list; 12:3 warning markdown/typed-list", "1. 身份证"},
		{"clauses", "一、办理条件\n（一）夫妻一方在本县", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list", "## 一、办理条件"},
		{"points of a word processor", "•\t户口簿", "10:1 warning markdown/typed-list", "- 户口簿"},
		{"points with a full-width space", "●\u3000结婚证", "10:1 warning markdown/typed-list", "- 结婚证"},
		{"points of another typeface", "\uf0b7 结婚证", "10:1 warning markdown/typed-list", "- 结婚证"},
		{"dashes without a space", "-户口簿\n-结婚证", "10:1 warning markdown/typed-list; 11:1 warning markdown/typed-list", "- 户口簿"},
		{"an indented list", "\u3000\u3000- 户口簿", "10:1 warning markdown/typed-list", "- 户口簿"},
		{"a list that does not begin with one", "材料如下。\n2. 照片", "11:1 warning markdown/typed-list", "2. 照片"},
		{"a box without a list", "[ ] 户口簿", "10:1 warning markdown/typed-list", "- [ ] 户口簿"},
		{"a box that is ticked as people do", "- [√] 户口簿", "10:3 warning markdown/typed-list", "- [x] 户口簿"},
		{"a box of a Chinese keyboard", "【 】户口簿", "10:1 warning markdown/typed-list", "- [ ] 户口簿"},
		{"lines that stand alone", "一、办理条件\n\n（一）夫妻一方在本县\n\n1、身份证\n\n①照片\n\n★ 提示\n\n-5℃以下", "", ""},
		{"lines that are broken", "1、身份证  \n2、照片\\\n3、户口簿", "", ""},
		{"numbers in a sentence", "到1、2、3号窗口办理。\n一、二、三等奖若干。\n1.5倍以上。\n1、2号窗口", "", ""},
		{"numbers in a table", "| 材料 | 份数 |\n| --- | --- |\n| 1、身份证 | 1 |\n| 2、照片 | 2 |", "", ""},
		{"what stands in code", "```\n1、甲\n2、乙\n＃标题\n|甲|乙|\n```\n\n    1、甲\n    2、乙\n\n`[甲]（https://a.cn）` `www.a.cn` `**甲 **`", "", ""},
		{"a signature", "——某县公安局\n*注*：以上为初步统计。", "", ""},

		{"a table without its second line", "|材料|份数|\n|户口簿|1|", "10:1 warning markdown/typed-table", "|---|---|"},
		{"a table with a wrong second line", "|材料|份数|\n|---|\n|户口簿|1|", "10:1 warning markdown/typed-table", "|---|---|"},
		{"a table of a Chinese keyboard", "｜材料｜份数｜\n｜---｜---｜", "10:1 warning markdown/typed-table", "|材料|份数|"},
		{"a table of another program", "材料\t份数\n户口簿\t1", "10:1 warning markdown/typed-table", "|材料|份数|"},
		{"no table", "绝对值|x|为正\n\n|x|", "", ""},

		{"a link with full-width brackets", "见[链接]（https://www.gov.cn/）。", "10:2 warning markdown/typed-link", "[链接](https://www.gov.cn/)"},
		{"a link with one full-width bracket", "见[链接](https://www.gov.cn/）。", "10:2 warning markdown/typed-link", "[链接](https://www.gov.cn/)"},
		{"a link with black brackets", "【指南】(/guides/hukou/)", "10:1 warning markdown/typed-link", "[指南](/guides/hukou/)"},
		{"a link with a space", "[指南] (/guides/hukou/)", "10:1 warning markdown/typed-link", "[指南](/guides/hukou/)"},
		{"a link to a file with a space", "[申请表](/static/申请 表.docx)", "10:1 warning markdown/typed-link", "[申请表](</static/申请 表.docx>)"},
		{"a link in a table", "| 名称 | 网址 |\n| --- | --- |\n| 甲 | [甲]（www.gov.cn） |", "12:7 warning markdown/typed-link", "[甲](https://www.gov.cn)"},
		{"an image with a space", "![照片](/static/局 徽 图.png)", "10:1 error markdown/image", "![照片](</static/局 徽 图.png>)"},
		{"an image with a space and a bold word", "![**照**片](/static/局 徽.png)", "10:1 error markdown/image", "![**照**片](</static/局 徽.png>)"},
		{"an image with full-width brackets", "![照片]（/static/a.png）", "10:1 error markdown/image", "![照片](/static/a.png)"},
		{"an image with a full-width mark", "见！[照片](/static/a.png)", "10:2 error markdown/image", "![照片](/static/a.png)"},
		{"brackets with words", "[注]（详见下文） 【公告】（2026年第1号） 注意！[指南](/guides/) \\[甲]（https://a.b）", "", ""},

		{"an address without a scheme", "详见官网www.example.org或窗口。", "10:5 warning markdown/typed-address", "[www.example.org](https://www.example.org)"},
		{"an address of the government", "登录 zwfw.example.gov.cn/hukou。", "10:4 warning markdown/typed-address", "[zwfw.example.gov.cn/hukou](https://zwfw.example.gov.cn/hukou)"},
		{"an address in Chinese", "见 http://例子.example/路径/说明 。", "10:3 warning markdown/typed-address", "<http://例子.example/路径/说明>"},
		{"an address with a full-width colon", "见https：//www.gov.cn/，", "10:2 warning markdown/typed-address", "<https://www.gov.cn/>"},
		{"an address in capitals", "HTTPS://WWW.GOV.CN/", "10:1 warning markdown/typed-address", "<https://WWW.GOV.CN/>"},
		{"an address that goes on in Chinese", "见https://a.gov.cn/路径/说明。", "10:2 warning markdown/typed-address", "<https://a.gov.cn/路径/说明>"},
		{"a mail address", "邮箱：a.b@gaj.example.org", "10:4 warning markdown/typed-address", "<a.b@gaj.example.org>"},
		{"addresses that are links", "见https://www.gov.cn/，<a@b.cn>，[www.gov.cn](https://www.gov.cn/)，<https://www.gov.cn/路径>。网址以https://开头。文件messages.zh.json。", "", ""},

		{"full-width stars", "＊＊重要＊＊通知", "10:1 warning markdown/typed-mark", "**重要**"},
		{"stars with spaces", "** 重要 **通知", "10:1 warning markdown/typed-mark", "**重要**"},
		{"a subscript", "含H~2~O", "10:2 warning markdown/typed-mark", "H₂"},
		{"a superscript", "面积5m^2^", "10:4 warning markdown/typed-mark", "m²"},
		{"marks that stand", "110105********002X 5~10天，3~5个，2^10 张** 约~20~30人", "", ""},

		{"a footnote that is missing", "有效期[^1]。", "10:4 warning markdown/footnote", "[^1]:"},
		{"a footnote that nothing names", "有效期。\n\n[^1]: 自签发之日起。", "12:1 warning markdown/footnote", "[^1]"},
		{"a footnote with a full-width colon", "有效期。\n\n[^1]：自签发之日起。", "12:1 warning markdown/footnote", "[^1]: 自签发之日起。"},
		{"an escaped footnote", "有效期\\[^1]。", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, l := Render(body(c.source), env())
			var got []string
			for _, p := range l {
				got = append(got, strings.TrimPrefix(p.Position.String(), "data/guides/hukou/a.md:")+" "+p.Severity.String()+" "+p.Rule.String())
			}
			if got := strings.Join(got, "; "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if len(l) > 0 && (!strings.Contains(l[0].Hint.ZH, c.hint) || !strings.Contains(l[0].Hint.EN, c.hint)) {
				t.Errorf("the hint has no line %q: %s | %s", c.hint, l[0].Hint.ZH, l[0].Hint.EN)
			}
		})
	}
}

// TestGolden renders testdata/*.md, each of pairs of Markdown and HTML: a line
// "---" parts the two, a line "===" one pair from the next.
// TestPlainly holds the short look at a block to the long one: where the first finds nothing,
// the second does not either.
func TestPlainly(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := strings.Split(`办理¦材料¦材料¦齐全¦材料¦，¦。¦a¦Word¦ ¦  ¦	¦`+"\n¦\n¦\n\n¦\n\n¦\n　　"+`¦一¦十¦1¦12¦、¦．¦.¦)¦（¦）¦(¦[¦]¦［¦］¦【¦】¦*¦**¦＊＊¦·¦•¦①¦-¦—¦#¦＃¦\¦¦｜¦/¦／¦://¦https¦https://a.cn/¦www.a.cn¦a@b.cn¦＠¦~¦^¦1¦[^1]¦：¦！¦!¦[x](a.png)¦[文](#办)¦`+"`代\t码`"+`¦<b>¦&amp;¦\\¦{{a/b}}¦> ¦- ¦## ¦【文】(a.md)¦［文］(/a)¦[文] (a.md)¦http：//a.cn¦http：//a．cn¦https：／／a．cn¦a＠b.cn¦【文】（a.md）¦[文］（WWW．）¦【文】（http：a）¦［文］（http：a）¦[文] （http：a）¦＊＊文＊＊¦H~2~¦m^2^¦**文 **¦`+"甲\t乙\n丙\t丁\n¦\n一、甲\n二、乙\n"+`¦`, "¦")
	plain, found := 0, 0
	for range 40_000 {
		var text []byte
		for range 1 + random.IntN(10) {
			if piece := pieces[random.IntN(len(pieces))]; random.IntN(3) == 0 {
				text = append(text, piece...)
			} else {
				text = append(text, "材料"...)
			}
		}
		d := document{body: body(string(text)), ids: map[string]int{}, column: 1}
		root := prose.Parser().Parse(goldmarktext.NewReader(text))
		_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if kind := n.Kind(); !entering || n.Type() != ast.TypeBlock || n.Lines().Len() == 0 || kind == ast.KindFencedCodeBlock || kind == ast.KindCodeBlock || kind == ast.KindHTMLBlock {
				return ast.WalkContinue, nil
			}
			isProse := n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
			isPlain, before := d.plainly(n, isProse), len(d.problems)
			d.look(n, isProse)
			if isPlain {
				plain++
			}
			if len(d.problems) > before {
				found++
				if isPlain {
					t.Fatalf("%q: %v", text, d.problems[before])
				}
			}
			return ast.WalkContinue, nil
		})
	}
	if plain < 1500 || found < 1500 {
		t.Errorf("%d blocks are plain and %d have something; both should be many", plain, found)
	}
}

// TestAsIs holds what is written as it stands to what goldmark writes of it.
func TestAsIs(t *testing.T) {
	for b := range 256 {
		for _, text := range [][]byte{{byte(b)}, {'a', byte(b), ';'}, []byte("中" + string(rune(b)) + "文")} {
			var w bytes.Buffer
			out := bufio.NewWriter(&w)
			goldmarkhtml.DefaultWriter.Write(out, text)
			out.Flush()
			if asIs(text) && !bytes.Equal(w.Bytes(), text) {
				t.Errorf("%q is written as %q", text, w.Bytes())
			}
		}
	}
}

// TestAddressOf holds addresses to what goldmark makes of them.
func TestAddressOf(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"办", "é", "𠀀", "\u3000", "\u00a0", "\xff", "\xe5\x8a", "%", "%4", "%4a", "4", "f", "\\", "\\.", "&", "&amp;", "&eacute;", "&#21150;", "#", "a", "/", "?", " ", "<", "\"", ";", "("}
	for range 200_000 {
		var text []byte
		for range random.IntN(7) {
			text = append(text, pieces[random.IntN(len(pieces))]...)
		}
		if got, want := addressOf(bytes.Clone(text)), string(util.URLEscape(text, true)); got != want {
			t.Fatalf("%q: got %q, want %q", text, got, want)
		}
	}
}

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
		"footnotes":        "[^a]: b\n\n" + many("[^a] "),
		"nested footnotes": many("[^a]: "),
		"typed lists":      many("1、甲\n"),
		"typed tables":     many("|甲|乙|\n\n"),
		"typed links":      many("[甲]（/"),
		"typed addresses":  many("www.a.cn "),
		"typed marks":      many("** a"),
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
	for tag := range strings.FieldsSeq("html head body p h2 h3 h4 h5 h6 a em strong del code pre ul ol li blockquote hr br sup table thead tbody tr th td div img figure") {
		m[tag] = true
	}
	return m
}()

var attributes = map[string]bool{"id": true, "href": true, "class": true, "tabindex": true, "scope": true, "src": true, "alt": true, "title": true, "start": true}

func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		guideBody, "# a\n<script>alert(1)</script>\n[a](javascript:x)", "{{cases/2005/件}} ![a](b \"c\")\n<a@b.c> https://a.b/c(d)。",
		"| a | b |\n|:-:|--:|\n| `x|y` | **中“文”** |", "```chart\na: b\n```\n> - 1. a\n\n<!-- x -->\n<?php ?>\n[x]: <a b> 'c'\n[x]",
		"a\n===\n&lt;&#60;\\<b\n~~x~~  \n***a***中", "a[^1] H~2~O ~~b~~[^2]\n- [ ] c\n- [x] [d[^1]](e)\n\n[^1]: f\n[^2]: > g\n", "＃a\n1、b\n•c\n|d|e|\n[f]（www.g.cn）！[h](i.png)", "[a](<b&#x0a;c>) [d](\\javascript:e) <https://x&y>",
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
		{"footnotes", "[^a]\n\n" + strings.Repeat("[^a]: b\n", maxNotes+1), "[^a]\n\n" + strings.Repeat("[^a]: b\n", maxNotes), problem.MarkdownSize},
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
