package site_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/attack"
	"sunshine/site/ledger"
	"sunshine/site/period"
	"sunshine/site/problem"
	outside "sunshine/site/published"
)

// town is a bureau that lives month after month: what stands in its data/ is written
// anew from it.
type town struct {
	r     *rand.Rand
	month int // counted from 0
	from  int // the first of its months, counted from year 0

	series     []*series
	unit       string // of the cases
	scope      string
	target     int
	yearly     period.Date // the next release of the statistic of the year
	due        period.Date
	documents  map[string]string // guides, notices, pages and attachments, below data/
	revisions  []string
	addresses  []string
	count      int               // of what was named so far
	revertible map[string]string // from a line of a table to what it was before its revision
}

// series is a statistic, a line of its CSV an entry.
type series struct {
	name, header, descriptor string
	lines                    []string
	until                    int // the month in which it is withdrawn; 0 for never
}

func newTown(seed uint64) *town {
	v := &town{r: rand.New(rand.NewPCG(seed, 36)), from: 2023 * 12, unit: "起", scope: "本市行政区域内", target: 120, revertible: map[string]string{}}
	v.due, v.yearly = period.NewDate(2027, 6, 30), period.NewDate(2027, 1, 20)
	v.series = []*series{
		{name: "cases", header: "期间,立案,破案", descriptor: "title: 刑事案件\nfrequency: monthly\nquality: {scope: %[1]s}\n%[2]sschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 立案, type: integer, role: measure, unit: %[3]s, risk: event}\n    - {name: 破案, type: integer, role: measure, unit: 起, risk: event}\n"},
		{name: "theft", header: "期间,类别,发案（起）", descriptor: "title: 盗窃案件\nfrequency: monthly\n%[2]sschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 类别, type: string, role: category}\n    - {name: 发案（起）, type: integer, role: measure, unit: 起, risk: event}\n"},
		{name: "visits", header: "期间,单位,窗口办件（件）", descriptor: "title: 窗口办件\nfrequency: monthly\n%[2]sschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 单位, type: string, role: unit}\n    - {name: 窗口办件（件）, type: integer, role: measure, unit: 件, risk: event}\n"},
		{name: "injured", header: "期间,类别,受伤（人）", descriptor: "title: 交通事故受伤\nfrequency: monthly\n%[2]sschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 类别, type: string, role: category}\n    - {name: 受伤（人）, type: integer, role: measure, unit: 人, risk: person}\n"},
		{name: "year", header: "期间,检查单位数（家次）", descriptor: "title: 消防检查\nfrequency: yearly\nreleased: 2023-01-20\nnext_release: %[4]s\nsources: [{title: 消防年报}]\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 检查单位数（家次）, type: integer, role: measure, unit: 家次, risk: event}\n",
			lines: []string{"2021年,3120", "2022年,3407"}},
	}
	v.documents = map[string]string{"pages/about.md": aPage("关于本站"), "static/forms/a.txt": "申请表\n"}
	for i := range 4 {
		v.documents[fmt.Sprintf("guides/hukou/g%d.md", i)] = aGuide(i)
	}
	return v
}

func aPage(title string) string {
	return "---\ntitle: " + title + "\nupdated: 2023-01-10\n---\n\n本站公开统计和办事指南。\n"
}

func aGuide(n int) string {
	return fmt.Sprintf(`---
title: 户口办理事项第%d号
area: hukou
status: in-force
authority: 示范市公安局
legal_basis: [{law: 示范条例, article: 第二条}]
audience: [individual]
conditions: [年满十六周岁]
materials: [{name: 户口簿, original: 1, copies: 1}]
steps: [{action: 申请, actor: 申请人, days: 0}, {action: 办结, actor: 公安机关, days: 15}]
time_limit: {statutory: 30, promised: 15, unit: working-days}
fee: {free: true}
places: [{name: 办事大厅, address: 示范路1号, hours: 工作日09:00–17:00, phone: 000-00000001}]
result: 办理结果通知
complaint: {phone: "12389"}
published: 2022-03-03
updated: 2022-03-03
verified: 2022-10-28
---

请本人到场。
`, n)
}

