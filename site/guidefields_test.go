package site_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/sweep"
)

// A guide with every element of the national catalogue, as the case guide-fields has
// them, in Chinese where staff write so.
const fullGuide = `---
title: 首次申领居民身份证
事项编码: 11330000MB1X0000XC3330109001000
kind: 承诺件
authority: 某市公安局治安支队
summary: 年满十六周岁的公民第一次领取居民身份证。
白话说明: 满十六岁第一次办身份证，本人去一次。
legal_basis: [{law: 中华人民共和国居民身份证法, article: 第二条}]
audience: [individual]
conditions: [年满十六周岁]
materials:
  - {name: 居民户口簿, original: 1, 来源: 公安派出所, 样表: /static/sample.txt}
  - {name: 监护人的身份证, original: 1, 必要: 否, note: 未满十六周岁的}
steps:
  - {action: 申请, actor: 申请人, days: 0}
  - {action: 审核与制证, actor: 公安机关, days: 20, 单位: 自然日}
time_limit: {statutory: 60, promised: 20, unit: natural-days}
收费项目:
  - {name: 工本费, amount: 20, basis: 发改价格〔2003〕2322号}
  - {name: 快递费, amount: 12.5, basis: 邮政资费}
places:
  - {name: 城关派出所户籍窗口, address: 东街3号, hours: 周一至周五 9:00—17:00, phone: 010-86750001, route: 乘1路公交到东街站下, 无障碍: 有坡道}
online: https://www.mps.gov.cn/
到办事现场次数: {次数: 1, 原因: 当场采集指纹}
办理形式: [窗口办理, 网上办理]
通办范围: 全国
预约: 不用预约
送达: 可以邮寄
result: 居民身份证
结果样本: /static/sample.txt
救济途径: [可以申请行政复议]
faq: [{问: 能代办吗, 答: 不能，要采集指纹}]
complaint: {phone: "12389"}
published: 2026-01-05
verified: 2026-10-08
effective: 2026-01-05
expires: 2026-12-31
---
请本人到场。
`

// guide-fields: what the national list of services requires has its keys, and stands
// on the page, the papers, the place, the visits and the cost first.
func TestGuideFields(t *testing.T) {
	build := func(t *testing.T, guide string, days int) (page, list string) {
		t.Helper()
		dir := t.TempDir()
		for file, text := range map[string]string{"site.yaml": caseSettings, "guides/hukou/card.md": guide, "static/sample.txt": "样本\n"} {
			putFile(t, filepath.Join(dir, "data", filepath.FromSlash(file)), text)
		}
		out := filepath.Join(dir, "public")
		o := options(dir, out)
		o.AsOf += period.Date(days)
		if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
			t.Fatal(err, problemsError(problems))
		}
		files := tree(t, out)
		for _, fault := range sweep.Site(files) {
			t.Error(fault)
		}
		return string(files["guides/hukou/card/index.html"]), string(files["guides/hukou/index.html"])
	}
	begins(t, verdict(t, map[string]string{"guides/hukou/card.md": fullGuide, "static/sample.txt": "样本\n"}))
	page, _ := build(t, fullGuide, 0)
	at := 0
	for _, want := range []string{ // in this order
		"满十六岁第一次办身份证", "年满十六周岁的公民", "居民户口簿", "填写样表", "来源：公安派出所", "监护人的身份证", "视情况", "城关派出所户籍窗口", "怎么去", "乘1路公交", "无障碍", "有坡道",
		"到现场1次", "当场采集指纹", "办理渠道：窗口、网上", "通办范围：全国", "预约：不用预约", "工本费", "20元", "依据：发改价格", "快递费", "12.5元", "20个自然日", "20个自然日内",
		"结果样本", "送达：可以邮寄", "能代办吗", "不能，要采集指纹", "可以申请行政复议", "承诺件", "11330000MB1X0000XC3330109001000", "失效",
	} {
		i := strings.Index(page[at:], want)
		if i < 0 {
			t.Errorf("the page lacks %q after what comes before it", want)
			continue
		}
		at += i
	}
	if strings.Contains(page, "已于") {
		t.Error("the guide is said to have expired")
	}
	page, list := build(t, fullGuide, 62)
	if !strings.Contains(page, "本指南已于2026年12月31日失效") || !strings.Contains(list, "已失效") || strings.Contains(page, "GovernmentService") {
		t.Error("an expired guide does not say so")
	}
	page, _ = build(t, strings.NewReplacer("effective: 2026-01-05", "effective: 2026-11-15", "次数: 1, 原因: 当场采集指纹", "次数: 0").Replace(fullGuide), 0)
	if !strings.Contains(page, "本指南自2026年11月15日起施行") || !strings.Contains(page, "不用到现场") {
		t.Error("a guide that is not in effect yet does not say so")
	}
	page, _ = build(t, strings.Replace(fullGuide, "kind: 承诺件", "status: 已划转\nmoved_to: https://www.119.gov.cn/", 1), 0)
	if strings.Contains(page, "居民户口簿") || strings.Contains(page, "审核与制证") || !strings.Contains(page, "https://www.119.gov.cn/") {
		t.Error("a transferred matter shows more than the office that is responsible")
	}
	// The one fee that is written as a list is told where several stand.
	lines := verdict(t, map[string]string{"guides/hukou/card.md": strings.Replace(fullGuide, "收费项目:", "收费:", 1), "static/sample.txt": "样本\n"})
	begins(t, lines, "data/guides/hukou/card.md:19:3 error yaml/type")
	if !strings.HasSuffix(lines[0], "| write several under fees, or one as {free: …}") {
		t.Error(lines[0])
	}
}
