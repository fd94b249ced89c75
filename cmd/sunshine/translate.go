package main

import (
	"context"
	"errors"
	"path/filepath"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// translate lists the texts that have no translation yet, in the file of each language.
func (c *command) translate(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	lists, problems, err := site.Translate(ctx, o)
	if list := (*site.ListError)(nil); errors.As(err, &list) {
		return 0, usage("%s 的第一行不是用逗号分隔的表头，没有写；另存为逗号分隔的CSV，表头放在第一行，再运行一次", "the first line of %s is no header parted by commas, and it was not written; save it as CSV with commas and the header in the first line, and run this again", list.File)
	}
	if err != nil {
		return 0, err
	}
	if len(lists) == 0 {
		return 0, usage("%s 没有写 languages（其他语言），没有要翻译的；例如写 languages: [en]", "%s names no languages beside the main one, so that there is nothing to translate; write languages: [en], for example", bureau.SiteKind.File())
	}
	for _, list := range lists {
		file := filepath.ToSlash(filepath.Join(o.Dir, list.File))
		if list.Texts == 0 {
			c.say(f, lang, problem.Say("%s：没有新的原文", "%s: no new texts", file))
			continue
		}
		c.say(f, lang, problem.Say("%s：加了%d处原文；填上译文，再运行 sunshine check", "%s: %d texts were added; fill in their translations, then run sunshine check", file, list.Texts))
	}
	var wrong problem.List
	for _, p := range problems {
		if p.Severity == problem.Error {
			wrong = append(wrong, p)
		}
	}
	writeText(c.stderr, lang, wrong)
	return verdict(wrong, false), nil
}
