package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"

	"sunshine/site"
	"sunshine/site/problem"
	"sunshine/site/send"
)

// publish records a release and sends the site to where it is public.
func (c *command) publish(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if f.to == "" {
		return 0, usage("sunshine publish 要用 --to 写发到哪里：文件夹、文件名.zip、sftp://用户@主机/路径、s3://桶/前缀", "sunshine publish needs --to: a folder, FILE.zip, sftp://user@host/path or s3://bucket/prefix")
	}
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	progress := c.progress(&o, f, lang)
	sent, problems, err := site.Publish(ctx, o, site.Publication{To: f.to, Label: f.label, DryRun: f.dryRun, Who: c.who(), Env: c.env})
	progress.end()
	var wrong send.AddressError
	switch {
	case errors.As(err, &wrong):
		return 0, usageError{wrong.Text}
	case errors.Is(err, fs.ErrInvalid) && f.label != "":
		if better := site.Label(f.label); better != "" {
			return 0, usage("名称“%s”要作文件名，请写成 %s", "the label %q becomes a file's name; write it as %s", problem.Quote(f.label), better)
		}
		return 0, usage("名称“%s”里没有字母、数字或汉字，换一个名称，例如 2026-10", "the label %q has no letter or digit; use another, such as 2026-10", problem.Quote(f.label))
	case errors.Is(err, fs.ErrExist) && f.label != "":
		return 0, usage("已经有叫“%s”的发布，不会覆盖；换一个名称，或者不写 --label", "there is a release %q already, and it is left alone; use another label, or leave --label out", problem.Quote(f.label))
	case err != nil:
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	code := verdict(problems, false)
	for _, label := range sent.Taken {
		c.say(f, lang, problem.Say("从那里取回别人的发布记录：%s", "a release that only the target had was fetched: %s", label))
	}
	switch {
	case f.dryRun && sent.Manifest != "":
		c.sayPlan(f, lang, sent)
		return code, nil
	case !sent.Done:
		count := tally(problems)
		c.say(f, lang, problem.Text{ZH: "没有发布完：" + count.ZH, EN: "not published: " + count.EN})
		return max(code, exitProblems), nil
	case len(sent.Files)+len(sent.Removed) == 0:
		c.say(f, lang, problem.Say("那里已经是最新的，没有要发的，没有记录新的发布", "what stands there is up to date: nothing was sent, and no release was recorded"))
		if send.IsArchive(f.to) {
			c.say(f, lang, problem.Say("包里的更新有没有解压到网站上，这里看不出，用 sunshine verify 网址 核对", "whether the update was unpacked on the site cannot be told from here; sunshine verify ADDRESS tells"))
		}
	default:
		c.say(f, lang, problem.Say("已发布“%s”：发送文件%d个（%.1f MB），删除%d个，已在那里核对；%s", "published %s: files sent: %d (%.1f MB), removed: %d, verified there; %s",
			sent.Label, len(sent.Files), float64(sent.Bytes)/1e6, len(sent.Removed), recorded(sent)))
		if send.IsArchive(f.to) {
			c.say(f, lang, problem.Say("把 %s 交给管服务器的人，里面的 %s 写了怎么解压、删去哪些文件", "hand %s to whoever keeps the server; %s in it says how to unpack it and which files to delete", f.to, send.ListName))
		}
	}
	c.say(f, lang, problem.Say("manifest.json 的 SHA-256：%s；请在网站以外留存，供 sunshine verify 时对照", "SHA-256 of manifest.json: %s; keep it outside the site, to compare with the one that sunshine verify prints", sent.Manifest))
	c.sayKept(f, lang, sent.Kept)
	return code, nil
}

func recorded(sent site.Sent) problem.Text {
	if sent.New {
		return problem.Text{ZH: "data/releases 里新增了记录，请与数据一起存入版本库", EN: "its record is in data/releases; keep it in the repository with the data"}
	}
	return problem.Text{ZH: "记录在 data/releases 里已经有了", EN: "its record was in data/releases already"}
}

// sayPlan says what a publication would do.
func (c *command) sayPlan(f *flags, lang problem.Language, sent site.Sent) {
	if len(sent.Files)+len(sent.Removed) == 0 {
		c.say(f, lang, problem.Say("那里已经是最新的，没有要发的", "what stands there is up to date: there is nothing to send"))
		return
	}
	for _, name := range sent.Files {
		c.say(f, lang, problem.Say("发送 %s", "send %s", name))
	}
	for _, name := range sent.Removed {
		c.say(f, lang, problem.Say("删除 %s", "remove %s", name))
	}
	c.say(f, lang, problem.Say("会以“%s”发布：发送文件%d个（%.1f MB），删除%d个；现在什么都没有发，也没有记录", "it would be published as %s: files to send: %d (%.1f MB), to remove: %d; nothing was sent or recorded", sent.Label, len(sent.Files), float64(sent.Bytes)/1e6, len(sent.Removed)))
}

// who publishes, as somebody else who would publish at the same time is told.
func (c *command) who() send.Who {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	return send.Who{Name: cmp.Or(c.env("USER"), c.env("USERNAME"), c.env("LOGNAME"), "?"), Machine: machine, Process: os.Getpid(), Now: c.now}
}
