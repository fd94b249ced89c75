package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/desk"
	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/write"
)

// stepsFolder keeps what the files held before each step of the desk. It stands in the
// bureau's folder outside of data/, so that no build depends on it.
const stepsFolder = ".sunshine/steps"

// maxSteps is how many steps can be undone.
const maxSteps = 50

// maxStep is how many bytes of a step are read: the files of one import, as JSON has them.
const maxStep = 8 * table.MaxFile

// deed is one thing that was done at the desk.
type deed struct {
	At     time.Time
	Did    problem.Text
	Files  []before
	Undone bool
	Begun  bool // it is being done, or was cut off and nobody looked since
	Cut    bool // it was cut off, and its files are as it left them
	After  int  // how many releases there were
}

// before is a file that a step wrote.
type before struct {
	Path   string
	Before []byte // nil where there was none
	There  bool   // there was one
	After  string // SHA-256 of what the step wrote; empty where it removed the file
}

// doing does something that writes files, so that it can be undone: it first keeps what they
// hold.
func (d *Desk) doing(root *os.Root, did problem.Text, files []string, do func() error) error {
	s := deed{At: d.Who.Now(), Did: did, Begun: true, After: releases(root)}
	for _, file := range files {
		data, err := folder.ReadUnder(root.FS(), file, table.MaxFile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		s.Files = append(s.Files, before{Path: file, Before: data, There: err == nil})
	}
	names, err := stepNames(root.FS())
	if err != nil {
		return err
	}
	number := 0
	if len(names) > 0 {
		fmt.Sscanf(path.Base(names[len(names)-1]), "%d", &number)
	}
	number++
	name := path.Join(stepsFolder, fmt.Sprintf("%08d.json", number))
	if len(names) == 0 { // they are of this folder, and of no repository
		if err := write.File(root, path.Join(stepsFolder, ".gitignore"), []byte("*\n")); err != nil {
			return err
		}
	}
	if err := s.write(root, name); err != nil {
		return err
	}
	changed, err := false, do()
	if err == nil {
		changed, err = s.left(root)
	}
	s.Begun = false
	if err == nil && changed {
		err = s.write(root, name)
	}
	if err != nil {
		if s.bring(root) != nil {
			d.settled = false
			return &desk.HalfError{Err: err}
		}
		write.Remove(root, name) // of which nothing is left
		return err
	}
	if !changed {
		return write.Remove(root, name)
	}
	for len(names) >= maxSteps {
		write.Remove(root, names[0]) // what is kept for too long is in nobody's way
		names = names[1:]
	}
	for _, file := range append([]string{name}, files...) {
		write.Sweep(root, file)
	}
	d.committed(did, slices.DeleteFunc(slices.Clone(files), func(file string) bool { return path.Dir(file) == Inbox })) // which is nobody else's business
	return nil
}

// committed keeps files in the repository, where there is one.
func (d *Desk) committed(did problem.Text, files []string) {
	d.notice.Store(nil)
	if d.Commit != nil && len(files) > 0 {
		if why := d.Commit(did.In(d.Language), files); why != (problem.Text{}) {
			d.notice.Store(&why)
		}
	}
}

// left notes what the files of a step hold now, and tells whether that is anything else than
// before it.
func (s *deed) left(root *os.Root) (changed bool, err error) {
	for i := range s.Files {
		f := &s.Files[i]
		if f.After, err = sumOf(root.FS(), f.Path); err != nil {
			return false, err
		}
		changed = changed || f.After != f.sum()
	}
	return changed, nil
}

// sum is the SHA-256 of what a file held before a step; empty where there was none.
func (f *before) sum() string {
	if !f.There {
		return ""
	}
	return bureau.SHA256(f.Before)
}

// bring brings the files of a step to what they held before it. What it wrote first goes,
// which makes room on a disk that is full.
func (s *deed) bring(root *os.Root) error {
	var all []error
	for _, f := range s.Files {
		if !f.There {
			all = append(all, write.Remove(root, f.Path))
		}
	}
	for _, f := range s.Files {
		if now, err := sumOf(root.FS(), f.Path); f.There && (err != nil || now != f.sum()) {
			all = append(all, write.File(root, f.Path, f.Before))
		}
	}
	return errors.Join(all...)
}

// settle looks whether the last step was cut off: by a kill, or by a disk that could
// not even bring back what stood there. What its files hold by then counts as what it left, so
// that it is undone as any other; where it left nothing, it is forgotten.
func (d *Desk) settle(o Options) error {
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	names, err := stepNames(root.FS())
	if err != nil || len(names) == 0 {
		return err
	}
	name := names[len(names)-1]
	s, err := readStep(root.FS(), name)
	if err != nil {
		return nil // it can be undone by nobody
	}
	if s.Begun {
		changed, err := s.left(root)
		if err == nil && !changed {
			return write.Remove(root, name)
		}
		if s.Begun, s.Cut = false, true; err == nil {
			err = s.write(root, name)
		}
		if err != nil {
			return err
		}
	}
	if s.Cut && !s.Undone {
		cut := problem.Say("“%s”做到一半断了，有的文件已经写了，有的没有。在“做过的”里撤销它，再重做一次", "“%s” was cut off: some of its files were written and some were not. Undo it at “Done”, and do it again", s.Did)
		d.notice.Store(&cut)
	}
	return nil
}

func (s deed) write(root *os.Root, name string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return write.File(root, name, data)
}

// sumOf gives the SHA-256 of a file; empty where there is none.
func sumOf(root fs.FS, file string) (string, error) {
	data, err := folder.ReadUnder(root, file, table.MaxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return bureau.SHA256(data), err
}

// stepNames are the files of the steps, the earliest first.
func stepNames(root fs.FS) ([]string, error) {
	if err := folder.Unlinked(root, path.Join(stepsFolder, "step")); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root, stepsFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if stepName.MatchString(e.Name()) {
			names = append(names, path.Join(stepsFolder, e.Name()))
		}
	}
	slices.Sort(names)
	return names, err
}

var stepName = regexp.MustCompile(`^[0-9]{8}\.json$`)

// readStep reads a step.
func readStep(root fs.FS, name string) (s deed, err error) {
	data, err := folder.ReadUnder(root, name, maxStep)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// Steps are the things that were done at the desk, the latest first.
func (d *Desk) Steps() ([]desk.Step, error) {
	_, root, end, err := d.reading()
	if err != nil {
		return nil, err
	}
	defer end()
	names, err := stepNames(root)
	if err != nil {
		return nil, err
	}
	var all []desk.Step
	for _, name := range slices.Backward(names) {
		s, err := readStep(root, name)
		if err != nil {
			continue // whatever it is, it can be undone by nobody
		}
		one := desk.Step{Name: path.Base(name), At: s.At, Did: problem.Text{ZH: problem.Visible(s.Did.ZH), EN: problem.Visible(s.Did.EN)}, Undone: s.Undone, Cut: s.Cut}
		for _, f := range s.Files {
			one.Files = append(one.Files, problem.Visible(f.Path))
		}
		all = append(all, one)
	}
	return all, nil
}

// Undo brings the files of a step back to what they held before it. Where one is another by
// now than the step left it, nothing is brought back, and that file is given.
func (d *Desk) Undo(name string) (changed string, err error) {
	if !stepName.MatchString(name) {
		return "", &fs.PathError{Op: "undo", Path: name, Err: fs.ErrInvalid}
	}
	_, root, end, err := d.changing()
	if err != nil {
		return "", err
	}
	defer end()
	s, err := readStep(root.FS(), path.Join(stepsFolder, name))
	if err != nil {
		return "", err
	}
	var files []string
	for _, f := range s.Files {
		if !undoable(f.Path) {
			return "", &fs.PathError{Op: "undo", Path: f.Path, Err: fs.ErrInvalid}
		}
		now, err := sumOf(root.FS(), f.Path)
		if err != nil {
			return "", err
		}
		if now != f.After {
			return f.Path, nil
		}
		if vouches(f.Path) && releases(root) != s.After {
			e := &write.Error{}
			e.Problems.Error(problem.Position{File: f.Path}, problem.FileName, problem.Say("这一步以后公布过，公布用的就是这份记录", "something was published since, on the strength of this record"), problem.Say("记错了的，照现在的情况再记一次", "where it is wrong, record it anew as things are now"))
			return "", e
		}
		files = append(files, f.Path)
	}
	undone := problem.Say("撤销：%s", "undone: %s", s.Did)
	err = d.doing(root, undone, files, func() error { return s.bring(root) })
	if err == nil {
		s.Undone = true
		err = s.write(root, path.Join(stepsFolder, name))
	}
	return "", err
}

// vouches tells whether a publication rests on what a file records.
func vouches(file string) bool {
	switch bureau.KindAt(file) {
	case bureau.ApprovalsKind, bureau.RevisionsKind, bureau.AddressesKind:
		return true
	}
	return false
}

// releases counts those that are recorded.
func releases(root *os.Root) int {
	all, _ := fs.Glob(root.FS(), bureau.ReleaseKind.File())
	return len(all)
}

// undoable tells whether a step may have written a file: the list of the steps is a file
// that anybody may have written.
func undoable(file string) bool {
	return fs.ValidPath(file) && (written(file) || desk.Placed(file) || bureau.KindAt(file) == bureau.ApprovalsKind || path.Dir(file) == Inbox || bureau.KindAt(file) == bureau.OriginsKind || bureau.KindAt(file) == bureau.RecipeKind)
}
