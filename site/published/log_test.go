package published

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/ledger"
)

// The order of a manifest, and a file that it names twice, do not mix the entries up.
func TestLogIsReadInItsOrder(t *testing.T) {
	first, second, head := bureau.LogFile("0001-a.json"), bureau.LogFile("0002-b.json"), bureau.LogFile(bureau.HeadName)
	text := map[string]string{first: "one", second: "two", head: "h"}
	s, err := Open(context.Background(), serving(t, manifestOf(second, "two", head, "h", first, "one", second, "two"), text, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	l, err := s.Log(context.Background())
	if err != nil || !slices.Equal(l.Names, []string{first, second}) || len(l.Entries) != 2 || string(l.Entries[0]) != "one" || string(l.Entries[1]) != "two" || l.Head != "h" {
		t.Errorf("%q %v", l, err)
	}
}

// An entry that is missing is said once; a head that the manifest does not name, too.
func TestMissingEntryIsSaidOnce(t *testing.T) {
	entry, head := bureau.LogFile("0001-a.json"), bureau.LogFile(bureau.HeadName)
	for name, c := range map[string]struct {
		manifest []byte
		files    map[string]string
		want     string
	}{
		"an entry": {manifestOf(entry, "one", head, "h"), map[string]string{head: "h"}, entry + " verify/missing\n"},
		"the head": {manifestOf(entry, "one"), map[string]string{entry: "one"}, head + " verify/log\n"},
	} {
		place := serving(t, c.manifest, c.files, nil)
		_, problems, err := verify(place, 1)
		if got := listed(problems, filepath.ToSlash(place)+"/"); got != c.want || err != nil {
			t.Errorf("%s: got %swant %s%v", name, got, c.want, err)
		}
	}
}

// The log of a site whose writing was interrupted is as long as its head says, whatever
// entries lie beside it.
func TestLogOfAnInterruptedSite(t *testing.T) {
	a, b, other := bureau.LogFile("0001-a.json"), bureau.LogFile("0002-b.json"), bureau.LogFile("0002-another.json")
	head := bureau.LogFile(bureau.HeadName)
	read := func(files map[string]string) (Log, error) {
		dir := t.TempDir()
		for name, text := range files {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		place, err := Folder(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer place.Close()
		var names []string
		for name := range files {
			names = append(names, name)
		}
		return LogAt(context.Background(), place, append(names, bureau.LogFile("0002-gone.json")))
	}
	of := func(entries ...string) string {
		var all [][]byte
		for _, e := range entries {
			all = append(all, []byte(e))
		}
		return ledger.HeadOf(all).Text()
	}
	if l, err := read(map[string]string{a: "one", b: "two"}); err != nil || len(l.Entries) != 0 {
		t.Error("without a head", l, err)
	}
	if l, err := read(map[string]string{a: "one", b: "two", head: of("one")}); err != nil || !slices.Equal(l.Names, []string{a}) {
		t.Error("with the old head", l, err)
	}
	if l, err := read(map[string]string{a: "one", b: "two", other: "2", head: of("one", "two")}); err != nil || !slices.Equal(l.Names, []string{a, b}) {
		t.Error("with an entry that was given up", l, err)
	}
	for _, wrong := range []string{of("one", "2"), of("one", "two", "three"), "no head"} {
		if l, err := read(map[string]string{a: "one", b: "two", head: wrong}); err == nil {
			t.Errorf("%q: %v", wrong, l)
		}
	}
}
