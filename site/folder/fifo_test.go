//go:build unix

package folder

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// To open a FIFO is to wait for who writes to it.
func TestFIFOIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "a"), 0o600); err != nil {
		t.Skip(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := Read(os.DirFS(dir), "a", 10)
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a FIFO is read")
		}
	case <-time.After(5 * time.Second):
		t.Error("it waits")
	}
}
