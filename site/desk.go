package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/disclose"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/intake"
	"sunshine/site/ledger"
	"sunshine/site/locale"
	"sunshine/site/period"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
	"sunshine/site/send"
	"sunshine/site/table"
	"sunshine/site/write"
)

// Desk is the month's work on one bureau's folder (desk.Work), by what the commands do.
type Desk struct {
	Options  func() (Options, error) // of now: another day may have come
	Who      send.Who
	Env      func(string) string
	Language problem.Language
	Workshop *Workshop
	// Commit keeps files in the bureau's repository with a sentence, and says why where it
	// could not; nil where there is none.
	Commit func(sentence string, files []string) problem.Text

	mu      sync.Mutex // one thing is done at a time
	settled bool       // whatever was cut off was looked at
	notice  atomic.Pointer[problem.Text]
	checked *checked
}

// Notice is what has to be known of the last thing that was done: that it is not in the
// repository, or was cut off.
func (d *Desk) Notice() problem.Text {
	if t := d.notice.Load(); t != nil {
		return *t
	}
	return problem.Text{}
}

// checked is what a check found last.
type checked struct{ errors, warnings int }

// Occupy keeps other desks away from a bureau's folder until leave: what one shows would be
// written over by the other. While there is one, that is the problem. Commands are kept out
// only while something is written (Lock).
func Occupy(dir string) (leave func(), problems problem.List, err error) {
	leave, err = write.Lock(dir)
	if busy := (*write.Error)(nil); errors.As(err, &busy) && busy.Err == nil {
		problems.Error(problem.Position{File: filepath.ToSlash(filepath.Clean(dir))}, problem.WriteBusy, problem.Say("这个目录已经开着一个工作台", "a desk is open on this folder already"),
			problem.Say("到那个窗口里做；找不到的，关掉那个 sunshine 再开", "work at that one; if it cannot be found, stop that sunshine and open the desk again"))
		return nil, problems, nil
	}
	return leave, nil, err
}

// begin takes the options of now, and the desk for oneself until the end.
func (d *Desk) begin() (o Options, end func(), err error) {
	d.mu.Lock()
	if o, err = d.Options(); err != nil {
		d.mu.Unlock()
		return o, nil, err
	}
	if !d.settled {
		d.settled = d.settle(o) == nil // else the next time: a disk that is full can be read
	}
	return o, d.mu.Unlock, nil
}

// Month is what is to be done today.
func (d *Desk) Month(ctx context.Context) (desk.Month, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Month{}, err
	}
	defer end()
	root, err := folder.Open(o.Dir)
	if err != nil {
		return desk.Month{}, err
	}
	defer root.Close()
	o.memory = &d.Workshop.memory
	made, _, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return desk.Month{}, err
	}
	b := made.bureau
	arrived, err := arrivals(ctx, o, root, b.Origins)
	if err != nil {
		return desk.Month{}, err
	}
	waiting := 0
	for _, a := range arrived {
		if a.Waits() {
			waiting++
		}
	}
	m := desk.Month{Bureau: b.Site.Name(), Day: o.AsOf, Inbox: waiting, Due: statisticsDue(b, o.AsOf, bringing(arrived)), Matters: mattersDue(b, o.AsOf), Promises: promisesDue(b, o.AsOf)}
	if d.checked != nil {
		m.Checked, m.Errors, m.Warnings = true, d.checked.errors, d.checked.warnings
	}
	for _, late := range figures.Freshness(b, o.AsOf) {
		if bureau.KindAt(late.File) != bureau.StatisticKind {
			title := cmp.Or(late.Title, problem.Say("公告", "notices").In(d.Language))
			m.Guides = append(m.Guides, desk.Due{Title: title, File: late.File, At: problem.Position{File: late.File}, Day: late.Due, Past: true})
		}
	}
	return m, nil
}

// arrivals are the office files of the inbox.
func arrivals(ctx context.Context, o Options, root fs.FS, origins []bureau.Origins) (all []desk.Arrived, err error) {
	taken := map[string]bool{}
	for _, of := range origins {
		for _, sheet := range of.Sheets {
			taken[sheet.SHA256] = sheet.SHA256 != ""
		}
	}
	for _, file := range (&importer{Importing: Importing{Dir: o.Dir}, fsys: root}).inbox() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		name, err := filepath.Rel(o.Dir, file)
		if err != nil {
			return nil, err
		}
		a := desk.Arrived{File: filepath.ToSlash(name)}
		if info, err := os.Lstat(file); err == nil {
			a.Size = info.Size()
		}
		if a.Read, err = importFile(o, a.File, desk.Answers{}, true); err != nil {
			return nil, err
		}
		a.Taken = a.Read.Book != nil && taken[a.Read.Book.SHA256]
		all = append(all, a)
	}
	return all, nil
}

