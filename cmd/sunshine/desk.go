package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"sunshine/site"
	"sunshine/site/desk"
	"sunshine/site/preview"
	"sunshine/site/problem"
	"sunshine/site/write"
)

// desk serves the month's work as pages on this machine, beside a preview.
func (c *command) desk(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	unlock, err := write.Lock(o.Dir)
	if err != nil {
		return 0, usage("这个目录已经有一个工作台开着，或者不能用：%v", "a desk is open on this folder already, or it cannot be used: %v", err)
	}
	defer unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workshop := site.NewWorkshop(c.now)
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- preview.Serve(ctx, preview.Options{
			Dir: o.Dir, Log: io.Discard, Language: lang,
			Build: func(ctx context.Context, show func(preview.Site)) (problem.List, error) {
				now, err := c.options(f, args)
				if err != nil {
					return nil, err
				}
				draft, problems, err := workshop.Draft(ctx, now)
				if err == nil && draft != nil {
					show(draft)
				}
				return problems, err
			},
			Ready: func(url string) { ready <- url },
		})
	}()
	var look string
	select {
	case look = <-ready:
	case err := <-ended:
		return 0, err
	case <-time.After(10 * time.Second): // a large bureau takes as long as it takes
	case <-ctx.Done():
		return exitFine, nil
	}
	work := &site.Desk{Options: func() (site.Options, error) { return c.options(f, args) }, Who: c.who(), Env: c.env, Language: lang, Workshop: workshop}
	err = desk.Serve(ctx, desk.Options{
		Port: f.port, Token: rand.Text(), Work: work, Preview: look, Log: c.stdout, Language: lang,
		Ready: func(url string) {
			if f.open {
				if err := openBrowser(url); err != nil {
					fmt.Fprintln(c.stderr, "sunshine: "+problem.Visible(problem.Say("没能打开浏览器：%v", "the browser did not open: %v", err).In(lang)))
				}
			}
		},
	})
	stop()
	<-ended
	return exitFine, err
}

