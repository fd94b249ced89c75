package write

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"sunshine/site/bureau"
)

// version is a site that shares some paths with the versions beside it.
func version(v int) []bureau.File {
	var files []bureau.File
	for _, f := range many(60, v) {
		files = append(files, f)
		f.Path = fmt.Sprintf("only-%d/%s", v%3, f.Path) // gone with the next version
		files = append(files, f)
	}
	for i := range 40 {
		// A file in one version is a folder in another, and the other way round.
		name := fmt.Sprintf("turn/%d", i)
		if (v+i)%2 == 0 {
			name += "/index.html"
		}
		files = append(files, bureau.File{Path: name, Bytes: fmt.Appendf(nil, "turn %d version %d", i, v)})
		files = append(files, bureau.File{Path: fmt.Sprintf("same/%d", i), Bytes: []byte("in every version")})
	}
	return files
}

// When the variable is set, the test's program is a build that is to be killed.
const killedBuild = "SUNSHINE_TEST_KILLED_BUILD"

func TestMain(m *testing.M) {
	if out := os.Getenv(killedBuild); out != "" {
		v, _ := strconv.Atoi(os.Args[1])
		files := version(v)
		os.Stdout.WriteString("writing\n")
		if _, err := Site(out, "data", files, manifest, 2); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var kills = flag.Int("kills", 3, "how many builds TestKilled and TestPowerCut kill")

func TestKilled(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "public")
	whole := map[string]map[string]bool{} // path -> the bytes that it has in some version
	const versions = 6
	for v := range versions {
		for _, f := range version(v) {
			if whole[f.Path] == nil {
				whole[f.Path] = map[string]bool{}
			}
			whole[f.Path][string(f.Bytes)] = true
		}
	}
	start := time.Now()
	if _, err := Site(out, "data", version(0), manifest, 2); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	put(t, out, "others/mine", "stays")
	whole["others/mine"] = map[string]bool{"stays": true}

	killed, attempts := 0, 0
	random := rand.New(rand.NewPCG(1, 2))
	for ; killed < *kills && attempts < 10**kills; attempts++ {
		v := random.IntN(versions)
		if attempts%10 == 0 {
			os.RemoveAll(out) // a first build is killed too
			delete(whole, "others/mine")
		}
		build := exec.Command(program, strconv.Itoa(v))
		build.Env = append(os.Environ(), killedBuild+"="+out)
		said, err := build.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		said.Read(make([]byte, 1)) // it begins to write
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		build.Process.Kill()
		if err := build.Wait(); err == nil {
			took = max(took*3/4, time.Millisecond) // it was done before
			continue
		} else if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() > 0 {
			t.Fatalf("the build was not killed but failed: %v", err)
		}
		killed++

		root := os.DirFS(out)
		for name, text := range tree(t, root) {
			if !whole[name][text] {
				t.Fatalf("after kill %d, %s holds %d bytes that no version has", killed, name, len(text))
			}
		}
		if attempts%3 == 0 {
			continue // two or more killed in a row
		}
		v = random.IntN(versions)
		if _, err := Site(out, "data", version(v), manifest, 2); err != nil {
			t.Fatalf("the build after kill %d: %v", killed, err)
		}
		got := tree(t, root)
		delete(got, "others/mine")
		for _, f := range version(v) {
			if got[f.Path] != string(f.Bytes) {
				t.Fatalf("after kill %d, the next build leaves %s unmended", killed, f.Path)
			}
			delete(got, f.Path)
		}
		if len(got) != 0 {
			t.Fatalf("after kill %d, the next build leaves %d files that are not of the site: %q", killed, len(got), slices.Sorted(maps.Keys(got)))
		}
		if _, err := os.Lstat(filepath.Join(out, workDir)); err == nil {
			t.Fatalf("after kill %d, the next build leaves %s", killed, workDir)
		}
	}
	t.Logf("%d of %d builds were killed while they wrote", killed, attempts)
	if killed < *kills {
		t.Errorf("want %d killed", *kills)
	}
}

// tree gives the files of a site by path, without the manifest and what is in
// work.
func tree(t *testing.T, root fs.FS) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == workDir:
			return fs.SkipDir
		case name == ManifestName:
			if b, err := fs.ReadFile(root, name); err != nil || !json.Valid(b) {
				t.Errorf("the manifest is torn: %q, %v", b, err)
			}
		case !d.IsDir():
			b, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			files[name] = string(b)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// A build that is killed right after its moves leaves files that no manifest
// names; one with another set of files removes them all the same.
func TestJournal(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, "index.html", "1", "old", "1")
	old, err := os.ReadFile(filepath.Join(out, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	build(t, out, "index.html", "2", "new/page", "2")
	put(t, out, ManifestName, string(old)) // as it was before the last step
	put(t, out, journalFile, "index.html\nnew/page\nold\n../outside")
	put(t, out, stageDir+"/half", "x")

	// A build in between that fails keeps the names.
	if _, err := Site(out, "data", pages("a", "1", "a/b", "2"), manifest, 2); err == nil {
		t.Fatal("want an error")
	}
	report := build(t, out, "index.html", "3")
	if got := content(t, out); got != "index.html=3" {
		t.Errorf("the folder holds %q", got)
	}
	if report.Removed != 1 {
		t.Errorf("report %+v", report)
	}

	// A leftover goes also where nothing else is to be done.
	put(t, out, stageDir+"/half", "x")
	build(t, out, "index.html", "3")
	if got := content(t, out); got != "index.html=3" {
		t.Errorf("the folder holds %q", got)
	}
}

// A build that was killed as it made the first folder leaves no name at all.
func TestKilledAtOnce(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	if err := os.MkdirAll(filepath.Join(out, workDir), 0o755); err != nil {
		t.Fatal(err)
	}
	build(t, out, "index.html", "1")
	if got := content(t, out); got != "index.html=1" {
		t.Errorf("the folder holds %q", got)
	}
	manifestOf, err := os.ReadFile(filepath.Join(out, ManifestName))
	if err != nil || !bytes.Contains(manifestOf, []byte(`"index.html"`)) {
		t.Errorf("manifest: %s, %v", manifestOf, err)
	}
}
