//go:build unix

package send

import (
	"errors"
	"syscall"
)

// alive tells whether a process of this machine is running.
func alive(process int) bool {
	err := syscall.Kill(process, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
