package site_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/period"
	"sunshine/site/problem"
	public "sunshine/site/published"
)

// heldBack is a bureau whose documents are broken and mended.
type heldBack struct {
	*testing.T
	site.Options
}

// holdBackOf writes a bureau and builds it on the tenth of October 2026.
func holdBackOf(t *testing.T, files map[string]string) heldBack {
	t.Helper()
	dir := t.TempDir()
	h := heldBack{t, options(dir, filepath.Join(dir, "public"))}
	for name, text := range files {
		h.put(name, text)
	}
	h.AsOf = period.NewDate(2026, 10, 10)
	h.build("")
	h.HoldBack, h.AsOf = true, asOf
	return h
}

func (h heldBack) put(name, text string) {
	h.Helper()
	putFile(h.T, filepath.Join(h.Dir, "data", filepath.FromSlash(name)), text)
}

// build builds, and holds the documents that are held back, with the day since which
// they stand, against want; the site is written.
func (h heldBack) build(want string) problem.List {
	h.Helper()
	checked, err := site.Check(context.Background(), h.Options)
	if err != nil {
		h.Fatal(err)
	}
	result, problems, err := site.Build(context.Background(), h.Options)
	if err != nil || !result.Built {
		h.Fatalf("nothing was built: %v\n%v", err, problemsError(problems))
	}
	if !slices.Equal(checked, problems) {
		h.Errorf("check says\n%v\nbuild says\n%v", problemsError(checked), problemsError(problems))
	}
	var got []string
	for _, k := range result.Kept {
		text := strings.TrimPrefix(k.File, "data/")
		if k.Since != 0 {
			text += " " + k.Since.String()
		}
		got = append(got, text)
	}
	if got := strings.Join(got, ", "); got != want {
		h.Errorf("held back: %q, want %q\n%v", got, want, problemsError(problems))
	}
	if want != "" && problems.Errors() == 0 {
		h.Error("the error is not told")
	}
	return problems
}

// stops builds what cannot be built, and gives why.
func (h heldBack) stops(rule string) problem.List {
	h.Helper()
	if err := os.MkdirAll(h.Out, 0o755); err != nil {
		h.Fatal(err)
	}
	before := tree(h.T, h.Out)
	result, problems, err := site.Build(context.Background(), h.Options)
	if err != nil {
		h.Fatal(err)
	}
	if result.Built || !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule.String() == rule && p.Severity == problem.Error }) {
		h.Errorf("built: %v\n%v", result.Built, problemsError(problems))
	}
	sameTree(h.T, tree(h.T, h.Out), before)
	return problems
}

// page gives a page of the site; it is empty where there is none.
func (h heldBack) page(path string) string {
	data, _ := os.ReadFile(filepath.Join(h.Out, filepath.FromSlash(path)))
	return string(data)
}

const (
	standing10 = "本页暂未更新：新的内容还在核对，这里仍是2026年10月10日公布的。"
	urgent     = "---\ntitle: 寻找走失老人的紧急公告\ndate: 2026-10-31\nsource: 示范市公安局\n---\n请知情者拨打110。\n"
)

// rural is the statistic of the case publishing/urgent-notice-blocked.
func rural(figure string) map[string]string {
	return map[string]string{
		"site.yaml":    "title: 阳光警务\norganization: 示范市公安局\nbase_url: https://example.org/sunshine/\nlanguage: zh-CN\ncontact: {phone: 000-86750000, address: 示范路1号}\n",
		"stats/r.csv":  "期间,立案（件）\n2024年,391\n2025年," + figure + "\n",
		"stats/r.yaml": "title: 农村立案\ndescription: 测试。\nsources: [{title: 测试}]\ncontributors: [{title: 测试支队, roles: [compiler]}]\nfrequency: yearly\nreleased: 2026-10-02\nnext_release: 2026-11-12\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: \"立案（件）\", type: integer, role: measure, unit: \"件\", risk: event}\n",
	}
}

