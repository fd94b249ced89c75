package site_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sunshine/site"
	"sunshine/site/desk"
	"sunshine/site/problem"
	"sunshine/site/send"
)

// An office file is taken as it was looked at: not another one under its name, and no table of
// which nobody has seen the reading.
func TestDeskImport(t *testing.T) {
	dir := t.TempDir()
	office := filepath.Join(dir, "inbox", "a.csv")
	for _, folder := range []string{"data", "inbox"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put := func(figure string) {
		t.Helper()
		if err := os.WriteFile(office, []byte("2026年9月接警情况,\n所,接警（起）\n城关,15\n西河,"+figure+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	work := &site.Desk{Options: func() (site.Options, error) { return options(dir, filepath.Join(dir, "public")), nil }, Language: problem.Chinese, Workshop: site.NewWorkshop(time.Now), Who: send.Who{Now: time.Now}}
	put("20")
	seen, err := work.Read(t.Context(), "inbox/a.csv", desk.Answers{})
	if err != nil || !desk.Taken(seen) || seen.Book == nil {
		t.Fatalf("%v: %v", err, seen.Problems)
	}
	tables := func() []string {
		t.Helper()
		all, err := filepath.Glob(filepath.Join(dir, "data/stats/*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	put("21")
	for what, a := range map[string]desk.Answers{"another file": {Was: seen.Book.SHA256, Yes: true}, "a reading that nobody saw": {}} {
		if read, err := work.Import(t.Context(), "inbox/a.csv", a); err != nil || desk.Taken(read) || len(tables()) > 0 {
			t.Errorf("%s is taken: %v, %q", what, err, tables())
		}
	}
	put("20")
	if read, err := work.Import(t.Context(), "inbox/a.csv", desk.Answers{Was: seen.Book.SHA256, Yes: true}); err != nil || !desk.Taken(read) || len(tables()) != 1 {
		t.Errorf("it is not taken: %v, %v, %q", err, read.Problems, tables())
	}
}
