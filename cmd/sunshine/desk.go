package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

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
	if git, err := exec.LookPath("git"); err == nil && exec.CommandContext(ctx, git, "-C", o.Dir, "rev-parse", "--git-dir").Run() == nil {
		work.Commit = func(sentence string, files []string) problem.Text { return commit(ctx, git, o.Dir, sentence, files) }
	}
	return exitFine, desk.Serve(ctx, desk.Options{
		Port: f.port, Token: rand.Text(), Work: work, Preview: look, Log: c.stdout, Language: lang,
		Ready: func(url string) {
			if f.open {
				if err := openBrowser(url); err != nil {
					fmt.Fprintln(c.stderr, "sunshine: "+problem.Visible(problem.Say("没能打开浏览器：%v", "the browser did not open: %v", err).In(lang)))
				}
			}
		},
	})
}

// commit keeps files of a folder in its repository, those alone, with a sentence; it says why
// where it could not.
func commit(ctx context.Context, git, dir, sentence string, files []string) problem.Text {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	run := func(args ...string) error {
		out, err := exec.CommandContext(ctx, git, append([]string{"-C", dir, "-c", "core.quotepath=off"}, args...)...).CombinedOutput()
		if err != nil {
			first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
			return errors.Join(err, errors.New(first))
		}
		return nil
	}
	paths := make([]string, len(files))
	for i, file := range files {
		paths[i] = ":(literal)" + filepath.FromSlash(file)
	}
	err := run(append([]string{"add", "--all", "--"}, paths...)...)
	if err == nil {
		err = run(append([]string{"commit", "--quiet", "--message", sentence, "--"}, paths...)...)
	}
	if err != nil {
		return problem.Say("文件已经写好，没有存入版本库（git）：%s", "the files are written, but not committed to git: %s", problem.Quote(err.Error()))
	}
	return problem.Text{}
}
