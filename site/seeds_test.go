package site_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/problem"
	"sunshine/site/sweep"
)

// seeded is a whole bureau that recorded a release and published it; notice is what has
// to go out after that, whatever else is wrong.
type seeded struct {
	files     map[string]string // below data/, or below ../ beside it
	published string            // where the site stands
	site      map[string][]byte // its files
	release   map[string]string // data/releases
}

const notice = "notices/2026-10-31-missing.md"

// seed makes the bureau of testdata/small with a file of every other kind, records a
// release and publishes it on the twentieth of October 2026.
func seed(t *testing.T) seeded {
	t.Helper()
	s := seeded{files: map[string]string{}, release: map[string]string{}}
	for name, data := range tree(t, "testdata/small/data") {
		s.files[name] = string(data)
	}
	maps.Copy(s.files, map[string]string{
		"addresses.csv":             "旧地址,新地址,日期,原因\nguides/hukou/id-card/,guides/hukou/card/,2026-10-01,改名\n",
		"answers.csv":               "file,key,field,rule,value,answer,by,date\ndata/stats/cases.csv,2005年,破获刑事案件（件）,figures/same,2385,核对过，没有错,刑侦支队,2026-10-01\n",
		"stats/patrol.csv":          "期间,片区,巡逻（次）\n2024年,东片,120\n2024年,西片,80\n2024年,合计,200\n2025年,东片,130\n2025年,西片,90\n2025年,合计,220\n",
		"stats/patrol.yaml":         "title: 巡逻\nfrequency: yearly\nreleased: 2026-03-02\nsources: [{title: 巡警大队年报}]\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 片区, type: string, role: category}\n    - {name: 巡逻（次）, type: integer, role: measure, unit: 次, risk: event}\n",
		"stats/people.csv":          "期间,单位,救助（人）\n2025年,示范市公安局,96\n2025年,城东分局,57\n2025年,东路派出所,31\n",
		"stats/people.yaml":         "title: 救助群众\nfrequency: yearly\nreleased: 2026-03-02\nsources: [{title: 治安支队年报}]\nschema:\n  fields:\n    - {name: 期间, type: string, role: period}\n    - {name: 单位, type: string, role: unit}\n    - {name: 救助（人）, type: integer, role: measure, unit: 人, risk: person}\n",
		"registers/glossary.csv":    "名词,释义,详见\n破获,查明嫌疑人并抓获,/guides/hukou/card/index.html\n",
		"registers/glossary.yaml":   "title: 名词解释\ncolumns:\n  - {name: 名词, role: title}\n  - {name: 释义}\n  - {name: 详见, type: link}\n",
		"registers/honours.csv":     "编号,姓名,事迹,同意书\nH1,王小明,见义勇为,同意书008号\n",
		"registers/honours.yaml":    "title: 好人好事\ncolumns: [{name: 编号, role: id}, {name: 姓名, role: person}, {name: 事迹, role: title}, {name: 同意书, role: consent}]\n",
		"static/forms/form.txt":     "申请表\n",
		"static/forms/other.txt":    "委托书\n",
		"pages/forms.md":            "---\ntitle: 表格下载\nupdated: 2026-10-08\n---\n[申请表](/static/forms/form.txt)，去年破案见[统计](/stats/cases/)。\n",
		"notices/2026-10-09-old.md": "---\ntitle: 国庆期间窗口照常办理\ndate: 2026-10-09\nsource: 示范市公安局\n---\n2026年9月东路派出所窗口办件{{windows/2026年9月/东路派出所/窗口办件（件）}}。\n",
		"../templates/notices.html": builtIn(t, "notices.html"),
		"../templates/site.css":     builtIn(t, "site.css") + "\n",
	})
	s.files["guides/hukou/move.md"] = strings.NewReplacer("首次申领居民身份证", "户口迁移").Replace(s.files["guides/hukou/card.md"])
	s.files["site.yaml"] += "home_figures: [cases/破获刑事案件（件）, patrol/2025年/合计/巡逻（次）]\nsuggestions: {ledgers: [意见建议, 利益诉求, 投诉举报]}\n"
	dir := t.TempDir()
	s.write(t, dir, nil)
	o := options(dir, filepath.Join(dir, "public"))
	o.AsOf = period.NewDate(2026, 10, 20)
	if _, problems, err := site.Release(context.Background(), o, "2026-10"); err != nil || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	for name, data := range tree(t, filepath.Join(dir, "data", "releases")) {
		s.release["releases/"+name] = string(data)
	}
	result, problems, err := site.Build(context.Background(), o)
	if err != nil || !result.Built || problems.Errors() > 0 {
		t.Fatal(err, problemsError(problems))
	}
	s.published, s.site = o.Out, tree(t, o.Out)
	s.files[notice] = "---\ntitle: 寻找走失老人的紧急公告\ndate: 2026-10-31\nsource: 示范市公安局\n---\n走失老人身穿蓝色外衣，请知情者拨打110。\n"
	return s
}

