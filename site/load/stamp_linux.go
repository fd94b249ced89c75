package load

import (
	"io/fs"
	"syscall"
)

// systemStamp is what the system knows of a file besides size and time: a file that
// is put in the place of another, or whose time is set back, has another one.
type systemStamp struct {
	inode   uint64
	changed syscall.Timespec
}

func systemStampOf(info fs.FileInfo) systemStamp {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return systemStamp{s.Ino, s.Ctim}
	}
	return systemStamp{}
}