// bringing gives, by the name of what it becomes, the office file that brings something new
// to it.
func bringing(all []desk.Arrived) map[string]string {
	by := map[string]string{}
	for _, a := range all {
		for _, t := range a.Read.Tables {
			if !a.Taken && !t.New && (len(t.Questions) > 0 || t.Change.Added+t.Change.Filled+t.Change.Changed > 0) {
				by[t.Name] = a.File
			}
		}
	}
	return by
}

// statisticsDue are the series that go on, the first due first.
func statisticsDue(b *bureau.Bureau, asOf period.Date, arrived map[string]string) (all []desk.Due) {
	for _, s := range b.Statistics {
		if s.Computed != nil || s.Descriptor.Historical.V {
			continue
		}
		due := desk.Due{Title: s.Title(), File: s.File, At: problem.Position{File: bureau.StatisticDescriptorKind.File(s.Name)}, Arrived: arrived[s.Name]}
		if _, last := s.Covered(); !last.IsZero() {
			due.Latest = last.Text
		}
		if c := s.Descriptor.Contributors; len(c) > 0 {
			due.From = cmp.Or(c[0].Organization.V, c[0].Title.V)
		}
		if day, ok := figures.Due(b, s); ok {
			due.Day, due.Past = day, day < asOf
		}
		all = append(all, due)
	}
	slices.SortStableFunc(all, func(a, b desk.Due) int {
		if (a.Day == 0) != (b.Day == 0) { // one that is never due comes last
			return cmp.Compare(b.Day, a.Day)
		}
		return cmp.Compare(a.Day, b.Day)
	})
	return all
}

// mattersDue are the matters that wait for a step that is overdue, the longest first.
func mattersDue(b *bureau.Bureau, asOf period.Date) (all []desk.Due) {
	days := b.Site.Suggestions.Days.List()
	for i := range b.Matters {
		m := &b.Matters[i]
		p := figures.Follow(m, days, asOf)
		if p.Late == 0 || p.Next < 0 {
			continue
		}
		all = append(all, desk.Due{Title: m.Summary.V, File: m.ID.At.File, At: m.ID.At, From: m.Unit.V, Latest: bureau.MatterSteps[p.Next].ZH, Day: p.Steps[p.Next].Due, Past: true})
	}
	slices.SortStableFunc(all, func(a, b desk.Due) int { return cmp.Compare(a.Day, b.Day) })
	return all
}

// promisesDue are the promises and claims that do not hold, and those of which the verdict
// is another than on the day of the last release.
func promisesDue(b *bureau.Bureau, asOf period.Date) (all []desk.Due) {
	then := asOf
	if n := len(b.Releases); n > 0 {
		then = b.Releases[n-1].Date
	}
	for _, r := range b.Registers {
		if !figures.Judges(r) {
			continue
		}
		title := r.ColumnOf(bureau.ColumnTitle)
		for i := range r.Rows() {
			now := figures.Judge(b, r, i, asOf).Outcome
			if changed := now != figures.Judge(b, r, i, then).Outcome; now != figures.Fails && !changed || title < 0 {
				continue
			}
			all = append(all, desk.Due{Title: r.Row(i)[title].V, File: r.File, At: r.Row(i)[title].At, Past: now == figures.Fails})
		}
	}
	return all
}

// Inbox lists the office files that arrived, with how each is read.
func (d *Desk) Inbox(ctx context.Context) ([]desk.Arrived, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	root, err := folder.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	b, _ := d.Workshop.memory.Bureau(ctx, root, o.Jobs, privacy.Input)
	return arrivals(ctx, o, root, b.Origins)
}