func builtIn(t *testing.T, name string) string {
	data, err := os.ReadFile(filepath.Join("..", "templates", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// write writes the bureau with changes; an empty text takes a file away.
func (s seeded) write(t *testing.T, dir string, changes map[string]string) {
	t.Helper()
	all := maps.Clone(s.files)
	maps.Copy(all, s.release)
	maps.Copy(all, changes)
	for name, text := range all {
		if _, is := changes[name]; is && text == "" {
			continue
		}
		putFile(t, filepath.Join(dir, "data", filepath.FromSlash(name)), text)
	}
}

// fault is one thing that is wrong in a bureau.
type fault struct {
	name    string
	rule    string            // that is told
	file    string            // that is named
	changes map[string]string // what stands in the files; empty for one that is gone
	alone   bool              // it can stand only as it was published: without that nothing is published
}

// in changes a text of a file once.
func (s seeded) in(file, old, new string) map[string]string {
	if strings.Count(s.files[file], old) == 0 {
		panic(file + " has no " + old)
	}
	return map[string]string{file: strings.Replace(s.files[file], old, new, 1)}
}

func file(name, text string) map[string]string { return map[string]string{name: text} }

// where the publication stands from which the old content comes.
var origins = []string{"previous", "output", "neither"}

// originsOf are those that fault i is tried with: all of them with -proof, else one in
// turn, so that each fault is made in every run and each origin has a third of them.
func originsOf(i int) []string {
	if *proof {
		return origins
	}
	return origins[i%len(origins) : i%len(origins)+1]
}

// options writes the bureau with the notice and changes, and gives how it is built.
func (s seeded) options(t *testing.T, origin string, faults ...fault) site.Options {
	t.Helper()
	changes := map[string]string{}
	for _, f := range faults {
		maps.Copy(changes, f.changes)
	}
	dir := t.TempDir()
	s.write(t, dir, changes)
	o := options(dir, filepath.Join(dir, "public"))
	o.HoldBack, o.Jobs = true, 1
	switch origin {
	case "previous":
		o.Previous = s.published
	case "output":
		o.Out = s.published // what is only made is not written
	}
	return o
}

// make makes the site, and gives its files.
func (s seeded) make(t *testing.T, o site.Options) (files map[string][]byte, made site.Site, problems problem.List) {
	t.Helper()
	made, problems, err := site.Make(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, f := range made.Files {
		files[f.Path] = f.Bytes
	}
	return files, made, problems
}

// goesOut holds that the notice is published whatever is wrong, that what is wrong is
// told, and that the rest is whole.
func (s seeded) goesOut(t *testing.T, origin string, faults ...fault) {
	t.Helper()
	o := s.options(t, origin, faults...)
	files, made, problems := s.make(t, o)
	if made.Stops {
		t.Fatalf("nothing is published:\n%v", problemsError(problems))
	}
	if problems.Errors() == 0 {
		t.Error("no error is told")
	}
	stem := func(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }
	for i, f := range faults {
		if len(faults) > 1 && f.rule == "address/gone" {
			continue // what holds the page may have an error of its own
		}
		hidden := slices.ContainsFunc(slices.Concat(faults[:i], faults[i+1:]), func(other fault) bool { return stem(other.file) == stem(f.file) })
		if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
			if hidden { // one fault of a document may keep another one from being found
				return p.Severity == problem.Error && strings.HasSuffix(stem(p.File), stem(f.file))
			}
			return p.Severity == problem.Error && p.Rule.String() == f.rule && strings.HasSuffix(p.File, f.file)
		}) {
			t.Errorf("%s of %s is not told:\n%v", f.rule, f.file, problemsError(problems))
		}
	}
	if *proof || len(faults) > 1 {
		again, _, _ := s.make(t, s.options(t, origin, faults...))
		sameTree(t, again, files)
	}
	for _, page := range []string{"notices/2026-10-31-missing/index.html", "index.html", "notices/index.html", "feed.xml"} {
		if !strings.Contains(string(files[page]), "寻找走失老人的紧急公告") {
			t.Errorf("%s does not hold the notice", page)
		}
	}
	for _, f := range sweep.Site(files) {
		if !strings.HasSuffix(f, `<meta http-equiv="refresh">`) { // of an address that moved
			t.Error(f)
		}
	}
	if origin == "neither" {
		return
	}
	for name, was := range s.site {
		switch now, stands := files[name]; {
		case strings.HasPrefix(name, "assets/") || name == "manifest.json":
		case !stands:
			t.Errorf("%s is gone:\n%v", name, problemsError(problems))
		case strings.HasPrefix(name, "stats/") && path.Ext(name) == ".csv" && !bytes.Equal(now, was):
			t.Errorf("%s is not as it was:\n%s", name, now)
		}
	}
}

// TestNoticeGoesOut seeds faults one at a time: an urgent notice is published with each.
func TestNoticeGoesOut(t *testing.T) {
	s := seed(t)
	faults := s.faults()
	if len(faults) < 57 {
		t.Errorf("%d faults are too few", len(faults))
	}
	for i, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			for _, origin := range originsOf(i) {
				t.Run(origin, func(t *testing.T) {
					if f.alone && origin == "neither" {
						s.stops(t, origin, f)
						return
					}
					s.goesOut(t, origin, f)
				})
			}
		})
	}
}

