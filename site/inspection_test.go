package site_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/inspect"
	"sunshine/site/period"
)

// inspected gives the items of a bureau by the English name of each up to its bracket.
func inspected(t *testing.T, dir string, asOf period.Date) map[string]inspect.Item {
	t.Helper()
	o := options(dir, "")
	o.AsOf = asOf
	items, _, err := site.Inspect(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	vetoes := true
	found := map[string]inspect.Item{}
	for _, i := range items {
		if vetoes = vetoes && i.Veto; i.Veto && !vetoes {
			t.Errorf("%s is a veto item behind others", i.Indicator.EN)
		}
		if i.State != inspect.Met && (i.Found.ZH == "" || i.Remedy.ZH == "" || i.Remedy.EN == "") {
			t.Errorf("%s says neither what was found nor what to do: %v", i.Indicator.EN, i)
		}
		name, _, _ := strings.Cut(i.Indicator.EN, " (")
		found[name] = i
	}
	if len(found) < 20 {
		t.Errorf("%d indicators", len(found))
	}
	return found
}

// TestInspect follows the remedy of each item that fails in a bureau that has nothing, one
// after another, and sees it met.
func TestInspect(t *testing.T) {
	asOf := period.NewDate(2026, 10, 31)
	dir := t.TempDir()
	put := func(name, text string) { putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 某市公安局\n")
	if items := inspected(t, dir, asOf); !inspect.Fails([]inspect.Item{items["veto: the home page has something new"]}) || !inspect.Fails([]inspect.Item{items["veto: citizens can ask, and are answered"]}) {
		t.Error("an empty bureau passes a veto item")
	}
	settings := "title: 阳光警务\norganization: 某市公安局\n"
	put("site.yaml", settings+"inquiries: {channels: [{name: 来信, to: 某路1号}]}\n")
	if i := inspected(t, dir, asOf)["veto: citizens can ask, and are answered"]; i.State != inspect.Failed {
		t.Error("a bureau that can be asked by letter alone passes")
	}
	for _, step := range []struct{ item, file, text string }{
		{"veto: the home page has something new", "notices/2026-10-30-open.md", "---\ntitle: 开通\ndate: 2026-10-30\nsource: 办公室\n---\n网站开通。\n"},
		{"veto: citizens can ask, and are answered", "site.yaml", "inquiries: {channels: [{name: 网上信箱, to: xinxiang@mou.gov.cn}]}\n"},
		{"veto: fewer than 5 guides lack 4 elements or more", "guides/hukou/card.md", guideOfInspection},
		{"the offices with address, telephone and hours", "units.csv", "编号,名称,级别,上级,地址,电话,办公时间\nju,某市公安局,市局,,某路1号,029-88776655,工作日9:00—17:00\n"},
		{"open government information: the guide to it", "pages/guide-to-disclosure.md", "---\ntitle: 政府信息公开指南\nupdated: 2026-10-01\n---\n公开机构职能、文件、指南和统计；怎样查；怎样申请，多久答复，收不收费；联系方式：办公室，电话029-88776655，地址某路1号，工作日9:00—17:00。不服的，先申请行政复议。\n"},
		{"open government information: the catalogue", "policies/rule.md", "---\ntitle: 办法\nindex_no: A-1\ndoc_no: 某公规〔2026〕1号\nissuer: 某市公安局\nmade: 2026-09-01\npublished: 2026-09-02\nvalidity: 有效\n---\n第一条　办法。\n"},
		{"open government information: what the law requires to be published", "stats/cases.csv", "期间,立案（件）\n2024年,100\n2025年,120\n"},
		{"open government information: applications", "site.yaml", "requests: {channels: [{name: 邮寄, to: 某路1号}]}\n"},
		{"open government information: the annual report", "annual/2025.yaml", "published: 2026-01-28\nperiod: 2025\noverview: 甲\ndisclosed: 0\nrequests: {new: 0, carried_in: 0, results: 0, carried_out: 0}\nreview: 0\nproblems: 乙\nother: 无\n"},
		{"the footer: organiser, contact, site code, records, site map", "site.yaml", "contact: {phone: 029-88776655}\nfooter: {organizer: 某市公安局, site_code: \"6101000001\", icp: 陕ICP备12345678号, police_record: 陕公网安备61010002000001号, report_error: \"https://zfwzgl.www.gov.cn/exposure/jiucuo.html\", agency_mark: \"https://bszs.conac.cn/\"}\n"},
		{"tags of site, section and article", "site.yaml", "base_url: https://gaj.mou.gov.cn/\n"},
		{"the footer: the mark of government sites", "", ""},
		{"the footer: where to report an error", "", ""},
		{"the domain: .gov.cn, by https", "", ""},
		{"accessibility: large text, contrast, a statement", "pages/accessibility.md", "---\ntitle: 无障碍声明\nupdated: 2026-10-01\n---\n没有脚本、没有鼠标也能阅读和操作，全部功能可以用键盘完成；图旁边都有一句话和一张表；可以放大、可以打印。遇到困难请打电话029-88776655告诉我们。\n"},
	} {
		if before := inspected(t, dir, asOf)[step.item]; step.file != "" && before.State != inspect.Failed {
			t.Errorf("%s is %s before its remedy is followed", step.item, before.State)
		}
		switch step.file {
		case "":
		case "site.yaml":
			settings += step.text
			put("site.yaml", settings)
		default:
			put(step.file, step.text)
		}
		if after := inspected(t, dir, asOf)[step.item]; after.State != inspect.Met && !(step.file == "stats/cases.csv" && after.State == inspect.NotJudged) { // the rest of article 20 is for a person
			t.Errorf("%s is %q after its remedy is followed: %s: %s", step.item, after.State, after.Place, after.Found.EN)
		}
	}
	for name, i := range inspected(t, dir, asOf) {
		if i.State == inspect.Failed {
			t.Errorf("%s still fails: %s: %s", name, i.Place, i.Found.EN)
		}
	}

	// What fails it again.
	for _, fault := range []struct{ item, file, text string }{
		{"veto: citizens can ask, and are answered", "inquiries/2026.csv", "编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\nZX-1,2026-07-20,,,,,,否\n"},
		{"veto: words that must not be wrong, as configured", "pages/word.md", "---\ntitle: 词\n---\n中华人民共合国。\n"},
		{"veto: safety, secrets", "pages/who.md", "---\ntitle: 人\n---\n身份证110105199003071239。\n"},
		{"every link within the site leads somewhere", "pages/dead.md", "---\ntitle: 链\n---\n[去](none.md)\n"},
		{"open government information: applications", "requests/2026.csv", "编号,收到日期,申请人类别,补正日期,延期告知日期,答复日期,答复结果\nSQ-1,2026-07-20,自然人,,,,\n"},
		{"guides have every element", "guides/hukou/less.md", strings.Replace(guideOfInspection, "result: 居民身份证\n", "", 1)},
		{"guides are right: no catch-all, none expired, verified in time", "guides/hukou/old.md", strings.Replace(guideOfInspection, "review_days: 180", "expires: 2026-10-01", 1)},
		{"policy: each normative document is explained", "policies/new.md", "---\ntitle: 规定\nindex_no: A-2\ndoc_no: 某公规〔2026〕2号\nissuer: 某市公安局\nmade: 2026-09-01\npublished: 2026-09-02\nvalidity: 有效\nnormative: true\n---\n第一条　规定。\n"},
		{"statistics are released in time", "stats/cases.yaml", "title: 立案\nreleased: 2026-01-10\nnext_release: 2026-02-10\n"},
		{"content is dated, and not ahead of its day", "pages/ahead.md", "---\ntitle: 预告\nupdated: 2026-12-01\n---\n正文。\n"},
		{"attachments open and were inspected", "static/old.bin", "\x00\x01\x02"},
		{"the footer: organiser, contact, site code, records, site map", "site.yaml", strings.Replace(settings, "icp: 陕ICP备12345678号, ", "", 1)},
	} {
		put(fault.file, fault.text)
		i := inspected(t, dir, asOf)[fault.item]
		if i.State != inspect.Failed || !strings.Contains(i.Place, fault.file) {
			t.Errorf("%s is %s with %s: %s", fault.item, i.State, fault.file, i.Place)
		}
		os.Remove(filepath.Join(dir, "data", filepath.FromSlash(fault.file)))
		put("site.yaml", settings)
	}
	for n := range 5 {
		put(fmt.Sprintf("guides/other/g%d.md", n), "---\ntitle: 事项"+fmt.Sprint(n)+"\narea: other\nstatus: in-force\n---\n正文。\n")
	}
	if i := inspected(t, dir, asOf)["veto: fewer than 5 guides lack 4 elements or more"]; i.State != inspect.Failed {
		t.Error("five guides that say nothing pass")
	}
	os.RemoveAll(filepath.Join(dir, "data", "guides", "other"))
	report, err := os.ReadFile(filepath.Join(dir, "data", "annual", "2025.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	put("annual/2025.yaml", strings.Replace(string(report), "2026-01-28", "2026-03-28", 1))
	put("site.yaml", settings+"rules: {off: [{rule: annual/late, reason: 照实保留}]}\n")
	if i := inspected(t, dir, asOf)["open government information: the annual report"]; i.State != inspect.Failed {
		t.Error("a late report passes where the warning is excepted")
	}
	put("annual/2025.yaml", string(report))
	put("site.yaml", settings)
	put("inquiries/2026.csv", "编号,收到日期,标题,问题,答复单位,答复日期,答复,是否公开\nZX-1,2026-05-20,,,,2026-09-30,,否\n")
	if items := inspected(t, dir, asOf); items["veto: citizens can ask, and are answered"].State != inspect.Failed || items["inquiries are answered in time"].State != inspect.Failed {
		t.Error("an inquiry that was answered after four months passes")
	}
	os.Remove(filepath.Join(dir, "data", "inquiries", "2026.csv"))
	late := period.NewDate(2027, 4, 1)
	if i := inspected(t, dir, late)["veto: fewer than 5 sections are empty or overdue"]; !strings.Contains(i.Found.EN, "policy documents") {
		t.Errorf("policy documents of half a year ago: %s", i.Found.EN)
	}
	later := inspected(t, dir, period.NewDate(2026, 11, 14))
	if i := later["veto: the home page has something new"]; i.State != inspect.Failed {
		t.Errorf("fifteen days without anything new: %s", i.State)
	}
}

const guideOfInspection = `---
title: 首次申领居民身份证
area: hukou
status: in-force
authority: 某市公安局
legal_basis: [{law: 中华人民共和国居民身份证法, article: 第二条}]
audience: [individual]
conditions: [年满十六周岁]
materials: [{name: 户口簿, original: 1, copies: 0}]
steps: [{action: 申请, actor: 申请人, days: 0}, {action: 制证, actor: 公安机关, days: 20}]
time_limit: {statutory: 60, promised: 20, unit: natural-days}
fee: {free: true}
places: [{name: 户籍窗口, address: 某路1号, hours: 工作日9:00—17:00, phone: 029-88776655}]
visits: {count: 1, reason: 采集照片和指纹}
result: 居民身份证
complaint: {phone: "12389"}
published: 2026-01-05
updated: 2026-10-08
verified: 2026-10-08
review_days: 180
---
请本人到场。
`

// TestInspectDemonstration holds that no veto item of the demonstration fails on any day
// that it is shown, and that nothing else does.
func TestInspectDemonstration(t *testing.T) {
	for _, day := range []int{30, 31, 41, 61} { // to 30 November
		for name, i := range inspected(t, "..", period.NewDate(2026, 10, day)) {
			if i.State == inspect.Failed && (i.Veto || day <= 31) {
				t.Errorf("as of 2026-10-%d: %s fails: %s: %s", day, name, i.Place, i.Found.EN)
			}
		}
	}
}
