package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"sunshine/site"
	"sunshine/site/bureau"
	"sunshine/site/problem"
)

// run carries out one command and gives its exit code.
func (c *command) run(ctx context.Context, args []string) int {
	lang, _ := c.language("")
	if len(args) == 0 {
		c.help(lang, c.stderr)
		return exitUsage
	}
	commands := map[string]func(context.Context, *flags, []string, problem.Language) (int, error){
		"build":     c.build,
		"check":     c.check,
		"serve":     c.serve,
		"desk":      c.desk,
		"import":    c.importFrom,
		"diff":      c.diff,
		"approve":   c.approve,
		"release":   c.release,
		"publish":   c.publish,
		"revise":    c.revise,
		"translate": c.translate,
		"verify":    c.verify,
		"audit":     c.audit,
		"inspect":   c.inspect,
		"clean":     c.clean,
		"key":       c.key,
		"init":      c.init,
		"new":       c.new,
		"version":   c.version,
	}
	at := 0
	if strings.HasPrefix(args[0], "-") { // options may stand before the command, too
		at = max(0, slices.IndexFunc(args, func(arg string) bool { return commands[arg] != nil }))
	}
	name := args[at]
	command, ok := commands[name]
	if !ok {
		if name == "help" || name == "-h" || name == "--help" || name == "-help" {
			c.help(lang, c.stdout)
			return exitFine
		}
		fmt.Fprintln(c.stderr, "sunshine: "+problem.Say("没有命令“%s”", "there is no command %q", problem.Quote(name)).In(lang))
		c.help(lang, c.stderr)
		return exitUsage
	}
	f := flagsOf(name)
	rest, err := f.parse(slices.Delete(slices.Clone(args), at, at+1))
	if errors.Is(err, flag.ErrHelp) {
		c.help(lang, c.stdout)
		return exitFine
	}
	if err != nil {
		err = flagError(name, err)
	} else if lang, err = c.language(f.lang); err == nil {
		var code int
		if code, err = command(ctx, f, rest, lang); err == nil {
			return code
		}
	}
	var wrong usageError
	if errors.As(err, &wrong) {
		fmt.Fprintln(c.stderr, "sunshine: "+wrong.In(lang))
		fmt.Fprintln(c.stderr, problem.Text{ZH: "sunshine help 列出全部命令和选项", EN: "sunshine help lists all commands and flags"}.In(lang))
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(c.stderr, "sunshine: "+problem.Say("停下了，没有做完", "stopped before the end").In(lang))
		return exitProblems
	}
	fmt.Fprintln(c.stderr, "sunshine: "+problem.Visible(err.Error()))
	return exitProblems
}

// folder takes the one optional argument DIR, which must hold a bureau.
func folder(args []string) (string, error) {
	if len(args) > 1 {
		return "", usage("只能写一个目录，多了“%s”", "give one folder only; %q is one too many", problem.Quote(args[1]))
	}
	dir := "."
	if len(args) == 1 {
		dir = args[0]
	}
	if !isBureau(dir) {
		return "", usage("目录“%s”里没有 data/；请到单位的目录里运行，或者用 sunshine init 新建一个", "folder %q has no data/ in it; run this in the bureau's folder, or create one with sunshine init", problem.Quote(dir))
	}
	return dir, nil
}

// isBureau tells whether a folder is that of a bureau: it has data/ in it.
func isBureau(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "data"))
	return err == nil && info.IsDir()
}

func (c *command) options(f *flags, args []string) (site.Options, error) {
	dir, err := folder(args)
	if err != nil {
		return site.Options{}, err
	}
	now, err := c.moment(f.asOf, site.Zone(dir))
	if err != nil {
		return site.Options{}, err
	}
	if f.jobs < 1 {
		return site.Options{}, usage("--jobs 至少是1", "--jobs must be 1 or more")
	}
	out := f.out
	if out == "" {
		out = filepath.Join(dir, "public")
	}
	key, err := c.signer()
	if err != nil {
		return site.Options{}, err
	}
	return site.Options{Dir: dir, Out: out, BaseURL: f.baseURL, AsOf: now.Day, Now: now, Jobs: f.jobs, Version: version(), Key: key, Previous: f.previous, HoldBack: f.holdBack}, nil
}