// TestNoticeNeverCovers: with what must not be published nothing is, and the last site
// stands byte for byte, whatever else is wrong.
func TestNoticeNeverCovers(t *testing.T) {
	s := seed(t)
	beside := s.faults()[0]
	for i, f := range s.grave() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			beside := beside
			if _, same := f.changes[beside.file]; same {
				beside = fault{}
			}
			for _, origin := range originsOf(i) {
				t.Run(origin, func(t *testing.T) { s.stops(t, origin, beside, f) })
			}
		})
	}
	t.Run("a release that was never made", func(t *testing.T) {
		for _, origin := range origins[:2] {
			s.stops(t, origin, fault{rule: "release/behind", changes: s.without("releases/")})
		}
	})
}

// seedOfPairs begins the random draws: a fault that they find is found again.
var (
	seedOfPairs = flag.Uint64("seed", 1, "the seed of the random faults that stand together")
	drawn       = flag.Int("faults", 0, "how many times faults are drawn at random; 12, with -proof 400, where 0")
)

// TestNoticeGoesOutBesideAll seeds two or three faults together; with a grave one among
// them nothing is published.
func TestNoticeGoesOutBesideAll(t *testing.T) {
	s := seed(t)
	faults, grave := s.faults(), s.grave()
	n := *drawn
	if n == 0 {
		if n = 12; *proof {
			n = 400
		}
	}
	for i := range n {
		r := rand.New(rand.NewPCG(*seedOfPairs, uint64(i)))
		origin := origins[r.IntN(len(origins))]
		var some []fault
		var names []string
		changed := map[string]bool{}
		draw := func(from []fault) {
			f := from[r.IntN(len(from))]
			for name := range f.changes {
				if changed[name] {
					return
				}
			}
			for name := range f.changes {
				changed[name] = true
			}
			if f.alone && origin == "neither" {
				origin = origins[r.IntN(2)]
			}
			some, names = append(some, f), append(names, f.name)
		}
		for range 2 + r.IntN(2) {
			draw(faults)
		}
		stops := r.IntN(5) == 0
		if before := len(some); stops {
			draw(grave)
			stops = len(some) > before
		}
		t.Run(fmt.Sprintf("%d: %s: %s", i, origin, strings.Join(names, ", ")), func(t *testing.T) {
			t.Parallel()
			if stops {
				s.stops(t, origin, some...)
				return
			}
			s.goesOut(t, origin, some...)
		})
	}
}

