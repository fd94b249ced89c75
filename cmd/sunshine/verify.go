package main

import (
	"context"
	"errors"

	"sunshine/site/problem"
	"sunshine/site/write"
)

// verify holds a built site against its manifest.
func (c *command) verify(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) != 1 {
		return 0, usage("sunshine verify 要写一个网站的目录，或者本机的网址", "sunshine verify needs the folder of one site, or an address on this machine")
	}
	place := args[0]
	verified, problems, err := write.Verify(ctx, place, f.jobs)
	switch {
	case errors.Is(err, write.ErrNoManifest):
		return 0, usage("“%s”里没有 sunshine 写的 manifest.json，无从核对；请写 sunshine build 写出的目录", "%q has no manifest.json written by sunshine, so there is nothing to verify; name the folder that sunshine build wrote", problem.Quote(place))
	case errors.Is(err, write.ErrNotLocal):
		return 0, usage("“%s”不是本机的地址；只核对 127.0.0.1 和 localhost 上的网站", "%q is not on this machine; only sites on 127.0.0.1 and localhost are verified", problem.Quote(place))
	case err != nil:
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	c.say(f, lang, problem.Say("清单上有文件%d个，不符%d处", "files in the manifest: %d, differences: %d", verified.Files, len(problems)))
	c.say(f, lang, problem.Say("manifest.json 的 SHA-256：%s；与生成时留存的一致，说明清单没有被换过", "SHA-256 of manifest.json: %s; the manifest was not replaced if this is the one that the build printed", verified.Manifest))
	return verdict(problems, false), nil
}
