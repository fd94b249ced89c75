package ledger_test

import (
	"strings"
	"testing"

	"sunshine/site/ledger"
	"sunshine/site/period"
)

// stated is a bureau that says more of its figures than they themselves do.
func stated() folder {
	f := newFolder()
	f["stats/cases.yaml"] += "next_release: 2026-10-10\nquality: {scope: 全市立案的刑事案件, counting: 按立案日期}\n"
	f["targets.csv"] = "statistic,field,period,target,direction,set_by,basis\ncases,破获,2006年/城关,85,at-least,市局,年度计划\n"
	f["registers/promises.csv"] = "编号,承诺,期限,目标,数字\nP01,补齐台账,2026-12-31,不低于85件,cases/2005年/城关/破获\n"
	f["registers/promises.yaml"] = "title: 公开承诺\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 承诺, role: title}\n  - {name: 期限, role: due, type: date}\n  - {name: 目标, role: target}\n  - {name: 数字, role: figure, type: figure}\n"
	f["units.csv"] = "id,name,level,parent,population\n1,市局,bureau,,100000\n"
	f["guides/hukou/card.md"] = "---\ntitle: 领证\narea: hukou\ntime_limit: {statutory: 60, promised: 20, unit: natural-days}\ncase_notes: [{when: [加急], note: 快, time_limit: {promised: 5, unit: working-days}}]\n---\n"
	return f
}

// Figures that were the bureau's own and are said to be another place's, or the other
// way round, mean something else; the title, which says so too, is asked about.
func TestRestatedPlace(t *testing.T) {
	const place = "coverage: {place: 江津, organisation: 江津市公安局}\n"
	for _, c := range []struct{ before, after, was, is, title, now string }{
		{"", place, "本单位", "江津；江津市公安局", "破获刑事案件", "破获刑事案件（江津）"},
		{place, "", "江津；江津市公安局", "本单位", "破获刑事案件（江津）", "破获刑事案件"},
	} {
		f := stated()
		plain := f["stats/cases.yaml"]
		f["stats/cases.yaml"] = plain + c.before
		delete(f, "targets.csv")
		f.release(t, "2026-09", period.NewDate(2026, 9, 30))
		f["stats/cases.yaml"] = plain + c.after
		_, problems := ledger.Compare(f.open(t), day)
		if got := lines(problems); strings.Count(got, "\n") != 2 || !strings.Contains(got, `error: the place and organisation of "`+c.now+`" was published as "`+c.was+`" and is now "`+c.is+`"`) {
			t.Errorf("got %s", got)
		}
		f["revisions.csv"] = kinds + "2026-10-12,cases,,," + c.was + "," + c.is + ",原先写错,甲,口径变化\n2026-10-12,cases,,," + c.title + "," + c.now + ",原先写错,甲,口径变化\n"
		if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
			t.Error(lines(problems))
		}
	}
}

