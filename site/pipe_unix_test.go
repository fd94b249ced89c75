//go:build unix

package site_test

import "syscall"

// pipe makes what holds up whoever opens it.
func pipe(path string) error { return syscall.Mkfifo(path, 0o600) }
