package site

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"

	"sunshine/site/desk"
	"sunshine/site/disclose"
	"sunshine/site/figures"
	"sunshine/site/folder"
	"sunshine/site/locale"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/send"
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

// reading opens the bureau's folder to read what stands in it, until the end.
func (d *Desk) reading() (o Options, fsys *folder.FS, end func(), err error) {
	o, done, err := d.begin()
	if err != nil {
		return o, nil, nil, err
	}
	if fsys, err = folder.Open(o.Dir); err != nil {
		done()
		return o, nil, nil, err
	}
	return o, fsys, func() { fsys.Close(); done() }, nil
}

// changing takes a bureau's folder for oneself, to change what stands in it, until the end;
// commands are kept out as well.
func (d *Desk) changing() (o Options, root *os.Root, end func(), err error) {
	o, done, err := d.begin()
	if err != nil {
		return o, nil, nil, err
	}
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		done()
		return o, nil, nil, err
	}
	root, err = os.OpenRoot(o.Dir)
	if err != nil {
		unlock()
		done()
		return o, nil, nil, err
	}
	return o, root, func() {
		root.Close()
		unlock()
		done()
	}, nil
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

// Withheld is what is not published, to protect people.
func (d *Desk) Withheld(ctx context.Context) ([]desk.Withheld, error) {
	o, root, end, err := d.reading()
	if err != nil {
		return nil, err
	}
	defer end()
	b, _ := d.Workshop.memory.Bureau(ctx, root, o.Jobs, privacy.Input)
	b.Hold(o.now())
	figures.Decide(b)
	disclose.Bureau(b)
	var all []desk.Withheld
	for _, s := range b.Statistics {
		w := desk.Withheld{Title: s.Title(), File: s.File, Why: disclose.Explain(s, locale.Builtin(d.Language))}
		for _, h := range s.Hidden {
			w.Cells = append(w.Cells, desk.WithheldCell{Row: s.RowName(h.Row), Field: s.Fields[h.Field].Name, Cell: s.Position(h.Row, h.Field).Cell,
				Number: strconv.FormatFloat(h.Number, 'f', -1, 64), Small: h.Primary})
		}
		if len(w.Cells) > 0 {
			all = append(all, w)
		}
	}
	return all, ctx.Err()
}

var _ desk.Work = (*Desk)(nil)
