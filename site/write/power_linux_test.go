package write

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"sunshine/site/bureau"
)

// TestPowerCut kills builds as TestKilled does, but then looks at the disk and not
// at the file system: what had not reached it is gone. The disk is a file with a
// file system in it, which root may mount; what it holds at a moment is a copy of
// the file. Without a journal of its own the file system keeps no order.
func TestPowerCut(t *testing.T) {
	for name, options := range map[string][]string{"journal": nil, "no journal": {"-O", "^has_journal"}} {
		t.Run(name, func(t *testing.T) {
			if os.Getuid() != 0 {
				t.Skip("needs a disk of its own, which only root may mount")
			}
			dir := t.TempDir()
			disk, later := filepath.Join(dir, "disk"), filepath.Join(dir, "later")
			system(t, "truncate", "-s", "32M", disk)
			system(t, "mkfs.ext4", append(options, "-q", "-F", disk)...)
			versions := [2][]bureau.File{version(1), version(2)}
			var trees [2]map[string]string
			for v, files := range versions {
				trees[v] = map[string]string{}
				for _, f := range files {
					trees[v][f.Path] = string(f.Bytes)
				}
			}
			out := mounted(t, disk)
			var manifests [2]string
			var took time.Duration
			for v := range 4 {
				begin := time.Now()
				if _, err := Site(out, "data", versions[v%2], manifest, 2); err != nil {
					t.Fatal(err)
				}
				took = time.Since(begin)
				manifests[v%2] = read(t, out, ManifestName)
			}
			before := 1 // the version that stands there
			random := rand.New(rand.NewPCG(3, 4))
			seen := [3]int{} // cuts after which the site was old, mixed, new
			for range *kills {
				v := 1 - before
				cut(t, out, v+1, time.Duration(random.Int64N(int64(took))), random.IntN(2) == 0)
				system(t, "cp", disk, later)
				unmount(t, out)
				exec.Command("e2fsck", "-fy", later).Run()
				disk, later = later, disk
				out = mounted(t, disk)

				got := tree(t, os.DirFS(out))
				for name, text := range got {
					if trees[0][name] != text && trees[1][name] != text {
						t.Fatalf("%s holds %d bytes that no version has", name, len(text))
					}
				}
				switch read(t, out, ManifestName) {
				case manifests[v]:
					seen[2]++
					if !maps.Equal(got, trees[v]) {
						t.Fatalf("the new manifest is there, the new site is not: %d files of %d", len(got), len(trees[v]))
					}
				case manifests[before]:
					if seen[1]++; maps.Equal(got, trees[before]) {
						seen[0]++
						seen[1]--
					}
				default:
					t.Fatal("the manifest is neither the old nor the new")
				}
				if _, err := Site(out, "data", versions[v], manifest, 2); err != nil {
					t.Fatalf("the next build: %v", err)
				}
				if got := tree(t, os.DirFS(out)); !maps.Equal(got, trees[v]) {
					t.Fatalf("the next build leaves %d files, want %d", len(got), len(trees[v]))
				}
				before = v
			}
			t.Logf("after %d power cuts: %d old sites, %d in between, %d new", *kills, seen[0], seen[1], seen[2])
		})
	}
}

// cut begins a build of a version and ends it after some time; meanwhile others
// bring a file of theirs to the disk, or do not.
func cut(t *testing.T, out string, v int, after time.Duration, synced bool) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	build := exec.Command(program, strconv.Itoa(v))
	build.Env = append(os.Environ(), killedBuild+"="+out)
	said, err := build.StdoutPipe()
	if err == nil {
		err = build.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said.Read(make([]byte, 1)) // it begins to write
	for end := time.Now().Add(after); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if synced {
			// The names of all files reach the disk with this one, not their bytes.
			if f, err := os.Create(filepath.Join(filepath.Dir(out), "theirs")); err == nil {
				f.Sync()
				f.Close()
			}
		}
	}
	build.Process.Kill()
	if exit := (*exec.ExitError)(nil); errors.As(build.Wait(), &exit) && exit.ExitCode() > 0 {
		t.Fatalf("the build was not killed but failed: %v", exit)
	}
}

// mounted mounts a disk and gives the folder for a site on it.
func mounted(t *testing.T, disk string) string {
	t.Helper()
	dir := t.TempDir()
	if text, err := exec.Command("mount", "-o", "loop", disk, dir).CombinedOutput(); err != nil {
		t.Skipf("needs a disk of its own, and may not mount one: %v %s", err, text)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return filepath.Join(dir, "public")
}

func unmount(t *testing.T, out string) {
	t.Helper()
	system(t, "umount", filepath.Dir(out))
}

// system runs a command of the system.
func system(t *testing.T, name string, args ...string) {
	t.Helper()
	if text, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v %s", name, err, text)
	}
}

func read(t *testing.T, out, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(out, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
