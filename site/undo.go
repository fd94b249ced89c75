package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
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
	s := deed{At: d.Who.Now(), Did: did}
	for _, file := range files {
		data, err := folder.Read(root.FS(), file, table.MaxFile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		s.Files = append(s.Files, before{Path: file, Before: data, There: err == nil})
	}
	names, err := stepNames(root)
	if err != nil {
		return err
	}
	number := 1
	if len(names) > 0 {
		fmt.Sscanf(path.Base(names[len(names)-1]), "%d", &number)
		number++
	}
	name := path.Join(stepsFolder, fmt.Sprintf("%08d.json", number))
	if err := s.write(root, name); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	changed := false
	for i := range s.Files {
		f := &s.Files[i]
		sum, err := sumOf(root, f.Path)
		if err != nil {
			return err
		}
		f.After = sum
		changed = changed || f.There != (sum != "") || f.There && bureau.SHA256(f.Before) != sum
	}
	if !changed {
		return write.Remove(root, name)
	}
	if err := s.write(root, name); err != nil {
		return err
	}
	for len(names) >= maxSteps {
		if err := write.Remove(root, names[0]); err != nil {
			return err
		}
		names = names[1:]
	}
	d.committed(did, files)
	return nil
}

// committed keeps the files in the repository, where there is one.
func (d *Desk) committed(did problem.Text, files []string) {
	if d.Commit != nil {
		d.uncommitted = d.Commit(did.In(d.Language), files)
	}
}

func (s deed) write(root *os.Root, name string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return write.File(root, name, data)
}

// sumOf gives the SHA-256 of a file; empty where there is none.
func sumOf(root *os.Root, file string) (string, error) {
	data, err := folder.Read(root.FS(), file, table.MaxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return bureau.SHA256(data), err
}

// stepNames are the files of the steps, the earliest first.
func stepNames(root *os.Root) ([]string, error) {
	entries, err := fs.ReadDir(root.FS(), stepsFolder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if path.Ext(e.Name()) == ".json" {
			names = append(names, path.Join(stepsFolder, e.Name()))
		}
	}
	slices.Sort(names)
	return names, err
}

// readStep reads a step. One that was cut off while it was done is of what its files hold
// now.
func readStep(root *os.Root, name string) (s deed, err error) {
	data, err := folder.Read(root.FS(), name, maxStep)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// Steps are the things that were done at the desk, the latest first.
func (d *Desk) Steps() ([]desk.Step, error) {
	o, end, err := d.begin()
	if err != nil {
		return nil, err
	}
	defer end()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
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
		one := desk.Step{Name: path.Base(name), At: s.At, Did: s.Did, Undone: s.Undone}
		for _, f := range s.Files {
			one.Files = append(one.Files, f.Path)
		}
		all = append(all, one)
	}
	return all, nil
}

// Undo brings the files of a step back to what they held before it. Where one is another by
// now than the step left it, nothing is brought back, and that file is given.
func (d *Desk) Undo(name string) (changed string, err error) {
	o, end, err := d.begin()
	if err != nil {
		return "", err
	}
	defer end()
	if path.Base(name) != name || path.Ext(name) != ".json" {
		return "", &fs.PathError{Op: "undo", Path: name, Err: fs.ErrInvalid}
	}
	unlock, err := write.Lock(filepath.Join(o.Dir, "data"))
	if err != nil {
		return "", err
	}
	defer unlock()
	root, err := os.OpenRoot(o.Dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	s, err := readStep(root, path.Join(stepsFolder, name))
	if err != nil {
		return "", err
	}
	var files []string
	for _, f := range s.Files {
		if !undoable(f.Path) {
			return "", &fs.PathError{Op: "undo", Path: f.Path, Err: fs.ErrInvalid}
		}
		now, err := sumOf(root, f.Path)
		if err != nil {
			return "", err
		}
		if now != f.After {
			return f.Path, nil
		}
		files = append(files, f.Path)
	}
	undone := problem.Say("撤销：%s", "undone: %s", s.Did)
	err = d.doing(root, undone, files, func() error {
		for _, f := range s.Files {
			if !f.There {
				if err := write.Remove(root, f.Path); err != nil {
					return err
				}
			} else if err := write.File(root, f.Path, f.Before); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.Undone = true
		err = s.write(root, path.Join(stepsFolder, name))
	}
	return "", err
}

// undoable tells whether a step may have written a file: the list of the steps is a file
// that anybody may have written.
func undoable(file string) bool {
	return fs.ValidPath(file) && (written(file) || desk.Placed(file) || path.Dir(file) == Inbox || bureau.KindAt(file) == bureau.OriginsKind || bureau.KindAt(file) == bureau.RecipeKind)
}
