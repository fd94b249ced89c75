package folder

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"sunshine/site/problem"
)

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{
		"a.txt": {Data: []byte(strings.Repeat("x", 1000))}, "empty.txt": {}, "dir/b.txt": {Data: []byte("b")},
		"link.txt": {Data: []byte("a.txt"), Mode: fs.ModeSymlink}, "fifo": {Mode: fs.ModeNamedPipe}, "device": {Mode: fs.ModeDevice},
	}
	for _, c := range []struct {
		name  string
		limit int64
		size  int
		rule  problem.Rule // of what is said; none where it is read
	}{
		{"a.txt", 1000, 1000, problem.Rule{}},
		{"empty.txt", 0, 0, problem.Rule{}},
		{"a.txt", 999, 0, problem.FilesTooLarge},
		{"gone.txt", 1, 0, problem.FilesUnreadable},
		{"dir", 1, 0, problem.FilesNotAFile},
		{"link.txt", 1000, 0, problem.FilesLink},
		{"fifo", 1, 0, problem.FilesNotAFile},
		{"device", 1, 0, problem.FilesNotAFile},
	} {
		data, err := Read(fsys, c.name, c.limit)
		if len(data) != c.size || (err == nil) != (c.rule == problem.Rule{}) {
			t.Errorf("%s: %d bytes, %v", c.name, len(data), err)
		}
		if err == nil {
			continue
		}
		if p := Problem(c.name, c.limit, err); p.Rule != c.rule || p.File != c.name || p.Severity != problem.Error || p.Message.ZH == "" || p.Hint.ZH == "" {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

// growing is a file that is larger than it said.
type growing struct{ fs.File }

func (g growing) Read(p []byte) (int, error) { return len(p), nil }

type growingFS struct{ fstest.MapFS }

func (g growingFS) Open(name string) (fs.File, error) {
	f, err := g.MapFS.Open(name)
	return growing{f}, err
}

func TestGrowing(t *testing.T) {
	if _, err := Read(growingFS{fstest.MapFS{"a": {Data: []byte("x")}}}, "a", 1<<20); err != ErrTooLarge {
		t.Error(err)
	}
}

func TestFolder(t *testing.T) {
	fsys := fstest.MapFS{"dir/a": {}, "file": {}, "link": {Data: []byte("dir"), Mode: fs.ModeSymlink}}
	for name, want := range map[string]error{"dir": nil, "file": errNoFolder, "link": ErrLink, "gone": fs.ErrNotExist} {
		if err := Folder(fsys, name); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// counted is a file of a size of its own that counts what is read of it.
type counted struct {
	fs.File
	size int64
	read int
}

func (c *counted) Stat() (fs.FileInfo, error) {
	info, err := c.File.Stat()
	return sized{info, c.size}, err
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	c.read += n
	return n, err
}

type sized struct {
	fs.FileInfo
	size int64
}

func (s sized) Size() int64 { return s.size }

type one struct {
	fstest.MapFS
	file *counted
}

func (o one) Open(name string) (fs.File, error) {
	f, err := o.MapFS.Open(name)
	o.file.File = f
	return o.file, err
}

// A file that says it is too large is not read at all; one that grows is not read on.
func TestReadBounded(t *testing.T) {
	for _, c := range []struct{ size, read int64 }{{1000, 0}, {1, 100}} {
		fsys := one{fstest.MapFS{"a": {Data: make([]byte, 1000)}}, &counted{size: c.size}}
		if _, err := Read(fsys, "a", 10); !errors.Is(err, ErrTooLarge) || int64(fsys.file.read) > c.read {
			t.Errorf("a file that says %d bytes: %v, %d bytes are read", c.size, err, fsys.file.read)
		}
	}
}

// written is a file that somebody writes, or that fails, after the first byte was read.
type written struct {
	fs.File
	info fs.FileInfo
	then func(*written) error
	read bool
}

func (w *written) Stat() (fs.FileInfo, error) {
	if w.info == nil {
		return nil, errors.New("stale")
	}
	return w.info, nil
}

func (w *written) Read(p []byte) (int, error) {
	if !w.read {
		w.read = true
		return w.File.Read(p[:1])
	}
	if err := w.then(w); err != nil {
		return 0, err
	}
	return w.File.Read(p)
}

type writtenFS struct {
	fstest.MapFS
	then func(*written) error
}

func (s writtenFS) Open(name string) (fs.File, error) {
	f, err := s.MapFS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	return &written{File: f, info: info, then: s.then}, err
}

type later struct{ fs.FileInfo }

func (l later) ModTime() time.Time { return l.FileInfo.ModTime().Add(time.Second) }

// A file that changes while it is read, or that cannot be read to its end, is not
// taken for what was read of it; the file is named.
func TestReadWhole(t *testing.T) {
	for name, c := range map[string]struct {
		then func(*written) error
		says string
	}{
		"the same":                 {func(*written) error { return nil }, ""},
		"another time":             {func(w *written) error { w.info = later{w.info}; return nil }, "the file changed while it was read"},
		"more bytes":               {func(w *written) error { w.info = sized{w.info, 7}; return nil }, "the file changed while it was read"},
		"cut off at the same time": {func(*written) error { return io.EOF }, "the file changed while it was read"},
		"a drive that drops":       {func(*written) error { return syscall.EIO }, "the file could not be read to its end, and nothing of it was taken: reading broke off after 1 of 6 bytes: " + syscall.EIO.Error()},
		"gone when it is read": {func(w *written) error {
			w.info = nil
			return io.EOF
		}, "the file could not be read to its end, and nothing of it was taken: reading broke off after 1 of 6 bytes: stale"},
	} {
		data, err := Read(writtenFS{fstest.MapFS{"9月.xlsx": {Data: []byte("123456")}}, c.then}, "9月.xlsx", 100)
		switch {
		case c.says == "" && (err != nil || string(data) != "123456"):
			t.Errorf("%s: %q, %v", name, data, err)
		case c.says == "":
		case err == nil || data != nil:
			t.Errorf("%s: %q is read", name, data)
		default:
			if p := Problem("9月.xlsx", 100, err); p.File != "9月.xlsx" || p.Rule != problem.FilesUnreadable || p.Message.EN != c.says || p.Hint.ZH == "" {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}

// What is read to its end has a bound, and no more than that is taken of what has none.
func TestAtMost(t *testing.T) {
	if data, err := AtMost(strings.NewReader("abc"), 3); string(data) != "abc" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	endless := iotest.OneByteReader(io.MultiReader(strings.NewReader("abcd"), iotest.ErrReader(errors.New("read on"))))
	if data, err := AtMost(endless, 3); data != nil || err != ErrTooLarge {
		t.Errorf("%q, %v", data, err)
	}
}

// A link among the folders above is not followed, even where it stays within the root.
func TestReadUnder(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a/b"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a/b/c.txt"), []byte("c"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	root, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if data, err := ReadUnder(root, "a/b/c.txt", 10); err != nil || string(data) != "c" {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := ReadUnder(root, "link/b/c.txt", 10); !errors.Is(err, ErrLink) {
		t.Errorf("a link is followed: %q, %v", data, err)
	}
	for _, name := range []string{"../a", "/a/b", "a/../../b", ""} {
		if data, err := ReadUnder(root, name, 10); err == nil {
			t.Errorf("%q is read: %q", name, data)
		}
	}
}
