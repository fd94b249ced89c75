// Package folder opens what stands in a bureau's folder: regular files alone, each
// bounded in size.
//
// A link would lead out of the folder, a FIFO would hold the run up for ever, a
// device has no end: none of them is opened, and each is said. So is a file that
// vanishes, that the system does not let us read to its end, or that somebody writes
// while it is read: half of it may be of the version before.
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"sunshine/site/problem"
)

var (
	errNotAFile = errors.New("no regular file")
	errFolder   = errors.New("a folder")
	errNoFolder = errors.New("no folder")

	errChanged = errors.New("changed while it was read")
	errCut     = errors.New("reading broke off")

	// ErrLink is what is given for a symbolic link.
	ErrLink = errors.New("a symbolic link")

	// ErrTooLarge is what Read and AtMost give for more bytes than there may be.
	ErrTooLarge = errors.New("too large")
)

// Read gives the bytes of a regular file of at most limit bytes.
func Read(fsys fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Lstat(fsys, name) // to open a FIFO would wait for a writer
	if err != nil {
		return nil, err
	}
	if err := Regular(info.Mode()); err != nil {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil {
		return nil, err
	}
	if err := Regular(info.Mode()); err != nil { // it was another one a moment ago
		return nil, err
	}
	if info.Size() > limit {
		return nil, ErrTooLarge
	}
	data := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if int64(len(data)) > limit {
			return nil, ErrTooLarge
		}
		if err != nil {
			if err != io.EOF {
				return nil, fmt.Errorf("%w after %d of %d bytes: %w", errCut, len(data), info.Size(), err)
			}
			after, err := f.Stat()
			if err != nil {
				return nil, fmt.Errorf("%w after %d of %d bytes: %w", errCut, len(data), info.Size(), err)
			}
			if int64(len(data)) != info.Size() || after.Size() != info.Size() || !after.ModTime().Equal(info.ModTime()) {
				return nil, errChanged
			}
			return data, nil
		}
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
	}
}

// ReadUnder is Read where no folder above the file may be a link either: one that leads
// to another place below it is followed by os.Root.
func ReadUnder(fsys fs.FS, name string, limit int64) ([]byte, error) {
	if err := Unlinked(fsys, name); err != nil {
		return nil, err
	}
	return Read(fsys, name, limit)
}

// Unlinked tells that a folder above a file is a link, or gives nil.
func Unlinked(fsys fs.FS, name string) error {
	for dir := path.Dir(name); fs.ValidPath(dir) && dir != "."; dir = path.Dir(dir) {
		if info, err := fs.Lstat(fsys, dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return &fs.PathError{Op: "open", Path: dir, Err: ErrLink}
		}
	}
	return nil
}

// AtMost reads to the end what has at most limit bytes; ErrTooLarge where there are more.
func AtMost(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		return nil, ErrTooLarge
	}
	return data, err
}

// Regular tells by its mode why a file is not to be opened, or gives nil.
func Regular(mode fs.FileMode) error {
	switch {
	case mode.IsRegular():
		return nil
	case mode&fs.ModeSymlink != 0:
		return ErrLink
	case mode.IsDir():
		return errFolder
	}
	return errNotAFile
}

// Folder tells why name is not to be read as a folder, or gives nil; what is not
// there is fs.ErrNotExist.
func Folder(fsys fs.FS, name string) error {
	info, err := fs.Lstat(fsys, name)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return ErrLink
	case !info.IsDir():
		return errNoFolder
	}
	return nil
}

// Problem says in the clerk's words why a file could not be read; limit is the one
// that it was read with.
func Problem(name string, limit int64, err error) problem.Problem {
	p := problem.Problem{Position: problem.Position{File: name}, Severity: problem.Error, Rule: problem.FilesUnreadable}
	switch {
	case errors.Is(err, ErrLink):
		p.Rule = problem.FilesLink
		p.Message = problem.Say("这是一个链接，程序不读取链接", "this is a symbolic link, and links are not read")
		p.Hint = problem.Say("把文件本身复制到这里", "copy the file itself to this place")
	case errors.Is(err, errFolder):
		p.Rule = problem.FilesNotAFile
		p.Message = problem.Say("这是一个文件夹，而这个位置应当是文件", "this is a folder where a file is expected")
		p.Hint = problem.Say("给文件夹换一个名字，把里面的文件移到该放的位置", "give the folder another name and move what is in it to its place")
	case errors.Is(err, errNoFolder):
		p.Rule = problem.FilesNotAFile
		p.Message = problem.Say("这里应当是文件夹", "a folder is expected here")
		p.Hint = problem.Say("移走它，在这个位置新建一个文件夹", "move it away and create a folder in its place")
	case errors.Is(err, errNotAFile):
		p.Rule = problem.FilesNotAFile
		p.Message = problem.Say("这不是普通文件", "this is not a regular file")
		p.Hint = problem.Say("移走它", "move it away")
	case errors.Is(err, ErrTooLarge):
		p.Rule = problem.FilesTooLarge
		p.Message = problem.Say("文件太大，这类文件最大%d MiB", "the file is too large; files of its kind may have %d MiB", limit>>20)
		p.Hint = problem.Say("分成几个文件，或者压缩里面的图片", "split it into several files, or make its pictures smaller")
	case errors.Is(err, errChanged):
		p.Message = problem.Say("读的时候文件正在改动，没有读完整", "the file changed while it was read")
		p.Hint = problem.Say("等它保存、复制或者同步完，关闭正在编辑它的程序，再运行一次", "wait until it is saved, copied or synchronised, close any program that edits it, then run again")
	case errors.Is(err, errCut):
		p.Message = problem.Say("文件没有读完就断了，什么也没有读入：%s", "the file could not be read to its end, and nothing of it was taken: %s", problem.Quote(err.Error()))
		p.Hint = problem.Say("网络盘或者U盘断开了的，重新连接，把文件复制到本机，再运行一次；复制也不成的，请报送单位重发", "if a network drive or a stick was cut off, connect it again, copy the file to this computer and run again; if it cannot be copied either, ask for the file once more")
	case errors.Is(err, fs.ErrNotExist):
		p.Message = problem.Say("这个文件找不到了", "the file is not there")
		p.Hint = problem.Say("检查文件是否被移动，或者正在同步，然后再运行一次", "check whether it was moved or is being synchronised, then run again")
	default:
		p.Message = problem.Say("这个文件无法读取：%s", "the file cannot be read: %s", problem.Quote(err.Error()))
		p.Hint = problem.Say("检查权限，关闭占用它的程序，然后再运行一次", "check its permissions, close any program that holds it open, then run again")
	}
	return p
}