// day is a day of the month after that of the newest figures, when they are released.
func (v *town) day(n int) period.Date {
	at := v.from + v.month + 1
	return period.NewDate(at/12, time.Month(at%12+1), n)
}

// newest is the month of the newest figures, as a period.
func (v *town) newest() string {
	at := v.from + v.month
	return fmt.Sprintf("%d年%d月", at/12, at%12+1)
}

func (v *town) label() string {
	at := v.from + v.month
	return fmt.Sprintf("%d-%02d", at/12, at%12+1)
}

func (v *town) of(name string) *series {
	i := slices.IndexFunc(v.series, func(s *series) bool { return s.name == name })
	return v.series[i]
}

// grow adds the figures of the month, and its notice.
func (v *town) grow() {
	add := func(s *series, format string, args ...any) {
		s.lines = append(s.lines, v.newest()+","+fmt.Sprintf(format, args...))
	}
	between := func(low, high int) int { return low + v.r.IntN(high-low) }
	for _, s := range v.series {
		switch s.name {
		case "cases":
			add(s, "%d,%d", between(150, 260), between(90, 150))
		case "theft":
			for _, kind := range []string{"入室盗窃", "扒窃", "盗窃车辆"} {
				add(s, "%s,%d", kind, between(20, 80))
			}
		case "visits":
			for _, unit := range []string{"东路派出所", "西路派出所"} {
				add(s, "%s,%d", unit, between(400, 800))
			}
		case "injured":
			for _, kind := range []string{"机动车", "非机动车", "行人"} {
				add(s, "%s,%d", kind, between(6, 40))
			}
			if v.month%5 == 2 {
				add(s, "其他,%d", between(1, 5))
			}
		case "year":
		default:
			add(s, "%d", between(100, 300))
		}
	}
	v.documents[fmt.Sprintf("notices/%s-notice.md", v.day(8))] = fmt.Sprintf("---\ntitle: %s窗口安排\ndate: %s\nsource: 示范市公安局\n---\n\n窗口照常办理。\n", v.newest(), v.day(8))
}

// revised writes a row of revisions.csv.
func (v *town) revised(cells string) { v.revisions = append(v.revisions, v.day(9).String()+","+cells) }

// moved writes a row of addresses.csv.
func (v *town) moved(old, new string) {
	v.addresses = append(v.addresses, fmt.Sprintf("%s,%s,%s,调整栏目", old, new, v.day(9)))
}

// pick gives one of the documents that begin so.
func (v *town) pick(prefix string) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(v.documents)) {
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names[v.r.IntN(len(names))]
}

// addressOf is where a document stands on the site.
func addressOf(name string) string {
	if strings.HasPrefix(name, "static/") {
		return name
	}
	return strings.TrimPrefix(strings.TrimSuffix(name, ".md"), "pages/") + "/"
}

// rename gives a document another name.
func (v *town) rename(name string) (old, new string) {
	v.count++
	to := path.Join(path.Dir(name), fmt.Sprintf("n%d%s", v.count, path.Ext(name)))
	v.documents[to] = v.documents[name]
	delete(v.documents, name)
	return addressOf(name), addressOf(to)
}

// reword changes the last cell of a line of a series to another number.
func (v *town) reword(s *series, i int) (old, now string) {
	at := strings.LastIndex(s.lines[i], ",") + 1
	old = s.lines[i][at:]
	now = fmt.Sprint(100 + v.r.IntN(800))
	for now == old {
		now = fmt.Sprint(100 + v.r.IntN(800))
	}
	s.lines[i] = s.lines[i][:at] + now
	return old, now
}