// Take puts a file into the inbox.
func (d *Desk) Take(_ context.Context, name string, data []byte) (string, problem.List, error) {
	o, end, err := d.begin()
	if err != nil {
		return "", nil, err
	}
	defer end()
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	file := path.Join(Inbox, name)
	var problems problem.List
	if strings.HasPrefix(name, ".") || !write.Storable(name) {
		problems.Error(problem.Position{File: file}, problem.FileName, problem.Say("“%s”不能作文件名", "%q cannot be the name of a file", problem.Quote(name)),
			problem.Say("给文件换一个名称，再放进来", "give the file another name and put it in again"))
		return "", problems, nil
	}
	if _, found := table.Open(file, data); found.Errors() > 0 {
		return "", found, nil
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	for n := 2; ; n++ {
		there, err := folder.ReadUnder(root.FS(), file, table.MaxFile)
		if errors.Is(err, fs.ErrNotExist) {
			return file, nil, d.doing(root, problem.Say("收下 %s", "took in %s", file), []string{file}, func() error { return write.File(root, file, data) })
		}
		if err != nil {
			return "", nil, err
		}
		if bureau.SHA256(there) == bureau.SHA256(data) {
			return file, nil, nil
		}
		if old, err := importFile(o, file, desk.Answers{}, true); err == nil && (desk.Arrived{Read: old}).Asks() { // it was sent back to be corrected
			return file, nil, d.doing(root, problem.Say("换上了 %s", "replaced %s", file), []string{file}, func() error { return write.File(root, file, data) })
		}
		ext := path.Ext(name)
		file = path.Join(Inbox, strings.TrimSuffix(name, ext)+"-"+strconv.Itoa(n)+ext)
	}
}

// Read says how an office file is read.
func (d *Desk) Read(_ context.Context, file string, a desk.Answers) (desk.Read, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Read{}, err
	}
	defer end()
	return importFile(o, file, a, true)
}

// Import takes it.
func (d *Desk) Import(ctx context.Context, file string, a desk.Answers) (read desk.Read, err error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Read{}, err
	}
	defer end()
	unlock, busy, err := Lock(o.Dir)
	if err != nil || len(busy) > 0 {
		return desk.Read{Problems: busy}, err
	}
	defer unlock()
	if read, err = importFile(o, file, a, true); err != nil || !desk.Taken(read) {
		return read, err
	}
	if another := read.Book == nil || a.Was != "" && a.Was != read.Book.SHA256; another || !a.Yes && slices.ContainsFunc(read.Tables, func(t desk.Table) bool { return t.New }) {
		read.Problems.Error(problem.Position{File: file}, problem.ImportWritten, problem.Say("没有读入：这个文件和刚才看的不一样，或者还没有人看过它的读法", "not taken: the file is not the one that was looked at, or nobody has looked at how it is read"),
			problem.Say("看一看现在的读法，再读入", "look at how it is read now, and take it then"))
		return read, nil
	}
	var files []string
	for _, t := range read.Tables {
		files = append(files, t.Written...)
	}
	explains := a.Answer != desk.Answer{}
	if explains {
		files = append(files, bureau.RevisionsKind.File())
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return read, err
	}
	defer root.Close()
	err = d.doing(root, problem.Say("读入 %s", "imported %s", file), files, func() error {
		var known Revising
		if explains {
			if known, _, err = Revise(ctx, o); err != nil {
				return err
			}
		}
		var tables []*Imported
		if read, tables, err = importing(o, file, a, false); err != nil || !explains {
			return err
		}
		_, err = Explain(ctx, o, known, tables, Answer{Reason: a.Reason, Kind: a.Kind, By: a.By})
		return err
	})
	return read, err
}

// importFile imports one file of the inbox, or only says how that would go.
func importFile(o Options, file string, a desk.Answers, dry bool) (desk.Read, error) {
	read, _, err := importing(o, file, a, dry)
	return read, err
}

func importing(o Options, file string, a desk.Answers, dry bool) (desk.Read, []*Imported, error) {
	if !strings.HasPrefix(file, Inbox+"/") || !fs.ValidPath(file) {
		return desk.Read{}, nil, &fs.PathError{Op: "read", Path: file, Err: fs.ErrInvalid}
	}
	i := Importing{Dir: o.Dir, Files: []string{filepath.Join(o.Dir, filepath.FromSlash(file))}, As: a.As, AsOf: o.AsOf, DryRun: dry,
		Answers: intake.Answers{Changed: a.Answer != desk.Answer{}, Gained: a.Gained}, Said: a.Said}
	root, err := folder.Open(o.Dir)
	if err != nil {
		return desk.Read{}, nil, err
	}
	defer root.Close()
	tables, problems, err := Import(i)
	if err != nil {
		return desk.Read{}, nil, err
	}
	read := desk.Read{Problems: problems}
	for _, t := range tables {
		read.Tables = append(read.Tables, desk.Table{Reading: t.Reading, New: t.New, Refused: t.Refused, Change: t.Change, Written: t.Written})
	}
	if data, err := folder.ReadUnder(root, file, table.MaxFile); err == nil {
		read.Book, _ = table.Open(file, data)
	}
	return read, tables, nil
}

