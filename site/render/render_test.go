package render

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func load(t testing.TB, overrides fs.FS) *Templates {
	t.Helper()
	templates, problems := Load(overrides, assets)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return templates
}

func build(t testing.TB, in Input) map[string][]byte {
	t.Helper()
	files, problems := Site(load(t, nil), in)
	for _, p := range problems {
		if p.Severity == problem.Error {
			t.Errorf("%v: %s", p.Position, p.Message.EN)
		}
	}
	return byPath(t, files)
}

func byPath(t testing.TB, files []bureau.File) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, f := range files {
		if _, twice := all[f.Path]; twice {
			t.Errorf("%s is written twice", f.Path)
		}
		all[f.Path] = f.Bytes
	}
	return all
}

func TestGolden(t *testing.T) {
	got := build(t, fixture(t))
	const folder = "testdata/site"
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		for path, b := range got {
			name := filepath.Join(folder, path)
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, b, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := os.DirFS(folder)
	seen := 0
	err := fs.WalkDir(want, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		b, err := fs.ReadFile(want, path)
		if err != nil {
			return err
		}
		if !bytes.Equal(b, got[path]) {
			t.Errorf("%s differs; look at it with go test -update and git diff", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen != len(got) {
		t.Errorf("%d files, want %d", len(got), seen)
	}
}
