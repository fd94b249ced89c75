package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFS(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.md", "guides/hukou/b.md", "guides/fire/c.md"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := fstest.TestFS(f, "a.md", "guides/hukou/b.md", "guides/fire/c.md"); err != nil {
		t.Error(err)
	}
	if data, err := Read(f, "guides/hukou/b.md", 100); err != nil || string(data) != "guides/hukou/b.md" {
		t.Errorf("%q, %v", data, err)
	}
	for _, name := range []string{"../a.md", "/a.md", "guides/../a.md", ""} {
		if _, err := f.Open(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q is opened: %v", name, err)
		}
	}
	if _, err := f.Open("guides/hukou/none.md"); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "guides/hukou/none.md") {
		t.Errorf("the error names no file: %v", err)
	}
}

// No link leads out of the folder, neither a file's nor that of a folder on the way.
func TestFSLinks(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.md"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"data/away": outside, "data/one.md": filepath.Join(outside, "secret.md")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, name := range []string{"data/away/secret.md", "data/one.md"} {
		if data, err := Read(f, name, 100); err == nil {
			t.Errorf("%s is read: %q", name, data)
		}
		if file, err := f.Open(name); err == nil {
			file.Close()
			t.Errorf("%s is opened", name)
		}
	}
}