// Check tells what is wrong with the folder.
func (d *Desk) Check(ctx context.Context) (problem.List, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	problems, err := d.Workshop.Check(ctx, o)
	if err == nil {
		d.checked = &checked{problems.Errors(), len(problems) - problems.Errors()}
	}
	return problems, err
}

// written tells whether a file is one that staff write, and may change here: none of what an
// approval, a release or an import wrote down, and no attachment.
func written(file string) bool {
	switch bureau.KindAt(file) {
	case bureau.UnknownKind, bureau.ApprovalsKind, bureau.ReleaseKind, bureau.HeadKind, bureau.TableKind, bureau.OriginsKind, bureau.StaticKind:
		return false
	}
	return fs.ValidPath(file)
}

// Text gives a file that staff write.
func (d *Desk) Text(_ context.Context, file string) (desk.Text, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Text{}, err
	}
	defer end()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return desk.Text{}, err
	}
	defer root.Close()
	return textOf(root, file)
}

func textOf(root *os.Root, file string) (desk.Text, error) {
	if !written(file) {
		return desk.Text{}, &fs.PathError{Op: "read", Path: file, Err: fs.ErrInvalid}
	}
	return onDisk(root, file)
}

func onDisk(root *os.Root, file string) (desk.Text, error) {
	data, err := folder.ReadUnder(root.FS(), file, bureau.KindAt(file).Limit())
	if errors.Is(err, fs.ErrNotExist) {
		return desk.Text{File: file}, nil
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: err == nil}, err
}

// Save writes a file that still stands as it was.
func (d *Desk) Save(_ context.Context, file, was string, data []byte) (desk.Text, bool, error) {
	_, root, end, err := d.changing()
	if err != nil {
		return desk.Text{}, false, err
	}
	defer end()
	now, err := textOf(root, file)
	if err != nil || now.SHA256 != was {
		return now, false, err
	}
	if limit := bureau.KindAt(file).Limit(); int64(len(data)) > limit { // nobody could open it again
		return now, false, &fs.PathError{Op: "write", Path: file, Err: folder.ErrTooLarge}
	}
	did := problem.Say("改了 %s", "changed %s", file)
	if err := d.doing(root, did, []string{file}, func() error { return write.File(root, file, data) }); err != nil {
		return now, false, err
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: true}, true, nil
}

// Answer records what somebody answered to a question about a figure.
func (d *Desk) Answer(_ context.Context, row, said, by string) error {
	o, end, err := d.begin()
	if err != nil {
		return err
	}
	defer end()
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	file := bureau.AnswersKind.File()
	source, err := folder.Read(root.FS(), file, bureau.AnswersKind.Limit())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	now, err := ledger.AppendAnswer(source, row, said, by, o.AsOf.String())
	if err != nil {
		return &ListError{file, err}
	}
	return d.doing(root, problem.Say("%s答复了一处疑问", "%s answered a question", by), []string{file}, func() error { return write.File(root, file, now) })
}

// Files are those that staff write, with the titles that readers see.
func (d *Desk) Files(ctx context.Context) ([]desk.File, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	root, err := folder.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	o.memory = &d.Workshop.memory
	made, _, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return nil, err
	}
	b := made.bureau
	titles := map[string]string{}
	for _, g := range b.Guides {
		titles[g.File] = g.Title.V
	}
	for _, n := range b.Notices {
		titles[n.File] = n.Title.V
	}
	for _, p := range b.Pages {
		titles[p.File] = p.Title.V
	}
	for _, p := range b.Policies {
		titles[p.File] = p.Title.V
	}
	for _, s := range b.Statistics {
		titles[s.File], titles[bureau.StatisticDescriptorKind.File(s.Name)] = problem.Say("%s（表）", "%s (table)", s.Title()).In(d.Language), problem.Say("%s（说明）", "%s (descriptor)", s.Title()).In(d.Language)
	}
	for _, r := range b.Registers {
		titles[r.File], titles[bureau.RegisterDescriptorKind.File(r.Name)] = problem.Say("%s（表）", "%s (table)", r.Title()).In(d.Language), problem.Say("%s（说明）", "%s (descriptor)", r.Title()).In(d.Language)
	}
	titles[bureau.SiteKind.File()] = problem.Say("网站设置", "settings of the site").In(d.Language)
	var all []desk.File
	err = fs.WalkDir(root, "data", func(file string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && written(file) {
			all = append(all, desk.File{File: file, Title: titles[file]})
		}
		return err
	})
	return all, err
}

