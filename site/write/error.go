package write

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"sunshine/site/problem"
)

// Error is why a site was not written, for the clerk to read.
type Error struct {
	Problems problem.List // at least one
	Err      error        // what the system said, where it was the system
}

func (e *Error) Error() string {
	p := e.Problems[0]
	message, _ := p.Said(problem.English)
	return p.Position.String() + ": " + message
}

func (e *Error) Unwrap() error { return e.Err }

// refuse is one problem with the output folder.
func refuse(out string, rule problem.Rule, message, hint problem.Text) error {
	e := &Error{}
	e.Problems.Error(problem.Position{File: filepath.ToSlash(out)}, rule, message, hint)
	return e
}

// busy says that another run writes to a folder.
func busy(out string) error {
	return refuse(out, problem.WriteBusy,
		problem.Say("另一个 sunshine 正在写这个文件夹", "another sunshine is writing to this folder"),
		problem.Say("请等它结束后重试", "wait until it has ended and try again"))
}

// systemError says in the clerk's words what the system refused.
func systemError(out string, err error) error {
	message := problem.Say("无法写入网站：%s", "the site cannot be written: %s", err)
	hint := problem.Say("请核对输出文件夹后重试；原有的网站文件没有损坏", "check the output folder and try again; no file of the site is damaged")
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		message = problem.Say("磁盘已满，网站没有写入", "the disk is full; the site was not written")
		hint = problem.Say("请腾出空间后重试；上一次生成的网站没有改动", "make room and try again; the site of the last build is as it was")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		message = problem.Say("没有写入权限：%s", "no permission to write: %s", err)
		hint = problem.Say("请把输出文件夹的写入权限交给运行 sunshine 的用户，或用 --out 指定另一个文件夹", "give the user who runs sunshine permission to write there, or give another folder with --out")
	}
	e := refuse(out, problem.WriteSystem, message, hint).(*Error)
	e.Err = err
	return e
}
