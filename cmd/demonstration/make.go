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
	"sunshine/site/intake"
	"sunshine/site/period"
	"sunshine/site/problem"
)

// living are the tables that are made here: the statistics, and the ledger of matters.
var living = []string{"cases-closed", "crime-recorded-rural", "emergency-calls", "matters-handled", "traffic-casualties", "unit-visits"}

const ledger = "2026"

// bureau is the folder in which the months go by. After the first error nothing more is
// done in it.
type bureau struct {
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
	b := &bureau{ctx: ctx, from: from, dir: dir}
	b.live()
	b.deliver(to)
	return b.err
}

// live is the story: what was sent when, what was mended, put off and published.
func (b *bureau) live() {
	b.on(2026, 7, 20)
	b.begin()
	b.backlog()

	b.on(2026, 8, 10)
	b.monthly(on(2026, 7))
	b.release("2026-08")

	b.on(2026, 9, 10)
	b.monthly(on(2026, 8))
	b.take(solvedBook(b.day.String(), 2021, 2025), because{"一起案件在两个单位重复登记，撤去一起", "correction", "示范市公安局刑侦支队"})
	b.release("2026-09")

	b.on(2026, 10, 10)
	b.monthly(on(2026, 9))
	b.replace("data/targets.csv", targetsOnceSet, targetsNow)
	b.explain(because{"暑期增开窗口以后，按前三个月的办件重定", "definition", "城东分局"})
	b.release("2026-10")

	b.on(2026, 10, 16)
	b.replace("data/stats/crime-recorded-rural.yaml", "next_release: 2026-10-20", "next_release: 2026-10-27")
	b.explain(because{"两个派出所的案件台账正在并入新系统，核对需要一周", "definition", "示范县公安局"})
	b.release("2026-10-16")

	b.on(2026, 10, 20)
	b.take(hurtBook(b.day.String(), quarterOf(on(2026, 7)), quarterOf(on(2026, 9))), because{})
	b.on(2026, 10, 27)
	b.take(ruralBook(b.day.String(), quarterOf(on(2026, 4)), quarterOf(on(2026, 9))), because{"季末报案、补立的案件计入", "scheduled", "示范县公安局"})

	b.on(2026, 10, 30)
	b.take(b.ledgerBook(), because{})
	b.rest()
	b.release("2026-10-30")
}

func (b *bureau) on(year, month, day int) { b.day = period.NewDate(year, time.Month(month), day) }

// backlog is what the departments send when they begin.
func (b *bureau) backlog() {
	day, end := b.day.String(), on(2026, 6)
	for year := first.year(); year <= end.year(); year++ {
		from, to := max(first, on(year, 1)), min(end, on(year, 12))
		for _, w := range []workbook{callsBook(day, from, to), visitsBook(day, from, to), mattersBook(day, from, to),
			ruralBook(day, quarterOf(from), quarterOf(to)), hurtBook(day, quarterOf(from), quarterOf(to))} {
			b.take(w, because{})
		}
	}
	b.take(solvedBook(day, 2021, 2025), because{})
	b.take(b.ledgerBook(), because{})
}

// monthly is what four departments send for a month. What they knew better by then
// stands in the same workbooks.
func (b *bureau) monthly(m month) {
	day := b.day.String()
	b.take(callsBook(day, on(m.year(), 1), m), because{"上月的初步数核定：立案审查以后改归类别", "scheduled", "示范市公安局指挥中心"})
	b.take(visitsBook(day, max(m-1, on(2026, 7)), m), because{"录入时十位和个位写反，按台账更正", "correction", "示范市公安局户政管理大队"})
	b.take(mattersBook(day, m, m), because{})
	b.take(b.ledgerBook(), because{})
}

