//go:build unix

package git

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A FIFO in the place of one of git's files is not waited for.
func TestFIFO(t *testing.T) {
	for _, name := range []string{".git", ".git/HEAD", ".git/commondir"} {
		dir := t.TempDir()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(file, 0o644); err != nil {
			t.Fatal(err)
		}
		done := make(chan string, 1)
		go func() { done <- Commit(dir) }()
		select {
		case got := <-done:
			if got != "" {
				t.Errorf("%s: %q", name, got)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: it hangs", name)
		}
	}
}
