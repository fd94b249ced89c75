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
		return o.FS.Open(name)
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
		return fs.Lstat(o.FS, name)
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
	if err != nil {
		return entries, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { _, ours := o.Files[path.Join(name, e.Name())]; return ours })
	for file, data := range o.Files {
		if path.Dir(file) == name && data != nil {
			entries = append(entries, fs.FileInfoToDirEntry(info{path.Base(file), int64(len(data))}))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
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
