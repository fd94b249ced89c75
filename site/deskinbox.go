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

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/folder"
	"sunshine/site/intake"
	"sunshine/site/privacy"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/write"
)

// arrivals are the office files of the inbox.
func arrivals(ctx context.Context, o Options, root fs.FS, origins []bureau.Origins) (all []desk.Arrived, err error) {
	type source struct{ table, sha256 string }
	taken := map[source]bool{}
	for _, of := range origins {
		for _, sheet := range of.Sheets {
			taken[source{of.Name, sheet.SHA256}] = true
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
		a.Taken = a.Read.Book != nil && len(a.Read.Tables) > 0 && !slices.ContainsFunc(a.Read.Tables, func(t desk.Table) bool { return !taken[source{t.Name, a.Read.Book.SHA256}] })
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

// Inbox lists the office files that arrived, with how each is read.
func (d *Desk) Inbox(ctx context.Context) ([]desk.Arrived, error) {
	o, root, end, err := d.reading()
	if err != nil {
		return nil, err
	}
	defer end()
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
