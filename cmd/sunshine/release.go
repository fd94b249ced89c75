package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"sunshine/site"
	"sunshine/site/problem"
)

// release records what is published under a label.
func (c *command) release(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) == 0 {
		return 0, usage("sunshine release 要写这次发布的名称，例如 2026-10", "sunshine release needs a label, such as 2026-10")
	}
	o, err := c.options(f, args[1:])
	if err != nil {
		return 0, err
	}
	label := args[0]
	progress := c.progress(&o, f, lang)
	name, problems, err := site.Release(ctx, o, label)
	progress.end()
	switch {
	case errors.Is(err, fs.ErrInvalid):
		if better := site.Label(label); better != "" {
			return 0, usage("名称“%s”要作文件名，请写成 %s", "the label %q becomes a file's name; write it as %s", problem.Quote(label), better)
		}
		return 0, usage("名称“%s”里没有字母、数字或汉字，换一个名称，例如 2026-10", "the label %q has no letter or digit; use another, such as 2026-10", problem.Quote(label))
	case errors.Is(err, fs.ErrExist):
		return 0, usage("已经有叫“%s”的发布，不会覆盖；换一个名称", "there is a release %q already, and it is left alone; use another label", problem.Quote(label))
	case err != nil:
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	code := verdict(problems, false)
	if name == "" || code != exitFine && !f.holdBack {
		count := tally(problems)
		c.say(f, lang, problem.Text{ZH: "没有记录发布：" + count.ZH, EN: "nothing was released: " + count.EN})
		return code, nil
	}
	c.say(f, lang, problem.Say("已记录在 %s；请与数据一起存入版本库", "recorded in %s; keep it in the repository with the data", filepath.ToSlash(filepath.Join(o.Dir, name))))
	return code, nil
}