// take imports a workbook. What it has otherwise than before is taken with its reason.
func (b *bureau) take(w workbook, why because) {
	if b.err != nil {
		return
	}
	file, err := w.write(filepath.Join(b.dir, "inbox"))
	if err != nil {
		b.err = err
		return
	}
	o := site.Importing{Dir: b.dir, Files: []string{file}, AsOf: b.day}
	if _, err := os.Stat(filepath.Join(b.dir, "data", "imports", w.as+".yaml")); errors.Is(err, fs.ErrNotExist) {
		o.As = w.as
	}
	tables, problems, err := site.Import(o)
	changed := false
	for _, t := range tables {
		changed = changed || t.Change.Changed > 0
	}
	if !changed || why == (because{}) {
		b.stop(w.name, problems, asked(tables), err)
		return
	}
	o.Answers = intake.Answers{Changed: true}
	known, problems, err := site.Revise(b.ctx, b.options())
	if b.stop(w.name, problems, nil, err); b.err != nil {
		return
	}
	tables, problems, err = site.Import(o)
	if b.stop(w.name, problems, asked(tables), err); b.err != nil {
		return
	}
	_, b.err = site.Explain(b.ctx, b.options(), known, tables, site.Answer{Reason: why.reason, Kind: why.kind, By: why.by})
}

// asked are the questions of tables.
func asked(tables []*site.Imported) (questions []intake.Question) {
	for _, t := range tables {
		questions = append(questions, t.Questions...)
	}
	return questions
}

// stop ends everything where something is wrong: nobody is there to look at it.
func (b *bureau) stop(what string, problems problem.List, questions []intake.Question, err error) {
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
		b.err = fmt.Errorf("%s %s: %w", b.day, what, err)
	case said.Len() > 0:
		b.err = fmt.Errorf("%s %s:%s", b.day, what, said.String())
	}
}

func (b *bureau) options() site.Options {
	return site.Options{Dir: b.dir, AsOf: b.day, Jobs: runtime.GOMAXPROCS(0), Version: "demonstration", Commit: "-"}
}

// explain writes down why what was published changed, as far as nobody did yet.
func (b *bureau) explain(why because) {
	if b.err != nil {
		return
	}
	r, _, err := site.Revise(b.ctx, b.options()) // its errors are what is explained
	if err != nil {
		b.err = err
		return
	}
	if len(r.Figures) == 0 {
		b.err = fmt.Errorf("%s: %s: nothing changed", b.day, why.reason)
		return
	}
	answers := make([]site.Answer, len(r.Figures))
	for i := range answers {
		answers[i] = site.Answer{Reason: why.reason, Kind: why.kind, By: why.by}
	}
	_, b.err = r.Record(b.options(), answers, nil)
}

// release records what is published under a label.
func (b *bureau) release(label string) {
	if b.err != nil {
		return
	}
	name, problems, err := site.Release(b.ctx, b.options(), label)
	if b.stop("release "+label, problems, nil, err); b.err == nil && name == "" {
		b.err = fmt.Errorf("%s: %s was not recorded", b.day, label)
	}
}

// replace puts a text in the place of another in a file.
func (b *bureau) replace(name, old, now string) {
	data := b.read(b.dir, name)
	if b.err == nil && strings.Count(data, old) != 1 {
		b.err = fmt.Errorf("%s: %q stands there %d times", name, old, strings.Count(data, old))
	}
	b.put(name, strings.Replace(data, old, now, 1))
}

func (b *bureau) read(dir, name string) string {
	if b.err != nil {
		return ""
	}
	data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	b.err = err
	return string(data)
}

func (b *bureau) put(name, text string) {
	if b.err != nil {
		return
	}
	file := filepath.Join(b.dir, filepath.FromSlash(name))
	if b.err = os.MkdirAll(filepath.Dir(file), 0o755); b.err == nil {
		b.err = os.WriteFile(file, []byte(text), 0o644)
	}
}

