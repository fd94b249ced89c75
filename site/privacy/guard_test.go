package privacy_test

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
)

// rules lists the problems of this package as rule@place.
func rules(list problem.List) string {
	var words []string
	for _, p := range list {
		if strings.HasPrefix(p.Rule.String(), "privacy/") {
			words = append(words, strings.TrimPrefix(p.Rule.String(), "privacy/")+"@"+p.Position.String())
		}
	}
	return strings.Join(words, " ")
}

func guide(places, complaint, body string) string {
	return fmt.Sprintf(`---
title: 事项
legal_basis: [{law: 示范条例, article: 第二条}]
conditions: [年满十六周岁]
materials: [{name: 户口簿, original: 1}]
steps: [{action: 申请, actor: 申请人, days: 0}]
places: [{name: 大厅, address: 示范路0号, hours: 工作日, phone: "%s"}]
complaint: {phone: "%s"}
updated: 2026-10-08
verified: 2026-10-08
---
%s
`, places, complaint, body)
}

func TestOfficialNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"contact, and the same number in a text": {map[string]string{
			"data/site.yaml":     settings + "contact: {phone: '" + cell + "', complaint: '+86 " + other + "', address: 示范路0号3单元}\n",
			"data/pages/page.md": "---\ntitle: 页面\n---\n拨打" + cell + "或" + split(other, "-", 3, 4) + "，到示范路0号3单元。\n",
		}, ""},
		"places and complaint of a guide": {map[string]string{"data/guides/hukou/g.md": guide(cell, other, "正文")}, ""},
		"units.csv":                       {map[string]string{"data/units.csv": "id,name,phone\nu1,示范派出所," + cell + "\n"}, ""},
		"another number":                  {map[string]string{"data/guides/hukou/g.md": guide(cell, "12389", "拨打"+other)}, "mobile@data/guides/hukou/g.md:12:3"},
		"no resident ID is official": {map[string]string{"data/site.yaml": settings + "contact: {phone: '" + id + "'}\n"},
			"resident-id@data/site.yaml:4:19"},
		"domains": {map[string]string{
			"data/site.yaml":     settings + "privacy: {email_domains: [police.example.net]}\n",
			"data/pages/page.md": "---\ntitle: 页面\n---\na@example.org b@x.police.example.net c@notexample.org\n",
		}, "email@data/pages/page.md:4:38"},
	} {
		files := map[string]string{"data/site.yaml": settings}
		maps.Copy(files, c.files)
		if got := rules(check(t, files)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAmounts(t *testing.T) {
	files := map[string]string{
		"data/stats/money.csv": "期间,涉案金额（元）,挽回（元）\n2024年," + cell + ",139亿\n2025年," + other + ",\"13,900,000,003\"\n",
	}
	if got := rules(check(t, files)); got != "" {
		t.Errorf("amounts are taken for %s", got)
	}
}

var hashInHint = regexp.MustCompile(`hash: ([0-9a-f]{64})`)

func TestWaivers(t *testing.T) {
	page := map[string]string{"data/pages/page.md": "---\ntitle: 页面\n---\n拨打" + split(cell, " ", 3, 4) + "\n"}
	waived := func(waivers string) problem.List {
		files := map[string]string{"data/site.yaml": settings}
		maps.Copy(files, page)
		if waivers != "" {
			files["data/privacy.yaml"] = "waivers:\n" + waivers
		}
		return check(t, files)
	}
	list := waived("")
	if got := rules(list); got != "mobile@data/pages/page.md:4:3" {
		t.Fatalf("without a waiver: %q", got)
	}
	hash := ""
	for _, p := range list {
		if m := hashInHint.FindStringSubmatch(p.Hint.EN); m != nil && strings.Contains(p.Hint.ZH, m[1]) {
			hash = m[1]
		}
	}
	if hash != privacy.Hash(cell) {
		t.Fatalf("the hint gives the hash %q", hash)
	}
	waiver := func(rule, hash, until string) string {
		return "  - {rule: " + rule + ", hash: " + hash + ", reason: 公开的业务电话, approved_by: 示范处, until: " + until + "}\n"
	}
	good := waiver("privacy/mobile", hash, "2026-10-31")
	for _, c := range []struct{ name, waivers, want string }{
		{"a waiver on its last day", good, ""},
		{"capital digits", waiver("privacy/mobile", strings.ToUpper(hash), "2027-01-01"), ""},
		{"expired", waiver("privacy/mobile", hash, "2026-10-30"), "mobile@data/pages/page.md:4:3 waiver-expired@data/privacy.yaml:2:142"},
		{"of another rule", waiver("privacy/bank-card", hash, "2027-01-01"), "mobile@data/pages/page.md:4:3 waiver-unused@data/privacy.yaml:2:5"},
		{"for nothing", good + waiver("privacy/mobile", privacy.Hash(other), "2027-01-01"), "waiver-unused@data/privacy.yaml:3:5"},
		{"twice", good + good, "waiver@data/privacy.yaml:3:5"},
		{"unknown rule", good + waiver("privacy/phone", hash, "2027-01-01"), "waiver@data/privacy.yaml:3:12"},
		{"the value itself", waiver("privacy/mobile", `"`+cell+`"`, "2027-01-01"), "mobile@data/pages/page.md:4:3 waiver@data/privacy.yaml:2:34 mobile@data/privacy.yaml:2:35"},
		{"without approval", "  - {rule: privacy/mobile, hash: " + hash + ", reason: 公开, until: 2027-01-01}\n", "waiver@data/privacy.yaml:2:5"},
	} {
		if got := rules(waived(c.waivers)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	unknown := waived("  - {rule: privacy/mobile, hash: " + hash + ", reasons: 公开, approved_by: 示范处, until: 2027-01-01}\n")
	found := false
	for _, p := range unknown {
		found = found || p.Rule.String() == "yaml/key" && p.File == "data/privacy.yaml"
	}
	if !found {
		t.Error("an unknown key is not reported")
	}
}

// TestOncePerValue holds a value that a template puts on every page to one
// report, and a value of an input to the report of the input.
func TestOncePerValue(t *testing.T) {
	files := map[string]string{
		"data/site.yaml":     settings,
		"data/pages/a.md":    "---\ntitle: 甲\n---\n拨打" + cell + "\n",
		"data/pages/b.md":    "---\ntitle: 乙\n---\n正文\n",
		"templates/404.html": "<p>" + other + "</p><p>" + other + "</p><p>" + cell + "</p>",
	}
	list := check(t, files)
	if got := rules(list); got != "mobile@404.html:"+lineOf(list, "404.html")+" mobile@data/pages/a.md:4:3" {
		t.Errorf("%q", got)
	}
}

func lineOf(list problem.List, file string) string {
	for _, p := range list {
		if p.File == file {
			return fmt.Sprintf("%d:%d", p.Line, p.Column)
		}
	}
	return ""
}

func TestPersons(t *testing.T) {
	notice := func(keys, body string) map[string]string {
		return map[string]string{"data/site.yaml": settings, "data/notices/2026-10-20-n.md": "---\ntitle: 公告\ndate: 2026-10-20\nsource: 示范市公安局\n" + keys + "---\n" + body + "\n"}
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a penalty on a person", notice("kind: 治安管理处罚\n", "违法行为人王某，男。"), "penalty@data/notices/2026-10-20-n.md:5:7"},
		{"a penalty on a person in a table", notice("kind: 行政处罚\n", "| 姓名 | 张*|\n\n被处罚人：张三"), "penalty@data/notices/2026-10-20-n.md:5:7"},
		{"a penalty on an organisation", notice("kind: 行政处罚\n", "当事人：示范旅馆有限公司"), ""},
		{"of another kind", notice("kind: 警情通报\n", "违法行为人王某已被查获。"), ""},
		{"a name", notice("kind: 警情通报\n", "受害人王五表示感谢。证人李四，男。"), "name@data/notices/2026-10-20-n.md:7:13"},
		{"a name with consent", notice("kind: 表彰\nconsent: 示公宣〔2026〕8号\n", "举报人李四，男。"), ""},
	} {
		if got := rules(check(t, c.files)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestOwnOutput holds the demonstration bureau to no alarm, with its charts.
func TestOwnOutput(t *testing.T) {
	_, problems, err := site.Make(context.Background(), site.Options{Dir: "../..", AsOf: period.NewDate(2026, 10, 31), Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := rules(problems); got != "" {
		t.Error(got)
	}
}
