// Package preview serves the site on this machine while somebody works on the
// data, and shows every change at once.
//
//   - It listens on 127.0.0.1 only and answers only to the names of this machine,
//     so that no other host and no foreign page (DNS rebinding) reads a draft.
//   - The site is served from memory. A change under data/ or templates/ builds it
//     anew; changes that come together are one build, and changes during a build
//     make one more.
//   - A build with errors leaves the last good site up. Its problems are shown as
//     an overlay in the page, and go away when they are mended.
//   - Pages get a script and a style sheet of the same origin (live reload by
//     Server-Sent Events) as they are served; the files of the site do not have
//     them. Both work under the site's strict Content-Security-Policy.
package preview

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// Options say what to serve and where.
type Options struct {
	Dir      string // the bureau's folder; its data/ and templates/ are watched
	Port     int    // the first port to try; 0 takes any free one
	Build    Build
	Log      io.Writer
	Language problem.Language
	Ready    func(url string) // called once, after the first build; may be nil
}

// Build makes the site. The files count when err is nil and no problem is an
// error; otherwise the last good ones stay.
type Build func(ctx context.Context) ([]bureau.File, problem.List, error)

// ports is how many ports are tried when the first is taken.
const ports = 20

// Serve serves the site until ctx is done, and then gives nil.
func Serve(ctx context.Context, o Options) error {
	listener, err := listen(o.Port)
	if err != nil {
		return errors.New(problem.Say("端口%[1]d至%[2]d都不能用（%[3]v）；请用 --port 指定别的端口",
			"none of the ports %[1]d to %[2]d can be used (%[3]v); give another with --port", o.Port, o.Port+ports-1, err).In(o.Language))
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
		first := true
		for {
			if err := w.watchTree(); err != nil {
				fmt.Fprintln(o.Log, problem.Visible(problem.Say("有文件夹无法监视，其中的改动不会自动显示：%v", "a folder cannot be watched; changes in it will not be shown automatically: %v", err).In(o.Language)))
			}
			files, problems, err := o.Build(ctx)
			if ctx.Err() != nil {
				return
			}
			fmt.Fprintln(o.Log, problem.Visible(p.update(files, problems, err).In(o.Language)))
			if first && o.Ready != nil {
				o.Ready(url)
			}
			first = false
			if !w.wait(ctx) {
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

// listen takes the first free port.
func listen(port int) (listener net.Listener, err error) {
	for i := range ports {
		listener, err = net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+i)))
		if err == nil || port == 0 {
			break
		}
	}
	return listener, err
}

// preview holds what is served now. It is an http.Handler.
type preview struct {
	language problem.Language
	seed     maphash.Seed

	mu    sync.Mutex
	state state
}

// state is the outcome of the last build.
type state struct {
	files map[string][]byte // of the last good build; nil before
	site  string            // tells one good build from another
	event []byte            // for the page, see message
	next  chan struct{}     // closed when the state is no longer the last
}

func newPreview(language problem.Language) *preview {
	p := &preview{language: language, seed: maphash.MakeSeed()}
	p.state = state{event: p.message("", nil, nil), next: make(chan struct{})}
	return p
}

// current gives the state.
func (p *preview) current() state {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// update takes the outcome of a build, and says it in one line.
func (p *preview) update(files []bureau.File, problems problem.List, err error) problem.Text {
	last := p.current()
	now := state{files: last.files, site: last.site, next: make(chan struct{})}
	var said problem.Text
	switch {
	case err != nil:
		said = problem.Say("生成没有成功，网站没有更新：%v", "the build failed and the site was not updated: %v", err)
	case problems.Errors() > 0:
		said = problem.Say("生成没有成功，网站没有更新（错误%d个）", "the build failed and the site was not updated (errors: %d)", problems.Errors())
	default:
		said = problem.Say("已生成%d个文件（警告%d个）", "files built: %d (warnings: %d)", len(files), len(problems))
		now.files = make(map[string][]byte, len(files))
		var h maphash.Hash
		h.SetSeed(p.seed)
		for _, f := range files {
			now.files[f.Path] = f.Bytes
			h.WriteString(f.Path)
			h.WriteByte(0)
			h.Write(f.Bytes)
			h.WriteByte(0)
		}
		now.site = strconv.FormatUint(h.Sum64(), 36)
	}
	now.event = p.message(now.site, problems, err)

	p.mu.Lock()
	p.state = now
	p.mu.Unlock()
	close(last.next)
	return said
}
