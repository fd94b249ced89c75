package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"

	"sunshine/site"
	"sunshine/site/desk"
	"sunshine/site/preview"
	"sunshine/site/problem"
)

// desk serves the month's work as pages on this machine, beside a preview.
func (c *command) desk(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	leave, busy, err := site.Occupy(o.Dir)
	if err != nil {
		return 0, err
	}
	if len(busy) > 0 {
		writeText(c.stderr, lang, busy)
		return exitProblems, nil
	}
	defer leave()
	ctx, stop := context.WithCancel(ctx)
	workshop := site.NewWorkshop(c.now)
	address, ended := make(chan string, 1), make(chan error, 1)
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
			Ready: func(url string) { address <- url },
		})
	}()
	defer func() { stop(); <-ended }()
	var look string
	select {
	case look = <-address:
	case err := <-ended:
		ended <- err
		return 0, err
	case <-ctx.Done():
		return exitFine, nil
	}
	work := &site.Desk{Options: func() (site.Options, error) { return c.options(f, args) }, Who: c.who(), Env: c.env, Language: lang, Workshop: workshop}
	if r := repositoryOf(ctx, o.Dir); r != nil {
		work.Commit = r.commit
	}
	return exitFine, desk.Serve(ctx, desk.Options{
		Port: f.port, Token: rand.Text(), Session: rand.Text(), Work: work, Preview: look, Log: c.stdout, Language: lang, Notice: work.Notice,
		Ready: func(url string) {
			if f.open {
				if err := openBrowser(url); err != nil {
					fmt.Fprintln(c.stderr, "sunshine: "+problem.Visible(problem.Say("没能打开浏览器：%v", "the browser did not open: %v", err).In(lang)))
				}
			}
		},
	})
}
