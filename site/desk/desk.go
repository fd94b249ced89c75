// Package desk serves the month's work on this machine, for staff who never open a
// terminal: what is due, what arrived, how it is read, what is wrong, what will change for
// the public, and the publication.
//
//   - It has no logic of its own. What is done is done by a Work, which package site has;
//     every page is made of what that says, and every step is a form that is sent.
//   - It listens on 127.0.0.1 only. Whoever opens the address with its token gets a cookie;
//     without that, from another host's name, or from another site's page, nothing is
//     answered. Two desks on one folder: the second says so.
//   - Pages are plain HTML under a strict Content-Security-Policy, and work without
//     scripts. What the folder holds is escaped by type.
//   - A file that changed on the disk meanwhile is never written over: both versions are
//     shown.
package desk

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"sunshine/site/preview"
	"sunshine/site/problem"
)

// Options say whose desk it is and where it stands.
type Options struct {
	Port     int    // the first port to try; 0 takes any free one
	Token    string // that the address is opened with; nobody can guess it
	Session  string // that its cookie has, another that nobody can guess
	Work     Work
	Preview  string // the address of a preview of the folder; empty where there is none
	Log      io.Writer
	Language problem.Language
	Ready    func(url string)    // called once it listens; may be nil
	Notice   func() problem.Text // what has to be known of the last thing that was done; may be nil
}

// Serve keeps the desk until ctx is done, and then gives nil.
func Serve(ctx context.Context, o Options) error {
	listener, err := preview.Listen(o.Port, o.Language)
	if err != nil {
		return err
	}
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	pages := newDesk(ctx, o)
	server := &http.Server{
		Handler:           guarded(port, o.Token, o.Session, o.Preview, pages),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	url := fmt.Sprintf("http://127.0.0.1:%d/?token=%s", port, o.Token)
	fmt.Fprintln(o.Log, problem.Say("工作台（按 Ctrl+C 结束），在浏览器里打开：", "the desk (press Ctrl+C to stop); open in a browser:").In(o.Language))
	fmt.Fprintln(o.Log, url)
	if o.Ready != nil {
		o.Ready(url)
	}
	select {
	case <-ctx.Done():
		err = nil
	case err = <-served:
	}
	end, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(end) != nil {
		server.Close()
	}
	pages.background.Wait()
	return err
}
