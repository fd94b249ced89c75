package chart

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func entries(t *testing.T, dir string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// deaf is a bundle with which nothing can be drawn anew.
var deaf = []byte("sunshineDraw = () => { throw new Error('drawn anew') }")

func TestCacheGivesTheSameBytes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drawings")
	p := gallery()["03-stacked"]
	s := NewStudio(bundle(t), dir, 1)
	want := draw(t, s, "c", p)
	s.Close()
	if n := len(entries(t, dir)); n != 2 {
		t.Fatalf("%d entries, want one for each width", n)
	}

	again := NewStudio(bundle(t), dir, 1)
	defer again.Close()
	again.engine.script = deaf // the entries are found by the true bundle's hash
	if got := draw(t, again, "c", p); !bytes.Equal(got.Wide, want.Wide) || !bytes.Equal(got.Narrow, want.Narrow) {
		t.Error("the cached drawing differs")
	}
	if other := draw(t, again, "d", p); bytes.Contains(other.Wide, []byte(`"c-`)) {
		t.Error("a cached drawing brings the id of another chart")
	}
	p.Series = p.Series[:2]
	if _, err := again.Draw("c", p); err == nil {
		t.Error("another plot was found in the cache")
	}

	upgraded := NewStudio(deaf, dir, 1)
	defer upgraded.Close()
	if _, err := upgraded.Draw("c", gallery()["03-stacked"]); err == nil {
		t.Error("another bundle took the drawings of this one")
	}
}

func TestBrokenCacheIsDrawnAgain(t *testing.T) {
	dir := t.TempDir()
	p := gallery()["01-bar"]
	s := NewStudio(bundle(t), dir, 1)
	defer s.Close()
	want := draw(t, s, "c", p)
	whole := map[string][]byte{} // the running numbers in an entry vary, so not to be compared
	for _, file := range entries(t, dir) {
		whole[file], _ = os.ReadFile(file)
	}
	for name, damage := range map[string]func(data []byte) []byte{
		"empty":      func([]byte) []byte { return nil },
		"torn":       func(data []byte) []byte { return data[:len(data)/2] },
		"altered":    func(data []byte) []byte { return bytes.Replace(data, []byte("l0 -"), []byte("l0 -9"), 1) },
		"no drawing": func([]byte) []byte { return []byte(checksum("<svg><g>") + "\n<svg><g>") },
	} {
		for file, data := range whole {
			if err := os.WriteFile(file, damage(bytes.Clone(data)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got := draw(t, s, "c", p); !bytes.Equal(got.Wide, want.Wide) {
			t.Errorf("%s: the drawing differs", name)
		}
		for file := range whole {
			mended, _ := os.ReadFile(file)
			if sum, raw, _ := strings.Cut(string(mended), "\n"); sum != checksum(raw) || len(raw) < 100 {
				t.Errorf("%s: the entry is not mended", name)
			}
		}
	}
}

func TestCacheThatCannotBeWrittenIsNoError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := NewStudio(bundle(t), file, 1)
	defer s.Close()
	draw(t, s, "c", gallery()["01-bar"])
}

func TestPruneKeepsWhatWasUsed(t *testing.T) {
	dir := t.TempDir()
	first, second := plot(Bar, "甲|乙", values("件数", 1, 2)), plot(Bar, "甲|乙", values("件数", 1, 3))
	s := NewStudio(bundle(t), dir, 1)
	draw(t, s, "c", first)
	kept := entries(t, dir)
	draw(t, s, "c", second)
	s.Close()
	for _, name := range []string{"killed.tmp", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}

	s = NewStudio(bundle(t), dir, 1)
	defer s.Close()
	draw(t, s, "c", first)
	if err := s.Prune(); err != nil {
		t.Fatal(err)
	}
	want := append(slices.Clone(kept), filepath.Join(dir, "notes.txt"))
	got := entries(t, dir)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("left %q, want %q", got, want)
	}
	if err := NewStudio(nil, filepath.Join(dir, "none"), 1).Prune(); err != nil {
		t.Errorf("a cache that is not there: %v", err)
	}
}