// whole names a line as revisions.csv does.
func whole(line string) string {
	return strings.ReplaceAll(line[:strings.LastIndex(line, ",")], ",", "/")
}

// other is a text that is not this one, of two.
func other(text, a, b string) string {
	if text == a {
		return b
	}
	return a
}

// changes are what happens now and then, each with its row.
var changes = []struct {
	what   string
	happen func(v *town)
}{
	{"a figure is revised", func(v *town) {
		s := v.of("theft")
		i := v.r.IntN(len(s.lines))
		was := s.lines[i]
		old, now := v.reword(s, i)
		v.revertible[s.lines[i]] = was
		v.revised(fmt.Sprintf("theft,%s,发案（起）,,%s,%s,移交的案件补录,刑侦支队,correction", whole(was), old, now))
	}},
	{"a guide is renamed", func(v *town) { v.moved(v.rename(v.pick("guides/"))) }},
	{"a unit changes", func(v *town) {
		old := v.unit
		v.unit = other(old, "起", "件")
		v.revised(fmt.Sprintf("cases,,立案,,%s,%s,按新的统计制度计数,统计科,definition", old, v.unit))
	}},
	{"a page is renamed", func(v *town) { v.moved(v.rename(v.pick("pages/"))) }},
	{"a target changes", func(v *town) {
		old := v.target
		v.target = 100 + (old+7)%90
		v.revised(fmt.Sprintf("cases,2023年1月,破案,,不低于%d,不低于%d,上级调整,办公室,definition", old, v.target))
	}},
	{"a notice is removed", func(v *town) {
		name := v.pick("notices/")
		delete(v.documents, name)
		v.moved(addressOf(name), "notices/")
	}},
	{"the next release is put off", func(v *town) {
		old := v.yearly
		v.yearly += 7
		v.revised(fmt.Sprintf("year,,,,%s,%s,年报推迟,办公室,definition", old, v.yearly))
	}},
	{"an attachment is renamed", func(v *town) { v.moved(v.rename(v.pick("static/"))) }},
	{"a scope changes", func(v *town) {
		old := v.scope
		v.scope = other(old, "本市行政区域内", "本市行政区域内，不含高速公路")
		v.revised(fmt.Sprintf("cases,,,,%s,%s,按新的统计制度,统计科,definition", old, v.scope))
	}},
	{"a statistic is begun", func(v *town) {
		v.count++
		name := fmt.Sprintf("patrol%d", v.count)
		v.series = append(v.series, &series{name: name, header: "期间,巡逻（次）", until: v.month + 4,
			descriptor: "title: 专项巡逻" + fmt.Sprint(v.count) + "\nfrequency: monthly\n%[2]sschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 巡逻（次）, type: integer, role: measure, unit: 次, risk: event}\n"})
	}},
	{"a row is withdrawn", func(v *town) {
		s := v.of("theft")
		i := v.r.IntN(len(s.lines))
		v.revised(fmt.Sprintf("theft,%s,,,,撤下,重复统计,刑侦支队,correction", whole(s.lines[i])))
		s.lines = slices.Delete(s.lines, i, i+1)
	}},
	{"a promised day is put off", func(v *town) {
		old := v.due
		v.due += 30
		v.revised(fmt.Sprintf("registers/promises,P1,期限,,%s,%s,工期调整,办公室,definition", old, v.due))
	}},
}

// withdraw takes off the statistics whose time has come, each with its row.
func (v *town) withdraw() {
	v.series = slices.DeleteFunc(v.series, func(s *series) bool {
		if s.until != 0 && s.until <= v.month {
			v.revised(s.name + ",,,,,撤下,专项行动结束,办公室,")
			return true
		}
		return false
	})
}

