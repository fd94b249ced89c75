package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site/period"
	"sunshine/templates"
)

var today = period.NewDate(2026, 10, 31)

// files gives the files of a folder, and fails where a mark is left in one.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		for _, mark := range []string{"@TODAY@", "@NEXT@", "@AREA@", "@NAME@"} {
			if strings.Contains(name+string(text), mark) {
				t.Errorf("%s holds %s", name, mark)
			}
		}
		all = append(all, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBureau(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "bureau")
	if err := Bureau(dir, today); err != nil {
		t.Fatal(err)
	}
	want := 0
	fs.WalkDir(templates.FS, "init", func(_ string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			want++
		}
		return nil
	})
	if got := files(t, dir); len(got) != want {
		t.Errorf("%d files are written of %d: %q", len(got), want, got)
	}
	if _, err := os.Stat(filepath.Join(dir, "data/notices/2026-10-31-welcome.md")); err != nil {
		t.Error(err)
	}
	if err := Bureau(dir, today); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second one: %v", err)
	}
}

func TestDocument(t *testing.T) {
	for _, test := range []struct{ kind, name, want string }{
		{Guide, "hukou/lost-card", "data/guides/hukou/lost-card.md"},
		{Notice, "夜间办理", "data/notices/2026-10-31-夜间办理.md"},
		{Statistic, "calls", "data/stats/calls.csv data/stats/calls.yaml"},
	} {
		dir := t.TempDir()
		got, err := Document(dir, test.kind, test.name, today)
		if err != nil || strings.Join(got, " ") != test.want || strings.Join(files(t, dir), " ") != test.want {
			t.Errorf("%s %s: %q, %v", test.kind, test.name, got, err)
		}
		if _, err := Document(dir, test.kind, test.name, today); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s %s again: %v", test.kind, test.name, err)
		}
	}
	for _, test := range []struct{ kind, name string }{
		{Guide, "lost-card"}, {Guide, "police/lost-card"}, {Guide, "hukou/a/b"}, {Guide, "hukou/"}, {Guide, "../x"},
		{Notice, ""}, {Notice, "a b"}, {Statistic, "../calls"}, {Statistic, "Calls"}, {Statistic, "a.csv"},
	} {
		dir := t.TempDir()
		if _, err := Document(dir, test.kind, test.name, today); !errors.Is(err, fs.ErrInvalid) || len(files(t, dir)) > 0 {
			t.Errorf("%s %q: %v", test.kind, test.name, err)
		}
	}
	// Another form of the same statistic is there: nothing is written beside it.
	dir := t.TempDir()
	os.MkdirAll(filepath.Join(dir, "data/stats"), 0o755)
	os.WriteFile(filepath.Join(dir, "data/stats/calls.xlsx"), nil, 0o644)
	if _, err := Document(dir, Statistic, "calls", today); !errors.Is(err, fs.ErrExist) {
		t.Errorf("beside a workbook: %v", err)
	}
}
