package published

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"sunshine/site/bureau"
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
