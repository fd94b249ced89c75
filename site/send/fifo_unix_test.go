//go:build unix

package send

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"sunshine/site/write"
)

// A FIFO at the target is not waited for.
func TestFIFO(t *testing.T) {
	for _, name := range []string{write.ManifestName, workDir + "/" + journalNote} {
		dir := t.TempDir()
		target := folderAt(t, dir)
		if err := target.store.(*disk).folder(workDir); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(filepath.Join(dir, filepath.FromSlash(name)), 0o644); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() {
			_, err := target.Look(context.Background(), nil)
			done <- err
		}()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("%s is read", name)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s: it hangs", name)
		}
	}
}
