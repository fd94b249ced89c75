package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
)

// new writes the skeleton of a guide, a notice or a statistic.
func (c *command) new(_ context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if len(args) < 2 {
		return 0, usage("sunshine new 要写种类和名称，例如 sunshine new guide hukou/lost-card", "sunshine new needs a kind and a name, such as sunshine new guide hukou/lost-card")
	}
	kind, name := args[0], args[1]
	if kind != scaffold.Guide && kind != scaffold.Notice && kind != scaffold.Statistic {
		return 0, usage("种类只有 guide（指南）、notice（公告）和 statistic（统计），现在是“%s”", "the kind is guide, notice or statistic, not %q", problem.Quote(kind))
	}
	dir, err := folder(args[2:])
	if err != nil {
		return 0, err
	}
	now, err := c.moment("", site.Zone(dir))
	if err != nil {
		return 0, err
	}
	files, err := scaffold.Document(dir, kind, name, now.Day)
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrInvalid) && kind == scaffold.Guide:
		var areas []string
		for _, a := range bureau.Areas {
			areas = append(areas, a.ID)
		}
		return 0, usage("指南的名称要写成“类别/名称”，例如 hukou/lost-card，只用小写字母、数字、汉字和连字符；类别有：%[2]s；现在是“%[1]s”",
			"a guide's name is area/name, such as hukou/lost-card, in lower-case letters, digits, Chinese characters and hyphens; the areas are %[2]s; this is %[1]q", problem.Quote(name), strings.Join(areas, " "))
	case errors.Is(err, fs.ErrInvalid):
		return 0, usage("名称只用小写字母、数字、汉字和连字符，例如 night-service，现在是“%s”", "a name has lower-case letters, digits, Chinese characters and hyphens only, such as night-service, not %q", problem.Quote(name))
	case errors.Is(err, fs.ErrExist) && errors.As(err, &at):
		return 0, usage("%s 已经存在，不会覆盖；换一个名称", "%s exists already and is left alone; use another name", at.Path)
	case err != nil:
		return 0, err
	}
	for _, file := range files {
		c.say(f, lang, problem.Say("已写好 %s", "created %s", filepath.ToSlash(filepath.Join(dir, file))))
	}
	c.say(f, lang, problem.Say("照说明填好，再运行 sunshine check", "fill it in, then run sunshine check"))
	return exitFine, nil
}