// silent are changes without a row, each with the rule that refuses it.
var silent = []struct {
	what string
	rule problem.Rule
	do   func(v *town) bool // false where there is nothing yet to do it with
}{
	{"a figure", problem.RevisionUnexplained, func(v *town) bool {
		s := v.of("visits")
		v.reword(s, v.r.IntN(len(s.lines)))
		return true
	}},
	{"a figure, back to what it was", problem.RevisionUnexplained, func(v *town) bool {
		s := v.of("theft")
		for i, line := range s.lines {
			if was, ok := v.revertible[line]; ok {
				s.lines[i] = was
				return true
			}
		}
		return false
	}},
	{"a unit", problem.RevisionRestated, func(v *town) bool { v.unit = other(v.unit, "起", "件"); return true }},
	{"a scope", problem.RevisionRestated, func(v *town) bool {
		v.scope = other(v.scope, "本市行政区域内", "本市行政区域内，不含高速公路")
		return true
	}},
	{"a target", problem.RevisionRestated, func(v *town) bool { v.target -= 11; return true }},
	{"a next release", problem.RevisionRestated, func(v *town) bool { v.yearly += 30; return true }},
	{"a promised day", problem.RevisionRestated, func(v *town) bool { v.due += 60; return true }},
	{"the address of a guide", problem.AddressGone, func(v *town) bool { v.rename(v.pick("guides/")); return true }},
	{"the address of a page", problem.AddressGone, func(v *town) bool { v.rename(v.pick("pages/")); return true }},
	{"the address of an attachment", problem.AddressGone, func(v *town) bool { v.rename(v.pick("static/")); return true }},
	{"a notice", problem.AddressGone, func(v *town) bool { delete(v.documents, v.pick("notices/")); return true }},
	{"a row", problem.RevisionRemoved, func(v *town) bool {
		s := v.of("visits")
		s.lines = slices.Delete(s.lines, 0, 1)
		return true
	}},
	{"a statistic", problem.RevisionRemoved, func(v *town) bool {
		v.series = slices.DeleteFunc(v.series, func(s *series) bool { return s.name == "visits" })
		return true
	}},
	{"a row of addresses.csv", problem.AddressGone, func(v *town) bool {
		if len(v.addresses) == 0 {
			return false
		}
		v.addresses = v.addresses[1:]
		return true
	}},
}

// copied is a town that can be changed without the first.
func (v *town) copied() *town {
	w := *v
	w.series = nil
	for _, s := range v.series {
		c := *s
		c.lines = slices.Clone(s.lines)
		w.series = append(w.series, &c)
	}
	w.documents, w.addresses, w.revisions = maps.Clone(v.documents), slices.Clone(v.addresses), slices.Clone(v.revisions)
	return &w
}