// Withheld is what is not published, to protect people.
func (d *Desk) Withheld(ctx context.Context) ([]desk.Withheld, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	root, err := folder.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	b, _ := d.Workshop.memory.Bureau(ctx, root, o.Jobs, privacy.Input)
	b.Hold(o.now())
	figures.Decide(b)
	disclose.Bureau(b)
	var all []desk.Withheld
	for _, s := range b.Statistics {
		w := desk.Withheld{Title: s.Title(), File: s.File, Why: disclose.Explain(s, locale.Builtin(d.Language))}
		for _, h := range s.Hidden {
			least := max(s.Disclosure.Threshold, s.Disclosure.Sensitive)
			w.Cells = append(w.Cells, desk.WithheldCell{Row: s.RowName(h.Row), Field: s.Fields[h.Field].Name, Cell: s.Position(h.Row, h.Field).Cell,
				Number: strconv.FormatFloat(h.Number, 'f', -1, 64), Small: h.Number > 0 && h.Number < float64(least)})
		}
		if len(w.Cells) > 0 {
			all = append(all, w)
		}
	}
	return all, ctx.Err()
}

// New writes the skeleton of a document.
func (d *Desk) New(ctx context.Context, kind, name string) (string, problem.List, error) {
	o, end, err := d.begin()
	if err != nil {
		return "", nil, err
	}
	defer end()
	files, err := scaffold.Files(kind, name, o.AsOf)
	if err != nil {
		return "", nil, err
	}
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return "", nil, err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	var made []string
	var problems problem.List
	err = d.doing(root, problem.Say("新建 %s", "created %s", files[0]), files, func() (err error) {
		made, problems, err = scaffold.Document(ctx, o.Dir, kind, name, o.AsOf)
		return err
	})
	if err != nil || len(made) == 0 {
		return "", problems, err
	}
	return made[0], problems, nil
}

// Changes says what a publication would change.
func (d *Desk) Changes(ctx context.Context) (desk.Changes, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Changes{}, err
	}
	defer end()
	p, missing, problems, err := d.propose(ctx, o)
	if err != nil {
		return desk.Changes{}, err
	}
	var c desk.Changes
	for i, w := range missing.Figures {
		c.Unexplained = append(c.Unexplained, desk.Unexplained{Number: i, What: w.What, Statistic: w.Statistic, Period: w.Period, Field: w.Field, Old: w.Old, New: w.New, Fixed: w.Kind})
	}
	for i, m := range missing.Moves {
		c.Gone = append(c.Gone, desk.Gone{Number: i, Address: m.Old})
	}
	for _, one := range problems {
		if one.Severity == problem.Error || one.Cure.Row != "" {
			c.Problems = append(c.Problems, one)
		}
	}
	if p != nil {
		view := p.Sheet.View(d.Language)
		c.Sheet, c.Digest, c.Same, c.Approved = &view, p.Sheet.Digest, p.Sheet.Same(), p.site.bureau.Approvals
	}
	c.Missing = missingOf(missing)
	return c, nil
}

// propose makes the site once, and gives what its publication would change and what of that
// nobody explained. The proposal is nil while a problem stops it.
func (d *Desk) propose(ctx context.Context, o Options) (*Proposal, Revising, problem.List, error) {
	o.memory = &d.Workshop.memory
	if to, err := targets(o.Dir); err == nil && o.Previous == "" && len(to) > 0 && send.IsFolder(to[0]) {
		if _, err := os.Stat(filepath.Join(to[0], write.ManifestName)); err == nil {
			o.Previous = to[0] // what readers have
		}
	}
	s, problems, err := Make(ctx, o)
	if err != nil {
		return nil, Revising{}, nil, err
	}
	missing := Revising{s.changes.Wanted, s.gone}
	if s.Stops {
		return nil, missing, problems, nil
	}
	made, err := s.sheet(ctx, o)
	return &Proposal{made, s, o}, missing, problems, err
}

