package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"sunshine/site"
	"sunshine/site/problem"
	"sunshine/site/scaffold"
)

// new writes the skeleton of a document.
func (c *command) new(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	var zh, en []string
	for _, k := range scaffold.Kinds {
		zh, en = append(zh, k.ID+" "+k.ZH), append(en, k.ID)
	}
	kinds := problem.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, " ")}
	if len(args) == 0 {
		return 0, usage("sunshine new 要写种类和名称，例如 sunshine new guide hukou/lost-card；种类有：%[1]s", "sunshine new needs a kind and a name, such as sunshine new guide hukou/lost-card; the kinds are %[2]s", kinds.ZH, kinds.EN)
	}
	kind, known := scaffold.Kinds.Of(args[0])
	if !known {
		return 0, usage("没有“%[1]s”这个种类；种类有：%[2]s", "there is no kind %[1]q; the kinds are %[3]s", problem.Quote(args[0]), kinds.ZH, kinds.EN)
	}
	name, rest, example := "", args[1:], scaffold.Example(kind)
	if example != "" {
		if len(rest) == 0 {
			return 0, usage("sunshine new %[1]s 要写名称，例如 sunshine new %[1]s %[2]s", "sunshine new %[1]s needs a name, such as sunshine new %[1]s %[2]s", kind, example)
		}
		name, rest = rest[0], rest[1:]
	}
	dir, err := folder(rest)
	if err != nil {
		return 0, err
	}
	now, err := c.moment("", site.Zone(dir))
	if err != nil {
		return 0, err
	}
	files, problems, err := scaffold.Document(ctx, dir, kind, name, now.Day)
	var at *fs.PathError
	switch {
	case errors.Is(err, fs.ErrInvalid):
		return 0, usageError{scaffold.Misnamed(kind, name)}
	case errors.Is(err, fs.ErrExist) && errors.As(err, &at) && example == "":
		return 0, usage("%s 已经存在，不会覆盖；在它里面加行", "%s exists already and is left alone; add rows to it", at.Path)
	case errors.Is(err, fs.ErrExist) && errors.As(err, &at):
		return 0, usage("%s 已经存在，不会覆盖；换一个名称", "%s exists already and is left alone; use another name", at.Path)
	case err != nil:
		return 0, err
	}
	if len(files) == 0 {
		writeText(c.stderr, lang, problems)
		c.say(f, lang, problem.Say("这张表读不成统计，没有写说明；先照提示改好表，再运行一次", "the table cannot be read as a statistic, and nothing was written; mend it as the hints say, and run this again"))
		return exitProblems, nil
	}
	for _, file := range files {
		c.say(f, lang, problem.Say("已写好 %s", "created %s", filepath.ToSlash(filepath.Join(dir, file))))
	}
	for _, line := range scaffold.Explain(kind) {
		c.say(f, lang, problem.Text{ZH: "  " + line.ZH, EN: "  " + line.EN})
	}
	c.say(f, lang, problem.Say("照说明填好，再运行 sunshine check", "fill it in, then run sunshine check"))
	return exitFine, nil
}
