package site_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"sunshine/site"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// A site whose files go to disk as they are made is the one that is held in memory, byte
// for byte: no page asks for the bytes of another file.
func TestSettingIsWhole(t *testing.T) {
	for _, dir := range []string{"testdata/small", benchmarkBureau(t, 20, 1)} {
		held, problems, err := site.Make(context.Background(), options(dir, ""))
		if err != nil || problems.Errors() > 0 {
			t.Fatal(err, problems)
		}
		out := filepath.Join(t.TempDir(), "public")
		if err := buildInto(out, dir); err != nil {
			t.Fatal(err)
		}
		built := tree(t, out)
		for _, f := range held.Files {
			if !bytes.Equal(built[f.Path], f.Bytes) {
				t.Errorf("%s: %s is another one on disk", dir, f.Path)
			}
			delete(built, f.Path)
		}
		delete(built, write.ManifestName)
		if len(built) > 0 {
			t.Errorf("%s: on disk alone: %d files", dir, len(built))
		}
	}
}

// What a template of the bureau tells of a person is found in the page, whether the page is
// held, set down, or let go.
func TestSettingLooks(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS("testdata/small/data")); err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(dir, "templates/site.css"), "/* 13912345678 */")
	out := filepath.Join(t.TempDir(), "public")
	told := func(problems problem.List, err error) (all []string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Rule == problem.PrivacyMobile {
				all = append(all, p.Position.String())
			}
		}
		return all
	}
	_, problems, err := site.Make(context.Background(), options(dir, out))
	held := told(problems, err)
	result, problems, err := site.Build(context.Background(), options(dir, out))
	down := told(problems, err)
	problems, err = site.Check(context.Background(), options(dir, out))
	if checked := told(problems, err); len(held) != 1 || len(down) != 1 || len(checked) != 1 || held[0] != down[0] || held[0] != checked[0] || result.Built {
		t.Errorf("held %q, set down %q, checked %q", held, down, checked)
	}
}