// The case publishing/urgent-notice-blocked: one bad cell of a statistic does not keep an
// urgent notice from the public.
func TestUrgentNoticeIsPublished(t *testing.T) {
	h := holdBackOf(t, rural("403"))
	before := tree(t, h.Out)
	h.put("stats/r.csv", rural("4o3")["stats/r.csv"])
	h.put("notices/2026-10-31-urgent.md", urgent)

	h.HoldBack = false
	h.stops("csv/number")

	h.HoldBack = true
	problems := h.build("stats/r.csv 2026-10-10")
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Rule.String() == "published/kept" && p.File == "data/stats/r.csv"
	}) {
		t.Errorf("not said:\n%v", problemsError(problems))
	}
	if !strings.Contains(h.page("notices/2026-10-31-urgent/index.html"), "请知情者拨打110") {
		t.Error("the notice is not published")
	}
	page := h.page("stats/r/index.html")
	if !strings.Contains(page, "403") || !strings.Contains(page, standing10) {
		t.Errorf("the page does not stand:\n%s", page)
	}
	if strings.Contains(h.page("index.html"), standing10) || !strings.Contains(h.page("index.html"), "403") {
		t.Error("the home page is not as it was")
	}
	after := tree(t, h.Out)
	for _, name := range []string{"stats/r/r.csv", "stats/r/r.json"} {
		if !bytes.Equal(before[name], after[name]) {
			t.Errorf("%s changed", name)
		}
	}

	// Again, from what stands now: the same bytes, and the first day. As often as one likes.
	h.build("stats/r.csv 2026-10-10")
	sameTree(t, tree(t, h.Out), after)

	// Somebody else builds the same from the folder.
	v, more, err := site.Verify(context.Background(), h.Out, public.Against{}, site.Options{Dir: h.Dir, Jobs: 1, Version: "test"})
	if err != nil || len(more) > 0 {
		t.Errorf("%v %v %v", v, err, problemsError(more))
	}

	// With nothing published before, it is left out.
	h.Out = filepath.Join(t.TempDir(), "public")
	problems = h.build("stats/r.csv")
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule.String() == "published/left-out" }) || h.page("stats/r/index.html") != "" || h.page("notices/2026-10-31-urgent/index.html") == "" {
		t.Errorf("the statistic is not left out:\n%v", problemsError(problems))
	}

	// Mended, all is as if nothing had been.
	h.put("stats/r.csv", rural("404")["stats/r.csv"])
	h.build("")
	if page := h.page("stats/r/index.html"); !strings.Contains(page, "404") || strings.Contains(page, "暂未更新") {
		t.Error("the new figure is not published")
	}
}

// A document of each kind stands as it was, and nothing else of the site changes.
func TestEachDocumentIsHeldBack(t *testing.T) {
	files := map[string]string{}
	for name, data := range tree(t, "testdata/small/data") {
		files[name] = string(data)
	}
	delete(files, "suggestions/2026.csv") // of days to come
	files["registers/promises.yaml"] = "# 内部\n" + files["registers/promises.yaml"]
	h := holdBackOf(t, files)
	h.AsOf = period.NewDate(2026, 10, 10) // as of the same day, so that only what is held back differs
	before := tree(t, h.Out)
	for name, page := range map[string]string{
		"stats/cases.csv":              "stats/cases/index.html",
		"stats/injured.yaml":           "stats/injured/index.html",
		"stats/windows.csv":            "stats/windows/index.html",
		"registers/promises.csv":       "registers/promises/index.html",
		"guides/hukou/card.md":         "guides/hukou/card/index.html",
		"guides/hukou/card.en.md":      "en/guides/hukou/card/index.html",
		"notices/2026-10-08-window.md": "notices/2026-10-08-window/index.html",
		"pages/about.md":               "about/index.html",
	} {
		t.Run(name, func(t *testing.T) {
			broken := files[name] + "a,b,c,d,e,f,g\n"
			if filepath.Ext(name) != ".csv" {
				broken = strings.Replace(files[name], "title:", "nonsense: x\ntitle:", 1)
			}
			h := h
			h.T = t
			h.put(name, broken)
			defer h.put(name, files[name])
			document := strings.Replace(name, "injured.yaml", "injured.csv", 1)
			want := document + " 2026-10-10"
			if name == "guides/hukou/card.md" { // its version stands with it
				want = "guides/hukou/card.en.md 2026-10-10, " + want
			}
			h.build(want)
			after := tree(t, h.Out)
			line := `<p class="callout kept">` + standing10 + "</p>\n"
			if strings.HasPrefix(page, "en/") {
				line = `<p class="callout kept">This page is not up to date: the new content is still being checked, and what stands here was published on 10 October 2026.</p>` + "\n"
			}
			if got := strings.Replace(string(after[page]), line, "", 1); got == string(after[page]) || got != string(before[page]) {
				t.Errorf("the page is not what it was with the line:\n%s", after[page])
			}
			translated := "en/" + page
			if before[translated] != nil && !strings.Contains(string(after[translated]), `<p class="callout kept">`) {
				t.Errorf("%s does not say that it is not up to date", translated)
			}
			rest := maps.Clone(before)
			for _, files := range []map[string][]byte{after, rest} {
				maps.DeleteFunc(files, func(name string, _ []byte) bool { // the line is found by a search
					return name == page || name == translated || name == "manifest.json" || bureau.IsIndex(name)
				})
			}
			sameTree(t, after, rest)
			h.put(name, files[name])
			h.build("")
			sameTree(t, tree(t, h.Out), before)
		})
	}
}

