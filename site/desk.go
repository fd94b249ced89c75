package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/intake"
	"sunshine/site/ledger"
	"sunshine/site/problem"
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

	mu       sync.Mutex // one thing is done at a time
	proposal *Proposal  // that was shown last
}

// begin takes the options of now, and the desk for oneself until the end.
func (d *Desk) begin() (o Options, end func(), err error) {
	d.mu.Lock()
	if o, err = d.Options(); err != nil {
		d.mu.Unlock()
		return o, nil, err
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
	made, problems, err := decide(ctx, o, root, nil, false)
	if err != nil {
		return desk.Month{}, err
	}
	b := made.bureau
	m := desk.Month{Bureau: b.Site.Name(), Day: o.AsOf, Errors: problems.Errors(), Warnings: len(problems) - problems.Errors()}
	for _, s := range b.Statistics {
		if s.Computed != nil || s.Descriptor.Historical.V {
			continue
		}
		due := desk.Due{Title: s.Title(), File: s.File}
		if _, last := s.Covered(); !last.IsZero() {
			due.Latest = last.Text
		}
		for _, c := range s.Descriptor.Contributors {
			due.From = c.Title.V
			break
		}
		if day, ok := figures.Due(b, s); ok {
			due.Day, due.Past = day, day < o.AsOf
		}
		m.Due = append(m.Due, due)
	}
	slices.SortStableFunc(m.Due, func(a, b desk.Due) int { return int(a.Day) - int(b.Day) })
	for _, late := range figures.Freshness(b, o.AsOf) {
		if bureau.KindAt(late.File) != bureau.StatisticKind {
			m.Late = append(m.Late, desk.Due{Title: late.Title, File: late.File, Day: late.Due, Past: true})
		}
	}
	m.Arrived = len((&importer{Importing: Importing{Dir: o.Dir}, root: nil, fsys: root}).inbox())
	return m, nil
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
	var all []desk.Arrived
	for _, file := range (&importer{Importing: Importing{Dir: o.Dir}, fsys: root}).inbox() {
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
		all = append(all, a)
	}
	return all, ctx.Err()
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
	if book, found := table.Open(file, data); found.Errors() > 0 {
		_ = book
		return "", found, nil
	}
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	for n := 2; ; n++ {
		there, err := folder.Read(root.FS(), file, table.MaxFile)
		if errors.Is(err, fs.ErrNotExist) {
			return file, nil, write.File(root, file, data)
		}
		if err != nil {
			return "", nil, err
		}
		if bureau.SHA256(there) == bureau.SHA256(data) {
			return file, nil, nil
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
	return importFile(o, file, a, false)
}

// importFile imports one file of the inbox, or only says how that would go.
func importFile(o Options, file string, a desk.Answers, dry bool) (desk.Read, error) {
	if !strings.HasPrefix(file, Inbox+"/") || !fs.ValidPath(file) {
		return desk.Read{}, &fs.PathError{Op: "read", Path: file, Err: fs.ErrInvalid}
	}
	i := Importing{Dir: o.Dir, Files: []string{filepath.Join(o.Dir, filepath.FromSlash(file))}, As: a.As, AsOf: o.AsOf, DryRun: dry,
		Answers: intake.Answers{Changed: a.Answer != desk.Answer{}, Gained: a.Gained}, Said: a.Said}
	tables, problems, err := Import(i)
	if err != nil {
		return desk.Read{}, err
	}
	read := desk.Read{Problems: problems}
	for _, t := range tables {
		read.Tables = append(read.Tables, desk.Table{Reading: t.Reading, New: t.New, Refused: t.Refused, Change: t.Change, Written: t.Written})
	}
	if data, err := readOffice(i.Files[0]); err == nil {
		read.Book, _ = table.Open(file, data)
	}
	return read, nil
}

// Check tells what is wrong with the folder.
func (d *Desk) Check(ctx context.Context) (problem.List, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	return d.Workshop.Check(ctx, o)
}

// written tells whether a file is one that staff write, and may change here.
func written(file string) bool {
	return fs.ValidPath(file) && bureau.KindAt(file) != bureau.UnknownKind && bureau.KindAt(file).Limit() > 0
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
	data, err := folder.Read(root.FS(), file, bureau.KindAt(file).Limit())
	if errors.Is(err, fs.ErrNotExist) {
		return desk.Text{File: file}, nil
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: err == nil}, err
}

// Save writes a file that still stands as it was.
func (d *Desk) Save(_ context.Context, file, was string, data []byte) (desk.Text, bool, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Text{}, false, err
	}
	defer end()
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return desk.Text{}, false, err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return desk.Text{}, false, err
	}
	defer root.Close()
	now, err := textOf(root, file)
	if err != nil || now.SHA256 != was {
		return now, false, err
	}
	if err := write.File(root, file, data); err != nil {
		return now, false, err
	}
	return desk.Text{File: file, Bytes: data, SHA256: bureau.SHA256(data), There: true}, true, nil
}

// Changes says what a publication would change.
func (d *Desk) Changes(ctx context.Context) (desk.Changes, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Changes{}, err
	}
	defer end()
	var c desk.Changes
	known, _, err := Revise(ctx, o)
	if err != nil {
		return c, err
	}
	for _, w := range known.Figures {
		c.Unexplained = append(c.Unexplained, desk.Unexplained{Statistic: w.Statistic, Period: w.Period, Field: w.Field, Old: w.Old, New: w.New})
	}
	p, problems, err := Diff(ctx, o)
	if err != nil {
		return c, err
	}
	for _, one := range problems {
		if one.Severity == problem.Error {
			c.Problems = append(c.Problems, one)
		}
	}
	if d.proposal = p; p != nil {
		view := p.Sheet.View(d.Language)
		c.Sheet, c.Digest, c.Same, c.Approved = &view, p.Sheet.Digest, p.Sheet.Same(), p.site.bureau.Approvals
	}
	return c, nil
}

