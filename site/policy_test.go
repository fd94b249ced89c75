package site_test

import (
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/sweep"
)

// policies are three documents, of which one is explained and replaces another, and one
// is past its term.
var policies = map[string]string{
	"policies/rules.md":     "---\ntitle: 窗口服务规定\nindex_no: S-2026-3\ndoc_no: 示公规〔2026〕3号\nissuer: 示范市公安局\nmade: 2026-09-18\npublished: 2026-09-21\nvalidity: 有效\nsummary: 窗口服务怎样做。\nnormative: true\nattachments: [{name: 告知单, file: /static/notice.txt}]\n---\n窗口一次告知。\n",
	"policies/explained.md": "---\ntitle: 窗口服务规定解读\nexplains: rules\npublished: 2026-09-22\nform: 图解\nconsent: 第88号\n---\n有哪些变化。\n",
	"policies/old.md":       "---\ntitle: 窗口服务暂行规定\nindex_no: S-2021-3\ndoc_no: 示公规〔2021〕3号\nmade: 2021-09-18\npublished: 2021-09-21\nvalidity: 废止\nreplaced_by: rules\n---\n试行。\n",
	"policies/plan.md":      "---\ntitle: 公开工作方案\nindex_no: S-2025-8\ndoc_no: 示公办〔2025〕8号\nmade: 2025-03-12\npublished: 2025-03-16\nvalidity: 有效\nvalid_until: 2026-09-30\n---\n逐项公开。\n",
	"static/notice.txt":     "告知单\n",
}

// withPolicies is the small bureau with them.
func withPolicies(t *testing.T) map[string]string {
	files := maps.Clone(policies)
	for name, data := range tree(t, "testdata/small/data") {
		files[name] = string(data)
	}
	delete(files, "suggestions/2026.csv") // of days to come
	return files
}

// A document is shown with what it says of itself and with the documents that belong to
// it, and stands in the catalogue as it stands on the day.
func TestPolicies(t *testing.T) {
	files := withPolicies(t)
	files["pages/guide-to-disclosure.md"] = "---\ntitle: 怎样查、怎样申请\nupdated: 2026-10-01\n---\n到这里查。\n"
	files["annual/2025.yaml"] = "published: 2026-01-28\nperiod: 2025\noverview: 甲\ndisclosed: 0\nrequests:\n  new: {persons: 3, rest: 0}\n  carried_in: 0\n  results: {granted: {persons: 3, rest: 0}, rest: 0}\n  carried_out: 0\nreview: 0\nproblems: 乙\nother: 无\n"
	files["site.yaml"] += "requests: {channels: [{name: 网上, to: /about/}]}\n"
	h := holdBackOf(t, files)
	site := tree(t, h.Out)
	for path, parts := range map[string][]string{
		"policies/rules/index.html": {
			"<dt>索引号</dt><dd>S-2026-3</dd>", "<dt>文号</dt><dd>示公规〔2026〕3号</dd>", "<dt>有效性</dt><dd>有效</dd>", "<dt>文件种类</dt><dd>行政规范性文件</dd>",
			`<dt>发布日期</dt><dd><time datetime="2026-09-21">2026年9月21日</time></dd>`, `<meta name="PubDate" content="2026-09-21">`, `<meta name="ColumnName" content="政策文件">`,
			`<meta name="ContentSource" content="示范市公安局">`, `解读：<a href="../../policies/explained/index.html">窗口服务规定解读</a>`,
			`<li><a href="../../policies/old/index.html">窗口服务暂行规定</a></li>`, `<a href="../../static/notice.txt"`, `<a href="../../disclosure/index.html">政府信息公开</a>`,
		},
		"policies/explained/index.html": {`解读的文件：<a href="../../policies/rules/index.html">窗口服务规定</a>`, "<dt>解读形式</dt><dd>图解</dd>", `<meta name="ColumnName" content="政策解读">`},
		"policies/old/index.html":       {"本文件已经废止", `现行的文件：<a href="../../policies/rules/index.html">窗口服务规定</a>`, "<dt>有效性</dt><dd>废止</dd>"},
		"policies/plan/index.html":      {"本文件的有效期到2026年9月30日为止", "<dt>有效性</dt><dd>有效期已过</dd>"},
		"policies/index.html":           {`窗口服务规定解读</a> <span class="tag">政策解读</span>`, `窗口服务暂行规定</a> <span class="tag">废止</span>`},
		"disclosure/index.html": {
			"公开目录</h2>", "公开指南</h2>", `<a href="../guide-to-disclosure/index.html">怎样查、怎样申请</a>`, `<a href="../annual/2025/index.html">`, `<a href="../policies/index.html">`, `<a href="../stats/index.html">`, `<a href="../requests/index.html">依申请公开</a>`,
			`<td data-label="文号">示公规〔2021〕3号</td>`, `<span class="tag late">有效期已过</span>`, `href="../policies/policies.csv" download`,
		},
		"policies/policies.csv": {"索引号,标题,内容概述,文号,发布机构,成文日期,发布日期,主题分类,有效性,有效期至", "S-2026-3,窗口服务规定,窗口服务怎样做。,示公规〔2026〕3号,示范市公安局,2026-09-18,2026-09-21,,有效,", "有效期已过,2026-09-30", ",废止,"},
		"index.html":            {`<a href="disclosure/index.html">政府信息公开</a></h2>`, `<a href="disclosure/index.html#catalogue">公开目录</a>`, `<a href="guide-to-disclosure/index.html">公开指南</a>`, `<a href="requests/index.html">依申请公开</a></li>`},
		"requests/index.html":   {`<a href="../disclosure/index.html">政府信息公开</a>`},
		"about/index.html":      {`<li><a href="../disclosure/index.html">政府信息公开</a></li>`},
		"sitemap/index.html":    {`<a href="../policies/rules/index.html">窗口服务规定</a>`},
		"feed.xml":              {"<title>窗口服务规定</title>", "窗口服务怎样做"},
	} {
		for _, part := range parts {
			if !strings.Contains(string(site[path]), part) {
				t.Errorf("%s: no %s", path, part)
			}
		}
	}
	for _, fault := range sweep.Site(site) {
		t.Error(fault)
	}
	if strings.Contains(string(site["policies/policies.csv"]), "解读") {
		t.Error("an explanation stands in the catalogue")
	}
	if newest := regexp.MustCompile(`(?s)policies/explained/.*policies/rules/.*policies/plan/.*policies/old/`); !newest.Match(site["policies/index.html"]) {
		t.Error("the list does not begin with the newest")
	}
	for name, data := range archived(t, site["data/sources.zip"]) {
		if strings.Contains(string(data), "第88号") {
			t.Errorf("%s tells of the consent", name)
		}
	}
}