// stops holds that nothing is written and that it is said why.
func (s seeded) stops(t *testing.T, origin string, faults ...fault) {
	t.Helper()
	o := s.options(t, origin, faults...)
	if origin == "output" {
		o.Out = filepath.Join(o.Dir, "public")
		if err := os.CopyFS(o.Out, os.DirFS(s.published)); err != nil {
			t.Fatal(err)
		}
	}
	result, problems, err := site.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	last := faults[len(faults)-1]
	if result.Built || !slices.ContainsFunc(problems, func(p problem.Problem) bool { return p.Severity == problem.Error && p.Rule.String() == last.rule }) {
		t.Errorf("built: %v, want %s\n%v", result.Built, last.rule, problemsError(problems))
	}
	if origin == "output" {
		sameTree(t, tree(t, o.Out), s.site)
	} else if _, err := os.Stat(o.Out); err == nil {
		t.Error("something was written")
	}
}

// What the units decide of the counts of persons waits with them: a station below which
// counts under 10 are withheld is none in the list that was published.
func TestCountsWaitWithTheirUnits(t *testing.T) {
	s := seed(t)
	f := fault{rule: "unit/cycle", file: "units.csv", changes: both(
		map[string]string{"units.csv": strings.NewReplacer("城东分局,分县局,示范市公安局", "城东分局,派出所,东路派出所").Replace(s.files["units.csv"])},
		s.in("stats/people.csv", "2025年,示范", "2024年,城东分局,7\n2025年,示范"))}
	files, made, problems := s.make(t, s.options(t, "previous", f))
	if made.Stops || strings.Contains(string(files["stats/people/people.csv"]), "2024") {
		t.Errorf("a count of few is published:\n%s\n%v", files["stats/people/people.csv"], problemsError(problems))
	}
	if !bytes.Equal(files["stats/people/people.csv"], s.site["stats/people/people.csv"]) || !bytes.Equal(files["stats/windows/windows.csv"], s.site["stats/windows/windows.csv"]) {
		t.Error("the counts are not as they were")
	}
	if !slices.ContainsFunc(problems, func(p problem.Problem) bool {
		return p.Rule == problem.PublishedKept && p.File == "data/stats/people.csv" && strings.Contains(p.Hint.EN, "units.csv")
	}) {
		t.Errorf("it is not said why:\n%v", problemsError(problems))
	}
}

// Where a ledger is left out nothing is said as if all matters were there.
func TestLedgerThatIsLeftOut(t *testing.T) {
	s := seed(t)
	s.files["site.yaml"] = strings.Replace(s.files["site.yaml"], "suggestions: {", "suggestions: {complete: true, ", 1)
	whole := func(files map[string][]byte) string { return string(files["suggestions/index.html"]) }
	s.files["suggestions/2025.csv"] = strings.NewReplacer("YJ-", "JY-", "2026-", "2025-").Replace(s.files["suggestions/2026.csv"])
	files, made, problems := s.make(t, s.options(t, "neither"))
	if made.Stops {
		t.Fatal(problemsError(problems))
	}
	all := whole(files)
	files, made, problems = s.make(t, s.options(t, "neither", fault{changes: s.in("suggestions/2026.csv", "2026-10-15", "十月中")}))
	if made.Stops {
		t.Fatal(problemsError(problems))
	}
	s.files["site.yaml"] = strings.Replace(s.files["site.yaml"], "complete: true, ", "", 1)
	part, _, _ := s.make(t, s.options(t, "neither", fault{changes: file("suggestions/2026.csv", "")}))
	if got := whole(files); got == "" || got == all || got != whole(part) {
		t.Errorf("not what is said where a ledger is not there:\n%s", got)
	}
}