// What quotes or targets a figure that is held back is published with the old one; it
// is not held back itself.
func TestWhatIsQuotedStands(t *testing.T) {
	h := holdBackOf(t, rural("403"))
	h.put("stats/r.csv", "期间,收案（件）\n2025年,403\n")
	h.put("notices/2026-10-31-urgent.md", urgent+"去年农村立案{{r/2025年/立案（件）}}。\n")
	h.put("targets.csv", "统计,字段,单位,期间,目标,方向,制定,依据\nr,立案（件）,,2025年,500,不高于,测试支队,年度工作计划\n")
	h.build("stats/r.csv 2026-10-10")
	if !strings.Contains(h.page("notices/2026-10-31-urgent/index.html"), "403件") || !strings.Contains(h.page("targets/index.html"), "403") {
		t.Errorf("the figure is not quoted:\n%s", h.page("notices/2026-10-31-urgent/index.html"))
	}
	// Without the figure, the notice is wrong by itself.
	h.Out = filepath.Join(t.TempDir(), "public")
	os.Remove(filepath.Join(h.Dir, "data", "targets.csv"))
	h.build("notices/2026-10-31-urgent.md, stats/r.csv")
}

// A published figure that changed without a reason stands as it was, with what
// revisions.csv says of its own new figures left aside.
func TestUnexplainedRevisionIsHeldBack(t *testing.T) {
	h := holdBackOf(t, rural("403"))
	o := h.Options
	o.HoldBack, o.AsOf = false, period.NewDate(2026, 10, 10)
	if _, problems, err := site.Release(context.Background(), o, "2026-10"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	h.put("stats/r.csv", rural("405")["stats/r.csv"])
	h.put("notices/2026-10-31-urgent.md", urgent)
	h.build("stats/r.csv 2026-10-10")
	if !strings.Contains(h.page("stats/r/index.html"), "403") {
		t.Error("the old figure does not stand")
	}
	h.put("stats/r.csv", rural("4o5")["stats/r.csv"])
	out := h.Out
	h.Out = filepath.Join(t.TempDir(), "public")
	if !slices.ContainsFunc(h.build("stats/r.csv"), func(p problem.Problem) bool { // nowhere to take it from
		return p.Rule == problem.PublishedLeftOut && strings.Contains(p.Hint.EN, "--previous")
	}) {
		t.Error("it is not said what to do")
	}
	if got := h.page("releases/2026-10/r.csv"); !strings.Contains(got, "403") {
		t.Error("what was released is gone")
	}
	if got := h.page("stats/r/index.html"); strings.Contains(got, "撤下") || !strings.Contains(got, "暂不公布") {
		t.Error("it is said to be withdrawn")
	}
	h.Out = out
	h.put("stats/r.csv", rural("4o5")["stats/r.csv"])
	h.put("revisions.csv", "日期,统计,期间,字段,单位,原值,新值,原因,批准人,类型\n2026-10-20,r,2025年,立案（件）,,403,405,补录,刑侦支队,更正\n")
	h.build("stats/r.csv 2026-10-10")
}

// What is held back never covers what must not be published.
func TestHoldBackStops(t *testing.T) {
	for name, c := range map[string]struct{ file, text, rule string }{
		"a withheld figure in a text":   {"notices/2026-10-31-urgent.md", strings.Replace(urgent, "请", "2025年未成年2人。请", 1), "disclosure/quoted"},
		"personal data":                 {"notices/2026-10-31-urgent.md", strings.Replace(urgent, "110", "13812345678", 1), "privacy/mobile"},
		"personal data beside an error": {"notices/2026-10-31-urgent.md", strings.Replace(strings.Replace(urgent, "110", "13812345678", 1), "title:", "nonsense: x\ntitle:", 1), "privacy/mobile"},
		"the settings":                  {"site.yaml", "nonsense: x\n", "yaml/key"},
		"a list that is no document":    {"units.csv", "a\nb\n", "csv/column"},
		"a broken history":              {"releases/2026-10.json", "{}", "release/format"},
	} {
		t.Run(name, func(t *testing.T) {
			files := rural("403")
			files["stats/people.csv"] = "期间,未成年（人）\n2024年,12\n2025年,2\n"
			files["stats/people.yaml"] = "title: 人数\nreleased: 2026-10-02\n"
			h := holdBackOf(t, files)
			h.put("stats/r.csv", rural("4o3")["stats/r.csv"])
			h.put("notices/2026-10-31-urgent.md", urgent)
			h.put(c.file, c.text)
			h.stops(c.rule)
		})
	}
}

// --previous goes before the output folder, and the day stays the first one through
// publications that held back themselves.
func TestHeldBackFromAPublication(t *testing.T) {
	h := holdBackOf(t, rural("403"))
	first := filepath.Join(t.TempDir(), "first")
	if err := os.CopyFS(first, os.DirFS(h.Out)); err != nil {
		t.Fatal(err)
	}
	h.put("stats/r.csv", rural("407")["stats/r.csv"])
	h.build("") // never published
	h.put("stats/r.csv", rural("4o3")["stats/r.csv"])
	h.Previous = first
	h.build("stats/r.csv 2026-10-10")
	if !strings.Contains(h.page("stats/r/index.html"), ">403<") {
		t.Error("the publication does not go before the folder")
	}
	second := tree(t, h.Out)
	h.build("stats/r.csv 2026-10-10")
	sameTree(t, tree(t, h.Out), second) // whatever the folder holds

	server := httptest.NewServer(http.FileServer(http.Dir(h.Out)))
	defer server.Close()
	h.Previous, h.Out, h.AsOf = server.URL, filepath.Join(t.TempDir(), "public"), period.NewDate(2026, 11, 5)
	h.build("stats/r.csv 2026-10-10")
	if !strings.Contains(h.page("stats/r/index.html"), standing10) {
		t.Error("the day is not the first one")
	}
}

// What stands in a publication and is not what its manifest says is not taken.
func TestForgedCopyIsRefused(t *testing.T) {
	h := holdBackOf(t, rural("403"))
	h.put("stats/r.csv", rural("4o3")["stats/r.csv"])
	file := filepath.Join(h.Out, "data", "sources.zip")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	h.stops("published/unreadable")
}

// People whose counts are hidden stay hidden in what is kept of them; what is published
// with it is no more, and the new figures of others do not give them away or take back
// what was published.
func TestWithheldStaysWithheld(t *testing.T) {
	people := "期间,类别,人数（人）\n2025年,甲,3 [b]\n2025年,乙,7021\n2025年,丙,9050\n2025年,合计,16074\n"
	h := holdBackOf(t, map[string]string{
		"site.yaml":         caseSettings,
		"stats/people.csv":  people + "制表人：王五\n",
		"stats/people.yaml": "# 内部：待李四确认\ntitle: 人员\nreleased: 2026-10-02\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 类别, type: string, role: category}\n    - {name: 人数（人）, type: integer, role: measure, unit: 人, risk: person}\n",
		"pages/about.md":    "---\ntitle: 说明 # 张三写的\nconsent: 同意书第88号\n---\n市民李晓明说好。\n<!-- 待\n确认 -->\n\n[隐]: https://example.org/x\n",
	})
	before := tree(t, h.Out)
	for name, data := range archived(t, before["data/sources.zip"]) {
		for _, hidden := range []string{",3", "7021", "王五", "李四", "张三", "第88号", "待", "[隐]"} {
			if strings.Contains(string(data), hidden) {
				t.Errorf("%s has %q:\n%s", name, hidden, data)
			}
		}
	}
	h.put("stats/people.csv", people+"x,y\n")
	h.put("pages/about.md", "---\ntitel: 说明\n---\n")
	h.build("pages/about.md 2026-10-10, stats/people.csv 2026-10-10")
	after := tree(t, h.Out)
	for _, name := range []string{"stats/people/people.csv", "stats/people/people.json", "data/sources.zip"} {
		if !bytes.Equal(before[name], after[name]) {
			t.Errorf("%s changed:\n%s", name, after[name])
		}
	}
	if !strings.Contains(h.page("stats/people/index.html"), "本表共有2格不公布") {
		t.Error("the page does not say that figures are hidden")
	}
}

// What was published of a statistic that is held back is known: new figures of others
// are hidden instead.
func TestWhatStandsIsKnown(t *testing.T) {
	about := "title: 人员\nconcept: people\nreleased: 2026-10-02\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 类别, type: string, role: category}\n    - {name: 人数（人）, type: integer, role: measure, unit: 人, risk: person}\n"
	people := "期间,类别,人数（人）\n2025年,甲,33\n2025年,乙,50\n"
	h := holdBackOf(t, map[string]string{"site.yaml": caseSettings, "stats/people.csv": people, "stats/people.yaml": about})
	h.put("stats/people.csv", people+"x,y\n")
	h.put("stats/sexes.csv", "期间,类别,性别,人数（人）\n2025年,甲,男,3\n2025年,甲,女,30\n2025年,乙,男,20\n2025年,乙,女,30\n2025年,合计,男,23\n2025年,合计,女,60\n")
	h.put("stats/sexes.yaml", strings.Replace(about, "    - {name: 人数", "    - {name: 性别, type: string, role: category}\n    - {name: 人数", 1))
	h.build("stats/people.csv 2026-10-10")
	if got := h.page("stats/people/people.csv"); !strings.Contains(got, ",33,") && !strings.Contains(got, ",33\r") {
		t.Errorf("a published figure was taken back:\n%s", got)
	}
	if got := h.page("stats/sexes/sexes.csv"); strings.Count(got, "[c]") != 4 {
		t.Errorf("not what a known total asks for:\n%s", got)
	}
}

// A draft of a guide is in data/ and not on the site, nor in what is kept of it.
func TestDraftIsNotKept(t *testing.T) {
	files := map[string]string{}
	for name, data := range tree(t, "testdata/small/data") {
		files[name] = string(data)
	}
	delete(files, "suggestions/2026.csv")
	files["guides/hukou/new.md"] = strings.Replace(strings.Replace(files["guides/hukou/card.md"], "status: in-force", "status: draft", 1), "首次申领居民身份证", "正在商量的事", 1)
	h := holdBackOf(t, files)
	for name, data := range archived(t, tree(t, h.Out)["data/sources.zip"]) {
		if strings.Contains(string(data), "正在商量的事") {
			t.Errorf("%s holds the draft", name)
		}
	}
}

// Whatever is wrong with a file (publishing/header-only and its kind), what was published
// stands for it.
func TestWhateverIsWrongIsHeldBack(t *testing.T) {
	for name, spoil := range map[string]func(file string) error{
		"a header alone":        func(file string) error { return os.WriteFile(file, []byte("期间,立案（件）\n"), 0o644) },
		"nothing":               func(file string) error { return os.WriteFile(file, nil, 0o644) },
		"no text":               func(file string) error { return os.WriteFile(file, []byte{0xff, 0, 0xfe, 0, 1}, 0o644) },
		"no table beside it":    os.Remove,
		"a link":                func(file string) error { os.Remove(file); return os.Symlink("r.yaml", file) },
		"a folder in its place": func(file string) error { os.Remove(file); return os.Mkdir(file, 0o755) },
	} {
		t.Run(name, func(t *testing.T) {
			h := holdBackOf(t, rural("403"))
			if err := spoil(filepath.Join(h.Dir, "data", "stats", "r.csv")); err != nil {
				t.Fatal(err)
			}
			h.put("notices/2026-10-31-urgent.md", urgent)
			h.build("stats/r.csv 2026-10-10")
			if !strings.Contains(h.page("stats/r/index.html"), ">403<") {
				t.Error("the figure does not stand")
			}
		})
	}
}

// injured is a statistic with two withheld cells: one that is small, and one from which
// that could be computed.
func injured(total string) map[string]string {
	return map[string]string{
		"site.yaml":    caseSettings,
		"stats/v.csv":  "期间,片区,受伤人数（人）\n2026年第一季度,甲片,3\n2026年第一季度,乙片,12\n2026年第一季度,丙片,22\n2026年第一季度,合计," + total + "\n",
		"stats/v.yaml": "title: 片区受伤人数\nreleased: 2026-10-02\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 片区, type: string, role: category}\n    - {name: 受伤人数（人）, type: integer, role: measure, unit: 人, risk: person}\n",
	}
}

// While a statistic is held back no text tells what its old copy withholds, whatever is
// wrong with the new version.
func TestNoTextTellsWhatIsHeldBack(t *testing.T) {
	page := func(text string) string { return "---\ntitle: 说明\nupdated: 2026-10-01\n---\n" + text + "\n" }
	told := page("2026年第一季度甲片受伤人数3人。")
	total, none := injured("3x")["stats/v.csv"], "甲\n\"乙"
	small := strings.Replace(total, "甲片,3\n", "甲片,3x\n", 1)
	second := page("2026年第一季度乙片受伤人数12人。")
	for name, c := range map[string]struct{ table, file, text string }{
		"a page":                         {total, "pages/p.md", told},
		"a notice":                       {total, "notices/2026-10-31-urgent.md", urgent + "2026年第一季度甲片受伤人数3人。\n"},
		"a register":                     {total, "registers/z.csv", "问题,措施\n巡逻少,2026年第一季度甲片受伤人数3人\n"},
		"the cell is wrong":              {small, "pages/p.md", told},
		"nothing can be read":            {none, "pages/p.md", told},
		"another period in other words":  {strings.ReplaceAll(small, "第一季度", "1-3月"), "pages/p.md", told},
		"a cell that only helps":         {total, "pages/p.md", second},
		"and whose row has another word": {strings.ReplaceAll(total, "第一季度", "1-3月"), "pages/p.md", second},
	} {
		for _, released := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				files := injured("37")
				files["registers/z.yaml"] = "title: 短板\ncolumns: [{name: 问题, role: title}, {name: 措施}]\n"
				files["registers/z.csv"] = "问题,措施\n巡逻少,增加\n"
				h := holdBackOf(t, files)
				if released {
					o := h.Options
					o.HoldBack, o.AsOf = false, period.NewDate(2026, 10, 10)
					if _, problems, err := site.Release(context.Background(), o, "r1"); err != nil || problems.Errors() > 0 {
						t.Fatal(err, problemsError(problems))
					}
				}
				if got := h.page("stats/v/v.csv"); strings.Count(got, "[c]") != 2 {
					t.Fatalf("not two are withheld:\n%s", got)
				}
				h.put("stats/v.csv", c.table)
				h.build("stats/v.csv 2026-10-10")
				h.put(c.file, c.text)
				h.stops("disclosure/quoted")
			})
		}
	}

	// What is published, and what is no figure, may be said.
	h := holdBackOf(t, injured("37"))
	h.put("stats/v.csv", small)
	h.put("pages/p.md", page("2026年第一季度丙片受伤人数22人。2026年第一季度甲片受伤不足5人，3个工作日内答复。"))
	h.build("stats/v.csv 2026-10-10")
}

