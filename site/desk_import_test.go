package site_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"sunshine/site/desk"
)

// An office file is taken as it was looked at: not another one under its name, and no table of
// which nobody has seen the reading.
func TestDeskImport(t *testing.T) {
	dir := t.TempDir()
	office := filepath.Join(dir, "inbox", "a.csv")
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	put := func(figure string) {
		t.Helper()
		putFile(t, office, "2026年9月接警情况,\n所,接警（起）\n城关,15\n西河,"+figure+"\n")
	}
	work := workOn(dir)
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
	// What was taken asks for nothing, also where a later file says something else.
	waits := func() bool {
		t.Helper()
		all, err := work.Inbox(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatal(err, all)
		}
		return all[0].Waits()
	}
	table, err := os.ReadFile(tables()[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tables()[0], bytes.Replace(table, []byte("20"), []byte("22"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if waits() {
		t.Error("a file that was taken waits")
	}
	put("21")
	if !waits() {
		t.Error("another file of that name does not wait")
	}
}

// A file that was sent back to be corrected is replaced by one of its name; of one that is in
// order, both stay. What is replaced can be brought back.
func TestDeskSameName(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	work := workOn(dir)
	table := func(figure string) []byte {
		return []byte("2026年9月接警情况,\n所,接警（起）\n城关,15\n西河," + figure + "\n")
	}
	for _, c := range []struct{ figure, want string }{{"2O", "inbox/a.csv"}, {"20", "inbox/a.csv"}, {"21", "inbox/a-2.csv"}, {"20", "inbox/a.csv"}} {
		file, problems, err := work.Take(t.Context(), "a.csv", table(c.figure))
		if err != nil || len(problems) > 0 || file != c.want {
			t.Fatalf("%s: %s, %v, %v", c.figure, file, problems, err)
		}
		if data, err := os.ReadFile(filepath.Join(dir, file)); err != nil || !bytes.Equal(data, table(c.figure)) {
			t.Errorf("%s: %v\n%s", file, err, data)
		}
	}
	steps, err := work.Steps()
	if err != nil || len(steps) != 3 {
		t.Fatal(steps, err)
	}
	if changed, err := work.Undo(steps[1].Name); changed != "" || err != nil {
		t.Fatal(changed, err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "inbox/a.csv")); err != nil || !bytes.Equal(data, table("2O")) {
		t.Errorf("%v\n%s", err, data)
	}
}

// A file of several tables was taken when each of them was.
func TestDeskTwoTables(t *testing.T) {
	dir := t.TempDir()
	putFile(t, filepath.Join(dir, "data/site.yaml"), "title: 阳光警务\norganization: 清河县公安局\n")
	putFile(t, filepath.Join(dir, "inbox/a.csv"), "2026年9月接警情况,\n所,接警（起）\n城关,15\n西河,20\n,\n2026年9月查处情况,\n所,查处（起）\n城关,11\n西河,12\n")
	work := workOn(dir)
	if read, err := work.Import(t.Context(), "inbox/a.csv", desk.Answers{Yes: true}); err != nil || len(read.Tables) != 2 || !desk.Taken(read) {
		t.Fatalf("%v: %v, %d tables", err, read.Problems, len(read.Tables))
	}
	for _, want := range []bool{true, false} {
		all, err := work.Inbox(t.Context())
		if err != nil || len(all) != 1 || all[0].Taken != want || all[0].Waits() == want {
			t.Errorf("%v: %+v, and taken should be %v", err, all, want)
		}
		for _, name := range []string{"data/imports/查处情况.csv", "data/stats/查处情况.csv"} {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && want {
				t.Fatal(err)
			}
		}
	}
}
