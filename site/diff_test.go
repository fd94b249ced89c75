package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/sheet"
)

// office is a bureau that published on the tenth of October 2026 and goes on.
type office struct {
	*testing.T
	site.Options
}

const officeDescriptor = "title: %s\ndescription: 测试。\nsources: [{title: 业务系统}]\ncontributors: [{title: 指挥中心, roles: [compiler]}]\nfrequency: yearly\nreleased: 2026-10-08\nnext_release: 2026-12-10\n%s"

// officeOf writes a bureau, records its release and builds it.
func officeOf(t *testing.T, files map[string]string) office {
	t.Helper()
	dir := t.TempDir()
	o := office{t, options(dir, filepath.Join(dir, "public"))}
	if files["site.yaml"] == "" {
		o.put("site.yaml", caseSettings)
	}
	for name, text := range files {
		o.put(name, text)
	}
	o.AsOf = period.NewDate(2026, 10, 10)
	o.release("first")
	if result, problems, err := site.Build(context.Background(), o.Options); err != nil || !result.Built {
		t.Fatal(err, problemsError(problems))
	}
	o.AsOf = asOf
	return o
}

func (o office) put(name, text string) {
	o.Helper()
	putFile(o.T, filepath.Join(o.Dir, "data", filepath.FromSlash(name)), text)
}

func (o office) remove(name string) {
	o.Helper()
	if err := os.Remove(filepath.Join(o.Dir, "data", filepath.FromSlash(name))); err != nil {
		o.Fatal(err)
	}
}

func (o office) release(label string) {
	o.Helper()
	if name, problems, err := site.Release(context.Background(), o.Options, label); err != nil || name == "" {
		o.Fatal(err, problemsError(problems))
	}
}

// diff gives the sheet, against the output folder as the last publication.
func (o office) diff() *site.Proposal {
	o.Helper()
	p, problems, err := site.Diff(context.Background(), o.Options)
	if err != nil || p == nil {
		o.Fatal(err, problemsError(problems))
	}
	return p
}

// forms are all forms of a sheet.
func (o office) forms(p *site.Proposal) map[string]string {
	o.Helper()
	all := map[string]string{}
	for _, l := range []problem.Language{problem.Chinese, problem.English} {
		v := p.Sheet.View(l)
		var text bytes.Buffer
		if err := sheet.Text(&text, v); err != nil {
			o.Fatal(err)
		}
		page, faults, err := render.Sheet(v, l)
		if err != nil || len(faults) > 0 {
			o.Fatal(err, faults)
		}
		all["text "+string(l)], all["html "+string(l)] = text.String(), string(page)
	}
	object, err := json.MarshalIndent(p.Sheet, "", " ")
	if err != nil {
		o.Fatal(err)
	}
	all["json"] = string(object)
	return all
}

// counts are figures of events, of which no number is small.
func counts(rows string) map[string]string {
	return map[string]string{
		"stats/c.csv":  "期间,立案（件）,破案（件）\n" + rows,
		"stats/c.yaml": fmt.Sprintf(officeDescriptor, "刑事案件", "schema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 立案（件）, type: integer, role: measure, unit: 件, risk: event}\n    - {name: 破案（件）, type: integer, role: measure, unit: 件, risk: event}\n"),
	}
}

// partLines are those of the Chinese page, of the part whose title begins so.
func partLines(p *site.Proposal, title string) []string {
	for _, part := range p.Sheet.View(problem.Chinese).Parts {
		if strings.HasPrefix(part.Title, title) {
			return part.Lines
		}
	}
	return nil
}

const revisionsHead = "date,statistic,period,field,old,new,reason,approved_by,kind\n"