// Explain records why a published figure changed.
func (d *Desk) Explain(ctx context.Context, change desk.Unexplained, a desk.Answer) error {
	o, end, err := d.begin()
	if err != nil {
		return err
	}
	defer end()
	known, _, err := Revise(ctx, o)
	if err != nil {
		return err
	}
	known.Moves = nil
	known.Figures = slices.DeleteFunc(known.Figures, func(w ledger.Wanted) bool {
		return w.Statistic != change.Statistic || w.Period != change.Period || w.Field != change.Field || w.Old != change.Old || w.New != change.New
	})
	answers := make([]Answer, len(known.Figures))
	for i, w := range known.Figures {
		answers[i] = Answer{Reason: a.Reason, Kind: a.Kind, By: a.By}
		if w.Kind != "" {
			answers[i].Kind = w.Kind
		}
	}
	_, err = known.Record(o, answers, nil)
	return err
}

// Approve records who approved the changes that were shown last.
func (d *Desk) Approve(ctx context.Context, digest, by string) (bool, error) {
	o, end, err := d.begin()
	if err != nil {
		return false, err
	}
	defer end()
	p, _, err := Diff(ctx, o)
	if err != nil || p == nil || p.Sheet.Digest != digest {
		return false, err
	}
	if _, err := p.Approve(by); err != nil && !errors.Is(err, ErrApproved) {
		return false, err
	}
	return true, nil
}

// Publish sends the site.
func (d *Desk) Publish(ctx context.Context, to string) (desk.Sent, error) {
	o, end, err := d.begin()
	if err != nil {
		return desk.Sent{}, err
	}
	defer end()
	sent, problems, err := Publish(ctx, o, Publication{To: to, Who: d.Who, Env: d.Env})
	var wrong send.AddressError
	if errors.As(err, &wrong) {
		var list problem.List
		list.Error(problem.Position{File: to}, problem.PublishForeign, wrong.Text, problem.Say("改好地址，再发布", "correct the address and publish again"))
		return desk.Sent{Problems: list}, nil
	}
	return desk.Sent{Done: sent.Done, Label: sent.Label, Files: len(sent.Files), Removed: len(sent.Removed), Manifest: sent.Manifest, Problems: problems}, err
}

var _ desk.Work = (*Desk)(nil)
