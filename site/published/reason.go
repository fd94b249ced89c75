package published

import (
	"errors"
	"net"
	"net/url"

	"sunshine/site/folder"
	"sunshine/site/problem"
)

var (
	errDiffers = errors.New("the file differs from what the manifest says")
	errSlow    = errors.New("the server is too slow")
)

// errEncoded is a content encoding that nobody asked for.
type errEncoded string

func (e errEncoded) Error() string { return "sent encoded as " + string(e) }

// errRedirected is the address that a server sends on to.
type errRedirected string

func (e errRedirected) Error() string { return "redirected to " + string(e) }

// Reason says in words why something of a site could not be read.
func Reason(err error) problem.Text {
	var encoded errEncoded
	var redirected errRedirected
	var late net.Error
	switch {
	case errors.As(err, &encoded):
		return problem.Say("服务器发来的是另行编码的（%s），没有要求这样做", "the server encoded it as %s, which nobody asked for", problem.Quote(string(encoded)))
	case errors.As(err, &redirected):
		return problem.Say("被转到别的网址“%s”", `it leads on to another address, "%s"`, problem.Quote(string(redirected)))
	case errors.Is(err, errDiffers):
		return problem.Say("文件的内容与清单不符", "the file differs from what the manifest says")
	case errors.Is(err, errSlow):
		return problem.Say("服务器太慢，不再等了", "the server is too slow, and was given up")
	case errors.As(err, &late) && late.Timeout():
		return problem.Say("服务器没有应答", "the server does not answer")
	}
	switch folder.Problem("", maxFile, err).Rule {
	case problem.FilesLink:
		return problem.Say("是一个链接，不是文件本身", "it is a symbolic link, and not the file itself")
	case problem.FilesNotAFile:
		return problem.Say("不是普通文件", "it is no regular file")
	case problem.FilesTooLarge:
		return problem.Say("太大", "it is too large")
	}
	if wrong := (*url.Error)(nil); errors.As(err, &wrong) {
		err = wrong.Err
	}
	return problem.Say("%s", "%s", problem.Quote(err.Error()))
}