// Nor does a text tell what a statistic withholds that is left out, as it was never
// published.
func TestNoTextTellsWhatIsLeftOut(t *testing.T) {
	h := holdBackOf(t, map[string]string{"site.yaml": caseSettings})
	for name, text := range injured("3x") {
		h.put(name, text)
	}
	h.build("stats/v.csv")
	h.put("pages/p.md", "---\ntitle: 说明\nupdated: 2026-10-01\n---\n2026年第一季度甲片受伤人数3人。\n")
	h.stops("disclosure/quoted")
}

// Who guesses which of the withheld cells are the small ones is not told how many are:
// three that sum to 11 could then only be 3 or 4. A table of which one is small and one
// of which two are give the same files.
func TestHowManyAreSmallIsNotTold(t *testing.T) {
	var sites []map[string][]byte
	for _, table := range []string{"甲,3\n乙,4\n丙,20\n合计,27\n", "甲,1\n乙,6\n丙,20\n合计,27\n"} {
		h := holdBackOf(t, map[string]string{"site.yaml": caseSettings,
			"stats/v.csv":  "片区,受伤人数（人）\n" + table,
			"stats/v.yaml": "title: 片区受伤人数\nreleased: 2026-10-02\nschema:\n  fields:\n    - {name: 片区, type: string, role: category}\n    - {name: 受伤人数（人）, type: integer, role: measure, unit: 人, risk: person}\n"})
		if got := h.page("stats/v/v.csv"); strings.Count(got, "[c]") != 2 {
			t.Fatalf("not two are withheld:\n%s", got)
		}
		sites = append(sites, tree(t, h.Out))
	}
	sameTree(t, sites[0], sites[1])
}

