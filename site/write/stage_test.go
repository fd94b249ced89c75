package write

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"sunshine/site/bureau"
	"sunshine/site/each"
)

// begin opens a stage that the test closes.
func begin(t *testing.T, out string) *Stage {
	t.Helper()
	s, err := Begin(out, filepath.Join(filepath.Dir(out), "data"), 2)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stage keeps the files of "path", "bytes" pairs.
func stage(t *testing.T, s *Stage, pairs ...string) []bureau.File {
	t.Helper()
	files := pages(pairs...)
	for i := range files {
		var err error
		if files[i], err = s.Keep(files[i]); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestStage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "home", "a/index.html", "a")

	// What is set down is out of memory, can be read back, and is not public yet.
	s := begin(t, out)
	files := stage(t, s, "index.html", "home", "a/index.html", "changed", "b/c/index.html", "new")
	for i, want := range []string{"home", "changed", "new"} {
		if got, err := files[i].Read(); err != nil || string(got) != want || files[i].Bytes != nil || files[i].SHA256() != bureau.SHA256([]byte(want)) || files[i].Size() != int64(len(want)) {
			t.Errorf("%s: %q, %v", files[i].Path, got, err)
		}
	}
	if got, _ := os.ReadFile(filepath.Join(out, "a/index.html")); string(got) != "a" {
		t.Errorf("before the end: %s", got)
	}
	if _, err := os.Lstat(filepath.Join(out, "b")); err == nil {
		t.Error("a new page stands there before the end")
	}
	if err := os.WriteFile(files[2].Down.Place, []byte("evil"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := files[2].Read(); !errors.Is(err, bureau.ErrChanged) {
		t.Errorf("what somebody changed meanwhile is read: %v", err)
	}
	s.Close()
	if got := content(t, out); got != "a/index.html=a index.html=home" {
		t.Errorf("after it was given up: %s", got)
	}
	if _, err := os.Lstat(filepath.Join(out, workDir)); err == nil {
		t.Error("what was given up is left behind")
	}

	// A build that was killed leaves its stage, whose files are of no site.
	s = begin(t, out)
	stage(t, s, "d/index.html", "of the killed build", "d/e.html", "of the killed build")
	s.unlock()
	s.root.Close()
	s = begin(t, out)
	report, err := s.Finish(stage(t, s, "index.html", "home", "d/index.html", "d"), manifest)
	s.Close()
	if got := content(t, out); err != nil || got != "d/index.html=d index.html=home" || report.Written != 1 || report.Unchanged != 1 || report.Removed != 1 {
		t.Errorf("after a killed build: %s, %+v, %v", got, report, err)
	}

	// What was made and is not listed in the end does not come with its folder; what was
	// made otherwise than it is listed is made again.
	s = begin(t, out)
	files = stage(t, s, "index.html", "home", "f/index.html", "f", "f/left-out.html", "made for nothing", "g/index.html", "first")
	stage(t, s, "g/index.html", "second")
	listed := []bureau.File{files[0], files[1], {Path: "g/index.html", Bytes: []byte("first")}}
	if _, err := s.Finish(listed, manifest); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got := content(t, out); got != "f/index.html=f g/index.html=first index.html=home" {
		t.Errorf("after files that are not listed: %s", got)
	}

	s = begin(t, out)
	files = stage(t, s, "index.html", "home", "g/index.html", "third")
	stage(t, s, "g/index.html", "fourth")
	_, err = s.Finish(files, manifest)
	s.Close()
	if got := content(t, out); err != nil || got != "g/index.html=third index.html=home" {
		t.Errorf("what was set down twice is another than what is listed: %s, %v", got, err)
	}

	// What is written piece by piece.
	s = begin(t, out)
	files = nil
	for _, pair := range [][2]string{{"index.html", "home"}, {"f/index.html", "another"}, {"i/j/large.csv", "a,b\r\n1,2\r\n"}} {
		f, err := s.Write(pair[0], func(w io.Writer) error {
			for _, b := range []byte(pair[1]) {
				if _, err := w.Write([]byte{b}); err != nil {
					return err
				}
			}
			return nil
		})
		if got, failed := f.Read(); err != nil || failed != nil || string(got) != pair[1] || f.Size() != int64(len(pair[1])) {
			t.Errorf("%s: %q, %v, %v", pair[0], got, err, failed)
		}
		files = append(files, f)
	}
	if _, err := s.Write("broken.csv", func(io.Writer) error { return io.ErrUnexpectedEOF }); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("what cannot be written is set down: %v", err)
	}
	report, err = s.Finish(files, manifest)
	s.Close()
	if got := content(t, out); err != nil || got != "f/index.html=another i/j/large.csv=a,b\r\n1,2\r\n index.html=home" || report.Unchanged != 1 || report.Written != 2 {
		t.Errorf("after files that were written: %s, %+v, %v", got, report, err)
	}

	// The site is made once more.
	s = begin(t, out)
	stage(t, s, "index.html", "another", "h/index.html", "h")
	if err := s.Empty(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Finish(stage(t, s, "index.html", "home"), manifest); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got := content(t, out); got != "index.html=home" {
		t.Errorf("after it was emptied: %s", got)
	}

	// Files of one site that stand in each other's place are told at the end.
	s = begin(t, out)
	files = stage(t, s, "x/y", "a file", "x/y/z", "in a folder of that name", "con", "a device", "x/y", "twice")
	if _, err := s.Finish(files, manifest); err == nil {
		t.Error("a file in the place of a folder is written")
	}
	s.Close()
	if got := content(t, out); got != "index.html=home" {
		t.Errorf("after a refusal: %s", got)
	}
}

// Files of a site that stands are kept by several at a time; the race detector looks on where
// it is switched on.
func TestStageTogether(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	var pairs []string
	for i := range 200 {
		pairs = append(pairs, fmt.Sprintf("%d/%d/%d.html", i%5, i%50, i), fmt.Sprint(i))
	}
	build(t, out, pairs...)
	s := begin(t, out)
	defer s.Close()
	files := pages(pairs...)
	if err := each.Do(8, len(files), func(i int) (err error) {
		files[i], err = s.Keep(files[i])
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if report, err := s.Finish(files, manifest); err != nil || report.Written != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// The stage lies in a folder that a server may give out, and nobody has judged yet what it
// holds.
func TestStageIsClosed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have no modes there")
	}
	for _, pair := range []string{"index.html", "new/index.html"} {
		out := filepath.Join(t.TempDir(), "public")
		build(t, out, "index.html", "home")
		s := begin(t, out)
		files := stage(t, s, pair, "not judged yet")
		if info, err := os.Stat(filepath.Join(out, stageDir)); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: others may read what is staged: %v, %v", pair, info.Mode(), err)
		}
		if _, err := s.Finish(files, manifest); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if info, err := os.Stat(filepath.Join(out, filepath.Dir(pair))); err != nil || info.Mode().Perm()&0o055 != 0o055 {
			t.Errorf("%s: readers do not get in: %v, %v", pair, info.Mode(), err)
		}
	}
}

// A folder that cannot be made leaves none of those above it that could.
func TestStageWithoutFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := Begin(filepath.Join(dir, "new", strings.Repeat("x", 300), "public"), filepath.Join(dir, "data"), 2); err == nil {
		t.Fatal("a name of 300 bytes is one")
	}
	if _, err := os.Lstat(filepath.Join(dir, "new")); err == nil {
		t.Error("a folder was made for a site that there is not")
	}
}

// What was made and is not listed in the end stands in nothing's way, and leaves no folder.
func TestStageForgets(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	s := begin(t, out)
	stage(t, s, "a/not/listed.html", "left out", "b/not/listed.html", "left out")
	file, err := s.Write("b/not", func(w io.Writer) error { _, err := io.WriteString(w, "a file"); return err })
	if err != nil {
		t.Fatal(err)
	}
	files := append(stage(t, s, "a/index.html", "a"), file)
	if _, err := s.Finish(files, manifest); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if got := content(t, out); got != "a/index.html=a b/not=a file" {
		t.Errorf("stands: %s", got)
	}
	if _, err := os.Lstat(filepath.Join(out, "a/not")); err == nil {
		t.Error("an empty folder came with another")
	}
}

// A file that stands in its place already, and that somebody changes or removes while the
// others are made, is not taken for what the manifest says.
func TestStageStands(t *testing.T) {
	for what, change := range map[string]func(file string) error{
		"changed": func(file string) error { return os.WriteFile(file, []byte("evil"), 0o644) },
		"removed": os.Remove,
		"a link": func(file string) error {
			return errors.Join(os.Remove(file), os.WriteFile(file+".txt", []byte("home"), 0o644), os.Symlink(file+".txt", file))
		},
	} {
		out := filepath.Join(t.TempDir(), "public")
		build(t, out, "index.html", "home", "a.html", "a")
		s := begin(t, out)
		files := stage(t, s, "index.html", "home", "a.html", "another")
		if err := change(filepath.Join(out, "index.html")); err != nil {
			t.Fatal(err)
		}
		_, err := s.Finish(files, manifest)
		s.Close()
		if got, _ := os.ReadFile(filepath.Join(out, "index.html")); err == nil && string(got) != "home" {
			t.Errorf("%s: %q is taken for the page", what, got)
		}
		if a, _ := os.ReadFile(filepath.Join(out, "a.html")); err != nil && string(a) != "a" {
			t.Errorf("%s: the site is half another one: %q", what, a)
		}
		if info, failed := os.Lstat(filepath.Join(out, "index.html")); err == nil && (failed != nil || !info.Mode().IsRegular()) {
			t.Errorf("%s: %v", what, failed)
		}
	}
}

// What stands in the place of the signature and is not ours is told before a page comes to
// its place.
func TestStageSignature(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "home")
	put(t, out, SignatureName, "of somebody else")
	s := begin(t, out)
	_, err := s.Finish(stage(t, s, "index.html", "changed"), manifest)
	s.Close()
	if refused := (*Error)(nil); !errors.As(err, &refused) {
		t.Errorf("refused: %v", err)
	}
	if got, _ := os.ReadFile(filepath.Join(out, "index.html")); string(got) != "home" {
		t.Errorf("the site was written: %s", got)
	}
}

// What a power cut left of the folder in which a site is set down is cleared away; anything
// else in its place is another's, and is neither followed nor removed.
func TestStagePlaceTaken(t *testing.T) {
	for what, put := range map[string]func(place string) error{
		"an empty file": func(place string) error { return os.WriteFile(place, nil, 0o644) },
		"a file":        func(place string) error { return os.WriteFile(place, []byte("theirs"), 0o644) },
		"a link":        func(place string) error { return os.Symlink(t.TempDir(), place) },
	} {
		out := filepath.Join(t.TempDir(), "public")
		build(t, out, "index.html", "home")
		place := filepath.Join(out, workDir)
		if err := put(place); err != nil {
			t.Fatal(err)
		}
		before, err := os.Lstat(place)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Site(out, filepath.Join(filepath.Dir(out), "data"), pages("index.html", "another"), manifest, 2)
		text, failed := os.ReadFile(filepath.Join(out, "index.html"))
		if failed != nil {
			t.Fatal(failed)
		}
		if what == "an empty file" {
			if err != nil || string(text) != "another" {
				t.Errorf("%s: %v, %s", what, err, text)
			}
			continue
		}
		after, gone := os.Lstat(place)
		if err == nil || !strings.Contains(err.Error(), "something that sunshine did not write") || string(text) != "home" || gone != nil || after.Mode() != before.Mode() {
			t.Errorf("%s: %v, %s", what, err, text)
		}
	}
}
