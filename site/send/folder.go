package send

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// local is a folder of this machine, or of a network drive. No link leads out of it.
type local struct {
	root *os.Root
	dir  string
}

// openFolder opens a folder. Where it is not there it is made, but not the folders
// above it: those of a drive that is not connected would be made on the wrong disk.
func openFolder(dir string, look bool) (store, error) {
	if look {
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			if _, err := os.Stat(filepath.Dir(dir)); err == nil {
				return &disk{drive: absent{dir: dir}}, nil
			}
		}
	} else if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &disk{drive: local{root, dir}}, nil
}

// absent is a folder that is only looked at, and is not there.
type absent struct {
	drive
	dir string
}

func (a absent) open(string) (io.ReadCloser, error)      { return nil, fs.ErrNotExist }
func (a absent) lstat(string) (fs.FileInfo, error)       { return nil, fs.ErrNotExist }
func (a absent) list(string, int) ([]fs.FileInfo, error) { return nil, fs.ErrNotExist }
func (a absent) name(path string) string                 { return filepath.ToSlash(filepath.Join(a.dir, path)) }
func (a absent) close() error                            { return nil }

func (l local) open(name string) (io.ReadCloser, error) { return l.root.Open(filepath.FromSlash(name)) }

func (l local) create(name string, data []byte) error {
	f, err := l.root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = possible(f.Sync())
	}
	return errors.Join(err, f.Close())
}

// possible drops the error of a file system that cannot sync.
func possible(err error) error {
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

func (l local) rename(from, to string) error {
	return l.root.Rename(filepath.FromSlash(from), filepath.FromSlash(to))
}

// claim links and unlinks, which fails where something stands. Where the file system
// has no links the file is copied, and is not whole for a moment.
func (l local) claim(from, to string) error {
	err := l.root.Link(filepath.FromSlash(from), filepath.FromSlash(to))
	if err != nil && !errors.Is(err, fs.ErrExist) {
		data, wrong := l.root.ReadFile(filepath.FromSlash(from))
		if wrong != nil {
			return err
		}
		err = l.create(to, data)
	}
	if err != nil {
		return err
	}
	return l.remove(from)
}

func (l local) remove(name string) error { return l.root.Remove(filepath.FromSlash(name)) }
func (l local) rmdir(name string) error  { return l.root.Remove(filepath.FromSlash(name)) }
func (l local) mkdir(name string) error  { return l.root.Mkdir(filepath.FromSlash(name), 0o755) }

// lstat finds nothing below a file.
func (l local) lstat(name string) (fs.FileInfo, error) {
	info, err := l.root.Lstat(filepath.FromSlash(name))
	if errors.Is(err, syscall.ENOTDIR) {
		err = &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	return info, err
}

func (l local) list(dir string, most int) ([]fs.FileInfo, error) {
	f, err := l.root.Open(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	infos, err := f.Readdir(most)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return named(infos), err
}

func (l local) name(path string) string {
	return filepath.ToSlash(filepath.Join(l.dir, filepath.FromSlash(path)))
}

func (l local) close() error { return l.root.Close() }
