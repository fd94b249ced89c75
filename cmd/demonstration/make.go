package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/intake"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// living are the tables that are made here: the statistics, and the ledger of matters.
var living = []string{"cases-closed", "crime-recorded-rural", "emergency-calls", "matters-handled", "traffic-casualties", "unit-visits"}

const ledger = "2026"

// folder is that of the bureau, in which the months go by. After the first error nothing more is
// done in it.
type folder struct {
	ctx  context.Context
	from string // the folder that texts are taken from
	dir  string
	day  period.Date
	err  error
}

// because is what somebody at the bureau says of a change.
type because struct{ reason, kind, by string }

// Make lets the months go by in a folder of its own and puts what came of them into the
// folder to. Nothing is put there unless all of it could be made.
func Make(ctx context.Context, from, to string) error {
	dir, err := os.MkdirTemp("", "demonstration-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	f := &folder{ctx: ctx, from: from, dir: dir}
	if !demonstrates.MatchString(f.read(from, bureau.SiteKind.File())) && f.err == nil {
		f.err = fmt.Errorf("%s is no demonstration: its releases would be deleted", from)
	}
	if f.err != nil {
		return f.err
	}
	f.live()
	f.deliver(to)
	return f.err
}

// live is the story: what was sent when, what was mended, put off and published.
func (f *folder) live() {
	f.on(2026, 7, 20)
	f.begin()
	f.backlog()

	f.on(2026, 8, 10)
	f.monthly(on(2026, 7))
	f.release("2026-08")

	f.on(2026, 9, 10)
	f.monthly(on(2026, 8))
	f.take(solvedBook(f.day.String(), 2021, 2025), because{"一起案件在两个单位重复登记，撤去一起", "correction", "示范市公安局刑侦支队"})
	f.release("2026-09")

	f.on(2026, 10, 10)
	f.monthly(on(2026, 9))
	f.replace(bureau.TargetsKind.File(), targetsOnceSet, targetsNow)
	f.explain(because{"暑期增开窗口以后，按前三个月的办件重定", "definition", "城东分局"})
	f.release("2026-10")

	f.on(2026, 10, 16)
	f.replace(bureau.StatisticDescriptorKind.File("crime-recorded-rural"), "next_release: 2026-10-20", "next_release: 2026-10-27")
	f.explain(because{"两个派出所的案件台账正在并入新系统，核对需要一周", "definition", "示范县公安局"})
	f.release("2026-10-16")

	f.on(2026, 10, 20)
	f.take(hurtBook(f.day.String(), quarterOf(on(2026, 7)), quarterOf(on(2026, 9))), because{})
	f.on(2026, 10, 27)
	f.take(ruralBook(f.day.String(), quarterOf(on(2026, 4)), quarterOf(on(2026, 9))), because{"季末报案、补立的案件计入", "scheduled", "示范县公安局"})

	f.on(2026, 10, 30)
	f.take(f.ledgerBook(), because{})
	f.rest()
	f.release("2026-10-30")
}

func (f *folder) on(year, month, day int) { f.day = period.NewDate(year, time.Month(month), day) }

// backlog is what the departments send when they begin.
func (f *folder) backlog() {
	day, end := f.day.String(), on(2026, 6)
	for year := first.year(); year <= end.year(); year++ {
		from, to := max(first, on(year, 1)), min(end, on(year, 12))
		for _, w := range []workbook{callsBook(day, from, to), visitsBook(day, from, to), mattersBook(day, from, to),
			ruralBook(day, quarterOf(from), quarterOf(to)), hurtBook(day, quarterOf(from), quarterOf(to))} {
			f.take(w, because{})
		}
	}
	f.take(solvedBook(day, 2021, 2025), because{})
	f.take(f.ledgerBook(), because{})
}

// monthly is what four departments send for a month. What they knew better by then
// stands in the same workbooks.
func (f *folder) monthly(m month) {
	day := f.day.String()
	f.take(callsBook(day, on(m.year(), 1), m), because{"上月的初步数核定：立案审查以后改归类别", "scheduled", "示范市公安局指挥中心"})
	f.take(visitsBook(day, max(m-1, on(2026, 7)), m), because{"录入时十位和个位写反，按台账更正", "correction", "示范市公安局户政管理大队"})
	f.take(mattersBook(day, m, m), because{})
	f.take(f.ledgerBook(), because{})
}

// take imports a workbook. What it has otherwise than before is taken with its reason.
func (f *folder) take(w workbook, why because) {
	if f.err != nil {
		return
	}
	file, err := w.write(filepath.Join(f.dir, site.Inbox))
	if err != nil {
		f.err = err
		return
	}
	o := site.Importing{Dir: f.dir, Files: []string{file}, AsOf: f.day}
	if _, err := os.Stat(filepath.Join(f.dir, filepath.FromSlash(bureau.RecipeKind.File(w.as)))); errors.Is(err, fs.ErrNotExist) {
		o.As = w.as
	}
	tables, problems, err := site.Import(o)
	changed := false
	for _, t := range tables {
		changed = changed || t.Change.Changed > 0
	}
	if !changed || why == (because{}) {
		f.stop(w.name, problems, asked(tables), err)
		return
	}
	o.Answers = intake.Answers{Changed: true}
	known, problems, err := site.Revise(f.ctx, f.options())
	if f.stop(w.name, problems, nil, err); f.err != nil {
		return
	}
	tables, problems, err = site.Import(o)
	if f.stop(w.name, problems, asked(tables), err); f.err != nil {
		return
	}
	_, f.err = site.Explain(f.ctx, f.options(), known, tables, site.Answer{Reason: why.reason, Kind: why.kind, By: why.by})
}

// asked are the questions of tables.
func asked(tables []*site.Imported) (questions []intake.Question) {
	for _, t := range tables {
		questions = append(questions, t.Questions...)
	}
	return questions
}

// stop ends everything where something is wrong: nobody is there to look at it.
func (f *folder) stop(what string, problems problem.List, questions []intake.Question, err error) {
	var said strings.Builder
	for _, p := range problems {
		if p.Severity == problem.Error {
			fmt.Fprintf(&said, "\n%s: %s [%s]\n  %s", p.Position, p.Message.ZH, p.Rule, p.Hint.ZH)
		}
	}
	for _, q := range questions {
		fmt.Fprintf(&said, "\n%s!%s: %s [%s]\n  %s", q.At.Sheet, q.At.Cell, q.Message.ZH, q.Rule, q.Hint.ZH)
	}
	switch {
	case err != nil:
		f.err = fmt.Errorf("%s %s: %w", f.day, what, err)
	case said.Len() > 0:
		f.err = fmt.Errorf("%s %s:%s", f.day, what, said.String())
	}
}

func (f *folder) options() site.Options {
	return site.Options{Dir: f.dir, AsOf: f.day, Jobs: runtime.GOMAXPROCS(0), Version: "demonstration", Commit: "-"}
}

// explain writes down why what was published changed, as far as nobody did yet.
func (f *folder) explain(why because) {
	if f.err != nil {
		return
	}
	r, _, err := site.Revise(f.ctx, f.options()) // its errors are what is explained
	if err != nil {
		f.err = err
		return
	}
	if len(r.Figures) == 0 {
		f.err = fmt.Errorf("%s: %s: nothing changed", f.day, why.reason)
		return
	}
	answers := make([]site.Answer, len(r.Figures))
	for i := range answers {
		answers[i] = site.Answer{Reason: why.reason, Kind: why.kind, By: why.by}
	}
	_, f.err = r.Record(f.options(), answers, nil)
}

// release records what is published under a label.
func (f *folder) release(label string) {
	if f.err != nil {
		return
	}
	name, problems, err := site.Release(f.ctx, f.options(), label)
	if f.stop("release "+label, problems, nil, err); f.err == nil && name == "" {
		f.err = fmt.Errorf("%s: %s was not recorded", f.day, label)
	}
}

// replace puts a text in the place of another in a file.
func (f *folder) replace(name, old, now string) {
	data := f.read(f.dir, name)
	if f.err == nil && strings.Count(data, old) != 1 {
		f.err = fmt.Errorf("%s: %q stands there %d times", name, old, strings.Count(data, old))
	}
	f.put(name, strings.Replace(data, old, now, 1))
}

func (f *folder) read(dir, name string) string {
	if f.err != nil {
		return ""
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	f.err = err
	return string(data)
}

func (f *folder) put(name, text string) {
	if f.err != nil {
		return
	}
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	if f.err = os.MkdirAll(filepath.Dir(file), 0o755); f.err == nil {
		f.err = os.WriteFile(file, []byte(text), 0o644)
	}
}

// settings are the keys of site.yaml that the first months need. Others name documents
// that were not there yet.
var settings = []string{"title", "organization", "place", "description", "base_url", "language", "demonstration", "data_notice", "contact", "footer", "license", "financial_year_start", "figures", "disclosure", "suggestions"}

var (
	demonstrates = regexp.MustCompile(`(?m)^demonstration: true$`)

	topKey   = regexp.MustCompile(`(?m)^[a-z_]+:`)
	released = regexp.MustCompile(`(?m)^released: .*$`)
	next     = regexp.MustCompile(`(?m)^next_release: .*$`)
)

// firstNext are the days of the release after the first one, as they were announced.
var firstNext = map[string]string{"monthly": "2026-08-10", "quarterly": "2026-10-20", "yearly": "2027-01-20"}

// begin writes what the bureau had before its first workbook came: the settings, the
// units, the targets, and the descriptors with the days of the first release.
func (f *folder) begin() {
	text := f.read(f.from, bureau.SiteKind.File())
	var kept strings.Builder
	at := topKey.FindAllStringIndex(text, -1)
	for i, key := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		if slices.Contains(settings, text[key[0]:key[1]-1]) {
			kept.WriteString(text[key[0]:end])
		}
	}
	f.put(bureau.SiteKind.File(), kept.String())
	f.put(bureau.UnitsKind.File(), f.read(f.from, bureau.UnitsKind.File()))
	var targets strings.Builder
	for i, line := range slices.Collect(strings.Lines(f.read(f.from, bureau.TargetsKind.File()))) {
		if about, _, _ := strings.Cut(line, ","); i == 0 || slices.Contains(living, about) {
			targets.WriteString(line)
		}
	}
	f.put(bureau.TargetsKind.File(), targets.String())
	f.replace(bureau.TargetsKind.File(), targetsNow, targetsOnceSet)
	for _, name := range living {
		file := bureau.StatisticDescriptorKind.File(name)
		d := f.read(f.from, file)
		_, frequency, _ := strings.Cut(d, "\nfrequency: ")
		frequency, _, _ = strings.Cut(frequency, "\n")
		d = released.ReplaceAllString(d, "released: "+f.day.String())
		f.put(file, next.ReplaceAllString(d, "next_release: "+firstNext[frequency]))
	}
}

// The target of a station as it was set first, and as it is since October.
const (
	targetsOnceSet = "unit-visits,窗口办件（件）,朝阳路派出所,2026年,6600,"
	targetsNow     = "unit-visits,窗口办件（件）,朝阳路派出所,2026年,7000,"
)

// own tells of a file of the bureau whether it is made here.
func own(file string) bool {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	switch bureau.KindAt(file) {
	case bureau.StatisticKind, bureau.StatisticDescriptorKind:
		return slices.Contains(living, name)
	case bureau.RecipeKind, bureau.OriginsKind:
		return slices.Contains(living, name) || name == ledger
	case bureau.MattersKind:
		return name == ledger
	case bureau.RevisionsKind, bureau.ReleaseKind, bureau.HeadKind, bureau.TableKind:
		return true
	}
	return false
}

// rest brings what the other departments wrote since: every file of data/ as it is.
func (f *folder) rest() {
	if f.err != nil {
		return
	}
	from := os.DirFS(f.from)
	f.err = fs.WalkDir(from, "data", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || own(file) {
			return err
		}
		data, err := fs.ReadFile(from, file)
		if err == nil {
			f.put(file, string(data))
		}
		return errors.Join(err, f.err)
	})
}

// deliver puts what is made here, and the workbooks, into a bureau's folder.
func (f *folder) deliver(to string) {
	if f.err != nil {
		return
	}
	if f.err = os.RemoveAll(filepath.Join(to, filepath.FromSlash(bureau.ReleaseKind.Folder()))); f.err != nil {
		return
	}
	made := os.DirFS(f.dir)
	f.err = fs.WalkDir(made, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !own(file) && !strings.HasPrefix(file, site.Inbox+"/") {
			return err
		}
		data, err := fs.ReadFile(made, file)
		if err != nil {
			return err
		}
		there := filepath.Join(to, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(there), 0o755); err != nil {
			return err
		}
		return os.WriteFile(there, data, 0o644)
	})
}
