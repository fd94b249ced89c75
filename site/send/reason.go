package send

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"syscall"

	"sunshine/site/problem"
	"sunshine/site/published"
	"sunshine/site/write"
)

// Why a target cannot be used, where the system does not say it itself.
var (
	errFull    = errors.New("no space left at the target")
	errTooSlow = errors.New("the server is too slow")
	errDropped = errors.New("the connection was lost")
	errTooMuch = errors.New("the server sends without an end")
)

var nothingLost = problem.Say("公众看到的网站还是完整的。", "The public site is whole. ")

// failed says in the clerk's words what went wrong at a target; nil for nil.
func (t *Target) failed(err error) error {
	if err == nil {
		return nil
	}
	if refused := (*write.Error)(nil); errors.As(err, &refused) {
		return err
	}
	if wrong := (AddressError{}); errors.As(err, &wrong) {
		return err
	}
	rule, message, hint := reason(err)
	e := refusal(t.Address, rule, message, hint).(*write.Error)
	e.Err = err
	return e
}

// reason finds the rule that an error breaks, and says what to do.
func reason(err error) (rule problem.Rule, message, hint problem.Text) {
	var dns *net.DNSError
	var late net.Error
	var inBucket bucketError
	resume := problem.Say("%s再运行一次 sunshine publish，会接着上次的发", "%sRun sunshine publish again: it goes on where it was interrupted", nothingLost)
	switch {
	case errors.Is(err, context.Canceled):
		return problem.PublishInterrupted, problem.Say("发布中断了", "the publish was interrupted"), resume
	case errors.As(err, &inBucket):
		return inBucket.rule, inBucket.message, inBucket.hint
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, errFull):
		return problem.PublishFull, problem.Say("那里的磁盘已满", "the disk there is full"),
			problem.Say("%s请管服务器的人腾出空间，再运行一次", "%sAsk whoever keeps the server to make room, and run this again", nothingLost)
	case errors.As(err, &dns):
		return problem.PublishUnreachable, problem.Say("找不到主机“%s”", "the host %s cannot be found", problem.Quote(dns.Name)),
			problem.Say("核对地址里主机的名称；没有写错的，检查网络和 DNS 设置，或者换成 IP 地址", "check the name of the host in the address; if it is right, check the network and its DNS, or give the IP address")
	case errors.Is(err, syscall.ECONNREFUSED):
		return problem.PublishUnreachable, problem.Say("主机没有在这个端口接收连接", "the host takes no connection on this port"),
			problem.Say("核对地址和端口；没有写错的，请管服务器的人看服务是不是停了、防火墙有没有放行", "check address and port; if they are right, ask whoever keeps the server whether the service runs and the firewall lets you pass")
	case errors.Is(err, errTooMuch):
		return problem.PublishSystem, problem.Say("服务器发来的内容没完没了，不再读了", "the server sends more than a site can be, and was given up"),
			problem.Say("核对地址；没有写错的，请管服务器的人查看", "check the address; if it is right, ask whoever keeps the server to look at it")
	case errors.As(err, &late) && late.Timeout(), errors.Is(err, errTooSlow), errors.Is(err, context.DeadlineExceeded):
		return problem.PublishUnreachable, problem.Say("服务器没有应答，或者太慢", "the server does not answer, or is too slow"), resume
	case errors.Is(err, errDropped), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENOTCONN), errors.Is(err, syscall.ESTALE), errors.Is(err, syscall.EHOSTDOWN):
		return problem.PublishUnreachable, problem.Say("连接断了", "the connection was lost"), resume
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return problem.PublishRefused, problem.Say("没有权限：%s", "permission denied: %s", said(err)),
			problem.Say("%s请管服务器的人把这个文件夹的读写权限交给发布用的用户", "%sAsk whoever keeps the server to let the user who publishes read and write this folder", nothingLost)
	case errors.Is(err, fs.ErrNotExist):
		return problem.PublishMissing, problem.Say("那里没有要发到的位置：%s", "the place to publish to is not there: %s", said(err)),
			problem.Say("核对地址；网络盘先连接好，服务器上的文件夹请管服务器的人先建好", "check the address; connect the network drive first, and have the folder on the server made by whoever keeps it")
	}
	return problem.PublishSystem, problem.Say("发布没有做完：%s", "the publish did not come to its end: %s", said(err)), resume
}

// said is what the system says of an error, without what it is wrapped in.
func said(err error) problem.Text {
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		return problem.Say("%s（%s）", "%s (%s)", problem.Quote(wrong.Path), problem.Quote(wrong.Err.Error()))
	}
	return published.Reason(err)
}
