package write

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path"
	"regexp"
	"syscall"
	"time"
)

// File makes the file name in root hold data, and makes the folders above it. It
// is whole at every moment, also when the process is killed or the power fails:
// the old bytes until the new ones are on the disk, then those. What is begun has
// a name of its own beside it that begins with a full stop, which no reader of
// data/ takes. Something there that is no regular file, as a link or a device, is
// left alone, and so is what a link among the folders above leads to: fs.ErrInvalid.
func File(root *os.Root, name string, data []byte) error {
	if info, err := root.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	dir := path.Dir(name)
	for above := dir; fs.ValidPath(above) && above != "."; above = path.Dir(above) {
		if info, err := root.Lstat(above); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "write", Path: above, Err: fs.ErrInvalid}
		}
	}
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	begun := path.Join(dir, ".sunshine-"+rand.Text())
	err := create(root, begun, data)
	if err == nil {
		err = root.Rename(begun, name)
	}
	if err != nil {
		root.Remove(begun)
		return err
	}
	for ; dir != "."; dir = path.Dir(dir) {
		if err := syncFolder(root, dir); err != nil {
			return err
		}
	}
	return syncFolder(root, ".")
}

// stale is how long before a file was written another one must have been begun to be
// taken for what an interrupted File left.
const stale = time.Hour

// Sweep removes what an interrupted File left in the folder of a file that was just
// written. What was begun not long before that may be another's, who still writes it.
func Sweep(root *os.Root, name string) error {
	written, err := root.Lstat(name)
	if err != nil {
		return err
	}
	dir := path.Dir(name)
	entries, err := fs.ReadDir(root.FS(), dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !begunName.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err != nil || written.ModTime().Sub(info.ModTime()) < stale {
			continue
		}
		if err := root.Remove(path.Join(dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

var begunName = regexp.MustCompile(`^\.sunshine-[A-Z2-7]{26}$`)

// Remove removes a file that File made; one that is gone is no error.
func Remove(root *os.Root, name string) error {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return syncFolder(root, path.Dir(name))
}

// create makes a new file, and its bytes reach the disk.
func create(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder brings the names in a folder to the disk, where the system can.
func syncFolder(root *os.Root, dir string) error {
	f, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return possible(f.Sync())
}

// possible drops the error of a file system that has no such call: some cannot
// sync, and Windows does not sync a folder.
func possible(err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
