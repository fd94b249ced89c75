package desk

import (
	"errors"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"syscall"

	"sunshine/site/folder"
	"sunshine/site/problem"
	"sunshine/site/table"
	"sunshine/site/write"
)

// errForm is what is given for a request that is no form of the desk's pages.
var errForm = errors.New("no form of this page")

// why says what went wrong in words of whoever works here.
func (d *desk) why(err error) string {
	said := func(zh, en string) string {
		return d.say(zh, en) + d.say("（", " (") + err.Error() + d.say("）", ")")
	}
	var refused *write.Error
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return d.say("一次送来的太大，最多 %d MiB；文件多的分几次放，一个文件就这么大的分成几个", "too much was sent at once: at most %d MiB; send files in several parts, and split one that is so large", table.MaxFile>>20)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return d.say("没有送完就断了；再送一次", "it broke off before its end; send it again")
	case errors.Is(err, errForm), errors.Is(err, http.ErrNotMultipart):
		return d.say("这不是这一页的表单", "this is no form of this page")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return said("磁盘满了，或者不许写这么大的文件，没有写成；腾出空间再做一次", "the disk is full, or a file so large is not allowed: it was not written; make room and do it again")
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return said("没有读写这个位置的权限；请把权限交给运行 sunshine 的用户", "there is no permission to read or write there; give it to the user who runs sunshine")
	case errors.Is(err, folder.ErrLink), strings.Contains(err.Error(), "path escapes from parent"): // os.Root has no name for it
		return said("路上有一个链接，程序不跟着链接读写；把文件本身放到这里", "there is a link on the way, and links are not followed; put the file itself here")
	case errors.Is(err, folder.ErrTooLarge):
		return said("文件太大，工作台里打不开、改不了；分成几个，或者删去一些", "the file is too large for the desk; split it, or take something out")
	case errors.As(err, &refused):
		message, hint := refused.Problems[0].Said(d.Language)
		return message + d.say("；", "; ") + hint
	case errors.Is(err, fs.ErrNotExist):
		return said("这个文件找不到了", "the file is not there")
	case errors.Is(err, fs.ErrInvalid):
		return said("这个文件不在这里读写", "this file is not read or written here")
	case errors.Is(err, syscall.ENAMETOOLONG):
		return d.say("名称太长，磁盘上存不了这样的文件", "the name is too long for a file")
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR), folder.Problem("", 0, err).Rule == problem.FilesNotAFile:
		return said("这个位置该是文件的是文件夹，或者该是文件夹的是文件；移走它", "there is a folder where a file belongs, or a file where a folder belongs; move it away")
	}
	if words := message(""); errors.As(err, &words) {
		return err.Error()
	}
	return said("电脑没有做成；把括号里的话告诉管这台电脑的人", "the machine did not do it; tell who keeps this computer what stands in brackets")
}

// statusOf is the status of an answer that says what went wrong.
func statusOf(err error) int {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, io.ErrUnexpectedEOF):
		return http.StatusBadRequest
	case errors.Is(err, errForm), errors.Is(err, http.ErrNotMultipart):
		return http.StatusUnsupportedMediaType
	case errors.As(err, new(message)):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}
