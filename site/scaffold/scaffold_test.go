package scaffold

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sunshine/site/period"
	"sunshine/templates"
)

var today = period.NewDate(2026, 10, 31)

var mark = regexp.MustCompile(`@[A-Z]+@`)

// files gives the files of a folder, and fails where a mark is left in one.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if left := mark.FindString(name + string(text)); left != "" {
			t.Errorf("%s holds %s", name, left)
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
	for _, own := range []Own{{}, {Name: "云水县公安局", Phone: "0100-1234567", Address: "云水县人民路1号"}} {
		dir := filepath.Join(t.TempDir(), "new", "bureau")
		if err := Bureau(dir, today, own); err != nil {
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
		if err := Bureau(dir, today, own); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a second one: %v", err)
		}
	}
}

// What a bureau says of itself stands in YAML and in Markdown as it is.
func TestOwn(t *testing.T) {
	for _, good := range []string{"云水县公安局", "Yunshui County Public Security Bureau", "人民路1号，3楼（东门）", "A座-2, B"} {
		if wrong := Line(good); wrong != nil {
			t.Errorf("%q: %v", good, wrong)
		}
	}
	for _, bad := range []string{"", " ", "a\nb", `"x"`, `a\b`, "<b>", "[x](y)", "@TODAY@", "a\u200bb", "a|b", "#x", strings.Repeat("局", 101)} {
		if Line(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	for _, good := range []string{"0100-1234567", "12389", "110、0100-7654321", "（0100）1234567转8"} {
		if wrong := Number(good); wrong != nil {
			t.Errorf("%q: %v", good, wrong)
		}
	}
	for _, bad := range []string{"", "、", "局长", "12", "0000", "0100-1234567、x"} {
		if Number(bad) == nil {
			t.Errorf("%q is taken", bad)
		}
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
