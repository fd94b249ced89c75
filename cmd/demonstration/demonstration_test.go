package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sunshine/site"
	"sunshine/site/period"
	"sunshine/site/problem"
)

const repository = "../.."

// made is the repository's bureau with everything made anew.
func made(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "data"), os.DirFS(filepath.Join(repository, "data"))); err != nil {
		t.Fatal(err)
	}
	for _, name := range living {
		for _, file := range []string{"stats/" + name + ".csv", "imports/" + name + ".csv", "imports/" + name + ".yaml"} {
			if err := os.Remove(filepath.Join(dir, "data", file)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := Make(context.Background(), repository, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// What is committed is what the program makes, byte for byte; the releases hold what
// others wrote as well, so that they are the same once make demonstration has run again.
func TestMadeAsCommitted(t *testing.T) {
	dir := made(t)
	files := 0
	err := fs.WalkDir(os.DirFS(dir), "data", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !own(name) || strings.HasPrefix(name, "data/releases/") {
			return err
		}
		files++
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		if want, err := os.ReadFile(filepath.Join(repository, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is another one than is committed (%v): make demonstration writes it", name, err)
		}
		return nil
	})
	if err != nil || files != 4*len(living)+4 {
		t.Errorf("%d files are made: %v", files, err)
	}
	for label, holds := range map[string]bool{"2026-08": false, "2026-09": false, "2026-10": false, "2026-10-16": false, "2026-10-30": true} {
		// The last one holds what others wrote.
		if record, err := os.ReadFile(filepath.Join(dir, "data/releases", label+".json")); err != nil || strings.Contains(string(record), `"cases-solved"`) != holds {
			t.Errorf("%s: %v", label, err)
		}
	}
	// It builds with the committed releases, and without any.
	copied := t.TempDir()
	if err := os.CopyFS(filepath.Join(copied, "data"), os.DirFS(filepath.Join(repository, "data"))); err != nil {
		t.Fatal(err)
	}
	from, to := period.NewDate(2026, 10, 30), period.NewDate(2026, 11, 30)
	builds(t, "as committed", copied, from, to)
	if err := os.RemoveAll(filepath.Join(dir, "data/releases")); err != nil {
		t.Fatal(err)
	}
	builds(t, "without releases", dir, from, to)
}

// builds checks a bureau on some days: the demonstration has to build on each of a month.
func builds(t *testing.T, what, dir string, days ...period.Date) {
	t.Helper()
	for _, day := range days {
		problems, err := site.Check(context.Background(), site.Options{Dir: dir, AsOf: day, Jobs: 2, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			if p.Severity == problem.Error {
				t.Errorf("%s, %s: %s: %s", what, day, p.Position, p.Message.EN)
			}
		}
	}
}

// Each sum holds: what is open at the end of a month is what was, and what came, without
// what was closed; nothing is ten times what it was before.
func TestPlausible(t *testing.T) {
	steady := func(what string, before, now int) {
		t.Helper()
		if now < 0 || before > 20 && (now > 2*before || 2*now < before) {
			t.Errorf("%s goes from %d to %d", what, before, now)
		}
	}
	for m := first + 1; m <= last; m++ {
		for _, station := range stations {
			for _, ledger := range ledgers {
				before, now := matters(station, ledger, m-1), matters(station, ledger, m)
				if now.open != before.open+now.received-now.closed || now.open < 0 || now.closed < 0 {
					t.Errorf("%s %s %s: %+v after %+v", m, station, ledger, now, before)
				}
				steady(station+ledger, before.received, now.received)
			}
		}
		for _, kind := range callings {
			steady(kind, calls(kind, m-1), calls(kind, m))
		}
		for _, station := range stations {
			steady(station, visits(station, m-1), visits(station, m))
		}
	}
	for q := quarterOf(first) + 1; q <= quarterOf(last); q++ {
		for _, station := range villages {
			for _, kind := range thefts {
				steady(station+kind, rural(station, kind, q-1), rural(station, kind, q))
			}
		}
	}
}

// A second workbook of the same figures has the same bytes: the checksum of each is
// published.
func TestSameWorkbook(t *testing.T) {
	var all [2][]byte
	for i := range all {
		file, err := callsBook("2026-10-10", on(2026, 1), on(2026, 9)).write(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if all[i], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("the bytes differ")
	}
}
