package main

import (
	"context"
	"errors"

	"sunshine/site"
	"sunshine/site/problem"
)

// verify holds a built site against its manifest.
func (c *command) verify(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine verify 要写一个网站的目录，或者本机的网址", "sunshine verify wants one folder of a site, or an address on this machine")
	}
	place := args[0]
	count, problems, err := site.Verify(ctx, place, f.jobs)
	switch {
	case errors.Is(err, site.ErrNoManifest):
		return 0, usage("“%s”里没有 sunshine 写的 manifest.json，无从核对", "%q has no manifest.json of sunshine's, so there is nothing to verify", problem.Quote(place))
	case errors.Is(err, site.ErrNotLocal):
		return 0, usage("“%s”不是本机的地址；只核对 127.0.0.1 和 localhost 上的网站", "%q is not on this machine; only sites on 127.0.0.1 and localhost are verified", problem.Quote(place))
	case err != nil:
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	c.say(f, lang, problem.Say("清单上有文件 %d 个，不符 %d 处", "files in the manifest: %d, differences: %d", count, len(problems)))
	return verdict(problems, false), nil
}