// A document with an error stands as it was published, with what explains it; one that was
// never published takes its explanation along until it is mended.
func TestPoliciesAreHeldBack(t *testing.T) {
	h := holdBackOf(t, withPolicies(t))
	h.put("policies/rules.md", strings.Replace(policies["policies/rules.md"], "索引号", "", 1)+"\n[无](/nowhere/)\n")
	h.build("policies/rules.md 2026-10-10")
	if got := h.page("policies/rules/index.html"); !strings.Contains(got, standing10) || !strings.Contains(got, "S-2026-3") {
		t.Error(got)
	}
	h.put("policies/rules.md", policies["policies/rules.md"])
	h.put("policies/new.md", strings.Replace(strings.NewReplacer("S-2026-3", "S-2026-4", "3号", "4号").Replace(policies["policies/rules.md"]), "made: 2026-09-18\n", "", 1))
	h.put("policies/new-explained.md", strings.Replace(policies["policies/explained.md"], "explains: rules", "explains: new", 1))
	h.build("policies/new-explained.md, policies/new.md")
	h.put("policies/new.md", strings.NewReplacer("S-2026-3", "S-2026-4", "3号", "4号").Replace(policies["policies/rules.md"]))
	h.build("")
	if got := h.page("policies/new/index.html"); !strings.Contains(got, "new-explained/") {
		t.Error(got)
	}
}

// What waits is named, and is nowhere; the day on which it is published, it is.
func TestPoliciesWait(t *testing.T) {
	files := withPolicies(t)
	files["policies/rules.md"] = strings.Replace(files["policies/rules.md"], "published: 2026-09-21", "published: 2026-11-02", 1)
	files["policies/explained.md"] = strings.Replace(files["policies/explained.md"], "published: 2026-09-22", "published: 2026-11-02", 1)
	files["policies/old.md"] = strings.NewReplacer("废止", "有效", "replaced_by: rules\n", "").Replace(files["policies/old.md"])
	h := holdBackOf(t, files)
	problems := h.build("")
	for _, name := range []string{"rules", "explained"} {
		waits := false
		for _, p := range problems {
			waits = waits || p.Rule == problem.NoticeWaiting && p.File == bureau.PolicyKind.File(name)
		}
		if !waits {
			t.Errorf("nothing says that %s waits", name)
		}
	}
	for name, data := range tree(t, h.Out) {
		if filepath.Ext(name) != ".zip" && strings.Contains(string(data), "示公规〔2026〕3号") {
			t.Errorf("%s holds what waits", name)
		}
	}
	h.AsOf = period.NewDate(2026, 11, 2)
	h.build("")
	if !strings.Contains(h.page("disclosure/index.html"), "示公规〔2026〕3号") {
		t.Error("its day has come")
	}
}

// The page of open government information is there where it has something to lead to.
func TestDisclosureWithoutPolicies(t *testing.T) {
	files := withPolicies(t)
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasPrefix(name, "policies/") })
	h := holdBackOf(t, files)
	if site := tree(t, h.Out); site["disclosure/index.html"] != nil || strings.Contains(string(site["index.html"]), "disclosure/") {
		t.Error("a bureau without anything to list has the page")
	}
	h.put("pages/guide-to-disclosure.md", "---\ntitle: 怎样查、怎样申请\nupdated: 2026-10-01\n---\n到这里查。\n")
	h.build("")
	site := tree(t, h.Out)
	for path, part := range map[string]string{
		"disclosure/index.html": "还没有公布政策文件。", "index.html": `<a href="guide-to-disclosure/index.html">公开指南</a>`,
	} {
		if !strings.Contains(string(site[path]), part) {
			t.Errorf("%s: no %s", path, part)
		}
	}
	if site["policies/index.html"] != nil || site["policies/policies.csv"] != nil {
		t.Error("there is a list of no documents")
	}
	for _, fault := range sweep.Site(site) {
		t.Error(fault)
	}
}
