package write

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"sunshine/site/bureau"
)

// mount mounts a small file system of its own for a test, which root may.
func mount(t *testing.T, options string) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("needs a small disk to fill, and may not mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	for name, options := range map[string]string{"no bytes left": "size=256k", "no files left": "size=4m,nr_inodes=30"} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(mount(t, options), "public")
			build(t, out, "index.html", "good", "stats/index.html", "good")
			before := content(t, out)
			manifestBefore, _ := os.ReadFile(filepath.Join(out, ManifestName))

			files := pages("index.html", "new", "stats/index.html", "new")
			files = append(files, many(100, 1)...)
			_, err := Site(out, "data", files, manifest, 2)
			if got := rules(t, out, err); got != "write/system" {
				t.Errorf("got %q", got)
			}
			if e := err.(*Error); e.Problems[0].Message.EN != "the disk is full; the site was not written" {
				t.Errorf("said %q", e.Problems[0].Message.EN)
			}
			if after := content(t, out); after != before {
				t.Errorf("the last good site is not as it was: %q", after)
			}
			if m, _ := os.ReadFile(filepath.Join(out, ManifestName)); !bytes.Equal(m, manifestBefore) {
				t.Error("the manifest is not as it was")
			}
			build(t, out, "index.html", "room", "stats/index.html", "good")
			if got := content(t, out); got != "index.html=room stats/index.html=good" {
				t.Errorf("after making room the folder holds %q", got)
			}
		})
	}
}

// A read-only folder is found before anything is changed, also one deep in the
// site. Root needs a read-only mount for it.
func TestUnwritable(t *testing.T) {
	for _, dir := range []string{".", "stats", "stats/cases"} {
		t.Run(dir, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			build(t, out, "a/index.html", "1", "stats/cases/index.html", "1", "stats/old.html", "1", "stats/cases/old.html", "1")
			closed := filepath.Join(out, dir)
			if err := syscall.Mount(closed, closed, "", syscall.MS_BIND, ""); err != nil {
				t.Skipf("needs a read-only folder, and may not mount one: %v", err)
			}
			defer syscall.Unmount(closed, syscall.MNT_DETACH)
			if err := syscall.Mount("", closed, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
				t.Fatal(err)
			}
			before := content(t, out)
			for name, files := range map[string][]bureau.File{
				"changed": pages("a/index.html", "2", "stats/cases/index.html", "2", "stats/old.html", "1", "stats/cases/old.html", "1"),
				"removed": pages("a/index.html", "2", "stats/cases/index.html", "1"),
				"new":     pages("a/index.html", "2", "stats/cases/index.html", "1", "stats/cases/n/index.html", "2", "stats/old.html", "1", "stats/cases/old.html", "1"),
			} {
				_, err := Site(out, "data", files, manifest, 2)
				if got := rules(t, out, err); got != "write/system" {
					t.Errorf("%s: got %q", name, got)
				}
				if after := content(t, out); after != before {
					t.Errorf("%s: the last good site is not as it was: %q", name, after)
				}
			}
			// What needs no change there can be written all the same.
			if dir != "." {
				build(t, out, "a/index.html", "2", "stats/cases/index.html", "1", "stats/old.html", "1", "stats/cases/old.html", "1")
			}
		})
	}
}

// A pipe in the place of a file does not hold up the build.
func TestPipe(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "", "a", "1")
	os.Remove(filepath.Join(out, "index.html"))
	if err := syscall.Mkfifo(filepath.Join(out, "index.html"), 0o644); err != nil {
		t.Skip(err)
	}
	build(t, out, "index.html", "", "a", "1")
	if got := content(t, out); got != "a=1 index.html=" {
		t.Errorf("the folder holds %q", got)
	}
}

// Where the disk tells Form.pdf from form.pdf, the old one goes.
func TestCaseChanges(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "Forms/Form.pdf", "1", "Index", "1")
	build(t, out, "forms/form.pdf", "1", "index/a", "1")
	if got := content(t, out); got != "forms/form.pdf=1 index/a=1" {
		t.Errorf("the folder holds %q", got)
	}
}