// missingOf is the SHA-256 of what nobody explained, so that an answer is of what was shown.
func missingOf(r Revising) string {
	var b strings.Builder
	for _, w := range r.Figures {
		fmt.Fprintf(&b, "%q\n", []string{w.Statistic, w.Period, w.Field, w.Old, w.New, w.What.EN})
	}
	for _, m := range r.Moves {
		fmt.Fprintf(&b, "%q\n", m.Old)
	}
	return bureau.SHA256([]byte(b.String()))
}

// Explain records why published figures changed, and where addresses moved to.
func (d *Desk) Explain(ctx context.Context, missing string, figures map[int]desk.Answer, moves map[int]desk.Answer) (bool, error) {
	o, end, err := d.begin()
	if err != nil {
		return false, err
	}
	defer end()
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return false, err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return false, err
	}
	defer root.Close()
	_, now, _, err := d.propose(ctx, o)
	if err != nil || missingOf(now) != missing {
		return false, err
	}
	var said Revising
	var why, to []Answer
	for i, w := range now.Figures {
		if a, is := figures[i]; is {
			said.Figures, why = append(said.Figures, w), append(why, Answer{Reason: a.Reason, Kind: cmp.Or(w.Kind, a.Kind), By: a.By})
		}
	}
	for i, m := range now.Moves {
		if a, is := moves[i]; is {
			said.Moves, to = append(said.Moves, m), append(to, Answer{Reason: a.Reason, To: a.To})
		}
	}
	var files []string
	if len(said.Figures) > 0 {
		files = append(files, bureau.RevisionsKind.File())
	}
	if len(said.Moves) > 0 {
		files = append(files, bureau.AddressesKind.File())
	}
	return true, d.doing(root, problem.Say("说明改动的原因", "said why something changed"), files, func() error {
		_, err := said.Record(o, why, to)
		return err
	})
}

// Approve records who approved the changes that were shown last.
func (d *Desk) Approve(ctx context.Context, digest, by string) (bool, error) {
	o, end, err := d.begin()
	if err != nil {
		return false, err
	}
	defer end()
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return false, err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return false, err
	}
	defer root.Close()
	p, _, problems, err := d.propose(ctx, o)
	asked := slices.ContainsFunc(problems, func(one problem.Problem) bool { return one.Cure.Row != "" })
	if err != nil || p == nil || asked || p.Sheet.Same() || p.Sheet.Digest != digest {
		return false, err
	}
	return true, d.doing(root, problem.Say("%s批准了公开变化单", "%s approved the changes", by), []string{bureau.ApprovalsKind.File()}, func() error {
		if _, err := p.Approve(by); !errors.Is(err, ErrApproved) {
			return err
		}
		return nil
	})
}

// Publish sends the site. The approvals and releases that it records cannot be undone.
func (d *Desk) Publish(ctx context.Context, to string, tell func(step problem.Text, done, of int)) (desk.Sent, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Sent{}, err
	}
	end() // it takes long, and keeps for itself that nothing else is written meanwhile
	o.Watch = func(step Step, done, of int) { tell(step.Text(), done, of) }
	sent, problems, err := Publish(ctx, o, Publication{To: to, Who: d.Who, Env: d.Env})
	var wrong send.AddressError
	if errors.As(err, &wrong) {
		var list problem.List
		list.Error(problem.Position{File: to}, problem.PublishForeign, wrong.Text, problem.Say("改好地址，再发布", "correct the address and publish again"))
		return desk.Sent{Problems: list}, nil
	}
	if sent.New || len(sent.Taken) > 0 {
		d.mu.Lock()
		d.committed(problem.Say("公布 %s", "published %s", sent.Label), []string{bureau.ReleaseKind.Folder()})
		d.mu.Unlock()
	}
	return desk.Sent{Done: sent.Done, Label: sent.Label, Files: len(sent.Files), Removed: len(sent.Removed), Manifest: sent.Manifest, Problems: problems}, err
}

// Targets are where it was published to before, the latest first.
func (d *Desk) Targets() ([]string, error) {
	o, err := d.Options()
	if err != nil {
		return nil, err
	}
	return targets(o.Dir)
}

func targets(dir string) (all []string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	marks, err := readMarks(root)
	for _, m := range slices.Backward(marks) {
		if !slices.Contains(all, m.To) {
			all = append(all, m.To)
		}
	}
	return all, err
}

var _ desk.Work = (*Desk)(nil)
