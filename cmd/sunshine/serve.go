package main

import (
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"time"

	"sunshine/site"
	"sunshine/site/preview"
	"sunshine/site/problem"
)

// serve previews the site from memory; nothing is written to public/.
func (c *command) serve(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	workshop := site.NewWorkshop(c.now)
	return exitFine, preview.Serve(ctx, preview.Options{
		Dir: o.Dir, Port: f.port, Log: c.stderr, Language: lang,
		Build: func(ctx context.Context, show func(preview.Site)) (problem.List, error) {
			if again, err := c.options(f, args); err == nil { // another day may have come
				o = again
			}
			begin := c.now()
			draft, _, err := workshop.Draft(ctx, o)
			if err != nil {
				return nil, err
			}
			if draft == nil { // only what is wrong can be told, and that at once
				show(nil)
			} else {
				show(draft)
				// A check takes some twenty times as long as a draft. Whoever saves
				// again at once does not wait for one.
				select {
				case <-ctx.Done():
					return nil, ctx.Err()
				case <-time.After(min(5*c.now().Sub(begin), time.Second)):
				}
			}
			problems, err := workshop.Check(ctx, o)
			if err == nil {
				writeText(c.stderr, lang, problems)
			}
			return problems, err
		},
		Ready: func(url string) {
			if f.open {
				if err := openBrowser(url); err != nil {
					fmt.Fprintln(c.stderr, "sunshine: "+problem.Visible(problem.Say("没能打开浏览器：%v", "the browser did not open: %v", err).In(lang)))
				}
			}
		},
	})
}

// openBrowser asks the desktop to open an address.
func openBrowser(url string) error {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", url).Start()
	case "darwin":
		return exec.Command("open", url).Start()
	}
	return exec.Command("xdg-open", url).Start()
}
