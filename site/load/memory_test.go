package load

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A file is read again where its stamp is another one, and where it was written so short
// a time ago that the next writing may leave the stamp as it is.
func TestMemory(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string, at time.Time) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Date(2026, 10, 30, 8, 0, 0, 0, time.UTC)
	put("data/site.yaml", "title: 阳光警务\n", now)
	m := &Memory{Now: func() time.Time { return now }}
	bodies := func() (all []string) {
		b, problems := m.Bureau(context.Background(), os.DirFS(dir), 2, nil)
		if problems.Errors() > 0 {
			t.Fatal(problems)
		}
		for _, n := range b.Notices {
			all = append(all, string(n.Body.Text))
			n.Body.Text, n.Title.V = nil, "another" // as the rest of the way does
		}
		return all
	}
	const notice = "---\ntitle: 公告\ndate: 2026-10-08\n---\n"
	put("data/notices/2026-10-08-a.md", notice+"old", now.Add(-time.Hour))
	for range 3 {
		if got := bodies(); len(got) != 1 || got[0] != "old" {
			t.Fatalf("read: %q", got)
		}
	}
	if len(m.read) != 1 {
		t.Errorf("remembered: %d", len(m.read))
	}
	put("data/notices/2026-10-08-a.md", notice+"new and longer", now.Add(-time.Minute))
	if got := bodies(); got[0] != "new and longer" {
		t.Errorf("a changed file is not read again: %q", got)
	}
	put("data/notices/2026-10-08-a.md", notice+"just now", now.Add(-time.Second))
	bodies()
	if len(m.read) != 0 {
		t.Error("a file that was written a moment ago is remembered")
	}
	now = now.Add(time.Minute)
	bodies()
	if len(m.read) != 1 {
		t.Error("a file that has settled is not remembered")
	}
	if err := os.Remove(filepath.Join(dir, "data/notices/2026-10-08-a.md")); err != nil {
		t.Fatal(err)
	}
	if got := bodies(); len(got) != 0 || len(m.read) != 0 {
		t.Errorf("a file that is gone is there: %q, remembered: %d", got, len(m.read))
	}
}