// What was said of published figures changes with a reason only: the case
// reunit-by-thousand, and its kind.
func TestRestated(t *testing.T) {
	for _, c := range []struct {
		name, file, old, new string
		want                 string // the statement that changed, in English; empty where no reason is needed
		row                  string // of revisions.csv that explains it
	}{
		{"unit by the thousand", "stats/cases.yaml", "name: 破获, type: integer, role: measure, unit: 件", "name: 破获, type: integer, role: measure, unit: 千件",
			`error: the unit of "破获" was published as "件" and is now "千件"`, "2026-10-12,cases,,破获,件,千件,按千件公布,甲,口径变化"},
		{"scope", "stats/cases.yaml", "全市立案的刑事案件", "城区立案的刑事案件",
			`error: the scope of "破获刑事案件" was published as "全市立案的刑事案件" and is now "城区立案的刑事案件"`, "2026-10-12,cases,,,全市立案的刑事案件,城区立案的刑事案件,区划调整,甲,definition"},
		{"no scope any more", "stats/cases.yaml", "scope: 全市立案的刑事案件, ", "",
			`error: the scope of "破获刑事案件" was published as "全市立案的刑事案件" and is gone`, "2026-10-12,cases,,,全市立案的刑事案件,removed,不再限定,甲,definition"},
		{"sources", "stats/cases.yaml", "刑侦支队年报", "法制支队年报",
			`error: the sources of "破获刑事案件" was published as "刑侦支队年报" and is now "法制支队年报"`, "2026-10-12,cases,,,刑侦支队年报,法制支队年报,职能划转,甲,口径变化"},
		{"title", "stats/cases.yaml", "title: 破获刑事案件", "title: 侦破刑事案件",
			`warning: the title of "侦破刑事案件" was published as "破获刑事案件" and is now "侦破刑事案件"`, "2026-10-12,cases,,,破获刑事案件,侦破刑事案件,统一用语,甲,口径变化"},
		{"next release put off", "stats/cases.yaml", "next_release: 2026-10-10", "next_release: 2026-12-10",
			`error: the date of the next release of "破获刑事案件" was published as "2026-10-10" and is now "2026-12-10"`, "2026-10-12,cases,,,2026/10/10,2026-12-10,汇总系统升级,甲,口径变化"},
		{"next release missed", "stats/cases.yaml", "released: 2026-09-10\nsources: [{title: 刑侦支队年报}]", "released: 2026-10-20\nsources: [{title: 刑侦支队年报}]",
			"", ""}, // the day stands; freshness tells of it
		{"next release missed, and another announced", "stats/cases.yaml", "released: 2026-09-10", "released: 2026-10-20 # next_release: 2026-10-10",
			"", ""},
		{"target", "targets.csv", "85,at-least", "80,at-least",
			`error: the target of "2006年/城关 破获" was published as "不低于85" and is now "不低于80"`, "2026-10-12,cases,2006年/城关,破获,不低于85,不低于80,年中调整,甲,口径变化"},
		{"target gone", "targets.csv", "cases,破获,2006年/城关,85,at-least,市局,年度计划\n", "",
			`error: the target of "2006年/城关 破获" was published as "不低于85" and is gone`, "2026-10-12,cases,2006年/城关,破获,不低于85,撤下,计划取消,甲,口径变化"},
		{"who set it", "targets.csv", "市局,年度计划", "市局,年度工作计划",
			`warning: the origin of the target of "2006年/城关 破获" was published as "市局；年度计划" and is now "市局；年度工作计划"`, "2026-10-12,cases,2006年/城关,破获,市局；年度计划,市局；年度工作计划,更正名称,甲,口径变化"},
		{"promise", "registers/promises.csv", "补齐台账", "逐步补齐台账",
			`error: the promise of "P01 承诺" was published as "补齐台账" and is now "逐步补齐台账"`, "2026-10-12,registers/promises,P01,承诺,补齐台账,逐步补齐台账,台账量大,甲,"},
		{"promised target", "registers/promises.csv", "不低于85件", "不低于60件",
			`error: the target of "P01 目标" was published as "不低于85件" and is now "不低于60件"`, "2026-10-12,registers/promises,P01,目标,不低于85件,不低于60件,台账量大,甲,"},
		{"what a promise is judged by", "registers/promises.csv", "cases/2005年/城关/破获", "cases/2004年/城关/破获",
			`error: the basis of judgement of "P01 数字" was published as "cases/2005年/城关/破获" and is now "cases/2004年/城关/破获"`, "2026-10-12,registers/promises,P01,数字,cases/2005年/城关/破获,cases/2004年/城关/破获,改按上年核验,甲,"},
		{"population", "units.csv", "100000", "50000",
			`error: the population of "市局" was published as "100000" and is now "50000"`, "2026-10-12,units,市局,,100000,50000,人口普查数,甲,"},
		{"promised time of a case", "guides/hukou/card.md", "promised: 5,", "promised: 8,",
			`error: the promise of "zh/加急" was published as "5 working-days" and is now "8 working-days"`, "2026-10-12,guides/hukou/card,zh/加急,,5 working-days,8 working-days,系统切换,甲,"},
		{"promised time of a guide", "guides/hukou/card.md", "promised: 20", "promised: 50",
			`error: the promise of "zh" was published as "20 natural-days" and is now "50 natural-days"`, "2026-10-12,guides/hukou/card,zh,,20 natural-days,50 natural-days,系统切换,甲,"},
		{"the bureau itself", "site.yaml", "organization: 示范市公安局", "organization: 示范县公安局",
			`error: the place and organisation of "site" was published as "示范市，示范市公安局" and is now "示范县，示范县公安局"`, "2026-10-12,site,,,示范市，示范市公安局,示范县，示范县公安局,撤市设县,甲,"},
		{"promised day", "registers/promises.csv", "2026-12-31", "2027-06-30",
			`error: the day by which it is promised of "P01 期限" was published as "2026-12-31" and is now "2027-06-30"`, "2026-10-12,registers/promises,P01,期限,2026-12-31,2027-06-30,台账量大,甲,"},
	} {
		f := stated()
		f.release(t, "2026-09", period.NewDate(2026, 9, 30))
		if !strings.Contains(f[c.file], c.old) {
			t.Fatal(c.name, "changes nothing")
		}
		f.replace(c.file, c.old, c.new)
		_, problems := ledger.Compare(f.open(t), day)
		got := lines(problems)
		if c.want == "" && got != "" || c.want != "" && (strings.Count(got, "\n") != 1 || !strings.Contains(got, c.want)) {
			t.Errorf("%s: got %swant %s", c.name, got, c.want)
		}
		if c.row == "" {
			continue
		}
		f["revisions.csv"] = kinds + c.row + "\n"
		report, problems := ledger.Compare(f.open(t), day)
		if len(problems) > 0 || len(report.Revisions) != 1 || report.Revisions[0].What == "" {
			t.Errorf("%s: with a reason: %s%+v", c.name, lines(problems), report)
		}
		// the next release takes it up, and the list keeps it
		f.release(t, "2026-10", day)
		if report, problems := ledger.Compare(f.open(t), day); len(problems) > 0 || len(report.Revisions) != 1 {
			t.Errorf("%s: after the next release: %s%+v", c.name, lines(problems), report)
		}
		delete(f, "revisions.csv")
		if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
			t.Errorf("%s: what was published with another text: %s", c.name, lines(problems))
		}
	}
}

