package site_test

import (
	"context"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/sweep"
)

const casedGuide = `---
title: 首次申领居民身份证
authority: 示范市公安局治安支队
legal_basis: [{law: 中华人民共和国居民身份证法, article: 第二条}]
audience: [individual]
conditions: [中国公民]
cases:
  - {question: 申请人年满十六周岁了吗？, answers: [已满十六周岁, 未满十六周岁]}
  - {question: 哪位监护人陪同？, answers: [父亲或者母亲, 其他监护人, 没有监护人], when: [未满十六周岁]}
case_notes:
  - {when: [没有监护人], note: 请先到居委会指定监护人。, stop: true}
  - {when: [其他监护人], note: 核对监护关系要再来一次, visits: 2}
  - {when: [父亲或者母亲], note: 先取号, time_limit: {promised: 3, unit: working-days}, result: 受理回执}
materials:
  - {name: 居民户口簿, original: 1}
  - {name: 监护人的身份证, original: 1, when: [未满十六周岁]}
  - {name: 监护关系证明, original: 1, when: [其他监护人]}
steps:
  - {action: 申请, actor: 申请人, days: 0}
  - {action: 监护人签名, actor: 监护人, days: 0, when: [未满十六周岁]}
time_limit: {promised: 20, unit: natural-days}
fees:
  - {item: 工本费, amount: 20, basis: 甲, when: [已满十六周岁]}
  - {item: 快递费, amount: 12.5, basis: 乙, when: [已满十六周岁]}
  - {item: 工本费, amount: 0, when: [未满十六周岁]}
places:
  - {name: 户籍窗口, address: 示范路0号, hours: 周一至周五 9:00—17:00, phone: 000-00000010, route: 乘1路公交车}
visits: {count: 1, reason: 当场采集指纹}
result: 居民身份证
complaint: {phone: "12389"}
published: 2026-01-05
verified: 2026-10-08
---
请本人到场。
`

var answerLink = regexp.MustCompile(`<li><a href="([^"]+)">([^<]+)</a></li>`)

// The questions of a guide are answered by plain links, the last of which leads to a
// sheet with what holds for those answers alone.
func TestGuideCases(t *testing.T) {
	files := map[string]string{"site.yaml": caseSettings, "guides/hukou/card.md": casedGuide}
	out := tree(t, builtFrom(t, files))
	for _, fault := range sweep.Site(out) {
		t.Error(fault)
	}
	const guide = "guides/hukou/card/index.html"
	follow := func(answers ...string) string {
		t.Helper()
		at := guide
		for _, answer := range answers {
			page, next := string(out[at]), ""
			_, ask, _ := strings.Cut(page, `<ul class="answers"`)
			ask, _, _ = strings.Cut(ask, "</ul>")
			for _, m := range answerLink.FindAllStringSubmatch(ask, -1) {
				if m[2] == answer {
					next = path.Join(path.Dir(at), m[1])
				}
			}
			if next == "" {
				t.Fatalf("%s has no answer %s", at, answer)
			}
			at = next
		}
		return string(out[at])
	}
	main := func(page string) string {
		_, page, _ = strings.Cut(page, "<main")
		page, _, _ = strings.Cut(page, "</main>")
		return page
	}
	for _, c := range []struct {
		answers   []string
		has, lack []string
	}{
		{[]string{"已满十六周岁"}, []string{"居民户口簿", "合计32.5元", "到现场1次", "户籍窗口", "周一至周五", "000-00000010", "乘1路公交车", "申请", "20个自然日", "申请人年满十六周岁了吗？"}, []string{"监护", "适用情形"}},
		{[]string{"未满十六周岁", "父亲或者母亲"}, []string{"监护人的身份证", "免费", "监护人签名", "到现场1次", "3个工作日", "受理回执", "先取号", "12389"}, []string{"监护关系证明", "快递费", "20个自然日"}},
		{[]string{"未满十六周岁", "其他监护人"}, []string{"监护关系证明", "到现场2次", "核对监护关系要再来一次"}, []string{"快递费", "当场采集指纹"}},
		{[]string{"未满十六周岁", "没有监护人"}, []string{"这种情形不按本指南办", "请先到居委会指定监护人。"}, []string{"居民户口簿", "多少钱"}},
	} {
		page := main(follow(c.answers...))
		for _, want := range c.has {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the sheet lacks %s", c.answers, want)
			}
		}
		for _, other := range c.lack {
			if strings.Contains(page, other) {
				t.Errorf("%s: the sheet has %s", c.answers, other)
			}
		}
	}
	whole := main(string(out[guide]))
	for _, want := range []string{"申请人年满十六周岁了吗？", "适用情形：未满十六周岁", "监护关系证明", "快递费"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the guide lacks %s", want)
		}
	}
	if strings.Contains(whole, "合计") {
		t.Error("the guide adds up what nobody pays together")
	}
}

// A matter that every station handles: its guide and its sheets name them all, and the
// page of each leads to the guide.
func TestGuideAtEveryStation(t *testing.T) {
	out := tree(t, builtFrom(t, map[string]string{
		"site.yaml":            caseSettings,
		"guides/hukou/card.md": strings.Replace(casedGuide, "name: 户籍窗口,", "name: 东门派出所户籍窗口, units: 派出所,", 1),
		"units.csv":            "id,name,level,parent,address,phone\nsj,示范市公安局,市局,,,000-00000000\ndm,东门派出所,派出所,sj,东门街0号,000-00000010\nxm,西门派出所,派出所,sj,西门街0号,000-00000012\n",
	}))
	for _, fault := range sweep.Site(out) {
		t.Error(fault)
	}
	for _, name := range []string{"guides/hukou/card/index.html", "guides/hukou/card/case/1-0/index.html"} {
		_, also, _ := strings.Cut(string(out[name]), "这些地方也能办")
		also, _, _ = strings.Cut(also, "</ul>")
		if !strings.Contains(also, "西门派出所") || !strings.Contains(also, "000-00000012") || strings.Contains(also, "东门派出所") {
			t.Errorf("%s names beside its own window: %s", name, also)
		}
	}
	for unit, leads := range map[string]bool{"dm": true, "xm": true, "sj": false} {
		if strings.Contains(string(out["units/"+unit+"/index.html"]), "guides/hukou/card/") != leads {
			t.Errorf("the page of %s leads to the guide: %v, want %v", unit, !leads, leads)
		}
	}
}

// A sheet that is gone leads on to its guide, and stops nothing.
func TestGuideCasesComeAndGo(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	put := func(guide string) {
		putFile(t, filepath.Join(dir, "data", "site.yaml"), caseSettings)
		putFile(t, filepath.Join(dir, "data", "guides", "hukou", "card.md"), guide)
	}
	put(casedGuide)
	if _, problems, err := site.Release(context.Background(), options(dir, ""), "2026-10"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	put(strings.NewReplacer(", 没有监护人]", "]", "  - {when: [没有监护人], note: 请先到居委会指定监护人。, stop: true}\n", "").Replace(casedGuide))
	if err := buildInto(out, dir); err != nil {
		t.Fatal(err)
	}
	gone := string(tree(t, out)["guides/hukou/card/case/2-3/index.html"])
	if !strings.Contains(gone, "../../../../../guides/hukou/card/index.html") || strings.Contains(gone, "居民户口簿") {
		t.Error("the sheet that is gone does not lead on to its guide")
	}
}
