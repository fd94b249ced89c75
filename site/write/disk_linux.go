package write

import (
	"os"

	"golang.org/x/sys/unix"
)

// flush brings everything that was written to the folder's file system to the
// disk. An error that the system kept until then, as for a full disk over the
// network, comes out here.
func flush(root *os.Root) error {
	f, err := root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := possible(unix.Syncfs(int(f.Fd()))); err != nil {
		return &os.PathError{Op: "syncfs", Path: f.Name(), Err: err}
	}
	return nil
}

const topDir = 0x00020000 // FS_TOPDIR_FL of linux/fs.h

// spread tells the file system that the folders below dir have nothing to do
// with each other (chattr +T). ext4 then lays them out over the disk instead of
// in one block group. Without a journal it steps past every recently freed inode
// of a group at each creation: 10,000 new folders where a site was deleted
// before took 2.4 s, and 0.6 s spread. Where it is not to be had, nothing is lost.
func spread(dir string) {
	f, err := os.Open(dir)
	if err != nil {
		return
	}
	defer f.Close()
	if flags, err := unix.IoctlGetInt(int(f.Fd()), unix.FS_IOC_GETFLAGS); err == nil {
		unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flags|topDir)
	}
}