// An edition that came when it was announced may announce the next one; one that came
// later says why.
func TestNextRelease(t *testing.T) {
	for released, fault := range map[string]bool{"2026-10-08": false, "2026-10-10": false, "2026-10-15": true, "2026-09-10": true} {
		f := stated()
		f.release(t, "2026-09", period.NewDate(2026, 9, 30))
		f.replace("stats/cases.yaml", "released: 2026-09-10", "released: "+released)
		f.replace("stats/cases.yaml", "next_release: 2026-10-10", "next_release: 2027-10-10")
		if _, problems := ledger.Compare(f.open(t), day); (problems.Errors() > 0) != fault {
			t.Errorf("released %s: %s", released, lines(problems))
		}
	}
}

// The head of the log tells of what was taken from it or written anew, the last
// release included: the case release-rewritten.
func TestHead(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(f folder)
		want   string
	}{
		{"untouched", func(folder) {}, ""},
		{"the last one rewritten, its own hash anew", func(f folder) {
			rest := strings.Replace(strings.SplitAfterN(f["releases/r2.json"], "\n", 2)[1], "91", "92", 1)
			f["releases/r2.json"] = string(sealed([]byte(rest)))
		}, "data/releases/head.txt:1: error: the records of releases were edited: they do not have the head that was written [release/head]\n"},
		{"the last one gone", func(f folder) { delete(f, "releases/r2.json") },
			"data/releases/head.txt:1: error: there should be records of 2 releases, and there are 1 [release/head]\n"},
		{"all gone", func(f folder) {
			delete(f, "releases/r1.json")
			delete(f, "releases/r2.json")
		}, "data/releases/head.txt:1: error: there should be records of 2 releases, and there are 0 [release/head]\n"},
		{"no head", func(f folder) { delete(f, "releases/head.txt") },
			"data/releases/head.txt:1: error: there are records of releases, and no head.txt that stands for them [release/head]\n"},
		{"no words of a head", func(f folder) { f["releases/head.txt"] = "2\n" },
			"data/releases/head.txt:1: error: the head of the log cannot be read [release/head]\n"},
		{"killed before the head", func(f folder) { f["releases/head.txt"] = f["old"] },
			"data/releases/r2.json:1: error: this release was not recorded to its end [release/head]\n"},
		{"ends of lines turned", func(f folder) {
			for _, name := range []string{"releases/r1.json", "releases/r2.json", "releases/head.txt"} {
				f[name] = strings.ReplaceAll(f[name], "\n", "\r\n")
			}
		}, ""},
	} {
		f := newFolder()
		f.release(t, "r1", period.NewDate(2026, 9, 30))
		old := f["releases/head.txt"]
		f["stats/cases.csv"] += "2006年,城关,130,91\n"
		f.release(t, "r2", day)
		f["old"] = old
		c.change(f)
		delete(f, "old")
		_, problems := f.load()
		if got := lines(problems); got != c.want {
			t.Errorf("%s: got %swant %s", c.name, got, c.want)
		}
	}
}