// write writes data/ anew; the releases stay.
func (v *town) write(t testing.TB, dir string) {
	t.Helper()
	data := filepath.Join(dir, "data")
	entries, _ := os.ReadDir(data)
	for _, e := range entries {
		if e.Name() != "releases" {
			if err := os.RemoveAll(filepath.Join(data, e.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	put := func(name, text string) { putFile(t, filepath.Join(data, filepath.FromSlash(name)), text) }
	put("site.yaml", "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/\ncontact: {phone: 000-00000000, address: 示范路1号}\n")
	put("units.csv", "编号,名称,级别,上级,人口,户数,来源,地址,电话,办公时间\nshifan,示范市公安局,市局,,,,,示范路1号,000-00000000,工作日9:00—17:00\nfen,城东分局,分县局,示范市公安局,82000,31000,统计年鉴,东路1号,000-00000101,工作日9:00—17:00\ndong,东路派出所,派出所,城东分局,45000,17000,统计年鉴,东路2号,000-00000102,工作日9:00—17:00\nxi,西路派出所,派出所,城东分局,37000,14000,统计年鉴,西路2号,000-00000103,工作日9:00—17:00\n")
	put("targets.csv", fmt.Sprintf("统计,字段,单位,期间,目标,方向,制定,依据\ncases,破案,,2023年1月,%d,不低于,示范市公安局,年度工作计划\n", v.target))
	put("registers/promises.yaml", "title: 公开承诺\nupdated: 2023-01-09\nsources: [{title: 年度工作计划}]\ncolumns:\n  - {name: 编号, role: id}\n  - {name: 承诺, role: title}\n  - {name: 期限, role: due}\n")
	put("registers/promises.csv", fmt.Sprintf("编号,承诺,期限\nP1,窗口改造完工,%s\n", v.due))
	put("revisions.csv", "date,statistic,period,field,unit,old,new,reason,approved_by,kind\n"+strings.Join(append(v.revisions, ""), "\n"))
	put("addresses.csv", "old,new,date,reason\n"+strings.Join(append(v.addresses, ""), "\n"))
	released := fmt.Sprintf("released: %s\nnext_release: %s\nsources: [{title: 月报}]\n", v.day(9), v.day(9)+31)
	for _, s := range v.series {
		put("stats/"+s.name+".csv", s.header+"\n"+strings.Join(s.lines, "\n")+"\n")
		put("stats/"+s.name+".yaml", arranged(s.descriptor, v.scope, released, v.unit, v.yearly.String()))
	}
	for name, text := range v.documents {
		put(name, text)
	}
}

// arranged puts what a descriptor names in its places.
func arranged(descriptor string, values ...string) string {
	for i, value := range values {
		descriptor = strings.ReplaceAll(descriptor, fmt.Sprintf("%%[%d]s", i+1), value)
	}
	return descriptor
}

// TestMonths lets a bureau publish month after month, with changes of every kind. Every
// address stays alive, every table stays as it was published, whoever kept any earlier
// head finds it in the last log; and no change without its row passes.
func TestMonths(t *testing.T) {
	months := 3
	if *proof {
		months = 36
	}
	secret, public, err := ledger.NewKey(rand.NewChaCha8([32]byte{36}))
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.ParseKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := ledger.ParsePublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	ctx, dir, kept := context.Background(), t.TempDir(), t.TempDir()
	v := newTown(1)
	o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), Jobs: 2, Version: "test", Key: key}
	addresses := map[string]string{}         // in which month they were published first
	tables := map[string]map[string][]byte{} // of each label, as its month published them
	var heads []ledger.Head
	tried, refused, happened := map[string]int{}, map[string]int{}, map[string]int{}
	var before int64
	var last map[string][]byte
	for v.month = 0; v.month < months; v.month++ {
		// What is said of figures in silence, and what is taken off in silence, is refused.
		if v.month > 0 {
			for _, change := range silent {
				w := v.copied()
				if !change.do(w) {
					continue
				}
				w.grow()
				w.write(t, dir)
				o.AsOf = w.day(10)
				problems, err := site.Check(ctx, o)
				if err != nil {
					t.Fatal(err)
				}
				tried[change.what]++
				if slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule == change.rule && p.Severity == problem.Error }) {
					refused[change.what]++
				} else {
					t.Errorf("%s: %s changes in silence:\n%s", v.label(), change.what, messages(problems))
				}
			}
		}
		v.withdraw()
		if v.month > 0 {
			for n := range 2 {
				change := changes[(2*v.month+n)%len(changes)]
				change.happen(v)
				happened[change.what]++
			}
		}
		v.grow()
		v.write(t, dir)
		o.AsOf = v.day(10)
		if _, problems, err := site.Release(ctx, o, v.label()); err != nil || problems.Errors() > 0 {
			t.Fatalf("%s: %v\n%s", v.label(), err, messages(problems))
		}
		begin := time.Now()
		if _, problems, err := site.Build(ctx, o); err != nil || problems.Errors() > 0 {
			t.Fatalf("%s: %v\n%s", v.label(), err, messages(problems))
		}
		took := time.Since(begin)
		last = tree(t, o.Out)
		o.Previous = filepath.Join(kept, v.label())
		if err := os.CopyFS(o.Previous, os.DirFS(o.Out)); err != nil {
			t.Fatal(err)
		}
		tables[v.label()] = map[string][]byte{}
		var size int64
		for name, text := range last {
			size += int64(len(text))
			if s := path.Base(path.Dir(name)); strings.HasPrefix(name, "stats/") && path.Base(name) == s+".csv" {
				tables[v.label()][s] = text
			}
			if (path.Base(name) == "index.html" || strings.HasPrefix(name, "static/")) && addresses[name] == "" {
				addresses[name] = v.label()
			}
		}
		head, err := ledger.ParseHead(string(last["ledger/head.txt"]))
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, head)
		t.Logf("%s: %d files, %d bytes (%+d), built in %v", v.label(), len(last), size, size-before, took.Round(time.Millisecond))
		before = size
	}
	all, none := 0, 0
	for _, change := range silent {
		all, none = all+tried[change.what], none+tried[change.what]-refused[change.what]
	}
	t.Logf("changes with their row: %v", happened)
	t.Logf("changes in silence: %d refused of %d tried: %v", all-none, all, tried)
	if all < (months-1)*(len(silent)-3) {
		t.Errorf("only %d changes in silence were tried", all)
	}

	dead := 0
	for name, since := range addresses {
		if why := resolve(last, name); why != "" {
			dead++
			t.Errorf("%s, published in %s: %s", name, since, why)
		}
	}
	t.Logf("addresses: %d published, %d dead", len(addresses), dead)
	compared := 0
	for label, of := range tables {
		for name, text := range of {
			compared++
			if !bytes.Equal(last["releases/"+label+"/"+name+".csv"], text) {
				t.Errorf("the table %s of %s is not the one that was published", name, label)
			}
		}
	}
	t.Logf("old tables: %d, byte for byte", compared)
	for i, head := range heads {
		s, err := outside.Open(ctx, o.Out)
		if err != nil {
			t.Fatal(err)
		}
		_, problems, err := outside.Verify(ctx, s, outside.Against{Key: trusted, Head: &head}, 2)
		if s.Close(); err != nil || len(problems) > 0 {
			t.Errorf("held against the head of month %d: %v\n%s", i, err, messages(problems))
		}
	}
	begin := time.Now()
	report := attack.Sites([]fs.FS{os.DirFS(o.Out)})
	if !report.Clean() || report.Statistics <= len(v.series) {
		t.Errorf("the audit of the last site: %d statistics, %v, not read %v", report.Statistics, report.Findings, report.Unread)
	}
	t.Logf("audited in %v: %s", time.Since(begin).Round(time.Millisecond), report.Summary().EN)
}

var onward = regexp.MustCompile(`<meta http-equiv="refresh" content="0; url=([^"]+)">`)

// resolve tells why a reader who comes by an address finds nothing, or gives nothing.
func resolve(files map[string][]byte, name string) string {
	text, there := files[name]
	if strings.HasPrefix(name, "static/") {
		if there {
			return ""
		}
		at := bytes.Index(files["404.html"], []byte("/"+name+" → <a href=\""))
		if at < 0 {
			return "404.html does not name it"
		}
		to, _, _ := strings.Cut(string(files["404.html"][at+len("/"+name+" → <a href=\""):]), `"`)
		if _, there := files[strings.TrimPrefix(to, "/")]; !there {
			return "404.html leads to " + to + ", which is not there"
		}
		return ""
	}
	if !there {
		return "there is nothing"
	}
	if to := onward.FindSubmatch(text); to != nil {
		next := path.Join(path.Dir(name), string(to[1]))
		text, there := files[next]
		switch {
		case !there:
			return "it leads to " + next + ", which is not there"
		case onward.Match(text):
			return "it leads to " + next + ", which leads on"
		case !bytes.Contains(files[name], []byte(`<a href="`+string(to[1])+`"`)):
			return "it has no link for those who are not led"
		}
	}
	return ""
}
