//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package write

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Lock keeps other runs that write out of a folder until unlock or the end of the
// process, however it ends.
func Lock(out string) (unlock func(), err error) {
	dir, err := os.Open(out)
	if err != nil {
		return nil, systemError(out, err)
	}
	err = syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		dir.Close()
		return nil, busy(out)
	}
	// A file system without locks is used without.
	return func() { dir.Close() }, nil
}

// writable tells whether entries of a folder can be made and removed.
func writable(dir string) error {
	const write, search = 2, 1
	if err := syscall.Access(dir, write|search); err != nil {
		return &fs.PathError{Op: "write", Path: dir, Err: err}
	}
	return nil
}
