package markdown

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
)

func TestTerms(t *testing.T) {
	terms := &Terms{}
	terms.Add("registers/glossary/index.html#r-破案", "破案")
	terms.Add("registers/glossary/index.html#r-破案率", "破案率", "侦破率")
	terms.Add("registers/glossary/index.html#r-立案", "立案")
	terms.Add("registers/glossary/index.html#r-gdp", "GDP")
	const before, between = `<a class="term" href="../registers/glossary/index.html#r-`, `">`
	link := func(term, word string) string {
		return before + strings.NewReplacer("破", "%E7%A0%B4", "案", "%E6%A1%88", "率", "%E7%8E%87", "立", "%E7%AB%8B").Replace(term) + between + word + "</a>"
	}
	for _, c := range []struct{ name, body, want string }{
		{"first use", "破案和破案，立案。", "<p>" + link("破案", "破案") + "和破案，" + link("立案", "立案") + "。</p>\n"},
		{"longest first", "破案率和破案。", "<p>" + link("破案率", "破案率") + "和" + link("破案", "破案") + "。</p>\n"},
		{"a used long word is not its part", "破案率，破案率，破案", "<p>" + link("破案率", "破案率") + "，破案率，" + link("破案", "破案") + "</p>\n"},
		{"an alias is the same term", "侦破率即破案率", "<p>" + link("破案率", "侦破率") + "即破案率</p>\n"},
		{"not in a link", "[破案](https://example.org/)后立案", `<p><a href="https://example.org/">破案</a>后` + link("立案", "立案") + "</p>\n"},
		{"not in a heading", "## 破案\n\n破案", "<h2 id=\"破案\">破案</h2>\n<p>" + link("破案", "破案") + "</p>\n"},
		{"not in code", "`破案`\n\n    立案\n", "<p><code>破案</code></p>\n<pre><code>立案\n</code></pre>\n"},
		{"not in a text of an image", "![破案](/static/a.png)", `<p><img src="../static/a.png" alt="破案"></p>` + "\n"},
		{"in emphasis", "**破案**", "<p><strong>" + link("破案", "破案") + "</strong></p>\n"},
		{"in a cell", "| 项 |\n| --- |\n| 破案 |\n", "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">项</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>" + link("破案", "破案") + "</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
		{"at the end of a line", "已经破案\n的案件", "<p>已经" + link("破案", "破案") + "的案件</p>\n"},
		{"a Latin word stands by itself", "GDPs、GDP", "<p>GDPs、" + link("gdp", "GDP") + "</p>\n"},
		{"an escape is left alone", `\*破案`, "<p>*破案</p>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, problems := Render(bureau.Body{File: "a.md", Line: 1, Text: []byte(c.body)}, Env{Root: "../", Terms: terms})
			if d.HTML != c.want || len(problems) > 0 {
				t.Errorf("%q\n got %q\nwant %q\n%v", c.body, d.HTML, c.want, problems)
			}
			plain, _ := Render(bureau.Body{File: "a.md", Line: 1, Text: []byte(c.body)}, Env{Root: "../"})
			if plain.Plain != d.Plain {
				t.Errorf("the text alone is %q, without terms %q", d.Plain, plain.Plain)
			}
		})
	}
}

// FuzzTerms: terms add links and nothing else.
func FuzzTerms(f *testing.F) {
	for _, seed := range []string{"破案率\n破案", "*破*案", "a&amp;b `破案`", "[破案](x) 立案\\", "| 破案 |\n| - |\n| 立案 |"} {
		f.Add(seed)
	}
	terms := &Terms{}
	terms.Add("g#1", "破案", "amp")
	terms.Add("g#2", "破案率", "破")
	terms.Add("g#3", "立案", "a")
	f.Fuzz(func(t *testing.T, body string) {
		with, _ := Render(bureau.Body{File: "a.md", Line: 1, Text: []byte(body)}, Env{Terms: terms})
		without, _ := Render(bureau.Body{File: "a.md", Line: 1, Text: []byte(body)}, Env{})
		bare := with.HTML
		for {
			before, rest, found := strings.Cut(bare, `<a class="term" href="g#`)
			if !found {
				break
			}
			word, after, _ := strings.Cut(rest[len(`1">`):], "</a>")
			bare = before + word + after
		}
		if bare != without.HTML {
			t.Errorf("%q\nwith    %q\nwithout %q", body, with.HTML, without.HTML)
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	body := bureau.Body{File: "a.md", Line: 1, Text: []byte(strings.Repeat("申请人应当提交下列材料，受理机关自收到申请之日起作出决定。\n\n## 申请材料\n\n| 材料 | 份数 |\n| --- | ---: |\n| 户口簿 | 1 |\n\n- **原件**及复印件，见[说明](https://example.org/)。\n\n", 8))}
	terms := &Terms{}
	for _, w := range strings.Fields("刑事案件 立案 破案 破案率 发案 打击处理 警情 治安案件 三本账 五个一 办结 办结率 落实 人次 期末存量 不足期 月均 同比 环比 百分点 口径 初步数 修订数 待核对 法定期限 承诺期限 工作日 自然日 户口 居住证 身份证 护照 通行证 签注 机动车 驾驶证 行驶证 号牌 事故 认定书 复核 调解 特种行业 爆炸物品 旅馆业 消防 行政复议 行政诉讼 信息公开 政府信息") {
		terms.Add("registers/glossary/index.html#"+w, w)
	}
	for _, c := range []struct {
		name string
		env  Env
	}{{"without", Env{Root: "../"}}, {"with", Env{Root: "../", Terms: terms}}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				Render(body, c.env)
			}
		})
	}
}
