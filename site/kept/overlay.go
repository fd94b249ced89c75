package kept

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Overlay is a folder in which some files are others: those of files that have bytes
// stand in it, those that have none do not.
type Overlay struct {
	fs.FS
	Files map[string][]byte // by path; nil for one that is not there
}

// Open opens a file or a folder.
func (o Overlay) Open(name string) (fs.File, error) {
	data, ours := o.Files[name]
	switch {
	case !ours:
		f, err := o.FS.Open(name)
		if err != nil && o.holds(name) {
			return directory{onlyHere{path.Base(name)}}, nil
		}
		return f, err
	case data == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &file{info{path.Base(name), int64(len(data))}, bytes.NewReader(data)}, nil
}

// Lstat tells what stands under a name.
func (o Overlay) Lstat(name string) (fs.FileInfo, error) {
	data, ours := o.Files[name]
	switch {
	case !ours:
		at, err := fs.Lstat(o.FS, name)
		if err != nil && o.holds(name) {
			return onlyHere{path.Base(name)}, nil
		}
		return at, err
	case data == nil:
		return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
	}
	return info{path.Base(name), int64(len(data))}, nil
}

// ReadLink tells where a link leads.
func (o Overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// ReadDir gives what stands in a folder, by name.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if err != nil && !o.holds(name) {
		return entries, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { _, ours := o.Files[path.Join(name, e.Name())]; return ours })
	for file, data := range o.Files {
		switch below, ours := strings.CutPrefix(path.Dir(file), name+"/"); {
		case data == nil:
		case path.Dir(file) == name:
			entries = append(entries, fs.FileInfoToDirEntry(info{path.Base(file), int64(len(data))}))
		case ours || name == ".":
			child, _, _ := strings.Cut(below, "/")
			if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == child }) {
				entries = append(entries, fs.FileInfoToDirEntry(onlyHere{child}))
			}
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// holds tells whether a file of the overlay stands below a folder, which need not be
// in the folder beneath.
func (o Overlay) holds(name string) bool {
	for file, data := range o.Files {
		if data != nil && (name == "." || strings.HasPrefix(file, name+"/")) {
			return true
		}
	}
	return false
}

// onlyHere is a folder that the overlay alone has.
type onlyHere struct{ name string }

func (f onlyHere) Name() string       { return f.name }
func (f onlyHere) Size() int64        { return 0 }
func (f onlyHere) Mode() fs.FileMode  { return fs.ModeDir | 0o555 }
func (f onlyHere) ModTime() time.Time { return time.Time{} }
func (f onlyHere) IsDir() bool        { return true }
func (f onlyHere) Sys() any           { return nil }

// directory is such a folder, opened.
type directory struct{ onlyHere }

func (d directory) Stat() (fs.FileInfo, error) { return d.onlyHere, nil }
func (d directory) Close() error               { return nil }
func (d directory) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

// file is an open file of an overlay.
type file struct {
	info
	*bytes.Reader
}

func (f *file) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *file) Close() error               { return nil }
func (f *file) Size() int64                { return f.size }

// info is a regular file of an overlay.
type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
