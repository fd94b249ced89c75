package check

import (
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/load"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const complete = `---
title: 首次申领居民身份证
area: hukou
status: in-force
authority: 示范市公安局治安支队
legal_basis: [{law: 中华人民共和国居民身份证法, article: 第二条}]
audience: [individual]
conditions: [年满十六周岁]
materials: [{name: 户口簿, original: 1}]
steps: [{action: 申请, actor: 申请人, days: 0}]
time_limit: {statutory: 60, promised: 20, unit: natural-days}
fee: {amount: 20, basis: 发改价格〔2003〕2322号}
places: [{name: 户籍窗口, address: 示范路0号, hours: 周一至周五, phone: 000-00000010}]
online: https://example.org/
result: 居民身份证
complaint: {phone: "12389"}
published: 2026-01-05
updated: 2026-10-08
verified: 2026-10-08
history: [{date: 2026-10-08, change: 承诺时限改为二十天}]
supersedes: [居民身份证首次申领须知]
visits: {count: 1, reason: 当场采集指纹}
---
正文
`

var (
	asOf     = period.NewDate(2026, 10, 31)
	defaults = bureau.Freshness{Guides: bureau.Int{V: 180}}
)

// problems loads and checks a guide and gives "line:column severity rule".
func problems(t *testing.T, text string) (string, problem.List) {
	t.Helper()
	g, l := load.Guide("data/guides/hukou/first-id-card.md", []byte(text))
	if g == nil || len(l) > 0 {
		t.Fatalf("not loaded: %v", l)
	}
	l = Guide(g, asOf, defaults)
	l.Sort()
	var found []string
	for _, p := range l {
		found = append(found, strings.TrimPrefix(p.Position.String(), g.File+":")+" "+p.Severity.String()+" "+p.Rule.String())
		for _, text := range []string{p.Message.ZH, p.Message.EN, p.Hint.ZH, p.Hint.EN} {
			if text == "" || strings.Contains(text, "%!") {
				t.Errorf("bad text in %+v", p)
			}
		}
	}
	return strings.Join(found, "; "), l
}

func TestComplete(t *testing.T) {
	if got, _ := problems(t, complete); got != "" {
		t.Error(got)
	}
}

// Each element that is taken away gives one problem, which names the key in both
// spellings; each that stands empty gives the same at its place.
func TestElements(t *testing.T) {
	for _, c := range []struct{ line, key, names, want string }{
		{"title", "title", "事项名称", "error guide/element"},
		{"legal_basis", "legal_basis", "设定依据", "error guide/element"},
		{"conditions", "conditions", "申请条件", "error guide/element"},
		{"materials", "materials", "办理材料", "error guide/element"},
		{"steps", "steps", "办理流程", "error guide/element"},
		{"places", "places", "办理地点", "error guide/element"},
		{"time_limit", "time_limit", "办理时限", "warning guide/element"},
		{"fee", "fee", "收费", "warning guide/element"},
		{"result", "result", "办理结果", "warning guide/element"},
		{"complaint", "complaint", "监督投诉", "warning guide/element"},
		{"audience", "audience", "适用对象", "warning guide/element"},
		{"verified", "verified", "核实日期", "warning guide/element"},
		{"visits", "visits", "现场次数", "warning guide/element"},
	} {
		lines := strings.Split(complete, "\n")
		for i, line := range lines {
			if !strings.HasPrefix(line, c.line+":") {
				continue
			}
			without := strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "\n")
			got, l := problems(t, without)
			if got != "1:1 "+c.want {
				t.Errorf("without %s: %s", c.line, got)
				continue
			}
			if m := l[0].Message; !strings.Contains(m.ZH, c.key) || !strings.Contains(m.ZH, c.names) || !strings.Contains(m.EN, c.key) || !strings.Contains(m.EN, c.names) {
				t.Errorf("without %s: %+v", c.line, m)
			}
			lines[i] = c.line + ":"
			if got, _ := problems(t, strings.Join(lines, "\n")); got != position(i+1, 1)+" "+c.want {
				t.Errorf("empty %s: %s", c.line, got)
			}
			break
		}
	}
}

func position(line, column int) string {
	return strings.TrimPrefix(problem.Position{File: "x", Line: line, Column: column}.String(), "x:")
}

// Each change of the complete guide gives exactly these problems.
func TestGuide(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"no opening hours", " hours: 周一至周五,", "", "13:10 error guide/element"},
		{"empty opening hours", "周一至周五", "", "13:10 error guide/element"},
		{"no phone", ", phone: 000-00000010", "", "13:10 error guide/element"},
		{"phone of one place only", "places: [", "places: [{name: 自助机, hours: 全天}, ", ""},
		{"law without a name", "law: 中华人民共和国居民身份证法, ", "", "6:15 error guide/element"},
		{"material without a name", "name: 户口簿, ", "", "9:13 error guide/element"},
		{"step without an action", "action: 申请, ", "", "10:9 error guide/element"},
		{"catch-all", "户口簿", "其他有关材料", "9:20 warning guide/catch-all"},
		{"catch-all at the end", "户口簿", "户口簿、照片等", "9:20 warning guide/catch-all"},
		{"catch-all in English", "户口簿", "Other relevant documents", "9:20 warning guide/catch-all"},
		{"not a catch-all", "户口簿", "其他共有人的身份证明", ""},
		{"not a catch-all in English", "户口簿", "Mother's identity card", ""},
		{"promise too long", "promised: 20", "promised: 61", "11:39 error guide/time-limit"},
		{"promise as long", "promised: 20", "promised: 60", ""},
		{"no unit", ", unit: natural-days", "", "11:13 warning guide/unit"},
		{"fee without basis", ", basis: 发改价格〔2003〕2322号", "", "12:15 error guide/fee"},
		{"free", "{amount: 20, basis: 发改价格〔2003〕2322号}", "{free: true}", ""},
		{"free and not", "amount: 20", "free: true, amount: 20", "12:27 error guide/fee"},
		{"negative fee", "amount: 20", "amount: -1", "12:15 error guide/number"},
		{"negative copies", "original: 1", "original: -1", "9:35 error guide/number"},
		{"negative days", "days: 0", "days: -1", "10:40 error guide/number"},
		{"complaint to the same desk", `"12389"`, `"000 0000 0010"`, "16:20 warning guide/complaint"},
		{"complaint to one of two", `000-00000010`, `"000-00000010、12389"`, "16:20 warning guide/complaint"},
		{"no review", "verified: 2026-10-08", "verified: 2026-10-08\nreview_days: 0", "20:14 error guide/number"},
		{"bad status", "in-force", "有郊", "4:9 error guide/word"},
		{"bad unit", "natural-days", "旬", "11:49 error guide/word"},
		{"bad audience", "individual", "孩子", "7:12 error guide/word"},
		{"published tomorrow", "2026-01-05", "2026-11-01", "17:12 error guide/date"},
		{"verified tomorrow", "verified: 2026-10-08", "verified: 2026-11-01", "19:11 error guide/date"},
		{"published today", "2026-01-05", "2026-10-31", ""},
		{"date for published", "published:", "date:", ""},
		{"one date tomorrow", "published: 2026-01-05", "date: 2027-01-05", "17:7 error guide/date"},
		{"no date", "published: 2026-01-05\nupdated: 2026-10-08\n", "", "1:1 error guide/date"},
		{"transferred", "in-force", "transferred", "4:9 error guide/moved"},
		{"transferred with a link", "in-force", "transferred\nmoved_to: https://example.org/", ""},
		{"history without a date", "date: 2026-10-08, change", "change", "20:11 error guide/element"},
		{"history without a change", ", change: 承诺时限改为二十天", "", "20:11 error guide/element"},
		{"history tomorrow", "{date: 2026-10-08", "{date: 2026-11-01", "20:18 error guide/date"},
		{"history after the last change", "{date: 2026-10-08", "{date: 2026-10-09", "18:10 warning guide/history"},
		{"history before the last change", "{date: 2026-10-08", "{date: 2026-01-05", ""},
		{"link of no web page", "https://example.org/", "javascript:alert(1)", "14:9 error guide/address"},
		{"link without a scheme", "https://example.org/", "www.example.org", "14:9 error guide/address"},
		{"visits as a number", "visits: {count: 1, reason: 当场采集指纹}", "到办事现场次数: 1", "22:10 warning guide/visits"},
		{"visits without a reason", ", reason: 当场采集指纹", "", "22:17 warning guide/visits"},
		{"no visit", "visits: {count: 1, reason: 当场采集指纹}", "visits: 0", ""},
		{"no visit and no other way", "online: https://example.org/\nresult: 居民身份证\ncomplaint: {phone: \"12389\"}\npublished: 2026-01-05\nupdated: 2026-10-08\nverified: 2026-10-08\nhistory: [{date: 2026-10-08, change: 承诺时限改为二十天}]\nsupersedes: [居民身份证首次申领须知]\nvisits: {count: 1, reason: 当场采集指纹}", "result: 居民身份证\ncomplaint: {phone: \"12389\"}\npublished: 2026-01-05\nupdated: 2026-10-08\nverified: 2026-10-08\nvisits: 0", "19:9 error guide/visits"},
		{"no visit, by post", "online: https://example.org/\nresult: 居民身份证\ncomplaint: {phone: \"12389\"}\npublished: 2026-01-05\nupdated: 2026-10-08\nverified: 2026-10-08\nhistory: [{date: 2026-10-08, change: 承诺时限改为二十天}]\nsupersedes: [居民身份证首次申领须知]\nvisits: {count: 1, reason: 当场采集指纹}", "result: 居民身份证\ncomplaint: {phone: \"12389\"}\npublished: 2026-01-05\nupdated: 2026-10-08\nverified: 2026-10-08\nvisits: 0\n办理渠道: [窗口, 邮寄]", ""},
		{"visits below 0", "count: 1", "count: -1", "22:17 error guide/number"},
		{"on the spot", "promised: 20", "promised: 0", "11:13 warning guide/kind"},
		{"on the spot by its note", "promised: 20, unit: natural-days", "unit: natural-days, promised: 1, note: 材料齐全的即办", "11:13 warning guide/kind"},
		{"on the spot, said so", "promised: 20, unit: natural-days}", "promised: 0, unit: natural-days}\n办件类型: 即办件", ""},
		{"on the spot in twenty days", "unit: natural-days}", "unit: natural-days}\nkind: 即办件", "12:7 error guide/kind"},
		{"on the spot in two hours", "{statutory: 60, promised: 20, unit: natural-days}", "{promised: 2, unit: hours}\nkind: immediate", ""},
		{"an unknown kind", "unit: natural-days}", "unit: natural-days}\nkind: 快办件", "12:7 error guide/word"},
		{"an unknown channel", "online:", "channels: [窗口, 飞鸽]\nonline:", "14:16 error guide/word"},
		{"steps that add up", "steps: [{action: 申请, actor: 申请人, days: 0}]", "steps: [{action: 申请, days: 2}, {action: 制证, days: 18}]", ""},
		{"steps that do not", "steps: [{action: 申请, actor: 申请人, days: 0}]", "steps: [{action: 申请, days: 2}, {action: 制证, days: 17}]", "11:39 warning guide/steps"},
		{"steps in another unit", "steps: [{action: 申请, actor: 申请人, days: 0}]", "steps: [{action: 申请, days: 2, unit: 工作日}, {action: 制证, days: 18}]", "10:9 warning guide/steps"},
		{"steps of a limit in hours", "steps: [{action: 申请, actor: 申请人, days: 0}]\ntime_limit: {statutory: 60, promised: 20, unit: natural-days}", "steps: [{action: 申请, days: 1, unit: 小时}, {action: 制证, days: 1, unit: 小时}]\ntime_limit: {promised: 2, unit: 小时}", ""},
		{"several fees", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fees: [{name: 号牌, amount: 100, basis: 甲}, {项目: 行驶证, 金额: 15, 依据: 乙}]", ""},
		{"one of several without basis", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fees: [{item: 号牌, amount: 100, basis: 甲}, {item: 行驶证, amount: 15}]", "12:63 error guide/fee"},
		{"one of several without an amount", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fees: [{item: 号牌, basis: 甲}]", "12:8 error guide/fee"},
		{"one of several without a name", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fees: [{amount: 100, basis: 甲}]", "12:8 error guide/element"},
		{"one of several below 0", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fees: [{item: 号牌, amount: -1, basis: 甲}]", "12:27 error guide/number"},
		{"one fee and several", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fee: {amount: 20, basis: 甲}\nfees: [{item: 号牌, amount: 100, basis: 甲}]", "12:15 error guide/fee"},
		{"free and several", "fee: {amount: 20, basis: 发改价格〔2003〕2322号}", "fee: {free: true}\nfees: [{item: 号牌, amount: 100, basis: 甲}]", "13:27 error guide/fee"},
		{"a question without its answer", "online:", "faq: [{问: 能代办吗}]\nonline:", "14:7 error guide/element"},
		{"expired", "verified: 2026-10-08", "verified: 2026-10-08\nexpires: 2026-10-30", "20:10 warning guide/expired"},
		{"expires today", "verified: 2026-10-08", "verified: 2026-10-08\n失效日期: 2026-10-31", ""},
		{"expires before it takes effect", "verified: 2026-10-08", "verified: 2026-10-08\neffective: 2027-02-01\nexpires: 2027-01-01", "21:10 error guide/date"},
		{"a sample that runs a script", "original: 1", "original: 1, sample: 'javascript:alert(1)'", "9:46 error guide/address"},
		{"a sample of the result", "online:", "result_sample: www.example.org\nonline:", "14:16 error guide/address"},
		{"link of the site", "https://example.org/", "/static/forms/a.pdf", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(complete, c.old, c.new, 1)
			if text == complete {
				t.Fatal("nothing changed")
			}
			if got, _ := problems(t, text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestNotInForce(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: a\nstatus: repealed\npublished: 2026-01-05\n---\n":                                    "",
		"---\ntitle: a\nstatus: transferred\nmoved_to: https://example.org/\npublished: 2026-01-05\n---\n": "",
		"---\ntitle: a\nstatus: transferred\nmoved_to:\npublished: 2026-01-05\n---\n":                      "4:1 error guide/moved",
		"---\nstatus: draft\n---\n":              "",
		"---\nstatus: draft\narea: hukou\n---\n": "",
	} {
		if got, _ := problems(t, text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// An entry that could not be read is reported once, where it was read.
func TestUnreadEntry(t *testing.T) {
	g, l := load.Guide("data/guides/hukou/a.md", []byte(strings.Replace(complete, "[{name: 户口簿, original: 1}]", "[户口簿]", 1)))
	if l = append(l, Guide(g, asOf, defaults)...); len(l) != 1 || l[0].Rule.String() != "yaml/type" {
		t.Error(l)
	}
}

func TestUnknownArea(t *testing.T) {
	g, _ := load.Guide("data/guides/police/a.md", []byte(complete))
	l := Guide(g, asOf, defaults)
	if len(l) != 1 || l[0].Rule.String() != "guide/word" || !strings.Contains(l[0].Hint.ZH, "特业与民爆管理（special-trade）") {
		t.Error(l)
	}
}

func BenchmarkGuide(b *testing.B) {
	g, _ := load.Guide("data/guides/hukou/a.md", []byte(complete))
	b.ReportAllocs()
	for b.Loop() {
		Guide(g, asOf, defaults)
	}
}