func (c *command) build(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	o.Strict = f.strict
	begin := c.now()
	progress := c.progress(&o, f, lang)
	result, problems, err := site.Build(ctx, o)
	progress.end()
	if f.timing {
		progress.table(c.stdout)
	}
	if err != nil {
		return 0, err
	}
	writeText(c.stderr, lang, problems)
	code := verdict(problems, f.strict)
	if code != exitFine && !result.Built {
		count := tally(problems)
		c.say(f, lang, problem.Text{ZH: "没有写出网站：" + count.ZH, EN: "nothing was written: " + count.EN})
		return code, nil
	}
	index := filepath.ToSlash(filepath.Join(o.Out, "index.html"))
	c.say(f, lang, problem.Say("网页%[1]d个，图%[2]d张，警告%[3]d个，用时%.2[4]f秒；写入文件%[5]d个，未变%[6]d个，清除%[7]d个",
		"pages: %[1]d, charts: %[2]d, warnings: %[3]d, time: %.2[4]f s; files written: %[5]d, unchanged: %[6]d, removed: %[7]d",
		result.Pages, result.Charts, len(problems), c.now().Sub(begin).Seconds(), result.Written, result.Unchanged, result.Removed))
	c.say(f, lang, problem.Say("manifest.json 的 SHA-256：%s；请在网站以外留存，供 sunshine verify 时对照", "SHA-256 of manifest.json: %s; keep it outside the site, to compare with the one that sunshine verify prints", result.Manifest))
	c.say(f, lang, problem.Say("打开 %s", "open %s", index))
	c.sayKept(f, lang, result.Kept)
	return code, nil
}

// sayKept says which documents stand as they were.
func (c *command) sayKept(f *flags, lang problem.Language, kept []bureau.Kept) {
	for _, k := range kept {
		switch {
		case k.Partly:
			c.say(f, lang, problem.Say("有错误的几处没有公布：%s", "left out in part: %s", k.File))
		case k.Since == 0:
			c.say(f, lang, problem.Say("没有公布：%s", "left out: %s", k.File))
		default:
			c.say(f, lang, problem.Say("没有更新：%s，仍是%s公布的", "held back: %s, as it was published on %s", k.File, k.Since))
		}
	}
}

func (c *command) check(ctx context.Context, f *flags, args []string, lang problem.Language) (int, error) {
	o, err := c.options(f, args)
	if err != nil {
		return 0, err
	}
	if f.format != "text" && f.format != "json" && f.format != "github" {
		return 0, usage("--format 只能写 text、json 或 github，现在是“%s”", "--format is text, json or github, not %q", problem.Quote(f.format))
	}
	progress := c.progress(&o, f, lang)
	problems, err := site.Check(ctx, o)
	progress.end()
	if err != nil {
		return 0, err
	}
	if f.report != "" {
		faults, err := site.Report(f.report, problems, o.AsOf, lang)
		if errors.Is(err, fs.ErrInvalid) {
			return 0, usage("--report 写的“%s”不是普通文件，不会覆盖；换一个文件名", "--report names %q, which is not a regular file and is left alone; use another name", problem.Quote(f.report))
		}
		if err != nil {
			return 0, err
		}
		writeText(c.stderr, lang, faults)
	}
	switch f.format {
	case "json":
		if err := writeJSON(c.stdout, lang, problems); err != nil {
			return 0, err
		}
	case "github":
		writeGitHub(c.stdout, lang, problems)
	default:
		writeText(c.stderr, lang, problems)
		c.say(f, lang, tally(problems))
	}
	return verdict(problems, f.strict), nil
}

// tally counts the problems.
func tally(problems problem.List) problem.Text {
	errors := problems.Errors()
	return problem.Say("错误%d个，警告%d个", "errors: %d, warnings: %d", errors, len(problems)-errors)
}

// verdict gives the exit code that the problems ask for.
func verdict(problems problem.List, strict bool) int {
	if problems.Errors() > 0 || strict && len(problems) > 0 {
		return exitProblems
	}
	return exitFine
}

func (c *command) say(f *flags, lang problem.Language, t problem.Text) {
	if !f.quiet {
		fmt.Fprintln(c.stdout, problem.Visible(t.In(lang)))
	}
}

func (c *command) version(_ context.Context, _ *flags, args []string, _ problem.Language) (int, error) {
	if len(args) > 0 {
		return 0, usage("sunshine version 后面不用写别的", "sunshine version takes no argument")
	}
	fmt.Fprintln(c.stdout, "sunshine "+version())
	return exitFine, nil
}

// version is the module's, as the Go command stamped it into the binary.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
