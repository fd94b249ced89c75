package privacy_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
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

var waiverInHint = regexp.MustCompile(`- \{(rule: privacy/mobile, file: data/pages/page.md, place: "4:3"), reason: `)

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
	told := ""
	for _, p := range list {
		if m := waiverInHint.FindStringSubmatch(p.Hint.EN); m != nil && strings.Contains(p.Hint.ZH, m[1]) {
			told = m[1]
		}
	}
	if told == "" {
		t.Fatalf("the hint gives no line to copy: %v", list)
	}
	waiver := func(rule, file, place, until string) string {
		return "  - {rule: " + rule + ", file: " + file + ", place: '" + place + "', reason: 公开的业务电话, approved_by: 示范处, until: " + until + "}\n"
	}
	good := waiver("privacy/mobile", "data/pages/page.md", "4:3", "2026-10-31")
	found := "mobile@data/pages/page.md:4:3"
	for _, c := range []struct{ name, waivers, want string }{
		{"what the hint says", "  - {" + told + ", reason: 公开, approved_by: 示范处, until: 2026-10-31}\n", ""},
		{"a waiver on its last day", good, ""},
		{"expired", waiver("privacy/mobile", "data/pages/page.md", "4:3", "2026-10-30"), found + " waiver-expired@data/privacy.yaml:2:110"},
		{"of another rule", waiver("privacy/bank-card", "data/pages/page.md", "4:3", "2027-01-01"), found + " waiver-unused@data/privacy.yaml:2:5"},
		{"of another file", waiver("privacy/mobile", "data/pages/other.md", "4:3", "2027-01-01"), found + " waiver-unused@data/privacy.yaml:2:5"},
		{"of another place", good + waiver("privacy/mobile", "data/pages/page.md", "4:4", "2027-01-01"), "waiver-unused@data/privacy.yaml:3:5"},
		{"of no place", waiver("privacy/mobile", "data/pages/page.md", "", "2027-01-01"), found + " waiver-unused@data/privacy.yaml:2:5"},
		{"twice", good + good, "waiver@data/privacy.yaml:3:5"},
		{"unknown rule", good + waiver("privacy/phone", "data/pages/page.md", "4:3", "2027-01-01"), "waiver@data/privacy.yaml:3:12"},
		{"the value itself", waiver("privacy/mobile", cell, "4:3", "2027-01-01"), found + " waiver-unused@data/privacy.yaml:2:5 mobile@data/privacy.yaml:2:34"},
		{"without approval", "  - {" + told + ", reason: 公开, until: 2027-01-01}\n", "waiver@data/privacy.yaml:2:5"},
		{"without a file", "  - {rule: privacy/mobile, place: '4:3', reason: 公开, approved_by: 示范处, until: 2027-01-01}\n", found + " waiver@data/privacy.yaml:2:5 waiver-unused@data/privacy.yaml:2:5"},
	} {
		if got := rules(waived(c.waivers)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	unknown := waived("  - {" + told + ", reasons: 公开, approved_by: 示范处, until: 2027-01-01}\n")
	refused := false
	for _, p := range unknown {
		refused = refused || p.Rule.String() == "yaml/key" && p.File == "data/privacy.yaml"
	}
	if !refused {
		t.Error("an unknown key is not reported")
	}
}

// messages/hash-of-phone: nothing that is printed lets the value be tried.
func TestNoHash(t *testing.T) {
	sum := sha256.Sum256([]byte(cell))
	hash := hex.EncodeToString(sum[:])
	files := map[string]string{
		"data/site.yaml":                 settings,
		"data/notices/2026-10-25-a.md":   "---\ntitle: 公告\ndate: 2026-10-25\nsource: 示范市公安局\n---\n电话 " + cell + "\n",
		"data/stats/s.csv":               "期间,备注\n2025年," + cell + "\n",
		"data/static/" + cell + "/a.txt": "证号" + id,
	}
	list := check(t, files)
	if got := rules(list); strings.Count(got, "mobile@") != 3 || strings.Count(got, "resident-id@") != 1 {
		t.Fatalf("found: %q", got)
	}
	for _, p := range list {
		said := strings.ToLower(fmt.Sprint(p))
		if strings.Contains(said, hash) || strings.Contains(said, hash[:8]) || strings.Contains(said, cell) || strings.Contains(said, id) {
			t.Errorf("%v tells the value: %s", p.Position, said)
		}
		if p.Rule == problem.PrivacyMobile && strings.HasPrefix(p.File, "data/static/") && strings.Contains(p.Hint.EN, "privacy.yaml") {
			t.Error("the name of a file is waived")
		}
	}
}

// publishing/axis-holds-a-phone-number: what the command computes and draws is
// not searched as if staff had written it; what a template says is, inside an svg too.
func TestComputedNumbers(t *testing.T) {
	files := map[string]string{
		"data/site.yaml":    settings,
		"data/stats/x.csv":  "期间,金额（元）\n2024年,13000000000\n2025年,15200000000\n2026年,9000000000\n",
		"data/stats/x.yaml": "title: 金额\ncharts: [{type: line, x: 期间, y: [金额（元）]}]\n",
	}
	both := func() string {
		dir := folder(t, files)
		o := site.Options{Dir: dir, Out: t.TempDir(), AsOf: period.NewDate(2026, 10, 31), Jobs: 2}
		checked, err := site.Check(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		made, built, err := site.Make(context.Background(), o)
		if err != nil {
			t.Fatal(err)
		}
		if rules(checked) != rules(built) {
			t.Errorf("check says %q, build %q", rules(checked), rules(built))
		}
		if built.Errors() == 0 && !slices.ContainsFunc(made.Files, func(f bureau.File) bool {
			return f.Path == "stats/x/chart-1.svg" && bytes.Contains(f.Bytes, []byte("<svg"))
		}) {
			t.Error("nothing was drawn")
		}
		return rules(built)
	}
	if got := both(); got != "" {
		t.Errorf("an axis is taken for %q", got)
	}
	files["templates/404.html"] = `<div class="chart-wide"><svg class="chart"><text>` + other + "</text></svg></div>"
	if got := both(); !strings.HasPrefix(got, "mobile@404.html:") {
		t.Errorf("a number in a template's own drawing: %q", got)
	}
}

// What was drawn is left out of a page, and nothing else: not a drawing that
// somebody changed, nor what stands beside one, whose place stays right.
func TestDrawings(t *testing.T) {
	drawing := []byte(`<svg viewBox="0 0 9 9"><svg><text>` + cell + `</text></svg><text>` + cell + `</text></svg>`)
	changed := strings.Replace(string(drawing), "</text></svg><", "</text> </svg><", 1)
	for name, c := range map[string]struct{ file, page, want string }{
		"alone":                        {"a.html", "<p>1</p>" + string(drawing) + "<p>2</p>", ""},
		"twice":                        {"a.html", string(drawing) + string(drawing), ""},
		"as a file":                    {"stats/x/chart-1.svg", string(drawing), ""},
		"beside a number":              {"a.html", "<p>\n" + string(drawing) + "<b>" + other, fmt.Sprintf("mobile@a.html:2:%d", len(drawing)+4)},
		"before and after":             {"a.html", other + string(drawing) + cell, "mobile@a.html:1:" + fmt.Sprint(len(other)+len(drawing)+1) + " mobile@a.html:1:1"},
		"changed":                      {"a.html", changed, "mobile@a.html:1:35"},
		"a file that is changed":       {"stats/x/chart-1.svg", changed, "mobile@stats/x/chart-1.svg:1:35"},
		"an element that does not end": {"a.html", "<svg><svg></svg>" + cell, "mobile@a.html:1:17"},
		"a page that is named as one":  {"a.html", "<svg>" + cell + "</svg>", "mobile@a.html:1:6"},
	} {
		guard := privacy.New(new(bureau.Bureau), period.NewDate(2026, 10, 31))
		list := guard.Output([]privacy.Sight{guard.Look(bureau.File{Path: c.file, Bytes: []byte(c.page)}, (*privacy.Sketches)(nil).With([][]byte{drawing, nil}))})
		words := strings.Fields(rules(list))
		slices.Sort(words)
		want := strings.Fields(c.want)
		slices.Sort(want)
		if !slices.Equal(words, want) {
			t.Errorf("%s: %q, want %q", name, words, want)
		}
	}
}

// security/scan-quadratic: a row of figures is read once, and is one message.
func TestScanIsLinear(t *testing.T) {
	row := func(n int) []byte { return []byte(strings.Repeat("1 ", n)) }
	findings := privacy.File("data/notices/a.md", row(450_000))
	if len(findings) != 1 || findings[0].Rule != problem.PrivacyResidentID15 {
		t.Errorf("%d findings", len(findings))
	}
	var many strings.Builder
	for i := range 20_000 { // on one line
		fmt.Fprintf(&many, "电话154%08d ", i)
	}
	start := time.Now()
	findings = privacy.File("a.md", []byte(many.String()))
	if last := findings[len(findings)-1]; len(findings) != 1001 || last.Rule != problem.PrivacyNotInspected || last.Severity != problem.Error {
		t.Errorf("%d findings, the last %v", len(findings), last)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("it takes %v", d)
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
		{"a name", notice("kind: 警情通报\n", "受害人王五表示感谢。证人李四，男。"), "name@data/notices/2026-10-20-n.md:7:4 name@data/notices/2026-10-20-n.md:7:13"},
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

// A table that is looked through as it is written tells the same as one that is at hand.
func TestLooker(t *testing.T) {
	var table strings.Builder
	table.WriteString("期间,备注\r\n")
	for i := range 200_000 {
		note := "无"
		if i == 150_000 || i == 199_999 {
			note = fmt.Sprint("电话1390000", 1000+i%9000)
		}
		fmt.Fprintf(&table, "2025年,%s\r\n", note)
	}
	guard := privacy.New(new(bureau.Bureau), 0)
	guard.Inputs()
	const file = "stats/x/x.csv"
	whole := guard.Output([]privacy.Sight{guard.Look(bureau.File{Path: file, Bytes: []byte(table.String())}, privacy.Sketches{})})
	l := guard.Looker(file)
	for part := []byte(table.String()); len(part) > 0; {
		n, err := l.Write(part[:min(len(part), 70_001)])
		if err != nil {
			t.Fatal(err)
		}
		part = part[n:]
	}
	parts := guard.Output([]privacy.Sight{l.Sight()})
	if len(whole) != 2 || !reflect.DeepEqual(whole, parts) || whole[0].Line != 150_002 {
		t.Errorf("at hand %v, as it is written %v", whole, parts)
	}
}

// The word that tells what a number is may stand on the line before it or behind it, where a
// part of the file ends.
func TestLookerBeside(t *testing.T) {
	guard := privacy.New(new(bureau.Bureau), 0)
	guard.Inputs()
	const file = "stats/x/x.csv"
	lines := strings.Repeat("2025年,无\r\n", 100_000)
	for _, c := range [][2]string{{"护照\n", "E12345678\n"}, {"110105194912310021\n", "身份证\n"}, {"110105194912310021\n护照\n", "E12345678\n身份证\n"}} {
		l := guard.Looker(file)
		var whole string
		for _, part := range []string{lines, c[0], c[1], lines, lines + c[0], c[1] + lines, lines + c[0] + c[1] + strings.Repeat("x", 234) + "\n", c[0] + c[1]} {
			l.Write([]byte(part))
			whole += part
		}
		seen, want := l.Sight(), guard.Look(bureau.File{Path: file, Bytes: []byte(whole)}, privacy.Sketches{})
		if len(want) < 3 || len(seen) != len(want) {
			t.Errorf("%q: hits: %d, in the whole: %d", c, len(seen), len(want))
			continue
		}
		for i := range want {
			if got, want := guard.Output([]privacy.Sight{seen[i : i+1]}), guard.Output([]privacy.Sight{want[i : i+1]}); !reflect.DeepEqual(got, want) {
				t.Errorf("%q: as it is written %v, at hand %v", c, got, want)
			}
		}
	}
}
