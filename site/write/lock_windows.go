package write

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// Lock keeps other runs of this person on this machine that write out of a folder until unlock
// or the end of the process, however it ends. Folders themselves cannot be locked there: what
// is held is a name made of the folder's.
func Lock(out string) (unlock func(), err error) {
	path, err := filepath.Abs(out)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return nil, systemError(out, err)
	}
	sum := sha256.Sum256([]byte(strings.ToLower(path)))
	name, err := windows.UTF16PtrFromString(`Local\sunshine-` + hex.EncodeToString(sum[:]))
	if err != nil {
		return nil, systemError(out, err)
	}
	held, err := windows.CreateMutex(nil, false, name)
	if errors.Is(err, windows.ERROR_ALREADY_EXISTS) {
		windows.CloseHandle(held)
		return nil, busy(out)
	}
	if err != nil {
		return nil, systemError(out, err)
	}
	return func() { windows.CloseHandle(held) }, nil
}

// writable is found out by writing.
func writable(string) error { return nil }