// settings are the keys of site.yaml that the first months need. Others name documents
// that were not there yet.
var settings = []string{"title", "organization", "place", "description", "base_url", "language", "demonstration", "data_notice", "contact", "footer", "license", "financial_year_start", "figures", "disclosure", "suggestions"}

var (
	topKey   = regexp.MustCompile(`(?m)^[a-z_]+:`)
	released = regexp.MustCompile(`(?m)^released: .*$`)
	next     = regexp.MustCompile(`(?m)^next_release: .*$`)
)

// firstNext are the days of the release after the first one, as they were announced.
var firstNext = map[string]string{"monthly": "2026-08-10", "quarterly": "2026-10-20", "yearly": "2027-01-20"}

// begin writes what the bureau had before its first workbook came: the settings, the
// units, the targets, and the descriptors with the days of the first release.
func (b *bureau) begin() {
	text := b.read(b.from, "data/site.yaml")
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
	b.put("data/site.yaml", kept.String())
	b.put("data/units.csv", b.read(b.from, "data/units.csv"))
	var targets strings.Builder
	for i, line := range slices.Collect(strings.Lines(b.read(b.from, "data/targets.csv"))) {
		if about, _, _ := strings.Cut(line, ","); i == 0 || slices.Contains(living, about) {
			targets.WriteString(line)
		}
	}
	b.put("data/targets.csv", targets.String())
	b.replace("data/targets.csv", targetsNow, targetsOnceSet)
	for _, name := range living {
		file := "data/stats/" + name + ".yaml"
		d := b.read(b.from, file)
		_, f, _ := strings.Cut(d, "\nfrequency: ")
		f, _, _ = strings.Cut(f, "\n")
		d = released.ReplaceAllString(d, "released: "+b.day.String())
		b.put(file, next.ReplaceAllString(d, "next_release: "+firstNext[f]))
	}
}

// The target of a station as it was set first, and as it is since October.
const (
	targetsOnceSet = "unit-visits,窗口办件（件）,朝阳路派出所,2026年,6600,"
	targetsNow     = "unit-visits,窗口办件（件）,朝阳路派出所,2026年,7000,"
)

// own tells of a file of data/ whether it is made here.
func own(name string) bool {
	table := strings.TrimSuffix(strings.TrimSuffix(path.Base(name), ".csv"), ".yaml")
	switch path.Dir(name) {
	case "stats":
		return slices.Contains(living, table)
	case "imports":
		return slices.Contains(living, table) || table == ledger
	case "suggestions":
		return table == ledger
	}
	return name == "revisions.csv" || strings.HasPrefix(name, "releases/")
}

// rest brings what the other departments wrote since: every file of data/ as it is.
func (b *bureau) rest() {
	if b.err != nil {
		return
	}
	from := os.DirFS(filepath.Join(b.from, "data"))
	b.err = fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || own(name) {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err == nil {
			b.put("data/"+name, string(data))
		}
		return errors.Join(err, b.err)
	})
}

// deliver puts what is made here, and the workbooks, into a bureau's folder.
func (b *bureau) deliver(to string) {
	if b.err != nil {
		return
	}
	if b.err = os.RemoveAll(filepath.Join(to, "data", "releases")); b.err != nil {
		return
	}
	made := os.DirFS(b.dir)
	b.err = fs.WalkDir(made, ".", func(name string, d fs.DirEntry, err error) error {
		below, isData := strings.CutPrefix(name, "data/")
		if err != nil || d.IsDir() || isData && !own(below) {
			return err
		}
		data, err := fs.ReadFile(made, name)
		file := filepath.Join(to, filepath.FromSlash(name))
		return inTurn(err, func() error { return os.MkdirAll(filepath.Dir(file), 0o755) }, func() error { return os.WriteFile(file, data, 0o644) })
	})
}

// inTurn does one thing after the other until one fails.
func inTurn(err error, steps ...func() error) error {
	for _, step := range steps {
		if err == nil {
			err = step()
		}
	}
	return err
}
