package folder

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

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
	for name, want := range map[string]error{"dir": nil, "file": errNoFolder, "link": errLink, "gone": fs.ErrNotExist} {
		if err := Folder(fsys, name); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
