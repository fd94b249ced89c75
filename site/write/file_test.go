package write

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFile(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	long := strings.Repeat("长", 85) // a name of 255 bytes, the longest that a disk takes
	for _, name := range []string{"a", "b/c/d", long, "a"} {
		if err := File(root, name, []byte(name+"1")); err != nil {
			t.Fatal(err)
		}
	}
	if err := File(root, "a", nil); err != nil {
		t.Fatal(err)
	}
	if got, want := content(t, dir), "a= b/c/d=b/c/d1 "+long+"="+long+"1"; got != want {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
	if info, err := os.Stat(filepath.Join(dir, "a")); err != nil || info.Mode().Perm()&0o644 != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// What is no file is not replaced, nothing is written outside the folder, and
// nothing is left where it failed.
func TestFileRefused(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	put(t, outside, "theirs", "x")
	put(t, dir, "folder/file", "x")
	if err := errors.Join(os.Symlink(filepath.Join(outside, "theirs"), filepath.Join(dir, "link")), os.Symlink(outside, filepath.Join(dir, "way")), os.Symlink("folder", filepath.Join(dir, "within"))); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"folder", "link", "way"} {
		if err := File(root, name, []byte("new")); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"../theirs", "way/theirs", "within/file", "within/new", "within/below/new", "folder/file/below", strings.Repeat("长", 86)} {
		if err := File(root, name, []byte("new")); err == nil {
			t.Errorf("%s is written", name)
		}
	}
	os.Remove(filepath.Join(dir, "link"))
	os.Remove(filepath.Join(dir, "way"))
	os.Remove(filepath.Join(dir, "within"))
	if got := content(t, dir) + " " + content(t, outside); got != "folder/file=x theirs=x" {
		t.Errorf("the folders hold %q", got)
	}
}

// Who reads meanwhile sees the one or the other, also with two writers.
func TestFileWhole(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	texts := []string{strings.Repeat("a", 1<<16), strings.Repeat("b", 1<<18)}
	if err := File(root, "f", []byte(texts[0])); err != nil {
		t.Fatal(err)
	}
	var writers sync.WaitGroup
	for _, text := range texts {
		writers.Go(func() {
			for range 20 {
				if err := File(root, "f", []byte(text)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { writers.Wait(); close(done) }()
	for {
		if b, err := root.ReadFile("f"); err != nil || string(b) != texts[0] && string(b) != texts[1] {
			t.Fatalf("%d bytes, %v", len(b), err)
		}
		select {
		case <-done:
			if got := content(t, dir); len(got) != len("f=")+1<<16 && len(got) != len("f=")+1<<18 {
				t.Error("something is left over")
			}
			return
		default:
		}
	}
}

// What an interrupted File left is removed; what another one may be writing, and what
// File did not begin, stay.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := File(root, "a/b.csv", []byte("new")); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	left, others, mine := "a/.sunshine-AAAAAAAAAAAAAAAAAAAAAAAAAA", "a/.sunshine-BBBBBBBBBBBBBBBBBBBBBBBBBB", "a/.sunshine-notes"
	for _, name := range []string{left, others, mine} {
		if err := root.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{left, mine} {
		if err := root.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if soon := time.Now().Add(-20 * time.Minute); root.Chtimes(others, soon, soon) != nil {
		t.Fatal(others)
	}
	if err := Sweep(root, "a/b.csv"); err != nil {
		t.Fatal(err)
	}
	for name, stays := range map[string]bool{left: false, others: true, mine: true, "a/b.csv": true} {
		if _, err := root.Lstat(name); (err == nil) != stays {
			t.Errorf("%s: %v", name, err)
		}
	}
}
