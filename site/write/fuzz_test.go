package write

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sunshine/site/bureau"
)

// FuzzName holds every name that is taken against what it must never be.
func FuzzName(f *testing.F) {
	for _, seed := range []string{"a/b.html", "../a", "a//b", `a\b`, "con", "a.", "统计/立案.html", "/", "manifest.json", "\x00", "caf\u00e9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if once := fold(name); fs.ValidPath(name) && fold(once) != once {
			t.Errorf("%q folds to %q and then to %q", name, once, fold(once))
		}
		if nameFault(name) != nil {
			return
		}
		if !filepath.IsLocal(filepath.FromSlash(name)) || strings.ContainsAny(name, "\\\x00\n") || strings.HasPrefix(name, workDir) {
			t.Errorf("%q is taken", name)
		}
	})
}

// FuzzSite builds one site after another into a folder, with files of others
// and killed builds in between, and holds the folder against a plain model of it.
func FuzzSite(f *testing.F) {
	f.Add([]byte{0, 0b00111, 1, 0, 0b11000, 2})
	f.Add([]byte{0, 0b00001, 1, 0, 0b00010, 2, 0, 0b00001, 1})
	f.Add([]byte{0, 0b00001, 1, 2, 3, 0, 0b01000, 2})
	f.Add([]byte{3, 0b00100, 1, 3, 0b00010, 2, 3, 0b00001, 1, 0, 0, 0})
	names := []string{"a", "a/b", "a/b/c", "d/e", "d/f", "g"}
	f.Fuzz(func(t *testing.T, ops []byte) {
		out := filepath.Join(t.TempDir(), "public")
		ours, others := map[string]string{}, map[string]string{}
		unfinished := map[string]bool{} // names that a killed build had in hand: they count as ours until the next one
		if _, err := Site(out, "data", nil, manifest, 1); err != nil {
			t.Fatal(err)
		}
		for len(ops) >= 3 && len(ops) < 90 {
			op, mask, version := ops[0]%4, ops[1], ops[2]%3
			ops = ops[3:]
			if op == 2 { // others put a file where there is room
				name := names[int(mask)%len(names)]
				path := filepath.Join(out, filepath.FromSlash(name))
				if _, taken := ours[name]; !taken && !unfinished[name] && os.MkdirAll(filepath.Dir(path), 0o755) == nil && os.WriteFile(path, fmt.Append(nil, version), 0o644) == nil {
					others[name] = fmt.Sprint(version)
				}
				continue
			}
			site := map[string]string{}
			var files []bureau.File
			for i, name := range names {
				if mask&(1<<i) != 0 {
					site[name] = fmt.Sprint(version)
					files = append(files, bureau.File{Path: name, Bytes: fmt.Append(nil, version)})
				}
			}
			inTheWay := func(name string) bool { // of a file of the site
				for other, text := range others {
					if other == name && text != site[name] || strings.HasPrefix(other, name+"/") || strings.HasPrefix(name, other+"/") {
						return true
					}
				}
				return false
			}
			refused := slices.ContainsFunc(slices.Collect(maps.Keys(site)), inTheWay)
			for name := range site {
				refused = refused || slices.ContainsFunc(files, func(f bureau.File) bool { return strings.HasPrefix(f.Path, name+"/") })
			}
			before, err := os.ReadFile(filepath.Join(out, ManifestName))
			if err != nil {
				t.Fatal(err)
			}
			_, err = Site(out, "data", files, manifest, 2)
			if refused {
				if e := (*Error)(nil); !errors.As(err, &e) || e.Err != nil {
					t.Fatalf("want a refusal, got %v", err)
				}
			} else {
				if err != nil {
					t.Fatal(err)
				}
				if op != 3 {
					clear(unfinished)
				} else { // killed before its manifest was in place
					journal := slices.Concat(slices.Collect(maps.Keys(ours)), slices.Collect(maps.Keys(site)))
					put(t, out, ManifestName, string(before))
					put(t, out, journalFile, strings.Join(journal, "\n"))
					for _, name := range journal {
						unfinished[name] = true
					}
				}
				ours = site
				for name := range site {
					delete(others, name)
				}
			}
			want := maps.Clone(others)
			maps.Copy(want, ours)
			if got := tree(t, os.DirFS(out)); !maps.Equal(got, want) {
				t.Fatalf("the folder holds %q, want %q", got, want)
			}
		}
	})
}