// The hash of an input of which something is not published is not either: anybody could
// put guesses back and compare.
func TestHashesTellNothing(t *testing.T) {
	clean := rural("403")
	files := maps.Clone(clean)
	for name, text := range map[string]string{
		"registers/x.csv":             "姓名,事迹,同意书\n王小明,见义勇为,同意书008号\n",
		"registers/x.yaml":            "title: 好人好事\ncolumns: [{name: 姓名, role: person}, {name: 事迹, role: title}, {name: 同意书, role: consent}]\n",
		"registers/z.csv":             "问题,措施\n巡逻少,增加\n",
		"registers/z.yaml":            "# 问局长\ntitle: 短板\ncolumns: [{name: 问题, role: title}, {name: 措施}]\n",
		"stats/p.csv":                 "单位：件\n年份,立案（件）\n2024年,391\n制表人：张三\n",
		"stats/p.yaml":                "title: 其他立案\nreleased: 2026-10-02\n",
		"pages/p.md":                  "---\ntitle: 说明\nupdated: 2026-10-01\n---\n正文<!-- 甲片为3人 -->\n",
		"pages/q.md":                  "---\ntitle: 其他\nupdated: 2026-10-01\n---\n正文\n",
		"pages/s.md":                  "---\ntitle: 再说\nsummary: |\n  # 一\norder: 1 # 甲片为3人\nupdated: 2026-10-01\n---\n正文\n",
		"notices/2026-10-01-x.md":     "---\ntitle: 表彰\ndate: 2026-10-01\nsource: 测试\nconsent: 第88号\n---\n正文\n",
		"notices/2026-10-02-y.md":     urgent[:strings.Index(urgent, "date")] + "date: 2026-10-02\nsource: 测试\n---\n正文\n",
		"guides/hukou/secret-plan.md": "---\ntitle: 正在商量的事\nstatus: draft\n---\n",
	} {
		files[name] = text
	}
	files["stats/r.yaml"] = "# 甲片为3人，勿外传\n" + files["stats/r.yaml"]
	h := holdBackOf(t, files)
	told := map[string]bool{}
	s, err := public.Open(context.Background(), h.Out)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, in := range s.Manifest.Inputs {
		told[strings.TrimPrefix(in.Path, "data/")] = in.SHA256 != ""
		if (in.SHA256 == "") != (in.Size == 0) {
			t.Errorf("%s: a size without a hash, or a hash without a size", in.Path)
		}
	}
	want := map[string]bool{"site.yaml": true,
		"stats/r.csv": true, "stats/r.yaml": false, "stats/p.csv": false, "stats/p.yaml": true,
		"registers/x.csv": false, "registers/x.yaml": true, "registers/z.csv": true, "registers/z.yaml": false,
		"pages/p.md": false, "pages/q.md": true, "pages/s.md": false, "notices/2026-10-01-x.md": false, "notices/2026-10-02-y.md": true,
	}
	if !maps.Equal(told, want) {
		t.Errorf("hashes are told of\n%v, want\n%v", told, want)
	}

	// Nor is it anywhere else: on a page, in the record of a release, in what is held back.
	o := h.Options
	o.HoldBack, o.AsOf = false, period.NewDate(2026, 10, 10)
	if _, problems, err := site.Release(context.Background(), o, "r1"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	h.put("pages/p.md", "---\ntitel: 说明\n---\n")
	h.build("pages/p.md 2026-10-10")
	all := tree(t, h.Out)
	maps.Copy(all, tree(t, filepath.Join(h.Dir, "data", "releases")))
	for name, has := range want {
		if has {
			continue
		}
		sum := sha256.Sum256([]byte(files[name]))
		for file, data := range all {
			if bytes.Contains(data, []byte(hex.EncodeToString(sum[:])[:12])) {
				t.Errorf("%s has the hash of %s", file, name)
			}
		}
	}
	for file, data := range all {
		if strings.Contains(file, "secret-plan") || bytes.Contains(data, []byte("secret-plan")) {
			t.Errorf("%s names the draft", file)
		}
	}
	if _, more, err := site.Verify(context.Background(), h.Out, public.Against{}, site.Options{Dir: h.Dir, Jobs: 1, Version: "test"}); err != nil || len(more) > 0 {
		t.Errorf("it cannot be built again: %v %v", err, problemsError(more))
	}
}

// A consent that was withdrawn takes the name off the site: what was published before
// does not stand for it.
func TestWithdrawnConsentIsNotHeldBack(t *testing.T) {
	register := "姓名,事迹,同意书\n王小明,见义勇为,同意书008号\n"
	notice := "---\ntitle: 表彰\ndate: 2026-10-01\nsource: 测试\nconsent: 第88号\n---\n热心群众王小明抓住小偷。\n"
	for name, c := range map[string]struct{ file, text, rule string }{
		"of a register":   {"registers/x.csv", strings.Replace(register, "同意书008号", "", 1), "registers/consent"},
		"beside an error": {"registers/x.csv", strings.Replace(register, "同意书008号", "", 1) + "a,b,c,d\n", "registers/consent"},
		"of a notice":     {"notices/2026-10-01-x.md", strings.Replace(notice, "consent: 第88号\n", "", 1), "privacy/consent"},
	} {
		t.Run(name, func(t *testing.T) {
			files := rural("403")
			files["registers/x.csv"], files["notices/2026-10-01-x.md"] = register, notice
			files["registers/x.yaml"] = "title: 好人好事\ncolumns: [{name: 姓名, role: person}, {name: 事迹, role: title}, {name: 同意书, role: consent}]\n"
			h := holdBackOf(t, files)
			h.put("stats/r.csv", rural("4o3")["stats/r.csv"])
			h.put(c.file, c.text)
			h.stops(c.rule)
		})
	}
}

// What is wrong with the withheld figures of several statistics together stops what is
// held back, too: no one of them is to blame.
func TestHoldBackStopsWhereFiguresDisagree(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 测试\norganization: 测试市公安局\n")
	for name, count := range map[string]string{"a": "20", "b": "30"} {
		putFile(t, filepath.Join(dir, "data", "stats", name+".csv"), "期间,片区,受伤（人）\n2025年,甲片,"+count+"\n2025年,乙片,3\n2025年,丙片,4\n")
		putFile(t, filepath.Join(dir, "data", "stats", name+".yaml"), "title: 受伤\n")
	}
	o := site.Options{Dir: dir, Out: filepath.Join(dir, "public"), AsOf: period.NewDate(2026, 10, 31), Jobs: 1, Version: "test", HoldBack: true}
	_, problems, err := site.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Rule == problem.DisclosureDisagree }) {
		t.Fatal(messages(problems))
	}
	if _, err := os.Stat(o.Out); err == nil {
		t.Error("the rest was published")
	}
}

// A strict build in which every warning is excepted keeps with the site what a later
// --hold-back publishes in the place of what is wrong.
func TestStrictKeeps(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data", "site.yaml"), caseSettings+"freshness: {newest: 0}\ndemonstration: true\nrules: {off: [{rule: freshness/empty, reason: 试点}, {rule: stats/no-source, reason: 试点}]}\n")
	putFile(t, filepath.Join(dir, "data", "stats", "cases.csv"), "期间,立案（件）\n2024年,900\n2025年,950\n")
	putFile(t, filepath.Join(dir, "data", "stats", "cases.yaml"), "title: 刑事案件\nfrequency: yearly\nreleased: 2026-01-05\nnext_release: 2027-01-05\nschema: {fields: [{name: 期间, role: period}, {name: 立案（件）, role: measure, unit: 件, risk: event}]}\n")
	o := options(dir, "")
	o.Strict = true
	made, problems, err := site.Make(context.Background(), o)
	if err != nil || made.Stops {
		t.Fatal(err, problems)
	}
	if !slices.ContainsFunc(made.Files, func(f bureau.File) bool { return f.Path == bureau.SourcesFile }) {
		t.Error("the site is published without its sources")
	}
}
