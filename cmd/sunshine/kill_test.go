package main

import (
	"bytes"
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var kills = flag.Int("kills", 3, "how many builds TestKilled kills")

// TestKilled kills the real command at random moments while it turns one site
// into another and back. Every file of the site is then one of the two whole
// versions of it, and the next build mends all.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("-short leaves the kills out")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "public")
	command := func(data string) *exec.Cmd {
		c := exec.Command(self, "build", "--quiet", "--as-of", "2026-10-31", "--out", out, data)
		c.Env = append(os.Environ(), "SUNSHINE_TEST_RUN=1")
		return c
	}
	// Two bureaus that differ in every page, and in which pages there are.
	bureaus := [2]string{filepath.Join(dir, "a"), filepath.Join(dir, "b")}
	for i, bureau := range bureaus {
		if err := os.CopyFS(filepath.Join(bureau, "data"), os.DirFS("../../data")); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(bureau, "data", "releases")); err != nil { // what they hold may not go
			t.Fatal(err)
		}
		site := filepath.Join(bureau, "data", "site.yaml")
		text, err := os.ReadFile(site)
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.Replace(text, []byte("\ntitle: "), []byte("\ntitle: "+strings.Repeat("甲乙"[3*i:3*i+3], 3)), 1)
		if err := os.WriteFile(site, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(bureaus[1], "data/guides/vehicle/transfer.md")); err != nil {
		t.Fatal(err)
	}
	var whole [2]map[string][]byte
	var usual time.Duration // of a build, its charts drawn before
	for n := range 4 {
		begin := time.Now()
		if text, err := command(bureaus[n%2]).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		usual = time.Since(begin)
		whole[n%2] = read(t, out)
	}
	random := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for n := range *kills {
		c := command(bureaus[n%2])
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(usual))))
		c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		for name, data := range read(t, out) {
			if strings.HasPrefix(name, ".sunshine-build/") {
				continue // what was being made; it is never published
			}
			if !bytes.Equal(data, whole[0][name]) && !bytes.Equal(data, whole[1][name]) {
				t.Fatalf("after kill %d, %s is torn: %d bytes", n, name, len(data))
			}
		}
	}
	for i, bureau := range bureaus {
		if text, err := command(bureau).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		got := read(t, out)
		for name := range whole[i] {
			if !bytes.Equal(got[name], whole[i][name]) {
				t.Errorf("%s is not mended", name)
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("%s is left over", name)
		}
	}
	t.Logf("%d of %d builds were killed before their end; no torn file", killed, *kills)
}

// read gives every file under a folder.
func read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil // there is no folder, or it went while it was read
		}
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil // a name of a moment, such as one that a server is about to move
		}
		files[filepath.ToSlash(name)] = data
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