// A head that somebody kept tells whether the log only grew.
func TestGrown(t *testing.T) {
	entries := [][]byte{[]byte("a"), []byte("b"), []byte("c"), []byte("d"), []byte("e")}
	for n := range len(entries) + 1 {
		head, err := ledger.ParseHead(ledger.HeadOf(entries[:n]).Text())
		if err != nil || !head.Grown(entries) {
			t.Errorf("%d: %v %v", n, head, err)
		}
		if n > 0 && (head.Grown(entries[:n-1]) || head.Grown(append([][]byte{[]byte("x")}, entries[1:]...))) {
			t.Errorf("%d: shorter or forked, and nobody noticed", n)
		}
	}
}

// What is signed with a key is known by its public line, and by no other.
func TestKey(t *testing.T) {
	secret, public, err := ledger.NewKey(strings.NewReader(strings.Repeat("k", 64)))
	if err != nil {
		t.Fatal(err)
	}
	_, other, _ := ledger.NewKey(strings.NewReader(strings.Repeat("x", 64)))
	key, err := ledger.ParseKey(secret + "\n")
	if err != nil {
		t.Fatal(err)
	}
	text := ledger.HeadOf(nil).Text()
	signed := key.Sign(text)
	for line, want := range map[string]bool{public: true, other: false} {
		reader, err := ledger.ParsePublicKey(line)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := reader.Signed(signed); ok != want || ok && got != text {
			t.Errorf("%s: %v %q", line, ok, got)
		}
		if _, ok := reader.Signed(text); ok {
			t.Error("what is not signed passes")
		}
		if _, ok := reader.Signed(strings.Replace(signed, "0", "1", 1)); ok {
			t.Error("what was edited passes")
		}
	}
	if _, err := ledger.ParseKey(public); err == nil {
		t.Error("a public line signs")
	}
}

// What is said anew of figures that were published without it is asked about.
func TestAdded(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f["stats/cases.yaml"] += "quality: {scope: 城区}\n"
	f.replace("stats/cases.yaml", "unit: 件, risk: event}\nderive", "unit: 件, risk: event, title: 查明, description: 只计查明的}\nderive")
	_, problems := ledger.Compare(f.open(t), day)
	want := `data/stats/cases.csv:1:10 (D1): warning: "cases 破获" was published without a description, and has "只计查明的" now [revision/definition]
data/stats/cases.csv:1:10 (D1): warning: "cases 破获" was published without a title, and has "查明" now [revision/definition]
data/stats/cases.yaml:14:18: warning: "cases" was published without a scope, and has "城区" now [revision/definition]
`
	if got := lines(problems); got != want {
		t.Errorf("got %swant %s", got, want)
	}
	f.release(t, "2026-10", day)
	if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
		t.Error(lines(problems))
	}
	if changed := ledger.Restated(f.open(t)); len(changed) > 0 {
		t.Errorf("it is no change, and is told as %v", changed)
	}
	f.replace("stats/cases.yaml", "title: 查明", "title: 侦破")
	if changed := ledger.Restated(f.open(t)); len(changed) != 1 || changed[0].Old != "查明" || changed[0].Text != "侦破" {
		t.Errorf("another title is told as %v", changed)
	}
}

// The reason of a revision that readers have seen is asked about when it changes.
func TestReasonRewritten(t *testing.T) {
	f := newFolder()
	f.release(t, "2026-09", period.NewDate(2026, 9, 30))
	f.replace("stats/cases.csv", "100,80", "100,81")
	f["revisions.csv"] = head + "2026-10-12,cases,2004年/城关,破获,80,81,移交的案件补录,甲\n"
	f.release(t, "2026-10", period.NewDate(2026, 10, 20))
	if _, problems := ledger.Compare(f.open(t), day); len(problems) > 0 {
		t.Error(lines(problems))
	}
	f.replace("revisions.csv", "移交的案件补录", "笔误")
	_, problems := ledger.Compare(f.open(t), day)
	if got := lines(problems); !strings.Contains(got, `data/revisions.csv:2:36 (G2): warning: the day, reason and approver of the revision of "2004年/城关//80/81 破获" was published as "2026-10-12；移交的案件补录；甲" and is now "2026-10-12；笔误；甲" [revision/definition]`) {
		t.Error(got)
	}
}