// Each kind of change stands on the sheet, with what was and what is.
func TestDiffTellsEachChange(t *testing.T) {
	base := "2022年,1201,800\n2023年,1159,753\n2024年,1048,700 [p]\n"
	for name, c := range map[string]struct {
		change func(o office)
		kinds  string // of figures, in their order
		title  string
		want   []string
	}{
		"nothing": {func(o office) {}, "", "", nil},
		"a new row": {func(o office) { o.put("stats/c.csv", counts(base + "2025年,990,650\n")["stats/c.csv"]) },
			"new new", "新公布", []string{"刑事案件：2025年，新增2个数：立案 990件、破案 650件"}},
		"a revision": {func(o office) {
			o.put("stats/c.csv", counts(strings.Replace(base, "1159", "1160", 1))["stats/c.csv"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,c,2023年,立案（件）,1159,1160,移交的案件补录,刑侦支队,correction\n")
		}, "revised", "修订", []string{"刑事案件：2023年 立案，原为1159件，现为1160件[r]（移交的案件补录）"}},
		"a marker": {func(o office) { o.put("stats/c.csv", counts(strings.Replace(base, " [p]", "", 1))["stats/c.csv"]) },
			"marked", "标记", []string{"刑事案件：2024年 破案，原为初步数，现为没有标记"}},
		"a row that goes": {func(o office) {
			o.put("stats/c.csv", counts(strings.Replace(base, "2022年,1201,800\n", "", 1))["stats/c.csv"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,c,2022年,,,撤下,口径不同，不再公布,刑侦支队,\n")
		}, "withdrawn withdrawn", "撤下", []string{"刑事案件：2022年，立案（原为1201件）、破案（原为800件）；口径不同，不再公布"}},
		"a number that becomes a marker": {func(o office) {
			o.put("stats/c.csv", counts(strings.Replace(base, "753", "[x]", 1))["stats/c.csv"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,c,2023年,破案（件）,753,[x],系统更换，暂缺,刑侦支队,correction\n")
		}, "withdrawn", "撤下", []string{"刑事案件：2023年，破案（原为753件）；系统更换，暂缺"}},
		"another scope": {func(o office) {
			o.put("stats/c.yaml", counts("")["stats/c.yaml"]+"quality: {scope: 全市，含高速公路}\n")
		}, "", "单位、口径", []string{"刑事案件：统计范围，原来没有，现为“全市，含高速公路”"}},
		"the next release": {func(o office) {
			o.put("stats/c.yaml", strings.Replace(counts("")["stats/c.yaml"], "2026-12-10", "2026-12-20", 1))
			o.put("revisions.csv", revisionsHead+"2026-10-20,c,,,2026-12-10,2026-12-20,等省里的口径,刑侦支队,definition\n")
		}, "", "单位、口径", []string{"下次发布日期：刑事案件 2026-12-20"}},
		"a new statistic": {func(o office) {
			for f, text := range counts("2021年,1,1\n2022年,1,1\n2023年,1,1\n2024年,1,1\n2025年,1990,50\n") {
				o.put(strings.Replace(f, "/c", "/d", 1), strings.Replace(strings.ReplaceAll(text, "立案", "受理"), "破案", "办结", -1))
			}
		}, "new new new new new new new new new new", "新公布", []string{"刑事案件：2021年至2025年，新增10个数，最大的是2025年 受理 1990件、2025年 办结 50件、2021年 受理 1件"}},
		"a notice": {func(o office) {
			o.put("notices/2026-10-20-a.md", "---\ntitle: 窗口时间\ndate: 2026-10-20\nsource: 示范市公安局\n---\n照常。\n")
		}, "", "新增的网页", []string{"窗口时间 notices/2026-10-20-a/"}},
		"a notice that waits": {func(o office) {
			o.put("notices/2026-11-20-a.md", "---\ntitle: 统一行动\ndate: 2026-11-20\nsource: 示范市公安局\n---\n照常。\n")
			o.put("pages/plan.md", "---\ntitle: 统一行动方案\nstatus: draft\n---\n照常。\n")
		}, "", "暂不公布", []string{"data/notices/2026-11-20-a.md，2026-11-20公布", "data/pages/plan.md，草稿"}},
		"a page that changed": {func(o office) { o.put("pages/about.md", "---\ntitle: 关于本站\n---\n另外的话。\n") },
			"", "内容有变化", []string{"关于本站 about/"}},
		"a page that moved": {func(o office) {
			o.remove("pages/about.md")
			o.put("pages/bureau.md", "---\ntitle: 关于本局\n---\n本站由示范市公安局主办。\n")
			o.put("addresses.csv", "old,new,date,reason\nabout/,bureau/,2026-10-20,改名\n")
		}, "", "换了网址", []string{"about/ → bureau/（改名）"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := counts(base)
			files["pages/about.md"] = "---\ntitle: 关于本站\n---\n本站由示范市公安局主办。\n"
			o := officeOf(t, files)
			c.change(o)
			p := o.diff()
			var kinds []string
			for _, f := range p.Sheet.Figures {
				kinds = append(kinds, f.Kind)
			}
			if got := strings.Join(kinds, " "); got != c.kinds {
				t.Errorf("figures are %s, want %s", got, c.kinds)
			}
			if c.title == "" {
				if len(p.Sheet.View(problem.Chinese).Parts) > 0 || p.Sheet.Count() > 0 {
					t.Errorf("%+v", p.Sheet)
				}
				return
			}
			got := partLines(p, c.title)
			for i, line := range c.want {
				if i >= len(got) || got[i] != line {
					t.Errorf("got %q, want %q", got, c.want)
					break
				}
			}
			for form, text := range o.forms(p) {
				if strings.Contains(text, "统一行动") && strings.Contains(name, "waits") {
					t.Errorf("%s tells what waits", form)
				}
			}
		})
	}
}

// people counts persons by kind of the case, of which small numbers are withheld.
func people(risk string, rows ...string) map[string]string {
	return map[string]string{
		"stats/p.csv":  "期间,类别,伤者（人）\n" + strings.Join(rows, "\n") + "\n",
		"stats/p.yaml": fmt.Sprintf(officeDescriptor, "交通事故伤者", "schema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 类别, type: string, role: category}\n    - {name: 伤者（人）, type: integer, role: measure, unit: 人, risk: "+risk+"}\n"),
	}
}

// A figure that becomes withheld is named by its row and field, and no form of the sheet
// holds what it was, nor an earlier number that would give it away: not when it was
// published by mistake and is protected now, not when a total is published anew, a
// figure beside it is revised, its row is taken off, or another statistic has the total.
func TestDiffNeverTellsWhatBecomesWithheld(t *testing.T) {
	// Published unprotected, as if they counted nothing: 甲 is 3.
	rows := []string{"2024年,甲,3", "2024年,乙,4171", "2024年,丙,5283", "2025年,甲,4471", "2025年,乙,5391", "2025年,丙,6217"}
	changed := func(from, to string) []string {
		all := slices.Clone(rows)
		all[slices.Index(all, from)] = to
		return all
	}
	for name, c := range map[string]struct {
		change func(o office)
		secret []string // numbers that no form holds
		named  string   // what becomes withheld
	}{
		"protected now": {func(o office) {
			o.put("stats/p.csv", people("person", rows...)["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
		}, []string{"3人", "原为"}, "2024年 甲 伤者"},
		"with a total that is new": {func(o office) {
			o.put("stats/p.csv", people("person", append(rows, "2024年,合计,9457", "2025年,合计,16079")...)["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
		}, []string{"3人", "原为", "4171", "5283", "4,171", "5,283"}, "2024年 甲 伤者"},
		"with a revision beside it": {func(o office) {
			o.put("stats/p.csv", people("person", changed("2024年,乙,4171", "2024年,乙,4172")...)["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,p,2024年/乙,伤者（人）,4171,4172,原来漏报1人，不是甲类的3人,交警支队,correction\n")
		}, []string{"原为", "4171", "4,171", "甲类的3人"}, "2024年 甲 伤者"},
		"with rows taken off": {func(o office) {
			o.put("stats/p.csv", people("person", rows[0], rows[1], rows[3], rows[4], rows[5])["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,p,2024年/丙,,,撤下,口径不同,交警支队,\n")
		}, []string{"原为", "5283", "5,283"}, "2024年 甲 伤者"},
		"its row taken off": {func(o office) {
			o.put("stats/p.csv", people("person", rows[1:]...)["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,p,2024年/甲,,,撤下,不应公布,交警支队,\n")
		}, []string{"原为", "3人", `"3"`}, ""},
		"the whole statistic taken off": {func(o office) {
			o.remove("stats/p.csv")
			o.remove("stats/p.yaml")
			o.put("revisions.csv", revisionsHead+"2026-10-20,p,,,,撤下,不应公布,交警支队,\n")
		}, []string{"原为", "3人", `"3"`, "4171", "4,171"}, ""},
		"revised from a small number": {func(o office) {
			o.put("stats/p.csv", people("person", changed("2024年,甲,3", "2024年,甲,4302")...)["stats/p.csv"])
			o.put("stats/p.yaml", people("person")["stats/p.yaml"])
			o.put("revisions.csv", revisionsHead+"2026-10-20,p,2024年/甲,伤者（人）,3,4302,漏了一位,交警支队,correction\n")
		}, []string{"原为", `"3"`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			files := people("event", rows...)
			for f, text := range counts("2024年,1048,700\n2025年,990,650\n") { // of nobody
				files[f] = text
			}
			o := officeOf(t, files)
			c.change(o)
			for _, previous := range []string{"", o.Out} {
				o.Previous = previous
				p := o.diff()
				for form, text := range o.forms(p) {
					// Neither the digest nor the name of the test's folder is chosen by anybody.
					_, text, _ = strings.Cut(strings.NewReplacer(p.Sheet.Digest, "", filepath.ToSlash(filepath.Dir(o.Out)), "").Replace(text), "\n")
					for _, secret := range c.secret {
						if strings.Contains(text, secret) {
							t.Errorf("%s holds %q (previous %q):\n%s", form, secret, previous, text)
						}
					}
				}
				if got := partLines(p, "不再公布"); c.named != "" && !slices.Contains(got, "交通事故伤者："+c.named) {
					t.Errorf("it is not named: %q", got)
				}
				for _, f := range p.Sheet.Figures {
					if f.Old != nil || f.Kind == ledger.FigureWithheld && *f.New != "[c]" {
						t.Errorf("%+v", f)
					}
				}
			}
		})
	}

	// What was withheld all along, and is, is no change; a month beside it that would open
	// it is withheld, too, and the sheet says no more than the page.
	o := officeOf(t, people("person", "2024年,甲,3", "2024年,乙,2", "2024年,丙,5283"))
	o.put("stats/p.csv", people("person", "2024年,甲,3", "2024年,乙,2", "2024年,丙,5283", "2025年,甲,4", "2025年,乙,4471", "2025年,丙,6217", "2025年,合计,10692")["stats/p.csv"])
	p := o.diff()
	hidden := 0
	for _, f := range p.Sheet.Figures {
		if f.Kind != ledger.FigureNew || strings.HasPrefix(f.Key, "2024") {
			t.Errorf("%+v", f)
		}
		if *f.New == "[c]" {
			hidden++
		}
	}
	if hidden < 2 {
		t.Errorf("%d of the new figures are withheld", hidden)
	}
	for form, text := range o.forms(p) {
		for _, secret := range []string{"甲 伤者 4人", `"new": "4"`, "最大的是合计 伤者 10,692人、乙 伤者 4,471人、丙"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s holds %q:\n%s", form, secret, text)
			}
		}
	}
}

// What goes because it tells of a person is not told again: an earlier scope that held a
// telephone number, and the name of a row that was taken off.
func TestDiffConcealsPersonalData(t *testing.T) {
	files := counts("2024年,1048,700\n2025年,990,650\n")
	scope := "quality: {scope: 问13812345678}\n"
	rows := "期间,分类,接待（件）\n2024年,甲,100\n2024年,找13912345678,110\n"
	files["stats/c.yaml"] += scope
	files["stats/d.csv"] = rows
	files["stats/d.yaml"] = fmt.Sprintf(officeDescriptor, "接待", "")
	files["privacy.yaml"] = "waivers:\n  - {rule: privacy/mobile, file: data/stats/c.yaml, place: '13:19', reason: 窗口手机, approved_by: 办公室, until: 2026-12-31}\n  - {rule: privacy/mobile, file: data/stats/d.csv, place: B3, reason: 窗口手机, approved_by: 办公室, until: 2026-12-31}\n"
	o := officeOf(t, files)
	o.put("privacy.yaml", strings.NewReplacer("stats/c.yaml", "revisions.csv", "'13:19'", "E2", "stats/d.csv", "revisions.csv", "B3", "C3").Replace(files["privacy.yaml"]))
	o.put("stats/c.yaml", strings.Replace(files["stats/c.yaml"], scope, "quality: {scope: 全市}\n", 1))
	o.put("stats/d.csv", "期间,分类,接待（件）\n2024年,甲,100\n")
	o.put("revisions.csv", revisionsHead+"2026-10-20,c,,,问13812345678,全市,写错了地方,刑侦支队,definition\n2026-10-20,d,2024年/找13912345678,,,撤下,写错了地方,刑侦支队,\n")
	p := o.diff()
	if p.Sheet.Concealed != 1 || len(p.Sheet.Statements) != 1 || !p.Sheet.Statements[0].Untold {
		t.Errorf("%+v", p.Sheet)
	}
	for form, text := range o.forms(p) {
		if strings.Contains(text, "13812345678") || strings.Contains(text, "13912345678") {
			t.Errorf("%s holds it", form)
		}
	}
}

// The same folder gives the same digest and the same sheet, at any number of workers, in
// any time zone, at any place; anything that readers see gives another.
func TestDiffIsDetermined(t *testing.T) {
	base := counts("2024年,1048,700\n2025年,990,650\n")
	o := officeOf(t, base)
	o.Commit = strings.Repeat("fedcba9876", 4)
	o.put("stats/c.csv", counts("2024年,1048,700\n2025年,990,650\n2026年1-9月,790,450\n")["stats/c.csv"])
	first := o.forms(o.diff())
	digest := o.diff().Sheet.Digest
	local := time.Local
	defer func() { time.Local = local }()
	for _, jobs := range []int{1, 3, 8} {
		time.Local = time.FixedZone("there", jobs*3600-20000)
		o.Jobs = jobs
		if got := o.forms(o.diff()); !maps.Equal(got, first) {
			t.Errorf("with %d workers it is another sheet", jobs)
		}
	}
	time.Local = local

	elsewhere := o
	elsewhere.Dir = t.TempDir()
	if err := os.CopyFS(elsewhere.Dir, os.DirFS(o.Dir)); err != nil {
		t.Fatal(err)
	}
	elsewhere.Out, elsewhere.Commit = filepath.Join(elsewhere.Dir, "public"), strings.Repeat("0123456789", 4)
	if got := elsewhere.diff().Sheet.Digest; got != digest {
		t.Error("another commit, or another place, is another digest")
	}
	elsewhere.Out = filepath.Join(elsewhere.Dir, "none")
	if got := elsewhere.diff().Sheet.Digest; got != digest {
		t.Error("the digest is of the output folder")
	}
	for name, text := range map[string]string{
		"stats/c.csv": counts("2024年,1048,701\n")["stats/c.csv"], "pages/a.md": "---\ntitle: 甲\n---\n乙。\n",
		"static/a.txt": "甲", "site.yaml": caseSettings + "description: 甲\n",
	} {
		t.Run(name, func(t *testing.T) {
			o := officeOf(t, base)
			before := o.diff().Sheet.Digest
			o.put(name, text)
			if name == "stats/c.csv" {
				o.put("revisions.csv", revisionsHead+"2026-10-20,c,2024年,破案（件）,700,701,补录,刑侦支队,correction\n2026-10-20,c,2025年,,,撤下,口径,刑侦支队,\n")
			}
			if o.diff().Sheet.Digest == before {
				t.Error("the digest is the same")
			}
		})
	}
}

// A footer that changed is one line and not a list of pages; the page whose own words
// changed is named beside it, from a folder as from an address.
func TestDiffCountsWhatAllPagesShare(t *testing.T) {
	files := counts("2024年,1048,700\n2025年,990,650\n")
	for i := range 40 {
		files[fmt.Sprintf("pages/p%02d.md", i)] = fmt.Sprintf("---\ntitle: 第%d页\n---\n甲。\n", i)
	}
	o := officeOf(t, files)
	server := httptest.NewServer(http.FileServer(http.Dir(o.Out)))
	defer server.Close()
	o.put("site.yaml", caseSettings+"footer: {organizer: 示范市公安局办公室}\n")
	o.put("pages/p07.md", "---\ntitle: 第7页\n---\n乙。\n")
	for _, previous := range []string{"", o.Out, server.URL} {
		o.Previous = previous
		p := o.diff()
		got := partLines(p, "内容有变化")
		if len(got) != 3 || got[0] != "第7页 p07/" || !strings.HasPrefix(got[1], "其余每一页（") || got[2] != "影响许多网页的文件有变化：data/site.yaml" {
			t.Errorf("%q: %q", previous, got)
		}
		if pages := p.Sheet.Pages; !pages.Known || len(pages.Added)+len(pages.Removed) > 0 || len(pages.Changed) != 1 {
			t.Errorf("%+v", pages)
		}
	}
	// Where nothing is known of the pages, the sheet says so.
	o.Previous, o.Out = "", filepath.Join(o.Dir, "none")
	p := o.diff()
	if p.Sheet.Pages.Known || p.Sheet.Same() || !strings.Contains(o.forms(p)["text zh"], "没有读到上次公布的网站") {
		t.Errorf("%+v", p.Sheet.Pages)
	}
}

// Nothing is released that nobody approved, where that is wanted: nor what changed since.
// To approve changes nothing that is approved, and neither does the clock.
func TestApproval(t *testing.T) {
	ctx := context.Background()
	files := counts("2024年,1048,700\n2025年,990,650\n")
	o := officeOf(t, files)
	refused := func(label, want string) {
		t.Helper()
		name, problems, err := site.Release(ctx, o.Options, label)
		i := slices.IndexFunc(problems, func(p problem.Problem) bool { return p.Rule == problem.ApprovalMissing })
		if err != nil || name != "" || i < 0 {
			t.Fatalf("released as %q: %v %v", name, err, problemsError(problems))
		}
		if message := problems[i].Message.ZH; !strings.Contains(message, want) {
			t.Errorf("it says %s, not %s", message, want)
		}
	}
	for _, word := range []string{"approval: required", "公开前审批: 需要"} {
		o.put("site.yaml", caseSettings+word+"\n")
		refused("second", "没有人批准过")
	}
	before := o.diff()
	if file, err := before.Approve("张三"); err != nil || file != "data/approvals.csv" {
		t.Fatal(file, err)
	}
	after := o.diff()
	if before.Sheet.Digest != after.Sheet.Digest {
		t.Error("to approve changed what was approved")
	}
	if _, err := after.Approve("张三"); !errors.Is(err, site.ErrApproved) {
		t.Error("approved twice by the same", err)
	}
	if _, err := after.Approve("李四"); err != nil {
		t.Error(err)
	}
	o.put("pages/a.md", "---\ntitle: 甲\n---\n乙。\n")
	refused("second", "最近批准的是 "+before.Sheet.Digest[:12]+"，2026-10-31，李四；那以后变了的有：a")
	o.remove("pages/a.md")

	// On a later day, when a statistic is overdue: nothing but the clock changed it.
	o.AsOf = period.NewDate(2027, 1, 20)
	if o.diff().Sheet.Digest == before.Sheet.Digest {
		t.Error("the day changes nothing, and the test is of nothing")
	}
	o.put("pages/a.md", "---\ntitle: 甲\n---\n乙。\n")
	refused("second", "那以后变了的有：")
	o.remove("pages/a.md")
	// What waited on the day of the approval was not approved with it.
	o.put("notices/2026-12-20-a.md", "---\ntitle: 窗口时间\ndate: 2026-12-20\nsource: 示范市公安局\n---\n照常。\n")
	refused("second", "那以后变了的有：")
	o.remove("notices/2026-12-20-a.md")
	o.release("second")

	// What is recorded and not sent yet is approved without its record.
	s, _, err := site.Make(ctx, o.Options)
	if err != nil {
		t.Fatal(err)
	}
	o.Pending = "second"
	if problems, err := s.Approved(ctx, o.Options); err != nil || len(problems) > 0 {
		t.Error("the release that is to be sent again is refused", err, problemsError(problems))
	}

	// Who approved stands nowhere in public.
	o.Out = filepath.Join(o.Dir, "public2")
	if result, problems, err := site.Build(ctx, o.Options); err != nil || !result.Built {
		t.Fatal(err, problemsError(problems))
	}
	for name, data := range tree(t, o.Out) {
		if strings.Contains(string(data), "李四") || strings.Contains(string(data), "approvals") {
			t.Errorf("%s tells of approvals", name)
		}
	}
}
