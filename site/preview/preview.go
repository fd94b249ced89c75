// Package preview serves the site on this machine while somebody works on the
// data, and shows every change at once.
//
//   - It listens on 127.0.0.1 only and answers only to the names of this machine,
//     so that no other host and no foreign page (DNS rebinding) reads a draft.
//   - The site is served from memory, and each file is made when it is asked for. A
//     change under data/ or templates/ builds it anew; changes that come together are
//     one build, and changes during a build make one more. A build that is only being
//     checked any more is given up for the next.
//   - What can be shown is shown at once. What is wrong comes over it, as an overlay in
//     the page, as soon as it is known, and goes away when it is mended. A folder that
//     cannot be read leaves the last good site up.
//   - Pages get a script and a style sheet of the same origin (live reload by
//     Server-Sent Events) as they are served; the files of the site do not have
//     them. Both work under the site's strict Content-Security-Policy.
package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"sunshine/site/problem"
)

// Options say what to serve and where.
type Options struct {
	Dir      string // the bureau's folder; its data/ and templates/ are watched
	Port     int    // the first port to try; 0 takes any free one
	Build    Build
	Log      io.Writer
	Language problem.Language
	Ready    func(url string) // called once, when there is something to see; may be nil
}

// Site is what is served. Several goroutines ask it at a time.
type Site interface {
	// File gives a file by its path; ok is false where there is none.
	File(path string) (file []byte, ok bool)
	// Name tells one site from another: where it is the same, all files are.
	Name() string
}

// Build makes the site. It shows it where it can be shown, before it tells what is wrong
// with it, or nil where it cannot, so that the last one stays. After that it may be cancelled.
type Build func(ctx context.Context, show func(Site)) (problem.List, error)

// ports is how many ports are tried when the first is taken.
const ports = 20

// Serve serves the site until ctx is done, and then gives nil.
func Serve(ctx context.Context, o Options) error {
	listener, err := Listen(o.Port, o.Language)
	if err != nil {
		return err
	}
	defer listener.Close()
	w, err := newWatcher(o.Dir)
	if err != nil {
		return err
	}
	defer w.close()

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	p := newPreview(o.Language)
	server := &http.Server{
		Handler:           p,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends event streams too
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	url := fmt.Sprintf("http://%s/", listener.Addr())
	fmt.Fprintln(o.Log, problem.Say("预览：%s（按 Ctrl+C 结束）", "serving %s (press Ctrl+C to stop)", url).In(o.Language))
	built := make(chan struct{})
	go func() {
		defer close(built)
		ready := sync.OnceFunc(func() {
			if o.Ready != nil {
				o.Ready(url)
			}
		})
		for {
			if err := w.watchTree(); err != nil {
				fmt.Fprintln(o.Log, problem.Visible(problem.Say("有文件夹无法监视，其中的改动不会自动显示：%v", "a folder cannot be watched; changes in it will not be shown automatically: %v", err).In(o.Language)))
			}
			if !p.build(ctx, o, w, ready) {
				return
			}
		}
	}()

	select {
	case <-ctx.Done():
		err = nil
	case err = <-served:
	}
	stop()
	<-built
	end, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if server.Shutdown(end) != nil {
		server.Close()
	}
	return err
}

// build makes the site once, and returns when something has changed since; false when ctx
// is done first. ready is called when there is something to see.
func (p *preview) build(ctx context.Context, o Options, w *watcher, ready func()) bool {
	building, giveUp := context.WithCancel(ctx)
	defer giveUp()
	shown, done, changed := make(chan struct{}), make(chan struct{}), make(chan bool, 1)
	go func() {
		defer close(done)
		shows, told := false, false
		problems, err := o.Build(building, func(s Site) {
			if s != nil {
				p.show(s)
				ready()
				shows = true
			}
			if !told {
				told = true
				close(shown)
			}
		})
		if building.Err() != nil {
			return
		}
		fmt.Fprintln(o.Log, problem.Visible(p.update(problems, err, shows).In(o.Language)))
		ready()
	}()
	go func() { changed <- w.wait(ctx) }()
	again := <-changed
	select {
	case <-done:
	case <-shown: // what is told of it is of no use any more
		giveUp()
	}
	<-done
	return again
}

// Listen takes the first free port on this machine, from one on; 0 takes any. The error is
// for staff.
func Listen(port int, language problem.Language) (listener net.Listener, err error) {
	for i := range ports {
		listener, err = net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+i)))
		if err == nil || port == 0 {
			break
		}
	}
	if err != nil {
		return nil, errors.New(problem.Say("端口%[1]d至%[2]d都不能用（%[3]v）；请用 --port 指定别的端口",
			"none of the ports %[1]d to %[2]d can be used (%[3]v); give another with --port", port, port+ports-1, err).In(language))
	}
	return listener, nil
}

// preview holds what is served now. It is an http.Handler.
type preview struct {
	language problem.Language

	mu    sync.Mutex
	state state
}

// state is the outcome of the last build.
type state struct {
	site     Site // the last that was shown; nil before
	problems problem.List
	err      error
	event    []byte        // for the page, see message
	next     chan struct{} // closed when the state is no longer the last
}

// name is that of the site; empty where there is none.
func (s state) name() string {
	if s.site == nil {
		return ""
	}
	return s.site.Name()
}

func newPreview(language problem.Language) *preview {
	p := &preview{language: language}
	p.state = state{event: p.message("", nil, nil), next: make(chan struct{})}
	return p
}

// current gives the state.
func (p *preview) current() state {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// show serves a site from now on. What was wrong with the one before stands until it is
// known what is with this one.
func (p *preview) show(s Site) {
	now := p.current()
	now.site = s
	p.set(now)
}

// update takes the outcome of a build, and says it in one line.
func (p *preview) update(problems problem.List, err error, shown bool) problem.Text {
	now := p.current()
	now.problems, now.err = problems, err
	p.set(now)
	switch count := problem.Say("错误%d个，警告%d个", "errors: %d, warnings: %d", problems.Errors(), len(problems)-problems.Errors()); {
	case err != nil && shown:
		return problem.Say("预览已更新，没有检查完：%v", "the preview is up to date, but could not be checked: %v", err)
	case err != nil:
		return problem.Say("生成没有成功，预览没有更新：%v", "the build failed and the preview was not updated: %v", err)
	case !shown:
		return problem.Say("生成没有成功，预览没有更新（%s）", "the build failed and the preview was not updated (%s)", count)
	default:
		return problem.Say("预览已更新（%s）", "the preview is up to date (%s)", count)
	}
}

// set makes a state the last one.
func (p *preview) set(now state) {
	now.event, now.next = p.message(now.name(), now.problems, now.err), make(chan struct{})
	p.mu.Lock()
	last := p.state
	p.state = now
	p.mu.Unlock()
	close(last.next)
}
