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
		return 0, misnamed(kind, name)
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

// misnamed says how a document of the kind is named, and offers a name that is near.
func misnamed(kind, name string) error {
	zh, en := "", ""
	if near := scaffold.Suggest(kind, name); near != "" {
		zh, en = "；可以写 "+near, "; "+near+" would do"
	}
	if kind == "annual" {
		return usage("年度报告的名称是它的年度，例如 %[1]s，现在是“%[2]s”%[3]s", "an annual report is named by its year, such as %[1]s, not %[2]q%[4]s", scaffold.Example(kind), problem.Quote(name), zh, en)
	}
	if kind != "guide" {
		return usage("名称只用小写字母、数字、汉字和连字符，例如 %[1]s，现在是“%[2]s”%[3]s", "a name has lower-case letters, digits, Chinese characters and hyphens only, such as %[1]s, not %[2]q%[4]s", scaffold.Example(kind), problem.Quote(name), zh, en)
	}
	var ids, names []string
	for _, a := range bureau.Areas {
		ids, names = append(ids, a.ID), append(names, a.ID+" "+a.ZH)
	}
	return usage("指南的名称要写成“类别/名称”，例如 hukou/lost-card，只用小写字母、数字、汉字和连字符；类别有：%[2]s；现在是“%[1]s”%[4]s",
		"a guide's name is area/name, such as hukou/lost-card, in lower-case letters, digits, Chinese characters and hyphens; the areas are %[3]s; this is %[1]q%[5]s", problem.Quote(name), strings.Join(names, "、"), strings.Join(ids, " "), zh, en)
}
