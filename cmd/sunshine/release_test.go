package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReproducible makes the binaries of a version as RELEASE.md says, and one of them
// again from another clone with nothing kept: they are the same, byte for byte.
func TestReproducible(t *testing.T) {
	if !*proof {
		t.Skip("-proof runs it")
	}
	top := git(t, ".", "rev-parse", "--show-toplevel")
	clone := func(name string) string {
		dir := filepath.Join(t.TempDir(), name)
		git(t, ".", "clone", "--quiet", "--no-hardlinks", top, dir)
		dist := filepath.Join("templates", "dist") // what make bundled
		if err := os.RemoveAll(filepath.Join(dir, dist)); err != nil {
			t.Fatal(err)
		}
		copyFolder(t, filepath.Join(dir, dist), filepath.Join(top, dist))
		return dir
	}
	in := func(dir string, env []string, args ...string) {
		t.Helper()
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out)
		}
	}
	first := clone("first")
	in(first, nil, "make", "--old-file=templates/dist/echarts.js", "release")
	sums, err := os.ReadFile(filepath.Join(first, "bin", "release", "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", sums)
	check := exec.Command("sha256sum", "--check", "checksums.txt")
	check.Dir = filepath.Join(first, "bin", "release")
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for _, target := range []string{"linux_amd64", "linux_arm64", "linux_loong64", "windows_amd64.exe", "windows_arm64.exe", "darwin_amd64", "darwin_arm64"} {
		if !strings.Contains(string(sums), "_"+target+"\n") {
			t.Errorf("there is none for %s", target)
		}
	}
	again := clone("again, elsewhere")
	program := filepath.Join(again, "bin", "sunshine")
	in(again, []string{"CGO_ENABLED=0", "GOCACHE=" + t.TempDir()}, "go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w", "-o", program, "./cmd/sunshine")
	binary, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(binary)
	if got := hex.EncodeToString(sum[:]); !strings.Contains(string(sums), got) {
		t.Errorf("built again it has %s", got)
	}
}
