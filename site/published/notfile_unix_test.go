//go:build unix

package published

import (
	"os"
	"syscall"
)

// notFiles are what may stand where a file is expected.
var notFiles = map[string]func(path string) error{
	"a pipe":     func(path string) error { return syscall.Mkfifo(path, 0o600) },
	"a link":     func(path string) error { return os.Symlink("robots.txt", path) },
	"a link out": func(path string) error { return os.Symlink("/etc/hostname", path) },
}
