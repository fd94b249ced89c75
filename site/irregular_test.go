//go:build unix

package site_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/problem"
)

// What is no regular file, in any folder that is read, is a problem of check and
// build alike at its place, and holds nothing up.
func TestIrregular(t *testing.T) {
	fifo := func(file string) error { return syscall.Mkfifo(file, 0o644) }
	link := func(file string) error { return os.Symlink("/dev/zero", file) }
	folder := func(file string) error { return os.Mkdir(file, 0o755) }
	socket := func(file string) error { return syscall.Mknod(file, syscall.S_IFSOCK|0o644, 0) }
	closed := func(file string) error { return os.WriteFile(file, nil, 0) }
	moved := func(file string) error {
		if err := os.Rename(file, file+"-elsewhere"); err != nil && !os.IsNotExist(err) {
			return err
		}
		return os.Symlink(filepath.Base(file)+"-elsewhere", file)
	}
	text := func(file string) error { return os.WriteFile(file, []byte("x"), 0o644) }
	replaced := func(file string) error {
		if err := os.RemoveAll(file); err != nil {
			return err
		}
		return text(file)
	}
	for _, c := range []struct {
		name, file string
		make       func(string) error
		rule       problem.Rule
	}{
		{"fifo as template", "templates/guide.html", fifo, problem.FilesNotAFile},
		{"fifo as style", "templates/site.css", fifo, problem.FilesNotAFile},
		{"fifo of any name", "templates/x", fifo, problem.FilesNotAFile},
		{"socket as template", "templates/layout.html", socket, problem.FilesNotAFile},
		{"link as template", "templates/guide.html", link, problem.FilesLink},
		{"folder as template", "templates/guide.html", folder, problem.FilesNotAFile},
		{"templates a link", "templates", moved, problem.FilesLink},
		{"templates a file", "templates", replaced, problem.FilesNotAFile},
		{"templates a fifo", "templates", fifo, problem.FilesNotAFile},
		{"fifo as table", "data/stats/a.csv", fifo, problem.FilesNotAFile},
		{"fifo as settings", "data/privacy.yaml", fifo, problem.FilesNotAFile},
		{"fifo as attachment", "data/static/a.pdf", fifo, problem.FilesNotAFile},
		{"link as table", "data/stats/a.csv", link, problem.FilesLink},
		{"link as release", "data/releases/a.json", link, problem.FilesLink},
		{"folder as table", "data/stats/a.csv", folder, problem.FilesNotAFile},
		{"folder as list", "data/units.csv", folder, problem.FilesNotAFile},
		{"folder as guide", "data/guides/hukou/a.md", folder, problem.FilesNotAFile},
		{"closed table", "data/stats/a.csv", closed, problem.FilesUnreadable},
		{"closed template", "templates/guide.html", closed, problem.FilesUnreadable},
		{"data a link", "data", moved, problem.FilesLink},
		{"data a file", "data", replaced, problem.FilesNotAFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.rule == problem.FilesUnreadable && os.Getuid() == 0 {
				t.Skip("root reads every file")
			}
			dir := t.TempDir()
			putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 阳光警务\norganization: 示范市公安局\n")
			file := filepath.Join(dir, filepath.FromSlash(c.file))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := c.make(file); err != nil {
				t.Fatal(err)
			}
			done := make(chan [2]problem.List, 1)
			go func() {
				checked, err := site.Check(context.Background(), options(dir, ""))
				_, built, err2 := site.Build(context.Background(), options(dir, filepath.Join(dir, "public")))
				if err != nil || err2 != nil {
					t.Error(err, err2)
				}
				done <- [2]problem.List{checked, built}
			}()
			select {
			case <-time.After(20 * time.Second):
				t.Fatal("it hangs")
			case found := <-done:
				for i, list := range found {
					at := problem.List{}
					for _, p := range list {
						if p.File == c.file && p.Severity == problem.Error {
							at = append(at, p)
						}
					}
					if len(at) != 1 || at[0].Rule != c.rule {
						t.Errorf("%s: %v", []string{"check", "build"}[i], problemsError(list))
					}
				}
			}
		})
	}
}

// A file whose name makes no address is told once, and nothing else is told of
// what it would have become.
func TestANameThatMakesNoAddressIsToldOnce(t *testing.T) {
	for file, text := range map[string]string{
		"data/stats/💩.csv":        "类别,件数（件）\n甲,20\n乙,30\n",
		"data/registers/（）.csv":   "名称,说明\n甲,乙\n",
		"data/pages/💩.md":         "---\ntitle: 甲\n---\n文。\n",
		"data/guides/hukou/💩.md":  "---\ntitle: 甲\n---\n文。\n",
		"data/guides/hukou/。。.md": "---\ntitle: 甲\n---\n文。\n",
	} {
		dir := t.TempDir()
		putFile(t, filepath.Join(dir, "data", "site.yaml"), "title: 阳光警务\norganization: 示范市公安局\n")
		putFile(t, filepath.Join(dir, filepath.FromSlash(file)), text)
		problems, err := site.Check(context.Background(), options(dir, ""))
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, p := range problems {
			switch p.Rule {
			case problem.FileName:
				named++
			case problem.WriteName, problem.FilesSameAddress, problem.SitePath:
				t.Errorf("%s: %v", file, p)
			}
		}
		if named != 1 {
			t.Errorf("%s: told %d times: %v", file, named, problemsError(problems))
		}
	}
}
