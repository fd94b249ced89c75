package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"

	"sunshine/site"
	"sunshine/site/problem"
	"sunshine/site/render"
	"sunshine/site/sheet"
)

// diff prints the sheet of changes: what a publication would change for the public.
func (c *command) diff(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	if f.format != "text" && f.format != "html" && f.format != "json" {
		return 0, usage("--format 只能写 text、html 或 json，现在是“%s”", "--format is text, html or json, not %q", problem.Quote(f.format))
	}
	p, code, err := c.propose(ctx, f, args, lang)
	if p == nil {
		return code, err
	}
	if f.lang == "" { // the bureau's own people read it, whatever the machine's language is
		lang = p.Language()
	}
	switch f.format {
	case "json":
		e := json.NewEncoder(c.stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		return exitFine, e.Encode(p.Sheet)
	case "html":
		page, faults, err := render.Sheet(p.Sheet.View(lang), lang)
		if err != nil || len(faults) > 0 {
			writeText(c.stderr, lang, faults)
			return verdict(faults, true), err
		}
		_, err = c.stdout.Write(page)
		return exitFine, err
	}
	return exitFine, sheet.Text(c.stdout, p.Sheet.View(lang))
}

// propose makes what might be published, and tells the errors that keep it from being, or
// that are held back. The proposal is nil where there is none, and the code is why.
func (c *command) propose(ctx context.Context, f *flags, args []string, lang problem.Language) (*site.Proposal, int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return nil, 0, err
	}
	progress := c.progress(&o, f, lang)
	p, problems, err := site.Diff(ctx, o)
	progress.end()
	if err != nil {
		return nil, 0, err
	}
	var wrong problem.List
	for _, one := range problems {
		if one.Severity == problem.Error {
			wrong = append(wrong, one)
		}
	}
	writeText(c.stderr, lang, wrong)
	if p == nil {
		count := tally(problems)
		c.say(f, lang, problem.Text{ZH: "没有公开变化单，改正错误后再运行：" + count.ZH, EN: "there is no sheet of changes until the errors are corrected: " + count.EN})
		return nil, verdict(problems, false), nil
	}
	return p, exitFine, nil
}

// approve records who approved the sheet of changes.
func (c *command) approve(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	p, code, err := c.propose(ctx, f, args, lang)
	if p == nil {
		return code, err
	}
	if f.digest != "" && f.digest != p.Sheet.Digest {
		return 0, usage("现在的内容校验值是 %s，不是看过的“%s”：内容有了变化，重新看一次 sunshine diff", "the digest is %s now, not %q that was read: something changed; read sunshine diff again", p.Sheet.Digest, problem.Quote(f.digest))
	}
	if p.Sheet.Same() {
		c.say(f, lang, problem.Say("公众看到的内容没有变化，没有什么要批准的", "nothing changes for the public, and there is nothing to approve"))
		return exitProblems, nil
	}
	if !f.quiet {
		if err := sheet.Text(c.stdout, p.Sheet.View(lang)); err != nil {
			return 0, err
		}
	}
	q := questions{c: c, lang: lang, in: bufio.NewReader(c.stdin)}
	by := strings.TrimSpace(q.ask(f.by, "", problem.Say("批准人姓名", "who approves it"), nil))
	if q.err != nil || by == "" {
		return 0, usage("没有写批准人，什么也没有记。在终端里运行，或者写上 --by 姓名", "nobody is named, and nothing was recorded; run this in a terminal, or give --by NAME")
	}
	file, err := p.Approve(by)
	switch list := (*site.ListError)(nil); {
	case errors.Is(err, site.ErrApproved):
		c.say(f, lang, problem.Say("%s已经批准过这些内容，没有再记", "%s has approved this already; nothing was added", problem.Quote(by)))
		return exitFine, nil
	case errors.As(err, &list):
		return 0, usage("%s 的第一行不是用逗号分隔的表头，什么也没有写；另存为逗号分隔的CSV，表头放在第一行，再运行一次", "the first line of %s is no header parted by commas, and nothing was written; save it as CSV with commas and the header in the first line, and run this again", list.File)
	case err != nil:
		return 0, err
	}
	c.say(f, lang, problem.Say("%[1]s批准了 %[2]s，已记进 %[3]s；请与数据一起存入版本库", "%[1]s approved %[2]s, recorded in %[3]s; keep it in the repository with the data", problem.Quote(by), p.Sheet.Digest, filepath.ToSlash(filepath.Join(p.Dir(), file))))
	return exitFine, nil
}
