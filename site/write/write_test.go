package write

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

var manifest = Manifest{Generator: "sunshine 1.0.0", AsOf: "2026-10-31", Commit: "0123abc",
	Inputs: []bureau.Input{{Path: "data/site.yaml", SHA256: "00", Size: 1}}}

// pages makes files of "path", "bytes" pairs.
func pages(pairs ...string) []bureau.File {
	var files []bureau.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, bureau.File{Path: pairs[i], Bytes: []byte(pairs[i+1])})
	}
	return files
}

// build writes the files and fails the test when that fails.
func build(t *testing.T, out string, pairs ...string) Report {
	t.Helper()
	r, err := Site(out, filepath.Join(filepath.Dir(out), "data"), pages(pairs...), manifest, 2)
	if err != nil {
		t.Fatalf("Site: %v", err)
	}
	return r
}

// content gives path=bytes of everything in the folder but the manifest.
func content(t *testing.T, out string) string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(out, name)
		switch {
		case rel == "." || rel == ManifestName:
		case d.IsDir():
			if entries, _ := os.ReadDir(name); len(entries) == 0 {
				all = append(all, filepath.ToSlash(rel)+"/")
			}
		default:
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			all = append(all, filepath.ToSlash(rel)+"="+string(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func put(t *testing.T, out, name, text string) {
	t.Helper()
	name = filepath.Join(out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rules gives the rules of the problems of an error, and their places below out.
func rules(t *testing.T, out string, err error) string {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || len(e.Problems) == 0 {
		t.Fatalf("want an *Error with problems, got %v", err)
	}
	var all []string
	for _, p := range e.Problems {
		if p.Message.ZH == "" || p.Message.EN == "" || p.Hint.ZH == "" || p.Hint.EN == "" || strings.Contains(p.Message.EN+p.Message.ZH, "%!") {
			t.Errorf("problem without its words: %+v", p)
		}
		all = append(all, strings.TrimSpace(p.Rule.String()+" "+strings.TrimPrefix(strings.TrimPrefix(p.File, filepath.ToSlash(out)), "/")))
	}
	return strings.Join(all, ", ")
}

func TestSite(t *testing.T) {
	tests := []struct {
		name   string
		first  []string // files of the build before; none: no build
		others []string // files that somebody else puts there
		files  []string
		want   string
		report Report
	}{
		{"into nothing", nil, nil,
			[]string{"index.html", "home", "stats/cases/index.html", "cases", "assets/site.css", ""},
			"assets/site.css= index.html=home stats/cases/index.html=cases", Report{Written: 3, Unchanged: 0, Removed: 0}},
		{"the same again", []string{"index.html", "home", "a/b", "b"}, nil,
			[]string{"index.html", "home", "a/b", "b"},
			"a/b=b index.html=home", Report{Written: 0, Unchanged: 2, Removed: 0}},
		{"one changed, one new, one gone", []string{"index.html", "home", "a/b", "b", "c/d/e", "e"}, nil,
			[]string{"index.html", "home", "a/b", "B", "a/n/n", "n"},
			"a/b=B a/n/n=n index.html=home", Report{Written: 2, Unchanged: 1, Removed: 1}},
		{"no file at all", []string{"index.html", "home"}, nil, nil, "", Report{Written: 0, Unchanged: 0, Removed: 1}},
		{"files of others stay", []string{"index.html", "home", "a/b/c", "c"}, []string{"CNAME", "x", "a/b/mine", "y"},
			[]string{"index.html", "new"},
			"CNAME=x a/b/mine=y index.html=new", Report{Written: 1, Unchanged: 0, Removed: 1}},
		{"a file becomes a folder", []string{"about", "a"}, nil,
			[]string{"about/index.html", "b"},
			"about/index.html=b", Report{Written: 1, Unchanged: 0, Removed: 1}},
		{"a folder becomes a file", []string{"about/us/index.html", "a", "about/x", "x"}, nil,
			[]string{"about", "b"},
			"about=b", Report{Written: 1, Unchanged: 0, Removed: 2}},
		{"the only folder of a folder becomes a file", []string{"t/0/index.html", "a"}, nil,
			[]string{"t/0", "b"},
			"t/0=b", Report{Written: 1, Unchanged: 0, Removed: 1}},
		{"a damaged file is mended", []string{"index.html", "home", "a", "1"}, []string{"index.html", "hole"},
			[]string{"index.html", "home", "a", "1"},
			"a=1 index.html=home", Report{Written: 1, Unchanged: 1, Removed: 0}},
		{"what others wrote and is the same is taken over", []string{"a", "1"}, []string{"b/c", "2"},
			[]string{"a", "1", "b/c", "2"},
			"a=1 b/c=2", Report{Written: 0, Unchanged: 2, Removed: 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "deep", "public")
			if test.first != nil {
				build(t, out, test.first...)
			}
			for i := 0; i < len(test.others); i += 2 {
				put(t, out, test.others[i], test.others[i+1])
			}
			report := build(t, out, test.files...)
			if got := content(t, out); got != test.want {
				t.Errorf("the folder holds %q, want %q", got, test.want)
			}
			report.Manifest = ""
			if report != test.report {
				t.Errorf("report %+v, want %+v", report, test.report)
			}
			if again := build(t, out, test.files...); again.Written+again.Removed != 0 {
				t.Errorf("the second build of the same: %+v", again)
			}
		})
	}
}

// The placeholder of a fresh clone stays, is not published, and goes with no build.
func TestPlaceholder(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	put(t, out, ".gitkeep", "")
	if problems := Check(out, "data", pages("index.html", "1"), inFolder(out), 2); len(problems) > 0 {
		t.Error(problems)
	}
	build(t, out, "index.html", "1")
	build(t, out, "about.html", "2")
	if got := content(t, out); got != ".gitkeep= about.html=2" {
		t.Errorf("the folder holds %q", got)
	}
	if m, err := os.ReadFile(filepath.Join(out, ManifestName)); err != nil || bytes.Contains(m, []byte(".gitkeep")) {
		t.Errorf("the manifest names the placeholder: %s, %v", m, err)
	}
}

func TestManifest(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "b", "two", "a/x", "one")
	got, err := os.ReadFile(filepath.Join(out, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	want := `{
 "generator": "sunshine 1.0.0",
 "as_of": "2026-10-31",
 "commit": "0123abc",
 "inputs": [
  {
   "path": "data/site.yaml",
   "sha256": "00",
   "size": 1
  }
 ],
 "files": [
  {
   "path": "a/x",
   "sha256": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
   "size": 3
  },
  {
   "path": "b",
   "sha256": "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3",
   "size": 3
  }
 ]
}
`
	if string(got) != want {
		t.Errorf("manifest:\n%s\nwant:\n%s", got, want)
	}
}

func TestUntouched(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "same/a", "1", "other", "1")
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, name := range []string{"same/a", "same", "other", ManifestName} {
		if err := os.Chtimes(filepath.Join(out, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	touched := func(name string) bool {
		info, err := os.Stat(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return !info.ModTime().Equal(long)
	}
	build(t, out, "same/a", "1", "other", "1")
	for _, name := range []string{"same/a", "same", "other", ManifestName} {
		if touched(name) {
			t.Errorf("%s is touched by a build without change", name)
		}
	}
	build(t, out, "same/a", "1", "other", "2")
	if touched("same/a") || touched("same") {
		t.Error("a file is touched whose bytes are the same")
	}
	if !touched("other") || !touched(ManifestName) {
		t.Error("a changed file or the manifest is not written")
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name   string
		first  []string
		others []string
		files  []string
		want   string
	}{
		{"a folder of others", nil, []string{"thesis.doc", "x"}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a manifest of another program", nil, []string{ManifestName, `{"name": "app", "icons": []}`}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a .gitkeep that holds something", nil, []string{".gitkeep", "x"}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a .gitkeep and a file of others", nil, []string{".gitkeep", "", "CNAME", "x"}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a manifest without end", nil, []string{ManifestName, "{" + strings.Repeat(" ", MaxManifest)}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a torn manifest", nil, []string{ManifestName, `{"generator": "sunshine 1.0.0", "fi`}, []string{"index.html", ""}, "write/foreign-folder"},
		{"a file of others in the place of ours", []string{"a", "1"}, []string{"b/c", "mine"}, []string{"a", "2", "b/c", "3"}, "write/foreign-file b/c"},
		{"a file of others in the place of a folder", []string{"a", "1"}, []string{"b", "mine"}, []string{"a", "2", "b/c/d", "3", "b/e", "4"}, "write/foreign-file b/c/d, write/foreign-file b/e"},
		{"a folder with a file of others in the place of a file", []string{"a/b", "1"}, []string{"a/mine", ""}, []string{"a", "2"}, "write/foreign-file a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			if test.first != nil {
				build(t, out, test.first...)
			}
			for i := 0; i < len(test.others); i += 2 {
				put(t, out, test.others[i], test.others[i+1])
			}
			before := content(t, out)
			checked := Check(out, "data", pages(test.files...), inFolder(out), 2)
			_, err := Site(out, "data", pages(test.files...), manifest, 2)
			if got := rules(t, out, err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if e := err.(*Error); !slices.Equal(checked, e.Problems) {
				t.Errorf("Check says %v, Site %v", checked, e.Problems)
			}
			if after := content(t, out); after != before {
				t.Errorf("a refused build left %q, before %q", after, before)
			}
		})
	}
}

func TestNames(t *testing.T) {
	tests := []struct{ files, want string }{
		{"a/b.html 统计/立案.html a-b/c%20d 中文（一）.pdf", ""},
		{"../a", "write/name ../a"},
		{"a/../../b", "write/name a/../../b"},
		{"/etc/passwd", "write/name /etc/passwd"},
		{"a//b ./c d/", "write/name ./c, write/name a//b, write/name d/"},
		{".", "write/name ."},
		{`a\b c:d`, `write/name a\b, write/name c:d`},
		{"a\x01b x\u0085y", `write/name a\u0001b, write/name x\u0085y`},
		{"a\xffb", "write/name a\ufffdb"},
		{"con Nul.txt a/lpt1/b com¹ com10 console", "write/name Nul.txt, write/name a/lpt1/b, write/name com¹, write/name con"},
		{"a./b a...", "write/name a..., write/name a./b"},
		{".gitkeep a/.gitkeep", "write/name .gitkeep"},
		{"manifest.json MANIFEST.json a/manifest.json .sunshine-build/x .sunshine-build", "write/name .sunshine-build, write/name .sunshine-build/x, write/name MANIFEST.json, write/name manifest.json"},
		{"a/b A/B", "write/name A/B"},
		{"a a", "site/path a"},
		{"caf\u00e9 cafe\u0301", "write/name cafe\u0301"},
		{"stra\u00dfe STRASSE", "write/name STRASSE"},
		{"About about/index.html", "write/name about/index.html"},
		{"x/y/z X/Y", "write/name x/y/z"},
		{strings.Repeat("长", 85) + " " + strings.Repeat("长", 86), "write/name " + strings.Repeat("长", 60) + "…"},
	}
	for _, test := range tests {
		var files []bureau.File
		for name := range strings.SplitSeq(test.files, " ") {
			files = append(files, bureau.File{Path: name})
		}
		parent := t.TempDir()
		out := filepath.Join(parent, "public")
		checked := Check(out, "data", files, inFolder(out), 2)
		_, err := Site(out, "data", files, manifest, 2)
		if test.want == "" {
			if err != nil || len(checked) > 0 {
				t.Errorf("%q: %v, %v", test.files, checked, err)
			}
			continue
		}
		if e := err.(*Error); !slices.Equal(checked, e.Problems) {
			t.Errorf("Check says %v, Site %v", checked, e.Problems)
		}
		if got := rules(t, "", &Error{Problems: Check("", "data", files, inFolder(""), 2)}); got != test.want && test.want != "write/name /etc/passwd" {
			t.Errorf("%q: without a folder got %q, want %q", test.files, got, test.want)
		}
		if got := rules(t, out, err); got != test.want {
			t.Errorf("%q: got %q, want %q", test.files, got, test.want)
		}
		if entries, _ := os.ReadDir(parent); len(entries) != 0 {
			t.Errorf("%q: something is written: %v", test.files, entries)
		}
	}
	space := []bureau.File{{Path: "a /b"}}
	if _, err := Site(filepath.Join(t.TempDir(), "public"), "data", space, manifest, 2); err == nil {
		t.Error("a name that ends in a space is not refused")
	}
}

func TestPlace(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "bureau", "data")
	put(t, data, "site.yaml", "title: x")
	put(t, dir, "file", "")
	for link, to := range map[string]string{"link": "bureau", "indata": filepath.Join("bureau", "data")} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	tests := []struct{ out, want string }{
		{"bureau/public", ""},
		{"bureau/database", ""},
		{"link/public2", ""},
		{"bureau/data", "write/folder"},
		{"bureau/data/public", "write/folder"},
		{"bureau/data/static/deep/public", "write/folder"},
		{"indata/public", "write/folder"},
		{"link/data/public", "write/folder"},
		{"bureau", "write/folder"},
		{".", "write/folder"},
		{"link", "write/folder"},
		{"file", "write/folder"},
		{"file/public", "write/system"},
	}
	for _, test := range tests {
		out := filepath.Join(dir, filepath.FromSlash(test.out))
		checked := Check(out, data, pages("index.html", ""), inFolder(out), 2)
		_, err := Site(out, data, pages("index.html", ""), manifest, 2)
		if test.want == "" {
			if err != nil || len(checked) > 0 {
				t.Errorf("%s: %v, %v", test.out, checked, err)
			}
		} else if e := err.(*Error); !slices.Equal(checked, e.Problems) {
			t.Errorf("%s: Check says %v, Site %v", test.out, checked, e.Problems)
		} else if got := rules(t, out, err); got != test.want {
			t.Errorf("%s: got %q, want %q", test.out, got, test.want)
		}
	}
	if got := content(t, data); got != "site.yaml=title: x" {
		t.Errorf("data holds %q", got)
	}
}

func TestLinksInside(t *testing.T) {
	outside := t.TempDir()
	put(t, outside, "index.html", "theirs")
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "stats/index.html", "1", "index.html", "1")

	// A file of ours that became a link: the link is replaced, its target is not written.
	os.Remove(filepath.Join(out, "index.html"))
	if err := os.Symlink(filepath.Join(outside, "index.html"), filepath.Join(out, "index.html")); err != nil {
		t.Skip(err)
	}
	build(t, out, "stats/index.html", "1", "index.html", "2")
	if got := content(t, out); got != "index.html=2 stats/index.html=1" {
		t.Errorf("the folder holds %q", got)
	}

	// A folder of ours that became a link out of the site: refused to write, nothing removed.
	os.RemoveAll(filepath.Join(out, "stats"))
	if err := os.Symlink(outside, filepath.Join(out, "stats")); err != nil {
		t.Fatal(err)
	}
	_, err := Site(out, "data", pages("stats/index.html", "new", "index.html", "2"), manifest, 2)
	if got := rules(t, out, err); got != "write/foreign-file stats/index.html" {
		t.Errorf("got %q", got)
	}
	build(t, out, "index.html", "2")
	if got := content(t, outside); got != "index.html=theirs" {
		t.Errorf("outside the folder: %q", got)
	}
}

// A manifest that somebody tampered with names nothing outside the folder.
func TestManifestOutside(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	put(t, dir, "precious", "x")
	m := manifest
	m.Files = []Digest{{Path: "../precious"}, {Path: filepath.Join(dir, "precious")}, {Path: "a/../../precious"}, {Path: ""}, {Path: "."}}
	b, _ := json.Marshal(m)
	put(t, out, ManifestName, string(b))
	build(t, out, "index.html", "1")
	if got := content(t, dir); !strings.HasPrefix(got, "precious=x ") {
		t.Errorf("the folder holds %q", got)
	}
}

func TestTwoBuildsAtATime(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders cannot be locked here")
	}
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "1")
	unlock, err := Lock(out)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Site(out, "data", pages("index.html", "2"), manifest, 2)
	if got := rules(t, out, err); got != "write/busy" {
		t.Errorf("got %q", got)
	}
	unlock()
	build(t, out, "index.html", "2")
}

// many are n pages of 10 KB, each in its own folder, as version v.
func many(n, v int) []bureau.File {
	files := make([]bureau.File, n)
	for i := range files {
		text := fmt.Appendf(nil, "guide %d version %d ", i, v)
		files[i] = bureau.File{Path: fmt.Sprintf("guides/area-%d/guide-%d/index.html", i*6/n, i), Bytes: bytes.Repeat(text, 10<<10/len(text))}
	}
	return files
}

func TestJobsAgree(t *testing.T) {
	dir := t.TempDir()
	files := many(300, 1)
	if _, err := Site(filepath.Join(dir, "one"), "data", files, manifest, 1); err != nil {
		t.Fatal(err)
	}
	shuffled := slices.Clone(files)
	slices.Reverse(shuffled)
	if _, err := Site(filepath.Join(dir, "eight"), "data", shuffled, manifest, 8); err != nil {
		t.Fatal(err)
	}
	one, _ := os.ReadFile(filepath.Join(dir, "one", ManifestName))
	eight, _ := os.ReadFile(filepath.Join(dir, "eight", ManifestName))
	if !bytes.Equal(one, eight) || content(t, filepath.Join(dir, "one")) != content(t, filepath.Join(dir, "eight")) {
		t.Error("one job and eight jobs, or another order of files, give different sites")
	}
}

// BenchmarkSiteCold writes each site to a new folder. Removing the last one
// meanwhile would be measured too: ext4 searches long for an inode that was not
// freed just before.
func BenchmarkSiteCold(b *testing.B) {
	files := many(10_000, 1)
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		if _, err := Site(filepath.Join(dir, fmt.Sprint(i)), "data", files, manifest, runtime.GOMAXPROCS(0)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSiteChanged writes every page of a site anew, as after a change of a
// template.
func BenchmarkSiteChanged(b *testing.B) {
	versions := [][]bureau.File{many(10_000, 1), many(10_000, 2)}
	out := filepath.Join(b.TempDir(), "public")
	if _, err := Site(out, "data", versions[1], manifest, runtime.GOMAXPROCS(0)); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if _, err := Site(out, "data", versions[i%2], manifest, runtime.GOMAXPROCS(0)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSiteUnchanged(b *testing.B) {
	files := many(10_000, 1)
	out := filepath.Join(b.TempDir(), "public")
	if _, err := Site(out, "data", files, manifest, runtime.GOMAXPROCS(0)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Site(out, "data", files, manifest, runtime.GOMAXPROCS(0)); err != nil {
			b.Fatal(err)
		}
	}
}

// inFolder places a name in the folder itself, as Site does.
func inFolder(out string) func(string) problem.Position {
	return func(name string) problem.Position { return problem.Position{File: shown(out, name)} }
}

// A site of more files than the manifest can list is refused before anything is written,
// and told by who only checks: the next build could not read that manifest.
func TestTooManyFiles(t *testing.T) {
	defer func(was int64) { maxListed = was }(maxListed)
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "good")
	before := content(t, out)
	files := many(100, 1)
	maxListed = 100 * 160
	if told := Listed(out, files, nil); len(told) != 1 || told[0].Rule != problem.WriteSystem || !strings.Contains(told[0].Message.ZH, "100个文件") {
		t.Errorf("told: %v", told)
	}
	if _, err := Site(out, "data", files, manifest, 2); rules(t, out, err) != "write/system" {
		t.Errorf("got %v", err)
	}
	if content(t, out) != before {
		t.Error("the last good site is not as it was")
	}
	if told := Listed(out, files[:50], nil); len(told) > 0 {
		t.Errorf("half of them are refused: %v", told)
	}
}
