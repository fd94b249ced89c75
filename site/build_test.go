package site_test

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/problem"
)

var asOf = period.NewDate(2026, 10, 31)

func options(dir, out string) site.Options {
	return site.Options{Dir: dir, Out: out, AsOf: asOf, Jobs: 2, Version: "test"}
}

// buildInto builds a bureau that has no problem.
func buildInto(out, dir string) error {
	_, problems, err := site.Build(context.Background(), options(dir, out))
	if err == nil && problems.Errors() > 0 {
		err = problemsError(problems)
	}
	return err
}

type problemsError problem.List

func (p problemsError) Error() string {
	var b strings.Builder
	for _, p := range p {
		b.WriteString(p.Position.String() + ": " + p.Message.EN + " [" + p.Rule.String() + "]\n")
	}
	return b.String()
}

// tree reads a folder into memory.
func tree(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sameTree holds one folder against another, byte for byte.
func sameTree(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		expected, ok := want[name]
		if !ok {
			t.Errorf("%s is new", name)
			continue
		}
		if !bytes.Equal(got[name], expected) {
			at := 0
			for at < len(got[name]) && at < len(expected) && got[name][at] == expected[at] {
				at++
			}
			around := func(b []byte) string { return string(b[max(0, at-60):min(len(b), at+60)]) }
			t.Errorf("%s differs at byte %d:\n got …%s…\nwant …%s…", name, at, around(got[name]), around(expected))
		}
	}
}

// TestSameBytes builds the demonstration bureau with one worker and with eight,
// in two time zones.
func TestSameBytes(t *testing.T) {
	build := func(jobs int) map[string][]byte {
		out := filepath.Join(t.TempDir(), "public")
		o := options("..", out)
		o.Jobs = jobs
		if _, problems, err := site.Build(context.Background(), o); err != nil || problems.Errors() > 0 {
			t.Fatal(err, problemsError(problems))
		}
		return tree(t, out)
	}
	one := build(1)
	t.Setenv("TZ", "Asia/Shanghai")
	sameTree(t, build(8), one)
}
