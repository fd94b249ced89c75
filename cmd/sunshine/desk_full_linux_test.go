package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// On a disk that is full nothing is taken and nothing is half: the old files stay, and the
// page says why. With room again, all is done.
func TestDeskFull(t *testing.T) {
	from, disk, book := aBureau(t), t.TempDir(), sixTables(t)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("needs a small disk to fill, and may not mount one: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	dir := filepath.Join(disk, "bureau")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	d := deskAt(t, dir)
	to := filepath.Join(t.TempDir(), "www")
	filler := filepath.Join(disk, "filler")
	// fill leaves so many bytes of room.
	fill := func(room int) {
		t.Helper()
		f, err := os.Create(filler)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for {
			if _, err := f.Write(make([]byte, 4096)); err != nil {
				break
			}
		}
		info, err := f.Stat()
		if err != nil || f.Truncate(max(0, info.Size()-int64(room))) != nil {
			t.Fatal(err)
		}
	}
	actions := aMonthAtTheDesk(book, to)
	for _, a := range actions[:8] {
		if strings.Contains(a.name, "which brings nothing") {
			os.Remove(filler)
			if err := a.do(d); err != nil {
				t.Fatal(err)
			}
			continue
		}
		was := heldIn(t, dir)
		steps := len(read(t, filepath.Join(dir, ".sunshine/steps")))
		refused := 0
		for room := 0; ; room += 4096 { // of which each file takes one at least
			fill(room)
			err := a.do(d)
			if err == nil {
				break
			}
			refused++
			if !strings.Contains(err.Error(), "磁盘满了") || !strings.Contains(err.Error(), "文件没有改动") {
				t.Fatalf("%s with room for %d bytes: %v", a.name, room, err)
			}
			sameFiles(t, a.name, was, heldIn(t, dir))
			if t.Failed() {
				t.FailNow()
			}
			if got := len(read(t, filepath.Join(dir, ".sunshine/steps"))); got > steps+1 { // .gitignore
				t.Errorf("%s leaves %d steps", a.name, got-steps)
			}
			if a := d.get(t, "/"); a.status != 200 || strings.Contains(a.told(), "断了") {
				t.Errorf("%s: %d: %s", "/", a.status, a.told())
			}
		}
		if refused == 0 {
			t.Errorf("%s is done on a full disk", a.name)
		}
		t.Logf("%s is refused %d times", a.name, refused)
	}
	for name := range read(t, dir) {
		if strings.HasPrefix(filepath.Base(name), ".sunshine-") {
			t.Errorf("%s is left over", name)
		}
	}
	os.Remove(filler)
	if err := actions[8].do(d); err != nil {
		t.Error(err)
	}
}
